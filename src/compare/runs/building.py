"""A build: which reports are out of date, each of them run and published, and the pages around them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from compare.project.digests import hash_file, hash_mapping
from compare.runs import files, publish
from compare.runs.freshness import Freshness, Task
from compare.runs.jobs import find_jobs
from compare.runs.ledger import Ledger
from compare.runs.manifest import Entry, Manifest, damaged_files, read_manifest
from compare.runs.orders import Limits, Order, Outcome
from compare.runs.progress import Begun, Closed, Ended, Listener, Noted, Started, ignore

SiteWriter = Callable[[Path, Manifest], dict[str, str]]


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
        CompareError: an unknown name, or, where a report is out of date, an input that is wrong.
    """
    freshness = Freshness(root)
    tasks = freshness.tasks(find_jobs(root, selection), read_manifest(root / publish.REPORTS), force=force)
    if any(task.reasons for task in tasks):
        freshness.require_readable()
    return tasks


def build(
    root: Path,
    selection: Sequence[str] = (),
    *,
    force: bool = False,
    jobs: int | None = None,
    timeout: float = 600.0,
    memory: int = 0,
    wait: float = 0.0,
    scheduler: str = "",
    progress: Listener = ignore,
    site: SiteWriter | None = None,
) -> BuildResult:
    """Make the reports that are out of date, and the pages around them.

    Data and the parameters of all selected reports are checked before any of them runs. One that fails neither stops
    nor spoils the others.

    Args:
        root: the project folder.
        selection: `notebook` or `notebook/case`; nothing selects everything.
        force: make all that are selected.
        jobs: how many reports at a time; by default one for each processor.
        timeout: seconds that one report may take.
        memory: bytes of main memory that one report may take; 0 for no limit.
        wait: seconds to wait for another build to end.
        scheduler: address of a dask scheduler whose workers run the reports; by default this machine does.
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
    with files.build_lock(reports / ".lock", wait=wait, on_wait=lambda holder: progress(Noted(holder))) as interrupted:
        publish.clear_staging(root)
        if interrupted:
            progress(Noted("the last build was interrupted; what it finished is kept"))
        freshness, ledger = Freshness(root), Ledger(reports)
        tasks = freshness.tasks(find_jobs(root, selection), ledger.manifest, force=force)
        due = [task for task in tasks if task.reasons]
        current = tuple(task.job.key for task in tasks if not task.reasons)
        outcomes: list[Outcome] = []
        if due:
            runner = _Runner(root, freshness, ledger, progress)
            with _place(root, scheduler, jobs) as run_all:
                outcomes = runner.run(due, len(current), run_all, Limits(timeout, memory))
            freshness = Freshness(root)  # the folder may have changed meanwhile
        _finish(root, site, freshness, ledger, must_sweep=interrupted or bool(due))
    failed = tuple(outcome for outcome in outcomes if outcome.error)
    built = tuple(outcome.key for outcome in outcomes if not outcome.error)
    seconds = time.monotonic() - begin
    return BuildResult(built, failed, current, seconds, reports / "index.html", ledger.manifest.entries)


@contextmanager
def _place(root: Path, scheduler: str, jobs: int | None) -> Iterator[Callable[..., None]]:
    """Where reports run: in processes of this machine, or on the workers of a scheduler."""
    if scheduler:
        from compare.runs import cluster, remote

        with cluster.open_cluster(scheduler) as connected:
            yield partial(remote.run_all, connected)
        return
    from compare.runs.pool import default_jobs, prepare, run_all

    prepare(root)
    yield partial(run_all, jobs=jobs or default_jobs())


class _Runner:
    """Runs the reports that are due, and publishes each as it ends."""

    def __init__(self, root: Path, freshness: Freshness, ledger: Ledger, progress: Listener) -> None:
        self._root = root
        self._freshness = freshness
        self._ledger = ledger
        self._progress = progress
        self._tasks: dict[str, Task] = {}
        self._outcomes: list[Outcome] = []

    def run(self, due: Sequence[Task], current: int, run_all: Callable[..., None], limits: Limits) -> list[Outcome]:
        """Run them all; the outcomes come in the order of the names."""
        files.require_writable(self._root / publish.FIGURES)
        self._tasks = {task.job.key: task for task in due}
        self._freshness.require_readable()
        orders = self._order(due)
        self._progress(Begun(len(due), current))
        try:
            run_all(
                orders,
                limits=limits,
                on_start=lambda order: self._progress(Started(order.key)),
                on_end=self._end,
            )
        finally:
            self._progress(Closed())
            publish.clear_staging(self._root)  # first: where the disk is full, it makes room for what follows
            self._ledger.write()
        return sorted(self._outcomes, key=lambda outcome: outcome.key)

    def _order(self, due: Sequence[Task]) -> list[Order]:
        """What to run for each report that is due; its parameters are right, and its files can be written."""
        from compare.runs.known import load_parameters

        parameters = load_parameters(self._root, [task.job for task in due])
        return [
            Order(
                task.job.key,
                self._root / task.job.notebook_file,
                parameters[task.job.key],
                publish.staging_folder(self._root, task.job),
            )
            for task in due
        ]

    def _end(self, order: Order, outcome: Outcome) -> None:
        task, manifest = self._tasks[order.key], self._ledger.manifest
        if outcome.error:
            before = manifest.entries.get(order.key)
            entry = publish.publish_failure(self._root, task.job, order.folder, outcome, before)
            self._ledger.enter(manifest.with_entry(order.key, entry))
        else:
            entry = publish.publish_report(self._root, task.job, order.folder, outcome, task.inputs)
            self._ledger.enter(manifest.with_entry(order.key, entry, self._freshness.shared))
        publish.discard(order.folder)
        self._outcomes.append(outcome)
        self._progress(Ended(outcome))


def _finish(root: Path, site: SiteWriter | None, freshness: Freshness, ledger: Ledger, *, must_sweep: bool) -> None:
    """Write the pages around the reports where they are out of date, then remove what nothing refers to."""
    before = ledger.manifest
    jobs = find_jobs(root)
    manifest = freshness.renew(jobs, before).only({job.key for job in jobs})
    if site is not None:
        inputs = _site_inputs(root, manifest, freshness)
        whole = before.site.get("inputs") == inputs and not damaged_files(root, before.site.get("files", {}), {})
        if not whole:
            manifest = replace(manifest, site={"inputs": inputs, "files": site(root, manifest)})
    if manifest != before:
        ledger.enter(manifest)
        ledger.write()
    if must_sweep or manifest != before:
        publish.sweep(root, manifest, before)


def _site_inputs(root: Path, manifest: Manifest, freshness: Freshness) -> str:
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
    states = report_states(root, manifest, freshness)
    return hash_mapping({"shared": freshness.shared, "reports": shown, "states": states, "notebooks": notebooks})


def report_states(root: Path, manifest: Manifest, freshness: Freshness | None = None) -> dict[str, str]:
    """The state of each report that the project has parameters for.

    Args:
        root: the project folder.
        manifest: what was published.
        freshness: what the folder holds, where that is known.

    Returns:
        By `notebook/case`: `current` (nothing that it was made from has changed), `stale` (something has), `failed`
        (its latest run failed), `missing` (never made).
    """
    freshness = freshness or Freshness(root)
    return {job.key: freshness.state(job, manifest.entries.get(job.key)) for job in find_jobs(root)}
