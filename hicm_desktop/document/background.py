"""One thing at a time on a thread of its own, told of on the thread that asked for it.

For `hicm_desktop.document` and `hicm_desktop.ui`. The other thread touches no Qt object at all: it
may outlive the one that asked, and a signal sent to what is gone would end the program. A timer
here looks instead whether the work is done.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 8
_Result = TypeVar("_Result")


class Background(Generic[_Result]):
    """A thread for work of one kind. `told` is called with the finished job, in order."""

    def __init__(self, name: str, told: Callable[[Future[_Result]], None], owner: QObject) -> None:
        self._told = told
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
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
        self._job = self._pool.submit(work)
        self._look.start()

    def wait(self, timeout_s: float) -> bool:
        """Wait for the work under way and tell of it; gives whether it came to an end in time."""
        if self._job is None:
            return True
        if not wait([self._job], timeout=timeout_s).done:
            return False
        self._tell_if_done()
        return True

    def close(self) -> None:
        """Start nothing more. Work under way goes on, and is told to nobody."""
        self._look.stop()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _tell_if_done(self) -> None:
        if self._job is not None and self._job.done():
            self._look.stop()
            job, self._job = self._job, None
            self._told(job)
