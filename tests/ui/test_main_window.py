"""The window: what it says of the file, its menus, its looks, and leaving in good order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from hicm_desktop.document.library import Library
from hicm_desktop.document.saving import NotSaved, Saved
from hicm_desktop.document.settings import Settings
from hicm_desktop.model.values import Model
from hicm_desktop.paths import resources_dir
from hicm_desktop.storage import codec
from hicm_desktop.ui import dialogs
from hicm_desktop.ui.appearance import Appearance, ThemeChoice
from hicm_desktop.ui.bars import SaveLight
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.workshop.edits import AgreeLevel, SetDetails
from hicm_desktop.workshop.values import Details
from tests.modal import expect_dialog

FONTS = resources_dir() / "fonts"


@pytest.fixture
def library(model: Model, tmp_path: Path) -> Library:
    settings = Settings(tmp_path / "profile" / "settings.ini", tmp_path / "workshops")
    return Library(model, settings, resources_dir() / "sample.hicm")


@pytest.fixture
def window(
    library: Library, appearance: Appearance, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    monkeypatch.setattr(dialogs, "ask_leaving", lambda *_, **__: dialogs.Leaving.LEAVE)
    window = MainWindow(library, library.blank(), appearance, FONTS)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield window
    window.close()


def run(window: MainWindow, command: Command) -> None:
    window.menus.actions[command].trigger()


def light(window: MainWindow) -> str:
    return window.findChildren(SaveLight)[0].words


def words_in_view(window: MainWindow) -> str:
    return "\n".join(x.text() for x in window.findChildren(QLabel) if x.isVisible())


def settle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: isinstance(window.document.save_state, Saved))
    qtbot.wait(30)


def test_the_light_tells_nothing_then_saved_and_when(window: MainWindow, qtbot: QtBot) -> None:
    assert light(window) == "Nothing recorded yet"
    window.document.apply(AgreeLevel("planned", "mature"))
    settle(window, qtbot)
    state = window.document.save_state
    assert isinstance(state, Saved)
    assert light(window) == f"Saved {state.at:%H:%M:%S}"


def test_not_saved_is_told_with_its_reason_for_as_long_as_it_is_true(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.document.apply(AgreeLevel("planned", "mature"))
    settle(window, qtbot)
    window.document.path.write_text("somebody else's")
    window.document.apply(AgreeLevel("planned", "exemplary"))
    qtbot.waitUntil(lambda: light(window) == "NOT SAVED")
    assert "changed by someone else" in words_in_view(window)
    window.document.path.unlink()
    window.document.apply(AgreeLevel("planned", "established"))
    qtbot.wait(100)
    assert light(window) == "NOT SAVED"
    assert window.document.workshop.row("planned").level == "established"


def test_a_copy_can_be_saved_where_the_file_cannot(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.document.apply(AgreeLevel("planned", "mature"))
    settle(window, qtbot)
    window.document.path.write_text("somebody else's")
    window.document.apply(AgreeLevel("planned", "exemplary"))
    qtbot.waitUntil(lambda: isinstance(window.document.save_state, NotSaved))
    copy = tmp_path / "copy.hicm"
    monkeypatch.setattr(dialogs, "choose_save", lambda *_: copy)
    monkeypatch.setattr(dialogs, "ask_leaving", lambda *_, **__: dialogs.Leaving.COPY)
    assert window.close()
    kept = codec.decode(copy.read_bytes(), window.document.model).workshop
    assert kept.row("planned").level == "exemplary"


def test_the_work_goes_on_in_a_copy_where_the_file_was_taken_by_someone_else(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.document.apply(AgreeLevel("planned", "mature"))
    settle(window, qtbot)
    theirs = window.document.path
    theirs.write_text("somebody else's")
    window.document.apply(AgreeLevel("planned", "exemplary"))
    qtbot.waitUntil(lambda: light(window) == "NOT SAVED")
    monkeypatch.setattr(dialogs, "choose_save", lambda *_: tmp_path / "ours.hicm")
    run(window, Command.COPY)
    window.document.apply(AgreeLevel("emergency", "mature"))
    settle(window, qtbot)
    assert window.document.path == tmp_path / "ours.hicm"
    kept = codec.decode(window.document.path.read_bytes(), window.document.model).workshop
    assert kept == window.document.workshop
    assert theirs.read_text() == "somebody else's"


def test_staying_keeps_the_window_open_where_not_all_is_saved(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.document.apply(AgreeLevel("planned", "mature"))
    settle(window, qtbot)
    window.document.path.write_text("somebody else's")
    window.document.apply(AgreeLevel("planned", "exemplary"))
    monkeypatch.setattr(dialogs, "ask_leaving", lambda *_, **__: dialogs.Leaving.STAY)
    assert not window.close()
    assert window.isVisible()
    monkeypatch.setattr(dialogs, "ask_leaving", lambda *_, **__: dialogs.Leaving.LEAVE)
    assert window.close()


def test_undo_is_named_in_the_menu(window: MainWindow, qtbot: QtBot) -> None:
    undo = window.menus.actions[Command.UNDO]
    assert not undo.isEnabled()
    window.document.apply(AgreeLevel("reablement-and-pathways", "established"))
    qtbot.waitUntil(undo.isEnabled)
    assert undo.text() == "&Undo: Home first, Reablement and pathways → Established"


def test_the_title_names_the_place_and_the_day(window: MainWindow, qtbot: QtBot) -> None:
    window.document.apply(SetDetails(Details(place="Northbridge")))
    qtbot.waitUntil(lambda: window.windowTitle() == "Northbridge – HICM Workshop")


def test_the_sizes_of_type_are_stepped_by_keys_and_kept_for_the_screen(
    window: MainWindow, library: Library, appearance: Appearance, qtbot: QtBot
) -> None:
    for _ in range(3):
        QTest.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: appearance.look.scale == 1.5)
    QTest.keyClick(window, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert library.settings.scale(window.screen().name()) == 1.25
    worn: list[float] = []
    appearance.changed.connect(lambda: worn.append(appearance.look.scale))
    for _ in range(20):
        run(window, Command.LARGER)
    qtbot.waitUntil(lambda: worn == [2.5])
    run(window, Command.LARGER)
    run(window, Command.NORMAL)
    qtbot.wait(100)
    assert worn == [2.5, 1.0], "the last word holds"


def test_undo_and_redo_say_what_they_took_back_and_made_again(window: MainWindow) -> None:
    window.document.apply(AgreeLevel("discharge-to-assess", "exemplary"))
    name = window.document.history.undo_name
    run(window, Command.UNDO)
    assert window._status.told.text() == f"Taken back: {name}"
    run(window, Command.REDO)
    assert window._status.told.text() == f"Made again: {name}"
    window.tell("")
    run(window, Command.REDO)
    assert window._status.told.text() == "", "there was nothing to make again"


def test_what_is_held_back_from_the_room_stands_out(window: MainWindow) -> None:
    room = window._status._room
    run(window, Command.ROOM)
    calm = room.grab().toImage().pixelColor(2, room.height() // 2)
    for command in (Command.FREEZE, Command.BLANK):
        run(window, command)
        assert room.property("type") == "held"
        assert room.grab().toImage().pixelColor(2, room.height() // 2) != calm
        run(window, command)
        assert room.property("type") == "strong"
        assert room.grab().toImage().pixelColor(2, room.height() // 2) == calm
    window.room.close()


def test_a_theme_is_chosen_from_the_menu_and_kept(
    window: MainWindow, library: Library, appearance: Appearance
) -> None:
    dark = next(
        a for menu in window.findChildren(QMenu) for a in menu.actions() if a.text() == "&Dark"
    )
    dark.trigger()
    assert appearance.look.theme.name == "dark"
    assert library.settings.theme == ThemeChoice.DARK.value


def test_full_screen_and_back(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert not window.isFullScreen()


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    enter = QDragEnterEvent(
        QPoint(50, 50),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window, enter)
    event = QDropEvent(
        QPointF(50, 50),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window, event)


def test_a_workshop_dropped_on_the_window_is_opened(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "Northbridge.hicm"
    file.write_bytes((resources_dir() / "sample.hicm").read_bytes())
    drop(window, file)
    qtbot.waitUntil(lambda: window.document.path == file)
    assert window.document.workshop.details.place == "Northbridge"
    assert window.console.isVisible()


def test_what_is_no_workshop_is_not_taken(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    before = window.document
    drop(window, tmp_path / "letter.docx")
    drop(window, tmp_path / "a.hicm", tmp_path / "b.hicm")
    qtbot.wait(20)
    assert window.document is before


def test_a_file_that_cannot_be_opened_leaves_the_open_one_in_place(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def tell(_parent: QWidget, reason: str, *, has_earlier: bool) -> bool:
        assert not has_earlier
        told.append(reason)
        return False

    monkeypatch.setattr(dialogs, "warn_not_opened", tell)
    window.document.apply(AgreeLevel("planned", "mature"))
    before = window.document
    bad = tmp_path / "bad.hicm"
    bad.write_bytes(b"{")
    window.files.open_path(bad)
    assert window.document is before
    assert told
    assert bad.read_bytes() == b"{"


def test_what_was_recorded_is_saved_before_another_workshop_is_opened(
    window: MainWindow, model: Model
) -> None:
    window.document.apply(AgreeLevel("planned", "mature"))
    first = window.document.path
    run(window, Command.SAMPLE)
    assert window.document.path.name == "Sample workshop.hicm"
    kept = codec.decode(first.read_bytes(), model).workshop
    assert kept.row("planned").level == "mature"


def test_files_opened_last_are_in_the_menu(window: MainWindow, library: Library) -> None:
    run(window, Command.SAMPLE)
    menu = next(m for m in window.findChildren(QMenu) if m.title() == "Open &recent")
    menu.aboutToShow.emit()
    assert [a.text() for a in menu.actions()] == ["Sample workshop.hicm"]
    assert library.settings.recent == (window.document.path,)


def test_tabs_are_reached_by_their_keys(window: MainWindow, model: Model) -> None:
    tabs = window.console.tabs
    for change in model.changes:
        key = Qt.Key(Qt.Key.Key_0 + change.number)
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert tabs.currentIndex() == change.number
    QTest.keyClick(window, Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier)
    assert tabs.currentIndex() == 0
    QTest.keyClick(window, Qt.Key.Key_End, Qt.KeyboardModifier.AltModifier)
    assert tabs.currentIndex() == 10
    QTest.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert tabs.currentIndex() == 11
    QTest.keyClick(window, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert tabs.currentIndex() == 0


def test_the_next_row_not_discussed_is_one_key_away(window: MainWindow) -> None:
    window.document.apply(AgreeLevel("planned", "mature"))
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert window.console.focus.row == "emergency"
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert window.console.focus.row == "red-bag-scheme"


@pytest.mark.parametrize("width", [480, 700, 1024, 1366, 1920])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.5])
def test_the_bars_cut_nothing_short(
    window: MainWindow, appearance: Appearance, qtbot: QtBot, width: int, scale: float
) -> None:
    window.document.apply(SetDetails(Details(place="Northbridge and the Vale of Elderwood")))
    appearance.set_scale(scale)
    window.resize(width, 700)

    def cut_short() -> list[str]:
        lines = [x for x in window.findChildren(QLabel) if x.isVisible() and not x.wordWrap()]
        bars = [*lines, *window.findChildren(SaveLight)]
        return [
            x.accessibleName() or x.objectName()
            for x in bars
            if x.width() < x.sizeHint().width()
            or x.mapTo(window, QPoint(x.width(), 0)).x() > window.width()
        ]

    qtbot.waitUntil(lambda: cut_short() == [])


def test_the_page_of_keys_fits_the_screen(window: MainWindow, appearance: Appearance) -> None:
    appearance.set_scale(2.0)
    sizes: list[tuple[int, int]] = []

    def look(dialog: QDialog) -> None:
        sizes.append((dialog.width(), dialog.height()))
        dialog.reject()

    dealt = expect_dialog(look)
    run(window, Command.KEYS)
    dealt()
    room = window.screen().availableSize()
    assert sizes
    assert sizes[0][0] <= room.width()
    assert sizes[0][1] <= room.height()


def test_undo_of_an_action_goes_to_its_row(window: MainWindow) -> None:
    window.console.go_to_row("discharge-to-assess")
    run(window, Command.ACTION)
    window.console.go_to_change("housing")
    run(window, Command.UNDO)
    assert window.document.workshop.actions == ()
    assert window.console.focus.row == "discharge-to-assess"
    assert window.console.tabs.currentIndex() == 4


def test_undo_shows_its_row_whoever_had_the_keyboard(window: MainWindow) -> None:
    rows = ["planned", "reablement-and-pathways", "joint-working", "red-bag-scheme"]
    for row in rows:
        window.console.go_to_row(row)
        window.document.apply(AgreeLevel(row, "mature"))
    for row in reversed(rows):
        window.console.go_to_change("trusted-assessment")
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        run(window, Command.UNDO)
        assert window.console.focus.row == row
        assert window.document.workshop.row(row).level is None
        change = window.document.model.change_of(row)
        assert window.console.tabs.currentIndex() == change.number


def test_escape_from_a_menu_gives_the_keyboard_back_to_where_it_was(window: MainWindow) -> None:
    window.console.go_to_tab(4)
    before = window.focusWidget()
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu), "the menu is open"
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    QTest.qWait(50)
    assert QApplication.activePopupWidget() is None
    assert window.focusWidget() is before


def test_each_letter_of_a_menu_stands_for_one_command(window: MainWindow) -> None:
    menus = window.menus.by_name.values()
    letters = ["".join(_letters(menu.title()) for menu in menus)]
    letters += ["".join(_letters(action.text()) for action in menu.actions()) for menu in menus]
    assert all(len(set(each)) == len(each) for each in letters), letters


def _letters(words: str) -> str:
    """Give the letter that is underlined, if there is one."""
    _, found, after = words.replace("&&", "").partition("&")
    return after[:1].lower() if found else ""


def test_a_screen_reader_goes_through_another_workshop_in_the_same_order(
    window: MainWindow, qtbot: QtBot
) -> None:
    def order() -> list[str]:
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        body = window.centralWidget()
        assert body is not None
        return [type(part).__name__ for part in body.findChildren(QWidget, options=direct)]

    assert order() == ["TopBar", "Banner", "Console", "StatusLine"]
    before = window.console
    run(window, Command.SAMPLE)
    qtbot.waitUntil(lambda: window.console is not before)
    qtbot.waitUntil(lambda: len(order()) == 4)
    assert order() == ["TopBar", "Banner", "Console", "StatusLine"]
