"""A list to choose from that shows it is one, and never cuts an entry short. For `hicm_desktop.ui`.

Closed, it is as wide as what is chosen; open, as wide as its entries need, wrapped at the screen's
edge. The style sheet takes Fusion's arrow away, so it draws its own.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from hicm_desktop.ui.screen_room import screen_room

_EDGES = 50
"""The room for the arrow and the spaces about the text, in the height of a line of 20 px."""

_UNDER = Qt.ItemDataRole.UserRole + 1


class _Entry(QStyledItemDelegate):
    """Sets an entry in from the one above it; its name for a screen reader stays as it is."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        if index.data(_UNDER):
            option.text = f"      {option.text}"


class DropDown(QComboBox):
    """A combo box. Turning the wheel over it does not change it, as it would by accident."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = QListView()
        self._entries.setWordWrap(True)
        self._entries.setTextElideMode(Qt.TextElideMode.ElideNone)
        self._entries.setItemDelegate(_Entry(self._entries))
        self.setView(self._entries)
        self.setMaxVisibleItems(16)
        self.currentTextChanged.connect(self.updateGeometry)

    def add_value(self, words: str, value: object, *, under: bool = False) -> None:
        """Add an entry for a value; one that is `under` another is set in from it."""
        self.addItem(words, value)
        self.setItemData(self.count() - 1, under, _UNDER)

    def find_value(self, value: object) -> int:
        """Give the place of a value, compared as Python does: Qt would compare by identity."""
        return next((i for i in range(self.count()) if self.itemData(i) == value), -1)

    def showPopup(self) -> None:
        wanted = self._entries.sizeHintForColumn(0) + self.fontMetrics().height() * 2
        self._entries.setMinimumWidth(min(wanted, screen_room(self).width() - 40))
        super().showPopup()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics()
        width = line.horizontalAdvance(self.currentText()) + line.height() * _EDGES // 20
        return QSize(max(width, line.height() * 6), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() * 6, super().minimumSizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = self.fontMetrics().height() / 20
        ink = self.palette().color(QPalette.ColorRole.Text)
        painter.setPen(QPen(ink, 2 * size, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        x, y = self.width() - 17 * size, self.height() / 2
        painter.drawPolyline(
            QPolygonF(
                [
                    QPointF(x - 5 * size, y - 2.5 * size),
                    QPointF(x, y + 2.5 * size),
                    QPointF(x + 5 * size, y - 2.5 * size),
                ]
            )
        )
        painter.end()
