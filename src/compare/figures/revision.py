"""Revision: what changed between two plans of one region, each indicator on a scale of its own."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from compare.figures.cards import Card, Number, list_in, make_card, tell_both, write_sentences, write_source
from compare.figures.frames import integer_of, list_records, need_columns, number_of, text_of
from compare.figures.gaps import GapRow
from compare.figures.marks import Mark, key_of_bounds, size_in_key
from compare.figures.rows import Item, Plot, draw_rows
from compare.figures.sheet import Chart, KeyEntry, Sheet
from compare.figures.theme import drawing
from compare.figures.ways import Way, draw_ways, fit_ways, key_of_start, leave_room
from compare.figures.wording import (
    LANGS,
    MINUS,
    Lang,
    Measure,
    check_lang,
    format_number,
    format_target,
    format_unit,
    say,
    short_name_of,
)

CHANGES = {
    "raised": ("目标提高", "Raised"),
    "lowered": ("目标降低", "Lowered"),
    "same": ("目标数不变", "Same number"),
    "new": ("新增的指标", "New"),
    "new_words": ("新增，仅有文字表述", "New, in words only"),
    "not_comparable": ("两次写法不可比", "Stated in ways that do not compare"),
    "words_only": ("改为仅有文字表述", "Now in words only"),
    "expired": ("目标年早于新规划", "Fell due before the newer plan"),
    "dropped": ("新规划未再提", "Not in the newer plan"),
}
KINDS = {"annual": ("{}/年", "{} a year"), "change": ("{}（增量）", "{} more"), "growth": ("{}（增速）", "{} growth")}
DRAWN = ("raised", "lowered", "same", "new")


@dataclass(frozen=True, slots=True)
class _End:
    """What one of the two plans says."""

    plan: str
    value: float
    high: float
    bound: str
    year: int | None
    start: int | None
    end: int | None

    def label(self, unit: str, kind: str, lang: Lang) -> str:
        """Writes the target with its unit, since every row has another, and what kind of number it is."""
        if math.isnan(self.value):
            return ""
        text = format_target(self.value, self.high, self.bound, unit, lang)
        if unit not in ("亿元", "元", "%"):
            text += format_unit(unit, lang)
        return say(lang, *KINDS.get(kind, ("{}", "{}"))).format(text)


@dataclass(frozen=True, slots=True)
class _Change:
    """One indicator in both plans."""

    region: str
    indicator: str
    name_zh: str
    name_en: str
    unit: str
    kind: str
    change: str
    old: _End
    new: _End

    def labels(self, lang: Lang) -> tuple[str, str]:
        """Writes what the older and the newer plan say, empty where they do not."""
        return self.old.label(self.unit, self.kind, lang), self.new.label(self.unit, self.kind, lang)

    def name(self, lang: Lang) -> str:
        return say(lang, self.name_zh, self.name_en)


def revision(
    frame: pd.DataFrame,
    *,
    region: str = "",
    indicators: Sequence[Measure] = (),
    labels: Mapping[str, str] | None = None,
    lang: str = "zh",
    size: str = "page",
    source: str = "",
) -> Chart:
    """Draws what changed between two plans of a region: the older target as a ring, the newer one as a dot.

    Args:
        frame: one row per indicator: `indicator`, `name_zh`, `name_en`, `unit`, `change`, and for each plan
            `old_plan`, `old_value`, `old_bound`, `old_year`, `new_plan` and so on. What is only in one of them, or does
            not compare, is listed by name.
        region: the region's name for the title.
        indicators: short names are taken from these where given.
        labels: texts for the plans, by id.
        lang: ``zh`` or ``en``.
        size: ``column``, ``page`` or ``slide``.
        source: for the foot.

    Raises:
        FigureError: where the frame has no rows or lacks columns.
    """
    language = check_lang(lang)
    changes = _read_changes(frame, indicators)
    card = _make_card(frame, changes, region, labels or {}, lang=language, source=source)
    with drawing():
        return _draw(Sheet(card, size, _make_key(changes, labels or {}, size_in_key(size), language)), changes)


def finding_revision(
    frame: pd.DataFrame, lang: str = "zh", *, region: str = "", indicators: Sequence[Measure] = ()
) -> str:
    """Says how many targets were raised, lowered, added and left out."""
    return _find(_read_changes(frame, indicators), region, check_lang(lang))


def _read_changes(frame: pd.DataFrame, indicators: Sequence[Measure]) -> list[_Change]:
    need_columns(frame, ("indicator", "old_value", "new_value", "change"), "revision")
    known = {measure.id: measure for measure in indicators}
    changes = []
    for record in list_records(frame):
        indicator = text_of(record, "indicator")
        names = [text_of(record, column) or indicator for column in ("name_zh", "name_en")]
        if indicator in known:
            names = [short_name_of(known[indicator], language) for language in LANGS]
        old, new = (_read_end(record, side) for side in ("old", "new"))
        changes.append(
            _Change(
                text_of(record, "region"), indicator, names[0], names[1],
                text_of(record, "unit"), text_of(record, "kind"), text_of(record, "change"), old, new,
            )
        )  # fmt: skip
    changes = [replace(c, change="new_words") if c.change == "new" and math.isnan(c.new.value) else c for c in changes]
    order = list(CHANGES)
    return sorted(changes, key=lambda change: order.index(change.change) if change.change in order else len(order))


def _read_end(record: Mapping[str, object], side: str) -> _End:
    return _End(
        text_of(record, f"{side}_plan"),
        number_of(record, f"{side}_value"),
        number_of(record, f"{side}_value_high"),
        text_of(record, f"{side}_bound") or "=",
        integer_of(record, f"{side}_year"),
        integer_of(record, f"{side}_start"),
        integer_of(record, f"{side}_end"),
    )


def _count(changes: Sequence[_Change], *kinds: str) -> int:
    return sum(change.change in kinds for change in changes)


def _find(changes: Sequence[_Change], region: str, lang: Lang) -> str:
    words = {"raised": ("提高", "raised"), "lowered": ("降低", "lowered"), "same": ("不变", "kept")}
    there = {kind: _count(changes, kind) for kind in words if _count(changes, kind)}
    both = sum(there.values())
    zh, en = (f"{region}两份规划", f"{region}'s two plans") if region else ("两份规划", "the two plans")
    if both > 1:
        told_zh = "、".join(f"{count}项{words[kind][0]}" for kind, count in there.items())
        told_en = ", ".join(f"{count} {words[kind][1]}" for kind, count in there.items())
        zh, en = f"{zh}可比的{both}项目标中{told_zh}", f"Of {both} comparable targets in {en}, {told_en}"
    elif both:
        change = words[next(iter(there))]
        zh, en = f"{zh}只有一项目标可比，{change[0]}", f"The one target that compares in {en} is {change[1]}"
    else:
        zh, en = f"{zh}没有可以直接比较的目标", f"No target compares in {en}"
    new, gone = _count(changes, "new", "new_words"), _count(changes, "dropped")
    if new or gone:
        zh += f"；新增{new}项，{gone}项未再提"
        en += f"; {new} new, {gone} no longer there"
    return say(lang, zh, en)


def _make_card(
    frame: pd.DataFrame, changes: Sequence[_Change], region: str, labels: Mapping[str, str], *, lang: Lang, source: str
) -> Card:
    found = tell_both(lambda each: _find(changes, region, each))
    ends = [(change, end) for side in ("old", "new") for change in changes if (end := getattr(change, side)).plan]
    plans = dict.fromkeys(end.plan for _, end in ends)
    names = say(lang, "、", ", ").join(labels.get(plan, plan) for plan in plans)
    subtitle = say(
        lang,
        "较早与较新的目标；每项指标自成比例，从零起",
        "Older and newer target; each indicator on a scale of its own from zero",
    )
    return make_card(
        "revision",
        frame,
        lang,
        found=found,
        alt=tell_both(lambda each: _describe(changes, found[each], each)),
        subtitle=[subtitle],
        source=write_source(lang, source or names),
        numbers=tuple(
            Number(change.region, change.indicator, end.plan, end.start, end.end, end.value, end.year)
            for change in changes
            for end in (change.old, change.new)
            if not math.isnan(end.value)
        ),
    )


def _describe(changes: Sequence[_Change], finding: str, lang: Lang) -> str:
    told = [
        f"{c.name(lang)} {' → '.join(label or '–' for label in c.labels(lang))}" for c in changes if c.change in DRAWN
    ]
    head = say(lang, "哑铃图，两份规划的目标", "Dumbbell plot, targets of two plans")
    return write_sentences(lang, head, finding, list_in(lang, told))


def _make_key(changes: Sequence[_Change], labels: Mapping[str, str], diameter: float, lang: Lang) -> list[KeyEntry]:
    drawn = [change for change in changes if change.change in DRAWN]
    key = []
    old = next((change.old.plan for change in drawn if not math.isnan(change.old.value)), "")
    new = next((change.new.plan for change in drawn if not math.isnan(change.new.value)), "")
    if old:
        key.append(key_of_start(labels.get(old, old), diameter))
    marks = [Mark(c.new.value, c.new.high, c.new.bound, 0.0) for c in drawn if not math.isnan(c.new.value)]
    plain = [Mark(0.0, math.nan, "=", 0.0)] if marks else []
    key += key_of_bounds(plain, diameter, lang, plain=labels.get(new, new) or "–")
    return key + key_of_bounds([*plain, *marks], diameter, lang)[1:]


def _draw(sheet: Sheet, changes: Sequence[_Change]) -> Chart:
    lang = sheet.lang
    drawn = [change for change in changes if change.change in DRAWN]
    groups = {kind: _count(changes, kind) for kind in DRAWN}
    items = [
        Item(
            change.name(lang),
            (_tell_years(change), _tell_difference(change, lang)),
            group=say(
                lang,
                f"{CHANGES[change.change][0]}（{groups[change.change]}项）",
                f"{CHANGES[change.change][1]} ({groups[change.change]})",
            ),
        )
        for change in drawn
    ]
    ways = [_make_way(change, lang) for change in drawn]
    heads = (say(lang, "目标年", "Year"), say(lang, "变化", "Change"))
    plot = Plot(heads, lambda width: fit_ways(sheet, ways, width), None, enough=lambda scale: leave_room(ways, scale))
    chart, panels = draw_rows(sheet, items, plot, _list_others(sheet, changes), share=0.36)
    for panel in panels:
        draw_ways(sheet, panel, ways[panel.first : panel.first + len(panel.middles)])
    return chart


def _make_way(change: _Change, lang: Lang) -> Way:
    """Scales both ends to the greater of the two."""
    values = [change.old.value, change.old.high, change.new.value, change.new.high]
    most = max((abs(value) for value in values if not math.isnan(value)), default=1.0) or 1.0
    old, new = change.old, change.new
    return Way(old.value / most, new.value / most, new.high / most, new.bound, *change.labels(lang))


def _tell_years(change: _Change) -> str:
    years = [str(end.year) for end in (change.old, change.new) if not math.isnan(end.value) and end.year]
    return "→".join(dict.fromkeys(years)) or "–"


def _tell_difference(change: _Change, lang: Lang) -> str:
    old, new = change.old.value, change.new.value
    if math.isnan(old) or math.isnan(new):
        return ""
    if old == new:
        return "0"
    sign = "+" if new > old else MINUS
    if change.unit in ("%", "百分点"):
        return f"{sign}{format_number(round(abs(new - old), 2), lang)}{say(lang, '个百分点', ' pp')}"
    if not old:
        return f"{sign}{format_number(abs(new - old), lang)}"
    return f"{sign}{abs(new / old - 1):.0%}"


def _list_others(sheet: Sheet, changes: Sequence[_Change]) -> list[GapRow]:
    """Lists by name what has no place on a scale."""
    lang = sheet.lang
    rows = []
    for kind, words in CHANGES.items():
        found = [change.name(lang) for change in changes if change.change == kind]
        if kind in DRAWN or not found:
            continue
        head = say(lang, f"{words[0]}（{len(found)}项）：", f"{words[1]} ({len(found)}): ")
        text = head + say(lang, "、", ", ").join(dict.fromkeys(found))
        rows.append(GapRow("", sheet.typeface.wrap(text, sheet.width, sheet.size.small), opens=True))
    return rows
