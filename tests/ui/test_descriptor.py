"""One descriptor: keys choose it once, however long they are held."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hicm_desktop.model.values import Model
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.descriptor import Descriptor

NO = Qt.KeyboardModifier.NoModifier


def hold(target: Descriptor, key: Qt.Key, text: str) -> list[bool]:
    """Press a key and keep it down; tells of each event whether it went no further."""
    taken = []
    for repeated in (False, True, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, key, NO, text, repeated)
        QApplication.sendEvent(target, event)
        taken.append(event.isAccepted())
    return taken


@pytest.fixture
def descriptor(qtbot: QtBot, model: Model, appearance: Appearance) -> Descriptor:
    row = model.changes[0].rows[0]
    descriptor = Descriptor(model.levels[0], row.descriptors[0], appearance)
    qtbot.addWidget(descriptor)
    return descriptor


@pytest.mark.parametrize(("key", "text"), [(Qt.Key.Key_Space, " "), (Qt.Key.Key_Return, "\r")])
def test_a_key_held_down_chooses_once(descriptor: Descriptor, key: Qt.Key, text: str) -> None:
    asked: list[str] = []
    descriptor.asked.connect(asked.append)
    hold(descriptor, key, text)
    assert asked == [descriptor.level.id]


def test_a_digit_held_down_reaches_the_tab_once_and_an_arrow_every_time(
    descriptor: Descriptor,
) -> None:
    assert hold(descriptor, Qt.Key.Key_4, "4") == [False, True, True, True]
    assert hold(descriptor, Qt.Key.Key_Down, "") == [False] * 4
