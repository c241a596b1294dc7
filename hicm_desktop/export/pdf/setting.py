"""The chapters about the workshop and its model: how to read the record, who was there, and about.

For this package only.
"""

from __future__ import annotations

from reportlab.platypus import Flowable

from hicm_desktop.export.pdf import guidance, looks
from hicm_desktop.export.pdf.blocks import (
    ABOUT_KEY,
    LEVELS_KEY,
    WORKSHOP_KEY,
    box,
    gap,
    level_head,
    pair,
)
from hicm_desktop.export.pdf.cells import Cell, Kind, Link, Row
from hicm_desktop.export.pdf.cover import too_long
from hicm_desktop.export.pdf.grid import lay
from hicm_desktop.export.pdf.marks import BEFORE, DOWN, MARKS, UP
from hicm_desktop.export.pdf.pages import UPRIGHT_WIDTH
from hicm_desktop.export.pdf.parts import head_row, space, text_row, title_row
from hicm_desktop.export.pdf.typeface import STAND_IN, Typeface, name_of
from hicm_desktop.workshop.report_parts import NO_NAMES
from hicm_desktop.workshop.report_values import Report
from hicm_desktop.workshop.values import Outcome, Partner

_MOST_NAMED = 200
_WHOLE = (UPRIGHT_WIDTH,)
_LABEL = 130.0
_LABELLED = (_LABEL, UPRIGHT_WIDTH - _LABEL)
_MARK = 40.0

_MARKS = (
    (
        "✓",
        "Tick",
        "A heavy frame, a tick and the word: the descriptor of the level that partners agreed",
    ),
    (MARKS[Outcome.AGREED], "Filled circle", "In the profile: agreed"),
    (
        MARKS[Outcome.AGREED_WITH_RESERVATION],
        "Diamond",
        "Agreed with reservation: somebody holds back",
    ),
    (
        f"{DOWN} {UP}",
        "Triangles to the left and right",
        "Leaning down or up: the room sits between this level and the next",
    ),
    (MARKS[Outcome.PARKED], "Square", "Parked: it did not settle, and is to come back"),
    (MARKS[Outcome.NOT_APPLICABLE], "Dash", "Not applicable: it does not present locally"),
    (BEFORE, "Empty circle", "The level before, with an arrow from it to the level agreed now"),
)

_STOOD_IN = "A character that was typed and that this typeface cannot show; the end names each"


def how_to_read(typeface: Typeface, report: Report) -> list[Flowable]:
    """Define the levels and the marks, and give the model's own words on what it is and its use.

    To be called once the chapters of the record are laid out: only then is it known whether the
    typeface could show all of it.
    """
    count = len(report.levels)
    levels = [
        Row((level_head(level, count), _text_cell(level.definition))) for level in report.levels
    ]
    return [
        lay(
            typeface,
            _WHOLE,
            [
                title_row("The model, and how to read this record", 1, key="model"),
                gap(1, 4),
                box((report.disclaimer, looks.STRONG)),
            ],
        ),
        space(9),
        lay(
            typeface,
            _LABELLED,
            [
                title_row("The levels", 2, depth=1, style=looks.SUBTITLE, key=LEVELS_KEY),
                head_row(("Level", "Definition")),
                *levels,
            ],
        ),
        space(9),
        lay(
            typeface,
            (_MARK, UPRIGHT_WIDTH - _MARK),
            [
                title_row("The marks", 2, depth=1, style=looks.SUBTITLE),
                *(_mark(*mark) for mark in _MARKS),
                *(
                    (_mark(STAND_IN, "Empty square", _STOOD_IN, ABOUT_KEY),)
                    if typeface.stood_in
                    else ()
                ),
            ],
        ),
        *guidance.sections(typeface, report.sections),
    ]


def partners(typeface: Typeface, report: Report) -> list[Flowable]:
    """List the organisations and groups in the room, and what the cover had no room for."""
    has_names = any(partner.name for partner in report.partners)
    heads = ("Organisation or group", "Role", *(("Name",) if has_names else ()))
    side = UPRIGHT_WIDTH * (0.29 if has_names else 0.42)
    widths = (UPRIGHT_WIDTH - (len(heads) - 1) * side, *(side,) * (len(heads) - 1))
    rows = [title_row("Partners", len(heads), key=WORKSHOP_KEY)]
    if report.partners:
        if NO_NAMES in report.left_out:
            told = ("Names are left out of this copy.", looks.QUIET)
            rows.append(text_row(told, columns=len(heads), keeps=True))
        rows.append(head_row(heads))
    else:
        none = ("No partners were recorded.", looks.QUIET)
        rows.append(text_row(none, columns=len(heads)))
    rows += [_partner(partner, has_names=has_names) for partner in report.partners]
    return [lay(typeface, widths, rows), *_in_full(typeface, report)]


def about(typeface: Typeface, report: Report) -> list[Flowable]:
    """Close with whose the wording is, and with what this typeface could not show."""
    rows = [
        title_row("About this record", 1, key=ABOUT_KEY),
        text_row((report.model_attribution, looks.ABOUT), keeps=True),
        text_row(
            (f"Source: {report.model_source}", looks.ABOUT),
            (f"Version: {report.model_version}", looks.ABOUT),
        ),
    ]
    if typeface.stood_in:
        unseen = (
            "Some characters that were typed have no shape in the typeface of this document. Each "
            "is shown as □. The workshop file holds them as they were typed."
        )
        names = [name_of(letter) for letter in typeface.stood_in]
        more = f"; and {len(names) - _MOST_NAMED} others" if len(names) > _MOST_NAMED else ""
        rows.append(text_row((unseen, looks.STRONG)))
        rows.append(text_row((f"They are: {'; '.join(names[:_MOST_NAMED])}{more}.", looks.NOTE)))
    return [lay(typeface, _WHOLE, rows)]


def _in_full(typeface: Typeface, report: Report) -> list[Flowable]:
    told = too_long(report)
    if not told:
        return []
    heading = title_row("What the cover had no room for", 2, depth=1, style=looks.SUBTITLE)
    rows = [heading, *(pair(label, (text, looks.NOTE)) for label, text in told)]
    return [space(12), lay(typeface, _LABELLED, rows)]


def _partner(partner: Partner, *, has_names: bool) -> Row:
    named = Cell(((partner.organisation, looks.NAME),), fill=looks.PALE, heads=True)
    others = (partner.role, *((partner.name,) if has_names else ()))
    return Row((named, *map(_text_cell, others)), padding=(5.0, 2.5))


def _mark(mark: str, said: str, words: str, key: str = "") -> Row:
    """Set a mark, which is read out as `said`, and what it stands for."""
    link = Link(key=key) if key else None
    row = pair(mark, (words, looks.NOTE), padding=(0.0, 0.8), link=link)
    shown = Cell(((mark, looks.MARK),), edge=row.cells[0].edge, is_centred=True, said=said)
    return Row((shown, *row.cells[1:]), padding=row.padding, kind=Kind.PAIR)


def _text_cell(text: str) -> Cell:
    return Cell(((text, looks.NOTE),))
