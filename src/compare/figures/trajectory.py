"""Trajectory: regions over time, measured and set."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from compare.errors import count_noun
from compare.figures.cards import tell_both
from compare.figures.frames import NATION, describe_definition, describe_measure
from compare.figures.series import (
    Frame,
    Series,
    draw_series,
    draw_value_ticks,
    draw_year_ticks,
    find_limits,
    make_frame,
    spread,
    value_ticks_width,
)
from compare.figures.series_words import (
    card_of_series,
    choose_steepest,
    describe_years,
    key_of_series,
    need_series,
    rise_of,
)
from compare.figures.sheet import Chart, Sheet
from compare.figures.theme import ACCENT, GREY, INK, MARK_GREY, RULE, drawing
from compare.figures.wording import (
    Lang,
    Measure,
    as_measure,
    check_lang,
    say,
    short_name_of,
)

FEW = 4  # series that can all be in colour and still be followed


def trajectory(
    frame: pd.DataFrame,
    *,
    indicator: Measure | str,
    highlight: Collection[str] = (),
    lang: str = "zh",
    size: str = "page",
    source: str = "",
) -> Chart:
    """Draws one indicator over years, a line a region, labelled at its end.

    Args:
        frame: one row per region, year and statement: `region`, `name_zh`, `name_en`, `plan`, `year`, `value`, `bound`,
            `status` (``actual`` or ``target``); values in the indicator's unit.
        indicator: what is measured, or its name.
        highlight: region codes drawn in colour, the others in grey; where empty all are in colour up to four, past
            that the one that the title names. The nation is black.
        lang: ``zh`` or ``en``.
        size: ``column``, ``page`` or ``slide``.
        source: for the foot, computed where empty.

    Raises:
        FigureError: where the frame has no rows or lacks columns.
    """
    language, measure = check_lang(lang), as_measure(indicator)
    series = need_series(frame, "trajectory", measure.unit)
    card = card_of_series(
        "trajectory",
        frame,
        series,
        tell_both(lambda each: _find(series, measure, each)),
        language,
        names=tell_both(lambda each: [one.rows[0].name(each) for one in series]),
        subtitle=[*describe_measure(measure, language, series[0].unit), describe_years(series, language)],
        source=source,
        definition=describe_definition(measure, language),
    )
    with drawing():
        sheet = Sheet(card, size, key_of_series(series, language))
        return _draw_one(sheet, series, measure, frozenset(highlight) or _choose_subject(series))


def finding_trajectory(frame: pd.DataFrame, lang: str = "zh", *, indicator: Measure | str) -> str:
    """Says whose target multiplies the last measured value most."""
    measure = as_measure(indicator)
    return _find(need_series(frame, "trajectory", measure.unit), measure, check_lang(lang))


def _find(series: Sequence[Series], measure: Measure, lang: Lang) -> str:
    short = short_name_of(measure, lang)
    one, tell = choose_steepest(series)
    if not rise_of(one):
        count = len(series)
        return say(
            lang, f"{count}个地区的{short}：实际与目标", f"{short} in {count_noun(count, 'region')}: measured and set"
        )
    last = one.last
    base = [row for row in one.actual if (row.year or 0) < (last.year or 0)][-1]
    name = last.name(lang)
    zh = f"{name}要从{base.year}年的{base.label(lang)}到{last.year}年的{last.phrase(lang)}"
    en = f"{name} is to go from {base.label(lang)} in {base.year} to {last.phrase(lang)} in {last.year}"
    if len(series) > 1:
        times = f"{rise_of(one):.1f}"
        zh, en = f"{zh}，为{times}倍，倍数最大", f"{en}: {times} times, the largest multiple"
    return tell(lang, say(lang, zh, en))


def _choose_subject(series: Sequence[Series]) -> frozenset[str]:
    """Chooses what stands out among many lines: the region that the title names."""
    first, _ = choose_steepest(series)
    return frozenset({first.region}) if len(series) > FEW and rise_of(first) else frozenset()


def _draw_one(sheet: Sheet, series: Sequence[Series], measure: Measure, highlight: frozenset[str]) -> Chart:
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
    for one in sorted(series, key=lambda one: (one.region in highlight, one.region == NATION)):
        quiet = bool(highlight) and one.region not in highlight
        colour = INK if one.region == NATION else MARK_GREY if quiet else ACCENT
        draw_series(frame, one, colour, size=0.8 * label, width=1.0 if quiet else 1.5)
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
    edge = frame.left + frame.across.width
    wanted = [frame.y(one.last.value) for one in series]
    places = spread(wanted, gap, frame.top, frame.top + frame.upwards.width)
    for one, at, place in zip(series, wanted, places, strict=True):
        start = frame.x(one.last.year or 0) + 0.5 * size
        strong = one.region in highlight or len(series) == 1
        corner = (edge + 0.5 * size, at)
        sheet.lines([((start, at), corner)], colour=RULE, style=(0, (1.0, 2.0)), zorder=0.2)
        sheet.lines([(corner, (edge + 1.2 * size, place))], colour=RULE)
        colour = INK if strong or not highlight or one.region == NATION else GREY
        sheet.write(
            edge + 1.4 * size, place, ends[one.key], size=size, weight="bold" if strong else "regular", colour=colour
        )
