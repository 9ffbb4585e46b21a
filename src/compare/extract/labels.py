"""What is measured: the noun phrase before or after a number, in the plan's own words."""

from __future__ import annotations

import re

from compare.extract.grammar import YEAR, Grammar, may_name_time
from compare.extract.quantities import Quantity

# What follows a verb that is the start of a noun: 服务|业, 使用|率, 建设|用地 …
_NOUN_TAIL = re.compile(
    "[区业器员者率费量商力性化型类权机额度值户额面]|(?<=联合)[体会国]|中心|平台|标准(?![化机厂])|指数|水平|总值|用地|库|资金|主体|能力|收入|规模(?!以上)|体系|总量|事项|项目|基地|环境|床位|达成率|完成率"
)
_DE = re.compile("的(?![比占确士])")
_BRACKET = re.compile("[()“”《》]")
_PARENTHESIS = re.compile(r"\([^()]*\)")
_LEAD_SIGNS = "、和及与,，或 ;:：。)”—-·的"
_COUNTABLE = ("count",)
_MAX_LABEL = 40
_ORDER = re.compile(
    r"^(?:近)?[一二两三四五六七八九十\d]{1,2}年(?:来|间|内)?(?=$|[累新共带整]|安排)|^(?:即|也就是)?在[一二两三四五六七八九十\d]{1,2}年(?:之间|之内|间|内)|^(?:也就是|估计会?$)|^(?:[一二三四五六七八九十]{1,2}是|第[一二三四五](?![批期轮代])(?:年度?)?|其中|当中|此外|同时|另外|特别是|包括|即|如|含)[,:]?|^\(?\d{1,2}[.、)]|^[①-⑳]|^(?:\d{1,2}[—―~至到-])?\d{1,2}月(?:份|底|末|初)?|^\([一二三四五六七八九十]{1,3}\)"
)
_COMPARED = re.compile(
    r"(?:^|(?<=,))(?:比|较|相比于?|相较于?|与)[^,;。:、]{1,16}?(?:时|时期|初期|末期|之初|之前|(?<![之以])前|预算|计划)(?:相比)?(?:[增减升降上下提实][^,;。]{0,3})?$"
    r"|(?:比|较|相比|相较于?|与)(?:[上去前]年度?(?:相同|同一|可比)(?:基础|口径|基准)|上年末?|[去今前上]\((?:19|20)\d\d\)年|去年|同期|年初|上年底|上月|上季|期初|(?:19|20)\d\d年?|“?十[二三四五]五”?末|基期|全国|上年同期)[^,;。]{0,4}$"
)
# The source of a statement, what an amount is reckoned by, and who does it: none is measured.
_FRAME = re.compile(
    r"^《[^》]{1,40}》$|^(?:[^,;。:《]{0,8}《[^》]{1,40}》|(?:上述|该)?(?:报告|规划|方案|预算案|会议|文件|通知|意见|白皮书|公报|数据))(?:还|亦|也|中)?"
    r"(?:提及|提到|提出|指出|显示|表明|明确|要求|强调|规定|预计|预期|称|目标(?!责任|任务))+[:,]?"
    r"|^按(?:照)?[^,;。:]{1,12}(?:计算|统计|测算|口径)(?:的(?=.{2}))?|^[^,;。:“]{0,10}(?:报告|规划|方案|计划|意见|会议)将“(?=.{2})|^为[^,;。:的]{1,8}(?:(?:提供|办理|处理)$|(?=提供|办理|处理))|^按(?:年|月|季)(?=$|[增减升降上下])|^以[^,;。:的]{1,8}(?:价格?|方式|形式)(?=.{2})|^为\d+个?(?:省份|省区市|国家|城市|地区)(?=.{2})|^为(?=[^主止期何民老][^,;。:]{3})|^向[^,;。:的]{2,10}?(?:推介|推送|推荐|输送|报告|移交)(?=.{3}|$)|^由[^,;。]{2,20}?(?:联合|共同|合作|合计)"
    r"|^位于[^,;。:的]{2,20}的(?=.{2})|^(?:我们?|政府|特区政府|当局)(?:会|将|已|亦)+|^在[^,;。:]{1,14}(?:后|下|(?<=[^按及])时)$"
    r"|^在(?:全[国省市区球]|国内|世界|业内)(?:率先|首创|首批|首次|领先)?(?=.{2})|^(?:全部|全面)?(?:建成|投产|达产|投用|启用)后(?=.{2})"
    r"|^(?:工信部|[国省市](?:发改|经信|数据|工信)[委局厅]|[\u4e00-\u9fff]{2,8}(?:管理局|委员会|信息化[部厅局]))(?:还|亦|也)?(?:计划|预计|拟|将)(?=.{2})|^就(?=实施|建成|开工|投入)|^了(?![解如断])"
    r"|^我(?![国省市区县州港们校院军])"
)
# 在教育、医疗等领域|发布场景: where it is done, before a verb.
_WHERE = re.compile(
    "在(?![线校研职建册岗营用库途轨孵籍产网售办])[^,;。:]{2,30}?(?:领域|区域|方面|地区|行业|环节|场景|板块)(?:内|中|上(?![线云架市报]))?"
)
# 并|开通, 再|认定: words that join an act to the one before.
_JOINING = re.compile("并(?![购网联发轨行])|再(?![生制贷就保造利融担])|又|还(?![款贷建原本])|另(?![外类一])")
_ARTICLE = re.compile("了?一[个项家座套条]")
_DASH = re.compile("[—―]{2,}")
_MONTH = re.compile(r"[上下]半年|\d{1,2}(?:[—~至到-]\d{1,2})?月(?:份)?(?:底|末|初|\d{1,2}日)?的?")
# A rate is not built: 新建数据中心PUE is that of the new ones.
_RATIO = re.compile(r"(?:[率比]|比重|比例|PUE值?|效率(?:\([^()]*\))?)$")
# 密度达到每平方公里5个, 电价降至每千瓦时0.4元: the unit's denominator, not what is measured
_PER_UNIT = re.compile(
    r"(?<=[达到至为在])每[十百千万\d]{0,3}"
    "(?:人口?|名|户|家|平方公里|平方米|立方米|公里|亩|吨|千瓦时|度电?|件|次|秒|小时|人每?月)$"
)
_BASIC = re.compile("基本(?=[价养医公农单])")
_SINCE = re.compile("以来|来(?=[^源])|起(?![步重])|间(?![接隔])")


