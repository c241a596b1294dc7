"""The panel beside the matrix: the row in focus, the change, the guidance, or the decision log.

For `hicm_desktop.ui.change_view`. There is one for all changes; it follows the row in focus.
"""

from __future__ import annotations

import enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hicm_desktop.document.document import Document
from hicm_desktop.ui.action_editor import ActionEditor
from hicm_desktop.ui.appearance import Appearance, wear_anew
from hicm_desktop.ui.change_notes import ChangeNotes
from hicm_desktop.ui.choices import Choice, Grouping
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.guidance import Guidance
from hicm_desktop.ui.log_panel import LogPanel
from hicm_desktop.ui.row_panel import RowPanel
from hicm_desktop.ui.scrolling import scroll_area


class Side(enum.Enum):
    """What the panel shows, with the words of its switch."""

    ROW = "This row"
    CHANGE = "This change"
    GUIDANCE = "Guidance"
    LOG = "Log"
    ACTION = "Action"


_TIPS = {
    Side.ROW: "What is recorded about the row in focus (N: its note)",
    Side.CHANGE: "What is recorded about the change as a whole (C)",
    Side.GUIDANCE: "Tips (T), materials (M), examples (E) and level definitions (L)",
    Side.LOG: Command.LOG.tip,
}


class SidePanel(QFrame):
    """Follows the row in focus, and shows one `Side` of it."""

    action_asked = Signal()
    change_asked = Signal(str)
    left = Signal()

    def __init__(
        self, document: Document, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._document = document
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 4, 0)
        layout.setSpacing(8)
        layout.addWidget(self._switch())
        self._stack = QStackedWidget(self)
        layout.addWidget(self._stack, 1)
        rows, changes, actions = (scroll_area(self._stack) for _ in range(3))
        self.row = RowPanel(document, rows.viewport())
        self.change = ChangeNotes(document, changes.viewport())
        self.guidance = Guidance("Guidance from the model", appearance, self._stack)
        self.action = ActionEditor(document, actions.viewport())
        self.log = LogPanel(document, appearance, self._stack)
        self._pages: dict[Side, QWidget] = {
            Side.ROW: _filled(rows, self.row),
            Side.CHANGE: _filled(changes, self.change),
            Side.GUIDANCE: self.guidance,
            Side.ACTION: _filled(actions, self.action),
            Side.LOG: self.log,
        }
        for page in self._pages.values():
            self._stack.addWidget(page)
        self._guided = ""
        self.row.action_asked.connect(self.action_asked)
        self.row.action_opened.connect(self.open_action)
        self.action.closed.connect(self.leave_action)
        self.guidance.change_asked.connect(self.change_asked)
        self.turn_to(Side.ROW)

    @property
    def side(self) -> Side:
        """What the panel shows."""
        return next(s for s, page in self._pages.items() if page is self._stack.currentWidget())

    @property
    def written_action(self) -> str | None:
        """The id of the action that is open to be written; None while another side is shown."""
        return self.action.action_id if self.side is Side.ACTION else None

    def show_row(self, row_id: str) -> None:
        """Follow the focus to a row. An action being written gives way to it."""
        change = self._document.model.change_of(row_id)
        self.row.show_row(row_id)
        self.log.show_row(row_id)
        self._top(Side.ROW)
        self.change.show_change(change.id)
        if self._guided != change.id:
            self._guided = change.id
            self.guidance.show_change(self._document.model, change)
        if self.side is Side.ACTION:
            self.turn_to(Side.ROW)

    def refresh(self) -> None:
        """Show what is recorded now."""
        self.row.refresh()
        self.change.refresh()
        self.action.refresh()
        self.log.refresh()

    def turn_to(self, side: Side) -> None:
        """Show one side."""
        self._stack.setCurrentWidget(self._pages[side])
        self.log.refresh()
        for each, button in self._switches.items():
            button.show_chosen(chosen=each is side or (each is Side.ROW and side is Side.ACTION))

    def show_guidance(self, part_id: str) -> None:
        """Show a part of the model's guidance on the change in focus."""
        self.turn_to(Side.GUIDANCE)
        self.guidance.show_part(part_id)
        self.guidance.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def open_action(self, action_id: str) -> None:
        """Show an action to be written."""
        self.action.show_action(action_id)
        self.turn_to(Side.ACTION)
        self._top(Side.ACTION)
        self.action.focus_to_do()

    def set_below(self, *, below: bool) -> None:
        """Draw the panel's edge on the side where the matrix is."""
        self.setProperty("below", below)
        wear_anew(self)

    def leave_action(self) -> None:
        """Go back to the row from its action. `left` is emitted where that is seen."""
        if self.side is Side.ACTION:
            self.turn_to(Side.ROW)
            if self.isVisible():  # out of sight it is the workshop that left it, not the user
                self.left.emit()

    @property
    def has_private_note(self) -> bool:
        """Whether a private note may stand in what the panel shows."""
        return self.side in (Side.ROW, Side.CHANGE)

    def show_top(self) -> None:
        """Show what the panel shows from its top."""
        self._top(self.side)

    def show_row_from_top(self) -> None:
        """Show the row in focus, from its top: its private note stands at its foot."""
        self.turn_to(Side.ROW)
        self.show_top()

    def _switch(self) -> QWidget:
        holder = Grouping("What the panel shows")
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 0, 10, 0)
        layout.setSpacing(0)
        self._switches = {}
        for side in (Side.ROW, Side.CHANGE, Side.GUIDANCE, Side.LOG):
            button = Choice(side.value)
            button.setToolTip(_TIPS[side])
            button.chosen.connect(lambda s=side: self.turn_to(s))
            layout.addWidget(button, 1)
            self._switches[side] = button
        return holder

    def _top(self, side: Side) -> None:
        page = self._pages[side]
        if isinstance(page, QScrollArea):
            page.verticalScrollBar().setValue(0)


def _filled(area: QScrollArea, widget: QWidget) -> QScrollArea:
    """Put a side of the panel into what it scrolls in, with room for the bar."""
    layout = widget.layout()
    if layout is not None:
        layout.setContentsMargins(0, 0, 10, 12)
    area.setWidget(widget)
    return area
