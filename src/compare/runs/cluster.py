"""The same work on the machines of a `dask.distributed` cluster that exists already.

Whoever asks sends what is needed (no shared folder is assumed), gets bytes back and publishes them; nothing is written
on the cluster but in the workers' own temporary folders. A worker that is lost costs nothing but time: the scheduler
gives its work to another. A worker with other versions than ours is refused, since it would give other results.

dask is imported here, and only when a scheduler is named.
"""

from __future__ import annotations

import functools
import importlib
import logging
import multiprocessing
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from compare.errors import BuildError, CompareError
from compare.runs.versions import describe_software, differences

Future = Any  # of dask.distributed, which carries no types
INSTALL = "pip install 'compare-plans[cluster]'"
CONNECT = 15  # seconds until a scheduler must have answered
LOOK = 1.0  # seconds between two looks at whether anybody is there
PATIENCE = 60.0  # seconds without any worker until work is given up
AHEAD = 2  # pieces of work that wait for each thread of the cluster, so that none stands idle


LEFT = "the scheduler is gone, or was started anew and knows nothing of the work; what had come back is published"


class ClusterError(BuildError):
    """The cluster went away while it was at work; what had come back was published."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A piece of work that gave no result.

    Attributes:
        reason: why not, in one line.
    """

    reason: str


@contextmanager
def open_cluster(address: str) -> Iterator[Cluster]:
    """Connect to a scheduler, and make sure that its workers run the same software as this process.

    Args:
        address: of the scheduler, such as `tcp://10.0.0.5:8786`.

    Raises:
        CompareError: dask is not installed here, nobody answers, there is no worker, or one has other versions.
    """
    dask = _import_distributed()
    for name in [name for name in logging.root.manager.loggerDict if name.startswith("distributed")]:
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is told by us, without tracebacks
    with warnings.catch_warnings():
        # What differs is told in our own words, and refused.
        warnings.simplefilter("ignore", dask.versions.VersionMismatchWarning)
        try:
            client = dask.Client(address, timeout=CONNECT)
        except (OSError, ValueError, TimeoutError) as error:
            raise CompareError(f"--scheduler {address}: no scheduler answers there ({error})") from error
    try:
        cluster = Cluster(client)
        cluster.check()
        yield cluster
    finally:
        client.close()


def _import_distributed() -> Any:
    try:
        return importlib.import_module("distributed")
    except ImportError as error:
        raise CompareError(f"--scheduler needs dask.distributed, which is not installed: {INSTALL}") from error


