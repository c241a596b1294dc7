"""A dialog that opens at the size it wants. For `hicm_desktop.ui`."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from hicm_desktop.ui.screen_room import screen_room

_FRAME = QSize(24, 56)
"""What a window manager puts around it, in px."""


class SizedDialog(QDialog):
    """A dialog of a size of its own, as far as the screen has room for it."""

    def __init__(self, size: QSize, parent: QWidget | None = None) -> None:
        """Make a dialog that would like this size, in px where a line of text is 20 px high."""
        super().__init__(parent)
        self._size = size

    def showEvent(self, event: QShowEvent) -> None:
        """Open at the size that is wanted: left alone, Qt allows two thirds of the screen."""
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self.resize(self.sizeHint())
        super().showEvent(event)

    def sizeHint(self) -> QSize:
        room = screen_room(self).size() - _FRAME
        return (self._size * self.fontMetrics().height() / 20).boundedTo(room)
