"""One line of the decision log as a value. `decisions` writes them; nobody types one.

Pure. For the workshop's values, and for whatever shows or writes the log.
"""

from __future__ import annotations

import enum

from hicm_desktop.workshop.clock import Moment
from hicm_desktop.workshop.value import Value

MOST_ENTRIES = 10_000
"""The most lines that a log keeps; a long workshop writes a few hundred."""


BETWEEN_ACTIONS = " · "
"""What stands between the actions that the room puts first, in the words of an entry."""


class Kind(enum.Enum):
    """What a line of the log is about."""

    DECISION = "decision"
    HANDS_BEFORE = "hands-before"
    HANDS_AFTER = "hands-after"
    PREVIOUS_SHOWN = "previous-shown"
    ACTION_ADDED = "action-added"
    ACTION_REMOVED = "action-removed"
    PUT_FIRST = "put-first"

    @property
    def words(self) -> str:
        """What happened, as it is written on the screen and in the minutes."""
        return _WORDS[self]


_WORDS = {
    Kind.DECISION: "Decision",
    Kind.HANDS_BEFORE: "Show of hands before discussion",
    Kind.HANDS_AFTER: "Show of hands after discussion",
    Kind.PREVIOUS_SHOWN: "Previous level shown",
    Kind.ACTION_ADDED: "Action",
    Kind.ACTION_REMOVED: "Action removed",
    Kind.PUT_FIRST: "Actions put first",
}


COUNTED = (Kind.HANDS_BEFORE, Kind.HANDS_AFTER, Kind.PUT_FIRST)
"""What is recorded one by one, and told in one entry."""


class Entry(Value, frozen=True, omit_defaults=True):
    """What changed from what to what, in words as they were true at that moment.

    `number` counts from 1 and is never used again. `row` and `action` are ids, where it is about
    one. An entry that Undo took back stays, and says so; minutes leave it out.
    """

    number: int
    at: Moment
    kind: Kind
    row: str | None = None
    action: str | None = None
    was: str = ""
    now: str = ""
    reason: str = ""
    taken_back: bool = False

    @property
    def stands(self) -> bool:
        """Whether it belongs in minutes: not taken back, and no count that came to what it was."""
        came_to_nothing = self.kind in COUNTED and self.was == self.now
        return not self.taken_back and not came_to_nothing
