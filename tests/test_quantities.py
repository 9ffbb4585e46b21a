"""Numbers in running text: where each stands, what it is worth, and what only looks like one."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.catalogue import load_catalogue
from compare.extract.grammar import Grammar, compile_grammar
from compare.extract.quantities import Quantity, find_quantities
from compare.extract.surfaces import match_numeral
from compare.text import fold_widths, to_simplified

ROOT = Path(__file__).parent.parent

# What is printed: the number, its value, its upper end or None, its unit
FOUND = {
    # shares whose upper end repeats no denominator
    "占比达到百分之十到十五。": ("百分之十到十五", 10, 15, "%"),
    "占比达到百分之10-15。": ("百分之10-15", 10, 15, "%"),
    "占比达到千分之二至三。": ("千分之二至三", "0.2", "0.3", "%"),
    "占比达到百分之十至百分之十五。": ("百分之十至百分之十五", 10, 15, "%"),
    "占比达到百分之二三十。": ("百分之二三十", 20, 30, "%"),
    "五分之一到四分之一的企业": ("五分之一到四分之一", 20, 25, "%"),
    "三到五成企业": ("三到五成", 30, 50, "%"),
    "3-5成企业": ("3-5成", 30, 50, "%"),
    "占比达到七八成。": ("七八成", 70, 80, "%"),
    # tenths and halves
    "占比达到七成六。": ("七成六", 76, None, "%"),
    "三成": ("三成", 30, None, "%"),
    "占比达到一成半。": ("一成半", 15, None, "%"),
    "占比达到6.5成。": ("6.5成", 65, None, "%"),
    "占比达到六点五成。": ("六点五成", 65, None, "%"),
    "占比达到十成。": ("十成", 100, None, "%"),
    "一半以上的县": ("一半", 50, None, "%"),
    "近一半企业": ("一半", 50, None, "%"),
    # fractions
    "全球1/4显示面板产自本地": ("1/4", 25, None, "%"),
    "企业上云,1/5园区通光纤": ("1/5", 20, None, "%"),
    "占全国的1/3": ("1/3", "33.33333333333333333333333333", None, "%"),
    "超过1/2的县": ("1/2", 50, None, "%"),
    "占比达到½。": ("½", 50, None, "%"),
    "占比达到百分之1,111。": ("百分之1'111", 1111, None, "%"),
    "占比达到五分之壹。": ("五分之壹", 20, None, "%"),
    "增长到一又二分之一倍": ("一又二分之一", "1.5", None, "倍"),
    "差错率低于万分之三": ("万分之三", "0.03", None, "%"),
    "合格率达到百分之零点五": ("百分之零点五", "0.5", None, "%"),
    "死亡率1.2‰": ("1.2", "1.2", None, "‰"),
    "死亡率9.8/10万": ("9.8", "9.8", None, "/10万"),
    "死亡率降至9/十万。": ("9", 9, None, "/10万"),
    # per cent and its parts
    "下降10个基点": ("10", "0.1", None, "百分点"),
    "提高3个千分点": ("3", "0.3", None, "百分点"),
    "提高点五个百分点": ("点五", "0.5", None, "百分点"),
    "提高零点五个百分点": ("零点五", "0.5", None, "百分点"),
    "提高二三十个百分点": ("二三十", 20, 30, "百分点"),
    # below zero
    "增速为-2.3%": ("2.3", "-2.3", None, "%"),
    "增速为负0.5%": ("0.5", "-0.5", None, "%"),
    "增速为负三点五个百分点": ("三点五", "-3.5", None, "百分点"),
    "-22.2%": ("22.2", "-22.2", None, "%"),
    "增速为-2%至-1%": ("2%至-1", -2, -1, "%"),
    # magnitudes one after the other
    "用户达到3万5千户": ("3万5千", 35_000, None, "户"),
    "用户达到5万4千6百户": ("5万4千6百", 54_600, None, "户"),
    "用户达到5亿1万4千6百户": ("5亿1万4千6百", 500_014_600, None, "户"),
    "用户达到3万4000户": ("3万4000", 34_000, None, "户"),
    "用户达到1千零20户": ("1千零20", 1020, None, "户"),
    "用户达到2千零30万户": ("2千零30万", 20_300_000, None, "户"),
    "规模达到1兆2000亿元": ("1兆2000", 12_000, None, "亿元"),
    "规模达到三十万亿元": ("三十万亿", 300_000, None, "亿元"),
    "用户达到十万八千户": ("十万八千", 108_000, None, "户"),
    "用户达到一百零十万户": ("一百零十万", 1_100_000, None, "户"),
    "用户达到一万零十二户": ("一万零十二", 10_012, None, "户"),
    "用户达到两千五百户": ("两千五百", 2500, None, "户"),
    "用户达到两千五户": ("两千五", 2500, None, "户"),
    "建成廿五个园区": ("廿五", 25, None, "个"),
    "建成卅六个园区": ("卅六", 36, None, "个"),
    "投资壹佰贰拾叁万元": ("壹佰贰拾叁万", "0.0123", None, "亿元"),
    "投资拾陆万元": ("拾陆万", "0.0016", None, "亿元"),
    # open and about
    "引进十几万人": ("十几万", 100_000, None, "人"),
    "引进二十几个团队": ("二十几", 20, None, "个"),
    "引进十来个团队": ("十", 10, None, "个"),
    "引进20来家企业": ("20", 20, None, "家"),
    "引进二十三四家企业": ("二十三四", 23, 24, "家"),
    # half of a unit
    "产量达到两吨半": ("两吨半", "2.5", None, "吨"),
    "时长一个半小时": ("一", "1.5", None, "小时"),
    # a unit that starts like a magnitude
    "装机三百千瓦": ("三百", 300, None, "千瓦"),
    "装机五千兆瓦": ("五千", 5000, None, "兆瓦"),
    # one
    "至少一家企业": ("一", 1, None, "家"),
    "一至三家企业": ("一至三", 1, 3, "家"),
    # ranges
    "电能利用效率在1.2和1.3之间": ("1.2和1.3", "1.2", "1.3", ""),
    "占比在10%与15%之间": ("10%与15", 10, 15, "%"),
    "占比介于一成和两成之间": ("一成和两成", 10, 20, "%"),
    "营收10亿元至50亿元": ("10亿元至50", 10, 50, "亿元"),
}  # fmt: skip

NOTHING = [
    "打八折", "享受九五折", "一半路程", "一个企业一个策略", "陆家嘴", "大陆地区", "登陆部队", "退伍军人", "收拾房间",
    "统一部署", "一批一策", "三五成群", "七八成熟", "试点先行", "百分之", "数字经济", "半导体产业", "两手抓两手硬",
    "万众一心", "千方百计", "廿八都", "建成体系",
]  # fmt: skip

TWO = {
    "占三分之一1,000万户": ["三分之一", "1'000万"],
    "新增16万个20万户": ["16万", "20万"],
    "建成3万2025年": ["3万", "2025"],
    "从10%提高到15%": ["10", "15"],
    "由三成提高到五成": ["三成", "五成"],
    "20家和30家": ["20", "30"],
    "试点五个百分点三个": ["五", "三"],
    "大陆一百家、队伍三千人": ["一百", "三千"],
    "达到百分之十到2025年": ["百分之十", "2025"],
    "百分之十到十五个城市": ["百分之十", "十五"],
}

ROWS = st.text(
    st.sampled_from("零一二两三五十百千万亿兆几数余多半成点分之又负壹陆拾佰廿卅0123456789.,'-—到至/½个%家元的")
)


@cache
def compiled() -> Grammar:
    """The project's own definitions, compiled; a function, since Hypothesis runs a fixture once a test."""
    catalogue = load_catalogue(ROOT / "data" / "catalogue")
    return compile_grammar(catalogue.units, catalogue.words)


