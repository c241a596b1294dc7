"""Reads a key that stands by itself for something, such as N or Shift+N. For `hicm_desktop.ui`."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_HARMLESS = (
    Qt.KeyboardModifier.KeypadModifier
    | Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.GroupSwitchModifier
)
_ALT_GR = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
"""What Windows makes of the key that brackets are typed with on many keyboards."""


def single_key(event: QKeyEvent) -> str:
    """Give a key by what it types: "N", "Shift+N", "3", "+", "Esc"; empty where it is none.

    Letters are told apart by Shift. Digits and signs are not: where they stand differs by keyboard.
    A key that is held down counts once.
    """
    held = event.modifiers() & ~_HARMLESS
    text = event.text()
    if event.isAutoRepeat() or (held and (held != _ALT_GR or text.isalnum())):
        return ""
    shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if event.key() == Qt.Key.Key_Escape:
        return "" if shifted else "Esc"
    if len(text) != 1 or not text.isprintable():
        return ""
    return f"Shift+{text.upper()}" if shifted and text.isalpha() else text.upper()
