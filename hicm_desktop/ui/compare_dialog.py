"""Two states of a workshop side by side, and the question what to do about them.

For `hicm_desktop.ui.safekeeping`. Which state is right is for the user to say: nothing is chosen
beforehand but to look.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hicm_desktop.model.values import Model
from hicm_desktop.ui.differences_view import DifferencesView
from hicm_desktop.ui.labels import label
from hicm_desktop.ui.scrolled_body import ScrolledBody
from hicm_desktop.ui.words import breakable
from hicm_desktop.workshop.differences import differences
from hicm_desktop.workshop.values import Workshop

_SIZE = QSize(960, 620)
_MARGIN = QSize(40, 80)
_LEAST_LINES = 8
"""How many lines of what differs are in view at least; the words scroll away where need be."""


class Side(msgspec.Struct, frozen=True):
    """One of two states, and what it is called."""

    title: str
    workshop: Workshop


class CompareDialog(QDialog):
    """What differs, and an answer of several. With one side alone, only the question."""

    def __init__(
        self,
        title: str,
        words: str,
        model: Model,
        left: Side | None,
        right: Side,
        answers: Sequence[str],
        parent: QWidget,
        *,
        leave: str = "Close",
    ) -> None:
        """Show two sides. The first answer is the one to be expected; `leave` gives none."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self._answer = ""
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(20, 16, 20, 12)
        body.setSpacing(10)
        body.addWidget(label(title, "heading"))
        told = label(breakable(words))
        told.setAccessibleName(words)
        body.addWidget(told)
        self._leave = QPushButton(leave)
        start: QWidget = self._leave
        if left is None:
            body.addStretch(1)
        else:
            view = DifferencesView(left.title, right.title)
            view.setMinimumHeight(self.fontMetrics().height() * _LEAST_LINES)
            found = differences(model, left.workshop, right.workshop)
            view.show_differences(found)
            body.addWidget(view, 1)
            if found:
                start = view.table
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._scroll = ScrolledBody(self._body, title)
        layout.addWidget(self._scroll, 1)
        self._foot = self._make_foot(answers)
        layout.addWidget(self._foot)
        # For Return where no button has the keyboard; Qt heeds it of a button of the dialog alone.
        self._leave.setDefault(True)
        self._room = parent.screen().availableSize() - _MARGIN
        self._is_short = left is None
        wanted = QSize(_SIZE.width() * 2 // 3, 10) if self._is_short else _SIZE
        self.resize((wanted * self.fontMetrics().height() / 20).boundedTo(self._room))
        start.setFocus()

    def ask(self) -> str:
        """Show it until it is answered; gives the answer, or an empty text."""
        self.exec()
        self.deleteLater()
        return self._answer

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the words, once they wear their type, where there are words alone.

        Where not all is in view, the keyboard begins at the words, and not at what is below them.
        """
        if event.spontaneous():  # it was out of sight for a while; all is as it was left
            super().showEvent(event)
            return
        if self._is_short:
            words = self._body.heightForWidth(self.width())  # a scroll area asks for no height
            wanted = QSize(self.width(), words + self._foot.sizeHint().height())
            self.resize(wanted.boundedTo(self._room))
        super().showEvent(event)  # only now: it finds the place for this size
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self._scroll.start()

    def focusNextPrevChild(self, forwards: bool) -> bool:  # noqa: FBT001 - Qt's signature
        """Scroll to what Tab comes to from the buttons, too: Qt does so from the words alone."""
        moved = super().focusNextPrevChild(forwards)
        self._scroll.reveal(self.focusWidget())
        return moved

    def _make_foot(self, answers: Sequence[str]) -> QFrame:
        foot = QFrame()
        foot.setObjectName("status")
        buttons = QHBoxLayout(foot)
        buttons.setContentsMargins(20, 10, 20, 10)
        buttons.addStretch(1)
        for words in answers:
            button = QPushButton(words)
            if words == answers[0]:
                button.setProperty("kind", "primary")
            button.clicked.connect(lambda _=False, w=words: self._choose(w))
            buttons.addWidget(button)
        self._leave.clicked.connect(self.reject)
        buttons.addWidget(self._leave)
        return foot

    def _choose(self, words: str) -> None:
        self._answer = words
        self.accept()
