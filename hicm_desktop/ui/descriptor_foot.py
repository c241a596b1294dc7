"""What stands at the foot of a descriptor: the word where it is chosen, hands, the level before.

For `hicm_desktop.ui.descriptor`. Hands stand at the left and the word at the right, in one line
where there is room for both and one above the other where not, so that neither covers anything.
"""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen, QPolygonF

from hicm_desktop.ui.appearance import Look, Type
from hicm_desktop.ui.marks import MOST_DOTS, draw_hands, hands_width
from hicm_desktop.ui.text_block import TextBlock
from hicm_desktop.workshop.words import count

STRIP = 26
"""The least room kept at the foot, in px at scale 1: choosing or counting moves nothing."""
RADIUS = 6

_PAD = 10
_GAP = 8
_LINE = 22
_TICK = 12
_WORD_GAP = 7
_DOTS_GAP = 5
_TAG = "Earlier"


class Foot(msgspec.Struct, frozen=True):
    """What is shown: the word of the chosen one, the hands at it, whether it was the level before.

    `of` is what is counted: "hand" or "partner". `dots` is whether each is drawn: those of one row
    are drawn or not all alike, so that fewer never look like more.
    """

    word: str = ""
    hands: int = 0
    of: str = "hand"
    before: bool = False
    dots: bool = True

    @property
    def shown(self) -> str:
        """What is written of the hands: their number beside dots, and else with its word."""
        return str(self.hands) if self.has_dots else count(self.hands, self.of)

    @property
    def has_dots(self) -> bool:
        """Whether the hands are drawn one by one."""
        return self.dots and self.hands <= MOST_DOTS

    @property
    def spoken(self) -> str:
        """The same for a screen reader."""
        hands = count(self.hands, self.of) if self.hands else ""
        before = "The level before" if self.before else ""
        return ". ".join(filter(None, (self.word, hands, before)))


class LaidFoot:
    """A foot as laid out for a look and a width in px."""

    def __init__(self, foot: Foot, look: Look, width: int) -> None:
        self.foot, self.look, self.width = foot, look, width
        beside = look.px(_TICK + 3 * _WORD_GAP + 8)
        font = look.font(Type.SMALL_STRONG)
        self._word = TextBlock(foot.word, font, width - beside) if foot.word else None
        self._corner = self._word.height + look.px(5) if self._word else 0
        small = QFontMetrics(look.font(Type.SMALL))
        tag = small.horizontalAdvance(_TAG) + look.px(12) if foot.before else 0
        number = small.horizontalAdvance(foot.shown) + look.px(2)
        dots = hands_width(foot.hands, look.scale) + look.px(_DOTS_GAP) if foot.has_dots else 0
        self._left = [part for part in (tag, dots + number if foot.hands else 0) if part]
        in_line = sum(self._left) + look.px(_GAP) * max(len(self._left) - 1, 0)
        self._stacked = in_line > width - 2 * look.px(_PAD)
        lines = len(self._left) if self._stacked else min(len(self._left), 1)
        beside_word = look.px(_PAD + _GAP + 4) + in_line + self._word_width() <= width
        self._above = bool(self._left and self._word and (self._stacked or not beside_word))
        left = lines * look.px(_LINE)
        word = self._corner + look.px(3) if self._word else 0
        both = left + word if self._above else max(word, left + look.px(4) if lines else 0)
        self.height = max(look.px(STRIP), both)
        """The room it takes at the foot, in px."""

    def places(self, box: QRectF) -> list[QRectF]:
        """Give where the tag, the hands and the word stand in a descriptor's box, if they do."""
        look, places = self.look, []
        x = box.left() + look.px(_PAD - 4)
        lines = len(self._left) if self._stacked else 1
        y = box.bottom() - (self._corner if self._above else look.px(2)) - lines * look.px(_LINE)
        for width in self._left:
            places.append(QRectF(x, y, width, look.px(_LINE)))
            if self._stacked:
                y += look.px(_LINE)
            else:
                x += width + look.px(_GAP)
        if self._word:
            width = min(self._word_width(), box.width())
            left, top = box.right() - width, box.bottom() - self._corner
            places.append(QRectF(left, top, width, self._corner))
        return places

    def paint(self, painter: QPainter, box: QRectF) -> None:
        """Draw it at the foot of a descriptor's box. The painter's pen is lost."""
        places = self.places(box)
        if self._word is not None:
            self._paint_word(painter, box, places.pop(), self._word)
        painter.setFont(self.look.font(Type.SMALL))
        ink = QColor(self.look.theme.chosen_ink if self._word else self.look.theme.ink)
        if self.foot.hands:
            self._paint_hands(painter, places.pop(), ink)
        if self.foot.before:
            tag = places.pop().adjusted(0, 1, 0, -1)
            radius = self.look.px(4)
            painter.setPen(QPen(ink, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(tag, radius, radius)
            painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, _TAG)

    def _word_width(self) -> float:
        natural = self._word.natural_width if self._word else 0
        return natural + self.look.px(_TICK) + 3 * self.look.px(_WORD_GAP) if natural else 0

    def _paint_hands(self, painter: QPainter, place: QRectF, ink: QColor) -> None:
        number, scale, beside = self.foot.hands, self.look.scale, 0.0
        if self.foot.has_dots:
            draw_hands(painter, QPointF(place.left(), place.center().y()), number, scale, ink)
            beside = hands_width(number, scale) + self.look.px(_DOTS_GAP)
        painter.setPen(ink)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(place.adjusted(beside, 0, 0, 0), flags, self.foot.shown)

    def _paint_word(self, painter: QPainter, box: QRectF, corner: QRectF, word: TextBlock) -> None:
        """Draw the tick and the word in a dark corner: shape and text, not colour alone."""
        look = self.look
        tick, gap = look.px(_TICK), look.px(_WORD_GAP)
        shape = QPainterPath()
        shape.addRoundedRect(box, RADIUS, RADIUS)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(corner, QColor(look.theme.ink))
        painter.restore()
        pen = QPen(QColor(look.theme.ground), look.px(2.4))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        x, y = corner.left() + gap, corner.center().y()
        painter.drawPolyline(
            QPolygonF(
                [
                    QPointF(x, y),
                    QPointF(x + tick * 0.38, y + tick * 0.36),
                    QPointF(x + tick, y - tick * 0.42),
                ]
            )
        )
        word.draw(painter, x + tick + gap, corner.top() + look.px(2))
