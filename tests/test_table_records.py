"""Tables to records: what the head, the rows and the lines around a table give to each number."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.catalogue import load_catalogue
from compare.extract import Extraction, Extractor, Target
from compare.extract.cells import read_numbers
from compare.extract.columns import read_head
from compare.extract.printed_units import NO_UNIT, parse_unit, read_stated_unit, read_unit
from compare.extract.rows import read_caption, read_name
from compare.extract.titles import read_title
from compare.plans import Period, Plan

EXTRACTOR = Extractor(load_catalogue(Path(__file__).parent.parent / "data" / "catalogue"))
GRAMMAR = EXTRACTOR.grammar
PERIOD = Period(2021, 2025, None, 2021, is_issued=True)


def extract(text: str, period: Period = PERIOD) -> Extraction:
    """Records of a text."""
    return EXTRACTOR.extract(Plan("example", Path("example.txt"), text, None, period))


def targets(text: str, period: Period = PERIOD) -> tuple[Target, ...]:
    """Records of a text; every one of them is the number that stands at its place."""
    found = extract(text, period).targets
    assert all(text[target.start : target.end] == target.number for target in found)
    return found


def facts(text: str, *fields: str) -> list[tuple[object, ...]]:
    """Some fields of every record."""
    return [tuple(getattr(target, field) for field in fields) for target in targets(text)]


# --- units


@pytest.mark.parametrize(
    ("printed", "factor", "canonical"),
    [
        ("个", 1, "个"),
        ("万户", 10_000, "户"),
        ("亿元", 1, "亿元"),
        ("万亿元", 10_000, "亿元"),
        ("%", 1, "%"),
        ("百分点", 1, "百分点"),
        ("千瓦", 1, "千瓦"),
        ("万千瓦", 10_000, "千瓦"),
        ("件/万人", 1, "件/万人"),
        ("万元/人", 10_000, "元/人"),
        ("EFLOPS", 1000, "PFLOPS"),
        ("EFLOPS(FP16)", 1000, "PFLOPS"),
        ("每秒百亿亿次浮点运算", 1000, "PFLOPS"),
        ("2020年不变价,亿元", 1, "亿元"),
        ("单位:万台(套)", 10_000, "台(套)"),
    ],
)
def test_units_as_tables_print_them(printed: str, factor: int, canonical: str) -> None:
    """Magnitudes fold into the factor, ratios keep their denominator, remarks before and behind fall away."""
    unit = parse_unit(printed, GRAMMAR)
    assert unit is not None
    assert (unit.factor, unit.canonical) == (factor, canonical)


@pytest.mark.parametrize("printed", ["", "年", "含软件业", "市、区", "2022年", "第三批", "全省"])
def test_remarks_in_brackets_are_no_units(printed: str) -> None:
    """What stands in brackets behind a label need not be a unit."""
    assert parse_unit(printed, GRAMMAR) is None


def test_an_unknown_unit_of_a_column_of_units_is_kept() -> None:
    """There the cell can be nothing else; its magnitude is folded; a dash is no unit."""
    unit = read_unit("万案", GRAMMAR)
    assert (unit.factor, unit.canonical) == (10_000, "案")
    assert read_unit("—", GRAMMAR) is NO_UNIT


def test_a_caption_states_the_unit_of_all_rows() -> None:
    """Of two units rates have the one for rates."""
    assert read_stated_unit(("表1", "(单位:万户)"), "用户", GRAMMAR).canonical == "户"
    assert read_stated_unit(("单位:亿元、%",), "增加值占比", GRAMMAR).canonical == "%"
    assert read_stated_unit(("单位:亿元、%",), "增加值", GRAMMAR).canonical == "亿元"
    assert read_stated_unit(("单位:个、户、%",), "数量", GRAMMAR) is NO_UNIT
    assert read_stated_unit(("表1",), "数量", GRAMMAR) is NO_UNIT


def test_where_the_unit_of_a_number_comes_from() -> None:
    """The cell's own unit wins over the row's, the row's over the caption's."""
    text = (
        "单位：万户\n指标 | 单位 | 2020年 | 2025年\n千兆用户 | | 50 | 600\n"
        "上云企业 | 万家 | 1 | 2.5万个\n普及率（%） | — | 60 | 90"
    )
    assert facts(text, "value", "unit") == [
        (500_000, "户"),
        (6_000_000, "户"),
        (10_000, "家"),
        (25_000, "个"),
        (60, "%"),
        (90, "%"),
    ]


def test_a_label_decides_of_its_unit() -> None:
    """Ratios to population keep it, money per head stays in 元, bandwidth is of exits or of access."""
    text = (
        "指标 | 单位 | 2025年\n每万人拥有5G基站 | 个 | 26\n居民人均可支配收入 | 元 | 50000\n"
        "互联网省际出口带宽 | Tbps | 60\n家庭宽带接入速率 | Gbps | 1"
    )
    assert facts(text, "value", "unit") == [(26, "个/万人"), (50_000, "元"), (60_000, "Gbps"), (1000, "Mbps")]


# --- heads


@pytest.mark.parametrize(
    ("parts", "role", "year", "status", "kind"),
    [
        (["2025年"], "value", 2025, "", ""),
        (["2025年目标值"], "value", 2025, "target", ""),
        (["目标值(2025年)"], "value", 2025, "target", ""),
        (["2020年基数"], "value", 2020, "actual", ""),
        (["2023年完成"], "value", 2023, "", ""),
        (["“十四五”末"], "value", 2025, "", ""),
        (["2021—2025年累计"], "value", 2025, "", ""),
        (["现状"], "value", None, "actual", ""),
        (["年均增长(%)"], "value", None, "", "growth"),
        (["每年新增"], "value", None, "", "annual"),
        (["累计新增"], "value", None, "", "change"),
        (["较2020年增长(%)"], "value", None, "", "growth"),
        (["指标名称(单位)"], "label", None, "", ""),
        (["主要指标"], "label", None, "", ""),
        (["计量单位"], "unit", None, "", ""),
        (["指标属性"], "obligation", None, "", ""),
        (["市(州)"], "place", None, "", ""),
        (["产业链"], "branch", None, "", ""),
        (["年份"], "year", None, "", ""),
        (["一级指标"], "group", None, "", ""),
        (["建设内容"], "text", None, "", ""),
        (["完成时限"], "deadline", None, "", ""),
        (["责任单位"], "idle", None, "", ""),
        (["2020年全国"], "idle", None, "", ""),
        (["评分标准"], "idle", None, "", ""),
        (["奖励金额(万元)"], "idle", None, "", ""),
        (["联系电话"], "idle", None, "", ""),
    ],
)
def test_what_a_title_makes_of_its_column(
    parts: list[str], role: str, year: int | None, status: str, kind: str
) -> None:
    """Years, words for target and base, growth, and all that is not read."""
    column = read_title(parts, GRAMMAR)
    assert (column.role, column.year, column.status, column.kind) == (role, year, status, kind)


def test_a_title_may_name_measure_and_place() -> None:
    """What is left of a title besides year and unit is what it measures, after 其中 where."""
    assert read_title(["2025年产值目标(亿元)"], GRAMMAR).label == "产值"
    assert read_title(["年末5G基站总数(个)"], GRAMMAR).label == "5G基站总数"
    assert read_title(["增加值(亿元)"], GRAMMAR).label == "增加值"
    assert read_title(["2025年", "其中:省会"], GRAMMAR).scope == "省会"
    assert read_title(["2025年", "全省"], GRAMMAR).scope == ""
    assert read_title(["较2020年增长(%)"], GRAMMAR).base_year == 2020


@pytest.mark.parametrize(
    ("rows", "height", "axis"),
    [
        ([["指标", "2025年"], ["5G基站", "16"]], 1, "label"),
        (
            [
                ["指标", "2020年", "", "2025年", ""],
                ["", "全省", "其中:省会", "全省", "其中:省会"],
                ["收入", "1", "2", "3", "4"],
            ],
            2,
            "label",
        ),
        ([["市", "5G基站(个)"], ["甲市", "16"]], 1, "place"),
        ([["年份", "收入(亿元)"], ["2025年", "16"]], 1, "year"),
        ([["年度", "2024年", "2025年"], ["收入(亿元)", "15", "16"]], 1, "label"),
        ([["产业", "2025年"], ["软件业", "16"]], 1, "branch"),
        ([["分类", "项目数", "总投资"], ["软件业", "16个", "3亿元"]], 1, "branch"),
        ([["5G基站(万个)", "16"], ["用户(万户)", "300"]], 0, "label"),
        ([["姓名", "电话"], ["张三", "13800000000"]], 1, ""),
        ([["甲", "乙"], ["丙", "丁"]], 0, ""),
    ],
)
def test_heads(rows: list[list[str]], height: int, axis: str) -> None:
    """How many rows the head has and what names the rows below."""
    head = read_head(rows, (), GRAMMAR)
    assert (head.height, head.axis) == (height, axis)


def test_numbers_of_columns_without_values_are_left_out() -> None:
    """Deadlines, serial numbers, marks and figures of other regions are no targets."""
    assert not targets(
        "序号 | 任务 | 牵头单位 | 完成时限\n1 | 编制目录 | 省数据局 | 2022年6月\n2 | 建立制度 | 省委办 | 2023年"
    )
    assert not targets("姓名 | 电话 | 邮编\n张某 | 13800000000 | 230001\n李某 | 13900000000 | 230002")
    assert not targets("等级 | 分值 | 条件\n优秀 | 90—100分 | 年营收5亿元以上\n良好 | 80—89分 | 年营收2亿元以上")
    assert not targets("项目 | 补助标准（万元） | 奖励金额（万元）\n平台 | 500 | 300\n工厂 | 200 | 100")
    assert not targets("地区 | 数字经济规模（亿元） | 排名\n江苏 | 51000 | 2\n浙江 | 38000 | 4")
    assert not targets("市 | 2023年任务数\n甲市 | 300\n乙市 | 200")
    assert facts("指标 | 分值 | 2025年\n5G基站（万个） | 10 | 16", "number") == [("16",)]


def test_every_number_of_a_table_has_a_record_or_a_reason() -> None:
    """Those of heads and labels and of columns that are not read as well."""
    text = "序号 | 指标 | 分值 | 2025年\n1 | 5G基站（万个） | 10 | 16\n2 | 上云企业（万家） | 5 | 3"
    found = extract(text)
    accounted = {(item.start, item.end) for item in (*found.targets, *found.unmatched)}
    assert (text.index("10"), text.index("10") + 2) in accounted


# --- rows


@pytest.mark.parametrize(
    ("printed", "label", "unit", "obligation"),
    [
        ("1.5G基站数（万个）", "5G基站数", "个", ""),
        ("(二)网上可办率(%)", "网上可办率", "%", ""),
        ("国家级数字产业集群(个)①", "国家级数字产业集群", "个", ""),
        ("单位GDP能耗降低(%)[约束性]", "单位GDP能耗降低", "%", "约束性"),
        ("企业数/万家", "企业数", "家", ""),
        ("电信业务总量(2020年不变单价,亿元)", "电信业务总量", "亿元", ""),
        ("执业(助理)医师数(人)", "执业(助理)医师数", "人", ""),
        ("全省固定宽带用户(万户)", "固定宽带用户", "户", ""),
        ("建成5G基站(万个)", "5G基站", "个", ""),
        ("服务业增加值(亿元)", "服务业增加值", "亿元", ""),
        ("企业数<br>(家)", "企业数", "家", ""),
        ("10G-PON端口数", "10G-PON端口数", "", ""),
    ],
)
def test_names_of_rows(printed: str, label: str, unit: str, obligation: str) -> None:
    """Numbers, units, signs of notes and verbs of doing are no part of what is measured."""
    name = read_name(printed.replace("（", "(").replace("）", ")"), None, GRAMMAR)
    assert (name.label, name.unit.canonical, name.obligation) == (label, unit, obligation)


@pytest.mark.parametrize(
    ("printed", "label", "scope"),
    [
        ("其中:甲市", "固定宽带普及率", "甲市"),
        ("——其中:农村地区", "固定宽带普及率", "农村地区"),
        ("其中:占比", "固定宽带普及率占比", ""),
        ("其中:省级", "固定宽带普及率", "省级"),
        ("其中:有效高价值发明专利", "有效高价值发明专利", ""),
    ],
)
def test_rows_of_parts(printed: str, label: str, scope: str) -> None:
    """A place or a group of subjects is the scope of the measure above, another noun is a measure of its own."""
    parent = read_name("固定宽带普及率(%)", None, GRAMMAR)
    name = read_name(printed, parent, GRAMMAR)
    assert (name.label, name.scope, name.unit.canonical) == (label, scope, "%")


def test_a_year_that_opens_a_name_is_the_rows() -> None:
    """`到2023年建成5G基站` holds by 2023 where the column names no year."""
    text = "指标 | 目标值\n到2023年建成5G基站（万个） | 10\n到2025年建成5G基站（万个） | 16"
    assert facts(text, "year", "label") == [(2023, "5G基站"), (2025, "5G基站")]


@pytest.mark.parametrize(
    ("caption", "measure"),
    [
        ("各市(区)“十四五”数字经济核心产业增加值目标", "数字经济核心产业增加值"),
        ("附表2 2023年各市5G基站建设任务分解表(单位:个)", "5G基站"),
        ("附表1", ""),
        ("主要指标", ""),
        ("单位:亿元", ""),
    ],
)
def test_what_captions_measure(caption: str, measure: str) -> None:
    """Where rows are places and columns years, the title names the measure."""
    assert read_caption((caption,), GRAMMAR) == measure


def test_rows_of_places() -> None:
    """The place is the scope, the total of all has none."""
    text = (
        "各市5G基站建设任务分解表（单位：个）\n序号 | 市 | 2024年 | 2025年\n"
        "1 | 甲市 | 40 | 30\n2 | 乙市 | 18 | 15\n | 全省合计 | 58 | 45"
    )
    assert facts(text, "value", "year", "label", "scope") == [
        (40, 2024, "5G基站", "甲市"),
        (30, 2025, "5G基站", "甲市"),
        (18, 2024, "5G基站", "乙市"),
        (15, 2025, "5G基站", "乙市"),
        (58, 2024, "5G基站", ""),
        (45, 2025, "5G基站", ""),
    ]


def test_columns_of_places() -> None:
    """Places in the head are scopes as well."""
    text = "指标 | 合肥市 | 其中：城区 | 全省\n5G基站数（个） | 20 | 8 | 60"
    assert facts(text, "value", "scope") == [(20, "合肥市"), (8, "城区"), (60, "")]


def test_rows_of_years() -> None:
    """A year in the row's name is that of its numbers; the columns name the measures."""
    text = "年份 | 核心产业增加值（亿元） | 规上企业数（家）\n2020年 | 3200 | 46\n2025年 | 5000 | 65"
    assert facts(text, "value", "year", "status", "label") == [
        (3200, 2020, "actual", "核心产业增加值"),
        (46, 2020, "actual", "规上企业数"),
        (5000, 2025, "target", "核心产业增加值"),
        (65, 2025, "target", "规上企业数"),
    ]


