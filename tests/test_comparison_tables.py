"""Revisions, pathways, profiles, coverage, the corpus at a glance, and the checks of the tables."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest
from comparing import PLANS, catalogue, make_plan, material, record, reference, row_of, targets

from compare.comparison import (
    Finding,
    check_tables,
    compare_plans,
    count_dimensions,
    count_horizons,
    cross_check,
    tabulate_baselines,
    tabulate_corpus,
    tabulate_coverage,
    tabulate_evidence,
    tabulate_left_out,
    tabulate_pathways,
    tabulate_profile,
    tabulate_series,
    tabulate_standing,
)
from compare.errors import UnknownNameError
from compare.reference import Reference
from compare.tables import unmatched_frame

ANHUI, FUJIAN, TAIZHOU = "340000", "350000", "321200"
OLD = record("anhui-2020", "5g_base_stations", 60000, "个", bound=">=", start=1)
NEW = record("anhui-2024", "5g_base_stations", 160000, "个", start=2)


def nothing() -> Reference:
    """The reference tables without targets and values measured."""
    return replace(reference(), published=(), baselines=())


def changes(*records: SimpleNamespace, **options: str) -> pd.DataFrame:
    """The revisions of Anhui for some records, by indicator."""
    return compare_plans(ANHUI, material(*records, tables=nothing()), **options).set_index("indicator")


def test_revision_shows_difference_and_years() -> None:
    """From at least 60,000 by 2025 to 160,000 by 2026: at most 100,000 more, one year later."""
    row = changes(OLD, NEW).loc["5g_base_stations"]
    assert (row["change"], row["difference"], row["difference_bound"], row["years_later"]) == (
        "raised",
        100000,
        "<=",
        1,
    )
    assert (row["old_plan"], row["new_plan"], row["old_bound"]) == ("anhui-2020", "anhui-2024", ">=")


def test_revision_uses_a_year_that_both_plans_have() -> None:
    """Where both plans set the same year, that year is compared, not each one's last."""
    also = record("anhui-2024", "5g_base_stations", 120000, "个", year=2025, start=3)
    row = changes(OLD, NEW, also).loc["5g_base_stations"]
    assert (row["new_value"], row["difference"], row["years_later"]) == (120000, 60000, 0)
    assert row["reason"] == ""


def test_revision_tells_new_dropped_and_expired_apart() -> None:
    """What only the new plan has is new; what only the old has is dropped, or had fallen due before."""
    frame = changes(
        record("anhui-2020", "software_revenue", 3000, "亿元"),
        record("anhui-2020", "gov_cloud_rate", 90, "%", year=2022),
        record("anhui-2024", "gigabit_users", 11000000, "户"),
        record("anhui-2020", "iot_terminals", 5, "个", start=9),
        record("anhui-2024", "iot_terminals", None, "", start=10, quote="大力发展"),
        record("anhui-2020", "data_centre_racks", 5, "个", start=11),
        record("anhui-2024", "data_centre_racks", 6, "公里", start=12),
    )
    assert frame["change"].to_dict() == {
        "gigabit_users": "new",
        "software_revenue": "dropped",
        "gov_cloud_rate": "expired",
        "iot_terminals": "words_only",
        "data_centre_racks": "not_comparable",
    }


def test_revision_keeps_kinds_apart() -> None:
    """A yearly number is not compared with a stock."""
    frame = compare_plans(
        ANHUI,
        material(
            record("anhui-2020", "enterprises_on_cloud", 9000, "家"),
            record("anhui-2024", "enterprises_on_cloud", 6000, "家", kind="annual"),
        ),
    )
    assert dict(zip(frame["kind"], frame["change"], strict=True)) == {"level": "dropped", "annual": "new"}


def test_region_with_one_plan_has_no_revisions() -> None:
    """One plan gives an empty table with all columns; an unknown plan or region is an error."""
    frame = compare_plans(FUJIAN, material())
    assert frame.empty
    assert "difference" in frame.columns
    with pytest.raises(UnknownNameError, match="plan of region 340000"):
        compare_plans(ANHUI, material(), older="fujian-2022")
    with pytest.raises(UnknownNameError, match="unknown region"):
        compare_plans("1", material())


