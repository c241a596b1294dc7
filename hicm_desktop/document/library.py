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
from hicm_desktop.document.saving import make_folder
from hicm_desktop.document.settings import Settings
from hicm_desktop.errors import FileError
from hicm_desktop.model.values import Model
from hicm_desktop.storage import codec, files, names
from hicm_desktop.workshop.values import Details, Workshop


class Opened(msgspec.Struct, frozen=True):
    """A document, and what the user should be told about it, one sentence each."""

    document: Document
    notices: tuple[str, ...] = ()


class Library:
    """The workshops of one model and one user."""

    def __init__(self, model: Model, settings: Settings, sample: Path) -> None:
        self.model = model
        self.settings = settings
        self._sample = sample

    def blank(self, details: Details | None = None) -> Document:
        """Make a workshop that has no file yet. Raises FileError for a folder that is shut."""
        details = details or Details()
        workshop = Workshop(
            id=secrets.token_hex(16),
            created_at=dt.datetime.now().astimezone().replace(microsecond=0),
            details=details,
        )
        return Document(self.model, workshop, self._path_for(details))

    def open(self, path: Path) -> Opened:
        """Open a workshop's file. Raises FileError, and the file is as it was."""
        path = path.absolute()
        data = files.read(path)
        try:
            decoded = codec.decode(data, self.model)
        except FileError as error:
            raise FileError(f"{path.name}: {error}") from error
        document = Document(self.model, decoded.workshop, path, files.fingerprint(data))
        self.settings.opened(path)
        return Opened(document, decoded.notices)

    def open_sample(self) -> Opened:
        """Open a copy of the sample workshop, in the user's folder. Raises FileError."""
        data = files.read(self._sample)
        codec.decode(data, self.model)
        path = names.free_path(self.settings.folder, "Sample workshop")
        make_folder(path.parent)
        files.write(path, data, None)
        return self.open(path)

    def _path_for(self, details: Details) -> Path:
        day = (details.held_on or dt.datetime.now().astimezone().date()).isoformat()
        return names.free_path(self.settings.folder, f"{details.place or 'Workshop'} {day}")
