"""Records to tables with fixed columns and types, and tables to files.

The first module that imports pandas. Text columns hold `str` with an empty string for what is missing; years and
offsets are `Int64`; numbers are `float64`. Region codes and plan ids are text everywhere.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from compare.columns import TARGET_COLUMNS, UNMATCHED_COLUMNS
from compare.errors import InputError, OutputError

_TYPES: Mapping[str, Any] = {"Int64": pd.Int64Dtype(), "float64": np.dtype("float64"), "boolean": pd.BooleanDtype()}
_DATE = datetime(2000, 1, 1)  # noqa: DTZ001 — a fixed time in every workbook, so that equal tables give equal bytes
_WIDEST = 60


def make_frame(rows: Iterable[Mapping[str, object]], columns: Mapping[str, str]) -> pd.DataFrame:
    """A frame with exactly the columns asked for, in their types.

    Args:
        rows: one mapping a row; a column that a row lacks is missing there, a column that is not asked for is left out.
        columns: name to type (`str`, `Int64`, `float64`, `boolean`), in order.

    Returns:
        The frame, index 0, 1, …; missing text is an empty string.
    """
    listed = list(rows)
    data = {name: _series([row.get(name) for row in listed], kind) for name, kind in columns.items()}
    return pd.DataFrame(data, columns=list(columns))


def _series(values: Sequence[object], kind: str) -> pd.Series[Any]:
    if kind == "str":
        return pd.Series(["" if value is None else str(value) for value in values], dtype="str")
    missing = float("nan") if kind == "float64" else pd.NA
    return pd.Series([missing if value is None else value for value in values], dtype=_TYPES[kind])


def to_frame(
    records: Iterable[object],
    regions: Mapping[str, str] | None = None,
    flags: Mapping[tuple[str, int], str] | None = None,
) -> pd.DataFrame:
    """Target records as the targets table.

    Args:
        records: objects with the fields of the record standard as attributes.
        regions: plan id to region code; a plan that is not in it has no region.
        flags: (plan, start) to a person's remark about the record.

    Returns:
        One row per number of a plan; `plan` and `start` are the key (a worded target shares its key with no number).
        `value` and `value_high` are in `unit`, `start` and `end` are code-point offsets in the plan's text as read.
    """
    known, remarks = regions or {}, flags or {}
    rows = []
    for record in records:
        row = {name: getattr(record, name, None) for name in TARGET_COLUMNS if name not in ("region", "flag")}
        key = str(row["plan"]), getattr(record, "start", -1)
        rows.append(row | {"region": known.get(key[0], ""), "flag": remarks.get(key, "")})
    return make_frame(rows, TARGET_COLUMNS)


def unmatched_frame(records: Iterable[object]) -> pd.DataFrame:
    """Numbers that gave no record as a table: one row per number, `reason` from a closed list."""
    rows = [{name: getattr(record, name, None) for name in UNMATCHED_COLUMNS} for record in records]
    return make_frame(rows, UNMATCHED_COLUMNS)


def read_table(path: Path, columns: Mapping[str, str]) -> pd.DataFrame:
    """Read a table that `write_csv` wrote.

    Raises:
        InputError: the file is missing, unreadable or has other columns.
    """
    try:
        text = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(path, "no such file", "a table in CSV") from None
    except (OSError, ValueError) as error:
        raise InputError(path, str(error), "a table in CSV, UTF-8") from error
    missing = [name for name in columns if name not in text.columns]
    if missing:
        raise InputError(path, f"no column {', '.join(missing)}", f"the columns {', '.join(columns)}")
    try:
        cells = {name: [_cell(cell, kind) for cell in text[name]] for name, kind in columns.items()}
        return pd.DataFrame({name: _series(cells[name], kind) for name, kind in columns.items()})
    except ValueError as error:
        raise InputError(path, str(error), "numbers in the columns of numbers") from error


def _cell(cell: str, kind: str) -> object:
    if kind == "str":
        return cell
    if cell == "":
        return None
    if kind == "boolean":
        return cell == "True"
    return int(cell) if kind == "Int64" else float(cell)


def read_targets(path: Path) -> pd.DataFrame:
    """Read a targets table from CSV, with the types of `TARGET_COLUMNS`.

    Raises:
        InputError: the file is missing, unreadable or lacks columns.
    """
    return read_table(path, TARGET_COLUMNS)


def write_csv(frame: pd.DataFrame, path: Path) -> Path:
    r"""Write a table as CSV that Excel opens with Chinese intact: UTF-8 with a byte-order mark, lines end in `\n`.

    Whole numbers are written without a decimal point. The file appears complete or not at all.

    Returns:
        The path.

    Raises:
        OutputError: the file cannot be written.
    """
    shown = frame.copy()
    for name in shown.columns:
        if shown[name].dtype == "float64":
            shown[name] = pd.Series([_plain(value) for value in shown[name]], dtype="str", index=shown.index)
    text = shown.to_csv(index=False, lineterminator="\n")
    return write_bytes(path, text.encode("utf-8-sig"))


def _plain(value: float) -> str:
    if value != value:  # noqa: PLR0124 — NaN
        return ""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))


def write_bytes(path: Path, data: bytes) -> Path:
    """Write a file that appears complete or not at all; its folder is made.

    Raises:
        OutputError: the file cannot be written.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(data)
        partial.replace(path)
    except OSError as error:
        with suppress(OSError):
            partial.unlink()
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from error
    return path


