"""What holds for extraction from any text: made of the language of plans, of the corpus, or of anything at all."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import opencc
import pytest
from corpus_cases import load_cases
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from compare.catalogue import load_catalogue
from compare.extract import REASONS, Extraction, Extractor, Target
from compare.extract.records import Unmatched
from compare.plans import Period, Plan, infer_period, load_plans
from compare.text import fold_widths, to_simplified

ROOT = Path(__file__).parent.parent
PERIOD = Period(2021, 2025, 2020, 2021, is_issued=True)
EXAMPLES = settings(max_examples=120, derandomize=True, database=None, deadline=None)
FEW_EXAMPLES = settings(EXAMPLES, max_examples=60)

# The words that decide how a number is read, so that a short text is likely to make some of them meet.
WORDS = """
到2025年 2020年 2023年、2025年 “十四五”期间 到“十四五”末 截至2023年底 未来三年 三年内 今年 上年 比2020年
从2020年的7.8%提高到2025年的10% 建成 培育 新增 新建 累计 每年 年均增长 达到 突破 力争 不低于 不超过 超过 约 近
以上 左右 以内 以下 分别达到 均达到 下降 减少 提高 增长 5G基站 企业 数字经济核心产业增加值占GDP比重
关键工序数控化率 规模以上工业企业 产业规模 投资 算力 带宽 人均 每万人 其中 合肥市 A和B 高于全国 和 、 ， 。 ；
： （ ） ( ) “ ” 《 》 [ ] | ---- 一、 （一） 1. 1、 ① 专栏1 第一章 第二节 序号 指标 单位 2025年目标 属性 预期性
约束性 1 2 12 2025 3.5 16万 4万亿 1,234 1,000万 25，100 1.2.3 0.5 00 1亿2000万 3—5 10%～15% 1.5倍 五 三千二百
两万五千 三点五亿 三至五 百分之三十 三分之一 三成 半数 十几 数百 上 千 万 亿 百 余 多 几 数 兆 〇 廿 翻一番
翻两番 倍增 % ％ ‰ 个百分点 个 家 户 亿元 万元 元 万人 亿美元 PFLOPS EFLOPS P E Mbps Gbps M G PB 毫秒 千瓦
亿千瓦时 吨标准煤 个/万人 台（套） 5G 4K IPv6 10G-PON 2.0 “1+3+N” 7×24小时 〔2022〕7号 给予最高 奖补 罚款
年营收超 的 等 一批 十大 第三批 全国第10位 — - ~ ≥ ≤ > < + = / . , · ★ 國 萬 億 數據 個 達到 ½ ² ٣ 😀
负3.9% 为-2.3% 1/3 占1/3以上 七成六 6.5成 半成 一半以上 廿五 卅 壹佰贰拾叁 五分之壹 三又二分之一 3万4000
5万4千6百 1千零20 十来
一个半小时 两吨半 百分之十到十五 三到五成 在1.2和1.3之间 基点 千分点 第一条 第二条 第六、十一、十二条 》等十二件 的决定
"""
FRAGMENTS = (*WORDS.split(), "\n", "\n\n", " ", "\u3000", "\t", "\0")
TEXTS = st.lists(
    st.one_of(st.sampled_from(FRAGMENTS), st.sampled_from(FRAGMENTS), st.text(max_size=3)), max_size=30
).map("".join)

FIELDS = (
    "value", "value_high", "unit", "bound", "kind", "year", "base_year", "status", "label", "indicator", "scope",
    "obligation",
)  # fmt: skip
CORPUS = tuple(case.plan for case in load_cases())
DIGITS = re.compile("[0-9]+")
FULL_WIDTH = str.maketrans("0123456789%", "０１２３４５６７８９％")


@cache
def extractor() -> Extractor:
    """Extraction with the project's own definitions; a function, since Hypothesis runs a fixture once a test."""
    return Extractor(load_catalogue(ROOT / "data" / "catalogue"))


