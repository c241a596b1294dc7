"""What goes out: check boxes for the changes and the parts of an export.

For `hicm_desktop.ui.export.dialog`. Private notes stand apart and are never ticked beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from hicm_desktop.document.policy import NO_POLICY, Policy
from hicm_desktop.model.values import Model
from hicm_desktop.ui.alert_line import AlertLine
from hicm_desktop.ui.announcing import announce
from hicm_desktop.ui.choices import Grouping
from hicm_desktop.ui.export.kinds import Export
from hicm_desktop.ui.flow import FlowLayout
from hicm_desktop.ui.labels import label, link_button
from hicm_desktop.ui.tick_box import TickBox
from hicm_desktop.workshop.record_words import listed
from hicm_desktop.workshop.report_parts import Parts, left_out_words
from hicm_desktop.workshop.values import Workshop

PRIVATE_IN = "Your private notes are in this file. Do not pass it on."
PRIVATE_OUT = "What you wrote for yourself stays out."
NONE_SEALED = "A version that was signed off holds no private notes."
NEVER_PRIVATE = "Your organisation has private notes go into no export."
SOME_SET = "Your organisation has set what cannot be ticked or unticked here."
PLAN_ALONE = "This file holds the action plan alone, so there is nothing to choose here."
NO_CHANGE = "Tick at least one change."

_PARTS: Mapping[str, str] = {
    "evidence": "Evidence: what the data says, what people say",
    "differing_views": "Differing views, and who stood where",
    "names": "Names of partners; their roles always go out",
    "decision_log": "Decision log",
    "guidance": "The model’s tips, materials and examples",
}


class PartsPanel(QWidget):
    """Check boxes. `changed` is emitted when the user ticks or unticks any."""

    changed = Signal()

    def __init__(
        self,
        model: Model,
        workshop: Workshop,
        parts: Parts,
        *,
        is_sealed: bool = False,
        policy: Policy = NO_POLICY,
    ) -> None:
        """Tick every change and what else is in `parts`, but never the private notes.

        Which changes went out of another workshop says nothing of this one. What a `policy` sets
        cannot be ticked or unticked.
        """
        super().__init__()
        self._model = model
        self._scope = frozenset(c.id for c in model.changes if workshop.agenda_item(c.id).in_scope)
        self._export = Export.PDF
        self._offers_private = policy.private_notes and not is_sealed
        self._fixed = frozenset(policy.parts)
        self.changes = {c.id: TickBox(c.heading) for c in model.changes}
        self.others = {name: TickBox(words) for name, words in _PARTS.items()}
        self.private = TickBox("Private notes")
        self.needed = AlertLine()
        self.why = label(PLAN_ALONE, "small")
        self.set_by = label(SOME_SET, "small")
        unoffered = NONE_SEALED if is_sealed else NEVER_PRIVATE
        self._told = label(PRIVATE_OUT if self._offers_private else unoffered, "small")
        self._warning = label(PRIVATE_IN, "strong")
        self._private_frame = QFrame()
        self._private_frame.setObjectName("private")
        self.links: list[QPushButton] = []
        self._lay_out()
        self._tick_changes(self.changes)
        for name, box in self.others.items():
            box.setChecked(bool(getattr(parts, name)))
        for box in (*self.changes.values(), *self.others.values(), self.private):
            box.toggled.connect(self._tell)
        self.private.toggled.connect(self._show_private)
        self.show_kind(Export.PDF)

    def parts(self) -> Parts:
        """Give what is ticked, whatever the kind of file can hold of it."""
        ids = tuple(change for change, box in self.changes.items() if box.isChecked())
        return Parts(
            changes=None if len(ids) == len(self.changes) else ids,
            private_notes=self.private.isChecked(),
            **{name: box.isChecked() for name, box in self.others.items()},
        )

    @property
    def has_changes(self) -> bool:
        """Whether there is any change to export."""
        return any(box.isChecked() for box in self.changes.values())

    @property
    def left_out(self) -> str:
        """What this kind of file could hold and will not, in words; empty for nothing."""
        if not self.has_changes:
            return ""  # nothing can be exported; that is said where the changes are
        parts = self._export.parts_of(self.parts())
        numbers = [str(c.number) for c in self._model.changes if not parts.has(c.id)]
        changes = "Change" if len(numbers) == 1 else "Changes"
        named = [f"{changes} {listed(numbers)}"] if numbers else []
        others = left_out_words(self._model, msgspec.structs.replace(parts, changes=None))
        named += [words[0].lower() + words[1:] for words in others]
        return f"Leaves out: {', '.join(named)}." if named else ""

    def show_kind(self, export: Export) -> None:
        """Offer the parts that this kind of file can hold."""
        self._export = export
        for name, box in self.others.items():
            box.setEnabled(name in export.holds and name not in self._fixed)
        self.private.setEnabled("private_notes" in export.holds and self._offers_private)
        self.why.setVisible(export.is_plan)
        self.set_by.setVisible(bool(self._fixed) and not export.is_plan)
        self._private_frame.setVisible("private_notes" in export.holds)
        self._show_private()

    def _tell(self) -> None:
        self.needed.setText("" if self.has_changes else NO_CHANGE)
        self.needed.setVisible(not self.has_changes)
        self.changed.emit()

    def _show_private(self) -> None:
        asked = self.private.isChecked()
        self._warning.setVisible(asked)
        self._told.setVisible(not asked)
        if asked and self._warning.isVisible():
            announce(self._warning, PRIVATE_IN)

    def _tick_changes(self, ids: Iterable[str]) -> None:
        for change, box in self.changes.items():
            box.setChecked(change in ids)

    def _choose(self, ids: Iterable[str]) -> None:
        """Tick these changes and no others, and tell of it once."""
        before = self.parts()
        for box in self.changes.values():
            box.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self._tick_changes(ids)
        for box in self.changes.values():
            box.blockSignals(False)  # noqa: FBT003 - Qt's signature
            box.update()
        if self.parts() != before:
            self._tell()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(label("Changes", "strong"))
        layout.addWidget(self._links())
        layout.addWidget(_group("Changes", self.changes.values()))
        layout.addWidget(self.needed)
        layout.addSpacing(10)
        layout.addWidget(label("Parts of the record", "strong"))
        layout.addWidget(self.why)
        layout.addWidget(self.set_by)
        layout.addWidget(_group("Parts of the record", self.others.values()))
        layout.addSpacing(10)
        frame = QVBoxLayout(self._private_frame)
        frame.setContentsMargins(10, 8, 10, 10)
        frame.setSpacing(4)
        frame.addWidget(label("For you alone", "strong"))
        frame.addWidget(self.private)
        frame.addWidget(self._told)
        frame.addWidget(self._warning)
        layout.addWidget(self._private_frame)

    def _links(self) -> QWidget:
        """Make what ticks several at once. Those in scope are offered where some are not."""
        holder = QWidget()
        flow = FlowLayout(holder, gap=14)
        every = frozenset(self.changes)
        choices = [("All", every), ("None", frozenset[str]())]
        if self._scope and self._scope != every:
            choices.append(("Those in scope", self._scope))
        for words, ids in choices:
            button = link_button(words)
            button.setAccessibleName(f"Changes: {words.lower()}")
            button.clicked.connect(lambda _=False, i=ids: self._choose(i))
            flow.addWidget(button)
            self.links.append(button)
        return holder


def _group(name: str, boxes: Iterable[TickBox]) -> QWidget:
    holder = Grouping(name)
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for box in boxes:
        layout.addWidget(box)
    return holder
