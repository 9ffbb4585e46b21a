"""A numeral as written (Arabic, Chinese, mixed) to an exact number, or why not.

Rules of the decimal system with magnitude words: 十 百 千 万 亿 multiply what stands before them; 万 and 亿 close a
section. 几 数 余 多 leave the number open upwards.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

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
_WAN = 10**4
_DIGIT = re.compile(rf"[\d{''.join(DIGITS)}]")
_ONLY_NUMERAL = re.compile(
    r"(?![., '])(?:\d[\d,']*(?: \d{3})*(?:\.\d+)?(?: (?=[十百千万亿兆]))?"
    rf"|[{''.join(DIGITS)}{''.join(MAGNITUDES)}几数])+"
)
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_GROUPING = str.maketrans("", "", ",' ")
_APPROXIMATE = re.compile(
    "(?P<ten>[二三四五六七八九]?十|)(?P<low>[一二两三四五六七八九])(?P<high>[二两三四五六七八九])(?P<magnitude>[十百千万亿]*)"
)

_TOKEN = re.compile(r"\d{1,3}(?:[,' ]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\S")
_FRACTION = re.compile(r"(?:(?P<whole>[^又分]+)又)?(?P<low>[^又分.]+)分之(?P<high>[^又分]+)")
_TENTHS = re.compile(
    r"(?P<whole>半|十|10|[一二三四五六七八九两\d](?:[点.][零一二三四五六七八九\d])?)成(?P<rest>[半一二三四五六七八九])?"
)
_TENTHS_RANGE = re.compile(r"(?P<low>[一二三四五六七八])(?P<high>[二三四五六七八九])成")
_VULGAR = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅛": (1, 8)}
_HALVES = ("半数", "一半")
_JOINED = str.maketrans({"廿": "二十", "卅": "三十"})


class Numeral(NamedTuple):
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
    high: Decimal | Fraction | None = None


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
    if text.isdecimal() and text.isascii() and len(text) <= MAX_DIGITS:  # most numerals, and far cheaper
        return Numeral(Decimal(text))
    text = text.strip().translate(_JOINED)
    if _PLAIN.fullmatch(text) and len(text) <= MAX_DIGITS:
        return Numeral(Decimal(text))
    if "分之" in text:
        match = _FRACTION.fullmatch(text)
        return _parse_fraction(match) if match else NotANumeral("no fraction")
    if "成" in text:
        return _parse_tenths(text)
    if text in _HALVES:
        return Numeral(Fraction(1, 2), is_share=True)
    if text in _VULGAR:
        return Numeral(Fraction(*_VULGAR[text]), is_share=True)
    if (match := _APPROXIMATE.fullmatch(text)) and 0 < DIGITS[match["high"]] - DIGITS[match["low"]] <= 2:
        return _parse_approximate(match)
    return _parse_chinese(text)


def _parse_approximate(match: re.Match[str]) -> Numeral | NotANumeral:
    magnitude = 1
    for word in match["magnitude"]:
        magnitude *= MAGNITUDES[word]
    ten = _sum_sections(match["ten"]) or Decimal(0)
    low, high = ((ten + DIGITS[match[end]]) * magnitude for end in ("low", "high"))
    return Numeral(low, high=high)


def _parse_tenths(text: str) -> Numeral | NotANumeral:
    """三成, 七成六 (76 of 100), 三成半, 6.5成, 七八成."""
    if (match := _TENTHS_RANGE.fullmatch(text)) and DIGITS[match["high"]] - DIGITS[match["low"]] == 1:
        low, high = (Fraction(DIGITS[match[end]], 10) for end in ("low", "high"))
        return Numeral(low, is_share=True, high=high)
    match = _TENTHS.fullmatch(text)
    if match is None:
        return NotANumeral("no tenths")
    return Numeral(
        (_count_tenths(match["whole"]) + _count_tenths(match["rest"]) / (1 if match["rest"] == "半" else 10)) / 10,
        is_share=True,
    )


def _count_tenths(text: str | None) -> Fraction:
    """Tenths in front of 成, or hundredths after it: 半 is half of one, in 半成 and in 三成半 (35 of 100)."""
    if text == "半":
        return Fraction(1, 2)
    numeral = parse_numeral(text or "零")
    return Fraction(numeral.value) if isinstance(numeral, Numeral) else Fraction(0)


def _parse_fraction(match: re.Match[str]) -> Numeral | NotANumeral:
    parts: list[Numeral] = []
    for part in ("low", "high", "whole"):
        numeral = parse_numeral(match[part] or "零")
        if isinstance(numeral, NotANumeral):
            return numeral
        if numeral.is_share or (numeral.high is not None and part != "high"):
            return NotANumeral("a fraction of a fraction")
        parts.append(numeral)
    denominator, whole = Fraction(parts[0].value), Fraction(parts[2].value)
    if not denominator:
        return NotANumeral("a fraction of nothing")
    top = parts[1].high
    return Numeral(
        whole + Fraction(parts[1].value) / denominator,
        is_share=match["whole"] is None,
        high=None if top is None else whole + Fraction(top) / denominator,
    )


def _parse_chinese(text: str) -> Numeral | NotANumeral:
    is_open = any(sign in text for sign in "几数余多")
    text = text.rstrip("余多")
    whole, point, decimals = text.partition("点")
    if len(_DIGIT.findall(text)) > MAX_DIGITS or not whole:
        return NotANumeral("too many digits" if whole else "no digits")
    if not _ONLY_NUMERAL.fullmatch(whole):
        return NotANumeral("digits in no order")
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
    """Value of digits and magnitudes, Arabic or Chinese; None where the magnitudes are in no order."""
    total = section = Decimal(0)
    digit: Decimal | None = None
    has_zero = False
    last_small = last_large = 0
    previous = ""
    for part in _TOKEN.findall(text):
        if part in _SMALL:
            if (digit is None and (total or section)) or 0 < last_small <= _SMALL[part]:
                return None
            is_alone = digit is None or previous in "零〇几数"  # 一万零十二, 三千几百
            section += (Decimal(1) if is_alone or digit is None else digit) * _SMALL[part]
            digit, last_small, has_zero = None, _SMALL[part], False
        elif part in _LARGE:
            if digit and digit < 10 and last_small >= 100 and not has_zero:
                return None  # 五千三万 might be 5,003 or 5,300 of them
            amount = section if digit is None else section + digit
            summed = _close_section(total, amount, part, last_large, previous)
            if summed is None:
                return None
            total, section, digit, last_small, last_large = summed, Decimal(0), None, 0, _LARGE[part]
        else:
            if digit or part in ",' .":
                return None
            has_zero = has_zero or part in "零〇"
            digit = _digit(part, is_vague_addition=bool(total or section))
        previous = part
    return _add_last(total + section, digit, text, has_zero=has_zero)


def _close_section(total: Decimal, amount: Decimal, word: str, last_large: int, previous: str) -> Decimal | None:
    """Apply 万 or 亿 to what stands before it: to the section, or to all where it is larger than the one before."""
    large = _LARGE[word]
    is_bare = previous == "" or previous in _LARGE
    if last_large and large > last_large:
        # 两万五千亿 is 25,000 of them; in 1万2亿 the 2 has no place
        is_whole = is_bare or previous in _SMALL or amount >= _WAN / 10
        return (total + amount) * large if is_whole else None
    if last_large == large:
        return total * large if previous == word else None
    if is_bare and total:
        return None
    return total + (Decimal(1) if is_bare else amount) * large


def _digit(part: str, *, is_vague_addition: bool) -> Decimal:
    if part in DIGITS:
        return Decimal(DIGITS[part])
    if part in "几数":  # 几十 is ten at least, 十几 too
        return Decimal(0 if is_vague_addition else 1)
    return Decimal(part.translate(_GROUPING))


def _add_last(total: Decimal, digit: Decimal | None, text: str, *, has_zero: bool) -> Decimal | None:
    """Add the digit after the last magnitude; without 零 it counts the next lower one (三万五 is 35,000)."""
    if digit is None:
        return total
    before = text[-2:-1]
    if not total or before == "十" or has_zero or before not in MAGNITUDES or not digit:
        return total + digit
    return total + digit * MAGNITUDES[before] / 10 if text[-1] in DIGITS else None
