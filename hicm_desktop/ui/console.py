"""The console of one open workshop: its tabs, and the view that each of them shows.

For `hicm_desktop.ui.main_window`, which makes a new one for each workshop it opens. Only the
Overview is made at once; the other views are loaded when they are first needed, or just after the
first paint, whichever is sooner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from hicm_desktop.document.document import Document
from hicm_desktop.ui.appearance import NEXT_FRAME_MS, Appearance
from hicm_desktop.ui.navigation import Focus
from hicm_desktop.ui.overview.page import OverviewPage
from hicm_desktop.ui.retracing import Retracing
from hicm_desktop.ui.tabs import Tabs
from hicm_desktop.workshop.places import (
    ActionPlace,
    ChangeFieldPlace,
    ChangePlace,
    DetailsPlace,
    LogPlace,
    OverviewPlace,
    Place,
    RowPlace,
    UnplacedPlace,
)
from hicm_desktop.workshop.values import Outcome, Sealed, Workshop

if TYPE_CHECKING:
    from hicm_desktop.ui.action_plan.page import ActionPlanPage
    from hicm_desktop.ui.change_view import ChangeView
    from hicm_desktop.ui.closing.page import ClosingPage


class Console(QWidget):
    """Shows one document, a tab at a time.

    `export_asked` carries an `Export` and the signed-off version it is of, `key_asked` a key that
    is for the whole window, `told` words to be shown in passing. `turning` says that another tab
    was chosen, before its view is made and shown.
    """

    details_asked = Signal()
    export_asked = Signal(object, object)
    key_asked = Signal(str)
    told = Signal(str)
    turning = Signal()

    def __init__(
        self,
        document: Document,
        appearance: Appearance,
        version: Sealed | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Show a document; `version` says of which signed-off version it is, if it is of one."""
        super().__init__(parent)
        self.document = document
        self._model = document.model
        self._appearance = appearance
        self._made_changes: ChangeView | None = None
        self._made_plan: ActionPlanPage | None = None
        self._made_closing: ClosingPage | None = None
        self._version = version
        self._painted = False
        self.focus = Focus(self._model, self)
        strip = QFrame(self)
        strip.setObjectName("tabs")
        self.tabs = Tabs(self._model, appearance, strip)
        self._stack = QStackedWidget(self)
        self.overview = OverviewPage(self._model, appearance, self._stack)
        self._stack.addWidget(self.overview)
        self.overview.workshop_card.edit.setEnabled(not document.is_read_only)

        strip_layout = QVBoxLayout(strip)
        strip_layout.setContentsMargins(8, 0, 8, 0)
        strip_layout.addWidget(self.tabs)
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(strip)
        layout.addWidget(self._stack, 1)

        self.tabs.currentChanged.connect(self._turn)
        self.overview.row_asked.connect(self.go_to_row)
        self.overview.change_asked.connect(self.go_to_change)
        document.changed.connect(self._show_change)
        self._retracing = Retracing(self, self._model)
        document.travelled.connect(self._retracing.show)
        self._showing = QTimer(self, singleShot=True, interval=NEXT_FRAME_MS)
        self._showing.timeout.connect(self._show_around)
        self._show(document.workshop)
        self._show_around()

    @property
    def changes(self) -> ChangeView:
        """The view of the changes, made when it is first needed."""
        if self._made_changes is None:
            from hicm_desktop.ui.change_view import ChangeView  # noqa: PLC0415 - start-up

            self._made_changes = ChangeView(
                self.document, self.focus, self._appearance, self._stack
            )
            self._made_changes.change_asked.connect(self.go_to_change)
            self._made_changes.place_asked.connect(self.go_to)
            self._made_changes.key_asked.connect(self.key_asked)
            self._made_changes.told.connect(self.told)
            self._stack.addWidget(self._made_changes)
        return self._made_changes

    @property
    def plan(self) -> ActionPlanPage:
        """The page of the action plan, made when it is first needed."""
        if self._made_plan is None:
            from hicm_desktop.ui.action_plan.page import ActionPlanPage  # noqa: PLC0415 - start-up

            self._made_plan = ActionPlanPage(self.document, self._appearance, self._stack)
            self._made_plan.row_asked.connect(self.go_to_row)
            self._stack.addWidget(self._made_plan)
        return self._made_plan

    @property
    def closing(self) -> ClosingPage:
        """The page of the closing, made when it is first needed."""
        if self._made_closing is None:
            from hicm_desktop.ui.closing.page import ClosingPage  # noqa: PLC0415 - start-up

            self._made_closing = closing = ClosingPage(
                self.document, self._appearance, self._version, self._stack
            )
            closing.place_asked.connect(self.go_to)
            closing.sign_off.details_asked.connect(self.details_asked)
            closing.sign_off.read_asked.connect(self.read_sealed)
            closing.sign_off.export_asked.connect(self.export_asked)
            self._stack.addWidget(closing)
        return self._made_closing

    @property
    def shows_change(self) -> bool:
        """Whether a change is in view."""
        return 0 < self.tabs.currentIndex() <= len(self._model.changes)

    @property
    def shows_plan(self) -> bool:
        """Whether the action plan is in view."""
        return self.tabs.currentIndex() == self.tabs.plan

    @property
    def shows_closing(self) -> bool:
        """Whether the closing is in view."""
        return self.tabs.currentIndex() == self.tabs.closing

    def put_under_tabs(self, line: QWidget) -> None:
        """Put a line between the tabs and the view of the tab."""
        self._column.insertWidget(1, line)

    def go_to_tab(self, index: int) -> None:
        """Go to a tab by its place, and take the keyboard there; past either end it goes round."""
        self.tabs.setCurrentIndex(index % self.tabs.count())
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """Give the view of the tab the keyboard."""
        if self.shows_change:
            self.changes.take_keyboard()
        elif self.shows_plan:
            self.plan.take_keyboard()
        elif self.shows_closing:
            self.closing.take_keyboard()
        else:
            self.overview.take_keyboard()

    def step_tab(self, step: int) -> None:
        """Go on by some tabs."""
        self.go_to_tab(self.tabs.currentIndex() + step)

    def go_to_change(self, change_id: str) -> None:
        """Go to a change's tab."""
        self.go_to_tab(self._model.change(change_id).number)

    def go_to_plan(self) -> None:
        """Go to the action plan."""
        self.go_to_tab(self.tabs.plan)

    def go_to_closing(self) -> None:
        """Go to the read-back and the sign-off."""
        self.go_to_tab(self.tabs.closing)

    def show_log(self) -> None:
        """Show the decision log beside the change in focus, and give it the keyboard."""
        if not self.shows_change:
            self.go_to_change(self.focus.change)
        self.changes.show_log()

    def read_sealed(self, sealed: Sealed) -> None:
        """Show a version that was signed off, in a window of its own that records nothing."""
        from hicm_desktop.ui.closing.sealed_dialog import SealedDialog  # noqa: PLC0415 - start-up

        dialog = SealedDialog(self.document, sealed, self._appearance, self)
        dialog.export_asked.connect(self.export_asked)
        dialog.open()

    def go_to_row(self, row_id: str) -> None:
        """Go to a row and give it the keyboard."""
        self.focus.set_row(row_id)
        self.go_to_change(self._model.change_of(row_id).id)
        self.changes.focus_row(row_id)

    def go_to(self, place: Place) -> None:
        """Go to where a search found something."""
        match place:
            case OverviewPlace(part) | UnplacedPlace(part):
                self.go_to_tab(0)
                self.overview.reveal_section(part)
            case DetailsPlace():
                self.details_asked.emit()
            case ChangePlace(change, part):
                self.go_to_change(change)
                self.changes.show_guidance(part)
            case ChangeFieldPlace(change, field):
                self.go_to_change(change)
                self.changes.write_change(field)
            case ActionPlace(action):
                self.go_to_plan()
                self.plan.reveal_action(action)
            case RowPlace():
                self._go_into_row(place)
            case LogPlace(number):
                self.show_log()
                self.changes.panel.log.reveal(number)

    def next_row(self, outcome: Outcome) -> bool:
        """Go to the next row in scope with an outcome, round from the end to the start.

        Gives whether there is one.
        """
        rows = [row.id for _, row in self._model.rows()]
        here = rows.index(self.focus.row) if self.shows_change else -1
        workshop = self.document.workshop
        for row_id in (*rows[here + 1 :], *rows[: here + 1]):
            in_scope = workshop.agenda_item(self._model.change_of(row_id).id).in_scope
            if in_scope and workshop.row(row_id).outcome is outcome:
                self.go_to_row(row_id)
                return True
        return False

    def add_action(self) -> None:
        """Make an action: from the row in focus, or on the action plan one of its own."""
        if self.shows_change:
            self.changes.add_action()
        elif self.shows_plan:
            self.plan.add_action()

    def finish_editing(self) -> None:
        """Record what is being typed in a cell of the action plan, as leaving it would."""
        if self._made_plan is not None:
            self._made_plan.finish_editing()

    def toggle_panel(self) -> None:
        """Show or hide the panel beside the matrix, where there is one in view."""
        if self.shows_change:
            self.changes.show_panel(wanted=not self.changes.panel_shown)

    def make_ready(self) -> None:
        """Make what is likely to be needed next, so that nobody waits for it then.

        It is asked for once the first paint is on the screen, and nothing relies on it. It goes a
        step at a time: a key or a click meanwhile is answered after one of them, and not after all.
        """
        from hicm_desktop.ui import change_view  # noqa: F401, PLC0415 - it takes a while to load

        QTimer.singleShot(0, self, self._make_changes)

    def _make_changes(self) -> None:
        changes = self.changes
        QTimer.singleShot(0, changes, lambda: changes.page)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.make_ready)

    def _go_into_row(self, place: RowPlace) -> None:
        self.go_to_row(place.row_id)
        if place.level_id is not None:
            self.changes.focus_level(place.level_id)
        if place.field is not None:
            self.changes.write_row(place.field)

    def _turn(self, index: int) -> None:
        """Show the view of a tab. The keyboard follows, unless it is on the tabs themselves."""
        self.turning.emit()
        if self.shows_change:
            self.changes.show_change(self._model.changes[index - 1].id)
            self._stack.setCurrentWidget(self.changes)
        else:
            view = self._page_of_tab()
            view.show_workshop(self.document.workshop)
            self._stack.setCurrentWidget(view)
        if not self.tabs.hasFocus():
            self.take_keyboard()

    def _page_of_tab(self) -> OverviewPage | ActionPlanPage | ClosingPage:
        if self.shows_plan:
            return self.plan
        return self.closing if self.shows_closing else self.overview

    def _show_change(self, _before: Workshop, workshop: Workshop) -> None:
        """Show a change where it was made at once, and round about once that is painted."""
        self._show(workshop)
        if not self._showing.isActive():
            self._showing.start()

    def _show_around(self) -> None:
        self.tabs.show_workshop(self.document.workshop)
        if self._made_changes is not None:
            self.changes.show_record()

    def _show(self, workshop: Workshop) -> None:
        """Show a workshop in what is in view; what is not is shown it when it comes there."""
        view = self._stack.currentWidget()
        if view is self._made_changes:
            self.changes.show_workshop(workshop)
        elif view is self._made_plan:
            self.plan.show_workshop(workshop)
        elif view is self._made_closing:
            self.closing.show_workshop(workshop)
        else:
            self.overview.show_workshop(workshop)
