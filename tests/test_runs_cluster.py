"""The same work on a cluster: a real scheduler and real workers on this machine, one of them killed in the middle."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from small_project import make_small_project, write_notebook, write_params, write_plan

import compare
from compare.runs import remote
from compare.runs.cluster import Lost
from compare.runs.orders import FAILURE, Limits, Order, Outcome
from compare.runs.versions import describe_software, differences, required_packages

LONGEST = 240  # seconds for one command, on a machine that is busy with other tests
PACKAGE = Path(compare.__file__).parent
pytestmark = pytest.mark.skipif(importlib.util.find_spec("distributed") is None, reason="dask is not installed")


@dataclass(frozen=True, slots=True)
class Grid:
    """A scheduler with its workers.

    Attributes:
        address: of the scheduler.
        folder: where their logs are.
        workers: the processes: the first under a nanny that starts it anew, the second alone.
    """

    address: str
    folder: Path
    workers: tuple[subprocess.Popen[bytes], ...]


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grid]:
    """A scheduler and two workers with a thread each."""
    folder = tmp_path_factory.mktemp("cluster")
    with (
        start_scheduler(folder) as (address, _),
        start_worker(folder, "first", address, "--nanny") as first,
        start_worker(folder, "second", address) as last,
    ):
        yield Grid(address, folder, (first, last))


@contextmanager
def start_scheduler(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A scheduler that answers, with its address."""
    file = folder / "scheduler.json"
    arguments = ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", file]
    with start_dask(folder / "scheduler.log", arguments) as process:
        wait_for(lambda: file.exists() and file.stat().st_size > 0)
        yield json.loads(file.read_text(encoding="utf-8"))["address"], process


@contextmanager
def start_dask(log: Path, arguments: list[object], **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of dask while it is needed."""
    command = [sys.executable, "-m", "dask", *map(str, arguments)]
    with log.open("wb") as file:
        process = subprocess.Popen(
            command, stdout=file, stderr=subprocess.STDOUT, env={**os.environ, **environment}, cwd=log.parent
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def start_worker(
    folder: Path, name: str, address: str, nanny: str = "--no-nanny", nthreads: int = 1, **environment: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A worker that has found its scheduler."""
    place = folder / name
    place.mkdir()
    arguments = [
        "worker",
        address,
        nanny,
        "--death-timeout",
        60,
        "--nthreads",
        nthreads,
        "--no-dashboard",
        "--local-directory",
        place,
    ]
    log = folder / f"{name}.log"
    with start_dask(log, [*arguments, "--name", name], **environment) as process:
        wait_for(lambda: b"Registered to" in log.read_bytes())
        yield process


def wait_for(condition: Callable[[], bool], seconds: float = 120) -> None:
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.1)


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program on a project."""
    command = [sys.executable, "-m", "compare", "--project", str(root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=LONGEST, check=False)


def files_of(folder: Path) -> dict[str, bytes]:
    """All files of a folder but what holds times."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in ("build.json", ".lock")
    }


