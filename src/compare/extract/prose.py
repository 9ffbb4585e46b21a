"""Running text to records: each number with the year, status, kind and label that its clause, sentence and section give."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from compare.extract.grammar import Grammar
from compare.extract.kinds import Governor, Reading, find_governors, read_kind, still_governs
from compare.extract.labels import (
    clause_end,
    clause_start,
    is_countable,
    label_after,
    label_before,
    split_items,
    subject_of,
)
from compare.extract.quantities import Quantity, find_quantities
from compare.extract.refusals import Surroundings, find_refusal
from compare.extract.times import Moment, find_moments, find_status_words
from compare.plans import Period

_SENTENCE = re.compile("[。!?！？]|;")
_FULL_STOP = re.compile("[。!?！？]")
_PAIR_GAP = re.compile(r"(?:、|和|与|及|以及|,|,和|、和)(?:年均|增长|达到|提高|超过|约)?")
_RESPECTIVELY = re.compile("分别|依次")
_FROM_LEAD = re.compile(r"(?:从|由|自)(?:[^,;。]{0,24})$")
_RISES_TO = re.compile(
    r"(?:左右|以上)?(?:,)?(?:稳步|逐步|进一步|大幅|快速|力争)?(?:提高|提升|增加|增长|上升|下降|降低|降|增|减|升|扩大|扩容|拓展|发展|跃升|缩短|压缩|减少|压减|调整|攀升|扩展|提)(?:到|至|为)"
)
_SHARE_LABEL = re.compile("^(?:占|比重|占比|其占|的比重)")
_ITS_OWN = re.compile("^(?:其中|其|年均|平均)")
_SCOPE = re.compile(r"([\u4e00-\u9fff]{2,6}?(?:新区|开发区|高新区|自贸区|示范区|自治州|自治县|市|县|区|园区|产业园|基地))(?!场|级|民|值|政|域|块|直)")
_NOT_SCOPE = re.compile(
    "^(?:全|各|我|本|该|城|入|进|园区|省|地市|市|县|区|设区|先行|中心城|主城|智慧|数字|国家|试验|先进|特色|创新|自治|一|二|三|每|以|新|重点|有|上|超|门|股|大中|成为|培育|支持|建成|建设|打造|高标准|农村|东部|中部|西部)|等|个|有条件|和|与|的"
)
_PLACE_LABEL = re.compile("(?:城市|市|县|新区|地区|工业园区|片区|科学城|软件园|自贸港|功能区|聚落)$")
_QUOTED_PLACE = re.compile("“([^”]{2,12}(?:谷|园|城|港|岛|湾|廊|区|镇|基地))”")
_PARK_LABEL = re.compile("^(?:园区|基地|集群|示范区|新区|开发区)")
_HUNDRED = 100
_RELATIVE = re.compile(
    r"(?:基本)?(?:达到|不低于|保持在?)[^,。;、:\d]{0,12}(?:平均水平|设区市水平|国家要求)(?:以上|左右)?"
    r"|(?:与|和|同)[^,。;、:\d]{1,12}(?:基本|保持)?(?:同步|持平)(?=[,。;]|$)"
)
_FORWARD = frozenset(("全年计划", "全年力争", "全年预计", "年底将", "今年预期", "预期增长", "力争", "下一步", "今后", "未来", "将达到", "将超过", "将突破", "年内", "底前", "按照计划", "按计划", "预期目标", "主要目标", "将新建", "将建成"))
_LEVEL_LABEL = re.compile("^.{0,6}[级型]$")
_SETTING_UP = re.compile("(?:设立|提供|安排|统筹|撬动|带动|发放|投放|组建|成立|募集|引导|新增|吸引)(?:总规模|总额|规模|首期规模)?(?:达|达到|约|为|不低于|不少于|超过)?$")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a paragraph inherits.

    Attributes:
        period: the plan's period.
        status: `actual` or `target` by the headings, else empty.
        year: year of the section's heading or opening sentence.
        own_place: text in which the plan's own region is named, so that it is not taken for a part of itself.
    """

    period: Period
    status: str
    year: int | None
    own_place: str


@dataclass(slots=True)
class Statement:
    """A record before its offsets are mapped back, all places in the stretch of text."""

    quantity: Quantity
    kind: str
    value: float | None
    high: float | None
    unit: str
    bound: str
    year: int | None
    base_year: int | None
    status: str
    label: str
    scope: str
    quote: tuple[int, int]
    doubts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _State:
    """What is carried along a paragraph."""

    moment: Moment | None = None
    before_from: Moment | None = None
    base: Moment | None = None
    mode: str = ""
    mode_sentence: int = -1
    subject: str = ""
    label: str = ""
    label_sentence: int = -1


