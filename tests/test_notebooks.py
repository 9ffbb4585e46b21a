"""The notebooks: their committed form, and what every report says when it is built from the default corpus."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
import shutil
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

import compare
from compare import runs
from compare.definitions import load_yaml
from compare.project import Project
from compare.site import write_site

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
NAMES = [path.stem for path in NOTEBOOKS]
REPORTS = sorted(f"{path.parent.name}/{path.stem}" for path in (ROOT / "params").glob("*/*.yaml"))
LONGEST_CELL = 18


def load_tool() -> ModuleType:
    """The program that normalises notebooks."""
    spec = importlib.util.spec_from_file_location("normalise_notebooks", ROOT / "tools" / "normalise_notebooks.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_cells(path: Path, kind: str = "code") -> list[tuple[str, list[str]]]:
    """Source and tags of a notebook's cells of one kind."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return [("".join(cell["source"]), cell["metadata"].get("tags", [])) for cell in cells if cell["cell_type"] == kind]


# Form


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_a_notebook_is_committed_in_its_normal_form(path: Path) -> None:
    """`python tools/normalise_notebooks.py` would change nothing."""
    tool = load_tool()
    text = path.read_text("utf-8")
    assert tool.write(tool.normalise(json.loads(text))) == text


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_nbval_has_something_to_compare(path: Path) -> None:
    """A notebook has a cell whose plain text nbval compares; without an execution count it would compare nothing."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    checked = [cell for cell in cells if "nbval-check-output" in cell["metadata"].get("tags", [])]
    assert checked
    for cell in checked:
        assert isinstance(cell["execution_count"], int)
        assert cell["outputs"]


def test_normalising_keeps_only_what_is_compared() -> None:
    """Outputs go, but for the plain text of checked cells; stray metadata goes; normalising twice changes nothing."""
    tool = load_tool()
    html = {"output_type": "execute_result", "execution_count": 9, "metadata": {}, "data": {"text/html": "<b>"}}
    both = {**html, "data": {"text/html": "<b>", "text/plain": "x\ny"}}
    said = [{"output_type": "stream", "name": "stdout", "text": text} for text in ("a\n", "b\n")]
    code = {"cell_type": "code", "source": "x\n", "execution_count": 9}
    cells = [
        {"cell_type": "markdown", "id": "m", "metadata": {"editable": True}, "source": "# T\n\n"},
        {**code, "id": "c", "metadata": {"collapsed": True}, "outputs": [both]},
        {**code, "id": "d", "metadata": {"tags": ["nbval-check-output"]}, "outputs": [*said, html, both]},
    ]
    once = tool.normalise({"cells": cells, "metadata": {"kernelspec": {"name": "other"}}, "nbformat_minor": 4})
    assert once["metadata"]["kernelspec"]["name"] == "python3"
    assert once["cells"][0]["metadata"] == {}
    assert once["cells"][0]["source"] == ["# T"]
    assert once["cells"][1]["outputs"] == []
    assert once["cells"][1]["execution_count"] is None
    assert once["cells"][2]["execution_count"] == 2
    stream, result = once["cells"][2]["outputs"]
    assert stream["text"] == ["a\n", "b\n"]
    assert result["data"] == {"text/plain": ["x\n", "y"]}
    assert tool.normalise(once) == once


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_a_notebook_is_thin(path: Path) -> None:
    """Cells are short, define no function, loop over nothing, name no file and import only this library and pandas."""
    for source, _ in read_cells(path):
        assert len(source.splitlines()) <= LONGEST_CELL
        for node in ast.walk(ast.parse(source)):
            assert not isinstance(
                node,
                ast.FunctionDef
                | ast.AsyncFunctionDef
                | ast.ClassDef
                | ast.Lambda
                | ast.For
                | ast.While
                | ast.comprehension,
            )
            if isinstance(node, ast.Import):
                assert {alias.name for alias in node.names} <= {"compare", "pandas"}
            if isinstance(node, ast.ImportFrom):
                assert node.module == "compare"
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert "/" not in node.value
                assert "\\" not in node.value


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_the_order_of_a_notebook(path: Path) -> None:
    """Title and question, imports, parameters, load, parts; the end says title and finding."""
    cells = read_cells(path)
    imports, parameters, load = (source for source, _ in cells[:3])
    assert imports.startswith("import compare")
    assert "parameters" in cells[1][1]
    assert 'lang = "zh"' in parameters
    assert load.startswith("project = compare.open()")
    if path.stem != "explore":
        assert load.splitlines()[1] == f'report = runs.start_report(project, "{path.stem}", lang=lang)'
        source, tags = cells[-1]
        assert source.startswith("report.finish(story.title, story.finding)")
        assert {"hide", "nbval-check-output"} <= set(tags)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_text_is_there_in_both_languages(path: Path) -> None:
    """Headings are bilingual; a paragraph is a pair of cells, so that a page shows the one of its language."""
    cells = read_cells(path, "markdown")
    assert cells[0][0].startswith("# ")
    tags = []
    for source, (*tag,) in cells:
        if source.startswith("#"):
            assert re.fullmatch(r"##? .*[\u4e00-\u9fff].* · .*[A-Za-z].*", source)
        tags += tag
        has_chinese = re.search(r"[\u4e00-\u9fff]", source) is not None
        assert has_chinese is (tag != ["en"])
    assert tags == ["zh", "en"] * (len(tags) // 2)


def test_explore_is_ten_short_cells() -> None:
    """The notebook to start from loads, filters, searches, compares, plots and exports in ten cells."""
    cells = read_cells(ROOT / "notebooks" / "explore.ipynb")
    assert len(cells) == 10
    assert max(len(source.splitlines()) for source, _ in cells) <= 6


# Reports


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The default corpus with every report built, in a folder of its own."""
    root = tmp_path_factory.mktemp("project")
    for name in ("data", "notebooks", "params"):
        shutil.copytree(ROOT / name, root / name)
    result = runs.build(root, site=write_site)
    assert {outcome.key: outcome.error for outcome in result.failed} == {}
    assert sorted(result.built) == REPORTS
    return root


