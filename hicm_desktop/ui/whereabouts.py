"""Remembers where the facilitator is, and goes back there after a run that ended badly.

For `hicm_desktop.ui.main_window` and the composition root. A computer that dies before a room is
started again before that room: it should come up with the row that was in focus, on both screens.
"""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtCore import QObject, QTimer

from hicm_desktop.document.document import Document
from hicm_desktop.document.library import Library
from hicm_desktop.document.saving import NoFileYet
from hicm_desktop.document.settings import LeftAt
from hicm_desktop.ui.console import Console
from hicm_desktop.ui.room.director import RoomDirector
from hicm_desktop.workshop.clock import FORGOTTEN_AFTER

_LAID_OUT_MS = 400
_AFTER_MS = 1000
"""Moves that follow one another closely are written down once."""


class Whereabouts(QObject):
    """Writes down a moment after each move where that was, until the run ends in good order."""

    def __init__(self, library: Library, room: RoomDirector, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._room = room
        self._document: Document | None = None
        self._console: Console | None = None
        self._left: LeftAt | None = None
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._soon.timeout.connect(self._keep)
        room.changed.connect(self._move)

    def follow(self, document: Document, console: Console) -> None:
        """Follow another workshop from now on."""
        self._document, self._console = document, console
        console.turning.connect(self._move)
        console.focus.row_changed.connect(self._move)
        document.renamed.connect(self._move)
        self._go_back_where_it_was()
        self._move()

    def expect(self, left: LeftAt) -> None:
        """Go back to where another run was, as soon as the workshop it was in is open."""
        self._left = left
        self._go_back_where_it_was()

    def forget(self) -> None:
        """Keep it no longer: the run ends in good order."""
        self._soon.stop()
        profile, left = self._library.profile, self._library.settings.left_at
        if profile is not None and left is not None and left.run == profile.run.token:
            self._library.settings.left_at = None

    def _go_back_where_it_was(self) -> None:
        document, console, left = self._document, self._console, self._left
        if document is None or console is None or left is None or document.path != left.path:
            return
        self._left = None
        # Once the window is there, and again once it is laid out: the row is to be in view.
        for wait in (0, _LAID_OUT_MS):
            QTimer.singleShot(wait, console, partial(self._go_back, console, left))

    def _go_back(self, console: Console, left: LeftAt) -> None:
        """Go to where another run was; its room view opens where there is a screen for it."""
        model = console.document.model
        if model.has_row(left.row):
            console.focus.set_row(left.row)
            if left.tab == model.change_of(left.row).number:
                console.go_to_row(left.row)
        if 0 <= left.tab < console.tabs.count() and left.tab != console.tabs.currentIndex():
            console.go_to_tab(left.tab)
        if left.room:
            self._room.open_beside(left.picture)

    def _move(self, *_: object) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _keep(self) -> None:
        document, console, profile = self._document, self._console, self._library.profile
        if document is None or console is None or profile is None:
            return
        if document.is_read_only or isinstance(document.save_state, NoFileYet):
            return
        window = self._room.projector.window
        self._library.settings.left_at = LeftAt(
            path=document.path,
            tab=console.tabs.currentIndex(),
            row=console.focus.row,
            room=window is not None and not window.keyboard,
            picture=self._room.picture.name,
            run=profile.run.token,
            at=document.now(),
        )


def ended_badly(library: Library, now: dt.datetime) -> LeftAt | None:
    """Give where the last run was, if it ended badly and not long ago; None where none did."""
    left, profile = library.settings.left_at, library.profile
    if left is None or profile is None or profile.is_alive(left.run):
        return None
    age = now - left.at if left.at.tzinfo is not None else FORGOTTEN_AFTER
    return left if abs(age) < FORGOTTEN_AFTER else None
