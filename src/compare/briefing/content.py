"""What a briefing holds, whatever file it becomes: parts, pages, the numbers on them, and what these rest on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compare.figures.wording import Lang

if TYPE_CHECKING:
    import pandas as pd

    from compare.figures import Chart


@dataclass(frozen=True, slots=True)
class Evidence:
    """One number of a page, and what it rests on.

    Attributes:
        subject: whose number, and of what where a page shows several measures.
        target: bound in words, number and unit as a sentence says them.
        label: the number as a chart shows it, the bound as a sign.
        bound: in words; empty for a plain number.
        number: the number alone, as a chart shows it.
        value: the number itself, in `value_unit`; of a range its lower end.
        value_high: its upper end; None where it is no range.
        value_unit: the unit of its indicator, as in the catalogue.
        unit: name of the unit that the number is written in.
        year: of the number; None where none is stated.
        measured: whether it is measured and no target.
        method: how it follows from what is written, in words.
        grade: how well it compares.
        arithmetic: the sum that leads to it, where it was converted or derived.
        quote: the sentence, as written; empty where it stands in a document outside of the corpus.
        plan: id of the plan; empty likewise.
        start: code-point offset of the number in the plan's text.
        end: offset of its end.
        document: title of the plan or document.
    """

    subject: str
    target: str
    label: str
    bound: str
    number: str
    value: float
    value_high: float | None
    value_unit: str
    unit: str
    year: int | None
    measured: bool
    method: str
    grade: str
    arithmetic: str
    quote: str
    plan: str
    start: int | None
    end: int | None
    document: str

    @property
    def source(self) -> str:
        """What its source is known by: the plan's id, or the document's title."""
        return self.plan or self.document


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its number, what stands at its end, and the remark in grey behind that."""

    name: str
    value: float
    high: float
    label: str
    remark: str
    bound: str
    is_nation: bool = False


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars from zero, the first at the top.

    Attributes:
        bars: as they stand from above.
        measure: name of the column of numbers.
        starts: numbers that the bars' owners start from, as bars beside the others; none for a ranking.
        start_name: name of their column.
        columns: further columns of the workbook, by head, one cell a bar.
    """

    bars: tuple[Bar, ...]
    measure: str
    starts: tuple[Bar | None, ...] = ()
    start_name: str = ""
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One line over the years of a chart.

    Attributes:
        name: whose, and whether measured or a target.
        values: one a year, None where there is none.
        labels: of points, by their place.
        is_target: whether it leads to targets.
        is_strong: whether it is the one that the title is about.
        joint: place of the measured point that a line to targets begins at, which another line marks; None for none.
    """

    name: str
    values: tuple[float | None, ...]
    labels: Mapping[int, str]
    is_target: bool
    is_strong: bool
    joint: int | None = None


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines over years, measured ones solid, targets dashed.

    Attributes:
        title: of a panel among several; empty where the page's title does.
        years: one category a year.
        lines: of one length with the years.
        limits: of the axis of values.
        unit: of the numbers, named at the axis.
        at_end: whether labels stand at the end of the lines, with names, instead of over each point.
        alt: what it shows, for who cannot see it.
    """

    title: str
    years: tuple[int, ...]
    lines: tuple[Line, ...]
    limits: tuple[float, float]
    unit: str
    at_end: bool
    alt: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: heads, share of the width that each column takes, rows of text."""

    heads: tuple[str, ...]
    shares: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Page:
    """One message: a slide, or a section of a document.

    Attributes:
        slug: short name, unique in its part.
        title: the finding, one sentence.
        subtitle: measure, unit and years.
        alt: what the chart or table shows, for who cannot see it.
        draw: draws the chart at a size of `compare.figures.SIZES`; None for a table.
        native: the chart as one that can be edited, where its kind allows.
        table: the table where there is no chart.
        gaps: what is missing, one line a kind.
        source: where the numbers come from.
        notes: definition, grades and the like.
        evidence: the numbers shown.
        plans: ids of plans that it rests on as a whole.
    """

    slug: str
    title: str
    subtitle: str = ""
    alt: str = ""
    draw: Callable[[str], Chart] | None = field(default=None, repr=False)
    native: BarChart | tuple[LineChart, ...] | None = field(default=None, repr=False)
    table: Table | None = field(default=None, repr=False)
    gaps: tuple[str, ...] = ()
    source: str = ""
    notes: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = field(default=(), repr=False)
    plans: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """What an indicator measures: name, unit, definition, and whose definition it is."""

    name: str
    unit: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Absent:
    """What has no comparable number: who or what, what is there instead, and why."""

    subject: str
    state: str
    reason: str


@dataclass(frozen=True)
class Part:
    """The briefing of one parameter file.

    Attributes:
        key: name of the report, `notebook/case`.
        lang: language of its pages.
        title: what it is about.
        finding: its main result, one sentence.
        pages: one message each.
        definitions: of the indicators that it shows.
        absent: what cannot be compared.
        tables: the tables behind it, by name.
    """

    key: str
    lang: Lang
    title: str
    finding: str
    pages: tuple[Page, ...]
    definitions: tuple[Definition, ...] = ()
    absent: tuple[Absent, ...] = ()
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict, repr=False)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The numbers of all pages, each once; of several descriptions of one the first that has a grade."""
        found: dict[tuple[object, ...], Evidence] = {}
        for one in (one for page in self.pages for one in page.evidence):
            key = (one.subject, one.source, one.start, one.value, one.year, one.measured)
            if key not in found or (one.grade and not found[key].grade):
                found[key] = one
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Source:
    """A document that numbers rest on: id of a plan or title of a document, and what is known of it."""

    key: str
    title: str
    issuer: str
    issued: str
    is_plan: bool


@dataclass(frozen=True)
class Briefing:
    """Parts one after the other, and the sources of all of them, numbered from 1 in their order.

    `lang` is the language of what stands around the parts.
    """

    lang: Lang
    title: str
    parts: tuple[Part, ...]
    sources: tuple[Source, ...]

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """The definitions of all parts, each once."""
        return tuple(dict.fromkeys(one for part in self.parts for one in part.definitions))

    def number_of(self, source: str) -> int:
        """Gives the number of a source in the list; 0 where it is not there."""
        keys = [one.key for one in self.sources]
        return keys.index(source) + 1 if source in keys else 0
