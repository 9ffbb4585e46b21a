"""The index of the reports: searchable, with figures, states and data; complete without a network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import compare
from compare.plans import Plan
from compare.runs.cells import read_cells
from compare.runs.display import FONTS, style_sheet
from compare.runs.jobs import notebook_names
from compare.runs.manifest import Entry, Manifest
from compare.site.templating import load_template

if TYPE_CHECKING:
    from compare.project import Project

FIRST = ("overview", "province", "indicator", "emphasis")
STATES = {"current": "", "stale": "待更新 out of date", "failed": "失败 failed", "missing": "未生成 not built"}
"""What the index says of a report: made from the present inputs, from earlier ones, failed last time, never made."""


def render_index(
    project: Project, manifest: Manifest, states: Mapping[str, str], data: Sequence[str], *, changes: int | None = None
) -> str:
    """The index: all reports by notebook, with state, finding and figures; the plans; the data.

    Args:
        project: the open project.
        manifest: the reports that there are.
        states: the state of each report, one of `STATES`, also of those that were never made.
        data: names of the data files, relative to `reports/`.
        changes: how many numbers are not as they were in the set published before; None where there was none.
    """
    groups = [
        {
            "name": notebook,
            "title": notebook_title(project.root / f"notebooks/{notebook}.ipynb"),
            "reports": [
                _card(key, manifest.entries.get(key), state) for key, state in states.items() if _of(key, notebook)
            ],
        }
        for notebook in sorted(notebook_names(project.root), key=_rank)
    ]
    plans = [{"id": plan.id, "label": plan.title, "region": _region(project, plan)} for plan in project.plans]
    return load_template("index.html.j2").render(
        groups=[group for group in groups if group["reports"]],
        total=len(states),
        counts={state: sum(1 for found in states.values() if found == state) for state in STATES},
        state_names=STATES,
        plans=plans,
        data=data,
        changes=changes,
        version=compare.__version__,
        style=style_sheet(FONTS),
    )


def _of(key: str, notebook: str) -> bool:
    return key.startswith(f"{notebook}/")


def _rank(notebook: str) -> tuple[int, str]:
    return FIRST.index(notebook) if notebook in FIRST else len(FIRST), notebook


def _region(project: Project, plan: Plan) -> str:
    return project.region_name(plan.record.region) if plan.record else ""


def _card(key: str, entry: Entry | None, state: str) -> dict[str, Any]:
    if entry is None:
        notebook, _, case = key.partition("/")
        entry = Entry(notebook, case)
    figures = [
        {**figure, "thumb": f"{entry.assets}/{figure['slug']}.thumb.png", "base": f"{entry.assets}/"}
        for figure in entry.figures
    ]
    words = [entry.title, entry.finding, key, *(str(figure["title"]) for figure in entry.figures)]
    return {
        "key": key,
        "entry": entry,
        "state": state,
        "figures": figures,
        "base": f"{entry.assets}/",
        "search": " ".join(words).lower(),
    }


def notebook_title(path: Path) -> str:
    """The first heading of a notebook; its name where it has none."""
    for cell in read_cells(path):
        for line in "".join(cell["source"]).splitlines():
            if cell.get("cell_type") == "markdown" and line.startswith("# "):
                return line[2:].strip()
    return path.stem
