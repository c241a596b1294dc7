"""The composition root: puts the application together and opens its window.

For the command line. Everything that is made once is made here and handed on.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import os
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QSettings, QSocketNotifier, Qt, QTimer, qVersion
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from hicm_desktop import PRODUCT, __version__, paths
from hicm_desktop.document.library import Library, Opened
from hicm_desktop.document.policy import Policy, read_policy
from hicm_desktop.document.profile import Profile, open_profile
from hicm_desktop.document.saving import Saved
from hicm_desktop.document.settings import Settings
from hicm_desktop.errors import ContentError, FileError, NoDisplayError
from hicm_desktop.opening import has_display, qt_application
from hicm_desktop.published import published
from hicm_desktop.storage.incidents import Incidents
from hicm_desktop.ui import dialogs
from hicm_desktop.ui.appearance import Appearance, ThemeChoice
from hicm_desktop.ui.application import DesktopApplication
from hicm_desktop.ui.main_window import MainWindow
from hicm_desktop.ui.reader_safety import keep_readers_safe
from hicm_desktop.ui.unexpected import Unexpected
from hicm_desktop.ui.whereabouts import ended_badly

if TYPE_CHECKING:
    from hicm_desktop.ui.links import CopiedLinks


class Application(msgspec.Struct, frozen=True):
    """The parts that live as long as the application does."""

    qt: QApplication
    appearance: Appearance
    library: Library
    window: MainWindow


def build(
    qt: QApplication,
    settings: Settings,
    file: Path | None = None,
    profile: Profile | None = None,
) -> Application:
    """Put the application together, with a file open or a fresh workshop.

    Raises ContentError for content that falls short, and FileError where the user's folder cannot
    be read. A file that cannot be opened is told once the window is there.
    """
    policy = settings.policy
    library = Library(published(policy), settings, paths.resources_dir() / "sample.hicm", profile)
    keep_readers_safe()
    appearance = Appearance(qt, paths.resources_dir() / "fonts", _theme_of_room(policy))
    appearance.dress(_choice(settings), settings.scale(qt.primaryScreen().name()))
    # What is there by now stays for good; looking through it again would hold up an edit.
    gc.freeze()
    gc.enable()
    left = ended_badly(library, dt.datetime.now(dt.UTC))
    if file is None and left is not None and not library.left_behind() and left.path.is_file():
        file = left.path  # what was left behind is offered, and opens it
    opened: Opened | None = None
    if file is not None:
        with contextlib.suppress(FileError):  # the window tries once more, and says what it can do
            opened = library.open(file)
    not_opened = file if opened is None else None
    opened = opened or Opened(library.blank())
    window = MainWindow(library, opened.document, appearance, paths.resources_dir() / "fonts")
    window.restore()
    if left is not None:
        window.whereabouts.expect(left)
    if not_opened is not None:
        QTimer.singleShot(0, window, partial(window.files.open_path, not_opened))
    elif opened.notices:
        notices = "\n\n".join(opened.notices)
        QTimer.singleShot(0, window, lambda: dialogs.tell(window, PRODUCT, notices))
    return Application(qt, appearance, library, window)


def _theme_of_room(policy: Policy) -> ThemeChoice | None:
    return None if policy.room is None else ThemeChoice(policy.room)


def _choice(settings: Settings) -> ThemeChoice:
    """Give the theme asked for; one that is not known counts as none asked for."""
    return next((c for c in ThemeChoice if c.value == settings.theme), ThemeChoice.SYSTEM)


def own_settings() -> Settings:
    """Read the settings of whoever is here, and before them what an organisation has set."""
    policy = read_policy(paths.policy_files())
    return Settings(paths.settings_file(), paths.default_workshop_dir(), policy)


def icon() -> QIcon:
    """Give the program's icon in every size there is a picture of."""
    icon = QIcon()
    for picture in sorted((paths.resources_dir() / "icons").glob(f"{paths.PROGRAM}-*.png")):
        icon.addFile(str(picture))
    return icon


def check_display() -> None:
    """Raise NoDisplayError where there is no screen for a window: Qt would end the program."""
    if not has_display():
        raise NoDisplayError(
            "There is no display to open a window on. The commands export, sample, check and demo "
            "need none; see --help."
        )


def run_app(file: Path | None) -> int:
    """Open the window and stay until it is closed; gives the exit code.

    Raises NoDisplayError where there is no screen to open it on.
    """
    check_display()
    qt = qt_application()
    qt.setApplicationName(PRODUCT)
    qt.setApplicationDisplayName("")
    # Qt's file dialog notes the folders it showed, elsewhere than in the profile unless it is told.
    native, own = QSettings.Format.NativeFormat, str(paths.profile_dir())
    QSettings.setPath(native, QSettings.Scope.UserScope, own)
    qt.setDesktopFileName(paths.PROGRAM)  # by which a Linux desktop knows whose window it is
    qt.setWindowIcon(icon())
    versions = f"{PRODUCT} {__version__}, Qt {qVersion()}"
    with Unexpected(Incidents(paths.profile_dir() / "log", versions)) as unexpected:
        return _run(qt, file, unexpected)
    return 1


