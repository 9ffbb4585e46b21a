"""Make the two font files of the charts from the npm package that carries the originals.

The originals are the static Regular and Bold of Noto Sans SC 2.004 in the npm package
``@expo-google-fonts/noto-sans-sc``, version 0.4.3. Kept are the characters that simplified and common traditional
text needs; layout tables and hinting are dropped, since charts draw unhinted outlines at fixed sizes. The subset has a
family name of its own: with two fonts of one name on a machine, matplotlib takes either.

Use, in an empty folder::

    npm pack @expo-google-fonts/noto-sans-sc@0.4.3
    tar -xzf expo-google-fonts-noto-sans-sc-0.4.3.tgz
    python tools/make_fonts.py package

The same package gives the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).resolve().parents[1] / "src" / "compare" / "figures" / "fonts"
FAMILY = "Compare Sans SC"
WEIGHTS = {
    "Regular": "400Regular/NotoSansSC_400Regular.ttf",
    "Bold": "700Bold/NotoSansSC_700Bold.ttf",
}
SIGNS = "≥≤≈≠±×÷−→←↑↓↗↘▲△▼▽●○◐◑◯◆◇■□★☆…—–·•′″℃‰％¥￥€°²³½“”‘’「」『』【】〔〕《》〈〉①②③④⑤⑥⑦⑧⑨⑩"
# Characters of plans and names that stand outside both character sets.
BEYOND = "〇衞裏濶镕堃喆垚珺琭浉"
FULL_LEVEL_1 = range(0xA4, 0xC7)
NAME_IDS_KEPT = (0, 7, 9, 10, 13, 14)


def list_characters() -> set[int]:
    """Lists the code points kept: ASCII, Latin-1, GB 2312, Big5's signs and first level, and signs used in charts."""
    kept = set(range(0x20, 0x7F)) | set(range(0xA0, 0x100)) | {ord(sign) for sign in SIGNS + BEYOND}
    kept |= _two_byte_characters("gb2312", range(0xA1, 0xF8))
    kept |= _two_byte_characters("big5", range(0xA1, 0xA4)) | _two_byte_characters("big5", FULL_LEVEL_1)
    return kept


def _two_byte_characters(codec: str, leads: range) -> set[int]:
    found: set[int] = set()
    for lead in leads:
        for trail in range(0x40, 0xFF):
            text = bytes((lead, trail)).decode(codec, errors="ignore")
            if len(text) == 1:
                found.add(ord(text))
    return found


def make_font(original: Path, weight: str, target: Path) -> None:
    """Writes the subset of one weight under the family's own name.

    Args:
        original: the static TrueType file of that weight.
        weight: ``Regular`` or ``Bold``.
        target: where the subset goes.
    """
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "vhea", "vmtx", "gasp", "prep"]
    font = TTFont(original, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=list_characters())
    subsetter.subset(font)
    # One character map is enough, and each more costs time whenever a PDF embeds the font.
    font["cmap"].tables = [table for table in font["cmap"].tables if (table.platformID, table.format) == (3, 4)]
    _rename(font, weight)
    font.save(target, reorderTables=False)


def _rename(font: TTFont, weight: str) -> None:
    names = font["name"]
    kept = [(record.nameID, str(record)) for record in names.names if record.nameID in NAME_IDS_KEPT]
    names.names = []
    compact = FAMILY.replace(" ", "")
    for identifier, text in [
        *kept,
        (1, FAMILY),
        (2, weight),
        (3, f"2.004;{compact}-{weight}"),
        (4, f"{FAMILY} {weight}"),
        (5, "Version 2.004; subset of Noto Sans SC"),
        (6, f"{compact}-{weight}"),
    ]:
        names.setName(text, identifier, 3, 1, 0x409)


def main(arguments: list[str]) -> int:
    """Makes both weights from the unpacked package whose folder is the only argument."""
    if len(arguments) != 1:
        sys.stderr.write("usage: make_fonts.py FOLDER_OF_THE_UNPACKED_PACKAGE\n")
        return 2
    package = Path(arguments[0])
    for weight, member in WEIGHTS.items():
        target = FOLDER / f"{FAMILY.replace(' ', '')}-{weight}.ttf"
        make_font(package / member, weight, target)
        sys.stdout.write(f"{target.name}: {target.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
