"""Every kind of chart, as it is drawn: sound in both languages, at every size, for few and for all regions."""

from __future__ import annotations

import json
from itertools import pairwise

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from figure_frames import KINDS, STATIONS, make_comparison, make_coverage, make_indicators, make_plans, make_series
from matplotlib.lines import Line2D
from matplotlib.text import Text
from PIL import Image

from compare import figures
from compare.errors import FigureError, UnknownNameError
from compare.figures.grid import shade
from compare.figures.sheet import Chart
from compare.figures.theme import SIZES

KIND_NAMES = sorted(KINDS)
BOTH = ("zh", "en")


@pytest.mark.parametrize("lang", BOTH)
@pytest.mark.parametrize("count", [2, 8, 31])
@pytest.mark.parametrize("kind", KIND_NAMES)
def test_page_is_sound(kind: str, count: int, lang: str) -> None:
    """No text of a page is clipped, meets other text or a mark, lacks contrast or a glyph; no axes are empty."""
    assert figures.find_faults(KINDS[kind](count, lang, "page")) == ()


@pytest.mark.parametrize("lang", BOTH)
@pytest.mark.parametrize("size", ["column", "slide"])
@pytest.mark.parametrize("kind", KIND_NAMES)
def test_column_and_slide_are_sound(kind: str, size: str, lang: str) -> None:
    """The narrow and the low size hold all 31 regions as well."""
    assert figures.find_faults(KINDS[kind](31, lang, size)) == ()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", KIND_NAMES)
def test_size_on_paper(kind: str, size: str) -> None:
    """A chart has the width of its size, and a slide its height too."""
    chart = KINDS[kind](8, "zh", size)
    width, height = chart.get_size_inches() * 25.4
    assert width == pytest.approx({"column": 85, "page": 170, "slide": 338.67}[size], abs=0.01)
    if size == "slide":
        assert width / height == pytest.approx(16 / 9)


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_type_keeps_its_size(kind: str) -> None:
    """Type on paper does not shrink with the number of regions."""
    few, many = (_type_sizes(KINDS[kind](count, "zh", "page")) for count in (2, 31))
    assert max(few) == max(many) == SIZES["page"].title
    assert min(many) >= 0.8 * SIZES["page"].small


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_drawing_leaves_no_trace(kind: str) -> None:
    """Drawing changes no setting of the caller and opens no figure in pyplot."""
    before = dict(mpl.rcParams)
    KINDS[kind](2, "zh", "page").canvas.draw()
    assert dict(mpl.rcParams) == before
    assert plt.get_fignums() == []


def test_settings_of_the_caller_do_not_show() -> None:
    """A caller's style does not change a picture."""
    plain = _pixels(KINDS["ranking"](8, "zh", "page"))
    with mpl.rc_context({"font.size": 20, "axes.grid": True, "lines.linewidth": 5, "text.hinting": "default"}):
        styled = _pixels(KINDS["ranking"](8, "zh", "page"))
    assert np.array_equal(plain, styled)


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_frame_is_left_as_it_was(kind: str) -> None:
    """The card holds the frame that was given, unchanged."""
    first, second = (KINDS[kind](8, "zh", "page").card.data for _ in range(2))
    assert first.equals(second)


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_card_speaks_both_languages(kind: str) -> None:
    """A card has its finding and its alternative text in Chinese and English; the title is the finding."""
    zh, en = (KINDS[kind](8, lang, "page").card for lang in BOTH)
    assert zh.title == zh.finding_zh
    assert en.title == en.finding_en.translate(str.maketrans("“”", '""'))
    assert zh.finding_en == en.finding_en or kind in (
        "counts",
        "horizons",
        "emphasis_terms",
        "theme_shares",
        "similarity",
    )
    assert len(zh.alt_zh) > len(zh.title)
    assert len(en.alt_en) > len(en.title)
    assert zh.source.startswith("来源：")
    assert en.source.startswith("Source: ")
    assert zh.kind == kind


def test_tints_keep_their_order_in_grey_print() -> None:
    """The greater the number, the darker its tint, also without colour."""
    greys = [Image.new("RGB", (1, 1), shade(share / 20)).convert("L").getpixel((0, 0)) for share in range(21)]
    assert all(light > dark for light, dark in pairwise(greys))