def test_rows_of_branches() -> None:
    """Branch and column together name what is measured."""
    text = "产业链 | 2025年产值目标 | 龙头企业\n工业机器人 | 300亿元 | 15家\n高端服务器 | 1000亿元以上 | 8家"
    assert facts(text, "value", "bound", "label")[0] == (300, "=", "工业机器人产值")
    assert facts(text, "value", "bound", "label")[2:] == [
        (1000, ">=", "高端服务器产值"),
        (8, "=", "高端服务器龙头企业"),
    ]


def test_groups_and_obligations_are_carried_down() -> None:
    """A row of one cell names a group; a merged first cell is left out or empty in the rows below."""
    text = (
        "类别 | 指标 | 2025年 | 属性\n设施 | 5G基站（万个） | 16 | 预期性\n千兆用户（万户） | 600 | 预期性\n"
        " | 算力（PFLOPS） | 30 | 约束性\n一、约束性指标 | | |\n产业 | 收入（亿元） | 9 | "
    )
    assert facts(text, "section", "obligation") == [
        ("设施", "预期性"),
        ("设施", "预期性"),
        ("设施", "约束性"),
        ("产业", "约束性"),
    ]


def test_a_name_broken_over_two_rows_is_one() -> None:
    """The width of a page breaks long names."""
    text = "指标|2020年|2025年|\n规模以上工业企业关键工序数控|50|65|\n化率（%）|||\n上云企业（万家）|1|3|"
    assert facts(text, "label", "unit")[0] == ("规模以上工业企业关键工序数控化率", "%")


