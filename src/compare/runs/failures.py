"""The error report of a run that gave none: what failed, in which cell, with all that is known of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from compare.runs.orders import FAILURE, LOG, NOTEBOOK

TEMPLATES = Path(__file__).parent / "templates"
ADDED_TAGS = {"injected-parameters", "papermill-error-cell-tag"}  # cells that papermill puts in
ANSI = re.compile(r"\x1b\[[0-9;]*m")
LONGEST_LOG = 20_000
LONGEST_LINE = 500


def running_cell(folder: Path) -> tuple[int, str]:
    """The cell that a run was in when it ended.

    Args:
        folder: the run's folder, with the notebook as far as it came.

    Returns:
        Its number in the notebook as written, counted from 1, and its source; 0 and nothing where that is not known.
    """
    try:
        cells = json.loads((folder / NOTEBOOK).read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError):
        return 0, ""
    own = [cell for cell in cells if not ADDED_TAGS & set(cell["metadata"].get("tags", []))]
    injected = [cell for cell in cells if "injected-parameters" in cell["metadata"].get("tags", [])]
    for number, cell in [*reversed([*enumerate(own, 1)]), *((0, cell) for cell in injected)]:
        if cell["metadata"].get("papermill", {}).get("start_time"):
            return number, "".join(cell["source"])
    return 0, ""


def write_failure(
    folder: Path, key: str, message: str, *, cell: int = 0, source: str = "", traceback: str = ""
) -> None:
    """Write the error report of a run into its folder.

    Args:
        folder: the run's folder.
        key: the report's name.
        message: what failed.
        cell: number of the cell, counted from 1; 0 for none.
        source: the cell's code.
        traceback: Python's account of it.
    """
    import jinja2

    from compare.runs.display import FONTS, style_sheet

    log = folder / LOG
    text = log.read_text(encoding="utf-8", errors="replace")[-LONGEST_LOG:] if log.exists() else ""
    template = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template("failure.html.j2")
    page = template.render(
        title=key,
        message=one_line(message),
        cell=cell,
        source=source,
        traceback=ANSI.sub("", traceback),
        log=text,
        style=style_sheet(f"../{FONTS}"),
    )
    (folder / FAILURE).write_text(page, encoding="utf-8", newline="\n")


def one_line(message: str) -> str:
    r"""A message without colours and line ends, and not endless.

    >>> one_line("KeyError:\n  'a'")
    "KeyError: 'a'"
    """
    return " ".join(ANSI.sub("", message).split())[:LONGEST_LINE]
