"""A copy in the local profile of whatever the workshop's own file does not hold.

For `hicm_desktop.document` only. Nothing is kept while saving goes well. Where a save fails, or
takes longer than `PATIENCE_MS`, everything is kept here, edit by edit, until the file is good
again; the next start of the program offers what a crash left.
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
from hicm_desktop.document.saving import NotSaved, SaveState, Saving
from hicm_desktop.errors import FileError
from hicm_desktop.model.values import Model
from hicm_desktop.storage import codec, recovery
from hicm_desktop.storage.recovery import Belongs, Kept
from hicm_desktop.workshop.values import Workshop

PATIENCE_MS = 1_000
"""How long a save may take before a copy is kept meanwhile: a network drive may never answer."""

GATHER_MS = 400
"""How long edits gather before the copy is written anew."""

RETRY_MS = 5_000


class NotKept(msgspec.Struct, frozen=True):
    """No copy could be kept either, and why."""

    reason: str


RescueState: TypeAlias = Kept | NotKept | None
"""None where nothing is kept, since nothing needs to be."""


class _Wanted(msgspec.Struct, frozen=True):
    workshop: Workshop
    belongs: Belongs


class Rescue(QObject):
    """Keeps the newest workshop in one folder for as long as its file does not hold it."""

    changed = Signal(object)

    def __init__(
        self, model: Model, folder: Path, kept: Kept | None = None, parent: QObject | None = None
    ) -> None:
        """Keep copies in a folder. `kept` is one of an earlier run, to be dropped when it may."""
        super().__init__(parent)
        self._model = model
        self._folder = folder
        self._left = kept
        self._state: RescueState = None
        self._wanted: _Wanted | None = None
        self._done: _Wanted | None = None  # written, or being written
        self._held: _Wanted | None = None
        self._writer: Background[Kept] = Background("rescue", self._take, self)
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._start)

    @property
    def state(self) -> RescueState:
        """What is kept now."""
        return self._state

    @property
    def held(self) -> Workshop | None:
        """The workshop that the copy holds; None where none is kept."""
        return self._held.workshop if self._held and isinstance(self._state, Kept) else None

    def follow(self, workshop: Workshop, belongs: Belongs, state: SaveState) -> None:
        """Take in what is recorded now, and what is true of its file."""
        if not isinstance(state, Saving | NotSaved):
            self._stand_down()
            return
        self._wanted = _Wanted(workshop, belongs)
        if self._soon.isActive() and not (isinstance(state, NotSaved) and self._state is None):
            return
        if self._state is not None:
            self._soon.start(GATHER_MS)
        else:
            self._soon.start(0 if isinstance(state, NotSaved) else PATIENCE_MS)

    def finish(self, timeout_s: float = 5.0) -> RescueState:
        """Keep what is to be kept now, and wait for it."""
        self._soon.stop()
        for _ in range(2):  # what is being written, and then what was wanted meanwhile
            self._start()
            self._writer.wait(timeout_s)
        if self._wanted == self._done:  # what could not be kept is tried again
            self._soon.stop()
        return self._state

    def close(self) -> None:
        """Keep nothing more. What is kept stays."""
        self._soon.stop()
        self._writer.close()

    def _start(self) -> None:
        if self._wanted is None or self._wanted == self._done or self._writer.busy:
            return
        self._writer.start(partial(_keep, self._model, self._folder, self._wanted))
        self._done = self._wanted

    def _take(self, job: Future[Kept]) -> None:
        try:
            kept = job.result()
            self._held = self._done
            self._tell(kept)
        except Exception as error:
            self._tell(NotKept(str(error)))
            if not isinstance(error, FileError):
                raise_soon(error, self)
            self._done = None
            self._soon.start(RETRY_MS)
        if self._wanted is None:
            self._stand_down()
        elif self._wanted != self._done and not self._soon.isActive():
            self._soon.start(GATHER_MS)

    def _stand_down(self) -> None:
        """Drop what is kept: the file holds everything."""
        self._soon.stop()
        self._wanted = self._done = self._held = None
        if self._writer.busy:
            return  # `_take` comes back here
        if self._state is not None:  # one that could not be kept may have left an older one there
            recovery.clear(self._folder)
        if self._left is not None:
            recovery.drop(self._left)
        self._left = None
        self._tell(None)

    def _tell(self, state: RescueState) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit(state)


def _keep(model: Model, folder: Path, wanted: _Wanted) -> Kept:
    return recovery.keep(folder, codec.encode(wanted.workshop, model), wanted.belongs)


def keep_at_once(model: Model, folder: Path, workshop: Workshop, belongs: Belongs) -> Kept | None:
    """Keep a copy here and now, for an emergency; None where none could be."""
    with contextlib.suppress(FileError, OSError):
        return _keep(model, folder, _Wanted(workshop, belongs))
    return None
