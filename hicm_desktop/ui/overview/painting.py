"""What the profile draws with: places along the levels, the tick, the ring of the focus.

For `hicm_desktop.ui.overview` only.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from hicm_desktop.ui.appearance import Look
from hicm_desktop.ui.theme import ink_on

_RADIUS = 5


def draw_empty_place(painter: QPainter, centre: QPointF, look: Look, ground: str) -> None:
    """Draw a place that is not the agreed one: a small ring."""
    radius = look.px(4)
    painter.setPen(QPen(QColor(look.theme.mark), max(look.scale * 1.4, 1.0)))
    painter.setBrush(QColor(ground))
    painter.drawEllipse(centre, radius, radius)


def draw_agreed_place(
    painter: QPainter, box: QRectF, hue: str, look: Look, *, reservation: bool
) -> None:
    """Draw the agreed place: a box of the level's hue with a tick, dashed for a reservation.

    Its edge is in ink, so that the palest hue shows as well as the deepest.
    """
    pen = QPen(QColor(look.theme.ink), max(look.px(2), 2))
    if reservation:
        pen.setDashPattern([2.0, 1.6])
    painter.setPen(pen)
    painter.setBrush(QColor(hue))
    painter.drawRoundedRect(box, _RADIUS, _RADIUS)
    tick = min(box.height(), box.width()) * 0.52
    x, y = box.center().x() - tick / 2, box.center().y()
    cap = Qt.PenCapStyle.RoundCap
    painter.setPen(QPen(QColor(ink_on(hue)), look.scale * 2.4, Qt.PenStyle.SolidLine, cap))
    painter.drawPolyline(
        QPolygonF(
            [
                QPointF(x, y),
                QPointF(x + tick * 0.38, y + tick * 0.36),
                QPointF(x + tick, y - tick * 0.42),
            ]
        )
    )
