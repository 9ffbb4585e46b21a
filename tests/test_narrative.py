"""Behaviour of what reports say: sentences and readable columns, from small tables made by hand."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from compare import narrative
from compare.errors import UnknownNameError
from compare.figures.wording import PlainMeasure
from compare.narrative.labels import phrase_pace

MEASURE = PlainMeasure(
    "5G基站数", "5G base stations", "个", id="5g_base_stations", definition_zh="基站存量。", definition_en="Stock."
)
PLANS = pd.DataFrame({"plan": ["older", "p"]})
PROJECT = SimpleNamespace(
    region_names=lambda lang: {"340000": "安徽" if lang == "zh" else "Anhui"},
    indicator_names=lambda lang: {"5g_base_stations": "5G基站数" if lang == "zh" else "5G base stations"},
    dimension_names=lambda lang: {"network": "网络" if lang == "zh" else "Networks"},
    plan_labels=lambda lang: {"anhui-2024": "安徽 2024—2026" if lang == "zh" else "Anhui 2024–2026"},
)


def cite(plan: str, start: int, text: str) -> str:
    """Links as a report does."""
    return f"[{text}]({plan}#{start})"


def compare_regions() -> pd.DataFrame:
    """A comparison with every kind of presence: two values, and one row for each way to have none."""
    columns = ["region", "name_zh", "name_en", "plan", "start", "origin", "value", "bound", "year", "grade", "presence"]
    rows = [
        ("320000", "江苏", "Jiangsu", "", pd.NA, "published", 255000.0, ">", 2025, "C", "value"),
        ("340000", "安徽", "Anhui", "anhui-2024", 800, "extracted", 160000.0, "=", 2026, "A", "value"),
        ("350000", "福建", "Fujian", "fujian-2022", 819, "extracted", None, "", pd.NA, "", "not_comparable"),
        ("370000", "山东", "Shandong", "shandong-2023", pd.NA, "", None, "", pd.NA, "", "not_mentioned"),
        ("110000", "北京", "Beijing", "", pd.NA, "", None, "", pd.NA, "", "no_plan"),
        ("120000", "天津", "Tianjin", "", pd.NA, "", None, "", pd.NA, "", "no_plan"),
    ]
    frame = pd.DataFrame(rows, columns=columns).astype({"year": "Int64", "start": "Int64", "value": "float64"})
    methods = ["published", "stated", "", "", "", ""]
    return frame.assign(unit="个", value_high=float("nan"), method=methods)


def make_national(value: float, year: int) -> pd.DataFrame:
    """One national target."""
    return pd.DataFrame({"year": pd.array([year], dtype="Int64"), "value": [value], "bound": [">="], "unit": ["个"]})


# One indicator


def test_an_indicator_is_told_with_its_ends_and_its_gaps() -> None:
    """The summary names first and last with bound and year, links the number, and keeps the gaps apart."""
    story = narrative.tell_indicator(
        compare_regions(), make_national(160000, 2026), indicator=MEASURE, lang="zh", cite=cite
    )
    assert story.title == "5G基站数：各地目标比较"
    assert "2个地区设定了可比的目标，1个读自收录的规划，1个来自其他公布的文件。1个的可比等级为B或C" in story.text
    assert "最前的是江苏（超过25.5万个，2025年），最后的是安徽（[16万个](anhui-2024#800)，2026年）" in story.text
    assert "全国目标" not in story.text  # all stations of the country are no measure for one province
    assert "福建设定了数值但不可比" in story.text
    assert "山东的规划未提及" in story.text
    assert "2个地区没有收录规划" in story.text
    assert "年份不同的目标不宜直接论高低" in story.text
    assert "**定义**：基站存量。" in story.text
    assert story.finding == "2个地区设定了可比的目标，最前的是江苏（超过25.5万个，2025年）。"


def test_regions_that_stand_level_come_first_together() -> None:
    """Nobody comes first by the order of the table; where all are level there is no last."""
    frame = compare_regions()
    frame.loc[2, ["value", "bound", "presence", "method"]] = [255000.0, "=", "value", "stated"]
    story = narrative.tell_indicator(frame.iloc[[0, 2, 1]], make_national(2e5, 2026), indicator=MEASURE, lang="zh")
    assert story.finding.endswith("最前的是江苏（超过25.5万个，2025年）、福建（25.5万个，未写明年份）。")
    level = narrative.tell_indicator(frame.iloc[[0, 2]], make_national(2e5, 2026), indicator=MEASURE, lang="en")
    assert "All are level: Jiangsu (more than 255,000, 2025) and Fujian (255,000" in level.text


def test_an_indicator_is_told_in_english() -> None:
    """The English text has the same numbers, written the English way."""
    story = narrative.tell_indicator(compare_regions(), make_national(2e5, 2026), indicator=MEASURE, lang="en")
    assert "At the top: Jiangsu (more than 255,000, 2025); at the bottom: Anhui (160,000, 2026)." in story.text
    assert "no plan here and no target known from elsewhere: 2 regions" in story.text


def test_a_rate_is_held_against_the_national_one() -> None:
    """Those that set the same year are counted against the national rate of that year."""
    frame = compare_regions().assign(value=[12.0, 10.0, None, None, None, None], unit="%")
    measure = PlainMeasure("占比", "Share", "%")
    story = narrative.tell_indicator(frame, make_national(11, 2026).assign(unit="%"), indicator=measure, lang="zh")
    assert "2026年全国目标为不少于11%，目标年相同的1个地区中无一达到" in story.text


def test_lower_is_better_where_the_indicator_says_so() -> None:
    """Against a national ceiling those at or below it are not behind."""
    measure = PlainMeasure("PUE", "PUE", "", direction="lower")
    frame = compare_regions().assign(value=[1.2, 1.3, None, None, None, None], unit="")
    story = narrative.tell_indicator(frame, make_national(1.25, 2025).assign(unit=""), indicator=measure, lang="en")
    assert "of 1 region with a target for that year 1 meets it" in story.text


def test_a_value_that_is_not_stated_says_so() -> None:
    """A derived value is named as such wherever the text leads with it; one origin for all is said once."""
    frame = compare_regions().assign(method="derived", origin="published", grade="C")
    story = narrative.tell_indicator(frame, make_national(1, 2025), indicator=MEASURE, lang="zh")
    assert "2个地区设定了可比的目标，均来自其他公布的文件。2个的可比等级为B或C" in story.text
    assert "江苏（超过25.5万个，2025年，折算）" in story.finding


def test_an_indicator_that_nobody_sets_is_told_so() -> None:
    """Without a value there is a sentence, not an error."""
    empty = compare_regions().iloc[2:]
    story = narrative.tell_indicator(empty, make_national(1, 2025).iloc[:0], indicator=MEASURE, lang="zh")
    assert story.finding == "没有地区设定可比的“5G基站数”目标。"


# One region


def make_plans(count: int) -> pd.DataFrame:
    """Plans of a region, as `Project.corpus` has them."""
    return pd.DataFrame(
        {
            "title": ["旧规划", "新方案"],
            "first_year": [2020, 2024],
            "last_year": [2025, 2026],
            "targets": [40, 19],
            "matched": [30, 12],
            "indicators": [20, 10],
        }
    ).tail(count)


def make_standing() -> pd.DataFrame:
    """Places of a region: first of three, last of four, and one indicator that too few set."""
    return pd.DataFrame(
        {
            "indicator": ["a", "b", "c"],
            "name_zh": ["甲", "乙", "丙"],
            "name_en": ["A", "B", "C"],
            "value": [16.0, 5.0, 1.0],
            "bound": ["=", ">=", "="],
            "unit": ["个", "%", "家"],
            "method": ["derived", "stated", "stated"],
            "year": pd.array([2026, 2025, pd.NA], dtype="Int64"),
            "plan": ["anhui-2024"] * 3,
            "start": pd.array([10, 20, 30], dtype="Int64"),
            "rank": pd.array([1, 4, 1], dtype="Int64"),
            "of": pd.array([3, 4, 1], dtype="Int64"),
            "median": [10.0, 6.0, 1.0],
            "direction": "higher",
        }
    )


def make_revisions() -> pd.DataFrame:
    """Changes between two plans of a region: one raised, one new, two dropped."""
    missing = float("nan")
    return pd.DataFrame(
        {
            "indicator": ["5g_base_stations", "x", "y", "z"],
            "name_zh": ["5G基站数", "某", "某", "某"],
            "name_en": ["5G base stations", "x", "y", "z"],
            "unit": ["个"] * 4,
            "old_plan": ["anhui-2020"] * 4,
            "old_value": [60000.0, missing, 1.0, 2.0],
            "old_bound": [">=", "", "=", "="],
            "old_year": pd.array([2025, pd.NA, 2025, 2025], dtype="Int64"),
            "old_start": pd.array([5, pd.NA, 6, 7], dtype="Int64"),
            "new_plan": ["anhui-2024"] * 4,
            "new_value": [160000.0, 3.0, missing, missing],
            "new_bound": ["=", "=", "", ""],
            "new_year": pd.array([2026, 2026, pd.NA, pd.NA], dtype="Int64"),
            "new_start": pd.array([8, 9, pd.NA, pd.NA], dtype="Int64"),
            "change": ["raised", "new", "dropped", "dropped"],
        }
    )


def make_left_out() -> pd.DataFrame:
    """Indicators that others set."""
    return pd.DataFrame({"indicator": ["p", "q"], "name_zh": ["丁", "戊"], "name_en": ["P", "Q"], "set_by": [3, 7]})


def test_a_region_is_told_with_places_changes_and_gaps() -> None:
    """The summary counts what the latest plan sets, where it stands, what was revised and what is left out."""
    story = narrative.tell_province(
        make_plans(2), make_standing(), make_revisions(), make_left_out(), name="安徽", lang="zh", cite=cite
    )
    assert "收录安徽规划2份：《旧规划》、《新方案》。最近一份（2024—2026年）提出19个数值目标" in story.text
    assert "它共在3个指标上有可比数值，其中2个有三个以上省份设定，1个领先于各省中位数。" in story.text
    assert "居首的有甲（[16个](anhui-2024#10)，2026年，折算）。" in story.text
    assert "居末的有乙（[不少于5%](anhui-2024#20)，2025年）。" in story.text
    assert "与上一份规划相比：提高1项，新增1项，未再提及2项。" in story.text
    assert "5G基站数由[不少于6万个](anhui-2020#5)（2025年）改为[16万个](anhui-2024#8)（2026年）。" in story.text
    assert "有2个，设定者最多的是戊（7个）、丁（3个）。" in story.text
    assert story.finding == "安徽设定了3个指标的数值；2个可与三个以上省份比较，其中1个领先于中位数。"


def test_a_region_with_one_plan_has_no_revisions() -> None:
    """Where nothing was revised the summary does not speak of it, in English too."""
    story = narrative.tell_province(
        make_plans(1), make_standing(), make_revisions().iloc[:0], make_left_out(), name="Anhui", lang="en"
    )
    assert "One plan of Anhui is in the corpus: “新方案”. It (2024–2026) sets 19 numbers" in story.text
    assert "Against the plan before" not in story.text
    assert story.finding.startswith("Anhui sets numbers on 3 indicators; 2 can be ranked among three provinces or more")


def test_a_city_is_set_beside_medians_without_a_place() -> None:
    """A city has no rank among provinces; the text gives the medians instead."""
    standing = make_standing().assign(rank=pd.array([pd.NA] * 3, dtype="Int64"))
    story = narrative.tell_province(
        make_plans(1), standing, make_revisions().iloc[:0], make_left_out(), name="泰州", lang="zh", cite=cite
    )
    assert "它是城市，不与省份排位次；可对照的有：甲[16个](anhui-2024#10)（3个省份的中位数为10个）；乙" in story.text
    assert story.finding == "泰州设定了3个指标的数值，其中2个有三个以上省份同样设定。"


def test_a_region_without_a_plan_is_told_from_other_documents() -> None:
    """A region that is known only from elsewhere is said to be so."""
    story = narrative.tell_province(
        make_plans(2).iloc[:0], make_standing(), make_revisions().iloc[:0], make_left_out(), name="江苏", lang="zh"
    )
    assert "没有收录江苏的规划" in story.text


# The corpus and its words


def test_the_corpus_is_told_with_its_sums() -> None:
    """The overview's sums are those of its tables."""
    corpus = pd.DataFrame(
        {"region": ["340000", "340000", "350000"], "targets": [10, 5, 6], "matched": [8, 4, 5], "actuals": [2, 0, 1]}
    )
    dimensions = pd.DataFrame(
        {
            "dimension": ["network", "data", "", "network"],
            "name_zh": ["网络", "数据", "", "网络"],
            "name_en": ["Networks", "Data", "", "Networks"],
            "count": [4, 3, 9, 2],
        }
    )
    coverage = pd.DataFrame(
        {
            "indicator": ["a", "a", "a", "b", "b"],
            "region": ["1", "2", "3", "1", "2"],
            "presence": ["value"] * 4 + ["no_plan"],
        }
    )
    horizons = pd.DataFrame({"year": pd.array([2025, 2026, 2025], dtype="Int64"), "count": [9, 4, 8]})
    names = {"a": "甲", "b": "乙"}
    unmatched = pd.DataFrame({"reason": ["name"] * 12 + ["indicator: no indicator of this name"]})
    refused = narrative.pick_refused(unmatched)
    story = narrative.tell_overview(corpus, dimensions, coverage, horizons, refused, indicator_names=names, lang="zh")
    assert story.finding == "3份规划（2个地区）共提出21个数值目标，17个可归入指标。"
    assert "另有3个数字报告的是现状；12个数字（名称、日期、编号、列举等）未计入" in story.text
    assert "目标最多的领域是网络（6个）、数据（3个）。" in story.text
    assert "2个指标至少有一个省份设定了可比数值，1个有三个以上；设定者最多的是甲（3个）、乙（1个）。" in story.text
    assert "21个目标中17个落在2025年。" in story.text


