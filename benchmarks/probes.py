"""What `figures.py` measures, one probe to a process: `python probes.py NAME` prints JSON.

Each probe sets up as the real program does and times one thing; the floor probes do the least that
Qt can. `STARTED_NS`, in the environment, is when the process was asked for (CLOCK_MONOTONIC).
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow, QWidget

if TYPE_CHECKING:
    from hicm_desktop.app import Application

CLICKS = 400
SIZE = (1920, 1080)
_TOO_LONG_S = 10
WORDING = (
    "Plans have been drawn up for a discharge to assess pathway, and nursing capacity in the "
    "community is being created to do complex assessments outside of acute hospital wards."
)


class Painted(QObject):
    """Notices that a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.seen = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.seen = self.seen or event.type() == QEvent.Type.Paint
        return False

    def stop(self) -> None:
        """Notice no more."""
        watched = self.parent()
        if watched is not None:
            watched.removeEventFilter(self)
        self.deleteLater()

    def wait(self) -> None:
        """Run the event loop until it is painted and on the screen."""
        while not self.seen:
            QApplication.processEvents()


class BareButton(QAbstractButton):
    """The least that a descriptor could be: a box with its wording, one of five."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setText(WORDING)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor("#DCE9F7" if self.isChecked() else "#FFFFFF"))
        painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 6, 6)
        box = self.rect().adjusted(10, 10, -10, -10)
        painter.drawText(box, Qt.TextFlag.TextWordWrap, self.text())
        painter.end()


def since_start_ms() -> float:
    """Give the time since this process was asked for."""
    return (time.monotonic_ns() - int(os.environ["STARTED_NS"])) / 1e6


def peak_mib() -> float:
    """Give the most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def empty_window() -> dict[str, float]:
    """Show a QMainWindow with nothing in it."""
    app = QApplication([])
    window = QMainWindow()
    window.resize(*SIZE)
    painted = Painted(window)
    window.show()
    painted.wait()
    shown = since_start_ms()
    app.processEvents()
    return {"first_paint_ms": shown, "peak_mib": peak_mib()}


def full_window() -> dict[str, float]:
    """Show the real window with the sample workshop, then visit every tab."""
    application = _real()
    window = application.window
    painted = Painted(window)
    window.show()
    painted.wait()
    shown = since_start_ms()
    for index in range(window.console.tabs.count()):
        window.console.go_to_tab(index)
        for _ in range(5):
            application.qt.processEvents()
    figures = {"first_paint_ms": shown, "peak_mib": peak_mib()}
    window.close()
    return figures


def bare_click() -> dict[str, list[float]]:
    """Time a click on a bare painted button, from the press to the screen."""
    app = QApplication([])
    window = QMainWindow()
    window.resize(*SIZE)
    buttons = [BareButton(window) for _ in range(5)]
    for i, button in enumerate(buttons):
        button.setGeometry(20 + i * 260, 200, 250, 220)
    window.show()
    app.processEvents()
    return {"clicks_ms": [_click(buttons[i % 5]) for i in range(CLICKS)]}


