"""A run of the program, and whether another run is still going on.

For `hicm_desktop.document`. A run holds a file of the local profile locked for as long as its
process lives, however that ends: the system itself lets go. A number of a process would not do; it
is given out again, and after a power cut it means nothing.
"""

from __future__ import annotations

import contextlib
import re
import secrets
import sys
import time
from pathlib import Path
from typing import BinaryIO

from hicm_desktop.errors import FileError

_SUFFIX = ".session"
_A_DAY_S = 24 * 60 * 60
_TOKEN = re.compile(r"[0-9a-f]{16}")

if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO, *, shared: bool) -> None:  # noqa: ARG001 - Windows shares no lock
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: BinaryIO, *, shared: bool) -> None:
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        fcntl.flock(file.fileno(), kind | fcntl.LOCK_NB)


class Session:
    """The run that is going on. `token` names it for good; no other run has the same."""

    def __init__(self, folder: Path) -> None:
        """Begin. Raises FileError where the folder cannot be written."""
        self.token = secrets.token_hex(8)
        self._path = folder / f"{self.token}{_SUFFIX}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("xb")
            self._hold()
        except OSError as error:
            raise FileError(
                f"The program’s own folder {folder} cannot be written: {error.strerror}."
            ) from error

    def _hold(self) -> None:
        """Lock the file; where no lock is to be had, leave none behind, or each start adds one."""
        try:
            _lock(self._file, shared=False)
        except OSError:
            self.end()
            raise

    def end(self) -> None:
        """End in good order."""
        self._file.close()
        with contextlib.suppress(OSError):
            self._path.unlink()


def is_alive(folder: Path, token: str) -> bool:
    """Whether the run of this token still goes on; its folder is that of the same user's profile.

    Where that cannot be told it counts as going on: nothing of it is then touched.
    """
    if not _TOKEN.fullmatch(token):
        return False
    try:
        with (folder / f"{token}{_SUFFIX}").open("rb+") as file:
            return not _let_go(file)
    except FileNotFoundError:
        return False
    except OSError:
        return True


def tidy(folder: Path) -> None:
    """Remove what runs left that came to a sudden end, unless they began within the last day.

    A run that is just beginning must find nobody at its file.
    """
    with contextlib.suppress(OSError):
        for path in folder.glob(f"*{_SUFFIX}"):
            is_old = time.time() - path.stat().st_mtime > _A_DAY_S
            if is_old and _TOKEN.fullmatch(path.stem) and not is_alive(folder, path.stem):
                path.unlink()


def _let_go(file: BinaryIO) -> bool:
    try:
        _lock(file, shared=True)
    except OSError:
        return False
    return True
