"""A project folder, opened: its definitions, its plans, and every table that notebooks and commands show.

Nothing here decides anything: each method is one call of a function of the library with what the project holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from compare.project.contents import Contents, Lang, Records, find_root

if TYPE_CHECKING:
    import pandas as pd

    from compare.comparison import Finding

__all__ = ["Project", "Records", "find_root", "open_project"]


def open_project(path: str | Path | None = None) -> Project:
    """Open the project at or above a path (`compare.open`).

    Args:
        path: a folder; None: the working directory.

    Returns:
        The project; its files are read when they are first asked for.

    Raises:
        CompareError: there is no project folder.
    """
    from compare.project.reads import open_recorded
    from compare.project.warm import find_kept

    root = find_root(path)
    project: Project = open_recorded(root, lambda: find_kept(root) or Project(root))
    return project


class Project(Contents):
    """A project folder and what can be asked of it.

    Definitions and plans are read once, on first use, and kept; every table is a new frame. All methods that take an
    indicator, region or plan raise `UnknownNameError` for one that does not exist. Text columns hold an empty string
    for what is missing.
    """

    def targets(
        self,
        *,
        indicator: str | None = None,
        region: str | None = None,
        plan: str | None = None,
        status: Literal["target", "actual"] | None = None,
    ) -> pd.DataFrame:
        """One row per number in a plan; columns as `compare.columns.TARGET_COLUMNS`; key: `plan`, `start`."""
        if indicator is not None:
            self.catalogue.indicator(indicator)
        if region is not None:
            self.reference.region(region)
        if plan is not None:
            self.plan(plan)
        frame = self._targets
        wanted = {"indicator": indicator, "region": region, "plan": plan, "status": status}
        for name, value in wanted.items():
            if value is not None:
                frame = frame[frame[name] == value]
        return frame.reset_index(drop=True).copy()

    def unmatched(self) -> pd.DataFrame:
        """One row per number that gave no record, with the reason; key: `plan`, `start`."""
        from compare.tables import unmatched_frame

        return unmatched_frame(self.extraction().unmatched)

    def evidence(self, indicator: str | None = None, region: str | None = None) -> pd.DataFrame:
        """Every statement about indicators, as `compare.comparison.tabulate_evidence`."""
        from compare.comparison import tabulate_evidence

        return tabulate_evidence(self._material, indicator, region)

    def comparison(
        self,
        indicator: str,
        year: int | None = None,
        *,
        levels: Sequence[str] = ("province",),
        pick: Literal["newest", "all"] = "newest",
        kind: str = "level",
        interpolate: bool = False,
        lang: Lang = "zh",
    ) -> pd.DataFrame:
        """One indicator over all regions, as `compare.comparison.compare_indicator`; a `year` of 0 is none."""
        from compare.comparison import compare_indicator

        return compare_indicator(
            indicator,
            self._material,
            year=year or None,
            levels=levels,
            pick=pick,
            kind=kind,
            interpolate=interpolate,
            lang=lang,
        )

    def comparisons(
        self,
        indicators: Sequence[str] = (),
        year: int | None = None,
        *,
        levels: Sequence[str] = ("province",),
        pick: Literal["newest", "all"] = "newest",
        lang: Lang = "zh",
    ) -> pd.DataFrame:
        """Several indicators (none named: all) one after the other, only rows with a value; else as `comparison`."""
        from compare.comparison import compare_indicators

        ids = tuple(indicators) or self.catalogue.ids
        frame = compare_indicators(ids, self._material, year=year or None, levels=levels, pick=pick, lang=lang)
        return frame[frame["presence"] == "value"].reset_index(drop=True)

    def national(self, indicator: str) -> pd.DataFrame:
        """National targets for an indicator, as `compare.comparison.national_reference`."""
        from compare.comparison import national_reference

        return national_reference(indicator, self._material)

    def baselines(self, indicator: str, region: str | None = None, *, lang: Lang = "zh") -> pd.DataFrame:
        """Values measured, as `compare.comparison.tabulate_baselines`."""
        from compare.comparison import tabulate_baselines

        return tabulate_baselines(indicator, self._material, region, lang)

    def pathways(
        self,
        indicator: str | None = None,
        region: str | None = None,
        *,
        levels: Sequence[str] = ("province",),
        lang: Lang = "zh",
    ) -> pd.DataFrame:
        """Baseline to target with the change a year that it takes, as `compare.comparison.tabulate_pathways`."""
        from compare.comparison import tabulate_pathways

        return tabulate_pathways(self._material, indicator, region, levels, lang)

    def series(self, indicator: str, regions: Sequence[str] = ()) -> pd.DataFrame:
        """Values measured and aimed at on a time axis, as `compare.comparison.tabulate_series`."""
        from compare.comparison import tabulate_series

        return tabulate_series(indicator, self._material, regions)

    def revisions(
        self, region: str, older: str | None = None, newer: str | None = None, *, lang: Lang = "zh"
    ) -> pd.DataFrame:
        """What changed between two plans of a region, as `compare.comparison.compare_plans`."""
        from compare.comparison import compare_plans

        return compare_plans(region, self._material, older, newer, lang)

    def standing(self, region: str, *, lang: Lang = "zh") -> pd.DataFrame:
        """A region's place for each indicator that it sets, as `compare.comparison.tabulate_standing`."""
        from compare.comparison import tabulate_standing

        return tabulate_standing(region, self._material, lang)

    def left_out(self, region: str, *, lang: Lang = "zh") -> pd.DataFrame:
        """Indicators that others set and the region does not, as `compare.comparison.tabulate_left_out`."""
        from compare.comparison import tabulate_left_out

        return tabulate_left_out(region, self._material, lang)

    def profile(self, region: str) -> pd.DataFrame:
        """A region by dimension, as `compare.comparison.tabulate_profile`."""
        from compare.comparison import tabulate_profile

        return tabulate_profile(region, self._material)

    def coverage(self, *, levels: Sequence[str] = ("province",)) -> pd.DataFrame:
        """Regions by indicators, as `compare.comparison.tabulate_coverage`."""
        from compare.comparison import tabulate_coverage

        return tabulate_coverage(self._material, levels)

    def corpus(self, region: str | None = None) -> pd.DataFrame:
        """One row per plan, of all or of a region, as `compare.comparison.tabulate_corpus`."""
        from compare.comparison import tabulate_corpus

        if region is not None:
            self.reference.region(region)
        frame = tabulate_corpus(self.plans, self._targets, self.unmatched(), self.reference)
        return frame if region is None else frame[frame["region"] == region].reset_index(drop=True)

    def dimension_counts(self) -> pd.DataFrame:
        """Targets by plan and dimension, as `compare.comparison.count_dimensions`."""
        from compare.comparison import count_dimensions

        return count_dimensions(self.plans, self._targets, self.catalogue)

    def horizons(self) -> pd.DataFrame:
        """Targets by plan and year, as `compare.comparison.count_horizons`."""
        from compare.comparison import count_horizons

        return count_horizons(self.plans, self._targets)

    # checks

    def cross_check(self) -> pd.DataFrame:
        """Published rows beside what the plan itself says, as `compare.comparison.cross_check`."""
        from compare.comparison import cross_check

        return cross_check(self._material, self.plans)

    def check(self) -> tuple[Finding, ...]:
        """Sanity of the tables, also against the committed `data/targets/targets.csv` where there is one."""
        from compare.comparison import check_tables
        from compare.tables import read_targets

        committed = self.root / "data" / "targets" / "targets.csv"
        before = read_targets(committed) if committed.is_file() else None
        return check_tables(self._targets, self._material, self.plans, before)
