"""The tab of a change: what has the keyboard is in view, and stays where the reader left it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hicm_desktop.model.values import Model
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.change_page import ChangePage
from hicm_desktop.ui.matrix import LevelHeadings
from hicm_desktop.workshop.values import Workshop

NAMES_ABOVE, STACKED = (640, 560), (420, 560)


@pytest.fixture
def page(qtbot: QtBot, model: Model, appearance: Appearance, sample: Workshop) -> ChangePage:
    page = ChangePage(model, model.changes[0], appearance)
    qtbot.addWidget(page)
    page.show_workshop(sample)
    page.resize(*NAMES_ABOVE)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def press(key: Qt.Key) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key)


def top_of(page: ChangePage, widget: QWidget) -> int:
    return widget.mapTo(page.viewport(), QPoint(0, 0)).y()


def under_the_headings(page: ChangePage) -> int:
    (headings,) = page.findChildren(LevelHeadings)
    return top_of(page, headings) + headings.height() if headings.isVisible() else 0


@pytest.mark.parametrize("size", [NAMES_ABOVE, STACKED])
def test_going_up_to_a_row_taller_than_the_window_shows_its_name(
    qtbot: QtBot, page: ChangePage, size: tuple[int, int]
) -> None:
    page.resize(*size)
    rows = page.matrix.rows
    rows[1].take_focus(0)
    QTest.qWait(20)
    assert rows[0].height() > page.viewport().height() - under_the_headings(page)
    press(Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: rows[0].focused_column() == 0)
    assert under_the_headings(page) <= top_of(page, rows[0].header) < page.viewport().height() // 2


def test_coming_back_from_another_window_leaves_the_page_where_it_was(page: ChangePage) -> None:
    descriptor = page.matrix.rows[0].descriptors[0]
    page.enter(page.matrix.rows[0].row.id)
    QTest.qWait(20)
    assert page.verticalScrollBar().value() == 0
    QApplication.sendEvent(
        descriptor, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.ActiveWindowFocusReason)
    )
    assert page.verticalScrollBar().value() == 0
    QApplication.sendEvent(
        descriptor, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason)
    )
    assert page.verticalScrollBar().value() > 0, "a move of the keyboard does bring it into view"
