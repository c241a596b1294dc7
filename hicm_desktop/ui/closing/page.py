"""The closing tab: what to come back to, what the room puts first, and the sign-off.

For `hicm_desktop.ui.console`. The read-back stands at the left and the rest beside it, or below
where there is little room.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hicm_desktop.document.document import Document
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.closing.first_actions import FirstActions
from hicm_desktop.ui.closing.read_back import ReadLine, calm_words, read_back_lines
from hicm_desktop.ui.closing.sign_off import SignOffCard
from hicm_desktop.ui.labels import label
from hicm_desktop.ui.line_list import Line, LineList
from hicm_desktop.ui.scrolling import scrolled
from hicm_desktop.workshop.closing import read_back
from hicm_desktop.workshop.values import Sealed, Workshop

_BESIDE = 900
"""The narrowest page, in px at scale 1, with two columns."""
_LEAST = 240
_HOW = "Arrows move from one to the next, Enter goes there, Ctrl+R comes back."


class ClosingPage(QWidget):
    """Walks through the end of a workshop. `place_asked` carries the place that is wanted."""

    place_asked = Signal(object)

    def __init__(
        self,
        document: Document,
        appearance: Appearance,
        version: Sealed | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Make the page of a workshop, or of the `version` that is open to be read."""
        super().__init__(parent)
        self._document = document
        self._appearance = appearance
        self._lines: tuple[ReadLine, ...] = ()
        self._is_beside = True
        self.setAccessibleName("Closing")
        self.calm = label("")
        self._how = label(_HOW, "small")
        self.list = LineList("Read-back", appearance, returned_to=True)
        self.first = FirstActions(document, appearance)
        self.sign_off = SignOffCard(document, self.first.later, version)
        self._lay_out()
        self.list.chosen.connect(self._ask)
        self.list.clicked_on.connect(self._ask)
        self.show_workshop(document.workshop)

    def show_workshop(self, workshop: Workshop) -> None:
        """Show what is recorded now; what is in focus stays in focus."""
        model = self._document.model
        found = read_back(model, workshop)
        self._lines = read_back_lines(model, found)
        self.list.show_lines([line.line for line in self._lines])
        self.list.setVisible(bool(self._lines))
        self._how.setVisible(bool(self._lines))
        self.calm.setText(calm_words(found, workshop))
        self.calm.setVisible(bool(self.calm.text()))
        self.first.show_workshop(workshop)
        self.sign_off.show_workshop(workshop)

    def take_keyboard(self) -> None:
        """Give the keyboard to what comes first: the read-back, or else the sign-off."""
        there = self.list if self._lines else self.sign_off.sign
        there.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_columns"):
            self._arrange()

    def _lay_out(self) -> None:
        self._left = QWidget()
        read = QVBoxLayout(self._left)
        read.setContentsMargins(0, 0, 0, 0)
        read.setSpacing(8)
        read.addWidget(label("Read-back", "title"))
        read.addWidget(self.calm)
        read.addWidget(self._how)
        read.addWidget(self.list, 1)
        read.addStretch(0)
        right = QWidget()
        self._column = QVBoxLayout(right)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(12)
        self._column.addWidget(self.first)
        self._column.addWidget(self.sign_off)
        self._column.addStretch(1)
        self._columns = QHBoxLayout(self)
        self._columns.setContentsMargins(16, 10, 8, 10)
        self._columns.setSpacing(16)
        self._columns.addWidget(self._left, 5)
        beside = QVBoxLayout()
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(scrolled(right), 1)
        beside.addWidget(self.sign_off.foot)  # outside what scrolls: always in view
        self._columns.addLayout(beside, 4)

    def _arrange(self) -> None:
        """Put the columns side by side, each scrolling by itself, or one above the other."""
        look = self._appearance.look
        beside = self.width() >= look.px(_BESIDE)
        self.list.setMinimumHeight(look.px(_LEAST))
        if beside == self._is_beside:
            return
        self._is_beside = beside
        had_keyboard = self.list.hasFocus()
        if beside:
            self._columns.insertWidget(0, self._left, 5)
        else:
            self._column.insertWidget(0, self._left)
        if had_keyboard:  # which it loses where it changes places
            self._left.show()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, line: Line) -> None:
        place = next((read.place for read in self._lines if read.line == line), None)
        if place is not None:
            self.place_asked.emit(place)
