"""The catalogue: what it holds, that it loads fast, and what it says about every mistake that its files can hold."""

import shutil
import timeit
from pathlib import Path

import pytest

from compare.catalogue import Catalogue, load_catalogue
from compare.catalogue.aliases import AliasReader
from compare.errors import DefinitionError, InputError, UnknownNameError
from compare.match import Matcher

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "data" / "catalogue"
FIXTURES = Path(__file__).parent / "data" / "catalogue"
BAD = sorted(path.name for path in FIXTURES.glob("bad_*"))

EXPECTED_IDS = [
    "de_value_added",
    "de_share_gdp",
    "de_core_value_added",
    "de_core_share_gdp",
    "de_core_revenue",
    "electronics_revenue",
    "software_revenue",
    "big_data_industry_scale",
    "ai_industry_scale",
    "online_retail_sales",
    "ecommerce_transactions",
    "5g_base_stations",
    "5g_base_stations_per_10k",
    "5g_user_penetration",
    "5g_users",
    "4g_users",
    "10g_pon_ports",
    "gigabit_users",
    "gigabit_coverage_households",
    "fibre_user_share",
    "mobile_broadband_penetration",
    "fixed_broadband_penetration",
    "urban_bandwidth",
    "rural_bandwidth",
    "ipv6_mobile_traffic_share",
    "iot_terminals",
    "internet_egress_bandwidth",
    "data_centre_racks",
    "data_centre_pue",
    "data_centre_renewable_share",
    "compute_capacity",
    "intelligent_compute",
    "key_process_nc_rate",
    "digital_design_tool_rate",
    "digital_management_rate",
    "industrial_internet_platforms",
    "identifier_resolution_nodes",
    "enterprises_on_cloud",
    "smart_factories",
    "smart_workshops",
    "industrial_apps",
    "5g_industrial_projects",
    "5g_factories",
    "little_giants",
    "high_tech_enterprises",
    "digital_industry_parks",
    "ict_invention_patents",
    "digital_talent",
    "rd_intensity",
    "tech_contract_value",
    "gov_online_service_rate",
    "gov_cloud_rate",
    "gov_data_link_rate",
    "gov_data_catalogue_rate",
    "public_data_open_rate",
    "public_datasets",
    "social_security_card_coverage",
    "smart_school_coverage",
    "smart_scenic_rate",
    "ankang_code_rate",
    "grid_management_coverage",
    "sensing_nodes",
    "digital_economy_fund",
    "first_edition_software",
    "technical_upgrade_projects",
]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The catalogue of the project."""
    return load_catalogue(CATALOGUE)


def test_the_ids_that_plans_are_annotated_with_are_there(catalogue: Catalogue) -> None:
    """Every id that annotated plans use is an id of the catalogue."""
    assert set(EXPECTED_IDS) <= set(catalogue.ids)


def test_it_covers_eight_dimensions_with_over_a_hundred_indicators(catalogue: Catalogue) -> None:
    """There are at least 100 indicators, and no dimension holds fewer than ten."""
    assert len(catalogue.ids) >= 100
    counts = {dimension.id: 0 for dimension in catalogue.dimensions}
    for indicator in catalogue.indicators:
        counts[indicator.dimension] += 1
    assert len(counts) == 8
    assert min(counts.values()) >= 10


def test_indicators_stand_in_the_order_of_their_dimensions(catalogue: Catalogue) -> None:
    """Indicators are ordered by dimension, so that tables and reports need no order of their own."""
    order = [catalogue.dimension(indicator.dimension).order for indicator in catalogue.indicators]
    assert order == sorted(order)


def test_whole_economy_and_core_industries_are_never_compared(catalogue: Catalogue) -> None:
    """Totals, core industries and revenue of the digital economy exclude one another, whichever is asked first."""
    assert not catalogue.comparable("de_share_gdp", "de_core_share_gdp")
    assert not catalogue.comparable("de_core_share_gdp", "de_share_gdp")
    assert not catalogue.comparable("de_core_revenue", "de_core_value_added")
    assert catalogue.comparable("de_core_revenue", "5g_base_stations")


def test_parts_are_never_compared_with_their_whole(catalogue: Catalogue) -> None:
    """What is a part of a total is at most as large as it, and so no number to set beside it."""
    wholes = {indicator.id: indicator.part_of for indicator in catalogue.indicators if indicator.part_of}
    assert wholes["de_core_share_gdp"] == ("de_share_gdp",)
    assert wholes["de_core_value_added"] == ("de_value_added",)
    for part, names in wholes.items():
        assert not any(catalogue.comparable(part, whole) for whole in names), part


def test_every_important_indicator_names_near_misses(catalogue: Catalogue) -> None:
    """Each indicator that annotated plans use lists at least two labels that must not be taken for it."""
    lacking = [id_ for id_ in EXPECTED_IDS if len(catalogue.indicator(id_).near_misses) < 2]
    assert lacking == []


def test_near_misses_do_not_match_by_any_reading(catalogue: Catalogue) -> None:
    """The matcher, with brackets, growth and lists, does not take a near miss for its indicator either."""
    matcher = Matcher(catalogue)
    matched = [
        (indicator.id, label)
        for indicator in catalogue.indicators
        for label in indicator.near_misses
        for unit in indicator.units
        if matcher.match(label, unit).indicator == indicator.id
    ]
    assert matched == []


def test_names_match_their_own_indicator(catalogue: Catalogue) -> None:
    """The full name in the canonical unit gives the indicator, and no short name gives another one."""
    matcher = Matcher(catalogue)
    for indicator in catalogue.indicators:
        assert matcher.match(indicator.name_zh, indicator.unit).indicator == indicator.id
        assert matcher.match(indicator.short_zh, indicator.unit).indicator in (indicator.id, None)


def test_no_two_indicators_share_a_wording(catalogue: Catalogue) -> None:
    """Whatever word of an alias is chosen, the label is never ambiguous and almost never another indicator's."""
    matcher, reader = Matcher(catalogue), AliasReader(catalogue.vocabulary.classes)
    elsewhere = set()
    for indicator in catalogue.indicators:
        for alias in map(reader.read, indicator.aliases):
            for place in alias.places:
                for word in place.words:
                    words = [word if other is place else other.words[0] for other in alias.places if other.words]
                    match = matcher.match("".join(words), indicator.unit)
                    assert match.reason != "ambiguous", (indicator.id, alias.text, words)
                    if match.indicator not in (indicator.id, None):
                        elsewhere.add((indicator.id, match.indicator))
    assert elsewhere <= {("specialised_smes", "little_giants")}  # 国家级专精特新企业 are the little giants


