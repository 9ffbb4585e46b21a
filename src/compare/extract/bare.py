"""Numbers without a unit: quantities only where a measure that has none, or that is counted, stands before them."""

from __future__ import annotations

import re

from compare.extract.quantities import Quantity
from compare.extract.surroundings import Surroundings

_MOVES = re.compile("(?:左右|以上|以下)?(?:逐步|进一步|稳步|显著)?(?:降|提|升|下降|压|增|扩)")
_MOVED_FROM = re.compile(r"(?:从|由|自)[^,;。]{0,24}$")
# 28.6万贫困人口全部脱贫, but 500万人口城市 is a class.
_PEOPLE_AFTER = re.compile(
    r"[^,。;、:()的\d]{0,8}(?:人口|群众|居民|农民|农牧民|移民|学生|用户|网民|职工|劳动力)"
    r"(?:全部|全面|稳定|如期|均|都|实现|脱贫|摆脱|受益|喝上|用上|住上|搬|告别|得到|享受|纳入|转移|[,。;、])"
)
_REACHES = re.compile("(?:达到?|增至|突破|超过)$")
_TO_A_YEAR = re.compile(r"(?:至|到)(?:20\d\d年)?(?:末|底|初)?的?$|年(?:末|底)?的$")
# A value that carries on from the measure of an earlier clause: 国家枢纽节点进一步降到1.25以下.
_CARRIED = re.compile(
    r"(?:降[至到低]|下降[至到]|控制在|压[减降缩]?[至到]|优化[至到]|提[升高]?[至到]|增[长加]?|提[升高]|下降|降低|减少|达到?|不高于|不超过|不低于|低于|高于|优于|小于|为)了?$"
)
_CODE = re.compile("(?:编号|代码|等级|级别|第)")
_ENDS = ",。;、"
_ENDS_OF_MEASURE = ",。;、:)和与及"
_ENDS_OF_RATIO = ",。;、:)(和与及等的…—”!?"
_LEAD = 24
_CARRIED_OVER = 60


def is_bare(quantity: Quantity, around: Surroundings) -> bool:
    """Whether a number has neither a unit nor a measure that goes without."""
    if quantity.unit is not None:
        return False
    text, grammar = around.text, around.grammar
    lead = around.lead(quantity, _LEAD)
    after = text[quantity.claim_end : quantity.claim_end + 1]
    if quantity.has_magnitude:
        return not (
            quantity.bound_word
            or quantity.after_word
            or grammar.counting.before(lead, len(lead))
            or after in _ENDS
            or (around.text[quantity.start].isdigit() and _PEOPLE_AFTER.match(text, quantity.claim_end))
            or (_MOVES.match(text, quantity.claim_end) and _MOVED_FROM.search(lead))
        )
    has_ratio = grammar.ratios.search(lead) is not None
    if has_ratio and _MOVES.match(text, quantity.claim_end):
        return False
    if after and after not in (_ENDS_OF_RATIO if has_ratio else _ENDS_OF_MEASURE):
        return not _carries_on(quantity, lead, after, around)
    if _TO_A_YEAR.search(lead) and grammar.ratios.search(text, *around.clause):
        return False
    if _carries_on(quantity, lead, after, around):
        return False
    if _REACHES.search(lead + quantity.bound_word) and len(lead) >= 5 and float(quantity.value).is_integer():
        return _CODE.search(lead) is not None
    return grammar.pure_before.search(lead + text[quantity.claim_start : quantity.start]) is None


def _carries_on(quantity: Quantity, lead: str, after: str, around: Surroundings) -> bool:
    """Whether a decimal fraction goes on with a ratio or an index that an earlier clause of the sentence measures."""
    if float(quantity.value).is_integer() or (after and after not in _ENDS_OF_RATIO):
        return False
    if not _CARRIED.search(lead + quantity.bound_word):
        return False
    before = around.sentence_lead(quantity, _CARRIED_OVER)
    return around.grammar.ratios.search(before) is not None
