"""The action plan as it comes back from outside: lines as they were typed, not believed yet.

Pure. For what reads a plan from a file, and for what compares it with the workshop's.
"""

from __future__ import annotations

import datetime as dt

import msgspec


class PlanLine(msgspec.Struct, frozen=True):
    """One line of a plan that was filled in elsewhere.

    `id` is that of the action it came from, empty for one that was added. `change` and `row` are
    as written there, a heading and a name. A time is a date (`due_on`) or words (`due`); `progress`
    is in words. `place` says where the line stands, such as "row 7".
    """

    id: str
    change: str
    row: str
    where_now: str
    to_do: str
    due: str
    due_on: dt.date | None
    success: str
    owner: str
    progress: str
    place: str