def test_pathway_runs_from_the_plans_own_baseline() -> None:
    """From 3,600 in 2019 to 5,000 in 2025: 233 a year, 5.6 % compound, graded as the weaker end."""
    base = record("anhui-2020", "electronics_revenue", 3600, "亿元", year=2019, status="actual", start=1)
    aim = record("anhui-2020", "electronics_revenue", 5000, "亿元", start=2)
    row = row_of(tabulate_pathways(material(base, aim), "electronics_revenue"), ANHUI)
    assert (row["base_year"], row["base_value"], row["years"], row["difference"]) == (2019, 3600, 6, 1400)
    assert row["per_year"] == pytest.approx(1400 / 6)
    assert row["yearly_growth"] == pytest.approx(((5000 / 3600) ** (1 / 6) - 1) * 100)
    assert row["required"] == "(5000 − 3600) ÷ 6年 = 每年233亿元; (5000 ÷ 3600)^(1/6) − 1 = 5.63%"
    assert row["grade"] == "A"
    assert (row["base_plan"], row["base_start"], row["base_quote"]) == ("anhui-2020", 1, base.quote)
    assert row["base_source"] == row["document"], "the document alone: offsets say nothing to a reader"


def test_bounds_and_ranges_go_through_differences() -> None:
    """From over 100 to between 180 and 200 is at most 80 to 100 more; from 100 to over 200 is over 100 more."""
    base = record("anhui-2020", "electronics_revenue", 100, "亿元", year=2019, status="actual", start=1, bound=">")
    aim = record("anhui-2020", "electronics_revenue", 180, "亿元", start=2, value_high=200)
    row = row_of(tabulate_pathways(material(base, aim), "electronics_revenue"), ANHUI)
    assert (row["difference"], row["difference_high"], row["difference_bound"]) == (80, 100, "<")
    newer = record("anhui-2024", "electronics_revenue", 300, "亿元", start=3, bound=">")
    change = changes(aim, newer).loc["electronics_revenue"]
    assert (change["difference"], change["difference_high"], change["difference_bound"]) == (100, 120, ">")


def test_pathway_of_a_share_is_in_points_without_growth() -> None:
    """A share has percentage points a year and no compound growth."""
    base = record("anhui-2020", "de_share_gdp", 30, "%", year=2019, status="actual", start=1)
    aim = record("anhui-2020", "de_share_gdp", 40, "%", start=2)
    row = row_of(tabulate_pathways(material(base, aim), "de_share_gdp", lang="en"), ANHUI)
    assert row["required"] == "(40 − 30) ÷ 6 years = 1.67 points a year"
    assert pd.isna(row["yearly_growth"])


def test_pathway_takes_the_latest_baseline_before_the_plan() -> None:
    """A plan of 2024 without figures of its own starts from the value measured in 2023, and says how old it is."""
    row = row_of(tabulate_pathways(material(NEW), "5g_base_stations"), ANHUI)
    assert (row["base_year"], row["base_value"], row["years"], row["per_year"]) == (
        2023,
        114000,
        3,
        pytest.approx(46000 / 3),
    )
    assert "2023-11-27" in row["note"]


def test_pathway_takes_the_baseline_that_the_document_prints() -> None:
    """Chongqing's document prints 2,240 for 2022 beside its 4,000 for 2027."""
    row = row_of(tabulate_pathways(material(), "de_core_value_added"), "500000")
    assert (row["base_value"], row["base_year"], row["value"]) == (2240, 2022, 4000)


def test_baselines_are_in_one_unit_with_their_arithmetic() -> None:
    """Measured stations give measured stations per 10,000 people of that year."""
    frame = tabulate_baselines("5g_base_stations_per_10k", material(), ANHUI)
    row = row_of(frame, ANHUI, year=2023)
    assert row["arithmetic"] == "114000 ÷ 6121万人 × 1万 = 18.6"
    assert (row["year_end"], row["as_of"]) == ("no", "2023-11-27")


def test_series_has_measured_values_and_targets() -> None:
    """A time axis has both, each marked, and only values with a year."""
    base = record("anhui-2020", "5g_base_stations", 1132, "个", year=2019, status="actual", start=9)
    frame = tabulate_series("5g_base_stations", material(OLD, NEW, base), [ANHUI])
    assert frame["year"].notna().all()
    assert set(frame["status"]) == {"actual", "target"}
    assert row_of(frame, ANHUI, year=2019)["value"] == 1132


def test_standing_ranks_in_the_direction_of_the_indicator() -> None:
    """The smallest PUE has rank 1; a value is compared with the median of the provinces that set it."""
    low = material(
        record("fujian-2022", "data_centre_pue", 1.2, ""), record("shandong-2023", "data_centre_pue", 1.25, "")
    )
    row = row_of(tabulate_standing(FUJIAN, low), FUJIAN, indicator="data_centre_pue")
    assert (row["rank"], row["of"], row["median"]) == (1, 3, 1.25)  # with Heilongjiang's 1.3
    assert row["ratio"] == pytest.approx(1.2 / 1.25)


