"""Rows whose lines are broken and measured, ready to be drawn, and broken over pages.

For this package only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, groupby

from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.cells import Cell, Kind, Row
from hicm_desktop.export.pdf.looks import Style
from hicm_desktop.export.pdf.typeface import STAND_IN, Typeface

WHOLE = 260.0
"""Rows up to this height are never broken: they go to the next page whole."""

_FEWEST = 4
"""The fewest lines of a broken row that may stand on a page."""

_IN_GROUPS = (Kind.TABLE, Kind.PAIR, Kind.CONTENTS)
"""Rows of these kinds that follow one another are one table, or one list."""


class Key:
    """Stands for one thing, however many parts it is broken into."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text, in points. `text` is the place of the text in its cell."""

    words: str
    style: Style
    height: float
    indent: float
    text: int


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines one below the other, from `start` to before `stop`.

    A part shares the lines of the whole, and what lies above each, so that a note of a thousand
    pages is broken a thousand times without being copied or added up again.
    """

    lines: tuple[Line, ...]
    above: tuple[float, ...]
    start: int
    stop: int

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Lines:
        """Take lines as a whole."""
        above = tuple(accumulate((line.height for line in lines), initial=0.0))
        return cls(tuple(lines), above, 0, len(lines))

    def __len__(self) -> int:
        return self.stop - self.start

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines[self.start : self.stop])

    @property
    def height(self) -> float:
        """The height of all of them, in points."""
        return self.above[self.stop] - self.above[self.start]

    def fitting(self, room: float) -> int:
        """Give how many of them fit in this height."""
        last = bisect_right(self.above, self.above[self.start] + room, self.start, self.stop + 1)
        return max(last - 1 - self.start, 0)

    def parted(self, count: int) -> tuple[Lines, Lines]:
        """Give the first so many of them, and the rest."""
        middle = self.start + count
        return replace(self, stop=middle), replace(self, start=middle)


CONTINUED = Lines.of([Line("(continued)", looks.QUIET, looks.QUIET.leading, 0.0, 0)])
"""What stands in the first cell of a row that goes on, where that cell has no more of its own."""


@dataclass(frozen=True)
class LaidCell:
    """A cell with its lines. `unseen` has the texts of it that the typeface cannot show whole."""

    cell: Cell
    left: float
    width: float
    lines: Lines
    unseen: tuple[int, ...]

    @property
    def is_continued(self) -> bool:
        """Whether it says no more than that its row goes on."""
        return self.lines.lines is CONTINUED.lines


@dataclass(frozen=True)
class LaidRow:
    """A row with its cells. `key` stands for it, `group` for the table or list it is in."""

    row: Row
    cells: tuple[LaidCell, ...]
    key: Key
    group: Key
    again: LaidRow | None = None
    """How a row that names others is set on a further page: it says that they go on."""
    is_again: bool = False

    @cached_property
    def height(self) -> float:
        """The height in points, with the padding."""
        return 2 * self.row.padding[1] + max(cell.lines.height for cell in self.cells)


def laid(typeface: Typeface, widths: Sequence[float], rows: Sequence[Row]) -> list[LaidRow]:
    """Lay rows out in columns of these widths."""
    found = []
    for kind, together in groupby(rows, key=lambda row: row.kind):
        group = Key()
        for row in together:
            one = group if kind in _IN_GROUPS else Key()
            made = LaidRow(row, tuple(_cells(typeface, widths, row)), Key(), one)
            found.append(replace(made, again=_again(typeface, widths, made)) if row.names else made)
    return found


def _again(typeface: Typeface, widths: Sequence[float], first: LaidRow) -> LaidRow:
    """Lay a row that names others out once more, as it stands on a further page."""
    row = first.row
    cells = tuple(
        replace(cell, texts=tuple((f"{text} (continued)", style) for text, style in cell.texts))
        for cell in row.cells
    )
    row = replace(row, cells=cells, entry=None)
    laid_again = tuple(_cells(typeface, widths, row))
    return LaidRow(row, laid_again, first.key, first.group, is_again=True)


def broken(row: LaidRow, room: float) -> tuple[LaidRow, LaidRow] | None:
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
        tails.append(replace(cell, lines=CONTINUED if is_name else tail))
    return (
        replace(row, cells=tuple(heads)),
        replace(row, row=replace(row.row, entry=None), cells=tuple(tails)),
    )


def _cells(typeface: Typeface, widths: Sequence[float], row: Row) -> Iterator[LaidCell]:
    column = 0
    for cell in row.cells:
        left = sum(widths[:column])
        width = sum(widths[column : column + cell.columns])
        texts = [
            _lines(typeface, cell, number, width - 2 * row.padding[0])
            for number in range(len(cell.texts))
        ]
        unseen = tuple(
            number
            for number, lines in enumerate(texts)
            if any(STAND_IN in line.words for line in lines)
        )
        lines = Lines.of([line for text in texts for line in text])
        yield LaidCell(cell, left, width, lines, unseen)
        column += cell.columns


def _lines(typeface: Typeface, cell: Cell, number: int, width: float) -> list[Line]:
    text, style = cell.texts[number]
    found = typeface.lines(text, style, width)
    if found[-1] and number < len(cell.texts) - 1:
        # Else the next text would be read as the end of this one, where both are one link.
        found = (*found[:-1], f"{found[-1]} ")
    lines = []
    for place, line in enumerate(found, start=1):
        indent = 0.0
        if cell.is_centred or cell.is_right:
            spare = width - typeface.width(line.rstrip(" "), style)
            indent = spare / 2 if cell.is_centred else spare
        gap = style.gap if place == len(found) else 0.0
        lines.append(Line(line, style, style.leading + gap, indent, number))
    return lines
