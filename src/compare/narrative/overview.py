"""What the report on the whole corpus says."""

from __future__ import annotations

import pandas as pd

from compare.errors import count_noun
from compare.figures.wording import Lang, check_lang, join_names, say
from compare.narrative.story import Story, join_paragraphs, join_sentences, name_year


def tell_overview(
    corpus: pd.DataFrame,
    dimensions: pd.DataFrame,
    coverage: pd.DataFrame,
    horizons: pd.DataFrame,
    refused: pd.DataFrame,
    *,
    indicator_names: dict[str, str],
    lang: str = "zh",
) -> Story:
    """Says what is in the corpus, which dimensions weigh most, what most regions set, and for when.

    Args:
        corpus: `Project.corpus`.
        dimensions: `Project.dimension_counts`.
        coverage: `Project.coverage`.
        horizons: `Project.horizons`.
        refused: numbers without a record, from `pick_refused`.
        indicator_names: names of the indicators in that language, by id.
        lang: `zh` or `en`.
    """
    language = check_lang(lang)
    regions, targets, matched = corpus["region"].nunique(), int(corpus["targets"].sum()), int(corpus["matched"].sum())
    finding = say(
        language,
        f"{len(corpus)}份规划（{regions}个地区）共提出{targets}个数值目标，{matched}个可归入指标。",
        f"{count_noun(len(corpus), 'plan')} of {count_noun(regions, 'region')} set {count_noun(targets, 'number')};"
        f" {matched} belong to an indicator of the catalogue.",
    )
    text = join_paragraphs(
        [
            join_sentences(
                [finding, _say_others(corpus, refused, language), _say_dimensions(dimensions, language)], language
            ),
            join_sentences(
                [_say_coverage(coverage, indicator_names, language), _say_horizons(horizons, language)], language
            ),
        ]
    )
    return Story(
        say(language, "数字经济规划目标总览", "Targets of the digital-economy plans: an overview"), finding, text
    )


def _say_others(corpus: pd.DataFrame, refused: pd.DataFrame, lang: Lang) -> str:
    actuals, unread = int(corpus["actuals"].sum()), len(refused)
    return say(
        lang,
        f"另有{actuals}个数字报告的是现状；{unread}个数字（名称、日期、编号、列举等）未计入，逐一列明原因。",
        f"{count_noun(actuals, 'further number')} report what is there already; {unread} (names, dates, ordinals,"
        " counts of lists) are no quantities and stand apart, each with its reason.",
    )


def _say_dimensions(dimensions: pd.DataFrame, lang: Lang) -> str:
    """The dimensions with most targets."""
    column = "name_zh" if lang == "zh" else "name_en"
    known = dimensions[dimensions["dimension"] != ""]
    totals = known.groupby(column, sort=False)["count"].sum().sort_values(ascending=False, kind="stable")
    if totals.empty or totals.iloc[0] == 0:
        return ""
    items = [say(lang, f"{name}（{count}个）", f"{name} ({count})") for name, count in totals.head(3).items()]
    return say(
        lang, f"目标最多的领域是{join_names(items, lang)}。", f"Most targets are about {join_names(items, lang)}."
    )


def _say_coverage(coverage: pd.DataFrame, names: dict[str, str], lang: Lang) -> str:
    """The indicators that most regions have a value for, other documents included."""
    valued = coverage[coverage["presence"] == "value"]
    counts = valued.groupby("indicator", sort=False)["region"].nunique().sort_values(ascending=False, kind="stable")
    if counts.empty:
        return ""
    items = [say(lang, f"{names[str(key)]}（{n}个）", f"{names[str(key)]} ({n})") for key, n in counts.head(3).items()]
    shared = int((counts >= 3).sum())
    return say(
        lang,
        f"连同其他公布文件，{len(counts)}个指标至少有一个省份设定了可比数值，{shared}个有三个以上；"
        f"设定者最多的是{join_names(items, lang)}。",
        f"With what was published elsewhere, {count_noun(len(counts), 'indicator')} have a comparable value for a"
        f" province or more, {shared} for three or more; most often set: {join_names(items, lang)}.",
    )


def _say_horizons(horizons: pd.DataFrame, lang: Lang) -> str:
    """The year that most targets are set for."""
    counts = horizons.groupby("year", dropna=False)["count"].sum().sort_values(ascending=False, kind="stable")
    if counts.empty:
        return ""
    year, count, total = counts.index[0], int(counts.iloc[0]), int(counts.sum())
    return say(
        lang,
        f"{total}个目标中{count}个落在{name_year(year, lang)}。",
        f"{count} of {count_noun(total, 'target')} {'is' if count == 1 else 'are'} set for {name_year(year, lang)}.",
    )
