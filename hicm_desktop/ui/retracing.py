"""Goes to what Undo or Redo has changed, so that nothing changes out of sight.

For `hicm_desktop.ui.console`. Whoever is typing goes on typing, where what was undone stood: what
is meant as words never comes to the matrix, where it would be keys.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QPlainTextEdit, QWidget

from hicm_desktop.model.values import Model
from hicm_desktop.workshop.edits import (
    AddAction,
    AgreeLevel,
    Edit,
    ReviseAction,
    SetDetails,
    SetOutcome,
    TakeTheirs,
    WriteChange,
    WriteRow,
)
from hicm_desktop.workshop.places import LogPlace
from hicm_desktop.workshop.room_edits import (
    ClearTally,
    CountHands,
    EndBreak,
    LeanLevel,
    PauseClock,
    PutFirst,
    RemoveSealed,
    SetBaseline,
    ShowPrevious,
    SignOff,
    StartClock,
    TakeBreak,
    TakeOutWords,
    TakePosition,
)

if TYPE_CHECKING:
    from hicm_desktop.ui.console import Console


class Retracing:
    """Brings the place of an edit into view in a console, and the keyboard where it is typed."""

    def __init__(self, console: Console, model: Model) -> None:
        self._console = console
        self._model = model

    def show(self, edit: Edit) -> None:
        """Go to where an edit was taken back or made again."""
        was_in_matrix = self._is_in_matrix()
        match edit:
            case WriteRow() | CountHands() | WriteChange():
                self._show_typed(edit, stay=was_in_matrix)
            case ReviseAction() if self._console.shows_change:
                self._show_action(edit, stay=was_in_matrix)
            case AgreeLevel(row=row) | SetOutcome(row=row) | LeanLevel(row=row):
                self._show_row(row)
            case ShowPrevious(row=row) | TakePosition(row=row) | ClearTally(row=row):
                self._show_row(row)
            case AddAction(action=action) if self._console.shows_change:
                self._show_row(action.row)
            case SetDetails():
                self._console.go_to_tab(0)
            case PutFirst() | SignOff() | RemoveSealed():
                self._console.go_to_closing()
            case TakeOutWords(number=number):
                self._console.go_to(LogPlace(number))
            case (TakeTheirs() | SetBaseline()) | (
                StartClock() | PauseClock() | TakeBreak() | EndBreak()
            ):
                pass  # it is everywhere, or in the bar wherever we are
            case _:
                self._console.go_to_plan()

    def _show_typed(self, edit: WriteRow | CountHands | WriteChange, *, stay: bool) -> None:
        """Show a text or a count of the panel; the keyboard may `stay` in the matrix."""
        console = self._console
        if not isinstance(edit, WriteChange):
            if not self._show_row(edit.row):
                return
        elif not self._model.has_change(edit.change):
            return
        elif not (console.shows_change and console.focus.change == edit.change):
            console.go_to_change(edit.change)
        changes, panel = console.changes, console.changes.panel
        match edit:
            case WriteRow(field=field):
                text = panel.row.fields[field].field
                show, write = changes.show_side_of_row, lambda: panel.row.focus_field(field)
                self._resume(text, show, write, stay=stay)
            case CountHands(when=when, level=level):
                hands = panel.row.hands
                count = hands.lines[level].count if hands.is_counting(when, level) else None
                show, write = changes.show_side_of_row, lambda: hands.count_at(when, level)
                self._resume(count, show, write, stay=stay)
            case WriteChange(field=of_change):
                text = panel.change.fields[of_change].field
                show, write = (
                    changes.show_side_of_change,
                    lambda: panel.change.focus_field(of_change),
                )
                self._resume(text, show, write, stay=stay)

    def _show_action(self, edit: ReviseAction, *, stay: bool) -> None:
        """Show an action beside the row it is of; the keyboard may `stay` in the matrix."""
        if not self._show_row(edit.action.row) or stay:
            return
        panel = self._console.changes.panel
        if panel.written_action != edit.action.id:
            self._console.changes.show_panel(wanted=True)
            panel.open_action(edit.action.id)
        panel.action.refresh()
        panel.action.focus_field(edit.field)

    def _show_row(self, row_id: str | None) -> bool:
        """Bring a row into view, where the model has it; the plan has what is tied to none.

        The keyboard stays where it is if the row is in focus already, and where it writes.
        """
        console = self._console
        if row_id is None or not self._model.has_row(row_id):
            console.go_to_plan()
            return False
        if not (console.shows_change and console.focus.row == row_id):
            held = self._written()
            console.focus.set_row(row_id)
            console.go_to_change(self._model.change_of(row_id).id)
            if held is not None and held.isVisible():
                held.setFocus()
        console.changes.show_record()  # what is typed next goes on from what stands there now
        console.changes.reveal(row_id)
        return True

    def _resume(
        self,
        field: QWidget | None,
        show: Callable[[], None],
        write: Callable[[], None],
        *,
        stay: bool,
    ) -> None:
        """Have typing go on in a field, which is left as it is where it has the keyboard."""
        self._console.changes.show_record()
        is_there = field is not None and field.isVisible() and self._focused() is field
        if not is_there:
            show()
            if not stay:
                write()

    def _focused(self) -> QWidget | None:
        """Give what has the keyboard in the console's window, or will have it there."""
        return self._console.window().focusWidget()

    def _is_in_matrix(self) -> bool:
        focused = self._focused()
        if focused is None or not self._console.shows_change:
            return False
        return self._console.changes.page.isAncestorOf(focused)

    def _written(self) -> QWidget | None:
        """Give the field of the panel that has the keyboard, where one has it."""
        focused = self._focused()
        if not isinstance(focused, QLineEdit | QPlainTextEdit | QAbstractSpinBox):
            return None
        is_there = self._console.shows_change
        return focused if is_there and self._console.changes.panel.isAncestorOf(focused) else None
