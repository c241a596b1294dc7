"""Words beneath a field that something is amiss there. For `hicm_desktop.ui`."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class AlertLine(QLabel):
    """Words that wrap and take no room while there is nothing to say.

    A label, since a screen reader passes over a plain widget. `changed` is emitted once it says
    something else, for what must make room for it.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("type", "alert")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.hide()

    def minimumSizeHint(self) -> QSize:
        """Be as narrow as its place: the words wrap."""
        return QSize(0, super().minimumSizeHint().height())
