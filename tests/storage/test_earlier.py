"""Earlier versions: kept within bounds, read back exact, and safe from whatever lies among them."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hicm_desktop.errors import FileError
from hicm_desktop.storage import earlier, files
from hicm_desktop.storage.earlier import Reason, Shelf, Version

ID = "0123456789abcdef0123456789abcdef"
FILE = Path("/room/Northbridge 2026-11-12.hicm")
BST = dt.timezone(dt.timedelta(hours=1))
NOON = dt.datetime(2026, 11, 21, 12, 0, 0, tzinfo=dt.UTC)
posix_only = pytest.mark.skipif(os.name != "posix", reason="links, pipes and modes of POSIX")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give the folder of all versions; it is not there yet."""
    return tmp_path / "profile" / "earlier"


def keep(
    root: Path,
    data: bytes = b"one",
    when: dt.datetime = NOON,
    reason: Reason = Reason.WORKING,
    workshop_id: str = ID,
    path: Path = FILE,
) -> Version:
    return earlier.keep(root, workshop_id, path, data, when, reason)


def contents(root: Path, workshop_id: str = ID) -> list[bytes]:
    return [earlier.read(version) for version in earlier.versions(root, workshop_id)]


def failing(error: int) -> Callable[..., NoReturn]:
    def fail(*_: object, **__: object) -> NoReturn:
        raise OSError(error, os.strerror(error))

    return fail


# Keeping


def test_what_is_kept_is_read_back_with_when_and_why(root: Path) -> None:
    kept = keep(root, b"one", NOON, Reason.OPENED)
    assert earlier.versions(root, ID) == (kept,)
    assert earlier.read(kept) == b"one"
    assert (kept.when, kept.reason, kept.size) == (NOON, Reason.OPENED, 3)
    assert kept.stem == "Northbridge 2026-11-12"
    name = "2026-11-21 12.00.00+0000 as opened - Northbridge 2026-11-12.hicm"
    assert kept.file == root / ID / name


def test_nothing_is_kept_of_an_unknown_workshop(root: Path) -> None:
    assert earlier.versions(root, ID) == ()
    assert earlier.shelf_of(root, ID) is None
    assert earlier.shelves(root) == ()
    assert earlier.shelf_of_path(root, FILE) is None
    assert not root.exists()


def test_the_newest_comes_first_by_the_moment_and_not_by_the_name(root: Path) -> None:
    """When the clocks go back, 01:30 comes before 01:10."""
    summer = dt.datetime(2026, 10, 25, 1, 30, tzinfo=BST)
    winter = dt.datetime(2026, 10, 25, 1, 10, tzinfo=dt.UTC)
    keep(root, b"summer", summer)
    keep(root, b"winter", winter)
    assert contents(root) == [b"winter", b"summer"]
    assert [v.when.hour for v in earlier.versions(root, ID)] == [1, 1]


def test_versions_of_the_same_second_are_all_kept_in_order(root: Path) -> None:
    for data in (b"1", b"2", b"3"):
        keep(root, data, NOON.replace(microsecond=int(data)))
    assert contents(root) == [b"3", b"2", b"1"]
    assert [v.number for v in earlier.versions(root, ID)] == [3, 2, 1]
    earlier.versions(root, ID)[1].file.unlink()
    keep(root, b"4")
    assert contents(root) == [b"4", b"3", b"1"], "a gap is not filled, out of turn"


def test_another_window_that_was_quicker_loses_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = files.write
    beaten: list[files.Fingerprint] = []

    def late(path: Path, data: bytes, expected: files.Fingerprint | None) -> files.Fingerprint:
        if not beaten:
            beaten.append(write(path, b"theirs", None))
        return write(path, data, expected)

    monkeypatch.setattr(files, "write", late)
    kept = keep(root, b"ours")
    assert (earlier.read(kept), kept.number) == (b"ours", 2)
    assert contents(root) == [b"ours", b"theirs"]


