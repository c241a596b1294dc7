"""Runs the window with nobody at it: the Qt application, and the wait until it has settled.

For the demonstration and the self-test.
"""

from __future__ import annotations

import os

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from hicm_desktop.opening import qt_application

_SETTLE_MS = 250


def out_of_sight() -> QApplication:
    """Give the Qt application, which draws to memory alone."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return qt_application()


def settle(milliseconds: int = _SETTLE_MS) -> None:
    """Let the window lay itself out and fill in what it leaves for after its first paint."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
