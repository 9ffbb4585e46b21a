"""The word lists and units, compiled once for a run of extraction."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from compare.extract.surfaces import compile_start
from compare.units import Units
from compare.words import WordList, WordSet, any_of

YEAR = re.compile(
    r"(?=[0-9“十未今接力用一二两三四五六七八九过近这截上前本明后去规期])(?:"
    r"(?P<first>(?:19|20)\d\d)(?:年?[—~至到-]{1,2}(?P<last>(?:19|20)\d\d))?年(?:度)?"
    r"(?P<month>(?:1[0-2]|[1-9])月(?:份)?(?![—~至-]))?(?:底|末|初)?(?:之前|以前|前)?"
    r"|(?<![\d.])(?P<republic>1[0-3]\d)年(?:度)?(?:底|末|初)?(?:之前|以前|前)?"
    r"|(?P<written>二[〇○零][一二三四五六七八九〇○零]{2})年(?:底|末|初)?(?:之前|以前|前)?"
    r"|“?(?P<plan>十[二三四五六]五)”?(?:规划)?(?P<part>期末|末期|末|期间|时期|以来|收官)?"
    r"|(?:未来|今后|接下来|力争用?|用)?(?P<span>[一二三四五六七八九十两\d]{1,2})(?:到[一二三四五\d])?(?:至[一二三四五\d])?年(?P<within>内|时间|左右的?时间)"
    r"|(?:未来|今后)(?P<coming>[一二三四五六七八九十两\d]{1,2})(?:[—~至到-][一二三四五六七八九十\d])?年"
    r"|(?P<past>(?:过去的?|近|这)[一二两三四五十\d]{1,2}年来?(?!内)|[一二三四五十]年来)"
    r"|(?<![十第\d])(?P<ago>[一两二三四五六七八九十])年前(?=,?[\u4e00-\u9fff])"
    r"|(?:截至)(?:(?:[1-9]|1[0-2])月)(?:底|末|\d+日)?(?P<as_of>)"
    r"|(?:(?<![年至—~\d-])(?:[1-9]|1[0-2])(?:[—~至-](?:[1-9]|1[0-2]))?月(?:份)?|上半年|前[一二三]季度|一季度)(?<!年.季度)(?<!年第.季度)(?<!年上半年)(?P<part_year>)(?=,|,|全|我|累计|规|地区|实现|[^,。;]{0,12}同比)"
    r"|(?P<word>今年以来|今年|本年度?|明年|(?<![今此之以前最往随])后年(?![均度增产轮])|去年|上年度?|前年|规划期末|期末)(?P<month_of>(?:1[0-2]|[1-9])月(?:份)?(?![—~至-]))?(?:底|末)?(?:前)?)"
)


# 全省, 我市, 省内: the plan's own region or all of a larger one.
_OWN_REGIONS = ("全", "我", "本", "省", "市")


def may_name_time(text: str) -> bool:
    """Whether any sign of `YEAR` is in a text; far cheaper than to look for the years."""
    return "年" in text or "五" in text or "月" in text or "季度" in text or "期末" in text


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the functions of this package look words up in."""

    units: Units
    numeral_starts: re.Pattern[str]
    words: WordList
    bound_before: WordSet
    bound_after: WordSet
    bounds: dict[str, str]
    bounds_after: dict[str, str]
    bound_links: WordSet
    verbs: WordSet
    leading: WordSet
    trailing: WordSet
    rise: WordSet
    fall: WordSet
    status: re.Pattern[str]
    actual: frozenset[str]
    governors: re.Pattern[str]
    payout: re.Pattern[str]
    norm: re.Pattern[str]
    goals: re.Pattern[str]
    founding: re.Pattern[str]
    money: re.Pattern[str]
    counted: re.Pattern[str]
    predicates: re.Pattern[str]
    after_stops: re.Pattern[str]
    not_after: WordSet
    listed: re.Pattern[str]
    listed_end: re.Pattern[str]
    gaps: re.Pattern[str]
    gaps_in_points: re.Pattern[str]
    comparisons: re.Pattern[str]
    sizes: re.Pattern[str]
    extents: re.Pattern[str]
    built: re.Pattern[str]
    terms: re.Pattern[str]
    counted_classes: re.Pattern[str]
    done: re.Pattern[str]
    capacities: re.Pattern[str]
    pointing: WordSet
    commits: WordSet
    counting: WordSet
    ratios: re.Pattern[str]
    pure_before: re.Pattern[str]
    classes: re.Pattern[str]
    name_before: WordSet
    name_after: WordSet
    bandwidth: re.Pattern[str]
    exits: re.Pattern[str]
    compute: re.Pattern[str]
    time: re.Pattern[str]
    per_population: re.Pattern[str]
    per_person: re.Pattern[str]
    actual_headings: re.Pattern[str]
    target_headings: re.Pattern[str]
    furniture: re.Pattern[str]
    forward: frozenset[str]
    reports: re.Pattern[str]
    outlook: re.Pattern[str]
    promises: re.Pattern[str]
    split_words: frozenset[str]
    places: re.Pattern[str]
    cities: WordSet
    areas: WordSet
    bodies: WordSet
    provinces: re.Pattern[str]


def _join(words: Iterable[str]) -> str:
    """The words as alternatives of a pattern, longer ones first."""
    return any_of(words).pattern


