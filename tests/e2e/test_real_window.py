"""The program as its users start it: a process of its own, with a real window on a real display."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hicm_desktop.cli import main

from .lacking import needs

ROOT = Path(__file__).resolve().parents[2]
UP_S = 6.0
PATIENCE_S = 20.0


@pytest.mark.skipif(sys.platform != "linux", reason="the display is an X server")
def test_the_window_comes_up_and_ends_in_good_order_when_the_session_does(
    tmp_path: Path, home: Path
) -> None:
    needs("Xvfb", there="DISPLAY" in os.environ)
    file = tmp_path / "Northbridge.hicm"
    assert main(["sample", str(file)]) == 0
    before = file.read_bytes()
    variables = {**os.environ, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "hicm_desktop", str(file)],
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as program:
        time.sleep(UP_S)
        assert program.poll() is None, "it is up"
        program.send_signal(signal.SIGTERM)
        said, _ = program.communicate(timeout=PATIENCE_S)
    assert program.returncode == 0, said
    assert said == ""
    assert file.read_bytes() == before
    settings = next(home.rglob("settings.ini")).read_text()
    assert "Northbridge.hicm" in settings, "what was opened last is remembered"
