"""The window: its bar, its menus, its status line, and the console of the workshop that is open.

For the composition root. It answers commands and shows what is true of the file; what is recorded
is the console's business, and files are `FileCommands`'.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QMenuBar,
    QVBoxLayout,
    QWidget,
)

from hicm_desktop import PRODUCT
from hicm_desktop.document.document import Document
from hicm_desktop.document.library import Library, Opened
from hicm_desktop.document.saving import NoFileYet, SaveState
from hicm_desktop.storage.names import SUFFIX
from hicm_desktop.ui import dialogs
from hicm_desktop.ui.about import show_about, show_policy
from hicm_desktop.ui.appearance import NEXT_FRAME_MS, Appearance, ThemeChoice
from hicm_desktop.ui.banner import Banner
from hicm_desktop.ui.baseline_commands import BaselineCommands
from hicm_desktop.ui.clock_control import ClockControl
from hicm_desktop.ui.commands import LETTERS, Command
from hicm_desktop.ui.console import Console
from hicm_desktop.ui.file_commands import FileCommands
from hicm_desktop.ui.focus_ring import FocusRings
from hicm_desktop.ui.hints import HintLine
from hicm_desktop.ui.menus import Menus, add_changes, add_colours, add_recent, build_menus
from hicm_desktop.ui.room.director import RoomDirector
from hicm_desktop.ui.room.screen_menu import add_screens
from hicm_desktop.ui.safekeeping import Safekeeping
from hicm_desktop.ui.status_line import StatusLine
from hicm_desktop.ui.top_bar import TopBar
from hicm_desktop.ui.whereabouts import Whereabouts
from hicm_desktop.workshop.dates import date_words
from hicm_desktop.workshop.values import Outcome
from hicm_desktop.workshop.words import progress

if TYPE_CHECKING:
    from hicm_desktop.ui.search_popup import SearchPopup


class MainWindow(QMainWindow):
    """One window with one workshop open."""

    console: Console

    def __init__(
        self, library: Library, document: Document, appearance: Appearance, fonts: Path
    ) -> None:
        super().__init__()
        self._library = library
        self._fonts = fonts
        self._appearance = appearance
        self._rings = FocusRings(appearance, self)
        self._document = document
        self._search: SearchPopup | None = None
        self._follows_screen = False
        self.files = FileCommands(self, library, fonts, lambda: self._document)
        self.files.opened.connect(self._open)
        self.files.told.connect(self.tell)
        self.files.place_asked.connect(lambda place: self.console.go_to(place))
        self.files.plan_asked.connect(lambda: self.console.go_to_plan())
        self.files.leaving.connect(lambda: self.console.finish_editing())
        self._banner = Banner()
        self.safekeeping = Safekeeping(
            self, library, self.files, self._banner, lambda: self._document
        )
        self.safekeeping.told.connect(self.tell)
        self.safekeeping.place_asked.connect(lambda place: self.console.go_to(place))
        self._clock = ClockControl(self)
        self.room = RoomDirector(self, appearance, library.settings)
        self.room.told.connect(self.tell)
        self.room.changed.connect(self._show_room)
        self.whereabouts = Whereabouts(library, self.room, self)
        self._baseline = BaselineCommands(self, library, lambda: self._document)
        self._baseline.told.connect(self.tell)
        self.setAcceptDrops(True)
        self.setMinimumSize(480, 360)

        self._showing = QTimer(self, singleShot=True, interval=NEXT_FRAME_MS)
        self._showing.timeout.connect(self._show_workshop)

        self._menu_bar = QMenuBar()
        self._menu_bar.setAccessibleName("Menus")
        self._menus = build_menus(self._menu_bar, self, self._answers())
        self._fill_menus()
        self._hints = HintLine(library.settings, self._menus.actions)
        self._bar = TopBar(self._menu_bar, self._menus, self._clock)
        self._bar.export_asked.connect(lambda: self.files.export())
        body = QWidget(self)
        self.setCentralWidget(body)
        self._layout = QVBoxLayout(body)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._bar)
        self._layout.addWidget(self._banner)
        self.console = self._make_console(body)
        self._layout.addWidget(self.console, 1)
        self._status = StatusLine(appearance)
        self._layout.addWidget(self._status)
        appearance.changed.connect(self._refit)
        self._show_document()
        self.room.lend(self._menus)

    @property
    def document(self) -> Document:
        """The workshop that is open."""
        return self._document

    @property
    def menus(self) -> Menus:
        """The menus and the actions of all commands."""
        return self._menus

    def tell(self, words: str) -> None:
        """Say something in passing, in the status line."""
        self._status.tell(words)

    def restore(self) -> None:
        """Take the place and the size of last time, and the scale of the screen that is on."""
        settings = self._library.settings
        if settings.geometry is None or not self.restoreGeometry(settings.geometry):
            self.resize(self.screen().availableSize() * 4 / 5)
            self.setWindowState(Qt.WindowState.WindowMaximized)
        self._wear_scale()

    def show_search(self) -> None:
        """Open the search over the window."""
        if self._search is None:
            from hicm_desktop.ui.search_popup import SearchPopup  # noqa: PLC0415 - start-up

            self._search = SearchPopup(self._document, self._appearance, self)
            self._search.place_chosen.connect(self.console.go_to)
        self._search.open()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        handle = self.windowHandle()
        if not self._follows_screen and handle is not None:
            self._follows_screen = True
            handle.screenChanged.connect(self._wear_scale)
            QTimer.singleShot(0, self, lambda: self.console.take_keyboard())

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.files.may_leave():
            event.ignore()
            return
        settings = self._library.settings
        self.whereabouts.forget()
        self.room.close()
        settings.geometry = self.saveGeometry()
        settings.sync()
        self.files.close()
        self.safekeeping.close()
        self._document.close()
        self._library.close()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if (path := _dropped(event)) is not None:
            event.acceptProposedAction()
            # The drag is over only when this returns; a message box would hold it up.
            QTimer.singleShot(0, self, lambda: self.files.open_path(path))

    def _answers(self) -> Mapping[Command, Callable[[], object]]:
        """Say what each command does. Looked up when it is asked for: the console changes."""
        return {
            **self.files.answers(),
            **self._clock.answers(),
            **self.room.answers(),
            **self._baseline.answers(),
            Command.EARLIER: lambda: self.safekeeping.earlier_versions(),
            Command.QUIT: self.close,
            Command.UNDO: self._undo,
            Command.REDO: self._redo,
            Command.FIND: self.show_search,
            Command.ACTION: lambda: self.console.add_action(),
            Command.NEXT_OPEN: lambda: self._go_on_to(Outcome.NOT_DISCUSSED),
            Command.NEXT_PARKED: lambda: self._go_on_to(Outcome.PARKED),
            Command.OVERVIEW: lambda: self.console.go_to_tab(0),
            Command.PLAN: lambda: self.console.go_to_plan(),
            Command.CLOSING: lambda: self.console.go_to_closing(),
            Command.LOG: lambda: self.console.show_log(),
            Command.NEXT_TAB: lambda: self.console.step_tab(1),
            Command.PREVIOUS_TAB: lambda: self.console.step_tab(-1),
            Command.PANEL: lambda: self.console.toggle_panel(),
            Command.LARGER: lambda: self._step_scale(1),
            Command.SMALLER: lambda: self._step_scale(-1),
            Command.NORMAL: lambda: self._set_scale(1.0),
            Command.FULL_SCREEN: self._toggle_full_screen,
            Command.KEYS: self._show_keys,
            Command.HINTS: lambda: self._hints.show_again(),
            Command.POLICY: lambda: show_policy(self, self._library.settings.policy),
            Command.ABOUT: lambda: show_about(self, self._library.model),
        }

    def _fill_menus(self) -> None:
        """Add what the menus hold beside the commands."""
        menus, library = self._menus, self._library
        add_changes(menus, self, library.model, lambda tab: self.console.go_to_tab(tab))
        add_screens(menus, self, self.room.projector)
        add_recent(menus, self, lambda: library.settings.recent, self.files.open_path)
        fixed = self._library.settings.policy.window is not None
        colours = add_colours(menus, self, self._choose_theme, is_set=fixed)
        colours[self._appearance.choice].setChecked(True)
        menus.by_name[Command.OVERVIEW.menu].aboutToShow.connect(self._mark_view)
        for menu in menus.by_name.values():
            menu.aboutToHide.connect(self._leave_menus_later)

    def _make_console(self, parent: QWidget | None) -> Console:
        """Make the console within its window: what is put there later is dressed once more."""
        console = Console(self._document, self._appearance, parent=parent)
        console.told.connect(self.tell)
        console.tabs.currentChanged.connect(self._later)
        console.key_asked.connect(lambda key: self._menus.actions[LETTERS[key]].trigger())
        console.details_asked.connect(self.files.details)
        console.export_asked.connect(self.files.export)
        overview = console.overview
        overview.details_asked.connect(self.files.details)
        overview.new_asked.connect(self.files.new)
        overview.open_asked.connect(self.files.open)
        overview.sample_asked.connect(self.files.open_sample)
        overview.recent_asked.connect(self.files.open_path)
        return console

    def _open(self, opened: Opened) -> None:
        """Put another workshop in place of the one that is open."""
        old_document, old_console = self._document, self.console
        self._document = opened.document
        if self._search is not None:
            self._search.deleteLater()
            self._search = None
        self.console = self._make_console(self.centralWidget())
        self.console.stackUnder(self._status)  # a screen reader goes by this order
        self._layout.insertWidget(self._layout.indexOf(old_console), self.console, 1)
        self._layout.removeWidget(old_console)
        self.console.show()
        old_console.hide()
        old_console.deleteLater()
        old_document.close()
        old_document.deleteLater()
        self._show_document()
        if old_document.workshop.id == self._document.workshop.id:  # the same again, or a copy
            self.console.focus.set_row(old_console.focus.row)
            self.console.go_to_tab(old_console.tabs.currentIndex())

    def _show_document(self) -> None:
        """Follow the document that is open now."""
        document = self._document
        document.setParent(self)
        document.changed.connect(self._name_steps)
        document.changed.connect(self._later)
        document.save_state_changed.connect(self._later)
        document.rescue_changed.connect(self._later)
        self.safekeeping.follow(document)
        self._hints.follow(self.console)
        self.room.follow(document, self.console)  # the first to hear of another row
        self._clock.follow(document, self.console)
        self.whereabouts.follow(document, self.console)
        document.renamed.connect(self._name_file)
        self._name_file()
        self._name_steps()
        self._show_workshop()
        self.console.take_keyboard()

    def _later(self, *_: object) -> None:
        """Show what is around the console once what was clicked or typed has been painted."""
        if not self._showing.isActive():
            self._showing.start()

    def _show_workshop(self) -> None:
        self._show_state(self._document.save_state)
        workshop = self._document.workshop
        details = workshop.details
        place = " · ".join(filter(None, (details.place, date_words(details.held_on))))
        if self._bar.show_place(place):
            self._name_file()
        self._status.show_keys(in_a_change=self.console.shows_change)
        self._status.show_progress(progress(self._document.model, workshop))

    def _show_state(self, state: SaveState) -> None:
        self._status.show_state(state)
        self._banner.show_state(state, self._document.rescue)
        fresh = isinstance(state, NoFileYet)
        self.console.overview.show_start(self._library.settings.recent if fresh else None)

    def _name_file(self, *_: object) -> None:
        path = self._document.path
        self._status.show_file(path)
        self.setWindowTitle(f"{self._bar.place or path.stem} – {PRODUCT}")

    def _name_steps(self, *_: object) -> None:
        self._name_step(Command.UNDO, self._document.history.undo_name)
        self._name_step(Command.REDO, self._document.history.redo_name)

    def _name_step(self, command: Command, step: str) -> None:
        action = self._menus.actions[command]
        words = step.replace("&", "&&")
        action.setText(f"{command.words}: {words}" if step else command.words)
        action.setEnabled(bool(step))

    def _show_room(self) -> None:
        """Say what the room sees, beside the console and in the menu."""
        self._status.show_room(self.room.words, held=self.room.holds_back)
        for command, holds in self.room.checks.items():
            self._menus.actions[command].setChecked(holds)

    def _mark_view(self) -> None:
        self._menus.actions[Command.PANEL].setChecked(self.console.changes.panel_shown)
        self._menus.actions[Command.FULL_SCREEN].setChecked(self.isFullScreen())

    def _undo(self) -> None:
        step = self._document.history.undo_name
        self._document.undo()
        if step:
            self.tell(f"Taken back: {step}")

    def _redo(self) -> None:
        step = self._document.history.redo_name
        self._document.redo()
        if step:
            self.tell(f"Made again: {step}")

    def _go_on_to(self, outcome: Outcome) -> None:
        if not self.console.next_row(outcome):
            self.tell("No row is parked." if outcome is Outcome.PARKED else "No row is left open.")

    def _leave_menus_later(self) -> None:
        QTimer.singleShot(0, self, self._leave_menus)

    def _leave_menus(self) -> None:
        """Give the keyboard back to where it was: the bar keeps it when Escape closes a menu."""
        if self._menu_bar.hasFocus() and QApplication.activePopupWidget() is None:
            escape = QKeyEvent(
                QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier
            )
            QApplication.sendEvent(self._menu_bar, escape)

    def _step_scale(self, steps: int) -> None:
        self._keep_scale(self._appearance.step_scale(steps))

    def _set_scale(self, scale: float) -> None:
        self._appearance.set_scale(scale)
        self._keep_scale(scale)

    def _keep_scale(self, scale: float) -> None:
        self._library.settings.set_scale(self.screen().name(), scale)
        self.tell(f"Size {scale:.0%}")

    def _choose_theme(self, choice: ThemeChoice) -> None:
        self._appearance.choose_theme(choice)
        self._library.settings.theme = choice.value

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _wear_scale(self) -> None:
        """Take the scale that was last used on the screen the window is on."""
        self._appearance.set_scale(self._library.settings.scale(self.screen().name()))

    def _refit(self) -> None:
        self._bar.fit()
        self._status.fit()

    def _show_keys(self) -> None:
        dialogs.show_keys(self, self._appearance, self._fonts, self._library.settings.folder)


def _dropped(event: QDropEvent) -> Path | None:
    """Give the workshop that is being dropped, where it is one."""
    urls = event.mimeData().urls()
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
    return path if path is not None and path.suffix.lower() == SUFFIX else None
