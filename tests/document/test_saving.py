"""Saving without being asked: what the save light says is true, whatever the disk does."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from hicm_desktop.document import saving
from hicm_desktop.document.document import Document
from hicm_desktop.document.saving import NoFileYet, NotSaved, Saved, Saving
from hicm_desktop.errors import FileError
from hicm_desktop.storage import files
from hicm_desktop.workshop.edits import AgreeLevel, RowField, WriteRow
from hicm_desktop.workshop.values import Workshop

OnDisk = Callable[[Path], Workshop]
ROW = "planned"


def test_the_state_goes_from_nothing_through_saving_to_saved(
    document: Document, qtbot: QtBot
) -> None:
    seen: list[object] = []
    document.save_state_changed.connect(seen.append)
    assert isinstance(document.save_state, NoFileYet)
    document.apply(AgreeLevel(ROW, "mature"))
    assert isinstance(document.save_state, Saving)
    qtbot.waitUntil(lambda: isinstance(document.save_state, Saved))
    assert [type(state) for state in seen] == [Saving, Saved]


def test_undoing_to_what_the_file_holds_is_saved(document: Document, on_disk: OnDisk) -> None:
    document.apply(AgreeLevel(ROW, "mature"))
    document.flush()
    document.apply(WriteRow(ROW, RowField.NOTE, "x"))
    document.undo()
    assert isinstance(document.flush(), Saved)
    assert on_disk(document.path) == document.workshop


def test_edits_during_a_slow_save_are_written_next_and_the_window_never_waits(
    document: Document, on_disk: OnDisk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    write, gate, writes = files.write, threading.Event(), []

    def slow(path: Path, data: bytes, expected: files.Fingerprint | None) -> files.Fingerprint:
        writes.append(data)
        gate.wait(5)
        return write(path, data, expected)

    monkeypatch.setattr(files, "write", slow)
    document.apply(AgreeLevel(ROW, "mature"))
    qtbot.waitUntil(lambda: len(writes) == 1)
    for level in ("established", "exemplary", "plans-in-place"):
        document.apply(AgreeLevel(ROW, level))
    assert isinstance(document.save_state, Saving)
    gate.set()
    qtbot.waitUntil(lambda: isinstance(document.save_state, Saved))
    assert len(writes) == 2, "what was agreed meanwhile is written as one"
    assert on_disk(document.path).row(ROW).level == "plans-in-place"


def test_a_failure_is_told_with_its_reason_and_the_next_save_mends_it(
    document: Document, on_disk: OnDisk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    document.apply(AgreeLevel(ROW, "mature"))
    document.flush()
    before = document.path.read_bytes()

    def full(*_: object) -> files.Fingerprint:
        raise FileError("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(files, "write", full)
        seen: list[object] = []
        document.save_state_changed.connect(seen.append)
        document.apply(AgreeLevel(ROW, "exemplary"))
        qtbot.waitUntil(lambda: document.save_state == NotSaved("The disk is full."))
        document.apply(WriteRow(ROW, RowField.NOTE, "Still here"))
        assert document.flush() == NotSaved("The disk is full.")
        assert seen.count(NotSaved("The disk is full.")) == 1, "told once"
        assert document.path.read_bytes() == before
    document.apply(AgreeLevel(ROW, "established"))
    assert isinstance(document.flush(), Saved)
    assert on_disk(document.path) == document.workshop


def test_a_failed_save_is_tried_again_by_itself(
    document: Document, on_disk: OnDisk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(saving, "RETRY_MS", 20)
    write, tries = files.write, []

    def away_at_first(
        path: Path, data: bytes, expected: files.Fingerprint | None
    ) -> files.Fingerprint:
        tries.append(1)
        if len(tries) < 3:
            raise FileError("The drive is away.")
        return write(path, data, expected)

    monkeypatch.setattr(files, "write", away_at_first)
    retrying = Document(document.model, document.workshop, document.path)
    retrying.apply(AgreeLevel(ROW, "mature"))
    qtbot.waitUntil(lambda: isinstance(retrying.save_state, Saved))
    assert on_disk(document.path) == retrying.workshop
    retrying.close()


def test_a_file_changed_by_someone_else_is_left_as_it_is(document: Document) -> None:
    document.apply(AgreeLevel(ROW, "mature"))
    document.flush()
    document.path.write_text("somebody else's")
    document.apply(AgreeLevel(ROW, "exemplary"))
    state = document.flush()
    assert isinstance(state, NotSaved)
    assert "changed by someone else" in state.reason
    assert document.path.read_text() == "somebody else's"


def test_a_new_workshop_never_takes_the_place_of_a_file_that_is_there(
    document: Document, on_disk: OnDisk, tmp_path: Path
) -> None:
    document.path.write_text("made by a second window meanwhile")
    document.apply(AgreeLevel(ROW, "mature"))
    assert isinstance(document.flush(), Saved)
    assert (tmp_path / "room.hicm").read_text() == "made by a second window meanwhile"
    assert document.path == tmp_path / "room (2).hicm"
    assert on_disk(document.path) == document.workshop


def test_the_folder_of_a_new_workshop_is_made(document: Document, tmp_path: Path) -> None:
    document.rename(tmp_path / "HICM workshops" / "room.hicm")
    document.apply(AgreeLevel(ROW, "mature"))
    assert isinstance(document.flush(), Saved)
    assert document.path.exists()


def test_a_folder_that_cannot_be_made_is_told(document: Document, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")
    document.rename(tmp_path / "a file" / "room.hicm")
    document.apply(AgreeLevel(ROW, "mature"))
    state = document.flush()
    assert isinstance(state, NotSaved)
    assert "could not be made" in state.reason
    document.rename(tmp_path / "room.hicm")


def test_a_save_that_hangs_is_not_called_saved(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, write = threading.Event(), files.write

    def hang(path: Path, data: bytes, expected: files.Fingerprint | None) -> files.Fingerprint:
        gate.wait(5)
        return write(path, data, expected)

    monkeypatch.setattr(files, "write", hang)
    document.apply(AgreeLevel(ROW, "mature"))
    state = document._saving.flush(timeout_s=0.05)
    assert isinstance(state, NotSaved)
    assert "taking too long" in state.reason
    gate.set()
    assert isinstance(document.flush(), Saved)


def test_a_full_disk_is_told_and_the_last_good_file_stays(
    document: Document, small_disk: Path, on_disk: OnDisk
) -> None:
    document.rename(small_disk / "room.hicm")
    document.apply(AgreeLevel(ROW, "mature"))
    assert isinstance(document.flush(), Saved)
    good = document.workshop
    document.apply(WriteRow(ROW, RowField.NOTE, "long " * 20_000))
    state = document.flush()
    assert isinstance(state, NotSaved)
    assert on_disk(document.path) == good
    assert [p.name for p in small_disk.iterdir()] == ["room.hicm"]
    document.undo()
    document.apply(WriteRow(ROW, RowField.NOTE, "short"))
    assert isinstance(document.flush(), Saved)
    assert on_disk(document.path).row(ROW).note == "short"


def test_a_disk_with_little_room_is_told_once_and_again_after_there_was_room(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = saving.LOW_BYTES
    told: list[int] = []
    real = shutil.disk_usage

    def usage(path: Path) -> object:
        return real(path)._replace(free=free)

    monkeypatch.setattr(shutil, "disk_usage", usage)
    document.low_disk.connect(told.append)
    for free, level in (  # noqa: B007 - `usage` gives it
        (saving.LOW_BYTES, "mature"),
        (saving.LOW_BYTES - 1, "exemplary"),
        (saving.LOW_BYTES - 2, "established"),
        (saving.LOW_BYTES * 2, "mature"),
        (7, "exemplary"),
    ):
        document.apply(AgreeLevel(ROW, level))
        assert isinstance(document.flush(), Saved)
    assert told == [saving.LOW_BYTES - 1, 7]


def test_a_disk_that_does_not_say_how_much_room_it_has_is_written_all_the_same(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(_: Path) -> None:
        raise OSError("not known here")

    told: list[object] = []
    document.low_disk.connect(told.append)
    monkeypatch.setattr(shutil, "disk_usage", silent)
    document.apply(AgreeLevel(ROW, "mature"))
    assert isinstance(document.flush(), Saved)
    assert told == []


def test_each_save_gives_the_bytes_that_reached_the_file(document: Document) -> None:
    written: list[bytes] = []
    document._saving.written.connect(written.append)
    for level in ("mature", "exemplary"):
        document.apply(AgreeLevel(ROW, level))
        document.flush()
        assert written[-1] == document.path.read_bytes()
    assert len(written) == 2


def test_a_workshop_too_large_for_a_file_is_told_and_the_last_good_file_stays(
    document: Document, on_disk: OnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    document.apply(AgreeLevel(ROW, "mature"))
    document.flush()
    good = document.workshop
    monkeypatch.setattr("hicm_desktop.storage.codec.LIMIT_BYTES", 1000)
    document.apply(WriteRow(ROW, RowField.NOTE, "long " * 1000))
    state = document.flush()
    assert isinstance(state, NotSaved)
    assert "Shorten the longest notes" in state.reason
    monkeypatch.undo()
    assert on_disk(document.path) == good
    assert isinstance(document.flush(), Saved)


def test_a_fault_of_the_programs_own_is_never_called_saved_and_told_once(
    document: Document, on_disk: OnDisk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def wrong(*_: object) -> files.Fingerprint:
        raise ZeroDivisionError("a fault of ours")

    with qtbot.captureExceptions() as raised, monkeypatch.context() as patch:
        patch.setattr(files, "write", wrong)
        document.apply(AgreeLevel(ROW, "mature"))
        qtbot.waitUntil(lambda: isinstance(document.save_state, NotSaved))
        state = document.flush()
        assert isinstance(state, NotSaved)
        assert state.reason == (
            "room.hicm could not be written, for a reason this program does not know "
            "(ZeroDivisionError). Save a copy under another name."
        )
        qtbot.waitUntil(lambda: bool(raised))
        qtbot.wait(30)
    assert [kind for kind, *_ in raised] == [ZeroDivisionError]
    assert isinstance(document.flush(), Saved)
    assert on_disk(document.path) == document.workshop


def test_looking_elsewhere_has_what_was_typed_written_now(
    document: Document, on_disk: OnDisk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(saving, "TYPING_PAUSE_MS", 600_000)
    document.hurry()
    document.apply(WriteRow(ROW, RowField.NOTE, "Typed"))
    document.hurry()
    qtbot.waitUntil(lambda: isinstance(document.save_state, Saved))
    assert on_disk(document.path) == document.workshop
