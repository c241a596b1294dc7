"""The window of the room view. For `hicm_desktop.ui.room.director`.

Beside the console, on a screen of its own, it never takes the keyboard, by opening or by a click.
Over the console, where there is one screen, it has the keyboard and hands on every key.

On X11 this is run. On Windows and macOS the same flags keep it from being activated; macOS gives a
full screen a space of its own, so there it is a frameless window of the screen's size. Wayland lets
no program place its windows: a full screen on a named screen is what it offers, and is asked for.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QScreen
from PySide6.QtWidgets import QWidget

from hicm_desktop import PRODUCT
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.room.stage import Stage

TITLE = f"Room view – {PRODUCT}"


class RoomWindow(QWidget):
    """Shows the stage on all of a screen.

    `key_pressed` carries a key while it has the keyboard, and `left` says that Esc was pressed or
    the window was closed by other means than the director's.
    """

    key_pressed = Signal(QKeyEvent)
    left = Signal()

    def __init__(self, appearance: Appearance, *, keyboard: bool) -> None:
        """Make the window; with the `keyboard` it is over the console, without beside it."""
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.keyboard = keyboard
        self.setWindowTitle(TITLE)
        self.setAccessibleName(TITLE)
        # The program ends with the console, whatever the room still shows.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        if not keyboard:
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            self.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus)
        self.stage = Stage(appearance, self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if keyboard else Qt.FocusPolicy.NoFocus)

    def open_on(self, screen: QScreen) -> None:
        """Fill a screen."""
        self.setScreen(screen)
        self.fill(screen)
        if sys.platform != "darwin":
            # Not showFullScreen, which activates the window.
            self.setWindowState(Qt.WindowState.WindowFullScreen)
        self.show()
        self.fill(screen)
        if self.keyboard:
            self.activateWindow()
            self.raise_()
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def fill(self, screen: QScreen) -> None:
        """Take the size that a screen has now."""
        self.follow(screen.geometry())

    def follow(self, geometry: QRect) -> None:
        """Take the place and the size that its screen has taken."""
        self.setGeometry(geometry)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            self.key_pressed.emit(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.stage.resize(self.size())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Have the director close it, so that it knows."""
        event.ignore()
        self.left.emit()