def test_emphasis_is_told_by_plan_and_pair() -> None:
    """Each plan gets its marking words and largest theme; the closest and the farthest pair are named."""
    measures = SimpleNamespace(
        distinctive=pd.DataFrame({"plan": ["p", "p", "q"], "term": ["算力", "数据", "人才"], "z": [2.0, 1.0, 3.0]}),
        themes=pd.DataFrame(
            {
                "plan": ["p", "p", "q", "q", "r", "r"],
                "name_zh": ["算力", "人才"] * 3,
                "name_en": ["Computing", "Talent"] * 3,
                "count": [30, 10, 5, 15, 1, 0],
                "words": [100, 100, 50, 50, 10, 10],
                "per_1000": [300.0, 100.0, 100.0, 300.0, 100.0, 0.0],
            }
        ),
        similarity=pd.DataFrame(
            {"plan": ["p", "p", "q", "q"], "other": ["q", "r", "p", "r"], "similarity": [0.3, 0.2, 0.3, 0.25]}
        ),
    )
    labels = {"p": "甲", "q": "乙", "r": "丙"}
    story = narrative.tell_emphasis(measures, labels=labels, lang="zh")
    assert (
        story.finding
        == "最能区分的词：乙是“人才”、甲是“算力”。用词最接近的是甲与乙（相似度0.30），差别最大的是甲与丙（0.20）。"
    )
    assert "3份规划共160个实词，38%属于所列主题。" in story.text
    assert "- **甲**：最有区分度的词是算力、数据；篇幅最大的主题是算力（每千词300）。" in story.text


