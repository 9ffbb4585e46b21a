"""Saving: the files of a chart, the same bytes every time, and nothing half-written."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from figure_frames import KINDS, STATIONS, make_comparison, make_reference
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from compare import figures
from compare.errors import FigureError, OutputError, UnknownNameError
from compare.figures.sheet import Chart

SLUG = "5g_base_stations_per_10k-ranking-zh"


@pytest.fixture(name="chart")
def make_chart() -> Chart:
    """A ranking of eight regions."""
    return KINDS["ranking"](8, "zh", "page")


def test_all_files_are_written(chart: Chart, tmp_path: Path) -> None:
    """Saving gives the pictures, the data and the card, and no other file."""
    saved = figures.save(chart, tmp_path / "figures" / "indicator", SLUG)
    names = {f"{SLUG}.{ending}" for ending in ("png", "svg", "pdf", "csv", "json")}
    assert {path.name for path in saved.paths.values()} == names
    assert {path.name for path in (tmp_path / "figures" / "indicator").iterdir()} == names
    assert all(stat.S_IMODE(path.stat().st_mode) & 0o044 for path in saved.paths.values() if sys.platform != "win32")


def test_png_has_300_dpi(chart: Chart, tmp_path: Path) -> None:
    """The PNG is 170 mm wide at 300 dots an inch."""
    with Image.open(figures.save(chart, tmp_path, SLUG, formats=["png"]).paths["png"]) as picture:
        assert picture.width == round(170 / 25.4 * 300) or picture.width == int(170 / 25.4 * 300)
        assert picture.info["dpi"][0] == pytest.approx(300, abs=0.1)
        assert picture.info["Title"] == chart.card.title


def test_pdf_embeds_type_that_can_be_searched(chart: Chart, tmp_path: Path) -> None:
    """The PDF embeds TrueType outlines of both weights, each once, with a table from glyphs to characters."""
    content = figures.save(chart, tmp_path, SLUG, formats=["pdf"]).paths["pdf"].read_bytes()
    assert b"/CIDFontType2" in content
    assert b"/Type3" not in content
    assert content.count(b"/FontFile2") == content.count(b"/ToUnicode") == 2
    assert b"/CreationDate" not in content


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext, of poppler")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_text_of_a_pdf_is_found(tmp_path: Path, lang: str) -> None:
    """A reader finds title, names, signs and notes by their characters."""
    chart = KINDS["ranking"](8, lang, "page")
    path = figures.save(chart, tmp_path, SLUG, formats=["pdf"]).paths["pdf"]
    command = [str(shutil.which("pdftotext")), "-layout", str(path), "-"]
    found = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    shown = {text.get_text() for text in chart.findobj(Text) if text.get_text()}
    assert {text for text in shown if " ".join(text.split()) not in " ".join(found.split())} == set()


def test_svg_needs_no_font(chart: Chart, tmp_path: Path) -> None:
    """The SVG draws type as outlines and says in words what it is."""
    content = figures.save(chart, tmp_path, SLUG, formats=["svg"]).paths["svg"].read_text(encoding="utf-8")
    assert "<text" not in content
    assert f"<title>{chart.card.title}</title>" in content
    assert "<dc:date>" not in content


def test_csv_opens_in_a_spreadsheet(chart: Chart, tmp_path: Path) -> None:
    """The CSV carries the frame in UTF-8 with a byte-order mark; codes stay text."""
    path = figures.save(chart, tmp_path, SLUG, formats=[]).paths["csv"]
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    frame = pd.read_csv(path, dtype={"region": str})
    assert list(frame["region"]) == list(chart.card.data["region"])
    assert frame["value"].tolist() == pytest.approx(chart.card.data["value"].tolist(), nan_ok=True)


def test_own_data_goes_into_the_csv(chart: Chart, tmp_path: Path) -> None:
    """A frame given to `save` takes the place of the one that was drawn."""
    path = figures.save(chart, tmp_path, SLUG, pd.DataFrame({"a": [1]}), formats=[]).paths["csv"]
    assert path.read_text(encoding="utf-8-sig") == "a\n1\n"


def test_card_tells_what_the_chart_says(chart: Chart, tmp_path: Path) -> None:
    """The JSON has titles, alternative text in both languages, source, files, and every number with its place."""
    card = json.loads(figures.save(chart, tmp_path, SLUG).paths["json"].read_text(encoding="utf-8"))
    assert card["title"] == chart.card.title
    assert set(card["alt"]) == {"zh", "en"}
    assert card["source"].startswith("来源：")
    assert card["files"] == [f"{SLUG}.{ending}" for ending in ("csv", "json", "pdf", "png", "svg")]
    shown = chart.card.data[chart.card.data["value"].notna()]
    assert [(n["plan"], n["start"], n["end"]) for n in card["numbers"] if n["region"] != "100000"] == [
        (plan, start, end) for plan, start, end in zip(shown["plan"], shown["start"], shown["end"], strict=True)
    ]


def test_same_input_same_bytes(tmp_path: Path) -> None:
    """Two charts of the same frame are the same files, in another process too."""
    first = _hashes(figures.save(KINDS["ranking"](8, "zh", "page"), tmp_path / "one", SLUG))
    second = _hashes(figures.save(KINDS["ranking"](8, "zh", "page"), tmp_path / "two", SLUG))
    assert first == second
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); from figure_frames import KINDS; from compare import figures; "
        f"figures.save(KINDS['ranking'](8, 'zh', 'page'), sys.argv[2], {SLUG!r})"
    )
    here = str(Path(__file__).parent)
    subprocess.run([sys.executable, "-c", script, here, str(tmp_path / "three")], check=True)
    third = {path.suffix[1:]: hashlib.sha256(path.read_bytes()).hexdigest() for path in (tmp_path / "three").iterdir()}
    assert first == third


@pytest.mark.parametrize("kind", ["profile", "similarity", "trajectory", "coverage"])
def test_other_kinds_give_the_same_bytes(kind: str, tmp_path: Path) -> None:
    """What seaborn draws, and every other sort of mark, is the same in every file again."""
    first, second = (_hashes(figures.save(KINDS[kind](8, "en", "page"), tmp_path / name, SLUG)) for name in "ab")
    assert first == second


def test_order_of_formats_does_not_matter(tmp_path: Path) -> None:
    """A format's bytes do not depend on what was saved before it."""
    chart = KINDS["ranking"](2, "zh", "page")
    together = _hashes(figures.save(chart, tmp_path, "a"))
    for ending in ("pdf", "svg", "png"):
        assert _hashes(figures.save(chart, tmp_path, "a", formats=[ending]))[ending] == together[ending]


