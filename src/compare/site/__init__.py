"""The pages around the reports: the index, what changed, and for each plan its text with every number marked.

All pages are complete without a network: style and script stand in the page, pictures and data beside it.
"""

from __future__ import annotations

from pathlib import Path

import compare
from compare.project.digests import hash_bytes, hash_file
from compare.runs import places
from compare.runs.building import report_states
from compare.runs.display import FONTS, style_sheet
from compare.runs.files import replace_bytes
from compare.runs.manifest import Manifest
from compare.site.change_page import PAGE, compare_with, keep_snapshots, render_changes
from compare.site.evidence import PlanPage, lay_out
from compare.site.index import render_index
from compare.site.templating import load_template

TYPEFACE = Path(compare.__file__).parent / "figures" / "fonts"


def write_site(root: Path, manifest: Manifest) -> dict[str, str]:
    """Write the evidence pages, the data, what changed in it and, last, the index.

    Args:
        root: the project folder.
        manifest: the reports that there are.

    Returns:
        SHA-256 of the files by name relative to the project folder.

    Raises:
        CompareError: the plans cannot be read, or a page cannot be written.
    """
    from compare import tables

    project = compare.open(root)
    reports = root / places.REPORTS
    hashes: dict[str, str] = {}
    for path in sorted([*TYPEFACE.glob("*.ttf"), *TYPEFACE.glob("OFL.txt")]):
        replace_bytes(reports / FONTS / path.name, path.read_bytes())
        hashes[f"{places.REPORTS}/{FONTS}{path.name}"] = hash_file(path)
    anchors: dict[str, set[int]] = {}
    for page in lay_out(project):
        hashes |= _write(root, f"{places.EVIDENCE}/{page.plan.id}.html", render_evidence(page))
        anchors[page.plan.id] = page.anchors
    data = {"targets.csv": project.targets(), "unmatched.csv": project.unmatched()}
    for name, frame in data.items():
        path = tables.write_csv(frame, reports / "data" / name)
        hashes[f"{places.REPORTS}/data/{name}"] = hash_file(path)
    snapshots, before = keep_snapshots(root, manifest)
    changes = compare_with(before, reports / "data" / "targets.csv", project)
    hashes |= snapshots | _write(root, PAGE, render_changes(project, changes, anchors))
    names = [f"data/{name}" for name in data]
    count = None if changes is None else len(changes)
    index = render_index(project, manifest, report_states(root, manifest), names, changes=count)
    return hashes | _write(root, "index.html", index)


def render_evidence(page: PlanPage) -> str:
    """The page of one plan: its text with every number marked and anchored, and its numbers as tables."""
    return load_template("evidence.html.j2").render(page=page, style=style_sheet(f"../{FONTS}"))


def _write(root: Path, name: str, content: str) -> dict[str, str]:
    data = content.encode()
    replace_bytes(root / places.REPORTS / name, data)
    return {f"{places.REPORTS}/{name}": hash_bytes(data)}
