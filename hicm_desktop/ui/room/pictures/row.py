"""One row in the largest type at which its five descriptors fit whole.

For `hicm_desktop.ui.room.stage`. Room is kept
for what may come (the words of a choice at the foot of each card, a line of hands, a line of what
was said), so that choosing any level moves nothing: neither the type nor the widths of columns.

The I statement puts the person first, and stays where the type is large enough (30 px at 720 lines)
or where leaving it out gains no more than a tenth. The room for hands and the calm distances give
way by the same rule, where the type is below 24 px. Where nothing else fits, things stand closer
still, and at last no room is kept at all: a descriptor is never cut.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import msgspec
from PySide6.QtCore import QRect
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from hicm_desktop.ui.choices import Grouping
from hicm_desktop.ui.room.card import Card, Spacing
from hicm_desktop.ui.room.cards import GOOD, Cards, Fits, Reserve
from hicm_desktop.ui.room.painted import BOLD, STRONG
from hicm_desktop.ui.room.text import Text, padding
from hicm_desktop.ui.room.tones import RoomLook
from hicm_desktop.workshop.room import RoomRow, RowPicture
from hicm_desktop.workshop.values import Outcome

MakeCard: TypeAlias = Callable[[QWidget], Card]
MARGIN = 26

_JOINED = "   ·   "
_NAME = 38
_SMALL_NAME = 27
"""A name that is too long for one line is set smaller, in two if need be."""
_STATEMENT = 22
_SAID = 24
_MOST = 34
_TINY = 6
_FAIR = 24
"""With type of this size in px at 720 lines, or a larger one, the room for hands is kept."""
_WORTH = 1.1
"""How many times larger the type must be for the statement, or the room kept, to give way."""
_TRIES = (
    (True, Reserve.ALL),
    (False, Reserve.ALL),
    (False, Reserve.CHOICE),
    (False, Reserve.TIGHT_CHOICE),
)


class _Texts(msgspec.Struct, frozen=True):
    """What stands above and below the cards, with its heights in px, and what room is kept."""

    reserve: Reserve
    top: int
    name: str
    name_size: int
    name_height: int
    statement: str
    statement_height: int
    said: str
    said_height: int
    mark: Outcome | None


class RowSheet(Grouping):
    """The picture of one row."""

    def __init__(self, fits: Fits, make: MakeCard, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._fits = fits
        self._make_card = make
        self.name = Text(self)
        self.statement = Text(self)
        self.cards: list[Card] = []
        self.said = Text(self)

    def show_picture(self, picture: RowPicture, look: RoomLook) -> None:
        """Show a row in the size the sheet has."""
        row = picture.row
        self.setAccessibleName(f"{row.name}. {row.standing}")
        chosen = self._choose(picture, look)
        area = self._place_texts(look, chosen)
        made = self._find(row, look, area, chosen.reserve, (look.least, _MOST))
        if made is None:
            # No screen has this shape, but a window may: too small to read is better than cut off.
            made = self._find(row, look, area, chosen.reserve, (_TINY, 0))
        if made is not None:
            place_cards(self, self.cards, row, area, made, self._make_card)

    def _choose(self, picture: RowPicture, look: RoomLook) -> _Texts:
        """Give the first of what there is to try in which the type is large enough."""
        found: list[tuple[int, _Texts]] = []
        for with_statement, reserve in _TRIES:
            texts = self._texts(picture, look, reserve, with_statement=with_statement)
            area = self._area(look, texts)
            made = self._find(picture.row, look, area, reserve, (look.least, _MOST))
            if made is not None:
                found.append((made.card.size, texts))
            best = max((size for size, _ in found), default=0)
            if best >= look.px(GOOD if with_statement else _FAIR):
                break
        if not found:
            return self._last_resort(picture, look)
        return next(texts for size, texts in found if size * _WORTH >= best)

    def _last_resort(self, picture: RowPicture, look: RoomLook) -> _Texts:
        snug = self._texts(picture, look, Reserve.SNUG_CHOICE, with_statement=False)
        area, sizes = self._area(look, snug), (look.least, _MOST)
        if self._find(picture.row, look, area, snug.reserve, sizes) is not None:
            return snug
        return self._texts(picture, look, Reserve.SNUG, with_statement=False)

    def _find(
        self, row: RoomRow, look: RoomLook, area: QRect, reserve: Reserve, sizes: tuple[int, float]
    ) -> Cards | None:
        return self._fits.find(row.descriptors, look, area.size(), reserve, sizes)

    def _area(self, look: RoomLook, texts: _Texts) -> QRect:
        """Give the area that the texts leave to the cards."""
        top = texts.top + texts.name_height + texts.statement_height + look.px(8)
        bottom = self.height() - look.px(6) - texts.said_height
        margin = look.px(MARGIN)
        return QRect(margin, top, self.width() - 2 * margin, max(bottom - top, 1))

    def _texts(
        self, picture: RowPicture, look: RoomLook, reserve: Reserve, *, with_statement: bool
    ) -> _Texts:
        """Measure all but the cards. In short room what was said stands beside the name."""
        row, calm = picture.row, reserve.spacing is Spacing.CALM
        said_font = look.font(look.type(_SAID), STRONG)
        words, mark = self._said(row, look, said_font) if calm else said(row)
        name = row.name if calm else _JOINED.join(filter(None, (row.name, words)))
        for size in (_NAME, _SMALL_NAME):
            font = look.font(look.type(size if calm else 0), BOLD)
            height = self._height(name, look, font, marked=not calm and mark is not None)
            if height < font.pixelSize() * 2:
                break
        statement = f"“{picture.i_statement}”" if with_statement and picture.i_statement else ""
        kept = said_font.pixelSize() * 3 // 2 if reserve.keeps_said else 0
        below = words if calm else ""
        said_height = self._height(below, look, said_font, marked=mark is not None)
        return _Texts(
            reserve=reserve,
            top=look.px(12 if calm else 4),
            name=name,
            name_size=font.pixelSize(),
            name_height=height,
            statement=statement,
            statement_height=self._height(statement, look, look.font(look.type(_STATEMENT))),
            said=below,
            said_height=max(said_height, kept),
            mark=mark,
        )

    def _said(self, row: RoomRow, look: RoomLook, font: QFont) -> tuple[str, Outcome | None]:
        """Say what is true of the row; also how hands lay at first, where that fits one line."""
        words, mark = said(row, both=True)
        if self._height(words, look, font, marked=mark is not None) < font.pixelSize() * 2:
            return words, mark
        return said(row)

    def _height(self, words: str, look: RoomLook, font: QFont, *, marked: bool = False) -> int:
        if not words:
            return 0
        beside, _ = padding(font.pixelSize(), marked=marked, framed=False)
        inner = self.width() - 2 * look.px(MARGIN) - beside
        return self._fits.measurer.block(words, font, inner).height

    def _place_texts(self, look: RoomLook, texts: _Texts) -> QRect:
        """Place all but the cards; gives the area that is left to them."""
        left, inner = look.px(MARGIN), self.width() - 2 * look.px(MARGIN)
        top = texts.top
        mark = None if texts.reserve.spacing is Spacing.CALM else texts.mark
        self.name.show_text(texts.name, look, look.font(texts.name_size, BOLD), inner, mark=mark)
        self.name.setGeometry(left, top, inner, texts.name_height)
        top += texts.name_height
        self.statement.setVisible(bool(texts.statement))
        if texts.statement:
            font = look.font(look.type(_STATEMENT))
            self.statement.show_text(texts.statement, look, font, inner)
            self.statement.setGeometry(left, top, inner, texts.statement_height)
        self.said.setVisible(bool(texts.said))
        if texts.said:
            font = look.font(look.type(_SAID), STRONG)
            height = self.said.show_text(texts.said, look, font, inner, mark=texts.mark)
            self.said.setGeometry(left, self.height() - look.px(6) - height, inner, height)
        return self._area(look, texts)


def place_cards(
    parent: QWidget,
    cards: list[Card],
    row: RoomRow,
    area: QRect,
    made: Cards,
    make: MakeCard,
) -> None:
    """Place the cards of a row side by side in an area, making those that are missing."""
    while len(cards) < len(row.descriptors):
        cards.append(make(parent))
        cards[-1].show()
    left, gap = area.x(), made.card.look.px(made.card.spacing.gap)
    for card, descriptor, width in zip(cards, row.descriptors, made.widths, strict=False):
        card.setGeometry(left, area.y(), width, area.height())
        card.show_descriptor(descriptor, made.card, width, len(row.descriptors))
        left += width + gap
    for card in cards[len(row.descriptors) :]:
        card.hide()


def said(row: RoomRow, *, both: bool = False) -> tuple[str, Outcome | None]:
    """Say what is true of the row as a whole, and with which mark; of `both` shows of hands.

    What became of it is said on the chosen card, where there is one.
    """
    told = row.outcome is not Outcome.NOT_DISCUSSED and not row.outcome.is_agreed
    first = row.first_spread if both else ""
    words = (row.standing if told else "", first, row.spread, row.movement)
    return _JOINED.join(filter(None, words)), row.outcome if told else None
