"""From a statement to a value in the indicator's unit, or the reason why there is none.

Methods: `stated` (a number of the corpus as it stands), `published` (a number published elsewhere, as it stands),
`converted` (another unit), `derived` (a total divided by population or GDP, or a ratio times population), `resolved` (a
change or growth applied to a baseline).

Grades: A stated; B converted, derived from a stated total with year-end population or with GDP of the target year,
published with evidence A, or one of several numbers of the document; C whatever rests on weaker evidence, on a
baseline, on GDP of another year or before revision, on a count of persons that is not of a year's end, or on a measure
that is only near. A value is never graded better than what it is made of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from compare.catalogue import Derivation, Indicator
from compare.comparison import arithmetic
from compare.comparison.arithmetic import Amount
from compare.comparison.baselines import apply_change, find_baseline, is_yearly
from compare.comparison.statement import Statement
from compare.comparison.statements import Material
from compare.errors import UnitError
from compare.reference import Statistic

_CHINESE = re.compile("[\u4e00-\u9fff]")
_UNREVISED = ("preliminary", "city")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one statement gives for one indicator.

    Attributes:
        statement: where it comes from.
        amount: in the indicator's unit, or None.
        method: how it was reached, empty without a value.
        arithmetic: written out; empty where nothing was computed.
        grade: `A`, `B` or `C`; empty without a value.
        reason: why there is no value.
        presence: `value`, `not_comparable` or `words_only`.
        notes: what a reader must know about the value.
        sources: every operand with its source and evidence grade.
        basis: the statistic that it was divided by, or None.
        last_resort: computed with another year's GDP, or a total from a ratio: only where no document states one.
    """

    statement: Statement
    amount: Amount | None = None
    method: str = ""
    arithmetic: str = ""
    grade: str = ""
    reason: str = ""
    presence: str = "value"
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    basis: Statistic | None = None
    last_resort: bool = False


