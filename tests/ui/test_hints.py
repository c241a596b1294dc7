"""Hints for the first times: what is said when, that each goes for good, and that nothing moves."""

from __future__ import annotations

import enum
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from hicm_desktop.document.library import Library
from hicm_desktop.document.settings import Settings
from hicm_desktop.model.values import Model
from hicm_desktop.paths import resources_dir
from hicm_desktop.ui import announcing
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.commands import KEY_GROUPS, Command
from hicm_desktop.ui.descriptor import Descriptor
from hicm_desktop.ui.hints import Hint, HintLine
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.workshop.edits import AgreeLevel, RowField, WriteRow

from .conftest import WindowOf
from .telling import CTRL, PLAN, Key, focused, nameless, press, stops, told

SAMPLE = resources_dir() / "sample.hicm"
ROW = "discharge-to-assess"
ALL = frozenset(hint.remembered for hint in Hint)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini", tmp_path / "workshops")


@pytest.fixture
def open_window(window_of: WindowOf, settings: Settings) -> Callable[[], MainWindow]:
    return lambda: window_of(settings, None)


@pytest.fixture
def window(open_window: Callable[[], MainWindow]) -> MainWindow:
    return open_window()


def line(window: MainWindow) -> HintLine:
    return window._hints


def shown(window: MainWindow) -> str:
    """Give the words that can be seen."""
    hints = line(window)
    words = hints._words.text()
    assert bool(words) == hints.got_it.isVisible() == hints.hide_all.isVisible()
    return words if hints.isVisible() else ""


def place(window: MainWindow) -> QRect:
    """Give where the first descriptor of the matrix stands in the window."""
    first = window.console.changes.page.matrix.rows[0].descriptors[0]
    return QRect(first.mapTo(window, QPoint(0, 0)), first.size())


def agree(window: MainWindow, *rows: str) -> None:
    for row in rows:
        window.document.apply(AgreeLevel(row, "mature"))


# What is said when


def test_the_first_hints_are_those_of_the_tab_in_view(window: MainWindow) -> None:
    assert shown(window) == Hint.KEYS.words
    window.console.go_to_tab(4)
    assert shown(window) == Hint.AGREE.words
    window.console.go_to_tab(PLAN)
    assert shown(window) == Hint.KEYS.words


def test_agreeing_a_level_brings_the_hint_for_an_action_and_making_one_the_next(
    window: MainWindow, settings: Settings
) -> None:
    window.console.go_to_tab(4)
    press(Key.Key_4)
    assert shown(window) == Hint.ACTION.words
    assert settings.hints_put_away == {"agree"}
    press(Key.Key_Return, CTRL)
    assert window.document.workshop.actions
    assert shown(window) != Hint.ACTION.words
    assert settings.hints_put_away == {"agree", "action"}


def test_writing_a_note_is_neither(window: MainWindow, settings: Settings) -> None:
    window.console.go_to_tab(4)
    window.document.apply(WriteRow(ROW, RowField.NOTE, "Heard"))
    assert settings.hints_put_away == frozenset()
    assert shown(window) == Hint.AGREE.words


def test_the_hint_for_an_action_waits_for_a_level(window: MainWindow) -> None:
    window.console.go_to_tab(4)
    line(window).got_it.click()
    assert shown(window) == Hint.KEYS.words
    agree(window, ROW)
    assert shown(window) == Hint.ACTION.words


