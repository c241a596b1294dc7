"""All that the room sees: the line above, the picture, and the line below. Fits its own size.

For `hicm_desktop.ui.room.window`. It is given a `RoomView` and an `Appearance`, of which it takes
the theme: its type follows its own height.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.choices import Grouping
from hicm_desktop.ui.room.card import Card
from hicm_desktop.ui.room.cards import Fits
from hicm_desktop.ui.room.drawn import Drawn
from hicm_desktop.ui.room.painted import Measurer
from hicm_desktop.ui.room.pictures.blocks import page_of
from hicm_desktop.ui.room.pictures.matrix import MatrixSheet
from hicm_desktop.ui.room.pictures.page import PageSheet
from hicm_desktop.ui.room.pictures.row import RowSheet
from hicm_desktop.ui.room.sheets import Sheets
from hicm_desktop.ui.room.text import BAR, Bar, Foot
from hicm_desktop.ui.room.tones import NO_LIGHT, RoomLook, Tone
from hicm_desktop.workshop.room import Blank, Content, MatrixPicture, RoomView, RowPicture

NOTHING = RoomView("", "", Blank(), (), "", "")
_MOST_REHEARSED = 500
_DRAWN_AHEAD = 3
"""How many of what is rehearsed are drawn as well: the row in focus, the next and the last."""


class Stage(Grouping):
    """Shows a `RoomView` as large as fits."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__("Room view", parent)
        # It paints its whole ground, so that its window need not.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._appearance = appearance
        self._shown = NOTHING
        self._look = RoomLook()
        self._placed: tuple[object, ...] = ()
        self._calls = False
        self._grounded = QColor()
        self._rehearsed: dict[tuple[object, ...], tuple[Hashable, ...]] = {}
        measurer = Measurer()
        self._drawn = Drawn()
        fits, sheets = Fits(measurer), Sheets(measurer)
        make = partial(Card, measurer, self._drawn)
        self.bar = Bar(self)
        self.row = RowSheet(fits, make, self)
        self.matrix = MatrixSheet(sheets, make, self)
        self._row_rehearsal = RowSheet(fits, make)
        self._matrix_rehearsal = MatrixSheet(sheets, make)
        self.page = PageSheet(self)
        self.foot = Foot(self)
        appearance.changed.connect(self._dress)
        self._dress()

    @property
    def shown(self) -> RoomView:
        """What the room sees now."""
        return self._shown

    @property
    def look(self) -> RoomLook:
        """The theme and the sizes in force."""
        return self._look

    @property
    def ground(self) -> QColor:
        """The colour behind all that the room sees now."""
        blank = isinstance(self._shown.content, Blank)
        return QColor(NO_LIGHT) if blank else self._look.back(Tone.BODY)

    def show_view(self, view: RoomView) -> None:
        """Show what the room is to see, at once."""
        if view == self._shown:
            return
        self._shown = view
        self._place()
        self._paint_now()

    def call(self, *, needed: bool) -> None:
        """Have a mark in the line below, by which the facilitator knows to look at the console.

        It says nothing to the room, and is for a room view that lies over the console.
        """
        if needed != self._calls:
            self._calls = needed
            self._place()
            self._paint_now()

    def rehearse(self, contents: Iterable[Content]) -> bool:
        """Find how one of these will fit, where that is not known yet, out of sight.

        The room then sees it without waiting for it. The nearest are drawn as well. Gives whether
        there was one.
        """
        ratio = self.devicePixelRatioF()
        above = 0 if self._shown.heading else self._look.px(BAR)  # a row has a heading
        size = self.row.size() - QSize(0, above)
        for i, content in enumerate(contents):
            key = (content, self._look, size.width(), size.height(), ratio)
            pictures = self._rehearsed.get(key)
            near = i < _DRAWN_AHEAD
            if pictures is None or (near and not all(p in self._drawn for p in pictures)):
                if len(self._rehearsed) > _MOST_REHEARSED:
                    self._rehearsed.clear()
                cards = self._lay_out(content, size)
                self._rehearsed[key] = tuple(card.key(ratio) for card in cards)
                if near:
                    for card in cards:
                        card.draw_ahead(ratio)
                return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._dress()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.ground)
        painter.end()

    def _lay_out(self, content: Content, size: QSize) -> list[Card]:
        """Lay a picture of rows out, which is remembered; gives its cards. No other takes long."""
        if isinstance(content, RowPicture):
            self._row_rehearsal.resize(size)
            self._row_rehearsal.show_picture(content, self._look)
            return self._row_rehearsal.cards[: len(content.row.descriptors)]
        if isinstance(content, MatrixPicture):
            self._matrix_rehearsal.resize(size)
            self._matrix_rehearsal.show_picture(content, self._look)
            return list(self._matrix_rehearsal.shown_cards())
        return []

    def _paint_now(self) -> None:
        """Paint what changed before anything else is done: the console's own painting can wait.

        A window that is not on a screen is painted by Qt once it is.
        """
        window = self.window()
        handle = window.windowHandle()
        if handle is not None and handle.isExposed():
            QCoreApplication.sendEvent(window, QEvent(QEvent.Type.UpdateRequest))

    def _dress(self) -> None:
        """Take the theme, and the sizes of this screen; a new scale of the console is neither."""
        look = RoomLook(self._appearance.room_theme, max(self.height(), 1))
        if look != self._look or self.foot.width() != self.width():
            self._look = look
            self._place()

    def _place(self) -> None:
        view, look = self._shown, self._look
        content = view.content
        blank = isinstance(content, Blank)
        self.setAccessibleName("Room view, blank" if blank else "Room view")
        self.bar.setVisible(bool(view.heading))
        self.foot.setVisible(not blank)
        top = 0
        if view.heading:
            top = self.bar.show_words(view.heading, view.position, view.time, look, self.width())
            self.bar.setGeometry(0, 0, self.width(), top)
        below = 0
        if not blank:
            below = self.foot.show_progress(
                view.marks, view.progress, look, self.width(), calls=self._calls
            )
            self.foot.setGeometry(0, self.height() - below, self.width(), below)
        area = QRect(0, top, self.width(), max(self.height() - top - below, 1))
        if (content, look, area) == self._placed:
            return  # only the line above or below says something else
        if self.ground != self._grounded:
            self._grounded = self.ground
            self.update()
        self._placed = (content, look, area)
        for sheet in (self.row, self.matrix, self.page):
            sheet.setGeometry(area)
        self.row.setVisible(isinstance(content, RowPicture))
        self.matrix.setVisible(isinstance(content, MatrixPicture))
        match content:
            case Blank():
                self.page.hide()
            case RowPicture():
                self.row.show_picture(content, look)
                self.page.hide()
            case MatrixPicture():
                self.matrix.show_picture(content, look)
                self.page.hide()
            case _:
                self.page.show_page(page_of(content), look)
                self.page.show()
