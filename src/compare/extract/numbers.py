"""One number of a stretch of text: its value in canonical units, and the unit printed at it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from compare.extract.grammar import Grammar
from compare.extract.surfaces import (
    CHINESE_DIGITS,
    FORMAL_DIGITS,
    OPEN_SIGNS,
    SHARE_TO,
    SLASHED,
    VULGAR_FRACTIONS,
    match_numeral,
)
from compare.numerals import NotANumeral, Numeral, parse_numeral
from compare.units import Unit

RANGE_SIGNS = frozenset("—~至到-")
_YEAR_AFTER = re.compile(
    r"年(?![均增产销度利营销用])|年?(?:[—~至到-]{1,2}(?:19|20)\d\d)年|年度|\)|-\d\d-\d\d|/\d\d/\d\d"
)
_PER = re.compile(
    r"/(?:万?[人元户家亩吨]|月|年|日|天|秒|次|[十百千]人|百户|[十百]万人|平方公里|平方米|立方米|公里|千瓦时|度|人月|人年|小时|人次|公顷|百平方公里|亿元|千克|公斤|升)(?:·(?:平方公里|平方米|公里|月|年|日|天|人))?"
)
_TIMES = Unit("番", "倍", Decimal(1), "multiple", "quantity")
_SHARE = Unit("", "%", Decimal(1), "share", "quantity")
# 增速为-2.3%, but not 10-15, Wi-Fi-6 or a list's dash
_MINUS = re.compile(r"(?:[为是到至达于在约:(\[]|下降|增长|增速)-$|(?<![减担])负$")
_CLAUSE_END = re.compile("[,。;、)]|$")
_HALVED = frozenset(("physical", "multiple", "time", "money", "foreign_money", "points"))
_HALF = re.compile("半(?![导径数年价自成封固决壁])")
_HALF_AFTER_COUNT = re.compile("个半(?=小时|月|百分点|工作日)")
# 十来个, 百把人: about as many
_ABOUT = re.compile("来(?=[个家户人名位项件场次座台套条处所万亿])|把(?=[个家人户])")
_PART_BEFORE = re.compile(
    r"(?:占[^,。;]{0,12}|比例|比重|占比|达到?|到|至|为|约|近|超过?|逾|突破|不足|不到|不低于|不少于|的|有)$"
)
_HALF_STANDS = re.compile("[,。;、)的]|以上|左右|$")
# 提高点五个百分点, but not 试点五个
_POINT_BEFORE = re.compile("(?:提高|提升|上升|增加|增长|下降|降低|减少|约|近|为)点$")
# Of the world or of all a part needs no bound: 全球1/3笔记本电脑; one that opens its clause needs its noun: 1/3行政村
_WHOLE_BEFORE = re.compile("(?:全球|世界|全国|国内|全省|全市|全区|全县|全部|所有)$")
_NOUN_AFTER = re.compile("的?[\u4e00-\u9fff]{2}")
_CLAUSE_ENDS = ",。;、"
_LENGTH_BEFORE = re.compile("(?:长(?!三角)|里程|铺设|敷设|高度|深度|延伸)[^,。;、]{0,6}$")
_ONE_REACH = 16
_PART_AFTER = re.compile("以上|以下|左右|以内|强|弱|的|多")


@dataclass(slots=True)
class Quantity:
    """A number with its unit and bound, and the places where each stands in the stretch.

    Attributes:
        start, end: the numeral; a range from its first to its last numeral. A sign before it is not in it.
        stop: end of the unit.
        claim_start, claim_end: with the bound words before and after.
        value, high: in canonical units; `high` is the upper end of a range.
        unit: as printed, None where there is none.
        canonical: canonical unit.
        bound: one of the standard's six.
        bound_word: the word before the number that gave it.
        after_word: the word after the unit that gave it.
        refused: why it gives no record; empty while it may.
    """

    start: int
    end: int
    stop: int
    claim_start: int
    claim_end: int
    value: Decimal
    high: Decimal | None
    unit: Unit | None
    canonical: str
    bound: str = "="
    bound_word: str = ""
    after_word: str = ""
    refused: str = ""
    is_chinese: bool = False
    is_share: bool = False
    is_open: bool = False
    is_about: bool = False
    has_magnitude: bool = False


def read_numbers(text: str, grammar: Grammar, position: int = 0) -> Iterator[Quantity]:
    """Read the numbers of a stretch one by one, ranges still in two.

    Args:
        text: squeezed, folded, simplified text.
        grammar: the compiled definitions.
        position: where to look from.

    Yields:
        The numbers in order, those of dates and names among them with the reason in `refused`.
    """
    while found := match_numeral(text, position, grammar.numeral_starts):
        start, end = found
        if text[start].isdigit() and text[start].isascii():
            is_slashed = text.startswith("/", end)
            quantity = (is_slashed and _slashed(text, start)) or _arabic(text, start, end, grammar)
        elif (chinese := _chinese(text, start, end, grammar)) is not None:
            quantity = chinese
        else:
            position = end
            continue
        position = max(end, quantity.stop)  # not the magnitude of a unit such as 千瓦时 or 个/万人
        yield quantity


def _slashed(text: str, start: int) -> Quantity | None:
    """1/3, where what stands around says that it is a part of something."""
    match = SLASHED.match(text, start)
    if match is None or int(match["high"]) >= int(match["low"]) or text[start - 1 : start] in ("/", "."):
        return None
    is_part = _PART_BEFORE.search(text, max(0, start - 16), start) or _PART_AFTER.match(text, match.end())
    if not is_part and not _is_part_of_all(text, start, match.end()):
        return None
    share = Fraction(int(match["high"]), int(match["low"]))
    return _share(text, start, match.end(), Numeral(share, is_share=True))


def _is_part_of_all(text: str, start: int, end: int) -> bool:
    if _NOUN_AFTER.match(text, end) is None:
        return False
    is_first = start == 0 or text[start - 1] in _CLAUSE_ENDS
    return is_first or _WHOLE_BEFORE.search(text, max(0, start - 2), start) is not None


def _arabic(text: str, start: int, end: int, grammar: Grammar) -> Quantity:
    surface = text[start:end]
    previous = text[start - 1] if start else ""
    following = text[end] if end < len(text) else ""
    if reason := _refuse_by_neighbours(text, start, end, previous, following):
        return _refused(start, end, reason)
    numeral = parse_numeral(surface.replace("余", "").replace("多", ""))
    if isinstance(numeral, NotANumeral):
        return _refused(start, end, "numeral")
    return _measure(text, start, end, numeral, grammar)


def _refuse_by_neighbours(text: str, start: int, end: int, previous: str, following: str) -> str:
    if previous and previous.isascii() and (previous.isalpha() or previous in "_#@"):
        before = text[max(0, start - 4) : start]
        return "" if before.endswith(("PUE", "CPI", "PPI", "GDP", "WUE", "CLUE")) else "name"
    if (previous and previous in "+×*") or (following and following in "+×*"):
        return "slogan"
    if previous == "." or (previous == "/" and following != "%"):
        return "name"
    if following and following in "GKDHx" and not text.startswith(("Gb", "GB", "GW", "Kb", "KM", "Km"), end):
        tail = text[end + 1 : end + 2]
        if end - start == 1 or following != "G" or (tail and ((tail.isalnum() and tail.isascii()) or tail in "-+/")):
            return "name"
    if (
        end - start == 4
        and text[start : start + 2] in ("19", "20")
        and (_YEAR_AFTER.match(text, end) or (previous and previous in "(["))
    ):
        return "date"
    if (
        previous
        and previous in "[("
        and following
        and following in ")]"
        and re.match(r"\d{1,5}号", text[end + 1 : end + 8])
    ):
        return "document"
    if previous == ":" and text[start:end] in ("00", "30") and text[start - 2 : start - 1].isdigit():
        return "date"
    if previous and previous in "])" and following == "号":
        return "document"
    if previous and previous in "-—" and start > 1 and text[start - 2].isascii() and text[start - 2].isalpha():
        return "name"
    return ""


def _chinese(text: str, start: int, end: int, grammar: Grammar) -> Quantity | None:
    surface = text[start:end]
    previous = text[start - 1] if start else ""
    if previous == "第" or (surface[0] == "数" and previous in "户站量人次件家个指总额点"):
        return None
    if surface == "一" and not _may_be_one(text, end, previous, grammar):
        return None
    if surface[0] == "翻":
        return _doubling(start, end, surface)
    if surface == "倍增":
        ends = text[end : end + 1] in ",。;、" or end == len(text)
        stands = ends and previous not in ("“", "")
        return Quantity(start, end, end, start, end, Decimal(2), None, _TIMES, "倍") if stands else None
    is_part = "分之" in surface or "成" in surface or surface in ("半数", "一半") or surface in VULGAR_FRACTIONS
    if not is_part and not _states_count(text, start, end, surface, grammar):
        return None
    if surface == "一半" and not (_HALF_STANDS.match(text, end) or grammar.bound_before.before(text, start)):
        return None
    if "成" in surface and previous and previous in "完形变建达生不" and surface[0] in "一二三四五六七八九":
        return None
    numeral = parse_numeral(surface.replace("余", "").replace("多", ""))
    if isinstance(numeral, NotANumeral):
        return None
    quantity = _measure(text, start, end, numeral, grammar)
    quantity.is_open = quantity.is_open or numeral.is_open
    quantity.is_chinese = True
    return quantity


def _may_be_one(text: str, end: int, previous: str, grammar: Grammar) -> bool:
    """Whether any sign around 一 lets it count (`_is_one`), at little cost: plans are full of 一批, 一体."""
    near = text[end : end + _ONE_REACH]
    is_open = "半" in near or "倍" in near or "上" in near or near[:1] in RANGE_SIGNS
    return is_open or previous in grammar.bound_before.last_characters


def _states_count(text: str, start: int, end: int, surface: str, grammar: Grammar) -> bool:
    """Whether Chinese digits count something, by the unit after them, and are not a part of a word (一批, 统一)."""
    unit = grammar.units.match(text, _after_sign(text, end, surface)[0])
    opens_range = (
        text[end : end + 1] in RANGE_SIGNS and text[end + 1 : end + 2] in CHINESE_DIGITS and end + 1 < len(text)
    )
    is_large = len(surface) > 1 and surface[-1] in "万亿"
    is_bound = surface[0] not in "万亿千百" or grammar.bound_before.before(text, start) != ""
    if unit is None and not opens_range and not (is_large and is_bound) and not text.startswith("个半", end):
        return False
    if unit is not None and unit.use not in ("quantity", "measured"):
        return False
    previous = text[start - 1] if start else ""
    if surface == "一":
        return (
            opens_range
            or text.startswith("个半", end)
            or (unit is not None and _is_one(text, start, end, unit, grammar))
        )
    if surface in ("零", "〇", "半", "几") or (len(surface) == 1 and surface in FORMAL_DIGITS):
        return False
    return not (previous and previous in "一二三四五六七八九十双千百“" and len(surface) < 2)


def _is_one(text: str, start: int, end: int, unit: Unit, grammar: Grammar) -> bool:
    """Whether 一 counts: 至少一家, 一所以上, 一倍, 一吨半; it is mostly a part of a word or an article."""
    if unit.canonical == "倍":
        return True
    stop = end + len(unit.surface)
    if unit.dimension in _HALVED and _HALF.match(text, stop):
        return True
    bound = grammar.bounds.get(grammar.bound_before.before(text, start), "")
    is_least = bound in (">=", "<=") or (bound != "" and unit.dimension == "physical")
    return is_least or grammar.bounds_after.get(grammar.bound_after.at(text, stop)) == ">="


def _after_sign(text: str, end: int, surface: str) -> tuple[int, str]:
    """Where the unit may start, and the sign between numeral and unit that leaves the number open."""
    sign = text[end : end + 1]
    if sign and sign in OPEN_SIGNS and surface not in ("一", "两"):
        return end + 1, sign
    if sign and sign in "来把" and surface[-1] in "十百千0" and _ABOUT.match(text, end):
        return end + 1, sign
    return end, ""


def _doubling(start: int, end: int, surface: str) -> Quantity | None:
    count = surface[1:-1].replace("了", "").replace("近", "")
    times = parse_numeral(count) if count else Numeral(Decimal(1))
    if isinstance(times, NotANumeral) or not 1 <= times.value <= 6:
        return None
    value = Decimal(2 ** int(times.value))
    quantity = Quantity(start, end, end, start, end, value, None, _TIMES, "倍")
    quantity.bound = "~" if "近" in surface else "="
    return quantity


def _measure(text: str, start: int, end: int, numeral: Numeral, grammar: Grammar) -> Quantity:
    if numeral.is_share:
        return _share(text, start, end, numeral, grammar)
    surface = text[start:end]
    after, sign = _after_sign(text, end, surface)
    value = _decimal(numeral.value)
    if len(surface) == 1 and value < 10 and _POINT_BEFORE.search(text, max(0, start - 3), start):
        start, value = start - 1, value / 10
    high = None if numeral.high is None else _decimal(numeral.high)
    factor = Decimal(1)
    half = _HALF_AFTER_COUNT.match(text, after) if high is None and text.startswith("个半", after) else None
    unit = grammar.units.match(text, half.end() if half else after)
    if unit is not None and not half and _is_split_word(text, after, unit, grammar):
        unit = None
    if unit is not None and unit.surface == "m" and not _LENGTH_BEFORE.search(text, max(0, start - 12), start):
        unit = None  # 100m宽带
    if half:
        after, value = half.end(), value + Decimal("0.5")
    stop = after + len(unit.surface) if unit else after
    canonical = unit.canonical if unit else ""
    if unit and unit.canonical.startswith("次") and text.endswith("每秒", 0, start):
        canonical, factor = "PFLOPS", _OPERATION
    elif unit and unit.canonical == "次" and value >= _TERA and text.startswith(("/秒", "每秒"), stop):
        stop += 2
        canonical, factor = "PFLOPS", _OPERATION
    elif unit and (per := _PER.match(text, stop)):
        stop = per.end()
        keeps_large = unit.dimension == "money" and per[0] in ("/平方公里", "/公顷", "/公里")
        factor = unit.factor if keeps_large else factor
        canonical = ("元" if unit.dimension == "money" and not keeps_large else canonical) + per[0]
    elif unit:
        factor = unit.factor
        if high is None and unit.dimension in _HALVED and surface[-1] not in "百千万亿" and _HALF.match(text, stop):
            value, end, stop = value + Decimal("0.5"), stop + 1, stop + 1
    quantity = Quantity(
        start, end, stop, start, stop, value * factor, None if high is None else high * factor, unit, canonical
    )
    quantity.is_open = (sign != "" and sign in OPEN_SIGNS) or "余" in surface or "多" in surface
    quantity.is_about = sign != "" and sign not in OPEN_SIGNS
    quantity.has_magnitude = surface[-1] in "百千万亿兆" or "万" in surface or "亿" in surface
    if unit and unit.dimension in ("money", "foreign_money") and surface.endswith("亿") and surface[-2:-1].isdigit():
        quantity.end -= 1  # 亿元 is a unit of its own, as the canonical unit shows
    return _signed(text, quantity)


_OPERATION = Decimal("1e-15")
_TERA = 10**12


def _share(text: str, start: int, end: int, numeral: Numeral, grammar: Grammar | None = None) -> Quantity:
    """A part of a whole in per cent; 百分之十到十五 has an upper end that the denominator governs too."""
    high = numeral.high
    surface = text[start:end]
    if grammar is not None and "分之" in surface and high is None and (to := SHARE_TO.match(text, end)):
        upper = parse_numeral(f"{surface.partition('分之')[0]}分之{to['high']}")
        is_same = to["high"][0].isdigit() == surface.partition("分之")[2][0].isdigit()
        if (
            isinstance(upper, Numeral)
            and is_same
            and upper.high is None
            and grammar.units.match(text, to.end()) is None
        ):
            high, end = upper.value, to.end()
    value = _decimal(numeral.value * 100)
    quantity = Quantity(start, end, end, start, end, value, None, _SHARE, "%")
    if high is not None and high > numeral.value:
        quantity.high = _decimal(high * 100)
    if text[end : end + 1] in ("多", "余") and end < len(text):
        quantity.is_open, quantity.stop, quantity.claim_end = True, end + 1, end + 1
    quantity.is_share = True
    return _signed(text, quantity)


def _signed(text: str, quantity: Quantity) -> Quantity:
    """负 or a minus in front turns a number; it stays outside, as the word of a decrease does."""
    start = quantity.start
    if not start or text[start - 1] not in "负-":
        return quantity
    stands_alone = start == 1 and quantity.canonical in ("%", "‰", "百分点") and _CLAUSE_END.match(text, quantity.stop)
    if stands_alone or _MINUS.search(text, max(0, start - 3), start):
        quantity.value = -quantity.value
        if quantity.high is not None:
            quantity.value, quantity.high = -quantity.high, quantity.value
        quantity.claim_start = start - 1
    return quantity


def _decimal(value: Decimal | Fraction) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(value.numerator) / Decimal(value.denominator)


def _is_split_word(text: str, position: int, unit: Unit, grammar: Grammar) -> bool:
    """Whether the unit's characters are the start of a longer word (个体, 人工智能, 项目, P2P)."""
    tail = text[position + len(unit.surface) : position + len(unit.surface) + 1]
    surface = unit.surface
    if surface[-1].isascii() and surface[-1].isalpha():
        return bool(tail) and tail.isascii() and tail.isalnum()
    if not tail or f"{surface}{tail}" not in grammar.split_words:
        return False
    rest = text[position + len(surface) : position + len(surface) + 2]
    return rest not in grammar.split_words  # 10个|人工智能: the longer word starts after the unit


def _refused(start: int, end: int, reason: str) -> Quantity:
    return Quantity(start, end, end, start, end, Decimal(0), None, None, "", refused=reason)
