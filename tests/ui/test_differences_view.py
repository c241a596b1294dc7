"""The list of what differs: every text whole, and read and worked by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QFont, QTextLayout, QTextOption
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from hicm_desktop.ui.appearance import Appearance, ThemeChoice, Type
from hicm_desktop.ui.differences_view import ALIKE, DifferencesView
from hicm_desktop.workshop.differences import Difference
from hicm_desktop.workshop.places import DetailsPlace, RowPlace

from .telling import Key, told

pytestmark = pytest.mark.usefixtures("appearance")
LONG = "Everyone who came said that the date on the letter matters. " * 12
UNBROKEN = "x" * 900
FEW = (
    Difference(
        "Change 4: Home first · Discharge to assess", "Mature", "Established", RowPlace("a")
    ),
    Difference("Workshop details · Place", "", LONG, DetailsPlace()),
    Difference(UNBROKEN, LONG + "\n\nAnd more.", UNBROKEN, RowPlace("b")),
)


@pytest.fixture
def view(qtbot: QtBot) -> DifferencesView:
    view = DifferencesView("Today at 14:05", "Now")
    qtbot.addWidget(view)
    view.resize(760, 420)
    view.show_differences(FEW)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    return view


def lines(text: str, font: QFont, width: int) -> int:
    """Count the lines of a text in a width, by a layout of its own."""
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    count = 0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        count += 1
    layout.endLayout()
    return count


@pytest.mark.parametrize("scale", [0.8, 1.0, 1.5, 2.5])
@pytest.mark.parametrize("width", [340, 760, 1800])
def test_no_text_is_cut_short(
    view: DifferencesView, appearance: Appearance, scale: float, width: int
) -> None:
    view.resize(width, 420)
    appearance.dress(ThemeChoice.DARK, scale)
    QTest.qWait(1)
    table = view.table
    columns = [table.columnWidth(column) for column in range(3)]
    assert sum(columns) == table.viewport().width(), "nothing lies beyond the edge"
    for column, title in enumerate(("Where", "Today at 14:05", "Now")):
        font = appearance.look.font(Type.STRONG)
        room = table.horizontalHeader().height()
        assert room >= lines(title, font, columns[column]) * font.pixelSize()
    for row, difference in enumerate(FEW):
        texts = (difference.where, difference.before, difference.after)
        for column, text in enumerate(texts):
            font = appearance.look.font(Type.STRONG if column == 0 else Type.BODY)
            needed = lines(text, font, columns[column]) * font.pixelSize() * 1.2
            assert table.rowHeight(row) >= needed, (row, column)


def test_a_new_width_lays_it_out_anew(view: DifferencesView) -> None:
    before = [view.table.rowHeight(row) for row in (1, 2)]
    view.resize(1500, 420)
    QTest.qWait(1)
    assert all(view.table.rowHeight(row) < old for row, old in zip((1, 2), before, strict=True))


def test_larger_type_lays_it_out_anew_in_the_same_width(
    view: DifferencesView, appearance: Appearance
) -> None:
    view.show_differences(FEW[:1])
    appearance.dress(ThemeChoice.LIGHT, 0.9)
    QTest.qWait(1)
    before, width = view.table.rowHeight(0), view.table.viewport().width()
    appearance.dress(ThemeChoice.LIGHT, 1.1)
    QTest.qWait(1)
    assert view.table.viewport().width() == width
    assert view.table.rowHeight(0) > before


def test_what_is_said_of_a_cell_names_its_side_and_that_nothing_is_there(
    view: DifferencesView,
) -> None:
    said = told(view.table)
    assert said.text(QAccessible.Text.Name) == "What differs: Today at 14:05, and Now"
    names = [said.child(n).text(QAccessible.Text.Name) for n in range(said.childCount())]
    cells = ["Where: Workshop details · Place", "Today at 14:05: Nothing", f"Now: {LONG}"]
    first = names.index(cells[0])
    assert names[first : first + 3] == cells


def test_it_is_read_through_by_keyboard(view: DifferencesView) -> None:
    """Down scrolls through what is taller than the list, and goes on to the next where it ends."""
    table, bar = view.table, view.table.verticalScrollBar()
    most = table.viewport().height()
    table.setFocus()
    assert table.currentIndex().row() == 0
    assert table.rowHeight(2) > most
    for key, row_to_end_on in ((Key.Key_Down, 2), (Key.Key_Up, 0)):
        for _ in range(300):
            row, was = table.currentIndex().row(), bar.value()
            rest = table.visualRect(table.currentIndex())
            QTest.keyClick(table, key)
            if table.currentIndex().row() == row:
                assert abs(bar.value() - was) < most // 2, "nothing is leapt over"
            elif key == Key.Key_Down:
                assert rest.bottom() < most, "it had been read to its end"
            else:
                assert rest.top() >= 0
        assert table.currentIndex().row() == row_to_end_on
        end = table.visualRect(table.currentIndex())
        assert end.bottom() < most if key == Key.Key_Down else end.top() == 0


def test_a_page_at_a_time_leaves_nothing_out(view: DifferencesView) -> None:
    table, bar = view.table, view.table.verticalScrollBar()
    table.setCurrentIndex(table.model().index(2, 0))
    here = bar.value()
    while table.visualRect(table.currentIndex()).bottom() >= table.viewport().height():
        QTest.keyClick(table, Key.Key_PageDown)
        assert here < bar.value() < here + table.viewport().height()
        here = bar.value()
    QTest.keyClick(table, Key.Key_PageUp)
    assert here - table.viewport().height() < bar.value() < here


def test_a_place_is_chosen_by_return_and_by_two_clicks(view: DifferencesView, qtbot: QtBot) -> None:
    table = view.table
    with qtbot.waitSignal(view.place_chosen) as chosen:
        QTest.keyClick(table, Key.Key_Return)
    assert chosen.args == [RowPlace("a")]
    at = table.visualRect(table.model().index(1, 2)).topLeft() + QPoint(10, 10)
    left = Qt.MouseButton.LeftButton
    with qtbot.waitSignal(view.place_chosen) as chosen:
        QTest.mouseClick(table.viewport(), left, pos=at)
        QTest.mouseDClick(table.viewport(), left, pos=at)
    assert chosen.args == [DetailsPlace()]


def test_tab_leaves_the_list_and_nothing_can_be_changed(view: DifferencesView) -> None:
    table = view.table
    assert not table.tabKeyNavigation()
    QTest.keyClick(table, Key.Key_F2)
    QTest.keyClicks(table, "typed")
    assert table.model().index(0, 1).data() == "Mature"
    assert not table.isPersistentEditorOpen(table.currentIndex())
    assert not table.model().flags(table.currentIndex()) & Qt.ItemFlag.ItemIsEditable


def test_nothing_to_show_is_said(view: DifferencesView) -> None:
    assert view.table.isVisible()
    view.show_differences(())
    assert view.said.isVisible()
    assert not view.table.isVisible()
    assert view.said.text() == ALIKE == "Nothing differs."
    view.say("<b>This version cannot be read.</b>")
    assert told(view.said).text(QAccessible.Text.Name) == "<b>This version cannot be read.</b>"
    view.show_differences(FEW[:1], "Yesterday", None)
    assert view.table.isVisible()
    assert [view.differences.headerData(n, Qt.Orientation.Horizontal) for n in range(3)] == [
        "Where",
        "Yesterday",
        "Now",
    ]
    assert view.table.currentIndex().row() == 0


def test_five_hundred_are_all_there(view: DifferencesView) -> None:
    many = [Difference(f"Place {n}", "word " * n, LONG, DetailsPlace()) for n in range(500)]
    view.show_differences(many)
    table = view.table
    table.setFocus()
    QTest.keyClick(table, Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert table.currentIndex().row() == 499
    last = table.visualRect(table.currentIndex())
    assert last.bottom() < table.viewport().height() or last.top() <= 0
    assert len({table.rowHeight(n) for n in range(500)}) > 1
    QTest.keyClick(table, Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert table.verticalScrollBar().value() == 0


@pytest.mark.parametrize("theme", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_it_is_painted_in_the_colours_of_the_theme(
    view: DifferencesView, appearance: Appearance, theme: ThemeChoice
) -> None:
    appearance.dress(theme, 1.0)
    QTest.qWait(1)
    table, colours = view.table, appearance.look.theme
    image = table.viewport().grab().toImage()
    row = table.visualRect(table.model().index(0, 0))
    assert image.pixelColor(row.left() + 1, row.center().y()).name().upper() == colours.accent
    assert image.pixelColor(row.left() + 9, row.top() + 2).name().upper() == colours.chosen
    nothing = table.visualRect(table.model().index(1, 1))
    ratio = image.devicePixelRatio()
    found = {
        image.pixelColor(int(x * ratio), int(y * ratio)).name().upper()
        for x in range(nothing.left(), nothing.left() + 80)
        for y in range(nothing.top(), min(nothing.top() + 30, table.viewport().height()))
    }
    assert colours.muted in found, "that nothing is there is said in a tone that can be read"
