"""Says at once that the program is opening, while all that its window is made of is being loaded.

For `hicm_desktop.__main__`. On a computer that looks through every file before it is run, loading
takes seconds, and whoever sees nothing starts a program again. It imports as little as can draw,
and nothing of ours that imports more; it goes by itself once a window is there.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hicm_desktop import paths

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

COMMANDS = frozenset({"export", "sample", "check", "keys", "handout", "demo", "self-test"})
"""The commands of `hicm_desktop.cli_commands`, which open no window."""

STYLE = "Fusion"
"""The style of Qt that ours is drawn on: the same on every system."""


def wants_window(arguments: Sequence[str]) -> bool:
    """Whether a window is what was asked for: no command, and no option that only tells."""
    first = arguments[0] if arguments else ""
    return first not in COMMANDS and not any(word.startswith("-") for word in arguments)


def has_display() -> bool:
    """Whether there is a screen that a window could be seen on. Only on Linux can there be none.

    The part of Qt that draws without an X server is not in the frozen program.
    """
    names = ["DISPLAY", "QT_QPA_PLATFORM"]
    if not paths.is_frozen():
        names.append("WAYLAND_DISPLAY")
    return sys.platform != "linux" or any(os.environ.get(name) for name in names)


def qt_application() -> QApplication:
    """Give the Qt application, which may be there already.

    Its style is named as an argument would: what sets one gives it back as an object, and some
    15 ms of every start would go into making that known to Python.
    """
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - only where a window opens

    from hicm_desktop.ui.application import DesktopApplication  # noqa: PLC0415 - as above

    qt = QApplication.instance() or DesktopApplication([*(sys.argv[:1] or [""]), "-style", STYLE])
    if not isinstance(qt, QApplication):
        raise TypeError("another kind of Qt application is running")
    return qt


def say_so(arguments: Sequence[str]) -> QWidget | None:
    """Show that the program opens, where it will open a window; gives what shows it.

    From here on nothing that is loaded goes again, so nothing is looked through for what could;
    `hicm_desktop.app` has it looked through once all is there.
    """
    if not wants_window(arguments) or not has_display():
        return None
    gc.disable()
    qt_application()
    from hicm_desktop.ui.opening_card import OpeningCard  # noqa: PLC0415 - only where a window opens

    file = Path(arguments[0]).name if arguments else ""
    return OpeningCard(file)
