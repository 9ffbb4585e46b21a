"""Cards: what a chart says in words, in both languages, and the numbers that it shows with their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from compare.figures.wording import LANGS, Lang, T, say

_STRAIGHT = str.maketrans("“”‘’", "\"\"''")


@dataclass(frozen=True, slots=True)
class Number:
    """One number that a chart shows, and where it stands: code-point offsets in the text of a plan, or a document."""

    region: str
    indicator: str
    plan: str
    start: int | None
    end: int | None
    value: float
    year: int | None
    document: str = ""


@dataclass(frozen=True)
class Card:
    """What a chart says in words, and the data that it draws."""

    kind: str
    lang: Lang
    title: str
    subtitle: str
    source: str
    finding_zh: str
    finding_en: str
    alt_zh: str
    alt_en: str
    data: pd.DataFrame = field(repr=False)
    notes: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = field(default=(), repr=False)

    @property
    def alt(self) -> str:
        """The alternative text in the chart's language."""
        return self.alt_zh if self.lang == "zh" else self.alt_en


def make_card(
    kind: str,
    frame: pd.DataFrame,
    lang: Lang,
    *,
    found: Mapping[Lang, str],
    alt: Mapping[Lang, str],
    subtitle: Sequence[str],
    source: str,
    notes: Iterable[str] = (),
    numbers: tuple[Number, ...] = (),
) -> Card:
    """Makes a card whose title is the finding; empty parts and notes are left out.

    Args:
        kind: of chart.
        frame: what is drawn.
        lang: language of the chart.
        found: the finding by language.
        alt: the alternative text by language.
        subtitle: its parts.
        source: the line of sources.
        notes: further lines of the foot.
        numbers: those shown.
    """
    return Card(
        kind=kind,
        lang=lang,
        title=found[lang],
        subtitle=list_in(lang, subtitle),
        source=source,
        finding_zh=found["zh"],
        finding_en=found["en"],
        alt_zh=alt["zh"],
        alt_en=alt["en"],
        data=frame,
        notes=tuple(note for note in notes if note),
        numbers=numbers,
    )


def plain_quotes(card: Card) -> Card:
    """Sets straight quotes in an English card: the typeface's curly ones are as wide as a Chinese character."""
    if card.lang == "zh":
        return card
    texts = (card.title, card.subtitle, card.source, *card.notes)
    title, subtitle, source, *notes = (text.translate(_STRAIGHT) for text in texts)
    return replace(card, title=title, subtitle=subtitle, source=source, notes=tuple(notes))


def tell_both(tell: Callable[[Lang], T]) -> dict[Lang, T]:
    """Has something told in every language."""
    return {lang: tell(lang) for lang in LANGS}


def list_in(lang: Lang, parts: Iterable[str]) -> str:
    """Lists parts with the semicolon of a language; empty ones are left out.

    >>> list_in("zh", ["甲 30", "", "乙 20"]), list_in("en", ["A 30", "B 20"])
    ('甲 30；乙 20', 'A 30; B 20')
    """
    return say(lang, "；", "; ").join(part for part in parts if part)


def write_sentences(lang: Lang, *parts: str) -> str:
    """Writes parts as sentences; empty ones are left out.

    >>> write_sentences("zh", "点图", "", "甲最高"), write_sentences("en", "Dot plot", "A is highest")
    ('点图。甲最高。', 'Dot plot. A is highest.')
    """
    stop = say(lang, "。", ". ")
    return "".join(part + stop for part in parts if part).rstrip()


def write_source(lang: Lang, text: str) -> str:
    """Writes the line of sources."""
    return say(lang, f"来源：{text}", f"Source: {text}")


def name_plans(lang: Lang, count: int) -> str:
    """Says how many plans were read.

    >>> name_plans("zh", 2), name_plans("en", 1)
    ('规划原文2份', '1 plan read in full')
    """
    return say(lang, f"规划原文{count}份", f"{count} plan{'s' if count != 1 else ''} read in full")
