"""Series over years: what was measured as a solid line, what a plan sets as a dashed one, each plan for itself."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from compare.figures.frames import Row, list_records, need_columns, read_rows, text_of
from compare.figures.marks import OPEN, Look, put_dots
from compare.figures.scales import Scale, choose_ticks
from compare.figures.sheet import Sheet
from compare.figures.theme import GREY, HAIR, RULE, WHITE
from compare.figures.wording import Lang, format_value

SHAPES = {">=": "^", ">": "^", "<=": "v", "<": "v"}


@dataclass(frozen=True, slots=True)
class Series:
    """One region and indicator over years: points measured, and points set, by plan."""

    key: str
    region: str
    name_zh: str
    name_en: str
    indicator: str
    unit: str
    actual: tuple[Row, ...]
    targets: Mapping[str, tuple[Row, ...]]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All points."""
        return (*self.actual, *(row for rows in self.targets.values() for row in rows))

    @property
    def last(self) -> Row:
        """The point of the latest year, a target before a measurement."""
        return max(self.rows, key=lambda row: (row.year or 0, row not in self.actual, row.value))

    def paths(self) -> Iterable[tuple[Row, ...]]:
        """The dashed ways: from the last measurement before a plan's first target through its targets."""
        for rows in self.targets.values():
            before = [row for row in self.actual if (row.year or 0) < (rows[0].year or 0)]
            yield (*before[-1:], *rows)


def read_series(frame: pd.DataFrame, kind: str, unit: str = "") -> list[Series]:
    """Reads series by region and indicator; rows without a year or a value are passed over.

    Args:
        frame: `region`, `name_zh`, `name_en`, `plan`, `year`, `value`, `bound`, `status` (``actual`` or ``target``),
            and `indicator` where there are several.
        kind: of chart, for messages.
        unit: where the frame has no column `unit`.

    Raises:
        FigureError: where the frame has no rows or lacks columns.
    """
    need_columns(frame, ("region", "year", "value", "status"), kind)
    found: dict[tuple[str, str], list[tuple[Row, str]]] = {}
    rows = read_rows(frame, kind, unit)
    for row, record in zip(rows, list_records(frame), strict=True):
        if row.has_value and row.year:
            found.setdefault((row.region, row.indicator), []).append((row, text_of(record, "status")))
    return [_make_series(region, indicator, pairs) for (region, indicator), pairs in found.items()]


