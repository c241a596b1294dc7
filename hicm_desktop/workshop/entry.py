"""One line of the decision log as a value. `decisions` writes them; nobody types one.

Pure. For the workshop's values, and for whatever shows or writes the log.
"""

from __future__ import annotations

import enum

import msgspec

from hicm_desktop.workshop.clock import Moment
from hicm_desktop.workshop.value import Value

MOST_ENTRIES = 10_000
"""The most lines that a log keeps; a long workshop writes a few hundred."""

MOST_VERSIONS = 10**9
"""No version that was signed off has a higher number; more is a fault of some file."""

BETWEEN_ACTIONS = " · "
"""What stands between the actions that the room puts first, in the words of an entry."""

NO_WORDING = "An action with no wording yet"
"""What stands for an action of which nothing is written yet."""

WORDS_OUT = "(words taken out)"
"""What stands in an entry in place of words that the facilitator took out of it."""

REASON_WAS = ". Reason: "
"""What stands, in `was` of a decision, before a reason that no other entry tells."""


class Kind(enum.Enum):
    """What a line of the log is about."""

    DECISION = "decision"
    REASON_CHANGED = "reason-changed"
    HANDS_BEFORE = "hands-before"
    HANDS_AFTER = "hands-after"
    PREVIOUS_SHOWN = "previous-shown"
    ACTION_ADDED = "action-added"
    ACTION_CHANGED = "action-changed"
    ACTION_REMOVED = "action-removed"
    PUT_FIRST = "put-first"
    SIGNED_OFF = "signed-off"
    SEAL_REMOVED = "seal-removed"

    @property
    def words(self) -> str:
        """What happened, as it is written on the screen and in the minutes."""
        return _WORDS[self]


_WORDS = {
    Kind.DECISION: "Decision",
    Kind.REASON_CHANGED: "Reason changed",
    Kind.HANDS_BEFORE: "Show of hands before discussion",
    Kind.HANDS_AFTER: "Show of hands after discussion",
    Kind.PREVIOUS_SHOWN: "Previous level shown",
    Kind.ACTION_ADDED: "Action",
    Kind.ACTION_CHANGED: "Action changed",
    Kind.ACTION_REMOVED: "Action removed",
    Kind.PUT_FIRST: "Actions put first",
    Kind.SIGNED_OFF: "Signed off",
    Kind.SEAL_REMOVED: "Signed-off version removed",
}

COUNTED = (Kind.HANDS_BEFORE, Kind.HANDS_AFTER, Kind.PUT_FIRST)
"""What is recorded one by one, and told in one entry."""

ABOUT_SEALS = (Kind.SIGNED_OFF, Kind.SEAL_REMOVED)
"""What is told of versions that were signed off, and so is in none of them."""

_WRITTEN = (
    Kind.REASON_CHANGED,
    Kind.ACTION_ADDED,
    Kind.ACTION_CHANGED,
    Kind.ACTION_REMOVED,
    Kind.PUT_FIRST,
)
"""Of these `was` and `now` are what somebody typed; of all others they are words of ours."""

_MAY_COME_TO_NOTHING = (*COUNTED, Kind.REASON_CHANGED, Kind.ACTION_ADDED, Kind.ACTION_CHANGED)


class Entry(Value, frozen=True, omit_defaults=True):
    """What changed from what to what, in words as they were true at that moment.

    `number` counts from 1 and is never used again. `row` and `action` are ids, where it is about
    one; `change` is one where its action belongs to a change and to no row. `version` is the number
    of the one that was signed off or removed. An entry that Undo took back stays, and says so;
    minutes leave it out. `words_out` says that what was typed was taken out of it for good.
    """

    number: int
    at: Moment
    kind: Kind
    row: str | None = None
    change: str | None = None
    action: str | None = None
    version: int | None = None
    was: str = ""
    now: str = ""
    reason: str = ""
    taken_back: bool = False
    words_out: bool = False

    def __post_init__(self) -> None:
        if self.version is not None and not 1 <= self.version <= MOST_VERSIONS:
            raise ValueError(f"The number of a version lies between 1 and {MOST_VERSIONS}")

    @property
    def stands(self) -> bool:
        """Whether it belongs in minutes: not taken back, and nothing that came to what it was."""
        may_be_nothing = self.kind in _MAY_COME_TO_NOTHING and not self.words_out
        return not self.taken_back and not (may_be_nothing and self.was == self.now)

    @property
    def has_words(self) -> bool:
        """Whether it holds anything that somebody typed."""
        return self.without_words() != self

    def without_words(self) -> Entry:
        """Give the entry with all that somebody typed taken out, and what is ours left in."""
        was, now = self.was, self.now
        if self.kind in _WRITTEN:
            was, now = _out(was), _out(now)
        elif REASON_WAS in was:
            was = f"{was.partition(REASON_WAS)[0]}{REASON_WAS}{WORDS_OUT}"
        reason = _out(self.reason)
        if (was, now, reason) == (self.was, self.now, self.reason):
            return self
        return msgspec.structs.replace(self, was=was, now=now, reason=reason, words_out=True)


def _out(text: str) -> str:
    return WORDS_OUT if text and text != NO_WORDING else text
