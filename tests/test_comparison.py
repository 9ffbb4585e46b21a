"""Values of one indicator over regions: methods, arithmetic, grades, bounds, and where there is none."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from comparing import PLANS, make_plan, material, record, reference, row_of

from compare.comparison import compare_indicator, find_mentions, national_reference, tabulate_series
from compare.comparison.arithmetic import (
    Amount,
    add_change,
    apply_growth,
    combine_bounds,
    convert_by,
    multiply_base,
    per_population,
)
from compare.comparison.values import Reading
from compare.errors import UnknownNameError
from compare.reference import Baseline, Statistic

ANHUI, FUJIAN, SHANDONG, TAIZHOU, JIANGSU = "340000", "350000", "370000", "321200", "320000"
STATIONS = record("anhui-2024", "5g_base_stations", 160000, "个", label="5G基站", start=5528, number="16万")


def test_total_is_divided_by_the_latest_year_end_population() -> None:
    """Anhui's 160,000 stations of 2026 over 61.23 million people at the end of 2024 are 26.1 per 10,000, grade B."""
    row = row_of(compare_indicator("5g_base_stations_per_10k", material(STATIONS)), ANHUI)
    assert row["value"] == pytest.approx(160000 / 6123)
    assert row["arithmetic"] == "160000 ÷ 6123万人 × 1万 = 26.1"
    assert (row["method"], row["grade"], row["year"], row["denominator_year"]) == ("derived", "B", 2026, 2024)
    assert "2024年年末常住人口（不含现役军人）" in row["note"]
    assert "不是目标年份2026年" in row["note"]
    assert row["sources"].startswith("160000个: 《一个计划》 5528–5531 [A]; 6123万人 (2024): ")
    assert row["plan"] == "anhui-2024"
    assert (row["start"], row["end"]) == (5528, 5531)
    assert (row["stated_value"], row["stated_unit"]) == (160000, "个")


def test_stated_ratio_is_not_computed_again() -> None:
    """A plan that prints 30 per 10,000 and a total keeps its 30, whatever the quotient would be."""
    stated = record("fujian-2022", "5g_base_stations_per_10k", 30, "个/万人", start=1)
    total = record("fujian-2022", "5g_base_stations", 90000, "个", start=2)
    frame = compare_indicator("5g_base_stations_per_10k", material(stated, total), pick="all")
    row = row_of(frame, FUJIAN)
    assert (row["value"], row["method"], row["grade"], row["arithmetic"]) == (30, "stated", "A", "")


def test_change_without_a_baseline_has_a_reason_and_no_value() -> None:
    """Fujian's three points more than in 2020 give no share: no table has its share of 2020."""
    more = record("fujian-2022", "de_core_share_gdp", 3, "百分点", kind="change", base_year=2020)
    row = row_of(compare_indicator("de_core_share_gdp", material(more)), FUJIAN)
    assert pd.isna(row["value"])
    assert row["presence"] == "not_comparable"
    assert row["reason"] == "缺福建2020年的基期值，无法推算"
    english = row_of(compare_indicator("de_core_share_gdp", material(more), lang="en"), FUJIAN)
    assert english["reason"] == "no 2020 baseline for Fujian, so nothing can be resolved"


def test_change_is_resolved_from_a_published_baseline() -> None:
    """With a share of 8.5 % in 2020 the same three points are 11.5 %, grade C, and the sum is shown."""
    pattern = next(row for row in reference().baselines if row.indicator == "de_core_share_gdp")
    base = Baseline(
        **(pattern.model_dump() | {"region": FUJIAN, "name_zh": "福建", "year": 2020, "value": 8.5, "bound": "="})
    )
    tables = replace(reference(), baselines=(*reference().baselines, base))
    more = record("fujian-2022", "de_core_share_gdp", 3, "百分点", kind="change", base_year=2020, bound=">=")
    row = row_of(compare_indicator("de_core_share_gdp", material(more, tables=tables)), FUJIAN)
    assert (row["value"], row["bound"], row["method"], row["grade"]) == (11.5, ">=", "resolved", "C")
    assert row["arithmetic"] == "8.5% + 3百分点 = 11.5%"


