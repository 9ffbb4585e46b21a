"""Numbers that state no quantity, each told by what stands around it.

Every rule is a function from a number and its surroundings to whether it applies; the first that does names the reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from compare.extract.grammar import Grammar
from compare.extract.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the rules look at.

    Attributes:
        text: the stretch.
        clause: start and end of the number's clause.
        sentence: start and end of its sentence.
        following: start of the next number's claim in the clause, or -1.
        grammar: the compiled definitions.
    """

    text: str
    clause: tuple[int, int]
    sentence: tuple[int, int]
    grammar: Grammar
    following: int = -1


Rule = Callable[[Quantity, Surroundings], bool]

_GAP = re.compile(
    r"(?:高于|低于|快于|高出|领先|超出|落后|低出|超过|多于|优于)(?:于|了)?(?:全国|全省|全市|全部|全社会|同期|东部|中部|西部|规上|平均|GDP|地区|经济|上年|去年|世界|周边|长三角)[^,。;\d]{0,14}$"
)
_HIGHER_THAN = re.compile(r"比(?:全国|全省|全市|全部|规上|GDP|东部|周边|同期)[^,。;\d]{0,10}(?:高|低|快|慢|多|少)出?$")
_CLASS_MEASURES = frozenset(("money", "physical", "foreign_money", "storage", "compute", "bandwidth"))
_FUND = re.compile(r"的?[^,。;、的\d]{0,14}(?:基金|债券|资金池|专项资金|贷款|融资|投资)")
_EXTENT = re.compile(r"(?:东经|北纬|距|高程|半径|身高|海拔|间距|直径|距离|海岸线|深度|宽度|周边)(?:不超过|约|为)?$")
_SIZE_WORDS = re.compile(
    r"元?级|大关|级以上|量级|强|企业(?!营|收)|俱乐部|亩?良田|产业(?:集群|链|带)?(?![规增收营])|集群|工程|工厂|斤级|家电"
)
_QUOTED = re.compile(r"[“《][^”》]{0,12}$")
_UNQUOTED = re.compile(r"[^“《]{0,14}[”》]")
_PURE = re.compile(
    r"(?:PUE|WUE|CUE|指数|系数|评分|得分|总分|分值|电能利用效率|车桩比|弹性|率|比|值|密度|水平|程度|利用效率|倍数|强度|指标)(?:\([^)]{1,12}\))?(?:值|平均值|均值|平均)?[^,。;、\d]{0,8}$"
)
_PURE_NOUN = re.compile("PUE|WUE|CUE|电能利用效率|指数|系数|弹性")
_MOVES = re.compile("(?:左右|以上|以下)?(?:逐步|进一步|稳步)?(?:降|提|升|下降|压|增)")
_MEASURE_BEFORE = re.compile(
    r"(?:数|数量|规模|总量|总数|保有量|量|人口|户|企业|用户|产能|人才|基站|平台|项目|产量|人次|达到|突破|超过|建成|新增|培育|培训|培养|累计|总计|新建|完成|引进|约|近|超|逾|至少)$"
)
_LIST_LIMIT = 60
_COMMIT_BEFORE = re.compile(
    r"(?:建成|新建|新增|培育|打造|创建|建设|形成|引进|达到|创成|争创|认定|落地|组建|设立|举办|不少于|不低于|至少|超过|突破|实施|推出|遴选|累计|布局|完成|招引|选树|培养|扶持|拥有|增加|发展|壮大|推广|开展|支持|有|近|约|超|每年|获批|入选|成立|开通|投产|建好|谋划|储备)(?:了|出|好|和完善)?$"
)
_POINTING = re.compile(
    r"(?:聚焦|围绕|涉及|涵盖|分为|下设|提出了?|明确了?|以下|下列|上述|首批|其他|其余|策略方向共|方向共|本政策共)$"
)
_POINT_UNITS = ("百分点", "%", "‰", "倍")


# The eleventh of 第六、十一、十二条, and the twelve of 《…》等十二件地方性法规的决定.
_ORDINALS = re.compile(
    r"第[\d一二三四五六七八九十百零〇]{1,7}(?:[条款项章节批]?[、,和及与至—~-][\d一二三四五六七八九十百零〇]{0,7})*[、,和及与至—~-]$"
)
_RANGE = re.compile("[—~至到-]")
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
    for reason, rule in RULES:
        if rule(quantity, around):
            return reason
    return ""


def _is_date(quantity: Quantity, around: Surroundings) -> bool:
    if quantity.unit is None or quantity.unit.use != "date":
        return False
    lead = around.text[around.clause[0] : quantity.claim_start]
    return quantity.canonical != "年" or re.search("年限|寿命", lead) is None


