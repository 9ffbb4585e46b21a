"""A written table of records by plan: where each plan's rows stand in the file, and what changed in them."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from compare.errors import InputError, count_noun

MARK = b"\xef\xbb\xbf"
MOST_CHANGES = 40


class OldTable:
    """A table as the last run left it, read plan by plan and never whole.

    Raises:
        InputError: it lacks columns, or cannot be read.
    """

    def __init__(self, path: Path, columns: Mapping[str, str]) -> None:
        self._path = path
        self._places: dict[str, tuple[int, int]] = {}
        self.columns: list[str] = []
        if not path.exists():
            return
        try:
            self._file = path.open("rb")
            self._index()
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise InputError(path, str(error), "a table in CSV, UTF-8") from error
        missing = [name for name in columns if name not in self.columns]
        if missing:
            raise InputError(path, f"no column {', '.join(missing)}", f"the columns {', '.join(columns)}")

    def _index(self) -> None:
        rows = _split_rows(self._file)
        head = next(rows, b"")
        self.columns = next(csv.reader([head.removeprefix(MARK).decode()]), [])
        position = len(head)
        for row in rows:
            plan = row.partition(b",")[0].decode()
            start, _ = self._places.get(plan, (position, 0))
            position += len(row)
            self._places[plan] = start, position - start

    @property
    def plans(self) -> tuple[str, ...]:
        """Ids of the plans that it has rows of, in its order."""
        return tuple(self._places)

    def rows_of(self, plan: str) -> bytes:
        """A plan's rows as they stand in the file; nothing where it has none."""
        if plan not in self._places:
            return b""
        start, length = self._places[plan]
        self._file.seek(start)
        return self._file.read(length)

    def close(self) -> None:
        """Let go of the file."""
        if hasattr(self, "_file"):
            self._file.close()


def _split_rows(lines: Iterable[bytes]) -> Iterator[bytes]:
    r"""The rows of a CSV file as they stand in it; one with quoted line ends is several lines.

    >>> list(_split_rows([b'a,b\n', b'1,"x\n', b'y"\n']))
    [b'a,b\n', b'1,"x\ny"\n']
    """
    row, quotes = b"", 0
    for line in lines:
        row += line
        quotes += line.count(b'"')
        if quotes % 2 == 0:
            yield row
            row, quotes = b"", 0
    if row:
        yield row


@dataclass(slots=True)
class Changes:
    """What changed in one table: how many rows, and the first of each kind in words.

    Attributes:
        name: the table's name.
        is_new: whether there was no such table before.
        total: rows that there are now.
        counts: how many are `changed`, `new`, `gone`.
    """

    name: str
    is_new: bool
    total: int = 0
    counts: dict[str, int] = field(default_factory=lambda: {"changed": 0, "new": 0, "gone": 0})
    _lines: dict[str, list[str]] = field(default_factory=lambda: {"changed": [], "new": [], "gone": []})

    def compare(self, old: bytes, old_columns: list[str], new: bytes, columns: list[str]) -> None:
        """Take in one plan: its rows before and now."""
        if old == new and old_columns == columns:
            self.total += _count_rows(new)
            return
        before, after = _by_place(old, old_columns), _by_place(new, columns)
        self.total += len(after)
        if self.is_new:
            return
        for key, row in after.items():
            if key not in before:
                self._note("new", f"  + {_show(row)}")
            elif difference := _difference(before[key], row):
                self._note("changed", f"  ~ {_show(row)}: {difference}")
        for key, row in before.items():
            if key not in after:
                self._note("gone", f"  - {_show(row)}")

    def _note(self, kind: str, line: str) -> None:
        self.counts[kind] += 1
        if len(self._lines[kind]) < MOST_CHANGES:
            self._lines[kind].append(line)

    def describe(self) -> list[str]:
        """Counts first, then a line for each change, at most forty."""
        if self.is_new:
            return [f"{self.name}: {count_noun(self.total, 'row')}, new"]
        new, gone, changed = (self.counts[kind] for kind in ("new", "gone", "changed"))
        head = f"{self.name}: {count_noun(self.total, 'row')}, {new} new, {gone} gone, {changed} changed"
        lines = [line for kind in ("changed", "new", "gone") for line in self._lines[kind]][:MOST_CHANGES]
        more = new + gone + changed - len(lines)
        return [head, *lines, *([f"  … and {more} more"] if more else [])]


def _count_rows(rows: bytes) -> int:
    return sum(1 for _ in _split_rows(io.BytesIO(rows)))


def _by_place(rows: bytes, columns: list[str]) -> dict[tuple[str, ...], dict[str, str]]:
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for cells in csv.reader(io.StringIO(rows.decode(), newline="")):
        row = dict(zip(columns, cells, strict=False))
        key: tuple[str, ...] = (row["plan"], row["start"], row["end"])
        while key in found:
            key = (*key, "again")
        found[key] = row
    return found


def _show(row: Mapping[str, str]) -> str:
    return " ".join(
        part for part in (f"{row['plan']}:{row['start']}", row.get("number", ""), row.get("label", "")) if part
    )


def _difference(old: Mapping[str, str], new: Mapping[str, str]) -> str:
    names = [name for name in new if old.get(name, "") != new[name]]
    return ", ".join(f"{name} {old.get(name, '')!r} → {new[name]!r}" for name in names)


def hash_rows(rows: bytes) -> str:
    """A short hash of a plan's rows."""
    return hashlib.blake2b(rows, digest_size=16).hexdigest()
