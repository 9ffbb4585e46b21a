"""What the process of one report does: run the cells of the notebook, and write its page.

What else a report needs is imported by `compare.runs.warm`, in the process that those of reports are copied from.
"""

from __future__ import annotations

import json
import logging
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

import numpy.random
import papermill
from papermill.exceptions import PapermillExecutionError
from PIL import Image

from compare.errors import BuildError
from compare.project.reads import Reads, read_notes, record
from compare.runs import engine
from compare.runs.failures import running_cell, write_failure
from compare.runs.orders import FILES, LOG, NOTEBOOK, PAGE, READS, SAID, Order, Outcome
from compare.runs.pages import make_exporter, read_notebook, render_report
from compare.runs.report import CASE_VARIABLE, RUN_VARIABLE
from compare.runs.watching import watch_files

EPOCH = "1577836800"  # 2020-01-01, for formats that cannot leave their date out
SEED = 0  # of random numbers: the same in every build, and not the state that all copies of a process share
THUMB_WIDTH = 480


def serve(order: Order, connection: Connection) -> None:
    """Run one order in this process, which was made for it, and send its outcome to the one that asked.

    It does not come back: whatever the notebook left running in this process ends with it.
    """
    _end_with_parent()
    log = os.open(order.folder / LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(log, stream)
    connection.send(run(order))
    connection.close()
    for open_file in (sys.stdout, sys.stderr):
        with suppress(Exception):  # the notebook may have closed or replaced it
            open_file.flush()
    os._exit(0)


def run(order: Order) -> Outcome:
    """Run one order in this process: execute the notebook, write the page, and say how it ended.

    A report that fails leaves an error page instead; nothing is raised for it.
    """
    begin = time.perf_counter()
    (order.folder / FILES).mkdir(parents=True, exist_ok=True)
    try:
        _execute(order)
        said = _said(order.folder)
        notebook = read_notebook(order.folder / NOTEBOOK)
        page = render_report(notebook, said, order.parameters, make_exporter())
        (order.folder / PAGE).write_text(page, encoding="utf-8", newline="\n")
        _make_thumbs(order.folder / FILES, said)
        seconds = time.perf_counter() - begin
        return Outcome(order.key, seconds=seconds, said=said, reads=read_notes(order.folder / READS))
    except PapermillExecutionError as error:
        number, source = running_cell(order.folder)
        message = f"{error.ename}: {error.evalue}".strip(" :")
        return _fail(order, begin, message, cell=number, source=source, traceback="\n".join(error.traceback))
    except BuildError as error:
        return _fail(order, begin, str(error))
    except Exception as error:  # one report must not end the others, whatever it does
        logging.getLogger(__name__).exception("the run failed")
        return _fail(order, begin, f"{type(error).__name__}: {error}")


def _execute(order: Order) -> None:
    logging.getLogger("papermill").setLevel(logging.ERROR)
    os.environ.update(run_environment(order))
    sys.path.insert(0, "")  # as in a kernel: modules beside the notebook
    sys.dont_write_bytecode = True  # whether such a module is read anew would depend on times
    random.seed(SEED)
    numpy.random.seed(SEED)  # noqa: NPY002 — for notebooks that use the shared generator
    reads = Reads(order.root, order.folder / READS)
    record(reads)
    watch_files(reads, order.root, (order.folder, order.notebook))
    papermill.execute_notebook(
        _literal(order.notebook),
        _literal(order.folder / NOTEBOOK),
        parameters=order.parameters,
        engine_name=engine.NAME,
        kernel_name="python3",
        language="python",
        progress_bar=False,
        cwd=str(order.notebook.parent),
    )


def _literal(path: Path) -> str:
    """A path as papermill takes it, which fills in what stands between braces."""
    return str(path).replace("{", "{{").replace("}", "}}")


def run_environment(order: Order) -> dict[str, str]:
    """Environment variables of a report's process: nobody's start-up files, nothing that varies."""
    private = order.folder / "home"
    (private / "ipython").mkdir(parents=True, exist_ok=True)
    return {
        RUN_VARIABLE: str(order.folder / FILES),
        CASE_VARIABLE: order.key.partition("/")[2],
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", EPOCH),
        "IPYTHONDIR": str(private / "ipython"),
    }


def _said(folder: Path) -> dict[str, Any]:
    try:
        said: dict[str, Any] = json.loads((folder / SAID).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise BuildError("the notebook ended without report.finish(title, finding)") from error
    return said


def _make_thumbs(folder: Path, said: Mapping[str, Any]) -> None:
    for figure in said["figures"]:
        if "png" not in figure["files"]:
            continue
        with Image.open(folder / figure["files"]["png"]) as picture:
            height = max(1, round(picture.height * THUMB_WIDTH / picture.width))
            small = picture.convert("RGB").resize((THUMB_WIDTH, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
            small.quantize(64).save(folder / f"{figure['slug']}.thumb.png")


def _fail(order: Order, begin: float, message: str, *, cell: int = 0, source: str = "", traceback: str = "") -> Outcome:
    seconds = time.perf_counter() - begin
    return write_failure(order, message, cell=cell, source=source, traceback=traceback, seconds=seconds)


def _end_with_parent() -> None:
    """End this process, and those that it has started, when the one that asked has ended."""
    parent = parent_process()
    if parent is None:
        return
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)

    def watch() -> None:
        wait([parent.sentinel])
        if hasattr(os, "killpg"):
            os.killpg(0, signal.SIGKILL)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
