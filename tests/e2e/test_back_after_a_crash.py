"""A computer dies before a room and is started again: the program comes up where it was."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.programs import Program, begin, two_screens

pytestmark = pytest.mark.skipif(
    os.name != "posix", reason="processes are ended by signals, which Windows has none of"
)

WORK = """
def work(driver):
    driver.window.console.go_to_row("red-bag-scheme")
    driver.window.room.toggle()
    if driver.window.room.projector.is_open:
        driver.window.room.next_picture()
    QTest.qWait(1800)
    say("there")
    QTest.qWait(600_000)
"""
LOOK = """
def answer():
    question = QApplication.activeModalWidget()
    if question is not None:
        say("told", question.text())
        question.close()
    QTimer.singleShot(200, answer)

QTimer.singleShot(0, answer)

def work(driver):
    window = driver.window
    QTest.qWait(1000)
    shown = window.room.projector.window
    say("file", window.document.path.name)
    say("tab", window.console.tabs.currentIndex(), "row", window.console.focus.row)
    page = window.console.changes.page
    row = page.matrix.row(window.console.focus.row)
    whole = row.visibleRegion().boundingRect().height() >= min(row.height(), 200)
    say("keyboard", row.isAncestorOf(window.focusWidget()), "in view", whole)
    say("room", window.room.words, shown is not None and shown.screen().name())
    window.close()
"""


@pytest.fixture
def programs(home: Path) -> Iterator[list[Program]]:
    assert home.is_dir()
    started: list[Program] = []
    yield started
    for program in started:
        program.process.kill()
        program.process.communicate()


def test_it_comes_up_with_the_row_that_was_in_focus_on_both_screens(
    file: Path, tmp_path: Path, programs: list[Program]
) -> None:
    screens = two_screens(tmp_path)
    programs.append(begin(WORK, [str(file)], screens))
    programs[-1].heard("there")
    programs[-1].process.kill()
    programs[-1].process.wait()
    for named in ([], [str(file)]):
        programs.append(begin(LOOK, named, screens))
        code, said = programs[-1].end()
        if named:
            # The run before was closed in good order, so this is a start like any other.
            assert "tab 0 row planned" in said
            assert "room  False" in said
        else:
            assert "file Northbridge.hicm" in said
            assert "tab 1 row red-bag-scheme" in said
            assert "keyboard True in view True" in said
            assert "room Room: the matrix projector" in said
        assert code == 0, said


def test_the_room_view_does_not_come_over_the_console_by_itself(
    file: Path, programs: list[Program]
) -> None:
    programs.append(begin(WORK, [str(file)]))
    programs[-1].heard("there")
    programs[-1].process.kill()
    programs[-1].process.wait()
    programs.append(begin(LOOK, [str(file)]))
    code, said = programs[-1].end()
    assert "tab 1 row red-bag-scheme" in said
    assert "room  False" in said
    assert code == 0, said


def test_a_second_copy_does_not_go_where_the_first_one_is(
    file: Path, programs: list[Program]
) -> None:
    programs.append(begin(WORK, [str(file)]))
    programs[-1].heard("there")
    programs.append(begin(LOOK, []))
    code, said = programs[-1].end()
    assert "file Northbridge.hicm" not in said
    assert "tab 0 row planned" in said
    assert code == 0, said
