"""The gallery: its code gives the charts that it shows, every kind is in it, and its pictures are up to date."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

from compare import figures

ROOT = Path(__file__).resolve().parents[1]
KINDS = sorted(name.removeprefix("finding_") for name in figures.__all__ if name.startswith("finding_"))
LARGEST = 2_000_000


@cache
def load_tool() -> ModuleType:
    """The program that draws the pictures, as a module."""
    path = ROOT / "tools" / "readme_pictures.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(path.stem, module)
    spec.loader.exec_module(module)
    return module


@cache
def draw_gallery() -> dict[str, figures.Chart]:
    """The charts of the gallery, drawn by its own code."""
    tool = load_tool()
    return dict(tool.draw_gallery(tool.GALLERY.read_text("utf-8")))


def test_every_kind_is_shown_once() -> None:
    """The gallery has a section, code and a picture for each kind that the library draws, and no other picture."""
    charts = draw_gallery()
    assert sorted(charts) == KINDS
    assert {name: chart.card.kind for name, chart in charts.items()} == {name: name for name in KINDS}
    assert sorted(path.stem for path in (load_tool().FOLDER / "gallery").iterdir()) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_chart_of_the_corpus_is_sound(kind: str) -> None:
    """What the code draws from the plans has no fault."""
    assert figures.find_faults(draw_gallery()[kind]) == ()


def test_pictures_say_what_the_corpus_says() -> None:
    """Each picture carries the title that its chart has now, and so does the text."""
    tool, text = load_tool(), load_tool().GALLERY.read_text("utf-8")
    titles = {name: chart.card.title for name, chart in draw_gallery().items()}
    assert tool.entitle(text, titles) == text, "run `python tools/readme_pictures.py`"
    for name, title in titles.items():
        with Image.open(tool.FOLDER / "gallery" / f"{name}.png") as picture:
            assert picture.info["Title"] == title, "run `python tools/readme_pictures.py`"


def test_pictures_are_small() -> None:
    """All pictures together stay under two megabytes."""
    assert sum(path.stat().st_size for path in load_tool().FOLDER.rglob("*.png")) < LARGEST


def test_picture_has_the_same_bytes_again() -> None:
    """Drawing a picture twice gives the same file."""
    tool = load_tool()
    text = tool.GALLERY.read_text("utf-8")
    again = dict(tool.draw_gallery(text[: text.index("## `dumbbell`")]))["ranking"]
    assert tool.render(draw_gallery()["ranking"]) == tool.render(again)
