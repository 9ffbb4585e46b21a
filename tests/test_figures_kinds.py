"""What each kind draws: the plotted data, the marks of bounds, the rows for what is missing, what the title says."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, replace

import pandas as pd
import pytest
from figure_frames import (
    DIMENSIONS,
    NAN,
    STATIONS,
    Indicator,
    make_comparison,
    make_counts,
    make_coverage,
    make_horizons,
    make_indicators,
    make_others,
    make_paths,
    make_plans,
    make_reference,
    make_revisions,
    make_series,
    make_similarity,
    make_standing,
    make_terms,
    make_themes,
)
from matplotlib.text import Text

from compare import figures
from compare.figures.sheet import Chart
from compare.figures.theme import ACCENT, HAIR, INK, MARK_GREY, WHITE
from compare.figures.tile_map import read_tiles


def make_rows(*targets: tuple[str, float, str], year: int = 2025) -> pd.DataFrame:
    """Makes a comparison of regions with names of their own."""
    return pd.DataFrame(
        [
            {"region": f"{index}", "name_zh": name, "name_en": name, "value": value, "bound": bound, "year": year}
            for index, (name, value, bound) in enumerate(targets)
        ]
    )


def texts_of(chart: Chart) -> list[str]:
    """Lists all text on a chart."""
    return [text.get_text() for text in chart.findobj(lambda artist: isinstance(artist, Text)) if text.get_text()]


def dots_of(chart: Chart, shape: str = "o", fill: str = "") -> list[float]:
    """Lists the data that dots of a shape and fill stand at."""
    return [
        float(x)
        for axes in chart.axes
        for line in axes.lines
        if line.get_marker() == shape and (not fill or line.get_markerfacecolor() == fill)
        for x in line.get_xdata()
    ]


class TestRanking:
    """`ranking`: regions by target."""

    def test_dots_stand_at_the_targets(self) -> None:
        """Every value is drawn once, at its place on the scale, ranges with both ends."""
        frame = make_comparison(31)
        chart = figures.ranking(frame, indicator=STATIONS)
        wanted = [*frame["value"].dropna(), *frame.loc[frame["value"].notna(), "value_high"].dropna()]
        assert sorted(dots_of(chart)) == sorted(wanted)

    @pytest.mark.parametrize(
        ("bound", "fill", "arrow"),
        [
            ("=", ACCENT, ""),
            (">=", ACCENT, ">"),
            (">", WHITE, ">"),
            ("<=", ACCENT, "<"),
            ("<", WHITE, "<"),
            ("~", WHITE, ""),
        ],
    )
    def test_bound_shows_in_the_mark(self, bound: str, fill: str, arrow: str) -> None:
        """A dot is filled where the value counts in, hollow where not; an arrow points where a bound is open."""
        chart = figures.ranking(make_rows(("甲", 30.0, bound)), indicator=STATIONS)
        assert dots_of(chart, "o", fill) == [30.0]
        for shape in "<>":
            assert bool(dots_of(chart, shape)) is (shape == arrow)

    @pytest.mark.parametrize(
        ("bound", "label"), [("=", "30"), (">=", "≥30"), (">", ">30"), ("~", "~30"), ("<=", "≤30")]
    )
    def test_bound_shows_in_the_label(self, bound: str, label: str) -> None:
        """The label beside the dot carries the sign of the bound."""
        assert label in texts_of(figures.ranking(make_rows(("甲", 30.0, bound)), indicator=STATIONS))

    def test_range_is_a_bar(self) -> None:
        """A range has a dot at both ends and a label with both."""
        frame = make_rows(("甲", 3.0, "=")).assign(value_high=5.0)
        chart = figures.ranking(frame, indicator=STATIONS)
        assert dots_of(chart) == [3.0, 5.0]
        assert "3–5" in texts_of(chart)

    def test_title_gives_level_regions_no_year_of_one_of_them(self) -> None:
        """Regions of the same number share a year and a bound in the title only where all have these."""
        frame = make_rows(("甲", 3.0, ">="), ("乙", 3.0, ">="), ("丙", 1.0, "=")).assign(year=[2027, None, 2025])
        found = figures.finding_ranking(frame, "en", indicator=STATIONS)
        assert found == "甲 and 乙 aim highest: at least 3 per 10,000 people; 丙 lowest: 1 per 10,000 people by 2025"
        same = frame.assign(year=2027, bound=[">=", ">", "="])
        assert figures.finding_ranking(same, indicator=STATIONS).startswith("甲、乙的目标最高：2027年3个/万人")

    def test_title_does_not_rest_on_weak_values(self) -> None:
        """A value of grade C leads no title while there are better ones; where there are none, the title says so."""
        frame = make_rows(("甲", 9.0, "="), ("乙", 3.0, "="), ("丙", 1.0, "=")).assign(grade=["C", "B", "A"])
        zh = "可比性A、B级：乙的目标最高：2025年3个/万人；丙最低：2025年1个/万人"
        en = "Grades A and B: 乙 aims highest: 3 per 10,000 people by 2025; 丙 lowest: 1 per 10,000 people by 2025"
        assert figures.finding_ranking(frame, indicator=STATIONS) == zh
        assert figures.finding_ranking(frame, "en", indicator=STATIONS) == en
        assert figures.ranking(frame, indicator=STATIONS).card.title == zh
        between = frame.assign(grade=["A", "C", "B"])
        assert figures.finding_ranking(between, indicator=STATIONS).startswith("甲的目标最高"), "nothing weak is named"
        weak = frame.assign(grade="C")
        assert figures.finding_ranking(weak, indicator=STATIONS).endswith("丙最低：2025年1个/万人（C级，仅供参考）")

    def test_cities_stand_apart(self) -> None:
        """A city that was asked for is marked, stands below the provinces and counts for nothing in the title."""
        frame = make_rows(("甲", 3.0, "="), ("市", 9.0, "="), ("丙", 1.0, "=")).assign(year=2025)
        frame["level"] = ["province", "prefecture", "province"]
        chart = figures.ranking(frame, indicator=STATIONS)
        names = [text for text in texts_of(chart) if text in {"甲", "市", "丙"} or text == "地级市"]
        assert names == ["甲", "丙", "地级市", "市"]
        assert "地级市不与省级并列" in "".join(chart.card.notes)
        assert chart.card.title == "甲的目标最高：2025年3个/万人；丙最低：2025年1个/万人"
        assert figures.find_faults(chart) == ()

    def test_rows_are_sorted_by_direction(self) -> None:
        """The highest stands first; where lower is better, the lowest."""
        frame = make_rows(("甲", 1.3, "="), ("乙", 1.1, "="), ("丙", 1.2, "="))
        for direction, order in (("higher", "甲丙乙"), ("lower", "乙丙甲")):
            chart = figures.ranking(frame, indicator=replace(STATIONS, direction=direction))
            assert [text for text in texts_of(chart) if text in order] == list(order)

    def test_year_method_and_grade_stand_beside(self) -> None:
        """Each row shows its year, where its value comes from, and its grade."""
        texts = texts_of(figures.ranking(make_comparison(2), indicator=STATIONS))
        assert {"目标年", "2025", "等级", "A", "B", "依据", "原文", "推算"} <= set(texts)

    def test_every_region_is_somewhere(self) -> None:
        """A region without a comparable number is named, with what is there instead."""
        frame = make_comparison(31)
        text = "\n".join(texts_of(figures.ranking(frame, indicator=STATIONS)))
        assert all(name in text for name in frame["name_zh"])
        for words in (
            "有数字，不可比：规划写的是新增数",
            "仅有文字表述：“5G网络覆盖水平达到全国前列",
            "规划未提及（",
            "语料中无规划（",
        ):
            assert words in text

    def test_only_gaps(self) -> None:
        """Without a single value the chart still says what is there."""
        frame = make_comparison(31)
        chart = figures.ranking(frame[frame["value"].isna()], indicator=STATIONS)
        assert chart.card.title == "没有地区有可比的每万人5G基站目标"
        assert figures.find_faults(chart) == ()

    def test_nation_is_a_labelled_line(self) -> None:
        """The nation's target of the rows' year is drawn and labelled; without one of that year, the nearest."""
        frame = make_rows(("甲", 30.0, "="), ("乙", 20.0, "="))
        assert "全国2025年目标 26" in texts_of(figures.ranking(frame, indicator=STATIONS, reference=make_reference()))
        later = make_reference(38.0, 2027)
        assert "全国2027年目标 38" in texts_of(figures.ranking(frame, indicator=STATIONS, reference=later))

    @pytest.mark.parametrize("value", [24.0, 25.0, 26.0, 26.5, 27.0, 34.82])
    def test_labels_keep_clear_of_the_nation(self, value: float) -> None:
        """A label that would meet a line of the nation stands left of its mark, or past the line."""
        frame = make_rows(("甲", 37.61, "="), ("乙", value, ">"), ("丙", value, "<"), ("丁", value, "~"))
        lines = pd.concat([make_reference(), make_reference(38.0, 2027)], ignore_index=True)
        frame["year"] = [2025, 2025, 2027, 2027]
        for size in ("column", "page", "slide"):
            chart = figures.ranking(frame, indicator=STATIONS, reference=lines, size=size)
            assert {"全国2025年目标 26", "全国2027年目标 38"} <= set(texts_of(chart))
            assert figures.find_faults(chart) == ()

    def test_total_of_the_nation_is_no_reference(self) -> None:
        """What the whole nation is to have is not drawn among regions."""

        @dataclass(frozen=True)
        class Total(Indicator):
            denominator: str = "none"

        total = Total(**{**asdict(STATIONS), "unit": "户"})
        frame = make_rows(("甲", 30.0, "="), ("乙", 20.0, "="))
        chart = figures.ranking(frame, indicator=total, reference=make_reference(6000.0))
        assert not any("全国" in text for text in texts_of(chart))

    def test_highlight(self) -> None:
        """Highlighted regions are in colour and bold, the others grey."""
        frame = make_rows(("甲", 30.0, "="), ("乙", 20.0, "="))
        chart = figures.ranking(frame, indicator=STATIONS, highlight=("1",))
        assert (dots_of(chart, "o", ACCENT), dots_of(chart, "o", MARK_GREY)) == ([20.0], [30.0])

    @pytest.mark.parametrize(
        ("frame", "zh", "en"),
        [
            (
                make_rows(("甲", 30.0, ">="), ("乙", 20.0, "=")),
                "甲的目标最高：2025年不少于30个/万人；乙最低：2025年20个/万人",
                "甲 aims highest: at least 30 per 10,000 people by 2025; 乙 lowest: 20 per 10,000 people by 2025",
            ),
            (
                make_rows(
                    ("甲", 30.0, "~"),
                ),
                "有可比目标的只有甲：2025年约30个/万人",
                "Only 甲 has a comparable target: about 30 per 10,000 people by 2025",
            ),
            (
                make_rows(("甲", 30.0, "="), ("乙", 30.0, "=")),
                "2个地区的目标数值相同：2025年30个/万人",
                "All 2 regions name the same number: 30 per 10,000 people by 2025",
            ),
        ],
    )
    def test_finding(self, frame: pd.DataFrame, zh: str, en: str) -> None:
        """The title says who aims highest and lowest, from the frame alone."""
        assert figures.finding_ranking(frame, "zh", indicator=STATIONS) == zh
        assert figures.finding_ranking(frame, "en", indicator=STATIONS) == en

    def test_finding_against_the_nation(self) -> None:
        """With a national target of the same year the title counts who is above it."""
        frame = make_rows(("甲", 30.0, ">="), ("乙", 20.0, "="), ("丙", 26.0, "="))
        found = figures.finding_ranking(frame, indicator=STATIONS, reference=make_reference())
        assert found == "目标年为2025年的3个地区中，1个高于全国目标26；甲最高，2025年不少于30个/万人"


class TestDumbbell:
    """`dumbbell`: baseline to target."""

    def test_both_ends_are_drawn_and_labelled(self) -> None:
        """The start is a ring, the end a dot, both with their number and bound."""
        frame = make_rows(("甲", 40.0, ">=")).assign(base_year=2020, base_value=20.0)
        chart = figures.dumbbell(frame, indicator=STATIONS)
        assert dots_of(chart, "o", WHITE) == [20.0]
        assert dots_of(chart, "o", ACCENT) == [40.0]
        assert {"20", "≥40", "2020→2025", "+14.9%"} <= set(texts_of(chart))

    def test_without_baseline_no_start(self) -> None:
        """A target without a baseline has no ring and no yearly change."""
        frame = make_rows(("甲", 40.0, "=")).assign(base_year=2020, base_value=NAN)
        chart = figures.dumbbell(frame, indicator=STATIONS)
        assert dots_of(chart, "o", WHITE) == []
        assert "–" in texts_of(chart)

    def test_targets_without_path_are_added(self) -> None:
        """Regions of the comparison that have no path are drawn too."""
        paths = make_paths(8)
        chart = figures.dumbbell(paths.iloc[:2], indicator=STATIONS, targets=make_comparison(8, gaps=False))
        assert sum(name in texts_of(chart) for name in paths["name_zh"]) == 8

    @pytest.mark.parametrize(("base", "value", "bound"), [(20.0, 20.5, "<"), (20.5, 20.0, ">"), (20.0, 20.0, "~")])
    def test_ends_close_together(self, base: float, value: float, bound: str) -> None:
        """Where start and end nearly meet, both labels keep clear of both marks."""
        frame = make_rows(("甲", value, bound), ("乙", 40.0, "=")).assign(base_year=2020, base_value=[base, 1.0])
        assert figures.find_faults(figures.dumbbell(frame, indicator=STATIONS)) == ()

    def test_title_does_not_rest_on_weak_values(self) -> None:
        """Nor does the steepest path of grade C lead the title while there is a better one."""
        frame = make_rows(("甲", 90.0, "="), ("乙", 40.0, "="), ("丙", 30.0, "="))
        frame = frame.assign(base_year=2020, base_value=20.0)
        graded = frame.assign(grade=["C", "B", "A"])
        assert figures.finding_dumbbell(graded, indicator=STATIONS).startswith("可比性A、B级：乙要求的变化最快")
        assert any(note.startswith("可比性等级") for note in figures.dumbbell(graded, indicator=STATIONS).card.notes)
        weak = figures.finding_dumbbell(frame.assign(grade="C"), "en", indicator=STATIONS)
        assert weak.startswith("甲 has the steepest path")
        assert weak.endswith("(grade C)")

    def test_shares_change_by_points(self) -> None:
        """A share changes by percentage points a year, not by a rate."""
        share = replace(STATIONS, unit="%")
        frame = make_rows(("甲", 40.0, "=")).assign(base_year=2020, base_value=20.0, unit="%")
        assert "+4个百分点" in texts_of(figures.dumbbell(frame, indicator=share))
        assert "+4 pp" in texts_of(figures.dumbbell(frame, indicator=share, lang="en"))

    def test_finding(self) -> None:
        """The title names the fastest required change."""
        frame = make_rows(("甲", 40.0, "="), ("乙", 90.0, ">")).assign(base_year=2020, base_value=[20.0, 30.0])
        found = figures.finding_dumbbell(frame, indicator=STATIONS)
        assert found == "乙要求的变化最快，年均+24.6%：从2020年的30到2025年的超过90个/万人"


class TestCoverage:
    """`coverage`: regions by indicators."""

    def test_every_state_has_a_mark_of_its_own(self) -> None:
        """Marks differ in shape and fill, so that grey print keeps them apart; their number is that of the cells."""
        known = make_indicators(8)
        frame = make_coverage(8, known)
        chart = figures.coverage(frame, indicators=known, show_all=True)
        drawn = [
            (str(line.get_marker()), line.get_markerfacecolor() == WHITE, len(line.get_xdata()))
            for line in chart.axes[0].lines
        ]
        assert len({(shape, hollow) for shape, hollow, _ in drawn}) == 4
        counted = frame["presence"].value_counts()
        assert sorted(number for *_, number in drawn) == sorted(counted[counted.index != "no_plan"])

    def test_indicators_without_a_number_are_left_out(self) -> None:
        """An indicator that no region has a number for is drawn on request only."""
        known = make_indicators(2)
        frame = make_coverage(2, known)
        frame.loc[frame["indicator"] == known[1].id, "presence"] = "not_mentioned"
        frame.loc[frame["indicator"] == known[0].id, "presence"] = "value"
        assert known[1].short_zh not in texts_of(figures.coverage(frame, indicators=known))
        assert known[1].short_zh in texts_of(figures.coverage(frame, indicators=known, show_all=True))

    def test_finding(self) -> None:
        """The title names the indicator that most regions set."""
        known = make_indicators(2)
        frame = make_coverage(4, known)
        frame["presence"] = ["value", "no_plan"] * 4
        frame.loc[1, "presence"] = "value"
        found = figures.finding_coverage(frame, "en", indicators=known)
        first = f"{known[0].short_en} is set most often, by 4 of 4 regions"
        assert found == f"{first}; 1 of 2 indicators is set by one region alone"

    def test_narrow_figure_lists_regions_without_a_plan(self) -> None:
        """In a column, regions of which nothing is known are named below; on a page they keep their column."""
        known = make_indicators(8)
        frame = make_coverage(31, known)
        nothing = frame.groupby("name_zh")["presence"].agg(lambda states: set(states) == {"no_plan"})
        names = set(nothing[nothing].index)
        for size, listed in (("column", True), ("page", False)):
            texts = texts_of(figures.coverage(frame, indicators=known, show_all=True, size=size))
            line = "".join(text for text in texts if any(name in text for name in names) and len(text) > 6)
            assert (f"语料中无规划（{len(names)}个）：" in line) is listed
            assert all((name in line) is listed for name in names)


class TestPlans:
    """`counts` and `horizons`: the corpus."""

    def test_counts(self) -> None:
        """Each number stands in its cell, zero as a dash, and the plan's total beside it."""
        frame = make_counts(["a", "b"])
        texts = texts_of(figures.counts(frame, labels={"a": "甲", "b": "乙"}))
        assert [str(int(count)) for count in frame.loc[frame["plan"] == "b", "count"]] == ["7", "18", "29", "0", "11"]
        assert {"7", "18", "29", "11", "–", "乙：65", "未归入指标"} <= set(texts)

    def test_few_plans_stand_side_by_side(self) -> None:
        """Up to six plans are columns, so that their bars of a dimension are compared in a row; more are rows."""
        for count, side_by_side in ((2, True), (8, False)):
            plans = make_plans(count, "zh")
            texts = texts_of(figures.theme_shares(make_themes(list(plans)[: 4 if side_by_side else 8]), labels=plans))
            first_plan, first_theme = texts.index(next(iter(plans.values()))), texts.index(DIMENSIONS["society"][0])
            assert (first_theme < first_plan) is side_by_side

    def test_horizons_keep_the_years_between(self) -> None:
        """Years are a scale: those without a target keep their place; targets without a year stand last."""
        texts = texts_of(figures.horizons(make_horizons(["a", "b"])))
        heads = [text for text in texts if text in ("2022", "2023", "2024", "2025", "2026", "2027", "未写年份")]
        assert heads == ["2022", "2023", "2024", "2025", "2026", "2027", "未写年份"]

    def test_findings(self) -> None:
        """The titles name the plan with most targets, the fullest dimension and the usual year."""
        plans = make_plans(2, "zh")
        assert figures.finding_counts(make_counts(list(plans)), labels=plans).startswith("北京 2021—2025的目标最多")
        assert "%的目标以" in figures.finding_horizons(make_horizons(list(plans)), labels=plans)


