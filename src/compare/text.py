"""Text as plans print it: decoding, and foldings that never move an offset.

Every folding here maps one character to one character, so an offset into the folded text is an offset into the text as
read. Only `squeeze` changes lengths, and it returns the map back.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import opencc

from compare.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_MAGIC = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a zip container (docx, xlsx, ofd …)",
    b"\xd0\xcf\x11\xe0": "an old Office file (doc, xls, wps)",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a gzip archive",
}
# The most frequent characters of official prose in both scripts, and its punctuation: text decoded with the wrong
# encoding has next to none of them.
_FREQUENT = frozenset(
    "的一是在和年展到用发建发發國国家業业数數字經经济濟设設產产化市省工作企新技术術平台体體系人服务務。，、；：“”（）《》\n"
)
_MIN_FREQUENT = 0.08
_SAMPLE = 20_000


def decode(data: bytes, path: Path | str) -> str:
    r"""Decode a text file whose encoding nobody declared.

    Decides by byte order mark, then UTF-8, then whichever of GB18030, Big5 and UTF-16 gives the most characters that
    are frequent in official Chinese prose. Line ends become a single ``\n`` and a byte order mark is dropped.

    Args:
        data: the file's bytes.
        path: the file's name, for the message only.

    Returns:
        The text as read: offsets of records refer to it.

    Raises:
        InputError: the file is empty, is not text, or is text of no supported encoding.

    >>> decode("建成5G基站".encode("gb18030"), "a.txt")
    '建成5G基站'
    >>> decode(b"\xef\xbb\xbf5G\r\n", "a.txt")
    '5G\n'
    """
    if not data:
        raise InputError(path, "an empty file", "the text of a plan")
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise InputError(
                path, what, "a text file", hint="Save the document as plain text (UTF-8) and give that file"
            )
    text = _decode_marked(data, path)
    if text is None:
        text = _decode_unmarked(data, path)
    if not text.strip("\ufeff\u200b \t\r\n\u3000\u00a0"):
        raise InputError(path, "blanks only", "the text of a plan")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode_marked(data: bytes, path: Path | str) -> str | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise InputError(
                    path,
                    f"a byte that is not {encoding}",
                    "text as its byte order mark says",
                    place=f"byte {error.start}",
                ) from None
    return None


def _decode_unmarked(data: bytes, path: Path | str) -> str:
    if b"\0" not in data:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        encodings: tuple[str, ...] = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
    else:
        encodings = ("utf-16-le", "utf-16-be")
    candidates = []
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        candidates.append((_share_frequent(text), text))
    best, text = max(candidates, key=lambda pair: pair[0], default=(0.0, ""))
    if best < _MIN_FREQUENT:
        what = "a binary file" if b"\0" in data else "bytes of no known encoding"
        raise InputError(path, what, "text in UTF-8, GB18030, Big5 or UTF-16", hint="Save it as UTF-8 text")
    return text


def _share_frequent(text: str) -> float:
    sample = text[:_SAMPLE]
    return sum(character in _FREQUENT for character in sample) / max(1, len(sample))


def _width_table() -> dict[str, str]:
    table = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= dict.fromkeys("\u3000\u00a0\u2002\u2003\u2009\u202f\u200b\ufeff", " ")
    table |= dict(zip("–−－~～﹣﹪〜∼", "—--~~-%~~", strict=True))
    table |= dict(zip("﹐﹔﹕﹙﹚［］【】「」『』", ",;:()[][]“”“”", strict=True))
    table |= dict(zip("〔〕﹝﹞", "[][]", strict=True))
    table |= dict(zip("≧≦⩾⩽", "≥≤≥≤", strict=True))
    return {key: value for key, value in table.items() if key != value}


_WIDTHS = _width_table()
# A full-width comma never groups digits, so those that an ASCII comma groups are marked before the two become one sign.
_GROUPED = re.compile(r"\d+(?:,\d{3})+(?!\d)")
_GROUP = re.compile(r",\d{3}(?!\d)")  # starts with the sign, so that it is found at once


def _mark_groups(match: re.Match[str]) -> str:
    head = match[0].index(",")
    is_part = match.start() > 0 and match.string[match.start() - 1] == "."
    return match[0] if head > 3 or is_part else match[0].replace(",", "'")


@functools.cache
def _width_codes() -> npt.NDArray[np.uint16]:
    """The code unit that each code unit of UTF-16 is folded to."""
    import numpy as np

    codes = np.arange(0x10000, dtype="<u2")
    for character, folded in _WIDTHS.items():
        codes[ord(character)] = ord(folded)
    return codes


def fold_widths(text: str) -> str:
    """Fold full-width letters, digits and signs, and the many dashes and blanks, to one form each; the length stays.

    The commas that group digits become apostrophes, so that a comma always separates.

    >>> fold_widths("（１６　万）％")
    '(16 万)%'
    >>> fold_widths("4,312万个，100家")
    "4'312万个,100家"
    """
    if _GROUP.search(text):
        text = _GROUPED.sub(_mark_groups, text)
    if text.isascii():
        return text
    # One look-up a character; str.translate takes twenty times as long.
    import numpy as np

    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
    folded: bytes = _width_codes()[units].tobytes()
    return folded.decode("utf-16-le", "surrogatepass")


_TRADITIONAL = re.compile(
    "[國產業區發經濟數據標設實體達點萬億個項戶務導關華東長開門間電學與為這會過還進運動種經總產網絡術創興農藝]"
)
# What the converter leaves: variants of single characters, and 著 as a verb's ending in official phrases.
_LEFT_OVER = {"衞": "卫", "麽": "么", "爲": "为", "羣": "群", "峯": "峰", "牀": "床", "裏": "里"}
_ZHE = re.compile("著(?:(?=[力眼重手实])|(?<=[沿随向围绕朝]著))")


# Of the characters of GB 2312 these may be traditional forms: a line of traditional text can have no other.
_IN_BOTH = "於後著乾徵夥菸拚捱摺麽"
_IDEOGRAPHS = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
_OTHER_SCRIPT, _EITHER_SCRIPT = 1, 2


@functools.cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def is_traditional(text: str) -> bool:
    """Whether any character stands in its traditional form (`國`, `數`, `萬` …)."""
    return _TRADITIONAL.search(text) is not None


def to_simplified(text: str) -> str:
    """Convert traditional characters to simplified ones; the length and every offset stay.

    Text without a traditional character is returned as it is, and so is each line of simplified text among others.

    >>> to_simplified("數字經濟總量佔全省生產總值比重，着力")
    '数字经济总量占全省生产总值比重，着力'
    """
    places = _find_traditional(text)
    parts: list[str] = []
    position = 0
    for place in places:
        if place >= position:
            start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
            end = len(text) if end < 0 else end
            parts += text[position:start], _convert(text[start:end])
            position = end
    return "".join((*parts, text[position:])) if parts else text


def _find_traditional(text: str) -> list[int]:
    """Places of the characters that make a line one of traditional text; of simplified text, none."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        pass
    else:
        return []
    import numpy as np

    kinds = _script_kinds()[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")]
    found: list[int] = np.flatnonzero(kinds).tolist() if (kinds == _OTHER_SCRIPT).any() else []
    return found


@functools.cache
def _script_kinds() -> npt.NDArray[np.uint8]:
    """For each code point, whether it is an ideograph that GB 2312, which holds simplified forms, lacks or may lack."""
    import numpy as np

    kinds = np.zeros(0x110000, np.uint8)
    for first, last in _IDEOGRAPHS:
        kinds[first : last + 1] = _OTHER_SCRIPT
    simple = bytes(byte for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF) for byte in (row, cell))
    kinds[[ord(character) for character in simple.decode("gb2312", "ignore")]] = 0
    kinds[[ord(character) for character in _IN_BOTH]] = _EITHER_SCRIPT
    return kinds


