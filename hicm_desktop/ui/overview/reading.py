"""The model's own text as one view to read, as tall as its text: the page scrolls it.

For `hicm_desktop.ui.overview.page`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextLine,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from hicm_desktop.model.values import Model
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.guidance import Guidance
from hicm_desktop.ui.marks import draw_focus
from hicm_desktop.ui.overview.text import reading_html
from hicm_desktop.workshop.report_values import UnplacedRecord

_TO_SCROLL = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    }
)
_MARGIN = 6


class Reading(Guidance):
    """A long text with links inside it. `place_shown` carries what should be scrolled into view."""

    part_asked = Signal(str)
    place_shown = Signal(QRect)

    def __init__(self, name: str, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(name, appearance, parent)
        self._on_link = False
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(_MARGIN)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def show_model(self, model: Model, unplaced: Sequence[UnplacedRecord]) -> None:
        """Show the model's text, and what was recorded that it has no place for."""
        self.show_html(reading_html(model, unplaced))

    def top_of(self, part_id: str) -> int | None:
        """Give how far down a part begins, in px, or None where the text has no such part.

        A change's part is where the first link to it stands: a name of its own would break the
        link in two, and Tab would stop at both.
        """
        block = self.document().begin()
        while block.isValid():
            if _has_anchor(block, part_id):
                return round(self.document().documentLayout().blockBoundingRect(block).top())
            block = block.next()
        return None

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the page."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys that scroll to the page."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not held and Qt.Key(event.key()) in _TO_SCROLL:
            event.ignore()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._on_link = False
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tab comes to the first link, so that it is plain where the keyboard is."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self.focusNextPrevChild(True)  # noqa: FBT003 - Qt's signature

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        """Go from link to link, and bring the link into view."""
        moved = super().focusNextPrevChild(next)
        self._on_link = moved and self.textCursor().hasSelection()
        if self._on_link:
            boxes = self._link_boxes()
            self.place_shown.emit(boxes[0].united(boxes[-1]).toAlignedRect())
        self.viewport().update()
        return moved

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._on_link and self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for box in self._link_boxes():
                draw_focus(painter, box, self._appearance.look.theme)
            painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _follow(self, url: QUrl) -> None:
        """Follow a link inside the text by asking the page to scroll."""
        if url.hasFragment() and not url.scheme():
            self.part_asked.emit(url.fragment())
        else:
            super()._follow(url)

    def _link_boxes(self) -> list[QRectF]:
        """Give the room of the link that has the keyboard, line by line."""
        cursor = self.textCursor()
        block = self.document().findBlock(cursor.selectionStart())
        layout = block.layout()
        place = layout.position()
        start = cursor.selectionStart() - block.position()
        end = cursor.selectionEnd() - block.position()
        boxes = []
        for index in range(layout.lineCount()):
            line = layout.lineAt(index)
            first, last = line.textStart(), line.textStart() + line.textLength()
            if first < end and last > start:
                left, right = _x(line, max(start, first)), _x(line, min(end, last))
                box = QRectF(left, line.y(), right - left, line.height()).translated(place)
                boxes.append(box.adjusted(-_MARGIN, -3, _MARGIN, 3))
        return boxes

    def _fit(self) -> None:
        height = round(self.document().size().height()) + 2 * self.frameWidth() + 4
        if height != self.height():
            self.setFixedHeight(height)


def _has_anchor(block: QTextBlock, name: str) -> bool:
    pieces = block.begin()
    while not pieces.atEnd():
        piece = pieces.fragment().charFormat()
        if name in piece.anchorNames() or piece.anchorHref() == f"change:{name}":
            return True
        pieces += 1
    return False


def _x(line: QTextLine, position: int) -> float:
    """Give where a character stands in its line, in px."""
    x, _ = cast("tuple[float, int]", line.cursorToX(position))
    return x
