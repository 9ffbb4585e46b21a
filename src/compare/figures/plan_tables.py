"""Numbers by plan and column: how they are read, ordered, told and drawn, whichever of the two makes the rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from compare.figures.cards import Card, list_in, make_card, name_plans, tell_both, write_sentences, write_source
from compare.figures.frames import list_records, need_columns, number_of, text_of
from compare.figures.grid import draw_bars, draw_grid, draw_rules
from compare.figures.rows import Item
from compare.figures.sheet import Chart, Sheet
from compare.figures.wording import Lang, say

FEW_PLANS = 6  # that stand side by side under upright heads


@dataclass(frozen=True, slots=True)
class PlanTable:
    """Numbers by plan and column, both in the order in which they are drawn.

    Attributes:
        plans: ids.
        columns: ids.
        names: of the columns, Chinese and English.
        numbers: by plan and column; those that are missing count as 0.
        labels: of the plans; a plan without one goes by its id.
    """

    plans: tuple[str, ...]
    columns: tuple[str, ...]
    names: Mapping[str, tuple[str, str]]
    numbers: Mapping[tuple[str, str], float]
    labels: Mapping[str, str]

    def of_plan(self, plan: str) -> float:
        """Sums up a plan."""
        return sum(self.numbers.get((plan, column), 0.0) for column in self.columns)

    def of_column(self, column: str) -> float:
        """Sums up a column."""
        return sum(self.numbers.get((plan, column), 0.0) for plan in self.plans)

    @property
    def total(self) -> float:
        """The sum of all."""
        return sum(self.of_plan(plan) for plan in self.plans)

    def label(self, plan: str) -> str:
        """Gives the label of a plan."""
        return self.labels.get(plan, plan)

    def name(self, column: str, lang: Lang) -> str:
        """Gives the name of a column."""
        return say(lang, *self.names[column])

    def order_plans(self) -> PlanTable:
        """Puts the plans with the greatest sums first."""
        plans = sorted(self.plans, key=lambda plan: (-self.of_plan(plan), plan))
        return replace(self, plans=tuple(plans))

    def order_columns(self) -> PlanTable:
        """Puts the columns with the greatest sums first."""
        return replace(self, columns=tuple(sorted(self.columns, key=lambda column: -self.of_column(column))))

    def cells(self, *, turned: bool = False) -> dict[tuple[int, int], float]:
        """Gives the values by places in the order drawn: row and column, plans as rows unless `turned`."""
        return {
            (column, row) if turned else (row, column): self.numbers.get((plan, name), 0.0)
            for row, plan in enumerate(self.plans)
            for column, name in enumerate(self.columns)
        }


def read_plan_table(
    frame: pd.DataFrame, kind: str, column: str, value: str, labels: Mapping[str, str] | None
) -> PlanTable:
    """Reads a frame of one row per plan and column, with the column's names; values of the same place add up.

    Raises:
        FigureError: where the frame has no rows or lacks columns.
    """
    need_columns(frame, ("plan", column, value), kind)
    found: dict[tuple[str, str], float] = {}
    names: dict[str, tuple[str, str]] = {}
    for record in list_records(frame):
        plan, place = text_of(record, "plan"), text_of(record, column)
        found[plan, place] = found.get((plan, place), 0.0) + number_of(record, value)
        names[place] = (text_of(record, "name_zh") or place, text_of(record, "name_en") or place)
    return PlanTable(tuple(dict.fromkeys(plan for plan, _ in found)), tuple(names), names, found, labels or {})


def is_turned(table: PlanTable) -> bool:
    """Whether the plans of a table are few enough to stand side by side."""
    return len(table.plans) <= min(FEW_PLANS, len(table.columns))


def draw_plan_bars(sheet: Sheet, table: PlanTable, text: Callable[[float], str], *, total: str = "") -> Chart:
    """Draws a bar a cell: a few plans stand side by side, more one under the other.

    Args:
        sheet: measured.
        table: what is drawn.
        text: writes a number.
        total: head of the column of sums, which then also stand in the heads of plans; none where empty.
    """
    turned = is_turned(table)
    plans = [(table.label(plan), table.of_plan(plan)) for plan in table.plans]
    columns = [(table.name(column, sheet.lang), table.of_column(column)) for column in table.columns]
    down, across = (columns, plans) if turned else (plans, columns)
    heads = (total,) if total else ()
    items = [Item(name, (text(sum_of),) if total else ()) for name, sum_of in down]
    names = [name for name, _ in across]
    if total and turned:
        names = [f"{name}{say(sheet.lang, '：', ': ')}{text(sum_of)}" for name, sum_of in across]
    chart, panels = draw_grid(sheet, items, names, heads=heads, share=0.3, align="left")
    for cells in panels:
        draw_rules(sheet, cells.panel)
        draw_bars(sheet, cells, table.cells(turned=turned), text)
    return chart


def describe_plans(lang: Lang, plans: int, source: str, *, segmented: bool = False) -> str:
    """Writes the line of sources of a chart of plans; `segmented` where it counts words."""
    how = say(lang, "，以jieba分词", ", segmented with jieba") if segmented else ""
    return write_source(lang, source or name_plans(lang, plans) + how)


def card_of_table(
    kind: str,
    frame: pd.DataFrame,
    table: PlanTable,
    lang: Lang,
    tell: Callable[[Lang], str],
    *,
    subtitle: Sequence[str],
    source: str,
    note: str = "",
) -> Card:
    """Makes the card of a table of plans; `tell` gives the finding, `source` is the line of sources."""
    found = tell_both(tell)

    def describe(each: Lang) -> str:
        told = []
        for plan in table.plans:
            cells = [(table.name(column, each), table.numbers.get((plan, column), 0.0)) for column in table.columns]
            told.append(f"{table.label(plan)}: " + ", ".join(f"{name} {value:.4g}" for name, value in cells if value))
        return write_sentences(each, say(each, "按规划的图", "Chart by plan"), found[each], list_in(each, told))

    return make_card(
        kind,
        frame,
        lang,
        found=found,
        alt=tell_both(describe),
        subtitle=subtitle,
        source=source,
        notes=[note],
    )
