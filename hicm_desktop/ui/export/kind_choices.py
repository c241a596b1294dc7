"""Which kind of file: one choice of several. For `hicm_desktop.ui.export.dialog`."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hicm_desktop.ui.choices import Choice, Grouping
from hicm_desktop.ui.export.kinds import Export
from hicm_desktop.ui.flow import FlowLayout
from hicm_desktop.ui.labels import label


class KindChoices(QWidget):
    """The kinds side by side, and what the chosen one is for. `chosen` carries an `Export`."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.choices = {export: Choice(export.words) for export in Export}
        self._about = label("", "small")
        group = Grouping("Kind of file")
        flow = FlowLayout(group, gap=6)
        for export, choice in self.choices.items():
            choice.chosen.connect(lambda e=export: self.chosen.emit(e))
            flow.addWidget(choice)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(label("Kind of file", "strong"))
        layout.addWidget(group)
        layout.addWidget(self._about)

    def show_kind(self, export: Export) -> None:
        """Show which one is chosen."""
        for kind, choice in self.choices.items():
            choice.show_chosen(chosen=kind is export)
        self._about.setText(export.about)
