"""Single keys about the row in focus: outcomes, leans, the previous level, notes, actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hicm_desktop.document.document import Document
from hicm_desktop.model.values import Model
from hicm_desktop.ui import announcing
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.astray import TYPED
from hicm_desktop.ui.change_view import ChangeView
from hicm_desktop.ui.fields import AutoText
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.ui.navigation import Focus
from hicm_desktop.ui.side_panel import Side
from hicm_desktop.workshop.edits import AgreeLevel, ChangeField, RowField, SetOutcome, WriteRow
from hicm_desktop.workshop.places import ChangeFieldPlace, RowPlace
from hicm_desktop.workshop.room_edits import CountHands, LeanLevel, SetBaseline
from hicm_desktop.workshop.tally import When
from hicm_desktop.workshop.values import Baseline, EarlierRow, Lean, Outcome, Workshop

from .telling import Key, focused, press

CHANGE = "home-first"
FIRST, SECOND, THIRD = "discharge-to-assess", "reablement-and-pathways", "embedding-home-first"
SHIFT = Qt.KeyboardModifier.ShiftModifier
BASELINE = Baseline(
    workshop="earlier",
    held_on=dt.date(2025, 11, 12),
    rows=(EarlierRow(row=FIRST, outcome=Outcome.AGREED, level="plans-in-place"),),
)


@pytest.fixture
def document(model: Model, blank: Workshop, tmp_path: Path) -> Iterator[Document]:
    document = Document(model, blank, tmp_path / "room.hicm")
    yield document
    document.flush()
    document.close()


@pytest.fixture
def view(document: Document, qtbot: QtBot, appearance: Appearance) -> ChangeView:
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


@pytest.fixture
def told(view: ChangeView) -> list[str]:
    words: list[str] = []
    view.told.connect(words.append)
    return words


@pytest.fixture
def announced(view: ChangeView, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give what a screen reader that is on is told to say."""
    words: list[str] = []

    class Listening:
        """A screen reader that is on."""

        @staticmethod
        def isActive() -> bool:
            return True

        @staticmethod
        def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:
            assert event.object() is view
            words.append(event.message())

    monkeypatch.setattr(announcing, "QAccessible", Listening)
    return words


def type_keys(text: str) -> None:
    """Type each character where the keyboard is by then."""
    for character in text:
        QTest.keyClicks(focused(), character)


