"""A file that macOS says was opened: before there is a window, and while one asks something."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hicm_desktop.paths import resources_dir

ROOT = Path(__file__).resolve().parents[2]

SCRIPT = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QFileOpenEvent
from hicm_desktop import app, opening
from hicm_desktop.ui import dialogs

first, second = map(Path, sys.argv[1:])
sys.argv[1:] = []
qt = opening.qt_application()
print("an address:", qt.sendEvent(qt, QFileOpenEvent(QUrl("https://example.org/x"))))
qt.sendEvent(qt, QFileOpenEvent(str(first)))
windows = []
build = app.build

def built(*given):
    made = build(*given)
    windows.append(made.window)
    return made

def until(holds, then):
    if holds():
        then()
    else:
        QTimer.singleShot(20, lambda: until(holds, then))

def opened(file):
    return bool(windows) and windows[0].isVisible() and windows[0].document.path == file

def ask():
    QTimer.singleShot(0, while_asked)
    dialogs.tell(windows[0], "A question", "is open")

def while_asked():
    qt.sendEvent(qt, QFileOpenEvent(str(second)))
    QTimer.singleShot(300, answer)

def answer():
    print("while it was asked:", windows[0].document.path.name, flush=True)
    qt.activeModalWidget().accept()
    until(lambda: opened(second), end)

def end():
    print("then:", windows[0].document.path.name, flush=True)
    windows[0].close()

app.build = built
until(lambda: opened(first), ask)
sys.exit(app.run_app(None))
"""


@pytest.mark.usefixtures("home")
def test_what_was_opened_by_a_double_click_is_opened_once_nothing_is_asked(tmp_path: Path) -> None:
    """The event is the one that Qt sends on macOS; it is sent here by hand."""
    files = [tmp_path / "First.hicm", tmp_path / "Second with ü.hicm"]
    for file in files:
        shutil.copy(resources_dir() / "sample.hicm", file)
    done = subprocess.run(
        [sys.executable, "-P", "-c", SCRIPT, *map(str, files)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "an address: False",
        "while it was asked: First.hicm",
        "then: Second with ü.hicm",
    ]
