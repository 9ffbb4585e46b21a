"""Speed of building reports, measured in one run beside what people do without this project.

The same notebooks with the same parameters and outputs (figures in three formats, data, a page each), made by

- a shell's loop: for each report the papermill program, then the nbconvert program;
- a pool of two processes that call papermill and nbconvert as libraries;
- that loop over copies of the notebooks with charts drawn the usual way (`naive.py`): tight bounding boxes, shown
  inline, three formats;
- `compare-plans build`, which besides writes the index and the evidence pages;

then `compare-plans build` again with nothing changed, beside a Python that does nothing and one that hashes the inputs.

    python benchmarks/builds.py [--reports N] [--jobs 2] [--skip naive ...] [--keep FOLDER]

Compare ratios, not seconds. The whole suite takes some ten minutes on two cores.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import yaml

from compare.runs import Job, find_jobs
from compare.runs.fingerprints import LIBRARY
from compare.runs.report import RUN_VARIABLE

ROOT = Path(__file__).resolve().parent.parent
AIMS = {"loop": 4.0, "pool": 1.7, "naive": 5.0}
NOTHING_CHANGED, TIMES_HASHING = 0.7, 3.0
TURNS = 7
HASH_INPUTS = """
import hashlib, os, sys
for folder in sys.argv[1:]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for name in names:
            with open(os.path.join(place, name), "rb") as file:
                hashlib.file_digest(file, "sha256")
