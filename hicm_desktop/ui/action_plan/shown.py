"""Which actions are shown, and in what order: the filters and the sorting of the plan.

For `hicm_desktop.ui.action_plan`. An action just written stays in its place and in view until the
filters or the order change, so that no line slips away under the hands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSortFilterProxyModel, Qt

from hicm_desktop.model.values import Model
from hicm_desktop.ui.action_plan.columns import Column
from hicm_desktop.ui.action_plan.places import Place
from hicm_desktop.ui.action_plan.table_model import ActionTable, Index
from hicm_desktop.workshop.report import due_words
from hicm_desktop.workshop.values import Action, Progress


@dataclass(frozen=True, slots=True)
class Filter:
    """What must be true of an action to be shown. `owner` is "" for those without one."""

    words: str = ""
    place: Place | None = None
    owner: str | None = None
    overdue: bool = False

    def accepts(self, action: Action, model: Model, today: dt.date) -> bool:
        """Tell whether an action is shown."""
        if self.place is not None and not self.place.holds(action):
            return False
        if self.owner is not None and action.owner.strip() != self.owner:
            return False
        if self.overdue and not action.is_overdue(today):
            return False
        return all(word in _everything(action, model) for word in self.words.casefold().split())


class ShownActions(QSortFilterProxyModel):
    """The table as filtered and sorted; sorted by no column, it is in the order of the plan."""

    def __init__(
        self,
        table: ActionTable,
        model: Model,
        today: Callable[[], dt.date],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._table = table
        self._model = model
        self._today = today
        self._filter = Filter()
        self._held: frozenset[str] = frozenset()
        self.setDynamicSortFilter(False)
        self.setSourceModel(table)

    @property
    def filter(self) -> Filter:
        """The filter in force."""
        return self._filter

    def show_only(self, chosen: Filter) -> None:
        """Put a filter in force, letting go of what was held."""
        self.beginFilterChange()
        self._filter = chosen
        self._held = frozenset()
        self.endFilterChange()

    def hold(self, action_id: str) -> None:
        """Have an action that is about to be added in view, until the filter changes."""
        self._held |= {action_id}

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        action = self._table.actions[source_row]
        return action.id in self._held or self._filter.accepts(action, self._model, self._today())

    def lessThan(self, left: Index, right: Index) -> bool:
        actions = self._table.actions
        column = Column(left.column())
        return self._key(actions[left.row()], column) < self._key(actions[right.row()], column)

    def _key(self, action: Action, column: Column) -> tuple[int, int | str, int | str]:
        """Give what an action is sorted by: dates before words; blank is last either way."""
        if column is Column.PLACE:
            change, row = Place.of(action).order(self._model)
            return (0, change, row)
        if column is Column.PROGRESS:
            return (0, list(Progress).index(action.progress), 0)
        if column is Column.DUE and action.due_on is not None:
            return (0, action.due_on.toordinal(), 0)
        text = action.due_words if column is Column.DUE else str(getattr(action, column.field))
        last = -1 if self.sortOrder() is Qt.SortOrder.DescendingOrder else 2
        return (1 if text.strip() else last, text.casefold(), text)


def _everything(action: Action, model: Model) -> str:
    """Give all the words of an action, as they are looked for."""
    parts = (
        Place.of(action).words(model),
        *(action.where_now, action.to_do, due_words(action), action.success, action.owner),
        action.progress.words,
    )
    return "\n".join(parts).casefold()
