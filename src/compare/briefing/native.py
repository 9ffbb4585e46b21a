"""Charts that a reader can edit: bars and lines as the presentation's own charts, each with its workbook."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from compare.briefing.content import Bar, BarChart, LineChart
from compare.briefing.fitting import width_of
from compare.briefing.packing import fixed_time
from compare.briefing.stage import Box, Type, colour, describe, set_typefaces, write_runs
from compare.figures.series import spread
from compare.figures.theme import ACCENT, GREY, HAIR, INK, MARK_GREY, RULE, TINT
from compare.figures.wording import Lang, say

GAP = 8.0  # between names and bars, and between a bar and its label


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
    size = scale.size
    columns = _list_bars(chart, lang)
    drawn = {head: [None if bar is None else bar.value for bar in bars] for head, bars in columns.items()}
    data = _make_data([bar.name for bar in chart.bars], drawn)
    place = (Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data)
    describe(frame, "chart", alt)
    native = frame.chart
    _set_text(native, size)
    plot = native.plots[0]
    plot.overlap, plot.gap_width = (0, 45) if chart.starts else (100, 55)
    _set_plot_area(native, scale.names / box.width, 0.0, 1 - scale.names / box.width, 1.0)
    _set_bar_axes(native, scale)
    for series, bars in zip(plot.series, columns.values(), strict=True):
        is_start = chart.starts and bars == chart.starts
        for index, bar in enumerate(bars):
            if bar is not None:
                _paint(series.points[index].format, bar, is_start=bool(is_start))
                _label(series.points[index].data_label, _label_runs(bar, size), XL_LABEL_POSITION.OUTSIDE_END, lang)
    _set_workbook(native, [bar.name for bar in chart.bars], {**drawn, **chart.columns})


def _make_data(names: Sequence[str], columns: Mapping[str, Sequence[float | None]]) -> Any:
    make: Any = CategoryChartData  # carries no types
    data = make()
    data.categories = names
    for head, values in columns.items():
        data.add_series(head, values)
    return data


def _list_bars(chart: BarChart, lang: Lang) -> dict[str, tuple[Bar | None, ...]]:
    """Lists the columns of bars: starts before targets, upper ends of ranges behind their lower ends."""
    columns: dict[str, tuple[Bar | None, ...]] = {}
    if chart.starts:
        columns[chart.start_name] = chart.starts
    ranges = [bar.high != bar.value for bar in chart.bars]
    if any(ranges) and not chart.starts:
        upper = [Bar(bar.name, bar.high, bar.high, bar.label, bar.remark, "range") for bar in chart.bars]
        columns[say(lang, "区间上限", "upper end")] = tuple(
            bar if is_range else None for bar, is_range in zip(upper, ranges, strict=True)
        )
        lower = [Bar(bar.name, bar.value, bar.value, "", "", bar.bound, bar.is_nation) for bar in chart.bars]
        columns[chart.measure] = tuple(
            short if is_range else bar for bar, short, is_range in zip(chart.bars, lower, ranges, strict=True)
        )
        return columns
    columns[chart.measure] = chart.bars
    return columns


def _label_runs(bar: Bar, size: float) -> list[tuple[str, Type]]:
    ink = GREY if bar.is_nation else INK
    runs = [(bar.label, Type(size, ink, bold=True))] if bar.label else []
    return [*runs, (f"  {bar.remark}", Type(max(9.0, size - 2), GREY))] if bar.remark else runs


def _paint(shape: Any, bar: Bar, *, is_start: bool) -> None:
    """Fills a bar: full for a number that is met exactly, pale with an edge for one that is bounded or about."""
    hue = MARK_GREY if is_start or bar.is_nation else ACCENT
    shape.fill.solid()
    is_exact = bar.bound == "=" or is_start
    shape.fill.fore_color.rgb = colour(hue if is_exact else "#e3e6e9" if bar.is_nation else TINT)
    shape.line.color.rgb = colour(hue)
    shape.line.width = Pt(1)


def _label(label: Any, runs: Sequence[tuple[str, Type]], position: Any, lang: Lang) -> None:
    if not runs:
        return
    frame = label.text_frame
    write_runs(frame.paragraphs[0], runs, lang)
    body = frame._txBody.find(qn("a:bodyPr"))  # noqa: SLF001 — python-pptx cannot keep a label on one line
    body.set("wrap", "none")
    label.position = position


def _set_text(chart: Any, size: float) -> None:
    """Sets the type of all that a chart writes; it has neither title nor legend, which stand around it."""
    chart.has_legend = chart.has_title = False
    chart.font.size = Pt(size)
    chart.font.color.rgb = colour(INK)
    set_typefaces(chart.font._rPr)  # noqa: SLF001 — python-pptx has no East Asian typeface


def _set_bar_axes(chart: Any, scale: BarScale) -> None:
    """Lets bars begin at zero, with no axis of numbers: each has its own at its end."""
    names, numbers = chart.category_axis, chart.value_axis
    names.reverse_order = True
    names.major_tick_mark = names.minor_tick_mark = XL_TICK_MARK.NONE
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.format.line.color.rgb = colour(RULE)
    numbers.visible = numbers.has_major_gridlines = False
    numbers.minimum_scale, numbers.maximum_scale = scale.low, scale.high


def _set_plot_area(chart: Any, x: float, y: float, width: float, height: float) -> None:
    """Says where the plot itself is, as shares of the chart, so that names and labels have their room everywhere."""
    area = chart._chartSpace.chart.plotArea  # noqa: SLF001 — python-pptx has no layout
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    modes = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    places = "".join(
        f'<c:{name} val="{value:.5f}"/>' for name, value in (("x", x), ("y", y), ("w", width), ("h", height))
    )
    area.insert(0, parse_xml(f"<c:layout {nsdecls('c')}><c:manualLayout>{modes}{places}</c:manualLayout></c:layout>"))


def _set_workbook(chart: Any, names: Sequence[str], columns: Mapping[str, Sequence[object]]) -> None:
    """Puts a workbook behind a chart: names, the numbers drawn, then what is known of each."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"created": fixed_time()})
    sheet = book.add_worksheet("Sheet1")
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for row, name in enumerate(names, start=1):
        sheet.write_string(row, 0, name)
    for column, (title, cells) in enumerate(columns.items(), start=1):
        sheet.write_string(0, column, title, head)
        for row, cell in enumerate(cells, start=1):
            if isinstance(cell, int | float):
                sheet.write_number(row, column, cell)
            elif cell:
                sheet.write_string(row, column, str(cell))
    sheet.set_column(0, len(columns), 14)
    sheet.freeze_panes(1, 1)
    book.close()
    chart.part.chart_workbook.update_from_xlsx_blob(buffer.getvalue())


