"""A cell in a column of values to records: label, scope, unit, year and status come from its row, column and table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from compare.extract.cells import Number, read_label_kind, read_numbers, strip_fall
from compare.extract.columns import Head, is_number
from compare.extract.grammar import Grammar
from compare.extract.labels import label_before
from compare.extract.printed_units import NO_UNIT, PrintedUnit, parse_unit, read_stated_unit
from compare.extract.prose import Statement, read_paragraph
from compare.extract.quantities import Quantity
from compare.extract.rows import RowName, read_caption
from compare.extract.timeline import Setting
from compare.extract.times import find_moments
from compare.extract.titles import Column, is_place
from compare.reading.grid import Cell
from compare.text import squeeze

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CELL_YEAR = re.compile(r"[(\[](20\d\d)年?(?:底|末)?[)\]]")
_CLAUSE = re.compile(r"[,;。]")
_REMARK_SIGN = re.compile("[,;、]")
_DIGIT = re.compile(r"\d")
_EXHAUSTIVE = re.compile(r"应(.{1,4})尽\1")
_RANK = re.compile("排名|位次|名次")
_WHOLE = ("全", "我", "本")
_RATES = ("%", "‰")
_RATE_END = ("率", "比重", "占比", "比例", "程度")
_NAME = re.compile("[\u4e00-\u9fffA-Za-z“].*")
_NO_NAME = re.compile("基础|国家(?!级)|全国|居|年|比|较|相当|水平")
_SHORTEST_NAME = 4
_MAX_CELL = 24
_LONG_CELL = 60
_MAX_WORDED = 30
_PLAN_YEARS = 3


@dataclass(frozen=True, slots=True)
class Facts:
    """What a row gives to each of its numbers.

    Attributes:
        name: its name.
        unit: the unit of its column of units, else of its name.
        year: the year that names it, or its deadline.
        group: the name of the group that it belongs to.
        place: the place in a column of places beside its name.
    """

    name: RowName
    unit: PrintedUnit = NO_UNIT
    year: int | None = None
    group: str = ""
    place: str = ""


class CellReader:
    """Reads the cells of one table."""

    def __init__(self, text: str, head: Head, captions: tuple[str, ...], setting: Setting, grammar: Grammar) -> None:
        self.text = text
        self.head = head
        self.captions = captions
        self.setting = setting
        self.grammar = grammar
        self._subject = read_caption(captions, grammar) if head.axis in ("place", "year") else ""
        self._years = [column.year for column in head.columns if column.role == "value" and column.year]
        self._is_review = self._reviews(head)

    def read(self, cell: Cell, content: str, column: Column, facts: Facts) -> Iterator[Statement]:
        """Read a cell in a column of values.

        Args:
            cell: where it stands.
            content: its squeezed text.
            column: its column.
            facts: what its row gives.

        Yields:
            A statement for its number or for its commitment in words; of running text one for every number.
        """
        label, scope = self._name(column, facts)
        if not label or _RANK.search(label) or (self.head.axis == "place" and self._is_elsewhere(facts.name.label)):
            return
        year, status = self._date(content, column, facts)
        content = _drop_remark(content)
        if len(content) > _LONG_CELL or (len(content) > _MAX_CELL and _CLAUSE.search(content)):
            yield from self.read_running(cell, facts, year, status)
            return
        unit = self._unit(content, column, label, facts)
        numbers = list(read_numbers(content, label, unit, self.grammar))
        previous = 0
        for number in numbers:
            own = self._own_words(content[previous : number.quantity.claim_start])
            if not previous or own:
                what = self._specify(label, scope, own)
                yield self._state(number, cell, content, column, *what, year, status)
            previous = number.quantity.claim_end
        if not numbers and status == "target" and self._is_worded(content):
            blank = Quantity(cell.start, cell.end, cell.end, cell.start, cell.end, Decimal(0), None, None, "")
            span = (cell.start, cell.end)
            yield Statement(blank, "level", None, None, "", "=", year, None, status, label, scope, span)

    def read_running(self, cell: Cell, facts: Facts, year: int | None, status: str) -> Iterator[Statement]:
        """Read a cell of running text; what it does not say comes from its row and column."""
        squeezed = squeeze(self.text, cell.start, cell.end)
        year = year if year is not None else self.setting.year
        setting = self.setting._replace(year=year, status=status or self.setting.status)
        for item in read_paragraph(squeezed.text, setting, self.grammar):
            if not isinstance(item, Statement):
                continue
            start, end = squeezed.at(item.quantity.start), squeezed.after(item.quantity.end)
            label = item.label or facts.name.label
            if item.label in self.grammar.words.generic_labels and item.label not in facts.name.label:
                label = f"{facts.name.label}{item.label}"
            quantity = replace(item.quantity, start=start, end=end)
            scope = item.scope or facts.name.scope or facts.place
            yield replace(item, quantity=quantity, label=label, scope=scope)

    # --- what is measured

    def _name(self, column: Column, facts: Facts) -> tuple[str, str]:
        """What a cell measures, and the part of the region that it covers."""
        name, axis = facts.name, self.head.axis
        is_whole = name.label in self.grammar.words.totals
        scope = column.scope or name.scope or facts.place
        if axis == "place":
            is_whole = is_whole or name.label in self.grammar.words.regions
            return column.label or self._subject, column.scope or ("" if is_whole else name.label)
        if axis == "year":
            return column.label or self._subject, scope
        if axis == "branch":
            return (column.label if is_whole and column.label else f"{name.label}{column.label}"), scope
        label = name.label
        if column.label and facts.unit is NO_UNIT and column.label not in label:
            label = f"{label}{column.label}"
        if label in self.grammar.words.generic_labels and facts.group:
            label = f"{facts.group}{label}"
        return label, scope

    def _is_elsewhere(self, place: str) -> bool:
        """Whether a row is about the nation or another province, for comparison."""
        regions = self.grammar.words.regions
        if place.startswith("全国"):
            return True
        return place in regions and not place.startswith(_WHOLE) and place not in self.setting.own_place

    def _own_words(self, lead: str) -> str:
        """What a cell itself names before a number, where it is a measure or a part of the region."""
        if not lead:
            return ""
        start = max(lead.rfind(sign) for sign in "(,;、。:") + 1
        phrase = label_before(lead[start:].removeprefix("其中"), 0, len(lead), self.grammar)
        words = self.grammar.words
        if phrase in words.part_words or phrase in words.generic_labels or is_place(phrase):
            return phrase
        is_name = _NAME.fullmatch(phrase) is not None and not _NO_NAME.search(phrase)
        return phrase if is_name and len(phrase) >= _SHORTEST_NAME else ""

    def _specify(self, label: str, scope: str, own: str) -> tuple[str, str]:
        if not own or own in label:
            return label, scope
        if own in self.grammar.words.part_words or is_place(own):
            return label, own
        return (f"{label}{own}" if own in self.grammar.words.generic_labels else own), scope

    def _unit(self, content: str, column: Column, label: str, facts: Facts) -> PrintedUnit:
        """The unit of a number that states none: of the growth column, the row, the column or the whole table."""
        is_added = column.is_total and read_label_kind(label, facts.unit.canonical) == "change"
        if column.kind == "growth" and content[0] not in "[(〔" and not is_added:
            return column.unit if column.unit is not NO_UNIT else parse_unit("%", self.grammar) or NO_UNIT
        stated = read_stated_unit(self.captions, label, self.grammar)
        is_fitting = column.unit.canonical != "百分点" or facts.unit.canonical in ("", *_RATES)
        is_of_row = self.head.axis == "label" and not (column.kind and is_fitting)
        order = (facts.unit, column.unit) if is_of_row else (column.unit, facts.unit)
        return next((unit for unit in (*order, stated) if unit is not NO_UNIT), NO_UNIT)

    # --- when it holds

    def _date(self, content: str, column: Column, facts: Facts) -> tuple[int | None, str]:
        period = self.setting.period
        stated = _CELL_YEAR.search(content)
        year = int(stated[1]) if stated else column.year or facts.year or facts.name.year
        status = "" if stated else column.status
        if year is None and self._is_review:
            return max(self._years), "actual"
        if year is not None and not status:
            status = "actual" if self._is_past(year) else "target"
        status = status or self.setting.status or "target"
        if year is None and status == "target":
            year = self._last_year()
        elif year is None:
            year = period.base_year or (self.setting.year if self.setting.status == "actual" else None)
        return year, status

    def _is_past(self, year: int) -> bool:
        period = self.setting.period
        return (
            (period.base_year is not None and year <= period.base_year)
            or (period.first_year is not None and year < period.first_year)
            or (period.now is not None and year < period.now)
            or (period.first_year is None and period.now is None and self._is_base_column(year))
        )

    def _reviews(self, head: Head) -> bool:
        """Whether all columns of values are past years, two at least, or what came of them: totals and growth."""
        values = [column for column in head.columns if column.role == "value"]
        is_told = all(column.year or ((column.is_total or column.kind) and not column.status) for column in values)
        return is_told and len(set(self._years)) > 1 and self._is_past(max(self._years))

    def _is_base_column(self, year: int) -> bool:
        """Whether a column opens several and lies years before the last: the base of a plan that states no start."""
        return year == min(self._years, default=year) and max(self._years, default=year) - year >= _PLAN_YEARS

    def _last_year(self) -> int | None:
        """Year of a target whose column names none."""
        last = self.setting.period.last_year
        if self._years:
            return last if last in self._years else max(self._years)
        for caption in self.captions:
            years = _YEAR.findall(caption)
            if len(years) == 1:
                return int(years[0])
        return self.setting.year or last

    # --- what it says

    def _state(
        self,
        number: Number,
        cell: Cell,
        content: str,
        column: Column,
        label: str,
        scope: str,
        year: int | None,
        status: str,
    ) -> Statement:
        kind = number.kind
        is_added = column.is_total and number.kind == "change"  # 城镇新增就业(万人) >60 under 年均/累计
        is_level = number.is_bracketed or is_added or (number.bound in ("<", "<=") and _is_rate(number, label))
        if column.kind and not (column.kind == "growth" and is_level):
            kind = column.kind if number.unit != "百分点" or column.kind == "annual" else "change"
        base = column.base_year
        for moment in find_moments(content, self.setting.period) if "年" in content else ():
            if moment.role == "base":
                base = moment.year
            elif moment.role == "year" and moment.is_explicit and not _CELL_YEAR.search(content):
                year = moment.year or year
        squeezed = squeeze(self.text, cell.start, cell.end)
        quantity = number.quantity
        quantity.start, quantity.end = squeezed.at(quantity.start), squeezed.after(quantity.end)
        return Statement(
            quantity=quantity,
            kind=kind,
            value=float(number.value),
            high=None if number.high is None else float(number.high),
            unit=number.unit,
            bound=number.bound,
            year=year,
            base_year=base if kind in ("change", "growth") else None,
            status=status,
            label=self._clean(label, kind),
            scope=scope,
            quote=(cell.start, cell.end),
        )

    def _clean(self, label: str, kind: str) -> str:
        """Take off a label the words that the kind and the sign of the value already say."""
        if kind == "growth":
            return strip_fall(label)
        if kind in ("change", "annual"):
            for word in sorted((*self.grammar.words.per_year, *self.grammar.words.added), key=len, reverse=True):
                if label.startswith(word) and len(label) - len(word) >= 3:
                    return label.removeprefix(word)
        return label

    def _is_worded(self, content: str) -> bool:
        words = self.grammar.words
        if len(content) > _MAX_WORDED or "。" in content or content in words.obligations:
            return False
        if content in words.worded_cells or _EXHAUSTIVE.search(content):
            return True
        return any(sign in content for sign in words.worded_signs) and not re.search(r"\d", content)


def _drop_remark(content: str) -> str:
    """A long cell without what it says in words behind its number: >8,力争投入强度高于“十三五”时期的平均水平."""
    if len(content) <= _MAX_CELL or (sign := _REMARK_SIGN.search(content)) is None:
        return content
    first, rest = content[: sign.start()], content[sign.end() :]
    return first if is_number(first) and not _DIGIT.search(rest) else content


def _is_rate(number: Number, label: str) -> bool:
    """Whether a rate is measured: one with an upper limit (城镇调查失业率 <5.5) does not grow by it."""
    return number.kind == "level" and number.unit in _RATES and label.endswith(_RATE_END)


def settle_totals(found: list[tuple[Column, Statement]]) -> Iterator[Statement]:
    """Read the totals of a row against its other numbers.

    A total that is just the difference of target and base is a change, of a rate in percentage points.

    Args:
        found: the statements of one row with their columns.

    Yields:
        The statements in the same order.
    """
    levels = [item for column, item in found if not column.is_total and item.kind == "level"]
    for column, item in found:
        ends = [level.value for level in levels if level.unit == item.unit and level.value is not None]
        if column.is_total and item.kind == "level" and item.value is not None and len(ends) >= 2:
            rise = ends[-1] - ends[0]
            if abs(rise - item.value) <= max(1e-9, 0.02 * abs(item.value)):
                yield replace(item, kind="change", unit="百分点" if item.unit in _RATES else item.unit)
                continue
        yield item
