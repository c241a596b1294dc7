"""An NHS number is pointed out where it is typed, in every field, and again before an export."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from hicm_desktop.model.values import Model
from hicm_desktop.ui import announcing, dialogs
from hicm_desktop.ui.action_plan.columns import Column
from hicm_desktop.ui.action_plan.editors import CellDue, CellText
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.details_dialog import DetailsDialog
from hicm_desktop.ui.export.dialog import ExportDialog
from hicm_desktop.ui.export.kinds import Export
from hicm_desktop.ui.fields import LabelledText
from hicm_desktop.ui.found_numbers import FoundNumbers
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.ui.patient_warning import REMINDER, PatientWarning, named
from hicm_desktop.ui.side_panel import Side
from hicm_desktop.workshop.edits import ChangeField, RowField, WriteChange, WriteRow
from hicm_desktop.workshop.values import Details, Partner
from tests.modal import meet

from .telling import CTRL, PLAN, Key, focused, press, recorded, told

NUMBER = "943 476 5919"
OTHER = "401 023 2137"
WORDS = f"Looks like an NHS number: {NUMBER}. {REMINDER}"
FIRST = WriteRow("discharge-to-assess", RowField.NOTE, f"About {NUMBER}")
SECOND = WriteChange("home-first", ChangeField.CULTURE, f"{OTHER} and {NUMBER}")
TEXTS = (Column.WHERE_NOW, Column.TO_DO, Column.SUCCESS, Column.OWNER)


def said(warning: QLabel) -> str:
    """Give what a warning says in view, its no-break spaces as spaces."""
    return warning.text().replace("\u00a0", " ") if warning.isVisible() else ""


def warnings(widget: QWidget) -> list[str]:
    """Give what all warnings in view say."""
    QApplication.processEvents()
    return [said(warning) for warning in widget.findChildren(PatientWarning) if said(warning)]


@pytest.fixture
def note(qtbot: QtBot, appearance: Appearance) -> Iterator[LabelledText]:
    """Give a note in a window of its own, under something else that could take the keyboard."""
    holder = QWidget()
    qtbot.addWidget(holder)
    note = LabelledText("Note")
    layout = QVBoxLayout(holder)
    layout.addWidget(note)
    layout.addWidget(QLineEdit())
    layout.addStretch(1)
    holder.resize(330, 1_000)
    with qtbot.waitActive(holder):
        holder.show()
        holder.activateWindow()
    note.field.setFocus()
    yield note
    appearance.set_scale(1.0)
    holder.close()


# One field


def test_a_number_is_pointed_out_with_its_last_digit_and_no_longer_than_it_stands_there(
    note: LabelledText,
) -> None:
    height = note.sizeHint().height()
    QTest.keyClicks(note.field, f"Seen {NUMBER}"[:-1])
    assert said(note.warning) == ""
    assert note.sizeHint().height() == height
    QTest.keyClicks(note.field, NUMBER[-1])
    assert said(note.warning) == WORDS
    assert note.field.hasFocus()
    assert note.field.text() == f"Seen {NUMBER}"
    assert note.field.textCursor().position() == len(note.field.text())
    assert note.sizeHint().height() > height
    QTest.keyClick(note.field, Key.Key_Backspace)
    assert said(note.warning) == ""
    assert note.sizeHint().height() == height


def test_a_text_that_is_shown_or_pasted_is_looked_at_like_one_that_is_typed(
    note: LabelledText,
) -> None:
    note.field.show_text(f"x {NUMBER}")
    assert said(note.warning) == WORDS
    note.field.show_text("x")
    assert said(note.warning) == ""
    note.field.insertPlainText(f"\n{NUMBER}\u00a0\n")
    assert said(note.warning) == WORDS


def is_whole(warning: PatientWarning) -> bool:
    """Tell whether there is room for all words, as Qt itself breaks them."""
    room = warning.contentsRect().adjusted(warning.indent(), 0, 0, 0)
    flags = int(Qt.TextFlag.TextWordWrap)
    wide = QRect(0, 0, room.width(), 10_000)
    needed = warning.fontMetrics().boundingRect(wide, flags, warning.text()).size()
    return needed.width() <= room.width() and needed.height() <= room.height()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.5])
def test_the_warning_is_whole_and_beneath_its_field(
    note: LabelledText, appearance: Appearance, scale: float
) -> None:
    appearance.set_scale(scale)
    note.field.show_text(NUMBER)
    QApplication.processEvents()
    assert note.warning.geometry().top() > note.field.geometry().bottom()
    assert note.rect().contains(note.warning.geometry())
    assert is_whole(note.warning)


@pytest.mark.parametrize("scale", [0.8, 1.5, 2.5])
def test_the_warnings_of_a_panel_are_whole_at_every_size_of_type(
    window: MainWindow, appearance: Appearance, scale: float
) -> None:
    appearance.set_scale(scale)
    window.resize(1024, 768)
    window.document.apply(FIRST)
    window.document.apply(SECOND)
    window.console.go_to_row("discharge-to-assess")
    panel = window.console.changes.panel
    for side, note in (
        (Side.ROW, panel.row.fields[RowField.NOTE]),
        (Side.CHANGE, panel.change.fields[ChangeField.CULTURE]),
    ):
        window.console.changes.show_side(side)
        QTest.qWait(30)
        assert said(note.warning)
        assert is_whole(note.warning)


def test_the_mark_is_drawn_beside_the_words(note: LabelledText, appearance: Appearance) -> None:
    note.field.show_text(NUMBER)
    QApplication.processEvents()
    image = note.warning.grab().toImage()
    before_the_words = range(note.warning.contentsRect().left(), note.warning.indent())
    ink = {image.pixelColor(x, y).name() for x in before_the_words for y in range(image.height())}
    assert appearance.look.theme.on_alert.lower() in ink


def test_several_numbers_are_named_and_very_many_counted(note: LabelledText) -> None:
    note.field.show_text(f"{NUMBER} and {OTHER}, {NUMBER} again")
    assert said(note.warning) == f"These look like NHS numbers: {NUMBER}, {OTHER}. {REMINDER}"
    assert named([NUMBER] * 5) == f"{', '.join([NUMBER] * 3)} and 2 more".replace(
        NUMBER, NUMBER.replace(" ", "\u00a0")
    )


def test_a_very_long_text_is_looked_at_once_the_typing_pauses(
    note: LabelledText, qtbot: QtBot
) -> None:
    note.field.show_text("Nothing here. " * 1_000)
    QTest.keyClicks(note.field, NUMBER)
    assert said(note.warning) == ""
    qtbot.waitUntil(lambda: said(note.warning) == WORDS)
    note.field.show_text("short")
    assert said(note.warning) == ""


def test_a_screen_reader_is_told_when_a_number_comes_to_stand_there(
    note: LabelledText, monkeypatch: pytest.MonkeyPatch
) -> None:
    announced: list[str] = []

    class Listening:
        """A screen reader that is on."""

        @staticmethod
        def isActive() -> bool:
            return True

        @staticmethod
        def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:
            announced.append(event.message().replace("\u00a0", " "))

    monkeypatch.setattr(announcing, "QAccessible", Listening)
    QTest.keyClicks(note.field, f"{NUMBER}, more")
    assert announced == [WORDS]
    assert told(note.field).text(QAccessible.Text.Description).replace("\u00a0", " ") == WORDS
    assert told(note.warning).role() == QAccessible.Role.StaticText
    note.field.show_text("")
    assert told(note.field).text(QAccessible.Text.Description) == ""
    note.field.clearFocus()
    note.field.show_text(NUMBER)
    assert announced == [WORDS]


def test_a_warning_below_the_edge_of_a_panel_is_scrolled_to(window: MainWindow) -> None:
    window.resize(1024, 768)
    window.console.go_to_row("discharge-to-assess")
    panel = window.console.changes.panel
    panel.row.focus_field(RowField.NOTE)
    QTest.qWait(20)
    field = panel.row.fields[RowField.NOTE]
    area = field.parentWidget()
    while not isinstance(area, QScrollArea):
        assert area is not None
        area = area.parentWidget()
    foot = field.mapTo(panel.row, QPoint(0, field.height())).y()
    area.verticalScrollBar().setValue(foot - area.viewport().height())
    QTest.keyClicks(field.field, NUMBER)
    QTest.qWait(20)
    below = field.warning.mapTo(area.viewport(), QPoint(0, field.warning.height())).y()
    assert said(field.warning)
    assert below <= area.viewport().height()
    assert field.field.hasFocus()


def test_going_to_a_note_higher_than_the_panel_shows_where_it_is_written_on(
    window: MainWindow,
) -> None:
    window.document.apply(WriteRow("planned", RowField.DATA, "A line\n" * 80 + NUMBER))
    window.console.go_to_row("planned")
    window.console.changes.write_row(RowField.DATA)
    QTest.qWait(30)
    field = window.console.changes.panel.row.fields[RowField.DATA].field
    assert field.hasFocus()
    cursor = field.cursorRect().translated(field.viewport().pos())
    assert field.visibleRegion().boundingRect().contains(cursor)


# Every field


def test_every_text_of_a_row_and_of_a_change_warns(window: MainWindow) -> None:
    window.console.go_to_row("discharge-to-assess")
    panel = window.console.changes.panel
    for row_field, labelled in panel.row.fields.items():
        panel.row.focus_field(row_field)
        QTest.keyClicks(labelled.field, f" {NUMBER}")
        assert warnings(labelled) == [WORDS], row_field
        assert row_field.read(recorded(window).row("discharge-to-assess")).endswith(NUMBER)
    window.console.go_to_row("reablement-and-pathways")
    assert warnings(panel) == []
    window.console.go_to_row("discharge-to-assess")
    assert len(warnings(panel)) == len(RowField)
    for change_field in ChangeField:
        window.console.changes.write_change(change_field)
        QTest.keyClicks(focused(), f" {NUMBER}")
        assert warnings(panel.change.fields[change_field]) == [WORDS], change_field


def test_every_text_of_an_action_warns_in_its_editor(window: MainWindow) -> None:
    window.console.go_to_row("discharge-to-assess")
    window.console.add_action()
    editor = window.console.changes.panel.action
    lines = [*editor.findChildren(QPlainTextEdit), editor._due.line, editor._owner]
    assert len(lines) == 5
    for number, line in enumerate(lines, start=1):
        line.setFocus()
        QTest.keyClicks(line, f" {NUMBER}")
        assert warnings(editor) == [WORDS] * number
    action = recorded(window).actions[-1]
    texts = (action.where_now, action.to_do, action.due_words, action.success, action.owner)
    assert all(NUMBER in text for text in texts)


def test_every_text_of_the_details_warns(qtbot: QtBot, model: Model) -> None:
    dialog = DetailsDialog(model, Details(partners=(Partner(organisation="Carers"),)))
    qtbot.addWidget(dialog)
    dialog.show()
    texts = (dialog.place, dialog.facilitator, dialog.populations, *dialog.partners.lines[0].fields)
    for text in (dialog.date.line, *texts):
        text.setFocus()
        QTest.keyClicks(text, f" {NUMBER}")
        assert warnings(dialog) == [WORDS], text.accessibleName()
        QTest.keyClick(text, Key.Key_A, CTRL)
        QTest.keyClick(text, Key.Key_Delete)
        assert warnings(dialog) == []
    for field in dialog.partners.lines[0].fields:
        field.show_text(NUMBER)
    assert warnings(dialog) == [WORDS]
    assert dialog.details().partners[0].name == NUMBER


def test_the_details_open_at_a_number_that_they_hold(qtbot: QtBot, model: Model) -> None:
    """A jump comes here, and the field may be far down."""
    partners = (*(Partner(organisation="Carers"),) * 30, Partner(organisation="x", name=NUMBER))
    dialog = DetailsDialog(model, Details(place="Northbridge", partners=partners))
    qtbot.addWidget(dialog)
    dialog.resize(980, 600)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    QTest.qWait(20)
    field = dialog.partners.lines[-1].fields[2]
    assert field.hasFocus()
    assert not field.visibleRegion().isEmpty()


def test_every_text_of_the_plan_warns_where_it_is_written_and_then_in_its_cell(
    window: MainWindow, appearance: Appearance
) -> None:
    window.console.go_to_tab(PLAN)
    table = window.console.plan.table
    appearance.set_scale(1.5)
    for column in TEXTS:
        index = table.model().index(0, column)
        table.start_editing(index, f" {NUMBER}")
        editor = table.indexWidget(index)
        assert isinstance(editor, CellText)
        assert warnings(editor) == [WORDS]
        assert editor.hasFocus()
        assert editor.rect().contains(editor.warning.geometry())
        assert not editor.viewport().geometry().intersects(editor.warning.geometry())
        shown = editor.viewport().rect()
        assert shown.contains(editor.cursorRect()), "what is typed is out of view"
        press(Key.Key_Tab)
        spoken = str(table.model().index(0, column).data(Qt.ItemDataRole.AccessibleTextRole))
        assert spoken.startswith("NHS number?")
        cell = table.model().index(0, column)
        assert [p.text for p in table._cell._parts(cell)][1:] == ["NHS number?"]
        assert table._cell.height_for(cell, table.columnWidth(column) - 1) < table.rowHeight(0)
    assert warnings(window.console.plan) == []


def test_a_time_in_the_plan_warns_and_a_cell_without_a_number_says_nothing(
    window: MainWindow,
) -> None:
    window.console.go_to_tab(PLAN)
    table = window.console.plan.table
    index = table.model().index(2, Column.DUE)
    table.start_editing(index, NUMBER)
    editor = table.indexWidget(index)
    assert isinstance(editor, CellDue)
    assert warnings(editor) == [WORDS]
    QApplication.processEvents()
    warning = editor.field.warning
    assert editor.rect().contains(QRect(warning.mapTo(editor, QPoint(0, 0)), warning.size()))
    press(Key.Key_Return)
    marked = [
        (row, column)
        for row in range(table.model().rowCount())
        for column in Column
        if "NHS" in str(table.model().index(row, column).data(Qt.ItemDataRole.AccessibleTextRole))
    ]
    assert marked == [(2, Column.DUE)]
    window.document.undo()
    QTest.qWait(20)
    spoken = table.model().index(2, Column.DUE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "NHS" not in str(spoken)


def test_the_reminder_stands_by_every_group_of_notes(
    window: MainWindow, model: Model, qtbot: QtBot
) -> None:
    def reminders(widget: QWidget) -> int:
        labels = widget.findChildren(QLabel)
        return sum(1 for label in labels if label.text() == REMINDER and label.isVisible())

    window.console.go_to_row("discharge-to-assess")
    for side in (Side.ROW, Side.CHANGE):
        window.console.changes.show_side(side)
        assert reminders(window) == 1, side
    window.console.add_action()
    assert window.console.changes.panel.side is Side.ACTION
    assert reminders(window) == 1
    window.console.go_to_tab(PLAN)
    assert reminders(window) == 1
    dialog = DetailsDialog(model, Details())
    qtbot.addWidget(dialog)
    dialog.show()
    assert reminders(dialog) == 1


# Before an export


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the file that the user names for an export, where it is asked for."""
    target = tmp_path / "out.pdf"
    monkeypatch.setattr(dialogs, "choose_save", lambda *_: target)
    return target


