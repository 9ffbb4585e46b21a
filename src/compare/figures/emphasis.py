"""Emphasis: what each plan talks about: its distinctive terms, the weight of themes, how alike two plans are."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from compare.figures.frames import need_columns, number_of, text_of
from compare.figures.grid import draw_bars, draw_grid, draw_rules, draw_tints
from compare.figures.rows import Item, Plot, draw_rows
from compare.figures.scales import Scale
from compare.figures.sheet import Card, Chart, Sheet
from compare.figures.theme import ACCENT, GREY, drawing
from compare.figures.wording import LANGS, Lang, check_lang, say

PANELS = {"column": 2, "page": 3, "slide": 4}
MOST_PANELS = 9  # beyond which terms are listed in rows, without bars


def emphasis_terms(
    frame: pd.DataFrame,
    *,
    labels: Mapping[str, str] | None = None,
    weight: str = "z",
    top: int = 10,
    lang: str = "zh",
    size: str = "page",
    source: str = "",
) -> Chart:
    """Draws the distinctive terms of each plan: bars for up to nine plans, a list of terms a plan for more.

    Args:
        frame: one row per plan and term: `plan`, `term` and the weight.
        labels: texts for the plans, by id.
        weight: the column that says how distinctive a term is of its plan; greater is more so.
        top: terms a plan at most.
        lang: ``zh`` or ``en``; terms stay as they are.
        size: ``column``, ``page`` or ``slide``.
        source: for the foot.

    Raises:
        FigureError: where the frame has no rows or lacks columns.
    """
    language, known = check_lang(lang), labels or {}
    terms = _read_terms(frame, weight, top)
    found = {each: _find_terms(terms, known, each) for each in LANGS}
    told = [f"{known.get(plan, plan)}: " + ", ".join(term for term, _ in own) for plan, own in terms.items()]
    note = say(
        language,
        "按加权对数比（z值）：一词在这份规划里比在其余规划里多用多少，样本少的词打折扣",
        "By weighted log-odds (z): how much more a plan uses a term than the others do, discounted for rare terms",
    )
    subtitle = say(language, "各规划最有区别的用词", "The most distinctive terms of each plan")
    card = _make_card("emphasis_terms", frame, found, (language, subtitle, source, note), told, len(terms))
    with drawing():
        sheet = Sheet(card, size)
        if len(terms) > MOST_PANELS or (size == "slide" and len(terms) > 2 * PANELS[size]):
            return _list_terms(sheet, terms, known)
        return _draw_terms(sheet, terms, known)


def finding_emphasis_terms(
    frame: pd.DataFrame, lang: str = "zh", *, labels: Mapping[str, str] | None = None, weight: str = "z"
) -> str:
    """Says which term sets each plan apart most."""
    return _find_terms(_read_terms(frame, weight, 1), labels or {}, check_lang(lang))


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
    language, known = check_lang(lang), labels or {}
    shares, names = _read_themes(frame, value)
    plans, themes = _order_themes(shares)
    found = {each: _find_themes(shares, names, known, each) for each in LANGS}
    told = [
        f"{known.get(plan, plan)}: " + ", ".join(f"{say(language, *names[t])} {shares[plan, t]:.1f}" for t in themes)
        for plan in plans
    ]
    subtitle = say(language, "各主题的用词，每千词次数", "Words of each theme, mentions in a thousand words")
    card = _make_card("theme_shares", frame, found, (language, subtitle, source, ""), told, len(plans))
    with drawing():
        sheet = Sheet(card, size)
        items = [Item(known.get(plan, plan)) for plan in plans]
        heads = [say(language, *names[theme]) for theme in themes]
        chart, panels = draw_grid(sheet, items, heads, share=0.3, align="left")
        values = {(r, c): shares.get((plan, t), 0.0) for r, plan in enumerate(plans) for c, t in enumerate(themes)}
        for cells in panels:
            draw_rules(sheet, cells.panel)
            draw_bars(sheet, cells, values, lambda number: f"{number:.1f}")
        return chart


def finding_theme_shares(
    frame: pd.DataFrame, lang: str = "zh", *, labels: Mapping[str, str] | None = None, value: str = "per_1000"
) -> str:
    """Says which theme gets most words, and which plan stands out most."""
    shares, names = _read_themes(frame, value)
    return _find_themes(shares, names, labels or {}, check_lang(lang))


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
    found = {each: _find_pairs(pairs, known, each) for each in LANGS}
    subtitle = say(language, "用词的余弦相似度，1为相同；列的次序与行相同", "Cosine similarity of the words used, 1 is the same; columns in the order of rows")
    told = [f"{known.get(a, a)} – {known.get(b, b)} {value:.2f}" for (a, b), value in pairs.items() if a < b]
    card = _make_card("similarity", frame, found, (language, subtitle, source, ""), told, len(plans))
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


def _read_terms(frame: pd.DataFrame, weight: str, top: int) -> dict[str, list[tuple[str, float]]]:
    need_columns(frame, ("plan", "term", weight), "emphasis_terms")
    terms: dict[str, list[tuple[str, float]]] = {}
    for record in frame.to_dict("records"):
        number = number_of(record, weight)
        if number > 0:
            terms.setdefault(text_of(record, "plan"), []).append((text_of(record, "term"), number))
    return {plan: sorted(own, key=lambda pair: (-pair[1], pair[0]))[:top] for plan, own in terms.items()}


def _find_terms(terms: Mapping[str, Sequence[tuple[str, float]]], labels: Mapping[str, str], lang: Lang) -> str:
    firsts = [(labels.get(plan, plan), own[0][0]) for plan, own in terms.items() if own]
    if not firsts:
        return say(lang, "没有一份规划有特别突出的用词", "No plan has terms of its own")
    shown = firsts[:3]
    zh = "，".join(f"{plan}“{term}”" for plan, term in shown)
    en = ", ".join(f"{plan} by “{term}”" for plan, term in shown)
    return say(lang, f"与众不同的用词：{zh}", f"Set apart by their words: {en}")


def _draw_terms(sheet: Sheet, terms: Mapping[str, Sequence[tuple[str, float]]], labels: Mapping[str, str]) -> Chart:
    """Draws one panel of bars a plan."""
    label = sheet.size.label
    across = min(PANELS[sheet.size.name], len(terms))
    gutter = 2.0 * label
    width = (sheet.width - (across - 1) * gutter) / across
    down = -(-len(terms) // across)
    rows = max(len(own) for own in terms.values())
    pitch, head = 1.75 * label, 2.3 * label
    if sheet.room is not None:
        rows = max(1, min(rows, int((sheet.room / down - head - label) / (1.45 * label))))
        pitch = min(pitch, (sheet.room / down - head - label) / rows)
    tall = head + rows * pitch + label
    chart = sheet.open(down * tall - label)
    most = max(value for own in terms.values() for _, value in own)
    words = max(sheet.typeface.width(term, label) for own in terms.values() for term, _ in own[:rows])
    words = min(words, 0.55 * width)
    for index, (plan, own) in enumerate(terms.items()):
        left = sheet.left + (index % across) * (width + gutter)
        top = sheet.top + (index // across) * tall
        name = sheet.typeface.shorten(labels.get(plan, plan), width, label, "bold")
        sheet.write(left, top + 0.7 * label, name, weight="bold")
        sheet.rule(left, left + width, top + 1.6 * label, colour=GREY)
        room = width - words - 0.8 * label - sheet.typeface.width(f"{most:.1f}", sheet.size.small) - 0.5 * label
        start = left + words + 0.6 * label
        axes = sheet.axes(start, top + head, room, rows * pitch, low=0.0, high=most)
        boxes = []
        for row, (term, value) in enumerate(own[:rows]):
            y = (row + 0.5) * pitch - 0.2 * label
            sheet.write(left, top + head + y, sheet.typeface.shorten(term, words, label))
            boxes.append(Rectangle((0.0, y - 0.36 * label), value, 0.72 * label))
            end = start + room * value / most + 0.4 * label
            sheet.write(end, top + head + y, f"{value:.1f}", size=sheet.size.small, colour=GREY)
        axes.add_collection(PatchCollection(boxes, facecolor=ACCENT, edgecolor="none", zorder=2), autolim=False)
    return chart


def _list_terms(sheet: Sheet, terms: Mapping[str, Sequence[tuple[str, float]]], labels: Mapping[str, str]) -> Chart:
    """Lists the terms of each plan in a row, the most distinctive first and bold."""
    items = [Item(labels.get(plan, plan)) for plan in terms]
    plot = Plot((), lambda width: Scale(0.0, width, width), None)
    chart, panels = draw_rows(sheet, items, plot)
    lists = list(terms.values())
    for panel in panels:
        chart.delaxes(panel.axes)
        label = panel.label
        for y, own in zip(panel.middles, lists[panel.first : panel.first + len(panel.middles)], strict=True):
            x = panel.left
            for index, (term, _) in enumerate(own):
                weight = "bold" if index == 0 else "regular"
                wide = sheet.typeface.width(term, label, weight)
                if x + wide > panel.left + panel.scale.width:
                    break
                sheet.write(x, panel.top + y, term, size=label, weight=weight)
                x += wide + 1.1 * label
        gaps = [(a + b) / 2 for a, b in zip(panel.middles, panel.middles[1:], strict=False)]
        for gap in gaps:
            sheet.rule(panel.left, panel.left + panel.scale.width, panel.top + gap)
    return chart


def _read_themes(
    frame: pd.DataFrame, value: str
) -> tuple[dict[tuple[str, str], float], dict[str, tuple[str, str]]]:
    need_columns(frame, ("plan", "theme", value), "theme_shares")
    shares, names = {}, {}
    for record in frame.to_dict("records"):
        plan, theme = text_of(record, "plan"), text_of(record, "theme")
        shares[plan, theme] = number_of(record, value)
        names[theme] = (text_of(record, "name_zh") or theme, text_of(record, "name_en") or theme)
    return shares, names


def _order_themes(shares: Mapping[tuple[str, str], float]) -> tuple[list[str], list[str]]:
    plans = list(dict.fromkeys(plan for plan, _ in shares))
    themes = list(dict.fromkeys(theme for _, theme in shares))
    themes.sort(key=lambda theme: -sum(shares.get((plan, theme), 0.0) for plan in plans))
    return plans, themes


def _find_themes(
    shares: Mapping[tuple[str, str], float], names: Mapping[str, tuple[str, str]], labels: Mapping[str, str], lang: Lang
) -> str:
    plans, themes = _order_themes(shares)
    first = say(lang, *names[themes[0]])
    if len(plans) < 2:
        return say(lang, f"着墨最多的是“{first}”", f"Most is said of “{first}”")

    def excess(pair: tuple[str, str]) -> float:
        rest = [shares.get((plan, pair[1]), 0.0) for plan in plans if plan != pair[0]]
        return shares[pair] - sum(rest) / len(rest)

    plan, theme = max(shares, key=excess)
    name, other = labels.get(plan, plan), say(lang, *names[theme])
    zh = f"各规划着墨最多的是“{first}”；{name}谈“{other}”比其余规划多得最多"
    return say(lang, zh, f"Plans say most of “{first}”; {name} stands out most, by “{other}”")


def _read_pairs(frame: pd.DataFrame) -> dict[tuple[str, str], float]:
    need_columns(frame, ("plan", "other", "similarity"), "similarity")
    pairs: dict[tuple[str, str], float] = {}
    for record in frame.to_dict("records"):
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
    (a, b), (c, d) = max(true_pairs, key=lambda pair: true_pairs[pair]), min(true_pairs, key=lambda pair: true_pairs[pair])
    most = [labels.get(plan, plan) for plan in (a, b)]
    least = [labels.get(plan, plan) for plan in (c, d)]
    high, low = f"{true_pairs[a, b]:.2f}", f"{true_pairs[c, d]:.2f}"
    if len(true_pairs) == 1:
        return say(lang, f"{most[0]}与{most[1]}的相似度为{high}", f"{most[0]} and {most[1]}: similarity {high}")
    zh = f"用词最相近的是{most[0]}与{most[1]}（{high}），差别最大的是{least[0]}与{least[1]}（{low}）"
    en = f"{most[0]} and {most[1]} are most alike ({high}), {least[0]} and {least[1]} least ({low})"
    return say(lang, zh, en)


def _make_card(
    kind: str,
    frame: pd.DataFrame,
    found: Mapping[Lang, str],
    words: tuple[Lang, str, str, str],
    told: Sequence[str],
    plans: int,
) -> Card:
    lang, subtitle, source, note = words
    text = source or say(lang, f"规划原文{plans}份，以jieba分词", f"{plans} plan{'s' if plans != 1 else ''}, segmented with jieba")
    return Card(
        kind=kind,
        lang=lang,
        title=found[lang],
        subtitle=subtitle,
        source=say(lang, f"来源：{text}", f"Source: {text}"),
        finding_zh=found["zh"],
        finding_en=found["en"],
        alt_zh=f"{found['zh']}。{'；'.join(told)}。",
        alt_en=f"{found['en']}. {'; '.join(told)}.",
        data=frame,
        notes=(note,) if note else (),
    )
