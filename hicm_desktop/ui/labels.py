"""Labels and links of the window and its dialogs. For `hicm_desktop.ui`."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton


def label(text: str, kind: str = "body", *, rich: bool = False) -> QLabel:
    """Make a label that wraps. `kind` is one of the style sheet's."""
    widget = QLabel(text)
    widget.setProperty("type", kind)
    widget.setWordWrap(True)
    widget.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
    return widget


class _Link(QPushButton):
    """A button that Return presses, as it follows a link, and Space."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not held and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def link_button(text: str, tip: str = "") -> QPushButton:
    """Make a button that looks like the link it is."""
    button = _Link(text)
    button.setProperty("kind", "link")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setAutoDefault(False)
    if tip:
        button.setToolTip(tip)
    return button
