"""Batches read by several processes, given back in the order in which they were asked for."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext

from compare.catalogue import Catalogue
from compare.corpus.batches import Batch, Reader, Rows

AHEAD = 3  # batches that wait for each process, so that none stands idle and few results pile up

_reader: Reader | None = None


def read_in_order(batches: Iterable[Batch], catalogue: Catalogue, jobs: int) -> Iterator[list[Rows]]:
    """Read batches, so many processes at a time.

    A process that dies (killed, out of memory) costs no other plan: what was under way is read again, each plan by
    itself, and the one at which a process dies again is named.

    Args:
        batches: what to read; taken as it is needed.
        catalogue: the definitions.
        jobs: how many processes; 1: none besides this one.

    Yields:
        The results of each batch, in order.
    """
    if jobs == 1:
        reader = Reader(catalogue)
        yield from map(reader.read, batches)
        return
    waiting = iter(batches)
    while True:
        broken: list[Batch] = []
        yield from _read_while_whole(waiting, broken, catalogue, jobs)
        if not broken:
            return
        for batch in broken:
            yield [rows for names in batch.files for rows in _read_apart(replace(batch, files=(names,)), catalogue)]


def _read_while_whole(
    waiting: Iterator[Batch], broken: list[Batch], catalogue: Catalogue, jobs: int
) -> Iterator[list[Rows]]:
    """Read until there is nothing left or a process dies; then `broken` holds what was under way, in order."""
    under_way: deque[Batch] = deque()
    results: deque[Future[list[Rows]]] = deque()
    with _pool(catalogue, jobs) as pool:

        def submit(count: int) -> None:
            for batch in itertools.islice(waiting, count):
                under_way.append(batch)
                results.append(pool.submit(_read, batch))

        try:
            submit(jobs * AHEAD)
            while under_way:
                rows = results.popleft().result()
                under_way.popleft()
                yield rows
                submit(1)
        except BrokenProcessPool:
            broken += under_way
        finally:
            for result in results:
                result.cancel()


def _read_apart(batch: Batch, catalogue: Catalogue) -> list[Rows]:
    with _pool(catalogue, 1) as pool:
        try:
            return pool.submit(_read, batch).result()
        except BrokenProcessPool:
            name = batch.files[0][0]
            problem = f"{name}: the process that read it was ended (killed, or out of memory); the plan is left out"
            return [Rows(name.rpartition(".")[0], problem=problem)]


def _pool(catalogue: Catalogue, jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=_context(), initializer=_prepare, initargs=(catalogue,))


def _context() -> BaseContext:
    """Forked processes share what this one has loaded; with threads, or elsewhere than on Linux, that is not safe."""
    can_fork = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if can_fork else "spawn")


def _prepare(catalogue: Catalogue) -> None:
    global _reader  # noqa: PLW0603 — a process of the pool has one reader, made when it starts
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that asked decides what an interrupt means
    _reader = Reader(catalogue)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _read(batch: Batch) -> list[Rows]:
    if _reader is None:
        raise RuntimeError("this process was not prepared")
    return _reader.read(batch)
