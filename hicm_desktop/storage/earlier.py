"""Earlier versions of workshops, kept in the local profile within a bound.

For `hicm_desktop.document` and `hicm_desktop.ui`. Each workshop has a folder, its shelf: plain
workshop files, which any copy of the program opens, whose names say when and why each was kept, and
a note about where the workshop lies. What else lies there is passed over and left alone. Ids and
names come from files that anybody may have made, so none of them becomes a path as it is.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import enum
import hashlib
import itertools
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from hicm_desktop.errors import FileError
from hicm_desktop.storage import files
from hicm_desktop.storage.names import SUFFIX, safe_name

NEWEST = 12
"""How many of a workshop's newest versions are kept, however close they lie together."""

DAYS = 12
"""For how many days before those the last version of the day is kept."""

MOST_BYTES = 200 * 1024 * 1024
"""The most that all versions of all workshops take together."""

MOST_SHELVES = 40
"""The most workshops that versions are kept of."""

_ABOUT = "about.json"
_MOST_PATHS = 8
_MOST_ABOUT = 64 * 1024
_MOST_STEM = 60
_A_DAY = dt.timedelta(days=1)
_PLAIN_ID = re.compile(r"[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?")
_HASHED_ID = re.compile(r"_[0-9a-f]{32}")
_TEMPORARY = re.compile(r"\.hicm-[0-9a-f-]+\.tmp")


class Reason(enum.Enum):
    """Why a version was kept, in the words that its file's name bears."""

    OPENED = "as opened"
    WORKING = "while working"
    CLOSED = "when closed"
    THEIRS = "before theirs was taken"


_NAME = re.compile(
    r"(?P<day>20\d\d-\d\d-\d\d) (?P<hour>\d\d)\.(?P<minute>\d\d)\.(?P<second>\d\d)"
    r"(?P<offset>[+-]\d{4})(?: \((?P<number>[1-9]\d{0,3})\))?"
    rf" (?P<reason>{'|'.join(reason.value for reason in Reason)}) - (?P<stem>.+){SUFFIX}",
    re.ASCII,
)


class Version(msgspec.Struct, frozen=True):
    """One earlier version: its file, when it was kept and why, and how many bytes it has.

    `stem` is the name that the workshop's own file had, as far as every system takes it. `number`
    parts versions of the same second.
    """

    file: Path
    when: dt.datetime
    reason: Reason
    stem: str
    size: int
    number: int = 1


class Shelf(msgspec.Struct, frozen=True):
    """The versions of one workshop, newest first, and where its own file was last.

    `path` is None where that is not known. `used` is when it was last opened, saved or closed.
    `opened` names the version that holds the file as it was last opened, if it is still here.
    """

    folder: Path
    path: Path | None
    used: dt.datetime
    versions: tuple[Version, ...]
    paths: tuple[str, ...] = ()
    opened: str = ""

    @property
    def name(self) -> str:
        """The name of the workshop's own file."""
        return self.path.name if self.path is not None else f"{self.versions[0].stem}{SUFFIX}"


