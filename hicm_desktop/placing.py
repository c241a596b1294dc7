"""Puts a finished file in the place of another: the old one stands or the new one, never a part.

The floor under `hicm_desktop.storage` and `hicm_desktop.export`, which say in their own words what
failed. Raises OSError as the system does; imports none of ours.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

_HELD_FOR_A_MOMENT = frozenset({5, 32, 33})
"""Windows' numbers for access denied, a sharing violation and a lock violation."""

_PAUSES_S = (0.01, 0.03, 0.06, 0.1, 0.2, 0.3, 0.3)

_NO_FOLDER_SYNC = frozenset(
    {errno.EINVAL, errno.EBADF, errno.ENOTSUP, errno.ENOSYS, errno.EACCES, errno.EPERM}
)


@contextlib.contextmanager
def beside(target: Path, stem: str) -> Iterator[Path]:
    """Name a temporary file on the same drive as its target, and see that it is gone afterwards.

    The name begins with `stem` and is otherwise its own: the target's may already be as long as the
    disk allows.
    """
    temporary = target.parent / f"{stem}{secrets.token_hex(4)}.tmp"
    try:
        yield temporary
    finally:
        # What failed before is what the user should hear of, and not that this fails too.
        with contextlib.suppress(OSError):
            temporary.unlink()


def write_anew(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, and have its bytes reach the disk."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def set_mode(path: Path, mode: int) -> None:
    """Give a file these permissions where it has others.

    Only there: a memory stick gives all its files the same, and refuses.
    """
    if stat.S_IMODE(path.stat().st_mode) != mode:
        path.chmod(mode)


def replace(old: Path, new: Path, check: Callable[[], None] = lambda: None) -> None:
    """Rename, and where Windows says that another program holds the file, try again for a second.

    Virus scanners and the clients of shared drives open what was just written, for a moment. What
    held it may have been about to write it, so `check` is asked anew each time. What it raises ends
    the trying, unless such a hold is what it comes from.
    """
    for pause_s in _PAUSES_S:
        try:
            check()
            old.replace(new)
        except Exception as error:
            if not _is_held_for_a_moment(error):
                raise
            time.sleep(pause_s)
        else:
            return
    check()
    old.replace(new)


def sync_folder(folder: Path) -> None:
    """Have the folder's list of names reach the disk, where the system can.

    Raises OSError where the disk fails. Many shared drives do not know how to sync a folder, or
    will not let it be opened; that says nothing about the file, which is on the disk by now.
    """
    if not hasattr(os, "O_DIRECTORY"):
        return
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise


def _is_held_for_a_moment(error: Exception) -> bool:
    cause = error if isinstance(error, OSError) else error.__cause__
    return getattr(cause, "winerror", None) in _HELD_FOR_A_MOMENT
