"""Parameters of a report, checked before anything runs: names, types, and ids that must exist."""

from __future__ import annotations

import ast
import difflib
import re
import tokenize
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from compare.errors import LISTED, ParameterError, Problem, count_noun, describe_nearest
from compare.runs.cells import read_cells

Value = str | int | float | bool | list[Any] | None

TYPE_NAMES = {"str": "text", "int": "a whole number", "float": "a number", "bool": "true or false", "None": "nothing"}
YEARS = range(1990, 2101)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One line of a notebook's parameters cell.

    Attributes:
        name: the variable.
        default: its value when a parameter file says nothing.
        types: names of the Python types that it takes, among those of `TYPE_NAMES` and `list`.
        items: the same for the members of a list; empty where anything is allowed.
        allowed: the closed list of values that its comment gives after `one of:`; empty where there is none.
    """

    name: str
    default: Value
    types: tuple[str, ...]
    items: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


def read_parameters(path: Path) -> dict[str, Parameter]:
    """Read what a notebook can be told: the assignments of its cell tagged `parameters`.

    Args:
        path: the notebook.

    Returns:
        The parameters by name, in the order of the cell; empty for a notebook without such a cell.

    Raises:
        InputError: the file is no notebook.
        ParameterError: the cell holds something else than `name = literal`.
    """
    cells = read_cells(path)
    tagged = [cell for cell in cells if "parameters" in cell.get("metadata", {}).get("tags", [])]
    if len(tagged) > 1:
        raise ParameterError(f"{path}: found {len(tagged)} cells tagged 'parameters', expected one")
    source = "".join(tagged[0]["source"]) if tagged else ""
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise ParameterError(f"{path}: parameters cell, line {error.lineno}: {error.msg}") from error
    comments = _comments(source)
    found = (_parameter(path, statement, comments.get(statement.lineno, "")) for statement in tree.body)
    return {parameter.name: parameter for parameter in found if parameter}


def _comments(source: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(StringIO(source).readline)
    return {token.start[0]: token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT}


def _parameter(path: Path, statement: ast.stmt, comment: str) -> Parameter | None:
    match statement:
        case ast.Expr(value=ast.Constant()):
            return None
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            annotation = ""
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            annotation = ast.unparse(statement.annotation)
        case _:
            raise _no_parameter(path, statement)
    try:
        default = ast.literal_eval(value)
    except ValueError as error:
        raise _no_parameter(path, statement) from error
    types, items = _types(annotation) if annotation else _types_of(default)
    return Parameter(name, default, types, items, _one_of(comment))


def _no_parameter(path: Path, statement: ast.stmt) -> ParameterError:
    place = f"{path}: parameters cell, line {statement.lineno}"
    expected = "only lines of the form: name = value  # unit or meaning"
    return ParameterError(f"{place}: found {ast.unparse(statement)!r}, expected {expected}")


def _types(annotation: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    items = re.search(r"list\[([^]]*)]", annotation)
    plain = re.sub(r"\[[^]]*]", "", annotation)
    return _split(plain), _split(items[1]) if items else ()


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def _types_of(value: Value) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if isinstance(value, list):
        return ("list",), tuple(sorted({type(item).__name__ for item in value}))
    return ("None",) if value is None else (type(value).__name__,), ()


def _one_of(comment: str) -> tuple[str, ...]:
    found = re.search(r"one of:?\s*([^;()。]+)", comment)
    return tuple(part.strip(" '\"`.") for part in found[1].split(",")) if found else ()


def check_values(
    values: Mapping[str, Any], parameters: Mapping[str, Parameter], known: Mapping[str, Sequence[str]], file: str
) -> list[Problem]:
    """Compare the values of a parameter file with what the notebook takes.

    Args:
        values: the content of the file.
        parameters: what the notebook takes, from `read_parameters`.
        known: ids by kind (`indicator`, `region` …); a parameter of that name, or of its plural, takes these only.
        file: the file's name for the messages.

    Returns:
        Every mistake; none where the notebook can run with these values.
    """
    problems: list[Problem] = []
    for key, value in values.items():
        name = str(key)
        parameter = parameters.get(name)
        if parameter is None:
            hint = difflib.get_close_matches(name, parameters, 1)
            allowed = ", ".join(parameters) or "(the notebook has none)"
            expected = f"one of {allowed}" + (f" (did you mean {hint[0]!r}?)" if hint else "")
            problems.append(Problem(file, name, "an unknown parameter", expected))
            continue
        wrong = _type_problem(value, parameter) or _value_problem(value, parameter, known)
        if wrong:
            problems.append(Problem(file, name, *wrong))
    return problems


def _type_problem(value: Any, parameter: Parameter) -> tuple[str, str] | None:
    if not _fits(value, parameter.types):
        expected = " or ".join(TYPE_NAMES.get(name, f"a {name}") for name in parameter.types)
        quote = f"; write it in quotes: '{value}'" if "str" in parameter.types and _is_number(value) else ""
        return _describe(value), expected + quote
    if isinstance(value, list) and parameter.items:
        for item in value:
            if not _fits(item, parameter.items):
                expected = " or ".join(TYPE_NAMES.get(name, f"a {name}") for name in parameter.items)
                return f"{_describe(item)} in the list", f"every member to be {expected}"
    return None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _fits(value: Any, types: Sequence[str]) -> bool:
    name = "None" if value is None else type(value).__name__
    return not types or name in types or (name == "int" and "float" in types)


def _describe(value: Any) -> str:
    kind = TYPE_NAMES.get("None" if value is None else type(value).__name__, f"a {type(value).__name__}")
    return kind if value is None or isinstance(value, dict | list) else f"{kind} ({value!r})"


def _value_problem(value: Any, parameter: Parameter, known: Mapping[str, Sequence[str]]) -> tuple[str, str] | None:
    if value is None or (value == "" and parameter.default == ""):
        return None
    name = parameter.name
    if name == "year" and _is_number(value) and value not in YEARS and value != parameter.default:
        return str(value), f"a year from {YEARS[0]} to {YEARS[-1]}"
    kind = name if name in known else name.removesuffix("s")
    allowed = parameter.allowed or known.get(kind, ())
    if not allowed:
        return None
    unknown = [item for item in _items(value) if str(item) not in allowed]
    if not unknown:
        return None
    if len(allowed) > LISTED:
        nearest = describe_nearest(kind, str(unknown[0]), allowed)
        return f"unknown {', '.join(repr(item) for item in unknown)}", f"a known {kind} ({nearest})"
    close = difflib.get_close_matches(str(unknown[0]), allowed, 1)
    nearest = f" (did you mean {close[0]!r}?)" if close else ""
    return f"unknown {', '.join(repr(item) for item in unknown)}", f"one of {', '.join(allowed)}{nearest}"


def _items(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        yield from value
    else:
        yield value


def raise_problems(problems: Iterable[Problem]) -> None:
    """Raise all mistakes in parameters as one error; nothing happens where there are none.

    Raises:
        ParameterError: with one line for each mistake.
    """
    found = list(problems)
    if found:
        head = f"{count_noun(len(found), 'mistake')} in the parameters"
        raise ParameterError("\n".join([f"{head}:", *(f"  {problem}" for problem in found)]))
