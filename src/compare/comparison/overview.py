"""The corpus at a glance: plans, targets by dimension, horizons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from compare.catalogue import Catalogue
from compare.plans import Plan
from compare.reference import Reference
from compare.tables import make_frame

CORPUS_COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(("plan", "title", "region", "name_zh", "name_en", "level", "issuer", "issued"), "str"),
    **dict.fromkeys(("first_year", "last_year", "base_year"), "Int64"),
    "script": "str",
    **dict.fromkeys(("characters", "targets", "actuals", "matched", "indicators", "unmatched"), "Int64"),
}

DIMENSION_COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(("plan", "dimension", "name_zh", "name_en"), "str"),
    "count": "Int64",
}

HORIZON_COLUMNS: Mapping[str, str] = {"plan": "str", "year": "Int64", "count": "Int64"}


def tabulate_corpus(
    plans: Sequence[Plan], targets: pd.DataFrame, unmatched: pd.DataFrame, reference: Reference
) -> pd.DataFrame:
    """One row per plan of the corpus.

    Returns:
        Key: `plan`. `characters` counts the text as read; `targets` and `actuals` its records, `matched` the targets
        that state an indicator, `indicators` how many different ones, `unmatched` the numbers that gave no record.
    """
    rows = []
    for plan in plans:
        own = targets[targets["plan"] == plan.id]
        aims = own[own["status"] == "target"]
        matched = aims[aims["indicator"] != ""]
        row: dict[str, object] = {
            "plan": plan.id,
            "title": plan.title,
            "characters": len(plan.text),
            "targets": len(aims),
            "actuals": int((own["status"] == "actual").sum()),
            "matched": len(matched),
            "indicators": matched["indicator"].nunique(),
            "unmatched": int((unmatched["plan"] == plan.id).sum()),
        }
        if plan.record is not None:
            region = reference.region(plan.record.region)
            row |= {name: getattr(region, name) for name in ("name_zh", "name_en", "level")}
            row |= {name: getattr(plan.record, name) for name in ("region", "issuer", "issued", "script")}
            row |= {name: getattr(plan.record, name) for name in ("first_year", "last_year", "base_year")}
        rows.append(row)
    return make_frame(rows, CORPUS_COLUMNS)


def count_dimensions(plans: Sequence[Plan], targets: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """How many target records each plan has in each dimension.

    Returns:
        One row per plan and dimension, zeros included, then one with an empty `dimension` for targets that state no
        indicator; key: `plan`, `dimension`.
    """
    of_indicator = {indicator.id: indicator.dimension for indicator in catalogue.indicators}
    aims = targets[targets["status"] == "target"]
    pairs = zip(aims["plan"], aims["indicator"], strict=True)
    counts = Counter((plan, of_indicator.get(indicator, "")) for plan, indicator in pairs)
    names = [(d.id, d.name_zh, d.name_en) for d in catalogue.dimensions]
    names.append(("", "未归入指标", "no indicator"))
    rows = [
        {"plan": plan.id, "dimension": id_, "name_zh": zh, "name_en": en, "count": counts[plan.id, id_]}
        for plan in plans
        for id_, zh, en in names
    ]
    return make_frame(rows, DIMENSION_COLUMNS)


def count_horizons(plans: Sequence[Plan], targets: pd.DataFrame) -> pd.DataFrame:
    """For which years each plan sets its targets.

    Returns:
        One row per plan and year with at least one target; `year` is missing for targets that state none.
    """
    aims = targets[targets["status"] == "target"]
    years = (None if pd.isna(year) else int(year) for year in aims["year"])
    counts = Counter(zip(aims["plan"], years, strict=True))
    order = {plan.id: place for place, plan in enumerate(plans)}
    listed = sorted(counts.items(), key=lambda item: (order.get(item[0][0], 0), item[0][1] or 9999))
    return make_frame(({"plan": p, "year": y, "count": n} for (p, y), n in listed), HORIZON_COLUMNS)
