"""The briefing of one indicator: who sets it, how far the way is, and how it has gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from compare import figures, narrative
from compare.briefing.content import Definition, Evidence, Page, Part
from compare.briefing.evidence import list_absent, list_gaps, read_evidence
from compare.briefing.series import MOST_LINES, count_moving, make_ranking, make_trajectory, make_ways, pick_moving
from compare.figures.frames import list_records
from compare.figures.wording import check_lang, definition_of, name_of, name_unit, say

if TYPE_CHECKING:
    from compare.catalogue import Indicator
    from compare.figures.wording import Lang
    from compare.project import Project


def brief_indicator(project: Project, values: Mapping[str, Any], key: str) -> Part:
    """Makes the briefing of one indicator.

    Args:
        project: the open project.
        values: of the parameters `indicator`, `year` and `lang`.
        key: name of the report.
    """
    lang = check_lang(str(values["lang"]))
    measure = project.catalogue.indicator(str(values["indicator"]))
    comparison = project.comparison(measure.id, year=int(values.get("year") or 0), lang=lang)
    national, pathways = project.national(measure.id), project.pathways(measure.id, lang=lang)
    series = project.series(measure.id)
    reference = narrative.pick_reference(national, measure)
    story = narrative.tell_indicator(comparison, national, indicator=measure, lang=lang)
    pages = [
        _page_ranking(comparison, reference, measure, lang),
        _page_ways(project, pathways, measure, lang),
        _page_trajectory(series, measure, lang),
    ]
    tables = {
        "comparison": comparison,
        "national": national,
        "pathways": pathways,
        "series": series,
        "evidence": project.evidence(indicator=measure.id),
    }
    return Part(
        key=key,
        lang=lang,
        title=story.title,
        finding=story.finding,
        pages=tuple(page for page in pages if page),
        definitions=(define(measure, lang),),
        absent=list_absent(comparison, lang),
        tables=tables,
    )


def define(measure: Indicator, lang: Lang) -> Definition:
    """Gives the definition of an indicator."""
    unit = name_unit(measure.unit, lang)
    return Definition(name_of(measure, lang), unit, definition_of(measure, lang), measure.definition_source)


def page_of_chart(slug: str, draw: Any, lang: Lang) -> Page:
    """Makes a page of what a chart says of itself; a page for print is drawn for that.

    Args:
        slug: name of the page.
        draw: draws the chart, with `lang` and `size` as arguments.
        lang: language.
    """
    drawn = partial(_draw, draw, lang)
    card = drawn("page").card
    return Page(slug, card.title, card.subtitle, card.alt, drawn, source=card.source, notes=card.notes)


def _draw(draw: Any, lang: Lang, size: str) -> figures.Chart:
    chart: figures.Chart = draw(lang=lang, size=size)
    return chart


def _page_ranking(comparison: pd.DataFrame, reference: pd.DataFrame, measure: Indicator, lang: Lang) -> Page | None:
    """None where no region has a number: why is on the page of what does not compare."""
    native = make_ranking(comparison, reference, measure, lang)
    if native is None:
        return None
    page = page_of_chart("ranking", partial(figures.ranking, comparison, indicator=measure, reference=reference), lang)
    nation = say(lang, "全国", "Nation")
    named = reference.assign(subject_name=nation, region="100000", method="published")
    evidence = read_evidence(comparison, lang) + read_evidence(named, lang)
    return replace(page, native=native, gaps=list_gaps(comparison, lang), evidence=evidence)


def _page_ways(project: Project, pathways: pd.DataFrame, measure: Indicator, lang: Lang) -> Page | None:
    if pathways.empty:
        return None
    page = page_of_chart("pathways", partial(figures.dumbbell, pathways, indicator=measure), lang)
    paces = list(narrative.label(pathways, project, lang)["pace"])
    starts = read_baselines(pathways, project.baselines(measure.id, lang=lang), lang)
    native = make_ways(pathways, measure, paces, lang)
    return replace(page, native=native, evidence=read_evidence(pathways, lang) + starts)


def read_baselines(pathways: pd.DataFrame, baselines: pd.DataFrame, lang: Lang) -> tuple[Evidence, ...]:
    """Reads the baselines of paths as numbers with their sources.

    Args:
        pathways: one row per path, perhaps with `subject_name`.
        baselines: values measured, where plan, offsets and sentence of a baseline are looked up; a baseline that is
            not among them (one that a plan prints beside its target) keeps what the path says of it.
        lang: language.
    """
    known: dict[tuple[object, ...], dict[str, object]] = {}
    for record in list_records(baselines):
        known.setdefault(tuple(record[name] for name in ("region", "indicator", "year", "value")), record)
    rows: list[dict[str, object]] = []
    for record in list_records(pathways):
        key = tuple(record[name] for name in ("region", "indicator", "base_year", "base_value"))
        found = known.get(key, {"document": record["base_source"]})
        names: dict[str, object] = {
            name: record[name] for name in ("region", "name_zh", "name_en", "subject_name", "unit") if name in record
        }
        base = {name: record[f"base_{name}"] for name in ("value", "bound", "year", "grade")}
        places = {
            name: found.get(name) for name in ("plan", "start", "end", "quote", "document", "method", "arithmetic")
        }
        rows.append(names | base | places | {"status": "actual"})
    return read_evidence(pd.DataFrame(rows), lang)


def _page_trajectory(series: pd.DataFrame, measure: Indicator, lang: Lang) -> Page | None:
    """The regions whose target multiplies the last number measured most; the nation is no region among them."""
    regions = series[series["region"] != "100000"]
    shown = pick_moving(regions, most=MOST_LINES)
    if shown.empty:
        return None
    page = page_of_chart("trajectory", partial(figures.trajectory, shown, indicator=measure), lang)
    native = make_trajectory(shown, measure, page.alt, lang)
    count, of = shown["region"].nunique(), count_moving(regions)
    if count < of:
        more = say(lang, f"{of}个地区中升幅最大的{count}个", f"the {count} steepest of {of} regions")
        page = replace(page, subtitle=say(lang, f"{page.subtitle}；{more}", f"{page.subtitle}; {more}"))
    return replace(page, native=(native,), evidence=read_evidence(shown, lang))
