"""Copies for recovery: whole, with where they belong, and gone without a trace once not needed."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path
from typing import NoReturn

import pytest

from hicm_desktop import placing
from hicm_desktop.errors import FileError
from hicm_desktop.storage import files, recovery
from hicm_desktop.storage.recovery import Belongs

RUN, OTHER = "a" * 16, "b" * 16
BASE = files.fingerprint(b"what the file held")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "profile" / "recovery"


def folder_of(root: Path, run: str = RUN, number: int = 1) -> Path:
    return root / f"{run}-{number:08x}"


def belongs(path: str = "/drive/Northbridge.hicm") -> Belongs:
    return Belongs(path, BASE)


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def nobody(_: str) -> bool:
    return False


def test_a_copy_is_a_plain_file_with_a_note_of_where_it_belongs(root: Path) -> None:
    folder = folder_of(root)
    kept = recovery.keep(folder, b"one", belongs())
    assert kept.file == folder / "Northbridge.hicm"
    assert kept.file.read_bytes() == b"one"
    assert kept.belongs == belongs()
    assert kept.path == Path("/drive/Northbridge.hicm")
    assert names(folder) == ["Northbridge.hicm", "about.json"]


def test_what_is_said_of_a_copy_is_not_changed_by_whoever_holds_it(root: Path) -> None:
    kept = recovery.keep(folder_of(root), b"one", belongs())
    for value, name in ((kept, "file"), (kept.belongs, "base")):
        with pytest.raises(AttributeError):
            setattr(value, name, None)


def test_a_later_copy_takes_the_place_of_an_earlier_one(root: Path) -> None:
    folder = folder_of(root)
    recovery.keep(folder, b"one", belongs())
    later = Belongs("/drive/Northbridge.hicm", None)
    kept = recovery.keep(folder, b"two", later)
    assert kept.file.read_bytes() == b"two"
    assert [found.belongs for found in recovery.left_behind(root, nobody)] == [later]
    assert names(folder) == ["Northbridge.hicm", "about.json"]


def test_a_copy_follows_its_file_to_another_name(root: Path) -> None:
    folder = folder_of(root)
    recovery.keep(folder, b"one", belongs())
    recovery.keep(folder, b"two", belongs("/drive/Southbridge.hicm"))
    assert names(folder) == ["Southbridge.hicm", "about.json"]


@pytest.mark.parametrize(
    "path",
    ["/drive/" + "ŷ" * 127 + ".hicm", "/drive/nul.hicm", "/drive/a:b*c?.hicm", "/drive/ . .hicm"],
)
def test_a_copy_of_any_file_can_be_kept(path: str, root: Path) -> None:
    kept = recovery.keep(folder_of(root), b"one", belongs(path))
    (found,) = recovery.left_behind(root, nobody)
    assert (found.file, found.path) == (kept.file, Path(path))


def test_a_path_that_is_no_text_is_kept_without_its_odd_letters(root: Path) -> None:
    recovery.keep(folder_of(root), b"one", belongs("/drive/caf\udce9.hicm"))
    (found,) = recovery.left_behind(root, nobody)
    assert found.path == Path("/drive/caf?.hicm")
    assert found.file.read_bytes() == b"one"


def test_a_dropped_copy_leaves_nothing(root: Path) -> None:
    kept = recovery.keep(folder_of(root), b"one", belongs())
    (kept.file.parent / ".hicm-left.tmp").write_bytes(b"of a sudden end")
    recovery.drop(kept)
    assert names(root) == []
    recovery.drop(kept)
    kept = recovery.keep(folder_of(root), b"one", belongs())
    kept.file.unlink()
    recovery.drop(kept)
    assert names(root) == [], "nor where the copy itself has gone already"


def test_a_dropped_copy_leaves_another_of_the_same_folder_with_its_note(root: Path) -> None:
    """A sudden end while a copy followed its file to another name leaves two."""
    kept = recovery.keep(folder_of(root), b"one", belongs())
    (kept.file.parent / "Older.hicm").write_bytes(b"older")
    recovery.drop(kept)
    (found,) = recovery.left_behind(root, nobody)
    assert (found.file.name, found.belongs) == ("Older.hicm", belongs())


def fail(*_: object, **__: object) -> NoReturn:
    raise OSError(errno.EACCES, os.strerror(errno.EACCES))


def test_what_cannot_be_dropped_is_offered_once_more(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(root)
    recovery.keep(folder, b"one", belongs())
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", fail)
        kept = recovery.keep(folder, b"two", belongs("/drive/other.hicm"))
        recovery.drop(kept)
        recovery.clear(folder)
    assert len(recovery.left_behind(root, nobody)) == 2
    recovery.clear(folder)
    assert names(root) == []


def test_a_profile_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "profile").write_bytes(b"")
    with pytest.raises(FileError, match=r"could not be made: "):
        recovery.keep(tmp_path / "profile" / "recovery", b"one", belongs())


def test_a_drive_that_does_not_confirm_keeps_the_copy_all_the_same(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "sync_folder", fail)
    kept = recovery.keep(folder_of(root), b"one", belongs())
    assert kept.file.read_bytes() == b"one"
    assert [found.belongs for found in recovery.left_behind(root, nobody)] == [belongs()]


@pytest.mark.parametrize("written", [0, 1])
def test_a_copy_cut_off_halfway_never_claims_to_go_on_from_a_newer_file(
    written: int, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, newer = folder_of(root), files.fingerprint(b"newer")
    recovery.keep(folder, b"one", belongs())
    real = files.write
    done: list[Path] = []

    def cut_off(path: Path, data: bytes, expected: files.Fingerprint | None) -> files.Fingerprint:
        if len(done) == written:
            raise FileError("The power went.")
        done.append(path)
        return real(path, data, expected)

    with monkeypatch.context() as patch:
        patch.setattr(files, "write", cut_off)
        with pytest.raises(FileError):
            recovery.keep(folder, b"two", Belongs("/drive/Northbridge.hicm", newer))
    (found,) = recovery.left_behind(root, nobody)
    assert found.file.read_bytes() == (b"one", b"two")[written]
    assert found.belongs.base == BASE


# What runs left behind


def test_copies_of_runs_that_go_on_are_theirs(root: Path) -> None:
    recovery.keep(folder_of(root, RUN), b"one", belongs())
    other = recovery.keep(folder_of(root, OTHER), b"two", belongs())
    asked: list[str] = []

    def is_alive(token: str) -> bool:
        asked.append(token)
        return token == RUN

    found = recovery.left_behind(root, is_alive)
    assert [kept.file for kept in found] == [other.file]
    assert sorted(asked) == [RUN, OTHER]


def test_copies_are_given_newest_first_with_the_time_they_were_written(root: Path) -> None:
    now = time.time()
    for number, age in enumerate((50, 10, 90)):
        kept = recovery.keep(folder_of(root, number=number), b"x", belongs(f"/drive/{age}.hicm"))
        os.utime(kept.file, (now - age, now - age))
    found = recovery.left_behind(root, nobody)
    assert [kept.path.stem for kept in found] == ["10", "50", "90"]
    assert [round(now - kept.at.timestamp()) for kept in found] == [10, 50, 90]
    assert all(kept.at.tzinfo is not None for kept in found)


def test_a_copy_knows_when_it_was_kept(root: Path) -> None:
    kept = recovery.keep(folder_of(root), b"x", belongs())
    (found,) = recovery.left_behind(root, nobody)
    assert abs((kept.at - found.at).total_seconds()) < 10
    assert kept.at.tzinfo is not None


@pytest.mark.parametrize(
    "note",
    [
        None,
        b"",
        b"\xff",
        b"{}",
        b'{"path": 7, "base": null}',
        b'{"path": "/drive/\xff.hicm", "base": null}',
        b'{"path": "/drive/a\\u0000b.hicm", "base": null}',
    ],
)
def test_a_copy_without_a_note_to_read_has_no_file_of_its_own(
    note: bytes | None, root: Path
) -> None:
    kept = recovery.keep(folder_of(root), b"one", belongs())
    about = kept.file.with_name("about.json")
    about.unlink()
    if note is not None:
        about.write_bytes(note)
    (found,) = recovery.left_behind(root, nobody)
    assert (found.file, found.belongs) == (kept.file, Belongs("Northbridge.hicm", None))
    assert not found.path.is_absolute()


def test_whatever_else_lies_there_is_passed_over(root: Path) -> None:
    recovery.keep(folder_of(root), b"one", belongs())
    recovery.keep(root / "my own copies", b"x", belongs())
    recovery.keep(root / f"{RUN}-{RUN}", b"x", belongs())
    folder_of(root, number=2).mkdir()
    folder_of(root, number=3).write_bytes(b"a file")
    (root / "letter.hicm").write_bytes(b"x")
    (folder_of(root) / "notes.txt").write_bytes(b"x")
    assert len(recovery.left_behind(root, nobody)) == 1


def test_a_profile_without_copies_has_none(root: Path) -> None:
    assert recovery.left_behind(root, nobody) == ()


def test_a_copy_that_goes_while_it_is_looked_at_is_passed_over(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = recovery.keep(folder_of(root), b"one", belongs())
    other = recovery.keep(folder_of(root, number=2), b"two", belongs())
    real = Path.stat

    def stat(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path == gone.file:
            fail()
        return real(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", stat)
    assert [kept.file for kept in recovery.left_behind(root, nobody)] == [other.file]