def test_folder_that_cannot_be_written(chart: Chart, tmp_path: Path) -> None:
    """A file in place of the folder is an error of output that names the file."""
    (tmp_path / "figures").write_text("in the way")
    with pytest.raises(OutputError, match=r"ranking-zh\.png: cannot be written") as caught:
        figures.save(chart, tmp_path / "figures", SLUG)
    assert caught.value.exit_code == 2


def test_nothing_is_left_half_written(chart: Chart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the last step fails, the old file stays whole and no temporary one is left."""
    figures.save(chart, tmp_path, SLUG, formats=["png"])
    before = _contents(tmp_path)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    with pytest.raises(OutputError, match="No space left"):
        figures.save(KINDS["ranking"](2, "zh", "page"), tmp_path, SLUG)
    assert _contents(tmp_path) == before


def test_bad_arguments(chart: Chart, tmp_path: Path) -> None:
    """An unknown format, a slug that is none and a figure without a card are refused before anything is written."""
    with pytest.raises(UnknownNameError, match="picture format"):
        figures.save(chart, tmp_path, SLUG, formats=["gif"])
    with pytest.raises(FigureError, match="slug"):
        figures.save(chart, tmp_path, "../排名")
    with pytest.raises(FigureError, match="card"):
        figures.save(Figure(), tmp_path, SLUG)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_saved_chart_shows_itself(chart: Chart, tmp_path: Path) -> None:
    """As the last value of a cell it is the saved PNG, at its printed width and with its alternative text."""
    saved = figures.save(chart, tmp_path, SLUG)
    bundle, metadata = saved._repr_mimebundle_()
    assert base64.b64decode(bundle["image/png"]) == saved.paths["png"].read_bytes()
    assert metadata["image/png"] == {"width": 643, "alt": chart.card.alt}


def test_plain_savefig_works_too(chart: Chart) -> None:
    """A chart saved by hand has the same embedded type, whatever the settings."""
    buffer = io.BytesIO()
    chart.savefig(buffer, format="pdf")
    assert re.search(rb"/CIDFontType2", buffer.getvalue())


@pytest.mark.parametrize("kind", ["ranking", "coverage", "revision", "profile"])
@pytest.mark.mpl_image_compare(savefig_kwargs={"dpi": 60}, tolerance=4, style="default")
def test_picture(kind: str) -> Figure:
    """A few pictures look as they did when they were last looked at."""
    return KINDS[kind](8, "zh" if kind != "profile" else "en", "page")


def test_reference_is_in_the_picture_alone() -> None:
    """The nation's line changes the picture, not the data behind it."""
    frame = make_comparison(8)
    with_line = figures.ranking(frame, indicator=STATIONS, reference=make_reference())
    assert with_line.card.data.equals(figures.ranking(frame, indicator=STATIONS).card.data)


def _hashes(saved: figures.Saved) -> dict[str, str]:
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in saved.paths.items()}


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}
