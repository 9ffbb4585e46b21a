"""What `docs/scheduling.md` shows: each example is taken from there and tried as far as it can be here."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import papermill
import pytest
import yaml
from small_project import make_small_project, write_params

from compare.cli import make_parser

DOCUMENT = Path(__file__).parent.parent / "docs" / "scheduling.md"
TEXT = DOCUMENT.read_text(encoding="utf-8")
PLACE = "/srv/plans"
LONGEST = 240  # seconds for one command
POSIX = pytest.mark.skipif(os.name == "nt", reason="cron and systemd are not there")


def blocks(language: str) -> list[str]:
    """The code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def program_beside(root: Path) -> Path:
    """A project's own `.venv/bin/compare-plans`: here the program of this environment."""
    program = root / ".venv" / "bin" / "compare-plans"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m compare "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return program


def run_bare(command: str) -> subprocess.CompletedProcess[str]:
    """Run a line as cron does: by a plain shell, with next to no environment, from another folder."""
    environment = {"PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"}
    if path := os.environ.get("PYTHONPATH"):
        environment["PYTHONPATH"] = path
    return subprocess.run(
        ["/bin/sh", "-c", command],
        capture_output=True,
        text=True,
        env=environment,
        cwd="/",
        timeout=LONGEST,
        check=False,
    )


def cron_lines() -> list[str]:
    """The commands of the lines for cron, without their times."""
    (block,) = blocks("cron")
    found = [re.fullmatch(r"(?:[\d*]+ ){5}(.+)", line) for line in block.splitlines()]
    assert all(found)
    return [match[1] for match in found if match]


@POSIX
def test_the_line_for_cron_says_nothing_unless_it_fails(tmp_path: Path) -> None:
    """In an empty environment it builds in silence; with a report that fails it writes what a person needs to know."""
    root = make_small_project(tmp_path / "project")
    shutil.rmtree(root / "params" / "alpha")
    program_beside(root)
    build, changes = (line.replace(PLACE, str(root)) for line in cron_lines())
    found = run_bare(build)
    assert (found.stdout, found.stderr) == ("", "")
    assert "1 built, 0 failed" in (root / "build.log").read_text(encoding="utf-8")
    assert (root / "reports" / "index.html").is_file()
    write_params(root, "alpha/raise", "mode: raise\n")
    found = run_bare(build)
    assert "FAILED alpha/raise in cell 5: ValueError" in found.stdout
    assert "alpha/raise.error.html" in found.stdout
    assert "no earlier set" in run_bare(changes).stderr


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """`systemd-analyze verify` finds nothing wrong with the service and its timer."""
    service, timer = blocks("ini")
    program_beside(tmp_path)
    (tmp_path / "plan-reports.service").write_text(service.replace(PLACE, str(tmp_path)), encoding="utf-8")
    (tmp_path / "plan-reports.timer").write_text(timer, encoding="utf-8")
    failed = "[Service]\nType=oneshot\nExecStart=/bin/true\n"
    (tmp_path / "plan-reports-failed.service").write_text(failed, encoding="utf-8")
    command = ["systemd-analyze", "verify", "./plan-reports.service", "./plan-reports.timer"]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=LONGEST, check=False)
    assert (found.returncode, found.stderr) == (0, "")


def test_the_workflow_is_one() -> None:
    """It is YAML with the parts that a workflow has, and each of our commands in it is one."""
    (block,) = blocks("yaml")
    workflow = yaml.safe_load(block)
    assert {"cron"} == set(workflow[True]["schedule"][0]), "YAML reads the key `on` as true"
    steps = workflow["jobs"]["build"]["steps"]
    assert all(("run" in step) != ("uses" in step) for step in steps)
    commands = [step["run"] for step in steps if "compare-plans" in step.get("run", "")]
    assert len(commands) == 2
    for command in commands:
        make_parser().parse_args(command.partition(">>")[0].split()[1:])


def test_the_dag_names_what_is_there() -> None:
    """It is Python, and its notebooks, parameter files and commands are those of this project."""
    (block,) = blocks("python")
    tree = ast.parse(block)
    (keys,) = (
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "NOTEBOOKS"
    )
    root = DOCUMENT.parent.parent
    for key in keys:
        assert (root / "notebooks" / f"{key.partition('/')[0]}.ipynb").is_file()
        assert (root / "params" / f"{key}.yaml").is_file()
    (command,) = re.findall(r'bash_command="compare-plans ([^"]+)"', block)
    make_parser().parse_args(command.split())


@pytest.mark.filterwarnings("ignore")  # of papermill and the kernel client, which runs in this process here
def test_papermill_runs_a_notebook_with_our_parameters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the operator calls: the notebook runs from the project folder, and its pictures are in it."""
    root = make_small_project(tmp_path / "project")
    write_params(root, "alpha/stations", "indicator: 5g_base_stations\nlang: en\n")
    monkeypatch.chdir(root)
    notebook = papermill.execute_notebook(
        str(root / "notebooks" / "alpha.ipynb"),
        str(tmp_path / "out.ipynb"),
        parameters=yaml.safe_load((root / "params" / "alpha" / "stations.yaml").read_text(encoding="utf-8")),
        kernel_name="python3",
        language="python",
        progress_bar=False,
    )
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert any("image/png" in output.get("data", {}) for output in outputs)
    assert not [output for output in outputs if output.output_type == "error"]
    assert (root / "figures" / "drafts" / "alpha").is_dir()
    assert not (root / "reports").exists()


def test_every_exit_code_is_told() -> None:
    """The codes of the program's own help, and those of signals."""
    told = re.findall(r"^\| ([\d, −]+) \|", TEXT, re.MULTILINE)
    assert told == ["0", "1", "2", "130, 143", "137, −9"]
