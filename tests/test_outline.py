"""Headings, paragraphs and tables of a plain text, and what stands around a table."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.reading.headings import is_free_heading, level_of, split_heading
from compare.reading.lines import split_lines
from compare.reading.outline import Paragraph, TableBlock, outline


def describe(text: str) -> list[tuple[str, str]]:
    """Kind and content of each block; of a table the cells of every row."""
    found = []
    for block in outline(text):
        if isinstance(block, TableBlock):
            rows = ["/".join(text[cell.start : cell.end] for cell in row.cells) for row in block.table.rows]
            found.append(("table", ";".join(rows)))
        else:
            found.append(("heading" if block.is_heading else "text", text[block.start : block.end]))
    return found


def captions(text: str) -> list[str]:
    """Captions of the first table of a text."""
    table = next(block for block in outline(text) if isinstance(block, TableBlock))
    return [text[cell.start : cell.end] for cell in table.table.captions]


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("第一章 总体要求", 0),
        ("第二节 主要目标", 1),
        ("三、重点任务", 2),
        ("(一)夯实基础", 3),
        ("1.建设网络", 4),
        ("(1)建设网络", 5),
        ("第一章程", None),
        ("3.5万个基站", None),
        ("5G基站", None),
    ],
)
def test_levels_of_headings(line: str, level: int | None) -> None:
    """A line's number tells its level; decimals and names are no numbers of headings."""
    assert level_of(line) == level


def test_a_heading_may_be_the_first_sentence_of_its_paragraph() -> None:
    """`(一)发展目标。到2025年…` is a heading and the text after it."""
    text = "(一)发展目标。到2025年,建成5G基站16万个。"
    assert describe(text) == [("heading", "(一)发展目标。"), ("text", "到2025年,建成5G基站16万个。")]


def test_numbered_sentences_with_quantities_are_items_of_a_list() -> None:
    """They carry targets and are read."""
    assert split_heading("1.建成5G基站16万个,实现乡镇以上连续覆盖", "2.建成数据中心", 4) == 0
    assert split_heading("1.建设新型基础设施", "加快部署新一代网络。", 4) > 0


def test_headings_nest() -> None:
    """Each block has the headings above it, the outermost first."""
    blocks = outline("第一章 目标\n一、总体\n(一)网络\n加快建设。\n二、产业\n加快发展。")
    sections = ["/".join(heading.text for heading in block.section) for block in blocks if not _is_heading(block)]
    assert sections == ["第一章 目标/一、总体/(一)网络", "第一章 目标/二、产业"]


def _is_heading(block: Paragraph | TableBlock) -> bool:
    return isinstance(block, Paragraph) and block.is_heading


@pytest.mark.parametrize("line", ["建成5G基站16万个", "实施方案如下:", "加快发展,提高水平"])
def test_sentences_are_no_free_headings(line: str) -> None:
    """A line without a number is a heading only where it is short and says nothing that is counted."""
    assert not is_free_heading(line, "全面贯彻落实有关部署,加快推进数字经济高质量发展,打造数字强省。")


def test_page_numbers_are_in_no_block() -> None:
    """A page's number stands between paragraphs and is none."""
    assert describe("加快建设。\n— 12 —\n13\n第 14 页 共 20 页\n加快发展。") == [
        ("text", "加快建设。"),
        ("text", "加快发展。"),
    ]


def test_lines_broken_inside_a_sentence_are_one_paragraph() -> None:
    """A number broken over two lines stays one number."""
    text = "到2025年,全省5G基站达到16\n万个,5G用户普及率达到70%。"
    assert describe(text) == [("text", text)]


_ITEMS = """一、上年成效
全市软件业务收入增长12.5%
重点园区数字基础设施覆盖率连续8年保持全省领先
城镇新增就业累计超过21万人
家庭千兆宽带普及率由32%提高到58%
二、“十五五”时期总体目标和重点工程安排
数字经济核心产业增加值占地区生产总值比重达到11.5%
新建大型数据中心电能利用效率降到1.25
5G基站达到3.2万个
个体工商户上云比例和规模以上企业数字化转型覆盖率达到80%以上
项目建设用地亩均税收和单位面积产出水平明显提高
万兆光网试点小区达到60个"""


