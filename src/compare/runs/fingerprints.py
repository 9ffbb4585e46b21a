"""What a report is made from, as hashes: two builds of equal hashes give equal reports, whatever the clocks say."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import compare
from compare.errors import count_noun
from compare.project.digests import hash_bytes, hash_folder
from compare.runs.cells import read_cells

LIBRARY = Path(compare.__file__).parent


def shared_inputs(root: Path) -> dict[str, str]:
    """Say what every report may be made from: all data, the library's source, and the installed versions.

    Args:
        root: the project folder.

    Returns:
        By name: hashes of `data/…`, relative to the project folder, and of `library/…`, relative to the package;
        versions of `environment/…`.
    """
    inputs = {f"data/{name}": hashed for name, hashed in hash_folder(root / "data").items()}
    inputs |= {f"library/{name}": hashed for name, hashed in hash_folder(LIBRARY).items()}
    inputs |= {f"environment/{name}": version for name, version in environment().items()}
    return inputs


def hash_notebook(path: Path) -> str:
    """Hash what a notebook does: of the file only the text and tags of cells count, so that opening it is no change."""
    cells = [
        (cell.get("cell_type"), "".join(cell["source"]), cell.get("metadata", {}).get("tags", []))
        for cell in read_cells(path)
    ]
    return hash_bytes(json.dumps(cells, ensure_ascii=False).encode())


def environment() -> dict[str, str]:
    """Versions that may change a result: Python, the system, every installed distribution, the date for outputs."""
    return {
        "python": sys.version.split()[0],
        "system": f"{sys.platform}-{_machine()}",
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", ""),
        **dict(sorted(distributions())),
    }


if sys.platform == "win32":

    def _machine() -> str:
        return os.environ.get("PROCESSOR_ARCHITECTURE", "")

else:

    def _machine() -> str:
        return os.uname().machine


def distributions() -> Iterator[tuple[str, str]]:
    """Installed distributions with their versions, read from folder names alone, which is fast."""
    for folder in {Path(entry) for entry in sys.path if entry.endswith("-packages")}:
        if folder.is_dir():
            for path in folder.iterdir():
                name, ending, _ = path.name.rpartition(".dist-info")
                if ending:
                    name, _, version = name.rpartition("-")
                    yield name, version


def describe_change(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """Say which inputs differ, the most particular first.

    >>> describe_change({"data/a": "1", "library/b": "1"}, {"data/a": "2", "library/b": "1", "data/c": "1"})
    ['data/a changed', 'data/c is new']
    """
    changes = [f"{name} changed" for name in new if name in old and old[name] != new[name]]
    changes += [f"{name} is new" for name in new if name not in old]
    changes += [f"{name} is gone" for name in old if name not in new]
    kinds = {"library/": ("the library changed", "file"), "environment/": ("the environment changed", "version")}
    rest = [change for change in changes if not change.startswith(tuple(kinds))]
    counts = {kind: sum(change.startswith(kind) for change in changes) for kind in kinds}
    return rest + [f"{text} ({count_noun(counts[kind], noun)})" for kind, (text, noun) in kinds.items() if counts[kind]]
