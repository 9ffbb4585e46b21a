"""The part of the region that a number covers: a city, a park, a part of the country, a class of enterprises."""

from __future__ import annotations

import re
from dataclasses import dataclass

from compare.extract.clauses import Clauses
from compare.extract.grammar import Grammar

# What stands in a name of a place, without the characters of the words around it (建成…, 位于…, 全省, 重点, 智慧 …).
_NAME = (
    "[^\\x00-\u4dff\ua000-\uffff"
    "的个等和与及占在为是全各我本到达前目实年月末底已将可有建每第约超入对向把从由以于其该此打国先特创优省市县区园智数企业绕续质自]"
)
_ZONE = (
    "新区|开发区|高新技术产业开发区|高新区|经开区|自贸区|自贸试验片?区|保税区|综保区|片区|科学城|软件园"
    "|(?:工业|产业)园区?|合作区|都市圈|经济圈|城市群|经济带"
)
_HUB = "(?:国家)?(?:算力|数据中心)?(?:枢纽(?:节点)?|集群)"
# After a known name: 合肥|市, 合肥|高新区, 庆阳|数据中心集群, 长沙|机场, 中部|地区.
_TAIL = re.compile(
    "(?:市(?![场值级民政域])|州(?!际)|盟|地区|区域|聚落|各?省份|沿线)?"
    f"(?:{_NAME}{{0,4}}?(?:{_ZONE})|[\u4e00-\u9fff]{{2,10}}?合作区|{_HUB}|机场|{_NAME}{{1,3}}?(?:县|区)(?![域块级间别]))?(?:{_HUB})?(?:(?<=枢纽){_NAME}{{2,4}}(?:数据中心)?集群)?"
)
# What makes a known name the start of another: 武汉大学, 杭州湾, 西部大开发.
_OTHER = re.compile(
    r"[^,;。:\d]{0,8}?(?:大学|学院)|之?间|湾|路(?!口)|大道|银行|大开发|崛起|振兴|陆海|新城|计划|等|籍|话|菜|会议|宣言"
)
_NAMED = re.compile(
    f"(中国[声光数药智芯视]谷|{_NAME}{{1,6}}?(?:(?:新区)?(?:数据中心|算力|国家)(?:集群|枢纽)|枢纽(?!节点|港|机场|经济)|{_ZONE}|自治州|自治县|自治旗"
    "|(?<![景社小校灌库山牧辖城街地范验导行能聚心用务护户])区(?![域块级间别])|(?<!城)市(?![场值级民政域直县])|县(?![域级市直]))(?:数据中心集群)?)"
)
# The signs of such a name, looked for before the name itself.
_NAME_SIGN = re.compile("[区县市州旗城园枢圈带群谷]")
_MAX_NAME = 20
_NO_NAME = re.compile(
    "^(?:[一二三四五六七八九十两]|[十百千万]+亿?元|县|新[建增]|重点|主要|推[动进]|加[快强]|支持|鼓励|引导|培育|试点|示范|高标准|核心|中心|人均|上|农村|脱贫|贫困|行政|城|省级|东部|西部|中部|比(?!亚)|较|.{0,4}(?:快递|邮政|物流|客运|货运|交通|水利)枢纽$)"
)
# Kinds of zones, which a list counts: 综合保税区1个, 国家级高新区3个.
_KIND_OF_ZONE = re.compile(
    "(?:国家级?|省级|市级|综合|海关|特殊|监管|自由|贸易|经济|技术|高新|产业|工业|开发|跨境|出口|加工|保税|自主|创新|示范|先导|试验|合作|边境|旅游|科技|物流|新|园|区)+"
)
# What follows a place that is the subject of its clause: 合肥建成…, 贵阳:… (not 郑州|数据交易中心交易额).
_SUBJECT_END = re.compile("[,:;。]|要|将|已|力争|率先|各|均|年")
# With these before it, a place is not what the clauses after it speak of.
_LOOSE = re.compile("支持|推动|引导|鼓励|[在对至到使让]")
_JOINT = re.compile("、|和|与|以?及(?!其)")
_POINTS = ("东", "中", "西")
_POINT = re.compile("[东中西](?=[、和与及])")
_WITHIN = re.compile("的(?=.{2})")
_LEAD = re.compile(
    r"(?:[、,与及并且而但;:。“”—\s]|和(?!林格尔|田)|其中|当中|支持|推动|引导|鼓励|力争|预计|争取|确保|实现|目前|当前|尤其是?|特别是|截至目前|此外|同时|[在对至到使让]"
    r"|到?(?:19|20)\d\d年(?:\d{1,2}月)?(?:底|末|初|以来)?(?:前|,)?|“?十[三四五六]五”?(?:时期|期间|期?末)?|[一二三四五六七八九十]是)*"
)
_WHOLE_STARTS = ("全", "我", "本", "省", "世")
_WHOLE = re.compile("全(?:省|市|区|县|州|盟|国|域|社会|自治区|镇|球)|[我本](?:省|市|区|县|国|州)|省内|世界")
_CLASS = re.compile(
    r"([\u4e00-\u9fff“”\d]{2,20}"
    r"(?:企业(?:[百千]强)?|单位|机构|医院|学校|高校|省份|项目|平台|园区|数据中心))(?:之?中|内|里),"
)
# 加快建设庆阳数据中心集群, …: what follows speaks of the hub.
_HUB_BUILT = re.compile(
    f"(?:高标准|高水平|高质量|加快|大力|全力|推进|推动)*(?:建设|打造)?({_NAME}{{2,6}}(?:新区)?(?:数据中心|算力)(?:集群|枢纽))"
    "(?:扩容|提速|提质|增效|扩能|升级|建设|发展)*(?=[,;。])"
)
# 省超算中心将于2025年投用, 一期算力…: one that acts is what the clauses after it speak of.
_FACILITY = re.compile(
    "(?:位于[^,;。:、的]{2,16}的|(?:计划|预计)?总?投资约?[^,;。:、的]{1,8}元的)?((?![各每全我一多]|新[建增]|加快|推[动进]|支持|建[设成]|打造|布局|依托|国家级|重点)[^,;。:、的\\d]{2,14}(?:超算|智算|计算|算力)中心)(?=将|已|于|完成|投入|建成)"
)
# A park, a zone or a data centre with a name of its own; not where it is itself what is counted: 绿色数据中心建成8个。
_NAMED_BODY = re.compile(
    "(?:位于[^,;。:、的]{2,16}的|(?:计划|预计)?总?投资约?[^,;。:、的]{1,8}元的)?((?![各每全我一多]|新[建增型]|加快|推[动进]|支持|建[设成]|打造|布局|依托|国家级|省级|市级|重点"
    "|绿色|大型|超大|中小|边缘|现有|在建|已|有|以|特色|高标准|其他|此外|同时)[^,;。:、的\\d“”]{3,14}?(?:数据中心|分中心|开发区|合作区|(?:示范|产业|科技|软件)园区?))(?:项目)?"
    "(?=已|将|占地|投产|集聚|聚集|引进|引入|入驻|建有|拥有|以\\d|建成)(?!(?:已|将|累计)*(?:建成|投产|建有|拥有|引进|引入)?[约近超]?\\d[\\d.]*[万余多]*[个家座处][,;。、])"
)
_NAMED_SIGNS = ("园", "发区", "作区", "中心")
_CLAUSE = re.compile("[(“][^)”]{0,80}[)”]|[,:]")
_QUOTED_PLACE = re.compile("“([^”]{2,12}(?:谷|园|城|港|岛|湾|廊|区|镇|基地))”")
_PARK_LABEL = re.compile("^(?:园区|基地|集群|示范区|新区|开发区)")
_PART_LABEL = re.compile(
    "(?:城市|市|县|新区|地区|工业园区|片区|科学城|软件园|自贸港|功能区|聚落)$|^(?:中国)?(?:移动|电信|联通|广电|铁塔)(?:公司)?$"
)
_BODY = re.compile("(?:[市州盟县]|(?<!地)区|枢纽|集群|节点|科学城|软件园|园|谷)$")
# 西宁经济技术开发区 is a part of 西宁; with 市, 新区 or nothing behind it the name may be the whole plan's.
_OWN_ZONE = re.compile("(?:开发区|产业区|高新区|经开区|保税区|综保区|片区|科学城|软件园|园区?|合作区)$")
# 江苏省通信管理局, 浙江移动, 广东、福建: bodies and lists that open with a province, and what is on the way to it.
_NO_PROVINCE = re.compile(
    "[省市]?(?:[、和与及等至到]|[^,。;:\\d]{0,10}?(?:局|厅|委|办|公司|集团|大学|学院|银行|移动|联通|电信|铁塔|政府|日报|分行|大会|论坛|组织|代表))"
)
_NATION = ("全国", "我国", "世界")
_SEVERAL = 2
_LOOK_BACK = 300
_BODY_REACH = 48


