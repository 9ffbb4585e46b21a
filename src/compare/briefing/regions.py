"""The briefing of one region: what it sets, where that places it, how far it is, what changed, what it leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from compare import figures, narrative
from compare.briefing.content import Absent, Evidence, Page, Part, Table
from compare.briefing.evidence import read_evidence
from compare.briefing.measures import define, page_of_chart, read_baselines
from compare.briefing.series import make_panels, pick_moving
from compare.errors import count_noun
from compare.figures.wording import check_lang, name_of, say
from compare.narrative.codes import name_code
from compare.narrative.labels import phrase_pace
from compare.narrative.story import name_year, phrase_row

if TYPE_CHECKING:
    from compare.catalogue import Indicator
    from compare.figures.wording import Lang
    from compare.project import Project

MOST_PANELS = 6
MOST_ROWS = 8  # of a table on one page


def brief_region(project: Project, values: Mapping[str, Any], key: str) -> Part:
    """Makes the briefing of one region.

    Args:
        project: the open project.
        values: of the parameters `region` and `lang`.
        key: name of the report.
    """
    lang, region = check_lang(str(values["lang"])), str(values["region"])
    name = project.region_name(region, lang)
    plans = narrative.pick_region(project.corpus(), region)
    standing, left_out = project.standing(region, lang=lang), project.left_out(region, lang=lang)
    pathways = project.pathways(region=region, levels=("province", "prefecture"), lang=lang)
    revisions, targets = project.revisions(region, lang=lang), project.targets(region=region)
    story = narrative.tell_province(plans, standing, revisions, left_out, name=name, lang=lang)
    headlines = narrative.pick_headlines(targets, plans)
    series = _gather_series(project, standing, region)
    shown = pick_moving(series, most=MOST_PANELS)
    measures = _measures_of(project, headlines, standing, shown)
    pages = [
        _page_headlines(headlines, project, name, lang),
        _page_standing(project, standing, name, lang),
        _page_series(shown, measures, lang),
        _page_ways(pathways, project, lang),
        _page_revisions(project, revisions, name, lang),
        _page_left_out(left_out, project, name, lang),
    ]
    return Part(
        key=key,
        lang=lang,
        title=story.title,
        finding=story.finding,
        pages=tuple(page for page in pages if page),
        definitions=tuple(define(measure, lang) for measure in measures),
        absent=_list_absent(left_out, revisions, lang),
        tables={
            "standing": standing,
            "pathways": pathways,
            "series": series,
            "revisions": revisions,
            "left_out": left_out,
            "targets": targets,
        },
    )


def _gather_series(project: Project, standing: pd.DataFrame, region: str) -> pd.DataFrame:
    found = [project.series(indicator, [region]) for indicator in dict.fromkeys(standing["indicator"])]
    found = [one for one in found if len(one)]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=["region", "indicator", "year"])


def _measures_of(project: Project, *frames: pd.DataFrame) -> list[Indicator]:
    """The indicators of some frames, in the order of the catalogue."""
    named = {str(indicator) for frame in frames for indicator in frame["indicator"] if indicator}
    return [indicator for indicator in project.catalogue.indicators if indicator.id in named]


def _page_headlines(headlines: pd.DataFrame, project: Project, name: str, lang: Lang) -> Page | None:
    if headlines.empty:
        return None
    labelled = narrative.label(headlines, project, lang)
    labelled = labelled.assign(subject_name=labelled["indicator_name"], method="stated")
    first: dict[str, Any] = {str(name): cell for name, cell in labelled.to_dict("records")[0].items()}
    told, count = phrase_row(first, lang), len(labelled)
    year = name_year(first["year"], lang)
    title = say(
        lang,
        f"{name}最近一份规划的主要目标有{count}项，最先写明的是{first['indicator_name']}{told}（{year}）",
        f"{name}'s latest plan opens with {count_noun(count, 'target')}, the first on {first['indicator_name']}: {told}"
        f" ({year})",
    )
    heads = tuple(narrative.columns(lang, "indicator_name", "target", "year", "quote").values())
    rows = tuple(
        (row["indicator_name"], row["target"], _show_year(row["year"]), row["quote"])
        for row in labelled.to_dict("records")
    )
    table = Table(heads, (0.24, 0.16, 0.07, 0.53), rows)
    subtitle = say(
        lang,
        f"{project.plan_labels(lang)[first['plan']]}；原文为数字所在的句子",
        f"{project.plan_labels(lang)[first['plan']]}; each with the sentence that it stands in",
    )
    return Page(
        "headlines",
        title,
        subtitle,
        _tell_table(title, table, 3, lang),
        table=table,
        evidence=read_evidence(labelled, lang),
    )


def _show_year(year: object) -> str:
    return "–" if str(year) in ("<NA>", "nan") else str(int(str(year)))


def _tell_table(title: str, table: Table, columns: int, lang: Lang) -> str:
    """Describes a table for who cannot see it: its first columns, row by row."""
    rows = say(lang, "；", "; ").join(say(lang, "，", ", ").join(filter(None, row[:columns])) for row in table.rows)
    return say(lang, f"表，{title}。{rows}。", f"Table, {title}. {rows}.")


def _page_standing(project: Project, standing: pd.DataFrame, name: str, lang: Lang) -> Page | None:
    if not narrative.has_others(standing):
        return None
    draw = partial(figures.profile, standing, indicators=project.catalogue.indicators, region=name)
    page = page_of_chart("standing", draw, lang)
    known = project.indicator_names(lang)
    named = standing.assign(subject_name=[known[str(indicator)] for indicator in standing["indicator"]])
    shared = named[named["of"].fillna(0) >= 3]
    return replace(page, evidence=read_evidence(shared, lang))


def _page_series(shown: pd.DataFrame, measures: list[Indicator], lang: Lang) -> Page | None:
    if shown.empty:
        return None
    draw = partial(figures.small_multiples, shown, indicators=measures, panel="indicator")
    page = page_of_chart("trajectories", draw, lang)
    known = {measure.id: name_of(measure, lang) for measure in measures}
    named = shown.assign(subject_name=[known[str(indicator)] for indicator in shown["indicator"]])
    return replace(page, native=make_panels(shown, measures, lang), evidence=read_evidence(named, lang))


def _page_ways(pathways: pd.DataFrame, project: Project, lang: Lang) -> Page | None:
    """A table, because each indicator has its own unit; the first row is the fastest growth."""
    if pathways.empty:
        return None
    labelled = narrative.label(pathways, project, lang)
    labelled = labelled.assign(subject_name=labelled["indicator_name"])
    labelled = labelled.sort_values("yearly_growth", ascending=False, kind="stable", na_position="last")
    rows = [{str(name): cell for name, cell in row.items()} for row in labelled.to_dict("records")]
    first, count = rows[0], len(rows)
    pace = phrase_pace(first, lang, full=True)
    title = say(
        lang,
        f"{count}项目标有可对照的基期数，要求变化最快的是{first['indicator_name']}：年均{pace}",
        f"{count_noun(count, 'target')} with a baseline; the fastest way is {first['indicator_name']}: {pace} a year",
    )
    if count == 1 or pd.isna(first["yearly_growth"]):
        title = say(
            lang,
            f"{count}项目标有可对照的基期数，其中{first['indicator_name']}年均须变化{pace}",
            f"{count_noun(count, 'target')} with a baseline; {first['indicator_name']} needs {pace} a year",
        )
    heads = tuple(
        narrative.columns(lang, "indicator_name", "base", "base_year", "target", "year", "pace", "base_source").values()
    )
    cells = tuple(
        (
            row["indicator_name"],
            row["base"],
            _show_year(row["base_year"]),
            row["target"],
            _show_year(row["year"]),
            row["pace"],
            row["base_source"],
        )
        for row in rows
    )
    table = Table(heads, (0.2, 0.11, 0.07, 0.14, 0.07, 0.15, 0.26), cells)
    region, indicators = str(first["region"]), dict.fromkeys(labelled["indicator"])
    baselines = pd.concat([project.baselines(str(indicator), region, lang=lang) for indicator in indicators])
    evidence = read_evidence(labelled, lang) + read_baselines(labelled, baselines, lang)
    subtitle = say(
        lang,
        "由基期数和目标数推得；目标有上下限时按所列数值计算",
        "From baseline and target; bounded targets are taken at the number named",
    )
    return Page("pathways", title, subtitle, _tell_table(title, table, 6, lang), table=table, evidence=evidence)


def _page_revisions(project: Project, revisions: pd.DataFrame, name: str, lang: Lang) -> Page | None:
    if revisions.empty:
        return None
    draw = partial(
        figures.revision,
        revisions,
        indicators=project.catalogue.indicators,
        region=name,
        labels=project.plan_labels(lang),
    )
    page = page_of_chart("revisions", draw, lang)
    column = say(lang, "name_zh", "name_en")
    drawn = revisions[revisions["change"].isin(["raised", "lowered", "same", "new"])]
    evidence: tuple[Evidence, ...] = ()
    for side in ("old", "new"):
        prefix = f"{side}_"
        own = [name for name in drawn.columns if name.startswith(prefix)]
        rows = drawn[["region", "unit", "kind", *own]].rename(columns={name: name.removeprefix(prefix) for name in own})
        evidence += read_evidence(rows.assign(subject_name=drawn[column], method="stated"), lang)
    return replace(page, evidence=evidence)


def _page_left_out(left_out: pd.DataFrame, project: Project, name: str, lang: Lang) -> Page | None:
    rows = left_out[left_out["set_by"] > 0].sort_values(["set_by", "indicator"], ascending=[False, True])
    if rows.empty:
        return None
    labelled = narrative.label(rows, project, lang)
    first: dict[str, Any] = {str(name): cell for name, cell in labelled.to_dict("records")[0].items()}
    count, most = len(labelled), int(first["set_by"])
    title = say(
        lang,
        f"其他省份设定而{name}没有可比数值的指标有{count}个，设定者最多的是{first['indicator_name']}（{most}个）",
        f"{count_noun(count, 'indicator')} of other provinces have no comparable number for {name}; set by most:"
        f" {first['indicator_name']} ({most})",
    )
    heads = tuple(narrative.columns(lang, "indicator_name", "set_by", "who", "presence_text", "reason").values())
    cells = tuple(
        (row["indicator_name"], str(row["set_by"]), row["who"], row["presence_text"], row["reason"])
        for row in labelled.head(MOST_ROWS).to_dict("records")
    )
    table = Table(heads, (0.25, 0.11, 0.3, 0.14, 0.2), cells)
    subtitle = say(
        lang,
        "没有提不等于不做；设定者多的在前" + (f"，所列为前{MOST_ROWS}个" if count > MOST_ROWS else ""),
        "Not mentioned is not the same as not done; those set by most first"
        + (f", the first {MOST_ROWS} of them" if count > MOST_ROWS else ""),
    )
    source = say(
        lang, "来源：收录的规划和其他公布文件", "Source: the plans of the corpus and documents published elsewhere"
    )
    return Page("left-out", title, subtitle, _tell_table(title, table, 4, lang), table=table, source=source)


def _list_absent(left_out: pd.DataFrame, revisions: pd.DataFrame, lang: Lang) -> tuple[Absent, ...]:
    """What the region states and cannot be compared, against others and against its plan before."""
    column = say(lang, "name_zh", "name_en")
    states = left_out[left_out["presence"].isin(["not_comparable", "words_only"])]
    absent = [
        Absent(row[column], name_code("presence", row["presence"], lang), row["reason"])
        for row in states.to_dict("records")
    ]
    if len(revisions):
        changed = revisions[revisions["change"].isin(["not_comparable", "words_only"])]
        absent += [
            Absent(
                row[column], say(lang, "两份规划之间不可比", "does not compare between the two plans"), row["reason"]
            )
            for row in changed.to_dict("records")
        ]
    return tuple(dict.fromkeys(absent))
