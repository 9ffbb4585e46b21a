"""What the processes of reports have in common, read once in the one that they are copied from.

Importing this module imports all that a report does, draws a chart and writes a page that nobody sees, so that what
matplotlib, fontTools and jinja load when they are first used is there, and reads the project folder that the
environment names.
"""

from __future__ import annotations

import importlib
import os
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from PIL import Image

from compare.errors import CompareError
from compare.project import Project
from compare.project.warm import keep
from compare.runs.pages import make_exporter, render_report
from compare.runs.pool import WARM_VARIABLE

NEEDED = (
    "IPython.core.application",
    "IPython.core.completer",
    "IPython.core.magics",
    "compare.comparison",
    "compare.emphasis",
    "compare.figures",
    "compare.narrative",
    "compare.runs.worker",
    "matplotlib.backends.registry",
    "pandas.core.reshape.reshape",
    "pandas.io.formats.csvs",
)
"""Not pyplot: whoever imports it decides where its figures go."""


def rehearse(project: Project) -> None:
    """Draw and save a chart, and write a page, to no purpose but that the next one is fast."""
    from compare import figures

    chart = figures.counts(project.dimension_counts(), labels=project.plan_labels())
    with TemporaryDirectory() as folder:
        saved = figures.save(chart, folder, "rehearsal")
        Image.open(saved.paths["png"]).convert("RGB").resize((8, 8)).quantize(64)
    said = {"title": "", "finding": "", "lang": "zh", "figures": [], "tables": [], "downloads": []}
    cells = [nbformat.v4.new_markdown_cell("**1**"), nbformat.v4.new_code_cell("print(1)")]  # type: ignore[no-untyped-call]
    notebook = nbformat.v4.new_notebook(cells=cells)  # type: ignore[no-untyped-call]
    for cell in notebook.cells:
        cell.metadata.tags = []
    render_report(notebook, said, {}, make_exporter())


def warm_up(root: Path) -> None:
    """Read a project folder and rehearse with it; where that fails, the report that needs it says why."""
    project = Project(root)
    keep(project)
    with suppress(CompareError):
        rehearse(project)


for name in NEEDED:
    importlib.import_module(name)
if os.environ.get(WARM_VARIABLE):
    warm_up(Path(os.environ[WARM_VARIABLE]))