def _is_ordinal(quantity: Quantity, around: Surroundings) -> bool:
    text, start = around.text, quantity.start
    if _ORDINALS.search(text[max(0, start - 16) : start]) and quantity.canonical in _NUMBERED:
        return True
    if quantity.canonical == "次" and (
        _SESSION.match(text, quantity.stop) or _BODY.search(text, max(0, start - 3), start)
    ):
        return True
    if quantity.unit is not None and quantity.unit.use == "ordinal":
        return True
    before = text[max(0, start - 2) : start]
    if before.endswith("第"):
        return True
    if before.endswith("前") and before[:1] not in ("底", "年", "末", "月", "日", "之", "以", "度", "目", "提"):
        return True
    if quantity.canonical in ("位", "名", "个") and re.search(
        r"(?:前进|前移|上升|提升|跃升|下降|后退|后移|进位)了?$", text[max(0, start - 4) : start]
    ):
        return quantity.canonical != "个" or text.startswith("位次", quantity.stop)
    return (
        quantity.canonical in ("位", "名")
        and re.search(r"(?:排名|位居|位列|居|列|名列|排在|排)[^,。;]{0,8}$", text[max(0, start - 14) : start])
        is not None
    )


def _is_name(quantity: Quantity, around: Surroundings) -> bool:
    text = around.text
    before, after = text[max(0, quantity.start - 14) : quantity.start], text[quantity.end : quantity.end + 16]
    if _QUOTED.search(before) and _UNQUOTED.match(after):
        inner = before[max(before.rfind("“"), before.rfind("《")) + 1 :]
        closing = min(position for position in (after.find("”"), after.find("》")) if position >= 0)
        stands_alone = closing + len(inner) <= 12
        return stands_alone and not (quantity.unit and quantity.unit.dimension in ("share", "money"))
    if around.grammar.name_before.before(text, quantity.start) in (
        "专栏",
        "表",
        "图",
        "附件",
        "附表",
        "附录",
        "编号",
        "邮编",
        "电话",
        "传真",
        "热线",
        "No.",
        "NO.",
        "邮政编码",
        "联系电话",
        "文号",
        "索引号",
        "证号",
        "网址",
    ):
        return quantity.unit is None or before.endswith(("专栏", "附件", "附表"))
    if re.match(r"[-/:：]\d|\.\d", after) and quantity.unit is None:
        return True
    return (
        quantity.unit is None and not quantity.has_magnitude and bool(around.grammar.name_after.at(text, quantity.end))
    )


def _is_bare_bandwidth(quantity: Quantity, around: Surroundings) -> bool:
    if quantity.unit is None or quantity.unit.dimension != "bandwidth_bare":
        return False
    clause = around.text[around.clause[0] : around.clause[1]]
    if _bare_magnitude(quantity, around):  # 百兆, 千兆 and 万兆 are names of networks
        return True
    return not around.grammar.bandwidth.search(clause.replace(around.text[quantity.start : quantity.stop] + "宽带", ""))


def _is_bare_compute(quantity: Quantity, around: Surroundings) -> bool:
    if quantity.unit is None or quantity.unit.dimension != "compute" or len(quantity.unit.surface) > 2:
        return False
    window = around.text[around.sentence[0] : min(quantity.stop + 12, around.sentence[1])]
    return not around.grammar.compute.search(window)


def _is_duration(quantity: Quantity, around: Surroundings) -> bool:
    if quantity.unit is None or quantity.unit.dimension not in ("time", "index"):
        return False
    lead = around.text[max(around.clause[0], quantity.claim_start - 30) : quantity.claim_start]
    if quantity.unit.dimension == "index":
        return re.search("指数|得分|评分|水平|满意度|总分", lead) is None or "满分" in lead
    lead = re.split("[内、]", lead)[-1]
    if re.search("建设周期|贷款|折旧|试点|项目周期|合同|公示", lead):
        return True
    if quantity.canonical == "岁":
        return "寿命" not in lead
    return not around.grammar.time.search(lead)


def _is_gap(quantity: Quantity, around: Surroundings) -> bool:
    if quantity.canonical not in _POINT_UNITS:
        return False
    lead = around.text[around.clause[0] : quantity.start]
    return _GAP.search(lead) is not None or _HIGHER_THAN.search(lead) is not None


