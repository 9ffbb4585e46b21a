"""An executed notebook to a page: nbconvert with this package's own template, nothing loaded from elsewhere."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
import nbformat

TEMPLATES = Path(__file__).parent / "templates"
HIDDEN_TAGS = {"hide", "remove_cell", "injected-parameters"}
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


def style_sheet() -> str:
    """The style of all pages; it stands in each, so that each is complete alone."""
    return (TEMPLATES / "style.css").read_text(encoding="utf-8")


def make_exporter() -> Any:
    """The nbconvert exporter of reports; costly to make, so kept by who converts several."""
    from nbconvert.exporters import HTMLExporter

    exporter = HTMLExporter(  # type: ignore[no-untyped-call]  # nbconvert annotates a part
        template_name="report",
        extra_template_basedirs=[str(TEMPLATES)],
        mathjax_url="",
        require_js_url="",
        jquery_url="",
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
    page.cells = [cell for cell in map(_plain_cell, notebook.cells) if cell is not None]
    for cell in page.cells[:1]:
        if cell.cell_type == "markdown":
            cell.source = re.sub(r"\A\s*# .*\n?", "", cell.source)
    resources = {
        "report": dict(said),
        "parameters": dict(parameters),
        "words": WORDS[said["lang"]],
        "style": style_sheet(),
    }
    html, _ = exporter.from_notebook_node(page, resources=resources)
    return re.sub(r"[ \t]+\n", "\n", re.sub(r"\n{3,}", "\n\n", html))


def _plain_cell(cell: Any) -> Any:
    """A cell without what varies from run to run; None where it does not appear on the page."""
    tags = cell.metadata.get("tags", [])
    if HIDDEN_TAGS & set(tags):
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


def render_failure(
    title: str, message: str, *, cell: int = 0, source: str = "", traceback: str = "", log: str = ""
) -> str:
    """The error report of one report: what failed, where, and all that is known of it.

    Args:
        title: the report's name.
        message: one line.
        cell: number of the cell, counted from 1; 0 for none.
        source: the cell's code.
        traceback: Python's account of it, plain text.
        log: what the run wrote besides.
    """
    return (
        environment()
        .get_template("failure.html.j2")
        .render(
            title=title, message=message, cell=cell, source=source, traceback=traceback, log=log, style=style_sheet()
        )
    )


def environment() -> jinja2.Environment:
    """The jinja environment of all pages that are not notebooks; it escapes by default and refuses unknown names."""
    loader = jinja2.FileSystemLoader(TEMPLATES)
    return jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
