"""Where each partner stands in a show of hands, one position each. For `ui.hands_panel`."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hicm_desktop.model.values import Level
from hicm_desktop.ui.choices import Choice, Grouping
from hicm_desktop.ui.labels import label
from hicm_desktop.ui.layouts import take_out
from hicm_desktop.ui.scrolling import scroll_to
from hicm_desktop.ui.single_keys import single_key
from hicm_desktop.workshop.tally import Tally
from hicm_desktop.workshop.values import Partner
from hicm_desktop.workshop.words import partner_words


class Position(Grouping):
    """One partner's choice of a level. `taken` carries the level's id, or None for no position.

    A digit chooses as well, and goes on to the next partner.
    """

    taken = Signal(object)
    gone_on = Signal()

    def __init__(self, words: str, levels: tuple[Level, ...]) -> None:
        super().__init__(words)
        self._levels = levels
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(label(words, "small"))
        layout = QHBoxLayout()
        layout.setSpacing(2)
        column.addLayout(layout)
        self.choices: dict[str | None, Choice] = {}
        for level in (None, *levels):
            button = Choice("–" if level is None else str(level.number))
            name = "No position" if level is None else level.name
            button.setAccessibleName(name)
            button.setToolTip(name)
            level_id = None if level is None else level.id
            button.chosen.connect(lambda v=level_id: self.taken.emit(v))
            layout.addWidget(button)
            self.choices[level_id] = button
        layout.addStretch(1)

    def show_level(self, level_id: str | None) -> None:
        """Show where the partner stands."""
        held = level_id if level_id in self.choices else None
        if not self.choices[held].isChecked():
            for each, button in self.choices.items():
                button.show_chosen(chosen=each == held)

    def take_keyboard(self) -> None:
        """Take the keyboard at the choice that holds."""
        held = next(b for b in self.choices.values() if b.isChecked())
        held.setFocus(Qt.FocusReason.ShortcutFocusReason)
        scroll_to(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = single_key(event)  # with Shift too, which digits take on some keyboards
        if not key.isdecimal():
            event.ignore()
        elif int(key) <= len(self._levels):
            self.taken.emit(self._levels[int(key) - 1].id if int(key) else None)
            self.gone_on.emit()


class PartnerPositions(QWidget):
    """A line for each partner. `taken` carries a partner's id and the level's id, or None.

    `done` is emitted once a digit was typed for the last one: another digit is for nobody.
    """

    taken = Signal(str, object)
    done = Signal()

    def __init__(
        self, levels: tuple[Level, ...], after: QWidget, parent: QWidget | None = None
    ) -> None:
        """Have a line for each partner to come; Tab comes to the first from `after`."""
        super().__init__(parent)
        self._levels = levels
        self._after = after
        self._shown: tuple[Partner, ...] = ()
        self.lines: dict[str, Position] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        hint = "Press 1 to 5 for each partner in turn, 0 for no position."
        self._layout.addWidget(label(hint, "small"))

    def show_tally(self, partners: tuple[Partner, ...], tally: Tally, *, open_: bool) -> None:
        """Show where the partners stand; `open_` is whether positions can be taken."""
        if partners != self._shown:
            self._shown = partners
            self._make_lines(partners)
        for partner_id, line in self.lines.items():
            line.show_level(tally.position(partner_id))
            line.setEnabled(open_)

    def take_keyboard(self) -> None:
        """Take the keyboard at the first partner."""
        for line in self.lines.values():
            line.take_keyboard()
            break

    def _make_lines(self, partners: tuple[Partner, ...]) -> None:
        for widget in take_out(self._layout, first=1):
            widget.deleteLater()
        self.lines = {}
        before = self._after
        for partner in partners:
            line = Position(partner_words(partner, or_name=True), self._levels)
            line.taken.connect(lambda level, p=partner.id: self.taken.emit(p, level))
            line.gone_on.connect(lambda p=partner.id: self._go_on(p))
            self._layout.addWidget(line)
            self.lines[partner.id] = line
            for choice in line.choices.values():
                self.setTabOrder(before, choice)
                before = choice

    def _go_on(self, partner_id: str) -> None:
        ids = list(self.lines)
        if partner_id == ids[-1]:
            self.done.emit()
        else:
            self.lines[ids[ids.index(partner_id) + 1]].take_keyboard()
