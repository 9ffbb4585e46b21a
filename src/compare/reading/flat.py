"""Tables that lost their lines: copied one cell a line, or with blanks alone between the cells of a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.reading.grid import Cell, Row, Table
from compare.reading.titles import ends_row, fits, is_head, is_value, read_title

Span = tuple[int, int]

_MAX_WIDTH = 14
MAX_HEAD = 40
"""The longest title of a column that stands in a line of its own."""
_MAX_GROUP = 26
_MAX_LABEL_LINES = 3
_BROKEN = 8
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)).{2,}")
_PAGE = re.compile(r"\d{1,4}")
_TOKEN = re.compile(
    r"(?:19|20)\d\d 年[^ ]*|[<>≥≤] ?\d[^ ]*(?: (?:以上|以下|左右|以内))?|\d[\d.,]*%? (?:以上|以下|左右|以内)|[^ ]+"
)


def read_vertical(text: str, lines: list[Span], index: int) -> tuple[Table, int] | None:
    """Read a table that stands one cell a line.

    Rows may lack the cell of a group that runs over several of them, carry a label over two or three lines, or be a
    group's name alone; a page's number between two rows is passed over.

    Args:
        text: folded, simplified text.
        lines: offsets of the text's lines that are not blank.
        index: the line at which the head would start.

    Returns:
        The table and the index of the first line after it; None where no such table starts there.
    """
    letters = _read_head(text, lines, index)
    if not letters:
        return None
    rows = [_row_of([Cell(*line) for line in lines[index : index + len(letters)]])]
    index += len(letters)
    while (found := _next_row(text, lines, index, letters, sure=len(rows) > 2)) is not None:
        row, index = found
        rows.append(row)
    return (Table(tuple(rows)), index) if any(len(row.cells) > 1 for row in rows[1:]) else None


def _read_head(text: str, lines: list[Span], index: int) -> str:
    letters = ""
    for start, end in lines[index : index + _MAX_WIDTH]:
        letter = read_title(text[start:end]) if end - start <= MAX_HEAD else ""
        if (
            not letter
            or (letters.startswith("Y") and letter != "M")
            or (letter == "M" and letters[:1] in ("", "L", "G"))
        ):
            break
        letters += letter
    if letters and not set("LPY") & set(letters):
        letters = _name_by_goal(text, lines[index : index + len(letters)], letters)
    while letters and not is_head(letters):
        letters = letters[:-1]
    return letters


def _name_by_goal(text: str, titles: list[Span], letters: str) -> str:
    """Where no other title names the rows, 目标 or 任务 alone does."""
    for place, (start, end) in enumerate(titles):
        if letters[place] == "V" and text[start:end] in ("目标", "任务"):
            return f"{letters[:place]}L{letters[place + 1 :]}"
    return letters


def _next_row(text: str, lines: list[Span], index: int, letters: str, *, sure: bool) -> tuple[Row, int] | None:
    """The row that starts at a line, and the line after it; `sure` once rows before have shown how wide they are."""
    if index >= len(lines):
        return None
    content = text[slice(*lines[index])]
    is_next_row = _fit(text, lines, index + 1, letters, sure=sure) is not None
    if is_next_row and len(content) <= _MAX_GROUP and _NUMBERED.fullmatch(content):
        return _row_of([Cell(*lines[index])]), index + 1
    if (cells := _fit(text, lines, index, letters, sure=sure)) is not None:
        used = sum(1 + text.count("\n", cell.start, cell.end) for cell in cells if not cell.is_empty)
        return _row_of(cells), index + used
    if sure and _PAGE.fullmatch(content) and not _PAGE.fullmatch(text[slice(*lines[min(index + 1, len(lines) - 1)])]):
        return _next_row(text, lines, index + 1, letters, sure=sure)
    if is_next_row and 2 <= len(content) <= _MAX_GROUP and not is_value(content):
        return _row_of([Cell(*lines[index])]), index + 1
    return None


def _fit(text: str, lines: list[Span], index: int, letters: str, *, sure: bool) -> list[Cell] | None:
    """Lay the lines from `index` on into the columns; None where none of the ways to do it holds."""
    if index >= len(lines):
        return None
    groups = len(letters) - len(letters.lstrip("SG"))
    for label_lines in range(1, _MAX_LABEL_LINES + 1):
        for omitted in range(groups + 1):
            for shortened in (0, 1) if letters.endswith("O") else (0,):
                cells = _lay(text, lines, index, letters[omitted : len(letters) - shortened], label_lines)
                if cells is not None and _is_aligned(
                    text, lines, index + len(cells) + label_lines - 1, letters, sure=sure
                ):
                    return [Cell(lines[index][0], lines[index][0])] * omitted + cells
    return None


def _lay(text: str, lines: list[Span], index: int, letters: str, label_lines: int) -> list[Cell] | None:
    cells: list[Cell] = []
    for letter in letters:
        count = label_lines if letter in "LP" else 1
        if index + count > len(lines):
            return None
        cell = Cell(lines[index][0], lines[index + count - 1][1])
        if count > 1 and not _is_wrapped_label(text, lines[index : index + count]):
            return None
        if not fits(text[cell.start : cell.end].replace("\n", ""), letter):
            return None
        cells.append(cell)
        index += count
    return cells


def _is_aligned(text: str, lines: list[Span], index: int, letters: str, *, sure: bool) -> bool:
    """Whether what follows a row can start another one: a number there is a cell left over, or else a page's number."""
    if index >= len(lines) or letters.startswith(("S", "Y")) or not ends_row(text[slice(*lines[index])]):
        return True
    is_page = sure and _PAGE.fullmatch(text[slice(*lines[index])]) is not None
    return is_page and index + 1 < len(lines) and not ends_row(text[slice(*lines[index + 1])])


