"""Which numbers changed between two sets of targets: added, dropped, or changed in what they say.

Rows here are those of `targets.csv` as text. Offsets are no identity: a paragraph put in before a number moves it and
changes nothing. So the numbers of a plan are paired by what they say, then by where they stand, then by what they
measure; what is left on one side was dropped or added.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from compare.columns import TARGET_COLUMNS
from compare.errors import InputError
from compare.extract import REASONS
from compare.runs.display import BOUND_MARKS, format_number
from compare.site.evidence import KINDS, STATUSES

Row = Mapping[str, str]
What = Literal["changed", "added", "dropped"]

WHATS: Mapping[What, str] = {"changed": "改动 changed", "added": "新增 added", "dropped": "删去 dropped"}
PARTS: Mapping[str, tuple[str, ...]] = {
    "数值 value": ("value", "value_high", "unit", "bound"),
    "年份 year": ("year", "base_year"),
    "类型 kind": ("kind",),
    "状态 status": ("status",),
    "范围 scope": ("scope",),
    "指标 indicator": ("indicator",),
}
"""What is compared, in the order in which it is told, with the columns that it stands in."""

_COMPARED = tuple(name for names in PARTS.values() for name in names)


@dataclass(frozen=True, slots=True)
class Change:
    """One number that is not as it was.

    Attributes:
        what: `changed`, `added` or `dropped`.
        before: its row before; None where it was added.
        now: its row now; None where it was dropped.
        parts: names of `PARTS` that differ; empty where it was added or dropped.
        reason: for one that was dropped, why the number gives no record now, where it still stands in the plan.
    """

    what: What
    before: Row | None
    now: Row | None
    parts: tuple[str, ...] = ()
    reason: str = ""

    @property
    def row(self) -> Row:
        """The row as it is, or as it was last."""
        return self.now or self.before or {}


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a table of targets as text.

    Raises:
        InputError: it is missing, or is no such table.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in TARGET_COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise InputError(path, f"no column {', '.join(missing)}", "a table of targets, as targets.csv")
            return list(reader)
    except FileNotFoundError:
        raise InputError(path, "no such file", "a table of targets") from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(path, str(error), "a table of targets in CSV, UTF-8") from error


def find_changes(
    before: Iterable[Row], now: Iterable[Row], reasons: Mapping[tuple[str, str, str], str] | None = None
) -> tuple[Change, ...]:
    """Find which numbers were added, dropped or changed.

    Args:
        before: the rows that there were.
        now: the rows that there are.
        reasons: (plan, start, number) of numbers that give no record now to the reason, as in `unmatched.csv`.

    Returns:
        The changes by plan; in a plan by indicator, those without one last, then by place.
    """
    old, new = _by_plan(before), _by_plan(now)
    changes: list[Change] = []
    for plan in sorted({*old, *new}):
        found = _compare_plan(old.get(plan, []), new.get(plan, []), reasons or {})
        changes += sorted(found, key=_rank)
    return tuple(changes)


def _by_plan(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["plan"]].append(row)
    return found


def _rank(change: Change) -> tuple[bool, str, int]:
    row = change.row
    return not row["indicator"], row["indicator"], int(row["start"])


def _says(row: Row) -> tuple[str, ...]:
    return *(row[name] for name in _COMPARED), "" if row["indicator"] else row["label"]


def _measures(row: Row) -> tuple[str, ...]:
    return row["indicator"] or row["label"], row["scope"], row["status"]


_STAGES: Sequence[Callable[[Row], tuple[str, ...]]] = (
    lambda row: (*_says(row), row["label"], row["quote"]),
    lambda row: (*_says(row), row["label"]),
    _says,
    lambda row: (row["start"], row["end"], row["number"]),
    lambda row: (*_measures(row), row["kind"], row["year"]),
    lambda row: (*_measures(row), row["kind"]),
    _measures,
)
"""What two rows must have in common to be the same number, the surest first."""


def _compare_plan(
    old: Sequence[Row], new: Sequence[Row], reasons: Mapping[tuple[str, str, str], str]
) -> Iterator[Change]:
    left, right = list(old), list(new)
    for key in _STAGES:
        pairs, left, right = _pair(left, right, key)
        for before, now in pairs:
            if parts := _differing(before, now):
                yield Change("changed", before, now, parts)
    for row in left:
        reason = reasons.get((row["plan"], row["start"], row["number"]), "")
        yield Change("dropped", row, None, reason=REASONS.get(reason, reason))
    for row in right:
        yield Change("added", None, row)


def _pair(
    left: Sequence[Row], right: Sequence[Row], key: Callable[[Row], tuple[str, ...]]
) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Pairs of rows with the same key, in the order of the text, and what is left on both sides."""
    waiting: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in reversed(right):
        waiting[key(row)].append(row)
    pairs, alone = [], []
    for row in left:
        same = waiting.get(key(row))
        if same:
            pairs.append((row, same.pop()))
        else:
            alone.append(row)
    taken = {id(row) for _, row in pairs}
    return pairs, alone, [row for row in right if id(row) not in taken]


