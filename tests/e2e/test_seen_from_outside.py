"""What a screen reader gets of the real program, by the desktop's own bus and not by asking Qt."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hicm_desktop.cli import main
from hicm_desktop.workshop.tally import When
from hicm_desktop.workshop.values import Outcome, Workshop

from .lacking import needs

ROOT = Path(__file__).resolve().parents[2]
LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
SYSTEM_PYTHON = "/usr/bin/python3"
BINDINGS = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
ROW = "discharge-to-assess"
VIEWS = (
    *("Overview", "Change 4", "Action plan", "Closing", "Log", "Guidance", "Action"),
    *("Details", "Menu", "Keys", "Room"),
)


def can_listen() -> bool:
    """Tell whether this machine has a display, a session bus and the bindings."""
    if "DISPLAY" not in os.environ or shutil.which("dbus-run-session") is None:
        return False
    if not Path(SYSTEM_PYTHON).exists() or not Path(LAUNCHER).exists():
        return False
    asked = subprocess.run([SYSTEM_PYTHON, "-c", BINDINGS], capture_output=True, check=False)
    return asked.returncode == 0


def said(found: list[dict[str, Any]]) -> list[str]:
    """Give what was announced, in order."""
    return [event["said"] for event in found if event["kind"] == "object:announcement"]


@pytest.mark.skipif(sys.platform != "linux", reason="the bus is that of Linux desktops")
def test_a_screen_reader_reaches_everything_and_hears_levels_hands_and_saving(
    tmp_path: Path, on_disk: Callable[[Path], Workshop]
) -> None:
    needs("display with dbus-run-session, at-spi2-core and python3-gi", there=can_listen())
    file, out = tmp_path / "Northbridge.hicm", tmp_path / "found.json"
    assert main(["sample", str(file)]) == 0
    before = on_disk(file).row(ROW).before
    session = shutil.which("dbus-run-session") or ""
    outside = str(Path(__file__).with_name("outside.py"))
    ran = subprocess.run(
        [session, "--", SYSTEM_PYTHON, outside, sys.executable, str(file), str(out)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert out.exists(), ran.stderr
    found = json.loads(out.read_text("utf-8"))
    assert found["nameless"] == {view: [] for view in VIEWS}
    assert "Discharge to assess: Exemplary, agreed" in said(found["level"])
    assert found["checked"] is True
    assert said(found["outcome"]) == ["Discharge to assess: Parked"]
    (tally,) = said(found["tally"])
    hands = before.number("plans-in-place") + 1
    assert tally.startswith(f"Before discussion: {hands} hands at Plans in place. ")
    lights = [e["name"] for e in found["tally"] if e["name"].startswith("Save state")]
    assert lights[0] == "Save state: Saving…"
    assert lights[-1].startswith("Save state: Saved ")
    recorded = on_disk(file).row(ROW)
    assert recorded.outcome is Outcome.PARKED
    assert recorded.tally(When.BEFORE).number("plans-in-place") == hands
