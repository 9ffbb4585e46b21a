"""Which reports a project has: one for each parameter file of each notebook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from compare.errors import ParameterError, UnknownNameError

CASE_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]*")


@dataclass(frozen=True, slots=True, order=True)
class Job:
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
    names = sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    for name in names:
        if name.startswith(".") or notebook not in (None, name):
            continue
        if name not in known:
            raise ParameterError(
                f"params/{name}: no notebook of that name in notebooks/; known are: {', '.join(known) or '(none)'}"
            )
        for path in sorted((folder / name).iterdir()):
            if not path.name.startswith(".") and not path.name.endswith("~"):
                yield Job(name, _case_of(path, root))


def _case_of(path: Path, root: Path) -> str:
    place = path.relative_to(root).as_posix()
    if path.is_dir():
        raise ParameterError(f"{place}: found a folder, expected files params/<notebook>/<case>.yaml")
    if path.suffix != ".yaml":
        raise ParameterError(f"{place}: found the ending {path.suffix!r}, expected '.yaml'")
    case = path.name.removesuffix(".yaml")
    if not CASE_NAME.fullmatch(case) or case.endswith(".error"):
        raise ParameterError(
            f"{place}: found the name {case!r}, expected lower-case ASCII letters, digits and _ . - only"
            " (and not ending in '.error'), because it becomes the address of the report"
        )
    return case
