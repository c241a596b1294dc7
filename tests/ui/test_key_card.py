"""The card of keys: that it has them all, can be read and heard, and becomes a page to print."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QEvent, QRect, QUrl
from PySide6.QtGui import QAccessible, QDesktopServices, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hicm_desktop.paths import resources_dir
from hicm_desktop.ui import dialogs
from hicm_desktop.ui.appearance import Appearance, Type
from hicm_desktop.ui.commands import KEY_GROUPS, Command
from hicm_desktop.ui.focus_ring import _Ring
from hicm_desktop.ui.key_card import FILE_NAME, KeyCard
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.ui.painted_keys import PaintedLine
from tests.modal import meet

from .telling import Key, focused, nameless, press, stops, told

FONTS = resources_dir() / "fonts"
SHOWN = [keys for group in KEY_GROUPS for line in group.lines for keys in line.keys]


@pytest.fixture
def card(appearance: Appearance, qtbot: QtBot, tmp_path: Path) -> Iterator[KeyCard]:
    """Give the card as it is on a screen of 1366 by 768, less a task bar and a title."""
    card = KeyCard(appearance, FONTS, tmp_path)
    card.resize(1342, 672)
    with qtbot.waitActive(card):
        card.show()
        card.activateWindow()
    yield card
    card.close()
    card.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def settle() -> None:
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def lines(card: KeyCard) -> list[PaintedLine]:
    return [line for group in card.card.groups for line in group.lines]


# What it holds


def test_every_command_with_keys_is_on_it_by_those_keys() -> None:
    keys = [command.shown for command in Command if command.keys]
    assert "Ctrl+Enter" in keys
    assert {shown: SHOWN.count(shown) for shown in keys} == dict.fromkeys(keys, 1)


def test_no_keys_are_on_it_twice() -> None:
    assert sorted(set(SHOWN)) == sorted(SHOWN)


def test_a_screen_reader_is_told_every_line_in_the_order_of_the_table(card: KeyCard) -> None:
    said = [told(group) for group in card.card.groups]
    assert {each.role() for each in said} == {QAccessible.Role.StaticText}
    texts = [each.text(QAccessible.Text.Name).split("\n") for each in said]
    assert texts == [[group.heading, *(line.said for line in group.lines)] for group in KEY_GROUPS]
    assert "F5, Room view" in [line for text in texts for line in text]
    assert nameless(card) == []


def test_keys_that_are_no_commands_are_on_it_too() -> None:
    assert {"Alt+S", "Alt+↑", "Alt+↓", "Enter", ".", "PgUp", "PgDn"} <= {*SHOWN}


# How it fits


def test_all_of_it_is_in_view_on_a_usual_laptop(card: KeyCard) -> None:
    settle()
    assert card.area.verticalScrollBar().maximum() == 0
    assert all(card.area.viewport().rect().contains(box) for box in boxes(card))
    assert card.area not in stops(card), "nothing to scroll, nothing to stop at"


def boxes(card: KeyCard) -> list[QRect]:
    port = card.area.viewport()
    return [
        QRect(group.mapTo(port, line.box.topLeft()), line.box.size())
        for group in card.card.groups
        for line in group.lines
    ]


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.5])
@pytest.mark.parametrize("size", [(480, 360), (1000, 712), (1342, 712), (1896, 1024)])
def test_nothing_is_cut_or_covered_at_any_size(
    card: KeyCard, appearance: Appearance, size: tuple[int, int], scale: float
) -> None:
    appearance.set_scale(scale)
    card.resize(*size)
    settle()
    look = appearance.look
    body = QFontMetrics(look.font(Type.BODY))
    placed = boxes(card)
    for line, box in zip(lines(card), placed, strict=True):
        room = line.box.width() - line.words_at
        assert line.words is not None
        wraps = line.words.height > line.words.line_height
        assert wraps or line.words.natural_width <= room
        assert line.box.height() >= line.words.height
        assert line.keys_width < line.words_at
        assert max(body.horizontalAdvance(word) for word in line.line.words.split()) <= room
        assert box.left() >= 0
        assert box.right() < card.area.viewport().width()
        assert not any(box.intersects(other) for other in placed if other is not box)
    for group in card.card.groups:
        assert all(group.rect().contains(line.box) for line in group.lines)


def test_where_it_does_not_fit_it_scrolls_by_keyboard(
    card: KeyCard, appearance: Appearance
) -> None:
    appearance.set_scale(2.5)
    settle()
    bar = card.area.verticalScrollBar()
    assert bar.maximum() > 0
    press(Key.Key_Tab)
    assert focused() is card.area
    press(Key.Key_PageDown)
    assert bar.value() > 0
    press(Key.Key_Tab)
    assert focused() is card.save


def test_it_opens_as_high_as_it_is_and_no_larger_than_the_screen(card: KeyCard) -> None:
    wanted, room = card.sizeHint(), card.screen().availableSize()
    assert wanted.width() <= room.width()
    assert wanted.height() <= room.height()


# How it comes and goes


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_F1, Key.Key_Return])
def test_f1_opens_it_and_the_next_key_puts_it_away(window: MainWindow, key: Key) -> None:
    seen: list[str] = []
    window.console.go_to_tab(1)

    def look(dialog: KeyCard) -> None:
        seen.append(dialog.windowTitle())
        QTest.keyClick(dialog, key)
        seen.append("away" if not dialog.isVisible() else "still there")
        dialog.reject()

    dealt = meet(KeyCard, look)
    QTest.keyClick(focused(), Key.Key_F1)
    dealt()
    assert seen == ["Keys", "away"]
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert window.findChildren(KeyCard) == []


def test_it_is_made_of_few_widgets_and_there_at_once(window: MainWindow, tmp_path: Path) -> None:
    began = time.perf_counter()
    card = KeyCard(window._appearance, FONTS, tmp_path, window)
    card.show()
    QApplication.processEvents()
    took = time.perf_counter() - began
    assert len(card.findChildren(QWidget)) < 3 * len(KEY_GROUPS)
    assert took < 0.6, "some 70 ms, and many times that on a busy computer"
    card.reject()
    card.deleteLater()


def test_the_ring_of_the_focus_is_round_it_where_it_scrolls(
    window: MainWindow, appearance: Appearance, tmp_path: Path, qtbot: QtBot
) -> None:
    appearance.set_scale(2.5)
    card = KeyCard(appearance, FONTS, tmp_path, window)
    with qtbot.waitActive(card):
        card.show()
        card.activateWindow()
    settle()
    card.area.setFocus()
    rings = [ring for ring in card.findChildren(_Ring) if ring.isVisible()]
    assert [ring.parent() for ring in rings] == [card.area], "and there is one of it"
    card.reject()
    card.deleteLater()


# The page


def test_it_is_saved_as_a_page_and_offered(
    card: KeyCard, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    offered: list[Path] = []
    opened: list[QUrl] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url)
        return True

    answers = ["", "folder", "file"]
    target = tmp_path / "for the wall.pdf"

    def choose(_parent: QWidget, _title: str, start: Path, _kinds: str) -> Path:
        asked.append(start)
        return target

    def offer(_parent: QWidget, path: Path) -> str:
        offered.append(path)
        return answers.pop()

    monkeypatch.setattr(dialogs, "choose_save", choose)
    monkeypatch.setattr(dialogs, "offer_open", offer)
    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)

    while answers:
        card.save.click()
        assert not card.save.isEnabled()
        qtbot.waitUntil(card.save.isEnabled)

    assert asked == [tmp_path / FILE_NAME] * 3
    assert offered == [target] * 3
    assert opened == [QUrl.fromLocalFile(str(target)), QUrl.fromLocalFile(str(tmp_path))]
    assert "Agree a level" in PdfReader(target).pages[0].extract_text()


def test_what_cannot_be_written_is_told(
    card: KeyCard, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_of: list[str] = []
    monkeypatch.setattr(dialogs, "choose_save", lambda *_: tmp_path)
    monkeypatch.setattr(dialogs, "warn", lambda *words: told_of.extend(words[1:]))
    card.save.click()
    qtbot.waitUntil(lambda: bool(told_of))
    assert told_of[0] == "Not exported"
    assert "is a folder" in told_of[1]
    assert card.save.isEnabled()


def test_thinking_better_of_it_writes_nothing(
    card: KeyCard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "choose_save", lambda *_: None)
    card.save.click()
    assert card.save.isEnabled()
    assert list(tmp_path.iterdir()) == []


def test_putting_it_away_while_the_page_is_written_asks_nothing_more(
    card: KeyCard, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[object] = []
    target = tmp_path / "keys.pdf"
    monkeypatch.setattr(dialogs, "choose_save", lambda *_: target)
    monkeypatch.setattr(dialogs, "offer_open", lambda *of: offered.append(of))
    card.save.click()
    card.reject()
    qtbot.waitUntil(target.is_file)
    qtbot.wait(50)
    assert offered == []
