"""A show of hands on the row in focus, before discussion and after. For `ui.row_panel`.

It folds away, and says in words how the hands lie. They are never averaged.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hicm_desktop.document.document import Document
from hicm_desktop.ui.choices import Choice, Grouping
from hicm_desktop.ui.flow import FlowLayout
from hicm_desktop.ui.hand_count import CountLine
from hicm_desktop.ui.labels import label, link_button
from hicm_desktop.ui.partner_positions import PartnerPositions
from hicm_desktop.ui.scrolling import scroll_to
from hicm_desktop.workshop.edits import Edit
from hicm_desktop.workshop.room_edits import ClearTally, CountHands, TakePosition
from hicm_desktop.workshop.spread import spread_words
from hicm_desktop.workshop.tally import Tally, When
from hicm_desktop.workshop.values import Partner
from hicm_desktop.workshop.words import count

_KEYS = {When.BEFORE: "H", When.AFTER: "Shift+H"}
_SAID_AFTER_MS = 400
"""How long a count waits to be said: it may be typed in two digits, or counted on."""
_BOTH = "Hands were counted too: the dots are of those."


class HandsPanel(QWidget):
    """The counts of one row. `done` is emitted at the end of a count, `said` when one changed."""

    done = Signal()
    said = Signal(str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._row = ""
        self._when = When.BEFORE
        self._by_partner = False
        self._last: str | None = None
        self._last_by_partner = False
        self._levels = tuple(level.id for level in document.model.levels)
        self._saying = QTimer(self, singleShot=True, interval=_SAID_AFTER_MS)
        self._saying.timeout.connect(self._say)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._head())
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(4)
        body.addWidget(self._switch())
        body.addWidget(self._counts())
        self.partners = PartnerPositions(document.model.levels, self.lines[self._levels[-1]].count)
        self.partners.taken.connect(self._take)
        self.partners.done.connect(self._end_partners)
        body.addWidget(self.partners)
        self._both = label(_BOTH, "small")
        body.addWidget(self._both)
        layout.addWidget(self._body)
        self.words = label("", "small")
        layout.addWidget(self.words)
        layout.addWidget(self._links())
        self.fold()

    @property
    def is_open(self) -> bool:
        """Whether the counts are in view."""
        return not self._body.isHidden()

    def show_row(self, row_id: str) -> None:
        """Show the hands of a row."""
        if row_id != self._row:
            self._say_now()
            self._row = row_id
            for line in self.lines.values():
                line.forget_refusal()
        self.refresh()

    def refresh(self) -> None:
        """Show what is recorded now."""
        if not self._row:
            return
        model, record = self._document.model, self._document.workshop.row(self._row)
        tellings = ((when, spread_words(model, record.tally(when))) for when in When)
        words = "\n".join(f"{when.words}: {told}" for when, told in tellings if told)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        if self.is_open:
            self._show_tally(record.tally(self._when))

    def open(self, when: When) -> None:
        """Unfold it for one of the counts, and take the keyboard to the first of its fields.

        Hands are counted as the row has them: by level, or by partner where only positions were
        taken. Asked for again from its own fields, it turns from the one to the other.
        """
        tally = self._document.workshop.row(self._row).tally(when)
        if self.is_open and self._when is when and self._has_keyboard():
            self._by_partner = not self._by_partner
        else:
            self._by_partner = bool(tally.positions) and not tally.hands
        self._open(when)

    def _has_keyboard(self) -> bool:
        focused = self.window().focusWidget()
        return focused is not None and self._body.isAncestorOf(focused)

    def _open(self, when: When) -> None:
        self._turn(when)
        scroll_to(self)
        if self._by_partner:
            self.partners.take_keyboard()
        else:
            self.lines[self._levels[0]].take_keyboard()

    def count_at(self, when: When, level_id: str) -> None:
        """Unfold it for one of the counts, and take the keyboard to the count of a level."""
        self._by_partner = False
        self._open(when)
        if level_id in self.lines:
            self.lines[level_id].take_keyboard()

    def is_counting(self, when: When, level_id: str) -> bool:
        """Tell whether one of the counts is in view with a level's count in it."""
        return self.is_open and self._when is when and level_id in self.lines

    def fold(self) -> None:
        """Fold it away; the words stay."""
        self._body.hide()
        self._foot.hide()
        self._unfold.setText("Count   H")
        self._unfold.setAccessibleName("Show of hands: count")

    def _head(self) -> QHBoxLayout:
        self._unfold = QPushButton()
        self._unfold.setProperty("kind", "choice")
        self._unfold.setToolTip("Before discussion (H), after discussion (Shift+H)")
        self._unfold.clicked.connect(lambda: self.fold() if self.is_open else self.open(self._when))
        layout = QHBoxLayout()
        layout.addWidget(label("Show of hands", "strong"), 1)
        layout.addWidget(self._unfold)
        return layout

    def _switch(self) -> QWidget:
        holder = Grouping("When hands were shown")
        flow = FlowLayout(holder, gap=4)
        self._whens: dict[When, Choice] = {}
        for when in When:
            button = Choice(when.words)
            button.setToolTip(f"{when.words} ({_KEYS[when]})")
            button.chosen.connect(lambda w=when: self._turn(w))
            flow.addWidget(button)
            self._whens[when] = button
        return holder

    def _counts(self) -> QWidget:
        self._fields = QWidget()
        layout = QVBoxLayout(self._fields)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        self.lines: dict[str, CountLine] = {}
        for level in self._document.model.levels:
            line = CountLine(level)
            line.count.counted.connect(lambda number, v=level.id: self._count(v, number))
            line.count.stepped.connect(lambda step, v=level.id: self._step(v, step))
            line.count.done.connect(lambda v=level.id: self._go_on(v))
            line.count.left.connect(self._document.end_typing)
            if self._document.is_read_only:
                line.only_show()
            layout.addWidget(line)
            self.lines[level.id] = line
        return self._fields

    def _links(self) -> QWidget:
        self._foot = QWidget()
        flow = FlowLayout(self._foot, gap=4)
        self.clear = link_button("Clear and count again")
        self.clear.clicked.connect(self._clear)
        self.other = link_button("")
        self.other.clicked.connect(self._change_way)
        flow.addWidget(self.clear)
        flow.addWidget(self.other)
        return self._foot

    def _turn(self, when: When) -> None:
        """Show one of the two counts."""
        self._say_now()
        self._when = when
        self._body.show()
        self._foot.show()
        self._unfold.setText("Fold away")
        self._unfold.setAccessibleName("Show of hands: fold away")
        for line in self.lines.values():
            line.name_for(when)
            line.forget_refusal()
        self.refresh()

    def _show_tally(self, tally: Tally) -> None:
        partners = self._partners()
        self._by_partner = self._by_partner and bool(partners)
        for when, button in self._whens.items():
            button.show_chosen(chosen=when is self._when)
        self._fields.setVisible(not self._by_partner)
        self.partners.setVisible(self._by_partner)
        self._both.setVisible(self._by_partner and bool(tally.hands))
        if self._by_partner:
            may_take = not self._document.is_read_only
            self.partners.show_tally(partners, tally, open_=may_take)
        else:
            counted = {hands.level: hands.number for hands in tally.hands}
            for level_id, line in self.lines.items():
                line.count.show_count(counted.get(level_id, 0))
        self.clear.setEnabled(tally != Tally() and not self._document.is_read_only)
        self.other.setText("Count hands" if self._by_partner else "Count by partner")
        self.other.setVisible(bool(partners))

    def _partners(self) -> tuple[Partner, ...]:
        return tuple(p for p in self._document.workshop.details.partners if p.id)

    def _count(self, level_id: str, number: int) -> None:
        self._apply(CountHands(self._row, self._when, level_id, number, self._levels), level_id)

    def _take(self, partner_id: str, level_id: str | None) -> None:
        self._apply(TakePosition(self._row, self._when, partner_id, level_id), level_id)

    def _apply(self, edit: Edit, level_id: str | None) -> None:
        self._last, self._last_by_partner = level_id, self._by_partner
        self._document.apply(edit)
        self.refresh()
        self._saying.start()

    def _clear(self) -> None:
        self._apply(ClearTally(self._row, self._when), None)
        self._open(self._when)

    def _change_way(self) -> None:
        self._by_partner = not self._by_partner
        self._open(self._when)

    def _step(self, level_id: str, step: int) -> None:
        there = self._levels.index(level_id) + step
        if 0 <= there < len(self._levels):
            self.lines[self._levels[there]].take_keyboard()

    def _go_on(self, level_id: str) -> None:
        if level_id == self._levels[-1]:
            self.done.emit()
        else:
            self._step(level_id, 1)

    def _end_partners(self) -> None:
        """Go to the button that folds this away: in the matrix a digit too many would agree."""
        self._unfold.setFocus(Qt.FocusReason.ShortcutFocusReason)
        scroll_to(self._unfold)

    def _say_now(self) -> None:
        if self._saying.isActive():
            self._saying.stop()
            self._say()

    def _say(self) -> None:
        """Say what was counted last, and how all the hands lie now."""
        model = self._document.model
        tally = self._document.workshop.row(self._row).tally(self._when)
        parts = []
        if self._last is not None:
            at, of = (
                (tally.partners_at, "partner")
                if self._last_by_partner
                else (tally.hands_at, "hand")
            )
            parts.append(f"{count(at(self._last), of)} at {model.level(self._last).name}")
        parts.append(spread_words(model, tally) or "No hands")
        self.said.emit(f"{self._when.words}: {'. '.join(parts)}")
