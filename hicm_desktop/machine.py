"""What a help desk asks about a computer when the program does not do there what it should.

For the self-test. Folders are named whole, and so may name their user: the page says so.
"""

from __future__ import annotations

import contextlib
import platform
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import msgspec
from PySide6.QtCore import QLocale, QStorageInfo, QSysInfo, qVersion
from PySide6.QtGui import QAccessible, QGuiApplication, QScreen

from hicm_desktop import PRODUCT, __version__, paths
from hicm_desktop.document.settings import Settings

_MB = 1_000_000


class Fact(msgspec.Struct, frozen=True):
    """Something about this computer, by a name for it."""

    name: str
    words: str


def facts(settings: Settings) -> tuple[Fact, ...]:
    """Tell of the program, the system, its screens and the folders that the program uses.

    The Qt application must be there.
    """
    python = f"Python {platform.python_version()}, {64 if sys.maxsize > 2**32 else 32} bits"
    system = f"{QSysInfo.prettyProductName()}, {QSysInfo.kernelType()} {QSysInfo.kernelVersion()}"
    locale = QLocale.system()
    says = f"{locale.name()}, dates as {locale.dateFormat(QLocale.FormatType.ShortFormat)}"
    helped = "one is at work" if QAccessible.isActive() else "none has asked for anything"
    told = (
        ("Program", f"{PRODUCT} {__version__}, {_kind()}"),
        ("In", str(paths.program_dir())),
        ("Made with", f"{python}, Qt {qVersion()}"),
        ("System", f"{system}, {QSysInfo.currentCpuArchitecture()}"),
        ("Language", f"{says}, file names in {sys.getfilesystemencoding()}"),
        ("Drawn by", f"Qt’s “{QGuiApplication.platformName()}”"),
        *((f"Screen {n}", _screen(s)) for n, s in enumerate(QGuiApplication.screens(), start=1)),
        ("Screen readers", helped),
        *((name, folder_words(folder)) for name, folder in folders(settings)),
    )
    return tuple(Fact(name, words) for name, words in told)


def folders(settings: Settings) -> Iterable[tuple[str, Path]]:
    """Give the folders that the program writes in, by what they are for."""
    yield "Workshops", settings.folder
    yield "Settings", paths.settings_file().parent
    yield "Safe copies", paths.profile_dir()
    with contextlib.suppress(OSError):  # where there is none the self-test says so itself
        yield "Temporary files", Path(tempfile.gettempdir())


def folder_words(folder: Path) -> str:
    """Say where a folder is or will be, on what kind of drive, and how much room is there."""
    drive = QStorageInfo(str(_nearest(folder)))
    room = drive.bytesAvailable()
    kind = drive.fileSystemType().toStdString() or "a drive that says nothing of itself"
    return f"{folder} ({kind}, {room // _MB:,} MB free)" if room >= 0 else str(folder)


def trouble_with(folder: Path) -> str:
    """Say why nothing can be written in a folder; empty where it can, or can be made."""
    nearest = _nearest(folder)
    if not nearest.is_dir():
        return f"cannot be written: {nearest} is not a folder"
    try:
        with tempfile.NamedTemporaryFile(prefix=".hicm-self-test-", dir=nearest) as file:
            file.write(b"\0" * 4096)
            file.flush()
    except OSError as error:
        return f"cannot be written: {error.strerror or error}"
    return ""


def _nearest(folder: Path) -> Path:
    """Give a folder, or what is there in its place or above it: the program makes its own."""
    for each in (folder, *folder.parents):
        with contextlib.suppress(OSError):  # a folder above it may be shut
            if each.exists():
                return each
    return folder


def _kind() -> str:
    return "frozen" if paths.is_frozen() else "from its source"


def _screen(screen: QScreen) -> str:
    size, scale = screen.size(), screen.devicePixelRatio()
    return f"{size.width()} × {size.height()} at {scale:.0%}, {screen.refreshRate():.0f} Hz"