def real_click() -> dict[str, list[float]]:
    """Time a click on a descriptor, from the press to the screen, with all that follows from it."""
    application = _real()
    window = application.window
    window.show()
    times = []
    for change in window.document.model.changes:
        window.console.go_to_change(change.id)
        rows = window.console.changes.page_of(change.id).matrix.rows
        _let_settle(application.qt)
        for i in range(CLICKS // len(window.document.model.changes)):
            row = rows[0]
            times.append(_click(row.descriptors[i % len(row.descriptors)]))
            _let_settle(application.qt)
    window.close()
    return {"clicks_ms": times}


def bare_room() -> dict[str, list[float]]:
    """Time a change of five bare texts in a second window, from the call to the screen."""
    app = _two_screens()
    console, room = QMainWindow(), QMainWindow()
    texts = [BareButton(room) for _ in range(5)]
    for i, text in enumerate(texts):
        text.setGeometry(20 + i * 250, 150, 240, 450)
    for window, screen in zip((console, room), app.screens(), strict=True):
        window.setGeometry(screen.geometry())
        window.show()
    _let_settle(app)
    flushed = Flushed(room)

    def change(i: int) -> None:
        for text in texts:
            text.setText(f"{WORDING} {i}")
            text.update()

    times = []
    for i in range(CLICKS):
        times.append(flushed.after(partial(change, i)))
        _let_settle(app)
    return {"room_ms": times}


def room_follows() -> dict[str, list[float]]:
    """Time keys pressed in the console until the room view on its own screen has been painted.

    `edits_ms`: a level, 1 to 5. `steps_ms`: the arrow to another row, 150 ms apart, as one goes
    through rows. `hurried_ms`: the same, each as soon as the last is painted. `tabs_ms`: another
    change by Ctrl and its number, its page made for the first time or there already.
    """
    app = _two_screens()
    application = _real(app)
    window = application.window
    window.show()
    _let_settle(app)
    window.room.projector.open()
    shown = window.room.projector.window
    if shown is None or shown.keyboard:
        raise SystemExit("the room view has no screen of its own here")
    _let_settle(app, 3)
    flushed = Flushed(shown)

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> float:
        while not window.isActiveWindow():  # offscreen, whatever was shown last is
            window.activateWindow()
            _let_settle(app)
        target = window.focusWidget() or window
        return flushed.after(partial(QTest.keyClick, target, key, modifier))

    figures: dict[str, list[float]] = {
        name: [] for name in ("edits_ms", "steps_ms", "hurried_ms", "tabs_ms")
    }
    for turn in range(4):
        for change in window.document.model.changes:
            number = Qt.Key(Qt.Key.Key_0 + change.number)
            figures["tabs_ms"].append(press(number, Qt.KeyboardModifier.ControlModifier))
            window.console.go_to_row(change.rows[0].id)
            _let_settle(app, 0.15)
            down, up = [[key] * (len(change.rows) - 1) for key in (Qt.Key.Key_Down, Qt.Key.Key_Up)]
            name, pause = ("steps_ms", 0.15) if turn % 2 == 0 else ("hurried_ms", 0.0)
            for key in (*down, *up):
                figures[name].append(press(key))
                _let_settle(app, pause)
            _let_settle(app, 0.15)
            agreed = window.document.workshop.row(change.rows[0].id).level
            levels = [level.id for level in window.document.model.levels]
            others = [i for i, level in enumerate(levels, start=1) if level != agreed]
            for i in (*others, *others, *others):
                figures["edits_ms"].append(press(Qt.Key(Qt.Key.Key_0 + i)))
                _let_settle(app)
    window.close()
    return figures


class Flushed(QObject):
    """Knows when a window has been painted and handed to the screen."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._at = 0.0
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.UpdateRequest:
            return False
        watched.event(event)
        self._at = time.perf_counter()
        return True

    def after(self, change: Callable[[], object]) -> float:
        """Do something, and give the time in ms from its start until the window shows it."""
        start = self._at = time.perf_counter()
        change()
        while self._at == start:
            QApplication.processEvents()
            if time.perf_counter() - start > _TOO_LONG_S:
                raise SystemExit(f"the room did not follow {change}")
        return (self._at - start) * 1e3


def _two_screens() -> QApplication:
    """Start on two screens where there is none; a real display has those that it has."""
    if os.environ.get("QT_QPA_PLATFORM", "") == "offscreen":
        screens = [
            {"name": name, "x": x, "y": 0, "width": width, "height": height, "logicalDpi": 96}
            | {"logicalBaseDpi": 96, "dpr": 1}
            for name, x, width, height in (("console", 0, 1366, 768), ("room", 1366, 1920, 1080))
        ]
        file = Path(tempfile.mkdtemp()) / "screens.json"
        file.write_text(json.dumps({"screens": screens}))
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={file}"
    return QApplication([])


def content() -> dict[str, float]:
    """Time the reading of all content, as in a program that has just started."""
    from hicm_desktop.model.reader import read_model
    from hicm_desktop.paths import content_dir

    folder = content_dir()
    start = time.perf_counter()
    read_model(folder)
    took = time.perf_counter() - start
    start = time.perf_counter()
    for path in sorted(folder.glob("*.yaml")):
        path.read_bytes()
    return {"read_ms": took * 1e3, "floor_ms": (time.perf_counter() - start) * 1e3}


def exports() -> dict[str, float]:
    """Time each export of the sample, the loading of its library apart."""
    from hicm_desktop import paths
    from hicm_desktop.model.reader import read_model
    from hicm_desktop.storage import codec
    from hicm_desktop.workshop.report import build_report

    model = read_model(paths.content_dir())
    sample = codec.decode((paths.resources_dir() / "sample.hicm").read_bytes(), model).workshop
    report = build_report(model, sample)
    figures = {}
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        from hicm_desktop.export.workbook import write_workbook

        loaded = time.perf_counter()
        write_workbook(report, Path(folder) / "sample.xlsx")
        written = time.perf_counter()
        figures["workbook_s"] = written - loaded
        figures["workbook_load_s"] = loaded - start
        from hicm_desktop.export.pdf import write_pdf

        loaded = time.perf_counter()
        write_pdf(report, paths.resources_dir() / "fonts", Path(folder) / "sample.pdf")
        figures["pdf_s"] = time.perf_counter() - loaded
        figures["pdf_load_s"] = loaded - written
    return figures


def _real(qt: QApplication | None = None) -> Application:
    from hicm_desktop import paths
    from hicm_desktop.app import build
    from hicm_desktop.document.settings import Settings

    folder = Path(tempfile.mkdtemp())
    file = folder / "Northbridge.hicm"
    file.write_bytes((paths.resources_dir() / "sample.hicm").read_bytes())
    application = build(qt or QApplication([]), Settings(folder / "settings.ini", folder), file)
    application.window.resize(*SIZE)
    return application


def _click(button: QAbstractButton) -> float:
    painted = Painted(button)
    where = QPoint(button.width() // 2, 20)
    start = time.perf_counter()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=where)
    painted.wait()
    took = (time.perf_counter() - start) * 1e3
    button.removeEventFilter(painted)
    painted.deleteLater()
    return took


def _let_settle(app: QApplication, seconds: float = 0.03) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        app.processEvents()


PROBES: dict[str, Callable[[], object]] = {
    probe.__name__: probe
    for probe in (
        empty_window,
        full_window,
        bare_click,
        real_click,
        bare_room,
        room_follows,
        content,
        exports,
    )
}

if __name__ == "__main__":
    print(json.dumps(PROBES[sys.argv[1]]()))
