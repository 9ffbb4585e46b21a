"""Sanity of the tables: keys, ranges, shares, parts and wholes, outliers, what got lost, what disagrees."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

import pandas as pd

from compare.catalogue import Indicator
from compare.comparison.arithmetic import Amount, show_number
from compare.comparison.choose import choose, describe_statement, find_outcomes
from compare.comparison.statement import Statement
from compare.comparison.statements import Material, plan_of
from compare.comparison.values import Reading
from compare.plans import Plan
from compare.reference import PublishedTarget
from compare.tables import make_frame

Severity = Literal["error", "warning"]

CROSS_CHECK_COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(("region", "name_zh", "indicator", "kind"), "str"),
    "year": "Int64",
    "plan": "str",
    "value": "float64",
    **dict.fromkeys(("bound", "unit"), "str"),
    "start": "Int64",
    "end": "Int64",
    "document": "str",
    "published_value": "float64",
    **dict.fromkeys(("published_bound", "published_unit"), "str"),
    "agrees": "boolean",
    "found": "str",
}

_CLOSED = {
    "bound": ("=", ">=", ">", "<=", "<", "~"),
    "kind": ("level", "annual", "change", "growth"),
    "status": ("target", "actual"),
}
_FAR_TOTALS, _FAR_RATIOS, _ENOUGH = 1.7, 1.0, 4


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the tables that a person should look at.

    Attributes:
        check: which check found it.
        severity: `error` where the tables cannot be right, `warning` where they may be.
        place: where: plan and offset, or region and indicator.
        found: what is there.
        expected: what was expected.
    """

    check: str
    severity: Severity
    place: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.check}: {self.place}: found {self.found}, expected {self.expected}"


def check_tables(
    targets: pd.DataFrame, material: Material, plans: Sequence[Plan] = (), committed: pd.DataFrame | None = None
) -> tuple[Finding, ...]:
    """All sanity checks.

    Args:
        targets: the targets table.
        material: as `gather` gives it.
        plans: for the check that each number stands where the record says.
        committed: the targets table as committed, for the check that nothing is lost.

    Returns:
        The findings, errors first; empty when all is well.
    """
    findings = [
        *_check_keys(targets),
        *_check_fields(targets),
        *_check_offsets(targets, plans),
        *_check_values(material),
        *_check_parts(material),
        *_check_outliers(material),
        *_check_published(material, plans),
    ]
    if committed is not None:
        findings += _check_losses(targets, committed)
    return tuple(sorted(findings, key=lambda finding: (finding.severity != "error", finding.check)))


def cross_check(material: Material, plans: Sequence[Plan] = ()) -> pd.DataFrame:
    """Published rows that repeat a commitment of a plan in the corpus, beside what the plan itself says.

    Returns:
        One row per such published row; key: `plan`, `indicator`, `kind`, `year`. `agrees` is whether the plan has the
        same value, unit and bound for the year; where the plan has nothing of that kind and year, `value` is empty.
    """
    names = {region.code: region.name_zh for region in material.reference.regions}
    rows: list[dict[str, object]] = []
    for row in material.reference.published:
        plan = plan_of(row, plans)
        if not plan or plan not in {p for ids in material.plans.values() for p in ids} or not row.indicator:
            continue
        own = [s for s in material.of(row.indicator, row.region) if s.plan == plan and s.origin == "extracted"]
        match = _find_match(row, own)
        found = "; ".join(describe_statement(s) for s in own) or "nothing"
        agrees = match is not None and (match.value, match.unit, match.bound) == (row.value, row.unit, row.bound)
        rows.append(
            {
                "region": row.region,
                "name_zh": names.get(row.region, ""),
                "indicator": row.indicator,
                "kind": row.kind,
                "year": row.year,
                "plan": plan,
                "document": row.source_title,
                "published_value": row.value,
                "published_bound": row.bound,
                "published_unit": row.unit,
                "agrees": agrees,
                "found": found,
            }
            | ({} if match is None else {k: getattr(match, k) for k in ("value", "bound", "unit", "start", "end")})
        )
    return make_frame(rows, CROSS_CHECK_COLUMNS)


def _find_match(row: PublishedTarget, own: Sequence[Statement]) -> Statement | None:
    """The plan's statement of the same kind and year, that with the same value first."""
    same = [s for s in own if s.kind == row.kind and s.year == row.year and s.value is not None]
    return min(same, key=lambda s: (s.value != row.value, s.bound != row.bound), default=None)


def _place(row: Mapping[str, object]) -> str:
    return f"{row['plan']}:{row['start']}"


def _records(targets: pd.DataFrame) -> list[dict[str, object]]:
    return [{str(name): cell for name, cell in row.items()} for row in targets.to_dict("records")]


def _check_keys(targets: pd.DataFrame) -> Iterator[Finding]:
    numbered = targets[targets["value"].notna()]
    for row in _records(numbered[numbered.duplicated(["plan", "start"], keep="first")]):
        yield Finding("unique keys", "error", _place(row), "a second record for the same number", "one record a number")


def _check_fields(targets: pd.DataFrame) -> Iterator[Finding]:
    for row in _records(targets):
        for name, allowed in _CLOSED.items():
            if row[name] not in allowed and not (name == "bound" and str(row["value"]) == "nan"):
                yield Finding(
                    "closed fields", "error", _place(row), f"{name} {row[name]!r}", f"one of {', '.join(allowed)}"
                )
        if row["value_high"] < row["value"]:  # type: ignore[operator]  # both are numbers, NaN compares false
            found = f"{row['value']} to {row['value_high']}"
            yield Finding("ranges in order", "error", _place(row), found, "the lower end first")


