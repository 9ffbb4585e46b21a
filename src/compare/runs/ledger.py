"""The manifest while a build goes on: kept in memory, written often enough that little is lost."""

from __future__ import annotations

import time
from pathlib import Path

import compare
from compare.runs.manifest import Manifest, read_manifest, write_manifest

SHARE = 0.05  # of the time that writing may take: with many reports the file is long


class Ledger:
    """What is published, as `build.json` says it or will say it.

    A report that is published and not yet entered there when a build is killed is made again by the next build.

    Attributes:
        manifest: as it is now.
    """

    def __init__(self, reports: Path) -> None:
        self._reports = reports
        self.manifest: Manifest = read_manifest(reports)
        self._written = self.manifest
        self._next = 0.0

    def enter(self, manifest: Manifest) -> None:
        """Take what has changed, and write it unless that was done a moment ago.

        Raises:
            OutputError: it cannot be written.
        """
        self.manifest = manifest.only(set(manifest.entries))
        if time.monotonic() >= self._next:
            self.write()

    def write(self) -> None:
        """Write what has not been written.

        Raises:
            OutputError: it cannot be written.
        """
        if self.manifest == self._written:
            return
        begin = time.monotonic()
        write_manifest(self._reports, self.manifest, compare.__version__)
        end = time.monotonic()
        self._written, self._next = self.manifest, end + (end - begin) / SHARE
