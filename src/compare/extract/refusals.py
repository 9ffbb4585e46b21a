"""Numbers that state no quantity, each told by what stands around it.

Every rule is a function from a number and its surroundings to whether it applies; the first that does names the reason.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from compare.extract.bare import is_bare
from compare.extract.counts import is_idle_chinese, is_list, is_place
from compare.extract.quantities import Quantity
from compare.extract.sizes import is_threshold
from compare.extract.surroundings import REACH, Rule, Surroundings, is_bare_magnitude

__all__ = ["Surroundings", "find_refusal", "is_no_cell_value"]

_HIGHER = re.compile(r"(?<![提降])(?:高|低|快|慢|多|少)出?$")
_QUOTED = re.compile(r"[“《][^”》]{0,12}$")
_UNQUOTED = re.compile(r"[^“《]{0,14}[”》]")
_IN_QUOTES = re.compile(r"“[^”]*$")
_POINT_UNITS = ("百分点", "%", "‰", "倍")
_GAP_LEAD = 40
# Two things set side by side (大于核电机组的三倍), not one with what it was before (大于2020年的2倍).
_THAN = re.compile("(?:大于|高于|多于|快于|强于|大过|多过)[^,。;:]{2,30}的(?:约|近)?$")
_EARLIER = re.compile("年|上[季月]|同期|目前|现[在有状]|基期|五”?[末期时]")
_NOMINATED = frozenset(("家", "个", "项", "件", "名", "人", "户"))
_NOMINATING = re.compile(
    "(?:择优|组织|限额|名额)[^,。;]{0,6}(?:推荐|申报|报送)|(?:推荐|申报|报送)(?:名额|数量|总数|限额)"
)
_QUOTA = re.compile("[\u4e00-\u9fff][^,。;:、]{0,3}[省市县区州地](?:原则上|最多|可)?(?:推荐|申报|报送)?(?:数量|总数)?$")
_QUOTA_REACH = 80
_SHORTENED_REACH = 60
_NOT_FRONT = ("底", "年", "末", "月", "日", "之", "以", "度", "目", "提")
_MOVED_UP = re.compile(r"(?:前进|前移|上升|提升|跃升|下降|后退|后移|进位)了?$")
_RANKED = re.compile(r"(?:排名|位居|位列|居|列|名列|排在|排)[^,。;]{0,8}$")
_SPAN_OF_YEARS = re.compile("年限|寿命|(?:平均|人均)(?:等[待候]|轮候|排队)|(?:等[待候]|轮候)(?:时间|时长|期)")
# By how much the time that the clause before measures has changed: 轮候时间为4年,缩短了1年.
_SHORTENED = re.compile(
    r"(?:^|[,;])(?:[^,;。:\d]{0,6})(?:缩短|减少|延长|增加|达到|[缩提升降延](?:短|高|长|至)?[到至])了?(?:约|近|整整|超过|足足|为)*$"
)
_CODE_TAIL = re.compile(r"[-/:：]\d|\.\d")
_SCORED = re.compile("指数|得分|评分|水平|满意度|总分")
_USUALLY = re.compile("一般(?:为|在|是)?$")
_PART_OF_LIST = re.compile("[内、]")
_CONDITION = re.compile("的(?:企业|单位|项目|平台|机构|个人|园区)?$|部分$")
_GRANT = re.compile(r"给予|奖补|罚款|处以|贴息|补助标准")
# A share of what is measured, which no policy pays: 覆盖率达98%, but 按利率的50%.
_RATE_BEFORE = re.compile(
    r"(?:(?<![利税费汇息补助贴励])率|占比|比重)(?:均|都|分别|稳定|保持|总体|全部|已|可|将)*(?:达到|达|在|为|到|至|提高到|提升到|提高至|提升至)?$"
)
_AIM = re.compile(r"(?:使(?!用)|确保|力争|推动|带动|实现)[^。;]*$")
_YEAR_STATED = re.compile(r"20\d\d年")
# 300EFLOPS(每秒百亿亿次浮点运算): what the unit is, said in numbers.
_GLOSS = re.compile(r"[A-Za-z]\((?:[A-Za-z]{1,8})?(?:是指|即|指|为|约为|相当于|是)?(?:每秒)[^()]{0,6}$")
_NORM_REACH = 400
# The first member of 1个主平台+N个子平台, as the others are told by the sign before them.
_FORMULA = re.compile(r"[^,。;、“”()+]{1,14}\+[NnXx](?![A-Za-z])")
_FORMULA_REACH = 16
_PETAFLOPS = ("P", "E")
_COMPUTING = ("智算", "超算", "算力")
_CAPTION = 8
# Housing and room that a policy lends: 并提供不超过200平方米的人才公寓.
_LENT = re.compile("提供(?:最高)?$|享受")
# Points of interest that support pays: 给予不超过1个百分点的利息补贴, but 通过贴息使利率下降1个百分点.
_PAID_POINTS = re.compile("的?[^,。;、:]{0,6}(?:补贴|贴息|奖补|补助|奖励|优惠|返还)")
# The rate by which support is reckoned, its verb in the next clause: 按不超过合同金额的30%,给予最高50万元.
_RECKONED = re.compile("按照?(?!照)[^,。;、:]{2,20}的?$")
_RECKONED_REACH = 24
# What one of those who apply may get at most: 单家企业每年申领不超过500万元.
_PER_APPLICANT = re.compile(
    "(?:[单每同][一个家项户名]|同一[个家项])(?:[^,。;、:]{0,6})(?:企业|单位|项目|主体|机构|平台|园区|申[请报领]人|团队|个人)[^,。;:]{0,14}$"
)
_COPIES = ("各", "一式")
_LETTERS = re.compile("字(?=左右|以[上内]|[,。;、)的]|$)")  # 白皮书约6万字
_GOAL_SURPASSED = re.compile(
    r"(?<!不)(?:高于|低于|多于|少于|高出|超出)(?:了|于)?[^,。;:\d]{0,16}(?:目标|要求|预期|全国平均|平均水平|平均值)(?:值|数|任务)?$"
)
_SCHEME_OF_SHARES = re.compile(r"[\d一二三四五六七八九十]个$")  # 六个100%
_ITEM = re.compile(r"\([一二三四五六七八九十\d]{1,3}\)")
_CONDITIONS = re.compile("(?:下列|以下|如下)条件[^。:]{0,6}:[^。]*$")


# The eleventh of 第六、十一、十二条, and the twelve of 《…》等十二件地方性法规的决定.
_ORDINALS = re.compile(
    r"第[\d一二三四五六七八九十百零〇]{1,7}(?:[条款项章节批]?[、,和及与至—~-][\d一二三四五六七八九十百零〇]{0,7})*[、,和及与至—~-]$"
)
_NUMBERED = frozenset("条款项章节批")
_SESSION = re.compile("全会|全体会议|代表大会|党代会")  # 十四届十次全会
_BODY = re.compile("(?:届|委员会|[省市县区]委)$")
_ACTS = re.compile("[件部项个][^,。;《]{0,16}的(?:决定|决议|通知|公告|批复)")


def find_refusal(quantity: Quantity, around: Surroundings) -> str:
    """Why a number gives no record, or an empty text.

    Args:
        quantity: a number with unit and bound that is not refused yet.
        around: where it stands.

    Returns:
        A key of `REASONS`, or an empty text.
    """
    return _first_reason(RULES, quantity, around)


def _first_reason(rules: Iterable[tuple[str, Rule]], quantity: Quantity, around: Surroundings) -> str:
    for reason, rule in rules:
        if rule(quantity, around):
            return reason
    return ""


def is_no_cell_value(quantity: Quantity, around: Surroundings) -> bool:
    """Whether a number of a cell is a date, an ordinal, a name or a gap; what else refuses one asks for a sentence."""
    return _first_reason(_CELL_RULES, quantity, around) in _NO_CELL_VALUE


def _is_date(quantity: Quantity, around: Surroundings) -> bool:
    if quantity.unit is None or quantity.unit.use != "date":
        return False
    lead = around.text[around.clause[0] : quantity.claim_start]
    if quantity.canonical != "年":
        return True
    if _SPAN_OF_YEARS.search(lead) is None:
        before = around.sentence_lead(quantity, _SHORTENED_REACH)
        if _SHORTENED.search(before) is None or _SPAN_OF_YEARS.search(before) is None:
            return True
    return around.grammar.terms.search(lead) is not None


def _is_ordinal(quantity: Quantity, around: Surroundings) -> bool:
    text, start = around.text, quantity.start
    if quantity.canonical in _NUMBERED and _ORDINALS.search(text[max(0, start - 16) : start]):
        return True
    if quantity.canonical == "次" and (
        _SESSION.match(text, quantity.stop) or _BODY.search(text, max(0, start - 3), start)
    ):
        return True
    if quantity.unit is not None and quantity.unit.use == "ordinal":
        return quantity.canonical != "线" or not quantity.has_magnitude  # 1200万线 counts telephone lines
    before = text[max(0, start - 2) : start]
    if before.endswith("第"):
        return True
    if before.endswith("前") and before[:1] not in _NOT_FRONT:
        return True
    if quantity.canonical in ("位", "名", "个") and _MOVED_UP.search(text[max(0, start - 4) : start]):
        return quantity.canonical != "个" or text.startswith("位次", quantity.stop)
    return quantity.canonical in ("位", "名") and _RANKED.search(text[max(0, start - 14) : start]) is not None


def _is_name(quantity: Quantity, around: Surroundings) -> bool:
    text = around.text
    if (
        quantity.unit is not None
        and quantity.unit.dimension == "share"
        and text.startswith("个", quantity.start - 1)
        and _SCHEME_OF_SHARES.search(text, max(0, quantity.start - 2), quantity.start)
    ):
        return True
    if text.find("+", quantity.stop, quantity.stop + _FORMULA_REACH) >= 0 and _FORMULA.match(text, quantity.stop):
        return True
    before, after = text[max(0, quantity.start - 14) : quantity.start], text[quantity.end : quantity.end + 16]
    if "(" in text[max(0, quantity.start - 24) : quantity.start] and _GLOSS.search(
        text, max(0, quantity.start - 24), quantity.start
    ):
        return True
    if text.startswith("倍增", quantity.start) and _IN_QUOTES.search(text, max(0, quantity.start - 40), quantity.start):
        return True
    if ("“" in before or "《" in before) and _QUOTED.search(before) and _UNQUOTED.match(after):
        inner = before[max(before.rfind("“"), before.rfind("《")) + 1 :]
        closing = min(position for position in (after.find("”"), after.find("》")) if position >= 0)
        stands_alone = closing + len(inner) <= 12
        return stands_alone and not (quantity.unit and quantity.unit.dimension in ("share", "money"))
    if around.grammar.name_before.before(text, quantity.start) in around.grammar.words.numbered_things:
        return quantity.unit is None or before.endswith(("专栏", "附件", "附表"))
    if quantity.unit is None and _CODE_TAIL.match(after):
        return True
    return (
        quantity.unit is None and not quantity.has_magnitude and bool(around.grammar.name_after.at(text, quantity.end))
    )


def _is_bare_bandwidth(quantity: Quantity, around: Surroundings) -> bool:
    if quantity.unit is None or quantity.unit.dimension != "bandwidth_bare":
        return False
    if is_bare_magnitude(quantity, around):  # 百兆, 千兆 and 万兆 are names of networks
        return True
    clause = around.text[around.clause[0] : around.clause[1]]
    return not around.grammar.bandwidth.search(clause.replace(around.text[quantity.start : quantity.stop] + "宽带", ""))


def _is_bare_compute(quantity: Quantity, around: Surroundings) -> bool:
    if quantity.unit is None or quantity.unit.dimension != "compute" or len(quantity.unit.surface) > 2:
        return False
    first, last = max(around.sentence[0], quantity.start - REACH), min(quantity.stop + 12, around.sentence[1])
    if around.grammar.compute.search(around.text, first, last):
        return False
    before = around.text[max(0, first - REACH) : first]  # 智算中心一期投用。二期40P…
    return not (quantity.unit.surface in _PETAFLOPS and any(word in before for word in _COMPUTING))


def _is_duration(quantity: Quantity, around: Surroundings) -> bool:
    if quantity.unit is None or quantity.unit.dimension not in ("time", "index"):
        return False
    lead = around.text[max(around.clause[0], quantity.claim_start - 30) : quantity.claim_start]
    if quantity.unit.dimension == "index":
        return _SCORED.search(lead) is None or "满分" in lead
    lead = _PART_OF_LIST.split(lead)[-1]
    if around.grammar.terms.search(lead) or _USUALLY.search(lead):
        return True
    if quantity.canonical == "岁":
        return "寿命" not in lead
    return not around.grammar.time.search(lead)


def _is_gap(quantity: Quantity, around: Surroundings) -> bool:
    if quantity.canonical == "倍" and (than := _THAN.search(around.lead(quantity, _GAP_LEAD))) is not None:
        return _EARLIER.search(than[0]) is None
    if quantity.canonical not in _POINT_UNITS:
        return quantity.unit is not None and _GOAL_SURPASSED.search(around.lead(quantity, 28)) is not None
    lead = around.text[max(around.clause[0], quantity.start - _GAP_LEAD) : quantity.start]
    grammar = around.grammar
    if grammar.gaps.search(lead) or (quantity.canonical == "百分点" and grammar.gaps_in_points.search(lead)):
        return True
    return grammar.comparisons.search(lead) is not None and _HIGHER.search(lead) is not None


def _is_payout(quantity: Quantity, around: Surroundings) -> bool:
    unit = quantity.unit
    if quantity.canonical == "平方米" and quantity.bound == "<=":
        return (
            _LENT.search(around.lead(quantity, 20)) is not None
            and around.grammar.payout.search(around.sentence_lead(quantity)) is not None
        )
    if unit is not None and unit.dimension == "points":
        return _PAID_POINTS.match(around.text, quantity.claim_end) is not None
    if unit is None or unit.dimension not in ("money", "share", "foreign_money", "time", "multiple"):
        return False
    start, end = around.clause
    payout = around.grammar.payout
    before = around.sentence_lead(quantity)
    if unit.dimension == "share" and _RATE_BEFORE.search(around.lead(quantity, 20)):
        return False
    if payout.search(around.text, start, end):
        return True
    if unit.dimension == "share" and _RECKONED.search(around.lead(quantity, 28)):
        return payout.search(around.text, end, min(around.sentence[1], end + _RECKONED_REACH)) is not None
    if unit.dimension == "money" and quantity.bound == "<=" and _PER_APPLICANT.search(around.lead(quantity, 36)):
        return True
    if unit.dimension == "money" and _CONDITION.search(around.text, quantity.claim_end, end):
        last = min(around.sentence[1], quantity.claim_end + REACH)
        return payout.search(before) is not None or payout.search(around.text, quantity.start, last) is not None
    if unit.dimension not in ("money", "share"):
        return False
    grants = _GRANT.search(before)
    return grants is not None and (unit.dimension == "money" or not _AIM.search(before, grants.end()))


def _is_amended_act(quantity: Quantity, around: Surroundings) -> bool:
    text, start = around.text, quantity.start
    return (
        text[start - 1 : start] == "等"
        and text[start - 2 : start - 1] in ("》", "〉", ">")
        and _ACTS.match(text, quantity.end) is not None
    )


def _is_furniture(quantity: Quantity, around: Surroundings) -> bool:
    start, end = around.clause
    if quantity.canonical == "份" and around.text.endswith(_COPIES, 0, quantity.start):
        return True
    if quantity.unit is None and around.text.startswith("字", quantity.end):
        return _LETTERS.match(around.text, quantity.end) is not None
    if around.text[start - 1 : start] == ":":  # 印发份数:120份
        start = max(0, start - _CAPTION)
    return around.grammar.furniture.search(around.text, start, end) is not None


def _is_norm(quantity: Quantity, around: Surroundings) -> bool:
    text, (start, end) = around.text, around.sentence
    if quantity.bound == "<=" and quantity.canonical in _NOMINATED and _is_quota(quantity, around):
        return True
    if _states_norm(text, start, end, around.grammar.norm):
        return True
    is_item = text.startswith("(", start) and _ITEM.match(text, start) is not None
    return is_item and _CONDITIONS.search(text, max(0, start - REACH), start) is not None


def _is_quota(quantity: Quantity, around: Surroundings) -> bool:
    """Whether as many at most may be put forward: 请各地择优推荐。每市不超过3家企业."""
    text, start = around.text, quantity.claim_start
    if _NOMINATING.search(text, max(0, start - _QUOTA_REACH), quantity.claim_end + _QUOTA_REACH) is None:
        return False
    return _QUOTA.search(text, max(0, start - 16), start) is not None


@functools.lru_cache(maxsize=4)  # the numbers of a sentence ask one after the other
def _states_norm(text: str, start: int, end: int, norm: re.Pattern[str]) -> bool:
    """Whether a sentence opens as a rule of law and names no year."""
    end = min(end, start + _NORM_REACH)
    return norm.search(text, start, end) is not None and not _YEAR_STATED.search(text, start, end)


RULES: tuple[tuple[str, Rule], ...] = (
    ("date", _is_date),
    ("ordinal", _is_ordinal),
    ("document", _is_amended_act),
    ("name", _is_name),
    ("name", _is_bare_bandwidth),
    ("name", _is_bare_compute),
    ("duration", _is_duration),
    ("gap", _is_gap),
    ("payout", _is_payout),
    ("place", is_place),
    ("list", is_list),
    ("list", is_idle_chinese),
    ("threshold", is_threshold),
    ("norm", _is_norm),
    ("document", _is_furniture),
    ("bare", is_bare),
)
_NO_CELL_VALUE = ("date", "ordinal", "name", "gap")
# No rule after the last of these can change the answer.
_CELL_RULES = RULES[: 1 + max(place for place, (reason, _) in enumerate(RULES) if reason in _NO_CELL_VALUE)]