def test_value_expected_for_a_date_ahead_is_no_baseline() -> None:
    """A baseline that was only expected does not resolve a change."""
    pattern = next(row for row in reference().baselines if row.indicator == "de_core_share_gdp")
    changed = {"region": FUJIAN, "name_zh": "福建", "year": 2020, "value": 8.5, "status": "expected"}
    tables = replace(reference(), baselines=(Baseline(**(pattern.model_dump() | changed)),))
    more = record("fujian-2022", "de_core_share_gdp", 3, "百分点", kind="change", base_year=2020)
    assert (
        row_of(compare_indicator("de_core_share_gdp", material(more, tables=tables)), FUJIAN)["presence"]
        == "not_comparable"
    )


def test_share_computed_with_gdp_of_another_year_says_so() -> None:
    """Fujian's over 40,000 亿元 of 2025 on its GDP of 2024 are over 69.6 %, grade C, with year and vintage."""
    total = record("fujian-2022", "de_value_added", 40000, "亿元", bound=">")
    row = row_of(compare_indicator("de_share_gdp", material(total), year=2025), FUJIAN)
    assert row["value"] == pytest.approx(40000 / 57476.6 * 100)
    assert (row["bound"], row["grade"], row["method"]) == (">", "C", "derived")
    assert row["arithmetic"] == "40000 ÷ 57476.6亿元 × 100% = 69.6%"
    assert (row["denominator_year"], row["denominator_basis"]) == (2024, "final_database")
    assert "GDP为2024年" in row["note"]
    assert "不是目标年份2025年" in row["note"]


def test_share_computed_with_gdp_of_its_year_is_grade_b() -> None:
    """A total of 2023 on the revised GDP of 2023 is as good as a derived value gets."""
    total = record("fujian-2022", "de_value_added", 27400.85, "亿元", year=2023)
    row = row_of(compare_indicator("de_share_gdp", material(total), year=2023), FUJIAN)
    assert row["value"] == pytest.approx(50.0)
    assert row["grade"] == "B"


def test_share_without_any_gdp_has_a_reason() -> None:
    """A share of a year before all tables is not computed."""
    total = record("fujian-2022", "de_value_added", 100, "亿元", year=2015)
    row = row_of(
        compare_indicator("de_share_gdp", material(total, tables=replace(reference(), published=())), year=2015), FUJIAN
    )
    assert row["presence"] == "not_comparable"
    assert "2015年及以前的GDP" in row["reason"]


def test_preliminary_gdp_of_the_same_year_is_grade_c() -> None:
    """A GDP that is still to be revised makes the share weaker."""
    pattern = next(row for row in reference().gdp if row.region == FUJIAN and row.year == 2024 and row.preferred)
    changed = {"year": 2025, "basis": "preliminary", "value": 60000.0}
    tables = replace(reference(), gdp=(*reference().gdp, Statistic(**(pattern.model_dump() | changed))))
    row = row_of(
        compare_indicator(
            "de_share_gdp", material(record("fujian-2022", "de_value_added", 30000, "亿元"), tables=tables), year=2025
        ),
        FUJIAN,
    )
    assert (row["value"], row["grade"], row["denominator_year"]) == (pytest.approx(50.0), "C", 2025)


def test_computed_share_gives_way_to_a_stated_one() -> None:
    """Chongqing's stated 10 % of 2025 stands for it, not a share of 2027 computed with the GDP of 2024."""
    row = row_of(compare_indicator("de_core_share_gdp", material()), "500000")
    assert (row["value"], row["bound"], row["year"], row["method"]) == (10, ">=", 2025, "published")


def test_city_is_not_among_provinces_unless_asked_for() -> None:
    """Taizhou's share is shown only with the level of cities, and then it is marked and stands below."""
    city = material(record("taizhou-2022", "de_core_share_gdp", 13.5, "%", bound="~"))
    assert TAIZHOU not in set(compare_indicator("de_core_share_gdp", city)["region"])
    frame = compare_indicator("de_core_share_gdp", city, levels=("province", "prefecture"))
    assert frame.loc[frame["presence"] == "value", "region"].iloc[-1] == TAIZHOU
    row = row_of(frame, TAIZHOU)
    assert (row["value"], row["level"]) == (13.5, "prefecture")
    assert row["note"].startswith("地级市")