class TestRevision:
    """`revision`: two plans of one region."""

    def test_groups_and_lists(self) -> None:
        """What compares is drawn by kind of change; what was dropped is listed by name."""
        known = make_indicators(8)
        text = "\n".join(texts_of(figures.revision(make_revisions(known), indicators=known, region="安徽")))
        for words in (
            "目标提高（2项）",
            "目标降低（1项）",
            "目标数不变（1项）",
            "新增的指标（1项）",
            "新规划未再提（1项）：",
        ):
            assert words in text

    def test_labels_have_unit_and_kind(self) -> None:
        """Each row has a unit of its own, and a number for every year says that it is one."""
        known = make_indicators(4)
        frame = make_revisions(known).assign(kind=["level", "level", "annual", "level"])
        texts = texts_of(figures.revision(frame, indicators=known, lang="en"))
        assert any(text.endswith(" a year") for text in texts)
        assert any(text.endswith(" PFLOPS") for text in texts)

    def test_rows_are_scaled_for_themselves(self) -> None:
        """In each row the greater of the two ends is 1."""
        known = make_indicators(8)
        chart = figures.revision(make_revisions(known), indicators=known)
        assert max(dots_of(chart)) == 1.0
        assert min(dots_of(chart)) == pytest.approx(2 / 3)

    def test_numbers_of_both_plans(self) -> None:
        """The card lists the numbers of both plans with their offsets."""
        known = make_indicators(1)
        numbers = figures.revision(make_revisions(known), indicators=known).card.numbers
        assert [(number.plan, number.value) for number in numbers] == [("anhui-2020", 30.0), ("anhui-2024", 45.0)]

    @pytest.mark.parametrize(
        ("count", "lang", "found"),
        [
            (8, "zh", "安徽两份规划可比的4项目标中2项提高、1项降低、1项不变；新增1项，1项未再提"),
            (
                8,
                "en",
                "Of 4 comparable targets in 安徽's two plans, 2 raised, 1 lowered, 1 kept; 1 new, 1 no longer there",
            ),
            (1, "zh", "安徽两份规划只有一项目标可比，提高"),
            (1, "en", "The one target that compares in 安徽's two plans is raised"),
        ],
    )
    def test_finding(self, count: int, lang: str, found: str) -> None:
        """The title counts what was raised, lowered, kept, added and left out."""
        known = make_indicators(count)
        assert figures.finding_revision(make_revisions(known), lang, region="安徽", indicators=known) == found


