"""What must hold between the definitions of the catalogue, beyond the schema of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from compare.catalogue.aliases import Alias, AliasError, AliasIndex, AliasReader
from compare.catalogue.indicators import Indicator
from compare.catalogue.labels import Vocabulary, drop_brackets, fold_characters
from compare.definitions import describe, nearest
from compare.errors import Problem
from compare.units import Units


def read_aliases(
    indicators: Iterable[Indicator], vocabulary: Vocabulary
) -> tuple[list[tuple[Indicator, Alias]], list[Problem]]:
    """Read the aliases of all indicators.

    Returns:
        Each alias with its indicator, and a problem for each that is not in the notation.
    """
    aliases: list[tuple[Indicator, Alias]] = []
    problems: list[Problem] = []
    reader = AliasReader(vocabulary.classes)
    for indicator in indicators:
        for number, text in enumerate(indicator.aliases):
            try:
                aliases.append((indicator, reader.read(text)))
            except AliasError as error:
                problems.append(_problem(indicator, f"aliases.{number}", describe(text), str(error)))
    return aliases, problems


def check_indicators(indicators: Collection[Indicator], declared: Collection[str], units: Units) -> list[Problem]:
    """Find the mistakes that no schema sees.

    Args:
        indicators: those whose own definition is sound.
        declared: every id of the catalogue, also of indicators that are not sound.
        units: the units that plans print.

    Returns:
        One problem a mistake: an unknown id or unit, a reversed range, a whole in another unit, a name used twice.
    """
    known_units = {"", *(unit.canonical for unit in units)}
    by_id = {indicator.id: indicator for indicator in indicators}
    problems: list[Problem] = []
    for indicator in indicators:
        problems += _check_references(indicator, declared)
        problems += _check_wholes(indicator, by_id)
        problems += _check_values(indicator, known_units)
    return problems + list(_check_names(indicators))


def check_aliases(
    indicators: Collection[Indicator],
    aliases: Iterable[tuple[Indicator, Alias]],
    index: AliasIndex,
    vocabulary: Vocabulary,
) -> list[Problem]:
    """Hold examples, names and near misses against the aliases.

    Args:
        indicators: those whose own definition is sound.
        aliases: their aliases.
        index: the same aliases, filed under the indicators' ids.
        vocabulary: the words that aliases share.

    Returns:
        One problem a mistake: an alias with a neutral word, one that two indicators share, a name that the aliases
        miss, a near miss that they hit.
    """
    by_id = {indicator.id: indicator for indicator in indicators}

    def named(label: str) -> set[str]:
        """The indicators that a label names, units apart."""
        characters = fold_characters(label)
        found = {name for name, _ in index.find(vocabulary.fold(drop_brackets(characters)))}
        return {name for name in found if not any(fold_characters(word) in characters for word in by_id[name].excludes)}

    problems: list[Problem] = []
    sound: Counter[str] = Counter()
    for indicator, alias in aliases:
        found_here = list(_check_alias(indicator, alias, [by_id[name] for name in named(alias.example)], vocabulary))
        problems += found_here
        sound[indicator.id] += not found_here
    for indicator in indicators:
        all_sound = sound[indicator.id] == len(indicator.aliases)  # else the name may be missed for that reason
        if all_sound and indicator.id not in named(indicator.name_zh):
            found = f"{indicator.name_zh!r}, which no alias describes or a word of excludes rules out"
            problems.append(_problem(indicator, "name_zh", found, "a name that the aliases match"))
        for number, label in enumerate(indicator.near_misses):
            if indicator.id in named(label):
                found = f"{label!r}, which an alias describes"
                problems.append(_problem(indicator, f"near_misses.{number}", found, "a label that does not match"))
    return problems


def _problem(indicator: Indicator, key: str, found: str, expected: str) -> Problem:
    return Problem(f"{indicator.dimension}.yaml", f"{indicator.id}.{key}", found, expected)


def _check_references(indicator: Indicator, declared: Collection[str]) -> Iterator[Problem]:
    named = [(f"not_comparable_with.{number}", other) for number, other in enumerate(indicator.not_comparable_with)]
    named += [(f"part_of.{number}", whole) for number, whole in enumerate(indicator.part_of)]
    if indicator.derive is not None:
        named.append(("derive.from", indicator.derive.source))
    for key, other in named:
        if other == indicator.id:
            yield _problem(indicator, key, "the indicator itself", "the id of another indicator")
        elif other not in declared:
            meant = nearest(other, declared)
            yield _problem(indicator, key, repr(other), f"the id {meant!r}" if meant else "an id of the catalogue")


def _check_wholes(indicator: Indicator, by_id: Mapping[str, Indicator]) -> Iterator[Problem]:
    """A part is at most as large as its whole only in one unit, and the whole is not a part of the part."""
    for number, name in enumerate(indicator.part_of):
        whole = by_id.get(name)
        if whole is None or whole is indicator:
            continue
        if whole.unit != indicator.unit:
            found = f"{name!r}, which is in {whole.unit!r}"
            yield _problem(indicator, f"part_of.{number}", found, f"an indicator in {indicator.unit!r}")
        if indicator.id in whole.part_of:
            yield _problem(indicator, f"part_of.{number}", f"{name!r}, which is a part of this one", "one direction")


def _check_values(indicator: Indicator, known_units: Collection[str]) -> Iterator[Problem]:
    least, greatest = indicator.range
    if least >= greatest:
        yield _problem(indicator, "range", f"{least:g} to {greatest:g}", "the least value first, then a greater one")
    for key, unit in [
        ("unit", indicator.unit),
        *((f"accepted_units.{n}", u) for n, u in enumerate(indicator.units[1:])),
    ]:
        counted, _, ratio = unit.partition("/")
        if unit not in known_units and not (ratio and counted in known_units):
            yield _problem(indicator, key, repr(unit), "a canonical unit of units.yaml")
    for number, unit in enumerate(indicator.accepted_units):
        if unit in indicator.units[: number + 1]:
            yield _problem(indicator, f"accepted_units.{number}", repr(unit), "each unit once")


def _check_names(indicators: Iterable[Indicator]) -> Iterator[Problem]:
    first: dict[tuple[str, str], str] = {}
    for indicator in indicators:
        for key in ("name_zh", "name_en", "short_zh", "short_en"):
            name = getattr(indicator, key)
            owner = first.setdefault((key, name), indicator.id)
            if owner != indicator.id:
                yield _problem(indicator, key, f"{name!r}, which {owner} has", "a name of its own")


def _check_alias(
    indicator: Indicator, alias: Alias, named: Iterable[Indicator], vocabulary: Vocabulary
) -> Iterator[Problem]:
    key = f"aliases.{indicator.aliases.index(alias.text)}"
    folded = vocabulary.fold(alias.example)
    if folded != alias.example:
        yield _problem(indicator, key, describe(alias.text), f"no neutral word: labels arrive here as {folded!r}")
    for other in named:
        if other is not indicator and not alias.open and not set(indicator.units).isdisjoint(other.units):
            found = f"{alias.text!r}, which {other.id} has too (for {alias.example!r})"
            yield _problem(indicator, key, found, "an alias of one indicator")
