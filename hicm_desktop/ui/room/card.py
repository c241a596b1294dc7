"""One descriptor as the room sees it: its level, its whole wording, and what is said of it.

For the pictures of the room view. A choice is told by a heavy border, a tick and the word; an
earlier level by an open diamond and the word; hands by dots and their number.
"""

from __future__ import annotations

import enum
import math

import msgspec
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from hicm_desktop.ui.room.drawn import Drawn
from hicm_desktop.ui.room.fit import Dots
from hicm_desktop.ui.room.painted import STRONG, Measurer, Painted, draw_diamond, draw_tick
from hicm_desktop.ui.room.tones import RoomLook, Tone
from hicm_desktop.ui.text_block import LEADING, TextBlock
from hicm_desktop.workshop.room import RoomDescriptor
from hicm_desktop.workshop.words import count

SIDE = 12
"""At either side of a level's name and of what is said at the foot, in px at 720 lines."""
_MARK = 1.2
"""The room for the mark before what is said at the foot, in sizes of type."""


def numbered(number: int, name: str) -> str:
    """Give a level's name after its number, from which it is not broken."""
    return f"{number}\u00a0\u00a0{name}"


class Spacing(enum.Enum):
    """How much room is between things: px at 720 lines, and from line to line in sizes of type."""

    CALM = (12, 10, 36, LEADING)
    TIGHT = (8, 5, 34, 1.14)
    SNUG = (6, 5, 29, 1.14)

    @property
    def pad(self) -> int:
        """From a wording to the edge of its card."""
        return self.value[0]

    @property
    def gap(self) -> int:
        """From one card to the next."""
        return self.value[1]

    @property
    def hands(self) -> int:
        """The line of hands below a card."""
        return self.value[2]

    @property
    def leading(self) -> float:
        """From one line of the wording to the next."""
        return self.value[3]


class CardLook(msgspec.Struct, frozen=True):
    """How the cards of a row are drawn, in px.

    `band` is the height of the level's name on its hue, 0 for none, and `hands` that of the line of
    hands below the card, 0 for none. `size` is the type of the wording.
    """

    look: RoomLook
    spacing: Spacing
    size: int
    band: int
    hands: int
    dots: Dots


def step(size: int, spacing: Spacing) -> int:
    """Give the height of one line of a wording, in px."""
    return math.ceil(size * spacing.leading)


def tags(descriptor: RoomDescriptor) -> list[tuple[str, bool]]:
    """Give what is said at the foot of a card, and whether it is of the choice."""
    said = [(descriptor.before, False)] if descriptor.before else []
    return [*said, (descriptor.word, True)] if descriptor.word else said


def tag_type(look: RoomLook) -> int:
    """Give the type of what is said at the foot of a card, in px."""
    return look.type(21)


def tag_beside(look: RoomLook) -> float:
    """Give what lies at either side of it, with the mark before it, in px."""
    return 2 * look.px(SIDE) + tag_type(look) * _MARK


def tag_block(words: str, look: RoomLook, width: int, measurer: Measurer) -> TextBlock:
    """Lay out what is said at the foot of a card of this width."""
    font = look.font(tag_type(look), STRONG)
    return measurer.block(words, font, width - tag_beside(look))


def tag_height(block: TextBlock | None, look: RoomLook) -> int:
    """Give the height of what is said at the foot, with its ground; None for the ground alone."""
    return (block.height if block is not None else 0) + look.px(8)


def foot(descriptor: RoomDescriptor, look: RoomLook, width: int, measurer: Measurer) -> int:
    """Give the height that the foot of a card of this width takes."""
    return sum(
        tag_height(tag_block(words, look, width, measurer), look) for words, _ in tags(descriptor)
    )


