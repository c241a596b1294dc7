"""Versions of the open workshop: kept beside the saving, at their times, and never in its way."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hicm_desktop.document.versions import EVERY_S, Versions
from hicm_desktop.errors import FileError
from hicm_desktop.storage import earlier
from hicm_desktop.storage.earlier import Reason, Version

from .conftest import Clock

ID, PATH = "room", Path("/room/Northbridge.hicm")
NINE = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def versions(qapp: QApplication, tmp_path: Path, clock: Clock) -> Iterator[Versions]:
    kept = Versions(
        tmp_path / "earlier", qapp, clock, lambda: NINE + dt.timedelta(seconds=clock.now)
    )
    yield kept
    kept.close()


def on_shelf(tmp_path: Path, workshop_id: str = ID) -> list[tuple[bytes, Reason]]:
    found = earlier.versions(tmp_path / "earlier", workshop_id)
    return [(earlier.read(version), version.reason) for version in reversed(found)]


def test_a_workshop_is_kept_as_opened_while_working_and_when_closed(
    versions: Versions, clock: Clock, tmp_path: Path
) -> None:
    versions.opened(ID, PATH, b"0")
    clock.now = 1
    for seconds in range(1, 60 * 60, 30):
        clock.now = seconds
        versions.saved(ID, PATH, str(seconds).encode())
    versions.closing(ID, PATH, b"last")
    assert versions.flush()
    data = [content for content, _ in on_shelf(tmp_path)]
    assert data == [b"0", b"601", b"1201", b"1801", b"2401", b"3001", b"last"]
    reasons = [reason for _, reason in on_shelf(tmp_path)]
    assert reasons == [Reason.OPENED, *[Reason.WORKING] * 5, Reason.CLOSED]


def test_ten_minutes_are_ten_minutes(versions: Versions, clock: Clock, tmp_path: Path) -> None:
    versions.opened(ID, PATH, b"0")
    clock.now = EVERY_S - 0.01
    versions.saved(ID, PATH, b"too soon")
    clock.now = EVERY_S
    versions.saved(ID, PATH, b"due")
    versions.flush()
    assert [data for data, _ in on_shelf(tmp_path)] == [b"0", b"due"]


def test_a_new_workshop_is_kept_with_its_first_save_and_another_has_times_of_its_own(
    versions: Versions, tmp_path: Path
) -> None:
    versions.saved(ID, PATH, b"first")
    versions.saved("other", PATH, b"other")
    versions.saved(ID, PATH, b"second")
    versions.flush()
    assert on_shelf(tmp_path) == [(b"first", Reason.WORKING)]
    assert on_shelf(tmp_path, "other") == [(b"other", Reason.WORKING)]


def test_what_gives_way_to_theirs_is_kept(versions: Versions, tmp_path: Path) -> None:
    versions.taking_theirs(ID, PATH, b"mine")
    versions.flush()
    assert on_shelf(tmp_path) == [(b"mine", Reason.THEIRS)]


def test_it_is_done_on_another_thread_in_order_and_nobody_waits(
    versions: Versions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    keep, gate, threads = earlier.keep, threading.Event(), set()

    def slow(
        root: Path, workshop_id: str, path: Path, data: bytes, when: dt.datetime, reason: Reason
    ) -> Version:
        gate.wait(5)
        threads.add(threading.get_ident())
        return keep(root, workshop_id, path, data, when, reason)

    monkeypatch.setattr(earlier, "keep", slow)
    versions.opened(ID, PATH, b"1")
    versions.closing(ID, PATH, b"2")
    versions.opened("other", PATH, b"3")
    assert versions.busy
    assert not versions.flush(0.01)
    gate.set()
    qtbot.waitUntil(lambda: not versions.busy)
    assert len(threads) == 1
    assert threading.get_ident() not in threads
    assert [data for data, _ in on_shelf(tmp_path)] == [b"1", b"2"]
    assert on_shelf(tmp_path, "other") == [(b"3", Reason.OPENED)]


def test_a_failure_is_told_once_until_one_is_kept_again(
    versions: Versions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    versions.failed.connect(told.append)

    def full(*_: object) -> NoReturn:
        raise FileError("The disk is full.")

    def fail() -> None:
        with monkeypatch.context() as broken:
            broken.setattr(earlier, "keep", full)
            for data in (b"1", b"2"):
                versions.closing(ID, PATH, data)
            assert versions.flush()

    fail()
    assert told == ["The disk is full."]
    versions.closing(ID, PATH, b"3")
    versions.flush()
    assert told == ["The disk is full."]
    fail()
    assert told == ["The disk is full."] * 2
    assert on_shelf(tmp_path) == [(b"3", Reason.CLOSED)]


def test_what_waits_at_the_close_is_not_begun(
    versions: Versions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    keep, gate, begun = earlier.keep, threading.Event(), threading.Event()

    def slow(
        root: Path, workshop_id: str, path: Path, data: bytes, when: dt.datetime, reason: Reason
    ) -> Version:
        begun.set()
        gate.wait(5)
        return keep(root, workshop_id, path, data, when, reason)

    monkeypatch.setattr(earlier, "keep", slow)
    versions.opened(ID, PATH, b"under way")
    versions.closing(ID, PATH, b"waiting")
    begun.wait(5)
    (keeper,) = (thread for thread in threading.enumerate() if thread.name == "versions")
    versions.close()
    gate.set()
    qtbot.waitUntil(lambda: not keeper.is_alive())
    assert versions.flush()
    assert [data for data, _ in on_shelf(tmp_path)] == [b"under way"]


def test_the_time_is_that_of_the_clock_on_the_wall(qapp: QApplication, tmp_path: Path) -> None:
    versions = Versions(tmp_path / "earlier", qapp)
    before = dt.datetime.now().astimezone().replace(microsecond=0)
    versions.opened(ID, PATH, b"data")
    assert versions.flush()
    versions.close()
    (kept,) = earlier.versions(tmp_path / "earlier", ID)
    assert before <= kept.when <= dt.datetime.now().astimezone()
    assert kept.when.utcoffset() == before.utcoffset()
