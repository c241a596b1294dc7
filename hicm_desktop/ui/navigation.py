"""Where the facilitator is: the change and the row in focus, for every view to follow.

For `hicm_desktop.ui`. It holds no recorded data, only what is being looked at.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from hicm_desktop.model.values import Model


class Focus(QObject):
    """The row in focus. There is always one, and each change remembers its own."""

    row_changed = Signal(str)

    def __init__(self, model: Model, parent: QObject | None = None) -> None:
        """Start at the first row of the model."""
        super().__init__(parent)
        self._model = model
        self._last = {change.id: change.rows[0].id for change in model.changes}
        self._row = model.changes[0].rows[0].id

    @property
    def row(self) -> str:
        """The id of the row in focus."""
        return self._row

    @property
    def change(self) -> str:
        """The id of the change that holds the row in focus."""
        return self._model.change_of(self._row).id

    def row_of(self, change_id: str) -> str:
        """Give the row that was last in focus in a change."""
        return self._last[change_id]

    def set_row(self, row_id: str) -> None:
        """Put a row of the model in focus."""
        if row_id != self._row:
            self._row = row_id
            self._last[self._model.change_of(row_id).id] = row_id
            self.row_changed.emit(row_id)
