"""The title of a table's column: what the column holds, from which year, in which unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from compare.extract.grammar import Grammar
from compare.extract.printed_units import NO_UNIT, PrintedUnit, parse_unit
from compare.plans import FIVE_YEAR_PLANS

_YEAR = re.compile(
    r"(?P<base>比|较|以)?(?:到|至|截至)?[(\[]?"
    r"(?:(?<!\d)(?P<first>(?:19|20)\d\d)(?:年?[—~至-]{1,2}(?P<last>(?:19|20)\d\d))?(?!\d)年?(?:度|底|末|初)?"
    r"|“?(?P<plan>十[二三四五六]五)”?(?:规划)?(?:期末|末期|期间|时期|末)?)[)\]]?"
)
_BRACKET = re.compile(r"[(\[〔]([^()\[\]〔〕]{1,20})[)\]〕]")
_JOINTS = re.compile("[()、,]")
_SIGNS = "/、()[]〔〕:;,和+-—*“”"
_PLACE = re.compile(r"(?!全)[\u4e00-\u9fff]{2,9}(?:市|县|区|州|盟|旗|省|新城)")
# 2023年完成 reports and 2025年完成 commits: where a year stands beside it, the year tells.
_DONE = re.compile("(?:预计)?(?:完成|实现|执行)")
_PAID_OUT = ("亿元", "%", "元")
_TAG = re.compile(r"<[a-zA-Z/][^<>]{0,20}>|\*\*|`")
_MAX_TITLE = 40
_MAX_CHANGE = 6


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds.

    Attributes:
        role: `label`, `place`, `branch` or `year` (names of rows), `group`, `unit`, `obligation`, `deadline`, `value`,
            `text`, `idle` (nothing to be read) or `other` (undecided).
        title: the title's own words.
        year, base_year: of a column of values.
        status, kind: likewise, empty where the title does not tell.
        is_total: its values are totals over several years.
        unit: the unit that the title states.
        label: what is measured, where the title tells.
        scope: the part of the region that it covers.
    """

    role: str
    title: str = ""
    year: int | None = None
    base_year: int | None = None
    status: str = ""
    kind: str = ""
    is_total: bool = False
    unit: PrintedUnit = NO_UNIT
    label: str = ""
    scope: str = ""


def read_title(parts: Sequence[str], grammar: Grammar) -> Column:
    """Read the titles that stand above one column.

    Args:
        parts: from top to bottom, squeezed, folded, simplified.
        grammar: the compiled definitions.

    Returns:
        The column as far as its title tells.
    """
    parts = [_TAG.sub("", part) for part in parts]
    title = "".join(parts)
    if len(title) > _MAX_TITLE:
        return Column("other", title)
    unit, rest = _take_unit(parts, grammar)
    rest, year, base = _take_years(rest)
    role = _role(rest, unit, grammar, has_year=year is not None)
    if role != "value":
        return Column(role, rest if role == "other" else title, unit=unit)
    words = grammar.words
    is_target = _has(rest.replace("预计完成", ""), words.target_heads)
    is_actual = _has(_DONE.sub("", rest) if year is not None else rest, words.actual_heads)
    status = "target" if is_target else "actual" if is_actual else ""
    is_total = _has(title, words.cumulative_heads) or title.startswith(("[", "〔"))
    label, scope = read_subject(rest, grammar)
    return Column("value", title, year, base, status, read_title_kind(rest, grammar), is_total, unit, label, scope)


def read_role(title: str, grammar: Grammar) -> str:
    """What a single title makes of its column, without the rest that `read_title` finds out."""
    if len(title) > _MAX_TITLE:
        return "other"
    unit, rest = _take_unit((title,), grammar)
    rest, year, _ = _take_years(rest)
    return _role(rest, unit, grammar, has_year=year is not None)


