"""Covers the console while a question is asked over it, in place of the room view on one screen.

For `hicm_desktop.ui.room.projector`. The room then sees the question, and behind it the ground of
what it saw before: not the notes and reasons that stand in the console.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget


class Curtain(QWidget):
    """A plain cover over all of a window."""

    def __init__(self, console: QWidget, colour: QColor) -> None:
        """Draw it over the console at once; it goes by `deleteLater`."""
        super().__init__(console)
        self._colour = colour
        self.setGeometry(console.rect())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._colour)
        painter.end()
