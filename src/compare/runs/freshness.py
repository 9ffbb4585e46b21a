"""Which reports are out of date, and why: by content, and where data changed, by what each report has read of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from compare.project.digests import hash_file, hash_mapping
from compare.project.named import EVERYTHING, is_place
from compare.runs.fingerprints import describe_change, hash_notebook, shared_inputs
from compare.runs.jobs import Job
from compare.runs.manifest import SHARED, Entry, Manifest
from compare.runs.outputs import Outputs

if TYPE_CHECKING:
    from compare.project import Project
    from compare.project.asking import Answers

NAMED = 3  # of the things read that changed


class Task(NamedTuple):
    """One report of a build.

    Attributes:
        job: which report.
        inputs: hashes of what it is made from, as `Entry.inputs`.
        reasons: why it is out of date; empty where it is not.
    """

    job: Job
    inputs: dict[str, str]
    reasons: tuple[str, ...]


class Freshness:
    """What a project holds now, beside what its reports were made from.

    Attributes:
        root: the project folder.
        shared: what every report may be made from, as `shared_inputs`.
        outputs: what was published, as it is now.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.shared = shared_inputs(root)
        self.outputs = Outputs(root)
        self._shared_hash = hash_mapping(self.shared)
        self._notebooks: dict[Path, str] = {}
        self._inputs: dict[Job, dict[str, str]] = {}

    def inputs(self, job: Job) -> dict[str, str]:
        """Hashes of what a report would be made from now."""
        if job not in self._inputs:
            notebook = self.root / job.notebook_file
            if notebook not in self._notebooks:
                self._notebooks[notebook] = hash_notebook(notebook)
            params = hash_file(self.root / job.params_file)
            own = {job.notebook_file: self._notebooks[notebook], job.params_file: params}
            self._inputs[job] = {**own, SHARED: self._shared_hash}
        return self._inputs[job]

    def tasks(self, jobs: Iterable[Job], manifest: Manifest, *, force: bool = False) -> tuple[Task, ...]:
        """Find for each report whether it is out of date, and why.

        Args:
            jobs: which reports.
            manifest: what the last build left.
            force: whether all count as out of date.
        """
        tasks = []
        for job in jobs:
            inputs = self.inputs(job)
            reasons = (["forced"] if force else []) + self._reasons(manifest.entries.get(job.key), inputs, manifest)
            reasons = reasons or self.outputs.find_damaged(job.key, manifest.entries[job.key].files)
            tasks.append(Task(job, inputs, tuple(reasons)))
        return tuple(tasks)

    def require_readable(self) -> None:
        """Read what all reports rest on, so that a mistake in it is told once and before any of them runs.

        Raises:
            CompareError: a definition, a plan, a correction or a number published elsewhere is wrong.
        """
        _ = self._project.reference
        self._project.extraction()

    def renew(self, jobs: Iterable[Job], manifest: Manifest) -> Manifest:
        """Note the present inputs for reports that other inputs would give no other content."""
        for job in jobs:
            entry, inputs = manifest.entries.get(job.key), self.inputs(job)
            if entry and entry.assets and entry.inputs != inputs and not self._changes(entry, inputs, manifest):
                manifest = manifest.with_entry(job.key, entry._replace(inputs=inputs), self.shared)
        return manifest

    def state(self, job: Job, entry: Entry | None) -> str:
        """The state of a report: `current`, `stale` (made from earlier inputs), `failed` or `missing`."""
        if entry is None:
            return "missing"
        if entry.failure:
            return "failed"
        return "current" if entry.inputs == self.inputs(job) and not self._changed_files(entry) else "stale"

    def _reasons(self, entry: Entry | None, inputs: dict[str, str], manifest: Manifest) -> list[str]:
        """Why a report must be made again, as far as its inputs and its last run tell."""
        if entry is None:
            return ["never built"]
        reasons = ["failed last time, and is tried again"] if entry.failure else []
        return reasons + (self._changes(entry, inputs, manifest) if entry.assets else [])

    def _changes(self, entry: Entry, inputs: Mapping[str, str], manifest: Manifest) -> list[str]:
        if entry.inputs == inputs:
            return [f"{name} changed" for name in self._changed_files(entry)]
        own = {name: hashed for name, hashed in inputs.items() if name != SHARED}
        changes = describe_change({name: old for name, old in entry.inputs.items() if name != SHARED}, own)
        if entry.inputs.get(SHARED) == inputs[SHARED]:
            return changes + [f"{name} changed" for name in self._changed_files(entry)]
        before = manifest.inputs.get(entry.inputs.get(SHARED, ""))
        if before is None:
            return [*changes, "its inputs changed"]
        others = describe_change(_but_data(before), _but_data(self.shared))
        if others:
            return [*changes, *others]
        read = self._answers.changes(entry.reads)
        return changes + ([_describe_read(before, self.shared, read)] if read else [])

    def _changed_files(self, entry: Entry) -> list[str]:
        """Files that are no data and that the report opened all the same, such as a module beside its notebook."""
        files = {name: hashed for name, hashed in entry.reads.items() if is_place(name) and not is_data(name)}
        return self._answers.changes(files) if files else []

    @cached_property
    def _project(self) -> Project:
        """The project as it is now; it is read when the first question is asked, which takes a second."""
        from compare.project import Project

        return Project(self.root)

    @cached_property
    def _answers(self) -> Answers:
        """What the project answers now."""
        from compare.project.asking import Answers

        return Answers(self._project)


def is_data(name: str) -> bool:
    """Whether an input is one of the data that all reports may read."""
    return name.startswith(EVERYTHING)


def _but_data(inputs: Mapping[str, str]) -> dict[str, str]:
    return {name: hashed for name, hashed in inputs.items() if not is_data(name)}


def _describe_read(before: Mapping[str, str], now: Mapping[str, str], read: list[str]) -> str:
    """Which data changed, and which of the things that the report has read with them."""
    changes = describe_change(before, now)
    named = ", ".join(read[:NAMED]) + (f" and {len(read) - NAMED} more" if len(read) > NAMED else "")
    return f"{', '.join(changes[:NAMED])}{' …' if len(changes) > NAMED else ''}, which it has read: {named}"
