"""Writes an export without holding up the window, and says what came of it.

For `hicm_desktop.ui.export.dialog`.
"""

from __future__ import annotations

import contextlib
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TypeAlias

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from hicm_desktop.document.background import Background, raise_soon
from hicm_desktop.errors import ExportError, NotConfirmedError
from hicm_desktop.export.open_elsewhere import Holder, free_name, holder_of
from hicm_desktop.export.watching import Cancelled
from hicm_desktop.ui.export import kinds
from hicm_desktop.ui.export.kinds import Export
from hicm_desktop.ui.export.watched import Run
from hicm_desktop.workshop.report_values import Report

_PATIENCE_S = 30.0
"""How long closing waits for an export that is being written."""
_LOOK_MS = 50


class Job(msgspec.Struct, frozen=True):
    """What to write, and where. `heeds` whether the file is open in another program."""

    export: Export
    report: Report
    fonts: Path
    target: Path
    heeds: bool = True


class Ready(msgspec.Struct, frozen=True):
    """It was written and read back; `counted` says what was found in it, in words."""

    path: Path
    counted: str


class Failed(msgspec.Struct, frozen=True):
    """It was not written. `other` is a free name, where another name may be all it takes.

    Or, where it is `in_place` all the same, its drive did not confirm that it would stay.
    """

    path: Path
    reason: str
    other: Path | None = None
    in_place: bool = False

    @property
    def heading(self) -> str:
        """What happened, in few words."""
        return "Written, but not confirmed" if self.in_place else "Not exported"


class Elsewhere(msgspec.Struct, frozen=True):
    """The earlier file is open in another program. `other` is a free name beside it."""

    path: Path
    holder: Holder
    other: Path | None


class Stopped(msgspec.Struct, frozen=True):
    """It was called off; `kept` says whether there is an earlier file, which is as it was."""

    path: Path
    kept: bool


Result: TypeAlias = Ready | Failed | Elsewhere | Stopped


class Exporter(QObject):
    """Writes one export at a time. `moved` carries how far it is, `ended` an `Result`."""

    moved = Signal(float)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = Run()
        self._job: Job | None = None
        self._writer: Background[Result] = Background("export", self._take, self)
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(lambda: self.moved.emit(self._run.done))

    @property
    def busy(self) -> bool:
        """Whether an export is being written."""
        return self._writer.busy

    @property
    def is_stopping(self) -> bool:
        """Whether it was called off and has not ended yet."""
        return self.busy and self._run.is_stopped

    def start(self, job: Job) -> None:
        """Write an export; what comes of it is told by `ended`."""
        self._run, self._job = Run(), job
        self._look.start()
        self._writer.start(partial(_write, job, self._run))

    def cancel(self) -> None:
        """Call off what is being written. It may be finished all the same."""
        self._run.stop()

    def leave(self) -> None:
        """Write no more. What was called off and has not ended yet is told to nobody."""
        self._writer.close()
        self._look.stop()

    def close(self) -> None:
        """Wait for an export that is being written, and write no more."""
        self._writer.wait(_PATIENCE_S)
        self.leave()

    def _take(self, work: Future[Result]) -> None:
        self._look.stop()
        try:
            result = work.result()
        except Exception as error:
            path = self._job.target if self._job is not None else Path()
            result = Failed(path, "Something in this program went wrong. Nothing was exported.")
            raise_soon(error, self)
        self.ended.emit(result)


def _write(job: Job, run: Run) -> Result:
    """Write an export. On the exporter's own thread, since all of it asks the disk."""
    target = job.target
    if job.heeds and (holder := holder_of(target)) is not None:
        return Elsewhere(target, holder, _other(target))
    try:
        run.watch(0.0)
        kinds.write_export(job.export, job.report, job.fonts, target, run.watch)
    except Cancelled:
        return Stopped(target, _is_there(target))
    except NotConfirmedError as error:
        return Failed(target, str(error), in_place=True)
    except ExportError as error:
        may_be_open = isinstance(error.__cause__, PermissionError)
        return Failed(target, str(error), _other(target) if may_be_open else None)
    counted = ""
    with contextlib.suppress(ExportError, OSError):  # it was read back before; this only counts
        counted = kinds.read_again(target)
    return Ready(target, counted)


def _other(target: Path) -> Path | None:
    try:
        return free_name(target)
    except OSError:
        return None


def _is_there(target: Path) -> bool:
    try:
        return target.is_file()
    except OSError:
        return False
