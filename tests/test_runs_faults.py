"""What goes wrong while reports are built with nobody watching, made to happen: what is published stays whole."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_project import make_small_project, write_notebook, write_params
from test_runs_build import broken_links, build, is_hidden, processes_of, reasons, wait_for
from test_runs_files import hold_lock

from compare.errors import OutputError, ParameterError
from compare.project.digests import hash_file
from compare.runs.failures import hide_places
from compare.runs.manifest import NAME, read_manifest

START = "import compare\nfrom compare import runs\nreport = runs.start_report(compare.open(), 'n')"
SHOW = "import pandas as pd\nreport.table(pd.DataFrame({'value': [size] * 40}), 'values')"
FINISH = "report.finish(title=f'表 {size}', finding='一张表。')"
EAT = "held = []\nwhile True:\n    held.append(b'x' * 40_000_000)"
LOSE = "import numpy, pathlib\npathlib.Path(project_file).read_text()\n"
KILLS = 5
MOUNT, UNMOUNT = (shutil.which(name) or name for name in ("mount", "umount"))


def make_project(root: Path, **cells: str) -> Path:
    """A project whose reports are small and quick; a further cell makes a notebook of that name."""
    make_small_project(root)
    shutil.rmtree(root / "params")
    for name, further in {"good": "", **cells}.items():
        code = [START, further, SHOW, FINISH]
        listed = [("code", "size = 1  # a number", ("parameters",)), *(("code", part, ()) for part in code if part)]
        write_notebook(root / "notebooks" / f"{name}.ipynb", listed)
        write_params(root, f"{name}/a", "{}\n")
    return root


def published(root: Path) -> dict[str, str]:
    """What a visitor can see: hashes of all files by name, without the build's own notes."""
    files = (path for name in ("reports", "figures") for path in (root / name).rglob("*") if path.is_file())
    seen = (path.relative_to(root) for path in files)
    return {name.as_posix(): hash_file(root / name) for name in seen if not is_hidden(name) and name.name != NAME}


def test_a_report_that_takes_too_much_memory_is_ended(tmp_path: Path) -> None:
    """With its cell and what it took in the error report; the others are made."""
    root = make_project(tmp_path, eats=EAT)
    result = build(root, memory=900_000_000, timeout=60)
    assert result.built == ("good/a",)
    (failed,) = result.failed
    assert (failed.key, failed.cell) == ("eats/a", 3)
    assert "of memory, more than the 900 MB that one report may take" in failed.error
    assert "held.append" in (root / "reports" / "eats" / "a.error.html").read_text(encoding="utf-8")
    assert processes_of(root) == []


def test_a_build_waits_for_another_as_long_as_it_is_told(tmp_path: Path) -> None:
    """Then it says so and leaves; where the other ends in time, it begins, and has said whom it waited for."""
    root = make_project(tmp_path)
    lock = root / "reports" / ".lock"
    lock.parent.mkdir()
    heard: list[object] = []
    with hold_lock(lock) as process:
        with pytest.raises(OutputError, match=rf"process {process.pid} .* after waiting 0\.3 s"):
            build(root, wait=0.3)
        threading.Timer(1.0, lambda: process.communicate("")).start()
        assert build(root, wait=60.0, progress=heard.append).built == ("good/a",)
    assert f"process {process.pid}" in str(heard[0])
    assert "waiting" in str(heard[0])


def test_error_pages_do_not_tell_where_they_were_made(tmp_path: Path) -> None:
    """Neither the project's folder nor that of Python: in the page, the index and `build.json`."""
    root = make_project(tmp_path, lost=f"project_file = compare.open().root / 'data' / 'gone.txt'\n{LOSE}")
    write_params(root, "lost/b", "size: 2\n")
    result = build(root)
    assert "No such file or directory: 'data/gone.txt'" in result.failed[0].error
    for name in ("reports/lost/a.error.html", "reports/index.html", "reports/build.json"):
        text = (root / name).read_text(encoding="utf-8")
        assert str(root) not in text
        assert sys.prefix not in text
        assert str(Path.home()) not in text


def test_places_are_hidden_wherever_they_stand() -> None:
    """Also where one is part of another."""
    root = Path(sys.prefix) / "project"
    text = f'File "{root}/data/a.txt", {root}, {sys.prefix}/bin/python, {Path.home()}/x'
    assert hide_places(text, root).startswith('File "data/a.txt", ., ')
    assert str(Path.home()) not in hide_places(text, root)
    assert sys.prefix not in hide_places(text, root)


def test_a_report_that_failed_is_tried_again(tmp_path: Path) -> None:
    """By every build, because the cause may lie outside of the project; the reason says so."""
    root = make_project(tmp_path, bad="1 / 0")
    build(root)
    assert reasons(root)["bad/a"] == ("failed last time, and is tried again",)
    assert [item.key for item in build(root).failed] == ["bad/a"]


def test_nothing_stays_of_a_notebook_that_is_gone(tmp_path: Path) -> None:
    """Neither its reports nor its error reports; a folder of somebody else does."""
    root = make_project(tmp_path, extra="pass", bad="1 / 0")
    build(root)
    assert {"extra", "bad"} <= {path.name for path in (root / "reports").iterdir()}
    mine = root / "reports" / "mine" / "page.html"
    mine.parent.mkdir()
    mine.write_text("mine", encoding="utf-8")
    for name in ("extra", "bad"):
        (root / "notebooks" / f"{name}.ipynb").unlink()
        shutil.rmtree(root / "params" / name)
    build(root)
    assert not {"extra", "bad"} & {path.name for path in (root / "reports").iterdir()}
    assert mine.exists()