def test_city_has_no_rank_among_provinces() -> None:
    """A city stands beside the median of the provinces, without a rank."""
    city = material(record("taizhou-2022", "de_core_share_gdp", 13.5, "%"))
    row = row_of(tabulate_standing(TAIZHOU, city), TAIZHOU, indicator="de_core_share_gdp")
    assert pd.isna(row["rank"])
    assert row["median"] == 10
    assert (row["national_value"], row["distance"]) == (10, 3.5)


def test_left_out_indicators_are_those_that_others_set() -> None:
    """What most others set and the region does not comes first, with who they are."""
    frame = tabulate_left_out(ANHUI, material(NEW))
    assert "5g_base_stations" not in set(frame["indicator"])
    assert frame["set_by"].is_monotonic_decreasing
    row = frame.set_index("indicator").loc["5g_user_penetration"]
    assert row["set_by"] == 4
    assert row["who"] == "黑龙江、江苏、山东、四川"


def test_profile_counts_by_dimension() -> None:
    """One row a dimension; what is above and below the median counts only where at least three set it."""
    frame = tabulate_profile(ANHUI, material(NEW)).set_index("dimension")
    assert list(frame.index) == [dimension.id for dimension in catalogue().dimensions]
    row = frame.loc["network"]
    assert row["above"] + row["below"] + row["at"] <= row["set"] <= row["indicators"]
    assert frame["numbers"].sum() >= 1


def test_coverage_has_a_row_for_every_region_and_indicator() -> None:
    """31 provinces times all indicators, each with one kind of presence."""
    frame = tabulate_coverage(material(NEW))
    assert len(frame) == 31 * len(catalogue().ids)
    assert not frame.duplicated(["region", "indicator"]).any()
    row = row_of(frame, ANHUI, indicator="5g_base_stations_per_10k")
    assert (row["presence"], row["method"], row["origin"]) == ("value", "derived", "extracted")
    assert set(frame["presence"]) <= {"value", "not_comparable", "words_only", "not_mentioned", "no_plan"}


def test_evidence_lists_every_statement_as_printed() -> None:
    """Statements keep their own unit and kind; a region and an indicator narrow them down."""
    frame = tabulate_evidence(material(NEW), "5g_base_stations", ANHUI)
    assert set(frame["status"]) == {"actual", "target"}
    assert set(frame["origin"]) == {"extracted", "published"}
    assert set(frame["kind"]) == {"level", "annual"}
    with pytest.raises(UnknownNameError):
        tabulate_evidence(material(), "stations")


def test_corpus_counts_records_by_plan() -> None:
    """One row a plan with its targets, values measured and indicators."""
    base = record("anhui-2020", "5g_base_stations", 1132, "个", year=2019, status="actual", start=9)
    other = record("anhui-2020", "", 5, "个", start=10)
    frame = tabulate_corpus(PLANS, targets(OLD, base, other), unmatched_frame([]), reference()).set_index("plan")
    row = frame.loc["anhui-2020"]
    assert (row["targets"], row["actuals"], row["matched"], row["indicators"]) == (2, 1, 1, 1)
    assert frame.loc["taizhou-2022", "level"] == "prefecture"
    assert frame.loc["fujian-2022", "issued"] == "2022-04-08"


def test_dimension_counts_include_zeros_and_unmatched_targets() -> None:
    """Every plan has a row for every dimension and one for targets without an indicator."""
    frame = count_dimensions(PLANS, targets(OLD, record("anhui-2020", "", 5, "个", start=10)), catalogue())
    assert len(frame) == len(PLANS) * (len(catalogue().dimensions) + 1)
    counts = frame[frame["plan"] == "anhui-2020"].set_index("dimension")["count"]
    assert (counts["network"], counts[""], counts["data"]) == (1, 1, 0)


def test_horizons_keep_targets_without_a_year() -> None:
    """Targets that state no year have a row of their own, last."""
    frame = count_horizons(PLANS, targets(OLD, record("anhui-2020", "", 5, "个", start=10, year=None)))
    assert list(frame["count"]) == [1, 1]
    assert frame["year"].isna().tolist() == [False, True]


def test_cross_check_sets_plan_and_publication_side_by_side() -> None:
    """A published 15,200 agrees with the plan's own; another number in the plan is listed as a disagreement."""
    own = record("anhui-2024", "de_core_revenue", 15200, "亿元", start=424)
    row = row_of(cross_check(material(own)), ANHUI)
    assert (row["agrees"], row["value"], row["published_value"], row["start"]) == (True, 15200, 15200, 424)
    wrong = row_of(cross_check(material(record("anhui-2024", "de_core_revenue", 1520, "亿元"))), ANHUI)
    assert (wrong["agrees"], wrong["value"]) == (False, 1520)
    none = row_of(cross_check(material()), ANHUI)
    assert (none["agrees"], none["found"]) == (False, "nothing")


