"""Numbers, bounds, units and years as a chart prints them, in Chinese and in English."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from compare.errors import UnknownNameError

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")
T = TypeVar("T")

MINUS = "\u2212"
SIGNS = {"=": "", ">=": "≥", ">": ">", "<=": "≤", "<": "<", "~": "~"}
_AMOUNTS = {
    "=": ("{}", "{}"),
    ">=": ("不少于{}", "at least {}"),
    ">": ("超过{}", "more than {}"),
    "<=": ("不超过{}", "at most {}"),
    "<": ("低于{}", "under {}"),
    "~": ("约{}", "about {}"),
}
# Units that English prints after a number; other measure words of Chinese have no counterpart there.
_UNITS_EN = {
    "%": "%",
    "百分点": " pp",
    "个/万人": " per 10,000 people",
    "户/万人": " per 10,000 people",
    "件/万人": " per 10,000 people",
    "倍": " times",
    "年": " years",
}
_LATIN_UNITS = ("PFLOPS", "EFLOPS", "Mbps", "Gbps", "Tbps", "PB", "EB")


class Measure(Protocol):
    """What a chart needs to know of an indicator; the catalogue's `Indicator` is one."""

    @property
    def id(self) -> str:
        """Id in the catalogue."""

    @property
    def name_zh(self) -> str:
        """Full name."""

    @property
    def name_en(self) -> str:
        """Full name."""

    @property
    def short_zh(self) -> str:
        """Name for axes."""

    @property
    def short_en(self) -> str:
        """Name for axes."""

    @property
    def unit(self) -> str:
        """Canonical unit of its values."""

    @property
    def direction(self) -> str:
        """Which way is better: `higher` or `lower`."""

    @property
    def definition_zh(self) -> str:
        """What it measures."""

    @property
    def definition_en(self) -> str:
        """What it measures."""


@dataclass(frozen=True, slots=True)
class PlainMeasure:
    """A measure outside the catalogue: a name, and a unit."""

    name_zh: str
    name_en: str
    unit: str = ""
    id: str = ""
    short_zh: str = ""
    short_en: str = ""
    direction: str = "higher"
    definition_zh: str = ""
    definition_en: str = ""


def as_measure(indicator: Measure | str, unit: str = "") -> Measure:
    """Takes an indicator, or a name that then serves in both languages."""
    return PlainMeasure(indicator, indicator, unit, id=indicator) if isinstance(indicator, str) else indicator


def check_lang(lang: str) -> Lang:
    """Checks a language.

    Raises:
        UnknownNameError: where it is neither ``zh`` nor ``en``.
    """
    for known in LANGS:
        if lang == known:
            return known
    raise UnknownNameError("language", lang, LANGS)


def say(lang: Lang, zh: T, en: T) -> T:
    """Picks the wording of a language."""
    return zh if lang == "zh" else en


def name_of(measure: Measure, lang: Lang) -> str:
    """Gives the full name of a measure."""
    return say(lang, measure.name_zh, measure.name_en)


def short_name_of(measure: Measure, lang: Lang) -> str:
    """Gives the short name of a measure, for axes; the full one where it has none."""
    return say(lang, measure.short_zh, measure.short_en) or name_of(measure, lang)


def is_total(measure: Measure) -> bool:
    """Whether values of a measure add up over regions, so that the nation's is no measure of one of them."""
    return getattr(measure, "denominator", "") == "none" and measure.unit not in ("%", "")


def definition_of(measure: Measure, lang: Lang) -> str:
    """Gives the definition of a measure, empty where it has none."""
    return say(lang, measure.definition_zh, measure.definition_en)


def format_number(value: float, lang: Lang) -> str:
    """Writes a pure number: Chinese by 万 and 亿, English by commas, millions and billions.

    Up to two decimals stand as they are. Longer ones come from arithmetic: three significant digits of them stay,
    or four before a magnitude word.

    >>> format_number(160000, "zh"), format_number(160000, "en")
    ('16万', '160,000')
    >>> format_number(45060300, "zh"), format_number(45060300, "en")
    ('4506.03万', '45.06 million')
    >>> format_number(26.2843, "zh"), format_number(125790.4, "zh"), format_number(-3, "en"), format_number(1.25, "en")
    ('26.3', '12.58万', '−3', '1.25')
    """
    if value < 0:
        return MINUS + format_number(-value, lang)
    if lang == "zh":
        steps = ((1e12, "万亿"), (1e8, "亿"), (1e4, "万"))
    else:
        steps = ((1e12, " trillion"), (1e9, " billion"), (1e6, " million"))
    for scale, word in steps:
        if value >= scale * (1 - 5e-6):
            return _digits(value / scale, 4, grouped=False) + word
    return _digits(value, 3, grouped=lang == "en")


