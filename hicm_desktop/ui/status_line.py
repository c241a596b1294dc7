"""The line below the console: whether all is saved, what was just said, and how far we are.

For `hicm_desktop.ui.main_window`.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout

from hicm_desktop.document.saving import SaveState
from hicm_desktop.ui.announcing import announce
from hicm_desktop.ui.appearance import Appearance, wear_anew
from hicm_desktop.ui.bars import SaveLight, YieldingBar, line_label
from hicm_desktop.ui.labels import label

TOLD_MS = 6_000
"""How long words in passing stay."""

_IN_A_CHANGE = "1–5 level · arrows move · N note · A action · F1 keys"
_ELSEWHERE = "F1 keys"


class StatusLine(QFrame):
    """The save light, the file, words in passing, the room, the progress, and the usual keys.

    Words in passing are never left out: where they have no room in the line beside the light and
    the room, they stand above it, whole, for as long as they are told.
    """

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self.setObjectName("status")
        self.light = SaveLight(appearance)
        self._words = ""
        self._above = label("", "small")
        self._above.setContentsMargins(12, 5, 12, 0)
        self._file = line_label("small")
        self._beside = line_label("small")
        self._progress = line_label("small")
        self._telling = QTimer(self, singleShot=True, interval=TOLD_MS)
        self._telling.timeout.connect(lambda: self._say(""))
        self._hints = hints = line_label("small")
        hints.setText(_ELSEWHERE)
        self._room = line_label("strong")
        self._line = YieldingBar("line")
        self._line.fill(
            [self.light, self._file, self._beside, None, self._room, self._progress, hints],
            [hints, self._file, self._progress, self._beside, self._room],
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._above)
        layout.addWidget(self._line)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._above.hide()

    @property
    def told(self) -> QLabel:
        """What shows the words in passing."""
        return self._beside if self._above.isHidden() else self._above

    def tell(self, words: str) -> None:
        """Say something in passing; a screen reader says it too."""
        self._say(words)
        self._telling.start()
        announce(self.told, words)

    def fit(self) -> None:
        """Show what fits, and the words in passing above where they do not."""
        self._beside.setText(self._words)
        self._line.fit()
        is_above = bool(self._words) and self._beside.isHidden()
        if is_above:
            self._beside.clear()
            self._line.fit()
        self._above.setText(self._words if is_above else "")
        self._above.setVisible(is_above)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

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

    def show_room(self, words: str, *, held: bool = False) -> None:
        """Show what the room sees; empty while it has no window.

        What is held back from the room is easily forgotten, so that stands out.
        """
        self._room.setText(words)
        looks = "held" if held else "strong"
        if self._room.property("type") != looks:
            self._room.setProperty("type", looks)
            wear_anew(self._room)
        self.fit()

    def _say(self, words: str) -> None:
        self._words = words
        self.fit()
