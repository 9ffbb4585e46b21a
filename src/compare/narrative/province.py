"""What a report on one region says."""

from __future__ import annotations

import pandas as pd

from compare.errors import count_noun
from compare.figures.wording import Lang, check_lang, format_value, join_names, say
from compare.narrative.story import (
    Cite,
    Story,
    cite_row,
    join_paragraphs,
    join_sentences,
    name_year,
    no_link,
    phrase_row,
    place_row,
)

_FEW = 3  # regions that a place among them says something about


def tell_province(
    plans: pd.DataFrame,
    standing: pd.DataFrame,
    revisions: pd.DataFrame,
    left_out: pd.DataFrame,
    *,
    name: str,
    lang: str = "zh",
    cite: Cite = no_link,
) -> Story:
    """Says what a region's plans commit to, where that places it, what changed, and what it leaves out.

    Args:
        plans: the region's rows of `Project.corpus`, oldest first.
        standing: `Project.standing` of the region.
        revisions: `Project.revisions` of it, empty where it has one plan.
        left_out: `Project.left_out` of it.
        name: the region's name in that language.
        lang: `zh` or `en`.
        cite: links a text to a sentence of a plan.
    """
    language = check_lang(lang)
    title = say(language, f"{name}：数字经济目标", f"{name}: targets for the digital economy")
    paragraphs = [
        join_sentences([_say_plans(plans, name, language), _say_standing(standing, language, cite)], language),
        join_sentences([_say_revisions(revisions, language, cite), _say_left_out(left_out, name, language)], language),
    ]
    return Story(title, _say_finding(standing, name, language), join_paragraphs(paragraphs))


def _say_plans(plans: pd.DataFrame, name: str, lang: Lang) -> str:
    if plans.empty:
        return say(
            lang,
            f"本项目没有收录{name}的规划；以下目标出自其他公布的文件。",
            f"No plan of {name} is in the corpus; the targets below were published elsewhere.",
        )
    titles = [say(lang, f"《{title}》", f"“{title}”") for title in plans["title"]]
    last = plans.to_dict("records")[-1]
    period = (
        f"{last['first_year']}—{last['last_year']}" if lang == "zh" else f"{last['first_year']}–{last['last_year']}"
    )
    if len(plans) == 1:
        which, head = ("该规划", "It"), f"One plan of {name} is in the corpus"
    else:
        which, head = ("最近一份", "The latest"), f"{len(plans)} plans of {name} are in the corpus"
    return say(
        lang,
        f"收录{name}规划{len(plans)}份：{join_names(titles, lang)}。"
        f"{which[0]}（{period}年）提出{last['targets']}个数值目标，"
        f"其中{last['matched']}个可归入指标，涉及{last['indicators']}个指标。",
        f"{head}: {join_names(titles, lang)}. {which[1]} ({period}) sets {count_noun(last['targets'], 'number')},"
        f" {last['matched']} of them on {count_noun(last['indicators'], 'indicator')} of the catalogue.",
    )


def _say_standing(standing: pd.DataFrame, lang: Lang, cite: Cite) -> str:
    """Where the region is first or last among at least three provinces that set the same indicator."""
    shared = standing[standing["of"].fillna(0) >= _FEW]
    if shared.empty:
        return say(
            lang,
            "它设定的指标，没有一个同时有三个省份设定，排不出位次。",
            "None of its indicators is set by three provinces, so there is no place to give.",
        )
    ranked = shared[shared["rank"].notna()]
    if ranked.empty:
        return _say_medians(shared, lang, cite)
    first, last = ranked[ranked["rank"] == 1], ranked[ranked["rank"] == ranked["of"]]
    valued, ahead = int(standing["value"].notna().sum()), _count_ahead(ranked)
    sentence = say(
        lang,
        f"它共在{valued}个指标上有可比数值，其中{len(ranked)}个有三个以上省份设定，{ahead}个领先于各省中位数。",
        f"In all it has a comparable number on {count_noun(valued, 'indicator')}; {len(ranked)} of them"
        f" {'is' if len(ranked) == 1 else 'are'} set by three provinces or more, and on {ahead} it is ahead of the"
        " median.",
    )
    return join_sentences(
        [
            sentence,
            _say_list(first, say(lang, "居首的有", "It comes first on "), lang, cite),
            _say_list(last, say(lang, "居末的有", "It comes last on "), lang, cite),
        ],
        lang,
    )


def _count_ahead(ranked: pd.DataFrame) -> int:
    """How many values are ahead of the median of the provinces, in the direction of their indicator."""
    higher = ranked["direction"] == "higher"
    return int((higher & (ranked["value"] > ranked["median"]) | ~higher & (ranked["value"] < ranked["median"])).sum())