class _About(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a shelf says of itself: its file's paths, the last one first."""

    paths: tuple[str, ...]
    used: dt.datetime
    opened: str


def keep(
    root: Path, workshop_id: str, path: Path, data: bytes, when: dt.datetime, reason: Reason
) -> Version:
    """Keep these bytes of a workshop's file, and tidy; gives the version that holds them.

    `when` has its time zone. Bytes that the newest version holds are not written again. Raises
    FileError where they cannot be kept; what was kept before is as it was.
    """
    folder = root / _folder_name(workshop_id)
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        before = _shelf(folder)
    except OSError as error:
        raise FileError(
            f"No earlier version could be kept: {error.strerror}. The workshop’s own file is not "
            "touched by this."
        ) from error
    versions = before.versions if before is not None else ()
    kept = _same(versions[:1], data) or _write(folder, path, data, when, reason, versions)
    opened = kept.file.name if reason is Reason.OPENED else before.opened if before else ""
    paths = _with_path(before.paths if before is not None else (), path)
    about = _About(paths, when, opened)
    with contextlib.suppress(FileError):  # it is made anew from the names of the versions
        note = folder / _ABOUT
        files.write(note, msgspec.json.encode(about), files.fingerprint_of(note))
    _tidy(root, folder, kept, when)
    return kept


def versions(root: Path, workshop_id: str) -> tuple[Version, ...]:
    """Give the versions of a workshop, newest first. Raises FileError where it cannot be told."""
    shelf = shelf_of(root, workshop_id)
    return shelf.versions if shelf is not None else ()


def shelf_of(root: Path, workshop_id: str) -> Shelf | None:
    """Give the shelf of a workshop, or None. Raises FileError where it cannot be told."""
    try:
        return _shelf(root / _folder_name(workshop_id))
    except OSError as error:
        raise _unreadable(error) from error


def shelves(root: Path) -> tuple[Shelf, ...]:
    """Give all shelves, the one used last first; one that cannot be read is passed over.

    Raises FileError where the folder of all of them cannot be read.
    """
    try:
        with os.scandir(root) as entries:
            folders = [Path(entry.path) for entry in entries if _is_folder_name(entry.name)]
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise _unreadable(error) from error
    found = []
    for folder in folders:
        with contextlib.suppress(OSError):
            if (shelf := _shelf(folder)) is not None:
                found.append(shelf)
    return tuple(sorted(found, key=lambda shelf: (shelf.used, shelf.folder.name), reverse=True))


def shelf_of_path(root: Path, path: Path) -> Shelf | None:
    """Give the shelf of the workshop that lay in this file, used last, or None.

    For a file that is too damaged to tell its workshop's id. Raises FileError.
    """
    sought = os.path.normcase(_written(path))
    for shelf in shelves(root):
        if sought in map(os.path.normcase, shelf.paths):
            return shelf
    return None


def read(version: Version) -> bytes:
    """Give the bytes of a version. Raises FileError."""
    return files.read(version.file)


def surplus(shelves: Sequence[Shelf], in_hand: Path, kept: Version) -> tuple[Version, ...]:
    """Decide which versions go so that all bounds hold: those used least first.

    `in_hand` is the folder of the shelf in use and `kept` the version just kept there; that and the
    newest of the shelf never go. A decision only: nothing is touched.
    """
    gone: list[Version] = []
    left: list[tuple[Shelf, list[Version]]] = []
    for shelf in sorted(shelves, key=lambda s: (s.folder == in_hand, s.used, s.folder.name)):
        staying = _staying(shelf, kept)
        gone += [version for version in shelf.versions if version not in staying]
        left.append((shelf, [version for version in shelf.versions if version in staying]))
    for _, versions in left[: max(0, len(left) - MOST_SHELVES)]:
        gone += versions
        versions.clear()
    size = sum(version.size for _, versions in left for version in versions)
    for shelf, versions in left:
        never = {kept, *versions[:1]} if shelf.folder == in_hand else set()
        # The oldest first, and what was opened after the others.
        for version in sorted(versions, key=lambda v: (v.file.name == shelf.opened, v.when)):
            if size > MOST_BYTES and version not in never:
                gone.append(version)
                size -= version.size
    return tuple(gone)


def _staying(shelf: Shelf, kept: Version) -> set[Version]:
    """Give what one shelf keeps: the newest, the last of earlier days, and the last opened."""
    staying = {kept, *shelf.versions[:NEWEST]}
    staying.update(itertools.islice((v for v in shelf.versions if v.reason is Reason.OPENED), 1))
    staying.update(v for v in shelf.versions if v.file.name == shelf.opened)
    last_of_day: dict[dt.date, Version] = {}
    for version in shelf.versions:
        last_of_day.setdefault(version.when.date(), version)
    earlier = (v for v in last_of_day.values() if v not in shelf.versions[:NEWEST])
    staying.update(itertools.islice(earlier, DAYS))
    return staying


def _tidy(root: Path, folder: Path, kept: Version, when: dt.datetime) -> None:
    """Remove what is too much, as far as it lets itself be removed."""
    with contextlib.suppress(FileError):
        for version in surplus(shelves(root), folder, kept):
            with contextlib.suppress(OSError):
                version.file.unlink()
                _remove_if_bare(version.file.parent)
    with contextlib.suppress(OSError):
        for path in list(folder.iterdir()):
            if _TEMPORARY.fullmatch(path.name) and stat.S_ISREG(path.lstat().st_mode):
                age = when.timestamp() - path.lstat().st_mtime
                if age > _A_DAY.total_seconds():  # a write that was cut off
                    path.unlink()


def _remove_if_bare(folder: Path) -> None:
    """Remove a shelf that has nothing left but its note."""
    if [path.name for path in folder.iterdir()] == [_ABOUT]:
        (folder / _ABOUT).unlink()
        folder.rmdir()


def _same(newest: tuple[Version, ...], data: bytes) -> Version | None:
    """Give the newest version if it holds these bytes; one that cannot be read does not."""
    for version in newest:
        with contextlib.suppress(FileError):
            if version.size == len(data) and read(version) == data:
                return version
    return None


def _write(
    folder: Path,
    path: Path,
    data: bytes,
    when: dt.datetime,
    reason: Reason,
    versions: Iterable[Version],
) -> Version:
    when = when.replace(microsecond=0)
    stem = safe_name(safe_name(path.stem)[:_MOST_STEM])
    number = 1 + max((v.number for v in versions if v.when == when), default=0)
    while True:
        which = f" ({number})" if number > 1 else ""
        moment = f"{when:%Y-%m-%d %H.%M.%S%z}"
        file = folder / f"{moment}{which} {reason.value} - {stem}{SUFFIX}"
        try:
            files.write(file, data, None)
        except files.NotConfirmed:
            pass  # it is there, and a newer one will follow
        except files.ChangedOnDisk:  # another window of the program was quicker
            number += 1
            continue
        return Version(file, when, reason, stem, len(data), number)


def _shelf(folder: Path) -> Shelf | None:
    """Read a shelf; None where there is no version in it. Raises OSError where it is shut."""
    try:
        if not stat.S_ISDIR(folder.lstat().st_mode):  # a link may lead anywhere
            return None
        with os.scandir(folder) as entries:
            found = [version for entry in entries for version in _version(entry)]
    except FileNotFoundError:
        return None
    if not found:
        return None
    found.sort(key=lambda version: (version.when, version.number, version.file.name), reverse=True)
    about = _about(folder)
    if about is None:
        return Shelf(folder, None, found[0].when, tuple(found))
    path = Path(about.paths[0]) if about.paths else None
    return Shelf(folder, path, about.used, tuple(found), about.paths, about.opened)


def _version(entry: os.DirEntry[str]) -> Iterator[Version]:
    """Give the version that a file of a shelf is, if its name is one of ours.

    An empty one is a name that was claimed by a write which was then cut off.
    """
    named = _NAME.fullmatch(entry.name)
    if named is None:
        return
    parts = named.groupdict()
    clock = f"{parts['hour']}:{parts['minute']}:{parts['second']}{parts['offset']}"
    with contextlib.suppress(ValueError, OSError):
        when = dt.datetime.fromisoformat(f"{parts['day']} {clock}")
        about = entry.stat(follow_symlinks=False)
        if stat.S_ISREG(about.st_mode) and about.st_size:
            yield Version(
                Path(entry.path),
                when,
                Reason(parts["reason"]),
                parts["stem"],
                about.st_size,
                int(parts["number"] or 1),
            )


def _about(folder: Path) -> _About | None:
    """Read what a shelf says of itself; None where that is missing, damaged or not ours."""
    try:
        note = folder / _ABOUT
        found = note.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > _MOST_ABOUT:
            return None
        about = msgspec.json.decode(files.read(note), type=_About)
    except (OSError, FileError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    if about.used.tzinfo is None or any("\0" in path or not path for path in about.paths):
        return None
    return about


def _with_path(paths: Sequence[str], path: Path) -> tuple[str, ...]:
    """Put a path before those that are known already: a copy of a file bears the same id."""
    last = _written(path)
    return (last, *(p for p in paths if p != last))[:_MOST_PATHS]


def _written(path: Path) -> str:
    """Write a path as a text that JSON can hold, whatever bytes its names are made of."""
    return os.fspath(path.absolute()).encode("utf-8", "replace").decode("utf-8")


def _folder_name(workshop_id: str) -> str:
    """Give the name of a workshop's folder: its id, or where that could be harm, its mark."""
    if _PLAIN_ID.fullmatch(workshop_id) and safe_name(workshop_id) == workshop_id:
        return workshop_id
    data = workshop_id.encode("utf-8", "surrogatepass")
    return f"_{hashlib.blake2b(data, digest_size=16).hexdigest()}"


def _is_folder_name(name: str) -> bool:
    return _HASHED_ID.fullmatch(name) is not None or _folder_name(name) == name


def _unreadable(error: OSError) -> FileError:
    return FileError(f"The earlier versions could not be read: {error.strerror}.")
