"""Comparable targets from the digital-economy plans of China's provinces.

```python
import compare

project = compare.open()
project.comparison("5g_base_stations_per_10k", year=2025)
compare.figures.ranking(...)
```

Importing it loads nothing heavy: modules are loaded when they are first used.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from compare.project import Project

__version__ = "0.1.0"

_MODULES = (
    "catalogue",
    "comparison",
    "corrections",
    "emphasis",
    "errors",
    "extract",
    "figures",
    "narrative",
    "plans",
    "reference",
    "runs",
    "site",
    "tables",
)

__all__ = ["__version__", "open", *_MODULES]  # noqa: PLE0604 — the modules are names too


def open(path: str | Path | None = None) -> Project:  # noqa: A001 — read as `compare.open`
    """Open the project folder at or above a path (the working directory), as `compare.project.open_project`.

    Raises:
        CompareError: there is no project folder.
    """
    from compare.project import open_project

    return open_project(path)


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return importlib.import_module(f"compare.{name}")
    raise AttributeError(f"module 'compare' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_MODULES])
