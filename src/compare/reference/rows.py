"""The rows of the reference tables, each with its own source and grade."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

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


class Row(BaseModel):
    """A row of a reference table: frozen, without unknown columns."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Region(Row):
    """A region: its GB/T 2260 code as text, its names and its place in the hierarchy."""

    code: Code
    name_zh: str = Field(min_length=1)
    full_name_zh: str
    name_en: str = Field(min_length=1)
    level: Level
    parent_code: str
    note: str


class _Sourced(Row):
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


class Sentence(Row):
    """What a comparison says beside a value or in its place, in two languages; names in braces are filled in."""

    zh: str
    en: str


class Term(Row):
    """A word of a closed column: its names in two languages and its meaning."""

    field: str
    code: str
    name_zh: str
    name_en: str
    meaning: str
