"""The plan goes out as a workbook, is filled in there, and comes back through the real program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from hicm_desktop.cli import main
from hicm_desktop.export.workbook.plan_reading import read_plan
from hicm_desktop.model.values import Model
from hicm_desktop.ui import dialogs
from hicm_desktop.ui.bring_back_dialog import BringBackDialog
from hicm_desktop.ui.commands import Command
from hicm_desktop.workshop.bring_back import compare, taking
from hicm_desktop.workshop.entry import Kind
from hicm_desktop.workshop.values import Progress, Workshop
from tests.modal import expect_dialog

from .driving import CTRL, Driver, Key, run

TO_DO, BY = "What do you need to do?", "When will it be done by?"


def plan_of(path: Path, change: Callable[[Worksheet, dict[str, int]], object]) -> None:
    """Fill in the plan of a workbook, whose columns are found by how their headings begin."""
    book = load_workbook(path)
    sheet = book["Action plan"]
    titles = next(sheet.iter_rows(min_row=heading_row(sheet), values_only=True))
    headings = {
        name: next(n for n, title in enumerate(titles, start=1) if str(title).startswith(name))
        for name in ("Impact change", TO_DO, BY, "Owner", "Progress")
    }
    change(sheet, headings)
    book.save(path)


def heading_row(sheet: Worksheet) -> int:
    return next(n for n, line in enumerate(sheet.values, start=1) if "Impact change" in line)


def bring_back(
    driver: Driver, path: Path, monkeypatch: pytest.MonkeyPatch, answer: Callable[[QDialog], object]
) -> None:
    """Bring a workbook back by the menu, and answer what it asks."""
    monkeypatch.setattr(dialogs, "choose_open", lambda *_: path)
    answered: list[QDialog] = []

    def deal(dialog: QDialog) -> None:
        answered.append(dialog)
        answer(dialog)

    dealt = expect_dialog(deal)
    driver.window.menus.actions[Command.BRING_BACK].trigger()
    driver.until(lambda: answered, "the workbook is read")
    driver.window.activateWindow()
    QTest.qWaitForWindowActive(driver.window)
    dealt()


def test_a_workbook_that_was_filled_in_is_brought_back_by_keyboard(
    file: Path,
    model: Model,
    on_disk: Callable[[Path], Workshop],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workbook = tmp_path / "filled in.xlsx"
    assert main(["export", str(file), "--xlsx", str(workbook)]) == 0
    before = on_disk(file)
    first, second = before.actions[:2]

    def fill_in(sheet: Worksheet, headings: dict[str, int]) -> None:
        top, last = heading_row(sheet), sheet.max_row
        while not sheet.cell(last, headings["Impact change"]).value:
            last -= 1
        sheet.cell(top + 1, headings["Owner"]).value = "Community trust"
        sheet.cell(top + 1, headings["Progress"]).value = "Done"
        to_do = headings[TO_DO]
        sheet.cell(top + 2, to_do).value = f"{second.to_do}\u00a0\r\n"
        sheet.cell(top + 2, headings[BY]).value = dt.date(2027, 6, 30)
        sheet.cell(last + 1, headings["Impact change"]).value = model.changes[0].heading
        sheet.cell(last + 1, to_do).value = "Ring the care homes"

    def take(dialog: QDialog) -> None:
        assert isinstance(dialog, BringBackDialog)
        assert dialog.counted.text() == "0 of 4 chosen"
        QTest.keyClick(dialog.list, Key.Key_Space)
        QTest.keyClick(dialog.list, Key.Key_Tab)
        QTest.keyClick(dialog.all, Key.Key_Space)
        assert dialog.counted.text() == "4 of 4 chosen"
        dialog.list.setFocus()
        QTest.keyClick(dialog.list, Key.Key_Space)
        QTest.keyClick(dialog.list, Key.Key_Return)
        assert dialog.counted.text() == "3 of 4 chosen"
        QTest.keyClick(dialog.take, Key.Key_Space)

    def facilitate(driver: Driver) -> None:
        bring_back(driver, workbook, monkeypatch, take)
        driver.until(lambda: driver.window.console.shows_plan, "the plan is shown")
        driver.saved()
        after = on_disk(file)
        assert after.actions[0].owner == first.owner, "its tick was taken away again"
        assert after.actions[0].progress is Progress.DONE
        assert after.actions[1].due_on == dt.date(2027, 6, 30)
        assert after.actions[1].to_do == second.to_do
        assert after.actions[2:-1] == before.actions[2:]
        added = after.actions[-1]
        assert (added.change, added.to_do) == (model.changes[0].id, "Ring the care homes")
        assert [(e.kind, e.now) for e in after.log[len(before.log) :]] == [
            (Kind.ACTION_ADDED, "Ring the care homes")
        ]
        driver.press(Key.Key_Z, CTRL)
        driver.saved()
        assert on_disk(file).actions == before.actions, "one step takes all of it back"

    plan_of(workbook, fill_in)
    assert run([str(file)], facilitate) == 0


def test_a_row_that_was_copied_in_the_workbook_is_a_new_action(
    file: Path, model: Model, on_disk: Callable[[Path], Workshop], tmp_path: Path
) -> None:
    workbook = tmp_path / "copied.xlsx"
    assert main(["export", str(file), "--xlsx", str(workbook)]) == 0

    def copy_first(sheet: Worksheet, headings: dict[str, int]) -> None:
        top = heading_row(sheet)
        sheet.insert_rows(top + 1)
        for column in range(1, sheet.max_column + 1):
            sheet.cell(top + 1, column).value = sheet.cell(top + 2, column).value
        sheet.cell(top + 1, headings[TO_DO]).value = "Ring the care homes"

    plan_of(workbook, copy_first)
    before = on_disk(file)
    brought = compare(model, before, read_plan(workbook, model.columns))
    (offer,) = brought.plain_offers
    assert (offer.part, offer.theirs.to_do) == (None, "Ring the care homes")
    assert taking([offer], lambda: "new").apply(before).actions[:-1] == before.actions


def test_a_workbook_that_comes_back_as_it_went_out_changes_nothing(
    file: Path,
    on_disk: Callable[[Path], Workshop],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workbook = tmp_path / "as it was.xlsx"
    assert main(["export", str(file), "--xlsx", str(workbook)]) == 0
    plan_of(workbook, lambda _sheet, _headings: None)
    before, said = on_disk(file), []

    def facilitate(driver: Driver) -> None:
        monkeypatch.setattr(dialogs, "choose_open", lambda *_: workbook)
        monkeypatch.setattr(dialogs, "tell", lambda _parent, _title, text: said.append(text))
        driver.window.menus.actions[Command.BRING_BACK].trigger()
        driver.until(lambda: said, "the workbook is read")

    assert run([str(file)], facilitate) == 0
    assert said == ["as it was.xlsx and this workshop say the same. There is nothing to take."]
    assert on_disk(file) == before


def test_a_file_that_is_no_workbook_is_told_and_changes_nothing(
    file: Path,
    on_disk: Callable[[Path], Workshop],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = tmp_path / "other.xlsx"
    other.write_bytes(b"PK\x03\x04 and no more")
    before, warned = on_disk(file), []

    def facilitate(driver: Driver) -> None:
        monkeypatch.setattr(dialogs, "choose_open", lambda *_: other)
        monkeypatch.setattr(dialogs, "warn", lambda _parent, _title, text: warned.append(text))
        driver.window.menus.actions[Command.BRING_BACK].trigger()
        driver.until(lambda: warned, "the file is read")

    assert run([str(file)], facilitate) == 0
    assert "other.xlsx" in warned[0]
    assert on_disk(file) == before
