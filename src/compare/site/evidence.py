"""A plan's text laid out as a page: every number marked and anchored, each with what was read from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.reading.outline import Paragraph, outline
from compare.runs.display import BOUND_MARKS, format_number
from compare.text import fold_widths, to_simplified

if TYPE_CHECKING:
    from compare.extract import Target, Unmatched
    from compare.plans import Plan
    from compare.project import Project

KINDS = {"level": "水平 level", "annual": "每年 a year", "change": "变化 change", "growth": "增长 growth"}
STATUSES = {"target": "目标 target", "actual": "已有 actual"}


@dataclass(frozen=True, slots=True)
class Marked:
    """A number in the text.

    Attributes:
        start: its offset in the plan's text as read, which is its anchor.
        text: the characters; empty for a commitment in words.
        style: `target`, `actual`, `words` or `unmatched`.
        note: what was read from it, a line each.
    """

    start: int
    text: str
    style: str
    note: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the plan: its pieces in order, and the level if it is a heading (1 the highest, 0 for none)."""

    level: int
    pieces: tuple[str | Marked, ...]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """All that the page of one plan shows.

    Attributes:
        plan: the plan.
        facts: what its source record says, as pairs of name and text.
        lines: its text; joined by line ends it is the text as read.
        targets: its records, in the order of the text.
        unmatched: its numbers that gave no record, in the order of the text.
        reasons: how many numbers gave no record, by reason, the most frequent first.
    """

    plan: Plan
    facts: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    targets: tuple[Target, ...]
    unmatched: tuple[Unmatched, ...]
    reasons: tuple[tuple[str, int], ...]


def lay_out(project: Project) -> Iterator[PlanPage]:
    """Lay out all plans of a project, in the order of their ids."""
    targets, unmatched = project.extraction()
    names = project.indicator_names()
    of_plan: dict[str, list[Target]] = defaultdict(list)
    without: dict[str, list[Unmatched]] = defaultdict(list)
    for target in targets:
        of_plan[target.plan].append(target)
    for number in unmatched:
        without[number.plan].append(number)
    for plan in project.plans:
        yield lay_out_plan(plan, of_plan[plan.id], without[plan.id], names, project.region_names())


def lay_out_plan(
    plan: Plan,
    targets: Sequence[Target],
    unmatched: Sequence[Unmatched],
    indicators: Mapping[str, str],
    regions: Mapping[str, str],
) -> PlanPage:
    """Lay out one plan.

    Args:
        plan: the plan.
        targets: its records.
        unmatched: its numbers that gave no record.
        indicators: names of the indicators by id.
        regions: names of the regions by code.
    """
    targets = sorted(targets, key=lambda target: (target.start, target.end))
    unmatched = sorted(unmatched, key=lambda number: number.start)
    marks = [_mark(plan, target.start, target.end, _style(target), _note(target, indicators)) for target in targets]
    marks += [_mark(plan, number.start, number.end, "unmatched", _note_without(number)) for number in unmatched]
    counts: dict[str, int] = defaultdict(int)
    for number in unmatched:
        counts[number.reason] += 1
    return PlanPage(
        plan,
        tuple(_facts(plan, regions)),
        tuple(_lines(plan.text, marks)),
        tuple(targets),
        tuple(unmatched),
        tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))),
    )


def _mark(plan: Plan, start: int, end: int, style: str, note: Iterable[str]) -> Marked:
    return Marked(start, "" if style == "words" else plan.text[start:end], style, tuple(line for line in note if line))


def _style(target: Target) -> str:
    return "words" if target.value is None else target.status


def _note(target: Target, indicators: Mapping[str, str]) -> Iterator[str]:
    yield f"{target.label} {describe_value(target)}".strip()
    years = f"{target.year or '年份未明 no year'}" + (f"（比 against {target.base_year}）" if target.base_year else "")
    yield f"{years} · {KINDS.get(target.kind, target.kind)} · {STATUSES.get(target.status, target.status)}"
    yield f"范围 scope: {target.scope}" if target.scope else ""
    yield target.obligation
    known = f"{indicators.get(target.indicator, '')} ({target.indicator})" if target.indicator else ""
    yield f"指标 indicator: {known or '—'}"


def describe_value(target: Target) -> str:
    """Value, bound and unit of a record as they are compared: `≥160,000 个`, `3–5 个`."""
    if target.value is None:
        return "（文字目标 in words）"
    number = format_number(target.value)
    high = f"–{format_number(target.value_high)}" if target.value_high is not None else ""
    return f"{BOUND_MARKS.get(target.bound, target.bound)}{number}{high} {target.unit}".strip()


def _note_without(number: Unmatched) -> Iterator[str]:
    yield f"未成记录 no record: {number.reason}"
    yield number.label


def _facts(plan: Plan, regions: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    record = plan.record
    if record is None:
        return
    yield "地区 Region", f"{regions.get(record.region, '')} {record.region}".strip()
    yield "发文机关 Issuer", record.issuer
    yield "印发日期 Issued", record.issued.isoformat() if record.issued else "原文未载 not stated"
    yield "规划期 Period", f"{record.first_year}–{record.last_year}"
    if record.base_year:
        yield "基期 Base year", str(record.base_year)
    yield "来源 Source", record.source
    yield "SHA-256", record.sha256


def _lines(text: str, marks: Sequence[Marked]) -> Iterator[Line]:
    levels = _heading_levels(text)
    waiting = sorted(marks, key=lambda mark: (mark.start, -len(mark.text)))
    begin = 0
    for raw in text.split("\n"):
        end = begin + len(raw)
        inside = []
        while waiting and waiting[0].start <= end:
            inside.append(waiting.pop(0))
        yield Line(
            next((levels[at] for at in range(begin, end) if at in levels), 0), tuple(_pieces(text, begin, end, inside))
        )
        begin = end + 1


def _heading_levels(text: str) -> dict[int, int]:
    """Levels of the headings by the offset at which each begins."""
    blocks = outline(to_simplified(fold_widths(text)))
    return {
        block.start: min(len(block.section), 3) or 1
        for block in blocks
        if isinstance(block, Paragraph) and block.is_heading
    }


def _pieces(text: str, begin: int, end: int, marks: Sequence[Marked]) -> Iterator[str | Marked]:
    position = begin
    for mark in marks:
        if mark.start < position:  # inside a number that is marked already: an anchor without text
            yield Marked(mark.start, "", mark.style, mark.note)
            continue
        yield text[position : mark.start]
        yield mark
        position = mark.start + len(mark.text)
    yield text[position:end]
