"""Frames to rows: the columns that a chart needs, checked, as plain Python values."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from compare.errors import FigureError
from compare.figures.cards import Number, name_plans, write_source
from compare.figures.wording import Lang, Measure, format_target, name_of, name_unit, phrase_target, say

NAN = float("nan")
NATION = "100000"  # the code that stands for the whole country


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a comparison: one region and commitment, in the unit of the indicator."""

    region: str
    name_zh: str
    name_en: str
    indicator: str
    value: float
    high: float
    bound: str
    year: int | None
    unit: str
    method: str
    grade: str
    presence: str
    reason: str
    quote: str
    plan: str
    origin: str
    document: str
    start: int | None
    end: int | None
    level: str = ""

    @property
    def is_weak(self) -> bool:
        """Whether its value is of grade C, which no title may rest on without saying so."""
        return self.grade == "C"

    @property
    def is_city(self) -> bool:
        """Whether it is a city, which is no peer of a province."""
        return self.level == "prefecture"

    @property
    def has_value(self) -> bool:
        """Whether there is a number that can be compared."""
        return not math.isnan(self.value)

    @property
    def top(self) -> float:
        """The upper end of a range, the value itself otherwise."""
        return self.value if math.isnan(self.high) else self.high

    def name(self, lang: Lang) -> str:
        """Gives the region's name."""
        return say(lang, self.name_zh, self.name_en) or self.region

    def label(self, lang: Lang) -> str:
        """Gives the target as a label shows it."""
        return format_target(self.value, self.high, self.bound, self.unit, lang)

    def phrase(self, lang: Lang) -> str:
        """Gives the target as a sentence says it."""
        return phrase_target(self.value, self.high, self.bound, self.unit, lang)


def need_columns(frame: pd.DataFrame, columns: Iterable[str], kind: str) -> None:
    """Checks that a frame has rows and the columns of a kind.

    Raises:
        FigureError: where it has not.
    """
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        there = ", ".join(map(str, frame.columns)) or "none"
        raise FigureError(
            f"{kind}: found a frame without {', '.join(missing)} (it has: {there}), expected these columns"
        )
    if frame.empty:
        raise FigureError(f"{kind}: found an empty frame, expected at least one row to draw")


GRADES = (
    "可比性等级：A 可直接比较；B 经换算、推算或有小的口径差别；C 来源或口径较弱，仅供参考",
    "Grade: A directly comparable; B converted, derived or of a slightly different scope; C weak source or scope",
)


def describe_grades(rows: Iterable[Row], lang: Lang) -> str:
    """Says what the grades mean, where a title may have passed over values of grade C; else nothing."""
    return say(lang, *GRADES) if any(row.has_value and row.is_weak for row in rows) else ""


def tell_of_firm(lang: Lang, told: str) -> str:
    """Says of a title that it passes over values of grade C which would lead it.

    >>> tell_of_firm("en", "Anhui aims highest")
    'Grades A and B: Anhui aims highest'
    """
    return say(lang, f"可比性A、B级：{told}", f"Grades A and B: {told}")


def tell_of_weak(lang: Lang, told: str) -> str:
    """Says of a title that it rests on a value of grade C, where there is no better one."""
    return say(lang, f"{told}（C级，仅供参考）", f"{told} (grade C)")


def read_rows(frame: pd.DataFrame, kind: str, unit: str = "") -> list[Row]:
    """Reads the rows of a comparison frame; only `region` and `value` must be there.

    Args:
        frame: columns as in a comparison; absent ones are taken as not known.
        kind: of chart, for messages.
        unit: where the frame has no column `unit`.
    """
    need_columns(frame, ("region", "value"), kind)
    return [_read_row(record, unit) for record in list_records(frame)]


