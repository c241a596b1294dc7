"""Every change a user can make to a workshop, one frozen value each: the list of undoable verbs.

An edit computes a new workshop from an old one and names itself for Undo and Redo. It never
touches the old value. Edits with the same `merge_key` that follow closely (typing in one field)
may be undone as one.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Hashable
from typing import ClassVar, Protocol, TypeVar

import msgspec

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.values import (
    Action,
    ChangeRecord,
    Details,
    Outcome,
    RowRecord,
    Workshop,
)


class RowField(enum.Enum):
    """A text field of a row record, with its words on the screen and in exports."""

    REASON = ("reason", "Reason")
    DATA = ("data", "What the data says")
    PEOPLE = ("people", "What people and staff tell us")
    LOCAL_INTERPRETATION = ("local_interpretation", "Local interpretation")
    DIFFERING_VIEW = ("differing_view", "Differing view")
    NOTE = ("note", "Note")
    PRIVATE_NOTE = ("private_note", "Private note")

    def __init__(self, attribute: str, words: str) -> None:
        self.attribute = attribute
        self.words = words

    @property
    def is_private(self) -> bool:
        """Whether it is the facilitator's own, for no room and no export unless asked for."""
        return self is RowField.PRIVATE_NOTE

    def read(self, record: RowRecord) -> str:
        """Give this field's text of a record."""
        text: str = getattr(record, self.attribute)
        return text


class ChangeField(enum.Enum):
    """A text field of a change record, with its words on the screen and in exports."""

    NOTE = ("note", "Note")
    WORKFORCE = ("workforce", "Workforce")
    COMMUNICATION = ("communication", "Communication")
    CULTURE = ("culture", "Culture")
    GOVERNANCE = ("governance", "Governance")
    POPULATIONS = ("populations", "Populations in focus")
    PRIVATE_NOTE = ("private_note", "Private note")

    def __init__(self, attribute: str, words: str) -> None:
        self.attribute = attribute
        self.words = words

    @property
    def is_private(self) -> bool:
        """Whether it is the facilitator's own, for no room and no export unless asked for."""
        return self is ChangeField.PRIVATE_NOTE

    def read(self, record: ChangeRecord) -> str:
        """Give this field's text of a record."""
        text: str = getattr(record, self.attribute)
        return text


ENABLERS = (
    ChangeField.WORKFORCE,
    ChangeField.COMMUNICATION,
    ChangeField.CULTURE,
    ChangeField.GOVERNANCE,
)


class Edit(Protocol):
    """One undoable change to a workshop."""

    def apply(self, workshop: Workshop) -> Workshop:
        """Give the workshop after this edit; an equal one where the edit changes nothing."""

    def describe(self, model: Model) -> str:
        """Name the edit as it stands after "Undo: "."""

    @property
    def merge_key(self) -> Hashable | None:
        """What must be equal for two edits to be undone as one; None never merges."""


class AgreeLevel(msgspec.Struct, frozen=True):
    """The room agrees a level for a row; None takes the agreement back.

    A reservation already recorded stays. A row that was parked or not applicable becomes agreed;
    its reason is kept, since it was said in the room. A lean was from the level before, and goes.
    """

    row: str
    level: str | None
    merge_key: ClassVar[None] = None

    def apply(self, workshop: Workshop) -> Workshop:
        """See `Edit.apply`."""
        record = workshop.row(self.row)
        if self.level is None:
            outcome = Outcome.NOT_DISCUSSED if record.outcome.is_agreed else record.outcome
        else:
            outcome = record.outcome if record.outcome.is_agreed else Outcome.AGREED
        lean = record.lean if self.level == record.level else None
        return with_row(
            workshop,
            msgspec.structs.replace(record, level=self.level, outcome=outcome, lean=lean),
        )

    def describe(self, model: Model) -> str:
        """See `Edit.describe`."""
        level = "no level" if self.level is None else level_words(model, self.level)
        return f"{row_words(model, self.row)} → {level}"


