"""The one building block of the PDF: rows of cells, broken over pages between or within rows.

Everything on a page is a grid, a paragraph being one of a single cell. It is laid out when made,
so that it can be drawn more than once. Where structure tags are to come, `_draw_row` is the place.
For this package only.
"""

from __future__ import annotations

import enum
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import TypeAlias

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.looks import Style
from hicm_desktop.export.pdf.typeface import Typeface, font_name

_HEAVY, _THIN = 2.4, 0.5
_ASCENT = 0.78
"""How far capitals and most accents stand above the base line, as a part of the type size."""

_WHOLE = 260.0
"""Rows up to this height are never broken: they go to the next page whole."""

_MORE = 1.0
"""What a grid must be higher than its room for it to be of no use to know by how much."""

_FEWEST = 4
"""The fewest lines of a broken row that may stand on a page."""


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
    """A label in the first cell and what belongs to it in the others: an item of a list."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a cell leads: an address of the web, or the key of an entry of this document."""

    address: str = ""
    key: str = ""


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
    """Cells side by side. `keeps` holds it to the next row; `repeats` on every further page."""

    cells: tuple[Cell, ...]
    keeps: bool = False
    repeats: bool = False
    entry: Entry | None = None
    padding: tuple[float, float] = (5.0, 4.0)
    """At the sides, and at top and bottom."""
    kind: Kind = Kind.TABLE
    drawn: Draw | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    style: Style
    height: float
    indent: float


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines one below the other, from `start` to before `stop`.

    A part shares the lines of the whole, and what lies above each, so that a note of a thousand
    pages is broken a thousand times without being copied or added up again.
    """

    lines: tuple[_Line, ...]
    above: tuple[float, ...]
    start: int
    stop: int

    @classmethod
    def of(cls, lines: Sequence[_Line]) -> _Lines:
        above = tuple(accumulate((line.height for line in lines), initial=0.0))
        return cls(tuple(lines), above, 0, len(lines))

    def __len__(self) -> int:
        return self.stop - self.start

    def __iter__(self) -> Iterator[_Line]:
        return iter(self.lines[self.start : self.stop])

    @property
    def height(self) -> float:
        return self.above[self.stop] - self.above[self.start]

    def fitting(self, room: float) -> int:
        """Give how many of them fit in this height."""
        last = bisect_right(self.above, self.above[self.start] + room, self.start, self.stop + 1)
        return max(last - 1 - self.start, 0)

    def parted(self, count: int) -> tuple[_Lines, _Lines]:
        """Give the first so many of them, and the rest."""
        middle = self.start + count
        return replace(self, stop=middle), replace(self, start=middle)


_CONTINUED = _Lines.of([_Line("(continued)", looks.QUIET, looks.QUIET.leading, 0.0)])


@dataclass(frozen=True)
class _LaidCell:
    cell: Cell
    left: float
    width: float
    lines: _Lines


@dataclass(frozen=True)
class _LaidRow:
    row: Row
    cells: tuple[_LaidCell, ...]

    @cached_property
    def height(self) -> float:
        return 2 * self.row.padding[1] + max(cell.lines.height for cell in self.cells)


class Grid(Flowable):
    """Rows that have been laid out. Made by `lay`."""

    def __init__(self, rows: Sequence[_LaidRow], *, is_draft: bool = False) -> None:
        super().__init__()
        self._rows = tuple(rows)
        self._is_draft = is_draft

    def draft(self) -> Grid:
        """Give a copy that takes its room on a page and draws nothing, for counting pages."""
        return Grid(self._rows, is_draft=True)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - reportlab's names
        """Tell reportlab how much room this takes: all of it, or more than there is."""
        height = 0.0
        for row in self._rows:
            height += row.height
            if height > aH + _MORE:
                break
        return aW, height

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803 - reportlab's names
        """Give the part that fits in this height and the part that goes on; nothing if none."""
        fitting = 0
        room = aH
        while fitting < len(self._rows) and self._rows[fitting].height <= room:
            room -= self._rows[fitting].height
            fitting += 1
        here = list(self._rows[:fitting])
        rest = list(self._rows[fitting:])
        if rest and rest[0].height > _WHOLE:
            parts = _broken(rest[0], room)
            if parts is not None:
                here.append(parts[0])
                rest[0] = parts[1]
        while here and here[-1].row.keeps:
            rest.insert(0, here.pop())
        if not here or not rest:
            return []
        heads = [row for row in here if row.row.repeats]
        return [Grid(part, is_draft=self._is_draft) for part in (here, [*heads, *rest])]

    def draw(self) -> None:
        """Draw every row downwards; reportlab puts the origin at the lower left."""
        if self._is_draft:
            return
        top = sum(row.height for row in self._rows)
        for row in self._rows:
            if row.row.entry is not None:
                self._mark(row.row.entry, top)
            _draw_row(self.canv, row, top)
            top -= row.height

    def _mark(self, entry: Entry, top: float) -> None:
        across, up = self.canv.absolutePosition(0, top)
        key = f"page-{self.canv.getPageNumber()}-{across:.0f}-{up:.0f}"
        self.canv.bookmarkHorizontal(key, 0, top + 8)
        self.canv.addOutlineEntry(entry.title, key, level=entry.depth, closed=False)


def lay(typeface: Typeface, widths: Sequence[float], rows: Sequence[Row]) -> Grid:
    """Lay rows out in columns of these widths."""
    return Grid([_lay_row(typeface, widths, row) for row in rows])


def _lay_row(typeface: Typeface, widths: Sequence[float], row: Row) -> _LaidRow:
    laid = []
    column = 0
    for cell in row.cells:
        left = sum(widths[:column])
        width = sum(widths[column : column + cell.columns])
        lines = _Lines.of(
            [
                line
                for text, style in cell.texts
                for line in _lay_text(typeface, cell, text, style, width - 2 * row.padding[0])
            ]
        )
        laid.append(_LaidCell(cell, left, width, lines))
        column += cell.columns
    return _LaidRow(row, tuple(laid))


def _lay_text(typeface: Typeface, cell: Cell, text: str, style: Style, width: float) -> list[_Line]:
    found = typeface.lines(text, style, width)
    lines = []
    for number, line in enumerate(found, start=1):
        indent = (width - typeface.width(line, style)) / 2 if cell.is_centred else 0.0
        gap = style.gap if number == len(found) else 0.0
        lines.append(_Line(line, style, style.leading + gap, indent))
    return lines


def _broken(row: _LaidRow, room: float) -> tuple[_LaidRow, _LaidRow] | None:
    """Break a tall row, or give None where too little of it would fit."""
    room -= 2 * row.row.padding[1]
    counts = [cell.lines.fitting(room) for cell in row.cells]
    tallest = max(range(len(counts)), key=lambda index: len(row.cells[index].lines))
    if counts[tallest] < _FEWEST:
        return None
    heads, tails = [], []
    for cell, count in zip(row.cells, counts, strict=True):
        head, tail = cell.lines.parted(count)
        heads.append(replace(cell, lines=head))
        is_name = cell is row.cells[0] and len(row.cells) > 1 and not len(tail)
        tails.append(replace(cell, lines=_CONTINUED if is_name else tail))
    return (
        replace(row, cells=tuple(heads)),
        _LaidRow(replace(row.row, entry=None), tuple(tails)),
    )


def _draw_row(canvas: Canvas, row: _LaidRow, top: float) -> None:
    side, over = row.row.padding
    bottom = top - row.height
    canvas.saveState()
    for cell in row.cells:
        if cell.cell.fill is not None:
            canvas.setFillColor(HexColor(cell.cell.fill))
            canvas.rect(cell.left, bottom, cell.width, row.height, stroke=0, fill=1)
    for cell in row.cells:
        if cell.cell.edge is Edge.THIN:
            _frame(canvas, cell, bottom, row.height, looks.HAIRLINE, _THIN, 0.0)
    for cell in row.cells:
        if cell.cell.edge is Edge.HEAVY:
            # Inside the cell, so that no neighbour's line is drawn over it.
            _frame(canvas, cell, bottom, row.height, looks.ACCENT, _HEAVY, _HEAVY / 2)
        _draw_lines(canvas, cell, cell.left + side, top - over)
    canvas.restoreState()


def _frame(
    canvas: Canvas,
    cell: _LaidCell,
    bottom: float,
    height: float,
    color: str,
    line: float,
    inset: float,
) -> None:
    canvas.setStrokeColor(HexColor(color))
    canvas.setLineWidth(line)
    canvas.rect(
        cell.left + inset, bottom + inset, cell.width - 2 * inset, height - 2 * inset, fill=0
    )


def _draw_lines(canvas: Canvas, cell: _LaidCell, left: float, top: float) -> None:
    style: Style | None = None
    for line in cell.lines:
        if line.text:
            if style is not line.style:
                style = line.style
                canvas.setFillColor(HexColor(style.color))
                canvas.setFont(font_name(style.face), style.size)
            base = top - (style.leading - style.size) / 2 - _ASCENT * style.size
            canvas.drawString(left + line.indent, base, line.text)
        top -= line.height
