"""The undoable verbs of a live workshop: hands, leans, the clock, the baseline, the sign-off.

They are edits like those of `edits`, which says what an edit is. Those that need the time are told
it, so that they stay pure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from typing import ClassVar

import msgspec

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.edits import change_words, level_words, row_words, with_row
from hicm_desktop.workshop.sealing import seal
from hicm_desktop.workshop.tally import NO_HANDS, Tally, When
from hicm_desktop.workshop.values import Baseline, Lean, Workshop


class LeanLevel(msgspec.Struct, frozen=True):
    """The room leans up or down from the level it agreed; None takes the lean back.

    A row without a level cannot lean, nor one lean beyond the ends of the model's `levels`, by
    their ids from the lowest: nothing changes.
    """

    row: str
    lean: Lean | None
    levels: tuple[str, ...] = ()
    merge_key: ClassVar[None] = None

    def apply(self, workshop: Workshop) -> Workshop:
        """See `Edit.apply`."""
        record = workshop.row(self.row)
        ends = {Lean.DOWN: self.levels[:1], Lean.UP: self.levels[-1:], None: ()}
        if record.level is None or record.level in ends[self.lean]:
            return workshop
        return with_row(workshop, msgspec.structs.replace(record, lean=self.lean))

    def describe(self, model: Model) -> str:
        """See `Edit.describe`."""
        words = "not leaning" if self.lean is None else self.lean.words
        return f"{row_words(model, self.row)} → {words}"


class CountHands(msgspec.Struct, frozen=True):
    """So many hands are shown at a level of a row; 0 for none. Raises ValueError out of bounds.

    `levels` are the ids of the model's levels, in which order the hands are kept.
    """

    row: str
    when: When
    level: str
    number: int
    levels: tuple[str, ...]

    @property
    def merge_key(self) -> Hashable:
        """Counting at one level of one row is one thing."""
        return ("hands", self.row, self.when, self.level)

    def apply(self, workshop: Workshop) -> Workshop:
        """See `Edit.apply`."""
        tally = workshop.row(self.row).tally(self.when)
        counted = tally.with_hands(self.level, self.number, self.levels)
        return _with_tally(workshop, self.row, self.when, counted)

    def describe(self, model: Model) -> str:
        """See `Edit.describe`."""
        words = f"{level_words(model, self.level)} {self.number}"
        return f"{row_words(model, self.row)}, hands {self.when.words.lower()}, {words}"


class TakePosition(msgspec.Struct, frozen=True):
    """A partner, by its id, stands at a level of a row; None for at none."""

    row: str
    when: When
    partner: str
    level: str | None
    merge_key: ClassVar[None] = None

    def apply(self, workshop: Workshop) -> Workshop:
        """See `Edit.apply`."""
        tally = workshop.row(self.row).tally(self.when)
        taken = tally.with_position(self.partner, self.level)
        return _with_tally(workshop, self.row, self.when, taken)

    def describe(self, model: Model) -> str:
        """See `Edit.describe`."""
        level = "no position" if self.level is None else level_words(model, self.level)
        when = self.when.words.lower()
        return f"{row_words(model, self.row)}, a partner’s position {when} → {level}"


class ClearTally(msgspec.Struct, frozen=True):
    """A show of hands is to be taken anew: counts and positions go."""

    row: str
    when: When
    merge_key: ClassVar[None] = None

    def apply(self, workshop: Workshop) -> Workshop:
        """See `Edit.apply`."""
        return _with_tally(workshop, self.row, self.when, NO_HANDS)

    def describe(self, model: Model) -> str:
        """See `Edit.describe`."""
        return f"{row_words(model, self.row)}, clear hands {self.when.words.lower()}"


class ShowPrevious(msgspec.Struct, frozen=True):
    """The level of the baseline is shown for a row before one is agreed, or hidden again.

    There is nothing to show without a baseline, nor of a row of which it says nothing.
    """

    row: str
    shown: bool = True
    merge_key: ClassVar[None] = None

    def apply(self, workshop: Workshop) -> Workshop:
        """See `Edit.apply`."""
        baseline = workshop.baseline
        if self.shown and (baseline is None or baseline.row(self.row) is None):
            return workshop
        return _with_previous(workshop, self.row, shown=self.shown)

    def describe(self, model: Model) -> str:
        """See `Edit.describe`."""
        verb = "show" if self.shown else "hide"
        return f"{row_words(model, self.row)}, {verb} the previous level"


class SetBaseline(msgspec.Struct, frozen=True):
    """An earlier workshop is put beside this one for comparison; None takes it away.

    What was shown was shown of the one before, so that all of another is hidden again.
    """

    baseline: Baseline | None
    merge_key: ClassVar[None] = None

    def apply(self, workshop: Workshop) -> Workshop:
        """See `Edit.apply`."""
        if self.baseline == workshop.baseline:
            return workshop
        for row in [record.row for record in workshop.rows if record.previous_shown]:
            workshop = _with_previous(workshop, row, shown=False)
        return msgspec.structs.replace(workshop, baseline=self.baseline)

    def describe(self, model: Model) -> str:
        """See `Edit.describe`."""
        return "Remove the baseline" if self.baseline is None else "Set the baseline"


class StartClock(msgspec.Struct, frozen=True):
    """The clock runs for a change from `at` on; it stops for any other, and a break is over."""

    change: str
    at: dt.datetime
    merge_key: ClassVar[None] = None

    def apply(self, workshop: Workshop) -> Workshop:
        """See `Edit.apply`."""
        clock = workshop.clock.started(self.change, self.at)
        return msgspec.structs.replace(workshop, clock=clock)

    def describe(self, model: Model) -> str:
        """See `Edit.describe`."""
        return f"Start the clock, {change_words(model, self.change)}"


class PauseClock(msgspec.Struct, frozen=True):
    """The clock stands from `at` on."""

    at: dt.datetime
    merge_key: ClassVar[None] = None

    def apply(self, workshop: Workshop) -> Workshop:
        """See `Edit.apply`."""
        return msgspec.structs.replace(workshop, clock=workshop.clock.stopped(self.at))

    def describe(self, model: Model) -> str:
        """See `Edit.describe`."""
        return "Pause the clock"


class TakeBreak(msgspec.Struct, frozen=True):
    """The room takes a break from `at` until a time."""

    at: dt.datetime
    until: dt.datetime
    merge_key: ClassVar[None] = None

    def apply(self, workshop: Workshop) -> Workshop:
        """See `Edit.apply`."""
        clock = workshop.clock.on_break(self.at, self.until)
        return msgspec.structs.replace(workshop, clock=clock)

    def describe(self, model: Model) -> str:
        """See `Edit.describe`."""
        return f"Break until {self.until:%H:%M}"


class EndBreak(msgspec.Struct, frozen=True):
    """The break is over, and the clock runs on from `at` for the change it stood at, if any."""

    at: dt.datetime
    merge_key: ClassVar[None] = None

    def apply(self, workshop: Workshop) -> Workshop:
        """See `Edit.apply`."""
        clock = workshop.clock
        if clock.break_until is None:
            return workshop
        after = clock.after_break()
        if clock.change is not None:
            after = after.started(clock.change, self.at)
        return msgspec.structs.replace(workshop, clock=after)

    def describe(self, model: Model) -> str:
        """See `Edit.describe`."""
        return "End the break"


class PutFirst(msgspec.Struct, frozen=True):
    """The actions, by their ids, that the room puts first. Raises ValueError for too many."""

    actions: tuple[str, ...]
    merge_key: ClassVar[None] = None

    def apply(self, workshop: Workshop) -> Workshop:
        """See `Edit.apply`. Ids of no action are left out."""
        known = {action.id for action in workshop.actions}
        first = tuple(action for action in self.actions if action in known)
        return msgspec.structs.replace(workshop, first_actions=first)

    def describe(self, model: Model) -> str:
        """See `Edit.describe`."""
        return "Actions put first"


class SignOff(msgspec.Struct, frozen=True):
    """The room signs off what is recorded, at a moment, which seals a version of it.

    `present` has the ids of the partners who were there. What is sealed as it is already, with the
    same partners present, changes nothing.
    """

    at: dt.datetime
    present: tuple[str, ...]
    merge_key: ClassVar[None] = None

    def apply(self, workshop: Workshop) -> Workshop:
        """See `Edit.apply`."""
        return seal(workshop, self.at, self.present)

    def describe(self, model: Model) -> str:
        """See `Edit.describe`."""
        return "Sign off"


class RemoveSealed(msgspec.Struct, frozen=True):
    """A version that was signed off leaves the workshop, by its number, which no other gets."""

    number: int
    merge_key: ClassVar[None] = None

    def apply(self, workshop: Workshop) -> Workshop:
        """See `Edit.apply`."""
        kept = tuple(sealed for sealed in workshop.sealed if sealed.number != self.number)
        return msgspec.structs.replace(workshop, sealed=kept)

    def describe(self, model: Model) -> str:
        """See `Edit.describe`."""
        return f"Remove signed-off version {self.number}"


class TakeOutWords(msgspec.Struct, frozen=True):
    """What somebody typed is taken out of one entry of the decision log, by its number.

    The entry stays, and tells from then on that words were taken out of it.
    """

    number: int
    merge_key: ClassVar[None] = None

    def apply(self, workshop: Workshop) -> Workshop:
        """See `Edit.apply`."""
        log = tuple(e.without_words() if e.number == self.number else e for e in workshop.log)
        return msgspec.structs.replace(workshop, log=log)

    def describe(self, model: Model) -> str:
        """See `Edit.describe`."""
        return "Take words out of the decision log"


def _with_previous(workshop: Workshop, row_id: str, *, shown: bool) -> Workshop:
    record = msgspec.structs.replace(workshop.row(row_id), previous_shown=shown)
    return with_row(workshop, record)


def _with_tally(workshop: Workshop, row_id: str, when: When, tally: Tally) -> Workshop:
    record = workshop.row(row_id)
    if tally == NO_HANDS:
        tally = NO_HANDS  # a file leaves out this very value, and says {} for one that equals it
    if when is When.BEFORE:
        return with_row(workshop, msgspec.structs.replace(record, before=tally))
    return with_row(workshop, msgspec.structs.replace(record, after=tally))
