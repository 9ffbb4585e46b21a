"""What charts of series say: their card and key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from compare.errors import FigureError
from compare.figures.cards import Card, list_in, make_card, tell_both, write_sentences
from compare.figures.frames import Row, describe_grades, describe_source, list_numbers, tell_of_firm, tell_of_weak
from compare.figures.marks import name_bound, put_dot
from compare.figures.series import Series, look_of_bound, read_series
from compare.figures.sheet import KeyEntry, Sheet
from compare.figures.theme import ACCENT
from compare.figures.wording import SIGNS, Lang, format_years, say


def need_series(frame: pd.DataFrame, kind: str, unit: str) -> list[Series]:
    """Reads series, at least one.

    Raises:
        FigureError: where there is none.
    """
    series = read_series(frame, kind, unit)
    if not series:
        raise FigureError(f"{kind}: found no row with a year and a value, expected at least one")
    return series


def rise_of(one: Series) -> float:
    """Gives the target as a multiple of the last measurement before it; 0 where either is missing."""
    base = _base_of(one)
    return one.last.value / base.value if base and one.last not in one.actual and base.value > 0 else 0.0


def _base_of(one: Series) -> Row | None:
    before = [row for row in one.actual if (row.year or 0) < (one.last.year or 0)]
    return before[-1] if before else None


def choose_steepest(series: Sequence[Series]) -> tuple[Series, Callable[[Lang, str], str]]:
    """Chooses the series that rises most, one whose values are better than grade C where two or more are.

    Returns:
        The series, and what makes a title of what is said of it: it tells where the grade has decided.
    """
    first = max(series, key=rise_of)
    firm = [one for one in series if rise_of(one) and not _is_weak(one)]
    if not rise_of(first) or not _is_weak(first):
        return first, _tell_plainly
    return (max(firm, key=rise_of), tell_of_firm) if len(firm) > 1 else (first, tell_of_weak)


def _is_weak(one: Series) -> bool:
    base = _base_of(one)
    return one.last.is_weak or (base is not None and base.is_weak)


def _tell_plainly(lang: Lang, told: str) -> str:
    del lang
    return told


def describe_years(series: Sequence[Series], lang: Lang) -> str:
    """Writes the years that series span."""
    return format_years([row.year or 0 for one in series for row in one.rows], lang)


def card_of_series(
    kind: str,
    frame: pd.DataFrame,
    series: Sequence[Series],
    found: Mapping[Lang, str],
    lang: Lang,
    *,
    names: Mapping[Lang, Sequence[str]],
    subtitle: Sequence[str],
    source: str,
    definition: str = "",
) -> Card:
    """Makes the card of a chart of series.

    `names` are what each series is called, `subtitle` its parts, `source` is empty where it is to be computed.
    """
    rows = [row for one in series for row in one.rows]
    return make_card(
        kind,
        frame,
        lang,
        found=found,
        alt=tell_both(lambda each: _describe(series, names[each], found[each], each)),
        subtitle=subtitle,
        source=describe_source(rows, lang, source),
        notes=[definition, describe_grades([row for one in series for row in one.rows], lang)],
        numbers=list_numbers(rows),
    )


def _describe(series: Sequence[Series], names: Sequence[str], finding: str, lang: Lang) -> str:
    told = [
        f"{name}{say(lang, '：', ': ')}"
        + ", ".join(f"{row.year} {row.label(lang)}{'' if row in one.actual else '*'}" for row in one.rows)
        for name, one in zip(names, series, strict=True)
    ]
    lead = say(lang, "各年数（*为目标）：", "By year (* is a target): ")
    return write_sentences(lang, say(lang, "折线图", "Line chart"), finding, lead + list_in(lang, told))


def key_of_series(series: Sequence[Series], lang: Lang) -> list[KeyEntry]:
    """Makes the key: lines of what is measured and set, and the marks of bounds that occur."""

    def line(words: str, style: str | tuple[float, tuple[float, ...]]) -> KeyEntry:
        def draw(sheet: Sheet, x: float, y: float) -> None:
            sheet.lines([((x, y), (x + 18, y))], colour=ACCENT, width=1.3, style=style)

        return KeyEntry(words, 18.0, draw)

    def mark(bound: str) -> KeyEntry:
        def draw(sheet: Sheet, x: float, y: float) -> None:
            put_dot(sheet, x + 3, y, 5.0, look_of_bound(bound, ACCENT))

        return KeyEntry(name_bound(bound, lang), 6.0, draw)

    bounds = {row.bound for one in series for rows in one.targets.values() for row in rows}
    key = [line(say(lang, "实际", "measured"), "solid")] if any(one.actual for one in series) else []
    key += [line(say(lang, "目标", "target"), (0, (3.0, 2.0)))] if any(one.targets for one in series) else []
    return key + [mark(bound) for bound in SIGNS if bound in bounds - {"="}]
