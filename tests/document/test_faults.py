"""A fault at each step of a save, through a real document: nothing recorded is ever in no file."""

from __future__ import annotations

import contextlib
import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from hicm_desktop.document.document import Document
from hicm_desktop.document.library import Library
from hicm_desktop.document.profile import Profile
from hicm_desktop.document.saving import NotSaved, Saved
from hicm_desktop.model.values import Model
from hicm_desktop.storage import codec, lock
from hicm_desktop.storage.recovery import Kept
from hicm_desktop.workshop.edits import AgreeLevel, RowField, WriteRow
from hicm_desktop.workshop.values import Workshop

from .conftest import Time, copies, names

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it looks into /proc")

ROW = "planned"
OnDisk = Callable[[Path], Workshop]


class Disk:
    """The disk under one workshop's file, and which of its steps fails. All else goes well."""

    def __init__(self, patch: pytest.MonkeyPatch, path: Path) -> None:
        self.step = ""
        self.met = 0
        self._path = path
        self._patch = patch
        self._lock = lock.lock_path(path)
        self._wrap_open()
        self._wrap_sync()
        self._wrap_naming()
        self._wrap_making()

    @contextlib.contextmanager
    def failing(self, step: str) -> Iterator[None]:
        """Have one step fail for as long as this lasts, and see that it was come to."""
        self.step, self.met = step, 0
        yield
        self.step = ""
        assert self.met, f"no save came to {step}"

    def meet(self, step: str, error: int) -> None:
        if step == self.step:
            self.met += 1
            raise OSError(error, os.strerror(error))

    def _wrap_open(self) -> None:
        real = Path.open

        def opened(path: Path, mode: str = "r") -> object:
            if path == self._lock:
                self.meet("lock: reading", errno.EIO)
            if path.parent != self._path.parent or mode != "xb":
                return real(path, mode)
            # A lock's temporary file differs from the workshop's only by whom it is for.
            if is_for(path, self._lock):
                self.meet("lock: writing", errno.ENOSPC)
            elif is_for(path, self._path):
                self.meet("open", errno.EMFILE)
                if self.step in ("write", "flush"):
                    return _Full(path, self)
            return real(path, mode)

        self._patch.setattr(Path, "open", opened)

    def _wrap_sync(self) -> None:
        real = os.fsync

        def sync(handle: int) -> None:
            synced = Path(os.readlink(f"/proc/self/fd/{handle}"))  # noqa: PTH115 - no real path
            if is_for(synced, self._path):
                self.meet("fsync", errno.EIO)
            if synced == self._path.parent:
                self.meet("folder: fsync", errno.EIO)
            real(handle)

        self._patch.setattr(os, "fsync", sync)

    def _wrap_naming(self) -> None:
        real_replace, real_link = Path.replace, os.link

        def name(new: Path) -> None:
            if new == self._path:
                self.meet("replace", errno.EACCES)
            if new == self._lock:
                self.meet("lock: replace", errno.EACCES)

        def replace(old: Path, new: Path) -> Path:
            name(new)
            return real_replace(old, new)

        def link(old: Path, new: Path) -> None:
            name(new)
            real_link(old, new)

        self._patch.setattr(Path, "replace", replace)
        self._patch.setattr(os, "link", link)

    def _wrap_making(self) -> None:
        real = Path.mkdir

        def mkdir(path: Path, mode: int = 0o777, **how: bool) -> None:
            if path == self._path.parent:
                self.meet("folder: making", errno.EACCES)
            real(path, mode, **how)

        self._patch.setattr(Path, "mkdir", mkdir)


def is_for(temporary: Path, target: Path) -> bool:
    from hicm_desktop.storage.files import _stem_of_temporaries  # noqa: PLC0415 - for tests alone

    is_beside = temporary.parent == target.parent
    return is_beside and temporary.name.startswith(_stem_of_temporaries(target))


class _Full:
    """A file on a disk that fills while it is written."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self._file = open(path, "xb")  # noqa: PTH123, SIM115 - Path.open is what is replaced
        self._disk = disk

    def __enter__(self) -> _Full:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, data: bytes) -> int:
        self._file.write(data[:5])
        self._disk.meet("write", errno.ENOSPC)
        return len(data)

    def flush(self) -> None:
        self._disk.meet("flush", errno.ENOSPC)

    def fileno(self) -> int:
        return self._file.fileno()


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch, drive: Path) -> Disk:
    return Disk(monkeypatch, drive / "room.hicm")


def reason_of(document: Document) -> str:
    """Give why a document's file does not hold everything; empty where it does."""
    state = document.save_state
    return state.reason if isinstance(state, NotSaved) else ""


