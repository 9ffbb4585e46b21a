"""The reports that are out of date, run and published; a build with nothing to do does not come here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from compare.runs import files, publish
from compare.runs.freshness import Freshness, Task
from compare.runs.known import load_parameters
from compare.runs.ledger import Ledger
from compare.runs.orders import Limits, Order, Outcome
from compare.runs.places import FIGURES
from compare.runs.progress import Begun, Closed, Ended, Listener, Started


def run_due(
    due: Sequence[Task],
    current: int,
    freshness: Freshness,
    ledger: Ledger,
    *,
    jobs: int | None,
    limits: Limits,
    scheduler: str,
    progress: Listener,
) -> list[Outcome]:
    """Run the reports that are due, and publish each as it ends.

    Args:
        due: which reports.
        current: how many others are up to date, for those who watch.
        freshness: what the project folder holds.
        ledger: what is published; it is written as reports end.
        jobs: how many reports at a time; by default one for each processor.
        limits: what one report may take.
        scheduler: address of a dask scheduler whose workers run the reports; empty: this machine does.
        progress: what is told of what happens.

    Returns:
        How they ended, in the order of the names.

    Raises:
        CompareError: wrong parameters, unreadable inputs, folders that cannot be written. Nothing was started then.
    """
    with _place(freshness.root, scheduler, jobs) as run_all:
        return _Runner(freshness, ledger, progress).run(due, current, run_all, limits)


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

    def __init__(self, freshness: Freshness, ledger: Ledger, progress: Listener) -> None:
        self._root = freshness.root
        self._freshness = freshness
        self._ledger = ledger
        self._progress = progress
        self._tasks: dict[str, Task] = {}
        self._outcomes: list[Outcome] = []

    def run(self, due: Sequence[Task], current: int, run_all: Callable[..., None], limits: Limits) -> list[Outcome]:
        """Run them all; the outcomes come in the order of the names."""
        files.require_writable(self._root / FIGURES)
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