# Readable tables


def test_labels_stand_beside_ids_and_codes() -> None:
    """Names and words are added, what was there stays, and a value gets its bound and unit."""
    frame = compare_regions().assign(indicator="5g_base_stations").head(3)
    labelled = narrative.label(frame, PROJECT, "zh")
    assert labelled["region_name"].tolist() == ["", "安徽", ""]
    assert labelled["indicator_name"].unique().tolist() == ["5G基站数"]
    assert labelled["plan_name"].tolist() == ["", "安徽 2024—2026", ""]
    assert labelled["presence_text"].tolist() == ["有数值", "有数值", "有数值但不可比"]
    assert labelled["target"].tolist() == ["超过25.5万个", "16万个", ""]
    pd.testing.assert_frame_equal(labelled[list(frame.columns)], frame)


def test_both_sides_of_a_revision_are_readable() -> None:
    """Old and new values are written in full; a missing side is empty."""
    labelled = narrative.label(make_revisions(), PROJECT, "en")
    assert labelled["old"].tolist() == ["at least 60,000", "", "1", "2"]
    assert labelled["new"].tolist() == ["160,000", "3", "", ""]
    assert labelled["change_text"].tolist() == ["raised", "new", "dropped", "dropped"]


def test_a_range_and_a_baseline_are_readable() -> None:
    """A range shows both ends; a baseline its own bound."""
    frame = pd.DataFrame(
        {"value": [3.0], "value_high": [5.0], "bound": ["="], "base_value": [1.0], "base_bound": ["~"], "unit": ["家"]}
    )
    labelled = narrative.label(frame, PROJECT, "zh")
    assert labelled["target"].tolist() == ["3–5家"]
    assert labelled["base"].tolist() == ["~1"]


