"""Briefings: what slides, documents and workbooks say, and that it is what the tables say."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn as word
from figure_frames import STATIONS, make_comparison
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn
from small_project import make_small_project, write_params

import compare
from compare import briefing
from compare.briefing import placing
from compare.briefing.content import Bar, BarChart, Briefing, LineChart, Page, Part, Table
from compare.briefing.deck import render_deck
from compare.briefing.evidence import mark_label
from compare.briefing.fitting import height_of
from compare.briefing.placing import Place, Wish, place_labels
from compare.briefing.series import make_ranking
from compare.cli import main
from compare.errors import OutputError, ParameterError, UnknownNameError
from compare.figures.wording import format_target
from compare.project import Project

ROOT = Path(__file__).parent.parent
LANGS = ("zh", "en")
STATION_ID = "5g_base_stations"
NAN = float("nan")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small project, with the notebooks that have a briefing."""
    root = make_small_project(tmp_path_factory.mktemp("project"))
    for name in briefing.KINDS:
        shutil.copy(ROOT / "notebooks" / f"{name}.ipynb", root / "notebooks")
    write_params(root, "indicator/stations", f"indicator: {STATION_ID}\n")
    write_params(root, "province/anhui", "region: '340000'\n")
    write_params(root, "province/anhui-en", "region: '340000'\nlang: en\n")
    write_params(root, "overview/corpus", "{}\n")
    return compare.open(root)


def values_of(kind: str, lang: str) -> dict[str, Any]:
    """Values of the parameters of a report of each kind."""
    own = {
        "indicator": {"indicator": STATION_ID, "year": 0},
        "province": {"region": "340000"},
        "emphasis": {"terms": 5},
    }
    return {**own.get(kind, {}), "lang": lang}


@pytest.fixture(scope="module", params=[(kind, lang) for kind in briefing.KINDS for lang in LANGS], ids="-".join)
def made(request: pytest.FixtureRequest, project: Project) -> Briefing:
    """A briefing of each kind in each language."""
    kind, lang = request.param
    return briefing.make_briefing(project, {f"{kind}/case": values_of(kind, lang)})


@pytest.fixture(scope="module")
def slides(made: Briefing) -> Any:
    """Its presentation, opened."""
    return open_deck(made)


@pytest.fixture(scope="module")
def stations(project: Project) -> Briefing:
    """The briefing of base stations, in Chinese."""
    return briefing.make_briefing(project, {"indicator/stations": values_of("indicator", "zh")})


def open_deck(made: Briefing) -> Any:
    """A briefing's presentation, opened."""
    return Presentation(io.BytesIO(render_deck(made)))


def find_slide(deck: Any, title: str) -> Any:
    """The slide with a title; of several with its beginning the first."""
    return next(slide for slide in deck.slides if slide.shapes.title.text_frame.text.startswith(title))


def charts_of(slide: Any) -> list[Any]:
    """The native charts of a slide."""
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def texts_of(slide: Any) -> str:
    """What the text boxes of a slide say."""
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def labels_of(series: Any) -> list[str]:
    """The labels of a series' points, in their order."""
    return [
        "".join(run.text for run in label.iter(qn("a:t")))
        for label in series._element.iter(qn("c:dLbl"))
        if label.find(qn("c:tx")) is not None
    ]


def page_of(part: Part, slug: str) -> Page:
    """A page by its name."""
    return next(page for page in part.pages if page.slug == slug)


# Slides


def test_a_deck_has_a_cover_its_pages_and_its_sources(made: Briefing, slides: Any) -> None:
    """The first slide lists what follows, the last gives the sources; each title is the finding of its page."""
    part = made.parts[0]
    titles = [slide.shapes.title.text_frame.text for slide in slides.slides]
    assert titles[0] == part.title == made.title
    for page in part.pages:
        assert page.title in texts_of(slides.slides[0])
        assert any(title.startswith(page.title) for title in titles)
    table = next(shape.table for shape in slides.slides[-1].shapes if shape.has_table)
    assert made.sources[-1].title in table.cell(len(table.rows) - 1, 1).text
    assert slides.slide_width / slides.slide_height == pytest.approx(16 / 9)


