"""The action plan tab: what is done to actions there, read back from the document, and undone."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QWidget
from pytestqt.qtbot import QtBot

from hicm_desktop.document.document import Document
from hicm_desktop.document.saving import TYPING_PAUSE_MS
from hicm_desktop.ui.action_plan.columns import Column
from hicm_desktop.ui.action_plan.editors import CellDue, CellList, CellText
from hicm_desktop.ui.action_plan.page import ActionPlanPage
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.due_field import CalendarPopup
from hicm_desktop.workshop.decisions import minutes
from hicm_desktop.workshop.edits import AgreeLevel, RemoveActions, ReviseAction
from hicm_desktop.workshop.values import Action, Progress, Workshop

CONTROL = Qt.KeyboardModifier.ControlModifier
TODAY = dt.date(2026, 12, 10)


def assert_is(workshop: Workshop, before: Workshop) -> None:
    """See that a workshop is what it was: only lines that were taken back may be new in its log."""
    assert replace(workshop, log=()) == replace(before, log=())
    assert minutes(workshop) == minutes(before)


@pytest.fixture
def page(document: Document, qtbot: QtBot, appearance: Appearance) -> ActionPlanPage:
    page = ActionPlanPage(document, appearance, today=lambda: TODAY)
    qtbot.addWidget(page)
    document.changed.connect(lambda _before, after: page.show_workshop(after))
    page.show_workshop(document.workshop)
    page.resize(1366, 640)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def cell(page: ActionPlanPage, row: int, column: Column) -> QModelIndex:
    return page.table.model().index(row, column)


def go_to(page: ActionPlanPage, row: int, column: Column) -> None:
    page.table.setFocus()
    page.table.setCurrentIndex(cell(page, row, column))
    page.table.selectRow(row)
    page.table.setCurrentIndex(cell(page, row, column))


def press(key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, held or Qt.KeyboardModifier.NoModifier)


def write(text: str) -> None:
    for letter in text:
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClicks(widget, letter)


def editor(page: ActionPlanPage) -> QWidget:
    found = page.table.indexWidget(page.table.currentIndex())
    assert found is not None
    return found


def entries(qtbot: QtBot, page: ActionPlanPage) -> tuple[CellList, QListView]:
    combo = editor(page)
    assert isinstance(combo, CellList)
    view = combo.view()
    assert isinstance(view, QListView)
    qtbot.waitUntil(view.isVisible)
    return combo, view


def is_closed(page: ActionPlanPage) -> bool:
    return page.table.indexWidget(page.table.currentIndex()) is None


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter])
@pytest.mark.parametrize("column", [Column.WHERE_NOW, Column.TO_DO, Column.SUCCESS])
def test_a_text_is_written_by_keyboard_and_undone_as_one(
    page: ActionPlanPage, document: Document, key: Qt.Key, column: Column
) -> None:
    before = document.workshop
    go_to(page, 1, column)
    press(key)
    write(" More.")
    press(Qt.Key.Key_Return)
    write("And more.")
    windows_own: list[str] = []
    shortcut = QShortcut("Ctrl+Return", page)
    shortcut.activated.connect(lambda: windows_own.append("an action"))
    press(Qt.Key.Key_Return, CONTROL)
    assert windows_own == []
    was = getattr(before.actions[1], column.field)
    assert getattr(document.workshop.actions[1], column.field) == f"{was} More.\nAnd more."
    assert len(document.history.past) == 1
    assert page.table.hasFocus()
    document.undo()
    assert_is(document.workshop, before)


def test_the_keyboard_arrives_on_the_first_action(page: ActionPlanPage, document: Document) -> None:
    page.add.setFocus()
    page.take_keyboard()
    assert page.table.hasFocus()
    assert page.remove.isEnabled()
    press(Qt.Key.Key_Delete)
    assert len(document.workshop.actions) == 11
    assert document.history.undo_name == "Remove action"


def test_tab_keeps_what_was_written_and_goes_on_to_the_next_cell(
    page: ActionPlanPage, document: Document
) -> None:
    go_to(page, 0, Column.TO_DO)
    press(Qt.Key.Key_F2)
    write("!")
    press(Qt.Key.Key_Tab)
    assert document.workshop.actions[0].to_do.endswith("!")
    assert page.table.currentIndex() == cell(page, 0, Column.DUE)
    assert is_closed(page)
    press(Qt.Key.Key_Backtab)
    assert not page.table.hasFocus()


def test_escape_leaves_the_cell_as_it_was(page: ActionPlanPage, document: Document) -> None:
    before = document.workshop
    go_to(page, 0, Column.TO_DO)
    press(Qt.Key.Key_F2)
    write("Never mind")
    press(Qt.Key.Key_Escape)
    assert is_closed(page)
    assert_is(document.workshop, before)
    assert len(document.history.past) == 0


def test_typing_opens_the_cell_and_adds_to_it(page: ActionPlanPage, document: Document) -> None:
    was = document.workshop.actions[0].to_do
    go_to(page, 0, Column.TO_DO)
    write("x 3")
    press(Qt.Key.Key_Return, CONTROL)
    assert document.workshop.actions[0].to_do == f"{was}x 3"


@pytest.mark.parametrize("paused", [False, True])
def test_undo_in_an_open_cell_takes_back_typing_and_never_the_workshop(
    page: ActionPlanPage, document: Document, qtbot: QtBot, *, paused: bool
) -> None:
    document.apply(AgreeLevel("planned", "mature"))
    before = document.workshop
    go_to(page, 0, Column.TO_DO)
    press(Qt.Key.Key_F2)
    write("abc")
    if paused:
        qtbot.waitUntil(lambda: document.workshop != before, timeout=1000)
    for _ in range(5):
        press(Qt.Key.Key_Z, CONTROL)
    text = editor(page)
    assert isinstance(text, CellText)
    assert text.text() == before.actions[0].to_do
    press(Qt.Key.Key_Return, CONTROL)
    assert_is(document.workshop, before)


def test_what_is_being_typed_is_kept_when_the_keyboard_goes_elsewhere(
    page: ActionPlanPage, document: Document
) -> None:
    go_to(page, 0, Column.SUCCESS)
    press(Qt.Key.Key_F2)
    write(" Every week.")
    page.filters.words.setFocus()
    assert document.workshop.actions[0].success.endswith(" Every week.")
    go_to(page, 1, Column.SUCCESS)
    press(Qt.Key.Key_F2)
    write(" Every day.")
    page.finish_editing()
    assert document.workshop.actions[1].success.endswith(" Every day.")
    assert is_closed(page)


def test_what_is_being_typed_is_kept_when_the_window_closes(
    page: ActionPlanPage, document: Document
) -> None:
    go_to(page, 0, Column.SUCCESS)
    press(Qt.Key.Key_F2)
    write(" To the last word.")
    page.window().close()
    assert document.workshop.actions[0].success.endswith(" To the last word.")


def test_an_open_cell_stays_open_with_its_text_when_another_edit_is_made(
    page: ActionPlanPage, document: Document
) -> None:
    action = document.workshop.actions[0]
    go_to(page, 0, Column.TO_DO)
    press(Qt.Key.Key_F2)
    write(" Unfinished")
    document.apply(
        ReviseAction(Action(id=action.id, to_do=action.to_do, owner="Someone else"), "owner")
    )
    text = editor(page)
    assert isinstance(text, CellText)
    assert text.text() == f"{action.to_do} Unfinished"
    press(Qt.Key.Key_Return, CONTROL)
    kept = document.workshop.actions[0]
    assert (kept.to_do, kept.owner) == (f"{action.to_do} Unfinished", "Someone else")


@pytest.mark.parametrize(
    ("typed", "on", "words"),
    [
        ("31/3/2027", dt.date(2027, 3, 31), ""),
        ("after Easter", None, "after Easter"),
        ("1", None, "1"),
    ],
)
def test_a_time_is_typed_anew_as_a_date_or_as_words(
    page: ActionPlanPage,
    document: Document,
    typed: str,
    on: dt.date | None,
    words: str,
) -> None:
    before = document.workshop
    go_to(page, 0, Column.DUE)
    write(typed)
    press(Qt.Key.Key_Return)
    action = document.workshop.actions[0]
    assert (action.due_on, action.due_words) == (on, words)
    document.undo()
    assert_is(document.workshop, before)


def test_a_time_left_untouched_is_not_altered(page: ActionPlanPage, document: Document) -> None:
    for row in range(len(document.workshop.actions)):
        go_to(page, row, Column.DUE)
        press(Qt.Key.Key_F2)
        press(Qt.Key.Key_Tab)
    assert len(document.history.past) == 0


def test_a_day_chosen_from_the_calendar_is_kept_at_once(
    page: ActionPlanPage, document: Document
) -> None:
    go_to(page, 0, Column.DUE)
    press(Qt.Key.Key_F2)
    due = editor(page)
    assert isinstance(due, CellDue)
    QTest.mouseClick(due.field.calendar_button, Qt.MouseButton.LeftButton)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, CalendarPopup)
    popup.chosen.emit(dt.date(2027, 5, 1))
    popup.close()
    assert document.workshop.actions[0].due_on == dt.date(2027, 5, 1)
    assert len(document.history.past) == 1
    assert is_closed(page)


def test_progress_is_chosen_by_keyboard(
    page: ActionPlanPage, document: Document, qtbot: QtBot
) -> None:
    before = document.workshop
    go_to(page, 0, Column.PROGRESS)
    press(Qt.Key.Key_Return)
    combo, view = entries(qtbot, page)
    assert [combo.itemData(i) for i in range(combo.count())] == list(Progress)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: is_closed(page))
    assert document.workshop.actions[0].progress is Progress.DONE
    document.undo()
    assert_is(document.workshop, before)


def test_a_list_closed_by_escape_changes_nothing(
    page: ActionPlanPage, document: Document, qtbot: QtBot
) -> None:
    go_to(page, 0, Column.PLACE)
    press(Qt.Key.Key_F2)
    _, view = entries(qtbot, page)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: is_closed(page))
    assert len(document.history.past) == 0


@pytest.mark.parametrize(
    ("words", "change", "row"),
    [
        ("No one change", None, None),
        ("Change 9: Housing and related services", "housing", None),
        ("Choice protocol", "engagement-and-choice", "choice-protocol"),
    ],
)
def test_an_action_is_tied_to_a_row_or_to_a_change_or_to_none(
    page: ActionPlanPage,
    document: Document,
    qtbot: QtBot,
    words: str,
    change: str | None,
    row: str | None,
) -> None:
    before = document.workshop
    go_to(page, 0, Column.PLACE)
    press(Qt.Key.Key_F2)
    combo, view = entries(qtbot, page)
    view.setCurrentIndex(combo.model().index(combo.findText(words), 0))
    QTest.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: is_closed(page))
    action = document.workshop.actions[0]
    assert (action.change, action.row) == (change, row)
    document.undo()
    assert_is(document.workshop, before)


def test_an_action_of_another_version_of_the_model_keeps_its_row(
    page: ActionPlanPage, document: Document, qtbot: QtBot
) -> None:
    stray = Action(id=document.workshop.actions[0].id, change="gone", row="gone-too")
    document.apply(ReviseAction(stray, "place"))
    assert "gone (not in this version of the model)" in str(cell(page, 0, Column.PLACE).data())
    go_to(page, 0, Column.PLACE)
    press(Qt.Key.Key_F2)
    _, view = entries(qtbot, page)
    QTest.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: is_closed(page))
    assert document.workshop.actions[0] == stray
    assert not page.go.isEnabled()


def test_the_owner_is_one_line_that_return_keeps(page: ActionPlanPage, document: Document) -> None:
    go_to(page, 0, Column.OWNER)
    press(Qt.Key.Key_F2)
    text = editor(page)
    assert isinstance(text, CellText)
    text.selectAll()
    QApplication.clipboard().setText("Council\nand trust")
    text.paste()
    press(Qt.Key.Key_Return)
    assert document.workshop.actions[0].owner == "Council and trust"
    document.undo()
    assert document.history.past == ()


def test_an_action_is_added_opened_and_undone(page: ActionPlanPage, document: Document) -> None:
    before = document.workshop
    QTest.mouseClick(page.add, Qt.MouseButton.LeftButton)
    write("Ring the families")
    press(Qt.Key.Key_Tab)
    added = document.workshop.actions[-1]
    assert (added.change, added.row, added.to_do) == (None, None, "Ring the families")
    assert len({action.id for action in document.workshop.actions}) == len(before.actions) + 1
    document.undo()
    document.undo()
    assert_is(document.workshop, before)


def test_an_action_is_added_to_the_row_that_the_filters_show(
    page: ActionPlanPage, document: Document
) -> None:
    document.apply(AgreeLevel("choice-protocol", "mature"))
    place = page.filters.place
    place.setCurrentIndex(place.findText("Choice protocol"))
    page.filters.words.setText("nothing like it")
    QTest.mouseClick(page.add, Qt.MouseButton.LeftButton)
    added = document.workshop.actions[-1]
    assert (added.change, added.row) == ("engagement-and-choice", "choice-protocol")
    assert added.where_now.startswith("Mature: ")
    assert page.table.model().rowCount() == 1
    assert isinstance(editor(page), CellText)


@pytest.mark.parametrize("by_mouse", [True, False])
def test_chosen_actions_are_removed_and_come_back_where_they_were(
    page: ActionPlanPage, document: Document, *, by_mouse: bool
) -> None:
    before = document.workshop
    go_to(page, 2, Column.TO_DO)
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    if by_mouse:
        QTest.mouseClick(page.remove, Qt.MouseButton.LeftButton)
    else:
        press(Qt.Key.Key_Delete)
    assert document.workshop.actions == (*before.actions[:2], *before.actions[4:])
    assert page.table.currentIndex().row() == 3
    document.undo()
    assert_is(document.workshop, before)
    shown = [cell(page, row, Column.TO_DO).data() for row in range(len(before.actions))]
    assert shown == [action.to_do for action in before.actions]


def test_delete_in_an_open_cell_removes_a_letter_and_no_action(
    page: ActionPlanPage, document: Document
) -> None:
    before = document.workshop
    go_to(page, 0, Column.TO_DO)
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Delete)
    press(Qt.Key.Key_Return, CONTROL)
    assert len(document.workshop.actions) == len(before.actions)
    assert document.workshop.actions[0].to_do != before.actions[0].to_do


def test_the_button_asks_for_the_row_of_the_action_in_focus(
    page: ActionPlanPage, document: Document, qtbot: QtBot
) -> None:
    go_to(page, 1, Column.TO_DO)
    with qtbot.waitSignal(page.row_asked) as asked:
        QTest.mouseClick(page.go, Qt.MouseButton.LeftButton)
    assert asked.args == [document.workshop.actions[1].row]
    document.apply(ReviseAction(Action(id=document.workshop.actions[1].id), "place"))
    assert not page.go.isEnabled()


def test_a_double_click_opens_a_cell(page: ActionPlanPage) -> None:
    index = cell(page, 0, Column.TO_DO)
    at = page.table.visualRect(index).topLeft() + QPoint(5, 5)
    viewport = page.table.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=at)
    assert isinstance(page.table.indexWidget(index), CellText)


def test_digits_agree_no_level_from_here(page: ActionPlanPage, document: Document) -> None:
    agreed: list[int] = []
    shortcut = QShortcut("3", page)
    shortcut.activated.connect(lambda: agreed.append(3))
    for widget in (page.table, page.add, page.filters.overdue):
        widget.setFocus()
        QTest.keyClicks(widget, "3")
        press(Qt.Key.Key_Escape)
    assert agreed == []
    assert len(document.history.past) == 0


def test_two_writings_in_one_cell_are_undone_one_after_the_other(
    page: ActionPlanPage, document: Document
) -> None:
    before = document.workshop
    for text in (" One.", " Two."):
        go_to(page, 0, Column.TO_DO)
        press(Qt.Key.Key_F2)
        write(text)
        press(Qt.Key.Key_Return, CONTROL)
    document.undo()
    assert document.workshop.actions[0].to_do == f"{before.actions[0].to_do} One."
    document.undo()
    assert_is(document.workshop, before)


def test_what_is_typed_in_an_open_cell_is_recorded_at_a_pause_and_undone_as_one(
    page: ActionPlanPage, document: Document, qtbot: QtBot
) -> None:
    before = document.workshop.actions[0].to_do
    steps = len(document.history.past)
    go_to(page, 0, Column.TO_DO)
    press(Qt.Key.Key_F2)
    write(" And")
    qtbot.waitUntil(lambda: document.workshop.actions[0].to_do == before + " And", timeout=1000)
    write(" more")
    press(Qt.Key.Key_Return, CONTROL)
    assert document.workshop.actions[0].to_do == before + " And more"
    assert len(document.history.past) == steps + 1
    document.undo()
    assert document.workshop.actions[0].to_do == before


def test_escape_takes_back_what_a_pause_has_recorded(
    page: ActionPlanPage, document: Document, qtbot: QtBot
) -> None:
    before = document.workshop.actions[0].to_do
    go_to(page, 0, Column.TO_DO)
    press(Qt.Key.Key_F2)
    write("x")
    qtbot.waitUntil(lambda: document.workshop.actions[0].to_do == before + "x", timeout=1000)
    press(Qt.Key.Key_Escape)
    assert document.workshop.actions[0].to_do == before


def test_nothing_is_recorded_once_the_cell_is_closed(
    page: ActionPlanPage, document: Document, qtbot: QtBot
) -> None:
    go_to(page, 0, Column.TO_DO)
    press(Qt.Key.Key_F2)
    write("x")
    press(Qt.Key.Key_Escape)
    before = document.workshop
    qtbot.wait(TYPING_PAUSE_MS + 50)  # Qt would warn of an editor that is no longer the table's
    assert_is(document.workshop, before)


def test_ctrl_and_a_digit_is_left_to_the_window(page: ActionPlanPage) -> None:
    go_to(page, 0, Column.TO_DO)
    held = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_1, CONTROL, "1")
    held.ignore()
    QApplication.sendEvent(page.table, held)
    assert not held.isAccepted()


def test_an_action_removed_while_it_is_written_takes_its_cell_along(
    page: ActionPlanPage, document: Document, qtbot: QtBot
) -> None:
    go_to(page, 0, Column.TO_DO)
    press(Qt.Key.Key_F2)
    write("x")
    document.apply(RemoveActions((document.workshop.actions[0].id,)))
    before = document.workshop
    qtbot.wait(TYPING_PAUSE_MS + 50)
    assert_is(document.workshop, before)
    document.undo()
    assert len(document.workshop.actions) == len(before.actions) + 1