def test_yearly_numbers_and_changes_say_so() -> None:
    """A number a year is not mistaken for a stock; a decrease keeps its sign."""
    frame = pd.DataFrame(
        {"value": [100.0, 3.0, -20.0, 5.0], "bound": [">=", "=", "<=", "="], "unit": ["家", "百分点", "%", "家"]}
    ).assign(kind=["annual", "change", "growth", "level"])
    labelled = narrative.label(frame, PROJECT, "zh")
    assert labelled["target"].tolist() == ["每年不少于100家", "增加3个百分点", "下降不少于20%", "5家"]


def test_the_pace_of_a_pathway_is_readable() -> None:
    """The change a year stands in its unit, points for shares, with the yearly growth of totals."""
    frame = pd.DataFrame(
        {"per_year": [1.5, 15333.3, None], "yearly_growth": [None, 12.0, None], "unit": ["%", "个", "个"]}
    )
    assert narrative.label(frame, PROJECT, "zh")["pace"].tolist() == ["+1.5个百分点", "+1.533万（+12.0%）", ""]
    rows = frame.to_dict("records")
    assert phrase_pace(rows[1], "zh", full=True) == "+1.533万个（+12.0%）", "alone, it carries its measure word"
    assert phrase_pace({**rows[1], "unit": "PFLOPS"}, "en", full=True) == "+15,333.3 PFLOPS (+12.0%)"


