"""Numerals to exact numbers, or the reason why a text is none."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from compare.catalogue import load_catalogue
from compare.extract import Extractor
from compare.numerals import NotANumeral, Numeral, parse_numeral
from compare.plans import Period, Plan

ROOT = Path(__file__).parent.parent
POLICY_TEXT = yaml.safe_load((Path(__file__).parent / "data" / "numerals.yaml").read_text("utf-8"))

VALUES = {
    # Arabic
    "0": 0, "7": 7, "160": 160, "3.5": "3.5", "0.45": "0.45", "1,234": 1234, "1,234,567": 1_234_567,
    "1,234.5": "1234.5",
    # Arabic with magnitude words
    "16万": 160_000, "25 万": 250_000, "5千": 5000, "2百": 200, "2.5千": 2500, "3百万": 3_000_000, "1.5百万": 1_500_000,
    "3千万": 30_000_000, "1.25亿": 125_000_000, "3千亿": 300_000_000_000, "1.5万亿": 1_500_000_000_000,
    "5万万": 500_000_000, "2万亿": 2_000_000_000_000, "5千万亿": 5_000_000_000_000_000, "3兆": 3_000_000_000_000,
    # Mixed
    "12万5千": 125_000, "3万5千": 35_000, "1亿2000万": 120_000_000, "12亿3千万": 1_230_000_000, "3亿5千万": 350_000_000,
    # Chinese
    "零": 0, "一": 1, "两": 2, "十": 10, "十五": 15, "二十": 20, "一百零五": 105, "二百五十": 250, "三千二百": 3200,
    "一千零五": 1005, "一千零五十": 1050, "一万零三百": 10_300, "两万": 20_000, "两万五千": 25_000,
    "三十五万六千": 356_000, "一百二十万": 1_200_000, "两千三百万": 23_000_000, "一亿两千万": 120_000_000,
    "四百八十亿": 48_000_000_000,
    "一万亿": 1_000_000_000_000, "一千五百万亿": 1_500_000_000_000_000, "五万万": 500_000_000,
    "百": 100, "百万": 1_000_000, "千万": 10_000_000, "千亿": 100_000_000_000, "万亿": 1_000_000_000_000,
    "百万亿": 100_000_000_000_000,
    # Formal digits, and digits in a row
    "壹佰贰拾叁": 123, "伍仟": 5000, "肆万": 40_000, "二〇二五": 2025, "二零二五": 2025,
    # A last digit after a magnitude counts a tenth of it, unless a zero stands between
    "三万五": 35_000, "三千五": 3500, "一百五": 150, "两万零五": 20_005,
    "一千陆": 1600, "一万零十二": 10_012, "一百零十万": 1_100_000, "一百零一万零三千零十二": 1_013_012,
    "5万4千6百": 54_600, "1千零20": 1020, "2千零30万": 20_300_000, "3万4000": 34_000, "5亿1万4千6百": 500_014_600,
    "五兆六十二亿四万五千": 5_006_200_045_000, "廿五": 25, "卅": 30, "零十": 10,
    "四千五百六十九万八千三百一十一亿四千八百七十二万五千三百八十二": 4_569_831_148_725_382,
    # Decimals
    "零点五": "0.5", "三点一四": "3.14", "十五点五": "15.5", "三点五万": 35_000, "三点五亿": 350_000_000,
    "一点二万亿": 1_200_000_000_000,
}  # fmt: skip

SHARES = {
    "百分之五": Fraction(5, 100),
    "百分之百": Fraction(1),
    "百分之三十五点六": Fraction(356, 1000),
    "百分之零点五": Fraction(5, 1000),
    "百分之35.6": Fraction(356, 1000),
    "百分之一百二十": Fraction(12, 10),
    "千分之二": Fraction(2, 1000),
    "万分之三": Fraction(3, 10_000),
    "三分之一": Fraction(1, 3),
    "3分之1": Fraction(1, 3),
    "四分之三": Fraction(3, 4),
    "三成": Fraction(3, 10),
    "3成": Fraction(3, 10),
    "三成半": Fraction(35, 100),
    "七成六": Fraction(76, 100),
    "六点五成": Fraction(65, 100),
    "6.5成": Fraction(65, 100),
    "半成": Fraction(5, 100),
    "十成": Fraction(1),
    "10成": Fraction(1),
    "一半": Fraction(1, 2),
    "½": Fraction(1, 2),
    "百分之1,111": Fraction(1111, 100),
    "壹仟分之贰": Fraction(2, 1000),
    "千分之一百一十一点一一二": Fraction(111_112, 1_000_000),
    "半数": Fraction(1, 2),
}

OPEN = {
    "十几": 10,
    "十几万": 100_000,
    "一百零几万": 1_000_000,
    "一千几百": 1100,
    "几十": 10,
    "数百": 100,
    "数千": 1000,
    "数十万": 100_000,
    "几百亿": 10_000_000_000,
    "三十多": 30,
    "百余": 100,
}

APPROXIMATE: dict[str, tuple[int | Fraction, int | Fraction]] = {
    "两三": (2, 3),
    "七八": (7, 8),
    "三五": (3, 5),
    "三四十": (30, 40),
    "三四百": (300, 400),
    "五六千": (5000, 6000),
    "两三万": (20_000, 30_000),
    "十二三": (12, 13),
    "二十三四": (23, 24),
    "二十三四万": (230_000, 240_000),
    "七八成": (Fraction(7, 10), Fraction(8, 10)),
    "百分之二三十": (Fraction(2, 10), Fraction(3, 10)),
}

REFUSED = [
    "", "第三", "万千", "千千", "亿万", "百千", "五分之", "分之五", "零分之一", "三百点", "点五", "12,34", "1234,567",
    "三分之二分之一", "七九成", "20成", "半百", "负三", "0,",
    "1.2.3", "1/3", "5%", "1e5", "-5", "五个", "个", "余", "多", "9" * 60, "九" * 60, "百分之", "三 百二",
]  # fmt: skip


def value_of(text: str) -> Decimal | Fraction:
    """The value of what must be a numeral."""
    numeral = parse_numeral(text)
    assert isinstance(numeral, Numeral), f"{text}: {numeral}"
    return numeral.value


@pytest.mark.parametrize(("text", "value"), VALUES.items())
def test_a_numeral_has_its_exact_value(text: str, value: int | str) -> None:
    """Arabic, Chinese and mixed numerals give one exact number, no share, not open."""
    assert parse_numeral(text) == Numeral(Decimal(value))


@pytest.mark.parametrize(("text", "share"), SHARES.items())
def test_a_part_of_a_whole_is_a_share(text: str, share: Fraction) -> None:
    """Fractions, per cents in words and tenths are exact parts of one."""
    assert parse_numeral(text) == Numeral(share, is_share=True)


@pytest.mark.parametrize(("text", "value"), OPEN.items())
def test_a_vague_numeral_is_open_upwards(text: str, value: int) -> None:
    """几, 数, 多 and 余 give the least that they can mean."""
    assert parse_numeral(text) == Numeral(Decimal(value), is_open=True)


@pytest.mark.parametrize(("text", "ends"), APPROXIMATE.items())
def test_two_digits_in_a_row_are_a_range(text: str, ends: tuple[int | Fraction, int | Fraction]) -> None:
    """三四百 is three to four hundred: never 34 hundreds."""
    numeral = parse_numeral(text)
    assert isinstance(numeral, Numeral)
    assert (numeral.value, numeral.high) == ends


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_numeral_comes_back_with_a_reason(text: str) -> None:
    """Nothing is guessed, nothing raised."""
    result = parse_numeral(text)
    assert isinstance(result, NotANumeral)
    assert result.reason


@pytest.mark.parametrize(("text", "value"), [("一又二分之一", Fraction(3, 2)), ("3又1千分之23", Fraction(3023, 1000))])
def test_a_whole_and_a_part_are_one_number(text: str, value: Fraction) -> None:
    """What is more than one whole is no share."""
    assert parse_numeral(text) == Numeral(value)


@pytest.mark.parametrize(("text", "value"), [("1千5百万", 15_000_000), ("9百60万", 9_600_000), ("3万五", 35_000)])
def test_mixed_numerals_have_sections_like_chinese_ones(text: str, value: int) -> None:
    """A large magnitude multiplies the whole section before it, in whatever digits that is written."""
    assert value_of(text) == value


@pytest.mark.parametrize("text", ["1万2亿", "12 3万", "5千3万", "3百2千", "二百三百"])
def test_numerals_need_falling_magnitudes(text: str) -> None:
    """Two numbers that happen to stand side by side are not added."""
    assert isinstance(parse_numeral(text), NotANumeral)


DIGITS = "零一二三四五六七八九"


def write_section(number: int) -> str:
    """A number below 10,000 in Chinese, as it is spoken."""
    written = ""
    pending = False
    for power, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            written += ("零" if pending else "") + DIGITS[digit] + word
            pending = False
        elif written:
            pending = True
    return written


def write_chinese(number: int) -> str:
    """A number below 10**12 in Chinese, as it is spoken."""
    if not number:
        return "零"
    written = ""
    for power, word in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section = number // power % 10**4
        if section:
            written += ("零" if written and section < 1000 else "") + write_section(section) + word
    return written


@example(926_818_181_111)
@given(st.integers(0, 10**12 - 1))
def test_numbers_written_out_in_chinese_come_back(number: int) -> None:
    """Every number survives being written in Chinese and read again."""
    assert value_of(write_chinese(number)) == number


@given(st.integers(0, 10**10), st.integers(0, 3), st.sampled_from(["", "百", "千", "万", "百万", "千万", "亿", "万亿"]))
def test_arabic_numbers_come_back(number: int, places: int, magnitude: str) -> None:
    """Every decimal is exact, with and without commas, under every magnitude word."""
    factor = int(value_of(magnitude)) if magnitude else 1
    value = Decimal(number) / 10**places
    assert value_of(f"{value:f}{magnitude}") == value * factor
    assert value_of(f"{value:,f}{magnitude}") == value * factor


@given(st.text(st.sampled_from(f"{DIGITS}〇两十百千万亿兆几数余多半成点分之壹佰0123456789.,' %第")))
def test_no_text_raises(text: str) -> None:
    """Any row of digits and magnitude words is a number not below zero, or refused with a reason."""
    result = parse_numeral(text)
    if isinstance(result, Numeral):
        assert result.value >= 0
        assert result.high is None or result.high > result.value
    else:
        assert result.reason


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """Extraction with the project's own definitions."""
    return Extractor(load_catalogue(ROOT / "data" / "catalogue"))


