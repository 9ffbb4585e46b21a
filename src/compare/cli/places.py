"""Where the project is, and what of it the commands share."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from compare.errors import CompareError

if TYPE_CHECKING:
    from compare.project import Project


def project_root(options: argparse.Namespace) -> Path:
    """The project folder of a call: `--project`, else the one around the working directory, else the library's own.

    Raises:
        CompareError: there is none.
    """
    from compare.project import find_root

    if options.project:
        return find_root(options.project)
    try:
        return find_root()
    except CompareError:
        own = Path(__file__).resolve().parents[3]  # a checkout that the library is installed from
        if (own / "data" / "catalogue").is_dir():
            return own
        raise


def open_project(options: argparse.Namespace) -> Project:
    """The project of a call, opened."""
    import compare

    return compare.open(project_root(options))
