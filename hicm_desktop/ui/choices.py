"""Groups and choices as a screen reader is to know them. For `hicm_desktop.ui`.

A plain widget is nothing to a screen reader, and a button that stays down is a check box; what
stands here is told as a group and as a radio button, and is worked as such by keyboard.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGroupBox, QPushButton, QWidget

_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class Grouping(QGroupBox):
    """A container whose name a screen reader says on the way in. It draws and takes no room."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setContentsMargins(0, 0, 0, 0)

    def minimumSizeHint(self) -> QSize:
        return QWidget.minimumSizeHint(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw nothing."""

    # A group box makes room for its frame in these two.
    def resizeEvent(self, event: QResizeEvent) -> None:
        QWidget.resizeEvent(self, event)

    def changeEvent(self, event: QEvent) -> None:
        QWidget.changeEvent(self, event)


class Choice(QPushButton):
    """One of the choices of a group. `chosen` is emitted by a click, a key or a screen reader.

    What holds is shown by `show_chosen` alone. The arrows move among the choices of its parent
    without choosing: each is an entry in the record.
    """

    chosen = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._holds = False
        self.setProperty("kind", "choice")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.clicked.connect(self.chosen)
        self.toggled.connect(self._heed)

    def show_chosen(self, *, chosen: bool) -> None:
        """Show whether this is the one that holds, which makes it the group's stop for Tab."""
        self._holds = chosen
        set_checked(self, checked=chosen)
        if not any(choice.hasFocus() for choice in self._group()):
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)

    def nextCheckState(self) -> None:
        """Leave it to `show_chosen`."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif step is not None:
            group = [choice for choice in self._group() if choice.isEnabled()]
            there = (group.index(self) + step) % len(group)
            group[there].setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _group(self) -> list[Choice]:
        holder = self.parentWidget()
        return holder.findChildren(Choice) if holder is not None else [self]

    def _heed(self, checked: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Take what a screen reader does to the mark for a choice, and put the mark back."""
        if checked != self._holds:
            set_checked(self, checked=self._holds)
            if checked:  # the one that held is unchecked by Qt, not by anyone's choice
                self.chosen.emit()


def set_checked(button: QAbstractButton, *, checked: bool) -> None:
    """Check or uncheck an exclusive button. It refuses the latter, so for now it is none."""
    if button.isChecked() != checked:
        button.setAutoExclusive(False)
        button.setChecked(checked)
        button.setAutoExclusive(True)