def label_before(text: str, start: int, end: int, grammar: Grammar) -> str:
    """Clean the text before a number to the noun phrase that it measures.

    Args:
        text: squeezed, folded, simplified text.
        start: where the clause, or what is left of it after an earlier number, starts.
        end: where the number's bound words start.
        grammar: the compiled definitions.

    Returns:
        The phrase without verbs of doing, time, region and linking words; empty where nothing is left.
    """
    phrase = text[start:end]
    if len(phrase) > 120:
        phrase = phrase[-120:]
    if ("—" in phrase or "―" in phrase) and (dashes := list(_DASH.finditer(phrase))):
        phrase = phrase[dashes[-1].end() :]
    if "比" in phrase or "较" in phrase or "与" in phrase:
        phrase = _COMPARED.sub("", phrase)
    if "每" in phrase:
        phrase = _PER_UNIT.sub("", phrase)
    phrase = _strip_times(phrase)
    phrase = _strip_trailing(phrase, grammar)
    phrase = _strip_leading(phrase, grammar)
    phrase = _strip_trailing(phrase, grammar)
    if phrase == "免费" or _PERIOD.fullmatch(phrase) or _ARTICLE.fullmatch(phrase):
        return ""
    if "等" in phrase and "、" in phrase and (summed := _EXAMPLES.fullmatch(phrase)):
        phrase = summed["noun"]
    return _balance(_shorten(phrase, grammar))


# 基站、算力、工业互联网等|新基建项目: examples of what is counted.
_EXAMPLES = re.compile("[^等的()“”率]+、[^等的()“”率]+等(?P<noun>[^等级、和与及的占率]{2,8}(?:项目|工程))")


