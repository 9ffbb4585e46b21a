"""The notation in which the catalogue says how plans word a measure, and the folding of a label that goes with it.

An *alias* describes a whole label, from its first character to its last, as a row of words with blanks between them:

| written | means |
|---|---|
| `关键工序 数控化率` | these words in this order, nothing between, before or after them but neutral words |
| `数字经济|数字` | one of these |
| `[企业]` `[口|常住人口]` | one of these, or nothing |
| `<gdp>` `占<gdp>` | any word of that class (`classes` in `aliases.yaml`), also as a part of a word |
| `…` | anything, also nothing |

*Neutral words* (`全省`, `累计`, `建成`, `的` …, in `aliases.yaml`) say nothing about what is measured; they are taken out of the
label before it is compared, with quotation marks, blanks, hyphens and what stands in brackets. That a label must be
covered to its end is what keeps measures apart: `5g基站` describes `全省累计建成5G基站数` and neither `5G基站共享率` nor
`5G基站站址`.

Labels come in simplified characters with widths folded to ASCII.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from compare.definitions import load_yaml, validate
from compare.errors import DefinitionError

GAP = "…"
_DROPPED = str.maketrans("", "", " \t\n\u3000“”‘’\"'《》〈〉「」『』-—–·_")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|〔[^〔〕]*〕|【[^【】]*】")
_BRACKET_SIGNS = str.maketrans("", "", "()[]〔〕【】")
_CLASS = re.compile(r"<(\w+)>")
_PLAIN = re.compile(r"[^\s\[\]<>|…]+")


class AliasError(ValueError):
    """An alias that is not written in the notation; the text says what was expected."""


class Vocabulary(BaseModel):
    """The words that all aliases share (`aliases.yaml`).

    Attributes:
        leading: taken off the start of a label.
        added: taken off the start of a label of a change or yearly amount, where they only say that it is one.
        neutral: taken out wherever they stand.
        trailing: taken off the end.
        kept: endings that look like one of those and are not (`指数`).
        growth: endings that turn a measure into its growth rate.
        never: words that no label of an indicator contains (`占全国`: a share in the nation is another measure).
        rates: endings of a rate, which a list of several rates (`A率、B率均达到80%`) may share as one number.
        classes: words that mean the same, by the name that aliases call them by.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    leading: tuple[str, ...]
    added: tuple[str, ...]
    neutral: tuple[str, ...]
    trailing: tuple[str, ...]
    kept: tuple[str, ...]
    growth: tuple[str, ...]
    never: tuple[str, ...]
    rates: tuple[str, ...]
    classes: Mapping[str, tuple[str, ...]]

    @cached_property
    def _neutral(self) -> re.Pattern[str]:
        return re.compile(f"^{_any_of(self.leading)}+|{_any_of(self.neutral)}")

    @cached_property
    def _trailing(self) -> re.Pattern[str]:
        return re.compile(f"{_any_of(self.trailing)}+$")

    @cached_property
    def _growth(self) -> re.Pattern[str]:
        return re.compile(f"{_any_of(self.growth)}$")

    @cached_property
    def _added(self) -> re.Pattern[str]:
        return re.compile(f"^{_any_of(self.added)}+")

    def fold(self, text: str) -> str:
        """Take everything neutral out of a label whose characters are folded (`fold_characters`)."""
        text = self._neutral.sub("", text)
        return text if text.endswith(self.kept) else self._trailing.sub("", text)

    def drop_growth(self, text: str) -> str:
        """Take off an ending such as `年均增速`; the same text where there is none."""
        return self._growth.sub("", text)

    def drop_added(self, text: str) -> str:
        """Take off an opening such as `新增`; the same text where there is none."""
        return self._added.sub("", text)


def load_vocabulary(path: Path) -> Vocabulary:
    """Read `aliases.yaml`.

    Raises:
        InputError: the file cannot be read as YAML.
        DefinitionError: its keys or values are wrong.
    """
    vocabulary, problems = validate(Vocabulary, load_yaml(path), path.name)
    if vocabulary is None:
        raise DefinitionError(problems)
    return vocabulary


