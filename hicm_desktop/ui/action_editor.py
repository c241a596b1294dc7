"""One action, in full: the published questions, then owner and progress, which are ours.

For `hicm_desktop.ui.side_panel`. The next level's wording stands above as the prompt.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hicm_desktop.document.document import Document
from hicm_desktop.ui.drop_down import DropDown
from hicm_desktop.ui.due_field import Due, DueField
from hicm_desktop.ui.fields import LabelledText
from hicm_desktop.ui.labels import label
from hicm_desktop.ui.patient_warning import REMINDER, PatientWarning
from hicm_desktop.ui.scrolling import scroll_to
from hicm_desktop.ui.text_limit import limit_line
from hicm_desktop.workshop.edits import RemoveActions, ReviseAction
from hicm_desktop.workshop.values import Action, Progress

_LEVEL_FIRST = "Agree a level first; then the next one’s wording stands here."


class ActionEditor(QWidget):
    """The action being written. `closed` is emitted when the facilitator is done with it."""

    closed = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._id: str | None = None
        columns = document.model.columns
        self._title = label("", "heading")
        self._next = label("", "strong")
        self._prompt = label("", "quote")
        self._texts = {
            "where_now": LabelledText(columns[1]),
            "to_do": LabelledText(columns[2], lines=3),
            "success": LabelledText(columns[4]),
        }
        self._due = DueField(columns[3])
        self._owner = QLineEdit()
        self._owner.setAccessibleName("Owner")
        self._owner.setPlaceholderText("An organisation or role")
        self._progress = DropDown()
        self._progress.setAccessibleName("Progress")
        for progress in Progress:
            self._progress.add_value(progress.words, progress)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._next)
        layout.addWidget(self._prompt)
        layout.addWidget(label(REMINDER, "small"))
        layout.addWidget(self._texts["to_do"])
        layout.addWidget(label(columns[3], "strong"))
        layout.addWidget(self._due)
        layout.addWidget(self._texts["success"])
        for words, field in (("Owner", self._owner), ("Progress", self._progress)):
            caption = label(words, "strong")
            caption.setBuddy(field)
            layout.addWidget(caption)
            layout.addWidget(field)
            if field is self._owner:
                layout.addWidget(PatientWarning(self._owner))
                layout.addWidget(limit_line(self._owner))
        layout.addWidget(self._texts["where_now"])  # it is filled in, and seldom changed
        layout.addLayout(self._buttons())
        layout.addStretch(1)
        self._connect()
        if document.is_read_only:
            self._only_show()

    @property
    def action_id(self) -> str | None:
        """The id of the action shown, or None."""
        return self._id

    def show_action(self, action_id: str) -> None:
        """Show an action of the plan."""
        self._id = action_id
        self.refresh()

    def refresh(self) -> None:
        """Show what is recorded now; an action that is gone closes the editor."""
        if self._id is None:
            return
        action = next((a for a in self._document.workshop.actions if a.id == self._id), None)
        if action is None:
            self._id = None
            self.closed.emit()
            return
        self._show_prompt(action)
        for name, widget in self._texts.items():
            widget.field.show_text(getattr(action, name))
        self._due.show_due(Due(action.due_on, action.due_words))
        if self._owner.text() != action.owner:
            self._owner.setText(action.owner)
        self._progress.setCurrentIndex(self._progress.find_value(action.progress))

    def focus_to_do(self) -> None:
        """Take the keyboard to "What do you need to do?", and bring it into view."""
        field = self._texts["to_do"].field
        field.focus_at_end()
        scroll_to(field)

    def focus_field(self, name: str) -> None:
        """Take the keyboard to a field, by the name that its edits have; it may have it already."""
        others = {"due": self._due.line, "owner": self._owner, "progress": self._progress}
        there = self._texts[name].field if name in self._texts else others.get(name)
        if there is not None and not there.hasFocus():
            there.setFocus(Qt.FocusReason.ShortcutFocusReason)
            scroll_to(there)

    def _show_prompt(self, action: Action) -> None:
        model = self._document.model
        title, heading, prompt = "Action", "", ""
        if action.row is not None and model.has_row(action.row):
            title = f"Action: {model.row(action.row).name}"
            level = self._document.workshop.row(action.row).level
            following = model.next_level(level)
            if level is None:
                heading = _LEVEL_FIRST
            elif following is None:
                heading = f"{model.levels[-1].name} is the highest level: there is no next one."
            else:
                heading = f"Next level, {following.name}:"
                prompt = model.descriptor(action.row, following.id)
        elif action.change is not None and model.has_change(action.change):
            title = f"Action: {model.change(action.change).title}"
        self._title.setText(title)
        for widget, words in ((self._next, heading), (self._prompt, prompt)):
            widget.setText(words)
            widget.setVisible(bool(words))

    def _buttons(self) -> QHBoxLayout:
        done = QPushButton("Back to the row   Esc")
        done.setProperty("kind", "primary")
        done.setAccessibleName("Back to the row")
        done.clicked.connect(self.closed)
        remove = QPushButton("Remove")
        remove.setAccessibleName("Remove this action")
        remove.clicked.connect(self._remove)
        remove.setEnabled(not self._document.is_read_only)
        layout = QHBoxLayout()
        layout.addWidget(done, 1)
        layout.addWidget(remove)
        return layout

    def _connect(self) -> None:
        for name, widget in self._texts.items():
            widget.field.edited.connect(self._reviser(name))
            widget.field.left.connect(self._document.end_typing)
        self._due.edited.connect(self._revise_due)
        self._due.left.connect(self._document.end_typing)
        self._owner.textEdited.connect(self._reviser("owner"))
        self._owner.editingFinished.connect(self._document.end_typing)
        self._progress.activated.connect(self._revise_progress)

    def _only_show(self) -> None:
        for widget in self._texts.values():
            widget.field.only_show()
        self._due.only_show()
        self._owner.setReadOnly(True)
        self._owner.setPlaceholderText("Nobody yet")
        self._progress.setEnabled(False)

    def _reviser(self, name: str) -> Callable[[str], None]:
        return lambda text: self._revise(name, **{name: text})

    def _revise_due(self, due: Due) -> None:
        self._revise("due", due_on=due.on, due_words=due.words)

    def _revise_progress(self, index: int) -> None:
        self._revise("progress", progress=self._progress.itemData(index))
        self._document.end_typing()

    def _revise(self, field: str, **changes: object) -> None:
        if self._id is not None:
            action = msgspec.structs.replace(self._document.workshop.action(self._id), **changes)
            self._document.apply(ReviseAction(action, field))

    def _remove(self) -> None:
        if self._id is not None:
            self._document.apply(RemoveActions((self._id,)))