def _say_medians(shared: pd.DataFrame, lang: Lang, cite: Cite) -> str:
    """A city beside the medians of the provinces, without a place among them."""
    items = []
    for row in shared.to_dict("records"):
        value = cite_row(row, phrase_row(row, lang), cite)
        middle = format_value(row["median"], row["unit"], lang, full=True)
        items.append(
            say(
                lang,
                f"{row['name_zh']}{value}（{row['of']}个省份的中位数为{middle}）",
                f"{row['name_en']} {value} (median of {row['of']} provinces: {middle})",
            )
        )
    return say(
        lang,
        f"它是城市，不与省份排位次；可对照的有：{'；'.join(items)}。",
        f"It is a city and has no place among provinces; beside their medians: {'; '.join(items)}.",
    )


def _say_list(rows: pd.DataFrame, opening: str, lang: Lang, cite: Cite) -> str:
    if rows.empty:
        return ""
    stop = say(lang, "。", ".")
    items = []
    for row in rows.to_dict("records"):
        place = place_row(row, lang, cite)
        items.append(say(lang, f"{row['name_zh']}（{place}）", f"{row['name_en']} ({place})"))
    return f"{opening}{join_names(items, lang, most=5)}{stop}"


def _say_revisions(revisions: pd.DataFrame, lang: Lang, cite: Cite) -> str:
    """How many targets went which way between two plans, and those with a number on both sides."""
    if revisions.empty:
        return ""
    counts = revisions["change"].value_counts()
    words = {
        "raised": ("提高{n}项", "{n} raised"),
        "lowered": ("降低{n}项", "{n} lowered"),
        "same": ("不变{n}项", "{n} unchanged"),
        "new": ("新增{n}项", "{n} new"),
        "dropped": ("未再提及{n}项", "{n} no longer set"),
        "expired": ("已到期{n}项", "{n} fell due"),
        "words_only": ("改为文字表述{n}项", "{n} put into words"),
        "not_comparable": ("口径不同{n}项", "{n} not comparable"),
    }
    parts = [say(lang, *words[change]).format(n=counts[change]) for change in words if change in counts]
    sentence = say(lang, f"与上一份规划相比：{'，'.join(parts)}。", f"Against the plan before: {', '.join(parts)}.")
    both = revisions[revisions["change"].isin(["raised", "lowered"])]
    changes = []
    for row in both.to_dict("records"):
        old, new = (cite_row(row, phrase_row(row, lang, prefix=side), cite, prefix=side) for side in ("old_", "new_"))
        years = [name_year(row[f"{side}_year"], lang) for side in ("old", "new")]
        changes.append(
            say(
                lang,
                f"{row['name_zh']}由{old}（{years[0]}）改为{new}（{years[1]}）。",
                f"{row['name_en']} went from {old} ({years[0]}) to {new} ({years[1]}).",
            )
        )
    return join_sentences([sentence, *changes[:4]], lang)


def _say_left_out(left_out: pd.DataFrame, name: str, lang: Lang) -> str:
    """The indicators that most other provinces set and this region does not."""
    missing = left_out[left_out["set_by"] > 0]
    if missing.empty:
        return ""
    top = missing.sort_values(["set_by", "indicator"], ascending=[False, True]).head(3)
    column = "name_zh" if lang == "zh" else "name_en"
    items = [
        say(lang, f"{row[column]}（{row['set_by']}个）", f"{row[column]} ({row['set_by']})")
        for row in top.to_dict("records")
    ]
    return say(
        lang,
        f"其他省份设定而{name}没有可比数值的指标有{len(missing)}个，设定者最多的是{join_names(items, lang)}。",
        f"{count_noun(len(missing), 'indicator')} set by other provinces {'has' if len(missing) == 1 else 'have'} no"
        f" comparable number for {name}; set by most: {join_names(items, lang)}.",
    )


def _say_finding(standing: pd.DataFrame, name: str, lang: Lang) -> str:
    valued = standing[standing["value"].notna()]
    shared = valued[valued["of"].fillna(0) >= _FEW]
    ranked = shared[shared["rank"].notna()]
    if ranked.empty:
        return say(
            lang,
            f"{name}设定了{len(valued)}个指标的数值，其中{len(shared)}个有三个以上省份同样设定。",
            f"{name} sets numbers on {count_noun(len(valued), 'indicator')}, {len(shared)} of them set by three"
            " provinces or more.",
        )
    ahead = _count_ahead(ranked)
    return say(
        lang,
        f"{name}设定了{len(valued)}个指标的数值；{len(ranked)}个可与三个以上省份比较，其中{ahead}个领先于中位数。",
        f"{name} sets numbers on {count_noun(len(valued), 'indicator')}; {len(ranked)} can be ranked among three"
        f" provinces or more, and on {ahead} of these it is ahead of the median.",
    )
