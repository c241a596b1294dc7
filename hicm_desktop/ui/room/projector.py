"""Where the room view is: its window, its screen, and what comes of screens that come and go.

For `hicm_desktop.ui.room.director`. It never lands over the console unasked, nor off every screen:
where its screen goes, it is put away, and opens again by itself when that screen is back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QScreen, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from hicm_desktop.document.settings import Settings
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.menus import Menus
from hicm_desktop.ui.room.curtain import Curtain
from hicm_desktop.ui.room.screens import Screen, choose
from hicm_desktop.workshop.room import Content, RoomView

if TYPE_CHECKING:
    from hicm_desktop.ui.room.window import RoomWindow

GONE = "The projector has gone; the room view opens again when it is back."
BACK = "The projector is back, and the room view is on it."
IN_THE_WAY = "The console came to the room’s screen, so the room view was put away. F5 opens it."
ANOTHER = "Another screen is there. F5 opens the room view on it."
OVER = "The room view is over the console. Esc brings the console back."
NO_MORE = "The room sees the console now. F5 opens the room view again."

_RETURN_MS = 700
"""How long after a question a window manager may yet give the console the keyboard by itself."""
_IN_ROOM = frozenset(
    {
        Command.UNDO,
        Command.REDO,
        Command.NEXT_OPEN,
        Command.NEXT_PARKED,
        Command.NEXT_TAB,
        Command.PREVIOUS_TAB,
        Command.OVERVIEW,
        Command.ROOM,
        Command.PICTURE,
        Command.DEFINITIONS,
        Command.SHOW_ACTION,
        Command.BLANK,
        Command.FREEZE,
        Command.CLOCK,
        Command.BREAK,
        Command.KEYS,
        Command.EXPORT_PDF,
        Command.EXPORT_WORKBOOK,
        Command.HANDOUTS,
    }
)
"""Commands of which the room sees what they do, or whose dialog comes before a plain cover.

