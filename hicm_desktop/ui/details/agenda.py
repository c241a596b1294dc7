"""What the workshop sets out to cover: each change in scope or not, and the minutes for it.

For `hicm_desktop.ui.details_dialog`.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QGridLayout, QSpinBox, QStyle, QStyleOptionSpinBox, QWidget

from hicm_desktop.model.values import Model
from hicm_desktop.ui.labels import label
from hicm_desktop.ui.tick_box import TickBox
from hicm_desktop.workshop.values import AgendaItem
from hicm_desktop.workshop.words import duration_words

MOST = 600
"""The most minutes offered. A file may hold more, and keeps them."""

_STEP = 5
_ARROW = ((-1, -1), (0, 1), (1, -1))


class AgendaField(QWidget):
    """A line for each change of the model. What is recorded for other changes is kept unseen."""

    def __init__(self, model: Model, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._others: tuple[AgendaItem, ...] = ()
        self.scopes: dict[str, TickBox] = {}
        self.minutes: dict[str, Minutes] = {}
        self._sum = label("", "small")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        grid.addWidget(label("In scope", "small"), 0, 0)
        grid.addWidget(label("Minutes", "small"), 0, 1)
        for line, change in enumerate(model.changes, start=1):
            scope = TickBox(change.heading)
            scope.setAccessibleName(f"{change.heading}, in scope")
            minutes = Minutes(f"{change.heading}, minutes")
            scope.toggled.connect(minutes.setEnabled)
            scope.toggled.connect(self._add_up)
            minutes.valueChanged.connect(self._add_up)
            grid.addWidget(scope, line, 0)
            grid.addWidget(minutes, line, 1, Qt.AlignmentFlag.AlignVCenter)
            self.scopes[change.id] = scope
            self.minutes[change.id] = minutes
        grid.addWidget(self._sum, len(model.changes) + 1, 0, 1, 3)

    def agenda(self) -> tuple[AgendaItem, ...]:
        """Give what differs from the default, then what other versions of the model recorded."""
        items = (
            AgendaItem(change=change, in_scope=scope.isChecked(), minutes=minutes.value())
            for (change, scope), minutes in zip(
                self.scopes.items(), self.minutes.values(), strict=True
            )
        )
        changed = (item for item in items if item != AgendaItem(change=item.change))
        return (*changed, *self._others)

    def show_agenda(self, agenda: tuple[AgendaItem, ...]) -> None:
        """Show what is recorded."""
        recorded = {item.change: item for item in agenda}
        self._others = tuple(item for item in agenda if item.change not in self.scopes)
        for change, scope in self.scopes.items():
            item = recorded.get(change, AgendaItem(change=change))
            minutes = self.minutes[change]
            minutes.setMaximum(max(MOST, item.minutes))
            minutes.setValue(item.minutes)
            scope.setChecked(item.in_scope)
            minutes.setEnabled(item.in_scope)
        self._add_up()

    def _add_up(self) -> None:
        planned = sum(m.value() for c, m in self.minutes.items() if self.scopes[c].isChecked())
        words = f"Planned in all: {duration_words(planned)}"
        self._sum.setText(words if planned else "No minutes planned yet")


class Minutes(QSpinBox):
    """Minutes for a change, 0 being none set. The wheel scrolls the page and leaves them be."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setRange(0, MOST)
        self.setSingleStep(_STEP)
        self.setSpecialValueText("not set")
        self.setSuffix(" min")
        self.setAccessibleName(name)
        # A 0 that is typed reads "0 min" until the value is shown anew.
        self.editingFinished.connect(lambda: self.setValue(self.value()))
        self.lineEdit().setTextMargins(6, 0, 0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrows, which the style sheet has taken away."""
        super().paintEvent(event)
        option = QStyleOptionSpinBox()
        self.initStyleOption(option)
        part = QStyle.SubControl
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        group = QPalette.ColorGroup.Normal if self.isEnabled() else QPalette.ColorGroup.Disabled
        size = self.fontMetrics().height() / 5
        pen = QPen(self.palette().color(group, QPalette.ColorRole.Text), size / 2.2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        for arrow, way in ((part.SC_SpinBoxUp, -0.5), (part.SC_SpinBoxDown, 0.5)):
            box = self.style().subControlRect(QStyle.ComplexControl.CC_SpinBox, option, arrow, self)
            at = QPointF(box.center())
            painter.drawPolyline(
                QPolygonF([at + QPointF(x * size, y * size * way) for x, y in _ARROW])
            )
        painter.end()
