"""Extracted records against records that a person made: precision, recall, and accuracy field by field.

The definitions: a record of a person and an extracted one are a pair where they are of one plan and their numbers
overlap in the text; each record is in one pair at most. Records that a person marked as optional, and what is paired
with them, count neither way. Fields are judged on pairs alone.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from compare.errors import InputError

FIELDS = ("value", "unit", "bound", "kind", "year", "status", "label", "indicator")
"""Fields that are judged."""
CORE = FIELDS[:-1]
"""Fields that must all agree for a record to count as right: all but the indicator."""
PERSON_UNITS = {"名": "人", "位": "人"}
IDLE_LABEL_CHARACTERS = frozenset("“”\"'（）()、,， 的数量率")
BANDS = {"0.95 to 1": 0.95, "0.8 to 0.95": 0.8, "below 0.8": 0.0}
"""Ranges of confidence, the surest first, with their lower ends."""
LEAST_OF_GOLD, LEAST_OF_FOUND = 0.6, 0.4

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A record that was missed, is too many, or is wrong in some fields.

    Attributes:
        plan: the plan's id.
        start: offset of the number.
        what: `missed`, `spurious` or `wrong`.
        wrong: the fields that differ.
        gold: the record of the person; empty for a spurious one.
        found: the extracted record; empty for a missed one.
    """

    plan: str
    start: int
    what: str
    wrong: tuple[str, ...]
    gold: Record
    found: Record


