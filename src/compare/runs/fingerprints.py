"""What a report is made from, as hashes: two builds of equal hashes give equal reports, whatever the clocks say."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import compare
from compare.runs.jobs import Job
from compare.runs.params import read_cells

SKIPPED_FOLDERS = frozenset({"__pycache__", ".ipynb_checkpoints", ".git"})
SKIPPED_ENDINGS = ("~", ".pyc", ".swp", ".tmp")


def hash_bytes(data: bytes) -> str:
    """SHA-256 of some bytes, as hexadecimal text."""
    return hashlib.sha256(data).hexdigest()


def hash_file(path: Path) -> str:
    """SHA-256 of a file's content, as hexadecimal text."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hash_mapping(mapping: Mapping[str, object]) -> str:
    """SHA-256 of a mapping that json can write, whatever its order."""
    return hash_bytes(json.dumps(mapping, sort_keys=True, ensure_ascii=False).encode())


def shared_inputs(root: Path) -> dict[str, str]:
    """Hash what every report may read: all data, the library's source, and the installed versions.

    Args:
        root: the project folder.

    Returns:
        Hashes by name: `data/…` relative to the project folder, `library/…` relative to the package, `environment`.
    """
    inputs = {f"data/{name}": hash_file(path) for name, path in _files(root / "data")}
    inputs |= {f"library/{name}": hash_file(path) for name, path in _files(Path(compare.__file__).parent)}
    inputs["environment"] = hash_mapping(environment())
    return inputs


def job_inputs(root: Path, job: Job, shared: Mapping[str, str]) -> dict[str, str]:
    """Hash what one report is made from.

    Of the notebook only the text and tags of its cells count, so that opening it in an editor changes nothing.
    """
    cells = [
        (cell.get("cell_type"), "".join(cell["source"]), cell.get("metadata", {}).get("tags", []))
        for cell in read_cells(root / job.notebook_file)
    ]
    notebook = hash_bytes(json.dumps(cells, ensure_ascii=False).encode())
    return {**shared, job.notebook_file: notebook, job.params_file: hash_file(root / job.params_file)}


def environment() -> dict[str, object]:
    """Versions that may change a result: Python, the system, every installed distribution, the date for outputs."""
    return {
        "python": platform.python_version(),
        "system": f"{sys.platform}-{platform.machine()}",
        "distributions": sorted(distributions()),
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", ""),
    }


def distributions() -> Iterator[str]:
    """Installed distributions as `name-version`, read from folder names alone, which is fast."""
    for folder in {Path(entry) for entry in sys.path if entry.endswith("-packages")}:
        if folder.is_dir():
            names = (path.name for path in folder.iterdir())
            yield from (name.removesuffix(".dist-info") for name in names if name.endswith(".dist-info"))


def describe_change(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """Say which inputs differ, the most particular first.

    >>> describe_change({"data/a": "1", "library/b": "1"}, {"data/a": "2", "library/b": "1", "data/c": "1"})
    ['data/a changed', 'data/c is new']
    """
    changes = [f"{name} changed" for name in new if name in old and old[name] != new[name]]
    changes += [f"{name} is new" for name in new if name not in old]
    changes += [f"{name} is gone" for name in old if name not in new]
    library = [change for change in changes if change.startswith("library/")]
    rest = [change for change in changes if not change.startswith("library/")]
    return sorted(rest, key=lambda change: change.startswith("environment")) + (
        [f"the library changed ({len(library)} files)"] if library else []
    )


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS)
        for name in sorted(names):
            if not name.endswith(SKIPPED_ENDINGS) and not name.startswith("."):
                path = Path(place, name)
                yield path.relative_to(folder).as_posix(), path
