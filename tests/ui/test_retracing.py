"""Undo and Redo while somebody types, or in another tab: where the keyboard is afterwards."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.descriptor import Descriptor
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.ui.row_panel import RowPanel
from hicm_desktop.ui.side_panel import Side
from hicm_desktop.workshop.edits import ChangeField, RowField
from hicm_desktop.workshop.values import RowRecord

from .telling import CTRL, Key, focused, press, recorded, tab_to

FIRST, SECOND = "discharge-to-assess", "reablement-and-pathways"
WRONG, RIGHT = "mistake", "5 beds, 3 wards"
ALT = Qt.KeyboardModifier.AltModifier


def start(window: MainWindow, row: str = FIRST) -> tuple[RowRecord, ...]:
    """Stand in a row of the matrix, and give what is recorded of all rows."""
    window.console.go_to_row(row)
    assert isinstance(focused(), Descriptor)
    return recorded(window).rows


def undo_and_type() -> None:
    QTest.keyClicks(focused(), WRONG)
    QTest.qWait(30)
    press(Key.Key_Z, CTRL)
    QTest.keyClicks(focused(), RIGHT)


def levels(rows: tuple[RowRecord, ...]) -> list[tuple[str, str | None]]:
    return [(row.row, row.level) for row in rows]


@pytest.mark.parametrize("field", [RowField.NOTE, RowField.DATA, RowField.PRIVATE_NOTE])
def test_typing_goes_on_in_the_note_of_a_row_after_undo(
    window: MainWindow, field: RowField
) -> None:
    before = start(window)
    text = window.console.changes.panel.row.fields[field].field
    held = text.text()
    window.console.changes.write_row(field)
    undo_and_type()
    assert focused() is text
    assert text.text() == f"{held}{RIGHT}"
    assert levels(recorded(window).rows) == levels(before)


def test_typing_goes_on_in_the_note_of_a_change_after_undo(window: MainWindow) -> None:
    before = start(window)
    press(Key.Key_C)
    panel = window.console.changes.panel
    text = panel.change.fields[ChangeField.NOTE].field
    held = text.text()
    undo_and_type()
    assert panel.side is Side.CHANGE
    assert focused() is text
    assert text.text() == f"{held}{RIGHT}"
    assert levels(recorded(window).rows) == levels(before)


def test_typing_goes_on_in_an_action_after_undo(window: MainWindow) -> None:
    before = start(window)
    press(Key.Key_A)
    panel = window.console.changes.panel
    undo_and_type()
    assert panel.side is Side.ACTION
    assert panel.written_action is not None
    assert recorded(window).action(panel.written_action).to_do == RIGHT
    assert levels(recorded(window).rows) == levels(before)


def test_another_field_of_an_action_is_gone_to_where_it_was_undone(window: MainWindow) -> None:
    start(window)
    press(Key.Key_A)
    to_do = focused()
    QTest.keyClicks(to_do, WRONG)
    owner = tab_to(QLineEdit, "Owner")
    assert owner is not to_do
    window.document.undo()
    assert focused() is to_do


def test_counting_goes_on_after_undo(window: MainWindow) -> None:
    before = start(window)
    press(Key.Key_H)
    hands = window.console.changes.panel.row.hands
    counts = [line.count for line in hands.lines.values()]
    QTest.keyClicks(focused(), "7")
    QTest.qWait(30)
    press(Key.Key_Z, CTRL)
    assert focused() is counts[0]
    QTest.keyClicks(focused(), "4")
    press(Key.Key_Right)
    assert focused() is counts[1]
    press(Key.Key_Z, CTRL)
    assert focused() is counts[0], "the count that was undone"
    assert levels(recorded(window).rows) == levels(before)


def test_a_text_undone_in_another_row_takes_the_keyboard_there(window: MainWindow) -> None:
    start(window)
    panel = window.console.changes.panel
    press(Key.Key_N)
    held = panel.row.fields[RowField.NOTE].field.text()
    QTest.keyClicks(focused(), WRONG)
    press(Key.Key_Escape)
    start(window, SECOND)
    before = recorded(window).rows
    window.console.changes.write_row(RowField.DATA)
    press(Key.Key_Z, CTRL)
    assert panel.row.row == FIRST
    assert focused() is panel.row.fields[RowField.NOTE].field
    QTest.keyClicks(focused(), RIGHT)
    assert recorded(window).row(FIRST).note == f"{held}{RIGHT}"
    assert levels(recorded(window).rows) == levels(before)


def test_a_level_undone_elsewhere_leaves_the_keyboard_in_a_text(window: MainWindow) -> None:
    start(window)
    before = recorded(window).rows
    press(Key.Key_1)
    start(window, SECOND)
    press(Key.Key_N)
    text = focused()
    press(Key.Key_Z, CTRL)
    QTest.keyClicks(focused(), RIGHT)
    assert focused() is text
    assert window.console.focus.row == FIRST
    assert levels(recorded(window).rows) == levels(before)


def test_in_the_matrix_keys_stay_keys_after_a_text_is_undone(window: MainWindow) -> None:
    start(window)
    press(Key.Key_N)
    QTest.keyClicks(focused(), WRONG)
    press(Key.Key_Escape)
    window.console.changes.show_side(Side.GUIDANCE)
    press(Key.Key_Z, CTRL)
    assert isinstance(focused(), Descriptor)
    assert window.console.changes.panel.side is Side.ROW, "nothing changes out of sight"


def test_the_reason_stays_for_typing_though_its_outcome_was_undone(window: MainWindow) -> None:
    start(window)
    press(Key.Key_P)
    press(Key.Key_Z, CTRL)
    before = recorded(window).rows
    QTest.keyClicks(focused(), RIGHT)
    assert levels(recorded(window).rows) == levels(before)
    assert recorded(window).row(FIRST).reason.endswith(RIGHT)


def test_no_matrix_out_of_sight_takes_the_keyboard_or_a_key(window: MainWindow) -> None:
    start(window)
    press(Key.Key_A)
    press(Key.Key_End, ALT)
    before = recorded(window).rows
    press(Key.Key_Z, CTRL)
    QTest.qWait(60)
    assert window.console.shows_plan
    assert not isinstance(focused(), Descriptor)
    press(Key.Key_Space)
    assert recorded(window).rows == before
    hidden = window.console.changes.page.matrix.rows[0].descriptors[4]
    for key in (Key.Key_Space, Key.Key_Return, Key.Key_2):
        QTest.keyClick(hidden, key)
    assert recorded(window).rows == before


def test_putting_the_panel_away_gives_the_matrix_the_keyboard(window: MainWindow) -> None:
    start(window)
    press(Key.Key_N)
    press(Key.Key_F9)
    assert not window.console.changes.panel.isVisible()
    assert isinstance(focused(), Descriptor)
    assert focused().isVisible()
    press(Key.Key_F9)
    assert window.console.changes.panel.isVisible()
    assert isinstance(focused(), Descriptor)


def test_the_panel_is_put_away_only_where_it_is_in_view(window: MainWindow) -> None:
    start(window)
    window.console.go_to_plan()
    window.menus.actions[Command.PANEL].trigger()
    window.console.go_to_row(FIRST)
    assert window.console.changes.panel.isVisible()


def test_the_panel_is_filled_once_for_a_turn_of_the_tab_and_for_a_lean(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(window)
    press(Key.Key_3)
    QTest.qWait(60)
    filled: list[str] = []
    refresh = RowPanel.refresh

    def count(panel: RowPanel) -> None:
        filled.append(panel.row)
        refresh(panel)

    monkeypatch.setattr(RowPanel, "refresh", count)
    press(Key.Key_Plus)
    QTest.qWait(60)
    assert filled == [FIRST]
    filled.clear()
    window.console.step_tab(1)
    QTest.qWait(60)
    assert filled == [window.console.focus.row]