def test_a_second_head_opens_a_second_table() -> None:
    """Tables may follow one another without a line between them."""
    text = "指标|2020年|2025年\n5G基站（万个）|3|16\n指标|2021年|2023年\n上云企业（万家）|1|2"
    assert facts(text, "year") == [(2020,), (2025,), (2021,), (2023,)]


def test_rows_of_notes_give_nothing() -> None:
    """Notes may stand in a table's last row."""
    assert facts("指标|2025年\n5G基站（万个）|16\n注：规模以上指年营收2000万元以上。| ", "number") == [("16",)]


# --- cells


@pytest.mark.parametrize(
    ("content", "unit", "expected"),
    [
        ("12", "万个", [(120_000, None, "个", "=", "level")]),
        ("1.2万", "万个", [(12_000, None, "个", "=", "level")]),
        ("≥98%", "", [(98, None, "%", ">=", "level")]),
        ("98以上", "%", [(98, None, "%", ">=", "level")]),
        ("<1", "毫秒", [(1, None, "毫秒", "<", "level")]),
        ("约80万台(套)", "", [(800_000, None, "台(套)", "~", "level")]),
        ("10—20", "家", [(10, 20, "家", "=", "level")]),
        ("10-20", "家", [(10, 20, "家", "=", "level")]),
        ("42*", "%", [(42, None, "%", "=", "level")]),
        ("**42**", "%", [(42, None, "%", "=", "level")]),
        ("〔1500〕", "家", [(1500, None, "家", "=", "level")]),
        ("[2000]", "家", [(2000, None, "家", "=", "level")]),
        ("-2.5", "%", [(-2.5, None, "%", "=", "level")]),
        ("比2020年下降15%", "", [(-15, None, "%", "=", "growth")]),
        ("提高5个百分点以上", "%", [(5, None, "百分点", ">=", "change")]),
        ("翻一番", "家", [(2, None, "倍", "=", "growth")]),
        ("每年10家", "", [(10, None, "家", "=", "annual")]),
        ("三分之一", "", [(pytest.approx(100 / 3), None, "%", "=", "level")]),
        ("2025年", "", []),
        ("2022—2025", "", []),
        ("全国第5位", "", []),
        ("高于全国2个百分点", "%", []),
        ("—", "%", []),
        ("", "%", []),
    ],
)
def test_numbers_of_cells(content: str, unit: str, expected: list[tuple[object, ...]]) -> None:
    """Bounds, ranges, brackets, signs of notes, decreases; dates, ranks and gaps are no quantities."""
    stated = parse_unit(unit, GRAMMAR) or NO_UNIT
    found = [
        (
            float(number.value),
            None if number.high is None else float(number.high),
            number.unit,
            number.bound,
            number.kind,
        )
        for number in read_numbers(content, "企业数", stated, GRAMMAR)
    ]
    assert found == expected


