"""Tile map: one tile a region in a schematic grid, without boundaries and marked as a schema."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from compare.figures.cards import Card, list_in, make_card, tell_both, write_sentences
from compare.figures.frames import (
    Row,
    describe_definition,
    describe_measure,
    describe_source,
    list_numbers,
    read_rows,
)
from compare.figures.grid import shade
from compare.figures.ranking import finding_ranking
from compare.figures.sheet import Chart, Sheet
from compare.figures.theme import GREY, HAIR, INK, PALE, WHITE, drawing
from compare.figures.wording import (
    Lang,
    Measure,
    as_measure,
    check_lang,
    format_years,
    say,
)

TILES = Path(__file__).with_name("tiles.json")
TAIWAN = "710000"


@dataclass(frozen=True, slots=True)
class Tile:
    """Where a region stands in the grid; columns and rows count from 0 in the north-west.

    `parts_en` is a long name with a hyphen where it may be broken.
    """

    region: str
    name_zh: str
    name_en: str
    column: int
    row: int
    parts_en: str = ""


def read_tiles() -> list[Tile]:
    """Reads the grid: 34 regions of the first level."""
    return [Tile(**tile) for tile in json.loads(TILES.read_text(encoding="utf-8"))]


def tile_map(
    frame: pd.DataFrame,
    *,
    indicator: Measure | str,
    lang: str = "zh",
    size: str = "page",
    source: str = "",
) -> Chart:
    """Draws each region's target as a tile in a schematic grid; a region without a number is white, and says why.

    Args:
        frame: a comparison, one row per region; of several rows of a region the first with a value is taken.
        indicator: what is compared, or its name.
        lang: ``zh`` or ``en``.
        size: ``column``, ``page`` or ``slide``.
        source: for the foot, computed where empty.

    Raises:
        FigureError: where the frame has no rows or lacks columns.
    """
    language, measure = check_lang(lang), as_measure(indicator)
    rows = read_rows(frame, "tile_map", measure.unit)
    by_region: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: not row.has_value):
        by_region.setdefault(row.region, row)
    card = _make_card(frame, rows, by_region, measure, language, source)
    with drawing():
        return _draw(Sheet(card, size), by_region)


def finding_tile_map(frame: pd.DataFrame, lang: str = "zh", *, indicator: Measure | str) -> str:
    """Says what the ranking of the same frame says."""
    return finding_ranking(frame, lang, indicator=indicator)


def _make_card(
    frame: pd.DataFrame,
    rows: Sequence[Row],
    by_region: Mapping[str, Row],
    measure: Measure,
    lang: Lang,
    source: str,
) -> Card:
    found = tell_both(lambda each: finding_ranking(frame, each, indicator=measure))
    years = format_years([row.year for row in rows if row.has_value and row.year], lang)
    schema = say(
        lang,
        "示意图：格子只表示地区的大致方位，不表示边界和面积；白格没有可比数字",
        "Schematic: tiles stand roughly where regions are and show neither boundaries nor areas; white: no number",
    )
    known = {region for region, row in by_region.items() if row.has_value}
    return make_card(
        "tile_map",
        frame,
        lang,
        found=found,
        alt=tell_both(lambda each: _describe(by_region, found[each], each)),
        subtitle=[*describe_measure(measure, lang), years and say(lang, f"目标年：{years}", f"target years {years}")],
        source=describe_source(rows, lang, source),
        notes=[
            describe_definition(measure, lang),
            schema,
            "" if TAIWAN in known else say(lang, "台湾省资料暂缺", "No data for Taiwan Province"),
        ],
        numbers=list_numbers(rows),
    )


def _describe(by_region: Mapping[str, Row], finding: str, lang: Lang) -> str:
    told = [f"{row.name(lang)} {row.label(lang)}" for row in by_region.values() if row.has_value]
    return write_sentences(lang, say(lang, "示意格子图", "Schematic tile grid"), finding, list_in(lang, told))


def _draw(sheet: Sheet, by_region: Mapping[str, Row]) -> Chart:
    tiles = read_tiles()
    across, down = max(tile.column for tile in tiles) + 1, max(tile.row for tile in tiles) + 1
    label, small = sheet.size.label, sheet.size.small
    pitch = sheet.width / across
    tall = min(pitch, 4.6 * label)
    if sheet.room is not None:
        tall = min(tall, sheet.room / down)
    chart = sheet.open(down * tall)
    axes = sheet.axes(sheet.left, sheet.top, sheet.width, down * tall, low=-0.5, high=across - 0.5)
    axes.set_ylim(down - 0.5, -0.5)
    values = [row.value for row in by_region.values() if row.has_value]
    low, high = min(values, default=0.0), max(values, default=0.0)
    base = low - 0.25 * ((high - low) or 1.0)
    boxes, colours = [], []
    for tile in tiles:
        row = by_region.get(tile.region)
        known = row is not None and row.has_value
        share = (row.value - base) / ((high - base) or 1.0) if row is not None and known else 0.0
        boxes.append(Rectangle((tile.column - 0.48, tile.row - 0.47), 0.96, 0.94))
        colours.append(shade(share, PALE) if known else WHITE)
        _write_tile(sheet, tile, row, (pitch, tall))
    axes.add_collection(
        PatchCollection(boxes, facecolors=colours, edgecolors=HAIR, linewidths=0.8, zorder=1), autolim=False
    )
    sheet.write(sheet.left, sheet.top + 0.9 * small, say(sheet.lang, "示意", "Schematic"), size=small, colour=GREY)
    return chart


def _write_tile(sheet: Sheet, tile: Tile, row: Row | None, cell: tuple[float, float]) -> None:
    """Writes the name of a region, its number and year under it, or what is there instead."""
    pitch, tall = cell
    lang, small = sheet.lang, sheet.size.small
    x = sheet.left + (tile.column + 0.5) * pitch
    middle = sheet.top + (tile.row + 0.5) * tall
    room = pitch - 3.0
    lines = _break_name(sheet, tile, room)
    size = small
    while max(sheet.typeface.width(line, size) for line in lines) > room and size > 0.8 * small:
        size *= 0.94
    lines = [sheet.typeface.shorten(line, room, size) for line in lines]
    apart = 0.72 * small + 0.3 * (len(lines) - 1) * size
    for index, line in enumerate(lines):
        up = middle - apart + (index - (len(lines) - 1) / 2) * 1.05 * size
        sheet.write(x, up, line, size=size, align="center", colour=INK)
    if row is not None and row.has_value:
        text, weight, colour = row.label(lang), "bold", INK
    else:
        presence = row.presence if row is not None else "no_plan"
        text, weight, colour = say(lang, *_SHORT.get(presence, ("–", "–"))), "regular", GREY
    fit = small
    while sheet.typeface.width(text, fit, weight) > room and fit > 0.8 * small:
        fit *= 0.94
    text = sheet.typeface.shorten(text, room, fit, weight)
    sheet.write(x, middle + apart, text, size=fit, weight=weight, align="center", colour=colour)


def _break_name(sheet: Sheet, tile: Tile, room: float) -> list[str]:
    """Breaks the name of a region into two lines where it is too long for one."""
    name = say(sheet.lang, tile.name_zh, tile.name_en)
    if sheet.typeface.width(name, sheet.size.small) <= room:
        return [name]
    if sheet.lang == "en" and tile.parts_en:
        first, last = tile.parts_en.split("-")
        return [f"{first}-", last]
    return name.split(" ", 1)


_SHORT = {
    "not_comparable": ("不可比", "differs"),
    "words_only": ("仅文字", "words"),
    "not_mentioned": ("未提", "–"),
    "no_plan": ("–", "–"),
}
