"""The closing tab: the read-back, the actions put first, the sign-off, and what was signed off."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hicm_desktop.document.library import Library
from hicm_desktop.document.settings import Settings
from hicm_desktop.model.values import Model
from hicm_desktop.paths import resources_dir
from hicm_desktop.ui import dialogs
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.closing import sign_off
from hicm_desktop.ui.closing.page import ClosingPage
from hicm_desktop.ui.closing.read_back import (
    DIFFERING,
    LACKING,
    NOTHING_OPEN,
    PARKED,
    UNEXPLAINED,
    WIDE,
)
from hicm_desktop.ui.closing.sealed_dialog import BACK, SealedDialog
from hicm_desktop.ui.closing.sign_off import NOT_YET
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.details_dialog import DetailsDialog
from hicm_desktop.ui.export.dialog import ExportDialog
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.ui.side_panel import Side
from hicm_desktop.ui.tick_box import TickBox
from hicm_desktop.workshop import sealing
from hicm_desktop.workshop.closing import read_back
from hicm_desktop.workshop.edits import ReviseAction, RowField, SetDetails, SetOutcome, WriteRow
from hicm_desktop.workshop.minutes import OTHERS
from hicm_desktop.workshop.room_edits import CountHands, PutFirst
from hicm_desktop.workshop.tally import When
from hicm_desktop.workshop.values import Action, Details, Outcome, Partner, Workshop
from hicm_desktop.workshop.words import partner_words
from tests.ui.telling import (
    CTRL,
    PLAN,
    focused,
    name_of,
    nameless,
    press,
    recorded,
    stops,
    tab_to,
    told,
)

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
ROW = "discharge-to-assess"
CLOSING = PLAN + 1


@pytest.fixture
def page(window: MainWindow) -> ClosingPage:
    """Give the closing tab, with nothing signed off yet and no action put first."""
    window.document.apply(PutFirst(()))
    assert recorded(window).sealed == ()
    window.menus.actions[Command.CLOSING].trigger()
    assert window.console.tabs.currentIndex() == CLOSING
    return window.console.closing


def headings(page: ClosingPage) -> list[str]:
    return [line.title for line in page.list.items.lines if line.is_heading]


def said(page: ClosingPage, section: str) -> list[str]:
    return [line.spoken for line in page.list.items.lines if line.section == section]


# The tab


def test_the_closing_comes_after_the_plan_and_has_a_key(window: MainWindow) -> None:
    press(Key.Key_R, CTRL)
    assert window.console.shows_closing
    assert not window.console.shows_plan
    window.console.step_tab(-1)
    assert window.console.tabs.currentIndex() == PLAN
    window.console.step_tab(2)
    assert window.console.tabs.currentIndex() == 0
    tab = told(window.console.tabs).child(CLOSING)
    assert tab.text(QAccessible.Text.Name) == "Closing"


@pytest.mark.parametrize("width", [1024, 1366])
def test_every_tab_still_has_room(window: MainWindow, qtbot: QtBot, width: int) -> None:
    window.resize(width, 768)
    tabs = window.console.tabs
    for index in range(tabs.count()):
        window.console.go_to_tab(index)
        qtbot.wait(1)
        assert tabs.tabRect(tabs.count() - 1).right() < tabs.width()


def test_the_page_has_no_part_without_a_name(window: MainWindow, page: ClosingPage) -> None:
    page.sign_off.sign.click()
    assert nameless(window) == []


# The read-back


def test_the_read_back_goes_through_what_is_open_in_its_parts(
    window: MainWindow, page: ClosingPage, model: Model
) -> None:
    found = read_back(model, recorded(window))

    assert f"{PARKED} ({len(found.parked)})" in headings(page)
    assert f"{LACKING} ({len(found.actions)})" in headings(page)
    assert f"{DIFFERING} ({len(found.differing_views)})" in headings(page)
    (first, *_) = said(page, PARKED)
    row = model.row(found.parked[0].row)
    assert row.name in first
    assert found.parked[0].text.rstrip(".") in first
    assert len(said(page, LACKING)) == len(found.actions) > 0
    assert any("No owner" in words for words in said(page, LACKING))


def test_a_row_that_is_not_applicable_without_a_reason_is_read_back(
    window: MainWindow, page: ClosingPage
) -> None:
    window.document.apply(SetOutcome(ROW, Outcome.NOT_APPLICABLE))
    (line,) = said(page, UNEXPLAINED)
    assert "No reason was written down" in line
    window.document.apply(WriteRow(ROW, RowField.REASON, "None here"))
    assert said(page, UNEXPLAINED) == []


def test_the_read_back_keeps_up_with_the_workshop(
    window: MainWindow, page: ClosingPage, model: Model
) -> None:
    before = len(said(page, PARKED))
    window.document.apply(SetOutcome(ROW, Outcome.PARKED))
    window.document.apply(WriteRow(ROW, RowField.REASON, "Not while the hub is away"))
    assert len(said(page, PARKED)) == before + 1
    assert any("Not while the hub is away" in words for words in said(page, PARKED))
    levels = tuple(level.id for level in model.levels)
    for level in (levels[0], levels[4]):
        window.document.apply(CountHands(ROW, When.AFTER, level, 2, levels))
    assert any("from Not yet established to Exemplary" in words for words in said(page, WIDE))


def test_return_goes_to_a_row_and_ctrl_r_comes_back_to_the_line(
    window: MainWindow, page: ClosingPage
) -> None:
    assert focused() is page.list
    press(Key.Key_Down)
    line = page.list.line()
    assert line is not None
    press(Key.Key_Return)
    assert window.console.shows_change
    assert isinstance(line.key, tuple)
    assert window.console.focus.row == line.key[1]
    press(Key.Key_R, CTRL)
    assert page.list.line() == line
    assert focused() is page.list


def test_the_arrows_pass_the_headings_by(page: ClosingPage) -> None:
    press(Key.Key_Home)
    seen = set()
    for _ in page.list.items.lines:
        line = page.list.line()
        assert line is not None
        seen.add(line)
        press(Key.Key_Down)
    assert len(seen) == len([line for line in page.list.items.lines if not line.is_heading])


def test_a_click_goes_to_an_action_on_the_plan(
    window: MainWindow, page: ClosingPage, model: Model
) -> None:
    first = read_back(model, recorded(window)).actions[0].action
    at = page.list.items.find((LACKING, first))
    index = page.list.items.index(at, 0)
    page.list.scrollTo(index)
    rect = page.list.visualRect(index)
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert window.console.shows_plan
    table = window.console.plan.table
    assert table.hasFocus()
    assert window.console.plan._action(table.currentIndex()).id == first


def test_a_differing_view_is_gone_to_where_it_is_written(
    window: MainWindow, page: ClosingPage
) -> None:
    line = next(line for line in page.list.items.lines if line.section == DIFFERING)
    page.list.go_to_line(line.key)
    press(Key.Key_Return)
    panel = window.console.changes.panel
    assert panel.side is Side.ROW
    assert focused() is panel.row.fields[RowField.DIFFERING_VIEW].field


def test_nothing_left_open_is_said_in_one_calm_sentence(
    page: ClosingPage, model: Model, blank: Workshop
) -> None:
    agenda = [
        msgspec.structs.replace(blank.agenda_item(c.id), in_scope=False) for c in model.changes
    ]
    done = Action(id="a", to_do="Ring home", owner="Hub", due_words="May", success="Fewer waits")
    details = Details(agenda=tuple(agenda))
    page.show_workshop(msgspec.structs.replace(blank, details=details, actions=(done,)))
    assert page.calm.text() == NOTHING_OPEN
    assert not page.list.isVisibleTo(page)
    page.show_workshop(msgspec.structs.replace(blank, details=details))
    assert "Nothing is parked." in page.calm.text()
    assert "There are no actions yet." in page.calm.text()


# The actions put first


def badges(page: ClosingPage) -> list[str]:
    return [line.badge for line in page.first.list.items.lines if line.badge]


def test_three_actions_are_put_first_and_ordered_by_keyboard(
    window: MainWindow, page: ClosingPage
) -> None:
    ids = [action.id for action in recorded(window).actions]
    actions = page.first.list
    tab_to(type(actions), "Actions to put first")
    for place in (4, 2, 1):
        actions.go_to_line(ids[place])
        press(Key.Key_Return)
    assert recorded(window).first_actions == (ids[4], ids[2], ids[1])
    assert badges(page) == ["1", "2", "3"]
    line = actions.line()
    assert line is not None
    assert line.key == ids[1], "the one that was put first stays in focus"
    press(Key.Key_Up, ALT)
    press(Key.Key_Up, ALT)
    press(Key.Key_Up, ALT)
    assert recorded(window).first_actions == (ids[1], ids[4], ids[2])
    press(Key.Key_Down, ALT)
    assert recorded(window).first_actions == (ids[4], ids[1], ids[2])
    actions.go_to_line(ids[0])
    assert not page.first.put.isEnabled()
    press(Key.Key_Return)
    assert len(recorded(window).first_actions) == 3, "three are the most"
    actions.go_to_line(ids[4])
    press(Key.Key_Return)
    assert recorded(window).first_actions == (ids[1], ids[2])
    assert page.first.list.hasFocus()


@pytest.mark.parametrize("width", [1024, 1920])
def test_nothing_of_what_is_put_first_is_cut(
    window: MainWindow, page: ClosingPage, qtbot: QtBot, width: int
) -> None:
    window.resize(width, 1080)
    long = "Agree who rings whom when the ward is full and the hub has gone home. " * 3
    for action in recorded(window).actions[:3]:
        window.document.apply(ReviseAction(msgspec.structs.replace(action, to_do=long), "to_do"))
    actions = page.first.list
    for number in (1, 2, 3):
        window.document.apply(PutFirst(tuple(a.id for a in recorded(window).actions[:number])))

        def all_is_seen(last: int = number - 1) -> bool:
            rect = actions.visualRect(actions.items.index(last, 0))
            return rect.bottom() <= actions.viewport().rect().bottom()

        qtbot.waitUntil(all_is_seen)
        assert actions.verticalScrollBar().value() == 0
    assert actions.height() > 204


def test_only_the_line_has_the_ring_of_the_focus(page: ClosingPage, appearance: Appearance) -> None:
    focus = QColor(appearance.look.theme.focus)
    page.list.clearFocus()
    before = page.list.grab().toImage()
    page.list.setFocus()
    assert page.list.hasFocus()
    now = page.list.grab().toImage()
    edge = [(0, y) for y in range(now.height())] + [(x, 0) for x in range(now.width())]
    assert all(now.pixelColor(x, y) == before.pixelColor(x, y) for x, y in edge)
    line = page.list.visualRect(page.list.currentIndex())
    at = page.list.viewport().mapTo(page.list, line.center())
    column = [now.pixelColor(at.x(), y) for y in range(now.height())]
    assert focus in column


def test_the_buttons_do_what_the_keys_do(window: MainWindow, page: ClosingPage) -> None:
    ids = [action.id for action in recorded(window).actions]
    for place in (0, 3):
        page.first.list.go_to_line(ids[place])
        assert not page.first.earlier.isEnabled()
        QTest.mouseClick(page.first.put, Qt.MouseButton.LeftButton)
    assert page.first.put.text() == "Take away"
    QTest.mouseClick(page.first.earlier, Qt.MouseButton.LeftButton)
    assert recorded(window).first_actions == (ids[3], ids[0])
    QTest.mouseClick(page.first.later, Qt.MouseButton.LeftButton)
    assert recorded(window).first_actions == (ids[0], ids[3])
    QTest.mouseClick(page.first.put, Qt.MouseButton.LeftButton)
    assert recorded(window).first_actions == (ids[0],)


def test_undo_of_putting_first_and_of_signing_off_comes_to_the_closing(
    window: MainWindow, page: ClosingPage
) -> None:
    window.document.apply(PutFirst((recorded(window).actions[0].id,)))
    page.sign_off.sign.click()
    for _ in range(2):
        window.console.go_to_tab(3)
        window.document.undo()
        assert window.console.shows_closing
    assert recorded(window).sealed == ()
    assert recorded(window).first_actions == ()
    assert page.sign_off.state.text() == NOT_YET
    assert badges(page) == []


# The sign-off


def test_everyone_is_ticked_by_organisation_and_role(window: MainWindow, page: ClosingPage) -> None:
    partners = recorded(window).details.partners
    assert [box.words for box in page.sign_off.boxes.values()] == [
        partner_words(partner) for partner in partners
    ]
    assert page.sign_off.present() == tuple(partner.id for partner in partners)


def test_signing_off_by_keyboard_seals_with_those_who_were_there(
    window: MainWindow, page: ClosingPage
) -> None:
    partners = recorded(window).details.partners
    box = page.sign_off.boxes[partners[0].id]
    box.setFocus()
    press(Key.Key_Space)
    page.sign_off.sign.setFocus()
    press(Key.Key_Space)
    (sealed,) = recorded(window).sealed
    assert [p.id for p in sealed.present] == [p.id for p in partners[1:]]
    state = page.sign_off.state.text()
    assert state.startswith("Signed off ")
    assert f"at {sealed.at:%H:%M}, version 1. {len(partners) - 1} partners." in state
    assert sealed.fingerprint[:4] in state
    press(Key.Key_Space)
    assert recorded(window).sealed == (sealed,), "what is sealed as it is stays so"
    assert focused() is page.sign_off.sign


def sign_by_key(page: ClosingPage) -> None:
    """Press Alt+S, and wait until the button has come up again."""
    press(Key.Key_S, ALT)
    assert page.sign_off.sign.isDown()
    while page.sign_off.sign.isDown():
        QTest.qWait(10)


def signed_with(window: MainWindow) -> list[tuple[int, int]]:
    return [(sealed.number, len(sealed.present)) for sealed in recorded(window).sealed]


def test_signing_off_what_is_signed_off_already_says_so(
    window: MainWindow, page: ClosingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(sign_off, "announce", lambda _widget, words: heard.append(words))
    sign_by_key(page)
    assert heard == [page.sign_off.state.text()]
    assert not page.sign_off.said.text()
    sign_by_key(page)
    assert signed_with(window) == [(1, 15)]
    assert page.sign_off.said.text() == heard[-1] == "This version is signed off already."
    assert page.sign_off.said.isVisible()
    window.document.apply(WriteRow(ROW, RowField.NOTE, "Said after"))
    assert not page.sign_off.said.text(), "it is not so any more"


def test_other_people_are_signed_off_as_the_next_version(
    window: MainWindow, page: ClosingPage
) -> None:
    card = page.sign_off
    first, second, *_ = card.boxes.values()
    sign_by_key(page)
    first.click()
    assert OTHERS in card.state.text()
    sign_by_key(page)
    assert signed_with(window) == [(1, 15), (2, 14)]
    assert ", version 2. 14 partners." in card.state.text()
    assert OTHERS not in card.state.text()
    assert not card.said.text()
    second.click()
    second.click()
    sign_by_key(page)
    assert signed_with(window) == [(1, 15), (2, 14)]
    assert card.said.text() == "This version is signed off already."
    second.click()
    assert not card.said.text()
    sign_by_key(page)
    assert signed_with(window) == [(1, 15), (2, 14), (3, 13)]


def test_that_nobody_is_named_is_said_before_and_after(
    window: MainWindow, page: ClosingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(sign_off, "announce", lambda _widget, words: heard.append(words))
    card = page.sign_off
    for box in card.boxes.values():
        assert not card.said.text()
        box.click()
    assert card.named.text() == "0 of 15 partners will be named as present"
    assert card.said.text() == "Nobody is named as present."
    assert card.said.geometry().left() > card.sign.geometry().right(), "beside the button"
    sign_by_key(page)
    assert signed_with(window) == [(1, 0)]
    assert card.said.text() == "Nobody is named as present."
    assert heard == [card.said.text(), f"{card.state.text()} {card.said.text()}"]
    next(iter(card.boxes.values())).click()
    assert not card.said.text()
    sign_by_key(page)
    assert signed_with(window) == [(1, 0), (2, 1)]


def test_no_more_versions_than_there_can_be_are_signed_off_and_that_is_said(
    window: MainWindow, page: ClosingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "MOST_SEALED", 1)
    sign_by_key(page)
    sign_by_key(page)
    assert page.sign_off.said.text() == "This version is signed off already."
    next(iter(page.sign_off.boxes.values())).click()
    sign_by_key(page)
    assert signed_with(window) == [(1, 15)]
    assert page.sign_off.said.text().endswith("the most there can be. Nothing was added.")


def test_who_was_there_stands_above_the_state_and_the_versions_below(
    page: ClosingPage, qtbot: QtBot
) -> None:
    card = page.sign_off
    card.sign.click()
    assert card.named.text() == "15 of 15 partners will be named as present"

    def is_in_order() -> bool:
        read = [b for b in card.findChildren(QPushButton) if name_of(b) == "Read, version 1"]
        parts = [card.named, *list(card.boxes.values())[::14], card.state, *read]
        tops = [part.mapTo(card, QPoint()).y() for part in parts]
        return len(parts) == 5 and tops == sorted(tops) and len(set(tops)) == len(tops)

    qtbot.waitUntil(is_in_order)
    lefts = {box.geometry().left() for box in card.boxes.values()}
    assert len(lefts) == 2, "in two columns"


def is_whole(part: QWidget) -> bool:
    return part.visibleRegion().boundingRect().height() == part.height()


def test_the_state_comes_into_view_once_it_is_signed_off(
    window: MainWindow, page: ClosingPage, qtbot: QtBot
) -> None:
    window.resize(1024, 700)
    qtbot.waitUntil(page.sign_off.state.visibleRegion().isEmpty)
    sign_by_key(page)
    assert signed_with(window) == [(1, 15)]
    qtbot.waitUntil(lambda: is_whole(page.sign_off.state))


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.5])
@pytest.mark.parametrize("width", [1024, 1366])
def test_the_button_that_signs_off_is_always_in_view(
    window: MainWindow, page: ClosingPage, appearance: Appearance, width: int, scale: float
) -> None:
    window.resize(width, 768)
    appearance.set_scale(scale)
    QTest.qWait(60)
    assert is_whole(page.sign_off.sign)
    words = page.sign_off.foot.findChildren(QLabel)
    shown = [each.text() for each in words if each.isVisible() and is_whole(each)]
    assert shown == [page.sign_off.named.text()]
    assert page.sign_off.sign.visibleRegion().boundingRect().width() == page.sign_off.sign.width()


def test_tab_comes_to_who_was_there_before_the_button_and_then_to_the_versions(
    window: MainWindow, page: ClosingPage
) -> None:
    card = page.sign_off
    sign_by_key(page)
    sign_by_key(page)
    details = recorded(window).details
    extra = Partner(organisation="Ambulance", id="new")
    window.document.apply(
        SetDetails(msgspec.structs.replace(details, partners=(*details.partners, extra)))
    )
    QTest.qWait(1)
    walked = [w for w in stops(window) if page.isAncestorOf(w)]
    there = walked.index(next(iter(card.boxes.values())))
    assert walked[there - 1] in (page.first.put, page.first.earlier, page.first.later)
    links = [b for b in card.findChildren(QPushButton) if name_of(b).endswith("version 1")]
    assert walked[there:] == [*card.boxes.values(), card.details, card.sign, *links]
    assert len(links) == 4


def test_a_version_is_removed_by_its_button_and_undo_has_it_back(
    window: MainWindow, page: ClosingPage
) -> None:
    sign_by_key(page)
    (sealed,) = recorded(window).sealed
    remove = next(b for b in page.findChildren(QPushButton) if name_of(b) == "Remove, version 1")
    remove.setFocus()
    press(Key.Key_Space)
    assert recorded(window).sealed == ()
    assert page.sign_off.said.text() == "Version 1 was removed. Undo brings it back."
    assert focused() is page.sign_off.sign
    window.document.undo()
    assert recorded(window).sealed == (sealed,)


def test_no_letter_of_a_partner_is_a_shortcut(
    window: MainWindow, page: ClosingPage, qtbot: QtBot
) -> None:
    details = msgspec.structs.replace(
        recorded(window).details, partners=(Partner(organisation="R&D", id="rd"),)
    )
    window.document.apply(SetDetails(details))
    box = page.sign_off.boxes["rd"]
    qtbot.waitUntil(box.isVisible)
    press(Key.Key_D, ALT)
    QTest.qWait(150)
    assert box.isChecked()
    assert name_of(box) == box.words == "R&D"
    plain = TickBox("RxD")
    plain.ensurePolished()
    box.ensurePolished()
    assert box.text() == "R&&D"
    wide = box.fontMetrics().horizontalAdvance
    assert box.sizeHint().width() - wide("R&D") == plain.sizeHint().width() - wide("RxD")


def test_another_day_those_are_ticked_who_last_signed_off(
    window: MainWindow, page: ClosingPage, appearance: Appearance, qtbot: QtBot
) -> None:
    first, second, *others = page.sign_off.boxes
    sign_by_key(page)
    page.sign_off.boxes[first].click()
    sign_by_key(page)
    page.sign_off.boxes[second].click()
    window.document.apply(WriteRow(ROW, RowField.NOTE, "Said after"))
    again = ClosingPage(window.document, appearance)
    qtbot.addWidget(again)
    assert again.sign_off.present() == (second, *others)
    assert again.sign_off.named.text() == "14 of 15 partners will be named as present"
    assert page.sign_off.present() == tuple(others), "here it stays as it was ticked"


def test_a_partner_of_an_older_file_is_told_how_to_be_ticked(
    window: MainWindow, page: ClosingPage
) -> None:
    details = msgspec.structs.replace(
        recorded(window).details, partners=(Partner(organisation="Old"),)
    )
    page.show_workshop(msgspec.structs.replace(recorded(window), details=details))
    QTest.qWait(1)
    words = [child.text() for child in page.sign_off.findChildren(QLabel) if child.isVisible()]
    dialog = DetailsDialog(window.document.model, recorded(window).details, window)
    assert any(f"press “{dialog.keep.text()}” once" in word for word in words)


def test_a_later_edit_is_told_and_signed_off_as_the_next_version(
    window: MainWindow, page: ClosingPage
) -> None:
    page.sign_off.sign.click()
    window.document.apply(WriteRow(ROW, RowField.NOTE, "Said after"))
    assert page.sign_off.state.text().startswith("Signed off "), "the edit is painted first"
    QTest.qWait(60)
    assert page.sign_off.state.text().startswith("Changed since version 1 was signed off")
    window.document.apply(WriteRow(ROW, RowField.PRIVATE_NOTE, "Mine alone"))
    page.sign_off.sign.click()
    assert [sealed.number for sealed in recorded(window).sealed] == [1, 2]
    assert ", version 2." in page.sign_off.state.text()
    QTest.qWait(1)
    names = [name_of(b) for b in page.sign_off.findChildren(QPushButton) if b.isVisible()]
    assert names.index("Read, version 2") < names.index("Read, version 1")


def test_who_was_unticked_stays_so_while_the_details_change(
    window: MainWindow, page: ClosingPage
) -> None:
    first, *others = recorded(window).details.partners
    page.sign_off.boxes[first.id].setChecked(False)
    extra = Partner(organisation="Ambulance", id="new")
    details = msgspec.structs.replace(
        recorded(window).details, partners=(first, *others, extra, Partner(organisation="Old"))
    )
    page.show_workshop(msgspec.structs.replace(recorded(window), details=details))
    assert page.sign_off.present() == (*(p.id for p in others), "new")
    page.sign_off.boxes[first.id].setChecked(True)
    assert first.id in page.sign_off.present()


# Versions


@pytest.fixture
def dialog(window: MainWindow, page: ClosingPage, qtbot: QtBot) -> SealedDialog:
    """Sign off, record something else, and open the version by its button."""
    page.sign_off.sign.click()
    window.document.apply(WriteRow(ROW, RowField.NOTE, "Said after"))
    (read,) = [b for b in page.findChildren(QPushButton) if name_of(b) == "Read, version 1"]
    read.click()
    opened = QApplication.activeModalWidget()
    assert isinstance(opened, SealedDialog)
    qtbot.waitUntil(opened.isActiveWindow)
    return opened


def test_a_version_is_read_beside_the_workshop_and_left_by_its_button(
    window: MainWindow, dialog: SealedDialog, qtbot: QtBot
) -> None:
    (sealed,) = recorded(window).sealed
    assert dialog.document.workshop == sealed.content
    assert dialog.document.is_read_only
    dialog.console.go_to_row(ROW)
    held = dialog.document.workshop
    press(Key.Key_1)
    assert dialog.document.workshop is held
    press(Key.Key_R, CTRL)
    assert dialog.console.shows_closing
    assert dialog.console.closing.sign_off.state.text().startswith("Signed off ")
    assert not dialog.console.closing.sign_off.sign.isVisible()
    assert not dialog.console.closing.first.put.isEnabled()
    press(Key.Key_4, CTRL)
    assert dialog.console.tabs.currentIndex() == 4
    (back,) = [b for b in dialog.findChildren(QPushButton) if b.text() == BACK]
    assert nameless(dialog) == []
    with qtbot.waitSignal(dialog.destroyed):
        back.click()
    assert recorded(window).row(ROW).note == "Said after"
    assert window.document.history.undo_name, "nothing was closed behind it"
    assert window.console.shows_closing


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0, 2.5])
def test_a_version_fits_the_screen_at_any_size_of_text(
    dialog: SealedDialog, appearance: Appearance, scale: float
) -> None:
    appearance.set_scale(scale)
    QTest.qWait(60)
    assert dialog.minimumSizeHint().width() <= 1024
    dialog.resize(1000, 700)
    QTest.qWait(60)
    assert dialog.width() == 1000
    words = dialog._words
    assert words.width() > 900, "the words have a line of their own"
    for button in dialog.findChildren(QPushButton):
        if button.text() in (BACK, "Export to Excel…", "Export to PDF…") and button.isVisible():
            assert button.width() >= button.sizeHint().width()


def test_what_is_told_in_passing_is_shown_in_a_version_too(dialog: SealedDialog) -> None:
    dialog.console.go_to_row(ROW)
    before = dialog.console.geometry()
    press(Key.Key_R)
    assert dialog.told.text().startswith("Earlier: ")
    assert dialog.told.isVisible()
    QTest.qWait(20)
    assert dialog.console.geometry() == before, "nothing moves for it"


def test_a_version_is_exported_as_it_was_signed_off(
    window: MainWindow,
    dialog: SealedDialog,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    asked: list[tuple[object, Path]] = []
    target = tmp_path / "out.xlsx"

    def choose(before: object, _title: str, start: Path, *_kinds: str) -> Path:
        asked.append((before, start))
        return target

    monkeypatch.setattr(dialogs, "ask_exporting", lambda *_: True)
    monkeypatch.setattr(dialogs, "choose_save", choose)
    (button,) = [
        b
        for b in dialog.findChildren(QPushButton)
        if b.text() == "Export to Excel…" and b.isVisible()
    ]
    button.click()
    export = QApplication.activeModalWidget()
    assert isinstance(export, ExportDialog)
    assert export.parentWidget() is dialog, "it would open behind what is being read"
    export.export_now()
    qtbot.waitUntil(lambda: not export.writing.exporter.busy, timeout=20_000)
    export.reject()
    ((before, start),) = asked
    assert before is export
    assert start.name == f"{window.document.path.stem} version 1 workbook.xlsx"
    words = {
        str(cell.value)
        for sheet in load_workbook(target)
        for line in sheet.iter_rows()
        for cell in line
    }
    (sealed,) = recorded(window).sealed
    assert any(word.startswith("Signed off ") and "version 1" in word for word in words)
    assert "Said after" not in words
    dialog.reject()
    assert sealed.content.row(ROW).note != "Said after"


def test_a_workshop_that_can_only_be_read_is_not_signed_off(
    model: Model, appearance: Appearance, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "sample.hicm"
    file.write_bytes((resources_dir() / "sample.hicm").read_bytes())
    library = Library(model, Settings(tmp_path / "s.ini", tmp_path), file)
    opened = library.open_to_read(file, "Ann Lee has it open.")
    page = ClosingPage(opened.document, appearance)
    qtbot.addWidget(page)
    assert not page.sign_off.sign.isEnabled()
    assert not any(box.isEnabled() for box in page.sign_off.boxes.values())
    held = opened.document.workshop
    page.first.toggle()
    page.sign_off.sign_off()
    assert opened.document.workshop is held
    opened.document.close()


@pytest.mark.parametrize(("width", "scale"), [(1024, 2.0), (800, 1.5), (1366, 1.0)])
def test_the_read_back_begins_at_its_top_however_small_the_window(
    window: MainWindow, appearance: Appearance, qtbot: QtBot, width: int, scale: float
) -> None:
    window.resize(width, 700)
    appearance.set_scale(scale)
    window.menus.actions[Command.CLOSING].trigger()
    page = window.console.closing
    assert page.list.items.find(None) > 0, "a heading stands over the first line"
    qtbot.waitUntil(lambda: not page.list.visibleRegion().isEmpty())
    qtbot.wait(100)
    assert page.list.verticalScrollBar().value() == 0
