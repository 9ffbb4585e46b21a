"""Running text to records: each number with the year, status, kind and label that its surroundings give."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from compare.extract.clauses import Clauses
from compare.extract.grammar import Grammar
from compare.extract.kinds import Governor, Reading, find_governors, read_kind, still_governs
from compare.extract.labels import label_before
from compare.extract.measures import Measure, settle_measure
from compare.extract.naming import RISES_TO, Namer
from compare.extract.quantities import Quantity, find_quantities
from compare.extract.refusals import Surroundings, find_refusal
from compare.extract.timeline import Setting, Timeline

_PAIR_GAP = re.compile(r"(?:、|和|与|及|以及|,|、和)(?:力争|争取)?(?:实现|达到)?")
_FROM_LEAD = re.compile(r"(?:从|由|自)(?:[^,;。]{0,24})$")
_RELATIVE = re.compile(
    r"(?:基本)?(?:达到|不低于|保持在?)[^,。;、:\d]{0,12}(?:平均水平|设区市水平|国家要求)(?:以上|左右)?"
    r"|(?:与|和|同)[^,。;、:\d]{1,12}(?:基本|保持)?(?:同步|持平)(?=[,。;]|$)"
)
_CLAUSE_SIGN = re.compile("[,;:]")
_RELATIVE_SIGNS = ("均水平", "市水平", "同步", "持平", "国家要求")  # one of these is in each of them
_LOWER_IS_BETTER = re.compile("PUE|WUE|CUE|电能利用效率|时延|延迟|耗时|能耗")
_SHORT_SENTENCE = 120
_SHORT_CLAUSE = 16
_REACHED = re.compile("[达实争]")
_RESULT = re.compile("[,;](?:达到了?|达|升至|增至|增加到|提高到|降至|减至)$")
_RESULT_REACH = 5
_REACHING = ("达到", "达", "为", "实现", "完成", "至", "到")
_SINCE_NOW = re.compile("[由从自](?:目前|现时|现在|当前|现有)的?(?:约|近)?$")
_NOW_REACH = 6
_CLASS_GAPS = ("、", "和", "及", "或")
_GROUNDS = ("基础上", "的基础上", "基数上")
_MOST = ("最高", "最低", "最多")
_IS_NOUN = re.compile("[\u4e00-\u9fff]{2}")  # 超200个,11个垂类模型: what is counted behind it is its own
_SUMS = ("累计", "累积")
_SUMMED_NOUN = 12
_NUMBER_OR_SIGN = re.compile(r"\d(?!G)|[,;:。、一二三四五六七八九十]")
_IDLE_SIGNS = ",、;:。 "


@dataclass(slots=True)
class Statement:
    """A record before its offsets are mapped back; all places are those of the stretch of text.

    Attributes:
        quantity: the number and where it stands.
        quote: where the clause that carries it stands.
        doubts: what had to be inferred: `year`, `carried` (the label's subject), `unit`.
        The others: as in `Target`.
    """

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


def read_paragraph(text: str, setting: Setting, grammar: Grammar) -> Iterator[Statement | Quantity]:
    """Read one paragraph.

    Args:
        text: squeezed, folded, simplified text of the paragraph.
        setting: what its section and plan give.
        grammar: the compiled definitions.

    Yields:
        A statement per number that states a quantity and per commitment in words, a refused quantity for every other
        number.
    """
    quantities = find_quantities(text, grammar)
    if all(quantity.refused for quantity in quantities):
        yield from quantities
    else:
        clauses = Clauses(text)
        for index, quantity in enumerate(quantities):
            if not quantity.refused:
                following = quantities[index + 1] if index + 1 < len(quantities) else None
                around = _surroundings(text, quantity, following, clauses, grammar)
                quantity.refused = find_refusal(quantity, around) or ("norm" if setting.sets_terms else "")
                earlier = quantities[index - 1]
                if index and earlier.refused == "gap" and _follows(text, earlier, quantity):
                    quantity.refused = "gap"  # 分别高于全国和全省4.7个、2.1个百分点
                elif quantity.refused == "threshold" and index and not earlier.refused:
                    _refuse_classes(text, quantities, index)
        reader = _Reader(text, quantities, clauses, setting, grammar)
        for quantity in quantities:
            yield quantity if quantity.refused else reader.read_next()
    if any(map(text.__contains__, _RELATIVE_SIGNS)):
        yield from _read_worded(text, setting, grammar)


def _refuse_classes(text: str, quantities: list[Quantity], last: int) -> None:
    """Refuse the classes that a list names before its last (产值1亿—5亿元、5亿—10亿元、10亿元以上的企业…)."""
    for index in range(last - 1, -1, -1):
        quantity, following = quantities[index], quantities[index + 1]
        is_class = quantity.canonical == following.canonical and not quantity.refused
        if not is_class or text[quantity.claim_end : following.claim_start] not in _CLASS_GAPS:
            return
        if quantity.bound_word == "突破" or text.endswith(_REACHING, 0, quantity.claim_start):
            return
        quantity.refused = "threshold"


def _surroundings(
    text: str, quantity: Quantity, following: Quantity | None, clauses: Clauses, grammar: Grammar
) -> Surroundings:
    number = clauses.sentence_number(quantity.start)
    sentence = clauses.sentence_start(number), clauses.sentence_end(number)
    clause = clauses.start(quantity.claim_start, sentence[0]), clauses.end(quantity.stop)
    is_near = following is not None and not following.refused and following.start < clause[1]
    return Surroundings(text, clause, sentence, grammar, following.claim_start if following and is_near else -1)


class _Reader:
    """Reads the numbers of one paragraph from left to right."""

    def __init__(
        self, text: str, quantities: list[Quantity], clauses: Clauses, setting: Setting, grammar: Grammar
    ) -> None:
        self.text = text
        self.clauses = clauses
        self.setting = setting
        self.grammar = grammar
        self.kept = [quantity for quantity in quantities if not quantity.refused]
        self.groups = find_groups(text, self.kept)
        self.timeline = Timeline(text, clauses, setting, grammar)
        self.namer = Namer(text, clauses, self.kept, self.groups, self.timeline, grammar)
        self._governors = find_governors(text, grammar) if self.kept else []
        self._governor_places = [governor.start for governor in self._governors]
        self._index = -1

    def read_next(self) -> Statement:
        """Read the next number."""
        self._index += 1
        index, quantity = self._index, self.kept[self._index]
        sentence = self.clauses.sentence_number(quantity.start)
        start = self.clauses.sentence_start(sentence)
        clause = self.clauses.start(quantity.claim_start, start)
        self.timeline.advance(quantity.claim_start)
        reading = self._read_kind(index, clause, start)
        when = self.timeline.when(
            sentence,
            quantity.claim_start,
            is_from=self._is_from(index, clause),
            is_ground=self._is_ground(quantity),
            is_loose=quantity.bound in ("~", ">=") or (quantity.unit is not None and quantity.unit.surface == "番"),
            paired=self._paired_year(index),
        )
        name = self.namer.name(index, sentence)
        label = name.label
        own = self.text[self.namer.floor(index, clause) : quantity.claim_start]
        printed = Measure(quantity.canonical, reading.value, reading.high)
        measure = settle_measure(quantity, printed, label, self.text[clause : quantity.claim_start], own, self.grammar)
        is_change = reading.kind in ("change", "growth")
        doubts = [("year", when.is_inherited), ("carried", name.is_carried), ("unit", quantity.unit is None)]
        return Statement(
            quantity=quantity,
            kind=reading.kind,
            value=float(measure.value),
            high=None if measure.high is None else float(measure.high),
            unit=measure.unit,
            bound=_settle_bound(quantity.bound_word, reading.bound, label, when.status),
            year=when.year,
            base_year=self.timeline.base_year(start, when.year) if is_change else None,
            status=when.status,
            label=label,
            scope=name.scope,
            quote=self._quote(clause, quantity, sentence),
            doubts=[doubt for doubt, holds in doubts if holds],
        )

    def _read_kind(self, index: int, clause: int, start: int) -> Reading:
        """Kind of a number; in a run of numbers of one unit the words before the first hold for all."""
        quantity = self.kept[index]
        first = self.groups.get(index, (index, 1))[0]
        head = self.kept[first]
        is_member = first != index and not _REACHED.search(
            self.text, self.kept[index - 1].claim_end, quantity.claim_start
        )
        governor = self._governor(first if is_member and quantity.canonical == head.canonical else index, start)
        if first == index or quantity.unit is None or quantity.canonical != head.canonical or self._is_result(quantity):
            return read_kind(self.text, quantity, self.namer.floor(index, clause), governor, self.grammar)
        floor = self.namer.floor(first, self.clauses.start(head.claim_start, start))
        return read_kind(self.text, quantity, floor, governor, self.grammar, head.claim_start)

    def _is_result(self, quantity: Quantity) -> bool:
        """Whether a clause that only says what is reached gives a number: 增加500人,达到3500人."""
        return _RESULT.search(self.text, max(0, quantity.start - _RESULT_REACH), quantity.start) is not None

    def _governor(self, index: int, start: int) -> Governor | None:
        quantity = self.kept[index]
        first = bisect.bisect_left(self._governor_places, max(start, quantity.claim_start - 300))
        last = bisect.bisect_left(self._governor_places, quantity.claim_start)
        found: Governor | None = None
        for governor in self._governors[first:last]:
            if found is not None and found.kind == "change" and self._sums_new(found, governor):
                continue
            if found is None or found.kind != "annual" or governor.kind == "annual":
                found = governor
            elif governor.kind == "level" and _CLAUSE_SIGN.search(self.text, found.end, governor.start):
                found = governor  # 每年…合计 sums up each year
        if found is None or found.kind in ("level", "rise"):
            return None
        return found if still_governs(self.text, found, quantity, self.grammar) else None

    def _sums_new(self, new: Governor, total: Governor) -> bool:
        """Whether a word of sums adds up what is new, without a number between: 新增就业累计."""
        between = self.text[new.end : total.start]
        return total.word in _SUMS and 0 < len(between) <= _SUMMED_NOUN and not _NUMBER_OR_SIGN.search(between)

    def _is_from(self, index: int, clause: int) -> bool:
        quantity = self.kept[index]
        lead = self.text[clause : quantity.claim_start]
        return _FROM_LEAD.search(lead) is not None and RISES_TO.match(self.text, quantity.claim_end) is not None

    def _is_ground(self, quantity: Quantity) -> bool:
        """Whether a number is the present level that a goal goes on from: 在现有5万家基础上, 由目前的18%提高到."""
        if self.text.startswith(_GROUNDS, quantity.claim_end):
            return True
        place = quantity.claim_start
        return _SINCE_NOW.search(self.text, max(0, place - _NOW_REACH), place) is not None

    def _paired_year(self, index: int) -> int | None:
        if index not in self.groups:
            return None
        first, count = self.groups[index]
        years = self.timeline.paired_years(self.kept[first].claim_start, count)
        return years[index - first] if years else None

    def _quote(self, clause: int, quantity: Quantity, sentence: int) -> tuple[int, int]:
        """The sentence where it is short, else the clause, with the one before it where that is very short."""
        start, end = self.clauses.sentence_start(sentence), self.clauses.sentence_end(sentence)
        first, last = start, end
        if end - start > _SHORT_SENTENCE:
            first, last = clause, self.clauses.end(quantity.claim_end)
            if last - first < _SHORT_CLAUSE and first > start:
                first = self.clauses.start(first - 1, start)
        return _trim(self.text, first, last)


def _settle_bound(word: str, bound: str, label: str, status: str) -> str:
    """The bound as the measure and the status have it: 最高 is a limit of what may be, but a value of what was."""
    if word == "优于" and _LOWER_IS_BETTER.search(label):
        return "<"
    return "=" if status == "actual" and word in _MOST else bound


def _trim(text: str, first: int, last: int) -> tuple[int, int]:
    while first < last and text[first] in _IDLE_SIGNS:
        first += 1
    while last > first and text[last - 1] in ",;、 ":
        last -= 1
    return first, last


def find_groups(text: str, kept: list[Quantity]) -> dict[int, tuple[int, int]]:
    """Runs of numbers with nothing but a comma or 和 between, and one bound for each run.

    Returns:
        For the index of every member the index of the first and the count. The bound after the last holds for all,
        else the one before the first.
    """
    groups: dict[int, tuple[int, int]] = {}
    index = 0
    while index < len(kept):
        last = index
        while last + 1 < len(kept) and _follows(text, kept[last], kept[last + 1]):
            last += 1
        if last > index:
            groups.update(dict.fromkeys(range(index, last + 1), (index, last - index + 1)))
            _share_bound(kept[index : last + 1])
        index = last + 1
    return groups


def _follows(text: str, first: Quantity, second: Quantity) -> bool:
    gap = text[first.claim_end : second.claim_start]
    if gap.startswith(",") and (first.canonical != second.canonical or _IS_NOUN.match(text, second.claim_end)):
        return False
    return len(gap) <= 5 and _PAIR_GAP.fullmatch(gap) is not None


def _share_bound(members: list[Quantity]) -> None:
    head, last = members[0], members[-1]
    for member in members:
        if member.canonical not in (head.canonical, last.canonical) or head.canonical != last.canonical:
            continue
        if last.after_word and not member.after_word and not member.is_open:
            member.bound = last.bound
        elif not last.after_word and head.bound_word and not member.bound_word and not member.after_word:
            member.bound = head.bound


def _read_worded(text: str, setting: Setting, grammar: Grammar) -> Iterator[Statement]:
    """Read the commitments of a paragraph that are relative to somebody else's level and have no number."""
    found = list(_RELATIVE.finditer(text)) if setting.status != "actual" else []
    if not found:
        return
    clauses = Clauses(text)
    timeline = Timeline(text, clauses, setting, grammar)
    for match in found:
        start = clauses.start(match.start())
        label = label_before(text, start, match.start(), grammar)
        if not 2 <= len(label) <= 40 or re.search("差距|已|仍", text[start : match.start()]):
            continue
        timeline.advance(match.start())
        when = timeline.when(clauses.sentence_number(match.start()), match.start())
        if when.status == "actual":
            continue
        first, last = match.span()
        words = Quantity(first, last, last, first, last, Decimal(0), None, None, "")
        quote = _trim(text, start, clauses.end(last))
        yield Statement(words, "level", None, None, "", "=", when.year, None, "target", label, "", quote)
