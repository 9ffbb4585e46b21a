"""Plans, records and material for the tests of comparison, made up here; definitions and reference are real."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd

from compare.catalogue import Catalogue, load_catalogue
from compare.comparison import Material, find_mentions, gather
from compare.plans import Plan, SourceRecord, period_of_record
from compare.reference import Reference, load_reference
from compare.tables import to_frame

DATA = Path(__file__).parent.parent / "data"


@cache
def catalogue() -> Catalogue:
    """The catalogue of the repository."""
    return load_catalogue(DATA / "catalogue")


@cache
def reference() -> Reference:
    """The reference tables of the repository."""
    return load_reference(DATA / "reference", catalogue().ids)


def make_plan(
    plan: str, region: str, years: tuple[int, int], *, issued: str = "", text: str = "无", title: str = "一个计划"
) -> Plan:
    """A plan that exists only here."""
    record = SourceRecord(
        id=plan,
        title=title,
        region=region,
        issuer="发布机关",
        issued=dt.date.fromisoformat(issued) if issued else None,
        first_year=years[0],
        last_year=years[1],
        base_year=None,
        script="simplified",
        source="made up",
        sha256="0" * 64,
    )
    return Plan(plan, Path(f"{plan}.txt"), text, record, period_of_record(record))


PLANS = (
    make_plan("anhui-2020", "340000", (2020, 2025)),
    make_plan("anhui-2024", "340000", (2024, 2026)),
    make_plan("fujian-2022", "350000", (2022, 2025), issued="2022-04-08"),
    make_plan("shandong-2023", "370000", (2023, 2025), issued="2023-12-28"),
    make_plan("taizhou-2022", "321200", (2022, 2025)),
)
REGIONS = {plan.id: plan.record.region for plan in PLANS if plan.record}


def record(plan: str, indicator: str, value: float | None, unit: str, **fields: Any) -> SimpleNamespace:
    """A record as extraction gives it; a level and a target of the plan's last year unless said otherwise."""
    last = {p.id: p.record.last_year for p in PLANS if p.record}
    given = {
        "start": 100, "number": "" if value is None else f"{value:g}", "value_high": None, "bound": "=",
        "kind": "level", "year": last.get(plan), "base_year": None, "status": "target", "label": indicator, "scope": "",
        "obligation": "", "section": "", "quote": "原文", "confidence": 1.0,
    }  # fmt: skip
    given |= fields
    given.setdefault("end", given["start"] + len(given["number"]))
    return SimpleNamespace(plan=plan, indicator=indicator, value=value, unit=unit, **given)


def targets(*records: SimpleNamespace) -> pd.DataFrame:
    """The targets table of some records."""
    return to_frame(records, REGIONS)


def material(*records: SimpleNamespace, tables: Reference | None = None, plans: Sequence[Plan] = PLANS) -> Material:
    """What a comparison draws on: some records, and the reference tables."""
    return gather(
        targets(*records),
        catalogue(),
        tables or reference(),
        plans,
        mentions=find_mentions(plans, catalogue()),
    )


def row_of(frame: pd.DataFrame, region: str, **values: object) -> dict[str, Any]:
    """The only row of a frame for a region (and other values), as a mapping."""
    found = frame[frame["region"] == region]
    for name, value in values.items():
        found = found[found[name] == value]
    assert len(found) == 1, found.to_string()
    return {str(name): value for name, value in found.iloc[0].items()}
