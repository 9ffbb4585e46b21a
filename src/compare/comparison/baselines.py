"""What a change or growth is measured from, and what it makes of it."""

from __future__ import annotations

import re
from dataclasses import replace

from compare.catalogue import Indicator
from compare.comparison import arithmetic
from compare.comparison.arithmetic import Amount
from compare.comparison.statement import Statement
from compare.comparison.statements import Material
from compare.errors import UnitError

_YEARLY = re.compile(r"年均|年平均|每年|逐年")


def find_baseline(material: Material, indicator: Indicator, statement: Statement) -> Statement | None:
    """The value that a change or growth is measured from.

    In order: the baseline that the document itself prints, what the region's plans report for that year, the published
    baselines, those of a year's end first. Values that were only expected, or of another measure, do not count.
    """
    if statement.base_value is not None:
        return replace(
            statement,
            value=statement.base_value,
            value_high=None,
            bound="=",
            kind="level",
            year=statement.base_year,
            status="actual",
            unit=indicator.unit if statement.unit == "百分点" else statement.unit,
        )
    found = [
        s
        for s in material.of(indicator.id, statement.region, "actual")
        if s.year == statement.base_year
        and s.kind == "level"
        and s.fit != "differs"
        and s.value is not None
        and not s.scope
    ]
    order = {"yes": 0, "": 1, "no": 2}
    return min(found, key=lambda s: (s.origin != "extracted", order[s.year_end], s.evidence), default=None)


def apply_change(statement: Statement, base: Amount, indicator: Indicator) -> tuple[Amount, str]:
    """Apply a change or growth to its baseline.

    Args:
        statement: of kind `change` (percentage points for shares, else the indicator's unit) or `growth` (% over the
            whole time, % a year where the clause says so, or a multiple).
        base: the baseline in the indicator's unit.
        indicator: the indicator.

    Returns:
        The level in the indicator's unit, and the arithmetic.

    Raises:
        UnitError: the statement's unit fits neither, or a yearly growth has no years to run over.
    """
    assert statement.value is not None  # noqa: S101 — callers have refused worded statements
    change = Amount(statement.value, statement.value_high, statement.bound)
    if statement.kind == "change":
        fitting = ("百分点",) if indicator.unit == "%" else indicator.units
        if statement.unit not in fitting:
            raise UnitError(f"{statement.unit!r} is no change of {indicator.unit!r}")
        return arithmetic.add_change(base, change, indicator.unit, statement.unit)
    if statement.unit == "倍":
        return arithmetic.multiply_base(base, change, indicator.unit)
    if statement.unit != "%":
        raise UnitError(f"{statement.unit!r} is no growth")
    if not is_yearly(statement):
        return arithmetic.apply_growth(base, change, None, indicator.unit)
    if statement.year is None or statement.base_year is None:
        raise UnitError("a growth a year, over a time that is not stated")
    return arithmetic.apply_growth(base, change, statement.year - statement.base_year, indicator.unit)


def is_yearly(statement: Statement) -> bool:
    """Whether a growth is one a year, by its label and the clause in front of the number, not one over the whole time.

    >>> part = ("340000", "anhui-2024", "extracted", "de_value_added", 10, None, "%", "=", "growth", 2026, None, "")
    >>> is_yearly(Statement(*part, "数字经济增加值年均增速")), is_yearly(Statement(*part, "数字经济增加值"))
    (True, False)
    """
    return _YEARLY.search(statement.label + _before_number(statement)) is not None


def _before_number(statement: Statement) -> str:
    """The part of the clause in front of the number, which says whether a growth is yearly."""
    quote = statement.quote
    shown = arithmetic.show_number(statement.value) if statement.value is not None else ""
    place = quote.find(shown) if shown else -1
    clause = quote[:place] if place >= 0 else quote
    return re.split(r"[，、；,;]", clause)[-1]
