"""Another model of the same form reads with no line of code changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from hicm_desktop.model.reader import read_model
from hicm_desktop.model.values import Model

from .packs import write_second_model


@pytest.fixture
def second(tmp_path: Path) -> Model:
    return read_model(write_second_model(tmp_path / "second"))


def test_its_changes_are_numbered_by_the_index_and_not_by_file_name(second: Model) -> None:
    assert [c.heading for c in second.changes] == ["Change 1: Beds", "Change 2: Doors"]


def test_its_own_levels_measure_its_rows(second: Model) -> None:
    assert [level.number for level in second.levels] == [1, 2, 3]
    assert second.descriptor("hinges", "high") == "All"
    assert second.next_level("high") is None


def test_what_it_leaves_out_is_empty(second: Model) -> None:
    assert second.sections == ()
    assert second.materials == ()
    assert second.provenance is None
    assert not any(c.tips or c.boxes or c.examples for c in second.changes)
