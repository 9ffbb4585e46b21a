"""Ranking: one indicator over regions, a dot per region at its target, with bound, year and grade."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from compare.figures.cards import Card, list_in, make_card, tell_both, write_sentences
from compare.figures.frames import (
    GRADES,
    NATION,
    Row,
    describe_definition,
    describe_measure,
    describe_source,
    group_names,
    list_numbers,
    read_rows,
    sort_rows,
    tell_of_firm,
    tell_of_weak,
)
from compare.figures.gaps import GAPS, REASONED, plan_gaps
from compare.figures.marks import Mark, draw_marks, key_of_bounds, reach_of, size_in_key
from compare.figures.rows import Item, Panel, Plot, draw_rows, name_width
from compare.figures.scales import Place, Scale, fit_scale
from compare.figures.sheet import Chart, Sheet
from compare.figures.theme import INK, drawing
from compare.figures.wording import (
    Lang,
    Measure,
    as_measure,
    check_lang,
    format_value,
    format_years,
    is_total,
    join_names,
    name_of,
    say,
    short_name_of,
)

METHODS = {
    "stated": ("原文", "stated"),
    "converted": ("换算", "converted"),
    "derived": ("推算", "derived"),
    "resolved": ("按基期推得", "from base"),
    "published": ("已公布", "published"),
    "interpolated": ("内插", "interpolated"),
}
CITIES = ("地级市", "Cities")
APART = ("地级市不与省级并列排序", "Cities are not ranked with provinces")
BRIEF = 13  # rows on a slide beyond which regions without a number are listed without reasons


def ranking(
    frame: pd.DataFrame,
    *,
    indicator: Measure | str,
    reference: pd.DataFrame | None = None,
    highlight: Collection[str] = (),
    lang: str = "zh",
    size: str = "page",
    source: str = "",
) -> Chart:
    """Draws the regions by their target for one indicator.

    A filled dot is the value itself, an arrow a bound (the dot is hollow where the value is excluded), a hollow dot on
    a band is about that value, a bar a range. Regions without a comparable number stand below, as what they are.

    Args:
        frame: a comparison, one row per region and commitment; values in the indicator's unit.
        indicator: what is compared, or its name.
        reference: the nation's targets (`year`, `value`, `bound`), drawn as lines; those of the rows' years are taken,
            none where the indicator is a total.
        highlight: region codes drawn in colour, the others then in grey; all in colour where empty.
        lang: ``zh`` or ``en``.
        size: ``column``, ``page`` or ``slide``.
        source: for the foot, computed from the frame where empty.

    Raises:
        FigureError: where the frame has no rows or lacks columns, or the rows do not fit the size.
    """
    language = check_lang(lang)
    measure = as_measure(indicator)
    rows = read_rows(frame, "ranking", measure.unit)
    national = _choose_reference(reference, rows, measure)
    ranked = _rank(rows, measure)
    card = _make_card(frame, rows, measure, national, lang=language, source=source)
    with drawing():
        marks = [Mark(row.value, row.high, row.bound, 0.0) for row in ranked]
        sheet = Sheet(card, size, key_of_bounds(marks, size_in_key(size), language))
        return _draw(sheet, rows, ranked, national, frozenset(highlight), measure)


def finding_ranking(
    frame: pd.DataFrame, lang: str = "zh", *, indicator: Measure | str, reference: pd.DataFrame | None = None
) -> str:
    """Says what a ranking shows: who aims highest and lowest, and how many above the nation."""
    measure = as_measure(indicator)
    rows = read_rows(frame, "ranking", measure.unit)
    return _find(rows, measure, _choose_reference(reference, rows, measure), check_lang(lang))


@dataclass(frozen=True, slots=True)
class _Nation:
    value: float
    bound: str
    year: int | None
    row: Row


def _choose_reference(reference: pd.DataFrame | None, rows: Sequence[Row], measure: Measure) -> list[_Nation]:
    """Takes the nation's targets of the years that the rows have, the nearest where there is none of those.

    The total of a nation is no measure of one region: for counts and amounts there is no reference.
    """
    if reference is None or reference.empty or is_total(measure):
        return []
    known = read_rows(reference.assign(region=NATION, name_zh="全国", name_en="China"), "ranking")
    levels = [row for row in known if row.has_value]
    years = Counter(row.year for row in rows if row.has_value and row.year)
    if not levels or not years:
        return []
    same = [row for row in levels if row.year in years]
    usual = years.most_common(1)[0][0] or 0
    chosen = same or [min(levels, key=lambda row: abs((row.year or 9999) - usual))]
    found = {(row.value, row.year): _Nation(row.value, row.bound, row.year, row) for row in chosen}
    return sorted(found.values(), key=lambda nation: (nation.year or 0, nation.value))[:3]


def _rank(rows: Sequence[Row], measure: Measure) -> list[Row]:
    """Sorts the rows with a number; cities come after the regions that they are no peers of."""
    return sorted(sort_rows((row for row in rows if row.has_value), measure.direction), key=lambda row: row.is_city)


def _find(rows: Sequence[Row], measure: Measure, national: Sequence[_Nation], lang: Lang) -> str:
    """What the values say; where weak ones (grade C) would change that, what the others say, or that it is weak."""
    ranked = _rank(rows, measure)
    ranked = [row for row in ranked if not row.is_city] or ranked
    told = _tell(ranked, measure, national, lang)
    firm = [row for row in ranked if not row.is_weak]
    if len(firm) > 1:
        sure = _tell(firm, measure, national, lang)
        return told if sure == told else tell_of_firm(lang, sure)
    return tell_of_weak(lang, told) if ranked and ranked[0].is_weak else told


def _tell(ranked: Sequence[Row], measure: Measure, national: Sequence[_Nation], lang: Lang) -> str:
    short = short_name_of(measure, lang)
    if not ranked:
        return say(lang, f"没有地区有可比的{short}目标", f"No region has a comparable target: {short}")
    first, last = ranked[0], ranked[-1]
    if len(ranked) == 1:
        zh = f"有可比目标的只有{first.name(lang)}：{_dated(ranked, lang)}"
        return say(lang, zh, f"Only {first.name(lang)} has a comparable target: {_dated(ranked, lang)}")
    best = [row for row in ranked if row.value == first.value]
    aim = _dated(best, lang)
    if len(best) == len(ranked):
        zh = f"{len(ranked)}个地区的目标数值相同：{aim}"
        return say(lang, zh, f"All {len(ranked)} regions name the same number: {aim}")
    against = _against_nation(ranked, national, lang)
    lower = measure.direction == "lower"
    top = join_names([row.name(lang) for row in best], lang, 3)
    if against:
        zh = f"{against}；{top}{'最低' if lower else '最高'}，{aim}"
        return say(lang, zh, f"{against}; {top} {'lowest' if lower else 'highest'}: {aim}")
    near, far = ("最低", "最高") if lower else ("最高", "最低")
    least = [row for row in ranked if row.value == last.value]
    bottom, end = join_names([row.name(lang) for row in least], lang, 3), _dated(least, lang)
    zh = f"{top}的目标{near}：{aim}；{bottom}{far}：{end}"
    en = (
        f"{top} aim{'s' if len(best) == 1 else ''} {'lowest' if lower else 'highest'}: {aim}; "
        f"{bottom} {'highest' if lower else 'lowest'}: {end}"
    )
    return say(lang, zh, en)


def _dated(level: Sequence[Row], lang: Lang) -> str:
    """Says the number of rows that stand level, with the bound and the year only where all of them have these."""
    bound = level[0].bound if len({row.bound for row in level}) == 1 else "="
    text = replace(level[0], bound=bound).phrase(lang)
    year = level[0].year if len({row.year for row in level}) == 1 else None
    return text if year is None else say(lang, f"{year}年{text}", f"{text} by {year}")


def _against_nation(ranked: Sequence[Row], national: Sequence[_Nation], lang: Lang) -> str:
    """Counts the regions above the nation's target of the same year, where at least two can be compared with it."""
    for nation in national:
        same = [row for row in ranked if row.year == nation.year]
        if len(same) < 2:
            continue
        above = sum(row.value > nation.value or (row.value == nation.value and row.bound == ">") for row in same)
        value = format_value(nation.value, nation.row.unit or ranked[0].unit, lang)
        zh = f"目标年为{nation.year}年的{len(same)}个地区中，{above}个高于全国目标{value}"
        aim = "aims" if above == 1 else "aim"
        en = f"{above} of {len(same)} regions {aim} above the nation's {value} in {nation.year}"
        return say(lang, zh, en)
    return ""


