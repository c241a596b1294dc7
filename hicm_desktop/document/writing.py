"""What the saving thread does: lock a workshop's file, write it, and say where things are by then.

For `hicm_desktop.document` only. No Qt: nothing here may touch an object of the window's.
"""

from __future__ import annotations

import contextlib
import re
import shutil
from pathlib import Path

import msgspec

from hicm_desktop.document.profile import Profile
from hicm_desktop.errors import FileError
from hicm_desktop.model.values import Model
from hicm_desktop.storage import codec, files, lock, names
from hicm_desktop.workshop.values import Workshop

_NUMBERED = re.compile(r" \(\d+\)$")


class Place(msgspec.Struct, frozen=True):
    """A workshop's file as it was left: its path, its fingerprint, and our lock on it.

    `on_disk` is None where there is no file yet, and `hold` where there is no lock.
    """

    path: Path
    on_disk: files.Fingerprint | None = None
    hold: lock.Hold | None = None


class Done(msgspec.Struct, frozen=True):
    """What came of a save: where things are, and why it failed, if it did.

    `workshop` is None where there was nothing to write, only a lock to keep. `fault` is what nobody
    expected, for whoever mends the program; `room` how many more bytes the drive takes.
    """

    place: Place
    workshop: Workshop | None
    data: bytes = b""
    failure: FileError | None = None
    fault: Exception | None = None
    room: int | None = None


def write(model: Model, workshop: Workshop, place: Place, profile: Profile | None) -> Done:
    """Save a workshop. Whatever happens, where things are by then comes back."""
    try:
        data = codec.encode(workshop, model)
        if place.on_disk is None:
            make_folder(place.path.parent)
            place = _free(place, profile)
        else:
            place = locked(place, profile)
        on_disk = files.write(place.path, data, place.on_disk)
    except files.NotConfirmed as error:
        place = msgspec.structs.replace(place, on_disk=error.fingerprint)
        return Done(place, workshop, failure=error)
    except FileError as error:
        return Done(place, workshop, failure=error)
    except Exception as error:
        told = FileError(
            f"{place.path.name} could not be written, for a reason this program does not know "
            f"({type(error).__name__}). Save a copy under another name."
        )
        return Done(place, workshop, failure=told, fault=error)
    room = None
    with contextlib.suppress(OSError):
        room = shutil.disk_usage(place.path.parent).free
    return Done(msgspec.structs.replace(place, on_disk=on_disk), workshop, data, room=room)


def _free(place: Place, profile: Profile | None) -> Place:
    """Lock a name that no file has: a second window may have been given the same, and come first.

    Raises FileError.
    """
    stem = _NUMBERED.sub("", place.path.stem)
    tried: list[Path] = []
    while True:
        with contextlib.suppress(lock.Held):
            place = locked(place, profile)
            try:
                is_free = files.fingerprint_of(place.path) is None
            except FileError:
                release(place.hold)
                raise
            if is_free:
                return place
        release(place.hold)
        tried.append(place.path)
        place = Place(names.free_path(place.path.parent, stem, tried))


def locked(place: Place, profile: Profile | None) -> Place:
    """See that the lock on a file is ours. Raises Held and FileError."""
    if place.hold is not None:
        return msgspec.structs.replace(place, hold=lock.keep(place.hold))
    if profile is None:
        return place
    taken = lock.take(place.path, profile.me, profile.is_alive)
    files.sweep(place.path)
    return msgspec.structs.replace(place, hold=taken.hold)


def keep_lock(place: Place) -> Done:
    """Give a sign of life. One that fails is told with the next save, if there is one."""
    with contextlib.suppress(FileError):
        place = locked(place, None)
    return Done(place, None)


def let_go(place: Place, hold: lock.Hold) -> Done:
    """Give the lock of a file back that is closed; `place` is how things are then."""
    lock.release(hold)
    return Done(place, None)


def release(hold: lock.Hold | None) -> None:
    """Give a lock back, where there is one."""
    if hold is not None:
        lock.release(hold)


def make_folder(folder: Path) -> None:
    """Make the folder of a new workshop. Raises FileError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(
            f"The folder {folder} could not be made: {error.strerror}. Choose another with "
            "File, Workshop folder, or save a copy where your organisation has set that folder."
        ) from error
