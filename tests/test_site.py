"""The pages around the reports: the plans with their numbers marked, and the index."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from small_project import PLANS, make_small_project

import compare
from compare.extract import REASONS
from compare.runs.manifest import Entry, Failure, Manifest
from compare.site import render_evidence, write_site
from compare.site.evidence import Marked, PlanPage, lay_out
from compare.site.index import render_index


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> compare.project.Project:
    """A small project, opened."""
    return compare.open(make_small_project(tmp_path_factory.mktemp("site")))


@pytest.fixture(scope="module")
def page(project: compare.project.Project) -> PlanPage:
    """The laid-out page of the first plan."""
    return next(lay_out(project))


def test_the_page_holds_the_text_of_the_plan(page: PlanPage) -> None:
    """Pieces and lines together are the text as read, to the character."""
    lines = ["".join(piece if isinstance(piece, str) else piece.text for piece in line.pieces) for line in page.lines]
    assert "\n".join(lines) == PLANS["anhui-2024"][1] == page.plan.text


def test_every_number_is_marked_at_its_offset(page: PlanPage) -> None:
    """Each record and each number without one has a mark whose text stands there in the plan."""
    marks = [piece for line in page.lines for piece in line.pieces if isinstance(piece, Marked)]
    assert {mark.start for mark in marks} == {item.start for item in (*page.targets, *page.without_record)}
    for mark in marks:
        assert page.plan.text[mark.start : mark.start + len(mark.text)] == mark.text


def test_a_mark_tells_what_was_read(page: PlanPage) -> None:
    """Measure, bound, value, unit, year, kind, status and indicator stand in the note."""
    start = page.plan.text.index("16万")
    (mark,) = [
        piece for line in page.lines for piece in line.pieces if isinstance(piece, Marked) and piece.start == start
    ]
    note = " ".join(mark.note)
    for text in ("5G基站", "≥160,000 个", "2026", "level", "target", "5g_base_stations"):
        assert text in note
    assert mark.style == "target"


def test_numbers_without_a_record_come_with_the_reason(page: PlanPage) -> None:
    """The number of a document is in the list, in words a reader understands."""
    (number,) = [item for item in page.without_record if item.number == "7"]
    assert number.reason in REASONS.values()
    assert number.reason in dict(page.reasons)
    assert sum(count for _, count in page.reasons) == len(page.without_record)


def test_headings_of_the_plan_are_headings(page: PlanPage) -> None:
    """A heading line has a level, running text has none."""
    levels = {"".join(p if isinstance(p, str) else p.text for p in line.pieces): line.level for line in page.lines}
    assert levels["一、主要目标"] == 1
    assert levels[""] == 0


def test_the_evidence_page_is_escaped_and_anchored(project: compare.project.Project) -> None:
    """Text of a plan that looks like markup stays text; each number has one anchor."""
    _, fujian = lay_out(project)
    html = render_evidence(fujian)
    assert "IPv6 &amp; &lt;流量&gt;" in re.sub(
        "<a id.*?</a>", lambda found: re.sub("<[^>]+>.*", "", found[0]), html
    ) or ("&lt;流量&gt;" in html)
    anchors = re.findall(r'id="(o\d+)"', html)
    assert len(anchors) == len(set(anchors))
    assert f"o{fujian.plan.text.index('12万')}" in anchors


def test_the_index_shows_states_and_findings(project: compare.project.Project) -> None:
    """A good, a failed and a missing report each say so; texts are escaped."""
    figure = {"slug": "a", "title": "图 <1>", "alt": "说明", "files": {"png": "a.png", "svg": "a.svg"}}
    good = Entry(
        "alpha", "stations", title="标题 & 更多", finding="结论。", figures=[figure], assets="assets/alpha/stations/0"
    )
    failed = Entry("beta", "plain", failure=Failure("坏了", 2, "2026-01-02T00:00:00", "beta/plain.error.html"))
    manifest = Manifest({"alpha/stations": good, "beta/plain": failed})
    states = {"alpha/stations": "current", "alpha/new": "missing", "beta/plain": "failed"}
    html = render_index(project, manifest, states, ["data/targets.csv"])
    assert '<a href="alpha/stations.html">标题 &amp; 更多</a>' in html
    assert 'src="assets/alpha/stations/0/a.thumb.png"' in html
    assert 'href="assets/alpha/stations/0/a.svg"' in html
    assert "坏了" in html
    assert "未生成" in html
    assert html.index("标题") < html.index("beta/plain")
    search = unescape(next(iter(re.findall(r'data-search="([^"]*标题[^"]*)"', html))))
    assert "图 <1>" in search


def test_the_site_is_written_with_its_data(project: compare.project.Project) -> None:
    """Index, a page for each plan, data and the typeface; the same bytes each time."""
    first = write_site(project.root, Manifest())
    names = {
        "reports/index.html",
        "reports/evidence/anhui-2024.html",
        "reports/data/targets.csv",
        "reports/assets/fonts/OFL.txt",
    }
    assert names <= set(first)
    assert all((project.root / name).is_file() for name in first)
    assert write_site(project.root, Manifest()) == first
    assert list(first)[-1] == "reports/index.html", "the index comes last"


def test_pages_have_no_outside_address(project: compare.project.Project) -> None:
    """Nothing is loaded from a network."""
    write_site(project.root, Manifest())
    for path in Path(project.root / "reports").rglob("*.html"):
        assert "//" not in re.sub(r"<style>.*?</style>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
