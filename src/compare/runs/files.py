"""Writing so that a reader never sees half a file, and one build at a time."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import RawIOBase
from pathlib import Path

from compare.errors import OutputError

PARTIAL = ".partial"
LOCK_PAUSE = 0.2  # seconds between two attempts


def make_folder(path: Path) -> Path:
    """Make a folder with its parents.

    Raises:
        OutputError: it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{path}: cannot make this folder: {error.strerror}") from error
    return path


def replace_bytes(path: Path, data: bytes) -> None:
    """Write a file under another name and then rename it: a reader sees the old content or the new, whole.

    Raises:
        OutputError: it cannot be written; the old file is as it was.
    """
    make_folder(path.parent)
    partial = path.with_name(f".{path.name}{PARTIAL}")
    try:
        partial.write_bytes(data)
        partial.replace(path)
    except OSError as error:
        with suppress(OSError):
            partial.unlink()
        raise OutputError(f"{path}: cannot be written: {error.strerror}") from error


def replace_by_link(source: Path, target: Path) -> None:
    """Put a finished file in its place, as a second name of the same content where the file system can do that.

    Raises:
        OutputError: it cannot be put there; what was there is as it was.
    """
    make_folder(target.parent)
    partial = target.with_name(f".{target.name}{PARTIAL}")
    try:
        with suppress(FileNotFoundError):
            partial.unlink()
        try:
            os.link(source, partial)
        except OSError:
            import shutil

            shutil.copyfile(source, partial)
        partial.replace(target)
        with suppress(FileNotFoundError):  # a rename between two names of one file leaves both
            partial.unlink()
    except OSError as error:
        raise OutputError(f"{target}: cannot be written: {error.strerror}") from error


def require_writable(folder: Path) -> None:
    """Find out, before any work, that files can be made in a folder.

    Raises:
        OutputError: they cannot.
    """
    make_folder(folder)
    probe = folder / f".probe{PARTIAL}"
    try:
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise OutputError(f"{folder}: cannot write in this folder: {error.strerror}") from error


def remove_empty_folders(folder: Path) -> None:
    """Remove all folders below one that hold nothing."""
    for place, _, _ in os.walk(folder, topdown=False):
        if Path(place) != folder:
            with suppress(OSError):
                Path(place).rmdir()


@contextmanager
def build_lock(path: Path, *, wait: float = 0.0, on_wait: Callable[[str], None] = lambda _: None) -> Iterator[bool]:
    """Hold the lock of a build; the system lets go of it when the process ends, however it ends.

    Args:
        path: the lock's file; it stays, and says who held it last.
        wait: seconds to wait where another build holds it.
        on_wait: told once, before waiting, who holds it.

    Yields:
        Whether the build that held it before ended without letting go, so was killed.

    Raises:
        OutputError: another build holds it; the message says which.
    """
    make_folder(path.parent)
    try:
        file = path.open("ab+", buffering=0)  # nothing is left to be written when it is closed
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}") from error
    with file:
        _take(file, path, wait, on_wait)
        file.seek(0)
        interrupted = bool(file.read().strip())
        try:
            _rewrite(file, {"pid": os.getpid(), "host": _host(), "since": now()})
        except OSError as error:
            raise OutputError(f"{path}: cannot be written: {error.strerror}") from error
        try:
            yield interrupted
        finally:
            _rewrite(file, None)


def _take(file: RawIOBase, path: Path, wait: float, on_wait: Callable[[str], None]) -> None:
    end = time.monotonic() + wait
    is_told = False
    while True:
        try:
            _lock(file)
        except OSError as error:
            message = f"another build is at work: {_holder(path)}"
            if time.monotonic() >= end:
                waited = f" after waiting {wait:g} s" if wait else ""
                raise OutputError(f"{message}; nothing was done{waited} ({path})") from error
            if not is_told:
                on_wait(f"{message}; waiting for it to end")
                is_told = True
            time.sleep(LOCK_PAUSE)
        else:
            return


def now() -> str:
    """The present time in UTC, to the second."""
    return time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())


def _rewrite(file: RawIOBase, content: dict[str, object] | None) -> None:
    file.truncate(0)
    if content:
        file.write(json.dumps(content).encode())


def _holder(path: Path) -> str:
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return f"process {held['pid']} on {held['host']}, since {held['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "by a process that has not said who it is"


if sys.platform == "win32":
    import msvcrt

    def _host() -> str:
        return os.environ.get("COMPUTERNAME", "")

    def _lock(file: RawIOBase) -> None:
        file.seek(1 << 20)  # a byte past the content, which others may then still read
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _host() -> str:
        return os.uname().nodename

    def _lock(file: RawIOBase) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
