"""One page on a plain ground, whole or as large as in print. For `hicm_desktop.ui.export`.

It shows a picture and knows nothing of where it came from.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

_MARGIN = 12
"""What is left about a page, in px."""
_IN_PRINT = 96 / 72
"""Pixels for a point where a page is as large as on paper."""
_NOTCH = 120

STEPS = {
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_End: 1_000_000,
    Qt.Key.Key_Home: -1_000_000,
}
"""How many pages a key goes on; no further than to the last or the first."""


class PageArea(QScrollArea):
    """Scrolls a page. `stepped` carries how many pages to go on; `resized`: there is other room."""

    stepped = Signal(int)
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._page = _Page()
        self._points = (1.0, 1.0)
        self._wheeled = 0
        self.whole = True
        self.setObjectName("pages")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumHeight(1)  # the buttons about it are never cut, whatever the room
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWidget(self._page)
        self._page.setAutoFillBackground(False)

    @property
    def page_size(self) -> QSize:
        """How large the page is shown, in px."""
        return self.size_of(self._points)

    def size_of(self, points: tuple[float, float]) -> QSize:
        """Give how large a page of this size in points would be shown, in px."""
        width, height = points
        if self.whole:
            room = self.maximumViewportSize() - QSize(2 * _MARGIN, 2 * _MARGIN)
            scale = max(min(room.width() / width, room.height() / height), 0.01)
        else:
            scale = _IN_PRINT * self.fontMetrics().height() / 20
        return QSize(max(round(width * scale), 1), max(round(height * scale), 1))

    def show_page(self, points: tuple[float, float], image: QImage | None) -> None:
        """Show a page of this size in points; blank where its picture is still to come."""
        self._points = points
        self._page.image = image
        self.fit()

    def fit(self) -> None:
        """Give the page the size it is to have in the room there is."""
        policy = (
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            if self.whole
            else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        )
        self.setHorizontalScrollBarPolicy(policy)
        self.setVerticalScrollBarPolicy(policy)
        self._page.resize(self.page_size + QSize(2 * _MARGIN, 2 * _MARGIN))
        self._page.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, and go on to the next page where there is no more to scroll."""
        bar, turned = self.verticalScrollBar(), event.angleDelta().y()
        at_end = bar.value() == (bar.maximum() if turned < 0 else bar.minimum())
        if not turned or not at_end:
            self._wheeled = 0
            super().wheelEvent(event)
            return
        event.accept()
        self._wheeled += turned
        if abs(self._wheeled) >= _NOTCH:
            self.stepped.emit(-1 if self._wheeled > 0 else 1)
            self._wheeled = 0


class _Page(QWidget):
    """Paints a page in its middle, with an edge."""

    def __init__(self) -> None:
        super().__init__()
        self.image: QImage | None = None

    def paintEvent(self, event: QPaintEvent) -> None:
        place = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(place, QColor("white"))
        if self.image is not None:
            painter.drawImage(place, self.image)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Dark), 1))
        painter.drawRect(QRectF(place).adjusted(-0.5, -0.5, 0.5, 0.5))
        painter.end()
