"""A plan filled in elsewhere, through the real menu, list and dialog: told, ticked, taken."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QFont, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from hicm_desktop.document.document import Document
from hicm_desktop.errors import FileError
from hicm_desktop.model.values import Model
from hicm_desktop.ui import dialogs
from hicm_desktop.ui.appearance import Appearance, ThemeChoice
from hicm_desktop.ui.bring_back_dialog import CHOOSE_BETWEEN, KNOWS_NONE, LEFT, BringBackDialog
from hicm_desktop.ui.bringing_back import BringingBack
from hicm_desktop.ui.brought_list import (
    ALIKE,
    EMPTIED,
    NOT_TAKEN,
    TAKE,
    THEIRS,
    THEY_STAY,
    BroughtTable,
)
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.file_commands import READ_ONLY
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.workshop.bring_back import PUT_FIRST, BroughtBack, compare
from hicm_desktop.workshop.edits import SetDetails
from hicm_desktop.workshop.limits import LONGEST_TEXT
from hicm_desktop.workshop.plan_edits import Part
from hicm_desktop.workshop.plan_lines import PlanLine
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.values import Details, Workshop

from .telling import Key, told

PATIENCE_MS = 30_000
"""Much longer than anything here takes, on a machine with other work as well."""

NUMBER = "943 476 5919"
LONG = "Everyone who came said that the date on the letter matters. " * 60
FILE = Path("/elsewhere/Northbridge filled in.xlsx")


def exported(model: Model, workshop: Workshop) -> list[PlanLine]:
    return [
        PlanLine(
            id=action.id,
            change=action.change_heading,
            row=action.row_name,
            where_now=action.where_now,
            to_do=action.to_do,
            due=action.due,
            due_on=action.due_on,
            success=action.success,
            owner=action.owner,
            progress=action.progress.words,
            place=f"row {number}",
        )
        for number, action in enumerate(build_report(model, workshop).actions, start=2)
    ]


@pytest.fixture
def lines(model: Model, sample: Workshop) -> list[PlanLine]:
    """Give the plan of the sample as it came back: seven differences, and what is to be told."""
    first, second, third, fourth, *rest = exported(model, sample)
    return [
        replace(first, owner="Community trust", progress="Done"),
        replace(second, due="before Christmas", due_on=None, progress="about half"),
        replace(third, to_do=f"Ring {NUMBER}’s daughter.\n{LONG}"),
        *rest[:-1],
        replace(first, owner="Hospice", place="row 20"),
        replace(fourth, id="", to_do="Ask for a named contact.", place="row 21"),
    ]


@pytest.fixture
def brought(model: Model, sample: Workshop, lines: list[PlanLine]) -> BroughtBack:
    return compare(model, sample, lines)


Open = Callable[[BroughtBack], BringBackDialog]


@pytest.fixture
def opened(qtbot: QtBot, model: Model, appearance: Appearance) -> Open:
    assert appearance.look.scale == 1.0

    def show(brought: BroughtBack) -> BringBackDialog:
        dialog = BringBackDialog(model, brought, FILE.name)
        qtbot.addWidget(dialog)
        with qtbot.waitActive(dialog):
            dialog.show()
            dialog.activateWindow()
        return dialog

    return show


def table_of(dialog: BringBackDialog) -> BroughtTable:
    return dialog.list.brought


def shown(dialog: BringBackDialog) -> list[str]:
    """Give what the list says, row by row, as it stands."""
    table = table_of(dialog)
    rows = []
    for row, said in enumerate(table.rows):
        columns = range(4) if said.is_difference else [TAKE]
        words = [table.words(table.index(row, column)) for column in columns]
        rows.append(" | ".join([*words, *filter(None, [said.amiss])]))
    return rows


def row_of(dialog: BringBackDialog, offer: int) -> int:
    (row,) = (n for n, row in enumerate(table_of(dialog).rows) if row.offer == offer)
    return row


def go_to(dialog: BringBackDialog, offer: int) -> None:
    """Go down to what can be taken, by the arrow keys, from the top."""
    QTest.keyClick(dialog.list, Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    for _ in range(200):
        if dialog.list.currentIndex().row() == row_of(dialog, offer):
            return
        QTest.keyClick(dialog.list, Key.Key_Down)
    raise AssertionError("the arrow keys do not come there")


def words_of(dialog: BringBackDialog) -> str:
    return " ".join(text.accessibleName() or text.text() for text in dialog.findChildren(QLabel))


# The list


def test_all_that_differs_is_listed_whole_under_its_action_and_nothing_is_ticked(
    opened: Open, brought: BroughtBack, sample: Workshop
) -> None:
    dialog = opened(brought)
    first, second, third = sample.actions[:3]
    place = "Change 1: Early discharge planning · Emergency"
    twice = "The file has this action more than once: row 2 and row 20. Each part can be taken "
    ways = "“Not started” or “Under way” or “Done”"
    done = f"Take it | Progress | {first.progress.words} | Done"
    expected = [
        f"{place} · row 2 of the file\n{first.to_do}",
        f"{twice}from one of them only.",
        f"Take it | Owner | {first.owner} | Community trust",
        done,
        f"{place} · row 20 of the file\n{first.to_do}",
        f"{twice}from one of them only.",
        f"Take it | Owner | {first.owner} | Hospice",
        f"{place} · row 3 of the file\n{second.to_do}",
        (
            "Take it | When will it be done by? | 15 January 2027 | before Christmas | "
            "Not a date, so it would be kept as words."
        ),
        f"“about half” is not {ways}, so progress stays “Not started”.",
        f"Change 1: Early discharge planning · Red Bag Scheme · row 4 of the file\n{third.to_do}",
    ]
    said = shown(dialog)
    assert said[: len(expected)] == expected
    change = said[len(expected)]
    assert change.startswith(f"Take it | What do you need to do? | {third.to_do} | Ring {NUMBER}")
    assert LONG.strip() in change
    assert "Looks like an NHS number: 943\u00a0476\u00a05919." in change
    assert said[len(expected) + 1] == (
        "New line, added in the file · row 21 of the file\nAsk for a named contact."
    )
    assert said[len(expected) + 2].startswith(
        "Take it | The whole line | Nothing | Impact change: "
    )
    assert said[-3:-1][0] == f"Not in the file\n{THEY_STAY}"
    assert len(brought.missing) == 2
    assert said[-1].endswith(sample.actions[-1].to_do)
    assert dialog.chosen == ()
    assert dialog.counted.text() == "0 of 6 chosen"
    assert not dialog.take.isEnabled()
    assert not dialog.none.isEnabled()


def test_it_is_worked_by_keyboard_and_enter_takes_nothing(
    opened: Open, brought: BroughtBack
) -> None:
    dialog = opened(brought)
    assert dialog.list.hasFocus()
    assert dialog.list.currentIndex().row() == row_of(dialog, 0)
    QTest.keyClick(dialog.list, Key.Key_Space)
    go_to(dialog, 3)
    QTest.keyClick(dialog.list, Key.Key_Space)
    assert [offer.part for offer in dialog.chosen] == [Part.OWNER, Part.DUE]
    assert dialog.counted.text() == "2 of 6 chosen"
    for widget in (dialog.list, dialog.all, dialog.none, dialog.take, dialog.close_again):
        assert widget.hasFocus()
        if widget is not dialog.close_again:
            QTest.keyClick(widget, Key.Key_Return)
            assert dialog.isVisible()
        QTest.keyClick(widget, Key.Key_Tab)
    assert dialog.list.hasFocus(), "Tab goes round"
    assert len(dialog.chosen) == 2
    QTest.keyClick(dialog.list, Key.Key_Space)
    assert [offer.part for offer in dialog.chosen] == [Part.OWNER]
    QTest.keyClick(dialog.take, Key.Key_Space)
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_space_on_words_ticks_nothing(opened: Open, brought: BroughtBack) -> None:
    dialog = opened(brought)
    for row, said in enumerate(table_of(dialog).rows):
        dialog.list.setCurrentIndex(table_of(dialog).index(row, TAKE))
        if said.offer is None:
            QTest.keyClick(dialog.list, Key.Key_Space)
    assert dialog.chosen == ()


def test_a_click_on_the_tick_takes_and_a_click_on_a_text_does_not(
    opened: Open, brought: BroughtBack
) -> None:
    dialog = opened(brought)
    row = row_of(dialog, 1)
    for column, number in ((THEIRS, 0), (TAKE, 1), (TAKE, 0)):
        cell = dialog.list.visualRect(table_of(dialog).index(row, column))
        viewport = dialog.list.viewport()
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=cell.center())
        assert len(dialog.chosen) == number


def test_of_one_thing_that_stands_twice_one_is_taken(opened: Open, brought: BroughtBack) -> None:
    dialog = opened(brought)
    assert CHOOSE_BETWEEN in words_of(dialog)
    for offer, owner in ((0, "Community trust"), (2, "Hospice")):
        go_to(dialog, offer)
        QTest.keyClick(dialog.list, Key.Key_Space)
        assert [o.now for o in dialog.chosen] == [owner]


def test_all_or_none_can_be_ticked_but_for_what_stands_twice(
    opened: Open, brought: BroughtBack
) -> None:
    dialog = opened(brought)
    dialog.all.click()
    assert [offer.part for offer in dialog.chosen] == [Part.DUE, Part.TO_DO, None]
    assert dialog.counted.text() == "3 of 6 chosen"
    dialog.none.click()
    assert dialog.chosen == ()


def test_a_text_that_is_too_long_stands_there_and_cannot_be_ticked(
    opened: Open, model: Model, sample: Workshop
) -> None:
    first, *rest = exported(model, sample)
    long = replace(first, success="x" * (LONGEST_TEXT + 1))
    dialog = opened(compare(model, sample, [long, *rest]))
    said = shown(dialog)[1]
    assert said.startswith(f"{NOT_TAKEN} | How will you know it has been successful? | ")
    assert "has 30,001 characters in the file" in said
    QTest.keyClick(dialog.list, Key.Key_Down)
    QTest.keyClick(dialog.list, Key.Key_Space)
    assert dialog.chosen == ()
    assert dialog.counted.text() == "Nothing can be taken"
    assert not dialog.all.isEnabled()
    assert "There is nothing to take from" in words_of(dialog)


def test_what_was_emptied_says_so_and_is_left_when_all_is_ticked(
    opened: Open, model: Model, sample: Workshop
) -> None:
    first, *rest = exported(model, sample)
    emptied = replace(first, to_do="", owner="Trust", put_first="9")
    dialog = opened(compare(model, sample, [emptied, *rest]))
    assert shown(dialog)[1] == f"Take it | What do you need to do? | {first.to_do} | {EMPTIED}"
    assert LEFT in words_of(dialog)
    assert words_of(dialog).count(PUT_FIRST) == 1
    dialog.all.click()
    assert [offer.part for offer in dialog.chosen] == [Part.OWNER]
    go_to(dialog, 0)
    QTest.keyClick(dialog.list, Key.Key_Space)
    assert [offer.part for offer in dialog.chosen] == [Part.TO_DO, Part.OWNER]


def test_a_second_line_that_says_the_same_says_so(
    opened: Open, model: Model, sample: Workshop
) -> None:
    first, *rest = exported(model, sample)
    dialog = opened(compare(model, sample, [first, *rest, first]))
    assert shown(dialog).count(ALIKE) == 2


def test_a_workbook_of_another_workshop_is_told_kindly_and_offers_its_lines(
    opened: Open, model: Model, sample: Workshop, blank: Workshop
) -> None:
    lines = [replace(line, id=f"their-{line.id}") for line in exported(model, sample)]
    dialog = opened(compare(model, blank, lines))
    assert KNOWS_NONE in words_of(dialog)
    assert shown(dialog)[0].startswith("New line · row 2 of the file\n")
    assert "another workshop" in shown(dialog)[1]
    assert dialog.chosen == ()
    dialog.all.click()
    assert len(dialog.chosen) == len(sample.actions)


def test_a_screen_reader_is_told_what_is_ticked_and_both_texts(
    opened: Open, brought: BroughtBack
) -> None:
    dialog = opened(brought)
    assert told(dialog.list).text(QAccessible.Text.Name).startswith("What differs")
    table, row = table_of(dialog), row_of(dialog, 1)
    said = [
        table.data(table.index(row, column), Qt.ItemDataRole.AccessibleTextRole)
        for column in range(4)
    ]
    assert said == [
        "Take it: Progress",
        "What: Progress",
        "In this workshop: Under way",
        "In the file: Done",
    ]
    cells = [told(dialog.list).child(n) for n in range(told(dialog.list).childCount())]
    names = [cell.text(QAccessible.Text.Name) for cell in cells]
    cell = cells[names.index("Take it: Progress")]
    assert cell.state().checkable
    assert not cell.state().checked
    assert names.count(shown(dialog)[0]) == 4, "a heading is heard wherever one comes to it"
    tick = table.index(row, TAKE)
    assert tick.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    assert table.setData(tick, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert [offer.part for offer in dialog.chosen] == [Part.PROGRESS]
    assert cell.state().checked
    assert table.setData(tick, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert tick.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert not table.setData(table.index(0, TAKE), 2, Qt.ItemDataRole.CheckStateRole)
    number = table.index(row_of(dialog, 4), THEIRS)
    assert "NHS number" in str(number.data(Qt.ItemDataRole.AccessibleTextRole))
    for button in dialog.findChildren(QPushButton):
        assert button.accessibleName() or button.text()


@pytest.mark.parametrize("theme", [ThemeChoice.LIGHT, ThemeChoice.DARK])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.5])
def test_nothing_is_cut_on_a_small_screen(
    appearance: Appearance,
    opened: Open,
    brought: BroughtBack,
    scale: float,
    theme: ThemeChoice,
) -> None:
    dialog = opened(brought)
    appearance.dress(theme, scale)
    dialog.resize(1000, 712)
    QTest.qWait(20)
    assert (dialog.width(), dialog.height()) == (1000, 712), "it goes on a screen of 1024 by 768"
    assert dialog.list.horizontalScrollBar().maximum() == 0
    table = table_of(dialog)
    for row, said in enumerate(table.rows):
        columns = range(4) if said.is_difference else [TAKE]
        for column in columns:
            index = table.index(row, column)
            width = (
                dialog.list.columnWidth(column)
                if said.is_difference
                else (dialog.list.viewport().width())
            )
            assert dialog.list.cells.height_for(index, width) <= dialog.list.rowHeight(row)
    strong = QFont(dialog.list.font())
    strong.setWeight(QFont.Weight.DemiBold)
    titles = ("Take it", "What", "In this workshop", "In the file")
    for column, title in enumerate(titles):
        longest = max(map(QFontMetrics(strong).horizontalAdvance, title.split()))
        assert dialog.list.columnWidth(column) > longest + 13 * scale, "its title is broken"
    for button in dialog.findChildren(QPushButton):
        assert button.width() >= button.sizeHint().width()
    dialog.list.setFocus()
    view = dialog.list.viewport()
    assert view.height() >= 5 * dialog.list.fontMetrics().height(), "there is room to read in"


# The command


Answer = Callable[[BringBackDialog], object]


class Asked:
    """What happened at the command: what it warned of and told, and how its dialog was answered."""

    def __init__(self, window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
        self.window = window
        self.path: Path | None = FILE
        self.warned: list[str] = []
        self.told: list[str] = []
        self.dialogs: list[BringBackDialog] = []
        self.answer: Answer = lambda dialog: dialog.reject()
        self._qtbot = qtbot
        self.starts: list[Path] = []
        self.line_beneath = "no dialog yet"
        monkeypatch.setattr(dialogs, "choose_open", self._choose)
        monkeypatch.setattr(dialogs, "warn", lambda _p, _t, text: self.warned.append(text))
        monkeypatch.setattr(dialogs, "tell", lambda _p, _t, text: self.told.append(text))
        monkeypatch.setattr(BringBackDialog, "exec", self._exec)

    def read_by(self, read: Callable[[Path, Sequence[str]], tuple[PlanLine, ...]]) -> None:
        """Have another reader in place of the one for workbooks."""
        files = self.window.files
        bringing = BringingBack(self.window, lambda: self.window.document, read)
        bringing.told.connect(files.told)
        bringing.taken.connect(files.plan_asked)
        files._bringing = bringing

    def run(self) -> None:
        self.window.menus.actions[Command.BRING_BACK].trigger()
        self._qtbot.waitUntil(
            lambda: self.window.files._bringing._asked is None, timeout=PATIENCE_MS
        )

    @property
    def line(self) -> str:
        """What the status line says."""
        return self.window._status.told.text()

    def _choose(self, _parent: object, folder: Path, _title: str, kinds: str) -> Path | None:
        assert "*.xlsx" in kinds
        self.starts.append(folder)
        return self.path

    def _exec(self) -> int:
        (dialog,) = self.window.findChildren(BringBackDialog)
        self.dialogs.append(dialog)
        self.line_beneath = self.line
        self.answer(dialog)
        return dialog.result()


@pytest.fixture
def asked(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, lines: list[PlanLine]
) -> Iterator[Asked]:
    asked = Asked(window, monkeypatch, qtbot)
    asked.read_by(lambda *_: tuple(lines))
    yield asked
    window.files._bringing.close()


def test_what_is_ticked_is_taken_in_one_step_and_the_plan_shows_it(asked: Asked) -> None:
    def tick_and_take(dialog: BringBackDialog) -> None:
        dialog.all.click()
        QTest.keyClick(dialog.list, Key.Key_Space)
        dialog.take.click()

    document = asked.window.document
    before, steps = document.workshop, len(document.history.past)
    asked.answer = tick_and_take
    asked.run()
    assert asked.starts == [document.path.parent]
    assert asked.line == f"4 differences taken from {FILE.name}. Ctrl+Z takes them back."
    assert asked.window.console.shows_plan
    assert len(document.history.past) == steps + 1
    old, new = before.actions, document.workshop.actions
    assert new[0] == replace(old[0], owner="Community trust")
    assert new[1] == replace(old[1], due_on=None, due_words="before Christmas")
    assert new[3:-1] == old[3:]
    assert (new[-1].to_do, new[-1].progress) == ("Ask for a named contact.", old[3].progress)
    assert new[-1].id not in {action.id for action in old}
    asked.window.console.go_to_tab(1)
    asked.window.menus.actions[Command.UNDO].trigger()
    assert document.workshop.actions == old
    assert asked.window.console.shows_plan, "what is taken back is shown"
    asked.window.menus.actions[Command.REDO].trigger()
    assert document.workshop.actions == new


def test_one_difference_is_told_as_one(asked: Asked) -> None:
    def take_one(dialog: BringBackDialog) -> None:
        QTest.keyClick(dialog.list, Key.Key_Space)
        dialog.take.click()

    asked.answer = take_one
    asked.run()
    assert asked.line == f"1 difference taken from {FILE.name}. Ctrl+Z takes it back."


def test_closing_takes_nothing_whatever_was_ticked(asked: Asked) -> None:
    def tick_and_close(dialog: BringBackDialog) -> None:
        dialog.all.click()
        QTest.keyClick(dialog, Key.Key_Escape)

    document = asked.window.document
    before, steps = document.workshop, document.history
    asked.answer = tick_and_close
    asked.run()
    assert len(asked.dialogs) == 1
    assert asked.line_beneath == "", "it says no longer that it is reading"
    assert (document.workshop, document.history) == (before, steps)
    assert asked.line == "Nothing was taken."


def test_a_plan_that_says_the_same_is_told_and_asks_nothing(
    asked: Asked, model: Model, sample: Workshop
) -> None:
    asked.read_by(lambda *_: tuple(exported(model, sample)))
    asked.run()
    assert asked.dialogs == []
    assert asked.told == [f"{FILE.name} and this workshop say the same. There is nothing to take."]


def test_a_file_that_cannot_be_read_is_told(asked: Asked) -> None:
    def fail(path: Path, _columns: Sequence[str]) -> NoReturn:
        raise FileError(f"{path.name} is no workbook. Nothing was changed.")

    before = asked.window.document.workshop
    asked.read_by(fail)
    asked.run()
    assert asked.warned == [f"{FILE.name} is no workbook. Nothing was changed."]
    assert asked.line == "Nothing was brought back."
    assert asked.window.document.workshop == before


def test_thinking_better_of_it_reads_nothing(asked: Asked) -> None:
    asked.path = None
    asked.run()
    assert (asked.dialogs, asked.warned, asked.told) == ([], [], [])


def test_nothing_is_asked_where_a_workshop_can_only_be_read(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Document, "is_read_only", property(lambda _: True))
    asked.run()
    assert asked.starts == []
    assert asked.line == READ_ONLY


def test_the_window_is_free_while_it_is_read_and_one_file_is_read_at_a_time(
    asked: Asked, lines: list[PlanLine], qtbot: QtBot, model: Model
) -> None:
    gate, columns = threading.Event(), []

    def slow(_path: Path, titles: Sequence[str]) -> tuple[PlanLine, ...]:
        columns.append(tuple(titles))
        gate.wait(5)
        return tuple(lines)

    asked.read_by(slow)
    bring = asked.window.menus.actions[Command.BRING_BACK]
    bring.trigger()
    assert asked.line == f"Reading {FILE.name}…"
    bring.trigger()
    assert asked.line == "The last file is still being read."
    asked.window.document.apply(SetDetails(Details(place="Elsewhere")))
    gate.set()
    qtbot.waitUntil(lambda: len(asked.dialogs) == 1, timeout=PATIENCE_MS)
    assert columns == [model.columns]
    assert asked.window.document.workshop.details.place == "Elsewhere"


def test_it_waits_for_another_question_to_be_answered(asked: Asked, qtbot: QtBot) -> None:
    other = QDialog(asked.window)
    other.setModal(True)
    other.show()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is other, timeout=PATIENCE_MS)
    asked.window.menus.actions[Command.BRING_BACK].trigger()
    QTest.qWait(250)
    assert asked.dialogs == []
    other.close()
    qtbot.waitUntil(lambda: len(asked.dialogs) == 1, timeout=PATIENCE_MS)


def test_what_was_read_for_one_workshop_is_not_offered_to_another(
    asked: Asked, lines: list[PlanLine], qtbot: QtBot
) -> None:
    gate = threading.Event()

    def slow(*_: object) -> tuple[PlanLine, ...]:
        gate.wait(5)
        return tuple(lines)

    asked.read_by(slow)
    asked.window.menus.actions[Command.BRING_BACK].trigger()
    asked.window.files.open_sample()
    gate.set()
    qtbot.waitUntil(lambda: "Another workshop" in asked.line, timeout=PATIENCE_MS)
    assert asked.dialogs == []
