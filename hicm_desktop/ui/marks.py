"""Marks that several painters share: of outcomes, told apart by shape, of hands, of the focus.

For `hicm_desktop.ui`. Agreed is solid, agreed with reservation is half solid, parked is two bars,
not applicable is a dash, and not discussed is an empty ring.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from hicm_desktop.ui.theme import Theme
from hicm_desktop.workshop.values import Outcome

_RING_RADIUS = 6
MOST_DOTS = 8
"""The most hands that are drawn one by one; more are told by their number alone."""
_DOTS_IN_LINE = 4
_DOT = 7
_DOT_STEP = 10


def draw_mark(painter: QPainter, box: QRectF, outcome: Outcome, colour: str) -> None:
    """Draw the mark of an outcome in a square box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = max(box.width() / 7, 1.5)
    ink = QColor(colour)
    ring = box.adjusted(line / 2, line / 2, -line / 2, -line / 2)
    painter.setPen(QPen(ink, line))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    match outcome:
        case Outcome.AGREED:
            painter.setBrush(ink)
            painter.drawEllipse(ring)
        case Outcome.AGREED_WITH_RESERVATION:
            painter.drawEllipse(ring)
            painter.setBrush(ink)
            painter.drawChord(ring, 90 * 16, 180 * 16)
        case Outcome.PARKED:
            for x in (0.3, 0.7):
                painter.drawLine(
                    QPointF(box.left() + box.width() * x, ring.top()),
                    QPointF(box.left() + box.width() * x, ring.bottom()),
                )
        case Outcome.NOT_APPLICABLE:
            painter.drawLine(
                QPointF(ring.left(), box.center().y()), QPointF(ring.right(), box.center().y())
            )
        case Outcome.NOT_DISCUSSED:
            painter.drawEllipse(ring)
    painter.restore()


def draw_pill(painter: QPainter, box: QRectF, outcome: Outcome, ink: str, open_: str) -> None:
    """Draw the small mark of a row on its change's tab: the same telling in a flat shape."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius = min(box.width(), box.height()) / 3
    solid, pale = QColor(ink), QColor(open_)
    painter.setPen(Qt.PenStyle.NoPen)
    match outcome:
        case Outcome.AGREED:
            painter.setBrush(solid)
            painter.drawRoundedRect(box, radius, radius)
        case Outcome.AGREED_WITH_RESERVATION:
            painter.setPen(QPen(pale, 1))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(solid)
            painter.drawRoundedRect(
                QRectF(box.topLeft(), box.size() / 2).adjusted(0, 0, 0, box.height() / 2),
                radius,
                radius,
            )
        case Outcome.PARKED:
            painter.setBrush(solid)
            third = box.width() / 3
            for i in (0, 2):
                painter.drawRect(QRectF(box.left() + i * third, box.top(), third, box.height()))
        case Outcome.NOT_APPLICABLE:
            painter.setBrush(solid)
            painter.drawRect(QRectF(box.left(), box.center().y() - 1, box.width(), 2))
        case Outcome.NOT_DISCUSSED:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(pale, 1))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.restore()


def hands_width(number: int, scale: float) -> float:
    """Give the width of the dots for a number of hands, in px."""
    in_line = _dots(number)[1]
    return (in_line * _DOT_STEP - (_DOT_STEP - _DOT)) * scale


def draw_hands(painter: QPainter, left: QPointF, number: int, scale: float, colour: QColor) -> None:
    """Draw hands as dots in two lines at most, from the middle of their left edge."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    dots, in_line = _dots(number)
    lines = 1 if dots == in_line else 2
    size, step = _DOT * scale, _DOT_STEP * scale
    top = left.y() - (lines * step - (step - size)) / 2
    for i in range(dots):
        line, place = divmod(i, in_line)
        painter.drawEllipse(QRectF(left.x() + place * step, top + line * step, size, size))
    painter.restore()


def _dots(number: int) -> tuple[int, int]:
    """Give how many dots stand for a number of hands, and how many of them in a line."""
    return number, number if number <= _DOTS_IN_LINE else (number + 1) // 2


def draw_focus(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Draw the ring of the focus with a dark line on either side, to show on every ground."""
    ring = rect.adjusted(2.5, 2.5, -2.5, -2.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((theme.focus_edge, 5), (theme.focus, 3)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawRoundedRect(ring, _RING_RADIUS, _RING_RADIUS)