def read_paragraph(text: str, setting: Setting, grammar: Grammar) -> Iterator[Statement | Quantity]:
    """Read one paragraph.

    Args:
        text: squeezed, folded, simplified text of the paragraph.
        setting: what its section and plan give.
        grammar: the compiled definitions.

    Yields:
        A statement per number that states a quantity, a refused quantity for every other, in order.
    """
    quantities = find_quantities(text, grammar)
    if not quantities:
        yield from read_worded(text, setting, grammar)
        return
    sentences = [0, *(match.end() for match in _SENTENCE.finditer(text)), len(text) + 1]
    for index, quantity in enumerate(quantities):
        if not quantity.refused:
            following = quantities[index + 1] if index + 1 < len(quantities) else None
            quantity.refused = find_refusal(quantity, _surroundings(text, quantity, following, sentences, grammar))
    if not all(quantity.refused for quantity in quantities):
        yield from _merge(quantities, _read_kept(text, quantities, sentences, setting, grammar))
    else:
        yield from quantities
    yield from read_worded(text, setting, grammar)


def read_worded(text: str, setting: Setting, grammar: Grammar) -> Iterator[Statement]:
    """Read the commitments of a paragraph that are relative to somebody else's level and have no number."""
    if "水平" not in text and "同步" not in text and "持平" not in text and "国家要求" not in text:
        return
    moments = find_moments(text, setting.period)
    for match in _RELATIVE.finditer(text):
        start = clause_start(text, match.start())
        clause = text[start : match.start()]
        label = label_before(text, start, match.start(), grammar)
        if not 2 <= len(label) <= 40 or "差距" in clause or setting.status == "actual" or re.search("已|仍", clause):
            continue
        before = [moment for moment in moments if moment.end <= match.start() and moment.role == "year"]
        if before and before[-1].status == "actual":
            continue
        year = before[-1].year if before else setting.year or setting.period.last_year
        first, last = match.span()
        words = Quantity(first, last, last, first, last, Decimal(0), None, None, "")
        end = clause_end(text, last)
        yield Statement(words, "level", None, None, "", "=", year, None, "target", label, "", (start, end), [])


def _surroundings(
    text: str, quantity: Quantity, following: Quantity | None, sentences: list[int], grammar: Grammar
) -> Surroundings:
    index = bisect.bisect_right(sentences, quantity.start) - 1
    sentence = sentences[index], min(sentences[index + 1], len(text))
    clause = clause_start(text, quantity.claim_start, sentence[0]), clause_end(text, quantity.stop)
    is_near = following is not None and not following.refused and following.start < clause[1]
    return Surroundings(text, clause, sentence, grammar, following.claim_start if is_near and following is not None else -1)


def _merge(quantities: list[Quantity], statements: list[Statement]) -> Iterator[Statement | Quantity]:
    by_start = {statement.quantity.start: statement for statement in statements}
    for quantity in quantities:
        yield by_start.get(quantity.start, quantity)


def _read_kept(
    text: str, quantities: list[Quantity], sentences: list[int], setting: Setting, grammar: Grammar
) -> list[Statement]:
    reader = _Reader(text, quantities, sentences, setting, grammar)
    return [reader.read(index) for index in range(len(reader.kept))]


