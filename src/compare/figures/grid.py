"""Charts of cells: rows as in `rows`, columns side by side under their heads, a mark or a number in each cell."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from matplotlib.collections import PatchCollection
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from compare.figures.gaps import GapRow
from compare.figures.rows import HEAD, Item, Panel, Plot, draw_rows, name_width
from compare.figures.scales import Scale
from compare.figures.sheet import LEADING, Chart, Sheet
from compare.figures.theme import ACCENT, GREY, HAIR, INK, PALE, WASH

STACKED = 1.15  # leading of Chinese set from top to bottom, in sizes of the type


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads of columns: lines each, upright or turned, and the height that they take."""

    lines: tuple[tuple[str, ...], ...]
    turned: bool
    size: float
    height: float
    leading: float = LEADING


def plan_heads(sheet: Sheet, names: Sequence[str], pitch: float) -> Heads:
    """Plans heads over columns of a width: upright in up to three lines where that fits, turned otherwise.

    Short Chinese names over narrow columns are set from top to bottom.

    Args:
        sheet: measured.
        names: of the columns.
        pitch: width of a column in points.
    """
    size, typeface = sheet.size.small, sheet.typeface
    room = pitch - 0.6 * size
    upright = [typeface.wrap(name, room, size) for name in names]
    if room < 2.2 * size and max(map(len, names)) <= 4 and all(sign >= "\u4e00" for name in names for sign in name):
        return Heads(
            tuple(map(tuple, names)),
            turned=False,
            size=size,
            height=(max(map(len, names)) * STACKED + 0.7) * size,
            leading=STACKED,
        )
    whole = all(typeface.keeps_words(name, room, size) for name in names)
    if whole and room >= 2.0 * size and max(map(len, upright)) <= 3:
        return Heads(
            tuple(map(tuple, upright)), turned=False, size=size, height=(max(map(len, upright)) * LEADING + 0.7) * size
        )
    lines_there = max(1, int((pitch - 0.1 * size) / (size * 1.12)))
    longest = max(typeface.width(name, size) for name in names)
    length = longest if lines_there == 1 else max(longest / min(lines_there, 2) * 1.15, min(longest, 6 * size))
    turned = [typeface.wrap(name, length, size, most=lines_there) for name in names]
    height = max(typeface.width(line, size) for lines in turned for line in lines)
    return Heads(tuple(map(tuple, turned)), turned=True, size=size, height=height + 0.9 * size)


def write_heads(sheet: Sheet, panel: Panel, heads: Heads, columns: range, align: str) -> None:
    """Writes the heads of the columns of one panel; `align` is that of upright ones."""
    size = heads.size
    for column in columns:
        lines = heads.lines[column]
        x = panel.x(column - columns.start)
        for index, line in enumerate(lines):
            if heads.turned:
                length = sheet.typeface.width(line, size)
                offset = (index - (len(lines) - 1) / 2) * size * 1.15
                middle = panel.top - 0.5 * size - length / 2
                sheet.write(x + offset, middle, line, size=size, colour=GREY, rotation=90, align="center")
            else:
                middle = panel.top - (HEAD + (len(lines) - index - 1) * heads.leading) * size
                start = panel.x(column - columns.start - 0.5) + 0.25 * panel.label if align == "left" else x
                sheet.write(start, middle, line, size=size, colour=GREY, align=align)


