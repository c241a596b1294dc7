"""Work on another thread: one thing at a time, told of on the thread that asked."""

from __future__ import annotations

import threading
from concurrent.futures import Future

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from hicm_desktop.document.background import Background


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