def add_lines(slide: Any, chart: LineChart, box: Box, lang: Lang) -> None:
    """Adds a chart of lines over years: solid where measured, dashed to targets, with its numbers as labels.

    Args:
        slide: to add it to.
        chart: the lines.
        box: where.
        lang: language.
    """
    size = 12.0 if chart.at_end else 10.5
    columns = _name_apart(chart)
    data = _make_data(_names_of(chart), columns)
    place = (Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *place, data)
    describe(frame, chart.title or "chart", chart.alt)
    native = frame.chart
    _set_text(native, size)
    native.font.size = Pt(size - 1)
    area = _plan_area(chart, box, size)
    _set_plot_area(native, *area)
    _set_line_axes(native, chart, area[2] * box.width, lang)
    _span_gaps(native)
    moves = _plan_labels(chart, area[3] * box.height, size)
    for series, line, index in zip(native.plots[0].series, chart.lines, range(len(chart.lines)), strict=True):
        hue = ACCENT if line.is_strong else MARK_GREY
        series.smooth = False
        series.format.line.color.rgb = colour(hue)
        series.format.line.width = Pt(2.25 if line.is_strong else 1.5)
        if line.is_target:
            series.format.line.dash_style = MSO_LINE.DASH
        _set_markers(series, hue, is_target=line.is_target)
        if line.joint is not None:
            series.points[line.joint].marker.style = XL_MARKER_STYLE.NONE
        side = XL_LABEL_POSITION.RIGHT if chart.at_end else XL_LABEL_POSITION.ABOVE
        for point, text in line.labels.items():
            look = Type(size, INK if line.is_strong else GREY, bold=line.is_strong)
            label = series.points[point].data_label
            _label(label, [(text, look)], side, lang)
            if moves.get(index):
                _move(label, moves[index] / box.height)
    _set_workbook(native, _names_of(chart), columns)


