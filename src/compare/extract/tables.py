"""Tables to records: every number in a column of values, with the year, unit and measure that its row and column give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from compare.extract.cells import (
    NO_MEASURE,
    Measure,
    Number,
    is_share,
    parse_unit,
    read_numbers,
    read_stated_unit,
    read_unit,
    strip_fall,
)
from compare.extract.columns import Column, Head, is_head_row, is_number, read_head
from compare.extract.grammar import FIVE_YEAR_PLANS, Grammar
from compare.extract.prose import Setting, Statement, read_paragraph
from compare.extract.quantities import Quantity
from compare.extract.rows import RowName, read_caption, read_name, strip_number
from compare.extract.times import find_moments
from compare.reading.grid import Cell, Row, Table
from compare.text import squeeze

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)年?|“?(十[二三四五六]五)”?")
_CELL_YEAR = re.compile(r"\((20\d\d)年?(?:底|末)?\)")
_RUNNING = re.compile(r"[,;。]")
_NOTE = re.compile(r"(?:注|备注|说明|附注|数据来源|资料来源)(?:\d{0,2}:|\d|\()|[*※①](?:为|指)|[\[(〔][\])〕]")
_CONTINUES = re.compile(
    r"[^一二三四五六七八九十(（\d]{0,9}\([^()]{1,12}\)|(?:.{0,6}(?:率|比重|比例|规模|收入|数量))|\([^()]{1,14}\)"
)
_EXHAUSTIVE = re.compile(r"应(.{1,4})尽\1")
_RANK = re.compile("排名|位次|名次")
_MAX_GROUP = 24
_MAX_WORDED = 30


@dataclass(frozen=True, slots=True)
class TableStatement:
    """A statement of a table with the row it stands in; places in the statement are offsets in the text as read."""

    statement: Statement
    row: Row
    group: str
    obligation: str
    words: str = ""


def read_table(text: str, table: Table, setting: Setting, grammar: Grammar) -> Iterator[TableStatement | Cell]:
    """Read a table.

    Args:
        text: the whole folded, simplified text.
        table: the table's rows.
        setting: what the section and plan give.
        grammar: the compiled definitions.

    Yields:
        A statement for every number in a column of values and every worded commitment there; the cells, other than the
        head's, that are to be read as running text.
    """
    grid = [[squeeze(text, cell.start, cell.end).text for cell in row.cells] for row in table.rows]
    captions = tuple(squeeze(text, caption.start, caption.end).text for caption in table.captions)
    for first, last in _divide(grid, grammar):
        reader = _Reader(text, table.rows[first:last], grid[first:last], captions, setting, grammar)
        yield from reader.read()


def _divide(grid: list[list[str]], grammar: Grammar) -> Iterator[tuple[int, int]]:
    """Tables that follow one another without a line between them, each from its own head on."""
    first = 0
    for index in range(1, len(grid)):
        is_head = any(_YEAR.search(content) for content in grid[index][1:]) and is_head_row(grid[index], grammar)
        if is_head and grid[index][0] and any(any(map(is_number, row)) for row in grid[first:index][-3:]):
            yield first, index
            first = index
    yield first, len(grid)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a row gives to each of its numbers."""

    row: Row
    name: RowName
    measure: Measure
    year: int | None
    obligation: str
    group: str
    place: str