def _strip_times(phrase: str) -> str:
    if not may_name_time(phrase):
        return phrase
    phrase = _YEARS_ASIDE.sub("", phrase) if "年度)" in phrase or "年)" in phrase else phrase
    position = 0
    kept = []
    for match in YEAR.finditer(phrase):
        if match["plan"] and not match["part"]:
            continue
        lead = phrase[position : match.start()]
        before = re.sub(r"(?:到|至|在|截至|截止|从|由|自|仅|力争|比|较|与|以|(?<![高低大小多少优快慢位])于)$", "", lead)
        kept.append(before)
        position = match.end()
        for more in (_MONTH, _SINCE):
            if found := more.match(phrase, position):
                position = found.end()
        while position < len(phrase) and phrase[position] in "、的时":
            position += 1
    if not position:
        return _PERIOD.sub("", phrase) if len(phrase) <= 7 else phrase
    kept.append(phrase[position:])
    return "".join(kept)


# 年产能达100万台: nouns that end like a word that links.
_NOUN_ENDS = ("增加值", "总量", "产能", "功能", "性能", "智能", "储能", "动能", "技能")
_YEARS_ASIDE = re.compile(r"\([^()]{0,6}\d{4}[^()]{0,16}年度?\)")  # (2024-25至2033-34年度)
_PERIOD = re.compile("“?十[二三四五六]五”?")
# 全面启用后达到2400P: when, not what.
_ONCE = re.compile("(?:^|[,、])[^,;。的]{0,4}(?:启用|投用|投产|达产|运营|建成|竣工)(?:以后|之后|后)$")


def _strip_leading(phrase: str, grammar: Grammar) -> str:
    while phrase:
        stripped = _strip_joining(_FRAME.sub("", _ORDER.sub("", phrase.lstrip(_LEAD_SIGNS))), grammar)
        word = grammar.leading.at(stripped, 0)
        if (word == "新建" and _RATIO.search(stripped)) or (word and stripped in grammar.words.generic_labels):
            return stripped
        if word == "基本" and _BASIC.match(stripped):
            return stripped
        if word and stripped.startswith("后的", len(word)):
            return stripped  # 改造后的居住建筑
        if word and not _NOUN_TAIL.match(stripped, len(word)) and len(stripped) > len(word):
            stripped = stripped[len(word) :]
        elif word and len(stripped) == len(word):
            return ""
        if stripped == phrase:
            return phrase
        phrase = stripped
    return phrase


def _strip_trailing(phrase: str, grammar: Grammar) -> str:
    while phrase:
        stripped = phrase.rstrip("、和及与,，或 ;:：。(—-·")
        word = grammar.trailing.before(stripped, len(stripped))
        if word and not stripped.endswith(_NOUN_ENDS):
            stripped = stripped[: -len(word)]
        elif stripped.endswith("后"):
            stripped = _ONCE.sub("", stripped)
        if stripped == phrase:
            return phrase
        phrase = stripped
    return phrase


def _strip_joining(phrase: str, grammar: Grammar) -> str:
    """Leave off what only joins an act to others, or says where it is done."""
    if _JOINING.match(phrase) and len(phrase) > 2:
        return phrase[1:]
    if phrase.startswith("共"):
        return phrase[1:] if phrase[1:] in grammar.words.generic_labels else phrase
    if phrase.startswith("在") and (where := _WHERE.match(phrase)) and grammar.verbs.at(phrase, where.end()):
        return phrase[where.end() :]
    return phrase


_STRONG = re.compile(
    r"(?:建成投用|建成(?!区)|打造|培育|实现|形成|达到|推动|开通|汇聚|引进|(?<!公)共建(?!共)|牵头(?:组建|成立|建设|承担|实施))(?=.{2})"
)


# 联合体已攻克|关键技术: who has done it, before what is counted
_ALREADY = re.compile("(?:园区?|开发区|新区|联合体|研究院|交易所|公司)(?P<when>已经?(?:累计)?|累计|现有)(?=.{2})")


def _after_deed(phrase: str, grammar: Grammar) -> str:
    if "已" not in phrase and "累计" not in phrase and "现有" not in phrase:
        return phrase
    for match in _ALREADY.finditer(phrase):
        verb = grammar.verbs.at(phrase, match.end())
        tail = phrase[match.end() + len(verb) :]
        is_noun = len(tail) >= 2 and not _NOUN_TAIL.match(tail) and tail not in grammar.words.generic_labels
        if (verb or match["when"] == "现有") and is_noun and _RATIO.search(tail) is None:
            return tail
    return phrase