def test_headings_come_in_the_language_and_order_asked_for() -> None:
    """Columns have a heading in both languages; one without is refused with those that have."""
    assert narrative.columns("zh", "target", "region_name") == {"target": "目标", "region_name": "地区"}
    with pytest.raises(UnknownNameError, match="region_name"):
        narrative.columns("en", "nonsense")


def make_targets(sections: list[str]) -> pd.DataFrame:
    """Targets in text order, one indicator each."""
    count = len(sections)
    return pd.DataFrame(
        {
            "plan": "p",
            "status": "target",
            "value": 1.0,
            "start": range(count),
            "section": sections,
            "indicator": [f"i{place}" for place in range(count)],
            "year": 2025,
            "kind": "level",
        }
    )


def test_headlines_are_what_stands_under_the_goals() -> None:
    """Where the goals hold numbers enough the body is left out."""
    targets = make_targets(["一、总体要求", "一、总体要求/(二)主要目标", "二、發展目標", "三、任务"])
    assert narrative.pick_headlines(targets, PLANS)["start"].tolist() == [0, 1, 2]


def test_headlines_are_those_of_the_latest_plan() -> None:
    """Numbers of an earlier plan are no headlines; a region without a plan has none."""
    targets = pd.concat([make_targets(["一、总体要求"] * 4).assign(plan="older"), make_targets(["一、总体要求"] * 3)])
    assert narrative.pick_headlines(targets, PLANS)["plan"].unique().tolist() == ["p"]
    assert narrative.pick_headlines(targets, PLANS.iloc[:0]).empty


def test_headlines_are_filled_up_from_the_body() -> None:
    """A plan with a single number under its goals shows the first of the body too, and no number twice."""
    targets = make_targets(["三、任务", "一、总体要求", "三、任务", "三、任务"])
    assert narrative.pick_headlines(targets, PLANS, limit=3)["start"].tolist() == [0, 1, 2]
    repeated = pd.concat([targets, targets.assign(start=targets["start"] + 10)])
    assert len(narrative.pick_headlines(repeated, PLANS)) == 4
