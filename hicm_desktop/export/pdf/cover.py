"""The cover: what this is, where and when it was made, of which model, and what it leaves out.

For this package only. The cover takes one page; a text too long for it stands whole at the end.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.blocks import WORKSHOP_KEY, box, pair, warning
from hicm_desktop.export.pdf.cells import Cell, Edge, Kind, Link, Row
from hicm_desktop.export.pdf.grid import lay
from hicm_desktop.export.pdf.pages import UPRIGHT_WIDTH
from hicm_desktop.export.pdf.parts import space, text_row
from hicm_desktop.export.pdf.typeface import Typeface
from hicm_desktop.workshop.record_words import LEAVES_OUT, NOT_GIVEN, PRIVATE
from hicm_desktop.workshop.report_values import Report
from hicm_desktop.workshop.values import Partner
from hicm_desktop.workshop.words import partner_words

_WHOLE = (UPRIGHT_WIDTH,)
_FACTS = (126.0, UPRIGHT_WIDTH - 126.0)
_LONG_PLACE = 40
_MOST_LETTERS, _MOST_LINES = 320, 5
_ELSEWHERE = "Too long for the cover; it stands whole under “Partners”."


def chapter(typeface: Typeface, report: Report) -> list[Flowable]:
    """Set the cover."""
    notices = _notices(report)
    return [
        lay(typeface, _WHOLE, [_strip()]),
        space(120),
        lay(typeface, _WHOLE, _heading(report)),
        space(24),
        lay(typeface, _FACTS, [_fact(*fact) for fact in facts(report)]),
        space(14),
        lay(typeface, _FACTS, [_fact(*fact) for fact in _of_the_model(report)]),
        space(22),
        lay(typeface, _WHOLE, [box((report.disclaimer, looks.STRONG))]),
        *(flowable for row in notices for flowable in (space(8), lay(typeface, _WHOLE, [row]))),
    ]


def facts(report: Report) -> tuple[tuple[str, str], ...]:
    """Give what is known of the workshop, labelled."""
    return (
        *(() if report.held_on_words else (("Date", NOT_GIVEN),)),
        ("Facilitator", report.facilitator or NOT_GIVEN),
        ("Partners", "; ".join(organisations(report.partners)) or "None recorded"),
        ("Populations in focus", report.populations or "None named"),
        *((("Compared with", report.baseline),) if report.baseline else ()),
        ("Sign-off", report.seal.words),
    )


def too_long(report: Report) -> tuple[tuple[str, str], ...]:
    """Give the facts that the cover has no room for, labelled; partners are listed anyway."""
    told = (("Place", report.place), *facts(report))
    return tuple(fact for fact in told if fact[0] != "Partners" and not _is_short(fact[1]))


def organisations(partners: Sequence[Partner]) -> tuple[str, ...]:
    """Name every organisation once; a partner without one goes by the role."""
    named = (partner.organisation.strip() or partner_words(partner) for partner in partners)
    return tuple(dict.fromkeys(named))


def _is_short(text: str) -> bool:
    return len(text) <= _MOST_LETTERS and len(text.splitlines()) <= _MOST_LINES


def _heading(report: Report) -> list[Row]:
    place = report.place if _is_short(report.place) else ""
    record = ("The record of a workshop", report.held_on_words)
    style = looks.COVER if len(place) <= _LONG_PLACE else looks.COVER_LONG
    return [
        text_row((report.model_title, looks.COVER_MODEL)),
        text_row((place or ("Place not given" if not report.place else _ELSEWHERE), style)),
        text_row((", ".join(filter(None, record)), looks.PLACE)),
    ]


def _fact(label: str, text: str) -> Row:
    is_short = _is_short(text)
    link = None if is_short else Link(key=WORKSHOP_KEY)
    said = (text if is_short else _ELSEWHERE, looks.BODY)
    return pair(label, said, label_style=looks.COVER_LABEL, link=link)


def _of_the_model(report: Report) -> tuple[tuple[str, str], ...]:
    return (
        ("Model", report.model_title),
        ("Version of the model", report.model_version),
        ("Source", report.model_source),
    )


def _notices(report: Report) -> list[Row]:
    """Say that private notes are in, and what is not."""
    rows = []
    if report.has_private_notes:
        rows.append(warning((PRIVATE, looks.STRONG)))
    if report.left_out:
        told = ("; ".join(report.left_out) + ".", looks.NOTE)
        rows.append(warning((LEAVES_OUT, looks.STRONG), told))
    return rows


def _strip() -> Row:
    cell = Cell((), edge=Edge.NONE)
    return Row((cell,), padding=(0.0, 4.0), kind=Kind.TEXT, drawn=_draw_strip)


def _draw_strip(
    canvas: Canvas, sides: Sequence[tuple[float, float]], bottom: float, top: float
) -> None:
    """Draw the hue of the levels, light to dark."""
    left, right = sides[0]
    width = (right - left) / len(looks.LEVELS)
    for number, color in enumerate(looks.LEVELS):
        canvas.setFillColor(HexColor(color))
        canvas.rect(left + number * width, bottom, width, top - bottom, stroke=0, fill=1)