@pytest.fixture(scope="module")
def project() -> Project:
    """The default corpus, opened once."""
    return compare.open(ROOT)


def read_table(root: Path, report: str, slug: str) -> pd.DataFrame:
    """A table of a built report, from its csv."""
    codes = {"region": "str", "plan": "str"}
    return pd.read_csv(root / "figures" / report / f"{slug}.csv", dtype=codes, encoding="utf-8-sig").convert_dtypes()


def read_row(frame: pd.DataFrame, **wanted: str) -> dict[str, object]:
    """The only row of a table with these values."""
    for name, value in wanted.items():
        frame = frame[frame[name] == value]
    (row,) = frame.to_dict("records")
    return row  # type: ignore[return-value]  # column names are text


def read_page(root: Path, report: str) -> str:
    """A built page without its markup."""
    html = (root / "reports" / f"{report}.html").read_text("utf-8")
    return re.sub(r"<[^>]+>", "", re.sub(r"(?s)<(script|style).*?</\1>", "", html))


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_is_complete(built: Path, report: str) -> None:
    """A page has no error, and every number that it links leads to a sentence of an evidence page that exists."""
    html = (built / "reports" / f"{report}.html").read_text("utf-8")
    assert "Traceback" not in html
    assert "FutureWarning" not in html
    links = set(re.findall(r'href="\.\./evidence/([\w-]+)\.html#(o\d+)"', html))
    for plan, place in links:
        assert f'id="{place}"' in (built / "reports" / "evidence" / f"{plan}.html").read_text("utf-8")
    content = load_yaml(built / "params" / f"{report}.yaml")
    assert isinstance(content, dict)
    with_plan = {plan.record.region for plan in compare.open(built).plans if plan.record}
    if report.startswith("overview") or content.get("region") in with_plan:
        assert links


@pytest.mark.parametrize("report", [key for key in REPORTS if key.startswith("indicator/")])
def test_an_indicator_report_ranks_what_its_project_compares(built: Path, project: Project, report: str) -> None:
    """The table of values is the comparison's rows with a value, each with its unit, method and grade."""
    values = read_table(built, report, "values")
    indicator = report.removeprefix("indicator/").removesuffix("-en")
    content = load_yaml(built / "params" / f"{report}.yaml")
    assert isinstance(content, dict)
    comparison = project.comparison(indicator, year=content.get("year", 0))
    assert values["region"].tolist() == comparison.loc[comparison["presence"] == "value", "region"].tolist()
    assert set(values["indicator"]) <= {indicator}  # nobody has set total compute capacity yet
    assert set(values["grade"]) <= {"A", "B", "C"}
    assert values["level"].eq("province").all()


def test_base_stations_compare_across_provinces(built: Path) -> None:
    """Anhui's 160,000 stations of 2026 are stated; Shandong's 300,000 stand without a year, Taizhou not at all."""
    values = read_table(built, "indicator/5g_base_stations", "values")
    anhui = read_row(values, region="340000")
    assert (anhui["value"], anhui["bound"], anhui["year"], anhui["method"], anhui["grade"]) == (
        160000,
        "=",
        2026,
        "stated",
        "A",
    )
    shandong = read_row(values, region="370000")
    assert (shandong["value"], shandong["bound"]) == (300000, ">=")
    assert pd.isna(shandong["year"])
    assert "321200" not in set(values["region"])
    page = read_page(built, "indicator/5g_base_stations")
    assert "160000" in page or "16万个" in page
    assert "原文未写目标年份" in page


def test_stations_per_head_are_derived_in_the_open(built: Path) -> None:
    """Anhui's ratio is its stations by its population, with the arithmetic, beside the national target."""
    anhui = read_row(read_table(built, "indicator/5g_base_stations_per_10k", "values"), region="340000")
    assert anhui["method"] == "derived"
    assert str(anhui["arithmetic"]).startswith("160000 ÷ ")
    assert 26 < float(str(anhui["value"])) < 26.3
    page = read_page(built, "indicator/5g_base_stations_per_10k")
    assert "2025年全国目标为26个/万人" in page
    english = read_page(built, "indicator/5g_base_stations_per_10k-en")
    assert "The national target for 2025 is 26 per 10,000 people" in english


