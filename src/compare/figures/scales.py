"""Scales: limits that leave room for labels, and round ticks."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Place:
    """A value on a scale, and the points that its marks and labels take on either side of it."""

    value: float
    before: float = 0.0
    after: float = 0.0


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear scale of values on a width in points."""

    low: float
    high: float
    width: float

    @property
    def per_point(self) -> float:
        """How much of the value a point is."""
        return (self.high - self.low) / self.width

    def at(self, value: float) -> float:
        """Gives the distance of a value from the start of the scale in points."""
        return (value - self.low) / self.per_point


def fit_scale(places: Sequence[Place], width: float, *, zero: bool = True) -> Scale:
    """Finds the limits within which every value stands with its labels.

    Args:
        places: the values and the room that each needs.
        width: of the scale, in points.
        zero: the scale takes in zero.

    >>> scale = fit_scale([Place(0), Place(100, after=50)], 150)
    >>> scale.low, round(scale.high)
    (0, 150)
    """
    values = [place.value for place in places] + ([0.0] if zero else [])
    low, high = min(values), max(values)
    if low == high:
        low, high = (min(low, 0.0), max(high, 0.0)) if low else (0.0, 1.0)
    first, last = low, high
    for _ in range(60):
        per_point = (high - low) / width
        low = min([first, *(place.value - place.before * per_point for place in places)])
        high = max([last, *(place.value + place.after * per_point for place in places)])
    return Scale(low, high, width)


def choose_ticks(
    low: float, high: float, scale: Scale, label: Callable[[float], float], *, gap: float = 10.0
) -> list[float]:
    """Chooses round ticks from `low` to `high` whose labels stand apart.

    Args:
        low: least value that needs a tick.
        high: greatest value that needs one.
        scale: where they are drawn.
        label: gives the width in points of the label of a value.
        gap: between labels, in points.

    >>> choose_ticks(0, 31, Scale(0, 40, 200), lambda value: 12)
    [0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0]
    """
    span = high - low
    if span <= 0:
        return [low]
    power = 10.0 ** math.floor(math.log10(span / 8))
    for step in (power * factor for factor in (1, 2, 5, 10, 20, 50, 100)):
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        ticks = [round(index * step, 10) for index in range(first, last + 1)]
        if len(ticks) <= 7 and _apart(ticks, scale, label, gap):
            return ticks
    return [max(low, 0.0)]


def keep_apart(
    wanted: Sequence[float], scale: Scale, label: Callable[[float], float], *, gap: float = 6.0
) -> list[float]:
    """Keeps of the wanted ticks, in their order, those whose labels stand apart from the ones kept before.

    >>> keep_apart([0, 1, 40], Scale(0, 40, 200), lambda value: 12)
    [0, 40]
    """
    kept: list[float] = []
    for tick in wanted:
        if _apart(sorted([*kept, tick]), scale, label, gap):
            kept.append(tick)
    return kept


def _apart(ticks: Sequence[float], scale: Scale, label: Callable[[float], float], gap: float) -> bool:
    ends = [(scale.at(tick) - label(tick) / 2, scale.at(tick) + label(tick) / 2) for tick in ticks]
    return all(end + gap <= start for (_, end), (start, _) in pairwise(ends))
