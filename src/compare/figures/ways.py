"""Ways: from a start to an end on a row, labelled away from each other; the start is a ring, the end a target."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from compare.figures.marks import RING, Mark, draw_marks, put_dot, put_dots, reach_of
from compare.figures.rows import Panel
from compare.figures.scales import Place, Scale, fit_scale
from compare.figures.sheet import KeyEntry, Sheet
from compare.figures.theme import GREY, INK, TINT

LEAST_SHARE = 0.25  # of the width of a scale that must be left between labels
GAP = 0.45  # between a mark and its label, in sizes of the type


@dataclass(frozen=True, slots=True)
class Way:
    """One row: a start, an end, or both; NaN for what is not there."""

    start: float
    end: float
    high: float
    bound: str
    start_text: str
    end_text: str

    @property
    def starts(self) -> bool:
        """Whether there is a start."""
        return not math.isnan(self.start)

    @property
    def ends(self) -> bool:
        """Whether there is an end."""
        return not math.isnan(self.end)

    @property
    def falls(self) -> bool:
        """Whether it goes down."""
        return self.starts and self.ends and self.start > self.end

    @property
    def top(self) -> float:
        """The upper end of a range, the end otherwise."""
        return self.end if math.isnan(self.high) else self.high


def list_values(ways: Sequence[Way]) -> list[float]:
    """Lists all starts and ends."""
    return [value for way in ways for value in (way.start, way.end, way.high) if not math.isnan(value)]


def fit_ways(sheet: Sheet, ways: Sequence[Way], width: float) -> Scale:
    """Finds the scale on which every way stands with its labels."""
    label = sheet.size.label
    ring = 0.78 * label / 2
    places = []
    for way in ways:
        before, after = reach_of(way.bound, 0.78 * label)
        sides = [sheet.typeface.width(text, label, "bold") for text, _ in _choose_sides(way)]
        room = [wide + 1.2 * GAP * label if wide else 0.0 for wide in sides]
        if way.ends:
            places += [Place(way.end, before + room[0]), Place(way.top, after=after + room[1])]
        if way.starts:
            places.append(Place(way.start, ring + room[0], ring + room[1]))
    values = list_values(ways)
    return fit_scale(places, width, zero=min(values) < 0.3 * max(values))


def _choose_sides(way: Way) -> tuple[tuple[str, bool], tuple[str, bool]]:
    """Gives the labels left and right of a way, and which is that of its end; both stand clear of both marks."""
    start, end = (way.start_text, False), (way.end_text, True)
    return (end, start) if way.falls or not way.ends else (start, end)


def leave_room(ways: Sequence[Way], scale: Scale) -> bool:
    """Whether labels leave the ways themselves enough of the width."""
    values = list_values(ways)
    return not values or scale.at(max(values)) - scale.at(min(values)) > LEAST_SHARE * scale.width


def draw_ways(sheet: Sheet, panel: Panel, own: Sequence[Way]) -> None:
    """Draws the ways of a panel, one a row."""
    label, top = panel.label, panel.top
    diameter = 0.78 * label
    marks, rings, stems = [], [], []
    for way, y in zip(own, panel.middles, strict=True):
        before, after = reach_of(way.bound, diameter)
        reached = []
        if way.ends:
            marks.append(Mark(way.end, way.high, way.bound, y))
            reached += [panel.x(way.end) - before, panel.x(way.top) + after]
        if way.starts:
            rings.append((way.start, y))
            reached += [panel.x(way.start) - diameter / 2, panel.x(way.start) + diameter / 2]
        edges = (min(reached) - GAP * label, "right"), (max(reached) + GAP * label, "left")
        for (text, is_end), (x, align) in zip(_choose_sides(way), edges, strict=True):
            weight, colour = ("bold", INK) if is_end else ("regular", GREY)
            if text:
                sheet.write(x, top + y, text, size=label, weight=weight, colour=colour, align=align, backed=True)
        if way.starts and way.ends:
            stems.append(((panel.x(way.start), top + y), (panel.x(way.end), top + y)))
    sheet.lines(stems, colour=TINT, width=0.45 * diameter, zorder=0.7)
    put_dots(panel.axes, rings, 0.8 * diameter, RING)
    draw_marks(panel.axes, marks, panel.scale.per_point, diameter)


def key_of_start(words: str, diameter: float) -> KeyEntry:
    """Makes the entry of the key for the ring at the start."""

    def draw(sheet: Sheet, x: float, y: float) -> None:
        put_dot(sheet, x + diameter / 2, y, 0.8 * diameter, RING)

    return KeyEntry(words, diameter, draw)
