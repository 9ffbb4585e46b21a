"""Distinctive terms: the words that set each plan apart from the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from compare.figures.cards import list_in, make_card, tell_both, write_sentences
from compare.figures.frames import list_records, need_columns, number_of, text_of
from compare.figures.plan_tables import describe_plans
from compare.figures.rows import Item, Plot, draw_rows
from compare.figures.scales import Scale
from compare.figures.sheet import Chart, Sheet
from compare.figures.theme import ACCENT, GREY, drawing
from compare.figures.wording import Lang, check_lang, say

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
    found = tell_both(lambda each: _find_terms(terms, known, each))
    told = [f"{known.get(plan, plan)}: " + ", ".join(term for term, _ in own) for plan, own in terms.items()]
    head = ("各规划用词的条形图", "Bars of terms by plan")
    note = say(
        language,
        "按加权对数比（z值）：一词在这份规划里比在其余规划里多用多少，样本少的词打折扣",
        "By weighted log-odds (z): how much more a plan uses a term than the others do, discounted for rare terms",
    )
    card = make_card(
        "emphasis_terms",
        frame,
        language,
        found=found,
        alt=tell_both(lambda each: write_sentences(each, say(each, *head), found[each], list_in(each, told))),
        subtitle=[say(language, "各规划最有区别的用词", "The most distinctive terms of each plan")],
        source=describe_plans(language, len(terms), source, segmented=True),
        notes=[note],
    )
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


def _read_terms(frame: pd.DataFrame, weight: str, top: int) -> dict[str, list[tuple[str, float]]]:
    need_columns(frame, ("plan", "term", weight), "emphasis_terms")
    terms: dict[str, list[tuple[str, float]]] = {}
    for record in list_records(frame):
        number = number_of(record, weight)
        if number > 0:
            terms.setdefault(text_of(record, "plan"), []).append((text_of(record, "term"), number))
    return {plan: sorted(own, key=lambda pair: (-pair[1], pair[0]))[:top] for plan, own in terms.items()}


def _find_terms(terms: Mapping[str, Sequence[tuple[str, float]]], labels: Mapping[str, str], lang: Lang) -> str:
    firsts = sorted(
        ((own[0], labels.get(plan, plan)) for plan, own in terms.items() if own), key=lambda one: -one[0][1]
    )
    if not firsts:
        return say(lang, "没有一份规划有特别突出的用词", "No plan has terms of its own")
    (term, _), plan = firsts[0]
    zh, en = f"{plan}最与众不同的用词是“{term}”", f"{plan} is set apart most, by “{term}”"
    if len(firsts) > 1:
        (term, _), plan = firsts[1]
        zh, en = f"{zh}，其次是{plan}的“{term}”", f"{en}; then {plan}, by “{term}”"
    return say(lang, zh, en)


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