def _digits(value: float, significant: int, *, grouped: bool) -> str:
    if abs(value - round(value, 2)) > 1e-9 * max(1.0, value):
        places = max(0, significant - 1 - math.floor(math.log10(value)))
        value = round(value, places)
        text = f"{value:,.{places}f}" if grouped else f"{value:.{places}f}"
    else:
        text = f"{value:,.2f}" if grouped else f"{value:.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def format_value(value: float, unit: str, lang: Lang, *, full: bool = False) -> str:
    """Writes a number with as much of its unit as a label on a chart carries, or with all of it.

    Args:
        value: in `unit`.
        unit: canonical unit.
        lang: language.
        full: also measure words and denominators, as running text needs them.

    >>> format_value(40000, "亿元", "zh"), format_value(40000, "亿元", "en")
    ('4万亿元', '¥4 trillion')
    >>> format_value(30, "个/万人", "zh"), format_value(30, "个/万人", "en", full=True)
    ('30', '30 per 10,000 people')
    >>> format_value(13.5, "%", "en"), format_value(160000, "个", "zh", full=True)
    ('13.5%', '16万个')
    """
    if unit == "亿元":
        money = format_number(value * 1e8, lang)
        return f"{money}元" if lang == "zh" else _signed_money(money)
    if unit == "元":
        return f"{format_number(value, 'zh')}元" if lang == "zh" else _signed_money(format_number(value, lang))
    number = format_number(value, lang)
    if unit == "%":
        return f"{number}%"
    if not full:
        return number
    return number + format_unit(unit, lang)


def _signed_money(number: str) -> str:
    return f"{MINUS}¥{number[1:]}" if number.startswith(MINUS) else f"¥{number}"


def format_unit(unit: str, lang: Lang) -> str:
    """Gives what follows a number in running text for a unit."""
    if unit in _LATIN_UNITS:
        return f" {unit}"
    return unit if lang == "zh" else _UNITS_EN.get(unit, "")


def name_unit(unit: str, lang: Lang) -> str:
    """Names a unit for a subtitle, empty where it goes without saying.

    >>> name_unit("个/万人", "zh"), name_unit("个/万人", "en"), name_unit("家", "en")
    ('个/万人', 'per 10,000 people', 'number')
    """
    if lang == "zh" or unit in _LATIN_UNITS:
        return unit
    names = {"亿元": "yuan", "元": "yuan", "": ""}
    return names.get(unit, _UNITS_EN.get(unit, "number").strip())


def format_target(value: float, high: float, bound: str, unit: str, lang: Lang) -> str:
    """Writes a target for a label: its bound as a sign, both ends of a range.

    >>> format_target(30, float("nan"), ">=", "个/万人", "zh"), format_target(90, float("nan"), "~", "%", "en")
    ('≥30', '~90%')
    >>> format_target(3, 5, "=", "个", "zh")
    '3–5'
    """
    sign = SIGNS.get(bound, "")
    if not math.isnan(high) and high != value:
        return f"{sign}{format_value(value, unit, lang)}–{format_value(high, unit, lang)}"
    return sign + format_value(value, unit, lang)


def phrase_target(value: float, high: float, bound: str, unit: str, lang: Lang) -> str:
    """Writes a target for a sentence: its bound in words, its unit in full.

    >>> phrase_target(160000, float("nan"), ">=", "个", "zh"), phrase_target(160000, float("nan"), ">=", "个", "en")
    ('不少于16万个', 'at least 160,000')
    """
    text = format_value(value, unit, lang, full=True)
    if not math.isnan(high) and high != value:
        text = f"{format_value(value, unit, lang)}–{format_value(high, unit, lang, full=True)}"
    zh, en = _AMOUNTS.get(bound, _AMOUNTS["="])
    return say(lang, zh, en).format(text)


def format_years(years: Iterable[int], lang: Lang) -> str:
    """Writes the span of some years.

    >>> format_years([2025, 2023], "zh"), format_years([2025], "zh"), format_years([2023, 2025], "en")
    ('2023—2025年', '2025年', '2023–2025')
    """
    known = sorted(set(years))
    if not known:
        return ""
    dash = say(lang, "—", "–")
    span = str(known[0]) if len(known) == 1 else f"{known[0]}{dash}{known[-1]}"
    return say(lang, f"{span}年", span)


def join_names(names: Sequence[str], lang: Lang, most: int = 0) -> str:
    """Writes a list in a sentence; past `most` names it says how many there are.

    >>> join_names(["安徽", "福建", "山东"], "zh"), join_names(["Anhui", "Fujian"], "en")
    ('安徽、福建、山东', 'Anhui and Fujian')
    >>> join_names(["安徽", "福建", "山东"], "zh", most=2)
    '安徽、福建等3个'
    """
    if most and len(names) > most:
        shown = say(lang, "、", ", ").join(names[:most])
        return say(lang, f"{shown}等{len(names)}个", f"{shown} and {len(names) - most} more")
    if lang == "zh":
        return "、".join(names)
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
