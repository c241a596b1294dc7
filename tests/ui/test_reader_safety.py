"""A screen reader that asks for a child that is not there does not end the program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

ASK = """
import sys
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from hicm_desktop.ui.reader_safety import keep_readers_safe

class Ours(QScrollArea):
    pass

app = QApplication([])
if sys.argv[1] == "safe":
    keep_readers_safe()
    keep_readers_safe()
for area in (QScrollArea(), Ours()):
    area.setWidget(QLabel("A long line of text. " * 50))
    area.setAccessibleName("Where each row stands")
    area.show()
    told = QAccessible.queryAccessibleInterface(area)
    assert told.text(QAccessible.Text.Name) == "Where each row stands"
    children = [told.child(i) for i in range(told.childCount())]
    assert all(child.isValid() for child in children)
    assert told.child(0).child(0).object() is area.widget()
    print(told.child(50), flush=True)
"""


def ask(how: str) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-P", "-c", ASK, how]
    return subprocess.run(command, env=variables, capture_output=True, text=True, check=False)


def test_a_child_that_a_scroll_area_has_not_is_none() -> None:
    done = ask("safe")
    assert (done.returncode, done.stdout) == (0, "None\nNone\n"), done.stderr


def test_qt_by_itself_reaches_past_the_end() -> None:
    done = ask("plain")
    said = "Qt looks by itself now: hicm_desktop/ui/reader_safety.py is of no use any more"
    assert done.returncode < 0, said