def name_case(case: dict[str, Any]) -> str:
    """The id of a case in the output of the tests: its first number, or its text."""
    return str(case["numbers"][0]["number"] if case["numbers"] else case["text"])


def cases() -> Iterator[Any]:
    """The cases of the file, those of a known failure marked as such."""
    for number, case in enumerate(POLICY_TEXT, 1):
        assert set(case) <= {"text", "numbers", "known_failure"}, f"case {number}: unknown fields"
        marks = [pytest.mark.xfail(reason=case["known_failure"])] if "known_failure" in case else []
        yield pytest.param(case["text"], case["numbers"], id=name_case(case), marks=marks)


@pytest.mark.parametrize(("text", "numbers"), list(cases()))
def test_numerals_as_policy_text_prints_them(text: str, numbers: list[dict[str, Any]], extractor: Extractor) -> None:
    """Number, value, upper end and unit of every quantity in a clause are as a reader takes them."""
    plan = Plan("case", Path("case"), text, None, Period(2021, 2025, 2020, 2021, is_issued=True))
    found = [
        {"number": target.number, "value": target.value, "high": target.value_high, "unit": target.unit}
        for target in extractor.extract(plan).targets
    ]
    wanted = [{"high": None, **number} for number in numbers]
    assert [{**item, "value": pytest.approx(item["value"])} for item in wanted] == found
