"""The command `export`: all tables, or the briefing of some reports."""

from __future__ import annotations

import argparse
import glob
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.cli.places import open_project
from compare.errors import InputError, OutputError, ParameterError

if TYPE_CHECKING:
    import pandas as pd

    from compare.project import Project
    from compare.runs import Job

ENDINGS = ("csv", "xlsx", "pptx", "docx")
READABLE = ("pptx", "docx")  # made of reports, never of tables alone


def export(options: argparse.Namespace) -> int:
    """Write all tables as a workbook or as CSV files; with parameter files, the briefing of their reports."""
    project = open_project(options)
    if not options.params:
        if options.format in READABLE:
            raise ParameterError(
                f"export --format {options.format}: found no parameter file, expected --params"
                " params/<notebook>/<case>.yaml (or a folder of them), such as params/province/anhui.yaml"
            )
        return _export_tables(project, options)
    return _export_briefing(project, options)


def _export_tables(project: Project, options: argparse.Namespace) -> int:
    from compare import tables

    target = _choose_target(options, "compare-plans")
    frames = all_tables(project)
    if options.format == "xlsx":
        tables.write_xlsx(frames, target, definitions=definitions(project), sources=sources(project))
    else:
        everything = {**frames, "definitions": definitions(project), "sources": sources(project)}
        _write_folder(everything, target)
    rows = ", ".join(f"{name} {len(frame)}" for name, frame in frames.items())
    print(f"{target}: {rows} rows", file=sys.stderr)
    return 0


def _choose_target(options: argparse.Namespace, name: str) -> Path:
    """Where to write; refused where that is of another kind than the format.

    Raises:
        OutputError: a folder in the place of a file, or the ending of another format.
    """
    kind = options.format
    target = Path(options.output or (f"{name}-csv" if kind == "csv" else f"{name}.{kind}"))
    if kind == "csv":
        if target.is_file():
            raise OutputError(f"{target}: found a file, expected a folder")
        return target
    if target.is_dir():
        what = {"xlsx": "a workbook", "pptx": "a presentation", "docx": "a document"}[kind]
        raise OutputError(f"{target}: found a folder, expected the name of {what}")
    ending = target.suffix.lower().lstrip(".")
    if ending in ENDINGS and ending != kind:
        raise OutputError(
            f"{target}: found the ending .{ending} with --format {kind}, expected .{kind} (or --format {ending})"
        )
    return target


def _write_folder(frames: dict[str, pd.DataFrame], target: Path) -> None:
    from compare import tables

    for name, frame in frames.items():
        tables.write_csv(frame, target / f"{name.replace(' ', '-')}.csv")


def _export_briefing(project: Project, options: argparse.Namespace) -> int:
    from compare import briefing
    from compare.runs.files import require_writable

    jobs = list(_find_jobs(project.root, options.params))
    reports = _read_reports(project.root, jobs, options.lang)
    names = [key.replace("/", "-") for key in reports]
    target = _choose_target(options, names[0] if len(names) == 1 else "briefing")
    require_writable(target.parent)
    made = briefing.make_briefing(project, reports)
    if options.format == "csv":
        from compare.briefing.workbook import list_tables

        _write_folder(list_tables(made), target)
    else:
        briefing.write_briefing(made, target, options.format)
    pages = sum(len(part.pages) for part in made.parts)
    counts = (("report", len(made.parts)), ("page", pages), ("source", len(made.sources)))
    told = ", ".join(f"{count} {noun}{'' if count == 1 else 's'}" for noun, count in counts)
    print(f"{target}: {told}", file=sys.stderr)
    return 0


def _find_jobs(root: Path, places: Sequence[str]) -> Iterator[Job]:
    """The reports whose parameter files are named: as files, as folders, or by a pattern.

    Of a folder or pattern only those with a briefing are taken; the others are named on standard error.

    Raises:
        InputError: there is no such file.
        ParameterError: a file is none of the project's parameters.
    """
    from compare.briefing import KINDS

    seen: set[Path] = set()
    for place in places:
        files = _find_files(root, place)
        for path in files:
            job = _job_of(root, path)
            if path in seen:
                continue
            seen.add(path)
            if len(files) > 1 and job.notebook not in KINDS:
                print(f"{job.params_file}: left out, the notebook {job.notebook!r} has no briefing", file=sys.stderr)
                continue
            yield job