class _Reader:
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
        start = 0
        while start < len(grid) - 1 and len(grid[start]) > 1 and len(set(grid[start])) == 1:  # a title over all columns
            captions = (grid[start][0], *captions)
            start += 1
        self.text, self.setting, self.grammar, self.captions = text, setting, grammar, captions
        self.rows, self.grid = rows[start:], grid[start:]
        self.head = read_head(self.grid, captions, grammar)
        if not any(column.role == "value" for column in self.head.columns):
            self.head = _head_of_pairs(self.grid, captions, grammar) or self.head
        self.years = [column.year for column in self.head.columns if column.role == "value" and column.year]
        self.caption_label = read_caption(captions, grammar) if self.head.axis in ("place", "year") else ""
        self.group = self.place = self.obligation = ""
        self.name: RowName | None = None
        self.parent: RowName | None = None

    def read(self) -> Iterator[TableStatement | Cell]:
        has_values = any(column.role == "value" for column in self.head.columns)
        index = self.head.height
        while index < len(self.rows):
            if has_values:
                index += yield from self._read_row(index)
            else:
                yield from self._read_text(index)
                index += 1

    # --- rows

    def _read_text(self, index: int) -> Iterator[TableStatement | Cell]:
        """A row of a table without values: its cells are running text."""
        row, contents = self.rows[index], self.grid[index]
        year = self._deadline(contents)
        for number, (cell, content) in enumerate(zip(row.cells, contents, strict=True)):
            column = self.head.columns[number] if number < len(self.head.columns) else Column("text")
            if len(content) <= 5 or column.role not in ("text", "label", "other", "value", "branch", "group"):
                continue
            if year is None:
                yield cell
            else:
                facts = _Facts(row, RowName(""), NO_MEASURE, year, "", "", "")
                yield from self._read_running(cell, facts, year, "")

    def _read_row(self, index: int) -> Iterator[TableStatement | Cell]:
        """Read a row; returns how many rows were used."""
        row, contents = self.rows[index], self.grid[index]
        cells, contents = _align(row, contents, self.head)
        filled = [number for number, content in enumerate(contents) if content]
        if len({contents[number] for number in filled}) == 1:
            yield from self._read_lone(cells[filled[0]], contents[filled[0]])
            return 1
        tail = self._continuation(index + 1)
        facts = self._facts(row, contents, tail)
        found = []
        for column, cell, content in zip(self.head.columns, cells, contents, strict=False):
            if not content or content in self.grammar.words.empty_cells:
                continue
            if column.role == "value":
                found.extend(self._read_value(cell, content, column, facts))
            elif column.role == "text" and re.search(r"\d", content):
                found.extend((column, item) for item in self._read_running(cell, facts, facts.year, ""))
        yield from _settle_totals(found)
        return 2 if tail else 1

    def _read_lone(self, cell: Cell, content: str) -> Iterator[Cell]:
        """A row of one content: a group's name, a note, or running text."""
        if _NOTE.match(content):
            return
        if len(content) > _MAX_GROUP or _RUNNING.search(content):
            yield cell
            return
        self.group = strip_number(content)
        self.parent = self.name = None
        self.obligation = next((word for word in self.grammar.words.obligations if word in content), "")

    def _continuation(self, index: int) -> str:
        """The rest of a label that a page's width broke over two rows."""
        if index >= len(self.rows):
            return ""
        contents = self.grid[index]
        filled = [number for number, content in enumerate(contents) if content]
        if len(filled) != 1 or len(contents) < 2 or not _CONTINUES.fullmatch(contents[filled[0]]):
            return ""
        column = self.head.columns[filled[0]] if filled[0] < len(self.head.columns) else None
        above = self.grid[index - 1]
        broken = filled[0] < len(above) and not above[filled[0]].endswith((")", "%"))
        return contents[filled[0]] if column is not None and column.role == self.head.axis and broken else ""

    def _facts(self, row: Row, contents: list[str], tail: str) -> _Facts:
        words = self.grammar.words
        printed, measure, obligation = "", NO_MEASURE, ""
        for column, content in zip(self.head.columns, contents, strict=False):
            if not content:
                continue
            if column.role == self.head.axis:
                printed = content + tail
            elif column.role == "unit":
                measure = read_unit(content, self.grammar)
            elif column.role == "place":
                self.place = "" if content in words.totals else content
            elif column.role == "group" and not content.strip("().、").isdigit() and len(content) > 1:
                if strip_number(content) != self.group:
                    self.group, self.parent = strip_number(content), None
            elif column.role == "obligation":
                obligation = next((word for word in words.obligations if word in content), "")
        if printed:
            self.name = read_name(printed, self.parent, self.grammar)
            if "其中" not in printed[:6]:
                self.parent = self.name
                if measure is not NO_MEASURE:
                    self.parent = replace(self.name, measure=measure)
        name = self.name or RowName("")
        years = [self._year_of(match) for match in _YEAR.finditer(printed)] if self.head.axis == "year" else []
        return _Facts(
            row,
            name,
            measure if measure is not NO_MEASURE else name.measure,
            years[-1] if years else self._deadline(contents),
            obligation or name.obligation or self.obligation,
            self.group,
            self.place,
        )

    def _deadline(self, contents: list[str]) -> int | None:
        for column, content in zip(self.head.columns, contents, strict=False):
            if column.role == "deadline" and (years := list(_YEAR.finditer(content))):
                return self._year_of(years[-1])
        return None

    @staticmethod
    def _year_of(match: re.Match[str]) -> int:
        return int(match[1]) if match[1] else FIVE_YEAR_PLANS[match[2]]

    # --- cells

    def _read_value(
        self, cell: Cell, content: str, column: Column, facts: _Facts
    ) -> Iterator[tuple[Column, TableStatement]]:
        label, scope = self._label(column, facts)
        year, status = self._when(content, column, facts)
        if _RANK.search(label):
            return
        if len(content) > _MAX_GROUP and _RUNNING.search(content):
            yield from ((column, item) for item in self._read_running(cell, facts, year, status))
            return
        measure = self._measure(content, column, label, facts)
        numbers = list(read_numbers(content, label, measure, self.grammar))
        if not numbers:
            if status == "target" and self._is_worded(content):
                yield column, self._commit_in_words(cell, content, label, scope, year, facts)
            return
        yield column, self._state(numbers[0], cell, content, column, (label, scope), (year, status), facts)

    def _label(self, column: Column, facts: _Facts) -> tuple[str, str]:
        """What a cell measures, and the part of the region that it covers."""
        name, axis = facts.name, self.head.axis
        is_whole = name.label in self.grammar.words.totals
        scope = column.scope or name.scope or facts.place
        if axis == "place":
            return column.label or self.caption_label, column.scope or ("" if is_whole else name.label)
        if axis == "year":
            return column.label or self.caption_label, scope
        if axis == "branch":
            return (column.label if is_whole and column.label else f"{name.label}{column.label}"), scope
        label = name.label
        if column.label and facts.measure is NO_MEASURE and column.label not in label:
            label = f"{label}{column.label}"
        if label in self.grammar.words.generic_labels and facts.group:
            label = f"{facts.group}{label}"
        return label, scope

    def _measure(self, content: str, column: Column, label: str, facts: _Facts) -> Measure:
        """The unit of a number that states none: of the growth column, the row, the column or the whole table."""
        if column.kind == "growth" and content[0] not in "[(〔":
            return column.measure if column.measure is not NO_MEASURE else parse_unit("%", self.grammar) or NO_MEASURE
        stated = read_stated_unit(self.captions, label, self.grammar)
        order = (facts.measure, column.measure) if self.head.axis == "label" else (column.measure, facts.measure)
        return next((measure for measure in (*order, stated) if measure is not NO_MEASURE), NO_MEASURE)

    def _when(self, content: str, column: Column, facts: _Facts) -> tuple[int | None, str]:
        period = self.setting.period
        stated = _CELL_YEAR.search(content)
        year = int(stated[1]) if stated else column.year or facts.year
        status = "" if stated else column.status
        if year is not None and (not status or (status == "actual" and period.now is not None and year > period.now)):
            is_past = year < period.first_year if period.first_year is not None else False
            is_past = is_past or (period.now is not None and year < period.now)
            is_base = period.base_year is not None and year <= period.base_year
            status = "actual" if is_past or is_base else "target"
        status = status or self.setting.status or "target"
        if year is None and status == "target":
            year = self._last_year()
        elif year is None:
            year = period.base_year or (self.setting.year if self.setting.status == "actual" else None)
        return year, status

    def _last_year(self) -> int | None:
        """Year of a target whose column names none."""
        last = self.setting.period.last_year
        if self.years:
            return last if last in self.years else max(self.years)
        for caption in self.captions:
            years = [match for match in _YEAR.finditer(caption) if match[1]]
            if len(years) == 1:
                return int(years[0][1])
        return self.setting.year or last

    def _state(
        self,
        number: Number,
        cell: Cell,
        content: str,
        column: Column,
        what: tuple[str, str],
        when: tuple[int | None, str],
        facts: _Facts,
    ) -> TableStatement:
        label, scope = what
        kind = number.kind
        if column.kind and not (column.kind == "growth" and number.is_bracketed):
            kind = column.kind if number.unit != "百分点" or column.kind == "annual" else "change"
        if kind == "level" and number.is_own and number.unit == "百分点":
            kind = "change"
        base = column.base_year
        year, status = when
        for moment in find_moments(content, self.setting.period) if "年" in content else ():
            if moment.role == "base":
                base = moment.year
            elif moment.role == "year" and moment.is_explicit and not _CELL_YEAR.search(content):
                year = moment.year or year
        squeezed = squeeze(self.text, cell.start, cell.end)
        quantity = replace(
            number.quantity, start=squeezed.at(number.quantity.start), end=squeezed.after(number.quantity.end)
        )
        high = None if number.high is None else float(number.high)
        statement = Statement(
            quantity, kind, float(number.value), high, number.unit, number.bound, year,
            base if kind in ("change", "growth") else None, status, self._clean(label, kind), scope, (cell.start, cell.end), [],
        )  # fmt: skip
        return TableStatement(statement, facts.row, facts.group, facts.obligation)

    def _clean(self, label: str, kind: str) -> str:
        """Take off a label the words that the kind and the sign of the value already say."""
        if kind == "growth":
            return strip_fall(label)
        if kind in ("change", "annual"):
            for word in sorted((*self.grammar.words.per_year, *self.grammar.words.added), key=len, reverse=True):
                if label.startswith(word) and len(label) - len(word) >= 2:
                    return label.removeprefix(word)
        return label

    def _is_worded(self, content: str) -> bool:
        words = self.grammar.words
        if len(content) > _MAX_WORDED or "。" in content or content in words.obligations:
            return False
        if content in words.worded_cells or _EXHAUSTIVE.search(content):
            return True
        return any(sign in content for sign in words.worded_signs) and not re.search(r"\d", content)

    def _commit_in_words(
        self, cell: Cell, content: str, label: str, scope: str, year: int | None, facts: _Facts
    ) -> TableStatement:
        quantity = Quantity(cell.start, cell.end, cell.end, cell.start, cell.end, Decimal(0), None, None, "")
        statement = Statement(
            quantity, "level", None, None, "", "=", year, None, "target", label, scope, (cell.start, cell.end), []
        )
        return TableStatement(statement, facts.row, facts.group, facts.obligation, content)

    def _read_running(self, cell: Cell, facts: _Facts, year: int | None, status: str) -> Iterator[TableStatement]:
        """Read a cell of running text; what it does not say comes from its row and column."""
        squeezed = squeeze(self.text, cell.start, cell.end)
        setting = replace(
            self.setting, year=year if year is not None else self.setting.year, status=status or self.setting.status
        )
        for item in read_paragraph(squeezed.text, setting, self.grammar):
            if not isinstance(item, Statement):
                continue
            start, end = squeezed.at(item.quantity.start), squeezed.after(item.quantity.end)
            label = item.label or facts.name.label
            if item.label in self.grammar.words.generic_labels and facts.name.label not in item.label:
                label = f"{facts.name.label}{item.label}"
            quantity = replace(item.quantity, start=start, end=end)
            scope = item.scope or facts.name.scope or facts.place
            statement = replace(item, quantity=quantity, label=label, scope=scope)
            yield TableStatement(statement, facts.row, facts.group, facts.obligation)


