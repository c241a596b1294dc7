"""Copies while the file does not hold everything: none without need, and then never too old."""

from __future__ import annotations

import datetime as dt
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop
from pytestqt.qtbot import QtBot

from hicm_desktop.document import rescue, saving
from hicm_desktop.document.document import Document
from hicm_desktop.document.profile import Profile, open_profile
from hicm_desktop.document.rescue import NotKept
from hicm_desktop.document.saving import NoFileYet, NotSaved, Saved, Saving
from hicm_desktop.errors import FileError
from hicm_desktop.model.reader import read_model
from hicm_desktop.paths import content_dir
from hicm_desktop.storage import codec, files, recovery
from hicm_desktop.storage.recovery import Belongs, Kept
from hicm_desktop.workshop.edits import AgreeLevel, RowField, WriteRow
from hicm_desktop.workshop.values import Workshop

from .conftest import Saves, copies, names

OnDisk = Callable[[Path], Workshop]
ROW = "planned"
FULL = FileError("The disk is full.")


class Patience:
    """The waits of saving and of keeping copies, made short."""

    def __init__(self, patch: pytest.MonkeyPatch, *, retry_ms: int) -> None:
        patch.setattr(rescue, "PATIENCE_MS", 40)
        patch.setattr(rescue, "GATHER_MS", 15)
        patch.setattr(rescue, "RETRY_MS", retry_ms)
        patch.setattr(saving, "RETRY_MS", 60_000)
        patch.setattr(saving, "TYPING_PAUSE_MS", 5)


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> Patience:
    return Patience(monkeypatch, retry_ms=30)


@pytest.fixture
def impatient(patience: Patience, opened: Document) -> Document:
    """Give a document that waits for nothing long."""
    assert patience is not None
    return opened


def holds(on_disk: OnDisk, document: Document) -> bool:
    """Tell whether the copy that is kept holds the newest workshop."""
    kept = document.rescue
    if not isinstance(kept, Kept) or on_disk(kept.file) != document.workshop:
        return False
    assert document._rescue is not None
    assert document._rescue.held == document.workshop, "and it says so"
    return True


