"""Frames of codes and ids made readable: names beside ids, words beside codes, headings for columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from compare.errors import UnknownNameError
from compare.figures.wording import Lang, check_lang, format_value, say
from compare.narrative.codes import CODED_COLUMNS, name_code
from compare.narrative.story import phrase_row, spell_unit

if TYPE_CHECKING:
    from compare.project import Project

# prefix of value, bound and value_high -> column with their text
_VALUES = {"": "target", "old_": "old", "new_": "new", "base_": "base", "national_": "national_text"}

_FULL = ("", "old_", "new_")  # those that carry the unit; beside them the others need none
_FEW = 3  # regions that a median says something about

_HEADINGS: Mapping[str, tuple[str, str]] = {
    "above": ("高于中位数", "Above median"),
    "agrees": ("一致", "Agrees"),
    "actuals": ("现状数", "Actuals"),
    "arithmetic": ("算式", "Arithmetic"),
    "base": ("基期", "Baseline"),
    "base_source": ("基期来源", "Source of baseline"),
    "base_year": ("基期年", "From"),
    "basis": ("依据", "What it rests on"),
    "below": ("低于中位数", "Below median"),
    "change_text": ("变化", "Change"),
    "characters": ("字数", "Characters"),
    "count": ("次数", "Count"),
    "dimension_name": ("领域", "Dimension"),
    "distance": ("与全国目标之差", "From national target"),
    "document": ("文件", "Document"),
    "found": ("核对结果", "Result"),
    "grade": ("等级", "Grade"),
    "indicator_name": ("指标", "Indicator"),
    "indicators": ("涉及指标数", "Indicators"),
    "issued": ("印发", "Issued"),
    "issuer": ("印发机关", "Issuer"),
    "kind_text": ("类型", "Kind"),
    "label": ("原文名称", "As worded"),
    "level_text": ("层级", "Level"),
    "matched": ("可归入指标", "With an indicator"),
    "method_text": ("得出方式", "Method"),
    "name": ("名称", "Name"),
    "median": ("中位数", "Median"),
    "median_text": ("各地区中位数", "Median of regions"),
    "national_text": ("全国目标", "National target"),
    "new": ("新规划", "New plan"),
    "new_quote": ("新规划原文", "New wording"),
    "new_year": ("年份", "Year"),
    "note": ("说明", "Note"),
    "number": ("数字", "Number"),
    "numbers": ("数值目标数", "Numbers"),
    "of": ("可比地区数", "Regions"),
    "old": ("原规划", "Old plan"),
    "old_quote": ("原规划原文", "Old wording"),
    "old_year": ("年份", "Year"),
    "origin_text": ("出处", "Origin"),
    "pace": ("所需年均变化", "Needed a year"),
    "per_1000": ("每千词", "Per 1,000 words"),
    "plan_name": ("规划", "Plan"),
    "place": ("位次/地区数", "Place/regions"),
    "presence_text": ("情况", "State"),
    "quote": ("原文", "Quote"),
    "rank": ("位次", "Rank"),
    "reason": ("原因", "Reason"),
    "reason_text": ("原因", "Reason"),
    "region_name": ("地区", "Region"),
    "remark": ("说明", "Remark"),
    "required": ("所需年均变化", "Required a year"),
    "rest_per_1000": ("其他规划每千词", "Others per 1,000"),
    "scope": ("范围", "Scope"),
    "script_text": ("字形", "Script"),
    "section": ("章节", "Section"),
    "set": ("已设指标", "Set"),
    "set_by": ("设定的省份数", "Set by"),
    "source": ("来源", "Source"),
    "sources": ("各数据来源", "Sources"),
    "status_text": ("目标或现状", "Status"),
    "stated": ("原文数值", "As printed"),
    "target": ("目标", "Target"),
    "targets": ("目标数", "Targets"),
    "term": ("词", "Word"),
    "theme_name": ("主题", "Theme"),
    "title": ("标题", "Title"),
    "unit": ("单位", "Unit"),
    "unmatched": ("未识别数字", "Unread numbers"),
    "value": ("数值", "Value"),
    "who": ("设定的省份", "Who sets it"),
    "year": ("年份", "Year"),
    "years": ("年份", "Years"),
    "z": ("区分度 z", "Distinctness z"),
}


def columns(lang: str, *names: str) -> dict[str, str]:
    """Gives columns their headings, in the order asked for.

    Raises:
        UnknownNameError: a column without a heading; the message lists those that have one.

    >>> columns("en", "region_name", "target")
    {'region_name': 'Region', 'target': 'Target'}
    """
    index = ("zh", "en").index(check_lang(lang))
    for name in names:
        if name not in _HEADINGS:
            raise UnknownNameError("column", name, sorted(_HEADINGS))
    return {name: _HEADINGS[name][index] for name in names}


def label(frame: pd.DataFrame, project: Project, lang: str) -> pd.DataFrame:
    """Adds readable columns to a frame of `Project`; those that are there stay as they are.

    Ids get a column with the name (`region_name`, `indicator_name`, `dimension_name`, `plan_name`), codes one with the
    word (`presence_text`, `method_text` …), values one with bound, unit and range in full (`target` from value,
    `old` and `new` from the two sides of a revision, `base` from a baseline, `national_text` from a national target).
    `basis` is the quote, or the document where there is none; `remark` is the arithmetic and the note.

    Args:
        frame: any frame of the project's methods.
        project: gives the names.
        lang: `zh` or `en`.

    Returns:
        A new frame with the same rows.
    """
    checked = check_lang(lang)
    added: dict[str, Any] = {}
    names = {
        "region": project.region_names,
        "indicator": project.indicator_names,
        "dimension": project.dimension_names,
        "plan": project.plan_labels,
    }
    for column, ask in names.items():
        if column in frame:
            known = ask(checked)
            added[f"{column}_name"] = [known.get(str(code), "") for code in frame[column]]
    for column in CODED_COLUMNS:
        if column in frame:
            added[f"{column}_text"] = [name_code(column, str(code), checked) for code in frame[column]]
    if {"quote", "document"} <= set(frame):
        added["basis"] = frame["quote"].where(frame["quote"] != "", frame["document"])
    if {"arithmetic", "note"} <= set(frame):
        stop = say(checked, "；", "; ")
        added["remark"] = [
            stop.join(filter(None, pair)) for pair in zip(frame["arithmetic"], frame["note"], strict=True)
        ]
    if {"per_year", "yearly_growth", "unit"} <= set(frame):
        added["pace"] = [phrase_pace(row, checked) for row in frame.to_dict("records")]
    return frame.assign(**added, **_value_columns(frame, checked))


def phrase_pace(row: Mapping[Any, Any], lang: Lang, *, full: bool = False) -> str:
    """Writes the change a year that a pathway takes and, for totals, the growth a year in per cent.

    Args:
        row: a row of `tabulate_pathways`.
        lang: language.
        full: also measure words and denominators, where no value of the measure stands beside it.
    """
    if pd.isna(row["per_year"]):
        return ""
    is_share = row["unit"] == "%"
    unit = spell_unit("百分点", lang) if is_share else row["unit"]
    amount = format_value(row["per_year"], unit, lang, full=full or is_share)
    amount = amount if row["per_year"] < 0 else f"+{amount}"
    if pd.isna(row["yearly_growth"]):
        return amount
    growth = f"{row['yearly_growth']:+.1f}%".replace("-", "\u2212")
    return say(lang, f"{amount}（{growth}）", f"{amount} ({growth})")


def _value_columns(frame: pd.DataFrame, lang: Lang) -> dict[str, list[str]]:
    """Text for each value that the frame has, empty where there is none."""
    if "unit" not in frame:
        return {}
    rows = frame.to_dict("records")
    added = {}
    for prefix, name in _VALUES.items():
        if f"{prefix}value" in frame:
            full = prefix in _FULL
            added[name] = [
                "" if pd.isna(row[f"{prefix}value"]) else phrase_row(row, lang, prefix=prefix, full=full)
                for row in rows
            ]
    if "median" in frame and "of" in frame:
        added["median_text"] = [
            "" if pd.isna(row["median"]) or row["of"] < _FEW else format_value(row["median"], row["unit"], lang)
            for row in rows
        ]
    if "rank" in frame and "of" in frame:
        added["place"] = [
            f"{'–' if pd.isna(row['rank']) else row['rank']}/{row['of']}" if row["of"] else "" for row in rows
        ]
    return added