def fold_characters(label: str) -> str:
    """Small letters, without blanks, quotation marks and hyphens.

    >>> fold_characters("“5G+工业互联网” 项目"), fold_characters("10G-PON端口")
    ('5g+工业互联网项目', '10gpon端口')
    """
    return label.lower().translate(_DROPPED)


def drop_brackets(text: str) -> str:
    """Without brackets and what they hold; brackets that do not pair stay out of the text alone.

    >>> drop_brackets("智慧学校(校园)覆盖率"), drop_brackets("机架数(个")
    ('智慧学校覆盖率', '机架数个')
    """
    return open_brackets(_BRACKETS.sub("", text))


def open_brackets(text: str) -> str:
    """Without the bracket signs.

    >>> open_brackets("智慧学校(校园)覆盖率")
    '智慧学校校园覆盖率'
    """
    return text.translate(_BRACKET_SIGNS)


@dataclass(frozen=True, slots=True)
class Alias:
    """One alias, read.

    Attributes:
        text: as written in the catalogue.
        pattern: regular expression over a folded label, to be matched in full.
        keys: words of which every label that it describes contains one.
        size: number of characters that it fixes at the least.
        open: whether it has a gap.
        example: the first label that it describes, folded, with its gaps closed.
    """

    text: str
    pattern: str
    keys: tuple[str, ...]
    size: int
    open: bool
    example: str


def parse_alias(text: str, classes: Mapping[str, tuple[str, ...]]) -> Alias:
    """Read an alias.

    Args:
        text: in the notation above.
        classes: the words behind `<name>`.

    Returns:
        The alias, its words folded as labels are.

    Raises:
        AliasError: a bracket that does not close, an unknown class, an empty alternative, or no word of at least two
            characters that must be there.

    >>> alias = parse_alias("数字经济 核心产业 [增加值] 占<gdp>", {"gdp": ("gdp", "生产总值")})
    >>> alias.pattern
    '数字经济核心产业(?:增加值)?(?:占gdp|占生产总值)'
    >>> alias.keys, alias.example
    (('数字经济',), '数字经济核心产业增加值占gdp')
    """
    patterns: list[str] = []
    example: list[str] = []
    required: list[tuple[str, ...]] = []
    for token in text.split():
        if token == GAP:
            patterns.append(".*")
            continue
        optional = token.startswith("[") and token.endswith("]")
        words = _alternatives(token[1:-1] if optional else token, classes)
        pattern = "|".join(map(re.escape, words))
        patterns.append(pattern if len(words) == 1 and not optional else f"(?:{pattern}){'?' * optional}")
        example.append(words[0])
        if not optional:
            required.append(words)
    keys = [words for words in required if min(map(len, words)) > 1]
    if not keys:
        raise AliasError("a word of at least two characters that must be in the label")
    rarest = min(keys, key=lambda words: (len(words), -min(map(len, words))))
    size = sum(min(map(len, words)) for words in required)
    return Alias(text, "".join(patterns), rarest, size, GAP in text.split(), "".join(example))


def _alternatives(token: str, classes: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """All words that a token stands for, classes written out."""
    words: list[str] = []
    for alternative in token.split("|"):
        variants = [""]
        for part in _parts(alternative, token, classes):
            variants = [start + end for start in variants for end in part]
        words += variants
    return tuple(words)


def _parts(alternative: str, token: str, classes: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    if not alternative:
        raise AliasError(f"a word on both sides of each | in {token!r}")
    parts: list[tuple[str, ...]] = []
    for index, piece in enumerate(_CLASS.split(alternative)):
        if index % 2:
            if piece not in classes:
                raise AliasError(f"a class out of {', '.join(sorted(classes))}, not <{piece}>")
            parts.append(tuple(fold_characters(word) for word in classes[piece]))
        elif piece:
            if not _PLAIN.fullmatch(piece):
                raise AliasError(f"plain words, <class>, | and [optional] words, gaps as {GAP} between blanks, not {token!r}")
            parts.append((fold_characters(piece),))
    return parts


def _any_of(words: tuple[str, ...]) -> str:
    """A pattern for one of the words, the longest first; one that never matches where there are none."""
    ordered = sorted((re.escape(fold_characters(word)) for word in words), key=len, reverse=True)
    return f"(?:{'|'.join(ordered)})" if ordered else "(?!)"
