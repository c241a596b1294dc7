"""Earlier versions through the real dialog, over real files: listed, compared, and handed on."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hicm_desktop.errors import FileError
from hicm_desktop.model.values import Model
from hicm_desktop.storage import codec, earlier
from hicm_desktop.storage.earlier import Reason
from hicm_desktop.ui import earlier_dialog
from hicm_desktop.ui.appearance import Appearance, ThemeChoice
from hicm_desktop.ui.earlier_dialog import NEWEST, NOTHING_KEPT, READING, EarlierDialog
from hicm_desktop.ui.earlier_list import when_words
from hicm_desktop.workshop.edits import AgreeLevel, RowField, WriteRow
from hicm_desktop.workshop.places import RowPlace
from hicm_desktop.workshop.values import Workshop

from .telling import Key, told

pytestmark = pytest.mark.usefixtures("appearance")
NOW = dt.datetime(2026, 11, 21, 15, 0).astimezone()
PATH = Path("/room/Northbridge.hicm")
OTHER = Path("/stick/Southbridge.hicm")
Open = Callable[..., EarlierDialog]


def ago(**time: int) -> dt.datetime:
    return NOW - dt.timedelta(**time)


def keep(root: Path, path: Path, data: bytes, when: dt.datetime, reason: Reason) -> None:
    earlier.keep(root, path.stem.lower(), path, data, when, reason)


@pytest.fixture
def now(blank: Workshop) -> Workshop:
    """Give the workshop that is open."""
    return AgreeLevel("planned", "mature").apply(replace(blank, id="northbridge"))


@pytest.fixture
def root(tmp_path: Path, model: Model, now: Workshop, blank: Workshop) -> Path:
    """Give a folder with three versions of the workshop that is open and two of another."""
    root = tmp_path / "earlier"
    noted = WriteRow("planned", RowField.NOTE, "Words").apply(now)
    for workshop, when, reason in (
        (blank, ago(days=9), Reason.OPENED),
        (noted, ago(days=1), Reason.WORKING),
        (now, ago(minutes=30), Reason.CLOSED),
    ):
        data = codec.encode(replace(workshop, id="northbridge"), model)
        keep(root, PATH, data, when, reason)
    for level, hours in (("established", 5), ("exemplary", 4)):
        other = AgreeLevel("planned", level).apply(replace(blank, id="southbridge"))
        keep(root, OTHER, codec.encode(other, model), ago(hours=hours), Reason.WORKING)
    return root


@pytest.fixture
def opened(qtbot: QtBot, model: Model, now: Workshop, root: Path) -> Iterator[Open]:
    made: list[EarlierDialog] = []

    def show(workshop: Workshop = now, first: Path | None = None) -> EarlierDialog:
        dialog = EarlierDialog(model, root, workshop, PATH, first=first, now=lambda: NOW)
        made.append(dialog)
        qtbot.addWidget(dialog)
        with qtbot.waitActive(dialog):
            dialog.show()
            dialog.activateWindow()
        return dialog

    yield show
    for dialog in made:
        dialog.reject()


def listed(dialog: EarlierDialog) -> list[tuple[str, str, str]]:
    return [dialog.lines.words(dialog.lines.index(n, 0)) for n in range(dialog.lines.rowCount())]


def shown(dialog: EarlierDialog) -> list[tuple[str, str, str]]:
    """Give the differences in view, or nothing where words stand in their place."""
    table = dialog.view.differences
    if not dialog.view.table.isVisible():
        return []
    rows = range(table.rowCount())
    return [
        (
            table.text(table.index(r, 0)),
            table.text(table.index(r, 1)),
            table.text(table.index(r, 2)),
        )
        for r in rows
    ]


def titles(dialog: EarlierDialog) -> list[str | None]:
    across = Qt.Orientation.Horizontal
    return [dialog.view.differences.headerData(n, across) for n in (1, 2)]


def read(dialog: EarlierDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: all(holds for _, _, holds in listed(dialog)))
    qtbot.waitUntil(lambda: dialog.view.table.isVisible() or dialog.view.said.text() != READING)


# What is listed


def test_versions_say_when_and_why_at_once_and_what_they_hold_when_read(
    opened: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, gate = earlier.read, threading.Event()

    def slow(version: earlier.Version) -> bytes:
        gate.wait(5)
        return real(version)

    monkeypatch.setattr(earlier, "read", slow)
    dialog = opened()
    assert listed(dialog) == [
        ("Today at 14:30", "When closed", ""),
        ("Yesterday at 15:00", "While working", ""),
        ("Thursday 12 November 2026 at 15:00", "As opened", ""),
    ]
    assert dialog.view.said.text() == READING
    assert not dialog.restore.isEnabled()
    gate.set()
    read(dialog, qtbot)
    assert [holds for _, _, holds in listed(dialog)] == [
        "1 of 27 rows agreed · no actions",
        "1 of 27 rows agreed · no actions",
        "0 of 27 rows agreed · no actions",
    ]
    assert dialog.view.said.text() == "Nothing differs."
    assert dialog.restore.isEnabled()


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (NOW, "today at 15:00"),
        (ago(hours=15), "today at 00:00"),
        (ago(hours=15, seconds=1), "yesterday at 23:59"),
        (ago(days=1, hours=15), "yesterday at 00:00"),
        (ago(days=1, hours=15, seconds=1), "Thursday 19 November 2026 at 23:59"),
        (NOW + dt.timedelta(days=1), "Sunday 22 November 2026 at 15:00"),
    ],
)
def test_a_moment_is_told_by_the_day_in_words(when: dt.datetime, words: str) -> None:
    assert when_words(when, NOW, begins=False) == words
    assert when_words(when, NOW) == words[0].upper() + words[1:]
    far = dt.timezone(dt.timedelta(hours=9))
    assert when_words(when.astimezone(far), NOW.astimezone(dt.UTC), begins=False) == words


def test_this_workshop_comes_first_and_the_others_can_be_chosen(opened: Open) -> None:
    dialog = opened()
    entries = [dialog.which.itemText(n) for n in range(dialog.which.count())]
    assert entries == ["This workshop: Northbridge.hicm", "Southbridge.hicm"]
    dialog.which.setCurrentIndex(1)
    assert [when for when, _, _ in listed(dialog)] == ["Today at 11:00", "Today at 10:00"]
    where = dialog.findChildren(QLabel)[1]
    assert where.text().replace("\u200b", "") == (
        f"In {OTHER.parent}. Last in use here today at 11:00."
    )
    dialog.which.setCurrentIndex(0)
    assert len(listed(dialog)) == 3


def test_where_a_file_was_may_not_be_known(opened: Open, root: Path) -> None:
    (root / "southbridge" / "about.json").unlink()
    dialog = opened()
    dialog.which.setCurrentIndex(1)
    assert "Where its file was is not known." in dialog.findChildren(QLabel)[1].text()
    assert dialog.which.currentText() == "Southbridge.hicm"


def test_it_can_begin_with_a_file_that_cannot_be_opened(opened: Open) -> None:
    assert opened(first=OTHER).which.currentText() == "Southbridge.hicm"
    assert opened(first=Path("/nobody.hicm")).which.currentIndex() == 0


def test_what_will_be_here_is_said_while_nothing_is(opened: Open, blank: Workshop) -> None:
    dialog = opened(replace(blank, id="new"))
    assert listed(dialog) == []
    assert dialog.view.said.text() == NOTHING_KEPT
    assert not dialog.restore.isEnabled()
    assert not dialog.versions.isEnabled()
    assert dialog.which.hasFocus()
    dialog.which.setCurrentIndex(1)
    assert dialog.versions.isEnabled()
    dialog.which.setCurrentIndex(0)
    assert dialog.view.said.text() == NOTHING_KEPT


def test_a_folder_that_cannot_be_read_is_told(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shut(_: Path) -> NoReturn:
        raise FileError("The earlier versions could not be read: denied.")

    monkeypatch.setattr(earlier, "shelves", shut)
    dialog = opened()
    assert dialog.view.said.text() == "The earlier versions could not be read: denied."
    assert not dialog.restore.isEnabled()
    assert not dialog.which.isEnabled()


# What differs


def test_what_differs_from_now_is_shown_for_the_version_chosen(opened: Open, qtbot: QtBot) -> None:
    dialog = opened()
    read(dialog, qtbot)
    QTest.keyClick(dialog.versions, Key.Key_Down)
    qtbot.waitUntil(lambda: dialog.view.table.isVisible())
    row = "Change 1: Early discharge planning · Planned"
    assert shown(dialog) == [(f"{row} · Note", "Words", "")]
    assert titles(dialog) == ["Yesterday at 15:00", "Now"]
    QTest.keyClick(dialog.versions, Key.Key_Down)
    qtbot.waitUntil(lambda: titles(dialog)[0] != "Yesterday at 15:00")
    assert shown(dialog) == [(row, "Not discussed", "Mature")]
    QTest.keyClick(dialog.versions, Key.Key_Up)
    assert shown(dialog) == [(f"{row} · Note", "Words", "")], "it is not read a second time"


def test_another_workshop_is_compared_with_its_own_newest_version(
    opened: Open, qtbot: QtBot
) -> None:
    dialog = opened()
    dialog.which.setCurrentIndex(1)
    read(dialog, qtbot)
    assert dialog.view.said.text() == NEWEST
    assert dialog.restore.isEnabled()
    QTest.keyClick(dialog.versions, Key.Key_Down)
    qtbot.waitUntil(lambda: dialog.view.table.isVisible())
    row = "Change 1: Early discharge planning · Planned"
    assert shown(dialog) == [(row, "Established", "Exemplary")]
    assert titles(dialog) == ["Today at 10:00", "Newest version, today at 11:00"]


def test_a_version_that_cannot_be_read_says_so_and_the_others_are_read(
    opened: Open, root: Path, qtbot: QtBot
) -> None:
    keep(root, PATH, b'{"format"', ago(minutes=5), Reason.CLOSED)
    dialog = opened()
    read(dialog, qtbot)
    assert [holds for _, _, holds in listed(dialog)][:2] == [
        "Cannot be read",
        "1 of 27 rows agreed · no actions",
    ]
    assert dialog.view.said.text().startswith("This version cannot be read. This file is damaged")
    assert not dialog.restore.isEnabled()
    QTest.keyClick(dialog.versions, Key.Key_Down)
    qtbot.waitUntil(dialog.restore.isEnabled)


def test_a_newest_version_that_cannot_be_read_hinders_the_comparison_alone(
    opened: Open, root: Path, qtbot: QtBot
) -> None:
    keep(root, OTHER, b"[]", ago(minutes=5), Reason.CLOSED)
    dialog = opened()
    dialog.which.setCurrentIndex(1)
    read(dialog, qtbot)
    QTest.keyClick(dialog.versions, Key.Key_Down)
    qtbot.waitUntil(dialog.restore.isEnabled)
    assert dialog.view.said.text().startswith("The newest version cannot be read, so there is")


def test_what_was_asked_for_last_is_shown_whatever_comes_in_late(
    opened: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, asked = earlier.read, list[str]()
    first, second = threading.Event(), threading.Event()

    def slow(version: earlier.Version) -> bytes:
        asked.append(version.reason.value)
        (first if len(asked) == 1 else second).wait(5)
        return real(version)

    monkeypatch.setattr(earlier, "read", slow)
    dialog = opened()
    qtbot.waitUntil(lambda: bool(asked))
    QTest.keyClick(dialog.versions, Key.Key_End)
    first.set()
    qtbot.waitUntil(lambda: len(asked) == 2)
    assert listed(dialog)[0][2] == "1 of 27 rows agreed · no actions"
    assert dialog.view.said.text() == READING
    second.set()
    qtbot.waitUntil(lambda: dialog.view.table.isVisible())
    assert titles(dialog)[0] == "Thursday 12 November 2026 at 15:00"
    assert asked[:2] == ["when closed", "as opened"], "and it is read before the rest"
    read(dialog, qtbot)
    assert titles(dialog)[0] == "Thursday 12 November 2026 at 15:00"


def test_closing_while_one_is_read_disturbs_nobody(
    opened: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, gate, begun = earlier.read, threading.Event(), threading.Event()

    def slow(version: earlier.Version) -> bytes:
        begun.set()
        gate.wait(5)
        return real(version)

    monkeypatch.setattr(earlier, "read", slow)
    dialog = opened()
    begun.wait(5)
    (reader,) = (thread for thread in threading.enumerate() if thread.name == "earlier")
    QTest.keyClick(dialog, Key.Key_Escape)
    assert not dialog.isVisible()
    gate.set()
    qtbot.waitUntil(lambda: not reader.is_alive())
    assert not any(holds for _, _, holds in listed(dialog))


# What is done


def test_a_version_is_restored_by_keyboard_as_it_is(opened: Open, qtbot: QtBot, root: Path) -> None:
    dialog = opened()
    QTest.keyClick(dialog.versions, Key.Key_Down)
    qtbot.waitUntil(dialog.restore.isEnabled)
    for _ in range(10):
        if dialog.restore.hasFocus():
            break
        focus = dialog.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Key.Key_Tab)
    QTest.keyClick(dialog.restore, Key.Key_Space)
    assert dialog.result() == QDialog.DialogCode.Accepted
    version = earlier.versions(root, "northbridge")[1]
    chosen = dialog.chosen
    assert chosen is not None
    assert (chosen.version, chosen.data) == (version, version.file.read_bytes())
    assert (chosen.name, chosen.path) == ("Northbridge.hicm", PATH)


def test_a_version_of_another_workshop_is_restored_beside_its_own_file(
    opened: Open, qtbot: QtBot, root: Path
) -> None:
    dialog = opened(first=OTHER)
    qtbot.waitUntil(dialog.restore.isEnabled)
    dialog.restore.click()
    assert dialog.chosen is not None
    assert (dialog.chosen.name, dialog.chosen.path) == ("Southbridge.hicm", OTHER)
    (root / "southbridge" / "about.json").unlink()
    dialog = opened()
    dialog.which.setCurrentIndex(1)
    qtbot.waitUntil(dialog.restore.isEnabled)
    dialog.restore.click()
    assert dialog.chosen is not None
    assert (dialog.chosen.name, dialog.chosen.path) == ("Southbridge.hicm", None)


def test_a_version_that_vanished_meanwhile_is_told_and_nothing_is_chosen(
    opened: Open, qtbot: QtBot
) -> None:
    dialog = opened()
    qtbot.waitUntil(dialog.restore.isEnabled)
    version = dialog.versions.version()
    assert version is not None
    version.file.unlink()
    dialog.restore.click()
    assert dialog.isVisible()
    assert dialog.chosen is None
    assert "could not be read" in dialog.view.said.text()
    assert not dialog.restore.isEnabled()


def test_return_chooses_nothing_by_accident_and_escape_closes(opened: Open, qtbot: QtBot) -> None:
    dialog = opened()
    qtbot.waitUntil(dialog.restore.isEnabled)
    QTest.keyClick(dialog.versions, Key.Key_Return)
    assert dialog.isVisible()
    QTest.keyClick(dialog.versions, Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.chosen is None


def test_a_difference_leads_to_its_place_in_this_workshop_alone(opened: Open, qtbot: QtBot) -> None:
    dialog = opened()
    places: list[object] = []
    dialog.place_chosen.connect(places.append)
    dialog.which.setCurrentIndex(1)
    QTest.keyClick(dialog.versions, Key.Key_Down)
    qtbot.waitUntil(lambda: dialog.view.table.isVisible())
    QTest.keyClick(dialog.view.table, Key.Key_Return)
    assert dialog.isVisible()
    dialog.which.setCurrentIndex(0)
    QTest.keyClick(dialog.versions, Key.Key_End)
    qtbot.waitUntil(lambda: dialog.view.table.isVisible())
    QTest.keyClick(dialog.view.table, Key.Key_Return)
    assert not dialog.isVisible()
    assert places == [RowPlace("planned")]


# How it is told and seen


def test_everything_has_a_name_for_a_screen_reader(opened: Open, qtbot: QtBot) -> None:
    dialog = opened()
    read(dialog, qtbot)
    QTest.keyClick(dialog.versions, Key.Key_Down)
    qtbot.waitUntil(lambda: dialog.view.table.isVisible())
    assert dialog.which.accessibleName() == "Workshop"
    name = QAccessible.Text.Name
    assert told(dialog.versions).text(name) == "Earlier versions"
    assert told(dialog.versions).child(1).text(name) == (
        "Yesterday at 15:00. While working. 1 of 27 rows agreed · no actions"
    )
    assert told(dialog.view.table).text(name) == "What differs: Yesterday at 15:00, and Now"
    buttons = dialog.findChildren(QPushButton)
    assert {told(b).text(name) for b in buttons} == {"Restore as a new file", "Close"}


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("width", [1024, 1366])
def test_nothing_overlaps_or_sticks_out(
    opened: Open, qtbot: QtBot, appearance: Appearance, scale: float, width: int
) -> None:
    appearance.dress(ThemeChoice.LIGHT, scale)
    dialog = opened()
    dialog.resize(width - 24, 768 - 56)
    read(dialog, qtbot)
    widgets: list[QWidget] = [
        dialog.which,
        dialog.versions,
        dialog.view,
        dialog.restore,
        dialog.close_again,
        *dialog.findChildren(QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly),
    ]
    boxes = [QRect(w.mapTo(dialog, QPoint(0, 0)), w.size()) for w in widgets]
    assert all(dialog.rect().contains(box) for box in boxes)
    assert not [
        (one, other) for n, one in enumerate(boxes) for other in boxes[n + 1 :] if one & other
    ]
    assert dialog.which.width() >= dialog.which.sizeHint().width()
    assert dialog.versions.viewport().width() > 200
    for text in dialog.findChildren(QLabel):
        if text.isVisible() and text.wordWrap():
            assert text.height() >= text.heightForWidth(text.width())
    heights = [dialog.versions.sizeHintForIndex(dialog.lines.index(n, 0)) for n in range(3)]
    rects = [dialog.versions.visualRect(dialog.lines.index(n, 0)) for n in range(3)]
    assert [r.height() for r in rects] == [h.height() for h in heights]


def test_a_path_breaks_after_its_parts_and_in_a_long_one_anywhere() -> None:
    assert earlier_dialog._breaking("In /a/b c") == "In /\u200ba/\u200bb c"
    assert earlier_dialog._breaking("C:\\b") == "C:\\\u200bb"
    assert earlier_dialog._breaking("x" * 24) == "x" * 24
    assert earlier_dialog._breaking("x" * 30) == "\u200b".join("x" * 30)
