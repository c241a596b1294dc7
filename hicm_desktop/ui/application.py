"""The Qt application, which macOS tells of a file that was opened elsewhere. For `opening`.

There a double click starts the program without the file's name, or finds it running, and says
afterwards what was meant. Other systems start the program with the name.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

_PATIENCE_MS = 100
"""How long it waits for a question to be answered, and looks again."""


class DesktopApplication(QApplication):
    """Keeps what it is told to open until there is somebody to open it."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self._open: Callable[[Path], object] | None = None
        self._asked: Path | None = None

    def answer_with(self, open_file: Callable[[Path], object]) -> None:
        """Have files opened by this from now on, what was asked for before it as well."""
        self._open = open_file
        QTimer.singleShot(0, self, self._open_asked)  # what it asks may need all to be in place

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FileOpen and isinstance(event, QFileOpenEvent):
            if not event.file():  # an address, which is none of ours
                return False
            self._asked = Path(event.file())
            # Later: opening may ask, and whoever told us waits for an answer.
            QTimer.singleShot(0, self, self._open_asked)
            return True
        return super().event(event)

    def _open_asked(self) -> None:
        if self._open is None or self._asked is None:
            return
        if self.activeModalWidget() is not None:
            QTimer.singleShot(_PATIENCE_MS, self, self._open_asked)
            return
        asked, self._asked = self._asked, None
        self._open(asked)
