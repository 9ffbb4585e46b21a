"""The notation in which the catalogue says how plans word a measure.

An *alias* describes a whole label, from its first character to its last, as a row of places with blanks between them:

| written | means |
|---|---|
| `关键工序 数控化率` | these words in this order, nothing between, before or after them but neutral words |
| `数字经济|数字` | one of these |
| `[企业]` `[口|常住人口]` | one of these, or nothing |
| `<gdp>` `占<gdp>` | any word of that class (`classes` in `aliases.yaml`), also as a part of a word |
| `…` | anything, also nothing, within one item of a list of rates |

*Neutral words* (`全省`, `累计`, `建成`, `的` …, in `aliases.yaml`) say nothing about what is measured; they are taken
out of the label before it is compared, with quotation marks, blanks, hyphens and what stands in brackets. That a label
must be covered to its end is what keeps measures apart: `5g基站` describes `全省累计建成5G基站数` and neither
`5G基站共享率` nor `5G基站站址`.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from operator import add

from compare.catalogue.labels import SIGNS, fold_characters

GAP = "…"
_FOLDED = str.maketrans("", "", SIGNS)  # blanks stay: they part the places
_CLASS = re.compile(r"<(\w+)>")
_NEXT_IN_LIST = re.compile(r"(?:率|占比|比重|比例|水平|面)[、,;/和及与]")  # where a gap ends: another rate begins
_PLAIN = re.compile(r"[^\s\[\]<>|…]+")


class AliasError(ValueError):
    """An alias that is not written in the notation; the text says what was expected."""


@dataclass(frozen=True, slots=True)
class Words:
    """One place of an alias.

    Attributes:
        words: what may stand there; empty for a gap.
        optional: whether nothing may stand there too.
    """

    words: tuple[str, ...]
    optional: bool

    @property
    def size(self) -> int:
        """The number of characters that it takes at the least."""
        return 0 if self.optional else min(map(len, self.words))


@dataclass(frozen=True, slots=True)
class Alias:
    """One alias, read.

    Attributes:
        text: as written in the catalogue.
        places: what may stand where, in the order of the label.
        size: number of characters that it fixes at the least.
        open: whether it has a gap.
        example: the first label that it describes, folded, with its gaps closed.
    """

    text: str
    places: tuple[Words, ...]
    size: int
    open: bool
    example: str


class AliasReader:
    """Reads aliases that share classes of words."""

    def __init__(self, classes: Mapping[str, tuple[str, ...]]) -> None:
        """Take the words behind each `<name>`."""
        self._classes = {name: tuple(map(fold_characters, words)) for name, words in classes.items()}
        self._places: dict[str, Words] = {GAP: Words((), optional=True)}  # many aliases share a place

    def read(self, text: str) -> Alias:
        """Read an alias.

        Args:
            text: in the notation above.

        Returns:
            The alias, its words folded as labels are.

        Raises:
            AliasError: a bracket that does not close, an unknown class, an empty alternative, or no word of at least
                two characters that must be there.

        >>> alias = AliasReader({"gdp": ("GDP", "生产总值")}).read("数字经济 核心产业 [增加值] 占<gdp>")
        >>> alias.places[-1].words
        ('占gdp', '占生产总值')
        >>> alias.example, alias.size
        ('数字经济核心产业增加值占gdp', 12)
        """
        places = tuple(map(self._place, text.lower().translate(_FOLDED).split()))
        size = sum(place.size for place in places)
        if not any(place.size > 1 for place in places):
            raise AliasError("a word of at least two characters that must be in the label")
        example = "".join(place.words[0] for place in places if place.words)
        return Alias(text, places, size, not all(place.words for place in places), example)

    def _place(self, token: str) -> Words:
        place = self._places.get(token)
        if place is None:
            optional = token.startswith("[") and token.endswith("]")
            alternatives = (token[1:-1] if optional else token).split("|")
            words = tuple(word for part in alternatives for word in self._variants(part, token))
            place = self._places[token] = Words(words, optional)
        return place

    def _variants(self, alternative: str, token: str) -> tuple[str, ...]:
        """The words that one alternative stands for, classes written out."""
        if _PLAIN.fullmatch(alternative):
            return (alternative,)
        if not alternative:
            raise AliasError(f"a word on both sides of each | in {token!r}")
        variants: tuple[str, ...] = ("",)
        for index, piece in enumerate(_CLASS.split(alternative)):
            if index % 2 and piece not in self._classes:
                raise AliasError(f"a class out of {', '.join(sorted(self._classes))}, not <{piece}>")
            if not index % 2 and piece and not _PLAIN.fullmatch(piece):
                raise AliasError(f"words, <class>, | and [words], with {GAP} between blanks for a gap, not {token!r}")
            ends = self._classes[piece] if index % 2 else (piece,)
            variants = tuple(start + end for start in variants for end in ends)
        return variants


class AliasIndex:
    """All aliases, found by what a label holds.

    Each alias is filed under pairs of characters of which every label that it describes contains one: those of the
    place whose words have the rarest pairs.
    """

    def __init__(self, aliases: Iterable[tuple[str, Alias]]) -> None:
        """File aliases.

        Args:
            aliases: the name that each alias stands for, and the alias.
        """
        entries = [_Entry(name, alias) for name, alias in aliases]
        counts = Counter(pair for entry in entries for pair in entry.pairs)
        self._by_pair: dict[str, list[_Entry]] = {}
        for entry in entries:
            for pair in _rarest(entry.alias.places, counts):
                self._by_pair.setdefault(pair, []).append(entry)

    def find(self, text: str) -> list[tuple[str, Alias]]:
        """The names and aliases that describe a folded label, in no particular order."""
        by_pair, size, first, last = self._by_pair, len(text), text[:1], text[-1:]
        candidates: dict[_Entry, None] = {}
        for pair in map(add, text, text[1:]):
            if pair in by_pair:
                for entry in by_pair[pair]:
                    if entry.least <= size <= entry.most and last in entry.last and first in entry.first:
                        candidates[entry] = None
        return [(entry.name, entry.alias) for entry in candidates if entry.describes(text)]


class _AnyCharacter:
    """Stands for the set of all characters."""

    def __contains__(self, character: object) -> bool:
        return True


class _Entry:
    """An alias ready to be held against labels.

    Attributes:
        least, most: numbers of characters that a label may have.
        first: characters that a label may begin with.
        last: characters that a label may end with.
        pairs: pairs of characters of the words that must be there.
    """

    __slots__ = ("_steps", "alias", "first", "last", "least", "most", "name", "pairs")

    def __init__(self, name: str, alias: Alias) -> None:
        self.name = name
        self.alias = alias
        self.least = alias.size
        self.most = sys.maxsize if alias.open else sum(max(map(len, place.words)) for place in alias.places)
        self.first = _edge(alias.places, 0)
        self.last = _edge(alias.places[::-1], -1)
        self.pairs = {
            word[i : i + 2]
            for place in alias.places
            if place.size > 1
            for word in place.words
            for i in range(len(word) - 1)
        }
        self._steps = [
            (frozenset(place.words), {len(word) for word in place.words}, place.optional) for place in alias.places
        ]

    def describes(self, text: str) -> bool:
        """Whether the places of the alias cover the text from end to end."""
        starts: Iterable[int] = (0,)
        for words, lengths, optional in self._steps:
            if not words:
                listed = _NEXT_IN_LIST.search(text, min(starts))
                starts = range(min(starts), (listed.end() if listed else len(text) + 1))
                continue
            ends = set(starts) if optional else set()
            for start in starts:
                for length in lengths:
                    if text[start : start + length] in words:
                        ends.add(start + length)
            if not ends:
                return False
            starts = ends
        return len(text) in starts


def _edge(places: Iterable[Words], position: int) -> Container[str]:
    """The characters at one edge of the labels that an alias describes; places in order from that edge."""
    characters: set[str] = set()
    for place in places:
        if not place.words:
            return _AnyCharacter()
        characters.update(word[position] for word in place.words)
        if not place.optional:
            break
    return characters


def _rarest(places: Iterable[Words], counts: Mapping[str, int]) -> set[str]:
    """Pairs of which every label holds one: from the place whose words are met least, one pair for each word."""
    choices = []
    for place in places:
        if place.size > 1:
            pairs = {
                min((word[i : i + 2] for i in range(len(word) - 1)), key=counts.__getitem__) for word in place.words
            }
            choices.append((sum(map(counts.__getitem__, pairs)), pairs))
    return min(choices, key=lambda choice: choice[0])[1]
