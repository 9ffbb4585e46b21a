"""What charts of series say: their card and key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from compare.errors import FigureError
from compare.figures.frames import describe_definition, describe_source, list_numbers
from compare.figures.marks import Look, put_dot
from compare.figures.series import (
    Series,
    read_series,
)
from compare.figures.sheet import Card, KeyEntry, Sheet
from compare.figures.theme import ACCENT, WHITE
from compare.figures.wording import (
    LANGS,
    Lang,
    Measure,
    format_years,
    name_of,
    name_unit,
    say,
)


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
    last = one.last
    before = [row for row in one.actual if (row.year or 0) < (last.year or 0)]
    return last.value / before[-1].value if before and last not in one.actual and before[-1].value > 0 else 0.0


def subtitle_of(series: Sequence[Series], measure: Measure, lang: Lang) -> str:
    """Writes the subtitle: measure, unit and years."""
    years = format_years([row.year or 0 for one in series for row in one.rows], lang)
    unit, name = name_unit(measure.unit or series[0].unit, lang), name_of(measure, lang)
    parts = [name, unit and unit not in name and say(lang, f"单位：{unit}", unit), years]
    return say(lang, "；", "; ").join(part for part in parts if part)


def card_of_series(
    kind: str,
    frame: pd.DataFrame,
    series: Sequence[Series],
    found: Mapping[Lang, str],
    words: tuple[Lang, str, str],
    measure: Measure | None,
) -> Card:
    """Makes the card of a chart of series; `words` are language, subtitle and source."""
    lang, subtitle, source = words
    rows = [row for one in series for row in one.rows]
    told: dict[Lang, str] = {}
    for each in LANGS:
        lines = [
            f"{one.rows[0].name(each)} {one.indicator}: "
            + ", ".join(f"{row.year} {row.label(each)}{'' if row in one.actual else '*'}" for row in one.rows)
            for one in series
        ]
        told[each] = "; ".join(lines)
    notes = (describe_definition(measure, lang),) if measure is not None else ()
    return Card(
        kind=kind,
        lang=lang,
        title=found[lang],
        subtitle=subtitle,
        source=describe_source(rows, lang, source),
        finding_zh=found["zh"],
        finding_en=found["en"],
        alt_zh=f"{found['zh']}。各年数（*为目标）：{told['zh']}。",
        alt_en=f"{found['en']}. By year (* is a target): {told['en']}.",
        data=frame,
        notes=tuple(note for note in notes if note),
        numbers=list_numbers(rows),
    )


def key_of_series(series: Sequence[Series], lang: Lang) -> list[KeyEntry]:
    """Makes the key: lines of what is measured and set, and the marks of bounds that occur."""

    def line(*, dashed: bool) -> KeyEntry:
        def draw(sheet: Sheet, x: float, y: float) -> None:
            style = (0, (3.0, 2.0)) if dashed else "solid"
            sheet.lines([((x, y), (x + 18, y))], colour=ACCENT, width=1.3, style=style)

        return KeyEntry(say(lang, "目标", "target") if dashed else say(lang, "实际", "measured"), 18.0, draw)

    def mark(shape: str, words: str) -> KeyEntry:
        def draw(sheet: Sheet, x: float, y: float) -> None:
            put_dot(sheet, x + 3, y, 5.0, Look(WHITE if shape == "o" else ACCENT, ACCENT, shape))

        return KeyEntry(words, 6.0, draw)

    bounds = {row.bound for one in series for rows in one.targets.values() for row in rows}
    key = [line(dashed=False)] if any(one.actual for one in series) else []
    key += [line(dashed=True)] if any(one.targets for one in series) else []
    key += [mark("^", say(lang, "不少于或超过", "at least or more than"))] if bounds & {">=", ">"} else []
    key += [mark("v", say(lang, "不超过或低于", "at most or under"))] if bounds & {"<=", "<"} else []
    key += [mark("o", say(lang, "约", "about"))] if "~" in bounds else []
    return key