def _align(row: Row, contents: list[str], head: Head) -> tuple[tuple[Cell, ...], list[str]]:
    """Give a row whose merged first cells are left out empty cells in their place."""
    missing = len(head.columns) - len(contents)
    lead = next((number for number, column in enumerate(head.columns) if column.role != "group"), 0)
    if not 0 < missing <= lead or len(contents) < 2:
        return row.cells, contents
    blank = Cell(row.start, row.start)
    padded = [""] * missing + contents
    if _count_fitting(padded, head) <= _count_fitting(contents, head):
        return row.cells, contents
    return (blank,) * missing + row.cells, padded


def _count_fitting(contents: list[str], head: Head) -> int:
    """How many cells stand in a column where they can."""
    return sum(
        is_number(content) == (column.role == "value")
        for column, content in zip(head.columns, contents, strict=False)
        if content and column.role in ("value", head.axis)
    )


def _head_of_pairs(grid: list[list[str]], captions: tuple[str, ...], grammar: Grammar) -> Head | None:
    """The head of a table that has none: names with a unit, and one number beside each."""
    pairs = [row for row in grid if len([content for content in row if content]) == 2]
    if len(pairs) < 2 or len(pairs) * 3 < len(grid) * 2:
        return None
    has_stated = read_stated_unit(captions, "", grammar) is not NO_MEASURE
    fitting = 0
    for row in pairs:
        name, value = [content for content in row if content]
        has_unit = (
            read_name(name, None, grammar).measure is not NO_MEASURE
            or not value.rstrip("以上下左右内])")[-1:].isdigit()
        )
        fitting += is_number(value) and not is_number(name) and (has_unit or has_stated)
    return Head(0, (Column("label"), Column("value")), "label") if fitting * 4 >= len(pairs) * 3 else None


def _settle_totals(found: list[tuple[Column, TableStatement]]) -> Iterator[TableStatement]:
    """A total that is just the difference of target and base is a change, of a rate in percentage points."""
    levels = [item.statement for column, item in found if not column.is_total and item.statement.kind == "level"]
    for column, item in found:
        statement = item.statement
        bracketed = statement.kind == "level" and column.is_total and statement.value is not None
        ends = [level.value for level in levels if level.unit == statement.unit and level.value is not None]
        if bracketed and len(ends) >= 2 and statement.value is not None:
            rise = ends[-1] - ends[0]
            if abs(rise - statement.value) <= max(1e-9, 0.02 * abs(statement.value)):
                unit = "百分点" if is_share(statement.unit) else statement.unit
                yield replace(item, statement=replace(statement, kind="change", unit=unit))
                continue
        yield item
