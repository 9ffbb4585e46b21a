"""The parameter files of the reports: valid, few words, and one for each report that the project promises."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import compare
from compare.definitions import load_yaml
from compare.errors import ParameterError
from compare.runs.jobs import find_jobs
from compare.runs.known import load_parameters
from compare.runs.params import read_parameters

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / "params").glob("*/*.yaml"))
FIRST_INDICATORS = {"5g_base_stations", "intelligent_compute", "de_share_gdp"}


def read_values(path: Path) -> dict[str, object]:
    """The values that a parameter file sets."""
    values = load_yaml(path)
    assert isinstance(values, dict)
    return values


def test_every_file_sets_what_its_notebook_takes() -> None:
    """Names, types and ids of all parameter files pass the check that a build makes."""
    jobs = find_jobs(ROOT)
    assert {job.key for job in jobs} == {f"{path.parent.name}/{path.stem}" for path in FILES}
    assert len(load_parameters(ROOT, jobs)) == len(FILES)


@pytest.mark.parametrize("path", FILES, ids=[f"{path.parent.name}/{path.stem}" for path in FILES])
def test_a_file_states_only_what_differs(path: Path) -> None:
    """A value equal to the notebook's default is not repeated, unless it is what names the report."""
    defaults = read_parameters(ROOT / "notebooks" / f"{path.parent.name}.ipynb")
    for name, value in read_values(path).items():
        assert value != defaults[name].default or name in {"indicator", "region"}


def test_every_region_of_the_corpus_has_a_report() -> None:
    """Each region with a plan has a parameter file for the notebook `province`, in Chinese."""
    regions = {values["region"] for values in map(read_values, FILES) if "region" in values and "lang" not in values}
    assert regions >= {plan.record.region for plan in compare.open(ROOT).plans if plan.record}


def test_indicator_reports_are_named_after_their_indicator() -> None:
    """At least fifteen indicators have a report, those asked for first among them, under their own ids."""
    files = [path for path in FILES if path.parent.name == "indicator"]
    names = {path.stem.removesuffix("-en"): read_values(path)["indicator"] for path in files}
    assert all(name == indicator for name, indicator in names.items())
    assert len(names) >= 20
    assert set(names) >= FIRST_INDICATORS


def test_the_corpus_has_an_overview_and_a_report_on_its_words() -> None:
    """The notebooks `overview` and `emphasis` have a report each, with the defaults."""
    for notebook in ("overview", "emphasis"):
        assert [read_values(path) for path in FILES if path.parent.name == notebook] == [{}]


def test_a_wrong_id_is_refused_with_those_that_exist(tmp_path: Path) -> None:
    """An indicator that the catalogue lacks is refused before anything runs, the nearest one named."""
    for name in ("data", "notebooks"):
        (tmp_path / name).symlink_to(ROOT / name, target_is_directory=True)
    (tmp_path / "params" / "indicator").mkdir(parents=True)
    (tmp_path / "params" / "indicator" / "wrong.yaml").write_text(
        "indicator: 5g_stations\nlang: fr\n", encoding="utf-8"
    )
    with pytest.raises(ParameterError, match="5g_base_stations") as caught:
        load_parameters(tmp_path, find_jobs(tmp_path))
    assert "wrong.yaml" in str(caught.value)
    assert "fr" in str(caught.value)


def test_parameters_say_what_they_mean() -> None:
    """Each parameter of each notebook has a comment with its unit, meaning or choices."""
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        (cell,) = [cell for cell in load_cells(path) if "parameters" in cell["metadata"].get("tags", [])]
        lines = "".join(cell["source"]).splitlines()
        assert lines
        assert all("  # " in line for line in lines), path.name
        assert len(ast.parse("".join(cell["source"])).body) == len(lines)


def load_cells(path: Path) -> list[dict[str, object]]:
    """The cells of a notebook's file."""
    content = load_yaml(path)  # JSON is YAML
    assert isinstance(content, dict)
    return list(content["cells"])
