"""Numbers, bounds and ranges through sums, quotients and growth, with the arithmetic written out."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

_SAME_SENSE = ({">", ">="}, {"<", "<="})


@dataclass(frozen=True, slots=True)
class Amount:
    """A number or range with its bound.

    Attributes:
        value: the number, or the lower end of a range.
        high: the upper end, or None.
        bound: one of `=` `>=` `>` `<=` `<` `~`.
    """

    value: float
    high: float | None = None
    bound: str = "="

    def map(self, change: Callable[[float], float]) -> Amount:
        """Both ends through an increasing function; the bound stays what it is."""
        return Amount(change(self.value), None if self.high is None else change(self.high), self.bound)

    def show(self) -> str:
        """The number or range as text.

        >>> Amount(3, 5).show(), Amount(0.5).show()
        ('3–5', '0.5')
        """
        text = show_number(self.value)
        return text if self.high is None else f"{text}–{show_number(self.high)}"

    def show_rounded(self) -> str:
        """The same, rounded to three digits."""
        text = show_rounded(self.value)
        return text if self.high is None else f"{text}–{show_rounded(self.high)}"


def show_number(value: float) -> str:
    """A number in full, without a needless decimal point or exponent.

    >>> show_number(160000.0), show_number(57476.6), show_number(0.1 + 0.2)
    ('160000', '57476.6', '0.3')
    """
    return format(Decimal(repr(round(value, 9))).normalize(), "f")


def show_rounded(value: float) -> str:
    """A number to three digits, whole numbers in full.

    >>> show_rounded(26.1309), show_rounded(0.012345), show_rounded(125789.6)
    ('26.1', '0.0123', '125790')
    """
    if value == 0:
        return "0"
    return show_number(round(value, max(0, 2 - math.floor(math.log10(abs(value))))))


def combine_bounds(first: str, second: str) -> str:
    """The bound of a sum or product (of positive numbers) of two bounded numbers.

    Bounds of one sense keep it, and a strict one makes the result strict; where the senses differ nothing but
    "about" is left.

    >>> combine_bounds("=", ">"), combine_bounds(">=", ">"), combine_bounds(">", "<"), combine_bounds("~", "=")
    ('>', '>', '~', '~')
    """
    if second in (first, "="):
        return first
    if first == "=":
        return second
    for sense in _SAME_SENSE:
        if {first, second} <= sense:
            return next(bound for bound in (first, second) if len(bound) == 1)
    return "~"


def per_population(amount: Amount, people: float, scale: float) -> tuple[Amount, str]:
    """Divide by a population.

    Args:
        amount: the total.
        people: in 万人.
        scale: 1 for "per 10,000 people".

    Returns:
        The ratio and the arithmetic.

    >>> per_population(Amount(160000), 6121, 1)[1]
    '160000 ÷ 6121万人 × 1万 = 26.1'
    """
    result = amount.map(lambda value: value / people * scale)
    base = "1万" if scale == 1 else show_number(scale * 10_000)
    return result, f"{amount.show()} ÷ {show_number(people)}万人 × {base} = {result.show_rounded()}"


def times_population(amount: Amount, people: float, scale: float) -> tuple[Amount, str]:
    """A ratio to population back to the total.

    >>> times_population(Amount(30), 4193, 1)[1]
    '30 × 4193万人 ÷ 1万 = 125790'
    """
    result = amount.map(lambda value: value * people / scale)
    base = "1万" if scale == 1 else show_number(scale * 10_000)
    return result, f"{amount.show()} × {show_number(people)}万人 ÷ {base} = {result.show_rounded()}"


def per_gdp(amount: Amount, gdp: float, scale: float) -> tuple[Amount, str]:
    """Divide by a GDP.

    Args:
        amount: in 亿元.
        gdp: in 亿元, current prices.
        scale: 100 for a percentage.

    >>> per_gdp(Amount(40000, bound=">"), 57476.6, 100)[1]
    '40000 ÷ 57476.6亿元 × 100% = 69.6%'
    """
    result = amount.map(lambda value: value / gdp * scale)
    if scale == 100:
        return result, f"{amount.show()} ÷ {show_number(gdp)}亿元 × 100% = {result.show_rounded()}%"
    return result, f"{amount.show()} ÷ {show_number(gdp)}亿元 × {show_number(scale)} = {result.show_rounded()}"


def convert_by(amount: Amount, factor: float, source: str, target: str) -> tuple[Amount, str]:
    """Change the unit.

    >>> convert_by(Amount(22), 1000, "Tbps", "Gbps")[1]
    '22Tbps × 1000 = 22000Gbps'
    """
    result = amount.map(lambda value: value * factor)
    sign, by = ("×", factor) if factor >= 1 else ("÷", 1 / factor)
    return result, f"{amount.show()}{source} {sign} {show_number(by)} = {result.show()}{target}"


def add_change(base: Amount, change: Amount, unit: str, change_unit: str) -> tuple[Amount, str]:
    """Add a change to a baseline.

    >>> add_change(Amount(7.8), Amount(3), "%", "百分点")[1]
    '7.8% + 3百分点 = 10.8%'
    """
    highs = base.high is not None or change.high is not None
    low = _sum(base.value, change.value)
    high = _sum(_upper(base), _upper(change)) if highs else None
    result = Amount(low, high, combine_bounds(base.bound, change.bound))
    sign, shown = ("+", change) if change.value >= 0 else ("−", change.map(abs))
    return result, f"{base.show()}{unit} {sign} {shown.show()}{change_unit} = {result.show()}{unit}"


def subtract(first: Amount, second: Amount) -> Amount:
    """First less second: the bound of the second turns round, and a range on either side makes a range.

    >>> subtract(Amount(160000), Amount(60000, bound=">="))
    Amount(value=100000.0, high=None, bound='<=')
    >>> subtract(Amount(3, 5, ">"), Amount(1, 2))
    Amount(value=1.0, high=4.0, bound='>')
    >>> subtract(Amount(50, bound=">"), Amount(30, bound=">")).bound
    '~'
    """
    turned = {">": "<", ">=": "<=", "<": ">", "<=": ">="}.get(second.bound, second.bound)
    low, high = _sum(first.value, -_upper(second)), _sum(_upper(first), -second.value)
    ranges = first.high is not None or second.high is not None
    return Amount(low, high if ranges else None, combine_bounds(turned, first.bound))


def apply_growth(base: Amount, growth: Amount, years: int | None, unit: str) -> tuple[Amount, str]:
    """Apply a rate of growth (in %) to a baseline, once or `years` times.

    >>> apply_growth(Amount(1000), Amount(10, bound=">"), 5, "亿元")
    (Amount(value=1610.51, high=None, bound='>'), '1000亿元 × (1 + 10%)^5 = 1611亿元')
    """
    power = 1 if years is None else years

    def grown(start: float, rate: float) -> float:
        return round(start * (1 + rate / 100) ** power, 6)

    high = grown(_upper(base), _upper(growth)) if base.high is not None or growth.high is not None else None
    result = Amount(grown(base.value, growth.value), high, combine_bounds(base.bound, growth.bound))
    exponent = "" if years is None else f"^{years}"
    return result, f"{base.show()}{unit} × (1 + {growth.show()}%){exponent} = {result.show_rounded()}{unit}"


def multiply_base(base: Amount, times: Amount, unit: str) -> tuple[Amount, str]:
    """A multiple of a baseline.

    >>> multiply_base(Amount(2314), Amount(2), "亿元")[1]
    '2314亿元 × 2 = 4628亿元'
    """
    high = _upper(base) * _upper(times) if base.high is not None or times.high is not None else None
    result = Amount(base.value * times.value, high, combine_bounds(base.bound, times.bound))
    return result, f"{base.show()}{unit} × {times.show()} = {result.show_rounded()}{unit}"


def yearly_growth(base: float, target: float, years: int) -> float | None:
    """Compound growth a year, in %, or None where it has no meaning (no time, or a base or target of nothing).

    >>> round(yearly_growth(100, 121, 2), 6)
    10.0
    """
    if years <= 0 or base <= 0 or target <= 0:
        return None
    return (math.exp(math.log(target / base) / years) - 1) * 100


def _upper(amount: Amount) -> float:
    return amount.value if amount.high is None else amount.high


def _sum(first: float, second: float) -> float:
    return float(Decimal(repr(first)) + Decimal(repr(second)))
