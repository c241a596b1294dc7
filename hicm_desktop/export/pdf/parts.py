"""Small parts that the chapters of the PDF are made of. For this package only."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable, NextPageTemplate, PageBreak, Spacer

from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.cells import Cell, Edge, Entry, Kind, Row
from hicm_desktop.export.pdf.looks import Style

PLAIN_PADDING = (0.0, 2.0)


def title_row(
    text: str, columns: int, *, depth: int = 0, style: Style = looks.TITLE, key: str = ""
) -> Row:
    """Head a chapter or a part of one; it stays with what follows and is in the outline.

    `key` is what links lead to it by.
    """
    return Row(
        (Cell(((text, style),), columns, edge=Edge.NONE),),
        keeps=True,
        entry=Entry(text, depth, key),
        padding=PLAIN_PADDING,
        kind=Kind.HEADING,
    )


def text_row(*texts: tuple[str, Style], columns: int = 1, keeps: bool = False) -> Row:
    """Set texts over the whole width, without a frame."""
    cell = Cell(texts, columns, edge=Edge.NONE)
    return Row((cell,), keeps=keeps, padding=PLAIN_PADDING, kind=Kind.TEXT)


def head_row(names: Sequence[str]) -> Row:
    """Name the columns of a table, on every page that it takes."""
    cells = tuple(
        Cell(((name, looks.HEAD_LIGHT),), fill=looks.LEVELS[4], heads=True) for name in names
    )
    return Row(cells, keeps=True, repeats=True)


def page_of(orientation: str) -> list[Flowable]:
    """Begin a page that lies this way."""
    return [NextPageTemplate(orientation), PageBreak()]


def space(points: float) -> Flowable:
    """Leave some room."""
    return Spacer(1, points)
