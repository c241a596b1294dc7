"""A process of its own on two screens, one of which is unplugged and plugged in again.

For `tests.e2e.test_two_screens`: `python -m tests.e2e.projecting FILE`, on an X server that is 3670
px wide. It cuts the server up as `xrandr --setmonitor` does, and says as JSON what it found.
"""

from __future__ import annotations

import ctypes
import json
import sys
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from hicm_desktop.ui.commands import Command
from hicm_desktop.workshop.edits import AgreeLevel
from hicm_desktop.workshop.room import RowPicture
from tests.e2e.driving import Driver, run

CONSOLE, ROOM, WALL = (0, 0, 1366, 768), (1366, 0, 1280, 720), (2646, 0, 1024, 768)
SETTLED_MS = 300
"""What comes of a screen that goes or comes has been done by then: the X server tells at once."""


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


def names() -> list[str]:
    return [screen.name() for screen in QApplication.screens()]


class Walk:
    """A person at the console while screens come and go, who writes down what is true then."""

    def __init__(self, monitors: Monitors, at: Driver) -> None:
        self.monitors, self.at, self.room = monitors, at, at.window.room
        self.found: dict[str, object] = {"screens": names()}
        self.said: list[str] = []
        self.room.told.connect(self.said.append)

    def look(self, step: str) -> None:
        """Write down what is true once all has come to rest."""
        QTest.qWait(SETTLED_MS)
        window, shown, view = self.at.window, self.room.projector.window, self.room.view
        content = view.content if view is not None else None
        frame = window.frameGeometry()
        holding = [s.name() for s in QApplication.screens() if s.geometry().contains(frame)]
        self.found[step] = {
            "room": shown.geometry().getRect() if shown is not None else None,
            "words": self.room.words,
            "row": content.row.name if isinstance(content, RowPicture) else None,
            "console on": holding,
            "console’s screen": window.screen().name(),
            "active": window.isActiveWindow(),
            "said": self.said.copy(),
        }
        self.said.clear()

    def opens(self) -> None:
        """The console comes to the front, and has the keyboard from then on."""
        window, room = self.at.window, self.room
        window.activateWindow()
        self.at.until(window.isActiveWindow, "the console is in front")
        window.console.go_to_row("discharge-to-assess")
        window.menus.actions[Command.ROOM].trigger()
        self.at.until(lambda: room.projector.is_open, "the room view is open")
        self.look("opened")

    def room_goes(self) -> None:
        """The room's screen goes while the work goes on, another comes, and it is back."""
        window = self.at.window
        self.monitors.unplug("room")
        self.at.until(lambda: self.room.projector.awaits, "the screen has gone")
        window.document.apply(AgreeLevel("discharge-to-assess", "exemplary"))
        window.console.go_to_row("reablement-and-pathways")
        self.look("unplugged")
        self.comes("wall", WALL)
        self.look("another")
        self.monitors.plug("room", ROOM)
        self.at.until(lambda: self.room.projector.is_open, "the screen is back")
        self.look("back")

    def another_is_chosen(self) -> None:
        """The room view is moved to another screen, which goes and comes too."""
        self.choose("wall")
        self.look("chosen")
        self.monitors.unplug("wall")
        self.at.until(lambda: self.room.projector.awaits, "the chosen screen has gone")
        self.look("chosen gone")
        self.monitors.plug("wall", WALL)
        self.at.until(lambda: self.room.projector.is_open, "the chosen screen is back")
        self.look("chosen back")

    def console_goes(self) -> None:
        """The console's own screen goes and comes, and so does one that it was moved to."""
        window = self.at.window
        self.goes("console")
        self.look("console gone")
        self.comes("console", CONSOLE, has_output=True)
        self.look("console back")
        self.choose("room")
        window.setGeometry(*WALL)
        self.at.until(lambda: window.screen().name() == "wall", "the console has moved")
        self.look("console moved")
        self.goes("wall")
        self.look("console left behind")
        self.comes("wall", WALL)
        self.look("console found")

    def choose(self, screen: str) -> None:
        """Choose the screen of the room view from the menu."""
        menu = next(m for m in self.at.window.findChildren(QMenu) if m.title() == "Room view &on")
        menu.aboutToShow.emit()
        next(a for a in menu.actions() if a.text().startswith(f"{screen}, ")).trigger()

    def goes(self, screen: str) -> None:
        self.monitors.unplug(screen)
        self.at.until(lambda: screen not in names(), f"the screen {screen} has gone")

    def comes(
        self, screen: str, box: tuple[int, int, int, int], *, has_output: bool = False
    ) -> None:
        self.monitors.plug(screen, box, has_output=has_output)
        self.at.until(lambda: screen in names(), f"the screen {screen} is there")


def main(file: Path) -> None:
    """Show the room, and have screens go and come."""
    monitors = Monitors()
    monitors.plug("console", CONSOLE, has_output=True)
    monitors.plug("room", ROOM)
    found: dict[str, object] = {}

    def work(at: Driver) -> None:
        walk = Walk(monitors, at)
        walk.opens()
        walk.room_goes()
        walk.another_is_chosen()
        walk.console_goes()
        found.update(walk.found)

    application = QApplication([])
    found["code"] = run([str(file)], work)
    sys.stdout.write(json.dumps(found))
    application.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
