"""Reads an action plan that was filled in elsewhere, and takes from it what is chosen.

For `hicm_desktop.ui.file_commands`. The file is read on another thread and left alone; it is
compared with the workshop as that is by then. Nothing is taken unasked.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from hicm_desktop.document.background import Background
from hicm_desktop.document.document import Document
from hicm_desktop.errors import FileError
from hicm_desktop.ui import dialogs
from hicm_desktop.ui.export.kinds import Export
from hicm_desktop.workshop.plan_lines import PlanLine
from hicm_desktop.workshop.words import count

if TYPE_CHECKING:
    from hicm_desktop.workshop.bring_back import BroughtBack

ReadPlan: TypeAlias = Callable[[Path, Sequence[str]], tuple[PlanLine, ...]]

_TITLE = "Bring back action plan"
_KINDS = f"{Export.WORKBOOK.filters};;All files (*)"
_PATIENCE_MS = 100
"""How long it waits for another dialog to be answered, and looks again."""


def read_workbook(path: Path, columns: Sequence[str]) -> tuple[PlanLine, ...]:
    """Read the plan of a workbook. Raises FileError."""
    from hicm_desktop.export.workbook.plan_reading import read_plan  # noqa: PLC0415 - start-up

    return read_plan(path, columns)


class BringingBack(QObject):
    """Brings a plan back into the workshop that is open, which `current` gives.

    `taken` is emitted once something was taken, for the plan to be shown.
    """

    told = Signal(str)
    taken = Signal()

    def __init__(
        self, window: QWidget, current: Callable[[], Document], read: ReadPlan = read_workbook
    ) -> None:
        super().__init__(window)
        self._window = window
        self._current = current
        self._read = read
        self._asked: tuple[Path, Document] | None = None
        self._reader: Background[tuple[PlanLine, ...]] = Background("plan", self._take, self)

    def choose(self) -> None:
        """Ask for a workbook, and have it read."""
        if self._asked is not None:
            self.told.emit("The last file is still being read.")
            return
        document = self._current()
        path = dialogs.choose_open(self._window, document.path.parent, _TITLE, _KINDS)
        if path is None:
            return
        self._asked = path, document
        self.told.emit(f"Reading {path.name}…")
        self._reader.start(partial(self._read, path, document.model.columns))

    def close(self) -> None:
        """Bring nothing back any more: what is being read is read to nobody."""
        self._asked = None
        self._reader.close()

    def _take(self, job: Future[tuple[PlanLine, ...]]) -> None:
        """Show what was read, once no other question is open: it may be a while in coming."""
        if self._asked is None:
            return
        if QApplication.activeModalWidget() is not None:
            QTimer.singleShot(_PATIENCE_MS, self, lambda: self._take(job))
            return
        (path, document), self._asked = self._asked, None
        try:
            lines = job.result()
        except FileError as error:
            self.told.emit("Nothing was brought back.")
            dialogs.warn(self._window, "Not brought back", str(error))
            return
        if document is not self._current():
            self.told.emit("Another workshop is open by now, so nothing was brought back.")
            return
        from hicm_desktop.workshop.bring_back import compare  # noqa: PLC0415 - start-up

        self._show(path, document, compare(document.model, document.workshop, lines))

    def _show(self, path: Path, document: Document, brought: BroughtBack) -> None:
        if not brought.lines and not brought.missing:
            self.told.emit("Nothing differs.")
            same = f"{path.name} and this workshop say the same. There is nothing to take."
            dialogs.tell(self._window, _TITLE, " ".join((same, *brought.told)))
            return
        from hicm_desktop.ui.bring_back_dialog import BringBackDialog  # noqa: PLC0415 - start-up
        from hicm_desktop.workshop.bring_back import taking  # noqa: PLC0415 - start-up

        self.told.emit("")  # it is not being read any more
        dialog = BringBackDialog(document.model, brought, path.name, self._window)
        chosen = dialog.chosen if dialog.exec() else ()
        dialog.deleteLater()
        if not chosen:
            self.told.emit("Nothing was taken.")
        elif document.apply(taking(chosen, lambda: secrets.token_hex(16))):
            self.taken.emit()
            them = "it" if len(chosen) == 1 else "them"
            taken = f"{count(len(chosen), 'difference')} taken from {path.name}."
            self.told.emit(f"{taken} Ctrl+Z takes {them} back.")
