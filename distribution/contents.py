"""What goes into the folder that is handed out, and what is kept out of it, each with its reason.

For `build.spec`, for the look into what came of it, and for the tests. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from hicm_desktop import PRODUCT, paths

PROGRAM = paths.PROGRAM
CONSOLE = "hicm-desktop"
"""The name of a second executable, on Windows, which answers in a console."""

FOLDER = PRODUCT
IDENTIFIER = "local.hicm_workshop.HicmWorkshop"
"""No domain is the project’s own, so this names none that could be another’s."""


NETWORK_MODULES = (
    *("socket", "_socket", "ssl", "_ssl", "asyncio", "_asyncio", "socketserver"),
    *("http", "urllib.request", "urllib.robotparser", "ftplib", "smtplib", "poplib", "imaplib"),
    *("nntplib", "telnetlib", "xmlrpc", "webbrowser", "wsgiref"),
)
"""Modules of Python without which nothing in it speaks to a network."""

UNUSED_MODULES = (
    *("tkinter", "_tkinter", "turtle", "idlelib", "curses", "readline", "sqlite3", "dbm"),
    *("multiprocessing", "concurrent.futures.process", "unittest", "doctest", "pdb", "pydoc"),
    *("test", "lib2to3", "ensurepip", "venv", "distutils", "setuptools", "pip", "pkg_resources"),
    *("numpy", "pandas", "matplotlib", "IPython", "pytest", "_pytest", "hypothesis"),
    *("lxml.html", "lxml.objectify", "lxml.isoschematron", "lxml.sax", "lxml.ElementInclude"),
    *("PIL.ImageQt", "PIL.ImageTk", "PIL.ImageGrab", "PIL.ImageShow", "PIL.ImageCms"),
    *("PIL._avif", "PIL._webp", "PIL._imagingcms", "PIL._imagingft", "PIL._imagingtk"),
    *("PIL._imagingmath", "PIL._imagingmorph", "PIL.AvifImagePlugin", "PIL.WebPImagePlugin"),
)
"""What neither the program nor its libraries need for what it does with them."""

QT_MODULES = ("QtCore", "QtGui", "QtWidgets")
"""The parts of Qt that the program imports."""

QT_LIBRARIES = frozenset({"Core", "Gui", "Widgets", "DBus", "XcbQpa"})
"""The libraries of Qt that stay. `DBus` (screen readers) and `XcbQpa` (windows) are of Linux."""

QT_PLUGINS = frozenset(
    {
        # A window on each system, and drawing in memory for the self-test and the demonstration.
        *("platforms/qwindows", "platforms/qcocoa", "platforms/qxcb", "platforms/qoffscreen"),
        # The system's own look, under which ours is drawn, and its dialogs.
        *("styles/qmodernwindowsstyle", "styles/qwindowsvistastyle", "styles/qmacstyle"),
        "platformthemes/qxdgdesktopportal",
        # Letters that are put together of several keys.
        "platforminputcontexts/composeplatforminputcontextplugin",
        "platforminputcontexts/ibusplatforminputcontextplugin",
    }
)
"""The plugins of Qt that stay. PNG, which the icon is, needs none."""

SYSTEM_LIBRARIES = re.compile(r"libxcb-|libxkbcommon|libX11-xcb|libffi")
"""Of Linux’s own libraries those that a desktop may lack, or have in another release.

Without them Qt opens no window there, and Python calls no library such as the PDF reader’s. Every
other one is on any computer that has a desktop, is kept up to date with it, and would not fit
the other libraries of another release.
"""

_NETWORK_OF_QT = ("QtNetwork", "QtQml", "QtWebEngineCore", "QtWebSockets")
_QT_LIBRARY = re.compile(r"(?:lib)?Qt6([A-Za-z0-9]+?)(?:\.so.*|\.dll|\.\d.*)?")
_FRAMEWORK = re.compile(r"Qt([A-Za-z0-9]+)\.framework")
_PLUGIN = re.compile(r".*/plugins/([^/]+/)(?:lib)?([^/]+?)(?:d?\.dll|\.so|\.dylib)")
_QUIET_EXTRAS = ("opengl32sw.dll", "d3dcompiler_47.dll", "libcrypto", "libssl")


def is_wanted(name: str, *, is_system: bool) -> bool:
    """Whether a file that was found to be needed goes in, by its place in the folder.

    `is_system` says that it comes from the system that the program is frozen on, and neither with
    Python nor with a library of ours.
    """
    path = PurePosixPath(name.replace("\\", "/"))
    if is_system:
        return SYSTEM_LIBRARIES.match(path.name) is not None
    if path.name.startswith(_QUIET_EXTRAS) or "translations" in path.parts:
        return False
    if plugin := _PLUGIN.fullmatch(str(path)):
        return f"{plugin[1]}{plugin[2]}" in QT_PLUGINS
    if "default-docx-template" in path.parts:  # from which default.docx beside it was made
        return False
    return _is_wanted_of_qt(path)


def _is_wanted_of_qt(path: PurePosixPath) -> bool:
    frameworks = (_FRAMEWORK.fullmatch(part) for part in path.parts)  # of macOS
    named = [found[1] for found in (*frameworks, _QT_LIBRARY.fullmatch(path.name)) if found]
    if named:
        return named[0] in QT_LIBRARIES
    if path.parts[:1] == ("PySide6",) and path.name.startswith("Qt") and path.suffix:
        return path.name.partition(".")[0] in QT_MODULES
    return True


def unwanted(names: Iterable[str]) -> Sequence[str]:
    """Give those of a folder's files that are not to be in it, for which the build fails."""
    return [
        name
        for name in names
        if not is_wanted(name, is_system=False) or unwanted_modules([_module(name)])
    ]


def unwanted_modules(modules: Iterable[str]) -> Sequence[str]:
    """Give those of an executable's modules that could speak to a network."""
    barred = (*NETWORK_MODULES, *(f"PySide6.{name}" for name in _NETWORK_OF_QT))
    return [m for m in modules if any(m == name or m.startswith(f"{name}.") for name in barred)]


def _module(name: str) -> str:
    """Give the module that a file would be: its place without what PyInstaller puts before it."""
    path = PurePosixPath(name.replace("\\", "/"))
    parts = [part for part in path.parts if part not in ("_internal", "lib-dynload")]
    parts = [part for part in parts if not re.fullmatch(r"python3\.\d+", part)]
    return ".".join((*parts[:-1], parts[-1].partition(".")[0])) if parts else ""