def shown(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


@pytest.mark.parametrize(
    ("key", "outcome"),
    [("w", Outcome.AGREED_WITH_RESERVATION), ("p", Outcome.PARKED), ("x", Outcome.NOT_APPLICABLE)],
)
def test_one_key_settles_the_row_and_the_reason_can_be_typed_at_once(
    view: ChangeView, document: Document, key: str, outcome: Outcome
) -> None:
    type_keys(f"3{key}")
    assert document.workshop.row(FIRST).outcome is outcome
    assert view.panel.row.outcomes.choices[outcome].isChecked()
    reason = view.panel.row.fields[RowField.REASON]
    assert reason.caption.text() == "Reason (needed)"
    type_keys("Nights, pg 2")
    assert document.workshop.row(FIRST).reason == "Nights, pg 2"
    assert reason.caption.text() == "Reason"
    press(Key.Key_Escape)
    assert view.page.matrix.row(FIRST).focused_column() is not None
    document.undo()
    document.undo()
    assert document.workshop.row(FIRST).outcome is Outcome.AGREED


def test_agreed_and_not_discussed_are_a_key_each_and_stay_in_the_matrix(
    view: ChangeView, document: Document
) -> None:
    type_keys("4w")
    press(Key.Key_Escape)
    type_keys("g")
    assert document.workshop.row(FIRST).outcome is Outcome.AGREED
    assert view.page.matrix.row(FIRST).focused_column() == 3
    type_keys("u")
    assert document.workshop.row(FIRST).outcome is Outcome.NOT_DISCUSSED
    assert document.workshop.row(FIRST).level is None
    assert view.page.matrix.row(FIRST).focused_column() == 3


@pytest.mark.usefixtures("view")
@pytest.mark.parametrize("key", ["g", "w"])
def test_an_agreement_without_a_level_says_that_one_comes_first(
    document: Document, told: list[str], key: str
) -> None:
    type_keys(key)
    assert document.workshop.row(FIRST).outcome is Outcome.NOT_DISCUSSED
    (words,) = told
    assert words.startswith("Agree a level first: press 1 to 5")
    assert not isinstance(QApplication.focusWidget(), AutoText)


@pytest.mark.parametrize(
    ("keys", "lean"),
    [
        *((key, Lean.UP) for key in "+>]"),
        *((key, Lean.DOWN) for key in "-<["),
        ("++", None),
        ("--", None),
        ("-+", Lean.UP),
    ],
)
def test_a_key_leans_and_the_same_again_clears_it(
    view: ChangeView, document: Document, keys: str, lean: Lean | None
) -> None:
    type_keys(f"3{keys}")
    assert document.workshop.row(FIRST).lean is lean
    row = view.page.matrix.row(FIRST)
    word = f"Agreed, {lean.words}" if lean else "Agreed"
    assert row.descriptors[2].word == word
    assert row.header.accessibleName() == f"Discharge to assess. {word}."
    assert view.panel.row.leans.choices[lean].isChecked()


@pytest.mark.parametrize(
    ("before", "key", "words"),
    [
        ("", "+", "Agree a level first: press 1 to 5, then + or −."),
        ("5", "+", "Exemplary is the highest level: there is none further to lean to."),
        ("1", "-", "Not yet established is the lowest level: there is none further to lean to."),
    ],
)
def test_where_a_row_cannot_lean_it_is_said_why(
    view: ChangeView, document: Document, told: list[str], before: str, key: str, words: str
) -> None:
    assert not view.panel.row.leans.isVisible()
    type_keys(before + key)
    assert told == [words]
    assert document.workshop.row(FIRST).lean is None
    assert view.panel.row.leans.isVisible() == bool(before)
    down, up = (view.panel.row.leans.choices[lean] for lean in (Lean.DOWN, Lean.UP))
    assert (down.isEnabled(), up.isEnabled()) == (before == "5", before == "1")


def test_the_lean_choices_do_what_the_keys_do(view: ChangeView, document: Document) -> None:
    type_keys("3")
    leans = view.panel.row.leans
    leans.choices[Lean.UP].click()
    assert document.workshop.row(FIRST).lean is Lean.UP
    leans.choices[None].click()
    assert document.workshop.row(FIRST).lean is None


def test_the_previous_level_stays_hidden_until_it_is_revealed_by_a_key(
    view: ChangeView, document: Document
) -> None:
    part = view.panel.row.previous
    assert not part.isVisible()
    document.apply(SetBaseline(BASELINE))
    row = view.page.matrix.row(FIRST)
    assert part.words.text() == "Previous level: hidden until one is agreed."
    assert not any(d.foot.before for d in row.descriptors)
    assert "Earlier" not in row.header.accessibleName()
    type_keys("r")
    assert document.workshop.row(FIRST).previous_shown
    assert part.words.text() == "Earlier: Plans in place, 12 November 2025."
    assert [d.foot.before for d in row.descriptors] == [False, True, False, False, False]
    assert row.descriptors[1].accessibleDescription() == "The level before"
    assert row.header.accessibleName().endswith("Not discussed. Earlier: Plans in place.")
    type_keys("r")
    assert not any(d.foot.before for d in row.descriptors)
    part.button.click()
    assert document.workshop.row(FIRST).previous_shown


def test_an_agreed_row_shows_what_moved(
    view: ChangeView, document: Document, told: list[str]
) -> None:
    type_keys("4")
    document.apply(SetBaseline(BASELINE))
    part = view.panel.row.previous
    words = "Earlier: Plans in place, 12 November 2025. 2 levels up from before."
    assert part.words.text() == words
    assert not part.button.isVisible()
    assert "2 levels up from before." in view.page.matrix.row(FIRST).header.accessibleName()
    type_keys("r")
    assert told == [words]
    assert not document.workshop.row(FIRST).previous_shown


@pytest.mark.usefixtures("view")
def test_a_sentence_typed_after_a_key_that_did_nothing_records_nothing(
    document: Document, told: list[str]
) -> None:
    before = document.workshop
    type_keys("wthe 4 beds, pxu+b1")
    assert document.workshop is before
    assert told[0] == "Agree a level first: press 1 to 5, then W."
    assert told[-1] == TYPED
    press(Key.Key_Escape)
    type_keys("4")
    assert document.workshop.row(FIRST).level == "mature"


@pytest.mark.usefixtures("view")
def test_the_level_that_was_asked_for_is_taken_at_once_and_another_key_after_a_while(
    document: Document, qtbot: QtBot, view: ChangeView
) -> None:
    type_keys("w3")
    assert document.workshop.row(FIRST).level == "established"
    document.undo()
    type_keys("w")
    qtbot.waitUntil(lambda: not view._astray._typing.isActive())
    type_keys("p")
    assert document.workshop.row(FIRST).outcome is Outcome.PARKED


@pytest.mark.usefixtures("view")
def test_revealing_without_a_baseline_says_that_there_is_none(
    document: Document, told: list[str]
) -> None:
    before = document.workshop
    type_keys("r")
    assert told == ["There is no earlier workshop here to compare with."]
    assert document.workshop is before


@pytest.mark.usefixtures("view")
def test_revealing_what_the_earlier_workshop_says_nothing_of_says_so(
    document: Document, told: list[str]
) -> None:
    document.apply(SetBaseline(Baseline(workshop="earlier", place="Northdale")))
    before = document.workshop
    type_keys("r")
    assert told == ["The earlier workshop says nothing of this row."]
    assert document.workshop is before


def test_shift_goes_to_the_private_notes(view: ChangeView, document: Document) -> None:
    press(Key.Key_N, SHIFT)
    assert focused() is view.panel.row.fields[RowField.PRIVATE_NOTE].field
    type_keys("Nc 1")
    assert document.workshop.row(FIRST).private_note == "Nc 1"
    press(Key.Key_Escape)
    press(Key.Key_C, SHIFT)
    assert view.panel.side is Side.CHANGE
    assert focused() is view.panel.change.fields[ChangeField.PRIVATE_NOTE].field
    type_keys("Nc 2")
    assert document.workshop.change(CHANGE).private_note == "Nc 2"
    for note in (
        view.panel.row.fields[RowField.PRIVATE_NOTE],
        view.panel.change.fields[ChangeField.PRIVATE_NOTE],
    ):
        assert note.objectName() == "private"
        assert note.caption.text() == "Private note, for you alone"
    assert "note" not in view.page.matrix.row(FIRST).header.accessibleName()


def test_a_key_makes_the_action_with_the_next_level_as_its_prompt(
    view: ChangeView, document: Document
) -> None:
    type_keys("3a")
    (action,) = document.workshop.actions
    assert action.row == FIRST
    assert shown(view.panel.action)[1] == "Next level, Mature:"
    assert shown(view.panel.action)[2] == document.model.descriptor(FIRST, "mature")
    type_keys("A plan")
    assert document.workshop.actions[0].to_do == "A plan"


def test_after_the_highest_level_there_is_no_next_one_and_it_is_said(view: ChangeView) -> None:
    type_keys("5a")
    words = shown(view.panel.action)
    assert words[1] == "Exemplary is the highest level: there is no next one."
    assert not any(text.startswith("Next level") for text in words)
    press(Key.Key_Escape)
    assert "Exemplary is the highest level." in shown(view.panel.row)


@pytest.mark.parametrize("letter", ["B", "F", "V", "K"])
def test_keys_about_the_room_and_the_clock_are_asked_for(
    view: ChangeView, document: Document, letter: str
) -> None:
    asked: list[str] = []
    view.key_asked.connect(asked.append)
    before = document.workshop
    type_keys(letter.lower())
    assert asked == [letter]
    press(Qt.Key(ord(letter)), SHIFT)
    assert asked == [letter]
    assert document.workshop is before


def key_event(
    text: str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, *, again: bool = False
) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, ord(text.upper()), held, text, again)


