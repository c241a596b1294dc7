"""The tab of one change: what it says, who it is for, and its matrix.

For `hicm_desktop.ui.change_view`. One class serves every change; the model decides what it shows.
"""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from hicm_desktop.model.values import Change, Model
from hicm_desktop.ui.appearance import Appearance
from hicm_desktop.ui.flow import FlowLayout
from hicm_desktop.ui.guidance import guidance_parts
from hicm_desktop.ui.labels import label, link_button
from hicm_desktop.ui.matrix import LevelHeadings, Matrix
from hicm_desktop.workshop.values import Workshop

_MARGIN = 4
"""What stays in view above and below what is brought into view, in px."""
_READABLE = 1040
"""The widest a paragraph is set, in px at scale 1: longer lines are hard to follow."""


class ChangePage(QScrollArea):
    """A change in view. It asks; the window answers through `show_workshop` and `show_row`."""

    level_asked = Signal(str, str)
    row_focused = Signal(str)
    guidance_asked = Signal(str)
    notes_asked = Signal()

    def __init__(
        self, model: Model, change: Change, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.change = change
        self._appearance = appearance
        self._entering = False
        self._link_buttons: list[QPushButton] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(change.heading)

        body = QWidget(self.viewport())
        layout = QVBoxLayout(body)
        layout.setContentsMargins(16, 10, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(label(change.heading, "title"))
        self._scope = label("Not in scope for this workshop. You can still record here.", "small")
        layout.addWidget(self._scope)
        self._description = label(change.description)
        # In a line of its own: a column would ask for its height at a width that it never has.
        line = QHBoxLayout()
        line.addWidget(self._description, 1)
        line.addStretch()
        layout.addLayout(line)
        layout.addWidget(self._links(model))
        layout.addWidget(self._statements())

        self._headings = LevelHeadings(model.levels, appearance, body)
        self._headings_room = QWidget(body)
        self.matrix = Matrix(change, model, appearance, body)
        self.matrix.asked.connect(self.level_asked)
        self.matrix.focused.connect(self._follow)
        grid = QVBoxLayout()
        grid.setSpacing(0)
        grid.addWidget(self._headings_room)
        grid.addWidget(self.matrix)
        layout.addLayout(grid)
        layout.addStretch(1)
        self._body = body
        self.setWidget(body)
        self.verticalScrollBar().valueChanged.connect(self._pin_headings)
        appearance.changed.connect(self._restyle)

    def show_workshop(self, workshop: Workshop) -> None:
        """Show what the room recorded about this change."""
        self._scope.setVisible(not workshop.agenda_item(self.change.id).in_scope)
        self.matrix.show_workshop(workshop)

    def order_tabs(self, after: QWidget) -> None:
        """Have Tab come here after what holds the page, though the page was made later."""
        stops = [*self._link_buttons, *(d for row in self.matrix.rows for d in row.descriptors)]
        after.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # Qt puts nothing after what has none
        for before, stop in pairwise([after, *stops]):
            self.setTabOrder(before, stop)
        after.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_row(self, row_id: str) -> None:
        """Mark the row in focus."""
        self.matrix.show_current(row_id)

    def enter(self, row_id: str) -> None:
        """Give a row the keyboard as its tab is opened: what the change says stays in view."""
        self._entering = True
        self.matrix.row(row_id).take_focus()
        self._entering = False

    def focus_row(self, row_id: str, column: int | None = None) -> None:
        """Give a row the keyboard and bring the whole of it into view."""
        self.matrix.row(row_id).take_focus(column)
        self.reveal(row_id)
        QTimer.singleShot(0, self, lambda: self.reveal(row_id))

    def reveal(self, row_id: str) -> None:
        """Scroll until the whole row is in view; one too tall for that, until its focus is.

        Where the focus stands right under the row's name, that is in view with it.
        """
        row = self.matrix.row(row_id)
        room = self.viewport().height() - self._headings.height() - 2 * _MARGIN
        column = row.focused_column()
        if row.height() <= room or column is None:
            self._bring_into_view(row, row)
            return
        focused = row.descriptors[column]
        named = focused.y() <= row.header.geometry().bottom() + 1
        self._bring_into_view(row if named else focused, focused)

    def _bring_into_view(self, first: QWidget, last: QWidget) -> None:
        """Scroll until the top of one part is in view and, where there is room, another's foot."""
        top = first.mapTo(self._body, QPoint(0, 0)).y() - self._headings.height() - _MARGIN
        bottom = last.mapTo(self._body, QPoint(0, last.height())).y() + _MARGIN
        bar = self.verticalScrollBar()
        bar.setValue(max(bar.value(), bottom - self.viewport().height()))
        bar.setValue(min(bar.value(), top))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange(event.size().width())
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the headings over their columns whenever the page lays itself out anew."""
        done = super().eventFilter(watched, event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            QTimer.singleShot(0, self, self._pin_headings)
        return done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down take the focus along: no key works on a row out of sight."""
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        step = steps.get(Qt.Key(event.key()))
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if step is None or not plain:
            event.ignore()
            return
        rows = self.matrix.rows
        here = next((i for i, row in enumerate(rows) if row.focused_column() is not None), 0)
        page = self.viewport().height() - self._headings.height()
        there = here
        while 0 <= there + step < len(rows) and (
            there == here or abs(rows[there + step].y() - rows[here].y()) <= page
        ):
            there += step
        self.focus_row(rows[there].row.id, rows[here].focused_column())

    def _links(self, model: Model) -> QWidget:
        row = QWidget()
        flow = FlowLayout(row, gap=10)
        for part in guidance_parts(model, self.change):
            button = link_button(part.link, f"{part.title} ({part.key})" if part.key else "")
            button.clicked.connect(lambda _=False, p=part.id: self.guidance_asked.emit(p))
            flow.addWidget(button)
            self._link_buttons.append(button)
        notes = link_button("Notes on this change", "Notes on the change as a whole (C)")
        notes.clicked.connect(self.notes_asked)
        flow.addWidget(notes)
        self._link_buttons.append(notes)
        return row

    def _statements(self) -> QWidget:
        holder = QWidget()
        self._quotes = QHBoxLayout(holder)
        self._quotes.setContentsMargins(0, 2, 0, 6)
        self._quotes.setSpacing(10)
        for name, text in (
            ("I statement", self.change.i_statement),
            ("We statement", self.change.we_statement),
        ):
            quote = label(text, "quote")
            quote.setAlignment(Qt.AlignmentFlag.AlignTop)
            quote.setAccessibleName(f"{name}: {text}")
            self._quotes.addWidget(quote, 1)
        return holder

    def _restyle(self) -> None:
        self._arrange(self.viewport().width())

    def _arrange(self, width: int) -> None:
        look = self._appearance.look
        narrow = width < look.px(520)
        self._quotes.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )
        self._description.setMaximumWidth(look.px(_READABLE))
        self._headings_room.setFixedHeight(self._headings.height_for(width - 32))
        self._pin_headings()

    def _pin_headings(self) -> None:
        """Keep the names of the levels in view while their matrix is."""
        room = self._headings_room
        place = room.mapTo(self._body, QPoint(0, 0))
        lowest = self.matrix.mapTo(self._body, QPoint(0, self.matrix.height())).y() - room.height()
        y = max(place.y(), min(self.verticalScrollBar().value(), lowest))
        self._headings.setVisible(room.height() > 0)
        self._headings.setGeometry(QRect(place.x(), y, room.width(), room.height()))
        self._headings.raise_()

    def _follow(self, row_id: str) -> None:
        self.row_focused.emit(row_id)
        if not self._entering and QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self.reveal(row_id)
