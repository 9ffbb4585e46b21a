"""Dumbbell: from baseline to target per region, both ends labelled, with the yearly change that the target requires."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from compare.errors import count_noun
from compare.figures.cards import Card, Number, list_in, make_card, tell_both, write_sentences
from compare.figures.frames import (
    Row,
    describe_definition,
    describe_grades,
    describe_measure,
    describe_source,
    integer_of,
    list_numbers,
    list_records,
    number_of,
    read_rows,
    tell_of_firm,
    tell_of_weak,
    text_of,
)
from compare.figures.marks import Mark, key_of_bounds, size_in_key
from compare.figures.rows import Item, Plot, draw_rows
from compare.figures.sheet import Chart, KeyEntry, Sheet
from compare.figures.theme import drawing
from compare.figures.ways import Way, draw_ways, fit_ways, key_of_start, leave_room, list_values
from compare.figures.wording import (
    MINUS,
    Lang,
    Measure,
    as_measure,
    check_lang,
    format_number,
    format_target,
    format_unit,
    format_value,
    format_years,
    name_of,
    phrase_target,
    say,
    short_name_of,
)


@dataclass(frozen=True, slots=True)
class _Path:
    """One commitment and where it starts from; the start is NaN where no baseline is known."""

    row: Row
    base: float
    base_bound: str
    base_year: int | None
    base_source: str
    growth: float
    per_year: float

    @property
    def starts(self) -> bool:
        return not math.isnan(self.base)

    @property
    def pace(self) -> float:
        """What paths are compared by: percent a year, for shares and rates points a year."""
        return self.per_year if math.isnan(self.growth) else self.growth


def dumbbell(
    frame: pd.DataFrame,
    *,
    indicator: Measure | str,
    targets: pd.DataFrame | None = None,
    lang: str = "zh",
    size: str = "page",
    source: str = "",
) -> Chart:
    """Draws each region's way from its baseline to its target.

    Args:
        frame: paths, one row per commitment: `region`, `name_zh`, `name_en`, `base_year`, `base_value`, `year`,
            `value`, `bound`; values in the indicator's unit. `yearly_growth` (percent a year) and `per_year` (unit a
            year) are computed where they are absent.
        indicator: what is measured, or its name.
        targets: a comparison; its regions with a target and no path are drawn without a start.
        lang: ``zh`` or ``en``.
        size: ``column``, ``page`` or ``slide``.
        source: for the foot, computed where empty.

    Raises:
        FigureError: where the frame has no rows or lacks columns.
    """
    language = check_lang(lang)
    measure = as_measure(indicator)
    paths = _read_paths(frame, targets, measure)
    card = _make_card(frame, paths, measure, language, source)
    with drawing():
        return _draw(Sheet(card, size, _make_key(paths, size_in_key(size), language)), paths, measure)


def finding_dumbbell(
    frame: pd.DataFrame, lang: str = "zh", *, indicator: Measure | str, targets: pd.DataFrame | None = None
) -> str:
    """Says which region's target asks for the fastest change."""
    measure = as_measure(indicator)
    return _find(_read_paths(frame, targets, measure), measure, check_lang(lang))


def _read_paths(frame: pd.DataFrame, targets: pd.DataFrame | None, measure: Measure) -> list[_Path]:
    paths = []
    if not (frame.empty and targets is not None):
        rows = read_rows(frame, "dumbbell", measure.unit)
        records = list_records(frame)
        paths = [_read_path(row, record) for row, record in zip(rows, records, strict=True) if row.has_value]
    if targets is not None:
        there = {path.row.region for path in paths}
        more = (
            row for row in read_rows(targets, "dumbbell", measure.unit) if row.has_value and row.region not in there
        )
        paths += [_Path(row, math.nan, "", None, "", math.nan, math.nan) for row in more]
    sign = 1 if measure.direction == "lower" else -1
    return sorted(paths, key=lambda path: (sign * path.row.value, path.row.region, path.row.year or 0))


def _read_path(row: Row, record: Mapping[str, object]) -> _Path:
    base, base_year = number_of(record, "base_value"), integer_of(record, "base_year")
    growth, per_year = number_of(record, "yearly_growth"), number_of(record, "per_year")
    years = (row.year or 0) - (base_year or 0) if row.year and base_year else 0
    if not math.isnan(base) and years > 0:
        if math.isnan(per_year):
            per_year = (row.value - base) / years
        if math.isnan(growth) and row.unit not in ("%", "百分点") and base > 0 and row.value > 0:
            growth = ((row.value / base) ** (1 / years) - 1) * 100
    bound, source = text_of(record, "base_bound") or "=", text_of(record, "base_source")
    return _Path(row, base, bound, base_year, source, growth, per_year)


def _tell_pace(path: _Path, lang: Lang) -> str:
    """Writes the yearly change with its sign."""
    if math.isnan(path.pace):
        return "–"
    number = format_number(abs(round(path.pace, 1)), lang)
    sign = "+" if path.pace > 0 else MINUS if path.pace < 0 else ""
    if not math.isnan(path.growth):
        return f"{sign}{number}%"
    unit = "百分点" if path.row.unit == "%" else path.row.unit
    return f"{sign}{number}{say(lang, '个百分点', ' pp') if unit == '百分点' else format_unit(unit, lang)}"


