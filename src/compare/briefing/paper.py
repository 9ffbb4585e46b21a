"""The paper of a document: A4, styles with East Asian typefaces, numbered captions, tables that repeat their head."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from compare.briefing.content import Table
from compare.briefing.pictures import Picture
from compare.figures.theme import GREY, INK, RULE, WASH

LATIN, EAST_ASIAN = "Arial", "微软雅黑"
WIDTH = 170.0  # millimetres of text, on A4
TALLEST = 215.0  # millimetres of a picture
_SIZES = {"Normal": 10.5, "Title": 22.0, "Heading 1": 15.0, "Heading 2": 12.5, "Heading 3": 11.0, "Caption": 9.0}
_THEMED = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def new_document() -> Any:
    """Opens an empty document: A4, the project's typefaces in every style, page numbers at the foot."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    for name, size in _SIZES.items():
        _set_style(document.styles[name], size, is_head=name not in ("Normal", "Caption"))
    document.styles["Caption"].font.color.rgb = _colour(GREY)
    foot = section.footer.paragraphs[0]
    foot.alignment = 2
    _add_field(foot, "PAGE", "1")
    return document


def _set_style(style: Any, size: float, *, is_head: bool) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic = LATIN, Pt(size), is_head, False
    font.color.rgb = _colour(INK)
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for name in _THEMED:
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name, face in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", EAST_ASIAN)):
        fonts.set(qn(f"w:{name}"), face)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")  # of latin words, which are then not broken anywhere
    language.set(qn("w:eastAsia"), "zh-CN")
    properties.append(language)
    if is_head:
        style.paragraph_format.keep_with_next = True
        for border in style.element.iterfind(f".//{qn('w:pBdr')}"):
            border.getparent().remove(border)


def _colour(code: str) -> Any:
    return RGBColor(*bytes.fromhex(code.lstrip("#")))


def add_paragraph(document: Any, text: str, *, style: str = "Normal", small: bool = False) -> Any:
    """Adds a paragraph; a small one is grey."""
    paragraph = document.add_paragraph(style=style)
    run = paragraph.add_run(text)
    paragraph.paragraph_format.space_after = Pt(4)
    if small:
        run.font.size, run.font.color.rgb = Pt(8.5), _colour(GREY)
    return paragraph


def add_caption(document: Any, label: str, number: int, text: str, *, above: bool = False) -> None:
    """Adds a caption, its number a field that stays right when captions are moved.

    Args:
        document: to add it to.
        label: what is counted (图, Table).
        number: that it has now.
        text: of the caption.
        above: whether what it belongs to follows.
    """
    paragraph = document.add_paragraph(style="Caption")
    paragraph.paragraph_format.keep_with_next = above
    paragraph.paragraph_format.space_before = Pt(6 if above else 2)
    paragraph.add_run(f"{label} ")
    _add_field(paragraph, f"SEQ {label} \\* ARABIC", str(number))
    paragraph.add_run(f"  {text}")


def _add_field(paragraph: Any, code: str, shown: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {code} ")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = shown
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001 — python-docx has no fields


def add_picture(document: Any, picture: Picture, name: str, alt: str) -> None:
    """Adds a picture as wide as it is meant, smaller where a page is too low, with the text for who cannot see it."""
    scale = min(1.0, WIDTH / 25.4 * 72 / picture.width, TALLEST / 25.4 * 72 / picture.height)
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_after = Pt(0)
    shape = paragraph.add_run().add_picture(io.BytesIO(picture.data), width=Pt(picture.width * scale))
    properties = shape._inline.docPr  # noqa: SLF001 — python-docx has no alternative text
    properties.set("name", name)
    properties.set("descr", alt)


def add_table(document: Any, table: Table, alt: str) -> None:
    """Adds a table whose first row stands again on every page; no row is broken over two.

    Args:
        document: to add it to.
        table: heads and rows.
        alt: what it shows, for who cannot see it.
    """
    grid = document.add_table(rows=len(table.rows) + 1, cols=len(table.heads))
    grid.alignment = WD_TABLE_ALIGNMENT.LEFT
    grid.autofit = False
    _set_look(grid, alt)
    for column, share in zip(grid.columns, table.shares, strict=True):
        column.width = Mm(share * WIDTH)
    for index, cells in enumerate((table.heads, *table.rows)):
        row = grid.rows[index]
        _set_row(row, is_head=index == 0)
        for cell, text, share in zip(row.cells, cells, table.shares, strict=True):
            cell.width = Mm(share * WIDTH)
            _fill_cell(cell, text, is_head=index == 0)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _set_look(grid: Any, alt: str) -> None:
    """Draws thin lines between rows, keeps margins small, and says what the table shows."""
    colour = RULE[1:].upper()
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{colour}"/>' for side in ("top", "bottom", "insideH")
    )
    properties = grid._tbl.tblPr  # noqa: SLF001 — python-docx has neither borders nor alternative text
    borders = parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>")
    layout = properties.find(qn("w:tblLayout"))
    layout.addprevious(borders)  # the order of the schema
    ends = "".join(f'<w:{side} w:w="57" w:type="dxa"/>' for side in ("left", "right"))
    layout.addnext(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{ends}</w:tblCellMar>"))
    description = OxmlElement("w:tblDescription")
    description.set(qn("w:val"), alt)
    properties.append(description)


def _set_row(row: Any, *, is_head: bool) -> None:
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 — python-docx has no repeated heads
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))


def _fill_cell(cell: Any, text: str, *, is_head: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(8.5), is_head
    if is_head:
        shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{WASH[1:].upper()}"/>')
        cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 — python-docx has no shading


def shares_of(*parts: float) -> tuple[float, ...]:
    """Makes parts into shares of the whole.

    >>> shares_of(1, 3)
    (0.25, 0.75)
    """
    return tuple(part / sum(parts) for part in parts)


def join_cells(cells: Sequence[str]) -> str:
    """Writes what a cell says on several lines."""
    return "\n".join(cell for cell in cells if cell)