@dataclass(frozen=True, slots=True)
class Places:
    """Places named together; `start` and `end` are where they stand in the text."""

    start: int
    end: int
    names: tuple[str, ...]


def read_places(text: str, position: int, end: int, grammar: Grammar) -> Places | None:
    """Read the places with which a clause opens.

    Args:
        text: squeezed, folded, simplified text.
        position: where the clause, or what is left of it after an earlier number, starts.
        end: where the number's claim starts; no place stands beyond.
        grammar: the compiled definitions.

    Returns:
        The places as printed (东、中、西部 are 东部, 中部 and 西部), or None where the clause opens with none.
    """
    return _read_places(text, _after_lead(text, position, end), end, grammar)


def _after_lead(text: str, position: int, end: int) -> int:
    """Where a clause starts behind the words with which it may open."""
    lead = _LEAD.match(text, position, end)
    return lead.end() if lead else position


def _read_places(text: str, start: int, end: int, grammar: Grammar) -> Places | None:
    found = _read_list(text, start, end, grammar)
    if found and (match := _WITHIN.match(text, found.end, end)):
        return _read_list(text, match.end(), end, grammar) or found
    return found


def _read_list(text: str, start: int, end: int, grammar: Grammar) -> Places | None:
    names: list[str] = []
    position = last = start
    joint = None
    while stop := _place_end(text, position, end, grammar):
        names.append(text[position:stop] if stop - position > 1 else text[position] + "部")
        last = stop
        if (joint := _JOINT.match(text, stop, end)) is None:
            break
        position = joint.end()
    if not names or joint is not None or _OTHER.match(text, last, end) or last - start == 1:
        return None
    if text.startswith(_TO, last) and read_route(text, start, end, grammar):
        return None  # 合肥至南京建有4条光缆
    return Places(start, last, tuple(names))


