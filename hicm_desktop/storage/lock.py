"""Who has a workshop open: a small file beside it that names them.

For `hicm_desktop.document`. It keeps two people from recording in one file unawares; it does not
guard the file, which is never overwritten where its fingerprint is not the one expected. So a lock
may be wrong, on a drive that went away or a laptop that slept, and nothing is lost by it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
import os
import platform
from collections.abc import Callable
from pathlib import Path

import msgspec

from hicm_desktop.errors import FileError
from hicm_desktop.storage import files
from hicm_desktop.workshop.dates import moment_words

BEAT = dt.timedelta(minutes=1)
"""How often whoever has a workshop open gives a sign of life in its lock."""

GIVEN_UP = dt.timedelta(minutes=15)
"""After this long without a sign of life another computer's lock counts as left behind."""

_MOST_BYTES = 4096


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """Someone who has a workshop open: at which machine, in which run of the program, since when.

    `seen` is the last sign of life. Both times have their time zone.
    """

    machine: str
    user: str
    session: str
    since: dt.datetime
    seen: dt.datetime

    @property
    def words(self) -> str:
        """Who it is, in words: "Ann Lee on WARD-7, since 09:14 on 21 November 2026"."""
        return f"{_plain(self.user)} on {_plain(self.machine)}, since {moment_words(self.since)}"

    def is_same_place(self, other: Holder) -> bool:
        """Whether both are the same user at the same machine."""
        return (self.machine, self.user) == (other.machine, other.user)


class Held(FileError):  # noqa: N818 - read as a sentence where it is caught
    """Someone else has the workshop open. `holder` says who."""

    def __init__(self, message: str, holder: Holder) -> None:
        super().__init__(message)
        self.holder = holder


class Hold(msgspec.Struct, frozen=True):
    """Our lock on one file, as it was written last."""

    path: Path
    mine: Holder
    mark: files.Fingerprint


class Taken(msgspec.Struct, frozen=True):
    """A lock that was taken; `left_by` is whoever had left one behind, if anybody had.

    `was_damaged` where one was left that does not say whose it was.
    """

    hold: Hold
    left_by: Holder | None = None
    was_damaged: bool = False


def here(session: str) -> Holder:
    """Name this user at this machine, in the run of the program with this token."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # an account without a name, as in some managed sessions
        user = "someone"
    now = _now()
    return Holder(
        machine=platform.node() or "this computer", user=user, session=session, since=now, seen=now
    )


def lock_path(path: Path) -> Path:
    """Give the file beside a workshop's file that says who has it open."""
    target = Path(os.path.realpath(path))
    return target.parent / f".~{target.stem[:24]}-{files.short_mark(target)}.lock"


def take(path: Path, me: Holder, is_alive: Callable[[str], bool]) -> Taken:
    """Take the lock on a workshop's file.

    `is_alive` tells of a run of this user's program at this machine, by its token. Raises Held
    where someone has it open, and FileError where no lock can be written.
    """
    now = _now()
    mine = msgspec.structs.replace(me, since=now, seen=now)
    found, mark = _found(path)
    if mark is None:
        return Taken(_put(path, mine, None))
    if found is not None and not _is_left_behind(found, me, is_alive, now):
        raise Held(_held(path, found, me), found)
    return Taken(_put(path, mine, mark), found, was_damaged=found is None)


def keep(hold: Hold) -> Hold:
    """See that a lock is still ours, and give a sign of life when one is due.

    One that has vanished or is damaged is made again. Raises Held where someone took it over, and
    FileError where the drive does not answer.
    """
    found, mark = _found(hold.path)
    if found is not None and mark != hold.mark:
        raise Held(
            f"{hold.path.name} was opened by {_plain(found.user)} on {_plain(found.machine)} while "
            "this computer was away. Nothing was written over their work. Save a copy, then "
            "compare the two.",
            found,
        )
    now = _now()
    if mark == hold.mark and now - hold.mine.seen < BEAT:
        return hold
    return _put(hold.path, msgspec.structs.replace(hold.mine, seen=now), mark)


def release(hold: Hold) -> None:
    """Give a lock back. One that is no longer ours, or out of reach, is left."""
    with contextlib.suppress(FileError, OSError):
        if files.fingerprint_of(lock_path(hold.path)) == hold.mark:
            lock_path(hold.path).unlink()


def _found(path: Path) -> tuple[Holder | None, files.Fingerprint | None]:
    """Read a lock: who it names, None where it cannot be read for certain, and its fingerprint."""
    place = lock_path(path)
    try:
        with place.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        return None, None
    except OSError as error:
        raise FileError(
            f"Who else has {path.name} open could not be seen: {error.strerror}. Check that the "
            "drive or memory stick is connected."
        ) from error
    if len(data) > _MOST_BYTES:
        return None, files.fingerprint_of(place)
    return _holder(data), files.fingerprint(data)


def _holder(data: bytes) -> Holder | None:
    """Read whom a lock names; None where it is damaged, or its times cannot be told here."""
    try:
        holder = msgspec.json.decode(data, type=Holder)
        for time in (holder.since, holder.seen):
            time.astimezone()
    except (msgspec.DecodeError, ValueError, OverflowError, OSError):
        return None
    has_zones = holder.since.tzinfo is not None and holder.seen.tzinfo is not None
    return holder if has_zones else None


def _is_left_behind(
    found: Holder, me: Holder, is_alive: Callable[[str], bool], now: dt.datetime
) -> bool:
    if found.is_same_place(me):
        return not is_alive(found.session)
    return abs(now - found.seen) > GIVEN_UP  # a clock that is years ahead must not hold for years


def _put(path: Path, mine: Holder, mark: files.Fingerprint | None) -> Hold:
    data = msgspec.json.encode(mine)
    place = lock_path(path)
    try:
        return Hold(path, mine, files.write(place, data, mark))
    except files.NotConfirmed as error:  # a lock need not outlast a power cut
        return Hold(path, mine, error.fingerprint)
    except files.ChangedOnDisk as error:
        found, _ = _found(path)
        them = found or mine
        raise Held(_held(path, them, mine), them) from error
    except FileError as error:
        words = str(error).replace(place.name, path.name, 1)
        raise FileError(words) from error


def _held(path: Path, found: Holder, me: Holder) -> str:
    if found.is_same_place(me):
        return f"{path.name} is open already, in another window of this program on this computer."
    return f"{path.name} is open elsewhere: {found.words}."


def _plain(text: str) -> str:
    """Write a name from a file for a message: short, of one line, and nothing that turns it."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(shown.split())[:60] or "someone"


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
