"""What of a dialog gives way where the screen is small and the type large: it scrolls, by keyboard.

For `hicm_desktop.ui`. The buttons beneath it stay in view.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class ScrolledBody(QScrollArea):
    """Scrolls a widget up and down. Tab stops at it while some of it is hidden."""

    def __init__(self, body: QWidget, name: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        self.setWidget(body)
        self._body = body
        bar = self.verticalScrollBar()
        bar.setSingleStep(self.fontMetrics().height())
        bar.rangeChanged.connect(self._let_keys_scroll)

    def start(self) -> None:
        """Take the keyboard where some of it is hidden: one begins to read where it begins."""
        if self.verticalScrollBar().maximum() > 0:
            self.setFocus()

    def reveal(self, focus: QWidget | None) -> None:
        """Scroll to what has the keyboard, where that is in it: Qt does so from within alone."""
        if focus is None or not self._body.isAncestorOf(focus):
            return
        # All of it: what Qt means by a list to be in view is the row in hand.
        middle = focus.mapTo(self._body, focus.rect().center()).y()
        self.ensureVisible(0, middle, 0, focus.height() // 2 + 1)

    def _let_keys_scroll(self, _least: int, most: int) -> None:
        """Have Tab stop here, for the arrow keys to scroll, while some is hidden."""
        policy = Qt.FocusPolicy.TabFocus if most > 0 else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)
