"""Whether a number is a level, a yearly amount, a change or a growth, by the words that govern it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from compare.extract.grammar import Grammar
from compare.extract.quantities import Quantity

_GROWTH_NOUN = re.compile(
    r"(?:增速|增幅|涨幅|增长率|成长率|增长速度|递增率|降幅|降低率|减排率)(?:\([^)]*\))?[^,;。、\d]{0,10}$"
)
_DROP_NOUN = re.compile(r"(?:降幅|降低率|下降率|减排率)[^,;。\d]{0,10}$")
_FALL_HEAD = re.compile("(?:累计|力争|每年|年均|可|预计)*(?:减少|压减|削减)(?=.{2})")
_LINKS = re.compile(
    r"(?:了|约|近|超过|超|逾|突破|不低于|不少于|至少|达|高于|均|都|各|分别|共|累计|保持在|保持|力争|不超过|再|还|将|幅度|年均|每年|平均)+$"
)
_RISE_TO = re.compile(
    r"(?:到|至|为|达到|达|是)(?:了)?(?:(?:19|20)\d\d年|“?十[二三四五]五”?末|上年|去年|目前|现在|全国|基期)?[^,;。\d]{0,12}的?$"
)


# A share that is a pace: 30% in 以…的速度递增.
_PACE = re.compile(
    r"的?(?:年均)?(?:速度|增速|速率|幅度)(?:逐年|稳步|快速|持续|继续)?(?:递增|增长|增加|扩大|提升|上升|扩张|发展|(?P<falls>下降|递减|减少|降低|压减))"
)
# A member of a list runs to its number without a word that says where it starts or that it is a total.
_TOTAL = re.compile(r"累计|总数|总量|总额|总计|共计|合计|总规模|保有量|占|(?:达到|达|为|至|到|突破|超过)(?:了)?$")

# 幅度 alone tells how far the level rose or fell that the clause before gives: 由100亿元增加到130亿元,幅度约30%.
_EXTENT = ("幅度", "升幅")
_FELL = re.compile("(?:降|减|压|缩短)[^,。;]{0,24}$")
_FELL_REACH = 60
# 提升生产效率20%: of what is no rate itself, the verb may stand before it.
_OUTPUTS = frozenset(("效率", "产率", "产能", "产量", "产值", "销量", "营收", "收入", "利润", "效益", "效能", "销售"))
_RAISED_OUTPUT = re.compile("(?:提高|提升|增加|扩大)了?[^,。;、:到至占比升高加较]{2,12}$")

_VERBS_IN_NOUNS = frozenset(("主导", "发展", "组织", "集聚", "引导", "支持", "促进", "登记", "参与", "推广"))
_TOTAL_BOUNDS = frozenset(("突破", "超过"))
# A yearly amount is no more given where a year, a total or the level that is reached follows.
_ENDS_YEARLY = re.compile(
    r"(?:到|至)20\d\d年|累计|总数|总量"
    r"|,[^,;]{2,30}(?:达到|达|超过|突破|(?:增加?|提高|提升|扩大|增长|发展)[到至])$"
)

# Things are worked on (改造提升120个小区), they do not become more.
_WORKED_ON = re.compile("(?:改造|巩固|整治|培育|建设|优化|创建|完善|升级|达标|提质)(?:提升|扩大)$")
_OPENS_CLAUSE = re.compile(r"(?:^|[,;。:、年])(?:全[省市区州县]|力争|年内|预计|计划|将|再|共|累计)*$")
_OPENING = 12
_MAX_MEMBER = 24
# 新开工10万户、完工8万户: what is finished is work, not more of it.
_FINISHED = re.compile("[、,;](?:完工|竣工|投产|投用|交付|建成)$")
_UNDOING = ("拆除", "关闭", "取缔", "查处", "整治", "清退", "腾退")
_DIGIT = re.compile(r"\d(?!G)")
_LAST_COUNT = re.compile(r"\d[十百千万亿]*[多余]?(?P<unit>[^\d,;。、]{1,4}?)(?:以上|左右|以内|以下)?$")


@dataclass(frozen=True, slots=True)
class Governor:
    """A word that governs the numbers after it: every year, newly, in total."""

    start: int
    end: int
    kind: str
    word: str


class Reading(NamedTuple):
    """A number's kind, and its value as that kind has it."""

    kind: str
    value: Decimal
    high: Decimal | None
    bound: str


