"""The three actions the room puts first: chosen from the plan, and put in order, by keyboard.

For `hicm_desktop.ui.closing.page` only. The order is the room's own; nothing is computed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from hicm_desktop.document.document import Document
from hicm_desktop.ui.announcing import announce
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.flow import FlowLayout
from hicm_desktop.ui.labels import label
from hicm_desktop.ui.line_list import Line, LineList
from hicm_desktop.workshop.recorded_texts import action_words
from hicm_desktop.workshop.report import due_words
from hicm_desktop.workshop.room_edits import PutFirst
from hicm_desktop.workshop.values import MOST_PUT_FIRST, Action, Workshop

PUT_FIRST, TAKE_AWAY = "Put first", "Take away"
_HEIGHT = 204
_EARLIER, _LATER = -1, 1
_NO_ACTIONS = "There are no actions yet. Make them from the rows, or on the action plan."
_NONE = "Choose an action and press Enter, or “Put first”. Up to three."
_FULL = "Three actions are put first. Take one away to choose another."


class FirstActions(QFrame):
    """The actions of the plan, those put first on top with their number."""

    def __init__(
        self, document: Document, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self.setObjectName("card")
        self.setAccessibleName("Actions put first")
        self._said = label("", "small")
        self.list = _ActionList("Actions to put first", appearance, returned_to=True)
        self.put = _button(PUT_FIRST, self.toggle)
        self.earlier = _button("Earlier   Alt+↑", lambda: self.shift(_EARLIER))
        self.later = _button("Later   Alt+↓", lambda: self.shift(_LATER))
        self.earlier.setAccessibleName("Earlier in the order")
        self.later.setAccessibleName("Later in the order")
        self._buttons = QWidget()
        flow = FlowLayout(self._buttons, gap=8)
        for button in (self.put, self.earlier, self.later):
            flow.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.setSpacing(8)
        layout.addWidget(label("The three actions the room puts first", "heading"))
        layout.addWidget(self._said)
        layout.addWidget(self.list)
        layout.addWidget(self._buttons)
        self.list.chosen.connect(lambda _line: self.toggle())
        self.list.moved.connect(self.shift)
        self.list.selectionModel().currentChanged.connect(self._refresh)
        self.list.doubleClicked.connect(lambda _index: self.toggle())

    def show_workshop(self, workshop: Workshop) -> None:
        """Show the actions recorded now; the one in focus stays in focus."""
        first = workshop.first_actions
        by_id = {action.id: action for action in workshop.actions}
        order = [by_id[i] for i in first if i in by_id]
        order += [action for action in workshop.actions if action.id not in first]
        self.list.fit_to(_HEIGHT, whole=sum(action.id in first for action in order))
        self.list.show_lines([self._line(action, first) for action in order])
        there = bool(workshop.actions)
        self.list.setVisible(there)
        self._buttons.setVisible(there)
        self._refresh()

    def toggle(self) -> None:
        """Put the action in focus first, after those that are, or take it away from them."""
        action, first = self._action(), self._first()
        if action is None:
            return
        if action in first:
            self._put(tuple(i for i in first if i != action), "Not put first any more")
        elif len(first) < MOST_PUT_FIRST:
            self._put((*first, action), f"Put first, {len(first) + 1}")
        else:
            announce(self._said, _FULL)

    def shift(self, steps: int) -> None:
        """Move the action in focus in the order of those put first."""
        action, first = self._action(), self._first()
        if action is None or action not in first:
            return
        here = first.index(action)
        there = min(max(here + steps, 0), len(first) - 1)
        order = [i for i in first if i != action]
        order.insert(there, action)
        if there != here:
            self._put(tuple(order), f"Put first, {there + 1}")

    def _put(self, actions: Sequence[str], words: str) -> None:
        if self._document.apply(PutFirst(tuple(actions))):
            announce(self.list, words)

    def _first(self) -> tuple[str, ...]:
        return self._document.workshop.first_actions

    def _action(self) -> str | None:
        line = self.list.line()
        return line.key if line is not None and isinstance(line.key, str) else None

    def _refresh(self) -> None:
        action, first = self._action(), self._first()
        is_first, is_full = action in first, len(first) >= MOST_PUT_FIRST
        can_write = not self._document.is_read_only
        self.put.setText(TAKE_AWAY if is_first else PUT_FIRST)
        self.put.setEnabled(can_write and action is not None and (is_first or not is_full))
        for button in (self.earlier, self.later):
            button.setEnabled(can_write and is_first and len(first) > 1)
        words = _NONE if len(first) < MOST_PUT_FIRST else _FULL
        if not can_write:
            words = "Open to be read only."
        self._said.setText(words if self._document.workshop.actions else _NO_ACTIONS)

    def _line(self, action: Action, first: tuple[str, ...]) -> Line:
        where = " · ".join(action_words(self._document.model, action)[1:])
        more = ", ".join(filter(None, (action.owner.strip(), due_words(action).strip())))
        return Line(
            title=action.to_do.strip() or "No wording yet",
            text="\n".join(filter(None, (where, more))),
            key=action.id,
            badge=str(first.index(action.id) + 1) if action.id in first else "",
        )


class _ActionList(LineList):
    """Moves the line in focus by Alt and an arrow: `moved` carries how far."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: _EARLIER, Qt.Key.Key_Down: _LATER}.get(Qt.Key(event.key()))
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if steps is not None and held == Qt.KeyboardModifier.AltModifier:
            self.moved.emit(steps)
        else:
            super().keyPressEvent(event)


def _button(words: str, pressed: Callable[[], None]) -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(False)
    button.clicked.connect(lambda: pressed())
    return button
