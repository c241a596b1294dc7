"""What is otherwise in a plan that was brought back, and the question what of it to take.

For `hicm_desktop.ui.bringing_back`. Nothing is ticked beforehand, and no key takes anything by
accident: Enter does nothing here.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hicm_desktop.model.values import Model
from hicm_desktop.ui.brought_list import BroughtList, BroughtTable
from hicm_desktop.ui.flow import FlowLayout
from hicm_desktop.ui.labels import label
from hicm_desktop.ui.scrolled_body import ScrolledBody
from hicm_desktop.ui.sized_dialog import SizedDialog
from hicm_desktop.ui.words import breakable
from hicm_desktop.workshop.bring_back import BroughtBack, Offer
from hicm_desktop.workshop.words import count

TITLE = "Bring back action plan"
KNOWS_NONE = (
    "None of its actions belong to this workshop. Its lines can still be added as new ones."
)
CHOOSE_BETWEEN = (
    "Some actions stand in the file more than once. “Take all” leaves these for you to choose."
)
LEFT = "“Take all” leaves what was emptied in the file for you to choose."
_SIZE = QSize(1100, 720)
"""What the dialog would like, in px where a line of text is 20 px high."""


class BringBackDialog(SizedDialog):
    """Lists what differs, to be ticked. Once accepted, `chosen` is to be taken."""

    def __init__(
        self, model: Model, brought: BroughtBack, name: str, parent: QWidget | None = None
    ) -> None:
        """Show what is otherwise in the file of this name."""
        super().__init__(_SIZE, parent)
        self.setWindowTitle(TITLE)
        self._brought = brought
        self._table = BroughtTable(model, brought, self)
        self.list = BroughtList(self._table)
        self.all = _button("Take all from the file", lambda: self._table.choose(brought.plain))
        self.none = _button("Take none", lambda: self._table.choose(()))
        self.counted = label("", "strong")
        self.counted.setWordWrap(False)
        self.take = _button("Take what is ticked", self.accept)
        self.take.setProperty("kind", "primary")
        self.close_again = _button("Close   Esc", self.reject)
        self.close_again.setAccessibleName("Close")
        self._lay_out(name)
        self._table.ticked.connect(self._count)
        self._count()
        self.list.setFocus()

    @property
    def chosen(self) -> tuple[Offer, ...]:
        """What is ticked."""
        return self._table.chosen

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        layout = self.layout()
        if not event.spontaneous() and layout is not None:
            layout.activate()
            self._scroll.start()

    def focusNextPrevChild(self, forwards: bool) -> bool:  # noqa: FBT001 - Qt's signature
        """Scroll to what Tab comes to from the buttons, too."""
        moved = super().focusNextPrevChild(forwards)
        self._scroll.reveal(self.focusWidget())
        return moved

    def _count(self) -> None:
        chosen, most = len(self._table.chosen), len(self._table.offers)
        self.counted.setText(f"{chosen} of {most} chosen" if most else "Nothing can be taken")
        self.take.setEnabled(chosen > 0)
        self.none.setEnabled(chosen > 0)
        self.all.setEnabled(bool(self._brought.plain))

    def _lay_out(self, name: str) -> None:
        words_and_list = QWidget()
        body = QVBoxLayout(words_and_list)
        body.setContentsMargins(20, 16, 20, 12)
        body.setSpacing(8)
        body.addWidget(label(TITLE, "heading"))
        words = self._words(name)
        told = label(breakable(words))
        told.setAccessibleName(words)
        body.addWidget(told)
        bar = QWidget()
        flow = FlowLayout(bar, gap=8)
        self.counted.setMinimumHeight(self.all.sizeHint().height())
        for widget in (self.all, self.none, self.counted):
            flow.addWidget(widget)
        body.addWidget(bar)
        body.addWidget(self.list, 1)
        foot = QFrame()
        foot.setObjectName("status")
        buttons = QHBoxLayout(foot)
        buttons.setContentsMargins(20, 10, 20, 10)
        buttons.addWidget(label("Ctrl+Z takes all of it back in one step.", "small"), 1)
        buttons.addWidget(self.close_again)
        buttons.addWidget(self.take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._scroll = ScrolledBody(words_and_list, TITLE)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(foot)
        order = (self.list, self.all, self.none, self.take, self.close_again)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _words(self, name: str) -> str:
        """Say what was found, and what ticking does."""
        brought = self._brought
        found = len(brought.offers)
        if not found:
            nothing = f"There is nothing to take from {name}. This is what was found in it."
            return " ".join((nothing, *brought.told))
        first = f"{count(found, 'difference')} in {name}. "
        parts = [first + "Nothing is taken unless you tick it: Space ticks the line you are on."]
        if brought.knows_none:
            parts.append(KNOWS_NONE)
        if any(line.repeated and line.offers for line in brought.lines):
            parts.append(CHOOSE_BETWEEN)
        if any(offer.is_left and offer.part is not None for offer in brought.offers):
            parts.append(LEFT)
        return " ".join((*parts, *brought.told))


def _button(words: str, pressed: Callable[[], object]) -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(False)
    button.clicked.connect(lambda: pressed())
    return button