def test_derivations_give_the_unit_of_the_indicator(catalogue: Catalogue) -> None:
    """An indicator derived by population or GDP has that denominator, and its source is a total."""
    derived = [indicator for indicator in catalogue.indicators if indicator.derive]
    assert {i.id for i in derived} == {"5g_base_stations_per_10k", "de_share_gdp", "de_core_share_gdp"}
    for indicator in derived:
        assert indicator.derive is not None
        assert indicator.denominator == indicator.derive.divide_by
        assert catalogue.indicator(indicator.derive.source).denominator == "none"


def test_shares_stay_within_what_shares_can_be(catalogue: Catalogue) -> None:
    """A percentage may pass 100 only where several cards, lines or users a head make that possible."""
    above = {i.id for i in catalogue.indicators if i.is_share and i.range[1] > 100}
    assert above == {
        "5g_user_penetration",
        "mobile_broadband_penetration",
        "fixed_broadband_penetration",
        "gigabit_household_penetration",
        "social_security_card_coverage",
    }


def test_texts_are_in_their_language(catalogue: Catalogue) -> None:
    """English texts hold no Chinese character, Chinese definitions do and end as sentences."""
    for indicator in catalogue.indicators:
        for text in (indicator.name_en, indicator.short_en, indicator.definition_en):
            assert not any("\u4e00" <= character <= "\u9fff" for character in text), indicator.id
        assert indicator.definition_en.endswith(".")
        assert indicator.definition_zh.endswith("。")


