"""The command `build`."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from compare.cli.places import project_root

if TYPE_CHECKING:
    from compare.runs import BuildResult
    from compare.runs.manifest import Manifest
    from compare.runs.progress import Event, Listener


def build(options: argparse.Namespace) -> int:
    """Build the reports that are out of date; exit code 1 where one of them could not be made."""
    from compare import runs

    root = project_root(options)
    if options.dry_run:
        return _show_plan(root, options)
    with _ended_by_signal():
        result = runs.build(
            root,
            options.selection,
            force=options.force,
            jobs=options.jobs,
            timeout=options.timeout,
            memory=options.memory,
            wait=options.wait,
            scheduler=options.scheduler,
            progress=None if options.json else _Listener(),
            site=_write_site,
        )
    if options.json:
        print(json.dumps(to_json(result), ensure_ascii=False))
    else:
        print(summary(result))
    return 1 if result.failed else 0


class _Listener:
    """What shows a build, chosen when there is something to show."""

    def __init__(self) -> None:
        self._show: Listener | None = None

    def __call__(self, event: Event) -> None:
        from compare.runs.progress import choose_listener

        self._show = self._show or choose_listener()
        self._show(event)


def _write_site(root: Path, manifest: Manifest) -> dict[str, str]:
    from compare.site import write_site

    return write_site(root, manifest)


def _show_plan(root: Path, options: argparse.Namespace) -> int:
    from compare.runs import plan_build
    from compare.runs.known import load_parameters

    tasks = plan_build(root, options.selection, force=options.force)
    load_parameters(root, [task.job for task in tasks if task.reasons])
    if options.json:
        print(json.dumps({task.job.key: list(task.reasons) for task in tasks}, ensure_ascii=False))
        return 0
    for task in tasks:
        if task.reasons:
            more = f" and {len(task.reasons) - 3} more" if len(task.reasons) > 3 else ""
            print(f"{task.job.key}: {'; '.join(task.reasons[:3])}{more}")
    due = sum(1 for task in tasks if task.reasons)
    print(f"{due} to build, {len(tasks) - due} up to date")
    return 0


def summary(result: BuildResult) -> str:
    """What a person reads at the end of a build: the failures, the counts, the way to the index."""
    lines = []
    for outcome in result.failed:
        entry = result.entries[outcome.key]
        kept = "; the last good report is kept" if entry.assets else ""
        page = f"\n    {result.index_page.parent / entry.failure.page}" if entry.failure else ""
        place = f" in cell {outcome.cell}" if outcome.cell else ""
        lines.append(f"FAILED {outcome.key}{place}: {outcome.error}{kept}{page}")
    counts = f"{len(result.built)} built, {len(result.failed)} failed, {len(result.current)} up to date"
    return "\n".join([*lines, f"{counts}, {result.seconds:.1f} s", f"index: {result.index_page}"])


def to_json(result: BuildResult) -> dict[str, object]:
    """What a machine reads at the end of a build."""
    return {
        "built": list(result.built),
        "failed": [{"report": item.key, "cell": item.cell, "error": item.error} for item in result.failed],
        "up_to_date": list(result.current),
        "seconds": round(result.seconds, 2),
        "index": str(result.index_page),
    }


@contextmanager
def _ended_by_signal() -> Iterator[None]:
    """A request to end (SIGTERM) ends the build as an interrupt does: what runs is stopped, what is published stays."""
    received: list[str] = []

    def end(number: int, _: FrameType | None) -> None:
        received.append(signal.Signals(number).name)
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
        if received:
            print(f"ended by {received[0]}", file=sys.stderr)
        sys.stdout.flush()
