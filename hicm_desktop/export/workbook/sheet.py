"""A worksheet that is written downwards, row by row, every row as high as its text.

For this package only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from hicm_desktop.export.plain_text import plain
from hicm_desktop.export.workbook import cells, fit, looks
from hicm_desktop.export.workbook.book import Book, Link
from hicm_desktop.export.workbook.cells import Entry, escaped
from hicm_desktop.export.workbook.looks import Look
from hicm_desktop.export.workbook.tables import (
    CONTINUED,
    PART_WIDTH,
    Heading,
    Line,
    NamedTable,
    TableKind,
    laid_out,
)

CONTENTS = "Contents"
CROWDED = "(continued; this row holds more lines than a row can show)"
_FOOTER_RIGHT = "&A, page &P of &N"
_LONGEST_FOOTER = 255 - len("&L&8 &R&8 ") - len(_FOOTER_RIGHT)
"""Excel allows 255 UTF-16 units in a whole footer, codes included."""

_FILTER_BUTTON = 3.0
"""The letters of a heading that the button of its filter covers."""

_PAPERS = {"A4": 9, "A3": 8}
"""Of the printers' list of paper sizes."""

_INSIDE = {"A4": (784.0, 508.0), "A3": (1133.0, 754.0)}
"""How wide and high the part of a landscape page is that is printed on, in points."""

_LETTER = 5.25
"""Points that a column takes for each of the letters its width is counted in."""

_SPARE = 12.0
"""Points of a page that are not counted on, since printers differ."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a table came to stand: its sheet, its first and last rows, and its columns."""

    sheet: str
    first: int
    last: int
    headings: tuple[str, ...]

    def cells(self, heading: str, below: int = 0) -> str:
        """Name the cells under a heading, and so many more below the table."""
        letter = get_column_letter(self.headings.index(heading) + 1)
        return f"{letter}{self.first}:{letter}{self.last + below}"

    def from_anywhere(self, heading: str) -> str:
        """Name the cells under a heading as a formula of another sheet does."""
        letter = get_column_letter(self.headings.index(heading) + 1)
        return f"{in_quotes(self.sheet)}!${letter}${self.first}:${letter}${self.last}"


