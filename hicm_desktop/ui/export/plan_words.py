"""What a file of the action plan alone will hold, in words. For `hicm_desktop.ui.export.dialog`."""

from __future__ import annotations

import datetime as dt

from hicm_desktop.export.due_dates import dated, undated
from hicm_desktop.ui.export.kinds import Export
from hicm_desktop.workshop.dates import date_words
from hicm_desktop.workshop.report_values import Report, ReportAction
from hicm_desktop.workshop.words import count

NO_DATE = "No action has a date, so there is nothing for a calendar"


def plan_words(export: Export, report: Report) -> tuple[str, tuple[str, ...]]:
    """Give a heading and lines."""
    return _calendar(report) if export is Export.CALENDAR else _document(report)


def _document(report: Report) -> tuple[str, tuple[str, ...]]:
    number = len(report.actions)
    heading = f"{count(number, 'action')} in this document" if number else "An empty action plan"
    lines = ["A table with the published questions:", *(f"  {name}" for name in report.columns)]
    lines.append("Owner and progress beside them.")
    if report.first_actions:
        lines.append("Above it what the room puts first:")
        lines += [f"  {number}. {_told(a)}" for number, a in enumerate(report.first_actions, 1)]
    return heading, tuple(lines)


def _calendar(report: Report) -> tuple[str, tuple[str, ...]]:
    in_it, others = dated(report), undated(report)
    by_date = sorted(in_it, key=lambda action: action.due_on or dt.date.max)
    lines = [f"{date_words(action.due_on)}: {_told(action)}" for action in by_date]
    if others:
        lines += ["", "Without a date, so not in the calendar:"]
        lines += [f"  {_told(action)}{_due(action)}" for action in others]
    heading = f"{count(len(in_it), 'action')} in this calendar" if in_it else NO_DATE
    return heading, tuple(lines)


def _told(action: ReportAction) -> str:
    return " ".join(action.to_do.split()) or "Not worded yet"


def _due(action: ReportAction) -> str:
    due = " ".join(action.due.split())
    return f" ({due})" if due else ""
