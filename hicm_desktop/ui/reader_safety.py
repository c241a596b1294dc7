"""Keeps a screen reader from ending the program. For the composition root.

What Qt 6.11 tells of a scroll area has as many children as scroll bars are in view, and does not
look whether there is such a child before it reaches for it. A reader that counted the children a
moment before, when a bar was in view, reads past the end: a segmentation fault, in the workshop.
"""

from __future__ import annotations

import functools

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QScrollArea


@functools.cache
def keep_readers_safe() -> None:
    """Have scroll areas told of as plain widgets, which look first; once for the process."""
    QAccessible.installFactory(_tell_of)


def _tell_of(kind: str, told: QObject | None) -> QAccessibleInterface | None:
    """Give what tells of a scroll area; Qt asks for each class that an object is of."""
    if kind == "QScrollArea" and isinstance(told, QScrollArea):
        return QAccessibleWidget(told, QAccessible.Role.Client)
    return None
