"""The composition root: puts the application together and opens its window.

For the command line. Everything that is made once is made here and handed on.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from hicm_desktop import paths
from hicm_desktop.document.library import Library, Opened
from hicm_desktop.document.settings import Settings
from hicm_desktop.errors import ContentError, FileError
from hicm_desktop.model.reader import read_model
from hicm_desktop.ui import dialogs
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.main_window import PRODUCT, MainWindow


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


def run_app(file: Path | None) -> int:
    """Open the window and stay until it is closed; gives the exit code."""
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
    _close_on_signals(application)
    return qt.exec()


def _close_on_signals(application: Application) -> None:
    """Close in good order when the session or the terminal says so, saving what is open."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: application.window.close())
    # Python sees a signal only when it runs; this lets it, four times a second.
    tick = QTimer(application.window, interval=250)
    tick.timeout.connect(lambda: None)
    tick.start()