def test_plans_are_read_by_the_workers(grid: Grid, tmp_path: Path) -> None:
    """The tables are to the byte those of this machine, and a plan that cannot be read is named by its own place."""
    root = make_small_project(tmp_path)
    for number in range(20):
        write_plan(
            root, f"made-{number:02d}-2024", "340000", f"安徽省方案{number}\n\n到2026年，建成5G基站{number + 2}万个。\n"
        )
    assert run(root, "targets", "--jobs", "1").returncode == 0
    expected = files_of(root / "data" / "targets")
    shutil.rmtree(root / ".cache")
    found = run(root, "targets", "--scheduler", grid.address)
    assert (found.returncode, found.stderr) == (0, "")
    assert files_of(root / "data" / "targets") == expected
    (root / "data" / "plans" / "made-07-2024.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    found = run(root, "targets", "--scheduler", grid.address)
    assert found.returncode == 1
    assert "error: made-07-2024.txt" in found.stderr
    assert "Traceback" not in found.stderr


def test_reports_are_those_of_this_machine(grid: Grid, tmp_path: Path) -> None:
    """Pages, figures and data come back and are published here, the same bytes; a report that fails is told as ever."""
    ours, theirs = make_small_project(tmp_path / "ours"), make_small_project(tmp_path / "theirs")
    for root in (ours, theirs):
        write_params(root, "alpha/raise", "mode: raise\n")
    here = run(ours, "build", "--jobs", "1")
    there = run(theirs, "build", "--scheduler", grid.address)
    assert (here.returncode, there.returncode) == (1, 1), there.stderr
    assert "ValueError: 坏了" in there.stdout
    assert "Traceback" not in there.stderr
    for name in ("reports", "figures"):
        one, other = files_of(ours / name), files_of(theirs / name)
        assert list(one) == list(other)
        assert [path for path in one if one[path] != other[path] and not path.endswith(".error.html")] == []
    again = run(theirs, "build", "--json")
    assert json.loads(again.stdout)["up_to_date"] == ["alpha/stations", "beta/plain"], "what they have read is known"


def test_a_worker_with_other_code_is_refused(grid: Grid, tmp_path: Path) -> None:
    """One changed file of the library is enough; the worker and the difference are named, and nothing is written."""
    shutil.copytree(PACKAGE, tmp_path / "compare", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "compare" / "units.py").open("a", encoding="utf-8") as file:
        file.write("# another state\n")
    root = make_small_project(tmp_path / "project")
    with start_worker(tmp_path, "other", grid.address, PYTHONPATH=str(tmp_path)):
        found = run(root, "targets", "--scheduler", grid.address)
    assert found.returncode == 2
    assert "workers with other software" in found.stderr
    assert found.stderr.count("127.0.0.1") == 1, "the others are right"
    assert "code " in found.stderr
    assert not (root / "data" / "targets").exists()


def test_a_worker_without_the_project_is_refused(grid: Grid, tmp_path: Path) -> None:
    """It is said that the project is not installed there."""
    (tmp_path / "bare" / "compare").mkdir(parents=True)
    (tmp_path / "bare" / "compare" / "__init__.py").write_text("", encoding="utf-8")
    root = make_small_project(tmp_path / "project")
    with start_worker(tmp_path, "other", grid.address, PYTHONPATH=str(tmp_path / "bare")):
        found = run(root, "build", "--scheduler", grid.address)
    assert found.returncode == 2
    assert "not installed there" in found.stderr
    assert "Traceback" not in found.stderr


SLOW = """import time
import uuid
from pathlib import Path
import compare
from compare import runs
report = runs.start_report(compare.open(), "slow")"""
MARK = 'Path(marks, f"{word}-{uuid.uuid4()}").touch()\ntime.sleep(4)'


def test_a_worker_that_is_killed_costs_only_time(grid: Grid, tmp_path: Path) -> None:
    """While both are at work, one is killed: its report is run again by the other, and all are published."""
    root = make_small_project(tmp_path / "project")
    shutil.rmtree(root / "params")
    marks = tmp_path / "marks"
    marks.mkdir()
    parameters = 'word = "a"  # a word\nmarks = ""  # a folder'
    finish = 'report.finish(title=f"报告 {word}", finding="慢。")'
    cells = [("code", parameters, ("parameters",)), *(("code", source, ()) for source in (SLOW, MARK, finish))]
    write_notebook(root / "notebooks" / "slow.ipynb", cells)
    for word in "abcd":
        write_params(root, f"slow/{word}", f"word: {word}\nmarks: {marks}\n")
    command = [sys.executable, "-m", "compare", "--project", str(root), "build", "--scheduler", grid.address]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        wait_for(lambda: len(list(marks.iterdir())) == 2, LONGEST)
        grid.workers[1].kill()
        out, err = process.communicate(timeout=LONGEST)
    assert process.returncode == 0, err
    assert "4 built, 0 failed" in out
    assert sorted(path.stem for path in (root / "reports" / "slow").glob("*.html")) == ["a", "b", "c", "d"]
    assert len(list(marks.iterdir())) == 5, "one was begun twice"


def test_a_scheduler_that_goes_away_ends_the_build(tmp_path: Path) -> None:
    """What had come back stays published, the exit code is 1, and one line says what happened."""
    root = make_small_project(tmp_path / "project")
    (root / "params" / "alpha" / "stations.yaml").unlink()
    write_params(root, "alpha/hang", "mode: hang\n")
    with start_scheduler(tmp_path) as (address, scheduler), start_worker(tmp_path, "only", address, nthreads=2):
        command = [sys.executable, "-m", "compare", "--project", str(root), "build", "--scheduler", address]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            wait_for((root / "reports" / "beta" / "plain.html").exists, LONGEST)
            scheduler.kill()
            _, err = process.communicate(timeout=LONGEST)
    assert process.returncode == 1, err
    assert "error: the scheduler is gone" in err
    assert "Traceback" not in err
    assert (root / "reports" / "beta" / "plain.html").exists()
    assert not (root / "reports" / ".staging").exists()


def test_nobody_there_is_said(tmp_path: Path) -> None:
    """An address at which no scheduler answers, and one that is none."""
    root = make_small_project(tmp_path)
    program = (
        "import sys\nfrom compare.runs import cluster\ncluster.CONNECT = 1\nfrom compare.cli import main\n"
        f"sys.exit(main(['--project', {str(root)!r}, 'targets', '--scheduler', sys.argv[1]]))"
    )
    for address in ("tcp://127.0.0.1:9", "nonsense://"):
        command = [sys.executable, "-c", program, address]
        found = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST, check=False)
        assert found.returncode == 2, found.stderr
        assert f"error: --scheduler {address}: no scheduler answers there" in found.stderr
        assert "Traceback" not in found.stderr


