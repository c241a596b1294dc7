"""The details of a workshop: where, when and who, what is in focus, and the agenda.

For `hicm_desktop.ui`. It edits a copy; the caller makes the one edit of what was accepted.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hicm_desktop.model.values import Model
from hicm_desktop.ui.details.agenda import AgendaField
from hicm_desktop.ui.details.line_text import LineText
from hicm_desktop.ui.details.partners import PartnersField
from hicm_desktop.ui.due_field import DateField, Due
from hicm_desktop.ui.fields import AutoText
from hicm_desktop.ui.labels import label
from hicm_desktop.ui.patient_warning import REMINDER, PatientWarning
from hicm_desktop.ui.scrolling import scroll_to, scrolled
from hicm_desktop.ui.sized_dialog import SizedDialog
from hicm_desktop.workshop.values import Details

_SIZE = QSize(980, 760)
"""What the dialog would like, in px where a line of text is 20 px high."""


class DetailsDialog(SizedDialog):
    """Asks for a workshop's details. `details` gives them once it is accepted."""

    def __init__(self, model: Model, details: Details, parent: QWidget | None = None) -> None:
        super().__init__(_SIZE, parent)
        self.setWindowTitle("Workshop details")
        self.place = LineText("System or place")
        self.date = DateField("Date")
        self.facilitator = LineText("Facilitator")
        self.populations = AutoText("Populations in focus", "Who this workshop is about")
        self.populations.setUndoRedoEnabled(True)
        self.partners = PartnersField(after=self.populations)
        self.agenda = AgendaField(model)
        self.keep = QPushButton("Keep these details")
        self.keep.setProperty("kind", "primary")
        self.cancel = QPushButton("Cancel   Esc")
        self.cancel.setAccessibleName("Cancel")
        self._field: QWidget | None = None
        self._doubt = self._make_doubt()
        self._lay_out()
        self._show(details)
        self._before = self.details()
        self.keep.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        warnings = self.findChildren(PatientWarning)
        holding = next((w.held_by for w in warnings if w.held_by is not None), None)
        self._first = holding or self.place
        self._first.setFocus()

    def details(self) -> Details:
        """Give the details as they stand in the dialog."""
        return Details(
            place=self.place.text(),
            held_on=self.date.date,
            facilitator=self.facilitator.text(),
            partners=self.partners.partners(),
            populations=self.populations.text(),
            agenda=self.agenda.agenda(),
        )

    def accept(self) -> None:
        """Close with the details kept, unless the date is one that nobody could keep."""
        if self.date.is_read:
            super().accept()
        else:
            self.date.line.setFocus()
            self._scroll.ensureWidgetVisible(self.date)

    def reject(self) -> None:
        """Close with nothing kept; where something was written, say so and wait."""
        if self.details() == self._before and self.date.is_read:
            super().reject()
        elif self._doubt.isHidden():
            self._ask(asked=True)
        else:
            self._ask(asked=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Return keeps the details; Return alone goes on, or presses the button in focus."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.accept()
        elif isinstance(button := self.focusWidget(), QPushButton):
            button.click()
        else:
            self.focusNextChild()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        scroll_to(self._first)

    def _show(self, details: Details) -> None:
        self.place.show_text(details.place)
        self.date.show_due(Due(details.held_on))
        self.facilitator.show_text(details.facilitator)
        self.partners.show_partners(details.partners)
        self.populations.show_text(details.populations)
        self.agenda.show_agenda(details.agenda)

    def _lay_out(self) -> None:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(20, 16, 20, 16)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._put(grid, 0, 0, "System or place", self.place)
        self._put(grid, 0, 1, "Date", self.date)
        self._put(grid, 2, 0, "Facilitator", self.facilitator)
        self._put(grid, 2, 1, "Populations in focus", self.populations)
        for line, words, field in (
            (4, "Partners in the room", self.partners),
            (7, "Agenda", self.agenda),
        ):
            grid.setRowMinimumHeight(line, 10)
            grid.addWidget(label(words, "heading"), line + 1, 0, 1, 2)
            grid.addWidget(field, line + 2, 0, 1, 2)
        grid.setRowStretch(10, 1)
        self._scroll = scrolled(body)
        self._foot = QFrame()
        self._foot.setObjectName("status")
        buttons = QHBoxLayout(self._foot)
        buttons.setContentsMargins(20, 10, 20, 10)
        buttons.addWidget(label(REMINDER, "small"), 1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self._doubt)
        layout.addWidget(self._foot)

    def _put(self, grid: QGridLayout, row: int, column: int, words: str, field: QWidget) -> None:
        caption = label(words, "strong")
        caption.setBuddy(field)
        grid.addWidget(caption, row, column)
        box = QVBoxLayout()
        box.setSpacing(3)
        box.addWidget(field)
        if isinstance(field, AutoText):
            box.addWidget(PatientWarning(field))
        box.addStretch(1)
        grid.addLayout(box, row + 1, column)

    def _make_doubt(self) -> QFrame:
        """Make the question that takes the place of a message box, within the dialog."""
        frame = QFrame()
        frame.setObjectName("status")
        self.go_on = QPushButton("Keep editing   Esc")
        self.go_on.setProperty("kind", "primary")
        self.go_on.setAccessibleName("Keep editing")
        self.let_go = QPushButton("Close without them")
        self.go_on.clicked.connect(lambda: self._ask(asked=False))
        self.let_go.clicked.connect(self._leave)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.let_go)
        buttons.addWidget(self.go_on)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(20, 10, 20, 10)
        layout.addWidget(label("You have made changes here, and they are not kept yet.", "strong"))
        layout.addLayout(buttons)
        frame.hide()
        return frame

    def _leave(self) -> None:
        super().reject()

    def _ask(self, *, asked: bool) -> None:
        if asked:
            self._field = self.focusWidget()
        self._doubt.setVisible(asked)
        self._foot.setVisible(not asked)
        if asked:
            self.go_on.setFocus()
        elif self._field is not None:
            QTimer.singleShot(0, self, self._go_back)

    def _go_back(self) -> None:
        """Give the keyboard back to where it was, unless that has gone with its partner."""
        for widget in self.findChildren(QWidget):
            if widget is self._field:
                widget.setFocus()