def test_a_key_typed_in_another_window_is_answered_here(
    view: ChangeView, document: Document
) -> None:
    assert view.answer_key(key_event("2"))
    assert document.workshop.row(FIRST).level == "plans-in-place"
    assert not view.answer_key(key_event("z"))
    assert not view.answer_key(key_event("p", again=True))
    for held in (
        Qt.KeyboardModifier.ControlModifier,
        Qt.KeyboardModifier.AltModifier,
        Qt.KeyboardModifier.MetaModifier,
        SHIFT,
    ):
        assert not view.answer_key(key_event("p", held))
    assert document.workshop.row(FIRST).outcome is Outcome.AGREED
    view.hide()
    assert not view.answer_key(key_event("p"))
    assert document.workshop.row(FIRST).outcome is Outcome.AGREED


@pytest.mark.parametrize(
    ("text", "held", "lean"),
    [
        ("]", Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier, Lean.UP),
        ("[", Qt.KeyboardModifier.GroupSwitchModifier, Lean.DOWN),
        ("+", SHIFT, Lean.UP),
        ("=", Qt.KeyboardModifier.NoModifier, Lean.UP),
        ("+", Qt.KeyboardModifier.KeypadModifier, Lean.UP),
        ("+", Qt.KeyboardModifier.ControlModifier, None),
    ],
)
def test_signs_count_however_a_keyboard_types_them(
    view: ChangeView,
    document: Document,
    text: str,
    held: Qt.KeyboardModifier,
    lean: Lean | None,
) -> None:
    type_keys("3")
    assert view.answer_key(key_event(text, held)) == (lean is not None)
    assert document.workshop.row(FIRST).lean is lean


