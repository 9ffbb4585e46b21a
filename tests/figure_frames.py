"""Frames for the tests of figures: made-up numbers in the columns that the library gives, for any number of regions."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from compare import figures
from compare.figures.tile_map import read_tiles

NAN = math.nan
REGIONS = [tile for tile in sorted(read_tiles(), key=lambda tile: tile.region) if tile.region < "700000"]
# The longest names that regions have, in place of the short ones.
LONG_NAMES = {
    "150000": ("内蒙古自治区", "Inner Mongolia Autonomous Region"),
    "450000": ("广西壮族自治区", "Guangxi Zhuang Autonomous Region"),
    "640000": ("宁夏回族自治区", "Ningxia Hui Autonomous Region"),
    "650000": ("新疆维吾尔自治区", "Xinjiang Uygur Autonomous Region"),
}
TERMS = "工业互联网 数据要素 智慧港口 一网通办 量子信息 平台经济 数字乡村 世界级产业集群 跨境电商 集成电路"
BOUNDS = ("=", ">=", ">", "~", "<=", "<", "=")
PRESENCES = ("not_comparable", "words_only", "not_mentioned", "no_plan")


@dataclass(frozen=True)
class Indicator:
    """What the figures read of an indicator."""

    id: str
    name_zh: str
    name_en: str
    short_zh: str
    short_en: str
    unit: str
    dimension: str = "network"
    direction: str = "higher"
    definition_zh: str = "年末数，按登记口径统计，包括在建后投入使用的部分"
    definition_en: str = "At year end, by registration, including what was put into service after construction"


STATIONS = Indicator(
    "5g_base_stations_per_10k",
    "每万人拥有5G基站数",
    "5G base stations per 10,000 people",
    "每万人5G基站",
    "5G stations per 10,000",
    "个/万人",
)
DIMENSIONS = {
    "scale": ("数字经济规模", "Scale of the digital economy"),
    "network": ("网络基础设施", "Network infrastructure"),
    "society": ("数字政府与数字社会", "Digital government and society"),
    "innovation": ("创新与人才", "Innovation and talent"),
}
_KINDS = (
    ("占比", "share", "%"),
    ("总规模", "total scale", "亿元"),
    ("数量", "number", "个"),
    ("算力", "compute", "PFLOPS"),
)
_SUBJECTS = (
    ("工业互联网平台", "Industrial platforms"),
    ("数据中心", "Data centres"),
    ("软件业务", "Software"),
    ("园区", "Parks"),
)


def make_indicators(count: int = 24) -> list[Indicator]:
    """Makes indicators of all dimensions and several units."""
    made = []
    for number in range(count):
        (kind_zh, kind_en, unit), (zh, en) = _KINDS[number % 4], _SUBJECTS[(number // 4) % 4]
        name_zh, name_en = f"{zh}{kind_zh}{number}", f"{en}: {kind_en} {number}"
        dimension = list(DIMENSIONS)[number * len(DIMENSIONS) // count]
        made.append(Indicator(f"measure_{number}", name_zh, name_en, name_zh[:12], name_en[:28], unit, dimension))
    return made


def pick_regions(count: int, *, long: bool = False) -> list[dict[str, str]]:
    """Picks regions, spread over the country, with their names."""
    chosen = [REGIONS[(index * 7) % 31] for index in range(count)]
    named = []
    for tile in chosen:
        names = LONG_NAMES.get(tile.region, ("", "")) if long else ("", "")
        named.append({"region": tile.region, "name_zh": names[0] or tile.name_zh, "name_en": names[1] or tile.name_en})
    return named


def make_comparison(count: int, *, gaps: bool = True, long: bool = False) -> pd.DataFrame:
    """Makes a comparison: every bound, a range, several years, and with gaps every kind of missing."""
    rows: list[dict[str, Any]] = []
    for index, region in enumerate(pick_regions(count, long=long)):
        row: dict[str, Any] = {
            **region,
            "level": "province",
            "plan": f"plan-{index}" if index % 2 else "",
            "origin": "extracted" if index % 2 else "published",
            "document": "" if index % 2 else "数字经济发展规划",
            "indicator": STATIONS.id,
            "value": 12.0 + (index * 17 + count) % 29 + index / 10,
            "value_high": NAN,
            "bound": BOUNDS[index % len(BOUNDS)],
            "year": (2025, 2025, 2026, 2023)[index % 4],
            "unit": STATIONS.unit,
            "method": ("stated", "derived", "resolved", "published")[index % 4],
            "grade": "ABC"[index % 3],
            "reason": "",
            "quote": "到2025年，每万人拥有5G基站达到30个",
            "start": 100 + index,
            "end": 102 + index,
            "presence": "value",
        }
        if index % 7 == 6:
            row |= {"value_high": row["value"] + 4, "bound": "="}
        if gaps and count > 4 and index % 3 == 2:
            row |= _gap(PRESENCES[(index // 3) % 4])
        rows.append(row)
    return pd.DataFrame(rows).astype({"year": "Int64", "start": "Int64", "end": "Int64"})


def _gap(presence: str) -> dict[str, Any]:
    reasons = {"not_comparable": "规划写的是新增数而不是总数，又没有说明基期，不能换算成每万人拥有数"}
    quotes = {"words_only": "5G网络覆盖水平达到全国前列，重点场所实现深度覆盖"}
    return {
        "presence": presence,
        "value": NAN,
        "bound": "",
        "year": pd.NA,
        "method": "",
        "grade": "",
        "start": pd.NA,
        "end": pd.NA,
        "reason": reasons.get(presence, ""),
        "quote": quotes.get(presence, ""),
    }


def make_reference(value: float = 26.0, year: int = 2025) -> pd.DataFrame:
    """Makes the nation's target."""
    row = {
        "indicator": STATIONS.id,
        "year": year,
        "value": value,
        "value_high": NAN,
        "bound": "=",
        "unit": STATIONS.unit,
    }
    return pd.DataFrame([row]).astype({"year": "Int64"})


