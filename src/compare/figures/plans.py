"""Charts of the corpus: how many targets each plan has by dimension, and for which years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from compare.figures.frames import integer_of, list_records, need_columns, number_of, text_of
from compare.figures.grid import Cells, draw_bars, draw_grid, draw_rules, draw_tints
from compare.figures.marks import DOT, put_dots
from compare.figures.rows import Item
from compare.figures.sheet import Card, Chart, Sheet
from compare.figures.theme import drawing
from compare.figures.wording import LANGS, Lang, check_lang, format_number, format_years, say

UNKNOWN_YEAR = 0


@dataclass(frozen=True, slots=True)
class _Counts:
    """Numbers by plan and column, both in the order in which they are drawn."""

    plans: tuple[str, ...]
    columns: tuple[str, ...]
    names: Mapping[str, tuple[str, str]]
    counts: Mapping[tuple[str, str], float]

    def of_plan(self, plan: str) -> float:
        return sum(self.counts.get((plan, column), 0.0) for column in self.columns)

    def of_column(self, column: str) -> float:
        return sum(self.counts.get((plan, column), 0.0) for plan in self.plans)

    @property
    def total(self) -> float:
        return sum(self.of_plan(plan) for plan in self.plans)


def counts(
    frame: pd.DataFrame,
    *,
    labels: Mapping[str, str] | None = None,
    lang: str = "zh",
    size: str = "page",
    source: str = "",
) -> Chart:
    """Draws how many targets each plan has in each dimension.

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
    language, known = check_lang(lang), labels or {}
    table = _read_counts(frame)
    found = {language: _find_counts(table, known, language) for language in LANGS}
    subtitle = say(language, "各规划的目标数，按领域；单位：个", "Number of targets in each plan, by dimension")
    note = say(
        language,
        "“未归入指标”的目标有数字，但不属于指标目录中的任何一项",
        "“No indicator”: targets with a number that belong to none of the catalogue's indicators",
    )
    card = _make_card("counts", frame, table, known, found, (language, subtitle, source, (note,)))
    with drawing():
        sheet = Sheet(card, size)
        items = _make_items(table, known, language)
        names = [say(language, *table.names[column]) for column in table.columns]
        chart, panels = draw_grid(sheet, items, names, heads=(say(language, "合计", "Total"),), share=0.3, align="left")
        values = _as_cells(table)
        for cells in panels:
            draw_rules(sheet, cells.panel)
            draw_bars(sheet, cells, values, lambda value: format_number(value, language))
        return chart


def finding_counts(frame: pd.DataFrame, lang: str = "zh", *, labels: Mapping[str, str] | None = None) -> str:
    """Says which plan has most targets, and which dimension most of them are in."""
    return _find_counts(_read_counts(frame), labels or {}, check_lang(lang))


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
    language, known = check_lang(lang), labels or {}
    table = _read_horizons(frame)
    found = {language: _find_horizons(table, known, language) for language in LANGS}
    years = format_years([int(column) for column in table.columns if int(column) != UNKNOWN_YEAR], language)
    subtitle = say(
        language,
        f"各规划的目标数，按目标年；单位：个；{years}",
        f"Number of targets in each plan, by target year; {years}",
    )
    card = _make_card("horizons", frame, table, known, found, (language, subtitle, source, ()))
    with drawing():
        sheet = Sheet(card, size)
        items = _make_items(table, known, language)
        names = [say(language, *table.names[column]) for column in table.columns]
        total = (say(language, "合计", "Total"),)
        chart, panels = draw_grid(sheet, items, names, heads=total, share=0.3, widest=9 * sheet.size.label)
        for cells in panels:
            draw_rules(sheet, cells.panel)
            _draw_dots(sheet, cells, _as_cells(table))
        return chart


def finding_horizons(frame: pd.DataFrame, lang: str = "zh", *, labels: Mapping[str, str] | None = None) -> str:
    """Says for which year most targets are set."""
    return _find_horizons(_read_horizons(frame), labels or {}, check_lang(lang))


def _read_counts(frame: pd.DataFrame) -> _Counts:
    need_columns(frame, ("plan", "dimension", "count"), "counts")
    found: dict[tuple[str, str], float] = {}
    names: dict[str, tuple[str, str]] = {}
    for record in list_records(frame):
        plan, column = text_of(record, "plan"), text_of(record, "dimension")
        found[plan, column] = found.get((plan, column), 0.0) + number_of(record, "count")
        names[column] = (text_of(record, "name_zh") or column, text_of(record, "name_en") or column)
    if "" in names:
        names[""] = ("未归入指标", "No indicator")
    columns = [column for column in names if column] + ([""] if "" in names else [])
    return _order_plans(_Counts(tuple(dict.fromkeys(plan for plan, _ in found)), tuple(columns), names, found))


