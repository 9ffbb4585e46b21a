"""A plan's text laid out as a page: every number marked and anchored, each with what was read from it."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.extract import REASONS
from compare.reading.outline import Paragraph, outline
from compare.runs.display import BOUND_MARKS, format_number
from compare.text import fold_widths, to_simplified

if TYPE_CHECKING:
    from compare.extract import Target, Unmatched
    from compare.plans import Plan
    from compare.project import Project

KINDS = {"level": "水平 level", "annual": "每年 a year", "change": "变化 change", "growth": "增长 growth"}
LONGEST_HEADING = 60
NO_INDICATOR = "indicator:"
STATUSES = {"target": "目标 target", "actual": "已有 actual"}


@dataclass(frozen=True, slots=True)
class Marked:
    """A number in the text.

    Attributes:
        start: its offset in the plan's text as read, which is its anchor.
        text: the characters.
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
class Left:
    """A number that gave no record, or a record that states no indicator of the catalogue, with the reason in words."""

    start: int
    number: str
    reason: str
    label: str
    quote: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """All that the page of one plan shows.

    Attributes:
        plan: the plan.
        facts: what its source record says, as pairs of name and text.
        lines: its text; joined by line ends it is the text as read.
        targets: its records, in the order of the text.
        without_record: its numbers that gave no record, in the order of the text.
        without_indicator: its records that state no indicator, in the order of the text.
        reasons: how many numbers gave no record, by reason, the most frequent first.
    """

    plan: Plan
    facts: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    targets: tuple[Target, ...]
    without_record: tuple[Left, ...]
    without_indicator: tuple[Left, ...]
    reasons: tuple[tuple[str, int], ...]

    @property
    def anchors(self) -> set[int]:
        """Offsets that the page has an anchor for: a number inside another has none of its own."""
        return {piece.start for line in self.lines for piece in line.pieces if isinstance(piece, Marked)}


def lay_out(project: Project) -> Iterator[PlanPage]:
    """Lay out all plans of a project, in the order of their ids."""
    targets, unmatched = project.extraction()
    names = project.indicator_names()
    of_plan: dict[str, list[Target]] = defaultdict(list)
    left: dict[str, list[Unmatched]] = defaultdict(list)
    for target in targets:
        of_plan[target.plan].append(target)
    for number in unmatched:
        left[number.plan].append(number)
    for plan in project.plans:
        yield lay_out_plan(plan, of_plan[plan.id], left[plan.id], names, project.region_names())


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
        unmatched: its numbers that gave no record, and its records' labels that fit no indicator.
        indicators: names of the indicators by id.
        regions: names of the regions by code.
    """
    targets = sorted(targets, key=lambda target: (target.start, target.end))
    unmatched = sorted(unmatched, key=lambda number: number.start)
    labels = {number.start: _left(number) for number in unmatched if number.reason.startswith(NO_INDICATOR)}
    numbers = [_left(number) for number in unmatched if not number.reason.startswith(NO_INDICATOR)]
    marks = [
        Marked(target.start, target.number, _style(target), _note(target, indicators, labels)) for target in targets
    ]
    marks += [Marked(number.start, number.number, "unmatched", _note_without(number)) for number in numbers]
    return PlanPage(
        plan,
        tuple(_facts(plan, regions)),
        tuple(_lines(plan.text, marks)),
        tuple(targets),
        tuple(numbers),
        tuple(labels.values()),
        tuple(Counter(number.reason for number in numbers).most_common()),
    )


def _left(number: Unmatched) -> Left:
    reason = number.reason.removeprefix(NO_INDICATOR).strip()
    return Left(number.start, number.number, REASONS.get(reason, reason), number.label, number.quote)


def _style(target: Target) -> str:
    return "words" if target.value is None else target.status


def _note(target: Target, indicators: Mapping[str, str], labels: Mapping[int, Left]) -> tuple[str, ...]:
    against = f"（比 against {target.base_year}）" if target.base_year else ""
    year = f"{target.year or '年份未明 no year'}{against}"
    kind, status = KINDS.get(target.kind, target.kind), STATUSES.get(target.status, target.status)
    if target.indicator:
        indicator = f"{indicators.get(target.indicator, '')} {target.indicator}".strip()
    else:
        indicator = f"无 none ({labels[target.start].reason})" if target.start in labels else "无 none"
    lines = (
        f"{target.label} {describe_value(target)}".strip(),
        f"{year} · {kind} · {status}",
        f"范围 scope: {target.scope}" if target.scope else "",
        target.obligation,
        f"指标 indicator: {indicator}",
    )
    return tuple(line for line in lines if line)


def _note_without(number: Left) -> tuple[str, ...]:
    return tuple(line for line in (f"未成记录 no record: {number.reason}", number.label) if line)


def describe_value(target: Target) -> str:
    """Value, bound and unit of a record as they are compared: `≥160,000 个`, `3–5 个`."""
    if target.value is None:
        return "（文字目标 in words）"
    number = format_number(target.value)
    high = f"–{format_number(target.value_high)}" if target.value_high is not None else ""
    return f"{BOUND_MARKS.get(target.bound, target.bound)}{number}{high} {target.unit}".strip()


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
    headings = _headings(text)
    waiting = deque(sorted(marks, key=lambda mark: (mark.start, -len(mark.text))))
    begin = 0
    for raw in text.split("\n"):
        end = begin + len(raw)
        inside = []
        while waiting and waiting[0].start <= end:
            inside.append(waiting.popleft())
        words = raw.strip()
        start = begin + raw.find(words)
        level = headings.get((start, start + len(words)), 0)
        yield Line(level, tuple(_pieces(text, begin, end, inside)))
        begin = end + 1


def _headings(text: str) -> dict[tuple[int, int], int]:
    """Levels of the headings that fill a line, by where they begin and end."""
    blocks = outline(to_simplified(fold_widths(text)))
    return {
        (block.start, block.end): min(len(block.section), 3) or 1
        for block in blocks
        if isinstance(block, Paragraph) and block.is_heading and len(text[block.start : block.end]) <= LONGEST_HEADING
    }


def _pieces(text: str, begin: int, end: int, marks: Sequence[Marked]) -> Iterator[str | Marked]:
    position = begin
    for mark in marks:
        if mark.start < position:  # inside another number: its anchor is that one's
            continue
        yield text[position : mark.start]
        yield mark
        position = mark.start + len(mark.text)
    yield text[position:end]
