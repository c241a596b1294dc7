"""File, Handouts: what is offered, what is asked, and what is written."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from pypdf import PdfReader
from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hicm_desktop.document.policy import Policy
from hicm_desktop.errors import ExportError
from hicm_desktop.export.pdf import handouts
from hicm_desktop.model.values import Model
from hicm_desktop.paths import resources_dir
from hicm_desktop.ui import dialogs
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.handout_writing import HandoutWriter, Outcome
from hicm_desktop.ui.handouts_dialog import SLOW, HandoutsDialog
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.workshop.handouts import Handout, Paper
from hicm_desktop.workshop.patient_data import Finding
from hicm_desktop.workshop.places import DetailsPlace
from hicm_desktop.workshop.values import Details, Workshop

PATIENCE_MS = 30_000
"""Much longer than anything here takes, on a machine with other work as well."""

pytestmark = pytest.mark.usefixtures("appearance")

FONTS = resources_dir() / "fonts"


@pytest.fixture
def writer(qtbot: QtBot) -> Iterator[HandoutWriter]:
    assert qtbot
    writer = HandoutWriter(None)
    yield writer
    writer.close()


def shown(dialog: HandoutsDialog, qtbot: QtBot) -> HandoutsDialog:
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=PATIENCE_MS)
    return dialog


@pytest.fixture
def dialog(
    qtbot: QtBot, model: Model, sample: Workshop, tmp_path: Path, writer: HandoutWriter
) -> Iterator[HandoutsDialog]:
    dialog = shown(HandoutsDialog(model, sample.details, FONTS, tmp_path, writer, None), qtbot)
    yield dialog
    dialog.reject()
    dialog.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class Saving:
    """Answers the file dialog with a path, and keeps what it was asked for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, target: Path | None) -> None:
        self.target = target
        self.starts: list[Path] = []
        self.offered: list[Path] = []
        monkeypatch.setattr(dialogs, "choose_save", self._choose)
        monkeypatch.setattr(dialogs, "offer_open", self._offer)

    def _choose(self, _parent: QWidget, _title: str, start: Path, _kinds: str) -> Path | None:
        self.starts.append(start)
        return self.target

    def _offer(self, _parent: QWidget, path: Path) -> str:
        self.offered.append(path)
        return ""


def make(dialog: HandoutsDialog, qtbot: QtBot) -> None:
    dialog.make.click()
    qtbot.waitUntil(dialog.make.isEnabled, timeout=PATIENCE_MS)


def width_of(path: Path) -> float:
    return float(PdfReader(path).pages[0].mediabox.width)


# What is offered


def test_every_handout_is_offered_on_its_papers_with_its_own_questions(
    dialog: HandoutsDialog,
) -> None:
    for handout in Handout:
        dialog.handouts[handout].click()
        assert [h for h, choice in dialog.handouts.items() if choice.isChecked()] == [handout]
        offered = tuple(paper for paper in Paper if dialog.papers[paper].isEnabled())
        assert set(offered) == set(handout.papers)
        assert dialog.papers[handout.papers[0]].isChecked()
        assert dialog.change.isVisible() is (handout is Handout.MATRICES)
        assert dialog.names.isVisible() is (handout is Handout.AGENDA)


@pytest.mark.parametrize("on", [True, False])
def test_names_that_are_set_show_as_set_and_hold(
    qtbot: QtBot,
    model: Model,
    sample: Workshop,
    tmp_path: Path,
    writer: HandoutWriter,
    monkeypatch: pytest.MonkeyPatch,
    *,
    on: bool,
) -> None:
    first, *others = sample.details.partners
    partners = (msgspec.structs.replace(first, name="Priya Shah"), *others)
    details = msgspec.structs.replace(sample.details, partners=partners)
    policy = Policy(parts={"names": on})
    dialog = shown(HandoutsDialog(model, details, FONTS, tmp_path, writer, None, policy), qtbot)
    QTest.mouseClick(dialog.handouts[Handout.AGENDA], Qt.MouseButton.LeftButton)
    assert dialog.names.isVisible()
    assert "Set by your organisation" in dialog.names.text()
    QTest.mouseClick(dialog.names, Qt.MouseButton.LeftButton)
    assert dialog.names.isChecked() is on, "it is not the user's to choose"
    out = tmp_path / "agenda.pdf"
    Saving(monkeypatch, out)
    QTest.mouseClick(dialog.make, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not writer.busy, timeout=PATIENCE_MS)
    assert ("Priya Shah" in PdfReader(out).pages[0].extract_text()) is on
    dialog.reject()
    dialog.deleteLater()