def _place_end(text: str, position: int, end: int, grammar: Grammar) -> int:
    """Where the place that starts at `position` ends, 0 where none does."""
    word = grammar.cities.at(text, position) or grammar.areas.at(text, position)
    if word:
        tail = _TAIL.match(text, position + len(word), end)
        stop = tail.end() if tail else position + len(word)
        return stop if stop <= end else 0
    if text[position : position + 1] in _POINTS and (match := _POINT.match(text, position, end)):
        return match.end()
    if _NAME_SIGN.search(text, position, min(end, position + _MAX_NAME)) is None:
        return 0
    match = _NAMED.match(text, position, end)
    if match is None or _NO_NAME.match(match[1]) or grammar.leading.at(text, position):
        return 0
    return match.end()


def find_provinces(text: str, own_place: str, grammar: Grammar) -> frozenset[str]:
    """Find the provinces of which a text speaks in turn that is of none of them, as one of a delta or the nation.

    Args:
        text: folded, simplified text of the whole document.
        own_place: text that names the document's own region.
        grammar: the compiled definitions.

    Returns:
        The names as printed of those that open a clause; none where fewer than two do, or where the document is of one.
    """
    if grammar.provinces.search(own_place):
        return frozenset()
    opening: set[str] = set()
    for match in grammar.provinces.finditer(text):
        if _opens_clause(text, match.start()) and not _NO_PROVINCE.match(text, match.end()):
            opening.add(match[0])
    return frozenset(opening) if len({name[:2] for name in opening}) >= _SEVERAL else frozenset()


