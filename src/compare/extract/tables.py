"""Tables to records: what each column holds, read from its head; what each row measures, read from its label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from compare.extract.grammar import YEAR, Grammar
from compare.extract.prose import Statement
from compare.extract.quantities import Quantity, find_quantities
from compare.extract.timeline import Setting
from compare.numerals import MAGNITUDES
from compare.reading.grid import Cell, Row, Table
from compare.text import Squeezed, squeeze
from compare.units import Unit

_UNIT_IN_LABEL = re.compile(r"[(\[]([^()\[\]]{1,14})[)\]]\s*(?:\*|[①-⑳]|\[\d\])?$")
_MAGNITUDE = re.compile("[百千万亿]*(?=.)")
_HEAD_MARK = re.compile(r"指标|名称|单位|(?:19|20)\d\d年?|目标|基期|现状|序号|类别|属性|年均|累计")
_NUMBER_CELL = re.compile(r"[\[(]?\s*[<>≥≤≈约超近-]*\s*\d[\d,.]*\s*[%‰万亿个家户]*[\])]?(?:以上|以下|左右|以内)?")
_ROW_NUMBER = re.compile(
    r"^(?:\d{1,2}[.、)]|\(\d{1,2}\)|[①-⑳]|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|[*★▲△#]+)\s*"
)
_NOTE_MARK = re.compile(r"(?:\*+|[①-⑳]|\[(?:\d|注\d?)\]|〔\d〕|注\d)$")
_TARGET_HEAD = re.compile("目标|规划|预期|力争|计划")
_VALUE_HEAD = re.compile("目标|现状|基期|基数|数值|指标值|完成|规划值|预期值|实际")
_CELL_YEAR = re.compile(r"\((20\d\d)年?\)")
_FALLING = re.compile(r"(?:下降|降低|减少|降幅|下降率|减排|压减)(?:率|幅度)?(?:\([^)]*\))?$")
_GROWING = re.compile(r"(?:增长|增速|涨幅|增长率|增幅|增长速度|递增|提高幅度)(?:\([^)]*\))?$")
_RELATIVE = re.compile(r"应.尽.|全国平均|国家下达|国家要求")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds.

    Attributes:
        role: `label`, `unit`, `group`, `obligation`, `value` or `other`.
        year, status, kind: of a value column.
        unit: unit named in the head, as printed.
        label: measure named in the head of a value column, where the rows are places or branches.
    """

    role: str
    year: int | None = None
    status: str = ""
    kind: str = ""
    unit: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class TableStatement:
    """A statement of a table with the row it stands in; places in the statement are offsets in the text as read."""

    statement: Statement
    row: Row
    group: str
    obligation: str
    words: str = ""


def read_table(text: str, table: Table, setting: Setting, grammar: Grammar) -> Iterator[TableStatement | Cell]:
    """Read a table.

    Args:
        text: the whole folded, simplified text.
        table: the table's rows.
        setting: what the section and plan give.
        grammar: the compiled definitions.

    Yields:
        A statement for every number in a column of values and every worded commitment there; the cells, other than the
        head's, that are to be read as running text.
    """
    head, columns = read_head(text, table, setting, grammar)
    body = table.rows[head:]
    if not any(column.role == "value" for column in columns):
        for row in table.rows:
            yield from (cell for cell in row.cells if cell.end - cell.start > 5)
        return
    group = ""
    for row in body:
        cells = _align(text, row, columns)
        filled = [cell for cell in cells if cell.start < cell.end]
        if not filled:
            continue
        if len(filled) == 1:
            group = _ROW_NUMBER.sub("", text[filled[0].start : filled[0].end])
            if len(group) > 24:
                yield filled[0]
            continue
        for column, cell in zip(columns, cells, strict=False):
            if column.role == "group" and not text[cell.start : cell.end].isdigit() and cell.end - cell.start > 1:
                group = text[cell.start : cell.end]
        yield from _read_row(text, row, cells, columns, group, setting, grammar)


