"""The briefings of the whole corpus: what the plans set, and what they stress."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from compare import figures, narrative
from compare.briefing.content import Page, Part
from compare.briefing.measures import page_of_chart
from compare.figures.wording import check_lang

if TYPE_CHECKING:
    import pandas as pd

    from compare.figures.wording import Lang
    from compare.project import Project


def brief_overview(project: Project, values: Mapping[str, Any], key: str) -> Part:
    """Makes the briefing of the corpus: dimensions, coverage, years.

    Args:
        project: the open project.
        values: of the parameter `lang`.
        key: name of the report.
    """
    lang = check_lang(str(values["lang"]))
    labels, indicators = project.plan_labels(lang), project.catalogue.indicators
    corpus, covered = project.corpus(), project.coverage()
    dimensions, horizons = project.dimension_counts(), project.horizons()
    refused = narrative.pick_refused(project.unmatched())
    names = project.indicator_names(lang)
    story = narrative.tell_overview(corpus, dimensions, covered, horizons, refused, indicator_names=names, lang=lang)
    draws = {
        "dimensions": partial(figures.counts, dimensions, labels=labels),
        "coverage": partial(figures.coverage, covered, indicators=indicators),
        "horizons": partial(figures.horizons, horizons, labels=labels),
    }
    pages = tuple(_page_of_plans(slug, draw, corpus, lang) for slug, draw in draws.items())
    tables = {
        "plans": corpus,
        "dimensions": dimensions,
        "coverage": covered,
        "horizons": horizons,
        "targets": project.targets(status="target"),
        "refused": refused,
        "cross_check": project.cross_check(),
    }
    return Part(key, lang, story.title, story.finding, pages, tables=tables)


def brief_emphasis(project: Project, values: Mapping[str, Any], key: str) -> Part:
    """Makes the briefing of what the plans stress: words, themes, likeness.

    Args:
        project: the open project.
        values: of the parameters `terms` and `lang`.
        key: name of the report.
    """
    from compare import emphasis

    lang, terms = check_lang(str(values["lang"])), int(values.get("terms") or 10)
    labels = project.plan_labels(lang)
    measures = emphasis.measure(project, limit=terms)
    story = narrative.tell_emphasis(measures, labels=labels, lang=lang)
    draws = {
        "terms": partial(figures.emphasis_terms, measures.distinctive, labels=labels, top=terms),
        "themes": partial(figures.theme_shares, measures.themes, labels=labels),
        "similarity": partial(figures.similarity, measures.similarity, labels=labels),
    }
    frames = {"terms": measures.distinctive, "themes": measures.themes, "similarity": measures.similarity}
    corpus = project.corpus()
    pages = tuple(_page_of_plans(slug, draw, corpus, lang) for slug, draw in draws.items() if len(frames[slug]))
    return Part(key, lang, story.title, story.finding, pages, tables=frames)


def _page_of_plans(slug: str, draw: Any, corpus: pd.DataFrame, lang: Lang) -> Page:
    """A page on all plans: what it rests on is each of them as a whole, and no single number."""
    return replace(page_of_chart(slug, draw, lang), plans=tuple(corpus["plan"]))
