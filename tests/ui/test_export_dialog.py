"""The export dialog: real widgets, real files, and the window that goes on while they are made."""

from __future__ import annotations

import errno
import os
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import TypeAlias

import msgspec
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hicm_desktop import placing
from hicm_desktop.document.settings import Settings
from hicm_desktop.export import pdf, workbook
from hicm_desktop.export.pdf.reading import PdfFile
from hicm_desktop.export.watching import Cancelled, Watch
from hicm_desktop.export.workbook.reading import sheet_names
from hicm_desktop.model.values import Model
from hicm_desktop.paths import resources_dir
from hicm_desktop.ui import dialogs
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.export import dialog as dialog_module
from hicm_desktop.ui.export import kinds, where
from hicm_desktop.ui.export.contents_view import FOR_PDF
from hicm_desktop.ui.export.dialog import OWN_FILE, ExportDialog, Source
from hicm_desktop.ui.export.kinds import Export, goes_out, write_export
from hicm_desktop.ui.export.parts_panel import NO_CHANGE, NONE_SEALED, PLAN_ALONE, PRIVATE_IN
from hicm_desktop.ui.export.plan_words import NO_DATE
from hicm_desktop.ui.export.where import suggested_name
from hicm_desktop.ui.found_numbers import FoundNumbers, sealed_words
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.workshop.patient_data import findings
from hicm_desktop.workshop.report import build_report
from hicm_desktop.workshop.report_parts import Parts
from hicm_desktop.workshop.sealing import seal
from hicm_desktop.workshop.values import Details, Partner, Sealed, Workshop
from tests.modal import meet

from .telling import CTRL, Key, focused, name_of, nameless, press, stops

PATIENCE_MS = 20_000
PRIVATE = "Ring both before the write-up goes out"
"""From a private note of the sample."""
DATA = "Social work was at nine in ten"
"""From what its data says."""

Open: TypeAlias = Callable[..., ExportDialog]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini", tmp_path)


@pytest.fixture
def opened(
    qtbot: QtBot,
    model: Model,
    sample: Workshop,
    appearance: Appearance,
    settings: Settings,
    tmp_path: Path,
) -> Iterator[Open]:
    """Give what opens the dialog, as often as a test likes; what is open at its end is closed."""
    assert appearance.look.scale == 1.0
    made: list[ExportDialog] = []

    def open_dialog(
        kind: Export | None = None,
        workshop: Workshop = sample,
        size: tuple[int, int] = (1200, 700),
        version: Sealed | None = None,
    ) -> ExportDialog:
        path = tmp_path / "Northbridge.hicm"
        source = Source(model, workshop, path, resources_dir() / "fonts", version)
        dialog = ExportDialog(source, settings, None, kind)
        qtbot.addWidget(dialog)
        made.append(dialog)
        dialog.resize(*size)
        with qtbot.waitActive(dialog):
            dialog.show()
            dialog.activateWindow()
        return dialog

    yield open_dialog
    for dialog in made:
        dialog.end()


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the file that the user names, by its kind's own ending."""
    target = tmp_path / "out" / "record.pdf"
    target.parent.mkdir()

    def choose(_parent: QWidget, _title: str, start: Path, _kinds: str) -> Path:
        return target.with_suffix(start.suffix)

    monkeypatch.setattr(dialogs, "choose_save", choose)
    return target


def settle(dialog: ExportDialog, qtbot: QtBot) -> None:
    """Wait until what is shown is what was chosen last."""
    qtbot.waitUntil(
        lambda: (
            not dialog._pause.isActive()
            and dialog.preview.is_settled
            and dialog.contents.is_settled
        ),
        timeout=PATIENCE_MS,
    )


def button(dialog: ExportDialog, words: str) -> QPushButton:
    found = [b for b in dialog.foot.buttons if b.text().startswith(words)]
    assert len(found) == 1, [b.text() for b in dialog.foot.buttons]
    return found[0]


def write(dialog: ExportDialog, qtbot: QtBot, answer: str = "Export…") -> str:
    """Press a button that writes; gives the heading of what came of it."""
    button(dialog, answer).click()
    qtbot.waitUntil(lambda: not dialog.writing.exporter.busy, timeout=PATIENCE_MS)
    return dialog.foot.heading.accessibleName()


def words_of(path: Path) -> str:
    """Give all that stands in an export."""
    if path.suffix == ".pdf":
        with PdfFile(path) as file:
            return " ".join(" ".join(file.text(page).split()) for page in range(len(file)))
    cells = (cell for sheet in load_workbook(path) for line in sheet.iter_rows() for cell in line)
    return " ".join(str(cell.value) for cell in cells)


# What goes out


