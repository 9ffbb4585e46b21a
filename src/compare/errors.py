"""The exceptions: one base class, and one class per mistake that a caller can handle.

Every message is for a person: it names the file or argument, what was found there, what was expected and what to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple


class CompareError(Exception):
    """Base of all errors that this library raises on purpose.

    Attributes:
        exit_code: what the command line exits with: 2 where the call or the input was wrong, 1 where something failed
            and the rest was done.
    """

    exit_code = 2


class InputError(CompareError):
    """A file that cannot be used: missing, unreadable, empty, binary, wrongly encoded or of an unknown format."""

    def __init__(self, path: Path | str, found: str, expected: str, *, place: str = "", hint: str = "") -> None:
        self.path = Path(path)
        self.found = found
        self.expected = expected
        self.place = place
        self.hint = hint
        where = f"{path}: {place}" if place else str(path)
        message = f"{where}: found {found}, expected {expected}"
        super().__init__(f"{message}. {hint}" if hint else message)


class Problem(NamedTuple):
    """One mistake in a definition file: where it stands, what was found and what was expected."""

    file: str
    key: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key or '(top)'}: found {self.found}, expected {self.expected}"


class DefinitionError(CompareError):
    """Mistakes in definitions (catalogue, source records, reference tables), all of them at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        head = f"{count} mistake{'s' if count != 1 else ''} in the definitions"
        super().__init__("\n".join([f"{head}:", *(f"  {problem}" for problem in self.problems)]))


class UnknownNameError(CompareError):
    """An id, region, notebook or column that does not exist; the message lists what does."""

    def __init__(self, kind: str, name: object, allowed: Sequence[str]) -> None:
        self.kind = kind
        self.name = name
        self.allowed = tuple(allowed)
        super().__init__(f"unknown {kind} {name!r}; known are: {', '.join(self.allowed) or '(none)'}")


class UnitError(CompareError):
    """A conversion between units of different dimensions, or from a unit that is not known."""


class ParameterError(CompareError):
    """A parameter file or value that a notebook cannot take."""


class CorrectionError(CompareError):
    """A declared correction that no longer applies."""


class OutputError(CompareError):
    """A folder or file that cannot be written."""


class BuildError(CompareError):
    """Some reports failed; the others were built."""

    exit_code = 1


class FigureError(CompareError):
    """A figure that cannot be drawn as asked: a column or all rows missing, a character without a glyph, no room."""
