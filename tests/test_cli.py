"""The command line: what comes out, what a mistake says, and the exit codes."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from small_project import PLANS, make_small_project, write_notebook, write_params, write_plan

from compare.cli import main

PROGRAM = [sys.executable, "-m", "compare"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project that no test changes."""
    return make_small_project(tmp_path_factory.mktemp("made"))


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A small project of the test's own."""
    return Path(shutil.copytree(made, tmp_path / "project"))


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a CSV text."""
    return list(csv.DictReader(StringIO(text)))


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Exit code, output and messages of a call in this process."""
    code = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


# Help


@pytest.mark.parametrize(
    "command", ["extract", "add", "targets", "compare", "params", "build", "check", "evaluate", "export"]
)
def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str], command: str) -> None:
    """`--help` tells the exit codes and ends with 0."""
    with pytest.raises(SystemExit) as end:
        main([command, "--help"])
    assert end.value.code == 0
    assert "exit codes" in capsys.readouterr().out


def test_help_and_nothing_to_do_import_nothing_heavy() -> None:
    """Starting is cheap: neither pandas nor matplotlib nor papermill is loaded for the help."""
    code = (
        "import sys; from compare.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'pydantic', 'matplotlib', 'papermill', 'nbconvert', 'rich', 'jinja2'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.endswith("[]\n")


@pytest.mark.parametrize(
    "arguments", [[], ["unknown"], ["build", "--jobs", "0"], ["build", "--timeout", "-1"], ["compare"]]
)
def test_a_wrong_call_ends_with_two(arguments: list[str]) -> None:
    """Unknown commands and impossible options are refused with the usage."""
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2


def test_the_module_is_the_same_program() -> None:
    """`python -m compare --version` names the version."""
    found = subprocess.run([*PROGRAM, "--version"], capture_output=True, text=True, check=True)
    assert found.stdout.startswith("compare-plans ")


# extract


def test_extract_writes_one_row_for_each_record(capsys: pytest.CaptureFixture[str], made: Path) -> None:
    """By id, as CSV on standard output, with the offsets of the number in the text as read."""
    code, out, _ = run(capsys, "--project", made, "extract", "anhui-2024")
    assert code == 0
    text = PLANS["anhui-2024"][1]
    found = rows(out)
    assert {(row["value"], row["unit"], row["year"]) for row in found} >= {
        ("160000", "个", "2026"),
        ("12", "%", "2026"),
    }
    for row in found:
        assert text[int(row["start"]) : int(row["end"])] == row["number"]
        assert row["plan"] == "anhui-2024"


def test_extract_reads_a_file_outside_of_any_project(
    capsys: pytest.CaptureFixture[str], made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file's name without ending is the plan; JSON lines carry the same fields."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "某市规划.txt").write_text("到2025年，建成5G基站300个。\n", encoding="gb18030")
    code, out, _ = run(capsys, "--project", made, "extract", "某市规划.txt", "--format", "jsonl")
    assert code == 0
    (record,) = [json.loads(line) for line in out.splitlines()]
    assert (record["plan"], record["value"], record["year"], record["value_high"]) == ("某市规划", 300, 2025, None)


def test_extract_finds_the_librarys_own_project_where_there_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In any folder, a plan can be read with the definitions of the checkout that the library is installed from."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.txt").write_text("到2025年，建成5G基站300个。\n", encoding="utf-8")
    code, out, _ = run(capsys, "extract", "x.txt")
    assert code == 0
    assert rows(out)[0]["indicator"] == "5g_base_stations"


def test_extract_to_a_file_leaves_no_half_file(capsys: pytest.CaptureFixture[str], made: Path, tmp_path: Path) -> None:
    """The ending chooses the format; Excel's mark stands in CSV only; nothing else is left in the folder."""
    for name, mark in (("a.csv", b"\xef\xbb\xbfplan,"), ("a.jsonl", b'{"plan": ')):
        code, out, _ = run(capsys, "--project", made, "extract", "fujian-2022", "-o", tmp_path / name)
        assert (code, out) == (0, "")
        assert (tmp_path / name).read_bytes().startswith(mark)
    assert {path.name for path in tmp_path.iterdir()} == {"a.csv", "a.jsonl"}


BAD_FILES = {
    "missing.txt": None,
    "empty.txt": b"",
    "blank.txt": b" \n\n",
    "binary.txt": bytes(range(256)) * 20,
    "image.txt": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "broken.txt": "建成5G基站".encode() + b"\xff\xfe\xff" + "300个".encode(),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_read_is_named(
    capsys: pytest.CaptureFixture[str], made: Path, tmp_path: Path, name: str
) -> None:
    """Exit code 2, the file's name and what was found, no output and no traceback."""
    content = BAD_FILES[name]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    output = tmp_path / "out.csv"
    code, out, err = run(capsys, "--project", made, "extract", tmp_path / name, "-o", output)
    assert (code, out) == (2, "")
    assert err.startswith("error: ")
    assert name in err
    assert "Traceback" not in err
    assert not output.exists()


def test_a_folder_is_no_plan(capsys: pytest.CaptureFixture[str], made: Path, tmp_path: Path) -> None:
    """A folder where a file is expected is named."""
    code, _, err = run(capsys, "--project", made, "extract", tmp_path)
    assert code == 2
    assert "found a folder" in err


def test_an_unknown_id_lists_the_plans(capsys: pytest.CaptureFixture[str], made: Path) -> None:
    """The message says what there is."""
    code, _, err = run(capsys, "--project", made, "extract", "anhui-2042")
    assert code == 2
    assert "'anhui-2042'; known are: anhui-2024, fujian-2022" in err


def test_one_bad_file_does_not_keep_the_others_back(capsys: pytest.CaptureFixture[str], made: Path) -> None:
    """The rest is done, and the exit code is 1."""
    code, out, err = run(capsys, "--project", made, "extract", "anhui-2024", "missing.txt", "fujian-2022")
    assert code == 1
    assert {row["plan"] for row in rows(out)} == {"anhui-2024", "fujian-2022"}
    assert "missing.txt" in err


@pytest.mark.parametrize(("output", "message"), [("no/such/out.csv", "no such folder"), (".", "found a folder")])
def test_an_output_that_cannot_be_written_is_named(
    capsys: pytest.CaptureFixture[str], made: Path, tmp_path: Path, output: str, message: str
) -> None:
    """The place is looked at before anything is read."""
    code, _, err = run(capsys, "--project", made, "extract", "anhui-2024", "-o", tmp_path / output)
    assert code == 2
    assert message in err


@pytest.mark.skipif(os.name == "nt", reason="pipes end otherwise there")
def test_a_reader_that_goes_away_is_no_error(made: Path) -> None:
    """Nothing is said, as when the output is cut by `head`."""
    with subprocess.Popen(
        [*PROGRAM, "--project", str(made), "extract", "anhui-2024"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


# a project that is not right


def test_no_project_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A folder that holds no project, and one that does not exist, are named."""
    for folder in (tmp_path, tmp_path / "none"):
        code, _, err = run(capsys, "--project", folder, "targets")
        assert code == 2
        assert str(folder) in err


def break_record(root: Path) -> str:
    """A source record that is no YAML."""
    (root / "data" / "plans" / "anhui-2024.yaml").write_text("title: [\n", encoding="utf-8")
    return "anhui-2024"


def break_schema(root: Path) -> str:
    """A source record with a key that there is not."""
    path = root / "data" / "plans" / "anhui-2024.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "titel: x\n", encoding="utf-8")
    return "anhui-2024.yaml: titel"


def break_digest(root: Path) -> str:
    """A plan that was edited."""
    path = root / "data" / "plans" / "anhui-2024.txt"
    path.write_text(path.read_text(encoding="utf-8") + "多一行。\n", encoding="utf-8")
    return "anhui-2024.yaml: sha256"


def break_plan(root: Path) -> str:
    """A plan that is no text."""
    (root / "data" / "plans" / "anhui-2024.txt").write_bytes(bytes(range(256)))
    return "anhui-2024.txt"


def break_catalogue(root: Path) -> str:
    """A file of the catalogue that is no mapping."""
    path = min((root / "data" / "catalogue" / "indicators").glob("*.yaml"))
    path.write_text("- 1\n", encoding="utf-8")
    return path.name


def break_reference(root: Path) -> str:
    """A reference table without its columns."""
    (root / "data" / "reference" / "population.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    return "population.csv"


BREAKAGES = [break_record, break_schema, break_digest, break_plan, break_catalogue, break_reference]

PLAN_BREAKAGES = [break_record, break_schema, break_digest, break_plan]


@pytest.mark.parametrize("damage", BREAKAGES)
@pytest.mark.parametrize("command", ["targets", "check", "export", "build"])
def test_a_definition_that_is_wrong_is_named(
    capsys: pytest.CaptureFixture[str], root: Path, damage: object, command: str
) -> None:
    """File and place stand in the message; nothing is written."""
    if (damage, command) == (break_reference, "targets"):
        pytest.skip("the targets are read from the plans alone")
    if command == "targets" and damage in PLAN_BREAKAGES:
        pytest.skip("one plan does not keep the others back")
    place = damage(root)  # type: ignore[operator]
    shutil.rmtree(root / "params")
    arguments = ["-o", root / "out.xlsx"] if command == "export" else []
    code, out, err = run(capsys, "--project", root, command, *arguments)
    assert code == 2
    assert place in out + err
    assert "Traceback" not in err
    assert not (root / "data" / "targets").exists()
    assert not (root / "out.xlsx").exists()
    assert not (root / "reports" / "index.html").exists()


# targets


def test_targets_says_what_changed(capsys: pytest.CaptureFixture[str], root: Path) -> None:
    """The first time all is new, the second nothing changes, then a changed plan shows."""
    code, out, _ = run(capsys, "--project", root, "targets")
    assert (code, "new" in out) == (0, True)
    first = (root / "data" / "targets" / "targets.csv").read_bytes()
    _, out, _ = run(capsys, "--project", root, "targets")
    assert "0 new, 0 gone, 0 changed" in out.splitlines()[0]
    assert (root / "data" / "targets" / "targets.csv").read_bytes() == first
    region, text = PLANS["anhui-2024"]
    write_plan(root, "anhui-2024", region, text.replace("16万个", "18万个"))
    _, out, _ = run(capsys, "--project", root, "targets")
    assert "0 new, 0 gone, 2 changed" in out.splitlines()[0], "the number, and the quote of its neighbour"
    assert "value '160000' → '180000'" in out


@pytest.mark.parametrize("damage", PLAN_BREAKAGES)
def test_a_plan_that_is_wrong_keeps_no_other_from_the_targets(
    capsys: pytest.CaptureFixture[str], root: Path, damage: object
) -> None:
    """It is named, the rows of the others are written, and the exit code is 1."""
    run(capsys, "--project", root, "targets")
    place = damage(root)  # type: ignore[operator]
    code, out, err = run(capsys, "--project", root, "targets")
    assert code == 1
    assert place in err
    assert "Traceback" not in err
    written = rows((root / "data" / "targets" / "targets.csv").read_text(encoding="utf-8-sig"))
    assert {row["plan"] for row in written} == {"fujian-2022"}
    assert "0 new, 3 gone, 0 changed" in out.splitlines()[0]


def test_targets_that_cannot_be_written_are_named(capsys: pytest.CaptureFixture[str], root: Path) -> None:
    """A file in the place of the folder is an error, not a traceback."""
    (root / "data" / "targets").write_text("in the way", encoding="utf-8")
    code, _, err = run(capsys, "--project", root, "targets")
    assert code == 2
    assert "targets" in err


# compare and export


def test_compare_shows_regions_with_bounds(capsys: pytest.CaptureFixture[str], made: Path) -> None:
    """A table for people: names, values with their bound marks, years."""
    code, out, _ = run(capsys, "--project", made, "compare", "5g_base_stations")
    assert code == 0
    (line,) = [line for line in out.splitlines() if line.startswith("安徽") and "2026" in line]
    assert "≥160,000" in line
    assert "《" in line
    assert "anhui-2024" not in line


def test_compare_says_on_what_a_quotient_rests(capsys: pytest.CaptureFixture[str], made: Path) -> None:
    """The remarks on the denominator stand after the arithmetic."""
    _, out, _ = run(capsys, "--project", made, "compare", "5g_base_stations_per_10k", "--lang", "en")
    (before, after) = " ".join(out.split()).split(" ÷ ", 1)
    assert "population: " not in before
    assert "; population: " in after


def test_compare_interpolates_and_compares_other_kinds_on_request(
    capsys: pytest.CaptureFixture[str], made: Path
) -> None:
    """Ningxia's 10,000 of 2022 and 30,000 of 2025 give a value of 2024 only if asked for; without it, the reason."""
    call = ("--project", made, "compare", "5g_base_stations", "--lang", "en", "--year", "2024")
    _, out, _ = run(capsys, *call)
    assert "Ningxia: set for 2022, 2025, not for 2024" in out
    _, out, _ = run(capsys, *call, "--interpolate")
    assert re.search(r"Ningxia +23,333.3 .* interpolated +C", out)
    _, out, _ = run(capsys, "--project", made, "compare", "de_value_added", "--kind", "growth", "--lang", "en")
    assert re.search(r"Liaoning +≈10 +% +2025 .* a rate a year", out)


def test_compare_as_csv_has_every_column(capsys: pytest.CaptureFixture[str], made: Path) -> None:
    """Region codes stay text, whole numbers stay whole."""
    _, out, _ = run(capsys, "--project", made, "compare", "5g_base_stations", "--format", "csv")
    row = next(row for row in rows(out) if row["region"] == "340000")
    assert (row["value"], row["year"], row["bound"], row["plan"]) == ("160000", "2026", ">=", "anhui-2024")


def test_an_unknown_indicator_names_the_nearest(capsys: pytest.CaptureFixture[str], made: Path) -> None:
    """The message is a line with a few ids and the place of all of them."""
    code, _, err = run(capsys, "--project", made, "compare", "5g_stations")
    assert code == 2
    assert "5g_base_stations" in err
    assert "data/catalogue/indicators/" in err
    assert len(err) < 300


def test_a_value_between_two_years_needs_a_year(capsys: pytest.CaptureFixture[str], made: Path) -> None:
    """`--interpolate` alone is refused, with what to add; with a year it is taken."""
    code, out, err = run(capsys, "--project", made, "compare", "5g_base_stations", "--interpolate")
    assert (code, out) == (2, "")
    assert "--interpolate: found no --year, expected" in err
    assert run(capsys, "--project", made, "compare", "5g_base_stations", "--interpolate", "--year", "2025")[0] == 0


@pytest.mark.parametrize(("kind", "output"), [("csv", "tables"), ("xlsx", "tables.xlsx")])
def test_export_writes_all_tables(
    capsys: pytest.CaptureFixture[str], made: Path, tmp_path: Path, kind: str, output: str
) -> None:
    """Records, comparison, numbers without record, definitions and sources; twice the same bytes."""
    code, _, err = run(capsys, "--project", made, "export", "--format", kind, "-o", tmp_path / output)
    assert code == 0
    assert output in err
    path = tmp_path / output / "targets.csv" if kind == "csv" else tmp_path / output
    first = path.read_bytes()
    run(capsys, "--project", made, "export", "--format", kind, "-o", tmp_path / output)
    assert path.read_bytes() == first
    if kind == "csv":
        names = {path.name for path in (tmp_path / output).iterdir()}
        assert names == {
            f"{name}.csv" for name in ("targets", "comparison", "unmatched", "plans", "definitions", "sources")
        }


# check, evaluate, add


def test_check_passes_a_right_project(capsys: pytest.CaptureFixture[str], made: Path) -> None:
    """Nothing wrong, exit code 0."""
    code, out, _ = run(capsys, "--project", made, "check")
    assert code == 0, out


def test_check_lists_all_that_is_wrong(capsys: pytest.CaptureFixture[str], root: Path) -> None:
    """Mistakes in different kinds of files come in one go."""
    break_digest(root)
    write_params(root, "beta/bad", "wort: 1\n")
    break_reference(root)
    code, out, _ = run(capsys, "--project", root, "check")
    assert code == 2
    for text in ("sha256", "params/beta/bad.yaml: wort", "population.csv"):
        assert text in out


def write_gold(path: Path, **changes: object) -> Path:
    """Gold records of the small project: one right, one that is not in the text."""
    text = PLANS["anhui-2024"][1]
    record = {
        "plan": "anhui-2024", "start": text.index("16万"), "number": "16万", "value": 160000,
        "unit": "个", "bound": ">=", "kind": "level", "year": 2026, "status": "target", "label": "5G基站",
        "indicator": "5g_base_stations",
    }  # fmt: skip
    path.write_text(json.dumps(record | changes, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def test_evaluate_prints_measures_and_disagreements(
    capsys: pytest.CaptureFixture[str], made: Path, tmp_path: Path
) -> None:
    """All of the measures for each plan and in all, and where the two differ."""
    code, out, _ = run(capsys, "--project", made, "evaluate", write_gold(tmp_path / "gold.jsonl", value=170000))
    assert code == 0
    assert re.search(r"recall +1\.0000 +1\.0000\n", out)
    assert "wrong value" in out
    code, out, _ = run(capsys, "--project", made, "evaluate", "--json", write_gold(tmp_path / "gold.jsonl"))
    assert json.loads(out)["total"]["value_accuracy"] == 1


@pytest.mark.parametrize("content", ["", "no json\n", '{"plan": "anhui-2024"}\n'])
def test_bad_gold_is_named(capsys: pytest.CaptureFixture[str], made: Path, tmp_path: Path, content: str) -> None:
    """File and line stand in the message."""
    path = tmp_path / "gold.jsonl"
    path.write_text(content, encoding="utf-8")
    code, _, err = run(capsys, "--project", made, "evaluate", path)
    assert code == 2
    assert "gold.jsonl" in err


def test_add_takes_a_plan_with_a_proposed_record(
    capsys: pytest.CaptureFixture[str], root: Path, tmp_path: Path
) -> None:
    """The text is copied unchanged, the record is complete, and the project is right afterwards."""
    text = "山东省数字经济发展行动方案（2023—2025年）\n\n到2025年，建成5G基站25万个。\n"
    (tmp_path / "下载.txt").write_bytes(text.encode("gb18030"))
    code, out, err = run(capsys, "--project", root, "add", tmp_path / "下载.txt")
    assert code == 0, err
    assert "region: '370000'" in out
    assert (root / "data" / "plans" / "shandong-2023.txt").read_bytes() == text.encode("gb18030")
    assert run(capsys, "--project", root, "check")[0] == 0
    code, _, err = run(capsys, "--project", root, "add", tmp_path / "下载.txt")
    assert code == 2
    assert "exists already" in err


def test_add_asks_for_what_the_text_does_not_tell(
    capsys: pytest.CaptureFixture[str], root: Path, tmp_path: Path
) -> None:
    """Options that are needed are named, and nothing is written."""
    before = sorted((root / "data" / "plans").iterdir())
    (tmp_path / "x.txt").write_text("一份没有年份和地区的文件，建成5G基站25万个。\n", encoding="utf-8")
    code, _, err = run(capsys, "--project", root, "add", tmp_path / "x.txt")
    assert code == 2
    assert "--region" in err
    code, _, err = run(
        capsys,
        "--project",
        root,
        "add",
        tmp_path / "x.txt",
        "--region",
        "999999",
        "--first-year",
        "2024",
        "--last-year",
        "2026",
    )
    assert code == 2
    assert "999999" in err
    assert sorted((root / "data" / "plans").iterdir()) == before


# build


def test_build_says_what_it_did(capsys: pytest.CaptureFixture[str], root: Path) -> None:
    """Lines with times in a log, a summary with the way to the index; then nothing to do; then as JSON."""
    code, out, err = run(capsys, "--project", root, "build", "beta")
    assert code == 0
    assert "1 built, 0 failed, 0 up to date" in out
    assert str(root / "reports" / "index.html") in out
    assert "done   beta/plain" in err
    _, out, _ = run(capsys, "--project", root, "build", "beta", "--json")
    result = json.loads(out)
    assert (result["built"], result["up_to_date"]) == ([], ["beta/plain"])


def test_a_dry_run_says_why_and_writes_nothing(capsys: pytest.CaptureFixture[str], root: Path) -> None:
    """Each report that is due with its reason."""
    code, out, _ = run(capsys, "--project", root, "build", "--dry-run")
    assert code == 0
    assert "alpha/stations: never built" in out
    assert "2 to build, 0 up to date" in out
    assert not (root / "reports").exists()


def test_a_failed_report_gives_one(capsys: pytest.CaptureFixture[str], root: Path) -> None:
    """The summary names it, with the cell and the way to its error report; the rest is done."""
    write_notebook(root / "notebooks" / "gamma.ipynb", [("code", "raise KeyError('x')", ())])
    write_params(root, "gamma/one", "{}\n")
    code, out, _ = run(capsys, "--project", root, "build", "beta", "gamma")
    assert code == 1
    assert "FAILED gamma/one in cell 1: KeyError: 'x'" in out
    assert str(root / "reports" / "gamma" / "one.error.html") in out
    assert "1 built, 1 failed" in out


@pytest.mark.parametrize(
    ("key", "content", "message"),
    [
        ("beta/x", "", "x.yaml"),
        ("beta/x", "a: 1\na: 2\n", "x.yaml: line 2"),
        ("beta/x", "word: \x00\n", "x.yaml"),
        ("beta/x", "- word\n", "params/beta/x.yaml: found a list"),
        ("beta/x", "just text\n", "params/beta/x.yaml: found text"),
        ("beta/x", "word: 3\n", "params/beta/x.yaml: word: found a whole number (3), expected text"),
        ("beta/x", "word: 2024-05-01\n", "params/beta/x.yaml: word: found a date"),
        (
            "alpha/x",
            "indicator: 5g\n",
            "params/alpha/x.yaml: indicator: found unknown '5g', expected a known indicator (the nearest of",
        ),
        ("alpha/x", "lang: fr\n", "expected one of zh, en"),
        ("gamma/x", "{}\n", "params/gamma: no notebook of that name"),
    ],
)
def test_wrong_parameters_are_said_before_anything_runs(
    capsys: pytest.CaptureFixture[str], root: Path, key: str, content: str, message: str
) -> None:
    """Exit code 2, file and place, and no report is made."""
    write_params(root, key, content)
    code, _, err = run(capsys, "--project", root, "build")
    assert code == 2
    assert message in err
    assert "start" not in err
    assert not list((root / "reports").glob("*/*.html")) if (root / "reports").exists() else True


@pytest.mark.parametrize("name", ["gamma", "alpha/none", "../x"])
def test_an_unknown_report_lists_what_there_is(capsys: pytest.CaptureFixture[str], root: Path, name: str) -> None:
    """A selection that fits nothing is a wrong call."""
    code, _, err = run(capsys, "--project", root, "build", name)
    assert code == 2
    assert "known are: alpha" in err


def test_a_damaged_notebook_is_named(capsys: pytest.CaptureFixture[str], root: Path) -> None:
    """A file that is no notebook is an error before anything runs."""
    (root / "notebooks" / "beta.ipynb").write_text("{", encoding="utf-8")
    code, _, err = run(capsys, "--project", root, "build")
    assert code == 2
    assert "beta.ipynb: line 1" in err
