"""What a notebook says and shows, and the page that becomes of it."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pandas as pd
import pytest
from small_project import make_small_project

import compare
from compare import figures
from compare.errors import ParameterError
from compare.runs.display import format_cell, table_html
from compare.runs.pages import make_exporter, render_report
from compare.runs.report import RUN_VARIABLE, Report, start_report

SAID = {"title": "标题 <1>", "finding": "结论", "lang": "zh", "figures": [], "tables": [], "downloads": []}
FRAME = pd.DataFrame(
    {
        "name_zh": ["安徽", "福建"],
        "value": [160000.0, float("nan")],
        "bound": [">=", ""],
        "plan": ["anhui-2024", ""],
        "start": pd.array([43, pd.NA], dtype="Int64"),
        "quote": ['建成"5G"基站<16万>个', ""],
    }
)


@pytest.fixture(scope="module")
def exporter() -> Any:
    """The exporter of reports."""
    return make_exporter()


def render(exporter: Any, *cells: dict[str, Any], lang: str = "zh", parameters: dict[str, object] | None = None) -> str:
    """The page of a notebook of these cells."""
    numbered = [{**cell, "id": f"c{number}"} for number, cell in enumerate(cells)]
    notebook = nbformat.from_dict({"cells": numbered, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})  # type: ignore[no-untyped-call]
    return render_report(notebook, {**SAID, "lang": lang}, parameters or {}, exporter)


def text(source: str, *tags: str) -> dict[str, Any]:
    """A cell of prose."""
    return {"cell_type": "markdown", "source": source, "metadata": {"tags": list(tags)}}


def code(source: str, *outputs: dict[str, Any], tags: tuple[str, ...] = ()) -> dict[str, Any]:
    """A cell of code with outputs."""
    metadata = {"tags": list(tags), "papermill": {"duration": 1.5, "start_time": "2026-01-01T10:11:12"}}
    found = {"cell_type": "code", "source": source, "metadata": metadata}
    return {**found, "execution_count": 7, "outputs": list(outputs)}


def shown(**data: str) -> dict[str, Any]:
    """An output with html, markdown or plain text."""
    bundle = {f"text/{kind}": value for kind, value in data.items()}
    return {"output_type": "execute_result", "execution_count": 7, "metadata": {}, "data": bundle}


def test_the_title_of_the_report_takes_the_place_of_the_notebooks(exporter: Any) -> None:
    """One first heading; the rest of the first cell stays."""
    page = render(exporter, text("# 一般标题\n\n这里回答什么问题？"))
    assert page.count("<h1>") == 1
    assert "<h1>标题 &lt;1&gt;</h1>" in page
    assert "一般标题" not in page
    assert "这里回答什么问题？" in page


def test_the_page_holds_nothing_that_varies(exporter: Any) -> None:
    """Neither counts nor times nor the metadata of a run; outputs of every kind are there."""
    outputs = (shown(html="<b>表</b>", plain="no"), shown(markdown="**粗**"), shown(plain="[1;31mred"))
    page = render(exporter, code("x = 1 < 2", *outputs))
    assert "<b>表</b>" in page
    assert "<strong>粗</strong>" in page
    assert "x = 1 &lt; 2" in page
    for absent in ("10:11:12", "papermill", "[7]", "\x1b"):
        assert absent not in page
    assert page == render(exporter, code("x = 1 < 2", *outputs))


def test_hidden_cells_do_not_appear(exporter: Any) -> None:
    """Neither their code nor their output; the same for what papermill puts in, and for the error stream."""
    error = {"output_type": "stream", "name": "stderr", "text": "warnung"}
    cells = (
        code("a1", shown(plain="a2"), tags=("hide",)),
        code("b1", tags=("injected-parameters",)),
        code("c1", error),
    )
    page = render(exporter, *cells)
    assert "c1" in page
    for absent in ("a1", "a2", "b1", "warnung"):
        assert absent not in page


def test_prose_of_another_language_stays_off_the_page(exporter: Any) -> None:
    """A cell tagged with a language is on pages of that language; one without a tag is on all."""
    cells = (text("中文", "zh"), text("English", "en"), text("both 两者"))
    chinese, english = render(exporter, *cells), render(exporter, *cells, lang="en")
    assert ("中文" in chinese, "English" in chinese, "both" in chinese) == (True, False, True)
    assert (">中文<" in english, "English" in english, "both" in english) == (False, True, True)


def test_a_heading_with_nothing_below_comes_with_the_code(exporter: Any) -> None:
    """A section of code alone has its heading shown with the code only."""
    page = render(
        exporter,
        text("## 读入"),
        code("x"),
        text("## 结果"),
        text("### 其一"),
        code("y", shown(plain="1")),
        text("## 末尾"),
    )
    bare = [part.split("</h2>")[0].split(">")[-1] for part in page.split('class="text bare"')[1:]]
    assert bare == ["读入", "末尾"]


def test_parameters_stand_below_the_title(exporter: Any) -> None:
    """What the parameter file set is on the page, escaped."""
    assert "indicator = &lt;x&gt;" in render(exporter, parameters={"indicator": "<x>"})


def table(frame: pd.DataFrame, **options: Any) -> str:
    """The html of a table."""
    settings: dict[str, Any] = {"columns": None, "link": "value", "download": "", "lang": "zh", **options}
    return table_html(frame, {"slug": "t", "caption": "", "rows": len(frame)}, **settings)


def test_a_number_is_linked_to_its_sentence() -> None:
    """With its bound, the quote as a hint, and an address that leads to its place; a missing one is a dash."""
    html = table(FRAME, columns={"name_zh": "地区", "value": "数值"})
    quote = "建成&quot;5G&quot;基站&lt;16万&gt;个"
    assert f'<a href="../evidence/anhui-2024.html#o43" title="{quote}">≥160,000</a>' in html
    assert '<td class="n">–</td>' in html
    assert "bound" not in html


def test_the_source_of_a_baseline_is_linked_to_its_sentence() -> None:
    """A document of the corpus leads to the number in it; one from elsewhere stands as it is."""
    frame = pd.DataFrame(
        {
            "base_source": ["《规划》", "《白皮书》"],
            "base_plan": ["anhui-2020", ""],
            "base_start": pd.array([5887, None], dtype="Int64"),
            "base_quote": ["2019年为30%", ""],
        }
    )
    html = table(frame, columns={"base_source": "来源"})
    assert '<td><a href="../evidence/anhui-2020.html#o5887" title="2019年为30%">《规划》</a></td>' in html
    assert "<td>《白皮书》</td>" in html


def test_a_table_without_rows_says_so() -> None:
    """The caption, and a word in the page's language or one that the notebook gives."""
    assert "无" in table(FRAME.head(0))
    assert "none" in table(FRAME.head(0), lang="en")
    assert "没有两份规划" in table(FRAME.head(0), empty="没有两份规划")