def test_document_in_the_corpus_is_known_by_its_title() -> None:
    """A published row without a plan id belongs to the plan of that region and title, whatever the dashes."""
    plans = (make_plan("liaoning-2020", "210000", (2020, 2025), title="数字辽宁发展规划(1.0版)"),)
    row = row_of(cross_check(material(plans=plans), plans), "210000", indicator="5g_base_stations")
    assert (row["plan"], row["document"]) == ("liaoning-2020", "《数字辽宁发展规划（1.0版）》")


def found(*records: SimpleNamespace, **options: pd.DataFrame) -> dict[str, Finding]:
    """Findings about some records alone, by check."""
    frame = targets(*records)
    return {f.check: f for f in check_tables(frame, material(*records, tables=nothing()), PLANS, **options)}


def test_sound_tables_have_no_findings() -> None:
    """The records above, with a number that stands where they say, raise nothing."""
    assert found(record("anhui-2024", "5g_base_stations", 160000, "个", number="", start=0)) == {}


@pytest.mark.parametrize(
    ("records", "check", "severity"),
    [
        (
            [record("anhui-2024", "", 5, "个", number=""), record("anhui-2024", "", 6, "个", number="")],
            "unique keys",
            "error",
        ),
        ([record("anhui-2024", "", 5, "个", number="", bound="≥")], "closed fields", "error"),
        ([record("anhui-2024", "", 5, "个", number="", value_high=4)], "ranges in order", "error"),
        ([record("anhui-2024", "", 5, "个", number="5", start=0)], "offsets", "error"),
        ([record("anhui-2024", "de_core_share_gdp", 135, "%", number="")], "plausible range", "error"),
        ([record("anhui-2024", "5g_base_stations", 160000e4, "个", number="")], "plausible range", "warning"),
        ([record("anhui-2024", "5g_base_stations", 5, "公里", number="")], "units", "warning"),
        (
            [
                record("anhui-2024", "de_core_share_gdp", 45, "%", number=""),
                record("anhui-2024", "de_share_gdp", 40, "%", number="", start=200),
            ],
            "part and whole",
            "error",
        ),
    ],
)
def test_what_cannot_be_right_is_found(records: list[SimpleNamespace], check: str, severity: str) -> None:
    """Double keys, unknown words, reversed ranges, wrong offsets, values out of range and parts above the whole."""
    finding = found(*records)[check]
    assert finding.severity == severity
    assert finding.place
    assert str(finding).startswith(f"{severity}: {check}: ")


def test_part_above_a_whole_that_has_room_is_a_warning() -> None:
    """At least 45 % for the core industries of more than 40 % for all can both be true; it deserves a look."""
    part = record("anhui-2024", "de_core_share_gdp", 45, "%", number="", bound=">=")
    whole = record("anhui-2024", "de_share_gdp", 40, "%", number="", start=200, bound=">")
    assert found(part, whole)["part and whole"].severity == "warning"
    equal = record("anhui-2024", "de_share_gdp", 45, "%", number="", start=200)
    assert "part and whole" not in found(part, equal)
    shops = record("anhui-2024", "rural_online_retail_sales", 900, "亿元", number="")
    assert found(shops, record("anhui-2024", "online_retail_sales", 800, "亿元", number="", start=200))[
        "part and whole"
    ].found.startswith("rural_online_retail_sales 900 and online_retail_sales 800")


def test_findings_are_written_for_people() -> None:
    """Numbers stand without needless decimals, with units, and a published row with region and document."""
    tables = replace(nothing(), published=tuple(p for p in reference().published if p.region == "140000"))
    row = tables.published[0]
    wrong = replace(tables, published=(row.model_copy(update={"value": 12e8}),))
    (finding,) = (f for f in check_tables(targets(), material(tables=wrong)) if f.check == "plausible range")
    assert str(finding) == (
        "warning: plausible range: 140000 山西, 山西省“十四五”新基建规划: found 1200000000个 for 5g_base_stations,"
        " expected 100 to 8000000个"
    )
    unit = found(record("anhui-2024", "5g_base_stations", 5, "公里", number=""))["units"]
    assert unit.expected == "one of 个, 座, 站, 处, 台, (no unit)"


def test_lost_records_are_found() -> None:
    """A record of the committed table that is no longer there is a finding."""
    finding = found(record("anhui-2024", "", 5, "个", number="", start=0), committed=targets(NEW))["nothing lost"]
    assert finding.place == "anhui-2024:2"


def test_outliers_are_found() -> None:
    """A ratio more than ten times the median of at least four provinces is a finding."""
    far = record("anhui-2024", "5g_base_stations_per_10k", 400, "个/万人", number="", start=0)
    findings = check_tables(targets(far), material(far), PLANS)
    assert [f.place for f in findings if f.check == "outliers"] == ["340000 安徽"]