def _names_of(chart: LineChart) -> list[str]:
    return [str(year) for year in chart.years]


def _name_apart(chart: LineChart) -> dict[str, tuple[float | None, ...]]:
    """Names the columns of lines; a second one of a name gets a number."""
    columns: dict[str, tuple[float | None, ...]] = {}
    for line in chart.lines:
        name, count = line.name, 2
        while name in columns:
            name, count = f"{line.name} {count}", count + 1
        columns[name] = line.values
    return columns


def _plan_area(chart: LineChart, box: Box, size: float) -> tuple[float, float, float, float]:
    """Plans the plot's place: room for labels beyond the last year, for years below, for numbers at the left."""
    below, above = 2.2 * size, 1.6 * size
    texts = [text for line in chart.lines for text in line.labels.values()]
    widest = max((width_of(text, size, bold=True) for text in texts), default=0.0)
    left, right = (5.5 * size, widest + GAP) if chart.at_end else (1.2 * size, 1.2 * size)
    height = box.height - below - above
    return left / box.width, above / box.height, 1 - (left + right) / box.width, height / box.height


def _set_line_axes(chart: Any, content: LineChart, width: float, lang: Lang) -> None:
    years, numbers = chart.category_axis, chart.value_axis
    years.major_tick_mark = years.minor_tick_mark = XL_TICK_MARK.NONE
    years.format.line.color.rgb = colour(RULE)
    years.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _skip_years(years, math.ceil(len(content.years) * width_of("2025  ", 11) / width))
    numbers.minimum_scale, numbers.maximum_scale = content.limits
    numbers.major_tick_mark = XL_TICK_MARK.NONE
    numbers.has_major_gridlines = content.at_end
    numbers.visible = content.at_end
    if content.at_end:
        numbers.major_gridlines.format.line.color.rgb = colour(HAIR)
        numbers.format.line.fill.background()
        numbers.tick_labels.number_format_is_linked = False
        numbers.tick_labels.number_format = _choose_format(content.limits[1], lang)


def _skip_years(axis: Any, step: int) -> None:
    """Names only every so many years, so that the names have room."""
    element = axis._element  # noqa: SLF001 — python-pptx has no such setting
    for tag in ("c:tickLblSkip", "c:tickMarkSkip"):
        skip = parse_xml(f'<{tag} {nsdecls("c")} val="{step}"/>')
        element.find(qn("c:noMultiLvlLbl")).addprevious(skip)


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


def _set_markers(series: Any, hue: str, *, is_target: bool) -> None:
    marker = series.marker
    marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, 7
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = colour("#ffffff" if is_target else hue)
    marker.format.line.color.rgb = colour(hue)


def _plan_labels(chart: LineChart, tall: float, size: float) -> dict[int, float]:
    """Plans how far the labels at the ends of lines go up or down to stand apart, in points, by line."""
    if not chart.at_end:
        return {}
    low, high = chart.limits
    ends = {
        index: tall * (high - (line.values[point] or 0.0)) / (high - low)
        for index, line in enumerate(chart.lines)
        for point in line.labels
    }
    places = spread(list(ends.values()), 1.25 * size, 0.0, tall)
    return {index: place - ends[index] for index, place in zip(ends, places, strict=True)}


def _move(label: Any, share: float) -> None:
    element = label._get_or_add_dLbl()  # noqa: SLF001 — python-pptx has no layout
    layout = parse_xml(
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:x val="0"/><c:y val="{share:.5f}"/></c:manualLayout></c:layout>'
    )
    element.find(qn("c:idx")).addnext(layout)