class Witness:
    """What a document told of its file and of its copies, and what is true of them."""

    def __init__(self, document: Document, profile: Profile, on_disk: OnDisk) -> None:
        self.document, self.profile = document, profile
        self.told: list[object] = []
        self._on_disk = on_disk
        document.save_state_changed.connect(self.told.append)

    def sees_a_fault(self, qtbot: QtBot) -> None:
        """Record twice more while saving fails, and see that all is dirty, told once, and kept."""
        document = self.document
        document.apply(AgreeLevel(ROW, "mature"))
        qtbot.waitUntil(lambda: isinstance(document.save_state, NotSaved))
        for text in ("One", "One more"):
            document.apply(WriteRow(ROW, RowField.NOTE, text))
            state = document.flush()
            assert isinstance(state, NotSaved)
            assert state.reason
            assert state.reason.endswith(".")
            assert not state.is_theirs
            self.sees_a_copy()
        tellings = [state for state in self.told if isinstance(state, NotSaved)]
        assert len(tellings) == 1, "told once"

    def sees_a_copy(self) -> None:
        """See that a copy for recovery holds the newest workshop, and where it belongs."""
        kept = self.document.rescue
        assert isinstance(kept, Kept)
        assert kept.path == self.document.path
        assert self._on_disk(kept.file) == self.document.workshop
        assert len(copies(self.profile)) == 2, "the copy, and the note of where it belongs"

    def sees_all_well(self) -> None:
        """Record once more, and see that all is in the file, and that Undo and Redo work."""
        document = self.document
        document.apply(AgreeLevel(ROW, "exemplary"))
        self._is_saved()
        assert isinstance(self.told[-1], Saved)
        newest = document.workshop
        for _ in document.history.past:
            document.undo()
        assert document.workshop.row(ROW).level is None
        assert not document.workshop.row(ROW).note
        self._is_saved()
        while document.history.future:
            document.redo()
        assert document.workshop == newest
        self._is_saved()

    def _is_saved(self) -> None:
        assert isinstance(self.document.flush(), Saved)
        assert self._on_disk(self.document.path) == self.document.workshop
        assert self.document.rescue is None
        assert copies(self.profile) == []


@pytest.fixture
def witness(opened: Document, profile: Profile, on_disk: OnDisk) -> Witness:
    return Witness(opened, profile, on_disk)


FILE_STEPS = ("open", "write", "flush", "fsync", "replace")
LOCK_STEPS = ("lock: reading", "lock: writing", "lock: replace")


@pytest.mark.parametrize("step", [*FILE_STEPS, *LOCK_STEPS])
def test_a_fault_at_any_step_leaves_the_old_file_and_loses_nothing(
    step: str, disk: Disk, witness: Witness, room: Path, time: Time, qtbot: QtBot
) -> None:
    old, beside = room.read_bytes(), names(room.parent)
    time.wait(lock.BEAT)  # the lock, too, is to be written
    with disk.failing(step):
        witness.sees_a_fault(qtbot)
        assert room.read_bytes() == old
        assert names(room.parent) == beside, "no litter"
    witness.sees_all_well()
    witness.document.close()
    assert names(room.parent) == [room.name]


def test_a_folder_that_does_not_sync_has_the_new_file_whole_and_calls_it_not_saved(
    disk: Disk, witness: Witness, room: Path, on_disk: OnDisk, qtbot: QtBot
) -> None:
    beside = names(room.parent)
    with disk.failing("folder: fsync"):
        witness.sees_a_fault(qtbot)
        assert on_disk(room) == witness.document.workshop
        assert names(room.parent) == beside
    witness.sees_all_well()
    witness.document.close()
    assert names(room.parent) == [room.name]


@pytest.mark.parametrize("step", [*FILE_STEPS, *LOCK_STEPS, "folder: making"])
def test_a_fault_at_any_step_of_a_first_save_loses_nothing_and_makes_no_part_of_a_file(
    step: str, disk: Disk, library: Library, drive: Path, on_disk: OnDisk, qtbot: QtBot
) -> None:
    document = library.blank()
    document.rename(drive / "room.hicm")
    assert library.profile is not None
    witness = Witness(document, library.profile, on_disk)
    with disk.failing(step):
        witness.sees_a_fault(qtbot)
        assert [name for name in names(drive) if not name.endswith(".lock")] == []
    witness.sees_all_well()
    assert document.path == drive / "room.hicm"
    document.close()
    assert names(drive) == ["room.hicm"]