def _is_wrapped_label(text: str, lines: list[Span]) -> bool:
    """Whether lines are one label, broken by the width of its column."""
    parts = [text[start:end] for start, end in lines]
    return all(len(part) >= 5 and not part.endswith((")", "。")) for part in parts[:-1]) and not any(
        map(ends_row, parts)
    )


def read_spaced(text: str, lines: list[Span], index: int) -> tuple[Table, int] | None:
    """Read a table whose cells have blanks alone between them, as text taken from a page shows it.

    Args:
        text: folded, simplified text.
        lines: offsets of the text's lines that are not blank.
        index: the line at which the head would start.

    Returns:
        The table and the index of the first line after it; None where no such table starts there.
    """
    if lines[index][1] - lines[index][0] > 160 or " " not in text[slice(*lines[index])]:
        return None
    titles = list(_tokens(text, lines[index]))
    known = [read_title(text[cell.start : cell.end]) for cell in titles]
    letters = "".join(letter or "O" for letter in known)
    if not is_head(letters) or known.count("") * 3 > len(known):
        return None
    rows = [_row_of(titles)]
    index += 1
    while (found := _next_spaced(text, lines, index, letters)) is not None:
        rows.append(found)
        index += 1 + text.count("\n", found.start, found.end)
    return (Table(tuple(rows)), index) if any(len(row.cells) > 1 for row in rows[1:]) else None


def _next_spaced(text: str, lines: list[Span], index: int, letters: str) -> Row | None:
    """The row that starts at a line: its cells, a group's name alone, or a label that runs on in the next line."""
    if index >= len(lines):
        return None
    if (cells := _split(text, lines[index], letters)) is not None:
        return _row_of(cells)
    content = text[slice(*lines[index])]
    if not 2 <= len(content) <= _MAX_GROUP or is_value(content) or " " in content or index + 1 >= len(lines):
        return None
    if (cells := _split(text, lines[index + 1], letters)) is None:
        return None
    place = _place_of_name(letters)
    parts = [lines[index], (cells[place].start, cells[place].end)]
    if len(content) >= _BROKEN and not _NUMBERED.fullmatch(content) and _is_wrapped_label(text, parts):
        cells[place] = Cell(lines[index][0], cells[place].end)
        return _row_of(cells)
    return _row_of([Cell(*lines[index])])


def _tokens(text: str, line: Span) -> Iterator[Cell]:
    for match in _TOKEN.finditer(text, *line):
        yield Cell(*match.span())


def _split(text: str, line: Span, letters: str) -> list[Cell] | None:
    """Cut one line into cells: those right of the label from its end, all that is left is the label."""
    if line[1] - line[0] > 240:
        return None
    tokens = list(_tokens(text, line))
    place = _place_of_name(letters)
    for shortened in (0, 1) if letters.endswith("O") else (0,):
        for omitted in range(place + 1):
            wanted = letters[omitted : len(letters) - shortened]
            right = len(letters) - shortened - place - 1
            if len(tokens) < len(wanted):
                continue
            before = place - omitted
            label = Cell(tokens[before].start, tokens[len(tokens) - right - 1].end)
            cells = [*tokens[:before], label, *tokens[len(tokens) - right :]]
            if all(fits(text[cell.start : cell.end], letter) for cell, letter in zip(cells, wanted, strict=True)):
                return [Cell(line[0], line[0])] * omitted + cells
    return None


def _place_of_name(letters: str) -> int:
    """Which column names the rows: the measure, the place, the year, or else the last group."""
    found = [letters.find(letter) for letter in "LPY" if letter in letters]
    return found[0] if found else letters.rfind("G")


def _row_of(cells: list[Cell]) -> Row:
    filled = [cell for cell in cells if not cell.is_empty]
    return Row(tuple(cells), filled[0].start, filled[-1].end)
