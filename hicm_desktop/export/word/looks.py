"""How the document looks: the page, the typeface, and the styles all of it is set in.

For this package only. Texts are set in styles, of Word's own names where Word has one, so that
whoever gets the document can change its look in one place and finds their way by its headings.
"""

from __future__ import annotations

from typing import NamedTuple, cast

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

from hicm_desktop.export.word import markup

FONT = "Arial"
"""Word and macOS both bring Arial, LibreOffice puts one as wide in its place, and the workbook is
set in it too. Our own typeface is on no user's machine, and Calibri on none without Office."""

LANGUAGE = "en-GB"
INK, MUTED, ACCENT, WHITE = "10243A", "51647A", "0B4F8A", "FFFFFF"

PAGE_WIDTH, PAGE_HEIGHT, MARGIN, FOOT = Mm(297), Mm(210), Mm(15), Mm(8)
"""A4 across. `FOOT` is what lies below the footer."""

TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN

TITLE, SUBTITLE, HEADING, TEXT = "Title", "Subtitle", "Heading 1", "Normal"
NUMBERED, FOOTER, STRONG = "List Number", "Footer", "Strong"
DETAIL, NOTICE, QUIET = "HICM detail", "HICM notice", "HICM quiet text"
QUIET_WORDS = "HICM quiet words"
COLUMN, ADDED = "HICM column", "HICM added column"
CELL, NAME, FIRST = "HICM cell", "HICM change", "HICM put first"
TABLE = "HICM action plan"


class _Look(NamedTuple):
    """How a paragraph is set: its size and the space around it in points, its colour in hex."""

    size: float
    color: str = INK
    bold: bool = False
    before: float = 0
    after: float = 0
    stays: bool = False
    """Whether it is kept on one page with what follows."""


_PARAGRAPHS = {
    TEXT: _Look(10, after=4),
    TITLE: _Look(22, ACCENT, bold=True),
    SUBTITLE: _Look(11, MUTED, after=8),
    HEADING: _Look(14, ACCENT, bold=True, before=12, after=4, stays=True),
    DETAIL: _Look(10, after=1),
    NOTICE: _Look(10, before=7, after=2),
    QUIET: _Look(9, MUTED, before=6),
    NUMBERED: _Look(10, after=3),
    FOOTER: _Look(8, MUTED),
    COLUMN: _Look(9.5, WHITE, bold=True),
    ADDED: _Look(9.5, bold=True),
    CELL: _Look(9.5),
    NAME: _Look(9.5, bold=True),
    FIRST: _Look(9.5, ACCENT, bold=True),
}


def set_up(document: Document) -> None:
    """Give a new document its page, its language and its styles."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    section.left_margin = section.right_margin = section.top_margin = MARGIN
    section.bottom_margin, section.footer_distance = Mm(18), FOOT
    markup.set_defaults(document.styles.element, FONT, LANGUAGE)
    markup.set_settings(document.settings.element, LANGUAGE)
    for name, look in _PARAGRAPHS.items():
        _set(_paragraph_style(document, name), look)
    words = cast("CharacterStyle", document.styles.add_style(QUIET_WORDS, WD_STYLE_TYPE.CHARACTER))
    words.font.color.rgb = RGBColor.from_string(MUTED)
    stops = _paragraph_style(document, FOOTER).paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    document.styles.element.append(markup.table_style(TABLE))


def _paragraph_style(document: Document, name: str) -> ParagraphStyle:
    if name not in document.styles:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles[TEXT]
    return cast("ParagraphStyle", document.styles[name])


def _set(style: ParagraphStyle, look: _Look) -> None:
    font, shape = style.font, style.paragraph_format
    for given in ("w:rFonts", "w:spacing", "w:kern"):
        if style.element.rPr is not None:
            for element in style.element.rPr.findall(qn(given)):
                style.element.rPr.remove(element)
    if style.name == TITLE:
        border = style.element.pPr.find(qn("w:pBdr"))
        style.element.pPr.remove(border)
    font.size = Pt(look.size)
    font.bold, font.italic = look.bold, False
    font.color.rgb = RGBColor.from_string(look.color)
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    shape.line_spacing = 1.1
    shape.keep_with_next = look.stays
