"""An earlier workshop put beside the one that is open, by its file, through the real menu."""

from __future__ import annotations

from pathlib import Path

import pytest

from hicm_desktop.document.document import Document
from hicm_desktop.model.values import Model
from hicm_desktop.storage import codec
from hicm_desktop.ui import dialogs
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.workshop.edits import AgreeLevel, SetDetails
from hicm_desktop.workshop.journey import previous
from hicm_desktop.workshop.room_edits import SetBaseline
from hicm_desktop.workshop.values import Details, Workshop


@pytest.fixture
def earlier(model: Model, sample: Workshop, tmp_path: Path) -> Path:
    """Give the file of a workshop that agreed the first row at the second level."""
    path = tmp_path / "earlier.hicm"
    document = Document(model, Workshop(id="before", created_at=sample.created_at), path)
    document.apply(SetDetails(Details(place="Northbridge")))
    row = model.changes[0].rows[0].id
    document.apply(AgreeLevel(row, model.levels[1].id))
    document.flush()
    document.close()
    return path


@pytest.fixture
def fresh(window: MainWindow) -> MainWindow:
    """Give the window with nothing to compare with yet."""
    window.document.apply(SetBaseline(None))
    return window


def choose(window: MainWindow, path: Path | None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Run the command, choosing a file where it asks; gives what it warned of."""
    warned: list[str] = []
    monkeypatch.setattr(dialogs, "choose_open", lambda *_: path)
    monkeypatch.setattr(dialogs, "warn", lambda _parent, _title, text: warned.append(text))
    window.menus.actions[Command.BASELINE].trigger()
    return warned


def test_the_levels_of_an_earlier_workshop_are_taken_over_and_undo_lets_them_go(
    fresh: MainWindow, earlier: Path, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    bytes_before = earlier.read_bytes()
    assert choose(fresh, earlier, monkeypatch) == []
    row = model.changes[0].rows[0].id
    baseline = fresh.document.workshop.baseline
    assert baseline is not None
    assert (baseline.workshop, baseline.place) == ("before", "Northbridge")
    fresh.document.apply(AgreeLevel(row, model.levels[3].id))
    told = previous(model, fresh.document.workshop, row)
    assert told is not None
    assert (told.words, told.movement) == (model.levels[1].name, "2 levels up from before")
    assert earlier.read_bytes() == bytes_before
    fresh.document.undo()
    fresh.document.undo()
    assert fresh.document.workshop.baseline is None


def test_a_workshop_is_not_compared_with_itself(
    fresh: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy.hicm"
    copy.write_bytes(codec.encode(fresh.document.workshop, fresh.document.model))
    (warning,) = choose(fresh, copy, monkeypatch)
    assert "this same workshop" in warning
    assert fresh.document.workshop.baseline is None


def test_a_file_that_is_no_workshop_is_told_and_nothing_changes(
    fresh: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.hicm"
    other.write_text("not a workshop", encoding="utf-8")
    before = fresh.document.workshop
    (warning,) = choose(fresh, other, monkeypatch)
    assert "damaged" in warning or "not a workshop" in warning
    assert fresh.document.workshop == before


def test_thinking_better_of_it_changes_nothing(
    fresh: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fresh.document.workshop
    assert choose(fresh, None, monkeypatch) == []
    assert fresh.document.workshop == before


def test_comparing_can_be_stopped(
    fresh: MainWindow, earlier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(fresh, earlier, monkeypatch)
    fresh.menus.actions[Command.NO_BASELINE].trigger()
    assert fresh.document.workshop.baseline is None
    before = fresh.document.workshop
    fresh.menus.actions[Command.NO_BASELINE].trigger()
    assert fresh.document.workshop == before


def test_nothing_is_asked_where_a_workshop_can_only_be_read(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(Document, "is_read_only", property(lambda _: True))
    monkeypatch.setattr(dialogs, "choose_open", lambda *of: asked.append(of))
    window.menus.actions[Command.BASELINE].trigger()
    assert asked == []
    assert "read only" in window._status.told.text()