def find_governors(text: str, grammar: Grammar) -> list[Governor]:
    """Find the words that govern a list of numbers, in order."""
    words = grammar.words
    found = []
    for match in grammar.governors.finditer(text):
        word = match[0]
        if word in words.per_year_not or (word[0] == "新" and text[match.start() - 1 : match.start()] == "创"):
            continue  # 创新设施 is not 新设
        if word == "年均" and re.match(
            r"(?:复合)?(?:增|递|下|降|分别增|浓度|气温|降水|值|水平)", text[match.end() : match.end() + 4]
        ):
            continue
        kind = "annual" if word in words.per_year else "change" if word in words.added else "level"
        if kind == "change" and (word in ("增加", "扩建") or (word == "新建" and text.startswith("大型", match.end()))):
            kind = "change" if word != "增加" else "rise"
        if text.startswith("值", match.end()) and word == "增加":
            continue
        found.append(Governor(match.start(), match.end(), kind, word))
    return found


def read_kind(
    text: str, quantity: Quantity, clause: int, governor: Governor | None, grammar: Grammar, end: int | None = None
) -> Reading:
    """Decide a number's kind from the words right before it, then from the word that governs its list.

    Args:
        text: squeezed, folded, simplified text.
        quantity: the number.
        clause: start of its clause.
        governor: the governing word still in force, if any.
        grammar: the compiled definitions.
        end: where the deciding words end; the start of the number's own claim if not given.

    Returns:
        Kind, value, upper value and bound; a decrease is negative and its bound turned.
    """
    lead = text[clause : quantity.claim_start if end is None else end]
    unit = quantity.unit
    dimension = unit.dimension if unit else ""
    bare = _LINKS.sub("", lead)
    rise = grammar.rise.before(bare, len(bare))
    fall = "" if bare.endswith("增减") else grammar.fall.before(bare, len(bare))
    governing = governor.kind if governor is not None else ""
    if dimension == "points":
        is_yearly = governor is not None and governing == "annual" and governor.start >= clause
        is_drop = bool(fall) or _DROP_NOUN.search(lead) is not None
        return _signed("annual" if is_yearly else "change", quantity, negative=is_drop)
    if dimension == "multiple":
        return _multiple(quantity, unit.surface if unit else "", lead, rise)
    if dimension == "share":
        if pace := _PACE.match(text, quantity.claim_end):
            return _signed("growth", quantity, negative=pace["falls"] is not None)
        if lead.startswith(_EXTENT) and _LINKS.sub("", lead) in ("", *_EXTENT):
            before = text[max(0, clause - _FELL_REACH) : max(0, clause - 1)]
            return _signed("growth", quantity, negative=_FELL.search(before) is not None)
        return _share(quantity, lead, rise, fall)
    if unit is not None and (unit.use == "date" or dimension == "time") and rise in _LENGTHENED:
        return _plain("change", quantity)  # 平均受教育年限提高0.5年
    if unit is not None and unit.use == "date":
        return _signed("change", quantity, negative=True) if fall else _plain("level", quantity)
    if _FALL_HEAD.match(lead) and not re.search("至|到", lead):
        return _signed("annual" if governing == "annual" else "change", quantity, negative=True)
    if governing == "annual":
        return _plain("annual", quantity)
    if rise not in _HALF_WORDS and dimension in _SUMMED and not _WORKED_ON.search(bare):
        return _plain("change", quantity)
    if fall and dimension in _LOWERED:
        return _signed("change", quantity, negative=True)
    is_count = (unit is not None or quantity.has_magnitude) and dimension not in ("time", "latency")
    return _plain("change" if governing == "change" and is_count else "level", quantity)


# 高, 提 and 增 before a count are the end of another word (提高, 新增) or of a noun.
_HALF_WORDS = ("", "高", "提", "增")
_SUMMED = frozenset(("count", "money", "physical", "foreign_money", "", "compute", "storage", "bandwidth"))
_LENGTHENED = frozenset(("提高", "提升", "增加", "上升", "增长"))
_LOWERED = frozenset(("count", "money", "physical", "foreign_money", "", "time", "latency"))


def _plain(kind: str, quantity: Quantity) -> Reading:
    return Reading(kind, quantity.value, quantity.high, quantity.bound)


# 降低用能成本15%: of what is only ever cut, the verb may stand before it. A share of costs is no cut: 降低成本占比5%
_COSTS = frozenset(
    ("成本", "费用", "能耗", "电耗", "物耗", "排放", "电量", "时间", "时长", "周期", "损耗", "支出", "用工", "库存")
)
_LOWERED_COST = re.compile("(?:降低|减少|压降|压减|压缩|缩短|削减|节约|节省)了?[^,。;、:到至占比升高加较]{2,16}$")


