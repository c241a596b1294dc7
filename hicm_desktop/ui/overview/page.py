"""The Overview: the profile, the card of the workshop or of the start, and the model to read.

For `hicm_desktop.ui.console`. The first tab there is, so the text is laid out only after the first
paint. Where there is room the profile stands at the left and the rest beside it, each scrolling by
itself; elsewhere all is one column, led by whichever card says what to do next.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from hicm_desktop.model.values import Model
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.labels import label
from hicm_desktop.ui.layouts import take_out
from hicm_desktop.ui.overview.profile import Profile
from hicm_desktop.ui.overview.start_card import StartCard
from hicm_desktop.ui.overview.workshop_card import WorkshopCard
from hicm_desktop.ui.screen_room import screen_room
from hicm_desktop.workshop.report import NOT_A_PERFORMANCE_TOOL, build_report
from hicm_desktop.workshop.report_values import UnplacedRecord
from hicm_desktop.workshop.values import Details, Workshop

if TYPE_CHECKING:
    from hicm_desktop.ui.overview.reading import Reading

_BESIDE = 1100
"""The narrowest page, in px at scale 1, with two columns."""
_WIDEST_PROFILE = 1120
_READABLE = 820
_STEP = 40
_MARGIN = 16


class OverviewPage(QWidget):
    """What is true of the whole workshop, and of the whole model. It asks; the window answers."""

    row_asked = Signal(str)
    change_asked = Signal(str)
    details_asked = Signal()
    new_asked = Signal()
    open_asked = Signal()
    sample_asked = Signal()
    recent_asked = Signal(object)

    def __init__(self, model: Model, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._appearance = appearance
        self._unplaced: tuple[UnplacedRecord, ...] = ()
        self._reading: Reading | None = None
        self._blank = True
        self._starts = False
        self._order: tuple[bool, bool] | None = None
        self.setAccessibleName("Overview")

        self.profile = Profile(model, appearance)
        self.start_card = StartCard(appearance)
        self.workshop_card = WorkshopCard(model)
        self._left = _Column("Profile")
        self._right = _Column("The workshop and the model")
        self._title = label("Where each row stands", "title")
        self._note = label(NOT_A_PERFORMANCE_TOOL, "small")
        self._cards = QWidget()
        cards = QVBoxLayout(self._cards)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.addWidget(self.start_card)
        cards.addWidget(self.workshop_card)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._left, 3)
        self._layout.addWidget(self._right, 2)
        self.resize(screen_room(self).size())  # most are shown so, and need not be laid anew
        self.show_start(None)
        self.profile.row_asked.connect(self.row_asked)
        self.profile.change_asked.connect(self.change_asked)
        self.profile.row_focused.connect(self._reveal_row)
        self.workshop_card.details_asked.connect(self.details_asked)
        self.start_card.new_asked.connect(self.new_asked)
        self.start_card.open_asked.connect(self.open_asked)
        self.start_card.sample_asked.connect(self.sample_asked)
        self.start_card.recent_asked.connect(self.recent_asked)
        self._left.moved.connect(self._pin)

    def show_workshop(self, workshop: Workshop) -> None:
        """Show what the room recorded. What did not change is left alone."""
        self.profile.show_workshop(workshop)
        self.workshop_card.show_workshop(workshop)
        self._blank = workshop.details == Details()
        self._arrange()
        lost = workshop.orphans(self._model) or workshop.orphan_changes(self._model)
        unplaced = build_report(self._model, workshop).unplaced if lost else ()
        if unplaced != self._unplaced:
            self._unplaced = unplaced
            if self._reading is not None:
                self._reading.show_model(self._model, unplaced)

    def show_start(self, recent: Sequence[Path] | None) -> None:
        """Show the start card with files that were open before, or, for None, the workshop."""
        self._starts = recent is not None
        self.start_card.setVisible(self._starts)
        self.workshop_card.setVisible(not self._starts)
        if recent is not None:
            self.start_card.show_recent(recent)
            self._order_tabs()
        self._arrange()

    def take_keyboard(self) -> None:
        """Give the keyboard to what comes first: how to start, or where each row stands."""
        (self.start_card if self._starts else self.profile).setFocus()

    def reveal_section(self, section_id: str) -> None:
        """Bring a part of the text to the top of its column and give it the keyboard.

        Parts go by the ids of sections, of changes (for their summaries) and of records that the
        model has no row for, and by those of `hicm_desktop.workshop.search`.
        """
        reading = self.reading
        self._reveal_part(section_id)
        QTimer.singleShot(0, self, lambda: self._reveal_part(section_id))
        reading.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def reading(self) -> Reading:
        """The model's text, laid out when it is first needed."""
        if self._reading is None:
            from hicm_desktop.ui.overview.reading import Reading  # noqa: PLC0415 - start-up

            self._reading = Reading("The model to read", self._appearance)
            self._reading.change_asked.connect(self.change_asked)
            self._reading.part_asked.connect(self.reveal_section)
            self._reading.place_shown.connect(self._reveal_link)
            self._place_reading(self._reading)
            self._reading.show_model(self._model, self._unplaced)
        return self._reading

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._order is not None:
            self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the text out once the page has shown itself without it."""
        super().paintEvent(event)
        if self._reading is None:
            QTimer.singleShot(0, self, lambda: self.reading)

    def _arrange(self) -> None:
        look = self._appearance.look
        beside = self.width() >= look.px(_BESIDE)
        self._left.body.setMaximumWidth(look.px(_WIDEST_PROFILE) if beside else 16777215)
        self._right.body.setMaximumWidth(look.px(_READABLE))
        order = (beside, self._starts or self._blank)
        if order == self._order:
            return
        self._order = order
        profile = (self._title, self._note, self.profile)
        match order:
            case (True, _):
                self._left.fill(*profile)
                self._right.fill(self._cards)
            case (False, True):
                self._left.fill(self._cards, *profile)
            case (False, False):
                self._left.fill(*profile, self._cards)
        self._right.setVisible(beside)
        self._order_tabs()
        if self._reading is not None:
            self._place_reading(self._reading)

    def _place_reading(self, reading: Reading) -> None:
        beside = self._order is not None and self._order[0]
        (self._right if beside else self._left).add(reading)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Have Tab go through the page as it is read."""
        cards: list[QWidget] = [*self.start_card.buttons(), self.workshop_card.edit]
        rows: list[QWidget] = [*self.profile.rows]
        cards_lead = self._order is not None and self._order[1]
        stops = [*cards, *rows] if cards_lead else [*rows, *cards]
        if self._reading is not None:
            stops.append(self._reading)
        for stop, after in pairwise(stops):
            self.setTabOrder(stop, after)

    def _reveal_part(self, part_id: str) -> None:
        reading = self.reading
        top = reading.top_of(part_id)
        if top is not None:
            self._column_of(reading).bring_to_top(reading, top)

    def _reveal_link(self, box: QRect) -> None:
        self._column_of(self.reading).bring_into_view(self.reading, box)

    def _reveal_row(self, box: QRect) -> None:
        self._left.bring_into_view(self.profile, box)

    def _pin(self) -> None:
        top = self._left.verticalScrollBar().value()
        above = self.profile.mapTo(self._left.body, QPoint(0, 0)).y()
        self.profile.pin(top - above, self._left.room)

    def _column_of(self, widget: QWidget) -> _Column:
        return self._right if self._right.isAncestorOf(widget) else self._left


