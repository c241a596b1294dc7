"""Asks how long a break lasts, and says until when that is.

For `hicm_desktop.ui.clock_control`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from hicm_desktop.ui.labels import label

USUAL_MINUTES = 15
_MOST_MINUTES = 240


class BreakDialog(QDialog):
    """Minutes in a field, and the time at which they end beside it. Return starts the break."""

    def __init__(self, now: Callable[[], dt.datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._now = now
        self.setWindowTitle("Break")
        self._field = QSpinBox()
        self._field.setRange(1, _MOST_MINUTES)
        self._field.setValue(USUAL_MINUTES)
        self._field.setAccessibleName("Minutes of break")
        self._field.selectAll()
        self._until = label("", "strong")
        self._field.valueChanged.connect(self._show_until)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._field)
        line.addWidget(label("minutes"))
        line.addWidget(self._until, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        start = buttons.addButton("Start the break", QDialogButtonBox.ButtonRole.AcceptRole)
        start.setProperty("kind", "primary")
        start.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(12)
        layout.addWidget(label("How long is the break?", "heading"))
        layout.addLayout(line)
        layout.addWidget(
            label(
                "The clock stands until you end the break. The room view shows the time.", "small"
            )
        )
        layout.addWidget(buttons, 0, Qt.AlignmentFlag.AlignRight)
        self._show_until()
        self._field.setFocus()

    def minutes(self) -> int:
        """Give how long the break is to last."""
        return self._field.value()

    def _show_until(self) -> None:
        until = self._now() + dt.timedelta(minutes=self.minutes())
        self._until.setText(f"until {until:%H:%M}")
