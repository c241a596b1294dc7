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

    What is None is not in the file at all, such as a text whose column was taken out of it; what
    was emptied there is empty. `put_first` is its place among what the room puts first, as written.
    `is_whole` says that every row is there that its texts took.
    """

    id: str
    change: str | None
    row: str | None
    where_now: str | None
    to_do: str | None
    due: str | None
    due_on: dt.date | None
    success: str | None
    owner: str | None
    progress: str | None
    place: str
    put_first: str | None = None
    is_whole: bool = True