class TestProfile:
    """`profile`: a region against the median."""

    def test_places_are_ratios_to_the_median(self) -> None:
        """A target twice the median stands at 1 on the binary scale."""
        frame = make_standing(make_indicators(1)).assign(value=60.0, median=30.0, of=5)
        chart = figures.profile(frame)
        assert dots_of(chart, "o") == [1.0]
        assert {"30%", "60%", "1/5"} <= set(texts_of(chart))

    def test_title_where_a_region_is_never_ahead(self) -> None:
        """None is a word, not a zero."""
        frame = make_standing(make_indicators(1)).assign(value=10.0, median=30.0, of=5, rank=5)
        assert figures.finding_profile(frame, region="甲") == "甲没有目标领先于各地中位数（可比的共1项）"
        assert (
            figures.finding_profile(frame, "en", region="X") == "X is ahead of the median region on none of 1 indicator"
        )

    def test_few_regions_are_left_out_and_counted(self) -> None:
        """An indicator that fewer than three regions set has no median worth the name."""
        known = make_indicators(5)
        chart = figures.profile(make_standing(known), indicators=known, others=make_others(known))
        assert known[1].short_zh not in texts_of(chart)
        assert any("另有1项" in note for note in chart.card.notes)

    @pytest.mark.parametrize(("unit", "shown"), [("个", False), ("%", True), ("个/万人", True)])
    def test_total_of_the_nation_is_not_drawn(self, unit: str, shown: bool) -> None:
        """The nation's target stands beside a region's only where it is a share or a ratio."""

        @dataclass(frozen=True)
        class Divided(Indicator):
            denominator: str = "none"

        known = Divided(**asdict(make_indicators(1)[0]) | {"unit": unit})
        known = replace(known, denominator="population") if "/" in unit else known
        frame = make_standing([known]).assign(value=20.0, median=30.0, of=5, national_value=26.0)
        chart = figures.profile(frame, indicators=[known])
        assert bool(dots_of(chart, "D")) is shown
        assert ("100000" in {number.region for number in chart.card.numbers}) is shown

    def test_band_from_quartile_to_quartile(self) -> None:
        """Where eight regions or more set an indicator, a band spans the middle half of them, behind the marks."""
        known = make_indicators(1)
        frame = make_standing(known).assign(value=32.0, median=32.0, of=9)
        ratios = [-2.0, -1.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 3.0]
        others = pd.DataFrame(
            [
                {"region": f"{place}", "indicator": known[0].id, "value": 32.0 * 2**ratio}
                for place, ratio in enumerate(ratios)
            ]
        )
        for count, ends in ((9, [-1.0, 1.0]), (7, None)):
            chart = figures.profile(frame, indicators=known, others=others.iloc[:count])
            bands = [list(line.get_xdata()) for axes in chart.axes for line in axes.lines if line.get_color() == HAIR]
            assert bands == ([pytest.approx(ends)] if ends else [])
            assert ("中间一半的地区" in texts_of(chart)) is bool(ends)
            assert figures.find_faults(chart) == ()

    def test_lower_is_better(self) -> None:
        """Where lower is better, being below the median is being ahead, and the row says so."""
        known = [replace(make_indicators(1)[0], direction="lower")]
        frame = make_standing(known).assign(value=20.0, median=30.0, of=5, rank=1)
        assert figures.finding_profile(frame, "en", indicators=known, region="Anhui").startswith(
            "Anhui is ahead of the median region on 1 of 1 indicator"
        )
        assert any("越低越好" in text for text in texts_of(figures.profile(frame, indicators=known)))


