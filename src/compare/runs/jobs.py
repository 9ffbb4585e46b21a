"""Which reports a project has: one for each parameter file of each notebook."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from compare.errors import ParameterError, UnknownNameError

CASE_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]*")


class Job(NamedTuple):
    """One report to make: a notebook with one parameter file.

    Attributes:
        notebook: name of the notebook, without ending.
        case: name of the parameter file, without ending.
    """

    notebook: str
    case: str

    @property
    def key(self) -> str:
        """The report's name, as the command line takes it: `notebook/case`."""
        return f"{self.notebook}/{self.case}"

    @property
    def notebook_file(self) -> str:
        """The notebook, relative to the project folder."""
        return f"notebooks/{self.notebook}.ipynb"

    @property
    def params_file(self) -> str:
        """The parameter file, relative to the project folder."""
        return f"params/{self.notebook}/{self.case}.yaml"


def find_jobs(root: Path, selection: Sequence[str] = ()) -> tuple[Job, ...]:
    """List the reports of a project, or those of a selection.

    Args:
        root: the project folder.
        selection: `notebook` or `notebook/case`; nothing selects everything.

    Returns:
        The jobs in the order of their names, each once.

    Raises:
        UnknownNameError: a name of the selection fits no report.
        ParameterError: a folder below `params/` belongs to no notebook, or a file there has a name that cannot be used.
    """
    if not selection:
        return tuple(sorted(_jobs_of_folders(root, None)))
    chosen: set[Job] = set()
    for name in selection:
        chosen.update(_select(root, name.strip("/")))
    return tuple(sorted(chosen))


def _select(root: Path, name: str) -> Iterator[Job]:
    notebook, _, case = name.partition("/")
    known = notebook_names(root)
    if notebook not in known:
        raise UnknownNameError("notebook", notebook, known)
    jobs = sorted(_jobs_of_folders(root, notebook))
    if not jobs:
        raise ParameterError(f"notebook {notebook!r} has no parameter files: expected params/{notebook}/<case>.yaml")
    if case and case not in {job.case for job in jobs}:
        raise UnknownNameError("report", name, [job.key for job in jobs])
    yield from (job for job in jobs if not case or job.case == case)


def notebook_names(root: Path) -> list[str]:
    """Names of the notebooks of a project, without ending, sorted."""
    return sorted(path.stem for path in (root / "notebooks").glob("*.ipynb"))


def _jobs_of_folders(root: Path, notebook: str | None) -> Iterator[Job]:
    known = notebook_names(root)
    folder = root / "params"
    for name in _folders(folder):
        if name.startswith(".") or notebook not in (None, name):
            continue
        if name not in known:
            raise ParameterError(
                f"params/{name}: no notebook of that name in notebooks/; known are: {', '.join(known) or '(none)'}"
            )
        with os.scandir(folder / name) as found:
            for entry in sorted(found, key=lambda entry: entry.name):
                if not entry.name.startswith(".") and not entry.name.endswith("~"):
                    yield Job(name, _case_of(entry, f"params/{name}/{entry.name}"))


def _folders(folder: Path) -> list[str]:
    if not folder.is_dir():
        return []
    with os.scandir(folder) as found:
        return sorted(entry.name for entry in found if entry.is_dir())


def _case_of(entry: os.DirEntry[str], place: str) -> str:
    if entry.is_dir():
        raise ParameterError(f"{place}: found a folder, expected files params/<notebook>/<case>.yaml")
    case, ending = os.path.splitext(entry.name)  # noqa: PTH122 — no path is made for each of thousands of files
    if ending != ".yaml":
        raise ParameterError(f"{place}: found the ending {ending!r}, expected '.yaml'")
    if not CASE_NAME.fullmatch(case) or case.endswith(".error"):
        raise ParameterError(
            f"{place}: found the name {case!r}, expected lower-case ASCII letters, digits and _ . - only"
            " (and not ending in '.error'), because it becomes the address of the report"
        )
    return case
