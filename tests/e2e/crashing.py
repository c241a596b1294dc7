"""A process of its own that records something while its drive is away, and then waits to be killed.

For `tests.e2e.test_not_simply_theirs`: `python crashing.py FILE`, where FILE is in a folder that
can be renamed. It says "kept" once a copy is in the local profile.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from hicm_desktop.storage.recovery import Kept
from hicm_desktop.workshop.edits import AgreeLevel, RowField, WriteRow
from tests.e2e.driving import Driver, run

_FOR_EVER_MS = 600_000


def main(file: Path) -> None:
    """Record while the drive is away."""

    def work(at: Driver) -> None:
        file.parent.rename(file.parent.with_name("pulled"))
        document = at.window.document
        document.apply(AgreeLevel("planned", "exemplary"))
        at.until(lambda: isinstance(document.rescue, Kept), "a copy is kept")
        document.apply(WriteRow("planned", RowField.NOTE, "The last word"))
        at.until(lambda: isinstance(document.rescue, Kept), "a copy is kept")
        QTest.qWait(1_500)
        sys.stdout.write("kept\n")
        sys.stdout.flush()
        QTest.qWait(_FOR_EVER_MS)

    application = QApplication([])
    run([str(file)], work)
    application.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