class TestWords:
    """`emphasis_terms`, `theme_shares`, `similarity`: what plans talk about."""

    def test_terms(self) -> None:
        """Each plan has its own panel, the most distinctive terms first."""
        plans = make_plans(2, "zh")
        chart = figures.emphasis_terms(make_terms(list(plans)), labels=plans, top=3)
        assert len(chart.axes) == 2
        assert texts_of(chart).count("数据要素") == 2
        assert "平台经济" not in texts_of(chart)

    def test_many_plans_are_listed(self) -> None:
        """Past nine plans terms are listed in rows."""
        plans = make_plans(12, "zh")
        chart = figures.emphasis_terms(make_terms(list(plans)), labels=plans)
        assert chart.axes == []
        assert set(plans.values()) <= set(texts_of(chart))

    def test_themes_are_ordered_by_weight(self) -> None:
        """The theme that all plans together say most of comes first."""
        frame = make_themes(["a", "b"])
        first = frame.groupby("theme")["per_1000"].sum().idxmax()
        texts = texts_of(figures.theme_shares(frame))
        heads = [text for text in texts if text in {zh for zh, _ in DIMENSIONS.values()}]
        assert not heads or heads[0] == DIMENSIONS[str(first)][0]
        assert DIMENSIONS[str(first)][0] in figures.finding_theme_shares(frame)

    def test_similarity_shows_each_pair_once(self) -> None:
        """Three plans have three pairs, each with its number."""
        frame = make_similarity(["a", "b", "c"])
        texts = texts_of(figures.similarity(frame))
        assert sorted(text for text in texts if text.startswith("0.")) == ["0.40", "0.50", "0.60"]
        assert figures.finding_similarity(frame, "en") == "b and c are most alike (0.60), a and b least (0.40)"


