"""The action plan: the published columns, then ours, to be filled on after the workshop.

`plan_reading` finds its way in it by the headings. For this package only.
"""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.worksheet.datavalidation import DataValidation

from hicm_desktop.export.workbook import looks
from hicm_desktop.export.workbook.book import Book
from hicm_desktop.export.workbook.cells import Entry
from hicm_desktop.export.workbook.setting import copy_words, footer
from hicm_desktop.export.workbook.sheet import CONTENTS, Sheet
from hicm_desktop.export.workbook.tables import PART, Heading, TableKind
from hicm_desktop.workshop.record_words import NO_ACTIONS
from hicm_desktop.workshop.report_values import Report
from hicm_desktop.workshop.values import Progress
from hicm_desktop.workshop.words import ADDED_BY_US, OWNER, PROGRESS

TITLE = "Action plan"
ROW, FIRST, ID = "Row", "Put first", "Action id"
FIRST_HERE = "Type the first one here."
"""How the one row of a plan without actions ends, by which it is known again."""
ADDED = "Added by this application"
PROGRESSES = tuple(progress.words for progress in Progress)
_CHANGE, _DUE = 0, 3
_PUBLISHED = (20, 28, 32, 18, 30)
_OURS = (18, 18, 13)
_FIRST = 9
_HIDDEN = (12, 12)
_ROOM = 1_000
"""Rows under the plan in which Excel offers what may be chosen."""


def ours(name: str) -> str:
    """Write the heading of a column that the published plan does not have, so that it says so."""
    return f"{name} {ADDED_BY_US}"


def _heading(report: Report, name: str) -> str:
    """Give the heading of a column of ours: short, unless the published plan has one like it."""
    published = {column.strip().casefold() for column in report.columns}
    return ours(name) if name.casefold() in published else name


def action_plan(book: Book, report: Report, changes: str, row_names: str) -> None:
    """Add the plan. `changes` and `row_names` name the cells that hold the names of those."""
    added = (*_OURS, *([_FIRST] if report.first_actions else []))
    widths = (*_PUBLISHED, *added, *_HIDDEN)
    sheet = Sheet(book, TITLE, widths, footer(report), hidden=len(_HIDDEN))
    sheet.line(TITLE, looks.TITLE)
    copy = copy_words(report)
    words = f"{copy} To add an action, type in the first empty row under the plan.".strip()
    # Whose columns they are is said once, above: in every heading it would take three lines.
    sheet.record(
        Entry("← Contents", looks.LINK, place=CONTENTS),
        Entry(words, looks.STRONG if copy else looks.QUIET, columns=len(_PUBLISHED) - 1),
        Entry(ADDED, looks.QUIET, columns=len(added)),
    )
    placed = sheet.table(kind(report), rows(report), freeze=1)
    _choices(
        sheet,
        placed.cells(placed.headings[_CHANGE], _ROOM),
        placed.cells(_heading(report, ROW), _ROOM),
        placed.cells(_heading(report, PROGRESS), _ROOM),
        (changes, row_names),
    )


def kind(report: Report) -> TableKind:
    """Give the columns of the plan: the published five first, as they are worded there."""
    names = [ROW, OWNER, PROGRESS, *([FIRST] if report.first_actions else [])]
    return TableKind(
        "ActionPlan",
        TITLE,
        "One action to a row: the five columns of the published model, then those added by this "
        "application.",
        (
            *(
                Heading(column, is_key=place in (_CHANGE, _DUE))
                for place, column in enumerate(report.columns)
            ),
            *(Heading(_heading(report, name), is_key=True, look=looks.OURS) for name in names),
            Heading(_heading(report, ID), is_key=True, look=looks.OURS, is_hidden=True),
        ),
        f"{report.nothing(NO_ACTIONS)} {FIRST_HERE}",
        Heading(_heading(report, PART), look=looks.OURS),
    )


def rows(report: Report) -> Iterator[tuple[Entry, ...]]:
    """Give the rows of the plan, an action each."""
    has_first = bool(report.first_actions)
    for action in report.actions:
        first = str(action.put_first) if action.put_first else ""
        yield (
            Entry(action.change_heading, looks.NAME),
            Entry(action.where_now),
            Entry(action.to_do),
            Entry(action.due, date=action.due_on),
            Entry(action.success),
            Entry(action.row_name),
            Entry(action.owner),
            Entry(action.progress.words),
            *([Entry(first, looks.STRONG_CELL)] if has_first else []),
            Entry(action.id, looks.QUIET_CELL),
        )


def _choices(sheet: Sheet, change: str, row: str, progress: str, offered: tuple[str, str]) -> None:
    """Offer what may be chosen in cells. Changes and rows are offered alone: others are welcome."""
    sheet.validate(
        DataValidation(
            type="list",
            formula1=f'"{",".join(PROGRESSES)}"',
            allowBlank=True,
            showInputMessage=True,
            promptTitle="Progress",
            prompt=f"Please choose {_listed(PROGRESSES)}.",
            showErrorMessage=True,
            errorTitle="Progress",
            error=f"Progress is one of these: {_listed(PROGRESSES)}. Please choose one of them.",
            sqref=progress,
        )
    )
    for cells, choices in zip((change, row), offered, strict=True):
        sheet.validate(
            DataValidation(
                type="list",
                formula1=choices,
                allowBlank=True,
                showErrorMessage=False,
                sqref=cells,
            )
        )


def _listed(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"
