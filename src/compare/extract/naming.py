"""The label of each number of a paragraph: before it, after it, shared by a run of numbers, or carried over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from compare.extract.clauses import Clauses
from compare.extract.grammar import Grammar
from compare.extract.labels import is_countable, label_after, label_before, split_items
from compare.extract.quantities import Quantity
from compare.extract.scopes import Places, Scopes, find_park, is_part_label, read_places
from compare.extract.subjects import find_subject, find_topic, is_amount, is_industry, is_invested, join_subject
from compare.extract.timeline import Timeline

RISES_TO = re.compile(
    r"(?:左右|以上)?,?(?:稳步|逐步|进一步|大幅|快速|力争)?"
    r"(?:提高|提升|增加|增长|上升|下降|降低|降|增|减|升|扩大|扩容|拓展|发展|跃升|缩短|压缩|减少|压减|调整|攀升|扩展|提)(?:到|至|为)"
)
_RESPECTIVELY = re.compile("分别|依次")
_SHARE_LABEL = re.compile("^(?:约|合计|共)?(?:占|比重|占比|其占|的比重)")
_ITS = re.compile("^其(?!中|他|它|余|实)")
_ACT = re.compile("(?:新|已)?(?:开工|竣工|投产|签约|落地|达产|完工)")
_RATES = frozenset(("%", "百分点"))
_RATE = re.compile("[率度]$|比重$|比例$|占比$|份额$|水平$")
# A name with one of these says what is measured; one without (农业) is a part of what an earlier clause measures.
_MEASURED = re.compile("[率比占度均额量值数办通达享幅增速涨降价负]|覆盖|接入|水平|上云|上线|普及|完成|应用")
_MAX_PART = 6
_LEVEL_LABEL = re.compile("^.{0,6}(?:[级类]|(?<!模)型)$")
_LEVEL_HEAD = re.compile("^.{0,6}?(?:级|(?<!模)型)(?:及?以上)?(?=.{2})")
_SETTING_UP = re.compile(
    "(?:带来|创造|贡献|产生|设立|提供|安排|统筹|撬动|带动|发放|投放|组建|成立|募集|引导|新增|吸引)(?:总规模|总额|规模|首期规模)?"
    "(?:达|达到|约|为|不低于|不少于|超过)?$"
)
_VOLUMES = ("总规模", "规模", "首期规模", "设立总规模", "总额", "总投资", "不少于")
_LINKED = re.compile("(?:达到?|为|至|到|超过|突破|有|稳定在|保持在|控制在|逾|共)$")
_OWNING = re.compile("(?:实现|拥有|具有|有)$")
_STATING = re.compile("[已在达是分属位居]")
_REACHING = frozenset(("达到", "突破", "提高", "提升", "扩大", "增加", "减少", "保持", "压减", "发展", "覆盖"))
_TO_PLACE = re.compile("^[至到与][^,;。]{1,20}?(?:等(?:城市|地区|地)|的)(?=.{2})")
_FACT = re.compile(
    "(?:已|均|都|基本|全部|将)*(?:实现|完成)?((?<=[现成])[^,;。:]{2,24}|(?:接入|开通|应用|使用|通[上达]?)[^,;。:]{1,24})"
)
_SO_FAR = re.compile("(?:已|均|都|基本|全部|将)+$")
_BEING_ABLE = re.compile("(?:具备|具有|拥有)(?:了)?$")
_ABILITY = re.compile("的?((?:接入|服务|供给|承载|处理|存储|供应|通行|生产)?能力)")
# What those do who were counted before: 选派专员100名进驻企业.
_GOING = re.compile("进驻|入驻|下沉|赴|深入|实施(?!方案|细则)|开展|参与")
_SPREAD = re.compile("全?(?:覆盖|通达|普及)")
_ACHIEVING = re.compile("(?:实现|完成)(?=.{2})")
_ALIKE = re.compile("均|都")
_REACH = 300
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
        self._scopes = Scopes(text, clauses, timeline.setting.own_place, grammar)
        self._last = _NONE
        self._last_sentence = -2
        self._last_unit = ""
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
        if name.label:
            self._last = name
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
        start = places.end if places else floor
        before = label_before(self.text, start, quantity.claim_start, self.grammar)
        if before and quantity.unit is not None and quantity.unit.dimension == "share":
            before = self._spread(before, start, quantity)
        if floor > clause and self._last.is_after and before == self._last.label:
            before = ""
        if able := self._able(before, quantity):
            return self._place(Name(able), places, floor, clause, sentence)
        after = self._after(index, before, start, sentence)
        name = Name(after, is_after=True) if after else self._complete(before, index, clause, sentence)
        return self._place(name, places, floor, clause, sentence)

    def _place(self, name: Name, places: Places | None, floor: int, clause: int, sentence: int) -> Name:
        """Give a name its scope: the place that its own words open with, else that of the number or clause before."""
        standing = self._scopes.standing(sentence, clause)
        if places:
            scope = self._scopes.name(places)
        elif self._scopes.is_whole(floor):
            scope = ""
        elif name.is_carried and sentence == self._last_sentence:
            scope = self._last.scope
        else:
            scope = standing or find_park(self.text, clause, self.clauses.sentence_start(sentence), name.label)
        label = _TO_PLACE.sub("", name.label) if places and name.is_carried else name.label
        if scope and label.startswith(scope) and len(label) > len(scope) + 1:
            label = label[len(scope) :]
        return name._replace(label=label, scope=scope)

    def _complete(self, label: str, index: int, clause: int, sentence: int) -> Name:
        """Put the subject carried over in front of a label that names no measure by itself."""
        if label and (part := self._part(label, index, clause, sentence)):
            return part
        its = _ITS.match(label)
        if label and not its and label not in self.grammar.words.generic_labels and not _SHARE_LABEL.match(label):
            return Name(label)
        if label and self.text.startswith("其中", clause):
            return Name(label)
        subject = self._subject(index, clause, sentence, label)
        if not subject:
            return Name(label)
        label = _ITS.sub("", label).removeprefix("的")
        if not label or label == subject:
            return Name(subject, is_carried=True)
        return Name(join_subject(subject, label), is_carried=True)

    def _part(self, label: str, index: int, clause: int, sentence: int) -> Name | None:
        """A label that only qualifies or divides what was measured before: 其中国家级2个, 渗透率…,农业10%,工业24%."""
        if _LEVEL_LABEL.match(label) and self._continues(index, sentence):
            return Name(label + _LEVEL_HEAD.sub("", self._last.label), is_carried=True)
        if _ACT.fullmatch(label) and self._continues(index, sentence) and is_countable(self.kept[index]):
            return Name(label + _ACT.sub("", self._last.label, count=1), is_carried=True)
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
        return self._last.label if sentence - self._last_sentence <= 1 else ""

    def _after(self, index: int, before: str, floor: int, sentence: int, reach: int = _LEVELS) -> str:
        quantity = self.kept[index]
        if not self._may_follow(quantity, before) or RISES_TO.match(self.text, quantity.claim_end):
            return ""
        if self.text.endswith("有", floor, quantity.claim_start) and _STATING.match(self.text, quantity.claim_end):
            return ""
        limit = self.kept[index + 1].claim_start if index + 1 < len(self.kept) else len(self.text)
        label = label_after(self.text, quantity.claim_end, limit, self.grammar)
        if not label:
            return ""
        if before and _GOING.match(label):
            return ""
        dimension = quantity.unit.dimension if quantity.unit else ""
        follows_de = self.text.startswith("的", quantity.claim_end)
        if dimension == "share":
            return self._with_fact(label, quantity.claim_end, limit)
        if before and dimension in ("physical", "compute", "storage") and not follows_de:
            return ""
        if self.text.endswith("覆盖", floor, quantity.claim_start) and len(label) <= 4:
            return self._covered(index, floor, sentence) + label
        if reach and _LEVEL_LABEL.match(label) and index + 1 < len(self.kept) and self.text[limit - 1 : limit] == "、":
            noun = self._after(index + 1, "", limit, sentence, reach - 1)
            return label + _LEVEL_HEAD.sub("", noun)
        return label

    def _able(self, before: str, quantity: Quantity) -> str:
        """`农村家庭具备100M以上接入能力`: who is able, and to do what."""
        if not before or _BEING_ABLE.search(self.text, max(0, quantity.claim_start - 4), quantity.claim_start) is None:
            return ""
        ability = _ABILITY.match(self.text, quantity.claim_end)
        return before + ability[1] if ability else ""

    def _spread(self, before: str, start: int, quantity: Quantity) -> str:
        """`宽带实现行政村100%覆盖`: what spreads, over what, and that it does."""
        if (spread := _SPREAD.match(self.text, quantity.claim_end)) is None:
            return before
        achieving = _ACHIEVING.search(self.text, start, quantity.claim_start)
        head = label_before(self.text, start, achieving.start(), self.grammar) if achieving else ""
        return (head if head not in before else "") + before + spread[0]

    def _with_fact(self, noun: str, start: int, limit: int) -> str:
        """`90%以上的行政村已实现光纤接入`: a share is of those of whom something holds."""
        noun = _SO_FAR.sub("", noun)
        place = self.text.find(noun, start, limit)
        fact = _FACT.match(self.text, place + len(noun), min(limit, self.clauses.end(start))) if place >= 0 else None
        return noun + fact[1] if fact else noun

    def _covered(self, index: int, floor: int, sentence: int) -> str:
        """`千兆光网具备覆盖3500万户家庭的能力`: what covers the households."""
        end = self.kept[index].claim_start - 2
        subject = label_before(self.text, floor, end, self.grammar) or self._subject(index, floor, sentence)
        return f"{subject}覆盖" if subject else ""

    def _may_follow(self, quantity: Quantity, before: str) -> bool:
        """Whether what is measured may stand after the number."""
        dimension = quantity.unit.dimension if quantity.unit else ""
        if dimension == "share":
            return not before
        if dimension in ("money", "foreign_money"):
            lead = self.text[max(0, quantity.claim_start - 16) : quantity.claim_start]
            return not before or before in _VOLUMES or _SETTING_UP.search(lead) is not None
        if is_countable(quantity) or dimension in ("compute", "storage", "physical"):
            return not self._is_linked(quantity, before)
        return False

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
        start = places.end if places else floor
        pairs = _RESPECTIVELY.search(self.text, floor, head.claim_start) is not None
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
            return [name._replace(scope=scope) for scope in places.names]
        if not pairs:
            alike = _ALIKE.search(self.text, max(clause, head.claim_start - 6), head.claim_start)
            items = [] if places or alike else split_items(phrase, count, exact=True)
            return [self._place(Name(item), None, clause, clause, sentence) for item in items]
        is_near = sentence - self._last_group_sentence <= 1 and len(self._last_group) == count
        if is_near and not phrase:
            return [name._replace(is_carried=True) for name in self._last_group]
        items = split_items(phrase or self._subject(first, clause, sentence), count)
        if items:
            named = [self._complete(item, first, clause, sentence) for item in items]
            return [self._place(name, places, clause, clause, sentence) for name in named]
        if is_near and self._last_group[0].scope:
            name = self._complete(phrase, first, clause, sentence)
            return [name._replace(scope=earlier.scope) for earlier in self._last_group]
        return []
