"""What the documents say about each indicator, from the corpus and from elsewhere, side by side.

Published rows that repeat a number of the corpus, and repetitions inside a plan, count once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from compare.catalogue import Catalogue, Indicator
from compare.comparison.mentions import Mention
from compare.comparison.statement import Statement, name_document, of_baseline, of_published, of_row
from compare.plans import Plan
from compare.reference import PublishedTarget, Reference

_TITLE_MARKS = re.compile(r"[\s《》“”\"'()()〔〕【】\-—–~]+")


@dataclass(frozen=True)
class Material:
    """All that a comparison draws on.

    Attributes:
        catalogue: the indicators.
        reference: the reference tables.
        statements: (indicator, region code) to what is said about it: targets, values measured, values expected.
        plans: region code to the ids of its plans in the corpus, oldest first.
        issued: plan id to its date of issue or the first year of its period.
        titles: plan id to how the plan is called where people read.
        mentions: (plan, indicator) to the place where the plan names the indicator without a number.
        ratios: indicator id to the indicators that are derived from it.
        rivals: indicator id to the ids that are not comparable with it, whichever of the two says so.
    """

    catalogue: Catalogue
    reference: Reference
    statements: Mapping[tuple[str, str], tuple[Statement, ...]]
    plans: Mapping[str, tuple[str, ...]]
    issued: Mapping[str, str]
    titles: Mapping[str, str]
    mentions: Mapping[tuple[str, str], Mention]
    ratios: Mapping[str, tuple[Indicator, ...]]
    rivals: Mapping[str, tuple[str, ...]]

    def of(self, indicator: str, region: str, status: str = "target") -> tuple[Statement, ...]:
        """Statements of one indicator and region, targets or values measured (`actual`)."""
        return tuple(s for s in self.statements.get((indicator, region), ()) if s.status == status)


def gather(
    targets: pd.DataFrame,
    catalogue: Catalogue,
    reference: Reference,
    plans: Sequence[Plan] = (),
    *,
    mentions: Mapping[tuple[str, str], Mention] | None = None,
) -> Material:
    """Put the records of the corpus and what was published elsewhere side by side.

    Numbers that a plan repeats are one statement. A published row that repeats a number of a plan in the corpus (its
    `plan` column, or the same region and title) is left out where the plan has the indicator; what the plan has counts.

    Args:
        targets: the targets table (`compare.columns.TARGET_COLUMNS`).
        catalogue: the indicators.
        reference: the reference tables.
        plans: the plans of the corpus, for titles and dates; without them a plan is known by its id only.
        mentions: as `compare.comparison.mentions.find_mentions` gives them.

    Returns:
        The material of all comparisons.
    """
    records = {plan.id: plan.record for plan in plans}
    extracted = [of_row(row, records) for row in targets.to_dict("records") if row["region"]]
    merged = _merge_repeats(extracted)
    have = {(s.plan, s.indicator) for s in merged if s.status == "target"}
    published = [of_published(row, plan_of(row, plans)) for row in reference.published if row.indicator]
    kept = [s for s in published if (s.plan, s.indicator) not in have]
    measured = [of_baseline(row) for row in reference.baselines if row.indicator]
    statements: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in (*merged, *kept, *measured):
        if statement.indicator:
            statements[statement.indicator, statement.region].append(statement)
    issued = {plan.id: _issued(plan) for plan in plans}
    regions = {plan.id: plan.record.region for plan in plans if plan.record}
    regions |= {s.plan: s.region for s in extracted}
    by_region: dict[str, list[str]] = defaultdict(list)
    for plan_id in sorted(regions, key=lambda key: (issued.get(key, ""), key)):
        by_region[regions[plan_id]].append(plan_id)
    return Material(
        catalogue,
        reference,
        {key: tuple(found) for key, found in statements.items()},
        {region: tuple(ids) for region, ids in by_region.items()},
        issued,
        {plan_id: name_document(plan_id, records.get(plan_id)) for plan_id in regions},
        mentions or {},
        *_relations(catalogue),
    )


def _relations(catalogue: Catalogue) -> tuple[dict[str, tuple[Indicator, ...]], dict[str, tuple[str, ...]]]:
    """For each indicator those derived from it, and the ids of those not comparable with it, in catalogue order."""
    ratios: dict[str, list[Indicator]] = defaultdict(list)
    rivals: dict[str, set[str]] = defaultdict(set)
    for indicator in catalogue.indicators:
        if indicator.derive is not None:
            ratios[indicator.derive.source].append(indicator)
        for other in indicator.not_comparable_with:
            rivals[indicator.id].add(other)
            rivals[other].add(indicator.id)
    ordered = {key: tuple(id_ for id_ in catalogue.ids if id_ in found) for key, found in rivals.items()}
    return {key: tuple(found) for key, found in ratios.items()}, ordered


def plan_of(row: PublishedTarget, plans: Sequence[Plan]) -> str:
    """Id of the plan in the corpus whose document a published row cites, or an empty string."""
    if row.plan:
        return row.plan
    for plan in plans:
        record = plan.record
        if record and record.region == row.region and _plain_title(record.title) == _plain_title(row.source_title):
            return plan.id
    return ""


def _plain_title(title: str) -> str:
    """A title without marks, widths or dashes.

    >>> _plain_title("《行动方案（2024—2026年）》") == _plain_title("行动方案(2024-2026年)")
    True
    """
    return _TITLE_MARKS.sub("", title.replace("（", "(").replace("）", ")"))


def _issued(plan: Plan) -> str:
    record = plan.record
    if record is None:
        return ""
    return record.issued.isoformat() if record.issued else str(record.first_year or "")


def _merge_repeats(statements: Iterable[Statement]) -> list[Statement]:
    """One statement per commitment of a document: the first in the text, which notes how often it is repeated."""
    merged: list[Statement] = []
    places: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for s in sorted(statements, key=lambda s: (s.plan, -1 if s.start is None else s.start)):
        number = (s.value, s.value_high, s.unit)
        key = (s.plan, s.indicator or s.label, s.kind, s.status, s.year, s.base_year, s.scope, *number)
        same = [place for place in places[key] if s.value is not None and _repeats(s, merged[place])]
        if same:
            merged[same[0]] = replace(merged[same[0]], repeats=merged[same[0]].repeats + 1)
        else:
            places[key].append(len(merged))
            merged.append(s)
    return merged


def _repeats(later: Statement, earlier: Statement) -> bool:
    """Whether the same number is said again: under the same label, or elsewhere with the same bound.

    Two items of one list (`示范园区10个、成长型园区10个`) are two commitments.
    """
    return later.label == earlier.label or (later.quote != earlier.quote and later.bound == earlier.bound)
