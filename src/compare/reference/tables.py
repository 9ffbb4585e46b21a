"""The reference tables together, and what can be looked up in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from compare.errors import UnknownNameError
from compare.reference.rows import Baseline, PublishedTarget, Region, Sentence, Statistic, Term


@dataclass(frozen=True)
class Reference:
    """The reference tables of a project, in the order of their files."""

    regions: tuple[Region, ...]
    population: tuple[Statistic, ...]
    gdp: tuple[Statistic, ...]
    baselines: tuple[Baseline, ...]
    published: tuple[PublishedTarget, ...]
    vocabulary: tuple[Term, ...]
    wording: Mapping[str, Sentence]

    def say(self, key: str, lang: str = "zh", **values: object) -> str:
        """A sentence of `wording.yaml` in one language, with its names filled in."""
        sentence = self.wording[key]
        return (sentence.zh if lang == "zh" else sentence.en).format(**values)

    def region(self, code: str) -> Region:
        """The region of a code.

        Raises:
            UnknownNameError: no region has the code.
        """
        for region in self.regions:
            if region.code == code:
                return region
        raise UnknownNameError("region", code, [f"{region.code} ({region.name_zh})" for region in self.regions])

    def at_levels(self, levels: Collection[str]) -> tuple[Region, ...]:
        """Regions of the levels asked for, by code.

        Raises:
            UnknownNameError: a level that no region has.
        """
        known = sorted({region.level for region in self.regions})
        for level in levels:
            if level not in known:
                raise UnknownNameError("level", level, known)
        return tuple(sorted((r for r in self.regions if r.level in levels), key=lambda region: region.code))

    def statistic(self, measure: str, region: str, year: int | None) -> Statistic | None:
        """The preferred population or GDP of a region for a year.

        The year itself where it is in the table, else the latest year before it; without a year the latest of all.

        Args:
            measure: `population` (万人) or `gdp` (亿元).
            region: region code.
            year: the year that the statistic is wanted for, or None.

        Returns:
            The row, whose own `year` and `basis` say what was found; None where there is none up to that year.

        Raises:
            UnknownNameError: another measure.
        """
        tables = {"population": self.population, "gdp": self.gdp}
        if measure not in tables:
            raise UnknownNameError("statistic", measure, sorted(tables))
        rows = [
            row
            for row in tables[measure]
            if row.region == region and row.preferred and (year is None or row.year <= year)
        ]
        return max(rows, key=lambda row: row.year, default=None)

    def term(self, field: str, code: str, lang: str = "zh") -> str:
        """The name of a code of a closed column, or the code itself."""
        for term in self.vocabulary:
            if term.field == field and term.code == code:
                return term.name_zh if lang == "zh" else term.name_en
        return code
