"""A project read before it is asked for: the processes of reports are copies of one that has read it."""

from __future__ import annotations

from pathlib import Path

from compare.errors import CompareError
from compare.project.contents import Contents
from compare.project.digests import hash_folder

_kept: list[tuple[Path, dict[str, str], Contents]] = []


def keep(project: Contents) -> None:
    """Read all that a project holds, and keep it for those that open the same folder in this process or its copies.

    A project that cannot be read is not kept: whoever opens it gets the reason.
    """
    before = hash_folder(project.root / "data")
    try:
        project.read_all()
    except CompareError:
        return
    _kept[:] = [(project.root, before, project)]


def find_kept(root: Path) -> Contents | None:
    """The project kept for a folder; None where there is none, or where its data have changed since."""
    for place, before, project in _kept:
        if place == root and hash_folder(root / "data") == before:
            return project
    return None
