"""The safe file: whatever fails, the old file stands, nothing is left beside it, and it is told."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from hicm_desktop.errors import FileError
from hicm_desktop.storage import files
from hicm_desktop.storage.codec import LIMIT_BYTES
from tests.disks import mounted

OLD, NEW = b"what was there", b"what is to be there"
posix_only = pytest.mark.skipif(os.name != "posix", reason="file modes and links of POSIX")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Give a file that is there already, alone in its folder."""
    path = tmp_path / "Northbridge.hicm"
    path.write_bytes(OLD)
    return path


def failing(error: int) -> Callable[..., NoReturn]:
    def fail(*_: object, **__: object) -> NoReturn:
        raise OSError(error, os.strerror(error))

    return fail


# Reading


def test_a_file_is_read_whole(target: Path) -> None:
    assert files.read(target) == OLD


def test_a_missing_file_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(
        FileError, match=r"^gone\.hicm could not be read: it, or its folder, is not"
    ):
        files.read(tmp_path / "gone.hicm")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="folder or a device"):
        files.read(tmp_path)


@posix_only
def test_a_pipe_is_no_file_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileError, match="folder or a device"):
        files.read(tmp_path / "pipe")


def test_a_file_that_may_not_be_read_is_told(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "open", failing(errno.EACCES))
    with pytest.raises(FileError, match="does not allow it"):
        files.read(target)


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.hicm"
    with path.open("wb") as file:
        file.truncate(LIMIT_BYTES + 1)
    with pytest.raises(FileError, match=r"huge\.hicm is larger than 32 MB"):
        files.read(path)
    os.truncate(path, LIMIT_BYTES)
    assert len(files.read(path)) == LIMIT_BYTES


def test_the_fingerprint_of_a_file_is_that_of_its_bytes(target: Path) -> None:
    assert files.fingerprint_of(target) == files.fingerprint(OLD)
    assert files.fingerprint_of(target) != files.fingerprint(NEW)


def test_a_missing_file_has_no_fingerprint_and_a_folder_is_told(tmp_path: Path) -> None:
    assert files.fingerprint_of(tmp_path / "gone") is None
    with pytest.raises(FileError, match="there is a folder where a file should be"):
        files.fingerprint_of(tmp_path)
    root = Path(tmp_path.anchor)
    with pytest.raises(FileError) as told:
        files.fingerprint_of(root)
    assert str(told.value).startswith(f"{root} could not be read: "), "it has no name but its path"


# Writing


def test_a_new_file_is_written_and_its_fingerprint_given(tmp_path: Path) -> None:
    path = tmp_path / "new.hicm"
    assert files.write(path, NEW, None) == files.fingerprint(NEW)
    assert path.read_bytes() == NEW
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_is_replaced_where_it_is_the_one_expected(target: Path) -> None:
    written = files.write(target, NEW, files.fingerprint(OLD))
    assert files.write(target, OLD, written) == files.fingerprint(OLD)
    assert target.read_bytes() == OLD
    assert list(target.parent.iterdir()) == [target]


def test_a_new_file_never_replaces_one_that_is_there(target: Path) -> None:
    with pytest.raises(files.ChangedOnDisk, match="already a file called Northbridge"):
        files.write(target, NEW, None)
    assert_untouched(target)


def test_a_file_that_someone_else_changed_is_left_alone(target: Path) -> None:
    expected = files.fingerprint(OLD)
    target.write_bytes(b"theirs")
    with pytest.raises(files.ChangedOnDisk, match="changed by someone else"):
        files.write(target, NEW, expected)
    assert_untouched(target, b"theirs")


def test_a_file_changed_while_we_were_writing_is_left_alone(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def meanwhile(handle: int) -> None:
        target.write_bytes(b"theirs")
        real(handle)

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(files.ChangedOnDisk):
        files.write(target, NEW, files.fingerprint(OLD))
    assert_untouched(target, b"theirs")


def test_a_file_that_has_gone_is_not_made_again_unasked(target: Path) -> None:
    target.unlink()
    with pytest.raises(files.ChangedOnDisk, match="no longer there"):
        files.write(target, NEW, files.fingerprint(OLD))
    assert list(target.parent.iterdir()) == []


def test_a_folder_that_has_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="memory stick"):
        files.write(tmp_path / "gone" / "x.hicm", NEW, None)


