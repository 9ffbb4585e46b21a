"""Numbers in a stretch of text, with the unit and the bound that stand at them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from compare.extract.grammar import CHINESE_DIGITS, NUMERAL, OPEN_SIGNS, Grammar
from compare.numerals import MAGNITUDES, NotANumeral, Numeral, parse_numeral
from compare.units import Unit

_RANGE_SIGNS = frozenset("—~至到-")
_YEAR_AFTER = re.compile(
    r"年(?![均增产销度利营销用])|年?(?:[—~至到-]{1,2}(?:19|20)\d\d)年|年度|\)|-\d\d-\d\d|/\d\d/\d\d"
)
_PER = re.compile(
    r"/(?:万?[人元户家亩吨]|月|年|日|天|秒|次|[十百千]人|百户|[十百]万人|平方公里|平方米|立方米|公里|千瓦时|度|人月|人年|小时|人次|公顷|百平方公里|亿元|千克|公斤|升)"
)
_TIMES = Unit("番", "倍", Decimal(1), "multiple", "quantity")
_LIST_GAP = re.compile("、|和|与|及|以及|、和")
_MAGNITUDE = re.compile(r"(?<=\d)[十百千万亿]+")
_ABOUT_A_PART = re.compile(r"(约|近|接近|超过|超|逾)占[^,。;、\d]{0,12}$")
_PART_LEAD = 16
_BRACKET_BOUND = re.compile(r"\((以上|左右|以内|以下|含)\)")


@dataclass(slots=True)
class Quantity:
    """A number with its unit and bound, and the places where each stands in the stretch.

    Attributes:
        start, end: the numeral; a range from its first to its last numeral.
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
    has_magnitude: bool = False


def find_quantities(text: str, grammar: Grammar) -> list[Quantity]:
    """Find every number of a stretch.

    Args:
        text: squeezed, folded, simplified text.
        grammar: the compiled definitions.

    Returns:
        The numbers in order, those of dates and names among them with the reason in `refused`. Chinese digits that are
        part of a word (一批, 统一) are not numbers and are left out.
    """
    found = list(_numbers(text, grammar))
    merged = _merge_ranges(text, found)
    _share_units(text, merged)
    for quantity in merged:
        if not quantity.refused:
            _bind(text, quantity, grammar)
    return merged


def _numbers(text: str, grammar: Grammar) -> Iterator[Quantity]:
    stop = 0
    for match in NUMERAL.finditer(text):
        start, end = match.span()
        if start < stop:  # the magnitude of a unit such as 千瓦时 or 个/万人
            continue
        if text[start].isdigit():
            quantity = _arabic(text, start, end, grammar)
        elif (chinese := _chinese(text, start, end, grammar)) is not None:
            quantity = chinese
        else:
            continue
        stop = quantity.stop
        yield quantity


def _arabic(text: str, start: int, end: int, grammar: Grammar) -> Quantity:
    surface = text[start:end]
    previous = text[start - 1] if start else ""
    following = text[end] if end < len(text) else ""
    if reason := _refuse_by_neighbours(text, start, end, previous, following):
        return _refused(start, end, reason)
    is_open = False
    after = end
    if following and following in OPEN_SIGNS:
        is_open, after = True, end + 1
    numeral = parse_numeral(surface.replace("余", "").replace("多", ""))
    if isinstance(numeral, NotANumeral):
        return _refused(start, end, "numeral")
    quantity = _measure(text, start, end, after, numeral, grammar)
    quantity.is_open = is_open or "余" in surface or "多" in surface
    return quantity


def _refuse_by_neighbours(text: str, start: int, end: int, previous: str, following: str) -> str:
    if previous and previous.isascii() and (previous.isalpha() or previous in "_#@"):
        before = text[max(0, start - 4) : start]
        return "" if before.endswith(("PUE", "CPI", "PPI", "GDP", "WUE", "CLUE")) else "name"
    if (previous and previous in "+×*") or (following and following in "+×*"):
        return "slogan"
    if previous == "." or (previous == "/" and following != "%"):
        return "name"
    if following and following in "GKDHx" and not text.startswith(("Gb", "GB", "GW", "Kb"), end):
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
    if surface[0] == "翻":
        return _doubling(start, end, surface)
    if surface == "倍增":
        ends = text[end : end + 1] in ",。;、" or end == len(text)
        stands = ends and previous not in ("“", "")
        return Quantity(start, end, end, start, end, Decimal(2), None, _TIMES, "倍") if stands else None
    after = end
    is_open = False
    if text[end : end + 1] in OPEN_SIGNS and end < len(text) and surface not in ("一", "两"):
        is_open, after = True, end + 1
    if "分之" not in surface and "成" not in surface and surface != "半数":
        unit = grammar.units.match(text, after)
        is_large = len(surface) > 1 and surface[-1] in "万亿"
        is_bound = surface[0] not in "万亿千百" or grammar.bound_before.before(text, start) != ""
        if unit is None and not _opens_range(text, end) and not (is_large and is_bound):
            return None
        if unit is not None and unit.use not in ("quantity", "measured"):
            return None
        if (
            surface in ("零", "〇", "半", "几")
            or (surface == "一" and (unit is None or unit.canonical != "倍"))
            or (previous in "一二三四五六七八九十双千百“" and len(surface) < 2)
        ):
            return None
    elif previous in "完形变建达生不" and surface[0] in "一二三四五六七八九" and "成" in surface:
        return None
    numeral = parse_numeral(surface.replace("余", "").replace("多", ""))
    if isinstance(numeral, NotANumeral):
        return None
    quantity = _measure(text, start, end, after, numeral, grammar)
    quantity.is_open = is_open or numeral.is_open or "余" in surface or "多" in surface
    quantity.is_chinese = True
    return quantity


