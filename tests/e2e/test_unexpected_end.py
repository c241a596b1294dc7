"""What nobody planned: a fault in a slot, the end of the session, a computer put to sleep.

Each runs the real program in a process of its own, drawn offscreen, over a copy of the sample.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hicm_desktop.workshop.values import Workshop
from tests.e2e.programs import NOTE, NUMBER, Program

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 40.0


def profile_texts(home: Path) -> dict[str, str]:
    """Give every log of the profile."""
    return {p.name: p.read_text("utf-8") for p in home.rglob("log/*")}


def test_a_fault_in_a_slot_is_kept_logged_and_told_and_the_window_goes_on(
    start: Callable[[str], Program],
    file: Path,
    home: Path,
    on_disk: Callable[[Path], Workshop],
) -> None:
    program = start("""
def fail():
    raise ValueError(NOTE)

def work(driver):
    note(driver, NOTE)
    told = []
    dealt = expect_dialog(lambda box: (told.append(box.informativeText()), box.reject()))
    driver.window.menus.by_name[Command.KEYS.menu].aboutToShow.connect(fail)
    driver.window.menus.by_name[Command.KEYS.menu].aboutToShow.emit()
    driver.until(lambda: told, "it is told")
    dealt()
    driver.window.activateWindow()  # without a screen there is no window manager to do it
    QTest.qWaitForWindowActive(driver.window)
    say("TOLD", told[0].replace("\\n", " "))
    note(driver, " and more")
    driver.saved()
    driver.window.close()
""")
    code, said = program.end()
    assert code == 0, said
    told = next(line for line in said.splitlines() if line.startswith("TOLD"))
    assert "A copy of everything recorded is in" in told
    assert NUMBER not in said, "nor does a terminal hear of it, which a system may log"
    log = profile_texts(home)["incidents.log"]
    assert "unexpected, on the window’s thread\n  ValueError\n    __main__ fail " in log
    assert "Bloggs" not in log
    assert "5919" not in log
    assert "home" not in log, "and no folder"
    row = on_disk(file).row("planned")
    assert NOTE in row.note
    assert " and more" in row.note


def test_a_fault_at_the_start_is_told_and_ends_it(
    start: Callable[[str], Program], file: Path, home: Path
) -> None:
    before = file.read_bytes()
    program = start("""
def fail(*_):
    raise ValueError(NOTE)

app.build = fail

def begin():
    box = QApplication.activeModalWidget()
    say(box.text(), box.informativeText().replace("\\n", " "))
    box.reject()
""")
    code, said = program.end()
    assert code == 1
    assert "Something in this program went wrong." in said
    assert "The program has to close." in said
    assert "Bloggs" not in said
    assert "  ValueError\n" in profile_texts(home)["incidents.log"]
    assert file.read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="Windows sends no such signals")
@pytest.mark.parametrize("number", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signal_saves_what_is_being_typed_and_ends_it_over_a_dialog(
    number: str,
    start: Callable[[str], Program],
    file: Path,
    on_disk: Callable[[Path], Workshop],
) -> None:
    program = start(f"""
def work(driver):
    note(driver, "half a sen")
    QTimer.singleShot(300, lambda: os.kill(os.getpid(), signal.{number}))
    driver.window.menus.actions[Command.DETAILS].trigger()
    say("the dialog is gone")
""")
    code, said = program.end()
    assert code == 0, said
    assert said.endswith("the dialog is gone\n")
    assert "half a sen" in on_disk(file).row("planned").note


@pytest.mark.skipif(os.name != "posix", reason="Windows sends no such signals")
def test_signals_that_come_together_are_one(
    start: Callable[[str], Program], file: Path, on_disk: Callable[[Path], Workshop]
) -> None:
    program = start("""
def work(driver):
    note(driver, "half a sen")
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGTERM):
        os.kill(os.getpid(), number)
""")
    assert program.end() == (0, "")
    assert "half a sen" in on_disk(file).row("planned").note


@pytest.mark.skipif(os.name != "posix", reason="Windows sends no such signals")
def test_a_second_signal_ends_it_where_the_first_led_to_a_question(
    start: Callable[[str], Program], file: Path, home: Path
) -> None:
    program = start("""
from pathlib import Path

