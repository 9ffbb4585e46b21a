"""Whether what a number measures may stand behind it, and what there adds to what stands before it."""

from __future__ import annotations

import re

from compare.extract.clauses import Clauses
from compare.extract.grammar import Grammar
from compare.extract.labels import is_countable, label_before
from compare.extract.quantities import Quantity

_SETTING_UP = re.compile(
    "(?:带来|创造|贡献|产生|设立|提供|安排|统筹|撬动|带动|发放|投放|组建|成立|募集|引导|新增|吸引)(?:总规模|总额|规模|首期规模)?"
    "(?:达|达到|约|为|不低于|不少于|超过)?$"
)
# 共投入120亿元预算: an act alone, after which the money's name may follow.
_PUT_IN = re.compile("(?:共|总共|合计|整体|总体|将|再|另|先后)*(?:投入|编列|拨出|拨付|动用|筹集|筹措)")
_FUNDS = ("预算", "经费", "资金", "资本")
_PURPOSE = re.compile(",?(?:将|会|全部)?(?:用作|用以|用于(?!支持|奖|补|扶|资助))")
_ASIDE = re.compile(r"\((?:其中|含|包括|包含|涵盖)[^()]{1,20}\)(?=[\u4e00-\u9fff]{2})")
_ARTICLES = ("一个", "一家", "一套", "一支", "一座")
_FOR = ("围绕", "聚焦", "针对", "面向", "依托", "向", "对")
_DOING = re.compile("(?<=.{2})(?:开展|实施|推进|推广|提供|进行|部署)")
_PLANNED = re.compile("完成了?(?P<what>[^,;。:的]{0,6}(?:计划|目标|任务))(?:的|总量的)$")
DELAY_UNITS = ("毫秒", "微秒", "ms", "us", "μs")
_REACH = 300
_WORLD = ("全球", "世界", "全世界")
_VOLUMES = ("总规模", "规模", "首期规模", "设立总规模", "总额", "总投资", "不少于")
_ACHIEVED = re.compile("(?<=[^,;。]{3})(?:实现|完成)")
_LINKED = re.compile("(?:达到?|为|至|到|超过|突破|有|稳定在|保持在|控制在|逾|共)$")
_OWNING = re.compile("(?:实现|拥有|具有|有)$")
_REACHING = frozenset(("达到", "突破", "提高", "提升", "扩大", "增加", "减少", "保持", "压减", "发展", "覆盖"))
_FACT = re.compile(
    "(?:已|均|都|基本|全部|将)*(?:实现|完成)?((?<=[现成])[^,;。:]{2,24}|(?:接入|开通|应用|使用|通[上达]?)[^,;。:]{1,24})"
)
# 八成的乡镇达到“示范型”标准: what the share has come to.
_ATTAINED = re.compile("(?:已|均|都|将)*(达到(?!\\d)[^,;。:、的]{3,16})(?=[,;。]|$)")
# 为300名教师提供培训服务: what those are given whom the number counts.
_FOR_WHOM = re.compile("为(?:[^,;。:、]{1,8}的)?$")
_GIVEN = re.compile("(?:免费)?(?:提供|进行|实施)(?P<what>[^,;。:、的]{2,12}?)(?:工作)?(?=[,;。(]|$)")
# 储能能力达到最大负荷的5%: a part of a whole that the verb parts.
_PORTION = re.compile(
    "(?:一般|原则上|基本)*(?:应|要|须|将|已|力争|均)*(?:达到?|相当于)"
    "(?P<whole>(?![^的]*(?:[上去前]年|同期|水平|目标|任务|计划|标准|要求|平均的))[^,;。:、的\\d]{3,16})的$"
)
# 低成本优势和不低于60%的清洁能源占比: a rate behind its number, after what is joined to it.
_RATE_BEHIND = re.compile("的[^,;。:、的]{1,12}?(?:比例|占比|比重|率)(?=[,;。]|$)")
_JOINTS = ("和", "与", "及", "以及")
_SO_FAR = re.compile("(?:已|均|都|基本|全部|将)+$")
_BEING_ABLE = re.compile("(?:具备|具有|拥有)(?:了)?$")
_ABILITY = re.compile("的?((?:接入|服务|供给|承载|处理|存储|供应|通行|生产)?能力)")
_SPREAD = re.compile("全?(?:覆盖|通达|普及)")
_ACHIEVING = re.compile("(?:实现|完成)(?=.{2})")
# 9家企业入选国家级绿色工厂: bodies of any kind, which what they were chosen for tells apart.
_CHOSEN_NOUNS = ("项目", "企业", "产品", "案例", "单位", "场景", "成果", "园区", "公司")
_CHOSEN = re.compile(
    r"(?P<noun>(?P<what>..)(?:\([^()]{1,6}\))?)(?:成功|先后|新)?(?:入选|入围|获评)(?:为|了)?(?:首批|全国首批)?"
    r"(?P<list>(?![^,;。:]*\d[个家项])[^,;。:、的]{4,24}?)(?:名单|榜单)?(?=[,;。]|$)"
)
# 电子票据已归集8亿条数据: whose data, and what has been done with them.
_RECORDS = ("数据", "信息", "记录", "证照", "资料")
_GATHERED = re.compile(
    r"(?P<whose>[^,;。:、\d]{2,12}?)(?:已经?|累计|共|现)*(?P<act>归集|汇聚|汇集|共享|采集)了?(?:约|近|超过?|逾)?\d"
)
# 服务800家企业实现数字化转型: what they achieve.
_TURNED = re.compile(
    "(?:[和与及]\\d[\\d.万]*[个家户][^,;。:、的实]{2,8})?实现了?(?P<act>(?:数字化|智能化|数智化|绿色化?|低碳|网络化)+(?:转型升级|转型|改造|升级)"
    "|[^,;。:、的达]{0,8}(?:网络|信号|光纤|宽带)(?:全?覆盖|接入)|“[^“”,;。\\d]{2,8}”)(?=[,;。、]|$)"
)
# 也就是一期规模的120%: the same as a share of another measure.
_THAT_IS = ("也就是", "相当于")
_LEAST_WHOLE = 4
_WORKS = ("签约", "采购", "部署", "扩容", "建设", "改造")
_DONE = ("完成了", "完成")
_TURNING = ("实现", "和", "与", "及")
# 规模超2000亿元的产业基金集群: an amount that the noun after it has.
_SIZE_OWNER = re.compile("的(?P<owner>[^,;。:、的\\d]{3,20})(?=[,;。]|$)")
_SIZE_LABEL = re.compile(
    "(?:年|业务|主营业务|营业|年营业|年主营业务)?(?:总体?|产业)?(?:规模|体量|产值|总量|收入|增加值)"
)
_SIZES_ALONE = ("规模", "总规模")
_INDUSTRIES = ("集群", "产业", "生态", "产业链", "产业带", "市场")
# 前两届博览会共签约90个项目: where they were signed.
_SIGNED = re.compile(
    "(?P<where>[^,;。:、\\d]{2,12}?(?:峰会|大会|博览会|洽谈会|交易会))(?:上|期间)?(?:共|累计|现场|集中)*签约(?:约|超过?|近)?\\d"
)


