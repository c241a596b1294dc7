"""Putting an earlier workshop beside this one, to see what moved, and taking it away again.

For `hicm_desktop.ui.main_window`. Only the levels of the earlier one are taken over, into this
workshop's own file; the earlier file is read and left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from hicm_desktop.document.document import Document
from hicm_desktop.document.library import Library
from hicm_desktop.document.reading import read_workshop
from hicm_desktop.errors import FileError
from hicm_desktop.ui import dialogs
from hicm_desktop.ui.commands import Command
from hicm_desktop.workshop.journey import baseline_of
from hicm_desktop.workshop.room_edits import SetBaseline
from hicm_desktop.workshop.words import baseline_words

_READ_ONLY = "This workshop is open to be read only, so nothing can be put beside it."


class BaselineCommands(QObject):
    """Sets and removes the baseline of the workshop that is open, which `current` gives."""

    told = Signal(str)

    def __init__(self, window: QWidget, library: Library, current: Callable[[], Document]) -> None:
        super().__init__(window)
        self._window = window
        self._library = library
        self._current = current

    def answers(self) -> Mapping[Command, Callable[[], object]]:
        """Give what the commands about the baseline do."""
        return {Command.BASELINE: self.choose, Command.NO_BASELINE: self.remove}

    def choose(self) -> None:
        """Ask for an earlier workshop, and put its levels beside this one."""
        if self._current().is_read_only:
            self.told.emit(_READ_ONLY)
            return
        path = dialogs.choose_open(self._window, self._library.settings.folder, "Compare with")
        if path is None:
            return
        document = self._current()
        try:
            earlier = read_workshop(path, document.model).workshop
        except FileError as error:
            dialogs.warn(self._window, "Not compared", str(error))
            return
        if earlier.id == document.workshop.id:
            dialogs.warn(
                self._window,
                "Not compared",
                f"{path.name} is this same workshop, so there is nothing to compare. Nothing was "
                "changed. Choose the file of an earlier one.",
            )
            return
        baseline = baseline_of(earlier)
        if document.apply(SetBaseline(baseline)):
            self.told.emit(
                f"Compared with: {baseline_words(baseline)}. Hidden until a row is agreed."
            )

    def remove(self) -> None:
        """Compare with no earlier workshop any more."""
        document = self._current()
        if document.workshop.baseline is None:
            self.told.emit("This workshop is not compared with an earlier one.")
        elif document.apply(SetBaseline(None)):
            self.told.emit(
                "This workshop is no longer compared with an earlier one. Undo brings it back."
            )
