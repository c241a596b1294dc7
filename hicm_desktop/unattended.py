"""Runs the window with nobody at it: the Qt application, and the wait until it has settled.

For the demonstration and the self-test.
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

_SETTLE_MS = 250


def qt_application(*, on_screen: bool = False) -> QApplication:
    """Give the Qt application, which draws to memory alone unless it is to be seen."""
    if not on_screen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    qt = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(qt, QApplication):
        raise TypeError("another kind of Qt application is running")
    return qt


def settle(milliseconds: int = _SETTLE_MS) -> None:
    """Let the window lay itself out and fill in what it leaves for after its first paint."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
