"""The composition root: puts the application together and opens its window.

For the command line. Everything that is made once is made here and handed on.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from hicm_desktop import paths
from hicm_desktop.document.library import Library, Opened
from hicm_desktop.document.settings import Settings
from hicm_desktop.errors import ContentError, FileError, NoDisplayError
from hicm_desktop.model.reader import read_model
from hicm_desktop.ui import dialogs
from hicm_desktop.ui.appearance import Appearance, ThemeChoice
from hicm_desktop.ui.main_window import PRODUCT, MainWindow

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


class Application(msgspec.Struct, frozen=True):
    """The parts that live as long as the application does."""

    qt: QApplication
    appearance: Appearance
    library: Library
    window: MainWindow


def build(qt: QApplication, settings: Settings, file: Path | None = None) -> Application:
    """Put the application together, with a file open or a fresh workshop.

    Raises ContentError for content that falls short, and FileError where the user's folder cannot
    be read. A file that cannot be opened is told once the window is there.
    """
    library = Library(
        read_model(paths.content_dir()), settings, paths.resources_dir() / "sample.hicm"
    )
    appearance = Appearance(qt, paths.resources_dir() / "fonts")
    appearance.dress(_choice(settings), settings.scale(qt.primaryScreen().name()))
    trouble = ""
    opened: Opened | None = None
    if file is not None:
        try:
            opened = library.open(file)
        except FileError as error:
            trouble = str(error)
    opened = opened or Opened(library.blank())
    window = MainWindow(library, opened.document, appearance, paths.resources_dir() / "fonts")
    window.restore()
    if trouble:
        QTimer.singleShot(0, window, lambda: dialogs.warn(window, "Not opened", trouble))
    elif opened.notices:
        notices = "\n\n".join(opened.notices)
        QTimer.singleShot(0, window, lambda: dialogs.tell(window, PRODUCT, notices))
    return Application(qt, appearance, library, window)


def _choice(settings: Settings) -> ThemeChoice:
    """Give the theme asked for; one that is not known counts as none asked for."""
    return next((c for c in ThemeChoice if c.value == settings.theme), ThemeChoice.SYSTEM)


def run_app(file: Path | None) -> int:
    """Open the window and stay until it is closed; gives the exit code.

    Raises NoDisplayError where there is no screen to open it on.
    """
    if sys.platform == "linux" and not any(map(os.environ.get, _DISPLAYS)):
        raise NoDisplayError(
            "There is no display to open a window on. The commands export, sample, check and demo "
            "need none; see --help."
        )
    qt = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(qt, QApplication):
        raise TypeError("another kind of Qt application is running")
    qt.setApplicationName(PRODUCT)
    qt.setApplicationDisplayName("")
    settings = Settings(paths.settings_file(), paths.default_workshop_dir())
    try:
        application = build(qt, settings, file)
    except ContentError as error:
        dialogs.warn(
            None, PRODUCT, "The model’s content falls short, so it was not opened.", str(error)
        )
        return 1
    except FileError as error:
        dialogs.warn(None, PRODUCT, str(error))
        return 1
    application.window.show()
    with _closed_by_signals(qt, application.window):
        return qt.exec()


@contextlib.contextmanager
def _closed_by_signals(qt: QApplication, window: MainWindow) -> Iterator[None]:
    """Close in good order, saving what is open, when the session or the terminal says so.

    What could not be saved is asked about; a second signal ends the program all the same.
    Python runs a signal's handler only between its own steps, and Qt may wait long for the next; a
    byte in a pipe wakes it. Windows sends no such signals, and tells Qt itself.
    """
    if os.name != "posix":
        yield
        return
    read, write = os.pipe()
    os.set_blocking(write, False)
    woken = signal.set_wakeup_fd(write)
    before = [(number, signal.getsignal(number)) for number in (signal.SIGINT, signal.SIGTERM)]
    told: list[int] = []

    def close(number: int, _frame: object) -> None:
        told.append(number)
        if len(told) == 1:
            window.close()
        else:
            qt.exit(1)

    for number, _ in before:
        signal.signal(number, close)
    notifier = QSocketNotifier(read, QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: os.read(read, 1))
    try:
        yield
    finally:
        notifier.setEnabled(False)
        for number, handler in before:
            signal.signal(number, handler)
        signal.set_wakeup_fd(woken)
        os.close(read)
        os.close(write)