def _is_threshold(quantity: Quantity, around: Surroundings) -> bool:
    unit, text = quantity.unit, around.text
    end = quantity.claim_end
    if unit is None:
        return quantity.has_magnitude and _SIZE_WORDS.match(text, quantity.end) is not None
    after = around.grammar.classes.match(text, end)
    if _qualifies_next(quantity, around):
        return True
    clause = text[around.clause[0] : around.clause[1]]
    if quantity.after_word and text.startswith("的", end) and clause.startswith(("对", "凡", "面向", "针对")):
        return True
    if (
        unit.canonical in ("公里", "米", "千米")
        and re.search("距|处$|步行|紧邻|位于|高铁站", clause)
        and "里程" not in clause
    ):
        return True
    if unit.dimension in _CLASS_MEASURES:
        if text.startswith(("级", "量级"), quantity.stop):
            return True
        if (
            unit.dimension == "physical"
            and not quantity.bound_word
            and _EXTENT.search(text[max(0, quantity.claim_start - 10) : quantity.claim_start])
        ):
            return True
        if _FUND.match(text, end):
            return False
        if after is not None and not _is_of_interest(quantity, around):
            return True
        return text.startswith("的", end) and _counted_class(text, end)
    if (
        quantity.after_word
        and text.startswith("的", end)
        and unit.dimension == "count"
        and quantity.canonical in ("人", "户", "名", "张")
    ):
        return True
    if quantity.after_word and quantity.canonical in ("人", "户", "张") and after is not None:
        return True
    return unit.dimension == "count" and text.startswith("级", quantity.stop)


def _qualifies_next(quantity: Quantity, around: Surroundings) -> bool:
    """Whether the number only says how large the things are that the next number counts or measures."""
    unit = quantity.unit
    if around.following < 0 or unit is None or quantity.bound_word in ("达到", "不低于", "不少于"):
        return False
    if unit.dimension not in _CLASS_MEASURES and not (
        quantity.after_word and quantity.canonical in ("人", "户", "张", "名")
    ):
        return False
    between = around.text[quantity.claim_end : around.following]
    return (
        len(between) >= 2
        and re.match("[\u4e00-\u9fffA-Za-z(“]", between) is not None
        and not re.search("[、和及,并;]|以及|提高|增加|增长|提升|扩|下降|降低|减少|压缩", between)
    )


def _counted_class(text: str, end: int) -> bool:
    noun = text[end + 1 : end + 24]
    stop = re.search("[,。;、:]", noun)
    noun = noun[: stop.start()] if stop else noun
    return (
        re.search(
            r"(?:企业|项目|集群|园区|平台|产业链|基地|城市|主体|单位|品牌|单品|镇|县|村|街区|个人|产业|公司|机构|示范区)(?:\d|达到|不少于|超过|数量|[一二三四五六七八九十]|$|培育|实现|建设|和)",
            noun,
        )
        is not None
    )


def _is_of_interest(quantity: Quantity, around: Surroundings) -> bool:
    """Money that is itself what is promised: a fund, an investment, a volume before the noun."""
    lead = around.text[around.clause[0] : quantity.claim_start]
    return (
        re.search(
            r"(?:投资|贷款|融资|营业收入|产值|增加值|规模|总额|收入|交易额)(?:总额|总量|规模)?(?:达到|达|为|突破|超过)$",
            lead + quantity.bound_word,
        )
        is not None
        and re.match(r"(?:[,。;、]|$)", around.text[quantity.claim_end :]) is not None
    )


def _is_payout(quantity: Quantity, around: Surroundings) -> bool:
    unit = quantity.unit
    if unit is None or unit.dimension not in ("money", "share", "foreign_money", "time", "multiple"):
        return False
    start, end = around.clause
    if around.grammar.payout.search(around.text, start, end):
        return True
    sentence = around.text[around.sentence[0] : around.sentence[1]]
    if unit.dimension == "money" and re.search(
        "的(?:企业|单位|项目|平台|机构|个人|园区)?$|部分$", around.text[quantity.claim_end : end]
    ):
        return around.grammar.payout.search(sentence) is not None
    return re.search(
        r"给予|奖补|罚款|处以|贴息|补助标准", sentence[: quantity.start - around.sentence[0]]
    ) is not None and unit.dimension in ("money", "share")


def _is_amended_act(quantity: Quantity, around: Surroundings) -> bool:
    text, start = around.text, quantity.start
    return text[max(0, start - 2) : start] in ("》等", "〉等", ">等") and _ACTS.match(text, quantity.end) is not None


def _is_furniture(_: Quantity, around: Surroundings) -> bool:
    return around.grammar.furniture.search(around.text, *around.clause) is not None


def _is_norm(_: Quantity, around: Surroundings) -> bool:
    start, end = around.sentence
    return around.grammar.norm.search(around.text, start, min(end, start + 400)) is not None and not re.search(
        r"20\d\d年", around.text[start:end]
    )


