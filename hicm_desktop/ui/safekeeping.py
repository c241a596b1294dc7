"""What a user can do where a file is not simply theirs: held, changed by others, left by a crash.

For `hicm_desktop.ui.main_window`, beside `FileCommands`. Nothing here takes anything into a file or
out of it that the user did not ask for by name.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from hicm_desktop.document.background import Background
from hicm_desktop.document.document import Document
from hicm_desktop.document.library import Library, Opened, Recovered, examine
from hicm_desktop.document.saving import Saving
from hicm_desktop.errors import FileError
from hicm_desktop.model.values import Model
from hicm_desktop.storage import lock, recovery
from hicm_desktop.storage.recovery import Kept
from hicm_desktop.ui import dialogs
from hicm_desktop.ui.banner import Banner, Remedy
from hicm_desktop.ui.file_commands import READ_ONLY, FileCommands
from hicm_desktop.workshop.dates import moment_words
from hicm_desktop.workshop.values import Workshop
from hicm_desktop.workshop.words import contents

_GO_ON, _AS_NEW, _AWAY = "Go on from this copy", "Open it as a new file", "Throw it away…"
_PATIENCE_MS = 100
"""How long the next offer waits for a dialog to be answered, or a save to end, and looks again."""


NO_PROFILE = (
    "No earlier versions are kept, since nothing can be written in this program’s own folder on "
    "this computer. Your files are saved as ever."
)


class Safekeeping(QObject):
    """The answers to the banner, and the offer of what a crash left behind."""

    told = Signal(str)
    place_asked = Signal(object)

    def __init__(
        self,
        window: QWidget,
        library: Library,
        files: FileCommands,
        banner: Banner,
        current: Callable[[], Document],
    ) -> None:
        super().__init__(window)
        self._banner = banner
        files.earlier_asked.connect(self.earlier_versions)
        banner.chosen.connect(self._remedy)
        if library.versions is not None:
            library.versions.failed.connect(self._warn_of_versions)
        self._window = window
        self._library = library
        self._files = files
        self._current = current
        self._looker: Background[Recovered | None] = Background("recovery", self._found, self)
        self._waiting: deque[Kept] = deque()
        self._next = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._next.timeout.connect(self._look_at_next)

    def follow(self, document: Document) -> None:
        """Tell of what befalls a document that is open from now on."""
        document.low_disk.connect(self._warn_of_room)
        document.refused.connect(lambda: self.told.emit(READ_ONLY))

    def _remedy(self, remedy: Remedy) -> None:
        """Do what a button of the banner says."""
        match remedy:
            case Remedy.TRY_AGAIN:
                self._files.save_now()
            case Remedy.COPY | Remedy.KEEP_MINE:
                self._files.save_copy()
            case Remedy.TAKE_THEIRS:
                self.take_theirs()
            case Remedy.DIFFERENCES:
                self.show_differences()
            case Remedy.LOOK_AGAIN:
                self.look_again()
            case Remedy.OPEN_COPY:
                path = self._current().path
                self._files.open_by(lambda: self._library.open_copy(path))

    def show_differences(self) -> None:
        """Lay what someone else put in the file beside what is recorded here."""
        document = self._current()
        try:
            theirs = document.theirs()
        except FileError as error:
            dialogs.warn(self._window, "The file cannot be read", str(error))
            return
        from hicm_desktop.ui.compare_dialog import CompareDialog, Side  # noqa: PLC0415 - start-up

        dialog = CompareDialog(
            "Someone else changed the file",
            f"{document.path.name} holds what someone else recorded. Yours is here, and has not "
            "been written over theirs.",
            document.model,
            Side("Theirs, in the file", theirs),
            Side("Yours, here", document.workshop),
            (Remedy.KEEP_MINE.value, Remedy.TAKE_THEIRS.value),
            self._window,
        )
        match dialog.ask():
            case Remedy.KEEP_MINE.value:
                self._files.save_copy()
            case Remedy.TAKE_THEIRS.value:
                self.take_theirs()

    def earlier_versions(self, first: Path | None = None) -> None:
        """Show the versions that are kept; open one as a new file. `first` names another's file."""
        profile, document = self._library.profile, self._current()
        if profile is None:
            dialogs.warn(self._window, "Earlier versions", NO_PROFILE)
            return
        from hicm_desktop.ui.earlier_dialog import EarlierDialog  # noqa: PLC0415 - start-up

        self._files.leaving.emit()
        dialog = EarlierDialog(
            document.model,
            profile.earlier,
            document.workshop,
            document.path,
            self._window,
            first=first,
        )
        dialog.place_chosen.connect(self.place_asked)
        dialog.exec()
        dialog.deleteLater()
        chosen = dialog.chosen
        if chosen is not None:
            path = chosen.path or self._library.settings.folder / chosen.name
            self._files.open_by(lambda: self._library.restore(chosen.data, path))

    def take_theirs(self) -> None:
        """Go on with what someone else put in the file. Ours comes back by Undo."""
        try:
            self._current().take_theirs()
        except FileError as error:
            dialogs.warn(self._window, "Theirs was not taken", str(error))
        else:
            self.told.emit("You go on with theirs. Ctrl+Z brings yours back.")

    def look_again(self) -> None:
        """Show what a file that is open to be read only holds now; open it if it may be."""
        path = self._current().path

        def look() -> Opened:
            try:
                return self._library.open(path)
            except lock.Held as error:
                return self._library.open_to_read(path, str(error))

        if self._files.open_by(look):
            still = self._current().is_read_only
            self.told.emit(
                "It can still only be read. This is what the file holds now."
                if still
                else "It is yours now: what you record goes into the file."
            )

    def offer_left_behind(self) -> None:
        """Look for what earlier runs left, off the window's thread, and offer what is found."""
        self._waiting.extend(self._library.left_behind())
        self._look_at_next()

    def close(self) -> None:
        """Look no more."""
        self._waiting.clear()
        self._next.stop()
        self._looker.close()

    def _warn_of_versions(self, reason: str) -> None:
        self._banner.warn(f"No earlier version could be kept on this computer. {reason}")

    def _warn_of_room(self, room: int) -> None:
        folder = self._current().path.parent
        self._banner.warn(
            f"The drive of {folder} is nearly full: there is room for {room // 1024**2} MB more. "
            "Everything is saved so far. Make room, or save a copy elsewhere."
        )

    def _look_at_next(self) -> None:
        """Look at one copy after the other, each laid beside what its file holds by then.

        One question at a time: it waits where another is open, and where the answer to the last
        is still on its way into a file.
        """
        if not self._waiting or self._looker.busy:
            return
        busy = isinstance(self._current().save_state, Saving)
        if busy or QApplication.activeModalWidget() is not None:
            self._next.start()
        else:
            kept = self._waiting.popleft()
            self._looker.start(partial(examine, kept, self._library.model))

    def _found(self, job: Future[Recovered | None]) -> None:
        try:
            self._tell_of(job.result())
        finally:  # only now: a question may end a moment before its answer is taken
            self._next.start()

    def _tell_of(self, found: Recovered | None) -> None:
        if found is None:
            return
        if QApplication.activeModalWidget() is not None:
            self._waiting.appendleft(found.kept)
        elif found.workshop is None:
            dialogs.warn(self._window, "A copy that cannot be read", found.trouble)
        else:
            self._offer(found, found.workshop)

    def _offer(self, found: Recovered, workshop: Workshop) -> None:
        from hicm_desktop.ui.compare_dialog import CompareDialog, Side  # noqa: PLC0415 - start-up

        model, kept = self._library.model, found.kept
        go_on = _GO_ON if found.fits else _AS_NEW
        answer = ""
        while answer not in (go_on, _AWAY):
            dialog = CompareDialog(
                "Recovered work",
                f"The program ended before everything was in {kept.path.name}. A copy was kept on "
                f"this computer at {moment_words(kept.at)}: {contents(model, workshop)}.\n"
                f"{_in_file_words(model, found)}",
                model,
                None if found.in_file is None else Side("In the file", found.in_file),
                Side("In the copy", workshop),
                (go_on, _AWAY),
                self._window,
                leave="Not now",
            )
            answer = dialog.ask()
            if not answer:
                return
            if answer == _AWAY and not dialogs.ask_throw_away(self._window, kept.path.name):
                answer = ""  # back to the question
        if answer == _AWAY:
            recovery.drop(kept)
        else:
            self._files.open_by(lambda: self._recover(found))

    def _recover(self, found: Recovered) -> Opened:
        """Go on from a copy as its file is at this moment. Raises FileError."""
        now = examine(found.kept, self._library.model)
        if now is None:
            return self._library.open(found.kept.path)
        opened = self._library.recover(now)
        if found.fits and not now.fits:
            words = (
                f"{found.kept.path.name} was changed in the meantime and was left as it is. The "
                f"copy is open as {opened.document.path.name}, beside it."
            )
            return Opened(opened.document, (words, *opened.notices))
        return opened


def _in_file_words(model: Model, found: Recovered) -> str:
    """Say what the copy's own file holds now, and what going on from the copy does to it."""
    name = found.kept.path.name
    if found.in_file is not None:
        held = f"The file itself holds: {contents(model, found.in_file)}."
        if not found.fits:
            return f"{held} It was changed since, so the copy opens as a new file beside it."
        return f"{held} It is left as it is unless you go on from the copy."
    if not found.fits:
        why = (
            f"{name} was changed since and cannot be read"
            if found.kept.path.is_absolute()
            else f"Where {name} lies is not known"
        )
        return f"{why}, so the copy opens as a new file."
    if not found.is_gone:
        return (
            "The file, or its drive, is not within reach now. If you go on, what you record is "
            "kept on this computer, and saved there when it is back."
        )
    if found.kept.belongs.base is None:
        return "The file itself was not made yet. It is made if you go on."
    return "The file itself is no longer there. It is made again if you go on."
