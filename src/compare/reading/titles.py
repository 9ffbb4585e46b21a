"""What the title of a table's column looks like, where no bar or tab shows that a table stands there at all."""

from __future__ import annotations

import re

_YEAR = r"(?:19|20)\d\d"
_SUFFIX = r"(?:[(\[〔][^()\[\]〔〕]{1,14}[)\]〕])?"
_MAX_TITLE = 24

_SERIAL = "序号|编号"
_GROUP = "类别|类型|分类|领域|维度|板块|方面|大类|门类|一级指标"
_LABEL = (
    r"(?:[一二三]级|主要|具体|核心|关键|发展|预期|任务|考核|评价|监测|重点|约束性|预期性|目标|建设)*指标(?:名称|内容|项目)?"
    rf"{_SUFFIX}|(?:指标|项目|任务|企业|产业|行业|事项|产品|平台|园区|工程|目标)?名称{_SUFFIX}|项目|任务|内容|类目|事项"
    r"|(?:重点)?(?:产业链?|行业|产业集群|集群|产品|平台)|(?:主要|重点)?目标任务|主要目标"
)
_PLACE = (
    r"(?:各)?(?:地区|区域|地市|市州|市县|县区|区县|城市|市|县|区|州)(?:\([市州县区旗盟、,]{1,7}\))?(?:名称)?"
    "|县市区|设区市|片区|园区"
)
_TIME = "年份|年度|时间|时点|阶段"
_UNIT = "(?:计量|指标)?单位(?:名称)?"
_OTHER = (
    r"(?:指标)?(?:属性|性质)|指标类型|备注|说明|(?:主要)?(?:责任|牵头|负责|配合|主管|统计|填报|考核|实施|建设|承担|主责|协同)"
    r"(?:单位|部门|处室|主体)|(?:完成|建设|起止)?(?:时限|年限|期限)|(?:数据|指标)?来源"
)
_VALUE_PART = (
    rf"{_YEAR}(?:[—~至-]{{1,2}}{_YEAR})?年?|“?十[二三四五六]五”?(?:期间|末期|期末|时期|末)?|[—~至/、和(\[〔)\]〕]|年末|年底|年度|底|末|初|到|截至"
    r"|预期|规划|发展|总体|力争|计划|建设|目标|任务|现状|基期|基数|基准|基础|实际|实绩|完成|预计|情况|数据|数值|指标|值|数|水平|年均|累计|五年|三年"
    r"|期间|期末|平均|同比|复合|增长|增速|增幅|递增|涨幅|增加|新增|提高|变化|速度|幅度|率|其中|全省|全市|:|单位"
)
_VALUE = re.compile(rf"(?:{_VALUE_PART}|(?<=[(:])(?:%|[十百千万亿]*[元个家户人项件]))+")
_VALUE_KEY = re.compile(
    rf"{_YEAR}|十[二三四五六]五|目标|现状|基期|基数|年均|累计|增[速长幅]|规划值|预期值|完成值|完成情况|指标值|数值|实际值"
)
_MEASURE = re.compile(r"(?=.{4,24}$)[^。;,]{2,20}\((?:单位:)?(?!.{0,6}20\d\d)[^()。,]{1,8}\)")


def read_title(title: str) -> str:
    """What kind of column a title heads.

    Args:
        title: a line or stretch of folded, simplified text without blanks at its ends.

    Returns:
        `S` serial number, `G` group, `L` name of a measure, `P` place, `Y` year, `U` unit, `V` values, `O` other, `M`
        a measure with its unit; empty where it is no title.

    >>> [read_title(title) for title in ("序号", "指标名称(单位)", "2025年目标", "建成5G基站16万个")]
    ['S', 'L', 'V', '']
    """
    title = title.replace(" ", "")
    if not 1 <= len(title) <= _MAX_TITLE:
        return ""
    if found := _KINDS.fullmatch(title):
        return str(found.lastgroup)
    if _VALUE.fullmatch(title) and _VALUE_KEY.search(title):
        return "V"
    return "M" if _MEASURE.fullmatch(title) else ""


