"""A briefing as slides: one message each, native charts where the kind allows, the evidence in the speaker notes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pptx.util import Pt

from compare.briefing import closing
from compare.briefing.bars import add_bars, plan_bars
from compare.briefing.content import BarChart, Briefing, LineChart, Page, Part
from compare.briefing.evidence import explain_bounds, tell_evidence, tell_origin
from compare.briefing.fitting import LEADING, choose_size, count_lines, height_of, shorten
from compare.briefing.grids import add_table, split_rows
from compare.briefing.lines import add_lines
from compare.briefing.packing import repack, set_properties
from compare.briefing.pictures import draw_picture
from compare.briefing.stage import (
    CONTENT,
    COVER,
    HEIGHT,
    INNER,
    MARGIN,
    SECTION,
    Box,
    Type,
    add_slide,
    add_text,
    describe,
    new_deck,
    theme_changes,
    write,
)
from compare.figures.theme import ACCENT, GREY, INK, MARK_GREY, TINT
from compare.figures.wording import Lang, say

TITLE_SIZES = (24.0, 22.0, 20.0, 18.0, 16.0)
FOOT = 9.5
TOP = 112.0  # of what a slide shows
BARS, WAYS = 16, 9  # rows of one chart; a slide has two side by side


def render_deck(briefing: Briefing) -> bytes:
    """Makes the presentation: cover, the pages of each part, then sources, definitions and what does not compare."""
    deck = new_deck()
    set_properties(
        deck.core_properties, briefing.title, briefing.parts[0].finding, say(briefing.lang, "zh-CN", "en-US")
    )
    _add_cover(deck, briefing)
    titles = {source.key: source.title for source in briefing.sources if source.is_plan}
    for part in briefing.parts:
        if len(briefing.parts) > 1:
            _add_opening(deck, part)
        for page in closing.pages_of(part):
            _add_page(deck, page, part.lang, titles)
    for page in closing.closing_pages(briefing):
        _add_page(deck, page, briefing.lang, titles)
    buffer = io.BytesIO()
    deck.save(buffer)
    themes = [f"ppt/theme/theme{number}.xml" for number in range(1, 4)]
    return repack(buffer.getvalue(), theme_changes(themes))


def _add_cover(deck: Any, briefing: Briefing) -> None:
    """Adds the first slide: title, main finding, and what the presentation holds."""
    lang = briefing.lang
    slide = add_slide(deck, COVER, lang)
    single = briefing.parts[0] if len(briefing.parts) == 1 else None
    _write_head(slide, briefing.title, single.finding if single else "", lang)
    items = [page.title for page in closing.pages_of(single)] if single else [part.title for part in briefing.parts]
    items += [page.title for page in closing.closing_pages(briefing)]
    box = Box(MARGIN, 250, INNER, 18)
    add_text(slide, box, [[(say(lang, "内容", "Contents"), Type(13, GREY, bold=True))]], lang)
    _add_contents(slide, items, Box(MARGIN, 270, INNER, HEIGHT - 270 - 36), lang)


def _add_contents(slide: Any, items: Sequence[str], box: Box, lang: Lang) -> None:
    """Adds a numbered list, in as few columns as it takes; what three do not hold is counted."""
    count, size, each = _plan_columns(items, box)
    width = (box.width - 20 * (count - 1)) / count
    room = max(1, int(box.height / (size * LEADING + 3)))
    texts = [shorten(item, width - 3 * size, size * LEADING, size) if count > 1 else item for item in items]
    runs = [
        [(f"{number}  ", Type(size, ACCENT, bold=True)), (text, Type(size))] for number, text in enumerate(texts, 1)
    ]
    if count > 1 and len(runs) > room * count:
        more = len(runs) - room * count + 1
        runs = [*runs[: room * count - 1], [(say(lang, f"另有{more}项", f"and {more} more"), Type(size, GREY))]]
    for column in range(count):
        part = runs[column * each : (column + 1) * each]
        if part:
            place = Box(box.left + column * (width + 20), box.top, width, box.height)
            add_text(slide, place, part, lang, after=3)


def _plan_columns(items: Sequence[str], box: Box) -> tuple[int, float, int]:
    """Plans columns of a list: how many, the size of their type, and how many items each takes."""
    for size in (14.0, 13.0, 12.0, 11.0):
        if sum(height_of(f"00  {item}", box.width, size) + 3 for item in items) <= box.height:
            return 1, size, len(items)
    for count, size in ((2, 12.0), (2, 11.0), (3, 11.0), (3, 10.0)):
        room = int(box.height / (size * LEADING + 3))
        if count * room >= len(items):
            return count, size, -(-len(items) // count)
    return 3, 10.0, int(box.height / (10.0 * LEADING + 3))


def _add_opening(deck: Any, part: Part) -> None:
    """Adds the slide before a part among several."""
    slide = add_slide(deck, SECTION, part.lang)
    _write_head(slide, part.title, part.finding, part.lang)


def _write_head(slide: Any, title: str, finding: str, lang: Lang) -> None:
    size = choose_size(title, INNER, 92, (34, 30, 26, 22), bold=True)
    write(slide.shapes.title.text_frame, [[(title, Type(size, INK, bold=True))]], lang)
    holder = slide.placeholders[1]
    if not finding:
        holder.element.getparent().remove(holder.element)
        return
    size = choose_size(finding, INNER, 80, (18, 16, 14, 12))
    write(holder.text_frame, [[(finding, Type(size, GREY))]], lang)
    holder.text_frame.paragraphs[0].alignment = 1


def _add_page(deck: Any, page: Page, lang: Lang, titles: dict[str, str]) -> None:
    """Adds a page, as several slides where one has no room for all rows."""
    pieces = _split(page)
    for number, piece in enumerate(pieces, start=1):
        mark = say(lang, f"（{number}/{len(pieces)}）", f" ({number}/{len(pieces)})") if len(pieces) > 1 else ""
        _add_content(deck, replace(piece, title=piece.title + mark), lang, titles)


def _split(page: Page) -> list[Page]:
    if page.table is not None:
        room = HEIGHT - TOP - 56
        tables = split_rows(page.table, INNER, room)
        return [replace(page, table=table) for table in tables]
    if isinstance(page.native, BarChart):
        most = 2 * (WAYS if page.native.starts else BARS)
        charts = _cut(page.native, -(-len(page.native.bars) // most))
        return [replace(page, native=chart) for chart in charts]
    return [page]


def _cut(chart: BarChart, pieces: int) -> list[BarChart]:
    """Cuts a chart of bars into pieces as even as may be."""
    each = -(-len(chart.bars) // pieces)
    cut = []
    for start in range(0, len(chart.bars), each):
        part = slice(start, start + each)
        columns = {head: cells[part] for head, cells in chart.columns.items()}
        cut.append(replace(chart, bars=chart.bars[part], starts=chart.starts[part], columns=columns))
    return cut


def _add_content(deck: Any, page: Page, lang: Lang, titles: dict[str, str]) -> None:
    slide = add_slide(deck, CONTENT, lang)
    size = choose_size(page.title, INNER, 62, TITLE_SIZES, bold=True)
    write(slide.shapes.title.text_frame, [[(page.title, Type(size, INK, bold=True))]], lang)
    if page.subtitle:
        size = choose_size(page.subtitle, INNER, 18, (13, 12, 11, 10))
        add_text(slide, Box(MARGIN, 86, INNER, 20), [[(page.subtitle, Type(size, GREY))]], lang)
    bottom = _add_foot(slide, page, lang)
    _add_body(slide, page, Box(MARGIN, TOP, INNER, bottom - TOP), lang)
    slide.notes_slide.notes_text_frame.clear()
    lines = list_notes(page, lang, titles)
    write(slide.notes_slide.notes_text_frame, [[(line, Type(11))] for line in lines], lang, after=4)


def list_notes(page: Page, lang: Lang, titles: dict[str, str]) -> list[str]:
    """Lists the paragraphs of a page's speaker notes: the finding, each number with its sentence, the notes."""
    lines = [page.title]
    if page.evidence:
        lines.append(say(lang, "各数字的依据：", "What each number rests on:"))
        lines += [tell_evidence(one, lang, titles) for one in page.evidence]
    if page.plans:
        named = [
            say(lang, f"《{titles.get(plan, plan)}》 {plan}", f"“{titles.get(plan, plan)}”, {plan}")
            for plan in page.plans
        ]
        lines += [say(lang, "依据规划全文：", "It rests on the whole text of:"), *named]
    return [*lines, *page.gaps, *page.notes]


