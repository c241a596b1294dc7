"""The time a workshop takes, change by change, as a value that needs no ticking.

Pure. It holds moments and not a running count, so that a lid that was closed, a crash and a slow
computer change nothing: what was spent is computed from the moment it is asked for.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import msgspec

from hicm_desktop.workshop.value import Value

Moment = Annotated[dt.datetime, msgspec.Meta(tz=True)]
"""A moment with its time zone; one without is refused when a file is read."""


MOST_SECONDS = 100 * 24 * 60 * 60
"""The most that is counted for a change; more is a fault of some computer's clock."""

FORGOTTEN_AFTER = dt.timedelta(hours=12)
"""A clock, or a break, that nobody ended for so long was left behind with the room."""

FORGOTTEN_OVERNIGHT = dt.timedelta(hours=4)
"""So long is enough where it is another day by now: a night lay between."""


class Spent(Value, frozen=True):
    """The whole seconds that were spent on a change, up to when the clock was last stopped."""

    change: str
    seconds: int

    def __post_init__(self) -> None:
        if not 0 <= self.seconds <= MOST_SECONDS:
            raise ValueError(f"The seconds spent lie between 0 and {MOST_SECONDS}")


class Clock(Value, frozen=True, omit_defaults=True):
    """The clock of a workshop.

    `change` is the change that is timed, `since` when the clock was last started for it; None for
    a clock that stands. `break_until` is set during a break, and `spent` never counts what runs.
    What was forgotten counts as ended when it began: see `FORGOTTEN_OVERNIGHT` and
    `FORGOTTEN_AFTER`, which also bounds how far a moment may lie ahead of a computer's clock.
    """

    change: str | None = None
    since: Moment | None = None
    spent: tuple[Spent, ...] = ()
    break_until: Moment | None = None

    def __post_init__(self) -> None:
        if self.since is not None and self.change is None:
            raise ValueError("A clock that runs needs a change")
        if self.since is not None and self.break_until is not None:
            raise ValueError("The clock stands during a break")
        changes = [spent.change for spent in self.spent]
        if len(set(changes)) < len(changes):
            raise ValueError("A change is timed twice")

    def runs(self, now: dt.datetime) -> bool:
        """Tell whether time is being counted."""
        return self.since is not None and not _is_forgotten(self.since, now)

    def break_at(self, now: dt.datetime) -> dt.datetime | None:
        """Give until when the break is, or was; None where there is none that anyone is in."""
        until = self.break_until
        return None if until is None or _is_forgotten(until, now) else until

    def seconds(self, change_id: str, now: dt.datetime) -> int:
        """Give the whole seconds spent on a change by now.

        A clock of the computer that was put back counts as no time at all.
        """
        spent = next((s.seconds for s in self.spent if s.change == change_id), 0)
        if self.since is None or self.change != change_id or not self.runs(now):
            return spent
        return min(spent + max(0, int((now - self.since).total_seconds())), MOST_SECONDS)

    def stopped(self, now: dt.datetime) -> Clock:
        """Give the clock as it stands still from now on."""
        if self.since is None or self.change is None:
            return self
        seconds = self.seconds(self.change, now)
        kept = tuple(spent for spent in self.spent if spent.change != self.change)
        spent = (*kept, Spent(change=self.change, seconds=seconds)) if seconds else kept
        return Clock(change=self.change, spent=spent)

    def started(self, change_id: str, now: dt.datetime) -> Clock:
        """Give the clock as it runs for a change from now on; a break is over with that."""
        if self.runs(now) and self.change == change_id:
            return self
        return Clock(change=change_id, since=now, spent=self.stopped(now).spent)

    def on_break(self, now: dt.datetime, until: dt.datetime) -> Clock:
        """Give the clock as it stands during a break; where it ran, it is to run on after it."""
        goes_on = self.runs(now) or self.break_at(now) is not None
        change = self.change if goes_on else None
        return Clock(change=change, spent=self.stopped(now).spent, break_until=until)

    def after_break(self) -> Clock:
        """Give the clock as it stands once the break is over."""
        return msgspec.structs.replace(self, break_until=None)


def _is_forgotten(moment: dt.datetime, now: dt.datetime) -> bool:
    """Tell whether a moment is too far from now, or lies on the other side of a night."""
    passed = now - moment
    is_another_day = moment.astimezone(now.tzinfo).date() != now.date()
    overnight = is_another_day and passed > FORGOTTEN_OVERNIGHT
    return overnight or abs(passed) >= FORGOTTEN_AFTER


NEVER_RAN = Clock()
"""The clock of a workshop that nobody timed."""
