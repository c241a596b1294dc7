"""The dated actions as a calendar file. icalendar is imported here and nowhere else.

For the user interface and the command line, which import it only when they export: icalendar is
slow to load.

Each action is an event of a whole day and not a to-do: Outlook, which most of those who get the
file have, passes over to-dos when it imports one, without a word. It takes up no time in anybody's
calendar and rings no bell unasked. An action that is done stays in and says so, because whoever
imports a later file over an earlier one expects their calendar to come up to date; left out, it
would go on saying what is no longer to be done.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from icalendar import Calendar

from hicm_desktop.errors import ExportError
from hicm_desktop.export.calendar import read_back
from hicm_desktop.export.calendar.entries import event, text
from hicm_desktop.export.due_dates import dated
from hicm_desktop.export.replacing import replace_file
from hicm_desktop.export.watching import Watch, unwatched, writing
from hicm_desktop.workshop.report_values import Report

_MADE_BY = "-//HICM Workshop//Action plan//EN"


def write_calendar(report: Report, target: Path, watch: Watch = unwatched) -> None:
    """Write the dated actions of a report to `target`, in place of an earlier calendar file.

    Raises ExportError where no action has a date, where the disk does not let it or what was
    written is not whole, and Cancelled by `watch`; an earlier file is then as it was.
    """
    replace_file(
        target,
        lambda: render_calendar(report, writing(watch, ".ics")),
        partial(read_back.dated_actions, report),
        watch,
    )


def render_calendar(report: Report, watch: Watch = unwatched) -> bytes:
    """Give the dated actions of a report as a calendar file.

    Raises ExportError where no action has a date, and Cancelled.
    """
    actions = dated(report)
    if not actions:
        raise ExportError(_nothing(report))
    calendar = Calendar()
    for name, value in (("prodid", _MADE_BY), ("version", "2.0"), ("method", "PUBLISH")):
        calendar.add(name, value)
    for name in ("name", "x-wr-calname"):  # the published word for it, and the one that is known
        calendar.add(name, text(f"Action plan: {report.place or report.model_title}"))
    calendar.add("description", text(report.disclaimer))
    for number, action in enumerate(actions):
        watch(number / len(actions))
        calendar.add_component(event(report, action))
    written: bytes = calendar.to_ical()
    return written


def _nothing(report: Report) -> str:
    """Say why there is no calendar, and what to do about it."""
    why = "No action has a date yet, so there is nothing for a calendar."
    if any(action.due.strip() for action in report.actions):
        why += " A time in words, such as “end of March”, is no day of a calendar."
    elif not report.actions:
        why = "The action plan has no actions yet, so there is nothing for a calendar."
    column = report.columns[3]
    return (
        f"{why} No file was written, and the workshop is as it was. Give an action a date under "
        f"“{column}” and export again."
    )
