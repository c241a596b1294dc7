"""The changes: a page for each, made when it is first needed, and the panel beside the matrix.

For `hicm_desktop.ui.console`, which loads it after the first paint. What is asked of the pages and
the panel becomes an edit here; what is recorded comes back through `show_workshop`.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import delete

from hicm_desktop.document.document import Document
from hicm_desktop.ui.announcing import announce
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.astray import NOT_RECORDED, TYPED, Astray
from hicm_desktop.ui.change_page import ChangePage
from hicm_desktop.ui.commands import LETTERS
from hicm_desktop.ui.guidance import guidance_parts
from hicm_desktop.ui.navigation import Focus
from hicm_desktop.ui.outcome_choices import OUTCOME_KEYS
from hicm_desktop.ui.settling import LEAN_KEYS, RECORDING_KEYS, Settling
from hicm_desktop.ui.side_panel import Side, SidePanel
from hicm_desktop.ui.single_keys import single_key
from hicm_desktop.workshop.edits import AddAction, ChangeField, RowField, action_from_row
from hicm_desktop.workshop.places import TOP
from hicm_desktop.workshop.tally import When
from hicm_desktop.workshop.values import Lean, Outcome, Workshop

_PANEL = 330
_BESIDE = 860
"""The narrowest view, in px at scale 1, that has the panel beside the matrix and not below."""


_LAID_OUT_MS = 100


class ChangeView(QWidget):
    """One change in view, with the record of the row in focus. `change_asked` names another.

    `told` carries words to be shown in passing, `key_asked` a key that is not about the row.
    """

    change_asked = Signal(str)
    place_asked = Signal(object)
    told = Signal(str)
    key_asked = Signal(str)

    def __init__(
        self,
        document: Document,
        focus: Focus,
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._model = document.model
        self._focus = focus
        self._appearance = appearance
        self._pages: dict[str, ChangePage] = {}
        self._panel_wanted = True
        self._panel_called = False
        self._placed: tuple[bool, float] | None = None
        self._settling = Settling(document, self)
        self._settling.told.connect(self.told)
        self._settling.said.connect(lambda words: announce(self, words))
        self._keys = self._make_keys()
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setChildrenCollapsible(False)
        self._stack = QStackedWidget(self._split)
        self.panel = SidePanel(document, appearance, self._split)
        self._stack.lower()  # a screen reader goes by this order, and a splitter turns it round
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._split)
        self.panel.action_asked.connect(self.add_action)
        self.panel.change_asked.connect(self.change_asked)
        self.panel.log.place_asked.connect(self.place_asked)
        self.panel.left.connect(self.focus_matrix)
        row = self.panel.row
        row.outcome_asked.connect(self.settle)
        row.lean_asked.connect(self.lean)
        row.previous_asked.connect(self.show_previous)
        row.hands.done.connect(self._leave_panel)
        row.hands.said.connect(lambda words: announce(self, words))
        focus.row_changed.connect(self._show_row)
        appearance.changing.connect(self._drop_hidden_pages)
        self._astray = Astray(self)
        appearance.changed.connect(self._place_panel)
        appearance.changed.connect(self._reveal_later)

    @property
    def page(self) -> ChangePage:
        """The page of the change in focus, made when it is first needed."""
        return self.page_of(self._focus.change)

    def page_of(self, change_id: str) -> ChangePage:
        """Give the page of a change, made when it is first needed."""
        if change_id not in self._pages:
            change = self._model.change(change_id)
            page = ChangePage(self._model, change, self._appearance, self._stack)
            page.level_asked.connect(self._agree)
            page.row_focused.connect(self._follow)
            page.guidance_asked.connect(self.show_guidance)
            page.notes_asked.connect(self.write_change_note)
            self._pages[change_id] = page
            self._stack.addWidget(page)
            page.order_tabs(after=self._stack)
        return self._pages[change_id]

    def show_change(self, change_id: str) -> None:
        """Show a change with the row that was last in focus there."""
        row = self._focus.row_of(change_id)
        page = self.page_of(change_id)
        page.show_workshop(self._document.workshop)
        self._stack.setCurrentWidget(page)
        if self._focus.row == row:
            self._show_row(row)
        else:  # Qt hands the keyboard about while pages change places; what was asked for holds
            self._focus.set_row(row)

    def take_keyboard(self) -> None:
        """Give the row in focus the keyboard where it stands, without moving the page."""
        self.page.enter(self._focus.row)

    def show_workshop(self, workshop: Workshop) -> None:
        """Show what is recorded in the page in view; others are shown it when they come there."""
        page = self._stack.currentWidget()
        if isinstance(page, ChangePage):
            page.show_workshop(workshop)

    def show_record(self) -> None:
        """Show what is recorded in the panel."""
        self.panel.refresh()

    def focus_matrix(self) -> None:
        """Give the row in focus the keyboard, unless another view has taken the place of this."""
        if self.isVisible():
            self.page.focus_row(self._focus.row)

    def focus_row(self, row_id: str) -> None:
        """Give a row the keyboard and bring the whole of it into view."""
        self._focus.set_row(row_id)
        self.page.focus_row(row_id)

    def focus_level(self, level_id: str) -> None:
        """Give the keyboard to the row in focus at a level."""
        self.page.focus_row(self._focus.row, self._model.level(level_id).number - 1)

    def write_row(self, field: RowField) -> None:
        """Open a text of the row in focus for writing."""
        self.show_side(Side.ROW)
        self._take_window()
        self.panel.row.focus_field(field)

    def write_change(self, field: ChangeField) -> None:
        """Open a text of the change in focus for writing."""
        self.show_side(Side.CHANGE)
        self._take_window()
        self.panel.change.focus_field(field)

    def write_change_note(self) -> None:
        """Open the note on the change in focus for writing."""
        self.write_change(ChangeField.NOTE)

    def agree(self, number: int) -> None:
        """Agree a level for the row in focus by its number; the same again clears it.

        The keyboard goes along to that level's descriptor, where it is on the row.
        """
        if not 1 <= number <= len(self._model.levels):
            return
        self._agree(self._focus.row, self._model.levels[number - 1].id)
        row = self.page.matrix.row(self._focus.row)
        if row.focused_column() is not None:
            row.take_focus(number - 1)

    def settle(self, outcome: Outcome) -> None:
        """Give the row in focus an outcome; one that needs a reason is ready for it to be typed."""
        before = self._document.workshop.row(self._focus.row).outcome
        stands = self._settling.settle(self._focus.row, outcome)
        self.panel.row.refresh()
        if stands and outcome.needs_reason:
            self.write_row(RowField.REASON)
            if before is not outcome:  # what stands there is the reason of another outcome
                self.panel.row.fields[RowField.REASON].field.selectAll()
        elif not stands and not self._document.is_read_only:
            self._astray.begin()

    def lean(self, lean: Lean | None) -> None:
        """Have the row in focus lean up or down from its level; the same again clears that."""
        self._settling.lean(self._focus.row, lean)

    def show_previous(self) -> None:
        """Show where the row in focus stood in the earlier workshop; again hides it."""
        self._settling.show_previous(self._focus.row)

    def count_hands(self, when: When) -> None:
        """Have the hands on the row in focus counted, from the first level on."""
        self.show_side(Side.ROW)
        self._take_window()
        self.panel.row.hands.open(when)

    def add_action(self) -> None:
        """Make an action from the row in focus and open it to be written."""
        action = action_from_row(
            secrets.token_hex(16), self._model, self._document.workshop, self._focus.row
        )
        if not self._document.apply(AddAction(action)):
            return
        self.show_panel(wanted=True)
        self._take_window()
        self.panel.open_action(action.id)

    def show_guidance(self, part_id: str) -> None:
        """Show a part of the model's guidance on the change in focus."""
        if part_id != TOP:
            self.show_panel(wanted=True)
            self.panel.show_guidance(part_id)

    def show_side_of_row(self) -> None:
        """Show what is recorded about the row in focus."""
        self.show_side(Side.ROW)

    def show_side_of_change(self) -> None:
        """Show what is recorded about the change as a whole."""
        self.show_side(Side.CHANGE)

    def show_log(self) -> None:
        """Show the decision log and give it the keyboard."""
        self.show_side(Side.LOG)
        self.panel.log.take_keyboard()

    def show_side(self, side: Side) -> None:
        """Show one side of the panel."""
        self.show_panel(wanted=True)
        self.panel.turn_to(side)

    @property
    def panel_shown(self) -> bool:
        """Whether the panel is shown: beside the matrix unless put away, below it when called."""
        return self._panel_called if self._is_narrow() else self._panel_wanted

    def show_panel(self, *, wanted: bool) -> None:
        """Show the panel or put it away. The matrix then has the keyboard, if it was in there."""
        focused = self.window().focusWidget()
        if not wanted and focused is not None and self.panel.isAncestorOf(focused):
            self.focus_matrix()  # or Qt gives it to a button of the bar, where Space presses it
        if self._is_narrow():
            self._panel_called = wanted
        else:
            self._panel_wanted = wanted
        self.panel.setVisible(self.panel_shown)

    def answer_key(self, event: QKeyEvent) -> bool:
        """Do what a single key stands for, typed here or in the room view; tells whether it did.

        Where the change is not in view, no key is answered: nothing changes out of sight.
        """
        key = single_key(event)
        if not key or not self.isVisible():
            return False
        if self._astray.takes(key):
            self.told.emit(TYPED)
        elif act := self._keys.get(key):
            act()
        elif key.isdecimal():
            self.agree(int(key))
        elif part := self._part_of_key(key):
            self.show_guidance(part)
        elif key in LETTERS:
            self.key_asked.emit(key)
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer single keys. They come here only where nothing that takes text has them."""
        if self._is_astray(single_key(event)):
            self.told.emit(NOT_RECORDED)
        elif not self.answer_key(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_panel()

    def _make_keys(self) -> Mapping[str, Callable[[], object]]:
        """Say what each key does, where it does the same in every model."""
        return {
            "Esc": self._leave_panel,
            "N": lambda: self.write_row(RowField.NOTE),
            "Shift+N": lambda: self.write_row(RowField.PRIVATE_NOTE),
            "C": self.write_change_note,
            "Shift+C": lambda: self.write_change(ChangeField.PRIVATE_NOTE),
            "H": lambda: self.count_hands(When.BEFORE),
            "Shift+H": lambda: self.count_hands(When.AFTER),
            "R": self.show_previous,
            "A": self.add_action,
            **{key: partial(self.settle, outcome) for outcome, key in OUTCOME_KEYS.items()},
            **{key: partial(self.lean, lean) for key, lean in LEAN_KEYS.items()},
        }

    def _is_astray(self, key: str) -> bool:
        """Tell whether a key would record something while the keyboard is in the panel.

        Whoever types there means a field that turned out to be a button. Where an action is being
        written no key but Escape is answered: the others would lead to another text halfway.
        """
        focused = self.window().focusWidget()
        if not key or key == "Esc" or focused is None or not self.panel.isAncestorOf(focused):
            return False
        return self.panel.written_action is not None or self.records(key)

    def records(self, key: str) -> bool:
        """Tell whether a single key records something."""
        return key in RECORDING_KEYS or key.isdecimal()

    def _take_window(self) -> None:
        """Have the console take what is typed from now on, where the room view had the key."""
        if not self.isActiveWindow():
            self.window().activateWindow()

    def _leave_panel(self) -> None:
        """Go back to the matrix; a panel that was called below it gives its room back."""
        if self.panel.side is Side.ACTION:
            self.panel.leave_action()
        else:
            self.focus_matrix()
        if self._is_narrow():
            self.show_panel(wanted=False)
        self.panel.row.hands.fold()
        self.panel.show_top()

    def _part_of_key(self, key: str) -> str | None:
        parts = guidance_parts(self._model, self._model.change(self._focus.change))
        return next((part.id for part in parts if key and part.key == key), None)

    def _agree(self, row_id: str, level_id: str) -> None:
        self._focus.set_row(row_id)
        self._settling.agree(row_id, level_id)

    def _follow(self, row_id: str) -> None:
        """Have the row that got the keyboard in focus, unless its page is on the way out."""
        if self._stack.currentWidget() is self.page_of(self._model.change_of(row_id).id):
            self._focus.set_row(row_id)

    def reveal(self, row_id: str) -> None:
        """Bring a row of the change in view into view."""
        self.page_of(self._model.change_of(row_id).id).reveal(row_id)

    def _reveal_later(self) -> None:
        """Have the row in focus in view again, once all is laid out in its new size."""
        if self.isVisible():
            QTimer.singleShot(_LAID_OUT_MS, self, lambda: self.reveal(self._focus.row))

    def _show_row(self, row_id: str) -> None:
        page = self._stack.currentWidget()
        if isinstance(page, ChangePage) and page.change.id == self._focus.change:
            page.show_row(row_id)
            self.panel.show_row(row_id)

    def _is_narrow(self) -> bool:
        return self.width() < self._appearance.look.px(_BESIDE)

    def _place_panel(self) -> None:
        """Put the panel beside the matrix, or below it where the view is narrow."""
        look, below = self._appearance.look, self._is_narrow()
        if self._placed == (below, look.scale):
            return
        self._placed = (below, look.scale)
        self.panel.set_below(below=below)
        self._split.setOrientation(Qt.Orientation.Vertical if below else Qt.Orientation.Horizontal)
        self.panel.setVisible(self.panel_shown)
        self._share()
        # What the widgets need at least is known only once they wear the new style.
        QTimer.singleShot(0, self, self._share)

    def _share(self) -> None:
        room = self.height() if self._is_narrow() else self.width()
        beside = min(self._appearance.look.px(_PANEL), room * 2 // 5)
        panel = room // 2 if self._is_narrow() else beside
        self._split.setSizes([room - panel, panel])

    def _drop_hidden_pages(self) -> None:
        """Let pages out of sight go: restyling them takes longer than making them anew."""
        for change_id, page in list(self._pages.items()):
            if page is not self._stack.currentWidget():
                del self._pages[change_id]
                delete(page)
