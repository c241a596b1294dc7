"""Has an export written, shows at the foot how far it is, and what came of it.

For `hicm_desktop.ui.export.dialog`.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from hicm_desktop.ui import dialogs
from hicm_desktop.ui.export.foot import Answer, Foot
from hicm_desktop.ui.export.running import (
    Elsewhere,
    Exporter,
    Failed,
    Job,
    Ready,
    Result,
    Stopped,
)

_PATIENCE_MS = 3000
"""How long an export that was called off may take to end before the dialog can be left."""

_LONGEST_ON_A_BUTTON = 44
"""How long a file's name may be, in letters, to stand on a button whole."""

SLOW = (
    "The drive does not answer. You can close this and go on with the workshop. An earlier file is "
    "replaced whole or not at all."
)


class Writing(QObject):
    """Writes one export after another.

    `told` carries words in passing. `over` says that the user is to choose again, and what to know;
    `place_asked` that the same is to go to another place; `closed` that the dialog may close.
    """

    told = Signal(str)
    over = Signal(str)
    place_asked = Signal()
    closed = Signal()

    def __init__(self, foot: Foot, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._foot = foot
        self._job: Job | None = None
        self._ending = False
        self.asks = False
        """Whether it asks what to do about an export that was not written."""
        self.exporter = Exporter(self)
        self.exporter.moved.connect(self._show_progress)
        self.exporter.ended.connect(self._take)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._offer_leaving)

    @property
    def holds(self) -> bool:
        """Whether the dialog has to stay: something is written, and the drive answers."""
        return self.exporter.busy and not (
            self.exporter.is_stopping and not self._patience.isActive()
        )

    def start(self, job: Job) -> None:
        """Write an export."""
        self._job, self.asks = job, False
        heading = f"Writing {job.target.name}"
        self._foot.show_step(heading, "", [Answer("Cancel   Esc", self.cancel)], done=0.0)
        self.told.emit(f"{heading}…")
        self.exporter.start(job)

    def again(self, *, target: Path | None = None, heeds: bool = True) -> None:
        """Write the same once more, or to another place."""
        if self._job is not None:
            target = target or self._job.target
            self.start(msgspec.structs.replace(self._job, target=target, heeds=heeds))

    def cancel(self) -> None:
        """Call off what is being written."""
        if not self.exporter.is_stopping:
            self.exporter.cancel()
            self._foot.show_words("Stopping…")
            self._patience.start()

    def choose_again(self) -> None:
        """Have the user choose again."""
        self.asks = False
        self.over.emit("")

    def leave(self) -> None:
        """Write no more, and wait for nothing."""
        self._patience.stop()
        self.exporter.leave()

    def end(self) -> None:
        """Let what is being written end: the program ends.

        That it is done is told no longer: a question would hold up the end of the session. That it
        failed is.
        """
        self._ending = True
        self.exporter.close()

    def _show_progress(self, done: float) -> None:
        self._foot.show_done(done)
        if not self.exporter.is_stopping and self._job is not None:
            self._foot.show_words(self._job.export.doing(done))

    def _offer_leaving(self) -> None:
        """Let whoever called an export off go on, whatever keeps it."""
        if self.exporter.is_stopping:
            self._foot.show_step("Still stopping", SLOW, [Answer("Close   Esc", self.closed.emit)])

    def _take(self, result: Result) -> None:
        self._patience.stop()
        if self._ending:
            if isinstance(result, Failed):
                dialogs.warn(self._window, result.heading, result.reason)
            return
        match result:
            case Ready():
                self._show_ready(result)
            case Elsewhere():
                self._show_elsewhere(result)
            case Failed():
                self._show_failed(result)
            case Stopped():
                kept = f"The earlier {result.path.name} is as it was."
                words = kept if result.kept else "No file has been made."
                self.told.emit("The export was cancelled.")
                self.over.emit(f"Cancelled. {words}")

    def _show_ready(self, ready: Ready) -> None:
        path = ready.path
        counted = f": {ready.counted}" if ready.counted else ""
        is_partial = self._job is not None and bool(self._job.report.left_out)
        holds = "holds all that you chose" if is_partial else "is whole"
        heading = f"{path.name} is ready"
        opens = partial(dialogs.open_outside, self._window)
        self.told.emit(f"{heading}.")
        self._foot.show_step(
            heading,
            f"It is in {path.parent}. It was read back and {holds}{counted}.",
            [
                Answer("Close   Esc", self.closed.emit),
                Answer("Export another", self.choose_again),
                Answer("Open the folder", partial(opens, path.parent)),
                Answer("Open the file", partial(opens, path), is_primary=True),
            ],
        )

    def _show_elsewhere(self, found: Elsewhere) -> None:
        self.asks = True
        self.told.emit("Nothing was exported.")
        self._foot.show_step(
            f"{found.path.name} is open in {found.holder.words}",
            f"Nothing was written. Close it there and try again, or use {_another(found.other)}. "
            "If it is not open any more, write it all the same.",
            [
                Answer("Cancel   Esc", self.choose_again),
                Answer("Write it all the same", partial(self.again, heeds=False)),
                Answer("Try again", self.again, is_primary=found.other is None),
                *self._by_another_name(found.other, is_primary=True),
            ],
        )

    def _show_failed(self, failed: Failed) -> None:
        self.asks = True
        self.told.emit(f"{failed.heading}." if failed.in_place else "Nothing was exported.")
        self._foot.show_step(
            failed.heading,
            failed.reason,
            [
                Answer("Cancel   Esc", self.choose_again),
                Answer("Choose another place…", self.place_asked.emit),
                *self._by_another_name(failed.other, is_primary=False),
                Answer("Try again", self.again, is_primary=True),
            ],
        )

    def _by_another_name(self, other: Path | None, *, is_primary: bool) -> tuple[Answer, ...]:
        if other is None:
            return ()
        words = "Use another name"
        if len(other.name) <= _LONGEST_ON_A_BUTTON:
            words += f": {other.name}"
        return (Answer(words, partial(self.again, target=other), is_primary=is_primary),)


def _another(other: Path | None) -> str:
    return "another name" if other is None else f"the name “{other.name}”"
