"""Parameter files to executed notebooks to published reports: checks, fingerprints, parallel runs, progress.

Importing this package is cheap, so that notebooks and a build with nothing to do start fast; papermill and nbconvert
are imported by the processes that run a report.
"""

from __future__ import annotations

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
