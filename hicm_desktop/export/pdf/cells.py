"""What a page of the PDF is put together from: rows of cells, and what each is to a reader.

For this package only. `grid` lays them out.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from reportlab.pdfgen.canvas import Canvas

from hicm_desktop.export.pdf.looks import Style


class Edge(enum.Enum):
    """What surrounds a cell."""

    NONE = enum.auto()
    THIN = enum.auto()
    HEAVY = enum.auto()


class Kind(enum.Enum):
    """What a row is to a reader who hears the document."""

    TABLE = enum.auto()
    """A row of a table. Rows of this kind that follow one another in a grid are one table."""

    HEADING = enum.auto()
    """A heading, whose level is by the `depth` of its entry."""

    TEXT = enum.auto()
    """Paragraphs, each text of each cell one."""

    PAIR = enum.auto()
    """A label and what belongs to it: an item of a list.

    The label is the first cell. Where every cell has a label of its own above its texts, each cell
    is an item.
    """

    CONTENTS = enum.auto()
    """A line of the table of contents: a title and the number of its page."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a cell leads: an address of the web, or the key of an entry of this document.

    In the table of contents the key is that of a row which was laid out.
    """

    address: str = ""
    key: Hashable = None


Draw: TypeAlias = Callable[[Canvas, Sequence[tuple[float, float]], float, float], None]
"""Draws decoration behind the texts of a row: on a canvas, given the left and right edge of every
cell, the bottom and the top. What it draws is not read out."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Texts one below the other. `columns` is how many columns the cell spans.

    `heads` says that it is the header of its row, or in a row that repeats of its column. `said` is
    read out in place of the texts, where they are marks. `link` makes the whole cell a link.
    """

    texts: tuple[tuple[str, Style], ...]
    columns: int = 1
    fill: str | None = None
    edge: Edge = Edge.THIN
    is_centred: bool = False
    is_right: bool = False
    heads: bool = False
    said: str = ""
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the document's outline; `depth` counts from 0.

    `key` is what links name it by; one without is led to by the outline alone. An entry of depth 0
    stands in the table of contents.
    """

    title: str
    depth: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side. `keeps` holds it to the next row; `repeats` on every further page.

    `drawn` draws behind the texts.
    """

    cells: tuple[Cell, ...]
    keeps: bool = False
    repeats: bool = False
    entry: Entry | None = None
    padding: tuple[float, float] = (5.0, 4.0)
    """At the sides, and at top and bottom."""
    kind: Kind = Kind.TABLE
    drawn: Draw | None = None
    names: bool = False
    """Whether it names the rows up to the next heading: on a further page it is set above them."""
