"""A document over a real file, and the wait for its saving thread."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QApplication

from hicm_desktop.document.document import Document
from hicm_desktop.document.library import Library
from hicm_desktop.document.profile import Profile, open_profile
from hicm_desktop.document.settings import Settings
from hicm_desktop.model.values import Model
from hicm_desktop.paths import resources_dir
from hicm_desktop.storage import codec, files, lock
from hicm_desktop.workshop.values import Workshop
from tests.disks import mounted


class Clock:
    """A clock that stands still until it is told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def document(
    qapp: QApplication, model: Model, blank: Workshop, tmp_path: Path, clock: Clock
) -> Iterator[Document]:
    """Give a document whose file is made by the first edit."""
    opened = Document(model, blank, tmp_path / "room.hicm", clock=clock, parent=qapp)
    yield opened
    opened.flush()
    opened.close()


@pytest.fixture
def on_disk(model: Model) -> Callable[[Path], Workshop]:
    """Give what a file holds, read as any program would read it."""
    return lambda path: codec.decode(path.read_bytes(), model).workshop


# Two people, each with a profile, and one drive


class Time:
    """The time as locks are told it; `wait` lets it pass."""

    def __init__(self) -> None:
        self.now = dt.datetime.now(dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def wait(self, time: dt.timedelta) -> None:
        self.now += time


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    """Give the time that locks are told, which stands still."""
    time = Time()
    monkeypatch.setattr(lock, "_now", time)
    return time


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    """Give a folder of workshops that two people work in."""
    folder = tmp_path / "drive"
    folder.mkdir()
    return folder


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Profile]:
    """Give the profile of whoever is here."""
    profile = open_profile(tmp_path / "profile")
    yield profile
    profile.end()


@pytest.fixture
def other_profile(tmp_path: Path) -> Iterator[Profile]:
    """Give the profile of somebody at another computer."""
    profile = open_profile(tmp_path / "profile of another")
    them = msgspec.structs.replace(profile.me, machine="WARD-7", user="Ann Lee")
    yield msgspec.structs.replace(profile, me=them)
    profile.end()


LibraryOf = Callable[[Profile], Library]


@pytest.fixture
def library_of(qapp: QApplication, model: Model, drive: Path) -> Iterator[LibraryOf]:
    """Give the same drive to whoever comes with a profile."""
    made: list[Library] = []

    def library_of(profile: Profile) -> Library:
        settings = Settings(profile.root / "settings.ini", drive)
        made.append(Library(model, settings, resources_dir() / "sample.hicm", profile))
        return made[-1]

    assert qapp.instance() is not None
    yield library_of
    for library in made:
        library.close()


@pytest.fixture
def library(library_of: LibraryOf, profile: Profile) -> Library:
    """Give the workshops of whoever is here."""
    return library_of(profile)


@pytest.fixture
def other_library(library_of: LibraryOf, other_profile: Profile) -> Library:
    """Give the same drive to somebody at another computer."""
    return library_of(other_profile)


@pytest.fixture
def room(drive: Path, model: Model, blank: Workshop) -> Path:
    """Give a workshop's file on the drive, alone there."""
    path = drive / "room.hicm"
    path.write_bytes(codec.encode(blank, model))
    return path


@pytest.fixture
def opened(library: Library, room: Path) -> Iterator[Document]:
    """Give that file's document, open and locked."""
    document = library.open(room).document
    yield document
    document.flush()
    document.close()


class Saves:
    """Saves of one folder's workshops, to be held up or made to fail; all else is written."""

    def __init__(self, patch: pytest.MonkeyPatch, folder: Path) -> None:
        self.fault: Exception | None = None
        self.begun = 0
        self._gate = threading.Event()
        self._gate.set()
        real = files.write

        def write(path: Path, data: bytes, expected: files.Fingerprint | None) -> files.Fingerprint:
            if path.parent == folder and path.suffix == ".hicm":
                self.begun += 1
                self._gate.wait(20)
                if self.fault is not None:
                    raise self.fault
            return real(path, data, expected)

        patch.setattr(files, "write", write)

    def hang(self) -> None:
        """Have saves hang that begin from now on."""
        self._gate.clear()

    def go_on(self) -> None:
        """Let saves go on, those that hang and those to come."""
        self._gate.set()


@pytest.fixture
def saves(monkeypatch: pytest.MonkeyPatch, drive: Path) -> Iterator[Saves]:
    """Give the saves of the drive's workshops."""
    saves = Saves(monkeypatch, drive)
    yield saves
    saves.go_on()


@pytest.fixture
def small_disk(drive: Path) -> Iterator[Path]:
    """Make the drive a real disk of 64 KB."""
    # A profile may be gone from it later than the test: what is still open there must not keep it.
    yield from mounted(drive, "size=64k", lazily=True)


def names(folder: Path) -> list[str]:
    """Give what lies in a folder, of any kind."""
    return sorted(entry.name for entry in folder.iterdir())


def copies(profile: Profile) -> list[Path]:
    """Give the copies that are kept in a profile, as files."""
    return sorted(profile.recovery.glob("*/*")) if profile.recovery.exists() else []
