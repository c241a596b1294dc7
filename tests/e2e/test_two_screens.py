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
from hicm_desktop.ui.room.projector import ANOTHER, BACK, GONE

from .lacking import needs

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60.0
TOOLS = shutil.which("Xvfb") and ctypes.util.find_library("Xrandr")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the display is an X server")


@pytest.fixture
def display() -> Iterator[str]:
    """Give an X server of its own, as wide as three screens."""
    needs("Xvfb with libXrandr", there=TOOLS)
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "3670x768x24", "-noreset"]
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
    assert found.pop("screens") == ["console", "room"]
    assert found.pop("code") == 0
    on_the_room, on_the_wall = [1366, 0, 1280, 720], [2646, 0, 1024, 768]
    first, second = "Discharge to assess", "Reablement and pathways"
    assert {step: (at["room"], at["words"], at["row"]) for step, at in found.items()} == {
        "opened": (on_the_room, "Room: the row", first),
        "unplugged": (None, "Room: no projector", None),
        "another": (None, "Room: no projector", None),
        "back": (on_the_room, "Room: the row", second),
        "chosen": (on_the_wall, "Room: the row", second),
        "chosen gone": (None, "Room: no projector", None),
        "chosen back": (on_the_wall, "Room: the row", second),
        "console gone": (on_the_wall, "Room: the row", second),
        "console back": (on_the_wall, "Room: the row", second),
        "console moved": (on_the_room, "Room: the row", second),
        "console left behind": (on_the_room, "Room: the row", second),
        "console found": (on_the_room, "Room: the row", second),
    }
    assert {step: at["said"] for step, at in found.items() if at["said"]} == {
        "unplugged": [GONE],
        "another": [ANOTHER],
        "back": [BACK],
        "chosen gone": [GONE],
        "chosen back": [BACK],
    }
    for step, at in found.items():
        assert at["console on"] == [at["console’s screen"]], f"{step}: it lies within a screen"
        assert at["active"], f"{step}: the console keeps the keyboard"
    assert done.stderr == ""
