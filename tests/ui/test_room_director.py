"""What the room follows, keeps and never sees, through the real window; here over the console."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from hicm_desktop.document.library import Opened
from hicm_desktop.document.saving import NotSaved, Saved
from hicm_desktop.document.settings import Settings
from hicm_desktop.ui.break_dialog import BreakDialog
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.ui.private_note import PrivateNote
from hicm_desktop.ui.room.curtain import Curtain
from hicm_desktop.ui.room.director import NOW_BLANK, RoomDirector
from hicm_desktop.ui.room.keys import Refused
from hicm_desktop.ui.room.pictures.blocks import HOW_TO_GO_ON
from hicm_desktop.ui.room.projector import BACK, GONE, NO_MORE
from hicm_desktop.ui.room.telling import NO_PROJECTOR
from hicm_desktop.ui.room.tones import NO_LIGHT
from hicm_desktop.ui.room.window import TITLE, RoomWindow
from hicm_desktop.ui.side_panel import Side
from hicm_desktop.workshop.edits import (
    AddAction,
    AgreeLevel,
    ChangeField,
    RemoveActions,
    RowField,
    WriteRow,
)
from hicm_desktop.workshop.room import (
    ActionPicture,
    Blank,
    Break,
    ChangePicture,
    Definitions,
    MatrixPicture,
    PlanPicture,
    RowPicture,
    Waiting,
)
from hicm_desktop.workshop.room_edits import PutFirst, StartClock, TakeBreak
from hicm_desktop.workshop.values import Action
from tests.modal import expect_dialog, meet

Key = Qt.Key


@pytest.fixture
def told(window: MainWindow) -> list[str]:
    words: list[str] = []
    window.room.told.connect(words.append)
    return words


@pytest.fixture
def room(window: MainWindow, qtbot: QtBot) -> Iterator[RoomDirector]:
    """Give the room view as it is open over the console, with a change in focus."""
    window.console.go_to_row("discharge-to-assess")
    window.room.toggle()
    shown = window.room.projector.window
    assert shown is not None
    qtbot.waitUntil(shown.isActiveWindow)
    yield window.room
    window.room.close()


def shown(room: RoomDirector) -> RoomWindow:
    window = room.projector.window
    assert window is not None
    return window


def run(window: MainWindow, command: Command) -> None:
    window.menus.actions[command].trigger()


def row_name(room: RoomDirector) -> str:
    view = shown(room).stage.shown
    assert isinstance(view.content, RowPicture)
    return view.content.row.name


def test_it_opens_with_its_own_title_and_esc_gives_the_console_back(
    window: MainWindow, room: RoomDirector, qtbot: QtBot
) -> None:
    assert shown(room).windowTitle() == TITLE
    assert "sample" not in TITLE
    assert shown(room).geometry() == window.screen().geometry()
    assert window.menus.actions[Command.ROOM].isChecked()
    QTest.keyClick(shown(room), Key.Key_Escape)
    qtbot.waitUntil(window.isActiveWindow)
    assert not room.projector.is_open
    assert room.words == ""
    assert not window.menus.actions[Command.ROOM].isChecked()


def test_it_shows_what_is_recorded_in_the_same_event(
    window: MainWindow, room: RoomDirector
) -> None:
    window.document.apply(AgreeLevel("discharge-to-assess", "exemplary"))
    content = shown(room).stage.shown.content
    assert isinstance(content, RowPicture)
    assert [d.word for d in content.row.descriptors] == ["", "", "", "", "Agreed"]
    window.console.go_to_row("planned")
    assert row_name(room) == "Planned"
    window.document.undo()
    assert row_name(room) == "Discharge to assess", "undo goes to where it was"


def test_keys_in_the_room_move_the_rows_and_agree_levels(
    window: MainWindow, room: RoomDirector
) -> None:
    names = [row.name for row in window.document.model.change("home-first").rows]
    assert row_name(room) == names[0]
    QTest.keyClick(shown(room), Key.Key_Down)
    assert row_name(room) == names[1]
    QTest.keyClick(shown(room), Key.Key_PageDown)
    QTest.keyClick(shown(room), Key.Key_Up)
    assert row_name(room) == names[1]
    level = window.document.model.levels[4].id
    QTest.keyClicks(shown(room), "5")
    assert window.document.workshop.row(window.console.focus.row).level == level
    QTest.keyClicks(shown(room), "v")
    assert isinstance(shown(room).stage.shown.content, MatrixPicture)
    QTest.keyClicks(shown(room), "b")
    assert isinstance(shown(room).stage.shown.content, Blank)


def test_a_key_for_the_console_brings_it_back(
    window: MainWindow, room: RoomDirector, qtbot: QtBot
) -> None:
    QTest.keyClicks(shown(room), "n")
    qtbot.waitUntil(window.isActiveWindow)
    assert not room.projector.is_open
    window.room.toggle()
    run(window, Command.FIND)
    assert not room.projector.is_open


def test_each_picture_comes_in_turn_and_the_words_are_true_of_it(
    window: MainWindow, room: RoomDirector
) -> None:
    found = []
    for _ in range(3):
        found.append((type(shown(room).stage.shown.content), room.words))
        run(window, Command.PICTURE)
    assert found == [
        (RowPicture, "Room: the row"),
        (MatrixPicture, "Room: the matrix"),
        (ChangePicture, "Room: the change"),
    ]
    run(window, Command.DEFINITIONS)
    assert isinstance(shown(room).stage.shown.content, Definitions)
    assert room.words == "Room: level definitions"
    assert room.checks[Command.DEFINITIONS]
    run(window, Command.DEFINITIONS)
    assert room.words == "Room: the row"


def test_a_frozen_room_keeps_its_picture_and_goes_on_at_once(
    window: MainWindow, room: RoomDirector
) -> None:
    run(window, Command.FREEZE)
    assert room.words == "Room: frozen, the row"
    before = shown(room).stage.shown
    window.console.go_to_row("planned")
    window.document.apply(AgreeLevel("discharge-to-assess", "exemplary"))
    assert shown(room).stage.shown == before
    run(window, Command.BLANK)
    assert isinstance(shown(room).stage.shown.content, Blank), "blank is never held back"
    assert room.words == "Room: blank"
    run(window, Command.BLANK)
    assert shown(room).stage.shown == before
    run(window, Command.FREEZE)
    assert row_name(room) == "Planned"
    assert room.words == "Room: the row"


def test_a_room_that_is_frozen_while_it_is_blank_comes_back_with_its_picture(
    window: MainWindow, room: RoomDirector
) -> None:
    run(window, Command.BLANK)
    run(window, Command.FREEZE)
    window.console.go_to_row("planned")
    run(window, Command.BLANK)
    assert row_name(room) == "Discharge to assess"


def test_time_goes_on_in_a_frozen_room_and_a_break_comes_through(
    window: MainWindow, room: RoomDirector, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = window.document
    now = dt.datetime(2026, 11, 12, 10, 0, tzinfo=dt.UTC)
    monkeypatch.setattr(document, "_now", lambda: now)
    document.apply(StartClock("home-first", now))
    first = shown(room).stage.shown.time
    assert first
    assert room._timer.isActive()
    run(window, Command.FREEZE)
    now += dt.timedelta(minutes=3)
    room.refresh()
    assert shown(room).stage.shown.time not in ("", first)
    document.apply(TakeBreak(now, now + dt.timedelta(minutes=15)))
    assert isinstance(shown(room).stage.shown.content, Break)
    assert room.words == "Room: break"
    assert room._timer.isActive()


def test_no_timer_runs_where_the_room_tells_no_time(room: RoomDirector) -> None:
    assert shown(room).stage.shown.time == ""
    assert not room._timer.isActive()


def test_an_action_is_shown_as_it_is_written_until_another_row_is_in_focus(
    window: MainWindow, room: RoomDirector, told: list[str]
) -> None:
    run(window, Command.SHOW_ACTION)
    assert told[-1] == "Open an action first; then the room can see it."
    window.console.add_action()
    if not room.projector.is_open:
        room.toggle()
    run(window, Command.SHOW_ACTION)
    assert room.words == "Room: the action"
    editor = window.console.changes.panel.action
    QTest.keyClicks(editor._texts["to_do"].field, "Ring the ward")
    content = shown(room).stage.shown.content
    assert isinstance(content, ActionPicture)
    assert content.action.to_do == "Ring the ward"
    window.console.go_to_row("planned")
    assert row_name(room) == "Planned"
    assert not room.checks[Command.SHOW_ACTION]


def test_nothing_private_reaches_the_room(window: MainWindow, room: RoomDirector) -> None:
    for field in RowField:
        window.document.apply(WriteRow("discharge-to-assess", field, "Secret thing"))
    for _ in range(3):
        run(window, Command.PICTURE)
        words = " ".join(
            w.accessibleName() + getattr(w, "text", str)()
            for w in (shown(room), *shown(room).findChildren(QWidget))
        )
        assert "Secret" not in words
        assert window.document.path.name not in words
    assert "Secret" not in repr(shown(room).stage.shown)


def test_another_workshop_is_followed_and_nothing_of_the_last_one_stays(
    window: MainWindow, room: RoomDirector, told: list[str]
) -> None:
    run(window, Command.FREEZE)
    window._open(Opened(window._library.blank()))
    assert room.words == "Room: blank", "what was held back is not shown unasked"
    assert told[-1] == NOW_BLANK
    assert isinstance(shown(room).stage.shown.content, Blank)
    window._open(Opened(window._library.blank()))
    assert room.words == "Room: blank", "and blank stays blank"
    assert told.count(NOW_BLANK) == 1
    run(window, Command.BLANK)
    assert room.words == "Room: welcome"
    assert "Discharge to assess" not in repr(shown(room).stage.shown)


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_F5])
@pytest.mark.parametrize("held", [Key.Key_F, Key.Key_B])
def test_once_it_was_closed_it_opens_with_nothing_held_back(
    window: MainWindow, room: RoomDirector, key: Qt.Key, held: Qt.Key
) -> None:
    QTest.keyClick(shown(room), held)
    assert room.checks[Command.FREEZE] or room.checks[Command.BLANK]
    QTest.keyClick(shown(room), key)
    assert not room.projector.is_open
    assert not room.checks[Command.FREEZE]
    assert not room.checks[Command.BLANK]
    window.console.go_to_row("planned")
    room.toggle()
    assert row_name(room) == "Planned"
    assert room.words == "Room: the row"


def test_nothing_is_held_back_after_the_console_came_to_the_front(
    window: MainWindow, room: RoomDirector
) -> None:
    QTest.keyClicks(shown(room), "b")
    run(window, Command.FIND)
    assert not room.projector.is_open
    room.toggle()
    assert room.words == "Room: the row"


@pytest.mark.parametrize("field", ["N", "C"])
def test_private_notes_are_not_opened_before_the_room(
    window: MainWindow, room: RoomDirector, told: list[str], field: str
) -> None:
    key = {"N": Key.Key_N, "C": Key.Key_C}[field]
    before = list(told)
    QTest.keyClick(shown(room), key, Qt.KeyboardModifier.ShiftModifier)
    assert room.projector.is_open
    assert told == before, "nothing is said while the room looks on"
    assert window.console.changes.panel.side is Side.ROW
    assert not isinstance(window.focusWidget().parent(), PrivateNote)
    QTest.keyClick(shown(room), Key.Key_Escape)
    assert told[-1] == Refused.PRIVATE.value
    room.toggle()
    QTest.keyClick(shown(room), Key.Key_Escape)
    assert told.count(Refused.PRIVATE.value) == 1, "said once"


def test_whoever_goes_on_typing_a_private_note_records_nothing_and_is_told_how_to_go_on(
    window: MainWindow, room: RoomDirector, told: list[str]
) -> None:
    before = window.document.workshop
    QTest.keyClick(shown(room), Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    assert isinstance(shown(room).stage.shown.content, Waiting)
    assert room.words == "Room: waits for Esc"
    assert any(HOW_TO_GO_ON in text.accessibleName() for text in shown(room).stage.page.texts)
    QTest.keyClicks(shown(room), "hope 5 beds are for her, wxpu+-bfv.1")
    assert room.projector.is_open
    assert window.document.workshop == before
    assert isinstance(shown(room).stage.shown.content, Waiting)
    QTest.keyClick(shown(room), Key.Key_Escape)
    assert told[-1] == Refused.PRIVATE.value
    room.toggle()
    assert row_name(room) == "Discharge to assess", "it waits no more"


@pytest.mark.parametrize("held", [Command.BLANK, Command.FREEZE])
@pytest.mark.parametrize("key", ["5", "w", "p", "x", "u", "+", "-", "r", "a"])
def test_nothing_is_recorded_while_the_row_is_out_of_sight(
    window: MainWindow, room: RoomDirector, told: list[str], held: Command, key: str
) -> None:
    run(window, held)
    before = window.document.workshop
    QTest.keyClicks(shown(room), key)
    assert window.document.workshop == before
    assert room.projector.is_open
    QTest.keyClick(shown(room), Key.Key_Escape)
    assert told[-1] == Refused.UNSEEN.value


def test_nothing_is_recorded_behind_the_card_of_a_break(
    window: MainWindow, room: RoomDirector
) -> None:
    now = window.document.now()
    window.document.apply(TakeBreak(now, now + dt.timedelta(minutes=15)))
    before = window.document.workshop
    QTest.keyClicks(shown(room), "2")
    assert window.document.workshop == before


def test_a_level_that_is_agreed_over_the_definitions_brings_the_row_back(
    window: MainWindow, room: RoomDirector
) -> None:
    run(window, Command.DEFINITIONS)
    QTest.keyClicks(shown(room), "5")
    content = shown(room).stage.shown.content
    assert isinstance(content, RowPicture)
    assert [d.word for d in content.row.descriptors] == ["", "", "", "", "Agreed"]
    assert not room.checks[Command.DEFINITIONS]


def test_what_is_said_once_the_console_is_back_is_true_then(
    room: RoomDirector, told: list[str], qtbot: QtBot
) -> None:
    QTest.keyClicks(shown(room), "n")
    qtbot.waitUntil(lambda: not room.projector.is_open)
    assert told[-1] == NO_MORE


def test_a_question_over_the_room_view_shows_the_room_nothing_of_the_console(
    window: MainWindow, room: RoomDirector, qtbot: QtBot
) -> None:
    def covers() -> list[Curtain]:
        return [each for each in window.findChildren(Curtain) if each.isVisible()]

    run(window, Command.BLANK)
    seen: list[tuple[bool, QColor, QColor]] = []

    def look(dialog: BreakDialog) -> None:
        picture = window.grab().toImage()
        corner = picture.pixelColor(3, 3)
        middle = picture.pixelColor(picture.width() // 2, picture.height() // 2)
        seen.append((room.projector.is_seen, corner, middle))
        dialog.reject()

    dealt = meet(BreakDialog, look)
    run(window, Command.BREAK)
    dealt()
    assert seen == [(False, QColor(NO_LIGHT), QColor(NO_LIGHT))]
    qtbot.waitUntil(lambda: room.projector.is_seen)
    assert isinstance(shown(room).stage.shown.content, Blank)
    assert covers() == []
    # A window manager gives the console the keyboard of the question by itself, now or later.
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.focusWindowChanged.emit(window.windowHandle())
    assert room.projector.is_seen
    qtbot.waitUntil(lambda: not room.projector._returning.isActive())
    app.focusWindowChanged.emit(window.windowHandle())
    assert not room.projector.is_open, "whoever goes to the console later means to"


@pytest.mark.parametrize(
    "command", [Command.KEYS, Command.BREAK, Command.EXPORT_PDF, Command.HANDOUTS]
)
def test_the_room_view_outlives_the_dialogs_that_stood_over_it(
    window: MainWindow, room: RoomDirector, qtbot: QtBot, command: Command
) -> None:
    # PySide lets what Python holds of a screen go with a short-lived widget that was asked for it.
    for _ in range(4):
        dealt = expect_dialog(QDialog.reject)
        run(window, command)
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
        dealt()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()
        qtbot.waitUntil(lambda: room.projector.is_seen)
        assert row_name(room)
    assert room.projector.screen_name == window.screen().name()


def test_a_break_that_begins_in_a_blank_room_is_seen(
    window: MainWindow, room: RoomDirector
) -> None:
    run(window, Command.BLANK)
    now = window.document.now()
    window.document.apply(TakeBreak(now, now + dt.timedelta(minutes=15)))
    assert isinstance(shown(room).stage.shown.content, Break)
    assert not window.menus.actions[Command.BLANK].isChecked()
    run(window, Command.BLANK)
    assert isinstance(shown(room).stage.shown.content, Blank), "it can be blanked all the same"


def test_a_record_that_is_not_saved_has_the_facilitator_called_without_a_word(
    window: MainWindow, room: RoomDirector, qtbot: QtBot
) -> None:
    foot = shown(room).stage.foot
    sound, said = foot.grab().toImage(), foot.accessibleName()
    folder = window.document.path.parent
    folder.rename(folder.with_name("gone"))
    window.document.apply(WriteRow("planned", RowField.NOTE, "Said in the room"))
    qtbot.waitUntil(lambda: isinstance(window.document.save_state, NotSaved), timeout=10_000)
    assert foot.grab().toImage() != sound
    assert foot.accessibleName() == said
    folder.with_name("gone").rename(folder)
    qtbot.waitUntil(lambda: isinstance(window.document.save_state, Saved), timeout=10_000)
    assert foot.grab().toImage() == sound


def test_the_actions_are_shown_where_the_room_speaks_of_all_of_them_once_they_are_asked_for(
    window: MainWindow, room: RoomDirector, told: list[str]
) -> None:
    window.document.apply(RemoveActions(tuple(a.id for a in window.document.workshop.actions)))
    window.console.go_to_plan()
    run(window, Command.SHOW_ACTION)
    assert told[-1] == "There is no action yet for the room to see."
    assert not window.menus.actions[Command.SHOW_ACTION].isChecked()
    window.document.apply(AddAction(Action(id="a", row="planned", to_do="Ring the ward")))
    window.document.apply(AddAction(Action(id="b", to_do="Meet weekly", owner="Council")))
    window.document.apply(PutFirst(("b",)))
    assert room.words == "Room: welcome", "unasked, the room sees no action"
    run(window, Command.SHOW_ACTION)
    content = shown(room).stage.shown.content
    assert isinstance(content, PlanPicture)
    assert [(a.to_do, a.put_first) for a in content.actions] == [
        ("Meet weekly", True),
        ("Ring the ward", False),
    ]
    assert room.words == "Room: the actions"
    window.console.go_to_closing()
    assert room.words == "Room: the actions"
    window.console.go_to_row("planned")
    assert row_name(room) == "Planned"
    assert not room.checks[Command.SHOW_ACTION]
    window.console.go_to_plan()
    assert room.words == "Room: welcome"


def test_the_console_does_not_come_back_at_a_private_note(
    window: MainWindow, room: RoomDirector
) -> None:
    changes = window.console.changes
    writes: tuple[Callable[[], None], ...] = (
        lambda: changes.write_row(RowField.PRIVATE_NOTE),
        lambda: changes.write_change(ChangeField.PRIVATE_NOTE),
    )
    for write in writes:
        if room.projector.is_open:
            room.toggle()
        write()
        assert isinstance(window.focusWidget().parent(), PrivateNote)
        room.toggle()
        assert changes.panel.side is Side.ROW
        assert not changes.panel.isAncestorOf(window.focusWidget())


def test_what_comes_first_is_shown_from_the_closing_tab_alone(
    window: MainWindow, room: RoomDirector
) -> None:
    document = window.document
    action = Action(id="a", row="planned", to_do="Ring the ward")
    document.apply(AddAction(action))
    document.apply(PutFirst(("a",)))
    window.console.go_to_tab(0)
    assert room.words == "Room: welcome"
    window.console.go_to_plan()
    assert room.words == "Room: welcome"
    window.console.go_to_closing()
    assert room.words == "Room: what we do first"


def test_without_a_room_view_the_keys_say_so(window: MainWindow, told: list[str]) -> None:
    for command in (Command.BLANK, Command.FREEZE, Command.PICTURE, Command.DEFINITIONS):
        run(window, command)
        assert told[-1] == "The room view is not open. F5 opens it."
        assert not window.menus.actions[command].isChecked()
    assert window.room.words == ""


def test_a_screen_that_goes_takes_the_room_view_with_it_until_it_is_back(
    window: MainWindow, room: RoomDirector, told: list[str], qapp: QApplication
) -> None:
    screen = window.screen()
    run(window, Command.FREEZE)
    qapp.screenRemoved.emit(screen)
    assert not room.projector.is_open
    assert told[-1] == GONE
    assert room.words == NO_PROJECTOR
    run(window, Command.BLANK)
    assert told[-1] == GONE
    qapp.screenAdded.emit(screen)
    QTest.qWait(1)
    assert not room.projector.is_open, "it is the console’s screen: not unasked"
    assert BACK not in told
    room.toggle()
    assert room.words == "Room: frozen, the row"


def test_a_screen_that_changes_its_size_is_filled_again(
    window: MainWindow, room: RoomDirector
) -> None:
    shown(room).setGeometry(QRect(10, 10, 300, 200))
    window.screen().geometryChanged.emit(window.screen().geometry())
    assert shown(room).geometry() == window.screen().geometry()


def test_the_screen_is_chosen_by_name_and_remembered(window: MainWindow) -> None:
    menu = next(m for m in window.findChildren(QMenu) if m.title() == "Room view &on")
    menu.aboutToShow.emit()
    (choice,) = menu.actions()
    assert isinstance(choice, QAction)
    name = window.screen().name()
    assert choice.text().startswith(f"{name}, ".replace("&", "&&"))
    assert choice.text().endswith("(this screen)")
    assert choice.isChecked()
    choice.trigger()
    settings = window._library.settings
    assert settings.room_screen == name
    settings.sync()
    again = Settings(window.document.path.parent / "settings.ini", window.document.path.parent)
    assert again.room_screen == name


def test_closing_the_window_closes_the_room(window: MainWindow, room: RoomDirector) -> None:
    window.document.apply(AgreeLevel("planned", "mature"))
    window.close()
    assert not room.projector.is_open
