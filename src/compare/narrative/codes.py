"""The words for the codes of the project's tables."""

from __future__ import annotations

from collections.abc import Mapping

from compare.figures.wording import check_lang

# column of codes -> code -> (zh, en)
_WORDS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "presence": {
        "value": ("有数值", "value"),
        "not_comparable": ("有数值但不可比", "set, not comparable"),
        "words_only": ("仅文字表述", "in words only"),
        "not_mentioned": ("未提及", "not mentioned"),
        "no_plan": ("未收录文件", "no plan in the corpus"),
    },
    "method": {
        "stated": ("原文", "stated"),
        "converted": ("单位换算", "converted"),
        "derived": ("折算", "derived"),
        "resolved": ("由基期推算", "resolved"),
        "published": ("其他公布文件", "published elsewhere"),
        "interpolated": ("内插", "interpolated"),
    },
    "change": {
        "raised": ("提高", "raised"),
        "lowered": ("降低", "lowered"),
        "same": ("不变", "same"),
        "new": ("新增", "new"),
        "dropped": ("未再提及", "dropped"),
        "expired": ("已到期", "fell due"),
        "words_only": ("改为文字表述", "in words only"),
        "not_comparable": ("不可比", "not comparable"),
    },
    "origin": {"extracted": ("规划原文", "plan"), "published": ("其他公布文件", "published elsewhere")},
    "status": {"target": ("目标", "target"), "actual": ("现状", "actual"), "expected": ("预计", "expected")},
    "kind": {
        "level": ("总量", "level"),
        "annual": ("每年", "per year"),
        "change": ("变化量", "change"),
        "growth": ("增速", "growth"),
    },
    "level": {"national": ("全国", "nation"), "province": ("省级", "province"), "prefecture": ("地级市", "city")},
    "reason": {
        "name": ("名称或标准的一部分", "part of a name or standard"),
        "slogan": ("口号或体系名称", "part of a slogan or scheme"),
        "date": ("日期", "a date"),
        "document": ("文号", "the number of a document"),
        "ordinal": ("序号或位次", "an ordinal or rank"),
        "list": ("只引出列举", "only announces a list"),
        "threshold": ("门槛或规模等级", "a threshold or size class"),
        "payout": ("奖补金额", "money paid out"),
        "norm": ("规则", "a rule"),
        "duration": ("时长", "a duration"),
        "place": ("地方或机构的个数", "a count of places or bodies"),
        "gap": ("与他者的差距", "a gap to somebody else"),
        "bare": ("没有单位也没有所量的事物", "no unit and no measure"),
        "heading": ("标题中的重复", "repeated in a headline"),
        "numeral": ("不成数字", "no number"),
        "cell": ("不在数值列", "in no column of values"),
    },
    "script": {"simplified": ("简体", "simplified"), "traditional": ("繁体", "traditional")},
}

CODED_COLUMNS = tuple(_WORDS)


def name_code(column: str, code: str, lang: str) -> str:
    """Gives the word for a code of a column; a code without one stays as it is.

    >>> name_code("method", "derived", "en")
    'derived'
    """
    words = _WORDS[column].get(code, (code, code))
    return words[("zh", "en").index(check_lang(lang))]