def write_xlsx(
    tables: Mapping[str, pd.DataFrame],
    path: Path,
    *,
    definitions: pd.DataFrame | None = None,
    sources: pd.DataFrame | None = None,
) -> Path:
    """Write tables as one Excel workbook, made by `render_xlsx`; it appears complete or not at all.

    Returns:
        The path.

    Raises:
        OutputError: the file cannot be written.
    """
    return write_bytes(path, render_xlsx(tables, definitions=definitions, sources=sources))


def render_xlsx(
    tables: Mapping[str, pd.DataFrame],
    *,
    definitions: pd.DataFrame | None = None,
    sources: pd.DataFrame | None = None,
) -> bytes:
    """Make an Excel workbook of tables; equal tables give equal bytes.

    One sheet a table with its head frozen and filters on, codes as text (also what is typed below them), yes and no as
    such, missing values as empty cells; then the definitions of the indicators and the sources, where given.

    Args:
        tables: sheet name (at most 31 characters) to table.
        definitions: one row per indicator, for the sheet `definitions`.
        sources: one row per document or reference table, for the sheet `sources`.
    """
    import xlsxwriter  # late: only this function needs it

    sheets = dict(tables)
    if definitions is not None:
        sheets["definitions"] = definitions
    if sources is not None:
        sheets["sources"] = sources
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"created": _DATE})
    head = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    for name, frame in sheets.items():
        _fill_sheet(workbook.add_worksheet(name[:31]), frame, head, workbook.add_format({"num_format": "@"}))
    workbook.close()
    return buffer.getvalue()


def _fill_sheet(sheet: Any, frame: pd.DataFrame, head: Any, text: Any) -> None:  # xlsxwriter carries no types
    for column, name in enumerate(frame.columns):
        cells = list(frame[name])
        sheet.write_string(0, column, str(name), head)
        for row, cell in enumerate(cells, start=1):
            if cell is pd.NA or cell is None or cell != cell or cell == "":  # noqa: PLR0124 — NaN
                continue
            if isinstance(cell, str):
                sheet.write_string(row, column, cell, text)
            elif isinstance(cell, bool | np.bool_):
                sheet.write_boolean(row, column, bool(cell))
            else:
                sheet.write_number(row, column, float(cell))
        widths = (sum(2 if ord(char) > 0x2E80 else 1 for char in str(cell)) for cell in [name, *cells[:500]])
        is_text = pd.api.types.is_string_dtype(frame[name])
        sheet.set_column(column, column, min(_WIDEST, max(widths) + 2), text if is_text else None)
    sheet.freeze_panes(1, 0)
    if len(frame.columns):
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{len(frame) + 1}"})  # region codes are meant to be text
        sheet.autofilter(0, 0, max(len(frame), 1), len(frame.columns) - 1)
