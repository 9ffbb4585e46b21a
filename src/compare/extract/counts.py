"""Counts that state no quantity: of places and bodies that are there, of the parts of a list, in words of everyday."""

from __future__ import annotations

import re

from compare.extract.quantities import Quantity
from compare.extract.surroundings import Surroundings, is_bare_magnitude

_LIST_LIMIT = 60
_LEAST_OF_ITSELF = 10
_MEASURES_OF_ARTICLES = re.compile(
    "(?:支持|具体|政策|惠企|硬核?)?(?:措施|举措)|政策|意见|主线|路径|禁令|建议|线索|底线"
)
# The twelve of 聚焦5大领域、12个场景 belong to the list that is only pointed at.
_POINTED_AT = re.compile(r"(?:聚焦|围绕|涉及|涵盖|分[为成]|(?:^|[,:])分(?=\d))[^,。;:建培打新引推发]{1,24}[、和与及]$")
# 分4个小组, but not 部分, 得分 or 划分
_PARTED = re.compile("(?:^|[,。;:])分$")
_PARTS = frozenset("个组批期类步块段")
# The articles of 共6个方面22条 are counted as its fields are.
_FIELDS = re.compile(
    "(?:[个大](?:方面|部分|领域|维度|板块|章节|类别|章)|[\\d一二三四五六七八九十]章)[,、]?(?:共计?|合计)?$"
)
_OF_ARTICLES = re.compile("[^,。;、]{0,4}(?:措施|政策|举措|意见|建议|任务)|[,。;)]|$")
_ARTICLES = frozenset("条款点")
# The development zones of 在13个设区市、50个开发区推广… are there as the cities are.
_BESIDE_PLACES = re.compile(r"(?:在|对|于)[^,。;:、\d]{0,6}\d{1,3}个(?P<place>[^,。;:、\d]{1,8})[、和与及]$")
# 1200个乡镇实现了5G覆盖 tells how far it has come; 14个乡镇均实现了… that none is left.
_REACHED_PLACES = re.compile(
    r"(?:乡镇|街道)(?:(?:和|、|及|以及|与)[约近]?[\d.]+万?个[^,。;:、\d]{1,8})?(?:已|已经)?(?:实现了?|开通了?|接入了?|通上了?|建成了?)(?!全)"
)
# The lists of a plan's own works behind its other parts: 5大工程20项任务80条清单.
_IN_LIST = re.compile(r"[\d一二三四五六七八九十](?:大|项|个)[^,。;:\d]{2,8}[、和+]?$")
_LISTS_OF_WORKS = re.compile("(?:任务|工作|问题|重点)?(?:清单台账|清单|台账)(?=[,。;、”)]|$)")
_RANGE = re.compile("[—~至到-]")
_SHEETS = re.compile("网|图|清单|表|牌")
_SUM_OF_LIST = re.compile(r"、[^,。;:、]{1,24}等(?:共)?$")
_FIRST_OF_NAMED = re.compile("(?:^|[,;:。])(?P<name>[\u4e00-\u9fff]{2,4})等$")  # 庆阳等10个集群
_NOUN = re.compile(r"[^,。;:、()!?\d]{1,16}")
_STRONG_MAGNITUDE = re.compile(r"(?:达到?|实现|完成|迈上|跨上|投资|收入|产值|规模)$")
_REACHED_SPEED = re.compile("(?:达到?|为|超过|突破|至|到)每秒$")  # but 每秒百亿亿次超算 is a class
_FOUNDED = re.compile(r"(?:培育|打造|建设|建成|引进|新增|形成|创建|遴选|招引|集聚)了?$")
_ENDOWED = ("设立", "组建", "成立", "设立了", "组建了")
_FUND = re.compile("[^,。;、的d]{0,14}基金")  # 设立百亿元产业基金
_SCHEME = re.compile("[^,。;]{0,12}(?:工程|行动|计划)")
_ENDS = ",。;、"


_SIGNS = re.compile("[,;:。()]")
_NAMED_NOW = re.compile("新|确定|挂牌|命名")
_JOINT_OF_NAMES = re.compile("[和与及]")
_JOINTS = ("、", "和", "与", "及")


def is_place(quantity: Quantity, around: Surroundings) -> bool:
    """Whether places or bodies are counted that are there anyway: 14个设区市, 3家基础电信企业."""
    if quantity.unit is not None and quantity.canonical not in ("个", "家"):
        return False
    if quantity.has_magnitude or quantity.bound_word:
        return False
    if quantity.unit and around.text[quantity.start - 1 : quantity.start] in _JOINTS:
        beside = _BESIDE_PLACES.search(around.lead(quantity, 24))
        if beside is not None and around.grammar.places.match(beside["place"]):
            return True
    after = quantity.stop if quantity.unit else quantity.end
    if around.grammar.places.match(around.text, after) is None:
        return False
    return quantity.value <= _LIST_LIMIT or _REACHED_PLACES.match(around.text, after) is None


# 在15个副省级城市中排第2位
_RANKED_AMONG = re.compile("[^,。;、\\d]{1,14}中(?:排|位居|位列|名列|居|列)")


# A plan's own aims and acts, which it sets down: 列110项指标.
_SET_OUT = ("项", "条", "个")
_SET_DOWN = ("列", "列出", "列明", "列举", "列有", "列了")
_OF_PLAN = re.compile("(?:具体|主要|工作|重点|绩效|量化)*(?:指标|措施|举措|任务|建议|要点)")