class Sheet:
    """One worksheet. `widths` are those of its columns, in characters; the last may be hidden."""

    def __init__(
        self,
        book: Book,
        title: str,
        widths: Sequence[float],
        footer: str,
        paper: Literal["A4", "A3"] = "A4",
        hidden: int = 0,
    ) -> None:
        self._book = book
        self.title = _free_title(title, book.workbook.sheetnames)
        self.worksheet: Worksheet = book.workbook.create_sheet(self.title)
        self.rows: list[str] = []
        self.merged: list[str] = []
        self.links: list[Link] = []
        self.hidden: set[int] = set()
        self._paper = paper
        self.widths = list(widths)
        self._hidden = hidden
        self._letters = [get_column_letter(n) for n in range(1, len(widths) + 2)]
        self._next = 1
        self._on_page = 0.0
        """The points of rows on the printed page so far."""
        self._set_up_page(footer)
        book.add(self)

    @property
    def columns(self) -> int:
        """How many columns of the sheet are to be seen."""
        return len(self.widths) - self._hidden

    @property
    def extent(self) -> str:
        """The cells it takes up."""
        return f"A1:{get_column_letter(len(self.widths))}{max(self._next - 1, 1)}"

    def head(self, title: str, words: str = "", look: Look = looks.QUIET) -> None:
        """Write the title of the sheet, and below it the way back to the contents and one line."""
        self.line(title, looks.TITLE)
        self.record(
            Entry("← Contents", looks.LINK, place=CONTENTS),
            Entry(words, look, columns=self.columns - 1),
        )

    def line(self, text: str, look: Look = looks.PLAIN) -> None:
        """Write a text over the whole width."""
        self.record(Entry(text, look, columns=self.columns))

    def section(self, title: str, *first: Entry) -> None:
        """Write the title of what follows, on the page where the row that follows it begins."""
        heights = [
            fit.pieces(plain(e.text), width, size=e.look.size, bold=e.look.bold)[0][1]
            for e, width in self._placed(first)
        ]
        self._title(title, max(heights, default=0.0))

    def _title(self, title: str, follows: float) -> None:
        """Write a title; where it and what follows, in points, do not fit, on a new page."""
        self.gap()
        height = fit.height(title, sum(self.widths), size=looks.SUBTITLE.size, bold=True)
        if self._on_page + height + follows > self._page_height():
            self.new_page()
        self.line(title, looks.SUBTITLE)

    def gap(self) -> None:
        """Leave a row empty."""
        self._next += 1
        self._on_page += fit.LINE + fit.PADDING

    def new_page(self) -> None:
        """Begin a page in print."""
        self.worksheet.row_breaks.append(Break(id=self._next - 1))
        self._on_page = 0.0

    def record(self, *entries: Entry) -> None:
        """Write a row. What is too long for one goes on in further rows, marked as such."""
        cut = [
            fit.pieces(plain(entry.text), width, size=entry.look.size, bold=entry.look.bold)
            for entry, width in self._placed(entries)
        ]
        for number in range(max(map(len, cut))):
            parts = [pieces[number] if number < len(pieces) else ("", 0.0) for pieces in cut]
            texts = [text for text, _ in parts]
            height = max(height for _, height in parts)
            if number and len(entries) > 1 and len(cut[0]) == 1:
                mark = CONTINUED if number < fit.MOST_ROWS else CROWDED
                texts[0] = f"{cut[0][0][0]} {mark}"
                height = max(height, fit.height(texts[0], self.widths[0], bold=True))
            self._write(Line(entries, tuple(texts), height))

    def table(
        self,
        kind: TableKind,
        rows: Iterable[Sequence[Entry]],
        *,
        title: str = "",
        freeze: int | None = None,
    ) -> Placed:
        """Write a table. With a title, that is on the page where the table begins.

        With `freeze`, its headings and so many columns stay in view, and the headings are on every
        printed page: for a sheet of this table alone.
        """
        headings, names, lines = laid_out(kind, rows, self.widths)
        if len(headings) > len(self.widths):
            self.widths.append(PART_WIDTH)
        head = self._heading_height(headings, names)
        if title:
            self._title(title, head + lines[0].height)
        self._headings(headings, names, head)
        if freeze is not None:
            self.worksheet.freeze_panes = f"{get_column_letter(freeze + 1)}{self._next}"
            self.worksheet.print_title_rows = f"{self._next - 1}:{self._next - 1}"
        first = self._next
        for line in lines:
            self._write(line)
        area = f"A{first - 1}:{self._letters[len(names) - 1]}{self._next - 1}"
        name = self._book.free_table_name(kind.name)
        self.worksheet.add_table(NamedTable(kind, name, names, area))
        return Placed(self.title, first, self._next - 1, names)

    def validate(self, validation: DataValidation) -> None:
        """Have Excel check what is typed."""
        self.worksheet.add_data_validation(validation)

    def freeze_columns(self, number: int) -> None:
        """Keep so many columns in view, on a sheet of more tables than one."""
        self.worksheet.freeze_panes = f"{get_column_letter(number + 1)}1"

    def _heading_height(self, headings: Sequence[Heading], names: Sequence[str]) -> float:
        return max(
            fit.height(name, width - _FILTER_BUTTON, bold=True)
            for name, heading, width in zip(names, headings, self.widths, strict=False)
            if not heading.is_hidden
        )

    def _headings(self, headings: Sequence[Heading], names: Sequence[str], height: float) -> None:
        entries = tuple(Entry(n, h.look) for n, h in zip(names, headings, strict=True))
        self.hidden |= {n for n, heading in enumerate(headings, start=1) if heading.is_hidden}
        self._write(Line(entries, tuple(names), height))

    def _page_height(self) -> float:
        """Give the points of rows that a page holds, as it is fitted to the width of the sheet."""
        shown = (w for n, w in enumerate(self.widths, start=1) if n not in self.hidden)
        across, down = _INSIDE[self._paper]
        return down * max(sum(shown) * _LETTER / across, 1.0) - _SPARE

    def _placed(self, entries: Sequence[Entry]) -> list[tuple[Entry, float]]:
        """Pair each entry with the width it has."""
        placed = []
        column = 0
        for entry in entries:
            placed.append((entry, sum(self.widths[column : column + entry.columns])))
            column += entry.columns
        return placed

    def _write(self, line: Line) -> None:
        row = self._next
        height = min(max(line.height, fit.LINE + fit.PADDING), fit.HIGHEST_ROW)
        parts = [f'<row r="{row}" ht="{height:.2f}" customHeight="1">']
        column = 0
        for entry, text in zip(line.entries, line.texts, strict=True):
            name = f"{self._letters[column]}{row}"
            parts.append(self._cell(name, entry, text))
            if entry.columns > 1:
                style = self._book.style(entry.look, "text")
                others = self._letters[column + 1 : column + entry.columns]
                parts += (cells.text_xml(f"{other}{row}", style, "") for other in others)
                self.merged.append(f"{name}:{others[-1]}{row}")
            column += entry.columns
        parts.append("</row>")
        self.rows.append("".join(parts))
        self._next += 1
        is_over = self._on_page + height > self._page_height()
        self._on_page = height if is_over else self._on_page + height

    def _cell(self, name: str, entry: Entry, text: str) -> str:
        if text and entry.place:
            self.links.append(Link(name, place=f"{in_quotes(entry.place)}!A1"))
        elif text and entry.address:
            self.links.append(Link(name, address=entry.address))
        if text and (number := cells.number(entry)) is not None:
            kind, value = number
            return cells.number_xml(name, self._book.style(entry.look, kind), value)
        return cells.text_xml(name, self._book.style(entry.look, cells.kind(text)), text)

    def _set_up_page(self, footer: str) -> None:
        sheet = self.worksheet
        sheet.sheet_view.showGridLines = False
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = _PAPERS[self._paper]
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_options.horizontalCentered = True
        margins = sheet.page_margins
        margins.left = margins.right = margins.top = 0.4
        margins.bottom = 0.8
        margins.footer = 0.3
        foot = HeaderFooterItem()
        foot.left.text = _footer_text(footer)
        foot.right.text = _FOOTER_RIGHT
        foot.left.size = foot.right.size = 8
        sheet.HeaderFooter.oddFooter = foot