@pytest.mark.parametrize("kind", [kind for kind in Export if not kind.is_plan])
def test_what_is_ticked_is_what_the_file_holds(
    opened: Open, target: Path, qtbot: QtBot, kind: Export
) -> None:
    dialog = opened(kind)
    path = target.with_suffix(kind.suffix)
    assert write(dialog, qtbot) == f"{path.name} is ready"
    whole = words_of(path)
    assert DATA in whole
    assert "Decision log" in whole
    assert PRIVATE not in whole
    button(dialog, "Export another").click()
    dialog.parts.others["evidence"].click()
    dialog.parts.private.click()
    assert write(dialog, qtbot) == f"{path.name} is ready"
    assert DATA not in words_of(path)
    assert PRIVATE in words_of(path)


def test_only_ticked_changes_go_out(opened: Open, target: Path, qtbot: QtBot) -> None:
    dialog = opened(Export.WORKBOOK)
    none = next(b for b in dialog.parts.links if b.text() == "None")
    none.click()
    assert not button(dialog, "Export…").isEnabled()
    assert dialog.parts.needed.text() == NO_CHANGE
    dialog.parts.changes["home-first"].click()
    assert button(dialog, "Export…").isEnabled()
    assert not dialog.parts.needed.isVisible()
    write(dialog, qtbot)
    sheets = sheet_names(target.with_suffix(".xlsx"))
    assert [name for name in sheets if name[0].isdigit()] == ["4 Home first"]


def test_all_and_those_in_scope_are_a_click_away(
    opened: Open, model: Model, sample: Workshop
) -> None:
    dialog = opened()
    scope = {c.id for c in model.changes if sample.agenda_item(c.id).in_scope}
    assert 0 < len(scope) < len(model.changes)
    links = {b.text(): b for b in dialog.parts.links}
    links["Those in scope"].click()
    assert dialog.parts.parts().changes == tuple(c.id for c in model.changes if c.id in scope)
    links["All"].click()
    assert dialog.parts.parts().changes is None
    assert name_of(links["All"]) == "Changes: all"


def test_private_notes_are_asked_for_each_time_and_said_at_the_button(
    opened: Open, target: Path, qtbot: QtBot
) -> None:
    dialog = opened(Export.PDF)
    assert not dialog.parts.private.isChecked()
    assert not dialog.foot.warning.isVisible()
    dialog.parts.private.click()
    assert dialog.foot.warning.isVisible()
    assert dialog.foot.warning.text() == PRIVATE_IN
    write(dialog, qtbot)
    assert PRIVATE in words_of(target)
    dialog.reject()
    again = opened(Export.PDF)
    assert not again.parts.private.isChecked()
    assert not again.foot.warning.isVisible()


def test_private_notes_are_not_offered_of_a_version_that_was_signed_off(
    opened: Open, sample: Workshop, target: Path, qtbot: QtBot
) -> None:
    (version,) = seal(sample, sample.created_at, ()).sealed
    dialog = opened(Export.PDF, version=version)
    assert not dialog.parts.private.isEnabled()
    assert [w.text() for w in dialog.parts.findChildren(QLabel) if w.isVisible()].count(NONE_SEALED)
    dialog.parts.private.click()
    dialog.kinds.choices[Export.CALENDAR].click()
    dialog.kinds.choices[Export.PDF].click()
    assert not dialog.parts.private.isEnabled()
    assert not dialog.foot.warning.isVisible()
    write(dialog, qtbot)
    assert "private" not in words_of(target).lower()


def test_a_number_in_a_version_that_was_signed_off_cannot_be_gone_to(
    opened: Open, sample: Workshop, target: Path
) -> None:
    details = msgspec.structs.replace(sample.details, populations=NUMBER)
    workshop = msgspec.structs.replace(sample, details=details)
    (version,) = seal(workshop, sample.created_at, ()).sealed
    dialog = opened(Export.PDF, version=version)
    seen: list[bool] = []

    def look(asking: FoundNumbers) -> None:
        seen.append(any(sealed_words(1) == w.text() for w in asking.findChildren(QLabel)))
        seen.append(not asking.go.isEnabled())
        asking.list.itemDoubleClicked.emit(asking.list.item(0))
        seen.append(asking.isVisible())
        press(Key.Key_Return)
        seen.append(not asking.isVisible())

    dealt = meet(FoundNumbers, look)
    dialog.export_now()
    dealt()
    assert seen == [True, True, True, True]
    assert dialog.isVisible()
    assert not dialog.writing.exporter.busy
    assert not target.exists()