def test_revenue_is_not_compared_with_value_added() -> None:
    """Anhui's revenue of 15,200 亿元 leaves value added empty, with the revenue in the reason."""
    revenue = record("anhui-2024", "de_core_revenue", 15200, "亿元", label="数字经济核心产业企业营业收入")
    row = row_of(compare_indicator("de_core_value_added", material(revenue)), ANHUI)
    assert pd.isna(row["value"])
    assert row["presence"] == "not_comparable"
    assert row["reason"] == "提出的是“数字经济核心产业企业营业收入”15200亿元 (2026)，口径不同，不能比较"
    row = row_of(compare_indicator("de_core_value_added", material(revenue), lang="en"), ANHUI)
    assert row["reason"].startswith("sets “Revenue of the core industries of the digital economy” at 15200")


def test_chinese_words_in_an_english_reason_are_quoted() -> None:
    """The scope of a number has no English name; titles of documents have marks of their own."""
    part = record("anhui-2024", "enterprises_on_cloud", 6000, "家", scope="合肥市")
    row = row_of(compare_indicator("enterprises_on_cloud", material(part), lang="en"), ANHUI)
    assert row["reason"] == "covers only “合肥市”, not the whole region"
    assert Reading(material(), lang="en").quote("《规划》") == "《规划》"
    assert Reading(material()).quote("合肥市") == "合肥市"


def test_target_without_a_year_is_shown_without_one() -> None:
    """Shandong's 300,000 stations state no year: shown without, not at a year, and not on a time axis."""
    row = row_of(compare_indicator("5g_base_stations", material()), SHANDONG)
    assert (row["value"], row["bound"]) == (300000, ">=")
    assert pd.isna(row["year"])
    assert "未写目标年份" in row["note"]
    assert row_of(compare_indicator("5g_base_stations", material(), year=2025), SHANDONG)["presence"] != "value"
    series = tabulate_series("5g_base_stations", material(), [SHANDONG])
    assert 300000 not in set(series.loc[series["method"] == "published", "value"])
    assert series["year"].notna().all()


@pytest.mark.parametrize(
    ("changes", "presence", "reason"),
    [
        ({"kind": "annual"}, "not_comparable", "每年的数量"),
        ({"kind": "growth", "unit": "%"}, "not_comparable", "未写明基期年份"),
        ({"unit": "公里"}, "not_comparable", "不能换算"),
        ({"scope": "合肥市"}, "not_comparable", "只涉及合肥市"),
        ({"value": None}, "words_only", "没有数值"),
    ],
)
def test_what_cannot_be_compared_says_why(changes: dict[str, object], presence: str, reason: str) -> None:
    """A yearly number, a growth, another unit, a part of the region and plain words are not the region's value."""
    given = {"value": 500, "unit": "个"} | changes
    one = record("anhui-2024", "data_centre_racks", given.pop("value"), given.pop("unit"), **given)  # type: ignore[arg-type]
    row = row_of(compare_indicator("data_centre_racks", material(one)), ANHUI)
    assert pd.isna(row["value"])
    assert row["presence"] == presence
    assert reason in row["reason"]
    assert row["plan"] == "anhui-2024"


def test_class_of_enterprises_in_the_definition_is_no_part() -> None:
    """A scope that the indicator's own definition has does not make the value a partial one."""
    rate = record("taizhou-2022", "key_process_nc_rate", 65, "%", scope="规模以上工业企业")
    row = row_of(compare_indicator("key_process_nc_rate", material(rate), levels=("prefecture",)), TAIZHOU)
    assert row["presence"] == "value"


def test_kinds_of_missing_are_kept_apart() -> None:
    """No plan, not mentioned, named without a number, and set but not comparable are four things."""
    plans = (
        make_plan("anhui-2024", ANHUI, (2024, 2026), text="推进智慧停车，建设数据中心标准机架。"),
        make_plan("fujian-2022", FUJIAN, (2022, 2025), text="别的事情。"),
    )
    frame = compare_indicator("data_centre_racks", material(plans=plans, tables=replace(reference(), published=())))
    words = row_of(frame, ANHUI)
    assert (words["presence"], words["quote"]) == ("words_only", "推进智慧停车，建设数据中心标准机架")
    assert plans[0].text[words["start"] : words["end"]] == "数据中心标准机架"
    assert row_of(frame, FUJIAN)["presence"] == "not_mentioned"
    assert row_of(frame, JIANGSU)["presence"] == "no_plan"
    assert len(frame) == 31
    assert frame["value"].isna().all()


