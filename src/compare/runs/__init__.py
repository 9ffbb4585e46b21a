"""Parameter files to executed notebooks to published reports: checks, fingerprints, parallel runs, progress.

Importing this package loads none of its modules, so that notebooks and a build with nothing to do start fast; papermill
and nbconvert are imported by the processes that run a report. What decides whether there is anything to do (`building`,
`freshness`, `jobs`, `manifest`) has named tuples for records, because importing `dataclasses` takes longer than that.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from compare.runs.building import BuildResult, build, plan_build
    from compare.runs.freshness import Task
    from compare.runs.jobs import Job, find_jobs
    from compare.runs.orders import Outcome
    from compare.runs.report import Report, Shown, start_report
    from compare.runs.single import run_report

__all__ = [
    "BuildResult",
    "Job",
    "Outcome",
    "Report",
    "Shown",
    "Task",
    "build",
    "find_jobs",
    "plan_build",
    "run_report",
    "start_report",
]

_MODULES = {
    "BuildResult": "building",
    "Job": "jobs",
    "Outcome": "orders",
    "Report": "report",
    "Shown": "report",
    "Task": "freshness",
    "build": "building",
    "find_jobs": "jobs",
    "plan_build": "building",
    "run_report": "single",
    "start_report": "report",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module 'compare.runs' has no attribute {name!r}")
    return getattr(importlib.import_module(f"compare.runs.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_MODULES])
