"""Keeps earlier versions of the open workshop, off the window's thread and beside the saving.

For `hicm_desktop.document` and the composition root. A version is a comfort, and the file is what
counts: whatever goes wrong here is told once, and saving goes on as if it were not there.
"""

from __future__ import annotations

import datetime as dt
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from hicm_desktop.document.background import Background
from hicm_desktop.errors import FileError
from hicm_desktop.storage import earlier
from hicm_desktop.storage.earlier import Reason, Version

EVERY_S = 10 * 60.0
"""How long a workshop that is being recorded in waits for its next version."""


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()


class Versions(QObject):
    """Keeps versions under a folder. `failed` says in words why none could be kept.

    It is emitted once, and again only after one could be kept in between.
    """

    failed = Signal(str)

    def __init__(
        self,
        root: Path,
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], dt.datetime] = _now,
    ) -> None:
        """Keep versions under `root`. `clock` counts seconds; `now` gives the local time."""
        super().__init__(parent)
        self._root = root
        self._clock = clock
        self._now = now
        self._waiting: deque[Callable[[], Version]] = deque()
        self._last: dict[str, float] = {}
        self._has_failed = False
        self._keeper: Background[Version] = Background("versions", self._take, self)

    @property
    def busy(self) -> bool:
        """Whether there is something that was not kept yet."""
        return self._keeper.busy or bool(self._waiting)

    def opened(self, workshop_id: str, path: Path, data: bytes) -> None:
        """Keep a file as it was opened."""
        self._want(workshop_id, path, data, Reason.OPENED)

    def saved(self, workshop_id: str, path: Path, data: bytes) -> None:
        """Keep a file that was saved, where the last version is ten minutes old."""
        last = self._last.get(workshop_id)
        if last is None or self._clock() - last >= EVERY_S:
            self._want(workshop_id, path, data, Reason.WORKING)

    def closing(self, workshop_id: str, path: Path, data: bytes) -> None:
        """Keep a file as it is left."""
        self._want(workshop_id, path, data, Reason.CLOSED)

    def taking_theirs(self, workshop_id: str, path: Path, data: bytes) -> None:
        """Keep what is about to give way to what somebody else recorded in the file."""
        self._want(workshop_id, path, data, Reason.THEIRS)

    def flush(self, timeout_s: float = 5.0) -> bool:
        """Wait until all is kept, `timeout_s` seconds at most; gives whether it is."""
        end = time.monotonic() + timeout_s
        while self.busy:
            self._start()
            if not self._keeper.wait(max(0.0, end - time.monotonic())):
                return False
        return True

    def close(self) -> None:
        """Keep nothing more. Call `flush` first to lose nothing."""
        self._waiting.clear()
        self._keeper.close()

    def _want(self, workshop_id: str, path: Path, data: bytes, reason: Reason) -> None:
        self._last[workshop_id] = self._clock()
        self._waiting.append(
            partial(earlier.keep, self._root, workshop_id, path, data, self._now(), reason)
        )
        self._start()

    def _start(self) -> None:
        if self._waiting and not self._keeper.busy:
            self._keeper.start(self._waiting.popleft())

    def _take(self, job: Future[Version]) -> None:
        self._start()
        try:
            job.result()
        except FileError as error:
            if not self._has_failed:
                self._has_failed = True
                self.failed.emit(str(error))
        else:
            self._has_failed = False
