"""How the time of a change stands against the agenda, in figures and in calm words.

Pure: it is told what time it is. For the console and the room view.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.values import Outcome, Workshop
from hicm_desktop.workshop.words import count

_MINUTE = 60


class Pace(msgspec.Struct, frozen=True):
    """The time of one change. Seconds throughout; `left` is negative once it is over-run.

    `planned` and `left` are None where the agenda has no minutes for the change. `open_rows` are
    those not discussed yet, and `per_row` is what is left for each of them, None where none is: a
    part of the whole minutes that are told as left, so that the two agree. `running` says that the
    clock runs for this change.
    """

    planned: int | None
    spent: int
    left: int | None
    open_rows: int
    per_row: int | None
    running: bool


def pace(model: Model, workshop: Workshop, change_id: str, now: dt.datetime) -> Pace:
    """Give how the time of a change stands. Raises KeyError for a change the model has not."""
    minutes = workshop.agenda_item(change_id).minutes
    spent = workshop.clock.seconds(change_id, now)
    open_rows = sum(
        1
        for row in model.change(change_id).rows
        if workshop.row(row.id).outcome is Outcome.NOT_DISCUSSED
    )
    left = minutes * _MINUTE - spent if minutes else None
    per_row = _whole(left) // open_rows if left is not None and left > 0 and open_rows else None
    return Pace(
        planned=minutes * _MINUTE if minutes else None,
        spent=spent,
        left=left,
        open_rows=open_rows,
        per_row=per_row,
        running=workshop.clock.runs(now) and workshop.clock.change == change_id,
    )


def time_words(pace: Pace) -> str:
    """Say what is left: "12 min left", "Time is up", "6 min over", or "4 min so far" with no plan.

    Empty where nothing was planned and the clock never ran. Minutes are whole ones: a count of
    seconds would draw all eyes to it.
    """
    if pace.left is None:
        return f"{_minutes(pace.spent)} so far" if pace.spent or pace.running else ""
    if pace.left > 0:
        return f"{_minutes(_whole(pace.left))} left"
    return f"{_minutes(-pace.left)} over" if -pace.left >= _MINUTE else "Time is up"


def row_words(pace: Pace) -> str:
    """Say what is left for each row that was not discussed: "4 min for each of 3 rows"."""
    if pace.per_row is None:
        return ""
    minutes = _minutes(pace.per_row) if pace.per_row >= _MINUTE else "Less than 1 min"
    if pace.open_rows == 1:
        return f"{minutes} for the last row"
    return f"{minutes} for each of {count(pace.open_rows, 'row')}"


def break_words(workshop: Workshop, now: dt.datetime) -> str:
    """Say how the break stands: "Break until 11:15"; empty where there is none.

    It ends when the facilitator says so, and not by itself.
    """
    until = workshop.clock.break_at(now)
    if until is None:
        return ""
    local = until.astimezone(now.tzinfo)
    return f"Break until {local:%H:%M}" if now < until else f"Break, over at {local:%H:%M}"


def next_change(workshop: Workshop, now: dt.datetime) -> dt.datetime:
    """Give the moment, after now, from which the words may say something else."""
    clock = workshop.clock
    if clock.change is not None and clock.runs(now):
        spent = clock.seconds(clock.change, now)
        return now + dt.timedelta(seconds=_MINUTE - spent % _MINUTE)
    in_a_minute = now + dt.timedelta(seconds=_MINUTE)
    until = clock.break_at(now)
    return until if until is not None and now < until < in_a_minute else in_a_minute


def _whole(seconds: int) -> int:
    """Round up, so that the last minute is told as one and the end as none."""
    return seconds + -seconds % _MINUTE


def _minutes(seconds: int) -> str:
    return f"{seconds // _MINUTE} min"
