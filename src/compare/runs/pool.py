"""Reports in parallel, each in a process made for it: one that dies, hangs or misbehaves harms no other.

The processes are forked from one that has imported what they all need (where the system can fork), which costs a
fraction of a new interpreter; elsewhere each is a new interpreter.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from types import ModuleType

import psutil

from compare.runs.failures import running_cell, write_failure
from compare.runs.orders import Order, Outcome

WORKER = "compare.runs.worker"
GRACE = 5.0


@dataclass(slots=True)
class _Running:
    order: Order
    process: BaseProcess
    connection: Connection
    begin: float
    kernel: int = 0
    exit_code: int = 0
    outcome: Outcome | None = None


def run_all(
    orders: Sequence[Order],
    *,
    jobs: int,
    timeout: float,
    on_start: Callable[[Order], None],
    on_end: Callable[[Order, Outcome], None],
) -> None:
    """Run orders, so many at a time, each in its own process.

    Args:
        orders: what to run, in this order.
        jobs: how many at a time.
        timeout: seconds that one report may take; past it the report is ended and counts as failed.
        on_start: called in this process when an order begins.
        on_end: called in this process with the outcome; what it raises ends all that still run.
    """
    context = _context()
    waiting = list(reversed(orders))
    running: list[_Running] = []
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                order = waiting.pop()
                running.append(_start(context, order))
                on_start(order)
            for item in _ended(running, timeout):
                running.remove(item)
                if item.outcome is not None:
                    on_end(item.order, item.outcome)
    finally:
        for item in running:
            _kill(item)


def _context() -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([WORKER])
    return context


def _start(context: BaseContext, order: Order) -> _Running:
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(order, theirs), name=order.key, daemon=False)  # type: ignore[attr-defined]
    with _unnamed_main():
        process.start()
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


def _ended(running: Sequence[_Running], timeout: float) -> list[_Running]:
    """Wait until something happens, and give back the runs that are over, each with its outcome."""
    left = min(item.begin + timeout for item in running) - time.monotonic()
    wait([*(item.connection for item in running), *(item.process.sentinel for item in running)], max(0.0, left))
    over = [item for item in running if _is_over(item, timeout)]
    for item in over:
        _kill(item)
        if item.outcome is None:
            item.outcome = _without_word(item, timeout)
    return over


def _is_over(item: _Running, timeout: float) -> bool:
    is_alive = item.process.is_alive()  # asked before the messages are read, so that none is lost
    _read(item)
    if item.outcome is not None:
        item.process.join(GRACE)
    return item.outcome is not None or not is_alive or time.monotonic() - item.begin > timeout


def _read(item: _Running) -> None:
    """Take the messages that have come."""
    with suppress(EOFError, OSError):
        while item.outcome is None and item.connection.poll():
            kind, content = item.connection.recv()
            if kind == "kernel":
                item.kernel = content
            else:
                item.outcome = content


def _without_word(item: _Running, timeout: float) -> Outcome:
    """The outcome of a run that ended, or was ended, without saying anything; its error report is written here."""
    seconds = time.monotonic() - item.begin
    code = item.exit_code
    if seconds > timeout:
        message = f"ended after {timeout:g} s, the most that one report may take"
    elif code < 0:
        message = f"its process was ended by signal {signal.Signals(-code).name}"
    else:
        message = f"its process ended early with exit code {code}"
    cell, source = running_cell(item.order.folder)
    write_failure(item.order.folder, item.order.key, message, cell=cell, source=source)
    return Outcome(item.order.key, message, cell, seconds)


def _kill(item: _Running) -> None:
    """End a run with everything that it started."""
    family: list[psutil.Process] = []
    if not item.process.is_alive():
        item.exit_code = item.process.exitcode or 0
    elif item.process.pid:
        family += _family_of(item.process.pid)
    if item.kernel and _is_kernel_of(item.kernel, item.order):
        family += _family_of(item.kernel)
    for process in family:
        with suppress(psutil.Error):
            process.kill()
    item.process.join(GRACE)
    item.connection.close()


def _family_of(pid: int) -> list[psutil.Process]:
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        return [*process.children(recursive=True), process]
    return []


def _is_kernel_of(pid: int, order: Order) -> bool:
    """Whether a process is still the kernel of this run, and not a later process with the same id."""
    with suppress(psutil.Error):
        return any(str(order.folder) in part for part in psutil.Process(pid).cmdline())
    return False


def default_jobs() -> int:
    """How many reports at a time: one for each processor that this process may use."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return count or 1
