"""Where a row stood in the earlier workshop: hidden until the room has agreed, or is shown it.

For `hicm_desktop.ui.row_panel`; the words also for what tells of it in passing.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from hicm_desktop.document.document import Document
from hicm_desktop.model.values import Model
from hicm_desktop.ui.labels import label, link_button
from hicm_desktop.workshop.dates import date_words
from hicm_desktop.workshop.journey import previous
from hicm_desktop.workshop.values import Workshop

_HIDDEN = "Previous level: hidden until one is agreed."


def previous_words(model: Model, workshop: Workshop, row_id: str) -> str:
    """Say where a row stood, when, and what moved since; empty where that is to stay hidden."""
    found = previous(model, workshop, row_id)
    if found is None or workshop.baseline is None:
        return ""
    stood = ", ".join(filter(None, (found.words, date_words(workshop.baseline.held_on))))
    moved = f" {found.movement}." if found.movement else ""
    return f"Earlier: {stood}.{moved}"


class PreviousLevel(QWidget):
    """The previous level of the row in focus. It is there only where there is a baseline."""

    asked = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.words = label("", "body")
        self.button: QPushButton = link_button("", "Show or hide the previous level (R)")
        self.button.clicked.connect(self.asked)
        self.button.setEnabled(not document.is_read_only)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.words)
        layout.addWidget(self.button)

    def show_row(self, row_id: str) -> None:
        """Show what may be seen of it for a row."""
        workshop = self._document.workshop
        self.setVisible(workshop.baseline is not None)
        words = previous_words(self._document.model, workshop, row_id)
        self.words.setText(words or _HIDDEN)
        self.button.setText("Hide it again (R)" if words else "Show it (R)")
        self.button.setVisible(not workshop.row(row_id).outcome.is_agreed)
