"""Year and status of each number of a paragraph, from the years and status words before it."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import NamedTuple

from compare.extract.clauses import Clauses
from compare.extract.grammar import Grammar
from compare.extract.times import Moment, find_moments, find_status_words
from compare.plans import Period

_RESPECTIVELY = re.compile("分别|依次")
_FULL_STOP = re.compile("[。;]")
_NOW = ("目前", "截至", "当前", "现时", "现在")
# What is said of now holds up to the full stop, and so do problems.
_LASTING = frozenset((*_NOW, "如今", "眼下", "存在的主要问题", "仍存在"))
# Said in the press, of the year of the text; in a plan, of what was reached when it was made.
_YEAR_END = re.compile(
    "截(?:至|止到?|止至)(20[0-9]{2})年(?:底|末|12月)(?![^。;]{0,24}(?:力争|争取|计划|预计|[将拟要]))"
)
_TODAY = frozenset(("目前", "当前", "现时", "如今", "眼下", "现在"))
# What the press has only just seen, wherever in the sentence it says so.
_JUST = ("刚刚", "最新数据", "最新统计")
_JUST_LEAD, _JUST_REACH = 60, 40
# What the press says last of a thing, and of its size before: 二期60P已开工,预计今年9月完工.
_AWAITED = re.compile(
    r"[^。;]*?,(?:预计(?:(?P<next>[今明])年|(?P<year>20\d\d)年)?(?:\d{1,2}月份?|[上下]半年|年?[底末内])?前?将?(?:全部|全面|正式)?"
    r"(?:完工|竣工|投用|投产|建成|交付|投入)|即将(?:动工|开工|开建|投用|投产|建成|完工))[^,。;\d]*(?:[,。;]|$)"
)
_AWAITED_REACH = 60
_MET = ("完成", "完成了", "实现", "达到", "占")
_FROM_NOW = ("由", "从", "自")
_OPENS_COMPARED = re.compile("(?:^|[。;])[^,。;]{0,6}(?:与|同|和|比|较|相比于|相较于?)$")
_COMPARED_REACH = 300
_LASTING_REACH = 300
_LIST_SIGNS = ("、", "和", "与", ",", "及")


class Setting(NamedTuple):
    """What a paragraph inherits.

    Attributes:
        period: the plan's period.
        status: `actual` or `target` by the headings, else empty.
        year: year of the section's heading or opening sentence.
        own_place: text in which the plan's own region is named, so that it is not taken for a part of itself.
        is_goal: the headings name goals, and no measures.
        ahead: stretches of the paragraph of which the status does not hold, as they look ahead.
        is_news: the text is one of the press, which speaks of the day it is written.
        sets_terms: the section says on what terms one may apply.
        press_year: the year that the press reports where a sentence names none.
        provinces: the provinces of which the text speaks in turn; each is the scope of what it opens.
    """

    period: Period
    status: str
    year: int | None
    own_place: str
    is_goal: bool = False
    ahead: tuple[tuple[int, int], ...] = ()
    is_news: bool = False
    sets_terms: bool = False
    press_year: int | None = None
    provinces: frozenset[str] = frozenset()

    def status_at(self, place: int) -> str:
        """Status by the headings and the kind of text at a place of the paragraph."""
        return "" if any(start <= place < end for start, end in self.ahead) else self.status


class When(NamedTuple):
    """A number's year and status, and whether the year comes from an earlier sentence, a section or the plan."""

    year: int | None
    status: str
    is_inherited: bool


def _close_year(text: str, moments: list[Moment], period: Period) -> list[Moment]:
    """The moments, the text's own year as one that is over where the paragraph tells what was reached at its end."""
    now = period.now
    if now is None or not period.is_issued or "截" not in text:
        return moments
    if not any(int(match[1]) == now for match in _YEAR_END.finditer(text)):
        return moments
    return [
        replace(moment, status="actual")
        if moment.year == now and moment.role == "year" and not moment.status
        else moment
        for moment in moments
    ]


