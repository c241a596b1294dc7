"""What the tests of widgets share: the application dressed as it is for its users."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from hicm_desktop.paths import resources_dir
from hicm_desktop.ui.appearance import Appearance, ThemeChoice


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Appearance:
    return Appearance(qapp, resources_dir() / "fonts")


@pytest.fixture
def appearance(dressed: Appearance) -> Iterator[Appearance]:
    """Give the look of the application: light, at scale 1, whatever a test before made of it."""
    dressed.dress(ThemeChoice.LIGHT, 1.0)
    yield dressed
    dressed.dress(ThemeChoice.LIGHT, 1.0)
