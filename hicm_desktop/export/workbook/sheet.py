"""A worksheet that is written downwards, record by record, with every row as high as its text.

Text is written as text and never as a formula. For this package only.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from hicm_desktop.export.plain_text import plain
from hicm_desktop.export.workbook import fit, looks
from hicm_desktop.export.workbook.looks import Look

CONTINUED = "(continued)"
CROWDED = "(continued; this row holds more lines than a row can show)"
_DATE = "[$-809]d mmmm yyyy"
_MOMENT = "[$-809]d mmmm yyyy hh:mm"
_FIRST_DATE = dt.date(1900, 3, 1)
"""Excel knows no date before 1900 and takes that year for a leap year."""

_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_LONGEST_FOOTER = 200
"""Excel allows 255 letters in a whole footer, codes included."""

_LIVE = re.compile("\\s*[=+@\uff1d\uff0b\uff20\uff0d-]|\t")
"""What Excel would take for a formula if somebody opened the cell to edit it, in full width too."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one cell is to hold. A date is written as a date where Excel has it, else as `text`.

    So is a moment, which has no zone in Excel: it stays as the room's own clock had it.
    """

    text: str
    look: Look = looks.CELL
    date: dt.date | None = None
    columns: int = 1
    """How many columns the cell spans."""
    moment: dt.datetime | None = None


class Sheet:
    """One worksheet. `widths` are those of its columns, in characters."""

    def __init__(self, book: Workbook, title: str, widths: Sequence[float], footer: str) -> None:
        self._sheet: Worksheet = book.create_sheet(_free_title(title, book.sheetnames))
        self._widths = tuple(widths)
        self._next = 1
        for column, width in enumerate(widths, start=1):
            self._sheet.column_dimensions[get_column_letter(column)].width = width
        self._set_up_page(footer)

    @property
    def columns(self) -> int:
        """How many columns the sheet has."""
        return len(self._widths)

    def line(self, text: str, look: Look = looks.PLAIN) -> None:
        """Write a text over the whole width."""
        self.record(Entry(text, look, columns=self.columns))

    def gap(self) -> None:
        """Leave a row empty."""
        self._next += 1

    def new_page(self) -> None:
        """Begin a page in print."""
        self._sheet.row_breaks.append(Break(id=self._next - 1))

    def record(self, *entries: Entry) -> None:
        """Write a row. What is too long for one goes on in further rows, marked as such."""
        cut = [self._cut(entry, width) for entry, width in self._placed(entries)]
        most = max(len(texts) for texts in cut)
        for number in range(most):
            parts = [texts[number] if number < len(texts) else "" for texts in cut]
            if number and len(entries) > 1 and len(cut[0]) == 1:
                mark = CONTINUED if number < fit.MOST_ROWS else CROWDED
                parts[0] = f"{plain(entries[0].text)} {mark}"
            self._row(entries, parts, with_dates=number == 0)

    def freeze(self, *, columns: int = 0) -> None:
        """Keep what is above, and the first columns, in view and on every printed page."""
        self._sheet.freeze_panes = f"{get_column_letter(columns + 1)}{self._next}"
        self._sheet.print_title_rows = f"1:{self._next - 1}"

    def _placed(self, entries: Sequence[Entry]) -> list[tuple[Entry, float]]:
        """Pair each entry with the width it has."""
        placed = []
        column = 0
        for entry in entries:
            placed.append((entry, sum(self._widths[column : column + entry.columns])))
            column += entry.columns
        return placed

    def _cut(self, entry: Entry, width: float) -> list[str]:
        return fit.pieces(plain(entry.text), width, bold=entry.look.bold)

    def _row(self, entries: Sequence[Entry], parts: Sequence[str], *, with_dates: bool) -> None:
        column = 1
        highest = fit.LINE + fit.PADDING
        for (entry, width), text in zip(self._placed(entries), parts, strict=True):
            cell = self._cell(column)
            for place in range(column, column + entry.columns):
                self._cell(place).style = entry.look.name
            if with_dates and entry.date is not None and entry.date >= _FIRST_DATE:
                cell.value = entry.date
                cell.number_format = _DATE
            elif with_dates and entry.moment is not None and entry.moment.date() >= _FIRST_DATE:
                cell.value = entry.moment.replace(tzinfo=None)
                cell.number_format = _MOMENT
            elif text:
                _write(cell, text)
            if entry.columns > 1:
                last = column + entry.columns - 1
                # Not merge_cells(), which is slow because it works out borders that we have set,
                # nor merged_cells.add(), which looks through all of them for one that overlaps.
                self._sheet.merged_cells.ranges.add(
                    CellRange(min_col=column, min_row=self._next, max_col=last, max_row=self._next)
                )
            size, bold = entry.look.size, entry.look.bold
            highest = max(highest, fit.height(text, width, size=size, bold=bold))
            column += entry.columns
        self._sheet.row_dimensions[self._next].height = round(min(highest, fit.HIGHEST_ROW), 2)
        self._next += 1

    def _cell(self, column: int) -> Cell:
        # Never a MergedCell, which only merge_cells() makes.
        return cast("Cell", self._sheet.cell(self._next, column))

    def _set_up_page(self, footer: str) -> None:
        sheet = self._sheet
        sheet.sheet_view.showGridLines = False
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9  # A4, of the printers' list of paper sizes
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_options.horizontalCentered = True
        margins = sheet.page_margins
        margins.left = margins.right = margins.top = 0.4
        margins.bottom = 0.6
        margins.footer = 0.25
        foot = HeaderFooterItem()
        foot.left.text = _footer_text(footer)
        foot.right.text = "&A, page &P of &N"
        foot.left.size = foot.right.size = 8
        sheet.HeaderFooter.oddFooter = foot


def _write(cell: Cell, text: str) -> None:
    # Excel reads "_x0041_" as "A", unless the underscore is written in that manner itself.
    cell.value = _ESCAPE.sub("_x005F_", text)
    # openpyxl takes "=..." for a formula and "#N/A" for an error; all of this is somebody's words.
    cell.data_type = "s"
    if _LIVE.match(text):
        cell.quotePrefix = True


def _footer_text(text: str) -> str:
    """Write a text so that a footer shows it to the letter, as far as Excel has room for it.

    An ampersand is written twice. Where a bracket follows, a code that changes nothing parts them,
    since openpyxl would take "&[File]" for the name of the file.
    """
    text = plain(text)
    while True:
        written = _ESCAPE.sub("_x005F_", text).replace("&", "&&")
        written = written.replace("&[", '&&"-,Regular"[')
        if len(written) <= _LONGEST_FOOTER:
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
