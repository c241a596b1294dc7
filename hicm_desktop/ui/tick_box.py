"""A check box that is plain to see in both themes, and whose words wrap. For `hicm_desktop.ui`.

The style sheet can colour Fusion's box or give it a picture, but draws no tick in the theme's ink.
It paints with the palette, which carries the theme.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from hicm_desktop.ui.theme import LIGHT

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_TICK = ((0.22, 0.52), (0.43, 0.73), (0.78, 0.28))
_ROLE = QPalette.ColorRole


class TickBox(QCheckBox):
    """A check box. All of it can be clicked."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        """Make a box with words, which are shown as they are: no letter of them is a shortcut."""
        super().__init__(words.replace("&", "&&"), parent)
        self.words = words
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        width = self._left() + self.fontMetrics().horizontalAdvance(self.words) + self._pad()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), self._left() + self._size() * 5), self._size())

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(width - self._left(), 1), 100_000)
        words = self.fontMetrics().boundingRect(room, _WRAP.value, self.words).height()
        return max(self._size(), words) + 2 * self._pad()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size, checked = self._size(), self.isChecked()
        box = QRectF(self._pad(), (self.height() - size) / 2, size, size).adjusted(1, 1, -1, -1)
        if self.hasFocus():
            for colour, width in ((LIGHT.focus_edge, 5), (LIGHT.focus, 3)):
                painter.setPen(QPen(QColor(colour), width))
                painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 5, 5)
        enabled = self.isEnabled()
        draw_tick(painter, box, self.palette(), checked=checked, enabled=enabled)
        # A style sheet gives the words one colour, whether they can be ticked or not.
        painter.setPen(self._colour(_ROLE.WindowText if enabled else _ROLE.PlaceholderText))
        painter.drawText(self.rect().adjusted(self._left(), 0, 0, 0), _WRAP.value, self.words)
        painter.end()

    def _size(self) -> int:
        return round(self.fontMetrics().height() * 0.9)

    def _pad(self) -> int:
        return 5

    def _left(self) -> int:
        """Give where the words begin."""
        return self._pad() * 2 + self._size() + (self._size() // 3 if self.words else 0)

    def _colour(self, role: QPalette.ColorRole) -> QColor:
        return self.palette().color(role)


def draw_tick(
    painter: QPainter, box: QRectF, palette: QPalette, *, checked: bool, enabled: bool = True
) -> None:
    """Draw a box in the colours of the theme, which the application's palette has."""
    filled = checked and enabled
    painter.setPen(QPen(palette.color(_ROLE.Highlight if filled else _ROLE.Dark), 2))
    painter.setBrush(palette.color(_ROLE.Highlight if filled else _ROLE.Base))
    painter.drawRoundedRect(box, 3, 3)
    if checked:
        tick = _ROLE.HighlightedText if filled else _ROLE.PlaceholderText
        pen = QPen(palette.color(tick), box.width() / 6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        side = box.width()
        painter.drawPolyline(
            QPolygonF([box.topLeft() + QPointF(x * side, y * side) for x, y in _TICK])
        )
