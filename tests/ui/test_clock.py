"""The clock in the bar: what it says, what starts and stops it, and that it survives everything."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSpinBox
from pytestqt.qtbot import QtBot

from hicm_desktop.app import build
from hicm_desktop.document.document import Document
from hicm_desktop.document.library import Library
from hicm_desktop.document.settings import Settings
from hicm_desktop.model.values import Model
from hicm_desktop.paths import resources_dir
from hicm_desktop.storage import codec
from hicm_desktop.ui import dialogs
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.break_dialog import BreakDialog
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.workshop.clock import Clock
from hicm_desktop.workshop.edits import AgreeLevel, RowField
from hicm_desktop.workshop.room import Break
from hicm_desktop.workshop.room_edits import TakeBreak
from hicm_desktop.workshop.values import AgendaItem, Details, Workshop
from tests.modal import meet

from .telling import focused, name_of

NINE = dt.datetime(2026, 11, 12, 9, 0, tzinfo=dt.UTC)


class Day:
    """A time of day that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = NINE

    def __call__(self) -> dt.datetime:
        return self.now

    def pass_by(self, **time: int) -> None:
        self.now += dt.timedelta(**time)


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture
def opened(
    model: Model, appearance: Appearance, qtbot: QtBot, tmp_path: Path, day: Day
) -> Iterator[MainWindow]:
    """Give the window on a workshop whose fourth change has twenty minutes, at nine o'clock."""
    change = model.changes[3]
    workshop = Workshop(
        id="w",
        created_at=NINE,
        details=Details(agenda=(AgendaItem(change=change.id, minutes=20),)),
    )
    library = Library(
        model, Settings(tmp_path / "s.ini", tmp_path), resources_dir() / "sample.hicm"
    )
    document = Document(model, workshop, tmp_path / "w.hicm", now=day)
    window = MainWindow(library, document, appearance, resources_dir() / "fonts")
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.console.go_to_tab(4)
    yield window
    window.close()


def said(window: MainWindow) -> tuple[str, str]:
    """Give what the bar says of the time and of the rows, as it stands at this moment."""
    window._clock.refresh()
    return window._clock.button.text(), window._clock.rows.text()


def test_the_clock_offers_itself_with_the_minutes_of_the_agenda(opened: MainWindow) -> None:
    assert said(opened) == ("Start the clock · 20 min left", "")
    opened.console.go_to_tab(1)
    assert said(opened) == ("Start the clock", "")


def test_it_says_what_is_left_and_what_that_is_for_each_row(opened: MainWindow, day: Day) -> None:
    rows = len(opened.document.model.changes[3].rows)
    opened._clock.button.click()
    day.pass_by(minutes=5)
    assert said(opened) == ("15 min left", f"5 min for each of {rows} rows")
    row = opened.document.model.changes[3].rows[0].id
    opened.document.apply(AgreeLevel(row, opened.document.model.levels[2].id))
    assert said(opened) == ("15 min left", "7 min for each of 2 rows")
    day.pass_by(minutes=15)
    assert said(opened) == ("Time is up", "")
    day.pass_by(minutes=3)
    assert said(opened) == ("3 min over", "")


def test_it_stands_while_it_is_paused_and_undo_lets_it_run_as_if_it_never_was(
    opened: MainWindow, day: Day
) -> None:
    clock = opened.menus.actions[Command.CLOCK]
    clock.trigger()
    day.pass_by(minutes=5)
    clock.trigger()
    day.pass_by(minutes=5)
    assert said(opened) == ("Paused · 15 min left", "")
    opened.document.undo()
    assert said(opened)[0] == "10 min left"
    opened.document.redo()
    clock.trigger()
    day.pass_by(minutes=1)
    assert said(opened)[0] == "14 min left"


def test_looking_at_another_change_leaves_it_running_and_the_key_moves_it_there(
    opened: MainWindow, day: Day
) -> None:
    opened._clock.toggle()
    day.pass_by(minutes=2)
    opened.console.go_to_tab(5)
    assert said(opened) == ("Change 4: 18 min left", "")
    opened._clock.toggle()
    day.pass_by(minutes=3)
    assert said(opened)[0] == "3 min so far"
    opened.console.go_to_tab(4)
    assert said(opened)[0] == "Change 5: 3 min so far"
    assert opened.document.workshop.clock.seconds(opened.document.model.changes[3].id, day()) == 120


