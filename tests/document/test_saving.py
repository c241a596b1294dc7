"""Saving without being asked: what the save light says is true, whatever the disk does."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
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


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a real disk of 64 KB, full but for what a small workshop takes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if (
        sys.platform != "linux"
        or subprocess.run(mount, check=False, capture_output=True).returncode
    ):
        pytest.skip("a small disk can be mounted on Linux as root only")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)  # noqa: S607 - fixed words


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
