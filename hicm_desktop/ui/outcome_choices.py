"""What became of a row, and which way it leans, as choices. For `hicm_desktop.ui.row_panel`."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hicm_desktop.ui.choices import Choice, Grouping
from hicm_desktop.ui.flow import FlowLayout
from hicm_desktop.workshop.values import Lean, Outcome, RowRecord

OUTCOME_KEYS = {
    Outcome.AGREED: "G",
    Outcome.AGREED_WITH_RESERVATION: "W",
    Outcome.PARKED: "P",
    Outcome.NOT_APPLICABLE: "X",
    Outcome.NOT_DISCUSSED: "U",
}
"""The key of each outcome, in the order in which they are offered."""

_SHORT = {Outcome.AGREED_WITH_RESERVATION: "With reservation"}
_LEANS = (
    (Lean.DOWN, "Leaning down", "Leaning down from this level (−)"),
    (None, "At the level", "Not leaning: the same key again (− or +)"),
    (Lean.UP, "Leaning up", "Leaning up from this level (+)"),
)
_LEVEL_FIRST = "Click a descriptor, or press 1 to 5, to agree a level first"


class OutcomeChoices(Grouping):
    """The five outcomes. `asked` carries the one that was chosen."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Outcome", parent)
        flow = FlowLayout(self, gap=4)
        self.choices: dict[Outcome, Choice] = {}
        for outcome in OUTCOME_KEYS:
            button = Choice(_SHORT.get(outcome, outcome.words))
            button.setAccessibleName(outcome.words)
            button.chosen.connect(lambda o=outcome: self.asked.emit(o))
            flow.addWidget(button)
            self.choices[outcome] = button

    def show_record(self, record: RowRecord) -> None:
        """Show which holds, and offer an agreement only where there is a level."""
        for outcome, button in self.choices.items():
            open_ = record.level is not None or not outcome.is_agreed
            button.show_chosen(chosen=outcome is record.outcome)
            button.setEnabled(open_)
            tip = f"{outcome.words} ({OUTCOME_KEYS[outcome]})" if open_ else _LEVEL_FIRST
            if button.toolTip() != tip:
                button.setToolTip(tip)


class LeanChoices(Grouping):
    """Which way the room leans from its level. `asked` carries a `Lean`, or None for neither."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Leaning from the level", parent)
        flow = FlowLayout(self, gap=4)
        self.choices: dict[Lean | None, Choice] = {}
        for lean, words, tip in _LEANS:
            button = Choice(words)
            button.setToolTip(tip)
            button.chosen.connect(lambda v=lean: self.asked.emit(v))
            flow.addWidget(button)
            self.choices[lean] = button

    def show_record(self, record: RowRecord, *, can_rise: bool, can_fall: bool) -> None:
        """Show which holds; there is nothing to choose where there is no level to lean from."""
        self.setVisible(record.level is not None)
        for lean, button in self.choices.items():
            button.show_chosen(chosen=lean is record.lean)
        self.choices[Lean.UP].setEnabled(can_rise or record.lean is Lean.UP)
        self.choices[Lean.DOWN].setEnabled(can_fall or record.lean is Lean.DOWN)
