"""What an organisation has set, in the program as it starts."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QMessageBox

from hicm_desktop import paths
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.theme import DARK
from tests.modal import meet

from .driving import Driver, run


@pytest.fixture
def policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the file that the program takes what is set from."""
    policy = tmp_path / "policy.toml"
    monkeypatch.setattr(paths, "policy_files", lambda: (policy,))
    return policy


def test_what_is_set_is_in_force_from_the_start(policy: Path, file: Path, tmp_path: Path) -> None:
    policy.write_text(
        f"[folders]\nworkshops = '{tmp_path / 'set'}'\n"
        '[window]\ncolours = "dark"\n[room]\ncolours = "dark"\n'
    )

    def facilitate(driver: Driver) -> None:
        window = driver.window
        assert window._appearance.look.theme == DARK
        window.menus.actions[Command.ROOM].trigger()
        shown = window.room.projector.window
        assert shown is not None
        assert shown.stage._look.theme == DARK
        window.room.toggle()
        assert window._library.blank().path.parent == tmp_path / "set"

    assert run([str(file)], facilitate) == 0


def test_a_file_that_cannot_be_understood_is_told_once_the_window_is_there(
    policy: Path, file: Path
) -> None:
    policy.write_text("[folders\n")
    said: list[str] = []

    def look(box: QMessageBox) -> None:
        said.append(box.text() + box.informativeText())
        box.reject()

    dealt = meet(QMessageBox, look)

    def facilitate(driver: Driver) -> None:
        driver.until(lambda: said, "it is told")
        assert not [w for w in driver.window.findChildren(QDialog) if w.isVisible()]

    assert run([str(file)], facilitate) == 0
    dealt()
    assert "it is not TOML" in said[0]
    assert str(policy) in said[0]