def test_naming_a_share_does_not_name_the_total() -> None:
    """A plan that speaks of a share of GDP has not named the total in front of it."""
    plan = make_plan("anhui-2024", ANHUI, (2024, 2026), text="數字經濟核心產業增加值占GDP比重達到全國平均水平。")
    found = find_mentions([plan], material().catalogue)
    assert set(found) == {("anhui-2024", "de_core_share_gdp")}


def test_published_repetition_of_a_plan_counts_once() -> None:
    """A published row of a document in the corpus is shown once, as the plan has it."""
    own = record("fujian-2022", "de_value_added", 40000, "亿元", bound=">", start=7)
    frame = compare_indicator("de_value_added", material(own), year=2025, pick="all")
    assert row_of(frame, FUJIAN)["origin"] == "extracted"
    without = row_of(compare_indicator("de_value_added", material(), year=2025), FUJIAN)
    assert (without["origin"], without["grade"]) == ("published", "C")
    assert "文中未提取到" in without["note"]


def test_repeated_number_is_one_commitment() -> None:
    """The same number in text and table of one plan is the first, with a note of the other."""
    twice = [record("anhui-2020", "de_share_gdp", 40, "%", bound=">", start=start) for start in (5898, 5088)]
    frame = compare_indicator("de_share_gdp", material(*twice), pick="all")
    row = row_of(frame, ANHUI)
    assert row["start"] == 5088
    assert "同一数值在文中另出现1次" in row["note"]


def test_several_numbers_of_one_year_are_noted() -> None:
    """Of several numbers for one measure the label most like the name is taken, and the others are listed."""
    three = [
        record("anhui-2024", "digital_talent", value, "人", label=label, start=start)
        for start, value, label in ((1, 2500, "工程师"), (2, 5000, "数字人才"), (3, 500, "高级工程师"))
    ]
    row = row_of(compare_indicator("digital_talent", material(*three)), ANHUI)
    assert (row["value"], row["grade"]) == (5000, "B")
    assert "工程师 2500人" in row["note"]


def test_newest_document_stands_for_a_region() -> None:
    """Without a year the newest plan's last year counts; at a year the plan that sets it, with a note of the newer."""
    old = [
        record("anhui-2020", "5g_base_stations", v, "个", year=y, bound=">=", start=y)
        for y, v in ((2022, 45000), (2025, 60000))
    ]
    both = material(STATIONS, *old)
    assert row_of(compare_indicator("5g_base_stations", both), ANHUI)["value"] == 160000
    row = row_of(compare_indicator("5g_base_stations", both, year=2025), ANHUI)
    assert (row["value"], row["bound"]) == (60000, ">=")
    assert "160000个 (2026)" in row["note"]
    other = row_of(compare_indicator("5g_base_stations", both, year=2023), ANHUI)
    assert other["reason"] == "目标年份为2022、2024、2025、2026，不是2023年"
    everything = compare_indicator("5g_base_stations", both, pick="all").query("region == @ANHUI")
    assert set(everything["method"]) == {"stated", "derived"}
    assert len(everything) == 4


def test_interpolation_only_on_request_and_marked() -> None:
    """Between two years of one plan there is a value only if asked for, grade C, with its arithmetic."""
    old = [
        record("anhui-2020", "5g_base_stations", v, "个", year=y, bound=">=", start=y)
        for y, v in ((2022, 45000), (2025, 60000))
    ]
    assert (
        row_of(compare_indicator("5g_base_stations", material(*old), year=2023), ANHUI)["presence"] == "not_comparable"
    )
    row = row_of(compare_indicator("5g_base_stations", material(*old), year=2023, interpolate=True), ANHUI)
    assert (row["value"], row["method"], row["grade"], row["year"], row["bound"]) == (
        50000,
        "interpolated",
        "C",
        2023,
        ">=",
    )
    assert row["arithmetic"] == "45000 + (60000 − 45000) × 1/3 = 50000"
    assert "不是文件所定" in row["note"]


