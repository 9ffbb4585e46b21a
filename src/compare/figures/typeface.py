"""The vendored typeface: registration, widths of text in points, wrapping by width, and no empty boxes."""

from __future__ import annotations

import re
from pathlib import Path

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font, LoadFlags

from compare.errors import FigureError

FAMILY = "Compare Sans SC"
FOLDER = Path(__file__).with_name("fonts")
FILES = {"regular": FOLDER / "CompareSansSC-Regular.ttf", "bold": FOLDER / "CompareSansSC-Bold.ttf"}

_CLOSING = "，。、；：！？）〕》」』】”’％%‰,.;:!?)]}…·年月个家户倍项件"
_OPENING = "（〔《「『【“‘([{≥≤>＞~≈"
_LATIN = r"[^\W\d_\u2e80-\uffff]"
# A number with sign and magnitude, a latin word with its digits (5G, IPv6), a run of blanks, or one character.
_PIECE = re.compile(
    rf"“[^“”]{{1,10}}”|[≥≤><~≈−+-]?\d[\d.,–—-]*(?:{_LATIN}+(?:-{_LATIN}+)*|[%万亿]*)"
    rf"|{_LATIN}+(?:['’.-]{_LATIN}+|\d+{_LATIN}*)*|\s+|."
)


def register_typeface() -> None:
    """Makes the family known to matplotlib, once; no setting of the caller changes."""
    known = {entry.fname for entry in font_manager.fontManager.ttflist if entry.name == FAMILY}
    for path in FILES.values():
        if str(path) not in known:
            if not path.is_file():
                raise FigureError(f"{path}: found no font file, expected the vendored font; reinstall the package")
            font_manager.fontManager.addfont(path)


class Typeface:
    """Measures text set in the vendored family, the way matplotlib lays it out: advance widths, no kerning."""

    def __init__(self) -> None:
        register_typeface()
        self._fonts: dict[str, FT2Font] = {}
        self._advances: dict[tuple[str, str], float] = {}

    def width(self, text: str, size: float, weight: str = "regular") -> float:
        """Gives the width of one line of text in points.

        Raises:
            FigureError: where the typeface has no glyph for a character of the text.
        """
        return size * sum(self._advance(character, weight) for character in text)

    def ink(self, text: str, size: float, weight: str = "regular") -> tuple[float, float]:
        """Gives how far the glyphs of a line reach below (negative) and above the baseline, in points."""
        font = self._font(weight)
        low, high = 0.0, 0.0
        for character in text:
            index = font.get_char_index(ord(character))
            if index:
                box = font.load_glyph(index, flags=LoadFlags.NO_SCALE).bbox
                low, high = min(low, box[1]), max(high, box[3])
        return size * low / font.units_per_EM, size * high / font.units_per_EM

    def _advance(self, character: str, weight: str) -> float:
        key = (character, weight)
        if key not in self._advances:
            font = self._font(weight)
            index = font.get_char_index(ord(character))
            if not index:
                code = f"U+{ord(character):04X}"
                raise FigureError(f"the charts' typeface has no glyph for {character!r} ({code}); see figures/fonts")
            glyph = font.load_glyph(index, flags=LoadFlags.NO_SCALE)
            self._advances[key] = glyph.horiAdvance / font.units_per_EM
        return self._advances[key]

    def _font(self, weight: str) -> FT2Font:
        if weight not in self._fonts:
            self._fonts[weight] = font_manager.get_font(str(FILES[weight]))
        return self._fonts[weight]

    def wrap(self, text: str, width: float, size: float, weight: str = "regular", *, most: int = 0) -> list[str]:
        """Breaks a text into lines no wider than a width.

        Chinese breaks between characters but never before a closing or after an opening mark; a number stays with its
        sign, magnitude and unit; a latin word breaks only where it is wider than a line. The last line is never a
        short leftover: the lines are then made more even.

        Args:
            text: one paragraph.
            width: of a line, in points.
            size: of the type, in points.
            weight: ``regular`` or ``bold``.
            most: lines at most, the last then ending in an ellipsis; 0 for as many as it takes.

        >>> Typeface().wrap("数字经济核心产业增加值占GDP比重", 60, 10)
        ['数字经济核心', '产业增加值占', 'GDP比重']
        """
        lines = self._fill(text, width, size, weight)
        if len(lines) > 1 and self.width(lines[-1], size, weight) < 0.35 * width:
            lines = self._even_out(text, lines, width, size, weight)
        if most and len(lines) > most:
            lines = [*lines[: most - 1], self.shorten("".join(_rejoin(lines[most - 1 :])), width, size, weight)]
        return lines

    def keeps_words(self, text: str, width: float, size: float) -> bool:
        """Whether a text can be broken to a width without breaking a number or a latin word."""
        pieces = (piece for piece in _PIECE.findall(text) if len(piece) > 1)
        return all(self.width(piece, size) <= width for piece in pieces)

    def _even_out(self, text: str, lines: list[str], width: float, size: float, weight: str) -> list[str]:
        low, high = self.width(text, size, weight) / len(lines), width
        best = lines
        while high - low > size / 2:
            middle = (low + high) / 2
            tried = self._fill(text, middle, size, weight)
            if len(tried) <= len(lines):
                best, high = tried, middle
            else:
                low = middle
        return best

    def _fill(self, text: str, width: float, size: float, weight: str) -> list[str]:
        lines: list[str] = []
        line = ""
        for chunk in self._chunks(text, width, size, weight):
            if line and self.width((line + chunk).rstrip(), size, weight) > width:
                lines.append(line.rstrip())
                line = chunk.lstrip()
            else:
                line += chunk
        if line.strip() or not lines:
            lines.append(line.rstrip())
        return lines

    def _chunks(self, text: str, width: float, size: float, weight: str) -> list[str]:
        """Cuts a text into what may not be broken."""
        chunks: list[str] = []
        for piece in _PIECE.findall(text):
            glued = chunks and not piece.isspace() and (piece[0] in _CLOSING or chunks[-1][-1] in _OPENING)
            if glued and self.width(chunks[-1] + piece, size, weight) <= width:
                chunks[-1] += piece
            elif self.width(piece, size, weight) > width:
                chunks.extend(piece)
            else:
                chunks.append(piece)
        return chunks

    def shorten(self, text: str, width: float, size: float, weight: str = "regular") -> str:
        """Cuts one line of text to a width, an ellipsis for the rest."""
        if self.width(text, size, weight) <= width:
            return text
        while text and self.width(text + "…", size, weight) > width:
            text = text[:-1]
        at_word = re.sub(r"(?<=\s)\S+$", "", text) if text[-1:].isascii() else text
        return (at_word if len(at_word) > len(text) / 2 else text).rstrip(" ，、,;；") + "…"


def _rejoin(lines: list[str]) -> list[str]:
    """Puts back the blanks that wrapping took between latin words."""
    joined = lines[:1]
    for line in lines[1:]:
        latin = joined[-1][-1:].isascii() and line[:1].isascii()
        joined.append(f" {line}" if latin else line)
    return joined