def test_nothing_moves_when_another_handout_is_chosen(dialog: HandoutsDialog) -> None:
    places = set()
    for handout in Handout:
        dialog.handouts[handout].click()
        QApplication.sendPostedEvents()
        paper = dialog.papers[Paper.A4]
        places.add((paper.mapTo(dialog, paper.rect().topLeft()).toTuple(), dialog.size().toTuple()))
    assert len(places) == 1


def test_all_of_it_can_be_worked_by_keyboard(
    dialog: HandoutsDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saving = Saving(monkeypatch, tmp_path / "agenda.pdf")
    assert dialog.handouts[Handout.MATRICES].hasFocus()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Space):
        QTest.keyClick(dialog.focusWidget(), key)
    assert dialog.handouts[Handout.AGENDA].isChecked()
    for wanted in (dialog.papers[Paper.A4], dialog.names, dialog.close_again, dialog.make):
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        assert dialog.focusWidget() is wanted
    dialog.names.setFocus()
    QTest.keyClick(dialog.names, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.make.isEnabled, timeout=PATIENCE_MS)
    assert saving.offered == [tmp_path / "agenda.pdf"]


def test_everything_says_what_it_is(dialog: HandoutsDialog) -> None:
    for handout, choice in dialog.handouts.items():
        assert choice.text() == handout.title
        assert choice.accessibleDescription() == handout.about
    assert dialog.change.accessibleName() == "Which change"
    assert all(button.text() for button in dialog.findChildren(QPushButton))
    assert dialog.close_again.accessibleName() == "Close"


# What is written


