"""YAML definitions: read without tolerating a repeated key, validated against a closed schema, every mistake named.

The files under `data/` that people edit (catalogue, source records, corrections, parameters) all pass through here. A
mistake is a `Problem` with the file, the dotted path of the key, what was found and what was expected, so that a caller
can gather the mistakes of many files before it gives up.
"""

from __future__ import annotations

import difflib
from collections.abc import Hashable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from compare.errors import InputError, Problem

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_LoaderBase: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is about eight times as fast

Model = TypeVar("Model", bound=BaseModel)


class _Loader(_LoaderBase):  # type: ignore[misc]  # the base is chosen at run time
    """The safe loader, which lets a later key replace an earlier one, with that tolerance taken away."""

    def construct_mapping(
        self,
        node: yaml.MappingNode,
        deep: bool = False,  # noqa: FBT001, FBT002 — as in the method that it replaces
    ) -> dict[Hashable, Any]:
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        if len(mapping) != len(node.value):
            _refuse_repeated_key(node)
        return mapping


class _RepeatedKey(yaml.MarkedYAMLError):
    """A key that stands twice in one mapping."""


def _refuse_repeated_key(node: yaml.MappingNode) -> None:
    seen: dict[str, int] = {}
    for key, _ in node.value:
        line = key.start_mark.line + 1
        if key.value in seen:
            found = f"the key {key.value!r} for the second time (first on line {seen[key.value]})"
            raise _RepeatedKey(None, None, found, key.start_mark)
        seen[key.value] = line


def load_yaml(path: Path) -> object:
    """Read a YAML file.

    Dates without quotes come back as dates, everything else as plain Python values.

    Args:
        path: a UTF-8 file that holds one document.

    Returns:
        The document: usually a mapping or a list.

    Raises:
        InputError: the file is missing, unreadable, empty, not UTF-8 or not YAML, or repeats a key in one mapping; the
            message gives file and line.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise InputError(path, "no such file", "a YAML file") from None
    except OSError as error:
        raise InputError(path, error.strerror or str(error), "a readable YAML file") from error
    except UnicodeDecodeError as error:
        raise InputError(path, f"bytes that are not UTF-8 at offset {error.start}", "a YAML file in UTF-8") from error
    if not text.strip():
        raise InputError(path, "an empty file", "a YAML document")
    try:
        data: object = yaml.load(text, Loader=_Loader)  # noqa: S506 — derived from the safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        found = str(error.problem) if isinstance(error, _RepeatedKey) else f"a syntax error ({error.problem})"
        raise InputError(path, found, "valid YAML", place=place) from error
    except yaml.YAMLError as error:  # control characters, which carry no mark
        raise InputError(path, " ".join(str(error).split()), "valid YAML") from error
    except ValueError as error:  # a date such as 2024-02-31
        raise InputError(path, str(error), "valid YAML") from error
    if data is None:
        raise InputError(path, "nothing but comments", "a YAML document")
    return data


def validate(model: type[Model], data: object, file: str, key: str = "") -> tuple[Model | None, list[Problem]]:
    """Check a value read from a file against a closed schema.

    Args:
        model: the pydantic model; a key that it does not have is a mistake.
        data: what was read.
        file: the file's name, for the messages.
        key: dotted path of `data` inside the file; empty for the whole file.

    Returns:
        The model and no problem, or None and every problem of this value.
    """
    if not isinstance(data, Mapping):
        return None, [Problem(file, key, describe(data), "a mapping of keys to values")]
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, [_to_problem(model, detail, file, key) for detail in error.errors(include_url=False)]


def describe(value: object, limit: int = 60) -> str:
    """Show a value in a message, with its kind where that is what is wrong.

    >>> describe("亿"), describe(["a"]), describe(None)
    ("'亿'", "a list (['a'])", 'nothing')
    """
    if value is None:
        return "nothing"
    shown = repr(value)
    shown = shown if len(shown) <= limit else f"{shown[: limit - 1]}…"
    if isinstance(value, Mapping):
        return f"a mapping ({shown})"
    return f"a list ({shown})" if isinstance(value, list | tuple) else shown


def nearest(name: str, known: Iterable[str]) -> str:
    """The name out of `known` that was probably meant, or an empty string.

    >>> nearest("aliasses", ["aliases", "unit"])
    'aliases'
    """
    matches = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return matches[0] if matches else ""


def _to_problem(model: type[BaseModel], detail: ErrorDetails, file: str, key: str) -> Problem:
    path = ".".join([*([key] if key else []), *(str(part) for part in detail["loc"])])
    if detail["type"] == "extra_forbidden":
        name = str(detail["loc"][-1])
        meant = nearest(name, _fields_at(model, detail["loc"][:-1]))
        return Problem(file, path, "a key that is not known", f"the key {meant!r}" if meant else "no such key")
    if detail["type"] == "missing":
        return Problem(file, path, "nothing", "a value: the key is required")
    return Problem(file, path, describe(detail["input"]), _expected(detail))


def _fields_at(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """Field names of the model at a location, as far as plain nested models reach."""
    for part in location:
        field = model.model_fields.get(str(part))
        if field is None:
            continue
        nested = [field.annotation, *getattr(field.annotation, "__args__", ())]
        models = [kind for kind in nested if isinstance(kind, type) and issubclass(kind, BaseModel)]
        if not models:
            return []
        model = models[0]
    return list(model.model_fields)


def _expected(detail: ErrorDetails) -> str:
    """What was expected, as a noun phrase made of pydantic's sentence (`Input should be a valid string`)."""
    message = detail["msg"]
    for opening in ("Input should be ", "Value error, ", "Assertion failed, "):
        message = message.removeprefix(opening)
    return message