def test_what_is_left_out_is_said_before_and_after_and_in_the_name(
    opened: Open, target: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(Export.PDF)
    assert not dialog.foot.note.isVisible()
    dialog.parts.changes["early-discharge-planning"].click()
    assert dialog.foot.note.text() == "Leaves out: Change 1."
    assert dialog.foot.note.isVisible()
    dialog.parts.changes["home-first"].click()
    dialog.parts.others["evidence"].click()
    dialog.parts.others["guidance"].click()
    assert dialog.foot.note.text() == "Leaves out: Changes 1 and 4, evidence."
    dialog.kinds.choices[Export.WORD].click()
    assert dialog.foot.note.text() == "Leaves out: Changes 1 and 4."
    dialog.kinds.choices[Export.PDF].click()
    write(dialog, qtbot)
    assert target.exists()
    assert "It was read back and holds all that you chose: " in dialog.foot.words.accessibleName()
    button(dialog, "Export another").click()
    assert asked_at(dialog, monkeypatch).name == "Northbridge report extract.pdf"


def test_without_a_change_nothing_stale_is_shown(opened: Open, qtbot: QtBot) -> None:
    dialog = opened(Export.PDF)
    settle(dialog, qtbot)
    links = {b.text(): b for b in dialog.parts.links}
    links["None"].click()
    assert not dialog.foot.note.isVisible()
    for choice in dialog.kinds.choices.values():
        choice.click()
        assert not dialog.preview.isVisible()
        assert dialog.contents.heading.text() == NO_CHANGE
        assert dialog.contents.heading.isVisible()
        assert not dialog.contents.lines.isVisible()
        shown = [w.text() for w in dialog.contents.findChildren(QLabel) if w.isVisible()]
        assert FOR_PDF not in shown
    links["All"].click()
    dialog.kinds.choices[Export.PDF].click()
    settle(dialog, qtbot)
    assert dialog.preview.isVisible()
    dialog.kinds.choices[Export.WORD].click()
    assert dialog.contents.heading.text() != NO_CHANGE


def test_a_tick_stays_in_sight_though_the_foot_grows(opened: Open, qtbot: QtBot) -> None:
    dialog = opened(Export.PDF, size=(1000, 480))
    box = dialog.parts.private
    dialog._left.ensureWidgetVisible(box, 0, 0)
    box.setFocus()
    press(Key.Key_Space)
    assert dialog.foot.warning.isVisible()
    qtbot.wait(50)
    assert box.visibleRegion().boundingRect().height() == box.height()


@pytest.mark.parametrize("kind", [kind for kind in Export if kind.is_plan])
def test_a_plan_alone_offers_no_other_part_and_says_why(
    opened: Open, target: Path, qtbot: QtBot, kind: Export
) -> None:
    dialog = opened(Export.PDF)
    assert not dialog.parts.why.isVisible()
    dialog.parts.private.click()
    dialog.kinds.choices[kind].click()
    assert dialog.parts.why.text() == PLAN_ALONE
    assert dialog.parts.why.isVisible()
    assert not any(box.isEnabled() for box in dialog.parts.others.values())
    assert not dialog.parts.private.isVisible()
    assert not dialog.foot.warning.isVisible()
    path = target.with_suffix(kind.suffix)
    assert write(dialog, qtbot) == f"{path.name} is ready"
    assert path.read_bytes()
    button(dialog, "Export another").click()
    dialog.kinds.choices[Export.PDF].click()
    assert dialog.parts.private.isChecked(), "what is ticked for the others stays so"
    assert dialog.foot.warning.isVisible()


def test_for_a_calendar_it_is_said_which_actions_are_in_it(
    opened: Open, target: Path, sample: Workshop, qtbot: QtBot
) -> None:
    dated = [a for a in sample.actions if a.due_on is not None]
    assert 0 < len(dated) < len(sample.actions)
    dialog = opened(Export.CALENDAR)
    assert dialog.contents.heading.text() == f"{len(dated)} actions in this calendar"
    lines = dialog.contents.lines.text()
    assert all(" ".join(a.to_do.split()) in lines for a in sample.actions)
    write(dialog, qtbot)
    assert target.with_suffix(".ics").read_bytes().count(b"BEGIN:VEVENT") == len(dated)
    bare = msgspec.structs.replace(sample, actions=(), first_actions=())
    assert opened(Export.CALENDAR, bare).contents.heading.text() == NO_DATE


def test_a_number_is_looked_for_in_what_goes_out_and_nowhere_else(
    model: Model, sample: Workshop
) -> None:
    number = "943 476 5919"
    row = msgspec.structs.replace(sample.row("planned"), data=number, private_note=number)
    rows = tuple(row if r.row == "planned" else r for r in sample.rows)
    workshop = msgspec.structs.replace(sample, rows=rows)

    def found(parts: Parts) -> int:
        return len(findings(model, goes_out(Export.PDF, model, workshop, parts)))

    assert found(Parts()) == 1
    assert found(Parts(private_notes=True)) == 2
    assert found(Parts(evidence=False)) == 0
    assert found(Parts(changes=("home-first",), private_notes=True)) == 0


NUMBER = "943 476 5919"


@pytest.mark.parametrize(
    ("field", "in_word", "in_calendar"),
    [
        ("to_do", True, True),
        ("success", True, True),
        ("owner", True, True),
        ("where_now", True, False),
        ("due_words", True, False),
        ("undated to_do", True, False),
        ("place", True, True),
        ("facilitator", True, False),
        ("populations", False, False),
        ("partner", False, False),
        ("baseline", False, False),
    ],
)
def test_a_number_is_told_of_a_plan_where_that_file_holds_it(
    model: Model, sample: Workshop, tmp_path: Path, field: str, *, in_word: bool, in_calendar: bool
) -> None:
    replace = msgspec.structs.replace
    action = next(a for a in sample.actions if a.due_on is not None)
    details = Details(held_on=sample.details.held_on)
    baseline = sample.baseline
    assert baseline is not None
    baseline = replace(baseline, place=NUMBER if field == "baseline" else "North")
    match field:
        case "due_words":
            action = replace(action, due_on=None, due_words=NUMBER)
        case "undated to_do":
            action = replace(action, due_on=None, to_do=NUMBER)
        case "place" | "facilitator" | "populations":
            details = replace(details, **{field: NUMBER})
        case "partner":
            details = replace(details, partners=(Partner(id="p", organisation=NUMBER),))
        case "to_do" | "success" | "owner" | "where_now":
            action = replace(action, **{field: NUMBER})
    workshop = replace(
        sample,
        details=details,
        baseline=baseline,
        rows=(),
        changes=(),
        log=(),
        actions=(action,),
        first_actions=(action.id,),
    )
    for kind, is_in in ((Export.WORD, in_word), (Export.CALENDAR, in_calendar)):
        found = findings(model, goes_out(kind, model, workshop, Parts(private_notes=True)))
        assert len(found) == is_in, kind
        report = build_report(model, workshop, kind.parts_of(Parts()))
        out = tmp_path / f"out{kind.suffix}"
        if kind is Export.CALENDAR and action.due_on is None:
            continue
        write_export(kind, report, resources_dir() / "fonts", out)
        assert (NUMBER in plan_text(out)) is is_in, kind


def plan_text(path: Path) -> str:
    """Give all that a Word document or a calendar holds, as it was typed."""
    if path.suffix == ".ics":
        return path.read_bytes().decode().replace("\r\n ", "")
    with zipfile.ZipFile(path) as document:
        return document.read("word/document.xml").decode()


# What is remembered


def test_the_choice_is_remembered_but_for_private_notes_and_which_changes(
    opened: Open, target: Path, qtbot: QtBot, settings: Settings
) -> None:
    dialog = opened(Export.WORKBOOK)
    dialog.parts.changes["home-first"].click()
    dialog.parts.others["names"].click()
    dialog.parts.others["guidance"].click()
    dialog.parts.private.click()
    chosen = dialog.parts.parts()
    write(dialog, qtbot)
    settings.sync()
    dialog.reject()
    again = opened()
    assert again.export is Export.WORKBOOK
    assert chosen.changes is not None
    usual = msgspec.structs.replace(chosen, private_notes=False, changes=None)
    assert again.parts.parts() == usual
    assert settings.export_folder == target.parent


def test_a_choice_that_led_to_no_export_is_not_remembered(opened: Open) -> None:
    dialog = opened(Export.WORKBOOK)
    dialog.parts.others["names"].click()
    dialog.reject()
    again = opened()
    assert again.export is Export.PDF
    assert again.parts.parts() == Parts()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("export/kind", "PAPYRUS"),
        ("export/kind", ["PDF", "WORKBOOK"]),
        ("export/changes", "home-last"),
        ("export/changes", "home-first"),
        ("export/changes", ""),
        ("export/names", "maybe"),
        ("export/private_notes", "yes"),
    ],
)
def test_what_is_damaged_counts_as_not_set(
    opened: Open, settings: Settings, key: str, value: object
) -> None:
    settings._store.setValue(key, value)
    dialog = opened()
    assert dialog.export is Export.PDF
    assert dialog.parts.parts() == Parts()


