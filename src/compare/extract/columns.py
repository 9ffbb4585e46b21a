"""The head of a table: how many rows it has, what each column holds, and what the rows are named by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from compare.extract.grammar import Grammar
from compare.extract.printed_units import NO_UNIT, is_unit, read_stated_unit
from compare.extract.rows import read_name
from compare.extract.titles import Column, is_place, read_role, read_subject, read_title, read_title_kind

_NUMBER = re.compile(
    r"[\[(〔]?-?(?:约|近|超过|超|逾|达到|达|突破|不少于|不低于|低于|小于|高于|[<>≥≤≈])*"
    r"\d[\d.,]*(?:[—~-]\d[\d.,]*)?(?P<unit>[^\d,。;]{0,9})[\])〕]?"
)
_YEAR = re.compile(r"[(\[“到至]?(?:19|20)\d\d(?:年.*|[—~至-](?:19|20)\d\d年?.*|[)\]])?|“?十[二三四五六]五”?.{0,4}")
_MEASURE_END = re.compile(
    r"(?:数|数量|量|率|额|值|规模|收入|占比|比重|比例|人数|户数|投资|产量|面积|里程|强度|指数|水平)$"
)
_SERIAL = re.compile(r"\(?\d{1,3}[.、)]?")
_ROWS_LOOKED_AT = 20
_MAX_HEIGHT = 4


@dataclass(frozen=True, slots=True)
class Head:
    """A table's head.

    Attributes:
        height: number of its rows.
        columns: what each column holds.
        axis: what names the rows: `label`, `place`, `branch`, `year`, or nothing.
    """

    height: int
    columns: tuple[Column, ...]
    axis: str

    @property
    def has_values(self) -> bool:
        """Whether a column holds values."""
        return any(column.role == "value" for column in self.columns)


def is_number(content: str) -> bool:
    """Whether a cell is a number with at most a unit.

    >>> is_number("≥99%"), is_number("3家"), is_number("2025年"), is_number("5G基站(万个)")
    (True, True, False, False)
    """
    match = _NUMBER.fullmatch(content) if len(content) < 30 else None
    return match is not None and not _YEAR.fullmatch(content) and match["unit"][:1] not in ("G", "K", "D")


def read_head(rows: Sequence[Sequence[str]], captions: tuple[str, ...], grammar: Grammar) -> Head:
    """Read a table's head.

    Args:
        rows: contents of the cells, squeezed, folded, simplified; the head's rows first.
        captions: the lines above the table, the nearest first.
        grammar: the compiled definitions.

    Returns:
        The head; without a row of titles its height is 0, and it has columns only where names and numbers stand in
        pairs.
    """
    height = _height(rows, grammar)
    has_unit = read_stated_unit(captions, "", grammar) is not NO_UNIT
    if height:
        width = max(len(row) for row in rows[:_ROWS_LOOKED_AT])
        body = rows[height : height + _ROWS_LOOKED_AT]
        samples = [[row[index] for row in body if index < len(row) and row[index]] for index in range(width)]
        columns = [
            _look_at(read_title(parts, grammar), sample, grammar, has_unit=has_unit)
            for parts, sample in zip(_stack_titles(rows[:height], width), samples, strict=True)
        ]
        axis = _name_rows(columns, samples)
        if any(column.role == "value" for column in columns):
            return Head(height, tuple(columns), axis)
    else:
        columns = []
    return _head_of_pairs(rows, grammar, has_unit=has_unit) or Head(height, tuple(columns), "")


# --- which rows are the head


def is_head_row(row: Sequence[str], grammar: Grammar) -> bool:
    """Whether a row's cells are titles, half of them at least of a kind that is known."""
    filled = [content for content in row if content]
    if len(filled) < 2 or any(is_number(content) for content in filled):
        return False
    known = sum(read_role(content, grammar) not in ("other", "text") for content in filled)
    return known * 2 >= len(filled)


def _height(rows: Sequence[Sequence[str]], grammar: Grammar) -> int:
    if not rows or not (is_head_row(rows[0], grammar) or _is_plain_head(rows)):
        return 0
    height = 1
    for row in rows[1:_MAX_HEIGHT]:
        filled = [content for content in row if content]
        if len(filled) < 2 or any(is_number(content) or len(content) > 30 for content in filled):
            break
        if (row[0] and row[0] != rows[0][0]) or not _is_below(rows[0], row):
            break
        height += 1
    return height


def _is_plain_head(rows: Sequence[Sequence[str]]) -> bool:
    """A first row of short words above a column of numbers."""
    first = [content for content in rows[0] if content]
    if len(first) < 2 or any(len(content) > 16 or is_number(content) for content in first):
        return False
    body = rows[1:12]
    return any(
        sum(index < len(row) and is_number(row[index]) for row in body) * 2 > len(body)
        for index in range(1, len(rows[0]))
    )


