"""Small multiples: trajectories in small, one panel an indicator or a region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.transforms import Bbox

from compare.errors import FigureError
from compare.figures.cards import tell_both
from compare.figures.frames import NATION, Row, describe_definition, describe_measure
from compare.figures.series import (
    Frame,
    Series,
    draw_series,
    draw_value_ticks,
    draw_year_ticks,
    find_limits,
    make_frame,
    meets_series,
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
from compare.figures.sheet import LEADING, Chart, Sheet
from compare.figures.theme import ACCENT, GREY, INK, drawing
from compare.figures.wording import (
    Lang,
    Measure,
    as_measure,
    check_lang,
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
    """Draws small trajectories, one panel an indicator or a region.

    Panels by region share their scale and stand in the order of their last numbers, the nation first.

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
    series.sort(key=lambda one: (order.get(one.indicator, len(order)), one.region != NATION, -one.last.value))
    measure = known.get(series[0].indicator, as_measure(series[0].indicator))
    scale = [say(language, "每项指标自成刻度", "Each indicator on a scale of its own")]
    if panel == "region":
        scale = describe_measure(measure, language, series[0].unit)
        scale += [say(language, "各图同一刻度", "one scale in all panels")] if _share_scale(series, panel) else []
    card = card_of_series(
        "small_multiples",
        frame,
        series,
        tell_both(lambda each: _find_small(series, known, panel, each)),
        language,
        names=tell_both(lambda each: [_panel_name(one, known, panel, each) for one in series]),
        subtitle=[*scale, describe_years(series, language)],
        source=source,
        definition=describe_definition(measure, language) if panel == "region" else "",
    )
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
    up, tell = choose_steepest(moving)
    name = up.rows[0].name(lang)
    if panel != "region":
        name = short_name_of(known.get(up.indicator, as_measure(up.indicator)), lang)
    times = f"{rise_of(up):.1f}"
    zh = f"{subject}：{name}的倍数最大，目标为最近实际数的{times}倍"
    return tell(lang, say(lang, zh, f"{subject}: {name} is to rise most, to {times} times the last measured value"))


def _share_scale(series: Sequence[Series], panel: str) -> bool:
    """Whether the panels can be compared: one indicator, one unit."""
    return panel == "region" and len({(one.indicator, one.unit) for one in series}) == 1


@dataclass(frozen=True, slots=True)
class _Layout:
    """How panels stand on the sheet, in points: panels in a row, and the measures of each."""

    across: int
    left: float
    gutter: float
    width: float
    head: float
    plot: float
    tail: float
    type_size: float

    def corner(self, index: int) -> tuple[float, float]:
        """Gives the place of a panel from the upper left of the first one."""
        down, right = divmod(index, self.across)
        return right * (self.width + self.gutter), down * (self.head + self.plot + self.tail)


