"""The search: words typed are found as one types, and a key goes to where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QTextLayout
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListView, QStyleOptionViewItem, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from hicm_desktop.document.document import Document
from hicm_desktop.model.values import Model
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.search_popup import SearchPopup
from hicm_desktop.ui.search_results import IN_MODEL, MOST, RECORDED, ResultPainter, Results
from hicm_desktop.workshop.edits import RowField, WriteRow
from hicm_desktop.workshop.places import DetailsPlace, RowPlace
from hicm_desktop.workshop.search import Hit, search
from hicm_desktop.workshop.values import Workshop


class Window(QWidget):
    """A window with a field to come from, and an ear for keys that should not reach it."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[int] = []
        self.note = QLineEdit()
        QVBoxLayout(self).addWidget(self.note)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.heard.append(event.key())


@pytest.fixture
def document(model: Model, sample: Workshop, tmp_path: Path) -> Iterator[Document]:
    document = Document(model, sample, tmp_path / "sample.hicm")
    yield document
    document.flush()
    document.close()


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    window = Window()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.note.setFocus()
    return window


@pytest.fixture
def popup(window: Window, document: Document, appearance: Appearance) -> SearchPopup:
    popup = SearchPopup(document, appearance, window)
    popup.open()
    return popup


def look_for(qtbot: QtBot, popup: SearchPopup, words: str) -> None:
    popup.field.clear()
    QTest.keyClicks(popup.field, words)
    qtbot.waitUntil(lambda: not popup._pause.isActive())


def lines(popup: SearchPopup) -> list[Hit | str]:
    results = popup.results
    return [results.line(results.index(row, 0)) for row in range(results.rowCount())]


def current(popup: SearchPopup) -> Hit | None:
    return popup.results.hit(popup.list.currentIndex())


def test_it_opens_with_the_keyboard_in_its_field_and_says_what_it_searches(
    popup: SearchPopup, window: Window
) -> None:
    assert popup.isVisible()
    assert popup.field.hasFocus()
    assert popup.field.accessibleName() == "Search"
    assert popup.list.accessibleName() == "Search results"
    assert "Searches the model’s wording" in popup.said.text()
    assert not popup.list.isVisible()
    assert popup.geometry().right() > window.width() - 30
    assert popup.y() < 30


def test_what_was_recorded_is_listed_before_the_model_each_under_its_heading(
    qtbot: QtBot, popup: SearchPopup, model: Model, sample: Workshop
) -> None:
    look_for(qtbot, popup, "carers")
    hits = list(search(model, sample, "carers"))
    listed = lines(popup)
    assert [line for line in listed if isinstance(line, Hit)] == hits
    assert [line for line in listed if isinstance(line, str)] == [RECORDED, IN_MODEL]
    recorded = listed[1 : listed.index(IN_MODEL)]
    assert popup.said.text() == (
        f"{len(hits)} results: {len(recorded)} recorded here, "
        f"{len(hits) - len(recorded)} in the model."
    )
    assert popup.field.accessibleDescription() == popup.said.text()
    assert any(isinstance(line, Hit) and isinstance(line.place, DetailsPlace) for line in recorded)


def test_no_match_says_what_was_searched_and_what_to_try(qtbot: QtBot, popup: SearchPopup) -> None:
    look_for(qtbot, popup, "zebra crossing")
    assert "Nothing has all of “zebra crossing”" in popup.said.text()
    assert "Try fewer words" in popup.said.text()
    assert not popup.list.isVisible()


def test_many_results_are_bounded_and_it_says_so(
    qtbot: QtBot, popup: SearchPopup, model: Model, sample: Workshop
) -> None:
    look_for(qtbot, popup, "care")
    assert len(search(model, sample, "care")) > MOST
    assert sum(isinstance(line, Hit) for line in lines(popup)) == MOST
    assert f"The first {MOST} are shown" in popup.said.text()


