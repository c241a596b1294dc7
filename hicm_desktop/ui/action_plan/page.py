"""The action plan tab.

For `hicm_desktop.ui.console`. It shows the actions of the open workshop and turns what is done to
them into edits.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hicm_desktop.document.document import Document
from hicm_desktop.ui.action_plan.columns import Column
from hicm_desktop.ui.action_plan.delegates import EditableCell
from hicm_desktop.ui.action_plan.filters import FilterBar
from hicm_desktop.ui.action_plan.shown import Filter, ShownActions
from hicm_desktop.ui.action_plan.table import PlanTable
from hicm_desktop.ui.action_plan.table_model import ActionTable
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.flow import FlowLayout
from hicm_desktop.ui.labels import label
from hicm_desktop.ui.patient_warning import REMINDER
from hicm_desktop.workshop.edits import AddAction, RemoveActions, action_from_row
from hicm_desktop.workshop.values import Action, Workshop
from hicm_desktop.workshop.words import count

_HOW = "Enter or double-click to write in a cell"
_EMPTY = (
    "No actions yet",
    """Go to a row on the tab of its change and press Ctrl+Enter. The action comes tied to that \
row, with where you are now filled in and the next level in view.

For one that belongs to no row, use “Add an action” above.""",
)
_EMPTY_TO_READ = ("No actions yet", "This workshop is open to be read only.")
_HIDDEN = ("No action fits these filters", "Nothing is lost: “Show all” brings every action back.")


class ActionPlanPage(QWidget):
    """The plan as a table to write in. `row_asked` carries the row whose tab is wanted."""

    row_asked = Signal(str)

    def __init__(
        self,
        document: Document,
        appearance: Appearance,
        parent: QWidget | None = None,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._appearance = appearance
        model = document.model
        self._actions = ActionTable(document, today, self)
        self._shown = ShownActions(self._actions, model, today, self)
        self.filters = FilterBar(model, appearance)
        cell = EditableCell(self._actions, model, appearance, self)
        self.table = PlanTable(cell, appearance, self)
        self.table.setModel(self._shown)
        self.setAccessibleName("Action plan")

        self.add = _button("Add an action", self.add_action)
        self.add.setProperty("kind", "primary")
        self.add.setToolTip(f"Add an action ({Command.ACTION.shown})")
        self.go = _button("Go to the row", self._go_to_row)
        self.remove = _button("Remove   Del", self._remove_chosen)
        self.remove.setAccessibleName("Remove the chosen actions")
        self.remove.setToolTip("Remove the chosen actions (Delete)")
        self._count = label("", "small")
        self.add.setEnabled(not document.is_read_only)
        how = "Open to be read only" if document.is_read_only else _HOW
        self._how = label(how, "small")
        self._reminder = label(REMINDER, "small")
        self._empty = _Empty(self.filters.clear)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self._lay_out()
        self._connect()
        self._fit()
        self._refresh()

    def show_workshop(self, workshop: Workshop) -> None:
        """Show the actions recorded now; the selection, the scroll and an open editor stay."""
        if workshop.actions != self._actions.actions:
            place = self.table.verticalScrollBar().value()
            self._actions.show_actions(workshop.actions)
            self.table.fit()
            self.table.verticalScrollBar().setValue(place)
        self._refresh()

    def take_keyboard(self) -> None:
        """Give the table the keyboard. A focus proxy would have Tab skip what is above it."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def reveal_action(self, action_id: str) -> None:
        """Choose an action and bring it into view, letting go of filters that hide it."""
        row = self._actions.row_of(action_id)
        if row is None:
            return
        source = self._actions.index(row, Column.TO_DO)
        if not self._shown.mapFromSource(source).isValid():
            self.filters.clear()
        self.table.choose(self._shown.mapFromSource(source))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_action(self) -> None:
        """Add an action, tied to what the filters show, and open it to be written."""
        self.table.finish_editing()
        place = self.filters.chosen().place
        new_id = secrets.token_hex(16)
        if place is not None and place.row is not None:
            action = action_from_row(
                new_id, self._document.model, self._document.workshop, place.row
            )
        else:
            action = Action(id=new_id, change=place.change if place is not None else None)
        self._shown.hold(new_id)
        if not self._document.apply(AddAction(action)):
            return
        self.reveal_action(new_id)
        self.table.start_editing(self.table.currentIndex())

    def finish_editing(self) -> None:
        """Record what is being typed in a cell, as leaving it would."""
        self.table.finish_editing()

    def event(self, event: QEvent) -> bool:
        """Keep digits from agreeing a level of a row that is not in view. Ctrl+1 is no digit."""
        plain = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        if event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) and (
            isinstance(event, QKeyEvent)
            and event.text().isdigit()
            and not event.modifiers() & ~plain
        ):
            event.accept()
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_stack"):
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.window().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Record what is being typed before the window closes: it might not ask."""
        if event.type() == QEvent.Type.Close and watched is self.window():
            self.finish_editing()
        return False

    def _lay_out(self) -> None:
        head = QWidget()
        flow = FlowLayout(head, gap=8)
        self._title = label("Action plan", "title")
        self._title.setContentsMargins(0, 0, 16, 0)
        for words in self._lines():
            words.setWordWrap(False)
        buttons = (self.add, self.go, self.remove)
        for widget in (self._title, *buttons, self._count, self._how, self._reminder):
            flow.addWidget(widget)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(16, 10, 16, 10)
        layout.setSpacing(8)
        layout.addWidget(head)
        layout.addWidget(self.filters)
        layout.addWidget(self._stack, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _connect(self) -> None:
        self.filters.filtered.connect(self._filter)
        self.filters.ordered.connect(self._sort)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._sort_by_heading)
        self.table.remove_asked.connect(self._remove_chosen)
        self.table.selectionModel().selectionChanged.connect(self._refresh_buttons)
        self.table.selectionModel().currentChanged.connect(self._refresh_buttons)

    def _lines(self) -> tuple[QLabel, ...]:
        """Give the words that stand in a line with the buttons."""
        return (self._title, self._count, self._how, self._reminder)

    def _fit(self) -> None:
        self._stack.setMinimumHeight(self._appearance.look.px(240))
        for words in self._lines():
            words.setMinimumHeight(self.add.sizeHint().height())

    def _filter(self, chosen: Filter) -> None:
        self.table.finish_editing()
        self._shown.show_only(chosen)
        self.table.fit()
        self._refresh()

    def _sort(self, column: Column | None, reverse: bool) -> None:  # noqa: FBT001 - Qt's signal
        order = Qt.SortOrder.DescendingOrder if reverse else Qt.SortOrder.AscendingOrder
        self.table.horizontalHeader().setSortIndicator(-1 if column is None else column, order)

    def _sort_by_heading(self, section: int, order: Qt.SortOrder) -> None:
        self.table.finish_editing()
        column = None if section < 0 else Column(section)
        descending = order is Qt.SortOrder.DescendingOrder
        self.filters.show_order(column, reverse=descending and column is not None)
        self._shown.sort(section, order)
        self.table.fit()
        self.table.scrollTo(self.table.currentIndex())

    def _refresh(self) -> None:
        total, shown = len(self._actions.actions), self._shown.rowCount()
        self.filters.show_owners(self._actions.actions)
        self.filters.setVisible(total > 0)
        self._count.setVisible(total > 0)
        self._how.setVisible(shown > 0)
        self._count.setText(f"{shown} of {count(total, 'action')} shown")
        empty = _EMPTY_TO_READ if self._document.is_read_only else _EMPTY
        self._empty.show_words(*(_HIDDEN if total else empty), way_out=total > 0)
        self._stack.setCurrentWidget(self.table if shown else self._empty)
        self._refresh_buttons()

    def _refresh_buttons(self) -> None:
        self.remove.setEnabled(bool(self._chosen()) and not self._document.is_read_only)
        self.go.setEnabled(self._row() is not None)

    def _chosen(self) -> list[Action]:
        rows = self.table.selectionModel().selectedRows()
        return [self._action(index) for index in rows]

    def _action(self, index: QModelIndex) -> Action:
        return self._actions.actions[self._shown.mapToSource(index).row()]

    def _row(self) -> str | None:
        """Give the row of the model that the action in focus is tied to, if the model has it."""
        index = self.table.currentIndex()
        row = self._action(index).row if index.isValid() else None
        return row if row is not None and self._document.model.has_row(row) else None

    def _go_to_row(self) -> None:
        self.table.finish_editing()
        if (row := self._row()) is not None:
            self.row_asked.emit(row)

    def _remove_chosen(self) -> None:
        chosen = self._chosen()
        if not chosen:
            return
        here = self.table.currentIndex()
        self._document.apply(RemoveActions(tuple(action.id for action in chosen)))
        left = self._shown.rowCount()
        if left:
            self.table.choose(self._shown.index(min(here.row(), left - 1), here.column()))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)


class _Empty(QWidget):
    """What is said where no action is shown, and what to do next."""

    def __init__(self, way_out: Callable[[], None]) -> None:
        super().__init__()
        # Out of sight it would have a say in how tall the table is, and one that is out of date.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        card = QFrame()
        card.setObjectName("card")
        self._title = label("", "heading")
        self._words = label("")
        self._button = _button("Show all", way_out)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._words)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 8, 0, 0)
        outer.addWidget(card)
        outer.addStretch(1)

    def show_words(self, title: str, words: str, *, way_out: bool) -> None:
        self._title.setText(title)
        self._words.setText(words)
        self._button.setVisible(way_out)


def _button(words: str, pressed: Callable[[], None]) -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(False)
    button.clicked.connect(lambda: pressed())
    return button
