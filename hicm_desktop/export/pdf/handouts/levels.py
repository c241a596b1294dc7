"""The card of the levels: each with its definition, light to dark in one hue.

For this package only.
"""

from __future__ import annotations

from reportlab.platypus import Flowable

from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.cells import Cell, Edge, Row
from hicm_desktop.export.pdf.grid import lay
from hicm_desktop.export.pdf.handouts.kit import (
    Sheet,
    height,
    height_of,
    largest,
    scaled,
    steps,
)
from hicm_desktop.export.pdf.looks import Style
from hicm_desktop.export.pdf.parts import space, text_row, title_row
from hicm_desktop.export.pdf.typeface import Typeface
from hicm_desktop.model.values import Level, Model
from hicm_desktop.workshop.report import NOT_FOR_RANKING

_SIZES = steps(22.0, 8.0, 0.5)
"""The type of the definitions, on A4: half as large again as body text even on a card of A5."""

_SIDE, _OVER = 16.0, 12.0


def levels(typeface: Typeface, model: Model, sheet: Sheet) -> list[Flowable]:
    """Set out the levels of a model on one page, in bands that are equally high."""
    unit = sheet.scale
    whole = (sheet.width,)
    head: list[Flowable] = [
        lay(typeface, whole, [title_row("The levels", 1, style=scaled(looks.TITLE, unit))]),
        space(8 * unit),
    ]
    note = (NOT_FOR_RANKING, scaled(looks.FOOT, unit))
    foot: list[Flowable] = [space(8 * unit), lay(typeface, whole, [text_row(note)])]
    band = (sheet.height - height_of([*head, *foot], sheet.width)) / max(len(model.levels), 1)

    def make(size: float) -> list[Flowable] | None:
        widths = _widths(typeface, model, sheet, size * unit)
        low = [_band(model, level, size * unit, _OVER * unit) for level in model.levels]
        heights = [height(typeface, widths, [row]) for row in low]
        if max(heights, default=0.0) > band:
            return None
        rows = [
            _band(model, level, size * unit, _OVER * unit + (band - tall) / 2)
            for level, tall in zip(model.levels, heights, strict=True)
        ]
        return [lay(typeface, widths, rows)]

    bands = largest(_SIZES, make)
    if bands is None:
        size = _SIZES[-1] * unit
        rows = [_band(model, level, size, _OVER) for level in model.levels]
        bands = [lay(typeface, _widths(typeface, model, sheet, size), rows)]
    return [*head, *bands, *foot]


def _widths(typeface: Typeface, model: Model, sheet: Sheet, size: float) -> tuple[float, float]:
    """Give the names as much room as the longest takes, and the definitions the rest."""
    style = Style(size, size, looks.BOLD)
    longest = max((typeface.width(level.name, style) for level in model.levels), default=0.0)
    name = min(longest + 2 * _SIDE * sheet.scale + 1.0, sheet.width / 3)
    return name, sheet.width - name


def _band(model: Model, level: Level, size: float, over: float) -> Row:
    fill = looks.level_fill(level.number, len(model.levels))
    color = looks.ink_on(fill)
    name = Style(size, size * 1.25, looks.BOLD, color)
    text = Style(size, size * 1.25, color=color)
    return Row(
        (
            Cell(((level.name, name),), fill=fill, edge=Edge.NONE, heads=True),
            Cell(((level.definition, text),), fill=fill, edge=Edge.NONE),
        ),
        padding=(_SIDE, over),
    )
