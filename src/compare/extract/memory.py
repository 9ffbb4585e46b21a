"""Measures that a plan names in full once and in short afterwards, from one paragraph to the next."""

from __future__ import annotations

import re

from compare.reading.outline import Heading
from compare.words import WordList

# 2025年:主营业务收入达到…: a paragraph of the goals of one year.
_YEARLY = re.compile(r"(?:到|至)?20\d\d年(?:底|末)?[:,]")
_YEARLY_STARTS = ("到", "至", "2")
_WHOLE = re.compile("^(.{2,}?)占.{2,}(?:比重|比例)$")


class Measures:
    """The full names of the measures of one plan, in the order of its text.

    A share whose denominator an earlier paragraph gives is that share, unless the plan knows it by two denominators.
    In the goals year by year, which repeat their measures, one without a subject is that of the years before.
    """

    def __init__(self, words: WordList) -> None:
        self._short = words.generic_labels
        self._shares: dict[str, str] = {}
        self._yearly: dict[str, str] = {}
        self._section: tuple[Heading, ...] = ()
        self._is_yearly = False

    def enter(self, paragraph: str, section: tuple[Heading, ...]) -> None:
        """Begin a paragraph of a section."""
        self._is_yearly = paragraph[:1] in _YEARLY_STARTS and _YEARLY.match(paragraph) is not None
        if section is not self._section:
            self._section = section
            self._yearly = {}

    def complete(self, label: str, unit: str) -> str:
        """A label in full where an earlier one says what it is short for; a full one is remembered.

        Args:
            label: what is measured, as the paragraph says it.
            unit: the number's canonical unit.
        """
        if unit == "%":
            if label.endswith("占比"):
                return self._shares.get(label[:-2]) or label
            if "占" in label and (match := _WHOLE.match(label)):
                known = self._shares.setdefault(match[1], label)
                self._shares[match[1]] = label if known == label else ""
        if self._is_yearly and label:
            if label in self._short:
                return self._yearly.get(label, label)
            self._yearly.update({short: label for short in self._short if label.endswith(short)})
        return label
