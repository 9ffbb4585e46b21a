"""How much room text takes in an office file, measured with the project's typeface, whose widths others come near."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from compare.errors import FigureError
from compare.figures.typeface import Typeface

LEADING = 1.3  # distance of lines, in sizes of the type; set exactly, so that every typeface keeps it
SLACK = 1.05  # other typefaces run wider than ours


@cache
def _typeface() -> Typeface:
    return Typeface()


def known_text(text: str) -> str:
    """Puts a character of full width in the place of those that the typeface does not have."""
    typeface = _typeface()
    known = []
    for character in text:
        try:
            typeface.width(character, 1.0)
        except FigureError:
            known.append("口")
        else:
            known.append(character)
    return "".join(known)


def count_lines(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """Counts the lines that a text takes in a width, both in points."""
    weight = "bold" if bold else "regular"
    paragraphs = text.split("\n")
    return sum(len(_typeface().wrap(known_text(one), width / SLACK, size, weight)) if one else 1 for one in paragraphs)


def height_of(text: str, width: float, size: float, *, bold: bool = False) -> float:
    """Gives the height of a text in points."""
    return count_lines(text, width, size, bold=bold) * size * LEADING


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Gives the width of a text on one line, in points."""
    return _typeface().width(known_text(text), size, "bold" if bold else "regular") * SLACK


def choose_size(text: str, width: float, height: float, sizes: Sequence[float], *, bold: bool = False) -> float:
    """Chooses the first of some sizes at which a text fits a box, the last where none does."""
    for size in sizes:
        if height_of(text, width, size, bold=bold) <= height:
            return size
    return sizes[-1]


def shorten(text: str, width: float, height: float, size: float) -> str:
    """Cuts a text to a box, an ellipsis for the rest."""
    most = max(1, int(height / (size * LEADING)))
    lines = _typeface().wrap(known_text(text), width / SLACK, size)
    if len(lines) <= most:
        return text
    room = most * width / SLACK
    while text and _typeface().width(known_text(text) + "…", size) > 0.97 * room:
        text = text[:-1]
    return text.rstrip(" ，、,;；") + "…"
