"""The record of the row in focus: its outcome, its evidence, and its actions.

For `hicm_desktop.ui.side_panel`. One panel serves all rows; it is filled anew when the focus moves.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from hicm_desktop.document.document import Document
from hicm_desktop.ui.choices import Choice, Grouping
from hicm_desktop.ui.fields import LabelledText, label
from hicm_desktop.ui.flow import FlowLayout
from hicm_desktop.ui.patient_warning import REMINDER
from hicm_desktop.workshop.edits import RowField, SetOutcome, WriteRow
from hicm_desktop.workshop.report import due_words
from hicm_desktop.workshop.values import Action, Outcome
from hicm_desktop.workshop.words import standing

_HINTS = {
    RowField.REASON: "Who, and why",
    RowField.DATA: "Figures, dates, where they come from",
    RowField.PEOPLE: "What you hear from people, carers and staff",
    RowField.LOCAL_INTERPRETATION: "How this works here, in your own way",
    RowField.DIFFERING_VIEW: "Who sees it otherwise, and why",
    RowField.NOTE: "Anything else worth keeping",
    RowField.PRIVATE_NOTE: "For you alone: in no room view, and in no export unless named",
}
_OUTCOMES = (
    Outcome.AGREED,
    Outcome.AGREED_WITH_RESERVATION,
    Outcome.PARKED,
    Outcome.NOT_APPLICABLE,
    Outcome.NOT_DISCUSSED,
)
_SHORT = {
    Outcome.AGREED_WITH_RESERVATION: "With reservation",
}


class RowPanel(QWidget):
    """What is recorded about one row. `action_opened` carries the id of an action to edit."""

    action_asked = Signal()
    action_opened = Signal(str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._row = ""
        self._name = label("", "heading")
        self._standing = label("", "strong")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._name)
        layout.addWidget(self._standing)
        layout.addWidget(self._outcome_buttons())
        layout.addWidget(label(REMINDER, "small"))
        self.fields = {field: LabelledText(field.words, _HINTS[field]) for field in RowField}
        for field, widget in self.fields.items():
            widget.field.edited.connect(self._writer(field))
            widget.field.left.connect(document.end_typing)
            layout.addWidget(widget)
            if document.is_read_only:
                widget.field.only_show()
        layout.addWidget(self._actions())
        layout.addStretch(1)

    @property
    def row(self) -> str:
        """The id of the row whose record is shown."""
        return self._row

    def show_row(self, row_id: str) -> None:
        """Show the record of a row of the model."""
        self._row = row_id
        model = self._document.model
        self._name.setText(model.row(row_id).name)
        self.setAccessibleName(f"Record of {model.row(row_id).name}")
        self.refresh()

    def refresh(self) -> None:
        """Show what is recorded now."""
        if not self._row:
            return
        workshop, model = self._document.workshop, self._document.model
        record = workshop.row(self._row)
        self._standing.setText(standing(model, record))
        for outcome, button in self._outcomes.items():
            button.show_chosen(chosen=outcome is record.outcome)
            button.setEnabled(record.level is not None or not outcome.is_agreed)
        for field, widget in self.fields.items():
            widget.field.show_text(field.read(record))
        self.fields[RowField.REASON].setVisible(record.outcome.needs_reason or bool(record.reason))
        self._show_actions(workshop.actions_of(self._row))
        following = model.next_level(record.level)
        self._next.setVisible(following is not None)
        if following is not None:
            wording = model.descriptor(self._row, following.id)
            self._next.setText(f"Next level, {following.name}: “{wording}”")

    def focus_field(self, field: RowField) -> None:
        """Take the keyboard to a field."""
        self.fields[field].take_keyboard()

    def _outcome_buttons(self) -> QWidget:
        holder = Grouping("Outcome")
        flow = FlowLayout(holder, gap=4)
        self._outcomes = {}
        for outcome in _OUTCOMES:
            button = Choice(_SHORT.get(outcome, outcome.words))
            button.setAccessibleName(outcome.words)
            if outcome.is_agreed:
                button.setToolTip("Click a descriptor, or press 1 to 5, to agree a level")
            button.chosen.connect(self._settler(outcome))
            flow.addWidget(button)
            self._outcomes[outcome] = button
        return holder

    def _actions(self) -> QWidget:
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(label("Actions", "strong"))
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        layout.addLayout(self._list)
        add = QPushButton("Add an action   Ctrl+Return")
        add.setProperty("kind", "primary")
        add.setAccessibleName("Add an action from this row")
        add.clicked.connect(self.action_asked)
        add.setEnabled(not self._document.is_read_only)
        layout.addWidget(add)
        self._next = label("", "small")
        layout.addWidget(self._next)
        self._shown: tuple[Action, ...] = ()
        return holder

    def _show_actions(self, actions: tuple[Action, ...]) -> None:
        if actions == self._shown:
            return
        self._shown = actions
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        before: QWidget = self.fields[RowField.NOTE].field
        for action in actions:
            button = self._action_button(action)
            self._list.addWidget(button)
            self.setTabOrder(before, button)
            before = button

    def _action_button(self, action: Action) -> QWidget:
        words = action.to_do.strip() or "Nothing written yet"
        due = due_words(action)
        button = ActionButton(f"{words} · {due}" if due else words)
        button.clicked.connect(lambda: self.action_opened.emit(action.id))
        return button

    def _writer(self, field: RowField) -> Callable[[str], object]:
        return lambda text: self._document.apply(WriteRow(self._row, field, text))

    def _settler(self, outcome: Outcome) -> Callable[[], None]:
        def settle() -> None:
            stands = self._document.apply(SetOutcome(self._row, outcome))
            self.refresh()
            if stands and outcome.needs_reason:
                self.focus_field(RowField.REASON)

        return settle


class ActionButton(QPushButton):
    """A button whose words wrap, since an action is a sentence and is never cut short."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setAccessibleName(f"Edit action: {words}")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 6)
        text = label(words)
        text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout.addWidget(text)
