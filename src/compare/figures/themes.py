"""Themes and likeness: how much each plan says of each theme, and how alike the words of two plans are."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from compare.figures.cards import list_in, make_card, tell_both, write_sentences
from compare.figures.frames import list_records, need_columns, number_of, text_of
from compare.figures.grid import draw_grid, draw_tints
from compare.figures.plan_tables import PlanTable, card_of_table, describe_plans, draw_plan_bars, read_plan_table
from compare.figures.rows import Item
from compare.figures.sheet import Chart, Sheet
from compare.figures.theme import drawing
from compare.figures.wording import Lang, check_lang, say


def theme_shares(
    frame: pd.DataFrame,
    *,
    labels: Mapping[str, str] | None = None,
    value: str = "per_1000",
    lang: str = "zh",
    size: str = "page",
    source: str = "",
) -> Chart:
    """Draws how much each plan says of each theme.

    Args:
        frame: one row per plan and theme: `plan`, `theme`, `name_zh`, `name_en` and the value.
        labels: texts for the plans, by id.
        value: the column drawn: mentions in a thousand words.
        lang: ``zh`` or ``en``.
        size: ``column``, ``page`` or ``slide``.
        source: for the foot.

    Raises:
        FigureError: where the frame has no rows or lacks columns.
    """
    language, table = check_lang(lang), _read_themes(frame, value, labels)
    card = card_of_table(
        "theme_shares",
        frame,
        table,
        language,
        lambda each: _find_themes(table, each),
        subtitle=[say(language, "各主题的用词，每千词次数", "Words of each theme, mentions in a thousand words")],
        source=describe_plans(language, len(table.plans), source, segmented=True),
    )
    with drawing():
        return draw_plan_bars(Sheet(card, size), table, lambda number: f"{number:.1f}")


def finding_theme_shares(
    frame: pd.DataFrame, lang: str = "zh", *, labels: Mapping[str, str] | None = None, value: str = "per_1000"
) -> str:
    """Says which theme gets most words, and which plan stands out most."""
    return _find_themes(_read_themes(frame, value, labels), check_lang(lang))


def similarity(
    frame: pd.DataFrame,
    *,
    labels: Mapping[str, str] | None = None,
    lang: str = "zh",
    size: str = "page",
    source: str = "",
) -> Chart:
    """Draws how alike each two plans are, tinted cells with the number where it fits; like plans stand together.

    Args:
        frame: one row per pair: `plan`, `other`, `similarity` from 0 to 1; each pair in both orders.
        labels: texts for the plans, by id.
        lang: ``zh`` or ``en``.
        size: ``column``, ``page`` or ``slide``.
        source: for the foot.

    Raises:
        FigureError: where the frame has no rows or lacks columns.
    """
    language, known = check_lang(lang), labels or {}
    pairs = _read_pairs(frame)
    plans = _order_alike(pairs)
    subtitle = say(
        language,
        "用词的余弦相似度，1为相同；列的次序与行相同",
        "Cosine similarity of the words used, 1 is the same; columns in the order of rows",
    )
    told = [f"{known.get(a, a)} – {known.get(b, b)} {value:.2f}" for (a, b), value in pairs.items() if a < b]
    found = tell_both(lambda each: _find_pairs(pairs, known, each))
    head = ("两两比较的格子图", "Grid of pairs")
    card = make_card(
        "similarity",
        frame,
        language,
        found=found,
        alt=tell_both(lambda each: write_sentences(each, say(each, *head), found[each], list_in(each, told))),
        subtitle=[subtitle],
        source=describe_plans(language, len(plans), source, segmented=True),
    )
    with drawing():
        sheet = Sheet(card, size)
        label = sheet.size.label
        downwards, across = plans[1:] or plans, plans[:-1] or plans
        items = [Item(known.get(plan, plan)) for plan in downwards]
        heads = [known.get(plan, plan) for plan in across]
        values = {
            (row, column): pairs[plan, other]
            for row, plan in enumerate(downwards)
            for column, other in enumerate(across)
            if column <= row and (plan, other) in pairs
        }
        narrow = (sheet.width * 0.66) / len(across) < 1.2 * sheet.size.small
        headless = narrow or (sheet.room is not None and len(across) > 12)
        chart, panels = draw_grid(sheet, items, heads, share=0.34, widest=7 * label, headless=headless)
        for cells in panels:
            draw_tints(sheet, cells, values, lambda number: f"{number:.2f}", least=0.9 * min(values.values()))
        return chart


def finding_similarity(frame: pd.DataFrame, lang: str = "zh", *, labels: Mapping[str, str] | None = None) -> str:
    """Says which two plans are most alike, and which least."""
    return _find_pairs(_read_pairs(frame), labels or {}, check_lang(lang))


def _read_themes(frame: pd.DataFrame, value: str, labels: Mapping[str, str] | None) -> PlanTable:
    return read_plan_table(frame, "theme_shares", "theme", value, labels).order_columns()


def _find_themes(table: PlanTable, lang: Lang) -> str:
    first = table.name(table.columns[0], lang)
    if len(table.plans) < 2:
        return say(lang, f"着墨最多的是“{first}”", f"Most is said of “{first}”")

    def excess(pair: tuple[str, str]) -> float:
        rest = [table.numbers.get((plan, pair[1]), 0.0) for plan in table.plans if plan != pair[0]]
        return table.numbers[pair] - sum(rest) / len(rest)

    plan, theme = max(table.numbers, key=excess)
    name, other = table.label(plan), table.name(theme, lang)
    zh = f"各规划着墨最多的是“{first}”；{name}谈“{other}”比其余规划多得最多"
    return say(lang, zh, f"Plans say most of “{first}”; {name} stands out most, by “{other}”")


def _read_pairs(frame: pd.DataFrame) -> dict[tuple[str, str], float]:
    need_columns(frame, ("plan", "other", "similarity"), "similarity")
    pairs: dict[tuple[str, str], float] = {}
    for record in list_records(frame):
        value = number_of(record, "similarity")
        plan, other = text_of(record, "plan"), text_of(record, "other")
        if not math.isnan(value):
            pairs[plan, other] = pairs[other, plan] = value
    return pairs


def _order_alike(pairs: Mapping[tuple[str, str], float]) -> list[str]:
    """Orders plans so that each stands next to the one most like it, from the most typical one on."""
    left = sorted({plan for plan, _ in pairs})
    order = [max(left, key=lambda plan: sum(pairs.get((plan, other), 0.0) for other in left))]
    left.remove(order[0])
    while left:
        after = max(left, key=lambda plan: pairs.get((order[-1], plan), 0.0))
        order.append(after)
        left.remove(after)
    return order


def _find_pairs(pairs: Mapping[tuple[str, str], float], labels: Mapping[str, str], lang: Lang) -> str:
    true_pairs = {pair: value for pair, value in pairs.items() if pair[0] < pair[1]}
    if not true_pairs:
        return say(lang, "语料中只有一份规划，无从比较", "One plan alone: nothing to compare")
    (a, b), (c, d) = (
        max(true_pairs, key=lambda pair: true_pairs[pair]),
        min(true_pairs, key=lambda pair: true_pairs[pair]),
    )
    most = [labels.get(plan, plan) for plan in (a, b)]
    least = [labels.get(plan, plan) for plan in (c, d)]
    high, low = f"{true_pairs[a, b]:.2f}", f"{true_pairs[c, d]:.2f}"
    if len(true_pairs) == 1:
        return say(lang, f"{most[0]}与{most[1]}的相似度为{high}", f"{most[0]} and {most[1]}: similarity {high}")
    zh = f"用词最相近的是{most[0]}与{most[1]}（{high}），差别最大的是{least[0]}与{least[1]}（{low}）"
    en = f"{most[0]} and {most[1]} are most alike ({high}), {least[0]} and {least[1]} least ({low})"
    return say(lang, zh, en)
