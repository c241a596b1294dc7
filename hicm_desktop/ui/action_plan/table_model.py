"""The actions of the workshop as a table for Qt's views. Setting a cell makes one edit.

For `hicm_desktop.ui.action_plan`. It holds no second copy of the truth: it shows the actions it was
last given, and what is typed goes to the document and comes back from there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from hicm_desktop.document.document import Document
from hicm_desktop.ui.action_plan.columns import OURS, Column
from hicm_desktop.ui.action_plan.places import Place
from hicm_desktop.ui.due_field import Due
from hicm_desktop.workshop.edits import ReviseAction
from hicm_desktop.workshop.patient_data import nhs_numbers
from hicm_desktop.workshop.values import Action, Progress

Index = QModelIndex | QPersistentModelIndex
ACTION_ROLE = Qt.ItemDataRole.UserRole
"""Gives the whole `Action` of a table row."""

OVERDUE = "Overdue"
NUMBER = "NHS number?"
"""Said in a cell whose text holds what looks like one."""

_TEXTS = (Column.WHERE_NOW, Column.TO_DO, Column.DUE, Column.SUCCESS, Column.OWNER)


class ActionTable(QAbstractTableModel):
    """One table row per action, in the order of the plan; the columns are those of `Column`."""

    def __init__(
        self, document: Document, today: Callable[[], dt.date], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._today = today
        self._actions: tuple[Action, ...] = ()
        self._numbers: dict[Action, frozenset[Column]] = {}

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions shown, in the order of the plan."""
        return self._actions

    def show_actions(self, actions: tuple[Action, ...]) -> None:
        """Show these actions. Views are told only what differs, and so keep their place."""
        seen = self._numbers
        self._numbers = {a: seen[a] if a in seen else self._with_numbers(a) for a in actions}
        wanted = {action.id for action in actions}
        for at in reversed(range(len(self._actions))):
            if self._actions[at].id not in wanted:
                self.beginRemoveRows(QModelIndex(), at, at)
                self._actions = (*self._actions[:at], *self._actions[at + 1 :])
                self.endRemoveRows()
        known = {action.id for action in self._actions}
        for at, action in enumerate(actions):
            if action.id not in known:
                self.beginInsertRows(QModelIndex(), at, at)
                self._actions = (*self._actions[:at], action, *self._actions[at:])
                self.endInsertRows()
        if [a.id for a in self._actions] != [a.id for a in actions]:
            self.beginResetModel()
            self._actions = actions
            self.endResetModel()
            return
        before, self._actions = self._actions, actions
        for at, (old, new) in enumerate(zip(before, actions, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(Column) - 1))

    def is_overdue(self, action: Action) -> bool:
        """Tell whether an action's date has passed, today, and it is not done."""
        return action.is_overdue(self._today())

    def has_number(self, action: Action, column: Column) -> bool:
        """Tell whether what looks like an NHS number is written in a cell."""
        return column in self._numbers.get(action, ())

    def row_of(self, action_id: str) -> int | None:
        """Give the table row of an action, counted from 0; None where there is none."""
        ids = [action.id for action in self._actions]
        return ids.index(action_id) if action_id in ids else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._actions)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        shown = flag.ItemIsEnabled | flag.ItemIsSelectable
        return shown if self._document.is_read_only else shown | flag.ItemIsEditable

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        column = Column(section)
        heading = column.heading(self._document.model)
        if role == Qt.ItemDataRole.DisplayRole:
            return heading
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{heading} ({OURS})" if column.is_ours else heading
        if role == Qt.ItemDataRole.ToolTipRole:
            return OURS if column.is_ours else None
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        action, column = self._actions[index.row()], Column(index.column())
        if role == ACTION_ROLE:
            return action
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(action, column)
        if role == Qt.ItemDataRole.EditRole:
            return _value(action, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(action, column)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Make an edit of the workshop. One cell's edits are undone as one while it is typed in."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        column = Column(index.column())
        shown = self._actions[index.row()]
        if _value(shown, column) == value:
            return True
        revised = msgspec.structs.replace(
            self._document.workshop.action(shown.id), **_changes(column, value)
        )
        self._document.apply(ReviseAction(revised, column.field))
        return True

    def end_typing(self) -> None:
        """Have the next edit undone apart from the last: a cell was opened or left."""
        self._document.end_typing()

    def _words(self, action: Action, column: Column) -> str:
        value = _value(action, column)
        match value:
            case Place():
                return value.words(self._document.model)
            case Due():
                return value.text
            case Progress():
                return value.words
            case _:
                return str(value)

    def _with_numbers(self, action: Action) -> frozenset[Column]:
        return frozenset(c for c in _TEXTS if nhs_numbers(self._words(action, c)))

    def _spoken(self, action: Action, column: Column) -> str:
        words = self._words(action, column)
        if column is Column.DUE and self.is_overdue(action):
            return f"{words}, {OVERDUE.lower()}"
        if self.has_number(action, column):
            return f"{NUMBER} {words}"
        return words if words.strip() else "Nothing written yet"


def _value(action: Action, column: Column) -> object:
    if column is Column.PLACE:
        return Place.of(action)
    if column is Column.DUE:
        return Due(action.due_on, action.due_words)
    value: object = getattr(action, column.field)
    return value


def _changes(column: Column, value: object) -> dict[str, object]:
    match value:
        case Place():
            return {"change": value.change, "row": value.row}
        case Due():
            return {"due_on": value.on, "due_words": value.words}
        case _:
            return {column.field: value}
