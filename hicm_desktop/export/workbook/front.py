"""The first sheets: what the workbook holds, with a link to each sheet, and the record in words.

For this package only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hicm_desktop.export.workbook import looks
from hicm_desktop.export.workbook.book import Book
from hicm_desktop.export.workbook.cells import Entry
from hicm_desktop.export.workbook.setting import copy_words, footer
from hicm_desktop.export.workbook.sheet import CONTENTS, Sheet
from hicm_desktop.export.workbook.tables import PART
from hicm_desktop.workshop.entry import NO_WORDING
from hicm_desktop.workshop.record_words import (
    AGREED,
    DIFFERING,
    LEAVES_OUT,
    NONE_AGREED,
    NONE_DIFFERING,
    NONE_OPEN,
    NONE_PUT_FIRST,
    OPEN,
    PRIVATE,
    PUT_FIRST,
    VIEWS_LEFT_OUT,
)
from hicm_desktop.workshop.report_parts import NO_DIFFERING_VIEWS
from hicm_desktop.workshop.report_values import Point, Report

_HOW = (
    (
        "How to read it",
        (
            "On the sheet of a change, the descriptor of the level agreed has a heavy border and "
            "begins with a tick and the word “agreed”. Every list can be filtered and sorted by "
            "the buttons in its headings. A text too long for one row goes on in the next, and "
            f"the column “{PART}” then says so."
        ),
    ),
    (
        "How to go on with the action plan",
        (
            "Type over what stands there. To add an action, type in the first empty row under the "
            "plan: it grows to take the row in. Rows may be sorted and columns moved or added, but "
            "please keep the headings as they are. HICM Workshop can then read the plan in again; "
            "two hidden columns tell it which action is which."
        ),
    ),
)


def contents(book: Book, report: Report) -> Sheet:
    """Add the first sheet, to be filled by `fill_contents` once the others are there."""
    return Sheet(book, CONTENTS, (64, 76), footer(report))


def fill_contents(sheet: Sheet, report: Report, held: Sequence[tuple[str, str, str]]) -> None:
    """Write the first sheet. `held` has every other sheet: title, name, what is in it."""
    sheet.line(report.model_title, looks.TITLE)
    when = ", ".join(filter(None, (report.place, report.held_on_words)))
    sheet.line(
        f"The record of a workshop: {when}" if when else "The record of a workshop", looks.SUBTITLE
    )
    sheet.line(report.disclaimer, looks.STRONG)
    if report.extract:
        sheet.line(report.extract, looks.STRONG)
    if report.left_out:
        sheet.line(f"{LEAVES_OUT} {'; '.join(report.left_out)}.", looks.STRONG)
    if report.has_private_notes:
        sheet.line(PRIVATE, looks.STRONG)
    sheet.gap()
    sheet.line("What this workbook holds", looks.SUBTITLE)
    for title, name, words in held:
        sheet.record(Entry(name, looks.LINK_CELL, place=title), Entry(words))
    for title, words in _HOW:
        sheet.section(title, Entry(words, columns=sheet.columns))
        sheet.line(words)


def summary(book: Book, report: Report) -> None:
    """Add the sheet that says in words what was agreed, what is open, and who sees it otherwise."""
    sheet = Sheet(book, "Summary", (36, 104), footer(report))
    sheet.head("Summary", "In words. Levels are not added up, averaged or ranked.")
    if words := copy_words(report):
        sheet.line(words, looks.STRONG)
    said = report.summary
    _part(sheet, PUT_FIRST, tuple(_first(report)), report.nothing(NONE_PUT_FIRST))
    _part(sheet, AGREED, tuple(_told(said.agreed)), report.nothing(NONE_AGREED))
    _part(sheet, OPEN, tuple(_told(said.open)), report.nothing(NONE_OPEN))
    if report.not_in_scope:
        sheet.line(report.not_in_scope, looks.QUIET)
    left_out = NO_DIFFERING_VIEWS in report.left_out
    nobody = VIEWS_LEFT_OUT if left_out else report.nothing(NONE_DIFFERING)
    _part(sheet, DIFFERING, tuple(_told(said.differing)), nobody)
    if left_out and said.differing:
        sheet.line(VIEWS_LEFT_OUT, looks.QUIET)


def _part(sheet: Sheet, title: str, told: Sequence[tuple[str, Entry]], nothing: str) -> None:
    rows = [(Entry(label, looks.NAME), entry) for label, entry in told]
    sheet.section(title, *(rows[0] if rows else ()))
    for row in rows:
        sheet.record(*row)
    if not rows:
        sheet.line(nothing, looks.QUIET)


def points(report: Report) -> Iterator[tuple[str, Entry]]:
    """Give everything that the summary says, labelled, in its order."""
    said = report.summary
    yield from _first(report)
    yield from _told((*said.agreed, *said.open, *said.differing))


def _told(points: Iterable[Point]) -> Iterator[tuple[str, Entry]]:
    for point in points:
        yield point.where, Entry(point.words)


def _first(report: Report) -> Iterator[tuple[str, Entry]]:
    for action in report.first_actions:
        told = action.to_do if action.to_do.strip() else NO_WORDING
        words = f"{told}\n{action.due_told}\n{action.owner_told}"
        yield f"{action.put_first}. {action.where or 'The whole plan'}", Entry(words)