WITHOUT = """import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("dask", "distributed"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Absent())
from compare.cli import main
sys.exit(main(sys.argv[1:]))"""


def run_without_dask(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program where dask is not installed."""
    command = [sys.executable, "-c", WITHOUT, "--project", str(root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=LONGEST, check=False)


def test_dask_is_needed_for_the_option_alone(tmp_path: Path) -> None:
    """Without it everything works; with the option, the message says how to install it."""
    root = make_small_project(tmp_path)
    shutil.rmtree(root / "params" / "alpha")
    for arguments in (["targets"], ["build"], ["check"]):
        found = run_without_dask(root, *arguments)
        assert found.returncode == 0, found.stderr
    for arguments in (["targets"], ["build", "--force"]):
        found = run_without_dask(root, *arguments, "--scheduler", "tcp://127.0.0.1:8786")
        assert found.returncode == 2
        assert "pip install 'compare-plans[cluster]'" in found.stderr
        assert "Traceback" not in found.stderr


def test_dask_is_not_imported_without_the_option(tmp_path: Path) -> None:
    """It is installed here, and still nothing of it is loaded."""
    root = make_small_project(tmp_path)
    program = (
        "import sys\nfrom compare.cli import main\n"
        f"assert main(['--project', {str(root)!r}, 'targets']) == 0\n"
        f"assert main(['--project', {str(root)!r}, 'build', 'beta', '--json']) == 0\n"
        "print(sorted({'dask', 'distributed', 'tornado'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=LONGEST)
    assert found.stdout.splitlines()[-1] in ("[]", "['tornado']"), "tornado comes with other packages as well"


def test_software_is_described_with_all_that_is_required() -> None:
    """Python, this project, its code and every required package with its version; extras are left out."""
    found = describe_software()
    assert {"python", "compare-plans", "code", "pandas", "matplotlib", "papermill"} <= set(found)
    assert all(found.values())
    assert "distributed" not in required_packages()


def test_every_difference_is_named() -> None:
    """Versions on both sides, what is missing on one, a code hash cut short."""
    ours = {"python": "3.11.7", "code": "a" * 64, "pandas": "3.0.1", "jieba": "0.42.1"}
    theirs = {"python": "3.11.7", "code": "b" * 64, "pandas": "", "jieba": "0.42.1", "numpy": "2.0"}
    assert differences(ours, theirs) == [
        "code aaaaaaaaaaaa here, bbbbbbbbbbbb there",
        "pandas 3.0.1 here, missing there",
        "numpy missing here, 2.0 there",
    ]


class Losing:
    """Stands for a cluster that loses every worker."""

    def share(self, value: object) -> object:
        """Keeps it."""
        return value

    def as_done(
        self, _: object, tasks: Mapping[str, object], __: object, on_start: Callable[[str], None]
    ) -> Iterator[tuple[str, Lost]]:
        """Gives no result."""
        for key in tasks:
            on_start(key)
            yield key, Lost("every worker that took it was lost")


def test_a_report_at_which_all_workers_are_lost_has_failed(tmp_path: Path) -> None:
    """It has an error page, and the others go on."""
    root = make_small_project(tmp_path / "project")
    orders = []
    for case in ("a", "b"):
        (tmp_path / case).mkdir()
        orders.append(Order(f"beta/{case}", root / "notebooks" / "beta.ipynb", {}, tmp_path / case))
    ended: list[Outcome] = []
    remote.run_all(
        Losing(),  # type: ignore[arg-type]
        orders,
        limits=Limits(),
        on_start=lambda _: None,
        on_end=lambda _, outcome: ended.append(outcome),
    )
    assert [outcome.error for outcome in ended] == ["every worker that took it was lost"] * 2
    assert "every worker" in (tmp_path / "b" / FAILURE).read_text(encoding="utf-8")


def test_a_parcel_holds_the_project_and_nothing_else(tmp_path: Path) -> None:
    """Data, notebooks and parameters; not what was built; equal projects give equal bytes."""
    root = make_small_project(tmp_path / "one")
    (root / "reports").mkdir()
    (root / "reports" / "index.html").write_text("", encoding="utf-8")
    (root / "notebooks" / ".ipynb_checkpoints").mkdir()
    (root / "notebooks" / ".ipynb_checkpoints" / "alpha.ipynb").write_text("", encoding="utf-8")
    parcel = remote.pack_project(root)
    assert parcel == remote.pack_project(make_small_project(tmp_path / "two"))
    remote.unpack(parcel, tmp_path / "three")
    assert {path.name for path in (tmp_path / "three").iterdir()} == {"data", "notebooks", "params"}
    assert files_of(tmp_path / "three" / "data") == files_of(root / "data")
