"""A build: which reports are out of date, each of them run and published, and the pages around them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from compare.project.digests import hash_file, hash_mapping
from compare.runs import files
from compare.runs.freshness import Freshness, Task
from compare.runs.jobs import Job, find_jobs
from compare.runs.ledger import Ledger
from compare.runs.manifest import Entry, Manifest, read_manifest
from compare.runs.places import REPORTS, STAGING

if TYPE_CHECKING:
    from compare.runs.orders import Outcome
    from compare.runs.progress import Listener

SITE = "the pages around them"  # what the index and the evidence pages are called beside the keys of reports
SiteWriter = Callable[[Path, Manifest], dict[str, str]]


class BuildResult(NamedTuple):
    """How a build went.

    Attributes:
        built: keys of the reports that were made.
        failed: outcomes of those that could not be made.
        current: keys of those that were up to date.
        seconds: how long all took.
        index_page: the index of the reports.
        entries: what `build.json` says of each report.
    """

    built: tuple[str, ...]
    failed: tuple[Outcome, ...]
    current: tuple[str, ...]
    seconds: float
    index_page: Path
    entries: Mapping[str, Entry]


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
    tasks = freshness.tasks(find_jobs(root, selection), read_manifest(root / REPORTS), force=force)
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
    progress: Listener | None = None,
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
        progress: what is told of what happens; None for nobody.
        site: writes the pages around the reports and gives back their hashes; it writes the index last.

    Raises:
        CompareError: wrong names or parameters, unreadable inputs, folders that cannot be written, another build at
            work. Nothing was started then.
    """
    begin = time.monotonic()
    reports = root / REPORTS
    find_jobs(root, selection)
    files.require_writable(reports)
    lock = reports / ".lock"
    with files.build_lock(lock, wait=wait, on_wait=lambda holder: _note(progress, holder)) as interrupted:
        locked = lock.stat().st_mtime_ns
        if (reports / STAGING).exists():
            _clear_staging(root)
        if interrupted:
            _note(progress, "the last build was interrupted; what it finished is kept")
        freshness, ledger = Freshness(root), Ledger(reports)
        tasks = freshness.tasks(find_jobs(root, selection), ledger.manifest, force=force)
        due = [task for task in tasks if task.reasons]
        current = tuple(task.job.key for task in tasks if not task.reasons)
        outcomes: list[Outcome] = []
        if due:
            from compare.runs.orders import Limits
            from compare.runs.progress import ignore
            from compare.runs.running import run_due

            outcomes = run_due(
                due,
                len(current),
                freshness,
                ledger,
                jobs=jobs,
                limits=Limits(timeout, memory),
                scheduler=scheduler,
                progress=progress or ignore,
            )
            freshness = Freshness(root)  # the folder may have changed meanwhile
        _finish(root, site, freshness, ledger, must_sweep=interrupted or bool(due))
        freshness.outputs.keep([*ledger.manifest.entries, SITE], locked)
    failed = tuple(outcome for outcome in outcomes if outcome.error)
    built = tuple(outcome.key for outcome in outcomes if not outcome.error)
    seconds = time.monotonic() - begin
    return BuildResult(built, failed, current, seconds, reports / "index.html", ledger.manifest.entries)


def _note(progress: Listener | None, text: str) -> None:
    if progress is not None:
        from compare.runs.progress import Noted

        progress(Noted(text))


def _clear_staging(root: Path) -> None:
    from compare.runs.publish import clear_staging

    clear_staging(root)


def _finish(root: Path, site: SiteWriter | None, freshness: Freshness, ledger: Ledger, *, must_sweep: bool) -> None:
    """Write the pages around the reports where they are out of date, then remove what nothing refers to."""
    before = ledger.manifest
    jobs = find_jobs(root)
    manifest = freshness.renew(jobs, before).only({job.key for job in jobs})
    if site is not None:
        inputs = _site_inputs(manifest, freshness, jobs)
        written = before.site.get("files", {})
        whole = before.site.get("inputs") == inputs and not freshness.outputs.find_damaged(SITE, written)
        if not whole:
            manifest = manifest._replace(site={"inputs": inputs, "files": site(root, manifest)})
    if manifest != before:
        ledger.enter(manifest)
        ledger.write()
    if must_sweep or manifest != before:
        from compare.runs.publish import sweep

        sweep(root, manifest, before)


def _site_inputs(manifest: Manifest, freshness: Freshness, jobs: Sequence[Job]) -> str:
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
    notebooks = {path.name: hash_file(path) for path in sorted((freshness.root / "notebooks").glob("*.ipynb"))}
    states = _states(manifest, freshness, jobs)
    return hash_mapping({"shared": freshness.shared, "reports": shown, "states": states, "notebooks": notebooks})


def report_states(root: Path, manifest: Manifest) -> dict[str, str]:
    """The state of each report that the project has parameters for.

    Args:
        root: the project folder.
        manifest: what was published.

    Returns:
        By `notebook/case`: `current` (nothing that it was made from has changed), `stale` (something has), `failed`
        (its latest run failed), `missing` (never made).
    """
    return _states(manifest, Freshness(root), find_jobs(root))


def _states(manifest: Manifest, freshness: Freshness, jobs: Sequence[Job]) -> dict[str, str]:
    return {job.key: freshness.state(job, manifest.entries.get(job.key)) for job in jobs}
