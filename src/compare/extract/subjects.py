"""What a clause speaks of where it does not say so itself: the subject, or the industry, of a clause before it."""

from __future__ import annotations

import re

from compare.extract.clauses import Clauses
from compare.extract.grammar import Grammar
from compare.extract.labels import YIELDS, is_countable, label_before, subject_of
from compare.extract.quantities import Quantity

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


def qualify_listed(label: str, first: str, quantity: Quantity, grammar: Grammar) -> str:
    """A label of a list with what the first one says for all: 省级智能制造示范工厂50家、优秀场景200个."""
    words = grammar.words
    if is_countable(quantity):
        if label.startswith(words.honours) and (place := _find_first(first, words.honours)) > 0:
            return first[:place] + label
    elif source := find_source(first, label):
        return source + label
    elif label.endswith(words.reach_rates) and first[-3:] == label[-3:]:
        for word in words.reached:
            if first.startswith(word) and not any(other in label for other in words.reached):
                return word + label
    return label


def _find_first(text: str, words: tuple[str, ...]) -> int:
    """Where the first of some words stands in a text, -1 where none does."""
    return min((place for word in words if (place := text.find(word)) >= 0), default=-1)


def find_owner(text: str, clauses: Clauses, sentence: int, end: int, label: str) -> str:
    """Whose users, stage or computing a number counts, as a clause before it has named them.

    A quoted name that opened a clause of the sentence (`“闽政通”接入事项超过1万项,注册用户突破600万`), or what had the
    first stage in it or the two sentences before (`算力中心一期工程投用。二期80P开工`), or the centre that can
    compute so much; empty for any other label.
    """
    if label.endswith(_USERS) and _OF_USERS.fullmatch(label):
        owners = list(_OWNER.finditer(text, clauses.sentence_start(sentence), end))
    elif label in _COMPUTING:
        owners = list(_CENTRE.finditer(text, clauses.sentence_start(sentence), end))
    elif label.startswith(_LATER_STAGES):
        owners = list(_FIRST_STAGE.finditer(text, clauses.sentence_start(max(0, sentence - _STAGE_SENTENCES)), end))
    else:
        return ""
    return owners[-1]["name"] if owners and owners[-1]["name"] not in label else ""


_USERS = ("用户", "用户数", "用户量")
_OF_USERS = re.compile("(?:实名|实名注册|注册|月活|日活|活跃|日活跃|月活跃|累计注册)+用户[数量]?")
_COMPUTING = ("计算能力", "总算力")
_CENTRE = re.compile(
    "(?:^|(?<=[,;。:]))(?P<name>[^,;。:的\\d]{2,14}(?:计算|智算|超算|算力)中心)(?=完成|建成|投用|启用|正式|已|上线)"
)
_STAGE_SENTENCES = 2
_LATER_STAGES = ("二期", "三期", "四期")
_FIRST_STAGE = re.compile("(?:^|(?<=[,;。:年]))(?P<name>[^,;。:的年\\d]{2,12})[一首]期(?:工程|项目)?")
_OWNER = re.compile("(?:^|(?<=[,;。:]))(?P<name>“[^“”,;。]{2,12}”)(?=[^,;。:“”]{2,16}\\d)")


def name_use(label: str, whole: str) -> str:
    """`收储厂房面积80万平方米,使用60万平方米`: what of the whole before is used; empty for any other label."""
    return label + _ACQUIRED.sub("", whole) if label in _USES else ""


_USES = ("使用", "已使用", "启用", "投用", "出租", "盘活", "去化")
_ACQUIRED = re.compile("^(?:各[市区县])?(?:新增|新建|收储|收购|盘活|储备|腾退|归集)(?=.{3})")


def name_reach(label: str, whole: str, grammar: Grammar) -> str:
    """`5G网络县城覆盖率达到100%,行政村覆盖率超过90%`: what reaches them, as the rate before says it."""
    words = grammar.words
    if label.endswith("的覆盖") and whole.endswith("覆盖"):
        return label.removesuffix("覆盖") + whole
    if not label.endswith(words.reach_rates) or label[-3:] != whole[-3:] or not label[:-3].endswith(words.reached):
        return ""
    network = _NETWORK.match(whole)
    return f"{label[:-3]}{network[0]}{label[-3:]}" if network else ""


_NETWORK = re.compile("(?:5G|4G|千兆|万兆|光纤|物联)(?:网络|光网|宽带|网)?")

_SAVED = ("减排", "减碳", "减少", "替代")


def suits_subject(subject: str, label: str, grammar: Grammar) -> bool:
    """Whether a subject can have a measure: a data centre has a rate of racks let, a capacity of servers none."""
    if label == "产业规模" and subject.endswith(("企业", "人才", "机构")):
        return False
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
