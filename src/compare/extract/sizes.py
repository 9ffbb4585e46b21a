"""Numbers that only say how large a thing is that another number counts: thresholds, size classes, capacities."""

from __future__ import annotations

import re

from compare.extract.quantities import Quantity
from compare.extract.surroundings import Surroundings

_CLASS_MEASURES = frozenset(("money", "physical", "foreign_money", "storage", "compute", "bandwidth", "bandwidth_bare"))
_FUND = re.compile(r"的?[^,。;、的\d]{0,14}(?:基金|债券|资金池|专项资金|贷款|融资|投资)")
_PEOPLE = ("人", "户", "名", "张")
_LENGTHS = ("公里", "米", "千米")
_FAR = re.compile("距|处$|步行|紧邻|位于|高铁站")
_AIMED = re.compile("(?:对(?![接外标口])|凡|面向|针对)")
_PLEDGES = ("达到", "不低于", "不少于")
# What stands between a size and the number of the things that have it: their name, no other statement.
_NAME = re.compile("[\u4e00-\u9fffA-Za-z(“]")
_OTHER_STATEMENT = re.compile(r"[、和与,并;]|(?<![可普涉])及|以及|提高|增加|增长|提升|扩|下降|降低|减少|压缩")
_MOVED_FROM = re.compile(r"(?:从|由|自)[^,;。]{0,24}$")
_RISES_TO = re.compile("(?:[增上提下扩缩压减跃攀][长升高大降低小少加减]?|降)[至到]")
_UPWARDS = re.compile("及(?:以上|其以上|以下)")
_GLOSS = re.compile(r"\([^()]*$")
_BRACKETED = re.compile(
    r"(?<=[\u4e00-\u9fff])\((?:(?:年|主营|营业|总|常住|户籍|建筑)?(?:折合[^(),。;\d]{0,6}|标准机架|产值|营收|收入|业务收入|人口|投资|面积|用工|员工)(?:在|为)?)?$"
)
_BANDWIDTHS = ("bandwidth", "bandwidth_bare")
# The rate of a connection as the name of what is counted: 1000M速率用户, 1Gbps达62%.
_RATED = re.compile(
    r"(?:达|为|占)\d+(?:\.\d+)?%"
    r"|及?(?:以上)?(?:速率|带宽)?的?(?:服务|全光|光纤|光网|宽带|光?端口|光模块|光传输|以太|无源|接入|家庭|用户|小区|网络|入户|到户)"
)
# One phase of one project has its size for itself, and is no class: 400P的三期项目预计投资20亿元.
_PHASE = re.compile("的(?:项目)?[一二三四五六](?:阶段|期)")
_CAPACITIES = frozenset(
    ("吨", "公斤", "千瓦", "兆瓦", "吉瓦", "千伏安", "千伏", "MW", "GW", "KW", "kW", "标准箱", "TEU")
)
_SPREAD = re.compile(r"(?:改造|淘汰|压减|关停|整治)[^,。;]{0,10}$")
_VALUED = re.compile(
    r"(?:投资|贷款|融资|营业收入|产值|增加值|规模|总额|收入|交易额)(?:总额|总量|规模)?(?:达到|达|为|突破|超过)$"
)
_SIGN = re.compile("[,。;、:]")
_STRANDS = ("芯",)
_RESTATED = re.compile(r"\((?:折合|约合|相当于|折算[为成]?)(?:为|约)?$")
_SHARED = re.compile("(?:占比|比重|比例|强度|增速|增长率)(?:达到?|为|在)?$")
_RESTATED_REACH = 6
_RATED_CLASS = re.compile("的(?:地区|区域|地方|城市|[省市县区乡镇村]|企业|单位|机组|园区|项目|数据中心)")
_RATE_BEFORE = re.compile("率(?:达到|达|为|在|均)*$")
# What is to be given up says which things, not how they are to be: 腾退PUE高于1.5的数据中心.
_UNDONE = re.compile("(?:腾退|淘汰|关停|清退|退出|压减|关闭|整合|整改|改造|取缔|替换)[^,。;:]{0,20}$")
# The same where what is to be done stands behind them: 推进PUE高于1.6的机房改造.
_UNDONE_BEHIND = re.compile("的[^,。;:、\\d]{2,14}(?:改造|腾退|整合|关停|淘汰|退出|整改|清退)(?!后)")
_NAME_IN_BRACKETS = re.compile(r"[^,。;:()\d]{0,8}\)")
_VOLTAGES = ("千伏", "伏")
_OUTPUT_OF_PLANT = ("年产", "日产", "月产", "年产能", "年处理", "日处理")
# What one unit of input brings is no aim: 每投入1元,带动4元的产出.
_PER_INPUT = re.compile(r"每(?:投入|投资|增加|新增|提高|提升|增长|消费|消耗|产生|生产)$")
_BROUGHT_BY = re.compile(
    r"每(?:投入|投资|增加|新增|提高|提升|增长|消费|消耗|产生|生产)\d+(?:\.\d+)?[^,。;:]{1,10},[^,。;:\d]{0,12}(?:带动|拉动|产生|撬动|创造|增长|增加|提高|提升)[^,。;:\d]{0,12}$"
)
_BROUGHT_REACH = 60


