"""The command `compare`."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from compare.cli.places import open_project
from compare.errors import ParameterError

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
    if options.interpolate and options.year is None:
        raise ParameterError(
            "--interpolate: found no --year, expected the year that the value is wanted for, such as --year 2025"
        )
    project = open_project(options)
    frame = project.comparison(
        options.indicator,
        year=options.year,
        levels=tuple(options.level or ("province",)),
        pick="all" if options.all else "newest",
        kind=options.kind,
        interpolate=options.interpolate,
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
    source = row["document"] or row["plan"]
    note = ("；" if lang == "zh" else "; ").join(part for part in (row["arithmetic"], row["note"]) if part)
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
    """The regions without a value by why, one line each; those that set something else, each with the reason."""
    lines = []
    for presence, rows in frame.groupby("presence_text", sort=False):
        names = "、".join(rows[f"name_{lang}"]) if lang == "zh" else ", ".join(rows[f"name_{lang}"])
        lines.append(f"{presence}: {names}")
        if (rows["presence"] == "not_comparable").all():
            lines += [f"  {row[f'name_{lang}']}: {row['reason']}" for row in rows.to_dict("records")]
    return "\n".join(lines)
