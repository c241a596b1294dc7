"""A workshop that is no longer open leaves nothing behind, however many are opened in one day."""

from __future__ import annotations

import gc
import shutil
from collections import Counter
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hicm_desktop.paths import resources_dir
from hicm_desktop.ui.main_window import MainWindow


def held() -> Counter[str]:
    """Count what is held of ours and of Qt's, by its kind."""
    gc.collect()
    kinds = (type(held) for held in gc.get_objects())
    return Counter(k.__name__ for k in kinds if str(k.__module__).startswith(("hicm_", "PySide6")))


def test_opening_another_workshop_lets_the_last_one_go(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    files = [tmp_path / "one.hicm", tmp_path / "two.hicm"]
    for file in files:
        shutil.copy(resources_dir() / "sample.hicm", file)

    def open_and_look(file: Path) -> None:
        window.files.open_path(file)
        for tab in (0, 1, -1):
            window.console.go_to_tab(tab)
            qtbot.wait(50)  # the loop deletes what was to be deleted later

    for file in (*files, *files):  # whatever is kept of the first few, such as modules, is kept now
        open_and_look(file)
    before, widgets = held(), len(QApplication.allWidgets())
    for file in (*files, *files):
        open_and_look(file)
    more = {kind: n for kind, n in (held() - before).items() if n >= 4}
    assert more == {}
    assert len(QApplication.allWidgets()) - widgets < 20