def _run(qt: QApplication, file: Path | None, unexpected: Unexpected) -> int:
    """Open the window, told from here on of whatever goes wrong, and stay until it is closed."""
    settings = own_settings()
    policy = settings.policy
    profile: Profile | None = None
    trouble = ""
    try:
        profile = open_profile(paths.profile_dir())
    except FileError as error:
        trouble = str(error)
    try:
        application = build(qt, settings, file, profile)
    except ContentError as error:
        dialogs.warn(
            None, PRODUCT, "The model’s content falls short, so it was not opened.", str(error)
        )
        return 1
    except FileError as error:
        dialogs.warn(None, PRODUCT, str(error))
        return 1
    window = application.window
    unexpected.keep(window, lambda: window.document.snapshot(), lambda: _full_file(window))
    window.show()
    if policy.problem:
        QTimer.singleShot(0, window, partial(dialogs.warn, window, PRODUCT, policy.problem))
    copied: CopiedLinks | None = None
    if not policy.opens_links:
        from hicm_desktop.ui.links import CopiedLinks  # noqa: PLC0415 - start-up

        copied = CopiedLinks(window)
    if trouble:
        unkept = f"{trouble} No earlier versions or copies for recovery can be kept there."
        QTimer.singleShot(0, window, partial(dialogs.warn, window, PRODUCT, unkept))
    QTimer.singleShot(0, window, window.safekeeping.offer_left_behind)
    if isinstance(qt, DesktopApplication):
        qt.answer_with(window.files.open_path)
    try:
        with _saved_at_its_end(qt, window), _closed_by_signals(qt, window):
            return qt.exec()
    finally:
        if copied is not None:
            copied.end()
        if profile is not None:
            profile.end()


def _full_file(window: MainWindow) -> Path | None:
    """Give the file of the workshop that is open, where it holds everything."""
    document = window.document
    return document.path if isinstance(document.save_state, Saved) else None


@contextlib.contextmanager
def _saved_at_its_end(qt: QApplication, window: MainWindow) -> Iterator[None]:
    """Save when the session ends, and hurry when the window is left.

    Qt asks for it when Windows or an X session is about to end. What the file will not take is in
    the local profile by then, so nobody need be asked; Qt itself then closes the windows where the
    session lets them ask. Nothing ends here: another program may yet call the end off.

    A window that is left may not be come back to: the lid is closed, the screen is locked.
    """

    def save() -> None:
        window.console.finish_editing()
        window.document.flush()

    def leave(state: Qt.ApplicationState) -> None:
        if state != Qt.ApplicationState.ApplicationActive:
            # What loses the keyboard records what was typed there, and is told of it first.
            QTimer.singleShot(0, window, lambda: window.document.hurry())

    qt.commitDataRequest.connect(save)
    qt.applicationStateChanged.connect(leave)
    try:
        yield
    finally:
        qt.applicationStateChanged.disconnect(leave)
        qt.commitDataRequest.disconnect(save)


@contextlib.contextmanager
def _closed_by_signals(qt: QApplication, window: MainWindow) -> Iterator[None]:
    """Close in good order, saving what is open, when the session or the terminal says so.

    What could not be saved is asked about; by then a copy is kept, and a second signal ends the
    program all the same. A signal that the program was started to ignore stays ignored.
    Python runs a signal's handler only between its own steps, and Qt may wait long for the next; a
    byte in a pipe, which is the signal's number, wakes it. Windows sends no such signals, and tells
    Qt itself.
    """
    if os.name != "posix":
        yield
        return
    read, write = os.pipe()
    os.set_blocking(write, False)
    woken = signal.set_wakeup_fd(write)
    wanted = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [(n, h) for n in wanted if (h := signal.getsignal(n)) is not signal.SIG_IGN]
    for number, _ in before:
        # Wherever the program is, an edit or a paint, it finishes that first.
        signal.signal(number, lambda *_: None)
    asked = False

    def hear() -> None:
        if any(number in wanted for number in os.read(read, 64)):
            QTimer.singleShot(0, window, close)

    def close() -> None:
        """Close at the first signal; at one that comes after that, at the latest in a question."""
        nonlocal asked
        if asked:
            qt.exit(1)
            return
        asked = True
        window.close()

    notifier = QSocketNotifier(read, QSocketNotifier.Type.Read)
    notifier.activated.connect(hear)
    try:
        yield
    finally:
        notifier.setEnabled(False)
        for number, handler in before:
            signal.signal(number, handler)
        signal.set_wakeup_fd(woken)
        os.close(read)
        os.close(write)