class _Reader:
    """Reads the numbers of one paragraph from left to right."""

    def __init__(
        self, text: str, quantities: list[Quantity], sentences: list[int], setting: Setting, grammar: Grammar
    ) -> None:
        kept = [quantity for quantity in quantities if not quantity.refused]
        refused = [quantity for quantity in quantities if quantity.refused]
        self.text = text
        self.kept = kept
        self.sentences = sentences
        self.setting = setting
        self.grammar = grammar
        self.moments = find_moments(text, setting.period)
        self.words = find_status_words(text, grammar)
        self.governors = find_governors(text, grammar)
        self.state = _State()
        self.groups = self._find_groups()
        self.sizes = [q.claim_end for q in refused if q.refused == "threshold" and q.bound_word and not q.after_word]
        self.labels: dict[int, str] = {}
        self.claims: dict[int, int] = {}
        self.last: Statement | None = None
        self._next_moment = 0
        self._next_word = 0
        self._propagate_bounds()

    def _find_groups(self) -> dict[int, tuple[int, int]]:
        """Runs of numbers that follow one another with nothing but a comma or 和 between: index to (first, count)."""
        groups: dict[int, tuple[int, int]] = {}
        index = 0
        while index < len(self.kept):
            last = index
            while last + 1 < len(self.kept) and self._follows(self.kept[last], self.kept[last + 1]):
                last += 1
            if last > index:
                for member in range(index, last + 1):
                    groups[member] = (index, last - index + 1)
            index = last + 1
        return groups

    def _follows(self, first: Quantity, second: Quantity) -> bool:
        gap = self.text[first.claim_end : second.claim_start]
        return len(gap) <= 5 and _PAIR_GAP.fullmatch(gap) is not None

    def _propagate_bounds(self) -> None:
        for first, count in set(self.groups.values()):
            members = self.kept[first : first + count]
            last = members[-1]
            head = members[0]
            for member in members:
                if last.after_word and not member.after_word and not member.is_open:
                    member.bound = last.bound
                elif not last.after_word and head.bound_word and not member.bound_word and not member.after_word:
                    member.bound = head.bound

    def read(self, index: int) -> Statement:
        quantity = self.kept[index]
        sentence = bisect.bisect_right(self.sentences, quantity.start) - 1
        start = self.sentences[sentence]
        clause = clause_start(self.text, quantity.claim_start, start)
        self._advance(quantity.claim_start, sentence)
        governor = self._governor(quantity, start, index)
        reading = self._reading(index, quantity, clause, start, governor)
        label, carried = self._label(index, clause, start, sentence)
        is_from = self._is_from(index, clause)
        year, status, doubts = self._when(index, quantity, is_from, start, sentence, reading.kind)
        scope = self._scope(label, start, clause)
        if not scope and self.last is not None and self.state.label_sentence == sentence:
            if carried:
                scope = self.last.scope
            elif index not in self.claims and _PLACE_LABEL.search(label) and 2 <= len(label) <= 12 and quantity.unit and self.last.quantity.unit:
                if quantity.unit.canonical == self.last.quantity.unit.canonical and self.last.label != label:
                    scope, label = label, self.last.label
        if scope and label.startswith(scope) and len(label) > len(scope) + 1:
            label = label[len(scope) :]
        unit, value, high = self._measure(quantity, label, clause, self._clause_floor(index, clause), reading.value, reading.high)
        base = self.state.base
        statement = Statement(
            quantity=quantity,
            kind=reading.kind,
            value=float(value),
            high=None if high is None else float(high),
            unit=unit,
            bound=reading.bound,
            year=year,
            base_year=base.year if base and reading.kind in ("change", "growth") and base.start >= start else None,
            status=status,
            label=label,
            scope=scope,
            quote=self._quote(clause, quantity, start, sentence),
            doubts=doubts + (["carried"] if carried else []) + ([] if quantity.unit else ["unit"]),
        )
        self.state.label, self.state.label_sentence = label or self.state.label, sentence
        self.last = statement
        return statement

    def _reading(self, index: int, quantity: Quantity, clause: int, start: int, governor: Governor | None) -> Reading:
        """Kind of a number; in a run of numbers the words before the first hold for all."""
        floor = self._clause_floor(index, clause)
        first = self.groups.get(index, (index, 1))[0]
        if first == index or quantity.unit is None or self.kept[first].unit is None:
            return read_kind(self.text, quantity, floor, governor, self.grammar)
        head = self.kept[first]
        if quantity.canonical != head.canonical:
            return read_kind(self.text, quantity, floor, governor, self.grammar)
        clause = clause_start(self.text, head.claim_start, start)
        return read_kind(self.text, quantity, self._clause_floor(first, clause), governor, self.grammar, head.claim_start)

    # --- when it holds

    def _advance(self, position: int, sentence: int) -> None:
        """Take in the years and status words up to a place."""
        while self._next_moment < len(self.moments) and self.moments[self._next_moment].start < position:
            moment = self.moments[self._next_moment]
            self._next_moment += 1
            if moment.role == "base":
                self.state.base = moment
            else:
                if moment.role == "from":
                    previous = self.state.moment
                    self.state.before_from = previous if previous is None or previous.role != "from" else self.state.before_from
                self.state.moment = moment
                if moment.role != "from":
                    self.state.mode, self.state.mode_sentence = moment.status, sentence
        while self._next_word < len(self.words) and self.words[self._next_word][0] < position:
            place, status, word = self.words[self._next_word]
            self._next_word += 1
            after_moment = self.state.moment is None or place >= self.state.moment.start - 3
            if after_moment:
                moment = self.state.moment
                if status == "actual" and moment is not None and moment.status == "target" and word not in ("目前", "截至", "当前"):
                    continue
                reports = self.setting.status == "actual" or (moment is not None and moment.status == "actual")
                if status == "target" and reports and word not in _FORWARD:
                    continue
                self.state.mode, self.state.mode_sentence = status, bisect.bisect_right(self.sentences, place) - 1

    def _when(
        self, index: int, quantity: Quantity, is_from: bool, start: int, sentence: int, kind: str
    ) -> tuple[int | None, str, list[str]]:
        period = self.setting.period
        moment = self.state.moment
        doubts = []
        mode = self.state.mode
        if mode == "actual" and self.state.mode_sentence != sentence and (moment is None or moment.status != "actual"):
            mode = "" if self.setting.status != "actual" else mode
        status = mode or self.setting.status or "target"
        if moment is not None and moment.status == "target" and moment.start >= start:
            status = "target"
        if is_from:
            status = "actual"
        year: int | None
        if (paired := self._paired_year(index)) is not None:
            year = paired
            if period.now is not None and year != period.now:
                status = "actual" if year < period.now else "target"
        elif is_from:
            year = moment.year if moment and moment.role == "from" else (self.state.base.year if self.state.base else period.base_year)
        elif moment is not None and moment.role == "from":
            year, status = self._reached(status, mode)
        elif moment is not None and not (moment.status == "target" and status == "actual"):
            year = moment.year
            if moment.start < start:
                doubts.append("year")
            if year is None and status == "actual" and moment.is_explicit:
                year = self._report_year()
        elif status == "actual":
            year, doubts = self._report_year(), ["year"]
        else:
            year, doubts = self.setting.year or period.last_year, ["year"]
        return year, status, doubts

    def _reached(self, status: str, mode: str) -> tuple[int | None, str]:
        """Year and status of the end of a 从…提高到… that names no year of its own."""
        earlier = self.state.before_from
        if earlier is not None and earlier.year is not None:
            return earlier.year, earlier.status or ("target" if mode != "actual" else "actual")
        if (earlier is not None and earlier.status == "actual") or self.setting.status == "actual" or mode == "actual":
            return self._report_year(), "actual"
        return self.setting.year or self.setting.period.last_year, "target"

    def _report_year(self) -> int | None:
        period = self.setting.period
        if self.setting.year is not None and (period.now is None or self.setting.year <= period.now):
            return self.setting.year
        if period.base_year is not None:
            return period.base_year
        return period.now - 1 if period.now is not None else None

    def _paired_year(self, index: int) -> int | None:
        """`2023年、2025年分别达到A和B`: the years that pair with the numbers."""
        if index not in self.groups:
            return None
        first, count = self.groups[index]
        lead_end = self.kept[first].claim_start
        before = [moment for moment in self.moments if moment.end <= lead_end and moment.role == "year" and moment.is_explicit]
        run = before[-count:]
        if len(run) < count:
            return None
        for one, other in zip(run, run[1:], strict=False):
            if self.text[one.end : other.start].strip("“”到") not in ("、", "和", "与", ",", "及", "和到"):
                return None
        if re.search("[。;]", self.text[run[-1].end : lead_end]) and not _RESPECTIVELY.search(self.text[run[-1].end : lead_end]):
            return None
        return run[index - first].year

    def _is_from(self, index: int, clause: int) -> bool:
        quantity = self.kept[index]
        lead = self.text[clause : quantity.claim_start]
        return _FROM_LEAD.search(lead) is not None and _RISES_TO.match(self.text, quantity.claim_end) is not None

    # --- what kind it is

    def _governor(self, quantity: Quantity, start: int, index: int) -> Governor | None:
        found = None
        for governor in self.governors:
            if governor.start >= quantity.claim_start:
                break
            if governor.start >= start:
                if found is not None and found.kind == "annual" and governor.kind != "level":
                    continue
                found = governor
        if found is None or found.kind in ("level", "rise"):
            return None
        previous = self.kept[index - 1].claim_end if index else 0
        return found if still_governs(self.text, found, quantity, previous, self.grammar) else None

    # --- what is measured

    def _clause_floor(self, index: int, clause: int) -> int:
        """Start of the number's own part of its clause, after an earlier number in it."""
        previous = self.claims.get(index - 1)
        if previous is None and index:
            previous = self.kept[index - 1].claim_end
        return max(clause, previous or 0) if index else clause

    def _label(self, index: int, clause: int, start: int, sentence: int) -> tuple[str, bool]:
        if index in self.groups:
            first, count = self.groups[index]
            return self._group_label(index, first, count, clause, start, sentence), False
        quantity = self.kept[index]
        floor = self._clause_floor(index, clause)
        if self.sizes and is_countable(quantity):
            floor = max((size for size in self.sizes if floor < size <= quantity.claim_start - 2), default=floor)
        before = label_before(self.text, floor, quantity.claim_start, self.grammar)
        after = self._after(index, before, floor)
        if after:
            return after, False
        return self._complete(before, index, clause, start, sentence)

    def _complete(self, label: str, index: int, clause: int, start: int, sentence: int) -> tuple[str, bool]:
        """Put the subject carried over in front of a label that names no measure by itself."""
        if label and label not in self.grammar.words.generic_labels and not _SHARE_LABEL.match(label):
            return label, False
        own_clause = self.text[clause : self.kept[index].claim_start]
        if label and _ITS_OWN.match(own_clause) and own_clause.startswith("其中"):
            return label, False
        subject = self._subject(index, clause, start, sentence)
        if not subject:
            return label, False
        if not label:
            return subject, True
        trimmed = re.sub("(?:占.*|年均增速|增速|增长率|比重|占比)$", "", subject) or subject
        return (subject if label == subject else f"{trimmed}{label}"), True

    def _subject(self, index: int, clause: int, start: int, sentence: int) -> str:
        previous = self.kept[index - 1] if index else None
        position = clause
        for _ in range(3):
            if position <= start:
                break
            earlier = clause_start(self.text, position - 1, start)
            if previous is not None and previous.claim_end > earlier:
                break
            subject = subject_of(self.text, earlier, position - 1, self.grammar)
            if len(subject) >= 2:
                return subject
            position = earlier
        if self.state.label_sentence >= 0 and sentence - self.state.label_sentence <= 1:
            return self.state.label
        return ""

    def _after(self, index: int, before: str, floor: int) -> str:
        quantity = self.kept[index]
        if _RISES_TO.match(self.text, quantity.claim_end):
            return ""
        limit = self.kept[index + 1].claim_start if index + 1 < len(self.kept) else len(self.text)
        unit = quantity.unit
        follows_de = self.text.startswith("的", quantity.claim_end)
        if unit is not None and unit.dimension in ("share", "multiple", "points"):
            wanted = not before and unit.dimension == "share"
        elif unit is not None and unit.dimension in ("money", "foreign_money"):
            lead = self.text[max(0, quantity.start - 16) : quantity.start]
            wanted = not before or _SETTING_UP.search(lead) is not None or before in ("总规模", "规模", "设立总规模", "总额", "总投资", "不少于")
        elif is_countable(quantity) or (unit is not None and unit.dimension in ("compute", "storage", "physical")):
            wanted = not self._is_linked(quantity, before)
        else:
            wanted = False
        if not wanted:
            return ""
        label = label_after(self.text, quantity.claim_end, limit, self.grammar)
        if not label:
            return ""
        if self.text.endswith("覆盖", floor, quantity.claim_start) and len(label) <= 4:
            covered = label_before(self.text, floor, quantity.claim_start - 2, self.grammar)
            if not covered:
                sentence = bisect.bisect_right(self.sentences, quantity.start) - 1
                covered = self._subject(index, floor, self.sentences[sentence], sentence)
            label = f"{covered}覆盖{label}" if covered else label
        if before and unit is not None and unit.dimension in ("physical", "compute", "storage") and not follows_de:
            return ""
        if _LEVEL_LABEL.match(label) and index + 1 < len(self.kept) and self.text[limit - 1 : limit] == "、":
            noun = self._after(index + 1, "", limit)
            label = label + re.sub("^.{0,6}?[级型](?=.{2})", "", noun) if noun else label
        self.claims[index] = quantity.claim_end
        return label

    def _is_linked(self, quantity: Quantity, before: str) -> bool:
        """Whether a verb of reaching links the number to a subject before it."""
        if not before or before in self.grammar.words.generic_labels:
            return False
        lead = self.text[max(0, quantity.claim_start - 3) : quantity.claim_start] + quantity.bound_word
        return re.search(r"(?:达到?|为|至|到|超过|突破|有|稳定在|保持在|控制在|逾|共)$", lead) is not None and not re.search(
            r"(?:实现|拥有|具有|共有)$", lead
        )

    def _group_label(self, index: int, first: int, count: int, clause: int, start: int, sentence: int) -> str:
        if (cached := self.labels.get(index)) is not None:
            return cached
        head = self.kept[first]
        head_clause = clause_start(self.text, head.claim_start, start)
        floor = self._clause_floor(first, head_clause)
        phrase = label_before(self.text, floor, head.claim_start, self.grammar)
        lead = self.text[floor : head.claim_start]
        labels: list[str] = []
        if _RESPECTIVELY.search(lead):
            phrase = _RESPECTIVELY.sub("", phrase)
            if self._paired_year(first) is None:
                labels = split_items(phrase, count)
        if not labels:
            last = self.kept[first + count - 1]
            limit = self.kept[first + count].claim_start if first + count < len(self.kept) else len(self.text)
            after = "" if phrase or not is_countable(head) else label_after(self.text, last.claim_end, limit, self.grammar)
            completed, _ = self._complete(phrase, first, head_clause, start, sentence) if not after else (after, False)
            labels = [completed] * count
        else:
            labels = [self._complete(label, first, head_clause, start, sentence)[0] for label in labels]
        for member in range(count):
            self.labels[first + member] = labels[member]
        return self.labels[index]

    # --- unit, place, quote

    def _measure(self, quantity: Quantity, label: str, clause: int, floor: int, value, high):  # type: ignore[no-untyped-def]
        """Settle what the label decides of the unit: ratios to population, money per head, bandwidth, money without 元."""
        unit, canonical = quantity.unit, quantity.canonical
        lead = self.text[clause : quantity.claim_start] + label
        if unit is None:
            if quantity.has_magnitude and self.grammar.money.search(label) and not re.search("用户|人口|人次|企业数|个数|件|数量|从业|项目|平台|基站", label):
                return "亿元", value / 10**8, None if high is None else high / 10**8
            return "", value, high
        if unit.dimension == "foreign_money" and "人均" in lead:
            return canonical.removeprefix("亿"), value * 10**8, None if high is None else high * 10**8
        if unit.dimension == "money" and "/" not in canonical and self.grammar.per_person.search(lead) and not re.search("人均(?:水平|素质)", lead):
            if re.search("每人?每?月", lead):
                return "元/月", value * 10**8, None if high is None else high * 10**8
            if re.search(r"人均|户均|亩均|月均|每(?:人|户|亩|吨|月|件|平方米|千瓦时)", lead):
                return "元", value * 10**8, None if high is None else high * 10**8
        own = self.text[floor : quantity.claim_start] + label
        if unit.dimension == "count" and "/" not in canonical and (match := self.grammar.per_population.search(own)):
            return f"{canonical}/{self.grammar.words.population_nouns[match[0]]}", value, high
        if canonical in ("Mbps", "Gbps"):
            return self._bandwidth(canonical, lead, value, high)
        return canonical, value, high

    def _bandwidth(self, canonical: str, lead: str, value, high):  # type: ignore[no-untyped-def]
        wanted = "Gbps" if self.grammar.exits.search(lead) else "Mbps"
        if canonical == wanted or (canonical == "Gbps" and not re.search("接入|用户|家庭|速率|下载|宽带|每户", lead)):
            return canonical, value, high
        factor = 1000 if wanted == "Mbps" else 1
        if wanted == "Mbps":
            return wanted, value * factor, None if high is None else high * factor
        return wanted, value / 1000, None if high is None else high / 1000

    def _scope(self, label: str, start: int, clause: int) -> str:
        lead = self.text[clause : clause + 16]
        if (match := _SCOPE.match(re.sub("^(?:支持|推动|引导|鼓励|其中|到20..年,?|力争)", "", lead))) and not _NOT_SCOPE.search(match[1]):
            name = match[1]
            return "" if name[:2] in self.setting.own_place else name
        if _PARK_LABEL.match(label):
            quoted = _QUOTED_PLACE.findall(self.text[max(0, start - 300) : clause + 60])
            return quoted[-1] if quoted else ""
        return ""

    def _quote(self, clause: int, quantity: Quantity, start: int, sentence: int) -> tuple[int, int]:
        end = min(self.sentences[sentence + 1], len(self.text))
        if end - start <= _HUNDRED + 20:
            first, last = start, end
        else:
            first, last = clause, clause_end(self.text, quantity.claim_end)
            if last - first < 16 and first > start:
                first = clause_start(self.text, first - 1, start)
        while first < last and self.text[first] in ",、;:。 ":
            first += 1
        while last > first and self.text[last - 1] in ",;、 ":
            last -= 1
        return first, last
