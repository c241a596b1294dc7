"""The figures the project promises, each as a ratio against a floor measured in the same run.

    .venv/bin/python benchmarks/figures.py [ROUNDS]

Floor and program take turns, so that a machine that slows down slows both. Medians are quoted. A
figure that is missed is printed as missed; the exit code is 1 where any is.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

PROBES = Path(__file__).with_name("probes.py")
ON_TWO_SCREENS = ("bare_room", "room_follows")


@dataclass(frozen=True, slots=True)
class Figure:
    """One promise: what was measured, the most it may be, and how it came about."""

    name: str
    value: float
    most: float
    unit: str
    detail: str

    @property
    def met(self) -> bool:
        """Whether the promise holds in this run."""
        return self.value <= self.most

    def line(self) -> str:
        """Give the figure as a line of the table."""
        verdict = "met" if self.met else "MISSED"
        return (
            f"{verdict:7}{self.name:46}{self.value:8.2f} {self.unit:3} (at most {self.most:g})"
            f"   {self.detail}"
        )


def probe(name: str) -> dict[str, float]:
    """Run a probe in a process of its own."""
    environment = {**os.environ, "STARTED_NS": str(time.monotonic_ns())}
    if name in ON_TWO_SCREENS:
        environment["QT_QPA_PLATFORM"] = "offscreen"  # a display seldom has two
    done = subprocess.run(
        [sys.executable, "-P", str(PROBES), name],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def turns(rounds: int, *names: str) -> dict[str, list[dict[str, float]]]:
    """Run probes in turn, after one round that is not counted."""
    for name in names:
        probe(name)
    results: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            results[name].append(probe(name))
    return results


def measure(rounds: int) -> list[Figure]:
    """Measure everything."""
    few = max(rounds // 3, 1)
    return [*_window(rounds), *_clicks(few), *_room(few), *_work(rounds)]


def _window(rounds: int) -> list[Figure]:
    windows = turns(rounds, "empty_window", "full_window")
    floor, full = windows["empty_window"], windows["full_window"]

    def ratio(key: str) -> float:
        return statistics.median(f[key] / e[key] for f, e in zip(full, floor, strict=True))

    def detail(key: str, unit: str) -> str:
        ours = statistics.median(f[key] for f in full)
        least = statistics.median(e[key] for e in floor)
        return f"{ours:.0f} {unit} against {least:.0f} {unit} of an empty window"

    return [
        Figure("first paint", ratio("first_paint_ms"), 1.35, "×", detail("first_paint_ms", "ms")),
        Figure("peak memory, all tabs", ratio("peak_mib"), 1.6, "×", detail("peak_mib", "MiB")),
    ]


def _clicks(rounds: int) -> list[Figure]:
    clicks = turns(rounds, "bare_click", "real_click")

    def p99(name: str) -> list[float]:
        return [statistics.quantiles(run["clicks_ms"], n=100)[98] for run in clicks[name]]  # type: ignore[arg-type]

    def middle(name: str) -> list[float]:
        return [statistics.median(run["clicks_ms"]) for run in clicks[name]]  # type: ignore[arg-type]

    ours, bare = statistics.median(p99("real_click")), statistics.median(p99("bare_click"))
    ours_half = statistics.median(middle("real_click"))
    bare_half = statistics.median(middle("bare_click"))
    return [
        Figure("click to painted, p99", ours, 16, "ms", f"median {ours_half:.2f} ms"),
        Figure(
            "click to painted ÷ a bare painted button",
            ours_half / bare_half,
            1.5,
            "×",
            f"medians {ours_half:.2f} and {bare_half:.2f} ms; p99 {ours:.2f} and {bare:.2f} ms",
        ),
    ]


def _room(rounds: int) -> list[Figure]:
    runs = turns(rounds, "bare_room", "room_follows")

    def times(name: str, key: str) -> list[float]:
        return [each for run in runs[name] for each in run[key]]  # type: ignore[attr-defined]

    def p99(name: str, key: str) -> float:
        return statistics.quantiles(times(name, key), n=100)[98]

    against = f"bare texts in a second window {p99('bare_room', 'room_ms'):.1f} ms"
    return [
        Figure(
            f"{name} to painted in the room, p99",
            p99("room_follows", key),
            16,
            "ms",
            f"median {statistics.median(times('room_follows', key)):.2f} ms; {against}",
        )
        for name, key in (
            ("a level", "edits_ms"),
            ("another row", "steps_ms"),
            ("another row, in a hurry,", "hurried_ms"),
            ("another change", "tabs_ms"),
        )
    ]


def _work(rounds: int) -> list[Figure]:
    work = turns(rounds, "content", "exports")

    def middle(name: str, key: str) -> float:
        return statistics.median(run[key] for run in work[name])

    return [
        Figure(
            "loading all content",
            middle("content", "read_ms"),
            40,
            "ms",
            f"reading the bytes alone {middle('content', 'floor_ms'):.2f} ms",
        ),
        *(
            Figure(
                f"exporting the sample, {name}",
                middle("exports", f"{name}_s"),
                1.0,
                "s",
                f"and {middle('exports', f'{name}_load_s'):.2f} s to load its library, once",
            )
            for name in ("workbook", "pdf")
        ),
    ]


def main() -> int:
    """Print the table; gives 1 where a figure is missed."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    screen = os.environ.get("QT_QPA_PLATFORM") or ("xcb" if os.environ.get("DISPLAY") else "none")
    if screen == "none":
        os.environ["QT_QPA_PLATFORM"] = screen = "offscreen"
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores,")
    print(f"screen: {screen}, {rounds} rounds\n")
    figures = measure(rounds)
    for figure in figures:
        print(figure.line())
    return 0 if all(figure.met for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