def test_nothing_is_kept_while_saves_are_quick(
    opened: Document, profile: Profile, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    told: list[object] = []
    opened.rescue_changed.connect(told.append)
    kept: list[object] = []
    monkeypatch.setattr(recovery, "keep", lambda *args: kept.append(args))
    for level in ("mature", "exemplary", "established"):
        opened.apply(AgreeLevel(ROW, level))
        opened.apply(WriteRow(ROW, RowField.NOTE, f"It is {level}"))
        qtbot.waitUntil(lambda: isinstance(opened.save_state, Saved))
    opened.undo()
    opened.flush()
    assert (opened.rescue, told, kept) == (None, [], [])
    assert opened._rescue is not None
    assert opened._rescue.held is None
    assert not profile.recovery.exists()


def test_a_save_that_hangs_has_a_copy_kept_and_the_copy_follows_and_goes(
    impatient: Document, saves: Saves, profile: Profile, on_disk: OnDisk, qtbot: QtBot
) -> None:
    saves.hang()
    impatient.apply(AgreeLevel(ROW, "mature"))
    qtbot.waitUntil(lambda: holds(on_disk, impatient))
    assert isinstance(impatient.save_state, Saving)
    impatient.apply(WriteRow(ROW, RowField.NOTE, "And more"))
    qtbot.waitUntil(lambda: holds(on_disk, impatient))
    assert len(copies(profile)) == 2
    saves.go_on()
    qtbot.waitUntil(lambda: isinstance(impatient.save_state, Saved))
    qtbot.waitUntil(lambda: impatient.rescue is None)
    assert names(profile.recovery) == []
    assert on_disk(impatient.path) == impatient.workshop


def test_a_copy_of_a_save_that_hangs_is_kept_in_its_own_time(
    opened: Document, saves: Saves, qtbot: QtBot
) -> None:
    saves.hang()
    opened.apply(AgreeLevel(ROW, "mature"))
    soon = opened._rescue._soon if opened._rescue is not None else None
    assert soon is not None
    assert (soon.isActive(), soon.interval()) == (True, rescue.PATIENCE_MS)
    qtbot.wait(20)
    before = soon.remainingTime()
    opened.apply(WriteRow(ROW, RowField.NOTE, "More"))
    assert soon.remainingTime() <= before, "typing on does not put it off"
    saves.go_on()


def test_a_failed_save_has_a_copy_kept_at_once_and_each_later_edit_in_it(
    impatient: Document,
    saves: Saves,
    on_disk: OnDisk,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr(rescue, "PATIENCE_MS", 600_000)
    told: list[object] = []
    impatient.rescue_changed.connect(told.append)
    saves.fault = FULL
    impatient.apply(AgreeLevel(ROW, "mature"))
    qtbot.waitUntil(lambda: holds(on_disk, impatient))
    for text in ("One", "Two", "Three"):
        impatient.apply(WriteRow(ROW, RowField.NOTE, text))
        qtbot.waitUntil(lambda: holds(on_disk, impatient))
    impatient.undo()
    qtbot.waitUntil(lambda: holds(on_disk, impatient))
    saves.fault = None
    assert isinstance(impatient.flush(), Saved)
    assert told[-1] is None
    assert all(isinstance(state, Kept) for state in told[:-1])


def test_a_copy_does_not_claim_what_is_only_being_written(
    impatient: Document, saves: Saves, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    gate, real = threading.Event(), recovery.keep
    keeper = impatient._rescue
    assert keeper is not None
    saves.fault = FULL
    impatient.apply(AgreeLevel(ROW, "mature"))
    qtbot.waitUntil(lambda: keeper.held == impatient.workshop)
    first = keeper.held

    def slow(folder: Path, data: bytes, belongs: Belongs) -> Kept:
        gate.wait(10)
        return real(folder, data, belongs)

    monkeypatch.setattr(recovery, "keep", slow)
    impatient.apply(AgreeLevel(ROW, "exemplary"))
    qtbot.waitUntil(lambda: keeper._writer.busy)
    assert keeper.held == first
    gate.set()
    qtbot.waitUntil(lambda: keeper.held == impatient.workshop)


def test_leaving_waits_for_the_copy(
    opened: Document, saves: Saves, on_disk: OnDisk, profile: Profile
) -> None:
    saves.fault = FULL
    opened.apply(AgreeLevel(ROW, "mature"))
    assert opened.flush() == NotSaved("The disk is full.")
    opened.apply(WriteRow(ROW, RowField.NOTE, "At the door"))
    opened.flush()
    assert holds(on_disk, opened)
    opened.close()
    assert len(copies(profile)) == 2, "it is offered at the next start"


def test_a_profile_that_cannot_be_written_is_told_and_tried_again(
    impatient: Document,
    saves: Saves,
    profile: Profile,
    on_disk: OnDisk,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr(rescue, "GATHER_MS", 600_000)
    profile.recovery.touch()
    saves.fault = FULL
    impatient.apply(AgreeLevel(ROW, "mature"))
    qtbot.waitUntil(lambda: isinstance(impatient.rescue, NotKept))
    assert isinstance(impatient.rescue, NotKept)
    assert "could not be made" in impatient.rescue.reason
    impatient.flush()
    assert isinstance(impatient.rescue, NotKept)
    profile.recovery.unlink()
    qtbot.waitUntil(lambda: holds(on_disk, impatient))
    saves.fault = None
    impatient.flush()
    assert copies(profile) == []


def test_a_copy_that_could_not_be_brought_up_to_date_goes_with_the_rest(
    impatient: Document, saves: Saves, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    saves.fault = FULL
    impatient.apply(AgreeLevel(ROW, "mature"))
    impatient.flush()
    assert len(copies(profile)) == 2

    def full(*_: object) -> Kept:
        raise FileError("The profile is full.")

    with monkeypatch.context() as patch:
        patch.setattr(recovery, "keep", full)
        impatient.apply(AgreeLevel(ROW, "exemplary"))
        impatient.flush()
        assert impatient.rescue == NotKept("The profile is full.")
        assert len(copies(profile)) == 2, "the older copy is better than none"
        saves.fault = None
        assert isinstance(impatient.flush(), Saved)
    assert names(profile.recovery) == []


def test_a_fault_of_the_programs_own_is_told_as_not_kept_and_tried_again(
    impatient: Document,
    saves: Saves,
    on_disk: OnDisk,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    def wrong(*_: object) -> Kept:
        raise ZeroDivisionError("a fault of ours")

    saves.fault = FULL
    with qtbot.captureExceptions() as raised, monkeypatch.context() as patch:
        patch.setattr(recovery, "keep", wrong)
        impatient.apply(AgreeLevel(ROW, "mature"))
        qtbot.waitUntil(lambda: bool(raised))
        assert isinstance(impatient.rescue, NotKept)
    assert raised[0][0] is ZeroDivisionError
    qtbot.waitUntil(lambda: holds(on_disk, impatient))


def test_a_save_that_comes_good_while_its_copy_is_written_leaves_no_copy(
    impatient: Document,
    saves: Saves,
    profile: Profile,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    real = recovery.keep
    started: list[Path] = []

    def slow(folder: Path, data: bytes, belongs: Belongs) -> Kept:
        started.append(folder)
        wait_for(lambda: saves.fault is None)
        return real(folder, data, belongs)

    saves.fault = FULL
    impatient.apply(AgreeLevel(ROW, "mature"))
    qtbot.waitUntil(lambda: isinstance(impatient.rescue, Kept))
    told: list[object] = []
    impatient.rescue_changed.connect(told.append)
    monkeypatch.setattr(recovery, "keep", slow)
    impatient.apply(AgreeLevel(ROW, "exemplary"))
    qtbot.waitUntil(lambda: bool(started))
    saves.fault = None
    impatient.hurry()
    impatient._saving.flush()
    assert isinstance(impatient.save_state, Saved)
    qtbot.waitUntil(lambda: names(profile.recovery) == [])
    qtbot.waitUntil(lambda: impatient.rescue is None)
    assert told.count(None) == 1, "it is told once it is so"


def wait_for(until: Callable[[], bool]) -> None:
    """Wait on a thread that has no events, for ten seconds at most."""
    for _ in range(1000):
        if until():
            return
        time.sleep(0.01)


# Any schedule of good, bad and slow saves

MODEL = read_model(content_dir())
LEVELS = [level.id for level in MODEL.levels]


class Schedule:
    """One document whose saves go well, fail or hang, and whose profile may fill up as well."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, seed: int) -> None:
        self.seen: set[tuple[str, str]] = set()
        self._random = random.Random(seed)  # noqa: S311 - a schedule, not a secret
        self._drive = folder / "drive"
        self._drive.mkdir()
        Patience(patch, retry_ms=10)
        patch.setattr(saving, "RETRY_MS", 20)
        self._saves = Saves(patch, self._drive)
        self._profile = open_profile(folder / "profile")
        self._is_hung = self._is_full = False
        real = recovery.keep

        def keep(folder: Path, data: bytes, belongs: Belongs) -> Kept:
            if self._is_full:
                raise FileError("The profile is full.")
            return real(folder, data, belongs)

        patch.setattr(recovery, "keep", keep)
        start = Workshop(id="w", created_at=dt.datetime(2026, 11, 21, tzinfo=dt.UTC))
        self._document = Document(MODEL, start, self._drive / "room.hicm", profile=self._profile)

    def run(self, steps: int) -> None:
        kinds = [self._record, self._change_disk, self._change_profile, self._turn, self._rest]
        for step in range(steps):
            (kind,) = self._random.choices(kinds, (8, 3, 1, 4, 4))
            kind(step)
            if isinstance(self._document.save_state, Saved):
                assert read(self._document.path) == self._document.workshop

    def end(self) -> None:
        self._is_full = False
        self._go_well()
        assert isinstance(self._document.flush(), Saved | NoFileYet)
        self._document.close()
        self._profile.end()
        assert [name for name in names(self._drive) if name != "room.hicm"] == []
        assert copies(self._profile) == []

    def _record(self, step: int) -> None:
        match self._random.randrange(5):
            case 0:
                self._document.apply(AgreeLevel(ROW, self._random.choice(LEVELS)))
            case 1:
                self._document.undo()
            case 2:
                self._document.redo()
            case _:
                self._document.apply(WriteRow(ROW, RowField.NOTE, f"Step {step}"))

    def _change_disk(self, step: int) -> None:
        match self._random.randrange(3):
            case 0:
                self._go_well()
            case 1:
                self._go_well()
                self._saves.fault = FULL
            case _:
                self._is_hung = True
                self._saves.hang()

    def _go_well(self) -> None:
        self._saves.fault = None
        self._is_hung = False
        self._saves.go_on()

    def _change_profile(self, step: int) -> None:
        self._is_full = not self._is_full

    def _turn(self, step: int) -> None:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        if not self._is_hung and self._random.randrange(4) == 0:
            self._document.flush()

    def _rest(self, step: int) -> None:
        """Wait for a quiet moment: nothing more comes but trying again what failed."""
        end = time.monotonic() + 20
        while not self._is_safe():
            told = (self._document.save_state, self._document.rescue)
            assert time.monotonic() < end, f"not safe after {step} steps: {told}"
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
            time.sleep(0.001)
        state, copy = self._document.save_state, self._document.rescue
        self.seen.add((type(state).__name__, type(copy).__name__))

    def _is_safe(self) -> bool:
        state, copy = self._document.save_state, self._document.rescue
        if isinstance(state, Saved | NoFileYet):
            return copy is None and copies(self._profile) == []
        if self._is_full and isinstance(copy, NotKept):
            return True
        return isinstance(copy, Kept) and read(copy.file) == self._document.workshop


def read(path: Path) -> Workshop | None:
    """Give what a file holds as it is now; None where it is just being replaced or dropped."""
    try:
        return codec.decode(files.read(path), MODEL).workshop
    except FileError:
        return None


@pytest.mark.usefixtures("qapp")
def test_at_any_quiet_moment_the_newest_workshop_is_in_the_file_or_in_the_copy(
    tmp_path: Path,
) -> None:
    seen: set[tuple[str, str]] = set()
    for seed in range(12):
        folder = tmp_path / str(seed)
        folder.mkdir()
        with pytest.MonkeyPatch.context() as patch:
            schedule = Schedule(folder, patch, seed)
            schedule.run(80)
            schedule.end()
        seen |= schedule.seen
    assert {
        ("Saved", "NoneType"),
        ("Saving", "Kept"),
        ("Saving", "NotKept"),
        ("NotSaved", "Kept"),
        ("NotSaved", "NotKept"),
    } <= seen, "the schedules came to every kind of quiet moment"
