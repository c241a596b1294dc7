"""File, Earlier versions: which there are, what each holds, what differs, and one of them again.

For `hicm_desktop.ui`. It reads and compares, off the window's thread, and writes nothing: the
version to restore is handed on in `chosen`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from hicm_desktop.document.background import Background
from hicm_desktop.errors import FileError
from hicm_desktop.model.values import Model
from hicm_desktop.storage import codec, earlier
from hicm_desktop.storage.earlier import Shelf, Version
from hicm_desktop.ui.differences_view import DifferencesView
from hicm_desktop.ui.drop_down import DropDown
from hicm_desktop.ui.earlier_list import VersionLines, VersionList, when_words
from hicm_desktop.ui.labels import label
from hicm_desktop.ui.sized_dialog import SizedDialog
from hicm_desktop.workshop.differences import Difference, differences
from hicm_desktop.workshop.values import Workshop
from hicm_desktop.workshop.words import contents

_SIZE = QSize(1100, 720)
"""What the dialog would like, in px where a line of text is 20 px high."""

NOTHING_KEPT = (
    "Nothing is kept of this workshop yet. A version of its file is kept here when you open it, "
    "about every ten minutes while you record, and when you close it. They stay on this computer."
)
NEWEST = (
    "This is the newest version kept of this workshop. Choose an earlier one to see what changed "
    "since."
)
READING = "Reading this version…"


class Restoring(msgspec.Struct, frozen=True):
    """A version to be made a file again. `path` is the workshop's own file, where it is known."""

    version: Version
    data: bytes
    name: str
    path: Path | None


class _Seen(msgspec.Struct, frozen=True):
    """What came of reading a version: what it holds, or the trouble with it; and what differs."""

    version: Version
    holds: str = ""
    trouble: str = ""
    differences: tuple[Difference, ...] | None = None

    @property
    def is_all(self) -> bool:
        """Whether there is nothing more to learn of it."""
        return bool(self.trouble) or self.differences is not None


