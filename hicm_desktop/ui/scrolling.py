"""A panel that scrolls, and scrolling one to what is meant, which Qt does for Tab alone.

For `hicm_desktop.ui`.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QScrollArea, QWidget
from shiboken6 import isValid

_MARGIN = 8
"""How far beyond a widget a panel is scrolled, in px."""

_SETTLED_MS = 300
"""How long a panel that was filled anew takes to its height: texts wrap in a second go."""


def scrolled(widget: QWidget) -> QScrollArea:
    """Let a widget scroll up and down, never sideways, where it has too little room."""
    area = scroll_area()
    area.setWidget(widget)
    return area


def scroll_area(parent: QWidget | None = None) -> QScrollArea:
    """Make what a widget scrolls in up and down, to make that within its `viewport`.

    Tab passes it by: what is in it takes the keyboard.
    """
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def scroll_to(widget: QWidget, *, beside: int = 0, field: QPlainTextEdit | None = None) -> None:
    """Bring a widget into view once it is laid out; nothing happens where nothing scrolls.

    It stays as it is where the widget and what it stands `beside`, in px, have no room together;
    the cursor in `field` is then brought into view instead, where there is one.
    """
    QTimer.singleShot(0, widget, lambda: _scroll_and_stay(widget, beside, field))


def _scroll_and_stay(widget: QWidget, beside: int, field: QPlainTextEdit | None) -> None:
    """Bring a widget into view, and keep it there until the panel has its height."""
    area = _scroll(widget, beside, field)
    if area is None:
        return
    bar = area.verticalScrollBar()

    def follow() -> None:
        if isValid(widget):
            _scroll(widget, beside, field)

    bar.rangeChanged.connect(follow)
    QTimer.singleShot(_SETTLED_MS, bar, lambda: bar.rangeChanged.disconnect(follow))


def _scroll(widget: QWidget, beside: int, field: QPlainTextEdit | None) -> QScrollArea | None:
    """Bring a widget into view; gives what scrolls."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    panel = area.widget() if area is not None else None
    if area is None or panel is None or not widget.isVisible():
        return None
    if widget.height() + beside + 2 * _MARGIN <= area.viewport().height():
        area.ensureWidgetVisible(widget, 0, _MARGIN)
    elif field is not None:
        cursor = field.cursorRect()
        at = field.viewport().mapTo(panel, QPoint(0, cursor.center().y()))
        area.ensureVisible(0, at.y(), 0, cursor.height() + _MARGIN)
    return area
