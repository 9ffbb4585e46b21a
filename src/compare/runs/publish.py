"""Finished reports into place, so that what is published is complete at every moment.

A page names its figures by a folder whose name is a hash of their content. New figures get a new folder, then the page
is replaced, then `build.json`, at last the index; what nothing refers to any more goes after that. Whoever looks, or
whatever ends the build, between two of these steps finds an old report or a new one, whole.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from compare.project.digests import hash_bytes, hash_file
from compare.runs import files
from compare.runs.jobs import Job
from compare.runs.manifest import Entry, Failure, Manifest
from compare.runs.orders import FAILURE, FILES, PAGE, Outcome
from compare.runs.places import ASSETS, ASSETS_FOLDER, EVIDENCE, FIGURES, REPORTS, SNAPSHOTS, STAGING


def publish_report(root: Path, job: Job, staged: Path, outcome: Outcome, inputs: dict[str, str]) -> Entry:
    """Put a finished report in its place.

    Args:
        root: the project folder.
        job: which report.
        staged: the folder that its run left.
        outcome: how the run ended: well.
        inputs: hashes of what it was made from, as `Entry.inputs`.

    Returns:
        What `build.json` says of it.

    Raises:
        OutputError: something cannot be written; the published report is as it was.
    """
    produced = {path.name: path for path in sorted((staged / FILES).iterdir()) if path.is_file()}
    hashes = {name: hash_file(path) for name, path in produced.items()}
    folder = f"{ASSETS_FOLDER}/{job.key}/{hash_bytes(json.dumps(hashes).encode())[:12]}"
    page = (staged / PAGE).read_text(encoding="utf-8").replace(ASSETS, f"../{folder}/").encode()
    written: dict[str, str] = {}
    for name, path in produced.items():
        target = f"{REPORTS}/{folder}/{name}"
        files.replace_by_link(path, root / target)
        written[target] = hashes[name]
    address = f"{REPORTS}/{job.notebook}/{job.case}.html"
    files.replace_bytes(root / address, page)
    written[address] = hash_bytes(page)
    for name, path in produced.items():
        if name.endswith(".thumb.png"):
            continue
        target = f"{FIGURES}/{job.key}/{name}"
        files.replace_by_link(path, root / target)
        written[target] = hashes[name]
    said = outcome.said
    return Entry(
        job.notebook,
        job.case,
        title=said["title"],
        finding=said["finding"],
        lang=said["lang"],
        inputs=inputs,
        reads=outcome.reads,
        files=written,
        figures=said["figures"],
        tables=said["tables"],
        downloads=said["downloads"],
        assets=folder,
        seconds=round(outcome.seconds, 2),
        built=files.now(),
    )


def publish_failure(root: Path, job: Job, staged: Path, outcome: Outcome, before: Entry | None) -> Entry:
    """Put an error report beside the last good report, which stays.

    Returns:
        The last good entry with the failure noted; the time of the first failure in a row is kept.
    """
    page = f"{job.notebook}/{job.case}.error.html"
    files.replace_bytes(root / REPORTS / page, (staged / FAILURE).read_bytes())
    entry = before or Entry(job.notebook, job.case)
    since = entry.failure.since if entry.failure else files.now()
    return entry._replace(failure=Failure(outcome.error, outcome.cell, since, page))


def sweep(root: Path, manifest: Manifest, before: Manifest) -> None:
    """Remove what an earlier build published and nothing refers to any more. Other files are left alone.

    Args:
        root: the project folder.
        manifest: what is published.
        before: what was, also of notebooks that there are no longer.
    """
    kept = {name for entry in manifest.entries.values() for name in entry.files} | set(manifest.site.get("files", ()))
    kept |= {f"{REPORTS}/{entry.failure.page}" for entry in manifest.entries.values() if entry.failure}
    for path in _published(root, {entry.notebook for entry in (*manifest.entries.values(), *before.entries.values())}):
        if path.relative_to(root).as_posix() not in kept:
            with suppress(OSError):
                path.unlink()
    for folder in (root / REPORTS, root / FIGURES):
        files.remove_empty_folders(folder)


def _published(root: Path, known: set[str]) -> Iterator[Path]:
    reports = root / REPORTS
    notebooks = known | {path.stem for path in (root / "notebooks").glob("*.ipynb")}
    yield from (path for path in (reports / ASSETS_FOLDER).rglob("*") if path.is_file())
    yield from (reports / EVIDENCE).glob("*.html")
    yield from (reports / SNAPSHOTS).glob("*.csv")
    for folder in (reports, root / FIGURES):
        yield from folder.rglob(f".*{files.PARTIAL}")
    for notebook in sorted(notebooks):
        yield from (reports / notebook).glob("*.html")
        yield from (path for path in (root / FIGURES / notebook).rglob("*") if path.is_file())


def discard(folder: Path) -> None:
    """Remove the folder of a run whose files are in their places, so that many reports do not fill the disk twice."""
    shutil.rmtree(folder, ignore_errors=True)


def clear_staging(root: Path) -> None:
    """Remove what an interrupted build left half-done."""
    shutil.rmtree(root / REPORTS / STAGING, ignore_errors=True)


def staging_folder(root: Path, job: Job) -> Path:
    """A new, empty folder for a run to write in, on the file system of the reports."""
    folder = root / REPORTS / STAGING / f"{job.notebook}~{job.case}"
    shutil.rmtree(folder, ignore_errors=True)
    return files.make_folder(folder)