def test_reports_that_leave_something_behind_harm_no_other(tmp_path: Path) -> None:
    """Patched modules, a changed folder, a thread that does not end, a process that stays, a silent exit."""
    root = make_project(
        tmp_path,
        a_patch="import json, os\njson.dumps = None\nos.chdir('/')\nos.environ['LANG'] = 'x'",
        b_thread="import threading, time\nthreading.Thread(target=time.sleep, args=(600,)).start()",
        c_process="import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])",
        d_exit="import os\nos._exit(0)",
        e_closed="import sys\nsys.stdout.close()\nsys.stderr = None",
    )
    result = build(root, jobs=1, timeout=60)
    errors = {item.key: item.error for item in result.failed}
    assert errors["d_exit/a"] == "its process ended early with exit code 0"
    assert set(errors) <= {"a_patch/a", "d_exit/a", "e_closed/a"}
    assert "good/a" in result.built
    assert broken_links(root / "reports") == []
    wait_for(lambda: not processes_of(root), 20)


@pytest.mark.skipif(os.name == "nt", reason="kills processes as Windows does not")
def test_a_build_killed_at_any_moment_leaves_a_whole_set(tmp_path: Path) -> None:
    """All links resolve and each file is one that a build meant; the next build ends as an undisturbed one."""
    root = make_project(tmp_path / "killed", more="")
    calm = make_project(tmp_path / "calm", more="")
    meant: set[str] = set()
    for size in (1, 2):
        for project in (root, calm):
            for name in ("good", "more"):
                write_params(project, f"{name}/a", f"size: {size}\n")
        build(calm)
        meant |= set(published(calm).values())
        build(root) if size == 1 else None
    chance = random.Random(7)  # noqa: S311 — only to be the same each time
    for _ in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-m", "compare", "--project", str(root), "build", "--force"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0.3, 6.0))
        process.kill()
        process.wait()
        wait_for(lambda: not processes_of(root), 20)
        assert broken_links(root / "reports") == []
        partial = {name for name, hashed in published(root).items() if hashed not in meant}
        assert {name for name in partial if name.endswith((".html", ".csv")) and "index" not in name} == set()
    build(root)
    assert published(root) == published(calm)
    assert not list(root.rglob("*.partial"))


def test_a_figure_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """Something in its place: the message says where, and the published pages stay as they were."""
    root = make_project(tmp_path)
    build(root)
    before = {name: hashed for name, hashed in published(root).items() if name.startswith("reports/")}
    target = root / "figures" / "good" / "a" / "values.csv"
    target.unlink()
    (target / "in the way").mkdir(parents=True)
    with pytest.raises(OutputError, match=r"figures/good/a/values\.csv: cannot be read: Is a directory"):
        build(root)
    assert {name: hashed for name, hashed in published(root).items() if name.startswith("reports/")} == before
    shutil.rmtree(target)
    assert build(root).built == ("good/a",)


def test_a_dry_run_checks_parameters_and_builds_nothing(tmp_path: Path) -> None:
    """So that it can stand before a nightly build."""
    root = make_project(tmp_path)
    command = [sys.executable, "-m", "compare", "--project", str(root), "build", "--dry-run"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)
    assert shown.stdout == "good/a: never built\n1 to build, 0 up to date\n"
    write_params(root, "good/a", "siez: 2\n")
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert "params/good/a.yaml: siez: found an unknown parameter" in refused.stderr
    assert not (root / "reports" / "good").exists()
    with pytest.raises(ParameterError):
        build(root)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a file system of its own with 24 MB; skipped where this user cannot mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = [MOUNT, "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("file systems can be mounted by the administrator of a Linux machine only")
    yield folder
    subprocess.run([UNMOUNT, "-l", str(folder)], check=True)


def test_a_full_disk_leaves_the_last_set(small_disk: Path) -> None:
    """The message says what is missing, all pages are as they were, and with room again the build goes on."""
    root = make_project(small_disk)
    build(root)
    before = published(root)
    write_params(root, "good/a", "size: 2\n")
    filler = small_disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    with pytest.raises(OutputError, match="No space left"):
        build(root)
    assert published(root) == before
    assert broken_links(root / "reports") == []
    assert not (root / "reports" / ".staging").exists()
    filler.unlink()
    assert build(root).built == ("good/a",)
    assert "表 2" in (root / "reports" / "good" / "a.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["reports", "figures"])
def test_a_folder_that_may_only_be_read_is_named(small_disk: Path, name: str) -> None:
    """Before any report runs, and nothing changes."""
    root = make_project(small_disk)
    build(root)
    before = published(root)
    write_params(root, "good/a", "size: 2\n")
    folder = str(root / name)
    subprocess.run([MOUNT, "--bind", folder, folder], check=True)
    subprocess.run([MOUNT, "-o", "remount,ro,bind", folder], check=True)
    try:
        with pytest.raises(OutputError, match=rf"{name}\b.*Read-only file system"):
            build(root)
        assert published(root) == before
    finally:
        subprocess.run([UNMOUNT, "-l", folder], check=True)


def test_what_cannot_be_written_is_said_without_a_traceback(tmp_path: Path) -> None:
    """By the program, with exit code 2."""
    root = make_project(tmp_path)
    (root / "reports").write_text("in the way", encoding="utf-8")
    command = [sys.executable, "-m", "compare", "--project", str(root), "build"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert "Traceback" not in done.stderr


def test_the_manifest_knows_the_failures_and_the_good(tmp_path: Path) -> None:
    """A report that fails after it was made keeps what it was made from, so that nothing stale is taken for new."""
    root = make_project(tmp_path)
    build(root)
    made = read_manifest(root / "reports").entries["good/a"]
    write_params(root, "good/a", "size: null\n")
    with pytest.raises(ParameterError):
        build(root)
    assert read_manifest(root / "reports").entries["good/a"] == made
