"""The field for a time: dates and words side by side, and the calendar by keyboard and mouse."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget
from pytestqt.qtbot import QtBot

from hicm_desktop.ui.due_field import CalendarPopup, DateField, Due, DueField


@pytest.fixture
def field(qtbot: QtBot) -> DueField:
    field = DueField("When will it be done by?")
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
        field.activateWindow()
    field.line.setFocus()
    return field


def calendar(qtbot: QtBot) -> QCalendarWidget:
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), CalendarPopup))
    popup = QApplication.activePopupWidget()
    assert popup is not None
    found = popup.findChild(QCalendarWidget)
    assert isinstance(found, QCalendarWidget)
    return found


def test_a_typed_date_is_one_and_is_written_out_once_it_is_left(field: DueField) -> None:
    QTest.keyClicks(field.line, "31/3/27")
    assert field.due == Due(dt.date(2027, 3, 31))
    assert field.kind() == "Wednesday 31 March 2027"
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert field.line.text() == "31 March 2027"


def test_words_are_kept_to_the_letter(field: DueField) -> None:
    QTest.keyClicks(field.line, " end of March ")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert field.due == Due(None, " end of March ")
    assert field.line.text() == " end of March "


def test_what_is_recorded_is_shown_and_tells_nobody(field: DueField, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(field.edited):
        field.show_due(Due(dt.date(2026, 12, 4)))
    assert field.line.text() == "4 December 2026"


def test_the_calendar_opens_by_keyboard_on_the_date_and_gives_another(
    field: DueField, qtbot: QtBot
) -> None:
    field.show_due(Due(dt.date(2026, 12, 4)))
    with qtbot.assertNotEmitted(field.left):
        QTest.keyClick(field.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        month = calendar(qtbot)
    assert month.selectedDate().toPython() == dt.date(2026, 12, 4)
    view = month.focusProxy() or month
    with qtbot.waitSignal(field.edited):
        QTest.keyClick(view, Qt.Key.Key_Right)
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert field.due == Due(dt.date(2026, 12, 5))
    assert field.line.text() == "5 December 2026"


def test_the_calendar_closes_by_escape_with_the_words_kept(field: DueField, qtbot: QtBot) -> None:
    field.show_due(Due(None, "after Easter"))
    QTest.mouseClick(field.calendar_button, Qt.MouseButton.LeftButton)
    month = calendar(qtbot)
    QTest.keyClick(month, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
    assert field.due == Due(None, "after Easter")
    with qtbot.waitSignal(field.left):
        QTest.keyClick(field.line, Qt.Key.Key_Return)


def test_the_calendar_speaks_english_and_paints_no_day_red(field: DueField, qtbot: QtBot) -> None:
    field.open_calendar()
    month = calendar(qtbot)
    assert month.locale().name() == "en_GB"
    assert month.weekdayTextFormat(Qt.DayOfWeek.Sunday) == month.weekdayTextFormat(
        Qt.DayOfWeek.Monday
    )


def test_a_date_field_takes_dates_alone_and_says_so(qtbot: QtBot) -> None:
    field = DateField("Date")
    qtbot.addWidget(field)
    for typed, date, is_read in (
        ("", None, True),
        ("12 November", None, False),
        (" 2026", dt.date(2026, 11, 12), True),
    ):
        QTest.keyClicks(field.line, typed)
        assert (field.date, field.is_read) == (date, is_read)
        assert ("Not read as a date" in field.kind()) is not is_read
