"""Batches read by the workers of a cluster."""

from __future__ import annotations

import functools
import pickle
from collections.abc import Iterable, Iterator
from pathlib import Path

from compare.catalogue import Catalogue
from compare.corpus.batches import Batch, Reader, Rows
from compare.runs.cluster import Cluster, Lost


def read_on_cluster(cluster: Cluster, batches: Iterable[Batch], catalogue: Catalogue) -> Iterator[list[Rows]]:
    """Read batches on a cluster, each sent with the contents of its files.

    Args:
        cluster: where.
        batches: what to read; taken as it is needed.
        catalogue: the definitions, sent once.

    Yields:
        The results of each batch, in order; where no worker gave any, each of its plans with that as its problem.
    """
    shared = cluster.share(pickle.dumps(catalogue))
    sent: list[Batch] = []

    def send() -> Iterator[Batch]:
        for batch in batches:
            sent.append(batch)
            yield batch.packed()

    for result in cluster.in_order(read_batch, send(), shared):
        batch = sent.pop(0)
        if isinstance(result, Lost):
            yield [Rows(Path(name).stem, problem=f"{name}: {result.reason}") for name, _ in batch.files]
        else:
            yield result


def read_batch(batch: Batch, definitions: bytes) -> list[Rows]:
    """Read a batch on a worker; the software there is the same as where the definitions were pickled."""
    return _reader(definitions).read(batch)


@functools.lru_cache(maxsize=1)
def _reader(definitions: bytes) -> Reader:
    return Reader(pickle.loads(definitions))  # noqa: S301 — as all that comes from the scheduler, which workers trust