def test_the_share_of_gdp_keeps_bounds_and_years(built: Path) -> None:
    """Shandong's share is above 50 % in 2025, Liaoning's 45 %, both as they were set."""
    values = read_table(built, "indicator/de_share_gdp", "values")
    shandong = read_row(values, region="370000")
    assert (shandong["value"], shandong["bound"], shandong["year"], shandong["plan"]) == (
        50,
        ">",
        2025,
        "shandong-2023",
    )
    liaoning = read_row(values, region="210000")
    assert (liaoning["value"], liaoning["year"], liaoning["method"]) == (45, 2025, "published")


def test_compute_is_compared_in_one_unit(built: Path) -> None:
    """Anhui's 15000P of intelligent computing is 15,000 PFLOPS, more than the 5,000 of Jilin."""
    values = read_table(built, "indicator/intelligent_compute", "values")
    assert values["unit"].unique().tolist() == ["PFLOPS"]
    assert values.set_index("region")["value"].to_dict() == {"340000": 15000, "220000": 5000}


def test_a_share_in_words_is_not_a_value(built: Path) -> None:
    """Anhui commits to the national average of the core share in words: a row of its own kind, with its sentence."""
    missing = read_table(built, "indicator/de_core_share_gdp", "missing")
    anhui = read_row(missing, region="340000")
    assert anhui["presence"] == "words_only"
    assert "全国平均水平" in str(anhui["quote"])
    assert "321200" not in set(missing["region"])


def test_anhui_revised_its_stations(built: Path) -> None:
    """Between Anhui's plans the stations went from at least 60,000 in 2025 to 160,000 in 2026."""
    row = read_row(read_table(built, "province/anhui", "revisions-table"), indicator="5g_base_stations")
    assert (row["old_value"], row["old_bound"], row["old_year"]) == (60000, ">=", 2025)
    assert (row["new_value"], row["new_year"], row["change"], row["difference"]) == (160000, 2026, "raised", 100000)
    page = read_page(built, "province/anhui")
    assert "5G基站数由不少于6万个（2025年）改为16万个（2026年）" in page
    assert "5G base stations went from at least 60,000 (2025) to 160,000 (2026)" in read_page(
        built, "province/anhui-en"
    )


def test_headlines_are_the_goals_of_the_latest_plan(built: Path) -> None:
    """Each region's headlines begin with what its latest plan sets under its goals, quoted."""
    first = {
        "province/anhui": ("de_core_revenue", 15200),
        "province/fujian": ("de_value_added", 40000),
        "province/shandong": ("de_share_gdp", 50),
        "province/taizhou": ("de_core_share_gdp", 13.5),
    }
    for report, (indicator, value) in first.items():
        headlines = read_table(built, report, "headlines")
        row = headlines.to_dict("records")[0]
        assert (row["indicator"], row["value"]) == (indicator, value)
        assert len(set(headlines["plan"])) == 1
        assert headlines["quote"].str.len().gt(0).all()


def test_a_city_has_no_place_among_provinces(built: Path) -> None:
    """Taizhou's indicators stand beside the medians of provinces, without a rank."""
    standing = read_table(built, "province/taizhou", "standing-table")
    assert standing["rank"].isna().all()
    row = read_row(standing, indicator="de_core_share_gdp")
    assert (row["value"], row["bound"]) == (13.5, "~")
    assert "它是城市，不与省份排位次" in read_page(built, "province/taizhou")


def test_the_overview_adds_up(built: Path) -> None:
    """The overview's sums are those of the targets, and the five plans are in it."""
    plans, targets = (read_table(built, "overview/corpus", slug) for slug in ("plans", "targets"))
    assert len(plans) == 5
    assert plans["targets"].sum() == len(targets)
    matched = int((targets["indicator"].fillna("") != "").sum())
    assert plans["matched"].sum() == matched
    assert f"5份规划（4个地区）共提出{len(targets)}个数值目标，{matched}个可归入指标。" in read_page(
        built, "overview/corpus"
    )


def test_the_words_of_each_plan_are_told(built: Path) -> None:
    """The report on words names what marks Anhui's plan of 2024, in table and text."""
    terms = read_table(built, "emphasis/corpus", "terms-table")
    assert "智能算力" in set(terms.loc[terms["plan"] == "anhui-2024", "term"])
    page = read_page(built, "emphasis/corpus")
    assert "用词最接近的是" in page
    assert "场景、智能算力" in page


def test_english_reports_speak_english(built: Path) -> None:
    """The finding of an English report has no Chinese character in it."""
    for report in (key for key in REPORTS if key.endswith("-en")):
        entry = json.loads((built / "reports" / "build.json").read_text("utf-8"))
        assert report in json.dumps(entry)
        html = (built / "reports" / f"{report}.html").read_text("utf-8")
        assert '<html lang="en' in html
