"""The blank action plan: the published columns, then those that this application adds.

For this package only.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.cells import Cell, Row
from hicm_desktop.export.pdf.grid import lay
from hicm_desktop.export.pdf.handouts.kit import (
    POSTER,
    Sheet,
    height,
    height_of,
    ruled,
    scaled,
    to_fill_in,
)
from hicm_desktop.export.pdf.looks import Style
from hicm_desktop.export.pdf.parts import page_of, space, text_row, title_row
from hicm_desktop.export.pdf.typeface import Typeface
from hicm_desktop.model.values import Model
from hicm_desktop.workshop.report import NOT_FOR_RANKING
from hicm_desktop.workshop.words import ADDED_BY_US, ADDED_COLUMNS

_SHARES = (106.0, 134.0, 140.0, 88.0, 134.0, 84.0, 84.0)
_PITCH = 18.7
"""6.6 mm, a little less than in an exercise book, so that five actions fit on a page of A4."""

_LINES = 4
"""How many lines an action has to be written on."""

_TITLES = ("Action plan", "Action plan (continued)")


def plan(typeface: Typeface, model: Model, sheet: Sheet) -> list[Flowable]:
    """Set out rows to fill in: on both sides of a sheet of A4, or on one side of A3."""
    titles = _TITLES[:1] if sheet is POSTER else _TITLES
    story: list[Flowable] = []
    for title in titles:
        if story:
            story += page_of(sheet.lies)
        story += _page(typeface, model, sheet, title)
    return story


def _page(typeface: Typeface, model: Model, sheet: Sheet, title: str) -> list[Flowable]:
    unit = sheet.scale
    top: list[Flowable] = [
        lay(typeface, (sheet.width,), [title_row(title, 1, style=scaled(looks.TITLE, unit))]),
        space(8 * unit),
        lay(
            typeface,
            (sheet.width * 0.45, sheet.width * 0.25, sheet.width * 0.3),
            [to_fill_in(typeface, ("Place", "Date", "Change"), scaled(looks.LABEL, unit))],
        ),
        space(8 * unit),
    ]
    widths = _widths(model.columns, sheet.width)
    head = _head(model.columns, unit)
    note = text_row((NOT_FOR_RANKING, scaled(looks.FOOT, unit)))
    foot: list[Flowable] = [space(4 * unit), lay(typeface, (sheet.width,), [note])]
    around = height_of([*top, *foot], sheet.width)
    room = sheet.height - around - height(typeface, widths, [head])
    pitch = _PITCH * (1.0 + (unit - 1.0) / 2)
    count = max(int(room / (pitch * _LINES)), 1)
    tall = room / count
    blank = Style(1.0, tall - 2.0)
    cells = tuple(Cell((("", blank),)) for _ in widths)
    row = Row(cells, padding=(0.0, 1.0), drawn=ruled(tall / _LINES, 5.0 * unit))
    return [*top, lay(typeface, widths, [head, *(row,) * count]), *foot]


def _widths(columns: Sequence[str], width: float) -> tuple[float, ...]:
    """Share the width among the published columns and ours."""
    count = len(columns) + len(ADDED_COLUMNS)
    shares = _SHARES if count == len(_SHARES) else (1.0,) * count
    return tuple(width * share / sum(shares) for share in shares)


def _head(columns: Sequence[str], unit: float) -> Row:
    published = tuple(
        Cell(((name, scaled(looks.HEAD_LIGHT, unit)),), fill=looks.LEVELS[4], heads=True)
        for name in columns
    )
    ours = tuple(
        Cell(
            (
                (name, scaled(looks.HEAD, unit)),
                (ADDED_BY_US, scaled(looks.HEAD_SMALL, unit)),
            ),
            fill=looks.LEVELS[1],
            heads=True,
        )
        for name in ADDED_COLUMNS
    )
    padding = (5.0 * unit, 4.0 * unit)
    return Row((*published, *ours), keeps=True, repeats=True, padding=padding)
