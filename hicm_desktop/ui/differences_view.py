"""What differs between two states of a workshop, as a list to read: where, and both wordings.

For `hicm_desktop.ui`. Every text stands whole, wrapped, however long; nothing can be changed here.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QKeyEvent,
    QPainter,
    QPalette,
)
from PySide6.QtWidgets import (
    QFrame,
    QSizePolicy,
    QStackedLayout,
    QStyle,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from hicm_desktop.ui.labels import label
from hicm_desktop.ui.reading_table import BAR, PAD, Cells, Index, ReadingTable, parts, px, themed
from hicm_desktop.ui.text_block import TextBlock
from hicm_desktop.workshop.differences import Difference

WHERE = "Where"
NOTHING = "Nothing"
"""Stands, muted, where one side has nothing recorded."""

ALIKE = "Nothing differs."
_SHARES = (5, 6, 6)
_MANY = 20
"""So many need the scroll bar; to have it beforehand saves laying all of them out twice."""

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

    def difference(self, index: Index) -> Difference | None:
        """Give the difference of a row, or None for no row."""
        return self._differences[index.row()] if index.isValid() else None

    def text(self, index: Index) -> str:
        """Give what a cell says; empty where one side has nothing."""
        found = self._differences[index.row()]
        return (found.where, found.before, found.after)[index.column()]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._differences)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
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


class DifferencesTable(ReadingTable):
    """The list as a table. Up and Down go from one to the next, and through one that is long."""

    chosen = Signal(object)

    def __init__(self, differences: DifferenceTable) -> None:
        super().__init__(differences, _Cells)
        self.doubleClicked.connect(self.chosen.emit)

    def start(self) -> None:
        """Lay out anew, from the top; the first row is the one to start from."""
        policy = Qt.ScrollBarPolicy
        many = self.model().rowCount() > _MANY
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOn if many else policy.ScrollBarAsNeeded
        )
        self.cells.forget()
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
            heights = (self.cells.height_for(i, self.columnWidth(i.column())) for i in cells)
            rows.resizeSection(row, max(heights))
        self.updateGeometries()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not held and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class _Cells(Cells):
    """Paints the differences."""

    def height_for(self, index: Index, width: int) -> int:
        """Give the height at which the whole text fits a column of this width, in px."""
        return self._block(index, width).height + 2 * px(self.view, PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, state = parts(option)
        pad = px(self.view, PAD)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        ground = QPalette.ColorRole.Highlight if chosen else QPalette.ColorRole.Base
        ink = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        muted = not chosen and not _text(index)
        own: QPalette = option.palette
        painter.save()
        painter.fillRect(rect, own.color(ground))
        if chosen and index.column() == 0:
            bar = QRect(rect.left(), rect.top(), px(self.view, BAR), rect.height())
            painter.fillRect(bar, themed(QPalette.ColorRole.Highlight))
        painter.setPen(themed(QPalette.ColorRole.PlaceholderText) if muted else own.color(ink))
        self._block(index, rect.width() + 1).draw(painter, rect.left() + pad, rect.top() + pad)
        painter.restore()

    def _block(self, index: Index, width: int) -> TextBlock:
        return self.block(_text(index) or NOTHING, width, strong=index.column() == 0)


def _text(index: Index) -> str:
    model = index.model()
    if not isinstance(model, DifferenceTable):
        raise TypeError("these cells are painted for differences alone")
    return model.text(index)
