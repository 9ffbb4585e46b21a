"""Charts of rows: names on the left, marks on a common scale, short columns of text on the right.

On a page the chart grows with its rows. On a slide the rows share the height that there is, and stand side by side in
two panels of one scale before their type would become too small to read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from matplotlib.axes import Axes

from compare.figures.gaps import GapRow, draw_gaps, height_of_gap
from compare.figures.scales import Scale, choose_ticks, keep_apart
from compare.figures.sheet import LEADING, Chart, Sheet
from compare.figures.theme import GREY, HAIR, INK, RULE

HEAD = 0.85  # from the top of the rows up to the middle of the last line of a head, in sizes of its type
GROUP = 1.9  # height of the heading of a group, in sizes of the type


@dataclass(frozen=True, slots=True)
class Item:
    """One row: its name, and the cells of the columns of text."""

    name: str
    cells: tuple[str, ...] = ()
    strong: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """What a chart of rows shows besides the rows.

    Attributes:
        heads: of the columns of text.
        scale: makes the scale for a width in points.
        tick: writes a tick; None where there is no common scale.
        at: places of the ticks, those first that matter most; round numbers where empty.
        strong: index from the end of the column of text that is set in bold; 0 for none.
        floor: least value that needs a tick.
        ceiling: greatest value that needs one.
        strip: height above the rows, for labels over the scale, in points.
        enough: whether a scale leaves the marks enough room; where it does not, columns but the last are left out from
            the left, and where that is not enough names go above their rows.
    """

    heads: tuple[str, ...]
    scale: Callable[[float], Scale]
    tick: Callable[[float], str] | None
    floor: float = 0.0
    ceiling: float = 0.0
    strip: float = 0.0
    enough: Callable[[Scale], bool] = lambda _: True
    at: tuple[float, ...] = ()
    strong: int = 0


@dataclass(frozen=True, slots=True)
class Panel:
    """Rows that stand one under the other: where, and on which scale. Lengths in points of the sheet."""

    axes: Axes
    left: float
    top: float
    tall: float
    scale: Scale
    label: float
    first: int
    middles: tuple[float, ...]
    block: int = 0

    def x(self, value: float) -> float:
        """Gives the place of a value on the sheet."""
        return self.left + self.scale.at(value)

    @property
    def pitch(self) -> float:
        """The least distance of two rows."""
        gaps = (lower - upper for upper, lower in zip(self.middles, self.middles[1:], strict=False))
        return min(gaps, default=min(self.tall, 2 * self.label))


@dataclass(frozen=True, slots=True)
class _Column:
    """Where everything stands across one panel; stacked where names stand above their rows."""

    names: float
    scale_start: float
    scale_width: float
    cells: tuple[float, ...]
    stacked: bool = False


def _stack(column: _Column) -> _Column:
    wide = column.scale_start + column.scale_width
    return replace(column, names=wide, scale_start=0.0, scale_width=wide, stacked=True)


def name_width(sheet: Sheet, names: Sequence[str], width: float, share: float = 0.32) -> float:
    """Gives the width of the column of names, at most a share of the width of a panel."""
    widest = max((sheet.typeface.width(name, sheet.size.label, "bold") for name in names), default=0.0)
    return min(widest + 0.5, share * width)


def draw_rows(
    sheet: Sheet,
    items: Sequence[Item],
    plot: Plot,
    gaps: Sequence[GapRow] = (),
    *,
    share: float = 0.32,
    blocks: int = 1,
    foldable: bool = True,
    names: float = 0.0,
) -> tuple[Chart, list[Panel]]:
    """Opens the sheet and draws what a chart of rows has: names, columns, ticks, gaps; the marks are the caller's.

    Args:
        sheet: measured, not yet open.
        items: the rows, from above.
        plot: scale and columns.
        gaps: planned rows for what is missing.
        share: of the width that names may take.
        names: least width of the column of names, in points, where rows stand in one panel.
        foldable: whether rows may stand side by side in two panels.
        blocks: how often all rows are drawn, one block under the other, where a scale has more columns than fit.

    Returns:
        The chart, and its panels: `first` is the index of the item on a panel's first row, `block` counts from 0.
    """
    small = sheet.size.small
    below = sum(height_of_gap(sheet, gap) for gap in gaps)
    strip = max(plot.strip, 1.7 * small if plot.heads else 0.0) if items else 0.0
    ticks = 2.0 * small if items and plot.tick else 0.0
    other = strip + ticks + below + (0.6 * small if gaps else 0.0) + (blocks - 1) * (strip + sheet.size.label)
    crowded = sheet.room is not None and (sheet.room - other) < 1.45 * sheet.size.label * len(items)
    panels = 2 if foldable and crowded and len(items) > 12 else 1
    gutter = 2.4 * sheet.size.label
    width = (sheet.width - (panels - 1) * gutter) / panels
    chosen = _choose_columns(sheet, items, plot, width, (0.0 if panels == 2 else names, share))
    if panels == 2 and chosen[-1].stacked:
        panels, width = 1, sheet.width
        chosen = _choose_columns(sheet, items, plot, width, (names, share))
    items, plot, column = chosen
    each = -(-len(items) // panels) if items else 0
    parts = [range(start, min(start + each, len(items))) for start in range(0, len(items), each)] if items else []
    pitch, label = _plan_pitch(sheet, items, parts, column, (other, blocks))
    heights = [_height(sheet, [items[i] for i in part], column, pitch, label) for part in parts]
    chart = sheet.open(other + blocks * max(heights, default=0.0))
    made = []
    for block in range(blocks):
        top = sheet.top + block * (strip + max(heights, default=0.0) + sheet.size.label) + strip
        for index, part in enumerate(parts):
            place = _Place(sheet.left + index * (width + gutter), top, pitch, label, part.start, block)
            made.append(_draw_panel(sheet, [items[i] for i in part], plot, column, place))
    draw_gaps(sheet, gaps, sheet.bottom - below)
    return chart, made


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a panel stands, its rows' distance and size of type, and which part of the chart it is."""

    left: float
    top: float
    pitch: float
    label: float
    first: int
    block: int