def compile_grammar(units: Units, words: WordList) -> Grammar:
    """Compile the definitions; costs some milliseconds, so a run does it once."""
    listed, classes, gap_verbs = _join(words.listed_nouns), _join(words.class_nouns), _join(words.gap_verbs)
    return Grammar(
        units=units,
        numeral_starts=compile_start(unit.surface for unit in units),
        words=words,
        bound_before=WordSet(word for group in words.bounds_before.values() for word in group),
        bound_after=WordSet(word for group in words.bounds_after.values() for word in group),
        bounds={word: bound for bound, group in words.bounds_before.items() for word in group},
        bounds_after={word: bound for bound, group in words.bounds_after.items() for word in group},
        bound_links=WordSet(words.bound_links),
        verbs=WordSet(words.verbs),
        leading=WordSet((*words.verbs, *words.adverbs, *words.regions)),
        trailing=WordSet(words.trailing),
        rise=WordSet(words.rise_words),
        fall=WordSet(words.fall_words),
        status=any_of((*words.actual_words, *words.target_words, *words.proposing_words)),
        actual=frozenset(words.actual_words),
        governors=any_of((*words.per_year, *words.added, *words.cumulative)),
        payout=any_of(words.payout_words),
        norm=any_of(words.norm_words),
        goals=any_of(words.goal_words),
        founding=any_of(words.founding_verbs),
        money=any_of(words.money_nouns),
        counted=any_of(words.counted_nouns),
        predicates=any_of(words.predicates),
        after_stops=any_of(words.after_stops),
        not_after=WordSet(words.not_after),
        listed=re.compile(
            f"(?:重点|主要|具体|专项|关键|核心|基础|重大|标志性|基本|保障|政策|量化|约束性|预期性|一级|二级)*(?:{listed})(?=[,。;:、!?()”\\d]|和|与|及|并|的|$)"
        ),
        listed_end=re.compile(f"(?:{listed})$"),
        gaps=re.compile(f"(?:{gap_verbs})(?:于|了)?(?:{_join(words.others)})[^,。;\\d]{{0,14}}$"),
        gaps_in_points=re.compile(
            f"(?:{gap_verbs})(?:于|了)?(?:(?!提[高升]|增[长加](?!值|率)|上升|下降|降低|达到|收窄)[\u4e00-\u9fffA-Za-z“”、()]){{2,20}}$"
        ),
        comparisons=re.compile(f"(?:比|较(?!同期))(?:{_join(words.compared)})[^,。;\\d]{{0,12}}$"),
        sizes=re.compile(f"(?:{_join(words.sized_nouns)})(?![营收规增])"),
        extents=re.compile(f"(?:{_join(words.extent_nouns)})(?:不超过|约|为)?$"),
        built=re.compile(f"(?:{_join(words.built_nouns)})[^,。;、:\\d]{{0,5}}$"),
        terms=any_of(words.term_words),
        counted_classes=re.compile(
            f"(?:{_join(words.counted_classes)})(?:\\d|达到|不少于|超过|数量|[一二三四五六七八九十]|$|培育|实现|建设|和)"
        ),
        done=any_of(words.done_words),
        capacities=re.compile(rf"[^,。;、:\d]{{0,16}}?(?:{_join(words.capacity_nouns)})"),
        pointing=WordSet(words.pointing_words),
        commits=WordSet(f"{word}{end}" for word in words.commit_words for end in ("", "了", "出", "好", "和完善")),
        counting=WordSet(words.counting_nouns),
        ratios=any_of(words.ratio_nouns),
        pure_before=re.compile(
            f"(?:{_join((*words.ratio_nouns, *words.pure_endings))})"
            r"(?:\([^)]{1,12}\))?(?:值|平均值|均值|平均)?[^,。;、\d]{0,8}$"
        ),
        classes=re.compile(
            f"(?:级|以上|及以上|规模以上|规模)*(?:的|级|重点|重大|优质|大型|龙头|骨干|省级|国家级|新兴|数字|先进|制造业|战略性|产业化|工业|特色|标志性)*(?:{classes})"
        ),
        name_before=WordSet(words.name_before),
        name_after=WordSet(words.name_after),
        bandwidth=any_of(words.bandwidth_nouns),
        exits=any_of(words.exit_nouns),
        compute=any_of(words.compute_nouns),
        time=any_of(words.time_nouns),
        per_population=any_of(words.population_nouns),
        per_person=any_of(words.per_person),
        actual_headings=any_of(words.actual_headings),
        target_headings=any_of(words.target_headings),
        furniture=any_of(words.furniture),
        forward=frozenset(words.forward_words),
        reports=any_of(words.report_words),
        outlook=any_of(words.outlook_words),
        promises=any_of(words.promise_words),
        split_words=frozenset(words.split_words),
        cities=WordSet(words.cities),
        areas=WordSet(words.areas),
        bodies=WordSet(words.bodies),
        provinces=any_of(word for word in words.regions if not word.startswith(_OWN_REGIONS)),
        places=re.compile(
            r"(?:设区|地级|县级)?市(?![场级民值政域])|县(?![级域])|区(?![块域级])|省(?![级内部])|州|盟|旗|地市|市州|地州|(?:县|市)\("
            r"|省区市|区市县|国家(?=[,。;、)的和与及]|$|以上|地区|建立|开展|签[署订约]|实现|设立|市场|达成|合作|参[与加会])"
            rf"|{_join(words.standing_bodies)}(?!企)"
        ),
    )
