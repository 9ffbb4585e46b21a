"""Sentences with the records that they must give: loaded, checked for their form, and held against an extraction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from compare.extract import Extraction, Target
from compare.plans import Period, Plan, infer_period

FOLDER = Path(__file__).parent / "corpus"
FIELDS = ("value", "value_high", "unit", "bound", "kind", "year", "base_year", "status", "label", "scope", "obligation")
CASE_KEYS = {"text", "records", "context", "why", "known_failure"}
RECORD_KEYS = {*FIELDS, "number", "nth", "optional", "quote"}
DEFAULT_CONTEXT = {"first_year": 2021, "last_year": 2025, "issued": "2021-06-01"}


@dataclass(frozen=True)
class Case:
    """A text with the records that it must give."""

    id: str
    text: str
    records: tuple[dict[str, Any], ...]
    context: dict[str, Any]
    known_failure: str

    @property
    def plan(self) -> Plan:
        """The text as a plan with the period that the case sets."""
        context = self.context
        issued = context.get("issued")
        year = int(str(issued)[:4]) if issued else None
        if not any(value is not None for value in context.values()):
            period = infer_period(self.text)
        else:
            now = year or context.get("first_year")
            period = Period(
                context.get("first_year"), context.get("last_year"), context.get("base_year"), now, issued is not None
            )
        return Plan(self.id, Path(self.id), self.text.strip("\n"), None, period)


def load_cases(name: str = "*") -> Iterator[Case]:
    """All cases of the files that `name` matches; an unknown field is refused."""
    for path in sorted(FOLDER.glob(f"{name}.yaml")):
        for number, raw in enumerate(yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader), 1):
            assert set(raw) <= CASE_KEYS, f"{path.name} case {number}: unknown fields {set(raw) - CASE_KEYS}"
            for record in raw["records"]:
                assert set(record) <= RECORD_KEYS, (
                    f"{path.name} case {number}: unknown fields {set(record) - RECORD_KEYS}"
                )
            context = DEFAULT_CONTEXT | (raw.get("context") or {})
            yield Case(
                f"{path.stem}-{number}",
                raw["text"].strip("\n"),
                tuple(raw["records"]),
                context,
                raw.get("known_failure", ""),
            )


def place_of(case: Case, record: dict[str, Any], text: str) -> tuple[int, int]:
    """Where a record's number stands."""
    number = str(record["number"])
    position = -1
    for _ in range(record.get("nth", 1)):
        position = text.find(number, position + 1)
    assert position >= 0, f"{case.id}: {number!r} not in the text"
    return position, position + len(number)


def compare(case: Case, extraction: Extraction) -> list[str]:
    """Disagreements between a case and an extraction, one line each."""
    text = case.text
    free: list[Target] = [target for target in extraction.targets if target.value is not None]
    worded = [target for target in extraction.targets if target.value is None]
    found: list[str] = []
    for record in sorted(case.records, key=lambda record: bool(record.get("optional"))):
        if record["value"] is None:
            if not record.get("optional") and not any(record.get("quote", "") in t.quote for t in worded):
                found.append(f"missed worded {record.get('quote')} ({record.get('label')})")
            continue
        start, end = place_of(case, record, text)
        hit = next((target for target in free if target.start < end and start < target.end), None)
        if hit is not None:
            free.remove(hit)
        if record.get("optional"):
            continue
        if hit is None:
            reasons = [u.reason for u in extraction.unmatched if u.start < end and start < u.end]
            found.append(f"missed {record['number']} {record['unit']} ({record.get('label')}) {reasons}")
            continue
        found += [
            f"{field}: {getattr(hit, field)!r} for {record[field]!r} at {record['number']} ({record.get('label')})"
            for field in FIELDS
            if field in record and not agrees(field, record[field], getattr(hit, field))
        ]
    found += [f"spurious {target.number} {target.unit} ({target.label})" for target in free]
    return found


def agrees(field: str, wanted: Any, got: Any) -> bool:
    """Whether a field is as wanted; a year that is null was not asserted, labels agree by their characters."""
    if field == "year":
        return wanted is None or wanted == got
    if field in ("value", "value_high"):
        return (wanted is None and got is None) or (
            wanted is not None and got is not None and abs(wanted - got) <= 1e-9 * max(1.0, abs(wanted))
        )
    if field == "label":
        return _same_label(str(wanted or ""), got)
    if field == "unit":
        people = {"名": "人", "位": "人"}
        return people.get(_fold(wanted), _fold(wanted)) == people.get(_fold(got), _fold(got))
    if field == "scope":
        return (wanted or "") == got or bool(wanted and got and (wanted in got or got in wanted))
    return (wanted or "") == (got or "")


def _fold(unit: str) -> str:
    return unit.replace("（", "(").replace("）", ")")


def _same_label(wanted: str, got: str) -> bool:
    idle = set("“”\"'（）()、,， 的数量率")
    one, other = set(wanted) - idle, set(got) - idle
    if not one:
        return True
    shared = len(one & other)
    return bool(other) and shared / len(one) >= 0.6 and shared / len(other) >= 0.4