@dataclass(slots=True)
class Score:
    """Counts over some plans, from which all measures follow.

    Attributes:
        gold: records of the person, without the optional ones.
        found: extracted records, without those paired with optional ones.
        matched: pairs.
        exact: pairs that agree in all fields of `CORE`.
        right: pairs that agree, by field.
        sure: extracted records, by range of their confidence; those paired with optional ones left out.
        sure_exact: those of them that are paired and agree in all fields of `CORE`.
        wrong_values: pairs whose values differ.
        false_indicators: pairs whose extracted indicator is another one than the person's.
    """

    gold: int = 0
    found: int = 0
    matched: int = 0
    exact: int = 0
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    sure: dict[str, int] = field(default_factory=lambda: dict.fromkeys(BANDS, 0))
    sure_exact: dict[str, int] = field(default_factory=lambda: dict.fromkeys(BANDS, 0))
    wrong_values: int = 0
    false_indicators: int = 0

    def add(self, other: Score) -> None:
        """Add the counts of other plans."""
        for item in fields(self):
            own, added = getattr(self, item.name), getattr(other, item.name)
            both = {name: own[name] + added[name] for name in own} if isinstance(own, dict) else own + added
            setattr(self, item.name, both)

    def measures(self) -> dict[str, int | float]:
        """All measures by name; shares are from 0 to 1, and 0 where there is nothing to count."""
        precision, recall = _share(self.matched, self.found), _share(self.matched, self.gold)
        return {
            "gold": self.gold,
            "found": self.found,
            "matched": self.matched,
            "precision": precision,
            "recall": recall,
            "f1": _harmonic(precision, recall),
            "record_f1": _harmonic(_share(self.exact, self.found), _share(self.exact, self.gold)),
            **{f"{name}_accuracy": _share(self.right[name], self.matched) for name in FIELDS},
            "wrong_values": self.wrong_values,
            "false_indicators": self.false_indicators,
            **{f"right {band}": _share(self.sure_exact[band], self.sure[band]) for band in BANDS if self.sure[band]},
        }

    def tally(self, found: Record, *, is_exact: bool) -> None:
        """Count an extracted record in the range of its confidence."""
        confidence = _number(found.get("confidence"))
        if confidence is not None:
            band = next(name for name, least in BANDS.items() if confidence >= least)
            self.sure[band] += 1
            self.sure_exact[band] += is_exact


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _harmonic(first: float, second: float) -> float:
    return 2 * first * second / (first + second) if first + second else 0.0


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Read the records of a person, one JSON object a line.

    Raises:
        InputError: the file cannot be read, or a line is no record; the message gives the line.
    """
    expected = "a JSON object with plan, start and number"
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(path, error.strerror or "an unreadable file", "a file of records") from error
    except UnicodeDecodeError as error:
        raise InputError(
            path, "bytes that are not UTF-8", "JSON lines in UTF-8", place=f"byte {error.start}"
        ) from error
    records = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise InputError(path, f"{line[:40]!r}", expected, place=f"line {number}") from error
        if not isinstance(record, dict) or not _is_record(record):
            raise InputError(path, f"{line[:40]!r}", expected, place=f"line {number}")
        records.append(record)
    if not records:
        raise InputError(path, "no record", expected)
    return records


def _is_record(record: Mapping[str, Any]) -> bool:
    return isinstance(record.get("start"), int) and all(
        isinstance(record.get(name), str) for name in ("plan", "number")
    )


def evaluate(found: Iterable[Record], gold: Sequence[Record]) -> tuple[dict[str, Score], tuple[Disagreement, ...]]:
    """Compare extracted records with those of a person.

    Args:
        found: extracted records; those without a value are not compared.
        gold: records of a person.

    Returns:
        The score of each plan of `gold`, in the order of their ids, and every disagreement in the order of the text.
    """
    by_plan: dict[str, list[Record]] = defaultdict(list)
    for record in found:
        if _number(record.get("value")) is not None:
            by_plan[str(record["plan"])].append(record)
    scores: dict[str, Score] = {}
    wrong: list[Disagreement] = []
    for plan in sorted({record["plan"] for record in gold}):
        scores[plan] = _evaluate_plan(by_plan[plan], [record for record in gold if record["plan"] == plan], wrong)
    return scores, tuple(sorted(wrong, key=lambda item: (item.plan, item.start)))


def _evaluate_plan(found: Sequence[Record], gold: Sequence[Record], wrong: list[Disagreement]) -> Score:
    score = Score()
    free = list(found)
    needed = [record for record in gold if not record.get("optional")]
    for record in needed:
        score.gold += 1
        pair = _take_overlapping(free, record)
        if pair is None:
            wrong.append(Disagreement(record["plan"], record["start"], "missed", (), record, {}))
            continue
        _judge(score, record, pair, wrong)
    for record in gold:
        if record.get("optional"):
            _take_overlapping(free, record)
    score.found = score.matched + len(free)
    for item in free:
        score.tally(item, is_exact=False)
    wrong += [Disagreement(str(item["plan"]), _offset(item["start"]), "spurious", (), {}, item) for item in free]
    return score


def _take_overlapping(free: list[Record], record: Record) -> Record | None:
    end = record["start"] + len(record["number"])
    for place, item in enumerate(free):
        if _offset(item["start"]) < end and record["start"] < _offset(item["end"]):
            return free.pop(place)
    return None


def _judge(score: Score, gold: Record, found: Record, wrong: list[Disagreement]) -> None:
    differing = tuple(name for name in FIELDS if not agree(name, gold, found))
    score.matched += 1
    for name in FIELDS:
        score.right[name] += name not in differing
    is_exact = not set(differing) & set(CORE)
    score.exact += is_exact
    score.tally(found, is_exact=is_exact)
    score.wrong_values += "value" in differing
    score.false_indicators += "indicator" in differing and bool(_text(found.get("indicator")))
    if differing:
        wrong.append(Disagreement(gold["plan"], gold["start"], "wrong", differing, gold, found))


def agree(name: str, gold: Record, found: Record) -> bool:
    """Whether two paired records agree in one field.

    Numbers agree to nine digits; a year that the person left open agrees with any; for a growth the person may leave
    the indicator open; measure words of persons are one; labels agree where they share most of their characters.
    """
    first, second = gold.get(name), found.get(name)
    rules: dict[str, Callable[[], bool]] = {
        "value": lambda: _same_number(_number(first), _number(second)),
        "year": lambda: _number(first) is None or _number(first) == _number(second),
        "label": lambda: labels_agree(_text(first), _text(second)),
        "unit": lambda: _person(first) == _person(second),
    }
    if name == "indicator" and gold.get("kind") == "growth" and not first:
        return True
    return rules.get(name, lambda: _text(first) == _text(second))()


def labels_agree(gold: str, found: str) -> bool:
    """Whether two labels share most of their characters, brackets and filling words apart.

    >>> labels_agree("5G基站", "5G基站数量"), labels_agree("5G基站", "千兆光网用户")
    (True, False)
    """
    first, second = set(gold) - IDLE_LABEL_CHARACTERS, set(found) - IDLE_LABEL_CHARACTERS
    shared = len(first & second)
    if not first:
        return True
    return bool(second) and shared >= LEAST_OF_GOLD * len(first) and shared >= LEAST_OF_FOUND * len(second)


def _same_number(first: float | None, second: float | None) -> bool:
    if first is None or second is None:
        return first is second
    return first == second or math.isclose(first, second, rel_tol=1e-9)


def _person(unit: object) -> str:
    return PERSON_UNITS.get(_text(unit), _text(unit))


def _offset(value: object) -> int:
    return int(float(str(value)))


def _number(value: object) -> float | None:
    if value is None or value == "":
        return None
    number = float(str(value))
    return None if math.isnan(number) else number


def _text(value: object) -> str:
    return "" if value is None or str(value) == "nan" else str(value).strip()
