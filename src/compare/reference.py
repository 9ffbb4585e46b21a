"""Typed reference tables: regions, population, GDP, values measured, targets published outside the corpus.

Each row carries its own source and grade. The tables are read as text, checked against a closed schema and frozen; all
mistakes of all tables are named at once.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from compare.definitions import validate
from compare.errors import DefinitionError, InputError, Problem, UnknownNameError

Grade = Literal["A", "B", "C"]
Bound = Literal["=", ">=", ">", "<=", "<", "~"]
Kind = Literal["level", "annual", "change", "growth"]
Fit = Literal["same", "near", "differs", ""]
Level = Literal["national", "province", "prefecture", "county"]
Code = Annotated[str, Field(pattern=r"^\d{6}$")]
PartDate = Annotated[str, Field(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")]
Year = Annotated[int, Field(ge=1949, le=2100)]


def _empty_to_none(value: object) -> object:
    return None if value == "" else value


OptionalYear = Annotated[Year | None, BeforeValidator(_empty_to_none)]
OptionalNumber = Annotated[float | None, BeforeValidator(_empty_to_none)]


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Region(_Row):
    """A region: its GB/T 2260 code as text, its names and its place in the hierarchy."""

    code: Code
    name_zh: str = Field(min_length=1)
    full_name_zh: str
    name_en: str = Field(min_length=1)
    level: Level
    parent_code: str
    note: str


class _Sourced(_Row):
    source_title: str
    publisher: str
    published: PartDate
    published_note: str
    grade: Grade
    note: str

    @property
    def source(self) -> str:
        """The source as one phrase: title, publisher, date, evidence grade."""
        parts = [part for part in (self.source_title, self.publisher, self.published) if part]
        return f"{', '.join(parts)} [{self.grade}]"


class Statistic(_Sourced):
    """Population (万人) or GDP (亿元, current prices) of one region in one year, in one vintage."""

    region: Code
    name_zh: str
    year: Year
    value: float = Field(gt=0)
    unit: Literal["万人", "亿元"]
    basis: str
    preferred: bool


class _Statement(_Sourced):
    indicator: str
    region: Code
    name_zh: str
    label: str
    label_en: str
    value: float
    unit: str
    bound: Bound
    kind: Kind
    scope: str
    fit: Fit
    fit_note_zh: str
    fit_note_en: str
    printed_value: str
    printed_unit: str


class Baseline(_Statement):
    """A value that was measured (or expected for a date just ahead), in the canonical unit of the record standard."""

    year: Year
    as_of: PartDate
    as_of_note: str
    year_end: Literal["yes", "no", ""]
    status: Literal["actual", "expected"]


class PublishedTarget(_Statement):
    """A target that a document outside the corpus sets, in the canonical unit of the record standard.

    `plan` is the id of a plan of the corpus where the row repeats a commitment of that very document.
    """

    year: OptionalYear
    base_year: OptionalYear
    base_value: OptionalNumber
    plan: str


class Term(_Row):
    """A word of a closed column: its names in two languages and its meaning."""

    field: str
    code: str
    name_zh: str
    name_en: str
    meaning: str


@dataclass(frozen=True)
class Reference:
    """The reference tables of a project, in the order of their files."""

    regions: tuple[Region, ...]
    population: tuple[Statistic, ...]
    gdp: tuple[Statistic, ...]
    baselines: tuple[Baseline, ...]
    published: tuple[PublishedTarget, ...]
    vocabulary: tuple[Term, ...]

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


RowType = TypeVar("RowType", bound=_Row)


def load_reference(folder: Path, indicators: Collection[str] | None = None) -> Reference:
    """Read and check the reference tables.

    Args:
        folder: `data/reference` of a project.
        indicators: ids of the catalogue; where given, a row with another id is a mistake.

    Returns:
        The tables, frozen.

    Raises:
        InputError: a table is missing, unreadable, empty or not UTF-8.
        DefinitionError: every mistake of every table.
    """
    problems: list[Problem] = []
    reference = Reference(
        regions=_read_table(folder / "regions.csv", Region, problems),
        population=_read_table(folder / "population.csv", Statistic, problems),
        gdp=_read_table(folder / "gdp.csv", Statistic, problems),
        baselines=_read_table(folder / "baselines.csv", Baseline, problems),
        published=_read_table(folder / "published_targets.csv", PublishedTarget, problems),
        vocabulary=_read_table(folder / "vocabulary.csv", Term, problems),
    )
    problems.extend(_check_regions(reference))
    problems.extend(_check_statistics(reference))
    if indicators is not None:
        problems.extend(_check_indicators(reference, indicators))
    if problems:
        raise DefinitionError(problems)
    return reference


def _read_table(path: Path, model: type[RowType], problems: list[Problem]) -> tuple[RowType, ...]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(path, "no such file", "a reference table in CSV") from None
    except UnicodeDecodeError as error:
        raise InputError(path, f"bytes that are not UTF-8 at offset {error.start}", "a CSV file in UTF-8") from error
    except OSError as error:
        raise InputError(path, error.strerror or str(error), "a readable CSV file") from error
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="(too many cells)", restval=None)
    header = list(reader.fieldnames or [])
    expected = list(model.model_fields)
    if sorted(header) != sorted(expected):
        problems.append(Problem(path.name, "header", ", ".join(header) or "nothing", ", ".join(expected)))
        return ()
    rows: list[RowType] = []
    for line in reader:
        row, mistakes = validate(model, line, path.name, f"line {reader.line_num}")
        problems.extend(mistakes)
        if row is not None:
            rows.append(row)
    return tuple(rows)


def _check_regions(reference: Reference) -> list[Problem]:
    names = {region.code: region.name_zh for region in reference.regions}
    problems = [
        Problem("regions.csv", code, f"the code {count} times", "each code once")
        for code, count in Counter(region.code for region in reference.regions).items()
        if count > 1
    ]
    problems += [
        Problem("regions.csv", f"{region.code}.parent_code", region.parent_code, "a code of this table or nothing")
        for region in reference.regions
        if region.parent_code and region.parent_code not in names
    ]
    tables: Mapping[str, Iterable[Statistic | Baseline | PublishedTarget]] = {
        "population.csv": reference.population,
        "gdp.csv": reference.gdp,
        "baselines.csv": reference.baselines,
        "published_targets.csv": reference.published,
    }
    for file, rows in tables.items():
        for row in rows:
            if names.get(row.region) != row.name_zh:
                found = f"{row.region} with the name {row.name_zh}"
                expected = f"{row.region} {names[row.region]}" if row.region in names else "a code of regions.csv"
                problems.append(Problem(file, "region", found, expected))
    return problems


def _check_statistics(reference: Reference) -> list[Problem]:
    known = {term.code for term in reference.vocabulary if term.field == "basis"}
    problems: list[Problem] = []
    for file, rows in (("population.csv", reference.population), ("gdp.csv", reference.gdp)):
        preferred = Counter((row.region, row.year) for row in rows if row.preferred)
        for region, year in dict.fromkeys((row.region, row.year) for row in rows):
            count = preferred[region, year]
            if count != 1:
                problems.append(Problem(file, f"{region} {year}", f"{count} preferred rows", "one preferred row"))
        problems += [
            Problem(file, f"{row.region} {row.year}.basis", row.basis, f"one of {', '.join(sorted(known))}")
            for row in rows
            if row.basis not in known
        ]
    return problems


def _check_indicators(reference: Reference, indicators: Collection[str]) -> list[Problem]:
    rows = [("baselines.csv", row) for row in reference.baselines]
    rows += [("published_targets.csv", row) for row in reference.published]  # type: ignore[misc]  # a common base
    return [
        Problem(file, f"{row.region} {row.label}", repr(row.indicator), "an id of the catalogue or nothing")
        for file, row in rows
        if row.indicator and row.indicator not in indicators
    ]
