"""A show of hands: counted by keys and by clicks, by level and by partner, told in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hicm_desktop.document.document import Document
from hicm_desktop.model.values import Model
from hicm_desktop.ui import announcing
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.change_view import ChangeView
from hicm_desktop.ui.hand_count import Count
from hicm_desktop.ui.hands_panel import HandsPanel
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.ui.navigation import Focus
from hicm_desktop.workshop.tally import Tally, When
from hicm_desktop.workshop.values import Details, Partner, Workshop

from .telling import CTRL, Key, focused, name_of, nameless, press, stops, told

CHANGE = "home-first"
FIRST, SECOND = "discharge-to-assess", "reablement-and-pathways"
SHIFT = Qt.KeyboardModifier.ShiftModifier
PARTNERS = (
    Partner(organisation="Acute trust", role="Discharge lead", id="a"),
    Partner(organisation="Council", id="b"),
    Partner(organisation="", name="Ann Lee", id="c"),
)


@pytest.fixture
def document(model: Model, blank: Workshop, tmp_path: Path) -> Iterator[Document]:
    workshop = msgspec.structs.replace(blank, details=Details(partners=PARTNERS))
    document = Document(model, workshop, tmp_path / "room.hicm")
    yield document
    document.flush()
    document.close()


@pytest.fixture
def view(document: Document, qtbot: QtBot, appearance: Appearance) -> ChangeView:
    return shown_view(document, qtbot, appearance)


@pytest.fixture
def hands(view: ChangeView) -> HandsPanel:
    return view.panel.row.hands


def shown_view(document: Document, qtbot: QtBot, appearance: Appearance) -> ChangeView:
    view = ChangeView(document, Focus(document.model), appearance)
    qtbot.addWidget(view)

    def show(_before: Workshop, after: Workshop) -> None:
        view.show_workshop(after)
        view.show_record()

    document.changed.connect(show)
    view.resize(1366, 640)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.show_change(CHANGE)
    view.take_keyboard()
    return view


def type_keys(text: str) -> None:
    for character in text:
        QTest.keyClicks(focused(), character)


def counts(document: Document, when: When, row: str = FIRST) -> list[int]:
    tally = document.workshop.row(row).tally(when)
    return [tally.number(level.id) for level in document.model.levels]


def click(widget: QWidget, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    QTest.mouseClick(widget, button)


@pytest.mark.usefixtures("view")
@pytest.mark.parametrize("on", [Key.Key_Tab, Key.Key_Space, Key.Key_Right, Key.Key_Return])
def test_five_counts_are_typed_with_one_key_between_them(document: Document, on: Qt.Key) -> None:
    type_keys("h")
    for number in ("2", "15", "", "0", "1"):
        type_keys(number)
        if number != "1":
            press(on)
    assert counts(document, When.BEFORE) == [2, 15, 0, 0, 1]
    assert counts(document, When.AFTER) == [0] * 5
    assert document.workshop.row(FIRST).level is None


def test_a_row_is_counted_as_it_has_been_and_h_again_turns_to_the_other_way(
    view: ChangeView, hands: HandsPanel, document: Document
) -> None:
    type_keys("h")
    type_keys("h")
    assert focused().parent() is hands.partners.lines["a"], "by partner, as it was asked for"
    type_keys("4")
    assert document.workshop.row(FIRST).before.position("a") == "mature"
    view.page.matrix.row(SECOND).take_focus(0)
    type_keys("h")
    type_keys("5")
    assert counts(document, When.BEFORE, SECOND) == [5, 0, 0, 0, 0]
    assert document.workshop.row(SECOND).before.positions == ()
    view.page.matrix.row(FIRST).take_focus(0)
    type_keys("h")
    assert focused().parent() is hands.partners.lines["a"], "the form that the row has"
    type_keys("h")
    assert focused() is hands.lines["not-yet-established"].count
    press(Key.Key_H, SHIFT)
    assert focused() is hands.lines["not-yet-established"].count, "nothing was counted after it"


def test_a_digit_stands_in_place_of_a_count_in_a_window_that_comes_to_the_front_only_then(
    view: ChangeView, hands: HandsPanel, document: Document, qtbot: QtBot
) -> None:
    type_keys("h2")
    press(Key.Key_Escape)
    other = QWidget()
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    view.count_hands(When.BEFORE)
    qtbot.waitUntil(view.isActiveWindow)
    assert focused() is hands.lines["not-yet-established"].count
    type_keys("9")
    assert counts(document, When.BEFORE) == [9, 0, 0, 0, 0]


def test_shift_counts_after_discussion_and_escape_goes_back(
    view: ChangeView, hands: HandsPanel, document: Document
) -> None:
    first = hands.lines["not-yet-established"].count
    assert not first.isVisible()
    press(Key.Key_H, SHIFT)
    assert focused() is first
    assert name_of(focused()) == "Hands at Not yet established, after discussion"
    type_keys("7")
    assert counts(document, When.AFTER) == [7, 0, 0, 0, 0]
    assert counts(document, When.BEFORE) == [0] * 5
    press(Key.Key_Escape)
    assert view.page.matrix.row(FIRST).focused_column() == 0
    assert not hands.is_open
    assert hands.words.text() == "After discussion: 7 hands, all at Not yet established"
    assert hands.words.isVisible()


def test_return_at_the_last_count_goes_back_to_the_matrix(
    view: ChangeView, document: Document
) -> None:
    type_keys("h")
    for _ in range(4):
        press(Key.Key_Return)
    type_keys("3")
    press(Key.Key_Return)
    assert view.page.matrix.row(FIRST).focused_column() == 0
    assert counts(document, When.BEFORE) == [0, 0, 0, 0, 3]


@pytest.mark.usefixtures("view")
def test_the_arrows_go_between_levels_and_count_up_and_down(document: Document) -> None:
    type_keys("h")
    press(Key.Key_Right)
    for key in (Key.Key_Up, Key.Key_Up, Key.Key_Up, Key.Key_Down):
        press(key)
    press(Key.Key_Left)
    press(Key.Key_Down)
    press(Key.Key_Left)
    assert counts(document, When.BEFORE) == [0, 2, 0, 0, 0]
    type_keys("4")
    assert counts(document, When.BEFORE) == [4, 2, 0, 0, 0]


def test_what_is_typed_stands_in_place_of_what_was_there_and_deleting_it_is_none(
    hands: HandsPanel, document: Document
) -> None:
    type_keys("h12")
    press(Key.Key_Space)
    press(Key.Key_Left)
    type_keys("3")
    assert counts(document, When.BEFORE)[0] == 3
    press(Key.Key_Backspace)
    assert counts(document, When.BEFORE)[0] == 0
    press(Key.Key_Tab)
    assert hands.lines["not-yet-established"].count.text() == "0"
    assert document.workshop.row(FIRST).before == Tally()


@pytest.mark.usefixtures("view")
def test_only_a_number_of_hands_can_be_typed(document: Document) -> None:
    type_keys("h")
    before = focused()
    type_keys("1n-+p2.345")
    assert focused() is before
    assert counts(document, When.BEFORE)[0] == 123
    press(Key.Key_N, SHIFT)
    assert focused() is before


def test_clicks_count_up_and_down(hands: HandsPanel, document: Document, qtbot: QtBot) -> None:
    click(hands._unfold)
    mature = hands.lines["mature"]
    qtbot.waitUntil(lambda: not mature.more.visibleRegion().isEmpty())
    for _ in range(3):
        click(mature.more)
    click(mature.more, Qt.MouseButton.RightButton)
    assert counts(document, When.BEFORE) == [0, 0, 0, 2, 0]
    click(mature.fewer)
    click(mature.fewer)
    click(mature.fewer)
    assert counts(document, When.BEFORE) == [0] * 5
    click(hands._unfold)
    assert not hands.is_open


def test_the_spread_is_in_words_and_the_dots_are_of_the_latest_count(
    view: ChangeView, hands: HandsPanel
) -> None:
    type_keys("h2 5 1")
    words = "8 hands, from Not yet established to Established"
    row = view.page.matrix.row(FIRST)
    assert hands.words.text() == f"Before discussion: {words}"
    assert [d.foot.hands for d in row.descriptors] == [2, 5, 1, 0, 0]
    assert (
        row.header.accessibleName()
        == f"Discharge to assess. Not discussed. Before discussion: {words}."
    )
    press(Key.Key_Escape)
    press(Key.Key_H, SHIFT)
    type_keys(" 8")
    assert hands.words.text().split("\n") == [
        f"Before discussion: {words}",
        "After discussion: 8 hands, all at Plans in place",
    ]
    assert [d.foot.hands for d in row.descriptors] == [0, 8, 0, 0, 0]
    assert row.descriptors[1].accessibleDescription() == "8 hands"


def test_typing_one_count_is_undone_as_one_and_shown_in_the_field(
    hands: HandsPanel, document: Document
) -> None:
    type_keys("h12 3")
    document.undo()
    assert counts(document, When.BEFORE)[:2] == [12, 0]
    assert hands.lines["plans-in-place"].count.text() == "0"
    document.undo()
    assert document.workshop.row(FIRST).before == Tally()
    document.redo()
    assert hands.lines["not-yet-established"].count.text() == "12"


def test_undo_from_a_count_is_the_windows(window: MainWindow) -> None:
    window.console.go_to_row(FIRST)
    before = window.document.workshop.row(FIRST).before
    type_keys("h")
    type_keys("41 7")
    assert window.document.workshop.row(FIRST).before != before
    press(Key.Key_Z, CTRL)
    press(Key.Key_Z, CTRL)
    assert window.document.workshop.row(FIRST).before == before


def test_another_row_shows_its_own_hands(
    view: ChangeView, hands: HandsPanel, document: Document
) -> None:
    type_keys("h4")
    view.focus_row(SECOND)
    assert hands.lines["not-yet-established"].count.text() == "0"
    assert not hands.words.isVisible()
    hands.open(When.BEFORE)
    type_keys("6")
    assert counts(document, When.BEFORE, SECOND)[0] == 6
    assert counts(document, When.BEFORE)[0] == 4


def test_clearing_counts_again_from_the_first_level(hands: HandsPanel, document: Document) -> None:
    type_keys("h2 5")
    click(hands.clear)
    assert document.workshop.row(FIRST).before == Tally()
    assert focused() is hands.lines["not-yet-established"].count
    assert not hands.clear.isEnabled()
    document.undo()
    assert counts(document, When.BEFORE)[:2] == [2, 5]


def test_partners_take_a_position_each_by_digits(
    view: ChangeView, hands: HandsPanel, document: Document
) -> None:
    type_keys("h")
    click(hands.other)
    assert not hands.lines["mature"].isVisible()
    assert [name_of(line) for line in hands.partners.lines.values()] == [
        "Acute trust, Discharge lead",
        "Council",
        "Ann Lee",
    ]
    type_keys("452")
    tally = document.workshop.row(FIRST).before
    assert [tally.position(p.id) for p in PARTNERS] == ["mature", "exemplary", "plans-in-place"]
    assert hands.words.text() == "Before discussion: 3 partners, from Plans in place to Exemplary"
    row = view.page.matrix.row(FIRST)
    assert row.descriptors[3].accessibleDescription() == "1 partner"
    assert focused() is hands._unfold, "the last has theirs: a digit more is for nobody"
    type_keys("3")
    assert document.workshop.row(FIRST).before == tally
    assert document.workshop.row(FIRST).level is None
    hands.partners.lines["c"].take_keyboard()
    type_keys("0")
    assert document.workshop.row(FIRST).before.position("c") is None
    hands.partners.lines["c"].take_keyboard()
    type_keys("9")
    assert document.workshop.row(FIRST).before.position("c") is None
    click(hands.partners.lines["b"].choices["mature"])
    assert document.workshop.row(FIRST).before.position("b") == "mature"
    press(Key.Key_Escape)
    assert row.focused_column() == 0


def test_a_digit_that_takes_shift_counts_for_a_partner_too(
    hands: HandsPanel, document: Document
) -> None:
    type_keys("h")
    click(hands.other)
    digit = QKeyEvent(QEvent.Type.KeyPress, Key.Key_4, SHIFT, "4")  # as on a French keyboard
    QApplication.sendEvent(focused(), digit)
    assert document.workshop.row(FIRST).before.position("a") == "mature"
    assert focused().parent() is hands.partners.lines["b"]


@pytest.mark.parametrize("by_partner", [False, True])
def test_tab_goes_through_the_counts_as_they_are_read(
    view: ChangeView, hands: HandsPanel, *, by_partner: bool
) -> None:
    type_keys("h")
    if by_partner:
        click(hands.other)
        type_keys("30")
    QApplication.processEvents()
    inside = [
        widget
        for widget in stops(view)
        if view.panel.row.isAncestorOf(widget) and not isinstance(widget.parent(), Count)
    ]
    tops = [widget.mapTo(view, QPoint(0, widget.height() // 2)) for widget in inside]
    order = [(place.y() // 12, place.x()) for place in tops]
    assert order == sorted(order)
    assert len([w for w in inside if hands.isAncestorOf(w)]) == (7 if by_partner else 8)


def test_hands_and_positions_are_both_said_and_the_dots_are_of_the_hands(
    view: ChangeView, hands: HandsPanel, document: Document
) -> None:
    type_keys("h3")
    assert not hands._both.isVisible()
    click(hands.other)
    assert hands._both.isVisible()
    type_keys("4")
    words = "Before discussion: 3 hands, all at Not yet established; 1 partner, all at Mature"
    assert hands.words.text() == words
    row = view.page.matrix.row(FIRST)
    assert row.header.accessibleName() == f"Discharge to assess. Not discussed. {words}."
    assert [d.accessibleDescription() for d in row.descriptors] == ["3 hands", "", "", "", ""]
    click(hands.other)
    assert hands.lines["not-yet-established"].count.text() == "3"
    assert document.workshop.row(FIRST).before.position("a") == "mature"


def test_without_partners_there_is_nothing_to_count_by(
    model: Model, blank: Workshop, tmp_path: Path, qtbot: QtBot, appearance: Appearance
) -> None:
    nameless_one = Details(partners=(Partner(organisation="Council"),))
    workshop = msgspec.structs.replace(blank, details=nameless_one)
    document = Document(model, workshop, tmp_path / "room.hicm")
    view = shown_view(document, qtbot, appearance)
    type_keys("h")
    assert not view.panel.row.hands.other.isVisible()
    document.close()


def test_all_of_it_is_named_and_worked_by_a_screen_reader(
    view: ChangeView, hands: HandsPanel
) -> None:
    type_keys("h")
    assert nameless(view.panel) == []
    count = told(focused())
    assert count.role() == QAccessible.Role.SpinBox
    names = [name_of(line.more) for line in hands.lines.values()]
    assert names[3] == "One hand more at Mature"
    click(hands.other)
    assert nameless(view.panel) == []
    group = told(hands.partners.lines["a"].choices["mature"]).parent()
    assert group.text(QAccessible.Text.Name) == "Acute trust, Discharge lead"


def test_a_screen_reader_is_told_of_a_count_once_it_is_made(
    view: ChangeView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    announced: list[str] = []

    class Listening:
        """A screen reader that is on."""

        @staticmethod
        def isActive() -> bool:
            return True

        @staticmethod
        def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:
            assert event.object() is view
            announced.append(event.message())

    monkeypatch.setattr(announcing, "QAccessible", Listening)
    type_keys("h12")
    qtbot.waitUntil(lambda: bool(announced))
    words = "12 hands at Not yet established. 12 hands, all at Not yet established"
    assert announced == [f"Before discussion: {words}"]
    type_keys(" 3")
    view.focus_row(SECOND)
    words = "15 hands, at Not yet established and Plans in place"
    assert announced[1:] == [f"Before discussion: 3 hands at Plans in place. {words}"]


def test_a_workshop_that_is_only_read_shows_hands_and_takes_none(
    model: Model, blank: Workshop, tmp_path: Path, qtbot: QtBot, appearance: Appearance
) -> None:
    workshop = msgspec.structs.replace(blank, details=Details(partners=PARTNERS))
    document = Document(model, workshop, tmp_path / "room.hicm", read_only="Ann Lee has it open.")
    view = shown_view(document, qtbot, appearance)
    hands = view.panel.row.hands
    type_keys("h")
    count = focused()
    assert isinstance(count, Count)
    type_keys("4")
    press(Key.Key_Up)
    assert count.text() == "0"
    assert not hands.lines["mature"].more.isEnabled()
    assert not hands.clear.isEnabled()
    click(hands.other)
    assert not hands.partners.lines["a"].choices["mature"].isEnabled()
    assert document.workshop == workshop
    document.close()


@pytest.mark.parametrize("scale", [1.0, 2.5])
def test_the_count_that_has_the_keyboard_is_in_view(
    view: ChangeView, hands: HandsPanel, appearance: Appearance, scale: float, qtbot: QtBot
) -> None:
    appearance.set_scale(scale)
    view.resize(1024, 560)
    qtbot.wait(20)
    type_keys("h")
    for level in hands.lines:
        QApplication.processEvents()
        count = hands.lines[level].count
        assert count.hasFocus()
        assert count.visibleRegion().boundingRect() == count.rect(), level
        press(Key.Key_Right)


def test_a_hand_too_many_is_refused_in_words_until_the_next_that_is_taken(
    hands: HandsPanel, view: ChangeView, document: Document
) -> None:
    line = hands.lines["not-yet-established"]
    type_keys("h123")
    assert not line.limit.isVisible()
    type_keys("4")
    assert line.limit.isVisible()
    assert line.limit.text() == "999 is the most that is counted."
    assert counts(document, When.BEFORE)[0] == 123
    press(Key.Key_Backspace)
    assert not line.limit.isVisible()
    type_keys("34 ")
    assert not line.limit.isVisible()
    press(Key.Key_Left)
    type_keys("998")
    click(line.more)
    assert not line.limit.isVisible()
    click(line.more)
    assert line.limit.isVisible()
    assert counts(document, When.BEFORE)[0] == 999
    hands.open(When.AFTER)
    assert not line.limit.isVisible()
    hands.open(When.BEFORE)
    click(line.more)
    assert line.limit.isVisible()
    view.focus_row(SECOND)
    assert line.limit.isHidden()


def test_a_screen_reader_is_told_of_the_partners_where_hands_were_counted_too(
    hands: HandsPanel, qtbot: QtBot
) -> None:
    said: list[str] = []
    hands.said.connect(said.append)
    type_keys("h3")
    click(hands.other)
    type_keys("4")
    qtbot.waitUntil(lambda: len(said) > 1)
    assert said[-1] == (
        "Before discussion: 1 partner at Mature. "
        "3 hands, all at Not yet established; 1 partner, all at Mature"
    )
