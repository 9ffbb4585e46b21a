"""Which lines of plain text are headings, and how they nest."""

from __future__ import annotations

import re
from dataclasses import dataclass

LEVELS = (
    re.compile(r"第[一二三四五六七八九十百零\d]{1,4}[章篇编](?![程制])"),
    re.compile(r"第[一二三四五六七八九十百\d]{1,4}节"),
    re.compile(r"[一二三四五六七八九十]{1,3}(?:、|\.(?!\d))"),
    re.compile(r"\([一二三四五六七八九十]{1,3}\)"),
    re.compile(r"\d{1,2}[、.](?!\d)|\d{1,2}[、.](?=20\d\d年)"),
    re.compile(r"\(\d{1,2}\)|[①-⑳]"),
)
_MARKS = frozenset("第一二三四五六七八九十(0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")  # with which one of them may start
_LEVEL = re.compile("|".join(f"({pattern.pattern})" for pattern in LEVELS))
FREE_LEVEL = len(LEVELS)
MAX_HEADING = 48
_CAPTION = re.compile(r"(?:专栏|图|表格?|附表|附件)\s*[\d一二三四五六七八九十]*")
_NUMBERED_CAPTION = re.compile(r"(?:专栏|表格?|附表)\s*[\d一二三四五六七八九十]{1,3}")
_CAPTION_NUMBER = re.compile(r"(?:专栏|图|表格?|附表|附件)\s*[\d一二三四五六七八九十]{1,3}(?:[-—.]\d{1,2})?[:、.]?")
_QUANTITY = re.compile(r"\d(?![GKDA]|\.0|[-—]\d|\d*年|\d*\))")
# Names a time and what is said of it, as the parts of a report are headed: “十五五”时期的主要目标任务.
_OF_A_TIME = re.compile(
    r"[■◆★▲◇□]? ?(?:“?十[二三四五六]五”?(?:时期|期间)?|20\d\d年(?:度)?|过去(?:五|一)年|(?:今后|未来)五年)"
    r"[^,。;:、\d]{0,16}(?:回顾|目标|任务|工作|安排|要求|成效|成就|打算|部署|成绩单?|答卷)"
)
_ITEM_END = ";；,，"


@dataclass(frozen=True, slots=True, eq=False)
class Heading:
    """A heading with its level (0 the highest); two with the same words are two headings."""

    text: str
    level: int


def level_of(line: str) -> int | None:
    """Level that a line's number shows, None where it has none.

    >>> level_of("第一章 总体要求"), level_of("(二)发展目标"), level_of("3.5万个基站")
    (0, 3, None)
    """
    found = _LEVEL.match(line) if line[:1] in _MARKS else None
    return found.lastindex - 1 if found and found.lastindex else None


def is_caption(line: str) -> bool:
    """Whether a line names a table, a box or a figure.

    >>> is_caption("表1 主要指标"), is_caption("主要指标")
    (True, False)
    """
    return _CAPTION.match(line) is not None and len(line) < MAX_HEADING and "。" not in line


def is_numbered_caption(line: str) -> bool:
    """Whether a line opens the next table or box of a row of them (`专栏3 …`)."""
    return _NUMBERED_CAPTION.match(line) is not None and is_caption(line)


def is_caption_number(content: str) -> bool:
    """Whether a cell is the number alone with which a table's title opens.

    >>> is_caption_number("表1"), is_caption_number("专栏 三"), is_caption_number("表格")
    (True, True, False)
    """
    return _CAPTION_NUMBER.fullmatch(content) is not None


def split_heading(line: str, following: str, level: int) -> int:
    """Length of the heading with which a numbered line opens; 0 where the whole line is running text.

    Args:
        line: a line that `level_of` gives a level.
        following: the line after it.
        level: that level.

    Returns:
        The heading's length, its full stop included; text may run on after it in the same line.
    """
    stop = line.find("。")
    heading = line if stop < 0 else line[:stop]
    is_whole = stop < 0 or stop == len(line) - 1
    if len(heading) > MAX_HEADING or line[-1] in _ITEM_END or _is_item(heading, following, level, is_whole=is_whole):
        return 0
    return len(line) if is_whole else stop + 1


def _is_item(heading: str, following: str, level: int, *, is_whole: bool) -> bool:
    """A numbered sentence with a quantity is an item of a list, unless text of its own follows it."""
    marker = LEVELS[level].match(heading)
    body = heading[marker.end() :] if marker else heading
    if not _QUANTITY.search(body):
        return "," in body and len(body) > 24
    return not is_whole or level_of(following) == level or len(body) > 16 or not following


def is_free_heading(line: str, following: str) -> bool:
    """Whether a line without a number is a heading: a caption, or short and above a long paragraph."""
    if len(line) > 30 or line[-1] in "。;,、!?" or "," in line or "。" in line:
        return False
    if _CAPTION.match(line) or (following and _OF_A_TIME.fullmatch(line)):
        return True
    if line[-1] == ":" or _QUANTITY.search(line):
        return False
    return len(following) > len(line) and len(following) > 24


def push(section: tuple[Heading, ...], heading: Heading) -> tuple[Heading, ...]:
    """The headings above what follows a heading: it takes the place of those of its level and below."""
    kept = len(section)
    while kept and section[kept - 1].level >= heading.level:
        kept -= 1
    return (*section[:kept], heading)
