"""Saving without being asked: every edit reaches the file within a second, off the window's thread.

For `hicm_desktop.document` only. One file is written at a time, always the newest workshop; edits
made meanwhile are written next, as one. What `state` says has happened.
"""

from __future__ import annotations

import datetime as dt
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TypeAlias

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from hicm_desktop.document.background import Background, raise_soon
from hicm_desktop.document.profile import Profile
from hicm_desktop.document.writing import Done, Place, keep_lock, let_go, locked, release, write
from hicm_desktop.errors import FileError
from hicm_desktop.model.values import Model
from hicm_desktop.storage import codec, files, lock
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
    """The file does not hold everything, and `reason` says why, in words for the user.

    `is_theirs` where the file is somebody else's by now: they changed it, or they have it open.
    """

    reason: str
    is_theirs: bool = False


class ReadOnly(msgspec.Struct, frozen=True):
    """The workshop is shown and nothing is recorded in it; `reason` says why."""

    reason: str


SaveState: TypeAlias = NoFileYet | Saving | Saved | NotSaved | ReadOnly

LOW_BYTES = 50 * 1024 * 1024
"""With less room than this on the drive the user is told, before a save fails."""

_RELEASE_S = 2.0


class Autosave(QObject):
    """Keeps one file up to date with the newest workshop it was given.

    `written` carries the bytes that reached the file; `low_disk` how many more the drive has room
    for, once.
    """

    state_changed = Signal(object)
    path_changed = Signal(object)
    written = Signal(object)
    low_disk = Signal(object)

    def __init__(
        self,
        model: Model,
        place: Place,
        saved: Workshop | None,
        profile: Profile | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Take a file as it is: `saved` is what it holds, None where there is none yet.

        Without a profile no lock is taken.
        """
        super().__init__(parent)
        self._model = model
        self._place = place
        self._profile = profile
        self._saved = saved
        self._wanted = saved
        self._is_low = False
        self._writer = self._new_writer()
        self._state: SaveState = NoFileYet() if saved is None else Saved(_now())
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._start)
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self._start)
        self._beat = QTimer(self, interval=round(lock.BEAT.total_seconds() * 1000))
        self._beat.timeout.connect(self._give_sign)
        self._beat.start()

    @property
    def state(self) -> SaveState:
        """What is true of the file now."""
        return self._state

    @property
    def place(self) -> Place:
        """The file that is kept up to date, as it was left."""
        return self._place

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

    def hurry(self) -> None:
        """Write what is wanted without gathering more, and do not wait for it."""
        if self._pause.isActive():
            self._pause.start(0)

    def flush(self, timeout_s: float = 10.0) -> SaveState:
        """Write what is wanted and wait for it; gives the state that came of it.

        Waits `timeout_s` seconds at most, and then says that the file is not saved.
        """
        self._pause.stop()
        for _ in range(2):  # what is being written, and then what was wanted meanwhile
            self._start()
            if not self._writer.wait(timeout_s):
                self._tell(NotSaved(f"{self._place.path.name} is taking too long to write."))
                break
        return self._state

    def move_to(self, path: Path) -> None:
        """Rename the file. Raises FileError, and the file stays where it was.

        A file that does not hold everything is not renamed: it may be somebody else's by now.
        """
        state = self.flush()
        place = self._place
        if path == place.path:
            return
        if place.on_disk is None and not self._writer.busy:
            release(place.hold)
            self._place = Place(path)
            return
        if isinstance(state, NotSaved):
            raise FileError(f"Not everything is in {place.path.name} yet. {state.reason}")
        new = locked(Place(path), self._profile)
        try:
            files.rename(place.path, path)
        except FileError:
            release(new.hold)
            raise
        release(place.hold)
        self._place = msgspec.structs.replace(new, on_disk=place.on_disk)

    def go_on_in(self, path: Path, workshop: Workshop) -> None:
        """Write the workshop to another file and keep that one up to date from now on.

        The user has named the file, so one that is there is replaced. Raises FileError, and
        nothing is changed.
        """
        data = codec.encode(workshop, self._model)
        self._end_writing()
        old, unconfirmed = self._place, ""
        is_same = path == old.path and old.hold is not None
        try:
            place = locked(old if is_same else Place(path), self._profile)
        except FileError:
            self.want(workshop, at_once=True)
            raise
        if is_same:
            self._place = place
        try:
            on_disk = files.write(path, data, files.fingerprint_of(path))
        except files.NotConfirmed as error:
            on_disk, unconfirmed = error.fingerprint, str(error)
        except FileError:
            if not is_same:
                release(place.hold)
            self.want(workshop, at_once=True)
            raise
        if self._writer.busy:  # a save that hangs must not come back and take this one's place
            self._writer.close()
            self._writer = self._new_writer()
        elif not is_same:
            release(old.hold)
        self._place = msgspec.structs.replace(place, on_disk=on_disk)
        self._saved = self._wanted = workshop
        if unconfirmed:
            self._fail(unconfirmed)
        else:
            self._tell(Saved(_now()))
        self.path_changed.emit(path)

    def accept(self, workshop: Workshop, on_disk: files.Fingerprint) -> None:
        """Take the file as it is by now: someone else put this workshop in it."""
        self._end_writing()
        self._place = msgspec.structs.replace(self._place, on_disk=on_disk)
        self._saved = self._wanted = workshop
        self._tell(Saved(_now()))

    def close(self) -> None:
        """Give the lock back, and let the writer's thread end. What is not written is not."""
        self._beat.stop()
        self._end_writing()
        hold = self._place.hold
        if hold is not None and not self._writer.busy:
            place = msgspec.structs.replace(self._place, hold=None)
            self._writer.start(partial(let_go, place, hold))
            self._writer.wait(_RELEASE_S)
        self._writer.close()

    def _end_writing(self) -> None:
        """Begin no more writing, and wait a moment for what is under way."""
        self._wanted = None
        self._writer.wait(_RELEASE_S)
        self._pause.stop()
        self._retry.stop()

    def _new_writer(self) -> Background[Done]:
        return Background("save", self._take, self)

    def _start(self) -> None:
        if self._writer.busy or self._wanted is None or self._wanted == self._saved:
            return
        self._retry.stop()
        self._writer.start(partial(write, self._model, self._wanted, self._place, self._profile))

    def _give_sign(self) -> None:
        """Have the lock say that we are still here."""
        if not self._writer.busy and self._place.hold is not None:
            self._writer.start(partial(keep_lock, self._place))

    def _take(self, job: Future[Done]) -> None:
        done = job.result()
        moved = done.place.path != self._place.path
        self._place = done.place
        if moved:
            self.path_changed.emit(done.place.path)
        if done.fault is not None and not isinstance(self._state, NotSaved):
            raise_soon(done.fault, self)
        if done.failure is not None:
            is_theirs = isinstance(
                done.failure, files.ChangedOnDisk | lock.Held
            ) and not isinstance(done.failure, files.GoneFromDisk)
            self._fail(str(done.failure), is_theirs=is_theirs)
            return
        if done.workshop is not None:
            self._saved = done.workshop
            self.written.emit(done.data)
            self._tell_room(done.room)
        is_news = done.workshop is not None or not isinstance(self._state, Saved)
        if is_news and self._wanted is not None and self._wanted == self._saved:
            self._tell(Saved(_now()))
        self._start()

    def _fail(self, reason: str, *, is_theirs: bool = False) -> None:
        self._saved = None
        self._tell(NotSaved(reason, is_theirs))
        self._retry.start()

    def _tell_room(self, room: int | None) -> None:
        is_low = room is not None and room < LOW_BYTES
        if is_low and not self._is_low:
            self.low_disk.emit(room)
        self._is_low = is_low

    def _tell(self, state: SaveState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()
