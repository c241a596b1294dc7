"""The matrices: a page for each change, for a wall or a table, with a box to tick by a descriptor.

For this package only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.platypus import Flowable

from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.cells import Cell, Edge, Kind, Row
from hicm_desktop.export.pdf.grid import Grid, lay
from hicm_desktop.export.pdf.handouts.kit import (
    POSTER,
    Sheet,
    height,
    height_of,
    holds_words,
    largest,
    levelled,
    ruled,
    scaled,
    steps,
    tick_boxes,
)
from hicm_desktop.export.pdf.looks import Style
from hicm_desktop.export.pdf.parts import page_of, space, text_row, title_row
from hicm_desktop.export.pdf.typeface import Typeface
from hicm_desktop.model.values import Change, Model
from hicm_desktop.model.values import Row as ModelRow
from hicm_desktop.workshop.edits import RowField
from hicm_desktop.workshop.report import NOT_FOR_RANKING

_SIZES = steps(11.5, 7.5)
"""The type of the descriptors on A4, from the largest: larger would only look loud."""

_WALL_SIZES = steps(19.0, 10.6)
_NAME_SHARE = 0.105
_NOT_BROKEN = 250.0
"""Rows up to this height stand on one page, whatever happens."""

_EVIDENCE = (RowField.DATA.words, RowField.PEOPLE.words)


def matrices(
    typeface: Typeface, model: Model, changes: Sequence[Change], sheet: Sheet
) -> list[Flowable]:
    """Set out changes, each on a page of its own."""
    story: list[Flowable] = []
    for change in changes:
        if story:
            story += page_of(sheet.lies)
        story += _page(typeface, model, change, sheet)
    return story


def _page(typeface: Typeface, model: Model, change: Change, sheet: Sheet) -> list[Flowable]:
    """Give the page of a change, in the largest type that leaves room for all of it.

    A matrix that is too long even in the smallest goes on overleaf, row by row.
    """
    sizes = _WALL_SIZES if sheet is POSTER else _SIZES

    def make(size: float) -> list[Flowable] | None:
        return _Page(typeface, model, change, sheet, size).filled()

    return largest(sizes, make) or _Page(typeface, model, change, sheet, sizes[-1]).story(None)


@dataclass(frozen=True)
class _Page:
    """The page of a change in type of one size."""

    typeface: Typeface
    model: Model
    change: Change
    sheet: Sheet
    size: float

    def filled(self) -> list[Flowable] | None:
        """Give the page with the room that is left shared out, or None where it is too full."""
        if not self._names_fit():
            return None
        story = self.story(0.0)
        left = self.sheet.height - height_of(story, self.sheet.width)
        return self.story(left) if left >= 0 else None

    def story(self, left: float | None) -> list[Flowable]:
        """Give the page, with so much room to be shared among the rows of the matrix.

        None has it go on overleaf.
        """
        unit = self.sheet.scale
        note = (NOT_FOR_RANKING, scaled(looks.FOOT, unit))
        story: list[Flowable] = [
            lay(self.typeface, (self.sheet.width,), [self._title()]),
            space(3 * unit),
            self._about(),
            space(8 * unit),
            self._matrix(left),
            space(6 * unit),
        ]
        if self.sheet is not POSTER:
            story += [self._evidence(), space(4)]
        return [*story, lay(self.typeface, (self.sheet.width,), [text_row(note)])]

    def _title(self) -> Row:
        style = scaled(looks.TITLE, self.sheet.scale)
        return title_row(self.change.heading, 1, style=style)

    def _about(self) -> Grid:
        change, width = self.change, self.sheet.width
        is_wall = self.sheet is POSTER
        size = self.size * (0.82 if is_wall else 0.9)
        text = Style(size, size * 1.24)
        said = replace(text, face=looks.ITALIC)
        label = Style(size, size * 1.3, looks.SEMIBOLD, looks.ACCENT)
        cells = [_plain((change.description, text))]
        for who, words in (("I", change.i_statement), ("We", change.we_statement)):
            if words:
                cells.append(_plain((f"{who} statement", label), (words, said)))
        # Each as wide as it is long, so that the three are about as high as one another.
        lengths = [sum(len(t) for t, _ in cell.texts) ** 0.75 for cell in cells]
        widths = [width * length / sum(lengths) for length in lengths]
        padding = (8.0 * self.sheet.scale, 5.0 * self.sheet.scale)
        row = Row(tuple(cells), padding=padding, kind=Kind.TEXT)
        return lay(self.typeface, widths, [row])

    def _matrix(self, left: float | None) -> Grid:
        rows = [self._row(row, 0.0) for row in self.change.rows]
        heights = [height(self.typeface, self._widths(), [row]) for row in rows]
        if left is None:
            # Where a row is broken its boxes would stand in the midst of its words.
            rows = [
                row if tall <= _NOT_BROKEN else replace(row, drawn=None)
                for row, tall in zip(rows, heights, strict=True)
            ]
        else:
            given = levelled(heights, sum(heights) + left)
            rows = [self._row(row, tall) for row, tall in zip(self.change.rows, given, strict=True)]
        return lay(self.typeface, self._widths(), [self._head(), *rows])

    def _widths(self) -> tuple[float, ...]:
        name = self.sheet.width * _NAME_SHARE
        count = len(self.model.levels)
        return (name, *((self.sheet.width - name) / count,) * count)

    @property
    def _padding(self) -> tuple[float, float]:
        return 6.0 * self.sheet.scale, 4.5 * self.sheet.scale

    @property
    def _name(self) -> Style:
        return Style(self.size, self.size * 1.2, looks.BOLD, looks.ACCENT)

    def _names_fit(self) -> bool:
        room = self._widths()[0] - 2 * self._padding[0]
        return all(
            holds_words(self.typeface, row.name, self._name, room) for row in self.change.rows
        )

    def _head(self) -> Row:
        """Name the levels, light to dark, and define them where there is no card at hand."""
        count = len(self.model.levels)
        cells = [Cell((("Row", self._name),), fill=looks.PALE, heads=True)]
        for level in self.model.levels:
            fill = looks.level_fill(level.number, count)
            color = looks.ink_on(fill)
            texts = [(level.name, Style(self.size * 1.05, self.size * 1.3, looks.BOLD, color))]
            if self.sheet is POSTER:
                small = Style(self.size * 0.72, self.size * 0.88, color=color)
                texts.append((level.definition, small))
            cells.append(Cell(tuple(texts), fill=fill, heads=True))
        return Row(tuple(cells), keeps=True, repeats=True, padding=self._padding)

    def _row(self, row: ModelRow, tall: float) -> Row:
        """Give a row of the matrix, so `tall` or as high as its words and its boxes are."""
        side, over = self._padding
        box = self.size * 0.95
        under = box + self.size * 0.5
        descriptor = Style(self.size, self.size * 1.2, gap=under)
        lines = self.typeface.lines(row.name, self._name, self._widths()[0] - 2 * side)
        gap = max(tall - 2 * over - len(lines) * self._name.leading, 0.0)
        cells = (
            Cell(((row.name, replace(self._name, gap=gap)),), fill=looks.PALE, heads=True),
            *(Cell(((text, descriptor),)) for text in row.descriptors),
        )
        return Row(cells, padding=self._padding, drawn=tick_boxes(box, side, over + 1.0))

    def _evidence(self) -> Grid:
        """Leave room for both kinds of evidence side by side, neither second to the other."""
        label = Style(9, 11, looks.SEMIBOLD, looks.MUTED, gap=36)
        cells = tuple(Cell(((words, label),)) for words in _EVIDENCE)
        row = Row(
            cells, padding=(6.0, 3.0), kind=Kind.TEXT, drawn=ruled(16.0, 6.0, foot=7.0, under=24.0)
        )
        half = self.sheet.width / len(cells)
        return lay(self.typeface, (half,) * len(cells), [row])


def _plain(*texts: tuple[str, Style]) -> Cell:
    return Cell(texts, fill=looks.PALE, edge=Edge.NONE)
