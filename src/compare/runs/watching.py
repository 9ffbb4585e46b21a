"""Files of the project that a report opens past the project's own tables, noted as they are opened."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from typing import Any

from compare.project.named import EVERYTHING
from compare.project.reads import Reads
from compare.runs.fingerprints import LIBRARY

PROCESSES = frozenset({"os.system", "os.posix_spawn", "os.spawn", "os.exec", "os.fork", "subprocess.Popen"})
LISTINGS = frozenset({"os.listdir", "os.scandir"})


def watch_files(reads: Reads, given: Path, apart: tuple[Path, ...]) -> None:
    """Note from now on each file of the project that this process opens to read, and each folder of data it lists.

    A process that it starts may read anything, so that counts as all data. What lies outside of the project folder
    is not noted. It cannot be undone: it is for a process made for one report.

    Args:
        reads: where to note.
        given: the project folder as it is named in paths, which may lead over symbolic links.
        apart: files and folders that are noted elsewhere, or are the report's own.
    """
    folders = {f"{root}{os.sep}" for root in (given, reads.root)}
    others = (*apart, LIBRARY, Path(sys.prefix))
    left_out = tuple(str(path) for path in others if any(str(path).startswith(folder) for folder in folders))

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and _is_reading(arguments):
            name = _name_below(arguments[0], folders, left_out)
            if name and Path(reads.root / name).is_file():
                reads.note_place(name if "/" in name else f"./{name}")
        elif event in LISTINGS:
            name = _name_below(arguments[0], folders, left_out)
            if name and name.startswith("data/"):
                reads.note_place(f"{name.rstrip('/')}/")
        elif event in PROCESSES:
            reads.note_place(EVERYTHING)

    sys.addaudithook(hear)


def _is_reading(arguments: tuple[Any, ...]) -> bool:
    _, mode, flags = arguments
    if isinstance(mode, str):
        return "r" in mode or "+" in mode
    return isinstance(flags, int) and flags & os.O_ACCMODE != os.O_WRONLY if hasattr(os, "O_ACCMODE") else True


def _name_below(path: Any, folders: set[str], left_out: tuple[str, ...]) -> str:
    """The name of a path relative to the project folder, with forward slashes; empty where it is elsewhere."""
    if path is None:
        path = "."
    if not isinstance(path, str | bytes | os.PathLike):
        return ""  # a file that is open already
    whole = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 — links stay as they are
    if whole.endswith(".pyc"):
        try:
            whole = importlib.util.source_from_cache(whole)
        except ValueError:
            return ""
    if whole.startswith(left_out):
        return ""
    for folder in folders:
        if (whole + os.sep).startswith(folder):
            return whole[len(folder) :].replace(os.sep, "/")
    return ""
