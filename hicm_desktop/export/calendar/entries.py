"""One dated action as an event of a calendar. For this package only."""

from __future__ import annotations

import datetime as dt
import hashlib

from icalendar import Event, vText

from hicm_desktop.export.plain_text import MISSING, plain
from hicm_desktop.workshop.entry import NO_WORDING
from hicm_desktop.workshop.report_values import Report, ReportAction
from hicm_desktop.workshop.values import Progress

_DELETE = "\x7f"
"""XML allows it, a calendar does not."""


class _Text(vText):
    """A text written as it stands: icalendar itself takes a backslash and N for a line end."""

    def to_ical(self) -> bytes:
        escaped = self.replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,")
        return escaped.replace("\n", r"\n").encode("utf-8")


def text(words: str) -> vText:
    """Make a text fit for a calendar: what it cannot hold is shown as "�", the rest is kept."""
    # A mark of byte order before the first letter has no shape, and goes when a calendar is read.
    return _Text(plain(words).replace(_DELETE, MISSING).lstrip("\ufeff"))


def event(report: Report, action: ReportAction) -> Event:
    """Make the event of an action that is due on a date.

    It is known by the same id whenever the workshop is exported, so that a calendar can see that it
    has it already. All that is written depends on the record, and nothing on the clock.
    """
    made = Event()
    made.add("uid", uid(report, action))
    made.add("dtstamp", report.recorded_utc)
    if action.due_on is not None:
        made.add("dtstart", action.due_on)
        if action.due_on < dt.date.max:  # the day after has a date of its own
            made.add("dtend", action.due_on + dt.timedelta(days=1))
    made.add("transp", "TRANSPARENT")
    made.add("summary", text(summary(action)))
    made.add("description", text(description(report, action)))
    return made


def uid(report: Report, action: ReportAction) -> str:
    """Give the id that an action has in every calendar, made from those of workshop and action."""
    both = f"{len(report.workshop_id)} {report.workshop_id} {action.id}"
    digest = hashlib.blake2b(both.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return f"{digest}@hicm-workshop"


def summary(action: ReportAction) -> str:
    """Say on one line what is to be done, and first of all whether it is done."""
    lines = [line.strip() for line in plain(action.to_do).split("\n") if line.strip()]
    told = lines[0] if lines else NO_WORDING
    return f"{Progress.DONE.words}: {told}" if action.progress is Progress.DONE else told


def description(report: Report, action: ReportAction) -> str:
    """Tell an action whole, under the words of the plan, then where it comes from."""
    to_do, success = report.columns[2], report.columns[4]
    held = " · ".join(filter(None, (report.place, report.held_on_words)))
    is_longer = "\n" in plain(action.to_do).strip()
    told = (
        (to_do, action.to_do if is_longer else ""),
        ("", action.change_heading),
        ("Row", action.row_name),
        ("Owner", action.owner if action.owner.strip() else "Not named yet"),
        ("Progress", action.progress.words),
        (success, action.success),
        ("Workshop", held),
        ("Model", f"{report.model_title}, {report.model_version}"),
        ("Source", report.model_source),
    )
    return "\n".join(_labelled(label, words) for label, words in told if words.strip())


def _labelled(label: str, words: str) -> str:
    """Put a label before a text that has one, and no colon after a question mark."""
    mark = "" if not label else " " if label.endswith("?") else ": "
    return f"{label}{mark}{words}"
