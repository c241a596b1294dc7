"""The lock: who has a workshop open, told truly, and never a reason to lose anything."""

from __future__ import annotations

import datetime as dt
import errno
import getpass
import hashlib
import os
import platform
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import msgspec
import pytest

from hicm_desktop import placing
from hicm_desktop.errors import FileError
from hicm_desktop.storage import files, lock
from hicm_desktop.storage.lock import Held, Holder

EPOCH = dt.datetime(2026, 11, 21, 9, 14, tzinfo=dt.UTC)


class Time:
    """The time as the lock is told it."""

    def __init__(self) -> None:
        self.now = EPOCH

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    time = Time()
    monkeypatch.setattr(lock, "_now", time)
    return time


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "Northbridge.hicm"
    path.write_bytes(b"{}")
    return path


def someone(user: str = "ann", machine: str = "WARD-7", session: str = "a" * 16) -> Holder:
    return Holder(machine=machine, user=user, session=session, since=EPOCH, seen=EPOCH)


QUARTER, MINUTE = dt.timedelta(minutes=15), dt.timedelta(minutes=1)
ANN, BOB = someone(), someone("bob", "LAPTOP-2", "b" * 16)


def alive(_: str) -> bool:
    return True


def dead(_: str) -> bool:
    return False


def holder_in(path: Path) -> Holder:
    return msgspec.json.decode(lock.lock_path(path).read_bytes(), type=Holder)


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


# Taking and giving back


@pytest.mark.usefixtures("time")
def test_a_lock_says_who_at_which_machine_and_since_when(path: Path) -> None:
    taken = lock.take(path, someone(), dead)
    assert (taken.left_by, taken.was_damaged) == (None, False)
    assert holder_in(path) == ANN
    assert taken.hold.mine == ANN


def test_a_lock_is_of_the_moment_it_is_taken_and_not_of_the_start(path: Path, time: Time) -> None:
    time.now += dt.timedelta(hours=3)
    lock.take(path, ANN, dead)
    assert holder_in(path).since == holder_in(path).seen == time.now


@pytest.mark.usefixtures("time")
def test_a_lock_given_back_leaves_nothing(path: Path) -> None:
    lock.release(lock.take(path, ANN, dead).hold)
    assert names(path.parent) == [path.name]


@pytest.mark.usefixtures("time")
def test_someone_elsewhere_is_told_who_has_it_and_since_when(path: Path) -> None:
    lock.take(path, ANN, dead)
    before = lock.lock_path(path).read_bytes()
    with pytest.raises(Held) as told:
        lock.take(path, BOB, dead)
    assert str(told.value) == f"Northbridge.hicm is open elsewhere: {ANN.words}."
    assert ANN.words.startswith("ann on WARD-7, since ")
    assert told.value.holder == ANN
    assert lock.lock_path(path).read_bytes() == before


@pytest.mark.usefixtures("time")
def test_the_same_user_is_told_of_another_window(path: Path) -> None:
    lock.take(path, ANN, dead)
    with pytest.raises(Held, match="open already, in another window of this program"):
        lock.take(path, someone(session="c" * 16), alive)


@pytest.mark.parametrize("other", [someone("eve"), someone(machine="WARD-8")])
@pytest.mark.usefixtures("time")
def test_another_user_or_another_machine_is_somebody_else(path: Path, other: Holder) -> None:
    lock.take(path, ANN, dead)
    with pytest.raises(Held, match="open elsewhere: ann on WARD-7"):
        lock.take(path, other, dead)


@pytest.mark.usefixtures("time")
def test_each_file_has_a_lock_of_its_own_beside_it(tmp_path: Path) -> None:
    stems = ["Northbridge", "northbridge", "x" * 200, "x" * 200 + "y", "Tŷ Gwyn [1]*"]
    places = [lock.lock_path(tmp_path / f"{stem}.hicm") for stem in stems]
    assert len(set(places)) == len(stems)
    for stem, place in zip(stems, places, strict=True):
        lock.take(tmp_path / f"{stem}.hicm", ANN, dead)
        assert place.exists()
        assert place.parent == tmp_path
        assert place.name.startswith(f".~{stem[:24]}-")
        assert place.suffix == ".lock"


def test_every_version_of_the_program_looks_for_a_lock_at_the_same_place(tmp_path: Path) -> None:
    mark = hashlib.blake2b(b"Northbridge.hicm", digest_size=6).hexdigest()
    place = lock.lock_path(tmp_path / "Northbridge.hicm")
    assert place == tmp_path / f".~Northbridge-{mark}.lock"


