"""No network, provably: the whole job behind a wall, and watched from outside at every call."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from distribution import wall

from .lacking import needs

ROOT = Path(__file__).resolve().parents[2]
JOB = [sys.executable, "-P", "-m", "hicm_desktop", "self-test"]

linux_only = pytest.mark.skipif(
    sys.platform != "linux", reason="Linux alone can be asked what a program asks of it"
)


@pytest.fixture
def variables(home: Path) -> dict[str, str]:
    assert home.is_dir()
    return {**os.environ, "PYTHONPATH": str(ROOT)}


@linux_only
@pytest.mark.parametrize("more", [[], ["--show"]], ids=["in memory", "on a display"])
def test_the_whole_job_opens_no_socket_that_leaves_the_computer(
    variables: dict[str, str], tmp_path: Path, more: list[str]
) -> None:
    needs("strace", there=wall.can_watch())
    if more:
        needs("Xvfb", there="DISPLAY" in os.environ)
        variables["QT_QPA_PLATFORM"] = "xcb"
    done, outward = wall.watched([*JOB, *more], variables, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Drawn by          Qt’s “" + ("xcb" if more else "offscreen") in done.stdout
    assert outward == []


@linux_only
def test_the_watch_sees_what_leaves_the_computer(variables: dict[str, str], tmp_path: Path) -> None:
    needs("strace", there=wall.can_watch())
    script = (
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('10.9.8.7', 9))"
    )
    _, outward = wall.watched([sys.executable, "-c", script], variables, tmp_path)
    assert any("connect(" in line and "10.9.8.7" in line for line in outward)
    script = "import socket, os; a, b = socket.socketpair(); a.send(b'x')"
    done, outward = wall.watched([sys.executable, "-c", script], variables, tmp_path)
    assert (done.returncode, outward) == (0, [])


@linux_only
def test_the_whole_job_is_done_where_there_is_no_network_at_all(
    variables: dict[str, str], tmp_path: Path
) -> None:
    unshare = ["unshare", "--map-root-user", "--net"]
    if subprocess.run([*unshare, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this system lets nobody take a network away from a program")
    done = subprocess.run(
        [*unshare, *JOB],
        env=variables,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "All is well." in done.stdout
