"""What a report reads of a project, noted while it runs, with a hash of each, so that a later build can ask again.

The name of a thing read says how to ask for it once more: a question to the project (`comparison('de_value_added',
lang='zh')`), one entry of an answer (`indicator_names('zh')['de_value_added']`), a definition
(`catalogue.indicator('de_value_added')`), or what was opened past the project, a file (`data/catalogue/themes.yaml`) or
a folder (`data/plans/`). Two equal hashes mean that the report saw the same.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.errors import CompareError
from compare.project.contents import Contents
from compare.project.digests import NoDigestError, digest
from compare.project.named import EVERYTHING, hash_place

if TYPE_CHECKING:
    from compare.catalogue import Catalogue, Indicator

PLAIN = (str, int, float, bool, type(None))


class Reads:
    """Notes what is read, each thing once, in a file that holds it also when the process ends at once.

    Attributes:
        root: the project folder.
    """

    def __init__(self, root: Path, file: Path) -> None:
        self.root = root.resolve()
        self._file = file
        self._noted: set[str] = set()
        self._paused = threading.local()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Note nothing meanwhile in this thread: the answer will be noted, not what it is made from."""
        before = self.is_paused
        self._paused.value = True
        try:
            yield
        finally:
            self._paused.value = before

    @property
    def is_paused(self) -> bool:
        """Whether nothing is noted in this thread."""
        return getattr(self._paused, "value", False)

    def note(self, name: str, value: object) -> None:
        """Note that a value was read; one whose content cannot be told counts as all data."""
        if self.is_paused or name in self._noted:
            return
        try:
            hashed = digest(value)
        except NoDigestError:
            self.note_place(EVERYTHING)
            return
        self._write(name, hashed)

    def has(self, name: str) -> bool:
        """Whether this was noted."""
        return name in self._noted

    def note_place(self, name: str) -> None:
        """Note that a file or folder is about to be read, by its name relative to the project folder.

        Its hash is taken before that: what changes meanwhile is then new to the next build.

        Args:
            name: with forward slashes; that of a folder ends with one, and means all files below it.
        """
        if not self.is_paused and name not in self._noted:
            with self.paused():
                hashed = hash_place(self.root, name)
            self._write(name, hashed)

    def _write(self, name: str, hashed: str) -> None:
        self._noted.add(name)
        with self.paused(), self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps([name, hashed], ensure_ascii=False) + "\n")


