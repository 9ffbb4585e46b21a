"""Trajectory: regions over time, measured and set; and the same small, one panel an indicator or a region."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from compare.errors import FigureError
from compare.figures.frames import describe_definition, describe_source, list_numbers
from compare.figures.marks import dot
from compare.figures.series import (
    Frame,
    Series,
    choose_colours,
    draw_series,
    draw_value_ticks,
    draw_year_ticks,
    find_limits,
    make_frame,
    read_series,
    spread,
    value_ticks_width,
)
from compare.figures.sheet import Card, Chart, KeyEntry, Sheet
from compare.figures.theme import ACCENT, GREY, INK, RULE, WHITE, drawing
from compare.figures.wording import (
    LANGS,
    Lang,
    Measure,
    as_measure,
    check_lang,
    format_years,
    name_of,
    name_unit,
    say,
    short_name_of,
)

ACROSS = {"column": 2, "page": 3, "slide": 5}


def trajectory(
    frame: pd.DataFrame,
    *,
    indicator: Measure | str,
    highlight: Collection[str] = (),
    labels: Mapping[str, str] | None = None,
    lang: str = "zh",
    size: str = "page",
    source: str = "",
) -> Chart:
    """Draws one indicator over years, a line a region, labelled at its end.

    Args:
        frame: one row per region, year and statement: `region`, `name_zh`, `name_en`, `plan`, `year`, `value`, `bound`,
            `status` (``actual`` or ``target``); values in the indicator's unit.
        indicator: what is measured, or its name.
        highlight: region codes drawn in colour, the others in grey; all in colour where empty.
        labels: texts for the plans, by id, for a region with several.
        lang: ``zh`` or ``en``.
        size: ``column``, ``page`` or ``slide``.
        source: for the foot, computed where empty.

    Raises:
        FigureError: where the frame has no rows or lacks columns.
    """
    language, measure = check_lang(lang), as_measure(indicator)
    series = _need_series(frame, "trajectory", measure.unit)
    found = {each: _find(series, measure, each) for each in LANGS}
    card = _make_card("trajectory", frame, series, found, (language, _subtitle(series, measure, language), source), measure)
    with drawing():
        sheet = Sheet(card, size, _make_key(series, language))
        return _draw_one(sheet, series, measure, frozenset(highlight), labels or {})


def finding_trajectory(frame: pd.DataFrame, lang: str = "zh", *, indicator: Measure | str) -> str:
    """Says whose target multiplies the last measured value most."""
    measure = as_measure(indicator)
    return _find(_need_series(frame, "trajectory", measure.unit), measure, check_lang(lang))


def small_multiples(
    frame: pd.DataFrame,
    *,
    indicators: Sequence[Measure] = (),
    panel: str = "indicator",
    lang: str = "zh",
    size: str = "page",
    source: str = "",
) -> Chart:
    """Draws small trajectories, one panel an indicator or a region; panels by region of one unit share their scale.

    Args:
        frame: as in `trajectory`, with a column `indicator`.
        indicators: for names and order.
        panel: ``indicator`` for one region's indicators, ``region`` for one indicator's regions.
        lang: ``zh`` or ``en``.
        size: ``column``, ``page`` or ``slide``.
        source: for the foot, computed where empty.

    Raises:
        FigureError: where the frame has no rows or lacks columns.
    """
    language = check_lang(lang)
    known = {measure.id: measure for measure in indicators}
    order = {measure.id: place for place, measure in enumerate(indicators)}
    series = _need_series(frame, "small_multiples", "")
    series.sort(key=lambda one: (order.get(one.indicator, len(order)), one.region))
    found = {each: _find_small(series, known, panel, each) for each in LANGS}
    measure = known.get(series[0].indicator, as_measure(series[0].indicator))
    if panel == "region":
        subtitle = _subtitle(series, measure, language)
    else:
        years = format_years([row.year or 0 for one in series for row in one.rows], language)
        subtitle = say(language, f"每项指标自成刻度；{years}", f"Each indicator on a scale of its own; {years}")
    card = _make_card("small_multiples", frame, series, found, (language, subtitle, source), None)
    with drawing():
        sheet = Sheet(card, size, _make_key(series, language))
        return _draw_small(sheet, series, known, panel)


def finding_small_multiples(
    frame: pd.DataFrame, lang: str = "zh", *, indicators: Sequence[Measure] = (), panel: str = "indicator"
) -> str:
    """Says in how many panels the target lies above the last measured value."""
    known = {measure.id: measure for measure in indicators}
    return _find_small(_need_series(frame, "small_multiples", ""), known, panel, check_lang(lang))


def _need_series(frame: pd.DataFrame, kind: str, unit: str) -> list[Series]:
    series = read_series(frame, kind, unit)
    if not series:
        raise FigureError(f"{kind}: found no row with a year and a value, expected at least one")
    return series


def _rise(one: Series) -> float:
    """Gives the target as a multiple of the last measurement before it; 0 where either is missing."""
    last = one.last
    before = [row for row in one.actual if (row.year or 0) < (last.year or 0)]
    return last.value / before[-1].value if before and last not in one.actual and before[-1].value > 0 else 0.0


def _find(series: Sequence[Series], measure: Measure, lang: Lang) -> str:
    short = short_name_of(measure, lang)
    one = max(series, key=_rise)
    if not _rise(one):
        count = len(series)
        return say(lang, f"{count}个地区的{short}：实际与目标", f"{short} in {count} regions: measured and set")
    last = one.last
    base = [row for row in one.actual if (row.year or 0) < (last.year or 0)][-1]
    name = last.name(lang)
    zh = f"{name}要从{base.year}年的{base.label(lang)}到{last.year}年的{last.phrase(lang)}"
    en = f"{name} is to go from {base.label(lang)} in {base.year} to {last.phrase(lang)} in {last.year}"
    if len(series) > 1:
        times = f"{_rise(one):.1f}"
        zh, en = f"{zh}，为{times}倍，升幅最大", f"{en}, the steepest rise ({times} times)"
    return say(lang, zh, en)


def _find_small(series: Sequence[Series], known: Mapping[str, Measure], panel: str, lang: Lang) -> str:
    moving = [one for one in series if _rise(one)]
    subject = series[0].rows[0].name(lang)
    if panel == "region":
        subject = short_name_of(known.get(series[0].indicator, as_measure(series[0].indicator)), lang)
    if not moving:
        count = len(series)
        return say(lang, f"{subject}：{count}组实际与目标", f"{subject}: {count} series, measured and set")
    up = max(moving, key=_rise)
    name = up.rows[0].name(lang)
    if panel != "region":
        name = short_name_of(known.get(up.indicator, as_measure(up.indicator)), lang)
    times = f"{_rise(up):.1f}"
    zh = f"{subject}：{name}的升幅最大，目标为最近实际数的{times}倍"
    return say(lang, zh, f"{subject}: {name} is to rise most, to {times} times the last measured value")


def _subtitle(series: Sequence[Series], measure: Measure, lang: Lang) -> str:
    years = format_years([row.year or 0 for one in series for row in one.rows], lang)
    unit, name = name_unit(measure.unit or series[0].unit, lang), name_of(measure, lang)
    parts = [name, unit and unit not in name and say(lang, f"单位：{unit}", unit), years]
    return say(lang, "；", "; ").join(part for part in parts if part)


def _make_card(
    kind: str,
    frame: pd.DataFrame,
    series: Sequence[Series],
    found: Mapping[Lang, str],
    words: tuple[Lang, str, str],
    measure: Measure | None,
) -> Card:
    lang, subtitle, source = words
    rows = [row for one in series for row in one.rows]
    told: dict[Lang, str] = {}
    for each in LANGS:
        lines = [
            f"{one.rows[0].name(each)} {one.indicator}: "
            + ", ".join(f"{row.year} {row.label(each)}{'' if row in one.actual else '*'}" for row in one.rows)
            for one in series
        ]
        told[each] = "; ".join(lines)
    notes = (describe_definition(measure, lang),) if measure is not None else ()
    return Card(
        kind=kind,
        lang=lang,
        title=found[lang],
        subtitle=subtitle,
        source=describe_source(rows, lang, source),
        finding_zh=found["zh"],
        finding_en=found["en"],
        alt_zh=f"{found['zh']}。各年数（*为目标）：{told['zh']}。",
        alt_en=f"{found['en']}. By year (* is a target): {told['en']}.",
        data=frame,
        notes=tuple(note for note in notes if note),
        numbers=list_numbers(rows),
    )


def _make_key(series: Sequence[Series], lang: Lang) -> list[KeyEntry]:
    def line(*, dashed: bool) -> KeyEntry:
        def draw(sheet: Sheet, x: float, y: float) -> None:
            style = (0, (3.0, 2.0)) if dashed else "solid"
            sheet.lines([((x, y), (x + 18, y))], colour=ACCENT, width=1.3, style=style)

        return KeyEntry(say(lang, "目标", "target") if dashed else say(lang, "实际", "measured"), 18.0, draw)

    def mark(shape: str, words: str) -> KeyEntry:
        def draw(sheet: Sheet, x: float, y: float) -> None:
            fill = WHITE if shape == "o" else ACCENT
            dot(sheet, x + 3, y, 5.0, fill, ACCENT, shape)

        return KeyEntry(words, 6.0, draw)

    bounds = {row.bound for one in series for rows in one.targets.values() for row in rows}
    key = [line(dashed=False)] if any(one.actual for one in series) else []
    key += [line(dashed=True)] if any(one.targets for one in series) else []
    key += [mark("^", say(lang, "不少于或超过", "at least or more than"))] if bounds & {">=", ">"} else []
    key += [mark("v", say(lang, "不超过或低于", "at most or under"))] if bounds & {"<=", "<"} else []
    key += [mark("o", say(lang, "约", "about"))] if "~" in bounds else []
    return key


def _draw_one(
    sheet: Sheet, series: Sequence[Series], measure: Measure, highlight: frozenset[str], labels: Mapping[str, str]
) -> Chart:
    label, small, lang = sheet.size.label, sheet.size.small, sheet.lang
    unit = measure.unit or series[0].unit
    gap = 1.3 * label
    wanted = max(0.5 * sheet.width, len(series) * gap)
    tall = min(wanted, sheet.room - 2.4 * small) if sheet.room is not None else wanted
    if len(series) * gap > tall:
        gap = tall / len(series)
    type_size = max(min(label, gap / 1.25), sheet.size.least * 0.9)
    rows = [row for one in series for row in one.rows]
    limits = find_limits(rows)
    years = [row.year or 0 for row in rows]
    left = value_ticks_width(sheet, limits, unit, lang, small)
    ends = {one.key: f"{one.last.name(lang)} {one.last.label(lang)}" for one in series}
    right = max(sheet.typeface.width(text, type_size, "bold") for text in ends.values()) + 1.6 * label
    chart = sheet.open(tall + 2.4 * small)
    box = (sheet.left + left, sheet.top, sheet.width - left - right, tall)
    frame = make_frame(sheet, box, (min(years), max(years)), limits)
    draw_value_ticks(sheet, frame, unit, lang, size=small)
    draw_year_ticks(sheet, frame, size=small)
    colours = choose_colours(series, lambda one: one.region in highlight, bool(highlight))
    for one in sorted(series, key=lambda one: one.region in highlight):
        draw_series(frame, one, colours[one.key], size=0.8 * label)
    _label_ends(sheet, frame, series, ends, (gap, type_size), highlight)
    return chart


def _label_ends(
    sheet: Sheet,
    frame: Frame,
    series: Sequence[Series],
    ends: Mapping[str, str],
    types: tuple[float, float],
    highlight: frozenset[str],
) -> None:
    """Writes the name and last number of each series beside the frame, moved apart, with a line to its point."""
    gap, size = types
    edge = frame.left + frame.years.width
    wanted = [frame.y(one.last.value) for one in series]
    places = spread(wanted, gap, frame.top, frame.top + frame.values.width)
    for one, at, place in zip(series, wanted, places, strict=True):
        start = frame.x(one.last.year or 0) + 0.5 * size
        strong = one.region in highlight or len(series) == 1
        sheet.lines([((start, at), (edge + 0.5 * size, at)), ((edge + 0.5 * size, at), (edge + 1.2 * size, place))], colour=RULE)
        colour = INK if strong or not highlight else GREY
        sheet.write(edge + 1.4 * size, place, ends[one.key], size=size, weight="bold" if strong else "regular", colour=colour)


def _draw_small(sheet: Sheet, series: Sequence[Series], known: Mapping[str, Measure], panel: str) -> Chart:
    label, small, lang = sheet.size.label, sheet.size.small, sheet.lang
    across = min(ACROSS[sheet.size.name], len(series))
    if sheet.room is not None and len(series) > 15:
        across = 8
    gutter = 2.2 * label
    width = (sheet.width - (across - 1) * gutter) / across
    down = -(-len(series) // across)
    names = [_panel_name(one, known, panel, lang) for one in series]
    words = [sheet.typeface.width(word, label, "bold") for name in names for word in name.split() if word.isascii()]
    type_size = label * max(0.7, min(1.0, width / max([1.0, *words])))
    lines = [sheet.typeface.wrap(name, width, type_size, "bold", most=2) for name in names]
    head = max(map(len, lines)) * 1.36 * type_size + 0.5 * label
    tail = 2.2 * small + 1.2 * label
    plot = 5.5 * label + 2 * small
    if sheet.room is not None:
        plot = min(plot * 1.4, (sheet.room + 1.2 * label) / down - head - tail)
    chart = sheet.open(down * (head + plot + tail) - 1.2 * label)
    every = [row for one in series for row in one.rows]
    shared = find_limits(every) if panel == "region" and len({one.unit for one in series}) == 1 else None
    years = [row.year or 0 for row in every]
    for index, one in enumerate(series):
        x = sheet.left + (index % across) * (width + gutter)
        y = sheet.top + (index // across) * (head + plot + tail)
        middle = y + len(lines[index]) * 1.36 * type_size / 2
        sheet.write_block(x, middle, lines[index], size=type_size, weight="bold")
        box = (x + 0.4 * label, y + head + 1.3 * small, width - 0.8 * label, plot - 1.3 * small)
        frame = make_frame(sheet, box, (min(years), max(years)), shared or find_limits(one.rows))
        draw_year_ticks(sheet, frame, size=small, ends_only=True)
        draw_series(frame, one, ACCENT, size=0.75 * label, width=1.1)
        _label_points(sheet, frame, one)
    return chart


def _panel_name(one: Series, known: Mapping[str, Measure], panel: str, lang: Lang) -> str:
    if panel == "region":
        return one.rows[0].name(lang)
    return short_name_of(known.get(one.indicator, as_measure(one.indicator)), lang)


def _label_points(sheet: Sheet, frame: Frame, one: Series) -> None:
    """Writes the first and the last number of a series over their points."""
    small, lang, typeface = sheet.size.small, sheet.lang, sheet.typeface
    low, high = frame.left - 0.4 * small, frame.left + frame.years.width + 0.4 * small
    first, last = min(one.rows, key=lambda row: row.year or 0), one.last
    wide_last = typeface.width(last.label(lang), small, "bold")
    end = min(max(frame.x(last.year or 0) + wide_last / 2, low + wide_last), high)
    over = frame.y(last.top) - 1.1 * small
    sheet.write(end, over, last.label(lang), size=small, weight="bold", align="right", backed=True)
    wide = typeface.width(first.label(lang), small)
    start = max(frame.x(first.year or 0) - wide / 2, low)
    rises = last.value > first.value
    bottom = frame.top + frame.values.width
    below = rises and frame.y(first.value) + 2.0 * small < bottom
    middle = frame.y(first.value) + 1.2 * small if below else frame.y(first.top) - 1.1 * small
    clear = start + wide < end - wide_last - 0.5 * small or abs(middle - frame.y(last.top) + 1.1 * small) > 1.6 * small
    if first is not last and clear:
        sheet.write(start, middle, first.label(lang), size=small, colour=GREY, backed=True)
