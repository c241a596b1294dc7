"""What a sudden end left is offered, with what it holds, and never opened over a file unasked."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hicm_desktop.document.document import Document
from hicm_desktop.document.library import Library, Opened, Recovered, examine
from hicm_desktop.document.profile import Profile, open_profile
from hicm_desktop.document.saving import NotSaved, Saved
from hicm_desktop.document.settings import Settings
from hicm_desktop.errors import FileError
from hicm_desktop.model.values import Model
from hicm_desktop.storage import codec, files, lock, recovery
from hicm_desktop.storage.recovery import Belongs, Kept
from hicm_desktop.workshop.edits import AgreeLevel
from hicm_desktop.workshop.values import Workshop

from .conftest import LibraryOf, copies, names

OnDisk = Callable[[Path], Workshop]
ROW = "planned"


class Crash:
    """A run that came to a sudden end, with a copy of what its file did not hold."""

    def __init__(self, profile: Profile, room: Path, model: Model) -> None:
        self.room, self.model = room, model
        self.in_file = codec.decode(room.read_bytes(), model).workshop
        self.recorded = AgreeLevel(ROW, "mature").apply(self.in_file)
        self.base = files.fingerprint_of(room)
        folder = profile.recovery / f"{'a' * 16}-{'b' * 8}"
        data = codec.encode(self.recorded, model)
        self.kept = recovery.keep(folder, data, Belongs(str(room), self.base))

    def examined(self) -> Recovered:
        found = examine(self.kept, self.model)
        assert found is not None
        return found


@pytest.fixture
def crash(profile: Profile, room: Path, model: Model) -> Crash:
    return Crash(profile, room, model)


@pytest.fixture
def recover(library: Library) -> Iterator[Callable[[Recovered], Document]]:
    opened: list[Document] = []

    def recover(found: Recovered) -> Document:
        opened.append(library.recover(found).document)
        return opened[-1]

    yield recover
    for document in opened:
        document.flush()
        document.close()


Recover = Callable[[Recovered], Document]


def test_a_copy_whose_file_is_as_it_was_goes_on_in_it(
    crash: Crash, recover: Recover, room: Path, on_disk: OnDisk, profile: Profile, library: Library
) -> None:
    found = crash.examined()
    assert (found.workshop, found.in_file) == (crash.recorded, crash.in_file)
    assert (found.fits, found.is_gone, found.trouble) == (True, False, "")
    document = recover(found)
    assert document.path == room
    assert document.workshop == crash.recorded
    assert isinstance(document.flush(), Saved)
    assert on_disk(room) == crash.recorded
    assert copies(profile) == []
    assert library.settings.recent == (room,)
    assert lock.lock_path(room).exists()
    document.close()
    assert names(room.parent) == ["room.hicm"]


def test_a_copy_stays_until_its_file_holds_it(
    crash: Crash, recover: Recover, room: Path, on_disk: OnDisk, profile: Profile
) -> None:
    room.chmod(0o444)
    document = recover(crash.examined())
    assert isinstance(document.flush(), NotSaved)
    assert crash.kept.file.exists()
    room.chmod(0o644)
    assert isinstance(document.flush(), Saved)
    assert on_disk(room) == crash.recorded
    assert copies(profile) == []


def test_what_the_sudden_end_left_beside_the_file_goes_as_well(
    crash: Crash, recover: Recover, room: Path
) -> None:
    left = room.with_name(f"{files._stem_of_temporaries(room)}0badcafe.tmp")
    left.write_bytes(b"half a wor")
    document = recover(crash.examined())
    assert isinstance(document.flush(), Saved)
    document.close()
    assert names(room.parent) == ["room.hicm"]


def test_a_copy_whose_file_was_changed_since_opens_as_a_new_file_beside_it(
    crash: Crash, recover: Recover, room: Path, model: Model, on_disk: OnDisk, profile: Profile
) -> None:
    theirs = AgreeLevel(ROW, "exemplary").apply(crash.in_file)
    room.write_bytes(codec.encode(theirs, model))
    found = crash.examined()
    assert (found.in_file, found.fits, found.is_gone) == (theirs, False, False)
    document = recover(found)
    assert document.path == room.with_name("room recovered.hicm")
    assert isinstance(document.save_state, Saved)
    assert on_disk(document.path) == crash.recorded
    assert on_disk(room) == theirs
    assert copies(profile) == []


def test_a_copy_whose_drive_is_away_is_saved_when_it_comes_back(
    crash: Crash, recover: Recover, room: Path, drive: Path, on_disk: OnDisk, profile: Profile
) -> None:
    away = drive.with_name("away")
    drive.rename(away)
    found = crash.examined()
    assert (found.in_file, found.fits, found.is_gone) == (None, True, False)
    document = recover(found)
    document.apply(AgreeLevel(ROW, "established"))
    assert isinstance(document.flush(), NotSaved)
    assert not drive.exists()
    assert isinstance(document.rescue, Kept)
    assert on_disk(document.rescue.file) == document.workshop
    away.rename(drive)
    assert isinstance(document.flush(), Saved)
    assert document.path == room
    assert on_disk(room) == document.workshop
    assert copies(profile) == []


def test_a_file_that_changed_while_its_drive_was_away_is_left_as_it_is(
    crash: Crash, recover: Recover, room: Path, drive: Path, on_disk: OnDisk
) -> None:
    drive.rename(drive.with_name("away"))
    document = recover(crash.examined())
    drive.with_name("away").rename(drive)
    room.write_text("theirs")
    state = document.flush()
    assert isinstance(state, NotSaved)
    assert state.is_theirs
    assert room.read_text() == "theirs"
    assert isinstance(document.rescue, Kept)
    assert on_disk(document.rescue.file) == crash.recorded


def test_a_copy_whose_file_was_deleted_makes_it_anew(
    crash: Crash, recover: Recover, room: Path, on_disk: OnDisk, profile: Profile
) -> None:
    room.unlink()
    found = crash.examined()
    assert (found.in_file, found.fits, found.is_gone) == (None, True, True)
    document = recover(found)
    assert isinstance(document.flush(), Saved)
    assert document.path == room
    assert on_disk(room) == crash.recorded
    assert copies(profile) == []


def test_a_copy_of_what_was_never_in_a_file_makes_it(
    profile: Profile, recover: Recover, drive: Path, blank: Workshop, model: Model, on_disk: OnDisk
) -> None:
    folder = profile.recovery / f"{'a' * 16}-{'b' * 8}"
    path = drive / "new" / "room.hicm"
    kept = recovery.keep(folder, codec.encode(blank, model), Belongs(str(path), None))
    found = examine(kept, model)
    assert found is not None
    assert (found.fits, found.is_gone) == (True, False)
    document = recover(found)
    assert isinstance(document.flush(), Saved)
    assert (document.path, on_disk(path)) == (path, blank)


def test_a_copy_never_takes_a_name_that_another_workshop_has_by_now(
    profile: Profile, recover: Recover, room: Path, model: Model, sample: Workshop
) -> None:
    before = room.read_bytes()
    folder = profile.recovery / f"{'a' * 16}-{'b' * 8}"
    kept = recovery.keep(folder, codec.encode(sample, model), Belongs(str(room), None))
    found = examine(kept, model)
    assert found is not None
    assert not found.fits
    assert recover(found).path == room.with_name("room recovered.hicm")
    assert room.read_bytes() == before


def test_a_file_that_cannot_be_reached_counts_as_away_and_not_as_deleted(
    crash: Crash, recover: Recover, room: Path, on_disk: OnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def opened(path: Path, mode: str = "r") -> object:
        if path == room:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(path, mode)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", opened)
        found = crash.examined()
        assert (found.in_file, found.fits, found.is_gone) == (None, True, False)
        document = recover(found)
        assert isinstance(document.flush(), NotSaved)
    assert isinstance(document.flush(), Saved)
    assert document.path == room
    assert on_disk(room) == crash.recorded


def test_a_copy_that_cannot_be_read_is_told_and_kept(
    crash: Crash, library: Library, room: Path
) -> None:
    before = room.read_bytes()
    crash.kept.file.write_text("torn")
    found = crash.examined()
    assert found.workshop is None
    assert found.trouble.startswith(f"The copy {crash.kept.file} cannot be read. This file is ")
    with pytest.raises(FileError, match="cannot be read"):
        library.recover(found)
    assert crash.kept.file.read_text() == "torn"
    assert room.read_bytes() == before


def test_a_copy_that_its_file_holds_already_goes_without_a_word(
    crash: Crash, room: Path, model: Model, profile: Profile
) -> None:
    room.write_bytes(codec.encode(crash.recorded, model))
    before = room.read_bytes()
    assert examine(crash.kept, model) is None
    assert copies(profile) == []
    assert room.read_bytes() == before


def test_a_file_that_is_no_workshop_any_more_counts_as_changed(
    crash: Crash, recover: Recover, room: Path
) -> None:
    room.write_text("Dear colleague")
    found = crash.examined()
    assert (found.in_file, found.fits) == (None, False)
    assert recover(found).path == room.with_name("room recovered.hicm")
    assert room.read_text() == "Dear colleague"


def test_a_copy_that_lost_its_note_opens_as_a_new_file_in_the_users_folder(
    crash: Crash,
    profile: Profile,
    model: Model,
    recover: Recover,
    library: Library,
    on_disk: OnDisk,
) -> None:
    crash.kept.file.with_name("about.json").write_bytes(b"\0")
    here = names(Path.cwd())
    (kept,) = library.left_behind()
    found = examine(kept, model)
    assert found is not None
    assert (found.in_file, found.fits, found.is_gone) == (None, False, False)
    document = recover(found)
    assert document.path == library.settings.folder / "room recovered.hicm"
    assert on_disk(document.path) == crash.recorded
    assert names(Path.cwd()) == here
    assert copies(profile) == []


def test_a_copy_that_cannot_be_opened_anywhere_is_kept(
    crash: Crash, library: Library, room: Path, tmp_path: Path
) -> None:
    room.write_text("theirs")
    found = crash.examined()
    (tmp_path / "a file").touch()
    library.settings.folder = tmp_path / "a file" / "folder"
    room.parent.rename(tmp_path / "away")
    (tmp_path / "drive").touch()
    with pytest.raises(FileError):
        library.recover(found)
    assert crash.kept.file.exists()
    (tmp_path / "drive").unlink()
    (tmp_path / "away").rename(tmp_path / "drive")


def test_copies_of_ended_runs_are_offered_and_those_of_a_run_that_goes_on_are_not(
    crash: Crash, library: Library, library_of: LibraryOf, profile: Profile, room: Path
) -> None:
    other = open_profile(profile.root)
    document = library_of(other).open(room).document
    path = document.snapshot()
    assert path is not None
    assert [kept.file for kept in library.left_behind()] == [crash.kept.file]
    other.end()
    assert {kept.file for kept in library.left_behind()} == {crash.kept.file, path}
    document.close()


def test_without_a_profile_nothing_was_left(model: Model, tmp_path: Path) -> None:
    library = Library(model, Settings(tmp_path / "settings.ini", tmp_path), tmp_path / "x")
    assert library.left_behind() == ()
    library.close()


# An earlier version


def test_an_earlier_version_opens_as_a_new_file_beside_its_own(
    library: Library, room: Path, model: Model, on_disk: OnDisk, sample: Workshop
) -> None:
    before = room.read_bytes()
    data = codec.encode(sample, model)
    opened: Opened = library.restore(data, room)
    assert opened.document.path == room.with_name("room restored.hicm")
    assert opened.document.workshop == on_disk(opened.document.path) == sample
    assert room.read_bytes() == before
    opened.document.close()


def test_an_earlier_version_whose_folder_is_shut_opens_in_the_users_folder(
    library: Library, model: Model, sample: Workshop, tmp_path: Path
) -> None:
    (tmp_path / "a file").touch()
    opened = library.restore(codec.encode(sample, model), tmp_path / "a file" / "room.hicm")
    assert opened.document.path == library.settings.folder / "room restored.hicm"
    opened.document.close()


def test_an_earlier_version_that_no_folder_takes_is_told(
    library: Library, model: Model, sample: Workshop, tmp_path: Path
) -> None:
    (tmp_path / "a file").touch()
    library.settings.folder = tmp_path / "a file" / "folder"
    with pytest.raises(FileError, match="could not be made"):
        library.restore(codec.encode(sample, model), library.settings.folder / "room.hicm")


def test_an_earlier_version_that_cannot_be_read_makes_no_file(library: Library, room: Path) -> None:
    with pytest.raises(FileError):
        library.restore(b"torn", room)
    assert names(room.parent) == ["room.hicm"]


# A copy in an emergency


def test_a_snapshot_holds_what_is_recorded_and_goes_when_the_file_is_good(
    library: Library, room: Path, on_disk: OnDisk, profile: Profile
) -> None:
    document = library.open(room).document
    document.apply(AgreeLevel(ROW, "mature"))
    path = document.snapshot()
    assert path is not None
    assert on_disk(path) == document.workshop
    assert isinstance(document.flush(), Saved)
    assert path.exists(), "the emergency is not over before the file is left in good order"
    document.close()
    assert copies(profile) == []


def test_a_snapshot_stays_where_the_file_is_not_good(
    library: Library, room: Path, on_disk: OnDisk
) -> None:
    document = library.open(room).document
    room.write_text("theirs")
    document.apply(AgreeLevel(ROW, "mature"))
    path = document.snapshot()
    assert path is not None
    assert isinstance(document.flush(), NotSaved)
    document.close()
    assert on_disk(path) == document.workshop


def test_a_snapshot_that_cannot_be_kept_is_none(
    library: Library, room: Path, profile: Profile
) -> None:
    document = library.open(room).document
    profile.recovery.touch()
    assert document.snapshot() is None
    document.close()


def test_earlier_versions_are_known_by_the_path_of_a_file(library: Library, room: Path) -> None:
    assert not library.has_earlier(room)
    document = library.open(room).document
    document.close()
    assert library.versions is not None
    library.versions.flush()
    room.write_bytes(b"")
    assert library.has_earlier(room)
    assert not library.has_earlier(room.with_name("other.hicm"))


def test_earlier_versions_that_cannot_be_listed_count_as_none(
    library: Library, profile: Profile, room: Path
) -> None:
    profile.earlier.write_bytes(b"a file where the folder should be")
    assert not library.has_earlier(room)