def test_nothing_lies_over_anything_or_off_the_slide(slides: Any) -> None:
    """Shapes keep apart and on the slide."""
    for slide in slides.slides:
        boxes = [(s.left, s.top, s.left + s.width, s.top + s.height, s.name) for s in slide.shapes]
        for left, top, right, bottom, name in boxes:
            assert left >= 0, name
            assert top >= 0, name
            assert right <= slides.slide_width + 2, name
            assert bottom <= slides.slide_height + 2, name
        for index, one in enumerate(boxes):
            for other in boxes[index + 1 :]:
                across = min(one[2], other[2]) - max(one[0], other[0])
                down = min(one[3], other[3]) - max(one[1], other[1])
                assert min(across, down) <= 12700, (one[4], other[4])


def test_text_fits_its_box(slides: Any) -> None:
    """Titles, lines of text and cells take no more height than they have."""
    for slide in slides.slides:
        for shape in slide.shapes:
            if shape.has_text_frame and shape.text_frame.text and shape.name != "slide number":
                tall = sum(tall_of(paragraph, shape.width.pt) for paragraph in shape.text_frame.paragraphs)
                assert tall <= shape.height.pt + 1, shape.text_frame.text
            if shape.has_table:
                for row in shape.table.rows:
                    for cell, column in zip(row.cells, shape.table.columns, strict=True):
                        paragraph = cell.text_frame.paragraphs[0]
                        assert tall_of(paragraph, column.width.pt - 10) + 8 <= row.height.pt + 0.1, cell.text


def tall_of(paragraph: Any, width: float) -> float:
    """The height of a paragraph in points."""
    runs = paragraph.runs
    size = max((run.font.size.pt for run in runs), default=0.0)
    text = "".join(run.text for run in runs)
    after = paragraph.space_after.pt if paragraph.space_after else 0.0
    return height_of(text, width, size, bold=any(run.font.bold for run in runs)) + after if text else 0.0


def test_everything_shown_can_be_heard(made: Briefing, slides: Any) -> None:
    """Charts, pictures and tables have a description in the language of the page."""
    seen = 0
    for slide in slides.slides:
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table or shape.shape_type == MSO_SHAPE_TYPE.PICTURE:
                alt = shape.element.xpath(".//p:cNvPr")[0].get("descr")
                assert len(alt) > 10
                stop = "。" if made.lang == "zh" else "."
                assert alt.endswith(stop) or shape.has_chart
                seen += 1
    assert seen >= len(made.parts[0].pages)


def test_every_run_has_its_typefaces(slides: Any) -> None:
    """Latin and East Asian typefaces come from the theme, which names real ones."""
    for slide in slides.slides:
        roots = [slide.element, slide.notes_slide.element] if slide.has_notes_slide else [slide.element]
        roots += [chart._chartSpace for chart in charts_of(slide)]
        for root in roots:
            for run in root.iter(qn("a:r")):
                properties = run.find(qn("a:rPr"))
                assert properties.find(qn("a:latin")).get("typeface") == "+mn-lt"
                assert properties.find(qn("a:ea")).get("typeface") == "+mn-ea"
    themes = [part.blob.decode() for part in slides.part.package.iter_parts() if "theme" in str(part.partname)]
    assert themes
    for theme in themes:
        assert theme.count('<a:ea typeface="微软雅黑"/>') == 2
        assert theme.count('<a:latin typeface="Arial"/>') == 2


