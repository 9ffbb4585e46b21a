"""What a report on one indicator says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from compare.errors import count_noun
from compare.figures.wording import (
    Lang,
    Measure,
    check_lang,
    definition_of,
    format_years,
    join_names,
    name_of,
    phrase_target,
    say,
)
from compare.narrative.picks import pick_reference
from compare.narrative.story import (
    Cite,
    Story,
    join_paragraphs,
    join_sentences,
    name_year,
    no_link,
    place_row,
)

_MOST_LEVEL = 3


def tell_indicator(
    comparison: pd.DataFrame, national: pd.DataFrame, *, indicator: Measure, lang: str = "zh", cite: Cite = no_link
) -> Story:
    """Says who sets an indicator, how high, against what, and what cannot be compared.

    Args:
        comparison: `Project.comparison` of the indicator, one row per region.
        national: `Project.national` of it.
        indicator: its definition.
        lang: `zh` or `en`.
        cite: links a text to a sentence of a plan.
    """
    language = check_lang(lang)
    valued = comparison[comparison["presence"] == "value"]
    name = name_of(indicator, language)
    title = say(language, f"{name}：各地目标比较", f"{name}: targets of the regions compared")
    sentences = [
        _say_extent(valued, name, language),
        _say_ends(valued, language, cite),
        _say_years(valued, language),
        _say_nation(valued, national, indicator, language),
    ]
    definition = say(language, "**定义**：", "**Definition**: ") + definition_of(indicator, language)
    text = join_paragraphs([join_sentences(sentences, language), _say_missing(comparison, language), definition])
    return Story(title, _say_finding(valued, national, indicator, language), text)


def _names(rows: pd.DataFrame, lang: Lang) -> list[str]:
    return list(rows["name_zh" if lang == "zh" else "name_en"])


def _say_extent(valued: pd.DataFrame, name: str, lang: Lang) -> str:
    """How many set it, where their numbers were read, and how many are of a lower grade."""
    if valued.empty:
        return say(lang, f"没有地区设定可比的“{name}”目标。", f"No region sets a comparable target for “{name}”.")
    count, read = len(valued), int((valued["origin"] == "extracted").sum())
    origins = {
        0: ("均来自其他公布的文件", "published outside the corpus"),
        count: ("均读自收录的规划", "read from plans of the corpus"),
    }
    mixed = (
        f"{read}个读自收录的规划，{count - read}个来自其他公布的文件",
        f"{read} read from plans of the corpus, {count - read} published elsewhere",
    )
    weak = int(valued["grade"].isin(["B", "C"]).sum())
    origin = say(lang, *origins.get(read, mixed))
    extent = say(
        lang,
        f"{count}个地区设定了可比的目标，{origin}。",
        f"{count_noun(count, 'region')} {'sets' if count == 1 else 'set'} a comparable target, {origin}.",
    )
    grades = say(
        lang,
        f"{weak}个的可比等级为B或C（经换算、推算，或出自转述）。",
        f"{weak} {'is' if weak == 1 else 'are'} of grade B or C (converted, derived or at second hand).",
    )
    return join_sentences([extent, grades if weak else ""], lang)


def _say_ends(valued: pd.DataFrame, lang: Lang, cite: Cite) -> str:
    """The first and the last of the ranking, with their years."""
    if valued.empty:
        return ""
    rows: list[Mapping[str, Any]] = valued.to_dict("records")  # type: ignore[assignment]  # column names are text
    first, last = (_say_equals(rows, end, lang, cite) for end in (rows[0], rows[-1]))
    if len(rows) == 1:
        return say(lang, f"即{first}。", f"It is {first}.")
    if first == last:
        return say(lang, f"各地相同：{first}。", f"All are level: {first}.")
    return say(lang, f"排在最前的是{first}，最后的是{last}。", f"At the top: {first}; at the bottom: {last}.")


def _say_equals(rows: Sequence[Mapping[str, Any]], end: Mapping[str, Any], lang: Lang, cite: Cite) -> str:
    """One end of the ranking with all that stand level there, so that nobody comes first by the order of the table."""
    level = [_say_one(row, lang, cite) for row in rows if row["value"] == end["value"]]
    if len(level) > _MOST_LEVEL:
        more = len(level) - 1
        return level[0] + say(lang, f"等{len(level)}个地区", f" and {count_noun(more, 'other region')}")
    return say(lang, "、", " and ").join(level)


def _say_one(row: Mapping[str, Any], lang: Lang, cite: Cite) -> str:
    place = place_row(row, lang, cite)
    return say(lang, f"{row['name_zh']}（{place}）", f"{row['name_en']} ({place})")


def _say_years(valued: pd.DataFrame, lang: Lang) -> str:
    """The span of the target years, and the one that most regions have."""
    years = valued["year"].dropna().astype(int)
    if years.nunique() < 2:
        return ""
    span, counts = format_years(years, lang), years.value_counts()
    most = counts[counts == counts.max()]
    mode = ""
    if len(most) == 1:
        year, count = int(most.index[0]), int(most.iloc[0])
        mode = say(lang, f"，以{year}年居多（{count}个）", f", most often {year} ({count})")
    return say(
        lang,
        f"目标年份为{span}{mode}；年份不同的目标不宜直接论高低。",
        f"Target years run over {span}{mode}; targets of different years do not rank strictly.",
    )


def _say_nation(valued: pd.DataFrame, national: pd.DataFrame, indicator: Measure, lang: Lang) -> str:
    """The national targets, and how many regions that set the same year reach them."""
    parts = []
    for row in pick_reference(national, indicator).sort_values("year").to_dict("records"):
        if pd.isna(row["value"]):
            continue
        target = phrase_target(row["value"], float("nan"), row["bound"], row["unit"], lang)
        same = valued[(valued["year"] == row["year"]).fillna(value=False)]
        better = same["value"] >= row["value"] if indicator.direction == "higher" else same["value"] <= row["value"]
        reached = int(better.sum())
        year = name_year(row["year"], lang)
        met = {0: ("无一达到", "none meets it"), 1: ("1个达到", "1 meets it")}
        meeting = say(lang, *met.get(reached, (f"{reached}个达到", f"{reached} meet it")))
        parts.append(
            say(
                lang,
                f"{year}全国目标为{target}，目标年相同的{len(same)}个地区中{meeting}。",
                f"The national target for {year} is {target}; of {count_noun(len(same), 'region')} with a target for"
                f" that year {meeting}.",
            )
        )
    return join_sentences(parts, lang)


def _say_missing(comparison: pd.DataFrame, lang: Lang) -> str:
    """The regions without a comparable value, kept apart by why."""
    phrases = {
        "not_comparable": ("{n}设定了数值但不可比（原因见下表）", "set but not comparable (reasons below): {n}"),
        "words_only": ("{n}只有文字表述", "in words only: {n}"),
        "not_mentioned": ("{n}的规划未提及", "not mentioned by {n}"),
        "no_plan": (
            "{n}个地区没有收录规划，也未见公布的目标",
            "no plan here and no target known from elsewhere: {n}",
        ),
    }
    parts = []
    for presence, (zh, en) in phrases.items():
        rows = comparison[comparison["presence"] == presence]
        if not rows.empty:
            who = join_names(_names(rows, lang), lang)
            if presence == "no_plan":
                who = say(lang, str(len(rows)), count_noun(len(rows), "region"))
            parts.append(say(lang, zh, en).format(n=who))
    if not parts:
        return ""
    return say(
        lang, f"**没有可比数值的**：{'；'.join(parts)}。", f"**Without a comparable value**: {'; '.join(parts)}."
    )


def _say_finding(valued: pd.DataFrame, national: pd.DataFrame, indicator: Measure, lang: Lang) -> str:
    """How many set it, who is first, and how they stand to the nation's first target."""
    if valued.empty:
        return _say_extent(valued, name_of(indicator, lang), lang)
    rows: list[Mapping[str, Any]] = valued.to_dict("records")  # type: ignore[assignment]  # column names are text
    best, count = _say_equals(rows, rows[0], lang, no_link), len(valued)
    first = say(
        lang,
        f"{count}个地区设定了可比的目标，最前的是{best}。",
        f"{count_noun(count, 'region')} with a comparable target; at the top: {best}.",
    )
    return join_sentences([first, _say_nation(valued, national.sort_values("year").head(1), indicator, lang)], lang)