def _is_place(quantity: Quantity, around: Surroundings) -> bool:
    if quantity.unit is not None and quantity.canonical not in ("个", "家"):
        return False
    end = quantity.stop if quantity.unit else quantity.end
    if quantity.has_magnitude or quantity.bound_word:
        return False
    return around.grammar.places.match(around.text, end) is not None


def _is_list(quantity: Quantity, around: Surroundings) -> bool:
    text = around.text
    after = quantity.stop
    if quantity.unit is None:
        return text.startswith("大", quantity.end) and not quantity.has_magnitude
    if quantity.unit.dimension != "count" or quantity.value > _LIST_LIMIT or quantity.after_word:
        return False
    if not quantity.bound_word and _POINTING.search(text[max(around.clause[0], quantity.start - 8) : quantity.start]):
        return True
    if text.startswith("方面", after):
        return True
    if quantity.canonical in ("类", "种") and quantity.value < 20 and not quantity.bound_word:
        return True
    if quantity.canonical == "条" and re.match(
        "(?:支持|具体|政策|惠企|硬核?)?(?:措施|举措)|政策|意见|主线|路径|禁令|建议|线索|底线", text[after : after + 6]
    ):
        return True
    if quantity.canonical == "张" and re.match("网|图|清单|表|牌", text[after : after + 3]) and quantity.value < 10:
        return True
    return around.grammar.listed.match(text, after) is not None


def _is_idle_chinese(quantity: Quantity, around: Surroundings) -> bool:
    """A small Chinese count is a quantity only where a verb of doing or a bound stands right before it."""
    if not quantity.is_chinese or quantity.is_share or quantity.canonical == "倍":
        return False
    if (
        quantity.unit is not None
        and quantity.unit.dimension in ("share", "points", "money")
        and not _bare_magnitude(quantity, around)
    ):
        return False
    if (
        quantity.has_magnitude
        and quantity.end - quantity.start > 1
        and quantity.unit is not None
        and not _bare_magnitude(quantity, around)
    ):
        return False
    lead = around.text[max(around.clause[0], quantity.claim_start - 8) : quantity.claim_start]
    if quantity.unit is not None and not _bare_magnitude(quantity, around) and quantity.value >= 10:
        return False
    if _bare_magnitude(quantity, around):
        return not (
            quantity.bound_word
            or quantity.after_word
            or re.search(r"(?:达到?|实现|完成|迈上|跨上|投资|收入|产值|规模)$", lead)
            or quantity.is_open
            or quantity.is_about
        )
    if quantity.high is not None and _RANGE.search(around.text, quantity.start, quantity.end):
        return False
    return not (
        quantity.bound_word or quantity.is_open or _COMMIT_BEFORE.search(lead) or _is_postposed(quantity, around)
    )


def _is_postposed(quantity: Quantity, around: Surroundings) -> bool:
    """Whether the count stands after what is counted, at the end of a clause that founds it: 新建实验室两个."""
    start, end = around.clause
    return quantity.stop == end and around.grammar.founding.search(around.text, start, quantity.start) is not None


def _bare_magnitude(quantity: Quantity, around: Surroundings) -> bool:
    surface = around.text[quantity.start : quantity.end]
    return surface != "十" and all(character in "十百千万亿" for character in surface)


def _is_bare(quantity: Quantity, around: Surroundings) -> bool:
    if quantity.unit is not None:
        return False
    lead = around.text[max(around.clause[0], quantity.claim_start - 24) : quantity.claim_start]
    after = around.text[quantity.claim_end : quantity.claim_end + 1]
    if quantity.has_magnitude:
        return not (
            quantity.bound_word or quantity.after_word or _MEASURE_BEFORE.search(lead) or after in ",。;、" or not after
        )
    if _MOVES.match(around.text, quantity.claim_end) and _PURE_NOUN.search(lead):
        return False
    if after and after not in ",。;、:)和与及":
        return True
    if lead.endswith(("至", "到", "年的")) and _PURE_NOUN.search(around.text, *around.clause):
        return False
    if (
        re.search("(?:达到?|增至|突破|超过)$", lead + quantity.bound_word)
        and len(lead) >= 5
        and float(quantity.value).is_integer()
    ):
        return re.search("(?:编号|代码|等级|级别|第)", lead) is not None
    return _PURE.search(lead + around.text[quantity.claim_start : quantity.start]) is None


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
    ("place", _is_place),
    ("list", _is_list),
    ("list", _is_idle_chinese),
    ("threshold", _is_threshold),
    ("norm", _is_norm),
    ("document", _is_furniture),
    ("bare", _is_bare),
)