def _make_series(region: str, indicator: str, pairs: Sequence[tuple[Row, str]]) -> Series:
    pairs = sorted(pairs, key=lambda pair: (pair[0].year or 0, pair[0].value))
    first = pairs[0][0]
    targets: dict[str, list[Row]] = {}
    actual: dict[int, Row] = {}
    for row, status in pairs:
        if status == "actual":
            actual[row.year or 0] = row
        else:
            targets.setdefault(row.plan or row.document, []).append(row)
    return Series(
        f"{region}/{indicator}", region, first.name_zh, first.name_en, indicator, first.unit,
        tuple(actual.values()), {plan: tuple(rows) for plan, rows in targets.items()},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """The plotting area of series: axes in years and values, and where they are on the sheet, in points."""

    axes: Axes
    left: float
    top: float
    across: Scale
    upwards: Scale

    def x(self, year: float) -> float:
        """Gives the place of a year on the sheet."""
        return self.left + self.across.at(year)

    def y(self, value: float) -> float:
        """Gives the place of a value on the sheet."""
        return self.top + self.upwards.width - self.upwards.at(value)


def make_frame(
    sheet: Sheet, box: tuple[float, float, float, float], years: tuple[int, int], values: tuple[float, float]
) -> Frame:
    """Makes axes for series in a box (x, y, width, height in points)."""
    x, y, width, height = box
    first, last = years if years[0] < years[1] else (years[0] - 1, years[1] + 1)
    axes = sheet.axes(x, y, width, height, low=first, high=last)
    axes.set_ylim(*values)
    return Frame(axes, x, y, Scale(first, last, width), Scale(*values, height))


def find_limits(rows: Sequence[Row]) -> tuple[float, float]:
    """Gives the limits of the values: from zero, unless all lie far above it."""
    values = [row.value for row in rows] + [row.top for row in rows]
    low, high = min(values), max(values)
    if (low > 0 and low < 0.6 * high) or low == high:
        low = min(0.0, low)
    room = 0.06 * ((high - low) or abs(high) or 1.0)
    return (low - room if low else low), high + room


def draw_series(frame: Frame, series: Series, colour: str, *, size: float, width: float = 1.3) -> None:
    """Draws one series: solid with filled dots where measured, dashed to targets, hollow where the bound excludes."""
    axes = frame.axes
    if series.actual:
        xs, ys = [row.year or 0 for row in series.actual], [row.value for row in series.actual]
        axes.add_line(
            Line2D(xs, ys, color=colour, linewidth=width, marker="o", markersize=0.5 * size, clip_on=False, zorder=3)
        )
    for path in series.paths():
        xs, ys = [row.year or 0 for row in path], [row.value for row in path]
        axes.add_line(Line2D(xs, ys, color=colour, linewidth=width, dashes=(3, 2), clip_on=False, zorder=2.5))
    for row in (row for rows in series.targets.values() for row in rows):
        put_dots(axes, [(row.year or 0, row.value)], 0.75 * size, look_of_bound(row.bound, colour))
        if row.top != row.value:
            axes.add_line(Line2D([row.year or 0] * 2, [row.value, row.top], color=colour, linewidth=width, zorder=2))


def look_of_bound(bound: str, colour: str) -> Look:
    """Gives the look of a target: a triangle the way that a bound is open, hollow where the value is excluded."""
    return Look(WHITE if bound in OPEN else colour, colour, SHAPES.get(bound, "o"))


def draw_year_ticks(sheet: Sheet, frame: Frame, *, size: float, ends_only: bool = False) -> None:
    """Writes the years under a frame, as many as stand apart."""
    typeface = sheet.typeface
    first, last = round(frame.across.low), round(frame.across.high)
    if ends_only:
        years = [float(first), float(last)]
    else:
        years = choose_ticks(first, last, frame.across, lambda year: typeface.width(f"{year:.0f}", size), gap=size)
        years = [year for year in years if year == round(year)]
    bottom = frame.top + frame.upwards.width
    sheet.rule(frame.left, frame.left + frame.across.width, bottom, colour=RULE, width=0.7)
    for year in years:
        text = f"{year:.0f}"
        align = "left" if ends_only and year == first else "right" if ends_only else "center"
        sheet.write(frame.x(year), bottom + 1.1 * size, text, size=size, colour=GREY, align=align)


def meets_series(frame: Frame, series: Series, box: Bbox, radius: float) -> bool:
    """Whether a box on the sheet meets a line of a series, or a point of a radius; lengths in points."""

    def at(row: Row) -> tuple[float, float]:
        return frame.x(row.year or 0), frame.y(row.value)

    ways = [way for way in (series.actual, *series.paths()) if way]
    wide = box.padded(radius)
    return any(wide.contains(*at(row)) for row in series.rows) or any(
        Path([at(row) for row in way]).intersects_bbox(box, filled=False) for way in ways if len(way) > 1
    )


def draw_value_ticks(sheet: Sheet, frame: Frame, unit: str, lang: Lang, *, size: float, numbered: bool = True) -> None:
    """Draws horizontal lines at round values, where `numbered` each with its number on the left, outside the frame."""
    ticks = choose_ticks(frame.upwards.low, frame.upwards.high, frame.upwards, lambda _: 1.2 * size, gap=1.6 * size)
    for tick in ticks:
        sheet.rule(frame.left, frame.left + frame.across.width, frame.y(tick), colour=RULE if not tick else HAIR)
        if numbered:
            text = format_value(tick, unit, lang)
            sheet.write(frame.left - 0.6 * size, frame.y(tick), text, size=size, colour=GREY, align="right")


def value_ticks_width(sheet: Sheet, limits: tuple[float, float], unit: str, lang: Lang, size: float) -> float:
    """Gives the width that numbers beside a frame take, whichever ticks are chosen."""
    low, high = limits
    span = high - low
    step = 10.0 ** math.floor(math.log10(span / 4)) if span > 0 else 1.0
    widths = [
        sheet.typeface.width(format_value(round(high / part) * part, unit, lang), size)
        for part in (step, 2 * step, 5 * step)
    ]
    return max(widths) + 0.6 * size


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Moves places apart to a least distance, as little as it takes, within limits where they suffice.

    >>> spread([10, 11, 30], 5, 0, 40)
    [8.0, 13.0, 30.0]
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    blocks: list[list[float]] = []
    for index in order:
        blocks.append([wanted[index], 1.0])
        while len(blocks) > 1 and _crowds(blocks[-2], blocks[-1], gap):
            middle, count = blocks.pop()
            before, there = blocks[-1]
            blocks[-1] = [(before * there + middle * count) / (there + count), there + count]
    places: list[float] = []
    for middle, count in blocks:
        places += [middle + (step - (count - 1) / 2) * gap for step in range(int(count))]
    places = _within(places, gap, low, high)
    result = [0.0] * len(wanted)
    for index, place in zip(order, places, strict=True):
        result[index] = float(place)
    return result


def _crowds(upper: Sequence[float], lower: Sequence[float], gap: float) -> bool:
    return lower[0] - upper[0] < (upper[1] + lower[1]) / 2 * gap


def _within(places: list[float], gap: float, low: float, high: float) -> list[float]:
    for index in range(len(places)):
        places[index] = max(places[index], low if not index else places[index - 1] + gap)
    for index in range(len(places) - 1, -1, -1):
        limit = high if index == len(places) - 1 else places[index + 1] - gap
        places[index] = min(places[index], limit)
    return places
