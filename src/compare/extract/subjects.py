"""What a clause speaks of where it does not say so itself: the subject, or the industry, of a clause before it."""

from __future__ import annotations

import re

from compare.extract.clauses import Clauses
from compare.extract.grammar import Grammar
from compare.extract.labels import YIELDS, label_before, subject_of

_SUBJECT_CLAUSES = 3
_TOPIC_SENTENCES = 3
_MAX_HEAD = 10
_SHARE_TAIL = re.compile("(?:占.*|年均增速|增速|增长率|比重|占比|参保人数)$")
# Amounts of an industry: 产值, 产量, 投资 … say nothing without it.
_AMOUNT = re.compile("(?:产值|产量|收入|营收|投资|规模|利润|里程|签约额|交易额|装机量)$")
_INVESTED = re.compile("(?:投资|融资|签约额)$")
_AMOUNT_TAIL = re.compile(
    "(?:(?:产业|总)?规模|总量|数量|总数|实力|(?:通车)?里程|(?:营业|主营业务)?收入|总?产值|增加值|总额|个数|装机(?:能力|容量|规模|总量))$"
)
_INDUSTRY = re.compile("(?:产业|经济|业|集群)$")
# `新材料产业瞄准高端化。…产值超过350亿元`: an industry that opens a sentence, with what it does after it.
_TOPIC = re.compile(
    r"[、,。\s—]*(?:推动|支持|促进|发展|做强|做大|壮大|培育)*([\u4e00-\u9fff“”]{1,12}?(?:产业|经济|制造业?|服务业))"
    "(?=瞄准|聚焦|抢占|突出|深化|提质|做优|做强|做大|坚持|围绕|要|向|以|持续|加快|加速|重点|大力|着力|积极|稳步)"
)


def find_subject(text: str, clauses: Clauses, clause: int, start: int, previous_end: int, grammar: Grammar) -> str:
    """The subject of the nearest clause of a sentence that has one, before a clause that has none.

    Args:
        text: squeezed, folded, simplified text.
        clauses: its clauses.
        clause: where the clause without a subject starts.
        start: where its sentence starts.
        previous_end: where the number before ends; what stands before it is that number's.
        grammar: the compiled definitions.

    Returns:
        The subject, empty where there is none.
    """
    position = clause
    for _ in range(_SUBJECT_CLAUSES):
        if position <= start:
            break
        earlier = clauses.start(position - 1, start)
        if previous_end > earlier:
            break
        subject = subject_of(text, earlier, position - 1, grammar)
        if len(subject) >= 2:
            return _without_modifiers(subject)
        position = earlier
    return ""


def _without_modifiers(subject: str) -> str:
    """Leave off the clauses that describe a subject: 创新力强、自主可控的|大数据产业体系."""
    head, _, tail = subject.rpartition("的")
    return tail if len(head) > _MAX_HEAD and len(tail) >= 4 and "占" not in head else subject


def find_topic(text: str, clauses: Clauses, sentence: int) -> str:
    """The industry that opens a sentence or, where it does not, one of the sentences before it."""
    for number in range(sentence, max(-1, sentence - _TOPIC_SENTENCES - 1), -1):
        if match := _TOPIC.match(text, clauses.sentence_start(number)):
            return match[1]
    return ""


def find_listed(text: str, start: int, end: int, phrase: str, count: int, grammar: Grammar) -> list[str]:
    """What the things summed up as `三个行业增加值` are, each with the measure, as the text before has listed them.

    Args:
        text: squeezed, folded, simplified text.
        start: where the look back ends.
        end: where the clause of the sum starts.
        phrase: what stands before the numbers.
        count: how many numbers there are.
        grammar: the compiled definitions.

    Returns:
        The labels, empty where nothing is summed up or no list is as long.
    """
    summed = _SUMMED_UP.fullmatch(phrase)
    if summed is None or count >= len(_COUNTS) or summed["count"] not in _COUNTS[count]:
        return []
    for lists in reversed(list(_LIST.finditer(text, start, end))):
        items = _LIST_JOINT.split(lists[0])
        if len(items) == count:
            first = label_before(items[0], 0, len(items[0]), grammar)
            return [item + summed["what"] for item in (first, *items[1:])] if first else []
    return []


_COUNTS = ("", "", "两二2", "三3", "四4", "五5", "六6")
_SUMMED_UP = re.compile(
    "(?:这|上述|前述|以上)?(?P<count>[两二三四五六2-6])[个大](?:主导|支柱|重点|优势|特色)?(?:产业|行业|领域|板块)(?P<what>.{2,12})"
)
_LIST_JOINT = re.compile("[、和与]")
_LIST = re.compile(
    "[^,;。:、“”和与\\d]{2,14}(?:[、和与][^,;。:、“”和与等\\d]{2,10}?){1,5}(?=[,;。“等]|[两二三四五六]大|产业)"
)


def find_source(first: str, label: str) -> str:
    """What the saving of an item in a list comes of, as the item before says it; empty for any other label.

    >>> find_source("水泥窑改造节能量", "减排二氧化碳")
    '水泥窑改造'
    """
    if not label.startswith(_SAVED):
        return ""
    return next((first.removesuffix(amount) for amount in YIELDS if first.endswith(amount)), "")


_SAVED = ("减排", "减碳", "减少", "替代")


def suits_subject(subject: str, label: str, grammar: Grammar) -> bool:
    """Whether a subject can have a measure: a data centre has a rate of racks let, a capacity of servers none."""
    nouns = grammar.words.rate_subjects.get(label)
    if nouns is not None:
        return subject.endswith(nouns)
    return not ((is_amount(label) and subject.endswith("率")) or (label.endswith(_TALLIES) and subject.endswith("数")))


# Counts of their own: 5G基站数增长6倍, 用户数增长8倍.
_TALLIES = ("用户数", "人数")


def is_amount(label: str) -> bool:
    """Whether a label is an amount that needs an industry (`产值`, `产业规模`)."""
    return _AMOUNT.search(label) is not None


def is_invested(label: str) -> bool:
    """Whether a label is an amount that a sentence names anew, whatever the one before it was about (`完成投资`)."""
    return _INVESTED.search(label) is not None


def is_industry(subject: str) -> bool:
    """Whether a subject is an industry, a park or the like, which has amounts of its own."""
    return _INDUSTRY.search(subject) is not None


def join_subject(subject: str, label: str) -> str:
    """Put a subject in front of a label that needs one, without the measure that the subject ends with.

    >>> join_subject("软件业规模", "主营业务收入"), join_subject("软件业规模", "增速")
    ('软件业主营业务收入', '软件业规模增速')
    """
    tail = _AMOUNT_TAIL if is_amount(label) or label.endswith("人员") else _SHARE_TAIL
    bare = tail.sub("", subject)
    if label.startswith("产") and bare.endswith("产业"):
        label = label.removeprefix("产业")
        bare = bare.removesuffix("产业") if label.startswith("产量") else bare
    return bare if bare.endswith(label) else bare + label
