"""The record of a change as a whole: notes, the enablers, and the populations in focus.

For `hicm_desktop.ui.side_panel`. One panel serves all changes.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from hicm_desktop.document.document import Document
from hicm_desktop.ui.fields import LabelledText
from hicm_desktop.ui.labels import label
from hicm_desktop.ui.patient_warning import REMINDER
from hicm_desktop.ui.private_note import PrivateNote
from hicm_desktop.workshop.edits import ENABLERS, ChangeField, WriteChange

_HINTS = {
    ChangeField.NOTE: "Anything about this change as a whole",
    ChangeField.WORKFORCE: "Who is needed, and what would help them?",
    ChangeField.COMMUNICATION: "Who needs to hear what, and from whom?",
    ChangeField.CULTURE: "What would people need to believe or do differently?",
    ChangeField.GOVERNANCE: "Who decides, and who is kept informed?",
    ChangeField.POPULATIONS: "Who might fare differently here?",
}


class ChangeNotes(QWidget):
    """What is recorded about one change beside its rows."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._change = ""
        self._name = label("", "heading")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._name)
        layout.addWidget(label(REMINDER, "small"))
        self.fields = {
            field: PrivateNote() if field.is_private else LabelledText(field.words, _HINTS[field])
            for field in ChangeField
        }
        for field, widget in self.fields.items():
            if field is ENABLERS[0]:
                layout.addWidget(label("What helps here, or stands in the way", "small"))
            widget.field.edited.connect(self._writer(field))
            widget.field.left.connect(document.end_typing)
            layout.addWidget(widget)
            if document.is_read_only:
                widget.field.only_show()
        layout.addStretch(1)

    def show_change(self, change_id: str) -> None:
        """Show the record of a change of the model."""
        self._change = change_id
        title = self._document.model.change(change_id).title
        self._name.setText(title)
        self.setAccessibleName(f"Notes on {title}")
        self.refresh()

    def refresh(self) -> None:
        """Show what is recorded now."""
        if self._change:
            record = self._document.workshop.change(self._change)
            for field, widget in self.fields.items():
                widget.field.show_text(field.read(record))

    def focus_field(self, field: ChangeField) -> None:
        """Take the keyboard to a field."""
        self.fields[field].take_keyboard()

    def _writer(self, field: ChangeField) -> Callable[[str], object]:
        return lambda text: self._document.apply(WriteChange(self._change, field, text))
