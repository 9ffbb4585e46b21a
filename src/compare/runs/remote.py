"""Reports on a cluster: the project sent as a parcel, each report run there in a process of its own, its files back."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from compare.runs.cluster import Cluster, Lost
from compare.runs.failures import write_failure
from compare.runs.orders import FILES, Limits, Order, Outcome

SENT = ("data", "notebooks", "params")
SKIPPED_FOLDERS = ("__pycache__", ".ipynb_checkpoints", ".git")
OUTCOME = "outcome.json"
PRIVATE = "home"  # what a run keeps for itself
EPOCH = (1980, 1, 1, 0, 0, 0)

_unpacking = threading.Lock()


@dataclass(frozen=True, slots=True)
class RemoteOrder:
    """An order without paths of the machine that gave it.

    Attributes:
        key: `notebook/case`.
        notebook: the notebook, relative to the project folder.
        parameters: the checked values of its parameter file.
        limits: what it may take.
    """

    key: str
    notebook: str
    parameters: dict[str, Any]
    limits: Limits


def run_all(
    cluster: Cluster,
    orders: Sequence[Order],
    *,
    limits: Limits,
    on_start: Callable[[Order], None],
    on_end: Callable[[Order, Outcome], None],
) -> None:
    """Run orders on a cluster, as `compare.runs.pool.run_all` does on this machine.

    What comes back lies in each order's folder when `on_end` is called.

    Args:
        cluster: where.
        orders: what to run.
        limits: past one of them a report is ended and counts as failed.
        on_start: called when an order is sent.
        on_end: called with the outcome.

    Raises:
        ClusterError: the cluster has gone; what had come back has been handed to `on_end`.
    """
    if not orders:
        return
    root = orders[0].root
    known = {order.key: order for order in orders}
    tasks = {
        order.key: RemoteOrder(order.key, order.notebook.relative_to(root).as_posix(), order.parameters, limits)
        for order in orders
    }
    parcel = cluster.share(pack_project(root))
    for key, result in cluster.as_done(run_one, tasks, parcel, lambda key: on_start(known[key])):
        order = known[key]
        on_end(order, write_failure(order, result.reason) if isinstance(result, Lost) else _take(order, result))


def _take(order: Order, result: bytes) -> Outcome:
    unpack(result, order.folder)
    (order.folder / FILES).mkdir(exist_ok=True)  # a zip file has no empty folders
    path = order.folder / OUTCOME
    outcome = Outcome(**json.loads(path.read_text(encoding="utf-8")))
    path.unlink()
    return outcome


def run_one(task: RemoteOrder, parcel: bytes) -> bytes:
    """Run one report on a worker, in a process of its own, and give back its folder.

    Args:
        task: which report.
        parcel: the project.

    Returns:
        A zip file with what the run left, and its outcome.
    """
    from compare.runs.pool import run_all as run_here

    root = place_project(parcel)
    folder = Path(tempfile.mkdtemp(dir=root.parent))
    outcomes: list[Outcome] = []
    try:
        run_here(
            [Order(task.key, root / task.notebook, task.parameters, folder)],
            jobs=1,
            limits=task.limits,
            on_start=lambda _: None,
            on_end=lambda _, outcome: outcomes.append(outcome),
        )
        (folder / OUTCOME).write_text(json.dumps(asdict(outcomes[0]), ensure_ascii=False), encoding="utf-8")
        return pack((path, path.relative_to(folder).as_posix()) for path in _files(folder, (PRIVATE,)))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def place_project(parcel: bytes) -> Path:
    """Unpack a parcel on a worker, once, in a folder named by its content.

    Args:
        parcel: see `pack_project`.

    Returns:
        The project folder.
    """
    from distributed import get_worker

    place = Path(get_worker().local_directory) / "compare-plans"
    root = place / hashlib.sha256(parcel).hexdigest()[:16]
    with _unpacking:
        if not root.exists():
            place.mkdir(exist_ok=True)
            partial = Path(tempfile.mkdtemp(dir=place))
            unpack(parcel, partial)
            partial.rename(root)
    return root


def pack_project(root: Path) -> bytes:
    """What reports may read of a project as a zip file; equal projects give equal bytes.

    Args:
        root: the project folder.
    """
    paths = (path for name in SENT for path in _files(root / name, SKIPPED_FOLDERS))
    return pack((path, path.relative_to(root).as_posix()) for path in paths)


def _files(folder: Path, skipped: Sequence[str]) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part in skipped for part in parts):
            yield path


def pack(files: Iterable[tuple[Path, str]]) -> bytes:
    """Files as a zip file, in the order given, without their times."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path, name in files:
            archive.writestr(zipfile.ZipInfo(name, EPOCH), path.read_bytes(), zipfile.ZIP_DEFLATED, 1)
    return buffer.getvalue()


def unpack(content: bytes, folder: Path) -> None:
    """Write the files of a zip file below a folder; zipfile lets no name lead out of it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
