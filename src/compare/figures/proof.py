"""Proof-reading a chart as it is drawn: text that is clipped, meets other text or marks, lacks a glyph; empty axes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

from compare.errors import FigureError
from compare.figures.typeface import FAMILY, Typeface

DPI = 100
SLACK = 0.75  # pixels that boxes may share: the blank around glyphs
CONTRAST = 4.5  # what text needs against all that it stands on, by WCAG 2
ROTATED = 0.2  # of the height of a turned line of type that is blank on either side


@dataclass(frozen=True, slots=True)
class _Line:
    """One text as it stands on the canvas, in pixels from the lower left: the line of type, and its ink alone."""

    text: str
    colour: str
    box: Bbox
    ink: Bbox


def find_faults(figure: Figure) -> tuple[str, ...]:
    """Finds what a reader would stumble over, measured on the rendered canvas.

    Text is clipped, overlaps other text, lacks a glyph, or stands on or touches something from which it has a contrast
    of less than 4.5:1, be it a line, a mark or a tint; white put behind text does not count. Or axes are empty.

    Args:
        figure: any figure; its resolution is not changed.

    Returns:
        One sentence a fault; none for a sound chart.
    """
    texts = list(_visible_texts(figure))
    typeface = Typeface()
    before = figure.dpi
    figure.dpi = DPI
    try:
        width, height = (float(length) * DPI for length in figure.get_size_inches())
        renderer = RendererAgg(width, height, DPI)  # type: ignore[no-untyped-call]
        lines = [_measure(text, renderer, typeface) for text in texts]
        ground = _draw_ground(figure, texts, renderer)
        page = Bbox.from_extents(0, 0, width, height)
    finally:
        figure.dpi = before
    return (
        *_lacking(lines, typeface),
        *_clipped(lines, page),
        *_overlapping(lines),
        *_meeting(lines, ground),
        *_empty(figure),
    )


def _visible_texts(figure: Figure) -> Iterator[Text]:
    unseen = [axis for axes in figure.axes if not axes.axison for axis in (axes.xaxis, axes.yaxis)]
    hidden = {id(text) for axis in unseen for text in axis.findobj(Text)}
    for text in figure.findobj(lambda artist: isinstance(artist, Text)):
        if isinstance(text, Text) and text.get_visible() and text.get_text().strip() and id(text) not in hidden:
            yield text


def _measure(text: Text, renderer: RendererAgg, typeface: Typeface) -> _Line:
    box = text.get_window_extent(renderer)
    return _Line(text.get_text(), str(text.get_color()), box, _find_ink(text, box, typeface))


def _find_ink(text: Text, box: Bbox, typeface: Typeface) -> Bbox:
    """Narrows the box of a line to its ink: by the glyphs where the line is one of ours, by a share of it otherwise."""
    if text.get_rotation():
        return Bbox.from_extents(box.x0 + ROTATED * box.width, box.y0, box.x1 - ROTATED * box.width, box.y1)
    if text.get_fontfamily() != [FAMILY] or text.get_verticalalignment() != "baseline":
        return Bbox.from_extents(box.x0, box.y0 + ROTATED * box.height, box.x1, box.y1 - ROTATED * box.height)
    weight = "bold" if text.get_fontweight() == "bold" else "regular"
    low, high = typeface.ink(text.get_text(), float(text.get_fontsize()) * DPI / 72, weight)
    baseline = float(text.get_transform().transform(text.get_unitless_position())[1])
    return Bbox.from_extents(box.x0, baseline + low, box.x1, baseline + high)


def _draw_ground(figure: Figure, texts: Sequence[Text], renderer: RendererAgg) -> NDArray[np.float64]:
    """Draws everything but the text and gives the luminance of each pixel, row by row from the top."""
    for text in texts:
        text.set_visible(False)
    try:
        renderer.clear()  # type: ignore[no-untyped-call]
        figure.draw(renderer)
    finally:
        for text in texts:
            text.set_visible(True)
    pixels = np.asarray(renderer.buffer_rgba())[..., :3] / 255.0  # type: ignore[no-untyped-call]
    return _luminance(pixels)


def _luminance(colours: NDArray[np.float64]) -> NDArray[np.float64]:
    """Gives the relative luminance of colours, red, green and blue from 0 to 1 in the last dimension."""
    parts = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    return np.asarray(parts @ np.array([0.2126, 0.7152, 0.0722]))


def _lacking(lines: Sequence[_Line], typeface: Typeface) -> Iterator[str]:
    for line in lines:
        try:
            typeface.width(line.text.replace("\n", ""), 1.0)
        except FigureError as error:
            yield f"{line.text!r}: {error}"


def _clipped(lines: Sequence[_Line], page: Bbox) -> Iterator[str]:
    for line in lines:
        box = line.box
        if box.x0 < page.x0 - SLACK or box.x1 > page.x1 + SLACK or box.y0 < page.y0 - SLACK or box.y1 > page.y1 + SLACK:
            yield f"{line.text!r} runs over the edge of the figure"


def _overlapping(lines: Sequence[_Line]) -> Iterator[str]:
    if not lines:
        return
    edges = np.array([[line.box.x0, line.box.y0, line.box.x1, line.box.y1] for line in lines])
    low = np.maximum(edges[:, None, :2], edges[None, :, :2])
    high = np.minimum(edges[:, None, 2:], edges[None, :, 2:])
    for first, second in np.argwhere(np.all(high - low > SLACK, axis=2)):
        if first < second:
            yield f"{lines[first].text!r} overlaps {lines[second].text!r}"


def _meeting(lines: Sequence[_Line], ground: NDArray[np.float64]) -> Iterator[str]:
    """Finds text that something dark or pale stands behind, or right beside."""
    rows, columns = ground.shape
    for line in lines:
        top, bottom = max(0, round(rows - line.ink.y1)), min(rows, round(rows - line.ink.y0))
        left, right = max(0, int(line.ink.x0)), min(columns, int(np.ceil(line.ink.x1)))
        behind = ground[top:bottom, left:right]
        if not behind.size:
            continue
        own = float(_luminance(np.array(to_rgb(line.colour))))
        high, low = np.maximum(behind, own), np.minimum(behind, own)
        contrast = float(((high + 0.05) / (low + 0.05)).min())
        if contrast < CONTRAST:
            yield f"{line.text!r} meets something: its contrast there is {contrast:.1f}, below {CONTRAST}"


def _empty(figure: Figure) -> Iterator[str]:
    for axes in figure.axes:
        if not axes.has_data() and not axes.texts and not axes.patches:
            yield "axes without anything drawn in them"