@pytest.mark.skipif(os.name != "posix", reason="links of POSIX")
@pytest.mark.usefixtures("time")
def test_a_link_to_a_file_is_locked_with_the_file(path: Path, tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    link = tmp_path / "desk" / "mine.hicm"
    link.symlink_to(path)
    lock.take(link, ANN, dead)
    with pytest.raises(Held):
        lock.take(path, BOB, dead)
    assert names(link.parent) == ["mine.hicm"]


# What was left behind


@pytest.mark.usefixtures("time")
def test_what_an_ended_run_of_ours_left_is_taken_over_at_once(path: Path) -> None:
    lock.take(path, ANN, dead)
    asked: list[str] = []

    def is_alive(session: str) -> bool:
        asked.append(session)
        return False

    again = someone(session="c" * 16)
    taken = lock.take(path, again, is_alive)
    assert taken.left_by == ANN
    assert asked == [ANN.session]
    assert holder_in(path) == again


@pytest.mark.parametrize(
    ("away", "is_left"),
    [
        (QUARTER, False),
        (QUARTER + dt.timedelta(seconds=1), True),
        (dt.timedelta(days=400), True),
        (-QUARTER, False),
        (-QUARTER - dt.timedelta(seconds=1), True),
        (dt.timedelta(days=-400), True),
    ],
)
def test_another_machine_is_given_up_a_quarter_of_an_hour_from_its_last_sign(
    away: dt.timedelta, *, is_left: bool, path: Path, time: Time
) -> None:
    lock.take(path, ANN, dead)
    time.now += away
    if is_left:
        taken = lock.take(path, BOB, alive)
        assert (taken.left_by, taken.was_damaged) == (ANN, False)
        assert holder_in(path).user == "bob"
    else:
        with pytest.raises(Held):
            lock.take(path, BOB, dead)


def changed(**kinds: object) -> bytes:
    return msgspec.json.encode({**msgspec.to_builtins(ANN), **kinds})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 300,
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"machine":',
        b"[" * 4000,
        changed(since="2026-11-21T09:14:00"),
        changed(seen="2026-11-21T09:14:00"),
        changed(since="0001-01-01T00:00:00+14:00"),
        changed(seen="0001-01-01T00:00:00+14:00"),
        changed(since="9999-12-31T23:59:59-12:00"),
        changed(seen="yesterday"),
        changed(user=7),
        changed().replace(b"ann", b"\xff\xfe"),
        changed(user="x" * 5000),
        b"x" * 1024**2,
        changed() + b" " * (4097 - len(changed())),
    ],
    ids=range(18),
)
@pytest.mark.usefixtures("time")
def test_a_lock_that_cannot_be_read_holds_nobody_up(data: bytes, path: Path) -> None:
    lock.lock_path(path).write_bytes(data)
    taken = lock.take(path, BOB, alive)
    assert (taken.left_by, taken.was_damaged) == (None, True)
    assert holder_in(path) == BOB
    lock.release(taken.hold)
    assert names(path.parent) == [path.name]


@pytest.mark.usefixtures("time")
def test_a_lock_just_within_the_limit_is_read(path: Path) -> None:
    data = changed(note="")
    data = changed(note="x" * (4096 - len(data)))
    assert len(data) == 4096
    lock.lock_path(path).write_bytes(data)
    with pytest.raises(Held):
        lock.take(path, BOB, dead)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ann\nLee\r\n\tWard", "Ann Lee Ward"),
        ("a\u202egnp.exe", "a gnp.exe"),
        ("\x1b[31mred\x07\0", "[31mred"),
        ("<b>bold</b>", "<b>bold</b>"),
        ("x" * 400, "x" * 60),
        ("", "someone"),
        ("\u200b \n", "someone"),
        ("Siân Ŵ 李", "Siân Ŵ 李"),
    ],
)
@pytest.mark.usefixtures("time")
def test_hostile_names_in_a_lock_are_told_in_one_short_plain_line(
    name: str, shown: str, path: Path
) -> None:
    lock.lock_path(path).write_bytes(changed(user=name, machine=name))
    with pytest.raises(Held) as told:
        lock.take(path, BOB, dead)
    assert f"open elsewhere: {shown} on {shown}, since " in str(told.value)
    assert str(told.value).isprintable()


# Keeping it


def test_a_sign_of_life_is_given_each_minute_and_not_more_often(path: Path, time: Time) -> None:
    hold = lock.take(path, ANN, dead).hold
    time.now += MINUTE - dt.timedelta(seconds=1)
    assert lock.keep(hold) is hold
    assert holder_in(path).seen == EPOCH
    time.now += dt.timedelta(seconds=1)
    hold = lock.keep(hold)
    assert holder_in(path) == hold.mine
    assert (hold.mine.since, hold.mine.seen) == (EPOCH, EPOCH + MINUTE)
    assert lock.keep(hold) is hold
    lock.release(hold)
    assert names(path.parent) == [path.name]


def test_a_sign_of_life_keeps_others_away(path: Path, time: Time) -> None:
    hold = lock.take(path, ANN, dead).hold
    for _ in range(20):
        time.now += lock.BEAT
        hold = lock.keep(hold)
    with pytest.raises(Held):
        lock.take(path, BOB, dead)


@pytest.mark.usefixtures("time")
def test_a_lock_that_has_vanished_is_made_again(path: Path) -> None:
    hold = lock.take(path, ANN, dead).hold
    lock.lock_path(path).unlink()
    hold = lock.keep(hold)
    assert holder_in(path) == hold.mine == ANN


