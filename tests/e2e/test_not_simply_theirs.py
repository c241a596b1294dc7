"""A file that another process has open, and work that a killed process left: the real programs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMessageBox, QPushButton

from hicm_desktop.cli import main
from hicm_desktop.model.values import Model
from hicm_desktop.storage import codec
from hicm_desktop.storage.lock import lock_path
from hicm_desktop.ui.banner import Banner, Remedy
from hicm_desktop.ui.differences_view import DifferencesView
from hicm_desktop.workshop.edits import AgreeLevel
from hicm_desktop.workshop.values import Workshop
from tests.e2e.driving import Driver, run
from tests.modal import expect_dialog

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60.0

pytestmark = pytest.mark.skipif(
    os.name != "posix", reason="processes are ended by signals, which Windows has none of"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "stick" / "Northbridge.hicm"
    path.parent.mkdir()
    assert main(["sample", str(path)]) == 0
    return path


def start(*arguments: str) -> subprocess.Popen[str]:
    """Start the program as a process of its own, without a screen."""
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-P", *arguments],
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait_for(true: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < end, f"waited in vain until {what}"
        time.sleep(0.05)


def read(path: Path, model: Model) -> Workshop:
    return codec.decode(path.read_bytes(), model).workshop


def press(dialog: QDialog, words: str) -> None:
    next(b for b in dialog.findChildren(QPushButton) if b.text() == words).click()


def banner(at: Driver) -> Banner:
    return at.window.findChildren(Banner)[0]


def test_a_file_that_another_process_has_open_is_read_and_recorded_in_once_it_is_closed(
    file: Path, model: Model
) -> None:
    program = start("-m", "hicm_desktop", str(file))
    try:
        wait_for(lock_path(file).exists, "the other process has it open")
        before = file.read_bytes()
        said: list[str] = []

        def read_it(dialog: QDialog) -> None:
            assert isinstance(dialog, QMessageBox)
            said.append(dialog.text())
            press(dialog, "Open it to read")

        def work(at: Driver) -> None:
            dealt()
            assert "in another window of this program on this computer" in said[0]
            assert at.window.document.path == file
            at.window.document.apply(AgreeLevel("planned", "exemplary"))
            at.window.console.go_to_row("planned")
            at.click(at.descriptor("planned", 5))
            assert read(file, model) == at.window.document.workshop
            assert "READ ONLY." in banner(at).words
            program.send_signal(signal.SIGTERM)
            said.append(program.communicate(timeout=PATIENCE_S)[0])
            assert file.read_bytes() == before
            at.click(banner(at).button(Remedy.LOOK_AGAIN))
            at.until(lambda: not banner(at).words, "it is ours")
            at.click(at.descriptor("planned", 5))
            at.until(lambda: read(file, model).row("planned").level == "exemplary", "it is saved")

        dealt = expect_dialog(read_it)
        assert run([str(file)], work) == 0
        assert said[1:] == [""], "the other process had nothing to complain of"
        assert program.returncode == 0
    finally:
        program.kill()
        program.communicate()
    assert not lock_path(file).exists()


def test_what_a_killed_process_had_not_saved_is_offered_and_saved_when_asked(
    file: Path, model: Model
) -> None:
    before = file.read_bytes()
    program = start("-m", "tests.e2e.crashing", str(file))
    assert program.stdout is not None
    said = program.stdout.readline()
    program.kill()
    rest = program.communicate()[0]
    assert said == "kept\n", said + rest
    file.parent.with_name("pulled").rename(file.parent)
    assert file.read_bytes() == before
    offers: list[str] = []
    rows: list[tuple[str, str]] = []

    def go_on(dialog: QDialog) -> None:
        assert file.read_bytes() == before, "nothing is opened over it unasked"
        offers.append(
            "\n".join(x.accessibleName() or x.text() for x in dialog.findChildren(QLabel))
        )
        found = dialog.findChildren(DifferencesView)[0].differences
        rows.extend(
            (found.text(found.index(i, 1)), found.text(found.index(i, 2)))
            for i in range(found.rowCount())
        )
        press(dialog, "Go on from this copy")

    def work(at: Driver) -> None:
        at.until(lambda: offers, "it is offered")
        at.until(lambda: at.window.document.path == file, "it is open")
        dealt()
        at.saved()

    dealt = expect_dialog(go_on)
    assert run([], work) == 0
    assert "before everything was in Northbridge.hicm" in offers[0]
    assert "12 actions" in offers[0]
    assert len(rows) == 2
    assert rows[0][1] == "Exemplary"
    assert rows[1][1].endswith("The last word")
    record = read(file, model).row("planned")
    assert (record.level, record.note) == ("exemplary", "The last word")
    assert sorted(p.name for p in file.parent.iterdir()) == ["Northbridge.hicm"]

    def nothing_more(at: Driver) -> None:
        QTest.qWait(600)
        assert QApplication.activeModalWidget() is None, "it is offered no more"
        assert at.window.isVisible()

    assert run([], nothing_more) == 0


def test_without_a_folder_of_its_own_the_program_says_so_and_all_else_works(
    file: Path, home: Path, model: Model
) -> None:
    data = home / "XDG_DATA_HOME"
    data.write_text("in the way")
    said: list[str] = []

    def close(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        said.append(f"{dialog.text()} {dialog.informativeText()}")
        dialog.reject()

    def work(at: Driver) -> None:
        at.until(lambda: said, "it is said")
        dealt()
        at.window.console.go_to_row("planned")
        at.click(at.descriptor("planned", 5))
        at.saved()

    dealt = expect_dialog(close)
    assert run([str(file)], work) == 0
    assert "cannot be written" in said[0]
    assert "No earlier versions or copies for recovery can be kept" in said[0]
    assert read(file, model).row("planned").level == "exemplary"
