"""The action plan: the published columns, then ours, to be filled on after the workshop.

`plan_reading` finds its way in it by the headings. For this package only.
"""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.worksheet.datavalidation import DataValidation

from hicm_desktop.export.workbook import looks
from hicm_desktop.export.workbook.book import Book
from hicm_desktop.export.workbook.cells import Entry
from hicm_desktop.export.workbook.setting import footer
from hicm_desktop.export.workbook.sheet import Placed, Sheet
from hicm_desktop.export.workbook.tables import OURS, PART, Heading, TableKind
from hicm_desktop.workshop.report_values import Report
from hicm_desktop.workshop.values import Progress

TITLE = "Action plan"
ROW, OWNER, PROGRESS, FIRST, ID = "Row", "Owner", "Progress", "Put first", "Action id"
NO_ACTIONS = "No actions were recorded."
PROGRESSES = tuple(progress.words for progress in Progress)
_CHANGE, _DUE = 0, 3
_PUBLISHED = (24, 34, 36, 21, 36)
_ROOM = 1_000
"""Rows under the plan in which Excel offers what may be chosen."""


def ours(name: str) -> str:
    """Write the heading of a column that the published plan does not have."""
    return f"{name} {OURS}"


def action_plan(book: Book, report: Report, changes: str, row_names: str) -> None:
    """Add the plan. `changes` and `row_names` name the cells that hold the names of those."""
    has_first = bool(report.first_actions)
    widths = (*_PUBLISHED, 20, 20, 15, *([15] if has_first else []), 12, 12)
    sheet = Sheet(book, TITLE, widths, footer(report))
    sheet.head(TITLE, "To add an action, type in the first empty row under the plan.")
    placed = sheet.table(kind(report), rows(report), freeze=1)
    _choices(sheet, placed, changes, row_names)


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
            *(Heading(ours(name), is_key=True, look=looks.OURS) for name in names),
            Heading(ours(ID), is_key=True, look=looks.OURS, is_hidden=True),
        ),
        NO_ACTIONS,
        Heading(ours(PART), look=looks.OURS),
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


def _choices(sheet: Sheet, placed: Placed, changes: str, row_names: str) -> None:
    """Offer what may be chosen. Changes and rows are offered alone: other words are welcome."""
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
            sqref=placed.cells(ours(PROGRESS), _ROOM),
        )
    )
    for heading, choices in ((placed.headings[_CHANGE], changes), (ours(ROW), row_names)):
        sheet.validate(
            DataValidation(
                type="list",
                formula1=choices,
                allowBlank=True,
                showErrorMessage=False,
                sqref=placed.cells(heading, _ROOM),
            )
        )


def _listed(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"
