"""Reads an action plan out of a workbook that people have typed in since, in whatever program.

Columns are found by their headings, lines by the id of their action: sorted, filtered, moved and
added to, the plan is still the same. For whatever brings a plan back into a workshop.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from openpyxl.cell.read_only import EmptyCell
from openpyxl.workbook.workbook import Workbook

from hicm_desktop.errors import FileError
from hicm_desktop.export.plain_text import plain
from hicm_desktop.export.workbook import plan
from hicm_desktop.export.workbook.guarded import Guarded
from hicm_desktop.export.workbook.parts import Part, are_whole, copies, joined, read_part
from hicm_desktop.export.workbook.tables import CONTINUED, PART
from hicm_desktop.workshop.dates import date_words, read_date
from hicm_desktop.workshop.plan_lines import PlanLine
from hicm_desktop.workshop.words import OWNER, PROGRESS

MOST_LINES = 20_000
MOST_ROWS = 1_048_576
MOST_COLUMNS = 60
MOST_LETTERS = 30_000_000
"""In all of a plan, whose cells may all show one and the same text."""

_LONGEST_HEADING = 1_000
_ROWS_TO_HEADINGS = 100
"""How far down a sheet the headings are looked for."""

_ESCAPED = re.compile("_x(00[01][0-9A-Fa-f]|005[Ff])_")
"""How a file writes control characters, and an underscore that would be taken for such a mark.

openpyxl has undone the latter in what Excel wrote, and nothing in what we wrote.
"""

_OURS = (plan.ROW, OWNER, PROGRESS, plan.FIRST, plan.ID, PART)


def read_plan(path: Path, columns: Sequence[str]) -> tuple[PlanLine, ...]:
    """Read the lines of a plan, in the order in which they stand there.

    `columns` are the five published headings. Nothing is believed or corrected: that is for whoever
    compares the lines with the workshop. Raises FileError where the file is no workbook, is
    protected or too large, has no action plan, or lacks a published column, and where a formula
    has no result to read.
    """
    file = Guarded(path)
    try:
        return _Reader(file, columns).lines()
    except FileError:
        raise
    except Exception as fault:
        # openpyxl takes a file at its word, and falls over what is not so in any way there is.
        raise file.not_understood() from fault


_Part: TypeAlias = tuple[Part, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a plan: which part of a line it is, and what it holds by column."""

    number: int
    part: Part
    texts: Mapping[str, str]
    values: Mapping[str, Any]


