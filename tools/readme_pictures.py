"""Draw the pictures of the documents from the default corpus, small enough for a repository.

    python tools/readme_pictures.py

A picture is one of the project's own figures at half the resolution of print and with few colours. Its title stands in
the file, so that a test can tell whether the picture still says what the corpus says.

Those of the READMEs are listed here. Those of the gallery are what its own code gives: each block of Python in
`docs/gallery.md` that stands before a picture is run, and its last expression is the chart; the words in the brackets
of the picture become the chart's title.
"""

from __future__ import annotations

import ast
import io
import os
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
GALLERY = ROOT / "docs" / "gallery.md"
KINDS = ("ranking", "revision")
LANGUAGES = ("en", "zh")
INDICATOR = "5g_base_stations_per_10k"
REGION = "340000"
DPI = 180
COLOURS = 24

_BLOCK = re.compile(
    r"```python\n(?P<code>.*?)```(?:\n\n!\[(?P<words>[^\]]*)\]\(pictures/gallery/(?P<name>[\w-]+)\.png\))?", re.DOTALL
)


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


def render(chart: Any) -> bytes:
    """A figure as PNG with a palette, its title inside; the same chart gives the same bytes."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    large, small = io.BytesIO(), io.BytesIO()
    chart.savefig(large, format="png", dpi=DPI)
    picture = Image.open(large).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    words = PngInfo()
    words.add_itxt("Title", chart.card.title)
    picture.save(small, format="PNG", optimize=True, pnginfo=words)
    return small.getvalue()


def draw_gallery(text: str) -> Iterator[tuple[str, Any]]:
    """The charts that the code of the gallery gives, by the names of their pictures; it is run at the root."""
    names: dict[str, Any] = {}
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        for block in _BLOCK.finditer(text):
            *statements, last = ast.parse(block["code"]).body
            if block["name"] is None or not isinstance(last, ast.Expr):
                statements.append(last)
            exec(compile(ast.Module(statements, []), GALLERY.name, "exec"), names)  # noqa: S102 — our own document
            if block["name"] is not None and isinstance(last, ast.Expr):
                yield block["name"], eval(compile(ast.Expression(last.value), GALLERY.name, "eval"), names)  # noqa: S307
    finally:
        os.chdir(before)


def entitle(text: str, titles: dict[str, str]) -> str:
    """The gallery with the titles of its charts in the brackets of their pictures."""

    def put(block: re.Match[str]) -> str:
        if block["name"] is None:
            return block[0]
        start, end = block.start("words") - block.start(), block.end("words") - block.start()
        return block[0][:start] + titles[block["name"]] + block[0][end:]

    return _BLOCK.sub(put, text)


def write(path: Path, content: bytes) -> None:
    """Write a picture and say how large it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    sys.stdout.write(f"{path.relative_to(ROOT).as_posix()}: {len(content):,} bytes\n")


def main() -> int:
    """Draw them all."""
    for kind in KINDS:
        for lang in LANGUAGES:
            write(FOLDER / f"{kind}-{lang}.png", render(draw(kind, lang)))
    text = GALLERY.read_text("utf-8")
    titles = {}
    for name, chart in draw_gallery(text):
        write(FOLDER / "gallery" / f"{name}.png", render(chart))
        titles[name] = chart.card.title
    GALLERY.write_text(entitle(text, titles), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
