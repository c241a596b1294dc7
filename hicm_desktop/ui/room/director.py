"""Shows the room what the facilitator has in focus, and says truly what the room sees.

For `hicm_desktop.ui.main_window`. It alone in `ui.room` knows the document and the console; what it
hands on is a `RoomView`, which can hold nothing private. The room follows in the same event.

Frozen, the room keeps its picture while the facilitator looks elsewhere. Its time goes on all the
same: a clock that stood still would say what is not so. Blank and a break are meant for the room
and come through; after them the frozen picture is there again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget

from hicm_desktop.document.document import Document
from hicm_desktop.document.saving import NotSaved, SaveState
from hicm_desktop.document.settings import Settings
from hicm_desktop.ui.appearance import NEXT_FRAME_MS, Appearance
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.console import Console
from hicm_desktop.ui.menus import Menus
from hicm_desktop.ui.room.keys import Refused, answer, turn_from_private
from hicm_desktop.ui.room.projector import GONE, Projector
from hicm_desktop.ui.room.telling import NO_PROJECTOR, comes_through, room_words
from hicm_desktop.workshop.room import (
    ChangePicture,
    MatrixPicture,
    Picture,
    RoomView,
    RowPicture,
    Showing,
    Welcome,
    near,
    next_look,
    room_view,
)

NOW_BLANK = "The room was frozen on the last workshop. It is blank until you press B."
_PICTURES = tuple(Picture)
_LATE_MS = 50
"""A timer that is a little early would find the same words; this much later it does not."""
_LONGEST_MS = 15_000
"""How late the time may be after the computer slept, since timers sleep with it."""


class _Frozen(msgspec.Struct, frozen=True):
    """What the room saw when it was frozen, and what was in focus then."""

    showing: Showing
    view: RoomView


class RoomDirector(QObject):
    """Directs the room view of whatever workshop is open.

    `told` carries words to be said in passing. `changed` says that `words` or `checks` are others
    now: what the room sees, for the facilitator never looks behind.
    """

    told = Signal(str)
    changed = Signal()

    def __init__(self, window: QWidget, appearance: Appearance, settings: Settings) -> None:
        """Direct from a window, which is the console's."""
        super().__init__(window)
        self._document: Document | None = None
        self._console: Console | None = None
        self._picture = Picture.ROW
        self._action: str | None = None
        self._definitions = False
        self._blank = False
        self._plan = False
        self._waits = self._on_break = False
        self._refused: Refused | None = None
        self._frozen: _Frozen | None = None
        self._view: RoomView | None = None
        self._said: tuple[object, ...] = ()
        self.projector = Projector(window, appearance, settings)
        self.projector.told.connect(self.told)
        self.projector.closed.connect(self._let_go)
        self.projector.changed.connect(self.refresh)
        self.projector.key_pressed.connect(self._answer)
        self._keys: Mapping[str, Callable[[], None]] = {
            "V": self.next_picture,
            "B": self.toggle_blank,
            ".": self.toggle_blank,
            "F": self.toggle_frozen,
        }
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.refresh)
        self._idle = QTimer(self, singleShot=True, interval=2 * NEXT_FRAME_MS)
        self._idle.timeout.connect(self._rehearse)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._look_again)

    @property
    def words(self) -> str:
        """What the room sees: "Room: the row", "Room: blank"; empty where it has no window."""
        if self.projector.awaits:
            return NO_PROJECTOR
        if not self.projector.is_seen or self._view is None:
            return ""
        return room_words(self._view.content, frozen=self._frozen is not None)

    @property
    def view(self) -> RoomView | None:
        """What the room sees; None where it has no window."""
        return self._view if self.projector.is_open else None

    @property
    def checks(self) -> Mapping[Command, bool]:
        """Which commands of the room hold now."""
        return {
            Command.ROOM: self.projector.is_open or self.projector.awaits,
            Command.DEFINITIONS: self._definitions,
            Command.SHOW_ACTION: self._action is not None or self._plan,
            Command.BLANK: self._blank,
            Command.FREEZE: self._frozen is not None,
        }

    def answers(self) -> Mapping[Command, Callable[[], object]]:
        """Give what the commands about the room do."""
        return {
            Command.ROOM: self.toggle,
            Command.PICTURE: self.next_picture,
            Command.DEFINITIONS: self.toggle_definitions,
            Command.SHOW_ACTION: self.toggle_action,
            Command.BLANK: self.toggle_blank,
            Command.FREEZE: self.toggle_frozen,
        }

    def follow(self, document: Document, console: Console) -> None:
        """Show the room another workshop from now on.

        What was held back stays so: a frozen picture of the last workshop goes, and the room is
        blank in its place.
        """
        self._document, self._console = document, console
        if self._frozen is not None:
            self._blank = True
            self.told.emit(NOW_BLANK)
        self._frozen, self._action = None, None
        document.recorded.connect(self.refresh)
        console.focus.row_changed.connect(self._follow_row)
        document.save_state_changed.connect(self._call)
        console.turning.connect(self._turn)
        self.refresh()

    def lend(self, menus: Menus) -> None:
        """Have the commands' keys work in the room view too, while it has the keyboard."""
        self.projector.lend(menus)

    def close(self) -> None:
        """Put the room view away for good: the program ends."""
        self._timer.stop()
        self._idle.stop()
        self.projector.put_away()

    def toggle(self) -> None:
        """Open the room view, or put it away; it opens next time with nothing held back."""
        if self.projector.is_open:
            self.projector.put_away()
        else:
            self.projector.open()
            window = self.projector.window
            if window is not None and window.keyboard and self._console is not None:
                turn_from_private(self._console)

    @property
    def picture(self) -> Picture:
        """What the room sees of a change."""
        return self._picture

    def open_beside(self, picture: str) -> None:
        """Open it with a picture, by name, where there is a screen beside the console's."""
        if not self.projector.is_open and self.projector.has_other_screen:
            self._picture = next((p for p in Picture if p.name == picture), self._picture)
            self.projector.open()

    def next_picture(self) -> None:
        """Show the row, then the whole matrix, then the change, in turn."""
        if not self._can_show():
            return
        if self._definitions or self._action is not None:
            self._definitions, self._action = False, None
        else:
            there = (_PICTURES.index(self._picture) + 1) % len(_PICTURES)
            self._picture = _PICTURES[there]
        self.refresh()
        in_view = self._console is not None and self._console.shows_change
        if self.holds_back or not in_view:
            picture = self._picture.value
            self.told.emit(f"Next in the room: {picture[0].lower()}{picture[1:]}")

    def toggle_definitions(self) -> None:
        """Show the room what the levels mean, or what it saw before."""
        if self._can_show():
            self._definitions = not self._definitions
            self.refresh()
            self._say_held_back()

    def toggle_action(self) -> None:
        """Show the room the action that is being written, as it is written; or no more.

        Where no change is in view, on the action plan and at the closing, it is all actions.
        """
        if not self._can_show() or self._console is None:
            return
        if self._console.shows_plan or self._console.shows_closing:
            self._toggle_plan()
            return
        here = self._console.changes.panel.written_action if self._console.shows_change else None
        if self._action is None and here is None:
            self.told.emit("Open an action first; then the room can see it.")
            self.changed.emit()  # the menu has ticked itself
            return
        self._action = here if self._action is None else None
        self.refresh()
        self._say_held_back()

    def _toggle_plan(self) -> None:
        has_actions = self._document is not None and bool(self._document.workshop.actions)
        self._plan = has_actions and not self._plan
        if not has_actions:
            self.told.emit("There is no action yet for the room to see.")
            self.changed.emit()  # the menu has ticked itself
        self.refresh()
        self._say_held_back()

    def toggle_blank(self) -> None:
        """Show the room nothing, or what it saw before."""
        if self._can_show():
            self._blank = not self._blank
            self.refresh()

    def toggle_frozen(self) -> None:
        """Have the room keep what it sees, or show at once what is in focus now."""
        if not self._can_show():
            return
        if self._frozen is None and self._document is not None:
            showing = msgspec.structs.replace(self._showing(), blank=False)
            view = room_view(
                self._document.model, self._document.workshop, showing, self._document.now()
            )
            self._frozen = _Frozen(showing, view)
        else:
            self._frozen = None
        self.refresh()

    def refresh(self) -> None:
        """Show the room what it is to see now, and look again when its time will be otherwise."""
        document = self._document
        if document is None or not (self.projector.is_open or self.projector.awaits):
            self._timer.stop()
            self._idle.stop()
            self._tell()
            return
        now = document.now()
        self._follow_break(document, now)
        self._view = self._view_at(document, now)
        self.projector.show_view(self._view)
        self._call(document.save_state)
        self._wait(document, now)
        self._tell()
        if isinstance(self._view.content, RowPicture | MatrixPicture | Welcome):
            self._idle.start()

    def _rehearse(self) -> None:
        """Make ready for the rows round about, one at a time, while nothing else is to be done."""
        document = self._document
        if document is not None and self.projector.rehearse(
            near(document.model, document.workshop, self._showing())
        ):
            self._idle.start()

    def _view_at(self, document: Document, now: dt.datetime) -> RoomView:
        model, workshop = document.model, document.workshop
        if self._action not in {action.id for action in workshop.actions}:
            self._action = None
        live = room_view(model, workshop, self._showing(), now)
        if self._frozen is None or comes_through(live.content):
            return live
        time = room_view(model, workshop, self._frozen.showing, now).time
        return msgspec.structs.replace(self._frozen.view, time=time)

    def _showing(self) -> Showing:
        change, row = None, None
        console = self._console
        if console is not None and console.shows_change:
            change = console.document.model.changes[console.tabs.currentIndex() - 1].id
            row = console.focus.row_of(change)
        return Showing(
            change=change,
            row=row,
            picture=self._picture,
            action=self._action,
            definitions=self._definitions,
            blank=self._blank,
            closing=console is not None and console.shows_closing,
            plan=self._plan,
            waiting=self._waits,
        )

    def _wait(self, document: Document, now: dt.datetime) -> None:
        """Wait for the next moment at which the room may read something else."""
        moment = None if self._view is None else next_look(self._view, document.workshop, now)
        if moment is None:
            self._timer.stop()
            return
        wait = int((moment - now).total_seconds() * 1000) + _LATE_MS
        self._timer.start(min(wait, _LONGEST_MS))

    def _let_go(self) -> None:
        """Hold nothing back any more: the room view was put away, and not by a lost screen."""
        self._frozen, self._action = None, None
        self._definitions = self._blank = self._plan = self._waits = False
        if self._refused is not None:
            self.told.emit(self._refused.value)
            self._refused = None

    def _tell(self) -> None:
        state = (self.words, *self.checks.values())
        if state != self._said:
            self._said = state
            self.changed.emit()

    def _follow_break(self, document: Document, now: dt.datetime) -> None:
        """Have the card of a break seen that begins while the room is blank."""
        on_break = document.workshop.clock.break_at(now) is not None
        if on_break and not self._on_break:
            self._blank = False
        self._on_break = on_break

    def _turn(self) -> None:
        """Follow to another tab; the actions are shown on those that are about all of them."""
        self._plan = self._plan and self._console is not None and not self._console.shows_change
        self.refresh()

    def _call(self, state: SaveState) -> None:
        """Mark in a room view over the console that the console has something to say."""
        window = self.projector.window
        if window is not None:
            window.stage.call(needed=window.keyboard and isinstance(state, NotSaved))

    def _look_again(self, *_: object) -> None:
        self.refresh()

    def _follow_row(self, _row: str) -> None:
        """Show an action only as long as its row is in focus."""
        self._action = None
        self.refresh()

    def _answer(self, event: QKeyEvent) -> None:
        """Do what a key stands for that was typed in the room view."""
        if self._console is None or self._waits:
            return
        refused = answer(event, self._console, self._keys, self._show_row)
        if refused is not None:
            self._refused = refused
        # Whoever typed it goes on typing a note: no letter of that may be taken for a key.
        self._waits = refused is Refused.PRIVATE
        if self._waits:
            self.refresh()

    def _show_row(self) -> bool:
        """Have the room see the row again, where it saw something in its place; gives whether."""
        if self._frozen is None and (self._definitions or self._action is not None):
            self._definitions, self._action = False, None
            self.refresh()
        content = None if self._view is None else self._view.content
        seen = isinstance(content, RowPicture | MatrixPicture | ChangePicture)
        return seen and self._frozen is None

    def _can_show(self) -> bool:
        if self.projector.is_open:
            return True
        if self.projector.awaits:
            self.told.emit(GONE)
        else:
            self.told.emit("The room view is not open. F5 opens it.")
        self.changed.emit()  # the menu has ticked itself
        return False

    @property
    def holds_back(self) -> bool:
        """Whether the room is blank or frozen."""
        return self.projector.is_open and (self._frozen is not None or self._blank)

    def _say_held_back(self) -> None:
        if self._frozen is not None:
            self.told.emit("The room is frozen: it sees this once it goes on (Ctrl+Shift+F).")
