"""The safe file: whatever fails, the old file stands, nothing is left beside it, and it is told."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from hicm_desktop.errors import FileError
from hicm_desktop.storage import files
from hicm_desktop.storage.codec import LIMIT_BYTES

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
    with pytest.raises(FileError, match=r"gone\.hicm could not be read: it, or its folder, is not"):
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


STEPS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "open": fail_at_open,
    "write": full_at("write"),
    "flush": full_at("flush"),
    "fsync": lambda patch: patch.setattr(os, "fsync", failing(errno.EIO)),
    "replace": lambda patch: patch.setattr(Path, "replace", failing(errno.EACCES)),
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
        with pytest.raises(FileError, match=r"Northbridge\.hicm could not be written"):
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


@posix_only
@pytest.mark.parametrize("error", [errno.EIO, errno.EINVAL])
def test_a_folder_that_will_not_sync_does_not_call_a_whole_file_unsaved(
    error: int, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def fail_for_folders(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(error, os.strerror(error))
        real(handle)

    monkeypatch.setattr(os, "fsync", fail_for_folders)
    written = files.write(target, NEW, files.fingerprint(OLD))
    assert files.fingerprint_of(target) == written
    assert_untouched(target, NEW)
    files.write(target, OLD, written)


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


# Real disks


def mounted(folder: Path, options: str) -> Iterator[Path]:
    """Mount a small disk in memory for one test, or skip it where that is not allowed."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder],  # noqa: S607 - wherever it lies
        check=False,
        capture_output=True,
        text=True,
    )
    if made.returncode != 0:
        pytest.skip(f"no small disk could be mounted: {made.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)  # noqa: S607 - as above


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


def test_renaming_a_file_to_its_own_name_leaves_it(target: Path) -> None:
    files.rename(target, target)
    assert_untouched(target)


def test_renaming_a_file_that_has_gone_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"gone\.hicm could not be renamed"):
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
