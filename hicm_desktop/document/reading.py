"""A workshop's file read whole: what it holds, what to tell of it, and its bytes as they were.

For `hicm_desktop.document` only.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from hicm_desktop.errors import FileError
from hicm_desktop.model.values import Model
from hicm_desktop.storage import codec, files
from hicm_desktop.workshop.values import Workshop


class Read(msgspec.Struct, frozen=True):
    """A workshop as it was read, with one sentence for each thing that the user should know."""

    workshop: Workshop
    notices: tuple[str, ...]
    data: bytes

    @property
    def fingerprint(self) -> files.Fingerprint:
        """The fingerprint of the file that was read."""
        return files.fingerprint(self.data)


def read_workshop(path: Path, model: Model) -> Read:
    """Read a workshop's file. Raises FileError that names it."""
    data = files.read(path)
    try:
        decoded = codec.decode(data, model)
    except FileError as error:
        raise FileError(f"{path.name}: {error}") from error
    return Read(decoded.workshop, decoded.notices, data)
