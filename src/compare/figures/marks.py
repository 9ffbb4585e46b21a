"""The marks of a target: filled for a value, an arrow for a bound, hollow on a band for about, a bar for a range."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from compare.figures.sheet import KeyEntry, Sheet
from compare.figures.theme import ACCENT, MARK_GREY, TINT, WHITE, find_size
from compare.figures.wording import Lang, say

UP, DOWN = (">=", ">"), ("<=", "<")
OPEN = (">", "<", "~")
_WORDS = {
    "=": ("达到", "equal to"),
    ">=": ("不少于", "at least"),
    ">": ("超过", "more than"),
    "<=": ("不超过", "at most"),
    "<": ("低于", "under"),
    "~": ("约（带宽不表示数值）", "about (width of band has no scale)"),
    "range": ("区间", "range"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a dot looks; white ones get an edge that shows."""

    fill: str
    edge: str
    shape: str = "o"


DOT = Look(ACCENT, ACCENT)
RING = Look(WHITE, MARK_GREY)


@dataclass(frozen=True, slots=True)
class Mark:
    """A target at a place: x in data, y in points; grey where it is not the subject."""

    value: float
    high: float
    bound: str
    y: float
    quiet: bool = False

    @property
    def is_range(self) -> bool:
        """Whether it has two ends."""
        return not math.isnan(self.high) and self.high != self.value


def size_in_key(size: str) -> float:
    """Gives the diameter in points that dots have in the key of a figure of a size."""
    return 0.72 * find_size(size).small


def reach_of(bound: str, diameter: float) -> tuple[float, float]:
    """Gives how far the mark of a bound reaches from its value, before and after, in points."""
    dot, arrow, band = diameter / 2, 2.3 * diameter, 1.45 * diameter
    return (arrow if bound in DOWN else band if bound == "~" else dot), (
        arrow if bound in UP else band if bound == "~" else dot
    )


def draw_marks(axes: Axes, marks: Sequence[Mark], per_point: float, diameter: float) -> None:
    """Draws targets on axes whose x is data.

    Args:
        axes: their y is in points.
        marks: to draw.
        per_point: how much of the value a point is.
        diameter: of a dot, in points.
    """
    for quiet in (True, False):
        chosen = [mark for mark in marks if mark.quiet is quiet]
        for line in _make_lines(chosen, per_point, diameter, quiet=quiet):
            axes.add_line(line)


def _make_lines(marks: Sequence[Mark], per_point: float, diameter: float, *, quiet: bool) -> Iterable[Line2D]:
    colour, band = (MARK_GREY, "#dfe2e5") if quiet else (ACCENT, TINT)
    arrow, head = 2.0 * diameter * per_point, 0.25 * diameter * per_point
    near = [mark for mark in marks if mark.bound == "~"]
    if near:
        half = 1.15 * diameter * per_point
        yield _strokes([(m.value - half, m.value + half, m.y) for m in near], band, 0.62 * diameter, zorder=1.5)
    ranges = [mark for mark in marks if mark.is_range]
    if ranges:
        yield _strokes([(m.value, m.high, m.y) for m in ranges], colour, 0.42 * diameter, zorder=2.0)
    for bounds, way, shape in ((UP, 1, ">"), (DOWN, -1, "<")):
        ahead = [mark for mark in marks if mark.bound in bounds]
        if ahead:
            tips = [((m.high if m.is_range else m.value) + way * arrow, m.y) for m in ahead]
            stems = [(m.value, tip, y) for m, (tip, y) in zip(ahead, tips, strict=True)]
            yield _strokes(stems, colour, 0.2 * diameter, zorder=2.1)
            yield _dots([(tip - way * head, y) for tip, y in tips], 0.62 * diameter, Look(colour, colour, shape))
    for is_open, fill in ((False, colour), (True, WHITE)):
        dots = [mark for mark in marks if (mark.bound in OPEN) is is_open]
        if dots:
            places = [(m.value, m.y) for m in dots] + [(m.high, m.y) for m in dots if m.is_range]
            yield _dots(places, diameter, Look(fill, colour))


def _strokes(spans: Sequence[tuple[float, float, float]], colour: str, width: float, *, zorder: float) -> Line2D:
    xs = [x for start, end, _ in spans for x in (start, end, math.nan)]
    ys = [y for _, _, level in spans for y in (level, level, math.nan)]
    return Line2D(xs, ys, color=colour, linewidth=width, solid_capstyle="round", zorder=zorder, clip_on=False)


def _dots(places: Sequence[tuple[float, float]], size: float, look: Look) -> Line2D:
    return Line2D(
        [x for x, _ in places],
        [y for _, y in places],
        linestyle="none",
        marker=look.shape,
        markersize=size,
        markerfacecolor=look.fill,
        markeredgecolor=look.edge,
        markeredgewidth=0.16 * size if look.fill == WHITE else 0.0,
        zorder=3.0,
        clip_on=False,
    )


def put_dot(sheet: Sheet, x: float, y: float, size: float, look: Look) -> None:
    """Draws one dot at a place of the sheet."""
    sheet.add(_dots([(x, y)], size, look))


def put_dots(axes: Axes, places: Sequence[tuple[float, float]], size: float, look: Look) -> None:
    """Draws dots of one look on axes."""
    if places:
        axes.add_line(_dots(places, size, look))


def name_bound(bound: str, lang: Lang) -> str:
    """Names a bound in a word, for a key."""
    words = ("约", "about") if bound == "~" else _WORDS.get(bound, ("", ""))
    return say(lang, *words)


def key_of_bounds(marks: Iterable[Mark], diameter: float, lang: Lang, *, plain: str = "") -> list[KeyEntry]:
    """Makes the key of the bounds that occur.

    Args:
        marks: of the chart.
        diameter: of a dot, in points.
        lang: language.
        plain: words of the only entry where every target is a plain value; there is no key then where they are empty.
    """
    marks = list(marks)
    present = {mark.bound for mark in marks if not mark.is_range} | {"range" for mark in marks if mark.is_range}
    if present <= {"="} and not plain:
        return []
    entries = []
    for bound, words in _WORDS.items():
        if bound in present:
            before, after = (0.5 * diameter, 2.5 * diameter) if bound == "range" else reach_of(bound, diameter)
            text = plain if present == {"="} else say(lang, *words)
            entries.append(KeyEntry(text, before + after, _key_drawer(bound, before, diameter)))
    return entries


def _key_drawer(bound: str, before: float, diameter: float) -> Callable[[Sheet, float, float], None]:
    def draw(sheet: Sheet, x: float, y: float) -> None:
        is_range = bound == "range"
        value = x + before
        mark = Mark(value, value + 2 * diameter if is_range else math.nan, "=" if is_range else bound, y)
        for line in _make_lines([mark], 1.0, diameter, quiet=False):
            sheet.add(line)

    return draw
