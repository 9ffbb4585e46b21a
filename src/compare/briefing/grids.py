"""Tables on slides: measured, so that every row is as high as its text and all rows fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pptx.enum.text import MSO_ANCHOR
from pptx.util import Pt

from compare.briefing.content import Table
from compare.briefing.fitting import LEADING, height_of, shorten
from compare.briefing.stage import Box, Type, colour, describe, write
from compare.figures.theme import GREY, WASH, WHITE
from compare.figures.wording import Lang

SIZES = (14.0, 13.0, 12.0, 11.0, 10.5)
PAD = 4.0  # above and below the text of a cell
SIDE = 5.0  # left and right of it
MOST_LINES = 6  # of a cell; the rest is in the notes


def choose_type(table: Table, width: float, height: float) -> float:
    """Chooses the largest size of type at which a table fits a height, the smallest where none does."""
    for size in SIZES:
        rows = sum(_row_height(table, row, width, size) for row in table.rows)
        if rows + _row_height(table, table.heads, width, size, bold=True) <= height:
            return size
    return SIZES[-1]


def split_rows(table: Table, width: float, height: float) -> list[Table]:
    """Splits a table into pieces that fit a height at the smallest size; a cell of many lines is cut."""
    size = choose_type(table, width, height)
    table = replace(table, rows=tuple(_cut_row(table, row, width, size) for row in table.rows))
    head = _row_height(table, table.heads, width, size, bold=True)
    pieces: list[list[tuple[str, ...]]] = [[]]
    used = head
    for row in table.rows:
        tall = _row_height(table, row, width, size)
        if pieces[-1] and used + tall > height:
            pieces.append([])
            used = head
        pieces[-1].append(row)
        used += tall
    return [replace(table, rows=tuple(piece)) for piece in pieces]


def _cut_row(table: Table, row: Sequence[str], width: float, size: float) -> tuple[str, ...]:
    room = MOST_LINES * size * LEADING
    return tuple(
        shorten(cell, share * width - 2 * SIDE, room, size) for cell, share in zip(row, table.shares, strict=True)
    )


def _row_height(table: Table, row: Sequence[str], width: float, size: float, *, bold: bool = False) -> float:
    cells = zip(row, table.shares, strict=True)
    return max(height_of(cell, share * width - 2 * SIDE, size, bold=bold) for cell, share in cells) + 2 * PAD


def add_table(slide: Any, table: Table, box: Box, alt: str, lang: Lang) -> None:
    """Adds a table; its rows have been split to fit.

    Args:
        slide: to add it to.
        table: heads and rows.
        box: where; it is as high as its rows need.
        alt: what it shows.
        lang: language.
    """
    size = choose_type(table, box.width, box.height)
    heights = [_row_height(table, table.heads, box.width, size, bold=True)]
    heights += [_row_height(table, row, box.width, size) for row in table.rows]
    place = (Pt(box.left), Pt(box.top), Pt(box.width), Pt(sum(heights)))
    frame = slide.shapes.add_table(len(heights), len(table.heads), *place)
    describe(frame, "table", alt)
    grid = frame.table
    grid.horz_banding = False
    for column, share in zip(grid.columns, table.shares, strict=True):
        column.width = Pt(share * box.width)
    for row, tall in zip(grid.rows, heights, strict=True):
        row.height = Pt(tall)
    for index, cells in enumerate((table.heads, *table.rows)):
        for column, text in enumerate(cells):
            look = Type(size, GREY, bold=True) if index == 0 else Type(size)
            _fill(grid.cell(index, column), text, look, lang)


def _fill(cell: Any, text: str, look: Type, lang: Lang) -> None:
    cell.margin_left = cell.margin_right = Pt(SIDE)
    cell.margin_top = cell.margin_bottom = Pt(PAD)
    cell.vertical_anchor = MSO_ANCHOR.TOP
    cell.fill.solid()
    cell.fill.fore_color.rgb = colour(WASH if look.bold else WHITE)
    write(cell.text_frame, [[(text, look)]], lang)
