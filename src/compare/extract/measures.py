"""What a label decides of a number's unit: ratios to population, money per head, bandwidth, money without 元."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from compare.extract.grammar import Grammar
from compare.extract.quantities import Quantity

_PER_MONTH = re.compile("每人?每?月")
_PER_HEAD = re.compile("中位数|人均|户均|亩均|月均|每(?:人|户|亩|吨|月|件|平方米|千瓦时)")
_MEAN = re.compile("[人户亩月日]均|中位数")
_TRAFFIC_UNITS = ("GB", "TB", "MB")
_ACCESS = re.compile("接入|用户|家庭|速率|下载|宽带|每户")
_HUNDRED_MILLION = 10**8


class Measure(NamedTuple):
    """A number's canonical unit and its values in it."""

    unit: str
    value: Decimal
    high: Decimal | None

    def scaled(self, unit: str, factor: Decimal | int) -> Measure:
        """The same in another unit, of which one of the present unit has `factor`."""
        return Measure(unit, self.value * factor, None if self.high is None else self.high * factor)


def settle_measure(
    quantity: Quantity, printed: Measure, label: str, clause: str, own: str, grammar: Grammar
) -> Measure:
    """Settle a number's unit.

    Args:
        quantity: the number as found.
        printed: unit and values as its kind has them.
        label: what is measured.
        clause: the clause's text up to the number.
        own: the part of it after an earlier number.
        grammar: the compiled definitions.

    Returns:
        Unit and values as the record has them.
    """
    unit = quantity.unit
    if unit is None:
        if quantity.has_magnitude and grammar.money.search(label) and not grammar.counted.search(label):
            return printed.scaled("亿元", 1 / Decimal(_HUNDRED_MILLION))
        return Measure("", printed.value, printed.high)
    lead = clause + label
    if "/" in printed.unit:
        return printed
    if unit.surface in _TRAFFIC_UNITS and "流量" in lead:
        return printed.scaled(unit.surface, 1 / unit.factor)
    if unit.dimension == "foreign_money" and "人均" in lead:
        return printed.scaled(printed.unit.removeprefix("亿"), _HUNDRED_MILLION)
    if unit.dimension == "money" and printed.unit == "亿元" and _is_per_head(printed, clause, label, grammar):
        if _PER_MONTH.search(lead):
            return printed.scaled("元/月", _HUNDRED_MILLION)
        return printed.scaled("元", _HUNDRED_MILLION) if _PER_HEAD.search(lead) else printed
    if unit.dimension in ("count", "physical") and (match := grammar.per_population.search(own + label)):
        return printed.scaled(f"{printed.unit}/{grammar.words.population_nouns[match[0]]}", 1)
    if printed.unit in ("Mbps", "Gbps"):
        return _settle_bandwidth(printed, lead, grammar)
    return printed


def _is_per_head(printed: Measure, clause: str, label: str, grammar: Grammar) -> bool:
    """Whether money is counted per person or thing: by the number's own clause, of a label only by a noun such as 人均.

    Money of a hundred million and more belongs to no one person, whatever stands near it.
    """
    if abs(printed.value) >= 1:
        return False
    return grammar.per_person.search(clause) is not None or _MEAN.search(label) is not None


def _settle_bandwidth(printed: Measure, lead: str, grammar: Grammar) -> Measure:
    """Access rates are in Mbps, backbones and exits in Gbps."""
    if grammar.exits.search(lead):
        return printed if printed.unit == "Gbps" else printed.scaled("Gbps", Decimal("0.001"))
    return printed.scaled("Mbps", 1000) if printed.unit == "Gbps" and _ACCESS.search(lead) else printed
