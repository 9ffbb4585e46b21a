"""Labels as they are compared: characters folded, neutral words and brackets taken out.

Labels come in simplified characters with widths folded to ASCII.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from pydantic import BaseModel, ConfigDict

SIGNS = "“”‘’\"'《》〈〉「」『』-—–·_"
_DROPPED = str.maketrans("", "", f" \t\n\u3000{SIGNS}")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|〔[^〔〕]*〕|【[^【】]*】")
_THRESHOLD = re.compile(r"^(?:总?投资(?:额)?|年?营收|年?产值)?[\d.]+[万亿]*元(?:及)?以上")  # 500万元以上技改项目
_BRACKET_SIGNS = str.maketrans("", "", "()[]〔〕【】")
# A label seldom has any; to look is far cheaper than to translate.
_HAS_DROPPED = re.compile(f"[ \t\n\u3000{re.escape(SIGNS)}]")
_HAS_BRACKETS = re.compile(r"[()\[\]〔〕【】]")


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
        text = self._neutral.sub("", _THRESHOLD.sub("", text) if "元" in text else text)
        return text if text.endswith(self.kept) else self._trailing.sub("", text)

    def drop_growth(self, text: str) -> str:
        """Take off an ending such as `年均增速`; the same text where there is none."""
        return self._growth.sub("", text)

    def drop_added(self, text: str) -> str:
        """Take off an opening such as `新增`; the same text where there is none."""
        return self._added.sub("", text)


def fold_characters(label: str) -> str:
    """Small letters, without blanks, quotation marks and hyphens.

    >>> fold_characters("“5G+工业互联网” 项目"), fold_characters("10G-PON端口")
    ('5g+工业互联网项目', '10gpon端口')
    """
    label = label.lower()
    return label.translate(_DROPPED) if _HAS_DROPPED.search(label) else label


def drop_brackets(text: str) -> str:
    """Without brackets and what they hold; brackets that do not pair stay out of the text alone.

    >>> drop_brackets("智慧学校(校园)覆盖率"), drop_brackets("机架数(个")
    ('智慧学校覆盖率', '机架数个')
    """
    return open_brackets(_BRACKETS.sub("", text)) if _HAS_BRACKETS.search(text) else text


def open_brackets(text: str) -> str:
    """Without the bracket signs.

    >>> open_brackets("智慧学校(校园)覆盖率")
    '智慧学校校园覆盖率'
    """
    return text.translate(_BRACKET_SIGNS) if _HAS_BRACKETS.search(text) else text


def _any_of(words: tuple[str, ...]) -> str:
    """A pattern for one of the words, the longest first; one that never matches where there are none."""
    ordered = sorted((re.escape(fold_characters(word)) for word in words), key=len, reverse=True)
    return f"(?:{'|'.join(ordered)})" if ordered else "(?!)"
