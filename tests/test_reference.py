"""Reference tables: what is read, what is refused, what can be looked up."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from compare.errors import DefinitionError, InputError, UnknownNameError
from compare.reference import Reference, load_reference

FOLDERS = Path(__file__).parent / "data" / "reference"
REAL = Path(__file__).parent.parent / "data" / "reference"
KNOWN = ("5g_base_stations", "5g_base_stations_per_10k")

EXPECTED = {
    "missing_column": ("regions.csv: header", "note"),
    "code_as_number": ("population.csv: line 2.region", "'340000.0'"),
    "unknown_region": ("gdp.csv: region", "990000"),
    "other_name": ("baselines.csv: region", "340000 安徽"),
    "unknown_parent": ("regions.csv: 340000.parent_code", "990000"),
    "code_twice": ("regions.csv: 340000", "2 times"),
    "grade": ("published_targets.csv: line 2.grade", "'A', 'B' or 'C'"),
    "bound": ("published_targets.csv: line 2.bound", "'≥'"),
    "date": ("baselines.csv: line 2.published", "27 Nov 2023"),
    "number": ("population.csv: line 2.value", "6121万"),
    "two_preferred": ("gdp.csv: 340000 2024", "2 preferred rows"),
    "basis": ("gdp.csv: 340000 2024.basis", "estimate"),
    "cells": ("population.csv: line 2", "too many cells"),
    "short_line": ("population.csv: line 2.grade", "nothing"),
    "empty": ("gdp.csv: header", "nothing"),
    "wording_key": ("wording.yaml: undated.english", "not known"),
    "wording_list": ("wording.yaml", "a mapping"),
    "indicator": ("baselines.csv: 340000 5G基站数", "5g_stations"),
}


def lay_out(folder: Path, reason: str = "") -> Path:
    """The good tables, with the file of a bad folder in the place of its own."""
    shutil.copytree(FOLDERS / "good", folder / "reference")
    if reason:
        shutil.copytree(FOLDERS / f"bad_{reason}", folder / "reference", dirs_exist_ok=True)
    return folder / "reference"


def test_there_is_an_expectation_for_every_bad_folder() -> None:
    """Each folder of mistakes has a test that names it."""
    assert {path.name.removeprefix("bad_") for path in FOLDERS.glob("bad_*")} == {*EXPECTED, "encoding"}


@pytest.mark.parametrize("reason", EXPECTED)
def test_mistakes_are_named_with_file_and_place(tmp_path: Path, reason: str) -> None:
    """A mistake in a table names the file, the place and what was found."""
    with pytest.raises(DefinitionError) as caught:
        load_reference(lay_out(tmp_path, reason), KNOWN)
    for part in EXPECTED[reason]:
        assert part in str(caught.value)


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    """Mistakes of several tables come in one error."""
    folder = lay_out(tmp_path, "grade")
    shutil.copy(FOLDERS / "bad_number" / "population.csv", folder)
    with pytest.raises(DefinitionError, match="2 mistakes"):
        load_reference(folder, KNOWN)


def test_table_in_another_encoding_is_refused(tmp_path: Path) -> None:
    """A table saved as GB18030 is an input error with the offset."""
    with pytest.raises(InputError, match=r"regions.csv: found bytes that are not UTF-8 at offset"):
        load_reference(lay_out(tmp_path, "encoding"))


def test_missing_table_is_refused(tmp_path: Path) -> None:
    """A missing table is an input error that names it."""
    folder = lay_out(tmp_path)
    (folder / "gdp.csv").unlink()
    with pytest.raises(InputError, match=r"gdp.csv: found no such file"):
        load_reference(folder)


def test_table_saved_by_excel_is_read(tmp_path: Path) -> None:
    """A byte-order mark and Windows line ends change nothing."""
    folder = lay_out(tmp_path)
    text = (folder / "gdp.csv").read_text(encoding="utf-8")
    (folder / "gdp.csv").write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert load_reference(folder).gdp == load_reference(lay_out(tmp_path / "other")).gdp


@pytest.fixture(scope="module")
def real() -> Reference:
    """The tables of the repository."""
    return load_reference(REAL)


def test_statistic_is_of_the_year_or_the_latest_before_it(real: Reference) -> None:
    """For 2026 the population of Anhui is that of 2024, for 2022 that of 2022, without a year the latest."""
    found = [real.statistic("population", "340000", year) for year in (2026, 2022, None)]
    assert [(row.year, row.value) for row in found if row] == [(2024, 6123), (2022, 6127), (2024, 6123)]
    assert real.statistic("population", "340000", 2010) is None
    with pytest.raises(UnknownNameError, match="unknown statistic"):
        real.statistic("area", "340000", 2020)


def test_preferred_vintage_is_taken(real: Reference) -> None:
    """Of two vintages of a GDP the preferred one counts."""
    row = real.statistic("gdp", "350000", 2024)
    assert row is not None
    assert (row.value, row.basis) == (57476.6, "final_database")


def test_regions_are_found_by_code_and_level(real: Reference) -> None:
    """31 provinces, one city, one nation; an unknown code lists the known ones with names."""
    assert [len(real.at_levels([level])) for level in ("national", "province", "prefecture")] == [1, 31, 1]
    assert real.region("321200").parent_code == "320000"
    with pytest.raises(UnknownNameError, match=r"340000 \(安徽\)"):
        real.region("34")


def test_real_tables_hold_every_row_with_source_and_grade(real: Reference) -> None:
    """No row lacks a source, and values are in canonical units."""
    assert [len(real.population), len(real.gdp), len(real.baselines), len(real.published)] == [162, 197, 123, 156]
    assert all(row.source_title for row in (*real.population, *real.gdp, *real.baselines, *real.published))
    units = {row.unit for row in (*real.baselines, *real.published)}
    assert not {unit for unit in units if unit.startswith(("万", "亿")) and unit != "亿元"}


def test_printed_numbers_agree_with_converted_ones(real: Reference) -> None:
    """What the source prints, times the magnitude of its unit, is the value."""
    magnitudes = {"万亿元": 10**4, "万": 10**4, "亿户": 10**8, "亿人": 10**8, "EFLOPS": 1000, "EB": 1000, "Tbps": 1000}
    for row in (*real.baselines, *real.published):
        factor = next((size for start, size in magnitudes.items() if row.printed_unit.startswith(start)), 1)
        assert float(row.printed_value) * factor == pytest.approx(row.value), row.label


def test_sentences_are_filled_in(tmp_path: Path) -> None:
    """A sentence of the wording takes its names in either language."""
    tables = load_reference(lay_out(tmp_path))
    assert tables.say("other_year", years="2026", year=2025) == "2026，不是2025"
    assert tables.say("other_year", "en", years="2026", year=2025) == "2026, not 2025"


def test_source_is_one_phrase(real: Reference) -> None:
    """Title, publisher, date and grade stand in one phrase."""
    row = next(row for row in real.published if row.year == 2027 and row.indicator == "5g_base_stations_per_10k")
    assert row.source == "《5G规模化应用“扬帆”行动升级方案》, 工业和信息化部等十二部门, 2024-11-26 [B]"


def test_every_sentence_that_is_said_is_worded(real: Reference) -> None:
    """Each key that the library says stands in the wording, with the same names in both languages."""
    source = "".join(path.read_text(encoding="utf-8") for path in (REAL.parent.parent / "src").rglob("comparison/*.py"))
    said = set(re.findall(r'\.say\(\s*"(\w+)"', source))
    assert said <= set(real.wording)
    for key, sentence in real.wording.items():
        names = [sorted(re.findall(r"{(\w+)", text)) for text in (sentence.zh, sentence.en)]
        assert names[0] == names[1], key
