"""Matching: hundreds of labels as plans word them, what must give no indicator, and how fast it is."""

import timeit
from pathlib import Path

import pytest

from compare.catalogue import Catalogue, load_catalogue
from compare.definitions import load_yaml
from compare.match import AMBIGUOUS, NO_INDICATOR, REASONS, RULED_OUT, UNIT, Matcher
from compare.text import fold_widths, to_simplified

ROOT = Path(__file__).parent.parent
LABELS = load_yaml(Path(__file__).parent / "data" / "labels.yaml")
assert isinstance(LABELS, dict)
POSITIVE = [(name, *row) for name, rows in LABELS["matches"].items() for row in rows]
NEGATIVE = [(reason, *row) for reason, rows in LABELS["no_match"].items() for row in rows]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The catalogue of the project."""
    return load_catalogue(ROOT / "data" / "catalogue")


@pytest.fixture(scope="module")
def matcher(catalogue: Catalogue) -> Matcher:
    """A matcher for the catalogue of the project."""
    return Matcher(catalogue)


@pytest.mark.parametrize("row", POSITIVE, ids=[f"{row[0]}-{row[1]}" for row in POSITIVE])
def test_a_wording_states_its_indicator(row: tuple[str, ...], matcher: Matcher) -> None:
    """Each wording, with its unit and kind, gives the indicator under which it is listed."""
    indicator, label, unit, *kind = row
    match = matcher.match(label, unit, *kind)
    assert (match.indicator, match.reason) == (indicator, "")


@pytest.mark.parametrize("row", NEGATIVE, ids=[f"{row[0]}-{row[1]}-{row[2]}" for row in NEGATIVE])
def test_what_looks_alike_states_none(row: tuple[str, ...], matcher: Matcher) -> None:
    """Each label of another measure gives no indicator, with the reason under which it is listed."""
    reason, label, unit, *kind = row
    match = matcher.match(label, unit, *kind)
    assert (match.indicator, match.reason) == (None, reason)


def test_the_labels_are_many_and_name_known_indicators(catalogue: Catalogue) -> None:
    """The list holds over 500 wordings, of indicators that exist, and over 90 that state none."""
    assert len(POSITIVE) > 500
    assert len(NEGATIVE) > 90
    assert set(LABELS["matches"]) <= set(catalogue.ids)
    assert set(LABELS["no_match"]) <= set(REASONS)


@pytest.mark.parametrize(
    ("label", "unit", "kind", "fits"),
    [
        ("5G基站", "个", "change", True),
        ("5G基站", "个", "annual", True),
        ("5G基站", "%", "growth", True),
        ("5G基站", "倍", "growth", True),
        ("5G基站", "百分点", "growth", False),
        ("5G基站", "个", "growth", False),
        ("5G基站", "百分点", "change", False),
        ("5G用户普及率", "百分点", "change", True),
        ("5G用户普及率", "百分点", "annual", True),
        ("5G用户普及率", "百分点", "level", False),
        ("5G用户普及率", "‰", "level", False),
        ("5G用户普及率", "‰", "growth", False),
        ("5G用户普及率", "百分点", "growth", True),
        ("数字经济核心产业增加值年均增速", "%", "level", True),
        ("数字经济核心产业增加值", "%", "level", False),
        ("新建5G基站", "个", "level", False),
    ],
)
def test_the_kind_decides_which_units_fit(label: str, unit: str, kind: str, fits: bool, matcher: Matcher) -> None:
    """A growth comes in % or 倍, a change of a share in 百分点, anything else in the units of the level."""
    assert (matcher.match(label, unit, kind).indicator is not None) is fits


def test_the_scope_completes_a_label_that_names_no_measure(matcher: Matcher) -> None:
    """营业收入 alone is no measure; with the enterprises that it is the revenue of, it is one."""
    assert matcher.match("营业收入", "亿元").reason == NO_INDICATOR
    completed = matcher.match("营业收入", "亿元", scope="规模以上数字经济核心产业企业")
    assert completed.indicator == "de_core_revenue"
    assert matcher.match("营业收入", "亿元", scope="中国声谷").indicator is None
    assert matcher.match("5G基站", "个", scope="合肥市").indicator == "5g_base_stations"


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("城乡网格化管理覆盖率、矛盾纠纷化解率", "grid_management_coverage"),
        ("智慧校园覆盖率和教师信息化培训率", "smart_school_coverage"),
        ("关键工序数控化率、经营管理数字化普及率", None),
        ("千兆宽带用户和5G用户占比", None),
    ],
)
def test_rates_that_share_a_number(label: str, expected: str | None, matcher: Matcher) -> None:
    """A list of whole rates gives the one that is an indicator; two of them, or half a rate, give none."""
    assert matcher.match(label, "%").indicator == expected


def test_two_indicators_in_one_list_are_ambiguous(matcher: Matcher) -> None:
    """Where two indicators share a number, the reason says so and both are named."""
    match = matcher.match("关键工序数控化率、经营管理数字化普及率", "%")
    assert match.reason == AMBIGUOUS
    assert set(match.candidates) == {"key_process_nc_rate", "digital_management_rate"}


@pytest.mark.parametrize(
    ("printed", "unit", "indicator"),
    [
        ("數字經濟核心產業增加值佔GDP比重", "%", "de_core_share_gdp"),
        ("數字經濟增加值", "亿元", "de_value_added"),
        ("規模以上工業企業關鍵工序數控化率", "%", "key_process_nc_rate"),
        ("千兆寬帶用戶數", "户", "gigabit_users"),
        ("數據中心標準機架", "架", "data_centre_racks"),
        ("軟件和信息技術服務業營業收入", "亿元", "software_revenue"),
        ("國家級專精特新「小巨人」企業", "家", "little_giants"),
        ("建設5G基地臺", "座", "5g_base_stations"),
        ("每萬人擁有5G基站數", "个/万人", "5g_base_stations_per_10k"),
        ("全社會研發經費投入強度", "%", "rd_intensity"),
    ],
)
def test_traditional_labels_match_once_simplified(printed: str, unit: str, indicator: str, matcher: Matcher) -> None:
    """A label from a plan in traditional characters states the same indicator as its simplified form."""
    assert matcher.match(to_simplified(fold_widths(printed)), unit).indicator == indicator


def test_sums_of_counts_are_no_indicator(matcher: Matcher) -> None:
    """The sum of two counts is neither of them, unless an alias names the sum."""
    assert matcher.match("瞪羚、独角兽企业", "家").indicator is None
    assert matcher.match("数字化车间和智能工厂", "家").indicator == "smart_factories"


def test_a_target_in_words_needs_no_unit(matcher: Matcher) -> None:
    """Without a value there is no unit to fit; the label alone decides."""
    assert matcher.match("数字经济核心产业增加值占GDP比重", None).indicator == "de_core_share_gdp"
    assert matcher.match("数字经济核心产业增加值占GDP比重", "").reason == UNIT


def test_candidates_tell_what_was_refused(matcher: Matcher) -> None:
    """A match that fails for its unit or a word still names the indicator that it failed for."""
    assert matcher.match("5G基站", "%").candidates == ("5g_base_stations",)
    match = matcher.match("省级专精特新“小巨人”企业", "家")
    assert (match.indicator, match.reason) in {(None, RULED_OUT), (None, NO_INDICATOR)}


@pytest.mark.parametrize(
    "label",
    ["(", ")", "[", "()", "((((((", "…", "|", "\\", ".*", "数" * 5000, "、" * 300, "5G基站" * 500, "\ud800", "%"],
)
def test_no_label_raises(label: str, matcher: Matcher) -> None:
    """Brackets that do not pair, signs of the notation and endless labels give no indicator and no error."""
    for unit in ("%", "个", "", None):
        assert matcher.match(label, unit).indicator is None


def test_matching_is_fast(catalogue: Catalogue, matcher: Matcher) -> None:
    """A label takes some microseconds, and a matcher is ready at once; the best of several rounds counts."""
    rows = POSITIVE + NEGATIVE

    def match_all() -> None:
        for _, label, unit, *kind in rows:
            matcher.match(label, unit, *kind)

    assert min(timeit.repeat(lambda: Matcher(catalogue), number=1, repeat=5)) < 0.03  # 0.001 s on an idle machine
    assert min(timeit.repeat(match_all, number=1, repeat=7)) / len(rows) < 100e-6  # 13 µs on an idle machine
