"""The commands on tables: `compare` and `export`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.cli.places import open_project
from compare.errors import OutputError

if TYPE_CHECKING:
    import pandas as pd

    from compare.project import Project

HEADS = {
    "zh": ("地区", "数值", "单位", "年份", "方法", "等级", "来源", "原因或说明"),
    "en": ("region", "value", "unit", "year", "method", "grade", "source", "reason or note"),
}
WIDE = 200


def compare_regions(options: argparse.Namespace) -> int:
    """Show one indicator over all regions, as a table for people or as CSV."""
    project = open_project(options)
    frame = project.comparison(
        options.indicator,
        year=options.year,
        levels=tuple(options.level or ("province",)),
        pick="all" if options.all else "newest",
        lang=options.lang,
    )
    if options.format == "csv":
        sys.stdout.write(_csv(frame))
    else:
        _print_table(project, frame, options)
    return 0


def _csv(frame: pd.DataFrame) -> str:
    from compare.runs.display import is_missing

    def plain(value: Any) -> Any:
        if is_missing(value):
            return ""
        return int(value) if isinstance(value, float) and value.is_integer() else value

    return str(frame.map(plain).to_csv(index=False, lineterminator="\n"))


def _print_table(project: Project, frame: pd.DataFrame, options: argparse.Namespace) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from compare import narrative

    indicator = project.catalogue.indicator(options.indicator)
    frame = narrative.label(frame, project, options.lang)
    name = indicator.name_zh if options.lang == "zh" else indicator.name_en
    has_value = frame["presence"] == "value"
    table = Table(title=f"{name} ({indicator.id})", title_justify="left", box=None, pad_edge=False)
    for head in HEADS[options.lang]:
        table.add_column(
            head,
            justify="right" if head in (HEADS[options.lang][1], HEADS[options.lang][3]) else "left",
            overflow="fold",
        )
    for row in frame[has_value].to_dict("records"):
        cells = _cells({str(key): value for key, value in row.items()}, options.lang)
        table.add_row(*map(Text, cells))
    console = Console(width=None if sys.stdout.isatty() else WIDE, highlight=False)
    console.print(table)
    console.print(f"\n{_absent(frame[~has_value], options.lang)}", markup=False)


def _cells(row: dict[str, Any], lang: str) -> tuple[str, ...]:
    from compare.runs.display import BOUND_MARKS, format_cell, format_number, is_missing

    value = BOUND_MARKS.get(row["bound"], "") + format_number(row["value"])
    if not is_missing(row["value_high"]):
        value += f"–{format_number(row['value_high'])}"
    source = row["plan"] or row["document"]
    note = row["arithmetic"] or row["note"]
    cells = (
        row[f"name_{lang}"],
        value,
        row["unit"],
        format_cell(row["year"]),
        row["method_text"],
        row["grade"],
        source,
        note,
    )
    return tuple(str(cell) for cell in cells)


def _absent(frame: pd.DataFrame, lang: str) -> str:
    """The regions without a value by why, one line each."""
    lines = []
    for presence, rows in frame.groupby("presence_text", sort=False):
        names = "、".join(rows[f"name_{lang}"]) if lang == "zh" else ", ".join(rows[f"name_{lang}"])
        lines.append(f"{presence}: {names}")
    return "\n".join(lines)


def export(options: argparse.Namespace) -> int:
    """Write all tables as one workbook, or as a folder of CSV files."""
    from compare import tables

    project = open_project(options)
    target = Path(options.output or ("compare-plans.xlsx" if options.format == "xlsx" else "compare-plans-csv"))
    if target.is_dir() and options.format == "xlsx":
        raise OutputError(f"{target}: found a folder, expected the name of a workbook")
    if target.is_file() and options.format == "csv":
        raise OutputError(f"{target}: found a file, expected a folder")
    frames = all_tables(project)
    if options.format == "xlsx":
        tables.write_xlsx(frames, target, definitions=definitions(project), sources=project.corpus())
    else:
        everything = {**frames, "definitions": definitions(project), "sources": project.corpus()}
        for name, frame in everything.items():
            tables.write_csv(frame, target / f"{name}.csv")
    rows = ", ".join(f"{name} {len(frame)}" for name, frame in frames.items())
    print(f"{target}: {rows} rows", file=sys.stderr)
    return 0


def all_tables(project: Project) -> dict[str, pd.DataFrame]:
    """The tables of a project by name: records, comparison of all indicators, numbers without a record."""
    comparison = project.comparisons(levels=("national", "province", "prefecture"), pick="all")
    return {"targets": project.targets(), "comparison": comparison, "unmatched": project.unmatched()}


def definitions(project: Project) -> pd.DataFrame:
    """What the catalogue says of each indicator, one row each."""
    import pandas as pd

    names = (
        "id",
        "dimension",
        "name_zh",
        "name_en",
        "unit",
        "direction",
        "denominator",
        "definition_zh",
        "definition_en",
        "definition_source",
    )
    rows = [{name: getattr(indicator, name) for name in names} for indicator in project.catalogue.indicators]
    return pd.DataFrame(rows, columns=list(names))