def _plan_layout(sheet: Sheet, names: Sequence[str], margin: float) -> _Layout:
    """Plans panels under their names; `margin` is kept free on the left for numbers.

    Raises:
        FigureError: where a slide has no room for them.
    """
    label, small = sheet.size.label, sheet.size.small
    crowded = sheet.room is not None and len(names) > 15
    across = CROWDED if crowded else min(ACROSS[sheet.size.name], len(names))
    gutter = 2.2 * label
    width = (sheet.width - margin - (across - 1) * gutter) / across
    down = -(-len(names) // across)
    words = [sheet.typeface.width(word, label, "bold") for name in names for word in name.split() if word.isascii()]
    type_size = label * max(0.7, min(0.7 if crowded else 1.0, width / max([1.0, *words])))
    lines = max(len(sheet.typeface.wrap(name, width, type_size, "bold", most=2)) for name in names)
    head = lines * LEADING * type_size + 0.3 * label
    tail = 2.2 * small + (0.7 if crowded else 1.2) * label
    plot = 5.5 * label + 2 * small
    if sheet.room is not None:
        plot = min(plot * 1.4, (sheet.room + tail - 2.2 * small) / down - head - tail)
        if plot < 2 * small:
            raise FigureError(f"a slide has no room for {len(names)} panels; show fewer or take the size page")
    return _Layout(across, sheet.left + margin, gutter, width, head, plot, tail, type_size)


def _draw_small(sheet: Sheet, series: Sequence[Series], known: Mapping[str, Measure], panel: str) -> Chart:
    label, small, lang = sheet.size.label, sheet.size.small, sheet.lang
    every = [row for one in series for row in one.rows]
    shared = find_limits(every) if _share_scale(series, panel) else None
    unit = series[0].unit
    margin = value_ticks_width(sheet, shared, unit, lang, small) if shared else 0.0
    names = [_panel_name(one, known, panel, lang) for one in series]
    plan = _plan_layout(sheet, names, margin)
    down = -(-len(series) // plan.across)
    chart = sheet.open(down * (plan.head + plan.plot + plan.tail) - plan.tail + 2.2 * small)
    years = min(row.year or 0 for row in every), max(row.year or 0 for row in every)
    for index, one in enumerate(series):
        right, lower = plan.corner(index)
        x, y = plan.left + right, sheet.top + lower
        lines = sheet.typeface.wrap(names[index], plan.width, plan.type_size, "bold", most=2)
        sheet.write_block(x, y + len(lines) * LEADING * plan.type_size / 2, lines, size=plan.type_size, weight="bold")
        box = (x + 0.4 * label, y + plan.head + 1.3 * small, plan.width - 0.8 * label, plan.plot - 1.3 * small)
        frame = make_frame(sheet, box, years, shared or find_limits(one.rows))
        if shared:
            draw_value_ticks(sheet, frame, unit, lang, size=small, numbered=index % plan.across == 0)
        draw_year_ticks(sheet, frame, size=small, ends_only=True)
        draw_series(frame, one, ACCENT, size=0.75 * label, width=1.1)
        _label_points(sheet, frame, one)
    return chart


def _panel_name(one: Series, known: Mapping[str, Measure], panel: str, lang: Lang) -> str:
    if panel == "region":
        return one.rows[0].name(lang)
    return short_name_of(known.get(one.indicator, as_measure(one.indicator)), lang)


def _label_points(sheet: Sheet, frame: Frame, one: Series) -> None:
    """Writes the last number of a series at its point, and the first where it has room, clear of the lines."""
    last, first = one.last, min(one.rows, key=lambda row: row.year or 0)
    taken = _write_number(sheet, frame, one, last, [], "bold")
    if first is not last:
        _write_number(sheet, frame, one, first, [taken] if taken else [], "regular")


def _write_number(sheet: Sheet, frame: Frame, one: Series, row: Row, taken: Sequence[Bbox], weight: str) -> Bbox | None:
    """Writes the number of a point over it, under it or beside it, where it meets neither lines nor other numbers."""
    small = sheet.size.small
    text = row.label(sheet.lang)
    wide = sheet.typeface.width(text, small, weight)
    low, high = frame.left, frame.left + frame.across.width + 0.4 * small
    x, y = frame.x(row.year or 0), frame.y(row.value)
    centred = min(max(x - wide / 2, low), high - wide)
    aside = [start for start in (x + 0.7 * small, x - 0.7 * small - wide) if low <= start <= high - wide]
    over, under = frame.y(row.top) - 1.1 * small, y + 1.2 * small
    floor, ceiling = frame.top + frame.upwards.width - 0.5 * small, frame.top - 1.1 * small
    places = [(centred, over), (centred, under), *((start, y) for start in aside)]
    places += [(start, middle) for start in aside for middle in (over, under)]
    places += [(centred, over - 0.6 * small), (centred, over - 1.2 * small)]
    for start, middle in places:
        box = Bbox.from_extents(start, middle - 0.5 * small, start + wide, middle + 0.5 * small)
        free = ceiling <= middle <= floor and not any(box.overlaps(other) for other in taken)
        if free and not meets_series(frame, one, box.padded(0.1 * small), 0.33 * sheet.size.label):
            colour = INK if weight == "bold" else GREY
            sheet.write(start, middle, text, size=small, weight=weight, colour=colour)
            return box
    return None
