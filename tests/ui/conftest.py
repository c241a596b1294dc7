"""What the tests of widgets share: the application dressed as it is for its users."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hicm_desktop.document.document import Document
from hicm_desktop.document.library import Library
from hicm_desktop.document.settings import Settings
from hicm_desktop.model.values import Model
from hicm_desktop.paths import resources_dir
from hicm_desktop.ui.appearance import Appearance, ThemeChoice
from hicm_desktop.ui.console import Console
from hicm_desktop.ui.hints import Hint
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.workshop.values import Workshop
from tests.modal import nothing_is_waited_for_without_end  # noqa: F401 - a fixture for all


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Appearance:
    return Appearance(qapp, resources_dir() / "fonts")


@pytest.fixture
def appearance(dressed: Appearance) -> Iterator[Appearance]:
    """Give the look of the application: light, at scale 1, whatever a test before made of it."""
    dressed.dress(ThemeChoice.LIGHT, 1.0)
    yield dressed
    dressed.dress(ThemeChoice.LIGHT, 1.0)


@pytest.fixture(autouse=True)
def only_what_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no view made that a test does not go to: it would take longer than most tests.

    The tests of `tests/e2e` have all of it, and one of them is of this alone.
    """
    monkeypatch.setattr(Console, "make_ready", lambda _: None)


WindowOf = Callable[[Settings, Path | None], MainWindow]


@pytest.fixture
def window_of(qtbot: QtBot, model: Model, appearance: Appearance) -> Iterator[WindowOf]:
    """Give what opens the window of a user, as large as the usual screen, on a file or on none."""
    made: list[MainWindow] = []
    resources = resources_dir()

    def window_of(settings: Settings, file: Path | None) -> MainWindow:
        library = Library(model, settings, resources / "sample.hicm")
        document = library.blank() if file is None else library.open(file).document
        window = MainWindow(library, document, appearance, resources / "fonts")
        made.append(window)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield window_of
    for window in made:
        window.close()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def sample_file(tmp_path: Path) -> Path:
    """Give a copy of the sample."""
    file = tmp_path / "sample.hicm"
    shutil.copy(resources_dir() / "sample.hicm", file)
    return file


@pytest.fixture
def window(window_of: WindowOf, sample_file: Path, tmp_path: Path) -> MainWindow:
    """Give the window on a copy of the sample, without its hints."""
    settings = Settings(tmp_path / "settings.ini", tmp_path)
    settings.hints_put_away = frozenset(hint.remembered for hint in Hint)
    return window_of(settings, sample_file)


@pytest.fixture
def document(model: Model, sample: Workshop, tmp_path: Path) -> Iterator[Document]:
    """Give the sample workshop as an open document, with a file of its own to come."""
    document = Document(model, sample, tmp_path / "workshop.hicm")
    yield document
    document.flush()
    document.close()
