"""Declared corrections of records: applied, and refused where they no longer apply.

`data/corrections/README.md` describes the files. Each correction names the number that it is about, what it expects to
find, why it is made and where that can be checked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from compare.definitions import describe, load_yaml, nearest, validate
from compare.errors import CorrectionError, DefinitionError, InputError, Problem
from compare.extract.records import Target
from compare.plans import Plan

Text = Annotated[str, Field(min_length=1)]
_FIXED = ("plan", "start", "end", "number")


class NewRecord(BaseModel):
    """The fields of a record that is added; what is left out is empty."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    value: int | float | None = None
    value_high: int | float | None = None
    unit: str = ""
    bound: Literal["=", ">=", ">", "<=", "<", "~"] = "="
    kind: Literal["level", "annual", "change", "growth"] = "level"
    year: int | None = None
    base_year: int | None = None
    status: Literal["target", "actual"] = "target"
    label: Text
    indicator: str = ""
    scope: str = ""
    obligation: str = ""
    section: str = ""
    quote: str = ""


class _About(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    start: Annotated[int, Field(ge=0)]
    number: Text
    reason: Text
    evidence: Text


class Override(_About):
    """Another value for one field of a record."""

    action: Literal["override"]
    field: Text
    expected: str | int | float | None
    value: str | int | float | None


class Drop(_About):
    """A record that is none."""

    action: Literal["drop"]


class Add(_About):
    """A record that was not read."""

    action: Literal["add"]
    record: NewRecord


class Flag(_About):
    """A record that stays, with a remark beside it."""

    action: Literal["flag"]


Correction = Override | Drop | Add | Flag
_ACTIONS: Mapping[str, type[Correction]] = {"override": Override, "drop": Drop, "add": Add, "flag": Flag}


@dataclass(frozen=True, slots=True)
class Corrected:
    """Records after correction.

    Attributes:
        targets: the records in the order of the text.
        flags: (plan, start) to the remark of a flag.
    """

    targets: tuple[Target, ...]
    flags: Mapping[tuple[str, int], str]


def load_corrections(
    folder: Path, plans: Sequence[str], indicators: Collection[str] | None = None
) -> Mapping[str, tuple[Correction, ...]]:
    """Read all files of corrections.

    Args:
        folder: `data/corrections` of a project; it need not exist.
        plans: ids of the plans in the corpus.
        indicators: ids of the catalogue; where given, a correction that names another one is a mistake.

    Returns:
        Plan id to its corrections, in the order of the file.

    Raises:
        DefinitionError: every mistake of every file, also a file for a plan that is not there.
    """
    problems: list[Problem] = []
    found: dict[str, tuple[Correction, ...]] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.stem not in plans:
            expected = f"the id of a plan ({', '.join(plans)})"
            problems.append(Problem(path.name, "", f"corrections of {path.stem!r}", expected))
        found[path.stem] = _read(path, problems)
        if indicators is not None:
            problems += _check_indicators(path.name, found[path.stem], indicators)
    if problems:
        raise DefinitionError(problems)
    return found


def _check_indicators(file: str, corrections: Sequence[Correction], known: Collection[str]) -> Iterator[Problem]:
    """Ids that corrections put into records and that the catalogue lacks."""
    for correction in corrections:
        given: object = ""
        if isinstance(correction, Override) and correction.field == "indicator":
            given = correction.value
        elif isinstance(correction, Add):
            given = correction.record.indicator
        if given and given not in known:
            meant = nearest(str(given), known)
            place = f"{correction.action} of {correction.number!r} at {correction.start}"
            expected = f"the id {meant!r}" if meant else "an id of the catalogue"
            yield Problem(file, place, f"the indicator {given!r}", expected)


def _read(path: Path, problems: list[Problem]) -> tuple[Correction, ...]:
    try:
        data = load_yaml(path)
    except InputError as error:
        problems.append(Problem(path.name, error.place, error.found, error.expected))
        return ()
    entries = data.get("corrections") if isinstance(data, dict) and set(data) == {"corrections"} else None
    if not isinstance(entries, list):
        problems.append(Problem(path.name, "", describe(data), "a list under the one key 'corrections'"))
        return ()
    corrections: list[Correction] = []
    for place, entry in enumerate(entries):
        action = entry.get("action") if isinstance(entry, dict) else None
        model = _ACTIONS.get(str(action))
        if model is None:
            expected = f"one of {', '.join(_ACTIONS)}"
            problems.append(Problem(path.name, f"corrections.{place}.action", describe(action), expected))
            continue
        correction, mistakes = validate(model, entry, path.name, f"corrections.{place}")
        problems.extend(mistakes)
        if correction is not None:
            corrections.append(correction)
    return tuple(corrections)


def apply_corrections(plan: Plan, targets: Sequence[Target], corrections: Sequence[Correction]) -> Corrected:
    """Apply the corrections of one plan to its records, in order.

    Args:
        plan: the plan; `number` must stand at `start` of its text.
        targets: its records.
        corrections: its corrections.

    Returns:
        The records, those touched with the confidence 1, and the remarks of flags.

    Raises:
        CorrectionError: one finds another number in the text, no record, more than one, or another value than it
            expects.
    """
    records = list(targets)
    flags: dict[tuple[str, int], str] = {}
    for correction in corrections:
        _check_text(plan, correction)
        if isinstance(correction, Add):
            records.append(_new_record(plan, correction, records))
            continue
        place = _find(plan, correction, records)
        if isinstance(correction, Drop):
            del records[place]
        elif isinstance(correction, Override):
            records[place] = _override(plan, correction, records[place])
        else:
            flags[plan.id, correction.start] = correction.reason
    records.sort(key=lambda record: record.start)
    return Corrected(tuple(records), flags)


def _fail(plan: Plan, correction: Correction, found: str, expected: str) -> CorrectionError:
    place = f"corrections of {plan.id}: {correction.action} of {correction.number!r} at {correction.start}"
    return CorrectionError(f"{place}: found {found}, expected {expected}; correct or remove it")


def _check_text(plan: Plan, correction: Correction) -> None:
    there = plan.text[correction.start : correction.start + len(correction.number)]
    if there != correction.number:
        raise _fail(plan, correction, f"{there!r} in the text", repr(correction.number))


def _find(plan: Plan, correction: Correction, records: Sequence[Target]) -> int:
    places = [place for place, record in enumerate(records) if record.start == correction.start]
    if len(places) != 1:
        found = "no record" if not places else f"{len(places)} records"
        raise _fail(plan, correction, f"{found} there", "one record")
    return places[0]


def _override(plan: Plan, correction: Override, record: Target) -> Target:
    allowed = [field.name for field in fields(Target) if field.name not in (*_FIXED, "confidence")]
    if correction.field not in allowed:
        raise _fail(plan, correction, f"the field {correction.field!r}", f"one of {', '.join(allowed)}")
    present = getattr(record, correction.field)
    if present != correction.expected:
        raise _fail(plan, correction, f"{correction.field} {present!r}", repr(correction.expected))
    given = {field: getattr(record, field) for field in NewRecord.model_fields} | {correction.field: correction.value}
    checked, mistakes = validate(NewRecord, given, f"{plan.id}.yaml", correction.field)
    if checked is None:
        raise _fail(plan, correction, mistakes[0].found, mistakes[0].expected)
    changed: dict[str, Any] = {correction.field: correction.value, "confidence": 1.0}
    return replace(record, **changed)


def _new_record(plan: Plan, correction: Add, records: Sequence[Target]) -> Target:
    if any(record.start == correction.start for record in records):
        raise _fail(plan, correction, "a record there already", "none (use override)")
    end = correction.start + len(correction.number)
    given = correction.record.model_dump()
    return Target(plan=plan.id, start=correction.start, end=end, number=correction.number, **given, confidence=1.0)