class TestSeries:
    """`trajectory` and `small_multiples`: years."""

    def test_actual_is_solid_and_target_dashed(self) -> None:
        """What was measured is one solid line; each plan has a dashed one from the last measurement before it."""
        chart = figures.trajectory(make_series(1), indicator=STATIONS)
        lines = [line for line in chart.axes[0].lines if len(line.get_xdata()) > 1]
        solid = [line for line in lines if not line.is_dashed()]
        dashed = [line for line in lines if line.is_dashed()]
        assert [list(line.get_xdata()) for line in solid] == [[2020, 2021, 2022]]
        assert [list(line.get_xdata()) for line in dashed] == [[2022, 2025], [2022, 2026]]

    def test_many_lines_have_one_subject(self) -> None:
        """Past four lines the region of the title alone is in colour, the nation black, the others grey."""
        frame = make_series(8)
        frame.loc[frame["region"] == frame["region"].iloc[-1], "region"] = "100000"
        chart = figures.trajectory(frame, indicator=STATIONS)
        colours = [line.get_color() for line in chart.axes[0].lines if len(line.get_xdata()) > 1]
        assert {ACCENT, MARK_GREY, INK} == set(colours)
        subject = figures.finding_trajectory(frame, indicator=STATIONS).split("要从")[0]
        bold = [t.get_text() for t in chart.findobj(Text) if t.get_fontweight() == "bold"]
        assert any(text.startswith(f"{subject} ") for text in bold)

    def test_title_does_not_rest_on_weak_values(self) -> None:
        """The largest multiple among values of grades A and B leads, and its line is the one in colour."""
        frame = make_series(9)
        first = figures.finding_trajectory(frame, indicator=STATIONS).split("要从")[0]
        graded = frame.assign(grade=["C" if name == first else "A" for name in frame["name_zh"]])
        found = figures.finding_trajectory(graded, indicator=STATIONS)
        second = found.removeprefix("可比性A、B级：").split("要从")[0]
        assert found.startswith("可比性A、B级：")
        assert second not in {"", first}
        bold = [
            t.get_text()
            for t in figures.trajectory(graded, indicator=STATIONS).findobj(Text)
            if t.get_fontweight() == "bold"
        ]
        assert any(text.startswith(f"{second} ") for text in bold)
        weak = figures.finding_trajectory(frame.assign(grade="C"), indicator=STATIONS)
        assert weak.startswith(f"{first}要从")
        assert weak.endswith("（C级，仅供参考）")

    def test_few_lines_are_all_in_colour(self) -> None:
        """Up to four lines can be followed in one colour."""
        chart = figures.trajectory(make_series(4), indicator=STATIONS)
        assert {line.get_color() for line in chart.axes[0].lines if len(line.get_xdata()) > 1} == {ACCENT}

    def test_several_plans_of_a_region_stand_apart(self) -> None:
        """Each plan has its own dashed line from the last value measured before it."""
        chart = figures.trajectory(make_series(1), indicator=STATIONS)
        ends = [line.get_xdata()[-1] for line in chart.axes[0].lines if line.is_dashed() and len(line.get_xdata()) > 1]
        assert ends == [2025, 2026]

    def test_panels_by_region_stand_in_order(self) -> None:
        """Panels follow the last number, the nation first, and share gridlines numbered at the left edge."""
        frame = make_series(4)
        frame.loc[frame["region"] == frame["region"].iloc[0], ["region", "name_zh"]] = ["100000", "全国"]
        texts = texts_of(figures.small_multiples(frame, indicators=[STATIONS], panel="region"))
        names = [text for text in texts if text in set(frame["name_zh"])]
        last = frame.sort_values("value").groupby("name_zh").tail(1).sort_values("value", ascending=False)["name_zh"]
        assert names == ["全国", *(name for name in last if name != "全国")]
        assert any("同一刻度" in text for text in texts)

    def test_panels_by_region_share_their_scale(self) -> None:
        """Panels of one indicator can be compared: same limits everywhere; panels of indicators cannot."""
        regions = figures.small_multiples(make_series(8), indicators=[STATIONS], panel="region")
        assert len({axes.get_ylim() for axes in regions.axes}) == 1
        known = make_indicators(8)
        measures = figures.small_multiples(make_series(8, known), indicators=known)
        assert len({axes.get_ylim() for axes in measures.axes}) == 8

    def test_alternative_text_has_names(self) -> None:
        """Readers of the screen hear regions and indicators by name, never by id."""
        known = make_indicators(3)
        one = figures.trajectory(make_series(2), indicator=STATIONS, lang="en")
        many = figures.small_multiples(make_series(3, known), indicators=known, lang="en")
        for chart, names in ((one, ["Beijing"]), (many, [measure.short_en for measure in known])):
            assert all(f"{name}: 20" in chart.card.alt_en for name in names)
            assert not any(name in chart.card.alt_en + chart.card.alt_zh for name in ("measure_", STATIONS.id))

    def test_finding(self) -> None:
        """The title names the largest multiple."""
        found = figures.finding_trajectory(make_series(1), indicator=STATIONS)
        assert found == "北京要从2022年的11.52到2026年的24.8个/万人"


