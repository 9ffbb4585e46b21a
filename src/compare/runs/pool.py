"""Reports in parallel, each in a process made for it: one that dies, hangs or misbehaves harms no other.

The processes are forked from one that has imported what they all need (where the system can fork), which costs a
fraction of a new interpreter; elsewhere each is a new interpreter.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess

import psutil

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
                on_end(item.order, item.outcome or _death(item))
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
    process.start()
    theirs.close()
    return _Running(order, process, ours, time.monotonic())


def _serve(order: Order, connection: Connection) -> None:
    """What a worker process runs; here so that this module needs no heavy import."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that asked decides what an interrupt means
    from compare.runs.worker import serve

    serve(order, connection)


def _ended(running: Sequence[_Running], timeout: float) -> list[_Running]:
    """Wait until something happens, and give back the runs that are over."""
    left = min(item.begin + timeout for item in running) - time.monotonic()
    wait([*(item.connection for item in running), *(item.process.sentinel for item in running)], max(0.0, left))
    over = []
    for item in running:
        _read(item)
        if item.outcome is not None:
            item.process.join(GRACE)
            over.append(item)
        elif not item.process.is_alive():
            _read(item)
            over.append(item)
        elif time.monotonic() - item.begin > timeout:
            seconds = time.monotonic() - item.begin
            _kill(item)
            item.outcome = Outcome(item.order.key, f"ended after {timeout:g} s (--timeout)", 0, seconds)
            over.append(item)
        if item in over:
            _kill(item)
    return over


def _read(item: _Running) -> None:
    """Take the messages that have come."""
    with suppress(EOFError, OSError):
        while item.outcome is None and item.connection.poll():
            kind, content = item.connection.recv()
            if kind == "kernel":
                item.kernel = content
            else:
                item.outcome = content


def _death(item: _Running) -> Outcome:
    code = item.process.exitcode or 0
    how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
    return Outcome(item.order.key, f"its process ended early ({how})", 0, time.monotonic() - item.begin)


def _kill(item: _Running) -> None:
    """End a run with everything that it started."""
    family: list[psutil.Process] = []
    for pid in (item.process.pid, item.kernel):
        with suppress(psutil.Error):
            if pid and (pid != item.kernel or _is_kernel(pid)):
                process = psutil.Process(pid)
                family += [*process.children(recursive=True), process]
    for process in family:
        with suppress(psutil.Error):
            process.kill()
    item.process.join(GRACE)
    item.connection.close()


def _is_kernel(pid: int) -> bool:
    """Whether a process is still the kernel that had this id, and not a later one."""
    return any("ipykernel_launcher" in part for part in psutil.Process(pid).cmdline())


def default_jobs() -> int:
    """How many reports at a time: one for each processor that this process may use."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return count or 1