def test_rows_are_counted_in_words() -> None:
    """One row is no rows."""
    assert ">1 row<" in table(FRAME.head(1), lang="en")
    assert ">2 rows<" in table(FRAME.head(2), lang="en")
    assert ">1 行<" in table(FRAME.head(1))


def test_a_column_that_is_not_there_is_an_error() -> None:
    """A misspelt column is not passed over."""
    with pytest.raises(KeyError):
        table(FRAME, columns={"valeu": "数值"})


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "–"),
        (pd.NA, "–"),
        (pd.NaT, "–"),
        (12.0, "12"),
        (0.1 + 0.2, "0.3"),
        (-20000, "-20,000"),
        (float("inf"), "∞"),
    ],
)
def test_cells_are_written_without_noise(value: object, expected: str) -> None:
    """Missing values are dashes, numbers have no digits of rounding."""
    assert format_cell(value) == expected


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    """A report outside of a build, as in JupyterLab."""
    monkeypatch.delenv(RUN_VARIABLE, raising=False)
    return start_report(SimpleNamespace(root=tmp_path), "indicator")  # type: ignore[arg-type]


def test_outside_of_a_build_figures_are_drafts_and_shown_as_pictures(draft: Report, tmp_path: Path) -> None:
    """The files go to `figures/drafts`, and the cell displays a picture with its size and description."""
    project = compare.open(make_small_project(tmp_path / "project"))
    frame = FRAME.assign(
        region=["340000", "350000"], name_en=["Anhui", "Fujian"], value=[16.0, 12.0], value_high=float("nan"),
        level="province", unit="个", presence="value", year=pd.array([2025, 2025], dtype="Int64"),
    )  # fmt: skip
    chart = figures.ranking(frame, indicator=project.catalogue.indicator("5g_base_stations"))
    result = draft.show(chart, "ranking")
    data, metadata = result._repr_mimebundle_()
    assert data["image/png"].startswith(b"\x89PNG")
    assert metadata["image/png"]["width"] > 0
    assert metadata["image/png"]["alt"]
    assert (tmp_path / "figures" / "drafts" / "indicator" / "indicator-ranking-zh.svg").exists()
    draft.finish("标题", "结论")
    assert not list(tmp_path.rglob("report.json"))


def test_in_a_build_the_report_says_what_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Title, finding, language, tables and downloads stand beside its files."""
    folder = tmp_path / "files"
    monkeypatch.setenv(RUN_VARIABLE, str(folder))
    report = start_report(SimpleNamespace(root=tmp_path), "indicator", lang="en")  # type: ignore[arg-type]
    report.table(FRAME, "values", caption="Values")
    report.file("all.txt", "内容")
    report.finish(" Title ", "Finding.")
    said = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert said["title"] == "Title"
    assert said["tables"] == [{"slug": "values", "caption": "Values", "rows": 2, "file": "values.csv"}]
    assert said["downloads"] == ["all.txt"]
    assert (folder / "values.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_citations_are_links(draft: Report) -> None:
    """In prose, a text leads to the sentence that it rests on."""
    assert draft.cite("anhui-2024", 43, "16万个") == "[16万个](../evidence/anhui-2024.html#o43)"
    assert draft.say("**x**").data["text/markdown"] == "**x**"


@pytest.mark.parametrize("slug", ["", "Upper", "a b", "数值", "../x"])
def test_a_slug_must_serve_as_a_file_name(draft: Report, slug: str) -> None:
    """Names become addresses."""
    with pytest.raises(ParameterError, match="slug"):
        draft.table(FRAME, slug)


def test_mistakes_of_a_notebook_are_said(draft: Report) -> None:
    """The same name twice, an empty title, an unknown language."""
    draft.table(FRAME, "values")
    with pytest.raises(ParameterError, match="a second time"):
        draft.table(FRAME, "values")
    with pytest.raises(ParameterError, match="not empty"):
        draft.finish("", "x")
    with pytest.raises(ParameterError, match="one of: zh, en"):
        start_report(SimpleNamespace(root=Path()), "x", lang="de")  # type: ignore[arg-type]
