"""The columns of the tables of records, with their types.

Apart from `tables`, so that who writes records row by row needs no pandas.
"""

from __future__ import annotations

from collections.abc import Mapping

TARGET_COLUMNS: Mapping[str, str] = {
    "plan": "str",
    "start": "Int64",
    "end": "Int64",
    "value": "float64",
    "value_high": "float64",
    "unit": "str",
    "bound": "str",
    "kind": "str",
    "year": "Int64",
    "base_year": "Int64",
    "status": "str",
    "label": "str",
    "indicator": "str",
    "scope": "str",
    "obligation": "str",
    "section": "str",
    "quote": "str",
    "region": "str",
    "number": "str",
    "confidence": "float64",
    "flag": "str",
}
"""Columns of the targets table with their types.

The record standard's, then the plan's region, the number as printed, the reader's confidence and a person's remark.
"""

UNMATCHED_COLUMNS: Mapping[str, str] = {
    "plan": "str",
    "start": "Int64",
    "end": "Int64",
    "number": "str",
    "reason": "str",
    "label": "str",
    "section": "str",
    "quote": "str",
}
"""Columns of the table of numbers that gave no record."""
