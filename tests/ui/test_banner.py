"""The banner: what it says of the file, what it offers, that nothing is cut, and who hears."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hicm_desktop.document.rescue import NotKept, RescueState
from hicm_desktop.document.saving import NoFileYet, NotSaved, ReadOnly, Saved, SaveState, Saving
from hicm_desktop.storage.recovery import Belongs, Kept
from hicm_desktop.ui import announcing
from hicm_desktop.ui import banner as banner_module
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.banner import Banner, Remedy
from hicm_desktop.ui.main_window import MainWindow

NOW = dt.datetime(2026, 11, 21, 10, 32, tzinfo=dt.UTC)
KEPT = Kept(Path("copy.hicm"), Belongs("room.hicm", None), NOW)
LONG = (
    "Northbridge_and_the_Vale_of_Elderwood_discharge_workshop_second_session_2026-11-12_final.hicm "
    + "x" * 120
    + " was changed by someone else since it was opened here. It was left as it is. Save a copy, "
    "then compare the two."
)
FAILED = NotSaved("The drive is full.")
THEIRS = NotSaved("Someone else changed it.", is_theirs=True)
MEANWHILE = "Everything you record is kept on this computer meanwhile."
READ_ONLY = ReadOnly("Ann Lee has it open.")


@pytest.fixture
def banner(qtbot: QtBot, appearance: Appearance) -> Banner:
    del appearance
    made = Banner()
    qtbot.addWidget(made)
    return made


def offered(banner: Banner) -> list[str]:
    return [b.text() for b in banner.findChildren(QPushButton) if not b.isHidden()]


@pytest.mark.parametrize("state", [NoFileYet(), Saving(), Saved(NOW)])
def test_it_takes_no_room_while_all_is_well(banner: Banner, state: SaveState) -> None:
    banner.show_state(FAILED, None)
    banner.show_state(state, None)
    assert banner.isHidden()
    assert banner.words == ""


@pytest.mark.parametrize(
    ("state", "rescue", "words", "buttons"),
    [
        (FAILED, None, "NOT SAVED. The drive is full.", ["Try again", "Save a copy…"]),
        (
            FAILED,
            KEPT,
            f"NOT SAVED. The drive is full. {MEANWHILE}",
            ["Try again", "Save a copy…"],
        ),
        (
            FAILED,
            NotKept("Full, too."),
            "NOT SAVED. The drive is full. Nor could a copy be kept on this computer: Full, too.",
            ["Try again", "Save a copy…"],
        ),
        (
            THEIRS,
            None,
            "NOT SAVED. Someone else changed it.",
            ["See the differences", "Keep mine as a copy…", "Take theirs"],
        ),
        (READ_ONLY, None, "READ ONLY. Ann Lee has it open.", ["Look again", "Open a copy"]),
    ],
)
def test_it_says_what_is_amiss_and_offers_what_helps(
    banner: Banner, state: SaveState, rescue: RescueState, words: str, buttons: list[str]
) -> None:
    banner.show_state(state, rescue)
    assert not banner.isHidden()
    assert banner.words == words
    assert banner.findChildren(QLabel)[0].accessibleName() == words
    assert offered(banner) == buttons


def test_a_warning_stays_until_it_is_closed_and_gives_way_to_what_is_graver(
    banner: Banner,
) -> None:
    banner.warn("The drive is nearly full.")
    banner.show_state(FAILED, KEPT)
    assert "nearly full" not in banner.words
    banner.show_state(Saved(NOW), None)
    assert banner.words == "The drive is nearly full."
    assert offered(banner) == ["Save a copy…", "Close"]
    banner.button(Remedy.CLOSE).click()
    assert banner.isHidden()
    banner.show_state(Saved(NOW), None)
    assert banner.isHidden()


def test_a_button_says_what_is_wanted(banner: Banner, qtbot: QtBot) -> None:
    banner.show_state(THEIRS, None)
    for remedy in (Remedy.DIFFERENCES, Remedy.KEEP_MINE, Remedy.TAKE_THEIRS):
        with qtbot.waitSignal(banner.chosen) as chosen:
            banner.button(remedy).click()
        assert chosen.args == [remedy]


@pytest.mark.parametrize(
    ("width", "scale"),
    [(480, 1.0), (1024, 1.0), (1024, 1.5), (1024, 2.0), (1366, 2.5), (1920, 1.5)],
)
@pytest.mark.parametrize(
    ("state", "rescue"),
    [
        (NotSaved(LONG, is_theirs=True), KEPT),
        (NotSaved(LONG), NotKept("Full, too.")),
        (ReadOnly(LONG), None),
    ],
)
def test_nothing_of_it_is_cut_or_overlaps(
    window: MainWindow,
    appearance: Appearance,
    qtbot: QtBot,
    width: int,
    scale: float,
    state: SaveState,
    rescue: RescueState,
) -> None:
    appearance.set_scale(scale)
    window.resize(width, 1080)
    banner = window.findChildren(Banner)[0]
    banner.show_state(state, rescue)

    def faults() -> list[str]:
        words = banner.findChildren(QLabel)[0]
        buttons = [b for b in banner.findChildren(QPushButton) if b.isVisible()]
        found = [] if window.width() == width else [f"the window is {window.width()} px wide"]
        if words.height() < words.heightForWidth(words.width()):
            found.append("the words are cut below")
        if words.minimumSizeHint().width() > words.width():
            found.append("a word is cut")
        found += [f"{b.text()} is cut" for b in buttons if b.width() < b.sizeHint().width()]
        boxes = [in_banner(banner, w) for w in (words, *buttons)]
        found += ["something sticks out" for box in boxes if not banner.rect().contains(box)]
        found += [
            f"{i} and {j} overlap"
            for i, box in enumerate(boxes)
            for j in range(i)
            if box.intersects(boxes[j])
        ]
        return found

    for _ in range(40):
        if faults() == []:
            break
        qtbot.wait(50)
    assert faults() == []


def in_banner(banner: Banner, widget: QWidget) -> QRect:
    box = widget.rect()
    box.moveTopLeft(widget.mapTo(banner, QPoint(0, 0)))
    return box


def test_it_is_announced_once_for_each_thing_that_is_amiss(
    banner: Banner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []

    class Listener:
        """Stands for the screen reader, which there is none of here."""

        @staticmethod
        def isActive() -> bool:
            return True

        @staticmethod
        def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:
            heard.append(event.message())

    monkeypatch.setattr(announcing, "QAccessible", Listener)
    banner.show_state(FAILED, None)
    banner.show_state(FAILED, KEPT)
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert heard == [banner.words]
    assert "kept on this computer" in heard[0], "what is told is the whole of it"
    for _ in range(3):
        banner.show_state(FAILED, Kept(KEPT.file, KEPT.belongs, NOW + dt.timedelta(1)))
    qtbot.wait(2 * banner_module._ANNOUNCE_MS)
    assert len(heard) == 1
    banner.show_state(FAILED, NotKept("It is full, too."))
    qtbot.waitUntil(lambda: len(heard) == 2)
    banner.show_state(Saved(NOW), None)
    qtbot.wait(2 * banner_module._ANNOUNCE_MS)
    assert len(heard) == 2
    banner.show_state(FAILED, None)
    qtbot.waitUntil(lambda: len(heard) == 3)