def _add_foot(slide: Any, page: Page, lang: Lang) -> float:
    """Adds what is missing, the source and the notes at the foot; gives the height where they begin."""
    origin = tell_origin(page.evidence, lang, say(lang, "逐条出处见备注", "each number's sentence is in the notes"))
    width = INNER - 52
    kept = [line for line in (origin or page.source,) if line]
    for note in sorted(page.notes, key=len):
        if count_lines("    ".join([*kept, note]), width, FOOT) <= 3:
            kept.append(note)
    foot = "    ".join(kept)
    edge = HEIGHT - 16.0
    if foot:
        tall = height_of(foot, width, FOOT) + 2
        add_text(slide, Box(MARGIN, edge - tall, width, tall), [[(foot, Type(FOOT, GREY))]], lang, low=True)
        edge -= tall + 6
    if page.gaps:
        tall = sum(height_of(line, INNER, 10.5) for line in page.gaps) + 2
        edge = min(edge, HEIGHT - 34)
        lines = [[(line, Type(10.5, GREY))] for line in page.gaps]
        add_text(slide, Box(MARGIN, edge - tall, INNER, tall), lines, lang)
        edge -= tall + 4
    return min(edge, HEIGHT - 34) - 4


def _add_body(slide: Any, page: Page, box: Box, lang: Lang) -> None:
    if page.table is not None:
        add_table(slide, page.table, box, page.alt, lang)
    elif isinstance(page.native, BarChart):
        _add_bar_charts(slide, page.native, box, page.alt, lang)
    elif page.native:
        _add_line_charts(slide, page.native, box, lang)
    elif page.draw is not None:
        _add_picture(slide, page, box)


