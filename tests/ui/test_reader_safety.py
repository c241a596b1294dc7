"""A screen reader that asks for a child that is not there does not end the program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

ASK = """
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from hicm_desktop.ui.reader_safety import keep_readers_safe

class Ours(QScrollArea):
    pass

app = QApplication([])
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
    # Read past the end, one of these is no object: without the mend this is where it dies.
    print([told.child(i) for i in (3, 7, 50, 500, 5_000, 50_000, 5_000_000)], flush=True)
"""


def test_a_child_that_a_scroll_area_has_not_is_none() -> None:
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-P", "-c", ASK]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"{[None] * 7}\n" * 2), done.stderr
