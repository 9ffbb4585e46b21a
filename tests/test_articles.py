"""Texts written in articles: their numbers are norms, but for those that a sentence promises for a time to come."""

from __future__ import annotations

from pathlib import Path

import pytest

from compare.catalogue import load_catalogue
from compare.extract import Extraction, Extractor
from compare.extract.articles import find_articles
from compare.plans import Period, Plan

ROOT = Path(__file__).parent.parent
PERIOD = Period(2023, 2025, 2022, 2023, is_issued=True)

LAW = """某市数字经济促进条例
第一条 为了促进数字经济发展，结合本市实际，制定本条例。
第二条 财政性资金投入比例不低于百分之三，专职管理人员达到二十人。
第三条 {}
第四条 本条例自公布之日起施行。
"""


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """Extraction with the project's own definitions."""
    return Extractor(load_catalogue(ROOT / "data" / "catalogue"))


def read(text: str, extractor: Extractor) -> Extraction:
    """The extraction of a text of a given period."""
    return extractor.extract(Plan("text", Path("text"), text, None, PERIOD))


def numbers(text: str, extractor: Extractor) -> list[str]:
    """The numbers that gave a record."""
    return [target.number for target in read(text, extractor).targets]


@pytest.mark.parametrize(
    "article",
    [
        "公共停车场配建充电设施的比例达到10%以上。",
        "业主委员会由5至11人组成，经三分之二以上业主同意。",
        "一年内累计3次未履行义务的，列入名单。",
        "新建住宅每100户配建面积30平方米的服务用房。",
        "2020年12月23日第十次会议通过的办法所列比例为30%。",
        "数据中心的负责人具有5年以上经验，注册资金达到2000万元。",
    ],
)
def test_an_article_states_norms(article: str, extractor: Extractor) -> None:
    """What a law lays down for always is refused with that reason, whatever the unit."""
    extraction = read(LAW.format(article), extractor)
    assert extraction.targets == ()
    assert "norm" in {unmatched.reason for unmatched in extraction.unmatched}


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        ("到2025年，建成5G基站3万个，数字经济核心产业增加值占比达到12%。", ["3万", "12"]),
        ("到2025年，产业规模达到500亿元。企业上云率达到60%。", ["500", "60"]),
        ("到二〇二五年，全社会研发投入强度达到百分之三。", ["百分之三"]),
        ("“十四五”末，智能工厂达到100家。", ["100"]),
        ("力争三年内工业互联网平台应用普及率达到45%。", ["45"]),
        ("发展目标：软件业务收入突破800亿元。", ["800"]),
        ("每年培育专精特新企业50家，给予每家最高100万元奖励。", ["50"]),
        ("支持各区引进人工智能企业20家以上。", ["20"]),
        ("建设算力不少于1000P的智算中心。", ["1000"]),
    ],
)
def test_an_article_can_promise(article: str, expected: list[str], extractor: Extractor) -> None:
    """Measures in articles hold targets: by a year, by a goal, or by what is to be founded."""
    assert numbers(LAW.format(article), extractor) == expected


def test_what_stands_before_the_first_article_is_read_as_ever(extractor: Extractor) -> None:
    """A notice may print a plan and, after it, the measures that belong to it."""
    notice = "企业上云率达到60%，智能工厂达到100家。\n"
    assert numbers(notice + LAW.format("评估得分达到90%。"), extractor) == ["60", "100"]


def test_a_plan_may_print_an_article_or_two(extractor: Extractor) -> None:
    """Two lines that open with 第…条 make no law of a plan; nor do its chapters and sections."""
    plan = (
        "第一章 总体要求\n第一节 目标\n第一条 上云率达到60%。\n第二条 智能工厂达到100家。\n第二章 任务\n基站达到3万个。"
    )
    assert find_articles(plan) == len(plan)
    assert numbers(plan, extractor) == ["60", "100", "3万"]


def test_a_judgment_states_no_targets(extractor: Extractor) -> None:
    """What parties claim and courts award is no commitment of a plan."""
    assert numbers("请求判令被告返还货款30万元。原告获赔的违约金合计2万元。", extractor) == []
    assert numbers("全年办结劳动争议案件3万件。", extractor) == ["3万"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("根据《关于修改〈某省水库条例〉等十二件地方性法规的决定》修正。", []),
        ("根据《某市养犬条例》等9部法律法规的决定第二次修正。", []),
        ("《某省海洋条例》等9件地方性法规提请审议通过。", ["9"]),
        ("依照第六、十一、十二条和第3至5款的规定办理。", []),
        ("落实第六批、第七批共12条措施清单，新增公交线路12条。", ["12"]),
        ("市人民代表大会常务委员会十六次会议通过。", []),
        ("全年召开对接会议16次。", ["16"]),
    ],
)
def test_acts_and_their_articles_are_no_quantities(text: str, expected: list[str], extractor: Extractor) -> None:
    """How many acts a decision amends, and which articles it names, are no counts; other counts stay."""
    assert numbers(text, extractor) == expected
