"""What a paragraph inherits from the headings above it, from what opens its section, and from the kind of document."""

from __future__ import annotations

import re
from typing import NamedTuple

from compare.extract.grammar import YEAR, Grammar
from compare.extract.news import read_news
from compare.extract.scopes import find_provinces
from compare.extract.timeline import Setting
from compare.extract.times import Moment, find_moments, heading_status
from compare.plans import Plan
from compare.reading.outline import Heading

_HEAD = 300
_OPENING = 24
# The goals for several years with which a paragraph opens its sentences stand no further from its start.
_GOALS_REACH = 2000
_MAX_TITLE = 60
# A line that says when the text was issued; the commitments after it are not of that year.
_DATELINE = re.compile(r"[(]?(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?[)]?")
_BULLETIN = re.compile(
    r"^[^\n。]{0,60}(?:统计公报|运行情况|运行简况|20\d\d年[^\n。]{0,24}(?:发展|运行)报告)", re.MULTILINE
)
_GOAL_YEAR = re.compile(
    r"(?:到|(?<!截)至|于|在)20[2-9]\d年|到“?十[四五]五”?末|将(?!近)|拟|(?:今年|明年|未来)[^。;]{0,10}(?:将|要|计划)"
)
_CLAUSE_SIGNS = ",。;:、!? \n\t"
# 申报条件: what is asked of those who apply is no aim.
_TERMS = re.compile("(?:申报|申请|认定|遴选|推荐|评选|准入|入库|入选|参评|备案)[^,。、:]{0,6}条件$")
_GOALS = re.compile("目标|预期")


def _title_line(text: str) -> str:
    """The first line where it is a title: it names the region of a plan of which nothing else is known."""
    line, end, _ = text[: 2 * _MAX_TITLE].lstrip().partition("\n")
    return line if end and len(line) <= _MAX_TITLE and "。" not in line else ""


class _Told(NamedTuple):
    """What a heading says of all that stands under it."""

    status: str
    year: int | None
    is_goal: bool
    sets_terms: bool


class Settings:
    """The settings of one plan's paragraphs, taken section by section in the order of the text."""

    def __init__(self, plan: Plan, text: str, grammar: Grammar) -> None:
        """Read what kind of document it is.

        Args:
            plan: the plan, for its period and its title.
            text: its folded, simplified text.
            grammar: the compiled definitions.
        """
        self._plan = plan
        self._grammar = grammar
        self._openings: dict[Heading | None, int] = {}  # by the deepest heading of a section
        self._told: dict[Heading, _Told] = {}
        self._section: tuple[Heading, ...] = ()
        self._own_place = f"{plan.title} {_title_line(text)}"
        self._provinces = find_provinces(text, self._own_place, grammar)
        self._news = read_news(text, plan.period.now, grammar)
        self._status = "actual" if self._reports_only(text) else ""
        self._setting: Setting | None = None

    def _reports_only(self, text: str) -> bool:
        """Whether the whole text reports: a bulletin of statistics, or one that looks back and never ahead."""
        if _BULLETIN.search(text[:_HEAD]):
            return True
        if self._looks_ahead(text) or len(self._grammar.reports.findall(text)) <= 1:
            return False
        return not any(self._is_promise(match) for match in self._grammar.promises.finditer(text))

    def _is_promise(self, match: re.Match[str]) -> bool:
        """Whether a word of promise is one: a verb is where it opens its clause (加快建设), not after its subject."""
        text, start, words = match.string, match.start(), self._grammar.words
        if match[0] not in words.promise_verbs or start == 0 or text[start - 1] in _CLAUSE_SIGNS:
            return True
        return text.endswith(words.promise_leads, 0, start)

    def _looks_ahead(self, text: str) -> bool:
        return self._grammar.outlook.search(text) is not None or _GOAL_YEAR.search(text) is not None

    def enter(self, section: tuple[Heading, ...]) -> None:
        """Take in the headings above the blocks that follow."""
        self._section = section
        self._setting = None

    def of(self, paragraph: str) -> Setting:
        """What a paragraph of the section inherits; the news report up to where they look ahead or name a plan."""
        setting = self.of_section()
        ahead = self._news.find_ahead(paragraph) if self._news is not None and not setting.status else None
        return setting if ahead is None else setting._replace(status="actual", ahead=ahead)

    def of_section(self) -> Setting:
        """What all that stands in the section inherits: of each, what the deepest heading that tells it says."""
        if self._setting is None:  # many sections hold nothing but the headings of others
            status, is_goal, sets_terms = "", False, False
            year = None if self._section else self._openings.get(None)
            for heading in reversed(self._section):
                told = self._told.get(heading) or self._read(heading)
                status = status or told.status
                is_goal = is_goal or told.is_goal
                sets_terms = sets_terms or told.sets_terms
                if year is None:
                    year = self._openings.get(heading) if told.year is None else told.year
            status = status or self._status
            is_goal = is_goal and status == "target"
            self._setting = Setting(
                self._plan.period,
                status,
                year,
                self._own_place,
                is_goal,
                is_news=self._news is not None,
                sets_terms=sets_terms,
                press_year=self._news.year if self._news is not None else None,
                provinces=self._provinces,
            )
        return self._setting

    def _read(self, heading: Heading) -> _Told:
        """What a heading tells, read once for all that stands under it."""
        text = heading.text
        years = [moment.year for moment in find_moments(text, self._plan.period) if moment.year is not None]
        told = _Told(
            heading_status(text, self._grammar),
            years[-1] if years else None,
            is_goal=_GOALS.search(text) is not None,
            sets_terms="条件" in text and _TERMS.search(text) is not None,
        )
        self._told[heading] = told
        return told

    def note_opening(self, text: str) -> None:
        """Remember the year with which a paragraph opens, for those after it.

        The first paragraph of a section that opens with a year decides, and each later one that starts with it; of the
        sentences that open with goals for several years, the last.
        """
        head = text[:_OPENING]
        if ("年" not in head and "五" not in head) or YEAR.search(head) is None or _DATELINE.fullmatch(text):
            return
        moments = [moment for moment in find_moments(text[:_GOALS_REACH], self._plan.period) if _opens(moment, text)]
        if not moments or moments[0].year is None or moments[0].start >= _OPENING // 2:
            return
        heading = self._section[-1] if self._section else None
        if heading in self._openings and moments[0].start > 1:
            return
        goals = [moment.year for moment in moments if moment.status != "actual" and moment.year is not None]
        year = moments[0].year if moments[0].status == "actual" or not goals else goals[-1]
        self._openings[heading] = year
        self._setting = None


def _opens(moment: Moment, text: str) -> bool:
    """Whether a moment opens a sentence, or the text."""
    lead = text[max(0, moment.start - 3) : moment.start]
    return moment.role == "year" and (moment.start < _OPENING // 2 or "。" in lead or ";" in lead)
