"""Work on another thread: one thing at a time, told of on the thread that asked."""

from __future__ import annotations

import threading
from concurrent.futures import Future

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from hicm_desktop.document.background import Background, raise_soon


def test_work_is_done_elsewhere_and_told_of_here(qtbot: QtBot) -> None:
    owner, told = QObject(), []

    def tell(job: Future[int]) -> None:
        told.append((job.result(), threading.get_ident()))

    work: Background[int] = Background("test", tell, owner)
    work.start(threading.get_ident)
    qtbot.waitUntil(lambda: bool(told))
    (there, here), *_ = told
    assert here == threading.get_ident() != there
    assert not work.busy
    work.close()


def test_a_second_thing_is_refused_while_the_first_is_under_way(qtbot: QtBot) -> None:
    gate, owner = threading.Event(), QObject()
    work: Background[bool] = Background("test", lambda _: None, owner)
    work.start(lambda: gate.wait(5))
    assert not work.wait(0.01)
    with pytest.raises(RuntimeError, match="one thing at a time"):
        work.start(lambda: True)
    gate.set()
    qtbot.waitUntil(lambda: not work.busy)
    work.close()


def test_waiting_for_nothing_is_over_at_once() -> None:
    owner = QObject()
    work: Background[int] = Background("test", lambda _: None, owner)
    assert work.wait(0.0)
    work.close()


def test_a_fault_on_the_other_thread_is_told_with_the_job(qtbot: QtBot) -> None:
    told: list[Future[int]] = []
    owner = QObject()
    work: Background[int] = Background("test", told.append, owner)
    work.start(lambda: 1 // 0)
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0].exception(), ZeroDivisionError)
    work.start(lambda: 7)
    assert work.wait(10)
    assert told[1].result() == 7, "the thread goes on"
    work.close()


def test_work_under_way_when_all_is_closed_is_told_to_nobody(qtbot: QtBot) -> None:
    gate, done, owner = threading.Event(), threading.Event(), QObject()
    told: list[object] = []

    def slow() -> None:
        gate.wait(10)
        done.set()

    work: Background[None] = Background("test", told.append, owner)
    work.start(slow)
    work.close()
    gate.set()
    assert done.wait(10)
    qtbot.wait(50)
    assert told == []


def test_what_is_to_be_done_at_last_is_done_on_the_same_thread_after_the_rest() -> None:
    gate, over, owner = threading.Event(), threading.Event(), QObject()
    done: list[tuple[str, int]] = []

    def note(what: str) -> None:
        done.append((what, threading.get_ident()))

    def slow() -> None:
        gate.wait(10)
        note("work")

    def put_away() -> None:
        note("put away")
        over.set()

    work: Background[None] = Background("test", lambda _: None, owner)
    work.start(slow)
    work.close(put_away)
    gate.set()
    assert over.wait(10)
    (first, there), (last, same) = done
    assert (first, last) == ("work", "put away")
    assert there == same != threading.get_ident()


def test_a_fault_raised_soon_comes_after_what_is_under_way(qtbot: QtBot) -> None:
    owner = QObject()
    with qtbot.captureExceptions() as raised:
        raise_soon(ValueError("ours"), owner)
        assert raised == []
        qtbot.waitUntil(lambda: bool(raised))
    assert str(raised[0][1]) == "ours"
