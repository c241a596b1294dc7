"""Which screen the room view goes to, and what that means for the keyboard. Pure.

For `hicm_desktop.ui.room.director`.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec


class Screen(msgspec.Struct, frozen=True):
    """A screen by its name and its size in px. `console` says that the console is on it."""

    name: str
    width: int
    height: int
    console: bool

    @property
    def words(self) -> str:
        """The screen as it is offered: "HDMI-1, 1920 × 1080 (this screen)"."""
        here = " (this screen)" if self.console else ""
        return f"{self.name}, {self.width} × {self.height}{here}"


def choose(screens: Sequence[Screen], asked: str, remembered: str) -> int | None:
    """Give the place in the list of the screen for the room view; None where there is no screen.

    `asked` is the name that was asked for since the program was started: it holds even where it is
    the console's own. `remembered`, of an earlier run, holds only for another screen than the
    console's, so that the room view is never over the console unasked. Else it is the first other
    one, and with one screen alone that.
    """
    others = [i for i, screen in enumerate(screens) if not screen.console]
    wanted = [i for i in (*others, *range(len(screens))) if screens[i].name == asked]
    wanted += [i for i in others if screens[i].name == remembered]
    return next(iter((*wanted, *others, *range(len(screens)))), None)
