"""Where a plan names an indicator, whether or not it sets a number for it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from compare.catalogue import Catalogue
from compare.plans import Plan
from compare.text import fold_widths, to_simplified

_SENTENCE_ENDS = "。；！？\n"
_LONGEST_QUOTE = 120


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a plan names an indicator: code-point offsets in the text as read, and the sentence."""

    start: int
    end: int
    quote: str


def find_mentions(plans: Sequence[Plan], catalogue: Catalogue) -> Mapping[tuple[str, str], Mention]:
    """The first place where each plan names each indicator.

    Only full and short names count (without a closing 数), the longest at each place, and not as the first part of a
    share (`…占GDP比重`) or rate: naming a share does not name the total. An indicator that is only paraphrased is not
    found.

    Args:
        plans: the plans of the corpus, in any script.
        catalogue: the indicators.

    Returns:
        (plan id, indicator id) to the first place.
    """
    names: dict[str, str] = {}
    for indicator in catalogue.indicators:
        for name in (indicator.name_zh, indicator.short_zh):
            plain = fold_widths(name).removesuffix("数").lower()
            if len(plain) > 3:
                names.setdefault(plain, indicator.id)
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    if not longest_first:
        return {}
    pattern = re.compile(f"(?:{'|'.join(map(re.escape, longest_first))})(?!占|率|比重|比例)", re.IGNORECASE)
    found: dict[tuple[str, str], Mention] = {}
    for plan in plans:
        for match in pattern.finditer(fold_widths(to_simplified(plan.text))):
            key = plan.id, names[match.group().lower()]
            if key not in found:
                found[key] = Mention(match.start(), match.end(), _sentence(plan.text, match.start(), match.end()))
    return found


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a place, cut to a length that fits a table."""
    first = max(text.rfind(mark, 0, start) for mark in _SENTENCE_ENDS) + 1
    ends = [found for mark in _SENTENCE_ENDS if (found := text.find(mark, end)) >= 0]
    first = max(first, start - _LONGEST_QUOTE // 2)
    return text[first : min(min(ends, default=len(text)), first + _LONGEST_QUOTE)].strip()
