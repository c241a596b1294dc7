"""The line below the console: whether all is saved, what was just said, and how far we are.

For `hicm_desktop.ui.main_window`.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer

from hicm_desktop.document.saving import SaveState
from hicm_desktop.ui.announcing import announce
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.bars import SaveLight, YieldingBar, line_label

_TOLD_MS = 6_000
_IN_A_CHANGE = "1–5 level · arrows move · N note · A action · F1 keys"
_ELSEWHERE = "F1 keys"


class StatusLine(YieldingBar):
    """The save light, the file, words in passing, the room, the progress, and the usual keys."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__("status")
        self.light = SaveLight(appearance)
        self._file = line_label("small")
        self._told = line_label("small")
        self._progress = line_label("small")
        self._telling = QTimer(self, singleShot=True, interval=_TOLD_MS)
        self._telling.timeout.connect(lambda: self._say(""))
        self._hints = hints = line_label("small")
        hints.setText(_ELSEWHERE)
        self._room = line_label("strong")
        self.fill(
            [self.light, self._file, self._told, None, self._room, self._progress, hints],
            [hints, self._file, self._progress, self._told, self._room],
        )

    def tell(self, words: str) -> None:
        """Say something in passing; a screen reader says it too."""
        self._say(words)
        self._telling.start()
        announce(self._told, words)

    def show_state(self, state: SaveState) -> None:
        """Show what is true of the file."""
        self.light.show_state(state)
        self.fit()

    def show_file(self, path: Path) -> None:
        """Show which file is open."""
        self._file.setText(path.name)
        self._file.setToolTip(str(path))
        self.fit()

    def show_progress(self, words: str) -> None:
        """Show how far the workshop has got."""
        self._progress.setText(words)
        self.fit()

    def show_keys(self, *, in_a_change: bool) -> None:
        """Show the keys that are used most where the user is."""
        self._hints.setText(_IN_A_CHANGE if in_a_change else _ELSEWHERE)
        self.fit()

    def show_room(self, words: str) -> None:
        """Show what the room sees; empty while it has no window."""
        self._room.setText(words)
        self.fit()

    def _say(self, words: str) -> None:
        self._told.setText(words)
        self.fit()