def _check_offsets(targets: pd.DataFrame, plans: Sequence[Plan]) -> Iterator[Finding]:
    texts = {plan.id: plan.text for plan in plans}
    for row in _records(targets):
        text = texts.get(str(row["plan"]))
        if text is None or not row["number"] or "<NA>" in (str(row["start"]), str(row["end"])):
            continue
        there = text[int(str(row["start"])) : int(str(row["end"]))]
        if there != row["number"]:
            yield Finding("offsets", "error", _place(row), repr(there), repr(row["number"]))


def _check_values(material: Material) -> Iterator[Finding]:
    """Values of indicators in their range, in a unit that they have; shares at most 100 where the range says so."""
    reading = Reading(material)
    names = {region.code: region.name_zh for region in material.reference.regions}
    for statements in material.statements.values():
        for s in statements:
            measure = material.catalogue.indicator(s.indicator)
            if s.kind != "level" or s.value is None or s.scope or s.fit == "differs":
                continue
            place = f"{s.plan}:{s.start}" if s.start is not None else f"{s.region} {names[s.region]}, {s.document}"
            outcome = reading.value_of(s, measure)
            if outcome.amount is None:
                units = ", ".join(unit or "(no unit)" for unit in measure.units)
                yield Finding("units", "warning", place, f"{s.unit!r} for {measure.id}", f"one of {units}")
                continue
            low, high = measure.range
            value = outcome.amount.value
            if not low <= value <= high:
                what = f"{show_number(value)}{measure.unit} for {measure.id}"
                severity: Severity = "error" if measure.unit == "%" and high <= 100 < value else "warning"
                expected = f"{show_number(low)} to {show_number(high)}{measure.unit}"
                yield Finding("plausible range", severity, place, what, expected)


def _check_parts(material: Material) -> Iterator[Finding]:
    """A part (`part_of` in the catalogue: core industries of the digital economy) is at most as large as its whole.

    Where a bound leaves room (at least 45 of over 40) the finding is a warning.
    """
    reading = Reading(material)
    pairs = [(part, whole) for part in material.catalogue.indicators for whole in part.part_of]
    for part, name in pairs:
        whole = material.catalogue.indicator(name)
        for region in material.reference.regions:
            parts, wholes = (_stated_values(measure, region.code, reading) for measure in (part, whole))
            for key in sorted(parts.keys() & wholes.keys(), key=str):
                less, more = parts[key], wholes[key]
                if less.value <= (more.value if more.high is None else more.high):
                    continue
                certain = less.bound in ("=", ">=", ">") and more.bound in ("=", "<=", "<")
                found = f"{part.id} {show_number(less.value)} and {name} {show_number(more.value)} in {key[0]}"
                place = f"{region.code} {region.name_zh}"
                severity: Severity = "error" if certain else "warning"
                yield Finding("part and whole", severity, place, found, f"{part.id} <= {name}")


def _stated_values(measure: Indicator, region: str, reading: Reading) -> dict[tuple[int | None, str], Amount]:
    """What documents state for an indicator, by year and status; nothing that was computed."""
    return {
        (o.statement.year, status): o.amount
        for status in ("target", "actual")
        for o in find_outcomes(measure, region, reading, status)
        if o.amount is not None and o.method in ("stated", "published", "converted")
    }


def _check_outliers(material: Material) -> Iterator[Finding]:
    """Values more than ten times (totals: fifty times) above or below the median of the provinces."""
    reading = Reading(material)
    provinces = material.reference.at_levels(("province",))
    for measure in material.catalogue.indicators:
        chosen = {p: choose(find_outcomes(measure, p.code, reading), measure, reading, None) for p in provinces}
        values = {p: o.amount.value for p, o in chosen.items() if o is not None and o.amount and o.amount.value > 0}
        if len(values) < _ENOUGH:
            continue
        middle = median(values.values())
        far = _FAR_TOTALS if measure.denominator == "none" else _FAR_RATIOS
        for place, value in values.items():
            if abs(math.log10(value / middle)) > far:
                found = f"{show_number(round(value, 4))}{measure.unit} for {measure.id}"
                expected = f"something nearer to the median of {show_number(round(middle, 4))}"
                yield Finding("outliers", "warning", f"{place.code} {place.name_zh}", found, expected)


def _check_published(material: Material, plans: Sequence[Plan]) -> Iterator[Finding]:
    for row in _records(cross_check(material, plans)):
        if not row["agrees"]:
            published = f"{show_number(float(str(row['published_value'])))}{row['published_unit']}"
            found = f"{row['found']} in the plan for {row['indicator']}"
            expected = f"{row['published_bound']} {published} as in {row['document']}"
            yield Finding("published and extracted", "warning", str(row["plan"]), found, expected)


def _check_losses(targets: pd.DataFrame, committed: pd.DataFrame) -> Iterator[Finding]:
    have = set(zip(targets["plan"], targets["start"], strict=True))
    for row in _records(committed):
        if (row["plan"], row["start"]) not in have:
            found = f"no record for {row['number'] or row['label']!r}"
            yield Finding("nothing lost", "warning", _place(row), found, "the record of the committed table")
