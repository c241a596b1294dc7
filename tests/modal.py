"""What stands over a window until it is answered: dealt with as it comes, and never waited for
without end. For the tests that open a question, a dialog or a menu.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog

_LOOK_MS = 20
_KEYBOARD_S = 5.0
"""How long a dialog is given to get the keyboard: where nothing manages windows it may get none."""
_FOR_EVER_S = 180.0
"""How long one thing may stay open. No test needs this, on however slow a machine."""

_Dialog = TypeVar("_Dialog", bound=QDialog)


def expect_dialog(with_dialog: Callable[[QDialog], object]) -> Callable[[], None]:
    """Deal with the next modal dialog, whatever it is; otherwise as `meet` does."""
    return meet(QDialog, with_dialog)


def meet(kind: type[_Dialog], with_dialog: Callable[[_Dialog], object]) -> Callable[[], None]:
    """Deal with the next modal dialog of a kind, and give what tells how that went.

    Say this before the dialog is opened, which gives nothing back until the dialog is gone. It is
    dealt with once it has the keyboard. Where that fails the dialog is left, and the fault is
    raised by what is given, which is to be called after the dialog.
    """
    faults: list[BaseException] = [AssertionError(f"no {kind.__name__} came")]
    look = QTimer(QApplication.instance(), interval=_LOOK_MS)
    patience = _Patience()

    def deal() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, kind):
            return
        has_keyboard = dialog.isActiveWindow() and QApplication.focusWidget() is not None
        if not has_keyboard and patience.seconds_with(dialog) < _KEYBOARD_S:
            dialog.activateWindow()
            return
        look.stop()
        faults.clear()
        try:
            with_dialog(dialog)
        except BaseException as fault:
            faults.append(fault)
            dialog.reject()

    def dealt() -> None:
        look.stop()
        look.deleteLater()
        if faults:
            raise faults[0]

    look.timeout.connect(deal)
    look.start()
    return dealt


@pytest.fixture(autouse=True)
def nothing_is_waited_for_without_end(qapp: QApplication) -> Iterator[None]:
    """Close what a test left open, and fail that test: the whole run would wait with it."""
    left: list[str] = []
    patience = _Patience()
    look = QTimer(qapp, interval=1000)

    def close() -> None:
        widget = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if widget is not None and patience.seconds_with(widget) > _FOR_EVER_S:
            left.append(f"{type(widget).__name__} {widget.windowTitle()!r}")
            if isinstance(widget, QDialog):
                widget.reject()  # some have no answer that closing them stands for
            else:
                widget.close()

    look.timeout.connect(close)
    look.start()
    yield
    look.stop()
    look.deleteLater()
    if left:
        pytest.fail(f"left open, and closed after {_FOR_EVER_S:.0f} s: {', '.join(left)}")


class _Patience:
    """Tells for how long the same thing has been there."""

    def __init__(self) -> None:
        self._what: object = None
        self._since = 0.0

    def seconds_with(self, what: object) -> float:
        """Give for how many seconds it was asked about this, and nothing else."""
        if what is not self._what:
            self._what, self._since = what, time.monotonic()
        return time.monotonic() - self._since
