"""The action plan tab: what is shown of it, in what order, in which words, and never cut short."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hicm_desktop.document.document import Document
from hicm_desktop.model.values import Model
from hicm_desktop.ui.action_plan.columns import Column
from hicm_desktop.ui.action_plan.editors import CellText
from hicm_desktop.ui.action_plan.page import ActionPlanPage
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.workshop.edits import AddAction, RemoveActions, ReviseAction
from hicm_desktop.workshop.values import Action, Progress

TODAY = dt.date(2026, 12, 10)
LONG = "Donaudampfschifffahrtsgesellschaftskapitän " * 4


@pytest.fixture
def page(document: Document, appearance: Appearance, qtbot: QtBot) -> ActionPlanPage:
    page = ActionPlanPage(document, appearance, today=lambda: TODAY)
    qtbot.addWidget(page)
    document.changed.connect(lambda _before, after: page.show_workshop(after))
    page.show_workshop(document.workshop)
    page.resize(1024, 560)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def shown(page: ActionPlanPage, column: Column = Column.TO_DO) -> list[str]:
    model = page.table.model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def plan(document: Document) -> list[str]:
    return [action.to_do for action in document.workshop.actions]


def words(page: ActionPlanPage) -> str:
    return page._count.text()


def test_the_published_columns_come_first_in_their_own_words_and_ours_say_so(
    page: ActionPlanPage, model: Model
) -> None:
    table = page.table.model()
    across = Qt.Orientation.Horizontal
    headings = [table.headerData(c, across) for c in Column]
    assert tuple(headings[:5]) == model.columns
    assert headings[5:] == ["Owner", "Progress"]
    spoken = [str(table.headerData(c, across, Qt.ItemDataRole.AccessibleTextRole)) for c in Column]
    assert spoken[:5] == headings[:5]
    assert all("not part of the published plan" in text for text in spoken[5:])


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.5])
@pytest.mark.parametrize("width", [900, 1366, 1900])
def test_every_cell_is_high_enough_for_the_whole_of_its_text(
    page: ActionPlanPage, document: Document, appearance: Appearance, scale: float, width: int
) -> None:
    document.apply(AddAction(Action(id="long", to_do=LONG, success="one\ntwo\n\nfour", owner=LONG)))
    appearance.set_scale(scale)
    page.resize(width, 700)
    QApplication.processEvents()
    table, cell = page.table, page.table._cell
    for row in range(table.model().rowCount()):
        for column in Column:
            index = table.model().index(row, column)
            box = table.visualRect(index)
            assert cell.height_for(index, box.width()) <= box.height()


def test_no_column_is_out_of_view_at_usual_sizes(
    page: ActionPlanPage, appearance: Appearance
) -> None:
    for scale, width in ((1.0, 1024), (1.25, 1024), (1.5, 1366), (1.5, 1024)):
        appearance.set_scale(scale)
        page.resize(width, 700)
        QApplication.processEvents()
        assert page.table.horizontalScrollBar().maximum() == 0


def test_an_action_past_its_date_says_overdue_unless_it_is_done(
    page: ActionPlanPage, document: Document
) -> None:
    late = [a for a in document.workshop.actions if a.is_overdue(TODAY)]
    assert late
    model = page.table.model()
    for row, action in enumerate(document.workshop.actions):
        spoken = model.index(row, Column.DUE).data(Qt.ItemDataRole.AccessibleTextRole)
        assert str(spoken).endswith(", overdue") == (action in late)
    done = msgspec.structs.replace(late[0], progress=Progress.DONE)
    document.apply(ReviseAction(done, "progress"))
    row = document.workshop.actions.index(done)
    spoken = model.index(row, Column.DUE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "overdue" not in str(spoken)


def test_a_screen_reader_is_given_names_and_whole_texts(
    page: ActionPlanPage, document: Document
) -> None:
    table = QAccessible.queryAccessibleInterface(page.table)
    assert table.text(QAccessible.Text.Name) == "Action plan"
    children = (table.child(i) for i in range(table.childCount()))
    names = [child.text(QAccessible.Text.Name) for child in children if child is not None]
    assert set(document.model.columns) <= set(names)
    first = names.index("Change 1: Early discharge planning, Emergency")
    action = document.workshop.actions[0]
    assert names[first + 1 : first + 3] == [action.where_now, action.to_do]
    page.table.start_editing(page.table.model().index(0, Column.DUE))
    widget = QApplication.focusWidget()
    assert widget is not None
    assert widget.accessibleName() == "When will it be done by?"


def test_dates_sort_by_date_then_words_then_nothing(
    page: ActionPlanPage, document: Document
) -> None:
    document.apply(AddAction(Action(id="blank", to_do="When, nobody said")))
    order = page.filters.order
    order.setCurrentIndex(order.findText("When will it be done by?"))
    times = shown(page, Column.DUE)
    dated = sorted(a.due_on for a in document.workshop.actions if a.due_on is not None)
    worded = sorted((a.due_words for a in document.workshop.actions if a.due_words), key=str.lower)
    assert [t.split()[-1] for t in times[: len(dated)]] == [str(d.year) for d in dated]
    assert times[len(dated) : -1] == worded
    assert times[-1] == ""
    page.filters.reverse.click()
    assert shown(page, Column.DUE)[-1] == ""
    assert shown(page, Column.DUE)[-2].split()[-1] == str(dated[0].year)


def test_a_heading_sorts_turns_round_and_goes_back_to_the_order_of_the_plan(
    page: ActionPlanPage, document: Document
) -> None:
    header = page.table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(Column.OWNER) + 20, 10)
    owners = sorted((a.owner for a in document.workshop.actions), key=str.casefold)
    nobody = [""] * owners.count("")
    owners = owners[len(nobody) :]
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert shown(page, Column.OWNER) == owners + nobody
    assert page.filters.order.currentText() == "Owner"
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert shown(page, Column.OWNER) == owners[::-1] + nobody
    assert page.filters.reverse.isChecked()
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert shown(page) == plan(document)
    assert page.filters.order.currentText() == "Order of the plan"


def test_the_order_is_chosen_by_keyboard(page: ActionPlanPage, document: Document) -> None:
    page.filters.order.setFocus()
    QTest.keyClick(page.filters.order, Qt.Key.Key_End)
    done = [a.to_do for a in document.workshop.actions if a.progress is Progress.DONE]
    assert shown(page)[-len(done) :] == done
    QTest.keyClick(page.filters.order, Qt.Key.Key_Home)
    assert shown(page) == plan(document)


def test_filters_narrow_the_plan_and_say_how_much_is_shown(
    page: ActionPlanPage, document: Document
) -> None:
    actions = document.workshop.actions
    filters = page.filters
    assert words(page) == f"{len(actions)} of {len(actions)} actions shown"

    filters.place.setCurrentIndex(filters.place.findText("Change 1: Early discharge planning"))
    of_change = [a.to_do for a in actions if a.change == "early-discharge-planning"]
    assert shown(page) == of_change
    filters.place.setCurrentIndex(filters.place.findText("Emergency"))
    assert shown(page) == [a.to_do for a in actions if a.row == "emergency"]
    assert words(page) == f"2 of {len(actions)} actions shown"
    filters.clear()

    filters.owner.setCurrentIndex(filters.owner.findText("Chief pharmacist"))
    assert shown(page) == [a.to_do for a in actions if a.owner == "Chief pharmacist"]
    filters.clear()

    filters.overdue.setFocus()
    QTest.keyClick(filters.overdue, Qt.Key.Key_Space)
    assert shown(page) == [a.to_do for a in actions if a.is_overdue(TODAY)]
    filters.clear()

    QTest.keyClicks(filters.words, "BOARD round saturday")
    assert shown(page) == [actions[0].to_do]
    QTest.mouseClick(filters.show_all, Qt.MouseButton.LeftButton)
    assert shown(page) == plan(document)


def test_filters_that_hide_everything_say_how_to_come_back(
    page: ActionPlanPage, document: Document
) -> None:
    QTest.keyClicks(page.filters.words, "zebra")
    assert not page.table.isVisible()
    assert page._empty._title.text() == "No action fits these filters"
    QTest.mouseClick(page._empty._button, Qt.MouseButton.LeftButton)
    assert shown(page) == plan(document)
    assert page.table.isVisible()


def test_an_empty_plan_says_how_an_action_is_made(page: ActionPlanPage, document: Document) -> None:
    document.apply(RemoveActions(tuple(a.id for a in document.workshop.actions)))
    assert page._empty.isVisible()
    assert "Ctrl+Enter" in page._empty._words.text()
    assert not page.filters.isVisible()
    document.undo()
    assert shown(page) == plan(document)


def test_an_edit_does_not_whisk_its_line_away(page: ActionPlanPage) -> None:
    filters = page.filters
    filters.owner.setCurrentIndex(filters.owner.findText("Chief pharmacist"))
    order = filters.order
    order.setCurrentIndex(order.findText("Owner"))
    index = page.table.model().index(0, Column.OWNER)
    page.table.model().setData(index, "Aardvark")
    assert shown(page, Column.OWNER)[0] == "Aardvark"
    assert filters.owner.currentText() == "Chief pharmacist"


def test_an_action_is_revealed_past_filters_that_hide_it(
    page: ActionPlanPage, document: Document
) -> None:
    QTest.keyClicks(page.filters.words, "zebra")
    last = document.workshop.actions[-1]
    page.reveal_action(last.id)
    index = page.table.currentIndex()
    assert index.data() == last.to_do
    assert page.table.selectionModel().isRowSelected(index.row())
    assert page.table.viewport().rect().intersects(page.table.visualRect(index))
    assert page.table.hasFocus()
    page.reveal_action("no such action")
    assert page.table.currentIndex() == index


def test_selection_and_scroll_stay_when_something_else_changes(
    page: ActionPlanPage, document: Document
) -> None:
    page.reveal_action(document.workshop.actions[7].id)
    page.table.verticalScrollBar().setValue(400)
    changed = msgspec.structs.replace(document.workshop.actions[0], owner="Another")
    document.apply(ReviseAction(changed, "owner"))
    assert page.table.verticalScrollBar().value() == 400
    assert page.table.currentIndex().row() == 7
    document.apply(RemoveActions((document.workshop.actions[0].id,)))
    assert page.table.currentIndex().data() == document.workshop.actions[6].to_do


def test_an_open_editor_lies_within_the_table_and_shows_all_its_text(
    page: ActionPlanPage, document: Document
) -> None:
    document.apply(AddAction(Action(id="long", to_do=LONG * 3)))
    page.reveal_action("long")
    page.table.start_editing(page.table.currentIndex())
    editor = page.table.indexWidget(page.table.currentIndex())
    assert isinstance(editor, CellText)
    assert editor is QApplication.focusWidget()
    assert page.table.viewport().rect().contains(editor.geometry())
    assert editor.verticalScrollBar().maximum() == 0
