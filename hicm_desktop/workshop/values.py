"""The workshop as frozen values: everything one group recorded, and nothing about how it is kept.

Records are sparse: a row or change nobody has touched has no record, and reads as a blank one.
A row record may name a row that the model does not have (any more); it is kept as it is.

What these types promise they also check, however a value is made: one that breaks its promise
raises ValueError, and msgspec turns that into a fault with its path when a file is read.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable
from typing import TypeVar

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.clock import NEVER_RAN, Clock, Moment
from hicm_desktop.workshop.entry import Entry
from hicm_desktop.workshop.tally import NO_HANDS, Tally, When
from hicm_desktop.workshop.value import Value

MOST_MINUTES = 24 * 60
"""A day is the most that an agenda gives one change; more is a slip of the hand."""

MOST_PUT_FIRST = 3
"""How many actions the room puts first at the end."""


class Outcome(enum.Enum):
    """What became of a row in the room."""

    NOT_DISCUSSED = "not-discussed"
    AGREED = "agreed"
    AGREED_WITH_RESERVATION = "agreed-with-reservation"
    PARKED = "parked"
    NOT_APPLICABLE = "not-applicable"

    @property
    def words(self) -> str:
        """The outcome as it is written on the screen and in exports."""
        return self.value.replace("-", " ").capitalize()

    @property
    def is_agreed(self) -> bool:
        """Whether a level stands, with or without a reservation."""
        return self in (Outcome.AGREED, Outcome.AGREED_WITH_RESERVATION)

    @property
    def needs_reason(self) -> bool:
        """Whether the record should say who or why."""
        return self not in (Outcome.NOT_DISCUSSED, Outcome.AGREED)


class Lean(enum.Enum):
    """Which way a room leans that sits between two levels."""

    UP = "up"
    DOWN = "down"

    @property
    def words(self) -> str:
        """The lean as it is written on the screen and in exports."""
        return f"leaning {self.value}"


class Progress(enum.Enum):
    """How far an action has come. Ours, not a part of the published action plan."""

    NOT_STARTED = "not-started"
    UNDER_WAY = "under-way"
    DONE = "done"

    @property
    def words(self) -> str:
        """The progress as it is written on the screen and in exports."""
        return self.value.replace("-", " ").capitalize()


def _check_standing(outcome: Outcome, level: str | None, lean: Lean | None) -> None:
    if outcome.is_agreed and level is None:
        raise ValueError("A row that is agreed needs a level")
    if level is not None and not outcome.is_agreed:
        raise ValueError("A row that is not agreed has no level")
    if lean is not None and level is None:
        raise ValueError("A row leans from a level, and this one has none")


class RowRecord(Value, frozen=True, omit_defaults=True):
    """What the room recorded about one row of the model.

    `level` is a level id and is set exactly where `outcome` is agreed, with or without a
    reservation; only then can the room `lean` up or down from it. `data` ("what the data says") and
    `people` ("what people and staff tell us") are the two kinds of evidence the model asks to
    triangulate. `before` and `after` are the hands shown before and after discussion.
    `previous_shown` says that the baseline's level was revealed before one was agreed.
    `private_note` is the facilitator's own, and goes where it is asked for by name alone.
    """

    row: str
    outcome: Outcome = Outcome.NOT_DISCUSSED
    level: str | None = None
    reason: str = ""
    data: str = ""
    people: str = ""
    local_interpretation: str = ""
    differing_view: str = ""
    note: str = ""
    lean: Lean | None = None
    before: Tally = NO_HANDS
    after: Tally = NO_HANDS
    previous_shown: bool = False
    private_note: str = ""

    def __post_init__(self) -> None:
        _check_standing(self.outcome, self.level, self.lean)

    def tally(self, when: When) -> Tally:
        """Give the hands shown before or after discussion."""
        return self.before if when is When.BEFORE else self.after


class ChangeRecord(Value, frozen=True, omit_defaults=True):
    """What the room recorded about a change as a whole.

    The four enablers are those the model's principles name; `populations` are those in focus here.
    `private_note` is the facilitator's own.
    """

    change: str
    note: str = ""
    workforce: str = ""
    communication: str = ""
    culture: str = ""
    governance: str = ""
    populations: str = ""
    private_note: str = ""


class Action(Value, frozen=True, omit_defaults=True):
    """One line of the action plan.

    `change` is None for an action of no one change. The first five texts answer the published
    columns; `owner` and `progress` are ours. A time is a real date (`due_on`) or, where the room
    would not name one, its words (`due_words`, such as "end of March"); never both.
    """

    id: str
    change: str | None = None
    row: str | None = None
    where_now: str = ""
    to_do: str = ""
    due_on: dt.date | None = None
    due_words: str = ""
    success: str = ""
    owner: str = ""
    progress: Progress = Progress.NOT_STARTED

    def __post_init__(self) -> None:
        if self.due_on is not None and self.due_words:
            raise ValueError("An action is due on a date or in words, not both")

    def is_overdue(self, today: dt.date) -> bool:
        """Whether its date has passed and it is not done. Words are never overdue."""
        return self.due_on is not None and self.due_on < today and self.progress != Progress.DONE


class Partner(Value, frozen=True, omit_defaults=True):
    """An organisation or group in the room, by role; a person's name is optional.

    Its positions in a show of hands go by `id`, so that they stay with it under another name. Only
    one that was never written to a file may be without.
    """

    organisation: str
    role: str = ""
    name: str = ""
    id: str = ""


class AgendaItem(Value, frozen=True):
    """Whether a change is in scope, and the minutes planned for it (0: none planned)."""

    change: str
    in_scope: bool = True
    minutes: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.minutes <= MOST_MINUTES:
            raise ValueError(f"The minutes for a change lie between 0 and {MOST_MINUTES}")


class Details(Value, frozen=True, omit_defaults=True):
    """Who met, where and when, and what they set out to cover.

    `agenda` holds changes that differ from the default; see `Workshop.agenda_item`.
    """

    place: str = ""
    held_on: dt.date | None = None
    facilitator: str = ""
    partners: tuple[Partner, ...] = ()
    populations: str = ""
    agenda: tuple[AgendaItem, ...] = ()


class EarlierRow(Value, frozen=True, omit_defaults=True):
    """Where a row stood in an earlier workshop."""

    row: str
    outcome: Outcome
    level: str | None = None
    lean: Lean | None = None

    def __post_init__(self) -> None:
        _check_standing(self.outcome, self.level, self.lean)


class Baseline(Value, frozen=True, omit_defaults=True):
    """What an earlier workshop agreed, for comparison: no notes, no plan."""

    workshop: str
    place: str = ""
    held_on: dt.date | None = None
    rows: tuple[EarlierRow, ...] = ()

    def row(self, row_id: str) -> EarlierRow | None:
        """Give where a row stood, or None where it was not discussed."""
        return next((r for r in self.rows if r.row == row_id), None)


MOST_SEALED = 100
"""How many versions one workshop can sign off."""


class Sealed(Value, frozen=True):
    """A version that the room signed off: what was recorded, when, and who was there.

    `present` has organisations and roles, without names. `content` has nothing that is the
    facilitator's or the program's own, and no version itself. `fingerprint` is of the content; see
    `sealing`, which alone makes these. `number` counts from 1 and is never used again.
    """

    number: int
    at: Moment
    present: tuple[Partner, ...]
    fingerprint: str
    content: Workshop

    def __post_init__(self) -> None:
        content = self.content
        if any(partner.name for partner in self.present):
            raise ValueError("A signed-off version names no person as present")
        rows, changes = content.rows, content.changes
        if any(r.private_note for r in rows) or any(c.private_note for c in changes):
            raise ValueError("A signed-off version holds no private note")
        if content.clock != NEVER_RAN:
            raise ValueError("A signed-off version holds no clock")
        if content.sealed:
            raise ValueError("A signed-off version holds none itself")


class Workshop(Value, frozen=True, omit_defaults=True):
    """All that one group recorded. The content of a `.hicm` file, less the model it names.

    `first_actions` has the ids of those the room puts first. `log` is written by the edits.
    `sealed` has the versions that were signed off, in the order in which they were.
    """

    id: str
    created_at: Moment
    details: Details = Details()
    rows: tuple[RowRecord, ...] = ()
    changes: tuple[ChangeRecord, ...] = ()
    actions: tuple[Action, ...] = ()
    first_actions: tuple[str, ...] = ()
    baseline: Baseline | None = None
    clock: Clock = NEVER_RAN
    log: tuple[Entry, ...] = ()
    sealed: tuple[Sealed, ...] = ()

    def __post_init__(self) -> None:
        if len(self.first_actions) > MOST_PUT_FIRST:
            raise ValueError(f"At most {MOST_PUT_FIRST} actions are put first")
        if len(set(self.first_actions)) < len(self.first_actions):
            raise ValueError("An action is put first twice")
        if self.first_actions and not {a.id for a in self.actions}.issuperset(self.first_actions):
            raise ValueError("An action is put first that is not in the plan")

    def row(self, row_id: str) -> RowRecord:
        """Give the record of a row, blank where nothing was recorded."""
        return _first((r for r in self.rows if r.row == row_id), RowRecord(row=row_id))

    def change(self, change_id: str) -> ChangeRecord:
        """Give the record of a change, blank where nothing was recorded."""
        return _first(
            (c for c in self.changes if c.change == change_id), ChangeRecord(change=change_id)
        )

    def agenda_item(self, change_id: str) -> AgendaItem:
        """Give a change's place on the agenda: in scope with no minutes where none was set."""
        return _first(
            (a for a in self.details.agenda if a.change == change_id), AgendaItem(change=change_id)
        )

    def action(self, action_id: str) -> Action:
        """Give the action with this id. Raises KeyError where there is none."""
        for action in self.actions:
            if action.id == action_id:
                return action
        raise KeyError(action_id)

    def actions_of(self, row_id: str) -> tuple[Action, ...]:
        """Give the actions tied to a row, in the order they were made."""
        return tuple(a for a in self.actions if a.row == row_id)

    def orphans(self, model: Model) -> tuple[RowRecord, ...]:
        """Give the records of rows that this model does not have."""
        return tuple(r for r in self.rows if not model.has_row(r.row))

    def orphan_changes(self, model: Model) -> tuple[ChangeRecord, ...]:
        """Give the records of changes that this model does not have."""
        return tuple(c for c in self.changes if not model.has_change(c.change))


_T = TypeVar("_T")


def _first(found: Iterable[_T], default: _T) -> _T:
    return next(iter(found), default)
