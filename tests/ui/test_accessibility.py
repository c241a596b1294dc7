"""What a screen reader is told, asked of the whole window."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from hicm_desktop.model.values import Model
from hicm_desktop.ui.details_dialog import DetailsDialog
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.ui.side_panel import Side
from hicm_desktop.workshop.values import Outcome, Workshop

from .telling import (
    PLAN,
    act,
    focused,
    nameless,
    recorded,
    stops,
    told,
)


def test_every_descriptor_is_a_radio_button_by_its_level_and_wording_in_its_row(
    window: MainWindow, model: Model
) -> None:
    count = 0
    for change in model.changes:
        window.console.go_to_change(change.id)
        for row, published in zip(
            window.console.changes.page.matrix.rows, change.rows, strict=True
        ):
            group = told(row)
            assert group.role() == QAccessible.Role.Grouping
            assert group.text(QAccessible.Text.Name) == published.name
            agreed = recorded(window).row(published.id).level
            for level, widget in zip(model.levels, row.descriptors, strict=True):
                said = told(widget)
                wording = model.descriptor(published.id, level.id)
                assert said.role() == QAccessible.Role.RadioButton
                assert said.text(QAccessible.Text.Name) == f"{level.name}. {wording}"
                assert said.parent().text(QAccessible.Text.Name) == published.name
                assert said.rect().size() == widget.size()
                assert bool(said.state().checked) == (agreed == level.id)
                count += 1
    assert count == 135


def test_the_action_of_a_descriptor_agrees_its_level_and_moves_the_mark(window: MainWindow) -> None:
    window.console.go_to_tab(1)
    row = window.console.changes.page.matrix.rows[0]
    before = next(d for d in row.descriptors if d.isChecked())
    after = row.descriptors[1]
    assert after is not before
    act(after)
    assert recorded(window).row(row.row.id).level == after.level.id
    assert [bool(told(d).state().checked) for d in row.descriptors] == [
        d is after for d in row.descriptors
    ]
    window.document.undo()
    assert told(before).state().checked
    assert not told(after).state().checked
    before.click()
    assert recorded(window).row(row.row.id).level is None
    assert not any(told(d).state().checked for d in row.descriptors)


def test_outcomes_are_radio_buttons_whose_action_is_recorded(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.console.go_to_tab(1)
    panel = window.console.changes.panel
    parked = panel.row.outcomes.choices[Outcome.PARKED]
    assert told(parked).role() == QAccessible.Role.RadioButton
    assert told(parked).parent().text(QAccessible.Text.Name) == "Outcome"
    with qtbot.assertNotEmitted(panel.row.outcomes.choices[Outcome.AGREED].chosen):
        act(parked)
    assert recorded(window).row(panel.row.row).outcome is Outcome.PARKED
    assert told(parked).state().checked
    act(panel._switches[Side.GUIDANCE])
    assert panel.side is Side.GUIDANCE


def test_the_tabs_and_the_save_light_say_what_is_true(window: MainWindow, model: Model) -> None:
    tabs = told(window.console.tabs)
    names = [tabs.child(i).text(QAccessible.Text.Name) for i in range(len(model.changes) + 2)]
    assert names[0] == "Overview"
    assert names[1] == "Change 1: Early discharge planning, 3 of 3 rows agreed"
    assert names[-1] == "Action plan"
    light = window.findChild(QLabel, "save light")
    assert light is not None
    assert told(light).role() == QAccessible.Role.StaticText
    assert told(light).text(QAccessible.Text.Name).startswith("Save state: Saved ")


@pytest.mark.parametrize("tab", [0, 1, 4, PLAN])
def test_nothing_that_takes_the_keyboard_is_without_a_name(window: MainWindow, tab: int) -> None:
    window.console.go_to_tab(tab)
    QTest.qWait(20)
    assert len(stops(window)) > 6
    assert nameless(window) == []


def test_no_side_of_the_panel_nor_the_search_has_anything_without_a_name(
    window: MainWindow,
) -> None:
    window.console.go_to_tab(1)
    for side in (Side.ROW, Side.CHANGE, Side.GUIDANCE):
        window.console.changes.show_side(side)
        assert nameless(window) == [], side
    window.console.add_action()
    assert window.console.changes.panel.side is Side.ACTION
    assert nameless(window) == []
    window.show_search()
    QTest.keyClicks(focused(), "carer")
    QTest.qWait(200)
    assert window._search is not None
    assert window._search.list.isVisible()
    assert nameless(window) == []


def test_nothing_in_the_details_is_without_a_name(
    qtbot: QtBot, model: Model, sample: Workshop
) -> None:
    dialog = DetailsDialog(model, sample.details)
    qtbot.addWidget(dialog)
    dialog.show()
    assert len(stops(dialog)) > 20
    assert nameless(dialog) == []
