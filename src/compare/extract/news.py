"""The press: a text that reports unless it looks ahead, and the places where it does."""

from __future__ import annotations

import re

from compare.extract.grammar import Grammar

_HEAD = 300
_PRESS = re.compile(
    r"(?:来源|刊登日期|发布时间|发布日期) ?:|\d日(?:电|讯|报道)|[报网社]讯[ ,:(\d]|本报讯|报[道导](?:,|$)|[(]记者"
    r"|\d{2}:\d{2}"
    r"|记者[^。\n]{0,40}(?:获悉|了解到|从)|从[^,。\n]{2,20}(?:获悉|了解到)|^[^\n。]{0,40}同比[增提下][^\n。]{0,12}$",
    re.MULTILINE,
)
_ON_A_PLAN = re.compile(
    r"(?:印发|出台|发布|公布|推出|审议|通过|制定|解读)[^。\n]{0,40}(?:规划|方案|计划|意见|措施|蓝图|纲要|政策)"
    r"|[《“][^》”\n]{2,40}(?:规划|方案|计划|意见|措施|蓝图|纲要)[》”](?:提出|明确|要求|指出|提到|印发|出台|发布)"
    r"|(?:规划|方案|计划|意见|措施)》?(?:提出|明确|要求)"
)
# A text of the press without its signs: a title and the day or month it was written, and no title of a plan.
_DATED = re.compile(
    r"\s*(?P<title>[^\n。]{2,60})\n\s*[(]?(?:[^\n。,:]{0,12}:)?"
    r"(?:19|20)\d\d(?:年|-|/|\.)\d{1,2}(?:(?:月|-|/|\.)(?:\d{1,2}日?)?)?(?:星期.)?[)]?\s*\n"
)
# One that has no title either, and opens with whom it has its figures from.
_DATED_NEWS = re.compile(
    r"\s*[(]?(?:19|20)\d\d(?:年|-|/|\.)\d{1,2}(?:月|-|/|\.)\d{1,2}日?[)]?\s*\n"
    r"[^\n。]{0,24}(?:数据显示|统计显示|获悉|了解到|据悉|透露)"
)
_MONTH = re.compile(r"(?P<year>20\d\d)(?:年|-|/|\.)(?P<month>\d{1,2})(?:月|-|/|\.)")
# Up to this month the press reports the year before.
_MONTHS_OF_REVIEW = 3
_NO_ARTICLE = re.compile(
    "规划|方案|计划|意见|措施|通知|纲要|要点|办法|安排|任务|目标|行动|清单|指引|条例|规定|政策|指南|报告|公告|函|答复|解读|细则"
)
# A title that names what follows a report: 关于数字经济发展情况的汇报.
_REPORT_TITLE = re.compile(
    r"\s*(?P<title>[^\n。]{2,50}(?:情况|总结|汇报|综述|成果|成就|成效|回顾)(?:的?(?:报告|汇报|通报|说明|发布|综述))?(?:[(][^)\n]{0,20}[)])?)\s*\n"
)
_NO_REPORT = re.compile("规划|方案|计划|意见|措施|要点|安排|任务|目标|草案|答复|通知|办法|行动|考核|评价|标准")
_PLAN_TITLE = re.compile(
    r"^[^\n。,]{4,60}(?:规划|方案|计划|意见|措施|通知|纲要|要点|办法|细则|清单|政策)》?(?:[(][^)\n]{0,30}[)])?》?\s*$",
    re.MULTILINE,
)
# Where the press looks ahead: a year that may be still to come, or a word for what will be.
_AHEAD = re.compile(
    r"(?P<lead>(?<!截)至|(?<!截止)到|[于在])?(?P<year>20[2-9]\d)年"
    r"(?:(?P<expected>[^。;]{0,16}预计)|(?P<by>(?:\d{1,2}月)?(?:底|末)?前(?![一二三四])))?"
    r"|(?P<due>(?:[今明本]年(?:\d{1,2}月)?(?:底|末)?|年[底末])前(?![一二三四]))|到“?十[四五]五”?末"
    r"|(?:今年|明年|未来)[^。;]{0,10}[将要]|预计(?:今年|全年)|今年[^。;]{0,16}预计|(?P<will>将(?!近)|拟|预计)"
    r"|(?P<yearly>每年(?:组织|实施|培育|新增|安排|举办|支持|遴选|认定|投入|推动|建设|建成|开展|培养))"
    r"|(?P<order>(?:^|(?<=[。;]))[ \u3000]*(?:加快|加强|加大|打造|抓好|深化|健全|完善|探索|鼓励|支持|推进|推动|组织"
    r"|实施|培育|创建|建立|构建|强化|优化)(?!了))"
)
# What is to be done by then is told before: 算力4000P,今年7月前完成投资.
_IS_DUE = re.compile(r"[^,。;\d]{1,20}(?:[,。;]|$)")
# A plan that is one of the things counted or named, and a goal that was met.
_NO_GOAL = re.compile(r"(?:规划|方案|意见|措施|计划)(?:[》”,。;、()已等经]|\d+件|$)")
_MET = re.compile("(?:完成|实现|达到)[^。;,]{0,20}$")
_SENTENCE_SIGNS = "。;"
_ITEM = re.compile(r"[一二三四五六七八九十]+(?:是|、)|[(][一二三四五六七八九十\d]+[)]|\d{1,2}[.、)]|[—·●]")


