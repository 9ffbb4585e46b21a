"""A sheet: the figure as a page, laid out in points from its top-left corner, heading and foot included.

Everything is measured before it is drawn: no layout engine runs, and a figure is laid out once whatever is saved.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox, Transform

from compare.errors import FigureError
from compare.figures.cards import Card, plain_quotes
from compare.figures.theme import GREY, HAIR, INK, RULE, Size, drawing, find_size
from compare.figures.typeface import FAMILY, Typeface
from compare.figures.wording import Lang

_CLAUSE_END = re.compile(r"[；，：](?=.)|[;,:](?= )")
LEADING = 1.36
BASELINE = 0.37  # from the middle of a line of type down to its baseline, in sizes of the type


class Chart(Figure):
    """A matplotlib figure that knows what it says; drawn in the project's style whatever the caller's settings."""

    card: Card

    def draw(self, renderer: RendererBase) -> None:
        """Draws the figure."""
        with drawing():
            super().draw(renderer)

    def savefig(self, *args: Any, **kwargs: Any) -> None:
        """Saves the figure as matplotlib does; `compare.figures.save` adds the data and the card."""
        with drawing():
            super().savefig(*args, **kwargs)


class _Line(Text):
    """A line of text whose extent is that of unhinted type, as it is drawn."""

    def get_window_extent(self, *args: Any, **kwargs: Any) -> Bbox:
        with mpl.rc_context({"text.hinting": "none"}):
            return super().get_window_extent(*args, **kwargs)


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """One entry of the key: its words, the width of its sign, and what draws the sign at a place."""

    text: str
    width: float
    draw: Callable[[Sheet, float, float], None]


class Sheet:
    """One figure while it is laid out.

    First what surrounds the chart is measured, from the card and the key; the kind then knows `top`, `width` and, where
    the height is fixed, `room`, and calls `open` with the height that it needs. All lengths are in points, x from the
    left edge, y from the upper edge downwards.
    """

    def __init__(self, card: Card, size: str, key: Sequence[KeyEntry] = ()) -> None:
        self.card = card = plain_quotes(card)
        self.lang: Lang = card.lang
        self.size: Size = find_size(size)
        self.typeface = Typeface()
        self.left = self.size.margin
        self.right = self.size.width - self.size.margin
        self.width = self.right - self.left
        self._title = self._wrap_title()
        self._subtitle = self.typeface.wrap(card.subtitle, self.width, self.size.subtitle) if card.subtitle else []
        notes = [note for note in (card.source, *card.notes) if note]
        paragraphs = ["    ".join(notes)] if self.size.height and notes else notes
        self._foot = [line for note in paragraphs for line in self.typeface.wrap(note, self.width, self.size.small)]
        self._key = self._flow_key(key)
        self.top = self._measure_head()
        self.foot_height = len(self._foot) * self.size.small * LEADING + 1.5 * self.size.small
        fixed = self.size.height
        self.room = fixed - self.top - self.foot_height - self.size.margin * 0.8 if fixed else None
        self._chart: Chart | None = None

    def _wrap_title(self) -> list[str]:
        """Breaks the title at the end of a clause where two lines then do, by width otherwise."""
        title, size = self.card.title, self.size.title
        if self.typeface.width(title, size, "bold") > self.width:
            cuts = [match.end() for match in _CLAUSE_END.finditer(title)]
            halves = [(title[:cut].rstrip(), title[cut:].lstrip()) for cut in cuts]
            widths = [max(self.typeface.width(half, size, "bold") for half in pair) for pair in halves]
            if widths and min(widths) <= self.width:
                return list(halves[widths.index(min(widths))])
        return self.typeface.wrap(title, self.width, size, "bold")

    def _flow_key(self, key: Sequence[KeyEntry]) -> list[tuple[KeyEntry, float, int]]:
        placed = []
        x, line, small = self.left, 0, self.size.small
        for entry in key:
            wide = entry.width + 0.5 * small + self.typeface.width(entry.text, small)
            if x > self.left and x + wide > self.right:
                x, line = self.left, line + 1
            placed.append((entry, x, line))
            x += wide + 1.8 * small
        return placed

    def _measure_head(self) -> float:
        size = self.size
        y = size.margin * (0.8 if size.height else 0.9)
        y += len(self._title) * size.title * 1.3
        if self._subtitle:
            y += 0.45 * size.subtitle + len(self._subtitle) * size.subtitle * LEADING
        if self._key:
            y += 0.7 * size.small + (self._key[-1][2] + 1) * size.small * 1.7
        return y + 0.9 * size.label

    @property
    def chart(self) -> Chart:
        """The figure; it exists once the sheet is open."""
        if self._chart is None:
            raise FigureError("the sheet is not open yet: call open(height) first")
        return self._chart

    def open(self, body: float) -> Chart:
        """Makes the figure, with a chart of that height between heading and foot, and writes those."""
        if self.room is not None and body > self.room + 0.5:
            wanted, there = math.ceil(body), math.floor(self.room)
            raise FigureError(
                f"a {self.size.name} has {there} points of height for the chart and this one needs {wanted}; "
                "show fewer rows or take the size page"
            )
        self.bottom = self.top + body
        height = self.size.height or self.bottom + self.foot_height + self.size.margin * 0.8
        chart = Chart(figsize=(self.size.width / 72, height / 72))
        FigureCanvasAgg(chart)
        chart.set_layout_engine("none")
        self._chart = chart
        self.height = height
        self.points: Transform = Affine2D().scale(1 / 72, -1 / 72).translate(0, height / 72) + chart.dpi_scale_trans
        self._write_head()
        self._write_foot()
        chart.card = self.card
        return chart

    def _write_head(self) -> None:
        size = self.size
        y = size.margin * (0.8 if size.height else 0.9)
        for line in self._title:
            self.write(self.left, y + 0.65 * size.title, line, size=size.title, weight="bold")
            y += size.title * 1.3
        y += 0.45 * size.subtitle
        for line in self._subtitle:
            self.write(self.left, y + size.subtitle * LEADING / 2, line, size=size.subtitle, colour=GREY)
            y += size.subtitle * LEADING
        y += 0.7 * size.small
        for entry, x, row in self._key:
            middle = y + (row + 0.5) * size.small * 1.7
            entry.draw(self, x, middle)
            self.write(x + entry.width + 0.5 * size.small, middle, entry.text, size=size.small, colour=GREY)

    def _write_foot(self) -> None:
        small = self.size.small
        last = self.height - self.size.margin * 0.8
        y = last - len(self._foot) * small * LEADING
        if self._foot:
            self.rule(self.left, self.right, y - 0.5 * small, colour=RULE)
        for line in self._foot:
            y += small * LEADING
            self.write(self.left, y - small * LEADING / 2, line, size=small, colour=GREY)

    def write(
        self,
        x: float,
        middle: float,
        text: str,
        *,
        size: float = 0.0,
        weight: str = "regular",
        colour: str = INK,
        align: str = "left",
        rotation: float = 0.0,
        backed: bool = False,
    ) -> Text:
        """Writes one line of text, its height centred on a place; characters without a glyph are refused.

        Args:
            x: where it starts, or its middle or end by `align`.
            middle: of the line of type.
            text: one line.
            size: of the type, that of labels where 0.
            weight: ``regular`` or ``bold``.
            colour: of the type.
            align: ``left``, ``center`` or ``right``.
            rotation: in degrees; turned text is centred on the place in both directions.
            backed: on white, where lines run behind.
        """
        size = size or self.size.label
        self.typeface.width(text, size, weight)
        turned = bool(rotation)
        back = {"facecolor": "white", "edgecolor": "none", "pad": 0.6} if backed else None
        line = _Line(
            x,
            middle if turned else middle + BASELINE * size,
            text,
            transform=self.points,
            family=FAMILY,
            size=size,
            weight="bold" if weight == "bold" else "normal",
            color=colour,
            ha=align,
            va="center" if turned else "baseline",
            rotation=rotation,
            rotation_mode="anchor" if turned else None,
            bbox=back,
            zorder=5,
        )
        self.chart.add_artist(line, clip=False)
        return line

    def write_block(
        self, x: float, middle: float, lines: Sequence[str], *, align: str = "left", **style: object
    ) -> None:
        """Writes lines of text one under the other, centred on a place; `style` as in `write`."""
        size = float(str(style.get("size") or self.size.label))
        first = middle - (len(lines) - 1) * size * LEADING / 2
        for index, line in enumerate(lines):
            self.write(x, first + index * size * LEADING, line, align=align, **style)  # type: ignore[arg-type]

    def rule(self, start: float, end: float, y: float, *, colour: str = HAIR, width: float = 0.5) -> None:
        """Draws a horizontal line."""
        self.lines([((start, y), (end, y))], colour=colour, width=width)

    def lines(
        self,
        segments: Sequence[tuple[tuple[float, float], tuple[float, float]]],
        *,
        colour: str = HAIR,
        width: float = 0.5,
        style: str | tuple[float, tuple[float, ...]] = "solid",
        zorder: float = 0.5,
    ) -> None:
        """Draws straight lines."""
        if segments:
            lines = LineCollection(list(segments), colors=colour, linewidths=width, linestyles=style, zorder=zorder)
            self.add(lines)

    def add(self, artist: Artist) -> None:
        """Adds an artist whose coordinates are the sheet's points."""
        artist.set_transform(self.points)
        self.chart.add_artist(artist, clip=False)

    def axes(self, x: float, y: float, width: float, height: float, *, low: float, high: float) -> Axes:
        """Makes axes whose x is data from `low` to `high` and whose y is points from their upper edge."""
        chart = self.chart
        box = (x / self.size.width, 1 - (y + height) / self.height, width / self.size.width, height / self.height)
        axes = chart.add_axes(box, zorder=1)
        axes.set_axis_off()
        axes.set_xlim(low, high)
        axes.set_ylim(height, 0)
        return axes