def opened(window: MainWindow) -> ExportDialog:
    """Open the export dialog as the menu does."""
    window.files.export(Export.PDF)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExportDialog)
    return dialog


def end_of(dialog: ExportDialog, qtbot: QtBot) -> None:
    """Wait until the export was written, and close."""
    qtbot.waitUntil(lambda: not dialog.writing.exporter.busy, timeout=20_000)
    dialog.reject()


def export(window: MainWindow, answer: Callable[[FoundNumbers], None]) -> list[str]:
    """Export as the menu does, and answer the question; gives what the question listed."""
    listed: list[str] = []

    def look(dialog: FoundNumbers) -> None:
        lines = (dialog.list.item(i).text() for i in range(dialog.list.count()))
        listed.extend(line.replace("\u00a0", " ") for line in lines)
        answer(dialog)

    dealt = meet(FoundNumbers, look)
    opened(window).export_now()
    QTest.qWait(150)
    dealt()
    return listed


def test_texts_with_a_number_are_listed_before_an_export_and_enter_goes_to_one(
    window: MainWindow, target: Path, qtbot: QtBot
) -> None:
    window.resize(1024, 768)
    window.document.apply(FIRST)
    window.document.apply(SECOND)

    def go_to_the_second(dialog: FoundNumbers) -> None:
        assert dialog.list.hasFocus()
        press(Key.Key_Down)
        press(Key.Key_Return)

    assert export(window, go_to_the_second) == [
        f"{OTHER}, {NUMBER}\nChange 4: Home first · Culture",
        f"{NUMBER}\nChange 4: Home first · Discharge to assess · Note",
    ]
    note = window.console.changes.panel.row.fields[RowField.NOTE]
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert note.field.hasFocus()
    assert said(note.warning) == WORDS
    for widget in (note.field, note.warning):
        assert widget.visibleRegion().boundingRect() == widget.rect(), "it is out of view"
    assert QApplication.activeModalWidget() is None, "the export dialog is out of the way"
    assert not target.exists()