def test_ranking_bars_are_the_comparison(project: Project, stations: Briefing) -> None:
    """Each region with a number is a bar of that number, with its bound, year and grade beside it."""
    comparison = project.comparison(STATION_ID)
    rows = comparison[comparison["presence"] == "value"].set_index("name_zh")
    slide = find_slide(open_deck(stations), page_of(stations.parts[0], "ranking").title)
    found: dict[str, tuple[float, str]] = {}
    for chart in charts_of(slide):
        (series,) = chart.plots[0].series
        found |= dict(zip(chart.plots[0].categories, zip(series.values, labels_of(series), strict=True), strict=True))
    assert {name: value for name, (value, _) in found.items()} == rows["value"].to_dict()
    for name, (value, label) in found.items():
        row = rows.loc[name]
        number = mark_label(format_target(value, NAN, row["bound"], row["unit"], "zh"), "zh")
        year = "年份未写明" if pd.isna(row["year"]) else str(row["year"])
        assert label == f"{number}  {year} · {row['grade']}"
    assert found["安徽"] == (160000.0, "≥16万  2026 · A")


def test_charts_side_by_side_share_their_scale(stations: Briefing) -> None:
    """Bars of one length are one number, in whichever of two charts they stand."""
    deck = open_deck(stations)
    slide = find_slide(deck, page_of(stations.parts[0], "ranking").title)
    axes = {(c.value_axis.minimum_scale, c.value_axis.maximum_scale) for c in charts_of(slide)}
    assert len(charts_of(slide)) == 2
    assert len(axes) == 1
    assert axes.pop()[0] == 0


def test_workbook_behind_a_chart_has_the_numbers_and_their_sentences(stations: Briefing) -> None:
    """What a reader edits is what is drawn; plan, place and quote stand beside it."""
    slide = find_slide(open_deck(stations), page_of(stations.parts[0], "ranking").title)
    for chart in charts_of(slide):
        book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        rows = list(book["Sheet1"].iter_rows(values_only=True))
        (series,) = chart.plots[0].series
        assert [row[0] for row in rows[1:]] == list(chart.plots[0].categories)
        assert [row[1] for row in rows[1:]] == list(series.values)
        for row in rows[1:]:
            told = dict(zip(rows[0], row, strict=True))
            if told["规划"] == "anhui-2024":
                assert "16万个以上" in told["原文"]


def test_missing_regions_are_named(project: Project, stations: Briefing) -> None:
    """Regions without a number stand on the ranking by kind, and on a page with their reasons."""
    comparison = project.comparison(STATION_ID)
    deck = open_deck(stations)
    said = texts_of(find_slide(deck, page_of(stations.parts[0], "ranking").title))
    missing = comparison[comparison["presence"] != "value"]
    assert len(missing)
    for name in missing["name_zh"]:
        assert name in said
    cells = texts_of_table(find_slide(deck, "没有可比数值的"))
    for row in missing[missing["presence"].isin(["not_comparable", "words_only"])].to_dict("records"):
        assert (row["name_zh"], row["reason"]) in {(cell[0], cell[2]) for cell in cells}


def texts_of_table(slide: Any) -> list[list[str]]:
    """The rows of a slide's table."""
    table = next(shape.table for shape in slide.shapes if shape.has_table)
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_notes_quote_every_number(project: Project, made: Briefing, slides: Any) -> None:
    """Under each slide stand its numbers with sentence, plan and offsets, which lead to the number in the plan."""
    texts = {plan.id: plan.text for plan in project.plans}
    for page in made.parts[0].pages:
        notes = find_slide(slides, page.title).notes_slide.notes_text_frame.text
        for one in page.evidence:
            assert one.target in notes
            if one.plan:
                assert one.quote in notes
                assert f"{one.start}–{one.end}" in notes
                assert one.plan in notes
                assert texts[one.plan][one.start : one.end] in one.quote
            else:
                assert one.document in notes
        for plan in page.plans:
            assert plan in notes


def test_pages_of_numbers_rest_on_evidence(made: Briefing) -> None:
    """A page says its numbers and sources, or which plans it is about as a whole."""
    for page in made.parts[0].pages:
        assert page.evidence or page.plans or page.slug == "left-out", page.slug
        for source in {one.source for one in page.evidence} | set(page.plans):
            assert made.number_of(source) > 0


