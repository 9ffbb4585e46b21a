"""The catalogue as a whole, and how it is read from its folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from compare.catalogue.aliases import AliasIndex
from compare.catalogue.consistency import check_aliases, check_indicators, read_aliases
from compare.catalogue.indicators import Dimension, Indicator
from compare.catalogue.labels import Vocabulary
from compare.definitions import Model, describe, load_yaml, validate
from compare.errors import DefinitionError, InputError, Problem, UnknownNameError
from compare.units import Units, load_units
from compare.words import WordList, load_words

Loaded = TypeVar("Loaded")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All indicators, ordered by dimension and then as their file has them.

    Attributes:
        indicators: the measures.
        dimensions: their groups, in order.
        vocabulary: the words that aliases share.
        units: the units that plans print.
        words: the words that decide how a number is read.
        aliases: how plans word the measures, filed for matching.
    """

    indicators: tuple[Indicator, ...]
    dimensions: tuple[Dimension, ...]
    vocabulary: Vocabulary
    units: Units
    words: WordList
    aliases: AliasIndex
    _by_id: Mapping[str, Indicator] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {indicator.id: indicator for indicator in self.indicators})

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids, in the order of `indicators`."""
        return tuple(self._by_id)

    def indicator(self, id_: str) -> Indicator:
        """Look up an indicator.

        Raises:
            UnknownNameError: there is none of this id; the message names the nearest.
        """
        try:
            return self._by_id[id_]
        except KeyError:
            raise UnknownNameError("indicator", id_, sorted(self._by_id)) from None

    def dimension(self, id_: str) -> Dimension:
        """Look up a dimension.

        Raises:
            UnknownNameError: there is none of this id.
        """
        for dimension in self.dimensions:
            if dimension.id == id_:
                return dimension
        raise UnknownNameError("dimension", id_, [dimension.id for dimension in self.dimensions])

    def comparable(self, first: str, second: str) -> bool:
        """Whether nothing in the catalogue forbids setting values of two indicators side by side."""
        one, other = self.indicator(first), self.indicator(second)
        return second not in one.not_comparable_with and first not in other.not_comparable_with


def load_catalogue(folder: Path) -> Catalogue:
    """Read and check the catalogue.

    Args:
        folder: `data/catalogue`, with `dimensions.yaml`, `aliases.yaml`, `units.yaml`, `words.yaml` and
            `indicators/*.yaml`.

    Returns:
        The catalogue, frozen.

    Raises:
        InputError: the folder is missing.
        DefinitionError: every mistake of every file.
    """
    if not (folder / "indicators").is_dir():
        raise InputError(folder, "no folder 'indicators' in it", "the folder of the catalogue")
    problems: list[Problem] = []
    vocabulary = _gather(lambda path: _read_model(Vocabulary, path), folder / "aliases.yaml", problems)
    dimensions = _read_dimensions(folder / "dimensions.yaml", problems)
    indicators, declared = _read_indicators(folder / "indicators", dimensions, problems)
    units = _gather(load_units, folder / "units.yaml", problems)
    words = _gather(load_words, folder / "words.yaml", problems)
    problems += check_indicators(indicators, declared, units) if units is not None else ()
    if vocabulary is None or units is None or words is None:
        raise DefinitionError(problems)
    aliases, mistakes = read_aliases(indicators, vocabulary)
    index = AliasIndex((indicator.id, alias) for indicator, alias in aliases)
    problems += mistakes
    problems += check_aliases(indicators, aliases, index, vocabulary)
    if problems:
        raise DefinitionError(problems)
    return Catalogue(indicators, dimensions, vocabulary, units, words, index)


def _gather(load: Callable[[Path], Loaded], path: Path, problems: list[Problem]) -> Loaded | None:
    """What a loader gives, or None and its problems."""
    try:
        return load(path)
    except InputError as error:
        problems.append(Problem(path.name, error.place, error.found, error.expected))
    except DefinitionError as error:
        problems.extend(error.problems)
    return None


def _read_model(model: type[Model], path: Path) -> Model:
    value, problems = validate(model, load_yaml(path), path.name)
    if value is None:
        raise DefinitionError(problems)
    return value


def _read_entries(path: Path, problems: list[Problem]) -> dict[str, object]:
    """A file that maps ids to definitions; each definition gets its id."""
    data = _gather(load_yaml, path, problems)
    if data is not None and not isinstance(data, dict):
        problems.append(Problem(path.name, "", describe(data), "a mapping of ids to definitions"))
    entries = data.items() if isinstance(data, dict) else ()
    return {str(key): {"id": str(key), **body} if isinstance(body, dict) else body for key, body in entries}


def _read_dimensions(path: Path, problems: list[Problem]) -> tuple[Dimension, ...]:
    dimensions: list[Dimension] = []
    first: dict[int, str] = {}
    for key, body in _read_entries(path, problems).items():
        dimension, found = validate(Dimension, body, path.name, key)
        problems += found
        if dimension is None:
            continue
        dimensions.append(dimension)
        owner = first.setdefault(dimension.order, key)
        if owner != key:
            problems.append(
                Problem(path.name, f"{key}.order", f"{dimension.order}, which {owner} has", "another number")
            )
    return tuple(sorted(dimensions, key=lambda dimension: dimension.order))


def _read_indicators(
    folder: Path, dimensions: Iterable[Dimension], problems: list[Problem]
) -> tuple[tuple[Indicator, ...], frozenset[str]]:
    """All indicators, in the order of the dimensions, and every id that some file declares, sound or not."""
    order = [dimension.id for dimension in dimensions]
    place = {name: number for number, name in enumerate(order)}
    files = sorted(folder.glob("*.yaml"), key=lambda path: (place.get(path.stem, len(order)), path.stem))
    if not files:
        problems.append(Problem(folder.name, "", "no file", "a file for each dimension, <dimension>.yaml"))
    dimensions_known = bool(order) and not any(problem.file == "dimensions.yaml" for problem in problems)
    indicators: list[Indicator] = []
    declared: dict[str, str] = {}
    for path in files:
        if dimensions_known and path.stem not in order:
            expected = f"one of {', '.join(order)} (dimensions.yaml)"
            problems.append(Problem(path.name, "", f"a file for the dimension {path.stem!r}", expected))
        for key, body in _read_entries(path, problems).items():
            if key in declared:
                found = f"the id for the second time (first in {declared[key]})"
                problems.append(Problem(path.name, key, found, "an id of its own for each indicator"))
                continue
            declared[key] = path.name
            data = {"dimension": path.stem, **body} if isinstance(body, dict) else body
            indicator, mistakes = validate(Indicator, data, path.name, key)
            problems += mistakes
            indicators += [indicator] if indicator is not None else []
    return tuple(indicators), frozenset(declared)