def _find_files(root: Path, place: str) -> list[Path]:
    """Files by their place, as seen from the project folder or else from the working directory."""
    for base in (root, Path.cwd()):
        path = base / place
        if path.is_file():
            return [path.resolve()]
        if path.is_dir():
            return _need_files(sorted(file.resolve() for file in path.rglob("*.yaml")), place)
        if found := sorted(glob.glob(str(path))):  # noqa: PTH207 — the pattern may begin outside of the folder
            return [Path(name).resolve() for name in found]
    raise InputError(place, "no such file", "a parameter file of the project: params/<notebook>/<case>.yaml")


def _need_files(files: list[Path], place: str) -> list[Path]:
    if not files:
        raise InputError(place, "a folder without parameter files", "params/<notebook>/<case>.yaml in it")
    return files


def _job_of(root: Path, path: Path) -> Job:
    from compare.runs import Job

    expected = "a parameter file of the project: params/<notebook>/<case>.yaml"
    folder = (root / "params").resolve()
    if path.parent.parent != folder or path.suffix != ".yaml":
        raise InputError(path, f"a file that is not directly below a folder of {folder}", expected)
    return Job(path.parent.name, path.stem)


def _read_reports(root: Path, jobs: Sequence[Job], lang: str | None) -> dict[str, dict[str, Any]]:
    """Values of all parameters by report, each set of values once.

    Raises:
        ParameterError: a mistake in a file, or a notebook without a briefing.
    """
    from compare.briefing import KINDS
    from compare.runs.known import load_parameters
    from compare.runs.params import read_parameters

    for job in jobs:
        if job.notebook not in KINDS:
            raise ParameterError(
                f"{job.params_file}: the notebook {job.notebook!r} has no briefing, expected one of: {', '.join(KINDS)}"
            )
    if not jobs:
        raise ParameterError(
            f"none of these parameter files has a briefing; notebooks that have one: {', '.join(KINDS)}"
        )
    reports: dict[str, dict[str, Any]] = {}
    for key, values in load_parameters(root, jobs).items():
        notebook = key.partition("/")[0]
        defaults = read_parameters(root / f"notebooks/{notebook}.ipynb")
        every = {name: parameter.default for name, parameter in defaults.items()} | values
        every = {name: value for name, value in every.items() if name != "size"}  # the file decides on sizes
        every["lang"] = lang or every["lang"]
        if not any(every == other and key.startswith(notebook) for key, other in reports.items()):
            reports[key] = every
    return reports


def all_tables(project: Project) -> dict[str, pd.DataFrame]:
    """The tables of a project by name: records, comparison of all indicators, numbers without a record, plans."""
    comparison = project.comparisons(levels=("national", "province", "prefecture"), pick="all")
    return {
        "targets": project.targets(),
        "comparison": comparison,
        "unmatched": project.unmatched(),
        "plans": project.corpus(),
    }


def sources(project: Project) -> pd.DataFrame:
    """Every document that a number rests on, one row each: the plans, then those outside of the corpus."""
    import pandas as pd

    from compare.briefing.assembly import list_all_sources

    return pd.DataFrame([asdict(source) for source in list_all_sources(project)])


def definitions(project: Project) -> pd.DataFrame:
    """What the catalogue says of each indicator, one row each."""
    import pandas as pd

    names = (
        "id",
        "dimension",
        "name_zh",
        "name_en",
        "unit",
        "direction",
        "denominator",
        "definition_zh",
        "definition_en",
        "definition_source",
    )
    rows = [{name: getattr(indicator, name) for name in names} for indicator in project.catalogue.indicators]
    return pd.DataFrame(rows, columns=list(names))
