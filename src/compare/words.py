"""The words that decide how a number is read; `data/catalogue/words.yaml`, validated and made searchable."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from compare.definitions import load_yaml, validate
from compare.errors import DefinitionError, Problem

Strings = tuple[str, ...]


class WordList(BaseModel):
    """The content of `words.yaml`, a field per list; the comments there say what each list decides."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    bounds_before: dict[str, Strings]
    bounds_after: dict[str, Strings]
    bound_links: Strings
    actual_headings: Strings
    target_headings: Strings
    actual_words: Strings
    target_words: Strings
    per_year: Strings
    per_year_not: Strings
    added: Strings
    cumulative: Strings
    rise_words: Strings
    fall_words: Strings
    verbs: Strings
    adverbs: Strings
    trailing: Strings
    regions: Strings
    cities: Strings
    areas: Strings
    bodies: Strings
    predicates: Strings
    generic_labels: Strings
    rate_subjects: dict[str, Strings]
    honours: Strings
    reach_rates: Strings
    reached: Strings
    after_stops: Strings
    not_after: Strings
    money_nouns: Strings
    counted_nouns: Strings
    bandwidth_nouns: Strings
    exit_nouns: Strings
    compute_nouns: Strings
    time_nouns: Strings
    population_nouns: dict[str, str]
    per_person: Strings
    gap_verbs: Strings
    others: Strings
    compared: Strings
    sized_nouns: Strings
    extent_nouns: Strings
    promise_verbs: Strings
    promise_leads: Strings
    built_nouns: Strings
    term_words: Strings
    counted_classes: Strings
    done_words: Strings
    capacity_nouns: Strings
    pointing_words: Strings
    standing_bodies: Strings
    commit_words: Strings
    counting_nouns: Strings
    ratio_nouns: Strings
    pure_endings: Strings
    numbered_things: Strings
    listed_nouns: Strings
    class_nouns: Strings
    payout_words: Strings
    norm_words: Strings
    goal_words: Strings
    founding_verbs: Strings
    name_before: Strings
    name_after: Strings
    furniture: Strings
    worded_cells: Strings
    label_heads: Strings
    place_heads: Strings
    branch_heads: Strings
    year_heads: Strings
    text_heads: Strings
    unit_heads: Strings
    group_heads: Strings
    obligation_heads: Strings
    idle_heads: Strings
    deadline_heads: Strings
    grade_heads: Strings
    actual_heads: Strings
    target_heads: Strings
    growth_heads: Strings
    change_heads: Strings
    cumulative_heads: Strings
    value_heads: Strings
    left_overs: Strings
    obligations: Strings
    empty_cells: Strings
    worded_signs: Strings
    totals: Strings
    part_words: Strings
    caption_leads: Strings
    caption_tails: Strings
    forward_words: Strings
    compared_words: Strings
    report_words: Strings
    outlook_words: Strings
    promise_words: Strings
    proposing_words: Strings
    split_words: Strings


class WordSet:
    """Words to be found at the start or at the end of a stretch of text, the longest first."""

    __slots__ = ("_first", "_last", "words")

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(sorted({word for word in words if word}, key=lambda word: (-len(word), word)))
        self._first: dict[str, list[str]] = {}
        self._last: dict[str, list[str]] = {}
        for word in self.words:
            self._first.setdefault(word[0], []).append(word)
            self._last.setdefault(word[-1], []).append(word)

    @property
    def last_characters(self) -> Container[str]:
        """The characters with which the words end."""
        return self._last

    def at(self, text: str, position: int) -> str:
        """The longest word that starts at `position`, or an empty text."""
        for word in self._first.get(text[position : position + 1], ()):
            if text.startswith(word, position):
                return word
        return ""

    def before(self, text: str, end: int, start: int = 0) -> str:
        """The longest word that ends at `end` and starts at `start` or later, or an empty text."""
        if end <= start:
            return ""
        for word in self._last.get(text[end - 1], ()):
            if text.endswith(word, start, end):
                return word
        return ""

    def pattern(self) -> re.Pattern[str]:
        """A pattern for any of the words."""
        return any_of(self.words)


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that matches any of the words, longer ones first.

    Words with the same first character share a branch, so that the engine looks at each first character once.
    """
    rests: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        rests.setdefault(word[:1], []).append(re.escape(word[1:]))
    return re.compile(
        "|".join(re.escape(first) + (f"(?:{'|'.join(rest)})" if rest != [""] else "") for first, rest in rests.items())
    )


def load_words(path: Path) -> WordList:
    """Read `words.yaml`.

    Raises:
        InputError: the file cannot be read.
        DefinitionError: it breaks the schema; all mistakes at once.
    """
    data = load_yaml(path)
    words, problems = validate(WordList, data, path.name)
    if words is None:
        raise DefinitionError(problems or [Problem(path.name, "", "nothing", "lists of words")])
    return words
