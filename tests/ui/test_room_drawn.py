"""Pictures of cards that are drawn ahead: kept within a bound, and only such as can be copied."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter
from pytestqt.qtbot import QtBot

from hicm_desktop.ui.room.drawn import Drawn

SIZE = QSize(10, 10)


def paint(painter: QPainter) -> None:
    painter.fillRect(0, 0, 10, 10, QColor("#0B4F8A"))


@pytest.fixture
def drawn(qtbot: QtBot) -> Drawn:
    assert qtbot
    return Drawn(most=300)


def test_what_was_drawn_is_given_as_it_was_painted(drawn: Drawn) -> None:
    assert drawn.get("a") is None
    drawn.draw("a", SIZE, 2.0, paint)
    picture = Drawn(most=1000)
    picture.draw("a", SIZE, 2.0, paint)
    found = picture.get("a")
    assert found is not None
    assert (found.width(), found.height(), found.devicePixelRatio()) == (20, 20, 2.0)
    assert found.toImage().pixelColor(19, 19) == QColor("#0B4F8A")
    assert "a" not in drawn, "larger than all that is kept"


def test_the_ones_asked_for_longest_ago_go_first(drawn: Drawn) -> None:
    for key in "abc":
        drawn.draw(key, SIZE, 1.0, paint)
    assert drawn.get("a") is not None
    drawn.draw("d", SIZE, 1.0, paint)
    assert [key for key in "abcd" if key in drawn] == ["a", "c", "d"]


def test_no_picture_is_kept_that_would_be_copied_between_two_px(drawn: Drawn) -> None:
    drawn.draw("a", SIZE, 1.25, paint)
    assert "a" not in drawn
