"""When a number holds, and whether it is a commitment or a report: the years and status words of a stretch of text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from compare.extract.grammar import YEAR, Grammar, may_name_time
from compare.numerals import NotANumeral, parse_numeral
from compare.plans import FIVE_YEAR_PLANS, Period

_BASE_BEFORE = re.compile(
    r"(?:比|较|与|同|相对于|相比于|以|对比|相较于?|高于|低于|高出|超出|高过)(?:“?十[二三四五]五”?末的?)?$|基[准期]年?[(为是:]$"
)
_BASE_AFTER = re.compile(r"(?:相比|为基[期数年准]|(?:的)?基础上|基数|翻[一两]番)")
_PART_OF = re.compile(r"(?:同期|水平)?的(?:近|约|超)?(?:\d+(?:\.\d+)?|[一二两三四五六七八九十]+)(?:倍|成|%)")
_STOP = re.compile("[。;]")
# A goal that was set for a year now past stays a goal: 要求到2021年底….
_COMMITTED = re.compile("(?:要求|提出|明确|目标|计划|规划|力争|争取|确保|拟|将)[^。;,已]{0,6}到$")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_REPUBLIC = 1911
_TITLE = re.compile(r"《[^》]{0,80}》|[(\[](?:19|20)\d\d(?:年?[—~至-]{1,2}(?:19|20)\d\d)?年?[)\]](?=\d*号|》)")
_FROM = re.compile(r"(?:从|由|自)$")
# What is about to be done, and not how much of it: 即将建成投运;.
_ABOUT_TO = re.compile(r"即将[^,。;\d]{2,12}[,。;]")
# Of the text's own year too, a month that is to come: 预计今年9月份完工.
_EXPECTED = tuple(
    f"{word}{lead}"
    for word in ("预计", "力争", "争取", "计划", "有望", "拟", "将", "预期", "确保")
    for lead in ("", "在", "于", "到", "至")
)
_UNTIL = re.compile(r"(?:截至|截止到?|截止至)$")
_REVIEW = re.compile("回顾|现状|成效|成就|(?:完成|执行|落实)情况|进展")
_HALF = re.compile(
    r"(?:[1-9]|1[0-2])(?:[—~至-](?:[1-9]|1[0-2]))?月|上半年|前?[一二三1-3]季度|前[1-9一二三四五六七八九十]+个?月"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A year that the text names.

    Attributes:
        start, end: where it stands.
        year: the year; None where it cannot be counted (今年 without a date of issue).
        role: `year` it holds for what follows; `base` a change is measured from it; `part` a part or multiple of
            its level is named; `from` the start of a 从…提高到….
        status: `actual` or `target` where the year itself tells, else empty.
        is_explicit: it names the year in figures or as a plan's end, not as 今年.
        first: the year in which years that are over began (2018—2024年).
    """

    start: int
    end: int
    year: int | None
    role: str
    status: str
    is_explicit: bool = True
    first: int | None = None


def find_moments(text: str, period: Period) -> list[Moment]:
    """Find the years of a stretch, in order.

    Args:
        text: squeezed, folded, simplified text.
        period: the plan's period, which tells past from future.
    """
    if not may_name_time(text):
        return []
    titles = [match.span() for match in _TITLE.finditer(text)] if "《" in text or "[" in text or "(" in text else []
    moments: list[Moment] = []
    for match in YEAR.finditer(text):
        start = match.start()
        if any(first <= start < last for first, last in titles):
            continue
        moment = _read_moment(text, match, period, moments[-1] if moments else None)
        if moment is not None:
            moments.append(moment)
    return moments


def _read_moment(text: str, match: re.Match[str], period: Period, earlier: Moment | None) -> Moment | None:
    start, end = match.span()
    before = text[max(0, start - 6) : start]
    after = text[end : end + 8]
    year: int | None
    if match["first"] or match["written"]:
        year = int(match["last"] or match["first"] or match["written"].translate(_DIGITS))
    elif match["republic"]:
        if not (period.counts_republic or before.endswith("民国")):
            return None
        year = _REPUBLIC + int(match["republic"])
    elif match["plan"]:
        if (
            match["part"] is None
            and not before.endswith("到")
            and not re.match("(?:规划)?目标|时|我|全|,|年均|累计", after)
        ):
            return None
        year = FIVE_YEAR_PLANS[match["plan"]]
        if match["part"] == "以来":
            return Moment(start, end, None, "year", "actual")
    elif match["span"] or match["coming"]:
        return _count_from_now(match, period, start, end, before)
    elif match["past"] or match["ago"]:
        return _count_back(match, period, start, end, before)
    elif match["part_year"] is not None or match["as_of"] is not None:
        return Moment(start, end, period.now if period.is_issued else None, "year", "actual", is_explicit=False)
    else:
        return _named_year(match, period, start, end, before, after)
    if _BASE_BEFORE.search(before) or _BASE_AFTER.match(after):
        return Moment(start, end, year, "base", "")
    is_from = _FROM.search(before) is not None
    ends_rise = earlier is not None and earlier.role == "from" and not _STOP.search(text, earlier.end, start)
    if not is_from and not ends_rise and _PART_OF.match(text, end):
        return Moment(start, end, year, "part", "")
    if after.startswith(("以来", "来,")):
        return Moment(start, end, None, "year", "actual")
    role = "from" if is_from and not after.startswith(("起", "开始")) else "year"
    status = _told_status(text, match, role, year, period)
    first = int(match["first"]) if match["last"] and status == "actual" else None
    return Moment(start, end, year, role, status, first=first)


