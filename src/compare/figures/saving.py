"""Saving: a chart as pictures, with the data behind it and what it says, the same bytes for the same input."""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from compare.errors import FigureError, UnknownNameError
from compare.figures.cards import Card
from compare.figures.sheet import Chart
from compare.figures.theme import drawing
from compare.tables import write_bytes

FORMATS = ("png", "svg", "pdf")
DPI = 300
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
LEVEL = 1  # of compression: 6 takes twice as long and saves a thirtieth


@dataclass(frozen=True)
class Saved:
    """A chart on disk: its files by ending, and what it says. As the last value of a cell it shows itself."""

    slug: str
    title: str
    alt: str
    paths: Mapping[str, Path]
    width: int

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, str], dict[str, dict[str, object]]]:
        bundle = {"text/plain": self.title}
        if "png" not in self.paths:
            return bundle, {}
        bundle["image/png"] = base64.b64encode(self.paths["png"].read_bytes()).decode("ascii")
        return bundle, {"image/png": {"width": self.width, "alt": self.alt}}


def save(
    chart: Chart,
    folder: Path | str,
    slug: str,
    data: pd.DataFrame | None = None,
    formats: Sequence[str] = FORMATS,
) -> Saved:
    """Saves a chart: pictures, the data behind it as CSV, and a card as JSON.

    Args:
        chart: made by one of the functions of this package.
        folder: made where it is not there.
        slug: of the file names, ASCII, such as ``5g_base_stations_per_10k-ranking-zh``.
        data: for the CSV (UTF-8 with BOM); the frame that was drawn where None.
        formats: of ``png`` (300 dpi), ``svg`` (type as outlines) and ``pdf`` (type embedded, searchable).

    Returns:
        The files, by ending: those of `formats`, ``csv`` and ``json``.

    Raises:
        OutputError: where a file cannot be written; none is left half-written.
        UnknownNameError: where a format is not known.
        FigureError: where the slug is not one or the figure has no card.
    """
    for name in formats:
        if name not in FORMATS:
            raise UnknownNameError("picture format", name, FORMATS)
    if not _SLUG.fullmatch(slug):
        raise FigureError(f"slug: found {slug!r}, expected ASCII letters, digits, '_', '-' and '.'")
    card = getattr(chart, "card", None)
    if card is None:
        raise FigureError("save: found a figure without a card, expected a chart made by compare.figures")
    contents = {name: _render(chart, card, name) for name in formats}
    contents["csv"] = (card.data if data is None else data).to_csv(index=False, lineterminator="\n").encode("utf-8-sig")
    contents["json"] = _describe(card, slug, sorted([*contents, "json"]))
    folder = Path(folder)
    paths = {name: folder / f"{slug}.{name}" for name in contents}
    for name, path in paths.items():
        write_bytes(path, contents[name])
    width = round(chart.get_figwidth() * 96)
    return Saved(slug, card.title, card.alt, paths, width)


def _render(chart: Chart, card: Card, name: str) -> bytes:
    """Renders one format into memory, with fixed metadata and no dates."""
    if name == "png":
        return _render_png(chart, card.title)
    buffer = io.BytesIO()
    options: dict[str, dict[str, Any]] = {
        "svg": {"metadata": {"Title": card.title, "Date": None, "Creator": None}},
        "pdf": {"metadata": {"Title": card.title, "Subject": card.alt, "CreationDate": None}},
    }
    with drawing():
        chart.savefig(buffer, format=name, **options[name])
    return buffer.getvalue()


def _render_png(chart: Chart, title: str) -> bytes:
    """Renders pixels without transparency, which nothing uses: three quarters of the bytes to compress."""
    buffer, words = io.BytesIO(), PngInfo()
    words.add_itxt("Title", title)
    before = chart.dpi
    with drawing():
        chart.dpi = DPI
        try:
            canvas = FigureCanvasAgg(chart)
            canvas.draw()  # type: ignore[no-untyped-call]
            pixels = np.asarray(canvas.buffer_rgba())[..., :3]  # type: ignore[no-untyped-call]
        finally:
            chart.dpi = before
    picture = Image.fromarray(np.ascontiguousarray(pixels))
    picture.save(buffer, format="png", dpi=(DPI, DPI), pnginfo=words, compress_level=LEVEL)
    return buffer.getvalue()


def _describe(card: Card, slug: str, endings: Sequence[str]) -> bytes:
    told = {
        "slug": slug,
        "kind": card.kind,
        "lang": card.lang,
        "title": card.title,
        "subtitle": card.subtitle,
        "source": card.source,
        "notes": list(card.notes),
        "finding": {"zh": card.finding_zh, "en": card.finding_en},
        "alt": {"zh": card.alt_zh, "en": card.alt_en},
        "files": [f"{slug}.{ending}" for ending in endings],
        "numbers": [asdict(number) for number in card.numbers],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
