"""Small parts that the chapters of the PDF are made of. For this package only."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable, NextPageTemplate, PageBreak, Spacer

from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.grid import Cell, Edge, Entry, Row
from hicm_desktop.export.pdf.looks import Style

PLAIN_PADDING = (0.0, 2.0)


def title_row(text: str, columns: int, *, depth: int = 0, style: Style = looks.TITLE) -> Row:
    """Head a chapter or a part of one; it stays with what follows and is in the outline."""
    return Row(
        (Cell(((text, style),), columns, edge=Edge.NONE),),
        keeps=True,
        entry=Entry(text, depth),
        padding=PLAIN_PADDING,
    )


def text_row(*texts: tuple[str, Style], columns: int = 1, keeps: bool = False) -> Row:
    """Set texts over the whole width, without a frame."""
    return Row((Cell(texts, columns, edge=Edge.NONE),), keeps=keeps, padding=PLAIN_PADDING)


def head_row(names: Sequence[str]) -> Row:
    """Name the columns of a table, on every page that it takes."""
    cells = tuple(Cell(((name, looks.HEAD_LIGHT),), fill=looks.LEVELS[4]) for name in names)
    return Row(cells, keeps=True, repeats=True)


def page_of(orientation: str) -> list[Flowable]:
    """Begin a page that lies this way."""
    return [NextPageTemplate(orientation), PageBreak()]


def space(points: float) -> Flowable:
    """Leave some room."""
    return Spacer(1, points)
