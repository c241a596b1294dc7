"""Draws a row that was laid out, and says of everything what it is to a reader who hears it.

For this package only. Fills, frames and decoration are passed over by screen readers, and so is
what repeats on a further page; every text is the content of an element.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from reportlab.lib.colors import HexColor

from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.cells import Edge, Kind
from hicm_desktop.export.pdf.laid import LaidCell, LaidRow, Line
from hicm_desktop.export.pdf.structure import Element, TaggedCanvas
from hicm_desktop.export.pdf.typeface import font_name

_HEAVY, _THIN = 2.4, 0.5
_ASCENT = 0.78
"""How far capitals and most accents stand above the base line, as a part of the type size."""

_DEEPEST = 3
"""The depth of a heading that is in no outline."""


def draw_row(canvas: TaggedCanvas, row: LaidRow, top: float) -> None:
    """Draw a row downwards from `top`, in points from the lower left."""
    canvas.saveState()
    _draw_ground(canvas, row, top)
    if row.is_again or (row.row.repeats and canvas.has(row.key)):
        with canvas.artifact():
            for cell in row.cells:
                _draw_lines(canvas, row, cell, top, list(cell.lines))
    else:
        holders = _Holders(canvas, row).cells()
        for number, (cell, holder) in enumerate(zip(row.cells, holders, strict=True)):
            _draw_cell(canvas, row, cell, _Place(holder, number), top)
    canvas.restoreState()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a cell's texts go: the element that holds them, and the cell's number in its row."""

    holder: Element
    cell: int


class _Holders:
    """The elements that hold the cells of a row. Made where they are new, and gone on with."""

    def __init__(self, canvas: TaggedCanvas, row: LaidRow) -> None:
        self._canvas = canvas
        self._row = row

    def cells(self) -> Iterator[Element]:
        """Give the element that the texts of each cell go into."""
        match self._row.row.kind:
            case Kind.TABLE:
                yield from self._table()
            case Kind.PAIR:
                yield from self._pair()
            case Kind.CONTENTS:
                yield from self._contents()
            case Kind.HEADING:
                yield from self._heading()
            case Kind.TEXT:
                yield from [self._section()] * len(self._row.cells)

    def _section(self) -> Element:
        """Give the section that this row is in: the last one that was begun."""
        kids = self._canvas.document.kids
        last = kids[-1] if kids else None
        if isinstance(last, Element) and last.role == "Sect":
            return last
        return self._made(("section",), self._canvas.document, "Sect")

    def _made(self, key: tuple[object, ...], parent: Element, role: str) -> Element:
        return self._canvas.element((self._row.key, *key), parent, role)

    def _group(self, role: str) -> Element:
        return self._canvas.element(self._row.group, self._section(), role)

    def _table(self) -> Iterator[Element]:
        row = self._row
        line = self._canvas.element(row.key, self._group("Table"), "TR")
        for number, cell in enumerate(row.cells):
            heads = cell.cell.heads
            is_over_columns = row.row.repeats or len(row.cells) == 1
            element = self._canvas.element(
                (row.key, number),
                line,
                "TH" if heads else "TD",
                scope=("Column" if is_over_columns else "Row") if heads else "",
                columns=cell.cell.columns,
            )
            yield element

    def _pair(self) -> Iterator[Element]:
        cells = self._row.cells
        if all(len(cell.cell.texts) > 1 for cell in cells):
            for number in range(len(cells)):
                yield self._made(("item", number), self._group("L"), "LI")
            return
        item = self._made(("item",), self._group("L"), "LI")
        for number in range(len(cells)):
            role = "LBody" if number else "Lbl"
            yield self._made((role,), item, role)

    def _contents(self) -> Iterator[Element]:
        item = self._made(("item",), self._group("TOC"), "TOCI")
        reference = self._made(("reference",), item, "Reference")
        yield from [reference] * len(self._row.cells)

    def _heading(self) -> Iterator[Element]:
        entry = self._row.row.entry
        depth = _DEEPEST if entry is None else entry.depth + 1
        if depth == 1:
            section = self._made(("section",), self._canvas.document, "Sect")
        else:
            section = self._section()
        for number in range(len(self._row.cells)):
            yield self._made(("heading", number), section, f"H{depth}")


