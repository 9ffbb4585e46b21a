"""What stands around a number, as the rules that refuse one look at it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from compare.extract.grammar import Grammar
from compare.extract.quantities import Quantity

# A rule looks no further than this to either side, so that a sentence without an end costs no more than its length.
REACH = 300


class Surroundings(NamedTuple):
    """What the rules look at.

    Attributes:
        text: the stretch.
        clause: start and end of the number's clause.
        sentence: start and end of its sentence.
        following: start of the next number's claim in the clause, or -1.
        grammar: the compiled definitions.
    """

    text: str
    clause: tuple[int, int]
    sentence: tuple[int, int]
    grammar: Grammar
    following: int = -1

    def lead(self, quantity: Quantity, width: int = REACH) -> str:
        """What stands in the clause before a number and its bound, at most `width` characters."""
        return self.text[max(self.clause[0], quantity.claim_start - width) : quantity.claim_start]

    def sentence_lead(self, quantity: Quantity, width: int = REACH) -> str:
        """What stands in the sentence before a number, at most `width` characters."""
        return self.text[max(self.sentence[0], quantity.start - width) : quantity.start]


Rule = Callable[[Quantity, Surroundings], bool]


def is_bare_magnitude(quantity: Quantity, around: Surroundings) -> bool:
    """Whether a numeral is a magnitude alone: 百亿, 千, but 十 is a number."""
    surface = around.text[quantity.start : quantity.end]
    return surface != "十" and all(character in "十百千万亿" for character in surface)
