"""A build: which reports are out of date, each of them run and published, and the pages around them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import compare
from compare.runs import files, publish
from compare.runs.fingerprints import describe_change, hash_file, hash_mapping, job_inputs, shared_inputs
from compare.runs.jobs import Job, find_jobs
from compare.runs.manifest import Entry, Manifest, damaged_files, read_manifest, write_manifest
from compare.runs.orders import Order, Outcome
from compare.runs.progress import Begun, Closed, Ended, Listener, Noted, Started, ignore

SiteWriter = Callable[[Path, Manifest], dict[str, str]]


@dataclass(frozen=True, slots=True)
class Task:
    """One report of a build.

    Attributes:
        job: which report.
        inputs: hashes of what it is made from.
        reasons: why it is out of date; empty where it is not.
    """

    job: Job
    inputs: dict[str, str]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BuildResult:
    """How a build went.

    Attributes:
        built: keys of the reports that were made.
        failed: outcomes of those that could not be made.
        current: keys of those that were up to date.
        seconds: how long all took.
        index: the index of the reports.
    """

    built: tuple[str, ...]
    failed: tuple[Outcome, ...]
    current: tuple[str, ...]
    seconds: float
    index: Path
    entries: dict[str, Entry] = field(default_factory=dict, repr=False)


def plan_build(root: Path, selection: Sequence[str] = (), *, force: bool = False) -> tuple[Task, ...]:
    """Find which reports are out of date, and why.

    Args:
        root: the project folder.
        selection: `notebook` or `notebook/case`; nothing selects everything.
        force: whether all count as out of date.

    Raises:
        CompareError: an unknown name, or an input that cannot be read.
    """
    jobs = find_jobs(root, selection)
    manifest = read_manifest(root / publish.REPORTS)
    shared = shared_inputs(root)
    seen: dict[tuple[int, int], str] = {}
    tasks = []
    for job in jobs:
        inputs = job_inputs(root, job, shared)
        reasons = (["forced"] if force else []) + _reasons(job, inputs, manifest)
        reasons = reasons or damaged_files(root, manifest.entries[job.key].files, seen)
        tasks.append(Task(job, inputs, tuple(reasons)))
    return tuple(tasks)


def _reasons(job: Job, inputs: dict[str, str], manifest: Manifest) -> list[str]:
    """Why a report must be made again, as far as its inputs and its last run tell."""
    entry = manifest.entries.get(job.key)
    if entry is None:
        return ["never built"]
    reasons = ["failed last time"] if entry.failure else []
    if entry.assets and entry.inputs != hash_mapping(inputs):
        before = manifest.inputs.get(entry.inputs)
        reasons += describe_change(before, inputs) if before else ["its inputs changed"]
    return reasons


def build(
    root: Path,
    selection: Sequence[str] = (),
    *,
    force: bool = False,
    jobs: int | None = None,
    timeout: float = 600.0,
    progress: Listener = ignore,
    site: SiteWriter | None = None,
) -> BuildResult:
    """Make the reports that are out of date, and the pages around them.

    Parameters of all selected reports are checked before any of them runs. One that fails neither stops nor spoils
    the others.

    Args:
        root: the project folder.
        selection: `notebook` or `notebook/case`; nothing selects everything.
        force: make all that are selected.
        jobs: how many reports at a time; by default one for each processor.
        timeout: seconds that one report may take.
        progress: what is told of what happens.
        site: writes the pages around the reports and gives back their hashes; it writes the index last.

    Raises:
        CompareError: wrong names or parameters, unreadable inputs, folders that cannot be written, another build at
            work. Nothing was started then.
    """
    begin = time.monotonic()
    reports = root / publish.REPORTS
    find_jobs(root, selection)
    files.require_writable(reports)
    with files.build_lock(reports / ".lock") as interrupted:
        publish.clear_staging(root)
        if interrupted:
            progress(Noted("the last build was interrupted; what it finished is kept"))
        tasks = plan_build(root, selection, force=force)
        due = [task for task in tasks if task.reasons]
        current = tuple(task.job.key for task in tasks if not task.reasons)
        outcomes: list[Outcome] = []
        if due:
            orders = _order(root, due)
            progress(Begun(len(due), len(current)))
            outcomes = _run(root, orders, jobs, timeout, progress)
        manifest = _finish(root, site)
    failed = tuple(outcome for outcome in outcomes if outcome.error)
    built = tuple(outcome.key for outcome in outcomes if not outcome.error)
    seconds = time.monotonic() - begin
    return BuildResult(built, failed, current, seconds, reports / "index.html", manifest.entries)


def _order(root: Path, due: Sequence[Task]) -> dict[str, tuple[Task, Order]]:
    """What to run for each report that is due; its parameters are right, and its files can be written."""
    from compare.runs.known import load_parameters

    files.require_writable(root / publish.FIGURES)
    parameters = load_parameters(root, [task.job for task in due])
    orders = {}
    for task in due:
        job = task.job
        folder = publish.staging_folder(root, job)
        orders[job.key] = task, Order(job.key, root / job.notebook_file, parameters[job.key], folder)
    return orders


def _run(
    root: Path, orders: dict[str, tuple[Task, Order]], jobs: int | None, timeout: float, progress: Listener
) -> list[Outcome]:
    from compare.runs.pool import default_jobs, run_all

    outcomes: list[Outcome] = []

    def end(order: Order, outcome: Outcome) -> None:
        _publish(root, orders[order.key][0], order, outcome)
        outcomes.append(outcome)
        progress(Ended(outcome))

    try:
        run_all(
            [order for _, order in orders.values()],
            jobs=jobs or default_jobs(),
            timeout=timeout,
            on_start=lambda order: progress(Started(order.key)),
            on_end=end,
        )
    finally:
        progress(Closed())
        publish.clear_staging(root)
    return sorted(outcomes, key=lambda outcome: outcome.key)


def _publish(root: Path, task: Task, order: Order, outcome: Outcome) -> None:
    reports = root / publish.REPORTS
    manifest = read_manifest(reports)
    if outcome.error:
        entry = publish.publish_failure(root, task.job, order.folder, outcome, manifest.entries.get(order.key))
        manifest = manifest.with_entry(order.key, entry)
    else:
        entry = publish.publish_report(root, task.job, order.folder, outcome, hash_mapping(task.inputs))
        manifest = manifest.with_entry(order.key, entry, task.inputs)
    write_manifest(reports, manifest.only(set(manifest.entries)), compare.__version__)


def _finish(root: Path, site: SiteWriter | None) -> Manifest:
    """Write the pages around the reports where they are out of date, then remove what nothing refers to."""
    reports = root / publish.REPORTS
    before = read_manifest(reports)
    manifest = before.only({job.key for job in find_jobs(root)})
    if site is not None:
        inputs = _site_inputs(root, manifest)
        whole = before.site.get("inputs") == inputs and not damaged_files(root, before.site.get("files", {}), {})
        if not whole:
            manifest = replace(manifest, site={"inputs": inputs, "files": site(root, manifest)})
    if manifest != before:
        write_manifest(reports, manifest, compare.__version__)
    publish.sweep(root, manifest)
    return manifest


def _site_inputs(root: Path, manifest: Manifest) -> str:
    """Hash of what the pages around the reports are made from."""
    shown: dict[str, object] = {
        key: [
            entry.title,
            entry.finding,
            entry.assets,
            entry.figures,
            entry.tables,
            entry.downloads,
            str(entry.failure),
        ]
        for key, entry in manifest.entries.items()
    }
    notebooks = {path.name: hash_file(path) for path in sorted((root / "notebooks").glob("*.ipynb"))}
    states = report_states(root, manifest)
    return hash_mapping({"shared": shared_inputs(root), "reports": shown, "states": states, "notebooks": notebooks})


def report_states(root: Path, manifest: Manifest) -> dict[str, str]:
    """The state of each report that the project has parameters for.

    Returns:
        By `notebook/case`: `current` (made from the present inputs), `stale` (from earlier ones), `failed` (its latest
        run failed), `missing` (never made).
    """
    shared = shared_inputs(root)
    return {job.key: _state(root, job, manifest.entries.get(job.key), shared) for job in find_jobs(root)}


def _state(root: Path, job: Job, entry: Entry | None, shared: dict[str, str]) -> str:
    if entry is None:
        return "missing"
    if entry.failure:
        return "failed"
    return "current" if entry.inputs == hash_mapping(job_inputs(root, job, shared)) else "stale"
