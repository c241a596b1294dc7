"""A version that was signed off, to be read: a console of its own that records nothing.

For `hicm_desktop.ui.console`. The workshop stays open behind it as it is, with its history, its
file and whatever the room sees; whoever has read enough is back at once.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QPushButton, QVBoxLayout, QWidget

from hicm_desktop.document.document import Document
from hicm_desktop.document.library import open_sealed
from hicm_desktop.document.saving import ReadOnly
from hicm_desktop.ui.announcing import announce
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.commands import Command
from hicm_desktop.ui.console import Console
from hicm_desktop.ui.export.kinds import Export
from hicm_desktop.ui.flow import FlowLayout
from hicm_desktop.ui.labels import label
from hicm_desktop.ui.status_line import TOLD_MS
from hicm_desktop.workshop.values import Sealed

BACK = "Back to the workshop"
_KEYS = "123456789"


class SealedDialog(QDialog):
    """Shows one version. `export_asked` carries an `Export` and the version it is of."""

    export_asked = Signal(object, object)

    def __init__(
        self, document: Document, sealed: Sealed, appearance: Appearance, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._sealed = sealed
        self.document = open_sealed(document, sealed)
        self.document.setParent(self)
        self.console = Console(self.document, appearance, sealed)
        self.setWindowTitle(f"Version {sealed.number}, signed off")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        state = self.document.save_state
        self._words = label(
            f"READ ONLY. {state.reason if isinstance(state, ReadOnly) else ''}", "strong"
        )
        self.told = label("", "small")
        self._telling = QTimer(self, singleShot=True, interval=TOLD_MS)
        self._telling.timeout.connect(lambda: self.told.setText(""))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._banner())
        layout.addWidget(self.console, 1)
        layout.addWidget(self._foot())
        self.console.told.connect(self._tell)
        self.document.refused.connect(lambda: announce(self._words, self._words.text()))
        self._set_keys()
        self.resize(parent.window().size() * 0.96)
        QTimer.singleShot(0, self, self.console.take_keyboard)

    def done(self, result: int) -> None:
        """Let go of the version; the workshop behind was never touched."""
        self.document.close()
        super().done(result)

    def _banner(self) -> QWidget:
        banner = QFrame()
        banner.setObjectName("banner")
        layout = QVBoxLayout(banner)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        layout.addWidget(self._words)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8)
        layout.addWidget(buttons)
        for words, pressed in (
            ("Export to Excel…", lambda: self._export(Export.WORKBOOK)),
            ("Export to PDF…", lambda: self._export(Export.PDF)),
            (BACK, self.reject),
        ):
            button = QPushButton(words)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, p=pressed: p())
            flow.addWidget(button)
        return banner

    def _foot(self) -> QWidget:
        """Make the line for words in passing, which keeps its room so that nothing moves."""
        foot = QFrame()
        foot.setObjectName("status")
        layout = QVBoxLayout(foot)
        layout.setContentsMargins(12, 5, 12, 5)
        layout.addWidget(self.told)
        return foot

    def _tell(self, words: str) -> None:
        self.told.setText(words)
        self._telling.start()
        announce(self.told, words)

    def _export(self, export: Export) -> None:
        self.export_asked.emit(export, self._sealed)

    def _set_keys(self) -> None:
        """Have the keys that move about in the window move about here too."""
        console = self.console
        for command, answer in (
            (Command.NEXT_TAB, lambda: console.step_tab(1)),
            (Command.PREVIOUS_TAB, lambda: console.step_tab(-1)),
            (Command.OVERVIEW, lambda: console.go_to_tab(0)),
            (Command.PLAN, console.go_to_plan),
            (Command.CLOSING, console.go_to_closing),
            (Command.LOG, console.show_log),
            (Command.PANEL, console.toggle_panel),
        ):
            for keys in command.keys:
                QShortcut(QKeySequence(keys), self, answer)
        for number, _ in zip(_KEYS, self.document.model.changes, strict=False):
            QShortcut(
                QKeySequence(f"Ctrl+{number}"), self, lambda n=int(number): console.go_to_tab(n)
            )
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self, self.reject)