def make_paths(count: int, *, long: bool = False) -> pd.DataFrame:
    """Makes ways from a baseline to a target; every fifth has no baseline, every seventh goes down."""
    frame = make_comparison(count, gaps=False, long=long)
    frame["base_year"] = pd.array([2020] * count, dtype="Int64")
    shares = [1.2 if index % 7 == 3 else 0.3 + index % 5 / 10 for index in range(count)]
    frame["base_value"] = [round(value * share, 1) for value, share in zip(frame["value"], shares, strict=True)]
    frame.loc[frame.index % 5 == 4, "base_value"] = NAN
    return frame


def make_coverage(count: int, indicators: Sequence[Indicator]) -> pd.DataFrame:
    """Makes what is known of each region and indicator."""
    rows = []
    for place, region in enumerate(pick_regions(count)):
        for number, indicator in enumerate(indicators):
            state = ("value", *PRESENCES)[(place * 3 + number * (place % 4 + 1)) % 5]
            rows.append({**region, "indicator": indicator.id, "presence": "no_plan" if place % 6 == 5 else state})
    return pd.DataFrame(rows)


def make_plans(count: int, lang: str) -> dict[str, str]:
    """Makes ids and labels of plans."""
    names = pick_regions(count)
    dash = "—" if lang == "zh" else "–"
    return {f"plan-{index:02}": f"{name[f'name_{lang}']} 2021{dash}2025" for index, name in enumerate(names)}


def make_counts(plans: Sequence[str]) -> pd.DataFrame:
    """Makes numbers of targets by plan and dimension, some without an indicator."""
    rows = []
    for place, plan in enumerate(plans):
        for number, (dimension, (zh, en)) in enumerate([*DIMENSIONS.items(), ("", ("", ""))]):
            count = (place * 7 + number * 11) % 40
            rows.append({"plan": plan, "dimension": dimension, "name_zh": zh, "name_en": en, "count": count})
    return pd.DataFrame(rows)


