"""Hints for the first times: one quiet line under the tabs, which goes for good once it has served.

For `hicm_desktop.ui.main_window`. The line comes and goes only when another tab is opened, when
everything else changes place too; until then its room stays as it is, and only its words change or
go. So nothing moves under a pointer that is about to click. It never takes the keyboard by itself,
nor by a click, and gives it back to the view of the tab.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QHBoxLayout, QWidget

from hicm_desktop.document.settings import Settings
from hicm_desktop.ui.announcing import announce
from hicm_desktop.ui.appearance import wear_anew
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.labels import label, link_button
from hicm_desktop.workshop.values import Workshop

if TYPE_CHECKING:
    from hicm_desktop.ui.console import Console

_FEW_ROWS = 3
"""After so many rows agreed the room view is pointed out where there is one screen only."""

_TALLEST = 10_000
_SIDE, _OVER, _GAP = 16, 3, 12


class Hint(enum.Enum):
    """A hint: the name it is remembered by, and its words. They are given in this order.

    `keys` are those of the command it tells of; without such a command it is not given.
    """

    AGREE = ("agree", "Press 1 to 5 to agree a level for the row in focus, again to clear it.", "")
    ACTION = ("action", "Ctrl+Enter makes an action from this row.", "")
    ROOM = ("room", "F5 opens the room view for the projector.", "F5")
    KEYS = ("keys", "F1 shows every key.", "F1")

    def __init__(self, remembered: str, words: str, keys: str) -> None:
        self.remembered = remembered
        self.words = words
        self.keys = keys


_OF_CHANGES = frozenset({Hint.AGREE, Hint.ACTION, Hint.ROOM})
"""Those that help where a change is in view; the others help anywhere."""

_OF_RECORDING = frozenset({Hint.AGREE, Hint.ACTION})
"""Those that are of no use where a workshop can only be read."""


class HintLine(QFrame):
    """Shows the first hint that helps in the tab in view and was not done or put away."""

    def __init__(self, settings: Settings, actions: Mapping[Command, QAction]) -> None:
        """Make a line that remembers in `settings`, and sees what is done in `actions`."""
        super().__init__()
        self.setObjectName("hints")
        self._settings = settings
        self._console: Console | None = None
        self._hint: Hint | None = None
        self._announced: set[Hint] = set()
        self._commanded: dict[Hint, QAction] = {}
        for hint in Hint:
            for command, action in actions.items():
                if hint.keys and hint.keys in command.keys:
                    self._commanded[hint] = action
                    action.triggered.connect(lambda _=False, h=hint: self.done(h))
        self._words = label("", "small")
        self.got_it = link_button("Got it")
        self.hide_all = link_button("Hide all hints", "They come back by Help, Show hints again")
        self.got_it.clicked.connect(self._put_away)
        self.hide_all.clicked.connect(self._put_all_away)
        self._buttons = QWidget()
        beside = QHBoxLayout(self._buttons)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(_GAP)
        for button in (self.got_it, self.hide_all):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            beside.addWidget(button)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(_SIDE, _OVER, _SIDE, _OVER)
        self._line.setSpacing(_GAP)
        self._line.addWidget(self._words, 1)
        self._line.addWidget(self._buttons, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    @property
    def hint(self) -> Hint | None:
        """The hint that is shown."""
        return self._hint

    def follow(self, console: Console) -> None:
        """Stand in the console of the workshop that is open now, and see what is done there."""
        self._console = console
        console.put_under_tabs(self)
        QWidget.setTabOrder(console.tabs, self.got_it)
        QWidget.setTabOrder(self.got_it, self.hide_all)
        console.tabs.currentChanged.connect(self._turn)
        console.document.changed.connect(self._see)
        self._turn()

    def done(self, hint: Hint) -> None:
        """Have a hint go for good, as what it tells of was done."""
        self._remember(hint)

    def show_again(self) -> None:
        """Bring all hints back."""
        self._settings.hints_put_away = frozenset()
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the view of the tab."""
        if event.key() == Qt.Key.Key_Escape and self._console is not None:
            self._console.take_keyboard()
        else:
            super().keyPressEvent(event)

    def _turn(self) -> None:
        """Come or go, as another tab is opened."""
        self._show(self._next())
        self.setVisible(self._hint is not None)
        self._fit()

    def _see(self, before: Workshop, after: Workshop) -> None:
        """See what was recorded: whether it is what a hint tells of, or makes one of use."""
        levels = {record.row: record.level for record in before.rows}
        if any(r.level is not None and r.level != levels.get(r.row) for r in after.rows):
            self.done(Hint.AGREE)
        if len(after.actions) > len(before.actions):
            self.done(Hint.ACTION)
        self._step()

    def _put_away(self) -> None:
        if self._hint is not None:
            self._remember(self._hint)

    def _put_all_away(self) -> None:
        self._remember(*Hint)

    def _remember(self, *hints: Hint) -> None:
        old = self._settings.hints_put_away
        new = old.union(hint.remembered for hint in hints)
        if new != old:
            self._settings.hints_put_away = new
            self._step()

    def _step(self) -> None:
        """Go on to the next hint in the same place, which stays empty where there is none."""
        if self.isHidden():
            return
        had_keyboard = QApplication.focusWidget() in (self.got_it, self.hide_all)
        self._show(self._next())
        if self._hint is None and had_keyboard and self._console is not None:
            self._console.take_keyboard()

    def _show(self, hint: Hint | None) -> None:
        if hint is self._hint:
            return
        self._hint = hint
        words = hint.words if hint is not None else ""
        self._words.setText(words)
        self._words.setAccessibleName(f"Hint: {words}" if words else "")
        self._buttons.setVisible(hint is not None)
        self.setProperty("empty", hint is None)
        wear_anew(self)
        # Later, so that what was recorded is said first.
        QTimer.singleShot(0, self, self._announce)

    def _announce(self) -> None:
        """Have the hint that is shown said, once."""
        hint = self._hint
        if hint is not None and hint not in self._announced:
            self._announced.add(hint)
            announce(self._words, f"Hint: {hint.words}")

    def _next(self) -> Hint | None:
        return next((hint for hint in self._left() if self._is_due(hint)), None)

    def _left(self) -> list[Hint]:
        """Give the hints that may yet be shown in the tab in view."""
        console, away = self._console, self._settings.hints_put_away
        if console is None:
            return []
        return [
            hint
            for hint in Hint
            if hint.remembered not in away
            and (console.shows_change or hint not in _OF_CHANGES)
            and (not hint.keys or hint in self._commanded)
            and not (console.document.is_read_only and hint in _OF_RECORDING)
        ]

    def _is_due(self, hint: Hint) -> bool:
        """Whether what the room has done so far makes a hint of use."""
        if self._console is None or hint not in (Hint.ACTION, Hint.ROOM):
            return True
        agreed = sum(row.level is not None for row in self._console.document.workshop.rows)
        if hint is Hint.ACTION:
            return agreed > 0
        return agreed >= _FEW_ROWS or len(QGuiApplication.screens()) > 1

    def _fit(self) -> None:
        """Be as high as the longest hint that may come here, whichever of them is shown."""
        room = self.width() - 2 * _SIDE
        buttons = self._buttons.sizeHint()
        is_beside = buttons.width() * 2 <= room
        way = QBoxLayout.Direction.LeftToRight if is_beside else QBoxLayout.Direction.TopToBottom
        self._line.setDirection(way)
        across = room - buttons.width() - _GAP if is_beside else room
        words = max((self._height_of(hint.words, across) for hint in self._left()), default=0)
        height = max(words, buttons.height()) if is_beside else words + _GAP + buttons.height()
        self.setFixedHeight(height + 2 * _OVER)

    def _height_of(self, words: str, width: int) -> int:
        box = QRect(0, 0, max(width, 1), _TALLEST)
        flags = Qt.TextFlag.TextWordWrap
        return self._words.fontMetrics().boundingRect(box, flags, words).height()
