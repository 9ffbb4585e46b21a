"""Draw the pictures of the documents from the default corpus, small enough for a repository.

    python tools/readme_pictures.py

A picture is one of the project's own figures at half the resolution of print and with few colours. Its title stands in
the file, so that a test can tell whether the picture still says what the corpus says.
"""

from __future__ import annotations

import io
import sys
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
KINDS = ("ranking", "revision")
LANGUAGES = ("en", "zh")
INDICATOR = "5g_base_stations_per_10k"
REGION = "340000"
DPI = 180
COLOURS = 24


@cache
def draw(kind: str, lang: str) -> Any:
    """One figure: the ranking of an indicator, or what changed between two plans of a region."""
    import compare
    from compare import figures, narrative

    project = compare.open(ROOT)
    if kind == "ranking":
        measure = project.catalogue.indicator(INDICATOR)
        reference = narrative.pick_reference(project.national(INDICATOR), measure)
        return figures.ranking(
            project.comparison(INDICATOR, lang=lang), indicator=measure, reference=reference, lang=lang
        )
    return figures.revision(
        project.revisions(REGION, lang=lang),
        indicators=project.catalogue.indicators,
        region=project.region_name(REGION, lang),
        labels=project.plan_labels(lang),
        lang=lang,
    )


def render(kind: str, lang: str) -> bytes:
    """A figure as PNG with a palette, its title inside."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    from compare.figures.theme import drawing

    chart, large, small = draw(kind, lang), io.BytesIO(), io.BytesIO()
    with drawing():
        chart.savefig(large, format="png", dpi=DPI)
    picture = Image.open(large).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    words = PngInfo()
    words.add_itxt("Title", chart.card.title)
    picture.save(small, format="PNG", optimize=True, pnginfo=words)
    return small.getvalue()


def main() -> int:
    """Draw them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        for lang in LANGUAGES:
            content = render(kind, lang)
            (FOLDER / f"{kind}-{lang}.png").write_bytes(content)
            sys.stdout.write(f"docs/pictures/{kind}-{lang}.png: {len(content):,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