"""


@dataclass(frozen=True)
class Setting:
    """A copy of the project to measure in, and where outputs go."""

    project: Path
    jobs: tuple[Job, ...]
    out: Path
    processes: int

    def folder(self, way: str, job: Job) -> Path:
        """An empty folder for what one way makes of one report."""
        folder = self.out / way / job.key
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder


def make_setting(folder: Path, reports: int, processes: int) -> Setting:
    """Copy the project, with as many reports as asked for, taken evenly from all of them; 0 for all."""
    project = folder / "project"
    for name in ("data", "notebooks", "params"):
        shutil.copytree(ROOT / name, project / name)
    jobs = find_jobs(project)
    step = len(jobs) / reports if reports else 1
    chosen = {jobs[int(number * step)] for number in range(reports or len(jobs))}
    for job in set(jobs) - chosen:
        (project / job.params_file).unlink()
    return Setting(project, tuple(sorted(chosen)), folder / "out", processes)


def draw_naively(setting: Setting) -> Setting:
    """The same project with notebooks that draw with `naive.py`."""
    project = setting.project.with_name("naive")
    shutil.copytree(setting.project, project, ignore=shutil.ignore_patterns("reports", "figures"))
    shutil.copy(Path(__file__).with_name("naive.py"), project / "notebooks")
    for path in (project / "notebooks").glob("*.ipynb"):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            cell["source"] = _draw_naively("".join(cell["source"]))
        path.write_text(json.dumps(notebook), encoding="utf-8")
    return Setting(project, setting.jobs, setting.out, setting.processes)


def _draw_naively(source: str) -> str:
    source = source.replace("report.show(", "figures.show(report, ")
    for line in source.splitlines():
        if line.startswith("from compare import") and "figures" in line:
            others = [name.strip() for name in line.removeprefix("from compare import").split(",")]
            others.remove("figures")
            source = source.replace(line, f"import naive as figures\nfrom compare import {', '.join(others)}")
    return source


def run_loop(setting: Setting, way: str) -> None:
    """For each report the papermill program, then the nbconvert program."""
    programs = Path(sys.executable).parent
    for job in setting.jobs:
        folder = setting.folder(way, job)
        executed = folder / "run.ipynb"
        environment = {**os.environ, RUN_VARIABLE: str(folder / "files")}
        notebook, parameters = setting.project / job.notebook_file, setting.project / job.params_file
        papermill = [programs / "papermill", notebook, executed, "-f", parameters, "--cwd", notebook.parent]
        _call([*papermill, "-k", "python3", "--no-progress-bar"], environment)
        _call([programs / "jupyter-nbconvert", "--to", "html", "--log-level", "ERROR", executed], environment)


def _call(command: Sequence[object], environment: dict[str, str]) -> None:
    words = [str(part) for part in command]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}\n{done.stderr[-3000:]}")


def run_pool(setting: Setting, way: str) -> None:
    """A pool of processes that call papermill and nbconvert as libraries."""
    tasks = [(setting.project, job, setting.folder(way, job)) for job in setting.jobs]
    with ProcessPoolExecutor(setting.processes, mp_context=get_context("spawn")) as pool:
        list(pool.map(_make_one, tasks))


def _make_one(task: tuple[Path, Job, Path]) -> None:
    import papermill
    from nbconvert import HTMLExporter

    project, job, folder = task
    os.environ[RUN_VARIABLE] = str(folder / "files")
    notebook = project / job.notebook_file
    parameters = yaml.safe_load((project / job.params_file).read_text(encoding="utf-8"))
    executed = papermill.execute_notebook(
        str(notebook), str(folder / "run.ipynb"), parameters, kernel_name="python3", progress_bar=False,
        cwd=str(notebook.parent),
    )  # fmt: skip
    page, _ = HTMLExporter().from_notebook_node(executed)  # type: ignore[no-untyped-call]
    (folder / "run.html").write_text(page, encoding="utf-8")


def run_ours(setting: Setting, way: str) -> None:
    """`compare-plans build`."""
    del way
    _call(_ours(setting), dict(os.environ))


def _ours(setting: Setting) -> list[object]:
    return [sys.executable, "-m", "compare", "--project", setting.project, "build", "--jobs", setting.processes]


def measure(run: Callable[[], None]) -> float:
    """Seconds that something takes."""
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def measure_nothing_changed(setting: Setting) -> None:
    """A build with nothing to do, beside Python's start and beside reading and hashing the inputs.

    Python may keep its compiled modules, as in any installation; a setting that forbids it is not passed on.
    """
    inputs = [setting.project / name for name in ("data", "notebooks", "params")]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    plain = [sys.executable, "-c", "pass"]
    hashing = [sys.executable, "-c", HASH_INPUTS, *inputs, LIBRARY]
    _call(_ours(setting), environment)  # compiles what is not, and notes what it finds whole
    times: dict[str, list[float]] = {"python -c pass": [], "python, hashing the inputs": [], "nothing changed": []}
    for _ in range(TURNS):
        for name, run in zip(
            times,
            (
                lambda: _call(plain, environment),
                lambda: _call(hashing, environment),
                lambda: _call(_ours(setting), environment),
            ),
            strict=True,
        ):
            times[name].append(measure(run))
    middle = {name: statistics.median(found) for name, found in times.items()}
    for name, seconds in middle.items():
        print(f"{name:32} {seconds:8.3f} s")
    seconds, ratio = middle["nothing changed"], middle["nothing changed"] / middle["python, hashing the inputs"]
    print(f"{'':32} {_judge(seconds <= NOTHING_CHANGED)} under {NOTHING_CHANGED} s")
    print(f"{'':32} {_judge(ratio <= TIMES_HASHING)} {ratio:.1f} times hashing, aim: at most {TIMES_HASHING:g}")


def _judge(is_reached: bool) -> str:  # noqa: FBT001 — the only thing that it judges
    return "reached:" if is_reached else "NOT REACHED:"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=0, help="so many of the reports, evenly taken (default: all)")
    parser.add_argument("--jobs", type=int, default=2, help="reports at a time in the pool and in ours")
    parser.add_argument("--skip", nargs="*", default=[], choices=sorted(AIMS), help="ways not to measure")
    parser.add_argument("--keep", type=Path, help="a new folder to work in, which stays")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        setting = make_setting(folder, options.reports, options.jobs)
        ways = {"loop": (run_loop, setting), "pool": (run_pool, setting), "naive": (run_loop, draw_naively(setting))}
        ours = measure(lambda: run_ours(setting, "ours"))
        count = len(setting.jobs)
        print(f"{count} reports, {options.jobs} at a time\n")
        print(f"{'ours':32} {ours:8.1f} s {ours / count:7.2f} a report", flush=True)
        for way, (run, where) in ways.items():
            if way in options.skip:
                continue
            seconds = measure(lambda: run(where, way))  # noqa: B023 — called at once
            ratio, aim = seconds / ours, AIMS[way]
            told = f"{ratio:.2f} times ours, aim {aim:g}: {_judge(ratio >= aim).rstrip(':').lower()}"
            print(f"{way:32} {seconds:8.1f} s {seconds / count:7.2f} a report   {told}", flush=True)
        print()
        measure_nothing_changed(setting)


if __name__ == "__main__":
    main()
