"""Lines over years that a reader can edit: solid where measured, dashed to targets, labelled at points or ends."""

from __future__ import annotations

import math
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from compare.briefing.content import Line, LineChart
from compare.briefing.fitting import width_of
from compare.briefing.native import GAP, add_chart, finish_chart, move_label, set_plot_area, write_label
from compare.briefing.placing import Place, Wish, place_labels
from compare.briefing.stage import Box, Type, colour
from compare.figures.theme import ACCENT, GREY, HAIR, INK, MARK_GREY, RULE, WHITE
from compare.figures.wording import Lang

_SIDES = {
    "right": XL_LABEL_POSITION.RIGHT,
    "above": XL_LABEL_POSITION.ABOVE,
    "below": XL_LABEL_POSITION.BELOW,
}


def add_lines(slide: Any, chart: LineChart, box: Box, lang: Lang) -> None:
    """Adds a chart of lines over years with its numbers as labels.

    Args:
        slide: to add it to.
        chart: the lines.
        box: where.
        lang: language.
    """
    size = 12.0 if chart.at_end else 10.5
    names, columns = [str(year) for year in chart.years], _name_apart(chart)
    frame = add_chart(slide, XL_CHART_TYPE.LINE_MARKERS, box, names, columns)
    area = _plan_area(chart, box, size)
    plot = Box(area.left / box.width, area.top / box.height, area.width / box.width, area.height / box.height)
    set_plot_area(frame.chart, plot.left, plot.top, plot.width, plot.height)
    _set_axes(frame.chart, chart, area.width, size, lang)
    _span_gaps(frame.chart)
    places = _plan_labels(chart, box, area, size)
    for index, (series, line) in enumerate(zip(frame.chart.plots[0].series, chart.lines, strict=True)):
        _set_line(series, line)
        for point, text in line.labels.items():
            look = Type(size, INK if line.is_strong else GREY, bold=line.is_strong)
            place = places[index, point]
            label = series.points[point].data_label
            write_label(label, [(text, look)], _SIDES[place.side], lang)
            move_label(label, place.right / box.width, place.down / box.height)
    finish_chart(frame, size - 1, chart.title or "chart", chart.alt, names, columns)


def _name_apart(chart: LineChart) -> dict[str, tuple[float | None, ...]]:
    """Names the columns of lines; a second one of a name gets a number."""
    columns: dict[str, tuple[float | None, ...]] = {}
    for line in chart.lines:
        name, count = line.name, 2
        while name in columns:
            name, count = f"{line.name} {count}", count + 1
        columns[name] = line.values
    return columns


def _set_line(series: Any, line: Line) -> None:
    hue = ACCENT if line.is_strong else MARK_GREY
    series.smooth = False
    series.format.line.color.rgb = colour(hue)
    series.format.line.width = Pt(2.25 if line.is_strong else 1.5)
    if line.is_target:
        series.format.line.dash_style = MSO_LINE.DASH
    marker = series.marker
    marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, 7
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = colour(WHITE if line.is_target else hue)
    marker.format.line.color.rgb = colour(hue)
    if line.joint is not None:
        series.points[line.joint].marker.style = XL_MARKER_STYLE.NONE


def _plan_area(chart: LineChart, box: Box, size: float) -> Box:
    """Plans the plot's place in its chart: room for labels beyond the last year, for years below, for numbers."""
    below, above = 2.2 * size, 1.6 * size
    texts = [text for line in chart.lines for text in line.labels.values()]
    widest = max((width_of(text, size, bold=True) for text in texts), default=0.0)
    left, right = (5.5 * size, widest + GAP) if chart.at_end else (1.2 * size, 1.2 * size)
    return Box(left, above, box.width - left - right, box.height - below - above)


def _set_axes(chart: Any, content: LineChart, width: float, size: float, lang: Lang) -> None:
    years, numbers = chart.category_axis, chart.value_axis
    years.major_tick_mark = years.minor_tick_mark = XL_TICK_MARK.NONE
    years.format.line.color.rgb = colour(RULE)
    years.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    each = width / len(content.years)
    type_size = max(8.0, min(size - 1, each / 2.6))
    years.tick_labels.font.size = Pt(type_size)
    _skip_years(years, math.ceil(width_of("2025", type_size) / each))
    numbers.minimum_scale, numbers.maximum_scale = content.limits
    numbers.major_tick_mark = XL_TICK_MARK.NONE
    numbers.has_major_gridlines = numbers.visible = content.at_end
    if content.at_end:
        numbers.major_gridlines.format.line.color.rgb = colour(HAIR)
        numbers.format.line.fill.background()
        numbers.tick_labels.number_format_is_linked = False
        numbers.tick_labels.number_format = _choose_format(content.limits[1], lang)


def _skip_years(axis: Any, step: int) -> None:
    """Names only every so many years, so that the names have room."""
    if step < 2:
        return
    element = axis._element  # noqa: SLF001 — python-pptx has no such setting
    for tag in ("c:tickLblSkip", "c:tickMarkSkip"):
        element.find(qn("c:noMultiLvlLbl")).addprevious(parse_xml(f'<{tag} {nsdecls("c")} val="{step}"/>'))


def _choose_format(most: float, lang: Lang) -> str:
    """Chooses how an axis writes numbers; Chinese by 万 and 亿, made of a scale of thousands and a point of its own.

    >>> _choose_format(250000, "en"), _choose_format(60, "zh"), _choose_format(1.4, "zh")
    ('#,##0', '#,##0', '0.##')
    """
    if lang == "zh" and most >= 1e8:
        return '[=0]0;0\\.00,,"亿"'
    if lang == "zh" and most >= 2e4:
        return '[=0]0;0\\.0,"万"'
    return "#,##0" if most > 20 else "0.##"


def _span_gaps(chart: Any) -> None:
    """Draws lines on over years without a number."""
    inner = chart._chartSpace.chart  # noqa: SLF001 — python-pptx has no such setting
    for old in inner.findall(qn("c:dispBlanksAs")):
        inner.remove(old)
    inner.find(qn("c:plotVisOnly")).addnext(parse_xml(f'<c:dispBlanksAs {nsdecls("c")} val="span"/>'))


def _plan_labels(chart: LineChart, box: Box, area: Box, size: float) -> dict[tuple[int, int], Place]:
    """Plans the labels by line and place of the point; those of the line in colour first."""
    low, high = chart.limits
    each = area.width / len(chart.years)

    def spot(point: int, value: float) -> tuple[float, float]:
        return area.left + (point + 0.5) * each, area.bottom - area.height * (value - low) / (high - low)

    drawn = [
        [spot(point, value) for point, value in enumerate(line.values) if value is not None] for line in chart.lines
    ]
    keys = [(index, point) for index, line in enumerate(chart.lines) for point in line.labels]
    keys.sort(key=lambda key: not chart.lines[key[0]].is_strong)
    wishes = [
        Wish(
            spot(point, chart.lines[index].values[point] or 0.0),
            width_of(chart.lines[index].labels[point], size, bold=True),
            1.25 * size,
            chart.at_end,
        )
        for index, point in keys
    ]
    return dict(zip(keys, place_labels(wishes, drawn, box.width, area.bottom), strict=True))