def test_on_a_tab_of_no_change_the_key_is_for_the_change_it_was_for(
    opened: MainWindow, day: Day
) -> None:
    opened._clock.toggle()
    opened.console.go_to_tab(0)
    day.pass_by(minutes=4)
    assert said(opened)[0] == "Change 4: 16 min left"
    opened._clock.toggle()
    assert said(opened)[0] == "Change 4: Paused · 16 min left"


def test_a_lid_closed_for_an_hour_and_a_crash_count_as_the_time_they_took(
    opened: MainWindow, day: Day, model: Model, tmp_path: Path
) -> None:
    opened._clock.toggle()
    opened.document.flush()
    day.pass_by(hours=1)
    again = opened._library.open(tmp_path / "w.hicm").document
    assert again.workshop.clock.seconds(model.changes[3].id, day()) == 3600
    again.close()
    assert said(opened)[0] == "40 min over"


def test_a_break_stops_the_clock_until_it_is_ended(opened: MainWindow, day: Day) -> None:
    opened._clock.toggle()
    day.pass_by(minutes=10)
    assert take_break(opened, lambda dialog: typed(dialog, "25")) == "until 09:35"
    assert said(opened)[0] == "Break until 09:35"
    day.pass_by(minutes=26)
    assert said(opened)[0] == "Break, over at 09:35"
    opened.menus.actions[Command.BREAK].trigger()
    day.pass_by(minutes=1)
    assert said(opened)[0] == "9 min left"


