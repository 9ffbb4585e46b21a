"""Units as tables print them: in the brackets behind a label, in a column of their own, in a title or a caption."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from compare.extract.grammar import Grammar
from compare.numerals import MAGNITUDES
from compare.units import Unit

_MAGNITUDE = re.compile("[十百千万亿]{0,8}")
# Operations a second are computing power from a million million on; fewer are what a system handles.
_SPEED = re.compile("每秒([百千万亿]+)次|([百千万亿]+)次(?:/秒|每秒)")
_TERA = 10**12
_OPERATION = Decimal("1e-15")
_REMARK = re.compile(r"\([^()]{0,20}\)$")
_STATED = re.compile(r"单位 ?: ?([^()\[\]:。;]{1,24})")
_RATE = re.compile(r"(?:率|比重|占比|比例|增速|增长|涨幅|程度)(?:\([^()]*\))?$")
_RATES = ("%", "‰")
_SPANS = ("年", "月", "周")
_MAX_UNIT = 10


@dataclass(frozen=True, slots=True)
class PrintedUnit:
    """A unit with its magnitude.

    Attributes:
        factor: one printed unit in canonical units.
        canonical: the canonical unit.
        unit: the unit without its magnitude; None for one that `units.yaml` does not know.
    """

    factor: Decimal
    canonical: str
    unit: Unit | None


NO_UNIT = PrintedUnit(Decimal(1), "", None)


def parse_unit(printed: str, grammar: Grammar) -> PrintedUnit | None:
    """Read a unit.

    Args:
        printed: `万个`, `亿元`, `件/万人`, `2020年不变价,亿元`; squeezed, folded, simplified.
        grammar: the compiled definitions.

    Returns:
        The unit, None where the text is none.
    """
    printed = printed.removeprefix("单位").lstrip(":").rpartition(",")[2]
    if (speed := _SPEED.fullmatch(printed)) is not None and (times := _multiply(speed[1] or speed[2])) >= _TERA:
        return PrintedUnit(times * _OPERATION, "PFLOPS", grammar.units.named("PFLOPS"))
    printed = printed.removeprefix("每秒")
    for length in range(len(_lead(printed)) + 1):
        unit = grammar.units.match(printed, length)
        if unit is None or unit.use not in ("quantity", "measured"):
            continue
        rest = _REMARK.sub("", printed[length + len(unit.surface) :])
        if not rest:
            return PrintedUnit(_multiply(printed[:length]) * unit.factor, unit.canonical, unit)
        if rest.startswith(("/", "每")):
            per = rest.replace("每", "/", 1) if rest.startswith("每") else rest
            canonical = "元" if unit.dimension == "money" else unit.canonical
            return PrintedUnit(_multiply(printed[:length]), f"{canonical}{per}", unit)
    return None


def parse_row_unit(printed: str, grammar: Grammar) -> PrintedUnit | None:
    """Read the unit in the name of a row.

    年 alone is no date there but what is measured (受教育年限); 亿 alone counts without a measure word (网民规模(亿)).
    """
    if printed and printed == _lead(printed):
        return PrintedUnit(_multiply(printed), "", None)
    if (unit := parse_unit(printed, grammar)) is not None:
        return unit
    span = grammar.units.match(printed, 0) if printed in _SPANS else None
    return None if span is None else PrintedUnit(Decimal(1), span.canonical, span)


def _lead(printed: str) -> str:
    match = _MAGNITUDE.match(printed)
    return match[0] if match else ""


def _multiply(magnitudes: str) -> Decimal:
    factor = Decimal(1)
    for character in magnitudes:
        factor *= MAGNITUDES[character]
    return factor


def read_unit(printed: str, grammar: Grammar) -> PrintedUnit:
    """Read a cell of the column of units; a unit that nobody knows is kept as printed, its magnitude folded."""
    if printed in grammar.words.empty_cells:
        return NO_UNIT
    if (known := parse_unit(printed, grammar)) is not None:
        return known
    if len(printed) > _MAX_UNIT or re.search(r"\d", printed):
        return NO_UNIT
    lead = _lead(printed)
    lead = lead if len(lead) < len(printed) else ""
    return PrintedUnit(_multiply(lead), printed[len(lead) :], None)


def is_unit(printed: str, grammar: Grammar) -> bool:
    """Whether a cell can stand in a column of units."""
    return printed in grammar.words.empty_cells or parse_unit(printed, grammar) is not None


def read_stated_unit(captions: tuple[str, ...], label: str, grammar: Grammar) -> PrintedUnit:
    """The unit that a table's captions state for the whole table.

    Of two units (`单位:亿元、%`) a rate has the one for rates, any other measure the other.
    """
    for caption in captions:
        if (match := _STATED.search(caption)) is None:
            continue
        found = [unit for part in re.split("[、,/和]", match[1]) if (unit := parse_unit(part, grammar))]
        if len(found) < 2:
            return parse_unit(match[1], grammar) or (found[0] if found else NO_UNIT)
        is_rate = _RATE.search(label) is not None
        fitting = [unit for unit in found if (unit.canonical in _RATES) == is_rate]
        return fitting[0] if len(fitting) == 1 else NO_UNIT
    return NO_UNIT