def test_ways_have_both_ends(project: Project, stations: Briefing) -> None:
    """Two bars a region: where it starts and where it is to be."""
    pathways = project.pathways(STATION_ID).set_index("name_zh")
    slide = find_slide(open_deck(stations), page_of(stations.parts[0], "pathways").title)
    starts: dict[str, float] = {}
    ends: dict[str, float] = {}
    for chart in charts_of(slide):
        first, second = chart.plots[0].series
        starts |= dict(zip(chart.plots[0].categories, first.values, strict=True))
        ends |= dict(zip(chart.plots[0].categories, second.values, strict=True))
    assert starts == pathways["base_value"].to_dict()
    assert ends == pathways["value"].to_dict()


def test_bars_are_described_as_bars(stations: Briefing) -> None:
    """The description of a native chart names bars, where that of the picture on the same page names dots."""
    page = page_of(stations.parts[0], "ranking")
    slide = find_slide(open_deck(stations), page.title)
    (shape, *_) = [shape for shape in slide.shapes if shape.has_chart]
    alt = shape.element.xpath(".//p:cNvPr")[0].get("descr")
    assert page.alt.startswith("点图，")
    assert alt == page.alt.replace("点图，", "条形图，", 1)


def test_lines_are_the_series(project: Project, stations: Briefing) -> None:
    """Measured numbers on solid lines, targets on dashed ones, in the years that they are of."""
    series = project.series(STATION_ID)
    slide = find_slide(open_deck(stations), page_of(stations.parts[0], "trajectory").title)
    (chart,) = charts_of(slide)
    years = list(chart.plots[0].categories)
    stated = {(row["name_zh"], str(row["year"]), row["value"]) for row in series.to_dict("records")}
    dashed = 0
    for line in chart.plots[0].series:
        name = line.name.split(" · ")[0]
        for year, value in zip(years, line.values, strict=True):
            assert value is None or (name, year, value) in stated
        is_dashed = line.format.line.dash_style is not None
        assert is_dashed == ("目标" in line.name)
        dashed += is_dashed
    assert dashed
    assert any("≥" in label or label for line in chart.plots[0].series for label in labels_of(line))


def test_axes_and_workbooks_name_the_magnitude(project: Project) -> None:
    """Money stands in hundreds of millions of yuan there, also in English, where labels write it out."""
    values = values_of("indicator", "en") | {"indicator": "de_value_added"}
    made = briefing.make_briefing(project, {"indicator/money": values})
    ranking = page_of(made.parts[0], "ranking").native
    assert isinstance(ranking, BarChart)
    assert ranking.measure.endswith("(100 million yuan)")
    assert ranking.bars[0].label.lstrip("≥>~").startswith("¥")
    assert {one.value_unit for one in made.parts[0].evidence} == {"亿元"}


def deck_of(native: BarChart | tuple[LineChart, ...], lang: str = "zh") -> Any:
    """A presentation of one page with a native chart."""
    page = Page("page", "标题", "副题", "一段说明文字，给看不见的人。", native=native)
    part = Part("indicator/case", lang, "题目", "结论。", (page,))  # type: ignore[arg-type]
    return open_deck(Briefing(lang, "题目", (part,), ()))  # type: ignore[arg-type]


@pytest.mark.parametrize("count", [1, 2, 8, 31])
@pytest.mark.parametrize("lang", LANGS)
def test_any_number_of_regions_is_shown_whole(count: int, lang: str) -> None:
    """Bars go on to a second chart and to further slides; none is lost, every bound keeps its sign."""
    frame = make_comparison(count, long=True)
    chart = make_ranking(frame, pd.DataFrame(), STATIONS, lang)  # type: ignore[arg-type]
    values = frame[frame["presence"] == "value"] if "presence" in frame else frame[frame["value"].notna()]
    if chart is None:
        assert values.empty
        return
    assert len(chart.bars) == len(values)
    deck = deck_of(chart, lang)
    labels = [
        label for slide in deck.slides for c in charts_of(slide) for s in c.plots[0].series for label in labels_of(s)
    ]
    assert sorted(labels) == sorted(f"{bar.label}  {bar.remark}" for bar in chart.bars)
    about = "约" if lang == "zh" else "~"
    for bound, sign in ((">=", "≥"), (">", ">"), ("<=", "≤"), ("<", "<"), ("~", about)):
        expected = int((values["bound"] == bound).sum())
        assert sum(bar.label.startswith(sign) for bar in chart.bars) == expected


