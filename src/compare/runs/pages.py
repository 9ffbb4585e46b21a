"""An executed notebook to a page: nbconvert with this package's own template, nothing loaded from elsewhere."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import nbformat

from compare.runs.display import FONTS, style_sheet

TEMPLATES = Path(__file__).parent / "templates"
HEADING = re.compile(r"#{2,6} [^\n]*")
HIDDEN_TAGS = {"hide", "remove_cell", "injected-parameters"}
LANGUAGE_TAGS = {"zh", "en"}  # a cell of one language is on pages of that language only
WORDS = {
    "zh": {"index": "全部报告", "code": "显示代码", "downloads": "下载", "evidence": "计划原文", "parameters": "参数"},
    "en": {
        "index": "All reports",
        "code": "Show code",
        "downloads": "Downloads",
        "evidence": "Plans",
        "parameters": "Parameters",
    },
}


@cache
def make_exporter() -> Any:
    """The nbconvert exporter of reports; costly to make, so made once."""
    from nbconvert.exporters import HTMLExporter

    exporter = HTMLExporter(  # type: ignore[no-untyped-call]  # nbconvert annotates a part
        template_name="report",
        extra_template_basedirs=[str(TEMPLATES)],
        mathjax_url="",
        require_js_url="",
        jquery_url="",
        exclude_anchor_links=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
    )
    exporter.log.setLevel("ERROR")
    return exporter


def read_notebook(path: Path) -> Any:
    """Read a notebook file as nbformat's nodes.

    Raises:
        OSError: it cannot be read.
        ValueError: it is no notebook.
    """
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]  # nbformat annotates a part


def render_report(notebook: Any, said: Mapping[str, Any], parameters: Mapping[str, Any], exporter: Any) -> str:
    """Turn an executed notebook into the page of a report.

    Args:
        notebook: the notebook with its outputs; it is left as it is.
        said: what the notebook's report said of itself: title, finding, lang, figures, tables, downloads.
        parameters: the values that its parameter file set.
        exporter: from `make_exporter`.

    Returns:
        The page; it holds no time, no cell id and no execution count, so that equal inputs give equal bytes.
    """
    page = copy.copy(notebook)
    page.cells = [plain for cell in notebook.cells if (plain := _plain_cell(cell, said["lang"])) is not None]
    _mark_bare_headings(page.cells)
    for cell in page.cells[:1]:
        if cell.cell_type == "markdown":
            cell.source = re.sub(r"\A\s*# .*\n?", "", cell.source)
    resources = {
        "report": dict(said),
        "parameters": dict(parameters),
        "words": WORDS[said["lang"]],
        "style": style_sheet(f"../{FONTS}"),
    }
    html, _ = exporter.from_notebook_node(page, resources=resources)
    return str(html)


def _mark_bare_headings(cells: Sequence[Any]) -> None:
    """Tag the headings under which nothing is seen while the code is hidden; they appear with the code."""
    above: list[Any] = []
    for cell in cells:
        if cell.cell_type == "markdown" and HEADING.fullmatch(cell.source.strip()):
            above = [heading for heading in above if _level(heading) < _level(cell)] + [cell]
            cell.metadata.tags = [*cell.metadata.tags, "bare"]
        elif cell.cell_type == "markdown" or cell.get("outputs"):
            for heading in above:
                heading.metadata.tags = [tag for tag in heading.metadata.tags if tag != "bare"]
            above = []


def _level(heading: Any) -> int:
    return len(heading.source.strip().partition(" ")[0])


def _plain_cell(cell: Any, lang: str) -> Any:
    """A cell without what varies from run to run; None where it does not appear on the page."""
    tags = cell.metadata.get("tags", [])
    if (HIDDEN_TAGS | LANGUAGE_TAGS - {lang}) & set(tags):
        return None
    plain = copy.copy(cell)
    plain.metadata = nbformat.from_dict({"tags": tags})  # type: ignore[no-untyped-call]
    if cell.cell_type == "code":
        plain.execution_count = None
        plain.outputs = [_plain_output(output) for output in cell.outputs if output.get("name") != "stderr"]
    return plain


def _plain_output(output: Any) -> Any:
    plain = copy.copy(output)
    if "execution_count" in plain:
        plain.execution_count = None
    return plain
