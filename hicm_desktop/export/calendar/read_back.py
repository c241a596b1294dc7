"""Reads back a calendar that was written, before it is put in place. For this package only."""

from __future__ import annotations

from pathlib import Path

from icalendar import Calendar

from hicm_desktop.export.calendar.entries import description, summary, text, uid
from hicm_desktop.export.due_dates import dated
from hicm_desktop.export.replacing import not_whole
from hicm_desktop.workshop.report_values import Report


def dated_actions(report: Report, path: Path) -> None:
    """Raise ExportError where a calendar cannot be read again, or lacks an action or its words."""
    try:
        calendar = Calendar.from_ical(path.read_bytes())
    except ValueError as fault:
        raise not_whole("it is no calendar") from fault
    events = calendar.walk("VEVENT")
    actions = dated(report)
    if len(events) != len(actions):
        raise not_whole(f"it holds {len(events)} actions and not {len(actions)}")
    for event, action in zip(events, actions, strict=True):
        day = getattr(event.get("dtstart"), "dt", None)
        found = (event.get("uid"), day, event.get("summary"), event.get("description"))
        words = (text(summary(action)), text(description(report, action)))
        if found != (uid(report, action), action.due_on, *words):
            raise not_whole(f"the action due on {action.due} does not say what was recorded")
