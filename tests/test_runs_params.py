"""Parameters of reports: read from the notebook's cell, checked before anything runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compare.errors import InputError, ParameterError, UnknownNameError
from compare.runs.jobs import find_jobs
from compare.runs.params import check_values, read_parameters

KNOWN = {"indicator": ("5g_base_stations", "compute_capacity"), "region": ("340000", "350000"), "lang": ("zh", "en")}


def write_notebook(path: Path, source: str, tags: tuple[str, ...] = ("parameters",)) -> Path:
    """A notebook of one cell."""
    cell = {
        "cell_type": "code",
        "metadata": {"tags": list(tags)},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")
    return path


def problems(tmp_path: Path, cell: str, values: dict[object, object]) -> list[str]:
    """What is wrong with some values for a notebook with this parameters cell."""
    parameters = read_parameters(write_notebook(tmp_path / "n.ipynb", cell))
    return [str(problem) for problem in check_values(values, parameters, KNOWN, "params/n/x.yaml")]  # type: ignore[arg-type]


def test_parameters_are_the_assignments_of_the_tagged_cell(tmp_path: Path) -> None:
    """Each line gives a name, a default, its types and the closed list that its comment states."""
    lines = (
        '"""What to show."""',
        'indicator = "a"  # indicator id',
        "year: int | None = None  # year",
        'size = "page"',
    )
    cell = "\n".join(lines) + "  # one of: page, slide"
    parameters = read_parameters(write_notebook(tmp_path / "n.ipynb", cell))
    assert list(parameters) == ["indicator", "year", "size"]
    assert parameters["year"].types == ("int", "None")
    assert parameters["size"].allowed == ("page", "slide")


def test_a_notebook_without_the_cell_takes_no_parameters(tmp_path: Path) -> None:
    """No tagged cell means that nothing can be set."""
    assert read_parameters(write_notebook(tmp_path / "n.ipynb", "x = 1", tags=())) == {}


@pytest.mark.parametrize(
    ("cell", "values", "message"),
    [
        (
            'lang = "zh"',
            {"langue": "zh"},
            "langue: found an unknown parameter, expected one of lang (did you mean 'lang'?)",
        ),
        ("n = 5  # rows", {"n": "five"}, "n: found text ('five'), expected a whole number"),
        ("n = 5  # rows", {"n": True}, "n: found true or false (True), expected a whole number"),
        (
            'region = "340000"',
            {"region": 340000},
            "found a whole number (340000), expected text; write it in quotes: '340000'",
        ),
        ('indicator = "x"', {"indicator": "5g_base_station"}, "expected one of 5g_base_stations, compute_capacity"),
        ('indicator = "x"', {"indicator": "5g_base_station"}, "(did you mean '5g_base_stations'?)"),
        ('regions = ["340000"]', {"regions": ["340000", "999999"]}, "regions: found unknown '999999'"),
        ('regions = ["340000"]', {"regions": [340000]}, "in the list, expected every member to be text"),
        ("year = 0  # of the targets", {"year": 20225}, "year: found 20225, expected a year from 1990 to 2100"),
        ('size = "page"  # one of: page, slide', {"size": "poster"}, "expected one of page, slide"),
        ("share: float = 0.5", {"share": None}, "found nothing, expected a number"),
        ("x = 1", {2: 1}, "2: found an unknown parameter"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(
    tmp_path: Path, cell: str, values: dict[object, object], message: str
) -> None:
    """Name, file, what was found and what is expected stand in the message."""
    (found,) = problems(tmp_path, cell, values)
    assert found.startswith("params/n/x.yaml: ")
    assert message in found


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("share = 0.5", {"share": 1}),
        ("year: int | None = None", {"year": None}),
        ("year = 0", {"year": 0}),
        ('region = ""  # all', {"region": ""}),
        ("regions: list[str] = []", {"regions": ["340000"]}),
        ('lang = "zh"', {}),
    ],
)
def test_a_right_value_passes(tmp_path: Path, cell: str, values: dict[object, object]) -> None:
    """Whole numbers serve as numbers, declared None as nothing, the empty text where it is the default."""
    assert problems(tmp_path, cell, values) == []


@pytest.mark.parametrize("cell", ["import os", "x = len('a')", "x, y = 1, 2", "x: int"])
def test_a_parameters_cell_holds_literal_assignments_only(tmp_path: Path, cell: str) -> None:
    """Anything else is an error with file and line."""
    with pytest.raises(ParameterError, match=r"n\.ipynb: parameters cell, line 1"):
        read_parameters(write_notebook(tmp_path / "n.ipynb", cell))


@pytest.mark.parametrize("content", ["", "{", '{"cells": 3}', "[1]", '{"cells": [1]}'])
def test_a_file_that_is_no_notebook_is_an_input_error(tmp_path: Path, content: str) -> None:
    """The message names the file; no traceback of json reaches the caller."""
    path = tmp_path / "n.ipynb"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"n\.ipynb"):
        read_parameters(path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with two notebooks, one of them with two parameter files."""
    write_notebook(tmp_path / "notebooks" / "alpha.ipynb", "x = 1")
    write_notebook(tmp_path / "notebooks" / "beta.ipynb", "x = 1")
    (tmp_path / "params" / "alpha").mkdir(parents=True)
    for name in ("one", "two"):
        (tmp_path / "params" / "alpha" / f"{name}.yaml").write_text("{}", encoding="utf-8")
    return tmp_path


def test_reports_are_the_parameter_files(folder: Path) -> None:
    """One report for each file, each once, also where it is asked for twice."""
    assert [job.key for job in find_jobs(folder)] == ["alpha/one", "alpha/two"]
    assert [job.key for job in find_jobs(folder, ["alpha/two", "alpha", "alpha/two"])] == ["alpha/one", "alpha/two"]


@pytest.mark.parametrize(
    ("name", "error"), [("gamma", UnknownNameError), ("alpha/three", UnknownNameError), ("beta", ParameterError)]
)
def test_a_selection_that_fits_nothing_is_an_error(folder: Path, name: str, error: type[Exception]) -> None:
    """An unknown notebook, an unknown case, a notebook without parameter files."""
    with pytest.raises(error):
        find_jobs(folder, [name])


@pytest.mark.parametrize("name", ["Upper", "with space", "数字", "x.error"])
def test_a_case_name_must_serve_as_an_address(folder: Path, name: str) -> None:
    """Names become parts of links, so only plain ones are taken."""
    (folder / "params" / "alpha" / f"{name}.yaml").write_text("{}", encoding="utf-8")
    with pytest.raises(ParameterError, match="expected lower-case"):
        find_jobs(folder)


def test_other_things_between_parameter_files_are_named(folder: Path) -> None:
    """A wrong ending or a folder without its notebook is an error; hidden and backup files are no reports."""
    for name in (".hidden", "one.yaml~"):
        (folder / "params" / "alpha" / name).write_text("", encoding="utf-8")
    assert len(find_jobs(folder)) == 2
    (folder / "params" / "alpha" / "x.yml").write_text("{}", encoding="utf-8")
    with pytest.raises(ParameterError, match=r"params/alpha/x\.yml: found the ending '\.yml'"):
        find_jobs(folder)
    (folder / "params" / "alpha" / "x.yml").unlink()
    (folder / "params" / "gamma").mkdir()
    with pytest.raises(ParameterError, match="params/gamma: no notebook of that name"):
        find_jobs(folder)
