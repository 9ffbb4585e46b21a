"""Which region sets which indicator, and every statement behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from compare.comparison.choose import choose, find_outcomes
from compare.comparison.statements import Material
from compare.comparison.table import describe_absence
from compare.comparison.values import Reading
from compare.tables import make_frame

COVERAGE_COLUMNS: Mapping[str, str] = dict.fromkeys(
    ("region", "name_zh", "name_en", "level", "indicator", "dimension", "presence", "origin", "method"), "str"
)

EVIDENCE_COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(("region", "name_zh", "indicator", "status"), "str"),
    "value": "float64",
    "value_high": "float64",
    **dict.fromkeys(("bound", "unit", "kind"), "str"),
    "year": "Int64",
    "origin": "str",
    "plan": "str",
    "start": "Int64",
    "end": "Int64",
    **dict.fromkeys(("label", "scope", "quote", "document", "issued", "grade"), "str"),
}


def tabulate_coverage(material: Material, levels: Sequence[str] = ("province",)) -> pd.DataFrame:
    """Which region sets which indicator.

    Returns:
        One row per region and indicator, also where there is nothing; key: `region`, `indicator`. `presence` as in
        `compare_indicator` without a year; `origin` and `method` are empty where there is no value.
    """
    reading = Reading(material)
    rows = []
    for region in material.reference.at_levels(levels):
        for measure in material.catalogue.indicators:
            outcome = choose(find_outcomes(measure, region.code, reading), measure, reading, None)
            found: dict[str, object] = {}
            if outcome is not None:
                found = {"presence": outcome.presence, "method": outcome.method}
            if outcome is not None and outcome.amount is not None:
                found["origin"] = outcome.statement.origin
            rows.append(
                {
                    "region": region.code,
                    "name_zh": region.name_zh,
                    "name_en": region.name_en,
                    "level": region.level,
                    "indicator": measure.id,
                    "dimension": measure.dimension,
                }
                | (found or {"presence": describe_absence(measure, region, reading)["presence"]})
            )
    return make_frame(rows, COVERAGE_COLUMNS)


def tabulate_evidence(material: Material, indicator: str | None = None, region: str | None = None) -> pd.DataFrame:
    """Every statement about indicators, from plans and from elsewhere, targets and values measured.

    Returns:
        One row per statement; `value` in `unit`, both as in the record standard (not converted to the indicator's
        unit); `status` is `target`, `actual` or `expected`; `grade` is that of the evidence.

    Raises:
        UnknownNameError: no such indicator or region.
    """
    if indicator is not None:
        material.catalogue.indicator(indicator)
    if region is not None:
        material.reference.region(region)
    names = {r.code: r.name_zh for r in material.reference.regions}
    found = [
        s
        for (measure, code), statements in material.statements.items()
        if indicator in (None, measure) and region in (None, code)
        for s in statements
    ]
    found.sort(key=lambda s: (s.indicator, s.region, s.year or 9999, s.origin, s.plan, s.start or 0))
    fields = [name for name in EVIDENCE_COLUMNS if name not in ("name_zh", "grade")]
    rows = [
        {name: getattr(s, name) for name in fields} | {"name_zh": names.get(s.region, ""), "grade": s.evidence}
        for s in found
    ]
    return make_frame(rows, EVIDENCE_COLUMNS)
