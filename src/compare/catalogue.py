"""The catalogue: which measures plans set, what each one means and how plans word it.

`data/catalogue/indicators/<dimension>.yaml` maps ids to indicators, `dimensions.yaml` gives the dimensions and their
order, `aliases.yaml` the words that aliases share (their notation is described in `compare.aliases`). The schema is closed:
a key that is not known is a mistake, and all mistakes of all files are reported together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from compare.aliases import Vocabulary
from compare.definitions import load_yaml, nearest, validate
from compare.errors import DefinitionError, InputError, Problem, UnknownNameError
from compare.units import Units, load_units
from compare.words import WordList, load_words

Loaded = TypeVar("Loaded")
Text = Annotated[str, Field(min_length=1)]
Words = tuple[Text, ...]
Denominator = Literal[
    "none", "gdp", "population", "households", "users", "enterprises", "industry", "equipment", "items", "places",
    "traffic", "energy", "capacity",
]  # fmt: skip

_ID = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")


class Derivation(BaseModel):
    """How an indicator follows from another one: `value of source ÷ divisor × scale`.

    Attributes:
        source: id of the indicator that is divided (`from` in YAML).
        divide_by: the statistic, in 万人 for population and 亿元 for gdp.
        scale: what the quotient is multiplied by to be in the indicator's unit.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    source: Text = Field(alias="from")
    divide_by: Literal["population", "gdp"]
    scale: int | float = 1


class Indicator(BaseModel):
    """One measure.

    Attributes:
        id: ASCII, spelled out, without year.
        dimension: id of the dimension whose file it stands in.
        name_zh: full name, Chinese.
        name_en: full name, English.
        short_zh: name for axes and table heads, at most 12 characters.
        short_en: the same in English, at most 28 characters.
        definition_zh: what is counted, over what, Chinese.
        definition_en: the same in English.
        definition_source: where the definition comes from.
        unit: canonical unit of values.
        accepted_units: other units that a plan may give it in.
        direction: whether plans want it higher or lower.
        denominator: what it is a ratio to; `none` for totals.
        range: least and greatest plausible value for a province or the nation, in `unit`.
        aliases: how plans word it, in the notation of `compare.aliases`.
        excludes: words that rule it out, wherever in the label they stand.
        near_misses: labels that look like it and are something else; they must not match.
        not_comparable_with: ids of measures that it is easily mistaken for.
        derive: how it follows from another indicator, if it does.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=f"^{_ID.pattern}$")]
    dimension: Text
    name_zh: Text
    name_en: Text
    short_zh: Annotated[str, Field(min_length=1, max_length=12)]
    short_en: Annotated[str, Field(min_length=1, max_length=28)]
    definition_zh: Text
    definition_en: Text
    definition_source: Text
    unit: str
    accepted_units: tuple[str, ...] = ()
    direction: Literal["higher", "lower"] = "higher"
    denominator: Denominator = "none"
    range: tuple[float, float]
    aliases: Annotated[Words, Field(min_length=1)]
    excludes: Words = ()
    near_misses: Words = ()
    not_comparable_with: Words = ()
    derive: Derivation | None = None

    @property
    def units(self) -> tuple[str, ...]:
        """Every unit that a plan may give it in, the canonical one first."""
        return (self.unit, *self.accepted_units)

    @property
    def is_share(self) -> bool:
        """Whether its values are percentages, so that their differences are percentage points."""
        return self.unit == "%"


class Dimension(BaseModel):
    """A group of indicators, with its place in tables and reports (1 comes first)."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: Text
    name_zh: Text
    name_en: Text
    order: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All indicators, ordered by dimension and then as their file has them.

    Attributes:
        indicators: the measures.
        dimensions: their groups, in order.
        vocabulary: the words that aliases share.
        units: the units that plans print.
        words: the words that decide how a number is read.
    """

    indicators: tuple[Indicator, ...]
    dimensions: tuple[Dimension, ...]
    vocabulary: Vocabulary
    units: Units
    words: WordList
    _by_id: Mapping[str, Indicator] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {indicator.id: indicator for indicator in self.indicators})

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids, in the order of `indicators`."""
        return tuple(self._by_id)

    def indicator(self, id: str) -> Indicator:
        """Look up an indicator.

        Raises:
            UnknownNameError: there is none of this id; the message lists the ids.
        """
        try:
            return self._by_id[id]
        except KeyError:
            meant = nearest(str(id), self._by_id)
            allowed = sorted(self._by_id, key=lambda known: (known != meant, known))  # what was meant comes first
            raise UnknownNameError("indicator", id, allowed) from None

    def dimension(self, id: str) -> Dimension:
        """Look up a dimension.

        Raises:
            UnknownNameError: there is none of this id.
        """
        for dimension in self.dimensions:
            if dimension.id == id:
                return dimension
        raise UnknownNameError("dimension", id, [dimension.id for dimension in self.dimensions])

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
    vocabulary = _read_vocabulary(folder / "aliases.yaml", problems)
    dimensions = _read_dimensions(folder / "dimensions.yaml", problems)
    by_file = {path: _read_indicators(path, problems) for path in sorted((folder / "indicators").glob("*.yaml"))}
    order = {dimension.id: dimension.order for dimension in dimensions}
    for path in by_file if dimensions else ():
        if path.stem not in order:
            problems.append(Problem(_place(path), "", f"the dimension {path.stem!r}", f"one of {', '.join(order)}"))
    indicators = tuple(
        indicator for path in sorted(by_file, key=lambda path: order.get(path.stem, 0)) for indicator in by_file[path]
    )
    units = _gather(load_units, folder / "units.yaml", problems)
    words = _gather(load_words, folder / "words.yaml", problems)
    if problems or vocabulary is None or units is None or words is None:
        raise DefinitionError(problems)
    return Catalogue(indicators, dimensions, vocabulary, units, words)


