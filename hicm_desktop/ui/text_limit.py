"""Holds text fields to what they can serve: what is too long is refused whole, with a word.

For `hicm_desktop.ui`. Nothing is ever cut short: a paste goes in whole or not at all.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QInputMethodEvent,
    QKeyEvent,
    QValidator,
)
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from hicm_desktop.ui.alert_line import AlertLine
from hicm_desktop.ui.announcing import announce
from hicm_desktop.workshop.limits import (
    LONGEST_TEXT,
    paste_overflows,
    paste_refused,
    typing_refused,
    units,
)

_UNCUT = 2**30
"""What Qt itself would cut a line to, without a word; out of the way."""


def refusal(length: int, room: int) -> str:
    """Say why a text of this length does not go where there is this much room; empty if it does."""
    if length <= room:
        return ""
    if length == 1:
        return typing_refused()
    return paste_refused(length) if length > LONGEST_TEXT else paste_overflows(length, room)


def room_in(field: QPlainTextEdit) -> int:
    """Give how much a field takes now, in place of what is selected in it."""
    cursor = field.textCursor()
    chosen = cursor.selectionEnd() - cursor.selectionStart()
    return LONGEST_TEXT - (field.document().characterCount() - 1 - chosen)


def pasting_refused(field: QPlainTextEdit, text: str) -> str:
    """Say why a text is not taken that is pasted or dropped; empty where it is."""
    return refusal(units(text), room_in(field))


def key_refused(field: QPlainTextEdit, event: QKeyEvent) -> str:
    """Say why a key is not taken; empty where it is, and for a key that writes nothing."""
    returns = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    writes = returns or (event.text().isprintable() and bool(event.text()))
    full = not held and writes and room_in(field) < 1
    return typing_refused() if full else ""


def input_refused(field: QPlainTextEdit, event: QInputMethodEvent) -> str:
    """Say why what an input method wrote is not taken; empty where it is."""
    length = units(event.commitString())
    return typing_refused() if length and length > room_in(field) else ""


class LineLimit(QValidator):
    """Holds a line of text to the limit. A line longer already may only become shorter."""

    refused = Signal(str)

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self._length = 0
        line.setMaxLength(_UNCUT)
        line.textChanged.connect(self._take)
        line.setValidator(self)

    def validate(self, text: str, position: int) -> QValidator.State:
        """Refuse what makes the line too long. What is shown in it, and not typed, never does."""
        length = units(text)
        if self._line.hasFocus() and length > max(LONGEST_TEXT, self._length):
            self.refused.emit(refusal(length - self._length, LONGEST_TEXT - self._length))
            return QValidator.State.Invalid
        return QValidator.State.Acceptable

    def _take(self, text: str) -> None:
        self._length = units(text)


class Refusal(AlertLine):
    """The word that something was not taken. It goes when the text is edited.

    A screen reader is told at once.
    """

    def tell(self, words: str) -> None:
        """Say these words."""
        self.setText(words)
        self.show()
        self.changed.emit()
        announce(self, words)

    def clear_words(self) -> None:
        """Say nothing any more."""
        if not self.isHidden():
            self.hide()
            self.setText("")
            self.changed.emit()

    def height_in(self, width: int) -> int:
        """Give the height in px that it takes in this width."""
        return 0 if self.isHidden() else self.heightForWidth(width)


def limit_line(line: QLineEdit) -> Refusal:
    """Hold a line of text to the limit; gives the word to stand beneath it."""
    words = Refusal()
    LineLimit(line).refused.connect(words.tell)
    line.textChanged.connect(words.clear_words)
    return words
