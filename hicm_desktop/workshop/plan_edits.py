"""The undoable verb that takes differences from an action plan that was brought back.

It is an edit like those of `edits`, which says what an edit is. `Part` says what of an action can
be taken by itself; `bring_back` finds what differs.
"""

from __future__ import annotations

import enum
from typing import ClassVar

import msgspec

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.values import Action, Workshop
from hicm_desktop.workshop.words import ADDED_COLUMNS, count


class Part(enum.Enum):
    """A part of an action that is taken whole, in the order of the plan's columns."""

    PLACE = ("change", "row")
    WHERE_NOW = ("where_now",)
    TO_DO = ("to_do",)
    DUE = ("due_on", "due_words")
    SUCCESS = ("success",)
    OWNER = ("owner",)
    PROGRESS = ("progress",)

    def label(self, model: Model) -> str:
        """Give its heading: the published one, or one of the two that are ours."""
        headings = dict(zip(Part, (*model.columns, *ADDED_COLUMNS), strict=True))
        return headings[self]

    def onto(self, action: Action, theirs: Action) -> Action:
        """Give an action with this part as another has it."""
        return msgspec.structs.replace(
            action, **{name: getattr(theirs, name) for name in self.value}
        )


class Revision(msgspec.Struct, frozen=True):
    """One part of the action whose id `theirs` bears is to be as `theirs` has it."""

    part: Part
    theirs: Action


class BringBackPlan(msgspec.Struct, frozen=True):
    """Differences from a plan that was filled in elsewhere are taken, all in one step."""

    revisions: tuple[Revision, ...] = ()
    added: tuple[Action, ...] = ()
    merge_key: ClassVar[None] = None

    def apply(self, workshop: Workshop) -> Workshop:
        """See `Edit.apply`.

        Raises KeyError for an action that the plan does not have, and ValueError where one that is
        added has an id that is taken.
        """
        actions = {action.id: action for action in workshop.actions}
        for part, theirs in ((r.part, r.theirs) for r in self.revisions):
            actions[theirs.id] = part.onto(actions[theirs.id], theirs)
        for action in self.added:
            if action.id in actions:
                raise ValueError(f"the plan already has an action {action.id}")
            actions[action.id] = action
        return msgspec.structs.replace(workshop, actions=tuple(actions.values()))

    def describe(self, model: Model) -> str:
        """See `Edit.describe`."""
        taken = count(len(self.revisions) + len(self.added), "difference")
        return f"Bring back action plan, {taken}"
