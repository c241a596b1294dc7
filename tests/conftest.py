"""What the tests share: the published model and workshops on it, through the real reader."""

from __future__ import annotations

import datetime as dt

import pytest

from hicm_desktop.model.reader import read_model
from hicm_desktop.model.values import Model
from hicm_desktop.opening import STYLE
from hicm_desktop.paths import content_dir, resources_dir
from hicm_desktop.storage import codec
from hicm_desktop.workshop.values import Workshop


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Have the tests' Qt application in the style of the program's."""
    return ["tests", "-style", STYLE]


@pytest.fixture(scope="session")
def model() -> Model:
    """Give the model that ships with the program."""
    return read_model(content_dir())


@pytest.fixture(scope="session")
def sample(model: Model) -> Workshop:
    """Give the sample workshop: rich, and every kind of record in it."""
    return codec.decode((resources_dir() / "sample.hicm").read_bytes(), model).workshop


@pytest.fixture(scope="session")
def blank() -> Workshop:
    """Give a workshop in which nothing was recorded."""
    return Workshop(id="blank", created_at=dt.datetime(2026, 11, 12, 9, 0, tzinfo=dt.UTC))
