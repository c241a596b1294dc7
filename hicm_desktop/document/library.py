"""Making and opening workshops: every `Document` comes from here.

For `hicm_desktop.ui` and the composition root. A new workshop has its file's name from the first
moment; its file is made when it is asked for or when something is recorded, whichever is first.
"""

from __future__ import annotations

import datetime as dt
import secrets
from pathlib import Path

import msgspec

from hicm_desktop.document.document import Document
from hicm_desktop.document.profile import Profile
from hicm_desktop.document.reading import Read, read_workshop
from hicm_desktop.document.settings import Settings
from hicm_desktop.document.versions import Versions
from hicm_desktop.document.writing import make_folder
from hicm_desktop.errors import FileError
from hicm_desktop.model.values import Model
from hicm_desktop.storage import codec, earlier, files, lock, names, recovery
from hicm_desktop.storage.recovery import Kept
from hicm_desktop.workshop.dates import moment_words
from hicm_desktop.workshop.minutes import NOT_INTACT, day_time
from hicm_desktop.workshop.sealing import is_intact
from hicm_desktop.workshop.values import Details, Sealed, Workshop


class Opened(msgspec.Struct, frozen=True):
    """A document, and what the user should be told about it, one sentence each."""

    document: Document
    notices: tuple[str, ...] = ()


class Recovered(msgspec.Struct, frozen=True):
    """A copy that a run of the program left behind, beside what its own file holds now.

    `workshop` is None where the copy cannot be read, and `trouble` says why; `in_file` is None
    where the file is away or cannot be read. `fits` where the file, if it is there, is still the
    one that the copy goes on from; `is_gone` where its folder is there without it.
    """

    kept: Kept
    workshop: Workshop | None
    in_file: Workshop | None = None
    fits: bool = False
    is_gone: bool = False
    trouble: str = ""