def is_threshold(quantity: Quantity, around: Surroundings) -> bool:
    """Whether a number is a threshold, a size class or a capacity that qualifies another quantity."""
    unit, text, end = quantity.unit, around.text, quantity.claim_end
    if unit is None:
        if quantity.has_magnitude:
            return around.grammar.sizes.match(text, quantity.end) is not None
        is_bound = quantity.after_word or quantity.bound_word
        if not is_bound or not text.startswith("的", end):
            return False
        is_undone = _UNDONE.search(around.lead(quantity, 24)) or _UNDONE_BEHIND.match(text, end)
        return is_undone is not None or around.following >= 0 or _AIMED.match(text, around.clause[0]) is not None
    if _is_defining(quantity, around) or _is_restated(quantity, around) or _is_part_of_building(quantity, around):
        return True
    if _is_example(quantity, around):
        return True
    if around.text.endswith(_OUTPUT_OF_PLANT, 0, quantity.claim_start) and _is_capacity(quantity, around):
        return True
    if _qualifies_next(quantity, around) or _is_place_apart(quantity, around) or _is_bracketed_size(quantity, around):
        return True
    if unit.dimension in _BANDWIDTHS and _is_rate_of_connection(quantity, around):
        return True
    if quantity.canonical in _STRANDS and "芯数" not in around.lead(quantity, 12):
        return _NAME.match(text, end) is not None
    if unit.dimension in _CLASS_MEASURES:
        return _is_size_class(quantity, around)
    if unit.dimension == "share":
        return text.startswith("的", end) and (
            _is_share_of_class(quantity, around) or _is_rate_of_class(quantity, around)
        )
    if quantity.after_word and quantity.canonical in _PEOPLE:
        is_class = around.grammar.classes.match(text, end) is not None and quantity.canonical != "名"
        if is_class or text.startswith("的", end):
            return True
    return unit.dimension == "count" and text.startswith("级", quantity.stop)


def _is_defining(quantity: Quantity, around: Surroundings) -> bool:
    """Whether a definition gives a size from which on: 大型数据中心指3000个机架以上的数据中心."""
    text = around.text
    return (
        text.startswith("指", quantity.claim_start - 1)
        and bool(quantity.after_word)
        and text.startswith("的", quantity.claim_end)
    )


def _is_restated(quantity: Quantity, around: Surroundings) -> bool:
    """Whether brackets give the number before them once more in another measure: 50万架(折合2.5kW)."""
    text, start = around.text, max(0, quantity.claim_start - _RESTATED_REACH)
    return (
        text.find("(", start, quantity.claim_start) >= 0
        and _RESTATED.search(text, start, quantity.start) is not None
        and _NAME_IN_BRACKETS.match(text, quantity.claim_end) is not None
    )


def _is_example(quantity: Quantity, around: Surroundings) -> bool:
    """Whether a ratio is told by what one unit brings: 每投入1元,带动4元的产出."""
    lead = around.sentence_lead(quantity, _BROUGHT_REACH)
    place = lead.rfind("每")
    if place < 0:
        return False
    return _PER_INPUT.search(lead, place) is not None or _BROUGHT_BY.match(lead, place) is not None


def _is_part_of_building(quantity: Quantity, around: Surroundings) -> bool:
    """Whether a measure is one of how a thing is built: 层高不低于4.5米, 10千伏专线."""
    unit, text = quantity.unit, around.text
    if unit is None or unit.dimension != "physical":
        return False
    if quantity.canonical in _VOLTAGES:
        return _NAME.match(text, quantity.stop) is not None and "电压" not in around.lead(quantity, 12)
    return around.grammar.built.search(around.lead(quantity, 12)) is not None


