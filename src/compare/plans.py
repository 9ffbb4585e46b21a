"""A plan: its source record, its text, and the period that its commitments run over."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from compare.definitions import load_yaml, validate
from compare.errors import CompareError, DefinitionError, InputError, Problem
from compare.reading import read_text
from compare.text import fold_widths, is_traditional, to_simplified

SUFFIXES = (".txt",)
_HEAD = 600
_PERIOD = re.compile(r"(20[0-4]\d)年?(?:[—-]{1,2}|~|至|到)(20[0-4]\d)年?")
FIVE_YEAR_PLANS = {"十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035}
"""Last year of each five-year plan."""
_FIVE_YEAR_TITLE = re.compile(r"“?(十[二三四五六]五)”?[^。,;\n]{0,30}(?:规划|计划|方案|纲要)")
_DATE = re.compile(
    r"(?P<year>20[0-4]\d)(?:年|(?P<sign>[-/.]))(?P<month>1[0-2]|0?[1-9])(?(sign)(?P=sign)|月)(?P<day>[0-3]?\d)(?:日|(?!\d))"
)
_MONTH = re.compile(r"^[ \u3000]*(?P<year>20[0-4]\d)(?:年|-|/|\.)(?:1[0-2]|0?[1-9])月?[ \u3000]*$", re.MULTILINE)
_NUMBERED = re.compile(r"[(\[](20[0-4]\d)[)\]]\d{1,4}号")
_OF_YEAR = re.compile(
    r"^[^\n。,]{0,30}(?<![—~至到-])(20[0-4]\d)年(?![—~至到-])[^\n。,]{0,24}"
    r"(?:(?P<bulletin>统计公报|发展报告|运行报告)|工作要点|重点工作|工作安排|行动安排|工作计划|重点任务|实施计划|工作方案|任务清单)",
    re.MULTILINE,
)
_REPORTED = re.compile(r"(?:截至|截止到?|截止至)(20[0-4]\d)年(年?底|末|12月)?")
# A whole year that is compared with the one before, or of which 已 tells, is over.
_OVER = re.compile(
    r"(?<![到至比较从由自于—~-])(20[0-4]\d)年(?!以来|底前)(?:(?!力[争求])[^。;\n到将拟]){0,60}?(?:同比|比上年|较上年|已|[居列]全国第)"
)
# Nor is a text older than a part of a year of which it gives the results.
_PART_OVER = re.compile(
    r"(?<![到至比较从由自于])(20[0-4]\d)年(?:第?[一二三四]季度|上半年|前[一二三]季度|1[—~至-]\d{1,2}月份?),?(?:[^。;\n,到将拟]{0,12})?(?:实现|完成|达|同比)"
)
_TAIWAN_CODE = "71"
_TAIWAN = re.compile("民国|台湾|台北|新台币|行政院|立法院|国发会|国科会|数发部")
_CITED = re.compile(r"《(20[0-4]\d)年?[^》]{2,30}(?:报告|白皮书|指数)》|(?:报告|白皮书|指数)》?[(](20[0-4]\d)年?[)]")
# Of what year a press conference was: 记者从2021年全市…发布会上获悉.
_PRESS_AT = re.compile(r"记者[^。,;\n]{0,10}从(20[0-4]\d)年[^。;\n]{0,30}会上?(?:获悉|了解到)")
_REPORT = re.compile(r"(20[0-4]\d)年[^。,;\n]{0,12}(?:政府)?工作报告|政府工作报告")
_FORWARD = re.compile(r"(?:(?<![高长加升大增截])[到至]|力争|争取|确保)(20[1-4]\d)年(?!以来|来)")
_PAST = re.compile(r"(20[1-4]\d)年(?=,|以来|来|全省|全市|全国|我省|我市|已|实现|共|底,|末,)")


class SourceRecord(BaseModel):
    """What is known of a plan besides its text; `data/plans/<id>.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str = Field(min_length=2)
    region: str = Field(pattern=r"^\d{6}$")
    issuer: str
    issued: dt.date | None
    first_year: int = Field(ge=1990, le=2060)
    last_year: int = Field(ge=1990, le=2060)
    base_year: int | None
    script: Literal["simplified", "traditional"]
    source: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    note: str = ""

    @model_validator(mode="after")
    def _is_in_order(self) -> SourceRecord:
        if self.first_year > self.last_year:
            raise ValueError(f"first_year {self.first_year} after last_year {self.last_year}")
        return self


@dataclass(frozen=True, slots=True)
class Period:
    """The years that frame a plan's numbers, each None where nothing tells it.

    Attributes:
        first_year, last_year: what the plan covers; `last_year` is the year of a target that states none.
        base_year: the year of its baseline figures.
        now: the year in which it was issued: years before it are past.
        is_issued: whether `now` is a stated date of issue, so that 今年 and 未来三年 can be counted from it.
        counts_republic: whether years of three digits are counted from 1912, as in Taiwan: 116年 is 2027.
    """

    first_year: int | None = None
    last_year: int | None = None
    base_year: int | None = None
    now: int | None = None
    is_issued: bool = False
    counts_republic: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """One document.

    Attributes:
        id: the id in the corpus; for a file outside it, the file's name without ending.
        path: the file.
        text: the text as read; every offset refers to it.
        record: the source record; None for a file outside the corpus.
        period: from the record, else from the text itself.
    """

    id: str
    path: Path
    text: str
    record: SourceRecord | None
    period: Period

    @property
    def title(self) -> str:
        """Title as recorded, else the id."""
        return self.record.title if self.record else self.id


def read_plan(path: Path, record: SourceRecord | None = None) -> Plan:
    """Read one plan.

    Args:
        path: a text file.
        record: its source record, where it has one.

    Returns:
        The plan; without a record its period is inferred from the text.

    Raises:
        InputError: the file cannot be read as text.
    """
    text, _ = read_text(path)
    period = period_of_record(record) if record else infer_period(text)
    return Plan(record.id if record else path.stem, path, text, record, period)


def period_of_record(record: SourceRecord) -> Period:
    """The period as the source record states it."""
    now = record.issued.year if record.issued else record.first_year
    is_issued, counts_republic = record.issued is not None, record.region.startswith(_TAIWAN_CODE)
    return Period(record.first_year, record.last_year, record.base_year, now, is_issued, counts_republic)


def infer_period(text: str) -> Period:
    """Infer the period from a document's title, date, number and the years that it looks forward to.

    >>> infer_period("某省数字经济发展行动方案（2023—2025年）").last_year
    2025
    """
    folded = to_simplified(fold_widths(text))
    period = _infer_period(folded)
    if _TAIWAN.search(folded) and is_traditional(text):
        period = dataclasses.replace(period, counts_republic=True)
    return period if period.is_issued else _date_by_reports(period, folded)


def _date_by_reports(period: Period, folded: str) -> Period:
    """A text cannot be older than what it reports, whatever plan of earlier years it names."""
    reported = [int(year) + bool(is_over) for year, is_over in _REPORTED.findall(folded)]
    reported += [int(year) + 1 for year in _OVER.findall(folded) if int(year) != period.last_year]
    reported += [int(year) for year in _PART_OVER.findall(folded)]
    reported += [int(first or second) for first, second in _CITED.findall(folded)]
    reported += [int(year) for year in _PRESS_AT.findall(folded)]
    return dataclasses.replace(period, now=max([*reported, period.now or 0])) if reported else period


def _infer_period(folded: str) -> Period:
    head = folded[:_HEAD]
    issued = _issue_year(folded)
    if match := _OF_YEAR.search(folded[:120]):
        stated = int(match[1])
        is_bulletin = match["bulletin"] is not None
        return Period(stated, stated, stated if is_bulletin else None, stated + is_bulletin, is_issued=True)
    if (match := _PERIOD.search(head)) and int(match[1]) < int(match[2]):
        first, last = int(match[1]), int(match[2])
        return Period(first, last, None, issued or first, issued is not None)
    if match := _FIVE_YEAR_TITLE.search(folded[:120]):
        last = FIVE_YEAR_PLANS[match[1]]
        return Period(last - 4, last, None, issued or last - 4, issued is not None)
    if match := _REPORT.search(head):
        year = int(match[1]) if match[1] else issued
        if year:
            return Period(year, year, None, year, is_issued=True)
    return _period_of_years(folded, issued)


def _issue_year(folded: str) -> int | None:
    dated = _DATE.search(folded[:_HEAD]) or _DATE.search(folded[-300:])
    dated = dated or _MONTH.search(folded[:_HEAD])
    if dated:
        return int(dated["year"])
    return int(numbered[1]) if (numbered := _NUMBERED.search(folded[:200])) else None


def _period_of_years(folded: str, issued: int | None) -> Period:
    past = [int(year) for year in _PAST.findall(folded)]
    forward = Counter(int(year) for year in _FORWARD.findall(folded))
    forward.update(FIVE_YEAR_PLANS[name] for name in re.findall(r"到“?(十[三四五六]五)”?末", folded))
    if issued:
        forward = Counter({year: count for year, count in forward.items() if year >= issued})
    if forward:
        last = min(year for year, count in forward.items() if count == max(forward.values()))
        now = issued or max((year + 1 for year in past if year < last), default=None)
        return Period(now, last, None, min(now, last) if now else None, issued is not None)
    if match := re.search(r"“?(十[四五六]五)”?(?:末|期间|时期)", folded):
        last = FIVE_YEAR_PLANS[match[1]]
        return Period(last - 4, last, None, issued or last - 4, issued is not None)
    return Period(issued, issued, None, issued, issued is not None)


def load_plans(folder: Path) -> tuple[Plan, ...]:
    """Read every plan of a corpus folder, in the order of their ids.

    Args:
        folder: `data/plans`: text files, each with `<id>.yaml` beside it.

    Raises:
        DefinitionError: source records that break the schema or do not fit their file, plans without a record and
            records without a plan, unreadable files; all at once.
    """
    files, problems = find_plans(folder)
    plans: list[Plan] = []
    for path, record_path in files:
        plan, found = load_plan(path, record_path)
        problems += found
        if plan:
            plans.append(plan)
    if problems:
        raise DefinitionError(problems)
    return tuple(plans)


def find_plans(folder: Path) -> tuple[list[tuple[Path, Path]], list[Problem]]:
    """List the plans of a corpus folder without reading them.

    Args:
        folder: `data/plans`: text files, each with `<id>.yaml` beside it.

    Returns:
        Each plan's file with its source record's, in the order of their names; and every file that stands alone.

    Raises:
        InputError: there is no such folder.
    """
    if not folder.is_dir():
        raise InputError(folder, "no such folder", "the folder of the plans")
    problems: list[Problem] = []
    files: list[tuple[Path, Path]] = []
    records = {path.stem: path for path in sorted(folder.glob("*.yaml"))}
    for path in sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES):
        record_path = records.pop(path.stem, None)
        if record_path is None:
            problems.append(Problem(path.name, "", "no source record", f"{path.stem}.yaml beside it (see `add`)"))
        else:
            files.append((path, record_path))
    problems += [
        Problem(f"{name}.yaml", "", "a source record without a plan", f"{name}.txt beside it") for name in records
    ]
    return files, problems


def load_plan(path: Path, record_path: Path) -> tuple[Plan | None, list[Problem]]:
    """Read one plan of a corpus with its source record.

    Returns:
        The plan, None where it cannot be read; and all that is wrong with the two files.
    """
    try:
        data = load_yaml(record_path)
        text, content = read_text(path)
    except CompareError as error:
        return None, [Problem(path.name, "", str(error), "a readable plan and source record")]
    if isinstance(data, dict):
        data = {"id": path.stem, **data}
    record, problems = validate(SourceRecord, data, record_path.name)
    if record is None:
        return None, problems
    digest = hashlib.sha256(content).hexdigest()
    if digest != record.sha256:
        found = f"{record.sha256[:12]}…, but the file has {digest[:12]}…"
        problems.append(Problem(record_path.name, "sha256", found, "the digest of the file; plans are never edited"))
    return Plan(record.id, path, text, record, period_of_record(record)), problems


def propose_record(plan_id: str, text: str, content: bytes, regions: Iterable[tuple[str, str]]) -> dict[str, object]:
    """Propose a source record from the text, for a person to check.

    Args:
        plan_id: id that the plan is to have.
        text: the text as read.
        content: the file's bytes.
        regions: code and Chinese name of the regions that are known.

    Returns:
        The fields of the record; what the text does not tell is None.
    """
    folded = to_simplified(fold_widths(text))
    period = infer_period(text)
    lines = [line.strip() for line in folded.split("\n") if line.strip()]
    title = next(
        (line for line in lines[:12] if re.search("规划|方案|意见|计划|报告|纲要|措施", line) and len(line) < 60),
        plan_id,
    )
    region = next((code for code, name in regions if name in folded[:_HEAD]), None)
    dated = _DATE.search(folded[:_HEAD]) or _DATE.search(folded[-300:])
    return {
        "title": title,
        "region": region,
        "issuer": "",
        "issued": f"{int(dated['year']):04d}-{int(dated['month']):02d}-{int(dated['day']):02d}" if dated else None,
        "first_year": period.first_year,
        "last_year": period.last_year,
        "base_year": period.base_year,
        "script": "traditional" if is_traditional(text) else "simplified",
        "source": "",
        "sha256": hashlib.sha256(content).hexdigest(),
    }