def in_quotes(title: str) -> str:
    """Write the title of a sheet as a formula or a link names it."""
    doubled = title.replace("'", "''")
    return f"'{doubled}'"


def _footer_text(text: str) -> str:
    """Write a text so that a footer shows it to the letter, as far as Excel has room for it.

    An ampersand is written twice. Where a bracket follows, a code that changes nothing parts them,
    since openpyxl would take "&[File]" for the name of the file.
    """
    text = plain(text)
    while True:
        written = escaped(text).replace("&", "&&")
        written = written.replace("&[", '&&"-,Regular"[')
        if len(written.encode("utf-16-le")) <= 2 * _LONGEST_FOOTER:
            return written
        text = text[:-1]


def _free_title(title: str, taken: Sequence[str]) -> str:
    """Make a sheet title of at most 31 letters that Excel allows and no other sheet has."""
    free = " ".join(re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", plain(title)).split()).strip("' ")
    others = {other.casefold() for other in taken}
    number = 1
    found = _shortened(free or "Sheet", 31)
    while found.casefold() in others or found.casefold() == "history":
        number += 1
        ending = f" ({number})"
        found = _shortened(free, 31 - len(ending)) + ending
    return found


def _shortened(text: str, most: int) -> str:
    """Shorten a text to so many UTF-16 units, at the end of a word where one is near."""
    while len(text.encode("utf-16-le")) > 2 * most:
        head, _, _ = text.rpartition(" ")
        text = head if len(head) >= most // 2 else text[:-1]
    return text.strip("' ")
