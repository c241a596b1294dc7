"""The decision log beside the matrix: what it says, whose entries it shows, and where it leads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from hicm_desktop.document.document import Document
from hicm_desktop.model.values import Model
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.line_list import Line, LineList
from hicm_desktop.ui.log_panel import TAKEN_BACK, LogPanel, Which
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.ui.side_panel import Side
from hicm_desktop.workshop.edits import AgreeLevel, RowField, SetOutcome, WriteRow
from hicm_desktop.workshop.entry import WORDS_OUT, Entry, Kind
from hicm_desktop.workshop.patient_data import findings
from hicm_desktop.workshop.places import LogPlace
from hicm_desktop.workshop.room_edits import CountHands, PutFirst
from hicm_desktop.workshop.tally import When
from hicm_desktop.workshop.values import Outcome, Workshop
from tests.ui.telling import CTRL, focused, name_of, nameless, press, recorded

Key = Qt.Key
ROW, OTHER = "discharge-to-assess", "planned"
AT = dt.datetime(2026, 11, 12, 15, 40, tzinfo=dt.UTC)


@pytest.fixture
def panel(window: MainWindow) -> LogPanel:
    """Give the log beside a row, brought there by its command."""
    window.console.go_to_row(ROW)
    press(Key.Key_G, CTRL)
    side = window.console.changes.panel
    assert side.side is Side.LOG
    return side.log


@pytest.fixture
def top(window: MainWindow, panel: LogPanel, qtbot: QtBot) -> Callable[[], Line]:
    """Give the latest entry, once it is shown."""

    def top() -> Line:
        number = recorded(window).log[-1].number
        qtbot.waitUntil(lambda: panel.list.items.lines[0].key == number)
        qtbot.wait(30)
        return panel.list.items.lines[0]

    return top


def other_level(window: MainWindow, row: str = ROW) -> str:
    now = recorded(window).row(row).level
    return next(level.id for level in window.document.model.levels if level.id != now)


def test_the_command_shows_the_log_and_gives_it_the_keyboard(
    window: MainWindow, panel: LogPanel
) -> None:
    assert focused() is panel.list
    assert nameless(window) == []
    press(Key.Key_Escape)
    assert not panel.list.hasFocus(), "Escape goes back to the matrix"
    window.console.go_to_tab(0)
    window.menus.actions[Command.LOG].trigger()
    assert window.console.shows_change
    assert focused() is panel.list


def test_every_entry_is_there_the_latest_first(window: MainWindow, panel: LogPanel) -> None:
    keys = [line.key for line in panel.list.items.lines]
    assert keys == [entry.number for entry in reversed(recorded(window).log)]
    assert len(keys) > 10


def test_an_entry_says_when_where_from_what_to_what_and_why(
    window: MainWindow, top: Callable[[], Line]
) -> None:
    window.document.apply(SetOutcome(ROW, Outcome.PARKED))
    window.document.apply(WriteRow(ROW, RowField.REASON, "The hub is away"))
    entry, line = recorded(window).log[-1], top()
    assert line.title.startswith(f"{entry.at:%H:%M}")
    assert "Change 4, Discharge to assess" in line.title
    assert f"{entry.was} → Parked" in line.text
    assert line.text.endswith("Reason: The hub is away")
    assert not line.struck
    assert "Parked" in line.spoken
    assert "The hub is away" in line.spoken


def test_what_undo_took_back_stays_struck_through_and_says_so(
    window: MainWindow, top: Callable[[], Line]
) -> None:
    window.document.apply(AgreeLevel(ROW, other_level(window)))
    before = top()
    window.console.go_to_tab(4)
    window.document.undo()
    after = top()
    assert after.key == before.key
    assert (after.struck, after.text) == (True, before.text)
    assert after.title.endswith(TAKEN_BACK)
    assert TAKEN_BACK in after.spoken
    window.document.redo()
    assert top() == before


def test_only_the_entries_of_the_row_in_focus_can_be_shown(
    window: MainWindow, panel: LogPanel, top: Callable[[], Line]
) -> None:
    window.document.apply(AgreeLevel(OTHER, other_level(window, OTHER)))
    window.document.apply(AgreeLevel(ROW, other_level(window)))
    top()
    QTest.mouseClick(panel._switches[Which.ROW], Qt.MouseButton.LeftButton)
    of_row = [e.number for e in reversed(recorded(window).log) if e.row == ROW]
    assert [line.key for line in panel.list.items.lines] == of_row
    window.console.go_to_row(OTHER)
    of_other = [e.number for e in reversed(recorded(window).log) if e.row == OTHER]
    assert [line.key for line in panel.list.items.lines] == of_other != of_row
    assert window.console.changes.panel.side is Side.LOG
    QTest.mouseClick(panel._switches[Which.ALL], Qt.MouseButton.LeftButton)
    assert len(panel.list.items.lines) == len(recorded(window).log)


def test_return_and_a_click_go_to_the_row(
    window: MainWindow, panel: LogPanel, top: Callable[[], Line]
) -> None:
    window.document.apply(AgreeLevel(OTHER, other_level(window, OTHER)))
    top()
    panel.list.go_to_line(recorded(window).log[-1].number)
    press(Key.Key_Return)
    assert window.console.focus.row == OTHER
    window.console.go_to_row(ROW)
    rect = panel.list.visualRect(panel.list.items.index(0, 0))
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert window.console.focus.row == OTHER


def test_an_entry_of_no_row_leads_nowhere(
    window: MainWindow, panel: LogPanel, top: Callable[[], Line], qtbot: QtBot
) -> None:
    window.document.apply(PutFirst(()))
    line = top()
    assert "Action plan" in line.title
    with qtbot.assertNotEmitted(panel.place_asked):
        panel.list.chosen.emit(line)


def test_the_log_waits_while_it_is_out_of_view(window: MainWindow, panel: LogPanel) -> None:
    side = window.console.changes.panel
    side.turn_to(Side.ROW)
    shown = panel.list.items.lines
    window.document.apply(AgreeLevel(ROW, other_level(window)))
    QTest.qWait(50)
    assert panel.list.items.lines is shown
    side.turn_to(Side.LOG)
    assert panel.list.items.lines[0].key == recorded(window).log[-1].number


def test_what_is_in_focus_stays_so_while_entries_come_in(
    window: MainWindow, panel: LogPanel, top: Callable[[], Line], model: Model
) -> None:
    panel.list.go_to_line(panel.list.items.lines[3].key)
    line = panel.list.line()
    levels = tuple(level.id for level in model.levels)
    window.document.apply(CountHands(ROW, When.AFTER, levels[0], 7, levels))
    top()
    now = panel.list.line()
    assert now is not None
    assert line is not None
    assert now.key == line.key


def test_an_empty_log_says_what_will_be_in_it(window: MainWindow, panel: LogPanel) -> None:
    empty = next(
        row.id
        for _, row in window.document.model.rows()
        if not any(entry.row == row.id for entry in recorded(window).log)
    )
    window.console.go_to_row(empty)
    panel.turn_to(Which.ROW)
    assert not panel.list.isVisible()
    assert panel._empty.text() == "Nothing has been decided on this row yet."
    panel.take_keyboard()
    assert focused() is panel._switches[Which.ROW]


def test_a_day_is_named_only_where_there_are_several(
    model: Model, blank: Workshop, appearance: Appearance, qtbot: QtBot, tmp_path: Path
) -> None:
    first = Entry(number=1, at=AT, kind=Kind.DECISION, row=ROW, was="a", now="b")
    second = msgspec.structs.replace(first, number=2, at=AT + dt.timedelta(days=1))
    for log, starts in (((first,), "15:40 · "), ((first, second), "15:40 12 November 2026 · ")):
        document = Document(model, msgspec.structs.replace(blank, log=log), tmp_path / "log.hicm")
        panel = LogPanel(document, appearance)
        qtbot.addWidget(panel)
        panel.show()
        panel.refresh()
        assert panel.list.items.lines[-1].title.startswith(starts)
        document.close()


def test_the_whole_of_a_long_reason_is_laid_out(appearance: Appearance, qtbot: QtBot) -> None:
    """However long it is, and whatever the size of type."""
    lines = LineList("Log", appearance)
    qtbot.addWidget(lines)
    lines.resize(300, 400)
    lines.show()
    short, long = Line("15:40", "word", key=1), Line("15:41", "word " * 900, key=2)
    lines.show_lines([short, long])
    delegate = lines._painter
    for scale in (1.0, 2.0):
        appearance.set_scale(scale)
        qtbot.wait(20)
        text = delegate._lay_out(long).text
        assert text is not None
        letters = text._layout.lineAt(text._layout.lineCount() - 1)
        assert letters.textStart() + letters.textLength() == len(long.text)
        assert lines.visualRect(lines.items.index(1, 0)).height() == delegate.height(long)
        assert delegate.height(long) > 20 * delegate.height(short)


def test_what_is_new_is_in_view_unless_somebody_is_in_the_list(
    window: MainWindow, panel: LogPanel, top: Callable[[], Line]
) -> None:
    for number in range(40):
        window.document.apply(
            SetOutcome(OTHER, (Outcome.PARKED, Outcome.NOT_DISCUSSED)[number % 2])
        )
    top()
    for _ in range(30):
        press(Key.Key_Down)
    held = panel.list.line()
    window.document.apply(AgreeLevel(ROW, other_level(window)))
    top()
    assert panel.list.line() == held, "whoever reads there is left alone"
    press(Key.Key_Escape)
    window.document.apply(AgreeLevel(ROW, other_level(window)))
    newest = top()
    assert panel.list.verticalScrollBar().value() == 0
    assert panel.list.line() == newest


def test_single_keys_are_no_search_in_the_log(window: MainWindow, panel: LogPanel) -> None:
    told: list[str] = []
    window.console.told.connect(told.append)
    before, line = recorded(window), panel.list.line()
    press(Key.Key_4)
    assert told
    assert told[0].startswith("Nothing was recorded.")
    assert (recorded(window), panel.list.line()) == (before, line)
    press(Key.Key_N)
    assert focused() is window.console.changes.panel.row.fields[RowField.NOTE].field


# Words that are taken out


@pytest.fixture
def typed(window: MainWindow, top: Callable[[], Line]) -> int:
    """Give the number of an entry whose reason holds what should not be passed on."""
    window.document.apply(SetOutcome(ROW, Outcome.PARKED))
    window.document.apply(WriteRow(ROW, RowField.REASON, "943 476 5919"))
    return int(str(top().key))


@pytest.mark.parametrize("by_key", [True, False])
def test_the_words_of_the_line_in_focus_are_taken_out_by_key_and_button(
    window: MainWindow, panel: LogPanel, typed: int, qtbot: QtBot, *, by_key: bool
) -> None:
    panel.list.setFocus()
    panel.list.go_to_line(typed)
    assert panel.take_out.isEnabled()
    assert "Delete" in panel.take_out.toolTip()
    assert name_of(panel.take_out) == "Take the words out of this line"
    if by_key:
        press(Key.Key_Delete)
    else:
        QTest.mouseClick(panel.take_out, Qt.MouseButton.LeftButton)
    assert recorded(window).log[-1].reason == WORDS_OUT
    qtbot.waitUntil(lambda: not panel.take_out.isEnabled())
    line = panel.list.line()
    assert line is not None
    assert line.key == typed
    assert line.text.endswith(f"Reason: {WORDS_OUT}")
    window.console.go_to_tab(0)
    window.document.undo()
    assert recorded(window).log[-1].reason == "943 476 5919"
    assert window.console.shows_change, "Undo goes to where it changed"
    line = panel.list.line()
    assert line is not None
    assert line.key == typed


def test_nothing_is_taken_out_of_a_line_of_our_own_words(
    window: MainWindow, panel: LogPanel, top: Callable[[], Line]
) -> None:
    window.document.apply(AgreeLevel(ROW, other_level(window)))
    panel.list.go_to_line(top().key)
    log = recorded(window).log
    assert not panel.take_out.isEnabled()
    assert panel.take_out.toolTip() == "Nobody typed anything in this line"
    panel.list.setFocus()
    press(Key.Key_Delete)
    assert recorded(window).log is log


def test_what_came_to_nothing_is_no_line(
    window: MainWindow, panel: LogPanel, top: Callable[[], Line], model: Model
) -> None:
    shown = top()
    levels = tuple(level.id for level in model.levels)
    for number in (1, 0):
        window.document.apply(CountHands(OTHER, When.AFTER, levels[0], number, levels))
    panel.refresh()
    assert panel.list.items.lines[0] == shown


def test_a_number_that_only_the_log_holds_is_gone_to_in_the_log(
    window: MainWindow, panel: LogPanel, typed: int
) -> None:
    window.document.apply(SetOutcome(ROW, Outcome.NOT_DISCUSSED))
    window.document.apply(WriteRow(ROW, RowField.REASON, ""))
    panel.turn_to(Which.ROW)
    window.console.go_to_tab(0)
    found = findings(window.document.model, recorded(window))
    assert [f.place for f in found] == [LogPlace(typed)]
    window.console.go_to(found[0].place)
    line = panel.list.line()
    assert line is not None
    assert line.key == typed
    assert focused() is panel.list


def test_nothing_is_taken_out_of_a_workshop_that_is_only_read(
    model: Model, blank: Workshop, appearance: Appearance, qtbot: QtBot, tmp_path: Path
) -> None:
    entry = Entry(number=1, at=AT, kind=Kind.DECISION, row=ROW, reason="943 476 5919")
    workshop = msgspec.structs.replace(blank, log=(entry,))
    document = Document(model, workshop, tmp_path / "log.hicm", read_only="Held")
    panel = LogPanel(document, appearance)
    qtbot.addWidget(panel)
    panel.show()
    panel.refresh()
    panel.reveal(1)
    assert not panel.take_out.isEnabled()
    assert panel.take_out.toolTip() == "This workshop is open to be read only"
    document.close()
