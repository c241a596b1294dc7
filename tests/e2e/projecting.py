"""A process of its own on two screens, one of which is unplugged and plugged in again.

For `tests.e2e.test_two_screens`: `python -m tests.e2e.projecting FILE`, on an X server that is 2646
px wide. It cuts the server in two as `xrandr --setmonitor` does, and says as JSON what it found.
"""

from __future__ import annotations

import ctypes
import json
import sys
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from hicm_desktop.ui.commands import Command
from hicm_desktop.workshop.edits import AgreeLevel
from hicm_desktop.workshop.room import RowPicture
from tests.e2e.driving import Driver, run

CONSOLE, ROOM = (0, 0, 1366, 768), (1366, 0, 1280, 720)


class _Monitor(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_ulong),
        *((name, ctypes.c_int) for name in ("primary", "automatic", "noutput")),
        *((name, ctypes.c_int) for name in ("x", "y", "width", "height", "mwidth", "mheight")),
        ("outputs", ctypes.POINTER(ctypes.c_ulong)),
    )


class Monitors:
    """Sets and removes the monitors of the X server."""

    def __init__(self) -> None:
        self._x, self._randr = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXrandr.so.2")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = self._x.XInternAtom.restype = ctypes.c_ulong
        self._randr.XRRAllocateMonitor.restype = ctypes.POINTER(_Monitor)
        self._randr.XRRGetMonitors.restype = ctypes.POINTER(_Monitor)
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(None))
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))
        count = ctypes.c_int()
        first = self._randr.XRRGetMonitors(self._display, self._root, 1, ctypes.byref(count))[0]
        self._output = first.outputs[0]

    def plug(self, name: str, box: tuple[int, int, int, int], *, has_output: bool = False) -> None:
        """Add a monitor; the one that has the output takes the place of the server's own."""
        monitor = self._randr.XRRAllocateMonitor(self._display, int(has_output))
        made = monitor[0]
        made.name, made.primary, made.automatic = self._atom(name), 0, 0
        made.x, made.y, made.width, made.height = box
        made.mwidth, made.mheight = box[2] // 4, box[3] // 4
        if has_output:
            made.outputs[0] = self._output
        self._randr.XRRSetMonitor(self._display, self._root, monitor)
        self._x.XSync(self._display, 0)

    def unplug(self, name: str) -> None:
        """Remove a monitor."""
        atom = ctypes.c_ulong(self._atom(name))
        self._randr.XRRDeleteMonitor(self._display, self._root, atom)
        self._x.XSync(self._display, 0)

    def _atom(self, name: str) -> int:
        return int(self._x.XInternAtom(self._display, name.encode(), 0))


def main(file: Path) -> None:
    """Show the room, take its screen away, and give it back."""
    monitors = Monitors()
    monitors.plug("console", CONSOLE, has_output=True)
    monitors.plug("room", ROOM)
    found: dict[str, object] = {}

    def work(at: Driver) -> None:
        window, room = at.window, at.window.room
        found["screens"] = [screen.name() for screen in QApplication.screens()]

        def look(step: str) -> None:
            shown = room.projector.window
            box = shown.geometry().getRect() if shown is not None else None
            content = room.view.content if room.view is not None else None
            seen = content.row.name if isinstance(content, RowPicture) else None
            found[step] = [box, room.words, seen, window.isActiveWindow()]

        window.console.go_to_row("discharge-to-assess")
        window.menus.actions[Command.ROOM].trigger()
        at.until(lambda: room.projector.is_open, "the room view is open")
        QTest.qWait(300)
        look("opened")
        monitors.unplug("room")
        at.until(lambda: room.projector.awaits, "the screen has gone")
        window.document.apply(AgreeLevel("discharge-to-assess", "exemplary"))
        window.console.go_to_row("reablement-and-pathways")
        QTest.qWait(300)
        look("unplugged")
        monitors.plug("room", ROOM)
        at.until(lambda: room.projector.is_open, "the screen is back")
        QTest.qWait(300)
        look("back")
        monitors.unplug("console")
        monitors.plug("console", CONSOLE, has_output=True)

    application = QApplication([])
    found["code"] = run([str(file)], work)
    sys.stdout.write(json.dumps(found))
    application.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