def read_notes(file: Path) -> dict[str, str]:
    """What was noted in a file: hashes by name; nothing where there is no file."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    return dict(sorted(map(json.loads, lines)))


def spell_question(name: str, arguments: tuple[Any, ...], options: Mapping[str, Any]) -> str:
    """A call as text that can be read back; empty where an argument is no literal.

    >>> spell_question("targets", (), {"plan": "anhui-2024", "status": None})
    "targets(plan='anhui-2024', status=None)"
    """
    if not all(_is_literal(value) for value in (*arguments, *options.values())):
        return ""
    listed = [repr(value) for value in arguments] + [f"{key}={options[key]!r}" for key in sorted(options)]
    return f"{name}({', '.join(listed)})"


def _is_literal(value: object) -> bool:
    if type(value) in (list, tuple):
        return all(_is_literal(item) for item in value)  # type: ignore[attr-defined]
    return type(value) in PLAIN


class Asked:
    """Something that answers questions, each of which is noted."""

    def __init__(self, what: Any, reads: Reads, prefix: str = "") -> None:
        self._what = what
        self._reads = reads
        self._prefix = prefix

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            self._reads.note_place(EVERYTHING)
            return getattr(self._what, name)
        with self._reads.paused():
            value = getattr(self._what, name)
        if callable(value):
            return self._asking(name, value)
        self._reads.note(self._prefix + name, value)
        return value

    def __repr__(self) -> str:
        return repr(self._what)

    def _asking(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def ask(*arguments: Any, **options: Any) -> Any:
            question = spell_question(self._prefix + name, arguments, options)
            if not question:
                self._reads.note_place(EVERYTHING)
            try:
                with self._reads.paused():
                    answer = method(*arguments, **options)
            except CompareError as error:
                if question:
                    self._reads.note(question, describe_error(error))
                raise
            if question and isinstance(answer, dict):
                return Entries(answer, question, self._reads)
            if question:
                self._reads.note(question, answer)
            return answer

        return ask


class AskedProject(Asked):
    """A project of which each question is noted; to a notebook it is the project."""

    @property
    def root(self) -> Path:
        """The project folder."""
        root: Path = self._what.root
        return root

    @property
    def catalogue(self) -> AskedCatalogue:
        """The indicators; each definition counts as read when something of it is looked at."""
        with self._reads.paused():
            return AskedCatalogue(self._what.catalogue, self._reads, "catalogue.")

    @property
    def reference(self) -> Any:
        """The reference tables, which count as read whole."""
        self._reads.note_place("data/reference/")
        with self._reads.paused():
            return self._what.reference


class AskedCatalogue(Asked):
    """A catalogue of which each definition is noted that something is taken from."""

    @property
    def indicators(self) -> tuple[AskedIndicator, ...]:
        """The measures."""
        catalogue: Catalogue = self._what
        self._reads.note("catalogue.ids", catalogue.ids)
        return tuple(AskedIndicator(indicator, self._reads) for indicator in catalogue.indicators)


class AskedIndicator:
    """An indicator whose definition counts as read when more than its id is looked at."""

    def __init__(self, indicator: Indicator, reads: Reads) -> None:
        self._indicator = indicator
        self._reads = reads

    def __getattr__(self, name: str) -> Any:
        if name != "id":
            self._note()
        return getattr(self._indicator, name)

    def __eq__(self, other: object) -> bool:
        self._note()
        return self._indicator == (other._indicator if isinstance(other, AskedIndicator) else other)

    def __hash__(self) -> int:
        return hash(self._indicator)

    def __repr__(self) -> str:
        self._note()
        return repr(self._indicator)

    def _note(self) -> None:
        self._reads.note(f"catalogue.indicator({self._indicator.id!r})", self._indicator)


class Entries(Mapping[Any, Any]):
    """An answer by keys, of which each entry is noted that is looked up; all of it where all are looked at."""

    def __init__(self, answer: dict[Any, Any], question: str, reads: Reads) -> None:
        self._answer = answer
        self._question = question
        self._reads = reads

    def __getitem__(self, key: Any) -> Any:
        if self._reads.has(self._question):
            pass  # with all entries this one
        elif _is_literal(key):
            self._reads.note(f"{self._question}[{key!r}]", self._answer.get(key))
        else:
            self._note()
        return self._answer[key]

    def __iter__(self) -> Iterator[Any]:
        self._note()
        return iter(self._answer)

    def __len__(self) -> int:
        self._note()
        return len(self._answer)

    def __bool__(self) -> bool:
        first = next(iter(self._answer), None)
        if first is None:
            self._note()
            return False
        self[first]  # as long as it is there, there is one
        return True

    def __or__(self, other: Mapping[Any, Any]) -> dict[Any, Any]:
        return dict(self) | dict(other)

    def __ror__(self, other: Mapping[Any, Any]) -> dict[Any, Any]:
        return dict(other) | dict(self)

    def __repr__(self) -> str:
        self._note()
        return repr(self._answer)

    def copy(self) -> dict[Any, Any]:
        """All entries as a dict."""
        return dict(self)

    def _note(self) -> None:
        self._reads.note(self._question, self._answer)


def describe_error(error: CompareError) -> list[str]:
    """An error as an answer that can be compared."""
    return ["error", type(error).__name__, str(error)]


_recording: list[Reads] = []  # at most one: a process is made for one report


def record(reads: Reads) -> None:
    """From now on, what this process asks of the project is noted."""
    _recording[:] = [reads]


def open_recorded(root: Path, open_project: Callable[[], Contents]) -> Any:
    """Open a project, with its questions noted where this process records those of its folder."""
    for reads in _recording:
        if reads.root == root.resolve():
            with reads.paused():
                return AskedProject(open_project(), reads)
    return open_project()
