"""The clock of the workshop: started, paused and told in the bar, and never in anyone's way.

For `hicm_desktop.ui.main_window`. What the clock says is computed from moments that are recorded
(`workshop.clock`, `workshop.pace`), so nothing here counts: a timer only has it said anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from hicm_desktop.document.document import Document
from hicm_desktop.ui.bars import line_label
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.console import Console
from hicm_desktop.workshop.pace import break_words, next_change, pace, row_words, time_words
from hicm_desktop.workshop.room_edits import EndBreak, PauseClock, StartClock, TakeBreak

_LONGEST_MS = 15_000
"""How late the words may be after the computer slept, since timers sleep with it."""


class ClockControl(QObject):
    """Shows how the time stands, and starts and stops it. `changed` when it says something else."""

    changed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._document: Document | None = None
        self._console: Console | None = None
        self.button = QPushButton()
        self.button.clicked.connect(self.toggle)
        self.rows = line_label("small")
        self._timer = QTimer(self, singleShot=True)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self.refresh)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._look_again)

    def answers(self) -> Mapping[Command, Callable[[], object]]:
        """Give what the commands about time do."""
        return {Command.CLOCK: self.toggle, Command.BREAK: self.take_break}

    def follow(self, document: Document, console: Console) -> None:
        """Tell the time of another workshop from now on."""
        self._document, self._console = document, console
        document.changed.connect(self._look_again)
        console.focus.row_changed.connect(self._look_again)
        console.tabs.currentChanged.connect(self._look_again)
        self.refresh()

    def toggle(self) -> None:
        """Start the clock for the change in view, or pause it where it runs; end a break."""
        document = self._document
        if document is None:
            return
        now, clock = document.now(), document.workshop.clock
        change = self._change(document)
        if clock.break_at(now) is not None:
            document.apply(EndBreak(now))
        elif _timed(document, now) == change:
            document.apply(PauseClock(now))
        else:
            document.apply(StartClock(change, now))

    def take_break(self) -> None:
        """Ask until when, and begin a break; the same command ends one."""
        document = self._document
        if document is None:
            return
        if document.workshop.clock.break_at(document.now()) is not None:
            document.apply(EndBreak(document.now()))
            return
        from hicm_desktop.ui.break_dialog import BreakDialog  # noqa: PLC0415 - start-up

        dialog = BreakDialog(document.now, self._window)
        minutes = dialog.minutes() if dialog.exec() else None
        dialog.deleteLater()
        if minutes is not None:
            now = document.now()
            document.apply(TakeBreak(now, now + dt.timedelta(minutes=minutes)))

    def refresh(self) -> None:
        """Say how the time stands now, and look again when it will be otherwise."""
        document = self._document
        if document is None:
            return
        words, rows, verb = self._say(document, document.now())
        self.button.setAccessibleName(f"Clock: {words}")
        self.button.setToolTip(f"{verb} (K, or {Command.CLOCK.shown})")
        if (words, rows) != (self.button.text(), self.rows.text()):
            self.button.setText(words)
            self.rows.setText(rows)
            self.changed.emit()
        now, clock = document.now(), document.workshop.clock
        if clock.runs(now) or clock.break_at(now) is not None:
            wait = (next_change(document.workshop, now) - now).total_seconds() * 1000
            self._timer.start(min(max(int(wait), 0) + 50, _LONGEST_MS))
        else:
            self._timer.stop()

    def _look_again(self, *_: object) -> None:
        self.refresh()

    def _say(self, document: Document, now: dt.datetime) -> tuple[str, str, str]:
        """Give what is said of the time, of the rows left, and what a click does."""
        workshop, model = document.workshop, document.model
        if words := break_words(workshop, now):
            return words, "", "End the break"
        here, timed = self._change(document), _timed(document, now)
        change = timed or here
        time = pace(model, workshop, change, now)
        words = time_words(time)
        in_view = self._console is not None and self._console.shows_change
        about = f"Change {model.change(change).number}: "
        if timed is None:
            started = workshop.clock.seconds(change, now) > 0
            state = "Paused" if started else "Start the clock"
            said = " · ".join(filter(None, (state, words)))
            return said if in_view else about + said, "", "Start the clock"
        if change == here:
            return words if in_view else about + words, row_words(time), "Pause the clock"
        return about + words, "", "Start it for this change"

    def _change(self, document: Document) -> str:
        """Give the change that the clock is about: the one in view, or else the one it was for."""
        console = self._console
        timed = document.workshop.clock.change
        if console is None or console.shows_change or timed is None:
            return console.focus.change if console is not None else document.model.changes[0].id
        return timed if document.model.has_change(timed) else console.focus.change


def _timed(document: Document, now: dt.datetime) -> str | None:
    """Give the change that the clock runs for; None where it stands, or for one no model has."""
    clock = document.workshop.clock
    is_known = clock.change is not None and document.model.has_change(clock.change)
    return clock.change if is_known and clock.runs(now) else None