def test_a_decrease_named_in_the_row_is_negative() -> None:
    """Its bound turns with it, and the label loses the word."""
    text = "指标 | 2025年\n单位地区生产总值能耗降低（%） | 14以上\n失业率（%） | 5.5以内"
    assert facts(text, "value", "bound", "kind", "label") == [
        (-14, "<=", "growth", "单位地区生产总值能耗"),
        (5.5, "<=", "level", "失业率"),
    ]


def test_growth_columns() -> None:
    """Their unit is %, not the row's; a total in brackets among them has the row's."""
    text = "指标 | 2020年 | 2025年 | 年均/累计\n收入（亿元） | 100 | 200 | 14.9\n新增就业（万人） | — | — | 〔300〕"
    assert facts(text, "value", "unit", "kind")[2:] == [(14.9, "%", "growth"), (3_000_000, "人", "change")]


def test_a_total_that_is_the_difference_is_a_change() -> None:
    """Of a rate it is in percentage points."""
    text = "指标 | 2020年 | 2025年 | 累计\n核心产业占比（%） | 4.2 | 10 | [5.8]\n培训人才（万人次） | 8.5 | — | [60]"
    assert facts(text, "value", "unit", "kind")[2:] == [
        (5.8, "百分点", "change"),
        (85_000, "人次", "level"),
        (600_000, "人次", "level"),
    ]


