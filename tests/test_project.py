"""The project folder: found, opened, and every table in one call."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import compare
from compare.comparison import COMPARISON_COLUMNS
from compare.errors import CompareError, CorrectionError, DefinitionError, UnknownNameError
from compare.project import Project, find_root
from compare.tables import TARGET_COLUMNS, write_csv

ROOT = Path(__file__).parent.parent
TEXT = "到2026年，全省建成5G基站16万个。\n数字经济核心产业增加值占GDP比重达到全国平均水平。\n培育数字经济企业3000家。\n"
RECORD = """\
title: 一个方案（2024—2026年）
region: '340000'
issuer: 安徽省人民政府
issued: null
first_year: 2024
last_year: 2026
base_year: null
script: simplified
source: made up
sha256: {digest}
"""


def write_project(folder: Path, correction: str = "") -> Path:
    """A project with the real definitions and one plan of three sentences."""
    import hashlib

    for name in ("catalogue", "reference"):
        shutil.copytree(ROOT / "data" / name, folder / "data" / name)
    plans = folder / "data" / "plans"
    plans.mkdir(parents=True)
    (plans / "anhui-2024.txt").write_text(TEXT, encoding="utf-8", newline="\n")
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    (plans / "anhui-2024.yaml").write_text(RECORD.format(digest=digest), encoding="utf-8")
    if correction:
        (folder / "data" / "corrections").mkdir()
        (folder / "data" / "corrections" / "anhui-2024.yaml").write_text(correction, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small project."""
    return compare.open(write_project(tmp_path_factory.mktemp("project")))


@pytest.fixture(scope="module")
def real() -> Project:
    """The project of the repository."""
    return compare.open(ROOT)