class EarlierDialog(SizedDialog):
    """Lists the versions of this workshop and of others. Once accepted, `chosen` is to be restored.

    `place_chosen` carries a place of this workshop to go to; the dialog closes with it.
    """

    place_chosen = Signal(object)

    def __init__(
        self,
        model: Model,
        root: Path,
        workshop: Workshop,
        path: Path,
        parent: QWidget | None = None,
        *,
        first: Path | None = None,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now().astimezone(),
    ) -> None:
        """List what is kept under `root`. `workshop` and its `path` are those that are open.

        `first` names another file to begin with, such as one that is too damaged to be opened.
        """
        super().__init__(_SIZE, parent)
        self.setWindowTitle("Earlier versions")
        self.chosen: Restoring | None = None
        self._model = model
        self._workshop = workshop
        self._path = path
        self._now = now
        self._seen: dict[Version, _Seen] = {}
        self._waiting: list[Version] = []
        self._reader: Background[_Seen] = Background("earlier", self._take, self)
        self._shelves: list[Shelf | None] = []
        self.which = DropDown()
        self.which.setAccessibleName("Workshop")
        self._where = label("", "small")
        self.lines = VersionLines(now, self)
        self.versions = VersionList(self.lines)
        self.view = DifferencesView("Then", "Now")
        self.restore = QPushButton("Restore as a new file")
        self.restore.setProperty("kind", "primary")
        self.close_again = QPushButton("Close   Esc")
        self.close_again.setAccessibleName("Close")
        self._lay_out()
        self.restore.clicked.connect(self._restore)
        self.close_again.clicked.connect(self.reject)
        self.view.place_chosen.connect(self._go_to)
        self.versions.chosen.connect(self._show_version)
        self.which.currentIndexChanged.connect(self._show_shelf)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self._list_shelves(root, first)
        (self.versions if self.versions.isEnabled() else self.which).setFocus()

    def done(self, result: int) -> None:
        """Close. What is being read is read to nobody."""
        self._waiting.clear()
        self._reader.close()
        super().done(result)

    # What is listed

    def _list_shelves(self, root: Path, first: Path | None) -> None:
        """List the workshops: this one, then the one used last and so on."""
        try:
            this = earlier.shelf_of(root, self._workshop.id)
            others = [s for s in earlier.shelves(root) if this is None or s.folder != this.folder]
            asked = None if first is None else earlier.shelf_of_path(root, first)
        except FileError as error:
            self.which.setEnabled(False)
            self.versions.show_versions(())
            self.view.say(str(error))
            return
        self._shelves = [this, *others]
        folders = [None if shelf is None else shelf.folder for shelf in self._shelves]
        self.which.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.which.add_value(f"This workshop: {self._path.name}", 0)
        for number, shelf in enumerate(others, start=1):
            self.which.add_value(shelf.name, number)
        self.which.setCurrentIndex(0 if asked is None else folders.index(asked.folder))
        self.which.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self._show_shelf(self.which.currentIndex())

    def _show_shelf(self, number: int) -> None:
        shelf = self._shelves[number]
        path = self._path if number == 0 else shelf.path if shelf is not None else None
        where = "Where its file was is not known." if path is None else f"In {path.parent}."
        if shelf is not None:
            where += f" Last in use here {when_words(shelf.used, self._now(), begins=False)}."
        self._where.setText(_breaking(where))
        self._where.setAccessibleName(where)
        self._waiting = []
        self.versions.show_versions(shelf.versions if shelf is not None else ())
        if shelf is not None:
            self._waiting = [v for v in shelf.versions if v not in self._seen]
        self._read_next()

    @property
    def _is_this(self) -> bool:
        return self.which.currentIndex() == 0

    def _newest(self) -> Version | None:
        shelf = self._shelves[max(self.which.currentIndex(), 0)]
        return shelf.versions[0] if shelf is not None else None

    # What is shown of a version

    def _show_version(self, version: Version | None) -> None:
        """Show what differs, if that is known, or have it read."""
        self.restore.setEnabled(False)
        if version is None:
            self.view.say(NOTHING_KEPT)
            return
        seen = self._seen.get(version)
        if seen is not None and seen.is_all:
            self._show_seen(seen)
        else:
            self.view.say(READING)
            self._read_next()

    def _show_seen(self, seen: _Seen) -> None:
        self.restore.setEnabled(bool(seen.holds))
        newest = self._newest()
        if seen.trouble:
            self.view.say(seen.trouble)
        elif not self._is_this and seen.version == newest:
            self.view.say(NEWEST)
        else:
            now = self._now()
            after = (
                "Now"
                if self._is_this or newest is None
                else f"Newest version, {when_words(newest.when, now, begins=False)}"
            )
            self.view.show_differences(
                seen.differences or (), when_words(seen.version.when, now), after
            )

    # Reading

    def _read_next(self) -> None:
        """Read the version that is shown, else the next one of which the list says too little."""
        if self._reader.busy:
            return
        shown = self.versions.version()
        seen = None if shown is None else self._seen.get(shown)
        if shown is not None and (seen is None or not seen.is_all):
            against = self._workshop if self._is_this else self._newest()
            self._reader.start(partial(_compare, self._model, shown, against))
        elif self._waiting:
            self._reader.start(partial(_look, self._model, self._waiting.pop(0)))

    def _take(self, job: Future[_Seen]) -> None:
        seen = job.result()
        self._seen[seen.version] = seen
        self._waiting = [v for v in self._waiting if v != seen.version]
        self.lines.add(seen.version, seen.holds or "Cannot be read")
        if seen.is_all and seen.version == self.versions.version():
            self._show_seen(seen)
        self._read_next()

    # What is done

    def _restore(self) -> None:
        version, shelf = self.versions.version(), self._shelves[self.which.currentIndex()]
        if version is None or shelf is None:
            return
        try:
            data = earlier.read(version)
        except FileError as error:
            self.restore.setEnabled(False)
            self.view.say(str(error))
            return
        path = self._path if self._is_this else shelf.path
        name = self._path.name if self._is_this else shelf.name
        self.chosen = Restoring(version, data, name, path)
        self.accept()

    def _go_to(self, place: object) -> None:
        if self._is_this:
            self.reject()
            self.place_chosen.emit(place)

    # How it lies

    def _lay_out(self) -> None:
        which = label("Workshop", "strong")
        which.setWordWrap(False)
        which.setBuddy(self.which)
        self._where.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        top = QHBoxLayout()
        top.setContentsMargins(20, 14, 20, 0)
        top.setSpacing(10)
        top.addWidget(which)
        top.addWidget(self.which)
        top.addWidget(self._where, 1)
        left = QVBoxLayout()
        left.setSpacing(4)
        caption = label("Versions", "strong")
        caption.setBuddy(self.versions)
        left.addWidget(caption)
        left.addWidget(self.versions, 1)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(label("What differs", "strong"))
        right.addWidget(self.view, 1)
        body = QHBoxLayout()
        body.setContentsMargins(20, 14, 20, 14)
        body.setSpacing(18)
        body.addLayout(left, 2)
        body.addLayout(right, 5)
        foot = QFrame()
        foot.setObjectName("status")
        buttons = QHBoxLayout(foot)
        buttons.setContentsMargins(20, 10, 20, 10)
        words = "Restoring makes a new file and opens it. No file is overwritten."
        buttons.addWidget(label(words, "small"), 1)
        buttons.addWidget(self.close_again)
        buttons.addWidget(self.restore)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addLayout(body, 1)
        layout.addWidget(foot)


def _breaking(text: str) -> str:
    """Let a text with long paths in it break: after a separator, and in a long name anywhere."""
    parted = re.sub(r"[/\\]", "\\g<0>\u200b", text)
    return re.sub(r"[^\s/\\\u200b]{25,}", lambda long: "\u200b".join(long[0]), parted)


def _look(model: Model, version: Version) -> _Seen:
    """Read a version to say what it holds."""
    try:
        return _Seen(version, contents(model, _decoded(model, version)))
    except FileError as error:
        return _unreadable(version, error)


def _compare(model: Model, version: Version, against: Workshop | Version | None) -> _Seen:
    """Read a version and compare it with a workshop, or with another version."""
    try:
        before = _decoded(model, version)
    except FileError as error:
        return _unreadable(version, error)
    holds = contents(model, before)
    try:
        after = _decoded(model, against) if isinstance(against, Version) else against
    except FileError as error:
        trouble = f"The newest version cannot be read, so there is nothing to compare. {error}"
        return _Seen(version, holds, trouble)
    return _Seen(version, holds, differences=differences(model, before, after or before))


def _decoded(model: Model, version: Version) -> Workshop:
    return codec.decode(earlier.read(version), model).workshop


def _unreadable(version: Version, error: FileError) -> _Seen:
    return _Seen(version, trouble=f"This version cannot be read. {error}")
