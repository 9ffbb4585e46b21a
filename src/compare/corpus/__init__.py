"""Many plans at once: files to tables of records, in parallel, in order, in little memory.

Nothing here holds the records of all plans: a few plans at a time are read by each process, their rows come back as
bytes and are written in the order of the plans, so that one process or many give the same files.
"""

from __future__ import annotations

from compare.corpus.batches import Batch, Reader, Rows
from compare.corpus.writing import Summary, write_tables

__all__ = ["Batch", "Reader", "Rows", "Summary", "write_tables"]
