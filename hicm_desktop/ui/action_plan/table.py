"""The table of the plan as a widget: its keys, the widths of its columns, the heights of its rows.

For `hicm_desktop.ui.action_plan`. Every row is as high as its longest text; the columns share the
width there is, and scroll sideways only where they would be too narrow to read.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from hicm_desktop.ui.action_plan.columns import Column
from hicm_desktop.ui.action_plan.delegates import EditableCell
from hicm_desktop.ui.action_plan.editors import CellDue, CellText, Hint
from hicm_desktop.ui.action_plan.header import PlanHeader
from hicm_desktop.ui.appearance import Appearance

_LEAST = {
    Column.PLACE: 98,
    Column.WHERE_NOW: 92,
    Column.TO_DO: 98,
    Column.DUE: 86,
    Column.SUCCESS: 94,
    Column.OWNER: 96,
    Column.PROGRESS: 78,
}
"""The narrowest that a column is, in px at scale 1: ordinary words fit it unbroken."""

_SHARE = {
    Column.PLACE: 3,
    Column.WHERE_NOW: 5,
    Column.TO_DO: 6,
    Column.DUE: 2,
    Column.SUCCESS: 5,
    Column.OWNER: 3,
    Column.PROGRESS: 1,
}
"""How the columns share the width that is left."""

_GRID = 1
"""The width of the lines between cells, in px. Qt takes it from the cells."""

_EDITING = (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class PlanTable(QTableView):
    """The table. It asks for a removal; all else it does itself, through its model."""

    remove_asked = Signal()

    def __init__(self, cell: EditableCell, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._cell = cell
        self.setObjectName("plan")
        self.setAccessibleName("Action plan")
        self.setItemDelegate(cell)
        self.setHorizontalHeader(PlanHeader(appearance, self))
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setMinimumSectionSize(40)
        self.horizontalHeader().sectionResized.connect(self.fit)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.AnyKeyPressed)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._fitting = False

    def fit(self) -> None:
        """Give every row the height of its longest text, and the headings theirs."""
        if self._fitting or self.model() is None:
            return
        model, rows = self.model(), self.verticalHeader()
        widths = [self.columnWidth(column) - _GRID for column in Column]
        for row in range(model.rowCount()):
            cells = ((model.index(row, c), widths[c]) for c in Column)
            rows.resizeSection(row, max(self._cell.height_for(*cell) for cell in cells) + _GRID)
        self.updateGeometries()

    def share_width(self) -> None:
        """Share the width in view among the columns."""
        if self.model() is None:
            return
        px = self._appearance.look.px
        spare = max(0, self.viewport().width() - sum(px(least) for least in _LEAST.values()))
        whole = sum(_SHARE.values())
        widths = {c: px(_LEAST[c]) + spare * _SHARE[c] // whole for c in Column}
        widths[Column.TO_DO] += max(0, self.viewport().width() - sum(widths.values()))
        self._fitting = True
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        self._fitting = False
        self.fit()

    def choose(self, index: QModelIndex) -> None:
        """Choose a row by one of its cells, whatever keys are held: Ctrl+Tab may have led here."""
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
        self.scrollTo(index)

    def start_editing(self, index: QModelIndex, typed: str = "") -> None:
        """Open the editor of a cell. A text takes what was typed at its end; a time anew."""
        self.choose(index)
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return
        if self.indexWidget(index) is None:
            self.edit(index)
        editor = self.indexWidget(index)
        if isinstance(editor, CellText):
            editor.insertPlainText(typed)
        elif isinstance(editor, CellDue) and typed:
            editor.field.line.insert(typed)

    def finish_editing(self) -> None:
        """Record what is being typed, as leaving the cell would."""
        if self.state() == QAbstractItemView.State.EditingState:
            editor = self.indexWidget(self.currentIndex())
            if editor is not None:
                self._cell.end(editor, Hint.NoHint)

    def closeEditor(self, editor: QWidget, hint: Hint) -> None:
        """Go on to the next cell where Tab asks so, without opening it."""
        editor.setProperty("ended", True)  # noqa: FBT003 - Qt's signature
        super().closeEditor(editor, Hint.NoHint)
        action = {
            Hint.EditNextItem: QAbstractItemView.CursorAction.MoveNext,
            Hint.EditPreviousItem: QAbstractItemView.CursorAction.MovePrevious,
        }.get(hint)
        if action is not None:
            there = self.moveCursor(action, Qt.KeyboardModifier.NoModifier)
            if there.isValid():
                self.choose(there)

    def event(self, event: QEvent) -> bool:
        """Keep plain keys from being shortcuts of the window: here they are typed."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and _is_plain(event)
            and (_typed(event) or event.key() in (*_EDITING, Qt.Key.Key_Delete))
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if not index.isValid() or not _is_plain(event):
            super().keyPressEvent(event)
        elif event.key() in _EDITING:
            self.start_editing(index)
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_asked.emit()
        elif _typed(event):
            self.start_editing(index, event.text())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Have a row chosen to start from, so that the focus is seen and the buttons mean it."""
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection() and self.model().rowCount():
            here = self.currentIndex()
            self.choose(here if here.isValid() else self.model().index(0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.share_width()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.model() is not None:
            self.share_width()


def _is_plain(event: QKeyEvent) -> bool:
    shift, keypad = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier
    return not event.modifiers() & ~(shift | keypad)


def _typed(event: QKeyEvent) -> str:
    """Give the character a key types; empty for a key that types none."""
    return event.text() if event.text().isprintable() else ""