def test_up_and_down_move_over_headings_while_typing_goes_on(
    qtbot: QtBot, popup: SearchPopup
) -> None:
    look_for(qtbot, popup, "carers")
    hits = [line for line in lines(popup) if isinstance(line, Hit)]
    assert current(popup) == hits[0]
    QTest.keyClick(popup.field, Qt.Key.Key_Up)
    assert current(popup) == hits[0]
    seen = [hits[0]]
    for _ in hits[1:]:
        QTest.keyClick(popup.field, Qt.Key.Key_Down)
        found = current(popup)
        assert found is not None
        seen.append(found)
        shown = popup.list.visualRect(popup.list.currentIndex())
        assert popup.list.viewport().rect().contains(shown)
    assert seen == hits
    assert popup.field.hasFocus()


def test_return_goes_there_closes_and_gives_the_keyboard_back(
    qtbot: QtBot, popup: SearchPopup, window: Window
) -> None:
    look_for(qtbot, popup, "kestrel")
    QTest.keyClick(popup.field, Qt.Key.Key_Down)
    found = current(popup)
    assert found is not None
    with qtbot.waitSignal(popup.place_chosen) as chosen:
        QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert chosen.args == [found.place]
    assert isinstance(found.place, RowPlace)
    assert not popup.isVisible()
    assert window.note.hasFocus()


def test_return_straight_after_typing_goes_to_what_was_typed(
    qtbot: QtBot, popup: SearchPopup, model: Model, sample: Workshop
) -> None:
    look_for(qtbot, popup, "carers")
    before = current(popup)
    assert before is not None
    popup.field.clear()
    QTest.keyClicks(popup.field, "mother")
    with qtbot.waitSignal(popup.place_chosen) as chosen:
        QTest.keyClick(popup.field, Qt.Key.Key_Return)
    wanted = search(model, sample, "mother")[0].place
    assert chosen.args == [wanted]
    assert wanted != before.place


def test_a_click_goes_there(qtbot: QtBot, popup: SearchPopup) -> None:
    look_for(qtbot, popup, "kestrel")
    index = popup.results.index(2, 0)
    found = popup.results.hit(index)
    assert found is not None
    with qtbot.waitSignal(popup.place_chosen) as chosen:
        QTest.mouseClick(
            popup.list.viewport(),
            Qt.MouseButton.LeftButton,
            pos=popup.list.visualRect(index).center(),
        )
    assert chosen.args == [found.place]


def test_opened_again_it_holds_the_words_and_the_place_for_the_next_try(
    qtbot: QtBot, popup: SearchPopup
) -> None:
    look_for(qtbot, popup, "carers")
    for _ in range(3):
        QTest.keyClick(popup.field, Qt.Key.Key_Down)
    stood = current(popup)
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    popup.open()
    assert current(popup) == stood
    assert popup.field.selectedText() == "carers"


