"""The cells of a notebook as they stand in its file, read without the programs that run it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from compare.errors import InputError


def read_cells(path: Path) -> list[dict[str, Any]]:
    """Read the cells of a notebook file as they stand in its JSON.

    Raises:
        InputError: the file cannot be read, or is no notebook.
    """
    try:
        data = json.loads(path.read_bytes())
    except OSError as error:
        raise InputError(path, error.strerror or "an unreadable file", "a notebook") from error
    except ValueError as error:
        raise InputError(path, "something that is no JSON", "a notebook", place=_line_of(error)) from error
    cells = data.get("cells") if isinstance(data, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) and "source" in cell for cell in cells):
        raise InputError(path, "JSON that is no notebook", "a list of cells")
    return cells


def _line_of(error: ValueError) -> str:
    return f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