def _share(quantity: Quantity, lead: str, rise: str, fall: str) -> Reading:
    """A percentage is a rate, unless a verb or noun of growth stands right before it."""
    if _GROWTH_NOUN.search(lead):
        return _signed("growth", quantity, negative=_DROP_NOUN.search(lead) is not None)
    if fall or (lead[-2:] in _COSTS and _LOWERED_COST.search(lead)):
        return _signed("growth", quantity, negative=True)
    is_raised = lead[-2:] in _OUTPUTS and _RAISED_OUTPUT.search(lead) is not None
    return _plain("growth" if is_raised or rise not in ("", "高", "新增", "提") else "level", quantity)


def _multiple(quantity: Quantity, surface: str, lead: str, rise: str) -> Reading:
    value, high = quantity.value, quantity.high
    if re.search("倍数[^,;。]{0,8}$", lead):
        return Reading("level", value, high, quantity.bound)
    if surface != "番" and rise and not _RISE_TO.search(lead) and not lead.endswith("的"):
        value, high = value + 1, None if high is None else high + 1
    return Reading("growth", value, high, quantity.bound)


_TURNED = {"=": "=", "~": "~", ">=": "<=", ">": "<", "<=": ">=", "<": ">"}


def _signed(kind: str, quantity: Quantity, *, negative: bool) -> Reading:
    if not negative:
        return Reading(kind, quantity.value, quantity.high, quantity.bound)
    bound = _TURNED[quantity.bound]
    if quantity.high is not None:
        return Reading(kind, -quantity.high, -quantity.value, bound)
    return Reading(kind, -quantity.value, None, bound)


# 新认定示范工厂80家,5家企业入选名单: what is counted last has a verb of its own.
_CHOSEN = re.compile("[^,。;、:的\\d]{2,8}(?:入选|获评|获批|上榜|跻身)")


def still_governs(text: str, governor: Governor, quantity: Quantity, grammar: Grammar) -> bool:
    """Whether a governing word reaches a number: over its list, until a clause of another kind."""
    between = text[governor.end : quantity.claim_start]
    if governor.kind == "annual":
        if governor.word == "年均" and re.search("[,;]", between):
            return False
        return not _ENDS_YEARLY.search(between)
    last_comma = max(between.rfind(","), between.rfind(";"), between.rfind(":"))
    if governor.kind == "change" and _FINISHED.search(between, max(0, len(between) - 3)):
        return False
    if last_comma < 0 and governor.kind == "change" and "、" in between and _turns_to_work(between, grammar):
        return False
    if last_comma < 0:
        return not re.search(r"(?:累计|总数|总量)?(?:达到|达)$", between) or (
            governor.kind == "change" and len(between) < 16
        )
    tail = between[last_comma + 1 :]
    if not tail:  # 新建5个机房,5个数据中心, but not 新增5家,培育5家龙头企业,5家骨干企业
        is_chosen = _CHOSEN.match(text, quantity.stop) is not None
        is_listed = governor.kind == "change" and between[last_comma] == "," and not is_chosen
        return is_listed and not any(_opens_act(part, grammar) for part in between[:last_comma].split(",")[1:])
    if governor.kind != "change" or _TOTAL.search(tail) or _opens_act(tail.removeprefix("其中"), grammar):
        return False
    if quantity.bound_word in _TOTAL_BOUNDS or any(
        _opens_act(part, grammar) for part in between[:last_comma].split(",")[1:]
    ):
        return False
    if "、" in between[:last_comma]:
        return True
    is_head = _OPENS_CLAUSE.search(text, max(0, governor.start - _OPENING), governor.start) is not None
    return is_head and _is_counted_alike(between[:last_comma], tail, quantity)


def _opens_act(part: str, grammar: Grammar) -> bool:
    """Whether a clause opens with a verb of its own, so that what is new before it is over."""
    return part.startswith(_UNDOING) or bool(grammar.verbs.at(part, 0))


def _turns_to_work(between: str, grammar: Grammar) -> bool:
    """Whether the last member of a list opens with a verb that makes nothing new: 新建书房500家、改造提升300家."""
    before, _, tail = between.rpartition("、")
    verb = grammar.verbs.at(tail, 0)
    return (
        bool(verb)
        and verb[0] not in "新增净扩"
        and verb not in _VERBS_IN_NOUNS
        and _LAST_COUNT.search(before) is not None
    )


def _is_counted_alike(before: str, tail: str, quantity: Quantity) -> bool:
    """Whether the clause before ends in a number with the same measure word, so that this one goes on with its list."""
    last = _LAST_COUNT.search(before)
    is_next = len(tail) <= _MAX_MEMBER and not _DIGIT.search(tail)
    return is_next and last is not None and quantity.unit is not None and last["unit"] == quantity.unit.surface
