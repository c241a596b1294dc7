"""Text fields of the console. For `hicm_desktop.ui`.

A text field has no history of its own: what is typed becomes an edit of the workshop, so Ctrl+Z
means one thing everywhere. It never shows less than it holds.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
)

from hicm_desktop.ui import text_limit
from hicm_desktop.ui.labels import label
from hicm_desktop.ui.patient_warning import PatientWarning
from hicm_desktop.ui.scrolling import scroll_to

_OURS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def offer_clearing(line: QLineEdit) -> None:
    """Give a line Qt's button that clears it, and the button a name, which Qt does not."""
    line.setClearButtonEnabled(True)
    for button in line.findChildren(QToolButton):
        button.setAccessibleName("Clear")


def typed(document: QTextDocument) -> str:
    """Give the text of a field to the letter: Qt's plain text would fold no-break spaces."""
    return document.toRawText().replace("\u2029", "\n").replace("\u2028", "\n")


class AutoText(QPlainTextEdit):
    """A text field that grows with its text. `edited` is emitted for the user's changes alone.

    `refused` carries the words that it shows at its foot where a text is too long for it.
    """

    edited = Signal(str)
    left = Signal()
    refused = Signal(str)

    def __init__(self, name: str, hint: str = "", lines: int = 2) -> None:
        super().__init__()
        self._lines = lines
        self._height = 0
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.refusal = text_limit.Refusal(self)
        self.refusal.changed.connect(self._fit)
        self.refused.connect(self.refusal.tell)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.textChanged.connect(self._tell)

    def text(self) -> str:
        """Give what is typed, to the letter."""
        return typed(self.document())

    def show_text(self, text: str) -> None:
        """Show a recorded text, leaving the cursor as near as can be to where it was."""
        self.refusal.clear_words()
        if text == self.text():
            return
        position = self.textCursor().position()
        self.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.setPlainText(text)
        self.blockSignals(False)  # noqa: FBT003 - Qt's signature
        cursor = self.textCursor()
        cursor.setPosition(min(position, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self._fit()

    def only_show(self) -> None:
        """Take nothing more: what is recorded can be read, selected and copied."""
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setPlaceholderText("Nothing written")

    def focus_at_end(self) -> None:
        """Take the keyboard with the cursor after the last character."""
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height or self._wanted())

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self._height or self._wanted())

    def event(self, event: QEvent) -> bool:
        """Leave Undo and Redo to the window, which takes back edits by name."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and any(event.matches(key) for key in _OURS)
        ):
            event.ignore()
            return False
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type. Escape and keys of the window go on to it."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        returns = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape or (returns and control):
            event.ignore()
            return
        if words := text_limit.key_refused(self, event):
            self.refused.emit(words)
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if words := text_limit.input_refused(self, event):
            event.setCommitString("")
            self.refused.emit(words)
        super().inputMethodEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste or drop a text whole, or not at all."""
        if self.takes(source.text()):
            super().insertFromMimeData(source)

    def takes(self, text: str) -> bool:
        """Tell whether there is room for a text; where there is not, say so."""
        words = text_limit.pasting_refused(self, text)
        if words:
            self.refused.emit(words)
        return not words

    def _tell(self) -> None:
        self.refusal.clear_words()
        self._fit()
        self.edited.emit(self.text())

    def _fit(self) -> None:
        height = self._wanted()
        if height != self._height:
            self._height = height
            self.setFixedHeight(height)
            self.updateGeometry()
        box = self.contentsRect()
        foot = self.refusal.height_in(box.width())
        if foot != self.viewportMargins().bottom():
            self.setViewportMargins(0, 0, 0, foot)
        self.refusal.setGeometry(box.x(), box.bottom() + 1 - foot, box.width(), foot)

    def _wanted(self) -> int:
        line = self.fontMetrics().lineSpacing()
        lines = max(self._lines, round(self.document().size().height()))
        foot = self.refusal.height_in(self.contentsRect().width())
        return line * lines + 2 * round(self.document().documentMargin()) + 8 + foot


class LabelledText(QFrame):
    """A text field under its label, with a warning beneath where it holds an NHS number."""

    def __init__(self, words: str, hint: str = "", lines: int = 2) -> None:
        super().__init__()
        self.caption = label(words, "strong")
        self.field = AutoText(words, hint, lines)
        self.caption.setBuddy(self.field)
        self.warning = PatientWarning(self.field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self.caption)
        layout.addWidget(self.field)
        layout.addWidget(self.warning)

    def take_keyboard(self) -> None:
        """Show the field, and take the keyboard with the cursor after the last character."""
        self.setVisible(True)
        self.field.focus_at_end()
        scroll_to(self, field=self.field)
