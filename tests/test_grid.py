"""Tables as plain text shows them: between bars, tabs or blanks, or one cell a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.reading.flat import read_spaced, read_vertical
from compare.reading.grid import MAX_CELLS, Row, is_row, is_rule, join_rows, read_row, split_row
from compare.reading.titles import fits, is_head, is_value, read_title


def spans(text: str) -> list[tuple[int, int]]:
    """Offsets of the lines of a text that are not blank."""
    found, position = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append((position, position + len(line)))
        position += len(line) + 1
    return found


def contents(text: str, rows: tuple[Row, ...]) -> list[list[str]]:
    """What stands in the cells."""
    return [[text[cell.start : cell.end].replace("\n", "") for cell in row.cells] for row in rows]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("5G基站 | 3 | 16", ["5G基站", "3", "16"]),
        ("| 5G基站 | 3 | 16 |", ["5G基站", "3", "16"]),
        ("5G基站|3||", ["5G基站", "3", ""]),
        ("5G基站\t3\t16", ["5G基站", "3", "16"]),
        ("5G基站\t\t16", ["5G基站", "", "16"]),
        ("│5G基站│3│16│", ["5G基站", "3", "16"]),
        ("一、基础设施 | |||", ["一、基础设施", "", "", ""]),
        ("| :-- | --: |", ["", ""]),
        ("|", [""]),
    ],
)
def test_a_line_is_cut_into_cells(line: str, cells: list[str]) -> None:
    """Bars win over tabs; a frame's outer bars and the rules below a head hold nothing."""
    row = read_row(line, 0, len(line))
    assert [line[cell.start : cell.end] for cell in row.cells] == cells


def test_blanks_around_a_cell_are_not_part_of_it() -> None:
    """Offsets are those of the content, so that a number found in it is found in the text."""
    text = "前文\n|  5G基站  |\t16  |"
    row = read_row(text, 3, len(text))
    assert [(cell.start, cell.end) for cell in row.cells] == [(6, 10), (14, 16)]


def grid_of(text: str) -> tuple[Row, ...]:
    """All lines of a text as one table."""
    return join_rows(text, [split_row(text, *span) for span in spans(text)])


def test_a_bar_that_opens_a_line_is_a_frame_only_where_every_line_has_one() -> None:
    """Under a head of two rows the bar that opens the second closes an empty first cell."""
    text = "指标 | 2020年 | | 2025年 |\n| 全省 | 其中:省会 | 全省 | 其中:省会 |"
    assert contents(text, grid_of(text))[1] == ["", "全省", "其中:省会", "全省", "其中:省会"]
    framed = "| 指标 | 2025年 |\n| 5G基站 | 16 |"
    assert contents(framed, grid_of(framed)) == [["指标", "2025年"], ["5G基站", "16"]]


def test_rows_without_content_are_left_out() -> None:
    """Rules and empty lines of a grid are no rows."""
    text = "|指标|2025年|\n|---|---|\n| | |\n|5G基站|16|"
    assert contents(text, grid_of(text)) == [["指标", "2025年"], ["5G基站", "16"]]


def test_a_divider_of_bars_is_no_row() -> None:
    """A line with more bars than a table has columns is damaged or drawn, and cheap to pass over."""
    assert is_row("a|b")
    assert not is_row("|" * (MAX_CELLS + 1))
    assert not is_row("没有单元格的一行")


@pytest.mark.parametrize("line", ["├────┼────┤", "+---+---+", "|---|:-:|", "────────"])
def test_rules_are_told_from_rows(line: str) -> None:
    """A line that only parts rows carries nothing."""
    assert is_rule(line)


@pytest.mark.parametrize(
    ("title", "letter"),
    [
        ("序号", "S"),
        ("类别", "G"),
        ("一级指标", "G"),
        ("指标名称(单位)", "L"),
        ("主要指标", "L"),
        ("市(州)", "P"),
        ("年份", "Y"),
        ("计量单位", "U"),
        ("2025年", "V"),
        ("2025 年目标值", "V"),
        ("目标值(2025年)", "V"),
        ("“十四五”末", "V"),
        ("年均/累计", "V"),
        ("[五年累计]", "V"),
        ("指标属性", "O"),
        ("责任单位", "O"),
        ("数字经济核心产业增加值(亿元)", "M"),
        ("建成5G基站16万个", ""),
        ("2025年，全省建成5G基站", ""),
        ("第二章 发展目标", ""),
    ],
)
def test_titles_are_told_by_their_words(title: str, letter: str) -> None:
    """Without bars a head is known by its words alone, and running text is none."""
    assert read_title(title) == letter


@pytest.mark.parametrize("letters", ["LV", "SLUVVO", "GLVV", "PVV", "YMM", "GGVV", "LOVV"])
def test_heads_of_quantities(letters: str) -> None:
    """A head names its rows and has a column of values."""
    assert is_head(letters)


