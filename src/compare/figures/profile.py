"""Profile: one region's targets against the median of all that set them, grouped by dimension."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from compare.errors import count_noun
from compare.figures.cards import Card, Number, list_in, make_card, tell_both, write_sentences
from compare.figures.frames import (
    NATION,
    Row,
    describe_source,
    integer_of,
    list_numbers,
    list_records,
    number_of,
    read_rows,
    text_of,
)
from compare.figures.marks import Look, Mark, draw_marks, key_of_bounds, put_dot, put_dots, reach_of, size_in_key
from compare.figures.rows import Item, Panel, Plot, draw_rows
from compare.figures.scales import Place, Scale, fit_scale
from compare.figures.sheet import Chart, KeyEntry, Sheet
from compare.figures.theme import HAIR, INK, MARK_GREY, RULE, WHITE, drawing
from compare.figures.wording import (
    Lang,
    Measure,
    check_lang,
    format_value,
    is_total,
    join_names,
    say,
    short_name_of,
)

NATIONAL = Look(WHITE, INK, "D")
LEAST_REGIONS = 3  # below which a median says nothing
MANY_REGIONS = 8  # from which the middle half of them is drawn as a band
RATIOS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
FINE_RATIOS = (0.4, 0.6, 0.8, 1.0, 1.25, 1.6, 2.0, 2.5)


@dataclass(frozen=True, slots=True)
class _Standing:
    """One indicator that the region sets: ratios to the median of the regions."""

    row: Row
    name_zh: str
    name_en: str
    dimension: str
    lower: bool
    rank: int | None
    of: int
    median: float
    national: float
    national_year: int | None
    others: tuple[float, ...]

    @property
    def spreads(self) -> bool:
        """Whether enough regions set it for their middle half to say something."""
        return len(self.others) >= MANY_REGIONS

    @property
    def place(self) -> float:
        """Where it stands: the binary logarithm of its ratio to the median."""
        return math.log2(self.row.value / self.median)

    def name(self, lang: Lang) -> str:
        short = say(lang, self.name_zh, self.name_en)
        return short + say(lang, "（越低越好）", " (lower is better)") if self.lower else short


def profile(
    frame: pd.DataFrame,
    *,
    indicators: Sequence[Measure] = (),
    others: pd.DataFrame | None = None,
    dimensions: Mapping[str, str] | None = None,
    region: str = "",
    lang: str = "zh",
    size: str = "page",
    source: str = "",
) -> Chart:
    """Draws a region's targets on a common scale of ratios to the median, with rank, median and number.

    Indicators that fewer than three regions set are left out and counted in the foot.

    Args:
        frame: one row per indicator that the region sets: `indicator`, `value`, `bound`, `unit`, `median`, `rank`,
            `of`, and where known `dimension`, `national_value`.
        indicators: short names and directions are taken from these where given.
        others: comparison rows of all regions (`region`, `indicator`, `value`), drawn as ticks; from eight regions on
            with a band from their lower to their upper quartile.
        dimensions: names by dimension id, for headings.
        region: the region's name for the title.
        lang: ``zh`` or ``en``.
        size: ``column``, ``page`` or ``slide``.
        source: for the foot, computed where empty.

    Raises:
        FigureError: where the frame has no rows or lacks columns.
    """
    language = check_lang(lang)
    standings, left_out = _read_standings(frame, indicators, others)
    card = _make_card(frame, standings, left_out, region=region, lang=language, source=source)
    with drawing():
        key = _make_key(standings, size_in_key(size), language)
        return _draw(Sheet(card, size, key), standings, dimensions or {})


def finding_profile(
    frame: pd.DataFrame, lang: str = "zh", *, indicators: Sequence[Measure] = (), region: str = ""
) -> str:
    """Says on how many indicators a region is ahead of the median, and where it leads."""
    standings, _ = _read_standings(frame, indicators, None)
    return _find(standings, region, check_lang(lang))


def _read_standings(
    frame: pd.DataFrame, indicators: Sequence[Measure], others: pd.DataFrame | None
) -> tuple[list[_Standing], int]:
    rows = read_rows(frame, "profile")
    known = {measure.id: measure for measure in indicators}
    values: dict[str, list[float]] = {}
    if others is not None and not others.empty:
        for row in read_rows(others, "profile"):
            if row.has_value:
                values.setdefault(row.indicator, []).append(row.value)
    standings = [
        _read_standing(row, record, known, values)
        for row, record in zip(rows, list_records(frame), strict=True)
        if row.has_value
    ]
    fit = [s for s in standings if s.of >= LEAST_REGIONS and s.median > 0 and s.row.value > 0]
    order = {measure.id: place for place, measure in enumerate(indicators)}
    dimensions = list(dict.fromkeys(s.dimension for s in sorted(fit, key=lambda s: order.get(s.row.indicator, 0))))
    fit.sort(key=lambda s: (dimensions.index(s.dimension), s.place if s.lower else -s.place))
    return fit, len(standings) - len(fit)


def _read_standing(
    row: Row, record: Mapping[str, object], known: Mapping[str, Measure], values: Mapping[str, Sequence[float]]
) -> _Standing:
    measure = known.get(row.indicator)
    names = (row.name_zh, row.name_en)
    if measure is not None:
        names = (short_name_of(measure, "zh"), short_name_of(measure, "en"))
    direction = measure.direction if measure is not None else text_of(record, "direction")
    median = number_of(record, "median")
    around = values.get(row.indicator, ())
    return _Standing(
        row,
        *names,
        text_of(record, "dimension"),
        direction == "lower",
        integer_of(record, "rank"),
        integer_of(record, "of") or 0,
        median,
        math.nan if measure is not None and is_total(measure) else number_of(record, "national_value"),
        integer_of(record, "national_year"),
        tuple(math.log2(value / median) for value in around if value > 0 and median > 0),
    )


def _ahead(standing: _Standing) -> bool:
    return standing.place < 0 if standing.lower else standing.place > 0


def _find(standings: Sequence[_Standing], region: str, lang: Lang) -> str:
    name = region or say(lang, "该地区", "The region")
    if not standings:
        return say(lang, f"{name}的目标都没有足够多的地区可比", f"{name}: no target that enough regions share")
    ahead = sum(map(_ahead, standings))
    count = len(standings)
    zh = f"{name}有{ahead}项目标领先于各地中位数（可比的共{count}项）"
    en = f"{name} is ahead of the median region on {ahead} of {count_noun(count, 'indicator')}"
    if not ahead:
        zh = f"{name}没有目标领先于各地中位数（可比的共{count}项）"
        en = f"{name} is ahead of the median region on none of {count_noun(count, 'indicator')}"
    leads = [standing for standing in standings if standing.rank == 1]
    if leads:
        names = join_names([say(lang, s.name_zh, s.name_en) for s in leads], lang, 3)
        zh += f"，居首的有{names}"
        en += f" and leads on {names}"
    return say(lang, zh, en)


def _make_card(
    frame: pd.DataFrame, standings: Sequence[_Standing], left_out: int, *, region: str, lang: Lang, source: str
) -> Card:
    found = tell_both(lambda each: _find(standings, region, each))
    rows = [standing.row for standing in standings]
    subtitle = say(
        lang,
        "目标与各地区中位数之比，对数刻度；一行一项指标",
        "Target as a ratio to the median of the regions, log scale; one indicator a row",
    )
    medians = say(
        lang,
        "中位数按各地区各自的目标年计算；有上下限的目标按所列数值",
        "Medians are over each region's own target year; bounded targets are taken at the number named",
    )
    few = say(
        lang,
        f"另有{left_out}项因可比地区不足3个未画",
        f"{left_out} more are left out: fewer than three regions compare",
    )
    return make_card(
        "profile",
        frame,
        lang,
        found=found,
        alt=tell_both(lambda each: _describe(standings, found[each], each)),
        subtitle=[subtitle],
        source=describe_source(rows, lang, source),
        notes=[medians, few if left_out else ""],
        numbers=(*list_numbers(rows), *(_number_of_nation(s) for s in standings if not math.isnan(s.national))),
    )


def _number_of_nation(standing: _Standing) -> Number:
    return Number(NATION, standing.row.indicator, "", None, None, standing.national, standing.national_year)


def _describe(standings: Sequence[_Standing], finding: str, lang: Lang) -> str:
    median = say(lang, "中位数", "median")
    told = [
        f"{s.name(lang)} {s.row.label(lang)} "
        f"({s.rank or '–'}/{s.of}; {median} {format_value(s.median, s.row.unit, lang)})"
        for s in standings
    ]
    head = say(lang, "点图，目标与各地区中位数之比", "Dot plot, targets as ratios to the median of the regions")
    return write_sentences(lang, head, finding, list_in(lang, told))


def _make_key(standings: Sequence[_Standing], diameter: float, lang: Lang) -> list[KeyEntry]:
    marks = [Mark(s.row.value, s.row.high, s.row.bound, 0.0) for s in standings]
    key = key_of_bounds(marks, diameter, lang, plain=say(lang, "本地区", "this region"))
    if any(standing.others for standing in standings):

        def tick(sheet: Sheet, x: float, y: float) -> None:
            sheet.lines([((x + 1, y - 0.6 * diameter), (x + 1, y + 0.6 * diameter))], colour=MARK_GREY, width=0.9)

        key.append(KeyEntry(say(lang, "其他地区", "other regions"), 2.0, tick))
    if any(standing.spreads for standing in standings):

        def band(sheet: Sheet, x: float, y: float) -> None:
            sheet.lines([((x, y), (x + 2.4 * diameter, y))], colour=HAIR, width=1.3 * diameter)

        key.append(KeyEntry(say(lang, "中间一半的地区", "middle half of the regions"), 2.4 * diameter, band))
    if any(not math.isnan(standing.national) for standing in standings):

        def diamond(sheet: Sheet, x: float, y: float) -> None:
            put_dot(sheet, x + diameter / 2, y, 0.8 * diameter, NATIONAL)

        key.append(KeyEntry(say(lang, "全国目标", "national target"), diameter, diamond))
    return key


def _draw(sheet: Sheet, standings: Sequence[_Standing], dimensions: Mapping[str, str]) -> Chart:
    lang, label = sheet.lang, sheet.size.label
    items = [
        Item(
            s.name(lang),
            (format_value(s.median, s.row.unit, lang), f"{s.rank or '–'}/{s.of}", s.row.label(lang)),
            group=dimensions.get(s.dimension, ""),
        )
        for s in standings
    ]
    scale_of = _scale_maker(standings, 0.78 * label)
    places = [s.place for s in standings] + [other for s in standings for other in s.others]
    low, high = min([*places, -0.3]), max([*places, 0.3])
    ratios = RATIOS if high - low > 2.2 else FINE_RATIOS
    inside = [math.log2(ratio) for ratio in ratios if low - 0.2 <= math.log2(ratio) <= high + 0.2]
    plot = Plot(
        (say(lang, "中位数", "Median"), say(lang, "名次", "Rank"), say(lang, "目标", "Target")),
        scale_of,
        lambda value: say(lang, "中位数", "median") if not value else f"{2**value:.4g}×",
        at=tuple(sorted(inside, key=abs)),
        enough=lambda scale: scale.width > 7 * label,
        strong=-1,
    )
    chart, panels = draw_rows(sheet, items, plot, share=0.36)
    for panel in panels:
        _draw_panel(sheet, panel, standings[panel.first : panel.first + len(panel.middles)])
    return chart


def _scale_maker(standings: Sequence[_Standing], diameter: float) -> Callable[[float], Scale]:
    def make(width: float) -> Scale:
        places = [Place(0.0)]
        for s in standings:
            before, after = reach_of(s.row.bound, diameter)
            places.append(Place(s.place, before, after))
            places += [Place(other, 1.0, 1.0) for other in s.others]
            if not math.isnan(s.national) and s.national > 0:
                places.append(Place(math.log2(s.national / s.median), 3.0, 3.0))
        return fit_scale(places, width, zero=False)

    return make


def _draw_panel(sheet: Sheet, panel: Panel, own: Sequence[_Standing]) -> None:
    label, top = panel.label, panel.top
    diameter = 0.78 * label
    middle = panel.x(0.0)
    sheet.lines([((middle, top), (middle, top + panel.tall))], colour=MARK_GREY, width=0.9)
    marks, ticks, nations = [], [], []
    for s, y in zip(own, panel.middles, strict=True):
        high = math.log2(s.row.high / s.median) if not math.isnan(s.row.high) and s.row.high > 0 else math.nan
        marks.append(Mark(s.place, high, s.row.bound, y))
        ticks += [((panel.x(o), top + y - 0.4 * label), (panel.x(o), top + y + 0.4 * label)) for o in s.others]
        if not math.isnan(s.national) and s.national > 0:
            nations.append((math.log2(s.national / s.median), y))
    _draw_bands(sheet, panel, own)
    stems = [((middle, top + y), (panel.x(s.place), top + y)) for s, y in zip(own, panel.middles, strict=True)]
    sheet.lines(stems, colour=RULE, width=0.8, zorder=0.6)
    sheet.lines(ticks, colour=MARK_GREY, width=0.7, zorder=0.8)
    put_dots(panel.axes, nations, 0.8 * diameter, NATIONAL)
    draw_marks(panel.axes, marks, panel.scale.per_point, diameter)


def _draw_bands(sheet: Sheet, panel: Panel, own: Sequence[_Standing]) -> None:
    """Draws a band from quartile to quartile behind the ticks, in rows of enough regions."""
    spread = [
        {"place": other, "row": y} for s, y in zip(own, panel.middles, strict=True) if s.spreads for other in s.others
    ]
    if not spread:
        return
    import seaborn as sns  # a tenth of a second that most charts need not pay

    scale = panel.scale
    behind = sheet.axes(panel.left, panel.top, scale.width, panel.tall, low=scale.low, high=scale.high)
    behind.set_zorder(0.1)
    sns.pointplot(
        pd.DataFrame(spread),
        x="place",
        y="row",
        orient="h",
        native_scale=True,
        estimator="median",
        errorbar=("pi", 50),
        marker="",
        linestyle="none",
        err_kws={"color": HAIR, "linewidth": 0.9 * panel.label, "solid_capstyle": "butt"},
        ax=behind,
    )