def test_what_stands_out_does_so_without_colour() -> None:
    """A highlighted region is bold, the others are not; colour only helps."""
    frame = make_comparison(8, gaps=False)
    chosen = frame["region"].iloc[3]
    chart = figures.ranking(frame, indicator=STATIONS, highlight=[chosen])
    names = {
        text.get_text(): text.get_fontweight() for text in _texts(chart) if text.get_text() in set(frame["name_zh"])
    }
    assert {name for name, weight in names.items() if weight == "bold"} == {frame["name_zh"].iloc[3]}


def test_a_region_without_a_number_stands_out_too() -> None:
    """A highlighted region is bold where it stands below, with the reason why it has no number."""
    frame = make_comparison(8)
    chosen = frame.loc[frame["presence"] == "not_comparable", "name_zh"].iloc[0]
    code = frame.loc[frame["name_zh"] == chosen, "region"].iloc[0]
    chart = figures.ranking(frame, indicator=STATIONS, highlight=[code])
    assert [text.get_fontweight() for text in _texts(chart) if text.get_text() == chosen] == ["bold"]


def test_missing_glyph_is_an_error() -> None:
    """A character that the typeface lacks is refused, not drawn as an empty box."""
    frame = make_comparison(2)
    frame.loc[0, "name_zh"] = "𠮷林"
    with pytest.raises(FigureError, match="no glyph"):
        figures.ranking(frame, indicator=STATIONS)


@pytest.mark.parametrize(("name", "value"), [("lang", "fr"), ("size", "poster")])
def test_unknown_language_and_size(name: str, value: str) -> None:
    """An unknown language or size is refused with what is known."""
    with pytest.raises(UnknownNameError, match="known are"):
        figures.ranking(make_comparison(2), indicator=STATIONS, **{name: value})


def test_frame_without_columns_is_refused() -> None:
    """A frame that lacks a column, or all rows, is refused by name."""
    with pytest.raises(FigureError, match="without value"):
        figures.ranking(make_comparison(2).drop(columns="value"), indicator=STATIONS)
    with pytest.raises(FigureError, match="empty frame"):
        figures.ranking(make_comparison(2).iloc[:0], indicator=STATIONS)


def test_crowded_slide_is_refused() -> None:
    """More than a slide can hold is refused with a hint, not squeezed until it cannot be read."""
    frame = make_comparison(31, gaps=False)
    many = [frame.assign(name_zh=frame["name_zh"] + str(part)) for part in range(4)]
    with pytest.raises(FigureError, match="take the size page"):
        figures.ranking(pd.concat(many, ignore_index=True), indicator=STATIONS, size="slide")


class TestFaults:
    """`find_faults` sees what it is there for."""

    def test_overlap(self) -> None:
        """Two texts in one place are reported by name."""
        chart = KINDS["ranking"](2, "zh", "page")
        chart.text(0.5, 0.5, "一段文字", family="Compare Sans SC")
        chart.text(0.5, 0.5, "另一段", family="Compare Sans SC")
        assert any("'一段文字' overlaps '另一段'" in fault for fault in figures.find_faults(chart))

    @pytest.mark.parametrize("colour", ["#1b1f24", "#6d747d"])
    def test_text_on_a_line(self, colour: str) -> None:
        """Text that a line runs through, or right behind the last letter, is reported, on white too."""
        chart = KINDS["ranking"](2, "zh", "page")
        there = chart.text(0.5, 0.004, "12.5", family="Compare Sans SC", size=4, bbox={"facecolor": "white"})
        assert figures.find_faults(chart) == ()
        box = there.get_window_extent().transformed(chart.transFigure.inverted())
        chart.add_artist(Line2D([box.x1 - 0.001] * 2, [0.0, 0.02], color=colour, linewidth=1))
        assert [fault.split(":")[0] for fault in figures.find_faults(chart)] == ["'12.5' meets something"]

    @pytest.mark.parametrize(("colour", "faults"), [("#5a6068", 0), ("#808890", 1)])
    def test_pale_text(self, colour: str, faults: int) -> None:
        """Text of a contrast below 4.5:1 is reported."""
        chart = KINDS["ranking"](2, "zh", "page")
        chart.text(0.5, 0.004, "12.5", family="Compare Sans SC", size=4, color=colour)
        assert len(figures.find_faults(chart)) == faults

    def test_clipping(self) -> None:
        """Text over the edge is reported."""
        chart = KINDS["ranking"](2, "zh", "page")
        chart.text(0.99, 0.01, "很长的一段文字", family="Compare Sans SC")
        assert any("runs over the edge" in fault for fault in figures.find_faults(chart))

    @pytest.mark.filterwarnings("ignore:Glyph .* missing from font")
    def test_glyph(self) -> None:
        """A character without a glyph is reported."""
        chart = KINDS["ranking"](2, "zh", "page")
        chart.text(0.5, 0.001, "𠮷", family="Compare Sans SC", size=3)
        assert any("no glyph" in fault for fault in figures.find_faults(chart))

    def test_empty_axes(self) -> None:
        """Axes without anything in them are reported."""
        chart = KINDS["ranking"](2, "zh", "page")
        chart.add_axes((0.4, 0.4, 0.1, 0.1)).set_axis_off()
        assert "axes without anything drawn in them" in figures.find_faults(chart)


