"""The command `changes`: which numbers are not as they were, by plan and indicator, each with its sentence."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from compare.cli.places import open_project
from compare.errors import CompareError

if TYPE_CHECKING:
    from compare.project import Project
    from compare.site.changes import Change


def changes(options: argparse.Namespace) -> int:
    """Compare the numbers of the plans with those that the last build published, or with a table."""
    project = open_project(options)
    found = _last(project) if options.last else _since(project, options.since)
    if options.json:
        print(json.dumps([to_json(change) for change in found], ensure_ascii=False))
        return 0
    from compare.site.changes import describe_changes

    print("\n".join(describe_changes(found, project.indicator_names())))
    return 0


def _since(project: Project, table: str | None) -> Sequence[Change]:
    """What is not as it was in a table; by default in the one that the last build published."""
    from compare import tables
    from compare.runs.manifest import read_manifest
    from compare.site.change_page import compare_with, published_snapshots

    before = Path(table) if table else published_snapshots(project.root, read_manifest(project.root / "reports"))[0]
    if before is None:
        raise CompareError("reports/: no build has published numbers yet; build the reports first, or give --since")
    with tempfile.TemporaryDirectory() as folder:
        now = tables.write_csv(project.targets(), Path(folder) / "targets.csv")
        return compare_with(before, now, project) or ()


def _last(project: Project) -> Sequence[Change]:
    """What the last build changed: what its page tells."""
    from compare.runs.manifest import read_manifest
    from compare.site.change_page import compare_with, published_snapshots

    now, before = published_snapshots(project.root, read_manifest(project.root / "reports"))
    if now is None or before is None:
        print("no earlier set of numbers has been published", file=sys.stderr)
        return ()
    return compare_with(before, now, project) or ()


def to_json(change: Change) -> dict[str, object]:
    """A change for a machine: the rows as in `targets.csv`, all values as text."""
    row = change.row
    return {
        "what": change.what,
        "plan": row["plan"],
        "indicator": row["indicator"],
        "parts": [part.rpartition(" ")[2] for part in change.parts],
        "before": change.before,
        "now": change.now,
        "reason": change.reason,
    }
