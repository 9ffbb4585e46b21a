"""A project folder and what is in it: definitions, plans, records, names."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from compare.errors import CompareError, UnknownNameError

if TYPE_CHECKING:
    import pandas as pd

    from compare.catalogue import Catalogue
    from compare.comparison import Material
    from compare.corrections import Corrected
    from compare.extract import Target, Unmatched
    from compare.plans import Plan
    from compare.reference import Reference

Lang = Literal["zh", "en"]


class Records(NamedTuple):
    """What the plans give: records after corrections, and numbers without one."""

    targets: tuple[Target, ...]
    unmatched: tuple[Unmatched, ...]


def find_root(path: str | Path | None = None) -> Path:
    """The project folder at or above a path: the first with `data/catalogue` and `data/plans`.

    Args:
        path: where to start; None: the working directory.

    Raises:
        CompareError: there is none.
    """
    start = Path.cwd() if path is None else Path(path)
    if not start.is_dir():
        raise CompareError(f"{start}: no such folder")
    resolved = start.resolve()
    for folder in (resolved, *resolved.parents):
        if (folder / "data" / "catalogue").is_dir() and (folder / "data" / "plans").is_dir():
            return folder
    raise CompareError(
        f"{start}: no project folder here or above; expected one with data/catalogue and data/plans "
        "(start inside the project, or give its path)"
    )


class Contents:
    """What is in a project folder, read once, on first use, and kept on the instance."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.root.name!r})"

    # what is in the folder

    @cached_property
    def catalogue(self) -> Catalogue:
        """The indicators."""
        from compare.catalogue import load_catalogue

        return load_catalogue(self.root / "data" / "catalogue")

    @cached_property
    def reference(self) -> Reference:
        """Regions, population, GDP, values measured and targets published elsewhere."""
        from compare.reference import load_reference

        return load_reference(self.root / "data" / "reference", self.catalogue.ids)

    @cached_property
    def plans(self) -> tuple[Plan, ...]:
        """The plans of the corpus."""
        from compare.plans import load_plans

        return load_plans(self.root / "data" / "plans")

    def plan(self, plan: str) -> Plan:
        """One plan by id."""
        for candidate in self.plans:
            if candidate.id == plan:
                return candidate
        raise UnknownNameError("plan", plan, [candidate.id for candidate in self.plans])

    @cached_property
    def _corrected(self) -> tuple[tuple[Corrected, ...], tuple[Unmatched, ...]]:
        from compare.corrections import apply_corrections, load_corrections
        from compare.extract import Extractor

        corrections = load_corrections(
            self.root / "data" / "corrections", [plan.id for plan in self.plans], self.catalogue.ids
        )
        extractor = Extractor(self.catalogue)
        corrected: list[Corrected] = []
        unmatched: list[Unmatched] = []
        for plan in self.plans:
            extraction = extractor.extract(plan)
            corrected.append(apply_corrections(plan, extraction.targets, corrections.get(plan.id, ())))
            unmatched += extraction.unmatched
        return tuple(corrected), tuple(unmatched)

    def extraction(self) -> Records:
        """The records of all plans, after corrections, and the numbers that gave none.

        Raises:
            DefinitionError: a file of corrections is wrong.
            CorrectionError: a correction no longer applies.
        """
        corrected, unmatched = self._corrected
        return Records(tuple(record for part in corrected for record in part.targets), unmatched)

    @cached_property
    def _targets(self) -> pd.DataFrame:
        from compare.tables import to_frame

        regions = {plan.id: plan.record.region for plan in self.plans if plan.record}
        flags = {key: remark for part in self._corrected[0] for key, remark in part.flags.items()}
        return to_frame(self.extraction().targets, regions, flags)

    @cached_property
    def _material(self) -> Material:
        from compare.comparison import find_mentions, gather

        mentions = find_mentions(self.plans, self.catalogue)
        return gather(self._targets, self.catalogue, self.reference, self.plans, mentions=mentions)

    def read_all(self) -> None:
        """Read now what would be read when it is first asked for.

        Raises:
            CompareError: something in the folder is wrong.
        """
        _ = self._material

    # names

    def region_name(self, code: str, lang: Lang = "zh") -> str:
        """A region's short name."""
        region = self.reference.region(code)
        return region.name_zh if lang == "zh" else region.name_en

    def region_names(self, lang: Lang = "zh") -> dict[str, str]:
        """Region code to short name."""
        return {r.code: r.name_zh if lang == "zh" else r.name_en for r in self.reference.regions}

    def indicator_names(self, lang: Lang = "zh", *, short: bool = False) -> dict[str, str]:
        """Indicator id to name, or to the short name for axes."""
        key = f"{'short' if short else 'name'}_{lang}"
        return {indicator.id: getattr(indicator, key) for indicator in self.catalogue.indicators}

    def dimension_names(self, lang: Lang = "zh") -> dict[str, str]:
        """Dimension id to name, in order."""
        return {d.id: d.name_zh if lang == "zh" else d.name_en for d in self.catalogue.dimensions}

    def plan_labels(self, lang: Lang = "zh") -> dict[str, str]:
        """Plan id to region and period: `安徽 2024—2026`, `Anhui 2024–2026`."""
        labels = {}
        for plan in self.plans:
            record = plan.record
            if record is None:
                labels[plan.id] = plan.id
                continue
            dash = "—" if lang == "zh" else "–"
            labels[plan.id] = f"{self.region_name(record.region, lang)} {record.first_year}{dash}{record.last_year}"
        return labels

    def regions(self, at_least: int = 1) -> tuple[str, ...]:
        """Codes of the regions (not the nation) that set at least so many indicators, in a plan or elsewhere."""
        counts: dict[str, int] = {}
        for (_, region), statements in self._material.statements.items():
            if any(s.status == "target" and s.value is not None for s in statements):
                counts[region] = counts.get(region, 0) + 1
        return tuple(
            region.code
            for region in sorted(self.reference.regions, key=lambda region: region.code)
            if region.level != "national" and counts.get(region.code, 0) >= at_least
        )