def _draw_cell(
    canvas: TaggedCanvas, row: LaidRow, cell: LaidCell, place: _Place, top: float
) -> None:
    """Draw the texts of a cell, each within an element of its own where there are several."""
    if cell.is_continued:
        with canvas.artifact():
            _draw_lines(canvas, row, cell, top, list(cell.lines))
        return
    if cell.cell.link is not None:
        place = _draw_link(canvas, row, cell, place, top)
    if cell.cell.said:
        holder = place.holder
        holder.said = cell.cell.said
        if any(line.words for line in cell.lines):
            with canvas.content(holder):
                _draw_lines(canvas, row, cell, top, list(cell.lines))
        return
    for number, lines in groupby(cell.lines, key=lambda line: line.text):
        together = list(lines)
        height = sum(line.height for line in together)
        if any(line.words for line in together):
            leaf = _leaf(canvas, row, place, number)
            if number in cell.unseen:
                leaf.said = _whole(row, place, number)
            with canvas.content(leaf):
                _draw_lines(canvas, row, cell, top, together)
        top -= height


def _leaf(canvas: TaggedCanvas, row: LaidRow, place: _Place, number: int) -> Element:
    """Give the element of one text of a cell: the holder's own where it can be."""
    key = (row.key, place.cell, "leaf", number)
    holder = place.holder
    if holder.role == "LI":
        return canvas.element(key, holder, "LBody" if number else "Lbl")
    if holder.role == "LBody":  # one text, in however many columns it is set
        return canvas.element((row.key, "body", number), holder, "P")
    is_one_of_many = len(row.cells[place.cell].cell.texts) > 1
    if holder.role == "Sect" or (holder.role == "TD" and is_one_of_many):
        return canvas.element(key, holder, "P")
    return holder


def _whole(row: LaidRow, place: _Place, number: int) -> str:
    """Give a text of a cell as it was typed; of what belongs to a label, all of its columns."""
    cells = row.cells[1:] if place.holder.role == "LBody" else [row.cells[place.cell]]
    texts = (cell.cell.texts for cell in cells)
    return "\n".join(found[number][0] for found in texts if number < len(found))


def _draw_link(
    canvas: TaggedCanvas, row: LaidRow, cell: LaidCell, place: _Place, top: float
) -> _Place:
    """Make a cell a link; gives where its texts go then."""
    link = cell.cell.link
    if link is None:
        return place
    holder = place.holder
    if holder.role == "Sect":
        holder = canvas.element((row.key, place.cell, "paragraph"), holder, "P")
    # The title and the number of a line of contents are one link.
    which = 0 if holder.role == "Reference" else place.cell
    element = canvas.element((row.key, which, "link"), holder, "Link")
    words = " ".join(text for text, _ in cell.cell.texts)
    box = (cell.left, top - row.height, cell.left + cell.width, top)
    canvas.link(element, box, words, address=link.address, target=link.key)
    return _Place(element, place.cell)


def _draw_ground(canvas: TaggedCanvas, row: LaidRow, top: float) -> None:
    """Draw what lies behind the texts: fills, then frames, then decoration."""
    bottom = top - row.height
    filled = [cell for cell in row.cells if cell.cell.fill is not None]
    framed = [cell for cell in row.cells if cell.cell.edge is not Edge.NONE]
    if not filled and not framed and row.row.drawn is None:
        return
    with canvas.artifact():
        for cell in filled:
            canvas.setFillColor(HexColor(cell.cell.fill or looks.WHITE))
            canvas.rect(cell.left, bottom, cell.width, row.height, stroke=0, fill=1)
        for cell in framed:
            if cell.cell.edge is Edge.THIN:
                _frame(canvas, cell, bottom, row.height, looks.HAIRLINE, _THIN, 0.0)
        for cell in framed:
            if cell.cell.edge is Edge.HEAVY:
                # Inside the cell, so that no neighbour's line is drawn over it.
                _frame(canvas, cell, bottom, row.height, looks.ACCENT, _HEAVY, _HEAVY / 2)
        if row.row.drawn is not None:
            canvas.saveState()
            edges = [(cell.left, cell.left + cell.width) for cell in row.cells]
            row.row.drawn(canvas, edges, bottom, top)
            canvas.restoreState()


def _frame(
    canvas: TaggedCanvas,
    cell: LaidCell,
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


def _draw_lines(
    canvas: TaggedCanvas, row: LaidRow, cell: LaidCell, top: float, lines: list[Line]
) -> None:
    """Draw lines of a cell downwards from `top`, which is that of the row where they come first."""
    left = cell.left + row.row.padding[0]
    top -= row.row.padding[1]
    style: looks.Style | None = None
    text = canvas.beginText()
    for line in lines:
        if line.words:
            if style is not line.style:
                style = line.style
                text.setFillColor(HexColor(style.color))
                text.setFont(font_name(style.face), style.size)
            base = top - (style.leading - style.size) / 2 - _ASCENT * style.size
            text.setTextOrigin(left + line.indent, base)
            text.textOut(line.words)
        top -= line.height
    canvas.drawText(text)
