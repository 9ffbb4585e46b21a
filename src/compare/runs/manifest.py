"""`build.json`: for each report what it was made from, what came out, and how it went."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from compare.project.digests import hash_mapping
from compare.runs.files import replace_bytes

SCHEMA = 2
NAME = "build.json"
SHARED = "shared"


class Failure(NamedTuple):
    """Why a report could not be made.

    Attributes:
        message: one line.
        cell: number of the cell, counted from 1 over all cells; 0 where it was none.
        since: time of the first of the failures in a row, UTC.
        page: the error report, relative to `reports/`.
    """

    message: str
    cell: int = 0
    since: str = ""
    page: str = ""


class Entry(NamedTuple):
    """One report. What it says of contents is the last good report's, also after a failure.

    Attributes:
        notebook: name of the notebook.
        case: name of the parameter file.
        title: its title, in plain text; empty where it was never made.
        finding: its finding in one sentence.
        lang: language of its text, `zh` or `en`.
        inputs: hashes of its notebook and parameter file, and `shared`: that of the set of all else that it was made
            from; the set stands in the manifest.
        reads: what it has read of the project, with hashes, by the names of `compare.project.reads`.
        files: its files, relative to the project folder, with their SHA-256.
        figures: one mapping for each figure: slug, title, alt, width, height, files by ending, thumb.
        tables: one mapping for each table: slug, caption, rows, file.
        downloads: names of further files.
        assets: folder of its figures and data, relative to `reports/`.
        seconds: how long it took.
        built: when it was made, UTC.
        failure: why the latest attempt failed; None where it did not.
    """

    notebook: str
    case: str
    title: str = ""
    finding: str = ""
    lang: str = "zh"
    inputs: Mapping[str, str] = {}
    reads: Mapping[str, str] = {}
    files: Mapping[str, str] = {}
    figures: Sequence[dict[str, Any]] = []
    tables: Sequence[dict[str, Any]] = []
    downloads: Sequence[str] = []
    assets: str = ""
    seconds: float = 0.0
    built: str = ""
    failure: Failure | None = None

    @property
    def page(self) -> str:
        """Address of the report relative to `reports/`."""
        return f"{self.notebook}/{self.case}.html"


class Manifest(NamedTuple):
    """All reports of a project and the pages around them.

    Attributes:
        entries: by `notebook/case`.
        inputs: sets of shared inputs by their hash: hashes of data and library and installed versions, by name.
        site: `inputs` (hash) and `files` (SHA-256 by name) of the index and the evidence pages.
    """

    entries: Mapping[str, Entry] = {}
    inputs: Mapping[str, Mapping[str, str]] = {}
    site: Mapping[str, Any] = {}

    def with_entry(self, key: str, entry: Entry, shared: Mapping[str, str] | None = None) -> Manifest:
        """A manifest with one entry replaced, and its set of shared inputs beside it."""
        sets = {**self.inputs, hash_mapping(shared): dict(shared)} if shared else self.inputs
        return self._replace(entries={**self.entries, key: entry}, inputs=sets)

    def only(self, keys: set[str]) -> Manifest:
        """A manifest of some entries, and of the input sets that these name."""
        entries = {key: entry for key, entry in sorted(self.entries.items()) if key in keys}
        used = {entry.inputs.get(SHARED, "") for entry in entries.values()}
        return self._replace(entries=entries, inputs={key: self.inputs[key] for key in sorted(used & set(self.inputs))})


def read_manifest(folder: Path) -> Manifest:
    """Read what the last build left; a missing or damaged file counts as no build at all.

    Args:
        folder: the reports folder.
    """
    try:
        data = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if data["schema"] != SCHEMA:
            return Manifest()
        entries = {key: _entry(value) for key, value in data["reports"].items()}
        return Manifest(entries, dict(data["inputs"]), dict(data["site"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Manifest()


def _entry(data: dict[str, Any]) -> Entry:
    failure = data.pop("failure", None)
    data.pop("outcome", None)
    return Entry(**data, failure=Failure(**failure) if failure else None)


def write_manifest(folder: Path, manifest: Manifest, version: str) -> None:
    """Write `build.json`, whole or not at all.

    Raises:
        OutputError: it cannot be written.
    """
    reports = {
        key: {
            "outcome": "failed" if entry.failure else "built",
            **entry._asdict(),
            "failure": entry.failure and entry.failure._asdict(),
        }
        for key, entry in sorted(manifest.entries.items())
    }
    data = {
        "schema": SCHEMA,
        "version": version,
        "python": sys.version.split()[0],
        "reports": reports,
        "site": manifest.site,
        "inputs": manifest.inputs,
    }
    replace_bytes(folder / NAME, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode())