# The preview


def test_the_preview_shows_the_pages_that_are_then_written(
    opened: Open, target: Path, qtbot: QtBot
) -> None:
    dialog = opened(Export.PDF)
    settle(dialog, qtbot)
    preview = dialog.preview
    assert preview.place.text() == f"Page 1 of {preview.pages}"
    assert preview.area.accessibleName() == f"Page 1 of {preview.pages} of the report"
    write(dialog, qtbot)
    qtbot.waitUntil(
        lambda: preview.image is not None, timeout=PATIENCE_MS
    )  # at the size that the foot leaves it now
    with PdfFile(target) as file:
        assert len(file) == preview.pages > 20
        wanted = preview.area.page_size.width()
        image = preview.image
        assert image is not None
        assert image.width() == wanted
        assert bytes(image.constBits()) == file.picture(0, wanted).pixels
    assert dialog.foot.words.accessibleName().endswith(f"{preview.pages} pages.")


def test_pages_are_turned_by_keys_and_buttons(opened: Open, qtbot: QtBot) -> None:
    dialog = opened(Export.PDF)
    settle(dialog, qtbot)
    preview = dialog.preview
    preview.area.setFocus()
    last = preview.pages - 1
    for key, page in (
        (Key.Key_PageUp, 0),
        (Key.Key_PageDown, 1),
        (Key.Key_End, last),
        (Key.Key_PageDown, last),
        (Key.Key_PageUp, last - 1),
        (Key.Key_Home, 0),
    ):
        press(key)
        assert preview.page == page
        settle(dialog, qtbot)
        assert preview.image is not None
        assert preview.area.accessibleName() == f"Page {page + 1} of {last + 1} of the report"
    preview.later.setFocus()
    press(Key.Key_Space)
    assert preview.page == 1
    press(Key.Key_End)
    assert preview.page == last
    assert not preview.later.isEnabled()
    plan = next(a for a in preview._menu.actions() if a.text().startswith("Action plan"))
    plan.trigger()
    settle(dialog, qtbot)
    assert plan.text() == f"Action plan, page {preview.page + 1}"