def test_a_column_of_points_holds_for_rates() -> None:
    """Of counts it holds what the row says."""
    text = "指标 | 2025年 | 提高（百分点）\n占比（%） | 65 | 5\n就业岗位（万个） | 30 | 〔3〕"
    assert facts(text, "value", "unit")[1::2] == [(5, "百分点"), (30_000, "个")]


def test_a_cells_own_year_wins() -> None:
    """`215（2019年）` is of 2019; a comparison names the base."""
    text = "指标 | 2020年 | 2025年\n示范车间（个） | 215（2019年） | 1000\n能耗 | — | 比2020年下降15%"
    assert facts(text, "value", "year", "base_year", "status") == [
        (215, 2019, None, "actual"),
        (1000, 2025, None, "target"),
        (-15, 2025, 2020, "target"),
    ]


def test_a_cell_of_several_numbers() -> None:
    """Each after the first needs a name of its own, a place is the scope."""
    text = (
        "指标 | 2025年\n宽带接入速率 | 城市1000Mbps、农村500Mbps以上\n"
        "工业互联网平台 | 50个（其中国家级双跨平台2个）\n时延 | 5毫秒"
    )
    assert facts(text, "value", "bound", "label", "scope") == [
        (1000, "=", "宽带接入速率", "城市"),
        (500, ">=", "宽带接入速率", "农村"),
        (50, "=", "工业互联网平台", ""),
        (2, "=", "国家级双跨平台", ""),
        (5, "=", "时延", ""),
    ]