def _make_card(
    frame: pd.DataFrame, rows: Sequence[Row], measure: Measure, national: Sequence[_Nation], *, lang: Lang, source: str
) -> Card:
    found = tell_both(lambda each: _find(rows, measure, national, each))
    years = format_years([row.year for row in rows if row.has_value and row.year], lang)
    graded = any(row.grade for row in rows if row.has_value)
    return make_card(
        "ranking",
        frame,
        lang,
        found=found,
        alt=tell_both(lambda each: _describe(rows, measure, found[each], each)),
        subtitle=[*describe_measure(measure, lang), years and say(lang, f"目标年：{years}", f"target years {years}")],
        source=describe_source(rows, lang, source),
        notes=[
            describe_definition(measure, lang),
            say(lang, *GRADES) if graded else "",
            say(lang, *APART) if any(row.is_city and row.has_value for row in rows) else "",
        ],
        numbers=list_numbers([*rows, *(nation.row for nation in national)]),
    )


def _describe(rows: Sequence[Row], measure: Measure, finding: str, lang: Lang) -> str:
    ranked = _rank(rows, measure)
    told = [f"{row.name(lang)} {row.label(lang)}" + (f" ({row.year})" if row.year else "") for row in ranked]
    colon, comma = say(lang, "：", ": "), say(lang, "、", ", ")
    return write_sentences(
        lang,
        say(lang, "点图，", "Dot plot, ") + name_of(measure, lang),
        finding,
        say(lang, "各地区", "By region") + colon + list_in(lang, told) if told else "",
        *(
            say(lang, *GAPS.get(kind, (kind, kind))) + colon + comma.join(row.name(lang) for row in gone)
            for kind, gone in group_names(rows).items()
        ),
    )


