"""The work that `kill_test.py` cuts off: the real program, recording as fast as it can.

`work(file, seed, trouble, out)` runs `main()` and never comes back by itself. It tells a pipe of
every state of the workshop (`A`, with the digest of its bytes), and of each that the program says
is safe: in the file (`S`) or kept for recovery (`R`). Nothing but what a user can do is done.
"""

from __future__ import annotations

import errno
import faulthandler
import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from hicm_desktop.cli import main
from hicm_desktop.document.document import Document
from hicm_desktop.document.saving import Saved
from hicm_desktop.storage import codec, files
from hicm_desktop.storage.recovery import Kept
from hicm_desktop.ui.compare_dialog import CompareDialog
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.workshop.edits import RowField
from hicm_desktop.workshop.values import Workshop

SOUND, SLOW, AWAY, FULL = "sound", "slow", "away", "full"
"""What troubles the drive of the file: nothing, slowness, that it goes away, that it is full."""

_PAUSES = 0.4
"""How often the user thinks for a moment, in which things are saved."""

_CTRL = Qt.KeyboardModifier.ControlModifier


class Worker(QObject):
    """A user who agrees levels, writes notes and takes things back, without a pause."""

    def __init__(self, seed: int, trouble: str, out: int) -> None:
        super().__init__()
        self._random = random.Random(seed)
        self._trouble = trouble
        self._out = out
        self._document: Document | None = None
        self._tick = QTimer(self, interval=5)
        self._tick.timeout.connect(self._step)
        self._tick.start()

    def _step(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QMessageBox):
            dialog.accept()
            return
        if isinstance(dialog, CompareDialog):
            self._tell("D", dialog.windowTitle())
            expected = (b for b in dialog.findChildren(QPushButton) if b.property("kind"))
            next(expected).click()
            return
        window = next(
            (w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)), None
        )
        if dialog is not None or window is None or not window.isVisible():
            return
        if not window.isActiveWindow():
            window.activateWindow()  # without a window manager nobody else does, after a dialog
            return
        if window.document is not self._document:
            self._meet(window.document)
            return
        self._tick.start(5)
        self._act(window)
        if self._random.random() < _PAUSES:
            self._tick.start(self._random.randrange(50, 900))

    def _act(self, window: MainWindow) -> None:
        rows = [row.id for _, row in window.document.model.rows()]
        console = window.console
        match self._random.randrange(8):
            case 0 | 1 | 2:
                console.go_to_row(self._random.choice(rows))
                self._key(window, Qt.Key(Qt.Key.Key_1.value + self._random.randrange(5)))
            case 3 | 4 | 5:
                console.go_to_row(self._random.choice(rows))
                console.changes.write_row(self._random.choice((RowField.NOTE, RowField.DATA)))
                for letter in f" {self._random.randrange(10_000)}":
                    QTest.keyClicks(QApplication.focusWidget() or window, letter)
            case 6:
                self._key(window, Qt.Key.Key_Z, _CTRL)
            case _:
                self._key(window, Qt.Key.Key_Y, _CTRL)

    def _key(
        self,
        window: MainWindow,
        key: Qt.Key,
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        QTest.keyClick(QApplication.focusWidget() or window, key, held)

    def _meet(self, document: Document) -> None:
        first = self._document is None
        self._document = document
        document.changed.connect(lambda _, workshop: self._tell("A", self._digest(workshop)))
        document.save_state_changed.connect(self._tell_saved)
        document.rescue_changed.connect(self._tell_kept)
        self._tell("O", f"{self._digest(document.workshop)} {document.path}")
        if first:
            self._bring_trouble(document.path)

    def _bring_trouble(self, path: Path) -> None:
        """Have the drive fail in its way, a moment from now."""
        if self._trouble == AWAY:
            away = path.parent.with_name("away")
            QTimer.singleShot(self._random.randrange(400), self, lambda: path.parent.rename(away))
        elif self._trouble in (SLOW, FULL):
            QTimer.singleShot(self._random.randrange(400), self, self._spoil)

    def _spoil(self) -> None:
        real, trouble, chance = files.write, self._trouble, self._random

        def write(path: Path, data: bytes, expected: files.Fingerprint | None) -> files.Fingerprint:
            ours = path.suffix == ".hicm" and path.parent.name == "drive"
            if ours and trouble == SLOW:
                time.sleep(chance.uniform(0.2, 3.0))
            elif ours:
                raise files._failed(path, "written", OSError(errno.ENOSPC, "full"))  # noqa: SLF001
            return real(path, data, expected)

        files.write = write

    def _tell_saved(self, state: object) -> None:
        if isinstance(state, Saved) and self._document is not None:
            self._tell("S", self._digest(self._document.workshop))

    def _tell_kept(self, state: object) -> None:
        rescue = self._document._rescue if self._document is not None else None  # noqa: SLF001
        if isinstance(state, Kept) and rescue is not None and rescue.held is not None:
            self._tell("R", self._digest(rescue.held))

    def _digest(self, workshop: Workshop) -> str:
        if self._document is None:
            return ""
        data = codec.encode(workshop, self._document.model)
        return str(files.fingerprint(data))[:32]

    def _tell(self, kind: str, words: str) -> None:
        os.write(self._out, f"{kind} {words}\n".encode())


def work(file: Path, seed: int, trouble: str, out: int) -> None:
    """Run the program on a file and work in it until the process is killed."""
    faulthandler.register(signal.SIGUSR1)
    workers: list[Worker] = []
    begin: Callable[[], None] = lambda: workers.append(Worker(seed, trouble, out))  # noqa: E731
    QTimer.singleShot(0, begin)
    main([str(file)])
