"""Two states side by side on a small screen with large type: no word is cut, none out of reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from hicm_desktop.model.values import Model
from hicm_desktop.ui.appearance import Appearance, ThemeChoice
from hicm_desktop.ui.compare_dialog import CompareDialog, Side
from hicm_desktop.ui.differences_view import DifferencesView
from hicm_desktop.workshop.edits import AgreeLevel
from hicm_desktop.workshop.values import Workshop

from .telling import Key, name_of

SHIFT = Qt.KeyboardModifier.ShiftModifier
SCREEN = QSize(1024, 768)
KEPT = (
    "The program ended before everything was in Northbridge.hicm. A copy was kept on this computer "
    "at 14:05 on 21 November 2026: 20 of 23 rows agreed · 2 parked · 12 actions.\n"
    "The file itself holds: 20 of 23 rows agreed · 2 parked · 11 actions. It was changed since, so "
    "the copy opens as a new file beside it."
)
ANSWERS = ("Open it as a new file", "Throw it away…")
Asked = Callable[..., CompareDialog]


@pytest.fixture
def asked(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    appearance: Appearance,
    model: Model,
    sample: Workshop,
) -> Iterator[Asked]:
    """Give what shows the dialog, as it comes on a screen of 1024 by 768."""
    monkeypatch.setattr(QScreen, "availableSize", lambda _: SCREEN)
    under = QWidget()
    qtbot.addWidget(under)

    def show(scale: float, *, short: bool = False, words: str = KEPT) -> CompareDialog:
        appearance.dress(ThemeChoice.LIGHT, scale)
        lost = AgreeLevel("emergency", "exemplary").apply(sample)
        lost = AgreeLevel("planned", "exemplary").apply(lost)
        left = None if short else Side("In the file", sample)
        right = Side("In the copy", lost)
        dialog = CompareDialog(
            "Recovered work", words, model, left, right, ANSWERS, under, leave="Not now"
        )
        with qtbot.waitActive(dialog):
            dialog.show()
            dialog.activateWindow()
        QTest.qWait(20)
        return dialog

    yield show
    under.close()


def area_of(dialog: CompareDialog) -> QScrollArea:
    (area,) = (a for a in dialog.findChildren(QScrollArea) if a.parentWidget() is dialog)
    return area


def body_of(dialog: CompareDialog) -> QWidget:
    body = area_of(dialog).widget()
    assert body is not None
    return body


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None, "nothing has the keyboard"
    QTest.keyClick(focus, key, held)
    QTest.qWait(1)


def in_view(dialog: CompareDialog) -> QRect:
    """Give the part of the words and the list that is in view, where they themselves begin at 0."""
    return QRect(QPoint(0, -body_of(dialog).y()), area_of(dialog).viewport().size())


def place_of(widget: QWidget, dialog: CompareDialog) -> QRect:
    return QRect(widget.mapTo(body_of(dialog), QPoint(0, 0)), widget.size())


def faults_of(dialog: CompareDialog) -> list[str]:
    """Give what is cut, or lies beyond an edge to which nothing scrolls."""
    faults = []
    room = SCREEN - QSize(40, 80)
    if dialog.width() > room.width() or dialog.height() > room.height():
        faults.append(f"{dialog.size()} is more than the screen has room for")
    for text in dialog.findChildren(QLabel):
        needed = text.heightForWidth(text.width())
        if text.isVisible() and text.height() < needed:
            faults.append(f"“{text.text()[:20]}” has {text.height()} px of {needed}")
    for button in dialog.findChildren(QPushButton):
        place = QRect(button.mapTo(dialog, QPoint(0, 0)), button.size())
        if not dialog.rect().contains(place) or button.width() < button.sizeHint().width():
            faults.append(f"“{button.text()}” is cut")
    body = body_of(dialog)
    if body.width() > area_of(dialog).viewport().width():
        faults.append("it goes on sideways")
    faults += [
        f"“{text.text()[:20]}” reaches out of what scrolls"
        for text in body.findChildren(QLabel)
        if text.isVisible() and not body.rect().contains(place_of(text, dialog))
    ]
    return faults


@pytest.mark.parametrize("scale", [0.8, 1.0, 1.5, 2.0, 2.5])
@pytest.mark.parametrize("short", [False, True])
def test_no_words_are_cut(asked: Asked, scale: float, *, short: bool) -> None:
    assert faults_of(asked(scale, short=short)) == []


def test_a_question_too_long_for_the_screen_scrolls_and_is_not_cut(asked: Asked) -> None:
    dialog = asked(2.5, short=True, words="\n".join([KEPT] * 3))
    assert faults_of(dialog) == []
    assert area_of(dialog).verticalScrollBar().isVisible()


@pytest.mark.parametrize("scale", [0.8, 1.0, 1.5])
@pytest.mark.parametrize("short", [False, True])
def test_nothing_scrolls_where_all_of_it_fits(asked: Asked, scale: float, *, short: bool) -> None:
    dialog = asked(scale, short=short)
    area = area_of(dialog)
    assert not area.verticalScrollBar().isVisible()
    assert not area.horizontalScrollBar().isVisible()
    assert not area.hasFocus()
    stops = set()
    for _ in range(6):
        press(Key.Key_Tab)
        stops.add(QApplication.focusWidget())
    assert area not in stops, "there is nothing in it to scroll to"


@pytest.mark.parametrize("scale", [1.0, 2.5])
def test_a_question_alone_is_as_high_as_its_words(asked: Asked, scale: float) -> None:
    dialog = asked(scale, short=True)
    title, words = (place_of(text, dialog) for text in dialog.findChildren(QLabel))
    above, between = title.top(), words.top() - title.bottom()
    below = in_view(dialog).bottom() - words.bottom()
    assert above > 0
    assert between > 0
    assert 0 <= below <= above + between, "no room is left over"


@pytest.mark.parametrize("short", [False, True])
def test_all_of_it_is_reached_by_keyboard(asked: Asked, *, short: bool) -> None:
    dialog = asked(2.5, short=short, words="\n".join([KEPT] * 3))
    area = area_of(dialog)
    assert area.hasFocus(), "one begins to read where the words begin"
    assert name_of(area) == "Recovered work"
    assert in_view(dialog).top() == 0
    seen, end = 0, body_of(dialog).height()
    for _ in range(200):
        view = in_view(dialog)
        assert view.top() <= seen, "a press goes by no words"
        seen = view.bottom() + 1
        press(Key.Key_Down)
    assert seen == end
    press(Key.Key_PageUp)
    assert in_view(dialog).bottom() + 1 < end


@pytest.mark.parametrize(("key", "held"), [(Key.Key_Tab, None), (Key.Key_Backtab, SHIFT)])
def test_the_list_comes_into_view_from_either_side(
    asked: Asked, key: Qt.Key, held: Qt.KeyboardModifier | None
) -> None:
    dialog = asked(2.5, words="\n".join([KEPT] * 3))
    table = dialog.findChildren(DifferencesView)[0].table
    for _ in range(6):
        assert table.hasFocus() or not in_view(dialog).contains(place_of(table, dialog))
        press(key, held or Qt.KeyboardModifier.NoModifier)
        if table.hasFocus():
            break
    assert table.hasFocus()
    assert in_view(dialog).contains(place_of(table, dialog))
    assert table.viewport().height() >= 6 * table.fontMetrics().height(), "too little to read in"


def test_the_list_has_the_keyboard_at_once_where_all_of_it_is_in_view(asked: Asked) -> None:
    dialog = asked(1.0)
    assert dialog.findChildren(DifferencesView)[0].table.hasFocus()


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Escape])
def test_return_on_the_words_leaves_all_as_it_is(asked: Asked, key: Qt.Key) -> None:
    dialog = asked(2.5)
    assert area_of(dialog).hasFocus()
    press(key)
    assert dialog.isHidden()
    assert dialog.result() == CompareDialog.DialogCode.Rejected


def test_tab_comes_back_to_the_words_while_some_are_hidden(asked: Asked) -> None:
    dialog = asked(2.5)
    for _ in range(2 + len(dialog.findChildren(QPushButton))):
        press(Key.Key_Tab)
        assert QApplication.focusWidget() is not dialog
    assert area_of(dialog).hasFocus()