# 节能改造形成|节能量: without what it comes of, an amount like this says nothing.
YIELDS = ("节能量", "减排量", "减碳量", "节水量", "节能能力", "减排能力", "产能")


def _shorten(phrase: str, grammar: Grammar) -> str:
    last = None
    phrase = _after_deed(phrase, grammar)
    for match in _STRONG.finditer(phrase):
        tail = phrase[match.end() :]
        if (
            match.start()
            and not _NOUN_TAIL.match(tail)
            and phrase[match.start() - 1] not in "“(的"
            and "”" not in tail[:6]
        ):
            last = match
    if last is not None and len(phrase) - last.end() >= 2:
        tail = _strip_leading(phrase[last.end() :], grammar)
        head = _strip_trailing(phrase[: last.start()], grammar)
        is_thin = tail in grammar.words.generic_labels or tail in YIELDS or (tail == "数据" and head.endswith("平台"))
        phrase = head + tail if is_thin and len(head) > 2 else tail
    if len(phrase) > _MAX_LABEL:
        bare = _PARENTHESIS.sub("", phrase)
        phrase = bare if len(bare) >= 4 else phrase
    if len(phrase) > _MAX_LABEL:
        for sign in ("、", "和", "的"):
            head, _, tail = phrase.rpartition(sign)
            if head and 4 <= len(tail) <= _MAX_LABEL:
                return tail
        phrase = phrase[-_MAX_LABEL:]
    return phrase


def _balance(phrase: str) -> str:
    if _BRACKET.search(phrase) is None:
        return phrase.strip(" ,;、")
    for opening, closing in ("()", "“”", "《》"):
        if phrase.count(opening) > phrase.count(closing):
            if phrase.startswith(opening) or opening == "(":
                phrase = phrase.replace(opening, "", 1) if opening != "(" else phrase[phrase.rfind("(") + 1 :] or phrase
            else:
                phrase = phrase.replace(opening, "", 1)
        elif phrase.count(closing) > phrase.count(opening):
            phrase = phrase[phrase.find(closing) + 1 :] if opening == "(" else phrase.replace(closing, "", 1)
    return phrase.strip(" ,;、")


def label_after(text: str, start: int, end: int, grammar: Grammar) -> str:
    """Clean the text after a count to the noun phrase that is counted.

    Args:
        text: squeezed, folded, simplified text.
        start: end of the number's claim (unit and bound).
        end: where the clause or the next number's claim starts.
        grammar: the compiled definitions.

    Returns:
        The phrase, without the modifier clauses before its last 的; empty where none follows.
    """
    stop = _phrase_end(text, start, min(end, start + 120), grammar)
    phrase = text[start:stop]
    if not phrase or phrase[0] in "()[" or grammar.not_after.at(phrase, 0) == phrase:
        return ""
    if grammar.not_after.at(phrase, 0) in _NO_NOUN and not phrase.startswith(("的", "规模以上", "规模化")):
        return ""
    phrase = _SEVERAL.split(phrase)[0]
    if "(" in phrase and phrase.count("(") > phrase.count(")") and phrase.rindex("(") >= _MAX_CLASS:
        phrase = phrase[: phrase.rindex("(")]
    if _WITH_TRAIT.fullmatch(phrase):
        return _balance(phrase.removeprefix("的"))
    if _HAVING.match(phrase) and (parts := list(_DE.finditer(phrase))) and len(phrase) - parts[-1].end() >= 2:
        phrase = phrase[parts[-1].end() :]
    if "的" in phrase and (passed := _OF_AMOUNT.match(phrase)):
        phrase = passed[1]
    if (cut := _PLACED.search(phrase)) and cut.start() >= 2:
        phrase = phrase[: cut.start()]
    if cut := next((stop for stop in grammar.after_stops.finditer(phrase) if not _is_grade(phrase, stop)), None):
        if cut.start() == 0:
            return ""
        phrase = phrase[: cut.start()]
    phrase = phrase.strip("的、和及与,以 ")
    if parts := list(_DE.finditer(phrase)):
        tail = phrase[parts[-1].end() :]
        head = phrase[: parts[-1].start()]
        if tail in _IDLE_TAILS:
            phrase = head
        elif _WORK.fullmatch(tail) and _WORKED_ON.fullmatch(head):
            phrase = f"{head}的{tail}"
        elif len(tail) >= 2 and not (len(tail) <= _MAX_CLASS and _THRESHOLD.search(head)):
            phrase = tail
    return _balance(phrase)


