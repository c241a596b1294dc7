"""A hostile file opened from the window: it warns, and the open workshop goes on being saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hicm_desktop.document.saving import Saved
from hicm_desktop.model.values import Model
from hicm_desktop.paths import resources_dir
from hicm_desktop.storage import codec
from hicm_desktop.ui.file_commands import FileCommands
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.workshop.edits import AgreeLevel
from tests.e2e.driving import dismiss
from tests.modal import expect_dialog

SAMPLE = (resources_dir() / "sample.hicm").read_bytes()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (SAMPLE[:9000], "breaks off"),
        (SAMPLE.replace(b'"version": %d' % codec.VERSION, b'"version": 9', 1), "newer version"),
        (b"[" * 1_000_000, "too deep"),
        (SAMPLE.decode().encode("utf-16"), "not UTF-8"),
        (SAMPLE.replace(b'"mature"', b'"' + b"x" * 5_000_000 + b'"', 1), "no level “xxx"),
    ],
    ids=["empty", "truncated", "future", "nested", "utf-16", "a level that is a novel"],
)
def test_it_warns_and_the_open_workshop_goes_on_being_saved(
    data: bytes, words: str, window: MainWindow, qtbot: QtBot, model: Model, tmp_path: Path
) -> None:
    hostile = tmp_path / "hostile.hicm"
    hostile.write_bytes(data)
    document = window.console.document
    before = document.workshop
    (commands,) = window.findChildren(FileCommands)
    said: list[str] = []

    dealt = expect_dialog(lambda dialog: said.append(dismiss(dialog)))
    commands.open_path(hostile)
    dealt()

    assert len(said) == 1
    assert words in said[0]
    assert "othing was changed" in said[0]
    assert len(said[0]) < 1_000
    assert QApplication.activeModalWidget() is None
    assert window.console.document is document
    assert document.workshop == before
    assert hostile.read_bytes() == data
    document.apply(AgreeLevel("planned", "exemplary"))
    qtbot.waitUntil(lambda: isinstance(document.save_state, Saved))
    on_disk = codec.decode((tmp_path / "sample.hicm").read_bytes(), model).workshop
    assert on_disk == document.workshop != before