@cache
def converter(name: str) -> Any:
    """The converter from simplified to traditional characters of one place."""
    return opencc.OpenCC(name)


def read(text: str, period: Period = PERIOD) -> Extraction:
    """The extraction of a text with a period of its own."""
    return extractor().extract(Plan("plan", Path("plan"), text, None, period))


def content(extraction: Extraction) -> list[tuple[object, ...]]:
    """What the records say, without offsets, surfaces and quotes."""
    return [tuple(getattr(target, field) for field in FIELDS) for target in extraction.targets]


def numbers(extraction: Extraction) -> Iterator[Target | Unmatched]:
    """Everything that was seen, recorded or not, commitments in words left out."""
    yield from (target for target in extraction.targets if target.value is not None)
    yield from extraction.unmatched


@EXAMPLES
@example("")
@example("\ufeff")
@example("|" * 40)
@example("1" * 400)
@example("9" * 400 + "亿元")
@given(TEXTS)
def test_no_text_raises_and_every_record_is_whole(text: str) -> None:
    """Offsets, numbers, quotes, years and fields from closed lists are such as tables take, whatever the text."""
    extraction = read(text)
    for item in numbers(extraction):
        assert 0 <= item.start < item.end <= len(text)
        assert text[item.start : item.end] == item.number
        assert item.number == item.number.strip()
        assert item.quote.replace("\n", " ") in text.replace("\n", " ")
    for target in extraction.targets:
        assert target.bound in {"=", ">=", ">", "<=", "<", "~"}
        assert target.kind in {"level", "annual", "change", "growth"}
        assert target.status in {"target", "actual"}
        assert target.year is None or 1900 <= target.year <= 2100
        assert 0 < target.confidence <= 1
        assert target.value_high is None or (target.value is not None and target.value_high > target.value)
        assert target.number in target.quote
    for unmatched in extraction.unmatched:
        assert unmatched.reason in REASONS or unmatched.reason.startswith("indicator: ")


@FEW_EXAMPLES
@given(st.text(max_size=200))
def test_no_text_of_any_script_raises(text: str) -> None:
    """Nor does a text that is no plan at all, whose period has to be inferred from it."""
    extraction = read(text, infer_period(text))
    assert all(text[item.start : item.end] == item.number for item in numbers(extraction))


@EXAMPLES
@given(TEXTS)
def test_records_are_in_order_and_do_not_overlap(text: str) -> None:
    """A character belongs to one number at most, whether it gave a record or not."""
    extraction = read(text)
    spans = [(target.start, target.end) for target in extraction.targets]
    assert spans == sorted(set(spans))
    seen = sorted({(item.start, item.end) for item in numbers(extraction)})
    assert all(first[1] <= second[0] for first, second in pairwise(seen))


def dropped(text: str) -> list[str]:
    """The digits of a text that are neither in a record nor in what was refused."""
    spans = [(item.start, item.end) for item in (*read(text).targets, *read(text).unmatched)]
    return [
        match[0]
        for match in DIGITS.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in spans)
    ]


@EXAMPLES
@given(TEXTS)
def test_no_number_is_dropped_in_silence(text: str) -> None:
    """Every row of ASCII digits is part of a record or of a number that was refused with a reason."""
    assert dropped(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "三分之一10G-PON端口",
        "百分之三十2025年",
        "三分之一1,000万户",
    ],
)
def test_digits_after_a_fraction_are_not_dropped(text: str) -> None:
    """Two numbers that touch stay two numbers."""
    assert dropped(text) == []


@pytest.mark.parametrize("plan", load_plans(ROOT / "data/plans"), ids=lambda plan: plan.id)
def test_no_number_of_a_plan_is_dropped_in_silence(plan: Plan) -> None:
    """Nor is one in any of the plans, in their tables least of all."""
    assert dropped(plan.text) == []


