"""A workshop that is open to be read only: nothing takes input, nothing sticks, all can be read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
)
from pytestqt.qtbot import QtBot

from hicm_desktop.document.library import Library
from hicm_desktop.document.settings import Settings
from hicm_desktop.model.values import Model
from hicm_desktop.paths import resources_dir
from hicm_desktop.ui.action_plan.columns import Column
from hicm_desktop.ui.action_plan.filters import FilterBar
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.bars import SaveLight
from hicm_desktop.ui.choices import Choice
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.file_commands import READ_ONLY
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.ui.side_panel import Side
from hicm_desktop.workshop.edits import RowField
from tests.ui.telling import act, press

Key = Qt.Key
ROW = "discharge-to-assess"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Northbridge.hicm"
    shutil.copy(resources_dir() / "sample.hicm", path)
    return path


@pytest.fixture
def window(
    file: Path, model: Model, appearance: Appearance, qtbot: QtBot, tmp_path: Path
) -> Iterator[MainWindow]:
    settings = Settings(tmp_path / "settings.ini", tmp_path / "workshops")
    library = Library(model, settings, resources_dir() / "sample.hicm")
    opened = library.open_to_read(file, "Ann Lee has it open.")
    window = MainWindow(library, opened.document, appearance, resources_dir() / "fonts")
    window.resize(1366, 900)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    before, held = window.document.workshop, file.read_bytes()
    yield window
    qtbot.wait(50)
    assert window.document.workshop == before, "nothing was recorded"
    assert window.document.history.past == ()
    assert file.read_bytes() == held
    assert sorted(p.name for p in tmp_path.glob("*.hicm")) == ["Northbridge.hicm"]
    assert window.close()
    window.deleteLater()


def status(window: MainWindow) -> str:
    return "\n".join(x.text() for x in window.findChildren(QLabel) if x.isVisible())


def said(window: MainWindow) -> bool:
    """Whether the status line says why nothing was recorded; it is wiped for the next time."""
    told = READ_ONLY in status(window)
    window.tell("")
    return told


def shown(window: MainWindow, row: str = ROW) -> str | None:
    """Give the level at which a row is shown."""
    descriptors = window.console.changes.page.matrix.row(row).descriptors
    return next((d.level.id for d in descriptors if d.isChecked()), None)


def agreed(window: MainWindow) -> str | None:
    return window.document.workshop.row(ROW).level


def test_the_light_and_the_banner_say_so(window: MainWindow, qtbot: QtBot) -> None:
    (light,) = window.findChildren(SaveLight)
    assert light.words == "Read only"
    assert light.accessibleName() == "Save state: Read only"
    assert light.accessibleDescription() == "Ann Lee has it open."
    assert "READ ONLY. Ann Lee has it open." in status(window)
    qtbot.wait(1)


def test_a_click_on_a_descriptor_changes_nothing_and_says_why(window: MainWindow) -> None:
    window.console.go_to_row(ROW)
    for descriptor in window.console.changes.page.matrix.row(ROW).descriptors:
        QTest.mouseClick(descriptor, Qt.MouseButton.LeftButton)
        assert shown(window) == agreed(window) == "mature"
        assert said(window)
        act(descriptor)
        assert shown(window) == "mature"
        assert said(window) or descriptor.isChecked(), "the chosen one is chosen already"


def test_the_keys_of_levels_change_nothing_and_say_why(window: MainWindow) -> None:
    window.console.go_to_row(ROW)
    for key in (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5, Key.Key_Space):
        press(key)
        assert shown(window) == "mature"
        assert said(window)


def test_an_outcome_cannot_be_set(window: MainWindow, qtbot: QtBot) -> None:
    window.console.go_to_row(ROW)
    panel = window.console.changes.panel.row
    choices = panel.outcomes.findChildren(Choice)
    chosen = [c.text() for c in choices if c.isChecked()]
    for choice in choices:
        QTest.mouseClick(choice, Qt.MouseButton.LeftButton)
        assert not panel.fields[RowField.REASON].isVisible(), "not for a moment"
        assert said(window)
        act(choice)
        qtbot.wait(30)
        assert [c.text() for c in choices if c.isChecked()] == chosen == ["Agreed"]
        assert not panel.fields[RowField.REASON].isVisible(), "no field is opened to write in"


def texts(window: MainWindow) -> list[QPlainTextEdit | QLineEdit]:
    panel = window.console.changes.panel
    sides = (panel.row, panel.change, panel.action)
    found: list[QPlainTextEdit | QLineEdit] = []
    for side in sides:
        found += side.findChildren(QPlainTextEdit)
        found += (f for f in side.findChildren(QLineEdit) if not isinstance(f.parent(), QSpinBox))
    return found


def text_of(field: QPlainTextEdit | QLineEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def test_no_text_field_takes_what_is_typed_pasted_or_dropped(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.console.go_to_row(ROW)
    panel = window.console.changes.panel
    panel.open_action(window.document.workshop.actions_of(ROW)[0].id)
    QGuiApplication.clipboard().setText("pasted")
    fields = texts(window)
    assert len(fields) >= 16
    for side in (Side.ROW, Side.CHANGE, Side.ACTION):
        panel.turn_to(side)
        for field in (f for f in fields if f.isVisible()):
            before = text_of(field)
            assert field.isReadOnly()
            assert field.focusPolicy() & Qt.FocusPolicy.TabFocus
            field.setFocus()
            QTest.keyClicks(field, "xyz")
            field.setFocus()
            for key in (Key.Key_Backspace, Key.Key_Delete):
                QTest.keyClick(field, key)
            QTest.keyClick(field, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
            dropped = QMimeData()
            dropped.setText("dropped")
            event = QDropEvent(
                QPointF(5, 5),
                Qt.DropAction.CopyAction,
                dropped,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            )
            target = field.viewport() if isinstance(field, QPlainTextEdit) else field
            QApplication.sendEvent(target, event)
            assert text_of(field) == before, field.accessibleName()
            panel.turn_to(side)
    qtbot.wait(30)


def test_what_is_written_can_be_selected_by_keyboard_and_copied(window: MainWindow) -> None:
    window.console.go_to_row(ROW)
    field = window.console.changes.panel.row.fields[RowField.DATA].field
    field.setFocus()
    QTest.keyClick(field, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == field.text() != ""


def test_no_empty_field_invites_to_write(window: MainWindow) -> None:
    window.console.go_to_row(ROW)
    for field in texts(window):
        assert field.placeholderText() in ("Nothing written", "No time yet", "Nobody yet")


def test_an_action_cannot_be_made_revised_or_removed(window: MainWindow, qtbot: QtBot) -> None:
    window.console.go_to_row(ROW)
    window.menus.actions[Command.ACTION].trigger()
    assert said(window)
    panel = window.console.changes.panel
    assert panel.side is Side.ROW, "no action is opened to write"
    panel.open_action(window.document.workshop.actions_of(ROW)[0].id)
    progress = panel.action.findChildren(QComboBox)[0]
    at = progress.currentIndex()
    assert not progress.isEnabled()
    QTest.keyClick(progress, Key.Key_Down)
    assert progress.currentIndex() == at
    due = next(x for x in panel.action.findChildren(QLineEdit) if x.isVisible())
    QTest.keyClick(due, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert QApplication.activePopupWidget() is None, "no calendar opens"
    buttons = panel.findChildren(QPushButton)
    off = [b.accessibleName() for b in buttons if not b.isEnabled()]
    assert "Remove this action" in off
    assert "Add an action from this row" in off
    qtbot.wait(30)


def test_no_cell_of_the_plan_opens_by_mouse_or_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    window.console.go_to_plan()
    plan = window.console.plan
    table = plan.table
    rows = table.model().rowCount()
    for column in Column:
        index = table.model().index(0, column)
        table.choose(index)
        QTest.mouseDClick(
            table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center()
        )
        for key in (Key.Key_F2, Key.Key_Return, Key.Key_Space, Key.Key_X, Key.Key_5):
            QTest.keyClick(table, key)
            assert table.indexWidget(index) is None
            assert table.state() == QAbstractItemView.State.NoState
    assert not plan.add.isEnabled()
    assert not plan.remove.isEnabled()
    assert plan.go.isEnabled()
    QTest.keyClick(table, Key.Key_Delete)
    assert table.model().rowCount() == rows
    assert said(window)
    window.menus.actions[Command.ACTION].trigger()
    qtbot.wait(30)
    assert said(window)
    assert table.model().rowCount() == rows
    assert table.indexWidget(table.currentIndex()) is None
    assert "Open to be read only" in status(window)


def test_the_plan_can_still_be_searched(window: MainWindow) -> None:
    window.console.go_to_plan()
    (bar,) = window.console.plan.findChildren(FilterBar)
    for field in bar.findChildren(QLineEdit):
        assert not field.isReadOnly()
    for choice in bar.findChildren(QComboBox):
        assert choice.isEnabled()


@pytest.mark.parametrize("command", [Command.DETAILS, Command.SAVE, Command.RENAME])
def test_a_command_that_records_says_why_not(window: MainWindow, command: Command) -> None:
    window.menus.actions[command].trigger()
    assert QApplication.activeModalWidget() is None
    assert said(window)


def test_there_is_nothing_to_undo(window: MainWindow) -> None:
    window.console.go_to_row(ROW)
    press(Key.Key_1)
    for command in (Command.UNDO, Command.REDO):
        assert not window.menus.actions[command].isEnabled()


def test_the_details_cannot_be_edited_from_the_overview(window: MainWindow) -> None:
    window.console.go_to_tab(0)
    assert not window.console.overview.workshop_card.edit.isEnabled()
