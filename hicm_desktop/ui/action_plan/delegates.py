"""Opens the editors of the cells, and takes what was written in them to the table.

For `hicm_desktop.ui.action_plan`.
"""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from hicm_desktop.ui.action_plan.cell import Cell
from hicm_desktop.ui.action_plan.columns import Column
from hicm_desktop.ui.action_plan.editors import CellDue, CellList, CellText, Hint, ending, take
from hicm_desktop.ui.action_plan.places import Place, places
from hicm_desktop.ui.action_plan.table_model import ACTION_ROLE, Index
from hicm_desktop.ui.due_field import Due
from hicm_desktop.workshop.values import Action, Progress

_TEXT_WIDTH = 260
_DUE_WIDTH = 340
_LIST_WIDTH = 200


class EditableCell(Cell):
    """A cell that is written in, by the kind of editor that its column asks for."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = Column(index.column())
        name = column.heading(self._model)
        px = self._appearance.look.px
        if column is Column.DUE:
            due = CellDue(name, parent, px(_DUE_WIDTH))
            due.ended.connect(lambda hint: self.end(due, hint))
            return due
        if column in (Column.PLACE, Column.PROGRESS):
            choices = CellList(name, parent, px(_LIST_WIDTH))
            self._fill(choices, index)
            choices.ended.connect(lambda hint: self.end(choices, hint))
            return choices
        text = CellText(name, parent, px(_TEXT_WIDTH), one_line=column is Column.OWNER)
        text.paused.connect(lambda: self._record(text))
        return text

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what is recorded, once: what is typed since is not overwritten by another edit."""
        if editor.property("filled"):
            return
        editor.setProperty("filled", True)  # noqa: FBT003 - Qt's signature
        self._table.end_typing()
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, CellText):
            editor.show_text(str(value))
        elif isinstance(editor, CellDue) and isinstance(value, Due):
            editor.field.show_due(value)
            editor.field.line.selectAll()
        elif isinstance(editor, CellList):
            editor.show_value(value)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        value: object
        if isinstance(editor, CellText):
            value = editor.text()
        elif isinstance(editor, CellDue):
            value = editor.field.due
        elif isinstance(editor, CellList):
            value = editor.value()
        else:
            return
        if value is not None:
            model.setData(index, value)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        if isinstance(editor, CellText | CellDue | CellList):
            editor.show_over(option.rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """End an editor by the keys of every cell; a text of one line by Return too."""
        hint = ending(event, returns=isinstance(editor, CellText) and editor.one_line)
        if hint is None or not isinstance(editor, QWidget):
            return super().eventFilter(editor, event)
        take(event, lambda: self.end(editor, hint))
        return True

    def end(self, editor: QWidget, hint: object) -> None:
        """Close an editor, once, keeping what was written unless it was cancelled."""
        if editor.property("ended") or not isinstance(hint, Hint):
            return
        editor.setProperty("ended", True)  # noqa: FBT003 - Qt's signature
        if hint is Hint.RevertModelCache and isinstance(editor, CellText):
            editor.take_back()
        if hint is not Hint.RevertModelCache or isinstance(editor, CellText):
            self.commitData.emit(editor)
        self._table.end_typing()
        self.closeEditor.emit(editor, hint)

    def _record(self, text: CellText) -> None:
        """Record what has been typed so far.

        An editor that is closing has recorded it already; one that is hidden has lost its action.
        """
        if text.isVisible() and not text.property("ended"):
            self.commitData.emit(text)

    def _fill(self, choices: CellList, index: Index) -> None:
        if index.column() == Column.PROGRESS:
            for progress in Progress:
                choices.add_value(progress.words, progress)
            return
        nowhere = Place()
        choices.add_value(nowhere.words(self._model), nowhere)
        listed = list(places(self._model))
        action = index.data(ACTION_ROLE)
        if isinstance(action, Action) and Place.of(action) not in (nowhere, *listed):
            choices.add_value(Place.of(action).words(self._model), Place.of(action))
        for place in listed:
            row = place.row_words(self._model)
            words = row or place.change_words(self._model)
            choices.add_value(words, place, under=bool(row))
