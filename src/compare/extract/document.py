"""A whole plan to records: its structure walked once, every offset mapped back to the text as read."""

from __future__ import annotations

import contextlib
import gc
import re
from collections.abc import Iterator
from typing import NamedTuple

from compare.catalogue import Catalogue
from compare.extract.articles import find_articles, is_committed
from compare.extract.grammar import Grammar, compile_grammar
from compare.extract.memory import Measures
from compare.extract.prose import Statement, read_paragraph
from compare.extract.quantities import Quantity
from compare.extract.records import Extraction, Target, Unmatched
from compare.extract.settings import Settings
from compare.extract.tables import TableStatement, read_table
from compare.match import Match, Matcher
from compare.plans import Plan
from compare.reading.grid import Cell
from compare.reading.outline import Heading, Paragraph, TableBlock, outline
from compare.text import Squeezed, fold_widths, squeeze, to_simplified

_FIGURES = re.compile(r"[0-9]+(?:[.,'][0-9]+)*")
_BLANKED = bytes(code if chr(code) in "0123456789" else ord(" ") for code in range(256))
_DOUBTS = {"year": 0.9, "carried": 0.75, "unit": 0.7}
_NO_LABEL = 0.5
_TABLE = 1.0
_PROSE = 0.97


class Extractor:
    """Extraction with the definitions compiled once, for many plans."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.grammar: Grammar = compile_grammar(catalogue.units, catalogue.words)
        self.matcher = Matcher(catalogue)

    def extract(self, plan: Plan) -> Extraction:
        """Read every number of a plan.

        Args:
            plan: a plan, of the corpus or not.

        Returns:
            The records in the order of the text, and every other number with the reason why it gives none.
        """
        with _collection_paused():
            return _Document(plan, self.grammar, self.matcher).read()


@contextlib.contextmanager
def _collection_paused() -> Iterator[None]:
    """Put off the search for reference cycles: reading makes none, and each search looks at all records so far again.

    It would cost a long text a quarter of its time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def extract(plan: Plan, catalogue: Catalogue) -> Extraction:
    """Read every number of one plan; for several plans keep an `Extractor`."""
    return Extractor(catalogue).extract(plan)