def test_a_key_from_another_window_brings_this_one_to_the_front_to_be_typed_in(
    view: ChangeView, qtbot: QtBot
) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    assert view.answer_key(key_event("p"))
    qtbot.waitUntil(view.isActiveWindow)
    assert focused() is view.panel.row.fields[RowField.REASON].field


def test_a_screen_reader_is_told_of_levels_leans_and_outcomes(
    document: Document, announced: list[str]
) -> None:
    type_keys("4+")
    assert announced == [
        "Discharge to assess: Mature, agreed",
        "Discharge to assess: Mature, leaning up, agreed",
    ]
    type_keys("w")
    assert announced[2:] == [
        "Discharge to assess: Mature, leaning up, agreed with reservation",
    ]
    press(Key.Key_Escape)
    type_keys("p")
    press(Key.Key_Escape)
    type_keys("33r")
    assert announced[3:] == [
        "Discharge to assess: Parked",
        "Discharge to assess: Established, agreed",
        "Discharge to assess: Not discussed",
    ]
    document.apply(SetBaseline(BASELINE))
    type_keys("rr")
    assert announced[6:] == ["Earlier: Plans in place, 12 November 2025.", "Previous level hidden"]


def test_a_workshop_that_is_only_read_refuses_every_key_and_changes_nothing(
    model: Model, blank: Workshop, tmp_path: Path, qtbot: QtBot, appearance: Appearance
) -> None:
    document = Document(model, blank, tmp_path / "room.hicm", read_only="Ann Lee has it open.")
    view = ChangeView(document, Focus(model), appearance)
    qtbot.addWidget(view)
    view.show()
    view.show_change(CHANGE)
    refused: list[bool] = []
    document.refused.connect(lambda: refused.append(True))
    told: list[str] = []
    view.told.connect(told.append)
    keys = "1gwpxu+-a"
    for key in keys:
        view.answer_key(key_event(key))
    assert len(refused) == len(keys)
    assert told == []
    assert document.workshop == blank
    assert not view.panel.row.previous.button.isEnabled()
    document.close()


