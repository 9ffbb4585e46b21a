"""What the charts that a reader can edit share: their data and workbook, their type, labels, and place of the plot."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from compare.briefing.packing import fixed_time
from compare.briefing.stage import Box, Run, colour, describe, set_typefaces, write_runs
from compare.figures.theme import INK
from compare.figures.wording import Lang

GAP = 8.0  # between names and marks, and between a mark and its label, in points


def add_chart(
    slide: Any, kind: Any, box: Box, names: Sequence[str], columns: Mapping[str, Sequence[float | None]]
) -> Any:
    """Adds a chart with neither title nor legend, which stand around it as text.

    Args:
        slide: to add it to.
        kind: of python-pptx's charts.
        box: where.
        names: of the categories.
        columns: numbers by name of their series.

    Returns:
        The graphic frame.
    """
    make: Any = CategoryChartData  # carries no types
    data = make()
    data.categories = names
    for head, values in columns.items():
        data.add_series(head, values)
    frame = slide.shapes.add_chart(kind, Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height), data)
    frame.chart.has_legend = frame.chart.has_title = False
    return frame


def finish_chart(
    frame: Any,
    size: float,
    name: str,
    alt: str,
    names: Sequence[str],
    columns: Mapping[str, Sequence[object]],
) -> None:
    """Sets the type of a chart, what it is called, and the workbook behind it.

    Args:
        frame: the graphic frame.
        size: of the type, in points.
        name: of the shape.
        alt: what it shows, for who cannot see it.
        names: of the categories.
        columns: of the workbook by head: the numbers drawn first, then what is known of each.
    """
    describe(frame, name, alt)
    font = frame.chart.font
    font.size, font.color.rgb = Pt(size), colour(INK)
    set_typefaces(font._rPr)  # noqa: SLF001 — python-pptx has no East Asian typeface
    frame.chart.part.chart_workbook.update_from_xlsx_blob(_make_workbook(names, columns))


def _make_workbook(names: Sequence[str], columns: Mapping[str, Sequence[object]]) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"created": fixed_time()})
    sheet = book.add_worksheet("Sheet1")  # the name that the chart's references have
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
    return buffer.getvalue()


def set_plot_area(chart: Any, x: float, y: float, width: float, height: float) -> None:
    """Says where the plot itself is, as shares of the chart, so that names and labels have their room everywhere."""
    area = chart._chartSpace.chart.plotArea  # noqa: SLF001 — python-pptx has no layout
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    modes = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    places = "".join(
        f'<c:{name} val="{value:.5f}"/>' for name, value in (("x", x), ("y", y), ("w", width), ("h", height))
    )
    area.insert(0, parse_xml(f"<c:layout {nsdecls('c')}><c:manualLayout>{modes}{places}</c:manualLayout></c:layout>"))


def write_label(label: Any, runs: Sequence[Run], position: Any, lang: Lang) -> None:
    """Writes the label of a point, on one line; nothing where there are no runs."""
    if not runs:
        return
    frame = label.text_frame
    write_runs(frame.paragraphs[0], runs, lang)
    body = frame._txBody.find(qn("a:bodyPr"))  # noqa: SLF001 — python-pptx cannot keep a label on one line
    body.set("wrap", "none")
    label.position = position


def move_label(label: Any, right: float, down: float) -> None:
    """Moves a label from its place, by shares of the chart."""
    if not right and not down:
        return
    element = label._get_or_add_dLbl()  # noqa: SLF001 — python-pptx has no layout
    places = f'<c:x val="{right:.5f}"/><c:y val="{down:.5f}"/>'
    layout = parse_xml(f"<c:layout {nsdecls('c')}><c:manualLayout>{places}</c:manualLayout></c:layout>")
    element.find(qn("c:idx")).addnext(layout)