def test_a_folder_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(FileError, match="folder or a device"):
        files.write(tmp_path / "folder", NEW, files.fingerprint(b""))
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]


def test_a_file_marked_read_only_is_left_alone(target: Path) -> None:
    target.chmod(0o444)
    with pytest.raises(FileError, match="marked read only"):
        files.write(target, NEW, files.fingerprint(OLD))
    assert_untouched(target)


@posix_only
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666])
def test_an_existing_file_keeps_its_permissions(mode: int, target: Path) -> None:
    target.chmod(mode)
    files.write(target, NEW, files.fingerprint(OLD))
    assert stat.S_IMODE(target.stat().st_mode) == mode


@posix_only
def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    files.write(tmp_path / "new.hicm", NEW, None)
    (tmp_path / "any").touch()
    assert (tmp_path / "new.hicm").stat().st_mode == (tmp_path / "any").stat().st_mode


@posix_only
def test_a_link_stays_a_link_and_its_file_is_written(target: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.hicm"
    link.symlink_to(target)
    files.write(link, NEW, files.fingerprint(OLD))
    assert link.is_symlink()
    assert target.read_bytes() == NEW


@posix_only
def test_a_link_to_itself_is_told(tmp_path: Path) -> None:
    loop = tmp_path / "loop.hicm"
    loop.symlink_to(loop)
    with pytest.raises(FileError):
        files.write(loop, NEW, None)
    with pytest.raises(FileError, match="could not be read"):
        files.read(loop)
    assert list(tmp_path.iterdir()) == [loop]


# A fault at each step


def fail_at_open(patch: pytest.MonkeyPatch) -> None:
    real = Path.open

    def fail(path: Path, mode: str = "r") -> object:
        if mode == "xb":
            raise OSError(errno.EMFILE, "Too many open files")
        return real(path, mode)

    patch.setattr(Path, "open", fail)


class _FullFile:
    """A file on a disk that is full: it fails at one of its steps."""

    def __init__(self, path: Path, step: str) -> None:
        self._file = open(path, "xb")  # noqa: PTH123, SIM115 - Path.open is what is replaced
        self._step = step

    def __enter__(self) -> _FullFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, data: bytes) -> int:
        self._file.write(data[:5])
        return self._meet("write") or len(data)

    def flush(self) -> None:
        self._file.flush()
        self._meet("flush")

    def fileno(self) -> int:
        return self._file.fileno()

    def close(self) -> None:
        self._file.close()

    def _meet(self, step: str) -> int:
        if step == self._step:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return 0


def full_at(step: str) -> Callable[[pytest.MonkeyPatch], None]:
    def fail(patch: pytest.MonkeyPatch) -> None:
        real = Path.open

        def opened(path: Path, mode: str = "r") -> object:
            return _FullFile(path, step) if path.suffix == ".tmp" else real(path, mode)

        patch.setattr(Path, "open", opened)

    return fail


def fail_at_replace(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Path, "replace", failing(errno.EACCES))
    patch.setattr(os, "link", failing(errno.EACCES))


STEPS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "open": fail_at_open,
    "write": full_at("write"),
    "flush": full_at("flush"),
    "fsync": lambda patch: patch.setattr(os, "fsync", failing(errno.EIO)),
    "replace": lambda patch: fail_at_replace(patch),
}