def _align(text: str, row: Row, columns: list[Column]) -> tuple[Cell, ...]:
    """Give a row whose merged first cell is left out an empty cell in its place."""
    missing = len(columns) - len(row.cells)
    if missing > 0 and len(row.cells) > 1 and columns[0].role == "group":
        lead = sum(1 for column in columns[:missing] if column.role == "group")
        first = text[row.cells[0].start : row.cells[0].end]
        if lead == missing and not first.isdigit():
            blank = Cell(row.start, row.start)
            return (*(blank for _ in range(missing)), *row.cells)
    return row.cells


def read_head(text: str, table: Table, setting: Setting, grammar: Grammar) -> tuple[int, list[Column]]:
    """Read the head of a table: how many rows it has and what each column holds."""
    height = 0
    for row in table.rows[:4]:
        contents = [text[cell.start : cell.end] for cell in row.cells]
        marks = sum(bool(_HEAD_MARK.search(content)) and len(content) <= 24 for content in contents)
        numbers = sum(
            bool(_NUMBER_CELL.fullmatch(content)) and not re.fullmatch(r"(?:19|20)\d\d", content)
            for content in contents[1:]
        )
        if (
            (marks and not numbers)
            or (
                height
                and not numbers
                and all(not content or len(content) < 14 for content in contents)
                and not contents[0]
            )
            or (all(not content for content in contents) and height)
        ):
            height += 1
        else:
            break
    if not height:
        return 0, []
    width = max(len(row.cells) for row in table.rows)
    titles = _column_titles(text, table.rows[:height], width)
    columns = [_read_column(title, setting, grammar) for title in titles]
    return height, _settle(columns, titles)


def _column_titles(text: str, rows: tuple[Row, ...], width: int) -> list[str]:
    titles = [""] * width
    for number, row in enumerate(rows):
        carried = ""
        for index in range(width):
            content = text[row.cells[index].start : row.cells[index].end] if index < len(row.cells) else ""
            content = content.replace(" ", "")
            if content:
                carried = content
            elif number < len(rows) - 1 and re.search("目标|年|值", carried):
                content = carried
            titles[index] += content
    return titles


def _read_column(title: str, setting: Setting, grammar: Grammar) -> Column:
    words = grammar.words
    unit_match = _UNIT_IN_LABEL.search(title)
    unit = unit_match[1] if unit_match and _parse_unit(unit_match[1], grammar) else ""
    if _contains(title, words.growth_heads) and not _contains(title, words.label_heads):
        years = [int(year) for year in re.findall(r"20\d\d", title)]
        return Column("value", max(years, default=setting.period.last_year), "target", "growth", unit or "%")
    years = [
        match
        for match in YEAR.finditer(f"{title}年" if re.search(r"20\d\d$", title) else title)
        if match["first"] or match["plan"]
    ]
    if years or _VALUE_HEAD.search(title):
        match = years[-1] if years else None
        year = None
        if match is not None:
            year = int(match["last"] or match["first"]) if match["first"] else None
        is_actual = _contains(title, words.actual_heads) and not _TARGET_HEAD.search(title)
        status = "actual" if is_actual else "target" if _TARGET_HEAD.search(title) else ""
        if (
            match is None
            and _contains(title, words.label_heads)
            and not _TARGET_HEAD.search(title.replace("目标名称", ""))
        ):
            return Column("label", unit=unit)
        kind = "change" if re.search("新增|增加", title) else ""
        return Column("value", year, status, kind, unit)
    if title.startswith(words.unit_heads) or re.fullmatch("(?:计量|指标)?单位(?:名称)?", title):
        return Column("unit")
    if title in words.obligation_heads or _contains(title, ("属性", "性质")) or title in ("类型", "备注"):
        return Column("obligation")
    if title in words.group_heads or title.startswith(("序号", "类别", "一级", "领域", "维度", "分类")):
        return Column("group")
    if _contains(title, words.label_heads):
        return Column("label", unit=unit)
    return Column("other", unit=unit, label=_UNIT_IN_LABEL.sub("", title) if unit else "")


