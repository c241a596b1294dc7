"""The first sheets: what the workbook holds, with a link to each sheet, and the record in words.

For this package only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hicm_desktop.export.workbook import looks
from hicm_desktop.export.workbook.book import Book
from hicm_desktop.export.workbook.cells import Entry
from hicm_desktop.export.workbook.setting import footer
from hicm_desktop.export.workbook.sheet import CONTENTS, Sheet
from hicm_desktop.export.workbook.tables import PART
from hicm_desktop.workshop.report_values import Point, Report, ReportAction

PRIVATE = (
    "This copy holds the facilitator’s private notes. Please do not pass it on without asking."
)
LEAVES_OUT = "This copy leaves out: "
NONE_FIRST = "The room has not put any action first."


def contents(book: Book, report: Report) -> Sheet:
    """Add the first sheet, to be filled by `fill_contents` once the others are there."""
    return Sheet(book, CONTENTS, (36, 104), footer(report))


def fill_contents(sheet: Sheet, report: Report, held: Sequence[tuple[str, str]]) -> None:
    """Write the first sheet. `held` has the title of every other sheet, and what it holds."""
    sheet.line(report.model_title, looks.TITLE)
    when = ", ".join(filter(None, (report.place, report.held_on_words)))
    sheet.line(
        f"The record of a workshop: {when}" if when else "The record of a workshop", looks.SUBTITLE
    )
    sheet.line(report.disclaimer, looks.STRONG)
    if report.left_out:
        sheet.line(f"{LEAVES_OUT}{'; '.join(report.left_out)}.", looks.STRONG)
    if report.has_private_notes:
        sheet.line(PRIVATE, looks.STRONG)
    sheet.gap()
    sheet.line("What this workbook holds", looks.SUBTITLE)
    for title, words in held:
        sheet.record(Entry(title, looks.LINK_CELL, place=title), Entry(words))
    sheet.gap()
    sheet.line("How to read it", looks.SUBTITLE)
    sheet.line(
        "On the sheet of a change, the descriptor of the level agreed has a heavy border and "
        "begins with a tick and the word “agreed”. Every list can be filtered and sorted by the "
        "buttons in its headings. A text too long for one row goes on in the next, and the column "
        f"“{PART}” then says so."
    )
    sheet.line("How to go on with the action plan", looks.SUBTITLE)
    sheet.line(
        "Type over what stands there. To add an action, type in the first empty row under the "
        "plan: it grows to take the row in. Rows may be sorted and columns moved or added, but "
        "please keep the headings as they are. HICM Workshop can then read the plan in again; two "
        "hidden columns tell it which action is which."
    )


def summary(book: Book, report: Report) -> None:
    """Add the sheet that says in words what was agreed, what is open, and who sees it otherwise."""
    sheet = Sheet(book, "Summary", (36, 104), footer(report))
    sheet.head("Summary", "In words. Levels are not added up, averaged or ranked.")
    _points(sheet, "What was agreed", report.summary.agreed, "No level has been agreed yet.")
    _points(sheet, "What is open", report.summary.open, "Nothing is open.")
    _points(
        sheet, "Where views differ", report.summary.differing, "No differing view was recorded."
    )
    sheet.gap()
    sheet.line("The room puts first", looks.SUBTITLE)
    for label, entry in _first(report):
        sheet.record(Entry(label, looks.NAME), entry)
    if not report.first_actions:
        sheet.line(NONE_FIRST, looks.QUIET)


def _points(sheet: Sheet, title: str, points: Iterable[Point], nothing: str) -> None:
    sheet.gap()
    sheet.line(title, looks.SUBTITLE)
    points = tuple(points)
    for point in points:
        sheet.record(Entry(point.where, looks.NAME), Entry(point.words))
    if not points:
        sheet.line(nothing, looks.QUIET)


def points(report: Report) -> Iterator[tuple[str, Entry]]:
    """Give everything that the summary says, labelled."""
    said = report.summary
    for point in (*said.agreed, *said.open, *said.differing):
        yield point.where, Entry(point.words)
    yield from _first(report)


def _first(report: Report) -> Iterator[tuple[str, Entry]]:
    for action in report.first_actions:
        yield f"{action.put_first}. {_where(action)}", Entry(_to_do(action))


def _where(action: ReportAction) -> str:
    return ", ".join(filter(None, (action.change_heading, action.row_name))) or "The whole plan"


def _to_do(action: ReportAction) -> str:
    due = f"By: {action.due}" if action.due else ""
    owner = f"Owner: {action.owner}" if action.owner else ""
    return "\n".join(filter(None, (action.to_do or "Nothing written yet", due, owner)))