@dataclass(frozen=True)
class Reading:
    """How statements are read: what they are taken from, which kind of number is wanted, and the language of notes."""

    material: Material
    kind: str = "level"
    lang: str = "zh"

    def say(self, key: str, **values: object) -> str:
        """A sentence of the project's wording."""
        return self.material.reference.say(key, self.lang, **values)

    def quote(self, words: str) -> str:
        """Words of a document inside a sentence: in English, Chinese ones get quotation marks; titles have theirs."""
        is_bare = _CHINESE.search(words) is not None and not words.startswith(("《", "“"))
        return f"“{words}”" if self.lang == "en" and is_bare else words

    def unit_of(self, indicator: Indicator) -> str:
        """The unit that values of this kind are compared in: growth in %, differences of shares in points."""
        if self.kind == "growth":
            return "%"
        return "百分点" if self.kind == "change" and indicator.unit == "%" else indicator.unit

    def value_of(self, statement: Statement, indicator: Indicator) -> Outcome:
        """What a statement of an indicator gives for it."""
        if statement.value is None:
            return self._refuse(statement, self.say("words_only"), "words_only")
        if statement.fit == "differs":
            return self._refuse(statement, self._fit_note(statement))
        if statement.scope and not covers_scope(statement.scope, indicator):
            return self._refuse(statement, self.say("part_only", scope=self.quote(statement.scope)))
        if statement.kind == self.kind:
            return self._take(statement, indicator)
        if self.kind == "level" and statement.kind in ("change", "growth"):
            return self._resolve(statement, indicator)
        reason = self.say(f"kind_{statement.kind}") if self.kind == "level" else self.say("kind_level")
        return self._refuse(statement, reason)

    def derive(self, source: Outcome, derivation: Derivation, *, inverse: bool = False) -> Outcome:
        """An indicator from another one that it is a ratio of (or, `inverse`, the total from the ratio)."""
        statement = source.statement
        if source.amount is None:
            return source
        measure = derivation.divide_by
        found = self.material.reference.statistic(measure, statement.region, statement.year)
        if found is None:
            year = self.say("any_year") if statement.year is None else self.say("up_to", year=statement.year)
            name = self._name(statement.region)
            return self._refuse(statement, self.say("no_statistic", measure=self.say(measure), name=name, year=year))
        if measure == "gdp":
            amount, text = arithmetic.per_gdp(source.amount, found.value, derivation.scale)
        elif inverse:
            amount, text = arithmetic.times_population(source.amount, found.value, derivation.scale)
        else:
            amount, text = arithmetic.per_population(source.amount, found.value, derivation.scale)
        return replace(
            source,
            amount=amount,
            method="derived",
            arithmetic="; ".join(part for part in (source.arithmetic, text) if part),
            grade=max(source.grade, self._grade_of(found, statement)),
            notes=(*self._statistic_notes(found, measure, statement), *source.notes),
            sources=(
                *source.sources,
                f"{arithmetic.show_number(found.value)}{found.unit} ({found.year}): {found.source}",
            ),
            basis=found,
            last_resort=inverse or (measure == "gdp" and found.year != statement.year),
        )

    def _take(self, statement: Statement, indicator: Indicator) -> Outcome:
        """A number of the kind that is wanted, in the indicator's unit."""
        amount = Amount(_given(statement.value), statement.value_high, statement.bound)
        outcome = Outcome(
            statement,
            amount,
            "stated" if statement.origin == "extracted" else "published",
            grade=_grade(statement),
            notes=tuple(self._statement_notes(statement, indicator)),
            sources=(_cite(statement),),
        )
        unit = self.unit_of(indicator)
        if statement.unit == unit:
            return outcome
        try:
            factor = self.material.catalogue.units.convert(1, statement.unit, unit)
        except UnitError:
            if unit != indicator.unit or statement.unit not in indicator.accepted_units:
                return self._refuse(statement, self.say("other_unit", found=statement.unit, unit=unit))
            word = (self.say("measure_word", unit=statement.unit),) if statement.unit else ()
            return replace(outcome, notes=(*outcome.notes, *word))
        converted, text = arithmetic.convert_by(amount, float(factor), statement.unit, unit)
        return replace(outcome, amount=converted, method="converted", arithmetic=text, grade=max("B", outcome.grade))

    def _resolve(self, statement: Statement, indicator: Indicator) -> Outcome:
        """A change or growth applied to a baseline."""
        if statement.base_year is None:
            return self._refuse(statement, self.say("no_base_year"))
        base = find_baseline(self.material, indicator, statement)
        if base is None:
            name = self._name(statement.region)
            return self._refuse(statement, self.say("no_baseline", name=name, year=statement.base_year))
        of_base = Reading(self.material, "level", self.lang).value_of(base, indicator)
        if of_base.amount is None:
            return self._refuse(statement, of_base.reason)
        try:
            amount, text = apply_change(statement, of_base.amount, indicator)
        except UnitError:
            return self._refuse(statement, self.say("other_unit", found=statement.unit, unit=indicator.unit))
        notes = [self.say("baseline_of", source=self.quote(base.source))]
        if base.year_end == "no":
            notes.append(self.say("not_year_end", as_of=base.as_of))
        return Outcome(
            statement,
            amount,
            "resolved",
            text,
            "C",
            notes=(*notes, *of_base.notes, *self._statement_notes(statement, indicator)),
            sources=(_cite(statement), *of_base.sources),
        )

    def _refuse(self, statement: Statement, reason: str, presence: str = "not_comparable") -> Outcome:
        return Outcome(statement, reason=reason, presence=presence, sources=(_cite(statement),))

    def _name(self, region: str) -> str:
        found = self.material.reference.region(region)
        return found.name_zh if self.lang == "zh" else found.name_en

    def _fit_note(self, statement: Statement) -> str:
        return statement.fit_note[0 if self.lang == "zh" else 1]

    def _statement_notes(self, statement: Statement, indicator: Indicator) -> list[str]:
        notes = [self._fit_note(statement)] if statement.fit_note[0] else []
        if statement.status == "target" and statement.year is None:
            notes.append(self.say("undated"))
        if self.kind == "growth":
            notes.append(self.say("growth_yearly" if is_yearly(statement) else "growth_whole"))
        if statement.status == "expected":
            notes.append(self.say("expected"))
        if statement.remark:
            notes.append(statement.remark)
        if statement.repeats:
            notes.append(self.say("repeated", count=statement.repeats))
        if statement.origin == "published" and statement.plan in self.material.issued:
            notes.append(self.say("same_as_plan"))
        revised = min((row.published for row in self.material.reference.gdp if row.basis == "fifth_census"), default="")
        if indicator.denominator == "gdp" and statement.kind == "level" and "" < statement.issued < revised:
            notes.append(self.say("share_vintage"))
        return notes

    def _statistic_notes(self, found: Statistic, measure: str, statement: Statement) -> tuple[str, ...]:
        basis = self.material.reference.term("basis", found.basis, self.lang)
        note = self.say(f"{measure}_of", year=found.year, basis=basis)
        notes = [note]
        if statement.year is not None and found.year != statement.year:
            mark = "，" if self.lang == "zh" else ", "
            notes = [f"{note}{mark}{self.say('not_that_year', year=statement.year)}"]
            if measure == "gdp":
                notes.append(self.say("gdp_other_year"))
        return tuple(notes)

    @staticmethod
    def _grade_of(found: Statistic, statement: Statement) -> str:
        if found.unit == "亿元":
            return "C" if found.year != statement.year or found.basis in _UNREVISED else "B"
        return "C" if found.basis == "census" else "B"


def covers_scope(scope: str, indicator: Indicator) -> bool:
    """Whether a record with this scope still speaks of what the indicator covers.

    A class of enterprises or users that the indicator's own definition or name has (`规模以上工业企业`) is the
    indicator; a place or park is a part of the region.
    """
    if any(scope in words for words in (indicator.definition_zh, indicator.name_zh, *indicator.aliases)):
        return True
    return indicator.denominator == "enterprises" and scope.endswith("企业")


def _grade(statement: Statement) -> str:
    if statement.fit == "near":
        return "C"
    return "A" if statement.origin == "extracted" else {"A": "B"}.get(statement.evidence, "C")


def _cite(statement: Statement) -> str:
    if statement.value is None:
        return f"{statement.source} [{statement.evidence}]" if statement.origin == "extracted" else statement.source
    high = f"–{arithmetic.show_number(statement.value_high)}" if statement.value_high is not None else ""
    grade = f" [{statement.evidence}]" if statement.origin == "extracted" else ""
    return f"{arithmetic.show_number(statement.value)}{high}{statement.unit}: {statement.source}{grade}"


def _given(value: float | None) -> float:
    assert value is not None  # noqa: S101 — callers have refused worded statements
    return value