def work(driver):
    Path(sys.argv[1]).write_text("somebody else's")
    note(driver, "half a sen")
    expect_dialog(lambda question: os.kill(os.getpid(), signal.SIGTERM))
    os.kill(os.getpid(), signal.SIGTERM)
""")
    code, said = program.end()
    assert code == 1, said
    assert file.read_text("utf-8") == "somebody else's"
    copies = [p for p in home.rglob("recovery/*/*.hicm") if "half a sen" in p.read_text("utf-8")]
    assert len(copies) == 1, "what the file would not take is offered at the next start"


@pytest.mark.skipif(os.name != "posix", reason="Windows sends no such signals")
def test_a_signal_waits_for_an_export_and_asks_nothing(
    start: Callable[[str], Program], tmp_path: Path
) -> None:
    program = start(f"""
from pathlib import Path
from hicm_desktop.ui import dialogs
from hicm_desktop.ui.export import kinds
write = kinds.write_export
kinds.write_export = lambda *given: (QThread.msleep(1500), write(*given))[1]
dialogs.choose_save = lambda *_: Path({str(tmp_path / "record.pdf")!r})

def work(driver):
    driver.window.menus.actions[Command.EXPORT_PDF].trigger()
    QApplication.activeModalWidget().export_now()
    os.kill(os.getpid(), signal.SIGTERM)
""")
    code, _ = program.end()  # on a slow machine the export is told of before the signal comes
    assert code == 0
    assert (tmp_path / "record.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.skipif(os.name != "posix", reason="Windows sends no such signals")
def test_a_signal_that_is_ignored_stays_ignored(start: Callable[[str], Program]) -> None:
    program = start("""
signal.signal(signal.SIGHUP, signal.SIG_IGN)

def work(driver):
    say(signal.getsignal(signal.SIGHUP) is signal.SIG_IGN)
    driver.window.close()
""")
    assert program.end() == (0, "True\n")


def test_the_end_of_the_session_saves_at_once_and_leaves_the_window_open(
    start: Callable[[str], Program],
    file: Path,
    on_disk: Callable[[Path], Workshop],
) -> None:
    program = start("""
def work(driver):
    driver.window.console.go_to_plan()
    table = driver.window.console.plan.table
    table.setCurrentIndex(table.model().index(0, 2))
    table.edit(table.currentIndex())
    driver.write("half a sen")
    QApplication.instance().commitDataRequest.emit(None)
    say(driver.window.document.save_state.__class__.__name__, driver.window.isVisible())
    os._exit(0)  # the session is over
""")
    code, said = program.end()
    assert (code, said) == (0, "Saved True\n")
    assert any("half a sen" in action.to_do for action in on_disk(file).actions)


def test_leaving_the_window_hurries_what_was_typed_to_the_file(
    start: Callable[[str], Program],
    file: Path,
    on_disk: Callable[[Path], Workshop],
) -> None:
    program = start("""
from hicm_desktop.document import saving
saving.TYPING_PAUSE_MS = 600_000
from PySide6.QtCore import Qt

def work(driver):
    note(driver, "half a sen")
    QTest.qWait(300)
    say(driver.window.document.save_state.__class__.__name__)
    QApplication.instance().applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    driver.saved()
    os._exit(0)  # the lid is closed and the battery runs out
""")
    code, said = program.end()
    assert (code, said) == (0, "Saving\n")
    assert "half a sen" in on_disk(file).row("planned").note


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signals")
def test_a_program_put_to_sleep_while_it_is_typed_in_goes_on_and_saves(
    start: Callable[[str], Program],
    file: Path,
    on_disk: Callable[[Path], Workshop],
) -> None:
    program = start("""
def work(driver):
    note(driver, "")
    for i in range(400):
        driver.write("x")
        if i % 40 == 0:
            driver.press(Key.Key_Return)
        if i == 150:
            say("typing")
        QTest.qWait(4)
    driver.saved()
    say("saved")
    os._exit(0)
""")
    program.heard("typing")
    for _ in range(3):
        program.process.send_signal(signal.SIGSTOP)
        time.sleep(1.2)  # longer than any pause in saving; whatever was under way stands still
        program.process.send_signal(signal.SIGCONT)
        time.sleep(0.15)
    program.heard("saved")
    assert on_disk(file).row("planned").note.count("x") == 400