def _find_figures(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the numbers in figures; all else is blanked out first, which spares a look at each character."""
    digits = text.encode("ascii", "replace").translate(_BLANKED)
    place = end = 0
    for run in digits.split():
        place = digits.index(run, place)
        if place >= end and (figures := _FIGURES.match(text, place)):
            end = figures.end()
            yield place, end
        place += len(run)


class _Aside(NamedTuple):
    """A stretch whose numbers give no records: a heading, a caption, a note, what is left of a table.

    Attributes:
        start, end: its offsets.
        reason: why, a key of `REASONS`.
        path: the headings above it.
        floor: where the quotes of its numbers start at the earliest.
    """

    start: int
    end: int
    reason: str
    path: str
    floor: int


_NO_ASIDE = _Aside(0, 0, "furniture", "", 0)


class _Document:
    """One plan while it is read."""

    def __init__(self, plan: Plan, grammar: Grammar, matcher: Matcher) -> None:
        self.plan = plan
        self.grammar = grammar
        self.matcher = matcher
        self.text = fold_widths(to_simplified(plan.text))
        self.articles = find_articles(self.text)
        self.targets: list[Target] = []
        self.unmatched: list[Unmatched] = []
        self._asides: list[_Aside] = []
        self._matches: dict[tuple[str, str | None, str, str], Match] = {}
        self._settings = Settings(plan, self.text, grammar)
        self._section: tuple[Heading, ...] = ()
        self._path = ""
        self._measures = Measures(grammar.words)

    def read(self) -> Extraction:
        for block in outline(self.text):
            if block.section is not self._section:
                self._section = block.section
                self._path = "/".join([heading.text for heading in block.section])
                self._settings.enter(block.section)
            if isinstance(block, TableBlock):
                rows = block.table.rows
                self._asides.append(_Aside(rows[0].start, rows[-1].end, "cell", "", 0))
                self._read_table(block)
            elif block.is_heading:
                self._asides.append(_Aside(block.start, block.end, "heading", self._path, block.start))
            else:
                self._read_paragraph(block)
        self.targets.sort(key=lambda target: target.start)
        self._account_for_rest()
        self.unmatched.sort(key=lambda item: item.start)
        return Extraction(tuple(self.targets), tuple(self.unmatched))

    def _account_for_rest(self) -> None:
        """Give every number in figures that nothing has taken up a reason: where it stands."""
        known: list[Target | Unmatched] = [*self.targets, *self.unmatched]
        told = sorted([(item.end, item.start) for item in known])
        told.append((len(self.text) + 1, len(self.text) + 1))
        asides = iter(self._asides)
        aside = next(asides, _NO_ASIDE)
        place = 0
        for start, end in _find_figures(self.text):
            while told[place][0] <= start:
                place += 1
            if told[place][1] < end:
                continue
            while aside.end <= start and aside is not _NO_ASIDE:
                aside = next(asides, _NO_ASIDE)
            self._leave_out(start, end, aside if aside.start <= start < aside.end else _NO_ASIDE)

    def _read_paragraph(self, block: Paragraph) -> None:
        squeezed = squeeze(self.text, block.start, block.end)
        self._measures.enter(squeezed.text, self._section)
        for item in read_paragraph(squeezed.text, self._settings.of(squeezed.text), self.grammar):
            if isinstance(item, Statement) and block.start >= self.articles:
                self._add_promise(item, squeezed)
            elif isinstance(item, Statement):
                self._add_statement(item, squeezed)
            else:
                self._refuse(item, squeezed)
        self._settings.note_opening(squeezed.text)

    def _read_table(self, block: TableBlock) -> None:
        for item in read_table(self.text, block.table, self._settings.of_section(), self.grammar):
            if isinstance(item, Cell):
                self._read_paragraph(Paragraph(item.start, item.end, block.section))
            else:
                self._add_row(item)

    def _add_promise(self, item: Statement, squeezed: Squeezed) -> None:
        """Record a number of an article where it is a target; else it is a norm."""
        if is_committed(squeezed.text, item.quantity, self.grammar):
            self._add_statement(item, squeezed)
        elif item.value is not None:
            item.quantity.refused = "norm"
            self._refuse(item.quantity, squeezed)

    def _add_statement(self, item: Statement, squeezed: Squeezed) -> None:
        start, end = squeezed.at(item.quantity.start), squeezed.after(item.quantity.end)
        first, last = item.quote
        quote = self.plan.text[squeezed.at(first) : squeezed.after(last)] if first < last else self.plan.text[start:end]
        if (label := self._measures.complete(item.label, item.unit)) != item.label:
            item.label = label
            item.doubts.append("carried")
        confidence = _PROSE
        for doubt in item.doubts:
            confidence *= _DOUBTS[doubt]
        if not item.label:
            confidence *= _NO_LABEL
        self._add(item, start, end, self._path, quote, confidence, "")

    def _add_row(self, item: TableStatement) -> None:
        quantity = item.statement.quantity
        quote = self.plan.text[item.row.start : item.row.end]
        path = "/".join(filter(None, (self._path, item.group)))
        self._add(item.statement, quantity.start, quantity.end, path, quote, _TABLE, item.obligation)

    def _add(
        self, item: Statement, start: int, end: int, path: str, quote: str, confidence: float, obligation: str
    ) -> None:
        unit = item.unit if item.value is not None else None
        match = self._match(item.label, unit, item.kind, item.scope)
        number = self.plan.text[start:end]
        target = Target(
            self.plan.id, start, end, number, item.value, item.high, item.unit, item.bound, item.kind, item.year,  # type: ignore[arg-type]
            item.base_year, item.status, item.label, match.indicator or "", item.scope, obligation, path, quote,  # type: ignore[arg-type]
            round(confidence, 3),
        )  # fmt: skip
        self.targets.append(target)
        if not match.indicator:
            reason = f"indicator: {match.reason}"
            self.unmatched.append(Unmatched(self.plan.id, start, end, number, reason, item.label, path, quote))

    def _match(self, label: str, unit: str | None, kind: str, scope: str) -> Match:
        """Match a label once: the columns of a table share theirs."""
        key = label, unit, kind, scope
        if key not in self._matches:
            self._matches[key] = self.matcher.match(label, unit, kind, scope)
        return self._matches[key]

    def _refuse(self, item: Quantity, squeezed: Squeezed) -> None:
        text = self.plan.text
        start, end = squeezed.at(item.start), squeezed.after(item.end)
        quote = text[max(squeezed.start, start - 20) : end + 20].replace("\n", " ")
        self.unmatched.append(Unmatched(self.plan.id, start, end, text[start:end], item.refused, "", self._path, quote))

    def _leave_out(self, start: int, end: int, aside: _Aside) -> None:
        quote = self.plan.text[max(aside.floor, start - 20) : end + 20].replace("\n", " ")
        number = self.plan.text[start:end]
        self.unmatched.append(Unmatched(self.plan.id, start, end, number, aside.reason, "", aside.path, quote))