@pytest.fixture
def grammar() -> Grammar:
    """The same for tests of single phrases."""
    return compiled()


def find(text: str, grammar: Grammar) -> list[Quantity]:
    """The quantities of a text as printed."""
    return find_quantities(fold_widths(to_simplified(text)), grammar)


@pytest.mark.parametrize(("text", "expected"), FOUND.items())
def test_a_number_has_its_value_and_its_extent(text: str, expected: tuple[object, ...], grammar: Grammar) -> None:
    """The one number of a phrase is found from its first to its last character, in its unit."""
    folded = fold_widths(to_simplified(text))
    found = [
        (folded[quantity.start : quantity.end], quantity.value, quantity.high, quantity.canonical)
        for quantity in find(text, grammar)
    ]
    number, value, high, unit = expected
    assert found == [(number, Decimal(str(value)), None if high is None else Decimal(str(high)), unit)]
    assert all(not quantity.refused for quantity in find(text, grammar))


@pytest.mark.parametrize("text", NOTHING)
def test_digits_that_are_parts_of_words_are_no_numbers(text: str, grammar: Grammar) -> None:
    """Discounts, names, idioms and articles count nothing."""
    assert find(text, grammar) == []


@pytest.mark.parametrize(("text", "numbers"), TWO.items())
def test_numbers_that_touch_or_contrast_stay_apart(text: str, numbers: list[str], grammar: Grammar) -> None:
    """Neither a fraction nor a magnitude takes in the number after it, and two ends of a change are no range."""
    folded = fold_widths(to_simplified(text))
    assert [folded[quantity.start : quantity.end] for quantity in find(text, grammar)] == numbers


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("引进十来个团队", "~"),
        ("引进十几个团队", ">"),
        ("引进十多个团队", ">"),
        ("引进十个团队之上", "="),
        ("占比百分之十之上", ">="),
        ("占比百分之十之下", "<="),
        ("至少一家企业", ">="),
        ("开放数据集约200个", "~"),
        ("土地节约集约200亩", "="),
    ],
)
def test_words_at_the_number_bound_it(text: str, bound: str, grammar: Grammar) -> None:
    """来 leaves a number about what it is, 几 and 多 open it; 之上 and 之下 stand right after it."""
    assert [quantity.bound for quantity in find(text, grammar)] == [bound]


