"""Bars that a reader can edit: rankings, and ways from a baseline to a target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.util import Pt

from compare.briefing.content import Bar, BarChart
from compare.briefing.fitting import width_of
from compare.briefing.native import GAP, add_chart, finish_chart, set_plot_area, write_label
from compare.briefing.stage import Box, Run, Type, colour
from compare.figures.theme import ACCENT, GREY, HAIR, INK, MARK_GREY, RULE, TINT
from compare.figures.wording import Lang, say


@dataclass(frozen=True, slots=True)
class BarScale:
    """What charts of bars side by side share: size of type, width of names, both in points, and ends of the axis."""

    size: float
    names: float
    low: float
    high: float


def plan_bars(chart: BarChart, width: float, pitch: float) -> BarScale:
    """Plans the scale of bars: from zero, with room for the label at the end of each.

    Args:
        chart: all bars that share it.
        width: of one chart, in points.
        pitch: distance of two names, in points.
    """
    size = max(9.0, min(13.0, pitch / (2.5 if chart.starts else 1.55)))
    names = max(width_of(bar.name, size) for bar in chart.bars) + GAP
    room = width - names
    high = low = 0.0
    for bar in (*chart.bars, *(bar for bar in chart.starts if bar)):
        label = sum(width_of(text, look.size, bold=look.bold) for text, look in _label_runs(bar, size)) + GAP
        high = max(high, bar.high * room / max(room - label, 0.2 * room))
        low = min(low, bar.value * room / max(room - label, 0.2 * room))
    return BarScale(size, names, low, high or 1.0)


def add_bars(slide: Any, chart: BarChart, box: Box, scale: BarScale, alt: str, lang: Lang) -> None:
    """Adds a chart of bars, with names, numbers and remarks as labels.

    Args:
        slide: to add it to.
        chart: the bars, as many as one chart has room for.
        box: where.
        scale: what it shares with the chart beside it.
        alt: what it shows.
        lang: language.
    """
    names = [bar.name for bar in chart.bars]
    columns = _list_bars(chart, lang)
    drawn = {head: [None if bar is None else bar.value for bar in bars] for head, bars in columns.items()}
    frame = add_chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, box, names, drawn)
    plot = frame.chart.plots[0]
    plot.overlap, plot.gap_width = (0, 45) if chart.starts else (100, 55)
    set_plot_area(frame.chart, scale.names / box.width, 0.0, 1 - scale.names / box.width, 1.0)
    _set_axes(frame.chart, scale)
    for series, (head, bars) in zip(plot.series, columns.items(), strict=True):
        for index, bar in enumerate(bars):
            if bar is not None:
                point = series.points[index]
                _paint(point.format, bar, is_start=bool(chart.starts) and head == chart.start_name)
                write_label(point.data_label, _label_runs(bar, scale.size), XL_LABEL_POSITION.OUTSIDE_END, lang)
    finish_chart(frame, scale.size, "chart", alt, names, {**drawn, **chart.columns})


def _list_bars(chart: BarChart, lang: Lang) -> dict[str, tuple[Bar | None, ...]]:
    """Lists the series of bars: starts before targets, upper ends of ranges behind their lower ends."""
    if chart.starts:
        return {chart.start_name: chart.starts, chart.measure: chart.bars}
    if all(bar.high == bar.value for bar in chart.bars):
        return {chart.measure: chart.bars}
    upper: list[Bar | None] = []
    lower: list[Bar | None] = []
    for bar in chart.bars:
        is_range = bar.high != bar.value
        upper.append(Bar(bar.name, bar.high, bar.high, bar.label, bar.remark, "range") if is_range else None)
        lower.append(Bar(bar.name, bar.value, bar.value, "", "", bar.bound, bar.is_nation) if is_range else bar)
    return {say(lang, "区间上限", "upper end"): tuple(upper), chart.measure: tuple(lower)}


def _label_runs(bar: Bar, size: float) -> list[Run]:
    ink = GREY if bar.is_nation else INK
    runs = [(bar.label, Type(size, ink, bold=True))] if bar.label else []
    return [*runs, (f"  {bar.remark}", Type(max(9.0, size - 2), GREY))] if bar.remark else runs


def _paint(shape: Any, bar: Bar, *, is_start: bool) -> None:
    """Fills a bar: full for a number that is met exactly, pale with an edge for one that is bounded or about."""
    hue = MARK_GREY if is_start or bar.is_nation else ACCENT
    pale = HAIR if bar.is_nation else TINT
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour(hue if bar.bound == "=" or is_start else pale)
    shape.line.color.rgb = colour(hue)
    shape.line.width = Pt(1)


def _set_axes(chart: Any, scale: BarScale) -> None:
    """Lets bars begin at zero, with no axis of numbers: each has its own at its end."""
    names, numbers = chart.category_axis, chart.value_axis
    names.reverse_order = True
    names.major_tick_mark = names.minor_tick_mark = XL_TICK_MARK.NONE
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.format.line.color.rgb = colour(RULE)
    numbers.visible = numbers.has_major_gridlines = False
    numbers.minimum_scale, numbers.maximum_scale = scale.low, scale.high
