"""The page that tells which numbers changed with the last build, and the set that it compares with.

The targets of each build stay with the published pages under a name made of their content. `build.json` names the
present ones and those before them, so that both change in one step with all that is published: a build that is ended
half-way has compared nothing yet, and one in which no number changed keeps what the page says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.project.digests import hash_file
from compare.runs import places
from compare.runs.display import FONTS, style_sheet
from compare.runs.files import replace_by_link
from compare.runs.manifest import Manifest
from compare.site.changes import WHATS, Change, count_changes, describe_side, find_changes, read_rows
from compare.site.templating import load_template

if TYPE_CHECKING:
    from compare.project import Project

PAGE = "changes.html"
TARGETS = f"{places.REPORTS}/data/targets.csv"


def keep_snapshots(root: Path, manifest: Manifest) -> tuple[dict[str, str], Path | None]:
    """Keep the targets that were just written, and find those to compare them with.

    Args:
        root: the project folder, with the new `reports/data/targets.csv`.
        manifest: what was published before.

    Returns:
        SHA-256 of the snapshots to keep by name relative to the project folder; and the earlier one, None where there
        is none.
    """
    published: Mapping[str, str] = manifest.site.get("files", {})
    now = hash_file(root / TARGETS)
    kept = {_name(now): now}
    if published.get(TARGETS) == now:
        before = next((digest for name, digest in published.items() if _is_snapshot(name) and digest != now), "")
    else:
        before = published.get(TARGETS, "")
    replace_by_link(root / TARGETS, root / _name(now))
    path = root / _name(before) if before else None
    if path is None or not path.is_file() or hash_file(path) != before:
        return kept, None
    return kept | {_name(before): before}, path


def _name(digest: str) -> str:
    return f"{places.REPORTS}/{places.SNAPSHOTS}/{digest[:16]}.csv"


def _is_snapshot(name: str) -> bool:
    return name.startswith(f"{places.REPORTS}/{places.SNAPSHOTS}/")


def published_snapshots(root: Path, manifest: Manifest) -> tuple[Path | None, Path | None]:
    """The targets that are published, and those that were before them; None for what there is not."""
    published: Mapping[str, str] = manifest.site.get("files", {})
    now = published.get(TARGETS, "")
    earlier = [name for name, digest in published.items() if _is_snapshot(name) and digest != now]
    return (root / _name(now) if now else None), (root / earlier[0] if earlier else None)


def compare_with(before: Path | None, now: Path, project: Project) -> tuple[Change, ...] | None:
    """The changes from one set of targets to the present one; None where there is no earlier one."""
    if before is None:
        return None
    reasons = {(item.plan, str(item.start), item.number): item.reason for item in project.extraction().unmatched}
    return find_changes(read_rows(before), read_rows(now), reasons)


def render_changes(project: Project, changes: Sequence[Change] | None, anchors: Mapping[str, set[int]]) -> str:
    """The page: what changed by indicator in numbers, then by plan each number with its sentence.

    Args:
        project: the open project.
        changes: in the order of their plans; None where there is nothing to compare with.
        anchors: by plan, the offsets that its evidence page has an anchor for.
    """
    names = project.indicator_names()
    titles = {plan.id: plan.title for plan in project.plans}
    groups = [
        {
            "id": plan,
            "title": titles.get(plan, ""),
            "rows": [_row(change, names, anchors.get(plan)) for change in part],
        }
        for plan, part in groupby(changes or (), key=lambda change: change.row["plan"])
    ]
    return load_template("changes.html.j2").render(
        compared=changes is not None,
        counts=count_changes(changes or ()),
        whats=WHATS,
        indicators=list(_count_indicators(changes or (), names)),
        groups=groups,
        style=style_sheet(FONTS),
    )


def _row(change: Change, names: Mapping[str, str], anchors: set[int] | None) -> dict[str, Any]:
    row = change.row
    address = ""
    if anchors is not None and int(row["start"]) in anchors and (change.now or change.reason):
        address = f"evidence/{row['plan']}.html#o{row['start']}"
    return {
        "what": change.what,
        "state": WHATS[change.what],
        "indicator": row["indicator"],
        "name": names.get(row["indicator"], ""),
        "label": row["label"],
        "before": describe_side(change, change.before, names),
        "now": describe_side(change, change.now, names),
        "reason": change.reason,
        "quote": row["quote"],
        "address": address,
    }


def _count_indicators(changes: Sequence[Change], names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """How many numbers of each indicator changed, and in which plans; those without an indicator last."""
    found: dict[str, list[Change]] = {}
    for change in changes:
        found.setdefault(change.row["indicator"], []).append(change)
    for indicator in sorted(found, key=lambda name: (not name, name)):
        part = found[indicator]
        counts = Counter(change.what for change in part)
        plans = dict.fromkeys(change.row["plan"] for change in part)
        yield {"id": indicator, "name": names.get(indicator, ""), "counts": counts, "plans": list(plans)}
