"""What opens over a cell to write in it: a text, a time, a list to choose from.

For `hicm_desktop.ui.action_plan`. An editor lies over its cell and is as large as what it holds
needs, so that the table keeps still under it. What is typed is recorded at every pause, so that it
is in the file within a second; Escape puts back what was there when the cell was opened.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QFrame,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from hicm_desktop.document.saving import TYPING_PAUSE_MS
from hicm_desktop.ui import text_limit
from hicm_desktop.ui.drop_down import DropDown
from hicm_desktop.ui.due_field import DueField
from hicm_desktop.ui.fields import typed
from hicm_desktop.ui.patient_warning import PatientWarning
from hicm_desktop.ui.text_block import TextBlock

_EDGES = 10
_SIDES = 12
"""What the borders and paddings of a text field take of its height and of its width, in px."""

_KEYS = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
_WIDER = 3
"""How many times as wide a text becomes where it would be higher than the table."""

Hint = QAbstractItemDelegate.EndEditHint


def place_over(editor: QWidget, cell: QRect, wanted: QSize) -> None:
    """Lay an editor over its cell, larger where needed, within what is in view of the table."""
    parent = editor.parentWidget()
    room = cell if parent is None else parent.rect()
    width = min(max(cell.width(), wanted.width()), room.width())
    height = min(max(cell.height(), wanted.height()), room.height())
    x = max(0, min(cell.x(), room.width() - width))
    y = max(0, min(cell.y(), room.height() - height)) if room.intersects(cell) else cell.y()
    editor.setGeometry(x, y, width, height)


def ending(event: QEvent, *, returns: bool = False) -> Hint | None:
    """Tell how a key ends an editor; None for one that does not. `returns`: Return alone does."""
    if event.type() not in _KEYS or not isinstance(event, QKeyEvent):
        return None
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    match event.key():
        case Qt.Key.Key_Tab:
            return None if control else Hint.EditNextItem
        case Qt.Key.Key_Backtab:
            return None if control else Hint.EditPreviousItem
        case Qt.Key.Key_Escape:
            return Hint.RevertModelCache
        case Qt.Key.Key_Return | Qt.Key.Key_Enter:
            return Hint.SubmitModelCache if control or returns else None
    return None


def take(event: QEvent, end: Callable[[], None]) -> None:
    """Act on a key that ends an editor, having kept the window from taking it for a shortcut."""
    event.accept()
    if event.type() == QEvent.Type.KeyPress:
        end()


class CellText(QPlainTextEdit):
    """A plain text over a cell. `one_line` is for a text that has no paragraphs."""

    paused = Signal()

    def __init__(self, name: str, parent: QWidget, width: int, *, one_line: bool = False) -> None:
        super().__init__(parent)
        self.one_line = one_line
        self._least_width = width
        self._cell = QRect()
        self._first = ""
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(self.paused)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.warning = PatientWarning(self)
        self.warning.setParent(self)
        self.warning.changed.connect(self._fit)
        self.refusal = text_limit.Refusal(self)
        self.refusal.changed.connect(self._fit)
        self.textChanged.connect(self._take)

    def text(self) -> str:
        """Give what is typed, to the letter."""
        return typed(self.document())

    def show_text(self, text: str) -> None:
        """Show the recorded text with the cursor at its end; Undo goes no further back."""
        self.setUndoRedoEnabled(False)
        self.setPlainText(text)
        self.setUndoRedoEnabled(True)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._first = text
        self._pause.stop()

    def take_back(self) -> None:
        """Put back what was there when the cell was opened."""
        self.show_text(self._first)

    def show_over(self, cell: QRect) -> None:
        """Lie over a cell."""
        self._cell = QRect(cell)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the warning at the foot, beneath what is typed."""
        super().resizeEvent(event)
        self._place_warning()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste, whole or not at all; where there is one line, what was pasted becomes one."""
        if words := text_limit.pasting_refused(self, source.text()):
            self.refusal.tell(words)
        elif self.one_line:
            self.insertPlainText(" ".join(source.text().splitlines()))
        else:
            super().insertFromMimeData(source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if words := text_limit.key_refused(self, event):
            self.refusal.tell(words)
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if words := text_limit.input_refused(self, event):
            event.setCommitString("")
            self.refusal.tell(words)
        super().inputMethodEvent(event)

    def _take(self) -> None:
        self.refusal.clear_words()
        self._fit()
        if not self._pause.isActive():
            self._pause.start()

    def _fit(self) -> None:
        """Be as large as the text needs: higher, and wider once it is higher than the table."""
        parent = self.parentWidget()
        if self._cell.isNull() or parent is None:
            return
        width = max(self._cell.width(), self._least_width)
        height = self._height_for(width)
        if height > parent.height():
            width = min(width * _WIDER, parent.width())
            height = self._height_for(width)
        place_over(self, self._cell, QSize(width, height))
        self._place_warning()

    def _place_warning(self) -> None:
        box = self.contentsRect()
        height = self._warning_height(box.width())
        foot = self.refusal.height_in(box.width())
        self.setViewportMargins(0, 0, 0, height)
        self.warning.setGeometry(box.x(), box.bottom() + 1 - height, box.width(), height - foot)
        self.refusal.setGeometry(box.x(), box.bottom() + 1 - foot, box.width(), foot)

    def _warning_height(self, width: int) -> int:
        warning = 0 if self.warning.isHidden() else self.warning.heightForWidth(width)
        return warning + self.refusal.height_in(width)

    def _height_for(self, width: int) -> int:
        margins = 2 * round(self.document().documentMargin())
        text = TextBlock(self.text(), self.font(), width - margins - _SIDES)
        least = self.fontMetrics().lineSpacing() * (2 if self.one_line else 3)
        warning = self._warning_height(width - _EDGES)
        return max(text.height, least) + margins + _EDGES + warning


class CellDue(QFrame):
    """A time over a cell, with its calendar. `ended` carries how it was left."""

    ended = Signal(object)

    def __init__(self, name: str, parent: QWidget, width: int) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAutoFillBackground(True)
        self._least_width = width
        self._cell = QRect()
        self.field = DueField(name)
        self.field.calendar_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self.field)
        layout.addStretch(1)
        self.setFocusProxy(self.field)
        self.field.line.installEventFilter(self)
        self.field.left.connect(self._leave)

    def show_over(self, cell: QRect) -> None:
        """Lie over the head of a cell."""
        self._cell = QRect(cell.topLeft(), QSize(cell.width(), 0))
        place_over(self, self._cell, self.sizeHint().expandedTo(QSize(self._least_width, 0)))

    def event(self, event: QEvent) -> bool:
        """Grow when the field says more of what it holds."""
        if event.type() == QEvent.Type.LayoutRequest and not self._cell.isNull():
            self.show_over(self._cell)
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the line by the keys that leave every cell."""
        hint = ending(event, returns=True)
        if hint is not None:
            take(event, lambda: self.ended.emit(hint))
        return hint is not None

    def _leave(self) -> None:
        self.ended.emit(Hint.SubmitModelCache)


class CellList(DropDown):
    """A list over a cell, open from the start. `ended` is emitted when it is closed."""

    ended = Signal(object)

    def __init__(self, name: str, parent: QWidget, width: int) -> None:
        super().__init__(parent)
        self._least_width = width
        self._cell = QRect()
        self.setAccessibleName(name)
        self.view().installEventFilter(self)
        QTimer.singleShot(0, self, self.showPopup)

    def value(self) -> object:
        """Give the value of the chosen entry."""
        return self.currentData()

    def show_value(self, value: object) -> None:
        """Choose the entry of a value."""
        self.setCurrentIndex(self.find_value(value))
        self.show_over(self._cell)

    def show_over(self, cell: QRect) -> None:
        """Lie over the head of a cell."""
        self._cell = QRect(cell.topLeft(), QSize(cell.width(), 0))
        place_over(self, self._cell, self.sizeHint().expandedTo(QSize(self._least_width, 0)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be done with once the list closes, by whatever way: Escape does not call `hidePopup`."""
        if watched is self.view() and event.type() == QEvent.Type.Hide:
            QTimer.singleShot(0, self, lambda: self.ended.emit(Hint.SubmitModelCache))
        return super().eventFilter(watched, event)
