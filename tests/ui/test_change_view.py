"""The tab of a change: agreeing levels, moving about, the panel beside it, single keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QUrl
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from hicm_desktop.document.document import Document
from hicm_desktop.model.values import Model
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.change_page import ChangePage
from hicm_desktop.ui.change_view import ChangeView
from hicm_desktop.ui.descriptor import Descriptor
from hicm_desktop.ui.fields import AutoText
from hicm_desktop.ui.matrix import Arrangement, MatrixRow, arrange
from hicm_desktop.ui.navigation import Focus
from hicm_desktop.ui.side_panel import Side
from hicm_desktop.workshop.edits import (
    AgreeLevel,
    ChangeField,
    RowField,
    SetDetails,
    SetOutcome,
    WriteRow,
)
from hicm_desktop.workshop.values import AgendaItem, Details, Outcome, Workshop

CONTROL = Qt.KeyboardModifier.ControlModifier
CHANGE = "home-first"
FIRST, SECOND, THIRD = "discharge-to-assess", "reablement-and-pathways", "embedding-home-first"


@pytest.fixture
def document(model: Model, blank: Workshop, tmp_path: Path) -> Iterator[Document]:
    document = Document(model, blank, tmp_path / "room.hicm")
    yield document
    document.flush()
    document.close()


@pytest.fixture
def view(document: Document, qtbot: QtBot, appearance: Appearance) -> ChangeView:
    view = ChangeView(document, Focus(document.model), appearance)
    qtbot.addWidget(view)

    def show(_before: Workshop, after: Workshop) -> None:
        view.show_workshop(after)
        view.show_record()

    document.changed.connect(show)
    view.resize(1366, 640)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.show_change(CHANGE)
    view.take_keyboard()
    return view


def row(view: ChangeView, row_id: str) -> MatrixRow:
    return view.page.matrix.row(row_id)


def click(descriptor: Descriptor) -> None:
    QTest.mouseClick(descriptor, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key, held)


def focused(view: ChangeView) -> tuple[str, int] | None:
    for each in view.page.matrix.rows:
        if (column := each.focused_column()) is not None:
            return each.row.id, column + 1
    return None


def test_a_click_agrees_a_level_and_another_click_on_it_clears_it(
    view: ChangeView, document: Document
) -> None:
    mature = row(view, SECOND).descriptors[3]
    click(mature)
    assert document.workshop.row(SECOND).level == "mature"
    assert mature.isChecked()
    assert mature.word == "Agreed"
    click(mature)
    assert document.workshop.row(SECOND).outcome is Outcome.NOT_DISCUSSED
    assert not mature.isChecked()
    assert mature.word == ""


def test_one_level_of_a_row_is_chosen_at_a_time(view: ChangeView) -> None:
    for number in (2, 5, 1):
        click(row(view, FIRST).descriptors[number - 1])
        chosen = [d.level.number for d in row(view, FIRST).descriptors if d.isChecked()]
        assert chosen == [number]


@pytest.mark.usefixtures("view")
@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_a_digit_agrees_that_level_of_the_row_in_focus(document: Document, number: int) -> None:
    press(Qt.Key.Key_Down)
    press(Qt.Key(Qt.Key.Key_0 + number))
    assert document.workshop.row(SECOND).level == document.model.levels[number - 1].id
    press(Qt.Key(Qt.Key.Key_0 + number))
    assert document.workshop.row(SECOND).level is None


@pytest.mark.usefixtures("view")
@pytest.mark.parametrize("key", [Qt.Key.Key_0, Qt.Key.Key_6, Qt.Key.Key_9])
def test_a_digit_that_is_no_level_does_nothing(document: Document, key: Qt.Key) -> None:
    before = document.workshop
    press(key)
    assert document.workshop == before


@pytest.mark.usefixtures("view")
def test_space_and_return_choose_the_descriptor_in_focus(document: Document) -> None:
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    assert document.workshop.row(FIRST).level == "plans-in-place"
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Return)
    assert document.workshop.row(FIRST).level == "established"


def test_arrows_move_without_agreeing_anything(view: ChangeView, document: Document) -> None:
    click(row(view, FIRST).descriptors[2])
    before = document.workshop
    moves = [
        (Qt.Key.Key_Right, (FIRST, 4)),
        (Qt.Key.Key_Down, (SECOND, 4)),
        (Qt.Key.Key_Left, (SECOND, 3)),
        (Qt.Key.Key_End, (SECOND, 5)),
        (Qt.Key.Key_Right, (SECOND, 5)),
        (Qt.Key.Key_Home, (SECOND, 1)),
        (Qt.Key.Key_Left, (SECOND, 1)),
        (Qt.Key.Key_Up, (FIRST, 1)),
        (Qt.Key.Key_Up, (FIRST, 1)),
        (Qt.Key.Key_Down, (SECOND, 1)),
        (Qt.Key.Key_Down, (THIRD, 1)),
        (Qt.Key.Key_Down, (THIRD, 1)),
    ]
    for key, place in moves:
        press(key)
        assert focused(view) == place
    assert document.workshop == before


def test_page_keys_take_the_focus_along_and_the_row_is_in_view(view: ChangeView) -> None:
    press(Qt.Key.Key_PageDown)
    there = focused(view)
    assert there is not None
    assert there[0] != FIRST
    area, part = view.page.viewport(), row(view, there[0])
    top = part.mapTo(area, QPoint(0, 0)).y()
    assert 0 <= top < area.height()
    press(Qt.Key.Key_PageUp)
    press(Qt.Key.Key_PageUp)
    assert focused(view) == (FIRST, 1)


def test_tab_stops_once_at_each_row_at_the_chosen_descriptor(view: ChangeView) -> None:
    click(row(view, SECOND).descriptors[3])
    row(view, FIRST).take_focus(0)
    press(Qt.Key.Key_Tab)
    assert focused(view) == (SECOND, 4)
    press(Qt.Key.Key_Tab)
    assert focused(view) == (THIRD, 1)
    press(Qt.Key.Key_Tab)
    assert focused(view) is None


def test_the_head_of_a_row_says_what_became_of_it_and_what_it_holds(
    view: ChangeView, document: Document
) -> None:
    header = row(view, SECOND).header
    assert header.accessibleName() == "Reablement and pathways. Not discussed."
    document.apply(AgreeLevel(SECOND, "mature"))
    document.apply(SetOutcome(SECOND, Outcome.AGREED_WITH_RESERVATION))
    document.apply(WriteRow(SECOND, RowField.REASON, "The therapists, for the weekend"))
    view.add_action()
    assert header.accessibleName() == ("Reablement and pathways. Agreed with reservation. 1 note.")
    QTest.mouseClick(header, Qt.MouseButton.LeftButton)
    view.add_action()
    assert header.accessibleName().endswith("1 note · 1 action.")


def test_the_panel_follows_the_row_in_focus(view: ChangeView, document: Document) -> None:
    document.apply(WriteRow(THIRD, RowField.DATA, "Nine in ten"))
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    assert view.panel.row.row == THIRD
    assert view.panel.row.fields[RowField.DATA].field.text() == "Nine in ten"


def test_every_text_of_a_row_is_written_and_undone(view: ChangeView, document: Document) -> None:
    for field in RowField:
        if field is RowField.REASON:
            continue  # it has its field once an outcome asks for it
        view.write_row(field)
        target = QApplication.focusWidget()
        assert isinstance(target, AutoText), field
        QTest.keyClicks(target, "1 of 5, n t c")
        assert field.read(document.workshop.row(FIRST)) == "1 of 5, n t c", field
        assert document.workshop.row(FIRST).level is None
        document.undo()
        assert target.text() == "", field
        assert field.read(document.workshop.row(FIRST)) == "", field


def test_every_text_of_a_change_is_written_and_undone(view: ChangeView, document: Document) -> None:
    for field in ChangeField:
        view.write_change(field)
        target = QApplication.focusWidget()
        assert isinstance(target, AutoText), field
        QTest.keyClicks(target, "Ward 7")
        assert field.read(document.workshop.change(CHANGE)) == "Ward 7", field
        document.undo()
        assert target.text() == "", field
        assert field.read(document.workshop.change(CHANGE)) == "", field


def test_parking_a_row_takes_its_level_away_and_asks_for_the_reason(
    view: ChangeView, document: Document
) -> None:
    document.apply(AgreeLevel(FIRST, "mature"))
    parked = next(b for b in view.panel.row.findChildren(QPushButton) if b.text() == "Parked")
    QTest.mouseClick(parked, Qt.MouseButton.LeftButton)
    assert document.workshop.row(FIRST).outcome is Outcome.PARKED
    assert document.workshop.row(FIRST).level is None
    target = QApplication.focusWidget()
    assert isinstance(target, AutoText)
    assert target.accessibleName() == "Reason (needed)"
    QTest.keyClicks(target, "No figures yet")
    assert target.accessibleName() == "Reason"
    assert document.workshop.row(FIRST).reason == "No figures yet"
    document.undo()
    document.undo()
    assert document.workshop.row(FIRST).level == "mature"


def test_an_agreement_needs_a_level_first(view: ChangeView) -> None:
    agreed = next(b for b in view.panel.row.findChildren(QPushButton) if b.text() == "Agreed")
    assert not agreed.isEnabled()
    press(Qt.Key.Key_3)
    assert agreed.isEnabled()
    assert agreed.isChecked()


def test_an_action_from_a_row_has_the_next_levels_descriptor_in_view(
    view: ChangeView, document: Document
) -> None:
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_3)
    view.add_action()
    assert view.panel.side.value == "Action"
    wording = document.model.descriptor(SECOND, "mature")
    shown = [label.text() for label in view.panel.action.findChildren(QLabel) if label.isVisible()]
    assert shown[1:3] == ["Next level, Mature:", wording]
    (action,) = document.workshop.actions
    assert (action.row, action.change) == (SECOND, CHANGE)
    assert action.where_now.startswith("Established: ")
    press(Qt.Key.Key_Escape)
    assert focused(view) == (SECOND, 3)
    assert view.panel.side.value == "This row"


def test_removing_an_action_goes_back_to_the_row_and_can_be_undone(
    view: ChangeView, document: Document
) -> None:
    view.add_action()
    remove = next(b for b in view.panel.action.findChildren(QPushButton) if b.text() == "Remove")
    QTest.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert document.workshop.actions == ()
    assert view.panel.side is Side.ROW
    document.undo()
    assert len(document.workshop.actions) == 1


@pytest.mark.parametrize(
    ("key", "heading"),
    [
        (Qt.Key.Key_T, "Tips for success"),
        (Qt.Key.Key_D, "Discharge to assess"),
        (Qt.Key.Key_M, "Supporting materials"),
        (Qt.Key.Key_E, "Examples of emerging and developing practice"),
        (Qt.Key.Key_L, "Level definitions"),
    ],
)
def test_each_part_of_the_models_guidance_is_one_key_away(
    view: ChangeView, key: Qt.Key, heading: str
) -> None:
    press(key)
    assert view.panel.side is Side.GUIDANCE
    assert heading in view.panel.guidance.toPlainText()
    assert view.panel.guidance.hasFocus()
    press(Qt.Key.Key_Escape)
    assert focused(view) == (FIRST, 1)


def test_nested_tips_stand_under_their_tip_and_references_are_links(
    view: ChangeView,
) -> None:
    view.show_change("flexible-working-patterns")
    press(Qt.Key.Key_T)
    html = view.panel.guidance.toHtml()
    assert 'href="change:demand-and-capacity"' in html
    assert 'href="change:trusted-assessment"' in html
    view.show_change("housing")
    part = view.panel.guidance.toHtml().split("Homelessness should not be a reason")[1]
    assert part.split("<li")[1].lstrip().startswith("style")
    assert part.index("<ul") < part.index("NHS trusts have a statutory duty")


def test_a_link_to_another_change_is_asked_for(view: ChangeView, qtbot: QtBot) -> None:
    view.show_change("engagement-and-choice")
    with qtbot.waitSignal(view.change_asked) as asked:
        view.panel.guidance.anchorClicked.emit(QUrl("change:early-discharge-planning"))
    assert asked.args == ["early-discharge-planning"]


def test_the_panel_stands_beside_the_matrix_unless_put_away(view: ChangeView) -> None:
    assert view.panel.mapTo(view, QPoint(0, 0)).x() > 0
    view.show_panel(wanted=False)
    assert not view.panel.isVisible()
    press(Qt.Key.Key_N)
    assert view.panel.isVisible()


def test_a_narrow_view_is_the_matrixs_until_the_panel_is_called(
    view: ChangeView, qtbot: QtBot
) -> None:
    view.resize(700, 640)
    qtbot.waitUntil(lambda: not view.panel.isVisible())
    press(Qt.Key.Key_N)
    qtbot.waitUntil(lambda: view.panel.mapTo(view, QPoint(0, 0)).y() > 0)
    assert view.panel.mapTo(view, QPoint(0, 0)).x() == 0
    press(Qt.Key.Key_Escape)
    assert not view.panel.isVisible()
    assert focused(view) == (FIRST, 1)


def test_a_held_digit_acts_once(view: ChangeView, document: Document) -> None:
    view.panel.row.setFocus()
    held = QKeyEvent(
        QEvent.Type.KeyPress,
        Qt.Key.Key_3,
        Qt.KeyboardModifier.NoModifier,
        "3",
        True,  # noqa: FBT003 - Qt's signature: it repeats
    )
    QApplication.sendEvent(view, held)
    assert document.workshop.row(FIRST).level is None


def test_a_change_of_looks_lets_pages_out_of_sight_go_and_they_come_back(
    view: ChangeView, document: Document, appearance: Appearance
) -> None:
    document.apply(AgreeLevel("planned", "mature"))
    view.show_change("early-discharge-planning")
    view.show_change(CHANGE)
    appearance.set_scale(1.25)
    assert len(view.findChildren(ChangePage)) == 1
    view.show_change("early-discharge-planning")
    assert row(view, "planned").descriptors[3].isChecked()


@pytest.mark.parametrize(
    ("width", "scale", "how"),
    [
        (1000, 1.0, Arrangement.SIDE),
        (640, 1.0, Arrangement.ABOVE),
        (640, 1.25, Arrangement.STACKED),
        (1600, 2.0, Arrangement.SIDE),
        (500, 1.0, Arrangement.STACKED),
    ],
)
def test_the_matrix_uses_the_room_it_has(width: int, scale: float, how: Arrangement) -> None:
    assert arrange(width, 5, scale) is how


def test_the_level_headings_stay_in_view_while_the_matrix_scrolls(
    view: ChangeView, qtbot: QtBot
) -> None:
    headings = view.page._headings
    bar = view.page.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.wait(20)
    assert headings.mapTo(view.page.viewport(), QPoint(0, 0)).y() >= 0
    assert headings.isVisible()


def test_a_change_out_of_scope_says_so_and_can_still_be_recorded(
    view: ChangeView, document: Document
) -> None:

    out = Details(agenda=(AgendaItem(change=CHANGE, in_scope=False),))
    document.apply(SetDetails(out))
    shown = [label.text() for label in view.page.findChildren(QLabel) if label.isVisible()]
    assert any(words.startswith("Not in scope") for words in shown)
    press(Qt.Key.Key_2)
    assert document.workshop.row(FIRST).level == "plans-in-place"