def test_project_is_found_upwards(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a folder inside, given or current, the project folder is found."""
    inside = project.root / "data" / "plans"
    assert find_root(inside) == project.root
    monkeypatch.chdir(inside)
    assert compare.open().root == project.root


def test_outside_a_project_is_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside a project the error says what a project folder has; a folder that is not there is named."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CompareError, match="expected one with data/catalogue and data/plans"):
        compare.open()
    with pytest.raises(CompareError, match="no such folder"):
        compare.open(tmp_path / "none")


def test_importing_the_library_loads_nothing_heavy() -> None:
    """The library, its version and the search for a project need no pandas, pydantic or matplotlib."""
    code = (
        "import sys, compare, compare.project; compare.__version__; compare.project.find_root; "
        "print([name for name in ('pandas', 'pydantic', 'matplotlib', 'yaml') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_modules_are_reachable_from_the_library() -> None:
    """`compare.tables` and the like load when used; a name that does not exist is an AttributeError."""
    assert compare.tables.TARGET_COLUMNS is TARGET_COLUMNS
    assert "figures" in dir(compare)
    with pytest.raises(AttributeError, match="no attribute 'tabels'"):
        _ = compare.tabels


def test_targets_carry_their_region_and_can_be_narrowed(project: Project) -> None:
    """One row a number, with the region's code as text; filters name what does not exist."""
    frame = project.targets()
    assert list(frame.columns) == list(TARGET_COLUMNS)
    assert set(frame["region"]) == {"340000"}
    (row,) = project.targets(indicator="5g_base_stations").to_dict("records")
    assert (row["value"], row["year"], row["number"]) == (160000, 2026, "16万")
    assert project.targets(status="actual").empty
    assert project.targets(plan="anhui-2024", region="340000").equals(frame)
    for wrong in ({"indicator": "x"}, {"region": "x"}, {"plan": "x"}):
        with pytest.raises(UnknownNameError):
            project.targets(**wrong)  # type: ignore[arg-type]
    with pytest.raises(UnknownNameError, match="anhui-2024"):
        project.plan("x")


def test_tables_given_out_are_copies(project: Project) -> None:
    """Changing a table does not change the next one."""
    mine = project.targets()
    mine["value"] = 0.0
    assert project.targets(indicator="5g_base_stations")["value"].tolist() == [160000]


def test_year_of_zero_is_no_year(project: Project) -> None:
    """Parameters of reports say 0 for the latest year."""
    first, second = project.comparison("5g_base_stations", 0), project.comparison("5g_base_stations")
    pd.testing.assert_frame_equal(first, second)
    assert list(first.columns) == list(COMPARISON_COLUMNS)


def test_commitment_in_words_is_kept_apart(project: Project) -> None:
    """A share that shall reach the national average is words only, with its sentence."""
    frame = project.comparison("de_core_share_gdp")
    (row,) = frame[frame["region"] == "340000"].to_dict("records")
    assert row["presence"] == "words_only"
    assert "全国平均水平" in row["quote"]


def test_every_table_is_one_call(project: Project) -> None:
    """All tables that notebooks use come out of the small project."""
    tables = {
        "unmatched": project.unmatched(),
        "evidence": project.evidence("5g_base_stations", "340000"),
        "comparisons": project.comparisons(["5g_base_stations", "5g_base_stations_per_10k"]),
        "national": project.national("5g_base_stations_per_10k"),
        "baselines": project.baselines("5g_base_stations"),
        "pathways": project.pathways(region="340000"),
        "series": project.series("5g_base_stations", ["340000"]),
        "standing": project.standing("340000"),
        "left_out": project.left_out("340000"),
        "profile": project.profile("340000"),
        "coverage": project.coverage(),
        "corpus": project.corpus(),
        "dimension_counts": project.dimension_counts(),
        "horizons": project.horizons(),
        "cross_check": project.cross_check(),
    }
    assert [name for name, frame in tables.items() if frame.empty] == []
    assert project.revisions("340000").empty
    assert set(tables["comparisons"]["presence"]) == {"value"}


def test_names_come_in_both_languages(project: Project) -> None:
    """Regions, indicators, dimensions and plans have names for charts."""
    assert project.region_name("340000") == "安徽"
    assert project.region_names("en")["340000"] == "Anhui"
    assert project.indicator_names()["5g_base_stations"] == "5G基站数"
    assert len(project.indicator_names("en", short=True)["de_core_share_gdp"]) <= 28
    assert next(iter(project.dimension_names("en"))) == "scale"
    assert project.plan_labels() == {"anhui-2024": "安徽 2024—2026"}
    assert project.plan_labels("en") == {"anhui-2024": "Anhui 2024–2026"}


def test_regions_with_enough_indicators(project: Project) -> None:
    """The nation is no region of a report; regions come by code, those with too little left out."""
    some, many = project.regions(), project.regions(3)
    assert set(many) < set(some)
    assert "100000" not in some
    assert list(some) == sorted(some)


def test_corrections_are_part_of_the_records(tmp_path: Path) -> None:
    """A correction changes the tables; one that does not apply stops them."""
    start = TEXT.index("16万")
    correction = (
        "corrections:\n"
        f"- {{action: override, start: {start}, number: 16万, field: year, expected: 2026, value: 2025, "
        "reason: r, evidence: e}\n"
        f"- {{action: flag, start: {start}, number: 16万, reason: 可能含室分, evidence: e}}\n"
    )
    corrected = compare.open(write_project(tmp_path / "good", correction))
    (row,) = corrected.targets(indicator="5g_base_stations").to_dict("records")
    assert (row["year"], row["flag"]) == (2025, "可能含室分")
    stale = compare.open(write_project(tmp_path / "stale", correction.replace("expected: 2026", "expected: 2024")))
    with pytest.raises(CorrectionError, match="found year 2026, expected 2024"):
        stale.targets()


def test_wrong_definitions_are_reported_on_use(tmp_path: Path) -> None:
    """A reference table with an unknown indicator is an error that names it."""
    root = write_project(tmp_path)
    path = root / "data" / "reference" / "baselines.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("5g_base_stations,", "5g_stations,", 1), encoding="utf-8")
    with pytest.raises(DefinitionError, match="5g_stations"):
        _ = compare.open(root).reference


def test_lost_records_are_found_against_the_committed_table(tmp_path: Path) -> None:
    """`check` compares with the committed targets, where there are any."""
    root = write_project(tmp_path)
    opened = compare.open(root)
    before = opened.targets()
    assert "nothing lost" not in {finding.check for finding in opened.check()}
    before.loc[0, "start"] = 9999
    write_csv(before, root / "data" / "targets" / "targets.csv")
    assert "nothing lost" in {finding.check for finding in opened.check()}


def test_corpus_has_no_errors_and_agrees_with_what_was_published(real: Project) -> None:
    """The five plans pass the sanity checks, and say what others published of them."""
    assert [str(finding) for finding in real.check() if finding.severity == "error"] == []
    assert real.cross_check()["agrees"].all()


def test_twenty_regions_in_stations_and_core_share(real: Project) -> None:
    """Every province appears in both comparisons; at least 16 have a value in one of them."""
    frame = real.comparisons(["5g_base_stations_per_10k", "de_core_share_gdp"])
    assert frame["region"].nunique() >= 16
    assert real.comparison("5g_base_stations_per_10k")["region"].nunique() == 31


def test_known_answers_of_the_corpus(real: Project) -> None:
    """Anhui's 26.1 per 10,000 and its revision, Fujian's 69.6 %, read from the plans themselves."""
    stations = real.comparison("5g_base_stations_per_10k").set_index("region")
    assert stations.loc["340000", "arithmetic"] == "160000 ÷ 6123万人 × 1万 = 26.1"
    revision = real.revisions("340000").set_index("indicator").loc["5g_base_stations"]
    assert (revision["difference"], revision["years_later"], revision["change"]) == (100000, 1, "raised")
    share = real.comparison("de_share_gdp", 2025).set_index("region").loc["350000"]
    assert (share["arithmetic"], share["grade"]) == ("40000 ÷ 57476.6亿元 × 100% = 69.6%", "C")
    core = real.comparison("de_core_share_gdp").set_index("region").loc["350000"]
    assert core["reason"] == "缺福建2020年的基期值，无法推算"
    for plan in real.plans:
        for row in real.targets(plan=plan.id).query("number != ''").itertuples():
            assert plan.text[row.start : row.end] == row.number
