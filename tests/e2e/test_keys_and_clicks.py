"""What docs/keys-and-clicks.md counts as ours is pressed and clicked in the real program."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QMenuBar, QWidget

from hicm_desktop.model.values import Model
from hicm_desktop.storage import codec
from hicm_desktop.ui.descriptor import Descriptor
from hicm_desktop.ui.scrolling import scroll_to
from hicm_desktop.workshop.clock import Clock
from hicm_desktop.workshop.edits import RowField
from hicm_desktop.workshop.journey import may_be_shown
from hicm_desktop.workshop.sealing import is_intact
from hicm_desktop.workshop.values import Lean, Outcome, RowRecord, Workshop

from .driving import ALT, CTRL, NONE, SHIFT, Driver, Key, run

DOC = Path(__file__).resolve().parents[2] / "docs" / "keys-and-clicks.md"
KEYS, MOUSE = "By keys", "By mouse"
STEP = re.compile(r"`([^`]+)`|“([^”]+)”")
NAMED = {
    "Enter": Key.Key_Return,
    "Esc": Key.Key_Escape,
    "Down": Key.Key_Down,
    "Right": Key.Key_Right,
    "Tab": Key.Key_Tab,
    "Space": Key.Key_Space,
    "F8": Key.Key_F8,
    "+": Key.Key_Plus,
}
HELD = {"Ctrl": CTRL, "Alt": ALT, "Shift": SHIFT}
LEFT = Qt.MouseButton.LeftButton
ROW, SECOND, THIRD = "discharge-to-assess", "reablement-and-pathways", "embedding-home-first"


class Way(msgspec.Struct, frozen=True):
    """One side of a line: its cell, and the number it gives."""

    cell: str
    count: int

    @property
    def steps(self) -> tuple[tuple[str, str], ...]:
        """What is pressed or clicked, and what is written, one after another: one is empty."""
        return tuple((act, text) for act, text in STEP.findall(self.cell))

    @property
    def acts(self) -> tuple[str, ...]:
        """What is pressed or clicked."""
        return tuple(act for act, _ in self.steps if act)


class Line(msgspec.Struct, frozen=True):
    """A task as the page has it. `hand` is what its table is headed by."""

    section: str
    hand: str
    task: str
    ours: Way
    sheet: Way


def read_lines(text: str) -> tuple[Line, ...]:
    """Read every line of every table of counts."""
    lines: list[Line] = []
    section = hand = ""
    for line in text.splitlines():
        if line.startswith("## "):
            section = line.removeprefix("## ")
        if not line.startswith("|") or line.startswith("| ---"):
            continue
        head, ours, number, sheet, their_number = (cell.strip() for cell in line[1:-1].split("|"))
        if ours == "Ours":
            hand = head
        else:
            ways = Way(ours, int(number)), Way(sheet, int(their_number))
            lines.append(Line(section, hand, head, *ways))
    return tuple(lines)


LINES = read_lines(DOC.read_text("utf-8"))


class Seen(msgspec.Struct, frozen=True):
    """What was there before a task and after it. `room` is what the room saw after each step."""

    model: Model
    before: Workshop
    after: Workshop
    change: str
    row: str
    room: tuple[str, ...]

    @property
    def record(self) -> RowRecord:
        return self.after.row(ROW)

    @property
    def level(self) -> int | None:
        level = self.record.level
        return None if level is None else self.model.level(level).number


def agreed(seen: Seen) -> None:
    assert (seen.record.outcome, seen.level, seen.row) == (Outcome.AGREED, 3, ROW)


def agreed_and_on(seen: Seen) -> None:
    assert (seen.record.outcome, seen.level, seen.row) == (Outcome.AGREED, 3, SECOND)


def reserved(seen: Seen) -> None:
    assert (seen.record.outcome, seen.level) == (Outcome.AGREED_WITH_RESERVATION, 3)
    assert seen.record.reason == "Carers: not at weekends"


def noted(seen: Seen) -> None:
    agreed(seen)
    assert seen.record.note == "Two wards so far"
    (action,) = [a for a in seen.after.actions if a not in seen.before.actions]
    assert (action.row, action.to_do) == (ROW, "Train the other wards")


def parked(seen: Seen) -> None:
    assert (seen.record.outcome, seen.record.reason) == (Outcome.PARKED, "Figures are missing")


def not_applicable(seen: Seen) -> None:
    outcome = (seen.record.outcome, seen.record.reason)
    assert outcome == (Outcome.NOT_APPLICABLE, "Done by the county")


def leaning(seen: Seen) -> None:
    assert (seen.level, seen.record.lean) == (3, Lean.UP)


def counted(seen: Seen) -> None:
    hands = {h.level: h.number for h in seen.record.before.hands}
    assert [hands.get(level.id) for level in seen.model.levels] == [2, 5, 6, 1, 1]


def revealed(seen: Seen) -> None:
    assert not may_be_shown(seen.before, ROW)
    assert may_be_shown(seen.after, ROW)
    assert seen.record.outcome is Outcome.NOT_DISCUSSED


def blanked(seen: Seen) -> None:
    assert "Room: blank" in seen.room
    assert seen.room[-1] == "Room: the row"


def at_change(number: int) -> Callable[[Seen], None]:
    def there(seen: Seen) -> None:
        assert seen.change == seen.model.changes[number - 1].id

    return there


def undone(seen: Seen) -> None:
    assert seen.before.row(ROW).level is not None
    assert (seen.record.level, seen.row) == (None, ROW)


def at_open_row(seen: Seen) -> None:
    assert seen.after.row(SECOND).outcome is Outcome.AGREED
    assert (seen.row, seen.after.row(THIRD).outcome) == (THIRD, Outcome.NOT_DISCUSSED)


def clock_runs(seen: Seen) -> None:
    assert seen.before.clock.since is None
    assert (seen.after.clock.change, seen.after.clock.since is None) == (seen.change, False)


def clock_pauses(seen: Seen) -> None:
    assert seen.before.clock.since is not None
    assert seen.after.clock.since is None


def signed_off(seen: Seen) -> None:
    (sealed,) = seen.after.sealed
    assert is_intact(sealed)
    assert len(sealed.present) == len(seen.after.details.partners)


class Task(msgspec.Struct, frozen=True):
    """What a task is to come to, what was pressed before, and whether it ends in the matrix."""

    check: Callable[[Seen], None]
    before: Sequence[Key] = ()
    ends_in_matrix: bool = True


TASKS = {
    "Agree a level": Task(agreed),
    "Agree a level and go to the next row": Task(agreed_and_on),
    "Agree with reservation, and why": Task(reserved),
    "Level, note and action": Task(noted),
    "Park, and why": Task(parked),
    "Not applicable, and why": Task(not_applicable),
    "Lean up from the level agreed": Task(leaning, [Key.Key_3]),
    "Show of hands at five levels": Task(counted),
    "Reveal the previous level": Task(revealed),
    "Blank the room, and back": Task(blanked, [Key.Key_F5], ends_in_matrix=False),
    "Go to the next change": Task(at_change(5)),
    "Go to a change further on": Task(at_change(9)),
    "Undo": Task(undone, [Key.Key_3]),
    "Find the next open row": Task(at_open_row, [Key.Key_3, Key.Key_Down, Key.Key_2, Key.Key_Up]),
    "Start the clock": Task(clock_runs),
    "Pause the clock": Task(clock_pauses, [Key.Key_K]),
    "Sign off": Task(signed_off, ends_in_matrix=False),
}


@pytest.fixture
def file(model: Model, sample: Workshop, tmp_path: Path) -> Path:
    """Give the sample as a file, with nothing of change 4 settled and no clock started yet."""
    rows = tuple(r for r in sample.rows if model.change_of(r.row).number != 4)
    begun = msgspec.structs.replace(sample, rows=rows, clock=Clock())
    path = tmp_path / "Northbridge.hicm"
    path.write_bytes(codec.encode(begun, model))
    return path


def press(driver: Driver, keys: str) -> None:
    """Press keys as they are written: “Ctrl+Enter”."""
    *held, last = [keys] if keys in NAMED else keys.split("+")
    modifiers = NONE
    for name in held:
        modifiers |= HELD[name]
    key: Key = NAMED.get(last) or getattr(Key, f"Key_{last}")
    driver.press(key, modifiers)


Place = tuple[QWidget, QRect]


def items(menus: Sequence[QMenu | QMenuBar], name: str) -> list[Place]:
    """Find the items of menus that are called so; an Undo also says what it takes back."""
    return [
        (menu, menu.actionGeometry(action))
        for menu in menus
        for action in menu.actions()
        if re.match(rf"{name}(:|$)", action.text().replace("&", ""))
    ]


def places(driver: Driver, name: str) -> list[Place]:
    """Find what a click may be on, by the words that stand there."""
    popup = QApplication.activePopupWidget()
    if isinstance(popup, QMenu):
        return items([popup], name)
    console = driver.window.console
    tabs, panel, matrix = console.tabs, console.changes.panel.row, driver.page.matrix
    numbers = [i for i in range(tabs.count()) if tabs.tabText(i) == name]
    counts = [v.count.lineEdit() for v in panel.hands.lines.values() if v.level.name == name]
    descriptors = matrix.row(console.focus.row).descriptors
    widgets: list[QWidget] = [
        *(row.header for row in matrix.rows if row.row.name == name),
        *(panel.fields[field].field for field in RowField if field.words == name),
        # With the hands unfolded it is they that are counted.
        *(counts if panel.hands.is_open else (d for d in descriptors if d.level.name == name)),
        *(
            button
            for button in driver.window.findChildren(QAbstractButton)
            if not isinstance(button, Descriptor)
            and re.match(rf"{name}( |$)", button.text().replace("&", ""))
        ),
    ]
    return [
        *items(driver.window.findChildren(QMenuBar), name),
        *((tabs, tabs.tabRect(i)) for i in numbers),
        *(
            (widget, widget.rect())
            for widget in widgets
            if widget.isVisible() and widget.isEnabled()
        ),
    ]


def click(driver: Driver, name: str) -> None:
    """Click the middle of what is called so."""
    driver.until(lambda: len(places(driver, name)) == 1, f"one thing is called {name!r}")
    ((widget, place),) = places(driver, name)
    scroll_to(widget)  # as by the wheel
    QTest.mouseClick(widget, LEFT, pos=place.center())
    QTest.qWait(1)


def play(driver: Driver, line: Line) -> list[str]:
    """Do what a line lists as ours; gives what the room saw after each step."""
    room: list[str] = []
    for act, text in line.ours.steps:
        if text:
            driver.write(text)
        elif line.hand == KEYS:
            press(driver, act)
        else:
            click(driver, act)
        room.append(driver.window.room.words)
    buttons = driver.window.findChildren(QAbstractButton)
    driver.until(lambda: not any(b.isDown() for b in buttons), "every button is up again")
    return room


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.hand}: {line.task}")
def test_what_is_listed_as_ours_does_the_task(
    line: Line, file: Path, model: Model, on_disk: Callable[[Path], Workshop]
) -> None:
    task = TASKS[line.task]
    seen: list[Seen] = []

    def facilitate(driver: Driver) -> None:
        driver.press(Key.Key_4, CTRL)
        for key in task.before:
            driver.press(key)
        window = driver.window
        assert window.console.focus.row == ROW
        before = window.document.workshop
        room = play(driver, line)
        if line.hand == KEYS and task.ends_in_matrix:
            assert isinstance(QApplication.focusWidget(), Descriptor), "back in the matrix"
        focus = window.console.focus
        after = window.document.workshop
        if after != before or task.before:
            driver.saved()
        seen.append(Seen(model, before, after, focus.change, focus.row, tuple(room)))

    assert run([str(file)], facilitate) == 0
    (told,) = seen
    assert on_disk(file) == told.after
    task.check(told)


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.hand}: {line.task}")
def test_the_count_is_that_of_what_is_listed_and_ours_is_never_more(line: Line) -> None:
    for way in (line.ours, line.sheet):
        assert len(way.acts) == way.count
        assert STEP.sub("", way.cell).strip() == "", "nothing is done that is not counted"
    assert [t for _, t in line.ours.steps if t] == [t for _, t in line.sheet.steps if t] or (
        line.task in ("Go to a change further on", "Sign off")
    ), "both write the same"
    assert line.ours.count <= line.sheet.count


def test_every_task_is_on_the_page_by_keys() -> None:
    tasks = [line.task for line in LINES if line.hand == KEYS]
    assert sorted(tasks) == sorted(TASKS)
    clicked = [line.task for line in LINES if line.hand == MOUSE]
    assert len(clicked) == len(set(clicked))
    assert set(TASKS) - set(clicked) == {
        "Agree a level and go to the next row",  # the next row is clicked at once
        "Go to a change further on",  # no different from the next one
        "Pause the clock",  # no different from its start
    }
