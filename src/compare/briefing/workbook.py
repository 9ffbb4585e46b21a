"""A briefing as a workbook: the tables behind its pages, the numbers with their sentences, definitions and sources."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd

from compare.briefing.closing import pages_of
from compare.briefing.content import Briefing
from compare.tables import render_xlsx

_COLUMNS = (
    "report", "page", "subject", "target", "bound", "number", "value", "value_high", "value_unit", "year", "measured",
    "method", "grade", "arithmetic", "quote", "plan", "start", "end", "document",
)  # fmt: skip


def render_workbook(briefing: Briefing) -> bytes:
    """Makes the workbook: contents, a sheet a table, then definitions and sources."""
    tables = list_tables(briefing)
    sheets = {"contents": _list_contents(briefing), **tables}
    definitions, sources = sheets.pop("definitions"), sheets.pop("sources")
    return render_xlsx(sheets, definitions=definitions, sources=sources)


def list_tables(briefing: Briefing) -> dict[str, pd.DataFrame]:
    """Lists the tables behind a briefing by name; those of several parts begin with the number of the part."""
    tables: dict[str, pd.DataFrame] = {}
    for number, part in enumerate(briefing.parts, start=1):
        for name, frame in part.tables.items():
            tables[name if len(briefing.parts) == 1 else f"{number} {name}"] = frame
    numbers = [
        {"report": part.key, "page": page.slug, **asdict(one)}
        for part in briefing.parts
        for page in part.pages
        for one in page.evidence
    ]
    frame = pd.DataFrame(numbers, columns=list(_COLUMNS))
    tables["numbers"] = frame.astype(dict.fromkeys(("year", "start", "end"), "Int64"))
    definitions = [asdict(one) for one in briefing.definitions]
    tables["definitions"] = pd.DataFrame(definitions, columns=["name", "unit", "text", "source"])
    sources = [{"number": number, **asdict(one)} for number, one in enumerate(briefing.sources, start=1)]
    tables["sources"] = pd.DataFrame(sources, columns=["number", "key", "title", "issuer", "issued", "is_plan"])
    return tables


def _list_contents(briefing: Briefing) -> pd.DataFrame:
    rows = [
        {"part": number, "report": part.key, "title": part.title, "page": page.slug, "finding": page.title}
        for number, part in enumerate(briefing.parts, start=1)
        for page in pages_of(part)
    ]
    return pd.DataFrame(rows, columns=["part", "report", "title", "page", "finding"])
