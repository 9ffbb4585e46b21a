"""Parameter files of a project, read and checked against its notebooks and its ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import compare
from compare.errors import CompareError, ParameterError, Problem
from compare.runs.jobs import Job
from compare.runs.params import check_values, raise_problems, read_parameters

LANGUAGES = ("zh", "en")


class KnownIds(Mapping[str, tuple[str, ...]]):
    """Ids that a parameter may name, by the kind of the parameter; each kind is read when it is first asked for."""

    def __init__(self, root: Path) -> None:
        self._project = compare.open(root)
        self._kinds: dict[str, Callable[[], Iterable[str]]] = {
            "indicator": lambda: self._project.catalogue.ids,
            "dimension": lambda: (dimension.id for dimension in self._project.catalogue.dimensions),
            "region": lambda: (region.code for region in self._project.reference.regions),
            "plan": lambda: (plan.id for plan in self._project.plans),
            "lang": lambda: LANGUAGES,
        }
        self._read: dict[str, tuple[str, ...]] = {}

    def __getitem__(self, kind: str) -> tuple[str, ...]:
        if kind not in self._read:
            self._read[kind] = tuple(self._kinds[kind]())
        return self._read[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)

    def __contains__(self, kind: object) -> bool:
        return kind in self._kinds


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
    known = KnownIds(root)
    parameters = {name: read_parameters(root / f"notebooks/{name}.ipynb") for name in {job.notebook for job in jobs}}
    broken: list[str] = []
    for job in jobs:
        try:
            content = _read_mapping(root / job.params_file, job.params_file)
        except CompareError as error:
            broken.append(str(error))
            continue
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
