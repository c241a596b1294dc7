"""The card that says that the program opens: there at once, gone once a window is."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hicm_desktop import cli_commands, opening
from hicm_desktop.ui import opening_card
from hicm_desktop.ui.opening_card import OpeningCard
from hicm_desktop.ui.theme import LIGHT

from .telling import name_of

ROOT = Path(__file__).resolve().parents[2]


def test_it_knows_every_command_and_comes_for_none() -> None:
    assert set(cli_commands.BY_NAME) == opening.COMMANDS
    for command in opening.COMMANDS:
        assert not opening.wants_window([command, "x.hicm"])
    assert not opening.wants_window(["--help"])
    assert not opening.wants_window(["x.hicm", "--version"])
    assert opening.wants_window([])
    assert opening.wants_window(["x.hicm"])
    assert opening.wants_window(["./export"])


def test_it_is_in_the_colours_of_the_bar_that_comes_after_it() -> None:
    """It has them by itself, since what holds them takes longer to load than the card."""
    card = opening_card
    assert (LIGHT.bar, LIGHT.bar_ink, LIGHT.bar_muted) == (card._GROUND, card._INK, card._QUIET)


def test_without_a_display_it_does_not_come(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert opening.say_so([]) is None
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert opening.has_display()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert not opening.has_display(), "what draws there is not in the frozen program"


def test_it_is_painted_at_once_and_says_what_is_opened(qtbot: QtBot) -> None:
    card = OpeningCard("Northbridge.hicm")
    qtbot.addWidget(card)
    assert card.isVisible()
    assert name_of(card) == "HICM Workshop: Opening Northbridge.hicm …"
    image = card.grab().toImage()
    colours = {image.pixel(x, y) for x in range(0, 440, 2) for y in range(0, 128, 2)}
    assert len(colours) > 20
    assert card.screen().availableGeometry().contains(card.geometry())


def test_a_long_name_is_cut_short_and_read_out_whole(qtbot: QtBot) -> None:
    name = f"{'Northbridge and Westhaven ' * 6}.hicm"
    card = OpeningCard(name)
    qtbot.addWidget(card)
    assert name in name_of(card)
    right = card.grab(card.rect().adjusted(card.width() - 20, 0, 0, 0)).toImage()
    ground = right.pixel(0, 0)
    pixels = {right.pixel(x, y) for x in range(right.width()) for y in range(right.height())}
    assert pixels == {ground}, "nothing runs into the edge"
    beneath = card.grab(card.rect().adjusted(0, 100, 0, 0)).toImage()
    colours = {beneath.pixel(x, y) for x in range(beneath.width()) for y in range(beneath.height())}
    assert colours == {ground}, "it stands in one line"


def test_a_name_is_shown_to_the_letter(qtbot: QtBot) -> None:
    names = ("A&B.hicm", "A&amp;B.hicm", "A B.hicm", "A   B.hicm")
    plain, marked, near, apart = (OpeningCard(name) for name in names)
    for card in (plain, marked, near, apart):
        qtbot.addWidget(card)
    assert plain.grab().toImage() != marked.grab().toImage(), "what looks like markup is a name"
    assert near.grab().toImage() != apart.grab().toImage(), "its spaces are all there"


def test_it_goes_once_a_window_is_painted_and_not_before(qtbot: QtBot) -> None:
    card = OpeningCard("")
    qtbot.addWidget(card)
    qtbot.wait(100)
    assert card.isVisible(), "its own painting is no sign"
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: not card.isVisible())
    assert window.isVisible()
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    QApplication.processEvents()
    assert not card.isVisible()


@pytest.mark.parametrize("looks", [3, 10**9])
def test_it_waits_a_moment_for_what_manages_windows_and_no_longer(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, looks: int
) -> None:
    looked: list[bool] = []

    def is_exposed(_window: QWindow) -> bool:
        looked.append(len(looked) >= looks)
        return looked[-1]

    monkeypatch.setattr(QWindow, "isExposed", is_exposed)
    began = time.monotonic()
    card = OpeningCard("")
    took = time.monotonic() - began
    qtbot.addWidget(card)
    if looks == 3:
        assert looked == [False, False, False, True]
    else:
        assert took >= 0.3, "it gives up after a while, and the program opens all the same"
        assert not any(looked)


def test_nothing_of_ours_is_loaded_before_it_but_what_it_needs(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "import hicm_desktop.__main__\n"
        "from hicm_desktop import opening\n"
        "card = opening.say_so(['x.hicm'])\n"
        "assert card.isVisible()\n"
        "print(*sorted(m for m in sys.modules if m.startswith('hicm_desktop')))\n"
        "assert 'Qt' not in vars(sys.modules['PySide6.QtCore']), 'it takes 40 ms to come up'\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [
        "hicm_desktop",
        "hicm_desktop.__main__",
        "hicm_desktop.frozen",
        "hicm_desktop.opening",
        "hicm_desktop.paths",
        "hicm_desktop.ui",
        "hicm_desktop.ui.application",
        "hicm_desktop.ui.opening_card",
    ]
