"""What a notebook says and shows: figures and tables saved and displayed, links to sentences, the finding.

A notebook holds no path. In a build the place for its files comes from the environment variable `COMPARE_RUN`; in
JupyterLab they go to `figures/drafts/<notebook>/`, and figures are shown as pictures.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.errors import ParameterError, count_noun
from compare.runs.display import evidence_url, format_rank, picture_html, table_html
from compare.runs.places import ASSETS

if TYPE_CHECKING:
    import pandas as pd

    from compare.figures import Chart
    from compare.project import Project

RUN_VARIABLE = "COMPARE_RUN"
CASE_VARIABLE = "COMPARE_CASE"
CSS_INCH = 120  # of a printed inch on the screen, a quarter more than its pixels: small print is read from further off
SLUG = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Shown:
    """Something that a notebook cell displays: give it back as the last expression of the cell."""

    data: dict[str, Any]
    metadata: dict[str, Any] = field(default_factory=dict)

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        del include, exclude
        return self.data, self.metadata

    def __repr__(self) -> str:
        return str(self.data.get("text/plain", ""))


def start_report(project: Project, notebook: str, *, lang: str = "zh") -> Report:
    """Begin a report in a notebook.

    Args:
        project: the open project.
        notebook: the notebook's own name, for the place of drafts.
        lang: language of the page, `zh` or `en`.
    """
    if lang not in ("zh", "en"):
        raise ParameterError(f"lang: found {lang!r}, expected one of: zh, en")
    place = os.environ.get(RUN_VARIABLE, "")
    folder = Path(place) if place else project.root / "figures" / "drafts" / notebook
    return Report(folder, draft=not place, lang=lang, case=os.environ.get(CASE_VARIABLE) or notebook)


class Report:
    """One report while its notebook runs; made by `start_report`.

    Attributes:
        folder: where its files go.
        draft: whether it runs outside of a build.
        lang: language of the page.
        case: what it is on, for the names of its figures.
    """

    def __init__(self, folder: Path, *, draft: bool, lang: str = "zh", case: str = "report") -> None:
        self.folder = folder
        self.case = case
        self.draft = draft
        self.lang = lang
        self._figures: list[dict[str, Any]] = []
        self._tables: list[dict[str, Any]] = []
        self._downloads: list[str] = []
        self._slugs: set[str] = set()

    def show(
        self,
        figure: Chart,
        slug: str,
        data: pd.DataFrame | None = None,
        *,
        title: str = "",
        alt: str = "",
        formats: Sequence[str] | None = None,
    ) -> Shown:
        """Save a figure with its data and display the saved file.

        Args:
            figure: the drawn figure.
            slug: its name, unique in the report; the files are `<case>-<slug>-<lang>` with their endings.
            data: the data behind it; by default the frame that was drawn.
            title: what it says; the caption in the index. By default the figure's own title.
            alt: a description for who cannot see it; by default the figure's own.
            formats: endings to write; by default all that `figures.save` writes.
        """
        from compare import figures

        self._take(slug)
        options: dict[str, Any] = {} if formats is None else {"formats": tuple(formats)}
        saved = figures.save(figure, self.folder, f"{self.case}-{slug}-{self.lang}", data=data, **options)
        files = {ending: saved.paths[ending].name for ending in sorted(saved.paths, key=format_rank)}
        width, height = (round(float(side) * CSS_INCH) for side in figure.get_size_inches())
        title, alt = title or saved.title, alt or saved.alt
        entry = {"slug": slug, "title": title, "alt": alt or title, "width": width, "height": height, "files": files}
        self._figures.append(entry)
        if not self.draft:
            return Shown({"text/html": picture_html(entry, ASSETS), "text/plain": f"figure {slug}"})
        picture = (self.folder / files["png"]).read_bytes()
        size = {"width": width, "height": height, "alt": entry["alt"]}
        return Shown({"image/png": picture, "text/plain": f"figure {slug}"}, {"image/png": size})

    def table(
        self,
        frame: pd.DataFrame,
        slug: str,
        *,
        caption: str = "",
        columns: Mapping[str, str] | None = None,
        link: str = "value",
        rows: int | None = None,
        empty: str = "",
    ) -> Shown:
        """Save a table as csv and display it, each number linked to its sentence.

        Args:
            frame: the table. Where it has `plan` and `start`, the cell of `link` leads to the evidence page.
            slug: its file name without ending, unique in the report.
            caption: what it is, shown above it.
            columns: columns to display with their headings, in this order; by default all. The csv has all columns.
            link: the column whose cells are linked.
            rows: display only so many rows; the csv has all.
            empty: what to say where the frame has no rows.
        """
        from compare import tables

        self._take(slug)
        self.folder.mkdir(parents=True, exist_ok=True)
        tables.write_csv(frame, self.folder / f"{slug}.csv")
        entry = {"slug": slug, "caption": caption, "rows": len(frame), "file": f"{slug}.csv"}
        self._tables.append(entry)
        shown = frame if rows is None else frame.head(rows)
        download = "" if self.draft else f"{ASSETS}{slug}.csv"
        html = table_html(shown, entry, columns=columns, link=link, download=download, lang=self.lang, empty=empty)
        return Shown({"text/html": html, "text/plain": f"table {slug}: {count_noun(len(frame), 'row')}"})

    def evidence_url(self, plan: str, start: int) -> str:
        """Address of a number's sentence, as seen from the report's page."""
        return evidence_url(plan, start)

    def cite(self, plan: str, start: int, text: str) -> str:
        """A markdown link from a text to the sentence it rests on."""
        return f"[{text}]({evidence_url(plan, start)})"

    def say(self, text: str) -> Shown:
        """Display computed prose, written in markdown."""
        return Shown({"text/markdown": text, "text/plain": text})

    def file(self, name: str, content: bytes | str) -> None:
        """Offer a further file for download with the report."""
        self._take(name.rpartition(".")[0] or name, name)
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        self._downloads.append(name)

    def finish(self, title: str, finding: str) -> None:
        """End the report with its title and its finding in one sentence, plain text; the index shows both."""
        if not title.strip() or not finding.strip():
            raise ParameterError("a report ends with a title and a finding that are not empty")
        if self.draft:
            return
        content = {
            "title": title.strip(),
            "finding": finding.strip(),
            "lang": self.lang,
            "figures": self._figures,
            "tables": self._tables,
            "downloads": self._downloads,
        }
        text = json.dumps(content, ensure_ascii=False, indent=1)
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder.parent / "report.json").write_text(text, encoding="utf-8")

    def _take(self, slug: str, name: str = "") -> None:
        if not SLUG.fullmatch(slug):
            raise ParameterError(f"slug: found {slug!r}, expected lower-case ASCII letters, digits, _ and -")
        if (name or slug) in self._slugs:
            raise ParameterError(f"slug: found {slug!r} a second time in this report, expected each once")
        self._slugs.add(name or slug)