def make_horizons(plans: Sequence[str]) -> pd.DataFrame:
    """Makes numbers of targets by plan and year, some without a year."""
    years = (2022, 2023, 2025, 2027, pd.NA)
    rows = [
        {"plan": plan, "year": year, "count": (place * 13 + number * 29) % 90}
        for place, plan in enumerate(plans)
        for number, year in enumerate(years)
    ]
    return pd.DataFrame(rows).astype({"year": "Int64"})


def make_revisions(indicators: Sequence[Indicator]) -> pd.DataFrame:
    """Makes two plans of one region: raised, lowered, kept, new and dropped targets."""
    kinds = ("raised", "lowered", "same", "new", "dropped", "raised", "expired", "not_comparable")
    rows = []
    for number, indicator in enumerate(indicators):
        change = kinds[number % len(kinds)]
        old = (30.0, 1200.0, 160000.0, 500.0)[number % 4]
        new = old * {"raised": 1.5, "lowered": 0.8}.get(change, 1.0)
        rows.append(
            {
                "region": "340000",
                "indicator": indicator.id,
                "name_zh": indicator.name_zh,
                "name_en": indicator.name_en,
                "unit": indicator.unit,
                "change": change,
                **_side("old", "anhui-2020", NAN if change == "new" else old, 2025, number),
                **_side("new", "anhui-2024", new if change in kinds[:4] else NAN, 2026 + number % 2, number),
            }
        )
    return pd.DataFrame(rows)


def _side(side: str, plan: str, value: float, year: int, number: int) -> dict[str, Any]:
    bound = BOUNDS[number % 4]
    cells = {"plan": plan, "value": value, "bound": bound, "year": year, "start": 10 * number, "end": 10 * number + 2}
    return {f"{side}_{name}": cell for name, cell in cells.items()}


def make_standing(indicators: Sequence[Indicator]) -> pd.DataFrame:
    """Makes a region's place among the others, two in five indicators with too few regions."""
    rows = []
    for number, indicator in enumerate(indicators):
        median = (30.0, 1200.0, 160000.0, 500.0)[number % 4]
        rows.append(
            {
                "region": "340000",
                "indicator": indicator.id,
                "dimension": indicator.dimension,
                "unit": indicator.unit,
                "value": median * (0.4, 0.9, 1.0, 1.3, 3.0)[number % 5],
                "bound": BOUNDS[number % 4],
                "year": 2025,
                "median": median,
                "rank": number % 5 + 1,
                "of": (8, 2, 5, 20, 3)[number % 5],
                "national_value": median * 1.1 if number % 3 == 0 else NAN,
                "plan": "anhui-2024",
                "start": number,
                "end": number + 1,
            }
        )
    return pd.DataFrame(rows)


def make_others(indicators: Sequence[Indicator]) -> pd.DataFrame:
    """Makes the values of other regions."""
    standing = make_standing(indicators)
    rows = [
        {"region": region, "indicator": indicator, "value": median * factor}
        for indicator, median in zip(standing["indicator"], standing["median"], strict=True)
        for region, factor in (("110000", 0.5), ("310000", 1.2), ("330000", 2.2))
    ]
    return pd.DataFrame(rows)


def make_series(count: int, indicators: Sequence[Indicator] = ()) -> pd.DataFrame:
    """Makes series over years, by region or, with indicators, of one region by indicator."""
    rows = []
    for place in range(count):
        region = pick_regions(1)[0] if indicators else pick_regions(count)[place]
        indicator = indicators[place % len(indicators)] if indicators else STATIONS
        start = 8.0 + place
        common = {**region, "indicator": indicator.id, "unit": indicator.unit, "bound": "=", "plan": ""}
        for year in (2020, 2021, 2022):
            if place % 5 != 4:
                value = start * 1.2 ** (year - 2020)
                rows.append({**common, "year": year, "value": value, "status": "actual"})
        target = {**common, "year": 2025, "value": start * 2.5, "status": "target", "bound": BOUNDS[place % 4]}
        rows.append({**target, "plan": f"plan-{place}", "start": 5, "end": 7})
        if place % 3 == 0:
            rows.append({**target, "plan": f"plan-{place}-b", "year": 2026, "value": start * 3.1})
    return pd.DataFrame(rows)