class Timeline:
    """The years and status words of one paragraph, taken in from left to right."""

    def __init__(self, text: str, clauses: Clauses, setting: Setting, grammar: Grammar) -> None:
        self.text = text
        self.clauses = clauses
        self.setting = setting
        self.moments = _close_year(text, find_moments(text, setting.period), setting.period)
        self._words = find_status_words(text, grammar)
        self._forward = grammar.forward
        self._next_moment = 0
        self._next_word = 0
        self._moment: Moment | None = None
        self._before_from: Moment | None = None
        self._base: Moment | None = None
        self._compared = grammar.words.compared_words
        self._proposing = grammar.words.proposing_words
        self._mode = ""
        self._mode_word = ""
        self._mode_sentence = -1

    def advance(self, position: int) -> None:
        """Take in the years and status words up to a place."""
        while self._next_moment < len(self.moments) and self.moments[self._next_moment].start < position:
            self._take_moment(self.moments[self._next_moment])
            self._next_moment += 1
        while self._next_word < len(self._words) and self._words[self._next_word][0] < position:
            self._take_word(*self._words[self._next_word])
            self._next_word += 1

    def _take_moment(self, moment: Moment) -> None:
        if moment.role in ("base", "part"):
            self._base = moment
            return
        if moment.role == "from":
            if self._moment is None or self._moment.role != "from":
                self._before_from = self._moment
        else:
            self._set_mode(moment.status, "", moment.start)
        self._moment = moment

    def _set_mode(self, status: str, word: str, place: int) -> None:
        if status == "actual" and word and self._mode_word in _LASTING and self._is_same_period(place):
            return
        self._mode, self._mode_word, self._mode_sentence = status, word, self.clauses.sentence_number(place)

    def _is_same_period(self, place: int) -> bool:
        """Whether no full stop has ended what a lasting word says."""
        start = self.clauses.sentence_start(self._mode_sentence)
        return self._mode == "actual" and place - start < _LASTING_REACH and not self._has_ended(start, place)

    def _take_word(self, place: int, status: str, word: str) -> None:
        moment = self._moment
        if moment is not None and place < moment.start - 3:
            return
        if word in _NOW and self.text.startswith(_FROM_NOW, place - 1) and place:
            return  # 由目前的18%提高到40%: only the start is reached
        if word == "现在" and self.text.startswith(("起", "开始"), place + len(word)):
            return
        if word == "年内" and moment is not None and moment.status == "actual" and moment.start < place < moment.end:
            return  # 在2024年内突破, in a text of 2025
        if word.startswith("全年") and self.text.endswith(_MET, 0, place):
            return  # 完成全年目标的76%
        if status == "actual" and moment is not None and self._is_promised(moment, word, place):
            return
        if word in _TODAY and self.setting.is_news and moment is not None and not moment.is_explicit:
            self._moment = moment = None  # 三年前平均轮候5年,现在为4年
        if word in self._proposing:
            self._moment = moment if moment is not None and moment.status == "target" else None
            self._set_mode(status, word, place)
            return
        if (
            word == "预计"
            and self.setting.is_news
            and moment is not None
            and moment.status == "actual"
            and self._has_ended(moment.end, place)
        ):
            self._moment = moment = None  # 2023年投用。三期预计投资…
        reports = self.setting.status_at(place) == "actual" or (moment is not None and moment.status == "actual")
        if status == "target" and reports and word not in self._forward:
            return
        is_same = self._mode_sentence == self.clauses.sentence_number(place)
        if word in self._compared and ((is_same and self._mode == "target") or self._is_goal(moment)):
            return
        self._set_mode(status, word, place)

    def _is_promised(self, moment: Moment, word: str, place: int) -> bool:
        """Whether a year to come still holds, so that a word such as 已 tells nothing of the numbers after it."""
        is_over = word in _NOW or (word.startswith("已") and self._has_ended(moment.start, place))
        return moment.status == "target" and not is_over

    def _is_goal(self, moment: Moment | None) -> bool:
        """Whether a section of goals, which compare with the year before as reports do, names no year that is over."""
        return self.setting.is_goal and (moment is None or moment.status != "actual")

    def _has_ended(self, start: int, place: int) -> bool:
        """Whether a full stop parts two places."""
        return self.text.find("。", start, place) >= 0

    def base_year(self, start: int, year: int | None) -> int | None:
        """Year that a change reached in `year` is measured from, named since `start`; 上年 is the year before."""
        base = self._base
        if base is None or (base.start < start and not self._compares_all(base, start)):
            return None
        return base.year if base.is_explicit or year is None else year - 1

    def _compares_all(self, base: Moment, start: int) -> bool:
        """Whether a sentence opens with what all of it is compared with (与2020年相比,…;…)."""
        text = self.text
        return (
            start - base.start < _COMPARED_REACH
            and text.startswith("相比", base.end)
            and text.find("。", base.end, start) < 0
            and _OPENS_COMPARED.search(text, max(0, base.start - 10), base.start) is not None
        )

    def when(
        self,
        sentence: int,
        place: int,
        *,
        is_from: bool = False,
        is_ground: bool = False,
        is_loose: bool = False,
        paired: int | None = None,
    ) -> When:
        """Year and status of a number, after `advance` to it.

        Args:
            sentence: number of its sentence.
            place: where it stands.
            is_from: it is the start of a 从…提高到….
            is_ground: it is the present level that what is promised goes on from (在…基础上, 由目前的…).
            is_loose: it is given as about or at least so much, as goals are.
            paired: the year that a list of years pairs with it.
        """
        period, moment = self.setting.period, self._moment
        section = self.setting.status_at(place)
        mode = self._settled_mode(sentence, section, is_loose=is_loose)
        status = mode or section or "target"
        start = self.clauses.sentence_start(sentence)
        if moment is not None and moment.status == "target" and moment.start >= start:
            status = "target"
        if paired is not None:
            if period.now is not None and paired != period.now:
                status = "actual" if paired < period.now else "target"
            return When(paired, status, is_inherited=False)
        if self.setting.is_news and (awaited := self._find_awaited(sentence, place)):
            return When(self._awaited_year(awaited), "target", is_inherited=False)
        if self._is_base_value(place):
            return When(self._base.year if self._base else None, "actual", is_inherited=False)
        if is_ground:
            told = moment.year if moment is not None and moment.status == "actual" else None
            return When(told or self._report_year(), "actual", is_inherited=told is None)
        if is_from:
            return When(self._start_year(), "actual", is_inherited=False)
        if moment is not None and moment.role == "from":
            return self._reached(mode, section)
        if status == "actual" and self._speaks_of_today(place, moment):
            return When(self.setting.period.now, status, is_inherited=False)
        if moment is not None and not (moment.status == "target" and status == "actual"):
            year = moment.year
            if year is None and status == "actual" and moment.is_explicit:
                year = self._report_year()
            return When(year, status, is_inherited=moment.start < start)
        if status == "actual":
            return When(self._report_year(), status, is_inherited=True)
        return When(self._goal_year(), status, is_inherited=True)

    def _speaks_of_today(self, place: int, moment: Moment | None) -> bool:
        """Whether the press tells of the day it is written (目前, 现在), in a sentence that names no year itself."""
        if not self.setting.is_news or not self.setting.period.is_issued:
            return False
        if self._mode_word not in _TODAY:
            return self._has_just_happened(place, moment)
        is_after = moment is None or self.clauses.sentence_number(moment.start) != self._mode_sentence
        return is_after and self._is_same_period(place)

    def _has_just_happened(self, place: int, moment: Moment | None) -> bool:
        """Whether a sentence that names no year tells of what has just been seen: 刚刚揭牌, 最新数据显示."""
        sentence = self.clauses.sentence_number(place)
        start = self.clauses.sentence_start(sentence)
        if moment is not None and moment.start >= start:
            return False
        around = self.text[
            max(start, place - _JUST_LEAD) : min(self.clauses.sentence_end(sentence), place + _JUST_REACH)
        ]
        return any(map(around.__contains__, _JUST))

    def _find_awaited(self, sentence: int, place: int) -> re.Match[str] | None:
        """Where the end of a sentence says when the thing whose size stands before will be done."""
        text, end = self.text, min(self.clauses.sentence_end(sentence), place + _AWAITED_REACH)
        if text.find("预计", place, end) < 0 and text.find("即将", place, end) < 0:
            return None
        start, moment = self.clauses.sentence_start(sentence), self._moment
        is_told = moment is not None and moment.start >= start
        is_there = any(text.find(word, start, place) >= 0 for word in ("已", "有", *_NOW))
        return None if is_told or is_there else _AWAITED.match(text, place, end)

    def _awaited_year(self, awaited: re.Match[str]) -> int | None:
        now = self.setting.period.now if self.setting.period.is_issued else None
        if awaited["year"]:
            return int(awaited["year"])
        if awaited["next"] and now is not None:
            return now + (awaited["next"] == "明")
        return self._goal_year()

    def _goal_year(self) -> int | None:
        """The year of the section, unless it is past: a section that opens with a review has goals of the plan's."""
        year, now = self.setting.year, self.setting.period.now
        is_past = year is not None and now is not None and year < now
        return self.setting.period.last_year if year is None or is_past else year

    def _is_base_value(self, place: int) -> bool:
        """Whether a number is itself the level that a change is measured from (较2020年的7.8%)."""
        base = self._base
        return base is not None and base.role == "base" and self.text[base.end : place] in ("的", "末的", "底的")

    def _settled_mode(self, sentence: int, section: str, *, is_loose: bool) -> str:
        """A word such as 已 holds for its sentence only, 目前 until the full stop, a past year for longer."""
        if self._mode != "actual" or (self._moment is not None and self._moment.status == "actual"):
            return self._mode
        has_ended = self._mode_sentence != sentence
        if has_ended and self._mode_word in _LASTING:
            start = self.clauses.sentence_start(sentence)
            has_ended = "。" in self.text[self.clauses.sentence_start(self._mode_sentence) : start]
        if has_ended or (is_loose and self._mode_word in self._compared):
            return "actual" if section == "actual" else ""
        return self._mode

    def _start_year(self) -> int | None:
        moment = self._moment
        if moment is not None and (moment.role == "from" or moment.first is not None):
            return moment.year if moment.role == "from" else moment.first
        return self._base.year if self._base is not None else self.setting.period.base_year

    def _reached(self, mode: str, section: str) -> When:
        """The end of a 从…提高到… that names no year of its own."""
        earlier = self._before_from
        if earlier is not None and earlier.year is not None:
            return When(
                earlier.year, earlier.status or ("target" if mode != "actual" else "actual"), is_inherited=False
            )
        if (earlier is not None and earlier.status == "actual") or "actual" in (section, mode):
            return When(self._risen_year(), "actual", is_inherited=True)
        return When(self._goal_year(), "target", is_inherited=True)

    def _risen_year(self) -> int | None:
        """The year of a report, which is after that of the level that it rose from."""
        year, period, moment = self._report_year(), self.setting.period, self._moment
        start = moment.year if moment is not None else None
        if year is None or start is None or year > start:
            return year
        return period.now if period.is_issued else None

    def _report_year(self) -> int | None:
        period = self.setting.period
        if self.setting.year is not None and (period.now is None or self.setting.year <= period.now):
            return self.setting.year
        if period.base_year is not None:
            return period.base_year
        if self.setting.press_year is not None:
            return self.setting.press_year
        return period.now - 1 if period.now is not None else None

    def paired_years(self, before: int, count: int) -> list[int | None]:
        """The years of a list such as `2023年、2025年分别…` that `count` numbers after `before` pair with, or none."""
        named = [m for m in self.moments if m.end <= before and m.role == "year" and m.is_explicit]
        run = named[-count:]
        if len(run) < count:
            return []
        for one, other in itertools.pairwise(run):
            if self.text[one.end : other.start].strip("“”到") not in _LIST_SIGNS:
                return []
        lead = self.text[run[-1].end : before]
        if _FULL_STOP.search(lead) and not _RESPECTIVELY.search(lead):
            return []
        return [moment.year for moment in run]