def _read_row(record: Mapping[str, object], unit: str) -> Row:
    value = number_of(record, "value")
    known = not math.isnan(value)
    presence = text_of(record, "presence") or ("value" if known else "not_mentioned")
    return Row(
        region=text_of(record, "region"),
        name_zh=text_of(record, "name_zh") or text_of(record, "region"),
        name_en=text_of(record, "name_en") or text_of(record, "name_zh") or text_of(record, "region"),
        indicator=text_of(record, "indicator"),
        value=value if presence == "value" else NAN,
        high=number_of(record, "value_high"),
        bound=text_of(record, "bound") or "=",
        year=integer_of(record, "year"),
        unit=text_of(record, "unit") or unit,
        method=text_of(record, "method"),
        grade=text_of(record, "grade"),
        presence=presence,
        reason=text_of(record, "reason"),
        quote=text_of(record, "quote"),
        plan=text_of(record, "plan"),
        origin=text_of(record, "origin"),
        document=text_of(record, "document"),
        start=integer_of(record, "start"),
        end=integer_of(record, "end"),
        level=text_of(record, "level"),
    )


def list_records(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Lists the rows of a frame as mappings from column to cell."""
    return [{str(column): cell for column, cell in record.items()} for record in frame.to_dict("records")]


def text_of(record: Mapping[str, object], column: str) -> str:
    """Gives a cell as text, empty where it is missing."""
    value = record.get(column)
    return "" if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)) else str(value)


def number_of(record: Mapping[str, object], column: str) -> float:
    """Gives a cell as a number, NaN where it is missing."""
    value = record.get(column)
    return NAN if value is None or value is pd.NA or value == "" else float(str(value))


def integer_of(record: Mapping[str, object], column: str) -> int | None:
    """Gives a cell as an integer, None where it is missing."""
    value = number_of(record, column)
    return None if math.isnan(value) else int(value)


def sort_rows(rows: Iterable[Row], direction: str) -> list[Row]:
    """Sorts rows with a value: furthest in the indicator's direction first, then by region."""
    sign = 1 if direction == "lower" else -1
    return sorted(rows, key=lambda row: (sign * row.value, row.region, row.year or 0))


def describe_source(rows: Sequence[Row], lang: Lang, source: str = "") -> str:
    """Writes the line of sources: how many plans were read and how many published documents."""
    if source:
        return write_source(lang, source)
    plans = {row.plan for row in rows if row.plan and row.has_value and row.origin != "published"}
    papers = {(row.region, row.document) for row in rows if row.has_value and row.origin == "published"}
    parts = [name_plans(lang, len(plans))] if plans else []
    if papers:
        count, end = len(papers), "s" if len(papers) != 1 else ""
        parts.append(say(lang, f"各地已公布文件{count}份", f"{count} published document{end}"))
    read = say(lang, "、", " and ").join(parts) or say(lang, "各地规划", "the regions' plans")
    where = say(lang, "；逐条出处见同名数据表", "; each number's origin is in the data file")
    return write_source(lang, read + where)


def describe_measure(measure: Measure, lang: Lang, unit: str = "") -> list[str]:
    """Names a measure and, where its name does not say it, its unit (`unit` where it has none), for a subtitle."""
    name, unit = name_of(measure, lang), name_unit(measure.unit or unit, lang)
    return [name] if not unit or unit in name else [name, say(lang, f"单位：{unit}", unit)]


def describe_definition(measure: Measure, lang: Lang) -> str:
    """Writes the line of the definition, empty where there is none."""
    text = say(lang, measure.definition_zh, measure.definition_en)
    return say(lang, f"口径：{text}", f"Definition: {text}") if text else ""


def list_numbers(rows: Iterable[Row]) -> tuple[Number, ...]:
    """Lists the numbers shown with the places where they stand."""
    return tuple(
        Number(row.region, row.indicator, row.plan, row.start, row.end, row.value, row.year, row.document)
        for row in rows
        if row.has_value
    )


def group_names(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Groups the rows without a value by what is there instead, in a fixed order; a region stands once."""
    groups: dict[str, list[Row]] = {kind: [] for kind in ("not_comparable", "words_only", "not_mentioned", "no_plan")}
    seen: set[tuple[str, str]] = set()
    for row in rows:
        if not row.has_value and (row.presence, row.region) not in seen:
            seen.add((row.presence, row.region))
            groups.setdefault(row.presence, []).append(row)
    return {kind: sorted(found, key=lambda row: row.region) for kind, found in groups.items() if found}
