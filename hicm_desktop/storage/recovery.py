"""Copies of what a workshop's own file does not hold yet, in the local profile.

For `hicm_desktop.document`. Each lies in a folder of its own as a plain workshop file, which any
copy of the program opens, with a note beside it that says where it belongs.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import msgspec

from hicm_desktop.errors import FileError
from hicm_desktop.storage import files
from hicm_desktop.storage.names import SUFFIX, safe_name

_ABOUT = "about.json"
_ENTRY = re.compile(r"[0-9a-f]{16}-[0-9a-f]{8}")


class Belongs(msgspec.Struct, frozen=True):
    """Where a copy belongs: the workshop's file, and the fingerprint it had when it was last good.

    `base` is None where the file was never written.
    """

    path: str
    base: files.Fingerprint | None


class Kept(msgspec.Struct, frozen=True):
    """A copy that is kept: its file, where it belongs, and when it was written (local time)."""

    file: Path
    belongs: Belongs
    at: dt.datetime

    @property
    def path(self) -> Path:
        """The workshop's own file."""
        return Path(self.belongs.path)


def keep(folder: Path, data: bytes, belongs: Belongs) -> Kept:
    """Write a copy into its folder, in place of an earlier one. Raises FileError."""
    file = folder / f"{safe_name(Path(belongs.path).stem)}{SUFFIX}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"{folder} could not be made: {error.strerror}.") from error
    about = Belongs(belongs.path.encode(errors="replace").decode(), belongs.base)
    # The copy comes first: cut off in between, it goes on from an older file at worst, never from
    # a newer one than it holds.
    for path, content in ((file, data), (folder / _ABOUT, msgspec.json.encode(about))):
        with contextlib.suppress(files.NotConfirmed):
            files.write(path, content, files.fingerprint_of(path))
    for other in folder.glob(f"*{SUFFIX}"):
        if other != file:  # the workshop's file was renamed since
            with contextlib.suppress(OSError):
                other.unlink()
    return Kept(file, belongs, dt.datetime.now().astimezone())


def drop(kept: Kept) -> None:
    """Remove a copy that is no longer needed. What cannot be removed is offered once more."""
    with contextlib.suppress(OSError):
        kept.file.unlink(missing_ok=True)
        if not any(kept.file.parent.glob(f"*{SUFFIX}")):
            clear(kept.file.parent)


def clear(folder: Path) -> None:
    """Remove the folder of a copy with all that writing it may have left there."""
    with contextlib.suppress(OSError):
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()


def left_behind(root: Path, is_alive: Callable[[str], bool]) -> tuple[Kept, ...]:
    """Give the copies that runs left which are over, the newest first.

    `is_alive` tells of a run by its token. Whatever else lies there is passed over.
    """
    with contextlib.suppress(OSError):
        found = [
            kept
            for folder in root.iterdir()
            if _ENTRY.fullmatch(folder.name) and not is_alive(folder.name.partition("-")[0])
            for kept in _copies(folder)
        ]
        return tuple(sorted(found, key=lambda kept: kept.at, reverse=True))
    return ()


def _copies(folder: Path) -> list[Kept]:
    found = []
    with contextlib.suppress(OSError):
        for file in folder.glob(f"*{SUFFIX}"):
            at = dt.datetime.fromtimestamp(file.stat().st_mtime).astimezone()
            found.append(Kept(file, _belongs(folder, file), at))
    return found


def _belongs(folder: Path, file: Path) -> Belongs:
    """Read where a copy belongs; a note that cannot be read leaves it without a file of its own."""
    try:
        belongs = msgspec.json.decode(files.read(folder / _ABOUT), type=Belongs)
    except (FileError, msgspec.DecodeError, UnicodeDecodeError):
        return Belongs(file.name, None)
    return Belongs(file.name, None) if "\0" in belongs.path else belongs