def test_a_break_nobody_wants_after_all_changes_nothing(opened: MainWindow) -> None:
    opened._clock.toggle()
    before = opened.document.workshop
    left = take_break(opened, lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    assert left == "until 09:15"
    assert opened.document.workshop == before


def test_a_workshop_that_is_only_read_keeps_its_clock(
    opened: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "tell", lambda *_: None)
    monkeypatch.setattr(opened.document, "_read_only", "somebody else has it open")
    opened._clock.toggle()
    assert opened.document.workshop.clock.since is None
    assert said(opened)[0] == "Start the clock · 20 min left"


def test_what_it_says_is_its_name_to_a_screen_reader(opened: MainWindow, day: Day) -> None:
    opened._clock.toggle()
    day.pass_by(minutes=6)
    said(opened)
    assert name_of(opened._clock.button) == "Clock: 14 min left"
    assert "K" in opened._clock.button.toolTip()


def ring(window: MainWindow) -> None:
    """Let the timers of the bar and of the room go off, as they do once their time is over."""
    for timer in (window._clock._timer, window.room._timer):
        if timer.isActive():
            timer.timeout.emit()


def seen(window: MainWindow) -> tuple[str, str]:
    """Give the time as it stands in the bar and in the room, which nothing refreshes here."""
    shown = window.room.projector.window
    return window._clock.button.text(), shown.stage.shown.time if shown else ""


@pytest.mark.parametrize("in_room", [False, True], ids=["bar", "room"])
def test_the_time_goes_on_by_itself_to_the_minute(
    opened: MainWindow, day: Day, *, in_room: bool
) -> None:
    opened._clock.toggle()
    opened.room.toggle()
    timer = (opened._clock._timer, opened.room._timer)[in_room]
    day.pass_by(seconds=50)
    ring(opened)
    assert timer.interval() == 10_050, "in ten seconds it is a minute less"
    changes = []
    before = seen(opened)[in_room]
    while (day.now - NINE) < dt.timedelta(minutes=22):
        assert timer.isActive()
        day.pass_by(milliseconds=timer.interval())
        timer.timeout.emit()
        if (words := seen(opened)[in_room]) != before:
            late = (day.now - NINE) % dt.timedelta(minutes=1)
            assert late <= dt.timedelta(milliseconds=100), words
            changes.append(words)
            before = words
    left = [f"{minutes} min left" for minutes in range(19, 0, -1)]
    assert changes == [*left, "Time is up", "1 min over", "2 min over"]


def test_a_break_is_over_by_itself_in_the_bar_and_in_the_room(opened: MainWindow, day: Day) -> None:
    opened._clock.toggle()
    opened.room.toggle()
    opened.document.apply(TakeBreak(day.now, day.now + dt.timedelta(seconds=70)))
    room = opened.room.projector.window
    assert room is not None
    while day.now < NINE + dt.timedelta(seconds=70):
        until = room.stage.shown.content
        assert isinstance(until, Break)
        assert until.words == seen(opened)[0] == "Break until 09:01"
        waits = [t.interval() for t in (opened._clock._timer, opened.room._timer) if t.isActive()]
        assert len(waits) == 2
        day.pass_by(milliseconds=max(waits))
        ring(opened)
    over = room.stage.shown.content
    assert isinstance(over, Break)
    assert over.words == seen(opened)[0] == "Break, over at 09:01"


def test_the_display_is_right_once_the_computer_wakes_up(
    opened: MainWindow, day: Day, qapp: QApplication
) -> None:
    opened._clock.toggle()
    opened.room.toggle()
    assert seen(opened) == ("20 min left", "20 min left")
    day.pass_by(hours=1)
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert seen(opened) == ("40 min over", "40 min over")


@pytest.mark.parametrize("with_room", [False, True], ids=["console", "room"])
def test_time_that_runs_out_interrupts_nobody(
    opened: MainWindow, day: Day, monkeypatch: pytest.MonkeyPatch, *, with_room: bool
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(QApplication, "beep", lambda *_: heard.append("a beep"))
    monkeypatch.setattr(QApplication, "alert", lambda *_: heard.append("an alert"))
    opened._clock.toggle()
    opened.console.changes.write_row(RowField.NOTE)
    if with_room:
        opened.room.toggle()
        QTest.qWait(1)
    else:
        QTest.keyClicks(focused(), "Half a sen")

    def around() -> tuple[object, ...]:
        windows = {w for w in QApplication.topLevelWidgets() if w.isVisible()}
        asked = QApplication.activeModalWidget(), QApplication.activePopupWidget()
        front = QApplication.activeWindow(), QApplication.focusWidget(), opened.focusWidget()
        return windows, asked, front, opened.console.tabs.currentIndex()

    before = around()
    for _ in range(30):
        day.pass_by(minutes=1)
        ring(opened)
        QTest.qWait(1)
        assert around() == before
    assert seen(opened)[0] == "10 min over"
    opened.document.apply(TakeBreak(day.now, day.now + dt.timedelta(minutes=5)))
    for _ in range(10):
        day.pass_by(minutes=1)
        ring(opened)
        QTest.qWait(1)
        assert around() == before
    assert seen(opened)[0] == "Break, over at 09:35"
    assert heard == []
    assert "PySide6.QtMultimedia" not in sys.modules
    if not with_room:
        QTest.keyClicks(focused(), "tence")
        row = opened.console.focus.row
        assert opened.document.workshop.row(row).note == "Half a sentence"


def typed(dialog: BreakDialog, minutes: str) -> None:
    field = dialog.findChildren(QSpinBox)[0]
    assert focused() is field
    QTest.keyClicks(field, minutes)
    QTest.keyClick(field, Qt.Key.Key_Return)


def take_break(window: MainWindow, do: Callable[[BreakDialog], object]) -> str:
    """Open the dialog of the break and answer it; gives until when it said the break is."""
    seen: list[str] = []

    def act(dialog: BreakDialog) -> None:
        do(dialog)
        seen.append(dialog._until.text())

    dealt = meet(BreakDialog, act)
    window.menus.actions[Command.BREAK].trigger()
    dealt()
    return seen[0]


@pytest.mark.parametrize(
    ("change", "ahead"),
    [
        ("gone", dt.timedelta(minutes=-5)),
        ("gone", dt.timedelta()),
        ("housing", dt.timedelta(days=9)),
    ],
)
def test_a_clock_of_no_change_or_of_the_far_future_opens_as_one_that_stands(
    qapp: QApplication,
    model: Model,
    blank: Workshop,
    qtbot: QtBot,
    tmp_path: Path,
    change: str,
    ahead: dt.timedelta,
) -> None:
    """A file may come from elsewhere; what it counted is kept, and the clock can be started."""
    since = dt.datetime.now(dt.UTC) + ahead
    workshop = msgspec.structs.replace(blank, clock=Clock(change=change, since=since))
    file = tmp_path / "w.hicm"
    file.write_bytes(codec.encode(workshop, model))
    window = build(qapp, Settings(tmp_path / "s.ini", tmp_path), file).window
    qtbot.addWidget(window)
    window.show()
    assert window.document.path == file
    window.console.go_to_tab(4)
    here = model.changes[3].id
    assert said(window) == ("Start the clock", "")
    window._clock.toggle()
    assert window.document.workshop.clock.change == here
    assert said(window) == ("0 min so far", "")
    window._clock.toggle()
    assert window.document.workshop.clock.since is None
    window.close()