def test_escape_closes_from_field_and_list_and_gives_the_keyboard_back(
    qtbot: QtBot, popup: SearchPopup, window: Window
) -> None:
    QTest.keyClick(popup.field, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert window.note.hasFocus()
    popup.open()
    look_for(qtbot, popup, "carers")
    popup.list.setFocus()
    QTest.keyClick(popup.list, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert window.note.hasFocus()


def test_no_key_reaches_the_window_below(qtbot: QtBot, popup: SearchPopup, window: Window) -> None:
    look_for(qtbot, popup, "carers")
    for widget in (popup.field, popup.list, popup):
        for key in (Qt.Key.Key_3, Qt.Key.Key_N, Qt.Key.Key_F9, Qt.Key.Key_Left):
            QTest.keyClick(widget, key)
    assert window.heard == []


def test_single_keys_of_the_window_rest_while_it_is_open(
    qtbot: QtBot, popup: SearchPopup, window: Window
) -> None:
    fired: list[str] = []
    for keys in ("3", "Esc", "Ctrl+S"):
        QShortcut(QKeySequence(keys), window, lambda k=keys: fired.append(k))
    look_for(qtbot, popup, "carers")
    popup.list.setFocus()
    QTest.keyClick(popup.list, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(popup.list, Qt.Key.Key_3)
    QTest.keyClick(popup.field, Qt.Key.Key_Escape)
    assert fired == ["Ctrl+S"]
    assert not popup.isVisible()


def test_typing_in_the_list_goes_on_in_the_field(qtbot: QtBot, popup: SearchPopup) -> None:
    look_for(qtbot, popup, "care")
    popup.list.setFocus()
    QTest.keyClick(popup.list, Qt.Key.Key_R)
    assert popup.field.hasFocus()
    assert popup.field.text() == "carer"


def test_it_gets_out_of_the_way_when_the_keyboard_goes_elsewhere(
    popup: SearchPopup, window: Window
) -> None:
    QTest.mouseClick(window.note, Qt.MouseButton.LeftButton)
    assert not popup.isVisible()
    assert window.note.hasFocus()


def test_a_widget_that_is_gone_is_not_given_the_keyboard(
    qtbot: QtBot, popup: SearchPopup, window: Window
) -> None:
    window.note.deleteLater()
    with qtbot.waitSignal(window.note.destroyed):
        pass
    QTest.keyClick(popup.field, Qt.Key.Key_Escape)
    assert not popup.isVisible()


def test_what_is_recorded_while_it_is_open_is_found(
    qtbot: QtBot, popup: SearchPopup, document: Document
) -> None:
    look_for(qtbot, popup, "wigwam")
    assert lines(popup) == []
    document.apply(WriteRow("planned", RowField.NOTE, "A wigwam on ward 4"))
    qtbot.waitUntil(lambda: len(lines(popup)) == 2)
    QTest.keyClick(popup.field, Qt.Key.Key_Down)
    found = current(popup)
    assert found is not None
    assert found.place == RowPlace("planned", field=RowField.NOTE)


def test_it_follows_the_size_of_the_window(
    qtbot: QtBot, popup: SearchPopup, window: Window
) -> None:
    look_for(qtbot, popup, "care")
    window.resize(700, 400)
    qtbot.waitUntil(lambda: window.rect().contains(popup.geometry()))
    assert popup.geometry().right() > 660


@pytest.mark.parametrize("scale", [0.8, 1.0, 1.5, 2.5])
def test_every_result_has_the_height_of_its_whole_text(
    qtbot: QtBot, popup: SearchPopup, window: Window, appearance: Appearance, scale: float
) -> None:
    look_for(qtbot, popup, "multi-disciplinary")
    appearance.set_scale(scale)
    qtbot.wait(1)
    painter = popup._painter
    assert window.rect().contains(popup.geometry())
    for row in range(popup.results.rowCount()):
        index = popup.results.index(row, 0)
        room = popup.list.visualRect(index)
        assert room.width() == popup.list.viewport().width()
        laid = painter._lay_out(index, room.width())
        assert room.height() == laid.height
        text = laid.where.height
        if laid.excerpt is not None:
            text += round(laid.excerpt.boundingRect().height())
        assert text < room.height()
        if laid.excerpt is not None:
            assert_whole_words(laid.excerpt)


def assert_whole_words(layout: QTextLayout) -> None:
    text = layout.text()
    for row in range(1, layout.lineCount()):
        start = layout.lineAt(row).textStart()
        assert text[start - 1] in " -/–—", text[: start + 1]


def test_the_match_is_bold_and_underlined_even_after_characters_of_two_units(
    appearance: Appearance, qtbot: QtBot
) -> None:
    view, results = QListView(), Results()
    qtbot.addWidget(view)
    view.setModel(results)
    painter = ResultPainter(appearance, view)
    view.setItemDelegate(painter)
    text = "👍🏽 said the ward 🎉 today"
    start = text.index("ward")
    results.show([Hit("Here", text, start, start + 4, DetailsPlace())])
    index = results.index(1, 0)
    painter.sizeHint(QStyleOptionViewItem(), index)
    layout = painter._lay_out(index, 400).excerpt
    assert layout is not None
    (marked,) = layout.formats()
    in_qt = text.encode("utf-16-le")[2 * marked.start : 2 * (marked.start + marked.length)]
    assert in_qt.decode("utf-16-le") == "ward"
    assert marked.format.fontUnderline()
    assert marked.format.fontWeight() == 700
