"""The lines of a plain text: without blank lines and page furniture, cut where a long line holds several paragraphs."""

from __future__ import annotations

import itertools
import re
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
            stripped = text[start:stop].strip(" ")
            if stripped and not (len(stripped) < 16 and _FURNITURE.fullmatch(stripped)):
                lead = start + (stop - start - len(text[start:stop].lstrip(" ")))
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


def is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether lines are broken by page width (text from PDF) rather than by paragraphs."""
    long = [text[end - 1] for start, end in lines if end - start >= WRAPPED_LINE]
    return len(long) >= 8 and sum(last not in SENTENCE_END for last in long) > len(long) / 2
