"""The record of the row in focus: its outcome, its hands, its evidence, and its actions.

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
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.fields import LabelledText
from hicm_desktop.ui.hands_panel import HandsPanel
from hicm_desktop.ui.labels import label
from hicm_desktop.ui.layouts import take_out
from hicm_desktop.ui.outcome_choices import LeanChoices, OutcomeChoices
from hicm_desktop.ui.patient_warning import REMINDER
from hicm_desktop.ui.previous_level import PreviousLevel
from hicm_desktop.ui.private_note import PrivateNote
from hicm_desktop.ui.settling import can_lean
from hicm_desktop.workshop.edits import RowField, WriteRow
from hicm_desktop.workshop.report import due_words
from hicm_desktop.workshop.values import Action, Lean, RowRecord
from hicm_desktop.workshop.words import standing

_HINTS = {
    RowField.REASON: "Who, and why",
    RowField.DATA: "Figures, dates, where they come from",
    RowField.PEOPLE: "What you hear from people, carers and staff",
    RowField.LOCAL_INTERPRETATION: "How this works here, in your own way",
    RowField.DIFFERING_VIEW: "Who sees it otherwise, and why",
    RowField.NOTE: "Anything else worth keeping",
}
_NEEDED = "Reason (needed)"
"""The label of the reason while there should be one and is none."""
_KEPT = "Reason (kept from before)"
"""The label of a reason that is not one of what holds now."""


class RowPanel(QWidget):
    """What is recorded about one row. `action_opened` carries the id of an action to edit.

    `outcome_asked` carries an `Outcome`, `lean_asked` a `Lean` or None.
    """

    outcome_asked = Signal(object)
    lean_asked = Signal(object)
    previous_asked = Signal()
    action_asked = Signal()
    action_opened = Signal(str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._row = ""
        self._name = label("", "heading")
        self._standing = label("", "strong")
        self.outcomes = OutcomeChoices()
        self.outcomes.asked.connect(self.outcome_asked)
        self.leans = LeanChoices()
        self.leans.asked.connect(self.lean_asked)
        self.previous = PreviousLevel(document)
        self.previous.asked.connect(self.previous_asked)
        self.hands = HandsPanel(document)
        self.fields: dict[RowField, LabelledText] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._name)
        layout.addWidget(self._standing)
        layout.addWidget(self.outcomes)
        layout.addWidget(self.leans)
        layout.addWidget(self._field(RowField.REASON))
        layout.addWidget(self.previous)
        layout.addWidget(self.hands)
        layout.addWidget(label(REMINDER, "small"))
        for field in RowField:
            if field is not RowField.REASON and not field.is_private:
                layout.addWidget(self._field(field))
        layout.addWidget(self._actions())
        layout.addWidget(self._field(RowField.PRIVATE_NOTE))
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
        self.outcomes.show_record(record)
        can_rise, can_fall = (can_lean(self._document, self._row, lean) for lean in Lean)
        self.leans.show_record(record, can_rise=can_rise, can_fall=can_fall)
        self.previous.show_row(self._row)
        self.hands.show_row(self._row)
        for field, widget in self.fields.items():
            widget.field.show_text(field.read(record))
        self._show_need(record)
        self._show_actions(workshop.actions_of(self._row))
        following = model.next_level(record.level)
        if record.level is None:
            self._next.clear()
        elif following is None:
            self._next.setText(f"{model.levels[-1].name} is the highest level.")
        else:
            wording = model.descriptor(self._row, following.id)
            self._next.setText(f"Next level, {following.name}: “{wording}”")
        self._next.setVisible(bool(self._next.text()))

    def focus_field(self, field: RowField) -> None:
        """Take the keyboard to a field."""
        self.fields[field].take_keyboard()

    def _field(self, field: RowField) -> LabelledText:
        """Make the text field of a field of the record."""
        widget = PrivateNote() if field.is_private else LabelledText(field.words, _HINTS[field])
        widget.field.edited.connect(self._writer(field))
        widget.field.left.connect(self._document.end_typing)
        if self._document.is_read_only:
            widget.field.only_show()
        self.fields[field] = widget
        return widget

    def _show_need(self, record: RowRecord) -> None:
        """Ask for the reason where there should be one. Nothing waits for it."""
        reason = self.fields[RowField.REASON]
        needed = record.outcome.needs_reason and not record.reason.strip()
        written = reason.field.hasFocus()  # hidden, it would have its words go to the next field
        reason.setVisible(record.outcome.needs_reason or bool(record.reason) or written)
        words = RowField.REASON.words if record.outcome.needs_reason else _KEPT
        reason.caption.setText(_NEEDED if needed else words)
        reason.field.setAccessibleName(_NEEDED if needed else words)

    def _actions(self) -> QWidget:
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(label("Actions", "strong"))
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        layout.addLayout(self._list)
        add = QPushButton("Add an action   A")
        add.setProperty("kind", "primary")
        add.setAccessibleName("Add an action from this row")
        add.setToolTip(f"Add an action from this row (A, or {Command.ACTION.shown})")
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
        for button in take_out(self._list):
            button.deleteLater()
        before: QWidget = self.fields[RowField.NOTE].field
        for action in actions:
            shown = self._action_button(action)
            self._list.addWidget(shown)
            self.setTabOrder(before, shown)
            before = shown

    def _action_button(self, action: Action) -> QWidget:
        words = action.to_do.strip() or "Nothing written yet"
        due = due_words(action)
        button = ActionButton(f"{words} · {due}" if due else words)
        button.clicked.connect(lambda: self.action_opened.emit(action.id))
        return button

    def _writer(self, field: RowField) -> Callable[[str], object]:
        return lambda text: self._document.apply(WriteRow(self._row, field, text))


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
