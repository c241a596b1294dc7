"""Where a time is typed: a real date where it is one, the room's own words where it is not.

For `hicm_desktop.ui`. A calendar is one button away; nothing typed is ever refused or altered.
"""

from __future__ import annotations

import datetime as dt

import msgspec
from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hicm_desktop.ui.fields import offer_clearing
from hicm_desktop.ui.labels import label
from hicm_desktop.ui.patient_warning import PatientWarning
from hicm_desktop.ui.screen_room import screen_room
from hicm_desktop.ui.text_limit import limit_line
from hicm_desktop.workshop.dates import date_words, read_date, weekday


class Due(msgspec.Struct, frozen=True):
    """A time as the plan keeps it: a date, or words, or neither."""

    on: dt.date | None = None
    words: str = ""

    @classmethod
    def read(cls, text: str) -> Due:
        """Take a text as a date where it plainly is one, and as words where not."""
        date = read_date(text)
        return cls(date) if date is not None else cls(None, text)

    @property
    def text(self) -> str:
        """The time as it is shown."""
        return date_words(self.on) if self.on is not None else self.words


class DueField(QWidget):
    """A line for a date or for words, with a calendar. `edited` carries a `Due`."""

    edited = Signal(object)
    left = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._due = Due()
        self._choosing = False
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText("A date, or words")
        self.line.textEdited.connect(self._type)
        self.line.editingFinished.connect(self._settle)
        self.calendar_button = QPushButton("Calendar")
        self.calendar_button.setAutoDefault(False)
        self.calendar_button.setAccessibleName(f"{name}: choose from a calendar")
        self.calendar_button.setToolTip("Choose from a calendar (Alt+Down)")
        self.calendar_button.clicked.connect(self.open_calendar)
        self.line.installEventFilter(self)
        self._kind = label("", "small")
        self.warning = PatientWarning(self.line)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.line, 0, 0)
        layout.addWidget(self.calendar_button, 0, 1)
        layout.addWidget(self._kind, 1, 0, 1, 2)
        layout.addWidget(self.warning, 2, 0, 1, 2)
        self.refusal = limit_line(self.line)
        layout.addWidget(self.refusal, 3, 0, 1, 2)
        layout.setColumnStretch(0, 1)
        self.setFocusProxy(self.line)
        self._say_kind()

    @property
    def due(self) -> Due:
        """What the field holds."""
        return self._due

    def show_due(self, due: Due) -> None:
        """Show a recorded time, without touching what is being typed to the same effect."""
        if due != self._due:
            self._due = due
            self.line.setText(due.text)
            self._say_kind()

    def only_show(self) -> None:
        """Take nothing more: what is recorded can be read, selected and copied."""
        self.line.setReadOnly(True)
        self.line.setPlaceholderText("No time yet")
        self.calendar_button.setEnabled(False)

    def _type(self, text: str) -> None:
        self._take(Due.read(text))

    def _settle(self) -> None:
        """Write a date out in full once it is typed, so that day and month cannot be mistaken."""
        if self._due.on is not None:
            self.line.setText(self._due.text)
        if not self._choosing:
            self.left.emit()

    def _take(self, due: Due) -> None:
        if due != self._due:
            self._due = due
            self._say_kind()
            self.edited.emit(due)

    def kind(self) -> str:
        """Say how what is typed was taken, beneath the line."""
        if self._due.on is not None:
            return self._weekday()
        return "Kept in your words; not a date" if self._due.words.strip() else ""

    def _weekday(self) -> str:
        """Write the date with its day of the week, which shows up a slip in it."""
        return "" if self._due.on is None else f"{weekday(self._due.on)} {self._due.text}"

    def _say_kind(self) -> None:
        words = self.kind()
        self._kind.setText(words)
        self._kind.setVisible(bool(words))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open the calendar by the key that opens a list."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() != Qt.Key.Key_Down or event.modifiers() != Qt.KeyboardModifier.AltModifier:
            return False
        if not self.line.isReadOnly():
            self.open_calendar()
        return True

    def open_calendar(self) -> None:
        """Show a month to choose a day from."""
        today = dt.date.today()  # noqa: DTZ011 - the user's own day
        calendar = CalendarPopup(self._due.on or today, self)
        calendar.chosen.connect(self._choose)
        calendar.closed.connect(self._return)
        self._choosing = True
        below = QPoint(0, self.calendar_button.height() + 2)
        calendar.show_at(self.calendar_button.mapToGlobal(below))

    def _choose(self, date: dt.date) -> None:
        self._take(Due(date))
        self.line.setText(self._due.text)
        self._return()
        self.left.emit()

    def _return(self) -> None:
        self._choosing = False
        self.line.setFocus()


class DateField(DueField):
    """A line for a date and nothing else. What is no date stays to be seen, and is not taken."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.line.setPlaceholderText("No date yet")
        offer_clearing(self.line)

    @property
    def date(self) -> dt.date | None:
        """The date, or None where there is none."""
        return self._due.on

    @property
    def is_read(self) -> bool:
        """Whether what stands in the line is a date, or nothing."""
        return self._due.on is not None or not self._due.words.strip()

    def kind(self) -> str:
        """See `DueField.kind`."""
        if self._due.on is not None:
            return self._weekday()
        if self.is_read:
            return "Leave it empty until there is one"
        return "Not read as a date yet. Try 21 November 2026, or the calendar."


class CalendarPopup(QFrame):
    """A month to choose a day from. Escape closes it. `chosen` carries a date."""

    chosen = Signal(object)
    closed = Signal()

    def __init__(self, start: dt.date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("card")
        self._calendar = QCalendarWidget()
        self._calendar.setAccessibleName("Calendar")
        self._calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self._calendar.setVerticalHeaderFormat(
            QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader
        )
        self._calendar.setLocale(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            # Qt paints weekends red, which here means nothing.
            self._calendar.setWeekdayTextFormat(day, QTextCharFormat())
        self._calendar.setSelectedDate(QDate(start.year, start.month, start.day))
        self._calendar.activated.connect(self._choose)
        self._calendar.clicked.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self._calendar)

    def show_at(self, place: QPoint) -> None:
        """Open below a point of the screen, or as near as the screen allows."""
        self.adjustSize()
        room = screen_room(self)
        self.move(
            max(room.left(), min(place.x(), room.right() - self.width())),
            max(room.top(), min(place.y(), room.bottom() - self.height())),
        )
        self.show()
        self._calendar.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def _choose(self, day: QDate) -> None:
        self.chosen.emit(dt.date(day.year(), day.month(), day.day()))
        self.close()
