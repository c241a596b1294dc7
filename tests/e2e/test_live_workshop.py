"""A whole workshop by the keyboard alone, from its details to the sign-off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from hicm_desktop.model.values import Model
from hicm_desktop.ui.details_dialog import DetailsDialog
from hicm_desktop.ui.fields import AutoText
from hicm_desktop.workshop.entry import Kind
from hicm_desktop.workshop.room import Blank, RowPicture
from hicm_desktop.workshop.sealing import is_intact, standing_seal
from hicm_desktop.workshop.values import Lean, Outcome, RowRecord, Workshop

from .driving import ALT, CTRL, SHIFT, Driver, Key, run

PARTNERS = ("Northbridge Hospital", "Northbridge Council", "Lantern Carers")
PARKED_EVERY = 9
"""Of this many rows one is parked, one has a reservation, and one gets an action."""


def type_in(dialog: QDialog) -> None:
    """Fill in the details of a new workshop, from key to key."""
    assert isinstance(dialog, DetailsDialog)
    write("Northbridge")
    while not (QApplication.focusWidget() or dialog).accessibleName().startswith("Partner 1: org"):
        key(Key.Key_Tab)
    for number, organisation in enumerate(PARTNERS):
        if number:
            key(Key.Key_Return)
        write(organisation)
    until_named(dialog, dialog.keep)
    key(Key.Key_Space)


def until_named(dialog: QDialog, button: QPushButton) -> None:
    """Go on by Tab until a button has the keyboard."""
    for _ in range(200):
        if QApplication.focusWidget() is button:
            return
        key(Key.Key_Tab)
    raise AssertionError(f"Tab does not come to {button.text()} of {dialog.windowTitle()}")


def key(which: Key) -> None:
    target = QApplication.focusWidget()
    assert target is not None, "nothing has the keyboard"
    QTest.keyClick(target, which)
    QTest.qWait(1)


def write(text: str) -> None:
    target = QApplication.focusWidget()
    assert target is not None, "nothing has the keyboard"
    QTest.keyClicks(target, text)


def record_row(driver: Driver, number: int) -> None:
    """Take the room through one row, as its number has it."""
    driver.press(Key.Key_H)
    write("2")
    driver.press(Key.Key_Right)
    write("5")
    driver.press(Key.Key_Escape)
    driver.press(Key.Key_H, SHIFT)
    driver.press(Key.Key_Right)
    write("6")
    driver.press(Key.Key_Right)
    write("1")
    driver.press(Key.Key_Escape)
    match number % PARKED_EVERY:
        case 0:
            driver.press(Key.Key_P)
            write(f"Figures are missing for row {number}")
            driver.press(Key.Key_Escape)
        case 1:
            driver.press(Key.Key_3)
            driver.press(Key.Key_W)
            write("Lantern Carers: not at weekends")
            driver.press(Key.Key_Escape)
        case 2:
            driver.press(Key.Key_2)
            driver.press(Key.Key_Plus)
            driver.press(Key.Key_A)
            write(f"Train the ward of row {number}")
            driver.press(Key.Key_Escape)
        case 3:
            agree_in_room(driver, Key(Key.Key_1 + number % 5))
        case _:
            driver.press(Key(Key.Key_1 + number % 5))


def agree_in_room(driver: Driver, level: Key) -> None:
    """Show the row to the room, over the console; blank it and come back; agree its level there."""
    window, room = driver.window, driver.window.room
    driver.press(Key.Key_F5)
    shown = room.projector.window
    assert shown is not None
    driver.until(shown.isActiveWindow, "the room view has the keyboard")
    row = window.document.model.row(window.console.focus.row)
    seen = shown.stage.shown.content
    assert isinstance(seen, RowPicture)
    assert seen.row.name == row.name
    QTest.keyClick(shown, Key.Key_B)
    assert isinstance(shown.stage.shown.content, Blank)
    QTest.keyClick(shown, Key.Key_B)
    QTest.keyClick(shown, level)
    seen = shown.stage.shown.content
    assert isinstance(seen, RowPicture)
    assert [d.word for d in seen.row.descriptors].count("Agreed") == 1
    QTest.keyClick(shown, Key.Key_Escape)
    driver.until(window.isActiveWindow, "the console is back")


def tab_to(driver: Driver, widget: QWidget) -> None:
    """Go on by Tab until a widget has the keyboard."""
    for _ in range(200):
        if QApplication.focusWidget() is widget:
            return
        driver.press(Key.Key_Tab)
    raise AssertionError(f"Tab does not come to {widget.accessibleName()}")


def put_first(driver: Driver) -> None:
    """Go to the closing; put the third action first, and then the first action before it."""
    driver.press(Key.Key_R, CTRL)
    tab_to(driver, driver.window.console.closing.first.list)
    driver.press(Key.Key_End)
    driver.press(Key.Key_Return)
    driver.press(Key.Key_Down)
    driver.press(Key.Key_Return)
    driver.press(Key.Key_Up, ALT)


def sign_off(driver: Driver) -> None:
    """Go to the closing, and by Tab to the button that signs off."""
    driver.press(Key.Key_R, CTRL)
    tab_to(driver, driver.window.console.closing.sign_off.sign)
    driver.press(Key.Key_Space)


def check_row(model: Model, recorded: Workshop, record: RowRecord, number: int) -> None:
    """Check that a row says what `record_row` recorded."""
    levels = [level.id for level in model.levels]
    assert [(h.level, h.number) for h in record.before.hands] == [(levels[0], 2), (levels[1], 5)]
    assert [(h.level, h.number) for h in record.after.hands] == [(levels[1], 6), (levels[2], 1)]
    standing = (record.outcome, record.level, record.lean)
    match number % PARKED_EVERY:
        case 0:
            assert standing == (Outcome.PARKED, None, None)
            assert record.reason == f"Figures are missing for row {number}"
        case 1:
            assert standing == (Outcome.AGREED_WITH_RESERVATION, levels[2], None)
            assert record.reason == "Lantern Carers: not at weekends"
        case 2:
            assert standing == (Outcome.AGREED, levels[1], Lean.UP)
            (action,) = recorded.actions_of(record.row)
            assert action.to_do == f"Train the ward of row {number}"
        case _:
            assert standing == (Outcome.AGREED, levels[number % 5], None)


def test_nine_changes_and_27_rows_by_the_keyboard_alone(
    model: Model, workshops: Path, on_disk: Callable[[Path], Workshop]
) -> None:
    def facilitate(driver: Driver) -> None:
        driver.answer(type_in, lambda: driver.press(Key.Key_N, CTRL))
        number = 0
        for change in model.changes:
            driver.press(Key(Key.Key_0 + change.number), CTRL)
            driver.press(Key.Key_K)
            for i, row in enumerate(change.rows):
                if i:
                    driver.press(Key.Key_Down)
                assert driver.window.console.focus.row == row.id
                record_row(driver, number)
                number += 1
        driver.press(Key.Key_N, SHIFT)
        write("Ring the ward manager first")
        driver.press(Key.Key_Escape)
        put_first(driver)
        sign_off(driver)
        driver.saved()

    assert run([], facilitate) == 0
    (file,) = (path for path in workshops.iterdir() if path.suffix == ".hicm")
    recorded = on_disk(file)
    rows = [recorded.row(row.id) for _, row in model.rows()]
    assert len(rows) == 27
    for number, record in enumerate(rows):
        check_row(model, recorded, record, number)
    assert [p.organisation for p in recorded.details.partners] == list(PARTNERS)
    made = [f"Train the ward of row {number}" for number in (2, 11, 20)]
    assert [action.to_do for action in recorded.actions] == made
    first = [recorded.action(id_).to_do for id_ in recorded.first_actions]
    assert first == [made[0], made[2]]
    assert rows[-1].private_note == "Ring the ward manager first"
    assert recorded.clock.change == model.changes[-1].id
    assert recorded.clock.since is not None

    decided = {entry.row for entry in recorded.log if entry.kind is Kind.DECISION}
    assert decided == {row.id for _, row in model.rows()}
    assert [e.number for e in recorded.log] == sorted({e.number for e in recorded.log})
    (sealed,) = recorded.sealed
    assert is_intact(sealed)
    assert standing_seal(recorded) == sealed
    assert [p.organisation for p in sealed.present] == list(PARTNERS)
    assert not any(record.private_note for record in sealed.content.rows)


def test_undo_takes_all_of_it_back_and_redo_makes_it_again() -> None:
    def facilitate(driver: Driver) -> None:
        document = driver.window.document
        driver.press(Key.Key_1, CTRL)
        empty = document.workshop
        record_row(driver, 2)
        made = document.workshop
        steps = len(document.history.past)
        for _ in range(steps):
            driver.press(Key.Key_Z, CTRL)
        back = document.workshop
        assert (back.rows, back.actions) == (empty.rows, empty.actions)
        assert back.log, "what was taken back stays in the log"
        assert all(entry.taken_back for entry in back.log)
        for _ in range(steps):
            driver.press(Key.Key_Y, CTRL)
        assert document.workshop == made

    assert run([], facilitate) == 0


def test_what_is_typed_in_a_note_is_never_taken_for_a_key(
    workshops: Path, on_disk: Callable[[Path], Workshop]
) -> None:
    typed = "12345 hprwxug nta vbfk +-[]<> HNC"

    def facilitate(driver: Driver) -> None:
        driver.press(Key.Key_1, CTRL)
        driver.press(Key.Key_N)
        field = QApplication.focusWidget()
        assert isinstance(field, AutoText)
        driver.write(typed)
        driver.press(Key.Key_Escape)
        driver.saved()

    assert run([], facilitate) == 0
    (file,) = (path for path in workshops.iterdir() if path.suffix == ".hicm")
    (record,) = on_disk(file).rows
    assert record.note == typed
    assert (record.outcome, record.level) == (Outcome.NOT_DISCUSSED, None)
