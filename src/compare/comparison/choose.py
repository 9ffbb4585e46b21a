"""All that a region says about an indicator, and the one commitment that stands for it in a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from compare.catalogue import Indicator
from compare.comparison.arithmetic import Amount, show_number
from compare.comparison.statement import Statement
from compare.comparison.statements import Material
from compare.comparison.values import Outcome, Reading

_METHODS = ("stated", "published", "converted", "derived", "resolved", "interpolated")
_MOST_OTHERS = 3


def find_outcomes(indicator: Indicator, region: str, reading: Reading, status: str = "target") -> list[Outcome]:
    """What every statement of a region gives for an indicator: its own, and those that it can be derived from.

    A share or ratio that a document states is never computed again: a derived value is left out where the region has a
    stated one for the same year.

    Args:
        indicator: the indicator wanted.
        region: region code.
        reading: how statements are read.
        status: `target`, or `actual` for values measured.
    """
    material = reading.material
    own = [reading.value_of(s, indicator) for s in material.of(indicator.id, region, status)]
    if reading.kind != "level":
        return own
    years = {outcome.statement.year for outcome in own if outcome.amount is not None}
    derived = []
    if indicator.derive is not None:
        source = material.catalogue.indicator(indicator.derive.source)
        found = (reading.value_of(s, source) for s in material.of(source.id, region, status))
        derived = [reading.derive(o, indicator.derive) for o in found if o.amount is not None]
    for ratio in material.ratios.get(indicator.id, ()):
        if ratio.derive is None or ratio.derive.divide_by != "population":
            continue
        found = (reading.value_of(s, ratio) for s in material.of(ratio.id, region, status))
        derived += [reading.derive(o, ratio.derive, inverse=True) for o in found if o.amount is not None]
    return own + [o for o in derived if o.statement.year not in years]


def choose(
    outcomes: Sequence[Outcome], indicator: Indicator, reading: Reading, year: int | None, *, interpolate: bool = False
) -> Outcome | None:
    """The outcome that stands for a region, or None where it says nothing.

    At a year, only values of that year count (or, with `interpolate`, one between two years of one document). Without
    a year every value counts. A share computed with another year's GDP, and a total computed from a ratio, count only
    where no document states one. Then, in order: the newest document; the corpus before what was published elsewhere;
    stated, published, converted, derived, resolved; the latest year; the label most like the indicator's name; the
    first in the text.

    Returns:
        The outcome, with notes on what else there is; where none has a value, the one that says best why.
    """
    valued = [o for o in outcomes if o.amount is not None]
    at_year = valued if year is None else [o for o in valued if o.statement.year == year]
    if any(o.method != "derived" for o in at_year):
        at_year = [o for o in at_year if not o.last_resort]
    if not at_year and interpolate and year is not None:
        at_year = _interpolate(valued, reading, year)
    if at_year:
        first, *rest = sorted(at_year, key=lambda o: _order(o, indicator), reverse=True)
        newer = [o for o in valued if o.statement.year != year and o.statement.issued > first.statement.issued]
        return _note_others(first, rest if year is None else [*rest, *newer], reading)
    if valued:  # set, but for other years
        best = max(valued, key=lambda o: _order(o, indicator))
        years = sorted({o.statement.year for o in valued if o.statement.year is not None})
        reason = reading.say("undated_at_year")
        if years:
            shown = ("、" if reading.lang == "zh" else ", ").join(map(str, years))
            reason = reading.say("other_year", years=shown, year=year)
        return Outcome(best.statement, reason=reason, presence="not_comparable", sources=best.sources)
    ranked = sorted(outcomes, key=lambda o: (o.presence == "words_only", _negative(o.statement.issued)))
    return ranked[0] if ranked else None


def find_related(indicator: Indicator, region: str, material: Material) -> Statement | None:
    """A number that the region sets for another measure that this one is easily mistaken for, the newest of them."""
    found = [
        s
        for other in material.rivals.get(indicator.id, ())
        for s in material.of(other, region)
        if s.value is not None and s.kind == "level" and not s.scope
    ]
    return max(found, key=lambda s: (s.issued, s.year or 0, -(s.start or 0)), default=None)


def describe_statement(statement: Statement) -> str:
    """A number with bound sign, unit and year, as short text.

    >>> core = ("340000", "anhui-2024", "extracted", "de_core_revenue")
    >>> describe_statement(Statement(*core, 15200, None, "亿元", ">=", "level", 2026, None, "target", "营业收入"))
    '≥15200亿元 (2026)'
    """
    signs = {"=": "", ">=": "≥", "<=": "≤", "~": "≈"}
    number = "" if statement.value is None else show_number(statement.value)
    high = "" if statement.value_high is None else f"–{show_number(statement.value_high)}"
    year = "" if statement.year is None else f" ({statement.year})"
    return f"{signs.get(statement.bound, statement.bound)}{number}{high}{statement.unit}{year}"


def _order(outcome: Outcome, indicator: Indicator) -> tuple[object, ...]:
    """Sort key, the best last."""
    s = outcome.statement
    return (
        s.issued,
        s.origin == "extracted",
        -_METHODS.index(outcome.method),
        s.year or 0,
        _likeness(s.label, indicator),
        -(s.start or 0),
    )


def _likeness(label: str, indicator: Indicator) -> float:
    return round(max(SequenceMatcher(None, label, name).ratio() for name in (indicator.name_zh, indicator.short_zh)), 3)


def _negative(issued: str) -> tuple[int, ...]:
    """Key that puts later dates first in an ascending sort."""
    return tuple(-ord(char) for char in issued.ljust(10))


def _note_others(first: Outcome, rest: Sequence[Outcome], reading: Reading) -> Outcome:
    """Note what else the same document has for that year, and what other documents have."""
    s = first.statement
    same = [o.statement for o in rest if _document(o) == _document(first) and o.statement.year == s.year]
    same = [
        other for other in same if (other.value, other.value_high) != (s.value, s.value_high) or other.label != s.label
    ]
    elsewhere = [o.statement for o in rest if _document(o) != _document(first)]
    notes, grade = list(first.notes), first.grade
    mark = "；" if reading.lang == "zh" else "; "
    same = [other for other in same if other.indicator == s.indicator]
    if same:
        others = mark.join(f"{reading.quote(other.label)} {describe_statement(other)}" for other in same[:_MOST_OTHERS])
        notes.append(reading.say("several", others=others, rule=reading.say("rule_name")))
        grade = max(grade, "B")
    if elsewhere:
        shown = [f"{describe_statement(other)} {reading.quote(other.document)}" for other in elsewhere[:_MOST_OTHERS]]
        notes.append(reading.say("other_documents", others=mark.join(shown)))
    return replace(first, notes=tuple(notes), grade=grade)


def _document(outcome: Outcome) -> tuple[str, str]:
    return outcome.statement.plan, outcome.statement.document


def _interpolate(valued: Sequence[Outcome], reading: Reading, year: int) -> list[Outcome]:
    """Values on the line between two years of one document, marked as such."""
    found = []
    for earlier in valued:
        for later in valued:
            if _document(earlier) != _document(later) or earlier.statement.indicator != later.statement.indicator:
                continue
            first, last = earlier.statement.year, later.statement.year
            if (
                first is None
                or last is None
                or not first < year < last
                or earlier.amount is None
                or later.amount is None
            ):
                continue
            share = (year - first) / (last - first)
            value = earlier.amount.value + share * (later.amount.value - earlier.amount.value)
            bound = earlier.amount.bound if earlier.amount.bound == later.amount.bound else "~"
            low, high = show_number(earlier.amount.value), show_number(later.amount.value)
            text = f"{low} + ({high} − {low}) × {year - first}/{last - first} = {show_number(round(value, 4))}"
            found.append(
                replace(
                    later,
                    statement=replace(later.statement, year=year),
                    amount=Amount(value, None, bound),
                    method="interpolated",
                    arithmetic="; ".join(part for part in (earlier.arithmetic, later.arithmetic, text) if part),
                    grade="C",
                    notes=(*later.notes, reading.say("interpolated", first=first, last=last)),
                    sources=(*earlier.sources, *later.sources),
                )
            )
    return sorted(found, key=lambda o: o.statement.start or 0)[:1]