def _gather(load: Callable[[Path], Loaded], path: Path, problems: list[Problem]) -> Loaded | None:
    """What a loader gives, or None and its problems."""
    try:
        return load(path)
    except InputError as error:
        problems.append(Problem(path.name, error.place, error.found, error.expected))
    except DefinitionError as error:
        problems.extend(error.problems)
    return None


def _place(path: Path) -> str:
    return f"indicators/{path.name}"


def _read(path: Path, name: str, problems: list[Problem]) -> object:
    """A file's content, or None and a problem."""
    try:
        return load_yaml(path)
    except InputError as error:
        problems.append(Problem(name, error.place, error.found, error.expected))
    return None


def _read_vocabulary(path: Path, problems: list[Problem]) -> Vocabulary | None:
    data = _read(path, path.name, problems)
    if data is None:
        return None
    vocabulary, found = validate(Vocabulary, data, path.name)
    problems += found
    return vocabulary


def _read_mapping(path: Path, name: str, problems: list[Problem]) -> dict[object, object]:
    data = _read(path, name, problems)
    if data is not None and not isinstance(data, dict):
        problems.append(Problem(name, "", "no mapping", "a mapping of ids to definitions"))
    return data if isinstance(data, dict) else {}


def _read_dimensions(path: Path, problems: list[Problem]) -> tuple[Dimension, ...]:
    dimensions = []
    for key, body in _read_mapping(path, path.name, problems).items():
        data = {"id": key, **body} if isinstance(body, dict) else body
        dimension, found = validate(Dimension, data, path.name, str(key))
        problems += found
        if dimension is not None:
            dimensions.append(dimension)
    return tuple(sorted(dimensions, key=lambda dimension: dimension.order))


def _read_indicators(path: Path, problems: list[Problem]) -> tuple[Indicator, ...]:
    indicators = []
    for key, body in _read_mapping(path, _place(path), problems).items():
        data = {"id": key, "dimension": path.stem, **body} if isinstance(body, dict) else body
        indicator, found = validate(Indicator, data, _place(path), str(key))
        problems += found
        if indicator is not None:
            indicators.append(indicator)
    return tuple(indicators)
