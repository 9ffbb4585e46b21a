"""The command `check`: everything that people edit is read, and all that is wrong is listed."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from compare.cli.places import project_root
from compare.errors import CompareError, count_noun


def check(options: argparse.Namespace) -> int:
    """Check a project; exit code 2 where a definition is wrong, 1 where only the tables look wrong."""
    root = project_root(options)
    errors: dict[str, str] = {}
    for name, look in CHECKS.items():
        if error := _try(look, root):
            errors.setdefault(error, name)  # what rests on a broken definition says the same again
    for text, name in errors.items():
        print(f"{name}: {text}")
    if errors:
        print("the tables were not looked at")
        return 2
    import compare

    findings = compare.open(root).check()
    for finding in findings:
        print(f"tables: {finding}")
    remarks = f"{count_noun(len(findings), 'remark')} on the tables"
    print(f"definitions, plans, parameters and corrections are right; {remarks}")
    return 1 if any(getattr(finding, "severity", "") == "error" for finding in findings) else 0


def _try(look: Callable[[Path], object], root: Path) -> str:
    try:
        look(root)
    except CompareError as error:
        return str(error)
    return ""


def _catalogue(root: Path) -> object:
    from compare.catalogue import load_catalogue

    return load_catalogue(root / "data" / "catalogue")


def _reference(root: Path) -> object:
    from compare.reference import load_reference

    return load_reference(root / "data" / "reference")


def _plans(root: Path) -> object:
    from compare.plans import load_plans

    return load_plans(root / "data" / "plans")


def _extraction(root: Path) -> object:
    import compare

    return compare.open(root).extraction()


def _parameters(root: Path) -> object:
    from compare.runs.jobs import find_jobs
    from compare.runs.known import load_parameters

    return load_parameters(root, find_jobs(root))


CHECKS: dict[str, Callable[[Path], object]] = {
    "catalogue": _catalogue,
    "reference": _reference,
    "plans": _plans,
    "extraction and corrections": _extraction,
    "parameters": _parameters,
}
