"""One region among the others: its place for each indicator, what it leaves out, how it stands by dimension."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median

import pandas as pd

from compare.comparison.choose import choose, find_outcomes
from compare.comparison.statements import Material
from compare.comparison.table import NATION
from compare.comparison.values import Outcome, Reading
from compare.reference import Region
from compare.tables import make_frame

STANDING_COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(("region", "indicator", "name_zh", "name_en", "dimension"), "str"),
    "value": "float64",
    "value_high": "float64",
    "bound": "str",
    "year": "Int64",
    **dict.fromkeys(("unit", "direction", "method", "grade", "origin", "plan", "quote"), "str"),
    "start": "Int64",
    "end": "Int64",
    "rank": "Int64",
    "of": "Int64",
    "median": "float64",
    "ratio": "float64",
    "national_value": "float64",
    "national_year": "Int64",
    "distance": "float64",
    **dict.fromkeys(("arithmetic", "document", "note"), "str"),
}

LEFT_OUT_COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(("indicator", "name_zh", "name_en", "dimension"), "str"),
    "set_by": "Int64",
    **dict.fromkeys(("who", "presence", "reason"), "str"),
}

PROFILE_COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(("dimension", "name_zh", "name_en"), "str"),
    **dict.fromkeys(("indicators", "set", "numbers", "above", "below", "at"), "Int64"),
    "median_ratio": "float64",
}

_ENOUGH = 3


def tabulate_standing(region: str, material: Material, lang: str = "zh") -> pd.DataFrame:
    """The place of a region among the provinces, for each indicator that it sets.

    Each region stands with the value that stands for it in a comparison without a year, so years may differ.

    Returns:
        One row per indicator; key: `indicator`. `value`, `median` and `national_value` (of the same year, else of the
        nearest later one) in `unit`; `rank` 1 is furthest in the indicator's direction among the `of` provinces with a
        value, equal values share a rank; a city has no rank. `ratio` is value ÷ median. `distance` is value − national
        value, only where the years are the same.

    Raises:
        UnknownNameError: no such region.
    """
    place = material.reference.region(region)
    reading = Reading(material, lang=lang)
    provinces = material.reference.at_levels(("province",))
    rows = []
    for measure in material.catalogue.indicators:
        own = choose(find_outcomes(measure, region, reading), measure, reading, None)
        if own is None or own.amount is None:
            continue
        values = {code: o.amount.value for code, o in _values(measure.id, provinces, reading).items() if o.amount}
        middle = median(values.values()) if values else None
        better = [v for v in values.values() if (v > own.amount.value) == (measure.direction == "higher")]
        better = [v for v in better if v != own.amount.value]
        s = own.statement
        row: dict[str, object] = {
            "region": region,
            "indicator": measure.id,
            "name_zh": measure.name_zh,
            "name_en": measure.name_en,
            "dimension": measure.dimension,
            "value": own.amount.value,
            "value_high": own.amount.high,
            "bound": own.amount.bound,
            "unit": measure.unit,
            "direction": measure.direction,
            "method": own.method,
            "grade": own.grade,
            "rank": len(better) + 1 if place.level == "province" else None,
            "of": len(values),
            "median": middle,
            "ratio": own.amount.value / middle if middle else None,
            "arithmetic": own.arithmetic,
            "note": ("；" if lang == "zh" else "; ").join(own.notes),
        }
        fields = ("year", "origin", "plan", "quote", "start", "end", "document")
        rows.append(row | {name: getattr(s, name) for name in fields} | _national(measure.id, own, reading))
    return make_frame(rows, STANDING_COLUMNS)


def tabulate_left_out(region: str, material: Material, lang: str = "zh") -> pd.DataFrame:
    """Indicators that provinces set and this region does not, those that most others set first.

    Returns:
        One row per indicator; `set_by` counts the other provinces with a value, `who` names them; `presence` and
        `reason` say how far the region's own documents go.

    Raises:
        UnknownNameError: no such region.
    """
    material.reference.region(region)
    reading = Reading(material, lang=lang)
    others = [place for place in material.reference.at_levels(("province",)) if place.code != region]
    rows = []
    for measure in material.catalogue.indicators:
        own = choose(find_outcomes(measure, region, reading), measure, reading, None)
        if own is not None and own.amount is not None:
            continue
        who = _values(measure.id, tuple(others), reading)
        if not who:
            continue
        names = [(p.name_zh if lang == "zh" else p.name_en) for p in others if p.code in who]
        mentioned = any((plan, measure.id) in material.mentions for plan in material.plans.get(region, ()))
        presence = "words_only" if mentioned else "not_mentioned" if material.plans.get(region) else "no_plan"
        reason = reading.say("named_only") if mentioned else ""
        rows.append(
            {
                "indicator": measure.id,
                "name_zh": measure.name_zh,
                "name_en": measure.name_en,
                "dimension": measure.dimension,
                "set_by": len(who),
                "who": ("、" if lang == "zh" else ", ").join(names),
                "presence": own.presence if own is not None else presence,
                "reason": own.reason if own is not None else reason,
            }
        )
    rows.sort(key=lambda row: -int(str(row["set_by"])))
    return make_frame(rows, LEFT_OUT_COLUMNS)


def tabulate_profile(region: str, material: Material) -> pd.DataFrame:
    """How a region stands by dimension, each against the median of those that set the indicator; no composite score.

    Returns:
        One row per dimension. `indicators` is how many the catalogue has, `set` how many the region sets, `numbers` how
        many target records of indicators its documents hold; `above`, `below` and `at` count its values better than,
        worse than and equal to the median of the provinces with one, where at least three have one; `median_ratio` is
        the median of value ÷ median over these.

    Raises:
        UnknownNameError: no such region.
    """
    standing = tabulate_standing(region, material)
    rows = []
    for dimension in material.catalogue.dimensions:
        measures = [i.id for i in material.catalogue.indicators if i.dimension == dimension.id]
        own = standing[standing["dimension"] == dimension.id]
        counted = own[(own["of"] >= _ENOUGH) & own["ratio"].notna()]
        better = [
            (r > 1) == (d == "higher") for r, d in zip(counted["ratio"], counted["direction"], strict=True) if r != 1
        ]
        rows.append(
            {
                "dimension": dimension.id,
                "name_zh": dimension.name_zh,
                "name_en": dimension.name_en,
                "indicators": len(measures),
                "set": len(own),
                "numbers": sum(s.value is not None for i in measures for s in material.of(i, region)),
                "above": sum(better),
                "below": len(better) - sum(better),
                "at": len(counted) - len(better),
                "median_ratio": None if counted.empty else float(counted["ratio"].median()),
            }
        )
    return make_frame(rows, PROFILE_COLUMNS)


def _values(indicator: str, places: tuple[Region, ...], reading: Reading) -> dict[str, Outcome]:
    """The regions that have a value for an indicator, each with the one that stands for it."""
    measure = reading.material.catalogue.indicator(indicator)
    found = {p.code: choose(find_outcomes(measure, p.code, reading), measure, reading, None) for p in places}
    return {code: outcome for code, outcome in found.items() if outcome is not None and outcome.amount is not None}


def _national(indicator: str, own: Outcome, reading: Reading) -> dict[str, object]:
    """The national target of the same year, else of the nearest later year."""
    measure = reading.material.catalogue.indicator(indicator)
    year = own.statement.year
    found = [reading.value_of(s, measure) for s in reading.material.of(indicator, NATION)]
    later = [o for o in found if o.amount and o.statement.year and (year is None or o.statement.year >= year)]
    target = min(later, key=lambda o: (o.statement.year or 0, o.grade), default=None)
    if target is None or target.amount is None or own.amount is None:
        return {}
    national: dict[str, object] = {"national_value": target.amount.value, "national_year": target.statement.year}
    if target.statement.year == year:
        national["distance"] = round(own.amount.value - target.amount.value, 9)
    return national
