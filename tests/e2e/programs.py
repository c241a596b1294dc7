"""The real program in a process of its own, drawn offscreen, with a script that works its window.

For the tests of what ends a program otherwise than by closing it; `start` in `conftest` starts one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 40.0
NUMBER = "943 476 5919"
NOTE = f"Mrs Bloggs {NUMBER}"

PRELUDE = f"""
import os, signal, sys
from PySide6.QtCore import QThread, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPlainTextEdit, QTextEdit
from hicm_desktop import app, cli
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.main_window import MainWindow
from tests.e2e.driving import ALT, CTRL, Driver, Key
from tests.modal import expect_dialog

NOTE = {NOTE!r}

# A shell that runs the tests in the background has them ignore Ctrl+C, and so their programs.
signal.signal(signal.SIGINT, signal.SIG_DFL)

def say(*words):
    print(*words, flush=True)

def begin():
    window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
    QTest.qWaitForWindowActive(window)
    try:
        work(Driver(window))
    except BaseException as fault:
        say("FAULT", repr(fault))
        os._exit(99)

def note(driver, text):
    driver.press(Key.Key_1, CTRL)
    driver.press(Key.Key_N)
    driver.write(text)

"""
START = """
QTimer.singleShot(0, begin)
sys.exit(cli.main(sys.argv[1:]))
"""


class Program:
    """The program, started on a file with a script that works its window."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def heard(self, word: str) -> None:
        """Wait until the script says a word."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            assert not line.startswith("FAULT"), line
            if line.strip() == word:
                return
        raise AssertionError(f"{word} was never said")

    def end(self) -> tuple[int, str]:
        """Wait for its end; gives its exit code, and what was said on the way."""
        said, _ = self.process.communicate(timeout=PATIENCE_S)
        return self.process.returncode, said


def begin(script: str, arguments: Sequence[str], screens: Path | None = None) -> Program:
    """Start it. `screens` is a file that says which screens there are, else there is one."""
    platform = "offscreen" if screens is None else f"offscreen:configfile={screens}"
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", PRELUDE + script + START, *arguments],
        env={**os.environ, "QT_QPA_PLATFORM": platform, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return Program(process)


def run_through(
    arguments: Sequence[str], *, cwd: Path | None = None, within_s: float = 300, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a command of the program in a process of its own, to its end or for so long."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "hicm_desktop", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=within_s,
    )


def two_screens(folder: Path) -> Path:
    """Write a file for two screens: the console's, and a projector right of it."""
    screens = [
        {"name": name, "x": x, "y": 0, "width": width, "height": height, "logicalDpi": 96}
        | {"logicalBaseDpi": 96, "dpr": 1}
        for name, x, width, height in (("console", 0, 1366, 768), ("projector", 1366, 1280, 720))
    ]
    file = folder / "screens.json"
    file.write_text(json.dumps({"screens": screens}), "utf-8")
    return file