def _choose_columns(
    sheet: Sheet, items: Sequence[Item], plot: Plot, width: float, names: tuple[float, float]
) -> tuple[Sequence[Item], Plot, _Column]:
    """Leaves out columns of text until the scale has room; names go above their rows where that does not do."""
    column = _plan_column(sheet, items, plot.heads, width, names)
    while items and not plot.enough(plot.scale(column.scale_width)):
        if len(plot.heads) < 2:
            return items, plot, _stack(column)
        items = [replace(item, cells=item.cells[1:]) for item in items]
        plot = replace(plot, heads=plot.heads[1:])
        column = _plan_column(sheet, items, plot.heads, width, names)
    return items, plot, column


def _plan_column(
    sheet: Sheet, items: Sequence[Item], heads: tuple[str, ...], width: float, limits: tuple[float, float]
) -> _Column:
    typeface, label, small = sheet.typeface, sheet.size.label, sheet.size.small
    least, share = limits
    names = max(least, name_width(sheet, [item.name for item in items], width, share))
    starts: list[float] = []
    x = width
    for index in range(len(heads) - 1, -1, -1):
        cells = [typeface.width(item.cells[index], label, "bold") for item in items]
        wide = max([typeface.width(heads[index], small), *cells])
        starts.insert(0, x - wide)
        x -= wide + 1.2 * label
    scale = names + 0.9 * label
    return _Column(names, scale, x - scale, tuple(starts))


def _plan_pitch(
    sheet: Sheet, items: Sequence[Item], parts: Sequence[range], column: _Column, other: tuple[float, int]
) -> tuple[float, float]:
    """Plans the distance of rows and the size of their type, smaller only where the height is fixed."""
    size = sheet.size
    if sheet.room is None or not parts:
        return size.pitch * size.label, size.label
    taken, blocks = other
    room = (sheet.room - taken) / blocks
    pitch = min(2.6 * size.label, room / len(parts[0]))
    while True:
        label = max(min(size.label, pitch / 1.3), size.least)
        heights = (_height(sheet, [items[i] for i in part], column, pitch, label) for part in parts)
        if max(heights) <= room or pitch < 1.25 * size.least:
            return max(pitch, 1.25 * size.least), label
        pitch *= 0.97