def test_f1_is_told_of_no_more_once_it_was_used(
    window: MainWindow, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hicm_desktop.ui.dialogs.show_keys", lambda *_: None)
    QTest.keyClick(window, Key.Key_F1)
    assert settings.hints_put_away == {"keys"}
    assert shown(window) == ""


def shown_by(hints: HintLine) -> Hint | None:
    return hints.hint


class Room(enum.Enum):
    """Stands for the command of the room view, whatever the table calls it."""

    VIEW = ("F5",)

    @property
    def keys(self) -> tuple[str, ...]:
        return self.value


@pytest.fixture
def room(window: MainWindow, settings: Settings) -> Iterator[tuple[HintLine, QAction]]:
    """Give a line that has a command for the room view, and the command."""
    action = QAction(window)
    actions = cast(Mapping[Command, QAction], {Room.VIEW: action})
    old = line(window)
    old.hide()
    hints = HintLine(settings, actions)
    settings.hints_put_away = ALL - {"room"}
    yield hints, action
    hints.deleteLater()


def test_the_room_view_is_pointed_out_after_a_few_rows(
    window: MainWindow, settings: Settings, room: tuple[HintLine, QAction]
) -> None:
    hints, action = room
    hints.follow(window.console)
    window.console.go_to_tab(4)
    assert shown_by(hints) is None
    agree(window, *[row.id for _, row in window.document.model.rows()][:3])
    window.console.go_to_tab(5)
    assert shown_by(hints) is Hint.ROOM
    action.trigger()
    assert shown_by(hints) is None
    assert "room" in settings.hints_put_away


def test_the_room_view_is_pointed_out_at_once_where_there_is_a_second_screen(
    window: MainWindow, room: tuple[HintLine, QAction], monkeypatch: pytest.MonkeyPatch
) -> None:
    screens = QGuiApplication.screens()
    monkeypatch.setattr(QGuiApplication, "screens", lambda: [*screens, *screens])
    hints, _ = room
    hints.follow(window.console)
    assert shown_by(hints) is None, "the Overview is no place for it"
    window.console.go_to_tab(4)
    assert shown_by(hints) is Hint.ROOM


def test_a_hint_without_its_command_is_not_given(window: MainWindow, settings: Settings) -> None:
    settings.hints_put_away = ALL - {"keys"}
    hints = HintLine(settings, {})
    hints.follow(window.console)
    assert shown_by(hints) is None
    hints.deleteLater()


def test_a_workshop_that_can_only_be_read_gets_no_hint_to_record(
    model: Model, settings: Settings, appearance: Appearance, tmp_path: Path, qtbot: QtBot
) -> None:
    file = Path(shutil.copy(SAMPLE, tmp_path / "Northbridge.hicm"))
    library = Library(model, settings, SAMPLE)
    opened = library.open_to_read(file, "Ann Lee has it open.")
    window = MainWindow(library, opened.document, appearance, resources_dir() / "fonts")
    qtbot.addWidget(window)
    window.show()
    window.console.go_to_tab(4)
    assert line(window).hint not in (Hint.AGREE, Hint.ACTION)
    assert line(window).hint is not None


@pytest.mark.parametrize("hint", [Hint.ACTION, Hint.ROOM, Hint.KEYS])
def test_a_hint_names_keys_that_are_on_the_card(hint: Hint) -> None:
    keys = {keys for group in KEY_GROUPS for entry in group.lines for keys in entry.keys}
    assert hint.words.split(" ")[0] in keys


# That each goes for good


def test_what_was_put_away_stays_away_when_the_program_starts_again(
    open_window: Callable[[], MainWindow], settings: Settings, tmp_path: Path
) -> None:
    first = open_window()
    first.console.go_to_tab(4)
    line(first).got_it.click()
    assert shown(first) == Hint.KEYS.words
    first.close()
    settings.sync()
    assert Settings(tmp_path / "settings.ini", tmp_path).hints_put_away == {"agree"}
    second = open_window()
    second.console.go_to_tab(4)
    assert shown(second) == Hint.KEYS.words


def test_all_can_be_hidden_at_once_and_brought_back_from_the_help_menu(
    window: MainWindow, settings: Settings
) -> None:
    window.console.go_to_tab(4)
    line(window).hide_all.click()
    assert shown(window) == ""
    assert settings.hints_put_away == ALL
    window.console.go_to_tab(5)
    assert line(window).isHidden()
    window.menus.actions[Command.HINTS].trigger()
    assert shown(window) == Hint.AGREE.words
    assert settings.hints_put_away == frozenset()


def test_a_damaged_memory_of_them_reads_as_none(tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    file.write_text("[hints]\nput_away=agree, action\n")
    assert Settings(file, tmp_path).hints_put_away == frozenset()


def test_they_go_on_in_the_next_workshop_that_is_opened(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    file = Path(shutil.copy(SAMPLE, tmp_path / "Northbridge.hicm"))
    window.console.go_to_tab(4)
    window.files.open_path(file)
    qtbot.wait(50)  # the console that was is deleted
    assert shown(window) == Hint.KEYS.words
    window.console.go_to_tab(4)
    assert shown(window) == Hint.AGREE.words
    walked = stops(window)
    assert walked.index(line(window).got_it) == walked.index(window.console.tabs) + 1
    window.console.changes.agree(1)
    assert shown(window) == Hint.ACTION.words


# That nothing moves


def test_nothing_moves_while_a_tab_is_in_view(window: MainWindow) -> None:
    window.console.go_to_tab(4)
    QTest.qWait(50)
    before = place(window)
    steps: list[Callable[[], None]] = [
        lambda: agree(window, ROW),
        lambda: line(window).got_it.click(),
        lambda: line(window).hide_all.click(),
        lambda: agree(window, "planned"),
    ]
    for step in steps:
        step()
        QTest.qWait(20)
        assert place(window) == before
    assert shown(window) == ""
    window.console.go_to_tab(5)
    window.console.go_to_tab(4)
    QTest.qWait(20)
    assert place(window).top() < before.top(), "its room is given back with the next tab"


def test_a_hint_does_not_come_into_a_tab_that_is_in_view(
    window: MainWindow, settings: Settings
) -> None:
    settings.hints_put_away = ALL - {"action"}
    window.console.go_to_tab(4)
    assert line(window).isHidden()
    QTest.qWait(50)
    before = place(window)
    agree(window, ROW)
    QTest.qWait(20)
    assert place(window) == before
    assert shown(window) == ""
    window.console.go_to_tab(5)
    assert shown(window) == Hint.ACTION.words


@pytest.mark.parametrize("size", [(480, 360), (1024, 768), (1920, 1080)])
def test_every_hint_is_whole_at_every_size(
    window: MainWindow, appearance: Appearance, size: tuple[int, int]
) -> None:
    window.console.go_to_tab(4)
    window.resize(*size)
    for scale in (1.0, 2.5):
        appearance.set_scale(scale)
        QTest.qWait(20)
        hints = line(window)
        label = hints._words
        assert label.height() >= label.heightForWidth(label.width())
        assert hints.rect().contains(label.geometry())
        for button in (hints.got_it, hints.hide_all):
            box = QRect(button.mapTo(hints, QPoint(0, 0)), button.size())
            assert hints.rect().contains(box), (size, scale)
            assert not box.intersects(label.geometry())
            assert button.width() >= button.sizeHint().width()


# The keyboard and the screen reader


def test_it_takes_no_keyboard_by_itself_nor_by_a_click(window: MainWindow) -> None:
    window.console.go_to_tab(4)
    here = focused()
    QTest.mouseClick(line(window).got_it, Qt.MouseButton.LeftButton)
    assert focused() is here
    QTest.mouseClick(line(window).hide_all, Qt.MouseButton.LeftButton)
    assert focused() is here


def test_tab_comes_to_it_between_the_tabs_and_what_they_show(window: MainWindow) -> None:
    window.console.go_to_tab(4)
    walked = stops(window)
    tabs = walked.index(window.console.tabs)
    assert walked[tabs + 1 : tabs + 3] == [line(window).got_it, line(window).hide_all]
    assert window.console.changes.page.isAncestorOf(walked[tabs + 3])
    window.console.tabs.setFocus()
    press(Key.Key_Tab)
    assert focused() is line(window).got_it
    press(Key.Key_Space)
    assert shown(window) == Hint.KEYS.words
    assert focused() is line(window).got_it, "the next can be put away in the same way"
    press(Key.Key_Return)
    assert shown(window) == ""
    assert isinstance(focused(), Descriptor), "the row in focus has the keyboard again"


def test_escape_goes_back_to_the_matrix(window: MainWindow) -> None:
    window.console.go_to_tab(4)
    line(window).hide_all.setFocus()
    press(Key.Key_Escape)
    assert isinstance(focused(), Descriptor)
    assert shown(window) == Hint.AGREE.words


def test_a_screen_reader_is_told_of_each_hint_once(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    announced: list[str] = []

    class Listening:
        """A screen reader that is on."""

        @staticmethod
        def isActive() -> bool:
            return True

        @staticmethod
        def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:
            announced.append(event.message())

    monkeypatch.setattr(announcing, "QAccessible", Listening)
    for tab in (4, 5, 0, 4):
        window.console.go_to_tab(tab)
        QTest.qWait(1)
    said = told(line(window)._words)
    assert said.role() == QAccessible.Role.StaticText
    assert said.text(QAccessible.Text.Name) == f"Hint: {Hint.AGREE.words}"
    assert nameless(window) == []
    hints = [words for words in announced if words.startswith("Hint")]
    assert hints == [f"Hint: {Hint.AGREE.words}"]
    announced.clear()
    press(Key.Key_Space)  # which agrees a level, so that the hint gives way to the next
    QTest.qWait(1)
    assert announced[0].startswith(window.document.model.row(window.console.focus.row).name)
    assert announced[-1].startswith("Hint: ")
    assert len(announced) > 1
