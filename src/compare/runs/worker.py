"""What the process of one report does: run the notebook in a kernel of its own, and write its page.

Everything heavy that a report needs is imported here once, in the process that the workers are forked from.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
import time
from collections.abc import Mapping
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

import papermill
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import DeadKernelError
from papermill.exceptions import PapermillExecutionError
from PIL import Image

from compare.errors import BuildError
from compare.runs.failures import one_line, running_cell, write_failure
from compare.runs.orders import FILES, LOG, NOTEBOOK, PAGE, SAID, Order, Outcome
from compare.runs.pages import make_exporter, read_notebook, render_report
from compare.runs.report import RUN_VARIABLE

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
EPOCH = "1577836800"  # 2020-01-01, for formats that cannot leave their date out
THUMB_WIDTH = 480


def serve(order: Order, connection: Connection) -> None:
    """Run one order in this process, which was made for it, and send messages to the one that asked.

    Messages are `("kernel", process id)` when the kernel has started and `("done", Outcome)` at the end.
    """
    _end_with_parent()
    log = os.open(order.folder / LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(log, stream)
    outcome = run(order, on_kernel=lambda pid: connection.send(("kernel", pid)))
    connection.send(("done", outcome))


def run(order: Order, on_kernel: Any = None) -> Outcome:
    """Run one order: execute the notebook, write the page, and say how it ended.

    A report that fails leaves an error page instead; nothing is raised for it.
    """
    begin = time.perf_counter()
    (order.folder / FILES).mkdir(parents=True, exist_ok=True)
    try:
        _execute(order, on_kernel)
        said = _said(order.folder)
        notebook = read_notebook(order.folder / NOTEBOOK)
        page = render_report(notebook, said, order.parameters, make_exporter())
        (order.folder / PAGE).write_text(page, encoding="utf-8", newline="\n")
        _make_thumbs(order.folder / FILES, said)
        return Outcome(order.key, seconds=time.perf_counter() - begin, said=said)
    except PapermillExecutionError as error:
        number, source = running_cell(order.folder)
        message = f"{error.ename}: {error.evalue}".strip(" :")
        return _fail(order, begin, message, cell=number, source=source, traceback="\n".join(error.traceback))
    except DeadKernelError:
        number, source = running_cell(order.folder)
        return _fail(order, begin, "the kernel died", cell=number, source=source)
    except BuildError as error:
        return _fail(order, begin, str(error))
    except Exception as error:  # one report must not end the others, whatever it does
        logging.getLogger(__name__).exception("the run failed")
        return _fail(order, begin, f"{type(error).__name__}: {error}")


def _execute(order: Order, on_kernel: Any) -> None:
    logging.getLogger("papermill").setLevel(logging.ERROR)
    os.environ.update(run_environment(order))
    papermill.execute_notebook(
        _literal(order.notebook),
        _literal(order.folder / NOTEBOOK),
        parameters=order.parameters,
        kernel_name="python3",
        language="python",
        progress_bar=False,
        cwd=str(order.notebook.parent),
        kernel_manager_class=_kernel_manager(order.folder / "kernel.json", on_kernel),
    )


def _literal(path: Path) -> str:
    """A path as papermill takes it, which fills in what stands between braces."""
    return str(path).replace("{", "{{").replace("}", "}}")


def run_environment(order: Order) -> dict[str, str]:
    """Environment variables of a report's kernel: one thread, nobody's start-up files, nothing that varies."""
    private = order.folder / "home"
    (private / "runtime").mkdir(parents=True, exist_ok=True)
    return {
        **dict.fromkeys(THREADS, "1"),
        RUN_VARIABLE: str(order.folder / FILES),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", EPOCH),
        "IPYTHONDIR": str(private / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(private / "runtime"),
        "JUPYTER_PLATFORM_DIRS": "1",
    }


def _kernel_manager(connection_file: Path, on_kernel: Any) -> type[AsyncKernelManager]:
    class OwnKernelManager(AsyncKernelManager):
        """Starts kernels with the Python of this process, whatever kernels are installed under that name."""

        def __init__(self, **options: Any) -> None:
            super().__init__(connection_file=str(connection_file), **options)

        @property
        def kernel_spec(self) -> KernelSpec:
            command = [sys.executable, "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
            return KernelSpec(argv=command, display_name="Python", language="python")

        async def _async_post_start_kernel(self, **options: Any) -> None:
            await super()._async_post_start_kernel(**options)
            pid = getattr(self.provisioner, "pid", None)
            if on_kernel and pid:
                on_kernel(pid)

        post_start_kernel = _async_post_start_kernel

    return OwnKernelManager


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
    write_failure(order.folder, order.key, message, cell=cell, source=source, traceback=traceback)
    return Outcome(order.key, one_line(message), cell, time.perf_counter() - begin)


def _end_with_parent() -> None:
    """End this process when the one that asked has ended; the kernel then ends itself."""
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