@pytest.mark.parametrize("letters", ["", "L", "V", "LO", "SLOO", "VVV", "YV"])
def test_no_heads_of_quantities(letters: str) -> None:
    """Without a name or without values there is nothing to read."""
    assert not is_head(letters)


@pytest.mark.parametrize(
    "content", ["12", "≥98", "98以上", "[1500]", "〔1500〕", "10—20", "—", "应办尽办", "翻一番", "约80万台(套)"]
)
def test_values(content: str) -> None:
    """Numbers with bounds and units, signs for none, commitments in words."""
    assert is_value(content)
    assert fits(content, "V")


@pytest.mark.parametrize("content", ["电子商务交易额(亿元)", "省通信管理局", "到2025年,全省建成5G基站16万个。"])
def test_no_values(content: str) -> None:
    """Names and sentences stand in no column of values."""
    assert not is_value(content)


VERTICAL = """类别
指标
2020年
2025年
属性
基础设施
5G基站(万个)
3
16
预期性
千兆宽带用户(万户)
50
600
预期性
数字政府
规模以上工业企业
关键工序数控化率(%)
50
65
约束性
以上指标由有关部门负责。"""


def test_a_table_of_one_cell_a_line_is_laid_into_its_columns() -> None:
    """A group's cell stands once for several rows, a label may take two lines, and running text ends the table."""
    lines = spans(VERTICAL)
    found = read_vertical(VERTICAL, lines, 0)
    assert found is not None
    table, after = found
    assert contents(VERTICAL, table.rows) == [
        ["类别", "指标", "2020年", "2025年", "属性"],
        ["基础设施", "5G基站(万个)", "3", "16", "预期性"],
        ["", "千兆宽带用户(万户)", "50", "600", "预期性"],
        ["数字政府", "规模以上工业企业关键工序数控化率(%)", "50", "65", "约束性"],
    ]
    assert after == len(lines) - 1


def test_groups_and_page_numbers_stand_between_vertical_rows() -> None:
    """A numbered line alone is a group; a bare number where no cell fits is the page's, once two rows are known."""
    text = "指标\n2020年\n2025年\n一、设施\n基站(万个)\n3\n16\n用户(万户)\n5\n60\n13\n二、产业\n收入(亿元)\n7\n9"
    found = read_vertical(text, spans(text), 0)
    assert found is not None
    assert contents(text, found[0].rows)[1:] == [
        ["一、设施"],
        ["基站(万个)", "3", "16"],
        ["用户(万户)", "5", "60"],
        ["二、产业"],
        ["收入(亿元)", "7", "9"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "指标\n2025年\n到2025年，建成5G基站16万个。\n推动产业发展。",
        "序号\n重点任务\n牵头单位\n1\n建成5G基站16万个\n省通信管理局",
        "目标\n2025年",
        "指标\n",
    ],
)
def test_short_lines_alone_are_no_table(text: str) -> None:
    """Without rows that fit below the head, lines stay lines."""
    assert read_vertical(text, spans(text), 0) is None


def test_a_table_with_blanks_between_its_cells() -> None:
    """Cells are counted from the right, so that blanks inside a name or a year part nothing."""
    text = (
        "指标名称 单位 2020 年 2025 年 属性\n5G 基站数 万个 3.1 16 预期性\n一、数字政府\n网上可办率 % 90 ≥ 98 约束性\n"
        "规模以上工业企业关键工序\n数控化率 % 50 65 约束性\n第二章 重点任务"
    )
    found = read_spaced(text, spans(text), 0)
    assert found is not None
    assert contents(text, found[0].rows) == [
        ["指标名称", "单位", "2020 年", "2025 年", "属性"],
        ["5G 基站数", "万个", "3.1", "16", "预期性"],
        ["一、数字政府"],
        ["网上可办率", "%", "90", "≥ 98", "约束性"],
        ["规模以上工业企业关键工序数控化率", "%", "50", "65", "约束性"],
    ]
    assert found[1] == 6


def test_running_text_with_blanks_is_no_table() -> None:
    """Words of a head in a sentence do not make it one."""
    text = "主要指标 到 2025年 全面完成\n数字经济增加值 达到 3000亿元"
    assert read_spaced(text, spans(text), 0) is None


@given(st.text(alphabet="指标目值单位属性序号年2025 16%万个|\t\n—(一)、。5G", max_size=120))
def test_no_text_raises(text: str) -> None:
    """Every reader of tables takes any text, and gives cells inside it."""
    lines = spans(text)
    for index in range(len(lines)):
        for read in (read_vertical, read_spaced):
            found = read(text, lines, index)
            if found is not None:
                assert found[1] > index
                assert all(0 <= cell.start <= cell.end <= len(text) for row in found[0].rows for cell in row.cells)
    for start, end in lines:
        row = read_row(text, start, end)
        assert all(start <= cell.start <= cell.end <= end for cell in row.cells)