class Cluster:
    """A connected cluster.

    Args:
        client: the connection.
    """

    def __init__(self, client: Any) -> None:
        self._dask = _import_distributed()
        self._client = client
        self._software = describe_software()
        self._alone_since: float | None = None

    def check(self) -> None:
        """Compare every worker's software with ours.

        Raises:
            CompareError: there is no worker, or one runs other software; every difference of every worker is named.
        """
        if not self._threads():
            raise CompareError("the scheduler has no workers: start some, for example with `dask worker ADDRESS`")
        answers = self._client.run(describe_software, on_error="return")
        wrong = [
            f"  {worker}: {'; '.join(found)}"
            for worker, answer in sorted(answers.items())
            if (found := _compare_software(self._software, answer))
        ]
        if wrong:
            advice = "install the same versions and the same state of this project everywhere"
            raise CompareError("\n".join([f"workers with other software ({advice}):", *wrong]))

    def share(self, value: object) -> Future:
        """Put something on the cluster that many pieces of work need; it is sent again where it was lost.

        Args:
            value: anything that can be pickled.
        """
        return self._submit(_keep, value)

    def in_order(
        self, function: Callable[..., Any], tasks: Iterable[Any], shared: Future | None = None
    ) -> Iterator[Any | Lost]:
        """Do pieces of work, and give the results in the order of the work.

        Args:
            function: called on a worker with a task and, where given, what is shared.
            tasks: taken as they are needed.
            shared: see `share`.

        Yields:
            The result of each, or why there is none.
        """
        waiting = iter(tasks)
        under_way: deque[Future] = deque()
        while True:
            while len(under_way) < self._most() and (task := next(waiting, waiting)) is not waiting:
                under_way.append(self._submit(function, task, *([] if shared is None else [shared])))
            if not under_way:
                return
            self._wait([under_way[0]])
            yield self._result(under_way.popleft())

    def as_done(
        self,
        function: Callable[..., Any],
        tasks: Mapping[str, Any],
        shared: Future | None = None,
        on_start: Callable[[str], None] = lambda _: None,
    ) -> Iterator[tuple[str, Any | Lost]]:
        """Do pieces of work, and give each result when it has come.

        Args:
            function: as in `in_order`.
            tasks: by name.
            shared: see `share`.
            on_start: called with the name of a task when it is sent.

        Yields:
            Names with results, or with why there is none.
        """
        waiting = list(reversed(list(tasks)))
        under_way: dict[Future, str] = {}
        while waiting or under_way:
            while waiting and len(under_way) < max(1, self._threads()):
                name = waiting.pop()
                under_way[self._submit(function, tasks[name], *([] if shared is None else [shared]))] = name
                on_start(name)
            for future in self._wait(list(under_way)):
                yield under_way.pop(future), self._result(future)

    def _submit(self, function: Callable[..., Any], *arguments: object) -> Future:
        config = importlib.import_module("dask").config
        with config.set({"distributed.admin.large-graph-warning-threshold": "2 GiB"}):  # a project is no graph
            return self._client.submit(_do, function, self._software, *arguments, pure=False)

    def _most(self) -> int:
        return max(1, self._threads()) * AHEAD

    def _threads(self) -> int:
        """Threads of all workers together."""
        return sum(self._client.nthreads().values())

    def _wait(self, futures: list[Future]) -> list[Future]:
        """Wait until one of them is over; the work is given up where there is nobody left to do it."""
        while True:
            try:
                return list(self._dask.wait(futures, timeout=LOOK, return_when="FIRST_COMPLETED").done)
            except TimeoutError:
                self._look()
            except self._dask.CancelledError as error:
                raise ClusterError(LEFT) from error

    def _look(self) -> None:
        if self._client.status != "running":
            raise ClusterError(LEFT)
        if self._threads():
            self._alone_since = None
            return
        self._alone_since = self._alone_since or time.monotonic()
        if time.monotonic() - self._alone_since > PATIENCE:
            raise ClusterError(f"the scheduler has had no worker for {PATIENCE:.0f} s; the rest is given up")

    def _result(self, future: Future) -> Any | Lost:
        try:
            return future.result()
        except self._dask.KilledWorker as error:
            return Lost(f"every worker that took it was lost: {error}")
        except self._dask.CancelledError as error:
            raise ClusterError(LEFT) from error
        except CompareError:
            raise
        except Exception as error:  # noqa: BLE001 — whatever went wrong on a worker concerns one piece of work
            return Lost(f"on a worker: {type(error).__name__}: {error}")
        finally:
            future.release()


class OtherSoftwareError(CompareError):
    """A worker that came later runs other software."""


def _do(function: Callable[..., Any], software: Mapping[str, str], *arguments: object) -> Any:
    """What a worker runs: it may have come after the others were looked at."""
    if found := differences(software, _own_software()):
        raise OtherSoftwareError(f"a worker has other software: {'; '.join(found)}")
    # A nanny starts workers as daemons, which may have no children. Those of ours end by themselves with their parent.
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]  # noqa: SLF001
    return function(*arguments)


def _keep(value: object) -> object:
    return value


@functools.cache
def _own_software() -> dict[str, str]:
    return describe_software()


def _compare_software(ours: Mapping[str, str], answer: object) -> list[str]:
    if isinstance(answer, BaseException):
        if "No module named 'compare" in str(answer):
            return [f"this project is not installed there ({answer})"]
        return [f"{type(answer).__name__}: {answer}"]
    return differences(ours, dict(answer))  # type: ignore[call-overload]  # a mapping, as it comes back
