"""Where the time of a start goes, from source, by the processor's time, and what it imports.

Run on a display as `python -m benchmarks.start [ROUNDS]`:

    xvfb-run -a -s "-screen 0 1920x1080x24" .venv/bin/python -m benchmarks.start

An empty window and the program take turns, each in a process of its own: the program on the
sample, as somebody who never had it, until its window has been painted. It is the processor's time,
so that what else the machine does counts little; `benchmarks.frozen` has how long a user waits.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from distribution.build import as_a_user
from hicm_desktop.paths import resources_dir

ROOT = Path(__file__).resolve().parents[1]
MOST = 20

MARKS = """
import json, os, sys, time
marks = []
def mark(name):
    marks.append((name, time.process_time()))
def end():
    mark("shown and painted")
    print(json.dumps(marks))
    sys.stdout.flush()
    os._exit(0)
mark("Python")
"""

EMPTY = f"""{MARKS}
from PySide6.QtWidgets import QApplication, QMainWindow
mark("Qt")
app = QApplication([])
window = QMainWindow()
window.resize(1536, 864)
mark("made")
window.show()
app.processEvents()
end()
"""

OURS = f"""{MARKS}
from hicm_desktop import __main__, opening
mark("what the card needs")
from PySide6.QtWidgets import QApplication
mark("Qt")
card = opening.say_so(sys.argv[1:])
mark("the card")
from hicm_desktop import app, cli
from hicm_desktop.ui.console import Console
mark("our modules")
build = app.build
def built(*given):
    made = build(*given)
    mark("made")
    return made
app.build = built
Console.make_ready = lambda _: end()
cli.main()
"""
"""What `hicm_desktop.__main__` does, with marks between."""


def run(script: str, *options: str, of_ours: bool) -> tuple[dict[str, float], str]:
    """Start a script; gives the processor's time of each stage in ms, and what it wrote besides."""
    with tempfile.TemporaryDirectory() as home:
        variables = {**as_a_user(os.environ, Path(home)), "QT_QPA_PLATFORM": "xcb"}
        arguments = []
        if of_ours:
            variables["PYTHONPATH"] = str(ROOT)
            file = Path(home) / "Northbridge.hicm"
            file.write_bytes((resources_dir() / "sample.hicm").read_bytes())
            arguments = [str(file)]
        done = subprocess.run(
            [sys.executable, "-P", *options, "-c", script, *arguments],
            env=variables,
            capture_output=True,
            text=True,
            check=True,
        )
    stages: dict[str, float] = {}
    before = 0.0
    for name, time in json.loads(done.stdout):
        stages[name] = (time - before) * 1000
        before = time
    return stages, done.stderr


def medians(runs: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Give the median of each stage, and that of the whole."""
    found = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    return {**found, "in all": statistics.median(sum(run.values()) for run in runs)}


def dearest(times: Mapping[str, float]) -> list[tuple[str, float]]:
    """Give what took longest, the longest first."""
    return sorted(times.items(), key=lambda found: -found[1])[:MOST]


def say_imports(log: str) -> None:
    """Tell what the imports took, by `-X importtime`: each by itself, without what it imports."""
    took: dict[str, float] = {}
    for line in log.splitlines():
        words = line.removeprefix("import time:").split("|")
        if len(words) == 3 and words[0].strip().isdigit():
            took[words[2].strip()] = int(words[0]) / 1000
    parts: dict[str, float] = {}
    for name, time in took.items():
        package = name.partition(".")[0]
        parts[package] = parts.get(package, 0) + time
    print(f"\n{len(took)} modules, {sum(took.values()):.0f} ms when each is timed; by package:")
    print("  ".join(f"{name} {time:.0f}" for name, time in dearest(parts)))
    print("\nthe dearest of them, in ms:")
    for name, time in dearest(took):
        print(f"{time:8.1f}  {name}")


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    rounds = int(arguments[0]) if arguments else 7
    empty: list[dict[str, float]] = []
    ours: list[dict[str, float]] = []
    for number in range(rounds + 1):  # the first round fills the caches of the disk
        one, other = run(EMPTY, of_ours=False)[0], run(OURS, of_ours=True)[0]
        if number:
            empty.append(one)
            ours.append(other)
    for title, runs in (("an empty window", empty), ("the program", ours)):
        print(f"{title}:")
        for name, median in medians(runs).items():
            print(f"{median:8.0f} ms  {name}")
    ratio = medians(ours)["in all"] / medians(empty)["in all"]
    print(f"the program ÷ an empty window  {ratio:.2f}")
    say_imports(run(OURS, "-X", "importtime", of_ours=True)[1])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
