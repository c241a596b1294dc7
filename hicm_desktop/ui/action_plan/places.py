"""What an action is tied to: a row of the model, a change as a whole, or no one change.

For `hicm_desktop.ui.action_plan`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.values import Action

NOWHERE_WORDS = "No one change"
_UNKNOWN = "not in this version of the model"


@dataclass(frozen=True, slots=True)
class Place:
    """A row with its change, a change alone (`row` is None), or neither."""

    change: str | None = None
    row: str | None = None

    @classmethod
    def of(cls, action: Action) -> Place:
        """Give what an action is tied to."""
        return cls(action.change, action.row)

    def holds(self, action: Action) -> bool:
        """Tell whether an action belongs here; a change holds the actions of its rows too."""
        if self.row is not None:
            return action.row == self.row
        return action.change == self.change

    def change_words(self, model: Model) -> str:
        """Name the change as the model heads it."""
        if self.change is None:
            return NOWHERE_WORDS
        if not model.has_change(self.change):
            return f"{self.change} ({_UNKNOWN})"
        return model.change(self.change).heading

    def row_words(self, model: Model) -> str:
        """Name the row; empty where there is none."""
        if self.row is None:
            return ""
        return model.row(self.row).name if model.has_row(self.row) else f"{self.row} ({_UNKNOWN})"

    def words(self, model: Model) -> str:
        """Name the change and the row on one line."""
        row = self.row_words(model)
        return f"{self.change_words(model)}, {row}" if row else self.change_words(model)

    def order(self, model: Model) -> tuple[int, int]:
        """Give its place in the published order; what is tied to nothing comes last."""
        if self.change is None or not model.has_change(self.change):
            return (len(model.changes), 0)
        change = model.change(self.change)
        rows = [row.id for row in change.rows]
        return (change.number - 1, rows.index(self.row) + 1 if self.row in rows else 0)


def places(model: Model) -> Iterator[Place]:
    """Go through every change, each followed by its rows, in the published order."""
    for change in model.changes:
        yield Place(change.id)
        for row in change.rows:
            yield Place(change.id, row.id)
