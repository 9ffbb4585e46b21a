"""What extraction gives: a record per number that states a quantity, and a reason for every number that does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Bound = Literal["=", ">=", ">", "<=", "<", "~"]
Kind = Literal["level", "annual", "change", "growth"]
Status = Literal["target", "actual"]

REASONS = {
    "name": "part of a name, a standard, a hotline or a grade",
    "slogan": "part of a slogan or scheme",
    "date": "a date or a span of years",
    "document": "the number of a document",
    "ordinal": "an ordinal, a rank or a heading's number",
    "list": "a count that only announces a list or names a scheme",
    "threshold": "a threshold or size class of another quantity",
    "payout": "money or a share that a policy pays out",
    "norm": "a rule of law",
    "duration": "a duration or age that is not what is measured",
    "place": "a count of places or bodies that are there",
    "gap": "a gap to somebody else",
    "bare": "no unit, and no measure before it",
    "heading": "a headline or caption that repeats the body",
    "furniture": "a page's furniture, a contents line or a number outside running text",
    "numeral": "digits that form no number",
    "cell": "in a table's head or label, or in a column that holds no values",
}


@dataclass(frozen=True, slots=True)
class Target:
    """One number of a plan that states a quantity, or a commitment in words.

    Attributes:
        plan: the plan's id.
        start, end: offsets of the number in the text as read; ``text[start:end]`` is `number`.
        number: the number as printed, with its magnitude; for a commitment in words, the words.
        value: in `unit`, magnitudes folded in; None for a commitment in words.
        value_high: upper end of a range, in `unit`.
        unit: canonical unit; empty for pure numbers.
        bound, kind, status: see the annotation standard in `docs/standard.md`.
        year: year by which it holds, or in which it was measured.
        base_year: year that a change or growth is measured from, where stated.
        label: what is measured, simplified characters, half-width signs.
        indicator: id in the catalogue, empty where the measure is in none.
        scope: the part of the region that it covers, empty for the whole.
        obligation: 预期性 or 约束性 where a table says so.
        section: headings above, `/` between them.
        quote: the clause or table row, verbatim.
        confidence: between 0 and 1; lowered by all that had to be inferred.
    """

    plan: str
    start: int
    end: int
    number: str
    value: float | None
    value_high: float | None
    unit: str
    bound: Bound
    kind: Kind
    year: int | None
    base_year: int | None
    status: Status
    label: str
    indicator: str
    scope: str
    obligation: str
    section: str
    quote: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A number that gave no record, or a record's label that no indicator fits, with the reason.

    Attributes:
        plan, start, end, number: as in `Target`.
        reason: a key of `REASONS`, or `indicator: ` and the matcher's reason.
        label: what is measured, where it is known.
        section, quote: as in `Target`.
    """

    plan: str
    start: int
    end: int
    number: str
    reason: str
    label: str
    section: str
    quote: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read in one plan, in the order of the text."""

    targets: tuple[Target, ...]
    unmatched: tuple[Unmatched, ...]
