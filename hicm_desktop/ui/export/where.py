"""Where an export goes: the name that is suggested, and the folder of the last one.

For `hicm_desktop.ui.export.dialog`.
"""

from __future__ import annotations

import contextlib
from concurrent.futures import Future
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject

from hicm_desktop.document.background import Background
from hicm_desktop.storage.names import safe_name
from hicm_desktop.ui.export.kinds import Export
from hicm_desktop.workshop.report_parts import EVERYTHING, Parts

_MOST_BYTES = 120
"""As much as a name has room for on every system (see `hicm_desktop.storage.names`)."""


def suggested_name(stem: str, export: Export, parts: Parts, version: int | None) -> str:
    """Give a file's name: "Northbridge version 2 report.pdf".

    One that leaves something out is called an extract, and one with private notes says so.
    """
    tail = "" if version is None else f" version {version}"
    tail = f"{tail} {export.noun}"
    held = export.parts_of(parts)
    if msgspec.structs.replace(held, guidance=False, private_notes=False) != EVERYTHING:
        tail += " extract"
    if held.private_notes:
        tail += " with private notes"
    stem = safe_name(stem)
    while len(f"{stem}{tail}".encode()) > _MOST_BYTES:
        stem = stem[:-1].rstrip(". ")
    return f"{safe_name(stem + tail)}{export.suffix}"


def is_same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file, as by a link or in other capitals."""
    with contextlib.suppress(OSError):
        return one.samefile(other)
    return one.absolute() == other


class LastFolder(QObject):
    """Finds out whether a folder is still there, without waiting for a drive that is away."""

    def __init__(self, folder: Path | None, parent: QObject) -> None:
        super().__init__(parent)
        self._found: Path | None = None
        self._asker: Background[Path | None] = Background("last folder", self._take, self)
        if folder is not None:
            self._asker.start(lambda: folder if _is_folder(folder) else None)

    @property
    def found(self) -> Path | None:
        """The folder, once it is known to be there."""
        return self._found

    def now(self, folder: Path) -> None:
        """Take a folder that was written to just now."""
        self._found = folder

    def close(self) -> None:
        """Ask no more."""
        self._asker.close()

    def _take(self, job: Future[Path | None]) -> None:
        self._found = self._found or job.result()


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