def _opens_clause(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] in "\n。;, \u3000"


class Scopes:
    """The part of the region that the numbers of one paragraph cover, taken in from left to right.

    A place that opens a clause holds for the rest of the sentence, one that opens the paragraph before a colon for the
    paragraph, until another place or the whole region (全省) opens a clause; one after 其中 holds for its own numbers.
    """

    def __init__(
        self,
        text: str,
        clauses: Clauses,
        own_place: str,
        grammar: Grammar,
        provinces: frozenset[str] = frozenset(),
    ) -> None:
        self.text = text
        self._provinces = provinces
        self.clauses = clauses
        self.own_place = own_place
        self.grammar = grammar
        opener = read_places(text, 0, min(len(text), 40), grammar)
        self._opener = self.name(opener) if opener and text.startswith((":", "。"), opener.end) else ""
        # Most paragraphs name none of these at all.
        self._has_centre = "算中心" in text or "算力中心" in text
        self._has_hub = "集群" in text or "枢纽" in text
        self._has_class = "中," in text or "内," in text or "里," in text
        self._standing = ""
        self._sentence = -1
        self._position = 0

    def standing(self, sentence: int, clause: int) -> str:
        """The place that an earlier clause of the sentence, or the paragraph, sets for a clause."""
        if sentence != self._sentence:
            self._sentence = sentence
            self._position = self.clauses.sentence_start(sentence)
            self._standing = self._opener
            self._take(self._position, clause)
        for match in _CLAUSE.finditer(self.text, self._position, clause):
            if len(match[0]) == 1:
                self._take(match.end(), clause)
        self._position = max(self._position, clause)
        return self._standing

    def _take(self, start: int, limit: int) -> None:
        text = self.text
        if text.startswith("其中", start):
            return
        after = _after_lead(text, start, len(text))
        if text[after : after + 1] in _WHOLE_STARTS and (whole := _WHOLE.match(text, after)):
            self._standing = self._standing if self._is_of_standing(whole[0]) else ""
        elif self._provinces and (province := self._match_province(after)):
            self._standing = self._opener = province
        elif match := self._match_facility(after) or self._named_body(after):
            self._standing = "" if match[1] in self.own_place else match[1]
        elif body := self.grammar.bodies.at(text, after):
            self._standing = body
        elif places := _read_places(text, after, max(limit, after + 24), self.grammar):
            self._standing = self.name(places) if self._is_subject(start, places) else ""
        elif self._has_class and (match := _CLASS.match(text, after)):
            self._standing = match[1]

    def _match_province(self, start: int) -> str:
        """The province of a text of several that opens a clause, and holds until the paragraph names another."""
        match = self.grammar.provinces.match(self.text, start)
        if match is None or match[0] not in self._provinces or _NO_PROVINCE.match(self.text, match.end()):
            return ""
        return match[0]

    def _match_facility(self, start: int) -> re.Match[str] | None:
        """A computing centre that acts, or a hub that is built, at the start of a clause."""
        if self._has_centre and (match := _FACILITY.match(self.text, start)):
            return match
        return _HUB_BUILT.match(self.text, start) if self._has_hub else None

    def _named_body(self, start: int) -> re.Match[str] | None:
        """A park, a zone or a data centre that opens a clause and acts in it."""
        opening = self.text[start : start + _BODY_REACH]
        return _NAMED_BODY.match(self.text, start) if any(sign in opening for sign in _NAMED_SIGNS) else None

    def _is_of_standing(self, whole: str) -> bool:
        """Whether 全市 is all of the city that an earlier clause has named, 全省 of the province that is told of."""
        if self._standing in self._provinces:
            return whole not in _NATION
        return len(self._standing) > 1 and whole == f"全{self._standing[-1]}"

    def _is_subject(self, start: int, places: Places) -> bool:
        """Whether the clauses after that of a place speak of it too: it is a body of its own, or acts."""
        text = self.text
        if text.startswith(",", places.end) and text.endswith("在", start, places.start):
            return True
        if _LOOSE.search(text, start, places.start):
            return False
        if _BODY.search(text, places.start, places.end):
            return True
        return _SUBJECT_END.match(text, places.end) is not None or bool(self.grammar.verbs.at(text, places.end))

    def name(self, places: Places) -> str:
        """Places as a scope; empty for the plan's own region."""
        name = places.names[0]
        if name in self.own_place or (name[:2] in self.own_place and _OWN_ZONE.search(name) is None):
            return ""
        return self.text[places.start : places.end]

    def is_whole(self, start: int) -> bool:
        """Whether a clause opens with the whole region."""
        whole = _WHOLE.match(self.text, _after_lead(self.text, start, len(self.text)))
        return whole is not None and not self._is_of_standing(whole[0])