class Library:
    """The workshops of one model and one user.

    Without a profile no workshop is locked, and nothing is kept beside its file.
    """

    def __init__(
        self, model: Model, settings: Settings, sample: Path, profile: Profile | None = None
    ) -> None:
        self.model = model
        self.settings = settings
        self.profile = profile
        self.versions = None if profile is None else Versions(profile.earlier)
        self._sample = sample

    def blank(self, details: Details | None = None) -> Document:
        """Make a workshop that has no file yet. Raises FileError for a folder that is shut."""
        details = details or Details()
        workshop = Workshop(
            id=secrets.token_hex(16),
            created_at=dt.datetime.now().astimezone().replace(microsecond=0),
            details=details,
        )
        return Document(
            self.model,
            workshop,
            self._path_for(details),
            profile=self.profile,
            versions=self.versions,
        )

    def open(self, path: Path) -> Opened:
        """Open a workshop's file. Raises FileError, and the file is as it was.

        Raises Held where someone has it open; it can be read, or copied, all the same. Where it
        cannot be locked since nothing can be written beside it, it is open to be read only.
        """
        path = path.absolute()
        found = read_workshop(path, self.model)
        taken: lock.Taken | None = None
        if self.profile is not None:
            try:
                taken = lock.take(path, self.profile.me, self.profile.is_alive)
            except lock.Held:
                raise
            except FileError:
                return self.open_to_read(
                    path, f"Nothing can be written where {path.name} lies, so it can only be read."
                )
            found = self._read_locked(taken.hold, found)
        document = Document(
            self.model,
            found.workshop,
            path,
            found.fingerprint,
            hold=None if taken is None else taken.hold,
            profile=self.profile,
            versions=self.versions,
        )
        if self.versions is not None:
            self.versions.opened(found.workshop.id, path, found.data)
        self.settings.opened(path)
        return Opened(document, (*self._left_words(path, taken), *found.notices))

    def open_to_read(self, path: Path, reason: str) -> Opened:
        """Open a workshop's file to be read only; `reason` says why. Raises FileError."""
        path = path.absolute()
        found = read_workshop(path, self.model)
        document = Document(self.model, found.workshop, path, found.fingerprint, read_only=reason)
        self.settings.opened(path)
        return Opened(document, found.notices)

    def open_copy(self, path: Path) -> Opened:
        """Open a copy of a workshop's file, made beside it or in the user's folder.

        Raises FileError.
        """
        data = read_workshop(path.absolute(), self.model).data
        return self._open_new(path.absolute().parent, f"{path.stem} copy", data)

    def open_sample(self) -> Opened:
        """Open a copy of the sample workshop, in the user's folder. Raises FileError."""
        data = files.read(self._sample)
        codec.decode(data, self.model)
        return self._open_new(self.settings.folder, "Sample workshop", data)

    def restore(self, data: bytes, path: Path) -> Opened:
        """Open an earlier version of a workshop as a new file beside its own. Raises FileError."""
        codec.decode(data, self.model)
        return self._open_new(path.parent, f"{path.stem} restored", data)

    def has_earlier(self, path: Path) -> bool:
        """Whether earlier versions of a file are kept, however damaged the file is."""
        if self.profile is None:
            return False
        try:
            return earlier.shelf_of_path(self.profile.earlier, path.absolute()) is not None
        except FileError:
            return False

    def left_behind(self) -> tuple[Kept, ...]:
        """Give the copies that earlier runs left in the local profile, the newest first."""
        if self.profile is None:
            return ()
        return recovery.left_behind(self.profile.recovery, self.profile.is_alive)

    def recover(self, found: Recovered) -> Opened:
        """Go on from a copy, in its own file where the file is still the one it goes on from.

        A file whose drive is away gets everything when the drive is back. Otherwise the copy opens
        as a new file. Raises FileError, and the copy is kept.
        """
        kept = found.kept
        if found.workshop is None:
            raise FileError(found.trouble)
        if not found.fits:
            opened = self._open_new(
                kept.path.parent if kept.path.is_absolute() else self.settings.folder,
                f"{kept.path.stem} recovered",
                codec.encode(found.workshop, self.model),
            )
            recovery.drop(kept)
            return opened
        document = Document(
            self.model,
            found.workshop,
            kept.path,
            None if found.is_gone else kept.belongs.base,
            profile=self.profile,
            versions=self.versions,
            recovered=kept,
        )
        self.settings.opened(kept.path)
        return Opened(document)

    def close(self) -> None:
        """Keep no more earlier versions, once those under way are kept."""
        if self.versions is not None:
            self.versions.flush()
            self.versions.close()

    def _open_new(self, folder: Path, stem: str, data: bytes) -> Opened:
        """Write a file of a name that none has, and open it; in the user's folder if need be."""
        try:
            path = _write_new(folder, stem, data)
        except FileError:
            if folder == self.settings.folder:
                raise
            path = _write_new(self.settings.folder, stem, data)
        return self.open(path)

    def _read_locked(self, hold: lock.Hold, found: Read) -> Read:
        """See that nobody wrote the file between our reading and our locking it."""
        try:
            files.sweep(hold.path)
            is_same = files.fingerprint_of(hold.path) == found.fingerprint
            return found if is_same else read_workshop(hold.path, self.model)
        except FileError:
            lock.release(hold)
            raise

    def _left_words(self, path: Path, taken: lock.Taken | None) -> tuple[str, ...]:
        """Say whose lock was taken over."""
        if taken is not None and taken.was_damaged:
            words = (
                f"Someone may have {path.name} open: there was a lock beside it that does not say "
                "whose it was. You go on in it now; if they come back, they will be told."
            )
            return (words,)
        left_by = None if taken is None else taken.left_by
        if left_by is None:
            return ()
        if self.profile is not None and left_by.is_same_place(self.profile.me):
            words = (
                f"Last time this program ended without closing {path.name}. What was saved is all "
                "here."
            )
        else:
            words = (
                f"{path.name} was left open by {left_by.words}, without a sign of life since "
                f"{moment_words(left_by.seen)}. You go on in it now; if they come back, they "
                "will be told."
            )
        return (words,)

    def _path_for(self, details: Details) -> Path:
        day = (details.held_on or dt.datetime.now().astimezone().date()).isoformat()
        return names.free_path(self.settings.folder, f"{details.place or 'Workshop'} {day}")


def open_sealed(document: Document, sealed: Sealed) -> Document:
    """Open a version of a workshop that was signed off, to be read only.

    The workshop itself stays open as it is; nothing is written for the version.
    """
    words = f"This is version {sealed.number} as it was signed off, {day_time(sealed.at)}."
    if not is_intact(sealed):
        words = f"{words} {NOT_INTACT}"
    return Document(document.model, sealed.content, document.path, read_only=words)


def examine(kept: Kept, model: Model) -> Recovered | None:
    """Lay a copy that was left behind beside its own file; None where the file has it all.

    Touches no Qt object, since a drive may take long to answer. A copy that is not needed goes.
    """
    try:
        workshop = codec.decode(files.read(kept.file), model).workshop
    except FileError as error:
        return Recovered(kept, None, trouble=f"The copy {kept.file} cannot be read. {error}")
    found, is_shut = None, False
    try:
        found = files.fingerprint_of(kept.path) if kept.path.is_absolute() else None
    except FileError:
        is_shut = True  # there, for all we know
    in_file: Workshop | None = None
    if found is not None:
        try:
            in_file = codec.decode(files.read(kept.path), model).workshop
        except FileError:
            in_file = None
    if in_file == workshop:
        recovery.drop(kept)
        return None
    fits = kept.path.is_absolute() and found in (None, kept.belongs.base)
    is_gone = fits and found is None and not is_shut and kept.path.parent.is_dir()
    return Recovered(kept, workshop, in_file, fits, is_gone)


def _write_new(folder: Path, stem: str, data: bytes) -> Path:
    make_folder(folder)
    path = names.free_path(folder, stem)
    files.write(path, data, None)
    return path
