"""What a report has read, noted while it runs, and which reports a change of data makes again."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pandas as pd
import pytest
from small_project import ANHUI, FUJIAN, make_small_project, write_notebook, write_params, write_plan

import compare
from compare import runs
from compare.errors import CompareError, UnknownNameError
from compare.project import Project
from compare.project.asking import Answers
from compare.project.digests import NoDigestError, digest
from compare.project.reads import AskedProject, Reads, read_notes
from compare.runs.manifest import read_manifest

START = "import compare\nfrom compare import runs\nproject = compare.open()\nreport = runs.start_report(project, 'n')"
FINISH = "report.finish(title='t', finding=str(seen)[:60])"

NOTEBOOKS = {
    "measure": (
        'indicator = "5g_base_stations"  # indicator id',
        (
            "frame = project.comparison(indicator)\nname = project.indicator_names()[indicator]\n"
            "seen = f'{name} {len(frame)}'\nreport.table(frame, 'values')"
        ),
    ),
    "place": ('plan = "anhui-2024"  # plan id', "seen = project.targets(plan=plan)\nreport.table(seen, 'targets')"),
    "file": ("", "import own\nseen = own.TEXT + (project.root / 'data' / 'notes' / 'a.txt').read_text()"),
    "folder": ("", "seen = len(list((project.root / 'data' / 'plans').glob('*.txt')))"),
    "program": ("", "import subprocess, sys\nseen = subprocess.run([sys.executable, '--version']).returncode"),
    "inside": ("", "seen = len(project._targets)"),
    "whole": ("", "seen = ' '.join(sorted(project.indicator_names('en').values()))"),
    "nothing": ("", "seen = 'the same whatever the data are'"),
}
CASES = {
    "measure/stations": "{}\n",
    "measure/share": "indicator: de_core_share_gdp\n",
    "place/anhui": "{}\n",
    "place/fujian": "plan: fujian-2022\n",
    **{f"{name}/all": "{}\n" for name in ("file", "folder", "program", "inside", "whole", "nothing")},
}
BY_ALL_DATA = {"program/all", "inside/all"}
"""Reports of which only this is known, that they may have read anything."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose reports read different things, built."""
    root = make_small_project(tmp_path_factory.mktemp("reads"))
    shutil.rmtree(root / "params")
    for name, (parameters, code) in NOTEBOOKS.items():
        cells = [("code", source, ("parameters",) if source == parameters else ()) for source in (parameters, START)]
        cells += [("code", code, ()), ("code", FINISH, ())]
        write_notebook(root / "notebooks" / f"{name}.ipynb", [cell for cell in cells if cell[1]])
    for key, content in CASES.items():
        write_params(root, key, content)
    (root / "notebooks" / "own.py").write_text("TEXT = 'x'\n", encoding="utf-8")
    (root / "data" / "notes").mkdir()
    for name in ("a", "b"):
        (root / "data" / "notes" / f"{name}.txt").write_text("1", encoding="utf-8")
    result = runs.build(root)
    assert result.failed == ()
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A copy of it to change something in."""
    return Path(shutil.copytree(made, tmp_path / "copy"))


def due(root: Path) -> set[str]:
    """Reports that are out of date."""
    return {task.job.key for task in runs.plan_build(root) if task.reasons}


def rewrite(path: Path, old: str, new: str) -> None:
    """Change a file that has this text once."""
    content = path.read_text(encoding="utf-8")
    assert content.count(old) == 1
    path.write_text(content.replace(old, new), encoding="utf-8")


def test_a_copy_elsewhere_is_up_to_date(root: Path) -> None:
    """Nothing of what is noted depends on where a project lies."""
    assert due(root) == set()


def test_a_changed_parameter_file_concerns_its_report_alone(root: Path) -> None:
    """Whatever else the reports have read."""
    write_params(root, "measure/share", "indicator: de_core_share_gdp  # the same\n")
    assert due(root) == {"measure/share"}


def test_a_changed_number_concerns_the_reports_that_read_it(root: Path) -> None:
    """The reports of the other plan and of other indicators stay as they are."""
    write_plan(root, "fujian-2022", "350000", FUJIAN.replace("12万个", "13万个"))
    expected = {"measure/stations", "place/fujian", "folder/all"} | BY_ALL_DATA
    assert due(root) == expected
    assert set(runs.build(root).built) == expected
    values = (root / "figures" / "measure" / "stations" / "values.csv").read_text(encoding="utf-8-sig")
    assert "130000" in values
    assert due(root) == set()


def test_a_new_plan_concerns_the_reports_that_it_is_part_of(root: Path) -> None:
    """A share of another province is part of that comparison, and of no other."""
    text = "江西省数字经济方案（2024—2026年）\n\n一、目标\n到2026年，数字经济核心产业增加值占GDP比重达到11%。\n"
    write_plan(root, "jiangxi-2024", "360000", text)
    assert due(root) >= {"measure/share", "folder/all"} | BY_ALL_DATA
    assert not due(root) & {"place/anhui", "place/fujian", "whole/all", "nothing/all", "file/all"}


def test_an_indicator_concerns_the_reports_that_show_it(root: Path) -> None:
    """Its name is on the pages of those only, and one notebook lists the names of all."""
    path = root / "data" / "catalogue" / "indicators" / "network.yaml"
    name = compare.open(root).catalogue.indicator("5g_base_stations")
    rewrite(path, f"name_en: {name.name_en}\n", "name_en: Base stations of 5G\n")
    assert due(root) == {"whole/all"} | BY_ALL_DATA
    rewrite(path, f"name_zh: {name.name_zh}\n", "name_zh: 第五代移动通信基站\n")
    assert due(root) == {"whole/all", "measure/stations"} | BY_ALL_DATA


def test_a_change_that_changes_nothing_is_looked_at_once(root: Path) -> None:
    """A comment in the definitions: the reports are asked about once, then count as made from these definitions."""
    path = root / "data" / "catalogue" / "units.yaml"
    path.write_text("# a comment\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert set(runs.build(root).built) == BY_ALL_DATA
    manifest = read_manifest(root / "reports")
    assert len(manifest.inputs) == 1
    path.write_text(path.read_text(encoding="utf-8").removeprefix("# a comment\n"), encoding="utf-8")
    assert due(root) == BY_ALL_DATA


def test_a_file_that_a_notebook_opens_concerns_that_report(root: Path) -> None:
    """The file beside it does not; a module beside the notebook counts as a file."""
    (root / "data" / "notes" / "b.txt").write_text("2", encoding="utf-8")
    assert due(root) == BY_ALL_DATA
    (root / "data" / "notes" / "a.txt").write_text("2", encoding="utf-8")
    assert due(root) == {"file/all"} | BY_ALL_DATA
    assert "./notebooks" not in str(read_manifest(root / "reports").entries["file/all"].reads)
    assert "notebooks/own.py" in read_manifest(root / "reports").entries["file/all"].reads


def test_a_module_of_the_project_concerns_its_report(root: Path) -> None:
    """Though no data have changed."""
    (root / "notebooks" / "own.py").write_text("TEXT = 'y'\n", encoding="utf-8")
    assert due(root) == {"file/all"}


def test_the_reason_names_the_data_and_what_was_read_of_them(root: Path) -> None:
    """So that one sees whether that is right."""
    write_plan(root, "anhui-2024", "340000", ANHUI.replace("12%", "13%"))
    (reason,) = next(task.reasons for task in runs.plan_build(root) if task.job.key == "measure/share")
    assert "data/plans/anhui-2024.txt changed" in reason
    assert "comparison('de_core_share_gdp')" in reason


@pytest.mark.parametrize("change", ["no yaml", "another text of a plan"])
def test_wrong_data_start_nothing(root: Path, change: str) -> None:
    """What is wrong is said once; what is published stays, and is up to date again when the data are right again."""
    name = {"no yaml": "catalogue/units.yaml", "another text of a plan": "plans/anhui-2024.txt"}[change]
    path = root / "data" / name
    before = path.read_text(encoding="utf-8")
    published = (root / "reports" / "build.json").read_bytes()
    path.write_text("units: [\n" if change == "no yaml" else f"{before}。", encoding="utf-8")
    for ask in (runs.plan_build, runs.build):
        with pytest.raises(CompareError, match=Path(name).stem):
            ask(root)
    assert not list((root / "reports").rglob("*.error.html"))
    assert (root / "reports" / "build.json").read_bytes() == published
    path.write_text(before, encoding="utf-8")
    assert due(root) == set()


# what is noted


@pytest.fixture
def asked(made: Path, tmp_path: Path) -> tuple[AskedProject, Path]:
    """A project that notes what it is asked, and where."""
    notes = tmp_path / "notes"
    return AskedProject(Project(made), Reads(made, notes)), notes


def test_an_answer_is_noted_once_with_its_question(asked: tuple[AskedProject, Path]) -> None:
    """In words that can be asked again."""
    project, notes = asked
    for _ in range(2):
        project.targets(plan="anhui-2024", status=None)
    assert list(read_notes(notes)) == ["targets(plan='anhui-2024', status=None)"]
    assert len(notes.read_text(encoding="utf-8").splitlines()) == 1


def test_of_names_those_that_are_looked_up_are_noted(asked: tuple[AskedProject, Path]) -> None:
    """And all, where all are looked at."""
    project, notes = asked
    names = project.region_names()
    assert names
    assert names["340000"] == "安徽"
    assert names.get("999999", "–") == "–"
    first = next(iter(compare.open(project.root).region_names()))
    looked_up = {f"region_names()[{code!r}]" for code in ("340000", "999999", first)}
    assert set(read_notes(notes)) == looked_up
    assert dict(names) | {} == names | {}
    assert set(read_notes(notes)) == {*looked_up, "region_names()"}


def test_of_definitions_those_that_are_looked_at_are_noted(asked: tuple[AskedProject, Path]) -> None:
    """The id alone is no look at the definition."""
    project, notes = asked
    ids = [indicator.id for indicator in project.catalogue.indicators]
    assert set(read_notes(notes)) == {"catalogue.ids"}
    assert project.catalogue.indicators[0].unit is not None
    assert set(read_notes(notes)) == {"catalogue.ids", f"catalogue.indicator({ids[0]!r})"}


def test_an_unknown_name_is_an_answer_too(asked: tuple[AskedProject, Path]) -> None:
    """A notebook that goes on after it is made again when there is that name."""
    project, notes = asked
    with pytest.raises(UnknownNameError):
        project.targets(plan="guangdong-2024")
    answers = Answers(Project(project.root))
    assert answers.changes(read_notes(notes)) == []
    assert answers.changes({"targets(plan='guangdong-2024')": digest([])}) == ["targets(plan='guangdong-2024')"]


@pytest.mark.parametrize(
    "name", ["_private()", "a.__class__", "f(g())", "1 +", "no_such_question()", "targets(1, 2, 3)"]
)
def test_a_question_that_cannot_be_asked_counts_as_changed(made: Path, name: str) -> None:
    """Such as one that another version of the library has noted."""
    assert Answers(Project(made)).changes({name: digest(None)}) == [name]


def test_digests_tell_contents_apart() -> None:
    """Values, types and order count; the kind of sequence, and the order of a set, do not."""
    frame = pd.DataFrame({"a": [1, 2], "b": ["", None]})
    same = [frame, frame.copy()]
    others = [frame.iloc[::-1], frame.astype({"a": float}), frame[["b", "a"]], frame.fillna(""), frame.to_dict()]
    assert len({digest(value) for value in same}) == 1
    assert len({digest(value) for value in (frame, *others)}) == 1 + len(others)
    assert digest((1, 2)) == digest([1, 2])
    assert digest({"b", "a"}) == digest({"a", "b"})
    with pytest.raises(NoDigestError):
        digest(sys)


def test_the_manifest_lists_what_was_read(made: Path) -> None:
    """By report, with hashes."""
    data = json.loads((made / "reports" / "build.json").read_text(encoding="utf-8"))
    reads = data["reports"]["measure/stations"]["reads"]
    assert set(reads) == {"comparison('5g_base_stations')", "indicator_names()['5g_base_stations']"}
    assert data["reports"]["nothing/all"]["reads"] == {}
    assert set(data["reports"]["program/all"]["reads"]) == {"data/"}
