"""Files and folders of a project by the names that what a report has read goes by."""

from __future__ import annotations

from pathlib import Path

from compare.project.digests import hash_file, hash_folder, hash_mapping

EVERYTHING = "data/"
"""All data: what a report counts as having read whose reading cannot be told."""


def is_place(name: str) -> bool:
    """Whether a thing read is a file or a folder, and not a question.

    >>> is_place("data/plans/"), is_place("catalogue.ids"), is_place("corpus('340000')"), is_place("names()['a/b']")
    (True, False, False, False)
    """
    return "/" in name and not name.endswith((")", "]"))


def hash_place(root: Path, name: str) -> str:
    """Hash of a file or, where the name ends with `/`, of all files of a folder; empty where there is none."""
    place = root / name
    if name.endswith("/"):
        return hash_mapping(hash_folder(place))
    return hash_file(place) if place.is_file() else ""