def _draw(
    sheet: Sheet,
    rows: Sequence[Row],
    ranked: Sequence[Row],
    national: Sequence[_Nation],
    highlight: frozenset[str],
    measure: Measure,
) -> Chart:
    lang, label, small = sheet.lang, sheet.size.label, sheet.size.small
    diameter = 0.78 * label
    heads, items = _make_items(sheet, ranked, highlight)
    unit = measure.unit or (ranked[0].unit if ranked else "")
    plot = Plot(
        heads,
        lambda width: _fit(sheet, ranked, national, width, diameter),
        lambda value: format_value(value, unit, lang),
        floor=min([0.0, *(row.value for row in ranked)]),
        ceiling=max((row.top for row in ranked), default=0.0),
        strip=small * 1.7 * max(1, len(national)),
        enough=lambda scale: scale.width > 12 * label,
    )
    names = [row.name(lang) for row in rows if row.has_value or row.presence in REASONED]
    names += [say(lang, *CITIES)] * any(row.is_city for row in ranked)
    heads_width = name_width(sheet, names, sheet.width, 0.3)
    reasoned = sum(not row.has_value and row.presence in REASONED for row in rows)
    brief = sheet.room is not None and len(ranked) + reasoned > BRIEF
    gaps = plan_gaps(sheet, rows, heads_width, brief=brief, highlight=highlight)
    chart, panels = draw_rows(sheet, items, plot, gaps, names=heads_width)
    for panel in panels:
        own = ranked[panel.first : panel.first + len(panel.middles)]
        _draw_targets(sheet, panel, own, highlight, [panel.x(nation.value) for nation in national])
        _draw_nation(sheet, panel, national, unit)
    return chart


def _make_items(sheet: Sheet, ranked: Sequence[Row], highlight: frozenset[str]) -> tuple[tuple[str, ...], list[Item]]:
    lang = sheet.lang
    columns: list[tuple[str, list[str]]] = []
    if sheet.size.name != "column" and any(row.method for row in ranked):
        basis = [say(lang, *METHODS.get(row.method, (row.method, row.method))) or "–" for row in ranked]
        columns.append((say(lang, "依据", "Basis"), basis))
    columns.append((say(lang, "目标年", "Year"), [str(row.year or "–") for row in ranked]))
    if any(row.grade for row in ranked):
        columns.append((say(lang, "等级", "Grade"), [row.grade or "–" for row in ranked]))
    items = [
        Item(
            row.name(lang),
            tuple(cells[index] for _, cells in columns),
            strong=row.region in highlight,
            group=say(lang, *CITIES) if row.is_city else "",
        )
        for index, row in enumerate(ranked)
    ]
    return tuple(head for head, _ in columns), items


