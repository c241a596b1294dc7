"""What the program does when something in it goes wrong that nobody thought of.

For the composition root, which has it watch for as long as the program runs. It hears of every
exception that nothing caught: in slots and in what Qt calls of ours (which PySide hands to
`sys.excepthook`), on other threads, and where objects end. Each is answered in this order: what is
recorded is kept in a copy, the log says where in the code it was, and the user is told, once for
each fault. Then the program goes on.

No fault is answered by another: what goes wrong in here is logged at most. Nothing here touches a
Qt object off the window's thread; faults met elsewhere wait in a queue that a timer looks into.
"""

from __future__ import annotations

import contextlib
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QWidget

from hicm_desktop.errors import HicmError
from hicm_desktop.storage.incidents import Fault, Incidents, fault_of
from hicm_desktop.ui import dialogs

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

LOOK_MS = 250
"""How often faults met on other threads are looked for."""

COPY_AGAIN_S = 60.0
"""How long a fault that comes again and again waits for another copy."""

_KINDS: Mapping[QtMsgType, str] = MappingProxyType(
    {
        QtMsgType.QtWarningMsg: "warning",
        QtMsgType.QtCriticalMsg: "critical",
        QtMsgType.QtFatalMsg: "fatal",
    }
)
"""What Qt says that is worth a line in the log."""


class Kept(msgspec.Struct, frozen=True):
    """Where what was recorded lies: the file, where it holds everything, and the copy made now."""

    file: Path | None = None
    copy: Path | None = None


class Unexpected:
    """Watches for what goes wrong, from `with` to its end. One at a time.

    An exception that ends the program's own course is answered too; `ended` says so afterwards.
    """

    def __init__(self, incidents: Incidents, clock: Callable[[], float] = time.monotonic) -> None:
        self.ended = False
        self._incidents = incidents
        self._clock = clock
        self._thread = threading.get_ident()
        self._answering = threading.local()
        self._elsewhere: queue.SimpleQueue[Fault] = queue.SimpleQueue()
        self._snapshot: Callable[[], Path | None] = lambda: None
        self._file: Callable[[], Path | None] = lambda: None
        self._window: QWidget | None = None
        self._copied: dict[Fault, float] = {}
        self._told: set[Fault] = set()
        self._kept = Kept()
        self._due = False
        self._telling = False
        self._owner = QObject()
        self._look = QTimer(self._owner, interval=LOOK_MS)
        self._look.timeout.connect(self._answer_elsewhere)
        self._before: tuple[Any, Any, Any] = (None, None, None)
        self._said_before: Callable[..., object] | None = None

    def keep(
        self,
        window: QWidget,
        snapshot: Callable[[], Path | None],
        file: Callable[[], Path | None],
    ) -> None:
        """Say how what is recorded is kept, once there is anything to keep.

        `snapshot` makes a copy of it and gives its file, or None where none could be made; `file`
        gives the workshop's own file where that holds everything.
        """
        self._window, self._snapshot, self._file = window, snapshot, file

    def __enter__(self) -> Unexpected:
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._raised
        threading.excepthook = self._raised_in_thread
        sys.unraisablehook = self._not_raised
        self._said_before = qInstallMessageHandler(self._said)
        self._incidents.watch_crashes()
        self._look.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        self._look.stop()
        if isinstance(error, Exception) and not isinstance(error, HicmError):
            self.ended = True
            self._raised(type(error), error, trace)
        self._answer_elsewhere()
        self._tell()
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        qInstallMessageHandler(self._said_before)
        self._incidents.end_watch()
        self._snapshot = self._file = lambda: None
        self._window = None
        return self.ended

    def _raised(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Answer an exception that came to the top; the user's own wish to end it is none."""
        hook = self._before[0]
        ours = hook is sys.__excepthook__
        if not isinstance(error, Exception):
            hook(kind, error, trace)
            return
        words = self._answer(error, "on the window’s thread")
        # A terminal may be written to a system's log, so messages do not go there. Whoever put
        # another hook in place, a debugger or a test, is told all the same.
        _write(words) if ours else hook(kind, error, trace)

    def _raised_in_thread(self, args: threading.ExceptHookArgs) -> None:
        ours = self._before[1] is threading.__excepthook__
        if isinstance(args.exc_value, Exception):
            words = self._answer(args.exc_value, "on another thread")
            if ours:
                _write(words)
        if not ours:
            self._before[1](args)

    def _not_raised(self, args: UnraisableHookArgs) -> None:
        ours = self._before[2] is sys.__unraisablehook__
        if isinstance(args.exc_value, Exception):
            words = self._answer(args.exc_value, "where it could not be raised")
            if ours:
                _write(words)
        if not ours:
            self._before[2](args)

    def _said(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        """Log what Qt says, and say it to the terminal as it goes into the log."""
        with contextlib.suppress(Exception), self._once() as first:
            if first and kind in _KINDS:
                place = f"{context.function or ''} {context.line or ''}".strip()
                words = self._incidents.message(_KINDS[kind], context.category or "", text, place)
                if self._said_before is None:
                    _write(words)
        if self._said_before is not None:
            self._said_before(kind, context, text)

    def _answer(self, error: Exception, during: str) -> str:
        """Keep a copy, log, and have the user told; gives the lines of the log."""
        words = ""
        with contextlib.suppress(Exception), self._once() as first:
            words = self._incidents.met(error, during)
            if first:
                fault = fault_of(error)
                if threading.get_ident() == self._thread:
                    self._take_up(fault)
                else:
                    self._elsewhere.put(fault)
        return words

    def _answer_elsewhere(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                self._take_up(self._elsewhere.get_nowait())

    def _take_up(self, fault: Fault) -> None:
        """Keep a copy, and have the user told of a fault that is new."""
        if self._clock() - self._copied.get(fault, -COPY_AGAIN_S) >= COPY_AGAIN_S:
            self._copied[fault] = self._clock()
            self._kept = self._keep()
        if fault not in self._told:
            self._told.add(fault)
            self._due = True
            # Whatever is going on ends first: a message in the middle of a paint, or of an edit,
            # would run the window's events there.
            QTimer.singleShot(0, self._owner, self._tell)

    def _keep(self) -> Kept:
        file = copy = None
        try:
            copy = self._snapshot()
            file = self._file()
        except Exception as error:
            self._incidents.met(error, "while a copy was kept")
        return Kept(file, copy)

    def _tell(self) -> None:
        """Tell the user, one message at a time; what comes meanwhile is told with it."""
        if not self._due or self._telling or QApplication.instance() is None:
            return
        self._telling = True
        try:
            parent = QApplication.activeModalWidget() or self._window
            dialogs.unexpected(
                parent, self._kept.file, self._kept.copy, self._incidents.path, ended=self.ended
            )
        except Exception as error:
            self._incidents.met(error, "while it was told")
        finally:
            self._telling = self._due = False

    @contextlib.contextmanager
    def _once(self) -> Iterator[bool]:
        """Tell whether this is no fault within the answer to another, on this thread."""
        first = not getattr(self._answering, "now", False)
        self._answering.now = True
        try:
            yield first
        finally:
            if first:
                self._answering.now = False


def _write(words: str) -> None:
    """Say it to the terminal, where there is one."""
    with contextlib.suppress(Exception):
        sys.stderr.write(words)
