"""Parameter files of a project, read and checked against its notebooks and its ids."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from compare.errors import CompareError, ParameterError, Problem
from compare.runs.jobs import Job
from compare.runs.params import check_values, raise_problems, read_parameters

LANGUAGES = ("zh", "en")
SIZES = ("column", "page", "slide")


def known_ids(root: Path) -> dict[str, tuple[str, ...]]:
    """Ids that a parameter may name, by the kind of the parameter."""
    import compare

    project = compare.open(root)
    return {
        "indicator": tuple(project.catalogue.ids),
        "dimension": tuple(dimension.id for dimension in project.catalogue.dimensions),
        "region": tuple(region.code for region in project.reference.regions),
        "plan": tuple(plan.id for plan in project.plans),
        "lang": LANGUAGES,
        "size": SIZES,
    }


def load_parameters(root: Path, jobs: Sequence[Job]) -> dict[str, dict[str, Any]]:
    """Read and check the parameter files of some reports.

    Args:
        root: the project folder.
        jobs: which reports.

    Returns:
        The values that each file sets, by the report's key.

    Raises:
        InputError: a file cannot be read or is no YAML.
        ParameterError: all that is wrong with all files, in one error.
    """
    problems: list[Problem] = []
    values: dict[str, dict[str, Any]] = {}
    known: dict[str, tuple[str, ...]] | None = None
    parameters = {name: read_parameters(root / f"notebooks/{name}.ipynb") for name in {job.notebook for job in jobs}}
    broken: list[str] = []
    for job in jobs:
        try:
            content = _read_mapping(root / job.params_file, job.params_file)
        except CompareError as error:
            broken.append(str(error))
            continue
        known = known_ids(root) if known is None else known
        problems += check_values(content, parameters[job.notebook], known, job.params_file)
        values[job.key] = content
    if broken:
        raise ParameterError("\n".join([*broken, *map(str, problems)]))
    raise_problems(problems)
    return values


def _read_mapping(path: Path, name: str) -> dict[str, Any]:
    from compare.definitions import load_yaml

    content = load_yaml(path)
    if not isinstance(content, dict):
        found = {list: "a list", str: "text", type(None): "nothing"}.get(type(content), f"{content!r}")
        raise ParameterError(f"{name}: found {found}, expected names and values, such as 'lang: zh' ({{}} for none)")
    return content
