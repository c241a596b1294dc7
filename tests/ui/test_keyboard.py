"""What the keyboard reaches, in which order, and what typing does: asked of the whole window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from hicm_desktop.model.values import Model
from hicm_desktop.ui.choices import Choice
from hicm_desktop.ui.descriptor import Descriptor
from hicm_desktop.ui.details_dialog import DetailsDialog
from hicm_desktop.ui.export.dialog import ExportDialog
from hicm_desktop.ui.fields import AutoText
from hicm_desktop.ui.guidance import Guidance
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.ui.row_panel import ActionButton
from hicm_desktop.ui.side_panel import Side
from hicm_desktop.workshop.edits import RowField
from hicm_desktop.workshop.room_edits import SignOff
from hicm_desktop.workshop.values import Outcome, Workshop

from .telling import (
    CTRL,
    PLAN,
    Key,
    focused,
    name_of,
    press,
    recorded,
    stops,
    tab_to,
)

CLOSING = PLAN + 1
TYPED = "1 2 3 n t c N 5 m e l d"


def region(window: MainWindow, widget: QWidget) -> int:
    """Tell which part of the window a widget is in, in reading order."""
    console = window.console
    parts: list[QWidget] = [window._bar, console.tabs]
    if console.shows_change:
        parts += [console.changes.page, console.changes.panel]
    elif console.shows_plan:
        parts.append(console.plan)
    elif console.shows_closing:
        closing = console.closing
        card = closing.sign_off
        parts += [closing.list, closing.first, card._who, card.details, card.foot, card._versions]
    else:
        parts += [console.overview._left, console.overview._right]
    return next(i for i, part in enumerate(parts) if widget is part or part.isAncestorOf(widget))


@pytest.mark.parametrize("tab", [0, 1, 4, PLAN, CLOSING])
def test_tab_goes_through_the_window_as_it_is_read(window: MainWindow, tab: int) -> None:
    window.document.apply(SignOff(window.document.now(), ()))
    window.console.go_to_tab(tab)
    QTest.qWait(100)
    walked = stops(window)
    order = []
    for widget in walked:
        place = widget.mapTo(window, QPoint(0, widget.height() // 2))
        order.append((region(window, widget), place.y() // 12, place.x()))
    regions = [part for part, _, _ in order]
    assert regions == sorted(regions)
    assert set(regions) == set(range(max(regions) + 1)), "every part has a stop"
    assert order == sorted(order)


@pytest.mark.parametrize("tab", [0, 1, PLAN, CLOSING])
def test_the_tab_key_stops_where_the_order_says_and_comes_round(
    window: MainWindow, tab: int
) -> None:
    window.console.go_to_tab(tab)
    QTest.qWait(100)
    expected = {name_of(widget) for widget in stops(window)}
    start, walked = focused(), set()
    for _ in range(150):
        press(Key.Key_Tab)
        if not isinstance(focused(), ActionButton):  # the panel follows, with another row's
            walked.add(name_of(focused()))
        if focused() is start:
            break
    assert focused() is start
    assert walked == expected


def test_a_row_is_one_stop_and_arrows_move_inside(window: MainWindow) -> None:
    window.console.go_to_tab(1)
    in_matrix = [widget for widget in stops(window) if isinstance(widget, Descriptor)]
    assert len(in_matrix) == len(window.console.changes.page.matrix.rows)
    press(Key.Key_Home)
    press(Key.Key_Down)
    press(Key.Key_Right)
    assert focused() is window.console.changes.page.matrix.rows[1].descriptors[1]
    press(Key.Key_Space)
    row = window.console.changes.page.matrix.rows[1].row
    assert recorded(window).row(row.id).level == "plans-in-place"


def test_the_keyboard_alone_reaches_and_uses_everything(window: MainWindow) -> None:
    window.console.go_to_tab(1)
    panel = window.console.changes.panel

    def shows(side: Side) -> bool:
        return panel.side is side

    tab_to(QPushButton, "Tips")
    press(Key.Key_Return)
    assert shows(Side.GUIDANCE)
    assert isinstance(focused(), Guidance)
    press(Key.Key_Escape)
    assert isinstance(focused(), Descriptor)
    press(Key.Key_C)
    assert shows(Side.CHANGE)
    press(Key.Key_Escape)
    press(Key.Key_N)
    assert shows(Side.ROW)
    assert focused() is panel.row.fields[RowField.NOTE].field
    QTest.keyClicks(focused(), " And 3 more.")
    assert recorded(window).row(panel.row.row).note.endswith(" And 3 more.")
    press(Key.Key_Escape)
    press(Key.Key_Return, CTRL)
    assert shows(Side.ACTION)
    action = panel.action.action_id
    assert action is not None
    QTest.keyClicks(focused(), "Train 12 staff")
    press(Key.Key_Tab)
    QTest.keyClicks(focused(), "31 March 2027")
    tab_to(QLineEdit, "Owner")
    QTest.keyClicks(focused(), "Ward 5")
    tab_to(QComboBox, "Progress")
    press(Key.Key_Down)
    written = recorded(window).action(action)
    assert (written.to_do, written.owner) == ("Train 12 staff", "Ward 5")
    assert written.due_on is not None
    tab_to(QPushButton, "Back to the row")
    press(Key.Key_Space)
    assert shows(Side.ROW)
    tab_to(ActionButton, "Train 12 staff")
    press(Key.Key_Space)
    assert shows(Side.ACTION)


def test_the_export_dialog_opens_by_keyboard_and_is_left_by_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    button = tab_to(QPushButton, "Export")
    QTest.keyClick(button, Key.Key_Space)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExportDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    press(Key.Key_Escape)
    assert QApplication.activeModalWidget() is None
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert button.hasFocus(), "back where it came from"


def test_arrows_move_among_outcomes_and_record_nothing_until_one_is_chosen(
    window: MainWindow,
) -> None:
    window.console.go_to_tab(1)
    panel = window.console.changes.panel
    before = recorded(window)
    tab_to(Choice, "Agreed")
    for name in ("Agreed with reservation", "Parked", "Not applicable"):
        press(Key.Key_Right)
        assert name_of(focused()) == name
    assert recorded(window) is before
    press(Key.Key_Return)
    assert recorded(window).row(panel.row.row).outcome is Outcome.NOT_APPLICABLE
    assert focused() is panel.row.fields[RowField.REASON].field


def texts_of(window: QWidget) -> list[QLineEdit | QPlainTextEdit]:
    fields: list[QLineEdit | QPlainTextEdit] = []
    fields += [f for f in window.findChildren(QLineEdit) if f.isVisible() and f.isEnabled()]
    fields += [f for f in window.findChildren(QPlainTextEdit) if f.isVisible() and f.isEnabled()]
    return [f for f in fields if not isinstance(f.parentWidget(), QSpinBox | QComboBox)]


def type_into(window: QWidget, least: int) -> None:
    """Type single keys of the window into every text field, and read them back."""
    fields = texts_of(window)
    assert len(fields) >= least
    for field in fields:
        field.setFocus()
        QTest.keyClick(field, Key.Key_A, CTRL)
        QTest.keyClicks(field, TYPED)
        text = field.text() if isinstance(field, QLineEdit | AutoText) else field.toPlainText()
        assert text == TYPED, name_of(field)
        assert focused() is field, name_of(field)


def test_no_key_of_the_window_eats_what_is_typed(window: MainWindow) -> None:
    window.console.go_to_tab(1)
    panel = window.console.changes.panel
    levels = {row.row: row.level for row in recorded(window).rows}
    panel.row.fields[RowField.REASON].show()
    type_into(window, 6)
    window.console.changes.show_side(Side.CHANGE)
    type_into(window, 6)
    window.console.add_action()
    type_into(window, 5)
    window.console.go_to_plan()
    type_into(window, 1)
    window.console.plan.filters.clear()
    window.show_search()
    type_into(window, 2)
    assert {row.row: row.level for row in recorded(window).rows} == levels


def test_no_key_eats_what_is_typed_in_a_cell_of_the_plan(window: MainWindow) -> None:
    window.console.go_to_plan()
    table = window.console.plan.table
    for column in (1, 2, 3, 4, 5):
        table.start_editing(table.model().index(0, column))
        (field,) = texts_of(table)
        field.selectAll()
        QTest.keyClicks(field, TYPED)
        text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
        assert text == TYPED
        table.finish_editing()


def test_no_key_eats_what_is_typed_in_the_details(
    window: MainWindow, qtbot: QtBot, model: Model, sample: Workshop
) -> None:
    dialog: QDialog = DetailsDialog(model, sample.details, window)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    type_into(dialog, 8)
