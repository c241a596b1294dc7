"""A document over a real file, and the wait for its saving thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from hicm_desktop.document.document import Document
from hicm_desktop.model.values import Model
from hicm_desktop.storage import codec
from hicm_desktop.workshop.values import Workshop


class Clock:
    """A clock that stands still until it is told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def document(
    qapp: QApplication, model: Model, blank: Workshop, tmp_path: Path, clock: Clock
) -> Iterator[Document]:
    """Give a document whose file is made by the first edit."""
    opened = Document(model, blank, tmp_path / "room.hicm", clock=clock, parent=qapp)
    yield opened
    opened.flush()
    opened.close()


@pytest.fixture
def on_disk(model: Model) -> Callable[[Path], Workshop]:
    """Give what a file holds, read as any program would read it."""
    return lambda path: codec.decode(path.read_bytes(), model).workshop
