"""A text of one line that wraps rather than hide its end. For `hicm_desktop.ui.details_dialog`.

Return is left to what holds it, and what is pasted becomes one line. It has an Undo of its own, for
nothing of the dialog is recorded until it is kept.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QKeyEvent

from hicm_desktop.ui.fields import AutoText


class LineText(AutoText):
    """A field for a name or the like."""

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__(name, hint, lines=1)
        self.setUndoRedoEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self.takes(source.text()):
            self.insertPlainText(" ".join(source.text().splitlines()))