def draw_grid(
    sheet: Sheet,
    items: Sequence[Item],
    names: Sequence[str],
    *,
    least: float = 0.0,
    heads: tuple[str, ...] = (),
    share: float = 0.32,
    widest: float = math.inf,
    headless: bool = False,
    align: str = "center",
    gaps: Sequence[GapRow] = (),
) -> tuple[Chart, list[Cells]]:
    """Draws the frame of a chart of cells; what is in the cells is the caller's.

    Args:
        sheet: measured, not yet open.
        items: the rows.
        names: of the columns.
        least: width of a column in points below which the columns are split over blocks.
        heads: of columns of text on the right.
        share: of the width that names may take.
        widest: width of a column in points beyond which it does not grow.
        headless: no heads over the columns.
        align: of upright heads, ``left`` over bars.
        gaps: rows below for what is missing.

    Returns:
        The chart, and its cells by panel.
    """
    width = name_width(sheet, [item.name for item in items], sheet.width, share)
    taken = width + 0.9 * sheet.size.label
    for index, head in enumerate(heads):
        cells = [sheet.typeface.width(item.cells[index], sheet.size.label) for item in items]
        taken += max([sheet.typeface.width(head, sheet.size.small), *cells]) + 1.2 * sheet.size.label
    free = sheet.width - taken
    per_block = max(1, min(len(names), int(free / least) if least else len(names)))
    blocks = -(-len(names) // per_block)
    per_block = -(-len(names) // blocks)
    pitch = min(free / per_block, widest)
    planned = plan_heads(sheet, names, pitch) if not headless else None

    def scale(there: float) -> Scale:
        return Scale(-0.5, max(per_block - 0.5, there / widest - 0.5), there)

    plot = Plot(heads, scale, None, strip=planned.height if planned else 0.4 * sheet.size.label)
    chart, panels = draw_rows(sheet, items, plot, gaps, share=share, blocks=blocks, foldable=False)
    placed = []
    for panel in panels:
        columns = range(panel.block * per_block, min((panel.block + 1) * per_block, len(names)))
        if planned:
            write_heads(sheet, panel, planned, columns, align)
        placed.append(Cells(panel, columns))
    return chart, placed


def draw_rules(sheet: Sheet, panel: Panel) -> None:
    """Draws a hairline between the rows of a panel, across names and cells."""
    gaps = [(first + second) / 2 for first, second in zip(panel.middles, panel.middles[1:], strict=False)]
    end = panel.left + panel.scale.width
    sheet.lines([((panel.left, panel.top + y), (end, panel.top + y)) for y in gaps], colour=HAIR)


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a panel: rows and columns counted over the whole chart, places in the axes of the panel."""

    panel: Panel
    columns: range

    @property
    def pitch(self) -> float:
        """Width of a column in points."""
        return 1 / self.panel.scale.per_point

    def places(self) -> Iterator[tuple[int, int, float, float]]:
        """Gives row, column, and the middle of the cell: x in columns of the panel, y in points from its top."""
        for index, y in enumerate(self.panel.middles):
            for column in self.columns:
                yield self.panel.first + index, column, float(column - self.columns.start), y

    def box(self, x: float, y: float, width: float, height: float, *, from_left: float = 0.0) -> Rectangle:
        """Makes a box of a size in points around a middle, or from a distance in points from the left of the cell."""
        step = self.panel.scale.per_point
        left = x - 0.5 + from_left * step if from_left else x - width / 2 * step
        return Rectangle((left, y - height / 2), width * step, height)

    def draw(self, boxes: Sequence[Rectangle], colours: Sequence[str], zorder: float = 2.0) -> None:
        """Draws boxes without edges."""
        if boxes:
            drawn = PatchCollection(list(boxes), facecolors=list(colours), edgecolors="none", zorder=zorder)
            self.panel.axes.add_collection(drawn, autolim=False)


def draw_bars(
    sheet: Sheet, cells: Cells, values: Mapping[tuple[int, int], float], text: Callable[[float], str]
) -> None:
    """Draws a bar and its number in each cell; where cells are narrow, a tinted cell with the number.

    Args:
        sheet: open.
        cells: where.
        values: by row and column.
        text: writes a number.
    """
    panel, label = cells.panel, cells.panel.label
    most = max(values.values(), default=0.0) or 1.0
    widest = max((sheet.typeface.width(text(value), label) for value in values.values()), default=0.0)
    room = cells.pitch - widest - 1.1 * label
    if room < 1.6 * label:
        draw_tints(sheet, cells, values, text)
        return
    bars = []
    for row, column, x, y in cells.places():
        value = values.get((row, column), 0.0)
        length = max(room * value / most, 0.6) if value else 0.0
        if value:
            bars.append(cells.box(x, y, length, 0.72 * label, from_left=0.25 * label))
        start = panel.x(x - 0.5) + length + 0.55 * label
        sheet.write(start, panel.top + y, text(value) if value else "–", size=label, colour=INK if value else GREY)
    cells.draw(bars, [ACCENT])


def draw_tints(
    sheet: Sheet,
    cells: Cells,
    values: Mapping[tuple[int, int], float],
    text: Callable[[float], str],
    *,
    least: float = 0.0,
) -> None:
    """Draws cells tinted by their number, from `least` on, and the number in them where it fits."""
    panel = cells.panel
    span = (max(values.values(), default=0.0) - least) or 1.0
    size = min(panel.label, sheet.size.small)
    fits = all(sheet.typeface.width(text(value), size) <= cells.pitch - 1.5 for value in values.values())
    boxes, colours = [], []
    for row, column, x, y in cells.places():
        if (row, column) not in values:
            continue
        value = values[row, column]
        boxes.append(cells.box(x, y, cells.pitch - 1.2, panel.pitch - 1.2))
        colours.append(shade((value - least) / span, PALE if fits else ACCENT))
        if fits:
            ink = INK if value else GREY
            sheet.write(panel.x(x), panel.top + y, text(value) if value else "–", size=size, colour=ink, align="center")
    cells.draw(boxes, colours, zorder=1.0)


def shade(share: float, full: str = ACCENT) -> str:
    """Gives the tint of a share from 0 to 1, from nearly white to the full colour; grey print keeps the order.

    >>> shade(0), shade(1)
    ('#f1f3f5', '#0f5c9c')
    """
    import seaborn as sns  # half a second that most charts need not pay

    weight = math.sqrt(max(0.0, min(1.0, share)))
    return to_hex(sns.blend_palette([WASH, full], as_cmap=True)(weight))