class Behind:
    """What stands behind the numbers of one paragraph."""

    def __init__(self, text: str, clauses: Clauses, grammar: Grammar) -> None:
        self.text = text
        self.clauses = clauses
        self.grammar = grammar

    def may_follow(self, quantity: Quantity, before: str) -> bool:
        """Whether what is measured may stand after the number."""
        dimension = quantity.unit.dimension if quantity.unit else ""
        if dimension == "share":
            return not before or before in _WORLD or self._splits(quantity, before)
        if dimension in ("money", "foreign_money"):
            lead = self.text[max(0, quantity.claim_start - 16) : quantity.claim_start]
            founded = self.text.startswith(("成立", "设立", "组建"), quantity.claim_end)
            if before and _PUT_IN.fullmatch(before):
                return True
            return not before or before in _VOLUMES or founded or _SETTING_UP.search(lead) is not None
        if is_countable(quantity) or dimension in ("compute", "storage", "physical"):
            return self.text.endswith("等", 0, quantity.claim_start) or not self._is_linked(quantity, before)
        return False

    def place_after(self, quantity: Quantity, before: str, limit: int) -> tuple[int, int]:
        """Where the words behind a number begin that may name it, and where they end at the latest."""
        start, text = quantity.claim_end, self.text
        if text.startswith("规模的", start):
            return start + len("规模的"), limit
        if text.startswith("(", start) and (aside := _ASIDE.match(text, start)):
            return aside.end(), self.clauses.end(aside.end())
        if not before and text.endswith(_ARTICLES, 0, quantity.claim_start):
            owner = text.find("的", start, limit)
            return start, owner if owner >= 0 else limit
        if not before and quantity.canonical == "亿元" and (purpose := _PURPOSE.match(text, start)):
            return purpose.end(), limit
        return start, limit

    def settle_after(self, label: str, quantity: Quantity, before: str) -> str:
        """What is left of the words behind a number that name it, without what is done for those counted."""
        if before and quantity.unit is not None and "money" in quantity.unit.dimension and _PUT_IN.fullmatch(before):
            return label if label.endswith(_FUNDS) else ""
        lead = self.text[max(0, quantity.claim_start - 10) : quantity.claim_start]
        if "为" in lead and _FOR_WHOM.search(lead):
            given = _GIVEN.match(self.text, self.text.find(label, quantity.claim_end) + len(label))
            return label.removesuffix("免费") + (given["what"] if given else "")
        if self.text.endswith(_FOR, 0, quantity.claim_start) and (done := _DOING.search(label)):
            return label[: done.start()]
        return label

    def name_chosen(self, label: str, quantity: Quantity) -> str:
        """`9家企业入选国家级绿色工厂`: what those counted were chosen for, in front of what they are."""
        chosen = _CHOSEN.match(self.text, quantity.claim_end) if label.startswith(_CHOSEN_NOUNS) else None
        if chosen is None:
            return label
        return chosen["list"] if chosen["list"].endswith(chosen["what"]) else chosen["list"] + chosen["noun"]

    def name_turned(self, label: str, quantity: Quantity) -> str:
        """`800家企业实现数字化转型`: those counted with what they achieve."""
        end = quantity.claim_end + len(label)
        turned = _TURNED.match(self.text, end) if self.text.startswith(_TURNING, end) else None
        return label + turned["act"] if turned else label

    def name_gathered(self, label: str, clause: int) -> str:
        """`电子票据已归集8亿条数据`: data with whose they are and what has been done with them."""
        gathered = _GATHERED.match(self.text, clause) if label in _RECORDS else None
        if gathered is None:
            return label
        whose, act = label_before(gathered["whose"], 0, len(gathered["whose"]), self.grammar), gathered["act"]
        return act + whose if whose.endswith(label) else whose + act + label

    def name_owner(self, before: str, quantity: Quantity) -> str:
        """`总体规模超2000亿元的产业集群`: whose the amount is, where the noun follows it."""
        if quantity.canonical != "亿元" or not self.text.startswith("的", quantity.claim_end):
            return ""
        measure = before.removeprefix("形成")
        owner = _SIZE_OWNER.match(self.text, quantity.claim_end) if _SIZE_LABEL.fullmatch(measure) else None
        if owner is None or (measure in _SIZES_ALONE and not owner["owner"].endswith(_INDUSTRIES)):
            return ""
        return owner["owner"] + measure

    def name_signed(self, label: str, clause: int, quantity: Quantity) -> str:
        """`前两届博览会共签约90个项目`: what was signed, with where."""
        if not self.text.startswith("签约", max(clause, quantity.claim_start - 2)):
            return label
        signed = _SIGNED.match(self.text, clause)
        where = label_before(signed["where"], 0, len(signed["where"]), self.grammar) if signed else ""
        return f"{where}签约{label}" if where else label

    def name_equal(self, clause: int, last: str, quantity: Quantity) -> str:
        """`签约80P,也就是一期规模的120%`: what was measured last as a share of something else."""
        if (
            not last
            or not self.text.startswith(_THAT_IS, clause)
            or not self.text.endswith("的", clause, quantity.claim_start)
        ):
            return ""
        whole = label_before(self.text, clause, quantity.claim_start, self.grammar)
        return f"{last}占{whole}" if len(whole) >= _LEAST_WHOLE else ""

    def is_work_done(self, label: str, quantity: Quantity) -> bool:
        """Whether a work follows its size: `完成了80P算力采购`."""
        return label.endswith(_WORKS) and self.text.endswith(_DONE, 0, quantity.claim_start)

    def name_planned(self, quantity: Quantity) -> str:
        """`完成年度计划的88.6%`: how much of a plan is done."""
        place = quantity.claim_start
        if quantity.canonical != "%" or not self.text.endswith("的", 0, place):
            return ""
        planned = _PLANNED.search(self.text, max(0, place - 16), place)
        return f"{planned['what']}完成率" if planned else ""

    def name_delay(self, label: str, sentence: int) -> str:
        """`“城区2ms、城市间6ms”时延圈`: what is between places is a delay, where the sentence speaks of one."""
        start, end = self.clauses.sentence_start(sentence), self.clauses.sentence_end(sentence)
        return f"{label}时延" if self.text.find("时延", start, min(end, start + _REACH)) >= 0 else label

    def _splits(self, quantity: Quantity, before: str) -> bool:
        """Whether a share stands inside the noun phrase that it is of: `龙头企业近七成关键业务环节实现数字化`."""
        text = self.text
        if not before.endswith(self.grammar.words.counted_classes) or not text.startswith(
            before, quantity.claim_start - len(before)
        ):
            return False
        verb = self.grammar.verbs.at(text, quantity.claim_end) or self.grammar.trailing.before(
            text, quantity.claim_start
        )
        return not verb and _ACHIEVED.search(text, quantity.claim_end, self.clauses.end(quantity.claim_end)) is not None

    def _is_linked(self, quantity: Quantity, before: str) -> bool:
        """Whether a verb of reaching links the number to a subject before it."""
        if not before or before in self.grammar.words.generic_labels:
            return False
        verb_end = quantity.claim_start - self.text.endswith("了", 0, quantity.claim_start)
        verb = self.grammar.verbs.before(self.text, verb_end, max(0, verb_end - 6))
        if verb and verb not in _REACHING:
            return False
        lead = self.text[max(0, quantity.claim_start - 3) : quantity.claim_start] + quantity.bound_word
        return _LINKED.search(lead) is not None and _OWNING.search(lead) is None

    def name_able(self, before: str, quantity: Quantity) -> str:
        """`农村家庭具备100M以上接入能力`: who is able, and to do what."""
        if not before or _BEING_ABLE.search(self.text, max(0, quantity.claim_start - 4), quantity.claim_start) is None:
            return ""
        ability = _ABILITY.match(self.text, quantity.claim_end)
        return before + ability[1] if ability else ""

    def name_spread(self, before: str, start: int, quantity: Quantity) -> str:
        """`宽带实现行政村100%覆盖`: what spreads, over what, and that it does; a part with the whole that it is of."""
        if self.text.endswith(_JOINTS, 0, quantity.claim_start) and _RATE_BEHIND.match(self.text, quantity.claim_end):
            return ""
        if self.text.endswith("的", 0, quantity.claim_start):
            portion = _PORTION.search(self.text, start, quantity.claim_start)
            part = label_before(self.text, start, portion.start(), self.grammar) if portion else ""
            return f"{part}占{portion['whole']}" if portion and part else before
        if (spread := _SPREAD.match(self.text, quantity.claim_end)) is None:
            return before
        achieving = _ACHIEVING.search(self.text, start, quantity.claim_start)
        head = label_before(self.text, start, achieving.start(), self.grammar) if achieving else ""
        return (head if head not in before else "") + before + spread[0]

    def add_fact(self, noun: str, start: int, limit: int) -> str:
        """`90%以上的行政村已实现光纤接入`: a share is of those of whom something holds."""
        noun = _SO_FAR.sub("", noun)
        place = self.text.find(noun, start, limit)
        fact = _FACT.match(self.text, place + len(noun), min(limit, self.clauses.end(start))) if place >= 0 else None
        if not fact and place >= 0 and (attained := _ATTAINED.match(self.text, place + len(noun))):
            return f"{attained[1]}的{noun}"
        return noun + fact[1] if fact else noun