def test_an_unknown_id_names_the_nearest(catalogue: Catalogue) -> None:
    """The message about an unknown indicator names a few ids, the likeliest first, and where all of them are."""
    with pytest.raises(UnknownNameError) as caught:
        catalogue.indicator("5g_base_station")
    assert caught.value.allowed == tuple(sorted(catalogue.ids))
    message = str(caught.value)
    assert message.startswith(
        f"unknown indicator '5g_base_station'; the nearest of {len(catalogue.ids)} are: 5g_base_stations"
    )
    assert message.endswith("; all stand in data/catalogue/indicators/")
    assert 1 <= sum(id_ in message.replace(",", "").split() for id_ in catalogue.ids) <= 5
    with pytest.raises(UnknownNameError, match=f"none of {len(catalogue.ids)} is like it; all stand in data/catalogue"):
        catalogue.indicator("基站")
    with pytest.raises(UnknownNameError, match="dimension 'transport'"):
        catalogue.dimension("transport")


def test_the_catalogue_is_frozen(catalogue: Catalogue) -> None:
    """A loaded indicator cannot be changed."""
    with pytest.raises(ValueError, match="frozen"):
        catalogue.indicator("5g_users").unit = "个"  # type: ignore[misc]  # what must fail


def test_it_loads_fast() -> None:
    """All files are read and checked in well under half a second."""
    assert min(timeit.repeat(lambda: load_catalogue(CATALOGUE), number=1, repeat=3)) < 0.5  # 0.07 s on an idle machine


def make_folder(tmp_path: Path, case: str) -> Path:
    """A small sound catalogue with the files of a case laid over it."""
    folder = tmp_path / "catalogue"
    shutil.copytree(FIXTURES / "good", folder)
    for name in ("aliases.yaml", "dimensions.yaml", "units.yaml", "words.yaml"):
        shutil.copy(CATALOGUE / name, folder / name)
    if case != "good":
        shutil.copytree(FIXTURES / case, folder, dirs_exist_ok=True)
    return folder


def test_the_small_catalogue_of_the_cases_is_sound(tmp_path: Path) -> None:
    """What the bad cases are laid over loads without a mistake."""
    assert load_catalogue(make_folder(tmp_path, "good")).ids == (
        "de_core_share_gdp",
        "5g_base_stations",
        "gigabit_users",
    )


@pytest.mark.parametrize("case", BAD)
def test_a_mistake_is_named_with_file_and_key(case: str, tmp_path: Path) -> None:
    """Each bad catalogue is refused with exactly the expected mistakes, all at once."""
    expected = (FIXTURES / case / "expected.txt").read_text(encoding="utf-8").splitlines()
    with pytest.raises(DefinitionError) as caught:
        load_catalogue(make_folder(tmp_path, case))
    messages = [str(problem) for problem in caught.value.problems]
    unseen = [line for line in expected if not any(line in message for message in messages)]
    unexpected = [message for message in messages if not any(line in message for line in expected)]
    assert (unseen, unexpected) == ([], [])
    assert caught.value.exit_code == 2


def test_a_folder_that_is_no_catalogue_is_refused(tmp_path: Path) -> None:
    """A folder without indicators is an input error that names the folder."""
    with pytest.raises(InputError, match="no folder 'indicators'"):
        load_catalogue(tmp_path)


def test_a_folder_without_any_indicator_file_is_refused(tmp_path: Path) -> None:
    """An empty folder of indicators is a mistake, not an empty catalogue."""
    folder = make_folder(tmp_path, "good")
    for path in (folder / "indicators").iterdir():
        path.unlink()
    with pytest.raises(DefinitionError, match="a file for each dimension"):
        load_catalogue(folder)


def test_missing_files_are_all_named(tmp_path: Path) -> None:
    """Where several files are missing, each is named in the one error."""
    folder = make_folder(tmp_path, "good")
    (folder / "aliases.yaml").unlink()
    (folder / "dimensions.yaml").unlink()
    with pytest.raises(DefinitionError) as caught:
        load_catalogue(folder)
    assert [problem.file for problem in caught.value.problems] == ["aliases.yaml", "dimensions.yaml"]