def test_a_range_is_a_bar_to_its_upper_end() -> None:
    """The lower end lies over the upper one, and the label names both once."""
    bars = (Bar("安徽", 3.0, 5.0, "3–5", "2025", "="), Bar("福建", 4.0, 4.0, "4", "2025", "="))
    deck = deck_of(BarChart(bars, "目标"))
    (chart,) = charts_of(deck.slides[1])
    upper, lower = chart.plots[0].series
    assert tuple(upper.values) == (5.0, None)
    assert tuple(lower.values) == (3.0, 4.0)
    assert [*labels_of(upper), *labels_of(lower)] == ["3–5  2025", "4  2025"]
    assert chart.plots[0].overlap == 100


def test_a_long_table_goes_on_with_its_head() -> None:
    """Rows that do not fit one slide stand on the next, under the same heads."""
    rows = tuple((str(number), "一段相当长的说明文字" * 12) for number in range(30))
    page = Page("table", "许多行", table=Table(("序号", "说明"), (0.1, 0.9), rows), alt="三十行的表，每行一段说明。")
    part = Part("overview/case", "zh", "题目", "结论。", (page,))
    deck = open_deck(Briefing("zh", "题目", (part,), ()))
    tables = [texts_of_table(slide) for slide in list(deck.slides)[1:]]
    assert len(tables) > 1
    assert all(table[0] == ["序号", "说明"] for table in tables)
    assert [row[0] for table in tables for row in table[1:]] == [str(number) for number in range(30)]


def test_several_reports_are_parts_of_one_deck(project: Project) -> None:
    """Each part begins with its title, in its own language; a source that both rest on is listed once."""
    reports = {"indicator/a": values_of("indicator", "zh"), "province/b": values_of("province", "en")}
    made = briefing.make_briefing(project, reports)
    titles = [slide.shapes.title.text_frame.text for slide in open_deck(made).slides]
    for part in made.parts:
        assert part.title in titles
    assert [part.lang for part in made.parts] == ["zh", "en"]
    keys = [source.key for source in made.sources]
    assert len(keys) == len(set(keys))
    assert keys.count("anhui-2024") == 1


@pytest.mark.parametrize("count", [2, 8, 20, 60])
def test_contents_fit_the_cover(count: int) -> None:
    """However many parts there are, their list stays on the first slide; what has no room is counted."""
    parts = tuple(
        Part(f"province/{n}", "zh", f"第{n}个地区：数字经济目标与各地比较", "结论。", ()) for n in range(count)
    )
    deck = open_deck(Briefing("zh", "许多简报", parts, ()))
    cover = deck.slides[0]
    boxes = [shape for shape in cover.shapes if shape.has_text_frame and shape.name.startswith("TextBox")]
    for shape in boxes:
        assert sum(tall_of(paragraph, shape.width.pt) for paragraph in shape.text_frame.paragraphs) <= shape.height.pt
    listed = sum("数字经济目标" in shape.text for box in boxes for shape in box.text_frame.paragraphs)
    assert listed == count or f"另有{count - listed}项" in texts_of(cover)


def test_labels_of_lines_keep_apart() -> None:
    """Labels move to where neither another label nor a line is."""
    lines = [[(20.0, 180.0 - rise), (180.0, 100.0 - rise)] for rise in range(0, 24, 4)]
    wishes = [Wish(line[-1], 60.0, 15.0, at_end=True) for line in lines]
    places = place_labels(wishes, lines, 300, 200)
    rects = [placing._rect_of(wish, place) for wish, place in zip(wishes, places, strict=True)]
    assert not [pair for pair in combinations(rects, 2) if placing._meet(*pair)]
    assert all(left >= 0 and right <= 300 and top >= 0 and bottom <= 200 for left, top, right, bottom in rects)
    (top,) = place_labels(
        [Wish((100.0, 40.0), 30.0, 12.0, at_end=False)], [[(0.0, 80.0), (100.0, 40.0), (200.0, 80.0)]], 200, 90
    )
    assert top == Place("above")


