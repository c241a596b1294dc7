"""The status line: that words in passing are shown whole, whatever the size of text."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.astray import NOT_RECORDED
from hicm_desktop.ui.main_window import MainWindow

from .telling import Key, press

ROW = "discharge-to-assess"
SHORT = "No row is parked."


def settle() -> None:
    QTest.qWait(40)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0, 2.5])
@pytest.mark.parametrize("words", [SHORT, NOT_RECORDED])
@pytest.mark.parametrize("width", [1024, 1366])
def test_what_is_told_is_shown_whole(
    window: MainWindow, appearance: Appearance, width: int, words: str, scale: float
) -> None:
    window.resize(width, 768)
    appearance.set_scale(scale)
    window.console.go_to_row(ROW)
    settle()
    window.tell(words)
    settle()
    told = window._status.told
    assert told.text() == words
    assert told.isVisible()
    assert told.width() >= told.minimumSizeHint().width()
    if not told.wordWrap():
        assert told.width() >= told.sizeHint().width()
    assert told.height() >= told.heightForWidth(told.width())
    assert told.visibleRegion().boundingRect().size() == told.size()
    assert window._status.light.isVisible()


def test_nothing_moves_for_it_on_a_usual_laptop(window: MainWindow) -> None:
    window.console.go_to_row(ROW)
    settle()
    before = window.console.geometry()
    window.tell(NOT_RECORDED)
    settle()
    assert window._status.told.text() == NOT_RECORDED
    assert window.console.geometry() == before


def test_it_goes_again_and_gives_its_room_back(
    window: MainWindow, appearance: Appearance, qtbot: QtBot
) -> None:
    window.resize(1024, 768)
    appearance.set_scale(2.5)
    window.console.go_to_row(ROW)
    settle()
    height = window._status.height()
    window._status._telling.setInterval(80)
    press(Key.Key_N)
    press(Key.Key_Escape)
    window.tell(NOT_RECORDED)
    settle()
    assert window._status.height() > height
    qtbot.waitUntil(lambda: window._status.height() == height)
    assert not window._status.told.text()