def _opens_range(text: str, end: int) -> bool:
    return text[end : end + 1] in _RANGE_SIGNS and text[end + 1 : end + 2] in CHINESE_DIGITS and end + 1 < len(text)


def _doubling(start: int, end: int, surface: str) -> Quantity | None:
    count = surface[1:-1].replace("了", "").replace("近", "")
    times = parse_numeral(count) if count else Numeral(Decimal(1))
    if isinstance(times, NotANumeral) or not 1 <= times.value <= 6:
        return None
    value = Decimal(2 ** int(times.value))
    quantity = Quantity(start, end, end, start, end, value, None, _TIMES, "倍")
    quantity.bound = "~" if "近" in surface else "="
    return quantity


def _measure(text: str, start: int, end: int, after: int, numeral: Numeral, grammar: Grammar) -> Quantity:
    if numeral.is_share:
        share = Unit("", "%", Decimal(1), "share", "quantity")
        quantity = Quantity(start, end, end, start, end, _decimal(numeral.value * 100), None, share, "%")
        quantity.is_share = True
        return quantity
    value = _decimal(numeral.value)
    factor = Decimal(1)
    unit = grammar.units.match(text, after)
    if unit is not None and _is_split_word(text, after, unit, grammar):
        unit = None
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
    high = None if numeral.high is None else numeral.high * factor
    quantity = Quantity(start, end, stop, start, stop, value * factor, high, unit, canonical)
    surface = text[start:end]
    quantity.has_magnitude = surface[-1] in "百千万亿兆" or "万" in surface or "亿" in surface
    if unit and unit.dimension in ("money", "foreign_money") and surface.endswith("亿") and surface[-2:-1].isdigit():
        quantity.end -= 1  # 亿元 is a unit of its own, as the canonical unit shows
    return quantity


_OPERATION = Decimal("1e-15")
_TERA = 10**12


def _decimal(value: Decimal | Fraction) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(value.numerator) / Decimal(value.denominator)


def _is_split_word(text: str, position: int, unit: Unit, grammar: Grammar) -> bool:
    """Whether the unit's characters are the start of a longer word (个体, 人工智能, 项目, P2P)."""
    tail = text[position + len(unit.surface) : position + len(unit.surface) + 1]
    surface = unit.surface
    if surface[-1].isascii() and surface[-1].isalpha():
        return bool(tail) and tail.isascii() and tail.isalnum()
    return bool(tail) and f"{surface}{tail}" in grammar.split_words


def _refused(start: int, end: int, reason: str) -> Quantity:
    return Quantity(start, end, end, start, end, Decimal(0), None, None, "", refused=reason)


def _merge_ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """Join `3—5个`, `10%~15%`, `三至五家` to one quantity each."""
    merged: list[Quantity] = []
    for quantity in found:
        previous = merged[-1] if merged else None
        if (
            previous is not None
            and not previous.refused
            and not quantity.refused
            and _is_range(text, previous, quantity)
        ):
            merged[-1] = _join(text, previous, quantity)
        else:
            merged.append(quantity)
    return [quantity for quantity in merged if quantity.unit or quantity.refused or not _is_word(quantity)]


def _share_units(text: str, found: list[Quantity]) -> None:
    """Give the unit that only the last of a list has to those before it (`1.6、1.2和0.4个百分点`)."""
    magnitude = Decimal(1)
    for index in range(len(found) - 2, -1, -1):
        quantity, last = found[index], found[index + 1]
        is_bare = quantity.unit is None or (quantity.canonical == "个" and last.canonical == "百分点")
        if (
            is_bare
            and not (quantity.refused or quantity.is_chinese or last.refused)
            and last.unit is not None
            and last.unit.use == "quantity"
            and _LIST_GAP.fullmatch(text, quantity.stop, last.start)
        ):
            magnitude = _read_magnitude(text, last) or magnitude
            _lend_unit(quantity, last, last.unit, magnitude)
        else:
            magnitude = Decimal(1)