def _is_size_class(quantity: Quantity, around: Surroundings) -> bool:
    """Whether money, a weight or a rate names a class of things (1亿元以上项目) or a thing's size (年产60万吨项目)."""
    unit, text, end = quantity.unit, around.text, quantity.claim_end
    if text.startswith(("级", "量级"), quantity.stop):
        return True
    is_physical = unit is not None and unit.dimension == "physical"
    if is_physical and not quantity.bound_word and around.grammar.extents.search(around.lead(quantity, 10)):
        return True
    if quantity.canonical.partition("/")[0] in _CAPACITIES and _is_capacity(quantity, around):
        return True
    if _FUND.match(text, end):
        return False
    if around.grammar.classes.match(text, end) and not _is_of_interest(quantity, around):
        return True
    return text.startswith("的", end) and _counts_class(text, end, around)


def _is_share_of_class(quantity: Quantity, around: Surroundings) -> bool:
    """Whether a share says which things are counted: 研发投入占比3%—5%的企业达到60%."""
    return _SHARED.search(around.lead(quantity, 8)) is not None and _counts_class(
        around.text, quantity.claim_end, around
    )


def _is_rate_of_class(quantity: Quantity, around: Surroundings) -> bool:
    """Whether a rate says of which places or things something holds: 峰谷差率超过40%的地区应达到5%."""
    is_bound = bool(quantity.after_word or quantity.bound_word)
    return (
        is_bound
        and _RATED_CLASS.match(around.text, quantity.claim_end) is not None
        and _RATE_BEFORE.search(around.lead(quantity, 6)) is not None
    )


def _is_capacity(quantity: Quantity, around: Surroundings) -> bool:
    """Whether a weight or a power is what one plant makes, not what all of them together do."""
    if _SPREAD.search(around.lead(quantity, 14)):
        return False
    return (
        around.grammar.capacities.match(around.text, quantity.claim_end, min(quantity.claim_end + 24, around.clause[1]))
        is not None
    )


def _is_place_apart(quantity: Quantity, around: Surroundings) -> bool:
    """Whether a number says for whom or how far something is: 对超过50人的企业, 距高铁站3公里."""
    text, clause = around.text, around.clause
    is_bound = quantity.after_word or quantity.bound_word
    if is_bound and text.startswith("的", quantity.claim_end) and _AIMED.match(text, clause[0]):
        return True
    if quantity.canonical not in _LENGTHS:
        return False
    return _FAR.search(text[clause[0] : clause[1]]) is not None and text.find("里程", *clause) < 0


def _is_bracketed_size(quantity: Quantity, around: Surroundings) -> bool:
    """Whether brackets hold nothing but the size from which on a thing belongs to a class: 自然村(20户以上)."""
    text = around.text
    return (
        bool(quantity.after_word or quantity.bound_word)
        and quantity.unit is not None
        and quantity.unit.dimension in ("count", "money", "physical")
        and text.startswith(")", quantity.claim_end)
        and _BRACKETED.search(text, max(0, quantity.claim_start - 16), quantity.claim_start) is not None
    )


def _is_rate_of_connection(quantity: Quantity, around: Surroundings) -> bool:
    text = around.text
    if quantity.after_word and not text.startswith(("速率", "带宽", "的"), quantity.claim_end):
        return False
    return not quantity.bound_word and _RATED.match(text, quantity.stop) is not None


def _qualifies_next(quantity: Quantity, around: Surroundings) -> bool:
    """Whether the number only says how large the things are that the next number counts or measures."""
    unit = quantity.unit
    if around.following < 0 or unit is None or quantity.bound_word in _PLEDGES:
        return False
    if unit.dimension == "compute" and not quantity.after_word and _PHASE.match(around.text, quantity.claim_end):
        return False
    if unit.dimension not in _CLASS_MEASURES and not (quantity.after_word and quantity.canonical in _PEOPLE):
        return False
    between = around.text[quantity.claim_end : around.following]
    if between == "的":
        return True
    if _RISES_TO.match(between) and _MOVED_FROM.search(around.lead(quantity, 30)):
        return False
    if _GLOSS.match(between) or len(between) < 2 or not _NAME.match(between):
        return False
    return not _OTHER_STATEMENT.search(_UPWARDS.sub("", between))


def _counts_class(text: str, end: int, around: Surroundings) -> bool:
    noun = text[end + 1 : end + 24]
    stop = _SIGN.search(noun)
    return around.grammar.counted_classes.search(noun[: stop.start()] if stop else noun) is not None


def _is_of_interest(quantity: Quantity, around: Surroundings) -> bool:
    """Whether money is itself what is promised: a fund, an investment, a volume before the noun."""
    lead = around.lead(quantity, 20)
    after = around.text[quantity.claim_end : quantity.claim_end + 1]
    return _VALUED.search(lead + quantity.bound_word) is not None and (not after or after in ",。;、")
