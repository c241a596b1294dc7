"""Which actions a calendar can hold: those with a date, and those without, in words.

Loads no library, so that what asks a user about a calendar can say so at once.
"""

from __future__ import annotations

from hicm_desktop.workshop.entry import NO_WORDING
from hicm_desktop.workshop.report_values import Report, ReportAction
from hicm_desktop.workshop.words import count


def dated(report: Report) -> tuple[ReportAction, ...]:
    """Give the actions that are due on a date, in the order of the plan."""
    return tuple(action for action in report.actions if action.due_on is not None)


def undated(report: Report) -> tuple[ReportAction, ...]:
    """Give the actions that a calendar cannot hold: due in words, or at no time yet."""
    return tuple(action for action in report.actions if action.due_on is None)


def undated_words(report: Report) -> str:
    """Say how many actions are not in the calendar, and which, a line each; empty for none."""
    missing = undated(report)
    if not missing:
        return ""
    is_one = len(missing) == 1
    head = (
        f"{count(len(missing), 'action')} {'has' if is_one else 'have'} no date, and so "
        f"{'is' if is_one else 'are'} not in the calendar:"
    )
    return "\n".join((head, *(f"  {_line(action)}" for action in missing)))


def _line(action: ReportAction) -> str:
    due = " ".join(action.due.split())
    told = " ".join(action.to_do.split()) or NO_WORDING
    return f"{told} ({due})" if due else told
