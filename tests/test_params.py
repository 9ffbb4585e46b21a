"""The parameter files of the reports: valid, few words, and one for each report that the project promises."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest

import compare
from compare.cli import main
from compare.definitions import load_yaml
from compare.errors import ParameterError
from compare.runs.jobs import find_jobs
from compare.runs.known import load_parameters
from compare.runs.params import read_parameters
from compare.runs.regions import is_untouched, mark, propose_files, write_files

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


# The files of the regions


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project's data and notebooks, with the parameter files of the regions in a folder of the test's own."""
    for name in ("data", "notebooks"):
        (tmp_path / name).symlink_to(ROOT / name, target_is_directory=True)
    shutil.copytree(ROOT / "params" / "province", tmp_path / "params" / "province")
    return tmp_path


def read_files(root: Path) -> dict[str, str]:
    """Name to content of the parameter files of the regions."""
    return {path.name: path.read_text(encoding="utf-8") for path in (root / "params" / "province").iterdir()}


def test_every_region_with_three_indicators_has_a_report() -> None:
    """Plans and documents published elsewhere count together; the committed files are those that the program makes."""
    project = compare.open(ROOT)
    done = write_files(ROOT, propose_files(project), dry_run=True)
    assert (done.made, done.removed) == ((), ())
    values = [read_values(path) for path in FILES if path.parent.name == "province"]
    assert {value["region"] for value in values} >= set(project.regions(3))
    assert len(done.same) + len(done.kept) == len(project.regions(3)) >= 18


def test_files_of_regions_are_made_once_and_the_same(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where some are missing the command makes them, byte for byte as before; a second call finds nothing to do."""
    before = read_files(copy)
    (copy / "params" / "province" / "ningxia.yaml").unlink()
    assert main(["--project", str(copy), "params"]) == 0
    assert "write params/province/ningxia.yaml\n" in capsys.readouterr().out
    assert read_files(copy) == before
    assert main(["--project", str(copy), "params"]) == 0
    assert ": 0 written, " in capsys.readouterr().out
    assert read_files(copy) == before


def test_a_file_that_a_person_made_or_changed_is_left_alone(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An edited file and one without the mark stay as they are, unless they are to be replaced."""
    folder = copy / "params" / "province"
    edited = (folder / "ningxia.yaml").read_text(encoding="utf-8") + "lang: en\n"
    (folder / "ningxia.yaml").write_text(edited, encoding="utf-8")
    by_hand = (folder / "anhui.yaml").read_text(encoding="utf-8")
    main(["--project", str(copy), "params"])
    assert "leave params/province/ningxia.yaml, which a person made or changed" in capsys.readouterr().out
    assert read_files(copy)["ningxia.yaml"] == edited
    assert read_files(copy)["anhui.yaml"] == by_hand
    main(["--project", str(copy), "params", "--force"])
    assert read_files(copy)["ningxia.yaml"] == mark('region: "640000"\n')
    assert read_files(copy)["anhui.yaml"] == mark('region: "340000"\n')


def test_a_region_with_a_report_under_another_name_gets_no_second_one(copy: Path) -> None:
    """A person's file of any name serves its region, also when others are to be replaced."""
    folder = copy / "params" / "province"
    (folder / "ningxia.yaml").unlink()
    (folder / "west-1.yaml").write_text('region: "640000"\nsize: slide\n', encoding="utf-8")
    for force in (False, True):
        done = write_files(copy, {"params/province/ningxia.yaml": mark('region: "640000"\n')}, force=force)
        assert (done.made, done.kept) == ((), ("params/province/west-1.yaml",))


def test_a_file_that_is_no_longer_due_goes_only_if_nobody_changed_it(copy: Path) -> None:
    """With a higher threshold what the program made for small regions is removed, what people made stays."""
    main(["--project", str(copy), "params", "--at-least", "6"])
    left = read_files(copy)
    assert "ningxia.yaml" not in left
    assert {"jiangsu.yaml", "anhui.yaml", "taizhou.yaml", "anhui-en.yaml"} <= set(left)


def test_dry_run_changes_nothing(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says what would be written and removed."""
    before = read_files(copy)
    main(["--project", str(copy), "params", "--at-least", "1", "--dry-run"])
    out = capsys.readouterr().out
    assert "write params/province/beijing.yaml" in out
    assert "would be written" in out
    assert "regions with 1 indicator or more:" in out
    assert read_files(copy) == before


def test_line_ends_are_no_change() -> None:
    """A checkout with Windows line ends is still as the program made it."""
    assert is_untouched(mark('region: "640000"\n').replace("\n", "\r\n"))
    assert not is_untouched(mark('region: "640000"\n').replace("640000", "650000"))