def read_news(text: str, now: int | None, grammar: Grammar) -> News | None:
    """Take a text as one of the press, or as one whose title names a report, where it does not begin with a plan.

    Args:
        text: folded, simplified text.
        now: the year of the text, as far as known.
        grammar: the compiled definitions.

    Returns:
        The text before its first paragraph; None for any other text.
    """
    head = text[:_HEAD]
    dated, reported = _DATED.match(head), _REPORT_TITLE.match(head)
    is_article = dated is not None and _NO_ARTICLE.search(dated["title"]) is None
    is_report = reported is not None and _NO_REPORT.search(reported["title"]) is None
    if not (is_article or is_report or _DATED_NEWS.match(head)) and _PRESS.search(head) is None:
        return None
    if _PLAN_TITLE.search(head) is not None or _ON_A_PLAN.search(head.partition("。")[0]) is not None:
        return None
    return News(now, grammar, year=_reported_year(head, now), is_report=is_report)


def _reported_year(head: str, now: int | None) -> int | None:
    """The year of the text where its date is later than the months that look back on the year before."""
    dated = _MONTH.search(head)
    is_late = dated is not None and int(dated["year"]) == now and int(dated["month"]) > _MONTHS_OF_REVIEW
    return now if is_late else None


class News:
    """A text of the press, paragraph by paragraph.

    Attributes:
        year: the year that it reports where a sentence names none; None where its date does not tell.
    """

    def __init__(self, now: int | None, grammar: Grammar, *, year: int | None, is_report: bool) -> None:
        """Begin with the first paragraph.

        Args:
            now: the year of the text, as far as known.
            grammar: the compiled definitions.
            year: the year that it reports, as far as its date tells.
            is_report: its title names a report, so that its sentences open with what was done, not with orders.
        """
        self.year = year
        self._now = now
        self._is_report = is_report
        self._grammar = grammar
        self._is_on_a_plan = False
        self._goes_on = False

    def find_ahead(self, paragraph: str) -> tuple[tuple[int, int], ...] | None:
        """Find where the next paragraph looks ahead: to its end after a goal's word or year, a sentence long after 将.

        Args:
            paragraph: squeezed, folded, simplified text; the paragraphs come in the order of the text.

        Returns:
            The stretches that do not report; None where the kind of text says nothing of the paragraph, since it
            follows on a plan that was named, or is an item of a list that goals opened.
        """
        if self._is_on_a_plan or (self._goes_on and _ITEM.match(paragraph)):
            return None
        spans = self._find_spans(paragraph)
        self._goes_on = bool(spans) and spans[-1][1] == len(paragraph)
        return spans

    def _find_spans(self, paragraph: str) -> tuple[tuple[int, int], ...]:
        start = len(paragraph)
        if on_a_plan := _ON_A_PLAN.search(paragraph):
            self._is_on_a_plan = True
            start = _sentence_start(paragraph, on_a_plan.start())
        if (outlook := self._find_outlook(paragraph, start)) >= 0:
            start = min(start, _sentence_start(paragraph, outlook))
        spans: list[tuple[int, int]] = []
        for match in _AHEAD.finditer(paragraph, 0, start):
            place = match.start()
            if (match["year"] and not self._is_to_come(match)) or (match["order"] and self._is_report):
                continue
            clause = paragraph.rfind(",", 0, place) + 1
            first = _sentence_start(paragraph, place)
            if not ((match["due"] or match["by"]) and _IS_DUE.match(paragraph, match.end())):
                first = max(clause, first)
            if match["will"] or match["yearly"] or match["order"]:
                spans.append((first, _sentence_end(paragraph, place)))
            else:
                start = first
                break
        return (*spans, (start, len(paragraph))) if start < len(paragraph) else tuple(spans)

    def _find_outlook(self, paragraph: str, end: int) -> int:
        """Place of the first word of a goal or a plan that is none of the things reported, or -1."""
        for match in self._grammar.outlook.finditer(paragraph, 0, end):
            place = match.start()
            is_met = match[0] in ("任务", "目标") and _MET.search(paragraph, max(0, place - 24), place)
            if not is_met and not _NO_GOAL.match(paragraph, place):
                return place
        return -1

    def _is_to_come(self, match: re.Match[str]) -> bool:
        """Whether a year is still to come, or is that of the text with a word for what it will bring."""
        year, now = int(match["year"]), self._now
        if now is None:
            return match["lead"] is not None
        return year > now or (year == now and bool(match["lead"] in ("到", "至") or match["expected"] or match["by"]))


def _sentence_start(text: str, place: int) -> int:
    return max(text.rfind(sign, 0, place) for sign in _SENTENCE_SIGNS) + 1


def _sentence_end(text: str, place: int) -> int:
    ends = [end for sign in _SENTENCE_SIGNS if (end := text.find(sign, place)) >= 0]
    return min(ends, default=len(text))
