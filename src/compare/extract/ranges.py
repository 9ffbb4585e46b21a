"""Two numbers that are the ends of one range: 3—5个, 10%~15%, 三至五家, 三到五成, 20%和30%之间."""

from __future__ import annotations

import re
from decimal import Decimal

from compare.extract.numbers import RANGE_SIGNS, Quantity

_BETWEEN = re.compile("之间|间(?=[,。;、]|$)")
_BETWEEN_LEAD = re.compile("(?:在|介于|处于|位于|达到?|为)$")


def merge_ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """Join the ends of every range to one quantity.

    Args:
        text: the stretch.
        found: its numbers, in order.

    Returns:
        The quantities; a Chinese numeral without a unit, kept for a range that did not come, is left out.
    """
    merged: list[Quantity] = []
    for quantity in found:
        previous = merged[-1] if merged else None
        if previous is None or previous.refused or quantity.refused:
            merged.append(quantity)
        elif _is_range(text, previous, quantity):
            merged[-1] = _join(text, previous, quantity)
        elif between := _is_between(text, previous, quantity):
            merged[-1] = _join(text, previous, quantity)
            merged[-1].stop = merged[-1].claim_end = between
        else:
            merged.append(quantity)
    return [quantity for quantity in merged if quantity.unit or quantity.refused or not _is_word(quantity)]


def _is_word(quantity: Quantity) -> bool:
    """Whether a Chinese numeral without a unit, kept for a range that did not come, is a part of a word."""
    return quantity.is_chinese and not (quantity.has_magnitude and quantity.end - quantity.start > 1)


def _is_range(text: str, low: Quantity, high: Quantity) -> bool:
    gap = text[low.stop : high.start]
    if len(gap) == 2 and gap[0] in RANGE_SIGNS and gap[1] in "-负" and high.value < 0:
        gap = gap[0]
    if len(gap) != 1 or gap not in RANGE_SIGNS or low.is_open or low.high is not None or high.high is not None:
        return False
    if low.unit is not None and high.unit is not None and low.canonical != high.canonical:
        return False
    if low.unit is None and high.unit is None and not (low.has_magnitude or high.has_magnitude or gap in "—~"):
        return False
    if low.unit is not None and high.unit is None:
        return False
    return not (gap in "到至" and text[max(0, low.start - 1) : low.start] in ("从", "由") and low.unit is not None)


def _is_between(text: str, low: Quantity, high: Quantity) -> int:
    """End of the 之间 that makes 在20%和30%之间 a range, or 0."""
    if text[low.stop : high.start] not in ("和", "与", "到", "至") or low.high is not None or high.high is not None:
        return 0
    if low.unit is not None and low.canonical != high.canonical:
        return 0
    end = _BETWEEN.match(text, high.stop)
    return end.end() if end and _BETWEEN_LEAD.search(text, max(0, low.start - 4), low.start) else 0


def _join(text: str, low: Quantity, high: Quantity) -> Quantity:
    value = low.value
    if low.unit is None and high.unit is not None:
        value = _share_unit(text, low, high)
    upper = None if value == high.value else max(value, high.value)
    value = min(value, high.value)
    joined = Quantity(
        low.start, high.end, high.stop, low.claim_start, high.stop, value, upper, high.unit, high.canonical
    )
    joined.is_chinese = low.is_chinese and high.is_chinese
    joined.has_magnitude = high.has_magnitude
    joined.is_open = high.is_open
    joined.is_share = high.is_share
    return joined


def _share_unit(text: str, low: Quantity, high: Quantity) -> Decimal:
    """The lower end, printed without unit and magnitude, in those of the upper one."""
    surface = text[high.start : high.stop]
    if high.is_share:
        return low.value * 10 if "成" in surface else low.value
    unit = high.unit
    factor = Decimal(1) if unit is None or "/" in high.canonical else unit.factor
    digits = re.match(r"[\d'.]+", surface)
    if low.has_magnitude or not high.has_magnitude or digits is None:
        return low.value * factor
    return low.value * factor * int(high.value / factor / Decimal(digits[0].replace("'", "")))
