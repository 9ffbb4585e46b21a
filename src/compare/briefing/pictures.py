"""Charts as pictures without their heading and foot, which the file around them has as text."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.errors import FigureError

if TYPE_CHECKING:
    from compare.figures import Chart

DPI = 200


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in PNG, its size in points as it is meant to be shown."""

    data: bytes
    width: float
    height: float


def draw_picture(draw: Callable[[str], Chart], size: str) -> Picture:
    """Draws a chart and cuts off what stands above its key and below its scale.

    Args:
        draw: draws the chart at a size.
        size: `slide` or `page`; a chart with too much for a slide is drawn as a page instead, to be shown smaller.
    """
    from PIL import Image

    try:
        chart = draw(size)
    except FigureError:
        if size == "page":
            raise
        size = "page"
        chart = draw(size)
    above, below = _measure_frame(chart, size)
    buffer = io.BytesIO()
    chart.savefig(buffer, format="png", dpi=DPI, metadata={"Software": None})
    with Image.open(buffer) as whole:
        scale = DPI / 72
        box = (0, round(above * scale), whole.width, whole.height - round(below * scale))
        cut = io.BytesIO()
        whole.convert("RGB").crop(box).save(cut, format="PNG", compress_level=6, dpi=(DPI, DPI))
    return Picture(cut.getvalue(), (box[2] - box[0]) / scale, (box[3] - box[1]) / scale)


def _measure_frame(chart: Chart, size: str) -> tuple[float, float]:
    """Measures title and subtitle above, sources and notes below, in points."""
    from compare.figures.sheet import Sheet
    from compare.figures.theme import drawing

    with drawing():
        sheet = Sheet(chart.card, size)
    return sheet.top - 0.9 * sheet.size.label, sheet.foot_height + 0.5 * sheet.size.margin
