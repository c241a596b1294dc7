"""The room view on a screen of its own, unplugged and plugged in again, on a real X server."""

from __future__ import annotations

import ctypes.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hicm_desktop.cli import main

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60.0
TOOLS = shutil.which("Xvfb") and ctypes.util.find_library("Xrandr")

pytestmark = pytest.mark.skipif(not TOOLS, reason="there is no Xvfb with libXrandr on this machine")


@pytest.fixture
def display() -> Iterator[str]:
    """Give an X server of its own, as wide as two screens."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "2646x768x24", "-noreset"]
    with subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL) as server:
        os.close(write)
        with os.fdopen(read) as told:
            number = told.readline().strip()
        yield f":{number}"
        server.terminate()


def test_the_projector_is_unplugged_and_back_and_nothing_is_lost(
    tmp_path: Path, display: str
) -> None:
    file = tmp_path / "Northbridge.hicm"
    assert main(["sample", str(file)]) == 0
    variables = {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-P", "-m", "tests.e2e.projecting", str(file)],
        env=variables,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["screens"] == ["console", "room"]
    on_the_room = [1366, 0, 1280, 720]
    assert found["opened"][:3] == [on_the_room, "Room: the row", "Discharge to assess"]
    assert found["unplugged"][:3] == [None, "Room: no projector", None]
    assert found["back"][:3] == [on_the_room, "Room: the row", "Reablement and pathways"]
    assert found["code"] == 0
    assert done.stderr == ""
