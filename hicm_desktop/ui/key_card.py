"""Help, Keys: every key on one card, and the card as a page to print.

For `hicm_desktop.ui.dialogs`, which opens it. What is on it is the table in
`hicm_desktop.ui.commands`.
"""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from hicm_desktop import PRODUCT
from hicm_desktop.document.background import Background
from hicm_desktop.errors import ExportError
from hicm_desktop.ui import dialogs
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.commands import KEY_GROUPS, KEYS_NOTE, Command
from hicm_desktop.ui.labels import label
from hicm_desktop.ui.painted_keys import CardView
from hicm_desktop.ui.sized_dialog import SizedDialog

FILE_NAME = f"{PRODUCT} keys.pdf"
_SIZE = QSize(1290, 900)


class KeyCard(SizedDialog):
    """All keys by what they are for, to be read at one glance and put away by Esc or F1 again."""

    def __init__(
        self, appearance: Appearance, fonts: Path, folder: Path, parent: QWidget | None = None
    ) -> None:
        """Show the card. `fonts` is the folder of the typeface, `folder` where a PDF may go."""
        super().__init__(_SIZE, parent)
        self.setWindowTitle("Keys")
        self._fonts = fonts
        self._folder = folder
        self._writer: Background[Path] = Background("key card", self._take, self)
        self.card = CardView(KEY_GROUPS, appearance)
        self.area = _Scrolling(self.card)
        self.save = QPushButton("Save as PDF to print…")
        self.save.setAutoDefault(False)
        self.save.clicked.connect(self._ask_where)
        self.close_again = QPushButton("Close   Esc")
        self.close_again.setAccessibleName("Close")
        self.close_again.setDefault(True)
        self.close_again.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.area, 1)
        self._foot = QHBoxLayout()
        layout.addWidget(self._make_foot())
        self.close_again.setFocus()

    def sizeHint(self) -> QSize:
        """Be as high as the card, as far as the screen has room for it."""
        size = super().sizeHint()
        card = self.card.heightForWidth(size.width())
        foot = self._foot.totalHeightForWidth(size.width())
        return size.boundedTo(QSize(size.width(), card + foot + 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go away by the key that brought it, too."""
        if QKeySequence(event.keyCombination()) == QKeySequence(Command.KEYS.keys[0]):
            self.reject()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Close. A page that is being written gets written, and is told of no more."""
        self._writer.close()
        super().done(result)

    def _make_foot(self) -> QFrame:
        foot = QFrame()
        foot.setObjectName("status")
        foot.setLayout(self._foot)
        self._foot.setContentsMargins(20, 8, 20, 8)
        self._foot.setSpacing(10)
        self._foot.addWidget(label(KEYS_NOTE, "small"), 1)
        self._foot.addWidget(self.save)
        self._foot.addWidget(self.close_again)
        return foot

    def _ask_where(self) -> None:
        """Ask for a file and write the page there, off the window's thread."""
        if self._writer.busy:
            return
        title, kinds = "Save the keys as PDF", "PDF documents (*.pdf)"
        target = dialogs.choose_save(self, title, self._folder / FILE_NAME, kinds)
        if target is not None:
            self.save.setEnabled(False)
            self._writer.start(partial(_write, self._fonts, target))

    def _take(self, job: Future[Path]) -> None:
        self.save.setEnabled(True)
        self.save.setFocus()
        try:
            path = job.result()
        except ExportError as error:
            dialogs.warn(self, "Not exported", str(error))
            return
        dialogs.tell_made(self, path)


class _Scrolling(QScrollArea):
    """Holds the card, and takes the keyboard where there is more of it than fits."""

    def __init__(self, card: CardView) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Keys")
        self.setWidget(card)
        self.verticalScrollBar().rangeChanged.connect(self._take_stop)
        self._take_stop()

    def _take_stop(self) -> None:
        scrolls = self.verticalScrollBar().maximum() > 0
        policy = Qt.FocusPolicy.StrongFocus if scrolls else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)


def _write(fonts: Path, target: Path) -> Path:
    from hicm_desktop.export.pdf.key_card import write_key_card  # noqa: PLC0415 - costs start-up

    write_key_card(KEY_GROUPS, KEYS_NOTE, fonts, target)
    return target
