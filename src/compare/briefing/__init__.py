"""Briefings: reports as slides, as a document or as a workbook, to be edited further.

`make_briefing` gathers what is said and what it rests on; a writer for each format turns that into a file. The same
project and parameters give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.briefing.content import Briefing, Part
from compare.errors import ParameterError, UnknownNameError

if TYPE_CHECKING:
    from compare.project import Project

__all__ = ["FORMATS", "KINDS", "Briefing", "make_briefing", "write_briefing"]

KINDS = ("emphasis", "indicator", "overview", "province")
"""The notebooks that have a briefing."""

FORMATS = ("docx", "pptx", "xlsx")
"""The files that a briefing can become."""


def make_briefing(project: Project, reports: Mapping[str, Mapping[str, Any]]) -> Briefing:
    """Gather the briefing of some reports.

    Args:
        project: the open project.
        reports: values of all parameters of the notebook, by the report's name `notebook/case`; in this order.

    Raises:
        ParameterError: there is no report, or the notebook of one has no briefing.
    """
    from compare.briefing.assembly import assemble

    if not reports:
        raise ParameterError("a briefing needs at least one parameter file: params/<notebook>/<case>.yaml")
    makers = _find_makers()
    for key in reports:
        notebook = key.partition("/")[0]
        if notebook not in makers:
            raise ParameterError(
                f"params/{key}.yaml: found a report of the notebook {notebook!r}, which has no briefing;"
                f" expected one of: {', '.join(KINDS)}"
            )
    parts = [makers[key.partition("/")[0]](project, values, key) for key, values in reports.items()]
    return assemble(project, parts)


def _find_makers() -> dict[str, Callable[[Project, Mapping[str, Any], str], Part]]:
    from compare.briefing.corpus import brief_emphasis, brief_overview
    from compare.briefing.measures import brief_indicator
    from compare.briefing.regions import brief_region

    return dict(zip(KINDS, (brief_emphasis, brief_indicator, brief_overview, brief_region), strict=True))


def write_briefing(briefing: Briefing, path: Path, kind: str) -> Path:
    """Write a briefing; the file appears complete or not at all.

    Args:
        briefing: from `make_briefing`.
        path: the file.
        kind: one of `FORMATS`.

    Returns:
        The path.

    Raises:
        UnknownNameError: there is no such format.
        OutputError: the file cannot be written.
    """
    from compare.tables import write_bytes

    return write_bytes(path, _render(briefing, kind))


def _render(briefing: Briefing, kind: str) -> bytes:
    if kind == "pptx":
        from compare.briefing.deck import render_deck

        return render_deck(briefing)
    if kind == "docx":
        from compare.briefing.document import render_document

        return render_document(briefing)
    if kind == "xlsx":
        from compare.briefing.workbook import render_workbook

        return render_workbook(briefing)
    raise UnknownNameError("format of a briefing", kind, FORMATS)
