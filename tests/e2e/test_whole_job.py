"""The main job, end to end: open it, take a group through all nine changes, send out the record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from openpyxl import load_workbook
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from hicm_desktop.cli import main
from hicm_desktop.model.values import Model
from hicm_desktop.ui import dialogs
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.details_dialog import DetailsDialog
from hicm_desktop.ui.export.dialog import ExportDialog
from hicm_desktop.ui.fields import AutoText
from hicm_desktop.workshop.values import Outcome, Workshop
from tests.modal import expect_dialog

from .driving import ALT, CTRL, Driver, Key, dismiss, run


def only_file(folder: Path) -> Path:
    """Give the one file there, beside the lock of a workshop that is open."""
    (file,) = (path for path in folder.iterdir() if path.suffix != ".lock")
    return file


def export_as_pdf(driver: Driver) -> None:
    """Export by keys alone; the name is that which the file dialog gives."""
    driver.press(Key.Key_P, CTRL)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExportDialog)
    driver.until(dialog.isActiveWindow, "the export dialog has the keyboard")
    driver.press(Key.Key_Return)
    driver.until(lambda: dialog.foot.heading.text().endswith("is ready"), "it is exported")
    driver.press(Key.Key_Escape)
    assert QApplication.activeModalWidget() is None


def test_a_workshop_by_keyboard_from_an_empty_machine_to_a_finished_record(
    model: Model,
    workshops: Path,
    on_disk: Callable[[Path], Workshop],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from_window = tmp_path / "window.pdf"
    monkeypatch.setattr(dialogs, "choose_save", lambda *_: from_window)

    def fill_in(dialog: QDialog) -> None:
        assert isinstance(dialog, DetailsDialog)
        dialog.place.setFocus()
        QTest.keyClicks(dialog.place, "Northbridge")
        dialog.keep.click()

    def facilitate(driver: Driver) -> None:
        driver.answer(fill_in, lambda: driver.press(Key.Key_N, CTRL))
        assert only_file(workshops).exists(), "a workshop is a file from its first moment"
        for change in model.changes:
            driver.press(Key(Key.Key_0 + change.number), CTRL)
            for i, row in enumerate(change.rows):
                if i:
                    driver.press(Key.Key_Down)
                driver.press(Key(Key.Key_1 + (change.number + i) % 5))
                assert driver.window.console.focus.row == row.id
        driver.press(Key.Key_N)
        driver.write("Room 5 is at level 3")
        driver.press(Key.Key_Return, CTRL)
        driver.write("Train 12 staff")
        driver.press(Key.Key_Escape)
        driver.press(Key.Key_End, ALT)
        assert driver.window.console.shows_plan
        driver.saved()
        export_as_pdf(driver)

    assert run([], facilitate) == 0
    file = only_file(workshops)
    recorded = on_disk(file)
    assert recorded.details.place == "Northbridge"
    for change in model.changes:
        for i, row in enumerate(change.rows):
            record = recorded.row(row.id)
            assert record.outcome is Outcome.AGREED
            assert record.level == model.levels[(change.number + i) % 5].id
    last = model.changes[-1].rows[-1]
    assert recorded.row(last.id).note == "Room 5 is at level 3", "digits are typed, not obeyed"
    (action,) = recorded.actions
    assert (action.row, action.to_do) == (last.id, "Train 12 staff")
    level = recorded.row(last.id).level
    assert level is not None
    assert model.descriptor(last.id, level) in action.where_now

    workbook, pdf = tmp_path / "record.xlsx", tmp_path / "record.pdf"
    assert main(["export", str(file), "--xlsx", str(workbook), "--pdf", str(pdf)]) == 0
    plan = load_workbook(workbook)["Action plan"]
    words = {str(cell.value) for line in plan.iter_rows() for cell in line}
    assert set(model.columns) <= words
    assert "Train 12 staff" in words
    text = "".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages)
    assert "Train 12 staff" in text
    assert "Northbridge" in text
    assert from_window.read_bytes() == pdf.read_bytes(), "the window writes the same"


def test_a_workshop_by_mouse(workshops: Path, on_disk: Callable[[Path], Workshop]) -> None:
    def facilitate(driver: Driver) -> None:
        driver.press(Key.Key_4, CTRL)
        driver.click(driver.descriptor("discharge-to-assess", 3))
        driver.click(driver.descriptor("reablement-and-pathways", 2))
        driver.click(driver.descriptor("reablement-and-pathways", 2))
        assert not driver.descriptor("reablement-and-pathways", 2).isChecked()
        driver.click(driver.descriptor("embedding-home-first", 5))
        note = driver.named(AutoText, "What the data says")
        driver.click(note)
        driver.write("38% within 48 h")
        driver.saved()

    assert run([], facilitate) == 0
    recorded = on_disk(only_file(workshops))
    assert recorded.row("discharge-to-assess").level == "established"
    assert recorded.row("reablement-and-pathways").level is None
    assert recorded.row("embedding-home-first").level == "exemplary"
    assert recorded.row("embedding-home-first").data == "38% within 48 h"


def test_undo_and_redo_cover_everything_and_go_to_where_it_was() -> None:
    def facilitate(driver: Driver) -> None:
        console, document = driver.window.console, driver.window.document
        driver.press(Key.Key_1, CTRL)
        driver.press(Key.Key_3)
        driver.press(Key.Key_N)
        driver.write("Said twice")
        driver.press(Key.Key_9, CTRL)
        undo = driver.window.menus.actions[Command.UNDO]
        assert undo.text().endswith("Early discharge planning, Planned, note")
        driver.press(Key.Key_Z, CTRL)
        assert document.workshop.row("planned").note == ""
        assert console.tabs.currentIndex() == 1, "what is undone is shown"
        driver.press(Key.Key_Z, CTRL)
        assert document.workshop.row("planned").level is None
        assert not undo.isEnabled()
        driver.press(Key.Key_Y, CTRL)
        driver.press(Key.Key_Y, CTRL)
        assert document.workshop.row("planned").note == "Said twice"
        driver.press(Key.Key_N)
        driver.press(Key.Key_Z, CTRL)
        assert document.workshop.row("planned").note == "", "in a text field too"

    assert run([], facilitate) == 0


def test_opening_it_and_looking_around_makes_no_file(workshops: Path) -> None:
    def look(driver: Driver) -> None:
        for _ in range(driver.window.console.tabs.count()):
            driver.press(Key.Key_Tab, CTRL)
        driver.press(Key.Key_F, CTRL)
        driver.press(Key.Key_Escape)

    assert run([], look) == 0
    assert not workshops.exists()


def test_a_file_named_on_the_command_line_is_opened_and_kept_up_to_date(
    tmp_path: Path, on_disk: Callable[[Path], Workshop]
) -> None:
    file = tmp_path / "Northbridge.hicm"
    assert main(["sample", str(file)]) == 0
    before = on_disk(file)

    def facilitate(driver: Driver) -> None:
        assert driver.window.document.workshop == before
        driver.press(Key.Key_1, CTRL)
        driver.press(Key.Key_5)
        driver.saved()

    assert run([str(file)], facilitate) == 0
    after = on_disk(file)
    assert after.row("planned").level == "exemplary"
    assert after.actions == before.actions


def test_a_file_that_is_no_workshop_is_refused_with_a_reason_and_left_alone(
    tmp_path: Path, workshops: Path
) -> None:
    file = tmp_path / "notes.hicm"
    file.write_text("Dear all")
    said: list[str] = []
    dealt = expect_dialog(lambda dialog: said.append(dismiss(dialog)))
    assert run([str(file)], lambda driver: driver.until(lambda: said, "it is told")) == 0
    dealt()
    assert said
    assert file.read_text() == "Dear all"
    assert not workshops.exists()


def test_search_goes_to_the_row_and_to_the_field(tmp_path: Path) -> None:
    file = tmp_path / "Northbridge.hicm"
    main(["sample", str(file)])

    def facilitate(driver: Driver) -> None:
        driver.press(Key.Key_F, CTRL)
        driver.write("turns away about five")
        line = driver.named(QLineEdit, "Search")
        driver.until(lambda: QApplication.focusWidget() is line, "the search has the keyboard")
        QTest.qWait(200)
        driver.press(Key.Key_Return)
        assert driver.window.console.focus.row == "reablement-and-pathways"
        field = QApplication.focusWidget()
        assert isinstance(field, AutoText)
        assert field.accessibleName() == "What the data says"

    assert run([str(file)], facilitate) == 0


def test_what_was_agreed_is_in_the_file_within_a_second_of_the_click(
    workshops: Path, on_disk: Callable[[Path], Workshop]
) -> None:
    def facilitate(driver: Driver) -> None:
        driver.press(Key.Key_2, CTRL)
        driver.press(Key.Key_4)
        start = dt.datetime.now(tz=dt.UTC)
        driver.until(
            lambda: workshops.exists() and any(workshops.glob("*.hicm")), "a file is there"
        )
        driver.saved()
        assert on_disk(only_file(workshops)).row("responsive-capacity").level == "mature"
        assert dt.datetime.now(tz=dt.UTC) - start < dt.timedelta(seconds=5)

    assert run([], facilitate) == 0


def test_the_first_change_is_made_while_the_overview_is_still_being_looked_at() -> None:
    def wait(driver: Driver) -> None:
        console = driver.window.console
        driver.until(lambda: console._made_changes is not None, "the changes are made")
        changes = console.changes
        driver.until(lambda: list(changes._pages) == [console.focus.change], "its page is made")
        assert not console.changes.isVisible()
        assert console.overview.isVisible()

    assert run([], wait) == 0
