"""What the pins of the requirements are for, held by a test: see docs/adr/0002-pins.md."""

from __future__ import annotations

import sys

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

_REPAINTS = 3_000


class _Repainted(QWidget):
    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1


def test_repainting_loses_no_reference_to_none(qtbot: QtBot) -> None:
    widget = _Repainted()
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    before = sys.getrefcount(None)
    for _ in range(_REPAINTS):
        widget.repaint()
    assert widget.painted >= _REPAINTS
    assert sys.getrefcount(None) > before - _REPAINTS // 2
