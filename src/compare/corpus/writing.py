"""The corpus to `data/targets`: what is unchanged is taken over, the rest is read, and the files appear whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from compare.catalogue import Catalogue, load_catalogue
from compare.corpus.batches import TABLES, Batch, Rows, write_rows
from compare.corpus.blocks import MARK, Changes, OldTable, hash_rows
from compare.corpus.pool import read_in_order
from compare.corrections import Correction, load_corrections
from compare.errors import CompareError, CorrectionError, InputError, OutputError
from compare.plans import find_plans
from compare.runs.files import PARTIAL, build_lock, make_folder, replace_bytes
from compare.runs.versions import describe_software

BATCH = 16  # plans; large enough that sending them costs nothing, small enough that all processes end together
CACHE = ".cache"

ReadBatches = Callable[[Iterable[Batch], Catalogue], Iterator[list[Rows]]]
"""Reads batches, anywhere, and gives their rows back in order."""


@dataclass(frozen=True, slots=True)
class Summary:
    """How it went.

    Attributes:
        plans: how many plans are in the tables.
        reused: of them, how many had not changed since the last run and were not read again.
        problems: a message for each plan that could not be read; it is not in the tables.
        changes: what changed in the tables, in lines.
    """

    plans: int
    reused: int
    problems: tuple[str, ...]
    changes: tuple[str, ...]


def write_tables(
    root: Path,
    *,
    jobs: int = 1,
    read: ReadBatches | None = None,
    on_progress: Callable[[int, int], None] = lambda _, __: None,
) -> Summary:
    """Write the tables of records of all plans to `data/targets`.

    A plan that cannot be read keeps none of the others back. A plan whose file, source record and corrections are as
    they were, under the same definitions and the same software, is not read again: its rows are taken over, if they
    still are what was written. All of this is decided by content.

    Args:
        root: the project folder.
        jobs: how many processes read.
        read: reads the batches instead of processes of this machine.
        on_progress: called with how many plans are done, and how many there are.

    Returns:
        How it went.

    Raises:
        DefinitionError: the catalogue or a file of corrections is wrong.
        CorrectionError: a correction no longer applies.
        CompareError: no plan at all could be read.
        OutputError: the tables cannot be written. With every error, the tables are as they were.
    """
    catalogue = load_catalogue(root / "data" / "catalogue")
    with build_lock(root / CACHE / "targets.lock"), ExitStack() as stack:
        files, alone = find_plans(root / "data" / "plans")
        corrections = load_corrections(root / "data" / "corrections", [path.stem for path, _ in files])
        folder = root / "data" / "targets"
        old, notes = _open_old(folder, stack)
        cache = Cache(root)
        due = [(path.name, record.name) for path, record in files if not cache.take(path, record, old)]
        batches = make_batches(root / "data" / "plans", due, corrections)
        reads = read or (lambda work, definitions: read_in_order(work, definitions, jobs if len(due) > BATCH else 1))
        results = (rows for part in reads(batches, catalogue) for rows in part)
        writer = stack.enter_context(closing(_Writer(folder, old)))
        problems = [str(problem) for problem in alone]
        for done, (path, _) in enumerate(files, 1):
            rows = cache.kept(path.stem, old) or next(results)
            if rows.problem:
                problems.append(rows.problem)
            writer.add(rows, is_wrong=rows.is_wrong_correction)
            cache.note(rows)
            on_progress(done, len(files))
        if problems and not writer.plans:
            raise CompareError("no plan could be read:\n" + "\n".join(problems))
        changes = writer.finish()
        cache.write()
    return Summary(writer.plans, len(files) - len(due), tuple(problems), (*notes, *changes))


def make_batches(
    folder: Path, names: Sequence[tuple[str, str]], corrections: Mapping[str, tuple[Correction, ...]]
) -> Iterator[Batch]:
    """Plans in batches, each with the corrections of its plans.

    Args:
        folder: where the plans are.
        names: names of each plan's file and of its source record.
        corrections: by plan id.
    """
    for first in range(0, len(names), BATCH):
        part = tuple(names[first : first + BATCH])
        ids = [Path(name).stem for name, _ in part]
        yield Batch(folder, part, {plan: corrections[plan] for plan in ids if plan in corrections})


def _open_old(folder: Path, stack: ExitStack) -> tuple[dict[str, OldTable | None], list[str]]:
    """The tables as they are; None for one that is not there or is none, with a note on the latter."""
    found: dict[str, OldTable | None] = {}
    notes = []
    for name, columns in TABLES.items():
        path = folder / f"{name}.csv"
        found[name] = None
        if path.exists():
            try:
                found[name] = stack.enter_context(closing(OldTable(path, columns)))
            except InputError as error:
                notes.append(f"{path}: was not readable, now replaced ({error})")
    return found, notes


class _Writer:
    """Writes the tables beside the old ones, and puts them in their place at the end."""

    def __init__(self, folder: Path, old: Mapping[str, OldTable | None]) -> None:
        self.plans = 0
        self._folder = make_folder(folder)
        self._old = old
        self._changes = {name: Changes(name, is_new=old[name] is None) for name in TABLES}
        self._seen: set[str] = set()
        self._wrong: list[str] = []
        self._files: dict[str, IO[bytes]] = {}
        for name, columns in TABLES.items():
            with self._named(name):
                self._files[name] = self._partial(name).open("wb")
                head = write_rows([{column: column for column in columns}], dict.fromkeys(columns, "str"))
                self._files[name].write(MARK + head)

    def add(self, rows: Rows, *, is_wrong: bool) -> None:
        """Write a plan's rows and note how they differ from those that were there."""
        if is_wrong:
            self._wrong.append(rows.problem)
        if rows.problem:
            return
        self.plans += 1
        self._seen.add(rows.plan)
        for name, columns in TABLES.items():
            with self._named(name):
                self._files[name].write(rows.tables[name])
            old = self._old[name]
            before, heads = (old.rows_of(rows.plan), old.columns) if old else (b"", [])
            self._changes[name].compare(before, heads, rows.tables[name], list(columns))

    def finish(self) -> list[str]:
        """Put the tables in their place and say what changed."""
        if self._wrong:
            raise CorrectionError("\n".join(self._wrong))
        for name, columns in TABLES.items():
            old = self._old[name]
            for plan in old.plans if old else ():
                if old and plan not in self._seen:
                    self._changes[name].compare(old.rows_of(plan), old.columns, b"", list(columns))
            with self._named(name):
                self._files[name].close()
        for name, old in self._old.items():
            if old:
                old.close()  # an open file cannot be replaced on Windows
            with self._named(name):
                self._partial(name).replace(self._folder / f"{name}.csv")
        return [line for changes in self._changes.values() for line in changes.describe()]

    def close(self) -> None:
        """Remove what was not put in its place."""
        for name, file in self._files.items():
            with suppress(OSError):
                file.close()
            with suppress(OSError):
                self._partial(name).unlink(missing_ok=True)

    def _partial(self, name: str) -> Path:
        return self._folder / f".{name}.csv{PARTIAL}"

    def _named(self, name: str) -> _Named:
        return _Named(self._folder / f"{name}.csv")