def test_an_indicator_without_numbers_has_no_ranking(project: Project) -> None:
    """Where no region has a number, the page on what does not compare is all there is."""
    values = values_of("indicator", "zh") | {"indicator": "compute_capacity"}
    made = briefing.make_briefing(project, {"indicator/none": values})
    if (project.comparison("compute_capacity")["presence"] == "value").any():
        pytest.skip("a region has one now")
    assert made.parts[0].pages == ()
    titles = [slide.shapes.title.text_frame.text for slide in open_deck(made).slides]
    assert any(title.startswith("没有可比数值的") for title in titles)


# The same bytes


@pytest.mark.parametrize("kind", briefing.FORMATS)
def test_same_input_same_bytes(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """Made twice, a file is the same; its date is the one that the environment fixes."""
    reports = {"province/anhui": values_of("province", "zh")}
    paths = [tmp_path / f"{name}.{kind}" for name in ("first", "second")]
    for path in paths:
        briefing.write_briefing(briefing.make_briefing(project, reports), path, kind)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    if kind != "xlsx":
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        briefing.write_briefing(briefing.make_briefing(project, reports), paths[1], kind)
        with zipfile.ZipFile(paths[1]) as archive:
            assert b"2023-11-14T22:13:20Z" in archive.read("docProps/core.xml")
            assert {entry.date_time[:3] for entry in archive.infolist()} == {(2023, 11, 14)}


# Documents


@pytest.fixture(scope="module")
def document(made: Briefing, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A briefing as a document, opened."""
    path = tmp_path_factory.mktemp("document") / "briefing.docx"
    return Document(str(briefing.write_briefing(made, path, "docx")))


def test_a_document_has_headings_and_numbered_captions(made: Briefing, document: Any) -> None:
    """Findings are headings; figures and tables are numbered from 1 by fields, sources by the list."""
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    for page in made.parts[0].pages:
        assert page.title in headings
    captions = [p._p.xpath(".//w:fldSimple") for p in document.paragraphs if p.style.name == "Caption"]
    numbers: dict[str, list[int]] = {}
    for (field,) in captions:
        numbers.setdefault(field.get(word("w:instr")).split()[1], []).append(int(field.xpath("string(.)")))
    assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())
    assert sum(map(len, numbers.values())) == len(document.inline_shapes) + len(document.tables)
    listed = [p.text for p in document.paragraphs if p.text.startswith("[")]
    assert [text.partition("]")[0] for text in listed] == [f"[{n}" for n in range(1, len(made.sources) + 1)]


def test_pictures_of_a_document_can_be_heard(made: Briefing, document: Any) -> None:
    """Each chart is a picture with the page's description, no wider than the text."""
    alts = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert alts == [page.alt for page in made.parts[0].pages if page.draw is not None]
    assert all(shape.width.mm <= 170.1 for shape in document.inline_shapes)


def test_tables_of_a_document_repeat_their_head(document: Any) -> None:
    """The first row stands again on every page, columns are as wide as planned, and each table is described."""
    for table in document.tables:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
        assert table._tbl.xpath("./w:tblPr/w:tblDescription")[0].get(word("w:val"))
        assert sum(column.width.mm for column in table.columns) == pytest.approx(170, abs=0.5)


def test_evidence_of_a_document_is_quoted(made: Briefing, document: Any) -> None:
    """Each number stands with bound, unit, year, sentence, and the number of its source with plan and offsets."""
    part = made.parts[0]
    if not part.evidence:
        pytest.skip("pages on whole plans have no single numbers")
    rows = [
        [cell.text for cell in row.cells] for table in document.tables if len(table.columns) == 8 for row in table.rows
    ]
    assert len(rows) == len(part.evidence) + 1
    for one, row in zip(part.evidence, rows[1:], strict=True):
        assert row[0] == one.subject
        assert row[2] == one.number
        assert row[4] == str(one.year or "–")
        assert row[7].startswith(f"[{made.number_of(one.source)}]")
        if one.plan:
            assert one.quote in row[6]
            assert row[7].endswith(f"{one.plan} {one.start}–{one.end}")


def test_styles_of_a_document_name_both_typefaces(document: Any) -> None:
    """No style falls back to a theme that has no East Asian typeface."""
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Caption"):
        fonts = document.styles[name].element.find(f".//{word('w:rFonts')}")
        assert fonts.get(word("w:eastAsia")) == "微软雅黑"
        assert fonts.get(word("w:ascii")) == "Arial"
        assert not [key for key in fonts.attrib if key.endswith("Theme")]


# Workbooks


def test_a_workbook_has_a_sheet_a_table(project: Project, stations: Briefing, tmp_path: Path) -> None:
    """Codes are text, numbers numbers; heads are frozen, filters on; definitions and sources have sheets."""
    path = briefing.write_briefing(stations, tmp_path / "stations.xlsx", "xlsx")
    book = openpyxl.load_workbook(path)
    assert {"contents", "comparison", "pathways", "series", "evidence", "numbers", "definitions", "sources"} <= set(
        book.sheetnames
    )
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref
    sheet = book["comparison"]
    heads = [cell.value for cell in sheet[1]]
    region, value = heads.index("region"), heads.index("value")
    frame = project.comparison(STATION_ID)
    rows = list(sheet.iter_rows(min_row=2))
    assert [row[region].value for row in rows] == list(frame["region"])
    assert all(row[region].data_type == "s" and row[region].number_format == "@" for row in rows)
    numbers = [row[value].value for row in rows if row[value].value is not None]
    assert numbers == list(frame["value"].dropna())
    measured = list(book["numbers"].iter_rows(min_row=2, values_only=True))
    column = [cell.value for cell in book["numbers"][1]].index("measured")
    assert {row[column] for row in measured} == {True, False}


# Calls


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """Exit code and standard error of a call."""
    code = main([str(argument) for argument in arguments])
    return code, capsys.readouterr().err


@pytest.mark.parametrize("kind", ["pptx", "docx", "xlsx", "csv"])
def test_export_writes_a_briefing(
    capsys: pytest.CaptureFixture[str], project: Project, tmp_path: Path, kind: str
) -> None:
    """The file of a parameter file is found from the project; folders give all that are in them."""
    target = tmp_path / ("tables" if kind == "csv" else f"anhui.{kind}")
    places = ["params/province/anhui.yaml", "params/indicator"]
    code, err = run(capsys, "--project", project.root, "export", "--format", kind, "--params", *places, "-o", target)
    assert code == 0, err
    assert "2 reports" in err
    assert target.exists()


def test_a_language_can_be_chosen(capsys: pytest.CaptureFixture[str], project: Project, tmp_path: Path) -> None:
    """`--lang` goes before the files' own; what is then the same report stands once."""
    target = tmp_path / "anhui.pptx"
    arguments = ["--format", "pptx", "--params", "params/province/anhui*.yaml", "--lang", "en", "-o", target]
    code, err = run(capsys, "--project", project.root, "export", *arguments)
    assert code == 0, err
    assert "1 report," in err
    assert Presentation(str(target)).slides[0].shapes.title.text_frame.text.startswith("Anhui")


MISTAKES = {
    "no parameter file": (["--format", "pptx"], "--params params/<notebook>/<case>.yaml"),
    "no such file": (
        ["--format", "docx", "--params", "params/province/none.yaml"],
        "params/province/none.yaml: found no",
    ),
    "an empty folder": (["--format", "pptx", "--params", "data/plans/"], ""),
    "no briefing": (["--format", "pptx", "--params", "params/alpha/stations.yaml"], "'alpha' has no briefing"),
    "no parameters": (["--format", "pptx", "--params", "data/catalogue/units.yaml"], "not directly below"),
    "another ending": (["--format", "pptx", "--params", "params/overview", "-o", "a.docx"], "found the ending .docx"),
    "a folder": (["--format", "docx", "--params", "params/overview", "-o", "data"], "found a folder"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_are_told_to_people(
    capsys: pytest.CaptureFixture[str], project: Project, monkeypatch: pytest.MonkeyPatch, mistake: str
) -> None:
    """The message says what was found and expected; nothing is written."""
    monkeypatch.chdir(project.root)
    before = sorted(project.root.iterdir())
    arguments, message = MISTAKES[mistake]
    code, err = run(capsys, "export", *arguments)
    assert code == 2
    assert message in err
    assert "Traceback" not in err
    assert sorted(project.root.iterdir()) == before


def test_a_wrong_value_is_named_with_its_file(
    capsys: pytest.CaptureFixture[str], project: Project, tmp_path: Path
) -> None:
    """Parameters are checked as for a build, before any work."""
    write_params(project.root, "province/bad", "region: '999999'\n")
    target = tmp_path / "bad.pptx"
    place = "params/province/bad.yaml"
    code, err = run(capsys, "--project", project.root, "export", "--format", "pptx", "--params", place, "-o", target)
    (project.root / place).unlink()
    assert code == 2
    assert "params/province/bad.yaml: region" in err
    assert not target.exists()


def test_a_file_that_cannot_be_written_leaves_nothing(stations: Briefing, tmp_path: Path) -> None:
    """A folder in the place of the file is an error, and what was begun is gone."""
    target = tmp_path / "briefing.pptx"
    target.mkdir()
    (target / "kept").touch()
    with pytest.raises(OutputError, match="cannot be written"):
        briefing.write_briefing(stations, target, "pptx")
    assert list(tmp_path.iterdir()) == [target]


def test_unknown_formats_and_notebooks_are_refused(project: Project, stations: Briefing, tmp_path: Path) -> None:
    """The library says what there is, as the command does."""
    with pytest.raises(UnknownNameError, match="docx, pptx, xlsx"):
        briefing.write_briefing(stations, tmp_path / "briefing.odp", "odp")
    with pytest.raises(ParameterError, match="emphasis, indicator, overview, province"):
        briefing.make_briefing(project, {"explore/case": {"lang": "zh"}})
    with pytest.raises(ParameterError, match="at least one"):
        briefing.make_briefing(project, {})


# As they look


def find_office() -> Iterator[str]:
    """The program of LibreOffice, where it is installed."""
    yield from (found for name in ("soffice", "libreoffice") if (found := shutil.which(name)))


@pytest.mark.parametrize("kind", ["pptx", "docx"])
def test_an_office_program_opens_it(stations: Briefing, tmp_path: Path, kind: str) -> None:
    """LibreOffice makes a page of each slide, and what is written there is what the briefing says."""
    office = next(find_office(), None)
    if office is None:
        pytest.skip("LibreOffice is not installed")
    path = briefing.write_briefing(stations, tmp_path / f"briefing.{kind}", kind)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    done = subprocess.run(command, capture_output=True, timeout=180, check=False)
    if done.returncode or not (tmp_path / "briefing.pdf").exists():
        pytest.skip(f"LibreOffice cannot convert {kind} here")
    text = shutil.which("pdftotext")
    if text is None:
        pytest.skip("the program that reads the pages is not installed")
    found = subprocess.run([text, "-layout", str(tmp_path / "briefing.pdf"), "-"], capture_output=True, check=True)
    said, count = "".join(found.stdout.decode().split()), found.stdout.count(b"\f")
    if kind == "pptx":
        assert count == len(Presentation(str(path)).slides)
    assert "".join(stations.parts[0].title.split()) in said
    if kind == "pptx":
        assert "≥16万" in said
