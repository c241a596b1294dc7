"""Reads the program from outside, as a screen reader does, by the accessibility bus of the desktop.

For `tests.e2e.test_seen_from_outside`, in a session bus of its own and by the system's Python,
which has the bindings: `outside.py PYTHON FILE OUT`. It starts the program with a workshop, works
it by its accessible actions alone, and writes what it found to OUT as JSON.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

gi = importlib.import_module("gi")  # of the system's Python alone
gi.require_version("Atspi", "2.0")
Atspi = importlib.import_module("gi.repository.Atspi")
GLib = importlib.import_module("gi.repository.GLib")

LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
PATIENCE_S = 30.0
KINDS = (
    "object:announcement",
    "object:property-change:accessible-name",
    "object:state-changed:checked",
)
HEARD: list[dict[str, Any]] = []
Element = Any
"""What the bindings give; they have no types."""


def listen(event: Element) -> None:
    """Keep what is told, from whom, in the order in which it comes."""
    said = event.any_data if isinstance(event.any_data, str) else ""
    HEARD.append(
        {
            "kind": event.type,
            "name": event.source.get_name() or "",
            "said": said,
            "on": event.detail1,
        }
    )


def pump(seconds: float) -> None:
    """Let what happened on the bus come in."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        GLib.MainContext.default().iteration(may_block=False)
        time.sleep(0.005)


def walk(element: Element) -> Iterator[Element]:
    """Go through an element and all in it that is on the screen."""
    if element is None or not element.get_state_set().contains(Atspi.StateType.SHOWING):
        return
    yield element
    for index in range(element.get_child_count()):
        yield from walk(element.get_child_at_index(index))


def find(window: Element, name: str, role: str | None = None) -> Element:
    """Give the first element whose name begins so. Waits for it."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        for element in walk(window):
            if (element.get_name() or "").startswith(name) and role in (
                None,
                element.get_role_name(),
            ):
                return element
        pump(0.2)
    raise LookupError(f"nothing is called {name!r}")


def do(element: Element) -> None:
    """Do an element's first action: press, toggle or choose."""
    element.get_action_iface().do_action(0)


def window_of(process: subprocess.Popen[bytes]) -> Element:
    """Wait for the program's window to be on the bus."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and process.poll() is None:
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(index)
            if application is not None and application.get_process_id() == process.pid:
                for number in range(application.get_child_count()):
                    window = application.get_child_at_index(number)
                    if "HICM Workshop" in (window.get_name() or ""):
                        return window
        pump(0.2)
    raise LookupError("the program is not on the bus")


def nameless(window: Element) -> list[str]:
    """Give what can be used and has no name, by its role and where it stands."""
    found = []
    for element in walk(window):
        states = element.get_state_set()
        usable = states.contains(Atspi.StateType.FOCUSABLE) or states.contains(
            Atspi.StateType.CHECKABLE
        )
        if usable and not (element.get_name() or "").strip():
            parent = element.get_parent()
            found.append(f"{element.get_role_name()} in {parent.get_name() if parent else ''}")
    return found


def work(window: Element) -> dict[str, object]:
    """Change a level, a count and a tab; gives what was found."""
    tabs: dict[str, list[str]] = {}
    found: dict[str, object] = {}
    for name in ("Overview", "Change 4", "Action plan", "Closing"):
        do(find(window, name, "page tab"))
        pump(1.0)
        tabs[name] = nameless(window)
    do(find(window, "Change 4", "page tab"))
    pump(1.0)
    mark = len(HEARD)
    exemplary = find(window, "Exemplary. Assessments in usual place", "radio button")
    do(exemplary)
    pump(2.5)
    found["level"] = HEARD[mark:]
    exemplary.clear_cache()
    found["checked"] = exemplary.get_state_set().contains(Atspi.StateType.CHECKED)
    mark = len(HEARD)
    do(find(window, "Parked", "radio button"))
    pump(1.0)
    found["outcome"] = HEARD[mark:]
    mark = len(HEARD)
    do(find(window, "Show of hands: count", "push button"))
    pump(1.0)
    do(find(window, "One hand more at Plans in place", "push button"))
    pump(2.5)
    found["tally"] = HEARD[mark:]
    found["light"] = find(window, "Save state").get_name()
    found["nameless"] = tabs
    return found


def main() -> None:
    """Start the program, work it, and write what was found."""
    bus = subprocess.Popen([LAUNCHER, "--launch-immediately"])
    variables = {**os.environ, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_QPA_PLATFORM": "xcb"}
    program = subprocess.Popen(
        [sys.argv[1], "-P", "-m", "hicm_desktop", sys.argv[2]], env=variables
    )
    try:
        Atspi.init()
        listener = Atspi.EventListener.new(listen)
        for kind in KINDS:
            listener.register(kind)
        window = window_of(program)
        pump(2.0)
        Path(sys.argv[3]).write_text(json.dumps(work(window)), encoding="utf-8")
    finally:
        program.terminate()
        program.wait(timeout=PATIENCE_S)
        bus.terminate()


if __name__ == "__main__":
    main()
