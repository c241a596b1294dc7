"""The history of a workshop as a value: what Undo takes back and Redo makes again, by name.

Pure. A step holds the workshop before and after, so that undoing only puts one finished value in
place of another. The open document keeps one of these; see docs/adr/0005-history-is-a-value.md.
"""

from __future__ import annotations

import msgspec

from hicm_desktop.workshop.edits import Edit
from hicm_desktop.workshop.values import Workshop

MERGE_WITHIN_S = 1.5
"""Typing in one field is undone as one until it pauses for this long."""


class Step(msgspec.Struct, frozen=True):
    """One edit that was made, by its name, at `at` seconds of some steady clock.

    `entries` are the numbers of what it wrote in the decision log; None where it brought another
    log with it.
    """

    edit: Edit
    name: str
    before: Workshop
    after: Workshop
    at: float
    entries: tuple[int, ...] | None = ()


class History(msgspec.Struct, frozen=True):
    """The steps that were made and those that were taken back, each the last first to go."""

    past: tuple[Step, ...] = ()
    future: tuple[Step, ...] = ()
    typing_ended: bool = False

    @property
    def undo_name(self) -> str:
        """The name of the step that Undo takes back; empty where there is none."""
        return self.past[-1].name if self.past else ""

    @property
    def redo_name(self) -> str:
        """The name of the step that Redo makes again; empty where there is none."""
        return self.future[-1].name if self.future else ""

    def record(self, step: Step) -> History:
        """Add a step, as one with the last where both are typing in one field without a pause."""
        last = self.past[-1] if self.past else None
        if last is None or self.typing_ended or not _continues(last, step):
            return History((*self.past, step))
        entries = (*(last.entries or ()), *(step.entries or ()))
        merged = msgspec.structs.replace(step, before=last.before, entries=entries)
        kept = self.past[:-1]
        return History(kept if _is_nothing(merged) else (*kept, merged))

    def end_typing(self) -> History:
        """Have the next step stand apart from the last: the user has left the field."""
        return msgspec.structs.replace(self, typing_ended=True)

    def undo(self, left: Workshop) -> History:
        """Take the last step back, and remember what was left, with its log, for Redo to come to.

        Raises IndexError where there is none.
        """
        step = msgspec.structs.replace(self.past[-1], after=left)
        return History(self.past[:-1], (*self.future, step), typing_ended=True)

    def redo(self) -> History:
        """Make the step again that was taken back last. Raises IndexError where there is none."""
        step = self.future[-1]
        return History((*self.past, step), self.future[:-1], typing_ended=True)


def _is_nothing(step: Step) -> bool:
    """Tell whether a step came to what it began with, whatever the log says of the way there."""
    before, after = (msgspec.structs.replace(w, log=()) for w in (step.before, step.after))
    return before == after


def _continues(last: Step, step: Step) -> bool:
    key = step.edit.merge_key
    return key is not None and key == last.edit.merge_key and step.at - last.at <= MERGE_WITHIN_S
