"""Rows that several chapters share: lists, labels with their texts, links, and boxes.

For this package only. What it makes fits grids whose columns add up to the `columns` it is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.cells import Cell, Draw, Edge, Kind, Link, Row
from hicm_desktop.export.pdf.looks import Style
from hicm_desktop.export.pdf.parts import PLAIN_PADDING
from hicm_desktop.workshop.report_values import Report, ReportChange, ReportLevel, ReportRow

LEVELS_KEY, PLAN_KEY, ABOUT_KEY, WORKSHOP_KEY = "levels", "action-plan", "about", "workshop"
"""What links lead to the definitions of the levels and to the chapters by."""

BULLET, NESTED = "•", "–"
_ITEM = (0.0, 1.2)
_BEFORE_HANDS = re.compile(r" (?=\d+(?:[,;.]| \(|$))")
_WEB = ("http://", "https://")


def change_key(change: ReportChange) -> str:
    """Give what links lead to the chapter of a change by."""
    return f"change-{change.number}"


def is_told(row: ReportRow) -> bool:
    """Whether something was recorded of a row besides its level, so that it has its own part."""
    return bool(row.texts or row.facts)


def row_key(row: ReportRow) -> str:
    """Give what links lead to the part of a row by, if it is told of."""
    return f"row-{row.id}"


def links(report: Report) -> dict[str, Link]:
    """Give, for what a point of the summary says is its place, the link to that change."""
    found = {}
    for change in report.changes:
        link = Link(key=change_key(change))
        found[change.heading] = link
        found |= {f"{change.heading}, {row.name}": link for row in change.rows}
    return found


def extract_rows(report: Report, columns: int) -> list[Row]:
    """Say at the head of a chapter which changes this copy shows; nothing where it shows all."""
    if not report.extract:
        return []
    said = Cell(((report.extract, looks.STRONG),), columns, edge=Edge.NONE)
    return [Row((said,), keeps=True, padding=PLAIN_PADDING, kind=Kind.TEXT)]


def level_head(level: ReportLevel, of: int) -> Cell:
    """Head a row or a column with a level, on its own blue and in ink that stands out from it."""
    fill = looks.level_fill(level.number, of)
    style = replace(looks.HEAD, color=looks.ink_on(fill))
    return Cell(((level.name, style),), fill=fill, heads=True)


def unbroken_hands(words: str) -> str:
    """Hold the number of hands to the level they are at, which are words of ours."""
    return _BEFORE_HANDS.sub("\u00a0", words)


def web_link(address: str | None) -> Link | None:
    """Make a link of an address of the web; anything else leads nowhere."""
    whole = address is not None and address.lower().startswith(_WEB) and address.isprintable()
    return Link(address=address) if whole and address is not None else None


def item(
    *texts: tuple[str, Style],
    mark: str = BULLET,
    columns: int = 1,
    more: Sequence[Cell] = (),
    keeps: bool = False,
) -> Row:
    """Set an item of a list: its mark in the first column, its texts over the next `columns`."""
    label = Cell(((mark, looks.BULLET),), edge=Edge.NONE)
    return Row(
        (label, Cell(texts, columns, edge=Edge.NONE), *more),
        keeps=keeps,
        padding=_ITEM,
        kind=Kind.PAIR,
    )


def pair(
    label: str,
    *texts: tuple[str, Style],
    label_style: Style = looks.LABEL,
    columns: int = 1,
    padding: tuple[float, float] = (0.0, 2.0),
    link: Link | None = None,
) -> Row:
    """Set a label and what belongs to it, without a frame."""
    return Row(
        (
            Cell(((label, label_style),), edge=Edge.NONE),
            Cell(texts, columns, edge=Edge.NONE, link=link),
        ),
        padding=padding,
        kind=Kind.PAIR,
    )


def box(*texts: tuple[str, Style], columns: int = 1, drawn: Draw | None = None) -> Row:
    """Set texts apart on a pale ground."""
    cell = Cell(texts, columns, fill=looks.LEVELS[0], edge=Edge.NONE)
    return Row((cell,), padding=(10.0, 7.0), kind=Kind.TEXT, drawn=drawn)


def warning(*texts: tuple[str, Style], columns: int = 1) -> Row:
    """Set texts apart in a heavy frame, which nobody passes over in any print."""
    cell = Cell(texts, columns, edge=Edge.HEAVY)
    return Row((cell,), padding=(10.0, 7.0), kind=Kind.TEXT)


def gap(columns: int, points: float) -> Row:
    """Leave some room within a grid; it goes with what follows."""
    cell = Cell((), columns, edge=Edge.NONE)
    return Row((cell,), keeps=True, padding=(0.0, points / 2), kind=Kind.TEXT)
