"""A table to be read: every text whole and wrapped, gone through by keyboard.

For `hicm_desktop.ui`. Whoever makes one says how wide its columns and how high its rows are to be.
Up and Down go from row to row, and through one that is longer than the view.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TypeAlias

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from hicm_desktop.ui.text_block import TextBlock
from hicm_desktop.ui.theme import LIGHT, THEMES

PAD = 7
"""Between a text and the edge of its cell, in px at scale 1."""

BAR = 4
"""How wide the bar beside the row in hand is, in px at scale 1."""

_LINE = 20
"""The height of a line of text at scale 1, in px: what lengths here are told for."""

Index: TypeAlias = QModelIndex | QPersistentModelIndex
_ACROSS = Qt.Orientation.Horizontal
_LINES = (Qt.Key.Key_Down, Qt.Key.Key_Up)


class Cells(QStyledItemDelegate):
    """Paints the cells of a table. What is laid out for a width is kept until it is forgotten."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self.view = view
        self._laid: dict[tuple[str, bool, int], TextBlock] = {}

    def forget(self) -> None:
        """Drop what was laid out for other texts, or in another look."""
        self._laid.clear()

    @abstractmethod
    def height_for(self, index: Index, width: int) -> int:
        """Give the height at which all of a cell fits a column of this width, in px."""

    def block(self, text: str, width: int, *, strong: bool = False) -> TextBlock:
        """Give a text as it lies in a cell of this width, in px."""
        inner = width - 2 * px(self.view, PAD) - 1
        key = (text, strong, inner)
        if key not in self._laid:
            self._laid[key] = TextBlock(text, font_of(self.view, strong=strong), inner)
        return self._laid[key]


class ReadingTable(QTableView):
    """A table of whole rows, one of them in hand; nothing in it is typed."""

    def __init__(self, model: QAbstractItemModel, cells: type[Cells]) -> None:
        super().__init__()
        self.cells = cells(self)
        self.setModel(model)
        self.setItemDelegate(self.cells)
        self.setHorizontalHeader(Titles(self))
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setMinimumSectionSize(1)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)

    @abstractmethod
    def fit(self) -> None:
        """Give the columns their widths and the rows their heights."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not self._read_on(
            Qt.Key(event.key())
        ):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.cells.forget()
            self.fit()

    def _read_on(self, key: Qt.Key) -> bool:
        """Scroll where the row in hand goes on beyond the edge; gives whether there was more."""
        row, bar = self.visualRect(self.currentIndex()), self.verticalScrollBar()
        most = self.viewport().height()
        step = 3 * self.fontMetrics().height() if key in _LINES else most * 4 // 5
        if key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown) and row.bottom() >= most:
            bar.setValue(bar.value() + min(step, row.bottom() - most + 2))
            return True
        if key in (Qt.Key.Key_Up, Qt.Key.Key_PageUp) and row.top() < 0:
            bar.setValue(bar.value() - min(step, -row.top()))
            return True
        return False


_LINES = (Qt.Key.Key_Down, Qt.Key.Key_Up)


class Titles(QHeaderView):
    """Paints each title whole, however narrow its column."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_ACROSS, parent)
        self.setHighlightSections(False)
        self.setAccessibleName("Columns")

    def sizeHint(self) -> QSize:
        heights = [self._block(i).height for i in range(self.count()) if self.sectionSize(i) > 0]
        return QSize(self.length(), max(heights, default=0) + 2 * px(self, PAD) + 2)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        pad = px(self, PAD)
        painter.save()
        painter.fillRect(rect, themed(QPalette.ColorRole.AlternateBase))
        line = max(2, px(self, 2))
        edge = QRect(rect.left(), rect.bottom() - line + 1, rect.width(), line)
        painter.fillRect(edge, themed(QPalette.ColorRole.Dark))
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), themed(QPalette.ColorRole.Mid))
        painter.setPen(themed(QPalette.ColorRole.WindowText))
        self._block(section).draw(painter, rect.left() + pad, rect.top() + pad)
        painter.restore()

    def _block(self, section: int) -> TextBlock:
        width = self.sectionSize(section) - 2 * px(self, PAD) - 1
        words = str(self.model().headerData(section, _ACROSS))
        return TextBlock(words, font_of(self, strong=True), width)


def alerting() -> tuple[QColor, QColor]:
    """Give the ground and the ink of words that something is amiss, which no palette has."""
    seen = themed(QPalette.ColorRole.Window), themed(QPalette.ColorRole.WindowText)
    worn = (theme for theme in THEMES if (QColor(theme.ground), QColor(theme.ink)) == seen)
    theme = next(worn, LIGHT)
    return QColor(theme.alert), QColor(theme.on_alert)


def themed(role: QPalette.ColorRole) -> QColor:
    """Give a colour of the theme: a widget's own palette is what the style sheet made of it."""
    return QGuiApplication.palette().color(role)


def font_of(widget: QWidget, *, strong: bool) -> QFont:
    """Give a widget's own type, strong or not."""
    font = QFont(widget.font())
    if font.pixelSize() <= 0:  # an application that is not dressed
        font.setPixelSize(widget.fontInfo().pixelSize())
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return font


def px(widget: QWidget, size: float) -> int:
    """Give a length of scale 1 in px at the scale of the widget's type."""
    return round(size * widget.fontMetrics().height() / _LINE)


def parts(option: QStyleOptionViewItem) -> tuple[QRect, QStyle.StateFlag]:
    """Give where a cell is painted and in what state. The stubs do not know these fields."""
    rect: QRect = option.rect
    state: QStyle.StateFlag = option.state
    return rect, state