def test_hours_and_minutes_count_nothing(grammar: Grammar) -> None:
    """The minutes of 21:00 are no zero of something."""
    assert [quantity.refused for quantity in find("自21:00起运营", grammar)][-1] == "date"


@pytest.mark.parametrize(
    "text",
    ["24/7服务", "2021/3/5发布", "5/6G", "1/3日", "比分3/2", "第1/3批", "图1/3", "于1/3召开", "A1/3型", "10/100M"],
)
def test_a_slash_is_mostly_no_fraction(text: str, grammar: Grammar) -> None:
    """Dates, hours, models and ratios have slashes too."""
    assert all(quantity.refused or quantity.canonical != "%" for quantity in find(text, grammar))


@pytest.mark.parametrize(
    "text", ["项目-20个", "-20%的企业", "-20个项目", "Wi-Fi-6", "2021-2025年", "第3-5章", "10-15个"]
)
def test_a_dash_is_mostly_no_minus(text: str, grammar: Grammar) -> None:
    """Only after a word that leads to a value does it turn the number."""
    assert all(quantity.value >= 0 for quantity in find(text, grammar))


@given(ROWS)
def test_any_row_of_digit_words_is_walked_through(text: str) -> None:
    """The search for numerals goes forward, raises nothing and finds no empty one."""
    position = 0
    while found := match_numeral(text, position, compiled().numeral_starts):
        start, end = found
        assert position <= start < end <= len(text)
        position = end


@given(ROWS)
def test_quantities_stand_in_order_and_apart(text: str) -> None:
    """No character is part of two numbers, and a range's upper end is the larger one."""
    found = find(text, compiled())
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert all(quantity.high is None or quantity.high > quantity.value for quantity in found)
