"""Text that is too long for a field: refused whole and told, never cut. Odd text to the letter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QRect, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from hicm_desktop.ui.action_plan.editors import CellText
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.details.line_text import LineText
from hicm_desktop.ui.due_field import DueField
from hicm_desktop.ui.fields import AutoText
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.workshop.limits import LONGEST_TEXT, units

NOTHING_PASTED = "Nothing was pasted."


@pytest.fixture(params=["field", "line", "cell", "one line of the plan"])
def field(
    request: pytest.FixtureRequest, appearance: Appearance, qtbot: QtBot
) -> Iterator[AutoText | CellText]:
    """Give each kind of field of several lines, or of one that wraps."""
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(appearance.look.px(700), appearance.look.px(500))
    made: AutoText | CellText
    match request.param:
        case "field":
            made = AutoText("Note")
        case "line":
            made = LineText("Place")
        case kind:
            made = CellText("Owner", holder, 260, one_line=kind != "cell")
            made.show_over(QRect(20, 20, 300, 80))
    made.setParent(holder)
    made.resize(400, 90)
    holder.show()
    made.show()
    holder.activateWindow()
    made.setFocus()
    yield made
    holder.close()


def paste(widget: QPlainTextEdit | QLineEdit, text: str) -> None:
    """Paste as a keyboard does, through the clipboard."""
    data = QMimeData()
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)
    QTest.keyClick(widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("x" * 5_000_000, "5,000,000"),
        ("a line\n" * 700_000, "4,900,000"),
        ("😀" * 20_000, "40,000"),
        ("x" * (LONGEST_TEXT + 1), "30,001"),
    ],
    ids=["one line", "many lines", "emoji", "one too many"],
)
def test_a_paste_that_is_too_long_is_refused_whole_with_a_word(
    field: AutoText | CellText, text: str, length: str
) -> None:
    field.insertPlainText("before")
    paste(field, text)

    assert field.text() == "before"
    assert not field.refusal.isHidden()
    assert f"That text has {length} characters; this field holds up to 30,000" in (
        field.refusal.text()
    )
    assert NOTHING_PASTED in field.refusal.text()
    assert field.refusal.geometry().bottom() <= field.height()
    assert field.refusal.height() >= field.refusal.heightForWidth(field.refusal.width()) > 0


def test_a_paste_of_the_most_there_may_be_is_taken(field: AutoText | CellText) -> None:
    paste(field, "x" * LONGEST_TEXT)
    assert field.text() == "x" * LONGEST_TEXT
    assert field.refusal.isHidden()


def test_what_is_selected_makes_room(field: AutoText | CellText) -> None:
    field.insertPlainText("y" * LONGEST_TEXT)
    field.selectAll()
    paste(field, "x" * LONGEST_TEXT)
    assert field.text() == "x" * LONGEST_TEXT
    assert field.refusal.isHidden()


def test_a_paste_that_would_overflow_is_refused_whole(field: AutoText | CellText) -> None:
    field.insertPlainText("y" * (LONGEST_TEXT - 5))
    paste(field, "123456")
    assert field.text() == "y" * (LONGEST_TEXT - 5)
    assert "has 6 characters, and this field has room for 5 more" in field.refusal.text()


def test_a_full_field_takes_no_letter_and_says_so_until_it_is_shortened(
    field: AutoText | CellText,
) -> None:
    field.insertPlainText("y" * LONGEST_TEXT)
    QTest.keyClick(field, Qt.Key.Key_X)
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    composed = QInputMethodEvent()
    composed.setCommitString("é")
    QApplication.sendEvent(field, composed)
    assert field.text() == "y" * LONGEST_TEXT
    assert "This field is full" in field.refusal.text()

    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert field.text() == "y" * (LONGEST_TEXT - 1)
    assert field.refusal.isHidden()
    QTest.keyClick(field, Qt.Key.Key_X)
    assert field.text().endswith("yx")
    assert len(field.text()) == LONGEST_TEXT


def test_a_longer_text_of_an_older_file_is_shown_whole_and_may_be_shortened(
    field: AutoText | CellText,
) -> None:
    field.show_text("y" * 40_000)
    assert field.text() == "y" * 40_000
    paste(field, "x")
    assert field.text() == "y" * 40_000
    QTest.keyClick(field, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert field.text() == "y" * 39_999


def test_a_word_of_refusal_makes_room_for_itself_and_takes_it_back(
    qtbot: QtBot, appearance: Appearance
) -> None:
    assert appearance.look
    field = AutoText("Note")
    qtbot.addWidget(field)
    field.resize(300, field.sizeHint().height())
    field.show()
    before = field.height()
    with qtbot.waitSignal(field.refused):
        paste(field, "x" * 40_000)
    assert field.height() >= before + field.refusal.height() > before
    assert field.viewport().geometry().bottom() < field.refusal.geometry().top()
    field.insertPlainText("x")
    assert field.height() == before


@pytest.fixture
def line(appearance: Appearance, qtbot: QtBot) -> DueField:
    assert appearance.look
    due = DueField("When")
    qtbot.addWidget(due)
    due.show()
    due.activateWindow()
    due.line.setFocus()
    qtbot.waitUntil(due.line.hasFocus)
    return due


def test_a_line_refuses_what_is_too_long_whole_and_says_so(line: DueField, qtbot: QtBot) -> None:
    edit, refusal = line.line, line.refusal
    QTest.keyClicks(edit, "spring")
    with qtbot.assertNotEmitted(edit.textEdited):
        paste(edit, "x" * 5_000_000)
    assert edit.text() == "spring"
    assert "That text has 5,000,000 characters" in refusal.text()
    assert not refusal.isHidden()
    QTest.keyClicks(edit, "!")
    assert edit.text() == "spring!"
    assert refusal.isHidden()
    edit.selectAll()
    paste(edit, "x" * LONGEST_TEXT)
    assert edit.text() == "x" * LONGEST_TEXT
    QTest.keyClicks(edit, "y")
    assert edit.text() == "x" * LONGEST_TEXT
    assert "This field is full" in refusal.text()


def test_a_line_shows_a_longer_text_whole_and_lets_it_be_shortened(
    line: DueField,
) -> None:
    edit, refusal = line.line, line.refusal
    edit.clearFocus()
    edit.setText("y" * 40_000)
    assert edit.text() == "y" * 40_000
    assert refusal.isHidden()
    edit.setFocus()
    paste(edit, "zz")
    assert edit.text() == "y" * 40_000
    QTest.keyClick(edit, Qt.Key.Key_End)
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert edit.text() == "y" * 39_999
    paste(edit, "zz")
    assert edit.text() == "y" * 39_999


LINE_ENDS = str.maketrans(dict.fromkeys("\r\u2028\u2029\ufdd0\ufdd1", "\n"))


@pytest.mark.parametrize(
    "text",
    [
        "\u202eturned\u202c שלום مرحبا",
        "e\u0301 x\u0302\u0323 é",
        "😀 👩‍⚕️ 👍🏽 ❤️",
        "a\x01b\x07c\x1bd\x7fe\x85f",
        "no\u00a0break\u202fthin\u2009\u3000wide",
        "mark\ufeff\u200b\u2060\u00ad\ufffc",
        "a\u2028b\u2029c",
        "a\ufdd0b\ufdd1c",
        "a\r\nb\rc",
        "=1+1 <b>&amp;</b>",
        "tab\tand  spaces  ",
    ],
    ids=ascii,
)
def test_odd_text_is_recorded_to_the_letter_but_for_kinds_of_line_end(
    text: str, qtbot: QtBot
) -> None:
    """The rule: \\r\\n, \\r, U+2028, U+2029 and Qt's own U+FDD0 and U+FDD1 are line ends."""
    field = AutoText("Note")
    qtbot.addWidget(field)
    told: list[str] = []
    field.edited.connect(told.append)
    paste(field, text)
    assert told[-1] == text.replace("\r\n", "\n").translate(LINE_ENDS)


def test_letters_are_counted_as_excel_counts_them() -> None:
    assert [units(text) for text in ("", "abc", "é", "😀", "a😀\U0010ffff")] == [0, 3, 1, 2, 5]


def test_a_refused_paste_leaves_the_record_and_the_file_as_they_are(
    window: MainWindow, tmp_path: Path
) -> None:
    document = window.console.document
    window.console.go_to_row(document.model.changes[0].rows[0].id)
    document.flush()
    before = document.workshop
    on_disk = (tmp_path / "sample.hicm").read_bytes()
    field = next(
        f for f in window.findChildren(AutoText) if f.isVisible() and f.accessibleName() == "Note"
    )
    field.setFocus()
    paste(field, "x" * 5_000_000)
    assert document.workshop == before
    assert (tmp_path / "sample.hicm").read_bytes() == on_disk
    assert not field.refusal.isHidden()
