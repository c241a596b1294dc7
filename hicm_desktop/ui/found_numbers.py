"""Asks before an export what to do about texts that hold what looks like an NHS number.

For `hicm_desktop.ui.dialogs` alone. It warns and never blocks: exporting is one key away, but it
is not what Enter does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hicm_desktop.ui.labels import label
from hicm_desktop.ui.patient_warning import REMINDER, named
from hicm_desktop.ui.sized_dialog import SizedDialog
from hicm_desktop.workshop.patient_data import Finding
from hicm_desktop.workshop.places import Place
from hicm_desktop.workshop.words import count

_SIZE = QSize(680, 460)
"""What the dialog would like, in px where a line of text is 20 px high."""


def sealed_words(number: int) -> str:
    """Say what to do about what stands in a version that was signed off."""
    return (
        f"This is in version {number} as it was signed off, which nothing alters. To keep it out, "
        f"take it out of the workshop, sign off again, and remove version {number}."
    )


class FoundNumbers(SizedDialog):
    """Lists where numbers stand. `place` is where to go, once that was chosen.

    Accepted with no place: export all the same. A version that was signed off has no place to go
    to: it stays as it is, or is removed.
    """

    def __init__(
        self,
        found: Sequence[Finding],
        parent: QWidget | None = None,
        sealed: int | None = None,
        reminder: str = "",
    ) -> None:
        """List them. `sealed` is the number of the version they stand in, if it is one.

        `reminder` is what an organisation has set to be said beside them.
        """
        super().__init__(_SIZE, parent)
        self._sealed = sealed
        self._reminder = reminder
        self._found = tuple(found)
        self.place: Place | None = None
        self.setWindowTitle("Before you export")
        self.list = QListWidget()
        self.list.setAccessibleName("Where a number stands")
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setSpacing(3)
        self.list.addItems([f"{named(f.numbers)}\n{f.where}" for f in found])
        self.list.setCurrentRow(0)
        self.go = _button("Go to it", self._go)
        self.export = _button("Export all the same", self.accept)
        self.cancel = _button("Cancel   Esc", self.reject)
        self.cancel.setAccessibleName("Cancel")
        if sealed is None:
            self.list.itemDoubleClicked.connect(lambda _item: self._go())
        self.go.setEnabled(sealed is None)
        usual = self.go if sealed is None else self.cancel
        usual.setProperty("kind", "primary")
        usual.setDefault(True)
        self._lay_out()
        self.list.setFocus()

    def _lay_out(self) -> None:
        number = len(self._found)
        holds = "holds" if number == 1 else "hold"
        body = QVBoxLayout()
        body.setContentsMargins(20, 16, 20, 16)
        body.setSpacing(8)
        heading = f"{count(number, 'text')} {holds} what looks like an NHS number"
        body.addWidget(label(heading, "heading"))
        body.addWidget(
            label(
                f"Exports are passed on. {REMINDER} Nothing has been exported yet, and nothing is "
                "altered unless you do it."
            )
        )
        if self._sealed is not None:
            body.addWidget(label(sealed_words(self._sealed), "strong"))
        if self._reminder:
            body.addWidget(label(f"From your organisation: {self._reminder}", "strong"))
        body.addWidget(self.list, 1)
        foot = QFrame()
        foot.setObjectName("status")
        buttons = QHBoxLayout(foot)
        buttons.setContentsMargins(20, 10, 20, 10)
        buttons.addWidget(self.export)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(body, 1)
        layout.addWidget(foot)
        for before, after in (
            (self.list, self.go),
            (self.go, self.cancel),
            (self.cancel, self.export),
        ):
            QWidget.setTabOrder(before, after)

    def _go(self) -> None:
        self.place = self._found[self.list.currentRow()].place
        self.accept()


def _button(words: str, pressed: Callable[[], None]) -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(False)
    button.clicked.connect(lambda: pressed())
    return button