@pytest.mark.parametrize(
    "words",
    ["应办尽办", "应共享尽共享", "全覆盖", "持续保持", "与经济增长同步", "完成国家下达任务", "达到全国平均水平"],
)
def test_cells_in_words_are_targets_without_a_value(words: str) -> None:
    """The wording stands in the record's place, and in the quote of its row."""
    (target,) = targets(f"指标 | 2020年 | 2025年\n网上可办率（%） | — | {words}")
    assert (target.value, target.number, target.year, target.label) == (None, words, 2025, "网上可办率")
    assert words in target.quote


@pytest.mark.parametrize("words", ["—", "/", "无", "待定", "预期性", "省数据局", "起步阶段"])
def test_other_words_are_no_targets(words: str) -> None:
    """Signs for nothing and names commit to nothing."""
    assert not targets(f"指标 | 2020年 | 2025年\n网上可办率（%） | — | {words}")


def test_words_about_the_past_are_no_targets() -> None:
    """A commitment stands in a column of targets."""
    assert not targets("指标 | 2020年 | 2025年\n网上可办率（%） | 持续提升 | —")


def test_cells_of_running_text_are_read_as_text() -> None:
    """Their year is that of their own words, else of the row's deadline."""
    text = (
        "序号 | 重点任务 | 牵头单位 | 完成时限\n1 | 建成5G基站16万个，实现乡镇以上全覆盖 | 省通信管理局 | 2023年底\n"
        "2 | 到2022年培育上云企业5万家 | 省工信厅 | 2024年"
    )
    assert facts(text, "value", "year", "label") == [(160_000, 2023, "5G基站"), (50_000, 2022, "上云企业")]


# --- years and status


def test_status_follows_the_years() -> None:
    """Years before the plan are reported, later ones are targets, in any order of columns."""
    text = "指标 | 2025年 | 2023年 | 2020年\n企业（家） | 300 | 200 | 100"
    assert facts(text, "year", "status") == [(2025, "target"), (2023, "target"), (2020, "actual")]


def test_a_column_without_a_year_takes_the_plans_or_the_captions() -> None:
    """现状 has no year that a table tells; 目标 is for the end of the plan unless the title names a year."""
    assert facts("指标 | 现状 | 目标\n企业（家） | 100 | 300", "year", "status") == [(None, "actual"), (2025, "target")]
    assert facts("2024年主要目标\n指标 | 目标\n企业（家） | 300", "year") == [(2024,)]
    assert facts("指标 | 2024年 | 2030年 | 年均增长\n企业（家） | 1 | 3 | 5", "year")[-1] == (2030,)