def read_route(text: str, start: int, end: int, grammar: Grammar) -> str:
    """The two places with which a clause opens that a line joins (`合肥至南京建有4条直达光纤`), else an empty text."""
    middle = _place_end(text, start, end, grammar)
    if not middle or not text.startswith(_TO, middle):
        return ""
    last = _place_end(text, middle + 1, end, grammar) or _region_end(text, middle + 1, grammar)
    return text[start:last] if last else ""


def _region_end(text: str, position: int, grammar: Grammar) -> int:
    word = grammar.leading.at(text, position)
    return position + len(word) if word in grammar.words.regions else 0


_TO = ("至", "到")


def find_park(text: str, clause: int, sentence: int, label: str) -> str:
    """The quoted park that a label such as 园区企业营业收入 speaks of, named in or before its sentence."""
    if not _PARK_LABEL.match(label):
        return ""
    quoted = _QUOTED_PLACE.findall(text[max(0, sentence - _LOOK_BACK) : clause + 60])
    return quoted[-1] if quoted else ""


def is_part_label(label: str) -> bool:
    """Whether a label names a part of the region, not a measure (`其中省会城市达到5万个`).

    >>> is_part_label("省会城市"), is_part_label("5G基站")
    (True, False)
    """
    return 2 <= len(label) <= 12 and _PART_LABEL.search(label) is not None


def read_distributed(text: str, start: int, end: int, count: int) -> Places | None:
    """Read the places of a list that is summed up by its count (`渝北、两江、高新区三地营业收入分别…`).

    Args:
        text: squeezed, folded, simplified text.
        start: where the clause starts.
        end: where the first number's claim starts.
        count: how many numbers there are.
    """
    if text.find("、", start, end) < 0 or not 2 <= count < len(_COUNTS):
        return None
    match = _LISTED.match(text, start, end)
    names = tuple(_JOINT.split(match["names"])) if match else ()
    if match is None or len(names) != count or match["count"] not in _COUNTS[count]:
        return None
    return Places(match.start("names"), match.end(), names)


_COUNTS = ("", "", "两二2", "三3", "四4", "五5", "六6", "七7", "八8", "九9")
_LISTED = re.compile(
    "(?P<names>[^,;。:、\\d]{2,10}(?:(?:、|和|与)[^,;。:、\\d]{2,10}?)+)(?:等)?(?P<count>[两二三四五六七八九2-9])个?"
    "(?:地(?!区|方|块|市)|地市|市(?!场|级|值|民)|县|区(?!域|块)|州|片区|新区|园区)"
)


def is_listed_zone(text: str, start: int, end: int, places: Places) -> bool:
    """Whether what looks like a place is a kind of zone that a list counts (`百亿元县3个、高新区2个`)."""
    if places.end != end or not text.startswith("、", start):
        return False
    return _KIND_OF_ZONE.fullmatch(text, places.start, end) is not None or text[places.start : end] in _ZONE.split("|")
