"""Where a file is not simply the user's: held, changed by others, away, or left by a crash."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from hicm_desktop.document import saving
from hicm_desktop.document.library import Library, Opened
from hicm_desktop.document.profile import Profile, open_profile
from hicm_desktop.document.saving import NotSaved, ReadOnly, Saved
from hicm_desktop.document.settings import Settings
from hicm_desktop.model.values import Model
from hicm_desktop.paths import resources_dir
from hicm_desktop.storage import codec, earlier, files, recovery
from hicm_desktop.storage.lock import lock_path
from hicm_desktop.storage.recovery import Belongs, Kept
from hicm_desktop.ui import dialogs
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.banner import Banner, Remedy
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.differences_view import DifferencesView
from hicm_desktop.ui.earlier_dialog import EarlierDialog
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.workshop.edits import AgreeLevel, Edit, RowField, WriteRow
from hicm_desktop.workshop.values import Workshop
from tests.modal import expect_dialog

FONTS = resources_dir() / "fonts"
DEAD = "0123456789abcdef"
"""The token of a run that is over."""


class Place(NamedTuple):
    """A drive with a workshop on it, and the profile of the user at this computer."""

    drive: Path
    file: Path
    profile: Profile


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    monkeypatch.setattr(saving, "RETRY_MS", 60)
    drive = tmp_path / "stick"
    drive.mkdir()
    shutil.copy(resources_dir() / "sample.hicm", drive / "Northbridge.hicm")
    profile = open_profile(tmp_path / "profile")
    yield Place(drive, drive / "Northbridge.hicm", profile)
    profile.end()


@pytest.fixture
def ann(tmp_path: Path, model: Model) -> Iterator[Library]:
    """Give the workshops as Ann Lee has them, at another computer."""
    profile = open_profile(tmp_path / "ward")
    me = replace(profile.me, machine="WARD-7", user="Ann Lee")
    settings = Settings(tmp_path / "ward.ini", tmp_path / "hers")
    library = Library(model, settings, resources_dir() / "sample.hicm", replace(profile, me=me))
    yield library
    library.close()
    profile.end()


@pytest.fixture
def opened(
    place: Place, model: Model, appearance: Appearance, qtbot: QtBot, tmp_path: Path
) -> Iterator[Callable[[], MainWindow]]:
    """Give what starts the program, with nothing recorded yet; what is open is closed after."""
    windows: list[MainWindow] = []

    def start() -> MainWindow:
        settings = Settings(tmp_path / "settings.ini", tmp_path / "workshops")
        library = Library(model, settings, resources_dir() / "sample.hicm", place.profile)
        window = MainWindow(library, library.blank(), appearance, FONTS)
        window.resize(1366, 768)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        windows.append(window)
        return window

    yield start
    for window in windows:
        if window.isVisible():
            if isinstance(window.document.flush(), NotSaved):
                dealt = expect_dialog(press(dialogs.Leaving.LEAVE.value))
                window.close()
                dealt()
            else:
                assert window.close()
        window.deleteLater()


@pytest.fixture
def window(opened: Callable[[], MainWindow], place: Place) -> MainWindow:
    """Give the window with the workshop on the drive open in it."""
    made = opened()
    made.files.open_path(place.file)
    return made


def press(words: str) -> Callable[[QDialog], None]:
    """Give what presses a button of a dialog by its words."""

    def deal(dialog: QDialog) -> None:
        buttons = {b.text(): b for b in dialog.findChildren(QPushButton)}
        assert words in buttons, f"no {words!r} among {list(buttons)}"
        buttons[words].click()

    return deal


def words_of(dialog: QDialog) -> str:
    if isinstance(dialog, QMessageBox):
        return f"{dialog.text()} {dialog.informativeText()}"
    return "\n".join(x.accessibleName() or x.text() for x in dialog.findChildren(QLabel))


def banner(window: MainWindow) -> Banner:
    return window.findChildren(Banner)[0]


def remedy(window: MainWindow, wanted: Remedy) -> None:
    button = banner(window).button(wanted)
    assert button.isVisible(), f"{wanted.value} is not offered"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def read(path: Path, model: Model) -> Workshop:
    return codec.decode(path.read_bytes(), model).workshop


def put(path: Path, model: Model, edit: Edit) -> bytes:
    """Record something in a file as another program would, that knows of no lock."""
    path.write_bytes(codec.encode(edit.apply(read(path, model)), model))
    return path.read_bytes()


def is_saved(window: MainWindow) -> bool:
    return isinstance(window.document.save_state, Saved)


def saved(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: is_saved(window))
    qtbot.wait(40)


def not_saved(window: MainWindow, qtbot: QtBot, *, kept: bool = True) -> None:
    qtbot.waitUntil(lambda: "NOT SAVED" in banner(window).words)
    if kept:
        qtbot.waitUntil(lambda: "kept on this computer" in banner(window).words)


def agree(window: MainWindow, level: str, row: str = "planned") -> None:
    window.document.apply(AgreeLevel(row, level))


# A file that someone else has open.


def hold_dialog(window: MainWindow, file: Path, answer: str) -> str:
    """Open a file that someone else has open, and answer; gives what was said."""
    said: list[str] = []

    def deal(dialog: QDialog) -> None:
        said.append(words_of(dialog))
        press(answer)(dialog)

    dealt = expect_dialog(deal)
    window.files.open_path(file)
    dealt()
    return said[0]


def test_who_has_a_file_open_is_told_and_it_can_be_read(
    opened: Callable[[], MainWindow], ann: Library, place: Place, qtbot: QtBot, model: Model
) -> None:
    hers = ann.open(place.file).document
    before = place.file.read_bytes()
    window = opened()
    said = hold_dialog(window, place.file, "Open it to read")
    assert "Northbridge.hicm is open elsewhere: Ann Lee on WARD-7, since " in said
    assert f"{dt.datetime.now().astimezone():%H:}" in said
    assert window.document.path == place.file
    assert banner(window).words.startswith("READ ONLY. Northbridge.hicm is open elsewhere: Ann Lee")
    agree(window, "exemplary")
    assert window.document.workshop == read(place.file, model)
    # They record something and close it; looking again makes it ours.
    hers.apply(AgreeLevel("planned", "mature"))
    remedy(window, Remedy.LOOK_AGAIN)
    assert isinstance(window.document.save_state, ReadOnly), "she still has it"
    hers.flush()
    hers.close()
    remedy(window, Remedy.LOOK_AGAIN)
    qtbot.waitUntil(lambda: banner(window).words == "")
    assert window.document.workshop.row("planned").level == "mature"
    agree(window, "exemplary")
    saved(window, qtbot)
    assert read(place.file, model).row("planned").level == "exemplary"
    assert place.file.read_bytes() != before


def test_looking_again_shows_what_they_recorded_meanwhile(
    opened: Callable[[], MainWindow], ann: Library, place: Place
) -> None:
    hers = ann.open(place.file).document
    window = opened()
    hold_dialog(window, place.file, "Open it to read")
    hers.apply(AgreeLevel("planned", "exemplary"))
    hers.flush()
    window.console.go_to_row("discharge-to-assess")
    remedy(window, Remedy.LOOK_AGAIN)
    assert window.console.focus.row == "discharge-to-assess", "one stays where one was"
    assert window.console.changes.page.isVisible()
    assert window.document.workshop.row("planned").level == "exemplary"
    assert window.document.is_read_only
    hers.close()


def test_opening_it_once_more_makes_it_ours_when_they_have_closed_it(
    opened: Callable[[], MainWindow], ann: Library, place: Place
) -> None:
    hers = ann.open(place.file).document
    window = opened()
    hold_dialog(window, place.file, "Open it to read")
    hers.close()
    window.files.open_path(place.file)
    assert not window.document.is_read_only


def test_a_copy_is_recorded_in_while_someone_else_has_the_file(
    opened: Callable[[], MainWindow], ann: Library, place: Place, qtbot: QtBot, model: Model
) -> None:
    hers = ann.open(place.file).document
    before = place.file.read_bytes()
    window = opened()
    hold_dialog(window, place.file, "Open a copy")
    assert window.document.path == place.drive / "Northbridge copy.hicm"
    agree(window, "exemplary")
    saved(window, qtbot)
    assert read(window.document.path, model).row("planned").level == "exemplary"
    assert place.file.read_bytes() == before
    hers.close()


def test_a_copy_can_be_opened_from_the_reading_view(
    opened: Callable[[], MainWindow], ann: Library, place: Place
) -> None:
    hers = ann.open(place.file).document
    window = opened()
    hold_dialog(window, place.file, "Open it to read")
    remedy(window, Remedy.OPEN_COPY)
    assert window.document.path == place.drive / "Northbridge copy.hicm"
    assert not window.document.is_read_only
    hers.close()


@pytest.mark.parametrize("by_escape", [False, True])
def test_thinking_better_of_it_leaves_the_open_workshop(
    opened: Callable[[], MainWindow], ann: Library, place: Place, *, by_escape: bool
) -> None:
    hers = ann.open(place.file).document
    window = opened()
    agree(window, "mature")
    before = window.document
    if by_escape:
        dealt = expect_dialog(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
        window.files.open_path(place.file)
        dealt()
    else:
        hold_dialog(window, place.file, "Cancel")
    assert window.document is before
    assert window.document.workshop.row("planned").level == "mature"
    hers.close()


def test_leaving_is_asked_about_once_where_the_next_file_is_held(
    window: MainWindow, ann: Library, place: Place, qtbot: QtBot, tmp_path: Path
) -> None:
    other = tmp_path / "other.hicm"
    shutil.copy(place.file, other)
    hers = ann.open(other).document
    place.drive.rename(tmp_path / "pulled")
    agree(window, "exemplary")
    not_saved(window, qtbot)
    asked: list[str] = []

    def deal(dialog: QDialog) -> None:
        asked.append(dialog.windowTitle())
        follow = expect_dialog(deal_next)
        press(dialogs.Leaving.LEAVE.value)(dialog)
        follows.append(follow)

    def deal_next(dialog: QDialog) -> None:
        asked.append(dialog.windowTitle())
        press("Open it to read")(dialog)

    follows: list[Callable[[], None]] = []
    dealt = expect_dialog(deal)
    window.files.open_path(other)
    dealt()
    follows[0]()
    assert asked == ["Not saved", "Open elsewhere"]
    assert window.document.path == other
    hers.close()


def test_a_second_window_of_the_same_user_is_told_apart_from_another_computer(
    window: MainWindow, model: Model, appearance: Appearance, place: Place, tmp_path: Path
) -> None:
    second = open_profile(place.profile.root)
    settings = Settings(tmp_path / "settings.ini", tmp_path / "workshops")
    library = Library(model, settings, resources_dir() / "sample.hicm", second)
    other = MainWindow(library, library.blank(), appearance, FONTS)
    said = hold_dialog(other, place.file, "Cancel")
    assert "open already, in another window of this program on this computer" in said
    assert window.document.path == place.file
    other.close()
    other.deleteLater()
    second.end()


# One file by two ways, and two files of one workshop.


def test_a_file_that_is_open_is_not_opened_again_by_another_path(
    window: MainWindow, place: Place, tmp_path: Path
) -> None:
    link = tmp_path / "link.hicm"
    link.symlink_to(place.file)
    folder = tmp_path / "there"
    folder.symlink_to(place.drive)
    before = window.document
    for path in (place.file, link, folder / place.file.name, place.drive / "." / place.file.name):
        window.files.open_path(path)
        assert window.document is before, path
    assert isinstance(before.save_state, Saved)


def test_two_files_of_one_workshop_are_two_workshops(
    window: MainWindow, place: Place, ann: Library, qtbot: QtBot, model: Model
) -> None:
    twin = place.drive / "Twin.hicm"
    shutil.copy(place.file, twin)
    hers = ann.open(twin).document
    agree(window, "exemplary")
    saved(window, qtbot)
    hers.apply(AgreeLevel("planned", "not-yet-established"))
    hers.flush()
    assert read(place.file, model).row("planned").level == "exemplary"
    assert read(twin, model).row("planned").level == "not-yet-established"
    hers.close()
    window.files.open_path(twin)
    assert window.document.path == twin
    assert not window.document.is_read_only


# A file that another program changed while it is open here.


@pytest.fixture
def changed(window: MainWindow, place: Place, qtbot: QtBot, model: Model) -> MainWindow:
    """Give the window with a file that someone else wrote, and a row agreed here since."""
    agree(window, "established", "emergency")
    saved(window, qtbot)
    put(place.file, model, AgreeLevel("planned", "exemplary"))
    agree(window, "not-yet-established")
    not_saved(window, qtbot)
    assert "changed by someone else" in banner(window).words
    return window


def test_the_differences_are_shown_and_both_are_left_as_they_are(
    changed: MainWindow, place: Place
) -> None:
    theirs = place.file.read_bytes()
    seen: list[tuple[str, str]] = []

    def deal(dialog: QDialog) -> None:
        view = dialog.findChildren(DifferencesView)[0]
        found = view.differences
        seen.extend(
            (str(found.data(found.index(i, 1))), str(found.data(found.index(i, 2))))
            for i in range(found.rowCount())
        )
        QTest.keyClick(view.table, Qt.Key.Key_Escape)

    dealt = expect_dialog(deal)
    remedy(changed, Remedy.DIFFERENCES)
    dealt()
    assert seen == [("Exemplary", "Not yet established")]
    assert place.file.read_bytes() == theirs
    assert changed.document.workshop.row("planned").level == "not-yet-established"
    assert "NOT SAVED" in banner(changed).words


@pytest.mark.parametrize("from_the_differences", [False, True])
def test_mine_is_kept_as_a_copy_and_theirs_is_left(
    changed: MainWindow,
    place: Place,
    qtbot: QtBot,
    model: Model,
    monkeypatch: pytest.MonkeyPatch,
    *,
    from_the_differences: bool,
) -> None:
    theirs = place.file.read_bytes()
    mine = place.drive / "mine.hicm"
    monkeypatch.setattr(dialogs, "choose_save", lambda *_: mine)
    if from_the_differences:
        dealt = expect_dialog(press("Keep mine as a copy…"))
        remedy(changed, Remedy.DIFFERENCES)
        dealt()
    else:
        remedy(changed, Remedy.KEEP_MINE)
    agree(changed, "mature", "red-bag-scheme")
    saved(changed, qtbot)
    assert banner(changed).words == ""
    assert changed.document.path == mine
    assert read(mine, model) == changed.document.workshop
    assert place.file.read_bytes() == theirs


@pytest.mark.parametrize("from_the_differences", [False, True])
def test_theirs_is_taken_and_undo_brings_mine_back_into_the_file(
    changed: MainWindow,
    place: Place,
    qtbot: QtBot,
    model: Model,
    *,
    from_the_differences: bool,
) -> None:
    mine = changed.document.workshop
    changed.console.go_to_row("planned")
    if from_the_differences:
        dealt = expect_dialog(press("Take theirs"))
        remedy(changed, Remedy.DIFFERENCES)
        dealt()
    else:
        remedy(changed, Remedy.TAKE_THEIRS)
    assert changed.document.workshop.row("planned").level == "exemplary"
    saved(changed, qtbot)
    assert banner(changed).words == ""
    assert changed.document.path == place.file
    assert read(place.file, model).row("planned").level == "exemplary"
    versions = changed._library.versions
    assert versions is not None
    assert versions.flush()
    found = earlier.versions(place.profile.earlier, mine.id)
    kept = [codec.decode(earlier.read(version), model).workshop for version in found]
    assert mine in kept, "mine is an earlier version"
    tab = changed.console.tabs.currentIndex()
    changed.menus.actions[Command.UNDO].trigger()
    assert changed.console.tabs.currentIndex() == tab
    saved(changed, qtbot)
    assert read(place.file, model) == mine
    changed.menus.actions[Command.REDO].trigger()
    saved(changed, qtbot)
    assert read(place.file, model).row("planned").level == "exemplary"


def test_theirs_that_cannot_be_read_is_not_taken(changed: MainWindow, place: Place) -> None:
    place.file.write_bytes(b"{")
    mine = changed.document.workshop
    for wanted in (Remedy.DIFFERENCES, Remedy.TAKE_THEIRS):
        said: list[str] = []

        def deal(dialog: QDialog, said: list[str] = said) -> None:
            said.append(words_of(dialog))
            dialog.reject()

        dealt = expect_dialog(deal)
        remedy(changed, wanted)
        dealt()
        assert "Northbridge.hicm" in said[0]
    assert changed.document.workshop == mine
    assert place.file.read_bytes() == b"{"
    assert "NOT SAVED" in banner(changed).words


# A drive that goes away.


def test_work_goes_on_while_the_drive_is_away_and_is_saved_when_it_is_back(
    window: MainWindow, place: Place, qtbot: QtBot, model: Model, tmp_path: Path
) -> None:
    away = tmp_path / "pulled"
    place.drive.rename(away)
    agree(window, "exemplary")
    not_saved(window, qtbot)
    assert "Northbridge.hicm" in banner(window).words
    assert "Everything you record is kept on this computer meanwhile." in banner(window).words
    window.document.apply(WriteRow("planned", RowField.NOTE, "Said while it was away"))
    wanted = window.document.workshop

    def copies() -> list[Workshop]:
        return [read(f, model) for f in place.profile.recovery.rglob("*.hicm")]

    qtbot.waitUntil(lambda: copies() == [wanted])
    away.rename(place.drive)
    saved(window, qtbot)
    qtbot.waitUntil(lambda: banner(window).words == "")
    assert banner(window).isHidden()
    assert read(place.file, model) == wanted
    assert list(place.profile.recovery.iterdir()) == []


def test_trying_again_says_why_not_and_saves_when_it_can(
    window: MainWindow, place: Place, qtbot: QtBot, model: Model, tmp_path: Path
) -> None:
    away = tmp_path / "pulled"
    place.drive.rename(away)
    agree(window, "exemplary")
    not_saved(window, qtbot)
    said: list[str] = []

    def deal(dialog: QDialog) -> None:
        said.append(words_of(dialog))
        dialog.reject()

    dealt = expect_dialog(deal)
    remedy(window, Remedy.TRY_AGAIN)
    dealt()
    assert "Northbridge.hicm" in said[0]
    away.rename(place.drive)
    if not is_saved(window):  # it may have found the drive by itself
        window.files.save_now()
    assert read(place.file, model).row("planned").level == "exemplary"


def test_leaving_while_it_is_not_saved_says_that_a_copy_is_kept(
    window: MainWindow, place: Place, qtbot: QtBot, model: Model, tmp_path: Path
) -> None:
    place.drive.rename(tmp_path / "pulled")
    agree(window, "exemplary")
    not_saved(window, qtbot)
    wanted = window.document.workshop
    said: list[str] = []

    def stay(dialog: QDialog) -> None:
        said.append(words_of(dialog))
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    dealt = expect_dialog(stay)
    assert not window.close()
    dealt()
    assert "A copy of everything is kept on this computer" in said[0]
    assert "would be lost" not in said[0]
    dealt = expect_dialog(press("Leave without saving"))
    assert window.close()
    dealt()
    assert [read(f, model) for f in place.profile.recovery.rglob("*.hicm")] == [wanted]


# What a crash left.


def left(
    place: Place, model: Model, workshop: Workshop, base: files.Fingerprint | None, number: int = 1
) -> Kept:
    """Leave a copy as a run that was killed does."""
    folder = place.profile.recovery / f"{DEAD}-{number:08x}"
    return recovery.keep(folder, codec.encode(workshop, model), Belongs(str(place.file), base))


@pytest.fixture
def lost(place: Place, model: Model) -> Workshop:
    """Give a workshop that goes on from the one in the file."""
    return AgreeLevel("planned", "exemplary").apply(read(place.file, model))


def offered(window: MainWindow, qtbot: QtBot, *answers: Callable[[QDialog], object]) -> list[str]:
    """Have what was left behind offered, and answer each question; gives what was said."""
    said: list[str] = []
    faults: list[BaseException] = []
    waiting = list(answers)
    look = QTimer(window, interval=20)

    def deal() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog) or dialog.property("dealt"):
            return
        dialog.setProperty("dealt", True)  # noqa: FBT003 - Qt's signature
        said.append(words_of(dialog))
        try:
            assert waiting, "no more is asked"
            waiting.pop(0)(dialog)
            assert not dialog.isVisible(), "it is answered"
        except BaseException as fault:
            faults.append(fault)
            dialog.reject()

    look.timeout.connect(deal)
    look.start()
    window.safekeeping.offer_left_behind()
    qtbot.waitUntil(lambda: bool(faults) or not waiting)
    qtbot.wait(250)
    look.stop()
    if faults:
        raise faults[0]
    return said


def escape(dialog: QDialog) -> None:
    QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Escape)


def test_what_a_crash_left_is_offered_and_goes_into_the_file_only_when_asked(
    opened: Callable[[], MainWindow], place: Place, lost: Workshop, qtbot: QtBot, model: Model
) -> None:
    kept = left(place, model, lost, files.fingerprint_of(place.file))
    before = place.file.read_bytes()
    window = opened()
    during: list[bytes] = []
    rows: list[str] = []

    def deal(dialog: QDialog) -> None:
        during.append(place.file.read_bytes())
        view = dialog.findChildren(DifferencesView)[0]
        rows.extend(view.differences.text(view.differences.index(0, c)) for c in range(3))
        press("Go on from this copy")(dialog)

    said = offered(window, qtbot, deal)
    assert "before everything was in Northbridge.hicm" in said[0]
    assert f"at {kept.at:%H:%M} on " in said[0]
    assert "20 of 23 rows agreed · 2 parked · 12 actions" in said[0]
    assert rows[0].startswith("Change 1")
    assert rows[2] == "Exemplary"
    assert during == [before], "nothing is opened over the file unasked"
    assert window.document.path == place.file
    saved(window, qtbot)
    assert read(place.file, model) == lost
    assert list(place.profile.recovery.iterdir()) == []


@pytest.mark.parametrize("answer", [press("Not now"), escape])
def test_not_now_leaves_it_for_the_next_start(
    opened: Callable[[], MainWindow],
    place: Place,
    lost: Workshop,
    qtbot: QtBot,
    model: Model,
    answer: Callable[[QDialog], None],
) -> None:
    left(place, model, lost, files.fingerprint_of(place.file))
    before = place.file.read_bytes()
    window = opened()
    offered(window, qtbot, answer)
    assert window.document.path != place.file
    assert place.file.read_bytes() == before
    said = offered(opened(), qtbot, escape)
    assert "Northbridge.hicm" in said[0]


def test_return_changes_nothing(
    opened: Callable[[], MainWindow], place: Place, lost: Workshop, qtbot: QtBot, model: Model
) -> None:
    kept = left(place, model, lost, files.fingerprint_of(place.file))
    before = place.file.read_bytes()

    def deal(dialog: QDialog) -> None:
        QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Return)
        dialog.reject()

    offered(opened(), qtbot, deal)
    assert place.file.read_bytes() == before
    assert kept.file.exists()


def test_a_file_that_was_changed_since_is_left_and_the_copy_opens_as_a_new_one(
    opened: Callable[[], MainWindow], place: Place, lost: Workshop, qtbot: QtBot, model: Model
) -> None:
    left(place, model, lost, files.fingerprint_of(place.file))
    theirs = put(place.file, model, AgreeLevel("emergency", "exemplary"))
    window = opened()
    said = offered(window, qtbot, press("Open it as a new file"))
    assert "changed since" in said[0]
    assert window.document.path == place.drive / "Northbridge recovered.hicm"
    assert window.document.workshop == lost
    assert place.file.read_bytes() == theirs
    assert list(place.profile.recovery.iterdir()) == []


def test_a_file_that_is_changed_while_the_question_is_open_is_left(
    opened: Callable[[], MainWindow], place: Place, lost: Workshop, qtbot: QtBot, model: Model
) -> None:
    left(place, model, lost, files.fingerprint_of(place.file))
    window = opened()
    theirs: list[bytes] = []

    def deal(dialog: QDialog) -> None:
        theirs.append(put(place.file, model, AgreeLevel("emergency", "exemplary")))
        press("Go on from this copy")(dialog)

    said = offered(window, qtbot, deal, lambda dialog: dialog.reject())
    assert "changed in the meantime" in said[1]
    assert window.document.path == place.drive / "Northbridge recovered.hicm"
    assert place.file.read_bytes() == theirs[0]


def test_throwing_it_away_asks_once_more_and_goes_back_where_it_is_kept(
    opened: Callable[[], MainWindow], place: Place, lost: Workshop, qtbot: QtBot, model: Model
) -> None:
    kept = left(place, model, lost, files.fingerprint_of(place.file))
    before = place.file.read_bytes()
    window = opened()

    def still_there(answer: Callable[[QDialog], object]) -> Callable[[QDialog], None]:
        def deal(dialog: QDialog) -> None:
            assert kept.file.exists()
            answer(dialog)

        return deal

    said = offered(
        window,
        qtbot,
        press("Throw it away…"),
        still_there(escape),
        press("Throw it away…"),
        still_there(press("Throw it away")),
    )
    assert "gone for good" in said[1]
    assert "Recovered work" in said[2]
    assert not kept.file.exists()
    assert place.file.read_bytes() == before


def test_two_copies_of_one_file_are_offered_one_after_the_other(
    opened: Callable[[], MainWindow], place: Place, lost: Workshop, qtbot: QtBot, model: Model
) -> None:
    base = files.fingerprint_of(place.file)
    newer = AgreeLevel("emergency", "exemplary").apply(lost)
    older = left(place, model, lost, base, 1)
    os.utime(older.file, (1_700_000_000, 1_700_000_000))
    left(place, model, newer, base, 2)
    window = opened()
    said = offered(window, qtbot, press("Go on from this copy"), press("Open it as a new file"))
    assert "changed since" in said[1], "the second is laid beside what the first made of the file"
    assert read(place.file, model) == newer
    assert window.document.path == place.drive / "Northbridge recovered.hicm"
    assert window.document.workshop == lost
    assert banner(window).words == ""


def test_a_copy_that_cannot_be_read_is_told_and_kept_and_the_next_is_offered(
    opened: Callable[[], MainWindow], place: Place, lost: Workshop, qtbot: QtBot, model: Model
) -> None:
    base = files.fingerprint_of(place.file)
    broken = left(place, model, lost, base, 1)
    broken.file.write_bytes(b"{")
    os.utime(broken.file, (2_000_000_000, 2_000_000_000))
    left(place, model, lost, base, 2)
    said = offered(opened(), qtbot, lambda dialog: dialog.reject(), escape)
    assert str(broken.file) in said[0].replace("\u200b", "")
    assert "Recovered work" in said[1]
    assert broken.file.read_bytes() == b"{"


def test_a_copy_of_the_very_file_that_is_open_goes_into_it(
    window: MainWindow, place: Place, lost: Workshop, qtbot: QtBot, model: Model
) -> None:
    left(place, model, lost, files.fingerprint_of(place.file))
    offered(window, qtbot, press("Go on from this copy"))
    saved(window, qtbot)
    assert banner(window).words == ""
    assert read(place.file, model) == lost
    assert lock_path(place.file).exists(), "it is still ours"


def test_a_copy_whose_drive_is_away_goes_into_the_file_when_it_is_back(
    opened: Callable[[], MainWindow],
    place: Place,
    lost: Workshop,
    qtbot: QtBot,
    model: Model,
    tmp_path: Path,
) -> None:
    left(place, model, lost, files.fingerprint_of(place.file))
    away = tmp_path / "pulled"
    place.drive.rename(away)
    window = opened()
    said = offered(window, qtbot, press("Go on from this copy"))
    assert "not within reach now" in said[0]
    not_saved(window, qtbot)
    away.rename(place.drive)
    saved(window, qtbot)
    assert read(place.file, model) == lost
    assert list(place.profile.recovery.iterdir()) == []


@pytest.mark.parametrize("was_made", [False, True])
def test_a_file_that_is_not_there_is_made_if_one_goes_on(
    opened: Callable[[], MainWindow],
    place: Place,
    lost: Workshop,
    qtbot: QtBot,
    model: Model,
    *,
    was_made: bool,
) -> None:
    left(place, model, lost, files.fingerprint_of(place.file) if was_made else None)
    place.file.unlink()
    window = opened()
    said = offered(window, qtbot, press("Go on from this copy"))
    assert ("no longer there" if was_made else "was not made yet") in said[0]
    saved(window, qtbot)
    assert read(place.file, model) == lost


def test_an_offer_waits_for_a_question_that_is_open(
    opened: Callable[[], MainWindow],
    ann: Library,
    place: Place,
    lost: Workshop,
    qtbot: QtBot,
    model: Model,
) -> None:
    left(place, model, lost, None)
    hers = ann.open(place.file).document
    window = opened()
    asked: list[str] = []

    def deal(dialog: QDialog) -> None:
        window.safekeeping.offer_left_behind()
        qtbot.wait(400)
        top = QApplication.activeModalWidget()
        assert top is dialog, "another question came on top"
        asked.append(dialog.windowTitle())
        press("Cancel")(dialog)

    dealt = expect_dialog(deal)
    window.files.open_path(place.file)
    dealt()

    def deal_next(dialog: QDialog) -> None:
        asked.append(dialog.windowTitle())
        dialog.reject()

    then = expect_dialog(deal_next)
    qtbot.waitUntil(lambda: len(asked) == 2)
    then()
    assert asked == ["Open elsewhere", "Recovered work"]
    hers.close()


# Room on the drive, and a profile that cannot be written.


def test_a_drive_that_is_nearly_full_is_told_once_and_until_it_is_closed(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(window.document.path.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=saving.LOW_BYTES - 1))
    agree(window, "exemplary")
    qtbot.waitUntil(lambda: "nearly full" in banner(window).words)
    assert "49 MB" in banner(window).words
    saved(window, qtbot)
    agree(window, "mature")
    saved(window, qtbot)
    assert "nearly full" in banner(window).words
    remedy(window, Remedy.CLOSE)
    assert banner(window).isHidden()
    agree(window, "established")
    saved(window, qtbot)
    assert banner(window).isHidden(), "told once"


def test_an_earlier_version_that_cannot_be_kept_is_told_and_saving_goes_on(
    opened: Callable[[], MainWindow], place: Place, qtbot: QtBot, model: Model
) -> None:
    place.profile.earlier.write_text("in the way")
    window = opened()
    window.files.open_path(place.file)
    qtbot.waitUntil(lambda: "No earlier version could be kept" in banner(window).words)
    agree(window, "exemplary")
    saved(window, qtbot)
    assert read(place.file, model).row("planned").level == "exemplary"


# Earlier versions


def test_an_earlier_version_opens_as_a_new_file_and_the_file_stays(
    window: MainWindow, place: Place, model: Model, qtbot: QtBot
) -> None:
    opened_as = place.file.read_bytes()
    agree(window, "exemplary")
    saved(window, qtbot)
    held = place.file.read_bytes()
    assert window.document.is_read_only is False

    def restore(dialog: QDialog) -> None:
        assert isinstance(dialog, EarlierDialog)
        oldest = dialog.versions.model().rowCount() - 1
        dialog.versions.setCurrentIndex(dialog.versions.model().index(oldest, 0))
        qtbot.waitUntil(dialog.restore.isEnabled)
        dialog.restore.click()

    dealt = expect_dialog(restore)
    window.menus.actions[Command.EARLIER].trigger()
    dealt()
    assert window.document.path == place.drive / "Northbridge restored.hicm"
    assert read(window.document.path, model) == codec.decode(opened_as, model).workshop
    assert place.file.read_bytes() == held


def test_a_damaged_file_leads_to_its_earlier_versions(
    opened: Callable[[], MainWindow], place: Place
) -> None:
    window = opened()
    window.files.open_path(place.file)
    window.files.open_by(lambda: Opened(window.files._library.blank()))
    assert window.document.path != place.file
    place.file.write_bytes(b'{"format": "hicm-work')
    said: list[str] = []

    def look(dialog: QDialog) -> None:
        said.append(words_of(dialog))
        QTimer.singleShot(0, window, lambda: said_later.append(expect_dialog(see)))
        press("See earlier versions")(dialog)

    def see(dialog: QDialog) -> None:
        assert isinstance(dialog, EarlierDialog)
        said.append(dialog.which.currentText())
        dialog.reject()

    said_later: list[Callable[[], None]] = []
    dealt = expect_dialog(look)
    window.files.open_path(place.file)
    dealt()
    said_later[0]()
    assert "damaged" in said[0]
    assert "Northbridge" in said[1]
    assert place.file.read_bytes() == b'{"format": "hicm-work'


def test_a_damaged_file_without_earlier_versions_is_only_told(
    opened: Callable[[], MainWindow], place: Place
) -> None:
    window = opened()
    bad = place.drive / "bad.hicm"
    bad.write_bytes(b"{")
    said: list[list[str]] = []

    def look(dialog: QDialog) -> None:
        said.append([b.text() for b in dialog.findChildren(QPushButton)])
        dialog.reject()

    dealt = expect_dialog(look)
    window.files.open_path(bad)
    dealt()
    assert "See earlier versions" not in said[0]
