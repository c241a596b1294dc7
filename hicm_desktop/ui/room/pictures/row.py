"""One row in the largest type at which its five descriptors fit whole.

For `hicm_desktop.ui.room.stage`. Room is kept for what may come (a word at the foot of each card, a
line of hands, a line of what was said), so that the type stays as it is while the room decides.
Where the type would fall below the smallest, the I statement gives way, and then that room: a
descriptor is never cut, and columns are as wide as their wording needs.
"""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from hicm_desktop.ui.choices import Grouping
from hicm_desktop.ui.room.card import Card
from hicm_desktop.ui.room.cards import Cards, Reserve, fit_cards
from hicm_desktop.ui.room.painted import BOLD, STRONG, Measurer
from hicm_desktop.ui.room.text import Text
from hicm_desktop.ui.room.tones import RoomLook, Tone
from hicm_desktop.workshop.room import RoomRow, RowPicture
from hicm_desktop.workshop.values import Outcome

MARGIN = 26

_JOINED = "   ·   "
_NAME = 38
_SMALL_NAME = 27
"""A name that is too long for one line is set smaller, in two if need be."""
_STATEMENT = 22
_SAID = 24
_MOST = 34
_TINY = 6


class RowSheet(Grouping):
    """The picture of one row."""

    def __init__(self, measurer: Measurer, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._measurer = measurer
        self.name = Text(self)
        self.statement = Text(self)
        self.cards: list[Card] = []
        self.said = Text(self)

    def show_picture(self, picture: RowPicture, look: RoomLook) -> None:
        """Show a row in the size the sheet has."""
        row = picture.row
        self.setAccessibleName(f"{row.name}. {row.standing}")
        for with_statement, reserve in (
            (True, Reserve.ALL),
            (False, Reserve.ALL),
            (False, Reserve.NONE),
            (False, Reserve.TIGHT),
        ):
            statement = picture.i_statement if with_statement else ""
            area = self._place_texts(row, statement, look, reserve)
            made = fit_cards(
                row.descriptors, look, area.size(), self._measurer, reserve, (look.least, _MOST)
            )
            if made is not None:
                self._place_cards(row, area, made)
                return
        # No screen has this shape, but a window may: too small to read is better than cut off.
        made = fit_cards(row.descriptors, look, area.size(), self._measurer, reserve, (_TINY, 0))
        if made is not None:
            self._place_cards(row, area, made)

    def _place_texts(self, row: RoomRow, statement: str, look: RoomLook, reserve: Reserve) -> QRect:
        """Place all but the cards; gives the area that is left to them."""
        margin = look.px(MARGIN)
        inner = self.width() - 2 * margin
        top = look.px(12 if reserve is not Reserve.TIGHT else 4)
        top += self._place_name(row, look, inner, top, reserve)
        self.statement.setVisible(bool(statement))
        if statement:
            font = look.font(look.type(_STATEMENT))
            height = self.statement.show_text(f"“{statement}”", look, font, inner)
            self.statement.setGeometry(margin, top, inner, height)
            top += height
        top += look.px(8)
        bottom = self.height() - look.px(6) - self._place_said(row, look, inner, reserve)
        return QRect(margin, top, inner, max(bottom - top, 1))

    def _place_name(
        self, row: RoomRow, look: RoomLook, inner: int, top: int, reserve: Reserve
    ) -> int:
        """Place the row's name; gives its height. In short room what was said stands beside it."""
        words, mark = said(row) if reserve is Reserve.TIGHT else ("", None)
        words = _JOINED.join(filter(None, (row.name, words)))
        for size in (_NAME, _SMALL_NAME):
            font = look.font(look.type(size if reserve is not Reserve.TIGHT else 0), BOLD)
            height = self.name.show_text(words, look, font, inner, mark=mark)
            if height < font.pixelSize() * 2:
                break
        self.name.setGeometry(look.px(MARGIN), top, inner, height)
        return height

    def _place_said(self, row: RoomRow, look: RoomLook, inner: int, reserve: Reserve) -> int:
        """Place what was said of the row as a whole; gives the height kept for it."""
        words, mark = said(row) if reserve is not Reserve.TIGHT else ("", None)
        self.said.setVisible(bool(words))
        font = look.font(look.type(_SAID), STRONG)
        least = font.pixelSize() * 3 // 2 if reserve.keeps else 0
        if not words:
            return least
        height = self.said.show_text(words, look, font, inner, Tone.BODY, mark=mark)
        top = self.height() - look.px(6) - height
        self.said.setGeometry(look.px(MARGIN), top, inner, height)
        return max(height, least)

    def _place_cards(self, row: RoomRow, area: QRect, made: Cards) -> None:
        place_cards(self, self.cards, row, area, made)


def place_cards(parent: QWidget, cards: list[Card], row: RoomRow, area: QRect, made: Cards) -> None:
    """Place the cards of a row side by side in an area, making those that are missing."""
    while len(cards) < len(row.descriptors):
        cards.append(Card(parent))
        cards[-1].show()
    left, gap = area.x(), made.card.look.px(made.card.spacing.gap)
    for card, descriptor, width in zip(cards, row.descriptors, made.widths, strict=False):
        card.setGeometry(left, area.y(), width, area.height())
        card.show_descriptor(descriptor, made.card, width, len(row.descriptors))
        left += width + gap
    for card in cards[len(row.descriptors) :]:
        card.hide()


def said(row: RoomRow) -> tuple[str, Outcome | None]:
    """Say what is true of the row as a whole, and with which mark.

    What became of it is said on the chosen card, where there is one.
    """
    told = row.outcome is not Outcome.NOT_DISCUSSED and not row.outcome.is_agreed
    words = (row.standing if told else "", row.spread, row.movement)
    return _JOINED.join(filter(None, words)), row.outcome if told else None