def assert_untouched(target: Path, content: bytes = OLD) -> None:
    assert target.read_bytes() == content
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("step", STEPS)
def test_a_fault_leaves_the_old_file_and_no_litter_and_is_told(
    step: str, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        STEPS[step](patch)
        with pytest.raises(FileError, match=r"^Northbridge\.hicm could not be written: "):
            files.write(target, NEW, files.fingerprint(OLD))
    assert_untouched(target)


@pytest.mark.parametrize("step", STEPS)
def test_a_fault_leaves_no_part_of_a_new_file(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        STEPS[step](patch)
        with pytest.raises(FileError):
            files.write(tmp_path / "new.hicm", NEW, None)
    assert list(tmp_path.iterdir()) == []
    files.write(tmp_path / "new.hicm", NEW, None)


@posix_only
def test_permissions_that_cannot_be_set_leave_the_old_file(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target.chmod(0o600)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "chmod", failing(errno.EPERM))
        with pytest.raises(FileError, match="does not allow it"):
            files.write(target, NEW, files.fingerprint(OLD))
    assert_untouched(target)


def test_a_memory_stick_that_sets_no_permissions_is_written_to(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "chmod", failing(errno.EPERM))
    files.write(target, NEW, files.fingerprint(OLD))
    assert_untouched(target, NEW)


def fail_for_folders(patch: pytest.MonkeyPatch, error: int) -> None:
    real = os.fsync

    def sync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(error, os.strerror(error))
        real(handle)

    patch.setattr(os, "fsync", sync)


@posix_only
@pytest.mark.parametrize(
    "error",
    [errno.EINVAL, errno.EBADF, errno.ENOTSUP, errno.ENOSYS, errno.EACCES, errno.EPERM],
)
def test_a_drive_that_cannot_sync_folders_is_written_to(
    error: int, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_for_folders(monkeypatch, error)
    written = files.write(target, NEW, files.fingerprint(OLD))
    assert files.fingerprint_of(target) == written
    assert_untouched(target, NEW)


@posix_only
@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC])
def test_a_folder_that_fails_to_sync_is_told_and_the_new_file_is_whole(
    error: int, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        fail_for_folders(patch, error)
        with pytest.raises(
            files.NotConfirmed, match=r"^Northbridge\.hicm was written, but its drive did not"
        ) as told:
            files.write(target, NEW, files.fingerprint(OLD))
    assert_untouched(target, NEW)
    assert told.value.fingerprint == files.fingerprint(NEW)
    files.write(target, OLD, told.value.fingerprint)


@posix_only
def test_a_folder_that_cannot_be_opened_to_sync_does_not_call_a_whole_file_unsaved(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", failing(errno.EACCES))
        files.write(target, NEW, files.fingerprint(OLD))
    assert_untouched(target, NEW)


@posix_only
def test_syncing_folders_leaves_none_of_them_open(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = os.dup(0)
    os.close(before)
    files.write(target, NEW, files.fingerprint(OLD))
    with monkeypatch.context() as patch:
        fail_for_folders(patch, errno.EIO)
        with pytest.raises(files.NotConfirmed):
            files.write(target, OLD, files.fingerprint(NEW))
    after = os.dup(0)
    os.close(after)
    assert after == before, "the lowest free number is the same"


@posix_only
def test_the_bytes_are_synced_before_the_name_and_the_folder_after(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    real_sync, real_replace = os.fsync, Path.replace

    def sync(handle: int) -> None:
        seen.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        real_sync(handle)

    def replace(path: Path, to: Path) -> Path:
        seen.append("replace")
        assert path.read_bytes() == NEW
        return real_replace(path, to)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    files.write(target, NEW, files.fingerprint(OLD))
    assert seen == ["file", "replace", "folder"]


@posix_only
def test_a_new_name_is_synced(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, seen = os.fsync, []

    def sync(handle: int) -> None:
        seen.append(os.fstat(handle).st_ino)
        real(handle)

    monkeypatch.setattr(os, "fsync", sync)
    folder = target.parent / "folder"
    folder.mkdir()
    files.rename(target, folder / "new.hicm")
    assert seen == [folder.stat().st_ino]


def test_a_system_that_cannot_sync_folders_writes_all_the_same(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "O_DIRECTORY", raising=False)
    files.write(target, NEW, files.fingerprint(OLD))
    assert target.read_bytes() == NEW


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "your share of the disk"),
        (errno.EROFS, "can only be read"),
        (errno.ENAMETOOLONG, "too long"),
        (errno.EIO, "Input/output error. Try another folder"),
    ],
)
def test_each_fault_is_told_in_words_that_say_what_to_do(
    error: int, words: str, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", failing(error))
    with pytest.raises(FileError, match=words):
        files.write(target, NEW, files.fingerprint(OLD))


# A new file where links are, and where they are not


def test_a_new_file_is_whole_from_the_moment_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, seen = os.link, []

    def link(old: Path, new: Path) -> None:
        real(old, new)
        seen.append(Path(new).read_bytes())

    monkeypatch.setattr(os, "link", link)
    files.write(tmp_path / "new.hicm", NEW, None)
    assert seen == [NEW]
    assert (tmp_path / "new.hicm").stat().st_nlink == 1


def test_where_there_are_no_links_a_new_file_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", failing(errno.EPERM))
    path = tmp_path / "new.hicm"
    assert files.write(path, NEW, None) == files.fingerprint(NEW)
    assert_untouched(path, NEW)


def test_where_there_are_no_links_a_new_file_still_replaces_none(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", failing(errno.EPERM))
    with pytest.raises(files.ChangedOnDisk, match="already a file called Northbridge"):
        files.write(target, NEW, None)
    assert_untouched(target)


def test_what_failed_first_is_told_where_taking_a_claimed_name_back_fails_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", failing(errno.EPERM))
    monkeypatch.setattr(Path, "replace", failing(errno.ENOSPC))
    monkeypatch.setattr(Path, "unlink", failing(errno.EIO))
    with pytest.raises(FileError, match="the disk is full"):
        files.write(tmp_path / "new.hicm", NEW, None)


# A moment's hold of Windows


def held(winerror: int) -> OSError:
    error = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    setattr(error, "winerror", winerror)  # noqa: B010 - an attribute that Windows alone gives it
    return error


class Holder:
    """Another program that holds a file for some tries, as Windows tells of it."""

    def __init__(self, patch: pytest.MonkeyPatch, winerror: int, times: int) -> None:
        self.pauses: list[float] = []
        self.tries = 0
        real = Path.replace

        def replace(old: Path, new: Path) -> Path:
            self.tries += 1
            if self.tries <= times:
                raise held(winerror)
            return real(old, new)

        patch.setattr(Path, "replace", replace)
        patch.setattr("hicm_desktop.placing.time.sleep", self.pauses.append)


@pytest.mark.parametrize("winerror", [5, 32, 33])
@pytest.mark.parametrize("times", [1, 7])
def test_a_file_held_for_a_moment_is_written_once_it_is_let_go(
    winerror: int, times: int, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = Holder(monkeypatch, winerror, times)
    files.write(target, NEW, files.fingerprint(OLD))
    assert_untouched(target, NEW)
    assert holder.tries == times + 1
    assert len(holder.pauses) == times


def test_a_file_held_for_longer_is_told_after_a_second(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        holder = Holder(patch, 32, 100)
        with pytest.raises(FileError, match="another program holds it open"):
            files.write(target, NEW, files.fingerprint(OLD))
    assert_untouched(target)
    assert holder.tries == 8
    assert sum(holder.pauses) == pytest.approx(1.0)
    assert holder.pauses == sorted(holder.pauses)


def test_another_fault_of_a_rename_is_not_tried_again(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        holder = Holder(patch, 112, 100)  # the disk is full
        with pytest.raises(FileError):
            files.write(target, NEW, files.fingerprint(OLD))
    assert (holder.tries, holder.pauses) == (1, [])
    assert_untouched(target)


@pytest.mark.parametrize("tries", [1, 7])
def test_a_file_that_was_changed_while_it_was_held_is_left_alone(
    tries: int, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        holder = Holder(patch, 32, tries)

        def theirs(pause_s: float) -> None:
            holder.pauses.append(pause_s)
            if len(holder.pauses) == tries:
                target.write_bytes(b"theirs")

        patch.setattr("hicm_desktop.placing.time.sleep", theirs)
        with pytest.raises(files.ChangedOnDisk):
            files.write(target, NEW, files.fingerprint(OLD))
    assert_untouched(target, b"theirs")


def test_a_file_that_cannot_even_be_read_for_a_moment_is_waited_for(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open
    tries: list[str] = []

    def opened(path: Path, mode: str = "r") -> object:
        if path == target and len(tries) < 2:
            tries.append(mode)
            raise held(32)
        return real(path, mode)

    monkeypatch.setattr(Path, "open", opened)
    files.write(target, NEW, files.fingerprint(OLD))
    assert tries == ["rb", "rb"]
    assert target.read_bytes() == NEW


def test_a_file_held_while_it_is_renamed_is_waited_for(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = Holder(monkeypatch, 32, 2)
    files.rename(target, target.with_name("new.hicm"))
    assert holder.tries == 3
    assert_untouched(target.with_name("new.hicm"))


# What a sudden end leaves


def left_by_a_sudden_end(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", failing(errno.EIO))
        patch.setattr(Path, "replace", failing(errno.EIO))
        with pytest.raises(FileError, match="could not be written"):
            files.write(target, NEW, files.fingerprint(OLD))


def test_what_a_sudden_end_left_of_a_file_is_swept_and_nothing_else(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = target.with_name("Southbridge.hicm")
    other.write_bytes(OLD)
    for path in (target, target, other):
        left_by_a_sudden_end(path, monkeypatch)
    assert len(list(target.parent.iterdir())) == 5
    (target.parent / "mine.tmp").touch()
    files.sweep(target)
    left = [path for path in target.parent.iterdir() if path.name.startswith(".hicm-")]
    assert len(left) == 1, "that of the other file may be a write under way"
    files.sweep(other)
    names = sorted(path.name for path in target.parent.iterdir())
    assert names == ["Northbridge.hicm", "Southbridge.hicm", "mine.tmp"]


def test_a_sweep_that_fails_is_let_be(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left_by_a_sudden_end(target, monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", failing(errno.EACCES))
        files.sweep(target)
    assert len(list(target.parent.iterdir())) == 2
    files.sweep(target)
    assert_untouched(target)


@posix_only
def test_a_sweep_goes_to_where_a_link_leads(
    target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "desk").mkdir()
    link = tmp_path / "desk" / "other name.hicm"
    link.symlink_to(target)
    left_by_a_sudden_end(link, monkeypatch)
    files.sweep(link)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["Northbridge.hicm", "desk"]


def test_a_temporary_file_has_a_short_name_however_long_its_target_is(tmp_path: Path) -> None:
    files.write(tmp_path / ("x" * 250 + ".hicm"), NEW, None)


# Real disks


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a real disk of 64 KB."""
    yield from mounted(tmp_path, "size=64k")


@pytest.fixture
def read_only_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a real disk that can only be read."""
    yield from mounted(tmp_path, "size=64k,ro")


def test_a_disk_that_is_really_full_leaves_the_old_file(small_disk: Path) -> None:
    target = small_disk / "Northbridge.hicm"
    target.write_bytes(OLD)
    with pytest.raises(FileError, match="the disk is full"):
        files.write(target, b"x" * 200_000, files.fingerprint(OLD))
    assert_untouched(target)
    files.write(target, NEW, files.fingerprint(OLD))
    assert_untouched(target, NEW)


def test_a_disk_that_can_only_be_read_is_told(read_only_disk: Path) -> None:
    with pytest.raises(FileError, match="the drive can only be read"):
        files.write(read_only_disk / "new.hicm", NEW, None)


# Renaming


def test_a_file_is_renamed(target: Path) -> None:
    new = target.with_name("Southbridge.hicm")
    files.rename(target, new)
    assert_untouched(new)


def test_renaming_never_replaces_another_file(target: Path) -> None:
    other = target.with_name("other.hicm")
    other.write_bytes(b"theirs")
    with pytest.raises(files.ChangedOnDisk, match=r"already a file called other\.hicm"):
        files.rename(target, other)
    assert (target.read_bytes(), other.read_bytes()) == (OLD, b"theirs")


@posix_only
def test_a_rename_whose_folder_does_not_sync_has_happened_all_the_same(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = target.with_name("Southbridge.hicm")
    fail_for_folders(monkeypatch, errno.EIO)
    files.rename(target, new)
    assert_untouched(new)


@posix_only
def test_a_name_that_only_changes_its_capitals_is_changed(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where both names are of one file: a second link to it is the same here."""
    other = target.with_name("NORTHBRIDGE.hicm")
    os.link(target, other)
    asked: list[tuple[Path, Path]] = []
    monkeypatch.setattr(Path, "replace", lambda old, new: asked.append((old, new)))
    files.rename(target, other)
    assert asked == [(target, other)]
    assert other.read_bytes() == OLD


def test_renaming_a_file_to_its_own_name_leaves_it(target: Path) -> None:
    files.rename(target, target)
    assert_untouched(target)


def test_renaming_a_file_that_has_gone_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"^gone\.hicm could not be renamed: "):
        files.rename(tmp_path / "gone.hicm", tmp_path / "new.hicm")
    assert list(tmp_path.iterdir()) == []


def test_a_fault_in_renaming_leaves_the_file_under_its_name(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", failing(errno.EXDEV))
        with pytest.raises(FileError, match="could not be renamed"):
            files.rename(target, target.with_name("new.hicm"))
    assert_untouched(target)
