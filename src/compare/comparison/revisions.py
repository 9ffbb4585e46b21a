"""Two plans of one region side by side: what was raised, lowered, kept, dropped, or is new."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from compare.catalogue import Indicator
from compare.comparison.arithmetic import subtract
from compare.comparison.choose import choose
from compare.comparison.statements import Material
from compare.comparison.values import Outcome, Reading
from compare.errors import UnknownNameError
from compare.tables import make_frame

_SIDE = {"plan": "str", "value": "float64", "value_high": "float64", "bound": "str", "year": "Int64", "quote": "str"}
_PLACE = {"start": "Int64", "end": "Int64"}

REVISION_COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(("region", "indicator", "name_zh", "name_en", "dimension", "kind", "unit", "direction"), "str"),
    **{f"old_{name}": kind for name, kind in (_SIDE | _PLACE).items()},
    **{f"new_{name}": kind for name, kind in (_SIDE | _PLACE).items()},
    "difference": "float64",
    "difference_high": "float64",
    "difference_bound": "str",
    "years_later": "Int64",
    "change": "str",
    "reason": "str",
}
"""Columns of the table of revisions with their types; `compare_plans` says what they hold."""

_KINDS = ("level", "annual")
_ORDER = ("raised", "lowered", "same", "new", "dropped", "expired", "words_only", "not_comparable")


def compare_plans(
    region: str, material: Material, older: str | None = None, newer: str | None = None, lang: str = "zh"
) -> pd.DataFrame:
    """What changed between two plans of one region.

    Each indicator and kind is compared at the latest year that both plans set it for, else at each plan's own last
    year. A change or growth is resolved to a level where a baseline allows it.

    Args:
        region: region code.
        material: as `gather` gives it.
        older: id of the earlier plan; None: the last but one of the region.
        newer: id of the later plan; None: the last one.
        lang: `zh` or `en`, language of `reason`.

    Returns:
        One row per indicator and kind that either plan sets; key: `indicator`, `kind`. Values and `difference` (new −
        old, with its bound; to `difference_high` where either is a range) in `unit`; `years_later` is the new target
        year less the old one. `change` is `raised` or `lowered` (of the number; `direction` says which way is better),
        `same`, `new`, `dropped`, `expired` (the old target fell due before the newer plan begins), `words_only` (the
        newer plan has it in words) or `not_comparable` with a `reason`. Empty where the region has fewer than two
        plans.

    Raises:
        UnknownNameError: no such region, or the region has no such plan.
    """
    material.reference.region(region)
    plans = material.plans.get(region, ())
    for plan in (older, newer):
        if plan is not None and plan not in plans:
            raise UnknownNameError(f"plan of region {region}", plan, plans)
    new = newer or (plans[-1] if plans else "")
    before = [plan for plan in plans if plan != new]
    if not before or (older == new):
        return make_frame([], REVISION_COLUMNS)
    old = older or before[-1]
    rows = []
    for measure in material.catalogue.indicators:
        for kind in _KINDS:
            row = _compare(measure, Reading(material, kind, lang), region, (old, new))
            if row is not None:
                rows.append(row)
    rows.sort(key=lambda row: _ORDER.index(str(row["change"])))
    return make_frame(rows, REVISION_COLUMNS)


def _compare(measure: Indicator, reading: Reading, region: str, plans: tuple[str, str]) -> dict[str, object] | None:
    old_plan, new_plan = plans
    olds = _of_plan(measure, reading, region, old_plan)
    news = _of_plan(measure, reading, region, new_plan)
    if not olds and not news:
        return None
    shared = {o.statement.year for o in olds if o.amount} & {o.statement.year for o in news if o.amount}
    year = max((y for y in shared if y is not None), default=None)
    old = choose(olds, measure, reading, year)
    new = choose(news, measure, reading, year)
    row: dict[str, object] = {
        "region": region,
        "indicator": measure.id,
        "name_zh": measure.name_zh,
        "name_en": measure.name_en,
        "dimension": measure.dimension,
        "kind": reading.kind,
        "unit": measure.unit,
        "direction": measure.direction,
        "old_plan": old_plan,
        "new_plan": new_plan,
    }
    return row | _side("old", old) | _side("new", new) | _verdict(old, new, plans, reading)


def _of_plan(measure: Indicator, reading: Reading, region: str, plan: str) -> list[Outcome]:
    """What a plan itself says of an indicator; for a kind other than levels only numbers of that kind."""
    own = [s for s in reading.material.of(measure.id, region) if s.plan == plan and s.origin == "extracted"]
    if reading.kind != "level":
        own = [s for s in own if s.kind == reading.kind]
    else:
        own = [s for s in own if s.kind != "annual"]
    return [reading.value_of(s, measure) for s in own]


def _side(name: str, outcome: Outcome | None) -> dict[str, object]:
    if outcome is None:
        return {}
    s, amount = outcome.statement, outcome.amount
    side: dict[str, object] = {"year": s.year, "quote": s.quote, "start": s.start, "end": s.end}
    if amount is not None:
        side |= {"value": amount.value, "value_high": amount.high, "bound": amount.bound}
    return {f"{name}_{key}": value for key, value in side.items()}


def _verdict(old: Outcome | None, new: Outcome | None, plans: tuple[str, str], reading: Reading) -> dict[str, object]:
    if old is None:
        return {"change": "new", "reason": "" if new is None else new.reason}
    if new is None:
        begins = reading.material.issued.get(plans[1], "")[:4]
        due = old.statement.year
        if due is not None and begins and due < int(begins):
            return {"change": "expired", "reason": reading.say("expired", year=due)}
        return {"change": "dropped", "reason": old.reason}
    if new.presence == "words_only":
        return {"change": "words_only", "reason": new.reason}
    if old.amount is None or new.amount is None:
        plan, side = (plans[0], old) if old.amount is None else (plans[1], new)
        return {
            "change": "not_comparable",
            "reason": reading.say("one_side", plan=reading.material.titles[plan], reason=side.reason),
        }
    difference = subtract(new.amount, old.amount)
    change = "raised" if difference.value > 0 else "lowered" if difference.value < 0 else "same"
    later: int | None = None
    if old.statement.year is not None and new.statement.year is not None:
        later = new.statement.year - old.statement.year
    reason = reading.say("other_years") if later else ""
    return {
        "change": change,
        "difference": difference.value,
        "difference_high": difference.high,
        "difference_bound": difference.bound,
        "years_later": later,
        "reason": reason,
    }