def _told_status(text: str, match: re.Match[str], role: str, year: int | None, period: Period) -> str:
    """Status that a year tells by itself and by the words at it."""
    start, end = match.span()
    status = _status_of(year, period)
    if _UNTIL.search(text, max(0, start - 6), start):
        return "actual"
    if status == "actual" and role == "year" and _COMMITTED.search(text, max(0, start - 14), start):
        return "target"
    if role == "year" and status == "":
        after = text[end : end + 8]
        if match["month"] and text.endswith(_EXPECTED, 0, start):
            return "target"
        if match["month"] or _HALF.match(after) or (match["last"] and _has_begun(match, after, period)):
            return "actual"
    return status


def _has_begun(match: re.Match[str], after: str, period: Period) -> bool:
    """Whether years up to that of the text are told of as over: 2022—2024年间, or those that began before it."""
    return after.startswith("间") or _status_of(int(match["first"]), period) == "actual"


def _status_of(year: int | None, period: Period) -> str:
    if year is None or period.now is None:
        return ""
    if year < period.now:
        return "actual"
    return "target" if year > period.now else ""


def _count_from_now(match: re.Match[str], period: Period, start: int, end: int, before: str) -> Moment | None:
    word = match["span"] or match["coming"]
    number = parse_numeral(word)
    if isinstance(number, NotANumeral) or not 1 <= number.value <= 30:
        return None
    lead = match[0]
    if (
        match["span"]
        and not lead.startswith(("未来", "今后", "接下来", "力争", "用"))
        and not match["within"].startswith("内")
    ):
        return None
    if before.endswith(("过去", "近", "连续", "前", "第", "第十")):
        return None
    year = period.now + int(number.value) if period.now is not None else None
    return Moment(start, end, year, "year", "target", is_explicit=False)


def _count_back(match: re.Match[str], period: Period, start: int, end: int, before: str) -> Moment | None:
    """近三年, whose last is the year before that of the text, or 三年前, which is counted from it."""
    now = period.now if period.is_issued else None
    if match["past"]:
        return Moment(start, end, None if now is None else now - 1, "year", "actual", is_explicit=False)
    number = parse_numeral(match["ago"])
    if isinstance(number, NotANumeral) or now is None:
        return None
    year = now - int(number.value)
    if _BASE_BEFORE.search(before):
        return Moment(start, end, year, "base", "", is_explicit=False)
    return Moment(start, end, year, "from" if _FROM.search(before) else "year", "actual", is_explicit=False)


def _named_year(match: re.Match[str], period: Period, start: int, end: int, before: str, after: str) -> Moment | None:
    word = match["word"]
    if word in ("规划期末", "期末"):
        return Moment(start, end, period.last_year, "year", "target", is_explicit=False)
    now = period.now if period.is_issued else None
    shift = {"去": -1, "上": -1, "前": -2, "明": 1, "后": 2}.get(word[0], 0)
    year = now + shift if now is not None else None
    if shift < 0 and (_BASE_BEFORE.search(before) or after.startswith(("同期", "同月", "同口径"))):
        return Moment(start, end, year, "base", "", is_explicit=False)
    if after.startswith(("相比", "基础上")):
        return Moment(start, end, year, "base", "")
    status = {-1: "actual", -2: "actual", 1: "target", 2: "target"}.get(shift, "")
    if shift == 0 and before.endswith(_EXPECTED):
        status = "target"
    elif word == "今年以来" or (shift == 0 and (match["month_of"] or _HALF.match(after))):
        status = "actual"
    role = "from" if shift < 0 and _FROM.search(before) else "year"
    return Moment(start, end, year, role, status, is_explicit=False)


def find_status_words(text: str, grammar: Grammar) -> list[tuple[int, str, str]]:
    """Places of the words that say that something is reached or still to come: (place, status, word)."""
    return [
        (match.start(), "actual" if match[0] in grammar.actual else "target", match[0])
        for match in grammar.status.finditer(text)
        if not (match[0][0] == "将" and _ABOUT_TO.match(text, match.start() - 1))
    ]


def heading_status(heading: str, grammar: Grammar) -> str:
    """`actual` or `target` where a heading tells, else an empty text."""
    is_report = grammar.actual_headings.search(heading) is not None
    if grammar.target_headings.search(heading):
        return "actual" if is_report and _REVIEW.search(heading) else "target"
    return "actual" if is_report else ""
