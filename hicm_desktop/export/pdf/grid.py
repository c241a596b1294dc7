"""The one building block of the PDF: rows of cells, broken over pages between or within rows.

Everything on a page is a grid, a paragraph being one of a single cell. It is laid out when made,
so that it can be drawn more than once. For this package only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from reportlab.platypus import Flowable

from hicm_desktop.export.pdf.cells import Entry, Kind, Row
from hicm_desktop.export.pdf.drawing import draw_row
from hicm_desktop.export.pdf.laid import WHOLE, Key, LaidRow, broken, laid
from hicm_desktop.export.pdf.structure import TaggedCanvas
from hicm_desktop.export.pdf.typeface import Typeface

_MORE = 1.0
"""What a grid must be higher than its room for it to be of no use to know by how much."""

_ABOVE = 8.0
"""How far above an entry its page is scrolled to, in points."""


class Grid(Flowable):
    """Rows that have been laid out. Made by `lay`."""

    def __init__(self, rows: Sequence[LaidRow], *, found: dict[Key, int] | None = None) -> None:
        """Take rows. A draft is given what to write the pages of its entries into, by their row."""
        super().__init__()
        self._rows = tuple(rows)
        self._found = found
        self._is_put_off = False

    def draft(self, found: dict[Key, int]) -> Grid:
        """Give a copy that takes its room on a page and draws nothing, for counting pages.

        It writes into `found` on which page each row with an entry stands, from 1.
        """
        return Grid(self._rows, found=found)

    def entries(self) -> Iterator[tuple[Key, Entry]]:
        """Give the entries of the outline with their rows, in order."""
        for row in self._rows:
            if row.row.entry is not None:
                yield row.key, row.row.entry

    def whole(self) -> float:
        """Give the height of all rows, in points."""
        return sum(row.height for row in self._rows)

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
        if rest and rest[0].height > WHOLE:
            parts = broken(rest[0], room)
            if parts is not None:
                here.append(parts[0])
                rest[0] = parts[1]
        kept = len(here)
        while kept and here[kept - 1].row.keeps:
            kept -= 1
        # Put off once, rows that hold together have a page to themselves. What needs more than
        # that is parted all the same, where reportlab would give up.
        if kept or not self._is_put_off:
            here, rest = here[:kept], [*here[kept:], *rest]
        self._is_put_off = not here
        if not here or not rest:
            return []
        heads = [row for row in here if row.row.repeats]
        named = next((row for row in reversed(here) if row.again or row.is_again), None)
        if named is not None and _goes_on(rest):
            heads.append(named.again or named)
        return [Grid(part, found=self._found) for part in (here, [*heads, *rest])]

    def draw(self) -> None:
        """Draw every row downwards; reportlab puts the origin at the lower left."""
        canvas = cast("TaggedCanvas", self.canv)
        top = self.whole()
        for row in self._rows:
            entry = row.row.entry
            if self._found is not None:
                if entry is not None:
                    self._found[row.key] = canvas.getPageNumber()
                continue
            if entry is not None:
                _mark(canvas, row.key, entry, top)
            draw_row(canvas, row, top)
            top -= row.height


def lay(typeface: Typeface, widths: Sequence[float], rows: Sequence[Row]) -> Grid:
    """Lay rows out in columns of these widths."""
    return Grid(laid(typeface, widths, rows))


def _goes_on(rows: Sequence[LaidRow]) -> bool:
    """Whether the first of these rows with any text belongs to what was named before."""
    first = next((row for row in rows if any(cell.cell.texts for cell in row.cells)), None)
    return first is not None and first.row.kind is not Kind.HEADING


def _mark(canvas: TaggedCanvas, row: Key, entry: Entry, top: float) -> None:
    """Put an entry into the outline, and let links lead to it."""
    name = canvas.name_of(row)
    canvas.bookmarkHorizontal(name, 0, top + _ABOVE)
    canvas.addOutlineEntry(entry.title, name, level=entry.depth, closed=False)
    if entry.key:
        canvas.bookmarkHorizontal(canvas.name_of(entry.key), 0, top + _ABOVE)
