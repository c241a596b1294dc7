"""Real tables: one row of headings, each of its own, no merged cell and no empty row inside.

A text that is longer than a row can show goes on in further rows of the table. They repeat what
the row is filed under, so that filtering and sorting keep them together, and say in a column
"Part" which of its texts go on. For this package only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from zipfile import ZipFile

from openpyxl.worksheet.table import Table, TableColumn
from openpyxl.xml.constants import SHEET_MAIN_NS

from hicm_desktop.export.plain_text import plain
from hicm_desktop.export.workbook import fit, looks
from hicm_desktop.export.workbook.cells import Entry, escaped
from hicm_desktop.export.workbook.looks import Look
from hicm_desktop.workshop.words import ADDED_BY_US

CONTINUED = "(continued)"
PART = "Part"
PART_WIDTH = 24.0
_CROWDED = "; more lines than a row can show"
_PART = Entry("", looks.QUIET_CELL)
_STYLE = "TableStyleLight9"
"""It is seen on rows that are typed below; those we write have borders and colours of their own."""

_OF_TABLES = "{504A1905-F514-4f6f-8877-14C23A59335A}"
_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a table. `is_key` says that rows are filed under it: it is repeated."""

    text: str
    is_key: bool = False
    look: Look = looks.HEADING
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class TableKind:
    """A table: its name, what it is called and holds for those who do not see it, its columns.

    `nothing` is what its one row says if there is none to show.
    """

    name: str
    title: str
    about: str
    headings: tuple[Heading, ...]
    nothing: str
    part: Heading | None = None
    """The column that tells of parts, where it is there in any case: hidden if there are none."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet: its cells, what stands in each, and how high it is in points."""

    entries: tuple[Entry, ...]
    texts: tuple[str, ...]
    height: float


class NamedTable(Table):
    """A table that has a title and a description for people who do not see it.

    openpyxl knows neither, so the whole of its file is written here.
    """

    __attrs__ = Table.__attrs__
    __elements__ = Table.__elements__
    __nested__ = Table.__nested__

    def __init__(self, kind: TableKind, name: str, headings: Sequence[str], area: str) -> None:
        # Without a column openpyxl would look for headings in cells, of which it knows none.
        super().__init__(displayName=name, ref=area, tableColumns=[TableColumn(1, name="")])
        self._kind = kind
        self._headings = headings

    def _write(self, archive: ZipFile) -> None:
        columns = "".join(
            f'<tableColumn id="{number}" name={_attribute(escaped(heading))}/>'
            for number, heading in enumerate(self._headings, start=1)
        )
        archive.writestr(
            self.path[1:],
            f'<table xmlns="{SHEET_MAIN_NS}" id="{self.id}" name="{self.name}" '
            f'displayName="{self.displayName}" ref="{self.ref}" totalsRowShown="0">'
            f'<autoFilter ref="{self.ref}"/>'
            f'<tableColumns count="{len(self._headings)}">{columns}</tableColumns>'
            f'<tableStyleInfo name="{_STYLE}" showFirstColumn="0" showLastColumn="0" '
            f'showRowStripes="0" showColumnStripes="0"/><extLst><ext uri="{_OF_TABLES}" '
            f'xmlns:x14="{_X14}"><x14:table altText={_attribute(self._kind.title)} '
            f"altTextSummary={_attribute(self._kind.about)}/></ext></extLst></table>",
        )


def _attribute(text: str) -> str:
    return f'"{escape(plain(text))}"'


def distinct(headings: Iterable[Heading]) -> tuple[str, ...]:
    """Give the texts of headings as Excel wants them: one line, and no two the same."""
    found: list[str] = []
    taken: set[str] = set()
    for heading in headings:
        base = text = " ".join(plain(heading.text).split()) or "Column"
        number = 1
        while text.casefold() in taken:
            number += 1
            text = f"{base} ({number})"
        found.append(text)
        taken.add(text.casefold())
    return tuple(found)


def laid_out(
    kind: TableKind, rows: Iterable[Sequence[Entry]], widths: Sequence[float]
) -> tuple[tuple[Heading, ...], tuple[str, ...], list[Line]]:
    """Give the columns of a table, their names, and its rows.

    There is a column for parts where any row has some.
    """
    found = [tuple(row) for row in rows]
    if not found:
        found = [(Entry(kind.nothing, looks.QUIET_CELL), *[Entry("")] * (len(kind.headings) - 1))]
    cut = [
        [
            fit.pieces(plain(entry.text), width, bold=entry.look.bold)
            for entry, width in zip(row, widths, strict=False)
        ]
        for row in found
    ]
    is_cut = any(len(pieces) > 1 for texts in cut for pieces in texts)
    part = kind.part if kind.part is not None or not is_cut else Heading(PART)
    if part is not None:
        part = replace(part, is_hidden=not is_cut)
    headings = kind.headings if part is None else (*kind.headings, part)
    names = distinct(headings)
    lines = [
        line
        for row, texts in zip(found, cut, strict=True)
        for line in _lines(kind.headings, names, row, texts)
    ]
    return headings, names, lines


def _lines(
    headings: Sequence[Heading],
    names: Sequence[str],
    row: tuple[Entry, ...],
    cut: list[fit.Pieces],
) -> Iterator[Line]:
    """Give the lines that a row of a table takes: one, as a rule."""
    has_part = len(names) > len(headings)
    most = max(map(len, cut))
    for number in range(most):
        shown = [_shown(heading, p, number) for heading, p in zip(headings, cut, strict=True)]
        texts = tuple(text for text, _ in shown)
        seen = zip(headings, shown, strict=True)
        tallest = max(height for heading, (_, height) in seen if not heading.is_hidden)
        if not has_part:
            yield Line(row, texts, tallest)
            continue
        goes_on = [short(n) for n, p in zip(names, cut, strict=False) if 0 < number < len(p)]
        words = part_words(number + 1, most, goes_on)
        tallest = max(tallest, fit.height(words, PART_WIDTH))
        yield Line((*row, _PART), (*texts, words), tallest)


def _shown(heading: Heading, pieces: fit.Pieces, number: int) -> tuple[str, float]:
    if number < len(pieces):
        return pieces[number]
    if not heading.is_key:
        return "", 0.0
    # A key is repeated where it is whole; one that was itself cut is at least never empty.
    return pieces[0] if len(pieces) == 1 else (CONTINUED, 0.0)


def part_words(number: int, of: int, goes_on: Sequence[str]) -> str:
    """Say which part of its texts a row holds; nothing where it holds them whole."""
    if of == 1:
        return ""
    words = f"{number} of {of}"
    if number == 1:
        return words
    crowded = _CROWDED if number > fit.MOST_ROWS else ""
    return f"{words} {CONTINUED[:-1]}: {'; '.join(goes_on)}{crowded})"


def short(heading: str) -> str:
    """Give a heading without the words that say whose it is."""
    return heading.removesuffix(f" {ADDED_BY_US}")
