"""Writes a handout without holding up the window, whether its dialog is still there or not.

For `hicm_desktop.ui.file_commands`, which keeps it, and `hicm_desktop.ui.handouts_dialog`.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal

from hicm_desktop.document.background import Background, raise_soon
from hicm_desktop.errors import ExportError, NotConfirmedError

_PATIENCE_S = 30.0
"""How long closing waits for a handout that is being written."""


class Outcome(msgspec.Struct, frozen=True):
    """What came of a handout. `heading` and `reason` are empty where it was made."""

    path: Path
    heading: str = ""
    reason: str = ""

    @property
    def words(self) -> str:
        """Say it on one line."""
        if not self.heading:
            return f"{self.path.name} is ready."
        return f"{self.heading}: {self.path.name}. {self.reason}"


class HandoutWriter(QObject):
    """Writes one handout at a time. `ended` carries an `Outcome`."""

    ended = Signal(object)

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self._writer: Background[None] = Background("handout", self._take, self)
        self._ending = False
        self.target = Path()
        """What is being written, or was last."""

    @property
    def busy(self) -> bool:
        """Whether a handout is being written."""
        return self._writer.busy

    def start(self, target: Path, write: Callable[[], None]) -> None:
        """Have a handout written; what comes of it is told by `ended`."""
        self.target = target
        self._writer.start(write)

    def close(self) -> None:
        """Wait for a handout that is being written, and write no more: the program ends.

        That it is made is told no longer: a question would hold up the end of the session.
        """
        self._ending = True
        self._writer.wait(_PATIENCE_S)
        self._writer.close()

    def _take(self, job: Future[None]) -> None:
        outcome = Outcome(self.target)
        try:
            job.result()
        except NotConfirmedError as error:
            outcome = Outcome(self.target, "Made, but not confirmed", str(error))
        except ExportError as error:
            outcome = Outcome(self.target, "Not made", str(error))
        except Exception as error:
            reason = "Something in this program went wrong. Nothing was made."
            outcome = Outcome(self.target, "Not made", reason)
            raise_soon(error, self)
        if outcome.heading or not self._ending:
            self.ended.emit(outcome)
