"""What every part of the room view is: a label that paints itself, placed by its picture.

For `hicm_desktop.ui.room`. A label, since a screen reader passes over a plain widget; it reads the
accessible name. The style sheet of the application, which follows the console's A− and A+, has no
say in it: fonts and colours come from the `RoomLook` alone.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QShowEvent,
)
from PySide6.QtWidgets import QLabel, QWidget

from hicm_desktop.ui.appearance import FAMILY
from hicm_desktop.ui.room.fit import Part, lines, narrowest, widest
from hicm_desktop.ui.room.tones import RoomLook
from hicm_desktop.ui.text_block import LEADING, TextBlock

STRONG = QFont.Weight.DemiBold
BOLD = QFont.Weight.Bold

_PARTS = re.compile(r"((?:\u00a0|[^\s/-])*[/-]+|(?:\u00a0|[^\s/-])+)((?:(?!\u00a0)\s)*)")
_EM = 100
_MOST_REMEMBERED = 5000
_MOST_BLOCKS = 1000
_ROUNDING = 1.004
"""What a font may be wider at one size than at another, for its outlines are fitted to px."""


class Painted(QLabel):
    """A part of the room view. Subclasses paint in `paint`.

    Edges are smoothed only where a mark is drawn: a smoothed fill of a straight box looks the same
    and takes many times as long.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = RoomLook()

    def paint(self, painter: QPainter) -> None:
        """Paint it."""
        raise NotImplementedError

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._cover()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._cover()

    def _cover(self) -> None:
        """Have nothing beneath painted with it, since it paints its whole ground.

        The style sheet, which has labels transparent, says otherwise each time that it is worn.
        """
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint(painter)
        painter.end()


class Measurer:
    """Measures texts in ems, each word once: widths go with the size. Keeps what it laid out."""

    def __init__(self, weight: QFont.Weight = STRONG) -> None:
        font = QFont(FAMILY)
        font.setPixelSize(_EM)
        font.setWeight(weight)
        self._font = font
        self._metrics = QFontMetricsF(font)
        self._heights: dict[tuple[str, int, float, float], int] = {}
        self._blocks: dict[tuple[str, int, int, float, float], TextBlock] = {}
        self._words: dict[str, float] = {}
        self._texts: dict[str, tuple[Part, ...]] = {}
        self._narrowest: dict[tuple[str, int], float] = {}

    def parts(self, text: str) -> tuple[Part, ...]:
        """Give the parts of a text that are not broken."""
        if text not in self._texts:
            self._texts[text] = tuple(
                Part(self._width(word), self._width(space.replace("\n", "")), space.count("\n"))
                for word, space in _PARTS.findall(text)
            )
        return self._texts[text]

    def narrowest(self, text: str, lines: int) -> float:
        """Give the least width in ems at which a text takes no more than so many lines."""
        key = (text, lines)
        if key not in self._narrowest:
            self._narrowest[key] = narrowest(self.parts(text), lines)
        return self._narrowest[key]

    def height(self, text: str, size: int, width: float, leading: float) -> int:
        """Lay a text out at a size in px and give its height; the same again is remembered."""
        key = (text, size, width, leading)
        if key not in self._heights:
            if len(self._heights) > _MOST_REMEMBERED:
                self._heights.clear()
            font = QFont(self._font)
            font.setPixelSize(size)
            self._heights[key] = TextBlock(text, font, width, leading).height
        return self._heights[key]

    def block(self, text: str, font: QFont, width: float, leading: float = LEADING) -> TextBlock:
        """Lay a text out in a font of the room; the same again is the same block."""
        key = (text, font.pixelSize(), int(font.weight()), width, leading)
        if key not in self._blocks:
            if len(self._blocks) > _MOST_BLOCKS:
                self._blocks.clear()
            self._blocks[key] = TextBlock(text, font, width, leading)
        return self._blocks[key]

    def lines(self, text: str, width: float) -> int:
        """Give how many lines a text takes at a width in ems."""
        return lines(self.parts(text), width)

    def widest(self, text: str) -> float:
        """Give the width in ems of the widest part of a text."""
        return widest(self.parts(text))

    def widest_drawn(self, text: str, font: QFont) -> int:
        """Give the width in px of the widest part of a text, as it is laid out in a font.

        A letter may reach beyond its advance by more than `_ROUNDING`, as the y of "Exemplary".
        """
        words = (word for word, _ in _PARTS.findall(text))
        return max((self.block(word, font, 1e6).natural_width for word in words), default=0)

    def _width(self, word: str) -> float:
        if word not in self._words:
            self._words[word] = self._metrics.horizontalAdvance(word) / _EM * _ROUNDING
        return self._words[word]


def draw_tick(painter: QPainter, x: float, y: float, size: float, colour: QColor) -> None:
    """Draw a tick of this width, with its left end here."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, size / 5))
    painter.drawPolyline(
        QPolygonF(
            [
                QPointF(x, y),
                QPointF(x + size * 0.38, y + size * 0.36),
                QPointF(x + size, y - size * 0.42),
            ]
        )
    )
    painter.restore()


def draw_diamond(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Draw the mark of an earlier level: an open diamond."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, box.width() / 7))
    centre = box.center()
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(centre.x(), box.top()),
                QPointF(box.right(), centre.y()),
                QPointF(centre.x(), box.bottom()),
                QPointF(box.left(), centre.y()),
            ]
        )
    )
    painter.restore()