def test_unit_of_another_size_is_converted() -> None:
    """A bandwidth printed in Mbps comes out in Gbps, grade B, with the division shown."""
    one = record("anhui-2024", "internet_egress_bandwidth", 5000000, "Mbps")
    row = row_of(compare_indicator("internet_egress_bandwidth", material(one)), ANHUI)
    assert (row["value"], row["method"], row["grade"]) == (5000, "converted", "B")
    assert row["arithmetic"] == "5000000Mbps ÷ 1000 = 5000Gbps"


def test_range_stays_a_range_and_bounds_stay() -> None:
    """Both ends of a range are divided, and more than stays more than."""
    one = record("anhui-2024", "5g_base_stations", 60000, "个", value_high=120000, bound=">")
    row = row_of(compare_indicator("5g_base_stations_per_10k", material(one)), ANHUI)
    assert (row["value"], row["value_high"]) == (pytest.approx(60000 / 6123), pytest.approx(120000 / 6123))
    assert row["bound"] == ">"
    assert row["arithmetic"] == "60000–120000 ÷ 6123万人 × 1万 = 9.8–19.6"


def test_lower_is_better_where_the_direction_says_so() -> None:
    """For a PUE the smallest value comes first."""
    frame = compare_indicator(
        "data_centre_pue", material(record("shandong-2023", "data_centre_pue", 1.25, "", bound="<"))
    )
    values = list(frame["value"].dropna())
    assert values == sorted(values)
    assert frame.iloc[0]["region"] == SHANDONG


def test_distance_is_to_the_national_target_of_the_same_year() -> None:
    """Fujian's 30 in 2025 are 4 above the national 26 of 2025; Anhui's 2026 has no national target."""
    frame = compare_indicator(
        "5g_base_stations_per_10k", material(STATIONS, record("fujian-2022", "5g_base_stations_per_10k", 30, "个/万人"))
    )
    row = row_of(frame, FUJIAN)
    assert (row["national_value"], row["distance"], row["distance_bound"]) == (26, 4, "=")
    assert pd.isna(row_of(frame, ANHUI)["distance"])


def test_total_of_a_region_is_a_part_of_the_nations() -> None:
    """Jiangsu's ten million gigabit subscribers of 2025 are a sixth of the nation's sixty; a rate has no such part."""
    row = row_of(compare_indicator("gigabit_users", material(), year=2025), JIANGSU)
    assert row["national_share"] == pytest.approx(100 / 6)
    rate = row_of(compare_indicator("de_core_share_gdp", material(), year=2025), JIANGSU)
    assert (rate["distance"], rate["distance_bound"], pd.isna(rate["national_share"])) == (0, ">", True)


def test_national_targets_come_with_their_documents() -> None:
    """The national targets for stations per 10,000 people are 26 in 2025 and 38 in 2027."""
    frame = national_reference("5g_base_stations_per_10k", material())
    assert list(zip(frame["year"], frame["value"], strict=True)) == [(2025, 26), (2027, 38)]
    assert frame["document"].str.len().gt(0).all()


def test_other_measure_under_a_similar_name_is_refused() -> None:
    """Hubei's macro stations are not its stations: a reason, no value."""
    row = row_of(compare_indicator("5g_base_stations", material(), year=2022), "420000")
    assert (row["presence"], row["reason"]) == ("not_comparable", "只含宏基站")


def test_near_measure_is_grade_c_with_a_remark() -> None:
    """Racks in use and under construction are shown, but as grade C and with what is different."""
    row = row_of(compare_indicator("data_centre_racks", material()), "140000")
    assert (row["value"], row["grade"]) == (500000, "C")
    assert "含在建" in row["note"]


def test_other_kinds_of_number_can_be_compared_among_themselves() -> None:
    """Yearly numbers are compared with yearly numbers when that kind is asked for."""
    yearly = record("anhui-2024", "enterprises_on_cloud", 6000, "家", kind="annual", bound=">=")
    row = row_of(compare_indicator("enterprises_on_cloud", material(yearly), kind="annual"), ANHUI)
    assert (row["value"], row["kind"], row["presence"]) == (6000, "annual", "value")


