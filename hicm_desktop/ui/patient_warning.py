"""The warning beneath text fields that hold what looks like an NHS number, and the reminder.

For `hicm_desktop.ui`. It points out, and never blocks, alters a text or moves the keyboard. It
takes no room while there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from hicm_desktop.ui.alert_line import AlertLine
from hicm_desktop.ui.announcing import announce
from hicm_desktop.ui.scrolling import scroll_to
from hicm_desktop.workshop.patient_data import numbers_in

REMINDER = "Please leave out anything that could identify a patient."

MOST_NAMED = 3
"""How many numbers of a text are written out; a text that holds more is to be read anyway."""

_AT_ONCE = 4_000
"""The longest text, in characters, that is looked through with every key: no key waits for it."""
_PAUSE_MS = 400
"""How long a longer text must have been left alone."""


def named(numbers: Sequence[str]) -> str:
    """Write numbers in a line, each unbroken: the first few, and how many more there are."""
    words = ", ".join(number.replace(" ", "\u00a0") for number in numbers[:MOST_NAMED])
    more = len(numbers) - MOST_NAMED
    return f"{words} and {more} more" if more > 0 else words


def warning_words(numbers: Sequence[str]) -> str:
    """Say what was found, and what to do; empty where nothing was."""
    if not numbers:
        return ""
    like = "Looks like an NHS number" if len(numbers) == 1 else "These look like NHS numbers"
    return f"{like}: {named(numbers)}. {REMINDER}"


class PatientWarning(AlertLine):
    """Stands beneath one or more fields, and shows itself while one holds a number.

    It is announced when a number appears where the user is typing, and is the description of each
    field that holds one.
    """

    def __init__(self, *fields: QPlainTextEdit | QLineEdit) -> None:
        super().__init__()
        self._fields = fields
        self._numbers: tuple[str, ...] = ()
        self.held_by: QWidget | None = None
        """The first field that holds a number."""
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self._make_room()
        for field in fields:
            if isinstance(field, QLineEdit):
                field.textChanged.connect(self._take)
            else:  # the document tells of texts that are shown, too, where the field keeps quiet
                field.document().contentsChanged.connect(self._take)
        self._take()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._make_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark before the words: a triangle with a bar and a dot."""
        super().paintEvent(event)
        size = self._mark()
        box = self.contentsRect()
        left, top = box.left() + size * 0.1, box.top() + size * 0.42
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        pen = QPen(ink, max(1.5, size / 11))
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        corners = ((0.5, 0.02), (1.0, 0.94), (0.0, 0.94))
        painter.drawPolygon(
            QPolygonF([QPointF(left + x * size, top + y * size) for x, y in corners])
        )
        middle = left + size / 2
        painter.drawLine(QPointF(middle, top + size * 0.38), QPointF(middle, top + size * 0.6))
        painter.drawPoint(QPointF(middle, top + size * 0.77))
        painter.end()

    def _mark(self) -> float:
        return self.fontMetrics().ascent() * 0.95

    def _make_room(self) -> None:
        self.ensurePolished()
        self.setIndent(round(self._mark() * 1.6))

    def _take(self) -> None:
        """Look at once, or where that would hold up the typing, at the next pause."""
        if sum(map(_length, self._fields)) > _AT_ONCE:
            self._pause.start()
        else:
            self._look()

    def _look(self) -> None:
        found = [numbers_in(_text(field)) for field in self._fields]
        numbers = tuple(dict.fromkeys(number for some in found for number in some))
        if numbers == self._numbers:
            return
        news = set(numbers) - set(self._numbers)
        self._numbers = numbers
        holders = (field for field, some in zip(self._fields, found, strict=True) if some)
        self.held_by = next(holders, None)
        self.setText(warning_words(numbers))
        self.setVisible(bool(numbers))
        for field, some in zip(self._fields, found, strict=True):
            field.setAccessibleDescription(warning_words(some))
        self.changed.emit()
        if news and any(field.hasFocus() for field in self._fields):
            announce(self, self.text())
            scroll_to(self, beside=max(field.height() for field in self._fields))


def _length(field: QPlainTextEdit | QLineEdit) -> int:
    if isinstance(field, QLineEdit):
        return len(field.text())
    return field.document().characterCount()


def _text(field: QPlainTextEdit | QLineEdit) -> str:
    """Give a field's text to the letter, with Qt's own characters where its lines end."""
    return field.text() if isinstance(field, QLineEdit) else field.document().toRawText()
