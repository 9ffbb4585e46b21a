"""The exceptions: one base class, and one class per mistake that a caller can handle.

Every message is for a person: it names the file or argument, what was found there, what was expected and what to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

LISTED = 20  # names that a message lists; of more it names the nearest
NEAREST = 5
STAND_IN = {
    "indicator": "data/catalogue/indicators/",
    "region": "data/reference/regions.csv",
    "plan": "data/plans/",
}
"""Where all names of a kind can be looked up."""


def count_noun(count: int, singular: str, plural: str = "") -> str:
    """Write a count with its English noun.

    >>> count_noun(1, "plan"), count_noun(3, "plan"), count_noun(2, "city", "cities")
    ('1 plan', '3 plans', '2 cities')
    """
    return f"{count} {singular if count == 1 else plural or singular + 's'}"


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
        head = f"{count_noun(len(self.problems), 'mistake')} in the definitions"
        super().__init__("\n".join([f"{head}:", *(f"  {problem}" for problem in self.problems)]))


class UnknownNameError(CompareError):
    """An id, region, notebook or column that does not exist; the message lists what does, or the nearest of many."""

    def __init__(self, kind: str, name: object, allowed: Sequence[str]) -> None:
        self.kind = kind
        self.name = name
        self.allowed = tuple(allowed)
        if len(self.allowed) > LISTED:
            super().__init__(f"unknown {kind} {name!r}; {describe_nearest(kind, str(name), self.allowed)}")
        else:
            super().__init__(f"unknown {kind} {name!r}; known are: {', '.join(self.allowed) or '(none)'}")


def describe_nearest(kind: str, name: str, allowed: Sequence[str]) -> str:
    """Say which of many names are most like one that does not exist, and where all of them stand.

    Args:
        kind: what the names are of: `indicator`, `region` …
        name: what was given.
        allowed: the names that exist.

    >>> describe_nearest("indicator", "5g_station", ["5g_base_stations", "internet_users"])
    'the nearest of 2 are: 5g_base_stations; all stand in data/catalogue/indicators/'
    """
    import difflib

    near = [known for known in allowed if name and name in known]
    near += [known for known in difflib.get_close_matches(name, allowed, NEAREST, 0.4) if known not in near]
    count, listed = len(allowed), ", ".join(near[:NEAREST])
    shown = f"the nearest of {count} are: {listed}" if near else f"none of {count} is like it"
    where = STAND_IN.get(kind.rpartition(" ")[2])
    return f"{shown}; all stand in {where}" if where else shown


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
