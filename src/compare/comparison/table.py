"""Comparisons as tables: one indicator over all regions, and its national targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Literal

import pandas as pd

from compare.catalogue import Indicator
from compare.comparison.arithmetic import subtract
from compare.comparison.choose import choose, describe_statement, find_outcomes, find_related
from compare.comparison.statement import Statement
from compare.comparison.statements import Material
from compare.comparison.values import Outcome, Reading
from compare.errors import UnknownNameError
from compare.reference import Region
from compare.tables import make_frame

Pick = Literal["newest", "all"]
NATION = "100000"
KINDS = ("level", "annual", "change", "growth")
PRESENCE = ("value", "not_comparable", "words_only", "not_mentioned", "no_plan")

COMPARISON_COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(("region", "name_zh", "name_en", "level", "plan", "origin", "indicator"), "str"),
    "value": "float64",
    "value_high": "float64",
    "bound": "str",
    "year": "Int64",
    **dict.fromkeys(("unit", "kind", "method", "arithmetic", "grade", "source", "reason", "quote"), "str"),
    "start": "Int64",
    "end": "Int64",
    **dict.fromkeys(("presence", "note", "sources", "document", "issued", "label"), "str"),
    "stated_value": "float64",
    "stated_unit": "str",
    "denominator_year": "Int64",
    "denominator_basis": "str",
    "national_value": "float64",
    "national_bound": "str",
    "distance": "float64",
    "distance_bound": "str",
    "national_share": "float64",
}
"""Columns of a comparison with their types; `compare_indicator` says what they hold."""

NATIONAL_COLUMNS: Mapping[str, str] = {
    "indicator": "str",
    "year": "Int64",
    "value": "float64",
    "value_high": "float64",
    **dict.fromkeys(("bound", "unit", "kind", "document", "issuer", "issued", "grade", "note"), "str"),
}


def compare_indicator(
    indicator: str,
    material: Material,
    *,
    year: int | None = None,
    levels: Sequence[str] = ("province",),
    pick: Pick = "newest",
    kind: str = "level",
    interpolate: bool = False,
    lang: str = "zh",
) -> pd.DataFrame:
    """One indicator over all regions of the levels asked for, in the indicator's unit.

    Args:
        indicator: id in the catalogue.
        material: as `gather` gives it.
        year: values of this year only; None: each region's newest document, its last year.
        levels: levels of regions; cities (`prefecture`) are not among provinces unless asked for.
        pick: `newest`: one row a region; `all`: a row for every commitment of every document.
        kind: the kind of number that is compared; the other kinds are not comparable with it, except that a change or
            growth may be resolved to a `level`.
        interpolate: where a document has targets before and after `year`, the value on the line between, marked.
        lang: `zh` or `en`, language of `reason` and `note`.

    Returns:
        One row per region (or commitment); key: `region`, with `pick="all"` also `plan`, `document`, `year`, `start`.
        `value`, `value_high`, `national_value` and `distance` (value − national target of the same year, with its
        `distance_bound`) are in `unit`; `national_share` is value ÷ national target in %, for counts and amounts only,
        of which a region's is a part of the nation's. `stated_value` and `stated_unit` are what the document prints.
        `presence` is `value`, `not_comparable` (with the `reason`), `words_only`, `not_mentioned` (a plan is in the
        corpus) or `no_plan`. A value without a `year` has no stated year. Values come first, the best by the
        indicator's direction at the top.

    Raises:
        UnknownNameError: no such indicator, level, kind or pick.
    """
    return compare_indicators(
        [indicator], material, year=year, levels=levels, pick=pick, kind=kind, interpolate=interpolate, lang=lang
    )


def compare_indicators(
    indicators: Sequence[str],
    material: Material,
    *,
    year: int | None = None,
    levels: Sequence[str] = ("province",),
    pick: Pick = "newest",
    kind: str = "level",
    interpolate: bool = False,
    lang: str = "zh",
) -> pd.DataFrame:
    """Several indicators one after the other, each as `compare_indicator` gives it."""
    for name, given, allowed in (("kind", kind, KINDS), ("pick", pick, ("newest", "all"))):
        if given not in allowed:
            raise UnknownNameError(name, given, allowed)
    reading = Reading(material, kind, lang)
    regions = material.reference.at_levels(levels)
    rows: list[dict[str, object]] = []
    for indicator in indicators:
        measure = material.catalogue.indicator(indicator)
        national = _national_values(measure, reading)
        found: list[dict[str, object]] = []
        for region in regions:
            kept = _choose_rows(measure, region, reading, year, pick, interpolate=interpolate)
            found += [_row(outcome, measure, region, reading, national) for outcome in kept]
            if not kept:
                found.append(describe_absence(measure, region, reading))
        rows += sorted(found, key=partial(_row_order, measure))
    return make_frame(rows, COMPARISON_COLUMNS)


def _choose_rows(
    measure: Indicator, region: Region, reading: Reading, year: int | None, pick: Pick, *, interpolate: bool
) -> list[Outcome]:
    """The outcomes that a comparison shows for a region, none where it says nothing of the indicator."""
    outcomes = find_outcomes(measure, region.code, reading)
    kept: list[Outcome] = []
    if pick == "all":
        kept = [o for o in outcomes if o.amount is not None and year in (None, o.statement.year)]
    if not kept:
        chosen = choose(outcomes, measure, reading, year, interpolate=interpolate)
        kept = [] if chosen is None else [chosen]
    return kept


def national_reference(indicator: str, material: Material) -> pd.DataFrame:
    """National targets for an indicator.

    Returns:
        One row per national target, by year; `value` in `unit`, the indicator's; `grade` is that of the evidence.
    """
    measure = material.catalogue.indicator(indicator)
    reading = Reading(material)
    publishers = {row.source_title: row.publisher for row in material.reference.published}
    notes = {(row.indicator, row.year, row.source_title): row.note for row in material.reference.published}
    rows = []
    for s in material.of(indicator, NATION):
        outcome = reading.value_of(s, measure)
        if outcome.amount is None:
            continue
        rows.append(
            {
                "indicator": indicator,
                "year": s.year,
                "value": outcome.amount.value,
                "value_high": outcome.amount.high,
                "bound": outcome.amount.bound,
                "unit": measure.unit,
                "kind": "level",
                "document": s.document,
                "issuer": publishers.get(s.document, ""),
                "issued": s.issued,
                "grade": s.evidence,
                "note": notes.get((indicator, s.year, s.document), ""),
            }
        )
    rows.sort(key=lambda row: (str(row["year"]), str(row["issued"])))
    return make_frame(rows, NATIONAL_COLUMNS)


def _national_values(measure: Indicator, reading: Reading) -> dict[int | None, Outcome]:
    """National values by year, the newest document for each."""
    found = [reading.value_of(s, measure) for s in reading.material.of(measure.id, NATION)]
    found.sort(key=lambda o: o.statement.issued)
    return {o.statement.year: o for o in found if o.amount is not None and o.statement.year is not None}


def _place(region: Region) -> dict[str, object]:
    return {"region": region.code, "name_zh": region.name_zh, "name_en": region.name_en, "level": region.level}


def _row(
    outcome: Outcome, measure: Indicator, region: Region, reading: Reading, national: Mapping[int | None, Outcome]
) -> dict[str, object]:
    s, amount = outcome.statement, outcome.amount
    row = _place(region) | {
        "plan": s.plan,
        "origin": s.origin,
        "indicator": measure.id,
        "year": s.year,
        "unit": reading.unit_of(measure),
        "kind": reading.kind if amount else s.kind,
        "method": outcome.method,
        "arithmetic": outcome.arithmetic,
        "grade": outcome.grade,
        "source": _source(s, reading),
        "reason": outcome.reason,
        "quote": s.quote,
        "start": s.start,
        "end": s.end,
        "presence": outcome.presence,
        "sources": "; ".join(outcome.sources),
        "document": s.document,
        "issued": s.issued,
        "label": s.label,
        "stated_value": s.value,
        "stated_unit": s.unit,
    }
    notes = list(outcome.notes)
    if amount is not None:
        row |= {"value": amount.value, "value_high": amount.high, "bound": amount.bound}
        target = national.get(s.year)
        if target is not None and target.amount is not None and region.code != NATION:
            distance = subtract(amount, target.amount)
            row |= {"national_value": target.amount.value, "national_bound": target.amount.bound}
            row |= {"distance": distance.value, "distance_bound": distance.bound}
            if measure.is_total and reading.kind == "level" and target.amount.value > 0:
                row |= {"national_share": amount.value / target.amount.value * 100}
        if region.level == "prefecture":
            notes.insert(0, reading.say("city"))
    if outcome.basis is not None:
        row |= {"denominator_year": outcome.basis.year, "denominator_basis": outcome.basis.basis}
    return row | {"note": ("；" if reading.lang == "zh" else "; ").join(notes)}


def _source(statement: Statement, reading: Reading) -> str:
    if statement.origin == "published" or statement.start is None:
        return statement.source
    plan, quote = statement.document or statement.plan, statement.quote
    return reading.say("place", plan=plan, start=statement.start, end=statement.end, quote=quote)


def describe_absence(measure: Indicator, region: Region, reading: Reading) -> dict[str, object]:
    """The row of a region that sets nothing for the indicator itself."""
    material = reading.material
    row = _place(region) | {"indicator": measure.id, "unit": reading.unit_of(measure), "kind": reading.kind}
    related = find_related(measure, region.code, material)
    if related is not None:
        other = material.catalogue.indicator(related.indicator)
        label = other.name_en if reading.lang == "en" else related.label or other.name_zh
        reason = reading.say("other_measure", label=label, value=describe_statement(related))
        outcome = Outcome(related, reason=reason, presence="not_comparable", sources=(related.source,))
        return _row(outcome, measure, region, reading, {})
    plans = material.plans.get(region.code, ())
    measured = _describe_measured(measure, region, reading)
    if not plans:
        return row | {"presence": "no_plan", "reason": reading.say("no_plan") + measured}
    for plan in reversed(plans):
        mention = material.mentions.get((plan, measure.id))
        if mention is not None:
            place = {"start": mention.start, "end": mention.end, "quote": mention.quote}
            title = material.titles[plan]
            source = reading.say("place", plan=title, start=mention.start, end=mention.end, quote=mention.quote)
            reason = reading.say("named_only") + measured
            return (
                row
                | place
                | {"plan": plan, "origin": "extracted", "presence": "words_only", "reason": reason, "source": source}
            )
    shown = ("、" if reading.lang == "zh" else ", ").join(material.titles[plan] for plan in plans)
    reason = reading.say("not_mentioned", plans=shown) + measured
    return row | {"plan": plans[-1], "presence": "not_mentioned", "reason": reason}


def _describe_measured(measure: Indicator, region: Region, reading: Reading) -> str:
    """What was measured where nothing was set, as an addition to the reason; empty where nothing is known."""
    if reading.kind != "level":
        return ""
    found = [o for o in find_outcomes(measure, region.code, reading, "actual") if o.amount and o.statement.year]
    if not found:
        return ""
    last = max(found, key=lambda o: (o.statement.year or 0, o.statement.as_of, o.method != "derived"))
    s, amount = last.statement, last.amount
    assert amount is not None  # noqa: S101 — kept above
    shown = describe_statement(replace(s, value=float(amount.show_rounded()), unit=measure.unit, bound=amount.bound))
    return reading.say("measured", value=shown, source=reading.quote(s.document))


def _row_order(measure: Indicator, row: Mapping[str, object]) -> tuple[object, ...]:
    value = row.get("value")
    place = (PRESENCE.index(str(row["presence"])), row["level"] == "prefecture")
    if not isinstance(value, (int, float)):
        return (*place, 0.0, str(row["region"]))
    return (*place, value if measure.direction == "lower" else -value, str(row["region"]))
