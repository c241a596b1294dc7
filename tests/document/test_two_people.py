"""Two people and one file: told of each other, and nothing of either is written over."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from hicm_desktop.document.document import Document
from hicm_desktop.document.library import Library, Opened
from hicm_desktop.document.profile import Profile, open_profile
from hicm_desktop.document.saving import NotSaved, ReadOnly, Saved, Saving
from hicm_desktop.errors import FileError
from hicm_desktop.model.values import Model
from hicm_desktop.storage import codec, files, lock
from hicm_desktop.storage.lock import Held, Holder
from hicm_desktop.storage.recovery import Kept
from hicm_desktop.workshop.edits import AgreeLevel, RowField, WriteRow
from hicm_desktop.workshop.values import Workshop

from .conftest import LibraryOf, Saves, Time, copies, names

OnDisk = Callable[[Path], Workshop]
ROW = "planned"


def holder_in(path: Path) -> Holder:
    return msgspec.json.decode(lock.lock_path(path).read_bytes(), type=Holder)


def lock_of(time: str) -> bytes:
    return msgspec.json.encode(
        {"machine": "M", "user": "U", "session": "s", "since": time, "seen": time}
    )


def let_beat(document: Document, qtbot: QtBot) -> None:
    document._saving._give_sign()
    qtbot.waitUntil(lambda: not document._saving._writer.busy)


class Doors:
    """Opens documents for one test, and closes them after it."""

    def __init__(self) -> None:
        self._opened: list[Document] = []

    def open(self, library: Library, path: Path) -> Opened:
        return self.keep(library.open(path))

    def keep(self, opened: Opened) -> Opened:
        self._opened.append(opened.document)
        return opened

    def close(self) -> None:
        for document in self._opened:
            document.flush()
            document.close()


@pytest.fixture
def doors() -> Iterator[Doors]:
    doors = Doors()
    yield doors
    doors.close()


# A second person


@pytest.mark.usefixtures("opened")
def test_the_second_person_is_told_who_has_it_where_and_since_when(
    other_library: Library, profile: Profile, room: Path
) -> None:
    before = names(room.parent)
    with pytest.raises(Held) as told:
        other_library.open(room)
    words = str(told.value)
    assert words.startswith("room.hicm is open elsewhere: ")
    assert f"{profile.me.user} on {profile.me.machine}, since " in words
    assert holder_in(room).words in words
    assert names(room.parent) == before


@pytest.mark.usefixtures("opened")
def test_a_second_window_of_the_same_person_is_told_of_the_first(
    library: Library, room: Path
) -> None:
    with pytest.raises(Held, match="in another window of this program on this computer"):
        library.open(room)


def test_a_file_open_to_be_read_refuses_edits_and_stays_as_it_is(
    opened: Document, other_library: Library, doors: Doors, room: Path, qtbot: QtBot
) -> None:
    before, beside = room.read_bytes(), names(room.parent)
    document = doors.keep(other_library.open_to_read(room, "Bob has it open.")).document
    assert document.is_read_only
    assert document.save_state == ReadOnly("Bob has it open.")
    shown = document.workshop
    with qtbot.waitSignals([document.changed, document.refused]):
        assert not document.apply(AgreeLevel(ROW, "mature"))
    assert document.workshop is shown
    assert document.history.past == ()
    assert document.start_file() == document.flush() == ReadOnly("Bob has it open.")
    assert document.rescue is None
    assert document.snapshot() is None
    assert (room.read_bytes(), names(room.parent)) == (before, beside)
    document.close()
    assert names(room.parent) == beside
    assert not opened.is_read_only
    assert isinstance(opened.save_state, Saved)


@pytest.mark.usefixtures("opened")
def test_a_file_open_to_be_read_is_never_written_over_by_its_reader(
    opened: Document, other_library: Library, doors: Doors, room: Path, tmp_path: Path
) -> None:
    document = doors.keep(other_library.open_to_read(room, "Bob has it open.")).document
    opened.apply(AgreeLevel(ROW, "mature"))
    opened.flush()
    theirs = room.read_bytes()
    with pytest.raises(FileError, match=r"room\.hicm is open to be read only, so it was left"):
        document.go_on_in(room)
    assert room.read_bytes() == theirs
    document.save_copy(tmp_path / "mine.hicm")
    assert (tmp_path / "mine.hicm").exists()


def test_a_copy_is_opened_beside_it_and_each_goes_on_in_their_own(
    opened: Document, other_library: Library, doors: Doors, room: Path, on_disk: OnDisk
) -> None:
    copy = doors.keep(other_library.open_copy(room)).document
    assert copy.path == room.with_name("room copy.hicm")
    copy.apply(AgreeLevel(ROW, "mature"))
    opened.apply(AgreeLevel(ROW, "exemplary"))
    assert isinstance(copy.flush(), Saved)
    assert isinstance(opened.flush(), Saved)
    assert on_disk(copy.path).row(ROW).level == "mature"
    assert on_disk(room).row(ROW).level == "exemplary"


# What was left behind


def test_what_an_ended_run_here_left_is_taken_over_with_words(
    library_of: LibraryOf, profile: Profile, tmp_path: Path, doors: Doors, room: Path
) -> None:
    gone = open_profile(tmp_path / "profile")
    left = library_of(gone).open(room).document
    gone.end()
    opened = doors.open(library_of(profile), room)
    assert opened.notices == (
        "Last time this program ended without closing room.hicm. What was saved is all here.",
    )
    assert holder_in(room).session == profile.run.token
    left.close()
    assert holder_in(room).session == profile.run.token, "the lock is ours by now"


def test_another_computer_without_a_sign_of_life_is_taken_over_with_words(
    time: Time, opened: Document, other_library: Library, doors: Doors, room: Path
) -> None:
    theirs = holder_in(room)
    time.wait(lock.GIVEN_UP)
    with pytest.raises(Held):
        other_library.open(room)
    time.wait(dt.timedelta(seconds=1))
    (words,) = doors.open(other_library, room).notices
    assert words.startswith(f"room.hicm was left open by {theirs.words}, without a sign of life")
    assert words.endswith("You go on in it now; if they come back, they will be told.")
    assert isinstance(opened.save_state, Saved)


def test_a_lock_from_the_future_is_taken_over_with_words(
    library: Library, doors: Doors, room: Path
) -> None:
    far = dt.datetime(2199, 1, 1, tzinfo=dt.UTC)
    them = Holder(machine="WARD-7", user="Ann", session="a" * 16, since=far, seen=far)
    lock.lock_path(room).write_bytes(msgspec.json.encode(them))
    (words,) = doors.open(library, room).notices
    assert "left open by Ann on WARD-7, since " in words
    assert "2199" in words


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"x" * 1024**2,
        lock_of("2026-11-21T09:00:00"),
        lock_of("0001-01-01T00:00:00+14:00"),
    ],
    ids=["empty", "broken", "1 MB", "naive", "year 1"],
)
def test_a_lock_that_does_not_say_whose_it_is_is_taken_over_with_words(
    data: bytes, library: Library, doors: Doors, room: Path
) -> None:
    lock.lock_path(room).write_bytes(data)
    opened = doors.open(library, room)
    (words,) = opened.notices
    assert words == (
        "Someone may have room.hicm open: there was a lock beside it that does not say whose it "
        "was. You go on in it now; if they come back, they will be told."
    )
    opened.document.apply(AgreeLevel(ROW, "mature"))
    assert isinstance(opened.document.flush(), Saved)
    opened.document.close()
    assert names(room.parent) == [room.name]


# One comes back after a long while


def test_what_was_recorded_by_whoever_comes_back_is_kept_and_overwrites_nothing(
    opened: Document,
    other_library: Library,
    doors: Doors,
    on_disk: OnDisk,
    time: Time,
    profile: Profile,
) -> None:
    room = opened.path
    time.wait(lock.GIVEN_UP * 2)
    theirs = doors.open(other_library, room).document
    before = room.read_bytes()
    opened.apply(AgreeLevel(ROW, "mature"))
    state = opened.flush()
    assert isinstance(state, NotSaved)
    assert state.is_theirs
    assert state.reason.startswith("room.hicm was opened by Ann Lee on WARD-7 while this computer")
    assert room.read_bytes() == before
    assert isinstance(opened.rescue, Kept)
    assert on_disk(opened.rescue.file) == opened.workshop
    theirs.close()
    assert isinstance(opened.flush(), Saved), "they let go, and changed nothing"
    assert on_disk(room) == opened.workshop
    assert holder_in(room).session == profile.run.token
    assert copies(profile) == []


def test_a_file_that_they_changed_meanwhile_stays_theirs_when_they_let_go(
    opened: Document,
    other_library: Library,
    doors: Doors,
    on_disk: OnDisk,
    time: Time,
) -> None:
    room = opened.path
    time.wait(lock.GIVEN_UP * 2)
    theirs = doors.open(other_library, room).document
    theirs.apply(AgreeLevel(ROW, "exemplary"))
    theirs.flush()
    theirs.close()
    opened.apply(AgreeLevel(ROW, "mature"))
    state = opened.flush()
    assert isinstance(state, NotSaved)
    assert state.is_theirs
    assert "changed by someone else" in state.reason
    assert on_disk(room).row(ROW).level == "exemplary"
    assert isinstance(opened.rescue, Kept)
    assert on_disk(opened.rescue.file).row(ROW).level == "mature"


@pytest.mark.parametrize("is_same", [True, False])
def test_nobody_goes_on_in_a_file_that_somebody_else_has_open(
    opened: Document,
    other_library: Library,
    doors: Doors,
    model: Model,
    blank: Workshop,
    time: Time,
    *,
    is_same: bool,
) -> None:
    path = opened.path if is_same else opened.path.with_name("theirs.hicm")
    if not is_same:
        path.write_bytes(codec.encode(blank, model))
    time.wait(lock.GIVEN_UP * 2)
    doors.open(other_library, path)
    before = path.read_bytes()
    opened.apply(AgreeLevel(ROW, "mature"))
    with pytest.raises(Held):
        opened.go_on_in(path)
    assert path.read_bytes() == before
    assert opened.path.name == "room.hicm"
    assert isinstance(opened.flush(), NotSaved if is_same else Saved)


def test_what_they_recorded_is_taken_and_undo_brings_mine_back(
    opened: Document, room: Path, model: Model, on_disk: OnDisk, profile: Profile
) -> None:
    theirs = AgreeLevel(ROW, "exemplary").apply(opened.workshop)
    room.write_bytes(codec.encode(theirs, model))
    opened.apply(AgreeLevel(ROW, "mature"))
    assert isinstance(opened.flush(), NotSaved)
    mine = opened.workshop
    assert opened.theirs() == theirs
    opened.take_theirs()
    assert opened.workshop == theirs
    assert isinstance(opened.flush(), Saved)
    assert copies(profile) == []
    opened.undo()
    assert opened.workshop == mine
    assert isinstance(opened.flush(), Saved)
    assert on_disk(room) == mine


def test_what_they_left_is_not_taken_where_it_cannot_be_read(opened: Document, room: Path) -> None:
    room.write_text("Dear colleague")
    opened.apply(AgreeLevel(ROW, "mature"))
    assert isinstance(opened.flush(), NotSaved)
    mine = opened.workshop
    for ask in (opened.theirs, opened.take_theirs):
        with pytest.raises(FileError, match=r"^room\.hicm: This file "):
            ask()
    assert opened.workshop is mine
    assert isinstance(opened.save_state, NotSaved)
    assert room.read_text() == "Dear colleague"


# The lock of an open file


def test_the_lock_gives_signs_of_life_by_itself(
    library: Library, doors: Doors, room: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(lock, "BEAT", dt.timedelta(milliseconds=30))
    document = doors.open(library, room).document
    first = holder_in(room)
    qtbot.waitUntil(lambda: holder_in(room).seen > first.seen)
    assert holder_in(room).since == first.since
    qtbot.waitUntil(lambda: not document._saving._writer.busy)
    assert isinstance(document.save_state, Saved)


def test_a_file_without_a_lock_gives_no_signs(document: Document) -> None:
    document._saving._give_sign()
    assert not document._saving._writer.busy


def test_a_lock_that_has_vanished_is_made_again(
    opened: Document, other_library: Library, room: Path, qtbot: QtBot
) -> None:
    lock.lock_path(room).unlink()
    let_beat(opened, qtbot)
    with pytest.raises(Held):
        other_library.open(room)
    lock.lock_path(room).unlink()
    opened.apply(AgreeLevel(ROW, "mature"))
    assert isinstance(opened.flush(), Saved)
    with pytest.raises(Held):
        other_library.open(room)
    opened.close()
    assert names(room.parent) == ["room.hicm"]


def test_an_undo_during_a_sign_of_life_comes_to_be_saved(
    opened: Document, time: Time, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    gate, real = threading.Event(), lock.keep

    def slow(hold: lock.Hold) -> lock.Hold:
        gate.wait(20)
        return real(hold)

    monkeypatch.setattr(lock, "keep", slow)
    time.wait(lock.BEAT)
    opened._saving._give_sign()
    opened.apply(AgreeLevel(ROW, "mature"))
    opened.undo()
    assert isinstance(opened.save_state, Saving)
    gate.set()
    qtbot.waitUntil(lambda: isinstance(opened.save_state, Saved))


def test_a_sign_of_life_that_hangs_is_not_called_unsaved_for_ever(
    opened: Document, time: Time, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    gate, real = threading.Event(), lock.keep

    def slow(hold: lock.Hold) -> lock.Hold:
        gate.wait(20)
        return real(hold)

    monkeypatch.setattr(lock, "keep", slow)
    time.wait(lock.BEAT)
    opened._saving._give_sign()
    assert isinstance(opened._saving.flush(timeout_s=0.01), NotSaved)
    gate.set()
    qtbot.waitUntil(lambda: isinstance(opened.save_state, Saved))


def test_closing_during_a_sign_of_life_still_gives_the_lock_back(
    opened: Document, time: Time, room: Path
) -> None:
    time.wait(lock.BEAT)
    opened._saving._give_sign()
    opened.close()
    assert names(room.parent) == ["room.hicm"]


def test_renaming_moves_the_lock(opened: Document, other_library: Library, room: Path) -> None:
    new = room.with_name("Northbridge.hicm")
    opened.rename(new)
    assert names(room.parent) == sorted([new.name, lock.lock_path(new).name])
    with pytest.raises(Held):
        other_library.open(new)
    opened.apply(AgreeLevel(ROW, "mature"))
    assert isinstance(opened.flush(), Saved)
    opened.close()
    assert names(room.parent) == [new.name]


def test_renaming_to_its_own_name_leaves_all_as_it_is(opened: Document, room: Path) -> None:
    before = names(room.parent)
    opened.rename(room)
    assert names(room.parent) == before
    assert isinstance(opened.flush(), Saved)


def test_renaming_onto_what_somebody_has_open_or_has_made_changes_nothing(
    opened: Document, other_library: Library, doors: Doors, room: Path
) -> None:
    theirs = room.with_name("theirs.hicm")
    theirs.write_bytes(room.read_bytes())
    with pytest.raises(files.ChangedOnDisk):
        opened.rename(theirs)
    assert names(room.parent) == sorted(["room.hicm", "theirs.hicm", lock.lock_path(room).name])
    doors.open(other_library, theirs)
    before = names(room.parent)
    with pytest.raises(Held):
        opened.rename(theirs)
    assert names(room.parent) == before
    assert opened.path == room


def test_a_file_that_could_never_be_written_is_renamed_without_litter(
    library: Library, doors: Doors, drive: Path, saves: Saves
) -> None:
    document = library.blank()
    doors.keep(Opened(document))
    saves.fault = FileError("The disk is full.")
    document.apply(AgreeLevel(ROW, "mature"))
    assert document.flush() == NotSaved("The disk is full.")
    assert len(names(drive)) == 1, "its name is held by its lock"
    document.rename(drive / "Northbridge.hicm")
    assert names(drive) == []
    saves.fault = None
    assert isinstance(document.flush(), Saved)
    document.close()
    assert names(drive) == ["Northbridge.hicm"]


def test_a_first_save_that_hangs_is_not_renamed_under_its_hands(
    library: Library, doors: Doors, drive: Path, saves: Saves, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = library.blank()
    doors.keep(Opened(document))
    first = document.path
    saves.hang()
    document.apply(AgreeLevel(ROW, "mature"))
    saving = document._saving
    assert isinstance(saving.flush(timeout_s=0.01), NotSaved)
    with monkeypatch.context() as patch:
        patch.setattr(saving, "flush", lambda: saving.state)  # rather than wait ten seconds
        with pytest.raises(FileError, match="taking too long"):
            document.rename(drive / "Northbridge.hicm")
    saves.go_on()
    assert isinstance(document.flush(), Saved)
    document.close()
    assert names(drive) == [first.name]


def test_going_on_in_another_file_moves_the_lock(
    opened: Document, other_library: Library, doors: Doors, room: Path, on_disk: OnDisk
) -> None:
    new = room.with_name("mine.hicm")
    opened.apply(AgreeLevel(ROW, "mature"))
    opened.go_on_in(new)
    assert isinstance(opened.save_state, Saved)
    assert on_disk(new) == opened.workshop
    assert names(room.parent) == sorted(["mine.hicm", "room.hicm", lock.lock_path(new).name])
    with pytest.raises(Held):
        other_library.open(new)
    doors.open(other_library, room)
    opened.close()
    assert not lock.lock_path(new).exists()


def test_going_on_in_its_own_file_keeps_the_lock(opened: Document, room: Path) -> None:
    opened.apply(AgreeLevel(ROW, "mature"))
    opened.flush()
    room.write_text("somebody else's")
    opened.apply(AgreeLevel(ROW, "exemplary"))
    assert isinstance(opened.flush(), NotSaved)
    opened.go_on_in(room)
    opened.apply(WriteRow(ROW, RowField.NOTE, "After"))
    assert isinstance(opened.flush(), Saved)
    opened.close()
    assert names(room.parent) == ["room.hicm"]


@pytest.mark.parametrize("name", ["room.hicm", "mine.hicm"])
def test_a_file_that_cannot_be_gone_on_in_leaves_all_as_it_was(
    opened: Document, saves: Saves, room: Path, name: str, on_disk: OnDisk
) -> None:
    before = names(room.parent)
    saves.fault = FileError("The disk is full.")
    with pytest.raises(FileError, match="The disk is full"):
        opened.go_on_in(room.with_name(name))
    assert names(room.parent) == before
    assert opened.path == room
    assert isinstance(opened.save_state, Saved)
    saves.fault = None
    opened.apply(AgreeLevel(ROW, "mature"))
    assert isinstance(opened.flush(), Saved)
    assert on_disk(room) == opened.workshop


def test_a_new_file_that_is_not_confirmed_is_gone_on_in_and_called_not_saved(
    opened: Document, saves: Saves, room: Path, model: Model, on_disk: OnDisk
) -> None:
    new = room.with_name("mine.hicm")
    data = codec.encode(opened.workshop, model)
    new.write_bytes(data)
    saves.fault = files.NotConfirmed("mine.hicm was not confirmed.", files.fingerprint(data))
    opened.go_on_in(new)
    assert (opened.path, opened.save_state) == (new, NotSaved("mine.hicm was not confirmed."))
    saves.fault = None
    opened.apply(AgreeLevel(ROW, "mature"))
    assert isinstance(opened.flush(), Saved)
    assert on_disk(new) == opened.workshop
    opened.close()
    assert names(room.parent) == ["mine.hicm", "room.hicm"]


def test_going_on_elsewhere_during_a_save_waits_for_it_and_leaves_no_lock(
    opened: Document, saves: Saves, room: Path, on_disk: OnDisk, qtbot: QtBot
) -> None:
    saves.hang()
    opened.apply(AgreeLevel(ROW, "mature"))
    qtbot.waitUntil(lambda: saves.begun == 1)
    saves.go_on()
    opened.go_on_in(room.with_name("mine.hicm"))
    opened.close()
    assert names(room.parent) == ["mine.hicm", "room.hicm"]
    assert on_disk(room.with_name("mine.hicm")).row(ROW).level == "mature"


def test_a_save_that_hangs_never_takes_the_place_of_the_file_that_is_gone_on_in(
    opened: Document,
    saves: Saves,
    drive: Path,
    tmp_path: Path,
    on_disk: OnDisk,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr("hicm_desktop.document.saving._RELEASE_S", 0.01)
    saves.hang()
    opened.apply(AgreeLevel(ROW, "mature"))
    qtbot.waitUntil(lambda: saves.begun == 1)
    new = tmp_path / "mine.hicm"
    opened.go_on_in(new)
    opened.apply(AgreeLevel(ROW, "exemplary"))
    assert isinstance(opened.flush(), Saved)
    saves.go_on()
    qtbot.waitUntil(lambda: on_disk(drive / "room.hicm").row(ROW).level == "mature")
    opened.apply(WriteRow(ROW, RowField.NOTE, "After"))
    assert isinstance(opened.flush(), Saved)
    assert opened.path == new
    assert on_disk(new) == opened.workshop


def test_a_name_that_a_second_window_has_claimed_is_left_to_it(
    library_of: LibraryOf, profile: Profile, other_profile: Profile, doors: Doors
) -> None:
    first, second = (library_of(who).blank() for who in (profile, other_profile))
    for document in (first, second):
        doors.keep(Opened(document))
    assert first.path == second.path
    claimed = lock.take(first.path, profile.me, profile.is_alive).hold
    second.apply(AgreeLevel(ROW, "mature"))
    assert isinstance(second.flush(), Saved)
    assert second.path.stem == f"{first.path.stem} (2)"
    lock.release(claimed)


def test_a_name_that_cannot_be_looked_at_is_let_go(
    library: Library, doors: Doors, drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = library.blank()
    doors.keep(Opened(document))
    path, real = document.path, files.fingerprint_of

    def fails(asked: Path) -> files.Fingerprint | None:
        if asked == path:
            raise FileError("The drive does not answer.")
        return real(asked)

    with monkeypatch.context() as patch:
        patch.setattr(files, "fingerprint_of", fails)
        document.apply(AgreeLevel(ROW, "mature"))
        assert document.flush() == NotSaved("The drive does not answer.")
    assert names(drive) == []
    assert isinstance(document.flush(), Saved)
    assert document.path == path
    document.close()
    assert names(drive) == [path.name]


def test_what_a_sudden_end_left_beside_a_file_is_gone_once_it_is_opened(
    library: Library, doors: Doors, room: Path
) -> None:
    left = room.with_name(f"{files._stem_of_temporaries(room)}0badcafe.tmp")
    left.write_bytes(b"half a wor")
    doors.open(library, room).document.close()
    assert names(room.parent) == ["room.hicm"]


def test_a_file_written_between_being_read_and_locked_is_read_anew(
    library: Library, doors: Doors, room: Path, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = AgreeLevel(ROW, "mature").apply(codec.decode(room.read_bytes(), model).workshop)
    real = lock.take

    def meanwhile(path: Path, me: Holder, is_alive: Callable[[str], bool]) -> lock.Taken:
        room.write_bytes(codec.encode(newer, model))
        return real(path, me, is_alive)

    monkeypatch.setattr(lock, "take", meanwhile)
    document = doors.open(library, room).document
    assert document.workshop == newer
    assert isinstance(document.flush(), Saved)


def test_a_file_spoiled_between_being_read_and_locked_is_not_opened_and_not_locked(
    library: Library, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = lock.take

    def meanwhile(path: Path, me: Holder, is_alive: Callable[[str], bool]) -> lock.Taken:
        room.write_text("Dear colleague")
        return real(path, me, is_alive)

    monkeypatch.setattr(lock, "take", meanwhile)
    with pytest.raises(FileError):
        library.open(room)
    assert names(room.parent) == ["room.hicm"]


def test_a_file_that_cannot_be_locked_is_open_to_be_read(
    library: Library, doors: Doors, room: Path
) -> None:
    lock.lock_path(room).mkdir()
    document = doors.open(library, room).document
    assert document.save_state == ReadOnly(
        "Nothing can be written where room.hicm lies, so it can only be read."
    )
    document.close()
    assert lock.lock_path(room).is_dir()
