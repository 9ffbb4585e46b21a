"""One report into a folder of one's own, nothing published: for trying a notebook, and for its tests."""

from __future__ import annotations

from pathlib import Path

from compare.runs.files import make_folder
from compare.runs.jobs import Job, find_jobs
from compare.runs.known import load_parameters
from compare.runs.orders import Limits, Order, Outcome


def run_report(root: Path, notebook: str, case: str, out: Path, *, timeout: float = 600.0) -> Outcome:
    """Run one report into a folder, just as a build does, and publish nothing.

    Args:
        root: the project folder.
        notebook: name of the notebook.
        case: name of the parameter file.
        out: where it writes: `run.ipynb` (executed), `page.html`, `report.json`, `files/` with figures and data; or
            `failure.html`.
        timeout: seconds that it may take.

    Returns:
        How it ended.

    Raises:
        CompareError: an unknown name or wrong parameters.
    """
    from compare.runs.pool import run_all

    (job,) = find_jobs(root, [Job(notebook, case).key])
    parameters = load_parameters(root, [job])
    folder = make_folder(out).resolve()
    outcomes: list[Outcome] = []
    run_all(
        [Order(job.key, (root / job.notebook_file).resolve(), parameters[job.key], folder)],
        jobs=1,
        limits=Limits(timeout),
        on_start=lambda _: None,
        on_end=lambda _, outcome: outcomes.append(outcome),
    )
    return outcomes[0]
