"""A word in its places: every occurrence in the plans, with what stands around it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from compare.text import to_simplified

if TYPE_CHECKING:
    from compare.plans import Plan

SEARCH_COLUMNS = ("plan", "start", "end", "before", "found", "after")


def find_text(plans: Iterable[Plan], word: str, *, width: int = 20) -> pd.DataFrame:
    """Find a word in the plans, those in traditional characters too.

    Args:
        plans: where to look.
        word: what to look for, in simplified or traditional characters; it is no pattern.
        width: characters shown on either side.

    Returns:
        One row per occurrence (key: plan and start), in the order of the plans and their text: ``plan``, ``start`` and
        ``end`` (offsets in the plan's text), ``before``, ``found``, ``after`` (as the plan prints them).
    """
    wanted = to_simplified(word)
    rows = []
    for plan in plans:
        simplified = to_simplified(plan.text)
        start = simplified.find(wanted) if wanted else -1
        while start >= 0:
            end = start + len(wanted)
            before, after = plan.text[max(0, start - width) : start], plan.text[end : end + width]
            rows.append((plan.id, start, end, before, plan.text[start:end], after))
            start = simplified.find(wanted, end)
    kinds = {name: "int64" if name in {"start", "end"} else "str" for name in SEARCH_COLUMNS}
    return pd.DataFrame(rows, columns=list(SEARCH_COLUMNS)).astype(kinds)
