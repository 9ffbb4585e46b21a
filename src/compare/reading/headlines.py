"""The lines above a text's first sentence that repeat what it says: the headlines of a press report."""

from __future__ import annotations

import re

_DIGIT = re.compile(r"\d")
_WORDS = re.compile("[\u4e00-\u9fff]{2,}")
_SIGNS = re.compile("[。;!?]")
_OPEN_ENDS = ",、;:。!?-—"
_MAX_HEADLINE = 60
_MAX_COMMAS = 2
_LOOKED_AT = 3000
_LEAST_SHARED = 0.6
# Lines above the first sentence: titles, the date, the source.
FRONT_LINES = 8


def is_headline(line: str, rest: str) -> bool:
    """Whether a line above a text's first sentence only says in short what the text says.

    Args:
        line: a line of folded, simplified text without a number or sign of a heading.
        rest: the text after it.

    Returns:
        True for a short line with a number and without an end of a sentence, most of whose words, taken two characters
        at a time, come again in the sentences that follow.

    >>> rest = "据介绍,全市已建成充电桩3200个,年内还将建成换电站。"
    >>> is_headline("全市建成充电桩3200个", rest), is_headline("全省算力规模突破5000P", rest)
    (True, False)
    """
    if len(line) > _MAX_HEADLINE or line[-1] in _OPEN_ENDS or _SIGNS.search(line) or not _DIGIT.search(line):
        return False
    if line.count(",") > _MAX_COMMAS:
        return False
    body = rest[:_LOOKED_AT]
    pairs = {word[index : index + 2] for word in _WORDS.findall(line) for index in range(len(word) - 1)}
    return "。" in body and bool(pairs) and sum(pair in body for pair in pairs) >= _LEAST_SHARED * len(pairs)