class _Named:
    """Turns what the system says of a file into an error for a person."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise OutputError(f"{self._path}: cannot be written: {error.strerror or error}") from error


class Cache:
    """What the last run read and what it wrote, by plan, as hashes."""

    def __init__(self, root: Path) -> None:
        self._path = root / CACHE / "targets.json"
        self._corrections = root / "data" / "corrections"
        self._base = _hash_definitions(root)
        self._before: dict[str, list[str]] = {}
        self._now: dict[str, list[str]] = {}
        self._kept: set[str] = set()
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            data = json.loads(self._path.read_text(encoding="utf-8"))
            if data["made_by"] == self._base:
                self._before = dict(data["plans"])

    def take(self, path: Path, record: Path, old: Mapping[str, OldTable | None]) -> bool:
        """Whether a plan need not be read: its inputs and its rows in the tables are as the last run left them."""
        inputs = hashlib.blake2b(digest_size=16)
        for file in (path, record, self._corrections / f"{path.stem}.yaml"):
            try:
                content = file.read_bytes()
            except OSError:
                content = b""  # whoever reads the plan says what is wrong with it
            inputs.update(f"{file.name}\0{len(content)}\0".encode() + content)
        state = [inputs.hexdigest()]
        for name, columns in TABLES.items():
            table = old[name]
            if table is None or table.columns != list(columns):
                break
            state.append(hash_rows(table.rows_of(path.stem)))
        self._now[path.stem] = state[:1]
        if self._before.get(path.stem) != state:
            return False
        self._kept.add(path.stem)
        return True

    def kept(self, plan: str, old: Mapping[str, OldTable | None]) -> Rows | None:
        """The rows of a plan that need not be read; None for the others."""
        if plan not in self._kept:
            return None
        return Rows(plan, {name: table.rows_of(plan) for name, table in old.items() if table})

    def note(self, rows: Rows) -> None:
        """Remember what a plan gave."""
        if rows.problem:
            self._now.pop(rows.plan, None)
        else:
            self._now[rows.plan] += [hash_rows(rows.tables[name]) for name in TABLES]

    def write(self) -> None:
        """Leave it for the next run."""
        content = json.dumps({"made_by": self._base, "plans": self._now}, ensure_ascii=False)
        replace_bytes(self._path, content.encode())


def _hash_definitions(root: Path) -> str:
    digest = hashlib.blake2b(json.dumps(describe_software(), sort_keys=True).encode(), digest_size=16)
    folder = root / "data" / "catalogue"
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()
