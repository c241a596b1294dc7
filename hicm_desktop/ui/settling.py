"""What the room settles about a row, for keys and buttons alike: level, outcome, lean, reveal.

For `hicm_desktop.ui.change_view`. Each is one edit; where something has to come first, it says so.
"""

from __future__ import annotations

from types import MappingProxyType

from PySide6.QtCore import QObject, Signal

from hicm_desktop.document.document import Document
from hicm_desktop.ui.outcome_choices import OUTCOME_KEYS
from hicm_desktop.ui.previous_level import previous_words
from hicm_desktop.workshop.edits import AgreeLevel, Edit, SetOutcome
from hicm_desktop.workshop.journey import may_be_shown
from hicm_desktop.workshop.room_edits import LeanLevel, ShowPrevious
from hicm_desktop.workshop.values import Lean, Outcome
from hicm_desktop.workshop.words import standing

LEAN_KEYS = MappingProxyType({**dict.fromkeys("+=>]", Lean.UP), **dict.fromkeys("-−<[", Lean.DOWN)})
RECORDING_KEYS = frozenset((*LEAN_KEYS, *OUTCOME_KEYS.values(), "R", "A"))
"""Keys that record something, besides the digits."""
_LEVEL_FIRST = {
    Outcome.AGREED: "Agree a level first: press 1 to 5.",
    Outcome.AGREED_WITH_RESERVATION: "Agree a level first: press 1 to 5, then W.",
}
_LEAN_FIRST = "Agree a level first: press 1 to 5, then + or −."
_NOT_IN_BASELINE = "The earlier workshop says nothing of this row."
_NO_BASELINE = "There is no earlier workshop here to compare with."


class Settling(QObject):
    """Makes the edits. `told` carries words to be shown in passing, `said` words to be heard."""

    told = Signal(str)
    said = Signal(str)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._model = document.model
        self._levels = tuple(level.id for level in document.model.levels)

    def agree(self, row_id: str, level_id: str) -> None:
        """Agree a level for a row; the same again clears it."""
        again = self._document.workshop.row(row_id).level == level_id
        self._apply(row_id, AgreeLevel(row_id, None if again else level_id))

    def settle(self, row_id: str, outcome: Outcome) -> bool:
        """Give a row an outcome; gives whether it has it now. An agreement needs a level first."""
        level = self._document.workshop.row(row_id).level
        if level is None and outcome.is_agreed and not self._document.is_read_only:
            self.told.emit(_LEVEL_FIRST[outcome])
            return False
        return self._apply(row_id, SetOutcome(row_id, outcome))

    def lean(self, row_id: str, lean: Lean | None) -> None:
        """Have a row lean up or down from its level; the same again, or None, clears that."""
        record = self._document.workshop.row(row_id)
        if not self._document.is_read_only:
            if record.level is None:
                self.told.emit(_LEAN_FIRST)
                return
            if lean is not None and not can_lean(self._document, row_id, lean):
                end = "highest" if lean is Lean.UP else "lowest"
                name = self._model.level(record.level).name
                self.told.emit(f"{name} is the {end} level: there is none further to lean to.")
                return
        self._apply(row_id, LeanLevel(row_id, None if lean is record.lean else lean, self._levels))

    def show_previous(self, row_id: str) -> None:
        """Show where a row stood in the earlier workshop; again hides it, until it is agreed."""
        workshop = self._document.workshop
        record = workshop.row(row_id)
        if workshop.baseline is None:
            self.told.emit(_NO_BASELINE)
        elif record.outcome.is_agreed:
            self.told.emit(previous_words(self._model, workshop, row_id))
        elif self._document.apply(ShowPrevious(row_id, not record.previous_shown)):
            if self._document.workshop is workshop:
                self.told.emit(_NOT_IN_BASELINE)
                return
            shown = may_be_shown(self._document.workshop, row_id)
            words = previous_words(self._model, self._document.workshop, row_id)
            self.said.emit(words if shown else "Previous level hidden")

    def _apply(self, row_id: str, edit: Edit) -> bool:
        before = self._document.workshop
        if not self._document.apply(edit):
            return False
        if self._document.workshop is not before:
            self.said.emit(self._standing(row_id))
        return True

    def _standing(self, row_id: str) -> str:
        record = self._document.workshop.row(row_id)
        words = standing(self._model, record)
        agreed = ", agreed" if record.outcome is Outcome.AGREED else ""
        return f"{self._model.row(row_id).name}: {words}{agreed}"


def can_lean(document: Document, row_id: str, lean: Lean) -> bool:
    """Tell whether a row's level has another one beyond it to lean to."""
    level = document.workshop.row(row_id).level
    if level is None or not document.model.has_level(level):
        return False
    ends = document.model.levels
    return level != (ends[-1] if lean is Lean.UP else ends[0]).id
