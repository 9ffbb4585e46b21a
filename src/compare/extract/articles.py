"""Texts written in articles (第一条, 第二条 …) state norms; a number in one is a target only where it is promised."""

from __future__ import annotations

import re

from compare.extract.grammar import Grammar
from compare.extract.quantities import Quantity

_ARTICLE = re.compile(r"第[一二三四五六七八九十百千零〇\d]{1,7}条")
_LEAST_ARTICLES = 3
_YEAR = r"(?:(?:19|20)\d\d|[一二][〇零一二三四五六七八九]{3})年"
_YEAR_AHEAD = re.compile(
    rf"(?:到|至){_YEAR}(?!\d{{1,2}}月)|{_YEAR}(?:[度年]?[底末](?:之?前|以前)?|之?前|以前)"
    r"|十[一二三四五六]五”?(?:规划)?(?:期?末|期间|时期)|(?:未来|今后)[一二三四五六七八九十\d]{1,2}年"
)
_SENTENCE_END = re.compile("[。;!?！？]")
_COUNTED = frozenset(("count", "compute", "storage", "bandwidth"))
_REACH = 16


def find_articles(text: str) -> int:
    r"""Where a text begins to be written in articles.

    Plans number their sections by 章, 节, 一 and (一); lines that open with 第…条 make a law, a regulation, a measure.

    Args:
        text: the folded, simplified text of a document.

    Returns:
        Offset of its first article, or its length where it has fewer than three: a plan may print one or two in a box.

    >>> find_articles("某条例\n第一条 为了…\n第二条 本省…\n第三条 县级…")
    4
    >>> find_articles("第一章 总则\n第二条 例外")
    13
    """
    lines = ((text.rfind("\n", 0, match.start()) + 1, match.start()) for match in _ARTICLE.finditer(text))
    starts = [start for start, end in lines if not text[start:end].strip(" \t#*")]
    return starts[0] if len(starts) >= _LEAST_ARTICLES else len(text)


def is_committed(text: str, quantity: Quantity, grammar: Grammar) -> bool:
    """Whether a number of an article is promised for a time to come rather than laid down for always.

    Measures (若干措施) in articles state targets too: the paragraph names the year by which, or a goal, up to the end
    of the number's sentence; or what is counted is to be built, raised or brought in (培育100家).

    Args:
        text: the squeezed paragraph.
        quantity: a number of it.
        grammar: the compiled definitions.
    """
    end = _SENTENCE_END.search(text, quantity.stop)
    stop = end.start() if end else len(text)
    if _YEAR_AHEAD.search(text, 0, stop) or grammar.goals.search(text, 0, stop):
        return True
    unit = quantity.unit
    if unit is None or unit.dimension not in _COUNTED:
        return False
    lead = re.split("[,。;:、(]", text[max(0, quantity.claim_start - _REACH) : quantity.claim_start])[-1]
    return not lead.endswith("每") and grammar.founding.search(lead) is not None
