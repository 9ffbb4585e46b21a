"""A report's text, and the small pieces that its sentences are made of."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from compare.figures.wording import Lang, check_lang, format_target, phrase_target, say
from compare.narrative.codes import name_code

# Makes a link to a sentence from plan id, offset and text; `Report.cite` is one.
Cite = Callable[[str, int, str], str]


@dataclass(frozen=True, slots=True)
class Story:
    """What a report says.

    Attributes:
        title: of the report, plain text.
        finding: its main result in one sentence, plain text.
        text: its summary, markdown, paragraphs apart by an empty line.
    """

    title: str
    finding: str
    text: str


def no_link(plan: str, start: int, text: str) -> str:
    """Leaves a text as it is: the `Cite` of text that stands outside of a report."""
    del plan, start
    return text


_EMPTY = {
    "headlines": (
        "没有收录它的规划；其他文件公布的目标见下文。",
        "None of its plans is in the corpus; targets published elsewhere stand below.",
    ),
    "numbers": ("没有收录它的规划。", "None of its plans is in the corpus."),
    "published": ("其他公布文件中没有它的数值。", "No document published elsewhere has a number of it."),
    "pathways": ("没有既有基期值又有目标值的。", "Nothing has both a baseline and a target."),
    "revisions": (
        "收录的规划不足两份，无可比较。",
        "The corpus has fewer than two of its plans, so nothing was revised.",
    ),
    "missing": ("没有这样的地区。", "There is no such region."),
}


def say_empty(part: str, lang: str) -> str:
    """Says why a part of a report has nothing to show.

    Args:
        part: `headlines`, `numbers`, `published`, `pathways`, `revisions` or `missing`.
        lang: `zh` or `en`.

    >>> say_empty("pathways", "en")
    'Nothing has both a baseline and a target.'
    """
    return say(check_lang(lang), *_EMPTY[part])


def join_sentences(sentences: Iterable[str], lang: Lang) -> str:
    """Writes sentences as one paragraph; empty ones are left out."""
    return say(lang, "", " ").join(sentence for sentence in sentences if sentence)


def join_paragraphs(paragraphs: Iterable[str]) -> str:
    """Writes paragraphs of markdown; empty ones are left out."""
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


# kind -> wording of its values, zh and en; a level stands as it is
_KINDS = {"annual": ("每年{}", "{} a year"), "change": ("增加{}", "+{}"), "growth": ("增长{}", "growth of {}")}
_FALLS = {"change": ("减少{}", "a decrease of {}"), "growth": ("下降{}", "a fall of {}")}
_TURNED = {"<=": ">=", "<": ">", ">=": "<=", ">": "<"}


def phrase_row(row: Any, lang: Lang, *, prefix: str = "", full: bool = True) -> str:
    """Writes the value of a row of any table: bound in words, unit in full, whether it is a number a year or a change.

    Args:
        row: has `value` and `unit`, and perhaps `bound`, `value_high` and `kind`.
        lang: language.
        prefix: before the names of value and bound (`old_`, `new_`).
        full: whether the bound stands in words and the unit with it; else the bound as a sign, the number alone.

    >>> phrase_row({"value": 6e4, "bound": ">=", "unit": "个"}, "zh")
    '不少于6万个'
    >>> phrase_row({"value": 100, "bound": "~", "unit": "件", "kind": "annual"}, "en")
    'about 100 a year'
    >>> phrase_row({"value": -20, "bound": "<=", "unit": "%", "kind": "growth"}, "zh")
    '下降不少于20%'
    """
    value, high = (row.get(f"{prefix}{name}", math.nan) for name in ("value", "value_high"))
    high = math.nan if pd.isna(high) else float(high)
    bound, kind = str(row.get(f"{prefix}bound", "=")), row.get("kind", "level")
    wordings = _KINDS
    if kind in _FALLS and value < 0:
        value, high, bound, wordings = -value, -high, _TURNED.get(bound, bound), _FALLS
    phrase = phrase_target if full else format_target
    text = phrase(float(value), high, bound, spell_unit(str(row["unit"]), lang), lang)
    return say(lang, *wordings[kind]).format(text) if kind in wordings else text


def spell_unit(unit: str, lang: Lang) -> str:
    """Gives points their measure word, as Chinese sentences have it: 3个百分点."""
    return "个百分点" if unit == "百分点" and lang == "zh" else unit


def place_row(row: Any, lang: Lang, cite: Cite) -> str:
    """Writes the value of a row linked to its sentence, its year and, where no document says it so, its method."""
    parts = [cite_row(row, phrase_row(row, lang), cite), name_year(row["year"], lang)]
    if row["method"] not in {"stated", "published"}:
        parts.append(name_code("method", row["method"], lang))
    return say(lang, "，", ", ").join(parts)


def cite_row(row: Any, text: str, cite: Cite, *, prefix: str = "") -> str:
    """Links a text to the sentence of a row; unlinked where the row stands on no plan of the corpus."""
    plan, start = row.get(f"{prefix}plan", ""), row.get(f"{prefix}start", pd.NA)
    return cite(str(plan), int(start), text) if plan and not pd.isna(start) else text


def name_year(year: Any, lang: Lang) -> str:
    """Writes the year of a target, or that none is stated.

    >>> name_year(2025, "zh"), name_year(pd.NA, "en")
    ('2025年', 'no stated year')
    """
    return say(lang, "未写明年份", "no stated year") if pd.isna(year) else say(lang, f"{int(year)}年", str(int(year)))
