"""The stage of a presentation: 16:9, its master in the project's colours and typefaces, and text put on slides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from compare.briefing.fitting import LEADING
from compare.figures.theme import ACCENT, GREY, INK, MARK_GREY, PALE, RULE, TINT, WHITE
from compare.figures.wording import Lang, say

WIDTH, HEIGHT = 960.0, 540.0
MARGIN = 32.0
INNER = WIDTH - 2 * MARGIN
LATIN, EAST_ASIAN = "Arial", "微软雅黑"
COVER, CONTENT, SECTION = 0, 5, 2  # layouts of the standard template
_COLOURS = {
    "dk1": INK, "lt1": WHITE, "dk2": GREY, "lt2": "#f1f3f5", "accent1": ACCENT, "accent2": MARK_GREY,
    "accent3": PALE, "accent4": GREY, "accent5": TINT, "accent6": RULE, "hlink": ACCENT, "folHlink": GREY,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a slide, in points from its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Type:
    """How a run of text looks; size in points."""

    size: float
    colour: str = INK
    bold: bool = False


Run = tuple[str, Type]


def new_deck() -> Any:
    """Opens an empty presentation with the standard layouts, drawn out to 16:9."""
    deck = Presentation()
    stretch = Pt(WIDTH) / deck.slide_width
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    master = deck.slide_master
    for holder in (master, *master.slide_layouts):
        for shape in holder.shapes:
            if shape.element.find(f".//{qn('a:xfrm')}") is not None:
                shape.left, shape.width = round(shape.left * stretch), round(shape.width * stretch)
        for properties in holder.element.iter(qn("a:defRPr")):
            properties.attrib.pop("cap", None)  # names keep their small letters
    _set_title_style(master)
    title = Box(MARGIN, 18, INNER, 64)
    _place(master.placeholders[0], title, MSO_ANCHOR.BOTTOM)
    _place(master.slide_layouts[CONTENT].placeholders[0], title, MSO_ANCHOR.BOTTOM)
    for layout in (master.slide_layouts[COVER], master.slide_layouts[SECTION]):
        _place(layout.placeholders[0], Box(MARGIN, 60, INNER, 96), MSO_ANCHOR.BOTTOM)
        _place(layout.placeholders[1], Box(MARGIN, 166, INNER, 84), MSO_ANCHOR.TOP)
    return deck


def _set_title_style(master: Any) -> None:
    level = master.element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    level.set("algn", "l")
    level.find(qn("a:defRPr")).attrib.update({"sz": "2400", "b": "1"})


def _place(shape: Any, box: Box, anchor: Any) -> None:
    shape.left, shape.top, shape.width, shape.height = (Pt(x) for x in (box.left, box.top, box.width, box.height))
    _set_frame(shape.text_frame, anchor)


def _set_frame(frame: Any, anchor: Any) -> None:
    frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0


def write(frame: Any, paragraphs: Sequence[Sequence[Run]], lang: Lang, *, after: float = 0.0) -> None:
    """Writes paragraphs of runs into a text frame, in the theme's typefaces, with an exact distance of lines.

    Args:
        frame: of a shape; what is in it goes.
        paragraphs: each a sequence of runs.
        lang: language, for spelling and breaking of lines.
        after: distance after each paragraph, in points.
    """
    frame.clear()
    for index, runs in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        write_runs(paragraph, runs, lang)
        size = max((look.size for _, look in runs), default=10.0)
        paragraph.line_spacing, paragraph.space_after, paragraph.space_before = Pt(size * LEADING), Pt(after), Pt(0)


def write_runs(paragraph: Any, runs: Sequence[Run], lang: Lang) -> None:
    """Writes runs into a paragraph of any shape or of a chart's label."""
    for text, look in runs:
        run = paragraph.add_run()
        run.text = text
        font = run.font
        font.size, font.bold = Pt(look.size), look.bold
        font.color.rgb = colour(look.colour)
        font.language_id = say(lang, MSO_LANGUAGE_ID.SIMPLIFIED_CHINESE, MSO_LANGUAGE_ID.ENGLISH_US)
        set_typefaces(run._r.get_or_add_rPr())  # noqa: SLF001 — python-pptx has no East Asian typeface


def set_typefaces(properties: Any) -> None:
    """Sets the theme's latin and East Asian typefaces in properties of runs."""
    for tag, reference in (("a:latin", "+mn-lt"), ("a:ea", "+mn-ea")):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
        element = properties.makeelement(qn(tag), {"typeface": reference})
        properties.append(element)


def add_text(
    slide: Any, box: Box, paragraphs: Sequence[Sequence[Run]], lang: Lang, *, after: float = 0.0, low: bool = False
) -> Any:
    """Adds a box of text; `low` writes it to the lower edge."""
    shape = slide.shapes.add_textbox(Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height))
    _set_frame(shape.text_frame, MSO_ANCHOR.BOTTOM if low else MSO_ANCHOR.TOP)
    write(shape.text_frame, paragraphs, lang, after=after)
    return shape


def add_slide(deck: Any, layout: int, lang: Lang) -> Any:
    """Adds a slide with its number in the lower right corner."""
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    box = Box(WIDTH - MARGIN - 40, HEIGHT - 30, 40, 14)
    shape = add_text(slide, box, [[]], lang)
    shape.name = "slide number"
    paragraph = shape.text_frame.paragraphs[0]._p  # noqa: SLF001 — python-pptx has no fields
    code = say(lang, "zh-CN", "en-US")
    field = parse_xml(
        f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
        f'<a:rPr lang="{code}" sz="950"><a:solidFill><a:srgbClr val="{GREY[1:].upper()}"/></a:solidFill></a:rPr>'
        f"<a:t>{len(deck.slides)}</a:t></a:fld>"
    )
    paragraph.get_or_add_pPr().set("algn", "r")
    paragraph.append(field)
    return slide


def describe(shape: Any, name: str, alt: str) -> None:
    """Gives a shape a name and the text for who cannot see it."""
    properties = shape.element.xpath(".//p:cNvPr")[0]
    properties.set("name", name)
    properties.set("descr", alt)


def colour(code: str) -> Any:
    """A colour of the project as python-pptx takes it."""
    make: Any = RGBColor  # carries no types
    return make(*bytes.fromhex(code.lstrip("#")))


def theme_changes(names: Sequence[str]) -> Mapping[str, Callable[[bytes], bytes]]:
    """What to change in the themes of a presentation when it is packed: typefaces, and the project's colours."""
    return dict.fromkeys(names, _set_theme)


def _set_theme(data: bytes) -> bytes:
    root = parse_xml(data)
    for kind in ("a:majorFont", "a:minorFont"):
        for fonts in root.iterfind(f".//{qn(kind)}"):
            for element in list(fonts):
                if element.tag.endswith(("}latin", "}ea")):
                    element.set("typeface", LATIN if element.tag.endswith("}latin") else EAST_ASIAN)
                elif element.get("script") in ("Hans", "Hant"):
                    element.set("typeface", EAST_ASIAN)
    for scheme in root.iterfind(f".//{qn('a:clrScheme')}"):
        for element in scheme:
            code = _COLOURS.get(element.tag.rpartition("}")[2])
            if code:
                for old in list(element):
                    element.remove(old)
                element.append(element.makeelement(qn("a:srgbClr"), {"val": code[1:].upper()}))
    return bytes(serialize_part_xml(root))
