"""A target's label to the indicator that it states, or a reason why none.

Precision comes first: a wrong indicator puts a number beside others that it must not stand beside. A label must be
described by an alias from its first to its last character (see `compare.catalogue.aliases`), must hold no word that
rules the indicator out, and must come with a unit that the indicator is given in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from compare.catalogue import Catalogue, Indicator
from compare.catalogue.aliases import Alias
from compare.catalogue.labels import drop_brackets, fold_characters, open_brackets

NO_LABEL = "no label"
NO_INDICATOR = "no indicator of this name"
RULED_OUT = "a word rules the indicator out"
UNIT = "unit does not fit"
AMBIGUOUS = "ambiguous"
REASONS = (NO_LABEL, NO_INDICATOR, RULED_OUT, UNIT, AMBIGUOUS)
"""Why a label gives no indicator; a match has the empty reason."""

_GROWTH_UNITS = frozenset({"%", "倍", "百分点"})
_SEPARATORS = re.compile(r"[、,;/]|(?<=[率比重例面])(?:以及|和|及|与)")  # not the 及 of 普及率


class Match(NamedTuple):
    """What a label states.

    Attributes:
        indicator: id in the catalogue, or None.
        reason: one of `REASONS`, empty where there is an indicator.
        candidates: ids that the label names, whether or not one of them was taken.
    """

    indicator: str | None
    reason: str
    candidates: tuple[str, ...] = ()


class Matcher:
    """Matches labels to the indicators of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Prepare the aliases of a catalogue."""
        vocabulary = catalogue.vocabulary
        self._vocabulary = vocabulary
        self._index = catalogue.aliases
        self._units = {indicator.id: _units(indicator) for indicator in catalogue.indicators}
        self._excludes = {
            indicator.id: tuple(map(fold_characters, indicator.excludes)) for indicator in catalogue.indicators
        }
        self._never = re.compile("|".join(re.escape(fold_characters(word)) for word in vocabulary.never) or "(?!)")

    def match(self, label: str, unit: str | None, kind: str = "level", scope: str = "") -> Match:
        """Find the indicator that a label states.

        Args:
            label: what is measured, in the plan's words; simplified characters, widths folded to ASCII.
            unit: canonical unit of the value, empty for a pure number, None for a target in words.
            kind: `level`, `annual`, `change` or `growth`. A growth is given in % or 倍 whatever the measure is given
                in, a change of a share in 百分点.
            scope: what part of the region it covers; read before the label where the label alone names no measure
                (`规模以上数字经济核心产业企业`, `营业收入`).

        Returns:
            The indicator, or the reason why there is none.
        """
        characters = fold_characters(label)
        if not characters:
            return Match(None, NO_LABEL)
        if self._never.search(characters):
            return Match(None, RULED_OUT)
        result = self._match_text(characters, unit, kind)
        if result.reason == NO_INDICATOR and scope:
            with_scope = self._match_text(fold_characters(scope) + characters, unit, kind)
            result = with_scope if with_scope.indicator else result
        if result.reason == NO_INDICATOR and unit in ("%", None):
            result = self._match_list(characters, unit, kind)
        return result

    def _match_text(self, characters: str, unit: str | None, kind: str) -> Match:
        """Match one name: as a growth rate if it ends as one, without brackets, then with them."""
        vocabulary = self._vocabulary
        bare = drop_brackets(characters)
        folded = vocabulary.fold(bare)
        measure = vocabulary.drop_growth(folded)
        if measure != folded and unit in _GROWTH_UNITS:
            kind, folded = "growth", vocabulary.fold(measure)
        if kind != "level":
            folded = vocabulary.drop_added(folded)
        found = self._index.find(folded)
        if not found and bare != characters:
            found = self._index.find(vocabulary.fold(open_brackets(characters)))
        if not found:
            return Match(None, NO_INDICATOR)
        return self._choose(found, characters, unit, kind)

    def _choose(self, found: Iterable[tuple[str, Alias]], characters: str, unit: str | None, kind: str) -> Match:
        """Take the one that no word rules out, whose unit fits and whose alias says most."""
        best: dict[str, tuple[bool, int]] = {}
        for name, alias in found:
            rank = (not alias.open, alias.size)
            best[name] = max(rank, best.get(name, rank))
        names = tuple(best)
        allowed = [name for name in names if not any(word in characters for word in self._excludes[name])]
        if not allowed:
            return Match(None, RULED_OUT, names)
        fitting = [name for name in allowed if self._fits(name, unit, kind)]
        if not fitting:
            return Match(None, UNIT, names)
        top = max(best[name] for name in fitting)
        chosen = [name for name in fitting if best[name] == top]
        return Match(chosen[0], "", names) if len(chosen) == 1 else Match(None, AMBIGUOUS, names)

    def _fits(self, name: str, unit: str | None, kind: str) -> bool:
        if unit is None:
            return True
        units = self._units[name]
        if kind == "growth":
            return unit in _GROWTH_UNITS and (unit != "百分点" or "%" in units)
        return unit in units or (unit == "百分点" and "%" in units and kind != "level")

    def _match_list(self, characters: str, unit: str | None, kind: str) -> Match:
        """Match a list of rates that share one number; sums of counts are another measure than either."""
        parts = [part for part in _SEPARATORS.split(drop_brackets(characters)) if part]
        if len(parts) < 2 or not all(part.endswith(self._vocabulary.rates) for part in parts):
            return Match(None, NO_INDICATOR)
        matches = [self._match_text(part, unit, kind) for part in parts]
        names = tuple(dict.fromkeys(match.indicator for match in matches if match.indicator))
        if len(names) > 1:
            return Match(None, AMBIGUOUS, names)
        return Match(names[0], "", names) if names else Match(None, NO_INDICATOR)


def _units(indicator: Indicator) -> frozenset[str]:
    return frozenset(indicator.units)