def _contains(title: str, words: tuple[str, ...]) -> bool:
    return any(word in title for word in words)


def _settle(columns: list[Column], titles: list[str]) -> list[Column]:
    """Make sure of one label column; columns named by a measure hold values where the rows are places."""
    if not any(column.role == "value" for column in columns):
        columns = [
            replace(column, role="value") if column.role == "other" and column.label else column for column in columns
        ]
    labels = [index for index, column in enumerate(columns) if column.role == "label"]
    for index in labels[:-1]:
        columns[index] = Column("group")
    if not labels:
        rest = [
            i
            for i, column in enumerate(columns)
            if column.role in ("other", "group", "obligation") and titles[i] not in ("序号", "备注")
        ]
        if rest and rest[0] < len(columns) - 1:
            columns[rest[0]] = Column("label")
    if columns and columns[-1].role == "value" and not titles[-1]:
        columns[-1] = Column("other")
    return columns


def _read_row(
    text: str, row: Row, cells: tuple[Cell, ...], columns: list[Column], group: str, setting: Setting, grammar: Grammar
) -> Iterator[TableStatement]:
    label, unit_text, obligation = "", "", ""
    for column, cell in zip(columns, cells, strict=False):
        content = text[cell.start : cell.end].replace(" ", "")
        if column.role == "label":
            label = content
        elif column.role == "unit" and content not in grammar.words.empty_cells:
            unit_text = content
        elif column.role == "obligation":
            obligation = next((word for word in grammar.words.obligations if word in content), obligation)
        elif column.role == "other" and content in grammar.words.obligations:
            obligation = content
    label, printed = _clean_label(label, grammar)
    unit_text = unit_text or printed
    for column, cell in zip(columns, cells, strict=False):
        if column.role == "value" and cell.start < cell.end:
            statement = _read_cell(text, cell, column, label, unit_text, setting, grammar)
            if statement is not None:
                yield TableStatement(statement[0], row, group, obligation, statement[1])


def _clean_label(label: str, grammar: Grammar) -> tuple[str, str]:
    label = _NOTE_MARK.sub("", _ROW_NUMBER.sub("", label))
    label = re.sub(r"^(?:其中|其中[:：])[:]?", "", label)
    match = _UNIT_IN_LABEL.search(label)
    if match and _parse_unit(match[1], grammar):
        return _NOTE_MARK.sub("", label[: match.start()]), match[1]
    return _NOTE_MARK.sub("", label), ""


def _parse_unit(printed: str, grammar: Grammar) -> tuple[Decimal, Unit] | None:
    """Magnitude and unit of a unit as a label or column prints it (`万个`, `亿元`, `件/万人`)."""
    lead = _MAGNITUDE.match(printed)
    for length in range(len(lead[0]) + 1 if lead else 1):
        unit = grammar.units.match(printed, length)
        if unit is None:
            continue
        rest = printed[length + len(unit.surface) :]
        if rest and not rest.startswith(("/", "每")):
            continue
        factor = Decimal(1)
        for character in printed[:length]:
            factor *= MAGNITUDES[character]
        if rest:
            canonical = f"{'元' if unit.dimension == 'money' else unit.canonical}{rest}"
            return factor, Unit(printed, canonical, Decimal(1), unit.dimension, unit.use)
        return factor * unit.factor, unit
    return None