def _convert(text: str) -> str:
    converted: str = _converter().convert(text)
    if len(converted) != len(text):
        converted = "".join(_convert_character(character) for character in text)
    for variant, simplified in _LEFT_OVER.items():
        converted = converted.replace(variant, simplified)
    return _ZHE.sub("着", converted) if "著" in converted else converted


def _convert_character(character: str) -> str:
    converted: str = _converter().convert(character)
    return converted if len(converted) == 1 else character


_BLANKS = re.compile(r"\s+")
_LETTER = re.compile("[A-Za-z]")
_NUMBER_PART = re.compile("[0-9.,%]")


class Squeezed(NamedTuple):
    """A stretch of text without its insignificant blanks, and where each character stood.

    Attributes:
        text: the text; a blank is left only between two Latin letters or two numbers.
        start: offset of the stretch in the text as read.
        offsets: offset of every character in the text as read, and of the stretch's end; None where nothing was taken
            out, so that `start` alone maps them.
    """

    text: str
    start: int
    offsets: tuple[int, ...] | None

    def at(self, position: int) -> int:
        """Offset in the text as read of the character at `position`."""
        return self.start + position if self.offsets is None else self.offsets[position]

    def after(self, position: int) -> int:
        """Offset in the text as read just after the character before `position` (the end of a span)."""
        return self.start + position if self.offsets is None else self.offsets[position - 1] + 1


def squeeze(text: str, start: int, end: int) -> Squeezed:
    """Take out the blanks of ``text[start:end]`` that mean nothing, line breaks in running text among them.

    >>> squeeze("基站 25 万个", 0, 8).text
    '基站25万个'
    >>> squeeze("基站 25 万个", 0, 8).at(2)
    3
    """
    stretch = text[start:end]
    if " " not in stretch and "\n" not in stretch and "\t" not in stretch:
        return Squeezed(stretch, start, None)
    offsets: list[int] = []
    kept: list[str] = []
    position = 0
    for blank in _BLANKS.finditer(stretch):
        if _is_meant(stretch, blank):
            continue
        kept.append(stretch[position : blank.start()])
        offsets.extend(range(start + position, start + blank.start()))
        position = blank.end()
    kept.append(stretch[position:])
    offsets.extend(range(start + position, end + 1))
    return Squeezed("".join(kept), start, tuple(offsets))


def _is_meant(stretch: str, blank: re.Match[str]) -> bool:
    """Whether a blank separates two words or two numbers; a line break between two digits is one that a page made."""
    before, after = stretch[blank.start() - 1 : blank.start()], stretch[blank.end() : blank.end() + 1]
    if _LETTER.match(before) and _LETTER.match(after):
        return True
    return bool(_NUMBER_PART.match(before) and after.isdigit()) and not (blank[0] == "\n" and before.isdigit())
