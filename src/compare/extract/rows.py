"""The name of a table's row: what it measures or where, without number, unit, signs of notes and 其中."""

from __future__ import annotations

import re
from dataclasses import dataclass

from compare.extract.grammar import Grammar
from compare.extract.labels import label_before
from compare.extract.printed_units import NO_UNIT, PrintedUnit, parse_row_unit, parse_unit

_DASHES = " -—–·•◆■□●○★▲△#*※"
_NUMBER = re.compile(
    r"(?:\d{1,2}[.、)](?!\d(?!G))|\(\d{1,2}\)|[①-⑳]|[一二三四五六七八九十]{1,3}、"
    r"|\([一二三四五六七八九十]{1,3}\)|\d{1,2} (?=\S))\s*"
)
_BRACKET = re.compile(r"[(\[]([^()\[\]]{1,24}(?:\([^()\[\]]{1,4}\))?)[)\]]$")
_MARK = re.compile(r"(?:\*{1,3}|[①-⑳]{1,3}|[¹²³]{1,2}|[(\[](?:\d|注\d?)[)\]]|注\d{0,2})$")
_TAG = re.compile(r"<[a-zA-Z/][^<>]{0,20}>|\*\*|`")
_YEAR = re.compile(r"(?:到|至|截至)?(20\d\d)年(?:底|末)?(?:前)?[,、]?(?!不变|价|可比)")
_WHOLE = re.compile(r"^(?:全|我|本)(?:省|市|区|县|州|盟)(?!域|级|内)(?=.{3})")
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,9}(?:市|县|区|州|盟|旗|省|镇|乡|地区|园|园区|片区|圈|带|谷)")
_MEASURE_NOUN = re.compile(r"(?:数|量|率|额|值|规模|收入|占比|比重|比例|企业|用户|平台|项目|人员|专利|产业|设备|基站)$")
_SHARE = re.compile("(?:占比|占|比重|比例|增速|增长率)")
_CAPTION_NUMBER = re.compile(r"(?:附表|附件|专栏|表格?|图)\s*[\d一二三四五六七八九十]{0,3}(?:[-—.]\d{1,2})?[:、.\s]*")
_CAPTION_TIME = re.compile(
    r"(?:(?:19|20)\d\d年?(?:[—~至-]{1,2}(?:19|20)\d\d年?)?|“?十[二三四五六]五”?)(?:期间|时期|末|底)?"
)
_CAPTION_PLACE = re.compile(r"各(?:设区)?(?:市|县|区|州|地|盟)[市县区州]{0,2}(?:\([市州县区旗盟、,]{1,7}\))?")
_NO_SUBJECT = re.compile(r"指标|重点|行动|方案|工程|体系|清单|名单")


@dataclass(frozen=True, slots=True)
class RowName:
    """What a row's name says.

    Attributes:
        label: what is measured, or the place or branch.
        unit: the unit in the name.
        obligation: `约束性` or `预期性` where the name says so.
        scope: the part of the region that the row covers.
        year: the year by which it holds, where the name starts with one.
    """

    label: str
    unit: PrintedUnit = NO_UNIT
    obligation: str = ""
    scope: str = ""
    year: int | None = None


def read_name(printed: str, parent: RowName | None, grammar: Grammar) -> RowName:
    """Read the name of a row.

    Args:
        printed: the cell's squeezed text.
        parent: the row that a row of 其中 belongs to.
        grammar: the compiled definitions.

    Returns:
        The name; of a row of 其中 the part is the scope where it is a place or a group of subjects, else it belongs to
        the label.
    """
    name = strip_number(_TAG.sub("", printed))
    year = None
    if (stated := _YEAR.match(name)) and stated.end() < len(name):
        name, year = name[stated.end() :], int(stated[1])
    is_part = name.startswith("其中")
    if is_part:
        name = strip_number(name.removeprefix("其中").lstrip(":,"))
    name, unit, obligation = _take_brackets(name, grammar)
    name = _strip_doing(_WHOLE.sub("", name), grammar)
    if not is_part or parent is None:
        return RowName(name, unit, obligation, year=year)
    unit = unit if unit is not NO_UNIT else parent.unit
    obligation = obligation or parent.obligation
    if (
        _PLACE.fullmatch(name)
        or name in grammar.words.part_words
        or name.removesuffix("地区") in grammar.words.part_words
    ):
        return RowName(parent.label, unit, obligation, name)
    if name in grammar.words.generic_labels or _SHARE.match(name):
        return RowName(f"{parent.label}{name}", unit, obligation)
    if len(name) <= 4 and not _MEASURE_NOUN.search(name):
        return RowName(f"{name}{parent.label}", unit, obligation)
    return RowName(name, unit, obligation)


def _strip_doing(name: str, grammar: Grammar) -> str:
    """Take the verb of doing off a name's start (建成5G基站), but for those that tell a kind (新增就业)."""
    verb = grammar.verbs.at(name, 0)
    if not verb or verb.startswith(("新", "净")):
        return name
    phrase = label_before(name, 0, len(name), grammar)
    return phrase if len(phrase) >= 3 and name.endswith(phrase) else name


def strip_number(name: str) -> str:
    """Take the number or bullet off the start of a row's name or of a group's.

    >>> strip_number("(一)基础设施"), strip_number("——其中:用户"), strip_number("5G基站数")
    ('基础设施', '其中:用户', '5G基站数')
    """
    stripped = name.lstrip(_DASHES)
    match = _NUMBER.match(stripped)
    return stripped[match.end() :].lstrip(_DASHES) if match and match.end() < len(stripped) else stripped


def _take_brackets(name: str, grammar: Grammar) -> tuple[str, PrintedUnit, str]:
    """Take off what stands behind a name: marks of notes, its unit, its obligation."""
    unit, obligation = NO_UNIT, ""
    for _ in range(4):
        if (mark := _MARK.search(name)) and mark.start():
            name = name[: mark.start()]
        elif (bracket := _BRACKET.search(name)) and bracket.start():
            inside = bracket[1]
            named = next((word for word in grammar.words.obligations if word in inside), "")
            found = None if named else parse_row_unit(inside, grammar)
            if not named and found is None and inside not in grammar.words.empty_cells:
                break
            obligation, unit = named or obligation, found or unit
            name = name[: bracket.start()]
        else:
            break
    if unit is NO_UNIT:
        head, _, tail = name.rpartition("/" if "/" in name else ",")
        if len(head) >= 3 and len(tail) <= 6 and (found := parse_unit(tail, grammar)) is not None:
            return head, found, obligation
    return name, unit, obligation


def read_caption(captions: tuple[str, ...], grammar: Grammar) -> str:
    """What a table's title says that it measures, where its head does not (`各市数字经济核心产业增加值目标`)."""
    for caption in captions:
        name = _CAPTION_PLACE.sub("", _CAPTION_TIME.sub("", _CAPTION_NUMBER.sub("", caption)))
        name = re.sub(r"\([^()]*\)", "", name).strip("“”:、,。 ")
        before = ""
        while name != before:
            before = name
            for word in grammar.words.caption_leads:
                name = name.removeprefix(word)
            for word in grammar.words.caption_tails:
                name = name.removesuffix(word)
        if 2 <= len(name) <= 24 and not _NO_SUBJECT.search(name) and not name.startswith("单位"):
            return name
    return ""