def _read_cell(
    text: str, cell: Cell, column: Column, label: str, unit_text: str, setting: Setting, grammar: Grammar
) -> tuple[Statement, str] | None:
    squeezed = squeeze(text, cell.start, cell.end)
    content = squeezed.text
    if content in grammar.words.empty_cells:
        return None
    override = _CELL_YEAR.search(content)
    year = int(override[1]) if override else column.year
    status = _status(column, year, setting)
    if year is None:
        year = (
            setting.period.last_year
            if status == "target"
            else setting.period.base_year or (setting.year if status == "actual" else None)
        )
    quantity = _first_quantity(content, grammar)
    measure = column.label or label
    if quantity is None:
        if status == "target" and (content in grammar.words.worded_cells or _RELATIVE.search(content)):
            return _worded(squeezed, content, measure, year), content
        return None
    factor, unit = _unit_of(quantity, unit_text or column.unit, grammar, label)
    value = float(quantity.value * factor)
    high = None if quantity.high is None else float(quantity.high * factor)
    kind = column.kind or _kind_of(label, unit, content)
    bound = quantity.bound
    negative = content.lstrip("[(").startswith(("-", "—", "−")) or (
        _FALLING.search(label) is not None and unit in ("%", "百分点")
    )
    if negative:
        value, high = (-value, None) if high is None else (-high, -value)
        bound = {"=": "=", "~": "~", ">=": "<=", ">": "<", "<=": ">=", "<": ">"}[bound]
    scope = label if column.label else ""
    located = _locate(quantity, squeezed)
    return (
        Statement(
            located, kind, value, high, unit, bound, year, None, status, measure, scope, (cell.start, cell.end), []
        ),
        "",
    )


def _status(column: Column, year: int | None, setting: Setting) -> str:
    if column.status:
        return column.status
    period = setting.period
    if year is None:
        return "target"
    if period.base_year is not None and year <= period.base_year:
        return "actual"
    if period.first_year is not None and year < period.first_year:
        return "actual"
    return "actual" if period.now is not None and year < period.now else "target"


def _first_quantity(content: str, grammar: Grammar) -> Quantity | None:
    for quantity in find_quantities(content, grammar):
        if not quantity.refused or quantity.refused in ("slogan", "bare", "numeral"):
            if quantity.refused:
                return None
            return quantity
    return None


def _unit_of(quantity: Quantity, printed: str, grammar: Grammar, label: str) -> tuple[Decimal, str]:
    if quantity.unit is not None and quantity.unit.use in ("quantity", "measured"):
        canonical = quantity.canonical
        factor = Decimal(1)
    else:
        parsed = _parse_unit(printed, grammar) if printed else None
        if parsed is None:
            return Decimal(1), ""
        factor, unit = parsed
        canonical = unit.canonical
    if "/" not in canonical and (match := grammar.per_population.search(label)) and canonical not in ("%", "亿元"):
        canonical = f"{canonical}/{grammar.words.population_nouns[match[0]]}"
    if canonical == "亿元" and re.search("人均|户均|亩均", label):
        return factor * 10**8, "元"
    if canonical == "Mbps" and grammar.exits.search(label):
        return factor / 1000, "Gbps"
    if canonical == "Gbps" and not grammar.exits.search(label) and re.search("接入|速率|下载", label):
        return factor * 1000, "Mbps"
    return factor, canonical


def _kind_of(label: str, unit: str, content: str) -> str:
    if unit == "百分点":
        return "change"
    if unit in ("%", "倍") and (_GROWING.search(label) or _FALLING.search(label)):
        return "growth"
    if label.startswith(("每年", "年均")) and unit not in ("%", "倍"):
        return "annual"
    if (
        re.search(r"新增|净增|新建(?!.{0,8}(?:PUE|率|占比|比例|比重))", label)
        and unit not in ("%", "")
        and "累计" not in label
    ):
        return "change"
    return "level"


def _locate(quantity: Quantity, squeezed: Squeezed) -> Quantity:
    return replace(quantity, start=squeezed.at(quantity.start), end=squeezed.after(quantity.end))


def _worded(squeezed: Squeezed, content: str, label: str, year: int | None) -> Statement:
    start, end = squeezed.at(0), squeezed.after(len(content))
    quantity = Quantity(start, end, end, start, end, Decimal(0), None, None, "")
    return Statement(quantity, "level", None, None, "", "=", year, None, "target", label, "", (start, end), [])
