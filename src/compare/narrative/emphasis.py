"""What the report on the words of the plans says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from compare.figures.wording import Lang, check_lang, join_names, say
from compare.narrative.story import Story, join_paragraphs, join_sentences

if TYPE_CHECKING:
    from compare.emphasis import Emphasis


def tell_emphasis(measures: Emphasis, *, labels: Mapping[str, str], lang: str = "zh") -> Story:
    """Says which words mark each plan, which themes lead, and which plans are alike.

    Args:
        measures: of the plans to compare, from `compare.emphasis.measure`.
        labels: names of the plans in that language, by id.
        lang: `zh` or `en`.
    """
    language = check_lang(lang)
    plans = list(dict.fromkeys(measures.themes["plan"]))
    items = "\n".join(_say_plan(plan, measures, labels[plan], language) for plan in plans)
    alike = _say_similarity(measures.similarity, labels, language)
    text = join_paragraphs([join_sentences([_say_size(measures.themes, language), alike], language), items])
    finding = join_sentences([_say_marks(measures.distinctive, labels, language), alike], language)
    title = say(language, "各规划着重什么：用词比较", "What the plans stress: their words compared")
    return Story(title, finding, text)


def _say_size(themes: pd.DataFrame, lang: Lang) -> str:
    words = themes.groupby("plan", sort=False)["words"].first()
    covered = themes["count"].sum() / words.sum()
    head = "The plan has" if len(words) == 1 else f"The {len(words)} plans have"
    return say(
        lang,
        f"{len(words)}份规划共{words.sum():,}个实词，{covered:.0%}属于所列主题。",
        f"{head} {words.sum():,} content words, {covered:.0%} of them in one of the themes.",
    )


def _say_plan(plan: str, measures: Emphasis, name: str, lang: Lang) -> str:
    """One plan's marking words and its leading theme, as an item of a list."""
    terms = list(measures.distinctive.loc[measures.distinctive["plan"] == plan, "term"].head(5))
    themes = measures.themes[measures.themes["plan"] == plan]
    theme = themes.sort_values("per_1000", ascending=False, kind="stable").iloc[0]
    share = f"{theme['per_1000']:.0f}"
    return say(
        lang,
        f"- **{name}**：最有区分度的词是{join_names(terms, lang)}；"
        f"篇幅最大的主题是{theme['name_zh']}（每千词{share}）。",
        f"- **{name}**: marked by {join_names(terms, lang)}; its largest theme is {theme['name_en'].lower()}"
        f" ({share} in 1,000 words).",
    )


def _say_marks(distinctive: pd.DataFrame, labels: Mapping[str, str], lang: Lang) -> str:
    """The three plans that a word sets apart most, with the word."""
    first = distinctive.drop_duplicates("plan").sort_values(["z", "plan"], ascending=[False, True]).head(3)
    if first.empty:
        return ""
    rows = [(labels[str(row["plan"])], row["term"]) for row in first.to_dict("records")]
    items = [say(lang, f"{name}是“{term}”", f"{name} “{term}”") for name, term in rows]
    return say(lang, f"最能区分的词：{join_names(items, lang)}。", f"Most telling words: {join_names(items, lang)}.")


def _say_similarity(similarity: pd.DataFrame, labels: Mapping[str, str], lang: Lang) -> str:
    """The two plans most alike and the two least alike."""
    pairs = similarity[similarity["plan"] < similarity["other"]].sort_values(
        ["similarity", "plan", "other"], ascending=[False, True, True]
    )
    if pairs.empty:
        return say(lang, "只有一份规划，无从比较。", "There is a single plan, so nothing to compare.")
    most, least = pairs.iloc[0], pairs.iloc[-1]
    names = [[labels[str(row["plan"])], labels[str(row["other"])]] for row in (most, least)]
    return say(
        lang,
        f"用词最接近的是{names[0][0]}与{names[0][1]}（相似度{most['similarity']:.2f}），"
        f"差别最大的是{names[1][0]}与{names[1][1]}（{least['similarity']:.2f}）。",
        f"{names[0][0]} and {names[0][1]} are most alike in their words (similarity {most['similarity']:.2f}),"
        f" {names[1][0]} and {names[1][1]} least ({least['similarity']:.2f}).",
    )
