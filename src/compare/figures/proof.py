"""Proof-reading a chart as it is drawn: text that is clipped, overlaps, or lacks a glyph, and empty axes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from compare.errors import FigureError
from compare.figures.typeface import Typeface

DPI = 100
SLACK = 0.75  # pixels that boxes may share: the blank around glyphs


def find_faults(figure: Figure) -> tuple[str, ...]:
    """Finds what a reader would stumble over, measured on the rendered canvas.

    Args:
        figure: any figure; its resolution is not changed.

    Returns:
        One sentence a fault; none for a sound chart.
    """
    texts = list(_visible_texts(figure))
    before = figure.dpi
    figure.dpi = DPI
    try:
        width, height = (float(length) * DPI for length in figure.get_size_inches())
        renderer = RendererAgg(width, height, DPI)  # type: ignore[no-untyped-call]
        boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts]
        page = Bbox.from_extents(0, 0, width, height)
    finally:
        figure.dpi = before
    return (*_lacking(texts), *_clipped(boxes, page), *_overlapping(boxes), *_empty(figure))


def _visible_texts(figure: Figure) -> Iterator[Text]:
    unseen = [axis for axes in figure.axes if not axes.axison for axis in (axes.xaxis, axes.yaxis)]
    hidden = {id(text) for axis in unseen for text in axis.findobj(Text)}
    for text in figure.findobj(lambda artist: isinstance(artist, Text)):
        if isinstance(text, Text) and text.get_visible() and text.get_text().strip() and id(text) not in hidden:
            yield text


def _lacking(texts: list[Text]) -> Iterator[str]:
    typeface = Typeface()
    for text in texts:
        try:
            typeface.width(text.get_text().replace("\n", ""), 1.0)
        except FigureError as error:
            yield f"{text.get_text()!r}: {error}"


def _clipped(boxes: list[tuple[str, Bbox]], page: Bbox) -> Iterator[str]:
    for text, box in boxes:
        if box.x0 < page.x0 - SLACK or box.x1 > page.x1 + SLACK or box.y0 < page.y0 - SLACK or box.y1 > page.y1 + SLACK:
            yield f"{text!r} runs over the edge of the figure"


def _overlapping(boxes: list[tuple[str, Bbox]]) -> Iterator[str]:
    if not boxes:
        return
    edges = np.array([[box.x0, box.y0, box.x1, box.y1] for _, box in boxes])
    low = np.maximum(edges[:, None, :2], edges[None, :, :2])
    high = np.minimum(edges[:, None, 2:], edges[None, :, 2:])
    for first, second in np.argwhere(np.all(high - low > SLACK, axis=2)):
        if first < second:
            yield f"{boxes[first][0]!r} overlaps {boxes[second][0]!r}"


def _empty(figure: Figure) -> Iterator[str]:
    for axes in figure.axes:
        if not axes.has_data() and not axes.texts and not axes.patches:
            yield "axes without anything drawn in them"
