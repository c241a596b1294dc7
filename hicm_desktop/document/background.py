"""One thing at a time on a thread of its own, told of on the thread that asked for it.

For `hicm_desktop.document` and `hicm_desktop.ui`. The other thread touches no Qt object at all: it
may outlive the one that asked, and a signal sent to what is gone would end the program. A timer
here looks instead whether the work is done.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from queue import SimpleQueue
from typing import Generic, TypeAlias, TypeVar

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 8
_Result = TypeVar("_Result")
_Job: TypeAlias = tuple[Future[_Result], Callable[[], _Result]]


class Background(Generic[_Result]):
    """A thread for work of one kind. `told` is called with the finished job, in order.

    The program does not wait for the thread when it ends: work that hangs on a dead network drive
    would keep it from ending at all.
    """

    def __init__(self, name: str, told: Callable[[Future[_Result]], None], owner: QObject) -> None:
        self._told = told
        self._jobs: SimpleQueue[_Job[_Result] | None] = SimpleQueue()
        self._thread = threading.Thread(target=_work, args=(self._jobs,), name=name, daemon=True)
        self._job: Future[_Result] | None = None
        self._look = QTimer(owner, interval=_LOOK_MS)
        self._look.timeout.connect(self._tell_if_done)

    @property
    def busy(self) -> bool:
        """Whether there is work that was not told of yet."""
        return self._job is not None

    def start(self, work: Callable[[], _Result]) -> None:
        """Have work done. Raises RuntimeError while other work was not told of yet."""
        if self._job is not None:
            raise RuntimeError("one thing at a time")
        if self._thread.ident is None:
            self._thread.start()
        self._job = Future()
        self._jobs.put((self._job, work))
        self._look.start()

    def wait(self, timeout_s: float) -> bool:
        """Wait for the work under way and tell of it; gives whether it came to an end in time."""
        if self._job is None:
            return True
        if not wait([self._job], timeout=timeout_s).done:
            return False
        self._tell_if_done()
        return True

    def close(self, at_last: Callable[[], _Result] | None = None) -> None:
        """Start nothing more. Work under way goes on, and is told to nobody.

        `at_last` is done after it on the same thread, to put away what lives there.
        """
        self._look.stop()
        if at_last is not None:
            self._jobs.put((Future(), at_last))
        self._jobs.put(None)

    def _tell_if_done(self) -> None:
        if self._job is not None and self._job.done():
            self._look.stop()
            job, self._job = self._job, None
            self._told(job)


def raise_soon(error: Exception, owner: QObject) -> None:
    """Let a fault of the program's own be told like any other, once what is under way is done."""

    def fall() -> None:
        raise error

    QTimer.singleShot(0, owner, fall)


def _work(jobs: SimpleQueue[_Job[_Result] | None]) -> None:
    """Do what comes, one after another, until nothing more will."""
    while (job := jobs.get()) is not None:
        future, work = job
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)
        del job, future, work  # hold on to no workshop while waiting for the next