class Card(Painted):
    """Shows one descriptor."""

    def __init__(self, measurer: Measurer, drawn: Drawn, parent: QWidget) -> None:
        """Make it with what lays texts out, and with the pictures that were drawn ahead."""
        super().__init__(parent)
        self._measurer = measurer
        self._drawn = drawn
        self._shown: RoomDescriptor | None = None
        self._card = CardLook(self.look, Spacing.CALM, 20, 0, 0, Dots(1, 15, 19))
        self._levels = 1
        self._width = 0
        self._block: TextBlock | None = None
        self._name: TextBlock | None = None

    @property
    def block(self) -> TextBlock | None:
        """The wording as it is laid out."""
        return self._block

    @property
    def type_size(self) -> int:
        """The size of the wording in px."""
        return self._card.size

    @property
    def room_for_text(self) -> int:
        """The height that the wording has in the card, in px."""
        if self._shown is None:
            return 0
        look = self._card.look
        taken = self._card.band + self._card.hands + 2 * self._pad
        return self.height() - taken - foot(self._shown, look, self.width(), self._measurer)

    def show_descriptor(
        self, descriptor: RoomDescriptor, card: CardLook, width: int, levels: int
    ) -> None:
        """Show a descriptor in a width, among so many levels."""
        if (descriptor, card, width) == (self._shown, self._card, self._width):
            return
        self._shown, self._card, self._width, self._levels = descriptor, card, width, levels
        self.look = card.look
        weight = STRONG if descriptor.word else card.look.font(1).weight()
        inner = width - 2 * self._pad
        font = card.look.font(card.size, weight)
        self._block = self._measurer.block(descriptor.text, font, inner, card.spacing.leading)
        self._name = band_name(descriptor, card.look, width, self._measurer) if card.band else None
        self.setAccessibleName(words_of(descriptor))
        self.update()

    @property
    def _pad(self) -> int:
        return self._card.look.px(self._card.spacing.pad)

    def key(self, ratio: float) -> tuple[object, ...]:
        """Give all that its picture depends on, at so many px of the screen to one of its own."""
        return (self._shown, self._card, self._levels, self.width(), self.height(), ratio)

    def draw_ahead(self, ratio: float) -> None:
        """Keep a picture of it, for whichever card shows the same."""
        self._drawn.draw(self.key(ratio), self.size(), ratio, self._draw)

    def paint(self, painter: QPainter) -> None:
        picture = self._drawn.get(self.key(self.devicePixelRatioF()))
        if picture is not None:
            painter.drawPixmap(0, 0, picture)
        else:
            self._draw(painter)

    def _draw(self, painter: QPainter) -> None:
        shown, look = self._shown, self._card.look
        if shown is None or self._block is None:
            return
        chosen = bool(shown.word)
        tone = Tone.CHOSEN if chosen else Tone.BODY
        box = QRectF(0, 0, self.width(), self.height() - self._card.hands)
        # Each part of the ground once: on a large screen they are millions of px.
        below = QRectF(0, box.bottom(), self.width(), self._card.hands)
        painter.fillRect(below, look.back(Tone.BODY))
        painter.fillRect(box.adjusted(0, self._card.band, 0, 0), look.back(tone))
        self._paint_band(painter)
        self._paint_foot(painter, box)
        edge = look.front(Tone.HEAVY) if chosen else QColor(look.theme.rule)
        _frame(painter, box, max(look.px(4 if chosen else 1.4), 1), edge)
        painter.setPen(look.front(tone))
        self._block.draw(painter, self._pad, self._card.band + self._pad)
        if self._card.hands and shown.hands:
            self._paint_hands(painter, shown.hands)

    def _paint_band(self, painter: QPainter) -> None:
        if self._name is None or self._shown is None:
            return  # no band, so that the ground reaches up to the top
        ground, ink = self._card.look.level(self._shown.number, self._levels)
        painter.fillRect(QRectF(0, 0, self.width(), self._card.band), ground)
        painter.setPen(ink)
        top = (self._card.band - self._name.height) / 2
        self._name.draw(painter, self._card.look.px(SIDE), top)

    def _paint_foot(self, painter: QPainter, box: QRectF) -> None:
        if self._shown is None:
            return
        look, bottom = self._card.look, box.bottom()
        for words, is_choice in reversed(tags(self._shown)):
            block = tag_block(words, look, self.width(), self._measurer)
            height = tag_height(block, look)
            tone = Tone.WORD if is_choice else Tone.RAISED
            strip = QRectF(0, bottom - height, self.width(), height)
            painter.fillRect(strip, look.back(tone))
            size = tag_type(look) * 0.66
            middle = strip.top() + look.px(4) + block.line_height / 2
            ink = look.front(tone)
            if is_choice:
                draw_tick(painter, look.px(SIDE), middle, size, ink)
            else:
                line = QRectF(strip.topLeft(), QSizeF(strip.width(), max(look.px(1.4), 1)))
                painter.fillRect(line, look.front(Tone.OPEN_MARKS))
                mark = QRectF(look.px(SIDE), middle - size / 2, size, size)
                draw_diamond(painter, mark, ink)
            painter.setPen(ink)
            block.draw(painter, look.px(SIDE) + tag_type(look) * _MARK, strip.top() + look.px(4))
            bottom -= height

    def _paint_hands(self, painter: QPainter, number: int) -> None:
        look, dots = self._card.look, self._card.dots
        middle = self.height() - self._card.hands / 2
        x = look.px(SIDE) + 0.0
        if dots.lines:
            x += self._paint_dots(painter, number, x, middle) + look.px(6)
        block = self._hands_block(number)
        painter.setPen(look.front(Tone.BODY))
        block.draw(painter, x, middle - block.height / 2)

    def _hands_block(self, number: int) -> TextBlock:
        """Lay out the number of hands: with the word, where no dots say what is counted."""
        look, measurer = self._card.look, self._measurer
        words = str(number) if self._card.dots.lines else count(number, "hand")
        block = measurer.block(words, look.font(look.type(24), STRONG), 1e6)
        if block.natural_width <= self.width() - 2 * look.px(SIDE):
            return block
        return measurer.block(words, look.font(look.least, STRONG), 1e6)

    def _paint_dots(self, painter: QPainter, number: int, x: float, middle: float) -> float:
        """Paint a dot for each hand, from `x` on; gives the width they take."""
        dots = self._card.dots
        columns = math.ceil(number / dots.lines)
        lines = math.ceil(number / columns)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._card.look.front(Tone.HANDS))
        for i in range(number):
            line, column = divmod(i, columns)
            top = middle - dots.step * lines / 2 + line * dots.step
            inset = (dots.step - dots.size) / 2
            box = QRectF(x + column * dots.step, top + inset, dots.size, dots.size)
            painter.drawEllipse(box)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        return columns * dots.step


