"""Sentences and clauses of a paragraph, found once and looked up by place."""

from __future__ import annotations

import bisect
import re

# A quotation without a sign inside parts nothing and is passed over as a whole.
_SIGNS = re.compile("“[^,:。;!?()“”]*”|[,:。;!?()“”]")
_SENTENCE_END = frozenset("。;!?")
_PARTS = frozenset(",:") | _SENTENCE_END
# A text without punctuation is no sentence; a bound keeps the work on each number constant.
_REACH = 300


class Clauses:
    """Where the clauses and sentences of a stretch of text start and end.

    A comma inside brackets or quotation marks parts no clause for what stands after them; a number inside brackets has
    its clause there.
    """

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._places = [0]
        self._starts = [0]
        self._sentences = [0]
        self._ends: list[int] = []
        stack: list[int] = []
        current = 0
        for match in _SIGNS.finditer(text):
            sign = match[0]
            if len(sign) > 1:
                continue
            place = match.end()
            if sign in _PARTS:
                current = place
                self._ends.append(place - 1)
                if sign in _SENTENCE_END:
                    stack.clear()
                    self._sentences.append(place)
            elif sign in "(“":
                stack.append(current)
                current = place if sign == "(" else current
            else:
                current = stack.pop() if stack else current
            self._places.append(place)
            self._starts.append(current)

    def start(self, place: int, floor: int = 0) -> int:
        """Start of the clause that `place` stands in, not before `floor`."""
        found = self._starts[bisect.bisect_right(self._places, place) - 1]
        return max(found, floor, place - _REACH)

    def end(self, place: int) -> int:
        """End of the clause that `place` stands in: the next comma, colon or end of a sentence."""
        index = bisect.bisect_left(self._ends, place)
        found = self._ends[index] if index < len(self._ends) else self._length
        return min(found, place + _REACH)

    def sentence_number(self, place: int) -> int:
        """Number of the sentence (a semicolon ends one) that `place` stands in."""
        return bisect.bisect_right(self._sentences, place) - 1

    def sentence_start(self, number: int) -> int:
        """Start of a sentence."""
        return self._sentences[number]

    def sentence_end(self, number: int) -> int:
        """End of a sentence, its sign included."""
        return self._sentences[number + 1] if number + 1 < len(self._sentences) else self._length
