"""Parts put together: one title, one list of numbered sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from compare.briefing.content import Briefing, Part, Source
from compare.figures.wording import say

if TYPE_CHECKING:
    from compare.project import Project


def assemble(project: Project, parts: Sequence[Part]) -> Briefing:
    """Puts parts together; what stands around them is in the language of the first."""
    lang = parts[0].lang
    title = parts[0].title
    if len(parts) > 1:
        title = say(
            lang,
            f"数字经济规划目标：{len(parts)}份简报",
            f"Targets of the digital-economy plans: {len(parts)} briefings",
        )
    return Briefing(lang, title, tuple(parts), _list_sources(project, parts))


def list_all_sources(project: Project) -> tuple[Source, ...]:
    """Lists every document of a project: the plans, then those outside of the corpus, by title."""
    plans = [_describe_plan(plan.id, plan.record) for plan in project.plans]
    published = sorted(_read_published(project).items())
    papers = [Source(title, title, issuer, issued, is_plan=False) for title, (issuer, issued) in published]
    return (*plans, *papers)


def _list_sources(project: Project, parts: Sequence[Part]) -> tuple[Source, ...]:
    """Lists what the numbers rest on: plans first, then documents outside of the corpus, by first appearance."""
    plans: dict[str, Source] = {}
    papers: dict[str, Source] = {}
    published = _read_published(project)
    known = {plan.id: plan.record for plan in project.plans}
    for plan in (plan for part in parts for page in part.pages for plan in page.plans):
        plans.setdefault(plan, _describe_plan(plan, known.get(plan)))
    for one in (one for part in parts for one in part.evidence):
        if one.plan:
            plans.setdefault(one.plan, _describe_plan(one.plan, known.get(one.plan)))
        elif one.document:
            issuer, issued = published.get(one.document, ("", ""))
            papers.setdefault(one.document, Source(one.document, one.document, issuer, issued, is_plan=False))
    return (*plans.values(), *papers.values())


def _describe_plan(plan: str, record: object) -> Source:
    title, issuer = (str(getattr(record, name, "") or "") for name in ("title", "issuer"))
    issued = getattr(record, "issued", None)
    return Source(plan, title or plan, issuer, str(issued or ""), is_plan=True)


def _read_published(project: Project) -> dict[str, tuple[str, str]]:
    """Publisher and date of the documents outside of the corpus, by title."""
    rows = (*project.reference.published, *project.reference.baselines)
    return {row.source_title: (row.publisher, str(row.published or "")) for row in rows}
