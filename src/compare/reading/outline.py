"""The structure that plain text shows: headings, paragraphs and tables, each with its place and its headings.

Works on text whose widths are folded and whose characters are simplified (`compare.text`); all offsets are those of the
text as read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from compare.reading.grid import Cell, Row, Table, read_row, read_vertical

_LEVELS = (
    re.compile(r"第[一二三四五六七八九十百零\d]{1,4}[章篇编](?![程制])"),
    re.compile(r"第[一二三四五六七八九十百\d]{1,4}节"),
    re.compile(r"[一二三四五六七八九十]{1,3}[、.](?!\d)"),
    re.compile(r"\([一二三四五六七八九十]{1,3}\)"),
    re.compile(r"\d{1,2}[、.](?!\d)"),
    re.compile(r"\(\d{1,2}\)|[①-⑳]"),
)
_CAPTION = re.compile(r"(?:专栏|图|表格?|附表|附件)\s*[\d一二三四五六七八九十]*")
_FREE_LEVEL = len(_LEVELS)
_MAX_HEADING = 48
_SENTENCE_END = "。!?;:！？；："
_PARAGRAPH_GAP = re.compile(
    r"(?<=[。;!?)”|]) +(?=\S)| +(?=[一二三四五六七八九十]{1,3}、)| +(?=\([一二三四五六七八九十]{1,3}\))"
)
_INLINE_HEADING = re.compile(r"(?:[一二三四五六七八九十]{1,3}、)[^ 。;,]{2,30} (?=\S)")
_LONG_LINE = 120
_WRAPPED_LINE = 18
_QUANTITY = re.compile(r"\d(?![GKDA]|\.0|[-—]\d|\d*年|\d*\))")
_RUNNING_ON = re.compile(r"[\d,、(—-]$")
_RUN_ON = re.compile(r"[万亿%,。;、)倍]|[个家项]")
_FURNITURE = re.compile(r"[—\-–· ]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/,]?\s*共\s*\d+\s*页)?[—\-–· ]*")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its level (0 the highest)."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of running text.

    Attributes:
        start, end: offsets in the text as read; a paragraph may contain line breaks.
        section: the headings above it, outermost first.
        is_heading: the stretch is itself a heading or caption; its numbers repeat the body.
    """

    start: int
    end: int
    section: tuple[Heading, ...]
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with the headings above it."""

    table: Table
    section: tuple[Heading, ...]


Block = Paragraph | TableBlock


def outline(text: str) -> list[Block]:
    """Divide a plan's text into paragraphs, headings and tables, in order.

    Args:
        text: the text with folded widths and simplified characters.

    Returns:
        The blocks; blank lines and page furniture (page numbers) are in none.
    """
    lines = list(_lines(text))
    wrapped = _is_wrapped(text, lines)
    blocks: list[Block] = []
    stack: list[Heading] = []
    index = 0
    while index < len(lines):
        start, end = lines[index]
        line = text[start:end]
        if "|" in line or "\t" in line:
            index = _take_table(text, lines, index, stack, blocks)
            continue
        if (vertical := read_vertical(text, lines, index)) is not None:
            table, index = vertical
            blocks.append(TableBlock(table, tuple(stack)))
            continue
        while index + 1 < len(lines) and _runs_on(text, lines[index], lines[index + 1], wrapped):
            index += 1
            end = lines[index][1]
        following = text[slice(*lines[index + 1])] if index + 1 < len(lines) else ""
        _take_paragraph(text, start, end, following, stack, blocks)
        index += 1
    return blocks


def _lines(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    for line in text.split("\n"):
        end = position + len(line)
        for start, stop in _paragraphs_of_line(text, position, end):
            stripped = text[start:stop].strip(" ")
            if stripped and not (len(stripped) < 16 and _FURNITURE.fullmatch(stripped)):
                lead = start + (stop - start - len(text[start:stop].lstrip(" ")))
                yield lead, lead + len(stripped)
        position = end + 1


def _paragraphs_of_line(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A text without line breaks shows its paragraphs by blanks after a sentence or around a heading."""
    if end - start < _LONG_LINE or text.find(" ", start, end) < 0 or "|" in text[start : end - 1]:
        yield start, end
        return
    cuts = [start, *(gap.end() for gap in _PARAGRAPH_GAP.finditer(text, start, end)), end]
    for first, last in zip(cuts, cuts[1:], strict=False):
        heading = _INLINE_HEADING.match(text, first, last)
        if heading:
            yield first, heading.end()
            first = heading.end()
        yield first, last


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether lines are broken by page width (text from PDF) rather than by paragraphs."""
    long = [text[end - 1] for start, end in lines if end - start >= _WRAPPED_LINE]
    return len(long) >= 8 and sum(last not in _SENTENCE_END for last in long) > len(long) / 2


def _runs_on(text: str, line: tuple[int, int], following: tuple[int, int], wrapped: bool) -> bool:
    start, end = line
    first, last = following
    if text[end - 1] in _SENTENCE_END or "|" in text[first:last] or "\t" in text[first:last]:
        return False
    if text.count("\n", end, first) != 1:
        return False
    if _level_of(text[first:last]) is not None:
        return False
    if _RUNNING_ON.search(text, start, end) and (
        end - start > _WRAPPED_LINE or _RUN_ON.match(text, first) or text[end - 1].isdigit() and text[first].isdigit()
    ):
        return True
    if _RUN_ON.match(text, first) and end - start >= _WRAPPED_LINE:
        return True
    return wrapped and end - start >= _WRAPPED_LINE


def _level_of(line: str) -> int | None:
    for level, pattern in enumerate(_LEVELS):
        if pattern.match(line):
            return level
    return None


def _take_paragraph(text: str, start: int, end: int, following: str, stack: list[Heading], blocks: list[Block]) -> None:
    line = text[start:end]
    level = _level_of(line)
    if level is None:
        if _is_free_heading(line, following):
            _push(stack, Heading(line.strip(), 1 if _CAPTION.match(line) else _FREE_LEVEL))
            blocks.append(Paragraph(start, end, tuple(stack), is_heading=True))
        else:
            blocks.append(Paragraph(start, end, tuple(stack)))
        return
    head_end = line.find("。")
    heading = line if head_end < 0 else line[:head_end]
    is_whole = head_end < 0 or head_end == len(line) - 1
    if len(heading) > _MAX_HEADING or line[-1] in ";；,，" or _is_item(heading, following, level, is_whole):
        blocks.append(Paragraph(start, end, tuple(stack)))
        return
    _push(stack, Heading(heading.strip(" :"), level))
    if is_whole:
        blocks.append(Paragraph(start, end, tuple(stack), is_heading=True))
    else:
        blocks.append(Paragraph(start, start + head_end + 1, tuple(stack), is_heading=True))
        blocks.append(Paragraph(start + head_end + 1, end, tuple(stack)))


def _is_item(heading: str, following: str, level: int, is_whole: bool) -> bool:
    """A numbered sentence with a quantity is an item of a list, unless text of its own follows it."""
    marker = _LEVELS[level].match(heading)
    body = heading[marker.end() :] if marker else heading
    if not _QUANTITY.search(body):
        return "," in body and len(body) > 24
    return not is_whole or _level_of(following) == level or len(body) > 16 or not following


def _is_free_heading(line: str, following: str) -> bool:
    if len(line) > 30 or line[-1] in "。;,、!?" or "," in line or "。" in line:
        return False
    if _CAPTION.match(line):
        return True
    if line[-1] == ":" or _QUANTITY.search(line):
        return False
    return len(following) > len(line) and len(following) > 24


def _push(stack: list[Heading], heading: Heading) -> None:
    while stack and stack[-1].level >= heading.level:
        stack.pop()
    stack.append(heading)


def _take_table(
    text: str, lines: list[tuple[int, int]], index: int, stack: list[Heading], blocks: list[Block]
) -> int:
    rows: list[Row] = []
    while index < len(lines):
        start, end = lines[index]
        line = text[start:end]
        if "|" not in line and "\t" not in line:
            break
        row = read_row(text, start, end)
        filled = [cell for cell in row.cells if cell.start < cell.end]
        if len(filled) == 1 and (not rows or len(line) > 60):
            _take_boxed(text, filled[0], stack, blocks)
        elif filled:
            rows.append(row)
        index += 1
    if rows:
        blocks.append(TableBlock(Table(tuple(rows)), tuple(stack)))
    return index


def _take_boxed(text: str, cell: Cell, stack: list[Heading], blocks: list[Block]) -> None:
    """A row of one cell is a frame around running text, or a frame's caption."""
    content = text[cell.start : cell.end]
    if _CAPTION.match(content) and len(content) < _MAX_HEADING and "。" not in content:
        _push(stack, Heading(content, _FREE_LEVEL))
        blocks.append(Paragraph(cell.start, cell.end, tuple(stack), is_heading=True))
        return
    cuts = [cell.start, *(gap.end() for gap in _PARAGRAPH_GAP.finditer(text, cell.start, cell.end)), cell.end]
    for first, last in zip(cuts, cuts[1:], strict=False):
        if first < last:
            blocks.append(Paragraph(first, last, tuple(stack)))
