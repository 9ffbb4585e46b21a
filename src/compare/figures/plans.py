"""Charts of the corpus: how many targets each plan has by dimension, and for which years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from compare.figures.frames import integer_of, list_records, need_columns, number_of, text_of
from compare.figures.grid import Cells, draw_grid, draw_rules, draw_tints
from compare.figures.marks import DOT, put_dots
from compare.figures.plan_tables import (
    PlanTable,
    card_of_table,
    describe_plans,
    draw_plan_bars,
    is_turned,
    read_plan_table,
)
from compare.figures.rows import Item
from compare.figures.sheet import Chart, Sheet
from compare.figures.theme import drawing
from compare.figures.wording import Lang, check_lang, format_number, format_years, say

UNKNOWN_YEAR = "0"
TOTAL = ("合计", "Total")


def counts(
    frame: pd.DataFrame,
    *,
    labels: Mapping[str, str] | None = None,
    lang: str = "zh",
    size: str = "page",
    source: str = "",
) -> Chart:
    """Draws how many targets each plan has in each dimension, plans side by side where there are few.

    Args:
        frame: one row per plan and dimension: `plan`, `dimension`, `name_zh`, `name_en`, `count`; the dimension is
            empty for targets that belong to no indicator.
        labels: texts for the plans, by id.
        lang: ``zh`` or ``en``.
        size: ``column``, ``page`` or ``slide``.
        source: for the foot.

    Raises:
        FigureError: where the frame has no rows or lacks columns.
    """
    language, table = check_lang(lang), _read_counts(frame, labels)
    note = say(
        language,
        "“未归入指标”的目标有数字，但不属于指标目录中的任何一项",
        "“No indicator”: targets with a number that belong to none of the catalogue's indicators",
    )
    card = card_of_table(
        "counts",
        frame,
        table,
        language,
        lambda each: _find_counts(table, each),
        subtitle=[
            say(language, "各规划的目标数，按领域；单位：个", "Number of targets in each plan, by dimension"),
            say(language, "规划名后为合计", "totals beside the plans' names") if is_turned(table) else "",
        ],
        source=describe_plans(language, len(table.plans), source),
        note=note if "" in table.columns else "",
    )
    with drawing():
        total = say(language, *TOTAL)
        return draw_plan_bars(Sheet(card, size), table, lambda value: format_number(value, language), total=total)


def finding_counts(frame: pd.DataFrame, lang: str = "zh", *, labels: Mapping[str, str] | None = None) -> str:
    """Says which plan has most targets, and which dimension most of them are in."""
    return _find_counts(_read_counts(frame, labels), check_lang(lang))


def horizons(
    frame: pd.DataFrame,
    *,
    labels: Mapping[str, str] | None = None,
    lang: str = "zh",
    size: str = "page",
    source: str = "",
) -> Chart:
    """Draws for which years the targets of each plan are set; the area of a dot is the number of targets.

    Args:
        frame: one row per plan and year: `plan`, `year` (missing where none is stated), `count`.
        labels: texts for the plans, by id.
        lang: ``zh`` or ``en``.
        size: ``column``, ``page`` or ``slide``.
        source: for the foot.

    Raises:
        FigureError: where the frame has no rows or lacks columns.
    """
    language, table = check_lang(lang), _read_horizons(frame, labels)
    card = card_of_table(
        "horizons",
        frame,
        table,
        language,
        lambda each: _find_horizons(table, each),
        subtitle=[
            say(language, "各规划的目标数，按目标年；单位：个", "Number of targets in each plan, by target year"),
            format_years([int(column) for column in table.columns if column != UNKNOWN_YEAR], language),
        ],
        source=describe_plans(language, len(table.plans), source),
    )
    with drawing():
        sheet = Sheet(card, size)
        items = [Item(table.label(plan), (format_number(table.of_plan(plan), language),)) for plan in table.plans]
        names = [table.name(column, language) for column in table.columns]
        total = (say(language, *TOTAL),)
        chart, panels = draw_grid(sheet, items, names, heads=total, share=0.3, widest=9 * sheet.size.label)
        for cells in panels:
            draw_rules(sheet, cells.panel)
            _draw_dots(sheet, cells, table.cells())
        return chart


def finding_horizons(frame: pd.DataFrame, lang: str = "zh", *, labels: Mapping[str, str] | None = None) -> str:
    """Says for which year most targets are set."""
    return _find_horizons(_read_horizons(frame, labels), check_lang(lang))


def _read_counts(frame: pd.DataFrame, labels: Mapping[str, str] | None) -> PlanTable:
    table = read_plan_table(frame, "counts", "dimension", "count", labels)
    columns = sorted(table.columns, key=lambda column: column == "")
    names = {**table.names, "": ("未归入指标", "No indicator")}
    return replace(table, columns=tuple(columns), names=names).order_plans()


def _read_horizons(frame: pd.DataFrame, labels: Mapping[str, str] | None) -> PlanTable:
    need_columns(frame, ("plan", "year", "count"), "horizons")
    found: dict[tuple[str, str], float] = {}
    for record in list_records(frame):
        key = (text_of(record, "plan"), str(integer_of(record, "year") or UNKNOWN_YEAR))
        found[key] = found.get(key, 0.0) + number_of(record, "count")
    there = {column for (_, column), count in found.items() if count}
    years = sorted(int(column) for column in there - {UNKNOWN_YEAR})
    if years and years[-1] - years[0] <= 9:
        years = list(range(years[0], years[-1] + 1))
    columns = [*map(str, years), *([UNKNOWN_YEAR] if UNKNOWN_YEAR in there else [])]
    names = {column: (column, column) for column in columns} | {UNKNOWN_YEAR: ("未写年份", "no year")}
    plans = tuple(dict.fromkeys(plan for plan, _ in found))
    return PlanTable(plans, tuple(columns), names, found, labels or {}).order_plans()


def _draw_dots(sheet: Sheet, cells: Cells, values: Mapping[tuple[int, int], float]) -> None:
    """Draws a dot with its number beside it in the middle of each cell; tinted cells where those are too narrow."""
    panel, lang = cells.panel, sheet.lang
    size = min(panel.label, sheet.size.label)

    def number(value: float) -> str:
        return format_number(value, lang)

    widest = max(sheet.typeface.width(number(value), size) for value in values.values())
    largest = min(0.95 * panel.pitch, cells.pitch - widest - 0.9 * size)
    if largest < size:
        draw_tints(sheet, cells, {cell: value for cell, value in values.items() if value}, number)
        return
    most = max(values.values()) or 1.0
    for row, column, x, y in cells.places():
        value = values[row, column]
        if value:
            diameter = max(largest * (value / most) ** 0.5, 1.2)
            text = number(value)
            before = (diameter + 0.3 * size + sheet.typeface.width(text, size)) / 2
            dot_at = x + (diameter / 2 - before) * panel.scale.per_point
            put_dots(panel.axes, [(dot_at, y)], diameter, DOT)
            sheet.write(panel.x(x) - before + diameter + 0.3 * size, panel.top + y, text, size=size)


def _find_counts(table: PlanTable, lang: Lang) -> str:
    first = table.plans[0]
    plan, most = table.label(first), format_number(table.of_plan(first), lang)
    zh, en = f"{plan}的目标最多，{most}个", f"{plan} has most targets, {most}"
    named = [column for column in table.columns if column]
    total = sum(table.of_column(column) for column in named)
    if named and total:
        top = max(named, key=table.of_column)
        name, share = table.name(top, lang), f"{table.of_column(top) / total:.0%}"
        zh += f"；能归入指标的目标中{share}属于“{name}”"
        en += f"; {share} of those with an indicator are in “{name}”"
    return say(lang, zh, en)


def _find_horizons(table: PlanTable, lang: Lang) -> str:
    known = [column for column in table.columns if column != UNKNOWN_YEAR]
    if not known or not table.total:
        return say(lang, "没有一个目标写明年份", "No target states a year")
    top = max(known, key=table.of_column)
    share = f"{table.of_column(top) / table.total:.0%}"
    zh, en = f"{share}的目标以{top}年为期", f"{share} of the targets are for {top}"
    last = known[-1]
    if last != top and table.of_column(last):
        name = table.label(max(table.plans, key=lambda plan: table.numbers.get((plan, last), 0.0)))
        zh += f"；最远的到{last}年（{name}）"
        en += f"; the farthest reach {last} ({name})"
    return say(lang, zh, en)