def _has(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _role(rest: str, unit: PrintedUnit, grammar: Grammar, *, has_year: bool) -> str:
    words = grammar.words
    bare = _BRACKET.sub("", rest).strip(_SIGNS)
    if (joined := _JOINTS.sub("", rest)) in words.place_heads:
        bare = joined
    if bare.endswith(words.deadline_heads):
        return "deadline"
    if bare in words.idle_heads or bare.startswith("全国") or (bare.endswith(words.grade_heads) and not has_year):
        return "idle"
    if unit.canonical in _PAID_OUT and grammar.payout.search(bare) and not has_year:
        return "idle"
    if bare in words.obligation_heads or _has(bare, ("属性", "性质")):
        return "obligation"
    if has_year:
        return "value"
    known = {
        "unit": words.unit_heads,
        "year": words.year_heads,
        "group": words.group_heads,
        "place": words.place_heads,
        "text": words.text_heads,
        "branch": words.branch_heads,
    }
    named = next((role for role, titles in known.items() if bare in titles), "") if unit is NO_UNIT else ""
    if named or bare in words.label_heads or bare.endswith(("指标", "指标名称")):
        return named or "label"
    telling = (*words.growth_heads, *words.cumulative_heads, *words.actual_heads, *words.target_heads)
    is_short_change = len(bare) <= _MAX_CHANGE and _has(bare.replace("增加值", ""), words.change_heads)
    if unit is not NO_UNIT or _has(bare, telling) or bare in words.value_heads or is_short_change:
        return "value"
    return "label" if bare.endswith("名称") else "other"


def _take_unit(parts: Sequence[str], grammar: Grammar) -> tuple[PrintedUnit, str]:
    """The unit in a title's brackets or in a row of units below the titles, and the title without it."""
    rest = []
    found = NO_UNIT
    for number, part in enumerate(parts):
        left = part
        if number and (unit := parse_unit(part.strip("()"), grammar)) is not None:
            found = unit
            continue
        for match in reversed(list(_BRACKET.finditer(part))):
            if (unit := parse_unit(match[1], grammar)) is not None:
                found = unit
                left = left[: match.start()] + left[match.end() :]
        rest.append(left)
    return found, "".join(rest)


def _take_years(rest: str) -> tuple[str, int | None, int | None]:
    year = base = None
    for match in _YEAR.finditer(rest):
        number = FIVE_YEAR_PLANS[match["plan"]] if match["plan"] else int(match["last"] or match["first"])
        if match["base"]:
            base = number
        else:
            year = number
    return _YEAR.sub("", rest), year, base


def read_title_kind(rest: str, grammar: Grammar) -> str:
    """The kind that a title's words give its numbers, empty for levels."""
    words = grammar.words
    is_new = _has(rest.replace("增加值", ""), words.change_heads)
    if _has(rest, ("年均", "每年")) and is_new:
        return "annual"
    if _has(rest, words.growth_heads):
        return "growth"
    return "change" if is_new else ""


def read_subject(rest: str, grammar: Grammar) -> tuple[str, str]:
    """What a title measures and where, once the words around a year and the remarks in brackets are off.

    Args:
        rest: a title without its years and its unit.
        grammar: the compiled definitions.

    Returns:
        Measure and place, empty where the title names none.
    """
    left = _BRACKET.sub("", rest).strip(_SIGNS)
    is_part = left.startswith("其中")
    left = left.removeprefix("其中").strip(_SIGNS)
    words = sorted(grammar.words.value_heads, key=len, reverse=True)
    before = ""
    while left != before:
        before = left
        for word in words:
            left = _strip(left, word)
        left = left.strip(_SIGNS)
    if is_part or is_place(left) or left in grammar.words.part_words:
        return "", left
    return ("" if left in grammar.words.left_overs or left in grammar.words.totals else left), ""


def _strip(left: str, word: str) -> str:
    """Take a word off both ends; a single character only where it is all there is."""
    if len(word) == 1 or left == word:
        return "" if left == word else left
    left = left.removesuffix(word)
    return left if left.startswith("增加值") else left.removeprefix(word)


def is_place(name: str) -> bool:
    """Whether a name is that of a city, county or zone.

    >>> is_place("合肥市"), is_place("汉江新区"), is_place("全省"), is_place("5G基站")
    (True, True, False, False)
    """
    return _PLACE.fullmatch(name) is not None
