"""Saving without being asked: every edit reaches the file within a second, off the window's thread.

For `hicm_desktop.document` only. One file is written at a time, always the newest workshop; edits
made meanwhile are written next, as one. What `state` says has happened.
"""

from __future__ import annotations

import datetime as dt
import re
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TypeAlias

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from hicm_desktop.document.background import Background
from hicm_desktop.errors import FileError
from hicm_desktop.model.values import Model
from hicm_desktop.storage import codec, files, names
from hicm_desktop.workshop.values import Workshop

TYPING_PAUSE_MS = 400
"""How long typing may gather before it is written."""

CLICK_PAUSE_MS = 12
"""How long a click waits to be written: one frame, so that it is painted first."""

RETRY_MS = 5_000
"""How often a failed save is tried again by itself: a network drive may have come back."""


class NoFileYet(msgspec.Struct, frozen=True):
    """Nothing was recorded yet, and no file was made."""


class Saving(msgspec.Struct, frozen=True):
    """There is something that the file does not hold yet; it is on its way."""


class Saved(msgspec.Struct, frozen=True):
    """The file holds everything, since `at` (local time)."""

    at: dt.datetime


class NotSaved(msgspec.Struct, frozen=True):
    """The file does not hold everything, and `reason` says why, in words for the user."""

    reason: str


_NUMBERED = re.compile(r" \(\d+\)$")

SaveState: TypeAlias = NoFileYet | Saving | Saved | NotSaved


class _Written(msgspec.Struct, frozen=True):
    workshop: Workshop
    path: Path
    fingerprint: files.Fingerprint


class Autosave(QObject):
    """Keeps one file up to date with the newest workshop it was given."""

    state_changed = Signal(object)
    path_changed = Signal(object)

    def __init__(
        self,
        model: Model,
        path: Path,
        on_disk: files.Fingerprint | None,
        saved: Workshop | None,
        parent: QObject | None = None,
    ) -> None:
        """Take a file as it is: `on_disk` and `saved` are None where there is none yet."""
        super().__init__(parent)
        self._model = model
        self._path = path
        self._on_disk = on_disk
        self._saved = saved
        self._wanted = saved
        self._writer: Background[_Written] = Background("save", self._take, self)
        self._state: SaveState = NoFileYet() if saved is None else Saved(_now())
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._start)
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self._start)

    @property
    def state(self) -> SaveState:
        """What is true of the file now."""
        return self._state

    @property
    def path(self) -> Path:
        """The file that is kept up to date."""
        return self._path

    def want(self, workshop: Workshop, *, at_once: bool) -> None:
        """Have this workshop written: within a frame, or within `TYPING_PAUSE_MS`."""
        self._wanted = workshop
        if workshop == self._saved and not self._writer.busy:
            self._pause.stop()
            self._retry.stop()
            self._tell(Saved(_now()))
            return
        if not isinstance(self._state, NotSaved):
            self._tell(Saving())
        if at_once:
            self._pause.start(CLICK_PAUSE_MS)
        elif not self._pause.isActive():
            self._pause.start(TYPING_PAUSE_MS)

    def flush(self, timeout_s: float = 10.0) -> SaveState:
        """Write what is wanted and wait for it; gives the state that came of it.

        Waits `timeout_s` seconds at most, and then says that the file is not saved.
        """
        self._pause.stop()
        for _ in range(2):  # what is being written, and then what was wanted meanwhile
            self._start()
            if not self._writer.wait(timeout_s):
                self._tell(NotSaved(f"{self._path.name} is taking too long to write."))
                break
        return self._state

    def move_to(self, path: Path) -> None:
        """Rename the file. Raises FileError, and the file stays where it was.

        A file that does not hold everything is not renamed: it may be somebody else's by now.
        """
        state = self.flush()
        if isinstance(state, NotSaved) and self._on_disk is not None:
            raise FileError(f"Not everything is in {self._path.name} yet. {state.reason}")
        if self._on_disk is not None:
            files.rename(self._path, path)
        self._path = path

    def go_on_in(self, path: Path, workshop: Workshop) -> None:
        """Write the workshop to another file and keep that one up to date from now on.

        The user has named the file, so one that is there is replaced. Raises FileError, and
        nothing is changed.
        """
        self._pause.stop()
        self._retry.stop()
        data = codec.encode(workshop, self._model)
        self._on_disk = files.write(path, data, files.fingerprint_of(path))
        self._path = path
        self._saved = self._wanted = workshop
        self._tell(Saved(_now()))
        self.path_changed.emit(path)

    def close(self) -> None:
        """Let the writer's thread end. What is not written by now is not written."""
        self._pause.stop()
        self._retry.stop()
        self._writer.close()

    def _start(self) -> None:
        if self._writer.busy or self._wanted is None or self._wanted == self._saved:
            return
        self._retry.stop()
        self._writer.start(partial(_write, self._model, self._wanted, self._path, self._on_disk))

    def _take(self, job: Future[_Written]) -> None:
        try:
            written = job.result()
        except FileError as error:
            self._tell(NotSaved(str(error)))
            if not isinstance(error, files.ChangedOnDisk):
                self._retry.start()
            return
        self._saved = written.workshop
        self._on_disk = written.fingerprint
        if written.path != self._path:
            self._path = written.path
            self.path_changed.emit(written.path)
        if self._wanted == self._saved:
            self._tell(Saved(_now()))
        else:
            self._start()

    def _tell(self, state: SaveState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _write(
    model: Model, workshop: Workshop, path: Path, on_disk: files.Fingerprint | None
) -> _Written:
    data = codec.encode(workshop, model)
    if on_disk is not None:
        return _Written(workshop, path, files.write(path, data, on_disk))
    make_folder(path.parent)
    try:
        return _Written(workshop, path, files.write(path, data, None))
    except files.ChangedOnDisk:
        # A second window was given the same free name, and its file came first.
        path = names.free_path(path.parent, _NUMBERED.sub("", path.stem))
        return _Written(workshop, path, files.write(path, data, None))


def make_folder(folder: Path) -> None:
    """Make the folder of a new workshop. Raises FileError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(
            f"The folder {folder} could not be made: {error.strerror}. Choose another with "
            "File, Workshop folder."
        ) from error


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()
