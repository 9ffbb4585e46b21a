"""Small multiples: trajectories in small, one panel an indicator or a region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from compare.errors import FigureError
from compare.figures.series import (
    Frame,
    Series,
    draw_series,
    draw_year_ticks,
    find_limits,
    make_frame,
)
from compare.figures.series_words import card_of_series, key_of_series, need_series, rise_of, subtitle_of
from compare.figures.sheet import Chart, Sheet
from compare.figures.theme import ACCENT, GREY, drawing
from compare.figures.wording import (
    LANGS,
    Lang,
    Measure,
    as_measure,
    check_lang,
    format_years,
    say,
    short_name_of,
)

ACROSS = {"column": 2, "page": 3, "slide": 5}
CROWDED = 8  # panels across a slide that has more than fifteen


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
    series = need_series(frame, "small_multiples", "")
    series.sort(key=lambda one: (order.get(one.indicator, len(order)), one.region))
    found = {each: _find_small(series, known, panel, each) for each in LANGS}
    measure = known.get(series[0].indicator, as_measure(series[0].indicator))
    if panel == "region":
        subtitle = subtitle_of(series, measure, language)
    else:
        years = format_years([row.year or 0 for one in series for row in one.rows], language)
        subtitle = say(language, f"每项指标自成刻度；{years}", f"Each indicator on a scale of its own; {years}")
    card = card_of_series("small_multiples", frame, series, found, (language, subtitle, source), None)
    with drawing():
        sheet = Sheet(card, size, key_of_series(series, language))
        return _draw_small(sheet, series, known, panel)


def finding_small_multiples(
    frame: pd.DataFrame, lang: str = "zh", *, indicators: Sequence[Measure] = (), panel: str = "indicator"
) -> str:
    """Says in how many panels the target lies above the last measured value."""
    known = {measure.id: measure for measure in indicators}
    return _find_small(need_series(frame, "small_multiples", ""), known, panel, check_lang(lang))


def _find_small(series: Sequence[Series], known: Mapping[str, Measure], panel: str, lang: Lang) -> str:
    moving = [one for one in series if rise_of(one)]
    subject = series[0].rows[0].name(lang)
    if panel == "region":
        subject = short_name_of(known.get(series[0].indicator, as_measure(series[0].indicator)), lang)
    if not moving:
        count = len(series)
        return say(lang, f"{subject}：{count}组实际与目标", f"{subject}: {count} series, measured and set")
    up = max(moving, key=rise_of)
    name = up.rows[0].name(lang)
    if panel != "region":
        name = short_name_of(known.get(up.indicator, as_measure(up.indicator)), lang)
    times = f"{rise_of(up):.1f}"
    zh = f"{subject}：{name}的升幅最大，目标为最近实际数的{times}倍"
    return say(lang, zh, f"{subject}: {name} is to rise most, to {times} times the last measured value")


def _draw_small(sheet: Sheet, series: Sequence[Series], known: Mapping[str, Measure], panel: str) -> Chart:
    label, small, lang = sheet.size.label, sheet.size.small, sheet.lang
    across = min(ACROSS[sheet.size.name], len(series))
    if sheet.room is not None and len(series) > 15:
        across = CROWDED
    gutter = 2.2 * label
    width = (sheet.width - (across - 1) * gutter) / across
    down = -(-len(series) // across)
    names = [_panel_name(one, known, panel, lang) for one in series]
    words = [sheet.typeface.width(word, label, "bold") for name in names for word in name.split() if word.isascii()]
    type_size = label * max(0.7, min(0.7 if across == CROWDED else 1.0, width / max([1.0, *words])))
    lines = [sheet.typeface.wrap(name, width, type_size, "bold", most=2) for name in names]
    head = max(map(len, lines)) * 1.36 * type_size + 0.3 * label
    tail = 2.2 * small + (0.7 if across == CROWDED else 1.2) * label
    plot = 5.5 * label + 2 * small
    if sheet.room is not None:
        plot = min(plot * 1.4, (sheet.room + tail - 2.2 * small) / down - head - tail)
        if plot < 2 * small:
            raise FigureError(f"a slide has no room for {len(series)} panels; show fewer or take the size page")
    chart = sheet.open(down * (head + plot + tail) - tail + 2.2 * small)
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
    low, high = frame.left - 0.4 * small, frame.left + frame.across.width + 0.4 * small
    first, last = min(one.rows, key=lambda row: row.year or 0), one.last
    wide_last = typeface.width(last.label(lang), small, "bold")
    end = min(max(frame.x(last.year or 0) + wide_last / 2, low + wide_last), high)
    over = frame.y(last.top) - 1.1 * small
    sheet.write(end, over, last.label(lang), size=small, weight="bold", align="right", backed=True)
    wide = typeface.width(first.label(lang), small)
    start = max(frame.x(first.year or 0) - wide / 2, low)
    rises = last.value > first.value
    bottom = frame.top + frame.upwards.width
    below = rises and frame.y(first.value) + 2.0 * small < bottom
    middle = frame.y(first.value) + 1.2 * small if below else frame.y(first.top) - 1.1 * small
    clear = start + wide < end - wide_last - 0.5 * small or abs(middle - frame.y(last.top) + 1.1 * small) > 1.6 * small
    if first is not last and clear:
        sheet.write(start, middle, first.label(lang), size=small, colour=GREY, backed=True)