def _read_magnitude(text: str, quantity: Quantity) -> Decimal | None:
    """The magnitude printed behind a numeral's digits."""
    found = _MAGNITUDE.search(text, quantity.start, quantity.stop)
    return None if found is None else Decimal(math.prod(MAGNITUDES[word] for word in found[0]))


def _lend_unit(quantity: Quantity, last: Quantity, unit: Unit, magnitude: Decimal) -> None:
    """Measure a number in the unit of the last of its list, with that one's magnitude where it prints none itself."""
    factor = Decimal(1) if "/" in last.canonical else unit.factor
    factor *= 1 if quantity.has_magnitude else magnitude
    quantity.value *= factor
    quantity.high = None if quantity.high is None else quantity.high * factor
    quantity.unit, quantity.canonical, quantity.has_magnitude = unit, last.canonical, last.has_magnitude


def _is_word(quantity: Quantity) -> bool:
    """Whether a Chinese numeral without a unit, kept for a range that did not come, is a part of a word."""
    return quantity.is_chinese and not (quantity.has_magnitude and quantity.end - quantity.start > 1)


def _is_range(text: str, low: Quantity, high: Quantity) -> bool:
    gap = text[low.stop : high.start]
    if len(gap) != 1 or gap not in _RANGE_SIGNS or low.is_open or low.high is not None:
        return False
    if low.unit is not None and high.unit is not None and low.unit.canonical != high.unit.canonical:
        return False
    if low.unit is None and high.unit is None and not (low.has_magnitude or high.has_magnitude or gap in "—~"):
        return False
    if low.unit is not None and high.unit is None:
        return False
    return not (gap in "到至" and text[max(0, low.start - 1) : low.start] in ("从", "由") and low.unit is not None)


def _join(text: str, low: Quantity, high: Quantity) -> Quantity:
    value = low.value
    if low.unit is None and high.unit is not None:
        magnitude = 1
        if not low.has_magnitude and high.has_magnitude:
            surface = text[high.start : high.stop]
            digits = re.match(r"[\d'.]+", surface)
            if digits:
                magnitude = int(high.value / high.unit.factor / Decimal(digits[0].replace("'", "")))
        value = value * high.unit.factor * magnitude if high.canonical.find("/") < 0 else value * magnitude
    if value >= high.value:
        value, high_value = (value, high.value) if value > high.value else (value, None)
    else:
        high_value = high.value
    joined = Quantity(
        low.start, high.end, high.stop, low.start, high.stop, value, high_value, high.unit, high.canonical
    )
    joined.is_chinese = low.is_chinese and high.is_chinese
    joined.has_magnitude = high.has_magnitude
    joined.is_open = high.is_open
    joined.is_share = high.is_share
    return joined


def _bind(text: str, quantity: Quantity, grammar: Grammar) -> None:
    """Read the bound words around a quantity; the one after the number wins."""
    position = quantity.start
    for _ in range(3):
        link = grammar.bound_links.before(text, position)
        word = grammar.bound_before.before(text, position)
        if len(word) >= len(link) and word:
            if not _is_bound(text, position, word):
                break
            quantity.bound = grammar.bounds[word]
            quantity.bound_word = word
            position -= len(word)
            quantity.claim_start = position
            break
        if not link:
            break
        position -= len(link)
    if not quantity.bound_word and (
        share := _ABOUT_A_PART.search(text, max(0, quantity.start - _PART_LEAD), quantity.start)
    ):
        quantity.bound = grammar.bounds[share[1]]
    if quantity.high is not None and quantity.bound_word == "控制在":
        quantity.bound = "="
    if quantity.is_open:
        quantity.bound = ">"
    after = quantity.stop
    word = grammar.bound_after.at(text, after)
    if word and _is_bound_after(text, after, word, quantity):
        quantity.bound = grammar.bounds_after[word]
        quantity.after_word = word
        quantity.claim_end = after + len(word)
    elif bracket := _BRACKET_BOUND.match(text, after):
        quantity.bound = grammar.bounds_after.get(bracket[1], quantity.bound)
        quantity.claim_end = bracket.end()
    else:
        quantity.claim_end = after


def _is_bound(text: str, end: int, word: str) -> bool:
    if word in ("上", "过", "破", "近", "最高", "最低", "超", "约"):
        before = text[max(0, end - len(word) - 1) : end - len(word)]
        if word == "上":
            return text[end : end + 1] in "百千万亿" and before not in "以线网云路地向加"
        if word == "过":
            return text[end : end + 1] in "百千万亿半" and before not in "超通不经度"
        if word == "近":
            return before not in "附就邻最新"
        if word == "约":
            return before not in "节集条制预签契"
        if word == "破":
            return before not in "突打"
    return True


def _is_bound_after(text: str, position: int, word: str, quantity: Quantity) -> bool:
    if word == "起":
        return False
    if word == "内":
        return (
            quantity.unit is not None
            and quantity.unit.use == "measured"
            and text[position + 1 : position + 2] not in "外地需容"
        )
    return True