def _find(paths: Sequence[_Path], measure: Measure, lang: Lang) -> str:
    short = short_name_of(measure, lang)
    moving = [path for path in paths if not math.isnan(path.pace)]
    if not moving:
        count = len({path.row.region for path in paths})
        zh = f"{count}个地区定了{short}目标，都没有可用的基期数" if count else f"没有地区有可比的{short}目标"
        en = (
            f"{count_noun(count, 'region')} with a target, none with a known baseline"
            if count
            else "No region has a comparable target"
        )
        return say(lang, zh, en)
    sign = -1 if measure.direction == "lower" else 1
    first = max(moving, key=lambda path: (sign * path.pace, path.row.region))
    firm = [path for path in moving if not path.row.is_weak]
    is_led_by_weak = first.row.is_weak
    if is_led_by_weak and len(firm) > 1:
        first = max(firm, key=lambda path: (sign * path.pace, path.row.region))
    row = first.row
    start = format_target(first.base, math.nan, first.base_bound, row.unit, lang)
    goal = phrase_target(row.value, row.high, row.bound, row.unit, lang)
    pace = _tell_pace(first, lang)
    zh = f"{row.name(lang)}要求的变化最快，年均{pace}：从{first.base_year}年的{start}到{row.year}年的{goal}"
    way = f"from {start} in {first.base_year} to {goal} in {row.year}"
    en = f"{row.name(lang)} has the steepest path, {pace} a year: {way}"
    if len(moving) == 1:
        zh = f"{row.name(lang)}要达到目标，年均须变化{pace}：从{first.base_year}年的{start}到{row.year}年的{goal}"
        en = f"{row.name(lang)} needs {pace} a year: {way}"
    told = say(lang, zh, en)
    if not is_led_by_weak:
        return told
    return tell_of_firm(lang, told) if len(firm) > 1 else tell_of_weak(lang, told)


def _make_card(frame: pd.DataFrame, paths: Sequence[_Path], measure: Measure, lang: Lang, source: str) -> Card:
    found = tell_both(lambda each: _find(paths, measure, each))
    rows = [path.row for path in paths]
    note = say(
        lang,
        "年均变化：由基期数和目标数推得，目标有上下限时按所列数值计算",
        "Change per year follows from baseline and target; bounded targets are taken at the number named",
    )
    return make_card(
        "dumbbell",
        frame,
        lang,
        found=found,
        alt=tell_both(lambda each: _describe(paths, measure, found[each], each)),
        subtitle=[
            *describe_measure(measure, lang),
            format_years([year for path in paths for year in (path.base_year, path.row.year) if year], lang),
        ],
        source=describe_source(rows, lang, source),
        notes=[
            describe_definition(measure, lang),
            note if any(not math.isnan(path.pace) for path in paths) else "",
            describe_grades(rows, lang),
        ],
        numbers=(*list_numbers(rows), *(_number_of_base(path) for path in paths if path.starts)),
    )


def _number_of_base(path: _Path) -> Number:
    return Number(
        path.row.region, path.row.indicator, "", None, None, path.base, path.base_year, document=path.base_source
    )


def _describe(paths: Sequence[_Path], measure: Measure, finding: str, lang: Lang) -> str:
    told = []
    for path in paths:
        goal = f"{path.row.label(lang)} ({path.row.year or '–'})"
        if path.starts:
            goal = f"{format_value(path.base, path.row.unit, lang)} ({path.base_year}) → {goal}"
        told.append(f"{path.row.name(lang)} {goal}")
    head = say(lang, "哑铃图，", "Dumbbell plot, ") + name_of(measure, lang)
    return write_sentences(lang, head, finding, list_in(lang, told))


def _make_key(paths: Sequence[_Path], diameter: float, lang: Lang) -> list[KeyEntry]:
    key = [key_of_start(say(lang, "基期", "baseline"), diameter)] if any(path.starts for path in paths) else []
    marks = [Mark(path.row.value, path.row.high, path.row.bound, 0.0) for path in paths]
    return key + key_of_bounds(marks, diameter, lang, plain=say(lang, "目标", "target") if key else "")


def _draw(sheet: Sheet, paths: Sequence[_Path], measure: Measure) -> Chart:
    lang = sheet.lang
    unit = measure.unit or (paths[0].row.unit if paths else "")
    items = [Item(path.row.name(lang), (_tell_years(path), _tell_pace(path, lang))) for path in paths]
    ways = [
        Way(path.base, path.row.value, path.row.high, path.row.bound, _base_label(path, lang), path.row.label(lang))
        for path in paths
    ]
    values = list_values(ways)
    plot = Plot(
        (say(lang, "年份", "Years"), say(lang, "年均变化", "Per year")),
        lambda width: fit_ways(sheet, ways, width),
        lambda value: format_value(value, unit, lang),
        floor=min([0.0, *values]),
        ceiling=max(values, default=0.0),
        enough=lambda scale: leave_room(ways, scale),
    )
    chart, panels = draw_rows(sheet, items, plot)
    for panel in panels:
        draw_ways(sheet, panel, ways[panel.first : panel.first + len(panel.middles)])
    return chart


def _tell_years(path: _Path) -> str:
    goal = str(path.row.year or "–")
    return f"{path.base_year}→{goal}" if path.starts and path.base_year else goal


def _base_label(path: _Path, lang: Lang) -> str:
    return format_target(path.base, math.nan, path.base_bound, path.row.unit, lang) if path.starts else ""
