"""Tables: columns and types, and what files they become."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from comparing import record

from compare.errors import InputError, OutputError
from compare.tables import TARGET_COLUMNS, make_frame, read_targets, to_frame, write_csv, write_xlsx

RECORDS = (
    record("anhui-2024", "5g_base_stations", 160000.0, "个", number="16万", quote='建成"5G基站"16万个,\n全省'),
    record("anhui-2024", "", None, "", year=None, start=300, number="应办尽办", label="事项"),
)


def test_targets_have_fixed_columns_and_types() -> None:
    """Also an empty table has all columns in their types, with codes as text and years as whole numbers."""
    for frame in (to_frame(RECORDS, {"anhui-2024": "340000"}), to_frame([])):
        assert list(frame.columns) == list(TARGET_COLUMNS)
        assert {name: str(kind) for name, kind in frame.dtypes.items()} == dict(TARGET_COLUMNS)
    frame = to_frame(RECORDS, {"anhui-2024": "340000"})
    assert list(frame["region"]) == ["340000", "340000"]
    assert frame["year"].isna().tolist() == [False, True]
    assert frame["value"].isna().tolist() == [False, True]
    assert frame["indicator"].tolist() == ["5g_base_stations", ""]


def test_csv_opens_in_excel_and_reads_back(tmp_path: Path) -> None:
    """The file starts with a byte-order mark, numbers are whole where they are, and reading it gives the same table."""
    frame = to_frame(RECORDS, {"anhui-2024": "340000"})
    path = write_csv(frame, tmp_path / "new" / "targets.csv")
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfplan,start,end,value,")
    assert b"anhui-2024,100,103,160000,," in data
    assert b"\r" not in data
    pd.testing.assert_frame_equal(read_targets(path), frame)
    assert [item.name for item in path.parent.iterdir()] == ["targets.csv"]


def test_unreadable_targets_are_refused(tmp_path: Path) -> None:
    """A missing file, a file without the columns and text in a column of numbers are input errors."""
    with pytest.raises(InputError, match="no such file"):
        read_targets(tmp_path / "none.csv")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column plan"):
        read_targets(tmp_path / "other.csv")
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    with pytest.raises(InputError):
        read_targets(tmp_path / "empty.csv")
    bad = to_frame(RECORDS).astype({"value": "str"})
    bad["value"] = "many"
    bad.to_csv(tmp_path / "bad.csv", index=False)
    with pytest.raises(InputError, match="numbers in the columns of numbers"):
        read_targets(tmp_path / "bad.csv")


def test_unwritable_place_is_an_output_error(tmp_path: Path) -> None:
    """A file where a folder is needed is an output error, and nothing is left behind."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        write_csv(to_frame([]), tmp_path / "file" / "x.csv")
    with pytest.raises(OutputError, match="cannot be written"):
        write_xlsx({"a": to_frame([])}, tmp_path / "file" / "x.xlsx")
    assert [item.name for item in tmp_path.iterdir()] == ["file"]


def test_workbook_is_the_same_for_the_same_tables(tmp_path: Path) -> None:
    """Two workbooks of the same tables have the same bytes, whenever they are written."""
    frame = to_frame(RECORDS)
    first = write_xlsx({"targets": frame}, tmp_path / "a.xlsx").read_bytes()
    time.sleep(2.1)
    assert write_xlsx({"targets": frame}, tmp_path / "b.xlsx").read_bytes() == first


def test_workbook_holds_tables_definitions_and_sources(tmp_path: Path) -> None:
    """One sheet a table, then definitions and sources; head frozen, filters on, codes as text, no formulas."""
    frame = to_frame(RECORDS, {"anhui-2024": "340000"})
    frame["label"] = "=1+1"
    notes = make_frame([{"id": "x"}], {"id": "str"})
    path = write_xlsx({"targets": frame}, tmp_path / "all.xlsx", definitions=notes, sources=notes)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["targets", "definitions", "sources"]
    sheet = book["targets"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:U3")
    head = [cell.value for cell in sheet[1]]
    first = dict(zip(head, [cell.value for cell in sheet[2]], strict=True))
    assert (first["region"], first["value"], first["label"]) == ("340000", 160000, "=1+1")
    second = dict(zip(head, [cell.value for cell in sheet[3]], strict=True))
    assert (second["value"], second["year"]) == (None, None)
    assert b"<f>" not in zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")