def is_list(quantity: Quantity, around: Surroundings) -> bool:
    """Whether a count announces or sums up a list: 实施六大行动, 制造、能源等5个领域."""
    text, after, grammar = around.text, quantity.stop, around.grammar
    if quantity.unit is None:
        return text.startswith("大", quantity.end) and not quantity.has_magnitude
    if quantity.canonical in _SET_OUT and text.endswith(_SET_DOWN, 0, quantity.start) and _OF_PLAN.match(text, after):
        return True
    if (
        quantity.canonical in _SET_OUT
        and _LISTS_OF_WORKS.match(text, after)
        and _IN_LIST.search(around.lead(quantity, 12))
    ):
        return True
    if quantity.unit.dimension != "count" or quantity.value > _LIST_LIMIT or quantity.after_word:
        return False
    lead = around.lead(quantity, 60)
    if not quantity.bound_word and (grammar.pointing.before(lead, len(lead)) or _POINTED_AT.search(lead)):
        return True
    if text.startswith("方面", after) or _RANKED_AMONG.match(text, after):
        return True
    if quantity.canonical in _PARTS and lead.endswith("分") and _PARTED.search(lead):
        return True
    if quantity.canonical in _ARTICLES and _FIELDS.search(lead) and _OF_ARTICLES.match(text, after):
        return True
    if quantity.canonical in ("类", "种") and quantity.value < 20 and not quantity.bound_word:
        return True
    if quantity.canonical == "条" and _MEASURES_OF_ARTICLES.match(text, after):
        return True
    if quantity.canonical == "张" and _SHEETS.match(text, after) and quantity.value < 10:
        return True
    return (
        grammar.listed.match(text, after) is not None
        or _sums_up_list(quantity, lead, around)
        or _counts_named(quantity, lead, around)
    )


def _counts_named(quantity: Quantity, lead: str, around: Surroundings) -> bool:
    """Whether as many are counted as have just been named, and nothing is done to them: 光伏、芯片和终端3个集群领跑."""
    if quantity.bound_word or quantity.canonical != "个" or "、" not in lead:
        return False
    names = _SIGNS.split(lead)[-1]
    least = names.count("、") + 1
    most = least + (_JOINT_OF_NAMES.search(names) is not None)
    if not 1 < least <= quantity.value <= most or names.endswith(("、", "和", "与", "及")):
        return False
    noun = _NOUN.match(around.text, quantity.stop, quantity.stop + 16)
    if noun is None or any(sign.isdigit() for sign in names):
        return False
    grammar = around.grammar
    before = around.sentence_lead(quantity, _LIST_LIMIT)
    is_done = grammar.founding.search(before) or grammar.done.search(names) or grammar.done.search(noun[0])
    return not (is_done or _NAMED_NOW.search(names))


def _sums_up_list(quantity: Quantity, lead: str, around: Surroundings) -> bool:
    """Whether a count closes a list of names with 等: of fields, steps or works, or of what is only named."""
    if quantity.bound_word or not lead.endswith(("等", "等共")):
        return False
    if not _SUM_OF_LIST.search(lead):
        named = _FIRST_OF_NAMED.search(lead)
        if named is None or around.grammar.cities.at(named["name"], 0) != named["name"].removesuffix("市"):
            return False
    noun = _NOUN.match(around.text, quantity.stop, quantity.stop + 16)
    if noun is None:
        return False
    if around.grammar.listed_end.search(noun[0]):
        return True
    grammar = around.grammar
    return not (grammar.founding.search(lead) or grammar.done.search(lead) or grammar.done.search(noun[0]))


def is_idle_chinese(quantity: Quantity, around: Surroundings) -> bool:
    """Whether a small Chinese count is idle: it counts only where a verb of doing or a bound stands right before it."""
    if not quantity.is_chinese or quantity.is_share or quantity.canonical == "倍":
        return False
    if quantity.canonical == "PFLOPS" and _REACHED_SPEED.search(around.lead(quantity, 12)):
        return False
    unit, is_bare = quantity.unit, is_bare_magnitude(quantity, around)
    is_measure = unit is not None and unit.dimension in ("share", "points", "money")
    is_long = quantity.has_magnitude and quantity.end - quantity.start > 1 and unit is not None
    lead = around.lead(quantity, 8)
    if is_bare:
        return not (
            quantity.bound_word
            or quantity.after_word
            or quantity.is_open
            or quantity.is_about
            or _STRONG_MAGNITUDE.search(lead)
            or (unit is not None and _is_founded(quantity, lead, around))
        )
    is_telling = quantity.value >= _LEAST_OF_ITSELF and around.text[quantity.start : quantity.end] != "十"
    if is_measure or is_long or (unit is not None and is_telling):
        return False
    if lead.endswith("有") and around.text[quantity.stop : quantity.stop + 1] in _ENDS:
        return True
    if quantity.high is not None and _RANGE.search(around.text, quantity.start, quantity.end):
        return False
    return not (
        quantity.bound_word
        or quantity.is_open
        or around.grammar.commits.before(lead, len(lead))
        or _is_postposed(quantity, around)
    )


def _is_founded(quantity: Quantity, lead: str, around: Surroundings) -> bool:
    """Whether 百户 and the like are founded themselves and are no name of a scheme (百企培育工程)."""
    if lead.endswith(_ENDOWED) and _FUND.match(around.text, quantity.stop):
        return True
    return _FOUNDED.search(lead) is not None and _SCHEME.match(around.text, quantity.stop, around.clause[1]) is None


def _is_postposed(quantity: Quantity, around: Surroundings) -> bool:
    """Whether the count stands after what is counted, at the end of a clause that founds it: 新建实验室两个."""
    start, end = around.clause
    founding = around.grammar.founding
    if quantity.unit is None or founding.search(around.text, start, quantity.start) is None:
        return False
    return quantity.stop == end or around.text[quantity.stop : quantity.stop + 1] in _ENDS
