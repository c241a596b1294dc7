"""A layout that sets its items side by side and goes on to the next line, as text does.

For `hicm_desktop.ui`.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Items in reading order, as many to a line as fit; lines may stand `at_end` of their room."""

    def __init__(
        self, parent: QWidget | None = None, gap: int = 6, *, at_end: bool = False
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._at_end = at_end
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        y = rect.y()
        for line in self._lines(rect.width()):
            if y > rect.y():
                y += self._gap
            if move:
                self._place_line(line, rect, y)
            y += max(item.sizeHint().height() for item in line)
        return y - rect.y()

    def _place_line(self, line: list[QLayoutItem], rect: QRect, y: int) -> None:
        x = rect.x()
        if self._at_end:
            x += max(rect.width() - self._width(line), 0)
        for item in line:
            size = item.sizeHint()
            item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._gap

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """Share what is shown among lines."""
        lines: list[list[QLayoutItem]] = []
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            if lines and self._width([*lines[-1], item]) <= width:
                lines[-1].append(item)
            else:
                lines.append([item])
        return lines

    def _width(self, line: list[QLayoutItem]) -> int:
        return sum(item.sizeHint().width() for item in line) + self._gap * (len(line) - 1)
