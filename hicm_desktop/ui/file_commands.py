"""What the File menu does: making, opening, copying, renaming and exporting workshops.

For `hicm_desktop.ui.main_window`. It asks the user through `dialogs` and hands opened workshops on
by `opened`; no file is ever overwritten that the user did not name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from hicm_desktop.document.document import Document
from hicm_desktop.document.library import Library, Opened
from hicm_desktop.document.saving import NotSaved, SaveState
from hicm_desktop.errors import FileError
from hicm_desktop.model.values import Model
from hicm_desktop.storage import lock
from hicm_desktop.storage.names import SUFFIX
from hicm_desktop.storage.recovery import Kept
from hicm_desktop.ui import dialogs
from hicm_desktop.ui.about import SET_BY
from hicm_desktop.ui.bringing_back import BringingBack
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.export.kinds import Export
from hicm_desktop.ui.export.where import is_same_file
from hicm_desktop.ui.handout_writing import HandoutWriter
from hicm_desktop.workshop.edits import SetDetails
from hicm_desktop.workshop.values import Details, Sealed

if TYPE_CHECKING:
    from hicm_desktop.ui.export.dialog import ExportDialog

READ_ONLY = "This workshop is open to be read only. Open a copy to record in it."


class FileCommands(QObject):
    """The File menu. `current` gives the document that is open.

    `leaving` is emitted before the document is written or read as a whole, so that what is being
    typed can be recorded first. `place_asked` carries a `Place` that the user wants to go to;
    `plan_asked` says that the action plan is to be shown.
    """

    leaving = Signal()
    opened = Signal(object)
    place_asked = Signal(object)
    told = Signal(str)
    earlier_asked = Signal(object)
    plan_asked = Signal()

    def __init__(
        self, window: QWidget, library: Library, fonts: Path, current: Callable[[], Document]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._library = library
        self._current = current
        self._fonts = fonts
        self._export_dialog: ExportDialog | None = None
        self._handouts = HandoutWriter(self)
        self._handouts.ended.connect(lambda outcome: self.told.emit(outcome.words))
        self._bringing = BringingBack(window, current)
        self._bringing.told.connect(self.told)
        self._bringing.taken.connect(self.plan_asked)

    def answers(self) -> Mapping[Command, Callable[[], object]]:
        """Give what the commands about files do."""
        return {
            Command.NEW: self.new,
            Command.OPEN: self.open,
            Command.SAMPLE: self.open_sample,
            Command.DETAILS: self.details,
            Command.SAVE: self.save_now,
            Command.COPY: self.save_copy,
            Command.RENAME: self.rename,
            Command.FOLDER: self.choose_folder,
            Command.EXPORT_WORKBOOK: lambda: self.export(Export.WORKBOOK),
            Command.EXPORT_PDF: lambda: self.export(Export.PDF),
            Command.BRING_BACK: self.bring_back,
            Command.HANDOUTS: self.handouts,
        }

    def new(self) -> None:
        """Ask for the details of a new workshop, and open it once its file is made."""
        details = self._ask_details(self._library.model, Details(), "New workshop")
        if details is None or not self.may_leave():
            return
        try:
            document = self._library.blank(details)
        except FileError as error:
            dialogs.warn(self._window, "New workshop", str(error))
            return
        state = document.start_file()
        self._library.settings.opened(document.path)
        self.opened.emit(Opened(document))
        if isinstance(state, NotSaved):
            dialogs.warn(self._window, "New workshop", state.reason)

    def details(self) -> None:
        """Ask for the details of the workshop that is open."""
        document = self._current()
        if document.is_read_only:
            self.told.emit(READ_ONLY)
            return
        details = self._ask_details(document.model, document.workshop.details, "Workshop details")
        if details is not None:
            document.apply(SetDetails(details))

    def open(self) -> None:
        """Ask for a workshop, and open it."""
        path = dialogs.choose_open(self._window, self._library.settings.folder)
        if path is not None:
            self.open_path(path)

    def open_path(self, path: Path) -> None:
        """Open a workshop's file, or say why it cannot be.

        One that is open to be read only may be recorded in by now, so it is opened again.
        """
        current = self._current()
        if not current.is_read_only and is_same_file(path, current.path):
            self.told.emit(f"{path.name} is open already.")
            return
        self.open_by(lambda: self._library.open(path), path)

    def open_sample(self) -> None:
        """Open a copy of the sample workshop."""
        self.open_by(self._library.open_sample)

    def save_now(self) -> None:
        """Write what is not in the file yet. Everything is saved by itself; this is for comfort."""
        self.leaving.emit()
        if self._current().is_read_only:
            self.told.emit(READ_ONLY)
            return
        state = self._current().start_file()
        if isinstance(state, NotSaved):
            dialogs.warn(self._window, "Not saved", state.reason)
        else:
            self.told.emit(f"Everything is in {self._current().path.name}.")

    def save_copy(self) -> bool:
        """Ask for a name and write a copy there; tells whether one was written.

        Where the workshop's own file cannot be written, or was opened to be read only, you go on
        in the copy from then on.
        """
        self.leaving.emit()
        document = self._current()
        old = document.path
        stuck = isinstance(document.save_state, NotSaved)
        start = old.with_name(f"{old.stem} copy{SUFFIX}")
        path = dialogs.choose_save(self._window, "Save a copy", start)
        if path is None:
            return False
        try:
            if stuck or path == old:
                document.go_on_in(path)
            else:
                document.save_copy(path)
        except FileError as error:
            dialogs.warn(self._window, "No copy was saved", str(error))
            return False
        if document.is_read_only:
            return self.open_by(lambda: self._library.open(path), path)
        if stuck:
            self._library.settings.opened(path)
            self.told.emit(f"Everything is in {path.name}, and you go on there.")
        else:
            self.told.emit(f"A copy is in {path.name}. You are still in {old.name}.")
        return True

    def rename(self) -> None:
        """Ask for another name for the workshop's file, and give it that."""
        document = self._current()
        if document.is_read_only:
            self.told.emit(READ_ONLY)
            return
        old = document.path
        path = dialogs.choose_save(self._window, "Rename the workshop’s file", old)
        if path is None or path == old:
            return
        try:
            document.rename(path)
        except FileError as error:
            dialogs.warn(self._window, "Not renamed", str(error))
            return
        self._library.settings.renamed(old, path)
        self.told.emit(f"The file is now called {path.name}.")

    def choose_folder(self) -> None:
        """Ask for the folder that new workshops go to, unless an organisation has set it."""
        fixed = self._library.settings.policy.workshops
        if fixed is not None:
            words = f"Your organisation has set the folder of new workshops: {fixed}"
            dialogs.tell(self._window, SET_BY, words, "Save a copy… puts a workshop elsewhere.")
            return
        folder = dialogs.choose_folder(self._window, self._library.settings.folder)
        if folder is not None:
            self._library.settings.folder = folder
            self.told.emit(f"New workshops go to {folder}.")

    def export(self, export: Export | None = None, version: Sealed | None = None) -> None:
        """Open the export dialog, with a kind of file chosen or with that of last time.

        With a `version` it is of what was signed off then, and not of what is recorded now.
        """
        if self._export_dialog is not None:
            return
        self.leaving.emit()
        from hicm_desktop.ui.export.dialog import ExportDialog, Source  # noqa: PLC0415 - start-up

        document = self._current()
        source = Source(document.model, document.workshop, document.path, self._fonts, version)
        dialog = ExportDialog(source, self._library.settings, self._front(), export)
        dialog.told.connect(self.told)
        dialog.place_asked.connect(self.place_asked)
        dialog.finished.connect(self._let_dialog_go)
        self._export_dialog = dialog
        dialog.open()

    def _let_dialog_go(self) -> None:
        if self._export_dialog is not None:
            self._export_dialog.deleteLater()
            self._export_dialog = None

    def bring_back(self) -> None:
        """Ask for an action plan that was filled in elsewhere, and what to take from it."""
        if self._current().is_read_only:
            self.told.emit(READ_ONLY)
            return
        self.leaving.emit()
        self._bringing.choose()

    def handouts(self) -> None:
        """Offer what is printed before a workshop."""
        document = self._current()
        policy, go_to = self._library.settings.policy, self.place_asked.emit
        dialogs.show_handouts(self._window, document, self._fonts, self._handouts, policy, go_to)

    def may_leave(self) -> bool:
        """Save what is open before it is left; tells whether it may be."""
        self.leaving.emit()
        state: SaveState = self._current().flush()
        while isinstance(state, NotSaved):
            kept = isinstance(self._current().rescue, Kept)
            choice = dialogs.ask_leaving(self._window, state.reason, is_kept=kept)
            if choice is dialogs.Leaving.LEAVE:
                return True
            if choice is dialogs.Leaving.STAY:
                return False
            if self.save_copy():
                return True
            state = self._current().save_state
        return True

    def close(self) -> None:
        """Let an export or a handout that is being written end."""
        self._bringing.close()
        self._handouts.close()
        if self._export_dialog is not None:
            self._export_dialog.end()

    def _ask_details(self, model: Model, details: Details, title: str) -> Details | None:
        from hicm_desktop.ui.details_dialog import DetailsDialog  # noqa: PLC0415 - start-up

        dialog = DetailsDialog(model, details, self._window)
        dialog.setWindowTitle(title)
        given = dialog.details() if dialog.exec() else None
        dialog.deleteLater()
        return given

    def open_by(self, opening: Callable[[], Opened], path: Path | None = None) -> bool:
        """Save what is open, and open another workshop in its place; tells whether it was.

        `path` is the file where `opening` opens one that somebody else may have open.
        """
        return self.may_leave() and self._open(opening, path)

    def _open(self, opening: Callable[[], Opened], path: Path | None = None) -> bool:
        try:
            opened = opening()
        except lock.Held as error:
            return path is not None and self._open_held(path, error)
        except FileError as error:
            kept = path is not None and self._library.has_earlier(path)
            if dialogs.warn_not_opened(self._window, str(error), has_earlier=kept):
                self.earlier_asked.emit(path)
            return False
        self.opened.emit(opened)
        if opened.notices:
            dialogs.tell(self._window, opened.document.path.name, "\n\n".join(opened.notices))
        return True

    def _open_held(self, path: Path, held: lock.Held) -> bool:
        match dialogs.ask_held(self._window, str(held)):
            case dialogs.Held.READ:
                return self._open(lambda: self._library.open_to_read(path, str(held)))
            case dialogs.Held.COPY:
                return self._open(lambda: self._library.open_copy(path))
            case _:
                return False

    def _front(self) -> QWidget:
        """Give the window that a question about an export belongs before."""
        return QApplication.activeModalWidget() or self._window
