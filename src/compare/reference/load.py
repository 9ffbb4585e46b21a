"""Reading and checking the reference tables: all mistakes of all tables at once."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from compare.definitions import describe, load_yaml, validate
from compare.errors import DefinitionError, InputError, Problem
from compare.reference.rows import Baseline, PublishedTarget, Region, Row, Sentence, Statistic, Term
from compare.reference.tables import Reference

RowType = TypeVar("RowType", bound=Row)


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
        wording=_read_wording(folder / "wording.yaml", problems),
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


def _read_wording(path: Path, problems: list[Problem]) -> Mapping[str, Sentence]:
    data = load_yaml(path)
    if not isinstance(data, dict):
        raise DefinitionError([Problem(path.name, "", describe(data), "a mapping of keys to sentences")])
    sentences: dict[str, Sentence] = {}
    for key, body in data.items():
        sentence, mistakes = validate(Sentence, body, path.name, str(key))
        problems.extend(mistakes)
        if sentence is not None:
            sentences[str(key)] = sentence
    return MappingProxyType(sentences)


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