class TestTileMap:
    """`tile_map`: a schematic grid."""

    def test_all_34_units_stand_in_it(self) -> None:
        """All regions of the first level have a tile of their own, marked as a schema, Taiwan's data as missing."""
        chart = figures.tile_map(make_comparison(31), indicator=STATIONS)
        texts = texts_of(chart)
        assert len(chart.axes[0].collections[0].get_paths()) == 34
        assert {"台湾", "香港", "澳门", "示意"} <= set(texts)
        assert "台湾省资料暂缺" in texts

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_no_name_is_cut(self, lang: str) -> None:
        """Also in a column every region has its whole name, broken at a syllable or a word where it is long."""
        texts = texts_of(figures.tile_map(make_comparison(31), indicator=STATIONS, lang=lang, size="column"))
        assert not any("…" in text for text in texts)
        written = "".join(texts).replace("-", "").replace(" ", "")
        for tile in read_tiles():
            assert getattr(tile, f"name_{lang}").replace(" ", "") in written
            assert tile.parts_en.replace("-", "") in ("", tile.name_en)


def test_missing_values_are_not_drawn_as_zero() -> None:
    """A missing number never becomes a dot."""
    frame = make_comparison(31)
    chart = figures.ranking(frame, indicator=STATIONS)
    assert all(not math.isnan(x) and x > 0 for x in dots_of(chart))