_KINDS = re.compile(
    f"(?P<S>{_SERIAL})|(?P<G>{_GROUP})|(?P<L>{_LABEL})|(?P<P>{_PLACE})|(?P<Y>{_TIME})|(?P<U>{_UNIT})|(?P<O>{_OTHER})"
)
_SHAPE = re.compile(r"S?(?:G*L|P|G{2,}(?=[UV]))[VUO]*V[VUO]*|S?G*P[VM]*[VM][VMO]*|YM+")


def is_head(letters: str) -> bool:
    """Whether the titles of a row, one letter each, are the head of a table of quantities.

    >>> is_head("SLUVVO"), is_head("YMMM"), is_head("LOO")
    (True, True, False)
    """
    return _SHAPE.fullmatch(letters) is not None


_EMPTY = re.compile(r"[-—–/\\…·.]{1,4}|无|暂无|待定|×")
_LEAD = (
    r"[\[(〔<>≥≤≈~+]{0,3}-?(?:比|较)?(?:20\d\d年)?"
    r"[约近超过逾达到突破不少于低高大小多至累计共新增净每年均长下降提升减比较控制在力争]{0,10}[<>≥≤≈~-]?"
)
_NUMBER = re.compile(rf"{_LEAD} ?\d.*")
_PLAIN = re.compile(r"[\[(〔<>≥≤≈~+-]{0,2} ?\d[\d.,—~-]*(?: ?[%‰])?(?: ?(?:以上|以下|左右|以内))?[\])〕]?[*①-⑳]?")
_WORDED = re.compile(
    r"应.{1,4}尽.{1,4}|.*(?:覆盖|同步|持续|稳步|逐步|不断|明显|显著|提升|提高|优化|水平|前列|领先|保持|快于|高于|低于|普及|倍增|翻.?番|国家|达到|完成|实现).*"
)
_OBLIGATION = re.compile(r"(?:预期|约束|引领|参考|指导)性(?:指标)?")
_MAX_VALUE = 24


def is_value(content: str) -> bool:
    """Whether a cell can stand in a column of values: a number, a sign for none, a commitment in words.

    >>> [is_value(content) for content in ("≥99%", "比2020年下降15%", "—", "应上尽上", "电子商务交易额(亿元)")]
    [True, True, True, True, False]
    """
    if len(content) > _MAX_VALUE or content[-1] in "。;":
        return False
    return is_plain(content) or any(pattern.fullmatch(content) for pattern in (_NUMBER, _WORDED))


def is_plain(content: str) -> bool:
    """Whether a cell holds a mere number or a sign for none, and so can be no name of anything."""
    return len(content) <= _MAX_VALUE and any(pattern.fullmatch(content) for pattern in (_PLAIN, _EMPTY))


def fits(content: str, letter: str) -> bool:
    """Whether a cell can stand in a column of a kind (a letter of `read_title`).

    >>> fits("个/万人", "U"), fits("10.2", "U"), fits("10.2", "V"), fits("10.2", "L")
    (True, False, True, False)
    """
    if len(content) > _MAX_CELL or content[-1] in "。;":
        return False
    if letter in "VM":
        return is_value(content)
    if letter in _CELLS:
        return _CELLS[letter].match(content) is not None
    if is_plain(content):
        return letter == "O" and _EMPTY.fullmatch(content) is not None
    return letter == "O" or (_NAME.search(content) is not None and _OBLIGATION.fullmatch(content) is None)


_MAX_CELL = 60
_NAME = re.compile("[\u4e00-\u9fffA-Za-z]{2}")
_CELLS = {
    "S": re.compile(r"(?:\d{1,3}[.、)]?|\(?[一二三四五六七八九十\d]{1,3}[)、]?|\d\.\d{1,2})$"),
    "U": re.compile(r"(?!(?:预期|约束|引领|参考|指导)性)[^\d]{1,14}$"),
    "Y": re.compile(rf"(?:到|“)?(?:{_YEAR}|十[二三四五六]五)|现状|基期|目标|合计"),
}


def ends_row(content: str) -> bool:
    """Whether a cell can only stand at the right of a row, so that no row starts with it."""
    return is_plain(content) or _OBLIGATION.fullmatch(content) is not None