def _is_grade(phrase: str, stop: re.Match[str]) -> bool:
    """Whether 等 is a part of a word: 高等学校, 技能等级."""
    return stop[0] == "等" and (
        phrase.startswith(("级", "额", "价"), stop.end()) or phrase.endswith(_GRADED, 0, stop.start())
    )


# With these opens no noun that a number counts.
_NO_NOUN = frozenset((*"级内为是占由在或至到和与及并且等", "规模", "水平", "能力", "以及"))
_GRADED = ("高", "中", "初", "同", "平", "优", "均")
_SEVERAL = re.compile("(?:和|及|以及|、|并)一批|(?:和|及)(?:若干|多个)")
# 具有…能力的N, 有潜质成为…的N: the modifier opens with a verb and ends with the last 的
_HAVING = re.compile(
    "的?(?:具有|具备|拥有|有(?!限|机|色|线|效)|具|能够?|可(?!再|视|穿|信|控|用)|符合|满足|通过|面向|适应)"
)
# 具有推广价值的|场景: one short trait says which ones; 具有竞争力的|企业 only praises them
_WITH_TRAIT = re.compile(
    "的?(?:具有|具备)[^,、的和与及]{2,10}(?<![争响]力)(?<!知名度)(?<!优势)(?<!水平)(?<!实力)(?<!特色)的[^,、的和与及]{2,12}"
)
# 4个产值超过五百亿元的|集群: how large those are that the number counts
_OF_AMOUNT = re.compile(
    r"[^,;。、:的]{0,10}(?:超过?|突破|达到?|不低于|不少于|高于)[\d.十百千万亿一二两三五六七八九余多]{1,10}(?:元|家|人|个|户|%)?(?:及?以上)?的([^,;。:的]{2,})"
)
# where the things counted are or act: 企业|在港设立, 企业|为…
_PLACED = re.compile(
    "在(?!建|线|校|研|职|册|岗|营|用|库|途|轨|孵|籍|产|地|区|网|售|办|谈)|拔地而起|(?<=资金)(?:支持|扶持)|入园(?!企|率)|落户(?!率)|相继|先后|陆续|纷纷|接连|争相|入驻|签约落地|揭牌|分[两三四五]|预计|中(?:得到|广泛)|提供|(?<!提)供(?![应给水电热气需暖销货])"
)
# 主营业务收入亿元以上的|企业: without the threshold the noun says too little
_THRESHOLD = re.compile("[十百千万亿]元(?:及?以上)?$")
_MAX_CLASS = 2
# 30个政务系统的国产化适配: what is done says little without what it is done to.
_WORK = re.compile("[^、和与]{0,6}(?:适配|改造|升级|转型|迁移|认证|评估)")
_WORKED_ON = re.compile("(?![能可有具领])[^,、的]{2,8}(?<![上下型级性式])")
_IDLE_TAILS = (
    *("能力", "目标", "水平", "规模", "任务", "要求", "总量"),
    *("制修订", "修订", "制定", "建设", "改造", "培育", "研发", "应用", "推广"),
)
_CLAUSE_END = re.compile("[,，。;:!?！？：；|]")
_LAST_JOINTS = ("和", "与", "及")  # 15所中学、小学和20家诊所: the last joint of a list is that before the next number
_ITEM = re.compile("、|和|以?及|与")
_ADJECTIVE = re.compile("[型级性式类化]$|突出$|明显$|显著$|领先$|完善$|强$|高$|大$|好$|先进$")


