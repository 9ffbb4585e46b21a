"""Coverage: which region says something of which indicator, and how; readable in grey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from compare.errors import count_noun
from compare.figures.cards import Card, list_in, make_card, tell_both, write_sentences, write_source
from compare.figures.frames import list_records, need_columns, text_of
from compare.figures.gaps import GAPS, GapRow
from compare.figures.grid import Cells, draw_grid, draw_rules
from compare.figures.marks import Look, put_dot, put_dots
from compare.figures.rows import Item
from compare.figures.sheet import Chart, KeyEntry, Sheet
from compare.figures.theme import ACCENT, GREY, MARK_GREY, WASH, WHITE, drawing, find_size
from compare.figures.wording import Lang, Measure, check_lang, say, short_name_of

STATES = {"value": ("有可比数字", "Comparable number"), **GAPS}
# Share of the full size and look of each state, told apart without colour; a plan that is not there is a
# pale ground without a mark.
SHAPES = {
    "value": (1.0, Look(ACCENT, ACCENT, "s")),
    "not_comparable": (0.86, Look(WHITE, ACCENT, "s")),
    "words_only": (0.9, Look(GREY, GREY, "^")),
    "not_mentioned": (0.22, Look(MARK_GREY, MARK_GREY)),
}
MOST = {"column": 12, "page": 45, "slide": 15}


@dataclass(frozen=True, slots=True)
class _Table:
    """What is known of each region and indicator, both in the order in which they are drawn."""

    regions: tuple[str, ...]
    names: Mapping[str, tuple[str, str]]
    indicators: tuple[Measure, ...]
    states: Mapping[tuple[str, str], str]

    def count(self, indicator: str) -> int:
        return sum(self.states.get((region, indicator)) == "value" for region in self.regions)

    def with_plan(self) -> int:
        """Counts the regions of which anything is known."""
        return sum(
            any(self.states.get((region, measure.id), "no_plan") != "no_plan" for measure in self.indicators)
            for region in self.regions
        )


def coverage(
    frame: pd.DataFrame,
    *,
    indicators: Sequence[Measure],
    dimensions: Mapping[str, str] | None = None,
    show_all: bool = False,
    most: int = 0,
    lang: str = "zh",
    size: str = "page",
    source: str = "",
) -> Chart:
    """Draws indicators by regions, a mark for what the region's plan says.

    Args:
        frame: one row per region and indicator: `region`, `name_zh`, `name_en`, `indicator`, `presence`.
        indicators: for names and order; those that the frame lacks are passed over.
        dimensions: names by dimension id, for headings over groups of indicators that have a `dimension`.
        show_all: draws also indicators for which no region has a number.
        most: how many indicators are drawn, those that most regions set; 0 for 45 on a page, 12 in a
            column, 15 on a slide.
        lang: ``zh`` or ``en``.
        size: ``column``, ``page`` or ``slide``.
        source: for the foot.

    Raises:
        FigureError: where the frame has no rows or lacks columns.
    """
    language = check_lang(lang)
    table = _read_table(frame, indicators, show_all=show_all)
    with drawing():
        shown = _choose_indicators(table, most or MOST[find_size(size).name])
        card = _make_card(frame, table, shown, language, source)
        return _draw(Sheet(card, size, _make_key(table, size, language)), table, shown, dimensions or {})


def finding_coverage(
    frame: pd.DataFrame, lang: str = "zh", *, indicators: Sequence[Measure], show_all: bool = False
) -> str:
    """Says which indicator most regions set, and how many indicators only one region sets."""
    return _find(_read_table(frame, indicators, show_all=show_all), check_lang(lang))


def _read_table(frame: pd.DataFrame, indicators: Sequence[Measure], *, show_all: bool) -> _Table:
    need_columns(frame, ("region", "indicator", "presence"), "coverage")
    states, names = {}, {}
    for record in list_records(frame):
        region = text_of(record, "region")
        states[region, text_of(record, "indicator")] = text_of(record, "presence")
        names[region] = (text_of(record, "name_zh") or region, text_of(record, "name_en") or region)
    there = {indicator for _, indicator in states}
    set_by = {i: sum(state == "value" for (_, other), state in states.items() if other == i) for i in there}
    known = [measure for measure in indicators if measure.id in there and (show_all or set_by[measure.id])]
    order = list(dict.fromkeys(_dimension_of(measure) for measure in known))
    known.sort(key=lambda measure: (order.index(_dimension_of(measure)), -set_by[measure.id]))
    says = {region: sum(states.get((region, m.id)) == "value" for m in known) for region in names}
    heard = {region: any(states.get((region, m.id), "no_plan") != "no_plan" for m in known) for region in names}
    regions = sorted(names, key=lambda region: (not heard[region], -says[region], region))
    return _Table(tuple(regions), names, tuple(known), states)


def _dimension_of(measure: Measure) -> str:
    return str(getattr(measure, "dimension", ""))


def _choose_indicators(table: _Table, most: int) -> tuple[Measure, ...]:
    """Takes the indicators that most regions set, in the order of the table."""
    first = sorted(table.indicators, key=lambda measure: -table.count(measure.id))[:most]
    kept = {measure.id for measure in first}
    return tuple(measure for measure in table.indicators if measure.id in kept)


def _find(table: _Table, lang: Lang) -> str:
    if not table.indicators:
        return say(lang, "没有一项指标有可比数字", "No indicator has a comparable number")
    first = max(table.indicators, key=lambda measure: table.count(measure.id))
    once = sum(table.count(measure.id) == 1 for measure in table.indicators)
    name, most, all_regions = short_name_of(first, lang), table.count(first.id), len(table.regions)
    zh = f"写得最普遍的是{name}，{all_regions}个地区中{most}个有可比数字"
    en = f"{name} is set most often, by {most} of {count_noun(all_regions, 'region')}"
    if once:
        zh += f"；{len(table.indicators)}项指标中{once}项只有一个地区写"
        are = "is" if once == 1 else "are"
        en += f"; {once} of {count_noun(len(table.indicators), 'indicator')} {are} set by one region alone"
    return say(lang, zh, en)


def _make_card(frame: pd.DataFrame, table: _Table, shown: Sequence[Measure], lang: Lang, source: str) -> Card:
    found = tell_both(lambda each: _find(table, each))
    regions, count, few = len(table.regions), len(table.indicators), len(shown)
    note = say(
        lang,
        "“未提及”指该地区规划原文在语料中而没有写；“语料中无规划”不表示没有目标",
        "“Not mentioned”: the region's plan was read and does not say; without a plan in the corpus nothing is known",
    )
    cut = say(lang, f"只列写的地区最多的{few}项", f"The {few} indicators that most regions set")
    read = say(lang, "各地区规划原文与已公布的目标", "the regions' plans and published targets")
    return make_card(
        "coverage",
        frame,
        lang,
        found=found,
        alt=tell_both(lambda each: _describe(table, found[each], each)),
        subtitle=[
            say(
                lang,
                f"{count}项指标、{regions}个地区",
                f"{count_noun(count, 'indicator')}, {count_noun(regions, 'region')}",
            )
        ],
        source=write_source(lang, source or read),
        notes=[note, cut if few < count else ""],
    )


def _describe(table: _Table, finding: str, lang: Lang) -> str:
    told = [f"{short_name_of(measure, lang)} {table.count(measure.id)}" for measure in table.indicators]
    head = say(lang, "指标与地区的对照图", "Grid of indicators by regions")
    lead = say(lang, "有可比数字的地区数：", "Regions with a comparable number: ")
    return write_sentences(lang, head, finding, lead + list_in(lang, told))


def _make_key(table: _Table, size: str, lang: Lang) -> list[KeyEntry]:
    present = set(table.states.values())

    def entry(state: str) -> KeyEntry:
        side = 7.0 if size != "slide" else 11.0

        def draw(sheet: Sheet, x: float, y: float) -> None:
            if state in SHAPES:
                share, look = SHAPES[state]
                put_dot(sheet, x + side / 2, y, share * side, look)
            else:
                box = Rectangle((x, y - 0.65 * side), side, 1.3 * side)
                sheet.add(PatchCollection([box], facecolor=WASH, edgecolor="none"))

        return KeyEntry(say(lang, *STATES[state]), side, draw)

    return [entry(state) for state in STATES if state in present]


def _draw(sheet: Sheet, table: _Table, shown: Sequence[Measure], dimensions: Mapping[str, str]) -> Chart:
    lang, label = sheet.lang, sheet.size.label
    regions = len(table.regions)
    items = [
        Item(
            short_name_of(measure, lang),
            (f"{table.count(measure.id)}/{regions}",),
            group=dimensions.get(_dimension_of(measure), ""),
        )
        for measure in shown
    ]
    table, gaps = _set_apart(sheet, table, shown)
    names = [say(lang, *table.names[region]) for region in table.regions]
    heads = (say(lang, "有数字", "Set by"),)
    chart, panels = draw_grid(
        sheet, items, names, least=1.1 * label, heads=heads, share=0.4, widest=6 * label, gaps=gaps
    )
    for cells in panels:
        draw_rules(sheet, cells.panel)
        _draw_states(cells, table, shown)
    return chart


def _set_apart(sheet: Sheet, table: _Table, shown: Sequence[Measure]) -> tuple[_Table, list[GapRow]]:
    """Takes regions of which nothing is known out of a narrow figure, where they would be columns of nothing."""
    empty = [
        region
        for region in table.regions
        if all(table.states.get((region, measure.id), "no_plan") == "no_plan" for measure in shown)
    ]
    if sheet.size.name != "column" or not empty or len(empty) == len(table.regions):
        return table, []
    kept = tuple(region for region in table.regions if region not in empty)
    names = say(sheet.lang, "、", ", ").join(say(sheet.lang, *table.names[region]) for region in empty)
    title, count = say(sheet.lang, *STATES["no_plan"]), len(empty)
    text = say(sheet.lang, f"{title}（{count}个）：", f"{title} ({count}): ") + names
    return replace(table, regions=kept), [
        GapRow("", sheet.typeface.wrap(text, sheet.width, sheet.size.small), opens=True)
    ]


def _draw_states(cells: Cells, table: _Table, shown: Sequence[Measure]) -> None:
    panel = cells.panel
    side = min(0.62 * panel.pitch, 0.8 * cells.pitch, 0.95 * panel.label)
    places: dict[str, list[tuple[float, float]]] = {}
    for row, column, x, y in cells.places():
        state = table.states.get((table.regions[column], shown[row].id), "no_plan")
        places.setdefault(state, []).append((x, y))
    for state, found in places.items():
        if state in SHAPES:
            share, look = SHAPES[state]
            put_dots(panel.axes, found, share * side, look)
        else:
            cells.draw([cells.box(x, y, cells.pitch, panel.pitch) for x, y in found], [WASH], zorder=0.2)
