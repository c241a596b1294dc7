"""The safe file: read whole or refused, and written so that the old one or the new one stands.

For `hicm_desktop.document` and the command line. Knows bytes and names, nothing of workshops.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NewType

from hicm_desktop import placing
from hicm_desktop.errors import FileError
from hicm_desktop.storage.codec import LIMIT_BYTES

Fingerprint = NewType("Fingerprint", str)
"""Tells one content of a file from another; BLAKE2b of its bytes, in hex."""


class ChangedOnDisk(FileError):  # noqa: N818 - read as a sentence where it is caught
    """The file on disk is not the one that was read or written last. It was left as it is."""


class GoneFromDisk(ChangedOnDisk):
    """The file read or written last is no longer there; it may come back with its drive."""


class NotConfirmed(FileError):  # noqa: N818 - as above
    """The file was written and is whole, but its drive did not confirm that it would stay.

    `fingerprint` is that of the file as it is now.
    """

    def __init__(self, message: str, fingerprint: Fingerprint) -> None:
        super().__init__(message)
        self.fingerprint = fingerprint


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
    replaces nothing. Raises ChangedOnDisk where another file stands there (GoneFromDisk where none
    does by then), and FileError where the bytes cannot be written. After either the file is as it
    was. Raises NotConfirmed where it was written but may not outlast a power cut.
    """
    try:
        target = Path(os.path.realpath(path))
        with placing.beside(target, _stem_of_temporaries(target)) as temporary:
            placing.write_anew(temporary, data)
            if expected is None:
                _name_anew(temporary, target)
            else:
                _keep_permissions(target, temporary)
                placing.replace(temporary, target, lambda: _check_unchanged(target, expected))
    except OSError as error:
        raise _failed(path, "written", error) from error
    written = fingerprint(data)
    try:
        placing.sync_folder(target.parent)
    except OSError as error:
        raise NotConfirmed(
            f"{path.name} was written, but its drive did not confirm it: {_why(error)}", written
        ) from error
    return written


def short_mark(target: Path) -> str:
    """Give a few letters that stand for a file's name in the names of files that go with it."""
    return hashlib.blake2b(os.fsencode(target.name), digest_size=6).hexdigest()


def sweep(path: Path) -> None:
    """Remove what a write of this file left beside it when the program or the power was cut off.

    For whoever holds the file's lock: the temporary file of a write under way goes too.
    """
    target = Path(os.path.realpath(path))
    with contextlib.suppress(OSError):
        for left in target.parent.glob(f"{_stem_of_temporaries(target)}*.tmp"):
            left.unlink()


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
                placing.replace(old, new)
    except OSError as error:
        raise _failed(old, "renamed", error) from error
    with contextlib.suppress(OSError):  # the file is whole under either name
        placing.sync_folder(new.parent)


def _stem_of_temporaries(target: Path) -> str:
    """Name the temporary files of one target: short, whatever its own name, and no other's."""
    return f".hicm-{short_mark(target)}-"


def _name_anew(temporary: Path, target: Path) -> None:
    """Give a finished file a name that no file has.

    A link is granted to one asker alone and shows the whole file at once. Memory sticks and some
    shared drives have none; there the name is claimed by an empty file first.
    """
    try:
        os.link(temporary, target)
    except FileExistsError as error:
        raise _taken(target) from error
    except OSError:
        with _claimed(target):
            placing.replace(temporary, target)


@contextlib.contextmanager
def _claimed(target: Path) -> Iterator[None]:
    """Hold a name that no file has yet by an empty file, which goes where what follows fails."""
    try:
        target.open("xb").close()
    except FileExistsError as error:
        raise _taken(target) from error
    try:
        yield
    except OSError:
        with contextlib.suppress(OSError):
            target.unlink()
        raise


def _taken(target: Path) -> ChangedOnDisk:
    return ChangedOnDisk(
        f"There is already a file called {target.name}. It was left as it is. Choose another name."
    )


def _keep_permissions(target: Path, temporary: Path) -> None:
    """Give the new file the permissions of the old one, and take its read-only mark for a no."""
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
    placing.set_mode(temporary, stat.S_IMODE(mode))


def _check_unchanged(target: Path, expected: Fingerprint) -> None:
    found = fingerprint_of(target)
    if found is None:
        raise GoneFromDisk(
            f"{target.name} is no longer there: it was moved, renamed or deleted by someone else, "
            "or its drive is away. Nothing was written. Save a copy under this or another name."
        )
    if found != expected:
        raise ChangedOnDisk(
            f"{target.name} was changed by someone else since it was opened here. It was left as "
            "it is. Save under another name, then compare the two."
        )


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