def test_growth_and_differences_are_compared_in_units_of_their_own() -> None:
    """Growth is compared in per cent, a year and over the whole time told apart; differences of shares in points."""
    yearly = record("anhui-2024", "de_value_added", 12, "%", kind="growth", label="数字经济增加值年均增速")
    whole = record("fujian-2022", "de_value_added", 60, "%", kind="growth", start=1)
    frame = compare_indicator("de_value_added", material(yearly, whole), kind="growth", lang="en")
    row = row_of(frame, ANHUI)
    assert (row["value"], row["unit"], row["method"], row["note"]) == (12, "%", "stated", "a rate a year")
    assert row_of(frame, FUJIAN)["note"] == "growth over the whole time"
    assert row_of(frame, "620000")["unit"] == "%"
    points = compare_indicator("de_core_share_gdp", material(), kind="change")
    row = row_of(points, FUJIAN)
    assert (row["value"], row["unit"], row["presence"]) == (3, "百分点", "value")


def test_remark_of_a_person_is_shown() -> None:
    """A flagged record carries its remark into the comparison."""
    from comparing import REGIONS, catalogue

    from compare.comparison import gather
    from compare.tables import to_frame

    frame = to_frame([STATIONS], REGIONS, {("anhui-2024", 5528): "可能含室分"})
    row = row_of(compare_indicator("5g_base_stations", gather(frame, catalogue(), reference(), PLANS)), ANHUI)
    assert "可能含室分" in row["note"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"indicator": "5g_stations"}, "unknown indicator"),
        ({"levels": ("provinces",)}, "unknown level"),
        ({"pick": "best"}, "unknown pick"),
        ({"kind": "stock"}, "unknown kind"),
    ],
)
def test_unknown_names_list_what_is_known(options: dict[str, object], message: str) -> None:
    """A wrong id, level, choice or kind is an error that lists the right ones."""
    indicator = str(options.pop("indicator", "5g_base_stations"))
    with pytest.raises(UnknownNameError, match=message):
        compare_indicator(indicator, material(), **options)  # type: ignore[arg-type]


def test_every_region_of_the_country_appears() -> None:
    """All 31 provinces are in every comparison, whatever is known of them."""
    frame = compare_indicator("5g_base_stations_per_10k", material(STATIONS))
    assert frame["region"].nunique() == 31
    assert (frame.loc[frame["presence"] != "value", "reason"] != "").all()


def test_at_least_twenty_regions_have_a_target_for_stations_or_core_industries() -> None:
    """Stations per 10,000 people and the core industries' share, taken together, compare two thirds of the country."""
    with_target: set[str] = set()
    for indicator in ("5g_base_stations_per_10k", "de_core_share_gdp"):
        frame = compare_indicator(indicator, material(STATIONS))
        with_target |= set(frame.loc[frame["presence"] == "value", "region"])
    assert len(with_target) >= 20


def test_what_was_measured_is_told_where_no_target_is_known() -> None:
    """Hebei sets nothing that is known: its 94,000 stations at the end of 2022, over 74.2 million people, are told."""
    row = row_of(compare_indicator("5g_base_stations_per_10k", material(), lang="en"), "130000")
    assert (row["presence"], pd.isna(row["value"])) == ("no_plan", True)
    assert "no target known from elsewhere; measured: 12.7个/万人 (2022), “河北省信息通信行业" in row["reason"]


def test_reasons_name_plans_by_their_titles() -> None:
    """Where a plan leaves a measure out, people read which plan by its title; its id stands in a column of its own."""
    plan = make_plan("fujian-2022", FUJIAN, (2022, 2025), title="福建省行动计划")
    row = row_of(compare_indicator("data_centre_pue", material(plans=(plan,))), FUJIAN)
    assert (row["reason"], row["plan"]) == ("《福建省行动计划》未提及", "fujian-2022")


def test_two_ways_to_the_same_ratio_agree() -> None:
    """Chongqing prints 150,000 stations and 47.8 per 10,000 people: the stated ratio counts, the quotient is near."""
    frame = compare_indicator("5g_base_stations_per_10k", material(), year=2025)
    row = row_of(frame, "500000")
    assert (row["value"], row["method"], row["arithmetic"]) == (47.8, "published", "")
    people = reference().statistic("population", "500000", 2025)
    assert people is not None
    assert 150000 / people.value == pytest.approx(47.8, rel=0.02)