def test_bytes_that_the_newest_holds_are_not_written_again(root: Path) -> None:
    first = keep(root, b"same", NOON)
    later = NOON + dt.timedelta(hours=1)
    assert keep(root, b"same", later, Reason.CLOSED) == first
    assert contents(root) == [b"same"]
    (shelf,) = earlier.shelves(root)
    assert shelf.used == later, "that it was in use is known all the same"
    assert shelf.opened == ""
    keep(root, b"else", later)
    keep(root, b"same", later + dt.timedelta(hours=1))
    assert contents(root) == [b"same", b"else", b"same"]


def test_bytes_of_the_same_length_are_compared(root: Path) -> None:
    keep(root, b"abc")
    keep(root, b"abd", NOON + dt.timedelta(seconds=1))
    assert contents(root) == [b"abd", b"abc"]


def test_a_newest_that_cannot_be_read_is_not_taken_for_the_same(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(root, b"same")

    def shut(_: Version) -> NoReturn:
        raise FileError("shut")

    with monkeypatch.context() as broken:
        broken.setattr(earlier, "read", shut)
        keep(root, b"same", NOON + dt.timedelta(seconds=1))
    assert contents(root) == [b"same", b"same"]


def test_a_drive_that_confirms_nothing_has_kept_it_all_the_same(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = files.write

    def unsure(path: Path, data: bytes, expected: files.Fingerprint | None) -> NoReturn:
        raise files.NotConfirmed("not confirmed", write(path, data, expected))

    monkeypatch.setattr(files, "write", unsure)
    assert earlier.read(keep(root, b"one")) == b"one"


@pytest.mark.parametrize("step", ["mkdir", "scandir", "write"])
def test_a_failure_is_told_in_words_and_leaves_what_was_kept(
    root: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    keep(root, b"one")
    target: object = {"mkdir": Path, "scandir": os, "write": files}[step]
    if step == "write":

        def fail(*_: object) -> NoReturn:
            raise FileError("It could not be written: the disk is full.")

    else:
        fail = failing(errno.ENOSPC)
    with monkeypatch.context() as broken:
        broken.setattr(target, step, fail)
        with pytest.raises(FileError, match=r"(?i)the disk is full|no space left on device"):
            keep(root, b"two", NOON + dt.timedelta(hours=1))
    assert contents(root) == [b"one"]
    assert keep(root, b"two", NOON + dt.timedelta(hours=1)).size == 3


def test_a_file_in_place_of_the_folder_is_told(root: Path) -> None:
    root.parent.mkdir()
    root.write_bytes(b"in the way")
    with pytest.raises(FileError, match="No earlier version could be kept"):
        keep(root)
    with pytest.raises(FileError, match="could not be read"):
        earlier.shelves(root)
    with pytest.raises(FileError, match="could not be read"):
        earlier.shelf_of(root, ID)
    assert root.read_bytes() == b"in the way"


def test_a_note_that_cannot_be_written_costs_no_version(root: Path) -> None:
    (root / ID / "about.json").mkdir(parents=True)
    keep(root, b"one")
    assert contents(root) == [b"one"]
    (shelf,) = earlier.shelves(root)
    assert (shelf.name, shelf.path, shelf.used) == (FILE.name, None, NOON)


@posix_only
def test_nobody_else_may_look_into_it(root: Path) -> None:
    kept = keep(root)
    assert root.stat().st_mode & 0o077 == 0
    assert kept.file.parent.stat().st_mode & 0o077 == 0


# Hostile names


@pytest.mark.parametrize(
    "workshop_id",
    ["../..", "..", ".", "", "/", "/etc/passwd", "a/b", "a\\b", "C:x", "CON", "con", "lpt1",
     "nul.x", "x" * 10_000, "\0", "a\nb", "A", "é", "\ud800", "a.", "a ", "-", "a-",
     "_" + "0" * 32],
)  # fmt: skip
def test_no_id_leads_out_of_the_folder(root: Path, workshop_id: str) -> None:
    kept = keep(root, b"one", workshop_id=workshop_id)
    assert kept.file.parent.parent == root
    assert len(kept.file.parent.name) == 33
    assert contents(root, workshop_id) == [b"one"]
    assert len(earlier.shelves(root)) == 1
    assert [p.name for p in root.parent.iterdir()] == [root.name]


@given(ids=st.lists(st.text(max_size=70), min_size=2, max_size=2, unique=True))
def test_no_two_ids_share_a_folder_in_capitals_or_not(ids: list[str]) -> None:
    one, other = map(earlier._folder_name, ids)
    assert one.casefold() != other.casefold()
    assert earlier._is_folder_name(one)


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("CON.hicm", "_CON"),
        ("a" * 200 + ".hicm", "a" * 60),
        ("\udcff.hicm", "Workshop"),
        ("a - b - while working.hicm", "a - b - while working"),
        ("tab\tnew\nline.hicm", "tab new line"),
    ],
)
def test_names_that_no_system_takes_are_made_plain(root: Path, name: str, stem: str) -> None:
    kept = keep(root, path=Path("/room") / name)
    assert earlier.versions(root, ID) == (kept,)
    assert kept.stem == stem
    found = earlier.shelf_of_path(root, Path("/room") / name)
    assert found is not None
    assert found == earlier.shelf_of(root, ID)
    assert found.name == name.encode("utf-8", "replace").decode()


# Shelves


def test_the_shelf_used_last_comes_first_with_its_file(root: Path) -> None:
    for number, name in enumerate("abc"):
        when = NOON + dt.timedelta(days=number % 2)
        keep(root, when=when, workshop_id=name, path=Path(f"/room/{name}.hicm"))
    assert [shelf.name for shelf in earlier.shelves(root)] == ["b.hicm", "c.hicm", "a.hicm"]
    assert earlier.shelves(root)[0].path == Path("/room/b.hicm")
    found = earlier.shelf_of_path(root, Path("/room/c.hicm"))
    assert found is not None
    assert found == earlier.shelf_of(root, "c")


def test_a_copy_with_the_same_id_is_found_by_either_path(root: Path) -> None:
    copy = Path("/stick/copy.hicm")
    keep(root, b"one", NOON)
    keep(root, b"two", NOON + dt.timedelta(hours=1), path=copy)
    (shelf,) = earlier.shelves(root)
    assert shelf.path == copy
    assert earlier.shelf_of_path(root, FILE) == earlier.shelf_of_path(root, copy) == shelf
    assert earlier.shelf_of_path(root, Path("/elsewhere.hicm")) is None
    for number in range(6):
        keep(root, path=Path(f"/room/{number}.hicm"))
    assert earlier.shelf_of_path(root, FILE) is not None
    keep(root, path=Path("/room/6.hicm"))
    assert earlier.shelf_of_path(root, FILE) is None, "but not all paths for ever"


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"paths": ["\xff"], "used": "2026-11-21T12:00:00Z", "opened": ""}',
        b'{"paths": [], "used": "2026-11-21T12:00:00", "opened": ""}',
        b'{"paths": [""], "used": "2026-11-21T12:00:00Z", "opened": ""}',
        b'{"paths": ["a\\u0000"], "used": "2026-11-21T12:00:00Z", "opened": ""}',
        b'{"paths": ["a"], "used": "2026-11-21T12:00:00Z", "opened": "", "more": 1}',
        b'{"paths": "a", "used": "2026-11-21T12:00:00Z", "opened": ""}',
        b'{"paths": ["a"], "used": "2026-11-21T12:00:00Z", "opened": ""}'.rjust(64 * 1024 + 1),
        None,
    ],
)
def test_a_damaged_note_is_made_anew(root: Path, note: bytes | None) -> None:
    kept = keep(root)
    about = kept.file.parent / "about.json"
    about.unlink() if note is None else about.write_bytes(note)
    (shelf,) = earlier.shelves(root)
    assert (shelf.name, shelf.path, shelf.used) == (FILE.name, None, NOON)
    assert (shelf.versions, shelf.paths, shelf.opened) == ((kept,), (), "")
    keep(root, b"two")
    assert json.loads(about.read_bytes())["paths"] == [os.path.abspath(FILE)]  # noqa: PTH100
    assert earlier.shelf_of_path(root, FILE) is not None