def test_the_matrices_are_written_as_they_were_asked_for(
    dialog: HandoutsDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saving = Saving(monkeypatch, tmp_path / "out.pdf")

    make(dialog, qtbot)
    assert len(PdfReader(tmp_path / "out.pdf").pages) == 9
    assert width_of(tmp_path / "out.pdf") == pytest.approx(1190.55, abs=0.1)

    dialog.papers[Paper.A4].click()
    dialog.change.setCurrentIndex(4)
    make(dialog, qtbot)
    assert len(PdfReader(tmp_path / "out.pdf").pages) == 1
    assert "Change 4: Home first" in PdfReader(tmp_path / "out.pdf").pages[0].extract_text()
    assert width_of(tmp_path / "out.pdf") == pytest.approx(841.89, abs=0.1)
    assert [start.name for start in saving.starts] == [
        "HICM matrices, A3.pdf",
        "HICM matrix, change 4, A4.pdf",
    ]
    assert saving.offered == [tmp_path / "out.pdf"] * 2


def test_a_change_that_was_chosen_is_of_the_matrices_alone(
    dialog: HandoutsDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saving = Saving(monkeypatch, tmp_path / "out.pdf")
    dialog.change.setCurrentIndex(4)
    dialog.handouts[Handout.LEVELS].click()

    make(dialog, qtbot)

    assert saving.starts == [tmp_path / "HICM levels, A4.pdf"]
    assert "The levels" in PdfReader(tmp_path / "out.pdf").pages[0].extract_text()


def test_the_agenda_is_of_this_workshop_and_its_name_is_one_that_windows_takes(
    qtbot: QtBot,
    model: Model,
    tmp_path: Path,
    writer: HandoutWriter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    saving = Saving(monkeypatch, tmp_path / "out.pdf")
    details = Details(place="North/South: the Vale?")
    dialog = shown(HandoutsDialog(model, details, FONTS, tmp_path, writer, None), qtbot)
    dialog.handouts[Handout.AGENDA].click()

    make(dialog, qtbot)

    assert saving.starts == [tmp_path / "HICM agenda, North-South- the Vale-.pdf"]
    assert "North/South: the Vale?" in PdfReader(tmp_path / "out.pdf").pages[0].extract_text()
    dialog.reject()
    dialog.deleteLater()


@pytest.mark.parametrize(("answer", "leads"), [("", ""), ("file", "out.pdf"), ("folder", ".")])
def test_what_was_written_can_be_opened(
    dialog: HandoutsDialog,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    leads: str,
) -> None:
    opened: list[QUrl] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url)
        return True

    Saving(monkeypatch, tmp_path / "out.pdf")
    monkeypatch.setattr(dialogs, "offer_open", lambda *_: answer)
    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    dialog.handouts[Handout.PLAN].click()

    make(dialog, qtbot)

    assert opened == ([QUrl.fromLocalFile(str(tmp_path / leads))] if leads else [])


def test_what_cannot_be_written_is_told(
    dialog: HandoutsDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    Saving(monkeypatch, tmp_path)
    monkeypatch.setattr(dialogs, "warn", lambda *words: told.extend(words[1:]))

    dialog.make.click()
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)

    assert told[0] == "Not made"
    assert "is a folder" in told[1]
    assert dialog.make.isEnabled()


def test_thinking_better_of_it_writes_nothing(
    dialog: HandoutsDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Saving(monkeypatch, None)
    dialog.make.click()
    assert dialog.make.isEnabled()
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def held_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Have writing wait; gives what lets it go on."""
    real, go_on = handouts.write_handout, threading.Event()

    def write_handout(*given: Any, **named: Any) -> None:
        go_on.wait(60)
        real(*given, **named)

    monkeypatch.setattr(handouts, "write_handout", write_handout)
    yield go_on
    go_on.set()


@pytest.mark.parametrize("way", ["escape", "frame"])
def test_closing_while_it_is_written_waits_says_so_and_then_closes(
    dialog: HandoutsDialog,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    held_up: threading.Event,
    way: str,
) -> None:
    saving = Saving(monkeypatch, tmp_path / "out.pdf")
    dialog.make.click()
    assert dialog._told.text() == "Writing out.pdf…"
    assert dialog._told.isVisible()
    assert dialog.focusWidget() is dialog.close_again
    if way == "escape":
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    else:
        dialog.close()
    assert dialog.isVisible()
    assert dialog._told.text() == "Still writing out.pdf. This closes once it is written."
    held_up.set()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=PATIENCE_MS)
    assert (tmp_path / "out.pdf").is_file()
    assert saving.offered == []


def test_closing_while_it_fails_tells_of_it_and_stays(
    dialog: HandoutsDialog,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    held_up: threading.Event,
) -> None:
    told: list[str] = []
    Saving(monkeypatch, tmp_path)
    monkeypatch.setattr(dialogs, "warn", lambda *words: told.extend(words[1:]))
    dialog.make.click()
    dialog.reject()
    held_up.set()
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    assert told[0] == "Not made"
    assert dialog.isVisible()
    dialog.reject()
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("target", "words"), [("out.pdf", "out.pdf is ready."), ("away/out.pdf", "Not made: out.pdf. ")]
)
def test_a_dialog_that_a_drive_holds_up_can_be_left_and_the_window_says_what_came_of_it(
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    held_up: threading.Event,
    target: str,
    words: str,
) -> None:
    said: list[str] = []
    window.files.told.connect(said.append)
    Saving(monkeypatch, tmp_path / target)

    def work(dialog: HandoutsDialog) -> int:
        dialog._patience.setInterval(1)
        dialog.show()
        dialog.make.click()
        dialog.reject()
        qtbot.waitUntil(lambda: dialog._told.text() == SLOW, timeout=PATIENCE_MS)
        assert dialog.isVisible()
        dialog.reject()
        assert not dialog.isVisible()
        return dialog.result()

    monkeypatch.setattr(HandoutsDialog, "exec", work)
    window.menus.actions[Command.HANDOUTS].trigger()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert said == []
    held_up.set()
    qtbot.waitUntil(lambda: bool(said), timeout=PATIENCE_MS)
    assert len(said) == 1
    assert said[0].startswith(words)
    assert (tmp_path / "out.pdf").is_file() is (target == "out.pdf")


def test_at_the_end_of_the_program_only_a_failure_is_told(
    writer: HandoutWriter, tmp_path: Path
) -> None:
    ended: list[Outcome] = []
    writer.ended.connect(ended.append)
    writer.start(tmp_path / "out.pdf", lambda: None)
    writer.close()
    assert ended == []
    failing = HandoutWriter(None)
    failing.ended.connect(ended.append)

    def fail() -> None:
        raise ExportError("The disk is full.")

    failing.start(tmp_path / "out.pdf", fail)
    failing.close()
    assert [outcome.words for outcome in ended] == ["Not made: out.pdf. The disk is full."]


# What could identify a patient


@pytest.mark.parametrize("goes_out", [False, True])
def test_it_asks_before_an_agenda_with_what_looks_like_an_nhs_number(
    qtbot: QtBot,
    model: Model,
    tmp_path: Path,
    writer: HandoutWriter,
    monkeypatch: pytest.MonkeyPatch,
    *,
    goes_out: bool,
) -> None:
    saving = Saving(monkeypatch, tmp_path / "out.pdf")
    asked: list[Finding] = []

    def ask(_parent: QWidget, found: tuple[Finding, ...], _go_to: object) -> bool:
        asked.extend(found)
        return goes_out

    monkeypatch.setattr(dialogs, "ask_exporting", ask)
    details = Details(populations="such as 943 476 5919")
    dialog = shown(HandoutsDialog(model, details, FONTS, tmp_path, writer, None), qtbot)

    make(dialog, qtbot)
    assert asked == []
    dialog.handouts[Handout.AGENDA].click()
    make(dialog, qtbot)

    assert [finding.place for finding in asked] == [DetailsPlace()]
    assert len(saving.starts) == 1 + goes_out
    dialog.reject()
    dialog.deleteLater()


def test_the_menu_opens_it_and_going_to_a_number_closes_it(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: list[object] = []
    workshop = window.document.workshop
    number = msgspec.structs.replace(workshop.details, populations="such as 943 476 5919")
    monkeypatch.setattr(window.console, "go_to", gone.append)

    def go(_parent: QWidget, found: tuple[Finding, ...], go_to: object) -> bool:
        assert callable(go_to)
        go_to(found[0].place)
        return False

    monkeypatch.setattr(dialogs, "ask_exporting", go)
    opened: list[HandoutsDialog] = []

    def work(dialog: HandoutsDialog) -> int:
        opened.append(dialog)
        monkeypatch.setattr(dialog, "_details", number)
        dialog.handouts[Handout.AGENDA].click()
        dialog.make.click()
        return dialog.result()

    monkeypatch.setattr(HandoutsDialog, "exec", work)

    window.menus.actions[Command.HANDOUTS].trigger()

    assert len(opened) == 1
    assert gone == [DetailsPlace()]


def test_its_letter_is_of_no_other_entry_of_the_menu(window: MainWindow) -> None:
    menu = window.menus.by_name[Command.HANDOUTS.menu]
    words = [action.text() for action in menu.actions() if not action.isSeparator()]
    letters = [text[text.index("&") + 1].lower() for text in words if "&" in text]

    assert letters.count("h") == 1
