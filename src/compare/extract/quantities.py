"""Numbers in a stretch of text, with the unit and the bound that stand at them."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from compare.extract.grammar import Grammar
from compare.extract.numbers import Quantity, read_numbers
from compare.extract.ranges import merge_ranges
from compare.numerals import MAGNITUDES
from compare.units import Unit

__all__ = ["Quantity", "find_quantities"]

_LIST_GAP = re.compile("、|和|与|及|以及|、和")
_MAGNITUDE = re.compile(r"(?<=\d)[十百千万亿]+")
_ABOUT_A_PART = re.compile(r"(约|近|接近|超过|超|逾)占[^,。;、\d]{0,12}$")
_PART_LEAD = 16
_GLOSS = re.compile(r"\([A-Za-z][A-Za-z0-9]{0,11}\)(?=以上|以下|左右|以内|上下)")  # 1000PFLOPS(FP16)以上
# 至少投资120亿元: what is done may stand between the bound and the number.
_LEAST = re.compile(r"(至少(?!林寺)|最少)(?:[^,。;、:()\d]|\dG){1,12}$")
_LEAST_REACH = 14
_COLLECTED = frozenset("据料本合例题词材图")  # 数据集|约, 语料集|约, but 土地集约
_BRACKET_BOUND = re.compile(r"\((以上|左右|以内|以下|含)\)")


def find_quantities(text: str, grammar: Grammar, position: int = 0) -> list[Quantity]:
    """Find every number of a stretch.

    Args:
        text: squeezed, folded, simplified text.
        grammar: the compiled definitions.
        position: where to look from; words of a bound may stand before it.

    Returns:
        The numbers in order, those of dates and names among them with the reason in `refused`. Chinese digits that are
        part of a word (一批, 统一) are not numbers and are left out.
    """
    found = list(read_numbers(text, grammar, position))
    if not found:
        return found
    merged = merge_ranges(text, found)
    _share_units(text, merged)
    for quantity in merged:
        if not quantity.refused:
            _bind(text, quantity, grammar)
    return merged


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


def _bind(text: str, quantity: Quantity, grammar: Grammar) -> None:
    """Read the bound words around a quantity; the one after the number wins."""
    position = quantity.claim_start
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
    if not quantity.bound_word and text.find("占", first := max(0, quantity.start - _PART_LEAD), quantity.start) >= 0:
        share = _ABOUT_A_PART.search(text, first, quantity.start)
        quantity.bound = grammar.bounds[share[1]] if share else quantity.bound
    if not quantity.bound_word and text.find("少", first := max(0, quantity.start - _LEAST_REACH), quantity.start) >= 0:
        least = _LEAST.search(text, first, quantity.start)
        quantity.bound = grammar.bounds[least[1]] if least else quantity.bound
    if quantity.high is not None and quantity.bound_word == "控制在":
        quantity.bound = "="
    if quantity.is_open:
        quantity.bound = ">"
    elif quantity.is_about:
        quantity.bound = "~"
    after = quantity.stop
    is_bracketed = text.startswith("(", after)
    if is_bracketed and (gloss := _GLOSS.match(text, after)):
        after = gloss.end()
    word = grammar.bound_after.at(text, after)
    if word and _is_bound_after(text, after, word, quantity):
        quantity.bound = grammar.bounds_after[word]
        quantity.after_word = word
        quantity.claim_end = after + len(word)
    elif is_bracketed and (bracket := _BRACKET_BOUND.match(text, after)):
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
            is_noun = before == "集" and text[end - len(word) - 2 : end - len(word) - 1] in _COLLECTED
            return is_noun or before not in "节集条制预签契"
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
