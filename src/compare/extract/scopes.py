"""The part of the region that a number covers: a city, a park, a zone named before it."""

from __future__ import annotations

import re

_PLACE = re.compile(
    r"([\u4e00-\u9fff]{2,6}?(?:新区|开发区|高新区|自贸区|示范区|自治州|自治县|市|县|区|园区|产业园|基地))"
    r"(?!场|级|民|值|政|域|块|直)"
)
_LEAD = re.compile("^(?:支持|推动|引导|鼓励|其中|到20..年,?|力争)")
_NO_PLACE = re.compile(
    "^(?:全|各|我|本|该|城|入|进|园区|省|地市|市|县|区|设区|先行|中心城|主城|智慧|数字|国家|试验|先进|特色|创新|自治|一|二|三|每|以|新|重点|有|上"
    "|超|门|股|大中|成为|培育|支持|建成|建设|打造|高标准|农村|东部|中部|西部|人均|高速|行政)|等|个|有条件|和|与|的|(?:城市|地区|社区|小区|景区|校区|灌区|库区|保护区|服务区|片区|辖区|牧区|山区)$"
)
_QUOTED_PLACE = re.compile("“([^”]{2,12}(?:谷|园|城|港|岛|湾|廊|区|镇|基地))”")
_PARK_LABEL = re.compile("^(?:园区|基地|集群|示范区|新区|开发区)")
_PLACE_LABEL = re.compile("(?:城市|市|县|新区|地区|工业园区|片区|科学城|软件园|自贸港|功能区|聚落)$")
_LOOK_BACK = 300


def find_scope(text: str, clause: int, sentence: int, label: str, own_place: str) -> str:
    """The place that a clause names as its subject, or the park that a paragraph is about.

    Args:
        text: squeezed, folded, simplified text.
        clause: where the number's clause starts.
        sentence: where its sentence starts.
        label: the number's label.
        own_place: text in which the plan's own region is named.

    Returns:
        The place as printed, or an empty text for the whole region.
    """
    lead = _LEAD.sub("", text[clause : clause + 16])
    if (match := _PLACE.match(lead)) and not _NO_PLACE.search(match[1]):
        return "" if match[1][:2] in own_place else match[1]
    if _PARK_LABEL.match(label):
        quoted = _QUOTED_PLACE.findall(text[max(0, sentence - _LOOK_BACK) : clause + 60])
        return quoted[-1] if quoted else ""
    return ""


def is_place_label(label: str) -> bool:
    """Whether a label names a part of the region, not a measure (`其中省会城市达到5万个`).

    >>> is_place_label("省会城市"), is_place_label("5G基站")
    (True, False)
    """
    return 2 <= len(label) <= 12 and _PLACE_LABEL.search(label) is not None