def test_the_next_parked_row_is_one_key_away_and_it_goes_round(window: MainWindow) -> None:
    console = window.console
    console.go_to_tab(0)
    model, workshop = window.document.model, window.document.workshop
    parked = [row.id for _, row in model.rows() if workshop.row(row.id).outcome is Outcome.PARKED]
    assert len(parked) > 1
    for row_id in (*parked, parked[0]):
        QTest.keyClick(window, Key.Key_F8, SHIFT)
        QTest.qWait(1)
        assert console.focus.row == row_id
        assert console.shows_change


def test_no_parked_row_leaves_the_facilitator_where_they_are(window: MainWindow) -> None:
    for record in window.document.workshop.rows:
        if record.outcome is Outcome.PARKED:
            window.document.apply(SetOutcome(record.row, Outcome.NOT_DISCUSSED))
    window.console.go_to_row(SECOND)
    assert not window.console.next_row(Outcome.PARKED)
    assert window.console.focus.row == SECOND


def test_a_place_in_a_private_note_is_gone_to(window: MainWindow) -> None:
    panel = window.console.changes.panel
    window.console.go_to(RowPlace(SECOND, field=RowField.PRIVATE_NOTE))
    assert focused() is panel.row.fields[RowField.PRIVATE_NOTE].field
    window.console.go_to(ChangeFieldPlace(CHANGE, ChangeField.PRIVATE_NOTE))
    assert focused() is panel.change.fields[ChangeField.PRIVATE_NOTE].field


