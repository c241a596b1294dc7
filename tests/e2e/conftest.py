"""A user's machine of its own for each test: home, profile and documents are empty folders."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from hicm_desktop.cli import main
from hicm_desktop.model.values import Model
from hicm_desktop.storage import codec
from hicm_desktop.workshop.values import Workshop
from tests.e2e.programs import Program, begin
from tests.modal import nothing_is_waited_for_without_end  # noqa: F401 - a fixture for all


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[Path]:
    """Give an empty home, and put back afterwards what a program run changes."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    for name in ("XDG_CONFIG_HOME", "XDG_DOCUMENTS_DIR", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(folder / name))
    handlers = [(number, signal.getsignal(number)) for number in (signal.SIGINT, signal.SIGTERM)]
    yield folder
    for number, handler in handlers:
        signal.signal(number, handler)
    for window in qapp.topLevelWidgets():
        window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qapp.setStyleSheet("")


@pytest.fixture
def workshops(home: Path) -> Path:
    """Give the folder that new workshops go to."""
    return home / "XDG_DOCUMENTS_DIR" / "HICM workshops"


@pytest.fixture
def on_disk(model: Model) -> Callable[[Path], Workshop]:
    return lambda path: codec.decode(path.read_bytes(), model).workshop


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a copy of the sample workshop."""
    file = tmp_path / "Northbridge.hicm"
    assert main(["sample", str(file)]) == 0
    return file


@pytest.fixture
def start(file: Path, home: Path) -> Iterator[Callable[[str], Program]]:
    """Start the program on the sample, with a script; it is gone after the test."""
    assert home.is_dir()
    started: list[Program] = []

    def start(script: str) -> Program:
        started.append(begin(script, [str(file)]))
        return started[-1]

    yield start
    for program in started:
        program.process.kill()
        program.process.communicate()
