"""The error report of a run that gave none: what failed, in which cell, with all that is known of it."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

from compare.runs.files import replace_bytes
from compare.runs.fingerprints import LIBRARY
from compare.runs.orders import FAILURE, LOG, NOTEBOOK, Order, Outcome

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
    order: Order, message: str, *, cell: int = 0, source: str = "", traceback: str = "", seconds: float = 0.0
) -> Outcome:
    """Write the error report of a run into its folder.

    Args:
        order: what was run.
        message: what failed.
        cell: number of the cell, counted from 1; 0 for none.
        source: the cell's code.
        traceback: Python's account of it.
        seconds: how long the run took.

    Returns:
        How the run ended, with the message in one line.

    Raises:
        OutputError: the report cannot be written.
    """
    import jinja2

    from compare.runs.display import FONTS, style_sheet

    log = order.folder / LOG
    message = one_line(hide_places(message, order.root))
    text = log.read_text(encoding="utf-8", errors="replace")[-LONGEST_LOG:] if log.exists() else ""
    template = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template("failure.html.j2")
    page = template.render(
        title=order.key,
        message=message,
        cell=cell,
        source=source,
        traceback=hide_places(ANSI.sub("", traceback), order.root),
        log=hide_places(text, order.root),
        style=style_sheet(f"../{FONTS}"),
    )
    replace_bytes(order.folder / FAILURE, page.encode("utf-8", "backslashreplace"))
    return Outcome(order.key, message, cell, seconds)


def hide_places(text: str, root: Path) -> str:
    """A text without the places of this machine: what is published does not tell where it was made.

    Paths inside the project become relative to it, those of Python and its packages to where these are.

    Args:
        text: a message, a traceback, a log.
        root: the project folder.

    >>> hide_places("cannot read '/srv/plans/data/a.csv' in /srv/plans", Path("/srv/plans"))
    "cannot read 'data/a.csv' in ."
    """
    folders = [str(path) for path in {root, root.resolve()}]
    folders += [entry for entry in sys.path if entry.endswith("-packages")]
    folders += [str(LIBRARY.parent), sys.prefix, sys.base_prefix]
    for folder in sorted(folders, key=len, reverse=True):
        if len(folder) > 1:
            text = text.replace(folder + os.sep, "").replace(folder, ".")
    return text.replace(str(Path.home()), "~")


def one_line(message: str) -> str:
    r"""A message without colours and line ends, and not endless.

    >>> one_line("KeyError:\n  'a'")
    "KeyError: 'a'"
    """
    return " ".join(ANSI.sub("", message).split())[:LONGEST_LINE]
