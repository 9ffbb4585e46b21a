"""The structure that plain text shows: headings, paragraphs and tables, each with its place and its headings.

Works on text whose widths are folded and whose characters are simplified (`compare.text`); all offsets are those of the
text as read.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from compare.reading.flat import MAX_HEAD, read_spaced, read_vertical
from compare.reading.grid import Cell, Row, Table, closed_cell, is_row, is_rule, join_rows, read_row, split_row
from compare.reading.headings import (
    FREE_LEVEL,
    Heading,
    is_caption,
    is_caption_number,
    is_free_heading,
    is_numbered_caption,
    level_of,
    push,
    split_heading,
)
from compare.reading.headlines import FRONT_LINES, is_headline
from compare.reading.lines import (
    PARAGRAPH_GAP,
    SENTENCE_END,
    WRAPPED_LINE,
    is_bare_number,
    page_width,
    split_lines,
    width_of,
)
from compare.reading.titles import is_plain

__all__ = ["Block", "Heading", "Paragraph", "TableBlock", "outline"]

_OPEN_ENDS = ",、(—-"
_NEVER_FIRST = "%,。;、)"
_COUNTED = "万亿倍个家项"
_MEASURED = "百千万亿兆倍个家项户人名位件场次座台套条处所间辆架张份部只批种类级岁吨亩公平立米元美年月日号天小分秒"
_MAGNITUDES = "十百千万亿余多"
_CONTINUED = re.compile(r"续表|接上表|.{0,30}\(续(?:表)?\)")
_NOTE = re.compile(
    r"(?:注|备注|附注|说明|指标(?:说明|解释)|数据来源|资料来源)(?:\d{0,2} ?:| ?\d|\()"
    r"|[*※①] ?(?:为|指|表示|号)|带[*※]|[\[(〔] ?[\])〕] ?(?:内|中|为)"
)
_NUMBERED_NOTE = re.compile(r":?(?:1[.、]|\(1\)|①)")
_NEXT_NOTE = re.compile(r"\d{1,2}[.、]|\(\d{1,2}\)|[①-⑳]|[*※]|注\d")
_MAX_CAPTION = 60
_MAX_CAPTIONS = 3
_MAX_GROUP = 26
_MAX_BETWEEN = 4
_SEPARATORS = re.compile(r"[ \t|│┃]+")
_MAX_SPLIT = 10
_AFTER_HEADLINE = 3000
_SHORTEST_HEAD = 3
_WIDEST_HEAD = 14


class Paragraph(NamedTuple):
    """A stretch of running text.

    Attributes:
        start, end: offsets in the text as read; a paragraph may contain line breaks.
        section: the headings above it, outermost first.
        is_heading: the stretch is itself a heading, a caption or a table's note: its numbers repeat or explain the
            body.
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
    r"""Divide a plan's text into paragraphs, headings and tables, in order.

    Args:
        text: the text with folded widths and simplified characters.

    Returns:
        The blocks; blank lines and page furniture (page numbers) are in none.

    >>> text = "一、目标\n指标 | 2025年\n5G基站(万个) | 16"
    >>> [type(block).__name__ for block in outline(text)]
    ['Paragraph', 'TableBlock']
    """
    return _Outliner(text).read()


