"""The last pages of a briefing: sources, definitions, and what does not compare."""

from __future__ import annotations

from compare.briefing.content import Briefing, Page, Part, Table
from compare.errors import count_noun
from compare.figures.wording import Lang, say


def closing_pages(briefing: Briefing) -> list[Page]:
    """Makes the pages that end a briefing: definitions and sources of all parts."""
    return [page for page in (_page_definitions(briefing), _page_sources(briefing)) if page]


def pages_of(part: Part) -> tuple[Page, ...]:
    """The pages of a part, the last of them what it cannot compare."""
    absent = _page_absent(part)
    return (*part.pages, absent) if absent else part.pages


def _page_absent(part: Part) -> Page | None:
    """What has no comparable number, and why."""
    lang = part.lang
    rows = tuple((one.subject, one.state, one.reason or "–") for one in part.absent)
    if not rows:
        return None
    states: dict[str, int] = {}
    for one in part.absent:
        states[one.state] = states.get(one.state, 0) + 1 + one.subject.count(say(lang, "、", ", "))
    counts = say(lang, "，", ", ").join(
        say(lang, f"{state}{count}个", f"{state.lower()}: {count}") for state, count in states.items()
    )
    title = say(lang, f"没有可比数值的：{counts}", f"Without a comparable number – {counts}")
    heads = (say(lang, "对象", "What"), say(lang, "情形", "State"), say(lang, "原因", "Reason"))
    return _page("absent", title, Table(heads, (0.4, 0.2, 0.4), rows), lang)


def _page_definitions(briefing: Briefing) -> Page | None:
    lang = briefing.lang
    definitions = briefing.definitions
    if not definitions:
        return None
    heads = (
        say(lang, "指标", "Indicator"),
        say(lang, "单位", "Unit"),
        say(lang, "定义", "Definition"),
        say(lang, "定义出处", "Whose definition"),
    )
    rows = tuple((one.name, one.unit, one.text, one.source) for one in definitions)
    title = say(lang, f"{len(rows)}个指标的定义与口径", f"What the {len(rows)} indicators measure")
    if len(rows) == 1:
        title = say(lang, f"{rows[0][0]}的定义与口径", f"What “{rows[0][0]}” measures")
    return _page("definitions", title, Table(heads, (0.2, 0.1, 0.45, 0.25), rows), lang)


def _page_sources(briefing: Briefing) -> Page | None:
    lang = briefing.lang
    if not briefing.sources:
        return None
    plans = sum(source.is_plan for source in briefing.sources)
    papers = len(briefing.sources) - plans
    title = say(
        lang,
        f"来源：规划原文{plans}份，其他公布文件{papers}份",
        f"Sources: {count_noun(plans, 'plan')} read in full, {count_noun(papers, 'document')} published elsewhere",
    )
    heads = (
        "#",
        say(lang, "标题", "Title"),
        say(lang, "发布者", "Publisher"),
        say(lang, "日期", "Date"),
        say(lang, "规划", "Plan"),
    )
    rows = tuple(
        (str(number), source.title, source.issuer or "–", source.issued or "–", source.key if source.is_plan else "–")
        for number, source in enumerate(briefing.sources, start=1)
    )
    return _page("sources", title, Table(heads, (0.05, 0.44, 0.26, 0.11, 0.14), rows), lang)


def _page(slug: str, title: str, table: Table, lang: Lang) -> Page:
    rows = say(lang, "；", "; ").join("，".join(row[:2]) if lang == "zh" else ", ".join(row[:2]) for row in table.rows)
    return Page(slug, title, alt=say(lang, f"表，{title}：{rows}。", f"Table, {title}: {rows}."), table=table)