def test_leaving_the_question_exports_nothing(window: MainWindow, target: Path) -> None:
    window.document.apply(FIRST)
    assert export(window, lambda _dialog: press(Key.Key_Escape))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExportDialog)
    assert not dialog.writing.exporter.busy
    assert not target.exists()


def test_a_number_never_keeps_an_export_from_being_made(
    window: MainWindow, target: Path, qtbot: QtBot
) -> None:
    window.document.apply(FIRST)

    def by_keyboard(dialog: FoundNumbers) -> None:
        while focused() is not dialog.export:
            press(Key.Key_Tab)
        press(Key.Key_Space)

    assert len(export(window, by_keyboard)) == 1
    qtbot.waitUntil(target.exists, timeout=20_000)
    assert recorded(window).row("discharge-to-assess").note == FIRST.text
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExportDialog)
    end_of(dialog, qtbot)


def test_a_double_click_goes_to_a_number_in_the_plan_typed_just_now(
    window: MainWindow,
) -> None:
    window.console.go_to_tab(PLAN)
    table = window.console.plan.table
    table.start_editing(table.model().index(3, Column.TO_DO), NUMBER)
    window.console.go_to_tab(0)

    def double_click(dialog: FoundNumbers) -> None:
        where = dialog.list.visualItemRect(dialog.list.item(0)).center()
        QTest.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
        QTest.mouseDClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=where)

    (line,) = export(window, double_click)
    assert line.endswith("What do you need to do?")
    assert window.console.shows_plan
    assert table.currentIndex().row() == 3


def test_nothing_is_asked_where_there_is_no_number(
    window: MainWindow, target: Path, qtbot: QtBot
) -> None:
    dealt = meet(FoundNumbers, FoundNumbers.reject)
    opened(window).export_now()
    with pytest.raises(AssertionError, match="no FoundNumbers came"):
        dealt()
    qtbot.waitUntil(target.exists, timeout=20_000)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExportDialog)
    end_of(dialog, qtbot)
