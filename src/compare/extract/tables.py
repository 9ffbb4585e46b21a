"""Tables to records, row by row: groups, names that run on or are carried down, notes, running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from compare.extract.columns import Head, is_head_row, is_number, read_head
from compare.extract.grammar import Grammar
from compare.extract.printed_units import NO_UNIT, read_unit
from compare.extract.prose import Statement
from compare.extract.rows import RowName, read_name, strip_number
from compare.extract.timeline import Setting
from compare.extract.titles import Column
from compare.extract.values import CellReader, Facts, settle_totals
from compare.plans import FIVE_YEAR_PLANS
from compare.reading.grid import Cell, Row, Table
from compare.text import squeeze

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)|“?(十[二三四五六]五)”?")
_CLAUSE = re.compile(r"[,;。]")
_LIMIT = re.compile(r"[<>≥≤≈]\d")
_NOTE = re.compile(r"(?:注|备注|说明|附注|数据来源|资料来源)(?:\d{0,2}:|\d|\()|[*※①](?:为|指)|[\[(〔][\])〕]")
_RUNS_ON = re.compile(
    r"[^一二三四五六七八九十(\d]{0,9}\([^()]{1,12}\)|.{0,6}(?:率|比重|比例|规模|收入|数量)|\([^()]{1,14}\)"
)
_TEXT_ROLES = ("text", "label", "other", "value", "branch", "group")
_MAX_GROUP = 24
_SHORTEST_TEXT = 6


@dataclass(frozen=True, slots=True)
class TableStatement:
    """A statement of a table; places in it are offsets in the text as read.

    Attributes:
        statement: the number or the commitment in words.
        row: the row it stands in.
        group: the name of the row's group.
        obligation: 约束性 or 预期性.
    """

    statement: Statement
    row: Row
    group: str
    obligation: str


def read_table(text: str, table: Table, setting: Setting, grammar: Grammar) -> Iterator[TableStatement | Cell]:
    """Read a table.

    Args:
        text: the whole folded, simplified text.
        table: the table's rows and captions.
        setting: what the section and plan give.
        grammar: the compiled definitions.

    Yields:
        A statement for every number in a column of values and every worded commitment there; the cells, other than the
        head's, that are to be read as running text.
    """
    grid = [[squeeze(text, *cell).text if cell.start < cell.end else "" for cell in row.cells] for row in table.rows]
    captions = tuple(squeeze(text, caption.start, caption.end).text for caption in table.captions)
    for first, last in _divide(grid, grammar):
        while first < last - 1 and len(grid[first]) > 1 and len(set(grid[first])) == 1:
            captions = (grid[first][0], *captions)  # a title that runs over all columns
            first += 1  # noqa: PLW2901 (the title is no row)
        yield from _TableReader(text, table.rows[first:last], grid[first:last], captions, setting, grammar).read()


def _divide(grid: list[list[str]], grammar: Grammar) -> Iterator[tuple[int, int]]:
    """Tables that follow one another without a line between them, each from its own head on."""
    first = 0
    for index in range(1, len(grid)):
        row = grid[index]
        is_new = row[0] and any(_YEAR.search(content) for content in row[1:]) and any(map(is_number, grid[index - 1]))
        if is_new and not _is_filled_in(row, grammar) and is_head_row(row, grammar):
            yield first, index
            first = index
    yield first, len(grid)


def _is_filled_in(row: list[str], grammar: Grammar) -> bool:
    """Whether a row says what is to be reached, though it holds no mere number: —, 预期性, >8,高于“十三五”时期."""
    words = grammar.words
    return any(
        content in words.empty_cells or content in words.obligations or _LIMIT.match(content)
        for content in row
        if content
    )


class _TableReader:
    """One table while it is read."""

    def __init__(
        self,
        text: str,
        rows: tuple[Row, ...],
        grid: list[list[str]],
        captions: tuple[str, ...],
        setting: Setting,
        grammar: Grammar,
    ) -> None:
        self.rows = rows
        self.grid = grid
        self.grammar = grammar
        self.head = read_head(grid, captions, grammar)
        self.cells = CellReader(text, self.head, captions, setting, grammar)
        self.group = self.place = ""
        self.obligation = self._obligation(captions[0]) if captions else ""
        self.name = RowName("")
        self.parent: RowName | None = None

    def read(self) -> Iterator[TableStatement | Cell]:
        tail = ""
        for index in range(self.head.height, len(self.rows)):
            if tail:  # the rest of the row before
                tail = ""
            elif not self.head.has_values:
                yield from self._read_text(self.rows[index], self.grid[index])
            else:
                tail = self._tail_of(index)
                yield from self._read_row(self.rows[index], self.grid[index], tail)

    def _read_text(self, row: Row, contents: list[str]) -> Iterator[TableStatement | Cell]:
        """A row of a table without values: its cells are running text, to be done by the row's deadline."""
        year = self._deadline(contents)
        for number, (cell, content) in enumerate(zip(row.cells, contents, strict=True)):
            column = self.head.columns[number] if number < len(self.head.columns) else Column("text")
            if len(content) < _SHORTEST_TEXT or column.role not in _TEXT_ROLES:
                continue
            if year is None:
                yield cell
            else:
                for item in self.cells.read_running(cell, Facts(RowName("")), year, ""):
                    yield TableStatement(item, row, "", "")

    def _read_row(self, row: Row, contents: list[str], tail: str) -> Iterator[TableStatement | Cell]:
        cells, contents = _align(row, contents, self.head)
        filled = [number for number, content in enumerate(contents) if content]
        if len({contents[number] for number in filled}) == 1:
            yield from self._read_lone(cells[filled[0]], contents[filled[0]])
            return
        facts, obligation = self._take_facts(contents, tail)
        found: list[tuple[Column, Statement]] = []
        for column, cell, content in zip(self.head.columns, cells, contents, strict=False):
            if not content or content in self.grammar.words.empty_cells:
                continue
            if column.role == "value":
                found.extend((column, item) for item in self.cells.read(cell, content, column, facts))
            elif column.role == "text" and len(content) >= _SHORTEST_TEXT:
                found.extend((column, item) for item in self.cells.read_running(cell, facts, facts.year, ""))
        for item in settle_totals(found):
            yield TableStatement(item, row, facts.group, obligation)

    def _read_lone(self, cell: Cell, content: str) -> Iterator[Cell]:
        """A row of one content: a group's name, a note, or running text."""
        if _NOTE.match(content):
            return
        if len(content) > _MAX_GROUP or _CLAUSE.search(content):
            yield cell
            return
        self._open_group(strip_number(content))
        self.name = RowName("")
        self.obligation = self._obligation(content)

    def _open_group(self, group: str) -> None:
        if group != self.group:
            self.group, self.parent = group, None

    def _tail_of(self, index: int) -> str:
        """The rest of a row's name that a page's width put into the row below."""
        if index + 1 >= len(self.rows):
            return ""
        above, below = self.grid[index], self.grid[index + 1]
        filled = [number for number, content in enumerate(below) if content]
        if len(filled) != 1 or len(below) < 2 or filled[0] >= min(len(above), len(self.head.columns)):
            return ""
        column, tail = self.head.columns[filled[0]], below[filled[0]]
        is_open = column.role == self.head.axis and bool(above[filled[0]]) and not above[filled[0]].endswith(")")
        return tail if is_open and _RUNS_ON.fullmatch(tail) and sum(map(bool, above)) > 1 else ""

    def _take_facts(self, contents: list[str], tail: str) -> tuple[Facts, str]:
        """What a row gives to its numbers; what stands in it once for several rows is kept for them."""
        printed, unit, obligation = "", NO_UNIT, ""
        for column, content in zip(self.head.columns, contents, strict=False):
            if not content:
                continue
            if column.role == self.head.axis:
                printed = content + tail
            elif column.role == "unit":
                unit = read_unit(content, self.grammar)
            elif column.role == "place":
                self.place = "" if content in self.grammar.words.totals else content
            elif column.role == "group" and len(content) > 1 and not content.strip("().、").isdigit():
                self._open_group(strip_number(content))
            elif column.role == "obligation":
                obligation = self._obligation(content)
        if printed:
            self.name = read_name(printed, self.parent, self.grammar)
            if "其中" not in printed[:8]:
                self.parent = self.name if unit is NO_UNIT else replace(self.name, unit=unit)
        years = _YEAR.findall(printed) if self.head.axis == "year" else []
        facts = Facts(
            self.name,
            unit if unit is not NO_UNIT else self.name.unit,
            _year_of(years[-1]) if years else self._deadline(contents),
            self.group,
            self.place,
        )
        return facts, obligation or self.name.obligation or self.obligation

    def _obligation(self, content: str) -> str:
        return next((word for word in self.grammar.words.obligations if word in content), "")

    def _deadline(self, contents: list[str]) -> int | None:
        for column, content in zip(self.head.columns, contents, strict=False):
            if column.role == "deadline" and (years := _YEAR.findall(content)):
                return _year_of(years[-1])
        return None


def _year_of(found: tuple[str, str]) -> int:
    return int(found[0]) if found[0] else FIVE_YEAR_PLANS[found[1]]


def _align(row: Row, contents: list[str], head: Head) -> tuple[tuple[Cell, ...], list[str]]:
    """Give a row whose merged first cells are left out empty cells in their place."""
    missing = len(head.columns) - len(contents)
    groups = next((number for number, column in enumerate(head.columns) if column.role != "group"), 0)
    if not 0 < missing <= groups or len(contents) < 2:
        return row.cells, contents
    padded = [""] * missing + contents
    if _count_fitting(padded, head) <= _count_fitting(contents, head):
        return row.cells, contents
    return (Cell(row.start, row.start),) * missing + row.cells, padded


def _count_fitting(contents: list[str], head: Head) -> int:
    """How many cells stand in a column where they can."""
    return sum(
        is_number(content) == (column.role == "value")
        for column, content in zip(head.columns, contents, strict=False)
        if content and column.role in ("value", head.axis)
    )