@pytest.mark.usefixtures("time")
def test_a_lock_of_ours_that_was_damaged_is_made_again(path: Path) -> None:
    hold = lock.take(path, ANN, dead).hold
    lock.lock_path(path).write_bytes(b"\0" * 100)
    hold = lock.keep(hold)
    assert holder_in(path) == hold.mine == ANN


def test_a_lock_that_was_taken_over_is_left_and_told(path: Path, time: Time) -> None:
    hold = lock.take(path, ANN, dead).hold
    time.now += lock.GIVEN_UP * 2
    theirs = lock.take(path, BOB, dead).hold
    with pytest.raises(Held) as told:
        lock.keep(hold)
    assert str(told.value) == (
        "Northbridge.hicm was opened by bob on LAPTOP-2 while this computer was away. Nothing was "
        "written over their work. Save a copy, then compare the two."
    )
    assert told.value.holder == theirs.mine
    lock.release(hold)
    assert holder_in(path).user == "bob", "it is not ours to give back"
    lock.release(theirs)
    assert lock.keep(hold).mine.user == "ann"


# Drives that do not answer


def failing(error: int) -> Callable[..., NoReturn]:
    def fail(*_: object, **__: object) -> NoReturn:
        raise OSError(error, os.strerror(error))

    return fail


@pytest.mark.usefixtures("time")
def test_a_lock_that_cannot_be_read_for_the_drive_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold = lock.take(path, ANN, dead).hold
    monkeypatch.setattr(Path, "open", failing(errno.EIO))
    with pytest.raises(FileError, match=r"Who else has Northbridge\.hicm open could not be seen"):
        lock.keep(hold)
    lock.release(hold)


@pytest.mark.usefixtures("time")
def test_a_folder_that_is_away_is_told_of_the_workshop_by_name(tmp_path: Path) -> None:
    with pytest.raises(FileError) as told:
        lock.take(tmp_path / "away" / "Northbridge.hicm", ANN, dead)
    assert str(told.value) == (
        "Northbridge.hicm could not be written: it, or its folder, is not there. "
        "Check that the drive or memory stick is connected."
    )
    assert not isinstance(told.value, Held)


@pytest.mark.usefixtures("time")
def test_a_lock_that_is_not_confirmed_holds_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(placing, "sync_folder", failing(errno.EIO))
        hold = lock.take(path, ANN, dead).hold
    assert lock.keep(hold) is hold
    with pytest.raises(Held):
        lock.take(path, BOB, dead)


@pytest.mark.parametrize("left", [None, b"damaged"])
@pytest.mark.usefixtures("time")
def test_whoever_comes_second_in_the_same_moment_is_told(
    left: bytes | None, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if left is not None:
        lock.lock_path(path).write_bytes(left)
    real = files.write
    first: list[Path] = []

    def meanwhile(
        place: Path, data: bytes, expected: files.Fingerprint | None
    ) -> files.Fingerprint:
        if not first:
            first.append(place)
            real(place, changed(), expected)
        return real(place, data, expected)

    monkeypatch.setattr(files, "write", meanwhile)
    with pytest.raises(Held, match="open elsewhere: ann on WARD-7"):
        lock.take(path, BOB, dead)
    assert holder_in(path) == ANN


@pytest.mark.usefixtures("time")
def test_giving_back_a_lock_out_of_reach_is_let_be(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold = lock.take(path, ANN, dead).hold
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", failing(errno.EACCES))
        lock.release(hold)
    assert lock.lock_path(path).exists()
    lock.release(hold)
    lock.release(hold)
    assert names(path.parent) == [path.name]


# What they are


@pytest.mark.usefixtures("time")
def test_what_a_lock_says_is_not_changed_by_whoever_holds_it(path: Path) -> None:
    taken = lock.take(path, ANN, dead)
    for value, name in ((taken, "hold"), (taken.hold, "mine"), (taken.hold.mine, "user")):
        with pytest.raises(AttributeError):
            setattr(value, name, None)
    positional: Callable[..., Holder] = Holder
    with pytest.raises(TypeError):
        positional("WARD-7", "ann", "a" * 16, EPOCH, EPOCH)


# Who is here


def test_whoever_is_here_has_the_names_that_the_system_gives() -> None:
    before = dt.datetime.now(dt.UTC)
    me = lock.here("c" * 16)
    assert (me.user, me.machine, me.session) == (getpass.getuser(), platform.node(), "c" * 16)
    assert before <= me.since == me.seen <= dt.datetime.now(dt.UTC)


@pytest.mark.parametrize("error", [OSError, KeyError])
def test_an_account_without_a_name_is_someone(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def nameless() -> NoReturn:
        raise error

    monkeypatch.setattr(getpass, "getuser", nameless)
    monkeypatch.setattr(platform, "node", lambda: "")
    me = lock.here("c" * 16)
    assert (me.user, me.machine) == ("someone", "this computer")