def _frame(painter: QPainter, box: QRectF, width: int, colour: QColor) -> None:
    """Draw a border inside a box, out of filled boxes: a drawn path takes far longer."""
    inner = box.adjusted(width, width, -width, -width)
    for side in (
        QRectF(box.left(), box.top(), box.width(), width),
        QRectF(box.left(), inner.bottom(), box.width(), width),
        QRectF(box.left(), inner.top(), width, inner.height()),
        QRectF(inner.right(), inner.top(), width, inner.height()),
    ):
        painter.fillRect(side, colour)


def band_name(
    descriptor: RoomDescriptor, look: RoomLook, width: int, measurer: Measurer
) -> TextBlock:
    """Lay out the level's name for a card of this width."""
    words = numbered(descriptor.number, descriptor.level)
    return measurer.block(words, look.font(look.type(22), STRONG), width - 2 * look.px(SIDE))


def words_of(descriptor: RoomDescriptor) -> str:
    """Say a descriptor as a screen reader reads it, with all that is drawn on it."""
    parts = [f"{descriptor.level}. {descriptor.text}", descriptor.word]
    parts.append(descriptor.before)
    parts.append(count(descriptor.hands, "hand") if descriptor.hands else "")
    return ". ".join(part.rstrip(".") for part in parts if part) + "."