class _Column(QScrollArea):
    """Widgets one under another that scroll up and down. `moved` tells when they have."""

    moved = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().setSingleStep(_STEP)
        self.verticalScrollBar().valueChanged.connect(self.moved)
        self.body = QWidget()
        self._items = QVBoxLayout(self.body)
        self._items.setContentsMargins(_MARGIN, 10, _MARGIN, _MARGIN)
        self._items.setSpacing(8)
        self._items.addStretch(1)
        self.setWidget(self.body)

    @property
    def room(self) -> int:
        """How tall what is in view is, in px, which is a page of the bar.

        Asked for the widget that is in view, PySide makes every kind of widget known to find its.
        """
        return self.verticalScrollBar().pageStep()

    def fill(self, *widgets: QWidget) -> None:
        """Hold these widgets in place of what was there."""
        take_out(self._items)
        for widget in widgets:
            self.add(widget)

    def add(self, widget: QWidget) -> None:
        """Hold one more widget at the end."""
        self._items.insertWidget(self._items.count() - 1, widget)

    def bring_to_top(self, widget: QWidget, offset: int) -> None:
        """Scroll until a place in a widget is at the top."""
        self._items.activate()
        self.verticalScrollBar().setValue(widget.mapTo(self.body, QPoint(0, offset)).y() - 4)

    def bring_into_view(self, widget: QWidget, box: QRect) -> None:
        """Scroll as little as shows a box of a widget."""
        top = widget.mapTo(self.body, box.topLeft()).y()
        bar, height = self.verticalScrollBar(), self.room
        if top + box.height() > bar.value() + height:
            bar.setValue(top + box.height() - height)
        if top < bar.value():
            bar.setValue(top)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the ends, besides the keys that scroll anywhere."""
        bar = self.verticalScrollBar()
        ends = {Qt.Key.Key_Home: bar.minimum(), Qt.Key.Key_End: bar.maximum()}
        end = ends.get(Qt.Key(event.key()))
        if end is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            bar.setValue(end)