def test_slide_of_trajectory_labels_every_region() -> None:
    """Every line of a trajectory is named at its end, once."""
    chart = figures.trajectory(make_series(8), indicator=STATIONS)
    texts = [text.get_text() for text in _texts(chart)]
    names = make_series(8)["name_zh"].unique()
    assert all(sum(text.startswith(f"{name} ") for text in texts) == 1 for name in names)


def test_labels_of_plans_are_used() -> None:
    """Plans are shown by their labels, not their ids."""
    labels = make_plans(2, "zh")
    texts = [text.get_text() for text in _texts(KINDS["horizons"](2, "zh", "page"))]
    assert set(labels.values()) <= set(texts)
    assert not set(labels) & set(texts)


def test_numbers_lead_to_the_text() -> None:
    """The card lists each number shown with plan and offsets, as JSON can hold them."""
    card = KINDS["ranking"](8, "zh", "page").card
    shown = card.data[card.data["value"].notna()]
    own = [number for number in card.numbers if number.region != "100000"]
    assert [number.value for number in own] == list(shown["value"])
    assert [number.start for number in own] == list(shown["start"])
    assert json.loads(json.dumps([number.plan for number in own])) == list(shown["plan"])


@pytest.mark.parametrize(
    "kind", ["ranking", "dumbbell", "revision", "profile", "trajectory", "small_multiples", "tile_map"]
)
def test_every_number_of_a_frame_is_on_the_card(kind: str) -> None:
    """Each number that is drawn has region, indicator, year and its place: plan and offsets, or a document."""
    card = KINDS[kind](8, "zh", "page").card
    wanted = [name for name in ("value", "base_value", "old_value", "new_value") if name in card.data]
    if kind != "profile":  # leaves some out
        shown = sorted(value for name in wanted for value in card.data[name].dropna())
        found = [number.value for number in card.numbers if number.region != "100000"]
        assert sorted(found) == shown
    assert card.numbers
    assert all(number.region and number.indicator for number in card.numbers)
    targets = [number for number in card.numbers if number.plan]
    assert targets
    assert all(number.start is not None or kind in ("trajectory", "small_multiples") for number in targets)


def test_the_nation_is_on_the_card() -> None:
    """The reference line of a ranking is a number that is shown."""
    assert [n.value for n in KINDS["ranking"](2, "zh", "page").card.numbers if n.region == "100000"] == [26.0]


def test_coverage_is_cut_with_a_note() -> None:
    """A coverage of more indicators than fit shows those that most regions set, and says so."""
    known = make_indicators(60)
    chart = figures.coverage(make_coverage(8, known), indicators=known)
    names = {indicator.short_zh for indicator in known}
    assert sum(text.get_text() in names for text in _texts(chart)) == 45
    assert any("45项" in note for note in chart.card.notes)


def _texts(chart: Chart) -> list[Text]:
    return [
        text for text in chart.findobj(Text) if text.get_text().strip() and text.figure is chart and text.axes is None
    ]


def _type_sizes(chart: Chart) -> list[float]:
    return [float(text.get_fontsize()) for text in _texts(chart)]


def _pixels(chart: Chart) -> np.ndarray:
    chart.canvas.draw()
    return np.asarray(chart.canvas.buffer_rgba()).copy()