def _is_below(upper: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a row's titles stand below titles that run over several columns, or add years or units to them."""
    has_gaps = any(not content for content in upper[1:]) or len(set(upper)) < len(upper) or len(row) > len(upper)
    return has_gaps or all(len(content) <= 12 for content in row)


def _stack_titles(rows: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    """The titles above each column from top to bottom; one that runs over several columns stands above each of them."""
    titles: list[list[str]] = [[] for _ in range(width)]
    for number, row in enumerate(rows):
        carried = ""
        for index in range(width):
            content = row[index] if index < len(row) else ""
            is_split = any(index < len(lower) and lower[index] for lower in rows[number + 1 :])
            if content:
                carried = content if is_split else ""
            elif is_split:
                content = carried
            if content and content not in titles[index]:
                titles[index].append(content)
    return titles


# --- what the columns hold


def _look_at(column: Column, sample: list[str], grammar: Grammar, *, has_unit: bool) -> Column:
    """Decide on a column by what stands in it, where its title does not tell."""
    if not sample or column.role in ("value", "obligation", "deadline", "text", "idle"):
        return column
    if column.role == "year":
        return column if all(map(_YEAR.match, sample)) else replace(column, role="label")
    if column.role == "unit":
        known = sum(is_unit(content, grammar) for content in sample)
        return replace(column, role="place") if known * 2 < len(sample) else column
    numbers = [content for content in sample if is_number(content)]
    if len(numbers) * 2 <= len(sample):
        obligations = sum(content in grammar.words.obligations for content in sample)
        if column.role in ("other", "group") and obligations * 2 > len(sample):
            return replace(column, role="obligation")
        is_running = sum(map(len, sample)) > 12 * len(sample)
        return replace(column, role="text") if column.role == "other" and is_running else column
    if all(_SERIAL.fullmatch(content) for content in sample) and sample[0].strip("().、") == "1":
        return replace(column, role="group")
    with_unit = sum(not content[-1].isdigit() for content in numbers)
    label, scope = read_subject(column.title, grammar)
    is_part = bool(scope) or column.title in grammar.words.totals
    is_measure = with_unit * 2 > len(numbers) or has_unit or _MEASURE_END.search(column.title) is not None
    if column.title and (is_part or is_measure):
        kind = read_title_kind(column.title, grammar)
        return replace(column, role="value", label=label, scope=scope, kind=kind)
    return replace(column, role="idle")


def _name_rows(columns: list[Column], samples: list[list[str]]) -> str:
    """Settle which column names the rows; the others of its kind are groups."""
    first_value = next((index for index, column in enumerate(columns) if column.role == "value"), len(columns))
    for role in ("label", "year", "place", "branch"):
        found = [index for index, column in enumerate(columns[:first_value]) if column.role == role]
        if found:
            _keep_one(columns, role, found[-1], first_value)
            return role
    for wanted in ("other", "text", "value", "group"):
        for index, column in enumerate(columns[:-1]):
            is_open = column.role == wanted and column.year is None and index <= first_value
            if is_open and samples[index] and not any(map(is_number, samples[index])):
                return _adopt(columns, index, samples[index])
    return ""


def _keep_one(columns: list[Column], role: str, kept: int, first_value: int) -> None:
    """Of the columns that could name the rows one does; a place beside it stays the place."""
    beside = ("label", "branch", "year") if role == "label" else (role,)
    for index, column in enumerate(columns):
        if index != kept and column.role in beside:
            after = "text" if column.role == "label" else "idle"
            columns[index] = replace(column, role="group" if index < first_value else after)


def _adopt(columns: list[Column], index: int, sample: list[str]) -> str:
    """Take a column without a telling title as the one that names the rows."""
    if all(_YEAR.fullmatch(content) for content in sample):
        role = "year"
    elif sum(map(is_place, sample)) * 10 >= 6 * len(sample):
        role = "place"
    else:
        role = "branch" if any(column.label for column in columns if column.role == "value") else "label"
    columns[index] = replace(columns[index], role=role)
    return role


def _head_of_pairs(rows: Sequence[Sequence[str]], grammar: Grammar, *, has_unit: bool) -> Head | None:
    """The head of a table that has none: names with a unit, and one number beside each."""
    pairs = [[content for content in row if content] for row in rows[: 2 * _ROWS_LOOKED_AT] if len(row) <= 2]
    if len(pairs) < 2 or len(pairs) < len(rows[: 2 * _ROWS_LOOKED_AT]):
        return None
    fitting = 0
    for pair in pairs:
        if len(pair) == 2 and is_number(pair[1]) and not is_number(pair[0]):
            own = read_name(pair[0], None, grammar).unit is not NO_UNIT or not pair[1][-1].isdigit()
            fitting += own or has_unit
    return Head(0, (Column("label"), Column("value")), "label") if fitting * 4 >= len(pairs) * 3 else None