def test_pages_are_as_sharp_as_the_screen(
    opened: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(Export.PDF)
    monkeypatch.setattr(dialog.preview, "devicePixelRatioF", lambda: 2.0)
    dialog.preview._draw()
    settle(dialog, qtbot)
    image = dialog.preview.image
    assert image is not None
    assert image.width() == 2 * dialog.preview.area.page_size.width()


def test_a_page_is_shown_whole_or_as_large_as_in_print(opened: Open, qtbot: QtBot) -> None:
    dialog = opened(Export.PDF)
    settle(dialog, qtbot)
    area = dialog.preview.area
    assert area.verticalScrollBar().maximum() == 0
    assert area.page_size.height() <= area.viewport().height()
    dialog.preview.zoom.click()
    settle(dialog, qtbot)
    assert area.verticalScrollBar().maximum() > 0
    image = dialog.preview.image
    assert image is not None
    assert image.width() == area.page_size.width() == round(595.28 * 96 / 72 * _line(dialog) / 20)
    area.setFocus()
    press(Key.Key_Down)
    assert area.verticalScrollBar().value() > 0
    dialog.preview.zoom.click()
    assert area.verticalScrollBar().maximum() == 0


def test_the_preview_follows_what_is_ticked_and_stays_at_its_page(
    opened: Open, qtbot: QtBot
) -> None:
    dialog = opened(Export.PDF)
    settle(dialog, qtbot)
    before = dialog.preview.pages
    dialog.preview.go_to(3)
    dialog.parts.others["decision_log"].click()
    settle(dialog, qtbot)
    assert dialog.preview.pages < before
    assert dialog.preview.page == 3
    assert dialog.preview.image is not None


def test_what_is_being_rendered_is_called_off_and_the_window_goes_on(
    opened: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = dialog_module._render
    began, ended = threading.Event(), threading.Event()

    def endless(_report: object, _fonts: Path, watch: Watch) -> bytes:
        began.set()
        try:
            while True:
                watch(0.5)
        except Cancelled:
            ended.set()
            raise

    monkeypatch.setattr(dialog_module, "_render", endless)
    dialog = opened(Export.PDF)
    qtbot.waitUntil(began.is_set, timeout=PATIENCE_MS)
    assert dialog.preview.place.text() == ""
    assert "Preparing" in dialog.preview._message.text()
    assert dialog.preview._message.isVisible()
    box = dialog.parts.others["evidence"]
    box.setFocus()
    press(Key.Key_Space)
    assert not box.isChecked(), "the window answers while it renders"
    monkeypatch.setattr(dialog_module, "_render", real)
    qtbot.waitUntil(ended.is_set, timeout=PATIENCE_MS)
    settle(dialog, qtbot)
    assert dialog.preview.pages > 1
    assert dialog.preview.area.isVisible()


def test_closing_ends_what_is_being_rendered(
    opened: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, ended = threading.Event(), threading.Event()

    def endless(_report: object, _fonts: Path, watch: Watch) -> bytes:
        began.set()
        try:
            while True:
                watch(0.5)
        finally:
            ended.set()

    monkeypatch.setattr(dialog_module, "_render", endless)
    dialog = opened(Export.PDF)
    qtbot.waitUntil(began.is_set, timeout=PATIENCE_MS)
    press(Key.Key_Escape)
    assert not dialog.isVisible()
    qtbot.waitUntil(ended.is_set, timeout=PATIENCE_MS)


def test_for_a_workbook_its_sheets_are_named_and_no_page_is_promised(
    opened: Open, target: Path, qtbot: QtBot
) -> None:
    dialog = opened(Export.WORKBOOK)
    dialog.parts.others["decision_log"].click()
    settle(dialog, qtbot)
    assert not dialog.preview.isVisible()
    shown = {w.text() for w in dialog.contents.findChildren(type(dialog.contents.lines))}
    assert FOR_PDF in shown
    write(dialog, qtbot)
    sheets = sheet_names(target.with_suffix(".xlsx"))
    assert dialog.contents.lines.text().splitlines() == list(sheets)
    assert dialog.contents.heading.text() == f"{len(sheets)} sheets in this workbook"


# Where to


def asked_at(dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give what is suggested where the user is asked for a name, and leave it at that."""
    starts: list[Path] = []

    def leave(_parent: QWidget, _title: str, start: Path, _kinds: str) -> None:
        starts.append(start)

    monkeypatch.setattr(dialogs, "choose_save", leave)
    dialog.export_now()
    (start,) = starts
    return start


def test_the_last_folder_is_suggested_as_long_as_it_is_there(
    opened: Open,
    settings: Settings,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    last = tmp_path / "exports"
    settings.export_folder = last
    dialog = opened(Export.PDF)
    qtbot.waitUntil(lambda: not dialog._folder._asker.busy, timeout=PATIENCE_MS)
    assert asked_at(dialog, monkeypatch) == tmp_path / "Northbridge report.pdf"
    last.mkdir()
    dialog = opened(Export.PDF)
    qtbot.waitUntil(lambda: not dialog._folder._asker.busy, timeout=PATIENCE_MS)
    assert asked_at(dialog, monkeypatch) == last / "Northbridge report.pdf"


def test_a_drive_that_does_not_answer_holds_up_nothing(
    opened: Open, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = threading.Event()
    monkeypatch.setattr(where, "_is_folder", lambda _path: answers.wait(60))
    settings.export_folder = tmp_path / "far"
    dialog = opened(Export.PDF)
    assert asked_at(dialog, monkeypatch).parent == tmp_path
    answers.set()


def test_a_name_says_what_it_is_and_fits_every_system() -> None:
    private = Parts(private_notes=True)
    assert suggested_name("North/bridge", Export.PDF, Parts(), None) == "North-bridge report.pdf"
    some = Parts(evidence=False, guidance=True)
    assert suggested_name("N", Export.PDF, some, 2) == "N version 2 report extract.pdf"
    assert suggested_name("N", Export.WORD, some, None) == "N action plan.docx"
    assert (
        suggested_name("Northbridge", Export.WORKBOOK, private, 2)
        == "Northbridge version 2 workbook with private notes.xlsx"
    )
    long = suggested_name("é" * 300, Export.PDF, private, 12)
    assert long.endswith(" version 12 report with private notes.pdf")
    assert len(long.encode()) <= 124


def test_the_workshops_own_file_is_never_written_over(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "Northbridge.hicm"
    own.write_bytes(b"the workshop")
    link = tmp_path / "link.pdf"
    link.symlink_to(own)
    answers: list[Path | None] = [own, link, None]
    warned: list[str] = []
    monkeypatch.setattr(dialogs, "choose_save", lambda *_: answers.pop(0))
    monkeypatch.setattr(dialogs, "warn", lambda _p, _t, words: warned.append(words))
    dialog = opened(Export.PDF)
    dialog.export_now()
    assert warned == [OWN_FILE, OWN_FILE]
    assert not dialog.writing.exporter.busy
    assert own.read_bytes() == b"the workshop"


@pytest.mark.parametrize("answer", ["Replace it", "Keep it"])
def test_a_file_is_asked_about_where_its_ending_was_not_typed(
    opened: Open, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    there = tmp_path / "record.pdf"
    there.write_bytes(b"the export of last month")
    typed = str(tmp_path / "record")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (typed, ""))
    asked: list[str] = []

    def reply(box: QMessageBox) -> None:
        asked.append(box.text())
        next(b for b in box.buttons() if b.text() == answer).click()

    dialog = opened(Export.PDF)
    dealt = meet(QMessageBox, reply)
    write(dialog, qtbot)
    dealt()
    assert len(asked) == 1
    replaced = there.read_bytes() != b"the export of last month"
    assert replaced is (answer == "Replace it")


# Writing, and what comes of it


def test_a_finished_export_can_be_opened_and_another_be_made(
    opened: Open, target: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[Path] = []

    def open_url(url: QUrl) -> bool:
        went.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    dialog = opened(Export.PDF)
    assert write(dialog, qtbot) == "record.pdf is ready"
    assert focused() is button(dialog, "Open the file")
    assert str(target.parent) in dialog.foot.words.accessibleName()
    assert "read back" in dialog.foot.words.accessibleName()
    assert not dialog.parts.isEnabled()
    press(Key.Key_Return)
    button(dialog, "Open the folder").click()
    assert went == [target, target.parent]
    button(dialog, "Export another").click()
    assert dialog.parts.isEnabled()
    assert focused() is button(dialog, "Export…")


def test_where_a_file_is_can_be_pasted_where_nothing_opens_it(
    opened: Open, target: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    dialog = opened(Export.PDF)
    write(dialog, qtbot)
    said: list[str] = []

    def look(box: QMessageBox) -> None:
        said.append(f"{box.text()} {box.informativeText()}")
        box.reject()

    for answer, what in (("Open the file", target), ("Open the folder", target.parent)):
        dealt = meet(QMessageBox, look)
        button(dialog, answer).click()
        dealt()
        assert "could not be opened" in said[-1]
        assert said[-1].endswith(str(what))
        assert QGuiApplication.clipboard().text() == str(what)
    assert [words.split()[1] for words in said] == ["file", "folder"]


def held_up(monkeypatch: pytest.MonkeyPatch) -> tuple[threading.Event, threading.Event]:
    """Have writing wait once it has begun; gives what says so, and what lets it go on."""
    real = kinds.write_export
    began, go_on = threading.Event(), threading.Event()

    def write_export(*given: object) -> Path:
        began.set()
        go_on.wait(60)
        return real(*given)  # type: ignore[arg-type] # passed on as they came

    monkeypatch.setattr(kinds, "write_export", write_export)
    return began, go_on


@pytest.mark.parametrize("earlier", [b"the export of last month", None])
def test_a_cancelled_export_leaves_the_earlier_file_and_says_so(
    opened: Open,
    target: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    earlier: bytes | None,
) -> None:
    if earlier is not None:
        target.write_bytes(earlier)
    began, go_on = held_up(monkeypatch)
    dialog = opened(Export.PDF)
    button(dialog, "Export…").click()
    qtbot.waitUntil(began.is_set, timeout=PATIENCE_MS)
    assert dialog.foot.heading.accessibleName() == "Writing record.pdf"
    assert dialog.foot.bar.isVisible()
    assert focused() is button(dialog, "Cancel")
    press(Key.Key_Escape)
    assert dialog.isVisible(), "it is the export that is left"
    go_on.set()
    qtbot.waitUntil(lambda: not dialog.writing.exporter.busy, timeout=PATIENCE_MS)
    said = dialog.foot.words.accessibleName()
    assert said.startswith("Cancelled.")
    assert not dialog.foot.bar.isVisible()
    if earlier is None:
        assert "No file has been made" in said
        assert list(target.parent.iterdir()) == []
    else:
        assert "The earlier record.pdf is as it was" in said
        assert target.read_bytes() == earlier
        assert [path.name for path in target.parent.iterdir()] == ["record.pdf"]
    press(Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("kind", "last"),
    [
        (Export.PDF, (pdf.read_back, "record")),
        (Export.WORKBOOK, (workbook.read_back, "check")),
    ],
)
def test_an_export_is_called_off_until_its_file_is_in_place_and_not_after(
    opened: Open,
    target: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    kind: Export,
    last: tuple[ModuleType, str],
) -> None:
    path = target.with_suffix(kind.suffix)
    path.write_bytes(b"the export of last month")
    dialog = opened(kind)
    settle(dialog, qtbot)
    render = getattr(*last)

    def call_off_in_time(*given: object, **named: object) -> object:
        dialog.writing.exporter.cancel()
        return render(*given, **named)

    def call_off_too_late(_folder: Path) -> None:
        dialog.writing.exporter.cancel()

    with monkeypatch.context() as patch:
        patch.setattr(*last, call_off_in_time)
        write(dialog, qtbot)
    assert dialog.foot.words.accessibleName().startswith("Cancelled.")
    assert path.read_bytes() == b"the export of last month"
    monkeypatch.setattr(placing, "sync_folder", call_off_too_late)
    assert write(dialog, qtbot) == f"{path.name} is ready", "for so it is"
    assert path.read_bytes() != b"the export of last month"


def test_an_export_that_hangs_can_be_left(
    opened: Open, target: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, go_on = held_up(monkeypatch)
    dialog = opened(Export.PDF)
    dialog.writing._patience.setInterval(30)
    button(dialog, "Export…").click()
    qtbot.waitUntil(began.is_set, timeout=PATIENCE_MS)
    press(Key.Key_Escape)
    qtbot.waitUntil(lambda: dialog.foot.heading.text() == "Still stopping", timeout=PATIENCE_MS)
    press(Key.Key_Escape)
    assert not dialog.isVisible()
    go_on.set()
    assert not target.exists()


def test_a_full_disk_is_told_and_the_same_can_be_tried_again(
    opened: Open, target: Path, qtbot: QtBot
) -> None:
    target.write_bytes(b"the export of last month")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    dialog = opened(Export.PDF)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert write(dialog, qtbot) == "Not exported"
    assert "the disk is full" in dialog.foot.words.accessibleName()
    assert "as it was" in dialog.foot.words.accessibleName()
    assert target.read_bytes() == b"the export of last month"
    assert write(dialog, qtbot, "Try again") == "record.pdf is ready"
    assert target.read_bytes().startswith(b"%PDF")


def test_another_place_can_be_chosen_where_one_cannot_be_written(
    opened: Open, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [tmp_path / "gone" / "a.pdf", tmp_path / "b.pdf"]
    monkeypatch.setattr(dialogs, "choose_save", lambda *_: answers.pop(0))
    dialog = opened(Export.PDF)
    assert write(dialog, qtbot) == "Not exported"
    assert "not there any more" in dialog.foot.words.accessibleName()
    assert write(dialog, qtbot, "Choose another place") == "b.pdf is ready"


def test_a_file_that_another_program_keeps_goes_out_by_another_name(
    opened: Open, target: Path, qtbot: QtBot
) -> None:
    target.write_bytes(b"open in a viewer")
    real = os.replace

    def keep(path: Path, goal: Path) -> None:
        if goal == target:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        real(path, goal)

    dialog = opened(Export.PDF)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "replace", keep)
        assert write(dialog, qtbot) == "Not exported"
        assert write(dialog, qtbot, "Use another name: record (2).pdf") == "record (2).pdf is ready"
    assert target.read_bytes() == b"open in a viewer"
    assert target.with_name("record (2).pdf").read_bytes().startswith(b"%PDF")


@pytest.fixture
def held(target: Path) -> Path:
    """Give a workbook that LibreOffice has open."""
    book = target.with_suffix(".xlsx")
    book.write_bytes(b"open elsewhere")
    book.with_name(f".~lock.{book.name}#").write_text("Ann Lee,ann,ward-3,now,file:///x;")
    return book


def test_a_workbook_that_is_open_elsewhere_is_told_before_anything_is_made(
    opened: Open, held: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(kinds, "write_export", lambda *_: pytest.fail("it was made"))
        dialog = opened(Export.WORKBOOK)
        assert write(dialog, qtbot) == "record.xlsx is open in LibreOffice, by Ann Lee on ward-3"
    assert held.read_bytes() == b"open elsewhere"
    assert focused() is button(dialog, "Use another name: record (2).xlsx")
    assert write(dialog, qtbot, "Use another name") == "record (2).xlsx is ready"
    assert held.read_bytes() == b"open elsewhere"


def test_a_workbook_is_written_once_it_is_closed_or_the_lock_is_known_to_be_stale(
    opened: Open, held: Path, qtbot: QtBot
) -> None:
    dialog = opened(Export.WORKBOOK)
    write(dialog, qtbot)
    assert write(dialog, qtbot, "Try again").startswith("record.xlsx is open in")
    assert write(dialog, qtbot, "Write it all the same") == "record.xlsx is ready"
    button(dialog, "Export another").click()
    write(dialog, qtbot)
    held.with_name(f".~lock.{held.name}#").unlink()
    assert write(dialog, qtbot, "Try again") == "record.xlsx is ready"


def test_escape_goes_back_from_a_question_and_closes_after_that(
    opened: Open, held: Path, qtbot: QtBot
) -> None:
    dialog = opened(Export.WORKBOOK)
    write(dialog, qtbot)
    press(Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.parts.isEnabled()
    press(Key.Key_Escape)
    assert not dialog.isVisible()
    assert held.read_bytes() == b"open elsewhere"


# Of the window


def test_everything_has_a_name_and_is_reached_by_tab(
    opened: Open, target: Path, qtbot: QtBot
) -> None:
    dialog = opened(Export.PDF)
    settle(dialog, qtbot)
    assert nameless(dialog) == []
    reached = stops(dialog)
    boxes = [*dialog.parts.changes.values(), *dialog.parts.others.values(), dialog.parts.private]
    for widget in (*boxes, dialog.preview.area, dialog.preview.later, *dialog.foot.buttons):
        assert widget in reached
    write(dialog, qtbot)
    assert target.exists()
    assert nameless(dialog) == []
    assert all(b in stops(dialog) for b in dialog.foot.buttons)


def test_the_window_offers_the_kind_that_was_asked_for_or_that_of_last_time(
    window: MainWindow, target: Path, qtbot: QtBot
) -> None:
    def opened_by(ask: Callable[[], object]) -> ExportDialog:
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)
        ask()
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ExportDialog)
        return dialog

    excel = opened_by(lambda: QTest.keyClick(window, Key.Key_E, CTRL))
    assert excel.export is Export.WORKBOOK
    assert write(excel, qtbot) == "record.xlsx is ready"
    excel.reject()
    pdf = opened_by(lambda: QTest.keyClick(window, Key.Key_P, CTRL))
    assert pdf.export is Export.PDF
    pdf.reject()
    again = opened_by(lambda: window._bar.export_asked.emit())
    assert again.export is Export.WORKBOOK
    window.files.export(Export.PDF)
    assert QApplication.activeModalWidget() is again, "one at a time"
    again.reject()
    assert target.with_suffix(".xlsx").exists()


def test_what_is_being_typed_is_in_the_export(window: MainWindow, qtbot: QtBot) -> None:
    window.console.go_to_row("discharge-to-assess")
    press(Key.Key_N)
    QTest.keyClicks(focused(), "Said just now")
    window.files.export(Export.PDF)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExportDialog)
    assert "Said just now" in dialog._source.content.row("discharge-to-assess").note
    settle(dialog, qtbot)
    dialog.reject()


def _line(dialog: ExportDialog) -> int:
    return dialog.fontMetrics().height()
