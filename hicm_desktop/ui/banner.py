"""The line under the bar that stays for as long as something is not as it should be with the file.

For `hicm_desktop.ui.main_window`. One thing at a time, the gravest first: that the file does not
hold everything, that the workshop is open to be read only, that the drive is nearly full.
"""

from __future__ import annotations

import enum

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QPushButton,
    QWidget,
)

from hicm_desktop.document.rescue import NotKept, RescueState
from hicm_desktop.document.saving import NoFileYet, NotSaved, ReadOnly, SaveState
from hicm_desktop.storage.recovery import Kept
from hicm_desktop.ui.announcing import announce
from hicm_desktop.ui.appearance import wear_anew
from hicm_desktop.ui.flow import FlowLayout
from hicm_desktop.ui.labels import label
from hicm_desktop.ui.words import breakable

_GAP = 8
_ANNOUNCE_MS = 300
"""How long a screen reader waits for the words: what was kept is known a moment after the fault."""


class Remedy(enum.Enum):
    """What the user can do about it, in the words of its button."""

    TRY_AGAIN = "Try again"
    COPY = "Save a copy…"
    DIFFERENCES = "See the differences"
    KEEP_MINE = "Keep mine as a copy…"
    TAKE_THEIRS = "Take theirs"
    LOOK_AGAIN = "Look again"
    OPEN_COPY = "Open a copy"
    CLOSE = "Close"


_FAILED = (Remedy.TRY_AGAIN, Remedy.COPY)
_THEIRS = (Remedy.DIFFERENCES, Remedy.KEEP_MINE, Remedy.TAKE_THEIRS)
_READ_ONLY = (Remedy.LOOK_AGAIN, Remedy.OPEN_COPY)
_PASSING = (Remedy.COPY, Remedy.CLOSE)


class Banner(QFrame):
    """Words and the buttons that help. `chosen` carries a `Remedy`.

    The words wrap; the buttons stand beside them where there is room, and beneath them elsewhere.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: SaveState = NoFileYet()
        self._rescue: RescueState = None
        self._passing = ""
        self._said = ""
        self._remedies: tuple[Remedy, ...] = ()
        self._announced = ""
        self._announcing = QTimer(self, singleShot=True, interval=_ANNOUNCE_MS)
        self._announcing.timeout.connect(self._announce)
        self.setObjectName("banner")
        self._words = label("", "strong")
        self._holder = QWidget()
        flow = FlowLayout(self._holder, gap=_GAP)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(12, 8, 12, 8)
        self._line.setSpacing(_GAP)
        self._line.addWidget(self._words, 1)
        self._line.addWidget(self._holder)
        self._buttons: dict[Remedy, QPushButton] = {}
        for remedy in Remedy:
            button = QPushButton(remedy.value)
            button.clicked.connect(lambda _=False, r=remedy: self._choose(r))
            flow.addWidget(button)
            self._buttons[remedy] = button
        self.hide()

    @property
    def words(self) -> str:
        """What it says now; empty where it has nothing to say."""
        return self._said

    def button(self, remedy: Remedy) -> QPushButton:
        """Give the button of a remedy, which is in view where it helps."""
        return self._buttons[remedy]

    def warn(self, words: str) -> None:
        """Say something that stays until it is closed, unless something graver takes its place."""
        self._passing = words
        self._show()

    def show_state(self, state: SaveState, rescue: RescueState) -> None:
        """Show what is true of the file, and of the copy that is kept meanwhile."""
        self._state, self._rescue = state, rescue
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_buttons"):
            self._arrange()

    def _show(self) -> None:
        match self._state:
            case NotSaved(reason, is_theirs):
                said = (f"NOT SAVED. {reason}", _kept_words(self._rescue))
                self._say(" ".join(filter(None, said)), _THEIRS if is_theirs else _FAILED)
            case ReadOnly(reason):
                self._say(f"READ ONLY. {reason}", _READ_ONLY)
            case _:
                self._say(self._passing, _PASSING)
        self._announce_soon()

    def _say(self, words: str, remedies: tuple[Remedy, ...]) -> None:
        if (words, remedies) == (self._said, self._remedies):
            return
        self._said, self._remedies = words, remedies
        self._words.setText(breakable(words))
        self._words.setAccessibleName(words)
        for remedy, button in self._buttons.items():
            button.setVisible(remedy in remedies)
        self.setProperty("grave", isinstance(self._state, NotSaved))
        for widget in (self, self._words):
            wear_anew(widget)
        self._arrange()
        self.setVisible(bool(words))

    def _arrange(self) -> None:
        """Put the buttons beside the words, or beneath where these are then not as high."""
        shown = [button for button in self._buttons.values() if not button.isHidden()]
        wanted = sum(button.sizeHint().width() + _GAP for button in shown) - _GAP
        room = self._line.contentsRect().width()
        beneath = _GAP + max((button.sizeHint().height() for button in shown), default=0)
        lines = self._words.heightForWidth
        beside = wanted * 2 <= room and lines(room - wanted - _GAP) <= lines(room) + beneath
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._line.setDirection(way)
        self._holder.setMinimumWidth(wanted if beside else 0)
        self._holder.updateGeometry()

    def _announce_soon(self) -> None:
        """Have a screen reader say it, once for each thing that is amiss."""
        amiss = self._passing if self._said == self._passing else _gist(self._state, self._rescue)
        if amiss != self._announced:
            self._announced = amiss
            self._announcing.start()

    def _announce(self) -> None:
        if self._said:
            announce(self._words, self._said)

    def _choose(self, remedy: Remedy) -> None:
        if remedy is Remedy.CLOSE:
            self.warn("")
        else:
            self.chosen.emit(remedy)


def _gist(state: SaveState, rescue: RescueState) -> str:
    """Give what is new to a listener: that a copy is kept meanwhile is not, that none is, is."""
    reason = state.reason if isinstance(state, NotSaved | ReadOnly) else ""
    return f"{reason} {rescue.reason if isinstance(rescue, NotKept) else ''}"


def _kept_words(rescue: RescueState) -> str:
    match rescue:
        case Kept():
            return "Everything you record is kept on this computer meanwhile."
        case NotKept(reason):
            return f"Nor could a copy be kept on this computer: {reason}"
        case None:
            return ""