@EXAMPLES
@given(TEXTS, st.sampled_from(["s2t", "s2tw", "s2hk"]))
def test_both_scripts_give_the_same_records(text: str, name: str) -> None:
    """A text in traditional characters says what it says in simplified ones, offset by offset."""
    simplified = to_simplified(text)
    traditional = converter(name).convert(simplified)
    assume(len(traditional) == len(simplified))
    first, second = read(simplified), read(traditional)
    assert content(first) == content(second)
    assert [target.start for target in first.targets] == [target.start for target in second.targets]


@pytest.mark.parametrize("name", ["s2t", "s2tw", "s2hk"])
def test_the_corpus_says_the_same_in_both_scripts(name: str) -> None:
    """So do all sentences of the corpus, with the forms of the mainland, of Taiwan and of Hong Kong."""
    differing = []
    for plan in CORPUS:
        converted = converter(name).convert(plan.text)
        if len(converted) == len(plan.text):
            first, second = extractor().extract(plan), extractor().extract(replace(plan, text=converted))
            if content(first) != content(second):
                differing.append(plan.id)
    assert differing == []


def spread(plan: Plan, blank: str) -> str:
    """A plan's text with a blank between every recorded number and the unit or word after it."""
    cuts = sorted({target.end for target in extractor().extract(plan).targets if target.value is not None})
    edges = [0, *cuts, len(plan.text)]
    parts = [plan.text[first:last] for first, last in pairwise(edges)]
    return "".join(
        part if not part or not after or after[0].isspace() or after[0] == "|" else f"{part}{blank}"
        for part, after in zip(parts, [*parts[1:], ""], strict=False)
    )


def differing(first: Plan, second: Plan) -> bool:
    """Whether two forms of one text give records of different content."""
    return content(extractor().extract(first)) != content(extractor().extract(second))


@pytest.mark.parametrize("blank", [" ", "\u3000", "\u00a0"])
def test_a_blank_before_the_unit_changes_nothing(blank: str) -> None:
    """`300 EFLOPS` is `300EFLOPS`, `25 万个` is `25万个`."""
    assert [plan.id for plan in CORPUS if differing(plan, replace(plan, text=spread(plan, blank)))] == []


def test_full_width_digits_change_nothing() -> None:
    """Nor do full-width percent signs."""
    changed = [plan.id for plan in CORPUS if differing(plan, replace(plan, text=plan.text.translate(FULL_WIDTH)))]
    assert changed == []


@EXAMPLES
@given(TEXTS)
def test_full_width_digits_change_no_text_but_its_offsets(text: str) -> None:
    """Widths are a matter of printing only, whatever stands around."""
    assert content(read(text)) == content(read(text.translate(FULL_WIDTH)))


@EXAMPLES
@given(TEXTS)
def test_a_text_is_read_the_same_way_each_time(text: str) -> None:
    """Nothing is kept between two texts, and a text whose widths are folded already stays what it is."""
    extraction = read(text)
    assert read(text) == extraction
    folded = fold_widths(text).replace("'", ",")
    if len(folded) == len(text):
        assert len(read(folded).targets) == len(extraction.targets) or "，" in text


def test_reading_makes_no_reference_cycle_and_leaves_the_collector_as_it_was() -> None:
    """Nothing is left for the collector to find, which is off while a plan is read and on again after it."""
    plan = load_plans(ROOT / "data" / "plans")[0]
    extractor().extract(plan)
    gc.collect()
    extraction = extractor().extract(plan)
    assert gc.isenabled()
    assert gc.collect() == 0
    assert extraction.targets
    with pytest.raises(AttributeError):
        extractor().extract(None)  # type: ignore[arg-type]
    assert gc.isenabled()


@pytest.mark.parametrize("item", ["1个国家级、", "其中合肥5个、", "合肥、", "20%以上的企业已实现"])
def test_a_list_of_any_length_is_read(item: str) -> None:
    """A label may stand after the numbers of a list, but none is looked for without end."""
    text = item * 1500
    assert len(read(text).targets) == 1500 * bool(re.search("[0-9]", item))
