"""Figures and tables as pieces of html, without any script and any address outside of the reports folder."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

FONTS = "assets/fonts/"
STYLE = Path(__file__).parent / "templates" / "style.css"
BOUND_MARKS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "~": "≈", "=": ""}
TABLE_WORDS = {
    "zh": {
        "row": "1 行",
        "rows": "{0} 行",
        "shown": "前 {0} 行，共 {1} 行",
        "data": "数据（csv）",
        "evidence": "看原文",
        "none": "无",
    },
    "en": {
        "row": "1 row",
        "rows": "{0} rows",
        "shown": "first {0} of {1} rows",
        "data": "data (csv)",
        "evidence": "to the sentence",
        "none": "none",
    },
}
FORMAT_ORDER = ("png", "svg", "pdf", "csv", "json")
LONG_TEXT = 24


def style_sheet(fonts: str) -> str:
    """The style of all pages; it stands in each, so that each is complete alone.

    Args:
        fonts: address of the folder with the typeface, as seen from the page; a browser asks for it only where the
            system has no Chinese typeface of its own.
    """
    return STYLE.read_text(encoding="utf-8").replace("FONTS/", fonts)


def picture_html(entry: Mapping[str, Any], base: str) -> str:
    """A saved figure with links to its files.

    Args:
        entry: slug, title, alt, width, height and files by ending.
        base: the address that the files' names follow.
    """
    files = entry["files"].items()
    links = " ".join(f'<a href="{escape(base + name)}" download>{escape(ending)}</a>' for ending, name in files)
    picture = (
        f'<img src="{escape(base + entry["files"]["png"])}" alt="{escape(entry["alt"])}"'
        f' width="{entry["width"]}" height="{entry["height"]}">'
    )
    return f'<figure id="{escape(entry["slug"])}">{picture}<figcaption class="files">{links}</figcaption></figure>'


def format_rank(ending: str) -> int:
    """The place of a file format among the links to a figure: pictures before data."""
    return FORMAT_ORDER.index(ending) if ending in FORMAT_ORDER else len(FORMAT_ORDER)


def table_html(
    frame: pd.DataFrame,
    entry: Mapping[str, Any],
    *,
    columns: Mapping[str, str] | None,
    link: str,
    download: str,
    lang: str,
    empty: str = "",
) -> str:
    """A frame as a table that scrolls, its numbers linked to their sentences.

    Args:
        frame: the rows to show.
        entry: slug, caption and the number of all rows.
        columns: the columns to show with their headings; None for all under their own names.
        link: the column whose cells lead to the evidence page, where the frame has `plan` and `start`; those of
            `base_source` do by themselves, where it has `base_plan` and `base_start`.
        download: address of the csv file; empty for none.
        lang: language of the few words around it.
        empty: what stands there where the frame has no rows; by default a word that says so.

    Raises:
        KeyError: a column to show is not in the frame.
    """
    words = TABLE_WORDS[lang]
    caption = f'<span class="caption">{escape(entry["caption"])}</span> ' if entry["caption"] else ""
    opening = f'<div class="table" id="{escape(entry["slug"])}"><p>{caption}'
    shown, total = len(frame), entry["rows"]
    if not total:
        return f'{opening}<span class="none">{escape(empty or words["none"])}</span></p></div>'
    headings = dict(columns) if columns is not None else {str(name): str(name) for name in frame.columns}
    numeric = {name for name in headings if frame[name].dtype.kind in "iuf"}
    heads = (
        f'<th scope="col"{_class("n" if name in numeric else "")}>{escape(headings[name])}</th>' for name in headings
    )
    names = [str(name) for name in frame.columns]
    body = "\n".join(
        _row(dict(zip(names, values, strict=True)), headings, numeric, link, words["evidence"])
        for values in frame.itertuples(index=False, name=None)
    )
    known = "shown" if shown != total else "row" if total == 1 else "rows"
    count = words[known].format(*((shown, total) if known == "shown" else (total,)))
    data = f' · <a href="{escape(download)}" download>{words["data"]}</a>' if download else ""
    return (
        f'{opening}<span class="files">{count}{data}</span></p><div class="scroll" tabindex="0"><table>'
        f"<thead><tr>{''.join(heads)}</tr></thead>\n<tbody>{body}</tbody></table></div></div>"
    )


def evidence_url(plan: str, start: int) -> str:
    """Address of a number's sentence, as seen from any report's page.

    >>> evidence_url("anhui-2024", 424)
    '../evidence/anhui-2024.html#o424'
    """
    return f"../evidence/{escape(plan)}.html#o{int(start)}"


def _row(row: Mapping[str, Any], headings: Mapping[str, str], numeric: set[str], link: str, hint: str) -> str:
    cells = []
    for name in headings:
        text = format_cell(row[name])
        if name in ("value", "stated_value", "new_value", "old_value") and text != "–":
            bound = row.get(name.replace("value", "bound"), "")
            text = ("" if "bound" in headings else BOUND_MARKS.get(str(bound), "")) + text
        html = escape(text)
        part = name.removesuffix("source") if name.endswith("_source") else ""
        if (part or name == link) and (address := _address(row, part)):
            quote = str(row.get(f"{part}quote", "") or hint)
            html = f'<a href="{escape(address)}" title="{escape(quote)}">{html}</a>'
        cells.append(f"<td{_class('n' if name in numeric else 'long' if len(text) > LONG_TEXT else '')}>{html}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def _address(row: Mapping[str, Any], part: str = "") -> str:
    """Where the sentence is that a row, or a part of it such as `base_`, rests on; empty where that is unknown."""
    plan, start = row.get(f"{part}plan"), row.get(f"{part}start")
    return "" if not plan or is_missing(plan) or is_missing(start) else evidence_url(str(plan), int(str(start)))


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""


def is_missing(value: object) -> bool:
    """Whether a cell holds nothing: None, NaN, NaT or NA."""
    return value is None or str(value) in ("<NA>", "NaT", "nan")


def format_cell(value: object) -> str:
    """A cell as text: numbers without needless digits, ten thousands grouped, a dash for nothing.

    >>> [format_cell(value) for value in (15200.0, 13.5, 2025, float("nan"), True, "安徽")]
    ['15,200', '13.5', '2025', '–', '✓', '安徽']
    """
    if isinstance(value, bool):
        return "✓" if value else ""
    if is_missing(value):
        return "–"
    if isinstance(value, int | float) or hasattr(value, "item"):
        return format_number(float(value))  # type: ignore[arg-type]
    return str(value)


def format_number(value: float) -> str:
    """A number with at most six significant digits (whole numbers with all), grouped from ten thousand on.

    >>> [format_number(value) for value in (40000.0, 1234567.0, 0.123456789, -20.0, 1.5e-7)]
    ['40,000', '1,234,567', '0.123457', '-20', '1.5e-07']
    """
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    group = "," if abs(value) >= 10_000 else ""
    return format(round(value), f"{group}d") if value == round(value) else format(value, f"{group}.6g")