def test_a_table_of_a_report_is_actual() -> None:
    """In a section that reports, a column without a year reports too."""
    assert facts("第一章 发展现状\n指标 | 数值\n企业（家） | 100", "status") == [("actual",)]


# --- scripts, form, cost


def test_traditional_and_simplified_tables_give_the_same() -> None:
    """Labels and units are in simplified characters, offsets in the text as read."""
    simplified = "指标 | 单位 | 2020年 | 属性\n千兆宽带用户 | 万户 | 50 | 预期性\n网办率 | % | 应办尽办 | 约束性"
    traditional = "指標 | 單位 | 2020年 | 屬性\n千兆寬帶用戶 | 萬戶 | 50 | 預期性\n網辦率 | % | 應辦盡辦 | 約束性"
    fields = ("start", "end", "value", "unit", "year", "label", "obligation")
    assert facts(simplified, *fields) == facts(traditional, *fields)


ROWS = [["指标（单位）", "2020年", "2025年"], ["5G基站（万个）", "3.1", "16以上"], ["网上可办率（%）", "85", "98"]]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(" | ".join(row) for row in ROWS),
        "\n".join("| " + " | ".join(row) + " |" for row in ROWS),
        "\n".join("\t".join(row) for row in ROWS),
        "\n".join("\n".join(row) for row in ROWS),
        "\n".join(" ".join(row) for row in ROWS),
        " | ".join(" | ".join(row) for row in ROWS),
        "\n├──┼──┤\n".join("│" + "│".join(row) + "│" for row in ROWS),
    ],
    ids=["bars", "frame", "tabs", "lines", "blanks", "one line", "drawn"],
)
def test_a_table_reads_the_same_in_every_form(text: str) -> None:
    """Whatever the copy left of its lines."""
    assert facts(text, "value", "unit", "bound", "year", "label") == [
        (31_000, "个", "=", 2020, "5G基站"),
        (160_000, "个", ">=", 2025, "5G基站"),
        (85, "%", "=", 2020, "网上可办率"),
        (98, "%", "=", 2025, "网上可办率"),
    ]


CELLS = [
    "",
    "指标",
    "单位",
    "2025年",
    "2020年（亿元）",
    "地区",
    "年份",
    "甲市",
    "5G基站（万个）",
    "其中：乙市",
    "合计",
    "12",
    "≥98%",
    "[5]",
    "10-20",
]
CELLS += [
    "三分之一",
    "翻一番",
    "应办尽办",
    "—",
    "约80万台（套）",
    "215（2019年）",
    "预期性",
    "建成5G基站16万个，普及率达到80%。",
    "注：无",
    "(",
    "*",
]


@given(
    st.lists(st.lists(st.sampled_from(CELLS), min_size=1, max_size=5), min_size=1, max_size=6),
    st.sampled_from(["|", " | ", "\t", "\n", " "]),
    st.sampled_from([PERIOD, Period()]),
)
def test_any_table_is_read(rows: list[list[str]], separator: str, period: Period) -> None:
    """Nothing raises; every record is the number at its place, and no place has two."""
    found = targets("\n".join(separator.join(row) for row in rows), period)
    places = sorted((target.start, target.end) for target in found)
    assert all(one[1] <= other[0] for one, other in pairwise(places))


@pytest.mark.parametrize(
    "text",
    [
        "指标|2025年\n5G|" + "1*" * 20_000,
        "指标|2025年\n5G|" + "(1" * 20_000,
        "指标|2025年\n" + "(个" * 20_000 + "|5",
        "指标|2025年\n" + "基站（个）|5\n" * 2_000,
        "指标|2025年\n" * 4_000,
        "序号|任务|2025年\n" + "1|建设平台|2025年6月\n" * 3_000,
    ],
    ids=["stars", "brackets", "label", "rows", "heads", "dates"],
)
def test_time_grows_with_the_length(text: str) -> None:
    """Neither long cells nor long tables cost more than their length."""
    started = time.perf_counter()
    extract(text)
    assert time.perf_counter() - started < 10