class _Outliner:
    """A text while it is divided."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = list(split_lines(text))
        self.contents = [text[start:end] for start, end in self.lines]
        self.width = page_width(
            text, [line for line, content in zip(self.lines, self.contents, strict=True) if not is_row(content)]
        )
        self.blocks: list[Block] = []
        self.section: tuple[Heading, ...] = ()
        self._closed_lines: list[int] = []
        self._closed_cells: list[tuple[int, int]] = []
        self._closed_until = 0
        self._front = True

    def read(self) -> list[Block]:
        index = 0
        while index < len(self.lines):
            if is_bare_number(self.text, self.lines[index]):
                index += 1
            elif is_row(self._line(index)):
                index = self._take_notes(self._take_closed_cells(index) or self._take_rows(index))
            elif found := self._read_unruled(index):
                self._add_table(found[0].rows)
                index = self._take_notes(found[1])
            else:
                index = self._take_paragraph(index)
        return self.blocks

    def _line(self, index: int) -> str:
        return self.contents[index] if index < len(self.contents) else ""

    def _read_unruled(self, index: int) -> tuple[Table, int] | None:
        """A table without lines between its cells, and the index of the first line after it."""
        content = self.contents[index]
        if len(content) <= MAX_HEAD and (found := read_vertical(self.text, self.lines, index)):
            return found
        return read_spaced(self.text, self.lines, index)

    # --- running text

    def _take_paragraph(self, index: int) -> int:
        start, end = self.lines[index]
        while index + 1 < len(self.lines) and self._runs_on(index):
            index += 1
            end = self.lines[index][1]
        index += 1
        after = index
        while after < len(self.lines) and is_bare_number(self.text, self.lines[after]):
            after += 1
        self._add_paragraph(start, end, self._line(after))
        return index

    def _add_paragraph(self, start: int, end: int, following: str) -> None:
        line = self.text[start:end]
        level = level_of(line)
        if level is None:
            is_heading = is_free_heading(line, following)
            if self._is_front(line) and is_headline(line, self.text[end : end + _AFTER_HEADLINE]):
                self.blocks.append(Paragraph(start, end, self.section, is_heading=True))
                return
            if is_heading:
                self.section = push(self.section, Heading(line.strip(), 1 if is_caption(line) else FREE_LEVEL))
            self.blocks.append(Paragraph(start, end, self.section, is_heading))
            return
        length = split_heading(line, following, level)
        if length:
            self.section = push(self.section, Heading(line[:length].rstrip("。").strip(" :"), level))
            self.blocks.append(Paragraph(start, start + length, self.section, is_heading=True))
        if start + length < end:
            self.blocks.append(Paragraph(start + length, end, self.section))

    def _is_front(self, line: str) -> bool:
        """Whether no sentence of the text has come yet; a line with its end is the first."""
        if self._front and ("。" in line or len(self.blocks) >= FRONT_LINES):
            self._front = False
        return self._front

    def _runs_on(self, index: int) -> bool:
        """Whether a line ends in the middle of a sentence that the next one carries on."""
        text, following = self.text, self.contents[index + 1]
        start, end = self.lines[index]
        first = self.lines[index + 1][0]
        if text[end - 1] in SENTENCE_END or is_row(following) or is_bare_number(text, self.lines[index + 1]):
            return False
        if level_of(following) is not None or text.count("\n", end, first) != 1:
            return False
        is_numeral = text[end - 1].isdigit() or text[end - 1] in _MAGNITUDES
        if text[first] in _NEVER_FIRST and (is_numeral or end - start >= WRAPPED_LINE):
            return True
        if is_numeral and text[first] in _COUNTED:
            return True
        is_sentence = "," in text[start:end]  # else an item, which may end in a number, and the next start with one
        if is_sentence and text[end - 1].isdigit() and text[first].isdigit():
            return True
        if self.width:
            return width_of(text[start:end]) * 5 >= self.width * 4
        if end - start <= WRAPPED_LINE:
            return False
        if text[end - 1].isdigit():
            return is_sentence and (text[first].isascii() or text[first] in _MEASURED)
        return text[end - 1] in _OPEN_ENDS

    # --- tables

    def _take_closed_cells(self, index: int) -> int:
        """Take a table of one cell a line, each closed by a bar; 0 where none starts at this line."""
        if index >= self._closed_until:
            self._find_closed_cells(index)
        place = bisect.bisect_left(self._closed_lines, index)
        if place == len(self._closed_lines) or self._closed_lines[place] != index:
            return 0
        found = read_vertical(self.text, self._closed_cells, place)
        if found is None:
            return 0
        self._add_table(found[0].rows)
        return self._closed_lines[found[1]] if found[1] < len(self._closed_lines) else self._closed_until

    def _find_closed_cells(self, index: int) -> None:
        """Gather the lines from here on that hold one closed cell each; those without content only end a row."""
        self._closed_lines, self._closed_cells = [], []
        while index < len(self.lines) and (cell := closed_cell(self.text, *self.lines[index])) is not None:
            if not cell.is_empty:
                self._closed_lines.append(index)
                self._closed_cells.append((cell.start, cell.end))
            index += 1
        self._closed_until = index

    def _take_split_head(self, index: int) -> int:
        """How many lines, each with some of its cells, together are the head above rows with as many cells as all."""
        widths: list[int] = []
        while index + len(widths) < len(self.lines) and len(widths) <= _MAX_SPLIT:
            start, end = self.lines[index + len(widths)]
            if not is_row(self.text[start:end]) or is_rule(self.text[start:end]):
                break
            widths.append(len(read_row(self.text, start, end).filled))
        for count in range(2, len(widths)):
            whole = sum(widths[:count])
            if whole > _WIDEST_HEAD:
                return 1
            if whole == widths[count] and 1 in widths[:count] and whole >= _SHORTEST_HEAD:
                first, last = self.lines[index][0], self.lines[index + count - 1][1]
                cells = read_row(self.text, first, last).filled
                titles = [self.text[cell.start : cell.end] for cell in cells]
                return count if len(titles) == whole and not any(map(is_plain, titles)) else 1
        return 1

    def _take_rows(self, index: int) -> int:
        """Take the lines that show cells; a frame around running text or around a caption is no row."""
        taken: list[Row] = []
        while index < len(self.lines):
            start, end = self.lines[index]
            if not is_row(self._line(index)):
                after = self._row_after(index) if taken else index
                if after == index:
                    break
                if after == index + 1 and self._is_group(index):
                    taken.append(split_row(self.text, start, end))
                index = after
                continue
            if not taken and (count := self._take_split_head(index)) > 1:
                taken.append(split_row(self.text, start, self.lines[index + count - 1][1]))
                index += count
                continue
            row = split_row(self.text, start, end)
            cells = () if is_rule(self._line(index)) else row.filled
            if len(cells) == 2 and is_caption_number(self.text[cells[0].start : cells[0].end]):
                cells = (Cell(cells[0].start, cells[1].end),)
            if len(cells) == 1 and self._is_boxed(cells[0], is_first=not taken):
                self._add_grid(taken)
                taken = []
                self._take_boxed(cells[0])
            elif cells:
                taken.append(row)
            index += 1
        self._add_grid(taken)
        return index

    def _row_after(self, index: int) -> int:
        """The row with which a table goes on after lines that are none; `index` itself where it ends."""
        if self._is_group(index):
            return index + 1
        after = index
        while after < min(index + _MAX_BETWEEN, len(self.lines)) and self._is_between_rows(after):
            after += 1
        return after if is_row(self._line(after)) else index

    def _is_between_rows(self, index: int) -> bool:
        """Whether a line is a page's number, a rule, or the title of a table that goes on over the page."""
        line = self._line(index)
        is_page = is_bare_number(self.text, self.lines[index])
        return is_page or is_rule(line[:_MAX_GROUP]) or _CONTINUED.fullmatch(line[:_MAX_GROUP]) is not None

    def _is_group(self, index: int) -> bool:
        """Whether a line without cells between two rows names the group of rows below it."""
        line = self._line(index)
        if len(line) > _MAX_GROUP or line[-1] in SENTENCE_END or is_rule(line) or is_caption(line) or "," in line:
            return False
        if is_bare_number(self.text, self.lines[index]) or _CONTINUED.fullmatch(line):
            return False
        if not is_row(self._line(index + 1)):
            return False
        row = split_row(self.text, *self.lines[index + 1])
        return any(is_plain(self.text[cell.start : cell.end]) for cell in row.filled)

    def _is_boxed(self, cell: Cell, *, is_first: bool) -> bool:
        content = self.text[cell.start : cell.end]
        return is_first or len(content) > _MAX_CAPTION or is_numbered_caption(content)

    def _take_boxed(self, cell: Cell) -> None:
        """A row of one cell is a frame around running text, or a frame's caption."""
        content = self.text[cell.start : cell.end]
        if is_caption(content):
            self.section = push(self.section, Heading(_SEPARATORS.sub(" ", content), FREE_LEVEL))
            self.blocks.append(Paragraph(cell.start, cell.end, self.section, is_heading=True))
            return
        is_note = _NOTE.match(content) is not None and bool(self.blocks) and isinstance(self.blocks[-1], TableBlock)
        cuts = [cell.start, *(gap.end() for gap in PARAGRAPH_GAP.finditer(self.text, cell.start, cell.end)), cell.end]
        for first, last in itertools.pairwise(cuts):
            if first < last:
                self.blocks.append(Paragraph(first, last, self.section, is_note))

    def _add_grid(self, taken: list[Row]) -> None:
        rows = join_rows(self.text, taken)
        if len(rows) == 1:  # a table whose line breaks are lost
            cells = [(cell.start, cell.end) for cell in rows[0].filled]
            found = read_vertical(self.text, cells, 0)
            rows = found[0].rows if found and found[1] == len(cells) else rows
        if rows:
            self._add_table(rows)

    def _add_table(self, rows: tuple[Row, ...]) -> None:
        self.blocks.append(TableBlock(Table(rows, tuple(self._captions())), self.section))

    def _captions(self) -> Iterator[Cell]:
        """The short lines right above: a table's title, its unit, the line that announces it."""
        for block in self.blocks[: -_MAX_CAPTIONS - 1 : -1]:
            if isinstance(block, TableBlock) or block.end - block.start > _MAX_CAPTION:
                return
            if not block.is_heading and self.text[block.end - 1] in "。;":
                return
            yield Cell(block.start, block.end)

    def _take_notes(self, index: int) -> int:
        """Notes below a table explain its signs and terms; their numbers are no quantities of the plan."""
        if index >= len(self.lines) or not _NOTE.match(self._line(index)):
            return index
        is_numbered = _NUMBERED_NOTE.search(self._line(index)[:8]) is not None
        while index < len(self.lines):
            self.blocks.append(Paragraph(*self.lines[index], self.section, is_heading=True))
            index += 1
            if not (is_numbered and _NEXT_NOTE.match(self._line(index)) and len(self._line(index)) > WRAPPED_LINE):
                break
        return index
