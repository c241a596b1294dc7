"""What differs between two states of a workshop, as a list to read: where, and both wordings.

For `hicm_desktop.ui`. Every text stands whole, wrapped, however long; nothing can be changed here.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
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
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from hicm_desktop.ui.fields import label
from hicm_desktop.ui.text_block import TextBlock
from hicm_desktop.workshop.differences import Difference

WHERE = "Where"
NOTHING = "Nothing"
"""Stands, muted, where one side has nothing recorded."""

ALIKE = "Nothing differs."
_SHARES = (5, 6, 6)
_MANY = 20
"""So many need the scroll bar; to have it beforehand saves laying all of them out twice."""

_PAD = 7
_BAR = 4
_LINE = 20
"""The height of a line of text at scale 1, in px: what lengths here are told for."""

_Index = QModelIndex | QPersistentModelIndex
_ACROSS = Qt.Orientation.Horizontal


class DifferenceTable(QAbstractTableModel):
    """The differences, one a row."""

    def __init__(self, left: str, right: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = [WHERE, left, right]
        self._differences: tuple[Difference, ...] = ()

    def show(self, differences: Sequence[Difference], titles: Sequence[str]) -> None:
        """List these in place of what was listed, the two sides under these titles."""
        self.beginResetModel()
        self._differences = tuple(differences)
        self._titles[1:] = titles
        self.endResetModel()

    def difference(self, index: _Index) -> Difference | None:
        """Give the difference of a row, or None for no row."""
        return self._differences[index.row()] if index.isValid() else None

    def text(self, index: _Index) -> str:
        """Give what a cell says; empty where one side has nothing."""
        found = self._differences[index.row()]
        return (found.where, found.before, found.after)[index.column()]

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._differences)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._titles)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index) or NOTHING
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._titles[index.column()]}: {self.text(index) or NOTHING}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        shown = orientation is _ACROSS and role == Qt.ItemDataRole.DisplayRole
        return self._titles[section] if shown else None


class DifferencesView(QFrame):
    """A list of differences, or the words for there being none.

    `place_chosen` carries the place of the one on which Return is pressed or that is clicked twice.
    """

    place_chosen = Signal(object)

    def __init__(self, left: str, right: str, parent: QWidget | None = None) -> None:
        """Make an empty list. `left` names the state before and `right` the one after."""
        super().__init__(parent)
        self.differences = DifferenceTable(left, right, self)
        self.table = DifferencesTable(self.differences)
        self.said = label(ALIKE)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.said.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.said.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        words = QWidget()
        room = QVBoxLayout(words)
        room.setContentsMargins(2, 2, 2, 2)
        room.addWidget(self.said)
        room.addStretch(1)
        self._pages = QStackedLayout(self)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._pages.addWidget(words)
        self._pages.addWidget(self.table)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.table.chosen.connect(self._choose)

    def show_differences(
        self, differences: Sequence[Difference], left: str | None = None, right: str | None = None
    ) -> None:
        """List these; a title that is None stays as it is."""
        titles = [
            given if given is not None else self.differences.headerData(section, _ACROSS) or ""
            for section, given in ((1, left), (2, right))
        ]
        self.differences.show(differences, titles)
        self.table.setAccessibleName(f"What differs: {titles[0]}, and {titles[1]}")
        self.table.start()
        if differences:
            self._pages.setCurrentIndex(1)
        else:
            self.say(ALIKE)

    def say(self, words: str) -> None:
        """Say something in place of a list."""
        self.said.setText(words)
        self.said.setAccessibleName(words)
        self._pages.setCurrentIndex(0)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 12, line * 5)

    def _choose(self, index: QModelIndex) -> None:
        found = self.differences.difference(index)
        if found is not None:
            self.place_chosen.emit(found.place)


class DifferencesTable(QTableView):
    """The list as a table. Up and Down go from one to the next, and through one that is long."""

    chosen = Signal(object)

    def __init__(self, differences: DifferenceTable) -> None:
        super().__init__()
        self._cells = _Cells(self)
        self.setModel(differences)
        self.setItemDelegate(self._cells)
        self.setHorizontalHeader(_Titles(self))
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
        self.doubleClicked.connect(self.chosen.emit)

    def start(self) -> None:
        """Lay out anew, from the top; the first row is the one to start from."""
        policy = Qt.ScrollBarPolicy
        many = self.model().rowCount() > _MANY
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOn if many else policy.ScrollBarAsNeeded
        )
        self._cells.forget()
        self.fit()
        self.setCurrentIndex(self.model().index(0, 0))
        self.scrollToTop()

    def fit(self) -> None:
        """Share the width among the columns, and give every row the height of its longest text."""
        width, whole = self.viewport().width(), sum(_SHARES)
        for column, share in enumerate(_SHARES):
            self.setColumnWidth(column, width * share // whole)
        last = len(_SHARES) - 1
        self.setColumnWidth(last, width - sum(self.columnWidth(c) for c in range(last)))
        rows, model = self.verticalHeader(), self.model()
        for row in range(model.rowCount()):
            cells = (model.index(row, column) for column in range(len(_SHARES)))
            heights = (self._cells.height_for(i, self.columnWidth(i.column())) for i in cells)
            rows.resizeSection(row, max(heights))
        self.updateGeometries()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self.currentIndex())
        elif not self._read_on(Qt.Key(event.key())):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._cells.forget()
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


class _Cells(QStyledItemDelegate):
    """Paints the cells. What is laid out for a width is kept until it is forgotten."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self._laid: dict[tuple[str, bool, int], TextBlock] = {}

    def forget(self) -> None:
        """Drop what was laid out for other differences, or in another look."""
        self._laid.clear()

    def height_for(self, index: _Index, width: int) -> int:
        """Give the height at which the whole text fits a column of this width, in px."""
        return self._block(index, width).height + 2 * _px(self._view, _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect, state = _parts(option)
        pad = _px(self._view, _PAD)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        ground = QPalette.ColorRole.Highlight if chosen else QPalette.ColorRole.Base
        ink = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        muted = not chosen and not _text(index)
        own: QPalette = option.palette
        painter.save()
        painter.fillRect(rect, own.color(ground))
        if chosen and index.column() == 0:
            bar = QRect(rect.left(), rect.top(), _px(self._view, _BAR), rect.height())
            painter.fillRect(bar, themed(QPalette.ColorRole.Highlight))
        painter.setPen(themed(QPalette.ColorRole.PlaceholderText) if muted else own.color(ink))
        self._block(index, rect.width() + 1).draw(painter, rect.left() + pad, rect.top() + pad)
        painter.restore()

    def _block(self, index: _Index, width: int) -> TextBlock:
        strong, text = index.column() == 0, _text(index) or NOTHING
        inner = width - 2 * _px(self._view, _PAD) - 1
        key = (text, strong, inner)
        if key not in self._laid:
            self._laid[key] = TextBlock(text, _font(self._view, strong=strong), inner)
        return self._laid[key]


class _Titles(QHeaderView):
    """Paints each title whole, however narrow its column."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_ACROSS, parent)
        self.setHighlightSections(False)
        self.setAccessibleName("Columns")

    def sizeHint(self) -> QSize:
        heights = [self._block(i).height for i in range(self.count()) if self.sectionSize(i) > 0]
        return QSize(self.length(), max(heights, default=0) + 2 * _px(self, _PAD) + 2)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        pad = _px(self, _PAD)
        painter.save()
        painter.fillRect(rect, themed(QPalette.ColorRole.AlternateBase))
        line = max(2, _px(self, 2))
        edge = QRect(rect.left(), rect.bottom() - line + 1, rect.width(), line)
        painter.fillRect(edge, themed(QPalette.ColorRole.Dark))
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), themed(QPalette.ColorRole.Mid))
        painter.setPen(themed(QPalette.ColorRole.WindowText))
        self._block(section).draw(painter, rect.left() + pad, rect.top() + pad)
        painter.restore()

    def _block(self, section: int) -> TextBlock:
        width = self.sectionSize(section) - 2 * _px(self, _PAD) - 1
        words = str(self.model().headerData(section, _ACROSS))
        return TextBlock(words, _font(self, strong=True), width)


def themed(role: QPalette.ColorRole) -> QColor:
    """Give a colour of the theme: a widget's own palette is what the style sheet made of it."""
    return QGuiApplication.palette().color(role)


def _text(index: _Index) -> str:
    model = index.model()
    if not isinstance(model, DifferenceTable):
        raise TypeError("these cells are painted for differences alone")
    return model.text(index)


def _font(widget: QWidget, *, strong: bool) -> QFont:
    font = QFont(widget.font())
    if font.pixelSize() <= 0:  # an application that is not dressed
        font.setPixelSize(widget.fontInfo().pixelSize())
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return font


def _px(widget: QWidget, size: float) -> int:
    """Give a length of scale 1 in px at the scale of the widget's type."""
    return round(size * widget.fontMetrics().height() / _LINE)


def _parts(option: QStyleOptionViewItem) -> tuple[QRect, QStyle.StateFlag]:
    """Give where a cell is painted and in what state. The stubs do not know these fields."""
    rect: QRect = option.rect
    state: QStyle.StateFlag = option.state
    return rect, state