def test_a_note_that_cannot_be_read_costs_no_version(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = keep(root)
    read = files.read

    def shut(path: Path) -> bytes:
        if path.name == "about.json":
            raise FileError("shut")
        return read(path)

    monkeypatch.setattr(files, "read", shut)
    (shelf,) = earlier.shelves(root)
    assert (shelf.path, shelf.versions) == (None, (kept,))


def test_a_note_without_a_path_names_the_shelf_by_its_versions(root: Path) -> None:
    kept = keep(root)
    note = {"paths": [], "used": "2026-12-01T12:00:00Z", "opened": ""}
    as_long_as_may_be = json.dumps(note).rjust(64 * 1024)
    (kept.file.parent / "about.json").write_text(as_long_as_may_be)
    (shelf,) = earlier.shelves(root)
    assert (shelf.name, shelf.path, shelf.used.month) == (FILE.name, None, 12)


def test_what_is_not_ours_is_passed_over_and_stays(root: Path) -> None:
    kept = keep(root)
    shelf, name = kept.file.parent, kept.file.name
    others = [
        root / "notes.txt",
        root / "Sessions" / "a.session",
        root / "_short" / name,
        root / "empty" / "about.json",
        shelf / "letter.hicm",
        shelf / name.replace("2026-11-21", "2026-13-41"),
        shelf / name.replace("+0000", "+9999"),
        shelf / name.replace("2026-11-21 12.00.00+0000", "0001-01-01 00.00.00+1400"),
        shelf / name.replace("while ", "while  "),
        shelf / name.replace("while working", "because"),
        shelf / name.replace("2026", "２０２６"),
        shelf / f"{name}.bak",
        shelf / "sub" / name,
    ]
    for path in others:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"foreign")
    folder = shelf / name.replace("12.00.00", "12.00.01")
    folder.mkdir()
    claimed = shelf / name.replace("12.00.00", "12.00.02")
    claimed.touch()
    for hour in range(1, 40):
        keep(root, str(hour).encode(), NOON + dt.timedelta(hours=hour))
    assert {v.when.hour for v in earlier.versions(root, ID)}
    assert b"foreign" not in contents(root)
    assert all(path.exists() for path in (*others, folder, claimed))
    assert [found.folder for found in earlier.shelves(root)] == [shelf]


