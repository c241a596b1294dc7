"""How the frozen program does beside its source and beside an empty window, seen from outside.

Run on a display as `python -m benchmarks.frozen [ROUNDS]`, after `python3 run.py build`:

    xvfb-run -a -s "-screen 0 1920x1080x24" .venv/bin/python -m benchmarks.frozen

First paint is from the start of the process until a point of the screen is no longer black: in the
middle for the card that says that the program opens, in a corner for the window. All three are
started in turns, so that a slow machine slows them alike. Idle is the processor's time in a minute
with the clock of a change running, from `/proc`. Linux alone.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType

from distribution.build import WORK, as_a_user, executable
from distribution.contents import FOLDER
from hicm_desktop.model.reader import read_model
from hicm_desktop.paths import content_dir, resources_dir
from hicm_desktop.storage import codec
from hicm_desktop.workshop.room_edits import StartClock

ROOT = Path(__file__).resolve().parents[1]
CORNER, MIDDLE = (6, 6), (760, 505)
"""Points that a window covers, and that the card does: on its ground, beside its words."""

PATIENCE_S = 30.0
IDLE_S = 60.0
SETTLE_S = 10.0

EMPTY = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1536, 864)
window.show()
app.exec()
"""


class Screen:
    """The X display, of which single points are looked at."""

    def __init__(self) -> None:
        x = self._x = ctypes.CDLL("libX11.so.6")
        x.XOpenDisplay.restype = ctypes.c_void_p
        x.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        x.XDefaultRootWindow.restype = ctypes.c_ulong
        x.XGetImage.restype = ctypes.c_void_p
        x.XGetImage.argtypes = [
            *(ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_int),
            *(ctypes.c_uint, ctypes.c_uint, ctypes.c_ulong, ctypes.c_int),
        ]
        x.XGetPixel.restype = ctypes.c_ulong
        x.XGetPixel.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
        x.XDestroyImage.argtypes = [ctypes.c_void_p]
        self._display = x.XOpenDisplay(None)
        if not self._display:
            raise SystemExit("There is no X display; run this under xvfb-run.")
        self._root = x.XDefaultRootWindow(self._display)

    def point(self, place: tuple[int, int] = CORNER) -> int:
        """Give the colour at a point."""
        image = self._x.XGetImage(self._display, self._root, *place, 1, 1, 0xFFFFFFFF, 2)
        colour = int(self._x.XGetPixel(image, 0, 0)) & 0xFFFFFF
        self._x.XDestroyImage(image)
        return colour


class Started(AbstractContextManager["Started"]):
    """A program with a window, from its start until it is ended."""

    def __init__(self, command: Sequence[str], variables: Mapping[str, str]) -> None:
        self.command = command
        self.began = time.perf_counter()
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(
            command, env=dict(variables), stdout=quiet, stderr=quiet, cwd=variables["HOME"]
        )

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE_S)

    def painted(self, screen: Screen, place: tuple[int, int] = CORNER) -> float:
        """Wait until something is painted at a point; gives the seconds from its start."""
        while screen.point(place) == 0:
            if time.perf_counter() - self.began > PATIENCE_S or self.process.poll() is not None:
                raise SystemExit(f"{self.command[0]}: no window came")
            time.sleep(0.001)
        return time.perf_counter() - self.began

    def processor_s(self) -> float:
        """Give the processor's time it has used."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")

    def resident_mb(self) -> float:
        """Give how much memory it holds."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) / 1000


def workshop(folder: Path) -> Path:
    """Write a workshop whose clock is running."""
    model = read_model(content_dir())
    sample = codec.decode((resources_dir() / "sample.hicm").read_bytes(), model).workshop
    running = StartClock(model.changes[0].id, dt.datetime.now(dt.UTC)).apply(sample)
    file = folder / "Northbridge.hicm"
    file.write_bytes(codec.encode(running, model))
    return file


def started(command: Sequence[str], home: Path, *, of_ours: bool) -> Started:
    """Start a program as somebody who never had it; one of ours on a workshop."""
    source = {"PYTHONPATH": str(ROOT)} if command[0] == sys.executable else {}
    variables = {**as_a_user(os.environ, home), "QT_QPA_PLATFORM": "xcb", **source}
    return Started([*command, *([str(workshop(home))] if of_ours else [])], variables)


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    rounds = int(arguments[0]) if arguments else 7
    screen = Screen()
    frozen = str(executable(WORK / "frozen" / FOLDER))
    ways = {
        "empty window": [sys.executable, "-P", "-c", EMPTY],
        "from source": [sys.executable, "-P", "-m", "hicm_desktop"],
        "frozen": [frozen],
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    signs: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):  # the first round fills the caches of the disk
        for name, command in ways.items():
            with tempfile.TemporaryDirectory() as home:
                with started(command, Path(home), of_ours=name != "empty window") as program:
                    sign, took = program.painted(screen, MIDDLE), program.painted(screen)
                if number:
                    signs[name].append(sign)
                    times[name].append(took)
                while screen.point() or screen.point(MIDDLE):
                    time.sleep(0.01)
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    for name, median in medians.items():
        print(f"{name:<16}{median * 1000:7.0f} ms  ({min(times[name]) * 1000:.0f} at best)")
    for name, found in signs.items():
        print(f"{name:<16}{statistics.median(found) * 1000:7.0f} ms  until anything is seen")
    sign = statistics.median(signs["frozen"]) / medians["empty window"]
    print(f"the card, frozen, ÷ empty   {sign:.2f}")
    print(f"frozen ÷ source  {medians['frozen'] / medians['from source']:.2f}")
    print(f"frozen ÷ empty   {medians['frozen'] / medians['empty window']:.2f}")
    print(f"source ÷ empty   {medians['from source'] / medians['empty window']:.2f}")
    with (
        tempfile.TemporaryDirectory() as home,
        started([frozen], Path(home), of_ours=True) as program,
    ):
        program.painted(screen)
        time.sleep(SETTLE_S)
        before = program.processor_s()
        time.sleep(IDLE_S)
        used = program.processor_s() - before
        print(f"idle, clock on   {used / IDLE_S:.2%} of one processor in {IDLE_S:.0f} s")
        print(f"resident         {program.resident_mb():.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
