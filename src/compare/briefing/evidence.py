"""Rows of a table to the numbers of a page, each with its sentence; and sentences on where numbers come from."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pandas as pd

from compare.briefing.content import Absent, Evidence
from compare.errors import count_noun
from compare.figures.frames import Row, group_names, list_records, read_rows, text_of
from compare.figures.gaps import GAPS, REASONED, tell_reason
from compare.figures.wording import SIGNS, Lang, format_value, name_unit, say
from compare.narrative.codes import name_code
from compare.narrative.story import name_year, phrase_row

BOUNDS = {
    ">=": ("不少于", "at least"),
    ">": ("超过", "more than"),
    "<=": ("不超过", "at most"),
    "<": ("低于", "under"),
    "~": ("约", "about"),
}


def mark_label(label: str, lang: Lang) -> str:
    """Writes the sign of an approximate number as a word where the language has one as short.

    >>> mark_label("~90%", "zh"), mark_label("≥16万", "zh"), mark_label("~90%", "en")
    ('约90%', '≥16万', '~90%')
    """
    return "约" + label[1:] if lang == "zh" and label.startswith("~") else label


def explain_bounds(bounds: Iterable[str], lang: Lang) -> str:
    """Says what the signs of some bounds mean; empty where all numbers are plain.

    >>> explain_bounds([">=", "=", "~"], "zh")
    '≥ 不少于、约数'
    """
    present = set(bounds)
    words = []
    for bound, (zh, en) in BOUNDS.items():
        if bound in present:
            words.append(say(lang, "约数" if bound == "~" else f"{SIGNS[bound]} {zh}", f"{SIGNS[bound]} {en}"))
    return say(lang, "、", ", ").join(words)


def read_evidence(frame: pd.DataFrame, lang: Lang) -> tuple[Evidence, ...]:
    """Reads the numbers of a comparison, a series, a standing or targets; rows without a number are passed over.

    Args:
        frame: one row per number, columns as in a comparison. A column `subject_name` says what the numbers are told
            apart by; without it that is the region.
        lang: language.
    """
    if frame.empty:
        return ()
    records, rows = list_records(frame), read_rows(frame, "briefing")
    return tuple(_read(row, record, lang) for row, record in zip(rows, records, strict=True) if row.has_value)


def _read(row: Row, record: dict[str, object], lang: Lang) -> Evidence:
    number = format_value(row.value, row.unit, lang)
    if row.top != row.value and not math.isnan(row.top):
        number = f"{number}–{format_value(row.high, row.unit, lang)}"
    return Evidence(
        subject=text_of(record, "subject_name") or row.name(lang),
        target=phrase_row(record, lang),
        label=mark_label(row.label(lang), lang),
        bound=say(lang, *BOUNDS[row.bound]) if row.bound in BOUNDS else "",
        number=number,
        value=row.value,
        value_high=None if math.isnan(row.high) else row.high,
        value_unit=row.unit,
        unit=name_unit(row.unit, lang),
        year=row.year,
        measured=text_of(record, "status") == "actual",
        method=name_code("method", row.method, lang) if row.method else "",
        grade=row.grade,
        arithmetic=text_of(record, "arithmetic"),
        quote=row.quote,
        plan=row.plan,
        start=row.start,
        end=row.end,
        document=row.document,
    )


def tell_evidence(one: Evidence, lang: Lang, titles: dict[str, str]) -> str:
    """Writes a number and what it rests on as one paragraph of speaker notes.

    Args:
        one: the number.
        lang: language.
        titles: titles of plans by id.
    """
    facts = [name_year(one.year, lang), say(lang, "实际数", "measured") if one.measured else "", one.method]
    facts.append(one.grade and say(lang, f"{one.grade}级", f"grade {one.grade}"))
    facts.append(one.arithmetic)
    told = say(lang, "，", ", ").join(fact for fact in facts if fact)
    head = say(lang, f"{one.subject}：{one.target}（{told}）。", f"{one.subject}: {one.target} ({told}). ")
    quote = say(lang, f"“{one.quote}”", f"“{one.quote}” ") if one.quote else ""
    return f"{head}{quote}—— {tell_place(one, lang, titles)}" if one.source else head.rstrip()


def tell_place(one: Evidence, lang: Lang, titles: dict[str, str]) -> str:
    """Writes where a number stands: the plan with id and offsets, or the document outside of the corpus."""
    if not one.plan:
        return say(lang, f"{one.document}（其他公布文件）", f"{one.document} (published elsewhere)")
    title = titles.get(one.plan, one.document)
    name = say(lang, f"《{title}》 {one.plan}", f"“{title}”, {one.plan}") if title else one.plan
    if one.start is None:
        return name
    return say(lang, f"{name} 第{one.start}–{one.end}字", f"{name}, characters {one.start}–{one.end}")


def tell_origin(evidence: Iterable[Evidence], lang: Lang, where: str) -> str:
    """Writes the line of sources: how many plans and documents, and where each is named."""
    listed = list(evidence)
    plans = {one.plan for one in listed if one.plan}
    papers = {one.document for one in listed if not one.plan and one.document}
    parts_zh = [f"规划原文{len(plans)}份"] if plans else []
    parts_zh += [f"其他公布文件{len(papers)}份"] if papers else []
    parts_en = [count_noun(len(plans), "plan")] if plans else []
    parts_en += [count_noun(len(papers), "document published elsewhere", "documents published elsewhere")] * bool(
        papers
    )
    if not parts_zh:
        return ""
    zh, en = f"来源：{'、'.join(parts_zh)}", f"Source: {' and '.join(parts_en)}"
    return say(lang, f"{zh}；{where}", f"{en}; {where}") if where else say(lang, zh, en)


def list_gaps(frame: pd.DataFrame, lang: Lang) -> tuple[str, ...]:
    """Writes what is missing in a comparison, one line a kind with the regions by name."""
    lines = []
    for kind, found in group_names(read_rows(frame, "briefing")).items():
        names = say(lang, "、", ", ").join(row.name(lang) for row in found)
        title = name_gap(kind, lang)
        lines.append(say(lang, f"{title}（{len(found)}个）：{names}", f"{title} ({len(found)}): {names}"))
    return tuple(lines)


def list_absent(frame: pd.DataFrame, lang: Lang) -> tuple[Absent, ...]:
    """Lists what has no comparable number: one a region where there is a reason to tell, one a kind otherwise."""
    absent = []
    for kind, found in group_names(read_rows(frame, "briefing")).items():
        state = name_gap(kind, lang)
        if kind in REASONED:
            absent += [Absent(row.name(lang), state, tell_reason(row, lang)) for row in found]
        else:
            absent.append(Absent(say(lang, "、", ", ").join(row.name(lang) for row in found), state, ""))
    return tuple(absent)


def name_gap(kind: str, lang: Lang) -> str:
    """Gives the words for what is there instead of a number."""
    return say(lang, *GAPS.get(kind, (kind, kind)))