def _fit(sheet: Sheet, ranked: Sequence[Row], national: Sequence[_Nation], width: float, diameter: float) -> Scale:
    label = sheet.size.label
    places = [Place(nation.value, after=1.0) for nation in national]
    for row in ranked:
        before, after = reach_of(row.bound, diameter)
        text = sheet.typeface.width(row.label(sheet.lang), label, "bold") + 0.6 * label
        places += [Place(row.value, before), Place(row.top, after=after + text)]
    values = [row.value for row in ranked]
    return fit_scale(places, width, zero=min(values) <= 0 or max(values) - min(values) > 0.25 * max(values))


def _draw_targets(
    sheet: Sheet, panel: Panel, own: Sequence[Row], highlight: frozenset[str], lines: Sequence[float]
) -> None:
    """Draws the rows' marks and labels; `lines` are the places of lines that labels keep clear of."""
    label, top = panel.label, panel.top
    diameter = 0.78 * label
    placed = list(zip(own, panel.middles, strict=True))
    sheet.lines([((panel.left, top + y), (panel.x(row.value), top + y)) for row, y in placed], width=0.8)
    quiet = {row.region for row in own if highlight and row.region not in highlight}
    marks = [Mark(row.value, row.high, row.bound, y, quiet=row.region in quiet) for row, y in placed]
    draw_marks(panel.axes, marks, panel.scale.per_point, diameter)
    for row, y in placed:
        text, weight = row.label(sheet.lang), "regular" if row.region in quiet else "bold"
        start = _place_label(panel, row, sheet.typeface.width(text, label, weight), lines)
        sheet.write(start, top + y, text, size=label, weight=weight, backed=True)


def _place_label(panel: Panel, row: Row, wide: float, lines: Sequence[float]) -> float:
    """Finds where a label starts: right of its mark, or as near to it as it is clear of the lines."""
    label = panel.label
    before, after = reach_of(row.bound, 0.78 * label)
    gap = 0.45 * label
    first, last = panel.x(row.value) - before - gap, panel.x(row.top) + after + gap
    before_it = [x - gap - wide for x in lines if x <= panel.x(row.value)]
    starts = [first - wide, *before_it, *(x + gap for x in lines if x >= panel.x(row.top))]
    room = panel.left, panel.left + panel.scale.width - wide
    nearest = sorted((s for s in starts if room[0] <= s <= room[1]), key=lambda s: max(first - s - wide, s - last))
    clear = (s for s in (last, *nearest) if not any(s - 0.4 * gap < x < s + wide + 0.4 * gap for x in lines))
    return next(clear, last)


def _draw_nation(sheet: Sheet, panel: Panel, national: Sequence[_Nation], unit: str) -> None:
    """Draws the nation's targets as lines, each labelled over its own, a level up where labels would meet.

    A label ends before the next line to its right, which may have to pass it.
    """
    small, lang = sheet.size.small, sheet.lang
    ordered = sorted(national, key=lambda nation: nation.value)
    places = [panel.x(nation.value) for nation in ordered]
    ends = [-math.inf] * len(ordered)
    passing: list[tuple[float, int]] = []
    for index, (nation, x) in enumerate(zip(ordered, places, strict=True)):
        value = nation.row.label(lang) if nation.row.unit else format_value(nation.value, unit, lang)
        year = nation.year or ""
        text = say(lang, f"全国{year}年目标 {value}", f"National target {year}: {value}")
        wide = sheet.typeface.width(text, small, "bold")
        limit = min([panel.left + panel.scale.width, *(other - 0.5 * small for other in places[index + 1 :])])
        start = max(min(x - wide / 2, limit - wide), sheet.left)
        level = next(
            (
                place
                for place, end in enumerate(ends)
                if end + small < start and all(other < start or up <= place for other, up in passing)
            ),
            len(ends) - 1,
        )
        ends[level] = start + wide
        passing.append((x, level))
        middle = panel.top - small * (0.8 + 1.7 * level)
        line = ((x, middle + 0.7 * small), (x, panel.top + panel.tall))
        sheet.lines([line], colour=INK, width=0.8, style=(0, (4, 2)), zorder=0.6)
        sheet.write(start, middle, text, size=small, weight="bold")