def _add_bar_charts(slide: Any, chart: BarChart, box: Box, alt: str, lang: Lang) -> None:
    """Adds a key, and the bars as one chart or as two side by side on one scale."""
    add_text(slide, Box(box.left, box.top, box.width, 16), [_key_of_bars(chart, lang)], lang)
    room = Box(box.left, box.top + 22, box.width, box.height - 22)
    most = WAYS if chart.starts else BARS
    pieces = _cut(chart, 2) if len(chart.bars) > most else [chart]
    width = (room.width - 24 * (len(pieces) - 1)) / len(pieces)
    rows = max(len(piece.bars) for piece in pieces)
    pitch = min(room.height / rows, 64.0 if chart.starts else 44.0)
    scale = plan_bars(chart, width, pitch)
    for index, piece in enumerate(pieces):
        own = Box(room.left + index * (width + 24), room.top, width, pitch * len(piece.bars))
        add_bars(slide, piece, own, scale, _tell_of_bars(alt, lang), lang)


def _tell_of_bars(alt: str, lang: Lang) -> str:
    """Lets a description that begins with the kind of picture, as dots, begin with bars."""
    comma = say(lang, "，", ", ")
    return say(lang, "条形图", "Bar chart") + comma + alt.partition(comma)[2]


def _key_of_bars(chart: BarChart, lang: Lang) -> list[tuple[str, Type]]:
    """Explains what fills and remarks mean, as far as they occur."""
    bars = chart.bars
    entries: list[tuple[str, str]] = []
    if chart.starts:
        entries.append((MARK_GREY, say(lang, "基期", "baseline")))
    if any(bar.bound == "=" and not bar.is_nation for bar in bars):
        entries.append((ACCENT, say(lang, "目标", "target") if chart.starts else say(lang, "确数", "exact number")))
    if bounds := explain_bounds((bar.bound for bar in bars), lang):
        entries.append((TINT, bounds))
    if any(bar.is_nation for bar in bars):
        entries.append((MARK_GREY, say(lang, "全国目标", "national target")))
    runs: list[tuple[str, Type]] = []
    for hue, words in entries:
        runs += [("■ ", Type(11, hue)), (f"{words}    ", Type(11, GREY))]
    remark = say(lang, "数字后为目标年、可比等级", "behind each number: target year, grade")
    if chart.starts:
        remark = say(lang, "数字后为年份、所需年均变化", "behind each number: year, change needed a year")
    return [*runs, (remark, Type(11, GREY))]


def _add_line_charts(slide: Any, charts: Sequence[LineChart], box: Box, lang: Lang) -> None:
    """Adds one chart of lines, or several small ones with their names."""
    key = say(lang, "实线为实际数，虚线为目标", "solid: measured; dashed: target")
    unit = charts[0].unit if len(charts) == 1 and charts[0].unit not in ("", "number") else ""
    if charts[0].at_end and unit:
        key = say(lang, f"{key}；纵轴单位：{unit}", f"{key}; axis in {unit}")
    add_text(slide, Box(box.left, box.top, box.width, 16), [[(key, Type(11, GREY))]], lang)
    room = Box(box.left, box.top + 22, box.width, box.height - 22)
    if charts[0].at_end:
        add_lines(slide, charts[0], room, lang)
        return
    across = min(3, len(charts))
    down = -(-len(charts) // across)
    width, height = (room.width - 20 * (across - 1)) / across, (room.height - 8 * (down - 1)) / down
    for index, chart in enumerate(charts):
        left = room.left + (index % across) * (width + 20)
        top = room.top + (index // across) * (height + 8)
        add_text(slide, Box(left, top, width, 17), [[(chart.title, Type(12, INK, bold=True))]], lang)
        add_lines(slide, chart, Box(left, top + 18, width, height - 18), lang)


def _add_picture(slide: Any, page: Page, box: Box) -> None:
    """Adds a chart as a picture, as large as it is drawn or as the room allows."""
    assert page.draw is not None  # noqa: S101 — the caller has looked
    picture = draw_picture(page.draw, "slide")
    scale = min((INNER + 2 * MARGIN) / picture.width, box.height / picture.height)
    width, height = picture.width * scale, picture.height * scale
    shape = slide.shapes.add_picture(
        io.BytesIO(picture.data), Pt((2 * box.left + box.width - width) / 2), Pt(box.top), Pt(width), Pt(height)
    )
    describe(shape, page.slug, page.alt)
