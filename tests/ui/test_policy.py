"""What an organisation has set, in the window: it is in force, and it shows as set."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from hicm_desktop.document.policy import Colours, Policy
from hicm_desktop.document.settings import Settings
from hicm_desktop.paths import resources_dir
from hicm_desktop.ui import dialogs
from hicm_desktop.ui.about import NOTHING_SET
from hicm_desktop.ui.appearance import Appearance, ThemeChoice
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.export.dialog import ExportDialog, Source
from hicm_desktop.ui.export.kinds import Export
from hicm_desktop.ui.export.parts_panel import NEVER_PRIVATE, SOME_SET
from hicm_desktop.ui.found_numbers import FoundNumbers
from hicm_desktop.ui.links import COPIED, CopiedLinks
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.ui.room.stage import Stage
from hicm_desktop.ui.theme import DARK, LIGHT
from hicm_desktop.workshop.edits import RowField, WriteRow
from tests.modal import meet

from .conftest import WindowOf

Windows = Callable[[Policy], MainWindow]
NUMBER = "943 476 5919"


@pytest.fixture
def under(window_of: WindowOf, sample_file: Path, tmp_path: Path) -> Windows:
    """Open the window on the sample, under a policy."""

    def under(policy: Policy) -> MainWindow:
        return window_of(Settings(tmp_path / "settings.ini", tmp_path, policy), sample_file)

    return under


def said_by(window: MainWindow, command: Command) -> str:
    """Ask something of the menu that is answered by a message; gives its words."""
    said: list[str] = []

    def look(box: QMessageBox) -> None:
        said.append(f"{box.text()}\n{box.informativeText()}")
        box.reject()

    dealt = meet(QMessageBox, look)
    window.menus.actions[command].trigger()
    dealt()
    return said[0]


def test_the_help_menu_says_what_is_set_and_where(under: Windows, tmp_path: Path) -> None:
    window = under(Policy(workshops=tmp_path / "set", room="dark", file=Path("/etc/x/policy.toml")))
    said = said_by(window, Command.POLICY)
    assert f"• New workshops go to {tmp_path / 'set'}." in said
    assert "• The room view’s colours are dark." in said
    assert ".." not in said
    assert "In /etc/x/policy.toml" in said


def test_the_help_menu_says_that_nothing_is_set_or_what_is_wrong(under: Windows) -> None:
    assert NOTHING_SET in said_by(under(Policy()), Command.POLICY)
    assert "It is not TOML" in said_by(under(Policy(problem="It is not TOML")), Command.POLICY)


def test_a_folder_that_is_set_is_told_and_not_asked_for(under: Windows, tmp_path: Path) -> None:
    window = under(Policy(workshops=tmp_path / "set"))
    said = said_by(window, Command.FOLDER)
    assert "Your organisation has set" in said
    assert str(tmp_path / "set") in said
    assert window._library.blank().path.parent == tmp_path / "set"


@pytest.mark.parametrize("is_set", [True, False])
def test_colours_that_are_set_show_as_set(under: Windows, *, is_set: bool) -> None:
    window = under(Policy(window="dark" if is_set else None))
    (colours,) = [m for m in window.findChildren(QMenu) if "olours" in m.title()]
    assert ("set by your organisation" in colours.title()) is is_set
    assert [choice.isEnabled() for choice in colours.actions()] == [not is_set] * 5


def test_the_room_has_the_colours_that_are_set_and_the_window_its_own(
    qtbot: QtBot, qapp: QApplication
) -> None:
    fonts = resources_dir() / "fonts"
    for room, theme in ((ThemeChoice.DARK, DARK), (None, LIGHT)):
        appearance = Appearance(qapp, fonts, room)
        appearance.dress(ThemeChoice.LIGHT, 1.0)
        stage = Stage(appearance)
        qtbot.addWidget(stage)
        stage.resize(1280, 720)
        stage.show()
        assert stage._look.theme == theme
        assert appearance.look.theme == LIGHT
        appearance.deleteLater()


def test_every_colour_that_can_be_set_is_one_that_can_be_chosen() -> None:
    choices = {choice.value for choice in ThemeChoice if choice is not ThemeChoice.SYSTEM}
    assert set(get_args(Colours)) == choices


# Exports


@pytest.fixture
def dialog_under(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> Callable[[Policy], ExportDialog]:
    def dialog_under(policy: Policy) -> ExportDialog:
        document = window.document
        fonts = resources_dir() / "fonts"
        source = Source(document.model, document.workshop, document.path, fonts)
        settings = Settings(tmp_path / "own.ini", tmp_path, policy)
        dialog = ExportDialog(source, settings, None)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return dialog_under


def test_parts_that_are_set_cannot_be_ticked_or_unticked(
    dialog_under: Callable[[Policy], ExportDialog],
) -> None:
    policy = Policy(parts={"names": False, "guidance": True}, export_kind="WORKBOOK")
    dialog = dialog_under(policy)
    assert dialog.export is Export.WORKBOOK
    boxes = dialog.parts.others
    assert {n: (b.isChecked(), b.isEnabled()) for n, b in boxes.items()} == {
        "evidence": (True, True),
        "differing_views": (True, True),
        "names": (False, False),
        "decision_log": (True, True),
        "guidance": (True, False),
    }
    assert dialog.parts.set_by.isVisible()
    assert dialog.parts.set_by.text() == SOME_SET
    dialog.kinds.choices[Export.CALENDAR].click()
    assert not dialog.parts.set_by.isVisible()
    dialog.kinds.choices[Export.PDF].click()
    assert not boxes["names"].isEnabled()
    dialog.end()


def test_nothing_is_said_to_be_set_where_nothing_is(
    dialog_under: Callable[[Policy], ExportDialog],
) -> None:
    dialog = dialog_under(Policy())
    assert not dialog.parts.set_by.isVisible()
    assert dialog.parts.private.isEnabled()
    dialog.end()


def test_private_notes_that_are_never_to_go_out_are_not_offered_and_it_is_said_why(
    dialog_under: Callable[[Policy], ExportDialog],
) -> None:
    dialog = dialog_under(Policy(private_notes=False))
    assert not dialog.parts.private.isEnabled()
    dialog.parts.private.click()
    assert not dialog.parts.parts().private_notes
    labels = [w.text() for w in dialog.parts.findChildren(QLabel) if w.isVisible()]
    assert NEVER_PRIVATE in labels
    dialog.end()


def test_what_is_to_be_said_of_patients_stands_over_the_numbers_that_were_found(
    under: Windows, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(dialogs, "choose_save", lambda *_: tmp_path / "out.pdf")
    window = under(Policy(reminder="Ring the governance team."))
    window.document.apply(WriteRow("planned", RowField.NOTE, NUMBER))
    window.files.export(Export.PDF)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExportDialog)
    said: list[str] = []

    def look(asking: FoundNumbers) -> None:
        said.extend(w.text() for w in asking.findChildren(QLabel) if w.isVisible())
        asking.reject()

    dealt = meet(FoundNumbers, look)
    dialog.export_now()
    dealt()
    assert "From your organisation: Ring the governance team." in said
    dialog.reject()


# Links


def test_links_are_copied_where_no_browser_may_be_opened(
    under: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = under(Policy(opens_links=False))
    links = CopiedLinks(window)
    said: list[str] = []
    monkeypatch.setattr(window, "tell", said.append)
    try:
        for address in ("https://www.example.org/a?b=c", "http://example.org/"):
            assert QDesktopServices.openUrl(QUrl(address))
            assert QGuiApplication.clipboard().text() == address
        assert said == [COPIED, COPIED]
    finally:
        links.end()
    QGuiApplication.clipboard().setText("something else")
