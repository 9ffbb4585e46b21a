"""Revision: what changed between two plans of one region, each indicator on a scale of its own."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from compare.figures.frames import integer_of, list_records, need_columns, number_of, text_of
from compare.figures.gaps import GapRow
from compare.figures.marks import Mark, key_of_bounds
from compare.figures.rows import Item, Plot, draw_rows
from compare.figures.sheet import Card, Chart, KeyEntry, Number, Sheet
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

    def label(self, unit: str, lang: Lang) -> str:
        return "" if math.isnan(self.value) else format_target(self.value, self.high, self.bound, unit, lang)


@dataclass(frozen=True, slots=True)
class _Change:
    """One indicator in both plans."""

    region: str
    indicator: str
    name_zh: str
    name_en: str
    unit: str
    change: str
    old: _End
    new: _End

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
        diameter = 0.72 * Sheet(card, size).size.small
        return _draw(Sheet(card, size, _make_key(changes, labels or {}, diameter, language)), changes)


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
                text_of(record, "unit"), text_of(record, "change"), old, new,
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
    told_zh = [
        f"{_count(changes, kind)}项{word}"
        for kind, word in (("raised", "提高"), ("lowered", "降低"), ("same", "不变"))
        if _count(changes, kind)
    ]
    told_en = [f"{_count(changes, kind)} {kind}" for kind in ("raised", "lowered", "same") if _count(changes, kind)]
    both = _count(changes, "raised", "lowered", "same")
    new, gone = _count(changes, "new", "new_words"), _count(changes, "dropped")
    head_zh = f"{region}两份规划" if region else "两份规划"
    head_en = f"{region}'s two plans" if region else "The two plans"
    if both:
        zh, en = (
            f"{head_zh}可比的{both}项目标中{'、'.join(told_zh)}",
            f"Of {both} comparable targets in {head_en}, {', '.join(told_en)}".replace("in The", "in the"),
        )
    else:
        zh, en = f"{head_zh}没有可以直接比较的目标", f"{head_en} have no target that compares"
    if new or gone:
        zh += f"；新增{new}项，{gone}项未再提"
        en += f"; {new} new, {gone} no longer there"
    return say(lang, zh, en)


def _make_card(
    frame: pd.DataFrame, changes: Sequence[_Change], region: str, labels: Mapping[str, str], *, lang: Lang, source: str
) -> Card:
    found = {language: _find(changes, region, language) for language in LANGS}
    plans = list(dict.fromkeys(end.plan for side in ("old", "new") for c in changes if (end := getattr(c, side)).plan))
    names = [labels.get(plan, plan) for plan in plans]
    text = source or say(lang, "、".join(names), ", ".join(names))
    subtitle = say(
        lang,
        "较早与较新的目标；每项指标自成比例，从零起",
        "Older and newer target; each indicator on a scale of its own from zero",
    )
    told: dict[Lang, list[str]] = {
        language: [
            f"{c.name(language)} {c.old.label(c.unit, language) or '–'} → {c.new.label(c.unit, language) or '–'}"
            for c in changes
            if c.change in DRAWN
        ]
        for language in LANGS
    }
    numbers = tuple(
        Number(c.region, c.indicator, end.plan, end.start, end.end, end.value, end.year)
        for c in changes
        for end in (c.old, c.new)
        if not math.isnan(end.value)
    )
    return Card(
        kind="revision",
        lang=lang,
        title=found[lang],
        subtitle=subtitle,
        source=say(lang, f"来源：{text}", f"Source: {text}"),
        finding_zh=found["zh"],
        finding_en=found["en"],
        alt_zh=f"{found['zh']}。{'；'.join(told['zh'])}。",
        alt_en=f"{found['en']}. {'; '.join(told['en'])}.",
        data=frame,
        numbers=numbers,
    )


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
    labels = (old.label(change.unit, lang), new.label(change.unit, lang))
    return Way(old.value / most, new.value / most, new.high / most, new.bound, *labels)


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
