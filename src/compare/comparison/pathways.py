"""From where a region stands to where it wants to be: values measured, targets, and the change a year in between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from compare.catalogue import Indicator
from compare.comparison.arithmetic import show_number, show_rounded, subtract, yearly_growth
from compare.comparison.baselines import find_baseline
from compare.comparison.choose import choose, find_outcomes
from compare.comparison.statements import Material
from compare.comparison.values import Outcome, Reading
from compare.reference import Region
from compare.tables import make_frame

_NAMES = ("region", "name_zh", "name_en", "indicator")

BASELINE_COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(_NAMES, "str"),
    "year": "Int64",
    **dict.fromkeys(("as_of", "year_end"), "str"),
    "value": "float64",
    **dict.fromkeys(("bound", "unit", "method", "arithmetic", "grade", "origin", "plan"), "str"),
    "start": "Int64",
    "end": "Int64",
    **dict.fromkeys(("quote", "document", "note"), "str"),
}

PATHWAY_COLUMNS: Mapping[str, str] = {
    **dict.fromkeys((*_NAMES, "unit", "plan", "origin"), "str"),
    "base_year": "Int64",
    "base_value": "float64",
    **dict.fromkeys(("base_bound", "base_source", "base_grade", "base_plan"), "str"),
    "base_start": "Int64",
    "base_quote": "str",
    "year": "Int64",
    "value": "float64",
    "value_high": "float64",
    "bound": "str",
    "years": "Int64",
    "difference": "float64",
    "difference_high": "float64",
    "difference_bound": "str",
    "per_year": "float64",
    "yearly_growth": "float64",
    **dict.fromkeys(("required", "grade", "method", "quote"), "str"),
    "start": "Int64",
    "end": "Int64",
    **dict.fromkeys(("document", "note"), "str"),
}

SERIES_COLUMNS: Mapping[str, str] = {
    **dict.fromkeys((*_NAMES, "plan"), "str"),
    "year": "Int64",
    "value": "float64",
    "value_high": "float64",
    **dict.fromkeys(("bound", "status", "unit", "method", "grade", "origin", "document", "quote"), "str"),
    "start": "Int64",
    "end": "Int64",
}


def tabulate_baselines(indicator: str, material: Material, region: str | None = None, lang: str = "zh") -> pd.DataFrame:
    """Values measured, from the plans and from the reference tables, in the indicator's unit.

    Returns:
        One row per value; by region and year. `year_end` is `yes`, `no` or empty where it does not apply; `as_of` the
        date where known; `grade` as in a comparison (derived and weaker evidence are marked).

    Raises:
        UnknownNameError: no such indicator or region.
    """
    measure = material.catalogue.indicator(indicator)
    reading = Reading(material, lang=lang)
    rows = []
    for place in _places(material, region):
        for outcome in find_outcomes(measure, place.code, reading, "actual"):
            s, amount = outcome.statement, outcome.amount
            if amount is None:
                continue
            rows.append(
                _named(place, measure)
                | {name: getattr(s, name) for name in ("year", "as_of", "year_end", "origin", "plan", "start", "end")}
                | {"value": amount.value, "bound": amount.bound, "unit": measure.unit, "method": outcome.method}
                | {"arithmetic": outcome.arithmetic, "grade": outcome.grade, "quote": s.quote, "document": s.document}
                | {"note": _join(outcome.notes, lang)}
            )
    rows.sort(key=lambda row: (str(row["region"]), row["year"] or 0, str(row["as_of"])))
    return make_frame(rows, BASELINE_COLUMNS)


def tabulate_pathways(
    material: Material,
    indicator: str | None = None,
    region: str | None = None,
    levels: Sequence[str] = ("province",),
    lang: str = "zh",
) -> pd.DataFrame:
    """Baseline and target of each region and indicator, with the change a year that it takes.

    The target is the one that stands for the region in a comparison without a year. The baseline is, in order: what the
    same plan reports (its latest year before the target's); what the document prints beside the target; the latest
    value from elsewhere that is not after the document's issue, else the first one after it; always before the
    target's year.

    Args:
        material: as `gather` gives it.
        indicator: one indicator; None: all.
        region: one region, whatever its level; None: all of the levels.
        levels: levels of regions, where `region` is None.
        lang: `zh` or `en`, language of `required` and `note`.

    Returns:
        One row per region and indicator that has both ends with a year; key: `region`, `indicator`. Values and
        `difference` in `unit` (to `difference_high` where an end is a range), `per_year` in `unit` a year (percentage
        points for shares), `yearly_growth` in % a year, compound, empty for shares and rates. `difference_bound` is the
        bound of all three: from 30 to more than 50 is more than 20. `grade` is that of the weaker end. `base_source` is
        the document of the baseline; where that is a plan of the corpus, `base_plan`, `base_start` and `base_quote` are
        its id, the offset of the number in its text, and the sentence.

    Raises:
        UnknownNameError: no such indicator, region or level.
    """
    measures = material.catalogue.indicators if indicator is None else (material.catalogue.indicator(indicator),)
    places = _places(material, region) if region else material.reference.at_levels(levels)
    reading = Reading(material, lang=lang)
    rows = []
    for measure in measures:
        for place in places:
            target = choose(find_outcomes(measure, place.code, reading), measure, reading, None)
            if target is None or target.amount is None or target.statement.year is None:
                continue
            base = _find_base(measure, place.code, target, reading)
            if base is not None:
                rows.append(_pathway(place, measure, base, target, reading))
    return make_frame(rows, PATHWAY_COLUMNS)


def tabulate_series(indicator: str, material: Material, regions: Sequence[str] = ()) -> pd.DataFrame:
    """All values of an indicator on a time axis, measured and aimed at; values without a year are not on it.

    Args:
        indicator: id.
        material: what there is.
        regions: codes; where empty, all but cities, which are no peers of provinces.

    Returns:
        One row per value with a year, in the indicator's unit; `status` is `actual` or `target`.

    Raises:
        UnknownNameError: no such indicator or region.
    """
    measure = material.catalogue.indicator(indicator)
    reading = Reading(material)
    rows = []
    places = [place for place in _places(material, None) if place.level != "prefecture"]
    for place in [material.reference.region(code) for code in regions] or places:
        for status in ("actual", "target"):
            for outcome in find_outcomes(measure, place.code, reading, status):
                s, amount = outcome.statement, outcome.amount
                if amount is None or s.year is None:
                    continue
                rows.append(
                    _named(place, measure)
                    | {
                        name: getattr(s, name)
                        for name in ("plan", "year", "origin", "document", "quote", "start", "end")
                    }
                    | {"value": amount.value, "value_high": amount.high, "bound": amount.bound, "unit": measure.unit}
                    | {"status": status, "method": outcome.method, "grade": outcome.grade}
                )
    rows.sort(key=lambda row: (str(row["region"]), str(row["plan"]), row["year"] or 0))
    return make_frame(rows, SERIES_COLUMNS)


def _places(material: Material, region: str | None) -> tuple[Region, ...]:
    if region is not None:
        return (material.reference.region(region),)
    return tuple(sorted(material.reference.regions, key=lambda place: place.code))


def _named(place: Region, measure: Indicator) -> dict[str, object]:
    return {"region": place.code, "name_zh": place.name_zh, "name_en": place.name_en, "indicator": measure.id}


def _find_base(measure: Indicator, region: str, target: Outcome, reading: Reading) -> Outcome | None:
    s = target.statement
    before = [
        o
        for o in find_outcomes(measure, region, reading, "actual")
        if o.amount is not None and o.statement.year is not None and o.statement.year < (s.year or 0)
    ]
    own = [o for o in before if s.plan and o.statement.plan == s.plan]
    if own:
        return max(own, key=lambda o: (o.statement.year or 0, o.method != "derived", -(o.statement.start or 0)))
    if s.base_value is not None and s.base_year is not None and s.indicator == measure.id:
        printed = find_baseline(reading.material, measure, s)
        outcome = None if printed is None else reading.value_of(printed, measure)
        if outcome is not None and outcome.amount is not None:
            return outcome
    until = [o for o in before if (o.statement.year or 0) <= int(s.issued[:4] or s.year or 0)]
    if until:
        return max(until, key=_when)
    return min(before, key=_when, default=None)


def _when(outcome: Outcome) -> tuple[object, ...]:
    s = outcome.statement
    return (s.year or 0, s.year_end == "yes", s.as_of, outcome.method != "derived")


def _pathway(place: Region, measure: Indicator, base: Outcome, target: Outcome, reading: Reading) -> dict[str, object]:
    s, b = target.statement, base.statement
    assert base.amount is not None and target.amount is not None  # noqa: S101, PT018 — callers keep only these
    assert s.year is not None and b.year is not None  # noqa: S101, PT018 — likewise
    years = s.year - b.year
    difference = subtract(target.amount, base.amount)
    growth = yearly_growth(base.amount.value, target.amount.value, years) if measure.is_total else None
    shown = _show_required(measure, base, target, growth, reading)
    notes = list(target.notes)
    if b.as_of and (b.year_end == "no" or (len(b.as_of) > 4 and not b.as_of.endswith(("-12", "-12-31")))):
        notes.append(reading.say("not_full_year", as_of=b.as_of))
    return _named(place, measure) | {
        "unit": measure.unit,
        "plan": s.plan,
        "origin": s.origin,
        "base_year": b.year,
        "base_value": base.amount.value,
        "base_bound": base.amount.bound,
        "base_source": b.source if b.start is None else b.document,
        "base_grade": base.grade,
        "base_plan": b.plan,
        "base_start": b.start,
        "base_quote": b.quote,
        "year": s.year,
        "value": target.amount.value,
        "value_high": target.amount.high,
        "bound": target.amount.bound,
        "years": years,
        "difference": difference.value,
        "difference_high": difference.high,
        "difference_bound": difference.bound,
        "per_year": difference.value / years,
        "yearly_growth": growth,
        "required": shown,
        "grade": max(base.grade, target.grade),
        "method": target.method,
        "quote": s.quote,
        "start": s.start,
        "end": s.end,
        "document": s.document,
        "note": _join(notes, reading.lang),
    }


def _show_required(measure: Indicator, base: Outcome, target: Outcome, growth: float | None, reading: Reading) -> str:
    """The change a year that it takes, and the growth a year where that has a meaning, written out."""
    assert base.amount is not None and target.amount is not None  # noqa: S101, PT018 — callers keep only these
    years = (target.statement.year or 0) - (base.statement.year or 0)
    to, start = _show(target), _show(base)
    value = show_rounded((target.amount.value - base.amount.value) / years)
    unit = reading.say("points") if measure.unit == "%" else measure.unit
    a_year = reading.say("per_year_of", value=value, unit=unit)
    text = f"({to} − {start}) ÷ {reading.say('years', count=years)} = {a_year}"
    if growth is None:
        return text
    return f"{text}; ({to} ÷ {start})^(1/{years}) − 1 = {show_rounded(growth)}%"


def _show(outcome: Outcome) -> str:
    """A value in full where a document states it, rounded where it was computed."""
    value = 0.0 if outcome.amount is None else outcome.amount.value
    return show_rounded(value) if outcome.method == "derived" else show_number(value)


def _join(notes: Sequence[str], lang: str) -> str:
    return ("；" if lang == "zh" else "; ").join(notes)
