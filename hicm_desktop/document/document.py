"""The open workshop: one value, changed by edits alone, undone and redone by name.

The user interface reads `workshop`, calls `apply`, and redraws on `changed`; data goes one way.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from hicm_desktop.document.saving import Autosave, SaveState
from hicm_desktop.model.values import Model
from hicm_desktop.storage import codec, files
from hicm_desktop.workshop.edits import Edit
from hicm_desktop.workshop.history import History, Step
from hicm_desktop.workshop.values import Workshop


class Document(QObject):
    """A workshop that is open, with its history and its file.

    `changed` carries the workshop before and after. `travelled` carries the edit that Undo or Redo
    took back or made again, so that the window can show where.
    """

    changed = Signal(object, object)
    travelled = Signal(object)
    save_state_changed = Signal(object)
    renamed = Signal(object)

    def __init__(
        self,
        model: Model,
        workshop: Workshop,
        path: Path,
        on_disk: files.Fingerprint | None = None,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        """Open a workshop. `on_disk` is None for one that has no file yet."""
        super().__init__(parent)
        self.model = model
        self._history = History()
        self._workshop = workshop
        self._clock = clock
        self._saving = Autosave(
            model, path, on_disk, saved=None if on_disk is None else workshop, parent=self
        )
        self._saving.state_changed.connect(self.save_state_changed)
        self._saving.path_changed.connect(self.renamed)

    @property
    def workshop(self) -> Workshop:
        """What is recorded, as it is now."""
        return self._workshop

    @property
    def history(self) -> History:
        """What Undo and Redo would do, as it is now."""
        return self._history

    @property
    def path(self) -> Path:
        """The workshop's file. It may not exist before something is recorded."""
        return self._saving.path

    @property
    def save_state(self) -> SaveState:
        """What is true of the file now."""
        return self._saving.state

    def apply(self, edit: Edit) -> None:
        """Make an edit. One that changes nothing leaves no trace in the history.

        The new workshop is computed before anything is touched, so an edit that raises changes
        nothing.
        """
        after = edit.apply(self._workshop)
        if after == self._workshop:
            return
        step = Step(edit, edit.describe(self.model), self._workshop, after, self._clock())
        self._show(after, self._history.record(step), at_once=edit.merge_key is None)

    def end_typing(self) -> None:
        """Have the next edit undone apart from the last: the user has left the field."""
        self._history = self._history.end_typing()

    def undo(self) -> None:
        """Take the last edit back, where there is one."""
        if self._history.past:
            step = self._history.past[-1]
            self._show(step.before, self._history.undo(), at_once=True)
            self.travelled.emit(step.edit)

    def redo(self) -> None:
        """Make the edit again that was last taken back, where there is one."""
        if self._history.future:
            step = self._history.future[-1]
            self._show(step.after, self._history.redo(), at_once=True)
            self.travelled.emit(step.edit)

    def start_file(self) -> SaveState:
        """Make the file now, before anything is recorded; gives the state that came of it."""
        self._saving.want(self._workshop, at_once=True)
        return self._saving.flush()

    def save_copy(self, path: Path) -> None:
        """Write the workshop to another file and stay with this one. Raises FileError."""
        files.write(path, codec.encode(self._workshop, self.model), files.fingerprint_of(path))

    def go_on_in(self, path: Path) -> None:
        """Write the workshop to another file and go on there. Raises FileError."""
        self._saving.go_on_in(path, self._workshop)

    def rename(self, path: Path) -> None:
        """Give the workshop's file another name. Raises FileError, and nothing is changed."""
        self._saving.move_to(path)
        self.renamed.emit(path)

    def flush(self) -> SaveState:
        """Write what is not in the file yet, wait for it, and give the state that came of it."""
        return self._saving.flush()

    def close(self) -> None:
        """Stop saving. Call `flush` first to lose nothing."""
        self._saving.close()

    def _show(self, workshop: Workshop, history: History, *, at_once: bool) -> None:
        before, self._workshop = self._workshop, workshop
        self._history = history
        self._saving.want(workshop, at_once=at_once)
        self.changed.emit(before, workshop)