def _phrase_end(text: str, start: int, limit: int, grammar: Grammar) -> int:
    depth = 0
    for index in range(start, limit):
        character = text[index]
        if character in "(“《":
            depth += 1
        elif character in ")”》":
            if depth == 0:
                return index
            depth -= 1
        elif (depth == 0 and character in ",，。;:!?！？：；|") or (
            depth == 0 and character == "、" and not _continues(text, start, index, limit, grammar)
        ):
            return index
    return limit


def _continues(text: str, start: int, index: int, limit: int, grammar: Grammar) -> bool:
    """Whether a comma of a list joins what one number counts (行业型、专业型平台; 智能工厂、数字化车间和智能场景).

    A list that runs into the next number, or into a verb, gives what follows to that.
    """
    if index == start or index + 2 >= limit:
        return False
    if _ADJECTIVE.search(text, start, index) is not None:
        return True
    stop = _CLAUSE_END.search(text, index, limit)
    rest = text[index + 1 : stop.start() if stop else limit]
    if stop is None and limit < len(text) and not rest.endswith(_LAST_JOINTS):
        return False
    items = _ITEM.split(rest)
    if rest.endswith(_LAST_JOINTS):
        items.pop()
    return not any(_opens_with_verb(item, grammar) for item in items)


def _opens_with_verb(item: str, grammar: Grammar) -> bool:
    word = grammar.verbs.at(item, 0)
    return not item or (bool(word) and _NOUN_TAIL.match(item, len(word)) is None)


# With these a clause opens that says by what or since when; none of it is a subject.
_BY = ("据", "根据", "依据", "按照", "随着")


def subject_of(text: str, start: int, end: int, grammar: Grammar) -> str:
    """The subject of a clause without a number, for a clause after it that has none of its own."""
    clause = text[start:end]
    if clause.startswith(_BY) or (clause.startswith("以") and grammar.verbs.at(clause, 1)):
        return ""
    if len(clause) > 60:
        clause = clause[-60:]
    clause = _strip_leading(clause, grammar)
    for cut in grammar.predicates.finditer(clause):
        if not _BASIC.match(clause, cut.start()):
            clause = clause[: cut.start()]
            break
    return label_before(clause, 0, len(clause), grammar)


def is_countable(quantity: Quantity) -> bool:
    """Whether the unit is a measure word, so that what is counted may follow it."""
    return quantity.unit is None or quantity.unit.dimension in _COUNTABLE


def split_items(phrase: str, count: int, *, exact: bool = False) -> list[str]:
    """Split the nouns that 分别 pairs with numbers; a measure that only the last names holds for all.

    Args:
        phrase: the nouns, with commas or 和 between.
        count: how many numbers there are.
        exact: split only a list of just as many nouns that all name a measure; without it the nouns before the last
            ones stay with the first.

    >>> split_items("行政村5G通达率和千兆光网通达率", 2)
    ['行政村5G通达率', '千兆光网通达率']
    """
    if summed := _SUMMED.search(phrase):
        items = split_items(phrase[: summed.start()], count, exact=False)
        return [f"{item}{phrase[summed.start('what') :]}" for item in items]
    if (
        "等" in phrase
        and (listed := _AND_SO_ON.search(phrase))
        and (items := split_items(phrase[: listed.start()], count, exact=False))
    ):
        return [item + listed["what"] for item in items]
    masked = re.sub(r"\([^()]*\)|“[^”]*”", lambda match: "\0" * len(match[0]), phrase)
    cuts = [match.span() for match in re.finditer("、|以及|和|与|(?<!普)(?<!涉)及(?!以)", masked)]
    if len(cuts) >= count > 1 and masked.count("、") == count - 1:
        cuts = [
            cut for cut in cuts if masked[cut[0]] == "、"
        ]  # 光伏、乘用车与零部件: two, joined by the comma of a list
    if len(cuts) < count - 1 or (exact and len(cuts) != count - 1):
        return []
    cuts = cuts[-(count - 1) :] if len(cuts) > count - 1 else cuts
    edges = [0, *(edge for cut in cuts for edge in cut), len(phrase)]
    items = [phrase[edges[index] : edges[index + 1]] for index in range(0, len(edges), 2)]
    if not all(items):
        return []
    items = _share_tail(_share_head(items))
    return items if not exact or all(_TAIL.search(item) for item in items) else []