def make_terms(plans: Sequence[str]) -> pd.DataFrame:
    """Makes distinctive terms."""
    words = TERMS.split()
    rows = [
        {"plan": plan, "term": words[(place + number) % 10], "z": 12.0 - number - place / 10, "count": 3}
        for place, plan in enumerate(plans)
        for number in range(10)
    ]
    return pd.DataFrame(rows)


def make_themes(plans: Sequence[str]) -> pd.DataFrame:
    """Makes mentions of themes in a thousand words."""
    rows = [
        {"plan": plan, "theme": theme, "name_zh": zh, "name_en": en, "per_1000": (place * 3 + number * 7) % 30 + 0.5}
        for place, plan in enumerate(plans)
        for number, (theme, (zh, en)) in enumerate(DIMENSIONS.items())
    ]
    return pd.DataFrame(rows)


def make_similarity(plans: Sequence[str]) -> pd.DataFrame:
    """Makes the likeness of all pairs."""
    rows = [
        {"plan": one, "other": two, "similarity": 1.0 if one == two else 0.3 + (i + j) % 7 / 10}
        for i, one in enumerate(plans)
        for j, two in enumerate(plans)
    ]
    return pd.DataFrame(rows)


Drawer = Callable[[int, str, str], figures.Chart]


def _by_plan(draw: Callable[..., figures.Chart], make: Callable[[Sequence[str]], pd.DataFrame]) -> Drawer:
    def drawer(count: int, lang: str, size: str) -> figures.Chart:
        labels = make_plans(count, lang)
        return draw(make(list(labels)), labels=labels, lang=lang, size=size)

    return drawer


def _dimensions(lang: str) -> dict[str, str]:
    return {name: zh if lang == "zh" else en for name, (zh, en) in DIMENSIONS.items()}


def _draw_coverage(count: int, lang: str, size: str) -> figures.Chart:
    known = make_indicators()
    frame = make_coverage(count, known)
    return figures.coverage(frame, indicators=known, dimensions=_dimensions(lang), lang=lang, size=size)


def _draw_revision(count: int, lang: str, size: str) -> figures.Chart:
    known = make_indicators(count)
    labels = {"anhui-2020": "安徽 2020—2025", "anhui-2024": "安徽 2024—2026"}
    return figures.revision(make_revisions(known), indicators=known, region="安徽", labels=labels, lang=lang, size=size)


def _draw_profile(count: int, lang: str, size: str) -> figures.Chart:
    known = make_indicators(count)
    return figures.profile(
        make_standing(known),
        indicators=known,
        others=make_others(known),
        dimensions=_dimensions(lang),
        region="安徽",
        lang=lang,
        size=size,
    )


KINDS: Mapping[str, Drawer] = {
    "ranking": lambda count, lang, size: figures.ranking(
        make_comparison(count, long=True), indicator=STATIONS, reference=make_reference(), lang=lang, size=size
    ),
    "dumbbell": lambda count, lang, size: figures.dumbbell(
        make_paths(count, long=True), indicator=STATIONS, lang=lang, size=size
    ),
    "coverage": _draw_coverage,
    "counts": _by_plan(figures.counts, make_counts),
    "horizons": _by_plan(figures.horizons, make_horizons),
    "revision": _draw_revision,
    "profile": _draw_profile,
    "emphasis_terms": _by_plan(figures.emphasis_terms, make_terms),
    "theme_shares": _by_plan(figures.theme_shares, make_themes),
    "similarity": _by_plan(figures.similarity, make_similarity),
    "trajectory": lambda count, lang, size: figures.trajectory(
        make_series(count), indicator=STATIONS, lang=lang, size=size
    ),
    "small_multiples": lambda count, lang, size: figures.small_multiples(
        make_series(count, make_indicators(count)), indicators=make_indicators(count), lang=lang, size=size
    ),
    "tile_map": lambda count, lang, size: figures.tile_map(
        make_comparison(count), indicator=STATIONS, lang=lang, size=size
    ),
}
