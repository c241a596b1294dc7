"""The safe file: read whole or refused, and written so that the old one or the new one stands.

For `hicm_desktop.document` and the command line. Knows bytes and names, nothing of workshops.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NewType

from hicm_desktop.errors import FileError
from hicm_desktop.storage.codec import LIMIT_BYTES

Fingerprint = NewType("Fingerprint", str)
"""Tells one content of a file from another; BLAKE2b of its bytes, in hex."""


class ChangedOnDisk(FileError):  # noqa: N818 - read as a sentence where it is caught
    """The file on disk is not the one that was read or written last. It was left as it is."""


def fingerprint(data: bytes) -> Fingerprint:
    """Give the fingerprint of a file that holds these bytes."""
    return Fingerprint(hashlib.blake2b(data).hexdigest())


def fingerprint_of(path: Path) -> Fingerprint | None:
    """Give the fingerprint of a file as it is now, or None where there is none.

    Raises FileError where it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return Fingerprint(hashlib.file_digest(file, hashlib.blake2b).hexdigest())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _failed(path, "read", error) from error


def read(path: Path) -> bytes:
    """Read a file whole. Raises FileError where it is missing, shut, no file, or too large."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise FileError(f"{path.name} is a folder or a device, not a file. Choose a file.")
        with path.open("rb") as file:
            data = file.read(LIMIT_BYTES + 1)
    except OSError as error:
        raise _failed(path, "read", error) from error
    if len(data) > LIMIT_BYTES:
        raise FileError(
            f"{path.name} is larger than {LIMIT_BYTES // 1024**2} MB, so it is not a workshop that "
            "this program wrote. It was not read, and nothing was changed."
        )
    return data


def write(path: Path, data: bytes, expected: Fingerprint | None) -> Fingerprint:
    """Put these bytes in a file, all or none, and give the file's fingerprint.

    `expected` is the fingerprint of the file that may be replaced; None makes a new file and
    replaces nothing. Raises ChangedOnDisk where another file stands there (or, by then, none), and
    FileError where the bytes cannot be written. After either the file is as it was.
    """
    try:
        target = Path(os.path.realpath(path))
        with _temporary_beside(target) as temporary:
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if expected is None:
                with _claimed(target):
                    temporary.replace(target)
            else:
                _keep_permissions(target, temporary)
                _check_unchanged(target, expected)
                temporary.replace(target)
    except OSError as error:
        raise _failed(path, "written", error) from error
    _sync_folder(target.parent)
    return fingerprint(data)


def rename(old: Path, new: Path) -> None:
    """Give a file another name or place on the same drive.

    Raises ChangedOnDisk where a file of the new name is there already, and FileError where it
    cannot be done. After either both files are as they were.
    """
    try:
        if new.exists() and new.samefile(old):  # only its capitals change, on Windows or macOS
            old.replace(new)
        else:
            old.lstat()
            with _claimed(new):
                old.replace(new)
    except OSError as error:
        raise _failed(old, "renamed", error) from error
    _sync_folder(new.parent)


@contextlib.contextmanager
def _temporary_beside(target: Path) -> Iterator[Path]:
    """Name a temporary file on the same drive as its target, and see that it is gone afterwards."""
    temporary = target.parent / f".hicm-{secrets.token_hex(8)}.tmp"
    try:
        yield temporary
    finally:
        # What failed before is what the user should hear of, and not that this fails too.
        with contextlib.suppress(OSError):
            temporary.unlink()


@contextlib.contextmanager
def _claimed(target: Path) -> Iterator[None]:
    """Hold a name that no file has yet; the claim goes where what follows fails.

    An empty file is the one claim that every file system grants to one asker alone: shared drives
    and memory sticks often have no hard links.
    """
    try:
        target.open("xb").close()
    except FileExistsError as error:
        raise ChangedOnDisk(
            f"There is already a file called {target.name}. It was left as it is. Choose another "
            "name."
        ) from error
    try:
        yield
    except OSError:
        with contextlib.suppress(OSError):
            target.unlink()
        raise


def _keep_permissions(target: Path, temporary: Path) -> None:
    """Give the new file the permissions of the old one, and take its read-only mark for a no.

    They are set only where they differ: a memory stick gives all its files the same, and refuses.
    """
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        raise FileError(f"{target.name} is a folder or a device, not a file. Choose another name.")
    if not mode & stat.S_IWUSR:
        raise FileError(
            f"{target.name} is marked read only, so it was left as it is. Take the mark away, or "
            "save under another name."
        )
    if temporary.stat().st_mode != mode:
        temporary.chmod(stat.S_IMODE(mode))


def _check_unchanged(target: Path, expected: Fingerprint) -> None:
    found = fingerprint_of(target)
    if found is None:
        raise ChangedOnDisk(
            f"{target.name} is no longer there: it was moved, renamed or deleted by someone else. "
            "Nothing was written. Save under this or another name."
        )
    if found != expected:
        raise ChangedOnDisk(
            f"{target.name} was changed by someone else since it was opened here. It was left as "
            "it is. Save under another name, then compare the two."
        )


def _sync_folder(folder: Path) -> None:
    """Have the folder's list of names reach the disk, where the system can.

    A failure is passed over. The file itself is on the disk by now, and whichever name survives a
    power cut is whole; to report it unsaved would be untrue, and the next save would then take it
    for a stranger's.
    """
    if not hasattr(os, "O_DIRECTORY"):
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _failed(path: Path, done: str, error: OSError) -> FileError:
    name = path.name or str(path)
    return FileError(f"{name} could not be {done}: {_why(error)}")


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "it, or its folder, is not there. Check that the drive or memory stick is connected."
    if isinstance(error, PermissionError):
        return (
            "this computer does not allow it, or another program holds it open. Close the other "
            "program, or use another folder."
        )
    if isinstance(error, IsADirectoryError | NotADirectoryError):
        return "there is a folder where a file should be, or a file where a folder should be."
    by_number = {
        errno.ENOSPC: "the disk is full. Make room, or use another drive.",
        errno.EDQUOT: "your share of the disk is used up. Make room, or use another drive.",
        errno.EROFS: "the drive can only be read. Use another folder or drive.",
        errno.ENAMETOOLONG: "its name is too long. Use a shorter one.",
    }
    return by_number.get(error.errno or 0, f"{error.strerror or error}. Try another folder.")
