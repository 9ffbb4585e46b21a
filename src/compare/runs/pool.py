"""Reports in parallel, each in a process made for it: one that dies, hangs or misbehaves harms no other.

The processes are copies of one that has imported what they all need and has read the project (where the system can
fork), which costs a fraction of a new interpreter; elsewhere each is a new interpreter.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType

import psutil

from compare.errors import BuildError
from compare.runs.failures import running_cell, write_failure
from compare.runs.orders import Limits, Order, Outcome

WARM, WARM_VARIABLE = "compare.runs.warm", "COMPARE_WARM"
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
ENVIRONMENT = {
    **dict.fromkeys(THREADS, "1"),
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # what a kernel sets
}
"""Of all processes of reports, from their first moment: one thread, nothing that varies."""
GRACE = 5.0
LOOK = 0.2  # seconds between two looks at the memory

_starting = threading.Lock()  # on a cluster several threads of a process start reports


@dataclass(slots=True)
class _Running:
    order: Order
    process: BaseProcess
    connection: Connection
    begin: float
    memory: int = 0
    exit_code: int = 0
    outcome: Outcome | None = None


def run_all(
    orders: Sequence[Order],
    *,
    jobs: int,
    limits: Limits,
    on_start: Callable[[Order], None],
    on_end: Callable[[Order, Outcome], None],
) -> None:
    """Run orders, so many at a time, each in its own process.

    Args:
        orders: what to run, in this order.
        jobs: how many at a time.
        limits: past one of them a report is ended and counts as failed.
        on_start: called in this process when an order begins.
        on_end: called in this process with the outcome; what it raises ends all that still run.
    """
    context = prepare(orders[0].root) if orders else None
    waiting = list(reversed(orders))
    running: list[_Running] = []
    try:
        while context and (waiting or running):
            while waiting and len(running) < jobs:
                order = waiting.pop()
                running.append(_start(context, order))
                on_start(order)
            for item in _ended(running, limits):
                running.remove(item)
                if item.outcome is not None:
                    on_end(item.order, item.outcome)
    finally:
        for item in running:
            _kill(item)


def prepare(root: Path) -> BaseContext:
    """Begin to prepare the process that those of reports are copied from, without waiting until it is ready.

    Args:
        root: the project folder that it reads.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing.forkserver import ensure_running

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([WARM])
    with _environment({**ENVIRONMENT, WARM_VARIABLE: str(root)}):
        ensure_running()
    return context


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    """Set environment variables for the processes that are started meanwhile."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _start(context: BaseContext, order: Order) -> _Running:
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(order, theirs), name=order.key, daemon=False)  # type: ignore[attr-defined]
    try:
        with _starting, _unnamed_main(), _environment(ENVIRONMENT):
            process.start()
    except (EOFError, ConnectionError) as error:
        raise BuildError(f"no process can be started for a report; `python -c 'import {WARM}'` says why") from error
    theirs.close()
    return _Running(order, process, ours, time.monotonic())


@contextmanager
def _unnamed_main() -> Iterator[None]:
    """Keep the new process from running the program that asked once more, of which it needs nothing.

    Otherwise a script that calls `build` without asking for its own name first would start itself over and over.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _serve(order: Order, connection: Connection) -> None:
    """What a worker process runs; here so that this module needs no heavy import."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that asked decides what an interrupt means
    from compare.runs.worker import serve

    serve(order, connection)


def _ended(running: Sequence[_Running], limits: Limits) -> list[_Running]:
    """Wait until something happens, and give back the runs that are over, each with its outcome."""
    left = min(item.begin + limits.seconds for item in running) - time.monotonic()
    if limits.memory:
        left = min(left, LOOK)
    wait([*(item.connection for item in running), *(item.process.sentinel for item in running)], max(0.0, left))
    over = [item for item in running if _is_over(item, limits)]
    for item in over:
        _kill(item)
        if item.outcome is None:
            item.outcome = _without_word(item, limits)
    return over


def _is_over(item: _Running, limits: Limits) -> bool:
    is_alive = item.process.is_alive()  # asked before the message is read, so that it is not lost
    with suppress(EOFError, OSError):
        if item.connection.poll():
            item.outcome = item.connection.recv()
    if item.outcome is not None:
        item.process.join(GRACE)
        return True
    if limits.memory and is_alive:
        item.memory = _memory_of(item)
    return not is_alive or time.monotonic() - item.begin > limits.seconds or _is_too_big(item, limits)


def _is_too_big(item: _Running, limits: Limits) -> bool:
    return 0 < limits.memory < item.memory


def _memory_of(item: _Running) -> int:
    """Bytes of main memory that a run holds with all that it has started."""
    total = 0
    for process in _family_of(item.process.pid or 0):
        with suppress(psutil.Error):
            total += process.memory_info().rss
    return total


def _without_word(item: _Running, limits: Limits) -> Outcome:
    """The outcome of a run that ended, or was ended, without saying anything; its error report is written here."""
    seconds = time.monotonic() - item.begin
    code = item.exit_code
    if _is_too_big(item, limits):
        most = f"the {_megabytes(limits.memory)} that one report may take"
        message = f"ended because it took {_megabytes(item.memory)} of memory, more than {most}"
    elif seconds > limits.seconds:
        message = f"ended after {limits.seconds:g} s, the most that one report may take"
    elif code < 0:
        message = f"its process was ended by signal {signal.Signals(-code).name}"
    else:
        message = f"its process ended early with exit code {code}"
    cell, source = running_cell(item.order.folder)
    return write_failure(item.order, message, cell=cell, source=source, seconds=seconds)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"


def _kill(item: _Running) -> None:
    """End a run with everything that it started."""
    family: list[psutil.Process] = []
    if not item.process.is_alive():
        item.exit_code = item.process.exitcode or 0
    elif item.process.pid:
        family += _family_of(item.process.pid)
    for process in family:
        with suppress(psutil.Error):
            process.kill()
    if item.process.pid and hasattr(os, "killpg"):
        with suppress(OSError):  # its group, in which those are that outlived it
            os.killpg(item.process.pid, signal.SIGKILL)
    item.process.join(GRACE)
    item.connection.close()


def _family_of(pid: int) -> list[psutil.Process]:
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        return [*process.children(recursive=True), process]
    return []


def default_jobs() -> int:
    """How many reports at a time: one for each processor that this process may use."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return count or 1