Any other brings the console back first.
"""


class Projector(QObject):
    """Opens and puts away the window of the room view.

    `changed` says that it was opened or put away; `closed` that it was put away to stay so until it
    is asked for, before `changed` does; `key_pressed` carries keys typed in it.
    """

    told = Signal(str)
    changed = Signal()
    closed = Signal()
    key_pressed = Signal(QKeyEvent)

    def __init__(self, console: QWidget, appearance: Appearance, settings: Settings) -> None:
        """Place the room view with respect to the console's window."""
        super().__init__(console)
        self._console = console
        self._appearance = appearance
        self._settings = settings
        self._actions: Sequence[tuple[QAction, bool]] = ()
        self._window: RoomWindow | None = None
        self._held: QScreen | None = None
        self._name = ""
        self._asked = ""
        self._awaited: str | None = None
        self._curtain: Curtain | None = None
        self._returning = QTimer(self, singleShot=True, interval=_RETURN_MS)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._welcome)
            app.screenRemoved.connect(self._lose)
            app.focusWindowChanged.connect(self._give_way)

    @property
    def is_open(self) -> bool:
        """Whether the room sees anything."""
        return self._window is not None

    @property
    def is_seen(self) -> bool:
        """Whether it is open and not aside for a question over the console."""
        return self._window is not None and self._curtain is None

    @property
    def awaits(self) -> bool:
        """Whether it opens by itself when its screen is back."""
        return self._awaited is not None

    @property
    def window(self) -> RoomWindow | None:
        """The window of the room view, where it is open."""
        return self._window

    @property
    def _screen(self) -> QScreen | None:
        """The screen it is on. What Python holds of one may go while the screen stays."""
        if self._held is not None and not isValid(self._held):
            screens = QGuiApplication.screens()
            self._held = next((s for s in screens if s.name() == self._name), None)
        return self._held

    @property
    def screen_name(self) -> str:
        """The name of the screen it is on, or would open on."""
        if self.is_open:
            return self._name
        target = self._target()
        return target.name() if target is not None else ""

    @property
    def has_other_screen(self) -> bool:
        """Whether it would open on another screen than the console's."""
        target = self._target()
        return target is not None and target is not self._console.screen()

    def screens(self) -> tuple[Screen, ...]:
        """Give the screens there are."""
        here = self._console.screen()
        return tuple(
            Screen(s.name(), s.geometry().width(), s.geometry().height(), s is here)
            for s in QGuiApplication.screens()
        )

    def choose_screen(self, name: str) -> None:
        """Have the room view on a screen, now if it is open, and from now on."""
        self._asked = name
        self._settings.room_screen = name
        if self.is_open:
            self._shut()
            self.open()

    def lend(self, menus: Menus) -> None:
        """Have the keys of commands work in the window too, while it has the keyboard."""
        keeps = {menus.actions[command] for command in Command if command not in _IN_ROOM}
        self._actions = tuple((action, action not in keeps) for action in self._console.actions())
        for action, stays in self._actions:
            if not stays:
                action.triggered.connect(self._bring_console_back)

    def open(self) -> None:
        """Open the room view on the screen it should be on."""
        target = self._target()
        if target is not None:
            self._open_on(target)
            if self._window is not None and self._window.keyboard:
                self.told.emit(OVER)

    def put_away(self) -> None:
        """Close the room view, and await no screen."""
        over = self._window is not None and self._window.keyboard
        self._awaited = None
        self._shut()
        if over:
            self.told.emit(NO_MORE)
        self.closed.emit()
        if over:
            self._console.activateWindow()
        self.changed.emit()

    def show_view(self, view: RoomView) -> None:
        """Show the room what it is to see."""
        if self._window is not None:
            self._window.stage.show_view(view)

    def rehearse(self, contents: Iterable[Content]) -> bool:
        """Make ready for one of these, where that was not done; gives whether it was."""
        return self._window is not None and self._window.stage.rehearse(contents)

    def _target(self) -> QScreen | None:
        screens = QGuiApplication.screens()
        place = choose(self.screens(), self._asked, self._settings.room_screen)
        return None if place is None else screens[place]

    def _open_on(self, screen: QScreen) -> None:
        from hicm_desktop.ui.room.window import RoomWindow  # noqa: PLC0415 - start-up

        self._awaited = None
        window = RoomWindow(self._appearance, keyboard=screen is self._console.screen())
        window.left.connect(self._leave)
        window.key_pressed.connect(self._returning.stop)  # a key may ask for the console
        window.key_pressed.connect(self.key_pressed)
        if window.keyboard:
            window.addActions([action for action, _ in self._actions])
        self._window, self._held, self._name = window, screen, screen.name()
        screen.geometryChanged.connect(window.follow)
        handle = self._console.windowHandle()
        if handle is not None:
            handle.screenChanged.connect(self._settle_soon)
        window.resize(screen.geometry().size())
        self.changed.emit()  # what it shows comes before it is seen
        window.open_on(screen)

    def _shut(self) -> None:
        window = self._window
        self._window, self._held = None, None
        self._open_curtain()
        if window is None:
            return
        handle = self._console.windowHandle()
        if handle is not None:
            handle.screenChanged.disconnect(self._settle_soon)
        window.hide()
        window.deleteLater()

    def _open_curtain(self) -> None:
        if self._curtain is not None:
            self._curtain.hide()
            self._curtain.deleteLater()
            self._curtain = None

    def _leave(self) -> None:
        self.put_away()

    def _lose(self, screen: QScreen) -> None:
        """Put the room view away before Qt moves it to another screen: the console's, perhaps."""
        QTimer.singleShot(0, self, self._place_console)
        if screen is self._screen:
            name = screen.name()
            self._shut()
            self._awaited = name
            self.told.emit(GONE)
            self.changed.emit()
        else:
            self._settle_soon()

    def _place_console(self) -> None:
        """Have the console on a screen that is there, and Qt know which one.

        Not every system moves a window whose screen has gone, and when screens come and go Qt may
        take a window to be on another than where it lies. Wayland alone says where windows are.
        """
        handle = self._console.windowHandle()
        if handle is None or QGuiApplication.platformName().startswith("wayland"):
            return
        lies = QGuiApplication.screenAt(self._console.frameGeometry().center())
        screens = QGuiApplication.screens()
        if lies is not None and lies is not self._console.screen():
            handle.setScreen(lies)
        elif lies is None and screens:
            free = [screen for screen in screens if screen is not self._screen]
            there = (free or screens)[0]
            handle.setScreen(there)
            place = there.availableGeometry()
            self._console.resize(self._console.size().boundedTo(place.size()))
            self._console.move(place.topLeft())

    def _settle_soon(self, *_: object) -> None:
        """Settle once the console has been placed: for a moment Qt has it on some screen."""
        QTimer.singleShot(0, self, self._settle)

    def _settle(self) -> None:
        """Put the room view away where the console has come to its screen."""
        window = self._window
        if window is None or window.keyboard or self._screen is not self._console.screen():
            return
        self.put_away()
        self.told.emit(IN_THE_WAY)

    def _welcome(self, screen: QScreen) -> None:
        QTimer.singleShot(0, self, self._place_console)
        if screen.name() == self._awaited:
            # By then Qt has told everyone, and knows which screen the console is on.
            QTimer.singleShot(0, self, self._come_back)
        elif self.awaits:
            self.told.emit(ANOTHER)

    def _come_back(self) -> None:
        for screen in QGuiApplication.screens():
            if screen.name() == self._awaited and screen is not self._console.screen():
                self._open_on(screen)
                self.told.emit(BACK)
                return

    def _bring_console_back(self) -> None:
        if self._window is not None and self._window.keyboard:
            self.put_away()

    def _give_way(self, now: QWindow | None) -> None:
        """Let the console, or a question it asks, be seen where the room view is over it."""
        window = self._window
        if window is None or not window.keyboard or now is None or now is window.windowHandle():
            return
        question = QApplication.activeModalWidget()
        if question is not None:
            if self._curtain is None:
                self._curtain = Curtain(self._console, window.stage.ground)
            question.installEventFilter(self)
            window.hide()
            self.changed.emit()
        elif self._curtain is not None:
            self._come_forward()
        elif now is not self._console.windowHandle():
            return
        elif self._returning.isActive() and self._screen is not None:
            window.open_on(self._screen)
        else:
            self.put_away()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See that a question goes: which window has the keyboard next, and when, differs."""
        if event.type() == QEvent.Type.Hide:
            QTimer.singleShot(0, self, self._come_forward)
        return False

    def _come_forward(self) -> None:
        """Come back over the console once no question stands there any more."""
        window, screen = self._window, self._screen
        if self._curtain is None or QApplication.activeModalWidget() is not None:
            return
        self._open_curtain()
        self._returning.start()
        if window is not None and screen is not None:
            window.open_on(screen)
        self.changed.emit()
