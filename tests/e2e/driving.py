"""Driving the real program: `main()` runs, its window is worked by keys and clicks, and it ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget

from hicm_desktop.cli import main
from hicm_desktop.document.saving import Saved
from hicm_desktop.ui.change_page import ChangePage
from hicm_desktop.ui.descriptor import Descriptor
from hicm_desktop.ui.main_window import MainWindow
from tests.modal import expect_dialog

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
PATIENCE_S = 10.0

_Kind = TypeVar("_Kind", bound=QWidget)


class Driver:
    """A person at the window: looks for things by what they are, clicks, types, and waits."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    @property
    def page(self) -> ChangePage:
        """The page of the change in view."""
        return self.window.console.changes.page

    def until(self, true: Callable[[], object], what: str) -> None:
        """Wait until something is true, as a person would, but not for ever."""
        end = time.monotonic() + PATIENCE_S
        while not true():
            assert time.monotonic() < end, f"waited in vain until {what}"
            QTest.qWait(5)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the keyboard is."""
        target = QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, held)
        QTest.qWait(1)

    def write(self, text: str) -> None:
        """Type text where the keyboard is."""
        target = QApplication.focusWidget()
        assert target is not None, "nothing has the keyboard"
        QTest.keyClicks(target, text)

    def click(self, widget: QWidget) -> None:
        """Click the middle of a widget, which must be in view."""
        assert widget.isVisible(), f"{widget.accessibleName()} is not in view"
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(widget.width() // 2, 12))
        QTest.qWait(1)

    def descriptor(self, row_id: str, number: int) -> Descriptor:
        """Give the descriptor of a row of the change in view, by its level's number."""
        return self.page.matrix.row(row_id).descriptors[number - 1]

    def named(self, kind: type[_Kind], name: str, within: QWidget | None = None) -> _Kind:
        """Give the one visible widget that a screen reader would call by this name."""
        found = [
            w
            for w in (within or self.window).findChildren(kind)
            if w.accessibleName() == name and w.isVisible()
        ]
        assert len(found) == 1, f"{len(found)} visible {kind.__name__} called {name!r}"
        return found[0]

    def saved(self) -> None:
        """Wait until everything is in the file and the save light, a frame behind, says so."""
        light = self.window.findChild(QWidget, "save light")
        assert light is not None
        self.until(lambda: isinstance(self.window.document.save_state, Saved), "it is saved")
        self.until(lambda: light.accessibleName().startswith("Save state: Saved"), "it says so")

    def answer(
        self, with_dialog: Callable[[QDialog], object], opening: Callable[[], object]
    ) -> None:
        """Open a modal dialog by `opening` and deal with it by `with_dialog`."""
        dealt = expect_dialog(with_dialog)
        opening()
        self.window.activateWindow()  # without a screen there is no window manager to do it
        QTest.qWaitForWindowActive(self.window)
        dealt()


def run(arguments: Sequence[str], script: Callable[[Driver], object]) -> int:
    """Run the program with these arguments, work its window by a script, and close it."""
    faults: list[BaseException] = []

    def work() -> None:
        windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
        window = next(w for w in windows if w.isVisible())
        window.showNormal()
        window.resize(1366, 768)
        QTest.qWaitForWindowActive(window)
        try:
            script(Driver(window))
        except BaseException as fault:
            faults.append(fault)
        window.close()

    def dismiss_unexpected() -> None:
        """Close the message that a fault has: the test fails by the fault, and must not wait."""
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox) and box.windowTitle() == "Something went wrong":
            faults.append(AssertionError(box.informativeText()))
            box.reject()

    look = QTimer(QApplication.instance(), interval=100)
    look.timeout.connect(dismiss_unexpected)
    look.start()
    QTimer.singleShot(0, work)
    try:
        code = main(arguments)
    finally:
        look.stop()
        look.deleteLater()
    if faults:
        raise faults[0]
    return code


def dismiss(dialog: QDialog) -> str:
    """Read a message and close it; gives its words."""
    assert isinstance(dialog, QMessageBox)
    words = f"{dialog.text()} {dialog.informativeText()}"
    dialog.reject()
    return words
