"""The action plan: the published columns, then those that the application adds.

For this package only.
"""

from __future__ import annotations

from reportlab.platypus import Flowable

from hicm_desktop.export.pdf import looks
from hicm_desktop.export.pdf.blocks import PLAN_KEY, extract_rows, links
from hicm_desktop.export.pdf.cells import Cell, Link, Row
from hicm_desktop.export.pdf.grid import lay
from hicm_desktop.export.pdf.pages import ACROSS_WIDTH
from hicm_desktop.export.pdf.parts import text_row, title_row
from hicm_desktop.export.pdf.typeface import Typeface
from hicm_desktop.workshop.record_words import NO_ACTIONS, NO_DATE, NO_OWNER
from hicm_desktop.workshop.report_values import Report, ReportAction
from hicm_desktop.workshop.words import ADDED_BY_US, ADDED_COLUMNS

_WIDTHS = (112.0, 140.0, 140.0, 84.0, 134.0, 80.0, ACROSS_WIDTH - 690.0)
_COLUMNS = len(_WIDTHS)
_EXPLAINED = (
    "In the order in which the actions were made. The first five columns are the model’s own; "
    "the others were added by this application."
)


def chapter(typeface: Typeface, report: Report) -> list[Flowable]:
    """Set the whole plan, its columns named on every page."""
    ours = map(_added, ADDED_COLUMNS)
    places = links(report)
    rows = [
        title_row("Action plan", _COLUMNS, key=PLAN_KEY),
        *extract_rows(report, _COLUMNS),
        text_row((_EXPLAINED, looks.QUIET), columns=_COLUMNS, keeps=True),
        Row((*map(_head, report.columns), *ours), keeps=True, repeats=True),
        *(_action(action, places.get(action.change_heading)) for action in report.actions),
    ]
    if not report.actions:
        rows.append(Row((Cell(((report.nothing(NO_ACTIONS), looks.QUIET),), _COLUMNS),)))
    return [lay(typeface, _WIDTHS, rows)]


def _head(name: str) -> Cell:
    return Cell(((name, looks.HEAD_LIGHT),), fill=looks.LEVELS[4], heads=True)


def _added(name: str) -> Cell:
    ours = (ADDED_BY_US, looks.HEAD_SMALL)
    return Cell(((name, looks.HEAD), ours), fill=looks.LEVELS[1], heads=True)


def _action(action: ReportAction, link: Link | None) -> Row:
    texts = (
        _text(action.where_now),
        _text(action.to_do),
        _text(action.due, NO_DATE),
        _text(action.success),
        _text(action.owner, NO_OWNER),
        _text(action.progress.words),
    )
    first = f"► Put first: {action.put_first}" if action.put_first else ""
    names = (
        (first, looks.NOTE_STRONG),
        (action.change_heading, looks.NAME),
        (action.row_name, looks.NOTE),
    )
    named = tuple(name for name in names if name[0])
    return Row(
        (
            Cell(named, fill=looks.PALE, heads=True, link=link),
            *texts,
        )
    )


def _text(text: str, nothing: str = "") -> Cell:
    """Set what was written, or in a quieter colour that it is still to come."""
    return Cell(((text, looks.NOTE) if text.strip() else (nothing, looks.QUIET),))
