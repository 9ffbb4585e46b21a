"""Measures on the words of plans: what sets a plan apart, shares by theme, likeness between plans."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pandas as pd

from compare.emphasis.words import Segmenter, Theme, load_vocabulary

if TYPE_CHECKING:
    from compare.plans import Plan

COUNT_COLUMNS = ("plan", "term", "count")
DISTINCTIVE_COLUMNS = ("plan", "rank", "term", "count", "per_1000", "rest_per_1000", "log_odds", "z")
THEME_COLUMNS = ("plan", "theme", "name_zh", "name_en", "count", "words", "per_1000")
SIMILARITY_COLUMNS = ("plan", "other", "similarity")


class Corpus(Protocol):
    """What the measures need of a project: its folder and its plans."""

    @property
    def root(self) -> Path:
        """The project folder."""
        ...

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The plans, in the order of every frame."""
        ...


@dataclass(frozen=True, slots=True)
class Emphasis:
    """All measures of a set of plans; the frames are those of the functions of the same names."""

    counts: pd.DataFrame
    distinctive: pd.DataFrame
    themes: pd.DataFrame
    similarity: pd.DataFrame


def count_terms(plans: Iterable[Plan], segmenter: Segmenter) -> pd.DataFrame:
    """Count the content words of each plan.

    Returns:
        One row per plan and word (key), columns ``plan, term, count``; plans in the order given, the most frequent word
        first.
    """
    rows = [
        (plan.id, term, count)
        for plan in plans
        for term, count in sorted(Counter(segmenter.words(plan.text)).items(), key=lambda item: (-item[1], item[0]))
    ]
    return pd.DataFrame(rows, columns=list(COUNT_COLUMNS)).astype({"plan": "str", "term": "str", "count": "int64"})


def rank_distinctive(
    counts: pd.DataFrame, *, limit: int = 15, at_least: int = 3, prior_words: float = 1000.0
) -> pd.DataFrame:
    """Rank the words of each plan by how far it uses them more than the other plans together.

    The measure is the weighted log-odds ratio with an informative Dirichlet prior. The prior is the whole corpus,
    scaled to ``prior_words`` words: it pulls the odds of rare words together, so that neither the commonest words nor
    the rarest fill the list. With a handful of plans ``z`` orders words; it is no test of significance.

    Args:
        counts: as from `count_terms`.
        limit: words a plan.
        at_least: a word counts from this many uses in the plan.
        prior_words: weight of the prior, in words.

    Returns:
        One row per plan and word (key), columns ``plan, rank, term, count, per_1000, rest_per_1000, log_odds, z``; the
        rates are per 1,000 content words of the plan and of all other plans.

    Source:
        Monroe, Colaresi and Quinn (2008), Fightin' Words, Political Analysis 16(4), 372-403, sections 3.3 to 3.5.1.
    """
    table = counts.pivot_table(index="term", columns="plan", values="count", fill_value=0, aggfunc="sum", sort=True)
    everywhere, size = table.sum(axis=1), float(table.to_numpy().sum())
    prior = prior_words * everywhere / size
    frames = []
    for plan in counts["plan"].unique():
        here, rest = table[plan], everywhere - table[plan]
        words, rest_words = float(here.sum()), float(rest.sum())
        odds = (here + prior) / (words + prior_words - here - prior)
        rest_odds = (rest + prior) / (rest_words + prior_words - rest - prior)
        frame = pd.DataFrame({"count": here, "per_1000": 1000 * here / words})
        frame["rest_per_1000"] = 1000 * rest / rest_words if rest_words else 0.0
        frame["log_odds"] = (odds / rest_odds).map(math.log)
        frame["z"] = frame["log_odds"] / (1 / (here + prior) + 1 / (rest + prior)).pow(0.5)
        frame = frame[(frame["count"] >= at_least) & (frame["z"] > 0)].reset_index()
        frame = frame.sort_values(["z", "term"], ascending=[False, True]).head(limit)
        frames.append(frame.assign(plan=plan, rank=range(1, len(frame) + 1)))
    ranked = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(DISTINCTIVE_COLUMNS))
    return ranked[list(DISTINCTIVE_COLUMNS)].astype({"plan": "str", "term": "str", "rank": "int64", "count": "int64"})


def share_themes(counts: pd.DataFrame, themes: Iterable[Theme]) -> pd.DataFrame:
    """Count how many of a plan's content words belong to each theme.

    Returns:
        One row per plan and theme (key), zeros included: ``plan, theme, name_zh, name_en, count, words, per_1000``;
        ``words`` is all content words of the plan, ``per_1000`` the theme's share of them in thousandths. Words outside
        all themes are in no row.
    """
    themes = tuple(themes)
    totals = counts.groupby("plan", sort=False)["count"].sum()
    theme_of = {word: theme.id for theme in themes for word in theme.words}
    found = counts.assign(theme=counts["term"].map(theme_of)).groupby(["plan", "theme"])["count"].sum().to_dict()
    rows = [
        (plan, theme.id, theme.name_zh, theme.name_en, count, words, 1000 * count / words)
        for plan, words in totals.items()
        for theme in themes
        for count in [int(found.get((plan, theme.id), 0))]
    ]
    return pd.DataFrame(rows, columns=list(THEME_COLUMNS)).astype({"plan": "str", "count": "int64", "words": "int64"})


def measure_similarity(counts: pd.DataFrame) -> pd.DataFrame:
    """Cosine of the plans' tf-idf vectors: 1 for the same words in the same proportions, 0 for none in common.

    A word weighs (1 + ln of its count) x (1 + ln((1 + plans) / (1 + plans with it))), so that a word repeated often or
    used by every plan weighs less, and no word weighs nothing.

    Returns:
        One row per ordered pair of plans (key), the pair of a plan with itself included: ``plan, other, similarity``.
    """
    plans = list(counts["plan"].unique())
    table = counts.pivot_table(index="plan", columns="term", values="count", fill_value=0, aggfunc="sum", sort=True)
    table = table.reindex(plans)
    frequency = table.where(table > 0, 1.0).map(math.log).add(1.0).where(table > 0, 0.0)
    rarity = ((1 + len(plans)) / (1 + (table > 0).sum())).map(math.log).add(1.0)
    weights = frequency * rarity
    unit = weights.div(weights.pow(2).sum(axis=1).pow(0.5), axis=0)
    matrix = unit.dot(unit.T)
    rows = [(plan, other, min(1.0, float(matrix.loc[plan, other]))) for plan in plans for other in plans]
    return pd.DataFrame(rows, columns=list(SIMILARITY_COLUMNS)).astype({"plan": "str", "other": "str"})


def measure(project: Corpus, *, limit: int = 15, cache: Path | None = None) -> Emphasis:
    """Take all measures of a project's plans, with the vocabulary of its catalogue.

    Args:
        project: a project folder that is open; the order of its plans is the order of the frames.
        limit: distinctive words a plan.
        cache: folder for jieba's compiled dictionary; by default the user's cache folder.
    """
    vocabulary = load_vocabulary(project.root / "data" / "catalogue")
    counts = count_terms(project.plans, Segmenter(vocabulary, cache))
    themes = share_themes(counts, vocabulary.themes)
    return Emphasis(counts, rank_distinctive(counts, limit=limit), themes, measure_similarity(counts))