@pytest.mark.parametrize(
    ("indicator", "year", "value", "bound"),
    [
        ("de_core_share_gdp", 2025, 10, "="),
        ("5g_base_stations_per_10k", 2025, 26, "="),
        ("5g_base_stations_per_10k", 2027, 38, "="),
        ("compute_capacity", 2025, 300_000, ">"),
        ("intelligent_compute_share", 2025, 35, "="),
        ("key_process_nc_rate", 2025, 68, "="),
        ("software_revenue", 2025, 140_000, "="),
    ],
)
def test_national_targets_are_the_frame(indicator: str, year: int, value: float, bound: str) -> None:
    """What national plans set stands in the unit of the indicator: 300 EFLOPS are 300,000 PFLOPS."""
    frame = national_reference(indicator, material())
    assert (year, value, bound) in set(zip(frame["year"], frame["value"], frame["bound"], strict=True))


def test_values_lead_back_to_their_source() -> None:
    """Every value has a place in a plan or a document, a grade and the sources of its operands."""
    for indicator in ("5g_base_stations_per_10k", "de_core_share_gdp", "de_share_gdp", "data_centre_racks"):
        frame = compare_indicator(indicator, material(STATIONS), pick="all")
        valued = frame[frame["presence"] == "value"]
        assert valued["grade"].isin(["A", "B", "C"]).all()
        assert (valued["sources"] != "").all()
        assert (valued["start"].notna() | (valued["document"] != "")).all()
        assert (valued.loc[valued["method"] == "derived", "arithmetic"] != "").all()


def test_sums_of_bounded_numbers() -> None:
    """Bounds of one sense stay, a strict one wins, and opposite ones leave only about."""
    assert combine_bounds(">", ">=") == ">"
    assert combine_bounds("<=", "=") == "<="
    assert combine_bounds(">=", "<=") == "~"
    assert add_change(Amount(50, bound="~"), Amount(-20, bound="<="), "%", "百分点") == (
        Amount(30, None, "~"),
        "50% − 20百分点 = 30%",
    )


def test_growth_is_applied_once_or_each_year() -> None:
    """Growing by half once is 150, by 10 % a year over two years 121."""
    assert apply_growth(Amount(100), Amount(50), None, "个")[0].value == 150
    assert apply_growth(Amount(100), Amount(10), 2, "个")[0].value == pytest.approx(121)
    assert apply_growth(Amount(100, 200), Amount(10, 20), None, "个")[0] == Amount(110, 240)
    assert multiply_base(Amount(100, 150, ">"), Amount(2), "个")[0] == Amount(200, 300, ">")


def test_dividing_and_converting_keep_the_bound() -> None:
    """A bound does not turn when a number is divided or changes its unit."""
    assert per_population(Amount(100, bound="<"), 50, 1)[0] == Amount(2, None, "<")
    assert convert_by(Amount(2, 3, ">="), 1000, "Tbps", "Gbps")[0] == Amount(2000, 3000, ">=")


def test_equal_numbers_of_one_list_are_two_commitments() -> None:
    """Ten parks of one sort and ten of another, in one clause, are not one number said twice."""
    clause = "打造10个左右示范园区和10个以上成长型园区"
    two = [
        record("fujian-2022", "digital_industry_parks", 10, "个", label=label, bound=bound, start=start, quote=clause)
        for start, label, bound in ((1, "示范园区", "~"), (2, "成长型园区", ">="))
    ]
    frame = compare_indicator("digital_industry_parks", material(*two), pick="all")
    assert len(frame[frame["region"] == FUJIAN]) == 2


def test_newest_document_counts_among_computed_shares() -> None:
    """Where nothing is stated, the share of the newest plan counts, not one of an old document with GDP of its year."""
    total = record("fujian-2022", "de_value_added", 40000, "亿元", bound=">")
    row = row_of(compare_indicator("de_share_gdp", material(total)), FUJIAN)
    assert (row["year"], row["plan"]) == (2025, "fujian-2022")
    assert ">20000亿元 (2020)" in row["note"]
