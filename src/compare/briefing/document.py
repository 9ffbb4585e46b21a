"""A briefing as a document: headings, charts with captions, tables of evidence with quotes, numbered sources."""

from __future__ import annotations

import io
from typing import Any

from compare.briefing import closing
from compare.briefing.content import Briefing, Evidence, Page, Part, Source, Table
from compare.briefing.evidence import tell_origin
from compare.briefing.packing import repack, set_properties
from compare.briefing.paper import (
    add_caption,
    add_paragraph,
    add_picture,
    add_table,
    join_cells,
    new_document,
    shares_of,
)
from compare.briefing.pictures import draw_picture
from compare.errors import count_noun
from compare.figures.wording import Lang, say


def render_document(briefing: Briefing) -> bytes:
    """Makes the document: each part with its pages and its evidence, then definitions and sources."""
    document = new_document()
    language = say(briefing.lang, "zh-CN", "en-US")
    set_properties(document.core_properties, briefing.title, briefing.parts[0].finding, language)
    document.add_paragraph(briefing.title, style="Title")
    writer = _Writer(document, briefing)
    for part in briefing.parts:
        writer.write_part(part)
    for page in closing.closing_pages(briefing):
        if page.slug != "sources":
            document.add_heading(page.title, level=1)
            writer.write_table(page, briefing.lang)
    writer.write_sources()
    buffer = io.BytesIO()
    document.save(buffer)
    return repack(buffer.getvalue(), {})


class _Writer:
    """What a document needs to know while it is written: how many figures and tables it has."""

    def __init__(self, document: Any, briefing: Briefing) -> None:
        self.document = document
        self.briefing = briefing
        self.figures = 0
        self.tables = 0
        self.level = 1 if len(briefing.parts) == 1 else 2

    def write_part(self, part: Part) -> None:
        """Writes one part: its finding, its pages, what does not compare, and the evidence."""
        if len(self.briefing.parts) > 1:
            self.document.add_heading(part.title, level=1)
        add_paragraph(self.document, part.finding)
        for page in closing.pages_of(part):
            self.write_page(page, part.lang)
        if part.evidence:
            self.write_evidence(part)

    def write_page(self, page: Page, lang: Lang) -> None:
        """Writes a page: its finding as heading, the chart or table, the notes."""
        self.document.add_heading(page.title, level=self.level)
        if page.table is not None:
            self.write_table(page, lang)
        elif page.draw is not None:
            add_picture(self.document, draw_picture(page.draw, "page"), page.slug, page.alt)
            self.figures += 1
            origin = tell_origin(page.evidence, lang, "") or page.source
            stop = say(lang, "。", ". ")
            caption = stop.join(part for part in (page.subtitle, origin) if part)
            add_caption(self.document, say(lang, "图", "Figure"), self.figures, caption)
        for line in page.notes:  # what is missing stands in the picture
            add_paragraph(self.document, line, small=True)

    def write_table(self, page: Page, lang: Lang) -> None:
        """Writes the table of a page with its caption above."""
        assert page.table is not None  # noqa: S101 — the caller has looked
        self.tables += 1
        caption = page.subtitle or page.title
        add_caption(self.document, say(lang, "表", "Table"), self.tables, caption, above=True)
        add_table(self.document, page.table, page.alt)
        if page.source:
            add_paragraph(self.document, page.source, small=True)

    def write_evidence(self, part: Part) -> None:
        """Writes the numbers of a part with what they rest on, each sentence as it is written."""
        lang = part.lang
        self.document.add_heading(say(lang, "各数字的依据", "What each number rests on"), level=self.level)
        self.tables += 1
        caption = say(
            lang,
            f"{len(part.evidence)}个数字的原文与出处；位置为在规划全文中的字符序号",
            f"{count_noun(len(part.evidence), 'number')} with their sentences;"
            " places are characters of the plan's text",
        )
        add_caption(self.document, say(lang, "表", "Table"), self.tables, caption, above=True)
        heads = ("对象", "界限", "数值", "单位", "年份", "得出", "原文", "出处")
        heads_en = ("What", "Bound", "Number", "Unit", "Year", "Method", "Sentence", "Source")
        shares = shares_of(16, 8, 11, 9, 7, 13, 28, 16)
        rows = tuple(self._row_of(one, lang) for one in part.evidence)
        add_table(self.document, Table(say(lang, heads, heads_en), shares, rows), caption)

    def _row_of(self, one: Evidence, lang: Lang) -> tuple[str, ...]:
        number = self.briefing.number_of(one.source)
        place = "" if one.start is None else f"{one.plan} {one.start}–{one.end}"
        measured = say(lang, "实际数", "measured") if one.measured else ""
        grade = one.grade and say(lang, f"{one.grade}级", f"grade {one.grade}")
        return (
            one.subject,
            one.bound or "–",
            one.number,
            one.unit,
            str(one.year or "–"),
            say(lang, "，", ", ").join(part for part in (measured, one.method, grade) if part),
            join_cells([one.quote or one.document, one.arithmetic]) or "–",
            join_cells([f"[{number}]" if number else "", place]),
        )

    def write_sources(self) -> None:
        """Writes the numbered list of sources."""
        lang = self.briefing.lang
        if not self.briefing.sources:
            return
        self.document.add_heading(say(lang, "来源", "Sources"), level=1)
        for number, source in enumerate(self.briefing.sources, start=1):
            add_paragraph(self.document, f"[{number}] {_tell_source(source, lang)}")


def _tell_source(source: Source, lang: Lang) -> str:
    title = source.title
    if source.is_plan:
        title = say(lang, f"《{source.title}》", f"“{source.title}”")
    known = [title, source.issuer, source.issued]
    known.append(say(lang, f"规划 {source.key}", f"plan {source.key}") if source.is_plan else "")
    return say(lang, "，", ", ").join(part for part in known if part) + say(lang, "。", ".")