def _height(sheet: Sheet, items: Sequence[Item], column: _Column, pitch: float, label: float) -> float:
    """Gives the height of rows one under the other, headings of groups included."""
    groups = sum(_opens_group(items, index) for index in range(len(items)))
    return sum(_tall(sheet, item, column, pitch, label) for item in items) + groups * GROUP * label


def _name_lines(sheet: Sheet, item: Item, column: _Column, label: float) -> list[str]:
    return sheet.typeface.wrap(item.name, column.names, label, "bold" if item.strong else "regular", most=2)


def _tall(sheet: Sheet, item: Item, column: _Column, pitch: float, label: float) -> float:
    lines = len(_name_lines(sheet, item, column, label))
    if column.stacked:
        return (lines * LEADING + 1.9) * label
    return max(pitch, lines * label * LEADING + 0.35 * label if lines > 1 else 0.0)


def _opens_group(items: Sequence[Item], index: int) -> bool:
    return bool(items[index].group) and (index == 0 or items[index].group != items[index - 1].group)


def _draw_panel(
    sheet: Sheet,
    items: Sequence[Item],
    plot: Plot,
    column: _Column,
    place: _Place,
) -> Panel:
    left, top, label, small = place.left, place.top, place.label, sheet.size.small
    middles: list[float] = []
    y = 0.0
    for index, item in enumerate(items):
        tall = _tall(sheet, item, column, place.pitch, label)
        if _opens_group(items, index):
            sheet.write(left, top + y + 1.1 * label, item.group, size=min(small, label), weight="bold", colour=GREY)
            y += GROUP * label
        lines = _name_lines(sheet, item, column, label)
        names = y + (len(lines) * LEADING / 2 + 0.2) * label if column.stacked else y + tall / 2
        sheet.write_block(left, top + names, lines, size=label, weight="bold" if item.strong else "regular")
        middles.append(y + tall - 0.95 * label if column.stacked else y + tall / 2)
        y += tall
    for index, (head, start) in enumerate(zip(plot.heads, column.cells, strict=True)):
        sheet.write(left + start, top - HEAD * small, head, size=small, colour=GREY)
        weight, colour = ("bold", INK) if index - len(plot.heads) == plot.strong else ("regular", GREY)
        for item, middle in zip(items, middles, strict=True):
            if item.cells[index]:
                sheet.write(left + start, top + middle, item.cells[index], size=label, weight=weight, colour=colour)
    scale = plot.scale(column.scale_width)
    start = left + column.scale_start
    axes = sheet.axes(start, top, column.scale_width, y, low=scale.low, high=scale.high)
    if plot.tick:
        _draw_ticks(sheet, plot, scale, start, (top, y))
    return Panel(axes, start, top, y, scale, label, place.first, tuple(middles), place.block)


def _draw_ticks(sheet: Sheet, plot: Plot, scale: Scale, left: float, band: tuple[float, float]) -> None:
    top, tall = band
    small, typeface = sheet.size.small, sheet.typeface
    tick = plot.tick or str
    floor = max(plot.floor, scale.low)
    ceiling = max(plot.ceiling, scale.high - 0.1 * (scale.high - scale.low))

    def width_of(value: float) -> float:
        return typeface.width(tick(value), small)

    ticks = keep_apart(plot.at, scale, width_of) if plot.at else choose_ticks(floor, ceiling, scale, width_of)
    for value in ticks:
        x = left + scale.at(value)
        # Where the scale begins before zero for the sake of labels, these run over its line.
        axis = value == 0 and (scale.low >= 0 or plot.floor < 0)
        colour, width = (RULE, 0.7) if axis else (HAIR, 0.5)
        sheet.lines([((x, top), (x, top + tall))], colour=colour, width=width, zorder=0.4 if axis else 0.3)
        wide = width_of(value)
        start = min(max(x - wide / 2, sheet.left), sheet.right - wide)
        sheet.write(start, top + tall + small, tick(value), size=small, colour=GREY)
