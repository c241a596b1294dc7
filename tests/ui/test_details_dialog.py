"""The details of a workshop, written and read back through the real dialog."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from hicm_desktop.model.values import Model
from hicm_desktop.ui.details_dialog import DetailsDialog
from hicm_desktop.workshop.edits import SetDetails
from hicm_desktop.workshop.values import AgendaItem, Details, Partner, Workshop

Open = Callable[[Details], DetailsDialog]
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened(qtbot: QtBot, model: Model) -> Open:
    def show(details: Details) -> DetailsDialog:
        dialog = DetailsDialog(model, details)
        qtbot.addWidget(dialog)
        with qtbot.waitActive(dialog):
            dialog.show()
            dialog.activateWindow()
        return dialog

    return show


def without_ids(details: Details) -> Details:
    """Give details with partners as they read; each new line has an id of its own."""
    partners = tuple(msgspec.structs.replace(p, id="") for p in details.partners)
    return msgspec.structs.replace(details, partners=partners)


def focused(dialog: QDialog) -> QWidget:
    widget = dialog.focusWidget()
    assert widget is not None
    return widget


def test_details_that_nobody_touches_come_back_as_they_were(opened: Open, sample: Workshop) -> None:
    assert opened(sample.details).details() == sample.details
    assert opened(Details()).details() == Details()


def test_everything_can_be_written_by_keyboard_alone(opened: Open) -> None:
    dialog = opened(Details())
    for text in ("Northbridge", "12/11/2026"):
        QTest.keyClicks(focused(dialog), text)
        QTest.keyClick(focused(dialog), Qt.Key.Key_Tab)
    QTest.keyClick(focused(dialog), Qt.Key.Key_Tab)  # past the calendar's button
    QTest.keyClicks(focused(dialog), "Improvement lead")
    QTest.keyClick(focused(dialog), Qt.Key.Key_Return)
    QTest.keyClicks(focused(dialog), "People over 75")
    QTest.keyClick(focused(dialog), Qt.Key.Key_Tab)
    QTest.keyClicks(focused(dialog), "Northbridge Council")
    QTest.keyClick(focused(dialog), Qt.Key.Key_Tab)
    QTest.keyClicks(focused(dialog), "Social work")
    QTest.keyClick(focused(dialog), Qt.Key.Key_Return)
    QTest.keyClicks(focused(dialog), "Lantern Carers")
    QTest.keyClick(focused(dialog), Qt.Key.Key_Return, CONTROL)
    assert dialog.result() == QDialog.DialogCode.Accepted
    written = dialog.details()
    assert len({partner.id for partner in written.partners} - {""}) == 2
    assert without_ids(written) == Details(
        place="Northbridge",
        held_on=dt.date(2026, 11, 12),
        facilitator="Improvement lead",
        populations="People over 75",
        partners=(
            Partner(organisation="Northbridge Council", role="Social work"),
            Partner(organisation="Lantern Carers"),
        ),
    )


def test_a_partner_keeps_its_id_under_another_name_and_in_another_place(opened: Open) -> None:
    """Where it stood in a show of hands goes by the id."""
    partners = (Partner(organisation="Trust", id="t"), Partner(organisation="Council", id="c"))
    dialog = opened(Details(partners=partners))
    name = dialog.partners.lines[0].fields[0]
    name.selectAll()
    QTest.keyClicks(name, "Foundation trust")
    QTest.keyClick(name, Qt.Key.Key_Down, ALT)
    QTest.mouseClick(dialog.partners.add, Qt.MouseButton.LeftButton)
    QTest.keyClicks(focused(dialog), "Carers")
    council, trust, carers = dialog.details().partners
    assert (council.organisation, council.id) == ("Council", "c")
    assert (trust.organisation, trust.id) == ("Foundation trust", "t")
    assert len(carers.id) == 16
    assert int(carers.id, 16) >= 0


def test_lines_written_anew_have_ids_of_their_own_that_stay(opened: Open) -> None:
    dialog = opened(Details(partners=(Partner(organisation="Trust"),)))
    QTest.mouseClick(dialog.partners.add, Qt.MouseButton.LeftButton)
    QTest.keyClicks(focused(dialog), "Trust")
    first, second = (partner.id for partner in dialog.details().partners)
    assert first
    assert second
    assert first != second
    assert [partner.id for partner in dialog.details().partners] == [first, second]
    again = opened(dialog.details())
    assert again.details() == dialog.details()


def test_positions_of_a_partner_that_is_removed_are_kept_in_the_record(
    opened: Open, sample: Workshop
) -> None:
    dialog = opened(sample.details)
    QTest.keyClick(dialog.partners.lines[-2].fields[0], Qt.Key.Key_Delete, ALT)
    after = SetDetails(dialog.details()).apply(sample)
    assert "partner-14" not in {partner.id for partner in after.details.partners}
    assert after.rows == sample.rows
    assert after.row("mdt-working").after.position("partner-14") == "plans-in-place"


def test_partners_are_moved_and_removed_by_keyboard_and_by_mouse(opened: Open) -> None:
    names = ("Acute trust", "Council", "Carers")
    dialog = opened(Details(partners=tuple(Partner(organisation=n) for n in names)))

    def order() -> list[str]:
        return [partner.organisation for partner in dialog.details().partners]

    lines = dialog.partners.lines
    lines[2].fields[0].setFocus()
    QTest.keyClick(lines[2].fields[0], Qt.Key.Key_Up, ALT)
    assert order() == ["Acute trust", "Carers", "Council"]
    assert lines[1].fields[0].hasFocus()
    QTest.mouseClick(lines[0].down, Qt.MouseButton.LeftButton)
    assert order() == ["Carers", "Acute trust", "Council"]
    assert lines[0].fields[0].accessibleName() == "Partner 1: organisation or group"
    QTest.keyClick(lines[1].fields[1], Qt.Key.Key_Delete, ALT)
    assert order() == ["Carers", "Council"]
    for _ in range(2):
        QTest.mouseClick(lines[0].remove, Qt.MouseButton.LeftButton)
    assert order() == []
    QTest.mouseClick(dialog.partners.add, Qt.MouseButton.LeftButton)
    QTest.keyClicks(focused(dialog), "Housing")
    assert order() == ["Housing"]


def test_only_what_differs_from_the_default_is_on_the_agenda(opened: Open, model: Model) -> None:
    dialog = opened(Details(agenda=(AgendaItem(change="home-first", minutes=30),)))
    housing, home = model.changes[-1].id, dialog.agenda.minutes["home-first"]
    QTest.mouseClick(dialog.agenda.scopes[housing], Qt.MouseButton.LeftButton)
    assert dialog.details().agenda == (
        AgendaItem(change="home-first", minutes=30),
        AgendaItem(change=housing, in_scope=False),
    )
    QTest.keyClick(dialog.agenda.scopes[housing], Qt.Key.Key_Space)
    home.setFocus()
    home.selectAll()
    QTest.keyClicks(home, "0")
    QTest.keyClick(home, Qt.Key.Key_Tab)
    assert home.text() == "not set"
    assert dialog.details().agenda == ()


def test_the_agenda_of_another_version_of_the_model_is_kept(opened: Open) -> None:
    other = AgendaItem(change="of-another-version", in_scope=False, minutes=15)
    long = AgendaItem(change="home-first", minutes=900)
    dialog = opened(Details(agenda=(other, long)))
    QTest.keyClicks(dialog.place, "X")
    assert dialog.details().agenda == (long, other)


def test_escape_asks_nothing_where_nothing_was_changed(opened: Open, sample: Workshop) -> None:
    dialog = opened(sample.details)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isHidden()
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_escape_offers_to_keep_editing_where_something_was_changed(
    opened: Open, qtbot: QtBot, sample: Workshop
) -> None:
    dialog = opened(sample.details)
    QTest.keyClicks(dialog.place, "X")
    QTest.keyClick(dialog.place, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.go_on.isVisible()
    qtbot.waitUntil(dialog.go_on.hasFocus)
    QTest.keyClick(dialog.go_on, Qt.Key.Key_Escape)
    assert not dialog.go_on.isVisible()
    qtbot.waitUntil(dialog.place.hasFocus)
    assert dialog.details().place == "X" + sample.details.place
    QTest.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.let_go, Qt.MouseButton.LeftButton)
    assert dialog.isHidden()
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_words_in_place_of_the_date_are_not_lost_by_keeping(
    opened: Open, qtbot: QtBot, sample: Workshop
) -> None:
    dialog = opened(msgspec.structs.replace(sample.details, held_on=None))
    QTest.keyClicks(dialog.date.line, "mid November")
    QTest.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert dialog.date.line.text() == "mid November"
    qtbot.waitUntil(dialog.date.line.hasFocus)
    dialog.date.line.selectAll()
    QTest.keyClick(dialog.date.line, Qt.Key.Key_Delete)
    QTest.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    assert dialog.isHidden()
    assert dialog.details().held_on is None


def test_it_fits_the_screen_with_its_buttons_in_view(opened: Open, sample: Workshop) -> None:
    dialog = opened(sample.details)
    screen = dialog.screen().availableGeometry()
    assert dialog.width() <= screen.width()
    assert dialog.height() <= screen.height()
    assert dialog.rect().contains(dialog.keep.geometry().center())
    assert dialog.keep.isVisible()


def test_going_on_where_the_partner_has_gone_meanwhile_does_no_harm(
    opened: Open, sample: Workshop, qtbot: QtBot
) -> None:
    dialog = opened(sample.details)
    line = dialog.partners.lines[0]
    line.fields[0].setFocus()
    QTest.keyClicks(line.fields[0], "and others")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(dialog.go_on.hasFocus)
    with qtbot.waitSignal(line.destroyed):
        line.remove.click()
    with qtbot.captureExceptions() as faults:
        dialog.go_on.click()
        qtbot.wait(50)
    assert faults == []
    assert not dialog.go_on.isVisible()
