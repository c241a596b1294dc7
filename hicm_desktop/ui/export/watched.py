"""Work on another thread that can be watched and called off from the window's.

For `hicm_desktop.ui.export` alone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any, TypeAlias

from PySide6.QtCore import QObject, Signal

from hicm_desktop.document.background import Background, raise_soon
from hicm_desktop.errors import HicmError
from hicm_desktop.export.watching import Cancelled, Watch

Work: TypeAlias = Callable[[Watch], Any]


class Run:
    """One piece of work: how far it is, and whether it is still wanted. Any thread may ask."""

    def __init__(self) -> None:
        self.done = 0.0
        self._stopped = threading.Event()

    @property
    def is_stopped(self) -> bool:
        """Whether it is no longer wanted."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """Have it end at the next look."""
        self._stopped.set()

    def watch(self, done: float) -> None:
        """Note how far it is. Raises Cancelled where it is no longer wanted and not done yet."""
        self.done = done
        if done < 1.0 and self._stopped.is_set():
            raise Cancelled


class Newest(QObject):
    """Does the piece of work that was wanted last; one under way that is wanted no more is ended.

    `done` carries what came of it, and `failed` the words for the user.
    """

    done = Signal(object)
    failed = Signal(str)

    def __init__(self, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self._worker: Background[Any] = Background(name, self._take, self)
        self._run = Run()
        self._wanted: Work | None = None

    @property
    def busy(self) -> bool:
        """Whether something is wanted that is not there yet."""
        return self._wanted is not None or (self._worker.busy and not self._run.is_stopped)

    def want(self, work: Work) -> None:
        """Have this done, and nothing that was wanted before."""
        self.drop()
        self._wanted = work
        self._begin()

    def drop(self) -> None:
        """Want nothing any more."""
        self._run.stop()
        self._wanted = None

    def close(self) -> None:
        """End for good."""
        self.drop()
        self._worker.close()

    def _begin(self) -> None:
        if self._wanted is None or self._worker.busy:
            return
        work, self._wanted = self._wanted, None
        self._run = Run()
        self._worker.start(partial(work, self._run.watch))

    def _take(self, job: Future[Any]) -> None:
        wanted = not self._run.is_stopped
        try:
            result = job.result()
        except Cancelled:
            wanted = False
        except HicmError as error:
            if wanted:
                self.failed.emit(str(error))
            wanted = False
        except Exception as error:
            self.failed.emit("Something in this program went wrong.")
            raise_soon(error, self)
            wanted = False
        if wanted:
            self.done.emit(result)
        self._begin()
