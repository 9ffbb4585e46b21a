"""A plan's text to its content words.

A word is what the dictionary of jieba, ``data/catalogue/terms.txt`` or a theme lists; nothing is guessed, so the same
text always gives the same words, and a missing term is a line to add. Text in traditional characters is converted
first: jieba's dictionary is simplified, and would cut it into single characters.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from compare.definitions import load_yaml, validate
from compare.errors import DefinitionError, InputError, Problem
from compare.text import to_simplified

# Classes of jieba's dictionary that carry no subject: function words, numerals, times and directions;
# and places (ns), which would mark every plan by the names of its cities.
_FUNCTION_CLASSES = {"c", "d", "df", "dg", "e", "f", "h", "k", "m", "mg", "mq", "o", "p", "q"}
_PARTICLE_CLASSES = {"r", "rg", "rr", "rz", "s", "t", "tg", "u", "ud", "ug", "uj", "ul", "uv", "uz", "w", "x", "y"}
_EMPTY_CLASSES = _FUNCTION_CLASSES | _PARTICLE_CLASSES | {"ns"}
_CONTENT_WORD = re.compile(r"(?=.*[A-Za-z\u4e00-\u9fff])[A-Za-z0-9\u4e00-\u9fff+\-]{2,}")


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Theme(_Strict):
    """A theme and the words that count for it, simplified characters."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name_zh: str = Field(min_length=1)
    name_en: str = Field(min_length=1)
    words: list[str] = Field(min_length=1)


class _ThemeFile(_Strict):
    themes: list[Theme] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that the measures know: terms of the field, words without a subject, themes."""

    terms: tuple[str, ...]
    stopwords: frozenset[str]
    themes: tuple[Theme, ...]


def load_vocabulary(folder: Path) -> Vocabulary:
    """Read ``terms.txt``, ``stopwords.txt`` and ``themes.yaml``.

    ``terms.txt`` is a user dictionary as jieba reads it: a word a line, a frequency and a class may follow it.

    Args:
        folder: the catalogue's folder.

    Returns:
        The vocabulary, its themes in the order of the file.

    Raises:
        InputError: where a file is missing or empty.
        DefinitionError: with every mistake of the themes, a word that stands in two of them too.
    """
    path = folder / "themes.yaml"
    definition, problems = validate(_ThemeFile, load_yaml(path), path.name)
    themes = tuple(definition.themes) if definition else ()
    terms = tuple(line.split(" ")[0] for line in _read_lines(folder / "terms.txt"))
    stopwords = frozenset(_read_lines(folder / "stopwords.txt"))
    problems = [*problems, *_find_misplaced_words(themes, stopwords, path.name)]
    if problems:
        raise DefinitionError(problems)
    return Vocabulary(terms, stopwords, themes)


def _read_lines(path: Path) -> list[str]:
    """The lines of a word list that hold something."""
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines()]
    except FileNotFoundError:
        raise InputError(path, "no file", "a word a line") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(path, str(error), "a readable list of words in UTF-8, a word a line") from error
    lines = [line for line in lines if line]
    if not lines:
        raise InputError(path, "an empty file", "a word a line")
    return lines


def _find_misplaced_words(themes: tuple[Theme, ...], stopwords: frozenset[str], file: str) -> list[Problem]:
    """One problem for each theme id that stands twice, and for each word that could not count or would count twice."""
    problems: list[Problem] = []
    ids: set[str] = set()
    places: dict[str, str] = {}
    for position, theme in enumerate(themes):
        if theme.id in ids:
            problems.append(Problem(file, f"themes.{position}.id", repr(theme.id), "an id used once"))
        ids.add(theme.id)
        for index, word in enumerate(theme.words):
            if word in places:
                expected = f"a word used once (it is in {places[word]} too)"
            elif word in stopwords:
                expected = "a word that stopwords.txt does not leave out"
            elif not _CONTENT_WORD.fullmatch(word):
                expected = "two characters or more, letters, digits, + or -"
            else:
                places[word] = theme.id
                continue
            problems.append(Problem(file, f"themes.{position}.words.{index}", repr(word), expected))
    return problems


class Segmenter:
    """Text to content words, with a jieba tokenizer of its own: jieba's global one stays as it is.

    Args:
        vocabulary: words that are kept whole, and words left out.
        cache: folder for jieba's compiled dictionary (some 5 MB); by default the user's cache folder, because jieba's
            own choice, the shared folder for temporary files, is open to every user of the machine.
    """

    def __init__(self, vocabulary: Vocabulary, cache: Path | None = None) -> None:
        kept = {*vocabulary.terms, *(word for theme in vocabulary.themes for word in theme.words)}
        with _quiet_jieba() as jieba, _writable(find_cache_folder() if cache is None else cache) as folder:
            self._tokenizer: Any = jieba.Tokenizer()
            self._tokenizer.tmp_dir = str(folder)
            self._tokenizer.initialize()
            for word in sorted(kept | vocabulary.stopwords):
                self._tokenizer.add_word(word)
            self._empty = _find_empty_words(self._tokenizer) - kept | vocabulary.stopwords

    def words(self, text: str) -> Iterator[str]:
        """The content words of a text in its order, in simplified characters.

        A word has two characters or more and is no number, no place, no function word and no stopword.
        """
        for word in self._tokenizer.cut(to_simplified(text), HMM=False):
            if word not in self._empty and _CONTENT_WORD.fullmatch(word):
                yield word


def find_cache_folder() -> Path:
    """The folder that ``COMPARE_CACHE`` names, else the user's cache folder by the custom of the system."""
    if chosen := os.environ.get("COMPARE_CACHE"):
        return Path(chosen)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "compare-plans"


@contextmanager
def _writable(folder: Path) -> Iterator[Path]:
    """The folder, made where it is missing; one for the moment where it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        writable = os.access(folder, os.W_OK)
    except OSError:
        writable = False
    if writable:
        yield folder
    else:
        with TemporaryDirectory() as temporary:
            yield Path(temporary)


@contextmanager
def _quiet_jieba() -> Iterator[Any]:
    """Import jieba late (0.2 s) and without its warnings of old syntax, and hold back its log of loading."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    log = logging.getLogger("jieba")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        yield jieba
    finally:
        log.setLevel(level)


def _find_empty_words(tokenizer: Any) -> frozenset[str]:
    """The words of jieba's dictionary whose class carries no subject."""
    with tokenizer.get_dict_file() as file:
        entries = (line.decode("utf-8").split() for line in file)
        return frozenset(entry[0] for entry in entries if entry[-1] in _EMPTY_CLASSES)
