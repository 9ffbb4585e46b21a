"""The label of each number of a paragraph: before it, after it, shared by a run of numbers, or carried over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from compare.extract.clauses import Clauses
from compare.extract.grammar import Grammar
from compare.extract.labels import is_countable, label_after, label_before, split_items, subject_of
from compare.extract.quantities import Quantity
from compare.extract.timeline import Timeline

RISES_TO = re.compile(
    r"(?:左右|以上)?,?(?:稳步|逐步|进一步|大幅|快速|力争)?"
    r"(?:提高|提升|增加|增长|上升|下降|降低|降|增|减|升|扩大|扩容|拓展|发展|跃升|缩短|压缩|减少|压减|调整|攀升|扩展|提)(?:到|至|为)"
)
_RESPECTIVELY = re.compile("分别|依次")
_SHARE_LABEL = re.compile("^(?:占|比重|占比|其占|的比重)")
_SHARE_TAIL = re.compile("(?:占.*|年均增速|增速|增长率|比重|占比)$")
_LEVEL_LABEL = re.compile("^.{0,6}[级型]$")
_LEVEL_HEAD = re.compile("^.{0,6}?[级型](?=.{2})")
_SETTING_UP = re.compile(
    "(?:设立|提供|安排|统筹|撬动|带动|发放|投放|组建|成立|募集|引导|新增|吸引)(?:总规模|总额|规模|首期规模)?"
    "(?:达|达到|约|为|不低于|不少于|超过)?$"
)
_VOLUMES = ("总规模", "规模", "设立总规模", "总额", "总投资", "不少于")
_LINKED = re.compile("(?:达到?|为|至|到|超过|突破|有|稳定在|保持在|控制在|逾|共)$")
_OWNING = re.compile("(?:实现|拥有|具有|共有)$")
_SUBJECT_CLAUSES = 3


@dataclass(frozen=True, slots=True)
class Name:
    """A number's label; `is_carried` where its subject comes from an earlier clause, `is_after` where it follows."""

    label: str
    is_carried: bool = False
    is_after: bool = False


class Namer:
    """Names the numbers of one paragraph from left to right."""

    def __init__(
        self,
        text: str,
        clauses: Clauses,
        kept: list[Quantity],
        groups: Mapping[int, tuple[int, int]],
        sizes: list[int],
        timeline: Timeline,
        grammar: Grammar,
    ) -> None:
        self.text = text
        self.clauses = clauses
        self.kept = kept
        self.groups = groups
        self.sizes = sizes
        self.timeline = timeline
        self.grammar = grammar
        self._group_names: dict[int, Name] = {}
        self._last_label = ""
        self._last_sentence = -2

    def name(self, index: int, sentence: int) -> Name:
        """Label of the number at `index`; call it once for each, in order."""
        name = self._group_name(index, sentence) if index in self.groups else self._own_name(index, sentence)
        self._last_label, self._last_sentence = name.label or self._last_label, sentence
        return name

    def floor(self, index: int, clause: int) -> int:
        """Start of the number's own part of its clause, after an earlier number in it."""
        return max(clause, self.kept[index - 1].claim_end) if index else clause

    def _clause(self, index: int, sentence: int) -> int:
        return self.clauses.start(self.kept[index].claim_start, self.clauses.sentence_start(sentence))

    def _own_name(self, index: int, sentence: int) -> Name:
        quantity = self.kept[index]
        clause = self._clause(index, sentence)
        floor = self.floor(index, clause)
        if self.sizes and is_countable(quantity):
            floor = max((size for size in self.sizes if floor < size <= quantity.claim_start - 2), default=floor)
        before = label_before(self.text, floor, quantity.claim_start, self.grammar)
        after = self._after(index, before, floor, sentence)
        return Name(after, is_after=True) if after else self._complete(before, index, clause, sentence)

    def _complete(self, label: str, index: int, clause: int, sentence: int) -> Name:
        """Put the subject carried over in front of a label that names no measure by itself."""
        if label and label not in self.grammar.words.generic_labels and not _SHARE_LABEL.match(label):
            return Name(label)
        if label and self.text.startswith("其中", clause):
            return Name(label)
        subject = self._subject(index, clause, sentence)
        if not subject:
            return Name(label)
        if not label or label == subject:
            return Name(subject, is_carried=True)
        return Name((_SHARE_TAIL.sub("", subject) or subject) + label, is_carried=True)

    def _subject(self, index: int, clause: int, sentence: int) -> str:
        start = self.clauses.sentence_start(sentence)
        previous_end = self.kept[index - 1].claim_end if index else -1
        position = clause
        for _ in range(_SUBJECT_CLAUSES):
            if position <= start:
                break
            earlier = self.clauses.start(position - 1, start)
            if previous_end > earlier:
                break
            subject = subject_of(self.text, earlier, position - 1, self.grammar)
            if len(subject) >= 2:
                return subject
            position = earlier
        return self._last_label if sentence - self._last_sentence <= 1 else ""

    def _after(self, index: int, before: str, floor: int, sentence: int) -> str:
        quantity = self.kept[index]
        if not self._may_follow(quantity, before) or RISES_TO.match(self.text, quantity.claim_end):
            return ""
        limit = self.kept[index + 1].claim_start if index + 1 < len(self.kept) else len(self.text)
        label = label_after(self.text, quantity.claim_end, limit, self.grammar)
        if not label:
            return ""
        dimension = quantity.unit.dimension if quantity.unit else ""
        follows_de = self.text.startswith("的", quantity.claim_end)
        if before and dimension in ("physical", "compute", "storage") and not follows_de:
            return ""
        if self.text.endswith("覆盖", floor, quantity.claim_start) and len(label) <= 4:
            return self._covered(index, floor, sentence) + label
        if _LEVEL_LABEL.match(label) and index + 1 < len(self.kept) and self.text[limit - 1 : limit] == "、":
            noun = self._after(index + 1, "", limit, sentence)
            return label + _LEVEL_HEAD.sub("", noun)
        return label

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
            lead = self.text[max(0, quantity.start - 16) : quantity.start]
            return not before or before in _VOLUMES or _SETTING_UP.search(lead) is not None
        if is_countable(quantity) or dimension in ("compute", "storage", "physical"):
            return not self._is_linked(quantity, before)
        return False

    def _is_linked(self, quantity: Quantity, before: str) -> bool:
        """Whether a verb of reaching links the number to a subject before it."""
        if not before or before in self.grammar.words.generic_labels:
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
        head, last = self.kept[first], self.kept[first + count - 1]
        clause = self._clause(first, sentence)
        floor = self.floor(first, clause)
        phrase = label_before(self.text, floor, head.claim_start, self.grammar)
        if _RESPECTIVELY.search(self.text, floor, head.claim_start):
            phrase = _RESPECTIVELY.sub("", phrase)
            if not self.timeline.paired_years(head.claim_start, count):
                items = split_items(phrase or self._subject(first, clause, sentence), count)
                if items:
                    return [self._complete(item, first, clause, sentence) for item in items]
        if not phrase and is_countable(head):
            limit = self.kept[first + count].claim_start if first + count < len(self.kept) else len(self.text)
            if after := label_after(self.text, last.claim_end, limit, self.grammar):
                return [Name(after, is_after=True)] * count
        return [self._complete(phrase, first, clause, sentence)] * count
