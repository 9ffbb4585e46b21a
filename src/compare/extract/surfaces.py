"""How numerals are printed in running text: where one starts, and how far it goes.

The text is squeezed, folded and simplified (`compare.text`). What a numeral is worth is for `compare.numerals` to say,
and whether it states a quantity for what stands around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

CHINESE_DIGITS = "零〇一二两三四五六七八九十百千万亿"
FORMAL_DIGITS = "壹贰叁肆伍陆柒捌玖"
VULGAR_FRACTIONS = "½⅓⅔¼¾⅕⅛"
OPEN_SIGNS = "余多"

_DIGITS = f"零〇一二两三四五六七八九{FORMAL_DIGITS}"
# The first character of 千瓦 and 百分点 belongs to the unit; 兆 counts only before money or a smaller magnitude.
_KILO = "瓦米克伏赫帕卡"
_MEGA = rf"兆(?=元|[\d'.]+[万亿]|[{_DIGITS}十百千]+[万亿])"
_MAGNITUDE = rf"(?:[百佰](?!分)|[千仟](?![{_KILO}分])|万(?!分之)|亿|{_MEGA})"
_CHINESE = rf"(?:[{_DIGITS}十拾廿卅几]|{_MAGNITUDE})"
_DECIMALS = rf"点[{_DIGITS}]+[百千万亿]*"
_ARABIC = r"\d+(?:[' ]\d{3}(?!\d))*(?:\.\d+)?"

# 12万5千, 5亿1万4千6百, 3万4000, 1千零20: what may follow a magnitude is smaller than that magnitude.
_AFTER_HUNDRED = r"零\d(?!\d)"
_AFTER_THOUSAND = rf"(?:零?\d百(?:{_AFTER_HUNDRED})?|零\d{{1,2}}(?!\d))"
_AFTER_WAN = (
    rf"(?:零?\d千(?![{_KILO}分])(?:{_AFTER_THOUSAND})?|零?\d百(?!分)|零\d{{1,3}}(?!\d)"
    r"|\d{4}(?![\d年月.,'%‰GKMDx:/+*×—~-]))"
)
_AFTER_YI = rf"零?\d{{1,4}}千?万(?:{_AFTER_WAN})?"
_AFTER_MEGA = r"[\d'.]+[千百]?[万亿]+"
_BELOW = rf"(?<=兆){_AFTER_MEGA}|(?<=亿){_AFTER_YI}|(?<=万){_AFTER_WAN}|(?<=\d千)(?:零\d{{1,2}}万|{_AFTER_THOUSAND})"

# 三成, but not 三成员 or 建成五成套设备
_TENTHS_END = "(?![都为立功果员交熟长绩效本品型套规群])"
_CLAUSE_END = "(?=以|左|上|[,。;、)]|$)"
_PART = rf"(?:{_CHINESE}+(?:{_DECIMALS})?|{_ARABIC})"
_WHOLE = rf"(?:\d{{1,9}}|[{_DIGITS}十百千万亿拾佰仟]{{1,9}})"
_FRACTION = rf"(?:(?:{_ARABIC}|{_CHINESE}+)又)?{_WHOLE}分之{_PART}"

_FRACTIONS = re.compile(_FRACTION)
_DIGITS_RUN = re.compile(rf"{_ARABIC}(?:{_MAGNITUDE}+(?:[{OPEN_SIGNS}][万亿]+|{_BELOW})?|[{OPEN_SIGNS}][万亿]+)?")
_DIGIT_TENTHS = re.compile(rf"(?:10|\d(?:\.\d)?)成半?{_TENTHS_END}")
_CHINESE_RUN = re.compile(rf"{_CHINESE}+(?:{_DECIMALS}|[{OPEN_SIGNS}][万亿]+)?")
_CHINESE_TENTHS = re.compile(
    rf"(?:十|[{_DIGITS}](?:点[{_DIGITS}]|[{_DIGITS}])?)成(?:半|[一二三四五六七八九]{_CLAUSE_END})?{_TENTHS_END}"
    r"|一半(?![路天夜身])"
)
_OTHER = re.compile(
    rf"翻了?近?[一二两三四五\d]?番|倍增(?![计行工效器长])|半数|半成{_CLAUSE_END}|[数几][十百千万亿]+|[{VULGAR_FRACTIONS}]"
)
# 陆 and 伍 are digits only before a magnitude: 大陆, 队伍
_FORMAL = re.compile(
    rf"(?<![大登海内着水队退入收])(?:[{FORMAL_DIGITS}](?=[十百千万亿拾佰仟零点分又{FORMAL_DIGITS}])|[拾佰仟](?=[{_DIGITS}万亿分]))"
)

_FORMAL_SIGNS = frozenset(f"{FORMAL_DIGITS}拾佰仟")
_OTHER_SIGNS = frozenset(f"数几半翻倍{VULGAR_FRACTIONS}")
# What a run of digits ends at where it may be a part of a fraction or of tenths
_TURNS = frozenset("分又成半百千万佰仟")

# The upper end of a share that is not repeated: 百分之十到十五
SHARE_TO = re.compile(rf"[—~至到-]{{1,2}}(?P<high>{_PART})(?![{_DIGITS}\d分年成.])")
# 1/3 where it is a part of a whole, and no date, model or ratio
SLASHED = re.compile(r"(?P<high>[1-9]\d?)/(?P<low>[1-9]\d?)(?![\d/.:%年月日号万亿A-Za-z*×+-])")


def compile_start(units: Iterable[str]) -> re.Pattern[str]:
    """The pattern of the characters at which a numeral may start.

    The class in front lets the engine skip ahead, with ASCII digits alone, as those of all scripts cost a look-up for
    each character. 数, which every plan is full of, counts only where a numeral can go on, and a Chinese digit only
    where it does, or where what is counted may follow: not in 统一 or 一体化.

    Args:
        units: units as printed.
    """
    counted = re.escape("".join(sorted({unit[0] for unit in units if unit})))
    return re.compile(
        rf"[0-9{CHINESE_DIGITS}{FORMAL_DIGITS}拾佰仟廿卅数几半翻倍{VULGAR_FRACTIONS}]"
        rf"(?:(?<=[{CHINESE_DIGITS}])(?=[{counted}{CHINESE_DIGITS}{FORMAL_DIGITS}几拾佰仟廿卅点分成又半{OPEN_SIGNS}来把—~至到-])"
        rf"|(?<![{CHINESE_DIGITS}数几半翻倍])"
        r"|(?<=[数几])(?=[十百千万亿])|(?<=翻)(?=[了近番一二两三四五\d])|(?<=半)(?=[数成])|(?<=倍)(?=增))"
    )


def match_numeral(text: str, position: int, starts: re.Pattern[str]) -> tuple[int, int] | None:
    """Start and end of the next numeral at or after `position`, or None where there is none.

    Args:
        text: squeezed, folded, simplified text.
        position: where to look from.
        starts: a pattern that `compile_start` made.

    >>> match_numeral("统一建成12万5千个", 0, compile_start(["个", "千瓦"]))
    (4, 9)
    >>> match_numeral("装机三百千瓦", 0, compile_start(["个", "千瓦"]))
    (2, 4)
    """
    while found := starts.search(text, position):
        if match := _match_at(text, found.start(), found[0]):
            return match.span()
        position = found.end()
    return None


def _match_at(text: str, start: int, first: str) -> re.Match[str] | None:
    """The numeral that starts right here; a plain run of digits, which most are, costs one pattern."""
    if first in _OTHER_SIGNS:
        return _OTHER.match(text, start)
    if first in _FORMAL_SIGNS and _FORMAL.match(text, start) is None:
        return None
    is_arabic = first.isdigit()
    run = (_DIGITS_RUN if is_arabic else _CHINESE_RUN).match(text, start)
    if run is not None and text[run.end() : run.end() + 1] not in _TURNS:
        return run
    tenths = _DIGIT_TENTHS if is_arabic else _CHINESE_TENTHS
    return _FRACTIONS.match(text, start) or tenths.match(text, start) or run