def _differing(before: Row, now: Row) -> tuple[str, ...]:
    return tuple(part for part, names in PARTS.items() if any(before[name] != now[name] for name in names))


def describe_part(row: Row, part: str, indicators: Mapping[str, str]) -> str:
    """What a row says in one of `PARTS`, in words: `≥160,000 个`, `2026`, `5G基站数 5g_base_stations`.

    Args:
        row: the row.
        part: the part.
        indicators: names of the indicators by id.
    """
    if part == "数值 value":
        return _describe_value(row)
    if part == "年份 year":
        against = f"（比 against {row['base_year']}）" if row["base_year"] else ""
        return f"{row['year'] or '年份未明 no year'}{against}"
    if part == "类型 kind":
        return KINDS.get(row["kind"], row["kind"])
    if part == "状态 status":
        return STATUSES.get(row["status"], row["status"])
    if part == "范围 scope":
        return row["scope"] or "全域 whole"
    return f"{indicators.get(row['indicator'], '')} {row['indicator']}".strip() or "无 none"


def _describe_value(row: Row) -> str:
    if not row["value"]:
        return "（文字目标 in words）"
    high = f"–{format_number(float(row['value_high']))}" if row["value_high"] else ""
    mark = BOUND_MARKS.get(row["bound"], row["bound"])
    return f"{mark}{format_number(float(row['value']))}{high} {row['unit']}".strip()


def describe_side(change: Change, row: Row | None, indicators: Mapping[str, str]) -> list[tuple[str, bool]]:
    """What one side of a change says: value and year always, the rest where it differs, each with whether it does."""
    if row is None:
        return []
    always = ("数值 value", "年份 year")
    return [
        (describe_part(row, part, indicators), part in change.parts)
        for part in PARTS
        if part in always or part in change.parts
    ]


def count_changes(changes: Iterable[Change]) -> dict[What, int]:
    """How many changes there are of each kind, all kinds named."""
    counts = Counter(change.what for change in changes)
    return {what: counts[what] for what in WHATS}


def describe_changes(changes: Sequence[Change], indicators: Mapping[str, str]) -> list[str]:
    """The changes as lines for a terminal or a mail: counts, then plan by plan each number with its sentence.

    Args:
        changes: in the order of their plans.
        indicators: names of the indicators by id.
    """
    counts = count_changes(changes)
    lines = [", ".join(f"{count} {what}" for what, count in counts.items()) if changes else "no number changed"]
    plan = ""
    for change in changes:
        row = change.row
        if row["plan"] != plan:
            plan = row["plan"]
            lines += ["", plan]
        before, now = (
            ", ".join(text for text, _ in describe_side(change, side, indicators))
            for side in (change.before, change.now)
        )
        told = f"{before} → {now}" if before and now else before or now
        lines.append(f"  {change.what:8} {row['indicator'] or '-'}  {row['label']}: {told}")
        if change.reason:
            lines.append(f"           now no record: {change.reason}")
        lines.append(f"           “{row['quote']}”" + (f" (reports/{_address(row)})" if change.now else ""))
    return lines


def _address(row: Row) -> str:
    return f"evidence/{row['plan']}.html#o{row['start']}"
