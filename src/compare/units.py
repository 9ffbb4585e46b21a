"""Units, their magnitudes and dimensions; exact conversion inside a dimension, refusal across.

The surfaces that plans print, and what each is in the canonical unit, stand in `data/catalogue/units.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from compare.definitions import describe, load_yaml, validate
from compare.errors import DefinitionError, Problem, UnitError

Use = Literal["quantity", "measured", "date", "ordinal", "name", "list"]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    surfaces: tuple[str, ...]
    unit: str = ""
    factor: Decimal = Decimal(1)


class _Group(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    use: Use
    units: tuple[_Entry, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as printed.

    Attributes:
        surface: what is printed (simplified, half-width).
        canonical: the unit of the record.
        factor: one printed unit in canonical units.
        dimension: the group of `units.yaml`; values convert inside it, except between measure words.
        use: what becomes of a number with this unit.
    """

    surface: str
    canonical: str
    factor: Decimal
    dimension: str
    use: Use


class Units:
    """All units, looked up by what is printed."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._by_surface: dict[str, Unit] = {}
        for unit in units:
            self._by_surface.setdefault(unit.surface, unit)
        lengths: dict[str, set[int]] = {}
        for surface in self._by_surface:
            lengths.setdefault(surface[0], set()).add(len(surface))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def __iter__(self) -> Iterator[Unit]:
        return iter(self._by_surface.values())

    def match(self, text: str, position: int) -> Unit | None:
        """Longest unit printed at `position` of a folded, simplified text."""
        for length in self._lengths.get(text[position : position + 1], ()):
            if (unit := self._by_surface.get(text[position : position + length])) is not None:
                return unit
        return None

    def named(self, surface: str) -> Unit:
        """The unit printed as `surface`.

        Raises:
            UnitError: no such unit.
        """
        try:
            return self._by_surface[surface]
        except KeyError:
            raise UnitError(f"unknown unit {surface!r}: found in no entry of units.yaml") from None

    def convert(self, value: float | Decimal | Fraction, source: str, target: str) -> Fraction:
        """Convert a value exactly.

        Args:
            value: in `source`.
            source: a unit as printed, magnitude words in front allowed (`万个`).
            target: likewise.

        Returns:
            The value in `target`.

        Raises:
            UnitError: a unit is unknown or the two are of different dimensions.
        """
        factor_from, dimension_from = self._measure(source)
        factor_to, dimension_to = self._measure(target)
        if dimension_from != dimension_to:
            raise UnitError(f"{source!r} cannot be converted to {target!r}: {dimension_from} is not {dimension_to}")
        return Fraction(value) * factor_from / factor_to

    def _measure(self, surface: str) -> tuple[Fraction, str]:
        factor = Fraction(1)
        bare = surface
        while bare not in self._by_surface and bare[:1] in _MAGNITUDES:
            factor *= _MAGNITUDES[bare[0]]
            bare = bare[1:]
        if surface == "":
            return Fraction(1), "pure number"
        if bare not in self._by_surface and "/" in bare:
            return factor, f"measure {bare}"
        unit = self.named(bare)
        if unit.dimension == "bandwidth":
            return factor * Fraction(unit.factor) * (1000 if unit.canonical == "Gbps" else 1), "bandwidth"
        if unit.dimension == "latency":  # kept as printed
            return factor * (1 if unit.canonical in _MILLISECONDS else Fraction(1, 1000)), "latency"
        own = unit.dimension in ("count", "physical", "foreign_money", "time", "share", "points")
        return factor * Fraction(unit.factor), f"{unit.dimension} {unit.canonical}" if own else unit.dimension


_MILLISECONDS = ("毫秒", "ms")
_MAGNITUDES = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


def load_units(path: Path) -> Units:
    """Read `units.yaml`.

    Raises:
        InputError: the file cannot be read.
        DefinitionError: it breaks the schema; all mistakes at once.
    """
    data = load_yaml(path)
    if not isinstance(data, dict):
        raise DefinitionError([Problem(path.name, "", describe(data), "a mapping of dimensions")])
    units: list[Unit] = []
    problems: list[Problem] = []
    for dimension, content in data.items():
        group, found = validate(_Group, content, path.name, str(dimension))
        problems += found
        if group is not None:
            units += [
                Unit(surface, entry.unit or surface, entry.factor, str(dimension), group.use)
                for entry in group.units
                for surface in entry.surfaces
            ]
    if problems:
        raise DefinitionError(problems)
    return Units(units)
