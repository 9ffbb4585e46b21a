"""Contents as hashes: of files, of folders, and of what a project answers."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

SKIPPED_FOLDERS = frozenset({"__pycache__", ".ipynb_checkpoints", ".git"})
SKIPPED_ENDINGS = ("~", ".pyc", ".swp", ".tmp")


class NoDigestError(TypeError):
    """A value of a kind whose content is not known here."""


def hash_bytes(data: bytes) -> str:
    """SHA-256 of some bytes, as hexadecimal text."""
    return hashlib.sha256(data).hexdigest()


def hash_file(path: Path) -> str:
    """SHA-256 of a file's content, as hexadecimal text."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hash_mapping(mapping: Mapping[str, object]) -> str:
    """SHA-256 of a mapping that json can write, whatever its order."""
    return hash_bytes(json.dumps(mapping, sort_keys=True, ensure_ascii=False).encode())


def hash_folder(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder by its name relative to it, with forward slashes; editors' own left out."""
    return {name: hash_file(path) for name, path in _files(folder)}


def digest(value: object) -> str:
    """SHA-256 of a value's content, the same in every process: tables, records, definitions, names.

    Raises:
        NoDigestError: it holds something whose content is not known here.

    >>> digest({"b": 1, "a": (1.5, None)}) == digest({"b": 1, "a": [1.5, None]})
    True
    >>> digest("1") == digest(1)
    False
    """
    return hash_bytes(json.dumps(_plain(value), ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _plain(value: Any) -> Any:
    """A value as lists, texts and numbers; the order of a mapping counts, that of a set does not."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if hasattr(value, "model_dump"):  # a definition; asked by its method, because pydantic takes long to import
        return [type(value).__name__, value.model_dump(mode="json")]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        shown = [field.name for field in dataclasses.fields(value) if field.compare]
        return [type(value).__name__, *([name, _plain(getattr(value, name))] for name in shown)]
    if isinstance(value, Mapping):
        return {"mapping": [[_plain(key), _plain(item)] for key, item in value.items()]}
    if isinstance(value, AbstractSet):
        return {"set": sorted(json.dumps(_plain(item), ensure_ascii=False) for item in value)}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, os.PathLike):
        return Path(value).name  # where a project lies is not part of it
    return _plain_of_others(value)


def _plain_of_others(value: Any) -> Any:
    import pandas as pd

    if isinstance(value, pd.DataFrame):
        kinds = [[str(name), str(kind)] for name, kind in value.dtypes.items()]
        return {"columns": kinds, "rows": value.to_csv(lineterminator="\n", na_rep="\0")}
    if isinstance(value, pd.Series):
        return {"series": _plain_of_others(value.to_frame())}
    if value is pd.NA or value is pd.NaT:
        return {"missing": str(value)}
    if hasattr(value, "isoformat"):
        return {type(value).__name__: value.isoformat()}
    if type(value).__name__ in ("Fraction", "Decimal"):
        return {type(value).__name__: str(value)}
    raise NoDigestError(type(value).__name__)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS)
        for name in sorted(names):
            if not name.endswith(SKIPPED_ENDINGS) and not name.startswith("."):
                path = Path(place, name)
                yield path.relative_to(folder).as_posix(), path
