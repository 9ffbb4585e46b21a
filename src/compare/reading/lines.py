"""The lines of a plain text: without blank lines and page furniture, cut where a long line holds several paragraphs."""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Iterable, Iterator

SENTENCE_END = "。!?;:！？；："
# Starts with the blank, so that the engine looks at nothing else.
PARAGRAPH_GAP = re.compile(
    r" (?:(?<=[。;!?)”|] ) *+(?=\S)|(?<!  ) *+(?=[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)))"
)
WRAPPED_LINE = 18
_INLINE_HEADING = re.compile(r"(?:[一二三四五六七八九十]{1,3}、)[^ 。;,]{2,30} (?=\S)")
_LONG_LINE = 120
_FURNITURE = re.compile(r"[—–·-]+ ?\d{1,4} ?[—–·-]+|(?:第 ?)?\d{1,4} ?页(?: ?[/,]? ?共 ?\d+ ?页)?|\d{1,4} ?/ ?\d{1,4}")
_FOLDED = ",;:()!?"
# Fewer lines show no width; punctuation and words in Latin letters make the lines of a page differ by a few characters.
_LEAST_LINES = 4
_SIGNS = re.compile("[,、。;:]")
_UNEVEN = 4
_BARE_NUMBER = re.compile(r"[—–·-]?\d{1,4}")


def split_lines(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of every line or paragraph in which something stands, blanks around it and page numbers left out.

    A line that is a number alone stays: it may be a cell (see `is_bare_number`).
    """
    position = 0
    for line in text.split("\n"):
        end = position + len(line)
        if not line or line.isspace():
            position = end + 1
            continue
        if end - position < _LONG_LINE:
            spans: Iterable[tuple[int, int]] = ((position, end),)
        else:
            spans = _paragraphs_of_line(text, position, end)
        for start, stop in spans:
            stretch = text[start:stop]
            stripped = stretch.strip(" ")
            if stripped and not (len(stripped) < 16 and _FURNITURE.fullmatch(stripped)):
                lead = start + stretch.index(stripped[0])
                yield lead, lead + len(stripped)
        position = end + 1


def is_bare_number(text: str, line: tuple[int, int]) -> bool:
    """A page's number, unless it is a cell of a table that stands one cell a line."""
    return line[1] - line[0] < 6 and _BARE_NUMBER.fullmatch(text, *line) is not None


def _paragraphs_of_line(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A text without line breaks shows its paragraphs by blanks after a sentence or around a heading."""
    if text.find(" ", start, end) < 0 or "|" in text[start : end - 1]:
        yield start, end
        return
    cuts = [start, *(gap.end() for gap in PARAGRAPH_GAP.finditer(text, start, end)), end]
    for first, last in itertools.pairwise(cuts):
        heading = _INLINE_HEADING.match(text, first, last)
        if heading:
            yield first, heading.end()
            yield heading.end(), last
        else:
            yield first, last


def page_width(text: str, lines: list[tuple[int, int]]) -> int:
    """How wide the lines are that a page's width has broken (text from PDF); 0 where each is a paragraph or an item.

    Lines that a page breaks are about as wide as each other and have signs in them; items that stand one a line do not.

    Args:
        text: folded, simplified text.
        lines: offsets of its lines of running text.

    Returns:
        The width of a full line, in half-width characters.
    """
    long = [text[start:end] for start, end in lines if end - start >= WRAPPED_LINE]
    broken = [line for line in long if line[-1] not in SENTENCE_END]
    if len(long) < _LEAST_LINES or len(broken) * 2 <= len(long):
        return 0
    if statistics.median_low(map(len, broken)) > _LONG_LINE:
        return 0
    widths = list(map(width_of, broken))
    width = statistics.median_low(widths)
    short = sum(
        WRAPPED_LINE // 2 <= end - start < WRAPPED_LINE and text[end - 1] not in SENTENCE_END for start, end in lines
    )
    is_even = sum(abs(found - width) <= _UNEVEN for found in widths) * 5 > (len(broken) + short) * 3
    return width if is_even and sum(map(_is_running, long)) * 2 > len(long) else 0


def _is_running(line: str) -> bool:
    return _SIGNS.search(line) is not None


def width_of(line: str) -> int:
    """Width of a line in half-width characters; signs of a Chinese text were full-width before they were folded.

    >>> width_of("5G基站,"), width_of("16万个")
    (8, 6)
    """
    return len(line) + sum(not character.isascii() or character in _FOLDED for character in line)
