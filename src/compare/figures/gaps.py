"""Rows for what is missing: a region without a comparable number stays on the chart, as what it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from compare.figures.frames import Row, group_names
from compare.figures.sheet import LEADING, Sheet
from compare.figures.theme import GREY, INK
from compare.figures.wording import Lang, say

GAPS = {
    "not_comparable": ("有数字，不可比", "Set, not comparable"),
    "words_only": ("仅有文字表述", "In words only"),
    "not_mentioned": ("规划未提及", "Not mentioned"),
    "no_plan": ("语料中无规划", "Plan not in corpus"),
}
REASONED = ("not_comparable", "words_only")


@dataclass(frozen=True, slots=True)
class GapRow:
    """One row below the scale: a heading of a `weight`, and lines of text from `beside` on; `opens` with a rule."""

    head: str
    lines: list[str]
    opens: bool
    beside: float = 0.0
    weight: str = "regular"


def plan_gaps(
    sheet: Sheet, rows: Iterable[Row], heads: float, *, brief: bool, highlight: Collection[str] = ()
) -> list[GapRow]:
    """Plans the rows for what is missing: one a region where there is a reason to tell, one a kind otherwise.

    Args:
        sheet: measured, not yet open.
        rows: all rows of the chart; those with a value are passed over.
        heads: width of the column of headings.
        brief: one row a kind throughout, without reasons.
        highlight: codes of the regions whose names are set in bold.
    """
    beside = heads + 0.9 * sheet.size.label
    lang = sheet.lang
    planned: list[GapRow] = []
    size = sheet.size.small
    for kind, found in group_names(rows).items():
        title = say(lang, *GAPS.get(kind, (kind, kind)))
        if kind in REASONED and not brief:
            for index, row in enumerate(found):
                told = tell_reason(row, lang)
                text = f"{title}{say(lang, '：', ': ')}{told}" if told else title
                weight = "bold" if row.region in highlight else "regular"
                name = sheet.typeface.wrap(row.name(lang), heads, sheet.size.label, weight)
                lines = sheet.typeface.wrap(text, sheet.width - beside, size, most=3)
                planned.append(GapRow("\n".join(name), lines, index == 0, beside, weight))
        else:
            names = say(lang, "、", ", ").join(row.name(lang) for row in found)
            count = say(lang, f"{title}（{len(found)}个）：", f"{title} ({len(found)}): ")
            planned.append(GapRow("", sheet.typeface.wrap(count + names, sheet.width, size), opens=True))
    return planned


def tell_reason(row: Row, lang: Lang) -> str:
    """Gives what is told of a row without a number: the plan's words where it has only words, else the reason."""
    if row.presence == "words_only" and row.quote:
        return say(lang, f"“{row.quote}”", f"“{row.quote}”")
    return row.reason


def height_of_gap(sheet: Sheet, gap: GapRow) -> float:
    """Gives the height of a planned row."""
    lines = max(len(gap.lines), gap.head.count("\n") + 1)
    return lines * sheet.size.small * LEADING + 0.75 * sheet.size.small


def draw_gaps(sheet: Sheet, gaps: Iterable[GapRow], top: float) -> None:
    """Draws the planned rows from a height on."""
    y = top
    for gap in gaps:
        tall = height_of_gap(sheet, gap)
        if gap.opens:
            sheet.rule(sheet.left, sheet.right, y)
        middle = y + tall / 2
        if gap.head:
            sheet.write_block(sheet.left, middle, gap.head.split("\n"), colour=INK, weight=gap.weight)
        sheet.write_block(sheet.left + gap.beside, middle, gap.lines, size=sheet.size.small, colour=GREY)
        y += tall