class SetOutcome(msgspec.Struct, frozen=True):
    """The room settles what became of a row.

    An outcome that is not an agreement takes the level away. An agreement needs a level: setting
    one on a row without a level changes nothing. A reason belongs to the outcome it was given for:
    another outcome that needs one begins without, and the decision log keeps what was said.
    """

    row: str
    outcome: Outcome
    merge_key: ClassVar[None] = None

    def apply(self, workshop: Workshop) -> Workshop:
        """See `Edit.apply`."""
        record = workshop.row(self.row)
        if self.outcome.is_agreed and record.level is None:
            return workshop
        stands = self.outcome.is_agreed
        is_new = self.outcome is not record.outcome and self.outcome.needs_reason
        return with_row(
            workshop,
            msgspec.structs.replace(
                record,
                outcome=self.outcome,
                level=record.level if stands else None,
                lean=record.lean if stands else None,
                reason="" if is_new else record.reason,
            ),
        )

    def describe(self, model: Model) -> str:
        """See `Edit.describe`."""
        return f"{row_words(model, self.row)} → {self.outcome.words}"


class WriteRow(msgspec.Struct, frozen=True):
    """Text is written in a field of a row."""

    row: str
    field: RowField
    text: str

    @property
    def merge_key(self) -> Hashable:
        """Typing in one field of one row."""
        return ("row", self.row, self.field)

    def apply(self, workshop: Workshop) -> Workshop:
        """See `Edit.apply`."""
        record = msgspec.structs.replace(
            workshop.row(self.row), **{self.field.attribute: self.text}
        )
        return with_row(workshop, record)

    def describe(self, model: Model) -> str:
        """See `Edit.describe`."""
        return f"{row_words(model, self.row)}, {_lower(self.field.words)}"


class WriteChange(msgspec.Struct, frozen=True):
    """Text is written in a field of a change."""

    change: str
    field: ChangeField
    text: str

    @property
    def merge_key(self) -> Hashable:
        """Typing in one field of one change."""
        return ("change", self.change, self.field)

    def apply(self, workshop: Workshop) -> Workshop:
        """See `Edit.apply`."""
        record = msgspec.structs.replace(
            workshop.change(self.change), **{self.field.attribute: self.text}
        )
        blank = ChangeRecord(change=self.change)
        changes = _put(workshop.changes, record, blank, lambda c: c.change)
        return msgspec.structs.replace(workshop, changes=changes)

    def describe(self, model: Model) -> str:
        """See `Edit.describe`."""
        return f"{change_words(model, self.change)}, {_lower(self.field.words)}"


class SetDetails(msgspec.Struct, frozen=True):
    """The workshop's details are set, all together."""

    details: Details
    merge_key: ClassVar[None] = None

    def apply(self, workshop: Workshop) -> Workshop:
        """See `Edit.apply`."""
        return msgspec.structs.replace(workshop, details=self.details)

    def describe(self, model: Model) -> str:
        """See `Edit.describe`."""
        return "Workshop details"


class AddAction(msgspec.Struct, frozen=True):
    """An action joins the end of the action plan."""

    action: Action
    merge_key: ClassVar[None] = None

    def apply(self, workshop: Workshop) -> Workshop:
        """See `Edit.apply`. Raises ValueError where the plan has an action of that id."""
        if any(a.id == self.action.id for a in workshop.actions):
            raise ValueError(f"the plan already has an action {self.action.id}")
        return msgspec.structs.replace(workshop, actions=(*workshop.actions, self.action))

    def describe(self, model: Model) -> str:
        """See `Edit.describe`."""
        return f"Add action, {_action_words(model, self.action)}"


