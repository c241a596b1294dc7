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
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

gi = importlib.import_module("gi")  # of the system's Python alone
gi.require_version("Atspi", "2.0")
Atspi = importlib.import_module("gi.repository.Atspi")
GLib = importlib.import_module("gi.repository.GLib")

LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
PATIENCE_S = 30.0
ANNOUNCED, RENAMED = "object:announcement", "object:property-change:accessible-name"
KINDS = (ANNOUNCED, RENAMED, "object:state-changed:checked")
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


def until(true: Callable[[], Any], what: str) -> Any:
    """Let what happened on the bus come in until something is true, and give it."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        GLib.MainContext.default().iteration(may_block=False)
        if found := true():
            return found
        time.sleep(0.02)
    raise LookupError(f"waited in vain until {what}")


def told(mark: int, kind: str, words: str) -> None:
    """Wait until something like this has been told since there was so much."""
    until(
        lambda: any(
            event["kind"] == kind and (event["said"] or event["name"]).startswith(words)
            for event in HEARD[mark:]
        ),
        f"{words!r} is told",
    )


def walk(element: Element) -> Iterator[Element]:
    """Go through an element and all in it that is on the screen."""
    if element is None or not element.get_state_set().contains(Atspi.StateType.SHOWING):
        return
    yield element
    for index in range(element.get_child_count()):
        yield from walk(element.get_child_at_index(index))


def find(within: Element, name: str, role: str | None = None) -> Element:
    """Give the first element whose name begins so. Waits for it."""
    return until(lambda: found_now(within, name, role), f"something is called {name!r}")


def found_now(within: Element, name: str, role: str | None = None) -> Element:
    """Give the first element whose name begins so, or None."""
    for element in elements(within):
        if (element.get_name() or "").startswith(name) and role in (None, element.get_role_name()):
            return element
    return None


def elements(within: Element) -> Iterator[Element]:
    """Go through all that is on the screen: of a window, or of all windows of the program."""
    if within.get_role_name() != "application":
        yield from walk(within)
        return
    for number in range(within.get_child_count()):
        yield from walk(within.get_child_at_index(number))


def do(element: Element) -> None:
    """Do an element's first action: press, toggle or choose."""
    try:
        element.get_action_iface().do_action(0)
    except GLib.Error as error:
        # A dialog that it opens answers only once it is closed.
        if "timeout" not in str(error).lower() and "timed out" not in str(error).lower():
            raise


def program_of(process: subprocess.Popen[bytes]) -> Element:
    """Wait for the program to be on the bus."""

    def look() -> Element:
        if process.poll() is not None:
            raise LookupError("the program has ended")
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(index)
            if application is not None and application.get_process_id() == process.pid:
                return application
        return None

    return until(look, "the program is on the bus")


def nameless(within: Element) -> list[str]:
    """Give what can be used and has no name, by its role and where it stands."""
    found = []
    for element in elements(within):
        states = element.get_state_set()
        usable = states.contains(Atspi.StateType.FOCUSABLE) or states.contains(
            Atspi.StateType.CHECKABLE
        )
        if usable and not (element.get_name() or "").strip():
            parent = element.get_parent()
            found.append(f"{element.get_role_name()} in {parent.get_name() if parent else ''}")
    return found


TABS = {
    "Overview": "Edit details",
    "Change 4": "Discharge to assess",
    "Action plan": "Add an action",
    "Closing": "Sign off",
}
"""The tabs looked at, and what each of them alone shows."""


def look_around(program: Element) -> dict[str, list[str]]:
    """Go to every kind of view; gives what has no name in each."""
    found: dict[str, list[str]] = {}

    def look(view: str, there: str) -> None:
        find(program, there)
        found[view] = nameless(program)

    for tab, there in TABS.items():
        do(find(program, tab, "page tab"))
        look(tab, there)
    do(find(program, "Change 4", "page tab"))
    for side, there in (("Log", "All rows"), ("Guidance", "Tips")):
        do(find(program, side, "radio button"))
        look(side, there)
    do(find(program, "This row", "radio button"))
    do(find(program, "Add an action from this row"))
    look("Action", "Back to the row")
    do(find(program, "Back to the row"))
    do(find(program, "Overview", "page tab"))
    do(find(program, "Edit details"))
    look("Details", "Partner 1: organisation")
    do(find(program, "Cancel"))
    do(find(program, "Help", "menu item"))
    look("Menu", "Show hints again")
    do(find(program, "Keys", "menu item"))
    look("Keys", "Save as PDF to print")
    do(find(program, "Close"))
    do(find(program, "Change 4", "page tab"))
    for _ in ("shown", "put away"):
        do(find(program, "Room", "menu item"))
        do(find(program, "Room view", "menu item"))
        if "Room" not in found:
            look("Room", "4  Home first. Row 1 of 3")
    return found


def work(program: Element) -> dict[str, object]:
    """Look around; change a level, an outcome and a count; gives what was found."""
    found: dict[str, object] = {"nameless": look_around(program)}
    do(find(program, "Change 4", "page tab"))
    mark = len(HEARD)
    exemplary = find(program, "Exemplary. Assessments in usual place", "radio button")
    do(exemplary)
    told(mark, ANNOUNCED, "Discharge to assess: Exemplary")
    found["level"] = HEARD[mark:]
    exemplary.clear_cache()
    found["checked"] = exemplary.get_state_set().contains(Atspi.StateType.CHECKED)
    mark = len(HEARD)
    do(find(program, "Parked", "radio button"))
    told(mark, ANNOUNCED, "Discharge to assess: Parked")
    found["outcome"] = HEARD[mark:]
    told(mark, RENAMED, "Save state: Saved ")
    do(find(program, "Show of hands: count", "push button"))
    more = find(program, "One hand more at Plans in place", "push button")
    mark = len(HEARD)
    do(more)
    told(mark, ANNOUNCED, "Before discussion: ")
    told(mark, RENAMED, "Save state: Saved ")
    found["tally"] = HEARD[mark:]
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
        found = work(program_of(program))
        Path(sys.argv[3]).write_text(json.dumps(found), encoding="utf-8")
    finally:
        program.terminate()
        program.wait(timeout=PATIENCE_S)
        bus.terminate()


if __name__ == "__main__":
    main()
