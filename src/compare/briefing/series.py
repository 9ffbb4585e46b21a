"""Frames to the charts that a reader can edit: bars for rankings and ways, lines for values over years."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from compare.briefing.content import Bar, BarChart, Line, LineChart
from compare.briefing.evidence import mark_label
from compare.figures.frames import Row, integer_of, list_records, number_of, read_rows, sort_rows, text_of
from compare.figures.series import Series, find_limits, read_series
from compare.figures.series_words import choose_steepest, rise_of
from compare.figures.wording import Lang, Measure, format_target, name_of, name_unit, say, short_name_of

_SELF_EVIDENT = ("", "number", "个", "%")  # units that a label carries or that go without saying
_MONEY = ("亿元", "元")
MOST_LINES = 6  # of regions on one chart; more cannot be told apart in one hue and grey


def make_ranking(frame: pd.DataFrame, reference: pd.DataFrame, measure: Measure, lang: Lang) -> BarChart | None:
    """Makes the bars of a ranking, the nation's targets among them; None where no region has a number.

    Args:
        frame: a comparison.
        reference: the nation's targets that regions can be held against.
        measure: what is compared.
        lang: language.
    """
    regions = [row for row in read_rows(frame, "ranking", measure.unit) if row.has_value]
    if not regions:
        return None
    nations: list[Row] = []
    if not reference.empty:
        named = reference.assign(region="100000", name_zh="全国目标", name_en="National target")
        nations = [row for row in read_rows(named, "ranking", measure.unit) if row.has_value]
    rows = sort_rows([*regions, *nations], measure.direction)
    bars = tuple(_make_bar(row, lang, is_nation=row in nations) for row in rows)
    return BarChart(bars, _name_measure(measure, lang), columns=_list_columns(rows, lang))


def name_scale(unit: str, lang: Lang) -> str:
    """Names the unit that numbers stand in on an axis or in a workbook, its magnitude included.

    >>> name_scale("亿元", "en"), name_scale("亿元", "zh"), name_scale("个/万人", "en")
    ('100 million yuan', '亿元', 'per 10,000 people')
    """
    return say(lang, unit, "100 million yuan") if unit == "亿元" else name_unit(unit, lang)


def _name_measure(measure: Measure, lang: Lang) -> str:
    name, unit = name_of(measure, lang), name_scale(measure.unit, lang)
    return name if not unit or unit in name else say(lang, f"{name}（{unit}）", f"{name} ({unit})")


def _make_bar(row: Row, lang: Lang, *, is_nation: bool) -> Bar:
    facts = [str(row.year or say(lang, "年份未写明", "no year")), row.grade]
    remark = " · ".join(fact for fact in facts if fact)
    label = mark_label(row.label(lang), lang)
    return Bar(row.name(lang), row.value, row.top, label, remark, row.bound, is_nation)


def _list_columns(rows: Sequence[Row], lang: Lang) -> dict[str, tuple[str, ...]]:
    """Lists what the workbook behind a chart says of each number besides the number."""
    heads = {
        "label": say(lang, "标签", "label"),
        "year": say(lang, "目标年", "target year"),
        "grade": say(lang, "可比等级", "grade"),
        "plan": say(lang, "规划", "plan"),
        "place": say(lang, "位置", "characters"),
        "document": say(lang, "文件", "document"),
        "quote": say(lang, "原文", "quote"),
    }
    cells = [
        {
            "label": mark_label(row.label(lang), lang),
            "year": str(row.year or ""),
            "grade": row.grade,
            "plan": row.plan,
            "place": "" if row.start is None else f"{row.start}–{row.end}",
            "document": row.document,
            "quote": row.quote,
        }
        for row in rows
    ]
    return {head: tuple(cell[name] for cell in cells) for name, head in heads.items()}


def make_ways(pathways: pd.DataFrame, measure: Measure, paces: Sequence[str], lang: Lang) -> BarChart | None:
    """Makes the bars of ways from a baseline to a target, two a region; None where there is no way.

    Args:
        pathways: paths of one indicator, one row per region.
        measure: what is measured.
        paces: the change a year that each row takes, in words.
        lang: language.
    """
    if pathways.empty:
        return None
    rows = read_rows(pathways, "dumbbell", measure.unit)
    told = list(zip(rows, list_records(pathways), paces, strict=True))
    order = sort_rows([row for row in rows if row.has_value], measure.direction)
    told = sorted((one for one in told if one[0].has_value), key=lambda one: order.index(one[0]))
    if not told:
        return None
    bars, starts = [], []
    for row, record, pace in told:
        remark = " · ".join(part for part in (str(row.year or ""), pace) if part)
        bars.append(Bar(row.name(lang), row.value, row.top, mark_label(row.label(lang), lang), remark, row.bound))
        starts.append(_make_start(row, record, lang))
    columns = _list_columns([row for row, _, _ in told], lang)
    columns[say(lang, "基期来源", "source of baseline")] = tuple(
        text_of(record, "base_source") for _, record, _ in told
    )
    columns[say(lang, "所需年均变化", "needed a year")] = tuple(pace for _, _, pace in told)
    heads = (_name_measure(measure, lang), say(lang, "基期数", "baseline"))
    return BarChart(
        tuple(bars), say(lang, f"目标：{heads[0]}", f"Target: {heads[0]}"), tuple(starts), heads[1], columns
    )


def _make_start(row: Row, record: dict[str, object], lang: Lang) -> Bar | None:
    base, bound = number_of(record, "base_value"), text_of(record, "base_bound") or "="
    if math.isnan(base):
        return None
    label = mark_label(format_target(base, math.nan, bound, row.unit, lang), lang)
    return Bar(row.name(lang), base, base, label, str(integer_of(record, "base_year") or ""), bound)


def pick_moving(frame: pd.DataFrame, *, most: int = 0) -> pd.DataFrame:
    """Picks from series those with a number measured before their last target, the steepest first.

    Args:
        frame: as `Project.series` gives it, perhaps of several indicators.
        most: how many at most; 0 for all.
    """
    if frame.empty:
        return frame
    moving = [one for one in read_series(frame, "trajectory") if rise_of(one)]
    moving.sort(key=lambda one: (-rise_of(one), one.region, one.indicator))
    keys = [(one.region, one.indicator) for one in (moving[:most] if most else moving)]
    named = list(zip(frame["region"], frame["indicator"], strict=True))
    kept: pd.DataFrame = frame[
        [key in keys and not pd.isna(year) for key, year in zip(named, frame["year"], strict=True)]
    ]
    return kept.reset_index(drop=True)


def count_moving(frame: pd.DataFrame) -> int:
    """Counts the series that have a number measured before their last target."""
    return 0 if frame.empty else sum(bool(rise_of(one)) for one in read_series(frame, "trajectory"))


def make_trajectory(frame: pd.DataFrame, measure: Measure, alt: str, lang: Lang) -> LineChart:
    """Makes the lines of one indicator in several regions; the steepest is the one in colour."""
    series = read_series(frame, "trajectory", measure.unit)
    steepest, _ = choose_steepest(series)
    return _make_lines("", series, {steepest.key}, measure, alt=alt, lang=lang, at_end=True)


def make_panels(frame: pd.DataFrame, measures: Sequence[Measure], lang: Lang) -> tuple[LineChart, ...]:
    """Makes a small chart for each indicator of one region, in the order of the measures."""
    known = {measure.id: measure for measure in measures}
    order = list(known)
    found = sorted(read_series(frame, "small_multiples"), key=lambda one: order.index(one.indicator))
    return tuple(_make_panel(one, known[one.indicator], lang) for one in found)


def _make_panel(one: Series, measure: Measure, lang: Lang) -> LineChart:
    name, unit = short_name_of(measure, lang), name_unit(measure.unit, lang)
    is_plain = unit in _SELF_EVIDENT or measure.unit in _MONEY or unit in name
    title = name if is_plain else say(lang, f"{name}（{unit}）", f"{name} ({unit})")
    told = say(lang, "；", "; ").join(
        f"{row.year} {mark_label(row.label(lang), lang)}"
        + ("" if row in one.actual else say(lang, "（目标）", " (target)"))
        for row in sorted(one.rows, key=lambda row: row.year or 0)
    )
    alt = say(lang, f"折线图，{name_of(measure, lang)}：{told}。", f"Line chart, {name_of(measure, lang)}: {told}.")
    return _make_lines(title, [one], {one.key}, measure, alt=alt, lang=lang, at_end=False)


def _make_lines(
    title: str,
    series: Sequence[Series],
    strong: set[str],
    measure: Measure,
    *,
    alt: str,
    lang: Lang,
    at_end: bool,
) -> LineChart:
    years = sorted({row.year or 0 for one in series for row in one.rows})
    span = tuple(range(years[0], years[-1] + 1))
    lines: list[Line] = []
    for one in series:
        lines += _lines_of(one, span, lang, is_strong=one.key in strong, at_end=at_end)
    lines.sort(key=lambda line: line.is_strong)  # what is in colour is drawn over the rest
    limits = find_limits([row for one in series for row in one.rows])
    return LineChart(title, span, tuple(lines), limits, name_scale(measure.unit, lang), at_end, alt)


def _lines_of(one: Series, years: Sequence[int], lang: Lang, *, is_strong: bool, at_end: bool) -> list[Line]:
    """Makes one solid line of what is measured, and a dashed one for each plan."""
    made: list[Line] = []
    name, last = one.rows[0].name(lang), one.last
    paths = [(one.actual, False), *((path, True) for path in one.paths())]
    for rows, is_target in paths:
        if not rows:
            continue
        places = {years.index(row.year or 0): row for row in rows}
        labels = {place: _label_point(row, lang) for place, row in places.items()}
        joint = years.index(rows[0].year or 0) if is_target and rows[0] in one.actual else None
        if joint is not None:
            del labels[joint]
        if at_end:
            end = years.index(last.year or 0)
            labels = {end: f"{name} {_label_point(last, lang)}"} if last in rows else {}
        kind = say(lang, "目标", "target") if is_target else say(lang, "实际", "measured")
        origin = (rows[-1].plan or rows[-1].document) if is_target else ""
        head = " · ".join(part for part in (name, kind, origin) if part)
        values = tuple(places[index].value if index in places else None for index in range(len(years)))
        made.append(Line(head, values, labels, is_target, is_strong, joint))
    return made


def _label_point(row: Row, lang: Lang) -> str:
    return mark_label(row.label(lang), lang)