def test_items_that_stand_one_a_line_stay_apart() -> None:
    """Without punctuation or blank lines none is joined to the next, though it ends in a number, and no heading is."""
    blocks = outline(_ITEMS)
    assert [_ITEMS[block.start : block.end] for block in blocks if isinstance(block, Paragraph)] == _ITEMS.split("\n")
    headings = [_ITEMS[block.start : block.end] for block in blocks if _is_heading(block)]
    assert headings == ["一、上年成效", "二、“十五五”时期总体目标和重点工程安排"]


def test_lines_of_a_page_are_joined_and_headings_between_them_are_not() -> None:
    """Where most lines are equally wide, the page broke them; one that is narrower ends there."""
    sentence = "推动各类市场主体加快数字化改造,支持重点行业建设一批可复制、可推广的应用场景,"
    body = (sentence * 8)[: 30 * 10 + 7] + "。"
    pages = "\n".join(body[at : at + 30] for at in range(0, len(body), 30))
    title = "全面提升数字基础设施水平与安全保障能力"
    text = f"{pages}\n{title}\n{pages}"
    assert [text[block.start : block.end] for block in outline(text)] == [pages, title, pages]


@pytest.mark.parametrize(
    "line",
    ["data centres and 5G", "全市行政村和重点场所5G网络通达率均达到百分之百", "全市规模以上工业企业数字化改造覆盖率"],
)
def test_equally_wide_lines_without_signs_are_items(line: str) -> None:
    """A page breaks sentences, which have commas in them."""
    text = "\n".join([line] * 9)
    assert describe(text) == [("text", line)] * 9


def test_an_item_that_ends_in_a_number_goes_on_with_a_unit_alone() -> None:
    """The next item starts with a word of its own."""
    first = "数据中心上架率提高到70%,平均电能利用效率降到1.25"
    assert len(describe(f"{first}\n网络时延降到8毫秒")) == 2
    assert len(describe("光缆线路总长度达到120万公里,建成5G基站达到16\n座,全部开通")) == 1


def test_a_long_line_is_cut_at_blanks_around_paragraphs() -> None:
    """Text without line breaks shows its paragraphs by blanks after a full stop."""
    first = "加快建设网络基础设施,推动产业数字化转型。" * 5
    text = f"{first} (二)提升能力。{first}"
    assert [text[start:end] for start, end in split_lines(text)] == [first, f"(二)提升能力。{first}"]


# --- tables


def test_a_table_ends_with_its_last_line_of_cells() -> None:
    """Text before and after a table stays text."""
    text = "主要指标见下表。\n指标 | 2025年\n5G基站(万个) | 16\n加强组织领导。"
    assert describe(text) == [
        ("text", "主要指标见下表。"),
        ("table", "指标/2025年;5G基站(万个)/16"),
        ("text", "加强组织领导。"),
    ]


def test_captions_are_the_short_lines_above() -> None:
    """Title and unit are kept with the table, the nearest first; a sentence is no caption."""
    text = "推动产业发展。\n附表1\n各市目标\n单位:亿元\n地区 | 2025年\n甲市 | 16"
    assert captions(text) == ["单位:亿元", "各市目标", "附表1"]


def test_a_table_is_no_caption_of_the_next() -> None:
    """Captions end at the table before."""
    text = "单位:亿元\n指标 | 2025年\n收入 | 16\n表2 用户\n指标 | 2025年\n用户(户) | 16"
    tables = [block for block in outline(text) if isinstance(block, TableBlock)]
    assert [len(block.table.captions) for block in tables] == [1, 1]


def test_notes_below_a_table_are_set_apart() -> None:
    """Their numbers explain the table, in numbered notes on every line; what follows them is read."""
    text = (
        "指标 | 2025年\n5G基站(万个) | 16\n注:1.5G基站含室内分布系统,按每500米一个折算。\n"
        "2.规模以上指年主营业务收入2000万元及以上的工业企业。\n到2025年,建成5G基站16万个。"
    )
    assert [kind for kind, _ in describe(text)] == ["table", "heading", "heading", "text"]


