"""The numbers of one cell of a table: value and unit, bound, sign and kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from compare.extract.grammar import Grammar
from compare.extract.kinds import find_governors, read_kind
from compare.extract.measures import Measure, settle_measure
from compare.extract.printed_units import NO_UNIT, PrintedUnit
from compare.extract.quantities import Quantity, find_quantities
from compare.extract.refusals import Surroundings, is_no_cell_value

_WRAPPED = re.compile(r"[\[(〔<《](?P<inside>[<>≥≤]?[^\[\]()〔〕<>《》]*)[\])〕>》]")
_NOTE_MARK = re.compile(r"(?<=.)(?:\*{1,3}|[①-⑳]{1,3}|[¹²³]|[\[(](?:\d|注\d?)[\])]|注\d{0,2})$")
_SPAN = re.compile(r"[<>≥≤约]?\d[\d.,]*%?-\d[\d.,]*[^\d-]{0,8}")
_YEARS = re.compile(r"(?:19|20)\d\d(?:[—~至-]{1,2}(?:19|20)\d\d)?")
_FALLING = re.compile(r"(?:下降|降低|减少|降幅|减排|压减)(?:率|幅度|比例|比率|程度)?(?:\([^)]*\))?$")
_GROWING = re.compile(r"(?:增长|增速|涨幅|增长率|增幅|增长速度|递增|提高幅度)(?:\([^)]*\))?$")
_NEW = re.compile(r"新增|净增|新建(?!.{0,8}(?:PUE|率|占比|比例|比重))|新培育|新认定|新设立")
_YEARLY = ("每年", "年均", "平均每年")
_TURNED = {"=": "=", "~": "~", ">=": "<=", ">": "<", "<=": ">=", "<": ">"}
_MAX_LABEL = 40


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a cell.

    Attributes:
        quantity: where it stands in the cell's squeezed text.
        value, high: in `unit`, with the sign that its kind gives it.
        unit, bound, kind: as in a record.
        is_bracketed: printed in brackets, as totals over several years are.
    """

    quantity: Quantity
    value: Decimal
    high: Decimal | None
    unit: str
    bound: str
    kind: str
    is_bracketed: bool


def read_numbers(content: str, label: str, stated: PrintedUnit, grammar: Grammar) -> Iterator[Number]:
    """Read the numbers of a cell.

    Args:
        content: the cell's squeezed text.
        label: what its row and column measure; names and bounds at its end reach into the cell.
        stated: the unit of its row or column, for a number without one.
        grammar: the compiled definitions.

    Yields:
        Each number that states a quantity.
    """
    body, shift, is_bracketed = _unwrap(content)
    if _YEARS.fullmatch(body) and stated is NO_UNIT:
        return
    lead = f"{label[-_MAX_LABEL:]}:"
    whole = (0, len(lead) + len(body))
    around = Surroundings(lead + body, whole, whole, grammar)
    for quantity in find_quantities(lead + body, grammar, len(lead)):
        if quantity.refused and quantity.refused != "threshold":
            continue
        if is_no_cell_value(quantity, around):
            continue
        _move(quantity, -len(lead))
        number = _read_number(quantity, body, label, stated, grammar, is_bracketed=is_bracketed)
        _move(number.quantity, shift)
        yield number


def _unwrap(content: str) -> tuple[str, int, bool]:
    """Take off brackets and marks of notes; by how much that moved the rest; whether there were brackets."""
    # A hyphen between two numbers is a range in a cell.
    body = _NOTE_MARK.sub("", content).lstrip("*`")
    shift = content.find(body)
    is_bracketed = False
    if wrapped := _WRAPPED.fullmatch(body):
        body, shift, is_bracketed = wrapped["inside"], shift + 1, True
    if _SPAN.fullmatch(body):
        body = re.sub(r"(?<=[\d%])-(?=\d)", "~", body)
    return body, shift, is_bracketed


def _move(quantity: Quantity, by: int) -> None:
    quantity.start += by
    quantity.end += by
    quantity.stop += by
    quantity.claim_start = max(0, quantity.claim_start + by)
    quantity.claim_end += by


def _read_number(
    quantity: Quantity, body: str, label: str, stated: PrintedUnit, grammar: Grammar, *, is_bracketed: bool
) -> Number:
    factor, unit = Decimal(1), quantity.canonical
    if quantity.unit is None or quantity.unit.use not in ("quantity", "measured"):
        factor, unit = stated.factor, stated.canonical
        if quantity.has_magnitude and stated.unit is not None and stated.unit.canonical == stated.canonical:
            factor = min(factor, stated.unit.factor)  # 1.2万 under 万个 is not 1.2万万
        quantity.unit = stated.unit
    if quantity.unit is not None:
        printed = Measure(unit, quantity.value * factor or Decimal(1), None)
        settled = settle_measure(quantity, printed, label, "", "", grammar)
        if settled is not printed:
            factor, unit = factor * settled.value / printed.value, settled.unit
    governor = next((found for found in find_governors(body, grammar) if found.start < quantity.start), None)
    if governor is not None and governor.kind in ("level", "rise"):
        governor = None
    reading = read_kind(body, quantity, 0, governor, grammar)
    value = reading.value * factor
    high = None if reading.high is None else reading.high * factor
    bound = reading.bound
    is_minus = quantity.start in (1, 2) and body[quantity.start - 1] in "-—"
    if value > 0 and (is_minus or (_FALLING.search(label) is not None and unit in ("%", "‰", "百分点"))):
        value, high = (-value, None) if high is None else (-high, -value)
        bound = _TURNED[bound]
    kind = reading.kind if reading.kind != "level" else read_label_kind(label, unit)
    return Number(quantity, value, high, unit, bound, kind, is_bracketed)


def read_label_kind(label: str, unit: str) -> str:
    """The kind that the name of a measure gives its numbers.

    >>> read_label_kind("城镇新增就业", "人"), read_label_kind("地区生产总值增长", "%"), read_label_kind("5G基站", "个")
    ('change', 'growth', 'level')
    """
    if unit == "百分点":
        return "change"
    if unit in ("", "%", "‰", "倍"):
        is_growth = _GROWING.search(label) is not None or (unit != "" and _FALLING.search(label) is not None)
        return "growth" if is_growth else "level"
    if label.startswith(_YEARLY):
        return "annual"
    return "change" if _NEW.search(label) and "累计" not in label else "level"


def strip_fall(label: str) -> str:
    """Take the word of a decrease off a label: the sign of the value says it.

    >>> strip_fall("单位地区生产总值能耗降低")
    '单位地区生产总值能耗'
    """
    stripped = _FALLING.sub("", label)
    return stripped if len(stripped) >= 3 else label
