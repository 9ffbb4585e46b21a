"""Tables as plain text shows them: cells between bars or tabs, or one cell a line."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SEPARATOR = re.compile(r"[|\t]")
_RULE = re.compile(r"[-:= ]+")
_HEAD_START = re.compile(r"(?:序号|类别|领域|分类|一级指标|指标名称|主要指标|指标|名称|项目|类型|维度)(?:\(.*\))?")
_HEAD_CELL = re.compile(
    r"(?:序号|类别|领域|分类|指标名称|主要指标|[一二三]级指标|指标|名称|项目|单位|计量单位|指标属性|属性|性质|备注|指标类型|类型|维度|基期值?|目标值?"
    r"|现状值?|年均增[长速].{0,6}|累计.{0,4}|(?:.{0,6}\(?20\d\d年?\)?.{0,8})|责任单位|牵头单位)(?:\(.{1,8}\))?"
)
_GROUP_LINE = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)).{2,20}")
_MAX_CELL = 40


@dataclass(frozen=True, slots=True)
class Cell:
    """Offsets of a cell's content in the text as read, without the blanks around it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells from left to right, and its extent."""

    cells: tuple[Cell, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table's rows; the head is among them."""

    rows: tuple[Row, ...]


def read_row(text: str, start: int, end: int) -> Row:
    """Read one line of cells between bars or tabs; a rule (`|---|`) gives empty cells.

    >>> text = "| 5G基站 | 16万个 |"
    >>> [text[cell.start : cell.end] for cell in read_row(text, 0, len(text)).cells]
    ['5G基站', '16万个']
    """
    line = text[start:end]
    separator = "|" if "|" in line else "\t"
    first, last = start, end
    if separator == "|":
        if line.startswith("|"):
            first += 1
        if line.endswith("|"):
            last -= 1
    cells = []
    position = first
    for part in text[first:last].split(separator):
        cells.append(_trim(text, position, position + len(part)))
        position += len(part) + 1
    return Row(tuple(cells), start, end)


def _trim(text: str, start: int, end: int) -> Cell:
    content = text[start:end]
    if _RULE.fullmatch(content) and len(content) > 2:
        return Cell(start, start)
    stripped = content.strip(" \t")
    lead = start + len(content) - len(content.lstrip(" \t"))
    return Cell(lead, lead + len(stripped)) if stripped else Cell(start, start)


def read_vertical(text: str, lines: list[tuple[int, int]], index: int) -> tuple[Table, int] | None:
    """Read a table that stands one cell a line, as copied from a page.

    Args:
        text: folded, simplified text.
        lines: offsets of the text's lines that are not blank.
        index: the line at which the head would start.

    Returns:
        The table and the index of the first line after it; None where no such table starts there.
    """
    if not _HEAD_START.fullmatch(text, *lines[index]):
        return None
    width = 1
    while index + width < len(lines) and _HEAD_CELL.fullmatch(text, *lines[index + width]):
        width += 1
    if width < 3 or not any(re.search(r"20\d\d|目标|基期", text[slice(*line)]) for line in lines[index : index + width]):
        return None
    rows = [_row_of(lines[index : index + width])]
    index += width
    while index < len(lines):
        start, end = lines[index]
        if _GROUP_LINE.fullmatch(text, start, end) and not text[start:end].endswith("。"):
            following = lines[index + 1 : index + width]
            if not any(text[first:last][:1].isdigit() for first, last in following[:1]):
                rows.append(_row_of([lines[index]]))
                index += 1
                continue
        cells = lines[index : index + width]
        if len(cells) < width or any(last - first > _MAX_CELL or text[last - 1] in "。;" for first, last in cells):
            break
        rows.append(_row_of(cells))
        index += width
    return (Table(tuple(rows)), index) if len(rows) > 1 else None


def _row_of(lines: list[tuple[int, int]]) -> Row:
    return Row(tuple(Cell(start, end) for start, end in lines), lines[0][0], lines[-1][1])
