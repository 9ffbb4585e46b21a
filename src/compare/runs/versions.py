"""Which software gives a result: versions, and the code of this library itself."""

from __future__ import annotations

import hashlib
import platform
import re
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import compare

NAME = "compare-plans"
_REQUIREMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_SKIPPED = ("__pycache__", ".ipynb_checkpoints")


def describe_software() -> dict[str, str]:
    """What two machines must have in common to give the same results.

    Returns:
        `python` and `compare-plans` with their versions, `code` with a hash of this library's files, and every package
        that it requires with its version (empty where it is not installed).
    """
    found = {"python": platform.python_version(), NAME: compare.__version__, "code": hash_code()}
    return found | {name: _version(name) for name in required_packages()}


def required_packages() -> list[str]:
    """Names of the packages that this library requires, without those of its extras; none where it is not installed."""
    try:
        lines = metadata.requires(NAME) or []
    except metadata.PackageNotFoundError:
        return []
    return sorted(match[0] for line in lines if "extra ==" not in line and (match := _REQUIREMENT.match(line)))


def hash_code() -> str:
    """SHA-256 over the names and contents of this library's files."""
    root = Path(compare.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        name = path.relative_to(root).as_posix()
        if any(part in _SKIPPED for part in path.parts) or path.name.startswith(".") or path.suffix == ".ttf":
            continue
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[str]:
    """Say what differs between two descriptions of software.

    >>> differences({"python": "3.11.7", "code": "ab"}, {"python": "3.12.1", "code": "ab"})
    ['python 3.11.7 here, 3.12.1 there']
    """
    names = dict.fromkeys([*ours, *theirs])
    return [
        f"{name} {_show(name, ours)} here, {_show(name, theirs)} there"
        for name in names
        if ours.get(name) != theirs.get(name)
    ]


def _show(name: str, found: Mapping[str, str]) -> str:
    value = found.get(name) or "missing"
    return value[:12] if name == "code" else value


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
