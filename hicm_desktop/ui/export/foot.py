"""The foot of the export dialog: what can be done now, what is being done, or what came of it.

For `hicm_desktop.ui.export.dialog`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtWidgets import QFrame, QProgressBar, QPushButton, QVBoxLayout, QWidget

from hicm_desktop.ui.alert_line import AlertLine
from hicm_desktop.ui.announcing import announce
from hicm_desktop.ui.flow import FlowLayout
from hicm_desktop.ui.labels import label
from hicm_desktop.ui.words import breakable

_FINE = 1000
"""The steps of the bar."""


class Answer(msgspec.Struct, frozen=True):
    """A button: its words, what it does, and whether it is the one to be expected."""

    words: str
    do: Callable[[], object]
    is_primary: bool = False


class Foot(QFrame):
    """A heading, words, a bar while something is written, what to know, and buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")
        self.heading = label("", "heading")
        self.words = label("", "small")
        self.bar = QProgressBar()
        self.bar.setRange(0, _FINE)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How far the export is")
        self.buttons: tuple[QPushButton, ...] = ()
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder, gap=8, at_end=True)
        self.note = label("", "strong")
        self.warning = AlertLine()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 10, 20, 10)
        layout.setSpacing(8)
        for widget in (self.heading, self.words, self.bar, self.note, self.warning, self._holder):
            layout.addWidget(widget)

    def show_step(
        self,
        heading: str,
        words: str,
        answers: Sequence[Answer],
        *,
        done: float | None = None,
    ) -> None:
        """Show where things stand. `done` of 0 to 1 has the bar shown.

        The keyboard goes to the answer to be expected, where it was in the foot before.
        """
        held = any(button.hasFocus() for button in self.buttons)
        changed = bool(heading) and heading != self.heading.accessibleName()
        self.heading.setText(breakable(heading))
        self.heading.setAccessibleName(heading)
        self.heading.setVisible(bool(heading))
        self.show_words(words)
        self.bar.setVisible(done is not None)
        self.show_done(done or 0.0)
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = tuple(self._button(answer) for answer in answers)
        for button in self.buttons:
            self._flow.addWidget(button)
            button.show()
        if held or heading:
            self.take_keyboard()
        if changed:
            announce(self.heading, f"{heading}. {words}")

    def show_words(self, words: str) -> None:
        """Say something else beneath the heading."""
        self.words.setText(breakable(words))
        self.words.setAccessibleName(words)
        self.words.setVisible(bool(words))

    def warn(self, words: str, note: str = "") -> None:
        """Say what to know before the buttons are pressed; an empty text for nothing."""
        for line, text in ((self.warning, words), (self.note, note)):
            line.setText(text)
            line.setVisible(bool(text))

    def show_done(self, done: float) -> None:
        """Show how much is done, from 0 to 1."""
        self.bar.setValue(round(done * _FINE))

    def take_keyboard(self) -> None:
        """Have the answer to be expected take the keyboard."""
        able = [button for button in self.buttons if button.isEnabled()]
        first = [button for button in able if button.isDefault()]
        for button in (first or able)[:1]:
            button.setFocus()

    def _button(self, answer: Answer) -> QPushButton:
        button = QPushButton(answer.words.replace("&", "&&"))
        button.setAccessibleName(answer.words.partition("   ")[0])
        button.setAutoDefault(False)
        if answer.is_primary:
            button.setProperty("kind", "primary")
            button.setDefault(True)
        button.clicked.connect(lambda: answer.do())
        return button
