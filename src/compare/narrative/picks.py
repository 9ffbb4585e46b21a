"""The rows of a table that a part of a report shows."""

from __future__ import annotations

import pandas as pd

from compare.figures.wording import Measure


def pick_region(corpus: pd.DataFrame, region: str) -> pd.DataFrame:
    """Picks the plans of a region from `Project.corpus`, oldest first."""
    plans: pd.DataFrame = corpus[corpus["region"] == region]
    return plans.sort_values(["last_year", "issued"], kind="stable", ignore_index=True)


def pick_refused(unmatched: pd.DataFrame) -> pd.DataFrame:
    """Picks the numbers that gave no record from `Project.unmatched`, which also has records without an indicator."""
    return unmatched[~unmatched["reason"].str.startswith("indicator:")].reset_index(drop=True)


def pick_reference(national: pd.DataFrame, indicator: Measure) -> pd.DataFrame:
    """Picks the national targets that a region's value can be held against.

    A national rate is one; a national total (all base stations of the country) says nothing about one region's.

    Args:
        national: `Project.national` of the indicator.
        indicator: gives the unit.

    Returns:
        `national`, or none of its rows where the indicator is a total.
    """
    is_ratio = indicator.unit in {"%", ""} or "/" in indicator.unit
    return national if is_ratio else national.iloc[:0]


def pick_published(evidence: pd.DataFrame) -> pd.DataFrame:
    """Picks what documents outside of the corpus say from `Project.evidence`, each with its document; targets first."""
    published: pd.DataFrame = evidence[evidence["origin"] == "published"]
    return published.sort_values("status", key=lambda status: status != "target", kind="stable", ignore_index=True)


def has_others(standing: pd.DataFrame) -> bool:
    """Whether any indicator of a region is set by another region too (`Project.standing`)."""
    return bool((standing["of"].fillna(0) - standing["rank"].notna() > 0).any())


def pick_headlines(targets: pd.DataFrame, plans: pd.DataFrame, limit: int = 10) -> pd.DataFrame:
    """Picks the targets of a plan that head it.

    A plan states them in its opening, under 目标 or 总体要求; where that part holds fewer than three numbers, the first
    numbers with an indicator follow.

    Args:
        targets: `Project.targets` of a region.
        plans: its plans, as from `pick_region`; the last one is taken.
        limit: how many at most.

    Returns:
        Rows of `targets`, in the order of the text, one per indicator, year and kind.
    """
    stated = targets[(targets["status"] == "target") & targets["value"].notna()]
    stated = stated[stated["plan"].isin(plans["plan"].tail(1))].sort_values("start", kind="stable")
    opening = stated["section"].str.contains("目标|目標|总体要求|總體要求", regex=True)
    measured = stated["indicator"] != ""
    first = stated[opening & measured]
    if len(first) < 3:
        first = pd.concat([first, stated[measured & ~opening]])
    keys = ["indicator", "year", "kind"]
    return first.drop_duplicates(keys).head(limit).sort_values("start", kind="stable").reset_index(drop=True)