class ReviseAction(msgspec.Struct, frozen=True):
    """An action is given a new wording, time, owner, progress or row; `field` says which."""

    action: Action
    field: str

    @property
    def merge_key(self) -> Hashable:
        """Typing in one field of one action."""
        return ("action", self.action.id, self.field)

    def apply(self, workshop: Workshop) -> Workshop:
        """See `Edit.apply`. Raises KeyError where the plan has no such action."""
        workshop.action(self.action.id)
        actions = tuple(self.action if a.id == self.action.id else a for a in workshop.actions)
        return msgspec.structs.replace(workshop, actions=actions)

    def describe(self, model: Model) -> str:
        """See `Edit.describe`."""
        return f"Edit action, {_action_words(model, self.action)}"


class RemoveActions(msgspec.Struct, frozen=True):
    """Actions leave the plan, named by their ids."""

    ids: tuple[str, ...]
    merge_key: ClassVar[None] = None

    def apply(self, workshop: Workshop) -> Workshop:
        """See `Edit.apply`."""
        kept = tuple(a for a in workshop.actions if a.id not in self.ids)
        first = tuple(i for i in workshop.first_actions if i not in self.ids)
        return msgspec.structs.replace(workshop, actions=kept, first_actions=first)

    def describe(self, model: Model) -> str:
        """See `Edit.describe`."""
        return "Remove action" if len(self.ids) == 1 else f"Remove {len(self.ids)} actions"


class TakeTheirs(msgspec.Struct, frozen=True):
    """Go on with what someone else put in the file; taking it back brings ours again."""

    theirs: Workshop
    merge_key: ClassVar[None] = None

    def apply(self, workshop: Workshop) -> Workshop:
        """See `Edit.apply`."""
        return self.theirs

    def describe(self, model: Model) -> str:
        """See `Edit.describe`."""
        return "Take theirs from the file"


def action_from_row(action_id: str, model: Model, workshop: Workshop, row_id: str) -> Action:
    """Draft an action tied to a row: where the row stands now is filled in, the rest is the room's.

    Raises KeyError for a row the model does not have.
    """
    record = workshop.row(row_id)
    where_now = ""
    if record.level is not None:
        level = model.level(record.level)
        where_now = f"{level.name}: {model.descriptor(row_id, level.id)}"
    return Action(id=action_id, change=model.change_of(row_id).id, row=row_id, where_now=where_now)


def with_row(workshop: Workshop, record: RowRecord) -> Workshop:
    """Give a workshop with a row's record in place of the one it had."""
    rows = _put(workshop.rows, record, RowRecord(row=record.row), lambda r: r.row)
    return msgspec.structs.replace(workshop, rows=rows)


_Record = TypeVar("_Record", RowRecord, ChangeRecord)


def _put(
    records: tuple[_Record, ...],
    record: _Record,
    blank: _Record,
    key: Callable[[_Record], str],
) -> tuple[_Record, ...]:
    """Put a record where the one of its key stood, or at the end.

    A blank one is dropped, so that what was recorded and taken back leaves no trace.
    """
    if record in records:
        return records
    if record == blank:
        return tuple(r for r in records if key(r) != key(record))
    kept = [record if key(r) == key(record) else r for r in records]
    if record not in kept:
        kept.append(record)
    return tuple(kept)


def level_words(model: Model, level_id: str) -> str:
    """Name a level; one that the model does not have goes by its id."""
    return model.level(level_id).name if model.has_level(level_id) else level_id


def change_words(model: Model, change_id: str) -> str:
    """Name a change; one that the model does not have goes by its id."""
    return model.change(change_id).title if model.has_change(change_id) else change_id


def row_words(model: Model, row_id: str) -> str:
    """Name a row with its change; a row the model does not have goes by its id."""
    if not model.has_row(row_id):
        return row_id
    return f"{model.change_of(row_id).title}, {model.row(row_id).name}"


def _action_words(model: Model, action: Action) -> str:
    if action.row is not None:
        return row_words(model, action.row)
    if action.change is not None:
        return change_words(model, action.change)
    return "no change named"


def _lower(words: str) -> str:
    """Set words in the middle of a sentence."""
    return words[:1].lower() + words[1:]
