"""A few plans as one piece of work: read, extracted, corrected, and written as rows of the tables."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from compare.catalogue import Catalogue
from compare.columns import TARGET_COLUMNS, UNMATCHED_COLUMNS
from compare.corrections import Corrected, Correction, apply_corrections
from compare.errors import CompareError, CorrectionError
from compare.extract import Extractor
from compare.plans import Plan, load_plan

TABLES: Mapping[str, Mapping[str, str]] = {"targets": TARGET_COLUMNS, "unmatched": UNMATCHED_COLUMNS}
"""The tables that are written, with their columns."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some plans to read, complete: it can be sent to another process or another machine.

    Attributes:
        folder: where the files are.
        files: names of each plan's file and of its source record.
        corrections: declared corrections by plan id.
        contents: the files by name, for a machine that does not see the folder; empty where it does.
    """

    folder: Path
    files: tuple[tuple[str, str], ...]
    corrections: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)
    contents: Mapping[str, bytes] = field(default_factory=dict)

    def packed(self) -> Batch:
        """The same with the contents of the files in it; a file that cannot be read is left out, and found missing."""
        contents = {}
        for name in (name for pair in self.files for name in pair):
            path = self.folder / name
            if path.is_file():
                contents[name] = path.read_bytes()
        return replace(self, contents=contents)


@dataclass(frozen=True, slots=True)
class Rows:
    """What one plan gives.

    Attributes:
        plan: its id.
        tables: by table, its rows as CSV in UTF-8, without a head.
        problem: why the plan could not be read; empty where it could.
        is_wrong_correction: whether the problem is a correction that no longer applies.
    """

    plan: str
    tables: Mapping[str, bytes] = field(default_factory=dict)
    problem: str = ""
    is_wrong_correction: bool = False


class Reader:
    """Reads batches with the definitions compiled once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._extractor = Extractor(catalogue)

    def read(self, batch: Batch) -> list[Rows]:
        """Read every plan of a batch; one that cannot be read is an entry with its problem.

        Returns:
            An entry for each plan, in the order of the batch.
        """
        if not batch.contents:
            return [self._read(batch.folder, names, batch.corrections) for names in batch.files]
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            for name, content in batch.contents.items():
                (folder / name).write_bytes(content)
            entries = [self._read(folder, names, batch.corrections) for names in batch.files]
        return [replace(entry, problem=entry.problem.replace(place, str(batch.folder))) for entry in entries]

    def _read(self, folder: Path, names: tuple[str, str], corrections: Mapping[str, tuple[Correction, ...]]) -> Rows:
        plan_id = Path(names[0]).stem
        try:
            plan, problems = load_plan(folder / names[0], folder / names[1])
            if plan is None or problems:
                return Rows(plan_id, problem="\n".join(map(str, problems)))
            extraction = self._extractor.extract(plan)
            corrected = apply_corrections(plan, extraction.targets, corrections.get(plan_id, ()))
            rows = {"targets": _target_rows(plan, corrected), "unmatched": _plain_rows(extraction.unmatched)}
        except CorrectionError as error:
            return Rows(plan_id, problem=str(error), is_wrong_correction=True)
        except CompareError as error:
            return Rows(plan_id, problem=str(error))
        except Exception as error:  # noqa: BLE001 — one plan must not keep ten thousand others back
            return Rows(plan_id, problem=f"{names[0]}: cannot be extracted: {type(error).__name__}: {error}")
        return Rows(plan_id, {name: write_rows(rows[name], columns) for name, columns in TABLES.items()})


def _target_rows(plan: Plan, corrected: Corrected) -> Iterable[Mapping[str, object]]:
    region = plan.record.region if plan.record else ""
    for row, target in zip(_plain_rows(corrected.targets), corrected.targets, strict=True):
        yield {**row, "region": region, "flag": corrected.flags.get((plan.id, target.start), "")}


def _plain_rows(records: Iterable[object]) -> Iterable[Mapping[str, object]]:
    names = {name for columns in TABLES.values() for name in columns}
    for record in records:
        yield {name: getattr(record, name) for name in names if hasattr(record, name)}


def write_rows(rows: Iterable[Mapping[str, object]], columns: Mapping[str, str]) -> bytes:
    r"""Rows as CSV, as `compare.tables.write_csv` writes them: whole numbers without a point, what is missing empty.

    >>> write_rows([{"plan": "a", "value": 3.0, "year": None}], {"plan": "str", "value": "float64", "year": "Int64"})
    b'a,3,\n'
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    kinds = list(columns.items())
    writer.writerows([_cell(row.get(name), kind) for name, kind in kinds] for row in rows)
    return text.getvalue().encode()


def _cell(value: object, kind: str) -> str:
    if value is None:
        return ""
    if kind == "float64":
        number = float(str(value))
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
    return str(value)
