"""One number (or worded commitment) of one document for one region, in one form whatever its origin.

Those of the corpus carry plan and offsets, those from `data/reference` the document they were published in.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import pandas as pd

from compare.plans import SourceRecord
from compare.reference import Baseline, PublishedTarget


@dataclass(frozen=True, slots=True)
class Statement:
    """One number or worded commitment of one document.

    Attributes:
        region: region code.
        plan: id of the plan it stands in; empty where it was published elsewhere.
        origin: `extracted` or `published`.
        indicator: id in the catalogue, or empty.
        value: in `unit`, or None where it is in words.
        value_high: upper end of a range, or None.
        fit: `same`, `near` or `differs`: whether the printed name is the indicator's own measure.
        fit_note: what is different, (Chinese, English).
        base_value: the baseline that the document itself prints for `base_year`, in `unit`, or None.
        start: code-point offset in the plan's text as read, None where published elsewhere.
        issued: date of issue or part of it (`2024-05`), for a plan without one the first year of its period, or empty.
        evidence: `A`, `B` or `C`; A for a number that stands in the corpus.
        source: where it is from, as one phrase.
        repeats: how many more times the same number stands in the same document.
        year_end: `yes`, `no` or empty: whether a value measured is of the end of its year.
        as_of: the date of a value measured, or part of it.
        remark: a person's remark about the record.
    """

    region: str
    plan: str
    origin: str
    indicator: str
    value: float | None
    value_high: float | None
    unit: str
    bound: str
    kind: str
    year: int | None
    base_year: int | None
    status: str
    label: str
    scope: str = ""
    fit: str = "same"
    fit_note: tuple[str, str] = ("", "")
    base_value: float | None = None
    quote: str = ""
    start: int | None = None
    end: int | None = None
    document: str = ""
    issued: str = ""
    evidence: str = "A"
    source: str = ""
    repeats: int = 0
    year_end: str = ""
    as_of: str = ""
    remark: str = ""


def of_row(row: Mapping[Hashable, object], records: Mapping[str, SourceRecord | None]) -> Statement:
    """A row of the targets table; `records` gives each plan's source record."""
    plan = str(row["plan"])
    record = records.get(plan)
    start, end = _whole(row["start"]), _whole(row["end"])
    quote = str(row["quote"])
    title = name_document(plan, record)
    date = getattr(record, "issued", None)
    return Statement(
        region=str(row["region"]),
        plan=plan,
        origin="extracted",
        indicator=str(row["indicator"]),
        value=_real(row["value"]),
        value_high=_real(row["value_high"]),
        unit=str(row["unit"]),
        bound=str(row["bound"]),
        kind=str(row["kind"]),
        year=_whole(row["year"]),
        base_year=_whole(row["base_year"]),
        status=str(row["status"]),
        label=str(row["label"]),
        scope=str(row["scope"]),
        quote=quote,
        start=start,
        end=end,
        document=title,
        issued=date.isoformat() if date else str(getattr(record, "first_year", "") or ""),
        source=f"{title} {start}–{end}" if start is not None else title,
        remark=str(row.get("flag", "")),
    )


def name_document(plan: str, record: SourceRecord | None) -> str:
    """How a plan of the corpus is called where people read: its title in title marks, or its id where it has none.

    >>> name_document("anhui-2024", None)
    'anhui-2024'
    """
    title = "" if record is None else record.title
    return f"《{title.strip('《》')}》" if title else plan


def of_published(row: PublishedTarget, plan: str) -> Statement:
    """A target published elsewhere; `plan` is the plan of the corpus that its document is, or empty."""
    return Statement(
        region=row.region,
        plan=plan,
        origin="published",
        indicator=row.indicator,
        value=row.value,
        value_high=None,
        unit=row.unit,
        bound=row.bound,
        kind=row.kind,
        year=row.year,
        base_year=row.base_year,
        status="target",
        label=row.label,
        scope=row.scope,
        fit=row.fit or "same",
        fit_note=(row.fit_note_zh, row.fit_note_en),
        base_value=row.base_value,
        document=row.source_title,
        issued=row.published,
        evidence=row.grade,
        source=row.source,
    )


def of_baseline(row: Baseline) -> Statement:
    """A value measured, from the reference table."""
    return Statement(
        region=row.region,
        plan="",
        origin="published",
        indicator=row.indicator,
        value=row.value,
        value_high=None,
        unit=row.unit,
        bound=row.bound,
        kind=row.kind,
        year=row.year,
        base_year=None,
        status="actual" if row.status == "actual" else "expected",
        label=row.label,
        scope=row.scope,
        fit=row.fit or "same",
        fit_note=(row.fit_note_zh, row.fit_note_en),
        document=row.source_title,
        issued=row.published,
        evidence=row.grade,
        source=row.source,
        year_end=row.year_end,
        as_of=row.as_of,
    )


def _whole(value: object) -> int | None:
    return None if value is None or pd.isna(value) else int(value)  # type: ignore[call-overload]  # a cell is a number or missing


def _real(value: object) -> float | None:
    return None if value is None or pd.isna(value) else float(value)  # type: ignore[arg-type,call-overload]  # likewise
