"""What a screen reader is told of a widget, and where the keyboard goes. For the tests here."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QSpinBox,
    QWidget,
)

from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.workshop.values import Workshop

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
PLAN = 10
"""The tab of the action plan."""


def told(widget: QWidget) -> QAccessibleInterface:
    """Give what a screen reader is told of a widget."""
    return QAccessible.queryAccessibleInterface(widget)


def name_of(widget: QWidget) -> str:
    """Give the name said of a widget; Qt says a drop-down's by the label that is tied to it."""
    if isinstance(widget, QComboBox):
        return widget.accessibleName()
    return told(widget).text(QAccessible.Text.Name)


def act(widget: QWidget) -> None:
    """Do what a screen reader does where it is told to press or choose."""
    actions = told(widget).actionInterface()
    assert actions is not None
    first = QAccessibleActionInterface.toggleAction()
    assert first in actions.actionNames()
    actions.doAction(first)
    QTest.qWait(1)


def stops(window: QWidget) -> list[QWidget]:
    """Give where Tab stops in a window, in its order."""
    found = []
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        tab = Qt.FocusPolicy.TabFocus
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & tab == tab:
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the keyboard"
    return widget


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focused(), key, held)
    QTest.qWait(1)


def tab_to(kind: type[QWidget], name: str) -> QWidget:
    """Press Tab until something by this name has the keyboard."""
    for _ in range(60):
        press(Key.Key_Tab)
        if isinstance(focused(), kind) and name in name_of(focused()):
            return focused()
    raise AssertionError(f"Tab comes to no {kind.__name__} called {name!r}")


def nameless(window: QWidget) -> list[str]:
    """Give what takes the keyboard or can be pressed and has no name."""
    return [
        f"{type(w).__name__} in {type(w.parentWidget()).__name__}"
        for w in window.findChildren(QWidget)
        if w.isVisible()
        and (w.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(w, QAbstractButton))
        and not name_of(w).strip()
        and not isinstance(w.parentWidget(), QSpinBox)  # its line, met as the field itself
    ]


def recorded(window: MainWindow) -> Workshop:
    return window.document.workshop