@pytest.mark.parametrize(
    "note", ["注:[ ]内为五年累计数。", "备注:①为预计数。", "数据来源:省统计局。", "*为初步核算数。", "注1:预计数"]
)
def test_forms_of_notes(note: str) -> None:
    """Notes open with a word or with the sign that they explain."""
    assert describe(f"指标 | 2025年\n5G基站(万个) | 16\n{note}")[-1] == ("heading", note)


def test_a_note_without_a_table_is_text() -> None:
    """Only what stands right below a table is its note."""
    assert describe("注:到2025年,建成5G基站16万个。")[0][0] == "text"


def test_page_numbers_rules_and_repeated_titles_do_not_end_a_table() -> None:
    """A table that goes on over the page is one table."""
    text = "|指标|2025年|\n|基站|16|\n12\n表1 主要指标(续)\n├──┼──┤\n|用户|60|"
    assert describe(text) == [("table", "指标/2025年;基站/16;用户/60")]


def test_a_group_without_tabs_is_a_row() -> None:
    """Where cells are merged over all columns a copy has no tabs; below it the table goes on."""
    text = "指标\t2025年\n一、设施\n基站(万个)\t16\n二、产业\n收入(亿元)\t9"
    assert describe(text) == [("table", "指标/2025年;一、设施;基站(万个)/16;二、产业;收入(亿元)/9")]


def test_the_next_section_is_no_group() -> None:
    """A heading above the next table's head ends the table before."""
    text = "指标\t2025年\n基站(万个)\t16\n二、产业\n指标\t2030年\n收入(亿元)\t9"
    assert [kind for kind, _ in describe(text)] == ["table", "heading", "table"]


def test_a_frame_around_running_text_is_no_table() -> None:
    """A box holds a caption and paragraphs."""
    text = "专栏1 重点工程 |\n建设网络。加快部署5G基站。 建设平台。打造工业互联网平台。 |"
    assert describe(text) == [
        ("heading", "专栏1 重点工程"),
        ("text", "建设网络。加快部署5G基站。 "),
        ("text", "建设平台。打造工业互联网平台。"),
    ]


def test_a_box_below_a_table_is_not_part_of_it() -> None:
    """The next numbered caption in bars opens something new."""
    text = "指标|2025年|\n基站(万个)|16|\n专栏2 重点工程 |\n建设5G基站10万个。 |"
    assert [kind for kind, _ in describe(text)] == ["table", "heading", "text"]


def test_a_table_without_line_breaks_is_laid_into_rows() -> None:
    """Cells in one line are cut by the width of the head."""
    text = "指标 | 2020年 | 2025年 | 基站(万个) | 3 | 16 | 用户(万户) | 5 | 60 |"
    assert describe(text) == [("table", "指标/2020年/2025年;基站(万个)/3/16;用户(万户)/5/60")]


def test_lines_of_digits_are_cells_where_a_head_stands_above() -> None:
    """What looks like a page's number is a value in a table of one cell a line."""
    text = "指标名称\n2020年\n2025年\n基站(万个)\n3\n16"
    assert describe(text) == [("table", "指标名称/2020年/2025年;基站(万个)/3/16")]


# --- any text


@given(st.text(alphabet="一二三、第章节(1)。,:;指标2025年目标16万个%|\t\n -—│├注专栏表5G", max_size=200))
def test_no_text_raises_and_blocks_are_in_order(text: str) -> None:
    """Blocks lie inside the text, one after the other."""
    position = 0
    for block in outline(text):
        if isinstance(block, TableBlock):
            start, end = block.table.rows[0].start, block.table.rows[-1].end
        else:
            start, end = block.start, block.end
        assert position <= start < end <= len(text)
        position = end


@pytest.mark.parametrize(
    "unit", ["|", "\t", " ", "1", "*", "(", "指标 ", "|\n", "12\n", "a|", "- ", "专栏1 |\n", "一、a\n"]
)
def test_time_grows_with_the_length(unit: str) -> None:
    """A line or file of nothing but one sign costs no more than its length."""
    started = time.perf_counter()
    outline(unit * (100_000 // len(unit)))
    assert time.perf_counter() - started < 5
