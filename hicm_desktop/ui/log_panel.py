"""The decision log beside the matrix: what was decided, when and why, the latest first.

For `hicm_desktop.ui.side_panel`. The edits write the log; here it is read, and words that should
not be passed on are taken out of it. What Undo took back stays in it, struck through, and says so.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hicm_desktop.document.document import Document
from hicm_desktop.model.values import Model
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.choices import Choice, Grouping
from hicm_desktop.ui.labels import label
from hicm_desktop.ui.line_list import Line, LineList
from hicm_desktop.workshop.dates import date_words
from hicm_desktop.workshop.entry import Entry
from hicm_desktop.workshop.minutes import entry_where, entry_words
from hicm_desktop.workshop.places import ActionPlace, Place, RowPlace
from hicm_desktop.workshop.room_edits import TakeOutWords

TAKEN_BACK = "Taken back"
TAKE_OUT = "Take the words out"
_TAKE_OUT_TIP = "Take what was typed out of this line, which stays in the log (Delete)"
_NO_WORDS_TIP = "Nobody typed anything in this line"
_READ_ONLY_TIP = "This workshop is open to be read only"
_EMPTY = "Nothing has been decided yet. What the room decides is written here by itself."
_EMPTY_ROW = "Nothing has been decided on this row yet."


class Which(enum.Enum):
    """Whose entries are shown, with the words of its switch."""

    ALL = "All rows"
    ROW = "This row"


class LogPanel(QWidget):
    """The entries of the log. `place_asked` carries the place of the one that is chosen."""

    place_asked = Signal(object)

    def __init__(
        self, document: Document, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._row = ""
        self._which = Which.ALL
        self._shown: tuple[object, ...] | None = None
        self._made: dict[tuple[int, bool], tuple[Entry, Line]] = {}
        self.list = LineList("Decision log", appearance)
        self.take_out = QPushButton(TAKE_OUT)
        self.take_out.setAccessibleName("Take the words out of this line")
        self.take_out.clicked.connect(self._take_out)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._take_out)
        self._empty = label("", "body")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 10, 10)
        layout.setSpacing(8)
        layout.addWidget(self._switch())
        layout.addWidget(self._empty)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.take_out, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(0)
        self.list.chosen.connect(self._ask)
        self.list.clicked_on.connect(self._ask)
        self.list.selectionModel().currentChanged.connect(self._offer)
        self.turn_to(Which.ALL)

    def show_row(self, row_id: str) -> None:
        """Follow the focus to a row."""
        self._row = row_id
        self.refresh()

    def turn_to(self, which: Which) -> None:
        """Show the entries of all rows, or of the row in focus alone."""
        self._which = which
        for each, button in self._switches.items():
            button.show_chosen(chosen=each is which)
        self.refresh()

    def refresh(self) -> None:
        """Show the log as it is now; out of view it waits until it is shown."""
        if self.isHidden():
            self._shown = None
            return
        workshop = self._document.workshop
        row = self._row if self._which is Which.ROW else None
        if self._shown == (workshop.log, row):
            return
        self._shown = (workshop.log, row)
        entries = [e for e in reversed(workshop.log) if _is_shown(e) and row in (None, e.row)]
        self.list.show_lines(self._lines(entries))
        self.list.setVisible(bool(entries))
        self._empty.setText(_EMPTY if row is None else _EMPTY_ROW)
        self._empty.setVisible(not entries)
        self.take_out.setVisible(bool(entries))
        self._offer()

    def reveal(self, number: int) -> None:
        """Bring an entry into focus and into view, by its number."""
        self.turn_to(Which.ALL)
        self.list.go_to_line(number)

    def take_keyboard(self) -> None:
        """Give the list the keyboard, or what there is where it is empty."""
        there = self.list if self.list.isVisibleTo(self) else self._switches[self._which]
        there.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _switch(self) -> QWidget:
        holder = Grouping("Whose decisions are shown")
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._switches = {}
        for which in Which:
            button = Choice(which.value)
            button.chosen.connect(lambda w=which: self.turn_to(w))
            layout.addWidget(button, 1)
            self._switches[which] = button
        return holder

    def _lines(self, entries: Sequence[Entry]) -> list[Line]:
        """Put entries into lines, those anew that were not in the log as they are now."""
        named = _are_of_days(entries)
        lines = []
        for entry in entries:
            held = self._made.get((entry.number, named))
            if held is None or held[0] is not entry:
                held = (entry, _line(self._document.model, entry, named=named))
                self._made[entry.number, named] = held
            lines.append(held[1])
        return lines

    def _entry(self, line: Line | None) -> Entry | None:
        log = () if line is None else self._document.workshop.log
        return next((entry for entry in log if line and entry.number == line.key), None)

    def _offer(self, *_: object) -> None:
        """Offer to take the words out of the line in focus, where there are any."""
        entry = self._entry(self.list.line())
        has_words = entry is not None and entry.has_words
        is_open = not self._document.is_read_only
        self.take_out.setEnabled(has_words and is_open)
        tip = _TAKE_OUT_TIP if has_words else _NO_WORDS_TIP
        self.take_out.setToolTip(tip if is_open else _READ_ONLY_TIP)

    def _take_out(self) -> None:
        entry = self._entry(self.list.line())
        if entry is not None:
            self._document.apply(TakeOutWords(entry.number))

    def _ask(self, line: Line) -> None:
        entry = self._entry(line)
        place = None if entry is None else _place(self._document, entry)
        if place is not None:
            self.place_asked.emit(place)


def _is_shown(entry: Entry) -> bool:
    """Tell whether an entry is told: what came to nothing is not, what was taken back is."""
    return entry.stands or entry.taken_back


def _are_of_days(entries: Sequence[Entry]) -> bool:
    """Tell whether entries are of more than one day, and each must name its own."""
    return len({entry.at.date() for entry in entries}) > 1


def _line(model: Model, entry: Entry, *, named: bool) -> Line:
    heading, row = entry_where(model, entry)
    number, _, _ = heading.partition(":")
    where = f"{number}, {row}" if row else heading
    title = [_when(entry.at, named=named), where, *([TAKEN_BACK] if entry.taken_back else [])]
    text = entry_words(entry)
    if entry.reason:
        text = f"{text}\nReason: {entry.reason}"
    return Line(title=" · ".join(title), text=text, key=entry.number, struck=entry.taken_back)


def _when(at: dt.datetime, *, named: bool) -> str:
    return f"{at:%H:%M} {date_words(at.date())}" if named else f"{at:%H:%M}"


def _place(document: Document, entry: Entry) -> Place | None:
    """Give where an entry can be gone to: its row, or else its action while there is one."""
    if entry.row is not None and document.model.has_row(entry.row):
        return RowPlace(entry.row)
    is_there = any(action.id == entry.action for action in document.workshop.actions)
    return ActionPlace(entry.action) if entry.action is not None and is_there else None
