"""Where the labels of points stand: on the side where no line, point or other label is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

CLEAR = 7.0  # from the middle of a point to its label
STEP = 3.0  # between the places of a line that are looked at

Spot = tuple[float, float]
Rect = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Wish:
    """A label to place: its point, its size, and whether it stands beside the end of a line."""

    point: Spot
    width: float
    height: float
    at_end: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a label stands: the side of its point, and how far right and down of what is usual there, in points."""

    side: str
    right: float = 0.0
    down: float = 0.0


def place_labels(wishes: Sequence[Wish], lines: Iterable[Sequence[Spot]], width: float, height: float) -> list[Place]:
    """Places labels one after the other, each where it covers least.

    Args:
        wishes: the labels, those first that matter most.
        lines: all lines, each through its points, which labels keep off.
        width: of the room, in points.
        height: of the room, in points.

    Returns:
        A place for each label, in their order.

    >>> rising = [(10.0, 90.0), (50.0, 50.0), (90.0, 10.0)]
    >>> place_labels([Wish((50.0, 50.0), 30.0, 12.0, False)], [rising], 100, 100)[0]
    Place(side='above', right=-15.0, down=0.0)
    """
    listed = [list(line) for line in lines]
    points = [point for line in listed for point in line]
    strokes = [spot for line in listed for spot in _walk(line)]
    taken: list[Rect] = []
    places = []
    for wish in wishes:
        choices = list(_list_choices(wish))
        costs = []
        for rank, choice in enumerate(choices):
            rect = _rect_of(wish, choice)
            others = [point for point in points if point != wish.point]
            cost = 0.4 * rank + 3.0 * _count_inside(strokes, rect) + 6.0 * _count_inside(others, rect, CLEAR / 2)
            cost += 60.0 * sum(_meet(rect, other) for other in taken) + 20.0 * _overhang(rect, width, height)
            costs.append(cost)
        best = choices[costs.index(min(costs))]
        taken.append(_rect_of(wish, best))
        places.append(best)
    return places


def _list_choices(wish: Wish) -> Iterator[Place]:
    """The places that a label can take, the best first."""
    half, step = wish.width / 2, wish.height / 2
    if wish.at_end:
        for lines in (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6):
            yield Place("right", 0.0, lines * step)
    for side, way in (("above", -1), ("below", 1)):
        for right in (0.0, -half, half):
            yield Place(side, right, 0.0)
        yield Place(side, 0.0, way * 2 * step)


def _rect_of(wish: Wish, place: Place) -> Rect:
    x, y = wish.point[0] + place.right, wish.point[1] + place.down
    if place.side == "right":
        return x + CLEAR, y - wish.height / 2, x + CLEAR + wish.width, y + wish.height / 2
    top = y - CLEAR - wish.height if place.side == "above" else y + CLEAR
    return x - wish.width / 2, top, x + wish.width / 2, top + wish.height


def _walk(line: Sequence[Spot]) -> Iterator[Spot]:
    """Places along a line, close to each other."""
    for (x, y), (to_x, to_y) in pairwise(line):
        count = max(1, math.ceil(math.hypot(to_x - x, to_y - y) / STEP))
        for step in range(count + 1):
            yield x + (to_x - x) * step / count, y + (to_y - y) * step / count


def _count_inside(spots: Iterable[Spot], rect: Rect, around: float = 0.0) -> int:
    left, top, right, bottom = rect
    return sum(left - around < x < right + around and top - around < y < bottom + around for x, y in spots)


def _meet(one: Rect, other: Rect) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _overhang(rect: Rect, width: float, height: float) -> float:
    """How far a label would stand out of the room, in points."""
    return max(0.0, -rect[0]) + max(0.0, -rect[1]) + max(0.0, rect[2] - width) + max(0.0, rect[3] - height)
