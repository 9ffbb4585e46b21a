"""What is sent to the process of one report, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# names in the folder of a run
NOTEBOOK, PAGE, FAILURE, LOG = "run.ipynb", "page.html", "failure.html", "log.txt"
SAID, READS, FILES = "report.json", "reads.jsonl", "files"


@dataclass(frozen=True, slots=True)
class Order:
    """One report to run, complete: it can be sent to another process.

    Attributes:
        key: `notebook/case`.
        notebook: the notebook's file.
        parameters: the checked values of its parameter file.
        folder: an empty folder for whatever comes out.
    """

    key: str
    notebook: Path
    parameters: dict[str, Any]
    folder: Path

    @property
    def root(self) -> Path:
        """The project folder."""
        return self.notebook.parent.parent


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one report's run ended.

    Attributes:
        key: `notebook/case`.
        error: why there is no report, in one line; empty where there is one.
        cell: number of the cell that failed, counted from 1; 0 for none.
        seconds: how long it took.
        said: what the report says of itself: title, finding, lang, figures, tables, downloads.
        reads: what it has read of the project, with hashes, by the names of `compare.project.reads`.
    """

    key: str
    error: str = ""
    cell: int = 0
    seconds: float = 0.0
    said: dict[str, Any] = field(default_factory=dict)
    reads: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one report may take before it is ended.

    Attributes:
        seconds: of time.
        memory: bytes of main memory, with the processes that it starts; 0 for no limit.
    """

    seconds: float = 600.0
    memory: int = 0
