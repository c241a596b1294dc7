"""Reads back a workbook that was written and holds it against the report, before it is kept.

Whatever the room recorded has to be there: every sheet, every row, every level, every text whole.
For this package only.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from hicm_desktop.export.plain_text import plain
from hicm_desktop.export.replacing import not_whole
from hicm_desktop.export.watching import Watch, unwatched
from hicm_desktop.export.workbook import cells, front, plan, record, setting
from hicm_desktop.export.workbook.cells import Entry
from hicm_desktop.export.workbook.opened import OpenedBook, Row, day_words, table
from hicm_desktop.export.workbook.sheet import CONTENTS
from hicm_desktop.export.workbook.tables import CONTINUED, TableKind, distinct
from hicm_desktop.workshop.report_parts import NO_LOG
from hicm_desktop.workshop.report_values import Report, ReportChange
from hicm_desktop.workshop.words import count

_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, SyntaxError, EOFError),
    *(KeyError, IndexError, ValueError, TypeError, NotImplementedError),
)
"""What opening a file that is not whole may raise; a fault of its XML is a SyntaxError."""


def check(path: Path, report: Report, watch: Watch = unwatched) -> None:
    """Hold a workbook against the report it was made of.

    Raises ExportError where a sheet, a row, a level or a text is missing or not as it was, and
    Cancelled by `watch`.
    """
    try:
        with OpenedBook(path) as book:
            _check(book, report, watch)
    except _BROKEN as fault:
        raise not_whole("it could not be opened again") from fault


def _check(book: OpenedBook, report: Report, watch: Watch) -> None:
    changes = _titles_of_changes(book.titles, report)
    _hold_lines("About", book.rows("About"), setting.details(report))
    _hold_lines("Summary", book.rows("Summary"), front.points(report))
    profile = _Sheet("Profile", book.rows("Profile"))
    profile.hold(record.profile_kind(report), record.profile_rows(report))
    profile.count(sum(len(change.rows) for change in report.changes), "row")
    for number, (title, change) in enumerate(zip(changes, report.changes, strict=True)):
        watch(number / len(changes) / 2)
        _change(title, book.rows(title), report, change)
    for title, what, kind, rows, number in _lists(report):
        watch(0.6)
        sheet = _Sheet(title, book.rows(title))
        sheet.hold(kind, rows)
        sheet.count(number, what)


def _lists(
    report: Report,
) -> Iterable[tuple[str, str, TableKind, Iterable[Sequence[Entry]], int]]:
    """Give the lists of a record: sheet, what one line of it is, table, lines, and how many."""
    yield plan.TITLE, "action", plan.kind(report), plan.rows(report), len(report.actions)
    if NO_LOG not in report.left_out:
        rows = record.decision_rows(report)
        yield "Decision log", "decision", record.decisions_kind(report), rows, len(report.minutes)
    yield "Notes", "note", record.notes_kind(report), record.note_rows(report), _notes(report)
    partners = setting.partner_rows(report)
    yield "Partners", "partner", setting.partners_kind(report), partners, len(report.partners)
    if setting.has_guidance(report):
        guidance = list(setting.guidance_rows(report))
        yield "Guidance", "piece of guidance", setting.GUIDANCE, guidance, len(guidance)


def _notes(report: Report) -> int:
    rows = (row for change in report.changes for row in change.rows)
    of_rows = sum(len(row.texts) + len(row.facts) for row in rows)
    of_changes = sum(len(change.texts) for change in report.changes)
    unplaced = sum(len(answer.told) for answer in report.unplaced)
    return of_rows + of_changes + unplaced + bool(report.populations)


def _titles_of_changes(titles: Sequence[str], report: Report) -> Sequence[str]:
    """Give the titles of the sheets of changes, once every other sheet is known to be there."""
    known = [CONTENTS, "Summary", "About", "Profile", *(title for title, *_ in _lists(report))]
    for title in known:
        if title not in titles:
            raise not_whole(f"the sheet “{title}” is missing")
    found = titles[titles.index("Profile") + 1 : titles.index(plan.TITLE)]
    if len(found) != len(report.changes):
        told = count(len(found), "change")
        raise not_whole(f"it has sheets for {told} of {len(report.changes)}")
    return found


def _change(title: str, rows: list[Row], report: Report, change: ReportChange) -> None:
    _hold_lines(title, rows, record.statements(change))
    sheet = _Sheet(title, rows)
    sheet.hold(record.matrix_kind(report, change), record.matrix_rows(change))
    sheet.count(len(change.rows), "row")
    for _, kind, lines in record.recorded(report, change):
        if lines:
            sheet.hold(kind, lines)
    _hold_lines(title, rows, record.whole(change))


class _Sheet:
    """A sheet whose tables are held against what they should say."""

    def __init__(self, title: str, rows: list[Row]) -> None:
        self._title = title
        self._rows = rows
        self.lines: list[tuple[str, ...]] = []

    def hold(self, kind: TableKind, wanted: Iterable[Sequence[Entry]]) -> None:
        """Raise ExportError where the table of this kind does not say what is wanted."""
        found = table(self._rows, *distinct(kind.headings))
        if found is None:
            raise not_whole(f"a table of the sheet “{self._title}” is missing")
        wanted = list(wanted)
        self.lines = [tuple(line.texts.values()) for line in found]
        # Somebody may have recorded these very words: they stand for nothing where nothing is.
        if not wanted and self.lines and self.lines[0][0] == kind.nothing:
            self.lines = self.lines[1:]
        headings = [heading.text for heading in kind.headings]
        for line, entries in zip(found, wanted, strict=False):
            for heading, text, entry in zip(headings, line.texts.values(), entries, strict=False):
                if text != _shown(entry):
                    raise not_whole(
                        f"row {line.number} of the sheet “{self._title}” does not hold all that "
                        f"it should under “{heading}”"
                    )

    def count(self, number: int, what: str) -> None:
        """Raise ExportError where the table held last does not have so many lines."""
        if len(self.lines) != number:
            told = count(len(self.lines), what)
            raise not_whole(f"the sheet “{self._title}” holds {told} of {number}")


def _shown(entry: Entry) -> str:
    known = cells.number(entry)
    return plain(entry.text) if known is None else day_words(known[1])


def _hold_lines(title: str, rows: list[Row], wanted: Iterable[tuple[str, Entry]]) -> None:
    """Raise ExportError where a sheet does not have these labelled texts, in this order."""
    start = 0
    for label, entry in wanted:
        name, text = plain(label), _shown(entry)
        ends = (_end(rows, n, name, text) for n in range(start, len(rows)))
        start = next(filter(None, ends), 0)
        if not start:
            raise not_whole(f"the sheet “{title}” does not hold all of “{label}”")


def _end(rows: list[Row], start: int, label: str, text: str) -> int:
    """Give where a labelled text that begins in this row is over; 0 where it is not that text.

    Either may go on over rows: a label that was cut itself, or one that is whole and marked.
    """
    mark = f"{label} {CONTINUED[:-1]}"
    rest = label
    for number in range(start, len(rows)):
        first, second = (*rows[number].texts, "")[:2]
        if not rest and first.startswith(mark):
            first = ""
        if not rest.startswith(first) or not text.startswith(second):
            return 0
        rest, text = rest.removeprefix(first), text.removeprefix(second)
        if not rest and not text:
            return number + 1
    return 0
