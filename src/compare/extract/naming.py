"""The label of each number of a paragraph: before it, after it, shared by a run of numbers, or carried over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from compare.extract.behind import DELAY_UNITS, Behind
from compare.extract.clauses import Clauses
from compare.extract.grammar import Grammar
from compare.extract.labels import is_countable, label_after, label_before, split_items
from compare.extract.quantities import Quantity
from compare.extract.scopes import (
    Places,
    Scopes,
    find_park,
    is_listed_zone,
    is_part_label,
    read_distributed,
    read_places,
    read_route,
)
from compare.extract.subjects import (
    find_listed,
    find_owner,
    find_subject,
    find_topic,
    is_amount,
    is_industry,
    is_invested,
    join_subject,
    name_reach,
    name_use,
    qualify_listed,
    suits_subject,
)
from compare.extract.timeline import Timeline

RISES_TO = re.compile(
    r"(?:左右|以上)?,?(?:稳步|逐步|进一步|大幅|快速|力争|分别)?"
    r"(?:提高|提升|增加|增长|上升|下降|降低|降|增|减|升|扩大|扩容|拓展|发展|跃升|缩短|压缩|减少|压减|调整|攀升|扩展|成长|提)(?:到|至|为)"
)
_RESPECTIVELY = re.compile("分别|依次")
_SHARE_LABEL = re.compile("^(?:约|合计|共)?(?:占|比重|占比|其占|的比重)")
# Of what a share is, 其中 leaves open where the part is a field, a place or a sex; 其中智能算力占比 says it itself.
_SHARE = re.compile(
    "^(?P<part>(?:[^占]{0,16}?(?:领域|聚落|片区|园区|地区|[男女]性))?|[^占]{2,16}?(?P<sum>合计))(?:占比?|比重|所占比重)$"
)
_AMONG = ("其中", "当中")
_ITS = re.compile("^其(?!中|他|它|余|实)")
_ACT = re.compile("(?:新|已)?(?:开工|竣工|投产|签约|落地|达产|完工)|新登记|(?:依法|有序)?(?:开放|共享|归集|汇聚|交付)")
_ACT_END = re.compile("(?:开工|竣工|投产|签约|落地|达产|完工)$")
# 其中金融领域5个, 超百亿元的3家: ends of labels that say which ones, and not of what.
_OPEN_ENDS = ("领域", "元", "元的", "以上", "以上的")
_THRESHOLD = re.compile("[十百千万亿]元(?:及?以上)?的?$")
_AND_ABOVE = ("以上", "及以上")
_RATES = frozenset(("%", "百分点"))
_RATE = re.compile("[率度]$|比重$|比例$|占比$|份额$|水平$")
# A name with one of these says what is measured; one without (农业) is a part of what an earlier clause measures.
_MEASURED = re.compile("[率比占度均额量值数办通达享幅增速涨降价负]|覆盖|接入|水平|上云|上线|普及|完成|应用")
_MAX_PART = 6
_LEVEL_LABEL = re.compile("^.{0,6}(?:[级类]|(?<!模)型)$")
# 一期规模达3000架,二期达8000架: stages of one thing.
_STAGE = re.compile("(?:[一二三四五]|首|远|前)期(?:工程|项目)?")
# 增幅 of what was measured is its own measure, 幅度 only says that it has grown.
_EXTENT = ("幅度", "增长幅度", "成长幅度")
_LEVEL_HEAD = re.compile("^.{0,6}?(?:级|(?<!模)型)(?:及?以上)?(?=.{2})")
_FOUNDING = re.compile("(?:来|用于|以)?(?:成立|设立|组建)(?=.{3})")
_STATING = re.compile("[已在达是分属位居]")
_TO_PLACE = re.compile("^[至到与][^,;。]{1,20}?(?:等(?:城市|地区|地)|的)(?=.{2})")
# What those do who were counted before: 选派专员100名进驻企业.
_GOING = re.compile("进驻|入驻|下沉|赴|深入|实施(?!方案|细则)|开展|参与")
_ALIKE = re.compile("均|都")
_REACH = 300
# A rate that the clauses after 省属企业 may have as theirs: one that names nobody else.
_OWN_RATE = re.compile("^(?!.*(?:企业|单位|机构|全[省市区社])).*(?:[率度]|比重|比例|占比)$")
# 到京津冀的网络时延: a place at the other end of what is measured is no scope.
_WAY = re.compile("时延|延时|时间|通勤|航线|直达")
_DONE = re.compile(
    "(?:建设|改造|升级|媒合|验收)?完成|通过|向[^,;。:的]{1,6}(?:推广|开放)|获得?[^,;。:的]{2,8}(?:认可|表彰|推广)"
)
# What joins two places: 合肥至南京|直达光纤, and in the clause after it its 网络时延.
_LINE = re.compile("光纤|光缆|专线|链路|线路|航线|高铁|班列|时延|延时")
_ROUTE_REACH = 30
_PER_HEAD = "每万人拥有量"
# 智能装备和工业软件技术水平显著提升: the things themselves are what a clause after it measures.
_FACULTIES = re.compile("(?:[和、及与]?(?:技术|发展|供给|创新|核心|市场|质量)?(?:水平|竞争力|能力|实力))+$")
_JOINT = re.compile("[和、与]")
# So many levels may share a noun after the last: 1个国家级、3个省级、5个市级平台.
_LEVELS = 6


class Name(NamedTuple):
    """A number's label and scope.

    Attributes:
        label: what is measured.
        is_carried: its subject comes from an earlier clause.
        is_after: it follows the number.
        scope: the part of the region that the number covers, empty for the whole.
        measure: what the label's name is a part of, where an earlier clause says it.
    """

    label: str
    is_carried: bool = False
    is_after: bool = False
    scope: str = ""
    measure: str = ""


_NONE = Name("")


class Namer:
    """Names the numbers of one paragraph from left to right."""

    def __init__(
        self,
        text: str,
        clauses: Clauses,
        kept: list[Quantity],
        groups: Mapping[int, tuple[int, int]],
        timeline: Timeline,
        grammar: Grammar,
    ) -> None:
        self.text = text
        self.clauses = clauses
        self.kept = kept
        self.groups = groups
        self.timeline = timeline
        self.grammar = grammar
        self._group_names: dict[int, Name] = {}
        self._scopes = Scopes(text, clauses, timeline.setting.own_place, grammar, timeline.setting.provinces)
        self._behind = Behind(text, clauses, grammar)
        self._last = _NONE
        self._route = "", -1
        self._last_sentence = -2
        self._last_unit = ""
        self._by_unit: dict[str, tuple[Name, int]] = {}
        self._last_group: list[Name] = []
        self._last_group_sentence = -2

    def name(self, index: int, sentence: int) -> Name:
        """Label and scope of the number at `index`; call it once for each, in order."""
        name = self._group_name(index, sentence) if index in self.groups else self._own_name(index, sentence)
        canonical = self.kept[index].canonical
        if not name.is_after and self._is_part(name.label, index, sentence):
            measure = self._last.label
            other = next((word for word in self.grammar.words.part_words if measure.startswith(word)), "")
            name = name._replace(label=measure.removeprefix(other) or measure, scope=name.label)
        if canonical in DELAY_UNITS and name.label and not _WAY.search(name.label):
            name = name._replace(label=self._behind.name_delay(name.label, sentence))
        if name.label:
            owner = find_owner(self.text, self.clauses, sentence, self.kept[index].claim_start, name.label)
            self._last = name = name._replace(label=owner + name.label)
            self._by_unit[canonical] = name, sentence
        self._last_sentence, self._last_unit = sentence, canonical
        return name

    def _is_part(self, label: str, index: int, sentence: int) -> bool:
        """Whether a label only says of which part of the region the measure before is (其中省会城市…, 农村达到70%)."""
        if label in self.grammar.words.part_words and sentence == self._last_sentence and self._last.label != label:
            return {self.kept[index].canonical, self._last_unit} <= _RATES or self._continues(index, sentence)
        return is_part_label(label) and self._divides(index, sentence)

    def _divides(self, index: int, sentence: int) -> bool:
        """Whether a number states a part of the one before: it has its unit and stands after 其中."""
        start = max(self.clauses.sentence_start(sentence), self.kept[index].start - _REACH)
        among = self.text.find("其中", start, self.kept[index].start) >= 0
        return among and self._continues(index, sentence)

    def _continues(self, index: int, sentence: int) -> bool:
        """Whether a number has the unit of the one before in its sentence, so that it may be of the same measure."""
        unit = self.kept[index].canonical
        return sentence == self._last_sentence and unit == self._last_unit and bool(self._last.label)

    def floor(self, index: int, clause: int) -> int:
        """Start of the number's own part of its clause, after an earlier number in it."""
        earlier = self.kept[index - 1].claim_end if index else clause
        if earlier > clause and self._is_aside(earlier, self.kept[index].claim_start):
            return clause
        return max(clause, earlier)

    def _is_aside(self, start: int, end: int) -> bool:
        """Whether brackets close between two places that did not open there: the first stands in an aside."""
        closing = self.text.find(")", start, end)
        return closing >= 0 and "(" not in self.text[start:closing]

    def _clause(self, index: int, sentence: int) -> int:
        return self.clauses.start(self.kept[index].claim_start, self.clauses.sentence_start(sentence))

    def _own_name(self, index: int, sentence: int) -> Name:
        quantity = self.kept[index]
        clause = self._clause(index, sentence)
        floor = self.floor(index, clause)
        places = read_places(self.text, floor, quantity.claim_start, self.grammar)
        if places and is_listed_zone(self.text, floor, quantity.claim_start, places) and is_countable(quantity):
            places = None
        start = places.end if places else floor
        before = label_before(self.text, start, quantity.claim_start, self.grammar)
        if before and quantity.unit is not None and quantity.unit.dimension == "share":
            before = self._behind.name_spread(before, start, quantity)
        if floor > clause and self._last.is_after and before == self._last.label:
            before = ""
        able = self._behind.name_able(before, quantity) or self._behind.name_planned(quantity)
        if able := able or self._behind.name_owner(before, quantity):
            return self._place(Name(able), places, floor, clause, sentence)
        after = self._after(index, before, start, sentence)
        name = Name(after, is_after=True) if after else self._complete(before, index, clause, sentence)
        if floor > clause and before and not after and self.text.startswith("、", floor):
            name = name._replace(label=self._qualified(name.label, index, sentence))
        return self._place(name, places, floor, clause, sentence)

    def _qualified(self, label: str, index: int, sentence: int) -> str:
        """A label of a list with what the first one says for all: 省级智能制造示范工厂50家、优秀场景200个."""
        first = self._last.label
        if sentence != self._last_sentence or self._last.is_after or not first:
            return label
        return qualify_listed(label, first, self.kept[index], self.grammar)

    def _place(self, name: Name, places: Places | None, floor: int, clause: int, sentence: int) -> Name:
        """Give a name its scope: the place that its own words open with, else that of the number or clause before."""
        standing = self._scopes.standing(sentence, clause)
        if places and self._is_far(places, name.label):
            far = self.text[places.start - 1 : places.end]
            same = name.is_carried and name.label == self._last.label
            measure = (same and self._last.measure) or _TO_PLACE.sub("", name.label)
            return name._replace(label=far + measure, scope=standing, measure=measure)
        if places:
            scope = self._scopes.name(places)
        elif self._scopes.is_whole(floor):
            scope = ""
        elif (body := self.grammar.bodies.at(name.label, 0)) and len(name.label) > len(body) + 1:
            scope = body
        elif name.is_carried and sentence == self._last_sentence:
            scope = self._last.scope
        else:
            if standing and standing in self.grammar.words.bodies and not _OWN_RATE.match(name.label):
                standing = ""
            scope = standing or find_park(self.text, clause, self.clauses.sentence_start(sentence), name.label)
        label = _TO_PLACE.sub("", name.label) if places and name.is_carried else name.label
        if not places and _LINE.search(label):
            label = self._routed(label, floor, sentence)
        if scope and label.startswith(scope) and len(label) > len(scope) + 1:
            if label.startswith(("之间", "间"), len(scope)):
                return name._replace(scope="")
            rest = label[len(scope) :]
            label = label_before(rest, 0, len(rest), self.grammar) or rest
        return name._replace(label=label, scope=scope)

    def _routed(self, label: str, floor: int, sentence: int) -> str:
        """A line, or how fast one is, with the two places that it joins, named in its clause or the one before."""
        route = read_route(self.text, floor, floor + _ROUTE_REACH, self.grammar)
        if route:
            self._route = route, sentence
        elif self._route[1] == sentence and _WAY.match(label.removeprefix("网络")):
            route = self._route[0]
        return label if label.startswith(route) else route + label

    def _is_far(self, places: Places, label: str) -> bool:
        """Whether places are where a way leads to that is measured (`到京津冀时延…`), and no part of the region."""
        return places.start > 0 and self.text[places.start - 1] in "到至" and _WAY.search(label) is not None

    def _complete(self, label: str, index: int, clause: int, sentence: int) -> Name:
        """Put the subject carried over in front of a label that names no measure by itself."""
        if label and (part := self._part(label, index, clause, sentence)):
            return part
        if share := self._share_of_last(label, index, clause, sentence):
            return Name(share, is_carried=True)
        label = "" if label in _EXTENT else label
        its = _ITS.match(label)
        if label and not its and label not in self.grammar.words.generic_labels and not _SHARE_LABEL.match(label):
            return Name(label)
        if label and self.text.startswith("其中", clause):
            return Name(label)
        if is_invested(label) and self.text.find("带动", clause, self.kept[index].claim_start) >= 0:
            return Name(label)
        subject = self._subject(index, clause, sentence, label)
        if not subject or not suits_subject(subject, label, self.grammar):
            return Name(label)
        label = _ITS.sub("", label).removeprefix("的")
        if not label and (act := _ACT_END.search(self.text, clause, self.kept[index].claim_start)):
            subject = act[0] + _ACT.sub("", subject, count=1) if _ACT.match(subject) else subject
        if not label or label == subject:
            return Name(subject, is_carried=True)
        return Name(join_subject(subject, label), is_carried=True)

    def _share_of_last(self, label: str, index: int, clause: int, sentence: int) -> str:
        """`从业人员15万人,其中女性占30%`: the share is one of what was counted before."""
        quantity = self.kept[index]
        if sentence != self._last_sentence or quantity.unit is None or quantity.unit.dimension != "share":
            return ""
        part = _SHARE.match(label) if label else None
        if part is None or not (part["sum"] or self.text.startswith(_AMONG, clause)):
            return ""
        whole = self._last.label
        return "" if _RATE.search(whole) or not whole else f"{whole}{part['part'].removesuffix('合计')}占比"

    def _part(self, label: str, index: int, clause: int, sentence: int) -> Name | None:
        """A label that only qualifies or divides what was measured before: 其中国家级2个, 渗透率…,农业10%,工业24%."""
        if _LEVEL_LABEL.match(label) and self._continues(index, sentence):
            noun = _LEVEL_HEAD.sub("", self._last.label)
            return Name(label if noun in _AND_ABOVE else label + noun, is_carried=True)
        if _STAGE.fullmatch(label) and self._continues(index, sentence):
            return Name(label + _STAGE.sub("", self._last.label, count=1), is_carried=True)
        if self._continues(index, sentence):
            of_last = name_use(label, self._last.label) or name_reach(label, self._last.label, self.grammar)
            if of_last:
                return Name(of_last, is_carried=True)
        last = self._last.label if sentence == self._last_sentence else ""
        if equal := self._behind.name_equal(clause, last, self.kept[index]):
            return Name(equal, is_carried=True)
        if _ACT.fullmatch(label) and is_countable(self.kept[index]):
            whole = self._counted_before(index, sentence) if sentence - self._last_sentence <= 1 else ""
            if whole:
                return Name(label + _ACT.sub("", whole, count=1), is_carried=True)
        if label.endswith(_OPEN_ENDS) and self._continues(index, sentence) and is_countable(self.kept[index]):
            if _THRESHOLD.search(label):
                return Name(f"{label.removesuffix('的')}的{self._last.label.rpartition('的')[2]}", is_carried=True)
            if label.endswith("领域") and self.text.startswith(_AMONG, clause):
                return Name(label + self._last.label, is_carried=True)
        quantity = self.kept[index]
        is_share = quantity.unit is not None and quantity.unit.dimension == "share"
        if not is_share or len(label) > _MAX_PART or _MEASURED.search(label):
            return None
        measure = self._measure_before(index, clause, sentence)
        return Name(label + measure, measure=measure) if _RATE.search(measure) else None

    def _measure_before(self, index: int, clause: int, sentence: int) -> str:
        """The rate that an earlier clause names, without a number of its own, for the parts after it."""
        if self._continues(index, sentence) and self._last.measure:
            return self._last.measure
        if self._divides(index, sentence):
            return self._last.label
        start = self.clauses.sentence_start(sentence)
        previous_end = self.kept[index - 1].claim_end if index else -1
        return find_subject(self.text, self.clauses, clause, start, previous_end, self.grammar)

    def _subject(self, index: int, clause: int, sentence: int, label: str = "") -> str:
        start = self.clauses.sentence_start(sentence)
        previous_end = self.kept[index - 1].claim_end if index else -1
        subject = find_subject(self.text, self.clauses, clause, start, previous_end, self.grammar)
        if is_amount(label) and not is_industry(subject):
            if previous_end < start and (topic := find_topic(self.text, self.clauses, sentence)):
                return topic
            is_new = sentence != self._last_sentence and self.text[max(0, start - 1) : start] != ";"
            if not subject and is_invested(label) and is_new:
                return ""
        if subject:
            return subject
        if sentence - self._last_sentence > 1:
            return ""
        return self._counted_before(index, sentence) if not label else self._last.label

    def _counted_before(self, index: int, sentence: int) -> str:
        """What was measured last, or, where that has another unit, what was last counted in the number's own."""
        unit = self.kept[index].canonical
        if unit != self._last_unit and is_countable(self.kept[index]) and unit in self._by_unit:
            name, place = self._by_unit[unit]
            if sentence - place <= 1:
                return name.label
        return self._last.label

    def _after(self, index: int, before: str, floor: int, sentence: int, reach: int = _LEVELS) -> str:
        quantity = self.kept[index]
        if not self._behind.may_follow(quantity, before) or RISES_TO.match(self.text, quantity.claim_end):
            return ""
        if not before and self.text.startswith("为", quantity.claim_end):
            return self._being(index)
        if self.text.endswith("有", floor, quantity.claim_start) and _STATING.match(self.text, quantity.claim_end):
            return ""
        limit = self.kept[index + 1].claim_start if index + 1 < len(self.kept) else len(self.text)
        dimension = quantity.unit.dimension if quantity.unit else ""
        founding = _FOUNDING.match(self.text, quantity.claim_end) if "money" in dimension else None
        start, limit = (founding.end(), limit) if founding else self._behind.place_after(quantity, before, limit)
        label = label_after(self.text, start, limit, self.grammar)
        if founding:
            return label if label.endswith(("基金", "公司")) or "基金" in label[-3:] else ""
        label = self._behind.settle_after(label, quantity, before) if label else ""
        if not label:
            return ""
        if _DONE.match(label) and (done := self._doing(label, index, sentence)):
            return done
        if label.startswith("来自") or (before and _GOING.match(label)):
            return ""
        follows_de = self.text.startswith("的", quantity.claim_end)
        if dimension == "share":
            is_reach = not before and self.text.endswith("覆盖", floor, quantity.claim_start)
            before = self._covered(index, floor, sentence) if is_reach else before
            return before + self._behind.add_fact(label, quantity.claim_end, limit)
        is_by = self.text.endswith("以", 0, quantity.claim_start)
        is_work = self._behind.is_work_done(label, quantity)
        if before and dimension in ("physical", "compute", "storage") and not (follows_de or is_by or is_work):
            return ""
        if dimension in ("", "count"):
            label = self._behind.name_chosen(label, quantity)
            clause = self._clause(index, sentence)
            label = self._behind.name_signed(self._behind.name_gathered(label, clause), clause, quantity)
            label = self._behind.name_turned(label, quantity)
        if self.text.endswith("覆盖", floor, quantity.claim_start) and len(label) <= 4:
            return self._covered(index, floor, sentence) + label
        if reach and _LEVEL_LABEL.match(label) and index + 1 < len(self.kept) and self.text[limit - 1 : limit] == "、":
            noun = self._after(index + 1, "", limit, sentence, reach - 1)
            return label + _LEVEL_HEAD.sub("", noun)
        return label

    def _doing(self, label: str, index: int, sentence: int) -> str:
        """`支持120家企业入园,90家完成改造`: those who have done something are of those counted before."""
        if not (is_countable(self.kept[index]) and self._continues(index, sentence)) or "的" in label:
            return ""
        return f"{label}的{self._last.label.rpartition('的')[2]}"

    def _being(self, index: int) -> str:
        """`其中20家为龙头企业`, `三分之二为女性`: what those are that the number counts."""
        limit = self.kept[index + 1].claim_start if index + 1 < len(self.kept) else len(self.text)
        return label_after(self.text, self.kept[index].claim_end + 1, limit, self.grammar)

    def _covered(self, index: int, floor: int, sentence: int) -> str:
        """`千兆光网具备覆盖3500万户家庭的能力`: what covers the households."""
        end = self.kept[index].claim_start - 2
        subject = label_before(self.text, floor, end, self.grammar) or self._subject(index, floor, sentence)
        return f"{subject}覆盖" if subject else ""

    def _group_name(self, index: int, sentence: int) -> Name:
        if index not in self._group_names:
            first, count = self.groups[index]
            for member, name in enumerate(self._names_of_group(first, count, sentence)):
                self._group_names[first + member] = name
        return self._group_names[index]

    def _names_of_group(self, first: int, count: int, sentence: int) -> list[Name]:
        head = self.kept[first]
        clause = self._clause(first, sentence)
        floor = self.floor(first, clause)
        places = read_places(self.text, floor, head.claim_start, self.grammar)
        pairs = _RESPECTIVELY.search(self.text, floor, head.claim_start) is not None
        if pairs and not (places and len(places.names) == count):
            places = read_distributed(self.text, floor, head.claim_start, count) or places
        start = places.end if places else floor
        phrase = label_before(self.text, start, head.claim_start, self.grammar)
        if pairs:
            phrase = _RESPECTIVELY.sub("", phrase)
        names = self._paired_names(phrase, first, count, sentence, places, pairs=pairs)
        if names:
            self._last_group, self._last_group_sentence = names, sentence
            return names
        return [self._place(self._shared_name(phrase, first, count, sentence), places, floor, clause, sentence)] * count

    def _shared_name(self, phrase: str, first: int, count: int, sentence: int) -> Name:
        head, last = self.kept[first], self.kept[first + count - 1]
        if not phrase and is_countable(head):
            limit = self.kept[first + count].claim_start if first + count < len(self.kept) else len(self.text)
            if after := label_after(self.text, last.claim_end, limit, self.grammar):
                return Name(after, is_after=True)
        return self._complete(phrase, first, self._clause(first, sentence), sentence)

    def _paired_names(
        self, phrase: str, first: int, count: int, sentence: int, places: Places | None, *, pairs: bool
    ) -> list[Name]:
        """Names of numbers that 分别, or a list as long as theirs, pairs with nouns, places or the pairs before."""
        head = self.kept[first]
        clause = self._clause(first, sentence)
        if self.timeline.paired_years(head.claim_start, count):
            return []
        if places and len(places.names) == count:
            name = self._complete(phrase, first, clause, sentence)
            if self._is_far(places, phrase):
                far = self.text[places.start - 1]
                return [name._replace(label=f"{far}{place}{name.label}") for place in places.names]
            return [name._replace(scope=scope) for scope in places.names]
        if not pairs:
            alike = _ALIKE.search(self.text, max(clause, head.claim_start - 6), head.claim_start)
            items = [] if places or alike else split_items(phrase, count, exact=True)
            return [self._place(Name(item), None, clause, clause, sentence) for item in items]
        is_near = sentence - self._last_group_sentence <= 1 and len(self._last_group) == count
        if is_near and not phrase:
            return [name._replace(is_carried=True) for name in self._last_group]
        if is_near and (phrase in self.grammar.words.generic_labels or phrase == _PER_HEAD):
            return [self._of_pair(name, phrase) for name in self._last_group]
        back = self.clauses.sentence_start(max(0, sentence - 1))
        items = find_listed(self.text, back, clause, phrase, count, self.grammar)
        items = items or split_items(phrase or self._subject(first, clause, sentence), count)
        if not items and phrase and len(phrase) <= _MAX_PART:
            listed = _FACULTIES.sub("", self._subject(first, clause, sentence))
            items = [item + phrase for item in split_items(listed, count) if not _JOINT.search(item)]
            items = items if len(items) == count else []
        if items:
            named = [self._complete(item, first, clause, sentence) for item in items]
            return [self._place(name, places, clause, clause, sentence) for name in named]
        if is_near and self._last_group[0].scope:
            name = self._complete(phrase, first, clause, sentence)
            return [name._replace(scope=earlier.scope) for earlier in self._last_group]
        return []

    def _of_pair(self, name: Name, label: str) -> Name:
        """A measure of one of the things that the pairs before have counted: 增速分别为…, 每万人拥有量分别为…."""
        per_head = label == _PER_HEAD
        return name._replace(label=label[:-1] + name.label if per_head else join_subject(name.label, label))
