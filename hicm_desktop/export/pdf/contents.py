"""The table of contents: every chapter with its page, each a link. For this package only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.cells import Cell, Edge, Entry, Kind, Link, Row
from hicm_desktop.export.pdf.grid import Grid, lay
from hicm_desktop.export.pdf.laid import Key
from hicm_desktop.export.pdf.pages import UPRIGHT_WIDTH
from hicm_desktop.export.pdf.parts import title_row
from hicm_desktop.export.pdf.typeface import Typeface

TITLE = "Contents"
_NUMBER = 40.0
_GAP = 6.0
_DOTS = (0.6, 3.2)


def contents(
    typeface: Typeface, entries: Sequence[tuple[Key, Entry]], pages: Mapping[Key, int]
) -> Grid:
    """List the chapters, which are the entries of depth 0, with the pages known so far.

    It takes the same room whatever the numbers are.
    """
    rows = [title_row(TITLE, 2)]
    rows += [
        _line(typeface, key, entry.title, str(pages.get(key, 0)))
        for key, entry in entries
        if entry.depth == 0
    ]
    return lay(typeface, (UPRIGHT_WIDTH - _NUMBER, _NUMBER), rows)


def _line(typeface: Typeface, key: Key, title: str, page: str) -> Row:
    link = Link(key=key)
    last = typeface.lines(title, looks.CONTENTS, UPRIGHT_WIDTH - _NUMBER)[-1]
    start = typeface.width(last, looks.CONTENTS) + _GAP
    stop = UPRIGHT_WIDTH - typeface.width(page, looks.CONTENTS) - _GAP

    def dots(canvas: Canvas, _edges: object, bottom: float, _top: float) -> None:
        canvas.setStrokeColor(HexColor(looks.HAIRLINE))
        canvas.setLineWidth(_DOTS[0])
        canvas.setDash(*_DOTS)
        canvas.line(start, bottom + _GAP, stop, bottom + _GAP)

    return Row(
        (
            Cell(((title, looks.CONTENTS),), edge=Edge.NONE, link=link),
            Cell(((page, looks.CONTENTS),), edge=Edge.NONE, is_right=True, link=link),
        ),
        padding=(0.0, 3.0),
        kind=Kind.CONTENTS,
        drawn=dots,
    )
