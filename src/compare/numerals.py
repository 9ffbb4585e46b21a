"""A numeral as written (Arabic, Chinese, mixed) to an exact number, or why not.

Rules of the decimal system with magnitude words: 十 百 千 万 亿 multiply what stands before them; 万 and 亿 close a
section. 几 数 余 多 leave the number open upwards.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

DIGITS = {
    **{digit: value for value, digit in enumerate("零一二三四五六七八九")},
    **{digit: value for value, digit in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "两": 2,
    "俩": 2,
    "双": 2,
}
_SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}
MAGNITUDES = {**_SMALL, **_LARGE}
MAX_DIGITS = 18
_GROUPING = str.maketrans("", "", ",' ")
_APPROXIMATE = re.compile(
    "(?P<ten>十?)(?P<low>[一二两三四五六七八九])(?P<high>[二两三四五六七八九])(?P<magnitude>[十百千万亿]*)"
)

_ARABIC = re.compile(
    r"(?P<digits>\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?P<magnitude>[十百千万亿兆]*)"
    r"(?:(?P<rest>\d+)(?P<small>[百千万]+))?"
)
_FRACTION = re.compile(
    r"(?P<low>[零〇一二三四五六七八九十百千万两\d]+)分之(?P<high>[零〇一二三四五六七八九十百千万两点\d.]+)"
)
_TENTHS = re.compile(r"(?P<whole>[一二三四五六七八九两\d])成(?P<half>半)?")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral's value.

    Attributes:
        value: exact value of the numeral.
        is_share: the numeral itself says that it is a part of a whole (三分之一, 三成), `value` being that part.
        high: upper end where two digits in a row give a range (三四百: 300 to 400).
        is_open: 几, 数 or a trailing 多 or 余 leaves it open upwards (`value` is then its lower end).
    """

    value: Decimal | Fraction
    is_share: bool = False
    is_open: bool = False
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class NotANumeral:
    """Why a text is no numeral."""

    reason: str


def parse_numeral(text: str) -> Numeral | NotANumeral:
    """Read one numeral.

    Args:
        text: a numeral as written, widths folded to ASCII, simplified characters, without a unit.

    Returns:
        The exact value, or the reason why the text has none.

    >>> parse_numeral("1.5万亿").value
    Decimal('1500000000000.0')
    >>> parse_numeral("三千二百").value
    Decimal('3200')
    >>> parse_numeral("三分之一").value
    Fraction(1, 3)
    >>> parse_numeral("十几").is_open
    True
    >>> parse_numeral("万千")
    NotANumeral(reason='magnitudes in no order')
    """
    text = text.strip()
    match = _ARABIC.fullmatch(text)
    if match:
        return _parse_arabic(match)
    if match := _FRACTION.fullmatch(text):
        return _parse_fraction(match["low"], match["high"])
    if match := _TENTHS.fullmatch(text):
        tenths = Fraction(int(match["whole"]) if match["whole"].isdigit() else DIGITS[match["whole"]], 10)
        return Numeral(tenths + (Fraction(1, 20) if match["half"] else 0), is_share=True)
    if text == "半数":
        return Numeral(Fraction(1, 2), is_share=True)
    if text[:1].isdigit():
        return NotANumeral("digits in no order")
    if (match := _APPROXIMATE.fullmatch(text)) and 0 < DIGITS[match["high"]] - DIGITS[match["low"]] <= 2:
        return _parse_approximate(match)
    return _parse_chinese(text)


def _parse_approximate(match: re.Match[str]) -> Numeral:
    magnitude = 1
    for word in match["magnitude"]:
        magnitude *= MAGNITUDES[word]
    ten = 10 if match["ten"] else 0
    low, high = ((ten + DIGITS[match[end]]) * magnitude for end in ("low", "high"))
    return Numeral(Decimal(low), high=Decimal(high))


def _parse_arabic(match: re.Match[str]) -> Numeral | NotANumeral:
    if len(match[0]) > MAX_DIGITS + 6:
        return NotANumeral("too many digits")
    value = _multiply(match["digits"], match["magnitude"])
    return Numeral(value + _multiply(match["rest"], match["small"]) if match["rest"] else value)


def _multiply(digits: str, magnitude: str) -> Decimal:
    value = Decimal(digits.translate(_GROUPING))
    for word in magnitude:
        value *= MAGNITUDES[word]
    return value


def _parse_fraction(low: str, high: str) -> Numeral | NotANumeral:
    denominator, numerator = parse_numeral(low), parse_numeral(high)
    if isinstance(denominator, NotANumeral):
        return denominator
    if isinstance(numerator, NotANumeral):
        return numerator
    if not denominator.value:
        return NotANumeral("a fraction of nothing")
    return Numeral(Fraction(numerator.value) / Fraction(denominator.value), is_share=True)


def _parse_chinese(text: str) -> Numeral | NotANumeral:
    is_open = any(sign in text for sign in "几数余多")
    text = text.rstrip("余多")
    whole, point, decimals = text.partition("点")
    if len(text) > MAX_DIGITS or not whole:
        return NotANumeral("too many digits" if whole else "no digits")
    if point:
        tail = _split_decimals(decimals)
        if tail is None:
            return NotANumeral("no digits after the point")
        value, magnitude = tail
        base = _sum_sections(whole)
        return NotANumeral("magnitudes in no order") if base is None else Numeral((base + value) * magnitude)
    if all(character in DIGITS for character in whole) and len(whole) > 1:
        return Numeral(Decimal("".join(str(DIGITS[character]) for character in whole)))
    number = _sum_sections(whole)
    return NotANumeral("magnitudes in no order") if number is None else Numeral(number, is_open=is_open)


def _split_decimals(decimals: str) -> tuple[Decimal, int] | None:
    digits = "".join(str(DIGITS[character]) for character in decimals if character in DIGITS)
    magnitude = 1
    for character in decimals[len(digits) :]:
        if character not in MAGNITUDES:
            return None
        magnitude *= MAGNITUDES[character]
    return (Decimal(f"0.{digits}"), magnitude) if digits else None


def _sum_sections(text: str) -> Decimal | None:
    """Sum a Chinese integer section by section; an open digit (几, 数) counts one of its magnitude, alone nothing."""
    total = section = digit = 0
    last_large = 0
    previous = ""
    for character in text:
        if character in DIGITS:
            if previous in DIGITS and previous not in "零〇":
                return None
            digit = DIGITS[character]
        elif character in "几数":
            digit = 1 if character != text[-1] else 0
        elif character in _SMALL:
            if not digit and (total or section):
                return None
            section += (digit or 1) * _SMALL[character]
            digit = 0
        elif character in _LARGE:
            large = _LARGE[character]
            if section + digit == 0 and total == 0 and previous not in MAGNITUDES:
                digit = 1
            if large > last_large and last_large > 0 and total:
                total, section, digit = (total + section + digit) * large, 0, 0
            elif large == last_large and previous == character:
                total *= large
            elif large == last_large or (previous in _LARGE and large < last_large):
                return None
            else:
                total += (section + digit) * large
                section = digit = 0
            last_large = large
        else:
            return None
        previous = character
    if digit and len(text) > 1 and text[-2] in MAGNITUDES and text[-2] != "十" and text[-1] in DIGITS:
        # 三万五 is 35,000: after a magnitude a last digit counts the next lower one
        return Decimal(total + section) + Decimal(digit * MAGNITUDES[text[-2]]) / 10
    return Decimal(total + section + digit)
