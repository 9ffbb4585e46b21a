"""What a paragraph inherits from the headings above it, from what opens its section, and from the kind of document."""

from __future__ import annotations

import re

from compare.extract.grammar import YEAR, Grammar
from compare.extract.news import read_news
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
        self._openings: dict[tuple[Heading, ...], int] = {}
        self._years: dict[str, int | None] = {}
        self._statuses: dict[str, str] = {}
        self._section: tuple[Heading, ...] = ()
        self._own_place = f"{plan.title} {_title_line(text)}"
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
        """What all that stands in the section inherits."""
        if self._setting is None:  # many sections hold nothing but the headings of others
            told = (self._heading_status(heading.text) for heading in reversed(self._section))
            status = next((status for status in told if status), self._status)
            is_goal = status == "target" and any(_GOALS.search(heading.text) for heading in self._section)
            self._setting = Setting(
                self._plan.period,
                status,
                self._section_year(),
                self._own_place,
                is_goal,
                is_news=self._news is not None,
                sets_terms=any(_TERMS.search(heading.text) for heading in self._section),
            )
        return self._setting

    def _heading_status(self, heading: str) -> str:
        if heading not in self._statuses:
            self._statuses[heading] = heading_status(heading, self._grammar)
        return self._statuses[heading]

    def _section_year(self) -> int | None:
        """Year of the deepest heading that names one, or of what opens its section."""
        section = self._section
        for depth in range(len(section), 0, -1):
            if (year := self._heading_year(section[depth - 1].text)) is not None:
                return year
            if self._openings and section[:depth] in self._openings:
                return self._openings[section[:depth]]
        return None if section else self._openings.get(section)

    def _heading_year(self, heading: str) -> int | None:
        if heading not in self._years:
            years = [moment.year for moment in find_moments(heading, self._plan.period) if moment.year is not None]
            self._years[heading] = years[-1] if years else None
        return self._years[heading]

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
        if self._section in self._openings and moments[0].start > 1:
            return
        goals = [moment.year for moment in moments if moment.status != "actual" and moment.year is not None]
        year = moments[0].year if moments[0].status == "actual" or not goals else goals[-1]
        self._openings[self._section] = year
        self._setting = None


def _opens(moment: Moment, text: str) -> bool:
    """Whether a moment opens a sentence, or the text."""
    lead = text[max(0, moment.start - 3) : moment.start]
    return moment.role == "year" and (moment.start < _OPENING // 2 or "。" in lead or ";" in lead)
