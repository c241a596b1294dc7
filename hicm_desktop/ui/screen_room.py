"""How much room a screen has for what is to open on it. For `hicm_desktop.ui`.

A short-lived widget is not asked for its `screen()`: PySide lets the Python side of the screen go
with the widget, and whoever else holds that screen is left with nothing.
"""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget


def screen_room(widget: QWidget) -> QRect:
    """Give the part of the screen on which a widget is, or will open, that windows may take."""
    shown: QWidget | None = widget.window()
    while shown is not None and not shown.isVisible():
        parent = shown.parentWidget()
        shown = parent.window() if parent is not None else None
    screen = None if shown is None else QGuiApplication.screenAt(shown.frameGeometry().center())
    return (screen or QGuiApplication.primaryScreen()).availableGeometry()
