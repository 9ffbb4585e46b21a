"""What the catalogue holds: indicators and the dimensions that group them, as a closed schema."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(min_length=1)]
Words = tuple[Text, ...]
Denominator = Literal[
    "none", "gdp", "population", "households", "users", "enterprises", "industry", "equipment", "items", "places",
    "traffic", "energy", "capacity",
]  # fmt: skip

_ID = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")


class Derivation(BaseModel):
    """How an indicator follows from another one: `value of source ÷ divisor × scale`.

    Attributes:
        source: id of the indicator that is divided (`from` in YAML).
        divide_by: the statistic, in 万人 for population and 亿元 for gdp.
        scale: what the quotient is multiplied by to be in the indicator's unit.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    source: Text = Field(alias="from")
    divide_by: Literal["population", "gdp"]
    scale: int | float = 1


class Indicator(BaseModel):
    """One measure.

    Attributes:
        id: ASCII, spelled out, without year.
        dimension: id of the dimension whose file it stands in.
        name_zh: full name, Chinese.
        name_en: full name, English.
        short_zh: name for axes and table heads, at most 12 characters.
        short_en: the same in English, at most 28 characters.
        definition_zh: what is counted, over what, Chinese.
        definition_en: the same in English.
        definition_source: where the definition comes from.
        unit: canonical unit of values.
        accepted_units: other units that a plan may give it in.
        direction: whether plans want it higher or lower.
        denominator: what it is a ratio to; `none` for totals.
        range: least and greatest plausible value for a province or the nation, in `unit`.
        aliases: how plans word it, in the notation of `compare.catalogue.aliases`.
        excludes: words that rule it out, wherever in the label they stand.
        near_misses: labels that look like it and are something else; they must not match.
        not_comparable_with: ids of measures that it is easily mistaken for.
        part_of: ids of totals that contain it, so that it is at most as large (in the same unit, of the same year).
        derive: how it follows from another indicator, if it does.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=f"^{_ID.pattern}$")]
    dimension: Text
    name_zh: Text
    name_en: Text
    short_zh: Annotated[str, Field(min_length=1, max_length=12)]
    short_en: Annotated[str, Field(min_length=1, max_length=28)]
    definition_zh: Text
    definition_en: Text
    definition_source: Text
    unit: str
    accepted_units: tuple[str, ...] = ()
    direction: Literal["higher", "lower"] = "higher"
    denominator: Denominator = "none"
    range: tuple[float, float]
    aliases: Annotated[Words, Field(min_length=1)]
    excludes: Words = ()
    near_misses: Words = ()
    not_comparable_with: Words = ()
    part_of: Words = ()
    derive: Derivation | None = None

    @property
    def units(self) -> tuple[str, ...]:
        """Every unit that a plan may give it in, the canonical one first."""
        return (self.unit, *self.accepted_units)

    @property
    def is_total(self) -> bool:
        """Whether its values are counts or amounts, of which a region's is a part of the nation's."""
        return self.denominator == "none" and self.unit not in ("%", "")

    @property
    def is_share(self) -> bool:
        """Whether its values are percentages, so that their differences are percentage points."""
        return self.unit == "%"


class Dimension(BaseModel):
    """A group of indicators, with its place in tables and reports (1 comes first)."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: Text
    name_zh: Text
    name_en: Text
    order: int