def _read_horizons(frame: pd.DataFrame) -> _Counts:
    need_columns(frame, ("plan", "year", "count"), "horizons")
    found: dict[tuple[str, str], float] = {}
    for record in list_records(frame):
        key = (text_of(record, "plan"), str(integer_of(record, "year") or UNKNOWN_YEAR))
        found[key] = found.get(key, 0.0) + number_of(record, "count")
    years = sorted({int(year) for (_, year), count in found.items() if count} - {UNKNOWN_YEAR})
    if years and years[-1] - years[0] <= 9:
        years = list(range(years[0], years[-1] + 1))
    columns = [str(year) for year in years]
    names = {column: (column, column) for column in columns}
    if any(count for (_, year), count in found.items() if int(year) == UNKNOWN_YEAR):
        columns.append(str(UNKNOWN_YEAR))
        names[str(UNKNOWN_YEAR)] = ("未写年份", "no year")
    return _order_plans(_Counts(tuple(dict.fromkeys(plan for plan, _ in found)), tuple(columns), names, found))


def _order_plans(table: _Counts) -> _Counts:
    plans = sorted(table.plans, key=lambda plan: (-table.of_plan(plan), plan))
    return _Counts(tuple(plans), table.columns, table.names, table.counts)


def _as_cells(table: _Counts) -> dict[tuple[int, int], float]:
    return {
        (row, column): table.counts.get((plan, name), 0.0)
        for row, plan in enumerate(table.plans)
        for column, name in enumerate(table.columns)
    }


def _make_items(table: _Counts, labels: Mapping[str, str], lang: Lang) -> list[Item]:
    return [Item(labels.get(plan, plan), (format_number(table.of_plan(plan), lang),)) for plan in table.plans]


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


def _find_counts(table: _Counts, labels: Mapping[str, str], lang: Lang) -> str:
    first = table.plans[0]
    named = [column for column in table.columns if column]
    plan, most = labels.get(first, first), format_number(table.of_plan(first), lang)
    zh, en = f"{plan}的目标最多，{most}个", f"{plan} has most targets, {most}"
    total = sum(table.of_column(column) for column in named)
    if named and total:
        top = max(named, key=table.of_column)
        name = say(lang, *table.names[top])
        share = f"{table.of_column(top) / total:.0%}"
        zh += f"；能归入指标的目标中{share}属于“{name}”"
        en += f"; {share} of those with an indicator are in “{name}”"
    return say(lang, zh, en)


def _find_horizons(table: _Counts, labels: Mapping[str, str], lang: Lang) -> str:
    known = [column for column in table.columns if int(column) != UNKNOWN_YEAR]
    if not known or not table.total:
        return say(lang, "没有一个目标写明年份", "No target states a year")
    top = max(known, key=table.of_column)
    share = f"{table.of_column(top) / table.total:.0%}"
    zh, en = f"{share}的目标以{top}年为期", f"{share} of the targets are for {top}"
    last = known[-1]
    if last != top and table.of_column(last):
        plan = max(table.plans, key=lambda plan: table.counts.get((plan, last), 0.0))
        name = labels.get(plan, plan)
        zh += f"；最远的到{last}年（{name}）"
        en += f"; the farthest reach {last} ({name})"
    return say(lang, zh, en)


def _make_card(
    kind: str,
    frame: pd.DataFrame,
    table: _Counts,
    labels: Mapping[str, str],
    found: Mapping[Lang, str],
    words: tuple[Lang, str, str, tuple[str, ...]],
) -> Card:
    lang, subtitle, source, notes = words
    number = len(table.plans)
    plans = "plan" if number == 1 else "plans"
    text = source or say(lang, f"规划原文{number}份", f"{number} {plans} read in full")
    alt: dict[Lang, str] = {}
    for language in LANGS:
        rows = []
        for plan in table.plans:
            cells = [(column, table.counts.get((plan, column), 0.0)) for column in table.columns]
            told = [f"{say(language, *table.names[column])} {value:g}" for column, value in cells if value]
            rows.append(f"{labels.get(plan, plan)}: " + ", ".join(told))
        alt[language] = say(language, f"{found['zh']}。", f"{found['en']}. ") + "; ".join(rows)
    return Card(
        kind=kind,
        lang=lang,
        title=found[lang],
        subtitle=subtitle,
        source=say(lang, f"来源：{text}", f"Source: {text}"),
        finding_zh=found["zh"],
        finding_en=found["en"],
        alt_zh=alt["zh"],
        alt_en=alt["en"],
        data=frame,
        notes=notes,
    )
