"""What was published, compared with what was written, without reading again what nobody has touched since.

Reading all that a project has published takes longer than all else that a build with nothing to do does. So the state
of the files of each report that were found whole is kept: size, times and number of each as the file system has them.
The time of the last change of a file cannot be set by a program, so that no altered file goes unnoticed by it. Where a
file system has no such time, everything is read each time.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from compare.errors import OutputError
from compare.project.digests import hash_bytes, hash_file
from compare.runs.files import replace_bytes
from compare.runs.places import REPORTS

NAME = ".whole.json"
SETTLED = 2_000_000_000  # nanoseconds: two changes that are closer may have the same time, on the coarsest file system
HAS_TIME_OF_CHANGE = sys.platform != "win32"  # there `st_ctime` is when the file was made


class Outputs:
    """The published files of a project.

    Args:
        root: the project folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._file = root / REPORTS / NAME
        self._kept = _read(self._file)
        self._found: dict[str, tuple[str, int]] = {}
        self._hashes: dict[tuple[int, int], str] = {}

    def find_damaged(self, group: str, files: Mapping[str, str]) -> list[str]:
        """Find which files are missing or are not what was written.

        Args:
            group: what the files belong to: a report's key, or what else names them.
            files: SHA-256 by name relative to the project folder.

        Returns:
            What is wrong, one text for each file.

        Raises:
            OutputError: a file cannot be read.
        """
        state, changed = self._look(files)  # before they are read: what changes meanwhile has another state
        wrong = [] if state and self._kept.get(group) == state else self._read(files)
        if state and not wrong:
            self._found[group] = state, changed
        return wrong

    def _look(self, files: Mapping[str, str]) -> tuple[str, int]:
        """The state of some files as one hash, and when the last of them changed; nothing where one is missing."""
        if not HAS_TIME_OF_CHANGE:
            return "", 0
        lines, changed = [], 0
        for name, expected in files.items():
            try:
                is_ = os.stat(f"{self._root}/{name}")  # noqa: PTH116 — twice as fast, and there are thousands
            except OSError:
                return "", 0
            lines.append(f"{name} {expected} {is_.st_size} {is_.st_mtime_ns} {is_.st_ctime_ns} {is_.st_ino}")
            changed = max(changed, is_.st_ctime_ns)
        return hash_bytes("\n".join(lines).encode("utf-8", "surrogateescape")), changed

    def _read(self, files: Mapping[str, str]) -> list[str]:
        wrong = []
        for name, expected in files.items():
            path = self._root / name
            try:
                if self._hash(path) != expected:
                    wrong.append(f"{name} was altered")
            except FileNotFoundError:
                wrong.append(f"{name} is missing")
            except OSError as error:
                raise OutputError(f"{path}: cannot be read: {error.strerror}") from error
        return wrong

    def _hash(self, path: Path) -> str:
        status = path.stat()
        identity = (status.st_dev, status.st_ino)  # two names of one file are read once
        if identity not in self._hashes:
            self._hashes[identity] = hash_file(path)
        return self._hashes[identity]

    def keep(self, groups: Iterable[str], now: int) -> None:
        """Keep the state of what was found whole for the next build, but of no file that changed a moment ago.

        Args:
            groups: what there is; of nothing else is the state kept.
            now: a time by the clock of the file system, in nanoseconds, at which nothing had been looked at yet.

        Raises:
            OutputError: it cannot be written.
        """
        settled = {group: state for group, (state, changed) in self._found.items() if changed < now - SETTLED}
        states = self._kept | settled
        states = {group: states[group] for group in sorted(groups) if group in states}
        if states != self._kept:
            replace_bytes(self._file, (json.dumps(states, indent=1) + "\n").encode())


def _read(path: Path) -> dict[str, str]:
    """What was kept; nothing where that cannot be read: all files are then read instead."""
    try:
        states = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return states if isinstance(states, dict) else {}
