"""Contents as hashes: of files, of folders, and of what a project answers."""

from __future__ import annotations

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


def hash_file(path: Path | str) -> str:
    """SHA-256 of a file's content, as hexadecimal text."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 — a `Path` for each file takes as long as its hash
        return hashlib.sha256(file.read()).hexdigest()


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
    if hasattr(value, "__dataclass_fields__") and not isinstance(value, type):  # so does `dataclasses`
        shown = [name for name, field in value.__dataclass_fields__.items() if field.compare]
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


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    """Each file below a folder: its name relative to it, with forward slashes, and its path."""
    top = os.fspath(folder)
    for place, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS)
        inside = place[len(top) :].replace(os.sep, "/").strip("/")
        for name in sorted(names):
            if not name.endswith(SKIPPED_ENDINGS) and not name.startswith("."):
                yield f"{inside}/{name}" if inside else name, os.path.join(place, name)  # noqa: PTH118 — as above