@posix_only
def test_links_and_pipes_are_passed_over(root: Path, tmp_path: Path) -> None:
    kept = keep(root)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / kept.file.name).write_bytes(b"outside")
    (root / "linked").symlink_to(outside)
    (root / "pipe").touch()
    shelf = kept.file.parent
    (shelf / kept.file.name.replace("12.00.00", "12.00.01")).symlink_to(outside / kept.file.name)
    os.mkfifo(shelf / kept.file.name.replace("12.00.00", "12.00.02"))
    (shelf / "about.json").unlink()
    os.mkfifo(shelf / "about.json")
    assert [s.folder for s in earlier.shelves(root)] == [shelf]
    assert earlier.versions(root, ID) == (kept,)
    assert earlier.shelves(root)[0].path is None


def test_a_shelf_that_fails_is_passed_over(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(root)
    keep(root, workshop_id="b")
    shelf = earlier._shelf

    def fail(folder: Path) -> Shelf | None:
        if folder.name == "b":
            raise PermissionError(errno.EACCES, "denied")
        return shelf(folder)

    monkeypatch.setattr(earlier, "_shelf", fail)
    assert [s.folder.name for s in earlier.shelves(root)] == [ID]
    with pytest.raises(FileError, match="could not be read: denied"):
        earlier.versions(root, "b")


def test_a_version_that_vanished_is_told(root: Path) -> None:
    kept = keep(root)
    kept.file.unlink()
    with pytest.raises(FileError, match="could not be read"):
        earlier.read(kept)


# Bounds


def version(
    number: int, when: dt.datetime, reason: Reason = Reason.WORKING, size: int = 10
) -> Version:
    return Version(Path(f"{number}.hicm"), when, reason, "x", size)


def shelf(name: str, *versions: Version, used: dt.datetime = NOON, opened: str = "") -> Shelf:
    newest_first = tuple(sorted(versions, key=lambda v: v.when, reverse=True))
    return Shelf(Path(name), None, used, newest_first, opened=opened)


def gone(*shelves: Shelf) -> list[str]:
    """Decide for the first of these as the one in hand, with its newest just kept."""
    hand = shelves[0]
    found = earlier.surplus(shelves, hand.folder, hand.versions[0])
    assert len(set(found)) == len(found)
    return sorted((v.file.stem for v in found), key=int)


def minutes(count: int, start: int = 0, at: dt.datetime = NOON) -> list[Version]:
    """Give versions a minute apart, number 0 the newest."""
    return [version(n, at - dt.timedelta(minutes=n)) for n in range(start, start + count)]


def test_the_newest_twelve_stay() -> None:
    assert gone(shelf("a", *minutes(12))) == []
    assert gone(shelf("a", *minutes(15))) == ["12", "13", "14"]


def test_the_last_of_each_earlier_day_stays_for_twelve_more_days() -> None:
    days = [
        version(100 * day + n, NOON - dt.timedelta(days=day, minutes=n))
        for day in range(1, 15)
        for n in range(2)
    ]
    left = {"100", *(str(100 * day) for day in range(1, 13))}
    assert set(gone(shelf("a", *minutes(13), *days))) == (
        {"12"} | {v.file.stem for v in days} - left
    )


def test_a_day_whose_last_is_among_the_newest_has_no_other() -> None:
    yesterday = minutes(4, start=50, at=NOON - dt.timedelta(days=1))
    assert gone(shelf("a", *minutes(11), *yesterday)) == ["51", "52", "53"]


def test_the_day_is_that_of_the_clock_on_the_wall() -> None:
    late = dt.datetime(2026, 7, 1, 0, 30, tzinfo=BST)  # 30 June, by UTC
    versions = [version(n, late + dt.timedelta(days=2, minutes=n)) for n in range(12)]
    june = version(20, late - dt.timedelta(hours=1))
    assert gone(shelf("a", *versions, version(21, late), june)) == []


def test_the_last_one_as_opened_stays() -> None:
    opened = [version(n, NOON - dt.timedelta(minutes=n), Reason.OPENED) for n in (20, 30)]
    assert gone(shelf("a", *minutes(12), *opened)) == ["30"]


def test_the_version_that_was_there_when_it_was_opened_stays() -> None:
    assert gone(shelf("a", *minutes(15), opened="14.hicm")) == ["12", "13"]


def test_the_version_just_kept_stays_even_if_the_clock_went_back() -> None:
    hand = shelf("a", *minutes(12), version(99, NOON - dt.timedelta(hours=5)))
    assert earlier.surplus((hand,), hand.folder, hand.versions[-1]) == ()


def test_of_too_many_workshops_those_used_least_go() -> None:
    others = [
        shelf(str(n), version(n, NOON), used=NOON + dt.timedelta(days=n)) for n in range(1, 43)
    ]
    hand = shelf("hand", version(0, NOON), used=NOON - dt.timedelta(days=9))
    assert gone(hand, *others) == ["1", "2", "3"]
    huge = shelf("1", version(1, NOON, size=earlier.MOST_BYTES), used=others[0].used)
    assert gone(hand, huge, *others[1:]) == ["1", "2", "3"], "what has gone takes no room"


def test_of_too_many_bytes_those_used_least_go_oldest_first() -> None:
    most = 200 * 1024 * 1024
    third = most // 3
    old = shelf(
        "old",
        version(1, NOON, size=third),
        version(2, NOON - dt.timedelta(hours=1), size=third),
        used=NOON - dt.timedelta(days=1),
    )
    new = shelf("new", version(3, NOON, size=most - 2 * third - 1), used=NOON)
    assert gone(shelf("hand", version(0, NOON, size=1)), old, new) == []
    assert gone(shelf("hand", version(0, NOON, size=2)), old, new) == ["2"]
    assert gone(shelf("hand", version(0, NOON, size=third)), old, new) == ["2"]
    assert gone(shelf("hand", version(0, NOON, size=2 * third)), old, new) == ["1", "2"]
    assert gone(shelf("hand", version(0, NOON, size=9 * third)), old, new) == ["1", "2", "3"]


def test_the_newest_of_the_workshop_in_hand_never_goes_and_the_opened_goes_late() -> None:
    half = earlier.MOST_BYTES // 2
    versions = [version(n, NOON - dt.timedelta(hours=n), size=half) for n in range(4)]
    assert gone(shelf("hand", *versions, opened="3.hicm")) == ["1", "2"]
    huge = [msgspec.structs.replace(v, size=earlier.MOST_BYTES * 2) for v in versions]
    assert gone(shelf("hand", *huge, opened="3.hicm")) == ["1", "2", "3"]
    hand = shelf("hand", *huge)
    after_the_clock_went_back = earlier.surplus((hand,), hand.folder, huge[2])
    assert {v.file.stem for v in after_the_clock_went_back} == {"1", "3"}


def test_bounds_hold_on_the_disk(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(earlier, "MOST_SHELVES", 2)
    for number in range(40):
        when = NOON + dt.timedelta(minutes=number)
        reason = Reason.OPENED if number == 3 else Reason.WORKING
        keep(root, str(number).encode(), when, reason)
    left = [str(n).encode() for n in (*range(39, 27, -1), 3)]
    assert contents(root) == left
    for number, name in enumerate(("b", "c")):
        keep(root, when=NOON + dt.timedelta(days=number + 1), workshop_id=name)
    assert sorted(p.name for p in root.iterdir()) == ["b", "c"], "the bare folder goes with it"


def test_opening_what_was_closed_keeps_that_version_however_much_follows(root: Path) -> None:
    keep(root, b"closed", NOON, Reason.CLOSED)
    keep(root, b"closed", NOON + dt.timedelta(minutes=5), Reason.OPENED)
    for number in range(30):
        keep(root, str(number).encode(), NOON + dt.timedelta(minutes=6 + number))
    assert contents(root)[-1] == b"closed"
    assert len(contents(root)) == 13


def test_a_shelf_with_something_foreign_in_it_keeps_that(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(earlier, "MOST_SHELVES", 1)
    old = keep(root, workshop_id="a")
    (old.file.parent / "letter.txt").write_bytes(b"foreign")
    keep(root, when=NOON + dt.timedelta(hours=1), workshop_id="b")
    assert {p.name for p in old.file.parent.iterdir()} == {"letter.txt", "about.json"}


def test_what_will_not_go_stays_and_costs_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        keep(root, str(number).encode(), NOON + dt.timedelta(minutes=number))
    with monkeypatch.context() as broken:
        broken.setattr(Path, "unlink", failing(errno.EACCES))
        keep(root, b"new", NOON + dt.timedelta(hours=1))
    assert len(contents(root)) == 13
    keep(root, b"newer", NOON + dt.timedelta(hours=2))
    assert len(contents(root)) == 12


def test_what_a_write_left_when_the_power_went_is_swept_after_a_day(root: Path) -> None:
    shelf = keep(root).file.parent
    old, young = shelf / ".hicm-0123456789ab-01234567.tmp", shelf / ".hicm-a-1.tmp"
    other = shelf / ".hicm-letter.tmp"
    for path in (old, young, other):
        path.write_bytes(b"half")
        os.utime(path, (NOON.timestamp(), NOON.timestamp()))
    os.utime(young, (NOON.timestamp() + 60, NOON.timestamp() + 60))
    keep(root, b"two", NOON + dt.timedelta(days=1, minutes=1))
    assert not old.exists()
    assert young.exists()
    assert other.exists()


def test_a_folder_that_cannot_be_tidied_has_kept_its_version(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(root)

    def shut(_: Path) -> NoReturn:
        raise FileError("shut")

    monkeypatch.setattr(earlier, "shelves", shut)
    monkeypatch.setattr(Path, "iterdir", failing(errno.EACCES))
    assert earlier.read(keep(root, b"two", NOON + dt.timedelta(hours=1))) == b"two"