class _Reader:
    """Finds the plan in a workbook, and reads it."""

    def __init__(self, file: Guarded, columns: Sequence[str]) -> None:
        self._file = file
        self._columns = tuple(columns)
        self._book = file.book()
        self._title, self._top, self._places = self._find()
        self._formulas = self._find_formulas() if file.has_formulas else frozenset()

    def lines(self) -> tuple[PlanLine, ...]:
        """Give the lines of the plan."""
        gathered: dict[str, list[_Row]] = {}
        for number, values in self._rows():
            action = _words(values.get(plan.ID)).strip()
            texts = {name: _words(value) for name, value in values.items()}
            row = _Row(number, read_part(texts.get(PART, "")), texts, values)
            # A line without an id was added, and has no further rows.
            gathered.setdefault(action or f"\n{number}", []).append(row)
        found = [
            (key, [rows[place] for place in places])
            for key, rows in gathered.items()
            for places in copies([row.part for row in rows])
        ]
        found.sort(key=lambda line: min(row.number for row in line[1]))
        return tuple(self._line("" if key.startswith("\n") else key, rows) for key, rows in found)

    def _find(self) -> tuple[str, int, dict[str, int]]:
        """Find the sheet of the plan, the row of its headings, and where each column is."""
        missing: list[str] | None = None
        titles = sorted(self._book.sheetnames, key=lambda title: _same(title) != _same(plan.TITLE))
        for title in titles:
            for row, values in _cells(self._book, title, _ROWS_TO_HEADINGS):
                places = self._headings(values)
                lacks = [column for column in self._columns if column not in places]
                if not lacks:
                    return title, row, places
                if len(lacks) < len(missing or self._columns):
                    missing = lacks
        if missing is not None:
            named = " and ".join(f"“{column}”" for column in missing)
            raise self._file.refused(
                f"its action plan has no column headed {named}",
                "Please write the headings as the export has them.",
            )
        raise self._file.refused(
            "it has no action plan",
            f"Please choose a workbook that was exported here, with its sheet “{plan.TITLE}”.",
        )

    def _headings(self, values: Iterable[Any]) -> dict[str, int]:
        """Say where in a row the headings of a plan are; our own go by their short names."""
        known = {_same(column): column for column in self._columns}
        known |= {_same(plan.ours(name)): name for name in _OURS}
        also = {_same(name): name for name in _OURS}
        found: dict[str, int] = {}
        bare: dict[str, int] = {}
        for place, value in enumerate(values):
            heading = _same(_words(value)) if _may_head(value) else ""
            if heading in known:
                found.setdefault(known[heading], place)
            elif heading in also:
                bare.setdefault(also[heading], place)
        return bare | found

    def _rows(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Give the rows under the headings that say something, by column."""
        count = letters = 0
        rows_of_formulas = {row for row, _ in self._formulas}
        for row, values in _cells(self._book, self._title, MOST_ROWS):
            if row <= self._top or (
                row not in rows_of_formulas and values.count(None) == len(values)
            ):
                continue
            by_column = {name: values[place] for name, place in self._places.items()}
            self._check_results(row, by_column)
            letters += sum(len(value) for value in by_column.values() if isinstance(value, str))
            if letters > MOST_LETTERS:
                raise self._file.too_large()
            said = {name: v for name, v in by_column.items() if _words(v).strip()}
            if _words(said.get(self._columns[0])).endswith(plan.FIRST_HERE):  # it names no change
                del said[self._columns[0]]
                by_column[self._columns[0]] = None
            if not said:
                continue
            count += 1
            if count > MOST_LINES:
                raise self._file.refused(
                    f"its action plan has more than {MOST_LINES:,} lines",
                    "Please delete those that are not part of the plan.",
                )
            yield row, by_column

    def _find_formulas(self) -> frozenset[tuple[int, int]]:
        """Give the row and the place of every cell of the plan that has a formula."""
        sheet: Any = self._file.book(formulas=True)[self._title]
        sheet.reset_dimensions()
        lines = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)
        return frozenset(
            (row, place)
            for row, line in enumerate(lines, start=1)
            if {*map(type, line)} != {EmptyCell}
            for place in self._places.values()
            if line[place].data_type == "f"
        )

    def _check_results(self, row: int, by_column: Mapping[str, Any]) -> None:
        """Refuse a formula whose result is not in the file: nobody can tell what it would say."""
        for name, place in self._places.items():
            if by_column[name] is None and (row, place) in self._formulas:
                raise self._file.refused(
                    f"“{name}” in row {row} is a formula whose result is not in the file",
                    "Please save it in Excel and try again, or write words there instead.",
                )

    def _line(self, action: str, rows: Sequence[_Row]) -> PlanLine:
        """Make one line of the rows that hold its texts."""
        parts = [(row.part, row.texts) for row in rows]
        change, where_now, to_do, due, success = self._columns
        first = rows[0]
        due_words = self._repeated(parts, due)
        due_on = _date(first.values.get(due)) or read_date(due_words or "")
        return PlanLine(
            id=action,
            change=self._repeated(parts, change),
            row=self._repeated(parts, plan.ROW),
            where_now=_long(parts, where_now),
            to_do=_long(parts, to_do),
            due=due_words if due_on is None else date_words(due_on),
            due_on=due_on,
            success=_long(parts, success),
            owner=self._repeated(parts, OWNER),
            progress=self._repeated(parts, PROGRESS),
            place=f"row {first.number}",
            put_first=self._repeated(parts, plan.FIRST),
            is_whole=are_whole([row.part for row in rows]),
        )

    def _repeated(self, parts: Sequence[_Part], column: str) -> str | None:
        """Give a text that each row of a line repeats, unless it was itself too long for one."""
        if column not in self._places:
            return None
        (part, texts), *_ = parts
        if part.number > 1 and (part.holds_more_of(column) or texts.get(column) == CONTINUED):
            return None
        return joined(parts, column)


def _long(parts: Sequence[_Part], column: str) -> str | None:
    """Give a long text; what somebody wrote beside its further parts comes after it.

    None where the row is not there in which it begins.
    """
    if parts[0][0].number > 1:
        return None
    beside = (texts.get(column, "") for part, texts in parts[1:] if not part.holds_more_of(column))
    return "\n".join((joined(parts, column), *filter(str.strip, beside)))


def _cells(book: Workbook, title: str, most: int) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Give the rows of a sheet with their numbers, whatever size the sheet says it has."""
    sheet: Any = book[title]
    if hasattr(sheet, "reset_dimensions"):  # a sheet of nothing but a chart has no rows
        sheet.reset_dimensions()
        lines = sheet.iter_rows(max_row=most, max_col=MOST_COLUMNS, values_only=True)
        yield from enumerate(lines, start=1)


def _may_head(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST_HEADING


def _date(value: Any) -> dt.date | None:
    return value.date() if isinstance(value, dt.datetime) else None


def _words(value: Any) -> str:
    """Write what a cell holds as people would: its escapes undone, its line ends plain."""
    if value is None:
        return ""
    if isinstance(value, str):
        if "_x" in value:
            value = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
        return plain(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, dt.datetime):
        time = "" if value.time() == dt.time() else f" {value:%H:%M}"
        return f"{date_words(value.date())}{time}"
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)


def _same(text: str) -> str:
    """Fold a heading, so that capitals and line breaks make no difference."""
    return " ".join(text.split()).casefold()
