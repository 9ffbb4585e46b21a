"""Tables whose lines show their cells: between bars (`|`), tabs or the vertical lines of a drawn frame."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

_SEPARATOR = re.compile(r"[|\t│┃]")
_BAR = re.compile(r"[|│┃]")
_BARS = "|│┃"
_BLANKS = " \t\n"
_RULE_SIGNS = "-:=+—─━┄┈┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝═|│┃ "
_RULE = re.compile(f"[{_RULE_SIGNS}]+")
# More separators than any table on paper has: such a line is a divider or damaged text.
MAX_CELLS = 80
_MAX_CLOSED = 80


class Cell(NamedTuple):
    """Offsets of a cell's content in the text as read, without the blanks around it."""

    start: int
    end: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return self.start == self.end


class Row(NamedTuple):
    """A row's cells from left to right, and its extent."""

    cells: tuple[Cell, ...]
    start: int
    end: int

    @property
    def filled(self) -> tuple[Cell, ...]:
        """The cells in which something stands."""
        return tuple(cell for cell in self.cells if not cell.is_empty)


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        rows: its rows; the head is among them.
        captions: the short lines right above it, the nearest first: its title and its unit.
    """

    rows: tuple[Row, ...]
    captions: tuple[Cell, ...] = ()


def is_row(line: str) -> bool:
    """Whether a line shows cells.

    >>> is_row("5G基站 | 16万个"), is_row("建成5G基站16万个"), is_row("|" * 1000)
    (True, False, False)
    """
    if "|" not in line and "\t" not in line and "│" not in line and "┃" not in line:  # far cheaper than a pattern
        return False
    return line.count("|") + line.count("\t") + line.count("│") + line.count("┃") <= MAX_CELLS


def closed_cell(text: str, start: int, end: int) -> Cell | None:
    """The one cell of a line that only a bar at its end, or one at each end, shows to be a cell.

    >>> text = "5G基站 |"
    >>> closed_cell(text, 0, len(text)), closed_cell("5G基站 | 16 |", 0, 10)
    (Cell(start=0, end=4), None)
    """
    if text[end - 1] not in _BARS or end - start > _MAX_CLOSED:
        return None
    first = start + 1 if text[start] in _BARS and end - start > 1 else start
    inside = text[first : end - 1]
    return None if _SEPARATOR.search(inside) else _trim(inside, first)


def is_rule(line: str) -> bool:
    """Whether a line only parts rows.

    >>> is_rule("├────┼────┤"), is_rule("-----"), is_rule("5G基站")
    (True, True, False)
    """
    return _RULE.fullmatch(line) is not None


def read_row(text: str, start: int, end: int) -> Row:
    """Read one line of cells; what stands outside a frame's first and last bar is no cell.

    A line between tabs has no frame. A rule (`|---|`) gives empty cells.

    >>> text = "| 5G基站 | 16万个 |"
    >>> [text[cell.start : cell.end] for cell in read_row(text, 0, len(text)).cells]
    ['5G基站', '16万个']
    """
    return _open_frame(split_row(text, start, end), text)


def join_rows(text: str, rows: list[Row]) -> tuple[Row, ...]:
    """Join the lines of one table.

    A bar that opens a line is the frame where every line has one, else it closes an empty first cell.

    Args:
        text: folded, simplified text.
        rows: its lines as `split_row` reads them; one without cells is a row of one cell.

    Returns:
        The rows in which something stands.
    """
    framed = all(text[row.start] in _BARS for row in rows if len(row.cells) > 1)
    take_off = _open_frame if framed else _close_frame
    return tuple(take_off(row, text) for row in rows if row.filled)


def split_row(text: str, start: int, end: int) -> Row:
    """Read one line of cells; what stands before a bar that opens it and after one that closes it are empty cells."""
    line = text[start:end]
    parts = _BAR.split(line) if _BAR.search(line) else line.split("\t")
    cells = []
    position = start
    for part in parts:
        cells.append(_trim(part, position))
        position += len(part) + 1
    return Row(tuple(cells), start, end)


def _open_frame(row: Row, text: str) -> Row:
    cells = row.cells
    if len(cells) > 1 and text[row.start] in _BARS:
        cells = cells[1:]
    return _close_frame(Row(cells, row.start, row.end), text)


def _close_frame(row: Row, text: str) -> Row:
    if len(row.cells) > 1 and text[row.end - 1] in _BARS:
        return Row(row.cells[:-1], row.start, row.end)
    return row


def _trim(part: str, start: int) -> Cell:
    stripped = part.strip(_BLANKS)
    if not stripped or (len(part) > 2 and stripped[0] in _RULE_SIGNS and _RULE.fullmatch(part)):
        return Cell(start, start)
    lead = start + part.index(stripped[0])
    return Cell(lead, lead + len(stripped))