@pytest.mark.parametrize("step", ["lock: reading", "lock: writing", "lock: replace"])
def test_a_sign_of_life_that_fails_is_let_be(
    step: str, disk: Disk, opened: Document, room: Path, time: Time, qtbot: QtBot
) -> None:
    time.wait(lock.BEAT)
    with disk.failing(step):
        opened._saving._give_sign()
        qtbot.waitUntil(lambda: not opened._saving._writer.busy)
    assert isinstance(opened.save_state, Saved)
    opened._saving._give_sign()
    qtbot.waitUntil(lambda: not opened._saving._writer.busy)
    opened.close()
    assert names(room.parent) == [room.name]


# Real things


def test_a_disk_that_is_really_full_loses_nothing_and_is_written_once_there_is_room(
    small_disk: Path,
    library: Library,
    profile: Profile,
    model: Model,
    blank: Workshop,
    on_disk: OnDisk,
    qtbot: QtBot,
) -> None:
    room, filler = small_disk / "room.hicm", small_disk / "filler"
    room.write_bytes(codec.encode(blank, model))
    document = library.open(room).document
    witness = Witness(document, profile, on_disk)
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 512)
    old, beside = room.read_bytes(), names(small_disk)
    witness.sees_a_fault(qtbot)
    assert "the disk is full" in reason_of(document)
    assert (room.read_bytes(), names(small_disk)) == (old, beside)
    filler.unlink()
    witness.sees_all_well()
    document.close()
    assert names(small_disk) == ["room.hicm"]


def test_a_drive_that_comes_to_be_read_only_loses_nothing(
    small_disk: Path,
    library: Library,
    profile: Profile,
    model: Model,
    blank: Workshop,
    on_disk: OnDisk,
    qtbot: QtBot,
) -> None:
    room = small_disk / "room.hicm"
    room.write_bytes(codec.encode(blank, model))
    document = library.open(room).document
    witness = Witness(document, profile, on_disk)

    def remount(mode: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{mode}", small_disk], check=True)  # noqa: S607 - fixed words

    old, beside = room.read_bytes(), names(small_disk)
    remount("ro")
    witness.sees_a_fault(qtbot)
    assert (room.read_bytes(), names(small_disk)) == (old, beside)
    remount("rw")
    witness.sees_all_well()
    document.close()
    assert names(small_disk) == ["room.hicm"]


def test_a_folder_that_vanishes_and_comes_back_loses_nothing(
    witness: Witness, room: Path, drive: Path, qtbot: QtBot
) -> None:
    old, away = room.read_bytes(), drive.with_name("away")
    drive.rename(away)
    witness.sees_a_fault(qtbot)
    assert not drive.exists(), "a folder is not made where a drive was"
    assert (away / "room.hicm").read_bytes() == old
    away.rename(drive)
    witness.sees_all_well()
    witness.document.close()
    assert names(drive) == ["room.hicm"]


def test_a_file_that_is_deleted_and_put_back_loses_nothing(
    witness: Witness, room: Path, drive: Path, qtbot: QtBot
) -> None:
    old = room.read_bytes()
    room.unlink()
    witness.sees_a_fault(qtbot)
    assert not room.exists()
    room.write_bytes(old)
    witness.sees_all_well()
    witness.document.close()
    assert names(drive) == ["room.hicm"]


def test_a_file_that_comes_to_be_marked_read_only_loses_nothing(
    witness: Witness, room: Path, drive: Path, qtbot: QtBot
) -> None:
    old, beside = room.read_bytes(), names(drive)
    room.chmod(0o444)
    witness.sees_a_fault(qtbot)
    assert (room.read_bytes(), names(drive)) == (old, beside)
    room.chmod(0o644)
    witness.sees_all_well()
    witness.document.close()
    assert names(drive) == ["room.hicm"]


def test_a_failed_save_is_tried_again_by_itself_and_the_copy_goes(
    disk: Disk, witness: Witness, profile: Profile, qtbot: QtBot
) -> None:
    document = witness.document
    document._saving._retry.setInterval(30)
    with disk.failing("fsync"):
        witness.sees_a_fault(qtbot)
    qtbot.waitUntil(lambda: isinstance(document.save_state, Saved))
    qtbot.waitUntil(lambda: copies(profile) == [])