def test_a_note_that_is_gone_to_stays_in_view_while_the_panel_gets_its_height(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.console.go_to(RowPlace(SECOND, field=RowField.PRIVATE_NOTE))
    field = window.console.changes.panel.row.fields[RowField.PRIVATE_NOTE].field
    qtbot.waitUntil(lambda: field.visibleRegion().boundingRect() == field.rect())
    before = field.mapTo(window.console.changes.panel.row, QPoint(0, 0)).y()
    window.document.apply(WriteRow(SECOND, RowField.DATA, "A line\n" * 30))
    qtbot.wait(100)
    assert field.mapTo(window.console.changes.panel.row, QPoint(0, 0)).y() > before + 200
    assert field.visibleRegion().boundingRect() == field.rect()


def test_what_is_recorded_elsewhere_is_shown_in_the_head_of_its_row(
    view: ChangeView, document: Document
) -> None:
    levels = tuple(level.id for level in document.model.levels)
    document.apply(AgreeLevel(SECOND, "mature"))
    document.apply(LeanLevel(SECOND, Lean.DOWN))
    document.apply(CountHands(SECOND, When.BEFORE, "plans-in-place", 2, levels))
    document.apply(CountHands(SECOND, When.BEFORE, "mature", 3, levels))
    document.apply(WriteRow(SECOND, RowField.NOTE, "Soon"))
    assert view.page.matrix.row(SECOND).header.accessibleName() == (
        "Reablement and pathways. Agreed, leaning down. "
        "Before discussion: 5 hands, from Plans in place to Mature, none between. 1 note."
    )


def press_button(view: ChangeView, name: str) -> QPushButton:
    """Give a button of the panel the keyboard."""
    buttons = view.panel.findChildren(QPushButton)
    (button,) = (b for b in buttons if b.isVisible() and name in (b.accessibleName(), b.text()))
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert focused() is button
    return button


def test_a_key_that_records_is_not_answered_from_a_button_of_the_panel(
    view: ChangeView, document: Document, told: list[str]
) -> None:
    document.apply(SetBaseline(BASELINE))
    document.apply(AgreeLevel(SECOND, "mature"))
    view.focus_row(SECOND)
    button = press_button(view, "Add an action from this row")
    before = document.workshop
    for key in "123459gwpxu+->][<ra":
        type_keys(key)
        assert document.workshop is before, key
        assert focused() is button
    assert set(told) == {"Nothing was recorded. Press Esc to go back to the matrix, then the key."}
    type_keys("t")
    assert view.panel.side is Side.GUIDANCE
    type_keys("2")
    assert document.workshop is before
    press(Key.Key_Escape)
    assert view.page.matrix.row(SECOND).focused_column() is not None
    type_keys("2")
    assert document.workshop.row(SECOND).level == "plans-in-place"


def test_a_date_typed_on_a_button_of_an_action_changes_nothing_and_leads_nowhere(
    view: ChangeView, document: Document
) -> None:
    type_keys("3a")
    asked: list[str] = []
    view.key_asked.connect(asked.append)
    before = document.workshop
    button = press_button(view, "Calendar")
    type_keys("12 march 2026, before knh".replace(" ", ""))
    assert document.workshop is before
    assert focused() is button
    assert asked == []
    assert view.panel.side is Side.ACTION
    press(Key.Key_Escape)
    assert view.page.matrix.row(FIRST).focused_column() is not None
    type_keys("4")
    assert document.workshop.row(FIRST).level == "mature"


def test_the_room_is_answered_while_a_button_of_the_panel_has_the_keyboard(
    view: ChangeView, document: Document
) -> None:
    press_button(view, "Add an action from this row")
    assert view.answer_key(key_event("2"))
    assert document.workshop.row(FIRST).level == "plans-in-place"


def test_another_outcome_asks_for_its_own_reason_and_undo_brings_the_old_one(
    view: ChangeView, document: Document
) -> None:
    reason = view.panel.row.fields[RowField.REASON]
    type_keys("pNo data")
    press(Key.Key_Escape)
    type_keys("p!")
    assert document.workshop.row(FIRST).reason == "No data!"
    press(Key.Key_Escape)
    type_keys("x")
    assert focused() is reason.field
    assert document.workshop.row(FIRST).reason == ""
    assert reason.caption.text() == "Reason (needed)"
    type_keys("Not here")
    assert document.workshop.row(FIRST).reason == "Not here"
    document.undo()
    document.undo()
    assert document.workshop.row(FIRST).reason == "No data!"
    document.redo()
    press(Key.Key_Escape)
    QTest.mouseClick(view.panel.row.outcomes.choices[Outcome.PARKED], Qt.MouseButton.LeftButton)
    type_keys("Later")
    assert document.workshop.row(FIRST).reason == "Later"


def test_a_reason_kept_from_before_is_named_so(view: ChangeView) -> None:
    reason = view.panel.row.fields[RowField.REASON]
    type_keys("pNo data")
    assert reason.caption.text() == "Reason"
    press(Key.Key_Escape)
    type_keys("3")
    assert reason.caption.text() == "Reason (kept from before)"
    assert reason.field.accessibleName() == "Reason (kept from before)"
    type_keys("w")
    assert reason.caption.text() == "Reason (needed)", "of the reservation, which is another"


def test_there_is_no_next_level_until_one_is_agreed(view: ChangeView) -> None:
    assert not any(words.startswith("Next level") for words in shown(view.panel.row))
    type_keys("a")
    assert shown(view.panel.action)[1] == (
        "Agree a level first; then the next one’s wording stands here."
    )
    assert not any("Not yet established" in words for words in shown(view.panel.action))
    press(Key.Key_Escape)
    type_keys("1")
    assert any(words.startswith("Next level, Plans in place") for words in shown(view.panel.row))