_TAIL = re.compile(
    r"(?:占[^占]*(?:比重|比例)|(?:业务|主营业务|营业)?收入|(?:产业|总)?规模|增加值|覆盖率|普及率|比例|比重|占比|总额|总产值|产值|总量|数量|面积|里程|能力|进出口额?|销售额|零售额"
    r"|综合?利用率|节[能水电]率|率|投资|产量|用户数?|利润总额|利润|(?:发电)?装机(?:容量|规模)?|使用量|消费量|排放量|人数)(?:占比|比例|比重|增速)?$"
)


# 单位GDP能耗和碳排放: what is used and what is let out are both per unit.
_PER_OUTPUT = re.compile("(?:单位|万元|每万元)(?:GDP|地区生产总值|国内生产总值|生产总值|工业增加值|产值)")
_USED = re.compile("(?:二氧化碳|碳|主要污染物)排放|(?:综合)?能(?:源消)?耗|(?:用水|水资源消|水|电)(?:耗|量)|建设用地")


# 规上工业企业数控化率、设备联网率: whose rate the first is, the next is too.
_OF_CLASS = re.compile("(?:规模以上|规上)(?:工业|制造业|服务业|文化)?企业(?=.{3})")


def _share_head(items: list[str]) -> list[str]:
    if (of := _OF_CLASS.match(items[0])) and all(item.endswith(("率", "比例")) for item in items):
        return [items[0], *(item if "企业" in item else of[0] + item for item in items[1:])]
    head = _PER_OUTPUT.match(items[0])
    if head is None:
        return items
    return [items[0], *(head[0] + item if _USED.match(item) else item for item in items[1:])]


# 新能源、新材料两大产业产值: each is one of them.
_SUMMED = re.compile(
    "(?<=.{2})(?:[两二三四五六七八九]大|[两三四五六七八九2-9]个)(?P<what>(?:特色|重点|优势|支柱|主导)?(?:产业(?:链群?|集群)?|行业|领域|板块))(?=.{2})"
)
# 新材料、商用车等产业链群: each is one of them.
_AND_SO_ON = re.compile("(?<=.{2})等(?P<what>(?!级|额|方面)[^、和与及等]{2,10})$")
# Products have these; how long the name of each is says nothing.
# A measure in full, to which 率 of the next item adds nothing.
_WHOLE = ("能耗", "水耗", "电耗", "排放", "浓度", "指数")
_SIZES = ("元", "%", "以上", "以下", "以内")
_MARKET = re.compile("(?:产品)?(?:国内|本地)?(?:市场(?:满足|占有|渗透)|国产化|自给|本地配套)率$")


def _share_tail(items: list[str]) -> list[str]:
    last = items[-1]
    if (market := _MARKET.search(last)) and market.start() and not _TAIL.search(items[0]):
        return [*(item + market[0] for item in items[:-1]), last]
    if "的" in last and all(item.endswith(_SIZES) for item in items[:-1]):
        return [*(item + last[last.rindex("的") :] for item in items[:-1]), last]
    tail = _TAIL.search(last)
    first_tail = _TAIL.search(items[0])
    if tail and not first_tail and tail.start() > 0 and not items[0].endswith(_WHOLE):
        shared = last[min(tail.start(), max(2, len(items[0].rpartition("的")[2]))) :]
        return [*(item + shared for item in items[:-1]), last]
    if first_tail and first_tail.start() >= 2 and all(_TAIL.fullmatch(item) for item in items[1:]):
        return [items[0], *(items[0][: first_tail.start()] + item for item in items[1:])]
    levels = re.match(r"(省|市|县|乡|村|国家|省级|市级|县级|[东中西]部)", last)
    if levels and all(len(item) <= 3 for item in items[:-1]):
        rest = re.sub(r"^(?:省级|市级|县级|省|市|县|乡|村)[两三四]?级?", "", last)
        return [
            *(f"{item}{'级' if len(item) == 1 else ''}{rest}" for item in items[:-1]),
            f"{levels[0]}{'级' if len(levels[0]) == 1 else ''}{rest}",
        ]
    return items
