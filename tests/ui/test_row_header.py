"""The head of a row: its texts stand side by side, each whole in its line, where there is room."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from hicm_desktop.model.values import Model
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.row_header import RowHeader
from hicm_desktop.workshop.values import Outcome


@pytest.mark.parametrize(("width", "lines"), [(1000, 1), (590, 2)])
def test_a_head_takes_as_many_lines_as_its_parts_need(
    qtbot: QtBot, model: Model, appearance: Appearance, width: int, lines: int
) -> None:
    header = RowHeader(model.row("adaptations-equipment-telecare"), appearance)
    qtbot.addWidget(header)
    outcome = Outcome.AGREED_WITH_RESERVATION
    header.show_record(outcome, outcome.words, ("3 notes · 2 actions",))
    parts = header._lay_out(width).parts
    assert len({part.y for part in parts}) == lines
    assert all(part.block.height == part.block.line_height for part in parts)
    assert parts[-1].y + parts[-1].block.height <= header.height_for(width)
